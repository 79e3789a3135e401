//! Reads a monthly or daily RSA flow of CAF and MSA into diagnostics, and orients its people.
//!
//! `cargo run --release --features caf-rsa --example caf_flow -- --help`

#[path = "../common/day.rs"]
mod day;
#[path = "../common/desk.rs"]
mod desk;
mod made;
#[path = "../common/pack.rs"]
mod pack;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use clap::Parser;
use spie::interop::UnreadReason;
use spie::interop::caf_rsa::{FlowKind, Options, Reader, Role, Tally};
use spie::vocabulary::{BodyId, PersonRef, RoleId};
use spie::{Diagnostic, Engine, Profile};

use pack::Failure;

/// The role of whoever pays the RSA: nobody else speaks in a flow.
const PAYER: &str = "caisse";

/// Read a flow, person by person: what it says, what it leaves unread, what is proposed.
///
/// Adults are given references in the order of the file; children are skipped. The standard
/// output counts the paths proposed and what was not read; what is refused goes to the standard
/// error.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 all people read, 1 some refused or the file cut, 2 misuse or unreadable input."
)]
struct Arguments {
    /// A flow of CAF or MSA (RSABEM… or RSABEI…, in XML)
    #[arg(required_unless_present = "make")]
    file: Option<PathBuf>,
    /// The date asked about [default: the day of which the flow speaks]
    #[arg(long, value_name = "DATE", value_parser = day::parse)]
    as_of: Option<NaiveDate>,
    /// The body that CAF is in the pack
    #[arg(long, value_name = "ID", default_value = "caf-51")]
    caf: BodyId,
    /// The body that MSA is in the pack
    #[arg(long, value_name = "ID", default_value = "msa-mam")]
    msa: BodyId,
    /// A folder of TOML and CSV sources: a pack of its own, or one that extends a bundled one
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// A folder that the pack extends, if it is no bundled one; repeat it, the first one first
    #[arg(long, value_name = "DIR", requires = "pack")]
    parent: Vec<PathBuf>,
    /// Merge each person with invented words of the operator of employment, as a database holds them
    #[arg(long)]
    beside: bool,
    /// Instead of orienting: one diagnostic in JSON per person and line
    #[arg(long)]
    json: bool,
    /// Write a flow of so many invented adults, with their children, instead of reading one
    #[arg(long, value_name = "PEOPLE", conflicts_with = "file")]
    make: Option<u64>,
    /// Where the invention begins
    #[arg(long, value_name = "NUMBER", default_value_t = 51)]
    seed: u64,
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if let Some(people) = arguments.make {
        let damaged = made::flow(&mut out, people, arguments.seed)?;
        out.flush()?;
        eprintln!("{people} adults made, {damaged} households damaged");
        return Ok(ExitCode::SUCCESS);
    }
    let path = arguments.file.as_ref().ok_or("no file")?;
    let engine = Engine::new(&pack::load(arguments.pack.as_deref(), &arguments.parent)?);
    let named = |error: io::Error| format!("{}: {error}", path.display());
    let source = BufReader::with_capacity(1 << 18, File::open(path).map_err(named)?);
    let options = Options::default()
        .caf(arguments.caf.clone())
        .msa(arguments.msa.clone());
    let mut number = 0_u64;
    let began = Instant::now();
    let mut people = Reader::new(source, options, |person| {
        // A real office looks its own reference up, by the NIR.
        (person.role() != Role::Child).then_some(())?;
        number += 1;
        PersonRef::parse(&format!("flow-{number:07}")).ok()
    })
    .map_err(|error| format!("{}: {error}", path.display()))?;
    let at = engine.at(arguments.as_of.unwrap_or(people.flow().reference_on));
    let spoken_of = people.flow().reference_on;
    if at.date() < spoken_of {
        eprintln!(
            "note: the flow speaks of {spoken_of}: what it observes on that day does not count on {}",
            at.date()
        );
    }
    // Whoever says all this must be somebody: a view of nothing tells who is not known.
    let nobody = Diagnostic::new(PersonRef::parse("nobody")?);
    let payer = RoleId::parse(PAYER)?;
    for body in [&arguments.caf, &arguments.msa] {
        nobody.view(&at, body)?;
        if !at.holds_role(body, &payer) {
            return Err(format!("`{body}` pays no benefits: expected a body that holds the role `{PAYER}` in the pack").into());
        }
    }
    let mut tracks: BTreeMap<String, u64> = BTreeMap::new();
    let mut unread: BTreeMap<(String, String), u64> = BTreeMap::new();
    for arrival in people.by_ref() {
        let arrival = match arrival {
            Ok(arrival) => arrival,
            Err(error) => {
                eprintln!("refused: {error}");
                continue;
            }
        };
        for left in arrival.unread {
            // The name of an element that the format has not is whatever stands in the file: what the
            // format knows around it, the same for all households, is told in its place.
            let element = match left.reason {
                UnreadReason::Unknown => without_ranks(&left.place.path),
                _ => left.element,
            };
            let seen = unread.entry((element, left.reason.to_string()));
            *seen.or_default() += 1;
        }
        let mut diagnostic = arrival.diagnostic;
        if arguments.beside {
            diagnostic = diagnostic.merge(&made::operator(diagnostic.person(), at.date())?)?;
        }
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(&diagnostic)?)?;
            continue;
        }
        let orientation = at.orient(&Profile::of_diagnostic(&at, &diagnostic))?;
        let options = orientation.track.iter().flat_map(|track| &track.options);
        // Those that only the body tells apart are one.
        let mut labels: Vec<&str> = Vec::new();
        for option in options {
            if !labels.contains(&option.label.as_str()) {
                labels.push(&option.label);
            }
        }
        let label = match labels[..] {
            [] => "rien".to_owned(),
            _ => labels.join(" ou "),
        };
        *tracks.entry(label).or_default() += 1;
    }
    for (track, count) in tracks {
        writeln!(out, "{count:>8}  {track}")?;
    }
    for ((element, reason), count) in unread {
        let line = format!("{count:>8}  {element}: {reason}");
        // The output is then of people alone, one on a line.
        if arguments.json {
            eprintln!("{line}");
        } else {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    for warning in people.warnings() {
        eprintln!("note: {warning}");
    }
    let tally = people.tally();
    summary(people.flow().kind, &tally, began.elapsed())?;
    let mut warnings = people.warnings().iter();
    let cut = warnings.any(|warning| warning.reason().loses_people());
    let refused = tally.refused_households + tally.refused > 0;
    Ok(ExitCode::from(u8::from(refused || cut)))
}

/// A path in the names of the format alone.
fn without_ranks(path: &str) -> String {
    let names = path
        .split('/')
        .map(|name| name.split('[').next().unwrap_or(name));
    names.collect::<Vec<_>>().join("/")
}

/// What went which way, and how fast.
fn summary(kind: FlowKind, tally: &Tally, taken: Duration) -> Result<(), Failure> {
    let kind = match kind {
        FlowKind::Monthly => "monthly",
        FlowKind::Daily => "daily",
        _ => "other",
    };
    if tally.untold > 0 {
        let count = tally.untold;
        eprintln!("{count} elements that no fact holds are of people who are not kept");
    }
    eprintln!(
        "{kind} flow: {} households, {} refused; {} people, {} kept, {} refused, {} skipped",
        tally.households,
        tally.refused_households,
        tally.people,
        tally.kept,
        tally.refused,
        tally.skipped
    );
    let seconds = taken.as_secs_f64();
    let rate = f64::from(u32::try_from(tally.kept)?) / seconds;
    eprintln!("{seconds:.1} s, {rate:.0} people kept per second");
    Ok(())
}

fn main() -> ExitCode {
    desk::ended(run(&Arguments::parse()))
}
