//! A pack in one text: the parent in the first line, then the sources.
//!
//! ```text
//! over core (or: nobody, small, marne)
//! === pack.toml
//! [pack]
//! …
//! === towns.csv
//! …
//! ```

use std::sync::LazyLock;

use spie::Pack;
use spie::pack::{Sources, core_sources, france_sources, marne_sources};

/// The small sound pack of the tests: over it, a pack is read in no time.
const SMALL_TEXT: &str = include_str!("../../tests/samples/base_pack.toml");

static SMALL: LazyLock<Pack> =
    LazyLock::new(|| Pack::parse([("base.toml", SMALL_TEXT)], None).expect("a sound pack"));
static CORE: LazyLock<Pack> = LazyLock::new(|| Pack::core().expect("the bundled pack"));
static MARNE: LazyLock<Pack> = LazyLock::new(|| Pack::marne().expect("the bundled pack"));

/// The pack that one extends, with the sources of it and of its own parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    Nobody,
    Small,
    Core,
    Marne,
}

impl Parent {
    pub fn pack(self) -> Option<&'static Pack> {
        match self {
            Self::Nobody => None,
            Self::Small => Some(&SMALL),
            Self::Core => Some(&CORE),
            Self::Marne => Some(&MARNE),
        }
    }

    pub fn sources(self) -> Vec<(&'static str, &'static str)> {
        let chain: &[Sources] = match self {
            Self::Nobody => &[],
            Self::Small => &[&[("base.toml", SMALL_TEXT)]],
            Self::Core => &[core_sources()],
            Self::Marne => &[core_sources(), france_sources(), marne_sources()],
        };
        chain.concat()
    }
}

/// Cuts the text of a target into a parent and named sources.
pub fn cut(text: &str) -> (Parent, Vec<(&str, &str)>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (parent, rest) = match first.trim_end() {
        "over nobody" => (Parent::Nobody, rest),
        "over small" => (Parent::Small, rest),
        "over core" => (Parent::Core, rest),
        "over marne" => (Parent::Marne, rest),
        _ => (Parent::Nobody, text),
    };
    let mut sources = Vec::new();
    let mut left = Some(rest);
    while let Some(here) = left {
        let (source, next) = match here.split_once("\n=== ") {
            Some((source, next)) => (source, Some(next)),
            None => (here, None),
        };
        let source = source.strip_prefix("=== ").unwrap_or(source);
        match source.split_once('\n') {
            Some((name, text)) if name.len() < 40 && name.contains('.') => {
                sources.push((name, text));
            }
            _ => sources.push(("pack.toml", source)),
        }
        left = next;
    }
    (parent, sources)
}
