//! Can the deadline be met, and does it count from where the law counts?

use chrono::NaiveDate;

use super::from_event;
use super::lens::{Entry, Lens, Sought, Subject};
use crate::calendar::{self, TermUnit, Zone};
use crate::fact::dictionary::{Derivation, Elapsed, FactId};
use crate::pack::model::Rule;
use crate::review::people::invented::Invented;
use crate::rule::condition::{Atom, Cond, Relative, Slot, Target};
use crate::rule::deadline::{Due, Within};
use crate::vocabulary::Mistake;

/// No run of days without work is as long, bridges over weekends included.
pub(super) const SURELY_WORKED: u32 = 7;

/// Days looked at: Easter and the weekdays of fixed holidays meet in every way that
/// matters within so many years.
const LOOKED_AT: usize = 30 * 366;

pub(super) fn check(lens: &mut Lens<'_>, subject: &Subject<'_>, somebody: &Invented) {
    let Entry::Rule(rule) = subject.entry else {
        return;
    };
    let said = somebody.in_french(subject.model(), subject.on());
    let Some(within) = &rule.within else {
        let message = format!(
            "`{}` ne dit pas pour quand, par exemple pour : {said}",
            rule.id
        );
        lens.remark(subject, Mistake::NoDeadline, message, Some(somebody));
        return;
    };
    if let Some(event) = within.event() {
        from_event::check(lens, subject, (rule, within, event), somebody);
        return;
    }
    if let Some(start) = without_working_day(subject, rule, within) {
        // The same rule on that day, and somebody who comes then.
        let that_day = Subject::on_day(&subject.at.engine, start, rule);
        let subject = that_day.as_ref().unwrap_or(subject);
        let found = subject.somebody(&subject.verdict);
        let person = match &found {
            Sought::Found(person) => person,
            Sought::Nobody | Sought::NotIn(_) => somebody,
        };
        let message = format!(
            "le délai de `{}`, {}, ne laisse aucun jour ouvré à qui se présente le {}, par exemple à : {}",
            rule.id,
            within.in_french(),
            calendar::in_french(start),
            person.in_french(subject.model(), subject.on())
        );
        lens.remark(subject, Mistake::UnmetDeadline, message, Some(person));
    }
    if !matches!(within, Within::After(..)) {
        return;
    }
    let start = if let Some((other, event)) = event_of_another(subject, rule) {
        format!("`{other}` compte celui du même dispositif depuis `{event}`")
    } else if let Some(event) = own_event(subject, &rule.when) {
        let event = &subject.model().dictionary.fact(event).name;
        format!("sa condition compte le temps depuis `{event}`")
    } else {
        return;
    };
    let message = format!(
        "le délai de `{}` court d'aujourd'hui, alors que {start}, par exemple pour : {said}",
        rule.id,
    );
    lens.remark(subject, Mistake::OtherStart, message, Some(somebody));
}

/// A day from which the deadline leaves nobody time to act.
fn without_working_day(subject: &Subject<'_>, rule: &Rule, within: &Within) -> Option<NaiveDate> {
    let zone = subject.model().zone;
    let first = subject.on();
    match within {
        Within::BeforeDay(day) => (*day <= first).then_some(first),
        Within::After(term, None)
            if term.count == 0 || term.unit == TermUnit::Days && term.count <= SURELY_WORKED =>
        {
            first_day(first, zone, |start| {
                match within.due(None, start, zone, rule.next_working_day) {
                    Due::On(due) => Some(due),
                    _ => None,
                }
            })
        }
        Within::After(..) | Within::Before(..) => None,
    }
}

/// The first day, from one on, after which no working day is left until what falls due then.
pub(super) fn first_day(
    from: NaiveDate,
    zone: Zone,
    due: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let mut days = from.iter_days().take(LOOKED_AT);
    days.find(|start| {
        due(*start).is_some_and(|due| {
            let mut left = start.iter_days().skip(1).take_while(|day| *day <= due);
            !left.any(|day| calendar::is_working_day(day, zone))
        })
    })
}

/// Another rule for the same scheme that counts from an event, and the event.
fn event_of_another<'s>(subject: &'s Subject<'_>, rule: &Rule) -> Option<(&'s str, &'s str)> {
    let model = subject.model();
    model.rules.iter().find_map(|(_, other)| {
        let event = other.within.as_ref()?.event()?;
        (other.scheme == rule.scheme).then(|| {
            let event = &model.dictionary.fact(event).name;
            (other.id.as_str(), event.as_str())
        })
    })
}

/// The event of which a condition asks, of everybody, how long ago it was.
fn own_event(subject: &Subject<'_>, cond: &Cond) -> Option<FactId> {
    match cond {
        Cond::And(parts) => parts.iter().find_map(|part| own_event(subject, part)),
        Cond::Named(id) => {
            let named = subject.model().tables.condition(*id, subject.on())?;
            own_event(subject, named)
        }
        Cond::Atom(atom) => since(subject, atom),
        // Not asked of everybody, or not asked to have been.
        Cond::Or(_) | Cond::AtLeast(..) | Cond::Not(_) | Cond::Constant(_) => None,
    }
}

/// The date of which a test asks that it be not far back. What must be far back is past any
/// deadline that counts from it; years are those of an age, and a birth is no event from which a
/// deadline counts.
fn since(subject: &Subject<'_>, atom: &Atom) -> Option<FactId> {
    let model = subject.model();
    let Slot::Fact(id) = atom.slot else {
        return None;
    };
    match (&atom.target, &model.dictionary.fact(id).derive) {
        (Target::Relative(Relative::InTheLast, ..), _) => Some(id),
        (target, Some(Derivation::Elapsed(Elapsed::MonthsSince | Elapsed::DaysSince, from))) => {
            let passing = model.tables.target(target, subject.on());
            let most = model.dictionary.fact(id).kind.domain().hull()?.hi;
            let bounded = passing.hull().is_some_and(|passing| passing.hi < most);
            (bounded && !passing.may_be_none()).then_some(*from)
        }
        _ => None,
    }
}
