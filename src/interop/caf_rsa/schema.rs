//! The elements of the flow and the codes they hold, from its XML schema (`vrsb0801.xsd`) and the
//! lists that Carnet de bord and `WebRSA` publish.

/// The states of the right, `ETATDOSRSA`.
pub(super) const STATES: [&str; 7] = ["0", "1", "2", "3", "4", "5", "6"];

/// Elements that hold others, and those that may stand in them.
const ELEMENTS: &[(&str, &[&str])] = &[
    (
        "Racine",
        &["IdentificationFlux", "InfosFoyerRSA", "TransmissionFlux"],
    ),
    (
        "IdentificationFlux",
        &[
            "APPLIEME",
            "NUMVERSIONAPPLIEME",
            "TYPEFLUX",
            "NATFLUX",
            "DTCREAFLUX",
            "HEUCREAFLUX",
            "DTREF",
        ],
    ),
    (
        "InfosFoyerRSA",
        &[
            "IdentificationRSA",
            "Personne",
            "DonneesAdministratives",
            "PrestationRSA",
            "Evenement",
            "Controle",
            "Anomalie",
        ],
    ),
    (
        "IdentificationRSA",
        &[
            "Organisme",
            "Partenaire",
            "DemandeRSA",
            "DemandeRMI",
            "OrganismeCedant",
            "OrganismePrenant",
        ],
    ),
    ("Organisme", &["FONORG", "NUMORG", "MATRICULE"]),
    ("Partenaire", &["TYPEPARTE", "IDEPARTE"]),
    ("DemandeRSA", &["DTDEMRSA", "NUMDEMRSA"]),
    ("DemandeRMI", &["DateDemandeRMI", "NumeroInstructionRMI"]),
    ("DateDemandeRMI", &["DTDEMRMI"]),
    (
        "NumeroInstructionRMI",
        &[
            "NUMDEPINSRMI",
            "TYPEINSRMI",
            "NUMCOMINSRMI",
            "NUMAGRINSRMI",
            "NUMDOSINSRMI",
            "NUMCLI",
        ],
    ),
    (
        "OrganismeCedant",
        &[
            "FONORGCEDMUT",
            "NUMORGCEDMUT",
            "MATRICULEORGCEDMUT",
            "DDARRMUT",
        ],
    ),
    (
        "OrganismePrenant",
        &["FONORGPRENMUT", "NUMORGPRENMUT", "DDDEPAMUT"],
    ),
    (
        "Personne",
        &[
            "Identification",
            "DossierCAF",
            "Prestations",
            "Rattachement",
            "DossierPoleEmploi",
            "Ressources",
            "MontantCalculDroitRSAPersonne",
            "Activite",
            "PensionAlimentaire",
            "Grossesse",
            "InformationsAgricoles",
            "AvisPCGPersonne",
            "AvisCGSSDOMPersonne",
        ],
    ),
    (
        "Identification",
        &[
            "QUAL",
            "NOM",
            "NOMNAI",
            "PRENOM",
            "PRENOM2",
            "PRENOM3",
            "NOMCOMNAI",
            "DTNAI",
            "RGNAI",
            "TYPEDTNAI",
            "NIR",
            "TOPVALIEC",
            "SEXE",
        ],
    ),
    (
        "DossierCAF",
        &["TOPRESPDOS", "DDRATDOS", "DFRATDOS", "NUMDEMRSAPRECE"],
    ),
    ("Prestations", &["NATPREST", "ROLEPERS", "TOPCHAPERS"]),
    (
        "Rattachement",
        &["NOMNAI", "PRENOM", "DTNAI", "NIR", "TYPEPAR"],
    ),
    ("DossierPoleEmploi", &["IDASSEDIC"]),
    (
        "Ressources",
        &["GeneraliteRessourcesTrimestre", "RessourcesMensuelles"],
    ),
    (
        "GeneraliteRessourcesTrimestre",
        &["TOPRESSNUL", "DDRESS", "DFRESS"],
    ),
    (
        "RessourcesMensuelles",
        &[
            "GeneraliteRessourcesMensuelles",
            "DetailRessourcesMensuelles",
        ],
    ),
    (
        "GeneraliteRessourcesMensuelles",
        &["MOISRESS", "NBHEUMENTRA"],
    ),
    (
        "DetailRessourcesMensuelles",
        &["NATRESS", "MTNATRESSMEN", "ABANEU"],
    ),
    (
        "MontantCalculDroitRSAPersonne",
        &[
            "TOPPERSDRODEVORSA",
            "TOPPERSENTDRODEVORSA",
            "MTPERSRESSMENRSA",
            "MTPERSABANEURSA",
        ],
    ),
    (
        "Activite",
        &[
            "REG",
            "ACT",
            "DDACT",
            "DFACT",
            "NATCONTRTRA",
            "TOPCONDADMETI",
        ],
    ),
    ("PensionAlimentaire", &["Asf", "CreanceAlimentaire"]),
    ("Asf", &["SITASF", "PARASSOASF", "DDASF", "DFASF"]),
    (
        "CreanceAlimentaire",
        &[
            "ETATCREALIM",
            "DDCREALIM",
            "DFCREALIM",
            "ORIOBLALIM",
            "MOTIDISCREALIM",
            "COMMCREALIM",
            "MTSANCREALIM",
        ],
    ),
    ("Grossesse", &["DDGRO", "DFGRO", "DTDECLGRO", "NATFINGRO"]),
    (
        "InformationsAgricoles",
        &["MTBENAGRI", "REGFISAGRI", "DTBENAGRI"],
    ),
    (
        "AvisPCGPersonne",
        &["ConditionETI", "Derogation", "ExclueRSA", "Liberalite"],
    ),
    (
        "ConditionETI",
        &[
            "AVISEVARESSNONSAL",
            "DTSOURESSNONSAL",
            "DTEVARESSNONSAL",
            "MTEVARESSNONSAL",
        ],
    ),
    (
        "Derogation",
        &["TYPEDERO", "AVISDERO", "DDAVISDERO", "DFAVISDERO"],
    ),
    ("ExclueRSA", &["EXCL", "DDEXCL", "DFEXCL"]),
    ("Liberalite", &["MTLIBERNONDECL", "DTABSDECLLIBER"]),
    ("AvisCGSSDOMPersonne", &["JUSACTDOM", "RESUJUSACTDOM"]),
    ("DonneesAdministratives", &["SituationFamille", "Adresse"]),
    ("SituationFamille", &["SITFAM", "DDSITFAM", "REGAGRIFAM"]),
    (
        "Adresse",
        &[
            "TroncCommunAdresse",
            "AdresseDetailleeFrance",
            "AdresseHorsFrance",
        ],
    ),
    (
        "TroncCommunAdresse",
        &["RGADR", "DTEMM", "PAYS", "TYPEADR", "ETATADR"],
    ),
    (
        "AdresseDetailleeFrance",
        &[
            "COMPLIDEADR",
            "COMPLADR",
            "NUMVOIE",
            "LIBTYPEVOIE",
            "NOMVOIE",
            "LIEUDIST",
            "NUMCOM",
            "CODEPOS",
            "NOMCOM",
        ],
    ),
    (
        "AdresseHorsFrance",
        &[
            "LIBLIG2ADR",
            "LIBLIG3ADR",
            "LIBLIG4ADR",
            "LIBLIG5ADR",
            "LIBLIG6ADR",
            "LIBLIG7ADR",
        ],
    ),
    ("PrestationRSA", &["SituationDossierRSA", "DetailDroitRSA"]),
    (
        "SituationDossierRSA",
        &[
            "EtatDossierRSA",
            "Refus",
            "SuspensionDroit",
            "SuspensionVersement",
            "FinDroit",
            "FinDroitMoisAnterieur",
        ],
    ),
    ("EtatDossierRSA", &["ETATDOSRSA"]),
    ("Refus", &["DTREFURSA", "MOTIREFURSA"]),
    (
        "SuspensionDroit",
        &["MOTISUSDRORSA", "DDSUSDRORSA", "NATGROUPFSUS"],
    ),
    ("SuspensionVersement", &["MOTISUSVERSRSA", "DDSUSVERSRSA"]),
    ("FinDroit", &["MOTICLORSA", "DTCLORSA"]),
    ("FinDroitMoisAnterieur", &["MOTICLORSA", "DTCLORSA"]),
    (
        "DetailDroitRSA",
        &[
            "TroncCommunDroitRSA",
            "SpecificiteDOM",
            "MontantsCalculDroitRSA",
            "DetailCalculDroitRSA",
            "AvisPCGDroitRSA",
        ],
    ),
    (
        "TroncCommunDroitRSA",
        &[
            "TOPSANSDOMFIXE",
            "NBENFAUTCHA",
            "ORIDEMRSA",
            "DTORIDEMRSA",
            "TOPFOYDRODEVORSA",
        ],
    ),
    (
        "SpecificiteDOM",
        &[
            "SURFAGRIDOM",
            "DDSURFAGRIDOM",
            "SURFAGRIDOMPLA",
            "NBTOTAIDEFAMSURFDOM",
            "NBTOTPERSMAJOSURFDOM",
        ],
    ),
    (
        "MontantsCalculDroitRSA",
        &[
            "DDELECAL",
            "DFELECAL",
            "MTREVMINIGARARSA",
            "MTPENTRSA",
            "MTLOCALRSA",
            "MTREVGARARSA",
            "MTPFRSA",
            "MTALRSA",
            "MTRESSMENRSA",
            "MTSANOBLALIMRSA",
            "MTREDHOSRSA",
            "MTREDCGRSA",
            "MTCUMINTEGRSA",
            "MTABANEURSA",
            "MTTOTDRORSA",
        ],
    ),
    (
        "DetailCalculDroitRSA",
        &[
            "NATPF",
            "SOUSNATPF",
            "DDNATDRO",
            "DFNATDRO",
            "MTRSAVERS",
            "DTDERRSAVERS",
        ],
    ),
    (
        "AvisPCGDroitRSA",
        &["ConditionAdministrative", "ReductionRSA", "PaiementTiers"],
    ),
    (
        "ConditionAdministrative",
        &[
            "AVISCONDADMRSA",
            "MOTICONDADMRSA",
            "COMM1CONDADMRSA",
            "COMM2CONDADMRSA",
            "DTEFFAVISCONDADMRSA",
        ],
    ),
    ("ReductionRSA", &["MTREDRSA", "DDREDRSA", "DFREDRSA"]),
    (
        "PaiementTiers",
        &[
            "AVISDESTPAIRSA",
            "DTAVISDESTPAIRSA",
            "NOMTIE",
            "TYPEPERSTIE",
        ],
    ),
    ("Evenement", &["DTLIQ", "HEULIQ", "FG"]),
    ("Controle", &["ControleAdministratif"]),
    (
        "ControleAdministratif",
        &[
            "IdentificationCibleControleAdministratif",
            "IdentificationControleAdministratif",
            "ModaliteControleAdministratif",
            "ResultatControleAdministratif",
        ],
    ),
    (
        "IdentificationCibleControleAdministratif",
        &["DTEFFCIBCONTRO", "CIBCONTRO", "CIBCONTROMSA"],
    ),
    (
        "IdentificationControleAdministratif",
        &["DTDETECCONTRO", "DTCLOCONTRO"],
    ),
    (
        "ModaliteControleAdministratif",
        &[
            "LIBCIBCONTRO",
            "FAMCIBCONTRO",
            "NATCIBCONTRO",
            "COMMACONTRO",
            "TYPECONTRO",
        ],
    ),
    (
        "ResultatControleAdministratif",
        &["TYPEIMPACCONTRO", "MTINDURSACGCONTRO", "MTRAPRSACGCONTRO"],
    ),
    ("Anomalie", &["LIBANO"]),
    (
        "TransmissionFlux",
        &["NBTOTDOSRSATRANSM", "NBTOTDOSRSATRANSMANO"],
    ),
];

