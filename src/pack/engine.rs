//! A pack made ready to answer: one program for each period.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use super::Pack;
use super::model::{Model, Rule, TrackRule};
use crate::fact::dictionary::FactId;
use crate::network::{BodyRef, Holder};
use crate::profile::Worlds;
use crate::rule::compile;
use crate::rule::condition::Cond;
use crate::rule::evaluate::{Dated, Literals};
use crate::rule::program::Program;
use crate::rule::reads::reads;
use crate::vocabulary::{BodyId, RoleId};

/// A pack compiled for fast and explained answers. A cheap clone; shared between
/// threads.
///
/// ```
/// use spie::{Engine, Pack};
///
/// let engine = Engine::new(&Pack::marne()?);
/// let spring = engine.at("2025-03-15".parse()?);
/// assert_eq!(spring.date().to_string(), "2025-03-15");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Engine {
    compiled: Arc<Compiled>,
}

/// An engine at a date: what is in force that day.
#[derive(Clone)]
pub struct EngineAt {
    pub(crate) engine: Engine,
    pub(crate) date: NaiveDate,
    pub(crate) period: Arc<Period>,
    tests: Arc<Dated>,
}

/// What an engine shares between its clones.
struct Compiled {
    pub(crate) model: Arc<Model>,
    /// First days of the periods, and their programs once asked for. A program
    /// depends on nothing but the pack, so that whoever compiles it first does
    /// not matter.
    periods: Vec<(Option<NaiveDate>, OnceLock<Arc<Period>>)>,
}

/// What a period's program answers, with the conditions it was compiled from.
pub(crate) struct Period {
    pub(crate) program: Program,
    /// In order of the program's outputs: rules, then tracks, then holders.
    pub(crate) rules: Vec<InForce<Rule>>,
    pub(crate) tracks: Vec<InForce<TrackRule>>,
    pub(crate) holders: Vec<InForce<Holder>>,
    /// What each level that details give is read from.
    pub(crate) details: BTreeMap<FactId, BTreeSet<FactId>>,
}

/// An entry in force, by its place in the model, and its whole condition.
pub(crate) struct InForce<T> {
    pub(crate) place: usize,
    pub(crate) verdict: Cond,
    /// The facts it reads, each after those it builds on.
    pub(crate) reads: Vec<FactId>,
    _of: std::marker::PhantomData<fn() -> T>,
}

impl<T> InForce<T> {
    fn new(model: &Model, on: NaiveDate, place: usize, verdict: Cond) -> Self {
        Self {
            place,
            reads: reads(&model.dictionary, &model.tables, &verdict, on),
            verdict,
            _of: std::marker::PhantomData,
        }
    }
}

impl Period {
    /// The facts that a condition in force reads.
    pub(crate) fn reads(&self) -> BTreeSet<FactId> {
        let rules = self.rules.iter().flat_map(|rule| &rule.reads);
        let tracks = self.tracks.iter().flat_map(|track| &track.reads);
        let holders = self.holders.iter().flat_map(|holder| &holder.reads);
        rules.chain(tracks).chain(holders).copied().collect()
    }

    /// Number of the first output of the tracks.
    pub(crate) fn first_track(&self) -> usize {
        self.rules.len()
    }

    /// Number of the first output of the holders.
    pub(crate) fn first_holder(&self) -> usize {
        self.rules.len().saturating_add(self.tracks.len())
    }
}

/// `when` and not `unless` and eligible and served: the verdict of a rule.
fn verdict(model: &Model, rule: &Rule, on: NaiveDate) -> Cond {
    let mut all = vec![rule.when.clone()];
    if let Some(unless) = &rule.unless {
        all.push(Cond::Not(Box::new(unless.when.clone())));
    }
    let scheme = model
        .network
        .schemes
        .get(rule.scheme.0)
        .and_then(|dated| dated.at(on));
    match scheme {
        Some(scheme) => all.extend(scheme.eligible.clone()),
        // A rule whose scheme is not open that day proposes nothing.
        None => all.push(Cond::Constant(false)),
    }
    if let BodyRef::Partner(partner) = rule.body {
        let partner = model.network.partners.get(partner.0);
        all.extend(partner.and_then(|partner| partner.serves.clone()));
    }
    if all.len() == 1 {
        all.swap_remove(0)
    } else {
        Cond::And(all)
    }
}

/// Every day on which something begins or ceases to hold.
fn first_days(model: &Model) -> Vec<Option<NaiveDate>> {
    use crate::vocabulary::Period;
    let mut days: Vec<Option<NaiveDate>> = vec![None];
    let mut cut = |period: &Period| {
        days.extend(period.from.map(Some));
        days.extend(period.until.and_then(|until| until.succ_opt()).map(Some));
    };
    model.rules.iter().for_each(|(period, _)| cut(period));
    model.tracks.iter().for_each(|(period, _)| cut(period));
    model
        .network
        .holders
        .iter()
        .for_each(|(period, _)| cut(period));
    for scheme in &model.network.schemes {
        scheme.periods().for_each(&mut cut);
    }
    for condition in &model.tables.conditions {
        condition.periods().for_each(&mut cut);
    }
    days.sort_unstable();
    days.dedup();
    days
}

impl Compiled {
    fn period(&self, on: NaiveDate) -> Arc<Period> {
        let after = self
            .periods
            .partition_point(|(first, _)| first.is_none_or(|first| first <= on));
        match after
            .checked_sub(1)
            .and_then(|place| self.periods.get(place))
        {
            Some((_, cell)) => Arc::clone(cell.get_or_init(|| Arc::new(self.compile(on)))),
            // The first period has no first day: every date lies in one.
            None => Arc::new(self.compile(on)),
        }
    }

