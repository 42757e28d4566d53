//! Looking through what the business knows of the person, and correcting it.

use crate::domain::error::ErrorCode;
use crate::domain::form::{Field, Form, SubmitError, Typed};
use crate::domain::i18n::Text;
use crate::domain::service::ServiceError;
use crate::domain::session::profile::{ApplicantProfile, PostalAddress};
use crate::domain::session::resource::ApiErrorCode;

use super::request::Request;
use super::turn::{Desk, Turn};
use super::{Effect, Event, FormEvent, ProfileEffect, ProfileEvent, ending_of};

/// A profile being looked through.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Profile {
    /// What the business knows; nothing until it has been read.
    known: Option<Box<ApplicantProfile>>,
    pub(super) form: Form,
    /// Reading it first, sending it later.
    pub(super) request: Request,
}

const FIELDS: [Field; 7] = [
    Field::FullName,
    Field::DateOfBirth,
    Field::BuildingNumber,
    Field::AddressLine,
    Field::Town,
    Field::PostalCode,
    Field::Country,
];

impl Profile {
    pub(super) fn begin(desk: &mut Desk<'_>) -> Self {
        let mut profile = Self {
            known: None,
            form: Form::default(),
            request: Request::Idle,
        };
        profile.read(desk);
        profile
    }

    /// Whether there is something to look through.
    pub(super) fn is_known(&self) -> bool {
        self.known.is_some()
    }

    fn read(&mut self, desk: &mut Desk<'_>) {
        let ticket = desk.ask(|ticket| Effect::Profile(ProfileEffect::Read(ticket)));
        self.request = Request::Waiting(ticket);
    }

    pub(super) fn on(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        match event {
            Event::Profile(ProfileEvent::Read(ticket, result)) if self.request.awaits(ticket) => {
                match result {
                    Ok(known) => self.show(known),
                    Err(error) => return self.failed(error),
                }
            }
            Event::Profile(ProfileEvent::Sent(ticket, result)) if self.request.awaits(ticket) => {
                return self.sent(result);
            }
            Event::RetryPressed if self.request.problem().is_some() => {
                if self.is_known() {
                    self.send(desk);
                } else {
                    self.read(desk);
                }
            }
            // What is on its way stays as it was sent.
            Event::Form(_) | Event::BackPressed if self.request.is_waiting() && self.is_known() => {
                return Turn::Ignored;
            }
            Event::Form(FormEvent::Typed(field, typed)) if self.form.put(field, &typed) => {}
            Event::Form(FormEvent::Submitted) if self.is_known() => self.send(desk),
            Event::BackPressed => return Turn::Leave,
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn show(&mut self, known: Box<ApplicantProfile>) {
        self.request = Request::Idle;
        self.form = Form::new(&FIELDS);
        let address = &known.structured_postal_address;
        for (field, value) in [
            (Field::FullName, &known.full_name),
            (Field::DateOfBirth, &known.date_of_birth),
            (Field::BuildingNumber, &address.building_number),
            (Field::AddressLine, &address.address_line1),
            (Field::Town, &address.town_city),
            (Field::PostalCode, &address.postal_code),
            (Field::Country, &address.country_iso),
        ] {
            self.form.put(field, &Typed::new(value.clone()));
        }
        self.known = Some(known);
    }

    fn send(&mut self, desk: &mut Desk<'_>) {
        self.request = Request::Idle;
        if !self.form.check() {
            return;
        }
        let profile = Box::new(self.corrected());
        let ticket = desk.ask(|ticket| Effect::Profile(ProfileEffect::Send(ticket, profile)));
        self.request = Request::Waiting(ticket);
    }

    /// The profile as it stands in the form.
    fn corrected(&self) -> ApplicantProfile {
        let value = |field| self.form.value(field).to_owned();
        let known = self
            .known
            .as_ref()
            .map(|known| &known.structured_postal_address);
        let country_iso = value(Field::Country);
        // The name is only right with the code that it came with.
        let country = known
            .filter(|known| known.country_iso == country_iso)
            .map_or_else(String::new, |known| known.country.clone());
        ApplicantProfile {
            full_name: value(Field::FullName),
            date_of_birth: value(Field::DateOfBirth),
            structured_postal_address: PostalAddress {
                address_format: known.map_or(1, |known| known.address_format),
                building_number: value(Field::BuildingNumber),
                address_line1: value(Field::AddressLine),
                town_city: value(Field::Town),
                postal_code: value(Field::PostalCode),
                country_iso,
                country,
            },
        }
    }

    fn sent(&mut self, result: Result<(), SubmitError>) -> Turn {
        self.request = Request::Idle;
        match result {
            Ok(()) => Turn::Done,
            Err(SubmitError::Fields(paths)) => {
                if self
                    .form
                    .refuse(paths.iter().filter_map(|path| refused(path)))
                {
                    Turn::Stay
                } else {
                    // Nothing that the person could mend.
                    Turn::End(ErrorCode::Internal)
                }
            }
            Err(SubmitError::Service(error)) => self.failed(error),
        }
    }

    fn failed(&mut self, error: ServiceError) -> Turn {
        if error == ServiceError::Refused(ApiErrorCode::ProfileUpdatesExhausted) {
            return Turn::End(ErrorCode::ProfileUpdatesExhausted);
        }
        if !error.can_retry() {
            return Turn::End(ending_of(&error));
        }
        self.request = Request::Failed(error);
        Turn::Stay
    }
}

/// The field that a refused path means.
fn refused(path: &str) -> Option<(Field, Text)> {
    let name = path
        .strip_prefix("structured_postal_address.")
        .unwrap_or(path);
    let field = match name {
        "full_name" => Field::FullName,
        "date_of_birth" => Field::DateOfBirth,
        "building_number" => Field::BuildingNumber,
        "address_line1" => Field::AddressLine,
        "town_city" => Field::Town,
        "postal_code" => Field::PostalCode,
        "country_iso" | "country" => Field::Country,
        _ => return None,
    };
    Some((field, Text::FormRefused))
}
