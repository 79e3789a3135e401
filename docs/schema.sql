-- Tenir des diagnostics partagés dans une base relationnelle.
--
-- Ce fichier se charge tel quel dans SQLite (3.40 et suivants) et dans PostgreSQL (15 et suivants). `docs/integrer.md`
-- dit comment s'en servir. Rien ici n'est calculé : la bibliothèque lit les entrées d'une personne, répond, et rend
-- ce qu'il faut écrire.
--
-- Ce qu'aucune de ces tables ne contient : un nom, une adresse, un NIR. Le lien entre la référence d'une personne et son
-- identité reste dans votre logiciel, sous ses propres droits d'accès.
--
-- Dates : AAAA-MM-JJ. SQLite les garde en texte : les jours des entrées et des effacements, que l'on compare, y sont refusés
-- s'ils sont écrits autrement, ou en nombre. Empreintes et octets : chiffres hexadécimaux en minuscules, pour qu'un même texte
-- passe par tous les pilotes. SQLite ne vérifie les clés étrangères qu'après `PRAGMA foreign_keys = ON`, à chaque connexion.

-- ------------------------------------------------------------------------------------------------ références

-- Une personne, sous la référence opaque que votre logiciel a tirée au sort. Jamais un NIR, ni un numéro qui en vient.
CREATE TABLE person (
    reference  TEXT NOT NULL PRIMARY KEY CHECK (length(reference) BETWEEN 1 AND 120),
    created_on DATE NOT NULL,
    -- Doublon : la référence qui la remplace (`Diagnostic::relink`), sous laquelle passent ses entrées et ses effacements.
    -- La ligne reste, pour qu'un partenaire qui ne connaît que l'ancienne soit compris.
    moved_to   TEXT REFERENCES person (reference),
    moved_on   DATE,
    -- Homonymes ou jumeaux confondus : la référence dont celle-ci a été séparée (`Diagnostic::split`).
    split_from TEXT REFERENCES person (reference),
    CHECK ((moved_to IS NULL) = (moved_on IS NULL)),
    CHECK (moved_to <> reference AND split_from <> reference)
);

-- ------------------------------------------------------------------------------------------------ entrées

-- Ce qu'un organisme a dit : une observation, sa rétractation, ou une demande de rectification. Une entrée ne change
-- jamais : on ajoute, ou on efface. Seule `bytes` est lue par la bibliothèque (`Entry::decode`) ; les autres colonnes en
-- sont tirées et servent à chercher.
CREATE TABLE entry (
    person      TEXT NOT NULL REFERENCES person (reference),
    -- SHA-256 de `bytes`. Deux personnes peuvent avoir la même : la clé comprend la personne. C'est une empreinte de ce
    -- qui a été dit, donc une donnée personnelle : ni journal, ni adresse de page, ni export.
    id          TEXT NOT NULL CHECK (length(id) = 64 AND id = lower(id)),
    -- Les noms de l'échange en JSON. `newer` : d'une version que la bibliothèque installée ne sait pas encore lire.
    kind        TEXT NOT NULL CHECK (kind IN ('observation', 'retraction', 'rectification', 'newer')),
    version     SMALLINT NOT NULL CHECK (version >= 1),
    by_body     TEXT NOT NULL,
    -- L'organisme dont la parole est en cause : le même, sauf dans une demande de rectification.
    of_body     TEXT NOT NULL,
    fact        TEXT NOT NULL,
    observed_on DATE NOT NULL CHECK (observed_on BETWEEN '1900-01-01' AND '2200-12-31'
                                        AND coalesce(date(observed_on) = observed_on, FALSE)),
    recorded_on DATE NOT NULL CHECK (recorded_on BETWEEN '1900-01-01' AND '2200-12-31'
                                        AND coalesce(date(recorded_on) = recorded_on, FALSE)),
    -- L'encodage canonique (`docs/encoding.md`), deux chiffres par octet.
    bytes       TEXT NOT NULL CHECK (length(bytes) % 2 = 0 AND bytes = lower(bytes)),
    PRIMARY KEY (person, id),
    CHECK ((kind = 'newer') = (version > 1)),
    CHECK (kind IN ('rectification', 'newer') OR of_body = by_body),
    CHECK (recorded_on >= observed_on)
);

CREATE INDEX entry_by_fact ON entry (person, fact, observed_on);
CREATE INDEX entry_by_day ON entry (recorded_on);

-- Ce qui doit avoir disparu, jamais par valeur. À garder tant que la personne est connue ou qu'une copie peut revenir, et
-- hors des sauvegardes que l'on restaure : c'est ce qui empêche une vieille copie de ramener ce qui fut effacé.
CREATE TABLE erasure (
    person      TEXT NOT NULL REFERENCES person (reference),
    id          TEXT NOT NULL CHECK (length(id) = 64 AND id = lower(id)),
    by_body     TEXT NOT NULL,
    -- NULL : tous les faits.
    fact        TEXT,
    up_to       DATE NOT NULL CHECK (up_to BETWEEN '1900-01-01' AND '2200-12-31'
                                        AND coalesce(date(up_to) = up_to, FALSE)),
    recorded_on DATE NOT NULL CHECK (recorded_on BETWEEN '1900-01-01' AND '2200-12-31'
                                        AND coalesce(date(recorded_on) = recorded_on, FALSE)),
    ground      TEXT NOT NULL CHECK (ground IN ('request', 'objection', 'consent_withdrawn', 'inaccurate', 'retention',
                                                'upheld', 'court', 'authority', 'wrong_person')),
    -- L'organisme qui a fait droit à la demande : ses entrées disparaissent aussi.
    upheld_by   TEXT,
    bytes       TEXT NOT NULL CHECK (length(bytes) % 2 = 0 AND bytes = lower(bytes)),
    PRIMARY KEY (person, id),
    CHECK ((ground = 'upheld') = (upheld_by IS NOT NULL)),
    CHECK (up_to <= recorded_on)
);

