//! Packages of the operating system.
//!
//! Debian's and its relatives' are installed when we may (as root, or by sudo
//! without a password). Anything else is the owner's machine: we say what is
//! missing and how to get it.

use std::process::Command;

use super::toolbox::program_on_path;
use crate::command;
use crate::console;
use crate::failure::Failure;

/// Something that the system's package manager has.
#[derive(Debug)]
pub(super) struct Package {
    /// As the subject of "… is missing".
    pub(super) what: &'static str,
    /// Debian's names.
    pub(super) apt: &'static [&'static str],
    /// Where others find it.
    pub(super) elsewhere: &'static str,
}

/// Installs a package.
///
/// # Errors
///
/// We may not, there is no apt, or it fails.
pub(super) fn install(why: &str, package: &Package) -> Result<(), Failure> {
    let missing = || Failure::Missing {
        what: package.what.to_owned(),
        get: how_to_get(package),
    };
    if program_on_path("apt-get").is_none() {
        return Err(missing());
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if command::answer(Command::new("sudo").args(["-n", "true"])).is_some() {
        &["sudo", "-n"]
    } else {
        return Err(missing());
    };
    console::progress(&format!("Installing {why}"));
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(package.apt);
    if command::run(&mut apt(prefix, &install)).is_ok() {
        return Ok(());
    }
    console::progress("The list of packages may be old; fetching it and trying again");
    command::run(&mut apt(prefix, &["update"]))?;
    command::run(&mut apt(prefix, &install)).map_err(|_failed| missing())
}

fn apt(prefix: &[&str], words: &[&str]) -> Command {
    let mut line = prefix.to_vec();
    // `env`, because sudo drops what is set for it.
    line.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]);
    line.extend(words);
    let mut line = line.into_iter();
    let mut command = Command::new(line.next().unwrap_or("env"));
    command.args(line);
    command
}

fn is_root() -> bool {
    command::answer(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn how_to_get(package: &Package) -> String {
    format!(
        "on Debian and Ubuntu `sudo apt-get install {}`; elsewhere {}",
        package.apt.join(" "),
        package.elsewhere
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_get_a_package_names_debians_and_the_others() {
        let text = how_to_get(&Package {
            what: "Chromium",
            apt: &["chromium", "chromium-driver"],
            elsewhere: "https://example.org",
        });
        assert!(text.contains("sudo apt-get install chromium chromium-driver"));
        assert!(text.contains("https://example.org"));
    }

    #[test]
    fn apt_never_asks_a_question_with_or_without_sudo() {
        let own = command::shown(&apt(&[], &["update"]));
        assert_eq!(own, "env DEBIAN_FRONTEND=noninteractive apt-get -q update");
        let sudo = command::shown(&apt(&["sudo", "-n"], &["update"]));
        assert_eq!(sudo, format!("sudo -n {own}"));
    }
}
