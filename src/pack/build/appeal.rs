//! How decisions are contested, by whose they are.

use super::super::layer;
use super::super::tree::Reader;
use super::{Build, sourced};
use crate::network::Network;
use crate::pack::model::Appeal;
use crate::rule::deadline::Within;
use crate::vocabulary::{Mistake, Period};

impl Build<'_> {
    pub(super) fn appeals(&mut self, network: &Network) -> Vec<(Period, Appeal)> {
        let mut appeals = Vec::new();
        for entry in self.entries("appeal") {
            let mut reader = Reader::new(&entry.table, entry.at, self.errors);
            reader.required_text("id");
            let of = reader.texts("of");
            let about = reader.required_text("about");
            let title = reader.required_text("title");
            let to = reader.required_text("to");
            let within = reader.required_text("within");
            let court = reader.required_text("court");
            let required = reader.flag("required").unwrap_or(false);
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            reader.finish();
            let of = of
                .into_iter()
                .filter_map(|text| self.known_body(text, network))
                .collect();
            let term = within.and_then(|text| {
                let within = self.within(text)?;
                if let Within::After(term, None) = within {
                    return Some(term);
                }
                // It counts from the day on which the person receives the decision.
                let message = format!(
                    "le délai `{}` ne compte pas de la décision reçue",
                    text.value
                );
                let mend = "écrivez une durée seule, par exemple `2 months`".to_owned();
                self.add(Mistake::Deadline, text.at, message, Some(mend));
                None
            });
            if let (Some(about), Some(title), Some(to), Some(within), Some(court)) =
                (about, title, to, term, court)
            {
                let appeal = Appeal {
                    of,
                    about: about.value.as_ref().into(),
                    title: title.value.as_ref().into(),
                    to: to.value.as_ref().into(),
                    within,
                    court: court.value.as_ref().into(),
                    required,
                    sourced,
                };
                appeals.push((period, appeal));
            }
        }
        appeals
    }
}
