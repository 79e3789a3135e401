//! A naive interpreter of the rule language, written for obviousness.
//!
//! It is the meaning of the language in its plainest form, kept so that the fast
//! paths have something to agree with. It reads the text of a pack by itself,
//! walks the syntax tree, looks every name up where it stands, and judges each
//! atom by trying the possible values one by one. It shares with the rest of the
//! crate the syntax tree, the dictionary and the sets of values; nothing of how
//! conditions are checked, compiled or run.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};

use super::Truth;
use super::syntax::{self, Bounds, Comparison, Expr, Literal, Predicate, Subject, Word};
use crate::calendar::Unit;
use crate::fact::derive;
use crate::fact::dictionary::{
    Derivation, Dictionary, ENDLESS, Elapsed, Fact, FactId, Field, Kind, Nomenclature, Presumption,
    date_of, day_number,
};
use crate::fact::possible::{Lists, Members, Possible, RowList};
use crate::fact::set::{Range, ValueSet};
use crate::vocabulary::{Cents, Period};

/// Sets up to this size are tried value by value; of larger ones, the values
/// around which a test can change its answer.
const TRIED_ONE_BY_ONE: u64 = 200;

/// A pack as its text says it: what is written, under which name, for which days.
pub(crate) struct Reference<'d> {
    dictionary: &'d Dictionary,
    conditions: Vec<(String, Period, Expr)>,
    sets: Vec<(String, Period, BTreeSet<String>)>,
    values: Vec<(String, Period, i64)>,
    facts: BTreeMap<String, Texts>,
    schemes: Vec<(String, Period, Option<Expr>)>,
    partners: BTreeMap<String, Option<Expr>>,
    rules: Vec<Rule>,
    tracks: Vec<(i64, Period, Option<Expr>)>,
    holders: Vec<(Period, Option<Expr>)>,
}

/// The expressions of one fact.
struct Texts {
    only_if: Option<Expr>,
    condition: Option<Expr>,
    count: Option<(String, Option<Expr>)>,
    levels: Vec<(String, Expr)>,
}

struct Rule {
    period: Period,
    when: Expr,
    unless: Option<Expr>,
    scheme: String,
    partner: String,
}

fn expression(text: &str) -> Expr {
    let bounds = Bounds {
        bytes: 100_000,
        depth: 1000,
    };
    syntax::parse(text, bounds).unwrap()
}

fn text(table: &toml::Table, key: &str) -> String {
    table[key].as_str().unwrap().to_owned()
}

fn optional_expression(table: &toml::Table, key: &str) -> Option<Expr> {
    table
        .get(key)
        .map(|value| expression(value.as_str().unwrap()))
}

fn date(value: &toml::Value) -> NaiveDate {
    value.as_datetime().unwrap().to_string().parse().unwrap()
}

fn period(table: &toml::Table) -> Period {
    Period {
        from: table.get("from").map(date),
        until: table.get("until").map(date),
    }
}

/// All `[[section]]` tables of all sources, in order.
fn section<'t>(sources: &'t [toml::Table], name: &str) -> Vec<&'t toml::Table> {
    sources
        .iter()
        .filter_map(|source| source.get(name))
        .flat_map(|entries| entries.as_array().unwrap())
        .map(|entry| entry.as_table().unwrap())
        .collect()
}

/// A list of tables under a key of an entry; none when the key is left out.
fn tables<'t>(entry: &'t toml::Table, key: &str) -> Vec<&'t toml::Table> {
    let items = entry
        .get(key)
        .map_or(&[][..], |items| items.as_array().unwrap());
    items.iter().map(|item| item.as_table().unwrap()).collect()
}

fn fact_texts(entry: &toml::Table) -> Texts {
    let derive = entry.get("derive").and_then(toml::Value::as_table);
    let count = derive.filter(|derive| derive.contains_key("count"));
    Texts {
        only_if: optional_expression(entry, "only_if"),
        condition: derive.and_then(|derive| optional_expression(derive, "condition")),
        count: count.map(|derive| (text(derive, "count"), optional_expression(derive, "where"))),
        levels: tables(entry, "levels")
            .into_iter()
            .map(|level| (text(level, "level"), expression(&text(level, "when"))))
            .collect(),
    }
}

