//! What the study found, in French: published shares, shares found, differences.

use std::fmt;

use serde::Serialize;

use super::figures::Figure;

/// Thousandths, written as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Share(pub(crate) u32);

impl Share {
    pub(crate) fn of(count: u32, all: u32) -> Self {
        let share = (u64::from(count) * 1000 + u64::from(all) / 2) / u64::from(all.max(1));
        Self(u32::try_from(share).expect("a part of the whole"))
    }

    fn beside(self, published: Self) -> Difference {
        Difference(i64::from(self.0) - i64::from(published.0))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{} %", self.0 / 10, self.0 % 10)
    }
}

/// Tenths of a point.
struct Difference(i64);

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            ..0 => "−",
            0 => "",
            _ => "+",
        };
        let points = self.0.unsigned_abs();
        write!(f, "{sign}{},{}", points / 10, points % 10)
    }
}

/// A figure that people are drawn by, or that follows from the draw.
#[derive(Debug, Serialize)]
pub(crate) struct DrawnShare {
    pub(crate) figure: Figure,
    pub(crate) published: Share,
    pub(crate) drawn: Share,
    /// Three standard deviations, in thousandths.
    pub(crate) margin: Share,
}

impl DrawnShare {
    /// Whether chance alone explains the difference.
    pub(crate) fn is_within(&self) -> bool {
        self.drawn.0.abs_diff(self.published.0) <= self.margin.0
    }
}

/// One track: published shares, and the share in each reading.
#[derive(Debug, Serialize)]
pub(crate) struct TrackShare {
    pub(crate) label: String,
    pub(crate) published: Share,
    pub(crate) laon: Share,
    pub(crate) readings: Vec<Between>,
}

/// For whom it is the only possible one, and for whom it is one of those possible.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Between {
    pub(crate) only: Share,
    pub(crate) possible: Share,
}

impl Between {
    fn differences(self, published: Share) -> String {
        let (low, high) = (self.only.beside(published), self.possible.beside(published));
        if self.only == self.possible {
            low.to_string()
        } else {
            format!("{low} à {high}")
        }
    }
}

impl fmt::Display for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.only == self.possible {
            self.only.fmt(f)
        } else {
            write!(f, "{} à {}", self.only, self.possible)
        }
    }
}

/// One barrier: published presence, and the levels that the details give.
#[derive(Debug, Serialize)]
pub(crate) struct BarrierShare {
    pub(crate) label: String,
    pub(crate) published: Share,
    pub(crate) light: Share,
    pub(crate) moderate: Share,
}

/// How sure the tracks and proposals of a reading are.
#[derive(Debug, Serialize)]
pub(crate) struct ReadingShare {
    pub(crate) reading: String,
    pub(crate) certain: Share,
    pub(crate) presumed: Share,
    pub(crate) open: Share,
    /// Of all proposals, those « sous réserve ».
    pub(crate) proposals_presumed: Share,
    /// Proposals per person: first decile, median, ninth decile.
    pub(crate) proposals: [u32; 3],
    /// The same of schemes that the facts do not decide.
    pub(crate) undecided: [u32; 3],
}

#[derive(Debug, Serialize)]
pub(crate) struct SchemeShare {
    pub(crate) title: String,
    pub(crate) share: Share,
}

/// All of it.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) people: u32,
    pub(crate) seed: u64,
    pub(crate) date: chrono::NaiveDate,
    pub(crate) pack: String,
    pub(crate) drawn: Vec<DrawnShare>,
    /// Where the tracks of the pilots, and those of Laon, were read.
    pub(crate) origins: [String; 2],
    pub(crate) tracks: Vec<TrackShare>,
    pub(crate) barriers: Vec<BarrierShare>,
    pub(crate) readings: Vec<ReadingShare>,
    pub(crate) schemes: Vec<SchemeShare>,
}

fn row(f: &mut fmt::Formatter<'_>, cells: &[String]) -> fmt::Result {
    writeln!(f, "| {} |", cells.join(" | "))
}

fn head(f: &mut fmt::Formatter<'_>, columns: &[&str]) -> fmt::Result {
    writeln!(f, "| {} |", columns.join(" | "))?;
    writeln!(f, "|{}", "---|".repeat(columns.len()))
}

/// « 10 000 »
fn thousands(number: u32) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{thousands} {:03}", number % 1000),
    }
}

fn deciles([low, median, high]: [u32; 3]) -> String {
    format!("{median} ({low} à {high})")
}

