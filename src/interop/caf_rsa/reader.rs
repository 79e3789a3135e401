//! People, one at a time.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::io::BufRead;
use std::iter::FusedIterator;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use quick_xml::events::Event;

use super::error::{FlowError, FlowReason, Form, Warning, WarningReason};
use super::household::Household;
use super::person::Gathered;
use super::pieces::{Kind, LONGEST, Piece, Pieces, Position};
use super::tree::{Ending, Origin, Tree, place_of_household};
use super::unread::Leftovers;
use super::{Flow, Identity, Options, form};
use crate::interop::{Arrival, Place, Unread};
use crate::vocabulary::PersonRef;

/// How many households and people went which way. `people` is always `kept`, `refused` and
/// `skipped` together; of the people of a refused household nothing is known, not their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Tally {
    /// Households met, and what stands in the place of one.
    pub households: u64,
    /// Those of them that were refused whole.
    pub refused_households: u64,
    /// People of the others.
    pub people: u64,
    /// People given as arrivals.
    pub kept: u64,
    /// People refused, each with an error.
    pub refused: u64,
    /// People for whom the caller gave no reference.
    pub skipped: u64,
    /// Codes and elements that were not read and that nobody was given: they are of people who are not
    /// kept, or of households whose claimant and partner are not. One member is not told of another.
    pub untold: u64,
}

/// Reads a flow, person by person: an iterator of arrivals and errors, with one household in
/// memory at a time. See the [module](super) for what each element says.
pub struct Reader<R, F> {
    pieces: Pieces<R>,
    encoding: &'static Encoding,
    flow: Flow,
    options: Options,
    reference: F,
    ready: VecDeque<Result<Arrival, FlowError>>,
    tally: Tally,
    anomalies: u64,
    /// The totals: of households, and of households with an anomaly.
    announced: Option<Announced>,
    root_ended: bool,
    warnings: Vec<Warning>,
    done: bool,
}

#[derive(Debug, Clone)]
struct Announced {
    place: Place,
    households: u64,
    anomalies: u64,
}

