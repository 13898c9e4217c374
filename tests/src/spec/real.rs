//! Runs a case on a shell of this computer, in an empty directory and with a fixed environment.

use super::{CASE_TIME_MAX, Case, Outcome, SpecFile, Target};
use bstr::ByteSlice;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Where the real tools are.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// A shell of this computer and the directory in which its cases run.
///
/// Each case gets `ROOT/N/tmp/case` as its working and home directory, and `ROOT/N/bin`, where `sh` is
/// the bash under test, at the front of its `PATH`. `ROOT/N` is cut out of what the case prints, so
/// paths look alike everywhere: `/tmp/case`.
pub struct RealShell {
    command: Vec<OsString>,
    /// Whether it is started under the name that the spec file asks for.
    named: bool,
    root: PathBuf,
    next: AtomicUsize,
}

impl RealShell {
    /// The bash of this computer.
    ///
    /// # Errors
    /// When the directory for the cases cannot be made.
    pub fn bash() -> Result<RealShell, String> {
        RealShell::new(vec!["/bin/bash".into()], true)
    }

    /// Any command that takes `-c SCRIPT`, its words split at blanks.
    ///
    /// # Errors
    /// When the directory for the cases cannot be made.
    pub fn of_command(command: &str) -> Result<RealShell, String> {
        RealShell::new(command.split_whitespace().map(OsString::from).collect(), false)
    }

    fn new(command: Vec<OsString>, named: bool) -> Result<RealShell, String> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("bivalve-spec-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&root).map_err(|error| format!("{}: {error}", root.display()))?;
        Ok(RealShell { command, named, root, next: AtomicUsize::new(0) })
    }

    /// The shell's `$BASH_VERSION`; `None` when it cannot be run.
    #[must_use]
    pub fn bash_version(&self) -> Option<String> {
        let output = Command::new(self.command.first()?).args(["-c", "echo $BASH_VERSION"]).output().ok()?;
        Some(output.stdout.trim_ascii().to_str_lossy().into_owned())
    }

    fn start(&self, file: &SpecFile, case: &Case, root: &Path) -> std::io::Result<Child> {
        let cwd = root.join(super::DIRECTORY.trim_start_matches('/'));
        let bin = root.join("bin");
        std::fs::DirBuilder::new().recursive(true).mode(0o755).create(&cwd)?;
        std::fs::create_dir(&bin)?;
        symlink("/bin/bash", bin.join("sh"))?;
        let mut path = bin.into_os_string();
        path.push(":");
        path.push(PATH);
        let (program, arguments) = self.command.split_first().ok_or(std::io::ErrorKind::InvalidInput)?;
        let mut command = Command::new(program);
        if self.named {
            command.arg0(&file.shell);
        }
        command
            .args(arguments)
            .args(["-c", &case.code])
            .current_dir(&cwd)
            .env_clear()
            .envs(super::ENVIRONMENT.iter().copied())
            .env("PATH", path)
            .env("HOME", &cwd)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
    }
}

impl Drop for RealShell {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

impl Target for RealShell {
    fn run(&self, file: &SpecFile, case: &Case) -> Result<Outcome, String> {
        if let Some(missing) = file.needs.iter().find(|program| !is_installed(program)) {
            return Err(format!("it needs '{missing}', which is not installed here"));
        }
        let root = self.root.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        let mut child = self.start(file, case, &root).map_err(|error| format!("cannot start: {error}"))?;
        let mut outcome = wait(&mut child, &case.stdin)?;
        let prefix = root.as_os_str().as_encoded_bytes();
        outcome.stdout = outcome.stdout.replace(prefix, "");
        outcome.stderr = outcome.stderr.replace(prefix, "");
        let _ = std::fs::remove_dir_all(&root);
        Ok(outcome)
    }
}

fn is_installed(program: &str) -> bool {
    PATH.split(':').any(|directory| Path::new(directory).join(program).exists())
}

/// Feeds and reads the child to the end of both streams, then takes its status. When the time is over,
/// its whole process group is killed, which ends the streams.
fn wait(child: &mut Child, stdin: &[u8]) -> Result<Outcome, String> {
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    let (mut input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (finished, finish) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let watchdog = scope.spawn(move || {
            let late = finish.recv_timeout(CASE_TIME_MAX) == Err(mpsc::RecvTimeoutError::Timeout);
            if late && let Some(group) = group {
                let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            }
            late
        });
        scope.spawn(move || {
            // A script need not read its input: a broken pipe is no error here.
            let _ = input.take().map(|mut input| input.write_all(stdin));
        });
        let stderr = scope.spawn(move || read(errors));
        let stdout = read(output);
        let stderr = stderr.join().map_err(|_| "the reader of stderr panicked")?;
        let status = child.wait().map_err(|error| format!("cannot wait: {error}"))?;
        drop(finished);
        let timed_out = watchdog.join().map_err(|_| "the watchdog panicked")?;
        let signaled = status.signal().map(|signal| 128 + signal);
        let status = status.code().or(signaled).and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX);
        Ok(Outcome { status, stdout, stderr, timed_out })
    })
}

fn read(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        let _ = stream.take(super::OUTPUT_BYTES_MAX as u64).read_to_end(&mut bytes);
    }
    bytes
}
