//! A question on the terminal, and the answer read.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::LazyLock;

use chrono::{Datelike as _, Months, NaiveDate};
use spie::Knowledge;
use spie::calendar::in_french;
use spie::fact::{
    BIRTH_DATE, FactEntry, FieldEntry, Reason, Rows, Source, Statement, Value, Values,
};
use spie::interop::france_travail::CommuneIndex;
use spie::orientation::AskedField;
use spie::vocabulary::{Cents, Code, FactName};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::birth;

/// A question with what its fact may be.
pub(crate) struct Asked {
    /// The theme that begins with it, if one does.
    pub(crate) theme: Option<String>,
    pub(crate) words: String,
    pub(crate) because: String,
    /// Bodies that are asked before the person.
    pub(crate) ask_first: Vec<String>,
    pub(crate) fact: FactEntry,
    /// Of a list, what is asked of each row.
    pub(crate) fields: Vec<AskedField>,
    /// The day asked about.
    pub(crate) on: NaiveDate,
}

/// What comes of a question.
pub(crate) enum Answer {
    Told(Statement),
    /// What was told of a list before the conversation stopped in the middle of it.
    Last(Statement),
    /// The answer before is to be given again.
    Back,
    Stopped,
}

/// What comes of a list in which something may be chosen.
pub(crate) enum Picked<T> {
    One(T),
    /// The answer before is to be given again.
    Back,
    Nothing,
}

/// Labels shown at most; of a longer list, a part of the name is asked for.
const SHOWN: usize = 30;

/// Rows typed at most: more is a slip of the hand.
const ROWS: u8 = 20;

pub(crate) type Lines<'l> = dyn Iterator<Item = io::Result<String>> + 'l;

/// What somebody typed.
enum Typed {
    Text(String),
    Unknown(Reason),
    Back,
    End,
}

/// That an answer is not known, and that it is not given, as people type it.
const NOT_KNOWN: [&str; 6] = [
    "je ne sais pas",
    "je sais pas",
    "ne sais pas",
    "sais pas",
    "je ne sais plus",
    "aucune idee",
];
const NOT_SAID: [&str; 4] = [
    "je prefere ne pas repondre",
    "je prefere pas repondre",
    "je ne veux pas repondre",
    "je ne veux pas le dire",
];

fn typed(lines: &mut Lines<'_>, out: &mut impl Write) -> io::Result<Typed> {
    loop {
        write!(out, "> ")?;
        out.flush()?;
        let line = match lines.next() {
            None => return Ok(Typed::End),
            // A byte that is no text: the line is gone, and the next one is there.
            Some(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
                writeln!(
                    out,
                    "   Cette ligne n'est pas lisible (pas en UTF-8) : merci de la taper de nouveau."
                )?;
                continue;
            }
            Some(line) => line?,
        };
        let line = line.trim_end_matches(['.', '!', ',', ';', ' ']).trim();
        let line = line.to_lowercase();
        if line.is_empty() {
            writeln!(
                out,
                "   Une réponse est attendue ; « ? » si elle n'est pas connue."
            )?;
            continue;
        }
        return Ok(match (line.as_str(), plain(&line).as_str()) {
            ("?", _) => Typed::Unknown(Reason::AskedUnknown),
            ("-", _) => Typed::Unknown(Reason::Declined),
            (_, "fin") => Typed::End,
            (_, "retour") => Typed::Back,
            (_, words) if NOT_KNOWN.contains(&words) => Typed::Unknown(Reason::AskedUnknown),
            (_, words) if NOT_SAID.contains(&words) => Typed::Unknown(Reason::Declined),
            _ => Typed::Text(line),
        });
    }
}

/// Small letters without accents, words parted by one space, saints in full: names are
/// compared so.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace('œ', "oe").replace('æ', "ae");
    let letters: String = text.nfd().filter(|one| !is_combining_mark(*one)).collect();
    let words = letters.split(|one: char| !one.is_alphanumeric());
    let words = words
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "st" => "saint",
            "ste" => "sainte",
            word => word,
        });
    words.collect::<Vec<_>>().join(" ")
}

