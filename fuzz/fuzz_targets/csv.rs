//! Tables: the extract of France Travail as bytes of any kind, and the sheets that a
//! pack names. No row is lost, and the way the bytes come changes nothing.
#![no_main]

use std::io::Read;
use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::interop::france_travail::{
    CommuneIndex, Encoding, FileError, Identifiers, Options, Reader, Row, RowError, Tally,
};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Engine, Pack, Profile};
use spie_fuzz::asked::{self, day};
use spie_fuzz::drip::Drip;
use spie_fuzz::{mutate, places};

/// Bytes before the table: how it is read.
const HEAD: usize = 2;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, HEAD)
});

static COMMUNES: LazyLock<CommuneIndex> = LazyLock::new(|| CommuneIndex::marne().expect("bundled"));
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::core().expect("bundled")));

/// The office's own reference: one that some share, or none.
fn reference(person: &Identifiers<'_>) -> Option<PersonRef> {
    let number = person.number();
    let shared = number.len() % 5 == 0;
    let name = person.last_name().filter(|_| shared).unwrap_or(number);
    PersonRef::parse(name).ok()
}

type Rows = Vec<Result<Row, RowError>>;

fn read(source: impl Read, options: Options) -> Result<(Rows, Tally), FileError> {
    let mut reader = Reader::new(source, options, reference)?;
    for note in reader.header_notes() {
        assert!(!note.to_string().is_empty());
    }
    let rows: Rows = reader.by_ref().collect();
    assert!(reader.next().is_none(), "rows after the last one");
    Ok((rows, reader.tally()))
}

fn options(head: &[u8]) -> Options {
    let by = BodyId::parse("pole-emploi").expect("an id");
    let mut options = Options::new(by, day("2024-03-15"));
    match head[0] >> 1 & 3 {
        1 => options = options.encoding(Encoding::Utf8),
        2 => options = options.encoding(Encoding::Windows1252),
        _ => {}
    }
    if head[0] & 8 == 8 {
        options = options.communes(COMMUNES.clone());
    }
    if head[0] & 16 == 16 {
        options = options.keep("modalite_accompagnement").keep("brsa");
    }
    options
}

fn extract(head: &[u8], file: &[u8]) {
    let whole = read(file, options(head));
    let drip = Drip {
        left: file,
        at_a_time: usize::from(head[1]) + 1,
        fails_after: None,
    };
    assert_eq!(whole, read(drip, options(head)), "not the same in pieces");
    let broken = Drip {
        left: file,
        at_a_time: usize::MAX,
        fails_after: Some(usize::from(head[1]) * 8),
    };
    if let Ok((rows, tally)) = read(broken, options(head)) {
        assert_eq!(tally.rows, rows.len() as u64);
    }
    let (rows, tally) = match whole {
        Ok(read) => read,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let kept = rows.iter().filter(|row| row.is_ok()).count() as u64;
    assert_eq!((tally.rows, tally.kept), (rows.len() as u64, kept));
    assert_eq!(tally.rows, tally.kept + tally.refused);
    let lines = file.split(|byte| *byte == b'\n').count() as u64;
    let (mut last, mut first) = (1, true);
    for row in &rows {
        let line = match row {
            Ok(row) => row.line,
            Err(error) => error.line(),
        };
        assert!(
            last < line && line <= lines,
            "line {line} of {lines}, after {last}"
        );
        last = line;
        match row {
            Ok(row) => {
                for note in &row.notes {
                    assert_eq!(note.line(), line);
                    assert!(!note.to_string().is_empty());
                }
                let at = ENGINE.at(day("2024-03-15"));
                let profile = Profile::of_diagnostic(&at, &row.arrival.diagnostic);
                if std::mem::take(&mut first) {
                    asked::of_person(&ENGINE, &profile);
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// A pack that reads one sheet in every way there is.
const PACK: &str = r#"
[pack]
id = "sheets"
title = "Tableaux"

[[nomenclature]]
id = "town"
csv = "towns.csv"
code = "code_insee"
label = "nom"

[[nomenclature]]
id = "district"
csv = "towns.csv"
code = "arrondissement"
label = "arrondissement_nom"

[[lookup]]
id = "district-of-town"
csv = "towns.csv"
key = "code_insee"
value = "arrondissement"
key_nomenclature = "town"
value_nomenclature = "district"

[[set]]
id = "near"
nomenclature = "town"
csv = "towns.csv"
code = "code_insee"
where = { arrondissement = "reims" }

[[fact]]
name = "town"
type = "code"
nomenclature = "town"
label = "commune"
question = "Où habitez-vous ?"

[[fact]]
name = "district"
type = "code"
nomenclature = "district"
label = "arrondissement"
derive = { lookup = "town", table = "district-of-town" }

[[condition]]
id = "here"
when = "town in near"

[[fact]]
name = "age"
type = "integer"
unit = "year"
label = "âge"
question = "Quel âge avez-vous ?"

[[partner]]
id = "nord"
names = [{ name = "Maison Nord" }]
source = "annuaire"
verified = true

[[scheme]]
id = "meeting"
title = "Rendez-vous"
source = "règlement"
verified = true
"#;

/// And one that reads it as a decision table.
const TABLE: &str = r#"
[[table]]
id = "rows"
title = "Selon la ligne"
propose = { scheme = "meeting", partner = "nord", priority = 30 }
because = "{body} vous reçoit."
source = "règlement"
verified = true
csv = "rows.csv"
"#;

fn sheet(head: &[u8], bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let table = head[0] & 2 == 2;
    // As a decision table, a sheet has other columns: what reads towns has a sound one.
    let towns = if table {
        "code_insee,nom,arrondissement,arrondissement_nom\n51454,Reims,reims,Reims\n"
    } else {
        &*text
    };
    let mut sources = vec![("pack.toml", PACK), ("towns.csv", towns)];
    if table {
        sources.extend([("rows.toml", TABLE), ("rows.csv", &*text)]);
    }
    match Pack::parse(sources.iter().copied(), None) {
        Ok(pack) => asked::of_nobody_in_particular(&pack),
        Err(errors) => places::of_pack(&errors, &sources),
    }
    if let Err(error) = CommuneIndex::parse_csv(&text) {
        assert!(!error.to_string().is_empty());
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((head, table)) = data.split_at_checked(HEAD) else {
        return;
    };
    if head[0] & 1 == 1 {
        sheet(head, table);
    } else {
        extract(head, table);
    }
});
