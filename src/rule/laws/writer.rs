//! From the genes of a pack to its text.

use std::fmt::Write as _;

use super::expressions::{Codes, Kind, LEVEL, LEVELS, Subject};
use super::packs::{DERIVED_LEVEL, Expr, Fact, Pack, Rule};
use super::pools::pick;

/// The text of a pack and of the table it looks codes up in.
pub(super) struct Written {
    pub(super) toml: String,
    pub(super) csv: String,
}

struct Writer<'p> {
    pack: &'p Pack,
    toml: String,
    /// Facts written so far.
    subjects: Vec<Subject>,
    /// Named conditions that may be used where writing stands.
    conditions: Vec<String>,
}

impl Pack {
    pub(super) fn write(&self) -> Written {
        let mut writer = Writer {
            pack: self,
            toml: String::new(),
            subjects: Vec::new(),
            conditions: Vec::new(),
        };
        writer.vocabulary();
        for (place, fact) in self.facts.iter().enumerate() {
            // A condition that facts may build on, and so made of earlier ones only.
            if place == 3 {
                writer.condition("early", self.numbers[0], None);
            }
            writer.fact(place, fact);
        }
        writer.condition("late", self.numbers[1], Some(self.numbers[2]));
        writer.network();
        for (place, rule) in self.rules.iter().enumerate() {
            writer.rule(place, rule);
        }
        let mut csv = "key,value,back\n".to_owned();
        // Some codes have no row: what is looked up is then anything, or another code.
        for place in 0..self
            .closed()
            .saturating_sub(usize::from(self.numbers[3] % 2))
        {
            let value = place % 2;
            let back = if place < 2 {
                format!("o{value}")
            } else {
                String::new()
            };
            writeln!(csv, "c{place},o{value},{back}").unwrap();
        }
        Written {
            toml: writer.toml,
            csv,
        }
    }

    fn expr(&self, gene: u8) -> &Expr {
        pick(&self.exprs, gene)
    }