/// Asks until the answer can be read.
pub(crate) fn ask(
    asked: &Asked,
    lines: &mut Lines<'_>,
    out: &mut impl Write,
) -> io::Result<Answer> {
    if let Some(theme) = &asked.theme {
        writeln!(out, "\n== {theme}")?;
    }
    writeln!(out, "\n{}", asked.words)?;
    writeln!(out, "   {}", asked.because)?;
    if !asked.ask_first.is_empty() {
        let bodies = asked.ask_first.join(" ; ");
        writeln!(out, "   À demander d'abord à : {bodies}.")?;
    }
    let fact = &asked.fact;
    if let Values::Rows { fields, .. } = &fact.values {
        let named = asked.fields.iter().filter_map(|asked| {
            let field = fields.iter().find(|field| field.name == asked.name)?;
            Some((field, asked.because.as_deref()))
        });
        let fields: Vec<_> = named.collect();
        loop {
            // Whoever goes back in the middle of a list begins it again.
            if let Some(answer) = rows(&fields, asked.on, lines, out)? {
                return Ok(answer);
            }
        }
    }
    let form = Form::new(&fact.name, &fact.values, fact.optional, asked.on);
    writeln!(out, "   ({})", form.expected())?;
    Ok(match form.one(lines, out)? {
        One::Known(knowledge) => Answer::Told(Statement::Known(knowledge, Source::default())),
        One::Unknown(reason) => Answer::Told(Statement::Unknown(reason)),
        One::Back => Answer::Back,
        One::End => Answer::Stopped,
    })
}

/// Shows a list of things, each by its number, until one of them is chosen, by its place, or none is.
pub(crate) fn pick(
    things: &[String],
    lines: &mut Lines<'_>,
    out: &mut impl Write,
) -> io::Result<Picked<usize>> {
    for (number, thing) in (1..).zip(things) {
        writeln!(out, "   {number} {thing}")?;
    }
    writeln!(
        out,
        "   (un numéro pour y répondre, « fin » si tout cela est juste ou n'est pas connu)"
    )?;
    loop {
        match typed(lines, out)? {
            Typed::End | Typed::Unknown(_) => return Ok(Picked::Nothing),
            Typed::Back => return Ok(Picked::Back),
            Typed::Text(text) => {
                let place = counted(&text).and_then(|number| usize::from(number).checked_sub(1));
                match place.filter(|place| *place < things.len()) {
                    Some(place) => return Ok(Picked::One(place)),
                    None => writeln!(
                        out,
                        "   Réponse attendue : un des numéros de la liste, ou « fin »."
                    )?,
                }
            }
        }
    }
}

