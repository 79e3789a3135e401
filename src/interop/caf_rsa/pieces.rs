//! The file in pieces, one in memory at a time: what stands before the households, each
//! household, and what stands after.
//!
//! Pieces are cut at tags that hold no person's data, before anything is understood, so that
//! damage within one household never reaches the next.

use std::io::{self, BufRead};

/// The most bytes of one piece. The longest sample has under 3,000; a household of thirty with
/// all their resources and events has under 100,000.
pub(super) const LONGEST: usize = 1 << 20;

/// Bytes that are looked at and kept at once, however many the source gives.
const STEP: usize = 1 << 16;

/// Lines and columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: u64,
    pub(super) column: u64,
}

impl Position {
    const START: Self = Self { line: 1, column: 1 };

    fn pass(&mut self, bytes: &[u8], utf8: bool) {
        let counts = |byte: &&u8| !utf8 || **byte & 0b1100_0000 != 0b1000_0000;
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
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

/// Cuts a source into pieces.
pub(super) struct Pieces<R> {
    source: R,
    /// One tag, comment or text.
    token: Vec<u8>,
    token_start: Position,
    token_too_long: bool,
    /// The token was read, and belongs to the next piece.
    held: bool,
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
            b"/Racine" => Some(Self::RootEnd),
            _ => None,
        }
    }
}

impl<R: BufRead> Pieces<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            token: Vec::new(),
            token_start: Position::START,
            token_too_long: false,
            held: false,
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
                self.read_token()?;
            }
            let something = piece.too_long || !is_blank(&self.chunk);
            if self.token.is_empty() {
                return Ok(something.then_some(piece));
            }
            let cut = Cut::of(&self.token);
            if something && matches!(cut, Some(Cut::Household | Cut::Totals | Cut::RootEnd)) {
                self.held = true;
                return Ok(Some(piece));
            }
            if !something {
                self.chunk.clear();
                let blanks = self
                    .token
                    .iter()
                    .take_while(|byte| byte.is_ascii_whitespace());
                let blanks = blanks.count();
                let blanks = self.token.drain(..blanks);
                piece.start = self.token_start;
                piece.start.pass(blanks.as_slice(), self.utf8);
            }
            self.append(&mut piece);
            let closed = self.token.ends_with(b"/>");
            match cut {
                Some(Cut::Household) => piece.kind = Kind::Household { ended: closed },
                Some(Cut::Totals) => piece.kind = Kind::Totals,
                Some(Cut::RootEnd) => piece.kind = Kind::End,
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
                return Ok(Some(piece));
            }
        }
    }

    fn append(&mut self, piece: &mut Piece) {
        let length = self.chunk.len().saturating_add(self.token.len());
        piece.too_long |= self.token_too_long || length > LONGEST;
        if piece.too_long {
            self.chunk.clear();
        } else {
            self.chunk.extend_from_slice(&self.token);
        }
    }

    /// Reads one tag, comment or text; nothing at the end. A tag that another one interrupts
    /// ends there, so that a lost `>` swallows no tag at which pieces are cut.
    fn read_token(&mut self) -> Result<(), io::ErrorKind> {
        self.token.clear();
        self.token_too_long = false;
        self.token_start = self.position;
        loop {
            let stop = self.take()?;
            let closes = |start: &[u8], end: &[u8]| {
                let long = start.len().saturating_add(end.len());
                self.token
                    .starts_with(start)
                    .then(|| self.token.len() >= long && self.token.ends_with(end))
            };
            let special = closes(b"<!--", b"-->")
                .or_else(|| closes(b"<![CDATA[", b"]]>"))
                .or_else(|| closes(b"<?", b"?>"));
            match (stop, special) {
                (None, _) | (Some(_), None | Some(true)) => return Ok(()),
                (Some(b'<'), Some(false)) => self.consume(1),
                (Some(_), Some(false)) => {}
            }
        }
    }

    /// Takes bytes up to a `<`, which stays, or through a `>` of a tag; what stopped it.
    fn take(&mut self) -> Result<Option<u8>, io::ErrorKind> {
        loop {
            let read = match self.source.fill_buf() {
                Ok([]) => return Ok(None),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.kind()),
            };
            let read = read.get(..STEP).unwrap_or(read);
            // The first byte of a tag.
            let from = usize::from(self.token.is_empty() && read.first() == Some(&b'<'));
            let in_tag = from > 0 || self.token.first() == Some(&b'<');
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
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Moves so many buffered bytes to the token.
    fn consume(&mut self, length: usize) {
        let read = self.source.fill_buf().unwrap_or_default();
        let bytes = read.get(..length).unwrap_or(read);
        let length = bytes.len();
        self.position.pass(bytes, self.utf8);
        self.token.extend_from_slice(bytes);
        self.source.consume(length);
        if self.token.len() > LONGEST {
            // How it begins and ends still counts.
            let end = self.token.len().saturating_sub(16);
            self.token.drain(16..end);
            self.token_too_long = true;
        }
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}
