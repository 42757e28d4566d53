//! An identity document: chosen, photographed, uploaded, reviewed.

use vestibule::domain::camera::{CameraError, CameraFacts};
use vestibule::domain::flow::{
    CameraScreen, CameraState, ChooseDocumentScreen, DocumentOption, GuidanceScreen, Hint,
    ReviewScreen, Screen, Shot, UploadScreen,
};
use vestibule::domain::i18n::Text;
use vestibule::domain::image::FileError;
use vestibule::domain::session::config::DocumentType;
use vestibule::domain::session::sides::Side;
use vestibule::domain::sight::{DocumentHint, Seen};

use crate::pictures;
use crate::{Entry, named, progress, subject};

pub(crate) fn entries() -> Vec<Entry> {
    let mut entries = named([
        ("choose-document/country", choose(None, None)),
        ("choose-document", choose(Some("GBR"), None)),
        (
            "choose-document/chosen",
            choose(Some("GBR"), Some(DocumentType::Passport)),
        ),
        ("guidance/data-page", guidance(Side::DataPage, true)),
        ("guidance/front", guidance(Side::Front, false)),
        ("guidance/back", guidance(Side::Back, true)),
        ("camera/starting", camera(CameraState::Starting, None)),
        ("camera", camera(live(false, false), None)),
        ("camera/taking", camera(live(true, false), None)),
        ("camera/still-failed", camera(live(false, true), None)),
        ("upload", upload(false, None)),
        ("upload/reading", upload(true, None)),
        ("review", Screen::Review(review(false, None))),
        ("review/file", Screen::Review(review(true, None))),
    ]);
    let hints = [
        ("dark", DocumentHint::TooDark),
        ("bright", DocumentHint::TooBright),
        ("cut-off", DocumentHint::CutOff),
        ("closer", DocumentHint::Closer),
        ("tilted", DocumentHint::Tilted),
        ("glare", DocumentHint::Glare),
        ("covered", DocumentHint::Covered),
        ("other-shape", DocumentHint::OtherShape),
        ("moving", DocumentHint::Moving),
        ("hold", DocumentHint::Hold),
    ];
    entries.extend(hints.map(|(name, hint)| {
        let screen = camera(live(false, false), Some(hint));
        (format!("camera/hint-{name}"), screen)
    }));
    let errors = [
        ("denied", CameraError::Denied),
        ("not-delegated", CameraError::NotDelegated),
        ("not-found", CameraError::NotFound),
        ("busy", CameraError::Busy),
        ("unsupported", CameraError::Unsupported),
        ("not-safari", CameraError::NotSafari),
        ("too-coarse", CameraError::LowResolution),
    ];
    entries.extend(errors.map(|(name, error)| {
        let is_embedded = false;
        let screen = camera(CameraState::Blocked { error, is_embedded }, None);
        (format!("camera/{name}"), screen)
    }));
    let refusals = [
        ("no-image", FileError::NotAnImage),
        ("pdf", FileError::Pdf),
        ("heic", FileError::HeicUnsupported),
        ("damaged", FileError::Damaged),
        ("too-large", FileError::TooLarge),
        ("too-small", FileError::TooSmall),
        ("empty", FileError::Empty),
        ("unreadable", FileError::Unreadable),
    ];
    entries.extend(
        refusals.map(|(name, error)| (format!("upload/{name}"), upload(false, Some(error)))),
    );
    let flaws = [
        ("blurred", DocumentHint::Blurred),
        ("glare", DocumentHint::Glare),
        ("no-document", DocumentHint::NoDocument),
        ("copy", DocumentHint::Copy),
    ];
    entries.extend(flaws.map(|(name, flaw)| {
        let objection = Seen {
            flaw: Some(flaw),
            ..Seen::default()
        }
        .objection();
        let flawed = Screen::Review(ReviewScreen {
            is_flawed: true,
            ..review(true, objection)
        });
        (format!("review/{name}"), flawed)
    }));
    let doubts = [
        ("type", (Text::DoubtTypeTitle, Text::DoubtTypeAdvice)),
        ("side", (Text::DoubtSideTitle, Text::DoubtSideAdvice)),
        (
            "country",
            (Text::DoubtCountryTitle, Text::DoubtCountryAdvice),
        ),
        (
            "expired",
            (Text::DoubtExpiredTitle, Text::DoubtExpiredAdvice),
        ),
    ];
    entries.extend(doubts.map(|(name, doubt)| {
        (
            format!("review/doubt-{name}"),
            Screen::Review(review(false, Some(doubt))),
        )
    }));
    entries
}

fn choose(country: Option<&str>, document_type: Option<DocumentType>) -> Screen {
    let option = |document_type, name: Text, issued_from: Option<&str>| DocumentOption {
        document_type,
        name: name.into(),
        issued_from: issued_from.map(str::to_owned),
    };
    let types = [
        option(DocumentType::Passport, Text::DocumentPassport, None),
        option(
            DocumentType::DrivingLicence,
            Text::DocumentDrivingLicence,
            Some("2015-06-08"),
        ),
        option(DocumentType::NationalId, Text::DocumentNationalId, None),
        option(
            DocumentType::ResidencePermit,
            Text::DocumentResidencePermit,
            None,
        ),
        option(
            DocumentType::TravelDocument,
            Text::DocumentTravelDocument,
            None,
        ),
    ];
    let countries = [
        "ARE", "BIH", "CIV", "DEU", "EGY", "ESP", "FRA", "GBR", "IND", "JPN", "USA", "ZAF",
    ];
    Screen::ChooseDocument(ChooseDocumentScreen {
        progress: progress(),
        objective: None,
        countries: countries.map(str::to_owned).to_vec(),
        types: if country.is_some() {
            types.to_vec()
        } else {
            Vec::new()
        },
        can_continue: document_type.is_some(),
        country: country.map(str::to_owned),
        document_type,
        bring: None,
    })
}

fn name_of(side: Side) -> Text {
    match side {
        Side::DataPage => Text::DocumentPassport,
        Side::Front | Side::Back => Text::DocumentResidencePermit,
    }
}

fn guidance(side: Side, can_upload: bool) -> Screen {
    Screen::Guidance(GuidanceScreen {
        side,
        document_name: name_of(side).into(),
        progress: progress(),
        can_upload,
    })
}

fn live(is_taking: bool, still_failed: bool) -> CameraState {
    CameraState::Live {
        facts: CameraFacts {
            width_px: 1280,
            height_px: 720,
            has_torch: true,
            n_cameras: 2,
            is_mirrored: false,
        },
        torch_on: false,
        is_taking,
        still_failed,
    }
}

fn camera(state: CameraState, hint: Option<DocumentHint>) -> Screen {
    Screen::Camera(CameraScreen {
        subject: subject(Shot::Side(Side::Front), name_of(Side::Front)),
        can_upload: true,
        state,
        hint: hint.map(Hint::Document),
        automatic: Some(true),
        sounds: false,
    })
}

fn upload(is_reading: bool, error: Option<FileError>) -> Screen {
    Screen::Upload(UploadScreen {
        subject: subject(Shot::Side(Side::DataPage), name_of(Side::DataPage)),
        is_reading,
        error,
    })
}

fn review(from_file: bool, objection: Option<(Text, Text)>) -> ReviewScreen {
    ReviewScreen {
        subject: subject(Shot::Side(Side::DataPage), name_of(Side::DataPage)),
        image: pictures::CARD,
        width_px: 400,
        height_px: 300,
        from_file,
        objection,
        is_flawed: false,
    }
}
