//! Sets of possible values: sorted, disjoint ranges of integers, and `none`.
//!
//! Every scalar type is read as integers: a flag is 0 or 1, a level its rank, a
//! code its place in the nomenclature, a date its day number, money its cents.
//! One representation gives one set of operations and one place for their laws.

/// An inclusive range; `lo <= hi`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Range {
    pub(crate) lo: i64,
    pub(crate) hi: i64,
}

/// A set of integers, with or without `none`.
///
/// INVARIANT: ranges are sorted and neither overlap nor touch, so that equal
/// sets are equal values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct ValueSet {
    none: bool,
    ranges: Vec<Range>,
}

impl ValueSet {
    pub(crate) fn empty() -> Self {
        Self::default()
    }

    pub(crate) fn none() -> Self {
        Self {
            none: true,
            ranges: Vec::new(),
        }
    }

    pub(crate) fn point(value: i64) -> Self {
        Self::range(value, value)
    }

    /// Empty when `lo > hi`.
    pub(crate) fn range(lo: i64, hi: i64) -> Self {
        let ranges = if lo <= hi {
            vec![Range { lo, hi }]
        } else {
            Vec::new()
        };
        Self {
            none: false,
            ranges,
        }
    }

    pub(crate) fn from_ranges(mut ranges: Vec<Range>, none: bool) -> Self {
        ranges.retain(|range| range.lo <= range.hi);
        ranges.sort_unstable();
        let mut merged: Vec<Range> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.lo <= last.hi.saturating_add(1) => {
                    last.hi = last.hi.max(range.hi);
                }
                _ => merged.push(range),
            }
        }
        Self {
            none,
            ranges: merged,
        }
    }

    pub(crate) fn from_points(points: impl IntoIterator<Item = i64>) -> Self {
        let ranges = points
            .into_iter()
            .map(|value| Range {
                lo: value,
                hi: value,
            })
            .collect();
        Self::from_ranges(ranges, false)
    }

    pub(crate) fn ranges(&self) -> &[Range] {
        &self.ranges
    }

    pub(crate) fn may_be_none(&self) -> bool {
        self.none
    }

    pub(crate) fn is_none(&self) -> bool {
        self.none && self.ranges.is_empty()
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.none && self.ranges.is_empty()
    }

    /// The one value, if there is exactly one and it is not `none`.
    pub(crate) fn single(&self) -> Option<i64> {
        match (self.none, self.ranges.as_slice()) {
            (false, [range]) if range.lo == range.hi => Some(range.lo),
            _ => None,
        }
    }

    /// Known: one value, or surely `none`.
    pub(crate) fn is_known(&self) -> bool {
        self.is_none() || self.single().is_some()
    }

    /// Smallest and largest value, `none` left aside.
    pub(crate) fn hull(&self) -> Option<Range> {
        let (first, last) = (self.ranges.first()?, self.ranges.last()?);
        Some(Range {
            lo: first.lo,
            hi: last.hi,
        })
    }

    pub(crate) fn with_none(mut self) -> Self {
        self.none = true;
        self
    }

    pub(crate) fn without_none(mut self) -> Self {
        self.none = false;
        self
    }

    pub(crate) fn contains(&self, value: i64) -> bool {
        self.ranges
            .iter()
            .any(|range| range.lo <= value && value <= range.hi)
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        let ranges = self.ranges.iter().chain(&other.ranges).copied().collect();
        Self::from_ranges(ranges, self.none || other.none)
    }

    pub(crate) fn intersect(&self, other: &Self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len().max(other.ranges.len()));
        let (mut left, mut right) = (self.ranges.iter(), other.ranges.iter());
        let (mut a, mut b) = (left.next(), right.next());
        while let (Some(x), Some(y)) = (a, b) {
            let (lo, hi) = (x.lo.max(y.lo), x.hi.min(y.hi));
            if lo <= hi {
                ranges.push(Range { lo, hi });
            }
            if x.hi < y.hi {
                a = left.next();
            } else {
                b = right.next();
            }
        }
        Self {
            none: self.none && other.none,
            ranges,
        }
    }

    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        (!self.none || other.none)
            && self.ranges.iter().all(|range| {
                other
                    .ranges
                    .iter()
                    .any(|outer| outer.lo <= range.lo && range.hi <= outer.hi)
            })
    }

    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        // Often a few ranges are compared with many: each is looked up.
        let (few, many) = if self.ranges.len() <= other.ranges.len() {
            (self, other)
        } else {
            (other, self)
        };
        let meets = |range: &Range| {
            let next = many.ranges.partition_point(|one| one.hi < range.lo);
            many.ranges.get(next).is_some_and(|one| one.lo <= range.hi)
        };
        let both_none = self.none && other.none;
        !(both_none || few.ranges.iter().any(meets))
    }

    /// What `whole` holds and `self` does not.
    pub(crate) fn complement_in(&self, whole: &Self) -> Self {
        let mut ranges = Vec::new();
        for outer in &whole.ranges {
            let mut next = Some(outer.lo);
            for inner in self
                .ranges
                .iter()
                .filter(|r| r.hi >= outer.lo && r.lo <= outer.hi)
            {
                if let Some(lo) = next {
                    ranges.push(Range {
                        lo,
                        hi: inner.lo.saturating_sub(1),
                    });
                }
                next = inner.hi.checked_add(1);
            }
            if let Some(lo) = next {
                ranges.push(Range { lo, hi: outer.hi });
            }
        }
        Self::from_ranges(ranges, whole.none && !self.none)
    }

    /// How many values the set holds, `none` included; saturating.
    pub(crate) fn size(&self) -> u64 {
        self.ranges
            .iter()
            .fold(u64::from(self.none), |total, range| {
                total
                    .saturating_add(range.hi.abs_diff(range.lo))
                    .saturating_add(1)
            })
    }

    /// All values in order, for the small sets that are written out.
    pub(crate) fn values(&self) -> impl Iterator<Item = i64> {
        self.ranges.iter().flat_map(|range| range.lo..=range.hi)
    }
}

