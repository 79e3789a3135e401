//! The one place where a mistake becomes text with its line marked.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::place::At;
use crate::vocabulary::Mistake;

/// Longest part of a source that is shown: a longer one is told by its place alone.
const SHOWN: usize = 2000;

/// Walks a text from place to place, forwards only: many mistakes cost one walk.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    byte: usize,
    /// From 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    line_start: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            byte: 0,
            line: 1,
            column: 1,
            line_start: 0,
        }
    }

    /// Goes on to a byte at or after the present one.
    pub(crate) fn go_to(&mut self, byte: usize) {
        // INVARIANT: every place lies in its text, and cuts no character in two.
        debug_assert!(self.text.is_char_boundary(byte), "no place: {byte}");
        for letter in self.text.get(self.byte..byte).unwrap_or("").chars() {
            self.byte = self.byte.saturating_add(letter.len_utf8());
            self.column = self.column.saturating_add(1);
            if letter == '\n' {
                self.line = self.line.saturating_add(1);
                self.column = 1;
                self.line_start = self.byte;
            }
        }
    }

    /// What stands before it on its line.
    pub(crate) fn before(&self) -> &'t str {
        self.text.get(self.line_start..self.byte).unwrap_or("")
    }

    /// Whether it stands in a part, be it at its edge: the walk to its end may go on from here.
    pub(crate) fn is_within(&self, at: At) -> bool {
        (at.start()..=at.end()).contains(&self.byte)
    }

    /// The lines that hold the mark, unless they are too long to be shown.
    fn lines(&self, at: At) -> Option<&'t str> {
        let after = self.text.as_bytes().get(at.end()..)?;
        let left = match after.iter().take(SHOWN).position(|byte| *byte == b'\n') {
            Some(left) => left,
            None if after.len() < SHOWN => after.len(),
            None => return None,
        };
        let shown = self
            .text
            .get(self.line_start..at.end().saturating_add(left))?;
        (!shown.is_empty() && shown.len() <= SHOWN).then_some(shown)
    }
}

/// The mistake at the cursor.
pub(crate) fn render(
    mistake: Mistake,
    file: &str,
    cursor: &Cursor<'_>,
    at: At,
    message: &str,
    mend: &str,
) -> String {
    let level = if mistake.is_remark() {
        Level::WARNING.with_name("remarque")
    } else {
        Level::ERROR.with_name("erreur")
    };
    let title = level.primary_title(message).id(mistake.code());
    let mut group: Group<'_> = match cursor.lines(at) {
        Some(shown) => {
            let start = at.start().saturating_sub(cursor.line_start);
            let end = at.end().saturating_sub(cursor.line_start).max(start);
            debug_assert!(shown.is_char_boundary(end), "no end: {end}");
            title.element(
                Snippet::source(shown)
                    .path(file)
                    .line_start(cursor.line)
                    .annotation(AnnotationKind::Primary.span(start..end)),
            )
        }
        None => title.element(
            Origin::path(file)
                .line(cursor.line)
                .char_column(cursor.column),
        ),
    };
    group = group.element(Level::HELP.with_name("aide").message(mend));
    Renderer::plain().render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let mut cursor = Cursor::new("é𝄞x\n\nab");
        let mut seen = Vec::new();
        for byte in [0, 2, 6, 7, 8, 9, 11] {
            cursor.go_to(byte);
            seen.push((cursor.line, cursor.column));
        }
        let wanted = [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (3, 1), (3, 3)];
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_place_that_is_too_long_to_show_is_told_alone() {
        let text = "x".repeat(10_000);
        let at = At::new(0, 5_000..5_001);
        let mut cursor = Cursor::new(&text);
        cursor.go_to(at.start());
        let told = render(
            Mistake::Syntax,
            "a.toml",
            &cursor,
            at,
            "trop long",
            "coupez",
        );
        assert!(told.contains("a.toml:1:5001") && told.len() < 200, "{told}");
    }
}
