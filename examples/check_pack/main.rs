//! Checks the pack of a folder: its mistakes, its examples and what they leave untried, what
//! its rules do to people, and who gains or loses by it.
//!
//! `cargo run --release --example check_pack -- --help`

mod french;
#[path = "../common/pack.rs"]
mod pack;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use spie::PackErrors;
use spie::pack::PackError;
use spie::review::Difference;

use pack::Failure;

/// Vérifie un paquet : ses erreurs, ses exemples et ce qu'ils n'essaient pas, ce que ses règles font aux gens.
///
/// Chaque erreur et chaque remarque est dite avec sa ligne et ce qu'il faut faire. Les
/// remarques laissent le paquet utilisable.
#[derive(Parser)]
#[command(
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    help_template = "{about-with-newline}\nUsage : {usage}\n\nDossier :\n{positionals}\n\nOptions :\n{options}{after-help}",
    after_help = "\nCodes de sortie : 0 aucune erreur, 1 des erreurs, 2 dossier illisible ou mauvais usage."
)]
struct Arguments {
    /// Dossier de fichiers .toml et .csv, qui peut prolonger un paquet fourni (core, france, marne)
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Dossier du paquet que DIR prolonge, s'il n'est pas fourni ; à répéter, le premier d'abord
    #[arg(long, value_name = "DIR")]
    parent: Vec<PathBuf>,
    /// Ce que le paquet DIR change par rapport à celui-ci, personne par personne
    #[arg(long, value_name = "OTHER")]
    diff: Option<PathBuf>,
    /// Un objet JSON par erreur, remarque ou changement, un par ligne
    #[arg(long)]
    json: bool,
    /// Montre cette aide
    #[arg(short, long, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Montre la version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// Mistakes and remarks, in the order found.
#[derive(Default)]
struct Found {
    /// What is said of a pack that can be read.
    pack: Option<String>,
    examples: Option<usize>,
    all: Vec<PackError>,
    /// Mistakes that are too many to be told.
    more: usize,
    difference: Option<Difference>,
    /// Why some of what was asked for could not be tried.
    failed: Option<String>,
}

impl Found {
    fn add(&mut self, errors: &PackErrors) {
        self.all.extend(errors.iter().cloned());
        self.more = self.more.saturating_add(errors.more());
    }

    fn count(&self, remarks: bool) -> usize {
        let kinds = self.all.iter().map(|error| error.mistake().is_remark());
        kinds.filter(|is_remark| *is_remark == remarks).count()
    }

