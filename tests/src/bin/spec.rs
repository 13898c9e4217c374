//! `spec`: records, re-checks and runs the spec files.

use bivalve_tests::spec::{self, Case, Failure, Ours, RealShell, SpecFile, Target};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: spec record [PATH]…             record what the real bash does
       spec check [PATH]…              compare the expectations with the real bash
       spec run [PATH]…                run the cases on the machine
       spec run --seed N [PATH]…       the same, its processes shuffled by the seed N
       spec run --shell CMD [PATH]…    run the cases on the shell CMD";

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let mode = if words.is_empty() { String::new() } else { words.remove(0) };
    let result = match mode.as_str() {
        "record" => load(&words).and_then(record),
        "check" => load(&words).and_then(check),
        "run" => run(words),
        _ => Err(USAGE.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn load(paths: &[String]) -> Result<Vec<SpecFile>, String> {
    if paths.is_empty() {
        return spec::load(&spec::folder());
    }
    let files: Result<Vec<_>, _> = paths.iter().map(|path| spec::load(Path::new(path))).collect();
    Ok(files?.concat())
}

fn record(mut files: Vec<SpecFile>) -> Result<(), String> {
    let bash = spec::real_bash()?;
    let mut failures = Vec::new();
    for file in &mut files {
        if let Err(failed) = spec::record(file, &bash) {
            failures.extend(failed);
        }
        std::fs::write(&file.path, file.print())
            .map_err(|error| format!("{}: {error}", file.path.display()))?;
    }
    tell(&files, failures)
}

fn check(files: Vec<SpecFile>) -> Result<(), String> {
    let bash = spec::real_bash()?;
    let failures = spec::check(&files, &bash, |case| case.expected.as_ref());
    tell(&files, failures)
}

fn run(mut words: Vec<String>) -> Result<(), String> {
    let mut target: Box<dyn Target> = Box::new(Ours::new()?);
    if words.first().is_some_and(|word| word.starts_with("--")) {
        target = match words.drain(..words.len().min(2)).collect::<Vec<_>>().as_slice() {
            [option, command] if option == "--shell" => Box::new(RealShell::of_command(&absolute(command))?),
            [option, seed] if option == "--seed" => {
                let seed = seed.parse().map_err(|_| format!("'{seed}' is not a number"))?;
                Box::new(Ours::new()?.shuffled(seed))
            }
            _ => return Err(USAGE.to_string()),
        };
    }
    let files = load(&words)?;
    let failures = spec::check(&files, &*target, Case::expected_of_ours);
    tell(&files, failures)
}

/// The command with its program as an absolute path, since cases run in other directories.
fn absolute(command: &str) -> String {
    let (program, rest) = command.split_once(' ').unwrap_or((command, ""));
    let path = PathBuf::from(program);
    let path = if program.contains('/') { path.canonicalize().unwrap_or(path) } else { path };
    format!("{} {rest}", path.display())
}

fn tell(files: &[SpecFile], failures: Vec<Failure>) -> Result<(), String> {
    let count: usize = files.iter().map(|file| file.cases.len()).sum();
    for failure in &failures {
        println!("{failure}");
    }
    let told = format!("{count} cases in {} files, {} failed", files.len(), failures.len());
    if failures.is_empty() {
        println!("{told}");
        Ok(())
    } else {
        Err(told)
    }
}
