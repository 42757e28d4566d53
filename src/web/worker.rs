//! Starting a worker that the page names in its head.
//!
//! Not for what it is asked: each worker has an adapter of its own.

use web_sys::{Worker, WorkerOptions, WorkerType};

use super::window;

/// Starts the module worker whose address is the content of the first element
/// that `selector` finds; nothing where the page names none or the browser has
/// no workers.
pub(super) fn started(selector: &str) -> Option<Worker> {
    let address = window::document()?
        .query_selector(selector)
        .ok()??
        .get_attribute("content")?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&address, &options).ok()
}
