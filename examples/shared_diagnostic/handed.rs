//! The notice that a person is handed, by whom, and whether it may leave.

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
    /// The person has died.
    Deceased,
    /// The body sees nothing of the person.
    Unseen,
    /// With danger at home, whoever would write does not see it.
    Danger,
    /// Who leads is not known, and nobody was named.
    NoLead,
    /// A role was named, to which nobody can write.
    Role,
}

const DECEASED: &str = "the person has died";
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
        let deceased = orientation.standing.contains(&Standing::Deceased);
        // Beside somebody in danger no page names a body: who leads is said to whoever speaks with them.
        let spoken = orientation.face_to_face.as_deref();
        let by = match named {
            Some(named) => named.clone(),
            None if deceased => return Ok(Self::Deceased),
            None => match lead(spoken.unwrap_or(&orientation)) {
                Some(lead) => lead,
                None => return Ok(Self::NoLead),
            },
        };
        let view = whole.view(at, &by)?;
        if view.account.openings.is_empty() {
            return Ok(Self::Unseen);
        }
        let profile = Profile::of_diagnostic(at, &view.diagnostic);
        let notice = match at.notice(&profile, &by) {
            Ok(notice) => Box::new(notice),
            Err(NoticeError::Deceased) => return Ok(Self::Deceased),
            Err(error) => return Err(error.into()),
        };
        let unseen_danger = spoken.is_some() && at.orient(&profile)?.face_to_face.is_none();
        Ok(match named {
            Some(_) if deceased => Self::Withheld(notice, DECEASED),
            Some(_) if unseen_danger => Self::Withheld(notice, DANGER),
            None if unseen_danger => Self::Danger,
            _ => Self::Notice(notice),
        })
    }

    /// What is shown: to the body that was named, what it would write by what it knows.
    pub(crate) fn notice(&self) -> Option<&Notice> {
        match self {
            Self::Notice(notice) | Self::Withheld(notice, _) => Some(notice),
            Self::Deceased | Self::Unseen | Self::Danger | Self::NoLead | Self::Role => None,
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
            Self::Withheld(_, why) => why,
            Self::Deceased => DECEASED,
            Self::Unseen => "the body that would write sees nothing of the person",
            Self::Danger => DANGER,
            Self::NoLead => "who leads is not known yet: --for names a body",
            Self::Role => "nobody can write to a role: --for may name a body",
        })
    }

    /// Why there is nothing to read, in French, on a page that tells neither danger nor more than
    /// its reader may see.
    pub(crate) fn nothing(&self) -> &'static str {
        match self {
            Self::Notice(_) | Self::Withheld(..) => "",
            Self::Deceased | Self::Danger => "Aucun document n'est remis.",
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
