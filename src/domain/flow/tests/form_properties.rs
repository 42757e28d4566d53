//! What holds for every sequence of events while forms are filled in: a profile
//! first, a visit to a branch after it.

use proptest::prelude::*;
use serde_json::json;

use super::script::{configuration, launch, ticket_of};
use crate::domain::flow::{
    BranchEffect, BranchEvent, Effect, Event, Flow, FormEvent, LetterFile, ProfileEffect,
    ProfileEvent, Screen, Ticket,
};
use crate::domain::form::{Field, SubmitError, TICKED, Typed};
use crate::domain::service::ServiceError;
use crate::domain::session::branch::{Branch, SuppliedInstructions};
use crate::domain::session::config::DocumentType;
use crate::domain::session::profile::ApplicantProfile;

/// What a test chooses; tickets are filled in from what the flow asked for.
#[derive(Debug, Clone)]
enum Happening {
    Plain(Event),
    /// The newest request is answered, well or badly.
    Answer(Option<SubmitError>),
    /// A request of long ago is answered.
    LateAnswer(usize),
}

fn field() -> impl Strategy<Value = (Field, &'static str)> {
    prop_oneof![
        Just((Field::PostCode, "EC3A 4AF")),
        Just((Field::PostCode, "")),
        Just((Field::FirstName, "Ada")),
        Just((Field::LastName, "Lovelace")),
        Just((Field::Email, "ada@example.com")),
        Just((Field::EmailAgain, "ada@example.com")),
        Just((Field::EmailAgain, "other@example.com")),
        Just((Field::Agreement, TICKED)),
        Just((Field::FullName, "Ada Lovelace")),
        Just((Field::DateOfBirth, "1990-12-10")),
        Just((Field::DateOfBirth, "1990-02-31")),
        Just((Field::PostalCode, "SW1Y 4JH")),
        Just((Field::Country, "GBR")),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    let plain = prop_oneof![
        8 => field().prop_map(|(field, words)| Event::Form(FormEvent::Typed(field, Typed::new(words.to_owned())))),
        6 => Just(Event::Form(FormEvent::Submitted)),
        5 => Just(Event::ContinuePressed),
        2 => Just(Event::CountryChosen("GBR".to_owned())),
        2 => prop_oneof![Just(DocumentType::Passport), Just(DocumentType::DrivingLicence)].prop_map(Event::DocumentTypeChosen),
        3 => prop_oneof![Just("V000001"), Just("ELSEWHERE")].prop_map(|code| Event::Branch(BranchEvent::BranchChosen(code.to_owned()))),
        1 => Just(Event::Branch(BranchEvent::SaveLetterPressed)),
        1 => Just(Event::Branch(BranchEvent::EmailLetterPressed)),
        1 => Just(Event::RetryPressed),
        1 => Just(Event::BackPressed),
        1 => Just(Event::WentOnline),
        1 => Just(Event::LeavePressed),
    ];
    let error = prop_oneof![
        2 => Just(SubmitError::Fields(vec!["contact_profile.email".to_owned(), "full_name".to_owned()])),
        1 => Just(SubmitError::Fields(vec!["branch.fad_code".to_owned()])),
        2 => Just(SubmitError::Service(ServiceError::Unreachable)),
        1 => Just(SubmitError::Service(ServiceError::Unauthorised)),
    ];
    prop_oneof![
        6 => plain.prop_map(Happening::Plain),
        5 => Just(Happening::Answer(None)),
        1 => error.prop_map(|error| Happening::Answer(Some(error))),
        1 => (0..20_usize).prop_map(Happening::LateAnswer),
    ]
}

fn office() -> Branch {
    Branch {
        kind: "UK_POST_OFFICE".to_owned(),
        fad_code: "V000001".to_owned(),
        name: None,
        address: None,
        post_code: None,
        location: None,
    }
}

/// The answer to a request.
fn answer(effect: &Effect, error: Option<&SubmitError>) -> Option<Event> {
    let ticket = ticket_of(effect)?;
    let submitted = error.cloned().map_or(Ok(()), Err);
    let plain = match error {
        None => Ok(()),
        Some(SubmitError::Service(error)) => Err(error.clone()),
        // Only forms are refused field by field.
        Some(SubmitError::Fields(_)) => Err(ServiceError::Unavailable),
    };
    Some(match effect {
        Effect::LoadPart(..) => Event::PartLoaded(ticket, plain),
        Effect::FinishSession(_) => Event::SessionFinished(ticket, plain),
        Effect::Wait { .. } => Event::TimeElapsed(ticket),
        Effect::Profile(ProfileEffect::Read(_)) => Event::Profile(ProfileEvent::Read(
            ticket,
            plain.map(|()| Box::new(ApplicantProfile::default())),
        )),
        Effect::Profile(ProfileEffect::Send(..)) => {
            Event::Profile(ProfileEvent::Sent(ticket, submitted))
        }
        Effect::Branch(effect) => Event::Branch(branch_answer(effect, ticket, submitted, plain)),
        _ => return None,
    })
}

fn branch_answer(
    effect: &BranchEffect,
    ticket: Ticket,
    submitted: Result<(), SubmitError>,
    plain: Result<(), ServiceError>,
) -> BranchEvent {
    match effect {
        BranchEffect::FindBranches(..) => {
            BranchEvent::BranchesFound(ticket, submitted.map(|()| vec![office()]))
        }
        BranchEffect::SendInstructions(..) => BranchEvent::InstructionsSent(ticket, submitted),
        BranchEffect::ReadInstructions(_) => BranchEvent::InstructionsRead(
            ticket,
            plain.map(|()| SuppliedInstructions {
                documents: Vec::new(),
                branch: office(),
            }),
        ),
        BranchEffect::SaveLetter(_) => {
            // Every other time the letter is not made yet.
            let file = if ticket.0.is_multiple_of(2) {
                LetterFile::NotReady
            } else {
                LetterFile::Saved
            };
            BranchEvent::LetterSaved(ticket, plain.map(|()| file))
        }
        BranchEffect::EmailLetter(_) => BranchEvent::LetterEmailed(ticket, plain),
    }
}

struct World {
    flow: Flow,
    asked: Vec<Effect>,
    n_answered: usize,
}

impl World {
    fn new(is_prepared: bool) -> Self {
        let mut world = Self {
            flow: Flow::default(),
            asked: Vec::new(),
            n_answered: 0,
        };
        world.tell(Event::Launched(launch()));
        let ticket = world.asked.iter().rev().find_map(ticket_of).unwrap();
        let configuration = configuration(|value| {
            let two = json!([{"code": "GBR", "supported_documents": [{"type": "PASSPORT"}, {"type": "DRIVING_LICENCE"}]}]);
            value["capture"]["required_resources"] = json!([
                {"type": "APPLICANT_PROFILE", "id": "p", "state": "REQUIRED", "allowed_sources": [{"type": "END_USER"}]},
                {"type": "ID_DOCUMENT", "id": "one", "state": "REQUIRED",
                 "allowed_sources": [{"type": "IBV"}], "supported_countries": two},
                {"type": "ID_DOCUMENT", "id": "two", "state": "REQUIRED",
                 "allowed_sources": [{"type": "IBV"}], "supported_countries": two},
            ]);
            let state = if is_prepared { "COMPLETE" } else { "REQUIRED" };
            value["in_branch"] = json!({"instructions": state});
        });
        world.tell(Event::ConfigurationLoaded(
            ticket,
            Ok(Box::new(configuration)),
        ));
        world
    }

    fn happen(&mut self, happening: Happening) {
        let event = match happening {
            Happening::Plain(event) => Some(event),
            Happening::Answer(error) => {
                let newest = self.asked.len().checked_sub(1);
                let is_news = newest.is_some_and(|newest| newest >= self.n_answered);
                self.n_answered = self.asked.len();
                let effect = self.asked.last().filter(|_| is_news);
                effect.and_then(|effect| answer(effect, error.as_ref()))
            }
            Happening::LateAnswer(index) => self
                .asked
                .get(index)
                .and_then(|effect| answer(effect, None)),
        };
        if let Some(event) = event {
            self.tell(event);
        }
    }

    fn tell(&mut self, event: Event) {
        let (flow, effects) = std::mem::take(&mut self.flow).on(event);
        self.flow = flow;
        for effect in effects {
            match &effect {
                Effect::Branch(BranchEffect::SendInstructions(_, sent)) => {
                    assert_eq!(sent.contact_profile.email, "ada@example.com");
                    assert_eq!(sent.branch, office());
                    let kinds: Vec<&str> = sent
                        .documents
                        .iter()
                        .map(|it| it.document.document_type.as_str())
                        .collect();
                    assert_eq!(kinds.len(), 2);
                    assert_ne!(kinds[0], kinds[1], "no document is brought twice");
                }
                Effect::Profile(ProfileEffect::Send(_, sent)) => {
                    assert_eq!(sent.date_of_birth, "1990-12-10");
                }
                Effect::FinishSession(_) => panic!("the session is completed in the branch"),
                Effect::Leave(address) => {
                    assert!(address.as_str().starts_with("https://shop.example/"));
                }
                _ => {}
            }
            if ticket_of(&effect).is_some() {
                self.asked.push(effect);
            }
        }
        // What is shown can always be worked out.
        let screen = self.flow.screen();
        if let Screen::Done(_) = screen {
            let is_supplied = |effect: &Effect| {
                matches!(
                    effect,
                    Effect::Branch(
                        BranchEffect::SendInstructions(..) | BranchEffect::ReadInstructions(_)
                    )
                )
            };
            assert!(self.asked.iter().any(is_supplied), "done without a letter");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_events_breaks_the_rules_of_forms(
        is_prepared: bool, happenings in proptest::collection::vec(happening(), 0..150),
    ) {
        let mut world = World::new(is_prepared);
        for happening in happenings {
            world.happen(happening);
        }
    }

    /// An event that makes no sense changes nothing, and is logged once.
    #[test]
    fn what_is_ignored_in_forms_changes_nothing(
        happenings in proptest::collection::vec(happening(), 0..80), odd in field(),
    ) {
        let mut world = World::new(false);
        for happening in happenings {
            world.happen(happening);
        }
        let typed = Event::Form(FormEvent::Typed(odd.0, Typed::new(odd.1.to_owned())));
        let (after, effects) = world.flow.clone().on(typed);
        if effects.iter().any(|effect| matches!(effect, Effect::Log(_))) {
            prop_assert_eq!(effects.len(), 1);
            prop_assert_eq!(after, world.flow);
        }
    }
}
