//! A mend that says what to write, as text that an editor can put in place of what is marked.

/// What to write instead of `marked`, which follows `before` on its line; nothing where the mend
/// only explains, leaves something to fill in or names several ways.
pub(crate) fn replacement(mend: &str, before: &str, marked: &str) -> Option<String> {
    if marked.contains('\n') {
        return None;
    }
    // A text is marked with its quotes, of either kind, which stay.
    let inside = |written: &str| marked.replacen(marked.trim_matches(['"', '\'']), written, 1);
    if let Some(near) = mend.strip_prefix("vouliez-vous `") {
        return near.strip_suffix("` ?").map(inside);
    }
    let written = mend.strip_prefix("écrivez `")?.strip_suffix('`')?;
    if written.contains(['…', '`']) {
        return None;
    }
    match written.split_once(" = ") {
        // Of a whole line, the value is marked, unless the key is missing.
        Some((key, value)) => {
            let before = before.trim_end().strip_suffix('=')?.trim_end();
            before.ends_with(key).then(|| value.to_owned())
        }
        None => Some(inside(written)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_written_replaces_what_is_marked() {
        for (mend, before, marked, wanted) in [
            ("vouliez-vous `age` ?", "when = \"", "aeg", Some("age")),
            (
                "vouliez-vous `desk` ?",
                "partner = ",
                "\"dexk\"",
                Some("\"desk\""),
            ),
            (
                "écrivez `verified = true`",
                "verified = ",
                "oui",
                Some("true"),
            ),
            ("vouliez-vous `desk` ?", "p = ", "'dexk'", Some("'desk'")),
            ("écrivez par exemple `desk`", "p = ", "'dexk'", None),
            ("écrivez `>=`", "when = \"age ", "=>", Some(">=")),
            ("écrivez `verified = true`", "[[rule]]", "", None),
            ("écrivez `from = AAAA-MM-JJ…`", "from = ", "1", None),
            ("écrivez `a` ou `b`", "when = \"", "c", None),
            ("lisez le guide", "when = \"", "c", None),
            ("écrivez `a`", "when = ", "\"\"\"\nb\"\"\"", None),
        ] {
            let told = replacement(mend, before, marked);
            assert_eq!(told.as_deref(), wanted, "{mend}");
        }
    }
}
