//! Views: what a screen looks like, and nothing else.
//!
//! A view reads one [`Screen`](crate::domain::flow::Screen), says its texts
//! through [`context::Ui`] and sends events; it never opens a camera, never
//! calls the service and knows nothing of `web` or `app`.
//! Start with [`shell`], which chooses the screen; [`dom`] is what views are
//! made with.

pub mod components;
pub mod context;
pub mod dom;
pub mod screens;
pub mod shell;
