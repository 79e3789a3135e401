//! Asks, in the terminal, what still changes what is proposed to one person.
//!
//! `cargo run --release --example interview -- --help`

mod answer;
mod conversation;
#[path = "../shared/desk.rs"]
mod desk;
#[path = "../shared/pack.rs"]
mod pack;

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;
use spie::Engine;
use spie::interop::{Caseload, Person};
use spie::vocabulary::PersonRef;

use conversation::Conversation;
use pack::Failure;

/// One question after the other, the one that settles most first, until none is left
/// that changes a proposal; then the orientation, why not the others, and what would
/// change it.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Exit codes: 0 the conversation is over or put aside, 2 misuse or unreadable input."
)]
struct Arguments {
    /// The date asked about [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// A folder of TOML and CSV sources: a pack of its own, or one that extends a bundled one
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// Where the answers are kept, as a caseload of one person: read first if it is there
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
}

/// Said once, before the first question.
const HELP: &str = "\
Répondez en clair. « ? » : je ne sais pas ; « - » : je préfère ne pas répondre ; « fin » : \
s'arrêter là.
Ne pas répondre ne retire rien de ce qui vous est proposé.";

/// Who was begun with, or somebody of whom nothing is known.
fn begun(file: Option<&Path>, engine: &Engine) -> Result<Person, Failure> {
    let Some(file) = file.filter(|file| file.exists()) else {
        return Ok(Person::new(PersonRef::parse("entretien")?, 1));
    };
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(|error| named(&error))?;
    let mut read = Caseload::parse(&text, engine).map_err(|error| named(&error))?;
    if let Some(mistake) = read.refused.first() {
        return Err(named(mistake).into());
    }
    match (read.people.pop(), read.people.is_empty()) {
        (Some(person), true) => Ok(person),
        _ => Err(named(&"expected the answers of one person").into()),
    }
}

/// Written beside and then moved: an interview that is cut off keeps the answers before.
fn keep(file: &Path, person: &Person) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(&Caseload::from(vec![person.clone()]))?;
    let beside = file.with_extension("part");
    fs::write(&beside, text + "\n")?;
    fs::rename(beside, file)?;
    Ok(())
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let pack = pack::load(arguments.pack.as_deref(), &[])?;
    let engine = Engine::new(&pack);
    let date = arguments.as_of.or_else(desk::today);
    let date = date.ok_or("no date: give --as-of")?;
    let person = begun(arguments.resume.as_deref(), &engine)?;
    let mut conversation = Conversation::new(&pack, engine.at(date), person);
    let mut lines = io::stdin().lock().lines();
    let mut out = io::stdout().lock();
    writeln!(out, "{HELP}")?;
    let over = loop {
        let Some(question) = conversation.next()? else {
            break true;
        };
        let told = answer::ask(&question, &mut lines, &mut out)?;
        let Some(told) = told else {
            break false;
        };
        conversation.tell(&question, told, &mut out)?;
        if let Some(file) = &arguments.resume {
            keep(file, conversation.person())?;
        }
    };
    conversation.end(over, &mut out)?;
    Ok(ExitCode::SUCCESS)
}

fn main() -> ExitCode {
    desk::ended(run(&Arguments::parse()))
}
