//! One diagnostic out of the files of several bodies, as all of them or one of them sees it, and the notice
//! that the person is handed.
//!
//! `cargo run --release --example shared_diagnostic -- --help`

#[path = "../common/clock.rs"]
mod clock;
#[path = "../common/day.rs"]
mod day;
#[path = "../common/desk.rs"]
mod desk;
mod duties;
mod files;
mod form;
mod handed;
mod held;
mod nir;
#[path = "../common/pack.rs"]
mod pack;
mod people;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{Months, NaiveDate};
use clap::Parser;
use spie::diagnostic::{Account, Resolution};
use spie::orientation::notice::{Notice, Page};
use spie::orientation::{Agenda, Dispute, IdleFacts, Orientation, Standing, ThemeCoverage};
use spie::progress::Progress;
use spie::vocabulary::{BodyId, FactName, PersonRef};
use spie::{Diagnostic, Engine, EngineAt, Profile};

use duties::Duties;
use files::Office;
use handed::Handed;
use held::Held;
use pack::Failure;
use people::People;

/// The day on which the bundled family is told of.
const BUNDLED_DATE: &str = "2025-03-15";

/// Months by which a person is seen again: what goes stale before is asked now.
const UNTIL_NEXT_INTERVIEW: u32 = 3;

/// The bundled family: a mother and her grown son, as three bodies know them.
const FAMILY: [(&str, &str); 3] = [
    ("caf.json", include_str!("family/caf.json")),
    (
        "france_travail.json",
        include_str!("family/france_travail.json"),
    ),
    (
        "mission_locale.json",
        include_str!("family/mission_locale.json"),
    ),
];

/// Merge what several bodies hold, and tell what stands.
///
/// Each FILE is a diagnostic in JSON or a list of some, the sheet of an interview, the individual file of France
/// Travail, the RSA flow of CAF and MSA, or the extract of France Travail. What is said of one reference is
/// merged: who said what, what is disputed and whether it matters, what is proposed, who has to erase or to
/// answer. What each file changes of a person who is known already goes to the standard error before it is merged;
/// not where --for names a body, which may not see it.
/// Without FILE, a family as three bodies know it.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "The standard error is for whoever holds the whole, and never for the body that --for names: it says \
                  why no letter leaves.\n\nExit codes: 0 all merged, 1 some refused, 2 misuse or unreadable input."
)]
struct Arguments {
    /// What bodies hold, each in its format; REFERENCE=FILE for one of France Travail, which does not say whom it is about
    files: Vec<String>,
    /// The table of the office: a CSV of numbers (NIR, number of a file) and its references, under a line of names
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// The date asked about [default: today; 2025-03-15 for the bundled family]
    #[arg(long, value_name = "DATE", value_parser = day::parse)]
    as_of: Option<NaiveDate>,
    /// Only what this body may see, by the policy of the pack
    #[arg(long = "for", value_name = "PARTNER")]
    recipient: Option<BodyId>,
    /// A folder of TOML and CSV sources: a pack of its own, or one that extends a bundled one
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// A folder that the pack extends, if it is no bundled one; repeat it, the first one first
    #[arg(long, value_name = "DIR", requires = "pack")]
    parent: Vec<PathBuf>,
    /// One JSON object per person and line
    #[arg(long)]
    json: bool,
    /// Write the notice of each person as a page to print: FILE, or FILE-1, FILE-2 … of several; none where nothing
    /// may be sent, and the standard error says why
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// The notice in its easy-to-read version
    #[arg(long)]
    easy: bool,
}

/// What is told of one person.
#[derive(serde::Serialize)]
struct Told {
    person: PersonRef,
    diagnostic: Diagnostic,
    resolution: Resolution,
    disputes: Vec<Dispute>,
    /// How much is known, theme by theme.
    coverage: Vec<ThemeCoverage>,
    /// What is held and changes nothing.
    minimisation: IdleFacts,
    orientation: Orientation,
    /// What was erased or is contested, and who has to act.
    duties: Duties,
    /// What became of barriers.
    progress: Progress,
    /// What the next interview is best about.
    agenda: Agenda,
    /// What the recipient is shown and why; absent where nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Account>,
    /// The notice in words; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
    /// What the person is handed.
    #[serde(skip)]
    handed: Handed,
}

