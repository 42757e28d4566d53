//! Does what a visit to a branch and a profile ask for.
//!
//! In the third module of a release build, as [`super::rest`], which calls it.

use std::cell::RefCell;
use std::rc::Rc;

use crate::domain::flow::{
    BranchEffect, BranchEvent, Event, LetterFile, ProfileEffect, ProfileEvent,
};
use crate::domain::service::ServiceError;
use crate::web::download;
use crate::web::object_url::ObjectUrl;

use super::runtime::Runtime;

/// What the letter is called where the browser keeps it.
const LETTER_NAME: &str = "branch-letter.pdf";

/// The letter that was saved last.
type KeptLetter = Rc<RefCell<Option<ObjectUrl>>>;

pub(super) fn perform(runtime: &Runtime, effect: BranchEffect, kept: &KeptLetter) {
    let service = runtime.service().ok_or(ServiceError::Unauthorised);
    match effect {
        BranchEffect::FindBranches(ticket, words) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.find_branches(words.reveal()).await,
                Err(error) => Err(error.into()),
            };
            Event::Branch(BranchEvent::BranchesFound(ticket, result))
        }),
        BranchEffect::SendInstructions(ticket, instructions) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.send_instructions(&instructions).await,
                Err(error) => Err(error.into()),
            };
            Event::Branch(BranchEvent::InstructionsSent(ticket, result))
        }),
        BranchEffect::ReadInstructions(ticket) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.instructions().await,
                Err(error) => Err(error),
            };
            Event::Branch(BranchEvent::InstructionsRead(ticket, result))
        }),
        BranchEffect::SaveLetter(ticket) => {
            let kept = Rc::clone(kept);
            runtime.answer(async move {
                let result = match service {
                    Ok(service) => service.letter().await,
                    Err(error) => Err(error),
                };
                let result = result.map(|letter| match letter {
                    Some(letter) => match download::save(&letter, LETTER_NAME) {
                        Some(address) => {
                            kept.replace(Some(address));
                            LetterFile::Saved
                        }
                        None => LetterFile::Refused,
                    },
                    None => LetterFile::NotReady,
                });
                Event::Branch(BranchEvent::LetterSaved(ticket, result))
            });
        }
        BranchEffect::EmailLetter(ticket) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.email_letter().await,
                Err(error) => Err(error),
            };
            Event::Branch(BranchEvent::LetterEmailed(ticket, result))
        }),
    }
}

pub(super) fn perform_profile(runtime: &Runtime, effect: ProfileEffect) {
    let service = runtime.service().ok_or(ServiceError::Unauthorised);
    match effect {
        ProfileEffect::Read(ticket) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.profile().await.map(Box::new),
                Err(error) => Err(error),
            };
            Event::Profile(ProfileEvent::Read(ticket, result))
        }),
        ProfileEffect::Send(ticket, profile) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.send_profile(&profile).await,
                Err(error) => Err(error.into()),
            };
            Event::Profile(ProfileEvent::Sent(ticket, result))
        }),
    }
}
