//! The codes of the individual file, by constraint, with their labels to the letter (two of them end with a
//! blank, one lacks an accent). The four spaces of codes overlap: `23` is a constraint, a situation and an objective.
//!
//! Source: `backend/tests/mocks/pole_emploi_dossier_individu.py` and `backend/cdb/pe/models/dossier_individu_api.py` of
//! gip-inclusion/carnet-de-bord (2024-02-29).

/// A code and its label.
pub(super) type Labelled = (&'static str, &'static str);

/// A constraint, and what the file lists under it.
pub(super) struct Constraint {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    /// The fact that holds whether it is open or closed; those of its situations and goals begin with it.
    pub(super) fact: &'static str,
    /// The barrier that it is, where it is one only.
    pub(super) barrier: Option<&'static str>,
    pub(super) situations: &'static [Labelled],
    pub(super) goals: &'static [Labelled],
}

/// The constraints, in the order of the file.
pub(super) const CONSTRAINTS: [Constraint; 7] = [
    Constraint {
        code: "23",
        label: "Développer sa mobilité",
        fact: "france_travail.mobility",
        barrier: Some("barrier.mobility"),
        situations: &[
            ("6", "Aucun moyen de transport à disposition"),
            ("7", "Dépendant des transports en commun"),
            ("8", "Permis non valide / suspension de permis"),
            ("40", "État de santé incompatible avec la conduite"),
        ],
        goals: &[
            ("25", "Faire un point complet sur sa mobilité"),
            ("26", "Accéder à un véhicule"),
            ("27", "Entretenir ou réparer son véhicule"),
            ("28", "Obtenir le permis de conduire (code / conduite)"),
            (
                "29",
                "Trouver une solution de transport (hors acquisition ou entretien de véhicule)",
            ),
            ("30", "Travailler la mobilité psychologique"),
        ],
    },
    Constraint {
        code: "24",
        label: "Surmonter ses contraintes familiales",
        fact: "france_travail.family",
        barrier: None,
        situations: &[
            ("9", "Enfant(s) en situation de handicap"),
            ("10", "Contraintes horaires"),
            ("11", "Aidant familial (s'occuper d'un proche)"),
            ("12", "Autres contraintes familiales à prendre en compte"),
            ("13", "Enfant(s) de moins de 3 ans sans solution de garde"),
            ("14", "Attend un enfant ou plus"),
        ],
        goals: &[
            (
                "1",
                "Faire face à la prise en charge d'une personne dépendante",
            ),
            ("2", "Trouver des solutions de garde d'enfant"),
            (
                "3",
                "Surmonter des difficultés éducatives ou de parentalité",
            ),
            ("4", "Faire face à un conflit familial et/ou une séparation"),
            ("5", "Obtenir le statut d'aidant familial"),
            ("6", "Rompre l'isolement"),
        ],
    },
    Constraint {
        code: "25",
        label: "Prendre en compte son état de santé",
        fact: "france_travail.health",
        barrier: Some("barrier.health"),
        situations: &[
            (
                "15",
                "Problème déclaré entravant l'exercice de certains métiers",
            ),
            ("16", "Couverture sociale / mutuelle à mettre à jour"),
            (
                "17",
                "Problème déclaré ne permettant plus d'exercer une activité professionnelle",
            ),
            (
                "18",
                "Problème déclaré ne permettant pas de reprendre une activité professionnelle immédiate",
            ),
            ("19", "Problème déclaré entrainant des absences régulières"),
        ],
        goals: &[
            (
                "31",
                "Bénéficier d'un accompagnement pour accéder aux droits et aux soins",
            ),
            (
                "32",
                "Travailler sur les comportements de santé (dépendances, hygiènes corporelles, dépistage, ...)",
            ),
        ],
    },
    Constraint {
        code: "26",
        label: "Développer ses capacités en lecture, écriture et calcul",
        fact: "france_travail.language",
        barrier: Some("barrier.language"),
        situations: &[
            ("20", "Non maitrise de l'écrit en français (écrit)"),
            ("21", "Non maitrise de la lecture en français (lu)"),
            ("22", "Non maitrise de la compréhension du français (parlé)"),
            ("23", "Difficultés en calcul"),
        ],
        goals: &[
            ("23", "Apprendre / Améliorer ses capacités en français "),
            ("24", "Apprendre / Améliorer ses capacités en calcul"),
        ],
    },
    Constraint {
        code: "27",
        label: "Faire face à des difficultés de logement",
        fact: "france_travail.housing",
        barrier: Some("barrier.housing"),
        situations: &[
            ("24", "Sans hébergement / rupture effective de logement"),
            ("25", "Logement insalubre"),
            ("26", "Difficulté à payer le loyer"),
            ("27", "Doit quitter le logement"),
            ("28", "Territoire rural isolé"),
            ("41", "Besoin d'adapter le logement"),
        ],
        goals: &[
            ("17", "Se maintenir dans le logement"),
            ("18", "Réduire les impayés de loyer"),
            ("19", "Rechercher une solution d'hébergement temporaire "),
            ("20", "Accéder à un logement"),
            ("21", "Changer de logement"),
            (
                "22",
                "S'informer sur les démarches liées à l'accès au logement",
            ),
        ],
    },
    Constraint {
        code: "28",
        label: "Faire face à des difficultés financières",
        fact: "france_travail.financial",
        barrier: Some("barrier.financial"),
        situations: &[
            ("29", "Sans aucune ressource"),
            ("30", "Baisse des ressources"),
            ("31", "Difficulté dans la gestion d'un budget"),
            ("32", "En situation de surendettement"),
            ("33", "Besoin d'un soutien alimentaire"),
            (
                "34",
                "Ressources précaires (inférieures au seuil de pauvreté)",
            ),
        ],
        goals: &[
            ("13", "Améliorer sa gestion budgétaire"),
            (
                "14",
                "Faire face à une situation d'endettement / surendettement",
            ),
            ("15", "Acquérir une autonomie budgétaire"),
            (
                "16",
                "Mettre en place une mesure de protection financières (tutelles, curatelles, ...)",
            ),
        ],
    },
    Constraint {
        code: "29",
        label: "Faire face à des difficultés administratives ou juridiques",
        fact: "france_travail.administrative",
        barrier: Some("barrier.administrative"),
        situations: &[
            ("35", "Difficultés à effectuer une démarche administrative"),
            (
                "36",
                "Besoin d'etre guidé dans le cadre d'un accès aux droits",
            ),
            ("37", "Rencontre des difficultés juridiques"),
            ("38", "Difficulté à accéder à un justificatif d'identité"),
            ("39", "Difficulté à accéder à son avis d'imposition"),
        ],
        goals: &[
            (
                "7",
                "Connaitre les voies de recours face à une discrimination",
            ),
            ("8", "Prendre en compte une problématique judiciaire"),
            ("9", "Bénéficier d'un appui aux démarches administratives"),
            (
                "10",
                "Bénéficier d'un accompagnement pour accéder aux droits",
            ),
            ("11", "Bénéficier d'une mesure d'accompagnement adapté"),
            (
                "12",
                "Bénéficier d'un accompagnement à l'accès à la citoyenneté",
            ),
        ],
    },
];

