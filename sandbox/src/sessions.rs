//! Creating a session and ending it.

use bytes::Bytes;
use serde_json::{Map, Value};
use vestibule::domain::session::config::SourceKind;
use vestibule::domain::session::resource::{ApiErrorCode, FieldError};

use crate::branch::BranchState;
use crate::checks;
use crate::configuration;
use crate::error::{ApiError, ApiResult};
use crate::notify::Outbox;
use crate::spec::SessionSpec;
use crate::state::App;
use crate::store::{Consent, Delivery, Devices, MediaKind, Person, Review, Session, new_id};

/// Creates a session from a payload; `person` only for the portal's list.
///
/// # Errors
///
/// Every wrong field, with its path.
pub(crate) fn create(
    app: &App,
    payload: &Map<String, Value>,
    person: Option<Person>,
) -> Result<String, Vec<FieldError>> {
    let now = app.now();
    let spec = SessionSpec::parse(payload, now)?;
    let requirements = configuration::requirements(&spec)?;
    let consent_required = configuration::requires_consent(&spec);
    let mut store = app.store();
    let id = new_id();
    let outbox = Outbox::open(app.notifier(), &id, spec.subscription.clone());
    let mut session = Session {
        id,
        token: new_id(),
        created: now,
        spec,
        person,
        requirements,
        deliveries: Vec::new(),
        face_captures: Vec::new(),
        consent: Consent {
            required: consent_required,
            given: None,
        },
        devices: Devices::default(),
        review: Review::default(),
        media: std::collections::BTreeMap::new(),
        profile_media: None,
        checks: Vec::new(),
        script: store.default_script.clone(),
        handoffs: Vec::new(),
        outbox,
        branch: BranchState::default(),
        ended: None,
    };
    if let Some(profile) = session.spec.applicant_profile.clone() {
        let content = Bytes::from(profile.to_string());
        let id = session.add_media(MediaKind::Json, "application/json", content, now);
        session.profile_media = Some(id);
    }
    let id = session.id.clone();
    store.add(session);
    Ok(id)
}

/// Ends a session: its token stops working and its checks start.
///
/// # Errors
///
/// 409 when the end user, or the branch, still owes something, or when
/// something is still being judged.
pub(crate) fn end(session: &mut Session, now: jiff::Timestamp) -> ApiResult<()> {
    // What only a branch can deliver is not the end user's to leave out.
    if session.awaits_consent()
        || session.awaits(&SourceKind::EndUser)
        || session.awaits(&SourceKind::Ibv)
    {
        return Err(ApiError::conflict(
            ApiErrorCode::RequirementsNotMet,
            "Something required has not been delivered",
        ));
    }
    // A better picture of something usable may be on its way to the judge.
    if session.deliveries.iter().any(Delivery::is_pending) {
        return Err(ApiError::conflict(
            ApiErrorCode::RequirementsNotMet,
            "Something is still being judged",
        ));
    }
    session.checks = checks::checks(session, now);
    session.ended = Some(now);
    Ok(())
}
