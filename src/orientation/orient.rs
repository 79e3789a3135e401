//! From verdicts to an orientation: bodies, ranks, exclusivity, what is open.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer::{
    Certainty, Contrast, Deadline, Ground, Grounding, ORIENTATION_VERSION, OpenProposal,
    Orientation, PackReference, Proposal, Rival, SetAside, Standing,
};
use super::orienting::{Orienting, is_deceased};
use super::proof::{self};
use super::{Body, MismatchError, Verdict, restricted};
use crate::fact::dictionary::{FactId, date_of};
use crate::fact::french;
use crate::fact::set::ValueSet;
use crate::network::SchemeIndex;
use crate::pack::EngineAt;
use crate::pack::model::Rule;
use crate::profile::Profile;
use crate::rule::condition::Cond;
use crate::vocabulary::FactName;

/// A rule that is true or open for the person, on its way to a proposal.
pub(super) struct Candidate<'r> {
    pub(super) rule: &'r Rule,
    pub(super) verdict: Verdict,
    pub(super) condition: &'r Cond,
    pub(super) reads: &'r [FactId],
    pub(super) deadline: Option<Deadline>,
    body: Body,
}

/// One scheme with one body, and the candidates that ground it, best first.
pub(super) struct Group<'r> {
    pub(super) scheme: SchemeIndex,
    pub(super) body: Body,
    pub(super) rules: Vec<Candidate<'r>>,
}

/// How candidates rank: by priority, deadline, id.
pub(super) type Key<'r> = (i64, (bool, Option<NaiveDate>), &'r str);

impl<'r> Group<'r> {
    /// The key of its best rule.
    pub(super) fn key(&self) -> Option<Key<'r>> {
        self.rules.first().map(Candidate::key)
    }
}

/// Days in order: a known last day, then no known day at all.
fn due_key(deadline: Option<&Deadline>) -> (bool, Option<NaiveDate>) {
    let day = match deadline {
        Some(Deadline::On { date }) => Some(*date),
        Some(Deadline::Between { last, .. }) => Some(*last),
        _ => None,
    };
    (day.is_none(), day)
}

/// Where a rule ranks that falls due then.
pub(super) fn key<'r>(rule: &'r Rule, deadline: Option<&Deadline>) -> Key<'r> {
    (rule.priority, due_key(deadline), rule.id.as_str())
}

impl<'r> Candidate<'r> {
    pub(super) fn key(&self) -> Key<'r> {
        key(self.rule, self.deadline.as_ref())
    }
}

impl EngineAt {
    /// What to propose to this person on this date, why, and what is still open.
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn orient(&self, profile: &Profile) -> Result<Orientation, MismatchError> {
        let truths = self.truths(profile)?;
        let mut orientation = Orienting::new(self, profile, truths).run();
        if restricted::is_restricted(self.engine.model(), profile) {
            restricted::restrict(&mut orientation, self, profile);
            orientation.face_to_face = Some(Box::new(self.orient_whole(profile)?));
        }
        Ok(orientation)
    }

    /// The same, with what is told face to face: what rules do, and not what is handed out.
    pub(crate) fn orient_whole(&self, profile: &Profile) -> Result<Orientation, MismatchError> {
        let mut whole = Orienting::new(self, profile, self.truths(profile)?);
        whole.by_role = false;
        Ok(whole.run())
    }
}

impl<'o> Orienting<'o> {
    pub(super) fn run(&mut self) -> Orientation {
        let model = self.at.engine.model();
        let date = self.at.date;
        let frameworks = model
            .frameworks
            .iter()
            .filter(|(period, _)| period.contains(date))
            .map(|(_, framework)| Grounding {
                title: framework.title.to_string(),
                source: framework.sourced.source.to_string(),
                verified: framework.sourced.verified,
            });
        let mut orientation = Orientation {
            version: ORIENTATION_VERSION,
            date,
            pack: PackReference::of(model),
            frameworks: frameworks.collect(),
            standing: self.standing(),
            track: None,
            proposals: Vec::new(),
            set_aside: Vec::new(),
            open: Vec::new(),
            missing: BTreeMap::new(),
            contrasts: Vec::new(),
            face_to_face: None,
        };
        if orientation.standing.contains(&Standing::Deceased) {
            return orientation;
        }
        orientation.track = self.track();
        let (proposed, open) = self.candidates();
        let (kept, set_aside) = self.exclude(group(proposed));
        let open = group(open);
        orientation.proposals = (1_u32..)
            .zip(&kept)
            .map(|(rank, group)| self.proposal(rank, group, &open))
            .collect();
        orientation.set_aside = set_aside;
        orientation.open = open
            .iter()
            .filter(|group| {
                !kept
                    .iter()
                    .any(|kept| kept.scheme == group.scheme && kept.body == group.body)
            })
            .map(|group| self.open(group))
            .collect();
        orientation.contrasts = self.contrasts();
        orientation.missing = std::mem::take(&mut self.missing);
        orientation
    }