/// What somebody may need for a job, or be good at. There is no `7`.
pub(super) const NEEDS: [Labelled; 20] = [
    ("1", "Identifier ses points forts et ses compétences"),
    ("2", "Connaître les opportunités d’emploi"),
    ("3", "Découvrir un métier ou un secteur d’activité"),
    ("4", "Confirmer son choix de métier"),
    ("5", "Trouver sa formation"),
    ("6", "Monter son dossier de formation"),
    ("8", "Valoriser ses compétences"),
    ("9", "Réaliser un CV et/ou une lettre de motivation"),
    ("10", "Développer son réseau"),
    ("11", "Organiser ses démarches de recherche d’emploi"),
    ("12", "Répondre à des offres d’emploi"),
    ("13", "Faire des candidatures spontanées"),
    ("14", "Suivre ses candidatures et relancer les recruteurs"),
    ("15", "Convaincre un recruteur en entretien"),
    ("16", "Définir son projet de création d’entreprise"),
    ("17", "Structurer son projet de création d’entreprise"),
    ("18", "Développer son entreprise"),
    ("19", "Connaître les opportunités d’emploi à l’étranger"),
    (
        "20",
        "S’informer sur les aides pour travailler à l’étranger",
    ),
    ("21", "S’organiser suite à son retour en France"),
];
