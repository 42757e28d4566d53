//! Where things are: the repository, its build folder, its cargo.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;
use crate::failure::Failure;

/// The target that the client is built for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Lets the compiler use vectors: what looks at pictures is built with it. A
/// browser without them stays with its shutter.
pub(crate) const SIMD_FLAG: &str = "-Ctarget-feature=+simd128";

/// Where cargo looks for flags of that target alone.
pub(crate) const WASM_FLAGS_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The repository that this program belongs to.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
    cargo: OsString,
}

impl Project {
    /// Finds the repository and asks cargo where it builds.
    ///
    /// # Errors
    ///
    /// Cargo does not answer.
    pub(crate) fn find() -> Result<Self, Failure> {
        let own_folder = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own_folder
            .parent()
            .map_or_else(|| own_folder.clone(), Path::to_path_buf);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let described = command::output(
            Command::new(&cargo)
                .args(["metadata", "--format-version=1", "--no-deps"])
                .current_dir(&root),
        )?;
        let target = target_folder(&described).ok_or_else(|| {
            Failure::Refused("`cargo metadata` did not name a target directory".to_owned())
        })?;
        Ok(Self {
            root,
            target,
            cargo,
        })
    }

    /// The repository's top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's build folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Where this program keeps files between two runs.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The finished client.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The finished gallery.
    pub(crate) fn gallery(&self) -> PathBuf {
        self.target.join("gallery")
    }

    /// The service's executable, once built.
    pub(crate) fn sandbox_program(&self) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("vestibule-sandbox{}", std::env::consts::EXE_SUFFIX))
    }

    /// Cargo, run in the repository.
    pub(crate) fn cargo<const N: usize>(&self, words: [&str; N]) -> Command {
        let mut command = Command::new(&self.cargo);
        command.args(words).current_dir(&self.root);
        command
    }
}

fn target_folder(described: &str) -> Option<PathBuf> {
    let described: serde_json::Value = serde_json::from_str(described).ok()?;
    described
        .get("target_directory")?
        .as_str()
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_folder_is_the_one_that_cargo_names() {
        assert_eq!(
            target_folder(r#"{"packages":[],"target_directory":"/builds/vestibule"}"#),
            Some(PathBuf::from("/builds/vestibule"))
        );
        assert_eq!(target_folder("{}"), None);
        assert_eq!(target_folder("no json"), None);
    }
}
