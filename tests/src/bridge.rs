//! The `bivalve` program, as users run it: a server on free ports, and a terminal to type at.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops here")]

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Nothing in these tests takes so long unless it hangs.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The program: what the variable `BIVALVE` names, or else this build's own, built first so that it is
/// never an old one.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| match std::env::var_os("BIVALVE") {
        Some(path) => PathBuf::from(path),
        None => build(),
    })
}

fn build() -> PathBuf {
    let test = std::env::current_exe().expect("this test's own path");
    let profile = test.ancestors().nth(2).expect("…/PROFILE/deps/TEST");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--package", "bivalve-bridge"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.env("CARGO_TARGET_DIR", profile.parent().expect("the target directory"));
    if profile.file_name() == Some(OsStr::new("release")) {
        cargo.arg("--release");
    }
    assert!(cargo.status().expect("cargo runs").success(), "bivalve does not build");
    profile.join("bivalve")
}

/// A directory that is removed when dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new, empty one.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it makes a directory")]
    pub fn new() -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("bivalve-test-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory for the test");
        Scratch(path)
    }

    /// A path in it.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `bivalve serve` on free ports of loopback.
pub struct Server {
    child: Child,
    /// Where SSH listens.
    pub ssh: SocketAddr,
    /// Where HTTP listens.
    pub http: SocketAddr,
    /// The host key's fingerprint.
    pub fingerprint: String,
    log: Transcript,
    scratch: Scratch,
}

