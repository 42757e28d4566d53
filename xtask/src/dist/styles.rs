//! One style sheet instead of several: Trunk makes a file of each, and one is
//! fetched sooner and compresses better.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

use super::put;

/// How a style sheet is named in the page, as Trunk writes it.
const START: &str = "<link href=./";
const END: &str = " rel=stylesheet>";

/// Puts all style sheets of the page into one, in their order, and has the page
/// name that.
///
/// # Errors
///
/// The page names none in the way that is expected, or a file can't be read or
/// written.
pub(super) fn join(staging: &Path) -> Result<(), Failure> {
    let page = staging.join("index.html");
    let mut text = fs::read_to_string(&page).map_err(Failure::file("read", &page))?;
    let names = named(&text);
    let mut joined = String::new();
    for name in &names {
        let path = staging.join(name);
        joined += &fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
        fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
    }
    let Some((last, others)) = names.split_last() else {
        return Err(Failure::Refused(
            "the page names no style sheet where one is expected".to_owned(),
        ));
    };
    for name in others {
        text = text.replace(&[START, name, END].concat(), "");
    }
    let address = put(staging, "style", "css", joined.as_bytes())?;
    text = text.replace(last, &address);
    fs::write(&page, text).map_err(Failure::file("write", &page))
}

/// The files of the style sheets that a page names.
fn named(page: &str) -> Vec<String> {
    page.split(END)
        .filter_map(|before| Some(before.rsplit_once(START)?.1.to_owned()))
        .filter(|name| !name.contains(['<', '>', ' ']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_joined_in_their_order() {
        let folder = std::env::temp_dir().join(format!("xtask-styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("b-1.css"), "b{}").unwrap();
        fs::write(folder.join("a-2.css"), "a{}").unwrap();
        let page = "<link href=./icon.svg rel=icon><link href=./b-1.css rel=stylesheet>\
                    <link href=./a-2.css rel=stylesheet><title>x</title>";
        fs::write(folder.join("index.html"), page).unwrap();
        join(&folder).unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let names = named(&page);
        let [name] = names.as_slice() else {
            panic!("{page}");
        };
        assert!(page.starts_with("<link href=./icon.svg rel=icon><link href=./style-"));
        assert!(page.ends_with(" rel=stylesheet><title>x</title>"), "{page}");
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), "b{}a{}");
        assert!(!folder.join("a-2.css").exists());

        fs::write(folder.join("index.html"), "<title>x</title>").unwrap();
        assert!(join(&folder).is_err(), "nothing to join is a surprise");
        fs::remove_dir_all(&folder).unwrap();
    }
}
