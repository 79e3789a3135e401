//! The quick way from text to tree: one pass that puts each value straight where it
//! belongs and borrows its text.
//!
//! It knows how packs are written: headers of one key, keys of one or two parts, texts
//! without escapes, whole numbers, days, lists and tables within. At anything else (a
//! key given twice, a table given in pieces, the first mistake) it gives up, so that no
//! rule about what TOML refuses stands here: it may read less than TOML, never more.

use std::borrow::Cow;

use chrono::NaiveDate;
use memchr::{memchr, memchr2};

use super::super::place::At;
use super::super::tree::{Node, Table, Text, Tree};

/// Deepest nesting that is read here; the other parser knows its own limit.
const DEEPEST: usize = 16;

/// Kinds of sections, or of keys before a dot, that are looked for one by one: no pack
/// has as many.
const KINDS: usize = 64;

/// The tree of a source that is well formed and plain; `None` for any other.
pub(super) fn parse(source: usize, text: &str) -> Option<Table<'_>> {
    let mut cursor = Cursor {
        source,
        text,
        byte: 0,
        entries: Vec::new(),
        nodes: Vec::new(),
    };
    let mut sections = Sections::default();
    let mut header: Option<Header<'_>> = None;
    let mut draft = Draft::default();
    cursor.blank()?;
    while let Some(next) = cursor.peek() {
        if next == b'[' {
            sections.put(header.take(), cursor.close(draft)?);
            header = Some(cursor.header()?);
            draft = Draft::default();
        } else {
            cursor.entry(&mut draft, 0)?;
        }
        cursor.line_end()?;
        cursor.blank()?;
    }
    sections.put(header, cursor.close(draft)?);
    sections.once.append(&mut sections.repeated);
    table_in_order(sections.once)
}

type Key<'t> = (Cow<'t, str>, At);
type Entry<'t> = (Cow<'t, str>, At, Node<'t>);

/// The table of keys that were not met in their order; `None` when one is given twice.
fn table_in_order(mut entries: Vec<Entry<'_>>) -> Option<Table<'_>> {
    entries.sort_unstable_by_key(|(_, at, _)| at.start());
    Table::checked(entries)
}

/// A table whose keys are still coming: its own are the last ones of [`Cursor::entries`].
#[derive(Default)]
struct Draft<'t> {
    /// Where its own begin.
    first: usize,
    /// Tables that are the first half of keys, as `facts` in `facts.rsa = true`.
    halves: Vec<(Key<'t>, Vec<Entry<'t>>)>,
}

impl<'t> Draft<'t> {
    fn put(&mut self, half: Key<'t>, entry: Entry<'t>) -> Option<()> {
        let full = self.halves.len() >= KINDS;
        let known = self.halves.iter_mut().find(|(known, _)| known.0 == half.0);
        match known {
            Some((_, entries)) => entries.push(entry),
            None if full => return None,
            None => self.halves.push((half, vec![entry])),
        }
        Some(())
    }
}

/// `[key]` or `[[key]]`, from its first bracket to its last.
struct Header<'t> {
    key: Key<'t>,
    at: At,
    repeats: bool,
}

/// What the headers so far have named.
#[derive(Default)]
struct Sections<'t> {
    /// By `[key]`, and before all headers.
    once: Vec<Entry<'t>>,
    /// By `[[key]]`: each a list.
    repeated: Vec<Entry<'t>>,
}

impl<'t> Sections<'t> {
    fn put(&mut self, header: Option<Header<'t>>, table: Table<'t>) {
        let Some(header) = header else {
            self.once.extend(table.entries);
            return;
        };
        let ((key, key_at), at) = (header.key, header.at);
        let tree = Tree::Table(table);
        let node = Node { at, tree };
        if !header.repeats {
            self.once.push((key, key_at, node));
            return;
        }
        let known = self.repeated.iter_mut().find(|(known, ..)| *known == key);
        if let Some((.., list)) = known
            && let Tree::List(items) = &mut list.tree
        {
            items.push(node);
        } else {
            let tree = Tree::List(vec![node]);
            self.repeated.push((key, key_at, Node { at, tree }));
        }
    }
}

/// What may stand in a text or a comment as it is: anything but control characters.
fn is_plain(byte: u8) -> bool {
    byte >= b' ' && byte != 0x7f || byte == b'\t'
}

/// Whether all of it may stand there; it looks at every byte, which takes less time than
/// to stop at one.
fn are_plain(text: &str) -> bool {
    text.bytes().fold(true, |all, byte| all & is_plain(byte))
}

/// Walks over the text; each step is `None` where it meets what it does not know.
struct Cursor<'t> {
    source: usize,
    text: &'t str,
    byte: usize,
    /// Keys of the tables that are not yet closed, and items of such lists: each is moved
    /// once, to a place of its size.
    entries: Vec<Entry<'t>>,
    nodes: Vec<Node<'t>>,
}

impl<'t> Cursor<'t> {
    fn close(&mut self, draft: Draft<'t>) -> Option<Table<'t>> {
        let halved = !draft.halves.is_empty();
        for ((key, at), inner) in draft.halves {
            let tree = Tree::Table(Table::checked(inner)?);
            self.entries.push((key, at, Node { at, tree }));
        }
        let entries = self.entries.drain(draft.first..).collect();
        if halved {
            table_in_order(entries)
        } else {
            Table::checked(entries)
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.byte..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.byte).copied()
    }

    fn skip(&mut self, bytes: usize) {
        self.byte = self.byte.saturating_add(bytes);
    }

    /// Goes over a byte if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.skip(usize::from(found));
        found
    }

