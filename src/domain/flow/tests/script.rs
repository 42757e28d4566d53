//! A small stand-in for the runtime: answers effects, remembers the rest.

use serde_json::{Value, json};

use crate::domain::camera::{CameraError, CameraFacts};
use crate::domain::error::ErrorCode;
use crate::domain::flow::{
    BranchEffect, Effect, Event, Flow, Part, ProfileEffect, Screen, ScreenKind,
    SupplementaryEffect, Ticket,
};
use crate::domain::image::{FileId, ImageId, PreparedImage};
use crate::domain::launch::{ClientToken, Launch};
use crate::domain::service::ServiceError;
use crate::domain::session::Configuration;
use crate::domain::session::config::DocumentType;
use crate::domain::session::resource::{CaptureMethod, TextExtraction};
use crate::domain::sight::Seen;

pub(super) fn launch() -> Launch {
    Launch {
        session_id: Some("session".to_owned()),
        session_token: Some(ClientToken::new("token".to_owned())),
        is_embedded: false,
        link_locale: None,
        browser_locales: vec!["en-GB".to_owned()],
        chosen_locale: None,
        can_zoom: false,
        handed: None,
        is_handheld: false,
    }
}

/// A session that requires one document; `change` adapts it.
pub(super) fn configuration(change: impl FnOnce(&mut Value)) -> Configuration {
    let mut value = json!({
        "session_id": "session", "client_session_token_ttl": 600,
        "requested_checks": ["ID_DOCUMENT_AUTHENTICITY"],
        "capture": {"biometric_consent": "NOT_REQUIRED", "required_resources": [{
            "type": "ID_DOCUMENT", "id": "requirement", "state": "REQUIRED",
            "allowed_sources": [{"type": "END_USER"}],
            "allowed_capture_methods": "CAMERA_AND_UPLOAD",
            "requested_tasks": [{"type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "state": "REQUIRED"}],
            "attempts_remaining": {"GENERIC": 2, "RECLASSIFICATION": 2},
            "supported_countries": [
                {"code": "GBR", "supported_documents": [{"type": "PASSPORT"}, {"type": "DRIVING_LICENCE"}]},
                {"code": "FRA", "supported_documents": [{"type": "NATIONAL_ID"}]},
            ],
        }]},
        "sdk_config": {
            "success_url": "https://shop.example/done",
            "error_url": "https://shop.example/error?order=7",
        },
    });
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

pub(super) fn facts() -> CameraFacts {
    CameraFacts {
        width_px: 1280,
        height_px: 720,
        has_torch: true,
        n_cameras: 2,
        is_mirrored: false,
    }
}

pub(super) fn extraction(value: Value) -> TextExtraction {
    serde_json::from_value(value).unwrap()
}

pub(super) fn must_try_again(detail: &str, generic_left: u32) -> TextExtraction {
    extraction(json!({
        "id": "task", "state": "FAILED",
        "recommendation": {
            "value": "MUST_TRY_AGAIN", "reason": {"value": "QUALITY", "detail": detail},
            "category": "GENERIC", "page": 1,
        },
        "attempts_remaining": {"GENERIC": generic_left, "RECLASSIFICATION": 2},
    }))
}

pub(super) fn progress() -> TextExtraction {
    extraction(json!({"id": "task", "state": "DONE", "recommendation": {"value": "PROGRESS"}}))
}

/// A flow with the effects of all events so far.
pub(super) struct Script {
    pub(super) flow: Flow,
    pub(super) effects: Vec<Effect>,
    next_image: u32,
    /// The third part of the program is there as soon as it is asked for.
    pub(super) brings_rest: bool,
}

impl Script {
    pub(super) fn new() -> Self {
        Self {
            flow: Flow::default(),
            effects: Vec::new(),
            next_image: 1,
            brings_rest: true,
        }
    }

    /// Opened and configured: the start screen.
    pub(super) fn started(change: impl FnOnce(&mut Value)) -> Self {
        let mut script = Self::new();
        script.tell(Event::Launched(launch()));
        let ticket = script.awaited();
        script.tell(Event::ConfigurationLoaded(
            ticket,
            Ok(Box::new(configuration(change))),
        ));
        let ticket = script.awaited();
        script.tell(Event::PartLoaded(ticket, Ok(())));
        script
    }

    /// Started, and a passport of the United Kingdom chosen: its guidance.
    pub(super) fn passport(change: impl FnOnce(&mut Value)) -> Self {
        Self::chosen("GBR", DocumentType::Passport, change)
    }

    pub(super) fn chosen(
        country: &str,
        kind: DocumentType,
        change: impl FnOnce(&mut Value),
    ) -> Self {
        let mut script = Self::started(change);
        script.tell(Event::ContinuePressed);
        script.tell(Event::CountryChosen(country.to_owned()));
        script.tell(Event::DocumentTypeChosen(kind));
        script.tell(Event::ContinuePressed);
        script
    }

    /// Tells an event; returns the effects of this event alone.
    pub(super) fn tell(&mut self, event: Event) -> Vec<Effect> {
        let (flow, effects) = std::mem::take(&mut self.flow).on(event);
        self.flow = flow;
        let mut effects = effects;
        let rest = effects
            .iter()
            .position(|effect| matches!(effect, Effect::LoadPart(_, Part::Rest)));
        if let Some(at) = rest.filter(|_| self.brings_rest)
            && let Effect::LoadPart(ticket, _) = effects.remove(at)
        {
            let (flow, more) = std::mem::take(&mut self.flow).on(Event::PartLoaded(ticket, Ok(())));
            self.flow = flow;
            effects.extend(more);
        }
        self.effects.extend(effects.iter().cloned());
        effects
    }

    /// The ticket of the newest request.
    pub(super) fn awaited(&self) -> Ticket {
        self.effects
            .iter()
            .rev()
            .find_map(ticket_of)
            .expect("a request is waiting")
    }

    pub(super) fn screen(&self) -> Screen {
        self.flow.screen()
    }

    pub(super) fn image(&mut self, capture_method: CaptureMethod) -> PreparedImage {
        let id = ImageId(self.next_image);
        self.next_image += 1;
        PreparedImage {
            id,
            width_px: 2000,
            height_px: 1500,
            n_bytes: 500_000,
            capture_method,
            seen: Seen::default(),
        }
    }

    /// From guidance: camera, shutter, review, "use".
    pub(super) fn photograph(&mut self) {
        self.tell(Event::CameraChosen);
        let ticket = self.awaited();
        self.tell(Event::CameraOpened(ticket, facts()));
        self.tell(Event::ShutterPressed);
        let ticket = self.awaited();
        let image = self.image(CaptureMethod::Camera);
        self.tell(Event::StillTaken(ticket, Ok(image)));
        self.tell(Event::UsePressed);
    }

    /// From guidance: upload, review, "use".
    pub(super) fn upload(&mut self) {
        self.tell(Event::UploadChosen);
        self.tell(Event::FileChosen(FileId(1)));
        let ticket = self.awaited();
        let image = self.image(CaptureMethod::Upload);
        self.tell(Event::FilePrepared(ticket, Ok(image)));
        self.tell(Event::UsePressed);
    }

    /// The service takes the document and its pages and says this about them.
    pub(super) fn judge(&mut self, n_pages: usize, extraction: TextExtraction) {
        let ticket = self.awaited();
        self.tell(Event::ResourceCreated(ticket, Ok("document".to_owned())));
        for _ in 0..n_pages {
            let ticket = self.awaited();
            self.tell(Event::Uploaded(ticket, Ok(())));
        }
        let ticket = self.awaited();
        self.tell(Event::JudgementRead(ticket, Ok(extraction)));
    }

    /// The service closes the session.
    pub(super) fn finish(&mut self) {
        let ticket = self.awaited();
        self.tell(Event::SessionFinished(ticket, Ok(())));
    }

    pub(super) fn camera_failed(&mut self, error: CameraError) {
        self.tell(Event::CameraChosen);
        let ticket = self.awaited();
        self.tell(Event::CameraFailed(ticket, error));
    }

    pub(super) fn refused_configuration(error: ServiceError) -> Self {
        let mut script = Self::new();
        script.tell(Event::Launched(launch()));
        let ticket = script.awaited();
        script.tell(Event::ConfigurationLoaded(ticket, Err(error)));
        script
    }

    pub(super) fn has(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.effects.iter().any(wanted)
    }
}

/// The ticket of a request that gets an answer.
pub(super) fn ticket_of(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::LoadConfiguration(ticket)
        | Effect::LoadPart(ticket, _)
        | Effect::OpenCamera(ticket, _)
        | Effect::TakeStill(ticket)
        | Effect::RunZoom(ticket, _)
        | Effect::RecordConsent(ticket, _)
        | Effect::PrepareFile(ticket, ..)
        | Effect::CreateResource(ticket, _)
        | Effect::Upload(ticket, _)
        | Effect::StartExtraction(ticket, _)
        | Effect::ReadJudgement(ticket, _)
        | Effect::Wait { ticket, .. }
        | Effect::FinishSession(ticket)
        | Effect::Supplementary(
            SupplementaryEffect::ReadFile(ticket, _)
            | SupplementaryEffect::TurnPicture { ticket, .. },
        )
        | Effect::Branch(
            BranchEffect::FindBranches(ticket, _)
            | BranchEffect::SendInstructions(ticket, _)
            | BranchEffect::ReadInstructions(ticket)
            | BranchEffect::SaveLetter(ticket)
            | BranchEffect::EmailLetter(ticket),
        )
        | Effect::Profile(ProfileEffect::Read(ticket) | ProfileEffect::Send(ticket, _)) => {
            Some(*ticket)
        }
        Effect::Handoff(effect) => effect.ticket(),
        _ => None,
    }
}

/// The session has ended with this code.
#[track_caller]
pub(super) fn assert_ended(script: &Script, code: ErrorCode) {
    match script.screen() {
        Screen::Ended(screen) => assert_eq!(screen.code, code),
        other => panic!("not ended but {other:?}"),
    }
}

/// This is on the screen.
#[track_caller]
pub(super) fn assert_kind(script: &Script, kind: ScreenKind) {
    assert_eq!(script.screen().kind(), kind);
}

/// The newest watch over the token's time, and how long it lasts.
pub(super) fn watched(script: &Script) -> (Ticket, u64) {
    let watch = script.effects.iter().rev().find_map(|effect| match effect {
        Effect::WatchExpiry { ticket, after_ms } => Some((*ticket, *after_ms)),
        _ => None,
    });
    watch.expect("the time is watched")
}