impl<R, F> Reader<R, F>
where
    R: BufRead,
    F: FnMut(&Identity<'_>) -> Option<PersonRef>,
{
    /// Reads what stands before the households. The function gives each person the reference
    /// that the caller's software uses; who gets none is skipped, and counted.
    ///
    /// # Errors
    ///
    /// [`FlowError`] where this is no such flow, or does not say of which day it speaks.
    pub fn new(source: R, options: Options, reference: F) -> Result<Self, FlowError> {
        let mut pieces = Pieces::new(source);
        let at = |position: Position, reason| {
            let place = Place::new(position.line, "").at_column(position.column);
            FlowError::new(place, reason)
        };
        let start = pieces.position();
        let head = match pieces.next() {
            Err(kind) => return Err(at(pieces.position(), FlowReason::Read { kind })),
            Ok(None) => return Err(at(start, FlowReason::Empty)),
            Ok(Some(head)) => head,
        };
        if head.too_long {
            return Err(at(head.start, FlowReason::TooLong { limit: LONGEST }));
        }
        if head.kind != Kind::Other {
            let element = "IdentificationFlux";
            return Err(at(head.start, FlowReason::Missing { element }));
        }
        let (encoding, bytes) =
            encoding(pieces.bytes()).ok_or_else(|| at(head.start, FlowReason::Encoding))?;
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let origin = Origin {
            start: head.start,
            household: 0,
        };
        let tree = Tree::parse(&text, origin, "Racine", Ending::Open)?;
        let (flow, warning) = Flow::read(&tree)?;
        drop(text);
        pieces.utf8 = encoding == UTF_8;
        Ok(Self {
            pieces,
            encoding,
            flow,
            options,
            reference,
            ready: VecDeque::new(),
            tally: Tally::default(),
            anomalies: 0,
            announced: None,
            root_ended: false,
            warnings: warning.into_iter().collect(),
            done: false,
        })
    }

    /// What the flow says of itself.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Households and people so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Remarks about the whole flow, once its end was reached.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    fn piece(&mut self, piece: Piece) {
        let (text, _) = self
            .encoding
            .decode_without_bom_handling(self.pieces.bytes());
        let text = text.into_owned();
        match piece.kind {
            Kind::End => self.root_ended = true,
            Kind::Other if !piece.too_long && says_nothing(&text) => {}
            Kind::Second => self.refuse_rest(piece.start),
            _ if self.root_ended => self.refuse_rest(piece.start),
            Kind::Totals if self.announced.is_none() && !piece.too_long => {
                self.totals(piece, &text);
            }
            _ => self.household(piece, &text),
        }
    }

    /// What stands after the end may be of another day: nothing of it is read.
    fn refuse_rest(&mut self, start: Position) {
        self.end();
        add(&mut self.tally.households);
        add(&mut self.tally.refused_households);
        let origin = Origin {
            start,
            household: self.tally.households,
        };
        let error = FlowError::new(place_of_household(origin), FlowReason::SecondFlow);
        self.ready.push_back(Err(error));
    }

    fn totals(&mut self, piece: Piece, text: &str) {
        let origin = Origin {
            start: piece.start,
            household: 0,
        };
        let count = |text: &str| {
            form::is_digits(text, 8)
                .then(|| text.parse().ok())
                .flatten()
        };
        let read = |tree: Tree<'_>| {
            let root = tree.root();
            Ok(Announced {
                place: root.place(),
                households: root.needed_in("NBTOTDOSRSATRANSM", Form::Count, count)?,
                anomalies: root.needed_in("NBTOTDOSRSATRANSMANO", Form::Count, count)?,
            })
        };
        let totals = Tree::parse(text, origin, "TransmissionFlux", Ending::Whole).and_then(read);
        match totals {
            Ok(announced) => self.announced = Some(announced),
            Err(error) => {
                let warning = Warning::new(error.place().clone(), WarningReason::NoTotals);
                self.warnings.push(warning);
            }
        }
    }

    /// Reads a household, or what stands in the place of one.
    fn household(&mut self, piece: Piece, text: &str) {
        add(&mut self.tally.households);
        let origin = Origin {
            start: piece.start,
            household: self.tally.households,
        };
        let reason = match piece.kind {
            _ if piece.too_long => Some(FlowReason::TooLong { limit: LONGEST }),
            Kind::Household { ended: true } => None,
            Kind::Household { ended: false } => Some(FlowReason::NoEnd),
            Kind::Stray => Some(FlowReason::NoStart),
            Kind::Totals | Kind::End | Kind::Second | Kind::Other => Some(FlowReason::Unexpected),
        };
        let read = match reason {
            Some(reason) => Err(FlowError::new(place_of_household(origin), reason)),
            None => Tree::parse(text, origin, "InfosFoyerRSA", Ending::Whole)
                .and_then(|tree| self.people(&tree)),
        };
        if let Err(error) = read {
            add(&mut self.tally.refused_households);
            self.ready.push_back(Err(error));
        }
    }

    fn people(&mut self, tree: &Tree<'_>) -> Result<(), FlowError> {
        let mut left = Leftovers::of(tree);
        let (household, members) = Household::read(tree, &self.flow, &self.options, &mut left)?;
        let gathered = members.into_iter().map(|member| {
            let member = member?;
            let gathered = Gathered::of(&household, &member, &self.flow, &mut left)?;
            Ok((member, gathered))
        });
        let gathered: Vec<Result<_, FlowError>> = gathered.collect();
        left.within_bounds()?;
        if household.has_anomaly {
            add(&mut self.anomalies);
        }
        let mut given: Vec<PersonRef> = Vec::new();
        // Whoever has no voice here is told of with the first who holds the right.
        let read = gathered.iter().flatten().map(|(member, _)| member);
        let dependents = read.filter(|one| one.is_dependent());
        let dependents: BTreeSet<u64> = dependents.map(|one| one.element.person()).collect();
        let mut first = None;
        for gathered in gathered {
            add(&mut self.tally.people);
            let arrival = gathered.and_then(|(member, gathered)| {
                let Some(reference) = (self.reference)(&household.identity(&member)) else {
                    return Ok(None);
                };
                if given.contains(&reference) {
                    return Err(member.element.error(FlowReason::SharedReference));
                }
                given.push(reference.clone());
                let diagnostic = gathered.diagnostic(&household, &member, &self.flow, reference)?;
                let holds = member.role.holds_the_right() && member.lives_here();
                if holds {
                    first.get_or_insert(self.ready.len());
                }
                let unread = left.for_person(member.element.person(), holds);
                Ok(Some(Arrival::new(diagnostic, unread)))
            });
            match arrival.transpose() {
                None => add(&mut self.tally.skipped),
                Some(arrival) => {
                    add(match arrival {
                        Ok(_) => &mut self.tally.kept,
                        Err(_) => &mut self.tally.refused,
                    });
                    self.ready.push_back(arrival);
                }
            }
        }
        if let Some(Ok(first)) = first.and_then(|place| self.ready.get_mut(place)) {
            first.unread.extend(left.of_dependents(&dependents));
            let place = |one: &Unread| (one.place.line, one.place.column);
            first.unread.sort_by_key(place);
        }
        self.tally.untold = self.tally.untold.saturating_add(left.untold());
        Ok(())
    }

    /// What is worth saying once everything was read.
    fn end(&mut self) {
        self.done = true;
        let position = self.pieces.position();
        let end = Place::new(position.line, "").at_column(position.column);
        let found = (self.tally.households, self.anomalies);
        match self.announced.take() {
            None if self.warnings.is_empty() => {
                let warning = Warning::new(end.clone(), WarningReason::NoTotals);
                self.warnings.push(warning);
            }
            None => {}
            Some(Announced {
                place,
                households,
                anomalies,
            }) => {
                let announced = [
                    (households != found.0).then_some(WarningReason::Households {
                        announced: households,
                        found: found.0,
                    }),
                    (anomalies != found.1).then_some(WarningReason::Anomalies {
                        announced: anomalies,
                        found: found.1,
                    }),
                ];
                let reasons = announced.into_iter().flatten();
                let warnings = reasons.map(|reason| Warning::new(place.clone(), reason));
                self.warnings.extend(warnings);
            }
        }
        if !self.root_ended {
            self.warnings.push(Warning::new(end, WarningReason::NoEnd));
        }
    }
}

