//! Random packs as TOML text, valid by construction.
//!
//! What is drawn are plain numbers without any relation between them ("genes");
//! writing the pack gives them a meaning that always fits, whatever is left of
//! it. So every number shrinks by itself, and each pack on the way down is valid.

use std::fmt::Write as _;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::fact::dictionary::{date_of, day_number};

/// Days around which everything in a generated pack and person happens.
pub(super) const DAYS: [&str; 8] = [
    "2021-06-30",
    "2021-07-01",
    "2024-02-29",
    "2023-02-28",
    "2021-03-31",
    "2022-01-01",
    "1900-01-01",
    "2200-12-31",
];

/// One of those days.
pub(super) fn days() -> impl Strategy<Value = NaiveDate> {
    (0..DAYS.len()).prop_map(|place| DAYS[place].parse().unwrap())
}

/// Lengths of time that tests ask for and told dates lie at.
pub(super) const LENGTHS: [(u32, &str); 8] = [
    (0, "days"),
    (1, "months"),
    (12, "months"),
    (1, "days"),
    (2, "weeks"),
    (1, "years"),
    (18, "years"),
    (300, "years"),
];

/// An expression without names: they are chosen among what exists where it is written.
#[derive(Debug, Clone)]
pub(super) enum Expr {
    Constant(bool),
    Atom {
        subject: u8,
        form: u8,
        a: u8,
        b: u8,
        filter: Option<Box<Expr>>,
    },
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    AtLeast(u8, Vec<Expr>),
    AtMost(u8, Vec<Expr>),
}

fn atom(filter: impl Strategy<Value = Option<Box<Expr>>>) -> impl Strategy<Value = Expr> {
    (any::<[u8; 4]>(), filter).prop_map(|([subject, form, a, b], filter)| Expr::Atom {
        subject,
        form,
        a,
        b,
        filter,
    })
}

fn branch(inner: impl Strategy<Value = Expr> + Clone + 'static) -> BoxedStrategy<Expr> {
    let several = || prop::collection::vec(inner.clone(), 1..4);
    prop_oneof![
        2 => several().prop_map(Expr::And),
        2 => several().prop_map(Expr::Or),
        1 => inner.clone().prop_map(|inner| Expr::Not(Box::new(inner))),
        1 => (0_u8..5, several()).prop_map(|(n, items)| Expr::AtLeast(n, items)),
        1 => (0_u8..5, several()).prop_map(|(n, items)| Expr::AtMost(n, items)),
    ]
    .boxed()
}

/// Expressions of at most three levels, whose atoms may filter rows.
pub(super) fn exprs() -> impl Strategy<Value = Expr> + Clone {
    let plain = atom(Just(None)).boxed();
    let filter = prop_oneof![3 => plain.clone(), 1 => branch(plain)];
    let leaf = prop_oneof![
        1 => any::<bool>().prop_map(Expr::Constant),
        12 => atom(prop::option::of(filter.prop_map(Box::new))),
    ]
    .boxed();
    let shallow = prop_oneof![3 => leaf.clone(), 2 => branch(leaf.clone())].boxed();
    prop_oneof![2 => leaf, 3 => branch(shallow)].boxed()
}

/// One fact: what it is, and numbers for all that it may need.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    what: u8,
    none: u8,
    presume: u8,
    numbers: [u8; 6],
}

/// One rule: places in the pool of expressions, and choices.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    when: u8,
    unless: u8,
    propose: u8,
    period: u8,
}

/// A pack, as numbers.
#[derive(Debug, Clone)]
pub(super) struct Pack {
    facts: Vec<Fact>,
    exprs: Vec<Expr>,
    rules: Vec<Rule>,
    codes: u8,
    numbers: [u8; 6],
}

pub(super) fn packs() -> impl Strategy<Value = Pack> {
    let fact = (0..KINDS, any::<[u8; 2]>(), any::<[u8; 6]>());
    let fact = fact.prop_map(|(what, [none, presume], numbers)| Fact {
        what,
        none,
        presume,
        numbers,
    });
    let rule = any::<[u8; 4]>().prop_map(|[when, unless, propose, period]| Rule {
        when,
        unless,
        propose,
        period,
    });
    (
        prop::collection::vec(fact, 1..=super::people::GENES - 1),
        prop::collection::vec(exprs(), 1..12),
        prop::collection::vec(rule, 1..7),
        any::<u8>(),
        any::<[u8; 6]>(),
    )
        .prop_map(|(facts, exprs, rules, codes, numbers)| Pack {
            facts,
            exprs,
            rules,
            codes,
            numbers,
        })
}

