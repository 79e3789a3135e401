//! The kinds of mistakes that the author of a pack can make.

use super::At;

/// A remark that the author of an entry answers, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) remark: Mistake,
    /// Of a remark that is made of facts, the one that is answered.
    pub(crate) about: Option<Box<str>>,
    pub(crate) at: At,
}

/// The remarks that the author of an entry answers.
pub(crate) type Answers = Vec<Answered>;

macro_rules! kinds {
    ($($kind:ident, $code:literal, $title:literal, $mend:literal;)*) => {
        /// A kind of mistake in a pack: a stable code, a title and a general mend, both in
        /// French for the people who write packs.
        ///
        /// ```
        /// use spie::pack::Mistake;
        /// assert_eq!(Mistake::UnknownKey.code(), "P002");
        /// assert!(Mistake::ALL.len() > 60);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Mistake {
            $(#[doc = concat!("`", $code, "`: ", $title, ".")] $kind,)*
        }

        impl Mistake {
            /// Every kind, in the order of codes.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The code, which is never given to another kind.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$kind => $code),* }
            }

            /// What it is, in French.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$kind => $title),* }
            }

            /// A remark, which leaves the pack sound: codes that begin with `C` (what the
            /// examples leave untried) or `L` (what a rule does to people).
            #[must_use]
            pub fn is_remark(self) -> bool {
                self.code().starts_with(['C', 'L'])
            }

            /// A remark on each of the facts by which somebody loses.
            pub(crate) fn is_of_facts(self) -> bool {
                matches!(self, Self::SensitiveLowers | Self::NoLaw)
            }

            /// What to do where nothing likelier is known, in French.
            #[must_use]
            pub fn mend(self) -> &'static str {
                match self { $(Self::$kind => $mend),* }
            }
        }
    };
}

