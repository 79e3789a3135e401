//! The page for data protection officers: its annexes are those of the packs. Its code runs as
//! documentation of the crate.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;
use spie::diagnostic::{Diagnostic, Observation, Said};
use spie::fact::{FactEntry, Means};
use spie::interop::Caseload;
use spie::vocabulary::PersonRef;
use spie::{Engine, Knowledge, Pack};

use crate::departement::{bundled, text};
use crate::saying::{body, code, day, fact};
use crate::written::Page;

const PATH: &str = "docs/rgpd.md";
const PAGE: Page = Page(include_str!("../../docs/rgpd.md"));

fn list<'t>(table: &'t toml::Table, key: &str) -> Vec<&'t str> {
    let items = table.get(key).and_then(toml::Value::as_array);
    let items = items.into_iter().flatten();
    items.filter_map(toml::Value::as_str).collect()
}

fn is_verified(table: &toml::Table) -> bool {
    table.get("verified").and_then(toml::Value::as_bool) == Some(true)
}

/// French labels by id, of themes and roles.
struct Labels(BTreeMap<String, String>);

impl Labels {
    fn of(section: &str) -> Self {
        let labels = bundled(section);
        let labels = labels
            .iter()
            .map(|one| (text(one, "id").to_owned(), text(one, "label").to_owned()));
        Self(labels.collect())
    }

    fn all(&self, ids: &[&str]) -> String {
        let labels = ids
            .iter()
            .map(|id| self.0.get(*id).map_or(*id, String::as_str));
        labels.collect::<Vec<_>>().join(" ; ")
    }
}

fn ground(entry: &toml::Table) -> &'static str {
    match text(entry, "ground") {
        "public_mission" => "Mission d'intérêt public (art. 6(1)(e))",
        "legal_duty" => "Obligation légale (art. 6(1)(c))",
        "vital_interest" => "Intérêt vital (art. 6(1)(d))",
        "consent" => "Consentement (art. 6(1)(a))",
        other => panic!("{other}"),
    }
}

/// The text behind an entry, and whether somebody read it.
fn source(entry: &toml::Table) -> String {
    let read = if is_verified(entry) {
        "Texte"
    } else {
        "Texte, à vérifier"
    };
    format!("{read} : {}.", text(entry, "source"))
}

fn period(entry: &toml::Table) -> String {
    let day = |key: &str| {
        let date = entry.get(key)?.as_datetime()?.date?;
        Some(format!("{:02}/{:02}/{}", date.day, date.month, date.year))
    };
    match (day("from"), day("until")) {
        (None, None) => String::new(),
        (Some(from), None) => format!(", depuis le {from}"),
        (None, Some(until)) => format!(", jusqu'au {until}"),
        (Some(from), Some(until)) => format!(", du {from} au {until}"),
    }
}

/// Themes and facts that an entry is for; all, where it names none.
fn subject(entry: &toml::Table, themes: &Labels) -> String {
    let facts = list(entry, "facts")
        .iter()
        .map(|fact| format!("`{fact}`"))
        .collect::<Vec<_>>()
        .join(" ; ");
    match (themes.all(&list(entry, "themes")), facts) {
        (themes, facts) if themes.is_empty() && facts.is_empty() => "tous les faits".to_owned(),
        (themes, facts) if themes.is_empty() => facts,
        (themes, facts) if facts.is_empty() => themes,
        (themes, facts) => format!("{themes} ; {facts}"),
    }
}

/// Roles and partners by name, told as they are named today.
fn names_of_bodies() -> Labels {
    let mut bodies = Labels::of("role");
    for partner in bundled("partner") {
        // The last of its names.
        let names = partner["names"].as_array().unwrap();
        let last = names.last().and_then(toml::Value::as_table).unwrap();
        let said = last.get("said").or_else(|| last.get("name")).unwrap();
        let id = text(&partner, "id").to_owned();
        bodies.0.insert(id, said.as_str().unwrap().to_owned());
    }
    bodies
}

fn openings() -> String {
    let (themes, bodies) = (Labels::of("theme"), names_of_bodies());
    let mut told = String::new();
    for entry in bundled("need_to_know") {
        writeln!(
            told,
            "- **`{}`** : {}. {}{}. Pour {}. Faits : {}. {}",
            text(&entry, "id"),
            bodies.all(&list(&entry, "to")),
            ground(&entry),
            period(&entry),
            text(&entry, "purpose"),
            subject(&entry, &themes),
            source(&entry),
        )
        .unwrap();
    }
    told
}

