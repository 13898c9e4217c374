//! `cargo xtask serve`: the main job. Builds everything and runs the machine behind SSH and HTTP.

use std::process::Command;

use crate::report::{self, step};
use crate::tools::cargo;
use crate::{Result, build, paths};

/// Builds, then runs `bivalve serve` with these arguments until it ends.
pub fn run(arguments: &[String]) -> Result {
    build::run()?;
    compile()?;
    eprintln!("\n==> bivalve serve {}", arguments.join(" "));
    report::run(Command::new(paths::bivalve()).arg("serve").args(arguments))
}

/// The `bivalve` program with the page in it, as users have it.
pub fn compile() -> Result {
    step("compile bivalve", || report::run(cargo("build").args(["--release", "--package", "bivalve-bridge"])))
}
