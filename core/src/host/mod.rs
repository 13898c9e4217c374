//! Layer 1: what the outside gives to the machine. Each is a trait whose default is nothing.

mod sim;

pub use sim::SimHost;

use crate::abi::Time;

/// What the machine needs of whoever runs it. The machine calls it only from within `Machine::run` and
/// the other calls of its owner, on that owner's thread.
pub trait Host {
    /// The time of day.
    fn now(&self) -> Time;

    /// Nanoseconds on a clock that never goes back, from any start.
    fn monotonic_nanos(&self) -> u64;

    /// Fills `bytes` with random ones, good enough for keys (`/dev/urandom`).
    fn random(&self, bytes: &mut [u8]);
}