/// `24 months` in French.
fn span(entry: &toml::Table, key: &str) -> Option<String> {
    let (count, unit) = text(entry, key).split_once(' ')?;
    let unit = match (unit.trim_end_matches('s'), count) {
        ("day", "1") => "jour",
        ("day", _) => "jours",
        ("week", "1") => "semaine",
        ("week", _) => "semaines",
        ("month", _) => "mois",
        ("year", "1") => "an",
        ("year", _) => "ans",
        other => panic!("{other:?}"),
    };
    Some(format!("{count} {unit}"))
}

/// The condition of art. 9(2) that the text of an opening names.
fn condition(entry: &toml::Table) -> Option<&str> {
    let (_, after) = text(entry, "source").split_once("RGPD art. 9(2)(")?;
    let (letter, _) = after.split_once(')')?;
    Some(letter)
}

fn retentions() -> String {
    let (themes, roles) = (Labels::of("theme"), Labels::of("role"));
    let mut told = "Ce qui nomme un fait l'emporte sur ce qui nomme un thème, et celui-ci sur ce qui vaut pour tous les \
                    faits ; à égalité, ce qui nomme l'organisme. Après l'usage vient l'archive : hors des vues, des \
                    questions et de l'orientation. Puis l'effacement.\n\n"
        .to_owned();
    for entry in bundled("retention") {
        let by = match list(&entry, "by") {
            by if by.is_empty() => "ce que dit tout organisme".to_owned(),
            by => format!("ce que dit : {}", roles.all(&by)),
        };
        let since = match text(&entry, "since") {
            "last_word" => "la dernière parole de cet organisme",
            "observed" => "l'observation",
            other => panic!("{other}"),
        };
        let archive = span(&entry, "archive");
        let archive =
            archive.map_or_else(|| "sans archive".to_owned(), |it| format!("archive {it}"));
        writeln!(
            told,
            "- **`{}`** : {by}{}. Faits : {}. Usage {} depuis {since}, {archive}. {}. Pour {}. {}",
            text(&entry, "id"),
            period(&entry),
            subject(&entry, &themes),
            span(&entry, "active").unwrap(),
            ground(&entry),
            text(&entry, "purpose"),
            source(&entry),
        )
        .unwrap();
    }
    told
}

fn capital(label: &str) -> String {
    let mut chars = label.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars.clone()).collect()
}

/// The ids of the entries of a policy that name a fact: by itself, or by its theme.
fn naming(policy: &[toml::Table], fact: &FactEntry, by_theme: bool) -> String {
    let names = |entry: &&toml::Table| {
        let theme = fact.theme.as_deref();
        list(entry, "facts").contains(&fact.name.as_str())
            || (by_theme && theme.is_some_and(|theme| list(entry, "themes").contains(&theme)))
    };
    let mut found: Vec<String> = policy
        .iter()
        .filter(names)
        .map(|entry| format!("`{}`", text(entry, "id")))
        .collect();
    found.dedup();
    found.join(", ")
}

fn facts() -> String {
    let (policy, retention) = (bundled("need_to_know"), bundled("retention"));
    let pack = Pack::marne().unwrap();
    assert!(pack.facts().all(|fact| fact.theme.is_some()));
    let mut told = String::new();
    for theme in bundled("theme") {
        let (id, label) = (text(&theme, "id"), text(&theme, "label"));
        let of_theme: Vec<FactEntry> = pack
            .facts()
            .filter(|fact| fact.theme.as_deref() == Some(id))
            .collect();
        if of_theme.is_empty() {
            continue;
        }
        let opened: Vec<String> = policy
            .iter()
            .filter(|entry| list(entry, "themes").contains(&id))
            .map(|entry| format!("`{}`", text(entry, "id")))
            .collect();
        let opened = if opened.is_empty() {
            "Ce thème n'est ouvert à personne.".to_owned()
        } else {
            format!("Faits ordinaires ouverts par {}.", opened.join(", "))
        };
        let label = capital(label);
        writeln!(
            told,
            "### {label}\n\n{opened}\n\n| fait | ce que c'est | sensibilité | ouvert par |\n|---|---|---|---|"
        )
        .unwrap();
        for fact in of_theme {
            let by_theme = fact.sensitivity <= 1 && !opened.starts_with("Ce thème");
            let named = naming(&policy, &fact, false);
            let mut opened = match (fact.derived, by_theme, named.as_str()) {
                (true, _, _) => "calculé".to_owned(),
                (false, true, "") => "le thème".to_owned(),
                (false, true, named) => format!("le thème, {named}"),
                (false, false, "") => "fermé".to_owned(),
                (false, false, named) => named.to_owned(),
            };
            let kept = naming(&retention, &fact, true);
            if !kept.is_empty() {
                write!(opened, " ; durée : {kept}").unwrap();
            }
            writeln!(
                told,
                "| `{}` | {} | {} | {opened} |",
                fact.name, fact.label, fact.sensitivity
            )
            .unwrap();
        }
        told.push('\n');
    }
    told
}

