//! Who may see what is known of a person, and for how long it is kept (RGPD art. 13 and 14).

use chrono::NaiveDate;

use super::document::{Arg, Block, Say, say};
use super::messages::Key;
use super::protection::is_private;
use super::{Element, Notice};
use crate::calendar::Span;
use crate::fact::dictionary::FactId;
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::pack::model::{Ground, Retention, Since};
use crate::vocabulary::BodyId;

/// What the policy of a pack says of everybody: the same whatever is known of the person.
#[derive(Clone, Default)]
pub(super) struct Keeping {
    /// On what grounds the author uses what it may see; none where the policy names it nowhere.
    bases: Vec<Ground>,
    /// Who may see something because of a mission.
    recipients: Vec<String>,
    /// Who may see nothing but what is told on request: their names tell of it.
    private: Vec<String>,
    /// Who may see something only if the person agrees.
    with_consent: Vec<String>,
    /// How long what the author says is kept.
    own: Option<Kept>,
    /// Whether other times hold, for some facts or for the words of other bodies.
    others: bool,
}

#[derive(Clone, Copy)]
struct Kept {
    since: Since,
    active: Span,
    archive: Option<Span>,
}

impl EngineAt {
    /// What the policy says on a day. With danger at home roles alone are named: a body may
    /// tell a place.
    pub(super) fn keeping(&self, by: &BodyId, on: NaiveDate, restricted: bool) -> Keeping {
        let model = self.engine.model();
        let mut keeping = Keeping::default();
        let in_force = model.need_to_know.iter();
        let in_force = in_force.filter(|(period, _)| period.contains(on));
        for (_, rule) in in_force {
            let mut to = rule.to.iter();
            let of_author = to.any(|body| {
                let tells_nothing = !restricted || matches!(body, BodyRef::Role(_));
                tells_nothing && model.network.is(*body, by, Some(on))
            });
            if of_author && !keeping.bases.contains(&rule.ground) {
                keeping.bases.push(rule.ground);
            }
            let told = |id: &FactId| !is_private(model.dictionary.fact(*id).sensitivity);
            let spoken = !rule.themes.is_empty() || rule.facts.iter().any(told);
            let among = match rule.ground {
                _ if !spoken => &mut keeping.private,
                Ground::Consent => &mut keeping.with_consent,
                Ground::PublicMission | Ground::LegalDuty | Ground::VitalInterest => {
                    &mut keeping.recipients
                }
            };
            for name in self.named(&rule.to, on, restricted) {
                if !among.contains(&name) {
                    among.push(name);
                }
            }
        }
        // What an agreement opens to the author beside its mission is told with those who need one.
        if keeping.bases.iter().any(|basis| *basis != Ground::Consent) {
            keeping.bases.retain(|basis| *basis != Ground::Consent);
        }
        let mission = &keeping.recipients;
        keeping.with_consent.retain(|name| !mission.contains(name));
        keeping.private.retain(|name| !mission.contains(name));
        let times = model.retention.iter();
        let times = times.filter(|(period, _)| period.contains(on));
        let mut closest = None;
        for (_, rule) in times {
            let of_all = rule.themes.is_empty() && rule.facts.is_empty();
            let binds = rule.binds(model, by).filter(|_| of_all);
            keeping.others |= binds.is_none() || keeping.own.is_some();
            if binds > closest {
                closest = binds;
                keeping.own = Some(Kept::of(rule));
            }
        }
        keeping
    }

    fn named(&self, bodies: &[BodyRef], on: NaiveDate, restricted: bool) -> Vec<String> {
        let network = &self.engine.model().network;
        let names = bodies.iter().filter_map(|body| match body {
            BodyRef::Role(role) => network.roles.get(role.0).map(|role| role.label.to_string()),
            BodyRef::Partner(partner) if !restricted => {
                let partner = network.partners.get(partner.0)?;
                Some(partner.said(on).to_owned())
            }
            BodyRef::Partner(_) => None,
        });
        names.collect()
    }
}

fn row(names: &[String]) -> Arg {
    let names = names.iter().map(|name| name.as_str().into()).collect();
    Arg::Row(names, Key::Semicolon)
}

fn points(names: &[String]) -> Block {
    Block::Points(names.iter().map(|name| name.as_str().into()).collect())
}

impl Kept {
    fn of(rule: &Retention) -> Self {
        Self {
            since: rule.since,
            active: rule.active,
            archive: rule.archive,
        }
    }

