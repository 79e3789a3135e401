//! Roles, partners, holders and schemes.

use super::super::layer;
use super::super::tree::{Reader, Text};
use super::{Build, sourced};
use crate::network::{BodyRef, Holder, Name, Network, Partner, Role, Scheme, SchemeIndex};
use crate::vocabulary::{Dated, Mistake, PartnerId, RoleId, SchemeId, kebab_meant, kebab_mend};

/// Most themes that are shown to somebody whose theme is near none of them.
const THEMES: usize = 40;

impl Build<'_> {
    /// Whether a name is the one that was meant by another, which is told.
    fn is_meant(&self, text: &Text<'_>) -> bool {
        self.meant.contains(text.value.as_ref())
    }

    /// What was likely meant by a name, among those that are known or will be once mended.
    fn likeliest<'a>(
        &'a self,
        text: &Text<'_>,
        known: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        let meant = self.meant.iter().map(String::as_str);
        self.errors.slips.likeliest(&text.value, known.chain(meant))
    }

    fn kebab<T>(
        &mut self,
        text: &Text<'_>,
        parse: impl Fn(&str) -> Result<T, crate::vocabulary::ParseIdError>,
    ) -> Option<T> {
        let parsed = parse(&text.value);
        if parsed.is_err() {
            self.meant.extend(kebab_meant(&text.value));
            self.add(
                Mistake::BadName,
                text.at,
                format!("`{}` n'est pas un identifiant", text.value),
                Some(kebab_mend(&text.value)),
            );
        }
        parsed.ok()
    }

    pub(super) fn network(&mut self) -> Network {
        let mut network = Network::default();
        for entry in self.entries("role") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let label = reader.required_text("label");
            let sensitivity = reader.integer("sensitivity");
            reader.text("replaces");
            reader.finish();
            let sensitivity = self.sensitivity(entry, sensitivity);
            if let (Some(id), Some(label)) = (id, label)
                && let Some(id) = self.kebab(id, RoleId::parse)
            {
                network.roles.push(Role {
                    id,
                    label: label.value.as_ref().into(),
                    sensitivity: sensitivity.unwrap_or(0),
                });
            }
        }
        for entry in self.entries("partner") {
            self.partner(entry, &mut network);
        }
        for entry in self.entries("holder") {
            self.holder(entry, &mut network);
        }
        for entry in self.entries("scheme") {
            self.scheme(entry, &mut network);
        }
        network
    }

    fn partner(&mut self, entry: &layer::Entry<'_>, network: &mut Network) {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let id = reader.required_text("id");
        reader.text("replaces");
        let before = reader.errors.count();
        let mut names: Dated<Name> = Dated::default();
        for (table, at) in reader.tables("names") {
            if names.versions.len() >= self.limits.versions {
                let message = format!("plus de {} noms", self.limits.versions);
                reader.errors.add(Mistake::TooLarge, at, message, None);
                break;
            }
            let mut inner = Reader::new(table, at, reader.errors);
            let name = inner.required_text("name");
            let said = inner.text("said");
            let period = layer::period(&mut inner, None);
            inner.finish();
            if names.periods().any(|other| other.overlaps(period)) {
                reader.errors.add(
                    Mistake::TwoNames,
                    at,
                    "deux noms en vigueur le même jour",
                    None,
                );
            }
            if let Some(name) = name {
                let said = said.unwrap_or(name).value.as_ref().into();
                let name = Name {
                    plain: name.value.as_ref().into(),
                    said,
                };
                names.versions.push((period, name));
            }
        }
        let names_are_told = reader.errors.count() > before;
        let signatory = reader.flag("signatory").unwrap_or(false);
        let sensitivity = reader.integer("sensitivity");
        let serves = reader.text("serves");
        let sourced = sourced(&mut reader);
        if names.versions.is_empty() && !names_are_told {
            reader.missing("names");
        }
        reader.finish();
        let sensitivity = self.sensitivity(entry, sensitivity);
        let Some(id) = id.and_then(|id| self.kebab(id, PartnerId::parse)) else {
            return;
        };
        if network.role(id.as_str()).is_some() {
            self.add(
                Mistake::Twice,
                entry.id_at,
                format!("`{id}` est déjà un rôle : un organisme porte un autre nom"),
                None,
            );
        }
        let serves = serves.map(|text| self.expression(text, crate::vocabulary::Period::default()));
        network.partners.push(Partner {
            id,
            names,
            signatory,
            sensitivity,
            serves,
            sourced,
        });
    }

    fn holder(&mut self, entry: &layer::Entry<'_>, network: &mut Network) {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let role = reader.required_text("role");
        let partner = reader.required_text("partner");
        let when = reader.text("when");
        reader.text("id");
        reader.text("replaces");
        let period = layer::period(&mut reader, entry.ended);
        let sourced = sourced(&mut reader);
        reader.finish();
        let (Some(role), Some(partner)) = (role, partner) else {
            return;
        };
        let (role_index, partner_index) =
            (network.role(&role.value), network.partner(&partner.value));
        if role_index.is_none() && !self.is_meant(role) {
            let known = network.roles.iter().map(|role| role.id.as_str());
            let mend = self.likeliest(role, known);
            self.add(
                Mistake::UnknownBody,
                role.at,
                format!("le rôle `{}` n'existe pas", role.value),
                mend,
            );
        }
        if partner_index.is_none() && !self.is_meant(partner) {
            let known = network.partners.iter().map(|partner| partner.id.as_str());
            let mend = self.likeliest(partner, known);
            self.add(
                Mistake::UnknownBody,
                partner.at,
                format!("l'organisme `{}` n'existe pas", partner.value),
                mend,
            );
        }
        let when = when.map(|text| self.expression(text, period));
        if let (Some(role), Some(partner)) = (role_index, partner_index) {
            network.holders.push((
                period,
                Holder {
                    role,
                    partner,
                    when,
                    sourced,
                },
            ));
        }
    }

    fn scheme(&mut self, entry: &layer::Entry<'_>, network: &mut Network) {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let id = reader.required_text("id");
        let title = reader.required_text("title").map_or("", |text| &text.value);
        let easy = reader.text("easy");
        let theme = reader.text("theme");
        let eligible = reader.text("eligible");
        let prescribers = reader.texts("prescribers");
        let tells = reader.texts("tells");
        let sensitivity = reader.integer("sensitivity");
        reader.text("replaces");
        let period = layer::period(&mut reader, entry.ended);
        let sourced = sourced(&mut reader);
        let answers = super::answers(&mut reader);
        reader.finish();
        let prescribers = prescribers
            .into_iter()
            .filter_map(|text| self.known_body(text, network))
            .collect();
        if let Some(theme) = theme {
            self.known_theme(theme);
        }
        let tells = self.tells(&tells, theme);
        let sensitivity = self.sensitivity(entry, sensitivity);
        let Some(id) = id.and_then(|id| self.kebab(id, SchemeId::parse)) else {
            return;
        };
        let eligible = eligible.map(|text| self.expression(text, period));
        let place = network.scheme(id.as_str()).unwrap_or_else(|| {
            network.scheme_ids.push(id);
            network.schemes.push(Dated::default());
            SchemeIndex(network.schemes.len().saturating_sub(1))
        });
        let theme = theme.map(|text| text.value.as_ref().into());
        let scheme = Scheme {
            at: entry.id_at,
            title: title.into(),
            easy: easy.map(|text| text.value.as_ref().into()),
            theme,
            tells,
            sensitivity: sensitivity.unwrap_or(0),
            eligible,
            prescribers,
            sourced,
            answers,
        };
        if let Some(dated) = network.schemes.get_mut(place.0) {
            dated.versions.push((period, scheme));
        }
    }

    pub(super) fn known_theme(&mut self, theme: &Text<'_>) {
        if !self.dictionary.themes.contains_key(theme.value.as_ref()) {
            let known = || self.dictionary.themes.keys().map(|id| &**id);
            let mend = self.errors.slips.likeliest(&theme.value, known());
            // A theme is one word of the pack's own: nobody guesses it, and there are few.
            let mend = mend.or_else(|| {
                let known: Vec<_> = known().take(THEMES).collect();
                (!known.is_empty()).then(|| format!("thèmes connus : `{}`", known.join("`, `")))
            });
            self.add(
                Mistake::UnknownTheme,
                theme.at,
                format!("le thème `{}` n'existe pas", theme.value),
                mend,
            );
        }
    }

    pub(super) fn known_body(&mut self, text: &Text<'_>, network: &Network) -> Option<BodyRef> {
        let found = network.body(&text.value);
        if found.is_none() && !self.is_meant(text) {
            let known = network
                .roles
                .iter()
                .map(|role| role.id.as_str())
                .chain(network.partners.iter().map(|partner| partner.id.as_str()));
            let mend = self.likeliest(text, known);
            self.add(
                Mistake::UnknownBody,
                text.at,
                format!("ni rôle ni organisme ne s'appelle `{}`", text.value),
                mend,
            );
        }
        found
    }

    pub(super) fn known_scheme(
        &mut self,
        text: &Text<'_>,
        network: &Network,
    ) -> Option<SchemeIndex> {
        let found = network.scheme(&text.value);
        if found.is_none() && !self.is_meant(text) {
            let known = network.scheme_ids.iter().map(SchemeId::as_str);
            let mend = self.likeliest(text, known);
            self.add(
                Mistake::UnknownScheme,
                text.at,
                format!("le dispositif `{}` n'existe pas", text.value),
                mend,
            );
        }
        found
    }
}
