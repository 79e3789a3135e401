//! A list, a table or a text that nobody closed: to TOML it swallows the lines after it, and
//! each of them is accused. Here it is closed where the next line begins something else.

use std::ops::Range;

/// What was left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    List,
    Table,
    Text,
    /// The brackets of a section, one of which is missing.
    Section,
}

/// A value that was left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) what: Open,
    /// What of its line it opens.
    pub(super) mark: Range<usize>,
    /// The whole value, as far as it was closed.
    pub(super) value: Range<usize>,
}

/// The text of a source in which all is closed, and what had been left open.
pub(super) struct Closed {
    pub(super) text: String,
    pub(super) slips: Vec<Slip>,
    /// Where bytes were put, in order.
    put: Vec<Put>,
}

struct Put {
    /// In [`Closed::text`].
    at: usize,
    long: usize,
    /// Bytes put before it.
    before: usize,
}

impl Closed {
    /// The place in the author's text of one in [`Self::text`].
    pub(super) fn back(&self, span: Range<usize>) -> Range<usize> {
        self.byte(span.start)..self.byte(span.end)
    }

    fn byte(&self, byte: usize) -> usize {
        let next = self.put.partition_point(|put| put.at < byte);
        let last = next.checked_sub(1).and_then(|last| self.put.get(last));
        let put = last.map_or(0, |put| {
            let within = byte.saturating_sub(put.at).min(put.long);
            put.before.saturating_add(within)
        });
        byte.saturating_sub(put)
    }
}

/// Closes what a source leaves open; `None` where nothing is.
///
/// It is meant for sources that TOML refuses: in a sound one, a text may hold what looks like
/// the next line of a source.
pub(super) fn close(text: &str) -> Option<Closed> {
    let mut walk = Walk {
        text,
        slips: Vec::new(),
        put: Vec::new(),
    };
    let mut byte = 0;
    while byte < text.len() {
        let line = walk.line(byte);
        let value = key(line);
        byte = match value {
            Some(value) => walk.value(byte, value),
            None => walk.section(byte),
        };
    }
    if walk.slips.is_empty() {
        return None;
    }
    let mut whole = String::with_capacity(text.len());
    let mut put = Vec::with_capacity(walk.put.len());
    let mut from = 0;
    for (at, what) in &walk.put {
        whole.push_str(text.get(from..*at)?);
        put.push(Put {
            at: whole.len(),
            long: what.len(),
            before: whole.len().saturating_sub(*at),
        });
        whole.push_str(what);
        from = *at;
    }
    whole.push_str(text.get(from..)?);
    Some(Closed {
        text: whole,
        slips: walk.slips,
        put,
    })
}

/// How far a table may go on over lines that could as well be keys of its section.
const DOUBT: usize = 2_000;

/// Deepest nesting that is looked into: the parser tells of what lies deeper.
const DEEPEST: usize = 64;

struct Walk<'t> {
    text: &'t str,
    slips: Vec<Slip>,
    put: Vec<(usize, String)>,
}

/// A value that is walked over.
#[derive(Clone)]
struct Value {
    start: usize,
    /// Of its line.
    indent: usize,
    /// The brackets that are open, with their places.
    open: Vec<(u8, usize)>,
    /// After the last sign that is no space, and what it is.
    last: (usize, u8),
    /// The first thing that was left open.
    slip: Option<(Open, usize)>,
    put: Vec<(usize, String)>,
}

