//! One piece as a tree of elements, bounded in every direction.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

use super::error::{FlowError, FlowReason, Form};
use super::pieces::Position;
use super::schema;
use crate::interop::Place;

/// Elements one within the other; the format has nine.
const DEEPEST: usize = 16;
/// Elements of one piece.
const MOST_ELEMENTS: usize = 20_000;
/// Tags, texts and comments of one piece.
const MOST_PARTS: usize = 80_000;
/// Characters of one text; the format has 200.
const LONGEST_TEXT: usize = 1000;
/// People of one household.
const MOST_PEOPLE: u64 = 100;

/// How a piece ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With the end of its root.
    Whole,
    /// Within its root, as what stands before the households does.
    Open,
}

/// Where a piece stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) start: Position,
    /// Which household it is, from 1; 0 where it is none.
    pub(super) household: u64,
}

struct Node<'t> {
    /// Its name, where the format has one such here.
    name: Option<&'static str>,
    /// Its name as written, where the format has none such.
    written: Option<Box<str>>,
    parent: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    next: Option<usize>,
    /// Which person of the household it is, from 1; 0 where it is none.
    person: u64,
    text: Cow<'t, str>,
    at: Position,
}

/// The elements of one piece.
pub(super) struct Tree<'t> {
    source: &'t str,
    origin: Origin,
    nodes: Vec<Node<'t>>,
    /// How far places were counted, in bytes, and the place there.
    counted: (usize, Position),
}

impl<'t> Tree<'t> {
    /// Reads a piece whose root is of this name.
    pub(super) fn parse(
        source: &'t str,
        origin: Origin,
        root: &'static str,
        ending: Ending,
    ) -> Result<Self, FlowError> {
        let mut tree = Self {
            source,
            origin,
            nodes: Vec::new(),
            counted: (0, origin.start),
        };
        let mut reader = quick_xml::Reader::from_str(source);
        let mut open: Vec<usize> = Vec::new();
        let mut people = 0_u64;
        let mut parts = 0_usize;
        loop {
            let offset = offset(reader.buffer_position());
            parts = parts.saturating_add(1);
            if parts > MOST_PARTS {
                let reason = FlowReason::TooManyParts { limit: MOST_PARTS };
                return Err(tree.error(open.last().copied(), offset, reason));
            }
            let refuse = |tree: &Self, reason| tree.error(open.last().copied(), offset, reason);
            let Ok(event) = reader.read_event() else {
                let offset = self::offset(reader.error_position());
                return Err(tree.error(open.last().copied(), offset, FlowReason::Markup));
            };
            match event {
                Event::Start(tag) => {
                    let name = tag.name().into_inner();
                    let node = tree.open(name, root, &open, offset, &mut people)?;
                    open.push(node);
                }
                Event::Empty(tag) => {
                    let name = tag.name().into_inner();
                    tree.open(name, root, &open, offset, &mut people)?;
                }
                Event::End(_) => {
                    if let Some(node) = open.pop() {
                        tree.close(node)?;
                    }
                }
                Event::Text(text) => {
                    let text = text.into_inner();
                    tree.text(open.last().copied(), offset, text)?;
                }
                Event::CData(text) => {
                    tree.text(open.last().copied(), offset, text.into_inner())?;
                }
                Event::GeneralRef(reference) => {
                    let text =
                        resolved(&reference).ok_or_else(|| refuse(&tree, FlowReason::Entity))?;
                    tree.text(open.last().copied(), offset, Cow::Owned(text))?;
                }
                Event::Decl(_) if tree.nodes.is_empty() && offset == 0 => {}
                Event::Comment(_) | Event::PI(_) => {}
                Event::Decl(_) => return Err(refuse(&tree, FlowReason::Markup)),
                Event::DocType(_) => return Err(refuse(&tree, FlowReason::DocumentType)),
                Event::Eof => {
                    let ended = open.is_empty() || (ending == Ending::Open && open.len() == 1);
                    return match (ended, tree.nodes.is_empty()) {
                        (true, false) => Ok(tree),
                        (true, true) => Err(refuse(&tree, FlowReason::Missing { element: root })),
                        (false, _) => Err(refuse(&tree, FlowReason::Markup)),
                    };
                }
            }
        }
    }