    /// Goes over all bytes that fit, and gives them.
    fn run(&mut self, fits: impl Fn(u8) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.bytes().position(|byte| !fits(byte));
        let run = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        self.skip(run.len());
        run
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.skip(1);
        }
    }

    fn place(&self, start: usize) -> At {
        At::new(self.source, start..self.byte)
    }

    /// The rest of a line after what it says.
    fn line_end(&mut self) -> Option<()> {
        self.spaces();
        if self.take(b'#') {
            let rest = self.rest();
            let line = rest.get(..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()))?;
            self.skip(line.len());
            if !are_plain(line) {
                return None;
            }
        }
        (self.peek().is_none() || self.take(b'\n')).then_some(())
    }

    /// Lines that say nothing, and the spaces before what says something.
    fn blank(&mut self) -> Option<()> {
        loop {
            self.spaces();
            match self.peek() {
                Some(b'#' | b'\n') => self.line_end()?,
                _ => return Some(()),
            }
        }
    }

    fn header(&mut self) -> Option<Header<'t>> {
        let start = self.byte;
        self.skip(1);
        let repeats = self.take(b'[');
        self.spaces();
        let key = self.key()?;
        self.spaces();
        let closed = self.take(b']') && (!repeats || self.take(b']'));
        closed.then_some(Header {
            key,
            at: self.place(start),
            repeats,
        })
    }

    /// `key = value` or `half.key = value`.
    fn entry(&mut self, draft: &mut Draft<'t>, depth: usize) -> Option<()> {
        let mut key = self.key()?;
        let mut half = None;
        self.spaces();
        if self.take(b'.') {
            self.spaces();
            half = Some(std::mem::replace(&mut key, self.key()?));
            self.spaces();
        }
        if !self.take(b'=') {
            return None;
        }
        self.spaces();
        let node = self.value(depth)?;
        let entry = (key.0, key.1, node);
        if let Some(half) = half {
            draft.put(half, entry)
        } else {
            self.entries.push(entry);
            Some(())
        }
    }

    fn key(&mut self) -> Option<Key<'t>> {
        let start = self.byte;
        let key = if self.peek() == Some(b'"') {
            self.one_line()?
        } else {
            self.run(|byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-'))
        };
        let at = self.place(start);
        // Neither a key without a letter nor an empty text.
        (!key.is_empty()).then_some((Cow::Borrowed(key), at))
    }

    fn value(&mut self, depth: usize) -> Option<Node<'t>> {
        if depth > DEEPEST {
            return None;
        }
        let start = self.byte;
        let tree = match self.peek()? {
            b'"' => return self.text(),
            b'[' => self.list(depth)?,
            b'{' => self.table(depth)?,
            _ => self.word()?,
        };
        let at = self.place(start);
        Some(Node { at, tree })
    }

    /// A text between two quotes, without escapes.
    fn one_line(&mut self) -> Option<&'t str> {
        self.skip(1);
        let rest = self.rest();
        let text = rest.get(..memchr2(b'"', b'\\', rest.as_bytes())?)?;
        self.skip(text.len());
        (self.take(b'"') && are_plain(text)).then_some(text)
    }

    fn text(&mut self) -> Option<Node<'t>> {
        const QUOTES: &str = "\"\"\"";
        let start = self.byte;
        if !self.rest().starts_with(QUOTES) {
            let value = self.one_line()?;
            let at = self.place(start);
            let tree = Tree::Text(Text::quoted(value, at, 1));
            return Some(Node { at, tree });
        }
        self.skip(QUOTES.len());
        self.take(b'\n');
        let value = self.run(|byte| (is_plain(byte) || byte == b'\n') && !b"\"\\".contains(&byte));
        if !self.rest().starts_with(QUOTES) {
            return None;
        }
        self.skip(QUOTES.len());
        let at = self.place(start);
        let raw = self.text.get(start..self.byte)?;
        let tree = Tree::Text(Text::written(Cow::Borrowed(value), at, raw));
        Some(Node { at, tree })
    }

    /// `true`, a whole number or a day.
    fn word(&mut self) -> Option<Tree<'t>> {
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || b"+-_.:".contains(&byte));
        let digits = word.strip_prefix('-').unwrap_or(word);
        match word {
            "true" => Some(Tree::Flag(true)),
            "false" => Some(Tree::Flag(false)),
            // `-0` and `007` have rules of their own.
            "0" => Some(Tree::Integer(0)),
            _ if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0') => {
                word.parse().ok().map(Tree::Integer)
            }
            _ => day(word).map(Tree::Date),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Tree<'t>> {
        self.skip(1);
        let first = self.nodes.len();
        self.members(b']', |cursor| {
            let node = cursor.value(depth.saturating_add(1))?;
            cursor.nodes.push(node);
            Some(())
        })?;
        Some(Tree::List(self.nodes.drain(first..).collect()))
    }

    fn table(&mut self, depth: usize) -> Option<Tree<'t>> {
        self.skip(1);
        let mut draft = Draft {
            first: self.entries.len(),
            ..Draft::default()
        };
        self.members(b'}', |cursor| {
            cursor.entry(&mut draft, depth.saturating_add(1))
        })?;
        self.close(draft).map(Tree::Table)
    }

    /// What stands between commas, over as many lines as there are.
    fn members(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        loop {
            self.blank()?;
            if self.take(end) {
                return Some(());
            }
            member(self)?;
            self.blank()?;
            if !self.take(b',') {
                return self.take(end).then_some(());
            }
        }
    }
}

/// `2021-05-27`.
fn day(word: &str) -> Option<NaiveDate> {
    let is_written = word.len() == 10
        && word.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_written {
        return None;
    }
    let number = |from, to| word.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(number(0, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)
}