    fn compile(&self, on: NaiveDate) -> Period {
        let model = &*self.model;
        let rules: Vec<_> = (0_usize..)
            .zip(&model.rules)
            .filter(|(_, (period, _))| period.contains(on))
            .map(|(place, (_, rule))| InForce::new(model, on, place, verdict(model, rule, on)))
            .collect();
        let mut tracks: Vec<(i64, InForce<TrackRule>)> = (0_usize..)
            .zip(&model.tracks)
            .filter(|(_, (period, _))| period.contains(on))
            .map(|(place, (_, track))| {
                let when = track.when.clone().unwrap_or(Cond::Constant(true));
                (track.order, InForce::new(model, on, place, when))
            })
            .collect();
        tracks.sort_by_key(|(order, _)| *order);
        let tracks: Vec<_> = tracks.into_iter().map(|(_, track)| track).collect();
        let holders: Vec<_> = (0_usize..)
            .zip(&model.network.holders)
            .filter(|(_, (period, _))| period.contains(on))
            .map(|(place, (_, holder))| {
                InForce::new(
                    model,
                    on,
                    place,
                    holder.when.clone().unwrap_or(Cond::Constant(true)),
                )
            })
            .collect();
        let conditions: Vec<&Cond> = rules
            .iter()
            .map(|rule: &InForce<Rule>| &rule.verdict)
            .chain(tracks.iter().map(|track| &track.verdict))
            .chain(
                holders
                    .iter()
                    .map(|holder: &InForce<Holder>| &holder.verdict),
            )
            .collect();
        let program = compile::compile(&conditions, &model.tables, on);
        let levels = model.dictionary.iter();
        let levels = levels.filter(|(_, fact)| !fact.levels.is_empty());
        let details = levels.map(|(id, fact)| {
            let conditions = fact.levels.iter();
            let details = conditions.flat_map(|(_, condition)| {
                let condition = Cond::Named(*condition);
                reads(&model.dictionary, &model.tables, &condition, on)
            });
            (id, details.collect())
        });
        Period {
            details: details.collect(),
            program,
            rules,
            tracks,
            holders,
        }
    }
}

impl Engine {
    /// Compiles a pack.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        let model = Arc::clone(pack.model());
        let periods = first_days(&model)
            .into_iter()
            .map(|day| (day, OnceLock::new()))
            .collect();
        Self {
            compiled: Arc::new(Compiled { model, periods }),
        }
    }

    /// The engine at a date: whatever is in force that day, both ends of periods included.
    #[must_use]
    pub fn at(&self, date: NaiveDate) -> EngineAt {
        let period = self.compiled.period(date);
        let tests = Arc::new(period.program.dated(&self.compiled.model.tables, date));
        EngineAt {
            engine: self.clone(),
            date,
            period,
            tests,
        }
    }

    /// Identity of the pack: see [`Pack::identity`].
    #[must_use]
    pub fn pack_identity(&self) -> &str {
        self.compiled.model.sources.identity()
    }

    pub(crate) fn model(&self) -> &Model {
        &self.compiled.model
    }

    /// One day of each part of a period in which nothing begins or ceases to hold.
    pub(crate) fn days(&self, within: crate::vocabulary::Period) -> Vec<NaiveDate> {
        // A pack without dates holds on any day: this one is as good as another.
        const ANY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 1, 1);
        let firsts = || self.compiled.periods.iter().map(|(first, _)| *first);
        let lasts = firsts().skip(1).chain([None]);
        let parts = firsts().zip(lasts).filter_map(|(first, next)| {
            let last = next.and_then(|next| next.pred_opt());
            let first = first.max(within.from);
            let last = match (last, within.until) {
                (Some(last), Some(until)) => Some(last.min(until)),
                (last, until) => last.or(until),
            };
            match (first, last) {
                (Some(first), Some(last)) if first > last => None,
                _ => first.or(last).or(ANY),
            }
        });
        parts.collect()
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.compiled, &other.compiled)
            || self.pack_identity() == other.pack_identity()
    }
}

impl EngineAt {
    /// The date asked about.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// What the literals of the period's program are worth in the worlds of a profile.
    pub(crate) fn literals(&self, worlds: &Worlds) -> Literals {
        let program = &self.period.program;
        program.literals(&self.tests, &worlds.told, worlds.presumed.as_ref())
    }

    /// The engine itself.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Whether a body is this role, or holds it on the date, be it for some people or places alone:
    /// what tells a body that can be written to from a mere role, and a payer from any other.
    ///
    /// ```
    /// use spie::vocabulary::{BodyId, RoleId};
    /// use spie::{Engine, Pack};
    /// let at = Engine::new(&Pack::marne()?).at("2025-03-15".parse()?);
    /// let payer = RoleId::parse("caisse")?;
    /// assert!(at.holds_role(&BodyId::parse("caf-51")?, &payer));
    /// assert!(!at.holds_role(&BodyId::parse("ml-reims")?, &payer));
    /// // The role itself, which a pack may name where nobody holds it.
    /// assert!(at.holds_role(&BodyId::parse("caisse")?, &payer));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn holds_role(&self, body: &BodyId, role: &RoleId) -> bool {
        let network = &self.engine.model().network;
        network.role(role.as_str()).is_some() && network.holds(body, role, Some(self.date))
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("pack", &self.compiled.model.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for EngineAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EngineAt")
            .field("engine", &self.engine)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}
