//! The page that a caseworker reads aloud with the person.
//!
//! It speaks to the person, agrees with no gender, and tells no fact of a
//! special category: those stand in the proof, which is for the professional.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::{
    Body, Certainty, Deadline, Missing, Orientation, Proof, ProofFact, Proposal, SetAside,
    Standing, TrackAnswer, TrackOption,
};
use crate::calendar::in_french;
use crate::fact::{Reason, Source};

/// Facts up to this sensitivity may be read out: ordinary, social and financial ones.
const SPOKEN: u8 = 1;

/// How many questions a page lists before it only counts the others.
const QUESTIONS: usize = 8;

impl Body {
    fn on_page(&self) -> String {
        match self.candidates.as_slice() {
            [] => match &self.role_label {
                Some(label) => format!("{label} (organisme à préciser localement)"),
                None => "organisme à préciser localement".to_owned(),
            },
            [only] if only.outside_convention => format!("{} (hors convention)", only.name),
            [only] => only.name.clone(),
            several => {
                let names: Vec<&str> = several
                    .iter()
                    .map(|candidate| candidate.name.as_str())
                    .collect();
                format!("à préciser entre : {}", names.join(" ; "))
            }
        }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On { date } => write!(f, "au plus tard le {}", in_french(*date)),
            Self::Between { first, last } => {
                write!(
                    f,
                    "au plus tard entre le {} et le {}, selon une date à préciser",
                    in_french(*first),
                    in_french(*last)
                )
            }
            Self::Open { label, term, .. } => {
                write!(
                    f,
                    "{}, à compter d'une date à préciser ({label})",
                    term.in_french()
                )
            }
            Self::Absent { label, .. } => {
                write!(f, "pas de délai en cours ({label} : pas à ce jour)")
            }
        }
    }
}

