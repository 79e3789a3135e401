//! Comparisons with a value: its type, its unit, its place in an order.

use std::sync::Arc;

use chrono::NaiveDate;

use super::check::{Checker, Typed, ValueType};
use super::condition::{Atom, Bound, Cond, Target};
use super::slip;
use super::syntax::{Comparison, Literal, Word};
use super::token::Span;
use crate::fact::dictionary::{Kind, Nomenclature, bounds_text, day_number};
use crate::fact::set::ValueSet;
use crate::pack::{french_date, french_flag};
use crate::vocabulary::{Cents, Mistake};

impl Checker<'_> {
    pub(super) fn compare(
        &mut self,
        typed: &Typed<'_>,
        comparison: Comparison,
        literal: &Literal,
        span: Span,
    ) -> Cond {
        let atom = |target| {
            Cond::Atom(Atom {
                slot: typed.slot,
                target,
            })
        };
        let negated = comparison == Comparison::NotEqual;
        let sign = |cond| {
            if negated {
                Cond::Not(Box::new(cond))
            } else {
                cond
            }
        };
        if &*literal.word.text == "none" && !literal.euros {
            if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                return sign(atom(Target::Set(ValueSet::none())));
            }
            let message = "`none` (l'absence) n'a pas d'ordre".to_owned();
            return self.problem(
                Mistake::NoOrder,
                span,
                message,
                Some("écrivez `= none` ou `!= none`".to_owned()),
            );
        }
        if matches!(typed.kind, Kind::Codes(_) | Kind::Records { .. }) {
            let mend = match typed.kind {
                Kind::Codes(_) => format!("écrivez `{} has {}`", typed.name, literal.word.text),
                _ => format!("écrivez `count({}) …`", typed.name),
            };
            let message = format!("`{}` est {}", typed.name, typed.kind.in_french());
            return self.problem(Mistake::SetOfCodes, span, message, Some(mend));
        }
        let open = (Bound::Fixed(i64::MIN), Bound::Fixed(i64::MAX));
        let (from, to) = match comparison {
            Comparison::Equal | Comparison::NotEqual => {
                return match self.bound(typed, literal, 0) {
                    Some(Bound::Fixed(value)) => sign(atom(Target::Set(ValueSet::point(value)))),
                    Some(bound) => sign(atom(Target::Between(bound, bound))),
                    None => Cond::Constant(false),
                };
            }
            _ if !typed.kind.is_ordered() => {
                let message = format!(
                    "`{}` n'a pas d'ordre : c'est {}",
                    typed.name,
                    typed.kind.in_french()
                );
                return self.problem(
                    Mistake::NoOrder,
                    span,
                    message,
                    Some("comparez avec `=`, `!=` ou `in {…}`".to_owned()),
                );
            }
            Comparison::Less => (Some(open.0), self.bound(typed, literal, -1)),
            Comparison::AtMost => (Some(open.0), self.bound(typed, literal, 0)),
            Comparison::More => (self.bound(typed, literal, 1), Some(open.1)),
            Comparison::AtLeast => (self.bound(typed, literal, 0), Some(open.1)),
        };
        match (from, to) {
            (Some(from), Some(to)) => atom(Target::Between(from, to)),
            _ => Cond::Constant(false),
        }
    }

    pub(super) fn bound(
        &mut self,
        typed: &Typed<'_>,
        literal: &Literal,
        offset: i64,
    ) -> Option<Bound> {
        if !literal.euros
            && typed.kind.nomenclature().is_none()
            && let Some((id, value_type)) = self.names.values.get(&literal.word.text)
        {
            let fits = matches!(
                (typed.kind, value_type),
                (Kind::Money { .. }, ValueType::Money)
                    | (Kind::Integer { .. }, ValueType::Integer)
                    | (Kind::Date, ValueType::Date)
            );
            if fits {
                return Some(Bound::Value(*id, offset));
            }
            let message = format!(
                "`{}` est {}, et la valeur `{}` est d'un autre type",
                typed.name,
                typed.kind.in_french(),
                literal.word.text
            );
            self.problem(Mistake::OtherValue, literal.word.span, message, None);
            return None;
        }
        self.fixed(typed, literal)
            .map(|value| Bound::Fixed(value.saturating_add(offset)))
    }

    pub(super) fn code(&mut self, codes: &Nomenclature, word: &Word) -> Option<i64> {
        let found = codes.place(&word.text);
        if found.is_none() {
            let mend = self.slips.likeliest_code(&word.text, codes);
            let message = format!(
                "`{}` n'est pas dans la nomenclature `{}`",
                word.text, codes.id
            );
            self.problem(Mistake::UnknownCode, word.span, message, mend);
        }
        found
    }

    /// A literal as the integer of the type it is compared with.
    pub(super) fn fixed(&mut self, typed: &Typed<'_>, literal: &Literal) -> Option<i64> {
        let text = &*literal.word.text;
        let wrong = |mend: Option<String>| {
            let message = format!(
                "`{}` est {}, et `{text}` n'en est pas",
                typed.name,
                typed.kind.in_french()
            );
            (message, mend)
        };
        let value = match typed.kind {
            Kind::Flag => match text {
                "true" => Ok(1),
                "false" => Ok(0),
                _ => Err(wrong(Some(french_flag(text).map_or_else(
                    || "écrivez `true` ou `false`".to_owned(),
                    |flag| format!("vouliez-vous `{flag}` ?"),
                )))),
            },
            Kind::Money { .. } if literal.euros => Cents::parse_amount(text)
                .map(Cents::get)
                .map_err(|_| wrong(None)),
            Kind::Money { .. } => {
                let mend = Cents::parse_amount(text)
                    .is_ok()
                    .then(|| format!("écrivez `{text} EUR`"));
                Err(wrong(mend.or_else(|| self.near_value(text))))
            }
            _ if literal.euros => Err(wrong(Some("retirez `EUR`".to_owned()))),
            Kind::Integer { .. } => text.parse().map_err(|_| {
                // `10km`: the fact says what it counts.
                let number = text.trim_end_matches(char::is_alphabetic);
                let is_number = number.parse::<i64>().is_ok();
                let meant = is_number.then(|| number.to_owned());
                let meant = meant.or_else(|| slip::interval(text));
                let mend = meant.map(|meant| format!("vouliez-vous `{meant}` ?"));
                wrong(mend.or_else(|| self.near_value(text)))
            }),
            Kind::Date => text.parse::<NaiveDate>().map(day_number).map_err(|_| {
                let mend = french_date(text).map_or_else(
                    || "écrivez la date comme `2021-05-27`".to_owned(),
                    |date| format!("vouliez-vous `{date}` ?"),
                );
                wrong(Some(mend))
            }),
            Kind::Level(codes) | Kind::Code(codes) => {
                let codes = Arc::clone(codes);
                return self.code(&codes, &literal.word);
            }
            Kind::Codes(_) | Kind::Records { .. } => Err(wrong(None)),
        };
        match value {
            Ok(value) => {
                let domain = typed.kind.domain();
                if let (false, Some(hull)) = (domain.contains(value), domain.hull()) {
                    let message = format!(
                        "`{text}` est hors des bornes de `{}` ({})",
                        typed.name,
                        match typed.kind {
                            Kind::Date => "années 1900 à 2200".to_owned(),
                            _ => bounds_text(hull),
                        }
                    );
                    self.problem(Mistake::OutOfBounds, literal.word.span, message, None);
                    return None;
                }
                Some(value)
            }
            Err((message, mend)) => {
                self.problem(Mistake::WrongType, literal.word.span, message, mend);
                None
            }
        }
    }

    pub(super) fn near_value(&self, text: &str) -> Option<String> {
        self.slips
            .nearest(text, self.names.values.keys().map(|name| &**name))
            .map(|near| format!("vouliez-vous la valeur `{near}` ?"))
    }
}
