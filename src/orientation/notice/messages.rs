//! Every sentence of a notice, in French. Nothing is said that does not stand here or in the pack.

/// Keys with their French templates; names between braces are filled in.
macro_rules! messages {
    ($($key:ident $name:literal $french:literal;)*) => {
        /// One message of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Key { $($key),* }

        impl Key {
            pub(super) const ALL: &[Self] = &[$(Self::$key),*];

            /// The key as a translator writes it.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$key => $name),* }
            }

            pub(super) fn french(self) -> &'static str {
                match self { $(Self::$key => $french),* }
            }
        }
    };
}

messages! {
    // ---- Days, numbers, names
    Date "date" "{day} {month} {year}";
    FirstOfMonth "date.first" "1er {month} {year}";
    January "month.1" "janvier";
    February "month.2" "février";
    March "month.3" "mars";
    April "month.4" "avril";
    May "month.5" "mai";
    June "month.6" "juin";
    July "month.7" "juillet";
    August "month.8" "août";
    September "month.9" "septembre";
    October "month.10" "octobre";
    November "month.11" "novembre";
    December "month.12" "décembre";
    Day "term.day" "{count} jour";
    Days "term.days" "{count} jours";
    WorkingDay "term.working_day" "{count} jour ouvré";
    WorkingDays "term.working_days" "{count} jours ouvrés";
    Week "term.week" "{count} semaine";
    Weeks "term.weeks" "{count} semaines";
    Month "term.month" "{count} mois";
    Months "term.months" "{count} mois";
    Year "term.year" "{count} an";
    Years "term.years" "{count} ans";
    Hour "unit.hour" "{count} heure";
    Hours "unit.hours" "{count} heures";
    Minute "unit.minute" "{count} minute";
    Minutes "unit.minutes" "{count} minutes";
    Person "unit.person" "{count} personne";
    Persons "unit.persons" "{count} personnes";
    Child "unit.child" "{count} enfant";
    Children "unit.children" "{count} enfants";
    Yes "value.yes" "oui";
    No "value.no" "non";
    UnknownValue "value.unknown" "inconnu";
    UnknownDate "value.unknown_date" "date inconnue";
    WithoutObject "value.none" "sans objet";
    NotYet "value.not_yet" "pas à ce jour";
    NothingYet "value.nothing_yet" "rien à ce jour";
    AtMost "value.at_most" "au plus {value}";
    AtLeast "value.at_least" "au moins {value}";
    DayAtMost "value.at_most.day" "le {value} au plus tard";
    DayAtLeast "value.at_least.day" "le {value} au plus tôt";
    BetweenValues "value.between" "entre {first} et {last}";
    BetweenDays "value.between.days" "entre le {first} et le {last}";
    EitherValue "value.either" "{values} ou {last}";
    SeveralValues "value.several" "{values}, ou l'une de {count} autres valeurs";
    OtherThan "value.other_than" "autre que « {values} »";
    OpenValues "value.open" "au moins {values}";
    WithoutValues "value.without" "sans {out}, le reste n'est pas connu";
    OpenWithout "value.open_without" "au moins {values}, et sans {out}";
    Lists "value.lists" "{count} listes différentes";
    Comma "between.values" ", ";
    Semicolon "between.facts" " ; ";
    BodyToBeSaid "body.unknown" "un organisme à préciser localement";
    BodyOfRole "body.role" "{role} (organisme à préciser localement)";
    BodyOutside "body.outside" "{name} (hors convention)";
    BodyAmong "body.among" "à préciser entre : {names}";
    BodyPrivate "body.protected" "l'organisme dont on vous a parlé";
    BodyThatDecides "body.deciding" "l'organisme qui vous remet ce document";
    Yourself "source.person" "vous-même";
    SomeBody "source.unknown" "un organisme partenaire";
    Declared "means.declared" "déclaré";
    Attested "means.attested" "attesté par un document";
    Assessed "means.assessed" "évalué par un professionnel";
    Computed "means.computed" "repris d'un fichier";
    OnDay "source.on" "le {date}";
    ToCheck "source.to_check" "{source} (à vérifier)";
    ToConfirm "source.to_confirm" "{source} (à confirmer)";

    // ---- What the document is
    TitleProposals "title.proposals" "Ce qui vous est proposé au {date}";
    TitleDecision "title.decision" "Décision du {date}";
    From "from" "De la part de : {body}.";
    Framework "framework" "Cadre : {title}.";
    NothingDecided "nothing_decided" "Ce document prépare une décision : rien n'est encore décidé.";
    Minor "standing.minor" "Vous avez moins de 18 ans : pour vous engager, l'accord de la personne qui vous représente légalement est nécessaire.";
    Assisted "standing.assisted" "Une personne vous assiste pour vos actes : elle est à associer à toute signature. C'est à vous que l'on s'adresse.";
    Represented "standing.represented" "Une personne vous représente pour vos actes : c'est elle qui signe. C'est à vous que l'on s'adresse.";

    // ---- What was decided
    Decided "decided" "Ce qui est décidé";
    Accepted "answer.accepted" "{title} : la réponse est oui.";
    Refused "answer.refused" "{title} : la réponse est non.";
    Postponed "answer.postponed" "{title} : la réponse est remise à plus tard.";
    PostponedUntil "answer.postponed_until" "{title} : la réponse est remise au {date}.";
    AnsweredOtherwise "answer.other" "{title} : autre réponse.";
    DecidedPrivately "answer.protected" "Une réponse touche à des informations protégées : elle vous est dite en entretien, et par écrit si vous le demandez.";
    DecidedPrivatelyMany "answer.protected.many" "{count} réponses touchent à des informations protégées : elles vous sont dites en entretien, et par écrit si vous le demandez.";
    Why "why" "Pourquoi : {because}";
    WasProposed "why.proposed" "Raison de la proposition : {because}";
    NotDecidedYet "not_decided" "Ce n'est pas encore décidé.";
    InWords "in_words" "En détail : {text}";
    PersonWishes "reason.person_wishes" "vous avez choisi autrement.";
    FactsDiffer "reason.facts_differ" "votre situation n'est pas, ou n'est plus, celle qui était connue.";
    MoreKnown "reason.more_known" "vous avez apporté d'autres informations en entretien.";
    NotAvailable "reason.not_available" "il n'y a pas de place, ou pas avant longtemps.";
    AlreadyTried "reason.already_tried" "cela a déjà été essayé.";
    TooEarly "reason.too_early" "il est encore trop tôt.";
    BetterSuited "reason.better_suited" "autre chose vous convient mieux.";
    NotEligible "reason.not_eligible" "les conditions ne sont pas remplies : demandez-nous lesquelles.";
    ChosenByPerson "reason.accepted.person_wishes" "c'est votre choix.";
    ChosenByFacts "reason.accepted.facts_differ" "c'est ce qui répond à votre situation, qui n'est pas, ou n'est plus, celle qui était connue.";
    ChosenNotAvailable "reason.accepted.not_available" "il n'y a pas de place, ou pas avant longtemps, dans ce qui était proposé.";
    ChosenAlreadyTried "reason.accepted.already_tried" "ce qui était proposé a déjà été essayé.";
    ChosenTooEarly "reason.accepted.too_early" "il est encore trop tôt pour ce qui était proposé.";
    ChosenBetterSuited "reason.accepted.better_suited" "c'est ce qui vous convient le mieux.";
    ChosenNotEligible "reason.accepted.not_eligible" "les conditions de ce qui était proposé ne sont pas remplies.";
    OtherReason "reason.other" "une raison propre à votre situation, à demander si elle ne vous a pas été dite.";

    // ---- Track
    TrackHeading "track" "Votre parcours";
    TrackOne "track.one" "{label}, avec : {body}.";
    TrackPresumed "track.presumed" "{label}, sous réserve, avec : {body}.";
    TrackOpen "track.open" "Votre parcours n'est pas encore décidé. Sont possibles :";
    TrackMeeting "track.meeting" "Pour le décider : {title}, avec : {body}.";
    RuleApplied "rule" "Règle appliquée : {title}. Texte : {source}.";
    TextApplied "text" "Texte : {source}.";

    // ---- Proposals
    ProposalsHeading "proposals" "Ce qui vous est proposé";
    StillOpenHeading "proposals.open" "Ce qui est proposé, et n'est pas encore décidé";
    NoProposal "proposals.none" "Aucune proposition ne s'appuie encore sur ce qui est connu.";
    Proposal "proposal" "{rank}. {title}";
    ProposalPresumed "proposal.presumed" "{rank}. {title}, sous réserve";
    With "with" "Avec : {body}.";
    DueOn "due.on" "Quand : au plus tard le {date}.";
    DuePast "due.past" "Quand : au plus tard le {date} (cette date est passée).";
    DueBetween "due.between" "Quand : au plus tard entre le {first} et le {last}, selon une date à préciser.";
    DueOpen "due.open" "Quand : {term}, à compter d'une date à préciser ({label}).";
    CountedFrom "due.counted_from" "Ce délai est compté de la reprise de vos démarches, le {date}.";
    Provisional "provisional" "Provisoire : « {title} » passerait avant, si les informations qui manquent le confirment.";
    GroundPrivate "ground.protected" "Une raison est protégée : vous pouvez demander à la lire.";
    GroundOfHousehold "ground.household" "Une raison touche à votre foyer : vous pouvez demander à la lire.";
    ProposedPrivately "proposals.protected" "Une proposition s'appuie sur des informations protégées : elle vous est dite en entretien, et par écrit si vous le demandez.";
    ProposedPrivatelyMany "proposals.protected.many" "{count} propositions s'appuient sur des informations protégées : elles vous sont dites en entretien, et par écrit si vous le demandez.";
    AsideHeading "aside" "Mis de côté, car une seule solution à la fois est possible";
    Aside "aside.one" "{title} : « {winner} » passe avant ({because}). Texte : {source}.";
    AsideAgainHeading "aside.again" "À regarder à nouveau ensemble, après un refus";
    AsideAgain "aside.again.one" "{title} : « {winner} » passait avant ({because}), et n'aura pas lieu. Vous pouvez demander à en parler. Texte : {source}.";

    // ---- Data
    DataHeading "data" "Les informations utilisées, et d'où elles viennent";
    Datum "data.one" "{label} : {value}";
    DataFrom "data.from" "{witnesses} : {facts}.";
    DataUnsigned "data.unsigned" "Dans votre dossier : {facts}.";
    DataPresumed "data.presumed" "Supposé, à vérifier avec vous : {facts}.";
    DataPrivate "data.protected" "Des informations protégées ont aussi servi : vous pouvez demander à les lire.";
    DataOfHousehold "data.household" "Des informations sur votre foyer ont aussi servi : vous pouvez demander à les lire.";
    NoData "data.none" "Aucune information n'a encore servi.";
    DataCompared "data.compared" "Ce qui est déjà connu de vous a été comparé aux règles, et ne suffit pas encore : vous pouvez demander à le lire.";

    // ---- What is not known
    UnknownHeading "unknown" "Ce qui n'est pas encore connu";
    UnknownMore "unknown.more" "Et une autre question, selon les réponses.";
    UnknownMoreMany "unknown.more.many" "Et {count} autres questions, selon les réponses.";
    Question "unknown.question" "{question}";
    QuestionWhy "unknown.question_why" "{question} ({reason})";
    Stale "unknown.stale" "information trop ancienne, depuis le {date}";
    NotKnown "unknown.asked" "demandé, non connu";
    Disputed "unknown.disputed" "les partenaires ne disent pas la même chose";
    Partial "unknown.partial" "connu en partie seulement";
    TooOld "unknown.too_old" "information trop ancienne";
    Contradicted "unknown.contradicted" "information contredite par une autre";
    Declined "unknown.declined" "Vous avez choisi de ne pas répondre à certaines questions : ce qui ne dépend pas de ces réponses vous est proposé de la même façon.";

    // ---- Who decides, and the part of the program
    WhoHeading "who" "Qui décide, et ce que fait le programme";
    HumanWillDecide "who.will_decide" "C'est un professionnel qui décide, avec vous, au nom de cet organisme : {body}.";
    HumanDecided "who.decided" "C'est un professionnel qui a décidé, au nom de cet organisme : {body}.";
    Algorithm "algorithm" "Un traitement algorithmique a préparé ces propositions (code des relations entre le public et l'administration, article L.311-3-1) : un programme a comparé les informations ci-dessus à des règles écrites. Aucune décision n'est prise par lui seul (RGPD, article 22 ; loi 78-17 du 6 janvier 1978, article 47).";
    Purpose "algorithm.purpose" "Son but : proposer et classer des droits, des aides, un accompagnement possibles ; un professionnel les retient ou non.";
    RulesOnRequest "algorithm.rules" "Vous pouvez demander les règles de ce traitement, la part qu'il a eue, les informations traitées et les opérations faites (article R.311-3-1-2) : demandez-les par écrit à cet organisme : {body}.";
    PackUsed "algorithm.pack" "Règles utilisées : {title}, version {identity}.";
    Cada "algorithm.cada" "Refus, ou un mois sans réponse : vous avez deux mois pour saisir la Commission d'accès aux documents administratifs (CADA).";

    // ---- Disagreement
    AppealHeading "appeal" "Si vous n'êtes pas d'accord";
    AppealBefore "appeal.before" "Dites-le en entretien : une proposition peut changer. Quand une décision sera prise, vous pourrez la contester :";
    AppealAfter "appeal.after" "Vous pouvez contester cette décision :";
    Appeal "appeal.one" "Pour {about} : {title}. Destinataire : {to}. Texte : {source}.";
    AppealTerm "appeal.term" "Délai : {term} à compter du jour où vous recevez la décision.";
    AppealRequired "appeal.required" "Sans cette démarche, le tribunal ne peut pas être saisi.";
    AppealSilence "appeal.silence" "Sans réponse au bout de {term}, c'est un refus.";
    AppealCourt "appeal.court" "Si la réponse est un refus, ou s'il n'y en a pas, vous pouvez ensuite saisir, dans le délai que la décision indique : {court}.";
    AppealCourtOpen "appeal.court_open" "Après un refus, vous pouvez saisir, dans le délai que la décision indique : {court}.";
    AppealCourtWithin "appeal.court_within" "Après un refus, vous avez {term} pour saisir : {court}.";
    AppealCourtFrom "appeal.court_from" "Vous avez ensuite {term}, à compter de {event}, pour saisir : {court}.";
    AppealDirect "appeal.direct" "Ce recours n'est pas obligatoire : dans un délai de {term} dès la décision reçue, vous pouvez aussi saisir directement : {court}.";
    AppealDirectOpen "appeal.direct_open" "Ce recours n'est pas obligatoire : le tribunal peut aussi être saisi directement.";

    // ---- Data rights
    RightsHeading "rights" "Vos droits sur vos données";
    Rights "rights.list" "Vous pouvez demander à lire vos données et à les faire corriger ; et, dans les cas prévus, à les faire effacer ou à en limiter l'usage (RGPD, articles 15 à 18).";
    Objection "rights.objection" "À tout moment, pour des raisons qui tiennent à votre situation, vous pouvez vous opposer à leur usage (RGPD, article 21).";
    LegalBasis "rights.basis" "Ce qui permet à cet organisme d'utiliser ces informations : {bases}.";
    BasisMission "rights.basis.mission" "une mission d'intérêt public (RGPD, article 6, 1, e)";
    BasisDuty "rights.basis.duty" "une obligation de la loi (RGPD, article 6, 1, c)";
    BasisVital "rights.basis.vital" "la protection d'une vie (RGPD, article 6, 1, d)";
    BasisConsent "rights.basis.consent" "votre accord (RGPD, article 6, 1, a)";
    BasisOnRequest "rights.basis.on_request" "Le texte qui permet à cet organisme d'utiliser ces informations vous est dit sur demande.";
    FreeToAnswer "rights.free" "Aucune réponse n'est obligatoire pour ce document : ce qui ne dépend pas d'une réponse vous est proposé de la même façon.";
    Recipients "rights.recipients" "Peuvent en voir ce qui sert à leur mission : {bodies}.";
    RecipientsAgreed "rights.recipients_agreed" "Avec votre accord seulement : {bodies}.";
    WithdrawConsent "rights.withdraw" "Un accord se retire à tout moment : ce qui en dépend n'est plus partagé, et ce qui a été fait avant reste valable ; ce qui est donné avec un accord peut vous être remis sous une forme réutilisable (RGPD, articles 7 et 20).";
    RecipientsOfPrivate "rights.recipients_of_protected" "Pour des informations protégées : {bodies}.";
    RecipientsPrivate "rights.recipients_protected" "Les informations protégées ont d'autres destinataires, que vous pouvez demander.";
    SinceLastWord "rights.since_last_word" "{active} après la dernière que le même organisme a donnée";
    SinceObserved "rights.since_observed" "{active} après le jour où elles sont données";
    Kept "rights.kept" "Ces informations servent {time}, puis s'effacent.";
    KeptAside "rights.kept_aside" "Ces informations servent {time}, restent {archive} en archive, puis s'effacent.";
    KeptOtherwise "rights.kept_otherwise" "D'autres durées valent pour certaines : vous pouvez les demander.";
    WriteTo "rights.write" "Pour cela, écrivez au délégué à la protection des données de cet organisme : {body}.";
    Contact "rights.contact" "Pour écrire : {contact}";
    Cnil "rights.cnil" "Si la réponse ne vous convient pas, vous pouvez saisir la Commission nationale de l'informatique et des libertés (CNIL).";

    // ---- Easy to read
    EasyNotYet "easy.value.not_yet" "pas encore";
    EasyTitleProposals "easy.title.proposals" "Ce que nous vous proposons";
    EasyTitleDecision "easy.title.decision" "Notre décision";
    EasyForYou "easy.for_you" "Ce papier est pour vous.";
    EasyReadAloud "easy.read_aloud" "Une personne peut le lire avec vous.";
    EasyFrom "easy.from" "Ce papier vient de :";
    EasyDate "easy.date" "Nous avons écrit ce papier avec les informations du {date}.";
    EasyNothingDecided "easy.nothing_decided" "Rien n'est encore décidé.";
    EasyDecidedOn "easy.decided_on" "Nous avons pris une décision le {date}.";
    EasyMinor "easy.standing.minor" "Vous avez moins de 18 ans.";
    EasyMinorSigns "easy.standing.minor_signs" "Une personne vous représente et donne son accord avec vous.";
    EasyAssisted "easy.standing.assisted" "Une personne vous aide pour vos papiers et signe avec vous.";
    EasyRepresented "easy.standing.represented" "Une personne vous représente et signe pour vous.";
    EasyAddressed "easy.standing.addressed" "Nous parlons toujours avec vous.";
    EasyDecided "easy.decided" "Ce que nous avons décidé";
    EasyAnswerAbout "easy.answer.about" "Voici notre réponse pour :";
    EasyAccepted "easy.answer.accepted" "Notre réponse est oui.";
    EasyRefused "easy.answer.refused" "Notre réponse est non.";
    EasyPostponed "easy.answer.postponed" "Nous en parlons plus tard.";
    EasyPostponedUntil "easy.answer.postponed_until" "Nous en parlons le {date}.";
    EasyOtherwise "easy.answer.other" "Notre réponse est différente.";
    EasyDecidedPrivately "easy.answer.protected" "Nous vous disons une autre réponse en entretien.";
    EasyPersonWishes "easy.reason.person_wishes" "Pourquoi ? Vous avez choisi autre chose.";
    EasyFactsDiffer "easy.reason.facts_differ" "Pourquoi ? Votre situation est différente.";
    EasyMoreKnown "easy.reason.more_known" "Pourquoi ? Vous nous avez dit des choses nouvelles.";
    EasyNotAvailable "easy.reason.not_available" "Pourquoi ? Il n'y a pas de place.";
    EasyAlreadyTried "easy.reason.already_tried" "Pourquoi ? Vous avez déjà essayé.";
    EasyTooEarly "easy.reason.too_early" "Pourquoi ? C'est trop tôt.";
    EasyBetterSuited "easy.reason.better_suited" "Pourquoi ? Autre chose vous va mieux.";
    EasyNotEligible "easy.reason.not_eligible" "Pourquoi ? Il y a des conditions. Demandez-nous lesquelles.";
    EasyChosenByPerson "easy.reason.accepted.person_wishes" "Pourquoi ? C'est votre choix.";
    EasyChosenByFacts "easy.reason.accepted.facts_differ" "Pourquoi ? Cela va bien avec votre situation.";
    EasyChosenNotAvailable "easy.reason.accepted.not_available" "Pourquoi ? Ailleurs, il n'y a pas de place.";
    EasyChosenAlreadyTried "easy.reason.accepted.already_tried" "Pourquoi ? Vous avez déjà essayé autre chose.";
    EasyChosenTooEarly "easy.reason.accepted.too_early" "Pourquoi ? Pour autre chose, c'est trop tôt.";
    EasyChosenBetterSuited "easy.reason.accepted.better_suited" "Pourquoi ? C'est ce qui vous va le mieux.";
    EasyChosenNotEligible "easy.reason.accepted.not_eligible" "Pourquoi ? Ailleurs, il y a des conditions.";
    EasyInWords "easy.in_words" "Voici ce qui est écrit :";
    EasyOtherReason "easy.reason.other" "Demandez-nous pourquoi.";
    EasyTrack "easy.track" "Votre parcours";
    EasyTrackOne "easy.track.one" "Nous vous proposons ce parcours :";
    EasyTrackOpen "easy.track.open" "Votre parcours n'est pas encore choisi. Ces parcours sont possibles :";
    EasyLead "easy.track.lead" "Qui vous suit ?";
    EasyMeeting "easy.track.meeting" "Pour choisir, vous aurez un entretien. Avec qui ?";
    EasyMeetingOpen "easy.track.meeting.open" "Pour choisir, vous aurez un entretien. Nous vous dirons avec qui.";
    EasyNotDecided "easy.not_decided" "Cela n'est pas encore décidé.";
    EasyStillOpen "easy.proposals.open" "Nos autres idées pour vous";
    EasyProposals "easy.proposals" "Nos idées pour vous";
    EasyNoProposal "easy.proposals.none" "Nous n'avons pas encore d'idée. Nous devons mieux vous connaître.";
    EasyProposal "easy.proposal" "Idée {rank} :";
    EasyProposalPresumed "easy.proposal.presumed" "Idée {rank}, à vérifier avec vous :";
    EasyWith "easy.with" "Avec qui ?";
    EasyBodyPrivate "easy.body.protected" "un organisme dont nous vous avons parlé";
    EasyDue "easy.due" "C'est à faire avant la fin du {date}.";
    EasyDuePast "easy.due.past" "La date était le {date}. Parlez-nous-en.";
    EasyDueOpen "easy.due.open" "Il y a une date limite. Demandez-nous cette date.";
    EasyWhy "easy.why" "Pourquoi ? Nous avons ces informations :";
    EasyPresumed "easy.presumed" "Nous devons vérifier avec vous :";
    EasyPrivate "easy.protected" "Il y a aussi une raison privée. Demandez-nous cette raison.";
    EasyPrivateProposal "easy.proposals.protected" "Nous avons une autre idée. Nous vous la disons en entretien.";
    EasyUnknown "easy.unknown" "Ce que nous ne savons pas";
    EasyWeAsk "easy.unknown.ask" "Nous vous poserons des questions sur :";
    EasyMayDecline "easy.unknown.decline" "Vous pouvez choisir de ne pas répondre.";
    EasyWho "easy.who" "Qui décide ?";
    EasyHumanWillDecide "easy.who.will_decide" "Une personne décidera avec vous. Elle travaille ici :";
    EasyHumanDecided "easy.who.decided" "Une personne a décidé. Elle travaille ici :";
    EasyAlgorithm "easy.algorithm" "Un programme d'ordinateur aide cette personne.";
    EasyPurpose "easy.algorithm.purpose" "Le programme cherche des aides pour vous.";
    EasyDoesNotDecide "easy.algorithm.no_decision" "Le programme ne décide pas.";
    EasyRules "easy.algorithm.rules" "Vous pouvez demander comment le programme marche. Écrivez à :";
    EasyCada "easy.algorithm.cada" "La réponse est non ? Il n'y a pas de réponse après un mois ? Vous avez 2 mois pour écrire à la CADA.";
    EasyCadaIs "easy.algorithm.cada_is" "La CADA défend votre droit de lire les documents.";
    EasyAppeal "easy.appeal" "Vous n'êtes pas d'accord ?";
    EasyAppealBefore "easy.appeal.before" "Dites-le à la personne qui vous suit. Nos idées peuvent changer.";
    EasyAppealLater "easy.appeal.later" "Vous pourrez aussi demander de changer une décision.";
    EasyAppealAfter "easy.appeal.after" "Vous pouvez demander de changer cette décision.";
    EasyAppealAbout "easy.appeal.about" "Pour :";
    EasyAppealTo "easy.appeal.to" "Écrivez à :";
    EasyAppealTerm "easy.appeal.term" "Vous avez {term} pour écrire.";
    EasyAppealStart "easy.appeal.start" "Ce temps commence le jour où vous recevez la décision.";
    EasyAppealFirst "easy.appeal.first" "Écrivez cette lettre avant d'écrire au tribunal.";
    EasyAppealSilence "easy.appeal.silence" "Il n'y a pas de réponse après {term} ? Cela veut dire non.";
    EasyAppealCourtWithin "easy.appeal.court_within" "La réponse est non ? Vous avez {term} pour écrire à :";
    EasyAppealCourtFrom "easy.appeal.court_from" "Après {event}, vous avez {term} pour écrire à :";
    EasyAppealCourtOpen "easy.appeal.court_open" "La décision dit combien de temps vous avez.";
    EasyAppealDirect "easy.appeal.direct" "Vous pouvez aussi écrire tout de suite au tribunal. Vous avez {term} pour cela.";
    EasyAppealDirectOpen "easy.appeal.direct_open" "Vous pouvez aussi écrire tout de suite au tribunal.";
    EasyAppealCourt "easy.appeal.court" "La réponse est non ? Il n'y a pas de réponse ? Vous pouvez écrire à :";
    EasyHelp "easy.appeal.help" "Une personne de votre choix peut vous aider.";
    EasyData "easy.data" "Vos informations";
    EasySources "easy.data.sources" "Nos informations viennent de :";
    EasyBasis "easy.data.basis" "La loi permet à notre service d'utiliser vos informations.";
    EasyBasisAgreed "easy.data.basis_agreed" "Notre service utilise vos informations seulement avec votre accord.";
    EasyBasisOnRequest "easy.data.basis_on_request" "Demandez-nous quel texte permet à notre service d'utiliser vos informations.";
    EasyFree "easy.data.free" "Vous pouvez ne pas répondre à une question.";
    EasyRecipients "easy.data.recipients" "Peuvent voir vos informations :";
    EasyRecipientsNeed "easy.data.recipients_need" "Chacun voit seulement les informations utiles à son travail.";
    EasyRecipientsAgreed "easy.data.recipients_agreed" "Avec votre accord, peuvent aussi voir vos informations :";
    EasyWithdraw "easy.data.withdraw" "Vous pouvez changer d'avis et retirer votre accord.";
    EasyRecipientsPrivate "easy.data.recipients_protected" "D'autres services peuvent voir des informations privées. Demandez-nous qui.";
    EasyRecipientsOfPrivate "easy.data.recipients_of_protected" "Ces services peuvent voir des informations privées :";
    EasyKeptOtherwise "easy.data.kept_otherwise" "Pour certaines informations, c'est plus long ou plus court. Demandez-nous.";
    EasyKept "easy.data.kept" "Nous utilisons vos informations pendant {active}.";
    EasyKeptAside "easy.data.kept_aside" "Ensuite nous gardons vos informations {archive} sans les utiliser.";
    EasyErased "easy.data.erased" "À la fin nous effaçons vos informations.";
    EasyRead "easy.data.read" "Vous pouvez demander à lire vos informations.";
    EasyCorrect "easy.data.correct" "Vous pouvez demander à corriger vos informations.";
    EasyErase "easy.data.erase" "Dans certains cas, vous pouvez demander à effacer vos informations.";
    EasyLimit "easy.data.limit" "Dans certains cas, vous pouvez demander à mettre vos informations de côté.";
    EasyObject "easy.data.object" "Vous pouvez nous demander de ne plus utiliser vos informations.";
    EasyWriteTo "easy.data.write" "Écrivez à :";
    EasyCnil "easy.data.cnil" "Vous n'avez pas de bonne réponse ? Vous pouvez écrire à la CNIL.";
    EasyCnilIs "easy.data.cnil_is" "La CNIL protège vos informations.";
}
