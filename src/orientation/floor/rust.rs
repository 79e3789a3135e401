//! Conditions as Rust, slots as fields, profiles as lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::fact::dictionary::{ConditionId, Kind};
use crate::fact::set::{Range, ValueSet};
use crate::pack::engine::Period;
use crate::profile::{Facts, Profile};
use crate::rule::condition::{Atom, Cond, Slot};
use crate::{Engine, EngineAt};

/// Codes that fit in a word, with a bit for `none`; longer nomenclatures are numbers.
const FEW: i64 = 63;

/// How a hand would keep a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Yes, no, `none`.
    Flag,
    /// One of a few codes.
    Few,
    /// A number, a date, an amount, the place of a code among many.
    Number,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Self::Flag => "Flag",
            Self::Few => "Few",
            Self::Number => "Number",
        }
    }

    /// The bit of `none`.
    fn none(self) -> u32 {
        match self {
            Self::Flag => 2,
            Self::Few | Self::Number => 63,
        }
    }

    fn mask(self, set: &ValueSet) -> u64 {
        let bits = set.values().map(|value| u32::try_from(value).unwrap());
        let none = set.may_be_none().then(|| self.none());
        bits.chain(none).fold(0, |mask, bit| mask | 1 << bit)
    }
}

struct Field {
    name: String,
    shape: Shape,
    /// The values it may have: a comparison is a range without end on one side.
    domain: ValueSet,
}

/// What the rules in force on a day read and say.
pub(super) struct Floor {
    at: EngineAt,
    period: Arc<Period>,
    fields: BTreeMap<Slot, Field>,
}

fn identifier(text: &str) -> String {
    let plain = |sign: char| {
        if sign.is_ascii_alphanumeric() {
            sign
        } else {
            '_'
        }
    };
    text.to_lowercase().chars().map(plain).collect()
}

impl Floor {
    pub(super) fn new(engine: &Engine, on: NaiveDate) -> Self {
        let at = engine.at(on);
        let model = engine.model();
        let mut slots = Vec::new();
        for rule in &at.period.rules {
            rule.verdict
                .atoms(&model.tables, on, &mut |atom| slots.push(atom.slot));
        }
        let field = |slot: Slot| match slot {
            Slot::Fact(id) => {
                let fact = model.dictionary.fact(id);
                let shape = match &fact.kind {
                    Kind::Flag | Kind::Codes(_) | Kind::Records { .. } => Shape::Flag,
                    kind @ (Kind::Level(_) | Kind::Code(_)) => {
                        let last = kind.domain().hull().map_or(0, |range| range.hi);
                        if last < FEW {
                            Shape::Few
                        } else {
                            Shape::Number
                        }
                    }
                    Kind::Integer { .. } | Kind::Money { .. } | Kind::Date => Shape::Number,
                };
                let domain = match shape {
                    Shape::Flag => ValueSet::range(0, 1),
                    Shape::Few => fact.kind.domain(),
                    Shape::Number => ValueSet::range(i64::MIN, i64::MAX),
                };
                (identifier(fact.name.as_str()), shape, domain)
            }
            Slot::Member(id, place) => {
                let fact = model.dictionary.fact(id);
                let code = fact.kind.nomenclature().and_then(|codes| codes.code(place));
                let code = code.map_or("other", |code| code.as_str());
                let name = identifier(&format!("{}_has_{code}", fact.name));
                (name, Shape::Flag, ValueSet::range(0, 1))
            }
            Slot::Count(id) => {
                let list = model.tables.counts[id.0].list;
                let list = identifier(model.dictionary.fact(list).name.as_str());
                let name = format!("{list}_counted_{}", id.0);
                (name, Shape::Number, ValueSet::range(i64::MIN, i64::MAX))
            }
            Slot::Field(_) => unreachable!("fields are read inside filters"),
        };
        let fields = slots.into_iter().map(|slot| {
            let (name, shape, domain) = field(slot);
            let domain = domain.with_none();
            let field = Field {
                name,
                shape,
                domain,
            };
            (slot, field)
        });
        Self {
            period: Arc::clone(&at.period),
            fields: fields.collect(),
            at,
        }
    }

