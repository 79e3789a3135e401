//! How decisions are contested, by whose they are.

use super::super::layer;
use super::super::tree::{Reader, Text};
use super::{Build, sourced};
use crate::calendar::Term;
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
            let silence = reader.text("silence");
            let court = reader.required_text("court");
            let court_within = reader.text("court_within");
            let court_from = reader.text("court_from");
            let required = reader.flag("required").unwrap_or(false);
            reader.text("replaces");
            let period = layer::period(&mut reader, entry.ended);
            let sourced = sourced(&mut reader);
            if court_from.is_some() && court_within.is_none() {
                reader.missing("court_within");
            }
            reader.finish();
            let of = of
                .into_iter()
                .filter_map(|text| self.known_body(text, network))
                .collect();
            // They count from what the person receives or sends, which is no fact.
            let term = within.and_then(|text| self.term_alone(text, "la décision reçue"));
            let silence = silence.and_then(|text| self.term_alone(text, "l'envoi du recours"));
            let court_within =
                court_within.and_then(|text| self.term_alone(text, "la réponse au recours"));
            if let (Some(about), Some(title), Some(to), Some(within), Some(court)) =
                (about, title, to, term, court)
            {
                let appeal = Appeal {
                    of,
                    about: about.value.as_ref().into(),
                    title: title.value.as_ref().into(),
                    to: to.value.as_ref().into(),
                    within,
                    silence,
                    court: court.value.as_ref().into(),
                    court_within,
                    court_from: court_from.map(|text| text.value.as_ref().into()),
                    required,
                    sourced,
                };
                appeals.push((period, appeal));
            }
        }
        appeals
    }

    /// A time limit that counts from no fact and from no day.
    fn term_alone(&mut self, text: &Text<'_>, from: &str) -> Option<Term> {
        if let Within::After(term, None) = self.within(text)? {
            return Some(term);
        }
        let message = format!("le délai `{}` ne compte pas de {from}", text.value);
        let mend = "écrivez une durée seule, par exemple `2 months`".to_owned();
        self.add(Mistake::Deadline, text.at, message, Some(mend));
        None
    }
}
