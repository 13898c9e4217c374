//! One session channel: what the client sets up before it starts something, and the bytes after.

use bivalve_core::abi::{ExitStatus, Signal, WindowSize};
use russh::server::{Handle, Msg};
use russh::{ChannelWriteHalf, Sig};
use tokio::sync::oneshot;

use crate::auth::{Grant, Peer};
use crate::environment;
use crate::machine_thread::{Attached, Gone, Input, MachineHandle, Output, OutputEnd, Start};
use bivalve_core::machine::{Exec, ExecCommand, Login};

/// SSH's number for standard error among the kinds of extended data (RFC 4254 section 5.2).
const STDERR: u32 = 1;
/// Bytes of a terminal's name.
const TERM_BYTES_MAX: usize = 64;

/// What a client may start on a channel.
pub enum Request {
    /// A login shell.
    Shell,
    /// This command.
    Exec(Vec<u8>),
}

/// A session channel.
pub struct Channel {
    write_half: Option<ChannelWriteHalf<Msg>>,
    variables: Vec<(Vec<u8>, Vec<u8>)>,
    pty: Option<(WindowSize, Vec<u8>)>,
    running: Option<Running>,
}

/// What a channel keeps of what it started. Dropping it hangs that up.
struct Running {
    input: Input,
    /// Dropped with the channel: the pump then stops wherever it waits.
    _closed: oneshot::Sender<()>,
}

impl Channel {
    /// A channel on which nothing runs yet.
    pub fn new(write_half: ChannelWriteHalf<Msg>) -> Channel {
        Channel { write_half: Some(write_half), variables: Vec::new(), pty: None, running: None }
    }

    /// Asks for a pseudo-terminal; false when it is too late.
    pub fn set_pty(&mut self, term: &str, cols: u32, rows: u32) -> bool {
        if self.running.is_some() || term.len() > TERM_BYTES_MAX {
            return false;
        }
        self.pty = Some((window_size(cols, rows), term.as_bytes().to_vec()));
        true
    }

    /// Sets a variable; false when it is refused or too late.
    pub fn set_variable(&mut self, name: &str, value: &str, forced_command: bool) -> bool {
        self.running.is_none() && environment::accept(&mut self.variables, name, value, forced_command)
    }

    /// The window has another size.
    pub fn resize(&mut self, cols: u32, rows: u32) {
        let window = window_size(cols, rows);
        match (&self.running, &mut self.pty) {
            (Some(running), Some(_)) => running.input.resize(window),
            (None, Some((size, _))) => *size = window,
            (_, None) => {}
        }
    }

    /// Where input goes, once something runs.
    pub fn input(&self) -> Option<&Input> {
        self.running.as_ref().map(|running| &running.input)
    }

    /// Starts what the client asked for. Gives the pump to spawn after the answer, or `None` when it cannot
    /// be started.
    pub async fn start(
        &mut self,
        request: Request,
        machine: &MachineHandle,
        user: &str,
        grant: &Grant,
        peer: Peer,
        handle: Handle,
    ) -> Result<Option<Pump>, Gone> {
        // One program a channel (RFC 4254 section 6.5).
        let Some(write_half) = self.write_half.take() else { return Ok(None) };
        let user = user.as_bytes().to_vec();
        let remote = Some(peer.remote());
        let mut env = self.variables.clone();
        env.extend(grant.environment.iter().cloned());
        env.extend(environment::of_connection(peer.client, peer.server));
        let request = match (&grant.command, request) {
            (None, request) => request,
            (Some(forced), Request::Shell) => Request::Exec(forced.clone()),
            (Some(forced), Request::Exec(asked)) => {
                env.push((b"SSH_ORIGINAL_COMMAND".to_vec(), asked));
                Request::Exec(forced.clone())
            }
        };
        let pty = self.pty.clone();
        let start = match (request, pty) {
            (Request::Shell, Some((window, term))) => Start::Login(Login { user, window, term, env, remote }),
            (Request::Shell, None) => {
                let name = user.clone();
                let shell = machine.call(move |machine| machine.account(&name).map(|account| account.shell));
                let Some(shell) = shell.await? else { return Ok(None) };
                let command = ExecCommand::Argv(vec![shell, b"-l".to_vec()]);
                Start::Exec(Exec { user, command, env, cwd: None, pty: None, remote })
            }
            (Request::Exec(text), pty) => {
                let command = ExecCommand::Shell(text);
                Start::Exec(Exec { user, command, env, cwd: None, pty, remote })
            }
        };
        let Ok(Attached { input, output }) = machine.start(start).await? else { return Ok(None) };
        let (closed_sender, closed) = oneshot::channel();
        self.running = Some(Running { input, _closed: closed_sender });
        Ok(Some(Pump { write_half, output, closed, handle }))
    }
}

/// 0 is "unknown" (RFC 4254 section 6.2).
fn window_size(cols: u32, rows: u32) -> WindowSize {
    let default = WindowSize::default();
    let clamp = |value: u32, default: u16| match u16::try_from(value) {
        Ok(0) => default,
        Ok(value) => value,
        Err(_) => u16::MAX,
    };
    WindowSize { cols: clamp(cols, default.cols), rows: clamp(rows, default.rows) }
}

/// Carries output to the client as fast as its window allows.
pub struct Pump {
    write_half: ChannelWriteHalf<Msg>,
    output: OutputEnd,
    closed: oneshot::Receiver<()>,
    handle: Handle,
}

impl Pump {
    /// Goes on by itself until the program has ended or the channel is closed.
    pub fn spawn(self) {
        tokio::spawn(async move {
            let Pump { write_half, output, closed, handle } = self;
            tokio::select! {
                // Nobody wakes a writer that waits for the window of a connection that is gone.
                _ = closed => {}
                _ = carry(&write_half, output, &handle) => {}
            }
        });
    }
}

async fn carry(
    write_half: &ChannelWriteHalf<Msg>,
    mut output: OutputEnd,
    handle: &Handle,
) -> Result<(), russh::Error> {
    while let Some(piece) = output.next().await {
        match piece {
            Output::Stdout(bytes) => write_half.data_bytes(bytes).await?,
            Output::Stderr(bytes) => write_half.extended_data_bytes(STDERR, bytes).await?,
            Output::Ended(status) => {
                write_half.eof().await?;
                match status {
                    ExitStatus::Exited(code) => write_half.exit_status(u32::from(code)).await?,
                    ExitStatus::Signaled(signal) => {
                        let id = write_half.id();
                        let (name, language) = (signal_name(signal), String::new());
                        let _ = handle.exit_signal_request(id, name, false, String::new(), language).await;
                    }
                }
                break;
            }
        }
    }
    write_half.close().await
}

/// The name in RFC 4254 section 6.10; others get a suffix, as that section wants.
fn signal_name(signal: Signal) -> Sig {
    match signal {
        Signal::ABRT => Sig::ABRT,
        Signal::ALRM => Sig::ALRM,
        Signal::FPE => Sig::FPE,
        Signal::HUP => Sig::HUP,
        Signal::ILL => Sig::ILL,
        Signal::INT => Sig::INT,
        Signal::KILL => Sig::KILL,
        Signal::PIPE => Sig::PIPE,
        Signal::QUIT => Sig::QUIT,
        Signal::SEGV => Sig::SEGV,
        Signal::TERM => Sig::TERM,
        Signal::USR1 => Sig::USR1,
        other => Sig::Custom(format!("{}@bivalve", other.name())),
    }
}