    fn test(&self, atom: &Atom) -> String {
        let tables = &self.at.engine().model().tables;
        let target = tables.target(&atom.target, self.at.date());
        let Field {
            name,
            shape,
            domain,
        } = &self.fields[&atom.slot];
        let target = target.intersect(domain);
        let asked = match (shape, target.ranges(), target.may_be_none()) {
            (Shape::Flag | Shape::Few, ..) => match (shape, shape.mask(&target)) {
                (Shape::Flag, 0b01) => "no::<{Q}>()".to_owned(),
                (Shape::Flag, 0b10) => "yes::<{Q}>()".to_owned(),
                (Shape::Few, mask) if mask == 1 << FEW => "among::<{Q}>(ABSENT)".to_owned(),
                (Shape::Few, mask) if mask >> FEW == 1 => {
                    format!("among::<{{Q}}>(ABSENT | {:#b})", mask & !(1 << FEW))
                }
                (_, mask) => format!("among::<{{Q}}>({mask:#b})"),
            },
            (Shape::Number, [], true) => "absent::<{Q}>()".to_owned(),
            (Shape::Number, [Range { lo, hi }], false) => {
                format!("within::<{{Q}}>({}, {})", bound(*lo), bound(*hi))
            }
            // Two bounds would not say whether all that is possible passes.
            (Shape::Number, ..) => panic!("the floor cannot say a test of {name} with gaps"),
        };
        format!("p.{name}.{asked}")
    }

    /// A condition as Rust. What is not surely so may be otherwise: below a `not`,
    /// the other question is asked.
    fn expression(&self, cond: &Cond, other: bool) -> String {
        let question = if other { "Q::Other" } else { "Q" };
        match cond {
            Cond::Constant(value) => value.to_string(),
            Cond::Atom(atom) => self.test(atom).replace("{Q}", question),
            Cond::Not(inner) => format!("!{}", self.expression(inner, !other)),
            Cond::And(_) | Cond::Or(_) => {
                let (sign, nothing) = match cond {
                    Cond::And(_) => (" && ", "true"),
                    _ => (" || ", "false"),
                };
                let mut parts = Vec::new();
                flat(cond, cond, &mut |part| {
                    parts.push(self.expression(part, other));
                });
                match parts.as_slice() {
                    [] => nothing.to_owned(),
                    [only] => only.clone(),
                    _ => format!("({})", parts.join(sign)),
                }
            }
            Cond::AtLeast(wanted, items) => {
                let items = items.iter().map(|item| self.expression(item, other));
                let items = items.map(|item| format!("u32::from({item})"));
                format!("({} >= {wanted})", items.collect::<Vec<_>>().join(" + "))
            }
            Cond::Named(id) => format!("named_{}::<R, {question}>(p)", id.0),
        }
    }

    /// The same where it stands alone.
    fn body(&self, cond: &Cond) -> String {
        let text = self.expression(cond, false);
        let inner = text
            .strip_prefix('(')
            .and_then(|text| text.strip_suffix(')'));
        // Parentheses are written around the whole of what is joined, and nowhere else.
        inner.map_or_else(|| text.clone(), str::to_owned)
    }

    /// The named conditions that rules use, and those that they use themselves.
    fn named(&self) -> BTreeMap<ConditionId, &Cond> {
        let tables = &self.at.engine.model().tables;
        let mut found = BTreeMap::new();
        let mut open: Vec<&Cond> = self.period.rules.iter().map(|rule| &rule.verdict).collect();
        while let Some(cond) = open.pop() {
            match cond {
                Cond::Constant(_) | Cond::Atom(_) => {}
                Cond::Not(inner) => open.push(inner),
                Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => open.extend(items),
                Cond::Named(id) => {
                    let never = &Cond::Constant(false);
                    let inner = tables.condition(*id, self.at.date()).unwrap_or(never);
                    if found.insert(*id, inner).is_none() {
                        open.push(inner);
                    }
                }
            }
        }
        found
    }

