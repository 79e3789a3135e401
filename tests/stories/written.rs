//! What the pages for pack authors write: their blocks, and the files among them.

use std::collections::BTreeMap;

use spie::PackErrors;

/// A page of `docs`.
#[derive(Clone, Copy)]
pub(crate) struct Page(pub(crate) &'static str);

impl Page {
    /// The blocks of a language, fences left out.
    pub(crate) fn blocks(self, kind: &str) -> Vec<&'static str> {
        let mut found = Vec::new();
        let mut rest = self.0;
        while let Some((_, after)) = rest.split_once("```") {
            let Some((block, after)) = after.split_once("\n```") else {
                break;
            };
            let (language, text) = block.split_once('\n').unwrap();
            if language == kind {
                found.push(text);
            }
            rest = after;
        }
        found
    }

    /// The files of a folder, by the name in their first line.
    pub(crate) fn files(self, folder: &str) -> BTreeMap<&'static str, String> {
        let prefix = format!("# {folder}/");
        let written = self.blocks("toml").into_iter().filter_map(|block| {
            let first = block.lines().next()?;
            let name = first.strip_prefix(prefix.as_str())?;
            Some((name, format!("{block}\n")))
        });
        written.collect()
    }

    /// That a text which people read stands in a block.
    pub(crate) fn shows(self, text: &str) {
        let stands = self.blocks("text").iter().any(|block| block.contains(text));
        assert!(stands, "{text}");
    }

    /// That every message told stands in a block.
    pub(crate) fn shows_all(self, errors: &PackErrors) {
        for error in errors.iter() {
            self.shows(&error.to_string());
        }
    }

    /// Holds the part of a page between two marks; `UPDATE_GUIDE=1` writes it again.
    pub(crate) fn holds(self, path: &str, mark: &str, rows: &str) {
        let (begin, end) = (
            format!("<!-- {mark}:begin -->\n"),
            format!("<!-- {mark}:end -->"),
        );
        let (_, rest) = self.0.split_once(&begin).unwrap();
        let (listed, _) = rest.split_once(&end).unwrap();
        if std::env::var_os("UPDATE_GUIDE").is_none() {
            assert_eq!(listed, rows, "UPDATE_GUIDE=1 writes it again");
            return;
        }
        // Read again: another part of the page may have been written meanwhile.
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let page = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = page.split_once(&begin).unwrap();
        let (_, after) = rest.split_once(&end).unwrap();
        std::fs::write(path, format!("{before}{begin}{rows}{end}{after}")).unwrap();
    }
}