impl Server {
    /// Starts one, with more options.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(options: &[&str]) -> Server {
        let mut child = Command::new(program())
            .args(["serve", "--ssh", "0", "--http", "0"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("bivalve starts");
        let log = Transcript::of(child.stderr.take().expect("a pipe"));
        let (mut ssh, mut http, mut fingerprint) = (None, None, None);
        for line in BufReader::new(child.stdout.take().expect("a pipe")).lines() {
            let line = line.expect("text");
            if let Some(rest) = line.trim().strip_prefix("on ") {
                let (address, key) = rest.split_once(", host key ").expect("address and key");
                (ssh, fingerprint) = (address.parse().ok(), Some(String::from(key)));
            } else if let Some(rest) = line.strip_prefix("page:     http://") {
                http = rest.trim_end_matches('/').parse().ok();
            } else if line.starts_with("Ctrl-C") {
                break;
            }
        }
        let told = "the server tells its addresses";
        Server {
            child,
            ssh: ssh.expect(told),
            http: http.expect(told),
            fingerprint: fingerprint.expect(told),
            log,
            scratch: Scratch::new(),
        }
    }

    /// The stock SSH client, about to log in as root without any of this user's settings and keys. What is
    /// added are more options or the command.
    #[must_use]
    pub fn ssh(&self) -> Command {
        self.ssh_as("root", &["-o", "BatchMode=yes", "-o", "IdentityFile=none"])
    }

    /// The same as another user and with other ways to log in.
    #[must_use]
    pub fn ssh_as(&self, user: &str, login: &[&str]) -> Command {
        let mut ssh = Command::new("ssh");
        ssh.args(["-F", "/dev/null"]).args(login);
        ssh.args(["-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"]);
        ssh.args([
            "-o",
            "LogLevel=ERROR",
            "-o",
            "ConnectTimeout=20",
            "-o",
            "StrictHostKeyChecking=accept-new",
        ]);
        ssh.arg("-o").arg(format!("UserKnownHostsFile={}", self.scratch.join("known_hosts").display()));
        ssh.args(["-p", &self.ssh.port().to_string()]).arg(format!("{user}@127.0.0.1"));
        ssh.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        ssh
    }

    /// What `ssh root@… command` prints; it must succeed.
    ///
    /// # Panics
    /// When it does not.
    #[must_use]
    pub fn run(&self, command: &str) -> String {
        let output = self.ssh().arg(command).output().expect("ssh runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success(), "{command}: {text}{}", String::from_utf8_lossy(&output.stderr));
        text
    }

    /// Whether a program of this name runs on the machine.
    #[must_use]
    pub fn runs(&self, program: &str) -> bool {
        self.run("cat /proc/[0-9]*/cmdline").contains(program)
    }

    /// A path in a directory of this server's own.
    #[must_use]
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.scratch.join(name)
    }

    /// Waits until the server's log has this text.
    ///
    /// # Panics
    /// When it never has.
    pub fn expect_log(&self, text: &str) {
        self.log.expect(text);
    }

    /// A TCP connection to one of its addresses, whose reads fail when nothing comes for long.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn connect(&self, address: SocketAddr) -> TcpStream {
        let stream = TcpStream::connect(address).expect("connects");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    /// Sends SIGTERM and waits for the end.
    ///
    /// # Panics
    /// When it does not end.
    pub fn stop(mut self) -> ExitStatus {
        signal(&self.child, Signal::TERM);
        wait(&mut self.child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to a process that this test started.
///
/// # Panics
/// When it has been waited for.
pub fn signal(child: &Child, signal: Signal) {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process number");
    kill_process(pid, signal).expect("the process is there");
}

/// Waits for a process that should end by itself.
///
/// # Panics
/// When it does not.
pub fn wait(child: &mut Child) -> ExitStatus {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status;
        }
        if Instant::now() > deadline {
            let _ = child.kill();
            panic!("process {} does not end", child.id());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Repeats a question until the answer is yes.
///
/// # Panics
/// When it never is.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// All that was read so far, from a thread that reads on.
#[derive(Clone)]
struct Transcript(Arc<(Mutex<Received>, Condvar)>);

#[derive(Default)]
struct Received {
    bytes: Vec<u8>,
    ended: bool,
}

impl Transcript {
    fn of(mut from: impl Read + Send + 'static) -> Transcript {
        let transcript = Transcript(Arc::default());
        let shared = transcript.clone();
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            loop {
                let count = from.read(&mut piece).unwrap_or(0);
                let (mutex, changed) = &*shared.0;
                let mut state = mutex.lock().unwrap_or_else(PoisonError::into_inner);
                state.bytes.extend_from_slice(&piece[..count]);
                state.ended |= count == 0;
                changed.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        transcript
    }

    /// Waits for this text after what earlier calls found, and forgets all up to its end.
    fn expect(&self, text: &str) -> String {
        let (mutex, changed) = &*self.0;
        let mut state = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let so_far = String::from_utf8_lossy(&state.bytes).into_owned();
            if let Some(at) = so_far.find(text) {
                let end = at + text.len();
                state.bytes = so_far.as_bytes()[end..].to_vec();
                return so_far[..end].to_string();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !state.ended, "expected {text:?}, but there is {so_far:?}");
            state = changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A command on a pseudo-terminal of its own, by `script`.
pub struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: Transcript,
    device: String,
}

impl Terminal {
    /// Starts the command on a terminal of this size.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(command: &Command, cols: u16, rows: u16) -> Terminal {
        let quoted = |word: &OsStr| format!("'{}'", word.to_str().expect("UTF-8").replace('\'', r"'\''"));
        let words: Vec<String> =
            std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
        let line = format!("tty; stty cols {cols} rows {rows}; exec {}", words.join(" "));
        let mut child = Command::new("script")
            .args(["--quiet", "--return", "--flush", "--echo", "never", "--command", &line, "/dev/null"])
            .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm-256color")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("script starts");
        let screen = Transcript::of(child.stdout.take().expect("a pipe"));
        let keyboard = child.stdin.take().expect("a pipe");
        let device = screen.expect("\n").trim().to_string();
        Terminal { child, keyboard, screen, device }
    }

    /// Types.
    ///
    /// # Panics
    /// When nobody reads.
    pub fn type_in(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).and_then(|()| self.keyboard.flush()).expect("typed");
    }

    /// Waits until this is on the screen, after what was found before; gives what came up to its end.
    ///
    /// # Panics
    /// When it never is.
    pub fn expect(&self, text: &str) -> String {
        self.screen.expect(text)
    }

    /// Gives the window another size.
    ///
    /// # Panics
    /// When that fails.
    pub fn resize(&self, cols: u16, rows: u16) {
        let size =
            [("cols", cols), ("rows", rows)].map(|(name, value)| [name.to_string(), value.to_string()]);
        let status = Command::new("stty").args(["-F", &self.device]).args(size.as_flattened()).status();
        assert!(status.expect("stty runs").success(), "resized");
    }

    /// The terminal's settings, as `stty -g` prints them.
    ///
    /// # Panics
    /// When that fails.
    #[must_use]
    pub fn settings(&self) -> String {
        let output = Command::new("stty").args(["-F", &self.device, "-g"]).output().expect("stty runs");
        String::from_utf8(output.stdout).expect("text")
    }

    /// Waits for the command to end.
    ///
    /// # Panics
    /// When it does not.
    pub fn wait(mut self) -> ExitStatus {
        wait(&mut self.child)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