    fn summary(&self) -> String {
        let number = |count: usize, what: &str| {
            let plural = if count > 1 { "s" } else { "" };
            format!("{count} {what}{plural}")
        };
        let examples = match self.examples {
            Some(ran) => number(ran, "exemple"),
            None => "exemples non essayés".to_owned(),
        };
        let (errors, remarks) = (self.count(false), self.count(true));
        let changes = self
            .difference
            .as_ref()
            .map_or_else(String::new, |difference| {
                format!(", {}", number(difference.changes.len(), "changement"))
            });
        let more = match self.more {
            0 => String::new(),
            more => format!(", et {more} autres qui ne sont pas dites"),
        };
        format!(
            "{examples}, {}, {}{more}{changes}",
            number(errors, "erreur"),
            number(remarks, "remarque")
        )
    }
}

/// Runs a search with a bar, drawn on a terminal only: it hides itself elsewhere.
fn searching<T>(what: &str, search: impl FnOnce(&mut dyn FnMut(usize, usize)) -> T) -> T {
    let style = ProgressStyle::with_template(&format!("{what} {{bar:40}} {{pos}}/{{len}}"));
    let bar =
        ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let found = search(&mut |done, all| {
        bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    });
    bar.finish_and_clear();
    found
}

/// Waits for what tells nothing on its way.
fn waiting<T>(what: &'static str, search: impl FnOnce() -> T) -> T {
    let bar = ProgressBar::new_spinner().with_message(what);
    bar.enable_steady_tick(Duration::from_millis(100));
    let found = search();
    bar.finish_and_clear();
    found
}

fn check(arguments: &Arguments) -> Result<Found, Failure> {
    let mut found = Found::default();
    let pack = match pack::load(Some(&arguments.folder), &arguments.parent) {
        Ok(pack) => pack,
        Err(error) => {
            // What is wrong in the pack is the answer, not a failure to give one.
            found.add(error.downcast::<PackErrors>()?.as_ref());
            return Ok(found);
        }
    };
    found.pack = Some(format!(
        "paquet `{}`, identité {}",
        pack.id(),
        pack.identity()
    ));
    found.examples = Some(pack.examples());
    if let Err(errors) = waiting("exemples", || pack.run_examples()) {
        found.add(&errors);
    }
    if let Err(remarks) = waiting("ce que les exemples essaient", || pack.check_coverage()) {
        found.add(&remarks);
    }
    if let Err(remarks) = searching("règles", |progress| pack.check_rules(progress)) {
        found.add(&remarks);
    }
    if let Some(other) = &arguments.diff {
        match pack::load(Some(other), &arguments.parent) {
            Ok(other) => {
                found.difference = Some(searching("jours", |progress| {
                    other.difference(&pack, progress)
                }));
            }
            // What was found in DIR is told all the same.
            Err(error) => {
                let why = french::failure(&error);
                found.failed = Some(format!("{} ne se lit pas : {why}", other.display()));
            }
        }
    }
    Ok(found)
}

fn tell(found: &Found, json: bool, out: &mut impl Write) -> io::Result<()> {
    for error in &found.all {
        if json {
            let line = serde_json::json!({
                "code": error.code(),
                "title": error.mistake().title(),
                "remark": error.mistake().is_remark(),
                "file": error.file(),
                "line": error.line(),
                "column": error.column(),
                "end_line": error.end_line(),
                "end_column": error.end_column(),
                "message": error.message(),
                "mend": error.mend(),
                "replacement": error.replacement(),
                "example": error.example(),
            });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{error}\n")?;
            if let Some(example) = error.example() {
                let code = error.code();
                writeln!(
                    out,
                    "si c'est voulu, répondez-le à l'entrée en cause par `answers = {{ {code} = \"…\" }}`,\net gardez ce résultat parmi les exemples du paquet :\n\n{example}"
                )?;
            }
        }
    }
    if let Some(difference) = &found.difference {
        tell_difference(difference, json, out)?;
    }
    out.flush()
}

fn tell_difference(difference: &Difference, json: bool, out: &mut impl Write) -> io::Result<()> {
    for change in &difference.changes {
        if json {
            writeln!(out, "{}", serde_json::json!({ "change": change }))?;
        } else {
            writeln!(out, "{change}\n\n{}", change.example)?;
        }
    }
    for (what, tries) in &difference.not_found {
        if json {
            let line = serde_json::json!({ "not_found": what, "tries": tries });
            writeln!(out, "{line}")?;
        } else {
            writeln!(
                out,
                "`{what}` est écrit autrement ; aucune autre personne trouvée en {tries} essais\n"
            )?;
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return french::misuse(&error),
    };
    let found = match check(&arguments) {
        Ok(found) => found,
        Err(error) => {
            eprintln!("erreur : {}", french::failure(&error));
            return ExitCode::from(2);
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    match tell(&found, arguments.json, &mut out) {
        // A closed pipe is the reader's choice, not a fault.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("erreur : {error}");
            return ExitCode::from(2);
        }
        _ => {}
    }
    if let Some(pack) = &found.pack {
        eprintln!("{pack}");
    }
    eprintln!("{}", found.summary());
    if let Some(failed) = &found.failed {
        eprintln!("erreur : {failed}");
        return ExitCode::from(2);
    }
    if found.count(false) == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}