    /// The last day of the first of two periods.
    fn split(gene: u8) -> (&'static str, &'static str) {
        let ends = [
            ("2021-06-30", "2021-07-01"),
            ("2021-03-30", "2021-03-31"),
            ("2021-12-31", "2022-01-01"),
            ("2024-02-29", "2024-03-01"),
        ];
        *pick(&ends, gene)
    }
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.toml.push_str(text);
        self.toml.push('\n');
    }

    fn vocabulary(&mut self) {
        self.line("[pack]\nid = \"laws\"\ntitle = \"Lois\"");
        let scale: Vec<String> = LEVELS
            .iter()
            .map(|code| format!("{{ code = \"{code}\", label = \"x\" }}"))
            .collect();
        self.line(&format!(
            "[[scale]]\nid = \"scale\"\nlevels = [{}]",
            scale.join(", ")
        ));
        for (id, prefix, count, open) in [
            ("closed", 'c', self.pack.closed(), false),
            ("open", 'o', self.pack.open(), true),
        ] {
            let codes: Vec<String> = (0..count)
                .map(|place| format!("{{ code = \"{prefix}{place}\", label = \"x\" }}"))
                .collect();
            self.line(&format!(
                "[[nomenclature]]\nid = \"{id}\"\nopen = {open}\ncodes = [{}]",
                codes.join(", ")
            ));
        }
        self.line("[[lookup]]\nid = \"table\"\ncsv = \"table.csv\"\nkey = \"key\"\nvalue = \"value\"\nkey_nomenclature = \"closed\"\nvalue_nomenclature = \"open\"");
        self.line("[[lookup]]\nid = \"partial\"\ncsv = \"table.csv\"\nkey = \"back\"\nvalue = \"key\"\nkey_nomenclature = \"open\"\nvalue_nomenclature = \"closed\"");
        let (last, first) = Pack::split(self.pack.numbers[4]);
        self.line(&format!("[[set]]\nid = \"some_closed\"\nnomenclature = \"closed\"\ncodes = [\"c0\"]\nuntil = {last}"));
        let high = self.pack.closed() - 1;
        self.line(&format!("[[set]]\nid = \"some_closed\"\nnomenclature = \"closed\"\ncodes = [\"c0\", \"c{high}\"]\nfrom = {first}"));
        self.line("[[set]]\nid = \"some_open\"\nnomenclature = \"open\"\ncodes = [\"o1\"]");
        for (id, kind, before, after) in [
            ("an_integer", "integer", "2", "5"),
            ("an_amount", "money", "\"29.56 EUR\"", "\"500 EUR\""),
            ("a_date", "date", "2021-06-30", "2021-07-01"),
        ] {
            self.line(&format!(
                "[[value]]\nid = \"{id}\"\ntype = \"{kind}\"\nperiods = [{{ until = {last}, value = {before}, source = \"x\", verified = false }}, {{ from = {first}, value = {after}, source = \"x\", verified = false }}]"
            ));
        }
    }

    /// A named condition, in two versions where `split` says when.
    fn condition(&mut self, id: &str, gene: u8, split: Option<u8>) {
        if self.subjects.is_empty() {
            return;
        }
        let when = self.written(gene);
        match split {
            None => self.line(&format!("[[condition]]\nid = \"{id}\"\nwhen = \"{when}\"")),
            Some(split) => {
                let (last, first) = Pack::split(split);
                let other = self.written(gene.wrapping_add(1));
                self.line(&format!(
                    "[[condition]]\nid = \"{id}\"\nwhen = \"{when}\"\nuntil = {last}"
                ));
                self.line(&format!(
                    "[[condition]]\nid = \"{id}\"\nwhen = \"{other}\"\nfrom = {first}"
                ));
            }
        }
        self.conditions.push(id.to_owned());
    }

    /// An expression of the pool over the facts and conditions written so far.
    fn written(&self, gene: u8) -> String {
        self.pack
            .render(self.pack.expr(gene), &self.subjects, &self.conditions)
    }

    fn earlier(&self, fits: impl Fn(&Kind) -> bool) -> Vec<&Subject> {
        let subjects = self.subjects.iter();
        subjects.filter(|subject| fits(&subject.kind)).collect()
    }

    fn fact(&mut self, place: usize, fact: &Fact) {
        let name = if place % 3 == 1 {
            format!("topic.fact{place}")
        } else {
            format!("fact{place}")
        };
        let derived = self.derived(fact);
        let is_derived = derived.is_some();
        let (mut text, kind) = derived.unwrap_or_else(|| self.base(fact));
        let optional = !is_derived && matches!(fact.none % 6, 3 | 5);
        if optional {
            text.push_str("\noptional = true");
        }
        if matches!(fact.none % 6, 4 | 5) && !self.subjects.is_empty() {
            write!(text, "\nonly_if = \"{}\"", self.written(fact.numbers[4])).unwrap();
        }
        if !is_derived
            && fact.presume % 2 == 1
            && let Some(presumed) = presumed(fact, &kind, optional)
        {
            write!(text, "\npresume = \"{presumed}\"").unwrap();
        }
        self.line(&format!(
            "[[fact]]\nname = \"{name}\"\nlabel = \"x\"\nasked = false\n{text}"
        ));
        self.subjects.push(Subject { name, kind });
    }

    /// A fact that people tell: its type as text, and as what it may be compared with.
    fn base(&self, fact: &Fact) -> (String, Kind) {
        let codes = |kind: &str, codes: Codes| {
            let nomenclature = codes.name();
            format!("type = \"{kind}\"\nnomenclature = \"{nomenclature}\"")
        };
        match fact.what {
            1 => integer(fact.numbers[0]),
            2 => (
                "type = \"money\"\nmin = \"0 EUR\"\nmax = \"1000 EUR\"".to_owned(),
                Kind::Money,
            ),
            3 => ("type = \"date\"".to_owned(), Kind::Date),
            4 => (LEVEL.to_owned(), Kind::Level),
            5 => (codes("code", Codes::Closed), Kind::Code(Codes::Closed)),
            6 => (codes("code", Codes::Open), Kind::Code(Codes::Open)),
            7 => (codes("codes", Codes::Closed), Kind::Codes(Codes::Closed)),
            8 => (codes("codes", Codes::Open), Kind::Codes(Codes::Open)),
            9 | 10 => {
                let list = if fact.what == 9 { "whole" } else { "additive" };
                let (fields, subjects) = fields(fact.numbers);
                (
                    format!("type = \"records\"\nlist = \"{list}\"\nfields = [{fields}]"),
                    Kind::Records(subjects),
                )
            }
            DERIVED_LEVEL if !self.subjects.is_empty() => (
                format!("{LEVEL}\nlevels = [{}]", self.levels(fact)),
                Kind::Level,
            ),
            _ => ("type = \"flag\"".to_owned(), Kind::Flag),
        }
    }

    /// A fact computed from earlier ones, where there are some that fit.
    fn derived(&self, fact: &Fact) -> Option<(String, Kind)> {
        let [first, second, third, how, ..] = fact.numbers;
        let chosen = |from: &[&Subject], gene: u8| -> Option<String> {
            (!from.is_empty()).then(|| pick(from, gene).name.clone())
        };
        let money = || ("type = \"money\"".to_owned(), Kind::Money);
        let date = || ("type = \"date\"".to_owned(), Kind::Date);
        let (derive, (text, kind)) = match fact.what {
            11 => {
                let from = chosen(&self.earlier(|kind| matches!(kind, Kind::Date)), second)?;
                let elapsed = [
                    "years_since",
                    "months_since",
                    "days_since",
                    "months_until",
                    "days_until",
                ];
                (
                    format!("{} = \"{from}\"", pick(&elapsed, how)),
                    integer(first),
                )
            }
            12..=14 => {
                let (fits, ways, result): (fn(&Kind) -> bool, &[&str], _) = match fact.what {
                    12 => (
                        |kind| matches!(kind, Kind::Integer(..)),
                        &["sum", "min", "max", "difference"],
                        integer(first),
                    ),
                    13 => (
                        |kind| matches!(kind, Kind::Money),
                        &["sum", "min", "max", "difference"],
                        money(),
                    ),
                    _ => (|kind| matches!(kind, Kind::Date), &["min", "max"], date()),
                };
                let from = self.earlier(fits);
                let (one, other) = (chosen(&from, second)?, chosen(&from, third)?);
                (
                    format!("{} = [\"{one}\", \"{other}\"]", pick(ways, how)),
                    result,
                )
            }
            15 => {
                let lists = self.earlier(|kind| matches!(kind, Kind::Records(_)));
                let (list, fields) = lists
                    .get(usize::from(second) % lists.len().max(1))
                    .and_then(|list| match &list.kind {
                        Kind::Records(fields) => Some((&list.name, fields)),
                        _ => None,
                    })?;
                let filter = if third.is_multiple_of(3) {
                    String::new()
                } else {
                    let filter = self.pack.render(self.pack.expr(third), fields, &[]);
                    format!(", where = \"{filter}\"")
                };
                (format!("count = \"{list}\"{filter}"), integer(first))
            }
            16 => {
                let codes = self.earlier(|kind| matches!(kind, Kind::Code(_)));
                let from = chosen(&codes, first)?;
                let (table, to) = match pick(&codes, first).kind {
                    Kind::Code(Codes::Closed) => ("table", Codes::Open),
                    _ => ("partial", Codes::Closed),
                };
                let nomenclature = to.name();
                (
                    format!("lookup = \"{from}\", table = \"{table}\""),
                    (
                        format!("type = \"code\"\nnomenclature = \"{nomenclature}\""),
                        Kind::Code(to),
                    ),
                )
            }
            17 if !self.subjects.is_empty() => (
                format!("condition = \"{}\"", self.written(first)),
                ("type = \"flag\"".to_owned(), Kind::Flag),
            ),
            _ => return None,
        };
        Some((format!("{text}\nderive = {{ {derive} }}"), kind))
    }

    /// The conditions of a level that follows from details.
    fn levels(&self, fact: &Fact) -> String {
        let [without, when, ..] = fact.numbers;
        let mut levels = Vec::new();
        for (place, level) in (1_u8..).zip(&LEVELS[1..]) {
            // A level without a condition is never derived; one at least has one.
            if without & (1 << place) == 0 || (place == 3 && levels.is_empty()) {
                let when = self.written(when.wrapping_add(place));
                levels.push(format!("{{ level = \"{level}\", when = \"{when}\" }}"));
            }
        }
        levels.join(", ")
    }

    fn network(&mut self) {
        let sourced = "source = \"x\"\nverified = false";
        let serves = self.written(self.pack.numbers[5]);
        let when = self.written(self.pack.numbers[4]);
        let eligible = self.written(self.pack.numbers[3]);
        let later = self.written(self.pack.numbers[3].wrapping_add(1));
        let (last, first) = Pack::split(self.pack.numbers[0]);
        let (_, held) = Pack::split(self.pack.numbers[1]);
        self.line("[[role]]\nid = \"role\"\nlabel = \"le rôle\"");
        self.line(&format!("[[partner]]\nid = \"body\"\nnames = [{{ name = \"Le service\" }}]\nserves = \"{serves}\"\n{sourced}"));
        self.line(&format!(
            "[[holder]]\nrole = \"role\"\npartner = \"body\"\nwhen = \"{when}\"\nfrom = {held}\n{sourced}"
        ));
        self.line(&format!(
            "[[holder]]\nrole = \"role\"\npartner = \"body\"\n{sourced}"
        ));
        self.line(&format!(
            "[[scheme]]\nid = \"plain\"\ntitle = \"Aide\"\n{sourced}"
        ));
        self.line(&format!("[[scheme]]\nid = \"dated\"\ntitle = \"Aide\"\neligible = \"{eligible}\"\nuntil = {last}\n{sourced}"));
        self.line(&format!("[[scheme]]\nid = \"dated\"\ntitle = \"Aide\"\neligible = \"{later}\"\nfrom = {first}\n{sourced}"));
        self.line(&format!("[[track]]\nid = \"last\"\norder = 2\ntrack = \"in-force\"\nlead = \"in-force\"\nbecause = \"x\"\n{sourced}"));
        self.line(&format!("[[track]]\nid = \"first\"\norder = 1\nwhen = \"not ({serves}) and true\"\ntrack = \"in-force\"\nlead = \"in-force\"\nbecause = \"x\"\n{sourced}"));
    }

    fn rule(&mut self, place: usize, rule: &Rule) {
        let when = self.written(rule.when);
        let unless = match rule.unless % 3 {
            0 => String::new(),
            1 => format!("unless = \"{}\"\n", self.written(rule.unless / 3)),
            _ => format!(
                "unless = {{ when = \"{}\", source = \"x\", verified = false }}\n",
                self.written(rule.unless / 3)
            ),
        };
        let scheme = pick(&["plain", "dated"], rule.propose);
        let partner = pick(&["role", "body"], rule.propose / 2);
        let (last, first) = Pack::split(rule.period / 6);
        let period = match rule.period % 6 {
            1 => format!("until = {last}\n"),
            2 => format!("from = {first}\n"),
            _ => String::new(),
        };
        self.line(&format!(
            "[[rule]]\nid = \"rule-{place}\"\ntitle = \"x\"\nwhen = \"{when}\"\n{unless}propose = {{ scheme = \"{scheme}\", partner = \"{partner}\", priority = 1 }}\nbecause = \"x\"\n{period}source = \"x\"\nverified = false"
        ));
    }
}

