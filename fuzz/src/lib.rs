//! What the fuzz targets share. Each holds the library to its promises through
//! the public API: no panic, every mistake at a place, the same answer each way.

pub mod asked;
pub mod condition;
pub mod drip;
pub mod mutate;
pub mod person;
pub mod places;
pub mod sources;
