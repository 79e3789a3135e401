//! The columns of the extract, by their real names (`appelation_rome_1` is spelt so).

pub(super) const IDENTIFIER: &str = "identifiant_unique_de";
pub(super) const LAST_NAME: &str = "nom";
pub(super) const FIRST_NAME: &str = "prenom";
pub(super) const BIRTH_PLACE: &str = "lieu_naissance";
pub(super) const BIRTH_PLACE_CODE: &str = "code_lieu_naissance";
pub(super) const BIRTH_DATE: &str = "date_naissance";
pub(super) const POSTAL_LINE: &str = "adresse_ligne6";
pub(super) const ROME: [&str; 2] = ["rome_1", "rome_2"];
pub(super) const INTERVIEWS: [&str; 2] = ["der_entretien", "der_entretien_ppae"];
pub(super) const REGISTERED_ON: &str = "inscription";
pub(super) const CATEGORY: &str = "categorie_inscription";
pub(super) const FAMILY: &str = "dif_familiale";
pub(super) const COMMUNICATION: &str = "dif_inser_com";
pub(super) const RSA: &str = "brsa";

/// Flags of difficulties whose nature is that of one barrier.
pub(super) const DIFFICULTIES: [(&str, &str); 5] = [
    ("dif_transport", "barrier.mobility"),
    ("dif_sante", "barrier.health"),
    ("dif_logement", "barrier.housing"),
    ("dif_financiere", "barrier.financial"),
    ("dif_admin_jur", "barrier.administrative"),
];

/// Without these columns there is nobody to speak of.
pub(super) const REQUIRED: [&str; 2] = [IDENTIFIER, BIRTH_DATE];

/// The columns that hold facts or identify: each one that is missing is reported.
pub(super) const READ: [&str; 21] = [
    IDENTIFIER,
    LAST_NAME,
    FIRST_NAME,
    BIRTH_PLACE,
    BIRTH_PLACE_CODE,
    BIRTH_DATE,
    POSTAL_LINE,
    "rome_1",
    "rome_2",
    "der_entretien",
    "der_entretien_ppae",
    REGISTERED_ON,
    CATEGORY,
    "dif_transport",
    "dif_sante",
    "dif_logement",
    "dif_financiere",
    "dif_admin_jur",
    FAMILY,
    COMMUNICATION,
    RSA,
];

/// The 44 columns of the principal file, in the order in which they are sent.
pub(super) const PRINCIPAL: [&str; 44] = [
    "identifiant_unique_de",
    "civilite",
    "nom",
    "prenom",
    "lieu_naissance",
    "code_lieu_naissance",
    "date_naissance",
    "adresse_ligne2",
    "adresse_ligne3",
    "adresse_ligne4",
    "adresse_ligne5",
    "adresse_ligne6",
    "departement",
    "dr",
    "rome_1",
    "appelation_rome_1",
    "rome_2",
    "appelation_rome_2",
    "mrech.axetravailprincipal",
    "mrech.axetravailsecondaire",
    "der_entretien_ppae",
    "der_entretien",
    "inscription",
    "code_motif_inscription",
    "motif_inscription",
    "categorie_inscription",
    "struct_principale",
    "referent_civilite",
    "referent_nom",
    "referent_prenom",
    "referent_mail",
    "code_safir",
    "modalite_accompagnement",
    "struct_suivi",
    "suivi_debut",
    "suivi_fin_prev",
    "dif_financiere",
    "dif_admin_jur",
    "dif_sante",
    "dif_logement",
    "dif_transport",
    "dif_inser_com",
    "dif_familiale",
    "brsa",
];

/// Columns that name the person, a home or a counsellor: they are never kept.
pub(super) const NAMING: [&str; 16] = [
    "identifiant_unique_de",
    "civilite",
    "nom",
    "prenom",
    "lieu_naissance",
    "code_lieu_naissance",
    "date_naissance",
    "adresse_ligne2",
    "adresse_ligne3",
    "adresse_ligne4",
    "adresse_ligne5",
    "adresse_ligne6",
    "referent_civilite",
    "referent_nom",
    "referent_prenom",
    "referent_mail",
];

/// Columns that only the file of actions has.
pub(super) const OF_ACTIONS: [&str; 3] = ["codeaction", "lblaction", "date_prescription"];

/// The column of that name in the principal file.
pub(super) fn known(name: &str) -> Option<&'static str> {
    PRINCIPAL.into_iter().find(|column| *column == name)
}

/// The column of that name, when its text may be kept beside the facts.
pub(super) fn keepable(name: &str) -> Option<&'static str> {
    known(name).filter(|column| !NAMING.contains(column))
}
