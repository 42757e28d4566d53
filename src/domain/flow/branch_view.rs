//! What a view may know while a visit to a branch is prepared or a profile is
//! looked through.

use crate::domain::form::{Entry, Field, Form, Typed};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::redirect::ReturnUrl;
use crate::domain::service::ServiceError;
use crate::domain::session::branch::{Branch, SuppliedInstructions};
use crate::domain::session::branch_plan::{BranchTask, BroughtAs};
use crate::domain::session::config::DocumentType;

use super::branch::{Emailing, Letter, Saving, Search, Step, Visit};
use super::document::document_name;
use super::profile::Profile;
use super::request::Request;
use super::view::{document_option, problem};
use super::{Bring, ChooseDocumentScreen, Flow, ProblemScreen, Progress, Screen};

/// A form as it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormScreen {
    /// The fields, in the order of the screen.
    pub entries: Vec<Entry>,
    /// Goes up each time the form is refused: the focus then goes to the first
    /// wrong field.
    pub n_refusals: u32,
    /// Whether what was typed is on its way.
    pub is_sending: bool,
    /// Why it did not arrive, until it is tried again.
    pub problem: Option<ProblemScreen>,
}

impl FormScreen {
    fn new(form: &Form, request: &Request) -> Self {
        Self {
            entries: form.entries().to_vec(),
            n_refusals: form.n_refusals(),
            is_sending: request.is_waiting(),
            problem: request.problem().map(problem),
        }
    }
}

/// Preparing a visit to a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// Which part of it.
    pub part: BranchPart,
}

/// One screen of preparing a visit.
#[derive(Debug, Clone, PartialEq)]
pub enum BranchPart {
    /// What happens at home and in the branch.
    Intro {
        /// What it costs there, in words.
        price: Option<Message>,
        /// Where the business explains the visit.
        guidance: Option<ReturnUrl>,
    },
    /// Finding a branch.
    Find(FindBranchScreen),
    /// Who comes.
    Contact(FormScreen),
    /// The letter.
    Letter(LetterScreen),
}

/// Which screen of preparing a visit, without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "one name per screen")]
pub enum BranchKind {
    Intro,
    Choose(u32),
    Find,
    Contact,
    Letter,
}

impl BranchPart {
    /// Which screen this is.
    #[must_use]
    pub fn kind(&self) -> BranchKind {
        match self {
            Self::Intro { .. } => BranchKind::Intro,
            Self::Find(_) => BranchKind::Find,
            Self::Contact(_) => BranchKind::Contact,
            Self::Letter(_) => BranchKind::Letter,
        }
    }
}

/// Finding a branch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FindBranchScreen {
    /// The post code; sending it is looking.
    pub form: FormScreen,
    /// What was found, once something was looked for; the nearest first.
    pub found: Option<Vec<BranchCard>>,
    /// The code of the chosen branch.
    pub chosen: Option<String>,
}

/// A branch that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchCard {
    /// Its code.
    pub code: String,
    /// Its name, or its code where it has none.
    pub name: String,
    /// Its address and post code; empty when they are not known.
    pub address: String,
}

impl BranchCard {
    fn new(branch: &Branch) -> Self {
        let parts = [&branch.address, &branch.post_code];
        let known: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        Self {
            code: branch.fad_code.clone(),
            name: branch
                .name
                .clone()
                .unwrap_or_else(|| branch.fad_code.clone()),
            address: known.join(", "),
        }
    }
}

/// The letter, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterScreen {
    /// What the letter says; nothing until it has been read.
    pub summary: Option<LetterSummary>,
    /// Why it could not be read, until it is tried again.
    pub problem: Option<ProblemScreen>,
    /// How far saving is.
    pub saving: LetterState,
    /// How far sending it by e-mail is.
    pub emailing: LetterState,
}

/// What the letter says.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterSummary {
    /// What to bring.
    pub documents: Vec<Message>,
    /// Where to go.
    pub branch: BranchCard,
    /// How long the visit is possible.
    pub until: Message,
    /// Where the letter goes by e-mail; not known after a reload.
    pub email: Option<Typed>,
}

/// How far something is that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum LetterState {
    /// Not asked for yet.
    NotYet,
    /// On its way.
    Waiting,
    /// There.
    Done,
    /// It did not work; asking again may help.
    Failed(ProblemScreen),
}

/// Looking through what the business knows of the person.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// What is known; no fields until it has been read.
    pub form: FormScreen,
}

impl Flow {
    pub(super) fn profile_screen(&self, profile: &Profile) -> Screen {
        Screen::Profile(ProfileScreen {
            progress: self.progress(1),
            form: FormScreen::new(&profile.form, &profile.request),
        })
    }