impl Report {
    /// What people are drawn by, and where that was read.
    fn write_draws(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### Ce qui est tiré\n")?;
        head(
            f,
            &[
                "part",
                "source",
                "publiée",
                "tirée",
                "écart, en points",
                "marge du hasard",
            ],
        )?;
        let mut origins: Vec<String> = Vec::new();
        for one in &self.drawn {
            let figure = &one.figure;
            let origin = figure.origin();
            let known = origins.iter().position(|known| *known == origin);
            let number = known.unwrap_or_else(|| {
                origins.push(origin);
                origins.len() - 1
            });
            let followed = if figure.drawn {
                ""
            } else {
                " (non tirée : s'en déduit)"
            };
            let beyond = if one.is_within() { "" } else { ", DÉPASSÉE" };
            row(
                f,
                &[
                    format!("{}{followed}", figure.label),
                    (number + 1).to_string(),
                    one.published.to_string(),
                    one.drawn.to_string(),
                    one.drawn.beside(one.published).to_string(),
                    format!("± {},{}{beyond}", one.margin.0 / 10, one.margin.0 % 10),
                ],
            )?;
        }
        writeln!(f, "\nSources :\n")?;
        for (number, origin) in origins.iter().enumerate() {
            writeln!(f, "{}. {origin}", number + 1)?;
        }
        Ok(())
    }

    /// Tracks beside those published.
    fn write_tracks(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n### Parcours\n")?;
        let mut columns = vec![
            "parcours".to_owned(),
            "18 pilotes".to_owned(),
            "Laon".to_owned(),
        ];
        for reading in &self.readings {
            columns.push(reading.reading.clone());
            columns.push("écart aux pilotes".to_owned());
        }
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        head(f, &columns)?;
        for track in &self.tracks {
            let mut cells = vec![
                track.label.clone(),
                track.published.to_string(),
                track.laon.to_string(),
            ];
            for reading in &track.readings {
                cells.push(reading.to_string());
                cells.push(reading.differences(track.published));
            }
            row(f, &cells)?;
        }
        let [pilots, laon] = &self.origins;
        writeln!(f, "\n- 18 pilotes : {pilots}\n- Laon : {laon}")
    }

    /// Barriers beside those published.
    fn write_barriers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n### Freins, d'après les détails\n")?;
        head(
            f,
            &[
                "frein",
                "présence publiée",
                "léger ou plus",
                "écart",
                "important ou plus",
                "écart",
            ],
        )?;
        for barrier in &self.barriers {
            row(
                f,
                &[
                    barrier.label.clone(),
                    barrier.published.to_string(),
                    barrier.light.to_string(),
                    barrier.light.beside(barrier.published).to_string(),
                    barrier.moderate.to_string(),
                    barrier.moderate.beside(barrier.published).to_string(),
                ],
            )?;
        }
        Ok(())
    }

    /// What no figure is published of: how sure the answers are.
    fn write_certainty(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n### Ce qui est sûr, ce qui ne l'est pas\n")?;
        writeln!(f, "Aucun chiffre publié n'est connu pour ce tableau.\n")?;
        head(
            f,
            &[
                "lecture",
                "parcours sûr",
                "sous réserve",
                "plusieurs possibles",
                "propositions sous réserve",
                "propositions par personne : médiane (premier et neuvième déciles)",
                "dispositifs non tranchés par personne : médiane (premier et neuvième déciles)",
            ],
        )?;
        for reading in &self.readings {
            row(
                f,
                &[
                    reading.reading.clone(),
                    reading.certain.to_string(),
                    reading.presumed.to_string(),
                    reading.open.to_string(),
                    reading.proposals_presumed.to_string(),
                    deciles(reading.proposals),
                    deciles(reading.undecided),
                ],
            )?;
        }
        Ok(())
    }

    /// And what is proposed most often.
    fn write_most_proposed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n### Ce qui est le plus proposé (dernière lecture)\n")?;
        writeln!(f, "Aucun chiffre publié n'est connu pour ce tableau.\n")?;
        head(f, &["dispositif", "part des personnes"])?;
        for scheme in &self.schemes {
            row(f, &[scheme.title.clone(), scheme.share.to_string()])?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.people > 1 { "s" } else { "" };
        writeln!(
            f,
            "{} personne{plural} inventée{plural} (graine {}), orientée{plural} au {} par « {} ».\n",
            thousands(self.people),
            self.seed,
            self.date.format("%d/%m/%Y"),
            self.pack
        )?;
        self.write_draws(f)?;
        self.write_tracks(f)?;
        self.write_barriers(f)?;
        self.write_certainty(f)?;
        self.write_most_proposed(f)
    }
}
