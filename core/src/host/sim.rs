//! A host of pure arithmetic: a virtual clock and seeded randomness, so that a seed replays a run.

use super::Host;
use crate::abi::Time;
use std::cell::Cell;

/// The simulated host. Its clock moves only by [`SimHost::advance`]; its randomness is a function of the
/// seed. The same seed and the same input give the same bytes.
pub struct SimHost {
    start: Time,
    elapsed_nanos: Cell<u64>,
    random_state: Cell<u64>,
}

impl SimHost {
    /// A host whose clock stands at 2026-01-01T00:00:00Z.
    #[must_use]
    pub fn new(seed: u64) -> SimHost {
        SimHost {
            start: Time::from_secs(1_767_225_600),
            elapsed_nanos: Cell::new(0),
            random_state: Cell::new(seed),
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, nanos: u64) {
        self.elapsed_nanos.set(self.elapsed_nanos.get().saturating_add(nanos));
    }

    /// The next 64 random bits (splitmix64, Steele, Lea and Flood 2014).
    fn next(&self) -> u64 {
        let state = self.random_state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.random_state.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Host for SimHost {
    fn now(&self) -> Time {
        self.start.plus_nanos(self.elapsed_nanos.get())
    }

    fn monotonic_nanos(&self) -> u64 {
        self.elapsed_nanos.get()
    }

    fn random(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.next().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}
