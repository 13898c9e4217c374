//! The host of a native machine: the system's clocks and its random numbers.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bivalve_core::abi::Time;
use bivalve_core::host::Host;

use crate::errors::{Failure, Outcome};

/// The system's clocks and random numbers, for one machine.
pub struct NativeHost {
    start: Instant,
}

impl NativeHost {
    /// Fails when the system gives no random numbers.
    pub fn new() -> Outcome<NativeHost> {
        getrandom::fill(&mut [0; 8])
            .map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")))?;
        Ok(NativeHost { start: Instant::now() })
    }
}

/// Fills `bytes` with random ones. Ends the process when the system, which gave some at the start, gives
/// none any more: to go on with guessable keys would be worse.
fn fill_random(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        std::process::abort();
    }
}

/// The time of day.
pub fn now() -> Time {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(after) => Time { secs: after.as_secs() as i64, nanos: after.subsec_nanos() },
        Err(before) => Time::from_nanos(-(before.duration().as_nanos() as i128)),
    }
}

impl Host for NativeHost {
    fn now(&self) -> Time {
        now()
    }

    fn monotonic_nanos(&self) -> u64 {
        self.start.elapsed().as_nanos() as u64
    }

    fn random(&self, bytes: &mut [u8]) {
        fill_random(bytes);
    }
}
