//! A source that gives its bytes piece by piece, as a network does.

use std::io::{self, Read};

/// Gives so many bytes at a time, and fails after so many of them.
pub struct Drip<'t> {
    pub left: &'t [u8],
    pub at_a_time: usize,
    pub fails_after: Option<usize>,
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut most = self.at_a_time.min(into.len()).min(self.left.len());
        if let Some(room) = &mut self.fails_after {
            if *room == 0 {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            most = most.min(*room);
            *room -= most;
        }
        let (given, left) = self.left.split_at(most);
        into[..most].copy_from_slice(given);
        self.left = left;
        Ok(most)
    }
}
