//! Sessions of every kind, gone through in every way: whatever is required, and
//! whatever happens, the same promises hold and an ending can be reached.

mod robot;
mod service;
mod setup;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::replies::replies;
use super::script::ticket_of;
use crate::domain::camera::CameraLoss;
use crate::domain::flow::{
    CameraState, Capture, Effect, Effects, Event, Flow, Handled, HandoffEffect, HandoffEvent,
    Screen, Shot, Ticket,
};
use crate::domain::host::HostMessageOut;
use crate::domain::image::{ImageId, PreparedImage};
use crate::domain::session::resource::CaptureMethod;
use crate::domain::sight::Seen;
use robot::press;
use service::Service;
use setup::{Setup, setup};

/// What a test chooses.
#[derive(Debug, Clone)]
enum Happening {
    /// The person does something sensible.
    Sensible,
    /// The person, or the browser, does something.
    Odd(Box<Event>),
    /// One of the open requests, counted from the newest, is answered.
    Answer { place: usize, choice: usize },
    /// The service did what it was asked, and its answer was lost.
    Lost { place: usize },
    /// The time of the newest watch is over.
    TimeOver,
    /// The running camera stops.
    CameraLost,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        60 => Just(Happening::Sensible),
        1 => Just(Happening::TimeOver),
        4 => Just(Happening::CameraLost),
        12 => Just(Happening::Odd(Box::new(Event::Handoff(HandoffEvent::Chosen)))),
        30 => robot::odd().prop_map(|event| Happening::Odd(Box::new(event))),
        // Mostly the newest request, and mostly well.
        80 => Just(Happening::Answer { place: 0, choice: 0 }),
        30 => (0..3_usize, 0..24_usize).prop_map(|(place, choice)| Happening::Answer { place, choice }),
        8 => (0..2_usize).prop_map(|place| Happening::Lost { place }),
    ]
}

/// A browser and a service around the flow, and what has to hold for them.
struct World {
    setup: Setup,
    service: Service,
    flow: Flow,
    /// Requests that have not been answered.
    open: Vec<Effect>,
    /// Waits for the end of the token or of a code.
    watches: Vec<Effect>,
    is_configured: bool,
    /// The ticket of the camera that was asked for last, while it is open.
    camera: Option<Ticket>,
    holds_back: bool,
    images: Vec<ImageId>,
    n_images: u32,
    /// Requirements of which the flow has heard that they were accepted.
    accepted: BTreeSet<String>,
}

