//! Running commands and telling about it: what is done, how long it took, how many tests passed.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

/// Runs `work` as a step that is announced before and timed after.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("\n==> {title}");
    let started = Instant::now();
    let outcome = work();
    let word = if outcome.is_ok() { "done" } else { "FAILED" };
    eprintln!("    {word}: {title}, {}", seconds(started.elapsed()));
    outcome
}

/// A duration as a person reads it.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// Runs a command on our own terminal; an error when it does not end with status 0.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| format!("cannot run {}: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

/// Runs a command and gives what it printed to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run {}: {error}", name(command)))?;
    if !output.status.success() {
        return Err(format!("{} failed ({})", name(command), output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command that reports tests, showing its output as it comes, and counts the tests that passed.
pub fn run_tests(command: &mut Command) -> Result<u64> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run {}: {error}", name(command)))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (counts, more) = thread::scope(|scope| {
        let errors = scope.spawn(move || stderr.map(|pipe| copy_lines(pipe, std::io::stderr())));
        let counts = stdout.map(|pipe| copy_lines(pipe, std::io::stdout())).unwrap_or_default();
        (counts, errors.join().ok().flatten().unwrap_or_default())
    });
    let status = child.wait().map_err(|error| format!("cannot wait for {}: {error}", name(command)))?;
    let counts = Counts { passed: counts.passed + more.passed, skipped: counts.skipped + more.skipped };
    if !status.success() {
        return Err(format!("{} failed ({status})", name(command)));
    }
    if counts.skipped > 0 {
        return Err(format!(
            "{} skipped {} tests: a skipped test is a defect",
            name(command),
            counts.skipped
        ));
    }
    Ok(counts.passed)
}

/// The tests that a runner's summary lines speak of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Counts {
    passed: u64,
    skipped: u64,
}

/// Copies lines from a child to our own stream as they come, and adds up the summaries among them.
fn copy_lines(from: impl Read, mut to: impl Write) -> Counts {
    let mut counts = Counts::default();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while matches!(lines.read_until(b'\n', &mut line), Ok(1..)) {
        // A closed terminal must not end the child's work: it goes on unseen.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        let summary = counts_of(&String::from_utf8_lossy(&line));
        counts.passed += summary.passed;
        counts.skipped += summary.skipped;
        line.clear();
    }
    counts
}

/// Reads one line; zero when it is no summary. The runners' forms:
/// cargo test `test result: ok. 3 passed; 0 failed; 1 ignored; …`, nextest `Summary [ 0.1s] 3 tests run:
/// 3 passed, 1 skipped`, node `ℹ pass 3` and `ℹ skipped 1`, the spec runner `3 cases in 1 files, 0 failed`.
fn counts_of(line: &str) -> Counts {
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_end_matches([',', ';'])).collect();
    let before = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    match words.as_slice() {
        ["ℹ" | "#", "pass", count] => Counts { passed: count.parse().unwrap_or(0), skipped: 0 },
        ["ℹ" | "#", "skipped" | "todo", count] => Counts { passed: 0, skipped: count.parse().unwrap_or(0) },
        [count, "cases", "in", _, "files", ..] => Counts { passed: count.parse().unwrap_or(0), skipped: 0 },
        ["test", "result:", ..] | ["Summary", ..] => Counts {
            passed: before("passed").unwrap_or(0),
            skipped: before("ignored").or_else(|| before("skipped")).unwrap_or(0),
        },
        _ => Counts::default(),
    }
}

/// The command's name and first argument, for messages.
fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(2).map(|word| word.to_string_lossy().into_owned()));
    format!("`{}`", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, passed: u64, skipped: u64) {
        assert_eq!(counts_of(line), Counts { passed, skipped }, "{line}");
    }

    #[test]
    fn counts_every_runners_summary() {
        check("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out", 12, 1);
        check("     Summary [   0.012s] 7 tests run: 7 passed, 0 skipped", 7, 0);
        check("     Summary [   0.012s] 7 tests run: 7 passed (1 slow), 2 skipped", 7, 2);
        check("ℹ pass 4", 4, 0);
        check("# skipped 2", 0, 2);
        check("610 cases in 31 files, 0 failed", 610, 0);
        check("a line that says 3 passed by the way", 0, 0);
    }
}
