//! What became of a person's barriers, on a page in French.

use std::fmt;

use super::{Action, Barrier, Move, MoveKind, Progress, Stage, StageKind, Word};
use crate::calendar::in_french;

/// The bodies that said something, each once.
fn bodies(said: &[Word]) -> String {
    let mut names: Vec<String> = said.iter().map(|word| word.name.clone()).collect();
    names.sort();
    names.dedup();
    if names.is_empty() {
        return String::new();
    }
    format!(" (selon {})", crate::fact::french::listed(&names))
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "« {} »", self.title)?;
        if let Some(name) = &self.partner_name {
            write!(f, ", {name}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : ", in_french(self.on))?;
        let level = self.level.as_deref().unwrap_or_default();
        match (self.kind, &self.action) {
            (StageKind::Identified, _) => write!(f, "frein repéré, {level}")?,
            (StageKind::CameBack, _) => write!(f, "frein revenu, {level}")?,
            (StageKind::Lifted, _) => f.write_str("frein levé")?,
            (StageKind::BeingLifted, Some(action)) => {
                write!(f, "action pour le lever, {action}")?;
            }
            (StageKind::GivenUp, Some(action)) => {
                write!(f, "action arrêtée et aucune autre en cours, {action}")?;
                if let Some(outcome) = &action.outcome_label {
                    write!(f, ", {outcome}")?;
                }
            }
            (StageKind::BeingLifted | StageKind::GivenUp, None) => {}
        }
        f.write_str(&bodies(&self.said))
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (on, to) = (in_french(self.on), &self.to);
        let from = self.from.as_deref().unwrap_or_default();
        match self.kind {
            MoveKind::Told => write!(f, "{on} : {to}, dit pour la première fois")?,
            MoveKind::Come => write!(f, "{on} : {to}, apparu ({from} auparavant)")?,
            MoveKind::Grown => write!(f, "{on} : {to}, plus lourd ({from} auparavant)")?,
            MoveKind::Eased => write!(f, "{on} : {to}, plus léger ({from} auparavant)")?,
            MoveKind::Lifted => write!(f, "{on} : {to}, levé ({from} auparavant)")?,
        }
        f.write_str(&bodies(&self.said))
    }
}

impl fmt::Display for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let now = self.now.as_deref().unwrap_or("plus rien de récent");
        writeln!(f, "{} : {now}", self.label)?;
        for stage in &self.stages {
            writeln!(f, "   {stage}")?;
        }
        if self.moves.len() > 1 {
            writeln!(f, "   chemin parcouru :")?;
            for one in &self.moves {
                writeln!(f, "    - {one}")?;
            }
        }
        Ok(())
    }
}

impl Progress {
    fn count(&self, kind: MoveKind) -> usize {
        let moves = self.barriers.iter().flat_map(|barrier| &barrier.moves);
        moves.filter(|one| one.kind == kind).count()
    }
}

/// Barrier by barrier: for professionals, as it shows every sensitive one.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Freins et chemin parcouru au {}", in_french(self.date))?;
        if self.barriers.is_empty() {
            return writeln!(f, "\nAucun frein n'a encore été regardé.");
        }
        for barrier in &self.barriers {
            write!(f, "\n{barrier}")?;
        }
        let [told, come, grown, eased, lifted] = [
            MoveKind::Told,
            MoveKind::Come,
            MoveKind::Grown,
            MoveKind::Eased,
            MoveKind::Lifted,
        ]
        .map(|kind| self.count(kind));
        writeln!(
            f,
            "\nEn tout, freins levés : {lifted} ; plus légers : {eased} ; plus lourds : {grown} ; \
             apparus : {come}. Dits pour la première fois : {told} ; ce n'est ni une avancée ni \
             un recul."
        )
    }
}
