//! A cohort of invented people, drawn by published shares, oriented by the bundled pack.
//!
//! Nothing here is tuned: the thresholds are those of the packs, and what differs from
//! what is published is told.

pub(crate) mod count;
pub(crate) mod figures;
pub(crate) mod person;
pub(crate) mod report;

use chrono::{Datelike as _, NaiveDate};
use spie::{Engine, Pack};

use count::{Counts, Outcome, Probes, TRACKS};
use figures::Figures;
use person::{Drawn, Reading};
use report::{
    BarrierShare, Between, DrawnShare, ReadingShare, Report, SchemeShare, Share, TrackShare,
};

/// Whatever ends the study.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// How many schemes are told.
const SCHEMES: usize = 20;

/// Three standard deviations of a share of so many people, in thousandths, rounded up;
/// half a thousandth more, since shares are rounded.
///
/// Of few people, a share follows no bell: one person more is within it. Of nobody, any
/// share is.
fn margin(per_mille: u32, of: u32) -> Share {
    /// As much variance, of a count of people, as makes a bell.
    const BELL: f64 = 9.0;
    if of == 0 {
        return Share(1000);
    }
    let (share, all) = (f64::from(per_mille) / 1000.0, f64::from(of));
    let variance = share * (1.0 - share) * all;
    let one_more = if variance < BELL { 1.0 } else { 0.0 };
    let people = 3.0 * variance.sqrt() + one_more;
    let margin = (1000.0 * people / all + 0.5).ceil();
    let whole = (0..=1000).find(|whole| f64::from(*whole) >= margin);
    Share(whole.unwrap_or(1000))
}

fn drawn(figures: &Figures, outcome: &Outcome) -> DrawnShare {
    let figure = figures.get(&outcome.id).clone();
    // The two obstacles of transport are drawn in the proportion of one to the other.
    let both = figures.share("transport_missing") + figures.share("transport_cost");
    let published = match figure.id.as_str() {
        "transport_missing" | "transport_cost" => Share::of(figure.per_mille, both),
        _ => Share(figure.per_mille),
    };
    DrawnShare {
        published,
        drawn: Share::of(outcome.true_for, outcome.of),
        margin: margin(published.0, outcome.of),
        figure,
    }
}

/// First decile, median, ninth decile of sorted numbers.
fn deciles(sorted: &[u32]) -> [u32; 3] {
    [1, 5, 9].map(|tenths| {
        let place = sorted.len() * tenths / 10;
        sorted.get(place).copied().unwrap_or_default()
    })
}

fn reading(reading: Reading, counts: &Counts, people: u32) -> ReadingShare {
    let all: u32 = counts.proposals.iter().sum();
    ReadingShare {
        reading: reading.in_french().to_owned(),
        certain: Share::of(counts.certain, people),
        presumed: Share::of(counts.presumed, people),
        open: Share::of(counts.open, people),
        proposals_presumed: Share::of(counts.proposals_presumed, all),
        proposals: deciles(&counts.proposals),
        undecided: deciles(&counts.undecided),
    }
}

/// People drawn, and what they are drawn by.
pub(crate) struct Cohort {
    figures: Figures,
    people: Vec<Drawn>,
    seed: u64,
    date: NaiveDate,
}

impl Cohort {
    /// So many people: the same seed gives the same ones.
    pub(crate) fn draw(people: u32, seed: u64, date: NaiveDate) -> Result<Self, Failure> {
        // Days of birth and of facts lie a lifetime around it, in the years of packs.
        if !(1980..=2190).contains(&date.year()) {
            return Err("une date entre 1980 et 2190".into());
        }
        let figures = Figures::read()?;
        let people = count::draw(people, seed, date, &figures)?;
        Ok(Self {
            figures,
            people,
            seed,
            date,
        })
    }

    /// How the people drawn stand to the published figures.
    pub(crate) fn draws(&self) -> Vec<DrawnShare> {
        let outcomes = count::outcomes(&self.people, &self.figures);
        let draws = outcomes.iter().map(|outcome| drawn(&self.figures, outcome));
        draws.collect()
    }

    /// Orients everybody.
    pub(crate) fn report(&self) -> Result<Report, Failure> {
        let Self {
            figures,
            people: cohort,
            seed,
            date,
        } = self;
        let people = u32::try_from(cohort.len())?;
        let pack = Pack::marne()?;
        let at = Engine::new(&pack).at(*date);
        let mut probes = Probes::new(&pack, *date)?;
        let mut readings = Vec::new();
        for reading in Reading::ALL {
            readings.push((reading, count::orient(cohort, reading, &at, &mut probes)?));
        }
        let track = |track: &str| {
            let share = |counts: &std::collections::BTreeMap<String, u32>| {
                Share::of(counts.get(track).copied().unwrap_or_default(), people)
            };
            let between = readings.iter().map(|(_, counts)| Between {
                only: share(&counts.only),
                possible: share(&counts.possible),
            });
            let figure = figures.get(&format!("track.{track}"));
            TrackShare {
                label: figure.label.clone(),
                published: Share(figure.per_mille),
                laon: Share(figures.share(&format!("laon.{track}"))),
                readings: between.collect(),
            }
        };
        let details = readings
            .iter()
            .find(|(reading, _)| *reading == Reading::Details);
        let (_, details) = details.ok_or("the details are read")?;
        let levels = count::BARRIERS.iter().map(|barrier| {
            let levels = details.barriers.get(barrier).copied().unwrap_or_default();
            (format!("barrier.{barrier}"), levels)
        });
        let levels = levels.chain([("barrier.any".to_owned(), details.any)]);
        let barriers = levels.map(|(id, levels)| BarrierShare {
            label: figures.get(&id).label.clone(),
            published: Share(figures.share(&id)),
            light: Share::of(levels.light, people),
            moderate: Share::of(levels.moderate, people),
        });
        let mut schemes: Vec<(&String, u32)> = Vec::new();
        if let Some((_, last)) = readings.last() {
            schemes.extend(last.schemes.iter().map(|(title, count)| (title, *count)));
        }
        schemes.sort_by_key(|(title, count)| (std::cmp::Reverse(*count), *title));
        let schemes = schemes
            .into_iter()
            .take(SCHEMES)
            .map(|(title, count)| SchemeShare {
                title: title.clone(),
                share: Share::of(count, people),
            });
        Ok(Report {
            people,
            seed: *seed,
            date: *date,
            pack: pack.title().to_owned(),
            drawn: self.draws(),
            origins: ["track.social", "laon.social"].map(|id| figures.get(id).origin()),
            tracks: TRACKS.iter().map(|name| track(name)).collect(),
            barriers: barriers.collect(),
            readings: readings
                .iter()
                .map(|(name, counts)| reading(*name, counts, people))
                .collect(),
            schemes: schemes.collect(),
        })
    }
}
