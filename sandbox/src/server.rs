//! Starting and stopping the service, and what tests ask of it directly.

use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use bytes::Bytes;
use serde_json::{Value, json};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use vestibule::domain::session::resource::FieldError;

use crate::auth::{KeyError, Keys};
use crate::branch;
use crate::client_files;
use crate::clock::Clock;
use crate::notify::{self, Notifier};
use crate::portal;
use crate::result::result;
use crate::routes::{self, BASE_PATH};
use crate::script::Script;
use crate::sessions;
use crate::state::{App, Folders};

/// Connections that are still busy get so long to finish.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(2);

/// How to start the service.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port to listen on; 0 for any free one.
    pub port: u16,
    /// The folder of the built client; it may be built later.
    pub dist: PathBuf,
    /// The folder of the gallery, for the preview; it may be made later.
    pub gallery: PathBuf,
    /// The folder for the keys, created when missing.
    pub data: PathBuf,
    /// The time that sessions live by.
    pub clock: Clock,
}

/// Why the service did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Something else listens there.
    #[error("port {port} is in use; choose another one with --port")]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The port can't be listened on.
    #[error("cannot listen on port {port}: {source}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The keys can't be used.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// Notifications can't be sent from this machine.
    #[error("cannot prepare sending notifications: {0}")]
    Notifications(reqwest::Error),
}

/// A session that was created without a signed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The session id.
    pub id: String,
    /// The client session token.
    pub token: String,
    /// The link that a person opens.
    pub link: String,
}

/// A running service; it stops when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    app: App,
    clock: Clock,
    stop: oneshot::Sender<()>,
    served: JoinHandle<io::Result<()>>,
}

impl Sandbox {
    /// Starts the service on the loopback interface.
    ///
    /// # Errors
    ///
    /// When the port is taken or the keys can't be used.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let Options {
            port,
            dist,
            gallery,
            data,
            clock,
        } = options;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|source| {
                if source.kind() == io::ErrorKind::AddrInUse {
                    StartError::PortInUse { port }
                } else {
                    StartError::Listen { port, source }
                }
            })?;
        let port = listener
            .local_addr()
            .map_err(|source| StartError::Listen { port, source })?
            .port();
        // Generating a key takes a second or more.
        let keys = tokio::task::spawn_blocking(move || Keys::load_or_create(&data))
            .await
            .map_err(|panic| StartError::Listen {
                port,
                source: io::Error::other(panic),
            })??;
        let notifier =
            Notifier::new(clock.clone(), Handle::current()).map_err(StartError::Notifications)?;
        let folders = Folders { dist, gallery };
        let app = App::new(keys, clock.clone(), notifier, port, folders);
        let (stop, stopped) = oneshot::channel();
        let service = router(&app);
        let served = tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(async move {
                    // Dropping the sender stops the service as well.
                    stopped.await.unwrap_or_default();
                })
                .await
        });
        Ok(Self {
            app,
            clock,
            stop,
            served,
        })
    }

    /// Where back ends and clients send their requests.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.app.base_url()
    }

    /// Where people create and look at sessions.
    #[must_use]
    pub fn portal_url(&self) -> String {
        format!("{}/", self.app.origin())
    }

    /// The id that back ends name in `sdkId`.
    #[must_use]
    pub fn sdk_id(&self) -> &str {
        self.app.keys().sdk_id()
    }

    /// The PEM file that back ends sign with, absolute.
    #[must_use]
    pub fn key_file(&self) -> &Path {
        self.app.keys().key_file()
    }

    /// The time that sessions live by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Creates a session as `POST /sessions` does, without a signature.
    ///
    /// # Errors
    ///
    /// Every wrong field of the payload.
    pub fn create_session(&self, payload: &Value) -> Result<NewSession, Vec<FieldError>> {
        let empty = serde_json::Map::new();
        let id = sessions::create(&self.app, payload.as_object().unwrap_or(&empty), None)?;
        let store = self.app.store();
        let session = store.get(&id);
        Ok(NewSession {
            token: session.map(|it| it.token.clone()).unwrap_or_default(),
            link: session
                .map(|it| self.app.session_link(it))
                .unwrap_or_default(),
            id,
        })
    }

    /// Scripts a session as `PUT /sessions/{id}/response-config` does.
    ///
    /// # Errors
    ///
    /// Every wrong field; an unknown session is ignored.
    pub fn script_session(&self, session_id: &str, config: &Value) -> Result<(), Vec<FieldError>> {
        let empty = serde_json::Map::new();
        let script = Script::parse(config.as_object().unwrap_or(&empty))?;
        if let Some(session) = self.app.store().get_mut(session_id) {
            session.script = script;
        }
        Ok(())
    }

    /// What `GET /sessions/{id}` answers now.
    #[must_use]
    pub fn session_result(&self, session_id: &str) -> Option<Value> {
        let now = self.app.now();
        self.app
            .store()
            .get(session_id)
            .map(|session| result(session, now))
    }

    /// Has the person of a session visit the branch with all their documents.
    ///
    /// `false` when there is no such session, or none that a branch completes.
    #[must_use]
    pub fn complete_branch_visit(&self, session_id: &str) -> bool {
        let now = self.app.now();
        let mut store = self.app.store();
        let Some(session) = store.get_mut(session_id) else {
            return false;
        };
        let visited = branch::visit(session, now);
        if visited {
            notify::checks_started(&self.app, session);
        }
        visited
    }

    /// The bytes of stored media.
    #[must_use]
    pub fn media_content(&self, session_id: &str, media_id: &str) -> Option<Bytes> {
        let now = self.app.now();
        self.app
            .store()
            .get(session_id)?
            .media
            .get(media_id)?
            .content(now)
            .cloned()
    }

    /// Creates the session that `--demo` shows a newcomer.
    ///
    /// # Errors
    ///
    /// Every wrong field, as [`Self::create_session`].
    pub fn create_demo_session(&self) -> Result<NewSession, Vec<FieldError>> {
        let origin = self.app.origin();
        self.create_session(&json!({
            // A newcomer looks around first: an hour.
            "client_session_token_ttl": 3600,
            "requested_checks": [{ "type": "ID_DOCUMENT_AUTHENTICITY", "config": {} }],
            "requested_tasks": [
                { "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "config": { "manual_check": "NEVER" } },
            ],
            "required_documents": [{ "type": "ID_DOCUMENT" }],
            "sdk_config": {
                "allowed_capture_methods": "CAMERA_AND_UPLOAD",
                "success_url": format!("{origin}/outcome/success"),
                "error_url": format!("{origin}/outcome/error"),
            },
        }))
    }

    /// Stops the service; what is still being answered gets a moment.
    pub async fn shutdown(self) {
        let Self {
            stop, mut served, ..
        } = self;
        drop(stop);
        if tokio::time::timeout(SHUTDOWN_GRACE, &mut served)
            .await
            .is_err()
        {
            served.abort();
        }
    }
}

fn router(app: &App) -> Router {
    Router::new()
        .nest(BASE_PATH, routes::router())
        .merge(client_files::router(app))
        .merge(portal::router(app))
        .with_state(app.clone())
}