/// The rows of a list, one after the other: of each, the fields that are asked, and what is said
/// before one of them. Nothing where they are to be told again.
fn rows(
    fields: &[(&FieldEntry, Option<&str>)],
    on: NaiveDate,
    lines: &mut Lines<'_>,
    out: &mut impl Write,
) -> io::Result<Option<Answer>> {
    writeln!(out, "   (combien ? 0 s'il n'y en a pas)")?;
    let count = loop {
        match typed(lines, out)? {
            Typed::End => return Ok(Some(Answer::Stopped)),
            Typed::Back => return Ok(Some(Answer::Back)),
            Typed::Unknown(reason) => return Ok(Some(Answer::Told(Statement::Unknown(reason)))),
            Typed::Text(text) if is_none(&text) => break 0,
            Typed::Text(text) => match counted(&text) {
                Some(count) if count <= ROWS => break count,
                _ => writeln!(
                    out,
                    "   Un nombre de 0 à {ROWS} est attendu, par exemple 2."
                )?,
            },
        }
    };
    let told = |rows, complete| {
        let rows = Rows { rows, complete };
        Statement::Known(rows.into(), Source::default())
    };
    let mut rows = Vec::new();
    for place in 1..=count {
        let mut row = BTreeMap::new();
        for (field, because) in fields {
            let form = Form::new(&field.name, &field.values, field.optional, on);
            if let Some(because) = because.filter(|_| place == 1) {
                writeln!(out, "   {because}")?;
            }
            writeln!(out, "   n° {place}, {} ({})", field.label, form.expected())?;
            match form.one(lines, out)? {
                One::Known(knowledge) => {
                    row.insert(field.name.clone(), knowledge);
                }
                One::Unknown(_) => {}
                One::Back => {
                    writeln!(out, "   On reprend la liste : combien ?")?;
                    return Ok(None);
                }
                One::End => {
                    // Whoever stops here keeps what they typed, and not that it is all.
                    rows.extend((!row.is_empty()).then_some(row));
                    return Ok(Some(if rows.is_empty() {
                        Answer::Stopped
                    } else {
                        Answer::Last(told(rows, false))
                    }));
                }
            }
        }
        rows.push(row);
    }
    Ok(Some(Answer::Told(told(rows, true))))
}

/// One value, or why there is none.
enum One {
    Known(Knowledge),
    Unknown(Reason),
    Back,
    End,
}

/// What an answer looks like.
struct Form<'f> {
    values: &'f Values,
    optional: bool,
    /// The day asked about.
    on: NaiveDate,
    /// Of a date of birth: the first and the last day that it may be.
    born: Option<(NaiveDate, NaiveDate)>,
}

impl<'f> Form<'f> {
    /// Dates of birth lie in the past, and not too far, the person's own and those in a list.
    fn new(name: &FactName, values: &'f Values, optional: bool, on: NaiveDate) -> Self {
        Self {
            values,
            optional,
            on,
            born: (name.as_str() == BIRTH_DATE).then(|| (birth::first(on), on)),
        }
    }

    /// Reads lines until one of them is an answer. What was guessed from a part of a name is
    /// one when it is confirmed.
    fn one(&self, lines: &mut Lines<'_>, out: &mut impl Write) -> io::Result<One> {
        let mut guessed = None;
        loop {
            let text = match typed(lines, out)? {
                Typed::End => return Ok(One::End),
                Typed::Unknown(reason) => return Ok(One::Unknown(reason)),
                Typed::Back => return Ok(One::Back),
                Typed::Text(text) => text,
            };
            match (guessed.take(), flag(&text)) {
                (Some(knowledge), Some(true)) => return Ok(One::Known(knowledge)),
                (Some(_), Some(false)) => {
                    writeln!(out, "   Merci de donner le nom en entier.")?;
                    continue;
                }
                // Something else that was typed is another answer.
                _ => {}
            }
            let read = match self.read(&text) {
                Ok(read) => read,
                Err(why) => {
                    writeln!(out, "   {why}")?;
                    continue;
                }
            };
            if !read.understood.is_empty() {
                writeln!(out, "   Compris : {}", read.understood.join(", "))?;
            }
            if !read.guessed {
                return Ok(One::Known(read.knowledge));
            }
            writeln!(out, "   Est-ce bien cela ? (oui ou non)")?;
            guessed = Some(read.knowledge);
        }
    }