impl Walk<'_> {
    fn line(&self, byte: usize) -> &str {
        let rest = self.text.get(byte..).unwrap_or("");
        rest.split('\n').next().unwrap_or("")
    }

    fn next_line(&self, byte: usize) -> usize {
        let line = self.line(byte).len();
        byte.saturating_add(line).saturating_add(1)
    }

    /// Walks over a line that is no key: it may be a section that lacks a bracket.
    fn section(&mut self, byte: usize) -> usize {
        let line = self.line(byte);
        let next = self.next_line(byte);
        let written = line.split('#').next().unwrap_or("").trim();
        let start = byte.saturating_add(indent(line));
        let end = start.saturating_add(written.len());
        let opening = written
            .len()
            .saturating_sub(written.trim_start_matches('[').len());
        let closing = written
            .len()
            .saturating_sub(written.trim_end_matches(']').len());
        let name = written.trim_start_matches('[').trim_end_matches(']');
        if is_name(name) && opening != closing && opening.max(closing) <= 2 {
            self.slips.push(Slip {
                what: Open::Section,
                mark: start..end,
                value: start..end,
            });
            let put = if opening < closing {
                (start, "[".repeat(closing.saturating_sub(opening)))
            } else {
                (end, "]".repeat(opening.saturating_sub(closing)))
            };
            self.put.push(put);
        }
        next
    }

    /// Walks over the value that stands so many bytes after the start of its line, and tells
    /// where to go on.
    fn value(&mut self, line: usize, after: usize) -> usize {
        let start = line.saturating_add(after);
        let rest = self.text.get(start..).unwrap_or("");
        let space = rest
            .len()
            .saturating_sub(rest.trim_start_matches(BLANK).len());
        let start = start.saturating_add(space);
        let mut value = Value {
            start,
            indent: indent(self.line(line)),
            open: Vec::new(),
            last: (start, b'='),
            slip: None,
            put: Vec::new(),
        };
        let rest = self.text.get(start..).unwrap_or("");
        if let Some(quotes) = long(rest) {
            let end = self.long_text(&mut value, start, quotes);
            self.keep(value, end);
            return self.next_line(end);
        }
        if !rest.starts_with(['[', '{']) {
            // A text of one line ends with it for TOML as well.
            return self.next_line(line);
        }
        let (value, end) = self.brackets(value);
        self.keep(value, end);
        self.next_line(end)
    }

    fn keep(&mut self, value: Value, end: usize) {
        let Some((what, from)) = value.slip else {
            return;
        };
        let line = self.line(from);
        let to = from.saturating_add(line.trim_end().len()).min(end);
        self.slips.push(Slip {
            what,
            mark: from..to.max(from.saturating_add(1)),
            value: value.start..end,
        });
        self.put.extend(value.put);
    }

    /// The end of a text between three quotes: where no quotes end it before the next section,
    /// it ends there.
    fn long_text(&self, value: &mut Value, start: usize, quotes: &str) -> usize {
        let from = start.saturating_add(quotes.len());
        let rest = self.text.get(from..).unwrap_or("");
        let found = rest.find(quotes);
        let end = from.saturating_add(found.unwrap_or(rest.len()));
        let mut line = self.next_line(start);
        while line < end && !is_header(self.line(line)) {
            line = self.next_line(line);
        }
        if line >= end && found.is_some() {
            return end.saturating_add(quotes.len());
        }
        let end = self.text.get(from..line.min(self.text.len()));
        let end = from.saturating_add(end.unwrap_or("").trim_end().len());
        value.slip.get_or_insert((Open::Text, start));
        value.put.push((end, quotes.to_owned()));
        end
    }

    /// The end of a list or of a table.
    fn brackets(&self, mut value: Value) -> (Value, usize) {
        let mut byte = value.start;
        // What it is if it ends before a line that may be the next key of its section.
        let mut doubt: Option<(Value, usize)> = None;
        while let Some(sign) = self.text.as_bytes().get(byte).copied() {
            let in_doubt = doubt.as_ref().map_or(byte, |(_, from)| *from);
            if byte.saturating_sub(in_doubt) > DOUBT {
                break;
            }
            match sign {
                b'"' | b'\'' => {
                    byte = self.text_within(&mut value, byte);
                    value.last = (byte, sign);
                    continue;
                }
                b'#' => {
                    byte = byte.saturating_add(self.line(byte).len());
                    continue;
                }
                b'\n' => {
                    let line = byte.saturating_add(1);
                    let goes_on = match (self.begins(line), value.open.last()) {
                        (Begins::Section, _) | (Begins::Key(_), Some((b'[', _))) => false,
                        (Begins::Key(indent), _) if indent <= value.indent => {
                            let may_go_on = matches!(value.last.1, b',' | b'{');
                            if may_go_on && doubt.is_none() {
                                doubt = Some((value.clone(), line));
                            }
                            may_go_on
                        }
                        _ => true,
                    };
                    if !goes_on {
                        break;
                    }
                }
                b'[' | b'{' if value.open.len() >= DEEPEST => {
                    value.slip = None;
                    return (value, byte);
                }
                b'[' | b'{' => value.open.push((sign, byte)),
                b']' | b'}' => {
                    let opening = if sign == b']' { b'[' } else { b'{' };
                    if value.open.iter().any(|(open, _)| *open == opening) {
                        close_until(&mut value, opening, byte);
                    }
                    if value.open.is_empty() {
                        return (value, byte.saturating_add(1));
                    }
                }
                _ => {}
            }
            byte = byte.saturating_add(1);
            if !sign.is_ascii_whitespace() {
                value.last = (byte, sign);
            }
        }
        let mut value = match doubt {
            Some((before, _)) if value.slip.is_none() => before,
            _ => value,
        };
        let end = value.last.0;
        close_until(&mut value, 0, end);
        (value, end)
    }

    /// The end of a text in a list or a table, from its quotes.
    fn text_within(&self, value: &mut Value, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or("");
        if let Some(quotes) = long(rest) {
            return self.long_text(value, start, quotes);
        }
        let is_basic = rest.starts_with('"');
        let quote = if is_basic { b'"' } else { b'\'' };
        let mut escaped = false;
        let signs = rest.bytes().enumerate().skip(1);
        for (place, sign) in signs.take_while(|(_, sign)| *sign != b'\n') {
            if sign == quote && !escaped {
                return start.saturating_add(place).saturating_add(1);
            }
            escaped = is_basic && sign == b'\\' && !escaped;
        }
        let line = self.line(start);
        // What closes the list or the table was likely meant to.
        let text = line.trim_end_matches(|sign: char| sign.is_whitespace() || "]},".contains(sign));
        let end = start
            .saturating_add(text.len())
            .max(start.saturating_add(1));
        value.slip.get_or_insert((Open::Text, start));
        value.put.push((end, char::from(quote).to_string()));
        end
    }

    /// What a line begins, as far as that can be told without what stands before it.
    fn begins(&self, byte: usize) -> Begins {
        let line = self.line(byte);
        match key(line) {
            _ if is_header(line) => Begins::Section,
            Some(_) => Begins::Key(indent(line)),
            None => Begins::Nothing,
        }
    }
}

