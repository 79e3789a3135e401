//! Every mistake stands inside its file, and says how to mend it.

use spie::PackErrors;

/// Line and column, from 1, lie in the text, with room for an end of line.
pub fn inside(text: &str, line: usize, column: usize) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = line
        .checked_sub(1)
        .and_then(|before| text.split('\n').nth(before));
    found.is_some_and(|found| (1..=found.chars().count() + 1).contains(&column))
}

/// Holds the mistakes of a pack to the sources it was read from: its own, and its
/// parents', which may bear the same names.
pub fn of_pack(errors: &PackErrors, sources: &[(&str, &str)]) {
    assert!(!errors.is_empty());
    for (number, error) in errors.iter().enumerate() {
        // To find a place costs a walk of the file: of a flood, the first will do.
        if number < 200 {
            let mut named = sources.iter().filter(|(name, _)| *name == error.file());
            assert!(
                named.any(|(_, text)| inside(text, error.line(), error.column())),
                "not inside its file: {}:{}:{}: {error}",
                error.file(),
                error.line(),
                error.column(),
            );
        }
        assert!(!error.mend().is_empty(), "no mend: {error}");
        assert!(!error.message().is_empty(), "no message: {error}");
    }
    assert!(!errors.to_string().is_empty());
}
