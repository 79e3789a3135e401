//! What is said of each person, and of all of them.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use spie::fact::{DECISION_TRACK, Values};
use spie::{EngineAt, Orientation, Pack};

use crate::input::Told;
use crate::{Arguments, Failure};

/// Writes pages or lines of JSON, and counts.
pub(crate) struct Report<'r, W> {
    arguments: &'r Arguments,
    engine: EngineAt,
    /// French labels of the tracks, by code.
    tracks: BTreeMap<String, String>,
    out: &'r mut W,
    tally: Tally,
}

/// French labels of the tracks that somebody may have decided on.
pub(crate) fn tracks(pack: &Pack) -> BTreeMap<String, String> {
    let decided = pack
        .facts()
        .find(|fact| fact.name.as_str() == DECISION_TRACK);
    match decided.map(|fact| fact.values) {
        Some(Values::Code { codes, .. }) => codes
            .iter()
            .map(|(code, label)| (code.to_string(), label.clone()))
            .collect(),
        _ => BTreeMap::new(),
    }
}

/// Where every person went.
#[derive(Default)]
pub(crate) struct Tally {
    oriented: usize,
    refused: usize,
    /// Statements that were left out: told later, or of a fact that this pack does not have.
    left_out: usize,
    /// Not the person asked for.
    passed_over: usize,
    asked_for: Option<String>,
    /// Track chosen by professionals and track proposed: how many people.
    compared: BTreeMap<(String, String), usize>,
}

impl<'r, W: Write> Report<'r, W> {
    pub(crate) fn new(
        arguments: &'r Arguments,
        engine: EngineAt,
        tracks: BTreeMap<String, String>,
        out: &'r mut W,
    ) -> Self {
        Self {
            arguments,
            engine,
            tracks,
            out,
            tally: Tally {
                asked_for: arguments.person.clone(),
                ..Tally::default()
            },
        }
    }

    /// Counts somebody who is refused.
    pub(crate) fn refuse(&mut self) {
        self.tally.refused += 1;
    }

    pub(crate) fn finish(self) -> Tally {
        self.tally
    }

    /// Orients a person and writes what comes of it; or tells why that is refused.
    pub(crate) fn person(
        &mut self,
        person: &Told,
        notes: &[String],
    ) -> Result<Option<String>, Failure> {
        let reference = person.reference.as_str();
        let asked_for = self.arguments.person.as_deref();
        if asked_for.is_some_and(|asked_for| asked_for != reference) {
            self.tally.passed_over += 1;
            return Ok(None);
        }
        // What this pack has no fact for is left out, and said; so is what was told later.
        let (profile, left_out) = match person.profile(&self.engine) {
            Ok(read) => read,
            Err(errors) => return Ok(Some(errors)),
        };
        let orientation = self.engine.orient(&profile)?;
        self.tally.oriented += 1;
        self.tally.left_out += left_out.len();
        let mut notes = notes.to_vec();
        notes.extend(left_out);
        let chosen = self.compare(person, &orientation);
        if self.arguments.json {
            // As the file has it: codes are for machines, labels for people.
            let column = self.arguments.compare.as_ref();
            let chosen = column.and_then(|column| person.columns.get(column));
            let line = serde_json::json!({
                "ref": person.reference,
                "orientation": orientation,
                "chosen": chosen,
                "notes": notes,
            });
            writeln!(self.out, "{line}")?;
            return Ok(None);
        }
        let title = person.title.as_deref();
        let title = title.map_or_else(String::new, |title| format!(" — {title}"));
        let bold = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
        writeln!(self.out, "{bold}{reference}{title}{bold:#}")?;
        if let Some(chosen) = chosen {
            let proposed = proposed(&orientation);
            writeln!(
                self.out,
                "Choisi par les professionnels : {chosen} ; proposé : {proposed}."
            )?;
        }
        writeln!(self.out, "{orientation}")?;
        Ok(None)
    }

    /// What professionals chose, by the column to compare with, in French where it is a track.
    fn compare(&mut self, person: &Told, orientation: &Orientation) -> Option<String> {
        let column = self.arguments.compare.as_ref()?;
        let chosen = person.columns.get(column);
        let chosen = chosen.filter(|chosen| !chosen.trim().is_empty());
        let chosen = chosen.map_or("non renseigné", |chosen| {
            self.tracks.get(chosen).unwrap_or(chosen)
        });
        let chosen = chosen.to_owned();
        let pair = (chosen.clone(), proposed(orientation));
        *self.tally.compared.entry(pair).or_default() += 1;
        Some(chosen)
    }
}

/// The track proposed, or the possible ones, in French.
fn proposed(orientation: &Orientation) -> String {
    let options = orientation.track.iter().flat_map(|track| &track.options);
    let mut tracks: Vec<&str> = options.map(|option| option.label.as_str()).collect();
    tracks.dedup();
    if tracks.is_empty() {
        "aucun".to_owned()
    } else {
        tracks.join(" ou ")
    }
}

impl Tally {
    fn is_missed(&self) -> bool {
        self.asked_for.is_some() && self.oriented == 0
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            _ if self.is_missed() => ExitCode::from(2),
            Self { refused: 0, .. } => ExitCode::SUCCESS,
            _ => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((chosen, proposed), count) in &self.compared {
            writeln!(f, "chosen `{chosen}`, proposed `{proposed}`: {count}")?;
        }
        if let Some(asked_for) = &self.asked_for
            && self.is_missed()
        {
            writeln!(f, "error: nobody of reference `{asked_for}`")?;
        }
        if self.left_out > 0 {
            let left_out = self.left_out;
            writeln!(
                f,
                "note: {left_out} statements are left out: told after the date asked, or not readable with this pack (--json tells which)"
            )?;
        }
        let all = self.oriented + self.refused + self.passed_over;
        write!(f, "{all} in, {} oriented", self.oriented)?;
        if self.passed_over > 0 {
            write!(f, ", {} passed over", self.passed_over)?;
        }
        writeln!(f, ", {} refused", self.refused)
    }
}