/// Elements that hold a code of a list.
const LISTS: &[(&str, &[&str])] = &[
    (
        "MOTISUSVERSRSA",
        &[
            "01", "02", "03", "04", "05", "06", "09", "19", "31", "34", "35", "36", "44", "70",
            "78", "84", "85", "97", "AB", "CV", "CZ", "DA", "DB", "DC", "CG",
        ],
    ),
    (
        "MOTICLORSA",
        &[
            "PCG", "ECH", "EFF", "MUT", "RGD", "RFD", "RAU", "RST", "RSO",
        ],
    ),
    (
        "MOTISUSDRORSA",
        &[
            "DA", "DB", "DC", "DD", "DE", "DF", "DG", "DH", "DI", "DJ", "DK", "DL", "DM", "DN",
            "DO", "DP", "DQ", "DR", "GA", "GC", "GE", "GF", "GI", "GJ", "GK", "GL", "GR", "GS",
            "GX",
        ],
    ),
    (
        "MOTIREFURSA",
        &[
            "DSD", "F02", "F04", "F09", "F85", "F97", "FDB", "FDD", "PCG",
        ],
    ),
    (
        "SITFAM",
        &[
            "ABA", "CEL", "DIV", "ISO", "MAR", "PAC", "RPA", "RVC", "RVM", "SEF", "SEL", "VEU",
            "VIM",
        ],
    ),
    ("TYPEDTNAI", &["J", "N", "O"]),
    ("ROLEPERS", &["DEM", "CJT", "ENF", "AUT", "RDO"]),
    ("FONORG", &["CAF", "MSA"]),
    ("TYPEPARTE", &["CG", "CT", "CCAS", "CIAS", "PE", "MDPH"]),
    ("ORIDEMRSA", &["API", "DEM", "RMI"]),
    ("TYPEADR", &["D", "P", "R"]),
    ("ETATADR", &["AU", "CO", "NC", "VC", "VO"]),
    ("RGADR", &["01", "02", "03"]),
    ("PAYS", &["FRA", "HOR"]),
    (
        "TYPEPAR",
        &[
            "ADP", "ASC", "AUT", "BFI", "COL", "DES", "FRE", "LEG", "NAT", "NEV", "ONC", "REA",
            "REC",
        ],
    ),
    (
        "REG",
        &[
            "AA", "AD", "AG", "AL", "AM", "CL", "EF", "EN", "FP", "FT", "GE", "MC", "MI", "MO",
            "NI", "PM", "PT", "RE", "RL", "RP", "SN",
        ],
    ),
    ("REGAGRIFAM", &["NSA", "SA"]),
    (
        "ACT",
        &[
            "AAP", "ABA", "ABS", "ADA", "ADN", "AFA", "AFC", "AFD", "AIN", "AMA", "AMT", "ANI",
            "ANP", "APP", "ASP", "ASS", "CAC", "CAP", "CAR", "CAT", "CBS", "CCV", "CDA", "CDN",
            "CEA", "CEN", "CES", "CGP", "CHA", "CHO", "CHR", "CIA", "CIS", "CJT", "CLD", "CNI",
            "CPL", "CSA", "CSS", "DEG", "DNL", "DSF", "EBO", "ETI", "ETS", "ETU", "EXP", "EXS",
            "FDA", "FDN", "GSA", "HAN", "IAD", "INF", "INP", "INT", "INV", "JNF", "MAL", "MAR",
            "MAT", "MLD", "MMA", "MMC", "MMI", "MNE", "MOA", "MOC", "NAS", "NCH", "NOB", "PIL",
            "PRE", "RAC", "RAT", "RET", "RMA", "RSA", "SAB", "SAC", "SAL", "SAV", "SCI", "SCO",
            "SFP", "SIN", "SNA", "SNR", "SSA", "SUR", "TSA", "VRP",
        ],
    ),
    (
        "NATRESS",
        &[
            "000", "001", "002", "003", "004", "005", "006", "007", "009", "010", "011", "012",
            "013", "014", "020", "021", "022", "023", "024", "025", "026", "027", "028", "029",
            "030", "031", "032", "033", "034", "040", "041", "042", "043", "050", "051", "052",
            "053", "054", "055", "060", "061", "062", "063", "064", "065", "066", "070", "071",
            "072", "080", "082", "083", "085", "087", "088", "200", "201", "203", "204", "205",
            "206", "207", "211", "212", "213", "214", "215", "216", "300", "301", "302", "303",
            "305", "306", "400", "402", "403", "404", "405", "406", "407", "408", "409", "410",
            "500", "600", "602", "777", "888", "999",
        ],
    ),
    ("NATGROUPFSUS", &["RSA", "RSX", "RCX", "DIF", "HOS", "ISO"]),
    ("NATFINGRO", &["D", "I", "M", "N", "R", "F"]),
    ("TYPEDERO", &["AGE", "ACT", "RES", "NAT"]),
    ("AVISDERO", &["D", "O", "N", "A"]),
    (
        "FG",
        &[
            "SUS",
            "DESALL",
            "SITPRO",
            "INTGRO",
            "ETACIV",
            "SITENFAUT",
            "RESTRIRSA",
            "SITFAM",
            "DECDEMPCG",
            "CARRSA",
            "PROPCG",
            "HOSPLA",
            "CIRMA",
            "SUIRMA",
            "RECPEN",
            "TITPEN",
            "REA",
            "DERPRE",
            "ABANEURES",
            "DEMRSA",
            "CREALI",
            "ASF",
            "EXCPRE",
            "ADR",
            "RAD",
            "MUT",
            "JUSRSAJEU",
            "AIDFAM",
            "ENTDED",
            "JUSACT",
            "SURPONEXP",
        ],
    ),
    // The nature of the benefit, as `WebRSA` names it (model `Detailcalculdroitrsa`).
    (
        "NATPF",
        &[
            "RSD", "RSI", "RSU", "RSB", "RCD", "RCI", "RCU", "RCB", "RSJ", "RCJ",
        ],
    ),
];

