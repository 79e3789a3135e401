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
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        Self {
            text,
            lines: std::iter::once(0).chain(ends).collect(),
        }
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
        let before = self.text.get(start..byte).unwrap_or("").chars().count();
        (number(line), number(before).saturating_add(1))
    }
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
