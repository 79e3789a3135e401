//! The one place where a mistake becomes text with its line marked.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::error::At;

/// Longest source line that is shown: a longer one is told by its place alone.
const SHOWN: usize = 2000;

/// Line and column of a byte, both from 1; columns count characters.
pub(crate) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let last = before.rsplit('\n').next().unwrap_or("");
    (line, last.chars().count().saturating_add(1))
}

/// The part of the text that holds the marked lines, with the number of its first line.
fn window(text: &str, at: At) -> (usize, usize, &str) {
    let before = text.get(..at.start).unwrap_or("");
    let start = before
        .rfind('\n')
        .map_or(0, |newline| newline.saturating_add(1));
    let after = text.get(at.end..).unwrap_or("");
    let end = at
        .end
        .saturating_add(after.find('\n').unwrap_or(after.len()));
    let first_line = before.matches('\n').count().saturating_add(1);
    (first_line, start, text.get(start..end).unwrap_or(""))
}

pub(crate) fn render(
    code: &str,
    file: &str,
    text: &str,
    at: At,
    message: &str,
    mend: Option<&str>,
) -> String {
    let (first_line, start, shown) = window(text, at);
    let title = Level::ERROR
        .with_name("erreur")
        .primary_title(message)
        .id(code);
    let mut group: Group<'_> = if shown.is_empty() || shown.len() > SHOWN {
        let (line, column) = line_and_column(text, at.start);
        title.element(
            annotate_snippets::Origin::path(file)
                .line(line)
                .char_column(column),
        )
    } else {
        let span = at.start.saturating_sub(start)
            ..at.end
                .saturating_sub(start)
                .max(at.start.saturating_sub(start));
        title.element(
            Snippet::source(shown)
                .path(file)
                .line_start(first_line)
                .annotation(AnnotationKind::Primary.span(span)),
        )
    };
    if let Some(mend) = mend {
        group = group.element(Level::HELP.with_name("aide").message(mend));
    }
    Renderer::plain().render(&[group])
}
