//! Laws of need to know: what a body may not see, and what was erased, makes no difference to
//! anything that is handed out, for all facts and all bodies of the pack.
//!
//! What is hidden is said by an oracle that reads the policy of the pack word by word, and knows
//! nothing of views: two diagnostics that differ in what it calls hidden must have one view.

use std::collections::BTreeMap;

use super::*;
use crate::Profile;
use crate::fact::dictionary::{Fact, Field, Kind, Nomenclature};
use crate::network::BodyRef;
use crate::orientation::decision::laws::decided;
use crate::orientation::decision::{DecisionErrors, DecisionRecord};
use crate::pack::EngineAt;
use crate::pack::model::Ground;

/// What no pack, no label and no other statement holds.
pub(super) const MARKER: &str = "m4rk3r-51";

/// Facts that say in the whole diagnostic who may see what. They are drawn apart, so that the
/// oracle knows what they say.
const STANDING: [&str; 3] = ["consent.share", "decision.lead_body", "contact.restricted"];

/// Facts that are told, but for those.
static FACTS: LazyLock<Vec<FactName>> = LazyLock::new(|| {
    let facts = ENGINE.model().dictionary.iter();
    let told = facts.filter(|(_, fact)| fact.is_told() && !STANDING.contains(&fact.name.as_str()));
    told.map(|(_, fact)| fact.name.clone()).collect()
});

/// All partners and roles of the pack, and the person.
static BODIES: LazyLock<Vec<BodyId>> = LazyLock::new(|| {
    let network = &ENGINE.model().network;
    let partners = network.partners.iter().map(|partner| partner.id.as_str());
    let roles = network.roles.iter().map(|role| role.id.as_str());
    let all = partners.chain(roles).chain(["person"]);
    all.map(|id| BodyId::parse(id).unwrap()).collect()
});

fn any_fact() -> impl Strategy<Value = FactName> {
    any::<prop::sample::Index>().prop_map(|index| index.get(&FACTS).clone())
}

pub(super) fn any_body() -> impl Strategy<Value = BodyId> {
    any::<prop::sample::Index>().prop_map(|index| index.get(&BODIES).clone())
}

/// Any ground of an erasure.
fn grounds() -> impl Strategy<Value = ErasureGround> {
    prop_oneof![
        Just(ErasureGround::Request),
        Just(ErasureGround::Objection),
        Just(ErasureGround::ConsentWithdrawn),
        Just(ErasureGround::Inaccurate),
        Just(ErasureGround::Retention),
        Just(ErasureGround::Court),
        Just(ErasureGround::Authority),
        Just(ErasureGround::WrongPerson),
        any_body().prop_map(|by| ErasureGround::Upheld { by }),
    ]
}

/// A value of a type, whichever the draw gives.
fn value_of(kind: &Kind, draw: u64) -> Knowledge {
    let within = |from: i64, to: i64| {
        let size = u64::try_from(to - from).unwrap() + 1;
        from + i64::try_from(draw % size).unwrap()
    };
    match kind {
        Kind::Flag => Knowledge::from(draw % 2 == 1),
        Kind::Integer { min, max, .. } => Knowledge::from(within(*min, *max)),
        Kind::Money { min, max } => Knowledge::from(Cents::new(within(*min, *max))),
        Kind::Date => Knowledge::from(day(draw % 400)),
        Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
            let all: Vec<&Code> = codes.codes().collect();
            let place = usize::try_from(draw).unwrap_or(0) % all.len();
            let code = all[place].clone();
            match kind {
                Kind::Codes(_) => Knowledge::Members {
                    with: BTreeSet::from([code]),
                    without: Without::These(BTreeSet::new()),
                },
                _ => Knowledge::from(code),
            }
        }
        Kind::Records { fields, .. } => {
            let draws = (0_u64..).map(|place| draw.rotate_left(u32::try_from(place * 7).unwrap()));
            let told = fields.iter().filter(|field| field.derive.is_none());
            let row: BTreeMap<FactName, Knowledge> = told
                .zip(draws)
                .map(|(field, draw)| (field.name.clone(), value_of(&field.kind, draw)))
                .collect();
            Knowledge::from(Rows {
                rows: vec![row],
                complete: draw.is_multiple_of(4),
            })
        }
    }
}

