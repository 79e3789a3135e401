//! What a diagnostic says at a date, for the professionals who share it.

use std::fmt;

use super::{FactState, LeftOutReason, Resolution, Status, Voice};
use crate::calendar::in_french;

impl Status {
    /// The word that a page uses.
    #[must_use]
    pub fn in_french(self) -> &'static str {
        match self {
            Self::Known => "connu",
            Self::Partial => "connu en partie",
            Self::Disputed => "en désaccord",
            Self::Stale => "trop ancien",
            Self::Declined => "la personne a choisi de ne pas répondre",
            Self::AskedUnknown => "demandé, non connu",
        }
    }
}

impl LeftOutReason {
    /// The words that a page uses.
    #[must_use]
    pub fn in_french(self) -> &'static str {
        match self {
            Self::UnknownFact => "fait inconnu de ce paquet de règles",
            Self::Derived => "fait qui se calcule",
            Self::Unreadable => "code ou valeur inconnus de ce paquet de règles",
            Self::SaysNothing => "n'écarte aucune valeur",
            Self::NewerVersion => "écrit par une version plus récente",
            Self::NoTarget => "retrait ou demande qui vise autre chose que ce qu'il annonce",
        }
    }
}

fn write_voice(f: &mut fmt::Formatter<'_>, what: &str, voice: &Voice) -> fmt::Result {
    write!(
        f,
        "   {what} : {}, {} ({}, le {})",
        voice.name,
        voice.value,
        voice.means.in_french(),
        in_french(voice.observed_on)
    )?;
    if voice.authority {
        f.write_str(", fait autorité")?;
    }
    if let Some(until) = voice.until {
        write!(f, ", compte jusqu'au {}", in_french(until))?;
    }
    writeln!(f)
}

/// Who says what of a fact, line by line.
impl fmt::Display for FactState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.value, self.status) {
            (Some(value), Status::Known) => writeln!(f, "{} : {value}", self.label)?,
            (Some(value), status) => {
                writeln!(f, "{} : {value} ({})", self.label, status.in_french())?;
            }
            (None, status) => writeln!(f, "{} : {}", self.label, status.in_french())?,
        }
        for voice in self.heard.iter().chain(&self.silent) {
            write_voice(f, "selon", voice)?;
        }
        for voice in &self.overruled {
            write_voice(f, "non retenu", voice)?;
        }
        for voice in &self.stale {
            write_voice(f, "trop ancien", voice)?;
        }
        if self.status == Status::Disputed && !self.attest.is_empty() {
            writeln!(f, "   peut trancher : {}", self.attest.join(", "))?;
        }
        Ok(())
    }
}

/// All that was said, fact by fact: for professionals, as it shows every sensitive fact.
impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Diagnostic partagé au {}", in_french(self.date))?;
        for state in self.facts.values() {
            write!(f, "\n{state}")?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "\nGardé et transmis, sans être pris en compte :")?;
        }
        for left in &self.left_out {
            writeln!(f, " - {} : {}", left.label, left.reason.in_french())?;
        }
        Ok(())
    }
}