fn dated_values(entry: &toml::Table) -> Vec<(String, Period, i64)> {
    tables(entry, "periods")
        .into_iter()
        .map(|dated| {
            let value = &dated["value"];
            let number = match entry["type"].as_str().unwrap() {
                "money" => value.as_str().unwrap().parse::<Cents>().unwrap().get(),
                "integer" => value.as_integer().unwrap(),
                _ => day_number(date(value)),
            };
            (text(entry, "id"), period(dated), number)
        })
        .collect()
}

impl<'d> Reference<'d> {
    /// Reads the TOML sources of a pack without parents that is known to be valid.
    pub(crate) fn read(dictionary: &'d Dictionary, sources: &[&str]) -> Self {
        let sources: Vec<toml::Table> = sources
            .iter()
            .map(|source| source.parse().unwrap())
            .collect();
        let entries = |name| section(&sources, name).into_iter();
        Self {
            dictionary,
            conditions: entries("condition")
                .map(|e| (text(e, "id"), period(e), expression(&text(e, "when"))))
                .collect(),
            sets: entries("set")
                .map(|e| {
                    let codes = e["codes"].as_array().unwrap().iter();
                    let codes = codes.map(|code| code.as_str().unwrap().to_owned());
                    (text(e, "id"), period(e), codes.collect())
                })
                .collect(),
            values: entries("value").flat_map(dated_values).collect(),
            facts: entries("fact")
                .map(|e| (text(e, "name"), fact_texts(e)))
                .collect(),
            schemes: entries("scheme")
                .map(|e| (text(e, "id"), period(e), optional_expression(e, "eligible")))
                .collect(),
            partners: entries("partner")
                .map(|e| (text(e, "id"), optional_expression(e, "serves")))
                .collect(),
            rules: entries("rule")
                .map(|e| {
                    let propose = e["propose"].as_table().unwrap();
                    let unless = e.get("unless").map(|unless| match unless.as_table() {
                        Some(table) => expression(&text(table, "when")),
                        None => expression(unless.as_str().unwrap()),
                    });
                    Rule {
                        period: period(e),
                        when: expression(&text(e, "when")),
                        unless,
                        scheme: text(propose, "scheme"),
                        partner: text(propose, "partner"),
                    }
                })
                .collect(),
            tracks: entries("track")
                .map(|e| {
                    let order = e["order"].as_integer().unwrap();
                    (order, period(e), optional_expression(e, "when"))
                })
                .collect(),
            holders: entries("holder")
                .map(|e| (period(e), optional_expression(e, "when")))
                .collect(),
        }
    }

    /// What is told about a person on a date, with or without presumptions.
    pub(crate) fn world<'r>(
        &'r self,
        told: &'r BTreeMap<FactId, Possible>,
        on: NaiveDate,
        presumed: bool,
    ) -> World<'r> {
        World {
            pack: self,
            told,
            on,
            presumed,
            strict: presumed.then(|| Box::new(self.world(told, on, false))),
            known: RefCell::default(),
        }
    }
}

/// One person on one date.
pub(crate) struct World<'r> {
    pack: &'r Reference<'r>,
    told: &'r BTreeMap<FactId, Possible>,
    on: NaiveDate,
    presumed: bool,
    /// The same without presumptions.
    strict: Option<Box<World<'r>>>,
    /// Facts worked out so far: only to save time.
    known: RefCell<BTreeMap<FactId, Possible>>,
}

/// Where names are looked up: the person's facts, or the fields of one row.
#[derive(Clone, Copy)]
enum Scope<'s> {
    Person,
    Row(&'s [Field], &'s [ValueSet]),
}

fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Truth::False) {
        Truth::False
    } else if truths.contains(&Truth::Open) {
        Truth::Open
    } else {
        Truth::True
    }
}

