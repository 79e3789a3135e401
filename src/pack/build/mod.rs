//! From layered entries to a checked model: one file for each kind of entry.

mod appeal;
mod decision;
mod derivation;
mod dictionary;
mod expressions;
mod graph;
mod network;
mod policy;
mod proposals;
mod sheet;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use super::error::Errors;
use super::layer::{Entry, Layers};
use super::limits::Limits;
use super::model::{Model, Standing};
use super::place::At;
use super::stack::Stack;
use super::tree::{Node, Reader, Text, Tree};
use crate::calendar::Zone;
use crate::fact::dictionary::{CountId, Dictionary, FactId, Kind, Nomenclature};
use crate::network::Sourced;
use crate::review::check_written;
use crate::rule::check::{Names, Problem};
use crate::rule::condition::{Cond, Count, Tables};
use crate::vocabulary::{Answered, Answers, Code, Mistake, Period};
use std::sync::Arc;

use decision::Decision;
use expressions::Sizes;
use sheet::Sheet;

/// What is being built, shared by the files of this folder.
struct Build<'b> {
    layers: &'b Layers<'b>,
    limits: &'b Limits,
    errors: &'b mut Errors,
    /// CSV sources read so far: several entries look into one.
    sheets: BTreeMap<usize, Arc<Sheet>>,
    decisions: Vec<Decision<'b>>,
    nomenclatures: BTreeMap<Box<str>, Arc<Nomenclature>>,
    scales: BTreeMap<Box<str>, Arc<Nomenclature>>,
    dictionary: Dictionary,
    names: Names,
    tables: Tables,
    /// Where each count of `tables` stands.
    places: BTreeMap<Count, CountId>,
    /// Where each condition of `tables` was written, with its period.
    written: Vec<Vec<(Period, At)>>,
    /// Conditions met in dated entries, to check that what they use is in force.
    dated: Vec<(Cond, Period, At)>,
    sizes: Sizes,
    /// What roles, bodies and schemes are called once a name that is none is mended.
    meant: BTreeSet<String>,
}

impl<'b> Build<'b> {
    fn entries(&self, section: &'static str) -> std::slice::Iter<'b, Entry<'b>> {
        self.layers.entries(section).iter()
    }

    fn add(&mut self, mistake: Mistake, at: At, message: String, mend: Option<String>) {
        self.errors.add(mistake, at, message, mend);
    }

    /// Adds the problems of an expression at their places in the source.
    fn problems(&mut self, text: &Text<'_>, problems: Vec<Problem>) {
        for problem in problems {
            let at = text.part(problem.span.start, problem.span.end);
            self.errors
                .add(problem.mistake, at, problem.message, problem.mend);
        }
    }

