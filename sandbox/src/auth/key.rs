//! The key pair and the SDK id of the sandbox, made at its first start.
//!
//! The private key is written as PKCS#1 PEM (`RSA PRIVATE KEY`), the form in
//! which the real service hands keys out and which every official SDK reads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, LineEnding};
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::rand_core::OsRng;
use rsa::sha2::Sha256;
use rsa::signature::Verifier;
use rsa::{RsaPrivateKey, RsaPublicKey};
use thiserror::Error;
use uuid::Uuid;

const KEY_BITS: usize = 2048;
const KEY_FILE: &str = "sandbox-key.pem";
const SDK_ID_FILE: &str = "sdk-id";

/// Why there is no usable key.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The folder or a file in it can't be read or written.
    #[error("cannot use {path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is there but is not what it should be.
    #[error("{path} is damaged; delete it to get a new one")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// No key could be made.
    #[error("cannot generate a key: {0}")]
    Generate(rsa::Error),
}

/// What back ends sign with, and what verifies it.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    sdk_id: String,
    key_file: PathBuf,
    verifying: VerifyingKey<Sha256>,
}

impl Keys {
    /// Reads the keys from `data`, making what is missing.
    pub(crate) fn load_or_create(data: &Path) -> Result<Self, KeyError> {
        fs::create_dir_all(data).map_err(|source| KeyError::File {
            path: data.to_owned(),
            source,
        })?;
        let data = data.canonicalize().map_err(|source| KeyError::File {
            path: data.to_owned(),
            source,
        })?;
        let key_file = data.join(KEY_FILE);
        let verifying = VerifyingKey::new(public_key(&key_file)?);
        let sdk_id = sdk_id(&data.join(SDK_ID_FILE))?;
        Ok(Self {
            sdk_id,
            key_file,
            verifying,
        })
    }

    /// The id that back ends name in `sdkId`.
    pub(crate) fn sdk_id(&self) -> &str {
        &self.sdk_id
    }

    /// The PEM file, absolute.
    pub(crate) fn key_file(&self) -> &Path {
        &self.key_file
    }

    /// Whether `signature` is this key's RSASSA-PKCS1-v1_5 SHA-256 signature.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::try_from(signature)
            .is_ok_and(|signature| self.verifying.verify(message, &signature).is_ok())
    }
}

fn public_key(path: &Path) -> Result<RsaPublicKey, KeyError> {
    match fs::read_to_string(path) {
        Ok(pem) => RsaPrivateKey::from_pkcs1_pem(&pem)
            .map(|key| key.to_public_key())
            .map_err(|_not_a_key| KeyError::Damaged {
                path: path.to_owned(),
            }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS).map_err(KeyError::Generate)?;
            let pem = key
                .to_pkcs1_pem(LineEnding::LF)
                .map_err(|error| KeyError::Generate(rsa::Error::Pkcs1(error)))?;
            write_private(path, pem.as_bytes())?;
            public_key(path)
        }
        Err(source) => Err(KeyError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

fn sdk_id(path: &Path) -> Result<String, KeyError> {
    match fs::read_to_string(path) {
        Ok(text) => Uuid::parse_str(text.trim())
            .map(|id| id.to_string())
            .map_err(|_not_a_uuid| KeyError::Damaged {
                path: path.to_owned(),
            }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write_private(path, Uuid::new_v4().to_string().as_bytes())?;
            sdk_id(path)
        }
        Err(source) => Err(KeyError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Writes a file that only its owner can read, unless it is there by now.
///
/// Two first starts at once must end up with the same key, so the file gets
/// its name only once it is whole and only if nobody was faster.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let failed = |source| KeyError::File {
        path: path.to_owned(),
        source,
    };
    let partial = path.with_extension(Uuid::new_v4().to_string());
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&partial).map_err(failed)?;
    let written =
        io::Write::write_all(&mut file, bytes).and_then(|()| match fs::hard_link(&partial, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        });
    fs::remove_file(&partial).and(written).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_start_finds_the_keys_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::load_or_create(folder.path()).unwrap();
        let second = Keys::load_or_create(folder.path()).unwrap();
        assert_eq!(first.sdk_id(), second.sdk_id());
        let pem = fs::read_to_string(second.key_file()).unwrap();
        assert!(pem.starts_with("-----BEGIN RSA PRIVATE KEY-----"));
        assert!(second.key_file().is_absolute());
    }

    #[test]
    fn the_first_of_two_writers_wins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(SDK_ID_FILE);
        write_private(&path, b"first").unwrap();
        write_private(&path, b"second").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_key_file_is_named_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(KEY_FILE);
        fs::write(&path, "not a key").unwrap();
        let error = Keys::load_or_create(folder.path()).unwrap_err();
        assert!(error.to_string().contains(KEY_FILE), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "not a key");
    }
}
