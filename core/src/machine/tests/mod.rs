//! A machine from the outside: real programs, real pipes, a virtual clock.

mod bounds;
mod determinism;
mod files;
mod jobs;
mod locks;
mod login;
mod proc;
mod streams;

use super::{Config, Exec, ExecCommand, Login, Machine, Progress, Session, Stream};
use crate::abi::ExitStatus;
use crate::host::{Host as _, SimHost};
use std::rc::Rc;

/// A booted machine and the host whose clock its tests move.
struct Rig {
    machine: Machine,
    host: Rc<SimHost>,
}

impl Rig {
    fn new(seed: u64) -> Rig {
        Rig::with(Config::default(), seed)
    }

    fn with(config: Config, seed: u64) -> Rig {
        let host = Rc::new(SimHost::new(seed));
        Rig { machine: Machine::boot(config, host.clone()).expect("boots"), host }
    }

    fn exec(&self, user: &str, command: ExecCommand) -> Session {
        let exec = Exec {
            user: user.as_bytes().to_vec(),
            command,
            env: Vec::new(),
            cwd: None,
            pty: None,
            remote: None,
        };
        self.machine.exec(&exec).expect("starts")
    }

    /// A program on three pipes, without a shell.
    fn program(&self, args: &[&str]) -> Session {
        self.exec("root", ExecCommand::Argv(args.iter().map(|arg| arg.as_bytes().to_vec()).collect()))
    }

    /// A shell's command line on three pipes.
    fn script(&self, line: &str) -> Session {
        self.exec("root", ExecCommand::Shell(line.as_bytes().to_vec()))
    }

    /// A user's login shell on a terminal of 80 columns.
    fn login(&self, user: &str) -> Session {
        let window = crate::abi::WindowSize { cols: 80, rows: 24 };
        let user = user.as_bytes().to_vec();
        self.machine
            .login(&Login { user, window, term: b"xterm".to_vec(), ..Login::default() })
            .expect("logs in")
    }

    /// Runs until all wait and no timer is left, moving the clock to each timer; nanoseconds that it moved.
    fn settle(&self) -> u64 {
        let start = self.host.monotonic_nanos();
        loop {
            match self.machine.run(10_000_000) {
                Progress::Idle => return self.host.monotonic_nanos() - start,
                Progress::Until(at) => self.host.advance(at.saturating_sub(self.host.monotonic_nanos())),
                Progress::Ready => {}
            }
        }
    }

    /// What a command line prints, both streams, and how it ends; its sleeps take no time.
    fn run(&self, line: &str) -> (String, Option<ExitStatus>) {
        let session = self.script(line);
        session.close_stdin();
        let mut out = Vec::new();
        loop {
            self.settle();
            let before = out.len();
            session.read(Stream::Stdout, &mut out, usize::MAX);
            session.read(Stream::Stderr, &mut out, usize::MAX);
            if out.len() == before {
                return (String::from_utf8(out).expect("text"), session.status());
            }
        }
    }
}

/// What there is to read now.
fn output(session: &Session) -> String {
    let mut out = Vec::new();
    session.read(Stream::Stdout, &mut out, usize::MAX);
    String::from_utf8(out).expect("text")
}
