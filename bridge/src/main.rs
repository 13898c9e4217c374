//! The `bivalve` command line.
fn main() {}