kinds! {
    Toml, "P001", "fichier TOML illisible", "relisez guillemets, crochets et virgules à cet endroit";
    UnknownKey, "P002", "clé inconnue", "corrigez son nom, ou retirez-la";
    MissingKey, "P003", "clé absente", "ajoutez-la";
    WrongForm, "P004", "valeur d'une autre forme", "écrivez la forme attendue";
    BadName, "P005", "nom mal formé", "minuscules sans accent, chiffres, et les signes permis à cet endroit";
    Twice, "P006", "défini deux fois", "gardez une seule définition, ou donnez un autre nom à l'une";
    SameDay, "P007", "deux versions le même jour", "donnez un autre `id` à l'une, ou fermez la première avec `until`, la veille du `from` de la seconde";
    EmptyPeriod, "P008", "période qui finit avant de commencer", "échangez `from` et `until`";
    SameOrder, "P009", "deux parcours de même rang", "donnez à chacun son rang";
    Syntax, "P010", "condition qui ne se lit pas", "comparez un fait et une valeur, et reliez par `and` ou `or`";
    UnknownName, "P011", "nom inconnu dans une condition", "cherchez le nom du fait dans le dictionnaire (`packs/core/*.toml`), ou définissez la condition ou l'ensemble";
    WrongType, "P012", "valeur d'un autre type que le fait", "écrivez une valeur du type du fait";
    UnknownCode, "P013", "code absent de la nomenclature", "prenez un code de la nomenclature, ou ajoutez-l'y";
    OutOfBounds, "P014", "nombre hors des bornes", "écrivez un nombre entre les bornes";
    WrongTest, "P015", "test qui ne convient pas à ce fait", "choisissez un test fait pour ce type de fait";
    UnknownList, "P016", "liste ou champ inconnu", "une liste du dictionnaire doit porter ce nom";
    NotInForce, "P017", "utilisé hors de sa période", "donnez-lui une période de plus, ou limitez celle qui l'utilise";
    Circle, "P018", "définition en cercle", "retirez l'un des renvois du cercle";
    TooLarge, "P019", "limite dépassée", "découpez en plusieurs conditions nommées, ou en plusieurs paquets";
    UnknownScheme, "P020", "dispositif inconnu", "définissez-le par `[[scheme]]`";
    UnknownBody, "P021", "organisme ou rôle inconnu", "définissez-le par `[[partner]]` ou `[[role]]`";
    UnknownFact, "P022", "fait inconnu", "cherchez son nom dans le dictionnaire (`packs/core/*.toml`)";
    NoPresumption, "P023", "présomption interdite", "retirez `presume`";
    Template, "P024", "accolade d'une phrase", "entre accolades : `body`, un organisme, un rôle ou une valeur";
    LastTrack, "P025", "dernier parcours", "le dernier parcours, et lui seul, n'a pas de `when`";
    Deadline, "P026", "délai qui ne se lit pas", "écrivez par exemple `15 working days`, `2 months of rsa.opened_on` ou `before 2027-01-01`";
    Parent, "P027", "paquet prolongé", "donnez dans `extends` l'identifiant du paquet prolongé, et ce paquet avec celui-ci";
    NotInherited, "P028", "rien à remplacer ni à finir", "donnez l'identifiant d'une entrée du paquet prolongé";
    UnknownSection, "P029", "section inconnue", "corrigez son nom";
    SingleTable, "P030", "section qui se répète", "écrivez-la entre doubles crochets";
    DateOutOfRange, "P031", "date hors du calendrier", "écrivez une date des années 1900 à 2200";
    EmptyInterval, "P032", "intervalle vide", "échangez les deux termes";
    ImpossibleCount, "P033", "nombre que la liste ne peut atteindre", "corrigez le nombre, ou la liste des conditions";
    TooLong, "P034", "durée de plusieurs siècles", "corrigez le nombre ou l'unité";
    Sign, "P035", "signe étranger au langage", "retirez-le";
    Leftover, "P036", "mots en trop", "reliez les conditions par `and` ou `or`";
    NoQuestion, "P037", "fait sans question", "ajoutez `question = …`, ou `asked = false` si le fait ne se demande pas";
    UnknownType, "P038", "type inconnu", "choisissez un type permis à cet endroit";
    TypeNeeds, "P039", "type incomplet", "ajoutez la clé que ce type demande";
    UnknownTheme, "P040", "thème inconnu", "définissez-le par `[[theme]]`";
    UnknownNomenclature, "P041", "nomenclature ou échelle inconnue", "définissez-la par `[[nomenclature]]` ou `[[scale]]`";
    UnknownSource, "P042", "fichier absent du paquet", "ajoutez ce fichier au paquet, ou corrigez son nom";
    ForeignSource, "P043", "fichier d'une autre sorte", "un paquet se compose de fichiers .toml et .csv";
    UnknownColumn, "P044", "colonne inconnue", "prenez une colonne de la première ligne du fichier";
    SheetRow, "P045", "ligne de tableau illisible", "séparez par des virgules, et mettez entre guillemets ce qui en contient";
    SheetConflict, "P046", "lignes de tableau qui se contredisent", "corrigez l'une des deux lignes";
    NotAList, "P047", "ce n'est pas une liste", "`count` et `any` se disent d'une liste";
    NotYesNo, "P048", "fait à comparer", "comparez-le à une valeur, par exemple avec `=` ou `>=`";
    NoOrder, "P049", "fait sans ordre", "comparez avec `=`, `!=` ou `in {…}`";
    SetOfCodes, "P050", "ensemble de codes comparé", "écrivez `has`, `has any of {…}` ou `has all of {…}`";
    ConditionCompared, "P051", "condition nommée comparée", "écrivez son nom seul, ou `not` et son nom";
    OtherValue, "P052", "valeur nommée d'un autre type", "prenez une valeur nommée du type du fait";
    MixedSet, "P053", "ensemble d'une autre nomenclature", "prenez un ensemble de la nomenclature du fait";
    Derivation, "P054", "calcul mal écrit", "par exemple `derive = { years_since = \"birth_date\" }`";
    DerivationType, "P055", "calcul d'un autre type", "un calcul donne un type, à partir de faits d'un type : voyez la liste des calculs";
    BadCode, "P056", "code mal formé", "lettres, chiffres, `-` et `_`, et pas un mot du langage (none, and, or …)";
    NoCode, "P057", "nomenclature sans code", "ajoutez ses codes, ou `open = true`";
    ValueForm, "P058", "valeur d'une autre forme que son type", "écrivez un montant comme `\"29.56 EUR\"`, un nombre entier ou une date";
    TwoNames, "P059", "deux noms le même jour", "fermez le premier avec `until`";
    Header, "P060", "en-tête de paquet", "un seul fichier porte `[pack]`, avec `id` et `title`";
    EndsNothing, "P061", "fin de rien", "par exemple `rule = \"…\"`";
    InList, "P062", "liste dans une liste", "comptez la liste hors du filtre";
    NotADate, "P063", "durée comptée d'autre chose qu'une date", "`ago`, `in the last` et `in the next` se disent d'une date";
    Calendar, "P064", "calendrier inconnu", "écrivez `metropole` ou `alsace-moselle`";
    UnknownTable, "P065", "table de correspondance inconnue", "définissez-la par `[[lookup]]`";
    UnknownRemark, "P066", "réponse à une remarque inconnue", "donnez le code de la remarque et une raison, comme `answers = { L004 = \"…\" }`";
    NeverProposed, "C001", "règle qu'aucun exemple ne propose", "ajoutez un `[[example]]` dont `must` nomme son dispositif";
    NeverClosed, "C002", "règle qu'aucun exemple n'écarte", "ajoutez un `[[example]]` dont `must_not` nomme son dispositif";
    UntriedTrack, "C003", "parcours qu'aucun exemple n'attend", "ajoutez un `[[example]]` avec son `track`";
    NeverTurned, "C004", "comparaison dont aucun exemple ne dépend", "ajoutez un `[[example]]` où elle seule décide";
    Unnoticed, "C005", "seuil qu'aucun exemple ne garde", "ajoutez un `[[example]]` de chaque côté du seuil";
    Untimed, "C006", "délai qu'aucun exemple n'attend", "ajoutez à un `[[example]]` le `deadline` de son dispositif";
    Unsaid, "C007", "chiffre d'un motif qu'aucun exemple n'attend", "ajoutez à un `[[example]]` le `says` de son dispositif, avec ce chiffre";
    HoldsForNobody, "L001", "règle qui ne vaut pour personne", "retirez la règle, ou le test qui en contredit un autre";
    Contained, "L002", "règle contenue dans une autre", "retirez-la, ou donnez-lui un meilleur rang que l'autre";
    ClosedByUnless, "L003", "règle que son `unless` ferme toujours", "corrigez `unless`, ou retirez la règle";
    NoDeadline, "L004", "proposition sans délai", "ajoutez `within`, ou répondez pourquoi rien ne presse";
    UnmetDeadline, "L005", "délai que l'on ne peut pas tenir", "laissez un jour ouvré (`working days`, `next_working_day = true`), ou comptez d'un autre jour";
    AskedInVain, "L006", "réponse attendue pour rien", "récrivez la condition sans ce fait, ou avec un seul test de lui";
    SensitiveInVain, "L007", "fait sensible demandé pour rien", "retirez ce fait de la condition";
    SensitiveLowers, "L008", "proposition perdue pour un fait sensible", "retirez ce test, ou proposez autre chose à ces personnes et répondez-le";
    NoLaw, "L009", "critère protégé sans texte de loi", "nommez dans `source` le texte qui le permet, ou retirez ce test";
    UntestedReason, "L010", "motif que la condition ne vérifie pas", "retirez ces mots du motif, ou testez ce fait si le droit en tient compte";
    OtherStart, "L011", "délai compté d'aujourd'hui", "comptez-le de l'évènement, comme `1 month of …`";
    NotPrescriber, "L012", "organisme qui ne peut pas prescrire", "nommez un prescripteur du dispositif";
    EmptyReason, "L013", "motif ou source qui ne dit rien", "écrivez le motif en une phrase, et la source par son nom";
    AnswersNothing, "L014", "réponse à une remarque qui n'est pas faite", "retirez-la de `answers`";
    Gap, "L015", "cas qu'aucune ligne de la table ne prévoit", "ajoutez une ligne";
    Overlap, "L016", "cas que deux lignes de la table prévoient", "rendez les deux lignes exclusives";
    Unmet, "X001", "exemple qui ne tient pas", "corrigez la règle, ou ce que l'exemple attend";
    BadExample, "X002", "exemple qui ne se lit pas", "un exemple nomme les dispositifs, parcours, organismes et faits du paquet par leur identifiant";
}
