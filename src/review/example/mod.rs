//! `[[example]]` entries of packs: an invented person, and what must come out.
//!
//! [`run`] builds the person and asks; [`expected`] is what the pack says must come
//! out; [`compare`] tells where the two differ. [`coverage`] tells what none of them tries:
//! [`tried`] is what each of them looks at, [`changed`] changes one comparison at a time.

mod changed;
mod compare;
mod coverage;
mod expected;
mod run;
#[cfg(test)]
mod tests;
mod tried;

pub(crate) use run::check_written;
