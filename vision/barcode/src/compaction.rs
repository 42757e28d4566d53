//! From corrected codewords to text: the compaction modes of ISO/IEC 15438,
//! 5.4.
//!
//! The library has these too, but panics at character sets unless 105 kB
//! (brotli) of tables come along.
//! Not for macro symbols: a licence is one symbol, so what would join several
//! ends the text.

/// From here on codewords switch modes.
const FIRST_CONTROL: u32 = 900;
const TEXT: u32 = 900;
const BYTES: u32 = 901;
const NUMBERS: u32 = 902;
const ONE_BYTE: u32 = 913;
const BYTES_IN_SIXES: u32 = 924;

/// Values 0 to 24 of the mixed sub-mode, and those of punctuation.
const MIXED: &[u8; 25] = b"0123456789&\r\t,:#-.$/+%*=^";
const PUNCTUATION: &[u8; 29] = b";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'";

#[derive(Clone, Copy, PartialEq)]
enum SubMode {
    Upper,
    Lower,
    Mixed,
    Punctuation,
}

/// The text of data codewords, without the one that counts them.
///
/// Bytes are UTF-8 where they can be, otherwise Latin-1.
pub(crate) fn text(words: &[u32]) -> Option<String> {
    let mut bytes = Vec::new();
    let mut mode = TEXT;
    let mut letters = SubMode::Upper;
    let mut rest = words;
    loop {
        let n = rest
            .iter()
            .position(|word| *word >= FIRST_CONTROL)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(n);
        match mode {
            TEXT => letters = text_run(run, letters, &mut bytes),
            NUMBERS => run.chunks(15).for_each(|group| numbers(group, &mut bytes)),
            _ => byte_run(run, mode == BYTES_IN_SIXES, &mut bytes),
        }
        let Some((control, after)) = after.split_first() else {
            break;
        };
        rest = match *control {
            TEXT | BYTES | NUMBERS | BYTES_IN_SIXES => {
                mode = *control;
                letters = SubMode::Upper;
                after
            }
            ONE_BYTE => {
                let (byte, after) = after.split_first()?;
                bytes.push(low_byte(*byte));
                after
            }
            // Character sets and other interpretations, with their operands.
            925 | 927 => after.get(1..)?,
            926 => after.get(2..)?,
            // Parts of a macro symbol.
            922 | 923 | 928 => break,
            _ => after,
        };
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error
            .as_bytes()
            .iter()
            .map(|byte| char::from(*byte))
            .collect(),
    };
    (!text.is_empty()).then_some(text)
}

fn low_byte(word: u32) -> u8 {
    word.to_le_bytes()[0]
}

/// Two values of 30 per codeword; gives the sub-mode for the next run.
fn text_run(run: &[u32], start: SubMode, bytes: &mut Vec<u8>) -> SubMode {
    use SubMode::{Lower, Mixed, Punctuation, Upper};
    let mut latched = start;
    let mut shifted = None;
    for value in run.iter().flat_map(|word| [word / 30, word % 30]) {
        let value = low_byte(value);
        let mode = shifted.take().unwrap_or(latched);
        match (mode, value) {
            (Upper, 0..=25) => bytes.push(b'A' + value),
            (Lower, 0..=25) => bytes.push(b'a' + value),
            (Mixed, 0..=24) => bytes.push(MIXED[usize::from(value)]),
            (Punctuation, 0..=28) => bytes.push(PUNCTUATION[usize::from(value)]),
            (Upper | Lower | Mixed, 26) => bytes.push(b' '),
            (Upper | Mixed, 27) => latched = Lower,
            (Lower, 27) => shifted = Some(Upper),
            (Upper | Lower, 28) => latched = Mixed,
            (Mixed, 28) | (Punctuation, _) => latched = Upper,
            (Mixed, 25) => latched = Punctuation,
            (Upper | Lower | Mixed, _) => shifted = Some(Punctuation),
        }
    }
    latched
}

/// Five codewords are six bytes; the last ones are a byte each, except where
/// the number of bytes is known to be a multiple of six.
fn byte_run(run: &[u32], in_sixes: bool, bytes: &mut Vec<u8>) {
    let n_groups = if in_sixes {
        run.len() / 5
    } else {
        run.len().saturating_sub(1) / 5
    };
    let (groups, single) = run.split_at(5 * n_groups);
    for group in groups.chunks_exact(5) {
        let number = group
            .iter()
            .fold(0_u64, |number, word| number * 900 + u64::from(*word));
        bytes.extend_from_slice(&number.to_be_bytes()[2..]);
    }
    bytes.extend(single.iter().map(|word| low_byte(*word)));
}

/// A number to base 900, whose first decimal digit is a 1 that does not count.
fn numbers(group: &[u32], bytes: &mut Vec<u8>) {
    // Decimal digits, the last one first.
    let mut digits: Vec<u32> = Vec::new();
    for word in group {
        let mut carry = *word;
        for digit in &mut digits {
            carry += *digit * 900;
            *digit = carry % 10;
            carry /= 10;
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.pop();
    bytes.extend(digits.iter().rev().map(|digit| b'0' + low_byte(*digit)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_standards_examples_are_decoded() {
        // ISO/IEC 15438, 5.4.1.5: "PDF417" in text compaction.
        assert_eq!(text(&[453, 178, 121, 239]).as_deref(), Some("PDF417"));
        // 5.4.4.2: the digits 000213298174000.
        assert_eq!(
            text(&[902, 1, 624, 434, 632, 282, 200]).as_deref(),
            Some("000213298174000")
        );
        // 5.4.3.2: "alcool" in byte compaction.
        assert_eq!(
            text(&[924, 163, 238, 432, 766, 244]).as_deref(),
            Some("alcool")
        );
    }

    #[test]
    fn a_byte_among_letters_does_not_change_their_case() {
        // Latch to lower case, a; then the byte 'Z'; then b, c.
        assert_eq!(text(&[27 * 30, 913, 90, 32]).as_deref(), Some("aZbc"));
    }

    #[test]
    fn bytes_that_are_no_utf_8_are_latin_1() {
        assert_eq!(text(&[901, 0xe9]).as_deref(), Some("é"));
        assert_eq!(text(&[927, 26, 901, 0xc3, 0xa9]).as_deref(), Some("é"));
    }

    proptest! {
        #[test]
        fn nothing_panics(words in prop::collection::vec(0_u32..929, 0..60)) {
            let _text = text(&words);
        }
    }
}