fn said_of(fact: &FactName, draw: u64) -> Said {
    let dictionary = &ENGINE.model().dictionary;
    let id = dictionary.id(fact.as_str()).unwrap();
    Said::Known(value_of(&dictionary.fact(id).kind, draw))
}

/// A statement about any fact of the pack: now and then one that the pack cannot read.
pub(super) fn words() -> impl Strategy<Value = Observation> {
    (observations(), any_fact(), any::<u64>(), 0_u8..8).prop_map(|(said, fact, draw, odd)| {
        let said_now = match (&said.said, odd) {
            (Said::Known(_), 0) => Said::Known(Knowledge::exactly([code(MARKER)])),
            (Said::Known(_), _) => said_of(&fact, draw),
            (silent, _) => silent.clone(),
        };
        Observation {
            fact,
            said: said_now,
            ..said
        }
    })
}

/// A statement that holds the marker wherever it can.
pub(super) fn marked() -> impl Strategy<Value = Observation> {
    (words(), any::<bool>()).prop_map(|(said, unread)| Observation {
        said: if unread {
            Said::Known(Knowledge::exactly([code(MARKER)]))
        } else {
            said.said
        },
        remark: Some(MARKER.to_owned()),
        ..said
    })
}

/// What the whole diagnostic says of who may see what.
#[derive(Debug, Clone, Copy)]
struct Standing {
    consents: bool,
    leads: bool,
    restricted: bool,
}

fn standings() -> impl Strategy<Value = (Option<bool>, bool, bool)> {
    let seldom = prop::bool::weighted(0.25);
    (prop::option::of(any::<bool>()), seldom, seldom)
}

/// That the person agrees to share with a body, or not, and nothing of any other.
fn agreement(with: &BodyId, agrees: bool) -> Knowledge {
    let (them, nobody) = (BTreeSet::from([code(with.as_str())]), BTreeSet::new());
    let (with, without) = if agrees {
        (them, nobody)
    } else {
        (nobody, them)
    };
    Knowledge::Members {
        with,
        without: Without::These(without),
    }
}

/// Says it, in the days before the one asked about; what an erasure covers is not said.
fn say_standing(
    whole: &mut Diagnostic,
    date: NaiveDate,
    recipient: &BodyId,
    (consent, leads, restricted): (Option<bool>, bool, bool),
) -> Standing {
    let mut say = |name: &str, before: u64, known: Knowledge| {
        let on = date - Days::new(before);
        let said = whole.receive(Observation {
            by: BodyId::parse("departement-marne").unwrap(),
            means: Means::Attested,
            observed_on: on,
            recorded_on: on,
            fact: fact(name),
            said: Said::Known(known),
            remark: None,
        });
        said.unwrap().is_some()
    };
    let mut consents = false;
    if consent.is_some() {
        consents = say("consent.share", 20, agreement(recipient, true));
    }
    if consent == Some(false) {
        consents &= !say("consent.share", 10, agreement(recipient, false));
    }
    let lead = Knowledge::from(code(recipient.as_str()));
    let leads = leads && say("decision.lead_body", 10, lead);
    let restricted = restricted && say("contact.restricted", 10, Knowledge::from(true));
    // What was erased may have been a refusal, and an erasure of the danger alone leaves it.
    let yes = date - Days::new(20);
    let holds = |name: &str, up_to: NaiveDate| {
        let mut erasures = whole.erasures.values();
        erasures.any(|one| one.scope.holds(&fact(name)) && one.up_to >= up_to)
    };
    let of_danger = Scope::Fact(fact("contact.restricted"));
    let erased = whole.erasures.values().any(|one| one.scope == of_danger);
    Standing {
        consents: consents && recipient.as_str() != "person" && !holds("consent.share", yes),
        leads,
        restricted: restricted || erased,
    }
}