impl World {
    fn new(setup: Setup) -> Self {
        let mut world = Self {
            service: Service::new(&setup),
            setup,
            flow: Flow::default(),
            open: Vec::new(),
            watches: Vec::new(),
            is_configured: false,
            camera: None,
            holds_back: false,
            images: Vec::new(),
            n_images: 0,
            accepted: BTreeSet::new(),
        };
        world.tell(Event::Launched(world.setup.launch()));
        world
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Sensible => self.press(),
            Happening::Odd(event) => {
                if *event == Event::HistoryWentBack {
                    if !self.holds_back {
                        return;
                    }
                    self.holds_back = false;
                }
                self.tell(*event);
            }
            Happening::Answer { place, choice } => self.answer(place, choice, false),
            Happening::Lost { place } => self.answer(place, 0, true),
            Happening::CameraLost => {
                // It runs once its request has been answered.
                let lost = self.camera.filter(|camera| {
                    let opening = |effect: &Effect| ticket_of(effect) == Some(*camera);
                    !self.open.iter().any(opening)
                });
                if let Some(camera) = lost {
                    self.tell(Event::CameraLost(camera, CameraLoss::Ended));
                }
            }
            Happening::TimeOver => {
                let ends = self.watches.pop().and_then(|watch| {
                    let mut replies = replies(&watch, &self.next_image());
                    replies.pop()
                });
                if let Some(event) = ends {
                    self.tell(event);
                }
            }
        }
    }

    fn press(&mut self) {
        for event in press(&self.flow.screen()) {
            self.tell(event);
        }
    }

    /// Answers an open request, counted from the newest.
    fn answer(&mut self, place: usize, choice: usize, is_lost: bool) {
        let Some(index) = self.open.len().checked_sub(place + 1) else {
            return;
        };
        let effect = self.open.remove(index);
        let image = self.next_image();
        let event = match self.service.answer(&self.setup, &effect, choice, is_lost) {
            Some(event) => event,
            None => {
                let mut events = replies(&effect, &image);
                // These answer nothing: the request stays open.
                events.retain(|event| {
                    !matches!(event, Event::CameraLost(..) | Event::UploadProgressed(..))
                });
                // Most answers of a long list are good ones.
                let choice = if choice < 12 {
                    0
                } else {
                    choice % events.len()
                };
                events.swap_remove(choice)
            }
        };
        if carries(&event, image.id) {
            self.images.push(image.id);
        }
        self.is_configured |= matches!(event, Event::ConfigurationLoaded(_, Ok(_)));
        self.service.hears(&event);
        let is_taken = self.tell(event.clone()) == Handled::Yes;
        if is_taken {
            self.accepted.extend(self.service.accepts(&effect, &event));
        }
    }

    fn next_image(&mut self) -> PreparedImage {
        self.n_images += 1;
        PreparedImage {
            id: ImageId(self.n_images),
            width_px: 2000,
            height_px: 1500,
            n_bytes: 1000,
            capture_method: CaptureMethod::Camera,
            seen: Seen::default(),
        }
    }

    fn tell(&mut self, event: Event) -> Handled {
        let handled = {
            let mut effects = Effects {
                list: Vec::new(),
                capture: &Capture::HERE,
            };
            self.flow.clone().handle(event.clone(), &mut effects)
        };
        let (flow, effects) = std::mem::take(&mut self.flow).on(event);
        self.flow = flow;
        for effect in effects {
            self.check_effect(&effect);
            match &effect {
                // Nobody waits for what is read in a picture.
                Effect::WatchExpiry { .. }
                | Effect::ReadDocument(..)
                | Effect::Handoff(HandoffEffect::WatchCode { .. }) => {
                    self.watches.push(effect);
                }
                effect if ticket_of(effect).is_some() => self.open.push(effect.clone()),
                _ => {}
            }
        }
        self.check_screen();
        handled
    }

    fn check_effect(&mut self, effect: &Effect) {
        self.check_consent(effect);
        match effect {
            Effect::OpenCamera(ticket, _) => self.camera = Some(*ticket),
            Effect::CloseCamera => self.camera = None,
            Effect::HoldBack => {
                assert!(!self.holds_back, "Back is held once");
                self.holds_back = true;
            }
            Effect::DropImage(id) => {
                assert!(self.images.contains(id), "dropped once: {id:?}");
                self.images.retain(|image| image != id);
            }
            Effect::Upload(_, upload) => {
                assert!(self.images.contains(&upload.content), "kept until sent");
            }
            Effect::CreateResource(_, new) => {
                let id = new.requirement_id();
                assert!(!self.accepted.contains(id), "{id} is accepted already");
                assert!(self.service.has_said_left(id), "no attempt left for {id}");
            }
            Effect::RunZoom(_, id) => {
                assert!(!self.accepted.contains(id), "{id} is accepted already");
            }
            Effect::FinishSession(_) => {
                assert!(!self.setup.is_in_branch(), "completed in the branch");
                let open = self.service.open_requirements();
                assert_eq!(open, Vec::<&str>::new(), "not delivered yet");
            }
            Effect::Leave(address) => self.check_leaving(address.as_str()),
            Effect::TellHost(message) => self.check_message(*message),
            _ => {}
        }
    }

    /// What needs the person's agreement, and has it.
    fn check_consent(&self, effect: &Effect) {
        if self.service.is_agreed() {
            return;
        }
        let screen = self.flow.screen();
        let needs_consent = match effect {
            Effect::RunZoom(..) | Effect::FinishSession(_) => true,
            Effect::OpenCamera(..) => {
                matches!(&screen, Screen::Camera(camera) if camera.subject.shot == Shot::Face)
            }
            Effect::CreateResource(_, new) => service::is_face(new.kind()),
            Effect::Upload(_, upload) => service::is_face(upload.resource.kind),
            _ => false,
        };
        assert!(!needs_consent, "no consent yet: {effect:?}");
        let is_capture = matches!(
            effect,
            Effect::OpenCamera(..)
                | Effect::PrepareFile(..)
                | Effect::Supplementary(_)
                | Effect::CreateResource(..)
        );
        assert!(
            !(is_capture && self.setup.asks_early()),
            "no early consent yet: {effect:?}"
        );
    }

    fn check_leaving(&self, address: &str) {
        let expected = match self.flow.screen() {
            Screen::Done(_) => self.setup.success_address(),
            Screen::Ended(screen) => self.setup.error_address(screen.code.code()),
            other => panic!("left from {other:?}"),
        };
        assert_eq!(Some(address.to_owned()), expected);
    }

    fn check_message(&self, message: HostMessageOut) {
        assert!(self.setup.is_embedded, "nobody to tell");
        match message {
            HostMessageOut::Started => {
                assert!(!self.setup.has_link, "the link names the session");
            }
            HostMessageOut::Success => {
                assert!(matches!(self.flow.screen(), Screen::Done(_)));
                assert_eq!(self.setup.success_address(), None, "told by an address");
            }
            HostMessageOut::Error { event_code } => {
                assert!(
                    matches!(self.flow.screen(), Screen::Ended(it) if it.code.code() == event_code)
                );
                assert!(
                    !self.is_configured || self.setup.error_address(event_code).is_none(),
                    "told by an address"
                );
            }
        }
    }

    fn check_screen(&self) {
        let screen = self.flow.screen();
        let may_be_open = matches!(&screen, Screen::Camera(camera)
            if !matches!(camera.state, CameraState::Blocked { .. }));
        assert!(
            may_be_open || self.camera.is_none(),
            "the camera is open on {screen:?}"
        );
        if is_ending(&screen) {
            assert_eq!(self.images, [], "nothing is kept after the end");
        }
    }

    /// Goes on sensibly until the end, answering everything well.
    fn come_to_an_end(&mut self) {
        for _ in 0..MOST_STEPS {
            let screen = self.flow.screen();
            if is_ending(&screen) {
                return;
            }
            self.press();
            if !self.open.is_empty() {
                let oldest = self.open.len() - 1;
                self.answer(oldest, 0, false);
            }
        }
        panic!(
            "no ending after {MOST_STEPS} steps: {:?} {:?}",
            self.flow.screen(),
            self.setup
        );
    }
}

/// Four requirements of at most ten screens each, and what else there is,
/// several times over.
const MOST_STEPS: u32 = 400;

fn is_ending(screen: &Screen) -> bool {
    matches!(screen, Screen::Done(_) | Screen::Ended(_))
}

/// Whether the runtime now keeps this picture because of the event.
fn carries(event: &Event, id: ImageId) -> bool {
    match event {
        Event::StillTaken(_, Ok(image)) | Event::FilePrepared(_, Ok(image)) => image.id == id,
        Event::Supplementary(event) => event.arrived() == Some(id),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn every_session_keeps_its_promises_and_comes_to_an_end(
        setup in setup(), happenings in proptest::collection::vec(happening(), 0..150),
    ) {
        let mut world = World::new(setup);
        for happening in happenings {
            if is_ending(&world.flow.screen()) {
                break;
            }
            world.happen(happening);
        }
        world.come_to_an_end();
    }
}
