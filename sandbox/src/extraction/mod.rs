//! Text extraction: looking at a document and saying what to do next.
//!
//! Nothing is read. A scripted outcome is used when the session has one,
//! otherwise the pictures are judged as the client judges them.

mod judgement;

use judgement::{Sides, judge};

use crate::notify;
use crate::state::App;
use crate::store::{IdDocument, Outcome, Session};

/// Judges a document that has just been handed over, in the background.
pub(crate) fn start(app: &App, session: &mut Session, document_id: &str) {
    let Ok(document) = session.document(document_id) else {
        return;
    };
    let (kind, country) = (document.kind.clone(), document.country.clone());
    let sides = Sides::of(session, document);
    let scripted = session.script.next_outcome(&kind, &country);
    let app = app.clone();
    let (session_id, document_id) = (session.id.clone(), document_id.to_owned());
    tokio::spawn(async move {
        let outcome = match scripted {
            Some(outcome) => outcome,
            None => {
                let judged = tokio::task::spawn_blocking(move || judge(&sides)).await;
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
            session.judged(&document_id, outcome, now);
            notify::document_judged(session, &document_id, now);
        }
    });
}

impl Sides {
    fn of(session: &Session, document: &IdDocument) -> Self {
        let content = |page: u32| {
            let media_id = &document.pages.get(&page)?.media_id;
            session.media.get(media_id)?.content.clone()
        };
        let repeated = match (content(1), content(2)) {
            (Some(front), Some(back)) => front == back,
            _ => false,
        };
        Self {
            kind: document.kind.clone(),
            pictures: document
                .pages
                .iter()
                .filter_map(|(number, page)| Some((*number, page.picture.clone()?)))
                .collect(),
            repeated,
        }
    }
}
