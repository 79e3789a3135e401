//! Files that are damaged, cut, hostile or of another kind.

use super::*;

#[test]
fn no_document_type_and_no_entity_is_expanded() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let sound = household(&people, "CEL", "2", "");
    let laughs = "<!DOCTYPE Racine [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;\">]>";
    let error = read(format!("{laughs}{}", flow(&sound)).as_bytes()).unwrap_err();
    assert!(
        matches!(
            error.reason(),
            FlowReason::DocumentType | FlowReason::Markup
        ),
        "{error}"
    );
    let reason = |household: String| {
        let (all, tally, _) = read(flow(&household).as_bytes()).unwrap();
        assert_eq!((tally.households, tally.refused_households), (1, 1));
        all[0].as_ref().unwrap_err().reason().clone()
    };
    assert_eq!(
        reason(sound.replace("<NOM>N", "<NOM>&b;")),
        FlowReason::Entity
    );
    assert_eq!(
        reason(sound.replace("<NOM>N", "<NOM>&#0;")),
        FlowReason::Entity
    );
    assert_eq!(
        reason(sound.replace("<NOM>", "<!DOCTYPE x><NOM>")),
        FlowReason::DocumentType
    );
    let named = sound.replace("ROSE", "R&#79;&#x53;E");
    assert_eq!(said(&named).keys().collect::<Vec<_>>(), ["ROSE"]);
}

#[test]
fn nothing_grows_without_bound() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let sound = household(&people, "CEL", "2", "");
    let cases = [
        sound.replace("<NOM>", &"<NOM>".repeat(40)),
        sound.replace("<NOM>N", &format!("<NOM>{}", "N".repeat(2000))),
        sound.replace("<NOM>", &format!("{}<NOM>", "<x/>".repeat(30_000))),
        household(&people.repeat(101), "CEL", "2", ""),
        sound.replace(
            "<NOM>N",
            &format!("<NOM>{}", "N".repeat(pieces::LONGEST + 1)),
        ),
        sound.replace("<NOM>N", &format!("<NOM>{}", "<N>".repeat(pieces::LONGEST))),
        sound.replace(
            "<NOM>",
            &format!("<NOM a=\"{}\">", "N".repeat(3 * pieces::LONGEST)),
        ),
        sound.replace(
            "<NOM>",
            &format!("<!--{}--><NOM>", "N".repeat(3 * pieces::LONGEST)),
        ),
    ];
    for case in cases {
        // The household after it is read.
        let (all, tally, warnings) = read(flow(&(case + &sound)).as_bytes()).unwrap();
        assert_eq!(
            (tally.households, tally.refused_households, tally.kept),
            (2, 1, 1),
            "{all:?}"
        );
        assert_eq!(warnings.len(), 1);
    }
}

#[test]
fn damage_refuses_one_household_and_no_other() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (before, sound, after) = (one("ADA"), one("ROSE"), one("TOM"));
    let cases = [
        sound.replacen("<InfosFoyerRSA>", "<InfosFoyer>", 1),
        sound.replacen("<InfosFoyerRSA>", "", 1),
        sound.replace("</InfosFoyerRSA>", ""),
        sound.replace("</InfosFoyerRSA>", "</InfosFoyerRSA"),
        sound.replace("</NOM>", "</NOMNAI>"),
        sound.replace("</NOM>", ""),
        sound.replace("<NOM>", "<NOM"),
        sound.replace("<Identification>", "<Identification"),
        sound.replace("InfosFoyerRSA>", "InfosFoyer>"),
        sound.replace("<Personne>", "<Personne>x"),
        "x".to_owned(),
        sound.replace("<NOM>N", "<NOM>&"),
        sound.replace("CAF", "SNCF"),
        sound.replace(
            "<ETATDOSRSA>2</ETATDOSRSA>",
            "<ETATDOSRSA>2</ETATDOSRSA><ETATDOSRSA>5</ETATDOSRSA>",
        ),
    ];
    for case in cases {
        let (all, tally, _) = read(flow(&format!("{before}\n{case}\n{after}")).as_bytes()).unwrap();
        assert_eq!(
            (tally.households, tally.refused_households),
            (3, 1),
            "{case}"
        );
        assert_eq!((tally.people, tally.kept), (2, 2), "{case}");
        let error = all[1].as_ref().unwrap_err();
        assert_eq!(error.place().line, 2, "{error}");
        assert!(
            error.place().path.starts_with("InfosFoyerRSA[2]"),
            "{error}"
        );
    }
}

