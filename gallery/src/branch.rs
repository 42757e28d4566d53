//! Visits to a branch, and the applicant's profile.

use vestibule::domain::flow::{
    BranchCard, BranchPart, BranchScreen, FindBranchScreen, FormScreen, LetterScreen, LetterState,
    LetterSummary, ProfileScreen, Screen,
};
use vestibule::domain::form::{Field, Form, Typed};
use vestibule::domain::i18n::{Arg, Message, Text};

use crate::{Entry, named, privacy_policy, problem, progress};

pub(crate) fn entries() -> Vec<Entry> {
    let price = Arg::Price {
        amount: "10.50".to_owned(),
        currency: "GBP".to_owned(),
    };
    let intro = BranchPart::Intro {
        price: Some(Message::from(Text::BranchPrice).with("price", price)),
        guidance: privacy_policy(),
    };
    let search = form(&[(Field::PostCode, "EC3A 4AF")]);
    let find = |found: Option<Vec<BranchCard>>, chosen: Option<&str>| {
        BranchPart::Find(FindBranchScreen {
            form: search.clone(),
            found,
            chosen: chosen.map(str::to_owned),
        })
    };
    let cards = || Some(vec![card("1"), card("2"), card("3")]);
    let contact = [
        (Field::FirstName, "Ada"),
        (Field::LastName, "Lovelace"),
        (Field::Email, "ada@example.org"),
        (Field::EmailAgain, ""),
        (Field::Agreement, ""),
    ];
    let branch = |part| {
        let progress = progress();
        Screen::Branch(BranchScreen { progress, part })
    };
    let profile = |form| {
        let progress = progress();
        Screen::Profile(ProfileScreen { progress, form })
    };
    let known = [
        (Field::FullName, "Ada Lovelace"),
        (Field::DateOfBirth, "1990-12-10"),
        (Field::BuildingNumber, "12"),
        (Field::AddressLine, "St James’s Square"),
        (Field::Town, "London"),
        (Field::PostalCode, "SW1Y 4JH"),
        (Field::Country, "GBR"),
    ];
    let wrong = {
        let mut form = filled(&known);
        form.put(Field::DateOfBirth, &Typed::new(String::new()));
        form.check();
        shown(&form)
    };
    named([
        ("branch/intro", branch(intro)),
        ("branch/find", branch(find(None, None))),
        ("branch/none", branch(find(Some(Vec::new()), None))),
        ("branch/found", branch(find(cards(), Some("2")))),
        (
            "branch/contact",
            branch(BranchPart::Contact(form(&contact))),
        ),
        ("branch/contact-wrong", {
            let mut form = filled(&contact);
            form.check();
            branch(BranchPart::Contact(shown(&form)))
        }),
        (
            "branch/letter",
            branch(BranchPart::Letter(letter(
                LetterState::NotYet,
                LetterState::NotYet,
            ))),
        ),
        (
            "branch/letter-saved",
            branch(BranchPart::Letter(letter(
                LetterState::Done,
                LetterState::Waiting,
            ))),
        ),
        (
            "branch/letter-not-saved",
            branch(BranchPart::Letter(letter(
                LetterState::Failed(problem()),
                LetterState::Done,
            ))),
        ),
        ("profile", profile(form(&known))),
        ("profile/wrong", profile(wrong)),
        (
            "profile/stopped",
            profile(FormScreen {
                problem: Some(problem()),
                ..form(&known)
            }),
        ),
    ])
}

fn card(code: &str) -> BranchCard {
    BranchCard {
        code: code.to_owned(),
        name: "Lantern Row".to_owned(),
        address: "12 Lantern Row, London, EC3A 4AF".to_owned(),
    }
}

fn letter(saving: LetterState, emailing: LetterState) -> LetterScreen {
    let brought = |document: Text| {
        Message::from(Text::BranchBrought)
            .with_message("document", document)
            .with("country", Arg::Country("GBR".to_owned()))
    };
    LetterScreen {
        summary: Some(LetterSummary {
            documents: vec![
                brought(Text::DocumentPassport),
                brought(Text::DocumentCouncilTaxBill),
            ],
            branch: card("2"),
            until: Message::from(Text::BranchDays).with_count(14),
            email: Some(Typed::new("ada@example.org".to_owned())),
        }),
        problem: None,
        saving,
        emailing,
    }
}

fn filled(values: &[(Field, &str)]) -> Form {
    let fields: Vec<Field> = values.iter().map(|(field, _)| *field).collect();
    let mut form = Form::new(&fields);
    for (field, words) in values {
        form.put(*field, &Typed::new((*words).to_owned()));
    }
    form
}

fn form(values: &[(Field, &str)]) -> FormScreen {
    shown(&filled(values))
}

fn shown(form: &Form) -> FormScreen {
    FormScreen {
        entries: form.entries().to_vec(),
        n_refusals: form.n_refusals(),
        ..FormScreen::default()
    }
}