    /// The form in words.
    fn expected(&self) -> String {
        let listed = |codes: &[(Code, String)], open: bool| {
            let mut listed = if codes.len() > SHOWN {
                "le nom, ou une partie du nom".to_owned()
            } else {
                let numbered = (1..).zip(codes);
                let numbered = numbered.map(|(number, (_, label))| format!("{number} {label}"));
                numbered.collect::<Vec<_>>().join(", ")
            };
            if open {
                listed.push_str(" ; « autre » hors de la liste");
            }
            listed
        };
        let form = match self.values {
            Values::Flag => "oui ou non".to_owned(),
            Values::Integer { min, max, .. } => format!("un nombre, de {min} à {max}"),
            Values::Money { .. } => "un montant en euros, par exemple 565,34".to_owned(),
            Values::Date { .. } => {
                "une date, jj/mm/aaaa ; mm/aaaa ou aaaa si le jour n'est pas connu".to_owned()
            }
            Values::Level(codes) => listed(codes, false),
            Values::Code { codes, open } => listed(codes, *open),
            Values::Codes { codes, open } => {
                format!("{} ; plusieurs possibles, 0 si aucun", listed(codes, *open))
            }
            _ => "en clair".to_owned(),
        };
        if self.optional {
            format!("{form} ; « aucun » s'il n'y en a pas")
        } else {
            form
        }
    }

    /// The answer as knowledge, or what was expected instead.
    fn read(&self, text: &str) -> Result<Read, String> {
        if self.optional && matches!(text, "aucun" | "aucune") {
            return Ok(Knowledge::none().into());
        }
        // « Avez-vous des loyers impayés, et depuis quelle date ? Non. » But where a number
        // or a choice reads so, it is that.
        match self.value(text) {
            Err(_) if self.optional && is_none(text) => Ok(Knowledge::none().into()),
            read => read,
        }
    }

    fn value(&self, text: &str) -> Result<Read, String> {
        let wanted = || format!("Réponse attendue : {}.", self.expected());
        match self.values {
            Values::Flag => flag(text).map(Read::from).ok_or_else(wanted),
            Values::Integer { min, max, unit } => {
                let number = number(text, unit.as_deref());
                let number = number.filter(|number| (min..=max).contains(&number));
                number.map(Read::from).ok_or_else(wanted)
            }
            Values::Money { min, max } => {
                let amount = cents(text).filter(|amount| (min..=max).contains(&amount));
                amount.map(Read::from).ok_or_else(wanted)
            }
            Values::Date { first, last } => {
                let full = whole_year(text, self.on, self.born.is_some());
                let (mut from, mut to) = days(&full).ok_or_else(wanted)?;
                if from < *first || to > *last {
                    return Err(wanted());
                }
                if let Some((first, by)) = self.born {
                    if from > by {
                        return Err(format!(
                            "Une date de naissance ne vient pas après le {}.",
                            in_french(by)
                        ));
                    }
                    if to < first {
                        return Err(format!(
                            "Une date de naissance ne vient pas avant le {} : cela ferait plus de {} ans.",
                            in_french(first),
                            birth::OLDEST
                        ));
                    }
                    (from, to) = (from.max(first), to.min(by));
                }
                let mut read = if from == to {
                    Read::from(from)
                } else {
                    Knowledge::between(from, to).into()
                };
                // The century was guessed: it is said.
                if full.len() > text.len() {
                    read.understood.push(in_french(from));
                }
                Ok(read)
            }
            Values::Level(codes) => Ok(Read::one(code(codes, false, text)?)),
            Values::Code { codes, open } => Ok(Read::one(code(codes, *open, text)?)),
            Values::Codes { codes, open } => {
                let chosen = text.split([',', ';']);
                let chosen = chosen.map(|one| code(codes, *open, one.trim()));
                match chosen.collect::<Result<_, _>>() {
                    Err(_) if is_none(text) => Ok(Knowledge::exactly([]).into()),
                    chosen => Ok(Read::several(chosen?)),
                }
            }
            _ => Err(wanted()),
        }
    }
}

/// That there is nothing, as people say it.
fn is_none(text: &str) -> bool {
    matches!(
        text,
        "aucun" | "aucune" | "non" | "jamais" | "rien" | "0" | "zéro"
    )
}

/// A small number in letters.
fn in_letters(word: &str) -> Option<u8> {
    const IN_LETTERS: [&str; 10] = [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    ];
    let word = if word == "une" { "un" } else { word };
    let found = (1_u8..).zip(IN_LETTERS).find(|(_, one)| *one == word);
    found.map(|(number, _)| number)
}

