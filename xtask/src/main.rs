//! `cargo xtask`: build, serve, test, bench.
fn main() {}
