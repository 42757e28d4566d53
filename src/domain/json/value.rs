//! JSON as a tree of values.
//!
//! RFC 8259, as `serde_json` reads it: a property test compares the two. That
//! crate's reader also says where a text is wrong and turns every number into a
//! float, which is 10 kB of program before the start screen; here a number stays
//! as it is written, and a wrong text is only wrong.

use std::collections::BTreeMap;

use super::ReadError;

/// Lists and objects in each other, at most: a text must not exhaust the stack.
const MOST_DEEP: u8 = 127;

/// What an object holds; of a key that comes twice the last value counts.
pub(in crate::domain) type Map = BTreeMap<String, Value>;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain) enum Value {
    Null,
    Flag(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Object(Map),
}

impl Value {
    pub(in crate::domain) fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    pub(super) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    pub(in crate::domain) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The number, if it is written as a whole one and is not negative.
    pub(super) fn as_count(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    /// The number, as near as a float comes.
    pub(super) fn as_float(&self) -> Option<f64> {
        match self {
            Self::Number(number) => serde_json::from_str(number).ok(),
            _ => None,
        }
    }
}

/// Reads a text that is one value.
///
/// # Errors
///
/// When it is not.
pub(in crate::domain) fn parse(json: &str) -> Result<Value, ReadError> {
    let mut reader = Reader { json, at: 0 };
    let value = reader.value(MOST_DEEP).ok_or(ReadError)?;
    if reader.next_word().is_some() {
        return Err(ReadError);
    }
    Ok(value)
}

struct Reader<'a> {
    json: &'a str,
    /// How many bytes have been read.
    at: usize,
}

/// Nothing where the text goes wrong.
impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space, which is not taken.
    fn next_word(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    fn takes(&mut self, wanted: u8) -> bool {
        let is_there = self.byte() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn value(&mut self, levels_left: u8) -> Option<Value> {
        let deeper = levels_left.checked_sub(1);
        match self.next_word()? {
            b'{' => self.object(deeper?).map(Value::Object),
            b'[' => self.list(deeper?).map(Value::List),
            b'"' => self.text().map(Value::Text),
            b't' => self.word("true", Value::Flag(true)),
            b'f' => self.word("false", Value::Flag(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number().map(Value::Number),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        let is_there = self.json.get(self.at..)?.starts_with(word);
        self.at += word.len();
        is_there.then_some(value)
    }

    fn object(&mut self, levels_left: u8) -> Option<Map> {
        let mut map = Map::new();
        self.items(b'}', |reader| {
            reader.next_word();
            let key = reader.text()?;
            reader.next_word();
            if !reader.takes(b':') {
                return None;
            }
            map.insert(key, reader.value(levels_left)?);
            Some(())
        })?;
        Some(map)
    }

    fn list(&mut self, levels_left: u8) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        self.items(b']', |reader| {
            values.push(reader.value(levels_left)?);
            Some(())
        })?;
        Some(values)
    }

    /// What stands between brackets, with commas between.
    fn items(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.next_word() == Some(end) {
            self.at += 1;
            return Some(());
        }
        loop {
            item(self)?;
            self.next_word();
            if self.takes(end) {
                return Some(());
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        if !self.takes(b'"') {
            return None;
        }
        let mut text = String::new();
        let mut start = self.at;
        loop {
            let byte = self.byte()?;
            let plain = start..self.at;
            self.at += 1;
            match byte {
                b'"' => {
                    text.push_str(self.json.get(plain)?);
                    return Some(text);
                }
                b'\\' => {
                    text.push_str(self.json.get(plain)?);
                    text.push(self.escaped()?);
                    start = self.at;
                }
                0..b' ' => return None,
                _ => {}
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let byte = self.byte()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.hexadecimal()?;
                match unit {
                    // Two halves of one character.
                    0xd800..0xdc00 => {
                        if !(self.takes(b'\\') && self.takes(b'u')) {
                            return None;
                        }
                        let low = self.hexadecimal()?.checked_sub(0xdc00)?;
                        if low >= 0x400 {
                            return None;
                        }
                        char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + low)?
                    }
                    unit => char::from_u32(unit)?,
                }
            }
            _ => return None,
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.byte()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<String> {
        let start = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _is_signed = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        self.json.get(start..self.at).map(str::to_owned)
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Oracle;

    use super::*;

    fn is_same(own: &Value, oracle: &Oracle) -> bool {
        match (own, oracle) {
            (Value::Null, Oracle::Null) => true,
            (Value::Flag(own), Oracle::Bool(oracle)) => own == oracle,
            (Value::Number(_), Oracle::Number(oracle)) => {
                own.as_count() == oracle.as_u64() && own.as_float() == oracle.as_f64()
            }
            (Value::Text(own), Oracle::String(oracle)) => own == oracle,
            (Value::List(own), Oracle::Array(oracle)) => {
                own.len() == oracle.len()
                    && own
                        .iter()
                        .zip(oracle)
                        .all(|(own, oracle)| is_same(own, oracle))
            }
            (Value::Object(own), Oracle::Object(oracle)) => {
                // Looked up, because the oracle's order depends on its features.
                own.len() == oracle.len()
                    && own.iter().all(|(key, own)| {
                        oracle.get(key).is_some_and(|oracle| is_same(own, oracle))
                    })
            }
            _ => false,
        }
    }

    /// Both read the same, or neither reads anything.
    fn agree(json: &str) -> bool {
        match (parse(json), serde_json::from_str::<Oracle>(json)) {
            (Ok(own), Ok(oracle)) => is_same(&own, &oracle),
            (Err(_), Err(_)) => true,
            // A number that no float can hold is a number still.
            (Ok(_), Err(error)) => error.to_string().starts_with("number out of range"),
            (Err(_), Ok(_)) => false,
        }
    }

    fn any_json() -> impl Strategy<Value = Oracle> {
        let leaf = prop_oneof![
            Just(Oracle::Null),
            any::<bool>().prop_map(Oracle::from),
            any::<u64>().prop_map(Oracle::from),
            any::<i64>().prop_map(Oracle::from),
            any::<f64>().prop_map(Oracle::from),
            any::<String>().prop_map(Oracle::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Oracle::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Oracle::Object(map.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn odd_texts_are_read_as_the_other_reader_reads_them() {
        for json in [
            "",
            " ",
            "null",
            "nul",
            "nullx",
            "tru",
            "[",
            "]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{}",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":1,\"a\":2}",
            "01",
            "-",
            "-0",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1E5",
            "1.5e-3",
            "+1",
            "18446744073709551616",
            "1e999",
            "\"",
            "\"a",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\ud83dx\"",
            "\"\u{1}\"",
            "\"\u{7f}é😀\"",
            "\u{feff}1",
            "1 1",
            "[1] ",
            " \t\r\n[ 1 , 2 ] ",
            "{ \"a\" : [ ] }",
            "\u{a0}1",
        ] {
            assert!(agree(json), "{json:?}");
        }
    }

    #[test]
    fn a_text_that_goes_too_deep_is_refused() {
        for depth in [127, 128, 100_000] {
            let json = ["[".repeat(depth), "]".repeat(depth)].concat();
            assert!(agree(&json), "{depth}");
            assert_eq!(parse(&json).is_ok(), depth < 128);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in any_json()) {
            prop_assert!(agree(&value.to_string()));
            let spread = format!("{value:#}");
            prop_assert!(agree(&spread));
        }

        #[test]
        fn what_was_damaged_is_read_alike(value in any_json(), at in any::<prop::sample::Index>(), by in "[\\[\\]{}\",:0-9eE.+\\-\\\\u ]{0,2}") {
            let mut chars: Vec<char> = value.to_string().chars().collect();
            let at = at.index(chars.len());
            chars.splice(at..=at, by.chars());
            let json: String = chars.into_iter().collect();
            prop_assert!(agree(&json), "{}", json);
        }
    }
}