/// « 2 », « deux », « 2 enfants » : how many rows there are.
fn counted(text: &str) -> Option<u8> {
    let is_signed = text.starts_with(['-', '+']);
    let text = plain(text);
    let mut words = text.split(' ');
    let first = words.next()?;
    // « 2 enfants, 5 ans » is more than a number, and « -1 » is none.
    if is_signed || words.any(|word| word.contains(|one: char| one.is_ascii_digit())) {
        return None;
    }
    in_letters(first).or_else(|| first.parse().ok())
}

/// « 1 600 », « 35h », « aucun » : a whole number, perhaps with its unit.
fn number(text: &str, unit: Option<&str>) -> Option<i64> {
    if matches!(text, "aucun" | "aucune" | "zéro") {
        return Some(0);
    }
    if let Some(number) = in_letters(text) {
        return Some(number.into());
    }
    let is_of_number = |one: char| one.is_ascii_digit() || one.is_whitespace() || one == '-';
    let end = text.find(|one| !is_of_number(one)).unwrap_or(text.len());
    let (number, said) = text.split_at_checked(end)?;
    let words: &[&str] = match unit {
        Some("hour") => &["h", "heure", "heures"],
        Some("minute") => &["min", "mn", "minute", "minutes"],
        Some("month") => &["mois"],
        Some("year") => &["an", "ans"],
        Some("km") => &["km", "kilomètre", "kilomètres"],
        Some("person") => &["personne", "personnes"],
        Some("child") => &["enfant", "enfants"],
        _ => &[],
    };
    if !said.is_empty() && !words.contains(&said) {
        return None;
    }
    let mut parts = number.split_whitespace();
    let first = parts.next()?;
    let mut digits = first.to_owned();
    for part in parts {
        // Two numbers in one line are not one.
        if part.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(part);
    }
    digits.parse().ok()
}

/// Euros, with a comma or a point before the cents.
fn cents(text: &str) -> Option<Cents> {
    let text = text.trim_end_matches("euros").trim_end_matches('€');
    let text = text.replace(char::is_whitespace, "").replace(',', ".");
    let (euros, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let tenths = if cents.len() == 1 { "0" } else { "" };
    format!("{euros}.{cents}{tenths} EUR").parse().ok()
}

/// Parts of a date, whatever stands between them, with a year of two digits in full: the last such
/// year that has begun, or that begins within ten years of the day asked; of a birth, one that has.
fn whole_year(text: &str, on: NaiveDate, born: bool) -> String {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).collect();
    let all_digits = parts.iter().all(|part| is_number(part));
    let [day, month, year] = parts.as_slice() else {
        return text.to_owned();
    };
    if !all_digits || day.len() > 2 {
        return text.to_owned();
    }
    let last = on.year() + if born { 0 } else { 10 };
    let year = match year.parse::<i32>() {
        Ok(short) if year.len() == 2 => last - (last - short).rem_euclid(100),
        Ok(year) => year,
        Err(_) => return text.to_owned(),
    };
    format!("{day}/{month}/{year}")
}

/// The first and the last day that a date may be.
fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let day = |format| NaiveDate::parse_from_str(text, format).ok();
    if let Some(day) = day("%d/%m/%Y").or_else(|| day("%Y-%m-%d")) {
        return Some((day, day));
    }
    if let Some(day) = in_words(text) {
        return Some((day, day));
    }
    let whole = |first: NaiveDate, months| {
        let next = first.checked_add_months(Months::new(months))?;
        Some((first, next.pred_opt()?))
    };
    if let Some(first) = in_words(&format!("1 {text}")) {
        return whole(first, 1);
    }
    if let Some((month, year)) = text.split_once(['/', '.']) {
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        return whole(first, 1);
    }
    whole(NaiveDate::from_ymd_opt(text.parse().ok()?, 1, 1)?, 12)
}