-- Les entrées qu'un effacement couvre. Vide, sauf juste après un effacement ou la restauration d'une sauvegarde :
--     DELETE FROM entry WHERE EXISTS (SELECT 1 FROM covered_entry
--         WHERE covered_entry.person = entry.person AND covered_entry.id = entry.id);
CREATE VIEW covered_entry AS
SELECT DISTINCT entry.person, entry.id
FROM entry
JOIN erasure ON erasure.person = entry.person
WHERE entry.observed_on <= erasure.up_to
  AND (erasure.fact IS NULL OR erasure.fact = entry.fact)
  AND (erasure.ground IN ('court', 'authority', 'wrong_person')
       OR erasure.by_body = entry.of_body
       -- Une demande de rectification se garde aussi longtemps que ce qu'elle vise.
       OR (erasure.by_body = entry.by_body AND erasure.ground <> 'retention')
       OR erasure.upheld_by IN (entry.by_body, entry.of_body));

-- ------------------------------------------------------------------------------------------------ politiques

-- Chaque paquet qui a servi à répondre. La même identité donne les mêmes réponses : gardez aussi ses sources, pour
-- rejouer une décision des années plus tard.
CREATE TABLE policy (
    -- `Pack::identity`.
    identity   TEXT NOT NULL PRIMARY KEY CHECK (length(identity) = 64 AND identity = lower(identity)),
    id         TEXT NOT NULL,
    title      TEXT NOT NULL,
    -- L'identité du paquet que celui-ci remplace ; il peut n'avoir jamais servi ici.
    supersedes TEXT,
    in_use_on  DATE NOT NULL
);

-- Registre des communications : à qui un diagnostic a été montré (`Diagnostic::view`), et selon quelle politique.
CREATE TABLE disclosure (
    id        INTEGER NOT NULL PRIMARY KEY,
    person    TEXT NOT NULL REFERENCES person (reference),
    recipient TEXT NOT NULL,
    -- Son nom ce jour-là.
    name      TEXT NOT NULL,
    shown_on  DATE NOT NULL,
    policy    TEXT NOT NULL REFERENCES policy (identity),
    -- Combien d'effacements ont été remis avec : chacun nomme son auteur et ce qui doit disparaître.
    erasures  INTEGER NOT NULL CHECK (erasures >= 0)
);

CREATE INDEX disclosure_by_person ON disclosure (person, shown_on);

-- Ce qui a été montré, fait par fait, sur quel fondement et pour quoi faire (`Opening`). Ni valeur, ni empreinte.
CREATE TABLE opening (
    disclosure INTEGER NOT NULL REFERENCES disclosure (id),
    fact       TEXT NOT NULL,
    label      TEXT NOT NULL,
    -- La section de la politique ; vide pour ce que l'organisme a dit lui-même et pour la personne.
    rule       TEXT NOT NULL,
    ground     TEXT NOT NULL CHECK (ground IN ('own_word', 'public_mission', 'legal_duty', 'vital_interest', 'consent',
                                               'access')),
    purpose    TEXT NOT NULL,
    source     TEXT NOT NULL,
    -- 1 : le texte cité a été lu.
    verified   SMALLINT NOT NULL CHECK (verified IN (0, 1)),
    entries    INTEGER NOT NULL CHECK (entries >= 1),
    PRIMARY KEY (disclosure, fact, rule, ground),
    CHECK ((rule = '') = (ground IN ('own_word', 'access')))
);

-- ------------------------------------------------------------------------------------------------ décisions

-- Ce qu'un professionnel a décidé, et ce qui lui était proposé, tel que la bibliothèque l'a écrit. Une décision a sa propre
-- durée : effacer une entrée ne l'efface pas, mais retire d'elle ce qui reposait sur cette entrée, sauf quand c'est la durée de
-- l'entrée qui est échue. Après chaque effacement, `DecisionRecord::erase_as` sur chaque décision de la personne, et UPDATE de
-- `record` où il rend vrai.
CREATE TABLE decision (
    id         INTEGER NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES person (reference),
    by_body    TEXT NOT NULL,
    decided_on DATE NOT NULL,
    policy     TEXT NOT NULL REFERENCES policy (identity),
    -- JSON.
    record     TEXT NOT NULL,
    -- Le dernier jour où elle est gardée. NULL : la durée n'est pas encore fixée, et c'est à votre délégué à la protection
    -- des données de la fixer.
    keep_until DATE,
    CHECK (keep_until >= decided_on)
);

CREATE INDEX decision_by_person ON decision (person, decided_on);
