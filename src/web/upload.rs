//! Large requests by `XMLHttpRequest`, the only way to see bytes leave.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, FormData, ProgressEvent, XmlHttpRequest};

use crate::domain::flow::UploadProgress;

use super::clock::Timer;
use super::console;
use super::fetch::{Answer, NoAnswer};
use super::listener::Listener;
use super::oneshot::{Receiver, Sender, oneshot};

/// A request that sends a form.
pub struct FormRequest<'a> {
    /// `PUT` or `POST`.
    pub method: &'a str,
    /// The address.
    pub address: &'a str,
    /// Names and values.
    pub headers: &'a [(&'a str, &'a str)],
    /// What is sent.
    pub form: &'a FormData,
    /// How long the request may stand still: no byte left and no answer came.
    pub stall_limit_ms: u64,
}

/// A request under way; stopped when dropped.
///
/// As a future it is the answer. Another holder can stop it by a [`Stop`]; the
/// future then is [`NoAnswer`].
pub struct Upload {
    request: Rc<Running>,
    answer: Receiver<Result<Answer, NoAnswer>>,
}

/// Stops an upload, from anywhere; does nothing once it is complete.
#[derive(Clone, Default)]
pub struct Stop(std::rc::Weak<Running>);

type Handler = Box<dyn FnMut(&Rc<Running>, Event)>;

struct Running {
    request: XmlHttpRequest,
    listeners: RefCell<Vec<Listener>>,
    stall: RefCell<Option<Timer>>,
    stall_limit_ms: u64,
    sender: Sender<Result<Answer, NoAnswer>>,
}

impl Upload {
    /// Starts to send.
    ///
    /// # Errors
    ///
    /// When the browser refuses to send at all.
    pub fn start(
        request: &FormRequest<'_>,
        on_progress: Box<dyn FnMut(UploadProgress)>,
    ) -> Result<Self, NoAnswer> {
        Self::begin(request, on_progress).ok_or(NoAnswer)
    }

    fn begin(
        form: &FormRequest<'_>,
        mut on_progress: Box<dyn FnMut(UploadProgress)>,
    ) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        request.open(form.method, form.address).ok()?;
        for (name, value) in form.headers {
            request.set_request_header(name, value).ok()?;
        }
        let (sender, answer) = oneshot();
        let running = Rc::new(Running {
            request: request.clone(),
            listeners: RefCell::default(),
            stall: RefCell::default(),
            stall_limit_ms: form.stall_limit_ms,
            sender,
        });
        let on = |target: &EventTarget, name, mut handler: Handler| {
            let weak = Rc::downgrade(&running);
            running
                .listeners
                .borrow_mut()
                .push(Listener::new(target, name, move |event| {
                    if let Some(running) = weak.upgrade() {
                        handler(&running, event);
                    }
                }));
        };
        // Listened to before `send`, else the browser reports no progress.
        let sending = request.upload().ok()?;
        on(
            &sending,
            "progress",
            Box::new(move |running, event| {
                running.expect_more();
                if let Some(progress) = event.dyn_ref::<ProgressEvent>() {
                    on_progress(UploadProgress {
                        sent_bytes: whole(progress.loaded()),
                        total_bytes: whole(progress.total()),
                    });
                }
            }),
        );
        on(
            &sending,
            "load",
            Box::new(|running, _| running.expect_more()),
        );
        on(
            &request,
            "load",
            Box::new(|running, _| running.finish(running.answer())),
        );
        for name in ["error", "abort", "timeout"] {
            on(
                &request,
                name,
                Box::new(|running, _| running.finish(Err(NoAnswer))),
            );
        }
        running.expect_more();
        request.send_with_opt_form_data(Some(form.form)).ok()?;
        Some(Self {
            request: running,
            answer,
        })
    }

    /// A handle that stops this upload.
    #[must_use]
    pub fn stop_handle(&self) -> Stop {
        Stop(Rc::downgrade(&self.request))
    }
}

impl Stop {
    /// Stops the upload.
    pub fn stop(&self) {
        if let Some(running) = self.0.upgrade() {
            running.abort();
        }
    }
}

impl Future for Upload {
    type Output = Result<Answer, NoAnswer>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.answer).poll(context)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.request.abort();
    }
}

impl Running {
    /// Something moved: the time limit starts again.
    fn expect_more(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let timer = Timer::after(self.stall_limit_ms, move || {
            if let Some(running) = weak.upgrade() {
                running.abort();
            }
        });
        self.stall.replace(Some(timer));
    }

    fn answer(&self) -> Result<Answer, NoAnswer> {
        let status = self
            .request
            .status()
            .ok()
            .filter(|status| *status != 0)
            .ok_or(NoAnswer)?;
        let body = self
            .request
            .response_text()
            .ok()
            .flatten()
            .unwrap_or_default();
        Ok(Answer { status, body })
    }

    fn finish(&self, answer: Result<Answer, NoAnswer>) {
        self.stall.take();
        self.sender.send(answer);
    }

    fn abort(&self) {
        self.finish(Err(NoAnswer));
        self.listeners.take();
        if self.request.abort().is_err() {
            console::warn("an upload could not be stopped");
        }
    }
}

fn whole(bytes: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a byte count; `as` saturates"
    )]
    let bytes = bytes as u64;
    bytes
}