/// What may be compared in an expression.
#[derive(Debug, Clone)]
enum Kind {
    Flag,
    Integer(i64, i64),
    Money,
    Date,
    Level,
    Code(Codes),
    Codes(Codes),
    Records(Vec<Subject>),
}

/// A nomenclature of the generated pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codes {
    Closed,
    Open,
}

#[derive(Debug, Clone)]
struct Subject {
    name: String,
    kind: Kind,
}

impl Codes {
    fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }
}

const LEVEL: &str = "type = \"level\"\nscale = \"scale\"";
const LEVELS: [&str; 4] = ["absent", "light", "moderate", "blocking"];

/// How many kinds of facts are drawn: flags first, so that they are what is left
/// of others; then other told ones, derived ones, and levels derived by conditions.
const KINDS: u8 = 19;
const DERIVED_LEVEL: u8 = 18;

/// A number between two bounds: the bounds themselves, or one of the first few.
pub(super) fn near(min: i64, max: i64, gene: u8) -> i64 {
    match gene % 8 {
        0 => min,
        1 => max,
        _ => min.saturating_add(i64::from(gene / 8) % 7).clamp(min, max),
    }
}

/// Amounts in cents that literals and told values share.
pub(super) fn amount(gene: u8) -> i64 {
    [0, 1, 99, 100, 2956, 50_000, 50_001, 100_000][usize::from(gene % 8)]
}

fn pick<T>(from: &[T], gene: u8) -> &T {
    &from[usize::from(gene) % from.len()]
}

/// The text of a pack and of the table it looks codes up in.
pub(super) struct Written {
    pub(super) toml: String,
    pub(super) csv: String,
}

struct Writer<'p> {
    pack: &'p Pack,
    toml: String,
    /// Facts written so far.
    subjects: Vec<Subject>,
    /// Named conditions that may be used where writing stands.
    conditions: Vec<String>,
}

impl Pack {
    pub(super) fn write(&self) -> Written {
        let mut writer = Writer {
            pack: self,
            toml: String::new(),
            subjects: Vec::new(),
            conditions: Vec::new(),
        };
        writer.vocabulary();
        for (place, fact) in self.facts.iter().enumerate() {
            // A condition that facts may build on, and so made of earlier ones only.
            if place == 3 {
                writer.condition("early", self.numbers[0], None);
            }
            writer.fact(place, fact);
        }
        writer.condition("late", self.numbers[1], Some(self.numbers[2]));
        writer.network();
        for (place, rule) in self.rules.iter().enumerate() {
            writer.rule(place, rule);
        }
        let mut csv = "key,value,back\n".to_owned();
        // Some codes have no row: what is looked up is then anything, or another code.
        for place in 0..self
            .closed()
            .saturating_sub(usize::from(self.numbers[3] % 2))
        {
            let value = place % 2;
            let back = if place < 2 {
                format!("o{value}")
            } else {
                String::new()
            };
            writeln!(csv, "c{place},o{value},{back}").unwrap();
        }
        Written {
            toml: writer.toml,
            csv,
        }
    }

    /// How many codes the closed nomenclature has: few, or about as many as fit
    /// in one machine word.
    fn closed(&self) -> usize {
        match self.codes {
            0..=215 => 1 + usize::from(self.codes % 4),
            more => 60 + usize::from(more % 6),
        }
    }

    fn open(&self) -> usize {
        match self.codes {
            0..=239 => 2,
            more => 60 + usize::from(more % 5),
        }
    }

    fn expr(&self, gene: u8) -> &Expr {
        pick(&self.exprs, gene)
    }