    /// All rules in force as Rust.
    pub(super) fn rules(&self) -> String {
        let rules: Vec<String> = self.at.rules().map(ToString::to_string).collect();
        let mut text = format!(
            "//! The rules in force on {}, as a hand would write them on a plain struct.\n\
             //!\n\
             //! Written by `UPDATE_FLOOR=1 cargo test --lib floor`, which holds it to the packs.\n\
             #![expect(clippy::unreadable_literal, clippy::too_many_lines, reason = \"written by a program\")]\n\n\
             use super::plain::{{ABSENT, Few, Flag, Known, May, Number, Partly, Question, Reading, Surely, Verdict}};\n\n\
             /// What the rules read of one person.\n\
             #[derive(Debug, Clone)]\n\
             pub(crate) struct Person<R: Reading> {{\n",
            self.at.date()
        );
        let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").unwrap();
        for Field { name, shape, .. } in self.fields.values() {
            line(format_args!("    {name}: R::{},", shape.name()));
        }
        line(format_args!(
            "}}\n\nimpl<R: Reading> Person<R> {{\n    \
             /// One cell for each field; `None` where this reading cannot say it.\n    \
             pub(crate) fn read(cells: &mut dyn Iterator<Item = &str>) -> Option<Self> {{\n        \
             Some(Self {{"
        ));
        for Field { name, shape, .. } in self.fields.values() {
            let read = shape.name().to_lowercase();
            line(format_args!(
                "            {name}: R::{read}(cells.next()?)?,"
            ));
        }
        line(format_args!("        }})\n    }}\n}}"));
        let head = "<R: Reading, Q: Question>(p: &Person<R>) -> bool";
        for (id, cond) in self.named() {
            let cond = self.body(cond);
            line(format_args!("\nfn named_{}{head} {{\n    {cond}\n}}", id.0));
        }
        for (place, (id, rule)) in rules.iter().zip(&self.period.rules).enumerate() {
            let cond = self.body(&rule.verdict);
            line(format_args!(
                "\n/// {id}\nfn rule_{place}{head} {{\n    {cond}\n}}"
            ));
        }
        let count = rules.len();
        line(format_args!(
            "\n/// The rules, in the order of verdicts.\npub(crate) const RULES: [&str; {count}] = ["
        ));
        for id in &rules {
            line(format_args!("    \"{id}\","));
        }
        line(format_args!(
            "];\n\n/// Which rules hold for somebody of whom all is known.\n\
             pub(crate) fn known(p: &Person<Known>) -> [bool; {count}] {{\n    ["
        ));
        for place in 0..count {
            line(format_args!("        rule_{place}::<_, Surely>(p),"));
        }
        line(format_args!(
            "    ]\n}}\n\n/// What rules are worth for somebody of whom something is unknown or presumed.\n\
             pub(crate) fn verdicts(told: &Person<Partly>, presumed: &Person<Partly>) -> [Verdict; {count}] {{\n    ["
        ));
        for place in 0..count {
            line(format_args!("        ask!(rule_{place}, told, presumed),"));
        }
        line(format_args!("    ]\n}}"));
        text
    }

    fn cells(&self, facts: &Facts) -> String {
        let cell = |(slot, field): (&Slot, &Field)| {
            let set = facts.view(*slot);
            match field.shape {
                Shape::Flag | Shape::Few => format!("{:x}", field.shape.mask(&set)),
                Shape::Number => {
                    let none = if set.may_be_none() { "?" } else { "" };
                    match set.ranges() {
                        [] => none.to_owned(),
                        [Range { lo, hi }] if lo == hi => format!("{lo}{none}"),
                        [Range { lo, hi }] => format!("{}..{}{none}", bound(*lo), bound(*hi)),
                        _ => panic!("{} has gaps: two bounds would not say it", field.name),
                    }
                }
            }
        };
        self.fields.iter().map(cell).collect::<Vec<_>>().join(" ")
    }

    /// A person as told, and with presumptions, as lines.
    pub(super) fn person(&self, profile: &Profile) -> String {
        let told = self.cells(&profile.worlds.told);
        let presumed = self.cells(profile.worlds.presumed_or_told());
        if presumed == told {
            format!("{told}\n\n")
        } else {
            format!("{told}\n{presumed}\n")
        }
    }
}

/// What a condition joins, with what its parts of the same kind join; a part that
/// changes nothing is left out.
fn flat<'c>(whole: &Cond, cond: &'c Cond, see: &mut impl FnMut(&'c Cond)) {
    match (whole, cond) {
        (Cond::And(_), Cond::And(items)) | (Cond::Or(_), Cond::Or(items)) => {
            for item in items {
                flat(whole, item, see);
            }
        }
        (Cond::And(_), Cond::Constant(true)) | (Cond::Or(_), Cond::Constant(false)) => {}
        _ => see(cond),
    }
}

/// A bound within the numbers of the floor; their ends are kept for what is absent.
fn bound(value: i64) -> i64 {
    let end = i64::from(i32::MAX) - 1;
    value.clamp(-end, end)
}