/// Schemes and codes that tell something by their name, the most sensitive first.
fn codes() -> String {
    let mut found: BTreeMap<(Reverse<i64>, String), Vec<String>> = BTreeMap::new();
    let mut add = |table: &toml::Table, kind: &str, code: &str, label: &str| {
        let sensitivity = table.get("sensitivity").and_then(toml::Value::as_integer);
        if let Some(sensitivity) = sensitivity {
            let label = format!("{} (`{}`)", text(table, label), text(table, code));
            let all = found.entry((Reverse(sensitivity), kind.to_owned()));
            let all = all.or_default();
            if !all.contains(&label) {
                all.push(label);
            }
        }
    };
    for scheme in bundled("scheme") {
        add(&scheme, "dispositifs", "id", "title");
    }
    for nomenclature in bundled("nomenclature") {
        let kind = format!("codes de `{}`", text(&nomenclature, "id"));
        let codes = nomenclature.get("codes").and_then(toml::Value::as_array);
        for code in codes.into_iter().flatten() {
            add(code.as_table().unwrap(), &kind, "code", "label");
        }
    }
    let lines = found.iter().map(|((Reverse(sensitivity), kind), labels)| {
        format!(
            "- Sensibilité {sensitivity}, {kind} : {}.\n",
            labels.join(" ; ")
        )
    });
    lines.collect()
}

/// The legal bases of entries, with how many rest on each.
fn grounds(entries: &[toml::Table]) -> String {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *counted.entry(ground(entry)).or_default() += 1;
    }
    let counted = counted
        .iter()
        .map(|(ground, count)| format!("{ground} : {count}"));
    counted.collect::<Vec<_>>().join(" ; ")
}

/// What the record of processing says that the packs decide: purposes, categories, grounds, recipients, durations.
fn register() -> String {
    let facts: Vec<FactEntry> = Pack::marne().unwrap().facts().collect();
    let told = || facts.iter().filter(|fact| !fact.derived);
    let of = |sensitivity: u8| {
        told()
            .filter(|fact| fact.sensitivity == sensitivity)
            .count()
    };
    let themes = bundled("theme");
    let used = themes.iter().filter(|theme| {
        let id = text(theme, "id");
        told().any(|fact| fact.theme.as_deref() == Some(id))
    });
    let used: Vec<&str> = used.map(|theme| text(theme, "label")).collect();
    let (policy, kept) = (bundled("need_to_know"), bundled("retention"));
    let names = names_of_bodies();
    let purposes: BTreeSet<&str> = policy
        .iter()
        .chain(&kept)
        .map(|entry| text(entry, "purpose"))
        .collect();
    let purposes = purposes.iter().map(|purpose| format!("« {purpose} »"));
    let conditions = policy.iter().filter_map(|entry| {
        let letter = condition(entry)?;
        Some(format!("`{}`, 9(2)({letter})", text(entry, "id")))
    });
    let to: BTreeSet<&str> = policy.iter().flat_map(|entry| list(entry, "to")).collect();
    let to: Vec<&str> = to.into_iter().collect();
    let spans = |key: &str| {
        let spans: BTreeSet<String> = kept.iter().filter_map(|entry| span(entry, key)).collect();
        spans.into_iter().collect::<Vec<_>>().join(" ; ")
    };
    format!(
        "Ce que les paquets en décident :\n\n\
         - **finalités**, des ouvertures et des durées : {}.\n\
         - **catégories de données** : {} faits qui se disent, dont {} ordinaires, {} sociaux ou financiers, {} de catégorie \
         particulière, {} de justice, de violences ou de protection de l'enfance ; par thème : {}.\n\
         - **bases légales**, en nombre d'ouvertures : {} ; en nombre de durées : {}.\n\
         - **catégories particulières**, condition de l'art. 9(2) nommée par chaque ouverture, à confirmer : {}.\n\
         - **destinataires** : {}.\n\
         - **durées** : usage {} ; archive {}.\n",
        purposes.collect::<Vec<_>>().join(", "),
        told().count(),
        of(0),
        of(1),
        of(2),
        of(3),
        used.join(" ; "),
        grounds(&policy),
        grounds(&kept),
        conditions.collect::<Vec<_>>().join(" ; "),
        names.all(&to),
        spans("active"),
        spans("archive"),
    )
}

