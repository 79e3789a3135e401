//! The file in pieces, one in memory at a time: what stands before the households, each
//! household, and what stands after.
//!
//! Pieces are cut at tags that hold no person's data, before anything is understood, so that
//! damage within one household never reaches the next.

use std::io::{self, BufRead, Cursor};

use memchr::memchr_iter;

/// The most bytes of one piece. The longest sample has under 3,000; a household of thirty with
/// all their resources and events has under 100,000.
pub(super) const LONGEST: usize = 1 << 20;

/// Bytes that are looked at and kept at once, however many the source gives.
const STEP: usize = 1 << 16;

/// More bytes than the beginning of any tag at which pieces are cut.
const LONGEST_NAME: usize = 32;

/// How what may hold tags that are none begins and ends.
const SPECIALS: [(&[u8], &[u8]); 2] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>")];

/// Lines and columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: u64,
    pub(super) column: u64,
}

impl Position {
    const START: Self = Self { line: 1, column: 1 };

    pub(super) fn pass(&mut self, bytes: &[u8], utf8: bool) {
        let counts = |byte: &&u8| !utf8 || **byte & 0b1100_0000 != 0b1000_0000;
        let lines = memchr_iter(b'\n', bytes).count();
        let last = bytes.rsplit(|byte| *byte == b'\n').next();
        let columns = last.unwrap_or_default().iter().filter(counts).count();
        let plus =
            |to: u64, more: usize| to.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
        self.line = plus(self.line, lines);
        let from = if lines > 0 { 1 } else { self.column };
        self.column = plus(from, columns);
    }
}

/// What a piece is, by the tags that cut it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// From the beginning of a household to its end, or to what stands where it should be.
    Household {
        /// Its end was there.
        ended: bool,
    },
    /// It ends a household that did not begin.
    Stray,
    /// The totals.
    Totals,
    /// The end of the root.
    End,
    /// Another root begins, or another flow says what it is.
    Second,
    /// Anything else.
    Other,
}

/// One piece; its bytes are [`Pieces::bytes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) start: Position,
    /// More than [`LONGEST`] bytes: they were skipped.
    pub(super) too_long: bool,
}

/// One tag, comment or text.
struct Token {
    bytes: Vec<u8>,
    start: Position,
    too_long: bool,
    /// It began among bytes that are read again: it is no comment.
    plain: bool,
}

/// Cuts a source into pieces.
pub(super) struct Pieces<R> {
    source: R,
    token: Token,
    /// The token was read, and belongs to the next piece.
    held: bool,
    /// The first piece was read.
    begun: bool,
    /// Bytes of what began as a comment and has no end: they are read again, as tags and text.
    again: Cursor<Vec<u8>>,
    chunk: Vec<u8>,
    position: Position,
    /// Columns are counted in characters of UTF-8.
    pub(super) utf8: bool,
}

/// A tag at which pieces are cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Household,
    HouseholdEnd,
    Totals,
    TotalsEnd,
    /// The root, or what a flow says of itself.
    Head,
    RootEnd,
}

impl Cut {
    fn of(token: &[u8]) -> Option<Self> {
        let tag = token.strip_prefix(b"<")?;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
        let name = tag.split(ends).next()?;
        // `<InfosFoyerRSA/>`
        match name.strip_suffix(b"/").unwrap_or(name) {
            b"InfosFoyerRSA" => Some(Self::Household),
            b"/InfosFoyerRSA" => Some(Self::HouseholdEnd),
            b"TransmissionFlux" => Some(Self::Totals),
            b"/TransmissionFlux" => Some(Self::TotalsEnd),
            b"Racine" | b"IdentificationFlux" => Some(Self::Head),
            b"/Racine" => Some(Self::RootEnd),
            _ => None,
        }
    }
}

