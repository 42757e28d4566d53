//! Preparing a visit to a branch: which documents, which branch, who comes, and
//! the letter to take along.
//!
//! Nothing is captured here, and the session stays open: it is completed in the
//! branch.

use crate::domain::error::ErrorCode;
use crate::domain::form::{Field, Form, SubmitError, Typed};
use crate::domain::i18n::Text;
use crate::domain::service::ServiceError;
use crate::domain::session::branch::{
    Branch, BroughtDocument, BroughtKind, ContactProfile, Instructions, SuppliedInstructions,
};
use crate::domain::session::branch_plan::{BranchRequirement, BranchTask, BroughtAs};
use crate::domain::session::config::{DocumentType, SupportedDocument};

use super::request::Request;
use super::turn::{Desk, Turn};
use super::{BranchEffect, BranchEvent, Effect, Event, FormEvent, LetterFile, Ticket, ending_of};

/// The first pause before asking for the letter again.
const FIRST_PAUSE_MS: u32 = 500;

/// The longest pause.
const LONGEST_PAUSE_MS: u32 = 4_000;

/// The published number of branches in a list.
const MOST_BRANCHES: usize = 10;

/// A visit being prepared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visit {
    pub(super) step: Step,
    /// One per requirement, in the same order.
    pub(super) choices: Vec<Choice>,
    pub(super) search: Search,
    pub(super) contact: Form,
    /// Sending the instructions.
    pub(super) sending: Request,
    pub(super) letter: Letter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Intro,
    /// Choosing what to bring for a requirement; an index.
    Choose(usize),
    Find,
    Contact,
    Letter,
}

/// What the person brings for a requirement.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Choice {
    pub(super) country: Option<String>,
    pub(super) document_type: Option<DocumentType>,
}

/// Looking for a branch.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Search {
    pub(super) form: Form,
    pub(super) request: Request,
    /// What was found, once something was looked for.
    pub(super) found: Option<Vec<Branch>>,
    /// The code of the chosen branch.
    pub(super) chosen: Option<String>,
}

impl Search {
    /// The chosen branch.
    fn branch(&self) -> Option<&Branch> {
        let code = self.chosen.as_ref()?;
        let found = self.found.as_ref()?;
        found.iter().find(|branch| branch.fad_code == *code)
    }
}

/// The letter, and what it says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Letter {
    /// What was supplied; not yet known when that was before a reload.
    pub(super) supplied: Option<SuppliedInstructions>,
    pub(super) reading: Request,
    pub(super) saving: Saving,
    pub(super) emailing: Emailing,
}

/// Getting the letter onto the device.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Saving {
    #[default]
    NotYet,
    Waiting(Ticket, Pause),
    Saved,
    /// The browser did not take it.
    Refused,
    Failed(ServiceError),
}

/// How long to wait while the letter is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    ms: u32,
    /// Whether it is being waited now; otherwise the letter was asked for.
    is_now: bool,
}

/// Having the letter sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Emailing {
    #[default]
    NotYet,
    Waiting(Ticket),
    Sent,
    Failed(ServiceError),
}

impl Visit {
    pub(super) fn begin(task: &BranchTask, desk: &mut Desk<'_>) -> Self {
        let mut visit = Self {
            step: Step::Intro,
            choices: task.requirements.iter().map(preselected).collect(),
            search: Search {
                form: Form::new(&[Field::PostCode]),
                request: Request::Idle,
                found: None,
                chosen: None,
            },
            contact: Form::new(&[
                Field::FirstName,
                Field::LastName,
                Field::Email,
                Field::EmailAgain,
                Field::Agreement,
            ]),
            sending: Request::Idle,
            letter: Letter::default(),
        };
        if task.is_prepared {
            visit.step = Step::Letter;
            visit.read_instructions(desk);
        }
        visit
    }

