//! Invented people who show what rules do: [`invented`] writes one as a sentence and as an
//! `[[example]]`.

pub(super) mod invented;
#[cfg(test)]
mod laws;
