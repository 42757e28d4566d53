//! What a session has sent: e-mails to the person, notifications to the
//! business.

use maud::{Markup, html};

use super::layout::{time, words};
use crate::branch::Email;
use crate::notify::{Notification, Status};
use crate::store::Session;

/// The sections of a session's page; nothing when nothing was sent.
pub(super) fn sections(session: &Session) -> Markup {
    let emails = &session.branch.emails;
    let notifications = session.outbox.log.all();
    html! {
        @if !emails.is_empty() {
            section {
                h2 { "E-mails" }
                table {
                    thead { tr { th scope="col" { "To" } th scope="col" { "Subject" } th scope="col" { "Attached" } th scope="col" { "Sent" } } }
                    tbody { @for email in emails { (email_row(email)) } }
                }
                p class="hint" { "Recorded here only; the sandbox sends no e-mail." }
            }
        }
        @if !notifications.is_empty() {
            section {
                h2 { "Notifications" }
                table {
                    thead { tr { th scope="col" { "Topic" } th scope="col" { "About" } th scope="col" { "Status" } th scope="col" { "Created" } } }
                    tbody { @for notification in &notifications { (notification_row(notification)) } }
                }
            }
        }
    }
}

fn email_row(email: &Email) -> Markup {
    html! {
        tr {
            td { (email.to) }
            td { (email.subject) }
            td {
                @if let Some(bytes) = email.attachment_bytes { "Letter, " (bytes) " bytes" }
                @else { "Nothing" }
            }
            td { (time(email.sent)) }
        }
    }
}

fn notification_row(notification: &Notification) -> Markup {
    let (class, word) = match notification.status {
        Status::Waiting => ("chip chip--ongoing", "Waiting"),
        Status::Delivered => ("chip chip--good", "Delivered"),
        Status::Failed => ("chip chip--bad", "Failed"),
    };
    let tries = match notification.tries {
        0 => "not tried yet".to_owned(),
        1 => "1 try".to_owned(),
        many => format!("{many} tries"),
    };
    html! {
        tr {
            td { (words(notification.topic.as_str())) }
            td { @if let Some((key, id)) = &notification.about { (words(key)) " " code { (id) } } }
            td { span class=(class) { (word) } " " span class="hint" { (tries) } }
            td { (time(notification.created)) }
        }
    }
}
