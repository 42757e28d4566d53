//! A text as a QR code, drawn as one path.
//!
//! Only the screen that shows a link for another device needs this.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// The light margin that readers need, in modules (ISO/IEC 18004, 9.1).
const QUIET_ZONE: i32 = 4;

/// A QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// Its width and height in modules, with the margin.
    pub size: i32,
    /// The dark modules as the data of one SVG path.
    pub path: String,
}

impl QrPicture {
    /// The smallest code for a text that survives losing about 15 % of itself;
    /// nothing when the text is longer than any code.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        Some(Self {
            size: code.size() + 2 * QUIET_ZONE,
            path: path(&code),
        })
    }
}

/// One rectangle for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let begin = x;
            while code.get_module(x, y) {
                x += 1;
            }
            let run = x - begin;
            if run == 0 {
                x += 1;
            } else {
                let (left, top) = (begin + QUIET_ZONE, y + QUIET_ZONE);
                // Writing to a string does not fail.
                write!(path, "M{left} {top}h{run}v1h-{run}z").unwrap_or_default();
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The dark modules that a path draws.
    fn drawn(path: &str) -> Vec<(i32, i32)> {
        let mut modules = Vec::new();
        for part in path.split('M').skip(1) {
            let (left, rest) = part.split_once(' ').unwrap();
            let (top, rest) = rest.split_once('h').unwrap();
            let run: i32 = rest.split_once('v').unwrap().0.parse().unwrap();
            assert_eq!(
                rest,
                format!("{run}v1h-{run}z"),
                "a rectangle one module high"
            );
            let (left, top): (i32, i32) = (left.parse().unwrap(), top.parse().unwrap());
            modules.extend((left..left + run).map(|x| (x, top)));
        }
        modules
    }

    proptest! {
        #[test]
        fn the_path_draws_the_dark_modules_and_no_other(text in ".{0,80}") {
            let picture = QrPicture::new(&text).unwrap();
            let code = QrCode::encode_text(&text, QrCodeEcc::Medium).unwrap();
            let mut dark = Vec::new();
            for y in 0..code.size() {
                for x in 0..code.size() {
                    if code.get_module(x, y) {
                        dark.push((x + QUIET_ZONE, y + QUIET_ZONE));
                    }
                }
            }
            prop_assert_eq!(drawn(&picture.path), dark);
        }
    }

    #[test]
    fn a_link_makes_a_small_code_with_a_margin() {
        let code = "0123456789abcdefghijklmnopqrstuv";
        let link = format!("https://identity.example/idverify/v1/web/index.html?handoff={code}");
        let picture = QrPicture::new(&link).unwrap();
        assert!(picture.size <= 41 + 8, "{} modules", picture.size);
        let margin = QUIET_ZONE..picture.size - QUIET_ZONE;
        for (x, y) in drawn(&picture.path) {
            assert!(margin.contains(&x) && margin.contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn what_fits_into_no_code_is_none() {
        assert_eq!(QrPicture::new(&"x".repeat(3000)), None);
    }
}
