//! What the author of a pack asks about it, and never a person's desk.
//!
//! | folder | answers |
//! |---|---|
//! | `example` | do the invented people of the pack get what they should, and what do they leave untried? |
//! | `people` | is there anybody for whom this holds? |
//! | `lint` | is a rule sound: can it hold, is it of use, is it fair? |
//!
//! All of it is asked of a [`Pack`](crate::Pack).

mod example;
mod lint;
mod people;
