//! Need to know and retention: what is opened to whom, and for how long it is kept.

use super::super::layer;
use super::super::tree::{Reader, Text, Tree};
use super::{Build, sourced};
use crate::fact::dictionary::FactId;
use crate::network::{BodyRef, Network};
use crate::pack::model::{Ground, NeedToKnow, Retention, Since};
use crate::vocabulary::{Mistake, Period};

/// Words of a pack for the grounds.
const GROUNDS: [(&str, Ground); 4] = [
    ("public_mission", Ground::PublicMission),
    ("legal_duty", Ground::LegalDuty),
    ("vital_interest", Ground::VitalInterest),
    ("consent", Ground::Consent),
];

/// Words of a pack for what a time counts from.
const SINCE: [(&str, Since); 2] = [
    ("observed", Since::Observed),
    ("last_word", Since::LastWord),
];

impl Build<'_> {
    pub(super) fn need_to_know(&mut self, network: &Network) -> Vec<(Period, NeedToKnow)> {
        let mut rules = Vec::new();
        for entry in self.entries("need_to_know") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let to = reader.texts("to");
            let themes = reader.texts("themes");
            let facts = reader.texts("facts");
            let ground = reader.required_text("ground");
            let purpose = reader.required_text("purpose");
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            // A list of another form is told as that alone.
            let names_nothing = |key| match entry.table.get(key).map(|node| &node.tree) {
                None => true,
                Some(Tree::List(items)) => items.is_empty(),
                Some(_) => false,
            };
            if names_nothing("to") {
                reader.missing("to");
            }
            if names_nothing("themes") && names_nothing("facts") {
                reader.missing("facts");
            }
            reader.finish();
            let to = self.bodies(to, network);
            let (themes, facts) = self.scope(&themes, &facts);
            let ground = self.ground(ground);
            if let (Some(id), Some(ground), Some(purpose)) = (id, ground, purpose) {
                let rule = NeedToKnow {
                    id: id.value.as_ref().into(),
                    to,
                    themes,
                    facts,
                    ground,
                    purpose: purpose.value.as_ref().into(),
                    sourced,
                };
                rules.push((period, rule));
            }
        }
        rules
    }

    pub(super) fn retention(&mut self, network: &Network) -> Vec<(Period, Retention)> {
        let mut rules = Vec::new();
        for entry in self.entries("retention") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            let id = reader.required_text("id");
            let by = reader.texts("by");
            let themes = reader.texts("themes");
            let facts = reader.texts("facts");
            let since = reader.required_text("since");
            let active = reader.required_text("active");
            let archive = reader.text("archive");
            let ground = reader.required_text("ground");
            let purpose = reader.required_text("purpose");
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            reader.finish();
            self.no_lead(&by);
            let by = self.bodies(by, network);
            let (themes, facts) = self.scope(&themes, &facts);
            let since =
                since.and_then(|text| self.one_of(text, &SINCE, "`since` ne connaît pas `{}`"));
            // « always » is none of them: nothing is kept without an end.
            let mut span = |text| self.duration(text, "écrivez par exemple \"24 months\"");
            let active = active.and_then(&mut span);
            let archive = archive.map(&mut span);
            let ground = self.ground(ground);
            if let (Some(id), Some(since), Some(active), Some(ground), Some(purpose)) =
                (id, since, active, ground, purpose)
            {
                let rule = Retention {
                    id: id.value.as_ref().into(),
                    by,
                    themes,
                    facts,
                    since,
                    active,
                    archive: archive.flatten(),
                    ground,
                    purpose: purpose.value.as_ref().into(),
                    sourced,
                };
                rules.push((period, rule));
            }
        }
        rules
    }

    /// Who leads a person is told by the person's decision: no time hangs on it.
    fn no_lead(&mut self, by: &[&Text<'_>]) {
        for text in by.iter().filter(|text| text.value == "lead") {
            self.add(
                Mistake::UnknownBody,
                text.at,
                "`lead` dépend de la personne : une durée se donne par organisme".to_owned(),
                Some("nommez les rôles ou les organismes".to_owned()),
            );
        }
    }

    fn bodies(&mut self, texts: Vec<&Text<'_>>, network: &Network) -> Vec<BodyRef> {
        let known = texts.into_iter();
        known
            .filter_map(|text| self.known_body(text, network))
            .collect()
    }

    /// Themes and facts, each known to the dictionary.
    fn scope(&mut self, themes: &[&Text<'_>], facts: &[&Text<'_>]) -> (Vec<Box<str>>, Vec<FactId>) {
        for theme in themes {
            self.known_theme(theme);
        }
        let themes = themes.iter().map(|text| text.value.as_ref().into());
        let facts = facts.iter().filter_map(|text| self.fact_named(text));
        (themes.collect(), facts.collect())
    }

    fn ground(&mut self, text: Option<&Text<'_>>) -> Option<Ground> {
        self.one_of(text?, &GROUNDS, "`{}` n'est pas un fondement")
    }

    /// What a word of a closed list stands for.
    fn one_of<T: Copy>(
        &mut self,
        text: &Text<'_>,
        words: &[(&str, T)],
        unknown: &str,
    ) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.value.as_ref());
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            let mend = self.errors.slips.likeliest(&text.value, known);
            let message = unknown.replace("{}", &text.value);
            self.add(Mistake::UnknownCode, text.at, message, mend);
        }
        found.map(|(_, meaning)| *meaning)
    }
}
