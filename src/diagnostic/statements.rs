//! All that was said, statement by statement: what a right of access is to.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::resolve::in_words;
use super::{Diagnostic, Entry, EntryId, LeftOutReason};
use crate::calendar::in_french;
use crate::debug::shows_only;
use crate::fact::Means;
use crate::pack::EngineAt;
use crate::vocabulary::{BodyId, FactName};

/// What one body said of a fact, whether or not it counts.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Statement {
    /// The entry.
    pub entry: EntryId,
    /// The fact.
    pub fact: FactName,
    /// Its French label; its name where the pack does not know it.
    pub label: String,
    /// The body.
    pub by: BodyId,
    /// Its name on the date asked.
    pub name: String,
    /// By what means; absent where a later version wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<Means>,
    /// The day it was observed.
    pub observed_on: NaiveDate,
    /// What was said, in French; why that cannot be told, where it cannot.
    pub value: String,
    /// The remark that goes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Whether its author took it back.
    pub taken_back: bool,
}

/// All that was said, by fact and by day, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Statements {
    /// The statements.
    pub said: Vec<Statement>,
}

impl Diagnostic {
    /// All that was said, in French: also what was said again since, is too old or was taken
    /// back. Of [`Diagnostic::archive`], what is kept aside: for the person (RGPD art. 15), and
    /// for an appeal.
    #[must_use]
    pub fn statements(&self, at: &EngineAt) -> Statements {
        let model = at.engine.model();
        let taken_back = self.retracted();
        let said = self.entries.iter().filter_map(|(id, entry)| {
            let (means, value, remark) = match entry {
                Entry::Observation(one) => (
                    Some(one.means),
                    in_words(model, *id, one),
                    one.remark.clone(),
                ),
                Entry::Newer(_) => {
                    let value = LeftOutReason::NewerVersion.in_french().to_owned();
                    (None, value, None)
                }
                Entry::Retraction(_) | Entry::Rectification(_) => return None,
            };
            Some(Statement {
                entry: *id,
                fact: entry.fact().clone(),
                label: model.label_of(entry.fact()),
                by: entry.by().clone(),
                name: model.network.name_of(entry.by(), at.date),
                means,
                observed_on: entry.observed_on(),
                value,
                remark,
                taken_back: taken_back.contains(id),
            })
        });
        let mut said: Vec<Statement> = said.collect();
        said.sort_by(|a, b| {
            let day = b.observed_on.cmp(&a.observed_on);
            a.fact.cmp(&b.fact).then(day).then(a.entry.cmp(&b.entry))
        });
        Statements { said }
    }
}

/// Fact by fact, line by line; nothing where nothing was said.
impl fmt::Display for Statements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = None;
        for one in &self.said {
            if before != Some(&one.fact) {
                writeln!(f, "{} :", one.label)?;
                before = Some(&one.fact);
            }
            write!(f, "   selon : {}, {} (", one.name, one.value)?;
            if let Some(means) = one.means {
                write!(f, "{}, ", means.in_french())?;
            }
            write!(f, "le {})", in_french(one.observed_on))?;
            if one.taken_back {
                f.write_str(", retiré depuis")?;
            }
            if let Some(remark) = &one.remark {
                write!(f, " ; remarque : {remark}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

shows_only!(
    /// Shows who, when and what about, never what.
    Statement { by, fact, observed_on }
);
