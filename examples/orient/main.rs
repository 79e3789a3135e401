//! Orients the people of a caseload: a page per person, or one JSON object per line.
//!
//! `cargo run --release --example orient -- --help`

#[path = "../common/birth.rs"]
mod birth;
#[path = "../common/clock.rs"]
mod clock;
#[path = "../common/day.rs"]
mod day;
#[path = "../common/desk.rs"]
mod desk;
mod input;
mod output;
#[path = "../common/pack.rs"]
mod pack;

use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;
use indicatif::ProgressBar;
use spie::Engine;

use input::Entry;
use output::Report;

/// The date that the bundled people are told for.
const BUNDLED_DATE: &str = "2025-03-15";

/// Propose, explain, ask: what the pack answers for each person of a file.
///
/// Without FILE, twelve invented inhabitants of the Marne are oriented, with all their days moved
/// to the date asked about. Pages go to the standard output; what is refused, and the count of all, to the standard error.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 all people oriented, 1 some refused, 2 misuse or unreadable input."
)]
pub(crate) struct Arguments {
    /// A caseload (.json) or an extract of Pôle emploi / France Travail (.csv)
    file: Option<PathBuf>,
    /// The date asked about [default: today; 2025-03-15 for the bundled people]
    #[arg(long, value_name = "DATE", value_parser = day::parse)]
    as_of: Option<NaiveDate>,
    /// A folder of TOML and CSV sources: a pack of its own, or one that extends a bundled one
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// A folder that the pack extends, if it is no bundled one; repeat it, the first one first
    #[arg(long, value_name = "DIR", requires = "pack")]
    parent: Vec<PathBuf>,
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

use pack::Failure;

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let pack = pack::load(arguments.pack.as_deref(), &arguments.parent)?;
    let engine = Engine::new(&pack);
    let usual = match arguments.file {
        None => Some(BUNDLED_DATE.parse()?),
        Some(_) => clock::today(),
    };
    let date = arguments.as_of.or(usual).ok_or("no date: give --as-of")?;
    // Pages on a terminal are a progress of their own.
    let bar = if io::stdout().is_terminal() {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(0)
    };
    // Colours on a terminal only, and never where NO_COLOR says so.
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let at = engine.at(date);
    let mut report = Report::new(arguments, at.clone(), output::tracks(&pack), &mut out);
    let remarks = input::read(
        arguments.file.as_deref(),
        &at,
        arguments.compare.as_deref(),
        &bar,
        |entry| {
            let mistakes = match entry {
                Entry::Person { told, notes } => Vec::from_iter(report.person(&told, &notes)?),
                Entry::Refused(mistakes) => mistakes,
            };
            if !mistakes.is_empty() {
                report.refuse();
                bar.suspend(|| mistakes.iter().for_each(|why| eprintln!("refused: {why}")));
            }
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    let tally = report.finish();
    out.flush()?;
    for remark in remarks {
        eprintln!("note: {remark}");
    }
    eprint!("{tally}");
    Ok(tally.exit_code())
}

fn main() -> ExitCode {
    desk::ended(run(&Arguments::parse()))
}
