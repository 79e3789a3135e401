//! spie
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::float_arithmetic,
        clippy::iter_over_hash_type,
        clippy::print_stdout,
        clippy::print_stderr,
        clippy::disallowed_types,
        clippy::disallowed_methods,
        clippy::fn_params_excessive_bools,
        clippy::struct_excessive_bools,
    )
)]

pub mod calendar;
pub mod fact;
pub mod interop;
pub mod orientation;
pub mod pack;
pub mod profile;
pub mod rule;
pub mod vocabulary;

pub(crate) mod network;

pub use fact::Knowledge;
pub use orientation::Orientation;
pub use pack::{Engine, EngineAt, Pack, PackErrors};
pub use profile::Profile;
