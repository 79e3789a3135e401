//! `within`: by when something must happen.

use chrono::NaiveDate;

use super::check::Problem;
use super::token::Span;
use crate::calendar::{self, Term, TermUnit, Zone};
use crate::fact::dictionary::{Dictionary, FactId, Kind, date_of, day_number};
use crate::fact::possible::Slips;
use crate::fact::set::ValueSet;
use crate::vocabulary::Mistake;

/// A checked `within`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Some time after the date asked, or after a dated fact.
    After(Term, Option<FactId>),
    /// Some time before a dated fact.
    Before(Term, FactId),
    /// The day before this date, at the latest.
    BeforeDay(NaiveDate),
}

/// When a deadline falls, as far as the facts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    On(NaiveDate),
    Between(NaiveDate, NaiveDate),
    /// The event may be any day.
    Open,
    /// The event is surely absent.
    Absent,
}

impl Within {
    /// The dated fact that the deadline counts from.
    pub(crate) fn event(&self) -> Option<FactId> {
        match self {
            Self::After(_, event) => *event,
            Self::Before(_, event) => Some(*event),
            Self::BeforeDay(_) => None,
        }
    }

    /// How long it is; none for a deadline that is a day.
    pub(crate) fn term(&self) -> Option<Term> {
        match self {
            Self::After(term, _) | Self::Before(term, _) => Some(*term),
            Self::BeforeDay(_) => None,
        }
    }

    /// The time limit in words, the event left aside.
    pub(crate) fn in_french(&self) -> String {
        match self {
            Self::After(term, _) | Self::Before(term, _) => term.in_french(),
            Self::BeforeDay(day) => format!("avant le {}", calendar::in_french(*day)),
        }
    }

    fn counted_from(&self, day: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self {
            Self::After(term, _) => term.due_after(day, zone),
            Self::Before(term, _) => term.due_before(day, zone),
            Self::BeforeDay(day) => day.pred_opt(),
        }
    }

    /// The deadline on a day, given what the event's date may be.
    pub(crate) fn due(
        &self,
        event: Option<&ValueSet>,
        on: NaiveDate,
        zone: Zone,
        shift: bool,
    ) -> Due {
        let moved = |day: NaiveDate| {
            if shift {
                calendar::next_working_day(day, zone)
            } else {
                Some(day)
            }
        };
        let of = |day: i64| {
            date_of(day)
                .and_then(|day| self.counted_from(day, zone))
                .and_then(moved)
        };
        match event {
            None => of(day_number(on)).map_or(Due::Open, Due::On),
            Some(dates) if dates.is_none() => Due::Absent,
            Some(dates) if dates.may_be_none() => Due::Open,
            Some(dates) => match dates.hull().map(|hull| (of(hull.lo), of(hull.hi))) {
                Some((Some(first), Some(last))) if first == last => Due::On(first),
                // An interval of more than a decade is no help to anybody.
                Some((Some(first), Some(last))) if calendar::years_since(first, last) < 10 => {
                    Due::Between(first, last)
                }
                _ => Due::Open,
            },
        }
    }
}

fn term(count: &str, words: &[&str]) -> Option<(Term, usize)> {
    let count = count.parse().ok()?;
    let (unit, used) = match words {
        ["working", "day" | "days", ..] => (TermUnit::WorkingDays, 2),
        ["day" | "days", ..] => (TermUnit::Days, 1),
        ["week" | "weeks", ..] => (TermUnit::Weeks, 1),
        ["month" | "months", ..] => (TermUnit::Months, 1),
        _ => return None,
    };
    Some((Term { count, unit }, used))
}

/// Reads `15 working days`, `2 months of rsa.opened_on`, `2 months before rqth.until`,
/// `before 2027-01-01`.
pub(crate) fn parse(text: &str, dictionary: &Dictionary, slips: &Slips) -> Result<Within, Problem> {
    let problem = |word: &str, message: String, mend: Option<String>| {
        // A fact can only be the last word.
        let start = text.rfind(word).unwrap_or(0);
        Problem {
            mistake: Mistake::Deadline,
            span: Span {
                start,
                end: start.saturating_add(word.len()),
            },
            message,
            mend,
        }
    };
    let shape = || {
        problem(
            text,
            format!("le délai `{text}` ne se lit pas"),
            Some("écrivez par exemple `15 working days`, `2 months of rsa.opened_on` ou `before 2027-01-01`".to_owned()),
        )
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    if let ["before", day] = words.as_slice() {
        let day = day.parse().ok().filter(|day| calendar::in_range(*day));
        return day.map(Within::BeforeDay).ok_or_else(shape);
    }
    let [count, rest @ ..] = words.as_slice() else {
        return Err(shape());
    };
    let (term, used) = term(count, rest).ok_or_else(shape)?;
    if term.unit.years(term.count) > calendar::YEARS {
        let message = format!("ce délai dépasse {} ans", calendar::YEARS);
        return Err(problem(count, message, None));
    }
    let fact = |name: &str| {
        let Some(id) = dictionary.id(name) else {
            let mend = slips.likeliest(name, dictionary.names());
            let message = format!("le fait `{name}` n'existe pas");
            return Err(problem(name, message, mend));
        };
        if matches!(dictionary.fact(id).kind, Kind::Date) {
            Ok(id)
        } else {
            Err(problem(name, format!("`{name}` n'est pas une date"), None))
        }
    };
    match rest.get(used..) {
        Some([]) => Ok(Within::After(term, None)),
        Some(["of", name]) => Ok(Within::After(term, Some(fact(name)?))),
        Some(["before", name]) => Ok(Within::Before(term, fact(name)?)),
        _ => Err(shape()),
    }
}
