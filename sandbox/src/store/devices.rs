//! What devices were seen in a session (contract §4.1).

use axum::http::HeaderMap;
use jiff::Timestamp;

use super::Session;
use crate::device::Device;

/// The published events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeviceEvent {
    ConfigFirstLoaded,
    ResourceCreated,
    ClientSessionTokenDeleted,
}

impl DeviceEvent {
    /// The protocol's spelling.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ConfigFirstLoaded => "CONFIG_FIRST_LOADED",
            Self::ResourceCreated => "RESOURCE_CREATED",
            Self::ClientSessionTokenDeleted => "CLIENT_SESSION_TOKEN_DELETED",
        }
    }
}

/// Something that a device did.
#[derive(Debug, Clone)]
pub(crate) struct Sighting {
    pub(crate) event: DeviceEvent,
    pub(crate) resource_id: Option<String>,
    pub(crate) created: Timestamp,
    pub(crate) device: Device,
}

/// The devices of a session.
#[derive(Debug, Clone, Default)]
pub(crate) struct Devices {
    pub(crate) seen: Vec<Sighting>,
    /// Outlives the deletion of what was seen: the first time comes once.
    config_loaded: bool,
}

impl Session {
    /// Records that the end user's client read the configuration, once.
    pub(crate) fn saw_configuration(&mut self, headers: &HeaderMap, now: Timestamp) {
        if !self.devices.config_loaded {
            self.devices.config_loaded = true;
            self.saw(DeviceEvent::ConfigFirstLoaded, None, headers, now);
        }
    }

    /// Records that the end user's client created a resource.
    pub(crate) fn saw_resource(&mut self, id: &str, headers: &HeaderMap, now: Timestamp) {
        self.saw(DeviceEvent::ResourceCreated, Some(id), headers, now);
    }

    /// Records that the person finished.
    pub(crate) fn saw_end(&mut self, headers: &HeaderMap, now: Timestamp) {
        self.saw(DeviceEvent::ClientSessionTokenDeleted, None, headers, now);
    }

    fn saw(&mut self, event: DeviceEvent, id: Option<&str>, headers: &HeaderMap, now: Timestamp) {
        self.devices.seen.push(Sighting {
            event,
            resource_id: id.map(ToOwned::to_owned),
            created: now,
            device: Device::of(headers),
        });
    }
}
