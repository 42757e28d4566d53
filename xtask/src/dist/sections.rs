//! The names at the border of a WebAssembly module: its imports and exports.
//!
//! Reads and rewrites these two sections and copies all others as they are.
//! What becomes unused by that is for `wasm-opt` to find.

use crate::failure::Failure;

const HEADER_LEN: usize = 8;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;
const TABLE: u8 = 1;
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;

/// An imported function, table, memory or global, by module and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) module: String,
    pub(super) name: String,
}

/// The imports, in their order.
///
/// # Errors
///
/// The module cannot be read.
pub(super) fn imports(wasm: &[u8]) -> Result<Vec<Import>, Failure> {
    let mut found = Vec::new();
    with_section(wasm, IMPORTS, |reader, writer| {
        each_import(reader, writer, |import| found.push(import.clone()))
    })?;
    Ok(found)
}

/// The module with its imports renamed in place.
///
/// # Errors
///
/// The module cannot be read, or imports something of an unknown kind.
pub(super) fn rename_imports(
    wasm: &[u8],
    rename: impl FnMut(&mut Import),
) -> Result<Vec<u8>, Failure> {
    with_section(wasm, IMPORTS, |reader, writer| {
        each_import(reader, writer, rename)
    })
}

/// The module with only some of its exports, and the names of these.
///
/// # Errors
///
/// The module cannot be read.
pub(super) fn keep_exports(
    wasm: &[u8],
    keep: impl Fn(&str) -> bool,
) -> Result<(Vec<u8>, Vec<String>), Failure> {
    let mut kept = Vec::new();
    let rewritten = with_section(wasm, EXPORTS, |reader, writer| {
        let mut entries = Vec::new();
        for _ in 0..reader.number()? {
            let name = reader.name()?;
            let kind = reader.byte()?;
            let index = reader.number()?;
            if keep(&name) {
                put_name(&mut entries, &name);
                entries.push(kind);
                put_number(&mut entries, index);
                kept.push(name);
            }
        }
        put_number(writer, kept.len());
        writer.extend(entries);
        Ok(())
    })?;
    Ok((rewritten, kept))
}

fn each_import(
    reader: &mut Reader<'_>,
    writer: &mut Vec<u8>,
    mut visit: impl FnMut(&mut Import),
) -> Result<(), Failure> {
    let count = reader.number()?;
    put_number(writer, count);
    for _ in 0..count {
        let mut import = Import {
            module: reader.name()?,
            name: reader.name()?,
        };
        let kind = reader.import_kind()?;
        visit(&mut import);
        put_name(writer, &import.module);
        put_name(writer, &import.name);
        writer.extend(kind);
    }
    Ok(())
}

/// The module with one section rewritten.
fn with_section(
    wasm: &[u8],
    wanted: u8,
    rewrite: impl FnOnce(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), Failure>,
) -> Result<Vec<u8>, Failure> {
    let mut reader = Reader { rest: wasm };
    let mut out = reader.take(HEADER_LEN)?.to_vec();
    let mut rewrite = Some(rewrite);
    while !reader.rest.is_empty() {
        let id = reader.byte()?;
        let len = reader.number()?;
        let content = reader.take(len)?;
        let mut new = Vec::new();
        match rewrite.take_if(|_| id == wanted) {
            Some(rewrite) => rewrite(&mut Reader { rest: content }, &mut new)?,
            None => new.extend(content),
        }
        out.push(id);
        put_number(&mut out, new.len());
        out.extend(new);
    }
    Ok(out)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], Failure> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or_else(cut_off)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Failure> {
        self.take(1)?.first().copied().ok_or_else(cut_off)
    }

    /// LEB128, as all numbers in these sections are.
    fn number(&mut self) -> Result<usize, Failure> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(cut_off())
    }

    /// What an import is, as it is written.
    fn import_kind(&mut self) -> Result<&'a [u8], Failure> {
        let all = self.rest;
        match self.byte()? {
            FUNCTION => _ = self.number()?,
            TABLE => {
                self.byte()?;
                self.limits()?;
            }
            MEMORY => self.limits()?,
            GLOBAL => _ = self.take(2)?,
            other => {
                return Err(Failure::Refused(format!(
                    "the module imports something of kind {other}, which nothing expects"
                )));
            }
        }
        let len = all.len() - self.rest.len();
        all.get(..len).ok_or_else(cut_off)
    }

    fn limits(&mut self) -> Result<(), Failure> {
        let has_upper = self.byte()? & 1 == 1;
        self.number()?;
        if has_upper {
            self.number()?;
        }
        Ok(())
    }

    fn name(&mut self) -> Result<String, Failure> {
        let len = self.number()?;
        let name = str::from_utf8(self.take(len)?).ok().ok_or_else(cut_off)?;
        Ok(name.to_owned())
    }
}

fn cut_off() -> Failure {
    Failure::Refused("the module is not WebAssembly as it should be".to_owned())
}

fn put_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn put_name(out: &mut Vec<u8>, name: &str) {
    put_number(out, name.len());
    out.extend(name.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Imports function `m.one` and memory `m.two`, exports function 0 as `keep` and 1 as `drop`.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x13\x02\x01m\x03one\0\0\x01m\x03two\x02\x01\x01\x02\
        \x07\x0f\x02\x04keep\0\0\x04drop\0\x01";

    #[test]
    fn imports_are_renamed_and_the_other_sections_stay() {
        let renamed = rename_imports(MODULE, |import| {
            import.module = "a".repeat(130);
            import.name.push('!');
        })
        .unwrap();
        let names: Vec<String> = imports(&renamed)
            .unwrap()
            .into_iter()
            .map(|import| import.name)
            .collect();
        assert_eq!(names, ["one!", "two!"]);
        assert!(renamed.ends_with(b"\x04drop\0\x01"));
        assert!(renamed.starts_with(b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0"));
    }

    #[test]
    fn an_export_that_is_not_kept_is_gone_and_the_others_keep_their_index() {
        let (module, kept) = keep_exports(MODULE, |name| name == "drop").unwrap();
        assert_eq!(kept, ["drop"]);
        assert!(module.ends_with(b"\x07\x08\x01\x04drop\0\x01"));
    }

    #[test]
    fn a_module_that_is_cut_off_is_refused() {
        let cut = MODULE.split_last().unwrap().1;
        assert!(keep_exports(cut, |_| true).is_err());
        assert!(imports(b"").is_err());
    }
}
