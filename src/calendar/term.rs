//! Time limits, as laws and conventions set them.

use chrono::{Datelike, NaiveDate};

use super::elapsed::{Span, Unit};
use super::working_days::{Zone, add_working_days, step_working_days};

/// Unit of a [`Term`].
///
/// ```
/// use spie::calendar::{Term, TermUnit};
/// assert_eq!(Term { count: 1, unit: TermUnit::WorkingDays }.in_french(), "1 jour ouvré");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermUnit {
    /// Calendar days.
    Days,
    /// *Jours ouvrés*: neither Saturday, Sunday nor a public holiday.
    WorkingDays,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
}

impl TermUnit {
    /// Whole years in so many, rounded down; the shortest year counts.
    pub(crate) fn years(self, count: u32) -> u32 {
        match self {
            Self::WorkingDays => count / 250,
            Self::Days => count / 365,
            Self::Weeks => count / 52,
            Self::Months => count / 12,
        }
    }
}

/// A time limit, as laws and conventions set it.
///
/// ```
/// use spie::calendar::{Term, TermUnit, Zone};
/// let term = Term { count: 2, unit: TermUnit::Months };
/// assert_eq!(term.due_after("2021-12-31".parse()?, Zone::Metropole), Some("2022-02-28".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: TermUnit,
}

impl Term {
    /// The same length in calendar units; `None` for working days.
    fn span(self) -> Option<Span> {
        let unit = match self.unit {
            TermUnit::Days => Unit::Days,
            TermUnit::WorkingDays => return None,
            TermUnit::Weeks => Unit::Weeks,
            TermUnit::Months => Unit::Months,
        };
        Some(Span {
            count: self.count,
            unit,
        })
    }

    /// The last day of the term that runs from `start`.
    ///
    /// The day of the event does not count; N months end on the same day number
    /// or the month's last day; the end does not move to a working day by itself
    /// ([`next_working_day`](super::next_working_day) does that). `None` outside the years 1900 to 2200.
    ///
    /// ```
    /// use spie::calendar::{Term, TermUnit, Zone};
    /// let term = Term { count: 15, unit: TermUnit::Days };
    /// assert_eq!(term.due_after("2025-03-01".parse()?, Zone::Metropole), Some("2025-03-16".parse()?));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn due_after(self, start: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self.span() {
            Some(span) => span.after(start),
            None => add_working_days(start, self.count, zone),
        }
    }

    /// The last day to act when the term must lie before `end`: the mirror of
    /// [`Term::due_after`], `end` itself does not count.
    ///
    /// ```
    /// use spie::calendar::{Term, TermUnit, Zone};
    /// let term = Term { count: 1, unit: TermUnit::WorkingDays };
    /// assert_eq!(term.due_before("2025-04-22".parse()?, Zone::Metropole), Some("2025-04-18".parse()?));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn due_before(self, end: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self.span() {
            Some(span) => span.before(end),
            None => step_working_days(end, self.count, zone, NaiveDate::pred_opt),
        }
    }

    /// The term in French words.
    ///
    /// ```
    /// use spie::calendar::{Term, TermUnit};
    /// assert_eq!(Term { count: 15, unit: TermUnit::WorkingDays }.in_french(), "15 jours ouvrés");
    /// assert_eq!(Term { count: 1, unit: TermUnit::Weeks }.in_french(), "1 semaine");
    /// ```
    #[must_use]
    pub fn in_french(self) -> String {
        let s = if self.count > 1 { "s" } else { "" };
        let unit = match self.unit {
            TermUnit::Days => format!("jour{s}"),
            TermUnit::WorkingDays => format!("jour{s} ouvré{s}"),
            TermUnit::Weeks => format!("semaine{s}"),
            TermUnit::Months => "mois".to_owned(),
        };
        format!("{} {unit}", self.count)
    }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The number of a month that is named in French.
pub(crate) fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let named = (1..).zip(MONTHS).find(|(_, month)| *month == name);
    named.map(|(number, _)| number)
}

/// A day in French words.
///
/// ```
/// use spie::calendar::in_french;
/// assert_eq!(in_french("2021-09-15".parse()?), "15 septembre 2021");
/// assert_eq!(in_french("2025-03-01".parse()?), "1er mars 2025");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn in_french(date: NaiveDate) -> String {
    let month = usize::try_from(date.month0()).ok();
    let month = month.and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first} {month} {}", date.day(), date.year())
}
