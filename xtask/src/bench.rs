//! `cargo xtask bench`: the figures of the README, beside the other shells of this system in the same run.

use crate::report::{self, step};
use crate::tools::cargo;
use crate::{Result, paths, serve};

/// Builds the benchmarks and the `bivalve` that they start, and runs them.
pub fn run(arguments: &[String]) -> Result {
    serve::compile()?;
    let program = ["--release", "--package", "bivalve-tests", "--bin", "bench"];
    step("compile the benchmarks", || report::run(cargo("build").args(program)))?;
    let mut bench = cargo("run");
    bench.args(program).args(["--quiet", "--"]).args(arguments);
    report::run(bench.env("BIVALVE", paths::bivalve()))
}