    fn plain(self) -> Say {
        let since = match self.since {
            Since::LastWord => Key::SinceLastWord,
            Since::Observed => Key::SinceObserved,
        };
        let time = say(since).with("active", self.active);
        let said = match self.archive {
            None => say(Key::Kept),
            Some(archive) => say(Key::KeptAside).with("archive", archive),
        };
        said.with("time", time).telling(Element::Retention)
    }
}

impl Keeping {
    /// Somebody may see something only if the person agrees, or the author uses it on that ground.
    pub(super) fn needs_agreement(&self) -> bool {
        !self.with_consent.is_empty() || self.bases.contains(&Ground::Consent)
    }

    fn basis(&self) -> Say {
        let said = if self.bases.is_empty() {
            say(Key::BasisOnRequest)
        } else {
            let bases = self.bases.iter().map(|ground| {
                Arg::Say(Box::new(say(match ground {
                    Ground::PublicMission => Key::BasisMission,
                    Ground::LegalDuty => Key::BasisDuty,
                    Ground::VitalInterest => Key::BasisVital,
                    Ground::Consent => Key::BasisConsent,
                })))
            });
            say(Key::LegalBasis).with("bases", Arg::Row(bases.collect(), Key::Semicolon))
        };
        said.telling(Element::LegalBasis)
    }
}

impl Notice {
    pub(super) fn kept(&self) -> Vec<Block> {
        let keeping = &self.keeping;
        let mut told = vec![
            keeping.basis(),
            say(Key::FreeToAnswer).telling(Element::FreeToAnswer),
        ];
        told.extend(keeping.own.iter().map(|own| own.plain()));
        if keeping.own.is_some() && keeping.others {
            told.push(say(Key::KeptOtherwise));
        }
        if !keeping.recipients.is_empty() {
            let said = say(Key::Recipients).with("bodies", row(&keeping.recipients));
            told.push(said.telling(Element::Recipients));
        }
        if !keeping.with_consent.is_empty() {
            let said = say(Key::RecipientsAgreed).with("bodies", row(&keeping.with_consent));
            told.push(said.telling(Element::Recipients));
        }
        if keeping.needs_agreement() {
            told.push(say(Key::WithdrawConsent).telling(Element::WithdrawConsent));
        }
        if !keeping.private.is_empty() {
            told.push(if self.sensitive {
                say(Key::RecipientsOfPrivate).with("bodies", row(&keeping.private))
            } else {
                say(Key::RecipientsPrivate)
            });
        }
        vec![Block::Row(told)]
    }

    pub(super) fn easy_kept(&self) -> Vec<Block> {
        let keeping = &self.keeping;
        let line = |said: Say| Block::Line(said);
        let basis = match keeping.bases.as_slice() {
            [] => Key::EasyBasisOnRequest,
            [Ground::Consent] => Key::EasyBasisAgreed,
            _ => Key::EasyBasis,
        };
        let mut blocks = vec![
            line(say(basis).telling(Element::LegalBasis)),
            line(say(Key::EasyFree).telling(Element::FreeToAnswer)),
        ];
        if !keeping.recipients.is_empty() {
            let said = say(Key::EasyRecipients).telling(Element::Recipients);
            blocks.extend([line(said), points(&keeping.recipients)]);
            blocks.push(line(say(Key::EasyRecipientsNeed)));
        }
        if !keeping.with_consent.is_empty() {
            let said = say(Key::EasyRecipientsAgreed).telling(Element::Recipients);
            blocks.extend([line(said), points(&keeping.with_consent)]);
        }
        if keeping.needs_agreement() {
            let said = say(Key::EasyWithdraw).telling(Element::WithdrawConsent);
            blocks.push(line(said));
        }
        if !keeping.private.is_empty() && self.sensitive {
            let said = say(Key::EasyRecipientsOfPrivate);
            blocks.extend([line(said), points(&keeping.private)]);
        } else if !keeping.private.is_empty() {
            blocks.push(line(say(Key::EasyRecipientsPrivate)));
        }
        if let Some(own) = &keeping.own {
            let used = say(Key::EasyKept).with("active", own.active);
            blocks.push(line(used.telling(Element::Retention)));
            let aside = own.archive;
            blocks.extend(
                aside.map(|archive| line(say(Key::EasyKeptAside).with("archive", archive))),
            );
            blocks.extend(keeping.others.then(|| line(say(Key::EasyKeptOtherwise))));
            blocks.push(line(say(Key::EasyErased)));
        }
        blocks
    }
}
