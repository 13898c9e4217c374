//! `bivalve shell`: a login on a fresh machine from the terminal this process runs on.

use std::rc::Rc;

use bivalve_core::abi::ExitStatus;
use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

use crate::errors::{Failure, Outcome};
use crate::foreground::{Foreground, window_size};
use crate::host::NativeHost;
use bivalve_core::machine::{Config, Login, Machine};

/// Puts the terminal back when dropped, by a panic, too.
struct RawMode {
    before: Termios,
}

impl RawMode {
    fn enter() -> Outcome<RawMode> {
        let failed =
            |_| Failure::new("shell: standard input is not a terminal; for a script use 'bivalve sh'");
        let before = tcgetattr(stdin()).map_err(failed)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(stdin(), OptionalActions::Now, &raw).map_err(failed)?;
        Ok(RawMode { before })
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        let _ = tcsetattr(stdin(), OptionalActions::Drain, &self.before);
    }
}

/// Logs root in, until the shell ends.
pub fn run(hostname: String) -> Outcome<ExitStatus> {
    let size = tcgetwinsize(stdin()).map_err(|_| {
        Failure::new("shell: standard input is not a terminal; for a script use 'bivalve sh'")
    })?;
    let host = Rc::new(NativeHost::new()?);
    let config = Config { hostname, ..Config::default() };
    let machine = Machine::boot(config, host.clone()).map_err(|error| Failure::new(error.to_string()))?;
    let term = std::env::var("TERM").unwrap_or_else(|_| String::from("xterm-256color"));
    let login = Login {
        user: b"root".to_vec(),
        window: window_size(size),
        term: term.into_bytes(),
        env: Vec::new(),
        remote: None,
    };
    let session =
        machine.login(&login).map_err(|errno| Failure::new(format!("cannot start a shell: {errno}")))?;
    let mut foreground = Foreground::new(machine, host, session, true)?;
    let raw_mode = RawMode::enter()?;
    let status = foreground.run();
    drop(raw_mode);
    Ok(status)
}
