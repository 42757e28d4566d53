//! Time: now, later, and "not longer than".
//!
//! `setTimeout` counts no more than 2³¹ ms and may stand still while a laptop
//! sleeps, so a [`Timer`] arms itself again in slices and asks the clocks.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::task::Poll;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::console;
use super::listener::Listener;
use super::oneshot::oneshot;
use super::window;

/// The longest time between two looks at the clocks.
const SLICE_MS: f64 = 30_000.0;

/// Milliseconds on a clock that never goes back; its zero means nothing.
#[must_use]
pub fn now_ms() -> f64 {
    window::performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// A moment to measure from.
#[derive(Clone, Copy)]
struct Moment {
    monotonic_ms: f64,
    wall_ms: f64,
}

impl Moment {
    fn now() -> Self {
        Self {
            monotonic_ms: now_ms(),
            wall_ms: js_sys::Date::now(),
        }
    }

    /// Time since then.
    ///
    /// The monotonic clock of most browsers stands still while the device
    /// sleeps; the wall clock may be set back. The one that went further is
    /// right in both cases.
    fn elapsed_ms(self) -> f64 {
        (now_ms() - self.monotonic_ms).max(js_sys::Date::now() - self.wall_ms)
    }
}

/// Waits.
pub async fn pause(after_ms: u64) {
    let (sender, answer) = oneshot();
    let _timer = Timer::after(after_ms, move || sender.send(()));
    answer.await;
}

/// Calls something once, later; never, when dropped before.
pub struct Timer {
    inner: Rc<Inner>,
    // Frozen and sleeping pages miss their timeouts; these say they are back.
    _wakers: Vec<Listener>,
}

struct Inner {
    started: Moment,
    after_ms: f64,
    callback: RefCell<Option<Box<dyn FnOnce()>>>,
    timeout: Cell<Option<i32>>,
    tick: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls back after this time; it may be dropped from within the callback.
    #[must_use = "a dropped timer never fires"]
    pub fn after(after_ms: u64, callback: impl FnOnce() + 'static) -> Self {
        Self::start(after_ms, Box::new(callback))
    }

    fn start(after_ms: u64, callback: Box<dyn FnOnce()>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "2^53 ms are 285,000 years")]
        let after_ms = after_ms as f64;
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let weak = Weak::clone(weak);
            let tick = Closure::wrap(Box::new(move || Inner::check(&weak)) as Box<dyn FnMut()>);
            Inner {
                started: Moment::now(),
                after_ms,
                callback: RefCell::new(Some(callback)),
                timeout: Cell::new(None),
                tick,
            }
        });
        let mut wakers = Vec::new();
        if after_ms > SLICE_MS {
            let document = window::document().map(web_sys::EventTarget::from);
            let window = window::window().map(web_sys::EventTarget::from);
            for (target, name) in [(document, "visibilitychange"), (window, "pageshow")] {
                let weak = Rc::downgrade(&inner);
                wakers.extend(
                    target.map(|target| Listener::new(&target, name, move |_| Inner::check(&weak))),
                );
            }
        }
        inner.arm();
        Self {
            inner,
            _wakers: wakers,
        }
    }
}

impl Inner {
    /// Calls back when the time has come, and waits on when it has not.
    fn check(weak: &Weak<Self>) {
        let Some(inner) = weak.upgrade() else { return };
        if inner.started.elapsed_ms() < inner.after_ms {
            inner.arm();
            return;
        }
        inner.disarm();
        let callback = inner.callback.borrow_mut().take();
        if let Some(callback) = callback {
            callback();
        }
    }

    fn arm(&self) {
        self.disarm();
        let left_ms = (self.after_ms - self.started.elapsed_ms()).clamp(0.0, SLICE_MS);
        #[expect(clippy::cast_possible_truncation, reason = "clamped to 30,000")]
        let left_ms = left_ms.ceil() as i32;
        let timeout = window::window().and_then(|window| {
            let function = self.tick.as_ref().unchecked_ref();
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(function, left_ms)
                .ok()
        });
        if timeout.is_none() {
            console::warn("a timer could not be set");
        }
        self.timeout.set(timeout);
    }

    fn disarm(&self) {
        if let (Some(timeout), Some(window)) = (self.timeout.take(), window::window()) {
            window.clear_timeout_with_handle(timeout);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.inner.disarm();
        self.inner.callback.borrow_mut().take();
    }
}

/// The outcome of a future, or nothing when it takes longer than this.
pub async fn within<F: Future>(limit_ms: u64, future: F) -> Option<F::Output> {
    let (sender, expired) = oneshot();
    let _timer = Timer::after(limit_ms, move || sender.send(()));
    let mut future = pin!(future);
    let mut expired = pin!(expired);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => expired.as_mut().poll(context).map(|()| None),
    })
    .await
}
