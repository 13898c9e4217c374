//! Regular expressions and shell patterns.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| bivalve_core::shell::probe::expression(text));
