//! Damage to a text, as a bad copy or a slip of the hand does it.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

/// Where, how and with what letter a text is hit.
pub(crate) type Hit = (usize, u8, char);

pub(crate) fn damaged(text: &str, hits: &[Hit]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (place, kind, letter) in hits {
        if text.is_empty() {
            break;
        }
        let place = place % text.len();
        match kind % 6 {
            0 => text[place] = *letter,
            1 => text.insert(place, *letter),
            2 => drop(text.remove(place)),
            3 => text.truncate(place),
            4 => {
                let end = (place + 40).min(text.len());
                text.drain(place..end);
            }
            _ => {
                let end = (place + 200).min(text.len());
                let copy: Vec<char> = text[place..end].to_vec();
                text.splice(place..place, copy);
            }
        }
    }
    text.into_iter().collect()
}

pub(crate) fn hits() -> impl Strategy<Value = Vec<Hit>> {
    let letter = prop_oneof![
        Just('"'),
        Just('\n'),
        Just('['),
        Just('{'),
        Just('='),
        Just(','),
        Just('.'),
        Just('0'),
        Just('9'),
        Just('-'),
        Just('\0'),
        Just('é'),
        Just('\u{202e}'),
        Just('𝄞'),
        any::<char>(),
    ];
    prop::collection::vec((any::<usize>(), 0_u8..60, letter), 1..6)
}

/// So many damaged copies of a text, the same on every run.
pub(crate) fn copies(text: &str, count: usize) -> impl Iterator<Item = String> + '_ {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    (0..count).map(move |_| {
        let hits = hits().new_tree(&mut runner).expect("hits are made");
        damaged(text, &hits.current())
    })
}