fn said_by(fact: &ProofFact) -> Option<String> {
    let witness = |said_by: &Option<String>, source: &Source| {
        let mut parts: Vec<String> = said_by.iter().cloned().collect();
        parts.extend(source.means.map(|means| means.in_french().to_owned()));
        parts.extend(source.on.map(|on| format!("le {}", in_french(on))));
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    let others = fact.others.iter();
    let others = others.map(|other| witness(&other.said_by, &other.source));
    let all = std::iter::once(witness(&fact.said_by, &fact.source)).chain(others);
    let all: Vec<String> = all.flatten().collect();
    (!all.is_empty()).then(|| all.join(" ; "))
}

/// « permis B : non (vous-même, déclaré, le 3 mars 2025) », without what is not read out.
fn facts(proof: &Proof) -> (Vec<String>, Vec<String>, usize) {
    let mut told = Vec::new();
    let mut presumed = Vec::new();
    let mut protected = 0_usize;
    for fact in &proof.facts {
        if fact.sensitivity > SPOKEN {
            protected = protected.saturating_add(1);
        } else if fact.presumed {
            presumed.push(format!("{} : {}", fact.label, fact.value));
        } else {
            let by = said_by(fact)
                .map(|by| format!(" ({by})"))
                .unwrap_or_default();
            told.push(format!("{} : {}{by}", fact.label, fact.value));
        }
    }
    for fact in proof
        .derived
        .iter()
        .filter(|fact| fact.sensitivity <= SPOKEN)
    {
        told.push(format!("{} : {}", fact.label, fact.value));
    }
    (told, presumed, protected)
}

fn write_proof(f: &mut fmt::Formatter<'_>, proof: &Proof) -> fmt::Result {
    let (told, presumed, protected) = facts(proof);
    if !told.is_empty() {
        writeln!(f, "   D'après : {}.", told.join(" ; "))?;
    }
    if protected > 0 {
        writeln!(
            f,
            "   Et d'après des informations protégées de votre dossier, que vous pouvez demander à voir."
        )?;
    }
    if !presumed.is_empty() {
        writeln!(
            f,
            "   À vérifier avec vous (présumé) : {}.",
            presumed.join(" ; ")
        )?;
    }
    Ok(())
}

fn source(text: &str, verified: bool, choice: bool) -> String {
    let mark = match (verified, choice) {
        (true, _) => return text.to_owned(),
        (false, true) => "(à confirmer)",
        (false, false) => "(à vérifier)",
    };
    // An author may have written it already, and more: once is enough.
    let said = mark.trim_end_matches(')');
    let last = text.rfind('(').and_then(|start| text.get(start..));
    if last.is_some_and(|last| last.starts_with(said) && last.ends_with(')')) {
        text.to_owned()
    } else {
        format!("{text} {mark}")
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn write_track_option(f: &mut fmt::Formatter<'_>, option: &TrackOption) -> fmt::Result {
    writeln!(f, "   Pourquoi : {}", sentence(&option.because))?;
    write_proof(f, &option.proof)?;
    writeln!(
        f,
        "   Texte : {}",
        source(&option.source, option.verified, false)
    )
}

fn write_track(f: &mut fmt::Formatter<'_>, track: &TrackAnswer) -> fmt::Result {
    if let [option] = track.options.as_slice() {
        let reserve = if track.certainty == Certainty::Presumed {
            ", sous réserve"
        } else {
            ""
        };
        writeln!(f, "Votre parcours : {}{reserve}", option.label)?;
        writeln!(f, "   Avec : {}", option.lead.on_page())?;
        return write_track_option(f, option);
    }
    writeln!(
        f,
        "Votre parcours n'est pas encore décidé. Sont possibles :"
    )?;
    for option in &track.options {
        writeln!(f, " - {}, avec : {}", option.label, option.lead.on_page())?;
    }
    if let Some(meeting) = &track.meeting {
        let when = meeting
            .deadline
            .as_ref()
            .map(|deadline| format!(", {deadline}"))
            .unwrap_or_default();
        writeln!(
            f,
            "   Pour le décider : {}, avec : {}{when}",
            meeting.title,
            meeting.body.on_page()
        )?;
        writeln!(f, "   Pourquoi : {}", sentence(&meeting.because))?;
        writeln!(
            f,
            "   Texte : {}",
            source(&meeting.source, meeting.verified, false)
        )?;
    }
    Ok(())
}

fn write_proposal(
    f: &mut fmt::Formatter<'_>,
    proposal: &Proposal,
    today: NaiveDate,
) -> fmt::Result {
    let reserve = if proposal.certainty == Certainty::Presumed {
        ", sous réserve"
    } else {
        ""
    };
    writeln!(f, "{}. {}{reserve}", proposal.rank, proposal.title)?;
    writeln!(f, "   Avec : {}", proposal.body.on_page())?;
    if let Some(deadline) = &proposal.deadline {
        // Said without blame: who let it pass is not known here.
        let past = match deadline {
            Deadline::On { date } if *date < today => " (cette date est passée)",
            _ => "",
        };
        let counted = proposal.counted_from.map(|day| {
            let day = in_french(day);
            format!(" (délai compté de la reprise de vos démarches, le {day})")
        });
        let counted = counted.unwrap_or_default();
        writeln!(f, "   Quand : {deadline}{past}{counted}")?;
    }
    for ground in &proposal.grounds {
        writeln!(f, "   Pourquoi : {}", sentence(&ground.because))?;
        write_proof(f, &ground.proof)?;
        writeln!(
            f,
            "   Texte : {}",
            source(&ground.source, ground.verified, ground.choice)
        )?;
    }
    for rival in &proposal.provisional {
        writeln!(
            f,
            "   Provisoire : « {} » passerait avant, si les informations qui manquent le confirment.",
            rival.title
        )?;
    }
    Ok(())
}

fn write_set_aside(f: &mut fmt::Formatter<'_>, aside: &SetAside) -> fmt::Result {
    writeln!(
        f,
        " - {} : « {} » passe avant ({}). Texte : {}",
        aside.title,
        aside.winner_title,
        aside.because,
        source(&aside.source, aside.verified, false)
    )
}

/// Questions in the order of the proposals they open, each with those proposals.
fn questions(orientation: &Orientation) -> Vec<(&Missing, Vec<&str>)> {
    let mut order: Vec<&Missing> = Vec::new();
    let mut opens: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let track = orientation
        .track
        .iter()
        .flat_map(|track| track.missing.iter().map(|name| (name, "votre parcours")));
    let open = orientation
        .open
        .iter()
        .flat_map(|open| open.missing.iter().map(|name| (name, open.title.as_str())));
    for (name, title) in track.chain(open) {
        let Some(missing) = orientation.missing.get(name) else {
            continue;
        };
        let declined = missing.reason == Reason::Declined;
        if declined || missing.sensitivity > SPOKEN || missing.question.is_none() {
            continue;
        }
        let titles = opens.entry(name.as_str()).or_default();
        if titles.is_empty() {
            order.push(missing);
        }
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    order
        .into_iter()
        .map(|missing| {
            (
                missing,
                opens.remove(missing.fact.as_str()).unwrap_or_default(),
            )
        })
        .collect()
}

/// « (information trop ancienne, depuis le 10 avril 2025) », where there is something to say.
fn why_unknown(missing: &Missing) -> String {
    let reason = missing.reason.in_french();
    match (missing.reason, missing.stale_since) {
        (Reason::NeverAsked, _) => String::new(),
        (_, Some(last)) => format!(" ({reason}, depuis le {})", in_french(last)),
        (_, None) => format!(" ({reason})"),
    }
}

impl fmt::Display for Orientation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Orientation au {}", in_french(self.date))?;
        for framework in &self.frameworks {
            writeln!(f, "Cadre : {}", framework.title)?;
        }
        for standing in &self.standing {
            let line = match standing {
                Standing::Deceased => {
                    return writeln!(f, "\nRien n'est proposé, demandé ni rappelé.");
                }
                Standing::Minor => {
                    "Vous avez moins de 18 ans : pour vous engager, l'accord de la personne qui vous représente légalement est nécessaire."
                }
                Standing::Assisted => {
                    "Une personne vous assiste pour vos actes : elle est à associer à toute signature. C'est à vous que l'on s'adresse."
                }
                Standing::Represented => {
                    "Une personne vous représente pour vos actes : c'est elle qui signe. C'est à vous que l'on s'adresse."
                }
            };
            writeln!(f, "{line}")?;
        }
        if let Some(track) = &self.track {
            writeln!(f)?;
            write_track(f, track)?;
        }
        if self.proposals.is_empty() {
            writeln!(
                f,
                "\nAucune proposition ne s'appuie encore sur ce qui est connu."
            )?;
        } else {
            writeln!(f, "\nCe qui vous est proposé :")?;
            for proposal in &self.proposals {
                write_proposal(f, proposal, self.date)?;
            }
        }
        if !self.set_aside.is_empty() {
            writeln!(
                f,
                "\nMis de côté, car une seule solution à la fois est possible :"
            )?;
            for aside in &self.set_aside {
                write_set_aside(f, aside)?;
            }
        }
        for contrast in self
            .contrasts
            .iter()
            .filter(|contrast| contrast.sensitivity <= SPOKEN)
        {
            writeln!(
                f,
                "\nÀ revoir ensemble : {}, évalué à « {} », alors que le détail indique « {} ».",
                contrast.label, contrast.assessed, contrast.derived
            )?;
        }
        let questions = questions(self);
        if !questions.is_empty() {
            writeln!(f, "\nCe qui reste à préciser :")?;
            for (missing, titles) in questions.iter().take(QUESTIONS) {
                let question = missing.question.as_deref().unwrap_or_default();
                let whom = if missing.attest.is_empty() {
                    String::new()
                } else {
                    format!(" Peut l'attester : {}.", missing.attest.join(", "))
                };
                let known = why_unknown(missing);
                writeln!(
                    f,
                    " - {question}{known}{whom} Pour : {}.",
                    titles.join(", ")
                )?;
            }
            let more = questions.len().saturating_sub(QUESTIONS);
            if more > 0 {
                let plural = if more > 1 { "s" } else { "" };
                writeln!(
                    f,
                    " - et {more} autre{plural} question{plural}, selon les réponses."
                )?;
            }
        }
        if self
            .missing
            .values()
            .any(|missing| missing.reason == Reason::Declined)
        {
            writeln!(
                f,
                "\nVous avez choisi de ne pas répondre à certaines questions : ce qui ne dépend pas de ces réponses vous est proposé de la même façon."
            )?;
        }
        writeln!(
            f,
            "\nCette page prépare une décision : c'est un professionnel qui décide, avec vous."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_doubt_is_said_once() {
        let read = "Code du travail L.5131-3 (à vérifier)";
        assert_eq!(source(read, false, false), read);
        let in_part = "L.5131-3 (à vérifier en détail)";
        assert_eq!(source(in_part, false, false), in_part);
        assert_eq!(
            source("L.1 (à vérifier) ; L.2", false, false),
            "L.1 (à vérifier) ; L.2 (à vérifier)"
        );
        assert_eq!(
            source("Convention", false, true),
            "Convention (à confirmer)"
        );
        assert_eq!(source("L.5131-3", true, false), "L.5131-3");
    }
}
