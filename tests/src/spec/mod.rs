//! Spec files: cases of shell code with what the real bash and GNU tools answered.
//!
//! `format` reads and prints them, `real` runs a case on a shell of this computer, `ours` on the
//! machine, `report` compares and tells. The format is described in `tests/spec/README.md`.

pub mod format;
pub mod ours;
pub mod real;
pub mod report;

pub use format::{Case, Expectation, SpecFile, Stderr};
pub use ours::Ours;
pub use real::RealShell;
pub use report::{Failure, Outcome, Target, check, record};

use std::path::{Path, PathBuf};

/// How long one case may run.
pub const CASE_TIME_MAX: std::time::Duration = std::time::Duration::from_secs(10);

/// More output than this of one stream ends a case.
const OUTPUT_BYTES_MAX: usize = 16 << 20;

/// Where a case runs. Its files are only its own.
const DIRECTORY: &str = "/tmp/case";

/// The variables of a case, the same as those of a command over SSH, in a fixed place and time zone.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("HOME", DIRECTORY),
    ("USER", "root"),
    ("LOGNAME", "root"),
    ("SHELL", "/bin/bash"),
    ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ("LANG", "C.UTF-8"),
    ("LC_ALL", "C.UTF-8"),
    ("TZ", "UTC"),
];

/// The folder of this project's spec files.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("spec")
}

/// All spec files below a folder (or the file itself), in the order of their paths.
///
/// # Errors
/// The first file that cannot be read or is not a spec file, as `path:line: what is wrong`.
pub fn load(path: &Path) -> Result<Vec<SpecFile>, String> {
    let mut paths = Vec::new();
    collect(path, &mut paths)?;
    paths.sort();
    paths.iter().map(|path| load_file(path)).collect()
}

fn load_file(path: &Path) -> Result<SpecFile, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    SpecFile::parse(path, &text)
}

fn collect(path: &Path, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let tell = |error: std::io::Error| format!("{}: {error}", path.display());
    if !path.is_dir() {
        paths.push(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(tell)? {
        let path = entry.map_err(tell)?.path();
        if path.is_dir() || path.to_string_lossy().ends_with(".test.sh") {
            collect(&path, paths)?;
        }
    }
    Ok(())
}

/// The bash of this computer, if it is of the version whose behaviour the spec files record.
///
/// # Errors
/// One line that says which version was found.
pub fn real_bash() -> Result<RealShell, String> {
    const VERSION: &str = "5.2.";
    let bash = RealShell::bash()?;
    match bash.bash_version() {
        Some(version) if version.starts_with(VERSION) => Ok(bash),
        Some(version) => Err(format!("/bin/bash is {version}, the expectations are of {VERSION}x")),
        None => Err("there is no /bin/bash".to_string()),
    }
}
