//! `Debug` of types that hold what is known of a person.

/// `Debug` that shows the fields named and no others, so that what somebody said, or is, stands in no
/// log because a program printed a structure.
macro_rules! shows_only {
    ($(#[$doc:meta])* $type:ident { $($field:ident),* $(,)? }) => {
        $(#[$doc])*
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($type))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use shows_only;