fn minimisation() -> String {
    let pack = Pack::marne().unwrap();
    let unused = Engine::new(&pack).unused_facts();
    let names = unused.facts.iter().map(|one| format!("`{}`", one.fact));
    let names: Vec<String> = names.collect();
    format!(
        "{} faits sur {} ne sont lus par rien : {}.\n",
        unused.facts.len(),
        unused.looked_at,
        names.join(", ")
    )
}

/// How much of the law was read, by those who wrote the packs.
fn texts() -> String {
    let counted = |section: &str| {
        let found = bundled(section);
        let read = found.iter().filter(|entry| is_verified(entry)).count();
        format!("{read} sur {}", found.len())
    };
    format!(
        "Des textes restent à lire. Entrées dont le texte a été lu : règles, {} ; parcours, {} ; dispositifs, {} ; ouvertures, {}. Le reste est \
         marqué « à vérifier » ou « à confirmer » sur chaque page.\n",
        counted("rule"),
        counted("track"),
        counted("scheme"),
        counted("need_to_know"),
    )
}

#[test]
fn the_annexes_are_those_of_the_packs() {
    PAGE.holds(PATH, "registre", &register());
    PAGE.holds(PATH, "textes", &texts());
    PAGE.holds(PATH, "minimisation", &minimisation());
    PAGE.holds(PATH, "ouvertures", &openings());
    PAGE.holds(PATH, "durees", &retentions());
    PAGE.holds(PATH, "faits", &facts());
    PAGE.holds(PATH, "codes", &codes());
}

/// What is opened of a special category rests on a condition of its own, beside its legal basis
/// (RGPD art. 9(2)): the consent of the person where that is the ground, and nowhere else.
#[test]
fn what_is_opened_of_a_special_category_names_its_condition() {
    let pack = Pack::marne().unwrap();
    let special = pack.facts().filter(|fact| fact.sensitivity == 2);
    let special: BTreeSet<String> = special.map(|fact| fact.name.to_string()).collect();
    let mut named = 0;
    for entry in bundled("need_to_know") {
        let facts = list(&entry, "facts");
        if facts.iter().any(|fact| special.contains(*fact)) {
            let id = text(&entry, "id");
            let letter = condition(&entry);
            assert!(letter.is_some(), "{id}");
            let is_consent = text(&entry, "ground") == "consent";
            assert_eq!(letter == Some("a"), is_consent, "{id}");
            named += 1;
        }
    }
    assert!(named >= 5, "{named}");
}

