//! Orients a cohort of invented people, drawn by published shares, and tells what
//! differs from what is published.
//!
//! `cargo run --release --example cohort -- --help`

#[path = "../common/day.rs"]
mod day;
mod study;

use std::io::{self, Write as _};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;

/// Draw invented people by published shares, orient them, and tell the difference.
///
/// Three readings of the same people: which barriers there are; the details, from which
/// the dictionary derives levels; the details, with what a professional concluded.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 done, 1 a draw is beyond chance, 2 misuse."
)]
struct Arguments {
    /// The date asked about
    #[arg(long, value_name = "DATE", default_value = "2025-03-15", value_parser = day::parse)]
    as_of: NaiveDate,
    /// How many people are drawn
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    people: u32,
    /// The same seed gives the same people
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

fn run(arguments: &Arguments) -> Result<ExitCode, study::Failure> {
    let report =
        study::Cohort::draw(arguments.people, arguments.seed, arguments.as_of)?.report()?;
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        write!(out, "{report}")?;
    }
    let beyond = report.drawn.iter().filter(|drawn| !drawn.is_within());
    let beyond: Vec<&str> = beyond.map(|drawn| drawn.figure.label.as_str()).collect();
    if beyond.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("tirage hors de la marge du hasard : {}", beyond.join(", "));
    Ok(ExitCode::FAILURE)
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