#[cfg(test)]
pub(crate) mod strategy {
    use proptest::prelude::*;

    use super::*;

    /// Non-empty or empty sets of small values.
    pub(crate) fn sets() -> impl Strategy<Value = ValueSet> {
        (
            any::<bool>(),
            prop::collection::vec((-8_i64..8, 0_i64..5), 0..4),
        )
            .prop_map(|(none, ranges)| {
                let ranges = ranges
                    .into_iter()
                    .map(|(lo, n)| Range { lo, hi: lo + n })
                    .collect();
                ValueSet::from_ranges(ranges, none)
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::strategy::sets;
    use super::*;

    fn members(set: &ValueSet) -> Vec<Option<i64>> {
        let values = (-40..40).filter(|v| set.contains(*v)).map(Some);
        set.may_be_none()
            .then_some(None)
            .into_iter()
            .chain(values)
            .collect()
    }

    proptest! {
        #[test]
        fn operations_are_those_of_sets(a in sets(), b in sets()) {
            let (ma, mb) = (members(&a), members(&b));
            prop_assert_eq!(members(&a.union(&b)), members(&ValueSet::from_ranges(
                a.ranges.iter().chain(&b.ranges).copied().collect(), a.none || b.none)));
            let both: Vec<_> = ma.iter().filter(|m| mb.contains(m)).copied().collect();
            prop_assert_eq!(members(&a.intersect(&b)), both.clone());
            prop_assert_eq!(a.is_disjoint(&b), both.is_empty());
            prop_assert_eq!(a.is_subset(&b), ma.iter().all(|m| mb.contains(m)));
            let rest: Vec<_> = mb.iter().filter(|m| !ma.contains(m)).copied().collect();
            prop_assert_eq!(members(&a.complement_in(&b)), rest);
            prop_assert_eq!(a.size(), ma.len() as u64);
        }

        #[test]
        fn equal_members_are_equal_values(a in sets(), b in sets()) {
            prop_assert_eq!(members(&a) == members(&b), a == b);
        }
    }
}
