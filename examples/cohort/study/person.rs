//! Invented people, drawn by published shares, and told to the engine in three ways.

use chrono::{Days, Months, NaiveDate};
use rand::rngs::ChaCha12Rng;
use rand::{Rng as _, SeedableRng as _};
use spie::fact::Rows;
use spie::vocabulary::Code;
use spie::{Engine, Knowledge, Profile};

use super::Failure;
use super::figures::Figures;

/// Numbers from a seed: the same on every machine.
pub(crate) struct Draw(ChaCha12Rng);

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha12Rng::seed_from_u64(seed))
    }

    /// A number below a bound; the bias of so small bounds is far below what is counted.
    fn below(&mut self, bound: u32) -> u32 {
        let wide = u64::from(self.0.next_u32()) * u64::from(bound);
        u32::try_from(wide >> 32).expect("less than the bound")
    }

    /// Whether something of this chance happens.
    fn chance(&mut self, share: u32, of: u32) -> bool {
        self.below(of) < share
    }

    /// One of several, all as likely: where no figure is published.
    fn one_of<T: Copy>(&mut self, options: &[T]) -> T {
        let count = u32::try_from(options.len()).expect("a few options");
        let place = usize::try_from(self.below(count)).expect("a small number");
        options[place]
    }
}

/// What keeps somebody from getting about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mobility {
    Free,
    /// No licence, no vehicle, or neither.
    Missing {
        licence: bool,
        vehicle: bool,
    },
    /// The vehicle is to be repaired.
    Cost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Housing {
    Settled,
    Hosted,
    Arrears,
    Shelter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Administrative {
    Settled,
    NoAddress,
    NoAccount,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basics {
    AtEase,
    FrenchA2,
    FrenchA1,
    Fragile,
    NoLiteracy,
}

/// What is drawn of one person.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a share of its own")]
pub(crate) struct Drawn {
    commune: Code,
    served: &'static str,
    born: NaiveDate,
    education: &'static str,
    mobility: Mobility,
    health: bool,
    /// Nobody looks after the children as needed.
    childcare: Option<&'static str>,
    housing: Housing,
    administrative: Administrative,
    basics: Basics,
    /// The age of the child of a parent.
    child: Option<u32>,
    single: bool,
    employed: bool,
    unfit: bool,
    rights_duties: bool,
}

/// What is told of the people drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reading {
    /// Which barriers there are, as published: not how much they weigh.
    Presence,
    /// The details, from which the dictionary derives levels; assessed by nobody.
    Details,
    /// The details, and what a professional concluded of those who cannot search for now.
    Assessed,
}

impl Reading {
    pub(crate) const ALL: [Self; 3] = [Self::Presence, Self::Details, Self::Assessed];

    pub(crate) fn in_french(self) -> &'static str {
        match self {
            Self::Presence => "présence seule",
            Self::Details => "détails",
            Self::Assessed => "détails et avis",
        }
    }
}

/// The communes, each with the people who live there, added up.
pub(crate) struct Communes(Vec<(u32, Code, u32)>);

impl Communes {
    /// From the bundled table of the Marne.
    pub(crate) fn read() -> Result<Self, Failure> {
        let sources = spie::pack::marne_sources();
        let table = sources
            .iter()
            .find(|(name, _)| name.ends_with("communes.csv"));
        let (_, table) = table.ok_or("the pack has no table of communes")?;
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let header = rows.headers()?.clone();
        let place = |name: &str| header.iter().position(|column| column == name);
        let (code, people) = place("code_insee")
            .zip(place("population"))
            .ok_or("no such column")?;
        let (mut communes, mut total) = (Vec::new(), 0);
        for row in rows.records() {
            let row = row?;
            let population: u32 = row.get(people).unwrap_or_default().parse()?;
            total += population;
            let code = Code::parse(row.get(code).unwrap_or_default())?;
            communes.push((total, code, population));
        }
        Ok(Self(communes))
    }

    fn draw(&self, draw: &mut Draw) -> (Code, &'static str) {
        let total = self.0.last().map_or(1, |(total, ..)| *total);
        let number = draw.below(total);
        let place = self.0.partition_point(|(up_to, ..)| *up_to <= number);
        let (_, code, population) = &self.0[place];
        let served = match population {
            10_000.. => "good",
            2_000.. => "fair",
            _ => "poor",
        };
        (code.clone(), served)
    }
}

