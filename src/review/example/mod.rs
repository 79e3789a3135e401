//! `[[example]]` entries of packs: an invented person, and what must come out.
//!
//! [`run`] builds the person and asks; [`expected`] is what the pack says must come
//! out; [`compare`] tells where the two differ; [`coverage`] what none of them tries.

mod compare;
mod coverage;
mod expected;
mod run;
#[cfg(test)]
mod tests;
