//! Rules, tracks, meetings, exclusives and frameworks: what can be answered.

use super::super::layer;
use super::super::model::{
    DecisionTable, Exclusive, Framework, Piece, Rule, Template, TrackChoice, TrackMeeting,
    TrackRule, Unless,
};
use super::super::place::At;
use super::super::tree::{Reader, Table, Text, Tree};
use super::{Build, sourced};
use crate::network::{BodyRef, Network, SchemeIndex};
use crate::rule::condition::Cond;
use crate::rule::deadline::{self, Within};
use crate::vocabulary::{Mistake, Period, RuleId, kebab_mend};

#[derive(Default)]
pub(super) struct Proposals {
    pub(super) rules: Vec<(Period, Rule)>,
    pub(super) tracks: Vec<(Period, TrackRule)>,
    pub(super) meetings: Vec<(Period, TrackMeeting)>,
    pub(super) exclusives: Vec<(Period, Exclusive)>,
    pub(super) frameworks: Vec<(Period, Framework)>,
    pub(super) tables: Vec<(Period, DecisionTable)>,
}

/// A template before its names are known: text and placeholders.
fn pieces(text: &str) -> Result<Vec<(bool, usize, &str)>, usize> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut at = 0_usize;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, left)) = after.split_once('}') else {
            return Err(at.saturating_add(before.len()));
        };
        pieces.push((false, at, before));
        at = at.saturating_add(before.len()).saturating_add(1);
        pieces.push((true, at, name));
        at = at.saturating_add(name.len()).saturating_add(1);
        rest = left;
    }
    pieces.push((false, at, rest));
    Ok(pieces)
}

