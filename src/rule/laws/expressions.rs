//! From the genes of an expression to its text, over the facts written so far.

use super::packs::{Expr, Pack};
use super::pools::{DAYS, LENGTHS, amount, near, pick};
use crate::fact::dictionary::{date_of, day_number};

/// What may be compared in an expression.
#[derive(Debug, Clone)]
pub(super) enum Kind {
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
pub(super) enum Codes {
    Closed,
    Open,
}

#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) kind: Kind,
}

impl Codes {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }
}

pub(super) const LEVEL: &str = "type = \"level\"\nscale = \"scale\"";
pub(super) const LEVELS: [&str; 4] = ["absent", "light", "moderate", "blocking"];

/// Counts in filters of a few rows.
pub(super) const COUNT: Kind = Kind::Integer(0, 3);

/// A comparison, a range or a set of something that has an order.
pub(super) fn comparison(name: &str, kind: &Kind, form: u8, a: u8, b: u8) -> String {
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

impl Pack {
    /// How many codes the closed nomenclature has: few, or about as many as fit
    /// in one machine word.
    pub(super) fn closed(&self) -> usize {
        match self.codes {
            0..=215 => 1 + usize::from(self.codes % 4),
            more => 60 + usize::from(more % 6),
        }
    }

    pub(super) fn open(&self) -> usize {
        match self.codes {
            0..=239 => 2,
            more => 60 + usize::from(more % 5),
        }
    }

    pub(super) fn render(
        &self,
        expr: &Expr,
        subjects: &[Subject],
        conditions: &[String],
    ) -> String {
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

    pub(super) fn atom(
        &self,
        subject: &Subject,
        form: u8,
        a: u8,
        b: u8,
        filter: Option<&Expr>,
    ) -> String {
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

    pub(super) fn code(&self, codes: Codes, gene: u8) -> String {
        let (prefix, count) = match codes {
            Codes::Closed => ('c', self.closed()),
            Codes::Open => ('o', self.open()),
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