/// What begins and does not end loses the household it stands in, and no other.
#[test]
fn what_begins_as_a_comment_and_does_not_end_loses_one_household() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (before, sound, after) = (one("ADA"), one("ROSE"), one("TOM"));
    // The bound is passed, or the end of the file.
    let many = pieces::LONGEST / after.len() * 2;
    for damage in ["<?OM>", "<!--", "<!-- >", "<![CDATA["] {
        let damaged = sound.replace("<NOM>", damage);
        for count in [1, many] {
            let file = flow(&format!("{before}\n{damaged}\n{}", after.repeat(count)));
            let (all, tally, _) = read(file.as_bytes()).unwrap();
            assert_eq!(
                (tally.households, tally.refused_households, tally.kept),
                (count as u64 + 2, 1, count as u64 + 1),
                "{damage} {count}"
            );
            let error = all[1].as_ref().unwrap_err();
            assert_eq!(error.place().line, 2, "{error}");
        }
    }
}

/// Nor does it where a later one ends it: the households between are read.
#[test]
fn what_ends_where_a_later_comment_does_loses_one_household() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (before, sound, after) = (one("ADA"), one("ROSE"), one("TOM"));
    for (start, later) in [
        ("<!--", "<!-- a note -->"),
        ("<![CDATA[", "<![CDATA[a note]]>"),
    ] {
        let within = sound.replace("<NOM>", &format!("{start}<NOM>"));
        for damaged in [within, format!("{start} a note")] {
            let last = after.replace("<NOM>N", &format!("<NOM>{later}N"));
            let file = flow(&format!("{before}\n{damaged}\n{after}{last}"));
            let (all, tally, _) = read(file.as_bytes()).unwrap();
            assert_eq!(
                (tally.households, tally.refused_households, tally.people),
                (4, 1, 3),
                "{file}"
            );
            let error = all[1].as_ref().unwrap_err();
            assert_eq!(error.place().line, 2, "{error}");
        }
    }
}

/// The days of two flows are not the same: what follows the first would be said of its day.
#[test]
fn a_second_flow_in_a_file_is_refused() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (first, second) = (flow(&one("ROSE")), flow(&one("TOM")));
    let prolog = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>";
    let cut = first.find("<PrestationRSA>").unwrap();
    for (file, kept, refused) in [
        (format!("{prolog}{first}\n{prolog}{second}"), 1, 1),
        (format!("{first}\n{second}"), 1, 1),
        (format!("{first}{}", one("TOM")), 1, 1),
        (format!("{first}x"), 1, 1),
        (
            format!("{}{prolog}{second}", first.replace("</Racine>", "")),
            1,
            1,
        ),
        (
            format!(
                "{}{}",
                first.replace("</Racine>", ""),
                second.replace("<Racine>", "")
            ),
            1,
            1,
        ),
        // The first is cut within a household.
        (format!("{}{second}", &first[..cut]), 0, 2),
    ] {
        let (all, tally, _) = read(file.as_bytes()).unwrap();
        assert_eq!(
            (tally.kept, tally.refused_households),
            (kept, refused),
            "{file}"
        );
        let last = all.last().unwrap().as_ref().unwrap_err();
        assert_eq!(last.reason(), &FlowReason::SecondFlow);
    }
    let twice = format!("{first}<!-- the end -->\n</Racine>");
    assert_eq!(read(twice.as_bytes()).unwrap().1.refused_households, 0);
}

/// Each would take minutes if every part looked back at all before it.
#[test]
fn a_household_of_many_parts_is_read_or_refused_in_one_pass() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let sound = household(&people, "CEL", "2", "");
    let blanks = " ".repeat(2000);
    let padded = sound.replace(
        "<NOM>",
        &format!("{}<NOM>", format!("{blanks}<!---->").repeat(300)),
    );
    let (_, tally, _) = read(flow(&padded).as_bytes()).unwrap();
    assert_eq!(tally.kept, 1);
    for (more, expected) in [
        (" <!---->".repeat(100_000), "tags, texts and comments"),
        ("<x/>".repeat(10_000), "elements that no fact holds"),
    ] {
        let file = flow(&sound.replace("<NOM>", &format!("{more}<NOM>")));
        let (all, _, _) = read(file.as_bytes()).unwrap();
        let error = all[0].as_ref().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_comment_is_no_household() {
    let sound = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "");
    let (_, tally, warnings) =
        read(flow(&format!("<!-- {sound} -->{sound}<!-- -->")).as_bytes()).unwrap();
    assert_eq!((tally.households, tally.kept, warnings.len()), (1, 1, 0));
}

#[test]
fn a_flow_of_a_day_to_come_is_a_warning_and_a_birth_to_come_is_refused() {
    let sound = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "");
    let file = flow(&sound).replace("2024-02-29", "2199-02-28");
    let (_, tally, warnings) = read(file.as_bytes()).unwrap();
    assert_eq!((tally.kept, warnings.len()), (1, 1));
    assert_eq!(*warnings[0].reason(), WarningReason::ReferenceAhead);
    let born_on = |day| flow(&sound.replace("1978-12-01", day));
    // Between the day of reference and the one on which the flow was made: why a daily flow is made.
    let (_, tally, _) = read(born_on("2024-03-05").as_bytes()).unwrap();
    assert_eq!((tally.kept, tally.refused), (1, 0));
    let (all, tally, _) = read(born_on("2024-03-06").as_bytes()).unwrap();
    assert_eq!((tally.kept, tally.refused), (0, 1));
    let error = all.into_iter().find_map(Result::err).unwrap();
    assert_eq!(*error.reason(), FlowReason::Form(Form::BirthDate));
}

