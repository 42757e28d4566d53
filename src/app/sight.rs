//! Looks for documents in the running preview.
//!
//! Part of what [`capture`](super::capture) does, in a file of its own.

use std::rc::Rc;

use crate::domain::flow::{Event, Ticket};
use crate::domain::image::PreparedImage;
use crate::domain::session::resource::CaptureMethod;
use crate::domain::sight::{Aim, Claim, DocumentHint, DocumentShape, Look, Seen};
use crate::web::clock;
use crate::web::eyes::{Eyes, next_frame};
use crate::web::outline::Outline;
use crate::web::picture::Picture;
use crate::web::task::spawn;

use super::capture::captures;
use super::pictures::Pictures;
use super::runtime::Runtime;

/// The least time from one look to the next: 15 a second are as good as more,
/// and leave a phone cool.
const LOOK_PAUSE_MS: f64 = 66.0;

/// Has the eyes ready by the time the camera is.
pub(super) fn wake(runtime: &Runtime) {
    let captures = captures(runtime);
    let mut eyes = captures.eyes.borrow_mut();
    if eyes.is_none() {
        *eyes = Eyes::open().map(Rc::new);
    }
}

/// How long a person waits to see the document from the front; else they see
/// the picture as it is.
const FRONT_LIMIT_MS: u64 = 700;

/// Keeps a picture with what was seen in it; shown is the document alone, as it
/// is from the front. What is wrong with a picture is seen in the whole of it.
pub(super) async fn keep(
    pictures: &Pictures,
    picture: Picture,
    method: CaptureMethod,
    seen: Seen,
    eyes: Option<(Rc<Eyes>, DocumentShape)>,
) -> PreparedImage {
    let front = match (eyes, seen.corners.filter(|_| seen.is_good())) {
        (Some((eyes, shape)), Some(corners)) => {
            let shares = corners.shares(picture.width_px, picture.height_px);
            let front = eyes.flatten(&picture, &shares, shape);
            clock::within(FRONT_LIMIT_MS, front).await.flatten()
        }
        _ => None,
    };
    let mut image = pictures.keep(picture, method);
    image.seen = seen;
    if let Some(front) = front {
        pictures.show_as(&mut image, front);
    }
    image
}

/// Reads what a document says of itself, and tells of what does not fit.
pub(super) fn read_document(runtime: &Runtime, ticket: Ticket, claim: &Claim) {
    let eyes = captures(runtime).eyes.borrow().clone();
    let Some((eyes, picture)) = eyes.zip(runtime.pictures.blob(claim.image)) else {
        return;
    };
    let doubt = eyes.check(&picture, claim);
    let dispatch = runtime.dispatch();
    spawn(async move {
        if let Some(doubt) = doubt.await {
            dispatch(Event::DocumentRead(ticket, doubt));
        }
    });
}

/// Looks for a document until the camera is another one or closed, or the eyes
/// fail.
pub(super) fn watch_document(runtime: &Runtime, ticket: Ticket, shape: DocumentShape) {
    wake(runtime);
    let captures = captures(runtime);
    captures.shape.set(Some(shape));
    let Some(eyes) = captures.eyes.borrow().clone() else {
        return;
    };
    let outline = Outline::new();
    let dispatch = runtime.dispatch();
    spawn(async move {
        let mut is_first = true;
        loop {
            let Some(video) = captures.camera.video(ticket) else {
                return;
            };
            if let Some(outline) = &outline
                && let Some(parent) = video.parent_element()
                && outline.element().parent_element().as_ref() != Some(&parent)
                && parent.append_child(outline.element()).is_err()
            {
                return;
            }
            next_frame(&video).await;
            let began_ms = clock::now_ms();
            // A picture is being taken, and the eyes are needed for that.
            if !captures.is_taking.get() {
                let Some(sight) = eyes.look(&video, shape, is_first).await else {
                    return;
                };
                is_first = false;
                if captures.camera.video(ticket).is_none() {
                    return;
                }
                if let Some(outline) = &outline {
                    let is_good = sight.hint == Some(DocumentHint::Hold);
                    outline.draw(sight.corners.as_ref(), &video, is_good);
                }
                dispatch(Event::DocumentSeen(
                    ticket,
                    Look {
                        at_ms: began_ms,
                        hint: sight.hint,
                        aim: sight.corners.as_ref().and_then(Aim::at),
                        take: sight.take,
                    },
                ));
            }
            let left_ms = began_ms + LOOK_PAUSE_MS - clock::now_ms();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few milliseconds; `as` saturates"
            )]
            clock::pause(left_ms as u64).await;
        }
    });
}