impl Drawn {
    pub(crate) fn new(
        draw: &mut Draw,
        figures: &Figures,
        communes: &Communes,
        on: NaiveDate,
    ) -> Self {
        let share = |id: &str| figures.share(id);
        let (commune, served) = communes.draw(draw);
        let (missing, cost) = (share("transport_missing"), share("transport_cost"));
        let mobility = if !draw.chance(share("barrier.mobility"), 1000) {
            Mobility::Free
        } else if draw.chance(missing, missing + cost) {
            let (licence, vehicle) = draw.one_of(&[(false, false), (true, false), (false, true)]);
            Mobility::Missing { licence, vehicle }
        } else {
            Mobility::Cost
        };
        let health = draw.chance(share("barrier.health"), 1000);
        // Who is unfit for now is ill, says the statement: among those whom health holds back.
        let unfit = health && draw.chance(share("unfit"), share("barrier.health"));
        // Those who cannot search do not work: the others do more often.
        let employed = !unfit && draw.chance(share("employed"), 1000 - share("unfit"));
        // Single parents are so many of all, and so many of the parents.
        let (single_of_all, single_of_parents) =
            (share("single_parent"), share("single_among_parents"));
        let parent = draw.chance(single_of_all, single_of_parents);
        let single = parent && draw.chance(single_of_parents, 1000);
        // Care for children is a barrier of parents alone.
        let parents = single_of_all * 1000 / single_of_parents;
        let childcare = parent && draw.chance(share("barrier.childcare"), parents);
        let childcare = childcare.then(|| draw.one_of(&["no_solution", "occasional", "partial"]));
        let ages = if childcare.is_some() { 12 } else { 18 };
        let child = parent.then(|| draw.below(ages));
        let housing = if draw.chance(share("barrier.housing"), 1000) {
            draw.one_of(&[Housing::Hosted, Housing::Arrears, Housing::Shelter])
        } else {
            Housing::Settled
        };
        let administrative = if draw.chance(share("barrier.administrative"), 1000) {
            draw.one_of(&[Administrative::NoAddress, Administrative::NoAccount])
        } else {
            Administrative::Settled
        };
        let basics = if draw.chance(share("barrier.language"), 1000) {
            draw.one_of(&[
                Basics::FrenchA2,
                Basics::FrenchA1,
                Basics::Fragile,
                Basics::NoLiteracy,
            ])
        } else {
            Basics::AtEase
        };
        let education = if draw.chance(share("below_bac"), 1000) {
            draw.one_of(&["no_diploma", "3"])
        } else {
            draw.one_of(&["4", "5", "6", "7"])
        };
        let rights_duties = draw.chance(share("rights_duties"), 1000);
        let days = (25 + draw.below(37)) * 365 + draw.below(365);
        Self {
            born: on - Days::new(u64::from(days)),
            commune,
            served,
            education,
            mobility,
            health,
            childcare,
            housing,
            administrative,
            basics,
            child,
            single,
            employed,
            unfit,
            rights_duties,
        }
    }

