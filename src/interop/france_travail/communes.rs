//! From the last line of a postal address to INSEE codes of communes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::vocabulary::Code;

/// Why a table of communes cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommuneError {
    /// The header lacks a column.
    #[error("column `{column}` is missing: expected `code_insee`, `nom` and `codes_postaux`")]
    MissingColumn {
        /// The column.
        column: &'static str,
    },
    /// A line cannot be read.
    #[error("line {line}: expected {expected}")]
    Row {
        /// Line of the table, from 1; row where it was given as rows.
        line: u64,
        /// The form expected.
        expected: &'static str,
    },
}

/// Communes by postal code and name. A cheap clone.
///
/// Names are compared without accents, case, hyphens and apostrophes; `ST` and
/// `STE` are `SAINT` and `SAINTE`, `S/` is `SUR`; `CEDEX` and the number of an
/// arrondissement are dropped. A postal code of CEDEX is no commune's own: there
/// the name decides within the department.
///
/// ```
/// use spie::interop::france_travail::CommuneIndex;
/// let communes = CommuneIndex::new([
///     ("51649", "Vitry-le-François", "51300"),
///     ("51108", "Châlons-en-Champagne", "51000"),
/// ])?;
/// let found = communes.find("51300 VITRY LE FRANCOIS");
/// assert_eq!(found.first().map(|code| code.as_str()), Some("51649"));
/// assert_eq!(communes.find("51037 CHALONS EN CHAMPAGNE CEDEX").len(), 1);
/// assert!(communes.find("51300 REIMS").is_empty());
/// # Ok::<(), spie::interop::france_travail::CommuneError>(())
/// ```
#[derive(Clone)]
pub struct CommuneIndex {
    index: Arc<Index>,
}

type Named = BTreeMap<String, BTreeSet<Code>>;

#[derive(Default)]
struct Index {
    by_postal_code: BTreeMap<String, Named>,
    /// By the first two characters of the postal code.
    by_department: BTreeMap<String, Named>,
}

impl CommuneIndex {
    /// From rows of INSEE code, name and postal codes, the last ones parted by
    /// anything that is not a digit.
    ///
    /// # Errors
    ///
    /// [`CommuneError::Row`] for an INSEE code or a postal code of another form.
    pub fn new<'a>(
        rows: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> Result<Self, CommuneError> {
        let mut index = Index::default();
        for (line, (code, name, postal_codes)) in (1_u64..).zip(rows) {
            index.add(line, code, name, postal_codes)?;
        }
        Ok(Self {
            index: Arc::new(index),
        })
    }

    /// From CSV with commas and a header that holds `code_insee`, `nom` and
    /// `codes_postaux`; other columns are passed over.
    ///
    /// # Errors
    ///
    /// [`CommuneError`] for a missing column or a line that cannot be read.
    ///
    /// ```
    /// use spie::interop::france_travail::CommuneIndex;
    /// let communes = CommuneIndex::parse_csv(
    ///     "code_insee,nom,codes_postaux\n51225,Écueil,51500\n",
    /// )?;
    /// assert_eq!(communes.find("51500 ECUEIL").len(), 1);
    /// # Ok::<(), spie::interop::france_travail::CommuneError>(())
    /// ```
    pub fn parse_csv(text: &str) -> Result<Self, CommuneError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let wrong = |line| CommuneError::Row {
            line,
            expected: "as many cells as the header has",
        };
        let header = reader.headers().map_err(|_| wrong(1))?;
        let place = |column: &'static str| {
            let mut names = header.iter();
            names
                .position(|name| name == column)
                .ok_or(CommuneError::MissingColumn { column })
        };
        let places = [place("code_insee")?, place("nom")?, place("codes_postaux")?];
        let mut index = Index::default();
        let mut record = csv::StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(true) => {
                    let [code, name, postal_codes] =
                        places.map(|place| record.get(place).unwrap_or(""));
                    index.add(line, code, name, postal_codes)?;
                }
                Ok(false) => break,
                Err(_) => return Err(wrong(line)),
            }
        }
        Ok(Self {
            index: Arc::new(index),
        })
    }

    /// The communes of the Département de la Marne, as the bundled pack has them.
    ///
    /// # Errors
    ///
    /// None in a released crate: its tests read the same table.
    pub fn marne() -> Result<Self, CommuneError> {
        let sources = crate::pack::marne_sources();
        let table = sources.iter().find(|(name, _)| *name == "communes.csv");
        Self::parse_csv(table.map_or("", |(_, text)| text))
    }

    /// The communes that the last line of an address may mean (`51100 REIMS`):
    /// usually one, none when postal code and name do not agree with the table.
    #[must_use]
    pub fn find(&self, postal_line: &str) -> BTreeSet<Code> {
        postal(postal_line)
            .map(|postal| self.at(&postal))
            .unwrap_or_default()
    }

    pub(super) fn at(&self, postal: &Postal<'_>) -> BTreeSet<Code> {
        let named = |table: Option<&Named>| {
            table
                .and_then(|names| names.get(&postal.name))
                .cloned()
                .unwrap_or_default()
        };
        let found = named(self.index.by_postal_code.get(postal.code));
        if found.is_empty() && postal.cedex {
            return named(self.index.by_department.get(department(postal.code)));
        }
        found
    }
}

/// Shows how many postal codes there are.
impl fmt::Debug for CommuneIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommuneIndex")
            .field("postal_codes", &self.index.by_postal_code.len())
            .finish_non_exhaustive()
    }
}

