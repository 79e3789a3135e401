//! What a pack that was written to harm costs: no more than it is long, and nothing where it is too long.

use std::fmt::Write as _;

use spie::{Pack, PackErrors};

const BASE: &str = include_str!("../samples/base_pack.toml");

fn refused(sources: [(&str, &str); 2]) -> PackErrors {
    match Pack::parse(sources, None) {
        Err(errors) => errors,
        Ok(_) => panic!("accepted"),
    }
}

/// So many lines, each with its number.
fn lines(count: usize, write: fn(&mut String, usize)) -> String {
    let mut text = String::new();
    for number in 0..count {
        write(&mut text, number);
    }
    text
}

/// Texts of a length that grows with a number: mistakes, names, nesting, tables that are not closed, rows of a sheet.
fn floods(size: usize) -> Vec<(&'static str, String, String)> {
    let key = |text: &mut String, number| writeln!(text, "x{number} = 1").unwrap();
    let section = |text: &mut String, number| writeln!(text, "[[k{number}]]\na = 1").unwrap();
    let fact = |text: &mut String, number| {
        writeln!(
            text,
            "[[fact]]\nname = \"f.n{number}\"\ntype = \"flag\"\nlabel = \"f\"\n"
        )
        .unwrap();
    };
    let set =
        |text: &mut String, number| writeln!(text, "[[set]]\nid = \"same\"\nx = {number}").unwrap();
    let row = |text: &mut String, number| writeln!(text, "{number},true").unwrap();
    let noise = |text: &mut String, number| write!(text, "\u{202e}[{number}\u{0}\"").unwrap();
    let alone = |text: String| (format!("{BASE}\n{text}"), "age\n18\n".to_owned());
    let sheet = lines(size, row);
    let table = "[[table]]\nid = \"t\"\ntitle = \"T\"\ncsv = \"t.csv\"\n";
    [
        ("keys", alone(lines(size, key))),
        ("sections", alone(lines(size, section))),
        ("facts", alone(lines(size / 4, fact))),
        ("one id", alone(lines(size / 2, set))),
        ("noise", alone(lines(size, noise))),
        ("nesting", alone(format!("x = {}", "[".repeat(size * 8)))),
        (
            "a long text",
            alone(format!("x = \"{}\"", "é".repeat(size * 8))),
        ),
        (
            "a sheet",
            (
                format!("{BASE}\n{table}"),
                format!("age,licence.b\n{sheet}"),
            ),
        ),
    ]
    .map(|(name, (pack, sheet))| (name, pack, sheet))
    .into()
}

/// Twice the text costs twice the memory and the work, counted in what is allocated, and not its square.
#[test]
fn a_flood_costs_as_much_as_it_is_long() {
    const SIZE: usize = 20_000;
    for ((name, pack, sheet), (_, twice, sheet_twice)) in
        floods(SIZE).into_iter().zip(floods(2 * SIZE))
    {
        let cost = |pack: &str, sheet: &str| {
            let sources = [("pack.toml", pack), ("t.csv", sheet)];
            allocation_counter::measure(|| drop(refused(sources)))
        };
        let (one, two) = (cost(&pack, &sheet), cost(&twice, &sheet_twice));
        // Rooms that double as they fill make steps.
        assert!(
            two.count_total <= one.count_total * 5 / 2 + 1_000,
            "{name}: {one:?} {two:?}"
        );
        assert!(
            two.bytes_total <= one.bytes_total * 3 + 1_000_000,
            "{name}: {one:?} {two:?}"
        );
        assert!(
            two.bytes_max <= one.bytes_max * 3 + 1_000_000,
            "{name}: {one:?} {two:?}"
        );
    }
}

/// A hundred megabytes are told to be too many, and not read.
#[test]
fn a_hundred_megabytes_are_not_read() {
    let text = "x = 1\n".repeat(100_000_000 / 6);
    let mut told = String::new();
    let used = allocation_counter::measure(|| {
        told = refused([("pack.toml", &text), ("t.csv", "age\n18\n")]).to_string();
    });
    assert!(told.contains("P019"), "{told}");
    assert!(used.bytes_max < 1_000_000, "{used:?}");
}
