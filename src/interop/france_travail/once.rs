//! One person, one reference: seen twice is said, never joined in silence.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::error::RowReason;
use crate::vocabulary::PersonRef;

/// 128 bits of a SHA-256: no two people of a country meet by chance.
type Print = [u8; 16];

fn print(text: &str) -> Print {
    let mut print = Print::default();
    for (byte, hashed) in print.iter_mut().zip(Sha256::digest(text.as_bytes())) {
        *byte = hashed;
    }
    print
}

/// Numbers and references met so far, as hashes. It is the only thing that grows
/// with the file: about a hundred bytes a row.
#[derive(Debug, Default)]
pub(super) struct Met {
    numbers: BTreeMap<Print, (Print, u64)>,
    references: BTreeMap<Print, u64>,
}

impl Met {
    /// Notes a person, unless the number or the reference was met before.
    pub(super) fn meet(
        &mut self,
        number: &str,
        reference: &PersonRef,
        line: u64,
    ) -> Result<(), RowReason> {
        let (number, reference) = (print(number), print(reference.as_str()));
        if let Some((known, first)) = self.numbers.get(&number).copied() {
            return Err(if known == reference {
                RowReason::RepeatedRow { first }
            } else {
                RowReason::SplitIdentifier { first }
            });
        }
        if let Some(first) = self.references.get(&reference).copied() {
            return Err(RowReason::SharedReference { first });
        }
        self.numbers.insert(number, (reference, line));
        self.references.insert(reference, line);
        Ok(())
    }
}
