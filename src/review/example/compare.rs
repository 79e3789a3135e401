//! What an example expects, held to the orientation found.

use std::collections::BTreeSet;

use super::expected::{Bodies, Expected, NO_DEADLINE};
use crate::fact::dictionary::Kind;
use crate::fact::french;
use crate::orientation::{Body, Deadline, Ground, Meeting, Orientation, Proposal};
use crate::pack::error::Errors;
use crate::pack::place::At;
use crate::pack::tree::{Node, Tree};
use crate::profile::Profile;
use crate::vocabulary::{FactName, Mistake, RoleId};

/// Tells every expectation that is not met, with the usual mend unless another is given.
pub(super) fn compare(
    orientation: &Orientation,
    profile: &Profile,
    expected: &Expected<'_>,
    mend: Option<&str>,
    errors: &mut Errors,
) {
    let mut fail = |at: At, message: String| {
        errors.add(Mistake::Unmet, at, message, mend.map(str::to_owned));
    };
    for text in &expected.must {
        if let Some(why) = not_proposed(orientation, &text.value) {
            fail(
                text.at,
                format!("`{}` devait être proposé : {why}", text.value),
            );
        }
    }
    for text in &expected.must_not {
        let scheme = &text.value;
        if is_proposed(orientation, scheme) {
            fail(text.at, format!("`{scheme}` ne devait pas être proposé"));
        } else if let Some(open) = orientation
            .open
            .iter()
            .find(|open| open.scheme.as_str() == scheme)
        {
            let missing = names(open.missing.iter().map(FactName::as_str));
            fail(
                text.at,
                format!("`{scheme}` devait être exclu, et reste ouvert, faute de : {missing}"),
            );
        }
    }
    for text in &expected.may {
        if !orientation
            .open
            .iter()
            .any(|open| open.scheme.as_str() == text.value)
        {
            let how = if is_proposed(orientation, &text.value) {
                "il est proposé"
            } else {
                "il est exclu"
            };
            fail(
                text.at,
                format!("`{}` devait rester ouvert : {how}", text.value),
            );
        }
    }
    compare_track(orientation, expected, &mut fail);
    for (scheme, wanted) in &expected.partners {
        if let Some(found) = other_partner(orientation, scheme, wanted) {
            fail(wanted.at, format!("organisme pour `{scheme}` : {found}"));
        }
    }
    for (scheme, at, node) in &expected.deadlines {
        if let Some(found) = other_deadline(orientation, scheme, node) {
            fail(*at, format!("délai de `{scheme}` : trouvé {found}"));
        }
    }
    for (scheme, _, words) in &expected.says {
        for text in words {
            if let Some(found) = other_words(orientation, scheme, &text.value) {
                fail(
                    text.at,
                    format!("motif de `{scheme}` : « {} » attendu, {found}", text.value),
                );
            }
        }
    }
    for (name, at, node) in &expected.levels {
        if let Some(found) = other_level(profile, name, node) {
            fail(*at, format!("niveau de `{name}` : {found}"));
        }
    }
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// The meeting proposed while the track is open, when it is held under this scheme.
fn meeting<'o>(orientation: &'o Orientation, scheme: &str) -> Option<&'o Meeting> {
    let meeting = orientation.track.as_ref()?.meeting.as_ref()?;
    (meeting.scheme.as_str() == scheme).then_some(meeting)
}

/// The proposals of a scheme: it may come from several bodies.
fn proposals<'o>(orientation: &'o Orientation, scheme: &str) -> impl Iterator<Item = &'o Proposal> {
    let proposals = orientation.proposals.iter();
    proposals.filter(move |proposal| proposal.scheme.as_str() == scheme)
}

/// The grounds of all proposals of a scheme.
pub(super) fn grounds<'o>(
    orientation: &'o Orientation,
    scheme: &str,
) -> impl Iterator<Item = &'o Ground> {
    proposals(orientation, scheme).flat_map(|proposal| &proposal.grounds)
}

fn is_proposed(orientation: &Orientation, scheme: &str) -> bool {
    orientation.proposal(scheme).is_some() || meeting(orientation, scheme).is_some()
}

/// Why a scheme is not proposed; nothing when it is.
fn not_proposed(orientation: &Orientation, scheme: &str) -> Option<String> {
    if is_proposed(orientation, scheme) {
        return None;
    }
    let aside = orientation
        .set_aside
        .iter()
        .find(|aside| aside.scheme.as_str() == scheme);
    let open = orientation
        .open
        .iter()
        .find(|open| open.scheme.as_str() == scheme);
    Some(match (aside, open) {
        (Some(aside), _) => format!("il est mis de côté par `{}`", aside.winner),
        (None, Some(open)) => format!(
            "il reste ouvert, faute de : {}",
            names(open.missing.iter().map(FactName::as_str))
        ),
        (None, None) => "aucune règle ne le propose".to_owned(),
    })
}

fn compare_track(
    orientation: &Orientation,
    expected: &Expected<'_>,
    fail: &mut impl FnMut(At, String),
) {
    let options = orientation
        .track
        .as_ref()
        .map_or(&[][..], |track| &track.options);
    if let Some(first) = expected.tracks.first() {
        let found: BTreeSet<&str> = options.iter().map(|option| option.track.as_str()).collect();
        let wanted: BTreeSet<&str> = expected
            .tracks
            .iter()
            .map(|text| text.value.as_ref())
            .collect();
        if found != wanted {
            let list = |set: BTreeSet<&str>| set.into_iter().collect::<Vec<_>>().join(", ");
            fail(
                first.at,
                format!(
                    "parcours attendu : {} ; trouvé : {}",
                    list(wanted),
                    list(found)
                ),
            );
        }
    }
    if let Some(lead) = &expected.lead {
        let bodies: Vec<&Body> = options.iter().map(|option| &option.lead).collect();
        if let Some(found) = other_bodies(&bodies, lead) {
            let wanted = if lead.names.is_empty() {
                "aucun".to_owned()
            } else {
                names(lead.names.iter().map(|text| &*text.value))
            };
            fail(
                lead.at,
                format!("référent attendu : {wanted} ; trouvé : {found}"),
            );
        }
    }
}