/// « 1er mars 2025 », as the page writes it.
fn in_words(text: &str) -> Option<NaiveDate> {
    let mut words = text.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let day = day.strip_suffix("er").unwrap_or(day).parse().ok()?;
    let year = year.parse().ok()?;
    // « 12 mars 90 » is of no century: the year is asked for in full.
    let year = Some(year).filter(|year| *year >= 100)?;
    let mut days = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(year, month, day));
    let is_said =
        |day: &NaiveDate| plain(&in_french(*day)).split(' ').nth(1) == Some(&plain(month));
    days.find(is_said).filter(|_| words.next().is_none())
}

/// « oui », « Non, pas en ce moment » : the first word, where no number follows.
fn flag(text: &str) -> Option<bool> {
    let words = plain(text);
    let first = words.split(' ').next()?;
    if words.contains(|one: char| one.is_ascii_digit()) {
        return None;
    }
    match first {
        "oui" | "o" => Some(true),
        "non" | "n" => Some(false),
        _ => None,
    }
}

/// An answer that was read, with what is said of it before it counts.
struct Read {
    knowledge: Knowledge,
    /// The labels of what was not chosen by its number.
    understood: Vec<String>,
    /// A part of a name in a long list was all there was.
    guessed: bool,
}

impl<T: Into<Knowledge>> From<T> for Read {
    fn from(knowledge: T) -> Self {
        Self {
            knowledge: knowledge.into(),
            understood: Vec::new(),
            guessed: false,
        }
    }
}

impl Read {
    fn one(found: Found) -> Self {
        Self {
            knowledge: Value::from(found.code).into(),
            understood: found.label.into_iter().collect(),
            guessed: found.guessed,
        }
    }

    fn several(found: Vec<Found>) -> Self {
        Self {
            guessed: found.iter().any(|one| one.guessed),
            understood: found.iter().filter_map(|one| one.label.clone()).collect(),
            knowledge: Knowledge::exactly(found.into_iter().map(|one| one.code)),
        }
    }
}

/// A code that was found in a list.
struct Found {
    code: Code,
    /// To be said, where it was not chosen by its number.
    label: Option<String>,
    guessed: bool,
}

impl Found {
    fn named((code, label): &(Code, String), guessed: bool) -> Self {
        Self {
            code: code.clone(),
            label: Some(label.clone()),
            guessed,
        }
    }
}

/// A code by its number in the list, by itself, by a postal code, or by its label or the
/// beginning of some of its words.
fn code(codes: &[(Code, String)], open: bool, text: &str) -> Result<Found, String> {
    let long = codes.len() > SHOWN;
    let place = text.parse::<usize>().ok();
    let place = place.and_then(|number| number.checked_sub(1));
    if let Some((code, _)) = place.and_then(|place| codes.get(place)).filter(|_| !long) {
        return Ok(Found {
            code: code.clone(),
            label: None,
            guessed: false,
        });
    }
    // Most postal codes are the INSEE code of another commune: no number is taken for a code.
    let (postal, wanted) = parted(text);
    if let Some(postal) = postal.filter(|_| long) {
        return at_postal_code(codes, &postal, &wanted, open);
    }
    let named = |(code, label): &&(Code, String)| {
        plain(label) == wanted || (plain(code.as_str()) == wanted && !is_number(&wanted))
    };
    let exact: Vec<_> = codes.iter().filter(named).collect();
    match exact.as_slice() {
        [one] => Ok(Found::named(one, false)),
        [] if open && wanted == OTHER => Ok(Found {
            code: Code::parse(OTHER).map_err(|_| nothing(long, open))?,
            label: Some("hors de la liste".to_owned()),
            guessed: false,
        }),
        [] => match nearest(codes, &wanted).as_slice() {
            [one] => Ok(Found::named(one, long)),
            [] => Err(nothing(long, open)),
            several => Err(choice(several)),
        },
        several => Err(choice(several)),
    }
}