impl Build<'_> {
    pub(super) fn template(
        &mut self,
        text: &Text<'_>,
        network: &Network,
        period: Period,
    ) -> Template {
        let pieces = match pieces(&text.value) {
            Ok(pieces) => pieces,
            Err(at) => {
                self.add(
                    Mistake::Template,
                    text.part(at, at.saturating_add(1)),
                    "cette accolade n'est pas fermée".to_owned(),
                    Some("écrivez par exemple `{body}`".to_owned()),
                );
                return Template::default();
            }
        };
        let mut template = Template::default();
        for (placeholder, at, piece) in pieces {
            if !placeholder {
                if !piece.is_empty() {
                    template.0.push(Piece::Text(piece.into()));
                }
            } else if piece == "body" {
                template.0.push(Piece::Body);
            } else if let Some(body) = network.body(piece) {
                template.0.push(Piece::Named(body));
            } else if let Some((value, _)) = self.names.values.get(piece) {
                let value = *value;
                let dated = self.tables.values.get(value.0);
                if let Some(gap) = dated.and_then(|dated| period.first_gap(dated.periods())) {
                    let place = text.part(at, at.saturating_add(piece.len()));
                    let message = format!("`{piece}` n'est pas défini {}", gap.in_french());
                    let mend = "donnez-lui une période de plus, ou limitez celle de cette règle";
                    self.add(Mistake::NotInForce, place, message, Some(mend.to_owned()));
                }
                template.0.push(Piece::Value(value));
            } else {
                let known = self
                    .names
                    .values
                    .keys()
                    .map(|name| &**name)
                    .chain(network.roles.iter().map(|role| role.id.as_str()))
                    .chain(network.partners.iter().map(|partner| partner.id.as_str()))
                    .chain(["body"]);
                // What is marked stands between the braces.
                let near = self.errors.slips.nearest(piece, known);
                let mend = near.map(|near| format!("vouliez-vous `{near}` ?"));
                let place = text.part(at, at.saturating_add(piece.len()));
                self.add(
                    Mistake::Template,
                    place,
                    format!("`{{{piece}}}` n'est ni un organisme, ni un rôle, ni une valeur"),
                    mend,
                );
            }
        }
        template
    }

    pub(super) fn within(&mut self, text: &Text<'_>) -> Option<Within> {
        match deadline::parse(&text.value, &self.dictionary, &self.errors.slips) {
            Ok(within) => Some(within),
            Err(problem) => {
                self.problems(text, vec![problem]);
                None
            }
        }
    }

    pub(super) fn proposals(&mut self, network: &Network) -> Proposals {
        let mut proposals = Proposals::default();
        for entry in self.entries("rule") {
            if let Some(rule) = self.rule(entry, None, network) {
                proposals.rules.push(rule);
            }
        }
        self.decisions(network, &mut proposals);
        for entry in self.entries("track") {
            if let Some(track) = self.track(entry, network) {
                proposals.tracks.push(track);
            }
        }
        self.track_order(&proposals.tracks);
        for entry in self.entries("track_meeting") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let scheme = reader.required_text("scheme");
            let partner = reader.required_text("partner");
            let within = reader.text("within");
            let because = reader.required_text("because");
            reader.text("id");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            reader.finish();
            let scheme = scheme.and_then(|text| self.known_scheme(text, network));
            let body = partner.and_then(|text| self.known_body(text, network));
            let within = within.and_then(|text| self.within(text));
            let because = because
                .map(|text| self.template(text, network, period))
                .unwrap_or_default();
            if let (Some(scheme), Some(body)) = (scheme, body) {
                self.scheme_open(scheme, network, period, entry.at);
                proposals.meetings.push((
                    period,
                    TrackMeeting {
                        scheme,
                        body,
                        within,
                        because,
                        sourced,
                    },
                ));
            }
        }
        for entry in self.entries("exclusive") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            reader.required_text("id");
            let title = reader.required_text("title").map_or("", |text| &text.value);
            let listed = reader.texts("schemes");
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            reader.finish();
            let schemes = listed
                .into_iter()
                .filter_map(|text| self.known_scheme(text, network))
                .collect();
            proposals.exclusives.push((
                period,
                Exclusive {
                    title: title.into(),
                    schemes,
                    sourced,
                },
            ));
        }
        for entry in self.entries("framework") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            reader.required_text("id");
            let title = reader.required_text("title").map_or("", |text| &text.value);
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            reader.finish();
            proposals.frameworks.push((
                period,
                Framework {
                    title: title.into(),
                    sourced,
                },
            ));
        }
        proposals
    }

    /// A rule in force must propose a scheme that is open all that time.
    fn scheme_open(&mut self, scheme: SchemeIndex, network: &Network, period: Period, at: At) {
        let Some(dated) = network.schemes.get(scheme.0) else {
            return;
        };
        if let Some(gap) = period.first_gap(dated.periods()) {
            let id = network
                .scheme_ids
                .get(scheme.0)
                .map_or("", |id| id.as_str());
            self.add(
                Mistake::NotInForce,
                at,
                format!("le dispositif `{id}` n'existe pas {}", gap.in_french()),
                Some("limitez la période de la règle, ou ouvrez celle du dispositif".to_owned()),
            );
        }
    }

    /// A rule, under the condition of its `when` or that of the row it was cut from.
    pub(super) fn rule(
        &mut self,
        entry: &layer::Entry<'_>,
        row: Option<Cond>,
        network: &Network,
    ) -> Option<(Period, Rule)> {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let id = reader.required_text("id");
        let title = reader.required_text("title").map_or("", |text| &text.value);
        let when = match row {
            Some(_) => None,
            None => reader.required_text("when"),
        };
        let unless = reader.node("unless");
        let propose = reader.table("propose");
        if propose.is_none() {
            reader.missing("propose");
        }
        let within = reader.text("within");
        let next_working_day = reader.flag("next_working_day").unwrap_or(false);
        let waits = reader.flag("waits").unwrap_or(false);
        let because = reader.required_text("because");
        let theme = reader.text("theme");
        reader.text("replaces");
        let period = layer::period(&mut reader, entry.ended);
        let sourced = sourced(&mut reader);
        let answers = super::answers(&mut reader);
        reader.finish();

        let (scheme, body, priority) = propose.map_or((None, None, None), |(table, at)| {
            self.propose(table, at, network)
        });
        if let Some(theme) = theme {
            self.known_theme(theme);
        }
        let when = row.or_else(|| when.map(|text| self.expression(text, period)));
        let unless = unless.and_then(|node| match &node.tree {
            Tree::Text(text) => Some(Unless {
                when: self.expression(text, period),
                sourced: None,
            }),
            Tree::Table(table) => {
                let mut inner = Reader::new(table, node.at, self.errors);
                let when = inner.required_text("when");
                let source = super::sourced(&mut inner);
                inner.finish();
                when.map(|text| Unless {
                    when: self.expression(text, period),
                    sourced: Some(source),
                })
            }
            _ => {
                self.add(
                    Mistake::WrongForm,
                    node.at,
                    "`unless` attend une condition, ou une table avec `when` et `source`"
                        .to_owned(),
                    None,
                );
                None
            }
        });
        let written = within;
        let within = written.and_then(|text| self.within(text));
        // Of a deadline that is told already, nothing more.
        if waits && (written.is_none() || within.is_some()) {
            let at = entry.table.get("waits").map_or(entry.id_at, |node| node.at);
            self.can_wait(within.as_ref(), at);
        }
        let because = because
            .map(|text| self.template(text, network, period))
            .unwrap_or_default();
        let parsed = id.map(|id| RuleId::parse(&id.value));
        let Some(Ok(id)) = parsed else {
            if id.is_some() {
                self.add(
                    Mistake::BadName,
                    entry.id_at,
                    format!("`{}` n'est pas un identifiant", entry.id),
                    Some(kebab_mend(&entry.id)),
                );
            }
            return None;
        };
        let scheme = scheme?;
        self.scheme_open(scheme, network, period, entry.id_at);
        Some((
            period,
            Rule {
                id,
                at: entry.id_at,
                title: title.into(),
                when: when?,
                unless,
                scheme,
                body: body?,
                priority: priority?,
                within,
                next_working_day,
                waits,
                because,
                theme: theme.map(|text| text.value.as_ref().into()),
                sourced,
                answers,
            },
        ))
    }

    /// A deadline that waits for who cannot act counts forwards from a day.
    fn can_wait(&mut self, within: Option<&Within>, at: At) {
        if !matches!(within, Some(Within::After(..))) {
            let message = "`waits` se dit d'un délai compté d'un jour (`within`)".to_owned();
            let mend = "écrivez par exemple `within = \"1 month\"`, ou retirez `waits`".to_owned();
            self.add(Mistake::Deadline, at, message, Some(mend));
        }
    }

    fn propose(
        &mut self,
        table: &Table<'_>,
        at: At,
        network: &Network,
    ) -> (Option<SchemeIndex>, Option<BodyRef>, Option<i64>) {
        let mut reader = Reader::new(table, at, self.errors);
        let scheme = reader.required_text("scheme");
        let partner = reader.required_text("partner");
        let priority = reader.integer("priority");
        if table.get("priority").is_none() {
            reader.missing("priority");
        }
        reader.finish();
        if priority.is_some_and(|priority| !(1..=99).contains(&priority)) {
            self.add(
                Mistake::OutOfBounds,
                table.at("priority").unwrap_or(at),
                "la priorité va de 1 (d'abord) à 99".to_owned(),
                None,
            );
        }
        let scheme = scheme.and_then(|text| self.known_scheme(text, network));
        let body = partner.and_then(|text| self.known_body(text, network));
        (scheme, body, priority)
    }

    fn track(
        &mut self,
        entry: &layer::Entry<'_>,
        network: &Network,
    ) -> Option<(Period, TrackRule)> {
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let id = reader.required_text("id");
        let order = reader.integer("order");
        if order.is_none() {
            reader.missing("order");
        }
        let when = reader.text("when");
        let track = reader.required_text("track");
        let lead = reader.required_text("lead");
        let because = reader.required_text("because");
        reader.text("title");
        reader.text("replaces");
        let period = layer::period(&mut reader, entry.ended);
        let sourced = sourced(&mut reader);
        let answers = super::answers(&mut reader);
        reader.finish();
        let when = when.map(|text| self.expression(text, period));
        let because = because
            .map(|text| self.template(text, network, period))
            .unwrap_or_default();
        let lead = match lead {
            Some(text) if text.value == "in-force" => None,
            Some(text) => Some(self.known_body(text, network)?),
            None => return None,
        };
        let track = track?;
        let choice = if track.value == "in-force" {
            TrackChoice::InForce
        } else {
            TrackChoice::Code(self.track_code(track)?)
        };
        let id = RuleId::parse(&id?.value).ok()?;
        Some((
            period,
            TrackRule {
                id,
                at: entry.id_at,
                order: order?,
                when,
                track: choice,
                lead,
                because,
                sourced,
                answers,
            },
        ))
    }

    fn track_code(&mut self, text: &Text<'_>) -> Option<i64> {
        let fact = self.layers.standing.iter().rev().find_map(|(table, _)| {
            match table.get("track").map(|node| &node.tree) {
                Some(Tree::Text(name)) => self.dictionary.id(&name.value),
                _ => None,
            }
        });
        let codes = fact.and_then(|fact| self.dictionary.fact(fact).kind.nomenclature().cloned());
        let Some(codes) = codes else {
            self.add(
                Mistake::MissingKey,
                text.at,
                "aucun fait ne dit quels parcours existent".to_owned(),
                Some("ajoutez `track = \"decision.track\"` dans [standing]".to_owned()),
            );
            return None;
        };
        let place = codes.place(&text.value);
        if place.is_none() {
            let mend = self.errors.slips.likeliest(
                &text.value,
                codes.codes().map(crate::vocabulary::Code::as_str),
            );
            self.add(
                Mistake::UnknownCode,
                text.at,
                format!("`{}` n'est pas un parcours", text.value),
                mend,
            );
        }
        place
    }

    /// On every day exactly the last track has no condition, and no two share a rank.
    fn track_order(&mut self, tracks: &[(Period, TrackRule)]) {
        if tracks.is_empty() {
            return;
        }
        let mut starts: Vec<Option<chrono::NaiveDate>> = vec![None];
        for (period, _) in tracks {
            starts.push(period.from);
            starts.push(period.until.and_then(|until| until.succ_opt()));
        }
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            let day = start.unwrap_or(chrono::NaiveDate::MIN);
            let mut on: Vec<&TrackRule> = tracks
                .iter()
                .filter(|(period, _)| period.contains(day))
                .map(|(_, track)| track)
                .collect();
            on.sort_by_key(|track| track.order);
            let at = |id: &str| {
                self.entries("track")
                    .find(|entry| entry.id == id)
                    .map_or_else(At::default, |entry| entry.id_at)
            };
            let mut found = Vec::new();
            for pair in on.windows(2) {
                if let [a, b] = pair {
                    if a.order == b.order {
                        found.push((
                            Mistake::SameOrder,
                            at(b.id.as_str()),
                            format!("`{}` et `{}` ont le même rang `order`", a.id, b.id),
                        ));
                    }
                    if a.when.is_none() || matches!(a.when, Some(Cond::Constant(true))) {
                        found.push((
                            Mistake::LastTrack,
                            at(b.id.as_str()),
                            format!(
                                "`{}` ne sera jamais lu : `{}` le précède sans condition",
                                b.id, a.id
                            ),
                        ));
                    }
                }
            }
            if let Some(last) = on.last()
                && last.when.is_some()
            {
                found.push((
                    Mistake::LastTrack,
                    at(last.id.as_str()),
                    "le dernier parcours doit valoir pour tout le monde".to_owned(),
                ));
            }
            for (code, at, message) in found {
                let mend = match code {
                    Mistake::LastTrack => {
                        Some("retirez `when` du dernier parcours, et de lui seul".to_owned())
                    }
                    _ => Some("donnez à chacun son rang".to_owned()),
                };
                self.errors.add(code, at, message, mend);
            }
        }
    }
}
