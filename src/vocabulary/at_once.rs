//! Errors that are told all at once.

use std::fmt;

/// Writes one after the other, between semicolons.
pub(crate) fn write_all(f: &mut fmt::Formatter<'_>, errors: &[impl fmt::Display]) -> fmt::Result {
    for (place, error) in errors.iter().enumerate() {
        if place > 0 {
            f.write_str("; ")?;
        }
        write!(f, "{error}")?;
    }
    Ok(())
}
