//! The notice that a person is handed, and by whom.

use spie::orientation::notice::{Notice, NoticeError};
use spie::orientation::{Orientation, Standing};
use spie::vocabulary::{BodyId, RoleId};
use spie::{Diagnostic, EngineAt, Profile};

use super::Failure;

/// What the person is handed.
pub(crate) enum Handed {
    /// What a body may see, told to the person.
    Notice(Box<Notice>),
    /// The person has died.
    Nothing,
    /// Who leads is not known, and nobody was named.
    NoLead,
    /// A role was named, to which nobody can write.
    Role,
}

impl Handed {
    /// What the body named hands out, or whoever leads the person: of what it may see alone.
    pub(crate) fn of(
        at: &EngineAt,
        whole: &Diagnostic,
        named: Option<&BodyId>,
    ) -> Result<Self, Failure> {
        let by = match named {
            Some(named) if is_role(at, named) => return Ok(Self::Role),
            Some(named) => named.clone(),
            None => {
                let orientation = at.orient(&Profile::of_diagnostic(at, whole))?;
                if orientation.standing.contains(&Standing::Deceased) {
                    return Ok(Self::Nothing);
                }
                match lead(&orientation) {
                    Some(lead) => lead,
                    None => return Ok(Self::NoLead),
                }
            }
        };
        let profile = Profile::of_diagnostic(at, &whole.view(at, &by)?.diagnostic);
        match at.notice(&profile, &by) {
            Ok(notice) => Ok(Self::Notice(Box::new(notice))),
            Err(NoticeError::Deceased) => Ok(Self::Nothing),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn notice(&self) -> Option<&Notice> {
        match self {
            Self::Notice(notice) => Some(notice),
            Self::Nothing | Self::NoLead | Self::Role => None,
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