/// Whether the policy of the pack opens what an observation says to a body: some rule in force
/// is for it, and names the fact, or its theme where nothing in it is of a special category.
fn is_open(at: &EngineAt, standing: Standing, recipient: &BodyId, said: &Observation) -> bool {
    let model = at.engine().model();
    let Some(id) = model.dictionary.id(said.fact.as_str()) else {
        return false;
    };
    let fact = model.dictionary.fact(id);
    let theme = fact.theme.as_deref().unwrap_or("");
    if names_more(at, &said.by, said) {
        return false;
    }
    let of_home = fact.tells.home() || names_what_tells_of_home(at, fact, said);
    if !fact.is_told() || (of_home && standing.restricted && !standing.leads) {
        return false;
    }
    let network = &model.network;
    let is_it = |body: &BodyRef| match body {
        BodyRef::Partner(place) => network.partners[place.0].id.as_str() == recipient.as_str(),
        BodyRef::Role(place) => {
            let role = network.roles[place.0].id.as_str();
            let held = || {
                network.holders.iter().any(|(period, holder)| {
                    let partner = &network.partners[holder.partner.0];
                    period.contains(at.date())
                        && holder.role == *place
                        && partner.id.as_str() == recipient.as_str()
                })
            };
            if role == "lead" {
                standing.leads
            } else {
                role == recipient.as_str() || held()
            }
        }
    };
    model.need_to_know.iter().any(|(period, rule)| {
        let by_theme = rule.themes.iter().any(|one| **one == *theme);
        period.contains(at.date())
            && (rule.ground != Ground::Consent || standing.consents)
            && rule.to.iter().any(is_it)
            && (rule.facts.contains(&id) || (by_theme && sensitivity(fact, said) <= 1))
    })
}

/// Whether some rule of the policy, in force on any day and whoever consents or leads, may open a
/// fact to a body.
fn is_ever_open(at: &EngineAt, recipient: &BodyId, fact: &FactName) -> bool {
    let model = at.engine().model();
    let id = model.dictionary.id(fact.as_str()).unwrap();
    let theme = model.dictionary.fact(id).theme.as_deref().unwrap_or("");
    let is_it = |body: &BodyRef| match body {
        BodyRef::Role(place) if model.network.roles[place.0].id.as_str() == "lead" => true,
        body => model.network.is(*body, recipient, None),
    };
    let mut rules = model.need_to_know.iter();
    rules.any(|(_, rule)| {
        let names = rule.facts.contains(&id) || rule.themes.iter().any(|one| **one == *theme);
        names && rule.to.iter().any(is_it)
    })
}

/// Whether the name of a body is more sensitive than what is said.
fn names_more(at: &EngineAt, body: &BodyId, said: &Observation) -> bool {
    let dictionary = &at.engine().model().dictionary;
    let of_fact = dictionary.id(said.fact.as_str());
    let of_said = of_fact.map_or(0, |id| sensitivity(dictionary.fact(id), said));
    name_tells(at, body) > of_said.max(1)
}

/// What the name of a body tells: as the pack says, or as the most telling of its roles.
fn name_tells(at: &EngineAt, body: &BodyId) -> u8 {
    let network = &at.engine().model().network;
    let of_role = |id: &str| {
        let role = network.roles.iter().find(|role| role.id.as_str() == id);
        role.map(|role| role.sensitivity)
    };
    let mut partners = network.partners.iter();
    let partner = partners.position(|partner| partner.id.as_str() == body.as_str());
    let Some(place) = partner else {
        return of_role(body.as_str()).unwrap_or(0);
    };
    let held = network.holders.iter().filter_map(|(_, holder)| {
        let role = &network.roles[holder.role.0];
        (holder.partner.0 == place).then_some(role.sensitivity)
    });
    let own = network.partners[place].sensitivity;
    own.unwrap_or_else(|| held.max().unwrap_or(0))
}

