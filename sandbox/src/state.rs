//! What every handler shares.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use crate::auth::{Keys, Nonces};
use crate::clock::Clock;
use crate::error::{ApiError, ApiResult};
use crate::notify::Notifier;
use crate::routes::BASE_PATH;
use crate::store::{Device, Session, Store};

/// The running service; clones are the same service.
#[derive(Debug, Clone)]
pub(crate) struct App(Arc<Inner>);

/// What is served from disk.
#[derive(Debug)]
pub(crate) struct Folders {
    /// The built client.
    pub(crate) dist: PathBuf,
    /// Every screen by itself.
    pub(crate) gallery: PathBuf,
}

#[derive(Debug)]
struct Inner {
    keys: Keys,
    clock: Clock,
    notifier: Notifier,
    port: u16,
    folders: Folders,
    store: Mutex<Store>,
    nonces: Mutex<Nonces>,
}

impl App {
    /// A service without sessions.
    pub(crate) fn new(
        keys: Keys,
        clock: Clock,
        notifier: Notifier,
        port: u16,
        folders: Folders,
    ) -> Self {
        Self(Arc::new(Inner {
            keys,
            clock,
            notifier,
            port,
            folders,
            store: Mutex::default(),
            nonces: Mutex::default(),
        }))
    }

    /// The keys of back ends.
    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The time that sessions live by.
    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The clock that shows it.
    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Who sends notifications.
    pub(crate) fn notifier(&self) -> &Notifier {
        &self.0.notifier
    }

    /// The folder of the built client.
    pub(crate) fn dist(&self) -> &Path {
        &self.0.folders.dist
    }

    /// The folder of the gallery.
    pub(crate) fn gallery(&self) -> &Path {
        &self.0.folders.gallery
    }

    /// The port that the service listens on.
    pub(crate) fn port(&self) -> u16 {
        self.0.port
    }

    /// Where the client and the API live.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// The base address of the API.
    pub(crate) fn base_url(&self) -> String {
        format!("{}{BASE_PATH}", self.origin())
    }

    /// The link that a person opens.
    pub(crate) fn session_link(&self, session: &Session) -> String {
        format!(
            "{}/web/index.html?sessionID={}&sessionToken={}",
            self.base_url(),
            session.id,
            session.token
        )
    }

    /// Uses a nonce up; `false` when that has been done before.
    pub(crate) fn use_up_nonce(&self, nonce: Uuid) -> bool {
        self.0
            .nonces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .use_up(nonce)
    }

    /// The store, locked; a panic elsewhere leaves plain data, still usable.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.0.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on a session.
    ///
    /// # Errors
    ///
    /// 404 when there is none, and what `work` refuses.
    pub(crate) fn with_session<T>(
        &self,
        id: &str,
        work: impl FnOnce(&mut Session) -> ApiResult<T>,
    ) -> ApiResult<T> {
        work(
            self.store()
                .get_mut(id)
                .ok_or_else(ApiError::session_not_found)?,
        )
    }

    /// Works on a session on behalf of its end user.
    ///
    /// # Errors
    ///
    /// 404 when there is no session, 401 when the token does not open it, 409
    /// when it is the token of a device that has not been confirmed, and what
    /// `work` refuses.
    pub(crate) fn with_token<T>(
        &self,
        id: &str,
        token: Option<&str>,
        work: impl FnOnce(&mut Session) -> ApiResult<T>,
    ) -> ApiResult<T> {
        self.with_device(id, token, |session, device| {
            device.must_be_confirmed()?;
            work(session)
        })
    }

    /// Lets whoever has a token of any session pass.
    ///
    /// # Errors
    ///
    /// 401 when the token opens nothing, 409 when it is the token of a device
    /// that has not been confirmed.
    pub(crate) fn must_know_token(&self, token: Option<&str>) -> ApiResult<()> {
        let now = self.now();
        let token =
            token.ok_or_else(|| ApiError::bad_token("header X-Yoti-Auth-Token is missing"))?;
        self.store()
            .newest_first()
            .find_map(|session| session.device(token, now))
            .ok_or_else(|| ApiError::bad_token("The token does not open any session"))?
            .must_be_confirmed()
    }

    /// Works on a session on behalf of one of its end user's devices.
    ///
    /// # Errors
    ///
    /// 404 when there is no session, 401 when the token does not open it, and
    /// what `work` refuses.
    pub(crate) fn with_device<T>(
        &self,
        id: &str,
        token: Option<&str>,
        work: impl FnOnce(&mut Session, Device) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let now = self.now();
        self.with_session(id, |session| {
            let Some(token) = token else {
                return Err(ApiError::bad_token("header X-Yoti-Auth-Token is missing"));
            };
            let device = session
                .device(token, now)
                .ok_or_else(|| ApiError::bad_token("The token does not open this session"))?;
            work(session, device)
        })
    }
}
