//! A supplementary document: its guidance and its pages.

use vestibule::domain::flow::{
    PageFact, PagesScreen, PdfFact, Screen, SupplementaryGuidanceScreen,
};
use vestibule::domain::i18n::{Arg, Message, Text};
use vestibule::domain::session::plan::SupplementaryObjective;

use crate::pictures;
use crate::{Entry, named, progress};

pub(crate) fn entries() -> Vec<Entry> {
    let guidance = |objective, name: Text, can_upload| {
        Screen::SupplementaryGuidance(SupplementaryGuidanceScreen {
            progress: progress(),
            document_name: name.into(),
            objective,
            most_pages: 10,
            can_upload,
        })
    };
    let size = Message::from(Text::PagesPdfSize).with_count(482);
    let pdf = PagesScreen {
        pdf: Some(PdfFact {
            name: "water-bill-october.pdf".to_owned(),
            size,
            is_refused: false,
        }),
        can_continue: true,
        ..pages(0)
    };
    let mut marked = pages(3);
    if let Some(page) = marked.pages.first_mut() {
        page.is_marked = true;
    }
    let problem = Message::from(Text::PagesProblemFile)
        .with(
            "file",
            Arg::Verbatim("a-letter-with-a-long-name.docx".to_owned()),
        )
        .with_message("problem", Text::PagesNotAccepted);
    let refused = PagesScreen {
        problems: vec![problem],
        ..pages(1)
    };
    let full = PagesScreen {
        has_room: false,
        ..pages(10)
    };
    let reading = PagesScreen {
        is_reading: true,
        can_continue: false,
        ..pages(1)
    };
    let camera_only = PagesScreen {
        can_upload: false,
        ..pages(1)
    };
    named([
        (
            "paper-guidance/address",
            guidance(
                SupplementaryObjective::ProofOfAddress,
                Text::DocumentUtilityBill,
                true,
            ),
        ),
        (
            "paper-guidance/unknown",
            guidance(
                SupplementaryObjective::Unknown,
                Text::DocumentAccountOpeningLetter,
                false,
            ),
        ),
        ("pages/none", Screen::Pages(pages(0))),
        ("pages", Screen::Pages(pages(3))),
        ("pages/marked", Screen::Pages(marked)),
        ("pages/full", Screen::Pages(full)),
        ("pages/reading", Screen::Pages(reading)),
        ("pages/camera-only", Screen::Pages(camera_only)),
        ("pages/pdf", Screen::Pages(pdf)),
        ("pages/refused", Screen::Pages(refused)),
    ])
}

fn pages(n_pages: u32) -> PagesScreen {
    let page = |id| PageFact {
        image: pictures::page(id),
        is_turning: false,
        is_marked: false,
    };
    PagesScreen {
        progress: progress(),
        document_name: Text::DocumentUtilityBill.into(),
        can_upload: true,
        pages: (1..=n_pages).map(page).collect(),
        pdf: None,
        most_pages: 10,
        has_room: true,
        is_reading: false,
        problems: Vec::new(),
        can_continue: n_pages > 0,
    }
}
