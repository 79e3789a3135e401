//! Orients the people of a caseload: a page per person, or one JSON object per line.
//!
//! `cargo run --release --example orient -- --help`

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use chrono::NaiveDate;
use clap::Parser;
use indicatif::ProgressBar;
use spie::interop::{Caseload, Person};
use spie::{Engine, Orientation, Pack};

/// The date that the bundled people are told for.
const BUNDLED_DATE: &str = "2025-03-15";

/// Propose, explain, ask: what the pack answers for each person of a file.
///
/// Without FILE, twelve invented inhabitants of the Marne are oriented.
/// Exit codes: 0 all people oriented, 1 some refused, 2 misuse or unreadable input.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// A caseload (.json) or an extract of Pôle emploi / France Travail (.csv)
    file: Option<PathBuf>,
    /// The date asked about [default: today; 2025-03-15 for the bundled people]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// A folder of TOML and CSV sources that extends the bundled `france` pack
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// Only the person of this reference
    #[arg(long, value_name = "ID")]
    person: Option<String>,
    /// Set this column of the file (the track that professionals chose) beside the track proposed
    #[arg(long, value_name = "COLUMN")]
    compare: Option<String>,
    /// One JSON object per person and line
    #[arg(long)]
    json: bool,
}

type Failure = Box<dyn std::error::Error>;

/// Today, from the only clock in sight: the example's own.
fn today() -> Option<NaiveDate> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    let days = i32::try_from(since.as_secs() / 86_400).ok()?;
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::Duration::days(days.into()))
}

/// Reads a folder as the sources of a pack, each named by its path below the folder.
fn sources(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut sources = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|error| format!("{}: {error}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "toml" || ending == "csv")
            {
                let name = path
                    .strip_prefix(folder)?
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push((name, fs::read_to_string(&path)?));
            }
        }
    }
    sources.sort();
    Ok(sources)
}

/// What came of a run.
#[derive(Default)]
struct Tally {
    oriented: usize,
    refused: usize,
    /// Track chosen by professionals × track proposed.
    compared: BTreeMap<(String, String), usize>,
}

struct Run<'r> {
    engine: &'r Engine,
    date: NaiveDate,
    arguments: &'r Arguments,
    bar: ProgressBar,
    tally: Tally,
}

impl Run<'_> {
    fn refuse(&mut self, why: &dyn std::fmt::Display) {
        self.tally.refused += 1;
        self.bar.suspend(|| eprintln!("refused: {why}"));
    }

    fn person(&mut self, person: &Person, out: &mut impl Write) -> Result<(), Failure> {
        self.bar.inc(1);
        if self
            .arguments
            .person
            .as_ref()
            .is_some_and(|wanted| wanted != person.reference.as_str())
        {
            return Ok(());
        }
        let profile = match person.profile(self.engine, self.date) {
            Ok(profile) => profile,
            Err(errors) => {
                self.refuse(&format!(
                    "line {}, {}: {errors}",
                    person.line, person.reference
                ));
                return Ok(());
            }
        };
        let orientation = self.engine.at(self.date).orient(&profile)?;
        self.tally.oriented += 1;
        let chosen = self
            .arguments
            .compare
            .as_ref()
            .map(|column| person.columns.get(column).cloned().unwrap_or_default());
        if let Some(chosen) = &chosen {
            *self
                .tally
                .compared
                .entry((chosen.clone(), proposed(&orientation)))
                .or_default() += 1;
        }
        if self.arguments.json {
            let line = serde_json::json!({
                "ref": person.reference, "orientation": orientation, "compare": chosen,
            });
            writeln!(out, "{line}")?;
            return Ok(());
        }
        let title = person
            .title
            .as_deref()
            .map(|title| format!(" — {title}"))
            .unwrap_or_default();
        let bold = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
        writeln!(out, "{bold}{}{title}{bold:#}", person.reference)?;
        if let Some(chosen) = chosen {
            let chosen = if chosen.is_empty() {
                "non renseigné"
            } else {
                &chosen
            };
            writeln!(
                out,
                "Comparaison : choisi par les professionnels : {chosen} ; proposé : {}",
                proposed(&orientation)
            )?;
        }
        writeln!(out, "{orientation}")?;
        Ok(())
    }
}

/// The track proposed, or the possible ones.
fn proposed(orientation: &Orientation) -> String {
    let options = orientation.track.iter().flat_map(|track| &track.options);
    let mut tracks: Vec<&str> = options.map(|option| option.track.as_str()).collect();
    tracks.dedup();
    if tracks.is_empty() {
        "—".to_owned()
    } else {
        tracks.join(" | ")
    }
}

fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Tally, Failure> {
    let pack = match &arguments.pack {
        None => Pack::marne()?,
        Some(folder) => Pack::parse(sources(folder)?, Some(&Pack::france()?))?,
    };
    let engine = Engine::new(&pack);
    let bundled = if arguments.file.is_none() {
        Some(BUNDLED_DATE.parse()?)
    } else {
        today()
    };
    let date = arguments.as_of.or(bundled).ok_or("no date: give --as-of")?;
    let bar = if io::stderr().is_terminal() && arguments.file.is_some() {
        ProgressBar::new_spinner().with_message("personnes")
    } else {
        ProgressBar::hidden()
    };
    let mut run = Run {
        engine: &engine,
        date,
        arguments,
        bar,
        tally: Tally::default(),
    };
    let caseload = match &arguments.file {
        None => Caseload::bundled(&engine)?,
        Some(file) => {
            let text =
                fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            Caseload::parse(&text, &engine)
                .map_err(|error| format!("{}: {error}", file.display()))?
        }
    };
    for refused in &caseload.refused {
        run.refuse(refused);
    }
    for person in &caseload.people {
        run.person(person, out)?;
    }
    run.bar.finish_and_clear();
    Ok(run.tally)
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Colours on a terminal only, and never where NO_COLOR says so.
    let mut out = io::BufWriter::new(anstream::stdout());
    let outcome = run(&arguments, &mut out).and_then(|tally| Ok(out.flush().map(|()| tally)?));
    match outcome {
        Ok(tally) => {
            for ((chosen, proposed), count) in &tally.compared {
                eprintln!("choisi « {chosen} », proposé « {proposed} » : {count}");
            }
            if arguments.person.is_some() && tally.oriented == 0 {
                eprintln!("error: no person of that reference");
                return ExitCode::from(2);
            }
            let total = tally.oriented + tally.refused;
            eprintln!(
                "{total} in, {} oriented, {} refused",
                tally.oriented, tally.refused
            );
            if tally.refused == 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            }
        }
        Err(error) => {
            // A closed pipe is the reader's choice, not a fault.
            let closed = error
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
            if closed {
                return ExitCode::SUCCESS;
            }
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
