//! What xtask itself says.
//!
//! Results (tables, the last line of `test`) go to standard output; progress
//! and errors go to standard error, so that a result can be piped.

use std::io::{self, Write as _};
use std::time::Duration;

/// A line of a result.
pub(crate) fn say(text: &str) {
    // A closed pipe (`| head`) is the reader's choice and no error.
    drop(writeln!(io::stdout().lock(), "{text}"));
    drop(io::stdout().lock().flush());
}

/// A step begins.
pub(crate) fn heading(text: &str) {
    eprintln!("\n== {text}");
}

/// Something worth knowing while waiting.
pub(crate) fn progress(text: &str) {
    eprintln!("   {text}");
}

/// Something went wrong.
pub(crate) fn error(text: &str) {
    eprintln!("error: {text}");
}

/// A duration as a person says it.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// A count with separators between thousands.
pub(crate) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(seconds(Duration::from_millis(2_340)), "2.3 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn thousands_are_separated_from_the_right() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(120_000), "120,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