/// What is typed for a code that an open list does not hold, and kept for it.
const OTHER: &str = "autre";

/// The communes of a postal code, of a pack that has those of the Marne; a name may choose
/// among them.
fn at_postal_code(
    codes: &[(Code, String)],
    postal: &str,
    name: &str,
    open: bool,
) -> Result<Found, String> {
    static COMMUNES: LazyLock<Option<CommuneIndex>> = LazyLock::new(|| CommuneIndex::marne().ok());
    let there = |(code, label): &&(Code, String)| {
        let line = format!("{postal} {label}");
        let communes = COMMUNES.as_ref();
        communes.is_some_and(|communes| communes.find(&line).contains(code))
    };
    let there: Vec<_> = codes.iter().filter(there).collect();
    let chosen: Vec<_> = if name.is_empty() {
        there
    } else {
        let exact = there.iter().filter(|(_, label)| plain(label) == name);
        match exact.copied().collect::<Vec<_>>() {
            exact if exact.is_empty() => near(there.into_iter(), name),
            exact => exact,
        }
    };
    match chosen.as_slice() {
        [one] => Ok(Found::named(one, false)),
        [] if name.is_empty() => Err(format!(
            "Un nombre ne suffit pas ici. {}",
            nothing(true, open)
        )),
        [] => Err(nothing(true, open)),
        several => Err(choice(several)),
    }
}

/// The postal code in a line, or a number that is nothing else, and the words beside it.
fn parted(text: &str) -> (Option<String>, String) {
    let text = plain(text);
    let (numbers, words): (Vec<&str>, Vec<&str>) =
        text.split(' ').partition(|word| is_number(word));
    match numbers.as_slice() {
        [number] if words.is_empty() || number.len() == 5 => {
            (Some((*number).to_owned()), words.join(" "))
        }
        _ => (None, text),
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Those whose label, or a part of it, begins with these words; where not one alone does, those that hold them. « bac » is the
/// diploma, before what comes two years after it; and who lives « à Reims » lives in Reims.
fn nearest<'c>(codes: &'c [(Code, String)], wanted: &str) -> Vec<&'c (Code, String)> {
    let wanted = wanted.strip_prefix("a ").unwrap_or(wanted);
    let begins = |(_, label): &&(Code, String)| {
        let mut parts = label.split(" : ");
        parts.any(|part| plain(part).starts_with(wanted))
    };
    let first: Vec<_> = codes
        .iter()
        .filter(|_| !wanted.is_empty())
        .filter(begins)
        .collect();
    if first.len() == 1 {
        return first;
    }
    near(codes.iter(), wanted)
}

/// Those whose label holds these words, the last one perhaps in part.
fn near<'c>(
    codes: impl Iterator<Item = &'c (Code, String)>,
    wanted: &str,
) -> Vec<&'c (Code, String)> {
    let begins = format!(" {wanted}");
    let holds = |label: &str| format!(" {}", plain(label)).contains(&begins);
    let near = codes.filter(|(_, label)| !wanted.is_empty() && holds(label));
    near.collect()
}

fn choice(several: &[&(Code, String)]) -> String {
    let labels = several.iter().take(SHOWN);
    let labels: Vec<&str> = labels.map(|(_, label)| label.as_str()).collect();
    let more = if several.len() > SHOWN { ", …" } else { "" };
    format!("Plusieurs possibles : {}{more}.", labels.join(", "))
}

fn nothing(long: bool, open: bool) -> String {
    let first = if long {
        "Rien de ce nom : essayez une partie du nom"
    } else {
        "Réponse attendue : un des numéros de la liste"
    };
    let other = if open {
        ", « autre » hors de la liste"
    } else {
        ""
    };
    format!("{first}{other}, « ? » si la réponse n'est pas connue, « - » pour ne pas répondre.")
}
