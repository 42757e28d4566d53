//! Reads untrusted JSON field by field and collects every mistake.
//!
//! `serde` stops at the first error; a back end wants to see all of them,
//! each with the path of its field.
//! Unknown fields are ignored and `null` counts as absent, because SDKs
//! serialise what has not been set as `null`.

use serde_json::{Map, Value};
use vestibule::domain::session::resource::FieldError;

/// Says what is wrong with a text, if anything.
pub(crate) type Rule = fn(&str) -> Option<&'static str>;

/// An object and where it is in the payload.
#[derive(Debug, Clone)]
pub(crate) struct Obj<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Obj<'a> {
    /// The payload itself.
    pub(crate) fn root(map: &'a Map<String, Value>) -> Self {
        Self {
            map,
            path: String::new(),
        }
    }

    /// The path of a field of this object.
    pub(crate) fn at(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// The path of the object itself.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The value of a field, `None` when absent or `null`.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// Whether the field is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The names of the fields that are there.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.map
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, _)| key.as_str())
    }

    /// The object as it came.
    pub(crate) fn to_value(&self) -> Value {
        Value::Object(self.map.clone())
    }
}

/// Collects what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Checker {
    errors: Vec<FieldError>,
}

impl Checker {
    /// `Ok` when nothing was wrong.
    pub(crate) fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(self.errors)
        }
    }

    /// Records a mistake.
    pub(crate) fn wrong(&mut self, property: impl Into<String>, message: impl Into<String>) {
        self.errors.push(FieldError {
            property: property.into(),
            message: message.into(),
        });
    }

    /// Records a mistake unless the field is there.
    pub(crate) fn require(&mut self, parent: &Obj<'_>, key: &str) {
        if !parent.has(key) {
            self.wrong(parent.at(key), "is required");
        }
    }

    /// An optional object.
    pub(crate) fn object<'a>(&mut self, parent: &Obj<'a>, key: &str) -> Option<Obj<'a>> {
        let value = parent.get(key)?;
        let Some(map) = value.as_object() else {
            self.wrong(parent.at(key), "must be an object");
            return None;
        };
        Some(Obj {
            map,
            path: parent.at(key),
        })
    }

    /// An optional array of objects; what is not an object is left out.
    pub(crate) fn objects<'a>(&mut self, parent: &Obj<'a>, key: &str) -> Vec<Obj<'a>> {
        let mut objects = Vec::new();
        for (index, value) in self.array(parent, key).iter().enumerate() {
            let path = format!("{}[{index}]", parent.at(key));
            match value.as_object() {
                Some(map) => objects.push(Obj { map, path }),
                None => self.wrong(path, "must be an object"),
            }
        }
        objects
    }

    /// An optional array of texts, each of which keeps the rule.
    pub(crate) fn texts(&mut self, parent: &Obj<'_>, key: &str, rule: Rule) -> Option<Vec<String>> {
        parent.get(key)?;
        let mut texts = Vec::new();
        for (index, value) in self.array(parent, key).iter().enumerate() {
            let path = format!("{}[{index}]", parent.at(key));
            match value.as_str() {
                None => self.wrong(path, "must be a string"),
                Some(text) => match rule(text) {
                    Some(message) => self.wrong(path, message),
                    None => texts.push(text.to_owned()),
                },
            }
        }
        Some(texts)
    }

    /// An optional text that keeps the rule.
    pub(crate) fn text(&mut self, parent: &Obj<'_>, key: &str, rule: Rule) -> Option<String> {
        let value = parent.get(key)?;
        let Some(text) = value.as_str() else {
            self.wrong(parent.at(key), "must be a string");
            return None;
        };
        match rule(text) {
            Some(message) => {
                self.wrong(parent.at(key), message);
                None
            }
            None => Some(text.to_owned()),
        }
    }

    /// An optional text out of a list.
    pub(crate) fn one_of(
        &mut self,
        parent: &Obj<'_>,
        key: &str,
        allowed: &[&str],
    ) -> Option<String> {
        let text = self.text(parent, key, anything)?;
        if allowed.contains(&text.as_str()) {
            return Some(text);
        }
        self.wrong(
            parent.at(key),
            format!("must be one of {}", allowed.join(", ")),
        );
        None
    }

    /// An optional whole number that is at least `min`.
    pub(crate) fn integer(&mut self, parent: &Obj<'_>, key: &str, min: u64) -> Option<u64> {
        let value = parent.get(key)?;
        match value.as_u64() {
            Some(number) if number >= min => Some(number),
            Some(_) => {
                self.wrong(parent.at(key), format!("must be at least {min}"));
                None
            }
            None if value.is_i64() => {
                self.wrong(parent.at(key), format!("must be at least {min}"));
                None
            }
            None => {
                self.wrong(parent.at(key), "must be a whole number");
                None
            }
        }
    }

    /// An optional boolean.
    pub(crate) fn boolean(&mut self, parent: &Obj<'_>, key: &str) -> Option<bool> {
        let value = parent.get(key)?;
        if !value.is_boolean() {
            self.wrong(parent.at(key), "must be a boolean");
        }
        value.as_bool()
    }

    fn array<'a>(&mut self, parent: &Obj<'a>, key: &str) -> &'a [Value] {
        match parent.get(key) {
            None => &[],
            Some(Value::Array(values)) => values,
            Some(_) => {
                self.wrong(parent.at(key), "must be an array");
                &[]
            }
        }
    }
}

/// The rule that every text keeps.
pub(crate) fn anything(_text: &str) -> Option<&'static str> {
    None
}

/// Texts with at least one visible character.
pub(crate) fn not_blank(text: &str) -> Option<&'static str> {
    text.trim().is_empty().then_some("must not be empty")
}