/// One file, and whom it is about where the caller says so.
struct Source {
    name: String,
    bytes: Vec<u8>,
    person: Option<PersonRef>,
}

fn sources(arguments: &Arguments) -> Result<Vec<Source>, Failure> {
    if arguments.files.is_empty() {
        let bundled = FAMILY.map(|(name, text)| Source {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
            person: None,
        });
        return Ok(bundled.into());
    }
    let read = |file: &String| {
        let about = file.split_once('=').filter(|_| !Path::new(file).exists());
        let (person, path) = match about {
            Some((person, path)) => {
                let person = people::reference(person);
                let person = person.map_err(|why| format!("REFERENCE={path}: {why}"))?;
                (Some(person), path)
            }
            None => (None, file.as_str()),
        };
        Ok(Source {
            name: path.to_owned(),
            bytes: bytes(Path::new(path))?,
            person,
        })
    };
    arguments.files.iter().map(read).collect()
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let named = |error: io::Error| format!("{}: {error}", path.display());
    Ok(fs::read(path).map_err(named)?)
}

fn told(
    at: &EngineAt,
    whole: Diagnostic,
    recipient: Option<&BodyId>,
    labels: &BTreeMap<FactName, String>,
    easy: bool,
) -> Result<Told, Failure> {
    let handed = Handed::of(at, &whole, recipient)?;
    let (diagnostic, account) = match recipient {
        None => (whole, None),
        Some(recipient) => {
            let view = whole.view(at, recipient)?;
            (view.diagnostic, Some(view.account))
        }
    };
    let profile = Profile::of_diagnostic(at, &diagnostic);
    let before = at.date() + Months::new(UNTIL_NEXT_INTERVIEW);
    let orientation = at.orient(&profile)?;
    Ok(Told {
        person: diagnostic.person().clone(),
        resolution: diagnostic.resolve(at),
        disputes: at.disputes(&profile)?,
        coverage: at.coverage(&profile)?,
        minimisation: at.idle_in(&diagnostic)?,
        duties: Duties::of(at, &diagnostic, labels),
        orientation,
        notice: handed
            .notice()
            .map(|notice| version(notice, easy).to_string()),
        handed,
        progress: at.progress(&diagnostic),
        agenda: at.agenda(&diagnostic, before)?,
        diagnostic,
        account,
    })
}

/// The file of one person's notice: the one named, or one of several beside it.
fn notice_file(named: &Path, number: usize, people: usize) -> PathBuf {
    if people <= 1 {
        return named.to_owned();
    }
    let stem = named.file_stem().unwrap_or_default().to_string_lossy();
    let ending = named.extension().unwrap_or_default().to_string_lossy();
    let dot = if ending.is_empty() { "" } else { "." };
    named.with_file_name(format!("{stem}-{number}{dot}{ending}"))
}

fn version(notice: &Notice, easy: bool) -> Page {
    if easy {
        notice.easy_to_read()
    } else {
        notice.page()
    }
}

