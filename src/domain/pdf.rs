//! A cheap look at a PDF before it is sent: does it need a password?
//!
//! Not a reader of PDFs: the service decides in the end.
//! What is looked at are the few bytes that every program reads first, the
//! trailer (ISO 32000-1, 7.5.5 and 7.5.8), so that a file of any size costs two
//! short reads.

/// The largest PDF that is sent (docs/client-api.md).
pub const MAX_PDF_BYTES: u64 = 10_000_000;

/// How many bytes at the end [`trailer`] wants to see: programs look for
/// `startxref` in the last 1024, and the dictionary before it is short.
pub const TAIL_BYTES: u32 = 4096;

/// How many bytes from where the cross-reference stream begins
/// [`needs_password_at`] wants to see.
pub const STREAM_BYTES: u32 = 4096;

/// Why a PDF can't be sent, by what the person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PdfError {
    /// It can't be opened without a password.
    #[error("the PDF needs a password")]
    Encrypted,
    /// It can't be read, or has too many pages.
    #[error("the PDF can't be read")]
    Unreadable,
    /// Larger than [`MAX_PDF_BYTES`].
    #[error("the PDF is too large")]
    TooLarge,
}

/// What the end of a PDF says about encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trailer {
    /// The trailer is there and tells.
    Known {
        /// Whether it names an encryption dictionary.
        needs_password: bool,
    },
    /// The trailer is the dictionary of a stream that begins there.
    At(u64),
    /// There is none where one has to be.
    Missing,
}

/// Reads the end of a PDF, at most [`TAIL_BYTES`] of it.
#[must_use]
pub fn trailer(tail: &[u8]) -> Trailer {
    let Some(start) = last(tail, b"startxref") else {
        return Trailer::Missing;
    };
    let before = tail.get(..start).unwrap_or_default();
    if let Some(dictionary) = last(before, b"trailer").and_then(|at| before.get(at..)) {
        return Trailer::Known {
            needs_password: names_encryption(dictionary),
        };
    }
    let digits = tail.get(start + b"startxref".len()..).unwrap_or_default();
    number(digits).map_or(Trailer::Missing, Trailer::At)
}

/// Whether the dictionary of a cross-reference stream names an encryption
/// dictionary; `object` begins where the stream's object does.
#[must_use]
pub fn needs_password_at(object: &[u8]) -> bool {
    let end = first(object, b"stream").unwrap_or(object.len());
    let is_object = object.first().is_some_and(u8::is_ascii_digit);
    is_object && object.get(..end).is_some_and(names_encryption)
}

/// Whether the name `/Encrypt` stands there, and not only the start of a longer
/// one.
fn names_encryption(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"/Encrypt";
    let mut rest = bytes;
    while let Some(at) = first(rest, NAME) {
        rest = rest.get(at + NAME.len()..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_alphanumeric) {
            return true;
        }
    }
    false
}

fn first(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

fn last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .rposition(|window| window == needle)
}

/// The number that bytes begin with, after white space.
fn number(bytes: &[u8]) -> Option<u64> {
    let digits: String = bytes
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_followed_by_a_trailer_that_tells() {
        let tail = |entry: &str| {
            format!(
                "0000000000 65535 f \ntrailer\n<< /Size 5 {entry} /Root 1 0 R >>\nstartxref\n416\n%%EOF\n"
            )
        };
        for (entry, needs_password) in [
            ("/Encrypt 4 0 R", true),
            ("/Encrypt<< /V 2 >>", true),
            ("", false),
            ("/EncryptMetadata false", false),
            ("/EncryptMetadata false /Encrypt 4 0 R", true),
        ] {
            assert_eq!(
                trailer(tail(entry).as_bytes()),
                Trailer::Known { needs_password },
                "{entry}"
            );
        }
    }

    #[test]
    fn the_last_trailer_counts() {
        let tail = b"trailer << /Encrypt 4 0 R >> startxref 9 %%EOF trailer << /Size 2 >> startxref 99 %%EOF";
        assert_eq!(
            trailer(tail),
            Trailer::Known {
                needs_password: false
            }
        );
    }

    #[test]
    fn a_stream_is_looked_for_where_the_end_says() {
        assert_eq!(
            trailer(b"endobj\nstartxref\r\n 116\n%%EOF"),
            Trailer::At(116)
        );
        let object = |entry: &str| {
            format!("12 0 obj\n<< /Type /XRef {entry} /W [1 2 1] >>\nstream\n\x01/Encrypt 1 0 R")
        };
        assert!(needs_password_at(object("/Encrypt 11 0 R").as_bytes()));
        assert!(
            !needs_password_at(object("").as_bytes()),
            "what is in the stream does not count"
        );
        assert!(
            !needs_password_at(b"xref /Encrypt 1 0 R"),
            "no object begins there"
        );
    }

    #[test]
    fn what_is_cut_off_or_something_else_has_no_trailer() {
        for tail in [&b""[..], b"%PDF-1.7\n%%EOF\n", b"startxref\nsoon\n%%EOF"] {
            assert_eq!(trailer(tail), Trailer::Missing, "{tail:?}");
        }
    }
}
