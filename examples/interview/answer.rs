//! A question on the terminal, and the answer read.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::{Months, NaiveDate};
use spie::Knowledge;
use spie::fact::{FactEntry, FieldEntry, Reason, Rows, Source, Statement, Value, Values};
use spie::orientation::Question;
use spie::vocabulary::{Cents, Code};

/// A question with what its fact may be.
pub(crate) struct Asked {
    pub(crate) question: Question,
    pub(crate) fact: FactEntry,
    /// Another theme begins.
    pub(crate) turns: bool,
}

/// Labels shown at most; of a longer list, a part of the name is asked for.
const SHOWN: usize = 30;

type Lines<'l> = dyn Iterator<Item = io::Result<String>> + 'l;

/// What somebody typed.
enum Typed {
    Text(String),
    Unknown(Reason),
    End,
}

fn typed(lines: &mut Lines<'_>, out: &mut impl Write) -> io::Result<Typed> {
    write!(out, "> ")?;
    out.flush()?;
    let Some(line) = lines.next().transpose()? else {
        return Ok(Typed::End);
    };
    let line = line.trim().to_lowercase().replace('’', "'");
    Ok(match line.as_str() {
        "fin" => Typed::End,
        "" | "?" | "je ne sais pas" => Typed::Unknown(Reason::AskedUnknown),
        "-" | "je préfère ne pas répondre" => Typed::Unknown(Reason::Declined),
        _ => Typed::Text(line),
    })
}

/// Asks until the answer can be read; nothing where the conversation stops.
pub(crate) fn ask(
    asked: &Asked,
    lines: &mut Lines<'_>,
    out: &mut impl Write,
) -> io::Result<Option<Statement>> {
    let Asked {
        question,
        fact,
        turns,
        ..
    } = asked;
    if let Some(theme) = question.theme.as_ref().filter(|_| *turns) {
        writeln!(out, "\n== {theme}")?;
    }
    let words = question.missing.question.as_ref();
    writeln!(out, "\n{}", words.unwrap_or(&question.missing.label))?;
    writeln!(out, "   {}", question.because)?;
    if !question.ask_first.is_empty() {
        let bodies = question.ask_first.join(" ; ");
        writeln!(out, "   À demander d'abord à : {bodies}.")?;
    }
    if let Values::Rows { fields, .. } = &fact.values {
        return rows(fields, lines, out);
    }
    writeln!(out, "   ({})", expected(&fact.values, fact.optional))?;
    loop {
        let text = match typed(lines, out)? {
            Typed::End => return Ok(None),
            Typed::Unknown(reason) => return Ok(Some(Statement::Unknown(reason))),
            Typed::Text(text) => text,
        };
        match read(&fact.values, fact.optional, &text) {
            Ok(knowledge) => return Ok(Some(Statement::Known(knowledge, Source::default()))),
            Err(why) => writeln!(out, "   {why}")?,
        }
    }
}

/// The rows of a list, one after the other.
fn rows(
    fields: &[FieldEntry],
    lines: &mut Lines<'_>,
    out: &mut impl Write,
) -> io::Result<Option<Statement>> {
    let mut rows = Vec::new();
    writeln!(out, "   (combien ? 0 s'il n'y en a pas)")?;
    let count = loop {
        match typed(lines, out)? {
            Typed::End => return Ok(None),
            Typed::Unknown(reason) => return Ok(Some(Statement::Unknown(reason))),
            Typed::Text(text) => match text.parse::<u8>() {
                Ok(count) => break count,
                Err(_) => writeln!(out, "   Un nombre est attendu, par exemple 2.")?,
            },
        }
    };
    for place in 1..=count {
        let mut row = BTreeMap::new();
        for FieldEntry {
            name,
            label,
            values,
            optional,
            ..
        } in fields
        {
            writeln!(
                out,
                "   n° {place}, {label} ({})",
                expected(values, *optional)
            )?;
            loop {
                match typed(lines, out)? {
                    Typed::End => return Ok(None),
                    Typed::Unknown(_) => break,
                    Typed::Text(text) => match read(values, *optional, &text) {
                        Ok(knowledge) => {
                            row.insert(name.clone(), knowledge);
                            break;
                        }
                        Err(why) => writeln!(out, "   {why}")?,
                    },
                }
            }
        }
        rows.push(row);
    }
    let rows = Rows {
        rows,
        complete: true,
    };
    Ok(Some(Statement::Known(rows.into(), Source::default())))
}

