//! Damage to a text by its own pieces: words, lines, paragraphs. libFuzzer changes
//! bytes; in a language that is checked as closely as a pack's, most of its texts
//! end at the first quote. A word in the place of another goes deeper.

use std::ops::Range;

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;

/// How a text is cut into pieces.
#[derive(Clone, Copy)]
enum Pieces {
    Words,
    Lines,
    Paragraphs,
}

impl Pieces {
    fn ends(self, before: u8, here: u8, after: Option<u8>) -> bool {
        let in_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
        match self {
            Self::Words => !in_word(before) || !in_word(here),
            Self::Lines => before == b'\n',
            Self::Paragraphs => before == b'\n' && here == b'\n' && after.is_some(),
        }
    }

    fn cut(self, text: &[u8]) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for place in 1..text.len() {
            if self.ends(text[place - 1], text[place], text.get(place + 1).copied()) {
                pieces.push(start..place);
                start = place;
            }
        }
        pieces.push(start..text.len());
        pieces
    }
}

/// One change of a text; the first `head` bytes are no text, and libFuzzer's own.
///
/// For `fuzz_mutator!`: takes the first `size` bytes, leaves at most `max_size`.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32, head: usize) -> usize {
    let mut rng = Rng::with_seed(u64::from(seed));
    if size <= head || rng.u8(..) < 120 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut text = data[head..size].to_vec();
    for _ in 0..rng.usize(1..4) {
        text = changed(&text, &mut rng);
    }
    let size = (head + text.len()).min(max_size);
    data[head..size].copy_from_slice(&text[..size - head]);
    size
}

fn changed(text: &[u8], rng: &mut Rng) -> Vec<u8> {
    let pieces = match rng.u8(..10) {
        0..6 => Pieces::Words,
        6..9 => Pieces::Lines,
        _ => Pieces::Paragraphs,
    };
    let pieces = pieces.cut(text);
    let mut any = || pieces[rng.usize(..pieces.len())].clone();
    let (mut first, mut second) = (any(), any());
    if second.start < first.start {
        std::mem::swap(&mut first, &mut second);
    }
    let (one, other) = (&text[first.clone()], &text[second.clone()]);
    let before = &text[..first.start];
    let between = text.get(first.end..second.start).unwrap_or_default();
    let (after_first, after) = (&text[first.end..], &text[second.end..]);
    match rng.u8(..6) {
        0 => [before, after_first].concat(),
        1 => [before, one, one, after_first].concat(),
        2 => [before, other, after_first].concat(),
        3 => [before, one, between, one, after].concat(),
        4 => [before, other, between, one, after].concat(),
        _ => [before, other, one, after_first].concat(),
    }
}