    fn standing(&self) -> Vec<Standing> {
        let model = self.at.engine.model();
        let mut standing = Vec::new();
        if is_deceased(self.at, self.profile) {
            standing.push(Standing::Deceased);
        }
        if let Some(age) = model.standing.age {
            let ages = self.view(age);
            if ages.hull().is_some_and(|hull| hull.hi < 18) && !ages.may_be_none() {
                standing.push(Standing::Minor);
            }
        }
        if let Some(protection) = model.standing.protection {
            let measures = self.view(protection);
            let within = |codes: &[i64]| {
                !measures.is_empty()
                    && measures.is_subset(&ValueSet::from_points(codes.iter().copied()))
            };
            if within(&model.standing.assisted) {
                standing.push(Standing::Assisted);
            } else if within(&model.standing.represented) {
                standing.push(Standing::Represented);
            }
        }
        standing
    }

    /// Rules that are proposed, and rules that are open, each with its body and deadline.
    pub(super) fn candidates(&self) -> (Vec<Candidate<'o>>, Vec<Candidate<'o>>) {
        let model = self.at.engine.model();
        let (mut proposed, mut open) = (Vec::new(), Vec::new());
        for (truth, in_force) in self.truths.iter().zip(&self.at.period.rules) {
            let verdict = Verdict::of(*truth);
            let Some((_, rule)) = model.rules.get(in_force.place) else {
                continue;
            };
            if verdict == Verdict::Not {
                continue;
            }
            let candidate = Candidate {
                rule,
                verdict,
                condition: &in_force.verdict,
                reads: &in_force.reads,
                deadline: self.rule_deadline(rule),
                body: self.named_body(rule.body),
            };
            if verdict.is_proposed() {
                proposed.push(candidate);
            } else {
                open.push(candidate);
            }
        }
        (proposed, open)
    }

    /// First by rank is kept; what it excludes is set aside, and excludes nothing itself.
    pub(super) fn exclude(&self, groups: Vec<Group<'o>>) -> (Vec<Group<'o>>, Vec<SetAside>) {
        let model = self.at.engine.model();
        let mut kept: Vec<Group<'o>> = Vec::new();
        let mut set_aside = Vec::new();
        for group in groups {
            let excluded = model
                .exclusives
                .iter()
                .filter(|(period, _)| period.contains(self.at.date))
                .find_map(|(_, exclusive)| {
                    let winner = kept.iter().find(|kept| {
                        kept.scheme != group.scheme
                            && exclusive.schemes.contains(&kept.scheme)
                            && exclusive.schemes.contains(&group.scheme)
                    })?;
                    let (scheme, title) = self.scheme(group.scheme);
                    let (winner, winner_title) = self.scheme(winner.scheme);
                    Some(SetAside {
                        scheme,
                        title,
                        body: group.body.clone(),
                        winner,
                        winner_title,
                        because: exclusive.title.to_string(),
                        source: exclusive.sourced.source.to_string(),
                        verified: exclusive.sourced.verified,
                    })
                });
            match excluded {
                Some(excluded) => set_aside.push(excluded),
                None => kept.push(group),
            }
        }
        (kept, set_aside)
    }

