//! Stories through the public API, from start to end.

mod a_pack_of_its_own;
mod bad_packs;
mod bundled_packs;
mod bundled_people;
mod cohort;
mod damage;
mod departement;
mod differences;
mod drafts;
mod encoding;
mod extends;
mod france_travail_file;
mod guide;
mod hostile_caseloads;
mod hostile_packs;
mod insertion_by_activity;
mod interview;
mod lints;
mod need_to_know;
mod readme;
mod saying;
mod shared_diagnostic;
mod standing;
mod tables;
mod why_not;
mod written;
