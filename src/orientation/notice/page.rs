//! A notice in the sentences of a catalogue: as text, and as HTML.

use std::fmt;

use super::catalogue::Catalogue;
use super::document::{Block, Document, Say};

/// One version of a notice, ready to be read: `Display` writes it as text.
#[derive(Clone)]
pub struct Page {
    pub(super) document: Document,
    pub(super) catalogue: Catalogue,
    /// One sentence a line, in large type.
    pub(super) easy: bool,
}

impl Page {
    pub(super) fn new(document: Document, catalogue: &Catalogue, easy: bool) -> Self {
        Self {
            document,
            catalogue: catalogue.clone(),
            easy,
        }
    }

    /// Sentences of one message, each to stand on a line of its own where it is read aloud.
    pub(super) fn sentences(&self, text: &str) -> Vec<String> {
        if !self.easy {
            return vec![text.to_owned()];
        }
        // A sentence ends where its sign is followed by a blank.
        let mut sentences = vec![String::new()];
        let mut ended = false;
        for c in text.chars() {
            if ended && c.is_whitespace() {
                sentences.push(String::new());
                ended = false;
                continue;
            }
            ended = matches!(c, '.' | '?' | '!');
            if let Some(last) = sentences.last_mut() {
                last.push(c);
            }
        }
        sentences.retain(|sentence| !sentence.trim().is_empty());
        sentences
    }

    /// Short sentences, one after the other.
    pub(super) fn row(&self, row: &[Say]) -> String {
        let words = row.iter().map(|said| said.in_words(&self.catalogue));
        words.collect::<Vec<_>>().join(" ")
    }

    fn write_block(&self, f: &mut fmt::Formatter<'_>, block: &Block, indent: &str) -> fmt::Result {
        match block {
            Block::Line(said) => {
                for sentence in self.sentences(&said.in_words(&self.catalogue)) {
                    writeln!(f, "{indent}{sentence}")?;
                }
            }
            Block::Row(row) => writeln!(f, "{indent}{}", self.row(row))?,
            Block::Points(points) => {
                for point in points {
                    writeln!(f, "{indent} - {}", point.in_words(&self.catalogue))?;
                }
            }
            Block::Item(head, _) => writeln!(f, "{indent}{}", head.in_words(&self.catalogue))?,
        }
        Ok(())
    }

    fn write_blocks(&self, f: &mut fmt::Formatter<'_>, blocks: &[Block]) -> fmt::Result {
        for block in blocks {
            self.write_block(f, block, "")?;
            if let Block::Item(_, under) = block {
                let indent = if self.easy { "" } else { "   " };
                for block in under {
                    self.write_block(f, block, indent)?;
                }
                if self.easy {
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.document.title.in_words(&self.catalogue))?;
        self.write_blocks(f, &self.document.opening)?;
        for section in &self.document.sections {
            writeln!(f, "\n{}", section.heading.in_words(&self.catalogue))?;
            self.write_blocks(f, &section.blocks)?;
        }
        Ok(())
    }
}

/// Shows its language and shape, never what it tells.
impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("catalogue", &self.catalogue)
            .field("sections", &self.document.sections.len())
            .field("easy", &self.easy)
            .finish_non_exhaustive()
    }
}
