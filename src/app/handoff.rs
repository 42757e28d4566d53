//! Does what continuing on another device asks for.
//!
//! In the third module of a release build, as [`super::rest`], which calls
//! it.

use crate::domain::flow::{Event, HandoffEffect, HandoffEvent};
use crate::domain::service::ServiceError;
use crate::domain::session::handoff::HandoffOutcome;
use crate::web::clipboard;
use crate::web::clock;
use crate::web::service::{self, Service};
use crate::web::task::spawn;

use super::rest::kept;
use super::runtime::Runtime;

/// How often the computer is told that this device stops, and the pause between.
const N_REPORTS: u32 = 3;
const REPORT_PAUSE_MS: u64 = 2_000;

/// Does an effect about a handoff.
pub(super) fn perform(runtime: &Runtime, effect: HandoffEffect) {
    let service = runtime.service().ok_or(ServiceError::Unauthorised);
    match effect {
        HandoffEffect::Offer(ticket) => answer(runtime, async move {
            let result = match service {
                Ok(service) => service.offer_handoff().await,
                Err(error) => Err(error),
            };
            HandoffEvent::Offered(ticket, result)
        }),
        HandoffEffect::RotateCode(ticket, id) => answer(runtime, async move {
            let result = match service {
                Ok(service) => service.rotate_handoff_code(&id).await,
                Err(error) => Err(error),
            };
            HandoffEvent::CodeRotated(ticket, result)
        }),
        HandoffEffect::WatchCode { ticket, after_ms } => {
            let timer = runtime.timer(u64::from(after_ms), Event::TimeElapsed(ticket));
            kept(runtime).code_watch.replace(Some(timer));
        }
        HandoffEffect::CopyLink(link) => answer(runtime, async move {
            HandoffEvent::LinkCopied(clipboard::copy(link.reveal()).await)
        }),
        HandoffEffect::Redeem(ticket, code) => answer(runtime, async move {
            let result = match service::own_base() {
                Some(base) => service::redeem_handoff(&base, &code).await,
                None => Err(ServiceError::Unreachable),
            };
            HandoffEvent::Redeemed(ticket, result)
        }),
        HandoffEffect::Confirm(ticket, id) => answer(runtime, async move {
            let result = match service {
                Ok(service) => service.confirm_handoff(&id).await,
                Err(error) => Err(error),
            };
            HandoffEvent::Confirmed(ticket, result)
        }),
        HandoffEffect::ReadStatus(ticket, id) => answer(runtime, async move {
            let result = match service {
                Ok(service) => service.handoff_status(&id).await,
                Err(error) => Err(error),
            };
            HandoffEvent::StatusRead(ticket, result)
        }),
        HandoffEffect::TakeBack(ticket, id) => answer(runtime, async move {
            let result = match service {
                Ok(service) => service.take_back_handoff(&id).await,
                Err(error) => Err(error),
            };
            HandoffEvent::TakenBack(ticket, result)
        }),
        HandoffEffect::ReportDone(ticket, id) => runtime.answer(async move {
            let result = match service {
                Ok(service) => service.end_handoff(&id, HandoffOutcome::Done).await,
                Err(error) => Err(error),
            };
            Event::SessionFinished(ticket, result)
        }),
        HandoffEffect::ReportGivenUp(id) => {
            if let Ok(service) = service {
                spawn(report_given_up(service, id));
            }
        }
    }
}

fn answer(runtime: &Runtime, work: impl Future<Output = HandoffEvent> + 'static) {
    runtime.answer(async move { Event::Handoff(work.await) });
}

async fn report_given_up(service: Service, id: String) {
    for _ in 0..N_REPORTS {
        let told = service.end_handoff(&id, HandoffOutcome::GivenUp).await;
        // Otherwise the computer has its own way to take the session back.
        if !told.is_err_and(|error| error.can_retry()) {
            return;
        }
        clock::pause(REPORT_PAUSE_MS).await;
    }
}
