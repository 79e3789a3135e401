//! Lines of a source, one in memory at a time, and the cells of one line.

use std::io::{self, Read};

use super::encoding::Sniffer;

/// The longest line that is read, in bytes. The longest sample has under 700.
pub(super) const LONGEST: usize = 65_536;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// One line, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    /// Its line end was there, so that nothing of it is missing.
    pub(super) ended: bool,
    /// More than [`LONGEST`] bytes: they were skipped.
    pub(super) too_long: bool,
}

/// Reads a source line by line. One line is one row, even within quotes, so that
/// a stray quote never swallows the rows after it.
pub(super) struct Lines<R> {
    source: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    at_end: bool,
    begun: bool,
    failure: Option<io::ErrorKind>,
    number: u64,
    pub(super) sniffer: Sniffer,
    pub(super) utf16: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R, sniffer: Sniffer) -> Self {
        Self {
            source,
            buffer: vec![0; LONGEST].into_boxed_slice(),
            start: 0,
            end: 0,
            at_end: false,
            begun: false,
            failure: None,
            number: 0,
            sniffer,
            utf16: false,
        }
    }

    /// Reads more. While the encoding is open, a whole buffer at once: that is
    /// the stretch on which it is decided.
    fn fill(&mut self) {
        self.start = 0;
        self.end = 0;
        while !self.at_end {
            let Some(room) = self.buffer.get_mut(self.end..) else {
                break;
            };
            if room.is_empty() {
                break;
            }
            let space = room.len();
            match self.source.read(room) {
                Ok(0) => self.at_end = true,
                Ok(read) => self.end = self.end.saturating_add(read.min(space)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error.kind());
                    self.at_end = true;
                }
            }
            if self.begun && self.sniffer.is_decided() {
                break;
            }
        }
        let read = self.buffer.get(..self.end).unwrap_or_default();
        if !self.begun {
            self.begun = true;
            self.utf16 = read.starts_with(b"\xff\xfe") || read.starts_with(b"\xfe\xff");
            if read.starts_with(MARK) {
                self.start = MARK.len();
                self.sniffer.found_mark();
            }
        }
        self.sniffer.look(read, self.at_end);
    }

    /// Number of the line that comes next.
    pub(super) fn next_number(&self) -> u64 {
        self.number.saturating_add(1)
    }

    /// The next line, put in `line`; `None` at the end.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> Result<Option<Line>, io::ErrorKind> {
        line.clear();
        let mut any = false;
        let mut too_long = false;
        let mut ended = false;
        while !ended {
            if self.start >= self.end {
                if !self.at_end {
                    self.fill();
                }
                if self.start >= self.end {
                    if let Some(kind) = self.failure.take() {
                        return Err(kind);
                    }
                    if self.at_end {
                        break;
                    }
                    continue;
                }
            }
            let rest = self.buffer.get(self.start..self.end).unwrap_or_default();
            let length = rest.iter().position(|byte| *byte == b'\n');
            ended = length.is_some();
            any = true;
            let part = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
            if line.len().saturating_add(part.len()) > LONGEST {
                too_long = true;
                line.clear();
            } else if !too_long {
                line.extend_from_slice(part);
            }
            self.start = self
                .start
                .saturating_add(part.len())
                .saturating_add(usize::from(ended));
        }
        if !any {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(Line {
            number: self.number,
            ended,
            too_long,
        }))
    }
}

/// Splits lines into cells, with memory and tables that serve them all.
#[derive(Debug)]
pub(super) struct Splitter {
    reader: csv_core::Reader,
    text: Vec<u8>,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    count: usize,
}

impl Splitter {
    pub(super) fn new() -> Self {
        Self {
            reader: csv_core::ReaderBuilder::new()
                .delimiter(b';')
                // What ends a line was taken off: nothing within it does.
                .terminator(csv_core::Terminator::Any(b'\n'))
                .build(),
            text: Vec::new(),
            ends: Vec::new(),
            count: 0,
        }
    }

    /// Takes the cells of a line. A quote that is not closed swallows the rest of the
    /// line, and no other: the row is refused for want of cells.
    pub(super) fn split(&mut self, line: &[u8]) {
        self.reader.reset();
        // No line has more text than bytes, nor more cells than bytes and one.
        self.text.resize(line.len(), 0);
        self.ends.resize(line.len().saturating_add(1), 0);
        let (_, _, text, cells) = self
            .reader
            .read_record(line, &mut self.text, &mut self.ends);
        // Nothing more to read: that ends the record.
        let rest = self.text.get_mut(text..).unwrap_or_default();
        let ends = self.ends.get_mut(cells..).unwrap_or_default();
        let (_, _, _, last) = self.reader.read_record(&[], rest, ends);
        self.count = cells.saturating_add(last);
    }

    /// How many cells the line has.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn cell(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(..self.count)?.get(place)?;
        let start = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        self.text.get(start.copied().unwrap_or(0)..end)
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.count).filter_map(|place| self.cell(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        let mut splitter = Splitter::new();
        // What stands before must not matter.
        splitter.split(b"x;\"y");
        splitter.split(line.as_bytes());
        let text = |cell: &[u8]| String::from_utf8(cell.to_vec()).unwrap();
        splitter.cells().map(text).collect()
    }

    #[test]
    fn quotes_count_only_where_a_cell_begins() {
        assert_eq!(texts("a;;c;"), ["a", "", "c", ""]);
        assert_eq!(texts(r#""a;b";"c""d";"""#), ["a;b", "c\"d", ""]);
        assert_eq!(texts(r#"a"b;c"#), ["a\"b", "c"]);
        assert_eq!(texts("a;\"b;c"), ["a", "b;c"]);
        assert_eq!(texts("a;b\rc;d"), ["a", "b\rc", "d"]);
    }

    /// Gives one byte at a time.
    struct Drip<'t>(&'t [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let (Some((first, rest)), Some(place)) = (self.0.split_first(), into.first_mut())
            else {
                return Ok(0);
            };
            *place = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn lines_are_the_same_however_the_source_gives_them() {
        let long = "x".repeat(LONGEST + 1);
        let text = format!("\u{feff}a\r\nb\n\n{long}\nc");
        let lines = |source: &mut dyn Read| {
            let mut lines = Lines::new(source, Sniffer::new(None));
            let (mut all, mut line) = (Vec::new(), Vec::new());
            while let Some(found) = lines.next(&mut line).unwrap() {
                let (number, ended) = (found.number, found.ended);
                all.push((number, ended, found.too_long, line.clone()));
            }
            all
        };
        let expected = [
            (1, true, false, b"a".to_vec()),
            (2, true, false, b"b".to_vec()),
            (3, true, false, vec![]),
            (4, true, true, vec![]),
            (5, false, false, b"c".to_vec()),
        ];
        assert_eq!(lines(&mut text.as_bytes()), expected);
        assert_eq!(lines(&mut Drip(text.as_bytes())), expected);
    }
}