fn page(told: &Told, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "==== {}", told.person)?;
    if let Some(account) = &told.account {
        writeln!(out, "Vu par : {}", account.name)?;
        for opening in &account.openings {
            writeln!(out, " - {}, pour {}", opening.label, opening.purpose)?;
        }
        if account.openings.is_empty() {
            // What is proposed to anybody says nothing of this person.
            writeln!(out, "Cet organisme ne voit rien de cette personne.\n")?;
            write!(out, "{}", told.duties)?;
            return writeln!(out, "---- {}", told.handed.nothing());
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", told.resolution)?;
    for dispute in &told.disputes {
        write!(
            out,
            "Désaccord : {} ({})",
            dispute.label,
            dispute.sides.join(" / ")
        )?;
        if dispute.matters() {
            let hangs: Vec<&str> = dispute
                .changes
                .iter()
                .map(|one| one.title.as_str())
                .collect();
            writeln!(out, ", à régler : en dépend {}", hangs.join(" ; "))?;
            writeln!(out, "   Peut trancher : {}", dispute.attest.join(", "))?;
        } else {
            writeln!(out, ", sans effet sur ce qui est proposé")?;
        }
    }
    write!(out, "{}", told.duties)?;
    writeln!(out, "Ce qui est connu, thème par thème :")?;
    for theme in &told.coverage {
        let left = theme.partial + theme.unknown;
        writeln!(
            out,
            " - {} : connus {} sur {} ; encore utiles à savoir : {}",
            theme.label,
            theme.known,
            theme.known + left,
            theme.matter
        )?;
    }
    writeln!(out, "\n{}", told.minimisation)?;
    writeln!(out, "{}", told.orientation)?;
    if !told.orientation.standing.contains(&Standing::Deceased) {
        writeln!(out, "{}", told.progress)?;
        writeln!(out, "{}", told.agenda)?;
    }
    let Some(notice) = &told.notice else {
        return writeln!(out, "---- {}", told.handed.nothing());
    };
    // The page is of all that is known, the notice of what one body may see.
    if told.account.is_none() {
        writeln!(
            out,
            "Le document qui suit est fait de ce que peut voir l'organisme qui le remet : il peut dire moins que cette page.\n"
        )?;
    }
    writeln!(out, "---- {notice}")
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    // Told before a long read, not after it.
    if let Some(html) = &arguments.html {
        if html.is_dir() {
            return Err(format!("{}: a folder: expected a file", html.display()).into());
        }
        let folder = html.parent().filter(|one| !one.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|one| !one.is_dir()) {
            return Err(format!("{}: no such folder: make it first", folder.display()).into());
        }
    }
    let pack = pack::load(arguments.pack.as_deref(), &arguments.parent)?;
    let labels = pack.facts().map(|fact| (fact.name, fact.label)).collect();
    let engine = Engine::new(&pack);
    let usual = if arguments.files.is_empty() {
        Some(BUNDLED_DATE.parse()?)
    } else {
        clock::today()
    };
    let at = engine.at(arguments.as_of.or(usual).ok_or("no date: give --as-of")?);
    let mut held = Held::default();
    let (mut read, mut refused) = (0_usize, 0_usize);
    let office = Office::new(match &arguments.people {
        Some(path) => {
            People::read(&bytes(path)?).map_err(|why| format!("{}: {why}", path.display()))?
        }
        None => People::default(),
    })?;
    for Source {
        name,
        bytes,
        person,
    } in sources(arguments)?
    {
        let opened = office.open(&at, &bytes, person.as_ref());
        let opened = opened.map_err(|why| format!("{name}: {why}"))?;
        for diagnostic in opened.diagnostics {
            read += 1;
            // It is of all that is held: a body that is named may not see it.
            if arguments.recipient.is_none()
                && let Some(difference) = held.difference(&at, &diagnostic)?
            {
                eprintln!("merge: {name}, {}: {difference}", diagnostic.person());
            }
            held.merge(&diagnostic)?;
        }
        refused += opened.refused.len();
        for why in opened.refused {
            eprintln!("refused: {name}, {why}");
        }
        for note in opened.notes {
            eprintln!("note: {name}, {note}");
        }
        if opened.unread > 0 {
            eprintln!(
                "note: {name}, {} elements that no fact holds",
                opened.unread
            );
        }
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let people = held.into_diagnostics();
    let merged = people.len();
    for (number, diagnostic) in (1..).zip(people) {
        let told = told(
            &at,
            diagnostic,
            arguments.recipient.as_ref(),
            &labels,
            arguments.easy,
        )?;
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(&told)?)?;
        } else {
            page(&told, &mut out)?;
        }
        match (told.handed.letter(), &arguments.html) {
            (Ok(notice), Some(named)) => {
                let file = notice_file(named, number, merged);
                let html = version(notice, arguments.easy).html();
                fs::write(&file, html).map_err(|error| {
                    format!("{}: the notice cannot be written: {error}", file.display())
                })?;
                eprintln!("notice of {}: {}", told.person, file.display());
            }
            // What is shown and must not leave is told with no file asked for as well.
            (Err(why), html) if html.is_some() || told.notice.is_some() => {
                eprintln!("no notice of {}: {why}", told.person);
                let older = html
                    .as_deref()
                    .map(|named| notice_file(named, number, merged));
                if let Some(older) = older.filter(|older| older.is_file()) {
                    eprintln!(
                        "note: {} is there from before: check whose it is",
                        older.display()
                    );
                }
            }
            _ => {}
        }
    }
    out.flush()?;
    eprintln!("{read} read, {merged} people, {refused} refused");
    Ok(ExitCode::from(u8::from(refused > 0)))
}

fn main() -> ExitCode {
    desk::ended(run(&Arguments::parse()))
}
