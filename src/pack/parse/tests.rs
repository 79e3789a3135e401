use proptest::prelude::*;

use super::*;
use crate::pack::{core_sources, france_sources, marne_sources};

/// The quick way, and the other one with the number of its problems.
fn both(text: &str) -> (Option<Table<'_>>, Table<'_>, usize) {
    let slow = Parsed::slowly(0, text);
    (quick::parse(0, text), slow.table, slow.problems.len())
}

#[test]
fn bundled_sources_are_read_the_quick_way() {
    let all = [core_sources(), france_sources(), marne_sources()].concat();
    for (name, text) in all.iter().filter(|(name, _)| name.contains(".toml")) {
        let (quick, slow, problems) = both(text);
        assert_eq!(problems, 0, "{name}");
        assert_eq!(quick, Some(slow), "{name}");
    }
}

#[test]
fn what_toml_refuses_or_writes_in_pieces_is_left_to_the_other_way() {
    for text in [
        "a = 1\na = 2",
        "a.b = 1\na = 2",
        "a = { b = 1, b = 2 }",
        "[a]\n[a]",
        "[[a]]\n[a]",
        "a = []\n[[a]]",
        "a = 1\n[a]",
        "[a.b]",
        "[[a.b]]",
        "a.b.c = 1",
        "a = ",
        "a = [1",
        "a = \"b",
        "= 1",
        "a",
        "a = 2024-02-30T",
        "a = 1 2",
        "[a",
        "\u{0}",
    ] {
        assert_eq!(quick::parse(0, text), None, "{text}");
    }
}

/// Pieces of sources: whole lines, halves of lines, and what breaks them.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "[pack]\n",
        "[[rule]]\n",
        "[[rule]] # one\n",
        "[ \"rule\" ]\n",
        "[rule.inner]\n",
        "id = \"été\"\n",
        "id = 'l\\it'\n",
        "\"i d\" = \"a \\\"b\\\" \\u00e9\"\n",
        "text = \"\"\"\nlines\\\n  of \\n it\"\"\"\n",
        "text = '''\nlines'''\n",
        "facts.rsa = true\n",
        "facts . \"rsa.paid\" = false\n",
        "facts.a.b = 1\n",
        "facts = { a.b = 1, c = 2 }\n",
        "on = 2024-02-29\n",
        "on = 2023-02-29\n",
        "on = 2024-02-29T10:00:00Z\n",
        "n = 0x1f\n",
        "n = -1_000\n",
        "n = 99999999999999999999\n",
        "n = 1.5e3\n",
        "list = [1, \"two\", [3], { four = 4 },\n # five\n]\n",
        "table = { a = 1, b = [2], c = { d = \"e\" } }\n",
        "a = ",
        "b",
        "=",
        "1\n",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ".",
        "\n",
        "\r\n",
        "\r",
        " ",
        "# comment\n",
        "\u{7f}",
    ])
}

proptest! {
    #[test]
    fn the_quick_way_reads_what_the_other_reads(pieces in prop::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        let (quick, slow, problems) = both(&text);
        if let Some(quick) = quick {
            prop_assert_eq!(problems, 0);
            prop_assert_eq!(quick, slow);
        }
    }

    /// Whatever is closed to be read, what is told stands in the text as it was written.
    #[test]
    fn what_is_told_stands_in_the_text(pieces in prop::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        let slow = Parsed::slowly(0, &text);
        let left_open = slow.left_open.iter().flat_map(|slip| [&slip.mark, &slip.value]);
        let problems = slow.problems.iter().map(|problem| &problem.span);
        for span in left_open.chain(problems) {
            prop_assert!(text.get(span.clone()).is_some(), "{:?}", span);
        }
        for (_, at, node) in &slow.table.entries {
            prop_assert!(text.get(at.start()..at.end()).is_some());
            prop_assert!(text.get(node.at.start()..node.at.end()).is_some());
        }
    }
}