/// What an answer looks like.
fn expected(values: &Values, optional: bool) -> String {
    let listed = |codes: &[(Code, String)]| {
        if codes.len() > SHOWN {
            return "le nom, ou une partie du nom".to_owned();
        }
        let numbered = (1..).zip(codes);
        let numbered = numbered.map(|(number, (_, label))| format!("{number} {label}"));
        numbered.collect::<Vec<_>>().join(", ")
    };
    let form = match values {
        Values::Flag => "oui ou non".to_owned(),
        Values::Integer { min, max, .. } => format!("un nombre, de {min} à {max}"),
        Values::Money { .. } => "un montant en euros, par exemple 565,34".to_owned(),
        Values::Date { .. } => {
            "une date, jj/mm/aaaa ; mm/aaaa ou aaaa si le jour n'est pas connu".to_owned()
        }
        Values::Level(codes) | Values::Code { codes, .. } => listed(codes),
        Values::Codes { codes, .. } => {
            format!("{} ; plusieurs possibles, 0 si aucun", listed(codes))
        }
        _ => "en clair".to_owned(),
    };
    if optional {
        format!("{form} ; « aucun » s'il n'y en a pas")
    } else {
        form
    }
}

/// The answer as knowledge, or what was expected instead.
fn read(values: &Values, optional: bool, text: &str) -> Result<Knowledge, String> {
    if optional && matches!(text, "aucun" | "aucune") {
        return Ok(Knowledge::none());
    }
    let wanted = || format!("Réponse attendue : {}.", expected(values, optional));
    match values {
        Values::Flag => match text {
            "oui" | "o" => Ok(true.into()),
            "non" | "n" => Ok(false.into()),
            _ => Err(wanted()),
        },
        Values::Integer { min, max, .. } => {
            let number: Option<i64> = text.parse().ok();
            let number = number.filter(|number| (min..=max).contains(&number));
            number.map(Knowledge::from).ok_or_else(wanted)
        }
        Values::Money { min, max } => {
            let amount = cents(text).filter(|amount| (min..=max).contains(&amount));
            amount.map(Knowledge::from).ok_or_else(wanted)
        }
        Values::Date { first, last } => {
            let (from, to) = days(text).ok_or_else(wanted)?;
            if from < *first || to > *last {
                Err(wanted())
            } else if from == to {
                Ok(from.into())
            } else {
                Ok(Knowledge::between(from, to))
            }
        }
        Values::Level(codes) | Values::Code { codes, .. } => {
            Ok(Value::from(code(codes, text)?).into())
        }
        Values::Codes { codes, .. } => {
            if text == "0" {
                return Ok(Knowledge::exactly([]));
            }
            let chosen = text.split([',', ';']).map(|one| code(codes, one.trim()));
            Ok(Knowledge::exactly(chosen.collect::<Result<Vec<_>, _>>()?))
        }
        _ => Err(wanted()),
    }
}

/// Euros, with a comma or a point before the cents.
fn cents(text: &str) -> Option<Cents> {
    let text = text.trim_end_matches("euros").trim_end_matches('€');
    let text: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let text = text.replace(',', ".");
    let (euros, cents) = text.split_once('.').unwrap_or((&text, "0"));
    let cents: i64 = match cents.len() {
        1 => cents.parse::<i64>().ok()?.checked_mul(10)?,
        2 => cents.parse().ok()?,
        _ => return None,
    };
    let euros: i64 = euros.parse().ok()?;
    let total = euros.checked_mul(100)?.checked_add(cents)?;
    Some(Cents::new(total))
}

/// The first and the last day that a date may be.
fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let day = |format| NaiveDate::parse_from_str(text, format).ok();
    if let Some(day) = day("%d/%m/%Y").or_else(|| day("%Y-%m-%d")) {
        return Some((day, day));
    }
    let whole = |first: NaiveDate, months| {
        let next = first.checked_add_months(Months::new(months))?;
        Some((first, next.pred_opt()?))
    };
    if let Some((month, year)) = text.split_once('/') {
        let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
        return whole(first, 1);
    }
    whole(NaiveDate::from_ymd_opt(text.parse().ok()?, 1, 1)?, 12)
}

/// A code by its number in the list, by itself, or by a part of its label.
fn code(codes: &[(Code, String)], text: &str) -> Result<Code, String> {
    let by_number = || {
        let place = text.parse::<usize>().ok()?.checked_sub(1)?;
        codes.get(place).filter(|_| codes.len() <= SHOWN)
    };
    let exact = codes
        .iter()
        .find(|(code, label)| code.as_str().to_lowercase() == text || label.to_lowercase() == text);
    if let Some((code, _)) = by_number().or(exact) {
        return Ok(code.clone());
    }
    let near = codes
        .iter()
        .filter(|(_, label)| label.to_lowercase().contains(text));
    match near.collect::<Vec<_>>().as_slice() {
        [(code, _)] => Ok(code.clone()),
        [] if codes.len() > SHOWN => {
            Err("Rien de ce nom : essayez une partie du nom, ou « ? ».".to_owned())
        }
        [] => Err("Réponse attendue : un des numéros de la liste, ou « ? ».".to_owned()),
        several => {
            let labels = several.iter().take(SHOWN);
            let labels = labels.map(|(_, label)| label.as_str());
            let labels: Vec<&str> = labels.collect();
            Err(format!("Plusieurs possibles : {}.", labels.join(", ")))
        }
    }
}
