//! Everything the sandbox remembers, in memory only.
//!
//! [`Store`] is behind one lock, held for plain data work and never across an
//! `await`. [`Session`] has the rules that concern more than one of its parts;
//! those of what is judged are in `deliveries`.

mod consent;
mod deliveries;
mod delivery;
mod devices;
mod handoff;
mod media;
mod review;
mod session;

use std::collections::HashMap;

pub(crate) use consent::Consent;
pub(crate) use delivery::{Delivery, Judging, Outcome, Outline, Page, Sort, What};
pub(crate) use devices::{Devices, Sighting};
pub(crate) use handoff::{Device, Handoff};
pub(crate) use media::{Media, MediaKind};
pub(crate) use review::Review;
pub(crate) use session::{
    Check, FaceCapture, Person, Requirement, RequirementKind, Session, SessionState,
};

use crate::script::Script;

/// The sessions, the newest last.
#[derive(Debug, Default)]
pub(crate) struct Store {
    sessions: HashMap<String, Session>,
    order: Vec<String>,
    /// What sessions without a script of their own are to do.
    pub(crate) default_script: Script,
}

impl Store {
    /// Adds a session.
    pub(crate) fn add(&mut self, session: Session) {
        self.order.push(session.id.clone());
        self.sessions.insert(session.id.clone(), session);
    }

    /// A session by its id.
    pub(crate) fn get(&self, id: &str) -> Option<&Session> {
        self.sessions.get(id)
    }

    /// A session by its id, to be changed.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.get_mut(id)
    }

    /// Forgets a session with all its pictures.
    pub(crate) fn remove(&mut self, id: &str) -> Option<Session> {
        self.order.retain(|it| it != id);
        self.sessions.remove(id)
    }

    /// The sessions, the newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Session> {
        self.order
            .iter()
            .rev()
            .filter_map(|id| self.sessions.get(id))
    }
}

/// A new random id.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