/// The lists of codes of a fact, or of the fields of its rows.
fn lists(kind: &Kind) -> Vec<&Nomenclature> {
    match kind {
        Kind::Records { fields, .. } => fields.iter().flat_map(|one| lists(&one.kind)).collect(),
        Kind::Code(listed) | Kind::Codes(listed) => vec![listed],
        _ => Vec::new(),
    }
}

/// The codes that are said to be so, or that may be, each with its list: one id may name a body
/// in one field and a scheme in another.
fn named_in<'s>(kind: &'s Kind, said: &'s Knowledge) -> Vec<(&'s Nomenclature, &'s str)> {
    let listed: &Nomenclature = match kind {
        Kind::Code(listed) | Kind::Codes(listed) => listed,
        Kind::Records { fields, .. } => {
            let Knowledge::Rows(rows) = said else {
                return Vec::new();
            };
            let told = rows.rows.iter().flat_map(|row| {
                let field = |field: &'s Field| Some((&field.kind, row.get(&field.name)?));
                fields.iter().filter_map(field)
            });
            return told.flat_map(|(kind, said)| named_in(kind, said)).collect();
        }
        _ => return Vec::new(),
    };
    let codes: Vec<&str> = match said {
        Knowledge::OneOf(values) => values
            .iter()
            .filter_map(|value| match value {
                Value::Code(code) => Some(code.as_str()),
                _ => None,
            })
            .collect(),
        Knowledge::Members { with, .. } => with.iter().map(Code::as_str).collect(),
        Knowledge::Rows(_) | Knowledge::Between { .. } => Vec::new(),
    };
    codes.into_iter().map(|code| (listed, code)).collect()
}

/// What each code that is said comes to. One that its list does not hold may be any of it, and
/// what cannot be read at all may be any code of all lists.
fn each_named(fact: &Fact, said: &Observation, of: impl Fn(&Nomenclature, &str) -> u8) -> u8 {
    let Said::Known(known) = &said.said else {
        return 0;
    };
    let of_list = |listed: &Nomenclature| {
        let codes = listed.codes().map(|code| of(listed, code.as_str()));
        codes.max().unwrap_or(0)
    };
    if fact.read(known).is_err() {
        return lists(&fact.kind)
            .into_iter()
            .map(of_list)
            .max()
            .unwrap_or(0);
    }
    let named = named_in(&fact.kind, known).into_iter();
    let told = named.map(|(listed, code)| match listed.place(code) {
        Some(_) => of(listed, code),
        None => of_list(listed),
    });
    told.max().unwrap_or(0)
}

/// Whether a scheme or a code that is said tells of the home.
fn names_what_tells_of_home(at: &EngineAt, fact: &Fact, said: &Observation) -> bool {
    let model = at.engine().model();
    let tells = |listed: &Nomenclature, code: &str| {
        let scheme = model.network.scheme(code);
        let scheme = scheme.filter(|_| &*listed.id != "partner");
        let of_scheme = scheme.is_some_and(|one| model.scheme_tells_home(one, at.date()));
        u8::from(of_scheme || listed.tells(listed.place(code).unwrap()).home())
    };
    each_named(fact, said, tells) > 0
}

/// The fact's, or that of the most sensitive code that is said: of a scheme or a reason.
fn sensitivity(fact: &Fact, said: &Observation) -> u8 {
    let told = |listed: &Nomenclature, code: &str| listed.sensitivity(listed.place(code).unwrap());
    each_named(fact, said, told).max(fact.sensitivity)
}

