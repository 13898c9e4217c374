//! A machine in the foreground: one session on this process's own streams, no thread, no runtime.

use std::io::Read as _;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use bivalve_core::abi::{ExitStatus, Signal, WindowSize};
use bivalve_core::host::Host as _;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::low_level::pipe;

use crate::errors::{Failure, Outcome};
use crate::host::NativeHost;
use bivalve_core::machine::{Machine, Progress, Session, Stream};
use bivalve_core::vfs::Tree;

/// Steps of the machine between two looks at the outside.
const TURN_STEPS: u64 = 500_000;
/// Bytes moved at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Signals of the host that the machine hears of.
const FORWARDED: [(i32, Signal); 4] =
    [(SIGINT, Signal::INT), (SIGTERM, Signal::TERM), (SIGHUP, Signal::HUP), (SIGQUIT, Signal::QUIT)];

/// Wakes `poll` when a signal has arrived.
struct Arrivals {
    signal: Option<Signal>,
    pipe: UnixStream,
}

/// A session and this process's streams.
pub struct Foreground {
    machine: Machine,
    host: Rc<NativeHost>,
    session: Session,
    arrivals: Vec<Arrivals>,
    /// Bytes read that the session has not taken yet, from `taken` on.
    pending: Vec<u8>,
    taken: usize,
    input_ended: bool,
}

impl Foreground {
    /// Prepares to hear of signals.
    pub fn new(
        machine: Machine,
        host: Rc<NativeHost>,
        session: Session,
        window: bool,
    ) -> Outcome<Foreground> {
        let mut arrivals = Vec::new();
        for (number, signal) in FORWARDED {
            arrivals.push(Arrivals::of(number, Some(signal))?);
        }
        if window {
            arrivals.push(Arrivals::of(SIGWINCH, None)?);
        }
        Ok(Foreground { machine, host, session, arrivals, pending: Vec::new(), taken: 0, input_ended: false })
    }

    /// Runs until the session is finished.
    pub fn run(&mut self) -> ExitStatus {
        loop {
            self.feed();
            let progress = self.machine.run(TURN_STEPS);
            let moved = self.drain(Stream::Stdout) | self.drain(Stream::Stderr);
            if let Some(status) = self.session.status()
                && self.session.is_finished()
            {
                return status;
            }
            let wait = match progress {
                _ if moved => Some(0),
                Progress::Ready => Some(0),
                Progress::Until(at) => Some(at.saturating_sub(self.host.monotonic_nanos())),
                Progress::Idle => None,
            };
            self.wait(wait);
        }
    }

    /// The machine's files as they are now.
    pub fn snapshot(&self) -> Tree {
        self.machine.snapshot()
    }

    /// Hands the session what was read before, as far as it takes it.
    fn feed(&mut self) {
        while let Some(rest) = self.pending.get(self.taken..).filter(|rest| !rest.is_empty()) {
            match self.session.write(rest) {
                0 => return,
                count => self.taken += count,
            }
        }
    }

    /// Waits for at most `nanos` until a signal arrives or, when a program wants it, there is input.
    fn wait(&mut self, nanos: Option<u64>) {
        let stdin = rustix::stdio::stdin();
        let wants = !self.input_ended && self.taken >= self.pending.len() && self.session.wants_input();
        let ready = {
            let mut fds: Vec<PollFd<'_>> =
                self.arrivals.iter().map(|arrivals| PollFd::new(&arrivals.pipe, PollFlags::IN)).collect();
            if wants {
                fds.push(PollFd::from_borrowed_fd(stdin, PollFlags::IN));
            }
            let timeout = nanos.map(|nanos| Timespec {
                tv_sec: (nanos / 1_000_000_000) as i64,
                tv_nsec: (nanos % 1_000_000_000) as i64,
            });
            // An error is an interruption by a signal: its arrival is seen in the next turn.
            if poll(&mut fds, timeout.as_ref()).is_err() {
                return;
            }
            fds.iter().map(|fd| !fd.revents().is_empty()).collect::<Vec<_>>()
        };
        for (index, is_ready) in ready.into_iter().enumerate().filter(|(_, is_ready)| *is_ready) {
            debug_assert!(is_ready);
            match self.arrivals.get_mut(index) {
                Some(arrivals) => {
                    let _ = arrivals.pipe.read(&mut [0; 64]);
                    match arrivals.signal {
                        Some(signal) => self.session.signal(signal),
                        None => self.resize(),
                    }
                }
                None => self.read_input(stdin),
            }
        }
    }

    fn resize(&self) {
        if let Ok(size) = rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
            self.session.resize(window_size(size));
        }
    }

    fn read_input(&mut self, stdin: BorrowedFd<'_>) {
        self.taken = 0;
        self.pending.resize(CHUNK_BYTES, 0);
        match rustix::io::read(stdin, &mut self.pending) {
            Ok(0) => {
                self.pending.clear();
                self.input_ended = true;
                self.session.close_stdin();
            }
            Ok(count) => self.pending.truncate(count),
            Err(Errno::INTR | Errno::AGAIN) => self.pending.clear(),
            Err(_) => {
                self.pending.clear();
                self.input_ended = true;
                self.session.close_stdin();
            }
        }
    }

    /// Writes what the session wrote; while that blocks, the machine sleeps. True when it wrote anything.
    fn drain(&self, stream: Stream) -> bool {
        let mut bytes = Vec::new();
        let mut moved = false;
        while self.session.read(stream, &mut bytes, CHUNK_BYTES) > 0 {
            moved = true;
            let written = match stream {
                Stream::Stdout => write_all(rustix::stdio::stdout(), &bytes),
                Stream::Stderr => write_all(rustix::stdio::stderr(), &bytes),
            };
            if written.is_err() {
                // As on the host: who writes on gets SIGPIPE.
                self.session.close_output(stream);
                break;
            }
            bytes.clear();
        }
        moved
    }
}

impl Arrivals {
    fn of(number: i32, signal: Option<Signal>) -> Outcome<Arrivals> {
        let register = || {
            let (read, write) = UnixStream::pair()?;
            read.set_nonblocking(true)?;
            pipe::register(number, write)?;
            Ok(read)
        };
        let pipe = register()
            .map_err(|error: std::io::Error| Failure::new(format!("cannot watch for signals: {error}")))?;
        Ok(Arrivals { signal, pipe })
    }
}

/// The machine's form of a terminal's size.
pub fn window_size(size: rustix::termios::Winsize) -> WindowSize {
    let default = WindowSize::default();
    let or = |value: u16, default: u16| if value == 0 { default } else { value };
    WindowSize { cols: or(size.ws_col, default.cols), rows: or(size.ws_row, default.rows) }
}

/// Writes all, waiting for a descriptor that is set not to block.
fn write_all(fd: BorrowedFd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match rustix::io::write(fd, bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::from_borrowed_fd(fd.as_fd(), PollFlags::OUT)], None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