    fn proposal(&mut self, rank: u32, group: &Group<'o>, open: &[Group<'o>]) -> Proposal {
        let model = self.at.engine.model();
        let (scheme, title) = self.scheme(group.scheme);
        let entry = model
            .network
            .schemes
            .get(group.scheme.0)
            .and_then(|dated| dated.at(self.at.date));
        let best = group.rules.first();
        let certain = group
            .rules
            .iter()
            .any(|candidate| candidate.verdict == Verdict::Certain);
        let grounds = group
            .rules
            .iter()
            .map(|candidate| self.ground(candidate))
            .collect();
        let stronger: Vec<&Group<'o>> = open
            .iter()
            .filter(|rival| {
                rival.scheme != group.scheme
                    && rival.key() < group.key()
                    && model.exclusives.iter().any(|(period, exclusive)| {
                        period.contains(self.at.date)
                            && exclusive.schemes.contains(&rival.scheme)
                            && exclusive.schemes.contains(&group.scheme)
                    })
            })
            .collect();
        let provisional = stronger
            .into_iter()
            .map(|rival| {
                let (scheme, title) = self.scheme(rival.scheme);
                Rival {
                    scheme,
                    title,
                    missing: self.missing_of(rival),
                }
            })
            .collect();
        let theme = best
            .and_then(|best| best.rule.theme.clone())
            .or_else(|| entry.and_then(|scheme| scheme.theme.clone()));
        Proposal {
            rank,
            scheme,
            title,
            body: group.body.clone(),
            certainty: if certain {
                Certainty::Certain
            } else {
                Certainty::Presumed
            },
            priority: best.map_or(0, |best| best.rule.priority),
            deadline: best.and_then(|best| best.deadline.clone()),
            counted_from: best.and_then(|best| {
                let days = self.resumption(best.rule)?;
                days.single().and_then(date_of)
            }),
            provisional,
            grounds,
            theme: theme.map(String::from),
            scheme_source: entry
                .map(|scheme| scheme.sourced.source.to_string())
                .unwrap_or_default(),
            scheme_verified: entry.is_some_and(|scheme| scheme.sourced.verified),
        }
    }

    fn ground(&self, candidate: &Candidate<'o>) -> Ground {
        let rule = candidate.rule;
        let presumed = candidate.verdict == Verdict::Presumed;
        let unless = rule
            .unless
            .as_ref()
            .and_then(|unless| unless.sourced.as_ref());
        Ground {
            rule: rule.id.clone(),
            title: rule.title.to_string(),
            verdict: candidate.verdict,
            because: self.say(&rule.because, &candidate.body),
            source: rule.sourced.source.to_string(),
            verified: rule.sourced.verified,
            choice: rule.sourced.choice,
            unless_source: unless.map(|unless| unless.source.to_string()),
            proof: proof::prove(self.profile, candidate.condition, candidate.reads, presumed),
        }
    }

    fn missing_of(&mut self, group: &Group<'o>) -> Vec<FactName> {
        let mut facts: Vec<FactId> = Vec::new();
        for candidate in &group.rules {
            for id in proof::missing(self.profile, candidate.condition) {
                if !facts.contains(&id) {
                    facts.push(id);
                }
            }
        }
        self.note_missing(&facts)
    }

    fn open(&mut self, group: &Group<'o>) -> OpenProposal {
        let (scheme, title) = self.scheme(group.scheme);
        OpenProposal {
            scheme,
            title,
            body: group.body.clone(),
            priority: group.rules.first().map_or(0, |best| best.rule.priority),
            rules: group
                .rules
                .iter()
                .map(|candidate| candidate.rule.id.clone())
                .collect(),
            missing: self.missing_of(group),
        }
    }

    fn contrasts(&self) -> Vec<Contrast> {
        let dictionary = &self.at.engine.model().dictionary;
        let worlds = &self.profile.worlds;
        let contrasts = worlds.contrasts.iter().filter_map(|(id, derived)| {
            let fact = dictionary.fact(*id);
            Some(Contrast {
                fact: fact.name.clone(),
                label: fact.label.to_string(),
                assessed: french::possible(fact, worlds.told.of(*id)?),
                derived: french::possible(
                    fact,
                    &crate::fact::possible::Possible::Scalar(derived.clone()),
                ),
                sensitivity: fact.sensitivity,
            })
        });
        contrasts.collect()
    }
}

/// One group a (scheme, body), the best rule first; groups by their best rule.
pub(super) fn group(candidates: Vec<Candidate<'_>>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut sorted = candidates;
    sorted.sort_by(|a, b| a.key().cmp(&b.key()));
    for candidate in sorted {
        let same = groups.iter_mut().find(|group| {
            group.scheme == candidate.rule.scheme && same_body(&group.body, &candidate.body)
        });
        match same {
            Some(group) => group.rules.push(candidate),
            None => groups.push(Group {
                scheme: candidate.rule.scheme,
                body: candidate.body.clone(),
                rules: vec![candidate],
            }),
        }
    }
    groups
}

/// The same bodies, by whatever role they were named; without any, the same role.
fn same_body(a: &Body, b: &Body) -> bool {
    let partners = |body: &Body| {
        body.candidates
            .iter()
            .map(|one| one.partner.clone())
            .collect::<Vec<_>>()
    };
    partners(a) == partners(b) && (!a.candidates.is_empty() || a.role == b.role)
}
