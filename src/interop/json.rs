//! JSON read part by part, so that every mistake has its place.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The entries of an object in order, duplicates included.
pub(super) struct Entries<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<'a>(std::marker::PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Object<'a> {
            type Value = Entries<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'a>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry::<String, &'a RawValue>()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Object(std::marker::PhantomData))
    }
}

/// Places of parts of one text.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Byte after each line end, so that a place costs a search, not a scan.
    lines: Vec<usize>,
    /// Characters before each block, so that a column costs a block, not the line: a whole file
    /// may be one line.
    blocks: Vec<usize>,
}

/// Bytes of a block.
const BLOCK: usize = 1024;

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        let mut before: usize = 0;
        let mut blocks = vec![before];
        for block in text.as_bytes().chunks(BLOCK) {
            before = before.saturating_add(characters(block));
            blocks.push(before);
        }
        Self {
            text,
            lines: std::iter::once(0).chain(ends).collect(),
            blocks,
        }
    }

    /// Characters before a byte at which one starts.
    fn before(&self, byte: usize) -> usize {
        let block = byte.checked_div(BLOCK).unwrap_or(0);
        let rest = self.text.as_bytes().get(block.saturating_mul(BLOCK)..byte);
        let before = self.blocks.get(block).copied().unwrap_or(0);
        before.saturating_add(characters(rest.unwrap_or(&[])))
    }

    /// Line and column of a part borrowed from the text.
    pub(super) fn of(&self, part: &RawValue) -> (u64, u64) {
        let byte = part
            .get()
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr());
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = line
            .checked_sub(1)
            .and_then(|line| self.lines.get(line))
            .copied()
            .unwrap_or(0);
        let before = self.before(byte).saturating_sub(self.before(start));
        (number(line), number(before).saturating_add(1))
    }
}

/// Characters that start in these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    let continues = |byte: &&u8| matches!(byte, 0x80..=0xbf);
    bytes.iter().filter(|byte| !continues(byte)).count()
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Where reading stopped, the column in letters as people count them, and why: the message of
/// `serde_json` may quote a value, its category does not.
pub(super) fn stopped(
    text: &str,
    error: &serde_json::Error,
    shape: &'static str,
) -> (usize, usize, &'static str) {
    let reason = match error.classify() {
        serde_json::error::Category::Data => shape,
        serde_json::error::Category::Eof => "the text ends too early",
        _ => "not JSON",
    };
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or("");
    let before = line
        .char_indices()
        .take_while(|(byte, _)| *byte < error.column());
    (error.line(), before.count().max(1), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In long lines of characters of all lengths, across blocks, a place is what counting from
    /// the start of its line gives.
    #[test]
    fn a_place_is_line_and_column_in_characters() {
        for between in ["", "\n"] {
            let item = |count: usize| format!("\"{}\",{between}", "aé€𝄞".repeat(count % 97));
            let items: String = (0..300).map(item).collect();
            let text = format!("[{items}{between}0]");
            let places = Places::new(&text);
            let parts: Vec<&RawValue> = serde_json::from_str(&text).unwrap();
            assert_eq!(parts.len(), 301);
            for part in parts {
                let byte = part.get().as_ptr().addr() - text.as_ptr().addr();
                let before = &text[..byte];
                let line = before.matches('\n').count() as u64 + 1;
                let start = before.rfind('\n').map_or(0, |end| end + 1);
                let column = before[start..].chars().count() as u64 + 1;
                assert_eq!(places.of(part), (line, column));
            }
        }
    }
}