    fn open(
        &mut self,
        written: &str,
        root: &'static str,
        open: &[usize],
        offset: usize,
        people: &mut u64,
    ) -> Result<usize, FlowError> {
        let parent = open.last().copied();
        let refuse = |tree: &Self, reason| Err(tree.error(parent, offset, reason));
        if open.len() >= DEEPEST {
            return refuse(self, FlowReason::TooDeep { limit: DEEPEST });
        }
        if self.nodes.len() >= MOST_ELEMENTS {
            let limit = MOST_ELEMENTS;
            return refuse(self, FlowReason::TooMany { limit });
        }
        let name = match parent {
            Some(parent) => {
                let around = self.nodes.get(parent).and_then(|node| node.name);
                around.and_then(|around| schema::child(around, written))
            }
            None if written == root && self.nodes.is_empty() => Some(root),
            None if root == "Racine" => return refuse(self, FlowReason::Root),
            None => return refuse(self, FlowReason::Unexpected),
        };
        let mut person = 0;
        if name == Some("Personne") {
            *people = people.saturating_add(1);
            person = *people;
            if person > MOST_PEOPLE {
                let limit = usize::try_from(MOST_PEOPLE).unwrap_or(usize::MAX);
                return refuse(self, FlowReason::TooManyPeople { limit });
            }
        }
        let index = self.nodes.len();
        let (from, mut at) = self.counted;
        at.pass(
            self.source.as_bytes().get(from..offset).unwrap_or_default(),
            true,
        );
        self.counted = (offset, at);
        self.nodes.push(Node {
            name,
            written: name.is_none().then(|| written.into()),
            parent,
            first: None,
            last: None,
            next: None,
            person,
            text: Cow::Borrowed(""),
            at,
        });
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.first = parent.first.or(Some(index));
            let before = parent.last.replace(index);
            if let Some(before) = before.and_then(|before| self.nodes.get_mut(before)) {
                before.next = Some(index);
            }
        }
        Ok(index)
    }

    fn text(
        &mut self,
        node: Option<usize>,
        offset: usize,
        text: Cow<'t, str>,
    ) -> Result<(), FlowError> {
        let Some(into) = node.and_then(|node| self.nodes.get_mut(node)) else {
            return if text.trim().is_empty() {
                Ok(())
            } else {
                Err(self.error(None, offset, FlowReason::StrayText))
            };
        };
        let length = into.text.len().saturating_add(text.len());
        if length > LONGEST_TEXT {
            // Blanks between elements are no text, and are not kept.
            if text.trim().is_empty() && into.text.trim().is_empty() {
                return Ok(());
            }
            let limit = LONGEST_TEXT;
            return Err(self.error(node, offset, FlowReason::LongText { limit }));
        }
        if into.text.is_empty() {
            into.text = text;
        } else {
            into.text.to_mut().push_str(&text);
        }
        Ok(())
    }

    fn close(&self, index: usize) -> Result<(), FlowError> {
        let stray = self.nodes.get(index).filter(|node| {
            let holds_others = node.first.is_some() || node.name.is_some_and(schema::holds_others);
            holds_others && !node.text.trim().is_empty()
        });
        match stray {
            Some(node) => {
                let place = self.place_at(Some(index), node.at);
                Err(FlowError::new(place, FlowReason::StrayText))
            }
            None => Ok(()),
        }
    }

    pub(super) fn root(&self) -> Element<'_> {
        Element {
            tree: self,
            index: 0,
        }
    }

    /// Every element, in the order of the file.
    pub(super) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len()).map(|index| Element { tree: self, index })
    }

    fn error(&self, node: Option<usize>, offset: usize, reason: FlowReason) -> FlowError {
        FlowError::new(self.place(node, offset), reason)
    }

    fn place(&self, node: Option<usize>, offset: usize) -> Place {
        let before = self.source.as_bytes().get(..offset);
        let mut at = self.origin.start;
        at.pass(before.unwrap_or(self.source.as_bytes()), true);
        self.place_at(node, at)
    }

    fn place_at(&self, node: Option<usize>, at: Position) -> Place {
        Place::new(at.line, self.path(node)).at_column(at.column)
    }

    fn path(&self, node: Option<usize>) -> String {
        let mut names: Vec<(&str, u64)> = Vec::new();
        let mut next = node;
        while let Some(node) = next.and_then(|node| self.nodes.get(node)) {
            if let Some(name) = node.name {
                let rank = match name {
                    "InfosFoyerRSA" => self.origin.household,
                    _ => node.person,
                };
                names.push((name, rank));
            }
            next = node.parent;
        }
        if names.is_empty() && self.origin.household > 0 {
            names.push(("InfosFoyerRSA", self.origin.household));
        }
        let mut path = String::new();
        for (name, rank) in names.into_iter().rev() {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            if rank > 0 {
                let _ = write!(path, "[{rank}]");
            }
        }
        path
    }
}

/// A place in a piece that could not be made a tree.
pub(super) fn place_of_household(origin: Origin) -> Place {
    let path = if origin.household > 0 {
        format!("InfosFoyerRSA[{}]", origin.household)
    } else {
        String::new()
    };
    Place::new(origin.start.line, path).at_column(origin.start.column)
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// What a reference stands for; nothing that a document type declares is ever expanded.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if reference.is_char_ref() {
        let found = reference.resolve_char_ref().ok()?;
        return found.map(String::from);
    }
    resolve_xml_entity(&reference.xml10_content()).map(str::to_owned)
}

