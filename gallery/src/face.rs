//! Consent, and the picture of a face.

use vestibule::domain::camera::CameraFacts;
use vestibule::domain::face::FaceHint;
use vestibule::domain::flow::{
    CameraScreen, CameraState, ConsentScreen, ConsentState, FaceGuidanceScreen, Hint, ReviewScreen,
    Screen, Shot, ZoomScreen,
};
use vestibule::domain::i18n::Text;
use vestibule::domain::session::plan::FacePurpose;

use crate::pictures;
use crate::{Entry, named, privacy_policy, problem, progress, subject};

pub(crate) fn entries() -> Vec<Entry> {
    let consent = |state| {
        let privacy_policy = privacy_policy();
        Screen::Consent(ConsentScreen {
            privacy_policy,
            state,
        })
    };
    let guidance = |purpose| {
        let progress = progress();
        Screen::FaceGuidance(FaceGuidanceScreen { progress, purpose })
    };
    let review = Screen::Review(ReviewScreen {
        subject: subject(Shot::Face, Text::FaceName),
        image: pictures::FACE,
        width_px: 400,
        height_px: 300,
        from_file: false,
        objection: None,
        is_flawed: false,
    });
    let zoom = Screen::Zoom(ZoomScreen {
        progress: progress(),
    });
    let mut entries = named([
        ("consent", consent(ConsentState::Asking)),
        ("consent/refusing", consent(ConsentState::Refusing)),
        ("consent/recording", consent(ConsentState::Recording)),
        ("consent/stopped", consent(ConsentState::Stopped(problem()))),
        ("face-guidance/capture", guidance(FacePurpose::Capture)),
        ("face-guidance/liveness", guidance(FacePurpose::Liveness)),
        ("face-camera", camera(None)),
        ("face-review", review),
        ("zoom", zoom),
    ]);
    let hints = [
        ("none", FaceHint::NoFace),
        ("several", FaceHint::SeveralFaces),
        ("dark", FaceHint::TooDark),
        ("bright", FaceHint::TooBright),
        ("closer", FaceHint::Closer),
        ("farther", FaceHint::Farther),
        ("centre", FaceHint::Centre),
        ("level", FaceHint::Level),
        ("hold", FaceHint::Hold),
    ];
    entries.extend(hints.map(|(name, hint)| (format!("face-camera/{name}"), camera(Some(hint)))));
    entries
}

fn camera(hint: Option<FaceHint>) -> Screen {
    Screen::Camera(CameraScreen {
        subject: subject(Shot::Face, Text::FaceName),
        can_upload: false,
        state: CameraState::Live {
            facts: CameraFacts {
                width_px: 720,
                height_px: 960,
                has_torch: false,
                n_cameras: 1,
                is_mirrored: true,
            },
            torch_on: false,
            is_taking: false,
            still_failed: false,
        },
        hint: hint.map(Hint::Face),
        automatic: None,
        sounds: false,
    })
}