/// The bodies found, in words, when they are others than those written: one of them, several
/// to choose from, or the role that they hold.
fn other_bodies(bodies: &[&Body], wanted: &Bodies<'_>) -> Option<String> {
    let candidates = bodies.iter().flat_map(|body| &body.candidates);
    let found: BTreeSet<&str> = candidates.map(|body| body.partner.as_str()).collect();
    // National law names a role; who holds it is for a local pack to say.
    let roles = bodies.iter().filter_map(|body| body.role.as_ref());
    let roles: BTreeSet<&str> = roles.map(RoleId::as_str).collect();
    let wanted: BTreeSet<&str> = wanted.names.iter().map(|text| &*text.value).collect();
    let role_wanted = !wanted.is_empty() && roles == wanted;
    (found != wanted && !role_wanted).then(|| {
        let found = if found.is_empty() { roles } else { found };
        names(found.into_iter())
    })
}

/// The bodies found, in words, when the scheme is not proposed by those written.
fn other_partner(orientation: &Orientation, scheme: &str, wanted: &Bodies<'_>) -> Option<String> {
    let proposals = proposals(orientation, scheme);
    let meeting = meeting(orientation, scheme).map(|meeting| &meeting.body);
    let mut all = Vec::new();
    // One scheme may come from several bodies, each in a proposal of its own.
    for body in proposals.map(|proposal| &proposal.body).chain(meeting) {
        all.push(other_bodies(&[body], wanted)?);
    }
    Some(if all.is_empty() {
        "aucune proposition".to_owned()
    } else {
        format!("trouvé {}", all.join(" ; "))
    })
}

/// The deadline found, in words, when it is another than the one written: a date, the name
/// of the event it waits for, or the word for none.
fn other_deadline(orientation: &Orientation, scheme: &str, node: &Node<'_>) -> Option<String> {
    let proposed = orientation.proposal(scheme);
    let found = match proposed {
        Some(proposal) => proposal.deadline.as_ref(),
        None => meeting(orientation, scheme).and_then(|meeting| meeting.deadline.as_ref()),
    };
    let met = match (&node.tree, found) {
        (Tree::Date(wanted), Some(Deadline::On { date })) => wanted == date,
        (
            Tree::Text(wanted),
            Some(Deadline::Open { event, .. } | Deadline::Absent { event, .. }),
        ) => wanted.value == event.as_str(),
        (Tree::Text(wanted), None) => wanted.value == NO_DEADLINE,
        _ => false,
    };
    (!met).then(|| found.map_or_else(|| "aucun délai".to_owned(), ToString::to_string))
}

/// The reasons found, when none of them holds these words.
fn other_words(orientation: &Orientation, scheme: &str, wanted: &str) -> Option<String> {
    let meeting = meeting(orientation, scheme).map(|meeting| &meeting.because);
    let reasons = grounds(orientation, scheme).map(|ground| &ground.because);
    let reasons: Vec<&String> = reasons.chain(meeting).collect();
    if reasons.iter().any(|reason| holds(reason, wanted)) {
        return None;
    }
    Some(if reasons.is_empty() {
        "aucune proposition".to_owned()
    } else {
        let reasons: Vec<String> = reasons.iter().map(|one| format!("« {one} »")).collect();
        format!("trouvé {}", reasons.join(" ; "))
    })
}

/// Spaces that hold a line together are spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Whether a reason holds these words.
pub(super) fn holds(reason: &str, wanted: &str) -> bool {
    plain(reason).contains(&plain(wanted))
}

/// Whether words tell a figure, and not a part of a longer one: `200 €` is not in `1 200 €`, nor
/// `20` in `2026`.
pub(super) fn tells_figure(words: &str, figure: &str) -> bool {
    let (words, figure) = (plain(words), plain(figure));
    let digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    let mut found = words.match_indices(&figure);
    found.any(|(start, found)| {
        let (before, after) = words.split_at(start);
        let mut before = before.chars().rev();
        let goes_on = match before.next() {
            Some(',' | ' ') => digit(before.next()),
            one => digit(one),
        };
        let mut after = after.chars().skip(found.chars().count());
        let ends = match after.next() {
            Some(',') => !digit(after.next()),
            one => !digit(one),
        };
        !goes_on && ends
    })
}

/// The level found, in words, when it is another than the one written.
fn other_level(profile: &Profile, name: &str, node: &Node<'_>) -> Option<String> {
    let dictionary = &profile.engine.model().dictionary;
    let world = profile.worlds.presumed_or_told();
    let id = dictionary.id(name);
    let Some((fact, possible)) =
        id.and_then(|id| world.of(id).map(|possible| (dictionary.fact(id), possible)))
    else {
        return Some("ce fait n'existe pas".to_owned());
    };
    let wanted = match &node.tree {
        Tree::Text(text) => fact
            .kind
            .nomenclature()
            .and_then(|codes| codes.place(&text.value)),
        Tree::Integer(number) if matches!(fact.kind, Kind::Integer { .. }) => Some(*number),
        Tree::Flag(flag) if matches!(fact.kind, Kind::Flag) => Some(i64::from(*flag)),
        _ => None,
    };
    let found = crate::rule::condition::fact_view(possible);
    let met = wanted.is_some() && found.single() == wanted;
    (!met).then(|| format!("trouvé {}", french::possible(fact, possible)))
}
