//! Money in integer cents.

use std::fmt;
use std::str::FromStr;

/// An amount in euro cents. No floating point is ever used for money.
///
/// The text form is `565.34 EUR`; [`Cents::in_french`] writes « 565,34 € ».
///
/// ```
/// use spie::vocabulary::Cents;
/// let amount: Cents = "29.56 EUR".parse()?;
/// assert_eq!(amount, Cents::new(2956));
/// assert_eq!(amount.in_french(), "29,56\u{a0}€");
/// # Ok::<(), spie::vocabulary::ParseMoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(i64);

/// The text is not an amount such as `500 EUR` or `29.56 EUR`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an amount in euros: expected a form such as `500 EUR` or `29.56 EUR`")]
pub struct ParseMoneyError;

impl Cents {
    /// An amount of that many cents.
    #[must_use]
    pub const fn new(cents: i64) -> Self {
        Self(cents)
    }

    /// The number of cents.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Parses `500` or `29.56`, without the currency.
    pub(crate) fn parse_amount(text: &str) -> Result<Self, ParseMoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (euros, cents) = match digits.split_once('.') {
            Some((euros, cents)) if cents.len() == 2 => (euros, cents),
            Some(_) => return Err(ParseMoneyError),
            None => (digits, "00"),
        };
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(euros) || !plain(cents) {
            return Err(ParseMoneyError);
        }
        let euros: i64 = euros.parse().map_err(|_| ParseMoneyError)?;
        let cents: i64 = cents.parse().map_err(|_| ParseMoneyError)?;
        let total = euros
            .checked_mul(100)
            .and_then(|total| total.checked_add(cents))
            .ok_or(ParseMoneyError)?;
        Ok(Self(if negative {
            total.saturating_neg()
        } else {
            total
        }))
    }

    /// The amount as French text writes it: « 1 200 € », « 29,56 € ».
    #[must_use]
    pub fn in_french(self) -> String {
        let magnitude = self.0.unsigned_abs();
        let (euros, cents) = (magnitude.div_euclid(100), magnitude.rem_euclid(100));
        let digits = euros.to_string();
        let mut text = String::new();
        if self.0 < 0 {
            text.push('-');
        }
        for (position, digit) in digits.chars().enumerate() {
            let left = digits.len().saturating_sub(position);
            if position > 0 && left % 3 == 0 {
                text.push('\u{a0}');
            }
            text.push(digit);
        }
        let cents = if cents > 0 {
            format!(",{cents:02}")
        } else {
            String::new()
        };
        format!("{text}{cents}\u{a0}€")
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(
            f,
            "{sign}{}.{:02} EUR",
            magnitude.div_euclid(100),
            magnitude.rem_euclid(100)
        )
    }
}

impl FromStr for Cents {
    type Err = ParseMoneyError;
    fn from_str(text: &str) -> Result<Self, ParseMoneyError> {
        let amount = text.strip_suffix("EUR").ok_or(ParseMoneyError)?;
        Self::parse_amount(amount.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_cents_agree() {
        for (text, cents) in [("500 EUR", 50_000), ("29.56 EUR", 2956), ("-0.05 EUR", -5)] {
            assert_eq!(text.parse::<Cents>().unwrap(), Cents::new(cents));
        }
        assert_eq!(Cents::new(-5).to_string(), "-0.05 EUR");
        assert_eq!(Cents::new(120_000).in_french(), "1\u{a0}200\u{a0}€");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "500",
            "5,00 EUR",
            "1.5 EUR",
            "EUR",
            "1e3 EUR",
            "99999999999999999999 EUR",
        ] {
            assert!(text.parse::<Cents>().is_err(), "{text}");
        }
    }
}
