//! Why nothing could be checked, in French: a wrong folder, or a wrong option.

use std::io::ErrorKind as Io;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};

use crate::pack::{Failure, Unreadable, Why};

/// A failure as the people who write packs read it.
pub(crate) fn failure(error: &Failure) -> String {
    let Some(Unreadable { path, why }) = error.downcast_ref() else {
        return error.to_string();
    };
    let why = match why {
        Why::Io(error) => match error.kind() {
            Io::NotFound => "ce dossier n'existe pas".to_owned(),
            Io::NotADirectory => {
                "ce n'est pas un dossier : donnez celui qui contient `pack.toml`".to_owned()
            }
            Io::PermissionDenied => "la lecture est refusée".to_owned(),
            _ => format!("ceci ne se lit pas ({error})"),
        },
        Why::NotUtf8 => "enregistrez ce fichier en UTF-8".to_owned(),
        Why::TooLarge(most) => {
            format!(
                "ce dossier dépasse les {most} octets d'un paquet : gardez-y ses seuls fichiers"
            )
        }
        Why::Empty => "aucun fichier .toml dans ce dossier".to_owned(),
    };
    format!("{} : {why}", path.display())
}

/// Tells what of the command line cannot be read, or the help that it asks for.
pub(crate) fn misuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is the reader's choice, not a fault.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let said = |kind| error.get(kind).map(ToString::to_string);
    let what = said(ContextKind::InvalidArg).unwrap_or_default();
    let wrong = match error.kind() {
        ErrorKind::UnknownArgument => {
            let near = said(ContextKind::SuggestedArg);
            let near = near.map(|near| format!(" ; vouliez-vous `{near}` ?"));
            format!("`{what}` est de trop{}", near.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {what}"),
        ErrorKind::InvalidValue => format!("il manque la valeur de `{what}`"),
        ErrorKind::ArgumentConflict => format!("`{what}` est donné deux fois"),
        _ => format!("cette commande ne se lit pas ({})", error.kind()),
    };
    eprintln!("erreur : {wrong}\nPour l'aide : check_pack --help");
    ExitCode::from(2)
}
