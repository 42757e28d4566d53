//! Judging: looking at what was delivered and saying what to do next.
//!
//! Nothing is read. A scripted outcome is used when the session has one,
//! otherwise the pictures are judged as the client judges them.

mod judgement;

use judgement::{Evidence, judge};

use crate::notify;
use crate::state::App;
use crate::store::{Delivery, Outcome, Session};

/// Judges what has just been handed over, in the background.
pub(crate) fn start(app: &App, session: &mut Session, delivery_id: &str) {
    let Some(delivery) = session.deliveries.iter().find(|it| it.id == delivery_id) else {
        return;
    };
    let evidence = Evidence::of(session, delivery);
    let scripted = session.script.next_outcome(&evidence.what);
    let app = app.clone();
    let (session_id, delivery_id) = (session.id.clone(), delivery_id.to_owned());
    tokio::spawn(async move {
        let outcome = match scripted {
            Some(outcome) => outcome,
            None => {
                let judged = tokio::task::spawn_blocking(move || judge(&evidence)).await;
                // The judge does not panic on pixels; if it ever did, the
                // person should be able to send another picture.
                let recommendation = judged.unwrap_or_else(|_panic| judgement::unreadable());
                Outcome {
                    recommendation,
                    fields: None,
                    photo: None,
                }
            }
        };
        let now = app.now();
        // The session may have been deleted meanwhile; then nobody asks.
        if let Some(session) = app.store().get_mut(&session_id) {
            session.judged(&delivery_id, outcome, now);
            notify::judged(session, &delivery_id, now);
        }
    });
}

impl Evidence {
    fn of(session: &Session, delivery: &Delivery) -> Self {
        let digest = |page: u32| delivery.pages.get(&page).map(|page| page.sha256);
        // What failed was not accepted for anything. A face is no document.
        let elsewhere = |sha256: &[u8; 32]| {
            session
                .deliveries
                .iter()
                .filter(|it| it.what.document().is_some() && delivery.what.document().is_some())
                .filter(|it| it.requirement_id != delivery.requirement_id)
                .filter(|it| it.is_pending() || it.is_usable())
                .any(|it| it.stored().any(|(_, page)| page.sha256 == *sha256))
        };
        Self {
            what: delivery.what.clone(),
            pictures: delivery
                .pages
                .iter()
                .filter_map(|(number, page)| Some((*number, page.picture.clone()?)))
                .collect(),
            repeated: digest(1).is_some() && digest(1) == digest(2),
            reused: delivery
                .stored()
                .find(|(_, page)| elsewhere(&page.sha256))
                .map(|(number, _)| number),
        }
    }
}
