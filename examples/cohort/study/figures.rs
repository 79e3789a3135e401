//! Published figures, kept as data beside the code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A published share, and where it was read.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    pub(crate) id: String,
    pub(crate) label: String,
    /// In thousandths of `among`.
    pub(crate) per_mille: u32,
    pub(crate) among: String,
    pub(crate) year: String,
    pub(crate) source: String,
    /// Read in the source named.
    pub(crate) verified: bool,
    /// People are drawn by it; else answers are only compared with it.
    pub(crate) drawn: bool,
}

impl Figure {
    /// Where it comes from, as a line.
    pub(crate) fn origin(&self) -> String {
        let read = if self.verified { "" } else { ", non vérifié" };
        format!("{} ({}) : {}{read}.", self.source, self.year, self.among)
    }
}

/// All figures by id.
#[derive(Debug)]
pub(crate) struct Figures {
    in_order: Vec<Figure>,
    places: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    figure: Vec<Figure>,
}

impl Figures {
    pub(crate) fn read() -> Result<Self, toml::de::Error> {
        let File { figure } = toml::from_str(include_str!("figures.toml"))?;
        let places = figure.iter().enumerate();
        Ok(Self {
            places: places
                .map(|(place, figure)| (figure.id.clone(), place))
                .collect(),
            in_order: figure,
        })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.in_order.iter()
    }

    /// A figure that the study needs.
    pub(crate) fn get(&self, id: &str) -> &Figure {
        let place = self.places.get(id);
        let figure = place.and_then(|place| self.in_order.get(*place));
        figure.unwrap_or_else(|| panic!("figures.toml lacks {id}"))
    }

    pub(crate) fn share(&self, id: &str) -> u32 {
        self.get(id).per_mille
    }
}
