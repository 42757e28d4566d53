//! Does what only the tasks that most sessions do not have ask for; hands
//! everything else on to [`capture`](super::capture).
//!
//! This is in the third module of a release build; reach it through
//! [`Code`](super::part::Code).

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlElement;

use crate::domain::flow::{Effect, Event, Ticket, ZoomEnd};
use crate::domain::service::ServiceError;
use crate::web::clock::{self, Timer};
use crate::web::console;
use crate::web::face_detector::FaceDetector;
use crate::web::faces::Faces;
use crate::web::object_url::ObjectUrl;
use crate::web::task::spawn;
use crate::web::zoom::Component;

use super::capture::{self, captures};
use super::runtime::Runtime;
use super::{branch, handoff, supplementary};

/// The pause between two looks for a face: ten a second at most.
const LOOK_PAUSE_MS: u64 = 100;

/// What is kept between effects.
#[derive(Default)]
pub(super) struct Kept {
    /// The liveness component, which has a camera of its own.
    component: RefCell<Option<Component>>,
    /// Ends when the code for another device has to be replaced.
    pub(super) code_watch: RefCell<Option<Timer>>,
    /// The letter that the browser saves; it reads the bytes when it wants to.
    letter: Rc<RefCell<Option<ObjectUrl>>>,
}

/// What is kept for this runtime.
pub(super) fn kept(runtime: &Runtime) -> Rc<Kept> {
    let captures = captures(runtime);
    let mut held = captures.rest.borrow_mut();
    let found = held.clone().and_then(|held| held.downcast::<Kept>().ok());
    found.unwrap_or_else(|| {
        let fresh = Rc::new(Kept::default());
        *held = Some(Rc::<Kept>::clone(&fresh));
        fresh
    })
}

/// Shows the camera's preview, or the liveness component, there.
pub(super) fn offer_preview_slot(runtime: &Runtime, slot: HtmlElement) {
    capture::offer_preview_slot(runtime, slot);
    show_component(runtime);
}

/// Does an effect that is not the runtime's own.
pub(super) fn perform(runtime: &Runtime, effect: Effect) {
    match effect {
        Effect::WatchFace(ticket) => watch_face(runtime, ticket),
        Effect::RunZoom(ticket, requirement_id) => run_zoom(runtime, ticket, &requirement_id),
        Effect::StopZoom => stop_zoom(&kept(runtime)),
        Effect::RecordConsent(ticket, decision) => {
            let service = runtime.service();
            runtime.answer(async move {
                let result = match service {
                    Some(service) => service.record_consent(decision).await,
                    None => Err(ServiceError::Unauthorised),
                };
                Event::ConsentRecorded(ticket, result)
            });
        }
        Effect::Supplementary(effect) => supplementary::perform(runtime, effect),
        Effect::Handoff(effect) => handoff::perform(runtime, effect),
        Effect::Branch(effect) => branch::perform(runtime, effect, &kept(runtime).letter),
        Effect::Profile(effect) => branch::perform_profile(runtime, effect),
        effect => capture::perform(runtime, effect),
    }
}

fn show_component(runtime: &Runtime) {
    let kept = kept(runtime);
    let captures = captures(runtime);
    if let (Some(component), Some(slot)) =
        (&*kept.component.borrow(), &*captures.camera.slot.borrow())
        && slot.append_child(component.frame()).is_err()
    {
        console::warn("the liveness component could not be shown");
    }
}

/// Looks for faces in the running preview until the camera is another one or
/// closed: with our own finder, which tells more, or else with the browser's.
fn watch_face(runtime: &Runtime, ticket: Ticket) {
    let mut finder = Faces::open();
    let detector = FaceDetector::new();
    let camera = Rc::clone(&captures(runtime).camera);
    let dispatch = runtime.dispatch();
    spawn(async move {
        loop {
            clock::pause(LOOK_PAUSE_MS).await;
            let Some(video) = camera.video(ticket) else {
                return;
            };
            // What fails once, fails always: the shutter is there.
            let mut faces = None;
            if let Some(ours) = &finder {
                faces = ours.look(&video).await;
                if faces.is_none() {
                    finder = None;
                }
            }
            if faces.is_none()
                && let Some(detector) = &detector
            {
                faces = detector.look(&video).await;
            }
            let Some(faces) = faces else {
                return;
            };
            dispatch(Event::FacesSeen(ticket, faces));
        }
    });
}

fn run_zoom(runtime: &Runtime, ticket: Ticket, requirement_id: &str) {
    let kept = kept(runtime);
    // One that was there before it is told to stop first.
    stop_zoom(&kept);
    let (Some(component), Some(service)) = (Component::new(), runtime.service()) else {
        runtime.answer(async move { Event::ZoomEnded(ticket, ZoomEnd::Failed) });
        return;
    };
    let end = component.run(&service.zoom_context(requirement_id));
    let frame = component.frame().clone();
    kept.component.replace(Some(component));
    show_component(runtime);
    runtime.answer(async move {
        let end = end.await;
        // Another one may have begun since.
        let mut held = kept.component.borrow_mut();
        let ended = held.take_if(|component| *component.frame() == frame);
        drop(held);
        drop(ended);
        Event::ZoomEnded(ticket, end)
    });
}

/// Tells the liveness component to stop, and takes its frame away.
fn stop_zoom(kept: &Kept) {
    drop(kept.component.take());
}