/// Whether an entry is hidden from a body: not its own, not about its own, and not opened.
fn is_hidden(
    at: &EngineAt,
    standing: Standing,
    whole: &Diagnostic,
    recipient: &BodyId,
    entry: &Entry,
) -> bool {
    if recipient.as_str() == "person" || entry.by() == recipient || entry.of() == recipient {
        return false;
    }
    let target = match entry {
        Entry::Observation(said) => return !is_open(at, standing, recipient, said),
        Entry::Retraction(one) => one.target,
        Entry::Rectification(one) => one.target,
        Entry::Newer(_) => return true,
    };
    match whole.entries.get(&target) {
        Some(Entry::Observation(said)) => {
            let about = (&said.by, &said.fact, said.observed_on);
            about != (entry.of(), entry.fact(), entry.observed_on())
                || names_more(at, entry.by(), said)
                || !is_open(at, standing, recipient, said)
        }
        _ => true,
    }
}

/// The same diagnostic to somebody: what is hidden from them goes, comes or says something else.
fn otherwise(
    whole: &Diagnostic,
    hidden: impl Fn(&Entry) -> bool,
    more: &[Observation],
    draws: &[(u8, u64)],
) -> Diagnostic {
    let mut other = whole.clone();
    let mut draws = draws.iter().cycle();
    for (id, entry) in &whole.entries {
        // What says who may see what makes a difference, hidden or not.
        if !hidden(entry) || STANDING.contains(&entry.fact().as_str()) {
            continue;
        }
        let (what, draw) = draws.next().unwrap();
        match (what, entry) {
            (0, _) => {
                other.entries.remove(id);
            }
            (1, Entry::Observation(said)) if FACTS.contains(&said.fact) => {
                let changed = Observation {
                    said: said_of(&said.fact, *draw),
                    ..said.clone()
                };
                if hidden(&changed.clone().into()) {
                    other.entries.remove(id);
                    other.receive(changed).unwrap();
                }
            }
            _ => {}
        }
    }
    for said in more {
        if hidden(&said.clone().into()) {
            other.receive(said.clone()).unwrap();
        }
    }
    other
}

/// How much of what is handed out is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// The view and its account: whatever else is handed out is computed from them alone.
    View,
    /// What is computed once for each person.
    Answer,
    /// What is computed over and over for one person: why not, an agenda, a record, notices.
    All,
}

/// Each part is looked at as often as it can be, so that twenty thousand cases end in some
/// minutes: an answer in one case of eight, and what takes ten times as long in one of sixty-four.
pub(super) fn depths() -> impl Strategy<Value = Depth> {
    prop_oneof![
        56 => Just(Depth::View),
        7 => Just(Depth::Answer),
        1 => Just(Depth::All),
    ]
}

/// Everything that a body is given of a diagnostic.
pub(super) fn given(
    at: &EngineAt,
    whole: &Diagnostic,
    recipient: &BodyId,
    depth: Depth,
) -> Vec<String> {
    let view = whole.view(at, recipient).unwrap();
    let seen = &view.diagnostic;
    let account = serde_json::to_string(&view.account).unwrap();
    let mut given = vec![bytes(seen), account, format!("{view:?}")];
    if depth >= Depth::Answer {
        answers(at, seen, &mut given);
    }
    if depth >= Depth::All {
        documents(at, &view, recipient, &mut given);
    }
    given
}

pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn answers(at: &EngineAt, seen: &Diagnostic, given: &mut Vec<String>) {
    let resolution = seen.resolve(at);
    let statements = seen.statements(at);
    let profile = Profile::of_diagnostic(at, seen);
    let orientation = at.orient(&profile).unwrap();
    let question = at.next_question(&profile, None).unwrap();
    let disputes = at.disputes(&profile).unwrap();
    let progress = at.progress(seen);
    let waits = (seen.pending().collect::<Vec<_>>(), seen.contested(at));
    given.extend([
        json(&resolution),
        format!("{resolution} {resolution:?}"),
        json(&statements),
        format!("{statements} {statements:?}"),
        json(&orientation),
        format!("{orientation} {orientation:?}"),
        format!("{question:?}"),
        json(&disputes),
        format!("{disputes:?}"),
        json(&progress),
        format!("{progress} {progress:?}"),
        format!("{waits:?}"),
    ]);
}

