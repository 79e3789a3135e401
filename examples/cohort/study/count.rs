//! Orients the people drawn and counts what comes out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use spie::orientation::{Certainty, Verdicts};
use spie::{Engine, EngineAt, Orientation, Pack};

use super::Failure;
use super::figures::Figures;
use super::person::{Communes, Draw, Drawn, Reading};

/// The three tracks, in the order of the text.
pub(crate) const TRACKS: [&str; 3] = ["professional", "socio_professional", "social"];

/// The barriers of which a share is published.
pub(crate) const BARRIERS: [&str; 6] = [
    "mobility",
    "health",
    "childcare",
    "housing",
    "administrative",
    "language",
];

/// How many people have a barrier, by what is told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Levels {
    /// Surely `light` or more.
    pub(crate) light: u32,
    /// Surely `moderate` or more.
    pub(crate) moderate: u32,
}

/// What one reading of the cohort gives.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// People for whom a track is the only possible one.
    pub(crate) only: BTreeMap<String, u32>,
    /// People for whom a track is one of those possible.
    pub(crate) possible: BTreeMap<String, u32>,
    pub(crate) certain: u32,
    pub(crate) presumed: u32,
    pub(crate) open: u32,
    pub(crate) barriers: BTreeMap<&'static str, Levels>,
    /// At least one of these barriers.
    pub(crate) any: Levels,
    /// How many proposals each person has.
    pub(crate) proposals: Vec<u32>,
    pub(crate) proposals_presumed: u32,
    /// How many schemes are open for each person.
    pub(crate) undecided: Vec<u32>,
    /// People to whom a scheme is proposed, by its title.
    pub(crate) schemes: BTreeMap<String, u32>,
}

/// A figure that people were drawn by, and how many of whom it came out for.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) true_for: u32,
    pub(crate) of: u32,
}

/// The people of a seed.
pub(crate) fn draw(
    people: u32,
    seed: u64,
    on: NaiveDate,
    figures: &Figures,
) -> Result<Vec<Drawn>, Failure> {
    let communes = Communes::read()?;
    let mut draw = Draw::new(seed);
    let drawn = (0..people).map(|_| Drawn::new(&mut draw, figures, &communes, on));
    Ok(drawn.collect())
}

/// How the people drawn stand to the published figures.
pub(crate) fn outcomes(people: &[Drawn], figures: &Figures) -> Vec<Outcome> {
    let outcome = |id: &str| {
        let mut outcome = Outcome {
            id: id.to_owned(),
            true_for: 0,
            of: 0,
        };
        for answer in people.iter().filter_map(|person| person.answers(id)) {
            outcome.of += 1;
            outcome.true_for += u32::from(answer);
        }
        outcome
    };
    let asked = figures
        .iter()
        .filter(|figure| figure.drawn || figure.id == "barrier.any");
    asked.map(|figure| outcome(&figure.id)).collect()
}

/// Questions about levels, put to the engine as rules of a pack over the one studied.
pub(crate) struct Probes {
    at: EngineAt,
    /// For each barrier, the places of its two rules among the verdicts.
    places: Vec<[usize; 2]>,
    buffer: Verdicts,
}

const THRESHOLDS: [&str; 2] = ["light", "moderate"];

impl Probes {
    pub(crate) fn new(pack: &Pack, on: NaiveDate) -> Result<Self, Failure> {
        let mut text = vec![
            "[pack]\nid = \"cohort\"\ntitle = \"Sondes\"\nextends = \"marne\"\n\
             [[scheme]]\nid = \"probe\"\ntitle = \"Sonde\"\nsource = \"aucune\"\nverified = true\n"
                .to_owned(),
        ];
        for barrier in BARRIERS {
            text.extend(THRESHOLDS.map(|level| {
                format!(
                    "[[rule]]\nid = \"probe-{barrier}-{level}\"\ntitle = \"Sonde\"\n\
                     when = \"barrier.{barrier} >= {level}\"\n\
                     propose = {{ scheme = \"probe\", partner = \"departement\", priority = 50 }}\n\
                     because = \"Sonde.\"\nsource = \"aucune\"\nverified = true\n"
                )
            }));
        }
        let text = text.concat();
        let pack = Pack::parse([("probes.toml", text.as_str())], Some(pack))?;
        let at = Engine::new(&pack).at(on);
        let rules: Vec<String> = at.rules().map(ToString::to_string).collect();
        let place = |barrier: &str, level: &str| {
            let rule = format!("probe-{barrier}-{level}");
            let place = rules.iter().position(|known| *known == rule);
            place.ok_or("a probe is not in force")
        };
        let places = BARRIERS.iter().map(|barrier| {
            let [light, moderate] = THRESHOLDS.map(|level| place(barrier, level));
            Ok::<_, Failure>([light?, moderate?])
        });
        let places = places.collect::<Result<_, _>>()?;
        let buffer = Verdicts::new();
        Ok(Self { at, places, buffer })
    }

    fn count(
        &mut self,
        person: &Drawn,
        reading: Reading,
        counts: &mut Counts,
    ) -> Result<(), Failure> {
        let profile = person.profile(self.at.engine(), self.at.date(), reading)?;
        self.at.verdicts(&profile, &mut self.buffer)?;
        let verdicts = self.buffer.as_slice();
        let levels = self.places.iter().map(|[light, moderate]| Levels {
            light: u32::from(verdicts[*light].is_proposed()),
            moderate: u32::from(verdicts[*moderate].is_proposed()),
        });
        let mut any = Levels::default();
        for (barrier, one) in BARRIERS.into_iter().zip(levels) {
            counts.barriers.entry(barrier).or_default().add(one);
            any = Levels {
                light: any.light.max(one.light),
                moderate: any.moderate.max(one.moderate),
            };
        }
        counts.any.add(any);
        Ok(())
    }
}

impl Levels {
    fn add(&mut self, other: Self) {
        self.light += other.light;
        self.moderate += other.moderate;
    }
}

impl Counts {
    fn count(&mut self, orientation: &Orientation) {
        if let Some(track) = &orientation.track {
            match track.certainty {
                Certainty::Certain => self.certain += 1,
                Certainty::Presumed => self.presumed += 1,
                Certainty::Open => self.open += 1,
            }
            let options: BTreeSet<&str> = track
                .options
                .iter()
                .map(|option| option.track.as_str())
                .collect();
            for option in &options {
                *self.possible.entry((*option).to_owned()).or_default() += 1;
                if options.len() == 1 {
                    *self.only.entry((*option).to_owned()).or_default() += 1;
                }
            }
        }
        let count = |items: usize| u32::try_from(items).expect("a few proposals");
        self.proposals.push(count(orientation.proposals.len()));
        self.undecided.push(count(orientation.open.len()));
        let presumed = orientation.proposals.iter();
        let presumed = presumed.filter(|proposal| proposal.certainty == Certainty::Presumed);
        self.proposals_presumed += count(presumed.count());
        let titles = orientation
            .proposals
            .iter()
            .map(|proposal| proposal.title.as_str());
        for title in titles.collect::<BTreeSet<_>>() {
            *self.schemes.entry(title.to_owned()).or_default() += 1;
        }
    }
}

/// Orients everybody, as one reading tells them.
pub(crate) fn orient(
    people: &[Drawn],
    reading: Reading,
    at: &EngineAt,
    probes: &mut Probes,
) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    for person in people {
        probes.count(person, reading, &mut counts)?;
        let profile = person.profile(at.engine(), at.date(), reading)?;
        counts.count(&at.orient(&profile)?);
    }
    counts.proposals.sort_unstable();
    counts.undecided.sort_unstable();
    Ok(counts)
}
