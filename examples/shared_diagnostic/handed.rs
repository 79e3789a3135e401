//! The notice that a person is handed, by whom, and whether it may leave.

use spie::diagnostic::Status;
use spie::fact::PERSON_DECEASED_ON;
use spie::orientation::notice::{Notice, NoticeError};
use spie::orientation::{Orientation, Standing};
use spie::vocabulary::{BodyId, RoleId};
use spie::{Diagnostic, EngineAt, Profile};

use super::Failure;

/// What the person is handed.
pub(crate) enum Handed {
    /// What a body may see, told to the person.
    Notice(Box<Notice>),
    /// The same, which must not leave: the body that writes it does not see why. It is what that body
    /// is given, so that what is hidden from it makes no difference there.
    Withheld(Box<Notice>, &'static str),
    /// Nothing is handed, and no page says why: whoever holds the whole is told.
    Kept(&'static str),
    /// The body sees nothing of the person.
    Unseen,
    /// Who leads is not known, and nobody was named.
    NoLead,
    /// A role was named, to which nobody can write.
    Role,
}

const DECEASED: &str = "the person has died";
const DOUBTFUL: &str =
    "somebody says that the person has died, and somebody that they have not: settle it first";
const DANGER: &str = "danger at home, which the body that writes does not see: stop what it sends";

impl Handed {
    /// What the body named hands out, or whoever leads the person: of what it may see alone.
    pub(crate) fn of(
        at: &EngineAt,
        whole: &Diagnostic,
        named: Option<&BodyId>,
    ) -> Result<Self, Failure> {
        if named.is_some_and(|named| is_role(at, named)) {
            return Ok(Self::Role);
        }
        let orientation = at.orient(&Profile::of_diagnostic(at, whole))?;
        let kept = if orientation.standing.contains(&Standing::Deceased) {
            Some(DECEASED)
        } else {
            is_in_doubt(at, whole).then_some(DOUBTFUL)
        };
        // Beside somebody in danger no page names a body: who leads is said to whoever speaks with them.
        let spoken = orientation.face_to_face.as_deref();
        let by = match named {
            Some(named) => named.clone(),
            None => match (kept, lead(spoken.unwrap_or(&orientation))) {
                (Some(why), _) => return Ok(Self::Kept(why)),
                (None, Some(lead)) => lead,
                (None, None) => return Ok(Self::NoLead),
            },
        };
        let view = whole.view(at, &by)?;
        if view.account.openings.is_empty() {
            return Ok(Self::Unseen);
        }
        let profile = Profile::of_diagnostic(at, &view.diagnostic);
        let notice = match at.notice(&profile, &by) {
            Ok(notice) => Box::new(notice),
            Err(NoticeError::Deceased) => return Ok(Self::Kept(DECEASED)),
            Err(error) => return Err(error.into()),
        };
        let unseen_danger = spoken.is_some() && at.orient(&profile)?.face_to_face.is_none();
        Ok(match (kept.or(unseen_danger.then_some(DANGER)), named) {
            (Some(why), Some(_)) => Self::Withheld(notice, why),
            (Some(why), None) => Self::Kept(why),
            (None, _) => Self::Notice(notice),
        })
    }

    /// What is shown: to the body that was named, what it would write by what it knows.
    pub(crate) fn notice(&self) -> Option<&Notice> {
        match self {
            Self::Notice(notice) | Self::Withheld(notice, _) => Some(notice),
            Self::Kept(_) | Self::Unseen | Self::NoLead | Self::Role => None,
        }
    }

    /// What may be sent.
    ///
    /// # Errors
    ///
    /// Why nothing is, for whoever holds the whole.
    pub(crate) fn letter(&self) -> Result<&Notice, &'static str> {
        Err(match self {
            Self::Notice(notice) => return Ok(notice),
            Self::Withheld(_, why) | Self::Kept(why) => why,
            Self::Unseen => "the body that would write sees nothing of the person",
            Self::NoLead => "who leads is not known yet: --for names a body",
            Self::Role => "nobody can write to a role: --for may name a body",
        })
    }

    /// Why there is nothing to read, in French, on a page that tells neither danger nor more than
    /// its reader may see.
    pub(crate) fn nothing(&self) -> &'static str {
        match self {
            Self::Notice(_) | Self::Withheld(..) => "",
            Self::Kept(_) => "Aucun document n'est remis.",
            Self::Unseen => {
                "Aucun document : l'organisme qui l'écrirait ne voit rien de cette personne."
            }
            Self::NoLead => {
                "Aucun document : l'organisme référent n'est pas encore connu, et --for en nomme un."
            }
            Self::Role => {
                "Aucun document : personne ne peut écrire à un rôle, et --for peut nommer un organisme."
            }
        }
    }
}

/// Whether those who are heard disagree about a death: to write then may be to write to the dead.
fn is_in_doubt(at: &EngineAt, whole: &Diagnostic) -> bool {
    let resolution = whole.resolve(at);
    let mut facts = resolution.facts.iter();
    facts.any(|(name, state)| {
        name.as_str() == PERSON_DECEASED_ON && state.status == Status::Disputed
    })
}

fn is_role(at: &EngineAt, body: &BodyId) -> bool {
    RoleId::parse(body.as_str()).is_ok_and(|role| at.holds_role(body, &role))
}

/// Whoever leads the person, whichever of the tracks that are possible it comes to.
fn lead(orientation: &Orientation) -> Option<BodyId> {
    let options = &orientation.track.as_ref()?.options;
    let mut leads = options.iter().map(|option| option.lead.known());
    let first = &leads.next()??.partner;
    let same = leads.all(|lead| lead.is_some_and(|lead| lead.partner == *first));
    BodyId::parse(first.as_str()).ok().filter(|_| same)
}
