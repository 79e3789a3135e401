//! What the author of a pack asks about it, and never a person's desk.
//!
//! | folder | answers |
//! |---|---|
//! | `example` | do the invented people of the pack get what they should, and what do they leave untried? |
//! | `people` | is there anybody for whom this holds? |
//! | `lint` | is a rule sound: can it hold, is it of use, is it fair? |
//! | `difference` | who gains and who loses, between two packs? |
//!
//! All of it is asked of a [`Pack`](crate::Pack).

mod difference;
mod example;
mod lint;
mod people;

pub use difference::{Change, Difference, Otherwise, Side};
pub(crate) use example::check_written;
