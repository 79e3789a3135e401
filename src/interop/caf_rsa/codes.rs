//! What the codes of the flow say in the words of the dictionary.

use crate::fact::Value;
use crate::vocabulary::Code;

/// What a code says of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Flag(bool),
    Code(&'static str),
}

impl Says {
    pub(super) fn value(self) -> Option<Value> {
        match self {
            Self::Flag(flag) => Some(Value::Flag(flag)),
            Self::Code(code) => Code::parse(code).ok().map(Value::Code),
        }
    }
}

type Facts = &'static [(&'static str, Says)];

const WORKS: Facts = &[("employed", Says::Flag(true))];
const WORKS_ALONE: Facts = &[
    ("employed", Says::Flag(true)),
    ("self_employed", Says::Flag(true)),
];
const APPRENTICE: Facts = &[
    ("employed", Says::Flag(true)),
    ("employment.contract", Says::Code("apprenticeship")),
    ("apprentice", Says::Flag(true)),
];
const STUDIES: Facts = &[("student", Says::Flag(true))];
const STUDIES_AND_WORKS: Facts = &[
    ("student", Says::Flag(true)),
    ("employed", Says::Flag(true)),
];
const AT_SCHOOL: Facts = &[("in_school", Says::Flag(true))];
const IN_TRAINING: Facts = &[("in_training", Says::Flag(true))];
const REGISTERED: Facts = &[("jobseeker", Says::Flag(true))];
const OUT_OF_WORK: Facts = &[("employed", Says::Flag(false))];
const ON_ASS: Facts = &[("ass", Says::Flag(true)), ("employed", Says::Flag(false))];

/// What an activity (`ACT`) says. Of the codes that are not here, illness, disability, leave and
/// retirement above all, the label says nothing that a fact holds: no diagnosis has a place in
/// the dictionary, and a pension is attested by who pays it.
pub(super) fn activity(code: &str) -> Option<Facts> {
    match code {
        "SAL" | "VRP" | "GSA" | "TSA" | "DNL" | "AMT" | "CPL" | "CGP" | "CES" | "CEA" | "CEN"
        | "CSA" | "CIA" | "CIS" | "RMA" | "ANI" | "CAP" | "CDA" | "CDN" | "CHA" => Some(WORKS),
        "ETI" | "EXP" => Some(WORKS_ALONE),
        "APP" => Some(APPRENTICE),
        "ETU" | "EBO" => Some(STUDIES),
        "ETS" => Some(STUDIES_AND_WORKS),
        "SCO" => Some(AT_SCHOOL),
        "SFP" => Some(IN_TRAINING),
        "ANP" => Some(REGISTERED),
        "ASS" => Some(ON_ASS),
        "ABA" | "ADA" | "ADN" | "AFC" | "AFD" | "AIN" | "ASP" | "CHO" | "CHR" | "CNI" | "FDA"
        | "FDN" | "SAC" | "SAV" | "SSA" => Some(OUT_OF_WORK),
        _ => None,
    }
}

/// An activity that keeps somebody away from the household.
pub(super) fn is_away(code: &str) -> bool {
    matches!(code, "ABS" | "NCH" | "CBS")
}

/// The kinds of suspension that a listed reason may be: several where its label leaves it open
/// whether the Département decided.
pub(super) fn suspension(code: &str) -> &'static [&'static str] {
    match code {
        // The numbers are of `MOTISUSVERSRSA`, the letters G of `MOTISUSDRORSA`.
        "CG" | "GJ" => &["decision_of_department"],
        "70" | "CV" | "GK" | "GL" => &["decision_of_department", "other_administrative"],
        "01" => &["resources"],
        "05" => &["resources", "other_administrative"],
        "06" => &["missing_declaration"],
        "04" | "36" => &["stay_permit"],
        "DE" | "DF" | "DK" | "GC" | "GE" | "GI" => &["missing_document"],
        _ => &["other_administrative"],
    }
}

/// The same where both lists have a code and mean different things by it.
pub(super) fn suspension_of_right(code: &str) -> &'static [&'static str] {
    match code {
        "DB" => &["resources", "missing_declaration"],
        _ => suspension(code),
    }
}

/// Whether a situation of family (`SITFAM`) is that of a couple; nothing where it is not said.
pub(super) fn is_couple(code: &str) -> Option<bool> {
    match code {
        "MAR" | "PAC" | "RPA" | "RVC" | "RVM" | "VIM" => Some(true),
        "CEL" | "DIV" | "ISO" | "SEF" | "SEL" | "VEU" => Some(false),
        _ => None,
    }
}

/// Whether a benefit (`NATPF`) is the one that is increased for who raises a child alone.
pub(super) fn is_increased(code: &str) -> Option<bool> {
    match code {
        "RSI" | "RCI" => Some(true),
        "RSD" | "RSU" | "RSB" | "RCD" | "RCU" | "RCB" | "RSJ" | "RCJ" => Some(false),
        _ => None,
    }
}

/// Whether resources (`NATRESS`) are earned by work; nothing where the label leaves it open.
pub(super) fn is_earned(code: &str) -> Option<bool> {
    match code {
        "001" | "003" | "005" | "007" | "200" | "215" => Some(true),
        "000" | "010" | "011" | "012" | "013" | "014" | "020" | "021" | "022" | "023" | "024"
        | "025" | "026" | "027" | "028" | "029" | "040" | "043" | "070" | "071" | "072" | "203"
        | "206" | "212" => Some(false),
        _ => None,
    }
}

/// What may be where somebody has no fixed address.
pub(super) const WITHOUT_ADDRESS: [&str; 4] = ["hosted_precarious", "shelter", "street", "other"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interop::caf_rsa::schema;

    #[test]
    fn every_code_that_says_something_is_of_its_list() {
        let letters = || (b'0'..=b'9').chain(b'A'..=b'Z').map(char::from);
        let listed = |element, code: &str| schema::list(element).unwrap().contains(&code);
        for (a, b, c) in
            letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| (a, b, c))))
        {
            let code = format!("{a}{b}{c}");
            for (element, says) in [
                ("ACT", activity(&code).is_some() || is_away(&code)),
                ("SITFAM", is_couple(&code).is_some()),
                ("NATPF", is_increased(&code).is_some()),
                ("NATRESS", is_earned(&code).is_some()),
            ] {
                assert!(!says || listed(element, &code), "{element} {code}");
            }
            let short = format!("{a}{b}");
            if suspension(&short) != ["other_administrative"] {
                let known = |element| listed(element, &short);
                assert!(known("MOTISUSVERSRSA") || known("MOTISUSDRORSA"), "{short}");
            }
        }
    }
}
