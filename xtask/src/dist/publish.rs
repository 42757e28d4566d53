//! Puts a finished build in the place of the old one.
//!
//! Not by swapping folders: a page that was opened a moment ago still asks for
//! the files of the old build, and a service must never find a page whose files
//! are not there yet. So the new files come first, then the page, and the old
//! files go last.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::failure::Failure;

/// The names of all files below a folder, sorted, with `/` between folders.
///
/// # Errors
///
/// A folder cannot be read.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::file("read", folder))? {
        let entry = entry.map_err(Failure::file("read", folder))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Makes `dist` hold what `staging` holds, and nothing else.
///
/// # Errors
///
/// A file cannot be read, written or removed.
pub(super) fn replace(staging: &Path, dist: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dist).map_err(Failure::file("make", dist))?;
    let mut names = files_below(staging)?;
    names.sort_by_key(|name| is_page(name));
    for name in &names {
        let (from, to) = (staging.join(name), dist.join(name));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(Failure::file("make", folder))?;
        }
        // Copied beside and renamed: nobody reads half a file.
        let beside = dist.join(".publishing");
        fs::copy(&from, &beside).map_err(Failure::file("write", &beside))?;
        fs::rename(&beside, &to).map_err(Failure::file("write", &to))?;
    }
    let current: BTreeSet<_> = names.into_iter().collect();
    for name in files_below(dist)? {
        if !current.contains(&name) {
            let old = dist.join(name);
            fs::remove_file(&old).map_err(Failure::file("remove", &old))?;
        }
    }
    Ok(())
}

/// The page and its twins, which name all other files.
fn is_page(name: &str) -> bool {
    name.starts_with("index.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_build_replaces_the_old_one_completely() {
        let folder = std::env::temp_dir().join(format!("xtask-publish-{}", std::process::id()));
        let (staging, dist) = (folder.join("staging"), folder.join("dist"));
        for (place, name, text) in [
            (&staging, "index.html", "new page"),
            (&staging, "app-2.js", "new script"),
            (&staging, "locales/de.json", "{}"),
            (&dist, "index.html", "old page"),
            (&dist, "index.html.br", "old twin"),
            (&dist, "app-1.js", "old script"),
        ] {
            let path = place.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        replace(&staging, &dist).unwrap();
        let names = files_below(&dist).unwrap();
        let page = fs::read_to_string(dist.join("index.html")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names, ["app-2.js", "index.html", "locales/de.json"]);
        assert_eq!(page, "new page");
    }

    #[test]
    fn the_page_comes_after_everything_it_names() {
        let mut names = ["index.html", "index.html.br", "vestibule-1.js", "a.css"];
        names.sort_by_key(|name| is_page(name));
        assert_eq!(
            names,
            ["vestibule-1.js", "a.css", "index.html", "index.html.br"]
        );
    }
}
