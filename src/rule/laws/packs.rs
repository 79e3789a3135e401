//! Random packs as TOML text, valid by construction.
//!
//! What is drawn are plain numbers without any relation between them ("genes");
//! writing the pack gives them a meaning that always fits, whatever is left of
//! it. So every number shrinks by itself, and each pack on the way down is valid.

use proptest::prelude::*;

/// How many kinds of facts are drawn: flags first, so that they are what is left
/// of others; then other told ones, derived ones, and levels derived by conditions.
pub(super) const KINDS: u8 = 19;
pub(super) const DERIVED_LEVEL: u8 = 18;

/// An expression without names: they are chosen among what exists where it is written.
#[derive(Debug, Clone)]
pub(super) enum Expr {
    Constant(bool),
    Atom {
        subject: u8,
        form: u8,
        a: u8,
        b: u8,
        filter: Option<Box<Expr>>,
    },
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    AtLeast(u8, Vec<Expr>),
    AtMost(u8, Vec<Expr>),
}

fn atom(filter: impl Strategy<Value = Option<Box<Expr>>>) -> impl Strategy<Value = Expr> {
    (any::<[u8; 4]>(), filter).prop_map(|([subject, form, a, b], filter)| Expr::Atom {
        subject,
        form,
        a,
        b,
        filter,
    })
}

fn branch(inner: impl Strategy<Value = Expr> + Clone + 'static) -> BoxedStrategy<Expr> {
    let several = || prop::collection::vec(inner.clone(), 1..4);
    prop_oneof![
        2 => several().prop_map(Expr::And),
        2 => several().prop_map(Expr::Or),
        1 => inner.clone().prop_map(|inner| Expr::Not(Box::new(inner))),
        1 => (0_u8..5, several()).prop_map(|(n, items)| Expr::AtLeast(n, items)),
        1 => (0_u8..5, several()).prop_map(|(n, items)| Expr::AtMost(n, items)),
    ]
    .boxed()
}

/// Expressions of at most three levels, whose atoms may filter rows.
pub(super) fn exprs() -> impl Strategy<Value = Expr> + Clone {
    let plain = atom(Just(None)).boxed();
    let filter = prop_oneof![3 => plain.clone(), 1 => branch(plain)];
    let leaf = prop_oneof![
        1 => any::<bool>().prop_map(Expr::Constant),
        12 => atom(prop::option::of(filter.prop_map(Box::new))),
    ]
    .boxed();
    let shallow = prop_oneof![3 => leaf.clone(), 2 => branch(leaf.clone())].boxed();
    prop_oneof![2 => leaf, 3 => branch(shallow)].boxed()
}

/// One fact: what it is, and numbers for all that it may need.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) what: u8,
    pub(super) none: u8,
    pub(super) presume: u8,
    pub(super) numbers: [u8; 6],
}

/// One rule: places in the pool of expressions, and choices.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) when: u8,
    pub(super) unless: u8,
    pub(super) propose: u8,
    pub(super) period: u8,
}

/// A pack, as numbers.
#[derive(Debug, Clone)]
pub(crate) struct Pack {
    pub(super) facts: Vec<Fact>,
    pub(super) exprs: Vec<Expr>,
    pub(super) rules: Vec<Rule>,
    pub(super) codes: u8,
    pub(super) numbers: [u8; 6],
}

pub(crate) fn packs() -> impl Strategy<Value = Pack> {
    let fact = (0..KINDS, any::<[u8; 2]>(), any::<[u8; 6]>());
    let fact = fact.prop_map(|(what, [none, presume], numbers)| Fact {
        what,
        none,
        presume,
        numbers,
    });
    let rule = any::<[u8; 4]>().prop_map(|[when, unless, propose, period]| Rule {
        when,
        unless,
        propose,
        period,
    });
    (
        prop::collection::vec(fact, 1..=super::pools::GENES - 1),
        prop::collection::vec(exprs(), 1..12),
        prop::collection::vec(rule, 1..7),
        any::<u8>(),
        any::<[u8; 6]>(),
    )
        .prop_map(|(facts, exprs, rules, codes, numbers)| Pack {
            facts,
            exprs,
            rules,
            codes,
            numbers,
        })
}
