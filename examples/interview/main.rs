//! Asks, in the terminal, what still changes what is proposed to one person.
//!
//! `cargo run --release --example interview -- --help`

mod answer;
#[path = "../common/birth.rs"]
mod birth;
#[path = "../common/clock.rs"]
mod clock;
mod conversation;
#[path = "../common/day.rs"]
mod day;
#[path = "../common/desk.rs"]
mod desk;
mod kept;
#[path = "../common/pack.rs"]
mod pack;

use std::io::{self, BufRead as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;
use spie::Engine;

use answer::{Answer, Picked};
use conversation::{Conversation, Ended};
use kept::Kept;
use pack::Failure;

/// Ask one person what still changes what is proposed to them.
///
/// One question after the other, the one that settles most first, until no answer to what is
/// asked changes a proposal; then what was presumed, the orientation, why not the others, and
/// what would change it.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 the conversation is over or put aside, 2 misuse or unreadable input."
)]
struct Arguments {
    /// The date asked about [default: today]
    #[arg(long, value_name = "DATE", value_parser = day::parse)]
    as_of: Option<NaiveDate>,
    /// A folder of TOML and CSV sources: a pack of its own, or one that extends a bundled one
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// A folder that the pack extends, if it is no bundled one; repeat it, the first one first
    #[arg(long, value_name = "DIR", requires = "pack")]
    parent: Vec<PathBuf>,
    /// Where the answers are kept, as a caseload of one person: read first if it is there
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
}

/// Said once, before the first question.
const HELP: &str = "\
Répondez en clair. « ? » : je ne sais pas ; « - » : je préfère ne pas répondre ; « retour » : \
reprendre la réponse d'avant ; « fin » : s'arrêter là.
Ce qui ne dépend pas d'une réponse vous est proposé de la même façon, que vous y répondiez ou non.";

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let kept = arguments.resume.as_deref().map(Kept::new).transpose()?;
    let pack = pack::load(arguments.pack.as_deref(), &arguments.parent)?;
    let engine = Engine::new(&pack);
    let date = arguments.as_of.or_else(clock::today);
    let date = date.ok_or("no date: give --as-of")?;
    let (person, unread) = match &kept {
        Some(kept) => kept.begun(&engine, date)?,
        None => (kept::nobody()?, Vec::new()),
    };
    let mut lines = io::stdin().lock().lines();
    let mut out = io::stdout().lock();
    writeln!(out, "{HELP}")?;
    if !unread.is_empty() {
        writeln!(
            out,
            "Réponses que ce paquet ne sait pas lire, gardées dans le fichier sans compter : {}.",
            unread.join(" ; ")
        )?;
    }
    let mut conversation = Conversation::new(&pack, engine.at(date), person, &mut out)?;
    let aside = if kept.is_some() {
        Ended::Kept
    } else {
        Ended::Aside
    };
    let keep = |conversation: &Conversation| match &kept {
        Some(kept) => kept.write(conversation.person()),
        None => Ok(()),
    };
    let ended = loop {
        let (question, doubted) = match conversation.next()? {
            Some(question) => (question, false),
            None => match conversation.doubt(&mut lines, &mut out)? {
                Picked::One(question) => (*question, true),
                Picked::Back => {
                    conversation.back(&mut out)?;
                    keep(&conversation)?;
                    continue;
                }
                Picked::Nothing => break Ended::Over,
            },
        };
        let (told, goes_on) = match answer::ask(&question, &mut lines, &mut out)? {
            Answer::Told(told) => (told, true),
            Answer::Last(told) => (told, false),
            // Back to what was supposed.
            Answer::Back if doubted => continue,
            Answer::Back => {
                conversation.back(&mut out)?;
                keep(&conversation)?;
                continue;
            }
            Answer::Stopped if doubted => break Ended::Over,
            Answer::Stopped => break aside,
        };
        conversation.tell(&question, told, &mut out)?;
        keep(&conversation)?;
        if !goes_on {
            break aside;
        }
    };
    conversation.end(ended, &mut out)?;
    Ok(ExitCode::SUCCESS)
}

fn main() -> ExitCode {
    desk::ended(run(&Arguments::parse()))
}