impl<R: BufRead> Pieces<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            token: Token {
                bytes: Vec::new(),
                start: Position::START,
                too_long: false,
                plain: false,
            },
            held: false,
            begun: false,
            again: Cursor::new(Vec::new()),
            chunk: Vec::new(),
            position: Position::START,
            utf8: false,
        }
    }

    /// The bytes of the piece that was read last.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.chunk
    }

    /// Where the next byte stands.
    pub(super) fn position(&self) -> Position {
        self.position
    }

    /// The next piece that holds anything but blanks.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, io::ErrorKind> {
        self.chunk.clear();
        let mut piece = Piece {
            kind: Kind::Other,
            start: self.position,
            too_long: false,
        };
        loop {
            if !std::mem::take(&mut self.held) {
                let within = matches!(piece.kind, Kind::Household { ended: false });
                self.read_token(within)?;
            }
            let something = piece.too_long || !is_blank(&self.chunk);
            if self.token.bytes.is_empty() {
                self.begun = true;
                return Ok(something.then_some(piece));
            }
            let cut = Cut::of(&self.token.bytes).filter(|cut| self.begun || *cut != Cut::Head);
            let begins = matches!(
                cut,
                Some(Cut::Household | Cut::Totals | Cut::Head | Cut::RootEnd)
            );
            if something && begins {
                self.held = true;
                self.begun = true;
                return Ok(Some(piece));
            }
            if !something {
                self.chunk.clear();
                let blanks = self
                    .token
                    .bytes
                    .iter()
                    .take_while(|byte| byte.is_ascii_whitespace());
                let blanks = blanks.count();
                let blanks = self.token.bytes.drain(..blanks);
                piece.start = self.token.start;
                piece.start.pass(blanks.as_slice(), self.utf8);
            }
            self.append(&mut piece);
            let closed = self.token.bytes.ends_with(b"/>");
            match cut {
                Some(Cut::Household) => piece.kind = Kind::Household { ended: closed },
                Some(Cut::Totals) => piece.kind = Kind::Totals,
                Some(Cut::RootEnd) => piece.kind = Kind::End,
                Some(Cut::Head) => piece.kind = Kind::Second,
                Some(Cut::HouseholdEnd) => {
                    piece.kind = match piece.kind {
                        Kind::Household { .. } => Kind::Household { ended: true },
                        _ => Kind::Stray,
                    }
                }
                Some(Cut::TotalsEnd) | None => {}
            }
            let whole = match cut {
                Some(Cut::Household | Cut::Totals) => closed,
                Some(_) => true,
                None => false,
            };
            if whole {
                self.begun = true;
                return Ok(Some(piece));
            }
        }
    }

    fn append(&mut self, piece: &mut Piece) {
        let length = self.chunk.len().saturating_add(self.token.bytes.len());
        piece.too_long |= self.token.too_long || length > LONGEST;
        if piece.too_long {
            self.chunk.clear();
        } else {
            self.chunk.extend_from_slice(&self.token.bytes);
        }
    }

    /// Reads one tag, comment or text; nothing at the end. A tag that another one interrupts
    /// ends there, so that a lost `>` swallows no tag at which pieces are cut. So does an
    /// instruction; a comment or `CDATA` that does not end within a piece, or ends where another one
    /// does, is read again as if it were none.
    fn read_token(&mut self, within_household: bool) -> Result<(), io::ErrorKind> {
        self.token.bytes.clear();
        self.token.too_long = false;
        self.token.start = self.position;
        // What is read again has no comments, so that no byte is read a third time.
        self.token.plain = !is_empty(&self.again);
        loop {
            let stop = self.take()?;
            let Some((start, end)) = self.special() else {
                let in_instruction =
                    self.token.bytes.starts_with(b"<?") && !self.token.bytes.ends_with(b"?>");
                match stop {
                    Some(b'>') if in_instruction => continue,
                    _ => return Ok(()),
                }
            };
            let least = start.len().saturating_add(end.len());
            if self.token.bytes.len() >= least && self.token.bytes.ends_with(end) {
                if self.swallows(start, within_household) {
                    self.read_again(start.len());
                }
                return Ok(());
            }
            match stop {
                None => {
                    self.read_again(start.len());
                    return Ok(());
                }
                Some(b'<') => self.consume(1),
                Some(_) => {}
            }
        }
    }

    /// Whether a comment or `CDATA` has no end of its own, and ends with a later one: it holds tags
    /// at which pieces are cut, and began within a household, or holds the beginning of the other.
    /// A household that somebody put in a comment holds neither.
    fn swallows(&self, start: &[u8], within_household: bool) -> bool {
        let held = self.token.bytes.get(start.len()..).unwrap_or_default();
        let tags = || memchr_iter(b'<', held).filter_map(|place| held.get(place..));
        let cuts = |tag: &[u8]| Cut::of(tag.get(..LONGEST_NAME).unwrap_or(tag)).is_some();
        tags().any(cuts) && (within_household || tags().any(|tag| tag.starts_with(start)))
    }

    /// Keeps the beginning of the token alone, and reads what stands after it again.
    fn read_again(&mut self, length: usize) {
        if length >= self.token.bytes.len() {
            return;
        }
        self.again = Cursor::new(self.token.bytes.split_off(length));
        self.position = self.token.start;
        self.position.pass(&self.token.bytes, self.utf8);
    }

    /// How the token begins and must end, where it is a comment or `CDATA`.
    fn special(&self) -> Option<(&'static [u8], &'static [u8])> {
        let of =
            |(start, _): &&(&[u8], &[u8])| !self.token.plain && self.token.bytes.starts_with(start);
        SPECIALS.iter().find(of).copied()
    }

    /// Takes bytes up to a `<`, which stays, or through a `>` of a tag; what stopped it: nothing at
    /// the end, or where a comment is too long.
    fn take(&mut self) -> Result<Option<u8>, io::ErrorKind> {
        loop {
            let read = match ahead(&mut self.source, &mut self.again).fill_buf() {
                Ok([]) => return Ok(None),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.kind()),
            };
            let read = read.get(..STEP).unwrap_or(read);
            // The first byte of a tag.
            let from = usize::from(self.token.bytes.is_empty() && read.first() == Some(&b'<'));
            let in_tag = from > 0 || self.token.bytes.first() == Some(&b'<');
            let rest = read.get(from..).unwrap_or_default();
            let stop = rest
                .iter()
                .position(|byte| *byte == b'<' || (in_tag && *byte == b'>'));
            let found = stop.and_then(|place| rest.get(place)).copied();
            let length = stop
                .unwrap_or(rest.len())
                .saturating_add(from)
                .saturating_add(usize::from(found == Some(b'>')));
            self.consume(length);
            let too_long = self.token.bytes.len() > LONGEST;
            if found.is_some() || too_long {
                return Ok(found.filter(|_| !too_long));
            }
        }
    }

    /// Moves so many buffered bytes to the token.
    fn consume(&mut self, length: usize) {
        let source = ahead(&mut self.source, &mut self.again);
        let read = source.fill_buf().unwrap_or_default();
        let bytes = read.get(..length).unwrap_or(read);
        let length = bytes.len();
        self.position.pass(bytes, self.utf8);
        self.token.bytes.extend_from_slice(bytes);
        source.consume(length);
        if self.token.bytes.len() > LONGEST && self.special().is_none() {
            // How it begins and ends still counts.
            let end = self.token.bytes.len().saturating_sub(16);
            self.token.bytes.drain(16..end);
            self.token.too_long = true;
        }
    }
}

/// What is read again, and then the source.
fn ahead<'a>(source: &'a mut impl BufRead, again: &'a mut Cursor<Vec<u8>>) -> &'a mut dyn BufRead {
    if is_empty(again) { source } else { again }
}

fn is_empty(again: &Cursor<Vec<u8>>) -> bool {
    u64::try_from(again.get_ref().len()).is_ok_and(|length| again.position() >= length)
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}