#[test]
fn totals_that_do_not_agree_are_a_warning() {
    let sound = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "");
    let warnings = |file: String| -> Vec<String> {
        let (_, tally, warnings) = read(file.as_bytes()).unwrap();
        assert_eq!(tally.refused + tally.refused_households, 0);
        warnings
            .iter()
            .map(|warning| warning.reason().to_string())
            .collect()
    };
    assert!(warnings(flow(&sound)).is_empty());
    assert_eq!(
        warnings(flow(&sound.repeat(2))),
        ["1 households announced, 2 found"]
    );
    let odd = sound.replace(
        "</InfosFoyerRSA>",
        "<Anomalie><LIBANO>A</LIBANO></Anomalie></InfosFoyerRSA>",
    );
    assert_eq!(
        warnings(flow(&odd)),
        ["0 households with an anomaly announced, 1 found"]
    );
    assert_eq!(
        warnings(flow(&sound).replace("00000001", "un")),
        ["no totals that can be read: the file may be cut"]
    );
    let may_be_cut = |file: String| {
        let (_, _, warnings) = read(file.as_bytes()).unwrap();
        warnings
            .iter()
            .any(|warning| warning.reason().loses_people())
    };
    assert!(may_be_cut(format!("{HEAD}{sound}")));
    assert!(may_be_cut(flow(&sound).replace("00000001", "00000002")));
    assert!(!may_be_cut(flow(&sound.repeat(2))));
    assert!(!may_be_cut(flow(&odd)));
    assert_eq!(
        warnings(format!("{HEAD}{sound}")),
        [
            "no totals that can be read: the file may be cut",
            "no end of `Racine`: the file may be cut"
        ]
    );
}

#[test]
fn files_that_are_no_flow_are_refused_whole() {
    let refused = |file: &[u8]| read(file).unwrap_err().to_string();
    assert_eq!(
        refused(b""),
        "line 1, column 1: the file is empty: expected `IdentificationFlux`, then households"
    );
    assert_eq!(refused(b" \n "), refused(b""));
    for (file, expected) in [
        ("<html><p>x</p></html>", "the root `Racine`"),
        ("x", "elements and no text"),
        ("<Racine>", "expected `IdentificationFlux`"),
        ("<Racine></Racine>", "expected `IdentificationFlux`"),
        (
            "<InfosFoyerRSA></InfosFoyerRSA>",
            "expected `IdentificationFlux`",
        ),
        (
            "<Racine><IdentificationFlux></IdentificationFlux></Racine>",
            "expected `DTREF`",
        ),
        (
            "<Racine><IdentificationFlux><DTREF>29/02/2024</DTREF></IdentificationFlux></Racine>",
            "expected a day",
        ),
        (
            "<?xml version='1.0' encoding='utf-16'?><Racine/>",
            "expected windows-1252",
        ),
        (
            "<?xml version='1.0' encoding='klingon'?><Racine/>",
            "expected windows-1252",
        ),
    ] {
        let error = refused(file.as_bytes());
        assert!(error.contains(expected), "{error} for {file}");
    }
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(HEAD.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert!(refused(&wide).contains("expected windows-1252"));
    let no_body = Reader::new(MONTHLY, Options::default(), by_first_name)
        .unwrap()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(no_body.reason(), &FlowReason::NoBody);
}

#[test]
fn the_prolog_says_the_encoding() {
    let sound = flow(&household(
        &person("DEM", "ROSE", "1978-12-01", ""),
        "CEL",
        "2",
        "",
    ));
    let name = |file: &[u8]| {
        let mut names = Vec::new();
        let reader = Reader::new(file, options(), |person| {
            names.push(person.name().map(str::to_owned));
            None
        });
        assert_eq!(reader.unwrap().count(), 0);
        names.pop().flatten()
    };
    let with = |prolog: &str, name: &[u8]| -> Vec<u8> {
        let (before, after) = sound.split_once("<NOM>N").unwrap();
        [
            prolog.as_bytes(),
            before.as_bytes(),
            b"<NOM>",
            name,
            after.as_bytes(),
        ]
        .concat()
    };
    let declared = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?>");
    let expected = Some("LEFÈVRE".to_owned());
    assert_eq!(name(&with("", b"LEF\xc8VRE")), expected);
    assert_eq!(
        name(&with(&declared("windows-1252"), b"LEF\xc8VRE")),
        expected
    );
    assert_eq!(
        name(&with(&declared("ISO-8859-15"), b"LEF\xc8VRE")),
        expected
    );
    assert_eq!(
        name(&with(&declared("utf-8"), "LEFÈVRE".as_bytes())),
        expected
    );
    assert_eq!(name(&with("\u{feff}", "LEFÈVRE".as_bytes())), expected);
    assert_eq!(
        name(&with("", b"\x80 \x9cUVRE")).as_deref(),
        Some("€ œUVRE")
    );
    // What is no text names nobody.
    for (prolog, bytes) in [
        ("", &b"LEF\x81VRE"[..]),
        (&declared("utf-8"), b"LEF\xc8VRE"),
    ] {
        let (all, tally, _) = read(&with(prolog, bytes)).unwrap();
        assert_eq!((tally.people, tally.refused), (1, 1));
        assert_eq!(
            all[0].as_ref().unwrap_err().reason(),
            &FlowReason::Form(Form::Text)
        );
    }
}

/// Gives so many bytes at a time, and fails after so many of them.
struct Drip<'t> {
    left: &'t [u8],
    at_a_time: usize,
    fails_after: usize,
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.at_a_time.min(into.len()).min(self.left.len());
        if self.fails_after < most {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        self.fails_after -= most;
        let (given, left) = self.left.split_at(most);
        into[..most].copy_from_slice(given);
        self.left = left;
        Ok(most)
    }
}

