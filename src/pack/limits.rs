//! Bounds on what a pack may hold, so that a hostile one ends in errors.

/// Limits on the sources of a pack; exceeding one is an error, never a crash.
///
/// ```
/// let limits = spie::pack::Limits::default();
/// assert!(limits.source_bytes >= 1_000_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of all sources of one pack together; of its tables, once their rows are
    /// written out as rules.
    pub source_bytes: usize,
    /// Entries (facts, rules, schemes …) of a pack with its parents, rows of tables included.
    pub entries: usize,
    /// Bytes of one expression.
    pub expression_bytes: usize,
    /// Nesting of one expression.
    pub expression_depth: usize,
    /// Nesting of a condition with the named conditions it uses.
    pub total_depth: usize,
    /// Size of a condition with the named conditions it uses written out.
    pub condition_cost: usize,
    /// The same of all conditions of a pack with its parents together: what it takes at most to
    /// answer for one person.
    pub conditions_cost: usize,
    /// Rows of one CSV source.
    pub csv_rows: usize,
    /// Versions of one entry, and periods of one value.
    pub versions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source_bytes: 16 * 1024 * 1024,
            entries: 20_000,
            expression_bytes: 16 * 1024,
            expression_depth: 48,
            total_depth: 400,
            condition_cost: 50_000,
            conditions_cost: 1_000_000,
            csv_rows: 100_000,
            versions: 1_000,
        }
    }
}