fn documents(at: &EngineAt, view: &View, recipient: &BodyId, given: &mut Vec<String>) {
    let seen = &view.diagnostic;
    let profile = Profile::of_diagnostic(at, seen);
    let why_not = at.why_not(&profile).unwrap();
    let agenda = at.agenda(seen, at.date() + Days::new(90)).unwrap();
    let coverage = at.coverage(&profile).unwrap();
    given.extend([
        json(&why_not),
        format!("{why_not:?}"),
        json(&agenda),
        format!("{agenda} {agenda:?}"),
        format!("{coverage:?}"),
    ]);
    // What is held in vain, what a log keeps, what is archived, purged or written for another.
    let idle = at.idle_in(seen).unwrap();
    let purged = seen.purge(at, recipient).unwrap();
    given.extend([
        json(&idle) + &idle.to_string(),
        json(&at.receipt(&profile).unwrap()),
        bytes(&seen.active(at)) + &bytes(&seen.archive(at)),
        format!("{purged:?}"),
    ]);
    #[cfg(feature = "france-travail-file")]
    {
        let written = crate::interop::france_travail_file::write(seen, recipient);
        given.push(format!("{} {written:?}", written.json));
    }
    // The person decides nothing, and writes no notice.
    if recipient.as_str() == "person" {
        return;
    }
    let record = record_of(at, view, recipient);
    let mut notices = vec![at.notice(&profile, recipient)];
    if let Ok(record) = &record {
        let replay = record.replay(&at.engine);
        given.push(format!("{} {replay} {replay:?}", json(record)));
        notices.push(at.notice_of(&profile, record));
    }
    given.push(format!("{record:?}"));
    for notice in notices {
        match notice {
            Ok(notice) => {
                let (page, easy) = (notice.page(), notice.easy_to_read());
                #[cfg(feature = "report")]
                given.push(page.html() + &easy.html());
                let all = notice.clone().with_sensitive();
                given.push(format!("{page} {notice:?} {easy} {all}"));
            }
            Err(error) => given.push(format!("{error} {error:?}")),
        }
    }
}

/// What a body writes down that accepts the first of what is proposed.
pub(super) fn record_of(
    at: &EngineAt,
    view: &View,
    recipient: &BodyId,
) -> Result<DecisionRecord, DecisionErrors> {
    let profile = Profile::of_diagnostic(at, &view.diagnostic);
    let orientation = at.orient(&profile).unwrap();
    let decision = decided(at, &orientation, recipient.clone());
    DecisionRecord::of_view(at, view, decision)
}

