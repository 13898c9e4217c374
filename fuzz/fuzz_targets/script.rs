//! Lexer, parser, compiler and printer of the shell's language.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    if let Err(what) = bivalve_core::shell::probe::script(text) {
        panic!("{what}");
    }
});