    /// The barriers, with what is drawn of each.
    pub(crate) fn barriers(&self) -> [(&'static str, bool); 6] {
        [
            ("barrier.mobility", self.mobility != Mobility::Free),
            ("barrier.health", self.health),
            ("barrier.childcare", self.childcare.is_some()),
            ("barrier.housing", self.housing != Housing::Settled),
            (
                "barrier.administrative",
                self.administrative != Administrative::Settled,
            ),
            ("barrier.language", self.basics != Basics::AtEase),
        ]
    }

    /// Whether a figure is true of this person; nothing where it is not asked of them.
    pub(crate) fn answers(&self, figure: &str) -> Option<bool> {
        let missing = matches!(self.mobility, Mobility::Missing { .. });
        match figure {
            "barrier.any" => Some(self.barriers().iter().any(|(_, there)| *there)),
            "single_parent" => Some(self.single),
            "single_among_parents" => self.child.map(|_| self.single),
            "below_bac" => Some(matches!(self.education, "no_diploma" | "3")),
            "employed" => Some(self.employed),
            "unfit" => Some(self.unfit),
            "rights_duties" => Some(self.rights_duties),
            // Of those with a barrier of mobility: how the two stand to each other.
            "transport_missing" => (self.mobility != Mobility::Free).then_some(missing),
            "transport_cost" => (self.mobility != Mobility::Free).then_some(!missing),
            _ => {
                let mut barriers = self.barriers().into_iter();
                barriers.find_map(|(name, there)| (name == figure).then_some(there))
            }
        }
    }

    /// The person as told to an engine.
    pub(crate) fn profile(
        &self,
        engine: &Engine,
        on: NaiveDate,
        reading: Reading,
    ) -> Result<Profile, Failure> {
        let mut told: Vec<(&str, Knowledge)> = vec![
            ("birth_date", self.born.into()),
            ("residence.commune", self.commune.clone().into()),
            ("rsa", true.into()),
            ("rsa.rights_duties", self.rights_duties.into()),
            ("jobseeker", true.into()),
            ("employed", self.employed.into()),
            ("household.single_parent", self.single.into()),
            ("education.level", code(self.education)?),
            // A first orientation, and no wish for a body.
            ("decision.track", Knowledge::none()),
            ("wish.lead", Knowledge::none()),
            // No figure is published of these two.
            ("barrier.financial", code("absent")?),
            ("barrier.digital", code("absent")?),
        ];
        let child = self.child.map(|age| {
            let born = on - Months::new(12 * age + 6);
            let field = |name: &str, known: Knowledge| Ok::<_, Failure>((name.parse()?, known));
            [
                field("birth_date", born.into()),
                field("at_home", true.into()),
            ]
            .into_iter()
            .collect::<Result<_, _>>()
        });
        let rows = child.into_iter().collect::<Result<_, _>>()?;
        let complete = true;
        told.push(("children", Rows { rows, complete }.into()));
        if reading == Reading::Presence {
            for (name, there) in self.barriers() {
                let levels = if there {
                    &["light", "moderate", "blocking"][..]
                } else {
                    &["absent"]
                };
                let levels: Result<Vec<Code>, _> =
                    levels.iter().map(|level| Code::parse(level)).collect();
                told.push((name, Knowledge::one_of(levels?)));
            }
        } else {
            self.details(on, &mut told)?;
        }
        if reading == Reading::Assessed && self.unfit {
            told.push(("search.obstacle", code("prevents")?));
        }
        let builder = told
            .into_iter()
            .fold(Profile::builder(engine, on), |builder, (name, known)| {
                builder.set(name, known)
            });
        Ok(builder.build()?)
    }

    fn details(&self, on: NaiveDate, told: &mut Vec<(&str, Knowledge)>) -> Result<(), Failure> {
        let (licence, vehicle, state) = match self.mobility {
            Mobility::Free => (true, true, "good"),
            Mobility::Cost => (true, true, "repairable"),
            Mobility::Missing { licence, vehicle } => (
                licence,
                vehicle,
                if vehicle { "good" } else { "no_vehicle" },
            ),
        };
        told.push(("licence.b", licence.into()));
        told.push(("vehicle.available", vehicle.into()));
        told.push(("vehicle.state", code(state)?));
        told.push(("residence.transport_served", code(self.served)?));
        told.push(("health.lasting_limit", self.health.into()));
        told.push(("health.temporary_unfit", self.unfit.into()));
        if self.child.is_some_and(|age| age < 12) {
            told.push(("childcare.needed", self.childcare.is_some().into()));
        }
        if let Some(solution) = self.childcare {
            told.push(("childcare.solution", code(solution)?));
        }
        let status = match self.housing {
            Housing::Settled | Housing::Arrears => "private_tenant",
            Housing::Hosted => "hosted_precarious",
            Housing::Shelter => "shelter",
        };
        told.push(("housing.status", code(status)?));
        let arrears = on - Months::new(3);
        let arrears = (self.housing == Housing::Arrears).then_some(arrears);
        told.push((
            "housing.arrears_since",
            arrears.map_or_else(Knowledge::none, Knowledge::from),
        ));
        told.push(("housing.eviction_procedure", false.into()));
        let address = self.administrative != Administrative::NoAddress;
        told.push(("residence.postal_address", address.into()));
        if !address {
            told.push(("residence.domiciliation", false.into()));
        }
        told.push(("rsa.suspended", false.into()));
        let account = self.administrative != Administrative::NoAccount;
        told.push(("bank_account", account.into()));
        let (french, literacy) = match self.basics {
            Basics::AtEase => ("native", "functional"),
            Basics::FrenchA2 => ("a2", "functional"),
            Basics::FrenchA1 => ("a1", "functional"),
            Basics::Fragile => ("native", "fragile"),
            Basics::NoLiteracy => ("native", "no_literacy"),
        };
        told.push(("french.level", code(french)?));
        told.push(("literacy.level", code(literacy)?));
        Ok(())
    }
}

fn code(text: &str) -> Result<Knowledge, Failure> {
    Ok(Code::parse(text)?.into())
}
