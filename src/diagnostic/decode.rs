//! Reads what the canonical encoding wrote: what a store keeps, and what a later version sent.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::encode::{ENCODING_VERSION, ERASURE, MAGIC, OBSERVATION, RECTIFICATION, RETRACTION};
use super::error::DecodeError;
use super::{
    Entry, EntryId, Erasure, ErasureGround, Newer, Observation, Rectification, Retraction, Said,
    Scope, WithdrawalReason,
};
use crate::Knowledge;
use crate::fact::dictionary::date_of;
use crate::fact::{Means, Rows, Value, Without};
use crate::vocabulary::{BodyId, Cents, Code, FactName};

/// What is still to be read. `None` where it is not of the form asked for.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn length(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(usize::try_from(length).ok()?)?).ok()
    }

    fn body(&mut self) -> Option<BodyId> {
        BodyId::parse(self.text()?).ok()
    }

    fn fact(&mut self) -> Option<FactName> {
        FactName::parse(self.text()?).ok()
    }

    fn code(&mut self) -> Option<Code> {
        Code::parse(self.text()?).ok()
    }

    fn number(&mut self) -> Option<i64> {
        self.array().map(i64::from_be_bytes)
    }

    fn day(&mut self) -> Option<NaiveDate> {
        date_of(self.number()?)
    }

    /// Each item takes a byte at least, so that a length that lies ends with the bytes.
    fn list<T, C: Default + Extend<T>>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<C> {
        let mut found = C::default();
        for _ in 0..self.length()? {
            found.extend([one(self)?]);
        }
        Some(found)
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one says whether it could be read, as everywhere here"
    )]
    fn option<T>(&mut self, one: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? {
            one(self).map(Some)
        } else {
            Some(None)
        }
    }

    /// The version; nothing where the mark is missing.
    fn version(&mut self) -> Option<u16> {
        (self.array()? == MAGIC).then_some(())?;
        self.array().map(u16::from_be_bytes)
    }

    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            0 => Value::None,
            1 => Value::Flag(self.flag()?),
            2 => Value::Integer(self.number()?),
            3 => Value::Money(Cents::new(self.number()?)),
            4 => Value::Date(self.day()?),
            5 => Value::Code(self.code()?),
            _ => return None,
        })
    }

    /// What one fact, or one field of a row, may be.
    fn plain(&mut self, form: u8) -> Option<Knowledge> {
        Some(match form {
            1 => Knowledge::OneOf(self.list(Self::value)?),
            2 => Knowledge::Between {
                from: self.option(Self::value)?,
                to: self.option(Self::value)?,
            },
            3 => Knowledge::Members {
                with: self.list(Self::code)?,
                without: match self.option(|codes| codes.list(Self::code))? {
                    None => Without::AllOthers,
                    Some(codes) => Without::These(codes),
                },
            },
            _ => return None,
        })
    }

    fn row(&mut self) -> Option<BTreeMap<FactName, Knowledge>> {
        self.list(|fields| {
            let name = fields.fact()?;
            let form = fields.byte()?;
            Some((name, fields.plain(form)?))
        })
    }

    fn knowledge(&mut self) -> Option<Knowledge> {
        match self.byte()? {
            4 => Some(Knowledge::Rows(Rows {
                complete: self.flag()?,
                rows: self.list(Self::row)?,
            })),
            form => self.plain(form),
        }
    }

    fn means(&mut self) -> Option<Means> {
        Some(match self.byte()? {
            1 => Means::Declared,
            2 => Means::Attested,
            3 => Means::Assessed,
            4 => Means::Computed,
            _ => return None,
        })
    }

    fn said(&mut self) -> Option<Said> {
        Some(match self.byte()? {
            1 => Said::Known(self.knowledge()?),
            2 => Said::AskedUnknown,
            3 => Said::Declined,
            _ => return None,
        })
    }

    fn withdrawal(&mut self) -> Option<(EntryId, WithdrawalReason)> {
        let target = EntryId::of_bytes(self.array()?);
        let reason = match self.byte()? {
            1 => WithdrawalReason::Mistake,
            2 => WithdrawalReason::WrongPerson,
            3 => WithdrawalReason::Contested,
            _ => return None,
        };
        Some((target, reason))
    }

    fn ground(&mut self) -> Option<ErasureGround> {
        Some(match self.byte()? {
            1 => ErasureGround::Request,
            2 => ErasureGround::Objection,
            3 => ErasureGround::ConsentWithdrawn,
            4 => ErasureGround::Inaccurate,
            5 => ErasureGround::Retention,
            6 => ErasureGround::Upheld { by: self.body()? },
            7 => ErasureGround::Court,
            8 => ErasureGround::Authority,
            9 => ErasureGround::WrongPerson,
            _ => return None,
        })
    }

    fn entry(&mut self) -> Option<Entry> {
        (self.version()? == ENCODING_VERSION).then_some(())?;
        let kind = self.byte()?;
        let (by, of, fact) = (self.body()?, self.body()?, self.fact()?);
        let (observed_on, recorded_on) = (self.day()?, self.day()?);
        Some(match kind {
            OBSERVATION => Entry::Observation(Observation {
                by,
                means: self.means()?,
                observed_on,
                recorded_on,
                fact,
                said: self.said()?,
                remark: self.option(|remark| remark.text().map(str::to_owned))?,
            }),
            RETRACTION => {
                let (target, reason) = self.withdrawal()?;
                Entry::Retraction(Retraction {
                    by,
                    target,
                    fact,
                    observed_on,
                    recorded_on,
                    reason,
                })
            }
            RECTIFICATION => {
                let (target, reason) = self.withdrawal()?;
                Entry::Rectification(Rectification {
                    by,
                    of,
                    target,
                    fact,
                    observed_on,
                    recorded_on,
                    reason,
                })
            }
            _ => return None,
        })
    }

    fn erasure(&mut self) -> Option<Erasure> {
        let is_one = self.version()? == ENCODING_VERSION && self.byte()? == ERASURE;
        is_one.then_some(())?;
        Some(Erasure {
            by: self.body()?,
            up_to: self.day()?,
            recorded_on: self.day()?,
            scope: match self.option(Self::fact)? {
                None => Scope::All,
                Some(fact) => Scope::Fact(fact),
            },
            ground: self.ground()?,
        })
    }
}