    pub(super) fn waits_for_network(&self) -> bool {
        match self.step {
            Step::Intro | Step::Choose(_) => false,
            Step::Find => self.search.request.waits_for_network(),
            Step::Contact => self.sending.waits_for_network(),
            Step::Letter => self.letter.reading.waits_for_network(),
        }
    }

    /// The documents of a country that can be brought for a requirement: what
    /// is brought for another one, or must be, is not among them.
    pub(super) fn documents(
        &self,
        task: &BranchTask,
        index: usize,
        country: &str,
    ) -> Vec<SupportedDocument> {
        let Some(requirement) = task.requirements.get(index) else {
            return Vec::new();
        };
        let is_free = |document: &&SupportedDocument| {
            requirement.kind == BroughtAs::Supplementary
                || !self.is_taken(task, index, country, &document.kind)
        };
        let documents = requirement.documents(country).iter();
        documents.filter(is_free).cloned().collect()
    }

    fn is_taken(
        &self,
        task: &BranchTask,
        index: usize,
        country: &str,
        kind: &DocumentType,
    ) -> bool {
        let others = task.requirements.iter().zip(&self.choices).enumerate();
        others
            .filter(|(other, (requirement, _))| {
                *other != index && requirement.kind == BroughtAs::Identity
            })
            .any(|(other, (requirement, choice))| {
                let is_chosen = other < index
                    && choice.country.as_deref() == Some(country)
                    && choice.document_type.as_ref() == Some(kind);
                let is_only = requirement
                    .only_document()
                    .is_some_and(|(only, document)| only == country && document.kind == *kind);
                is_chosen || is_only
            })
    }

    /// Lets go of a choice that an earlier one has taken since, and chooses
    /// where there is only one.
    fn show_choice(&mut self, task: &BranchTask, index: usize) {
        self.step = Step::Choose(index);
        let Some(country) = self.country(index).map(str::to_owned) else {
            return;
        };
        let documents = self.documents(task, index, &country);
        let Some(choice) = self.choices.get_mut(index) else {
            return;
        };
        let is_offered = |kind: &DocumentType| documents.iter().any(|it| it.kind == *kind);
        if !choice.document_type.as_ref().is_some_and(is_offered) {
            choice.document_type = match documents.as_slice() {
                [only] => Some(only.kind.clone()),
                _ => None,
            };
        }
    }

    fn country(&self, index: usize) -> Option<&str> {
        self.choices.get(index)?.country.as_deref()
    }

    fn read_instructions(&mut self, desk: &mut Desk<'_>) {
        let ticket = desk.ask(|ticket| Effect::Branch(BranchEffect::ReadInstructions(ticket)));
        self.letter.reading = Request::Waiting(ticket);
    }

    pub(super) fn on(&mut self, event: Event, task: &BranchTask, desk: &mut Desk<'_>) -> Turn {
        match self.step {
            Step::Intro => self.on_intro(&event, task),
            Step::Choose(index) => self.on_choose(event, task, index),
            Step::Find => self.on_find(event, task, desk),
            Step::Contact => self.on_contact(event, task, desk),
            Step::Letter => self.on_letter(event, task, desk),
        }
    }

    fn on_intro(&mut self, event: &Event, task: &BranchTask) -> Turn {
        match event {
            Event::ContinuePressed => self.go_to_choice(task, 0),
            Event::BackPressed => return Turn::Leave,
            other => return Turn::unused(other),
        }
        Turn::Stay
    }

    /// To the choice for a requirement, or past the last one.
    fn go_to_choice(&mut self, task: &BranchTask, index: usize) {
        if index < task.requirements.len() {
            self.show_choice(task, index);
        } else {
            self.step = Step::Find;
        }
    }

