//! May the body prescribe the scheme?

use super::lens::{Entry, Lens, Subject};
use crate::network::BodyRef;
use crate::review::people::invented::Invented;
use crate::vocabulary::Mistake;

/// A rule that names a body other than the prescribers of its scheme.
pub(super) fn check(lens: &mut Lens<'_>, subject: &Subject<'_>, somebody: &Invented) {
    let Entry::Rule(rule) = subject.entry else {
        return;
    };
    let network = &subject.model().network;
    let dated = network.schemes.get(rule.scheme.0);
    let Some(scheme) = dated.and_then(|dated| dated.at(subject.on())) else {
        return;
    };
    let prescribes = |named: &BodyRef| match (named, rule.body) {
        (named, body) if *named == body => true,
        (BodyRef::Role(named), BodyRef::Partner(partner)) => {
            network.holders.iter().any(|(period, holder)| {
                period.contains(subject.on()) && holder.role == *named && holder.partner == partner
            })
        }
        _ => false,
    };
    if scheme.prescribers.is_empty() || scheme.prescribers.iter().any(prescribes) {
        return;
    }
    let name = |body: &BodyRef| match body {
        BodyRef::Role(place) => network.roles.get(place.0).map(|held| held.id.to_string()),
        BodyRef::Partner(partner) => {
            let partner = network.partners.get(partner.0);
            partner.map(|partner| partner.id.to_string())
        }
    };
    let allowed: Vec<String> = scheme.prescribers.iter().filter_map(name).collect();
    let message = format!(
        "`{}` ne prescrit pas `{}` ; prescripteurs selon le paquet : {}",
        name(&rule.body).unwrap_or_default(),
        network.scheme_id(rule.scheme),
        allowed.join(", ")
    );
    lens.remark(subject, Mistake::NotPrescriber, message, Some(somebody));
}