/// One element.
#[derive(Clone, Copy)]
pub(super) struct Element<'d> {
    tree: &'d Tree<'d>,
    index: usize,
}

impl<'d> Element<'d> {
    fn node(self) -> Option<&'d Node<'d>> {
        self.tree.nodes.get(self.index)
    }

    /// Its name, where the format has one such here.
    pub(super) fn name(self) -> Option<&'static str> {
        self.node()?.name
    }

    /// Its name as written.
    pub(super) fn written(self) -> &'d str {
        let Some(node) = self.node() else {
            return "";
        };
        node.name
            .unwrap_or_else(|| node.written.as_deref().unwrap_or_default())
    }

    pub(super) fn parent(self) -> Option<Self> {
        let index = self.node()?.parent?;
        Some(Self { index, ..self })
    }

    /// Itself and the elements around it, from within.
    pub(super) fn around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |element| element.parent())
    }

    /// Which person of the household it is, from 1; 0 where it is none.
    pub(super) fn person(self) -> u64 {
        self.node().map_or(0, |node| node.person)
    }

    /// How many elements stand before it.
    pub(super) fn rank(self) -> usize {
        self.index
    }

    pub(super) fn children(self) -> impl Iterator<Item = Self> + use<'d> {
        let first = self.node().and_then(|node| node.first);
        std::iter::successors(first, move |index| self.tree.nodes.get(*index)?.next)
            .map(move |index| Self { index, ..self })
    }

    /// Whether the format has not something in it, however deep.
    pub(super) fn holds_the_unknown(self) -> bool {
        let mut children = self.children();
        children.any(|child| child.name().is_none() || child.holds_the_unknown())
    }

    /// Whether somebody stands in it, where the format has no such element.
    pub(super) fn hides_a_person(self) -> bool {
        let identified = |child: Self| child.written() == "Identification";
        self.name().is_none() && (self.written() == "Personne" || self.children().any(identified))
    }

    /// The elements of this name in it.
    pub(super) fn all(self, name: &'static str) -> impl Iterator<Item = Self> + use<'d> {
        self.children()
            .filter(move |child| child.name() == Some(name))
    }

    /// The element of this name in it; two of them are ambiguous.
    pub(super) fn one(self, name: &'static str) -> Result<Option<Self>, FlowError> {
        let mut found = self.all(name);
        let first = found.next();
        match found.next() {
            Some(second) => Err(second.error(FlowReason::Twice { element: name })),
            None => Ok(first),
        }
    }

    pub(super) fn needed(self, name: &'static str) -> Result<Self, FlowError> {
        let missing = || self.error(FlowReason::Missing { element: name });
        self.one(name)?.ok_or_else(missing)
    }

    /// The element at the end of a path, none of whose steps may stand twice.
    pub(super) fn at(self, path: &[&'static str]) -> Result<Option<Self>, FlowError> {
        let mut element = self;
        for name in path {
            match element.one(name)? {
                Some(child) => element = child,
                None => return Ok(None),
            }
        }
        Ok(Some(element))
    }

    /// Its text without the blanks around it; an error where it is no text.
    pub(super) fn text(self) -> Result<&'d str, FlowError> {
        let text = self.raw();
        if text
            .chars()
            .any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER)
        {
            return Err(self.error(FlowReason::Form(Form::Text)));
        }
        Ok(text)
    }

    /// Its text as far as it can be read.
    pub(super) fn raw(self) -> &'d str {
        self.node().map_or("", |node| node.text.trim())
    }

    /// The text of the element of this name in it; nothing where it is blank or not there.
    pub(super) fn text_of(self, name: &'static str) -> Result<Option<&'d str>, FlowError> {
        let Some(child) = self.one(name)? else {
            return Ok(None);
        };
        Ok(Some(child.text()?).filter(|text| !text.is_empty()))
    }

    /// The text of the element of this name in it, in its form.
    pub(super) fn needed_in<T>(
        self,
        name: &'static str,
        form: Form,
        read: impl FnOnce(&'d str) -> Option<T>,
    ) -> Result<T, FlowError> {
        let child = self.needed(name)?;
        let text = child.text()?;
        if text.is_empty() {
            return Err(child.error(FlowReason::Missing { element: name }));
        }
        read(text).ok_or_else(|| child.error(FlowReason::Form(form)))
    }

    pub(super) fn place(self) -> Place {
        let at = self.node().map_or(self.tree.origin.start, |node| node.at);
        self.tree.place_at(Some(self.index), at)
    }

    pub(super) fn error(self, reason: FlowReason) -> FlowError {
        FlowError::new(self.place(), reason)
    }
}