fn some(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Truth::True) {
        Truth::True
    } else if truths.contains(&Truth::Open) {
        Truth::Open
    } else {
        Truth::False
    }
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::Open => Truth::Open,
        Truth::False => Truth::True,
    }
}

/// How many of these hold: surely, and possibly.
fn tally(truths: impl IntoIterator<Item = Truth>) -> (usize, usize) {
    let truths: Vec<Truth> = truths.into_iter().collect();
    let surely = truths.iter().filter(|truth| **truth == Truth::True);
    let possibly = truths.iter().filter(|truth| **truth != Truth::False);
    (surely.count(), possibly.count())
}

/// True when every value passes, false when none does, open otherwise.
fn judge(passes: impl IntoIterator<Item = bool>) -> Truth {
    let passes: Vec<bool> = passes.into_iter().collect();
    assert!(!passes.is_empty(), "a fact always has a possible value");
    if passes.iter().all(|pass| *pass) {
        Truth::True
    } else if passes.iter().any(|pass| *pass) {
        Truth::Open
    } else {
        Truth::False
    }
}

/// The values to try: all of them, or all around which a test may turn.
fn candidates(set: &ValueSet, turns: &[i64]) -> Vec<Option<i64>> {
    let mut values: Vec<i64> = if set.size() <= TRIED_ONE_BY_ONE {
        set.values().collect()
    } else {
        let around = turns
            .iter()
            .flat_map(|turn| [turn.saturating_sub(1), *turn, turn.saturating_add(1)]);
        let ends = set.ranges().iter().flat_map(|range| [range.lo, range.hi]);
        around
            .filter(|value| set.contains(*value))
            .chain(ends)
            .collect()
    };
    values.sort_unstable();
    values.dedup();
    let none = set.may_be_none().then_some(None);
    let values = values.into_iter().map(Some);
    none.into_iter().chain(values).collect()
}

/// The day so long before or after `on`; beyond the calendar, the end of it.
fn shifted(on: NaiveDate, number: u32, unit: Unit, back: bool) -> NaiveDate {
    let days = |days: u64| {
        if back {
            on.checked_sub_days(Days::new(days))
        } else {
            on.checked_add_days(Days::new(days))
        }
    };
    let months = |months: u32| {
        if back {
            on.checked_sub_months(Months::new(months))
        } else {
            on.checked_add_months(Months::new(months))
        }
    };
    let day = match unit {
        Unit::Days => days(number.into()),
        Unit::Weeks => days(u64::from(number) * 7),
        Unit::Months => months(number),
        Unit::Years => number.checked_mul(12).and_then(months),
    };
    day.unwrap_or(if back { NaiveDate::MIN } else { NaiveDate::MAX })
}

/// Completed months: the month that has begun counts once its day number is reached.
fn completed_months(from: NaiveDate, on: NaiveDate) -> i64 {
    let number = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    // A month without that day number is completed on the first of the next one,
    // where this comparison finds the number passed.
    number(on) - number(from) - i64::from(on.day() < from.day())
}

fn completed(elapsed: Elapsed, date: NaiveDate, on: NaiveDate) -> i64 {
    match elapsed {
        Elapsed::YearsSince => completed_months(date, on).div_euclid(12),
        Elapsed::MonthsSince => completed_months(date, on),
        Elapsed::DaysSince => (on - date).num_days(),
        Elapsed::MonthsUntil => completed_months(on, date),
        Elapsed::DaysUntil => (date - on).num_days(),
    }
}

/// Elapsed time of every possible date, cut to the bounds of its fact.
fn elapsed_of(elapsed: Elapsed, dates: &ValueSet, on: NaiveDate, domain: &ValueSet) -> ValueSet {
    let bounds = domain.hull().unwrap();
    let of = |day: i64| completed(elapsed, date_of(day).unwrap(), on).clamp(bounds.lo, bounds.hi);
    let ranges = dates.ranges().iter().map(|range| {
        // Time runs one way: the ends of a range give the ends of the result.
        let (one, other) = (of(range.lo), of(range.hi));
        Range {
            lo: one.min(other),
            hi: one.max(other),
        }
    });
    ValueSet::from_ranges(ranges.collect(), dates.may_be_none())
}

