//! Remarks on rules and tracks: what they do to people, each with an invented person
//! who shows it.
//!
//! | file | asks |
//! |---|---|
//! | `lens` | how a remark is made, and what answers it |
//! | `holds` | is there anybody for whom it holds, alone, in spite of its `unless`? |
//! | `open` | does it stay open though every answer gives the same? |
//! | `fairness` | what do sensitive facts and protected grounds change? |
//! | `deadline`, `from_event` | can the deadline be met, and does it count from where the law counts? |
//! | `words`, `left` | does the reason say what the condition tests, and for everybody? |
//! | `bodies` | may the body prescribe the scheme? |
//! | `tables` | do the rows of a table foresee everybody, and each once? |
//! | `apart` | do two conditions exclude each other at a glance? |

mod apart;
mod bodies;
mod deadline;
mod fairness;
mod from_event;
mod holds;
mod left;
mod lens;
mod open;
mod tables;
mod words;

use crate::pack::error::Errors;
use crate::pack::{Engine, Pack, PackErrors};
use lens::{Lens, Subject};

impl Pack {
    /// Looks for rules and tracks that do people wrong, and for people who show it.
    ///
    /// Each remark stands at its rule, track or scheme, with an `[[example]]` that can be
    /// pasted into the pack ([`PackError::example`](crate::pack::PackError::example)). An
    /// entry answers a remark by `answers = { L004 = "why" }`; it is then not made. A
    /// search is exhaustive where the facts allow it, and else says after how many tries
    /// it gave up. `progress` is told how many entries are done, and of how many.
    ///
    /// ```
    /// use spie::Pack;
    ///
    /// let pack = Pack::marne()?;
    /// assert!(pack.check_rules(|_done, _all| {}).is_ok());
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PackErrors`]: the remarks (codes `L001` to `L016`). They leave the pack sound.
    pub fn check_rules(&self, mut progress: impl FnMut(usize, usize)) -> Result<(), PackErrors> {
        let engine = Engine::new(self);
        let model = engine.model();
        let mut lens = Lens::new(&engine);
        let of_rules = model.rules.len().saturating_add(model.tracks.len());
        let all = of_rules.saturating_add(model.decisions.len());
        let mut done = 0_usize;
        let mut step = || {
            done = done.saturating_add(1);
            progress(done, all);
        };
        for (period, rule) in &model.rules {
            if let Some(subject) = Subject::of_rule(&engine, *period, rule) {
                // Of a rule for nobody, there is nothing else to say.
                if let Some(somebody) = holds::of_rule(&mut lens, &subject) {
                    holds::contained(&mut lens, &subject, &somebody);
                    open::check(&mut lens, &subject);
                    fairness::of_rule(&mut lens, &subject);
                    deadline::check(&mut lens, &subject, &somebody);
                    words::check(&mut lens, &subject, &somebody);
                    bodies::check(&mut lens, &subject, &somebody);
                }
            }
            step();
        }
        for (period, track) in &model.tracks {
            let subject = Subject::of_track(&engine, *period, track);
            if let Some(subject) = subject
                && let Some(somebody) = holds::of_track(&mut lens, &subject)
            {
                open::check(&mut lens, &subject);
                fairness::of_track(&mut lens, &subject);
                words::check(&mut lens, &subject, &somebody);
            }
            step();
        }
        for (period, table) in &model.decisions {
            tables::check(&mut lens, &engine, *period, table);
            step();
        }
        fairness::of_schemes(&mut lens, &engine);
        let errors: Errors = lens.finish();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors.finish(self.documents()))
        }
    }
}
