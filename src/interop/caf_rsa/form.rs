//! The forms that texts of the flow have.

use chrono::NaiveDate;

use crate::calendar::in_range;
use crate::vocabulary::Cents;

/// A day, such as `2024-02-29`.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let day: NaiveDate = form.then(|| text.parse().ok()).flatten()?;
    in_range(day).then_some(day)
}

/// A yes or no of the XML schemas.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// An amount of nine digits at most, such as `0000123.00`.
pub(super) fn money(text: &str) -> Option<Cents> {
    let short = text.len() <= 12;
    let amount = short.then(|| Cents::parse_amount(text).ok()).flatten()?;
    (amount.get() >= 0).then_some(amount)
}

/// Digits alone, at most so many.
pub(super) fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A NIR: 13 characters, or 15 of which the last two are its key. Corsica writes `2A` and `2B`
/// in places 6 and 7, and counts as 19 and 18 in the key.
pub(super) fn is_nir(text: &str) -> bool {
    let (Some(body), key) = (text.get(..13), text.get(13..).unwrap_or_default()) else {
        return false;
    };
    let digits = match body.get(5..7) {
        Some("2A") => body.replacen("2A", "19", 1),
        Some("2B") => body.replacen("2B", "18", 1),
        _ => body.to_owned(),
    };
    // The first place that holds a letter must be the département's.
    if !is_digits(&digits, 13) {
        return false;
    }
    match (key.len(), digits.parse::<u64>()) {
        (0, Ok(_)) => true,
        (2, Ok(number)) if is_digits(key, 2) => {
            let expected = 97_u64.saturating_sub(number % 97);
            key.parse() == Ok(expected)
        }
        _ => false,
    }
}

/// A commune: five digits, the second of which is a letter in Corsica.
pub(super) fn is_commune(text: &str) -> bool {
    let corsica = text.starts_with("2A") || text.starts_with("2B");
    let digits = if corsica { text.get(2..) } else { Some(text) };
    text.len() == 5 && digits.is_some_and(|digits| is_digits(digits, 5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_are_exact() {
        assert_eq!(date("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29));
        for text in [
            "",
            "2023-02-29",
            "29/02/2024",
            "2024-2-29",
            "0024-02-29",
            "2024-02-2é",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(
            (flag("1"), flag("false"), flag("O")),
            (Some(true), Some(false), None)
        );
        assert_eq!(money("0000123.00"), Some(Cents::new(12_300)));
        for text in ["", "-5.00", "12,50", "1.5", "9999999999999.00"] {
            assert_eq!(money(text), None, "{text}");
        }
        for text in ["2870651454101", "269022A004303", "287065145410148"] {
            assert_eq!(
                is_nir(text),
                text != "287065145410148" || key_of(text),
                "{text}"
            );
        }
        for text in [
            "",
            "287065145410",
            "28706514541011",
            "A870651454101",
            "2690A2A004303",
            "28706514541é",
        ] {
            assert!(!is_nir(text), "{text}");
        }
        assert!(is_commune("01004") && is_commune("2A004"));
        assert!(!is_commune("1004") && !is_commune("A1004") && !is_commune("2C004"));
    }

    fn key_of(nir: &str) -> bool {
        let (body, key) = nir.split_at(13);
        97 - body.parse::<u64>().unwrap() % 97 == key.parse::<u64>().unwrap()
    }

    proptest! {
        /// Each NIR has one key, and leading zeros of the key count.
        #[test]
        fn a_nir_has_one_key(body in "[12][0-9]{12}", key in 0_u64..100) {
            let expected = 97 - body.parse::<u64>().unwrap() % 97;
            prop_assert!(is_nir(&body));
            let whole = format!("{body}{key:02}");
            prop_assert_eq!(is_nir(&whole), key == expected);
            let longer = format!("{body}{key:02}0");
            prop_assert!(!is_nir(&longer));
        }
    }
}