/// Elements whose content tells who somebody is: lent to the caller, and kept nowhere.
const IDENTITY: &[&str] = &[
    "Identification",
    "Rattachement",
    "DossierPoleEmploi",
    "AdresseDetailleeFrance",
    "AdresseHorsFrance",
    "Organisme",
    "OrganismeCedant",
    "DemandeRSA",
    "DemandeRMI",
    "NumeroInstructionRMI",
    "PaiementTiers",
];

/// Elements in which somebody writes what they want, of whomever.
const FREE_TEXT: &[&str] = &["COMMCREALIM", "LIBANO"];

/// The name of an element, where it may stand in another.
pub(super) fn child(parent: &str, name: &str) -> Option<&'static str> {
    let (_, children) = ELEMENTS.iter().find(|(element, _)| *element == parent)?;
    children.iter().find(|child| **child == name).copied()
}

/// Whether an element of the format holds others.
pub(super) fn holds_others(name: &str) -> bool {
    ELEMENTS.iter().any(|(element, _)| *element == name)
}

/// The codes that an element may hold, where there is a list.
pub(super) fn list(name: &str) -> Option<&'static [&'static str]> {
    let list = LISTS.iter().find(|(element, _)| *element == name);
    list.map(|(_, codes)| *codes)
}

/// Whether what stands in an element tells who somebody is.
pub(super) fn is_identity(name: &str) -> bool {
    IDENTITY.contains(&name)
}

/// Whether what stands in an element is free text.
pub(super) fn is_free_text(name: &str) -> bool {
    FREE_TEXT.contains(&name)
}

/// Whether an element of this name tells who somebody is, wherever it stands.
pub(super) fn names_somebody(name: &str) -> bool {
    let mut holders = ELEMENTS.iter().filter(|(element, _)| is_identity(element));
    holders.any(|(_, children)| children.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_has_its_place_and_every_list_its_element() {
        let known = |name: &str| {
            ELEMENTS
                .iter()
                .any(|(_, children)| children.contains(&name))
        };
        for (element, children) in ELEMENTS {
            assert!(*element == "Racine" || known(element), "{element}");
            let mut sorted = children.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), children.len(), "{element}");
        }
        for element in IDENTITY.iter().chain(FREE_TEXT) {
            assert!(known(element), "{element}");
        }
        for (element, codes) in LISTS {
            assert!(known(element) && !codes.is_empty(), "{element}");
        }
        assert_eq!(child("Personne", "NOM"), None);
        assert_eq!(child("Rattachement", "NOM"), None);
        assert_eq!(child("Identification", "NOM"), Some("NOM"));
    }
}