/// A whole number of some range: small, negative, at the ends of a machine word, wide.
fn integer(gene: u8) -> (String, Kind) {
    let (min, max) = match gene % 7 {
        0 => (0, 6),
        1 => (-3, 4),
        2 => (0, 62),
        3 => (0, 63),
        4 => (-1_000_000, 1_000_000),
        5 => (0, 1),
        _ => (1, 1_000),
    };
    (
        format!("type = \"integer\"\nmin = {min}\nmax = {max}"),
        Kind::Integer(min, max),
    )
}

/// What may stand in for a fact while nothing is told.
fn presumed(fact: &Fact, kind: &Kind, optional: bool) -> Option<&'static str> {
    Some(match kind {
        _ if optional && fact.presume % 4 == 1 => "none",
        Kind::Flag if fact.presume % 8 == 3 => "true",
        Kind::Flag => "false",
        Kind::Level if fact.what == DERIVED_LEVEL => "derived",
        Kind::Level => "light",
        Kind::Code(Codes::Closed) => "c0",
        Kind::Code(Codes::Open) => "o1",
        Kind::Records(_) => "closed",
        _ => return None,
    })
}

/// The fields of a list: one to three, and a count of time that runs from a date.
fn fields(genes: [u8; 6]) -> (String, Vec<Subject>) {
    let mut text = Vec::new();
    let mut subjects = Vec::new();
    for (place, gene) in genes.iter().enumerate().take(1 + usize::from(genes[0] % 3)) {
        let name = format!("field{place}");
        let (kind_text, kind) = match gene / 6 % 6 {
            0 => ("type = \"flag\"", Kind::Flag),
            1 => ("type = \"integer\", min = 0, max = 6", Kind::Integer(0, 6)),
            2 => (
                "type = \"code\", nomenclature = \"closed\"",
                Kind::Code(Codes::Closed),
            ),
            3 => ("type = \"level\", scale = \"scale\"", Kind::Level),
            4 => (
                "type = \"money\", min = \"0 EUR\", max = \"1000 EUR\"",
                Kind::Money,
            ),
            _ => ("type = \"date\"", Kind::Date),
        };
        let optional = if gene % 4 == 3 {
            ", optional = true"
        } else {
            ""
        };
        text.push(format!(
            "{{ name = \"{name}\", label = \"x\", {kind_text}{optional} }}"
        ));
        if matches!(kind, Kind::Date) {
            let how = pick(&["years_since", "months_since", "days_until"], *gene);
            text.push(format!("{{ name = \"{name}.age\", label = \"x\", type = \"integer\", min = 0, max = 40, derive = {{ {how} = \"{name}\" }} }}"));
            subjects.push(Subject {
                name: format!("{name}.age"),
                kind: Kind::Integer(0, 40),
            });
        }
        subjects.push(Subject { name, kind });
    }
    (text.join(", "), subjects)
}
