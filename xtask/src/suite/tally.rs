//! Counts tests from what test programs print.

/// Tests that ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// As they should.
    pub(crate) passed: u64,
    /// Not as they should.
    pub(crate) failed: u64,
    /// Left out by their author.
    pub(crate) ignored: u64,
}

impl Tally {
    /// One test that passed, or failed.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            ignored: 0,
        }
    }

    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
        }
    }

    /// How many ran.
    pub(crate) fn ran(self) -> u64 {
        self.passed + self.failed
    }

    /// Reads a line such as
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out`.
    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let plain = without_colour(line);
        let (_, counts) = plain
            .trim()
            .strip_prefix("test result: ")?
            .split_once(". ")?;
        let mut tally = Self::default();
        for part in counts.split(';') {
            let mut words = part.split_whitespace();
            let (Some(count), Some(what)) = (words.next(), words.next()) else {
                continue;
            };
            let Ok(count) = count.parse::<u64>() else {
                continue;
            };
            match what {
                "passed" => tally.passed = count,
                "failed" => tally.failed = count,
                "ignored" => tally.ignored = count,
                _ => {}
            }
        }
        Some(tally)
    }

    /// What a finished step counts: a program that failed without a failing
    /// test has failed once, and so has one that should have had tests and ran
    /// none.
    pub(crate) fn settled(mut self, succeeded: bool) -> Self {
        if (!succeeded && self.failed == 0) || self.ran() == 0 {
            self.failed += 1;
        }
        self
    }
}

fn without_colour(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            // An escape sequence ends with its first letter.
            for letter in letters.by_ref() {
                if letter.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: &str = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.05s";
    const FAILED: &str = "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s";

    #[test]
    fn result_lines_are_read_and_others_are_not() {
        assert_eq!(
            Tally::from_line(OK),
            Some(Tally {
                passed: 12,
                failed: 0,
                ignored: 1
            })
        );
        assert_eq!(
            Tally::from_line(FAILED),
            Some(Tally {
                passed: 4,
                failed: 2,
                ignored: 0
            })
        );
        assert_eq!(Tally::from_line("test a_test ... ok"), None);
        assert_eq!(Tally::from_line("running 3 tests"), None);
        assert_eq!(Tally::from_line(""), None);
    }

    #[test]
    fn the_browser_runners_shorter_line_and_colours_are_understood() {
        let line =
            "    test result: \u{1b}[32mok\u{1b}[0m. 3 passed; 0 failed; 0 ignored; 0 filtered out";
        assert_eq!(
            Tally::from_line(line),
            Some(Tally {
                passed: 3,
                failed: 0,
                ignored: 0
            })
        );
    }

    #[test]
    fn lines_of_several_programs_are_summed() {
        let sum = [OK, "noise", FAILED]
            .iter()
            .filter_map(|line| Tally::from_line(line))
            .fold(Tally::default(), Tally::plus);
        assert_eq!(
            sum,
            Tally {
                passed: 16,
                failed: 2,
                ignored: 1
            }
        );
        assert_eq!(sum.ran(), 18);
    }

    #[test]
    fn a_program_that_fails_without_a_failing_test_counts_as_one_failure() {
        let passed = Tally {
            passed: 5,
            failed: 0,
            ignored: 0,
        };
        assert_eq!(passed.settled(true), passed);
        assert_eq!(passed.settled(false).failed, 1);
        let failed = Tally {
            passed: 5,
            failed: 2,
            ignored: 0,
        };
        assert_eq!(failed.settled(false).failed, 2);
    }

    #[test]
    fn a_step_that_ran_no_test_has_failed_whatever_its_status() {
        assert_eq!(Tally::default().settled(true).failed, 1);
        assert_eq!(Tally::default().settled(false).failed, 1);
        let only_ignored = Tally {
            passed: 0,
            failed: 0,
            ignored: 4,
        };
        assert_eq!(only_ignored.settled(true).failed, 1);
    }
}