    pub(super) fn branch_screen(&self, visit: &Visit, task: &BranchTask) -> Screen {
        let (step, part) = match visit.step {
            Step::Choose(index) => {
                return Screen::ChooseDocument(self.bring_screen(visit, task, index));
            }
            Step::Intro => (1, intro(task)),
            Step::Find => (2, BranchPart::Find(find(&visit.search))),
            Step::Contact => {
                let form = FormScreen::new(&visit.contact, &visit.sending);
                (3, BranchPart::Contact(form))
            }
            Step::Letter => (4, BranchPart::Letter(letter(visit, task))),
        };
        Screen::Branch(BranchScreen {
            progress: self.progress(step),
            part,
        })
    }

    fn bring_screen(&self, visit: &Visit, task: &BranchTask, index: usize) -> ChooseDocumentScreen {
        let requirement = task.requirements.get(index);
        let choice = visit.choices.get(index).cloned().unwrap_or_default();
        let types = choice
            .country
            .as_deref()
            .map_or_else(Vec::new, |country| visit.documents(task, index, country));
        let title = match requirement.map(|requirement| requirement.kind) {
            Some(BroughtAs::Supplementary) => Text::BranchBringOther,
            Some(BroughtAs::Identity) | None => Text::BranchBring,
        };
        let countries = requirement.map_or(&[][..], |requirement| &requirement.countries);
        ChooseDocumentScreen {
            objective: None,
            progress: self.progress(1),
            countries: countries
                .iter()
                .map(|country| country.code.clone())
                .collect(),
            can_continue: choice.country.is_some() && choice.document_type.is_some(),
            country: choice.country,
            types: types.iter().map(document_option).collect(),
            document_type: choice.document_type,
            bring: Some(Bring {
                number: u32::try_from(index + 1).unwrap_or(u32::MAX),
                title: title.into(),
            }),
        }
    }
}

fn intro(task: &BranchTask) -> BranchPart {
    let price = task.price.as_ref().map(|price| {
        let price = Arg::Price {
            amount: price.amount.clone(),
            currency: price.currency.clone(),
        };
        Message::from(Text::BranchPrice).with("price", price)
    });
    BranchPart::Intro {
        price,
        guidance: task.guidance.clone(),
    }
}

fn find(search: &Search) -> FindBranchScreen {
    let cards = |found: &Vec<Branch>| found.iter().map(BranchCard::new).collect();
    FindBranchScreen {
        form: FormScreen::new(&search.form, &search.request),
        found: search.found.as_ref().map(cards),
        chosen: search.chosen.clone(),
    }
}

fn letter(visit: &Visit, task: &BranchTask) -> LetterScreen {
    let Letter {
        supplied,
        reading,
        saving,
        emailing,
    } = &visit.letter;
    let failed = |error: &ServiceError| LetterState::Failed(problem(error));
    let email = visit.contact.value(Field::Email);
    LetterScreen {
        summary: supplied.as_ref().map(|supplied| LetterSummary {
            email: (!email.is_empty()).then(|| Typed::new(email.to_owned())),
            ..summary(supplied, task)
        }),
        problem: reading.problem().map(problem),
        saving: match saving {
            Saving::NotYet => LetterState::NotYet,
            Saving::Waiting(..) => LetterState::Waiting,
            Saving::Saved => LetterState::Done,
            Saving::Refused => LetterState::Failed(ProblemScreen {
                title: Text::BranchNotSaved.into(),
                body: Text::BranchNotSavedAdvice.into(),
            }),
            Saving::Failed(error) => failed(error),
        },
        emailing: match emailing {
            Emailing::NotYet => LetterState::NotYet,
            Emailing::Waiting(_) => LetterState::Waiting,
            Emailing::Sent => LetterState::Done,
            Emailing::Failed(error) => failed(error),
        },
    }
}

fn summary(supplied: &SuppliedInstructions, task: &BranchTask) -> LetterSummary {
    let line = |kind: &str, country: &str| {
        let kind = DocumentType::from(kind);
        Message::from(Text::BranchBrought)
            .with_message("document", document_name(&kind))
            .with("country", Arg::Country(country.to_owned()))
    };
    LetterSummary {
        documents: supplied
            .documents
            .iter()
            .map(|it| line(&it.document.document_type, &it.document.country_code))
            .collect(),
        branch: BranchCard::new(&supplied.branch),
        until: match task.days_left {
            0 => Text::BranchToday.into(),
            days => Message::from(Text::BranchDays).with_count(days),
        },
        email: None,
    }
}
