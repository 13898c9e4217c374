//! `cargo xtask test`: sets up what the tests need, then checks and tests everything.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::report::{self, run_tests, seconds, step};
use crate::tools::{self, cargo, find};
use crate::{Result, build, paths};

/// Runs all steps, cheap ones first, until one fails.
pub fn run() -> Result {
    let started = Instant::now();
    step("find what the tests need", || tools::ensure(tools::FOR_TESTS))?;
    step("check the format", || report::run(cargo("fmt").args(["--all", "--check"])))?;
    step("check with clippy", || {
        let everything = ["--workspace", "--all-targets", "--features", "xtask/bindgen"];
        report::run(cargo("clippy").args(everything).args(["--", "--deny", "warnings"]))
    })?;
    build::run()?;
    let mut passed = step("test natively", native_tests)?;
    passed += step("test the examples of the documentation", || {
        run_tests(cargo("test").args(["--quiet", "--workspace", "--doc"]))
    })?;
    passed += step("run the spec files", || {
        run_tests(cargo("run").args(["--quiet", "--package", "bivalve-tests", "--bin", "spec", "--", "run"]))
    })?;
    passed += step("test the JavaScript package, and the page in a browser", || {
        report::run(build::npm_program("tsc").args(["--project", "tests/web"]))?;
        let mut node = Command::new("node");
        node.args(["--test", "--test-reporter=spec"]).args(web_tests()?).current_dir(paths::root());
        run_tests(node.env("BIVALVE_WEB_DIST", paths::page()))
    })?;
    println!("\nEverything passed in {}:", seconds(started.elapsed()));
    println!("{passed} passed, 0 failed");
    Ok(())
}

/// The tests of all packages, by nextest where it is installed. Those of the bridge run its program.
fn native_tests() -> Result<u64> {
    report::run(cargo("build").args(["--package", "bivalve-bridge"]))?;
    let mut tests = if find("cargo-nextest").is_some() {
        let mut nextest = cargo("nextest");
        nextest.args(["run", "--workspace", "--no-fail-fast"]);
        nextest
    } else {
        let mut test = cargo("test");
        test.args(["--workspace", "--no-fail-fast", "--lib", "--bins", "--tests"]);
        test
    };
    run_tests(tests.env("BIVALVE", paths::native_target().join("debug/bivalve")))
}

/// The test files of `tests/web`. Versions of node differ in what they find by themselves.
fn web_tests() -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(paths::root().join("tests/web")).map_err(|error| format!("tests/web: {error}"))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    Ok(files)
}