    /// The last day of the first of two periods.
    fn split(gene: u8) -> (&'static str, &'static str) {
        let ends = [
            ("2021-06-30", "2021-07-01"),
            ("2021-03-30", "2021-03-31"),
            ("2021-12-31", "2022-01-01"),
            ("2024-02-29", "2024-03-01"),
        ];
        *pick(&ends, gene)
    }
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.toml.push_str(text);
        self.toml.push('\n');
    }

    fn vocabulary(&mut self) {
        self.line("[pack]\nid = \"laws\"\ntitle = \"Lois\"");
        let scale: Vec<String> = LEVELS
            .iter()
            .map(|code| format!("{{ code = \"{code}\", label = \"x\" }}"))
            .collect();
        self.line(&format!(
            "[[scale]]\nid = \"scale\"\nlevels = [{}]",
            scale.join(", ")
        ));
        for (id, prefix, count, open) in [
            ("closed", 'c', self.pack.closed(), false),
            ("open", 'o', self.pack.open(), true),
        ] {
            let codes: Vec<String> = (0..count)
                .map(|place| format!("{{ code = \"{prefix}{place}\", label = \"x\" }}"))
                .collect();
            self.line(&format!(
                "[[nomenclature]]\nid = \"{id}\"\nopen = {open}\ncodes = [{}]",
                codes.join(", ")
            ));
        }
        self.line("[[lookup]]\nid = \"table\"\ncsv = \"table.csv\"\nkey = \"key\"\nvalue = \"value\"\nkey_nomenclature = \"closed\"\nvalue_nomenclature = \"open\"");
        self.line("[[lookup]]\nid = \"partial\"\ncsv = \"table.csv\"\nkey = \"back\"\nvalue = \"key\"\nkey_nomenclature = \"open\"\nvalue_nomenclature = \"closed\"");
        let (last, first) = Pack::split(self.pack.numbers[4]);
        self.line(&format!("[[set]]\nid = \"some_closed\"\nnomenclature = \"closed\"\ncodes = [\"c0\"]\nuntil = {last}"));
        let high = self.pack.closed() - 1;
        self.line(&format!("[[set]]\nid = \"some_closed\"\nnomenclature = \"closed\"\ncodes = [\"c0\", \"c{high}\"]\nfrom = {first}"));
        self.line("[[set]]\nid = \"some_open\"\nnomenclature = \"open\"\ncodes = [\"o1\"]");
        for (id, kind, before, after) in [
            ("an_integer", "integer", "2", "5"),
            ("an_amount", "money", "\"29.56 EUR\"", "\"500 EUR\""),
            ("a_date", "date", "2021-06-30", "2021-07-01"),
        ] {
            self.line(&format!(
                "[[value]]\nid = \"{id}\"\ntype = \"{kind}\"\nperiods = [{{ until = {last}, value = {before}, source = \"x\", verified = false }}, {{ from = {first}, value = {after}, source = \"x\", verified = false }}]"
            ));
        }
    }

    /// A named condition, in two versions where `split` says when.
    fn condition(&mut self, id: &str, gene: u8, split: Option<u8>) {
        if self.subjects.is_empty() {
            return;
        }
        let when = self.written(gene);
        match split {
            None => self.line(&format!("[[condition]]\nid = \"{id}\"\nwhen = \"{when}\"")),
            Some(split) => {
                let (last, first) = Pack::split(split);
                let other = self.written(gene.wrapping_add(1));
                self.line(&format!(
                    "[[condition]]\nid = \"{id}\"\nwhen = \"{when}\"\nuntil = {last}"
                ));
                self.line(&format!(
                    "[[condition]]\nid = \"{id}\"\nwhen = \"{other}\"\nfrom = {first}"
                ));
            }
        }
        self.conditions.push(id.to_owned());
    }

    /// An expression of the pool over the facts and conditions written so far.
    fn written(&self, gene: u8) -> String {
        self.render(self.pack.expr(gene), &self.subjects, &self.conditions)
    }

    fn earlier(&self, fits: impl Fn(&Kind) -> bool) -> Vec<&Subject> {
        let subjects = self.subjects.iter();
        subjects.filter(|subject| fits(&subject.kind)).collect()
    }

    fn fact(&mut self, place: usize, fact: &Fact) {
        let name = if place % 3 == 1 {
            format!("topic.fact{place}")
        } else {
            format!("fact{place}")
        };
        let derived = self.derived(fact);
        let is_derived = derived.is_some();
        let (mut text, kind) = derived.unwrap_or_else(|| self.base(fact));
        let optional = !is_derived && matches!(fact.none % 6, 3 | 5);
        if optional {
            text.push_str("\noptional = true");
        }
        if matches!(fact.none % 6, 4 | 5) && !self.subjects.is_empty() {
            write!(text, "\nonly_if = \"{}\"", self.written(fact.numbers[4])).unwrap();
        }
        if !is_derived
            && fact.presume % 2 == 1
            && let Some(presumed) = presumed(fact, &kind, optional)
        {
            write!(text, "\npresume = \"{presumed}\"").unwrap();
        }
        self.line(&format!(
            "[[fact]]\nname = \"{name}\"\nlabel = \"x\"\nasked = false\n{text}"
        ));
        self.subjects.push(Subject { name, kind });
    }

    /// A fact that people tell: its type as text, and as what it may be compared with.
    fn base(&self, fact: &Fact) -> (String, Kind) {
        let codes = |kind: &str, codes: Codes| {
            let nomenclature = codes.name();
            format!("type = \"{kind}\"\nnomenclature = \"{nomenclature}\"")
        };
        match fact.what {
            1 => integer(fact.numbers[0]),
            2 => (
                "type = \"money\"\nmin = \"0 EUR\"\nmax = \"1000 EUR\"".to_owned(),
                Kind::Money,
            ),
            3 => ("type = \"date\"".to_owned(), Kind::Date),
            4 => (LEVEL.to_owned(), Kind::Level),
            5 => (codes("code", Codes::Closed), Kind::Code(Codes::Closed)),
            6 => (codes("code", Codes::Open), Kind::Code(Codes::Open)),
            7 => (codes("codes", Codes::Closed), Kind::Codes(Codes::Closed)),
            8 => (codes("codes", Codes::Open), Kind::Codes(Codes::Open)),
            9 | 10 => {
                let list = if fact.what == 9 { "whole" } else { "additive" };
                let (fields, subjects) = fields(fact.numbers);
                (
                    format!("type = \"records\"\nlist = \"{list}\"\nfields = [{fields}]"),
                    Kind::Records(subjects),
                )
            }
            DERIVED_LEVEL if !self.subjects.is_empty() => (
                format!("{LEVEL}\nlevels = [{}]", self.levels(fact)),
                Kind::Level,
            ),
            _ => ("type = \"flag\"".to_owned(), Kind::Flag),
        }
    }

    /// A fact computed from earlier ones, where there are some that fit.
    fn derived(&self, fact: &Fact) -> Option<(String, Kind)> {
        let [first, second, third, how, ..] = fact.numbers;
        let chosen = |from: &[&Subject], gene: u8| -> Option<String> {
            (!from.is_empty()).then(|| pick(from, gene).name.clone())
        };
        let money = || ("type = \"money\"".to_owned(), Kind::Money);
        let date = || ("type = \"date\"".to_owned(), Kind::Date);
        let (derive, (text, kind)) = match fact.what {
            11 => {
                let from = chosen(&self.earlier(|kind| matches!(kind, Kind::Date)), second)?;
                let elapsed = [
                    "years_since",
                    "months_since",
                    "days_since",
                    "months_until",
                    "days_until",
                ];
                (
                    format!("{} = \"{from}\"", pick(&elapsed, how)),
                    integer(first),
                )
            }
            12..=14 => {
                let (fits, ways, result): (fn(&Kind) -> bool, &[&str], _) = match fact.what {
                    12 => (
                        |kind| matches!(kind, Kind::Integer(..)),
                        &["sum", "min", "max", "difference"],
                        integer(first),
                    ),
                    13 => (
                        |kind| matches!(kind, Kind::Money),
                        &["sum", "min", "max", "difference"],
                        money(),
                    ),
                    _ => (|kind| matches!(kind, Kind::Date), &["min", "max"], date()),
                };
                let from = self.earlier(fits);
                let (one, other) = (chosen(&from, second)?, chosen(&from, third)?);
                (
                    format!("{} = [\"{one}\", \"{other}\"]", pick(ways, how)),
                    result,
                )
            }
            15 => {
                let lists = self.earlier(|kind| matches!(kind, Kind::Records(_)));
                let (list, fields) = lists
                    .get(usize::from(second) % lists.len().max(1))
                    .and_then(|list| match &list.kind {
                        Kind::Records(fields) => Some((&list.name, fields)),
                        _ => None,
                    })?;
                let filter = if third.is_multiple_of(3) {
                    String::new()
                } else {
                    let filter = self.render(self.pack.expr(third), fields, &[]);
                    format!(", where = \"{filter}\"")
                };
                (format!("count = \"{list}\"{filter}"), integer(first))
            }
            16 => {
                let codes = self.earlier(|kind| matches!(kind, Kind::Code(_)));
                let from = chosen(&codes, first)?;
                let (table, to) = match pick(&codes, first).kind {
                    Kind::Code(Codes::Closed) => ("table", Codes::Open),
                    _ => ("partial", Codes::Closed),
                };
                let nomenclature = to.name();
                (
                    format!("lookup = \"{from}\", table = \"{table}\""),
                    (
                        format!("type = \"code\"\nnomenclature = \"{nomenclature}\""),
                        Kind::Code(to),
                    ),
                )
            }
            17 if !self.subjects.is_empty() => (
                format!("condition = \"{}\"", self.written(first)),
                ("type = \"flag\"".to_owned(), Kind::Flag),
            ),
            _ => return None,
        };
        Some((format!("{text}\nderive = {{ {derive} }}"), kind))
    }

    /// The conditions of a level that follows from details.
    fn levels(&self, fact: &Fact) -> String {
        let [without, when, ..] = fact.numbers;
        let mut levels = Vec::new();
        for (place, level) in (1_u8..).zip(&LEVELS[1..]) {
            // A level without a condition is never derived; one at least has one.
            if without & (1 << place) == 0 || (place == 3 && levels.is_empty()) {
                let when = self.written(when.wrapping_add(place));
                levels.push(format!("{{ level = \"{level}\", when = \"{when}\" }}"));
            }
        }
        levels.join(", ")
    }

    fn network(&mut self) {
        let sourced = "source = \"x\"\nverified = false";
        let serves = self.written(self.pack.numbers[5]);
        let when = self.written(self.pack.numbers[4]);
        let eligible = self.written(self.pack.numbers[3]);
        let later = self.written(self.pack.numbers[3].wrapping_add(1));
        let (last, first) = Pack::split(self.pack.numbers[0]);
        let (_, held) = Pack::split(self.pack.numbers[1]);
        self.line("[[role]]\nid = \"role\"\nlabel = \"le rôle\"");
        self.line(&format!("[[partner]]\nid = \"body\"\nnames = [{{ name = \"Le service\" }}]\nserves = \"{serves}\"\n{sourced}"));
        self.line(&format!(
            "[[holder]]\nrole = \"role\"\npartner = \"body\"\nwhen = \"{when}\"\nfrom = {held}\n{sourced}"
        ));
        self.line(&format!(
            "[[holder]]\nrole = \"role\"\npartner = \"body\"\n{sourced}"
        ));
        self.line(&format!(
            "[[scheme]]\nid = \"plain\"\ntitle = \"Aide\"\n{sourced}"
        ));
        self.line(&format!("[[scheme]]\nid = \"dated\"\ntitle = \"Aide\"\neligible = \"{eligible}\"\nuntil = {last}\n{sourced}"));
        self.line(&format!("[[scheme]]\nid = \"dated\"\ntitle = \"Aide\"\neligible = \"{later}\"\nfrom = {first}\n{sourced}"));
        self.line(&format!("[[track]]\nid = \"last\"\norder = 2\ntrack = \"in-force\"\nlead = \"in-force\"\nbecause = \"x\"\n{sourced}"));
        self.line(&format!("[[track]]\nid = \"first\"\norder = 1\nwhen = \"not ({serves}) and true\"\ntrack = \"in-force\"\nlead = \"in-force\"\nbecause = \"x\"\n{sourced}"));
    }

    fn rule(&mut self, place: usize, rule: &Rule) {
        let when = self.written(rule.when);
        let unless = match rule.unless % 3 {
            0 => String::new(),
            1 => format!("unless = \"{}\"\n", self.written(rule.unless / 3)),
            _ => format!(
                "unless = {{ when = \"{}\", source = \"x\", verified = false }}\n",
                self.written(rule.unless / 3)
            ),
        };
        let scheme = pick(&["plain", "dated"], rule.propose);
        let partner = pick(&["role", "body"], rule.propose / 2);
        let (last, first) = Pack::split(rule.period / 6);
        let period = match rule.period % 6 {
            1 => format!("until = {last}\n"),
            2 => format!("from = {first}\n"),
            _ => String::new(),
        };
        self.line(&format!(
            "[[rule]]\nid = \"rule-{place}\"\ntitle = \"x\"\nwhen = \"{when}\"\n{unless}propose = {{ scheme = \"{scheme}\", partner = \"{partner}\", priority = 1 }}\nbecause = \"x\"\n{period}source = \"x\"\nverified = false"
        ));
    }

    fn render(&self, expr: &Expr, subjects: &[Subject], conditions: &[String]) -> String {
        let inner = |items: &[Expr]| -> Vec<String> {
            items
                .iter()
                .map(|item| self.render(item, subjects, conditions))
                .collect()
        };
        match expr {
            Expr::Constant(value) => value.to_string(),
            Expr::Atom {
                subject,
                form,
                a,
                b,
                filter,
            } => {
                let place = usize::from(*subject) % (subjects.len() + conditions.len());
                match subjects.get(place) {
                    Some(subject) => self.atom(subject, *form, *a, *b, filter.as_deref()),
                    None => conditions[place - subjects.len()].clone(),
                }
            }
            Expr::Not(item) => format!("not ({})", self.render(item, subjects, conditions)),
            Expr::And(items) => items
                .iter()
                .zip(inner(items))
                .map(|(item, text)| match item {
                    Expr::Or(_) => format!("({text})"),
                    _ => text,
                })
                .collect::<Vec<_>>()
                .join(" and "),
            Expr::Or(items) => inner(items).join(" or "),
            // A number that no list can reach is a mistake.
            Expr::AtLeast(n, items) => {
                let n = usize::from(*n).clamp(1, items.len());
                format!("at least {n} of ({})", inner(items).join(", "))
            }
            Expr::AtMost(n, items) => {
                let n = usize::from(*n).min(items.len() - 1);
                format!("at most {n} of ({})", inner(items).join(", "))
            }
        }
    }

    fn atom(&self, subject: &Subject, form: u8, a: u8, b: u8, filter: Option<&Expr>) -> String {
        let name = &subject.name;
        if form % 16 == 15 {
            return format!("{name} {} none", pick(&["=", "!="], a));
        }
        match &subject.kind {
            Kind::Flag => match form % 5 {
                0 | 1 => name.clone(),
                2 => format!("not {name}"),
                3 => format!("{name} {} {}", pick(&["=", "!="], a), b.is_multiple_of(2)),
                _ => format!("{name} in {{{}}}", a.is_multiple_of(2)),
            },
            Kind::Code(codes) => {
                let (one, other) = (self.code(*codes, a), self.code(*codes, b));
                match form % 5 {
                    0 | 1 => format!("{name} {} {one}", pick(&["=", "!="], form / 5)),
                    2 => format!("{name} in {{{one}, {other}}}"),
                    _ => format!("{name} in some_{}", codes.name()),
                }
            }
            Kind::Codes(codes) => {
                let (one, other) = (self.code(*codes, a), self.code(*codes, b));
                match form % 3 {
                    0 => format!("{name} has {one}"),
                    1 => format!("{name} has any of {{{one}, {other}}}"),
                    _ => format!("{name} has all of {{{one}, {other}}}"),
                }
            }
            Kind::Records(fields) => {
                let list = match filter {
                    Some(filter) => format!("{name}, {}", self.render(filter, fields, &[])),
                    None => name.clone(),
                };
                match form % 12 {
                    0 | 3 | 6 => format!("any({list})"),
                    9 => format!("count({list}) {} none", pick(&["=", "!="], a)),
                    _ => comparison(&format!("count({list})"), &COUNT, form / 3, a, b),
                }
            }
            Kind::Date if form % 9 < 5 => {
                let (count, unit) = pick(&LENGTHS, a);
                match form % 9 {
                    0 | 1 => format!("{name} in the last {count} {unit}"),
                    2 => format!("{name} in the next {count} {unit}"),
                    _ => format!("{name} more than {count} {unit} ago"),
                }
            }
            kind => comparison(name, kind, form / 9, a, b),
        }
    }

    fn code(&self, codes: Codes, gene: u8) -> String {
        let (prefix, count) = match codes {
            Codes::Closed => ('c', self.pack.closed()),
            Codes::Open => ('o', self.pack.open()),
        };
        // The last ones stand where machine words end.
        let place = usize::from(gene);
        let place = if gene.is_multiple_of(2) {
            place / 2 % count
        } else {
            count - 1
        };
        format!("{prefix}{place}")
    }
}

