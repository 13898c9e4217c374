//! Runs cases on several threads, compares what they did with what is expected, and tells the difference.

use super::{Case, Expectation, SpecFile, Stderr};
use bstr::ByteSlice;
use std::fmt;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Something that runs cases: a shell of this computer, or the machine.
pub trait Target: Sync {
    /// Runs a case in an empty directory.
    ///
    /// # Errors
    /// When it could not be run at all.
    fn run(&self, file: &SpecFile, case: &Case) -> Result<Outcome, String>;
}

/// What a case did.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// Its exit status; 128 and the number for a signal.
    pub status: u8,
    /// All of its standard output.
    pub stdout: Vec<u8>,
    /// All of its standard error.
    pub stderr: Vec<u8>,
    /// It was ended because its time was over.
    pub timed_out: bool,
}

/// A case that did not do what it has to.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The case's file.
    pub path: PathBuf,
    /// The case's line.
    pub line: usize,
    /// The case's name.
    pub name: String,
    /// How it differs, in unified diffs.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}\n{}", self.path.display(), self.line, self.name, self.what)
    }
}

/// Runs all cases and returns those that fail, in the order of the files. `expected` says what a case has
/// to do; a case without expectation fails.
pub fn check(
    files: &[SpecFile],
    target: &dyn Target,
    expected: impl Fn(&Case) -> Option<&Expectation> + Sync,
) -> Vec<Failure> {
    let failed = for_each_case(files, |file, case| {
        let what = match (expected(case), target.run(file, case)) {
            (None, _) => "it has no expectation: record it".to_string(),
            (_, Err(what)) => what,
            (Some(expected), Ok(outcome)) => compare(expected, &outcome)?,
        };
        Some(Failure { path: file.path.clone(), line: case.line, name: case.name.clone(), what })
    });
    failed.into_iter().map(|(_, _, failure)| failure).collect()
}

