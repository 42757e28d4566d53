//! The nonces that have been used.

use std::collections::{HashSet, VecDeque};

use uuid::Uuid;

/// So many are remembered; a local service sees far fewer in its life.
const REMEMBERED: usize = 100_000;

/// Remembers nonces, the oldest forgotten first.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    seen: HashSet<Uuid>,
    order: VecDeque<Uuid>,
}

impl Nonces {
    /// Uses `nonce` up; `false` when that has been done before.
    pub(crate) fn use_up(&mut self, nonce: Uuid) -> bool {
        if !self.seen.insert(nonce) {
            return false;
        }
        self.order.push_back(nonce);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_works_once() {
        let mut nonces = Nonces::default();
        let nonce = Uuid::new_v4();
        assert!(nonces.use_up(nonce));
        assert!(!nonces.use_up(nonce));
        assert!(nonces.use_up(Uuid::new_v4()));
    }
}
