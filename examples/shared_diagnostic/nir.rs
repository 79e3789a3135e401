//! The number of a person in the national register: known by its form, and kept nowhere.

/// Characters without the key.
const BODY: usize = 13;

/// A text that may be a NIR, with or without its key, right or wrong: 13 or 15 digits, but for the `2A` and
/// `2B` of Corsica, with blanks, points or dashes between them; or a longer one that holds such digits, together
/// or with blanks between them.
pub(crate) fn looks_like_a_nir(text: &str) -> bool {
    let text = seen(text);
    let is_digit = |letter: char| matches!(letter, '0'..='9' | 'a' | 'b' | 'A' | 'B');
    let digits = |run: &str| form(run.trim_matches(|letter: char| !letter.is_ascii_digit()));
    let mut together = text.split(|letter: char| !is_digit(letter));
    let mut with_blanks = text.split(|letter: char| !is_digit(letter) && !letter.is_whitespace());
    form(&text).is_some()
        || together.any(|run| digits(run).is_some())
        || with_blanks.any(|run| digits(run).is_some())
}

/// Without the marks of direction and the like, which nobody sees.
fn seen(text: &str) -> String {
    let is_seen =
        |letter: &char| letter.is_ascii() || letter.is_alphanumeric() || letter.is_whitespace();
    text.chars().filter(is_seen).collect()
}

/// A NIR in one way of writing: its 13 characters, where there is no key or one that is right. Any other number
/// of 15 digits is none.
pub(crate) fn plain(text: &str) -> Option<String> {
    let (body, key) = form(&seen(text))?;
    if let Some(key) = key {
        let digits = digits(&body).parse::<u64>().ok()?;
        if 97_u64.checked_sub(digits % 97)? != key {
            return None;
        }
    }
    Some(body)
}

/// Corsica counts as 19 and 18 in the key.
fn digits(body: &str) -> String {
    match body.get(5..7) {
        Some("2A") => body.replacen("2A", "19", 1),
        Some("2B") => body.replacen("2B", "18", 1),
        _ => body.to_owned(),
    }
}

/// The 13 characters, and the key.
fn form(text: &str) -> Option<(String, Option<u64>)> {
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, '.' | '-');
    let text: String = text.chars().filter(|letter| !is_between(*letter)).collect();
    let text = text.to_ascii_uppercase();
    let (body, key) = text.split_at_checked(BODY)?;
    let body = body.to_owned();
    let key = match key.len() {
        0 => None,
        2 if key.bytes().all(|byte| byte.is_ascii_digit()) => Some(key.parse().ok()?),
        _ => return None,
    };
    // A first digit of 1 to 4, 7 or 8 tells the sex, and whether the number is for a time.
    let begins = matches!(body.bytes().next(), Some(b'1'..=b'4' | b'7' | b'8'));
    let is_one = digits(&body).bytes().all(|byte| byte.is_ascii_digit());
    (begins && is_one).then_some((body, key))
}
