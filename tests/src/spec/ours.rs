//! Runs a case on the machine: a fresh one each, under a simulated host whose clock jumps over every sleep.

use super::{CASE_TIME_MAX, Case, Outcome, SpecFile, Target};
use bivalve_core::abi::{Mode, Time};
use bivalve_core::host::{Host, SimHost};
use bivalve_core::machine::{Config, Exec, ExecCommand, Machine, Progress, Session, Stream};
use bivalve_core::vfs::{NewAttributes, NewNode, ROOT, Tree};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Instant;

const SEED: u64 = 1;
const STEPS: u64 = 1_000_000;

/// The machine, booted from the base image and an empty `/tmp/case`.
pub struct Ours {
    image: Tree,
    shuffle_seed: Option<u64>,
}

impl Ours {
    /// Prepares the image.
    ///
    /// # Errors
    /// When the base image does not boot.
    pub fn new() -> Result<Ours, String> {
        let host = Rc::new(SimHost::new(SEED));
        let now = host.now();
        let machine = Machine::boot(Config::default(), host).map_err(|error| error.to_string())?;
        let mut image = machine.snapshot();
        make_case_directory(&mut image, now).map_err(|errno| format!("no /tmp/case: {errno}"))?;
        Ok(Ours { image, shuffle_seed: None })
    }

    /// The machine with processes that run in an order made from a seed instead of in turn. A case that is
    /// steady on the real shell, whose processes run side by side, has to do the same in any order.
    #[must_use]
    pub fn shuffled(self, seed: u64) -> Ours {
        Ours { shuffle_seed: Some(seed), ..self }
    }
}

fn make_case_directory(image: &mut Tree, now: Time) -> bivalve_core::abi::Result<()> {
    let attributes = NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 };
    let tmp = image.lookup(ROOT, b"tmp")?;
    image.create(tmp, b"case", NewNode::Directory, attributes, now)?;
    Ok(())
}

impl Target for Ours {
    fn run(&self, file: &SpecFile, case: &Case) -> Result<Outcome, String> {
        let run = || self.run_case(file, case);
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            Err(format!(
                "it panicked: {}",
                text.or(panic.downcast_ref().copied()).unwrap_or("without a text")
            ))
        })
    }
}

impl Ours {
    fn run_case(&self, file: &SpecFile, case: &Case) -> Result<Outcome, String> {
        let host = Rc::new(SimHost::new(SEED));
        let shared: Rc<dyn Host> = Rc::<SimHost>::clone(&host);
        let image = Some(self.image.clone());
        let config = Config { image, shuffle_seed: self.shuffle_seed, ..Config::default() };
        let machine = Machine::boot(config, shared).map_err(|error| error.to_string())?;
        let bytes = |text: &str| text.as_bytes().to_vec();
        let exec = Exec {
            user: bytes("root"),
            command: ExecCommand::Argv(vec![bytes(&file.shell), bytes("-c"), bytes(&case.code)]),
            env: super::ENVIRONMENT.iter().map(|(name, value)| (bytes(name), bytes(value))).collect(),
            cwd: Some(bytes(super::DIRECTORY)),
            pty: None,
            remote: None,
        };
        let session = machine.exec(&exec).map_err(|errno| format!("cannot start: {errno}"))?;
        Ok(drive(&machine, &session, &host, &case.stdin))
    }
}

/// Feeds the input, reads both outputs to their ends, and jumps over the time that all processes sleep.
fn drive(machine: &Machine, session: &Session, host: &SimHost, mut stdin: &[u8]) -> Outcome {
    let start = Instant::now();
    let mut outcome = Outcome { status: 0, stdout: Vec::new(), stderr: Vec::new(), timed_out: false };
    let mut is_input_open = true;
    loop {
        stdin = &stdin[session.write(stdin)..];
        if stdin.is_empty() && is_input_open {
            session.close_stdin();
            is_input_open = false;
        }
        let progress = machine.run(STEPS);
        let read = session.read(Stream::Stdout, &mut outcome.stdout, usize::MAX)
            + session.read(Stream::Stderr, &mut outcome.stderr, usize::MAX);
        let is_at_end = session.is_at_end(Stream::Stdout) && session.is_at_end(Stream::Stderr);
        if let Some(status) = session.status().filter(|_| is_at_end) {
            outcome.status = status.code();
            return outcome;
        }
        match progress {
            Progress::Until(nanos) if read == 0 => host.advance(nanos.saturating_sub(host.monotonic_nanos())),
            // Nothing will ever happen again.
            Progress::Idle if read == 0 && !is_input_open => outcome.timed_out = true,
            _ => {}
        }
        let is_too_much = outcome.stdout.len().max(outcome.stderr.len()) > super::OUTPUT_BYTES_MAX;
        if outcome.timed_out || is_too_much || start.elapsed() > CASE_TIME_MAX {
            outcome.timed_out = true;
            outcome.status = session.status().map_or(128 + 9, |status| status.code());
            return outcome;
        }
    }
}
