//! A naive interpreter of the rule language, written for obviousness.
//!
//! It is the meaning of the language in its plainest form, kept so that the fast
//! paths have something to agree with. It reads the text of a pack by itself,
//! walks the syntax tree, looks every name up where it stands, and judges each
//! atom by trying the possible values one by one. It shares with the rest of the
//! crate the syntax tree, the dictionary and the sets of values; nothing of how
//! conditions are checked, compiled or run.
//!
//! `text` reads the pack, `truth` judges expressions, `facts` derives facts.

mod facts;
mod text;
mod truth;

pub(super) use text::Reference;
