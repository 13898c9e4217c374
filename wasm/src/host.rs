//! What JavaScript gives to the machine: clocks, randomness, and a way to tell of a panic.

use bivalve_core::abi::Time;
use bivalve_core::host::Host;
use wasm_bindgen::prelude::*;
use wasm_bindgen::throw_str;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]);
}

/// Bytes that one call of `getRandomValues` may ask for.
const RANDOM_BYTES_MAX: usize = 65_536;

/// The host of a machine in a page, a worker or node.
pub struct BrowserHost;

impl Host for BrowserHost {
    fn now(&self) -> Time {
        Time::from_nanos(date_now() as i128 * 1_000_000)
    }

    fn monotonic_nanos(&self) -> u64 {
        (performance_now() * 1e6) as u64
    }

    fn random(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(RANDOM_BYTES_MAX) {
            get_random_values(chunk);
        }
    }
}

/// Milliseconds from now to a point of the monotonic clock, rounded up: waking too early would be in vain.
pub fn millis_until(nanos: u64) -> f64 {
    (nanos as f64 / 1e6 - performance_now()).ceil().max(1.0)
}

/// Makes a panic throw its message out of the module. The instance is dead after it: every later call may
/// find broken state, so whoever drives the machine drops it and boots another one.
pub fn throw_panics() {
    std::panic::set_hook(Box::new(|panic| throw_str(&panic.to_string())));
}