/// What the annex says of each fact is what the policy does, asked body by body.
#[test]
fn the_annex_of_facts_says_what_a_view_opens() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let rows: BTreeMap<&str, &str> = PAGE
        .0
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let name = cells.next()?.strip_suffix('`')?;
            Some((name, cells.nth(2)?.strip_suffix(" |")?))
        })
        .collect();
    let said = |by: &str, about: &str, said: Said| Observation {
        by: body(by),
        means: Means::Attested,
        observed_on: at.date(),
        recorded_on: at.date(),
        fact: fact(about),
        said,
        remark: None,
    };
    let bodies: Vec<toml::Table> = [bundled("partner"), bundled("role")].concat();
    let policy = in_force(bundled("need_to_know"), at.date());
    let holders = in_force(bundled("holder"), at.date());
    let is_partner = |id: &str| bundled("partner").iter().any(|one| text(one, "id") == id);
    let holder_of = |id: &str| -> Option<String> {
        if is_partner(id) {
            return Some(id.to_owned());
        }
        let holder = holders.iter().find(|one| text(one, "role") == id);
        holder.map(|one| text(one, "partner").to_owned())
    };
    let (mut closed, mut open, mut named) = (0, 0, 0);
    for fact in Pack::marne().unwrap().facts().filter(|fact| !fact.derived) {
        let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
        held.receive(said("person", fact.name.as_str(), Said::Declined))
            .unwrap();
        let opened = |held: &Diagnostic, recipient: &str| -> Vec<String> {
            let view = held.view(&at, &body(recipient)).unwrap();
            let openings = view.account.openings.into_iter();
            let openings = openings.filter(|one| one.fact == fact.name);
            openings.filter_map(|one| one.rule).collect()
        };
        let told = rows[fact.name.as_str()];
        let by_theme = told.starts_with("le thème");
        // Whatever is opened to anybody without an agreement is told.
        for recipient in &bodies {
            let recipient = text(recipient, "id");
            if recipient == "person" {
                continue;
            }
            for rule in opened(&held, recipient) {
                let it = format!("{} to {recipient}: {told}", fact.name);
                assert!(by_theme || told.contains(&rule), "{it}");
                open += 1;
            }
            if told.starts_with("fermé") {
                assert!(opened(&held, recipient).is_empty(), "{recipient}");
                closed += 1;
            }
        }
        // And whatever is told is opened to all for whom it is, with their agreement where it is asked.
        for rule in &policy {
            let of_theme = list(rule, "themes").contains(&fact.theme.as_deref().unwrap_or(""));
            let by_name = told.contains(&format!("`{}`", text(rule, "id")));
            if !(by_name || (by_theme && of_theme)) {
                continue;
            }
            for recipient in list(rule, "to") {
                let leads = recipient == "lead";
                // Whom the person names is a body, and no role that nobody holds yet.
                let recipient = match recipient {
                    "lead" => Some("ml-reims".to_owned()),
                    role if text(rule, "ground") == "consent" => holder_of(role),
                    other => Some(other.to_owned()),
                };
                let Some(recipient) = recipient.as_deref() else {
                    continue;
                };
                let mut held = held.clone();
                let mut say = |about: &str, known: Knowledge| {
                    if about != fact.name.as_str() {
                        let known = Said::Known(known);
                        held.receive(said("departement-marne", about, known))
                            .unwrap();
                    }
                };
                if leads {
                    say("decision.lead_body", code(recipient).into());
                }
                if text(rule, "ground") == "consent" {
                    say("consent.share", Knowledge::exactly([code(recipient)]));
                }
                let it = format!("{} to {recipient}: {told}", fact.name);
                assert!(!opened(&held, recipient).is_empty(), "{it}");
                named += 1;
            }
        }
    }
    assert!(
        open > 500 && closed > 500 && named > 500,
        "{open} open, {closed} closed, {named} named"
    );
}

/// Entries of a pack that hold on a day.
fn in_force(entries: Vec<toml::Table>, on: NaiveDate) -> Vec<toml::Table> {
    let day = |entry: &toml::Table, key: &str| -> Option<NaiveDate> {
        entry.get(key)?.as_datetime()?.to_string().parse().ok()
    };
    let holds = |entry: &toml::Table| {
        day(entry, "from").is_none_or(|from| from <= on)
            && day(entry, "until").is_none_or(|until| on <= until)
    };
    entries.into_iter().filter(holds).collect()
}

/// Where the law asks what was done, the answer has it.
#[test]
fn the_places_that_the_page_names_are_in_an_orientation() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let caseload = Caseload::bundled(&engine).unwrap();
    let mut people = caseload.people.iter();
    let person = people.find(|person| person.reference.as_str() == "marne-03");
    let profile = person.unwrap().profile(&engine, at.date()).unwrap();
    let told = serde_json::to_value(at.orient(&profile).unwrap()).unwrap();
    let (_, table) = PAGE
        .0
        .split_once("| ce que demande R.311-3-1-2 | où |\n")
        .unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let named: Vec<&str> = table
        .split('`')
        .filter(|part| part.starts_with('/'))
        .collect();
    assert!(named.len() >= 8, "{named:?}");
    for pointer in named {
        assert!(told.pointer(pointer).is_some(), "{pointer}");
    }
}