impl Newer {
    /// Reads an entry of a later version; `None` where its beginning is not that of an entry.
    #[must_use]
    pub fn parse(bytes: Vec<u8>) -> Option<Self> {
        let mut head = Reader(&bytes);
        let version = head.version()?;
        head.byte()?;
        let (by, of, fact) = (head.body()?, head.body()?, head.fact()?);
        let (observed_on, recorded_on) = (head.day()?, head.day()?);
        (version > ENCODING_VERSION).then_some(Self {
            bytes,
            version,
            by,
            of,
            fact,
            observed_on,
            recorded_on,
        })
    }
}

impl Entry {
    /// Reads what [`encode`](Self::encode) wrote, of this version or a later one: a store keeps
    /// these bytes and nothing else of an entry.
    ///
    /// ```
    /// use spie::Diagnostic;
    /// use spie::diagnostic::Entry;
    ///
    /// let held = Diagnostic::parse(r#"{ "version": 1, "person": "dossier-12", "entries": [
    ///     { "observation": { "by": "caf-51", "means": "attested",
    ///         "observed_on": "2025-01-10", "recorded_on": "2025-01-11",
    ///         "fact": "rsa", "known": { "one_of": [{ "flag": true }] } } } ] }"#)?;
    /// let stored: Vec<Vec<u8>> = held.entries().map(|(_, entry)| entry.encode()).collect();
    ///
    /// let mut again = Diagnostic::new(held.person().clone());
    /// for bytes in &stored {
    ///     again.receive(Entry::decode(bytes)?)?;
    /// }
    /// assert_eq!(again, held);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where these bytes are not the one form of an entry that can be kept. It
    /// holds no value.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if let Some(newer) = Newer::parse(bytes.to_vec()) {
            let newer = Self::Newer(newer);
            newer.check()?;
            return Ok(newer);
        }
        let entry = Reader(bytes).entry().ok_or(DecodeError::Entry)?;
        entry.check()?;
        let entry = entry.in_order();
        // One form for each statement, to the last byte: its id is a hash of it.
        if entry.encode() != bytes {
            return Err(DecodeError::Entry);
        }
        Ok(entry)
    }
}

impl Erasure {
    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where these bytes are not the one form of an erasure that can be kept.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let erasure = Reader(bytes).erasure().ok_or(DecodeError::Erasure)?;
        erasure.check()?;
        if erasure.encode() != bytes {
            return Err(DecodeError::Erasure);
        }
        Ok(erasure)
    }
}
