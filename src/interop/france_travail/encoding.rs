//! UTF-8 or windows-1252: said by the caller, or seen in the bytes.

use std::borrow::Cow;

/// Encoding of a file. A byte order mark of UTF-8 settles it in any case.
///
/// Where the caller says nothing, the bytes do. ASCII reads the same both ways,
/// so the choice is made on the first stretch of at most 64 KiB that holds
/// anything else: UTF-8 when at least half of what is not ASCII there is valid
/// UTF-8, windows-1252 otherwise. French text in windows-1252 is hardly ever
/// valid UTF-8, and a few damaged bytes do not turn a UTF-8 file over. The choice
/// then holds for the whole file: a cell that does not fit is reported, never
/// mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, as the extract is documented.
    Utf8,
    /// windows-1252, as older exports and spreadsheets write.
    Windows1252,
}

/// The text of a cell without the blanks around it; `None` when it is not text.
///
/// An undecided file has been ASCII so far.
pub(super) fn decode(encoding: Option<Encoding>, cell: &[u8]) -> Option<Cow<'_, str>> {
    let text = match encoding {
        Some(Encoding::Windows1252) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell);
            text
        }
        Some(Encoding::Utf8) | None => Cow::Borrowed(std::str::from_utf8(cell).ok()?),
    };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    // The five bytes that windows-1252 leaves free are decoded to control characters.
    (!text.chars().any(char::is_control)).then_some(text)
}

/// Decides on an encoding as the bytes go by.
#[derive(Debug)]
pub(super) struct Sniffer {
    decided: Option<Encoding>,
    /// Start of a character whose end has not come yet: at most three bytes.
    pending: Vec<u8>,
}

impl Sniffer {
    pub(super) fn new(declared: Option<Encoding>) -> Self {
        Self {
            decided: declared,
            pending: Vec::new(),
        }
    }

    pub(super) fn encoding(&self) -> Option<Encoding> {
        self.decided
    }

    pub(super) fn is_decided(&self) -> bool {
        self.decided.is_some()
    }

    pub(super) fn found_mark(&mut self) {
        self.decided = Some(Encoding::Utf8);
    }

    /// Looks at the next bytes of the file, the last ones when `at_end`.
    pub(super) fn look(&mut self, bytes: &[u8], at_end: bool) {
        if self.is_decided() || (bytes.is_ascii() && self.pending.is_empty()) {
            return;
        }
        let mut bytes = if self.pending.is_empty() {
            Cow::Borrowed(bytes)
        } else {
            let mut joined = std::mem::take(&mut self.pending);
            joined.extend_from_slice(bytes);
            Cow::Owned(joined)
        };
        let (valid, invalid, open) = count(&bytes);
        let keep = if at_end { 0 } else { open };
        let invalid = invalid.saturating_add(usize::from(at_end && open > 0));
        if valid.saturating_add(invalid) > 0 {
            self.decided = Some(if valid >= invalid {
                Encoding::Utf8
            } else {
                Encoding::Windows1252
            });
        } else {
            let start = bytes.len().saturating_sub(keep);
            self.pending = bytes.to_mut().split_off(start);
        }
    }
}

/// Valid characters beyond ASCII, invalid sequences, and bytes of an open end.
fn count(bytes: &[u8]) -> (usize, usize, usize) {
    let beyond = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
    let mut invalid = 0_usize;
    let mut valid = 0_usize;
    for chunk in bytes.utf8_chunks() {
        valid = valid.saturating_add(beyond(chunk.valid()));
        invalid = invalid.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    let open = match std::str::from_utf8(last(bytes)) {
        Err(error) if error.error_len().is_none() => {
            last(bytes).len().saturating_sub(error.valid_up_to())
        }
        _ => 0,
    };
    (valid, invalid.saturating_sub(usize::from(open > 0)), open)
}

/// The last bytes, from the last one that can begin a character.
fn last(bytes: &[u8]) -> &[u8] {
    let begins = |byte: &u8| byte & 0b1100_0000 != 0b1000_0000;
    let start = bytes.iter().rposition(begins).unwrap_or(0);
    bytes.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(parts: &[&[u8]]) -> Option<Encoding> {
        let mut sniffer = Sniffer::new(None);
        for part in parts {
            sniffer.look(part, false);
        }
        sniffer.look(b"", true);
        sniffer.encoding()
    }

    #[test]
    fn the_first_letters_beyond_ascii_decide() {
        assert_eq!(sniffed(&[b"REIMS;", b"VITRY"]), None);
        assert_eq!(sniffed(&["NADÈGE".as_bytes()]), Some(Encoding::Utf8));
        assert_eq!(sniffed(&[b"NAD\xc8GE"]), Some(Encoding::Windows1252));
        assert_eq!(sniffed(&[b"LEFEV\xc8"]), Some(Encoding::Windows1252));
        assert_eq!(
            sniffed(&[b"ASCII", b"NAD\xc3", b"\x88GE"]),
            Some(Encoding::Utf8)
        );
        assert_eq!(sniffed(&[b"NAD\xc8", b"GE"]), Some(Encoding::Windows1252));
        assert_eq!(
            sniffed(&[b"\xc3\x88\xc3\x89 damaged \xff\xc3\xa0"]),
            Some(Encoding::Utf8)
        );
        assert_eq!(sniffed(&[b"\x80\x80"]), Some(Encoding::Windows1252));
    }

    #[test]
    fn what_is_no_text_is_not_decoded() {
        let windows = Some(Encoding::Windows1252);
        assert_eq!(decode(windows, b" NAD\xc8GE ").as_deref(), Some("NADÈGE"));
        assert_eq!(decode(windows, b"\x81"), None);
        assert_eq!(decode(None, b"a\0b"), None);
        assert_eq!(decode(Some(Encoding::Utf8), b"NAD\xc8GE"), None);
    }
}