proptest! {
    // What a law does not speak of is drawn again, and is no case of it.
    #![proptest_config(ProptestConfig {
        max_global_rejects: 1_000_000,
        ..ProptestConfig::default()
    })]

    /// What a body may not see makes no difference to anything it is given.
    #[test]
    fn nothing_hidden_interferes(
        sent in exchanges(6),
        said in prop::collection::vec(words(), 0..10),
        more in prop::collection::vec(words(), 1..10),
        draws in prop::collection::vec((0_u8..3, any::<u64>()), 1..8),
        standing in standings(),
        recipient in any_body(),
        elsewhere in prop::option::of((any_body(), any::<bool>())),
        erased in prop::option::of((any_body(), any_fact(), 200_u64..400, grounds())),
        asked in 300_u64..450,
        engine in prop_oneof![Just(&ENGINE), Just(&SHORT)],
        depth in depths(),
    ) {
        let at = engine.at(day(asked));
        let mut whole = diagnostic(&sent);
        for one in said {
            whole.receive(one).unwrap();
        }
        let standing = say_standing(&mut whole, at.date(), &recipient, standing);
        let hidden = |entry: &Entry| is_hidden(&at, standing, &whole, &recipient, entry);
        let mut other = otherwise(&whole, hidden, &more, &draws);
        // What the person agrees with others about is theirs.
        if let Some((body, agrees)) = elsewhere.filter(|(body, _)| *body != recipient) {
            let said = Observation {
                by: body.clone(),
                means: Means::Attested,
                observed_on: at.date() - Days::new(5),
                recorded_on: at.date() - Days::new(5),
                fact: fact("consent.share"),
                said: Said::Known(agreement(&body, agrees)),
                remark: None,
            };
            if hidden(&said.clone().into()) {
                other.receive(said).unwrap();
            }
        }
        // What goes of a fact that nothing ever opens to it goes unheard.
        if let Some((by, fact, up_to, ground)) = erased {
            let mut said = whole.entries.values().chain(other.entries.values());
            let own = |entry: &Entry| [entry.by(), entry.of()] == [&recipient; 2];
            let is_asked = ground != ErasureGround::Retention;
            let speaks = said.any(|entry| {
                is_asked && *entry.fact() == fact && own(entry) && entry.observed_on() <= day(up_to)
            });
            let upheld = matches!(&ground, ErasureGround::Upheld { by } if *by == recipient);
            let is_own = recipient.as_str() == "person" || by == recipient || upheld || speaks;
            let standing = STANDING.contains(&fact.as_str());
            if !is_own && !standing && !is_ever_open(&at, &recipient, &fact) {
                let (up_to, recorded_on) = (day(up_to), day(up_to + 1));
                let scope = Scope::Fact(fact);
                let erasure = Erasure { by, scope, up_to, recorded_on, ground };
                other.erase(erasure).unwrap();
            }
        }
        // All parts of a view, those that no output shows too: what is computed from it knows no more.
        prop_assert_eq!(whole.view(&at, &recipient), other.view(&at, &recipient));
        let given = |whole: &Diagnostic| given(&at, whole, &recipient, depth);
        for (one, other) in given(&whole).iter().zip(&given(&other)) {
            prop_assert_eq!(one, other);
        }
    }

    /// What the oracle calls open is shown, unless its time is over: it does not hide what a view
    /// shows, and a view hides nothing for no reason.
    #[test]
    fn a_view_is_what_the_policy_opens(
        said in prop::collection::vec(words(), 0..12),
        standing in standings(),
        recipient in any_body(),
        asked in 300_u64..450,
    ) {
        let at = ENGINE.at(day(asked));
        let mut whole = Diagnostic::new(person());
        for one in said {
            whole.receive(one).unwrap();
        }
        let standing = say_standing(&mut whole, at.date(), &recipient, standing);
        let view = whole.view(&at, &recipient).unwrap().diagnostic;
        let over = whole.archive(&at);
        for (id, entry) in &whole.entries {
            if over.entries.contains_key(id) && recipient.as_str() != "person" {
                continue;
            }
            let hidden = is_hidden(&at, standing, &whole, &recipient, entry);
            prop_assert_eq!(view.entries.contains_key(id), !hidden, "{:?}", entry);
        }
    }

    /// A value that is hidden from a body occurs in nothing it is given, nor does its id.
    #[test]
    fn a_hidden_value_occurs_nowhere(
        sent in exchanges(6),
        planted in marked(),
        about in any_body(),
        standing in standings(),
        recipient in any_body(),
        asked in 300_u64..450,
        depth in depths(),
    ) {
        let at = ENGINE.at(day(asked));
        let mut whole = diagnostic(&sent);
        let standing = say_standing(&mut whole, at.date(), &recipient, standing);
        let on = planted.recorded_on;
        let contested = planted.contested(about.clone(), on, WithdrawalReason::Contested);
        // Nothing is planted where an erasure covers it; who asks about it knows its id.
        prop_assume!(about != recipient && whole.receive(planted.clone()).unwrap().is_some());
        prop_assume!(is_hidden(&at, standing, &whole, &recipient, &planted.clone().into()));
        let id = EntryId::of(&planted.clone().into()).to_string();
        whole.receive(contested).unwrap();
        whole.receive(planted.retracted(on, WithdrawalReason::Mistake)).unwrap();
        for text in given(&at, &whole, &recipient, depth) {
            prop_assert!(!text.contains(MARKER), "{}", text);
            prop_assert!(!text.contains(&id), "{}", text);
        }
    }
}