enum Begins {
    Section,
    /// A key, after so many spaces.
    Key(usize),
    Nothing,
}

/// Closes at a byte what stands open within the last such bracket, and the bracket itself; all
/// brackets where there is none.
fn close_until(value: &mut Value, opening: u8, byte: usize) {
    let mut closing = String::new();
    while let Some((open, from)) = value.open.pop() {
        if open == opening {
            break;
        }
        let (what, sign) = match open {
            b'[' => (Open::List, ']'),
            _ => (Open::Table, '}'),
        };
        value.slip.get_or_insert((what, from));
        closing.push(sign);
    }
    if !closing.is_empty() {
        value.put.push((byte, closing));
    }
}

const BLANK: [char; 2] = [' ', '\t'];

fn indent(line: &str) -> usize {
    line.len()
        .saturating_sub(line.trim_start_matches(BLANK).len())
}

/// The three quotes with which a text of several lines begins.
fn long(text: &str) -> Option<&'static str> {
    ["\"\"\"", "'''"]
        .into_iter()
        .find(|quotes| text.starts_with(quotes))
}

/// `[[rule]]` or `[pack]` alone in its line.
fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or("").trim();
    let name = line
        .strip_prefix("[[")
        .and_then(|line| line.strip_suffix("]]"));
    let name = name.or_else(|| {
        line.strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
    });
    name.is_some_and(is_name)
}

/// Whether a section may be called so.
fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| letter.is_ascii_lowercase() || letter == '_')
}