fn add(count: &mut u64) {
    *count = count.saturating_add(1);
}

/// The encoding of a file by its first bytes, and these without a mark: windows-1252 unless the
/// prolog says otherwise.
fn encoding(head: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    if let Some(rest) = head.strip_prefix(b"\xef\xbb\xbf") {
        return Some((UTF_8, rest));
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return None;
    }
    // A prolog is in ASCII: what is not is damaged, and found to be so when it is read.
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(head);
    let encoding = match quick_xml::Reader::from_str(&text).read_event() {
        Ok(Event::Decl(prolog)) => match prolog.encoding() {
            Some(label) => Encoding::for_label(label.ok()?.as_bytes())?,
            None => WINDOWS_1252,
        },
        _ => WINDOWS_1252,
    };
    (encoding == UTF_8 || encoding.is_single_byte()).then_some((encoding, head))
}

/// Comments and prologs between households, and nothing else.
fn says_nothing(text: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
            Ok(Event::Text(text)) if text.trim().is_empty() => {}
            _ => return false,
        }
    }
}

impl<R, F> Iterator for Reader<R, F>
where
    R: BufRead,
    F: FnMut(&Identity<'_>) -> Option<PersonRef>,
{
    type Item = Result<Arrival, FlowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.done {
                return None;
            }
            match self.pieces.next() {
                Ok(Some(piece)) => self.piece(piece),
                Ok(None) => self.end(),
                Err(kind) => {
                    self.done = true;
                    add(&mut self.tally.households);
                    add(&mut self.tally.refused_households);
                    let origin = Origin {
                        start: self.pieces.position(),
                        household: self.tally.households,
                    };
                    let reason = FlowReason::Read { kind };
                    return Some(Err(FlowError::new(place_of_household(origin), reason)));
                }
            }
        }
    }
}

impl<R, F> FusedIterator for Reader<R, F>
where
    R: BufRead,
    F: FnMut(&Identity<'_>) -> Option<PersonRef>,
{
}

/// Shows where the reader stands, never what the file holds.
impl<R, F> fmt::Debug for Reader<R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("flow", &self.flow.kind)
            .field("tally", &self.tally)
            .finish_non_exhaustive()
    }
}
