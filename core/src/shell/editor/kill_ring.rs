//! What was cut, to be put back: the last ten pieces.

use std::collections::VecDeque;

/// Pieces that are kept (as readline).
const PIECES_MAX: usize = 10;

/// The pieces, and the one that the last yank gave.
#[derive(Default, Debug)]
pub struct KillRing {
    /// The newest is the last.
    pieces: VecDeque<Vec<u8>>,
    /// How many pieces older than the newest.
    back: usize,
}

impl KillRing {
    /// Keeps a new piece.
    pub fn push(&mut self, piece: Vec<u8>) {
        self.pieces.push_back(piece);
        if self.pieces.len() > PIECES_MAX {
            self.pieces.pop_front();
        }
        self.back = 0;
    }

    /// Makes the newest piece longer: at its end, or its start.
    pub fn join(&mut self, more: &[u8], at_start: bool) {
        match self.pieces.back_mut() {
            None => self.push(more.to_vec()),
            Some(piece) if at_start => drop(piece.splice(..0, more.iter().copied())),
            Some(piece) => piece.extend(more),
        }
        self.back = 0;
    }

    /// The current piece.
    #[must_use]
    pub fn current(&self) -> Option<&[u8]> {
        let index = self.pieces.len().checked_sub(self.back + 1)?;
        self.pieces.get(index).map(Vec::as_slice)
    }

    /// Goes to the next older piece, after the oldest to the newest.
    pub fn rotate(&mut self) {
        self.back = if self.back + 1 >= self.pieces.len() { 0 } else { self.back + 1 };
    }
}
