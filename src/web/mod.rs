//! Adapters: one file per browser API, and nothing but the adapter in it.
//!
//! What is asked of the browser and what it answers is said in the types of
//! [`crate::domain`]; a `JsValue` never leaves this module.
//! Everything that must be undone (listeners, timers, streams, addresses of
//! pictures, requests under way) is a value that undoes it when dropped.
//! Start with [`service`] for what goes over the wire and [`camera`] for the
//! pictures; [`window`] is the only door to the browser's globals.

pub mod camera;
pub mod canvas;
pub mod catalogue;
pub mod clipboard;
pub mod clock;
pub mod console;
pub mod download;
pub mod eyes;
pub mod face_detector;
pub mod faces;
pub mod fetch;
pub mod file_bytes;
pub mod history;
pub mod host_bridge;
pub mod ids;
pub mod image_capture;
pub mod intl;
pub mod listener;
pub mod media_devices;
pub mod navigation;
pub mod object_url;
pub mod oneshot;
pub mod outline;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod service;
pub mod storage;
pub mod task;
pub mod tone;
pub mod upload;
pub mod window;
mod worker;
pub mod zoom;
