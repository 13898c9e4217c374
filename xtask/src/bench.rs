//! `cargo xtask bench`: the figures of the README, beside the other shells of this system in the same run.

use crate::report::{self, step};
use crate::tools::cargo;
use crate::{Result, paths};

/// Builds the benchmarks and the `bivalve` that they start, and runs them.
pub fn run(arguments: &[String]) -> Result {
    step("compile bivalve and the benchmarks", || {
        report::run(cargo("build").args(["--release", "-p", "bivalve-bridge"]))?;
        report::run(cargo("build").args(["--release", "-p", "bivalve-tests", "--bin", "bench"]))
    })?;
    let mut bench = cargo("run");
    bench.args(["--release", "--quiet", "-p", "bivalve-tests", "--bin", "bench", "--"]).args(arguments);
    report::run(bench.env("BIVALVE", paths::bivalve()))
}