/// Replaces the expectations of a file by what the target does, except where the project differs on
/// purpose: there a change is refused. Each case runs twice and has to do the same both times.
///
/// # Errors
/// One line per case that could not be recorded. The others have been.
pub fn record(file: &mut SpecFile, target: &dyn Target) -> Result<(), Vec<Failure>> {
    let results = for_each_case(std::slice::from_ref(file), |file, case| Some(observe(target, file, case)));
    let mut failures = Vec::new();
    for (_, index, result) in results {
        let case = &mut file.cases[index];
        let what = match result {
            Ok(found) => {
                let found = match &case.expected {
                    Some(Expectation { stderr: Stderr::Some, .. }) => {
                        Expectation { stderr: Stderr::Some, ..found }
                    }
                    _ => found,
                };
                if case.differs.is_none() || case.expected.as_ref() == Some(&found) {
                    case.expected = Some(found);
                    continue;
                }
                "its expectation changes, but it is marked as different: remove the mark first".to_string()
            }
            Err(what) => what,
        };
        failures.push(Failure { path: file.path.clone(), line: case.line, name: case.name.clone(), what });
    }
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

fn observe(target: &dyn Target, file: &SpecFile, case: &Case) -> Result<Expectation, String> {
    let outcome = target.run(file, case)?;
    if outcome.timed_out {
        return Err("it does not end in time".to_string());
    }
    let found = Expectation {
        status: outcome.status,
        stdout: outcome.stdout,
        stderr: Stderr::Exactly(mask_process_ids(&outcome.stderr)),
    };
    match compare(&found, &target.run(file, case)?) {
        None => Ok(found),
        Some(difference) => Err(format!("it does not do the same every time\n{difference}")),
    }
}

/// Replaces the process id in bash's report of a job that a signal ended (`bash: line 1:   421 Killed   …`)
/// by `PID`.
fn mask_process_ids(stderr: &[u8]) -> Vec<u8> {
    let mut masked = Vec::new();
    for line in stderr.lines_with_terminator() {
        let report = line.find(": line ").and_then(|start| {
            let number = start + ": line ".len();
            let colon = number + line[number..].find(": ")?;
            let id = colon + 1 + line[colon + 1..].find_not_byteset(" ")?;
            let end = id + line[id..].find_not_byteset("0123456789")?;
            let signal = line[end..].strip_prefix(b" ")?;
            (end > id && signal.first()?.is_ascii_uppercase()).then_some((colon + 2, end))
        });
        match report {
            Some((start, end)) => {
                masked.extend_from_slice(&line[..start]);
                masked.extend_from_slice(b"PID");
                masked.extend_from_slice(&line[end..]);
            }
            None => masked.extend_from_slice(line),
        }
    }
    masked
}

/// How an outcome differs from what is expected; `None` when it does not.
fn compare(expected: &Expectation, outcome: &Outcome) -> Option<String> {
    let mut what = String::new();
    if outcome.timed_out {
        what.push_str("it did not end in time\n");
    }
    if expected.status != outcome.status {
        what.push_str(&format!("status: expected {}, got {}\n", expected.status, outcome.status));
    }
    what.push_str(&diff("stdout", &expected.stdout, &outcome.stdout));
    match &expected.stderr {
        Stderr::Exactly(bytes) => what.push_str(&diff("stderr", bytes, &mask_process_ids(&outcome.stderr))),
        Stderr::Some if outcome.stderr.is_empty() => what.push_str("stderr: expected some, got none\n"),
        Stderr::Some => {}
    }
    if what.is_empty() { None } else { Some(what) }
}

/// A unified diff of two outputs, cut after some lines; empty when they are equal.
fn diff(stream: &str, expected: &[u8], got: &[u8]) -> String {
    const LINES_MAX: usize = 40;
    if expected == got {
        return String::new();
    }
    let (expected, got) = (visible(expected), visible(got));
    let diff = similar::TextDiff::from_lines(&expected, &got);
    let text =
        diff.unified_diff().header(&format!("{stream} expected"), &format!("{stream} got")).to_string();
    let mut cut: String = text.split_inclusive('\n').take(LINES_MAX).collect();
    if cut.len() < text.len() {
        cut.push_str("…\n");
    }
    cut
}

/// Bytes as text in which control characters and bytes that are not UTF-8 can be seen.
fn visible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' | '\t' => text.push(c),
                c if c.is_control() => text.extend(c.escape_default()),
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

/// Calls `work` for every case on as many threads as there are processors, and returns what it gave with
/// the indices of file and case, in their order.
fn for_each_case<T: Send>(
    files: &[SpecFile],
    work: impl Fn(&SpecFile, &Case) -> Option<T> + Sync,
) -> Vec<(usize, usize, T)> {
    let cases: Vec<(usize, usize)> = files
        .iter()
        .enumerate()
        .flat_map(|(file, spec)| (0..spec.cases.len()).map(move |case| (file, case)))
        .collect();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(&(file, case)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(result) = work(&files[file], &files[file].cases[case]) {
                        results
                            .lock()
                            .unwrap_or_else(|poisoned| poisoned.into_inner())
                            .push((file, case, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    results.sort_by_key(|(file, case, _)| (*file, *case));
    results
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Answers every case with its own code, and counts.
    struct Parrot {
        count: AtomicUsize,
        steady: bool,
    }

    impl Target for Parrot {
        fn run(&self, _: &SpecFile, case: &Case) -> Result<Outcome, String> {
            let count = if self.steady { 0 } else { self.count.fetch_add(1, Ordering::Relaxed) };
            let stdout = format!("{}{}\n", case.code, " again".repeat(count)).into_bytes();
            Ok(Outcome { status: 0, stdout, stderr: Vec::new(), timed_out: false })
        }
    }

    static STEADY: Parrot = Parrot { count: AtomicUsize::new(0), steady: true };

    fn parse(text: &str) -> SpecFile {
        SpecFile::parse(Path::new("x.test.sh"), text).unwrap()
    }

    fn failures(text: &str) -> Vec<String> {
        let failures = check(&[parse(text)], &STEADY, Case::expected_of_ours);
        failures.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_expected_passes() {
        assert!(
            failures("#### a\nx\n## stdout: x\n\n#### b\ny\n## stdout: z\n## differs: w\n## our stdout: y\n")
                .is_empty()
        );
    }

    #[test]
    fn every_kind_of_mismatch_is_told() {
        let told = failures(
            "#### a\nx\n## status: 1\n## stdout: y\n## stderr: e\n\n#### b\ny\n\n#### c\nz\n## stdout: z\n## stderr-some\n",
        );
        assert_eq!(
            told[0],
            "x.test.sh:1: a\nstatus: expected 1, got 0\n\
             --- stdout expected\n+++ stdout got\n@@ -1 +1 @@\n-y\n+x\n\
             --- stderr expected\n+++ stderr got\n@@ -1 +0,0 @@\n-e\n"
        );
        assert_eq!(told[1], "x.test.sh:7: b\nit has no expectation: record it");
        assert_eq!(told[2], "x.test.sh:10: c\nstderr: expected some, got none\n");
        assert_eq!(told.len(), 3);
    }

    #[test]
    fn process_ids_are_masked_in_reports_of_signals_only() {
        let check = |stderr: &str, masked: &str| {
            assert_eq!(mask_process_ids(stderr.as_bytes()).to_str_lossy(), masked);
        };
        check("a\nbash: line 1: 27658 Killed    x\nb", "a\nbash: line 1: PID Killed    x\nb");
        check("bash: line 12:    42 Hangup  x\n", "bash: line 12: PID Hangup  x\n");
        check("bash: line 1: 42: command not found\n", "bash: line 1: 42: command not found\n");
        check("bash: line 1: wait: pid 7 is no child\n", "bash: line 1: wait: pid 7 is no child\n");
    }

    #[test]
    fn recording_fills_and_updates() {
        let mut file = parse("#### a\nx\n\n#### b\ny\n## status: 3\n## stdout: z\n");
        record(&mut file, &STEADY).unwrap();
        assert_eq!(file.print(), "#### a\nx\n## stdout: x\n\n#### b\ny\n## stdout: y\n");
    }

    #[test]
    fn recording_refuses_a_change_of_a_marked_difference_and_what_is_not_steady() {
        let text = "#### a\nx\n## stdout: z\n## differs: why\n## our stdout: w\n";
        let mut file = parse(text);
        assert_eq!(record(&mut file, &STEADY).unwrap_err().len(), 1);
        assert_eq!(file.print(), text);
        let unsteady = Parrot { count: AtomicUsize::new(0), steady: false };
        let failures = record(&mut parse("#### a\nx\n"), &unsteady).unwrap_err();
        assert!(failures[0].what.starts_with("it does not do the same every time"));
    }
}
