//! The parts that screens are made of.
//!
//! A component knows how something looks and which event it sends; which of
//! them are shown, and with what words, is a screen's business.
//! Start with [`button`]: it shows how texts and events are passed.

pub mod alert;
pub mod button;
pub mod country_picker;
pub mod example;
pub mod file_picker;
pub mod form;
pub mod heading;
pub mod icon;
pub mod illustration;
pub mod language_menu;
pub mod progress;
pub mod tips;
pub mod type_picker;
pub mod zoom_picture;