impl Index {
    fn add(
        &mut self,
        line: u64,
        code: &str,
        name: &str,
        postal_codes: &str,
    ) -> Result<(), CommuneError> {
        let wrong = |expected| CommuneError::Row { line, expected };
        let code = Some(code)
            .filter(|code| code.len() == 5)
            .and_then(|code| Code::parse(code).ok())
            .ok_or_else(|| wrong("an INSEE code of five characters, such as `51454`"))?;
        let (name, _) = plain(name);
        if name.is_empty() {
            return Err(wrong("a name"));
        }
        let digits = postal_codes.split(|c: char| !c.is_ascii_digit());
        for postal_code in digits.filter(|part| !part.is_empty()) {
            if postal_code.len() != 5 {
                return Err(wrong("postal codes of five digits, such as `51100`"));
            }
            let tables = [
                (&mut self.by_postal_code, postal_code),
                (&mut self.by_department, department(postal_code)),
            ];
            for (table, key) in tables {
                let names = table.entry(key.to_owned()).or_default();
                let codes = names.entry(name.clone()).or_default();
                codes.insert(code.clone());
            }
        }
        Ok(())
    }
}

fn department(postal_code: &str) -> &str {
    postal_code.get(..2).unwrap_or(postal_code)
}

/// The last line of an address.
pub(super) struct Postal<'t> {
    code: &'t str,
    name: String,
    cedex: bool,
}

/// Reads `51100 REIMS`; nothing when the line has another form.
pub(super) fn postal(line: &str) -> Option<Postal<'_>> {
    let (code, name) = line.trim().split_once(char::is_whitespace)?;
    let digits = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
    let (name, cedex) = plain(name);
    (digits && !name.is_empty()).then_some(Postal { code, name, cedex })
}

/// A name in plain capitals, and whether `CEDEX` stood in it.
fn plain(name: &str) -> (String, bool) {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut cedex = false;
    for c in name.chars().chain([' ']) {
        if let Some(letters) = letters(c) {
            word.push_str(letters);
        } else if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_uppercase());
        } else if !is_mark(c) && !word.is_empty() {
            let done = std::mem::take(&mut word);
            match done.as_str() {
                "S" if c == '/' => words.push("SUR".to_owned()),
                "ST" => words.push("SAINT".to_owned()),
                "STE" => words.push("SAINTE".to_owned()),
                "CEDEX" => {
                    cedex = true;
                    break;
                }
                "ARRONDISSEMENT" => {}
                ordinal if is_ordinal(ordinal) => {}
                _ => words.push(done),
            }
        }
    }
    (words.join(" "), cedex)
}

/// `12`, `1ER`, `2E`, `3EME`: the number of an arrondissement.
fn is_ordinal(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && matches!(rest, "" | "E" | "ER" | "ERE" | "EME")
}

/// Accents that follow their letter.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The plain capitals of a letter with an accent, or of two letters in one.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' => "A",
        'ç' | 'Ç' => "C",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "E",
        'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => "I",
        'ñ' | 'Ñ' => "N",
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => "O",
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => "U",
        'ÿ' | 'Ÿ' => "Y",
        'œ' | 'Œ' => "OE",
        'æ' | 'Æ' => "AE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let communes = CommuneIndex::marne().unwrap();
        let codes = communes.find(line);
        codes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_are_compared_as_the_post_writes_them() {
        for (line, code) in [
            ("51100 REIMS", "51454"),
            ("51100 Reims", "51454"),
            ("51072 REIMS CEDEX 2", "51454"),
            ("51000 CHALONS EN CHAMPAGNE", "51108"),
            ("51530 ST MARTIN D ABLOIS", "51002"),
            ("51500 VILLERS AUX NOEUDS", "51631"),
            ("51360 BEAUMONT S/ VESLE", "51044"),
            ("51360 BEAUMONT S/VESLE", "51044"),
            ("51200 E\u{301}PERNAY", "51230"),
        ] {
            assert_eq!(found(line), [code], "{line}");
        }
        for line in [
            "",
            "51100",
            "REIMS",
            "5110 REIMS",
            "51200 REIMS",
            "51100 CEDEX",
        ] {
            assert!(found(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_town_and_its_arrondissement_both_remain_possible() {
        let communes = CommuneIndex::new([
            ("75056", "Paris", "75001, 75002"),
            ("75101", "Paris 1er Arrondissement", "75001"),
        ])
        .unwrap();
        assert_eq!(communes.find("75001 PARIS 01").len(), 2);
        assert_eq!(communes.find("75002 PARIS").len(), 1);
    }

    #[test]
    fn every_commune_of_the_marne_is_found_by_its_own_line() {
        let (_, table) = crate::pack::marne_sources()
            .iter()
            .find(|(name, _)| *name == "communes.csv")
            .unwrap();
        let communes = CommuneIndex::parse_csv(table).unwrap();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        for record in reader.records() {
            let record = record.unwrap();
            let line = format!("{} {}", &record[2][..5], &record[1]);
            let code: Code = record[0].parse().unwrap();
            assert!(communes.find(&line).contains(&code), "{line}");
            assert_eq!(communes.find(&line).len(), 1, "{line}");
        }
    }

    #[test]
    fn a_table_of_another_form_is_refused() {
        let wrong = |text: &str| CommuneIndex::parse_csv(text).unwrap_err().to_string();
        assert!(wrong("").contains("`code_insee`"));
        assert!(wrong("code_insee,nom,codes_postaux\n51,X,51000").contains("line 2"));
        assert!(wrong("code_insee,nom,codes_postaux\n51001,X,5100").contains("five digits"));
        assert!(wrong("code_insee,nom,codes_postaux\n51001,X").contains("line 2"));
    }
}