#[test]
fn a_source_in_pieces_says_the_same_and_one_that_fails_says_so() {
    let whole = read(MONTHLY).unwrap();
    for at_a_time in [1, 2, 3, 7, 100, 4096] {
        let drip = Drip {
            left: MONTHLY,
            at_a_time,
            fails_after: usize::MAX,
        };
        let mut reader =
            Reader::new(BufReader::with_capacity(16, drip), options(), by_first_name).unwrap();
        let all: Vec<_> = reader.by_ref().collect();
        assert_eq!((&all, reader.tally()), (&whole.0, whole.1));
    }
    for fails_after in [0, 100, 1000, 5000, 9900] {
        let drip = Drip {
            left: MONTHLY,
            at_a_time: 50,
            fails_after,
        };
        match Reader::new(BufReader::new(drip), options(), by_first_name) {
            Err(error) => assert_eq!(
                error.reason(),
                &FlowReason::Read {
                    kind: io::ErrorKind::ConnectionReset
                }
            ),
            Ok(reader) => {
                let last = reader.last().unwrap().unwrap_err();
                assert_eq!(
                    last.reason(),
                    &FlowReason::Read {
                        kind: io::ErrorKind::ConnectionReset
                    }
                );
            }
        }
    }
}

proptest! {
    /// Leading zeros, blanks around and any letters of the encoding reach the caller as written.
    #[test]
    fn what_names_somebody_reaches_the_caller_as_written(
        file in "0{0,14}[0-9]", commune in "0[1-9][0-9]{3}", letters in "[A-ZÀ-ÖØ-ÞŒ' -]{1,28}", blanks in "[ \n\t]{0,5}",
    ) {
        let household = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "")
            .replace("031400210000000", &format!("{blanks}{file}{blanks}"))
            .replace("<NOM>N", &format!("<NOM>{blanks}{letters}{blanks}"))
            .replace("<SituationFamille>", &format!("<Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse>\
                <AdresseDetailleeFrance><NUMCOM>{blanks}{commune}</NUMCOM></AdresseDetailleeFrance></Adresse><SituationFamille>"));
        let text = flow(&household);
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
        prop_assert!(!lossy);
        let mut seen = Vec::new();
        let reader = Reader::new(&*bytes, options(), |person| {
            seen.push((person.file().to_owned(), person.name().map(str::to_owned)));
            PersonRef::parse("ref").ok()
        });
        let arrivals: Vec<_> = reader.unwrap().collect::<Result<_, _>>().unwrap();
        let name = Some(letters.trim().to_owned()).filter(|name| !name.is_empty());
        prop_assert_eq!(seen, vec![(file, name)]);
        let code = crate::vocabulary::Code::parse(&commune).unwrap();
        let told = arrivals[0].diagnostic.entries().any(|(_, entry)| matches!(entry,
            Entry::Observation(one) if one.said == Said::Known(Knowledge::from(code.clone()))));
        prop_assert!(told);
    }

    /// Any bytes are read to an end, and everybody is accounted for.
    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..400), place in 0_usize..10_000) {
        let _ = read(&bytes);
        let place = place.min(MONTHLY.len());
        let mut file = MONTHLY[..place].to_vec();
        file.extend(&bytes);
        file.extend(&MONTHLY[place..]);
        let _ = read(&file);
    }
}
