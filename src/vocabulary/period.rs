//! Periods of validity, both days included, and entries that change over time.

use chrono::NaiveDate;

/// From a day until a day, both included; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Period {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) until: Option<NaiveDate>,
}

impl Period {
    /// No day at all.
    pub(crate) const NEVER: Self = Self {
        from: Some(NaiveDate::MAX),
        until: Some(NaiveDate::MIN),
    };

    pub(crate) fn contains(self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    pub(crate) fn overlaps(self, other: Self) -> bool {
        if self == Self::NEVER || other == Self::NEVER {
            return false;
        }
        let starts_in_time = |a: Self, b: Self| match (a.from, b.until) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// The part that no period of `parts` covers: its first gap.
    pub(crate) fn first_gap<'p>(self, parts: impl Iterator<Item = &'p Self>) -> Option<Self> {
        let mut parts: Vec<&Self> = parts.filter(|part| part.overlaps(self)).collect();
        parts.sort_by_key(|part| part.from);
        let mut next = self.from;
        let mut started = false;
        for part in parts {
            let before_part = match (part.from, next) {
                (Some(from), None) if !started => Some(from),
                (Some(from), Some(next)) if next < from => Some(from),
                _ => None,
            };
            if let Some(from) = before_part {
                return Some(Self {
                    from: next,
                    until: from.pred_opt(),
                });
            }
            started = true;
            match part.until {
                None => return None,
                Some(until) => next = until.succ_opt(),
            }
        }
        match (next, self.until) {
            (Some(next), Some(until)) if next > until => None,
            _ => Some(Self {
                from: next,
                until: self.until,
            }),
        }
    }

    pub(crate) fn in_french(self) -> String {
        let day = crate::calendar::in_french;
        match (self.from, self.until) {
            (None, None) => "à toute date".to_owned(),
            (Some(from), None) => format!("à partir du {}", day(from)),
            (None, Some(until)) => format!("jusqu'au {}", day(until)),
            (Some(from), Some(until)) => format!("du {} au {}", day(from), day(until)),
        }
    }
}

/// Versions of one entry, each with its period; periods do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated<T> {
    pub(crate) versions: Vec<(Period, T)>,
}

impl<T> Default for Dated<T> {
    fn default() -> Self {
        Self {
            versions: Vec::new(),
        }
    }
}

impl<T> Dated<T> {
    /// The one that was written last, whenever it holds.
    pub(crate) fn last(&self) -> Option<&T> {
        self.versions.last().map(|(_, version)| version)
    }

    /// The version in force on a day.
    pub(crate) fn at(&self, on: NaiveDate) -> Option<&T> {
        self.versions
            .iter()
            .find(|(period, _)| period.contains(on))
            .map(|(_, version)| version)
    }

    /// The version in force on a day, on every day.
    pub(crate) fn on(&self, day: NaiveDate) -> Self
    where
        T: Clone,
    {
        let version = self.at(day).cloned();
        let versions = version.map(|version| (Period::default(), version));
        Self {
            versions: versions.into_iter().collect(),
        }
    }

    pub(crate) fn periods(&self) -> impl Iterator<Item = &Period> {
        self.versions.iter().map(|(period, _)| period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn period(from: &str, until: &str) -> Period {
        Period {
            from: day(from),
            until: day(until),
        }
    }

    #[test]
    fn gaps_are_found_before_between_and_after() {
        let all = Period::default();
        let year = period("2021-01-01", "2021-12-31");
        assert_eq!(year.first_gap([].iter()), Some(year));
        assert_eq!(year.first_gap([all].iter()), None);
        assert_eq!(
            year.first_gap([period("2021-03-01", "")].iter()),
            Some(period("2021-01-01", "2021-02-28"))
        );
        assert_eq!(
            year.first_gap([period("", "2021-11-30")].iter()),
            Some(period("2021-12-01", "2021-12-31"))
        );
        let parts = [period("2021-07-01", ""), period("", "2021-05-31")];
        assert_eq!(
            year.first_gap(parts.iter()),
            Some(period("2021-06-01", "2021-06-30"))
        );
        let parts = [period("2021-06-01", ""), period("", "2021-05-31")];
        assert_eq!(all.first_gap(parts.iter()), None);
        assert_eq!(all.first_gap([year].iter()), Some(period("", "2020-12-31")));
    }
}
