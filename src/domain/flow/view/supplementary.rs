//! What is shown of a supplementary document.

use crate::domain::flow::supplementary::pages::{MOST_PAGES, Page, Problem, ProblemWith, number};
use crate::domain::flow::supplementary::{Step, Supplementary, page_index};
use crate::domain::flow::turn::Retry;
use crate::domain::flow::{
    CameraScreen, ChooseDocumentScreen, DocumentOption, Flow, Hint, PageFact, PageProblem,
    PagesScreen, PdfFact, ReviewScreen, Screen, Shot, Subject, SupplementaryGuidanceScreen,
    TryAgainScreen, TryAgainWays,
};
use crate::domain::i18n::{Arg, Message, Text, countries};
use crate::domain::image::FileError;
use crate::domain::pdf::PdfError;
use crate::domain::session::config::DocumentType;
use crate::domain::session::plan::{SupplementaryObjective, SupplementaryTask};
use crate::domain::session::resource::{AttemptCategory, Recommendation};

use super::{attempts_in_words, document_name, reason_texts};

/// Gathering the pages is the second of two steps.
const GATHERING: u32 = 2;

impl Flow {
    pub(super) fn supplementary_screen(
        &self,
        document: &Supplementary,
        task: &SupplementaryTask,
    ) -> Screen {
        let progress = self.progress(GATHERING);
        let name = || match &document.document_type {
            Some(kind) => document_name(kind),
            // Known whenever a screen says it.
            None => Text::StepSupplementary.into(),
        };
        let subject = |place| Subject {
            shot: Shot::Page(document.page_number(place)),
            name: name(),
            progress,
        };
        match &document.step {
            Step::Choose => Screen::ChooseDocument(self.choose_paper(document, task)),
            Step::Guidance => Screen::SupplementaryGuidance(SupplementaryGuidanceScreen {
                progress,
                document_name: name(),
                objective: task.objective,
                most_pages: number(MOST_PAGES - 1),
                can_upload: task.can_upload,
            }),
            Step::Pages => Screen::Pages(PagesScreen {
                progress,
                document_name: name(),
                can_upload: task.can_upload,
                pages: document.pages.list().iter().map(page_fact).collect(),
                pdf: document.pages.pdf().map(|pdf| PdfFact {
                    name: pdf.name.clone(),
                    size: size_in_words(pdf.content.n_bytes),
                    is_refused: pdf.is_refused,
                }),
                most_pages: number(MOST_PAGES - 1),
                has_room: document.pages.has_room(),
                is_reading: document.pages.is_reading(),
                problems: document.pages.problems().iter().map(in_words).collect(),
                can_continue: document.pages.is_ready(),
            }),
            Step::Camera { camera, place } => Screen::Camera(CameraScreen {
                subject: subject(*place),
                can_upload: task.can_upload,
                state: camera.state(self.is_embedded()),
                hint: document.lookout.hint().map(Hint::Document),
                automatic: document.lookout.is_automatic(),
                sounds: document.lookout.sounds(),
            }),
            Step::Review { image, place } => Screen::Review(ReviewScreen {
                subject: subject(*place),
                image: image.id,
                width_px: image.width_px,
                height_px: image.height_px,
                from_file: false,
                objection: image.seen.objection(),
                is_flawed: image.seen.is_flawed(),
            }),
            Step::Sending(sending) => self.sending_screen(sending, GATHERING),
            Step::TryAgain(Retry {
                recommendation,
                can_keep,
            }) => Screen::TryAgain(self.try_paper_again(document, recommendation, *can_keep)),
        }
    }

    fn choose_paper(
        &self,
        document: &Supplementary,
        task: &SupplementaryTask,
    ) -> ChooseDocumentScreen {
        let any = || countries::all().map(str::to_owned).collect();
        let option = |kind: &DocumentType| DocumentOption {
            document_type: kind.clone(),
            name: document_name(kind),
            issued_from: None,
        };
        let is_country_chosen = document.country.is_some();
        ChooseDocumentScreen {
            bring: None,
            progress: self.progress(1),
            objective: Some(objective_in_words(task.objective).into()),
            countries: if task.countries.is_empty() {
                any()
            } else {
                task.countries.clone()
            },
            country: document.country.clone(),
            types: if is_country_chosen {
                task.document_types.iter().map(option).collect()
            } else {
                Vec::new()
            },
            document_type: document.document_type.clone(),
            can_continue: is_country_chosen && document.document_type.is_some(),
        }
    }

    fn try_paper_again(
        &self,
        document: &Supplementary,
        recommendation: &Recommendation,
        can_keep: bool,
    ) -> TryAgainScreen {
        let (title, advice, is_wrong_document) = reason_texts(recommendation);
        let page = page_index(recommendation).and_then(|index| document.pages.list().get(index));
        TryAgainScreen {
            progress: self.progress(GATHERING),
            title,
            advice,
            shot: page.and(recommendation.page).map(Shot::Page),
            has_other_sides: document.pages.list().len() > 1,
            image: page.map(|page| page.shown().id),
            attempts_left: document
                .attempts
                .left(&AttemptCategory::Generic)
                .map(attempts_in_words),
            can_keep,
            ways: if is_wrong_document {
                TryAgainWays::Change
            } else {
                TryAgainWays::Retake
            },
        }
    }
}

fn page_fact(page: &Page) -> PageFact {
    PageFact {
        image: page.shown().id,
        is_turning: page.is_turning(),
        is_marked: page.is_marked,
    }
}

/// Whole kilobytes, never none.
fn size_in_words(n_bytes: u64) -> Message {
    let kilobytes = u32::try_from(n_bytes.div_ceil(1000)).unwrap_or(u32::MAX);
    Message::from(Text::PagesPdfSize).with_count(kilobytes)
}

/// Why the document is asked for.
fn objective_in_words(objective: SupplementaryObjective) -> Text {
    match objective {
        SupplementaryObjective::ProofOfAddress => Text::ObjectiveAddress,
        SupplementaryObjective::UkDbs => Text::ObjectiveDbs,
        SupplementaryObjective::Unknown => Text::ObjectiveUnknown,
    }
}

fn in_words(problem: &Problem) -> Message {
    let what = Message::from(what_is_wrong(problem.what));
    match &problem.with {
        ProblemWith::File(name) => Message::from(Text::PagesProblemFile)
            .with("file", Arg::Verbatim(name.clone()))
            .with_message("problem", what),
        ProblemWith::Page(number) => Message::from(Text::PagesProblemPage)
            .with_count(*number)
            .with_message("problem", what),
        ProblemWith::Rest => what.with_count(number(MOST_PAGES - 1)),
    }
}

fn what_is_wrong(problem: PageProblem) -> Text {
    match problem {
        PageProblem::Picture(FileError::NotAnImage | FileError::Pdf) => Text::PagesNotAccepted,
        PageProblem::Picture(error) => error.text(),
        PageProblem::Pdf(PdfError::Encrypted) => Text::PagesPdfEncrypted,
        PageProblem::Pdf(PdfError::Unreadable) => Text::PagesPdfUnreadable,
        PageProblem::Pdf(PdfError::TooLarge) => Text::PagesPdfTooLarge,
        PageProblem::TooMany => Text::PagesTooMany,
        PageProblem::PdfIsAlone => Text::PagesPdfAlone,
        PageProblem::Refused => Text::PagesRefused,
    }
}
