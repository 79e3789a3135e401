//! Can the deadline be met, and does it count from where the law counts?

use chrono::NaiveDate;

use super::lens::{Entry, Lens, Sought, Subject};
use crate::calendar::{self, TermUnit};
use crate::pack::model::Rule;
use crate::review::people::invented::Invented;
use crate::rule::deadline::Within;
use crate::vocabulary::Mistake;

/// No run of days without work is as long, bridges over weekends included.
const SURELY_WORKED: u32 = 7;

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
        lens.remark(subject, Mistake::NoWorkingDay, message, Some(person));
    }
    if matches!(within, Within::After(_, None))
        && let Some((other, event)) = event_of(subject, rule)
    {
        let message = format!(
            "le délai de `{}` court d'aujourd'hui, alors que `{other}` compte celui du même dispositif depuis `{event}`, par exemple pour : {said}",
            rule.id,
        );
        lens.remark(subject, Mistake::OtherStart, message, Some(somebody));
    }
}

/// A day from which the deadline leaves nobody time to act.
fn without_working_day(subject: &Subject<'_>, rule: &Rule, within: &Within) -> Option<NaiveDate> {
    let zone = subject.model().zone;
    let first = subject.on();
    match within {
        Within::BeforeDay(day) => (*day <= first).then_some(first),
        Within::After(term, None)
            if term.unit == TermUnit::Days
                && term.count <= SURELY_WORKED
                && !rule.next_working_day =>
        {
            let mut days = first.iter_days().take(LOOKED_AT);
            days.find(|start| {
                let mut left = start
                    .iter_days()
                    .skip(1)
                    .take(usize::try_from(term.count).unwrap_or(0));
                left.all(|day| !calendar::is_working_day(day, zone))
            })
        }
        Within::After(..) | Within::Before(..) => None,
    }
}

/// Another rule for the same scheme that counts from an event, and the event.
fn event_of<'s>(subject: &'s Subject<'_>, rule: &Rule) -> Option<(&'s str, &'s str)> {
    let model = subject.model();
    model.rules.iter().find_map(|(_, other)| {
        let event = other.within.as_ref()?.event()?;
        (other.scheme == rule.scheme).then(|| {
            let event = &model.dictionary.fact(event).name;
            (other.id.as_str(), event.as_str())
        })
    })
}