/// Where the value of a line `key = value` begins, after the sign.
fn key(line: &str) -> Option<usize> {
    let mut rest = line.trim_start_matches(BLANK);
    loop {
        let first = rest.chars().next()?;
        rest = if matches!(first, '"' | '\'') {
            let (_, after) = rest.get(1..)?.split_once(first)?;
            after
        } else {
            let is_bare = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '-';
            let after = rest.trim_start_matches(is_bare);
            (after.len() < rest.len()).then_some(after)?
        };
        rest = rest.trim_start_matches(BLANK);
        match rest.strip_prefix('.') {
            Some(after) => rest = after.trim_start_matches(BLANK),
            None => break,
        }
    }
    let value = rest.strip_prefix('=')?;
    Some(line.len().saturating_sub(value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(text: &str) -> Option<(String, Vec<(Open, &str)>)> {
        let closed = close(text)?;
        let slips = closed.slips.iter();
        let slips = slips.map(|slip| (slip.what, &text[slip.mark.clone()]));
        Some((closed.text.clone(), slips.collect()))
    }

    #[test]
    fn what_is_left_open_is_closed_before_what_follows() {
        for (text, whole, what, mark) in [
            ("a = [1\nb = 2", "a = [1]\nb = 2", Open::List, "[1"),
            ("a = [1 # one\n[b]", "a = [1] # one\n[b]", Open::List, "[1"),
            (
                "a = [\n  1,\n  2,\n\n[[b]]",
                "a = [\n  1,\n  2,]\n\n[[b]]",
                Open::List,
                "[",
            ),
            (
                "a = { b = 1\nc = 2",
                "a = { b = 1}\nc = 2",
                Open::Table,
                "{ b = 1",
            ),
            // The table may go on, but for the section.
            (
                "a = { b = 1,\nc = 2\n[d]",
                "a = { b = 1,}\nc = 2\n[d]",
                Open::Table,
                "{ b = 1,",
            ),
            (
                "a = [\n  { b = 1,\n  { b = 2 },\n]",
                "a = [\n  { b = 1,\n  { b = 2 },\n}]",
                Open::Table,
                "{ b = 1,",
            ),
            (
                "a = { b = [1 }\nc = 2",
                "a = { b = [1 ]}\nc = 2",
                Open::List,
                "[1 }",
            ),
            ("[[a]\nb = 1", "[[a]]\nb = 1", Open::Section, "[[a]"),
            ("b = 1\n[a]] # c", "b = 1\n[[a]] # c", Open::Section, "[a]]"),
            ("[a\nb = 1", "[a]\nb = 1", Open::Section, "[a"),
            ("a = [\"b]\nc = 2", "a = [\"b\"]\nc = 2", Open::Text, "\"b]"),
            (
                "a = \"\"\"\nb\n\n[[c]]\nd = \"\"\"\ne\n\"\"\"",
                "a = \"\"\"\nb\"\"\"\n\n[[c]]\nd = \"\"\"\ne\n\"\"\"",
                Open::Text,
                "\"\"\"",
            ),
            ("a = [", "a = []", Open::List, "["),
        ] {
            let found = closed(text);
            assert_eq!(
                found,
                Some((whole.to_owned(), vec![(what, mark)])),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_closed_is_left_alone() {
        for text in [
            "a = [1]\nb = { c = [\"]\"] } # [",
            "a = {\n  b = 1,\n  c = 2,\n}",
            "a = {\nb = 1,\nc = 2\n}",
            "a = [\n  [1],\n  [\"b\"],\n  { c = 1 },\n]",
            "a = \"\"\"\nb = [1\n\"\"\"\nc = '[' # {",
            "a = \"b\nc = 2",
            "a = 1]\n[[[b",
        ] {
            assert_eq!(closed(text), None, "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_it_was_written() {
        let text = "a = [\"b\nc = { d = [1\ne = 2";
        let closed = close(text).unwrap();
        assert_eq!(closed.text, "a = [\"b\"]\nc = { d = [1]}\ne = 2");
        for (word, place) in [("a", 0), ("\"b", 5), ("c =", 8), ("[1", 18), ("e =", 21)] {
            let there = closed.text.find(word).unwrap();
            let span = closed.back(there..there + word.len());
            assert_eq!(span, place..place + word.len(), "{word}");
            assert_eq!(text.get(span), Some(word));
        }
    }
}