/// Counts in filters of a few rows.
const COUNT: Kind = Kind::Integer(0, 3);

/// A comparison, a range or a set of something that has an order.
fn comparison(name: &str, kind: &Kind, form: u8, a: u8, b: u8) -> String {
    let euros = |cents: i64| format!("{}.{:02} EUR", cents / 100, cents % 100);
    let mut ends = [a, b].map(|gene| match kind {
        Kind::Integer(min, max) => near(*min, *max, gene),
        Kind::Money => amount(gene),
        Kind::Date => day_number(pick(&DAYS, gene).parse().unwrap()),
        _ => i64::from(gene % 4),
    });
    let written = |value: i64| match kind {
        Kind::Money => euros(value),
        Kind::Date => date_of(value).unwrap().to_string(),
        Kind::Level => LEVELS[usize::try_from(value).unwrap()].to_owned(),
        _ => value.to_string(),
    };
    let named = match kind {
        Kind::Integer(..) => Some("an_integer"),
        Kind::Money => Some("an_amount"),
        Kind::Date => Some("a_date"),
        _ => None,
    };
    let literal = match named {
        Some(named) if b >= 224 => named.to_owned(),
        _ => written(ends[0]),
    };
    ends.sort_unstable();
    let [low, high] = ends.map(written);
    match (form % 10, named) {
        (7, _) => format!("{name} in {low}..{high}"),
        (8, Some(named)) => match a % 2 {
            0 => format!("{name} in {low}..{named}"),
            _ => format!("{name} in {named}..{high}"),
        },
        (8 | 9, _) => format!("{name} in {{{low}, {high}}}"),
        (sign, _) => {
            let signs = ["=", "!=", "<", "<=", ">", ">=", ">="];
            format!("{name} {} {literal}", signs[usize::from(sign)])
        }
    }
}

