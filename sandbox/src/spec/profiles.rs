//! Identity profiles, in-branch options and the applicant's profile.
//!
//! Checked as published; of their content the sandbox only uses the in-branch
//! options, which identity profile is asked for, and the profile that the
//! business supplied.

use serde_json::Value;
use vestibule::domain::session::config::{IdentityProfile, Price};

use super::rules;
use crate::json::{Checker, Obj, anything, not_blank};

/// An identity profile, and where the result shows it.
#[derive(Debug, Clone)]
pub(crate) struct AskedProfile {
    pub(crate) profile: IdentityProfile,
    pub(crate) result_name: &'static str,
}

/// Checks both forms of identity-profile requirements; the first one found.
pub(super) fn identity_profile(checker: &mut Checker, root: &Obj<'_>) -> Option<AskedProfile> {
    let mut found = Vec::new();
    if let Some(profile) = checker.object(root, "identity_profile_requirements") {
        checker.require(&profile, "trust_framework");
        let framework = checker.text(&profile, "trust_framework", rules::constant);
        checker.require(&profile, "scheme");
        if let Some(scheme) = checker.object(&profile, "scheme") {
            let scheme = scheme_fields(checker, &scheme);
            found.push(("identity_profile", framework, scheme));
        }
    }
    if let Some(advanced) = checker.object(root, "advanced_identity_profile_requirements") {
        checker.require(&advanced, "profiles");
        for profile in checker.objects(&advanced, "profiles") {
            checker.require(&profile, "trust_framework");
            let framework = checker.text(&profile, "trust_framework", rules::constant);
            checker.require(&profile, "schemes");
            for scheme in checker.objects(&profile, "schemes") {
                let kind = scheme_fields(checker, &scheme);
                found.push(("advanced_identity_profile", framework.clone(), kind));
                checker.text(&scheme, "label", not_blank);
                checker.object(&scheme, "config");
            }
        }
    }
    let (result_name, trust_framework, scheme) = found.into_iter().next()?;
    Some(AskedProfile {
        profile: IdentityProfile {
            trust_framework: trust_framework?,
            scheme: scheme?,
        },
        result_name,
    })
}

/// Checks a scheme and returns its type.
fn scheme_fields(checker: &mut Checker, scheme: &Obj<'_>) -> Option<String> {
    checker.require(scheme, "type");
    checker.text(scheme, "objective", rules::constant);
    checker.text(scheme, "type", rules::constant)
}

/// How a branch takes part in a session.
#[derive(Debug, Clone)]
pub(crate) struct IbvOptions {
    /// Whether only a branch may deliver.
    pub(crate) is_mandatory: bool,
    pub(crate) guidance_url: Option<String>,
    pub(crate) user_price: Option<Price>,
}

/// Checks the in-branch options.
pub(super) fn ibv_options(checker: &mut Checker, root: &Obj<'_>) -> Option<IbvOptions> {
    let options = checker.object(root, "ibv_options")?;
    checker.require(&options, "support");
    let support = checker.one_of(&options, "support", &["MANDATORY", "NOT_ALLOWED"]);
    let guidance_url = checker.text(&options, "guidance_url", rules::return_url);
    checker.boolean(&options, "required");
    let user_price = checker.object(&options, "user_price").and_then(|price| {
        checker.require(&price, "amount");
        let amount = checker.text(&price, "amount", rules::amount);
        checker.require(&price, "currency");
        let currency = checker.one_of(&price, "currency", &["GBP"]);
        Some(Price {
            amount: amount?,
            currency: currency?,
        })
    });
    Some(IbvOptions {
        is_mandatory: support.as_deref() == Some("MANDATORY"),
        guidance_url,
        user_price,
    })
}

/// Checks what the business supplied about the person and returns it.
pub(super) fn applicant_profile(checker: &mut Checker, root: &Obj<'_>) -> Option<Value> {
    let resources = checker.object(root, "resources")?;
    let profile = checker.object(&resources, "applicant_profile")?;
    let names = [
        "full_name",
        "given_names",
        "first_name",
        "middle_name",
        "family_name",
        "name_prefix",
    ];
    for name in names {
        checker.text(&profile, name, not_blank);
    }
    checker.text(&profile, "date_of_birth", rules::date);
    if let Some(address) = checker.object(&profile, "structured_postal_address") {
        checker.integer(&address, "address_format", 1);
        for line in [
            "building_number",
            "address_line1",
            "town_city",
            "postal_code",
            "country",
        ] {
            checker.text(&address, line, anything);
        }
        checker.text(&address, "country_iso", rules::country);
    }
    Some(profile.to_value())
}
