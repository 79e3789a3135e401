//! A notice as one HTML page: no script, nothing fetched, everything escaped.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{Block, Section};
use super::page::Page;

/// Prints a whole notice on one or two pages of A4.
const PLAIN: &str = "\
@page{size:A4;margin:9mm 12mm}\
*{box-sizing:border-box}\
body{font:8.5pt/1.18 Arial,Helvetica,sans-serif;color:#000;background:#fff;margin:0 auto;max-width:186mm}\
h1{font-size:14pt;margin:0 0 1.5mm}\
h2{font-size:10pt;margin:2mm 0 .6mm;border-bottom:.3mm solid #000;break-after:avoid}\
p,ul{margin:0 0 .4mm}\
ul{padding-left:4.5mm}\
.item{margin:0 0 1mm;break-inside:avoid}\
.item>p:first-child{font-weight:bold}\
.under{padding-left:4.5mm}\
@media screen{body{padding:5mm;font-size:12pt}}";

/// Large type, one sentence a line.
const EASY: &str = "\
@page{size:A4;margin:18mm}\
*{box-sizing:border-box}\
body{font:16pt/1.5 Arial,Helvetica,sans-serif;color:#000;background:#fff;margin:0 auto;max-width:170mm}\
h1{font-size:24pt;margin:0 0 6mm}\
h2{font-size:19pt;margin:9mm 0 3mm;break-after:avoid}\
p,ul{margin:0 0 2mm}\
ul{padding-left:9mm}\
li{font-weight:bold}\
.item{margin:0 0 6mm;break-inside:avoid}\
@media screen{body{padding:5mm}}";

impl Page {
    /// The page as HTML5, to be shown or printed as it is: its style is in it, it holds no
    /// script and fetches nothing.
    #[must_use]
    pub fn html(&self) -> String {
        let title = self.document.title.in_words(&self.catalogue);
        let style = if self.easy { EASY } else { PLAIN };
        let page = html! {
            (DOCTYPE)
            html lang=(self.catalogue.language()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (title) }
                    style { (PreEscaped(style)) }
                }
                body {
                    main {
                        h1 { (title) }
                        (self.blocks(&self.document.opening))
                        @for section in &self.document.sections {
                            (self.section(section))
                        }
                    }
                }
            }
        };
        page.into_string()
    }

    fn section(&self, section: &Section) -> Markup {
        html! {
            section {
                h2 { (section.heading.in_words(&self.catalogue)) }
                (self.blocks(&section.blocks))
            }
        }
    }

    fn blocks(&self, blocks: &[Block]) -> Markup {
        html! {
            @for block in blocks {
                @if let Block::Item(head, under) = block {
                    div.item {
                        p { (head.in_words(&self.catalogue)) }
                        div.under {
                            @for block in under { (self.simple(block)) }
                        }
                    }
                } @else {
                    (self.simple(block))
                }
            }
        }
    }

    /// A line or some points; items hold no items.
    fn simple(&self, block: &Block) -> Markup {
        html! {
            @match block {
                Block::Line(said) | Block::Item(said, _) => {
                    @for sentence in self.sentences(&said.in_words(&self.catalogue)) {
                        p { (sentence) }
                    }
                }
                Block::Row(row) => { p { (self.row(row)) } }
                Block::Points(points) => {
                    ul {
                        @for point in points { li { (point.in_words(&self.catalogue)) } }
                    }
                }
            }
        }
    }
}
