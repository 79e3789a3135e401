//! What the law asks a notice to tell.

use super::Notice;
use crate::orientation::decision::Answer;
use crate::orientation::{Certainty, Deadline};

/// One thing that the law asks a notice to tell, where it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Element {
    /// Who gives it (CRPA L.212-1).
    Author,
    /// What is proposed, or decided.
    Content,
    /// Why: the reasons (CRPA L.211-2 and L.211-5).
    Reasons,
    /// The rules applied, with their text (CRPA L.211-5).
    Rules,
    /// The data used and where they come from (CRPA R.311-3-1-2; RGPD art. 14).
    Data,
    /// What is not known yet.
    NotKnown,
    /// By when something is to be done.
    Deadlines,
    /// That a human decides (RGPD art. 22; loi 78-17 art. 47).
    HumanDecides,
    /// That a program took part (CRPA L.311-3-1).
    Algorithm,
    /// What the program is for (CRPA R.311-3-1-1).
    Purpose,
    /// The right to be told its rules, and from whom (CRPA R.311-3-1-1).
    RulesOnRequest,
    /// Where to turn when they are refused (CRPA R.311-3-1-1).
    DocumentsAuthority,
    /// How to contest (CJA R.421-5).
    Appeal,
    /// Within how long (CJA R.421-5).
    AppealTerm,
    /// Who judges, and within how long that is asked (CJA R.421-5).
    Court,
    /// On what ground the data are used (RGPD art. 13(1)(c) and 14(1)(c)).
    LegalBasis,
    /// Whether an answer is owed (RGPD art. 13(2)(e)).
    FreeToAnswer,
    /// Who may see the data (RGPD art. 13(1)(e) and 14(1)(e)).
    Recipients,
    /// That an agreement may be taken back (RGPD art. 13(2)(c) and 14(2)(d)).
    WithdrawConsent,
    /// For how long they are kept (RGPD art. 13(2)(a) and 14(2)(a)).
    Retention,
    /// Access, rectification and the other rights over data (RGPD art. 13 and 14).
    DataRights,
    /// The right to object, told apart from the others (RGPD art. 21(4)).
    Objection,
    /// To whom to write about data (RGPD art. 13 and 14).
    WhomToWrite,
    /// The authority for data protection (RGPD art. 77).
    DataAuthority,
    /// Who assists or represents the person.
    Assistance,
}

impl Element {
    /// Whether the easy-to-read version tells it too: it names no rule of law.
    #[must_use]
    pub fn is_easy(self) -> bool {
        self != Self::Rules
    }
}

impl Notice {
    /// The elements that apply to this notice.
    pub(super) fn asked_for(&self) -> Vec<Element> {
        use Element as E;
        let orientation = &self.orientation;
        let mut asked = vec![
            E::Author,
            E::Content,
            E::Data,
            E::HumanDecides,
            E::Algorithm,
            E::Purpose,
            E::RulesOnRequest,
            E::DocumentsAuthority,
            E::Appeal,
            E::AppealTerm,
            E::Court,
            E::LegalBasis,
            E::FreeToAnswer,
            E::Recipients,
            E::Retention,
            E::DataRights,
            E::Objection,
            E::WhomToWrite,
            E::DataAuthority,
        ];
        let shown = self.shown();
        let sole_track = orientation
            .track
            .as_ref()
            .is_some_and(|track| track.certainty != Certainty::Open);
        // Whatever is not done has its reason.
        let (chosen, _) = self.chosen();
        let says_no = chosen
            .iter()
            .any(|(choice, _)| choice.answer != Answer::Accepted);
        if !shown.is_empty() || sole_track || says_no {
            asked.push(E::Reasons);
        }
        let running = self.running();
        let grounds = running.iter().flat_map(|proposal| &proposal.grounds);
        if grounds
            .into_iter()
            .any(|ground| self.hides_ground(ground).is_none())
        {
            asked.push(E::Rules);
        }
        if !self.questions().is_empty() {
            asked.push(E::NotKnown);
        }
        let deadlines = running
            .iter()
            .filter_map(|proposal| self.deadline_of(proposal));
        let mut running = deadlines.filter(|one| !matches!(one, Deadline::Absent { .. }));
        if running.next().is_some() {
            asked.push(E::Deadlines);
        }
        if self.keeping.needs_agreement() {
            asked.push(E::WithdrawConsent);
        }
        if !orientation.standing.is_empty() {
            asked.push(E::Assistance);
        }
        asked
    }
}