impl World<'_> {
    /// The verdict of every rule in force, then every track, then every holder.
    pub(crate) fn verdicts(&self) -> Vec<Truth> {
        let rules = self.pack.rules.iter();
        let rules = rules
            .filter(|rule| rule.period.contains(self.on))
            .map(|rule| self.rule(rule));
        let mut tracks: Vec<_> = self.pack.tracks.iter().collect();
        tracks.sort_by_key(|(order, _, _)| *order);
        let tracks = tracks
            .into_iter()
            .filter(|(_, period, _)| period.contains(self.on))
            .map(|(_, _, when)| self.optional(when.as_ref()));
        let holders = self.pack.holders.iter();
        let holders = holders
            .filter(|(period, _)| period.contains(self.on))
            .map(|(_, when)| self.optional(when.as_ref()));
        rules.chain(tracks).chain(holders).collect()
    }

    /// `when` and not `unless` and the scheme is open, fits, and is served.
    fn rule(&self, rule: &Rule) -> Truth {
        let scheme = self
            .pack
            .schemes
            .iter()
            .find(|(id, period, _)| *id == rule.scheme && period.contains(self.on));
        let Some((_, _, eligible)) = scheme else {
            return Truth::False;
        };
        // A role is nobody in particular: it serves everybody.
        let serves = self.pack.partners.get(&rule.partner);
        all([
            self.truth(&rule.when, Scope::Person),
            rule.unless
                .as_ref()
                .map_or(Truth::True, |unless| not(self.truth(unless, Scope::Person))),
            self.optional(eligible.as_ref()),
            self.optional(serves.and_then(Option::as_ref)),
        ])
    }

    fn optional(&self, when: Option<&Expr>) -> Truth {
        when.map_or(Truth::True, |when| self.truth(when, Scope::Person))
    }

    fn truth(&self, expr: &Expr, scope: Scope<'_>) -> Truth {
        let each = |items: &[Expr]| -> Vec<Truth> {
            items.iter().map(|item| self.truth(item, scope)).collect()
        };
        match expr {
            Expr::Constant(true) => Truth::True,
            Expr::Constant(false) => Truth::False,
            Expr::Not(inner) => not(self.truth(inner, scope)),
            Expr::And(items) => all(each(items)),
            Expr::Or(items) => some(each(items)),
            Expr::AtLeast(number, items) => {
                let number = usize::try_from(*number).unwrap();
                match tally(each(items)) {
                    (surely, _) if surely >= number => Truth::True,
                    (_, possibly) if possibly < number => Truth::False,
                    _ => Truth::Open,
                }
            }
            Expr::AtMost(number, items) => {
                let number = usize::try_from(*number).unwrap();
                match tally(each(items)) {
                    (_, possibly) if possibly <= number => Truth::True,
                    (surely, _) if surely > number => Truth::False,
                    _ => Truth::Open,
                }
            }
            Expr::Any { list, filter } => {
                let count = self.count(&list.text, filter.as_deref());
                let least = |rows: Option<i64>| rows.is_some_and(|rows| rows >= 1);
                judge(candidates(&count, &[0, 1]).into_iter().map(least))
            }
            Expr::Test {
                subject: Subject::Count { list, filter },
                predicate,
                ..
            } => {
                let count = self.count(&list.text, filter.as_deref());
                self.test(&COUNT, &count, predicate)
            }
            Expr::Test {
                subject: Subject::Name(name),
                predicate,
                ..
            } => self.named(name, predicate, scope),
        }
    }

    /// A test of whatever bears this name.
    fn named(&self, name: &Word, predicate: &Predicate, scope: Scope<'_>) -> Truth {
        if let Scope::Row(fields, row) = scope {
            let place = fields
                .iter()
                .position(|field| field.name.as_str() == &*name.text)
                .unwrap();
            return self.test(&fields[place].kind, &row[place], predicate);
        }
        if let Some(id) = self.pack.dictionary.id(&name.text) {
            let kind = &self.pack.dictionary.fact(id).kind;
            return match self.fact(id) {
                Possible::Scalar(set) => self.test(kind, &set, predicate),
                Possible::Members(members) => Self::test_members(kind, &members, predicate),
                Possible::Lists(lists) => Self::test_list(&lists, predicate),
            };
        }
        let (_, _, condition) = self
            .pack
            .conditions
            .iter()
            .find(|(id, period, _)| id.as_str() == &*name.text && period.contains(self.on))
            .unwrap();
        self.truth(condition, Scope::Person)
    }

    /// A test of one scalar: every possible value is tried.
    fn test(&self, kind: &Kind, set: &ValueSet, predicate: &Predicate) -> Truth {
        let literals: Vec<&Literal> = match predicate {
            Predicate::Compare(_, literal) => vec![literal],
            Predicate::Between(from, to) => vec![from, to],
            Predicate::OneOf(literals) => literals.iter().collect(),
            _ => Vec::new(),
        };
        let mut turns: Vec<i64> = literals
            .iter()
            .filter_map(|literal| self.value(kind, literal))
            .collect();
        if let Predicate::InTheLast(number, unit)
        | Predicate::InTheNext(number, unit)
        | Predicate::MoreThanAgo(number, unit) = predicate
        {
            turns.push(day_number(self.on));
            turns.push(day_number(shifted(self.on, *number, *unit, true)));
            turns.push(day_number(shifted(self.on, *number, *unit, false)));
        }
        let candidates = candidates(set, &turns);
        let passes = |value| self.passes(kind, value, predicate);
        judge(candidates.into_iter().map(passes))
    }

    /// Whether one value passes a test: the definition of each test.
    fn passes(&self, kind: &Kind, candidate: Option<i64>, predicate: &Predicate) -> bool {
        // Only `= none` and `!= none` see `none`.
        let same = |literal: &Literal| match candidate {
            None => &*literal.word.text == "none",
            value => self.value(kind, literal) == value,
        };
        if let Predicate::Compare(Comparison::Equal, literal) = predicate {
            return same(literal);
        }
        if let Predicate::Compare(Comparison::NotEqual, literal) = predicate {
            return !same(literal);
        }
        let Some(value) = candidate else {
            return false;
        };
        let number = |literal| self.value(kind, literal).unwrap();
        match predicate {
            Predicate::Holds => value == 1,
            Predicate::Compare(Comparison::Less, literal) => value < number(literal),
            Predicate::Compare(Comparison::AtMost, literal) => value <= number(literal),
            Predicate::Compare(Comparison::More, literal) => value > number(literal),
            Predicate::Compare(Comparison::AtLeast, literal) => value >= number(literal),
            Predicate::OneOf(literals) => literals.iter().any(same),
            Predicate::Between(from, to) => number(from) <= value && value <= number(to),
            Predicate::InNamed(set) => self.in_named(kind.nomenclature().unwrap(), value, set),
            Predicate::InTheLast(count, unit) => {
                let day = date_of(value).unwrap();
                shifted(self.on, *count, *unit, true) <= day && day <= self.on
            }
            Predicate::InTheNext(count, unit) => {
                let day = date_of(value).unwrap();
                self.on <= day && day <= shifted(self.on, *count, *unit, false)
            }
            Predicate::MoreThanAgo(count, unit) => {
                date_of(value).unwrap() < shifted(self.on, *count, *unit, true)
            }
            other => panic!("{other:?} is no test of a scalar"),
        }
    }

    fn in_named(&self, codes: &Nomenclature, value: i64, set: &Word) -> bool {
        let (_, _, members) = self
            .pack
            .sets
            .iter()
            .find(|(id, period, _)| id.as_str() == &*set.text && period.contains(self.on))
            .unwrap();
        codes
            .code(value)
            .is_some_and(|code| members.contains(code.as_str()))
    }

    /// What a literal means beside a fact of this kind: written out, or a dated value.
    fn value(&self, kind: &Kind, literal: &Literal) -> Option<i64> {
        let text = &*literal.word.text;
        let written = match kind {
            Kind::Flag => match text {
                "true" => Some(1),
                "false" => Some(0),
                _ => None,
            },
            Kind::Integer { .. } => text.parse().ok(),
            Kind::Money { .. } if literal.euros => {
                Some(format!("{text} EUR").parse::<Cents>().unwrap().get())
            }
            Kind::Money { .. } | Kind::Records { .. } => None,
            Kind::Date => text.parse().ok().map(day_number),
            Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
                return codes.place(text);
            }
        };
        written.or_else(|| {
            let mut values = self.pack.values.iter();
            values
                .find(|(id, period, _)| id == text && period.contains(self.on))
                .map(|(_, _, value)| *value)
        })
    }

    /// A test of a set of codes: every combination of the open members is tried.
    fn test_members(kind: &Kind, members: &Members, predicate: &Predicate) -> Truth {
        let codes = kind.nomenclature().unwrap();
        let asked: Vec<&str> = match predicate {
            Predicate::Has(code) => vec![&code.word.text],
            Predicate::HasAny(some) | Predicate::HasAll(some) => {
                some.iter().map(|code| &*code.word.text).collect()
            }
            _ => Vec::new(),
        };
        let passes = |set: Option<&[&str]>| match (predicate, set) {
            (Predicate::Compare(Comparison::Equal, _), set) => set.is_none(),
            (Predicate::Compare(Comparison::NotEqual, _), set) => set.is_some(),
            (_, None) => false,
            (Predicate::Has(_) | Predicate::HasAll(_), Some(set)) => {
                asked.iter().all(|code| set.contains(code))
            }
            (Predicate::HasAny(_), Some(set)) => asked.iter().any(|code| set.contains(code)),
            (other, _) => panic!("{other:?} is no test of a set of codes"),
        };
        let mut results = Vec::new();
        if members.none {
            results.push(passes(None));
        }
        if members.some {
            // Sets that may be the true one, as far as this test can see.
            let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
            for code in &asked {
                let place = codes.place(code);
                let surely = place.is_some_and(|place| members.surely.contains(place));
                let maybe = place.is_some_and(|place| members.maybe.contains(place));
                let with: Vec<Vec<&str>> = sets
                    .iter()
                    .map(|set| set.iter().copied().chain([*code]).collect())
                    .collect();
                sets = match (surely, maybe) {
                    (true, _) => with,
                    (false, true) => sets.into_iter().chain(with).collect(),
                    (false, false) => sets,
                };
            }
            results.extend(sets.iter().map(|set| passes(Some(set))));
        }
        judge(results)
    }

    /// The one question about a whole list that is no count: is it without object.
    fn test_list(lists: &Lists, predicate: &Predicate) -> Truth {
        let none = lists.none.then_some(true);
        let some = (!lists.alternatives.is_empty()).then_some(false);
        let is_none = none.into_iter().chain(some);
        match predicate {
            Predicate::Compare(Comparison::Equal, _) => judge(is_none),
            Predicate::Compare(Comparison::NotEqual, _) => judge(is_none.map(|none| !none)),
            other => panic!("{other:?} is no test of a list"),
        }
    }

    /// Rows that pass a filter: from those that surely do to those that may, over
    /// all lists that may be the true one.
    fn count(&self, list: &str, filter: Option<&Expr>) -> ValueSet {
        let id = self.pack.dictionary.id(list).unwrap();
        let Kind::Records { fields, .. } = &self.pack.dictionary.fact(id).kind else {
            panic!("{list} is no list");
        };
        let Possible::Lists(lists) = self.fact(id) else {
            panic!("{list} is no list");
        };
        let mut ends: Vec<i64> = Vec::new();
        for alternative in &lists.alternatives {
            let rows = alternative.rows.iter().map(|row| match filter {
                Some(filter) => self.truth(filter, Scope::Row(fields, row)),
                None => Truth::True,
            });
            let (surely, possibly) = tally(rows);
            ends.push(i64::try_from(surely).unwrap());
            ends.push(if alternative.open {
                ENDLESS
            } else {
                i64::try_from(possibly).unwrap()
            });
        }
        let hull = match (ends.iter().min(), ends.iter().max()) {
            (Some(least), Some(most)) => ValueSet::range(*least, *most),
            _ => ValueSet::empty(),
        };
        if lists.none { hull.with_none() } else { hull }
    }

    /// All that a fact may be.
    pub(crate) fn fact(&self, id: FactId) -> Possible {
        if let Some(known) = self.known.borrow().get(&id) {
            return known.clone();
        }
        let fact = self.pack.dictionary.fact(id);
        let texts = &self.pack.facts[fact.name.as_str()];
        let gate = texts
            .only_if
            .as_ref()
            .map(|only_if| self.truth(only_if, Scope::Person));
        let possible = match gate {
            None => self.applicable(id, fact, texts),
            Some(Truth::False) => Possible::none(&fact.kind),
            Some(Truth::Open) => self.applicable(id, fact, texts).with_none(),
            Some(Truth::True) => {
                let possible = self.applicable(id, fact, texts);
                if fact.optional {
                    possible
                } else {
                    // Told as absent although it applies: nothing is known.
                    possible
                        .without_none()
                        .unwrap_or_else(|| Possible::all(&fact.kind, false))
                }
            }
        };
        // A presumption narrows, or does nothing.
        let strict = self.strict.as_ref().map(|strict| strict.fact(id));
        let possible = match strict {
            Some(strict) if !possible.is_within(&strict) => strict,
            _ => possible,
        };
        self.known.borrow_mut().insert(id, possible.clone());
        possible
    }

    /// All that a fact may be where it has an object.
    fn applicable(&self, id: FactId, fact: &Fact, texts: &Texts) -> Possible {
        if let Some(told) = self.told.get(&id) {
            return self.presumed_closed(fact, self.with_derived_fields(fact, told));
        }
        if fact.derive.is_some() {
            return Possible::Scalar(self.derived(fact, texts));
        }
        let unknown = Possible::all(&fact.kind, fact.optional);
        if !texts.levels.is_empty() && (self.presumed || fact.presume != Some(Presumption::Derived))
        {
            return Possible::Scalar(self.level(fact, texts));
        }
        match fact.presume {
            Some(Presumption::Value(value)) if self.presumed => {
                Possible::Scalar(ValueSet::point(value))
            }
            Some(Presumption::None) if self.presumed => Possible::none(&fact.kind),
            _ => self.presumed_closed(fact, unknown),
        }
    }

    /// Rows that were told stay; presumed is that there are no others.
    fn presumed_closed(&self, fact: &Fact, possible: Possible) -> Possible {
        match possible {
            Possible::Lists(lists)
                if self.presumed && fact.presume == Some(Presumption::Closed) =>
            {
                let closed = lists.alternatives.into_iter().map(|list| RowList {
                    open: false,
                    ..list
                });
                Possible::Lists(Lists {
                    alternatives: closed.collect(),
                    none: lists.none,
                })
            }
            other => other,
        }
    }

    fn with_derived_fields(&self, fact: &Fact, told: &Possible) -> Possible {
        let mut told = told.clone();
        if let (Kind::Records { fields, .. }, Possible::Lists(lists)) = (&fact.kind, &mut told) {
            for row in lists
                .alternatives
                .iter_mut()
                .flat_map(|list| &mut list.rows)
            {
                for (place, field) in fields.iter().enumerate() {
                    if let Some((elapsed, from)) = field.derive {
                        row[place] = elapsed_of(elapsed, &row[from], self.on, &field.kind.domain());
                    }
                }
            }
        }
        told
    }

    /// The possible levels are those whose condition is not false and above
    /// which no condition is true; the lowest level has the condition *true*.
    fn level(&self, fact: &Fact, texts: &Texts) -> ValueSet {
        let scale = fact.kind.nomenclature().unwrap();
        let ranks = 0..i64::try_from(scale.codes().count()).unwrap();
        let condition = |rank: i64| {
            let code = scale.code(rank).unwrap().as_str();
            let written = texts.levels.iter().filter(|(level, _)| level == code);
            match rank {
                0 => Truth::True,
                _ => some(written.map(|(_, when)| self.truth(when, Scope::Person))),
            }
        };
        let truths: BTreeMap<i64, Truth> = ranks.map(|rank| (rank, condition(rank))).collect();
        let possible = truths.iter().filter(|(rank, truth)| {
            let mut above = truths.iter().filter(|(other, _)| other > rank);
            **truth != Truth::False && above.all(|(_, above)| *above != Truth::True)
        });
        ValueSet::from_points(possible.map(|(rank, _)| *rank))
    }

    fn scalar(&self, id: FactId) -> ValueSet {
        match self.fact(id) {
            Possible::Scalar(set) => set,
            other => panic!("{other:?} is no scalar"),
        }
    }

    fn derived(&self, fact: &Fact, texts: &Texts) -> ValueSet {
        let domain = fact.kind.domain();
        let scalars =
            |ids: &[FactId]| -> Vec<ValueSet> { ids.iter().map(|id| self.scalar(*id)).collect() };
        let set = match fact.derive.as_ref().unwrap() {
            Derivation::Elapsed(elapsed, from) => {
                elapsed_of(*elapsed, &self.scalar(*from), self.on, &domain)
            }
            Derivation::Sum(ids) => added(&scalars(ids), &vec![1; ids.len()]),
            Derivation::Difference(a, b) => added(&scalars(&[*a, *b]), &[1, -1]),
            // How far the extremes are blurred is the choice of the catalogue,
            // whose own laws hold it to be sound and monotone.
            Derivation::Min(ids) => {
                derive::extreme(&scalars(ids).iter().collect::<Vec<_>>(), i64::min)
            }
            Derivation::Max(ids) => {
                derive::extreme(&scalars(ids).iter().collect::<Vec<_>>(), i64::max)
            }
            Derivation::Count(_) => {
                let (list, filter) = texts.count.as_ref().unwrap();
                self.count(list, filter.as_ref())
            }
            Derivation::Condition(_) => {
                let condition = texts.condition.as_ref().unwrap();
                match self.truth(condition, Scope::Person) {
                    Truth::True => ValueSet::point(1),
                    Truth::Open => ValueSet::from_points([0, 1]),
                    Truth::False => ValueSet::point(0),
                }
            }
            Derivation::Lookup { from, table } => {
                let from = self.scalar(*from);
                let other = fact.kind.nomenclature().unwrap().other();
                let mut image = ValueSet::empty();
                for code in from.values() {
                    image = image.union(&match table.get(&code).copied().or(other) {
                        Some(place) => ValueSet::point(place),
                        None => domain.clone(),
                    });
                }
                if from.may_be_none() {
                    image.with_none()
                } else {
                    image
                }
            }
        };
        // What lies beyond the bounds of the fact stays at the bound.
        let bounds = domain.hull().unwrap();
        let cut = set.ranges().iter().map(|range| Range {
            lo: range.lo.clamp(bounds.lo, bounds.hi),
            hi: range.hi.clamp(bounds.lo, bounds.hi),
        });
        ValueSet::from_ranges(cut.collect(), set.may_be_none())
    }
}

/// From the least to the greatest total; `none` when any part is.
fn added(parts: &[ValueSet], signs: &[i64]) -> ValueSet {
    let none = parts.iter().any(ValueSet::may_be_none);
    let (mut least, mut most) = (0_i128, 0_i128);
    for (part, sign) in parts.iter().zip(signs) {
        let Some(hull) = part.hull() else {
            return ValueSet::none();
        };
        let ends = [hull.lo, hull.hi].map(|end| i128::from(end) * i128::from(*sign));
        least += ends.iter().min().unwrap();
        most += ends.iter().max().unwrap();
    }
    let cut =
        |total: i128| i64::try_from(total).unwrap_or(if total < 0 { i64::MIN } else { i64::MAX });
    let total = ValueSet::range(cut(least), cut(most));
    if none { total.with_none() } else { total }
}

/// Counts are whole numbers.
const COUNT: Kind = Kind::Integer {
    unit: None,
    min: 0,
    max: ENDLESS,
};
