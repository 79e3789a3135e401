//! Need to know: what is opened to whom, on what ground and what for.

use super::super::layer;
use super::super::tree::Reader;
use super::{Build, sourced};
use crate::network::Network;
use crate::pack::model::{Ground, NeedToKnow};
use crate::vocabulary::{Mistake, Period};

/// Words of a pack for the grounds.
const GROUNDS: [(&str, Ground); 4] = [
    ("public_mission", Ground::PublicMission),
    ("legal_duty", Ground::LegalDuty),
    ("vital_interest", Ground::VitalInterest),
    ("consent", Ground::Consent),
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
            if to.is_empty() {
                reader.missing("to");
            }
            if themes.is_empty() && facts.is_empty() {
                reader.missing("facts");
            }
            reader.finish();
            let to = to
                .into_iter()
                .filter_map(|text| self.known_body(text, network))
                .collect();
            for theme in &themes {
                self.known_theme(theme);
            }
            let themes = themes.iter().map(|text| text.value.as_ref().into());
            let themes = themes.collect();
            let facts = facts
                .into_iter()
                .filter_map(|text| self.fact_named(text))
                .collect();
            let ground = ground.and_then(|text| {
                let found = GROUNDS
                    .iter()
                    .find(|(word, _)| *word == text.value.as_ref());
                if found.is_none() {
                    let words = GROUNDS.iter().map(|(word, _)| *word);
                    let mend = self.errors.slips.likeliest(&text.value, words);
                    let message = format!("`{}` n'est pas un fondement", text.value);
                    self.add(Mistake::UnknownCode, text.at, message, mend);
                }
                found.map(|(_, ground)| *ground)
            });
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
}