/// A whole number of some range: small, negative, at the ends of a machine word, wide.
fn integer(gene: u8) -> (String, Kind) {
    let (min, max) = match gene % 7 {
        0 => (0, 6),
        1 => (-3, 4),
        2 => (0, 62),
        3 => (0, 63),
        4 => (-1_000_000, 1_000_000),
        5 => (0, 1),
        _ => (1, 1_000),
    };
    (
        format!("type = \"integer\"\nmin = {min}\nmax = {max}"),
        Kind::Integer(min, max),
    )
}

/// What may stand in for a fact while nothing is told.
fn presumed(fact: &Fact, kind: &Kind, optional: bool) -> Option<&'static str> {
    Some(match kind {
        _ if optional && fact.presume % 4 == 1 => "none",
        Kind::Flag if fact.presume % 8 == 3 => "true",
        Kind::Flag => "false",
        Kind::Level if fact.what == DERIVED_LEVEL => "derived",
        Kind::Level => "light",
        Kind::Code(Codes::Closed) => "c0",
        Kind::Code(Codes::Open) => "o1",
        Kind::Records(_) => "closed",
        _ => return None,
    })
}

/// The fields of a list: one to three, and a count of time that runs from a date.
fn fields(genes: [u8; 6]) -> (String, Vec<Subject>) {
    let mut text = Vec::new();
    let mut subjects = Vec::new();
    for (place, gene) in genes.iter().enumerate().take(1 + usize::from(genes[0] % 3)) {
        let name = format!("field{place}");
        let (kind_text, kind) = match gene / 6 % 6 {
            0 => ("type = \"flag\"", Kind::Flag),
            1 => ("type = \"integer\", min = 0, max = 6", Kind::Integer(0, 6)),
            2 => (
                "type = \"code\", nomenclature = \"closed\"",
                Kind::Code(Codes::Closed),
            ),
            3 => ("type = \"level\", scale = \"scale\"", Kind::Level),
            4 => (
                "type = \"money\", min = \"0 EUR\", max = \"1000 EUR\"",
                Kind::Money,
            ),
            _ => ("type = \"date\"", Kind::Date),
        };
        let optional = if gene % 4 == 3 {
            ", optional = true"
        } else {
            ""
        };
        text.push(format!(
            "{{ name = \"{name}\", label = \"x\", {kind_text}{optional} }}"
        ));
        if matches!(kind, Kind::Date) {
            let how = pick(&["years_since", "months_since", "days_until"], *gene);
            text.push(format!("{{ name = \"{name}.age\", label = \"x\", type = \"integer\", min = 0, max = 40, derive = {{ {how} = \"{name}\" }} }}"));
            subjects.push(Subject {
                name: format!("{name}.age"),
                kind: Kind::Integer(0, 40),
            });
        }
        subjects.push(Subject { name, kind });
    }
    (text.join(", "), subjects)
}