    /// Reports entries of one section whose id is used twice, or whose periods overlap.
    fn unique(&mut self, section: &'static str, dated: bool) {
        // Rows of tables are rules.
        let rows = self.decisions.iter().filter(|_| section == "rule");
        let rows = rows.flat_map(Decision::rules);
        let entries: Vec<&Entry<'_>> = self.layers.entries(section).iter().chain(rows).collect();
        let mut ids: Vec<&str> = entries.iter().map(|entry| &*entry.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() == entries.len() {
            return;
        }
        let mut seen: BTreeMap<&str, Vec<(Period, &Entry<'_>)>> = BTreeMap::new();
        for entry in entries {
            if entry.id.is_empty() {
                continue;
            }
            let period = if dated {
                peek_period(entry)
            } else {
                Period::default()
            };
            let others = seen.entry(&entry.id).or_default();
            if others.len() >= self.limits.versions {
                if others.len() == self.limits.versions {
                    let most = self.limits.versions;
                    let message = format!("`{}` a plus de {most} versions", entry.id);
                    self.errors
                        .add(Mistake::TooLarge, entry.id_at, message, None);
                    others.push((period, entry));
                }
                continue;
            }
            // Written again over a parent, and told there.
            if others
                .iter()
                .any(|(_, other)| other.layer != entry.layer && other.ended.is_none())
            {
                continue;
            }
            if !others.is_empty() && !dated {
                self.errors.add(
                    Mistake::Twice,
                    entry.id_at,
                    format!("`{}` est défini deux fois", entry.id),
                    Some("gardez une seule définition, ou donnez un autre nom à l'une".to_owned()),
                );
            } else if others.iter().any(|(other, _)| other.overlaps(period)) {
                let message = format!("`{}` a deux versions en vigueur le même jour", entry.id);
                self.errors.add(
                    Mistake::SameDay,
                    entry.id_at,
                    message,
                    Some(
                        "donnez un autre `id` à l'une, ou fermez la première avec `until`, la veille du `from` de la seconde"
                            .to_owned(),
                    ),
                );
            }
            others.push((period, entry));
        }
    }
}

/// The period of an entry, without reporting: its own reader does.
fn peek_period(entry: &Entry<'_>) -> Period {
    let mut silent = Errors::default();
    let mut reader = Reader::new(&entry.table, entry.at, &mut silent);
    super::layer::period(&mut reader, entry.ended)
}

/// `source`, `verified` and `choice` of an entry.
fn sourced(reader: &mut Reader<'_, '_>) -> Sourced {
    let source = reader
        .required_text("source")
        .map_or("", |text| text.value.as_ref());
    let verified = reader.required_flag("verified").unwrap_or(false);
    let choice = reader.flag("choice").unwrap_or(false);
    Sourced {
        source: source.into(),
        verified,
        choice,
    }
}

/// The remarks that an entry answers, each with its reason.
fn answers(reader: &mut Reader<'_, '_>) -> Answers {
    let Some((table, _)) = reader.table("answers") else {
        return Answers::new();
    };
    let mut answers = Answers::new();
    let is_reason = |node: &Node<'_>| matches!(&node.tree, Tree::Text(reason) if !reason.value.trim().is_empty());
    for (code, at, node) in &table.entries {
        let known = Mistake::ALL.iter().filter(|kind| kind.is_remark());
        let remark = known.clone().find(|kind| kind.code() == code);
        match remark {
            Some(remark) if is_reason(node) => answers.push(Answered {
                remark: *remark,
                about: None,
                at: *at,
            }),
            Some(remark) => match &node.tree {
                Tree::Table(facts)
                    if remark.is_of_facts()
                        && !facts.entries.is_empty()
                        && facts.entries.iter().all(|(.., node)| is_reason(node)) =>
                {
                    answers.extend(facts.entries.iter().map(|(fact, at, _)| Answered {
                        remark: *remark,
                        about: Some(fact.as_ref().into()),
                        at: *at,
                    }));
                }
                _ => {
                    let message = format!("il manque la raison de répondre à {code}");
                    let mend = format!("écrivez `{code} = \"…\"`");
                    reader
                        .errors
                        .add(Mistake::UnknownRemark, *at, message, Some(mend));
                }
            },
            None => {
                let message = format!("aucune remarque n'a le code `{code}`");
                let known = known.map(|kind| kind.code());
                let mend = reader.errors.slips.likeliest(code, known);
                reader
                    .errors
                    .add(Mistake::UnknownRemark, *at, message, mend);
            }
        }
    }
    answers
}

/// Builds the model of a pack with all its parents; `None` when there are errors.
pub(super) fn build(
    layers: &Layers<'_>,
    sources: &Stack,
    limits: &Limits,
    errors: &mut Errors,
) -> Option<Model> {
    let mut build = Build {
        layers,
        limits,
        errors,
        sheets: BTreeMap::new(),
        decisions: Vec::new(),
        nomenclatures: BTreeMap::new(),
        scales: BTreeMap::new(),
        dictionary: Dictionary::default(),
        names: Names::default(),
        tables: Tables::default(),
        places: BTreeMap::new(),
        written: Vec::new(),
        dated: Vec::new(),
        sizes: Sizes::default(),
        meant: BTreeSet::new(),
    };
    build.cut_tables();
    for (section, dated) in [
        ("theme", false),
        ("scale", false),
        ("nomenclature", false),
        ("lookup", false),
        ("fact", false),
        ("value", false),
        ("role", false),
        ("partner", false),
        ("example", false),
        ("condition", true),
        ("set", true),
        ("scheme", true),
        ("exclusive", true),
        ("framework", true),
        ("need_to_know", true),
        ("retention", true),
        ("appeal", true),
        ("rule", true),
        ("track", true),
    ] {
        build.unique(section, dated);
    }
    let before = build.errors.count();
    build.vocabulary();
    let lookups = build.lookups();
    build.facts(&lookups);
    // Else the types of facts may be others than those written.
    let kinds_are_sound = build.errors.count() == before;
    build.sets();
    let value_types = build.values();
    build.conditions();
    build.fact_conditions();
    build.fact_order();
    let network = build.network();
    let proposals = build.proposals(&network);
    let need_to_know = build.need_to_know(&network);
    let retention = build.retention(&network);
    let appeals = build.appeals(&network);
    build.all_sizes();
    build.in_force();
    let standing = build.standing();
    let zone = build.zone();
    let Build {
        dictionary,
        tables,
        errors,
        ..
    } = build;
    let header = layers.header();
    let model = Model {
        id: header.id.into(),
        title: header.title.into(),
        sources: sources.clone(),
        supersedes: header.supersedes.map(Into::into),
        zone,
        dictionary,
        tables,
        value_types,
        network,
        rules: proposals.rules,
        decisions: proposals.tables,
        tracks: proposals.tracks,
        meetings: proposals.meetings,
        exclusives: proposals.exclusives,
        frameworks: proposals.frameworks,
        need_to_know,
        retention,
        appeals,
        standing,
    };
    if errors.is_empty() {
        return Some(model);
    }
    check_written(layers, &model, kinds_are_sound, errors);
    None
}

/// Keys of `[standing]` that name a date.
const DATES: [&str; 2] = ["deceased_on", "resumes_on"];

impl Build<'_> {
    fn standing(&mut self) -> Standing {
        let mut standing = Standing::default();
        for (table, at) in &self.layers.standing {
            let mut reader = Reader::new(table, *at, self.errors);
            for (key, slot) in [
                ("deceased_on", &mut standing.deceased_on),
                ("age", &mut standing.age),
                ("protection", &mut standing.protection),
                ("restricted", &mut standing.restricted),
                ("resumes_on", &mut standing.resumes_on),
                ("track", &mut standing.track),
                ("lead", &mut standing.lead),
                ("consent", &mut standing.consent),
                ("steps", &mut standing.steps),
            ] {
                let Some(name) = reader.text(key) else {
                    continue;
                };
                *slot = self.dictionary.id(&name.value);
                let is_date = |id: FactId| matches!(self.dictionary.fact(id).kind, Kind::Date);
                if DATES.contains(&key) && slot.is_some_and(|id| !is_date(id)) {
                    let message = format!("`{}` n'est pas une date", name.value);
                    let mend = Some("nommez un fait de type `date`".to_owned());
                    reader.errors.add(Mistake::NotADate, name.at, message, mend);
                }
                if slot.is_none() {
                    let known = self.dictionary.names();
                    let mend = reader.errors.slips.likeliest(&name.value, known);
                    reader.errors.add(
                        Mistake::UnknownFact,
                        name.at,
                        format!("le fait `{}` n'existe pas", name.value),
                        mend,
                    );
                }
            }
            let assisted = reader.texts("assisted");
            let represented = reader.texts("represented");
            let barriers = reader.text("barriers");
            let stopped = reader.texts("stopped");
            reader.finish();
            if let Some(scale) = barriers {
                standing.barriers = self.levels_of(scale);
            }
            if !stopped.is_empty() {
                standing.stopped = self.outcomes(standing.steps, &stopped);
            }
            standing.assisted = self.protection_codes(standing.protection, &assisted);
            standing.represented = self.protection_codes(standing.protection, &represented);
        }
        standing
    }

    /// The levels of a scale.
    fn levels_of(&mut self, scale: &Text<'_>) -> Vec<FactId> {
        if !self.scales.contains_key(scale.value.as_ref()) {
            let known = self.scales.keys().map(|id| &**id);
            let mend = self.errors.slips.likeliest(&scale.value, known);
            let message = format!("l'échelle `{}` n'existe pas", scale.value);
            self.add(Mistake::UnknownNomenclature, scale.at, message, mend);
        }
        let of_scale =
            |kind: &Kind| matches!(kind, Kind::Level(codes) if *codes.id == *scale.value);
        let levels = self.dictionary.iter();
        let levels = levels.filter(|(_, fact)| of_scale(&fact.kind));
        levels.map(|(id, _)| id).collect()
    }

    /// Codes of the field `outcome` of the list of actions.
    fn outcomes(&mut self, steps: Option<FactId>, texts: &[&Text<'_>]) -> Vec<Code> {
        let steps = steps.map(|steps| self.dictionary.fact(steps));
        let field = steps.and_then(|steps| match &steps.kind {
            Kind::Records { fields, .. } => {
                fields.iter().find(|field| field.name.as_str() == "outcome")
            }
            _ => None,
        });
        let codes = field.and_then(|field| field.kind.nomenclature().cloned());
        let known: Vec<&Code> = codes.iter().flat_map(|codes| codes.codes()).collect();
        let mut outcomes = Vec::new();
        for text in texts {
            if let Some(code) = known.iter().find(|code| code.as_str() == text.value) {
                outcomes.push((*code).clone());
                continue;
            }
            let names = known.iter().map(|code| code.as_str());
            let mend = self.errors.slips.likeliest(&text.value, names);
            let message = format!("`{}` n'est pas une issue des actions (`steps`)", text.value);
            self.add(Mistake::UnknownCode, text.at, message, mend);
        }
        outcomes
    }

    fn protection_codes(&mut self, fact: Option<FactId>, texts: &[&Text<'_>]) -> Vec<i64> {
        let codes = fact.and_then(|fact| self.dictionary.fact(fact).kind.nomenclature().cloned());
        let mut places = Vec::new();
        for text in texts {
            if let Some(place) = codes.as_ref().and_then(|codes| codes.place(&text.value)) {
                places.push(place);
            } else {
                let message = format!("`{}` n'est pas un code du fait `protection`", text.value);
                self.add(Mistake::UnknownCode, text.at, message, None);
            }
        }
        places
    }

    fn zone(&mut self) -> Zone {
        let mut zone = Zone::Metropole;
        for header in &self.layers.headers {
            match header
                .holidays
                .as_ref()
                .map(|(text, at)| (text.as_str(), *at))
            {
                None => {}
                Some(("metropole", _)) => zone = Zone::Metropole,
                Some(("alsace-moselle", _)) => zone = Zone::AlsaceMoselle,
                Some((other, at)) => {
                    self.errors.add(
                        Mistake::Calendar,
                        at,
                        format!("`{other}` n'est pas un calendrier"),
                        Some("écrivez `metropole` ou `alsace-moselle`".to_owned()),
                    );
                }
            }
        }
        zone
    }
}