    fn on_choose(&mut self, event: Event, task: &BranchTask, index: usize) -> Turn {
        match event {
            Event::CountryChosen(code)
                if task
                    .requirements
                    .get(index)
                    .is_some_and(|requirement| !requirement.documents(&code).is_empty()) =>
            {
                if let Some(choice) = self.choices.get_mut(index) {
                    choice.country = Some(code);
                }
                self.show_choice(task, index);
            }
            Event::DocumentTypeChosen(kind)
                if self.country(index).is_some_and(|country| {
                    let mut documents = self.documents(task, index, country).into_iter();
                    documents.any(|document| document.kind == kind)
                }) =>
            {
                if let Some(choice) = self.choices.get_mut(index) {
                    choice.document_type = Some(kind);
                }
            }
            Event::ContinuePressed
                if self
                    .choices
                    .get(index)
                    .is_some_and(|choice| choice.document_type.is_some()) =>
            {
                self.go_to_choice(task, index + 1);
            }
            Event::NoDocumentPressed => return Turn::End(ErrorCode::NoDocument),
            Event::BackPressed => self.go_back_from_choice(task, index),
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    /// One screen back from what comes after the choices before `index`.
    fn go_back_from_choice(&mut self, task: &BranchTask, index: usize) {
        match index.checked_sub(1) {
            Some(previous) => self.show_choice(task, previous),
            None => self.step = Step::Intro,
        }
    }

    fn on_find(&mut self, event: Event, task: &BranchTask, desk: &mut Desk<'_>) -> Turn {
        let search = &mut self.search;
        match event {
            Event::Form(FormEvent::Typed(field, typed)) if search.form.put(field, &typed) => {}
            Event::Form(FormEvent::Submitted) => search.start(desk),
            Event::RetryPressed if search.request.problem().is_some() => search.start(desk),
            Event::Branch(BranchEvent::BranchesFound(ticket, result))
                if search.request.awaits(ticket) =>
            {
                return search.answered(result);
            }
            Event::Branch(BranchEvent::BranchChosen(code))
                if search
                    .found
                    .as_ref()
                    .is_some_and(|found| found.iter().any(|branch| branch.fad_code == code)) =>
            {
                search.chosen = Some(code);
            }
            Event::ContinuePressed if search.branch().is_some() => {
                search.request = Request::Idle;
                self.step = Step::Contact;
            }
            Event::BackPressed => {
                search.request = Request::Idle;
                self.go_back_from_choice(task, task.requirements.len());
            }
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn on_contact(&mut self, event: Event, task: &BranchTask, desk: &mut Desk<'_>) -> Turn {
        match event {
            // What is on its way stays as it was sent.
            Event::Form(_) | Event::BackPressed if self.sending.is_waiting() => {
                return Turn::Ignored;
            }
            Event::Form(FormEvent::Typed(field, typed)) if self.contact.put(field, &typed) => {}
            Event::Form(FormEvent::Submitted) => self.send(task, desk),
            Event::RetryPressed if self.sending.problem().is_some() => self.send(task, desk),
            Event::Branch(BranchEvent::InstructionsSent(ticket, result))
                if self.sending.awaits(ticket) =>
            {
                return self.sent(result, task);
            }
            Event::BackPressed => {
                self.sending = Request::Idle;
                self.step = Step::Find;
            }
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn send(&mut self, task: &BranchTask, desk: &mut Desk<'_>) {
        self.sending = Request::Idle;
        if !self.contact.check() {
            return;
        }
        let Some(instructions) = self.instructions(task) else {
            return;
        };
        let ticket = desk.ask(|ticket| {
            Effect::Branch(BranchEffect::SendInstructions(
                ticket,
                Box::new(instructions),
            ))
        });
        self.sending = Request::Waiting(ticket);
    }

    /// Everything that was chosen and typed; the steps before make sure that
    /// nothing is missing.
    fn instructions(&self, task: &BranchTask) -> Option<Instructions> {
        let value = |field| self.contact.value(field).to_owned();
        let choices = task.requirements.iter().zip(&self.choices);
        Some(Instructions {
            contact_profile: ContactProfile {
                first_name: value(Field::FirstName),
                last_name: value(Field::LastName),
                email: value(Field::Email),
            },
            documents: choices.map(brought).collect::<Option<_>>()?,
            branch: self.search.branch()?.clone(),
        })
    }

    fn sent(&mut self, result: Result<(), SubmitError>, task: &BranchTask) -> Turn {
        self.sending = Request::Idle;
        match result {
            Ok(()) => {
                let supplied = self.instructions(task).map(|all| SuppliedInstructions {
                    documents: all.documents,
                    branch: all.branch,
                });
                self.letter = Letter {
                    supplied,
                    ..Letter::default()
                };
                self.step = Step::Letter;
            }
            Err(SubmitError::Fields(paths)) => {
                if self
                    .contact
                    .refuse(paths.iter().filter_map(|path| refused(path)))
                {
                    return Turn::Stay;
                }
                if !paths.iter().any(|path| path.starts_with("branch")) {
                    // Nothing that the person could mend.
                    return Turn::End(ErrorCode::Internal);
                }
                self.search.chosen = None;
                self.search
                    .form
                    .refuse([(Field::PostCode, Text::BranchRefused)]);
                self.step = Step::Find;
            }
            Err(SubmitError::Service(error)) if error.can_retry() => {
                self.sending = Request::Failed(error);
            }
            Err(SubmitError::Service(error)) => return Turn::End(ending_of(&error)),
        }
        Turn::Stay
    }

    fn on_letter(&mut self, event: Event, task: &BranchTask, desk: &mut Desk<'_>) -> Turn {
        let letter = &mut self.letter;
        match event {
            Event::Branch(BranchEvent::InstructionsRead(ticket, result))
                if letter.reading.awaits(ticket) =>
            {
                match result {
                    Ok(supplied) => {
                        letter.reading = Request::Idle;
                        letter.supplied = Some(supplied);
                    }
                    Err(error) if error.can_retry() => letter.reading = Request::Failed(error),
                    Err(error) => return Turn::End(ending_of(&error)),
                }
            }
            Event::RetryPressed if letter.reading.problem().is_some() => {
                self.read_instructions(desk);
            }
            // After a reload it is not known what was typed.
            Event::BackPressed if task.is_prepared => return Turn::Leave,
            // Before that there is nothing to show.
            _ if letter.supplied.is_none() => return Turn::unused(&event),
            Event::Branch(BranchEvent::SaveLetterPressed) if !letter.is_saving() => {
                letter.save(FIRST_PAUSE_MS, desk);
            }
            Event::Branch(BranchEvent::LetterSaved(ticket, result))
                if letter.awaits_letter(ticket) =>
            {
                return letter.came(result, desk);
            }
            Event::TimeElapsed(ticket) => return letter.paused(ticket, desk),
            Event::Branch(BranchEvent::EmailLetterPressed)
                if !matches!(letter.emailing, Emailing::Waiting(_)) =>
            {
                let ticket = desk.ask(|ticket| Effect::Branch(BranchEffect::EmailLetter(ticket)));
                letter.emailing = Emailing::Waiting(ticket);
            }
            Event::Branch(BranchEvent::LetterEmailed(ticket, result))
                if letter.emailing == Emailing::Waiting(ticket) =>
            {
                letter.emailing = match result {
                    Ok(()) => Emailing::Sent,
                    Err(error) if error.can_retry() => Emailing::Failed(error),
                    Err(error) => return Turn::End(ending_of(&error)),
                };
            }
            Event::ContinuePressed => return Turn::Done,
            Event::BackPressed => self.step = Step::Contact,
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }
}

impl Search {
    fn start(&mut self, desk: &mut Desk<'_>) {
        self.request = Request::Idle;
        if !self.form.check() {
            return;
        }
        let words = self.form.value(Field::PostCode).to_owned();
        let ticket = desk
            .ask(|ticket| Effect::Branch(BranchEffect::FindBranches(ticket, Typed::new(words))));
        self.request = Request::Waiting(ticket);
    }

    fn answered(&mut self, result: Result<Vec<Branch>, SubmitError>) -> Turn {
        self.request = Request::Idle;
        match result {
            Ok(mut branches) => {
                branches.truncate(MOST_BRANCHES);
                self.found = Some(branches);
                if self.branch().is_none() {
                    self.chosen = None;
                }
            }
            Err(SubmitError::Fields(_)) => {
                self.found = None;
                self.chosen = None;
                self.form
                    .refuse([(Field::PostCode, Text::BranchPostCodeUnknown)]);
            }
            Err(SubmitError::Service(error)) if error.can_retry() => {
                self.request = Request::Failed(error);
            }
            Err(SubmitError::Service(error)) => return Turn::End(ending_of(&error)),
        }
        Turn::Stay
    }
}

impl Letter {
    fn is_saving(&self) -> bool {
        matches!(self.saving, Saving::Waiting(..))
    }

    fn awaits_letter(&self, ticket: Ticket) -> bool {
        matches!(self.saving, Saving::Waiting(awaited, pause) if awaited == ticket && !pause.is_now)
    }

    /// Asks for the letter; `pause_ms` is how long to wait if it is not made yet.
    fn save(&mut self, pause_ms: u32, desk: &mut Desk<'_>) {
        let ticket = desk.ask(|ticket| Effect::Branch(BranchEffect::SaveLetter(ticket)));
        let pause = Pause {
            ms: pause_ms,
            is_now: false,
        };
        self.saving = Saving::Waiting(ticket, pause);
    }

    fn came(&mut self, result: Result<LetterFile, ServiceError>, desk: &mut Desk<'_>) -> Turn {
        let Saving::Waiting(_, pause) = self.saving else {
            return Turn::Ignored;
        };
        self.saving = match result {
            Ok(LetterFile::Saved) => Saving::Saved,
            Ok(LetterFile::Refused) => Saving::Refused,
            Ok(LetterFile::NotReady) => {
                let ticket = desk.ask(|ticket| Effect::Wait {
                    ticket,
                    after_ms: pause.ms,
                });
                let pause = Pause {
                    is_now: true,
                    ..pause
                };
                Saving::Waiting(ticket, pause)
            }
            Err(error) if error.can_retry() => Saving::Failed(error),
            Err(error) => return Turn::End(ending_of(&error)),
        };
        Turn::Stay
    }

    fn paused(&mut self, ticket: Ticket, desk: &mut Desk<'_>) -> Turn {
        match self.saving {
            Saving::Waiting(awaited, pause) if awaited == ticket && pause.is_now => {
                self.save((pause.ms * 2).min(LONGEST_PAUSE_MS), desk);
                Turn::Stay
            }
            _ => Turn::Late,
        }
    }
}

/// What is chosen before the person chooses: whatever there is only one of.
fn preselected(requirement: &BranchRequirement) -> Choice {
    Choice {
        country: requirement.preset_country.clone(),
        document_type: requirement
            .only_document()
            .map(|(_, document)| document.kind.clone()),
    }
}

fn brought((requirement, choice): (&BranchRequirement, &Choice)) -> Option<BroughtDocument> {
    Some(BroughtDocument {
        requirement_id: requirement.requirement_id.clone(),
        document: BroughtKind {
            kind: requirement.kind.name().to_owned(),
            country_code: choice.country.clone()?,
            document_type: choice.document_type.as_ref()?.as_str().to_owned(),
        },
    })
}

/// The field that a refused path means.
fn refused(path: &str) -> Option<(Field, Text)> {
    let field = match path {
        "contact_profile.first_name" => Field::FirstName,
        "contact_profile.last_name" => Field::LastName,
        "contact_profile.email" => Field::Email,
        _ => return None,
    };
    Some((field, Text::FormRefused))
}
