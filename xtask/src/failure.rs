//! Why a verb could not do its work, named by what can be done about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a verb stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something has to be installed, and only a person can do that.
    Missing {
        /// What is missing, and for what.
        what: String,
        /// How to get it.
        get: String,
    },
    /// A program ran and failed; it has said why itself.
    Program {
        /// What was run.
        command: String,
        /// How it ended.
        ended: String,
    },
    /// A program could not be started at all.
    Start {
        /// What was to be run.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be read or written.
    File {
        /// What was tried, as in "read".
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The command line was not understood.
    Usage(String),
    /// Something in the repository or its build is not as it must be.
    Refused(String),
}

impl Failure {
    /// For `map_err` after working with a file.
    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::File {
            doing,
            path,
            source,
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { what, get } => write!(out, "{what} is missing.\n  To get it: {get}"),
            Self::Program { command, ended } => write!(out, "`{command}` {ended}"),
            Self::Start { command, source } => {
                write!(out, "`{command}` could not be started: {source}")
            }
            Self::File {
                doing,
                path,
                source,
            } => write!(out, "could not {doing} {}: {source}", path.display()),
            Self::Usage(text) | Self::Refused(text) => write!(out, "{text}"),
        }
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_thing_is_named_together_with_the_way_to_get_it() {
        let text = Failure::Missing {
            what: "Node.js".into(),
            get: "apt-get install nodejs npm".into(),
        }
        .to_string();
        assert!(text.contains("Node.js is missing"));
        assert!(text.contains("apt-get install nodejs npm"));
    }

    #[test]
    fn a_file_error_names_the_file() {
        let failure = Failure::file("read", Path::new("some/where.txt"))(io::Error::from(
            io::ErrorKind::NotFound,
        ));
        assert!(
            failure
                .to_string()
                .starts_with("could not read some/where.txt")
        );
    }
}
