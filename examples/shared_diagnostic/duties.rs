//! What was erased, what must still go and what is contested: who did it, and who has to act.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Months, NaiveDate};
use serde::Serialize;
use spie::calendar::in_french;
use spie::diagnostic::{ErasureGround, Scope, WithdrawalReason};
use spie::vocabulary::{BodyId, FactName};
use spie::{Diagnostic, EngineAt};

/// Months within which whoever is asked answers (RGPD art. 12(3)).
const TO_ANSWER: u32 = 1;

/// What the rights of the person leave to be done.
#[derive(Serialize)]
pub(crate) struct Duties {
    erasures: Vec<Gone>,
    contested: Vec<Asked>,
}

/// An erasure: it took effect with some, and asks the others.
#[derive(Serialize)]
struct Gone {
    /// The label of a fact; everything without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<String>,
    up_to: NaiveDate,
    by: String,
    on: NaiveDate,
    ground: String,
    /// With whom it takes effect; with all, where nobody is named.
    with: Vec<String>,
    /// Who still holds something of it.
    waits_for: Vec<String>,
}

/// A request for rectification that waits.
#[derive(Serialize)]
struct Asked {
    what: String,
    of: String,
    by: String,
    since: NaiveDate,
    reason: &'static str,
    before: Option<NaiveDate>,
}

impl Duties {
    /// What a diagnostic leaves to be done; the labels are those of the dictionary.
    pub(crate) fn of(
        at: &EngineAt,
        diagnostic: &Diagnostic,
        labels: &BTreeMap<FactName, String>,
    ) -> Self {
        let name = |body: &BodyId| name(at, diagnostic, body);
        let label = |fact: &FactName| {
            let label = labels.get(fact).cloned();
            label.unwrap_or_else(|| fact.to_string())
        };
        // Both come in the order of their ids.
        let mut pending = diagnostic.pending().peekable();
        let mut erasures: Vec<Gone> = diagnostic
            .erasures()
            .map(|(id, erasure)| {
                let waits = pending.next_if(|pending| pending.erasure == *id);
                let waits = waits.map(|pending| pending.bodies).unwrap_or_default();
                // Who accepts a request may be who made it.
                let mut with: Vec<&BodyId> = erasure.bound().into_iter().flatten().collect();
                with.dedup();
                Gone {
                    what: match &erasure.scope {
                        Scope::All => None,
                        Scope::Fact(fact) => Some(label(fact)),
                    },
                    up_to: erasure.up_to,
                    by: name(&erasure.by),
                    on: erasure.recorded_on,
                    ground: ground(&erasure.ground, name),
                    with: with.into_iter().map(name).collect(),
                    waits_for: waits.iter().map(name).collect(),
                }
            })
            .collect();
        erasures.sort_by(|a, b| (a.on, &a.what, &a.by).cmp(&(b.on, &b.what, &b.by)));
        let contested = diagnostic.contested(at);
        let contested = contested.iter().map(|one| Asked {
            what: label(&one.fact),
            of: name(&one.of),
            by: name(&one.by),
            since: one.since,
            reason: match one.reason {
                WithdrawalReason::Mistake => "erreur de saisie ou de lecture",
                WithdrawalReason::WrongPerson => "information d'une autre personne",
                WithdrawalReason::Contested => "la personne dit que c'est inexact",
            },
            before: one.since.checked_add_months(Months::new(TO_ANSWER)),
        });
        Self {
            erasures,
            contested: contested.collect(),
        }
    }
}

/// The name of a body on the date, as whoever it hands something to reads it.
fn name(at: &EngineAt, diagnostic: &Diagnostic, body: &BodyId) -> String {
    let nothing = Diagnostic::new(diagnostic.person().clone());
    let view = nothing.view(at, body);
    view.map_or_else(|_| body.to_string(), |view| view.account.name)
}

fn ground(ground: &ErasureGround, name: impl Fn(&BodyId) -> String) -> String {
    let told = match ground {
        ErasureGround::Request => "demande de la personne, RGPD article 17",
        ErasureGround::Objection => "opposition de la personne, RGPD article 21",
        ErasureGround::ConsentWithdrawn => "consentement retiré, RGPD article 7",
        ErasureGround::Inaccurate => "inexact ou gardé sans droit, RGPD articles 16 et 17",
        ErasureGround::Retention => "durée de conservation atteinte",
        ErasureGround::Upheld { by } => {
            return format!("demande de la personne, acceptée par : {}", name(by));
        }
        ErasureGround::Court => "décision de justice",
        ErasureGround::Authority => "décision de l'autorité de protection des données",
        ErasureGround::WrongPerson => "informations d'une autre personne",
        _ => "autre motif",
    };
    told.to_owned()
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.what.as_deref().unwrap_or("tout");
        writeln!(
            f,
            " - {what}, jusqu'au {} : effacement du {}, par : {} ({})",
            in_french(self.up_to),
            in_french(self.on),
            self.by,
            self.ground
        )?;
        if self.with.is_empty() {
            writeln!(
                f,
                "   Vaut pour les informations de tous les organismes ; ce motif est affirmé, rien ici ne le prouve."
            )?;
        } else {
            writeln!(
                f,
                "   Vaut pour les informations de : {}.",
                self.with.join(" ; ")
            )?;
        }
        if !self.waits_for.is_empty() {
            writeln!(
                f,
                "   Reste à faire par : {}. Un effacement de ses propres informations ou un refus motivé, dans le mois (RGPD, article 12(3)).",
                self.waits_for.join(" ; ")
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            " - {}, selon : {} ; rectification demandée le {}, par : {} ({})",
            self.what,
            self.of,
            in_french(self.since),
            self.by,
            self.reason
        )?;
        write!(
            f,
            "   Reste à faire par : {}. Un retrait ou un refus motivé, ",
            self.of
        )?;
        match self.before {
            Some(before) => write!(f, "au plus tard le {}", in_french(before))?,
            None => f.write_str("dans le mois")?,
        }
        writeln!(f, " (RGPD, article 12(3)).")
    }
}

/// Nothing where nothing is to be said.
impl fmt::Display for Duties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.erasures.is_empty() {
            writeln!(f, "Effacements :")?;
        }
        for gone in &self.erasures {
            write!(f, "{gone}")?;
        }
        if !self.contested.is_empty() {
            writeln!(f, "Rectifications demandées :")?;
        }
        for asked in &self.contested {
            write!(f, "{asked}")?;
        }
        Ok(())
    }
}
