//! The `bivalve` command line: a machine behind SSH, WebSocket and HTTP, or for one script.

mod args;
mod assets;
mod auth;
mod control;
mod environment;
mod errors;
mod foreground;
mod host;
mod http;
mod image;
mod lockout;
mod machine_thread;
mod origin;
mod serve;
mod sh;
mod shell;
mod snapshot;
mod ssh;
mod state;
mod stopping;
mod ws;

use std::io::Write;
use std::process::ExitCode;

use bivalve_core::abi::ExitStatus;

use crate::args::Command;
use crate::errors::Outcome;

fn main() -> ExitCode {
    match run() {
        Ok(status) => exit_like(status),
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "bivalve: {failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn run() -> Outcome<ExitStatus> {
    match args::parse(std::env::args_os().skip(1))? {
        Command::Serve(options) => serve::run(&options).map(|()| ExitStatus::SUCCESS),
        Command::Sh(script) => sh::run(script),
        Command::Shell { hostname } => shell::run(hostname),
        Command::Unlock { state, address } => control::unlock(&state, address).map(|()| ExitStatus::SUCCESS),
        Command::Image(command) => image::run(command).map(|()| ExitStatus::SUCCESS),
        Command::Help => Ok(print(args::HELP)),
        Command::Version => Ok(print(concat!("bivalve ", env!("CARGO_PKG_VERSION"), "\n"))),
    }
}

fn print(text: &str) -> ExitStatus {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitStatus::SUCCESS,
        Err(_) => ExitStatus::Exited(errors::EXIT_FAILURE),
    }
}

/// Ends this process as the machine's process ended, by the same signal if it was one.
fn exit_like(status: ExitStatus) -> ExitCode {
    if let ExitStatus::Signaled(signal) = status {
        // The machine's numbers are Linux's; where the host does not end by it, the status tells.
        let _ = signal_hook::low_level::emulate_default_handler(i32::from(signal.number()));
    }
    ExitCode::from(status.code())
}
