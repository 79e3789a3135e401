//! Can a deadline that counts from an event be met?

use chrono::{Days, NaiveDate};

use super::deadline::{SURELY_WORKED, first_day};
use super::lens::{Lens, Sought, Subject};
use crate::calendar;
use crate::fact::dictionary::{FactId, Kind, date_of, day_number};
use crate::fact::set::ValueSet;
use crate::pack::model::Rule;
use crate::profile::answers::questions::Questions;
use crate::review::people::invented::Invented;
use crate::rule::condition::{Atom, Cond, Slot, Target};
use crate::rule::deadline::{Due, Within};
use crate::rule::reads::reads;
use crate::vocabulary::Mistake;

/// A rule, its deadline, and the event from which this counts.
type Counted<'r> = (&'r Rule, &'r Within, FactId);

/// A deadline that is past, or never runs, whenever the rule holds; or one that leaves no
/// working day even to whom the rule is for as early as it may be.
pub(super) fn check(
    lens: &mut Lens<'_>,
    subject: &Subject<'_>,
    counted: Counted<'_>,
    somebody: &Invented,
) {
    let (rule, within, event) = counted;
    let (model, on) = (subject.model(), subject.on());
    let due = |day: NaiveDate| due(subject, rule, within, day);
    let asked = Asked::new(subject, event);
    // Of an event that the rule does not look at, nobody knows beforehand.
    let ahead = asked.event || matches!(within, Within::Before(..));
    let last = if ahead { i64::MAX } else { day_number(on) };
    let in_days = |days: u32| on.checked_add_days(Days::new(days.into())).unwrap_or(on);
    let enough = first_event(&due, in_days(SURELY_WORKED));
    if !asked.anything && enough <= last {
        return;
    }
    let who = |events: ValueSet| subject.somebody(&with_event(subject, event, events));
    if enough <= last && matches!(who(ValueSet::range(enough, last)), Sought::Found(_)) {
        return;
    }
    let name = &model.dictionary.fact(event).name;
    let term = within.in_french();
    let term = match within {
        Within::Before(..) => format!("{term} avant `{name}`"),
        Within::After(..) | Within::BeforeDay(_) => format!("{term} depuis `{name}`"),
    };
    let in_time = first_event(&due, on);
    let sought = who(ValueSet::range(in_time, last));
    if !matches!(sought, Sought::Found(_)) {
        let sure = sought.how_sure();
        let late = who(ValueSet::range(i64::MIN, i64::MAX));
        let (what, person) = match &late {
            Sought::Found(person) => ("est toujours passé quand la règle s'ouvre", person),
            Sought::Nobody | Sought::NotIn(_) => (
                "ne court jamais : quand la règle s'ouvre, l'évènement n'a pas eu lieu",
                somebody,
            ),
        };
        let message = format!(
            "le délai de `{}`, {term}, {what}{sure}, par exemple pour : {}",
            rule.id,
            person.in_french(model, on)
        );
        lens.remark(subject, Mistake::UnmetDeadline, message, Some(person));
        return;
    }
    // The latest event is whom the deadline leaves most.
    let mut events = (in_time..enough.min(last.saturating_add(1))).rev();
    let latest = events.find(|day| matches!(who(ValueSet::point(*day)), Sought::Found(_)));
    let Some(latest) = latest else { return };
    let ago = day_number(on).saturating_sub(latest);
    let event_of = |start: NaiveDate| date_of(day_number(start).saturating_sub(ago));
    let Some(start) = first_day(on, model.zone, |start| due(event_of(start)?)) else {
        return;
    };
    // The same rule on that day, where it is still in force, and somebody of that event.
    let Some(that_day) = Subject::on_day(&subject.at.engine, start, rule) else {
        return;
    };
    let Some(day) = event_of(start) else { return };
    let whose = with_event(&that_day, event, ValueSet::point(day_number(day)));
    if let Sought::Found(person) = that_day.somebody(&whose) {
        let message = format!(
            "le délai de `{}`, {term}, ne laisse aucun jour ouvré à qui se présente le {}, par exemple à : {}",
            rule.id,
            calendar::in_french(start),
            person.in_french(model, start)
        );
        lens.remark(&that_day, Mistake::UnmetDeadline, message, Some(&person));
    }
}

/// When the deadline of an event falls.
fn due(subject: &Subject<'_>, rule: &Rule, within: &Within, event: NaiveDate) -> Option<NaiveDate> {
    let event = ValueSet::point(day_number(event));
    let zone = subject.model().zone;
    match within.due(Some(&event), subject.on(), zone, rule.next_working_day) {
        Due::On(day) => Some(day),
        Due::Between(..) | Due::Open | Due::Absent => None,
    }
}

/// The first event whose deadline is on a day or later.
fn first_event(due: &impl Fn(NaiveDate) -> Option<NaiveDate>, wanted: NaiveDate) -> i64 {
    let (mut low, mut high) = match Kind::Date.domain().hull() {
        Some(days) => (days.lo, days.hi.saturating_add(1)),
        None => return i64::MAX,
    };
    while low < high {
        let middle = low.midpoint(high);
        // What leaves the calendar does so by the end that is nearer.
        let late = date_of(middle).and_then(due);
        if late.map_or(middle > day_number(wanted), |due| due >= wanted) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    low
}

/// The rule holds, and the event is one of these days.
fn with_event(subject: &Subject<'_>, event: FactId, events: ValueSet) -> Cond {
    Cond::And(vec![subject.verdict.clone(), is(event, events)])
}

fn is(event: FactId, events: ValueSet) -> Cond {
    Cond::Atom(Atom {
        slot: Slot::Fact(event),
        target: Target::Set(events),
    })
}

/// What a rule asks of the event of its deadline.
struct Asked {
    /// The event itself.
    event: bool,
    /// The event, or whether there may be one.
    anything: bool,
}

impl Asked {
    fn new(subject: &Subject<'_>, event: FactId) -> Self {
        let (model, on) = (subject.model(), subject.on());
        let event_is = is(event, ValueSet::empty());
        let of_event = reads(&model.dictionary, &model.tables, &event_is, on);
        let derived = model.dictionary.fact(event).derive.is_some();
        let questions = Questions::new(model, on, &[&subject.verdict]);
        let mut asked = questions.asked.iter();
        let anything = asked.clone().any(|asked| of_event.contains(&asked.fact));
        Self {
            event: asked.any(|asked| {
                let is_event = asked.fact == event || derived && of_event.contains(&asked.fact);
                is_event && asked.direct
            }),
            anything,
        }
    }
}
