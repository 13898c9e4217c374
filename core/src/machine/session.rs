//! Sessions: logins on a terminal and commands on pipes, as an owner starts and drives them.

use super::Machine;
use crate::abi::{Credentials, Errno, ExitStatus, Result, STDIN, STDOUT, Signal, WindowSize};
use crate::audit::{Event, Text};
use crate::kernel::{Outside, Process, Stream};
use crate::shell;
use crate::users::{Account, Accounts};
use std::rc::Rc;

/// An interactive login on a new terminal.
#[derive(Clone, Debug, Default)]
pub struct Login {
    /// Who.
    pub user: Vec<u8>,
    /// The terminal's size.
    pub window: WindowSize,
    /// The terminal's type, for `TERM`.
    pub term: Vec<u8>,
    /// Further variables.
    pub env: Vec<(Vec<u8>, Vec<u8>)>,
    /// From where, as `who` and the audit log show it.
    pub remote: Option<String>,
}

/// What an exec session runs.
#[derive(Clone, Debug)]
pub enum ExecCommand {
    /// A command line for the user's shell (`$SHELL -c`).
    Shell(Vec<u8>),
    /// A program and its arguments; looked up in the default path when its name has no slash.
    Argv(Vec<Vec<u8>>),
    /// `bash OPTION… NAME ARG…`, with a script that is no file of the machine.
    Script {
        /// Options of bash, as given.
        options: Vec<Vec<u8>>,
        /// `$0`, and the name in messages.
        name: Vec<u8>,
        /// What is run.
        text: Vec<u8>,
        /// `$1` and on.
        args: Vec<Vec<u8>>,
    },
}

/// A command without a login shell.
#[derive(Clone, Debug)]
pub struct Exec {
    /// Who.
    pub user: Vec<u8>,
    /// What.
    pub command: ExecCommand,
    /// Further variables.
    pub env: Vec<(Vec<u8>, Vec<u8>)>,
    /// Where; without it, in the user's home.
    pub cwd: Option<Vec<u8>>,
    /// A terminal's size and type; without it, three pipes.
    pub pty: Option<(WindowSize, Vec<u8>)>,
    /// From where.
    pub remote: Option<String>,
}

/// The path of a user's session, and of root's.
const USER_PATH: &[u8] = b"/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
const ROOT_PATH: &[u8] = b"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The credentials with which a user's processes start.
pub(super) fn credentials_of(accounts: &Accounts, account: &Account) -> Credentials {
    let groups = accounts.groups_of(&account.name, account.gid);
    Credentials::of(account.uid, account.gid, Rc::from(groups))
}

/// The outside of a session. Nothing here waits; dropping it hangs up.
pub struct Session {
    kernel: Rc<crate::kernel::Kernel>,
    outside: Outside,
    user: Vec<u8>,
    remote: String,
}

impl Machine {
    /// Starts a user's login shell on a new terminal. Whether the user may is the caller's affair. ENOENT when
    /// there is no such user.
    pub fn login(&self, login: &Login) -> Result<Session> {
        let accounts = self.accounts();
        let account = accounts.by_name(&login.user).ok_or(Errno::ENOENT)?;
        let credentials = credentials_of(&accounts, &account);
        let (process, outside) = self.kernel.new_terminal_session(credentials, login.window, None)?;
        let tty = process.terminal_name(STDIN).ok();
        let environment = environment(&account, Some(&login.term), tty.as_deref(), &login.env);
        if process.chdir(&account.home).is_err() {
            process.chdir(b"/")?;
        }
        let shell = shell_of(&account);
        let name = shell.rsplit(|&byte| byte == b'/').next().unwrap_or(&shell);
        let args = vec![[b"-", name].concat()];
        let program = process.load(&shell, args, Rc::from(environment))?;
        let line = tty.as_deref().and_then(|path| path.strip_prefix(b"/dev/")).unwrap_or_default();
        let greeting = self.greeting(&account, line, login.remote.as_deref());
        outside.start(Box::pin(async move {
            // A terminal that nobody reads any more ends the shell, too.
            let _ = process.write_all(STDOUT, &greeting).await;
            drop((process, greeting));
            program.await
        }));
        Ok(self.session(outside, &login.user, login.remote.as_deref()))
    }

    /// Starts a command as a user. ENOENT when there is no such user or program.
    pub fn exec(&self, exec: &Exec) -> Result<Session> {
        let accounts = self.accounts();
        let account = accounts.by_name(&exec.user).ok_or(Errno::ENOENT)?;
        let credentials = credentials_of(&accounts, &account);
        let (process, outside) = match &exec.pty {
            Some((window, _)) => self.kernel.new_terminal_session(credentials, *window, None)?,
            None => self.kernel.new_pipe_session(credentials)?,
        };
        let term = exec.pty.as_ref().map(|(_, term)| term.as_slice());
        let tty = process.terminal_name(STDIN).ok();
        let environment = environment(&account, term, tty.as_deref(), &exec.env);
        match &exec.cwd {
            Some(cwd) => process.chdir(cwd)?,
            None if process.chdir(&account.home).is_err() => process.chdir(b"/")?,
            None => {}
        }
        let environment = Rc::from(environment);
        outside.start(match &exec.command {
            ExecCommand::Shell(line) => {
                let shell = shell_of(&account);
                let name = shell.rsplit(|&byte| byte == b'/').next().unwrap_or(&shell).to_vec();
                process.load(&shell, vec![name, b"-c".to_vec(), line.clone()], environment)?
            }
            ExecCommand::Argv(args) => {
                let name = args.first().ok_or(Errno::EINVAL)?;
                process.load(&search(&process, &account, name)?, args.clone(), environment)?
            }
            ExecCommand::Script { options, name, text, args } => {
                let head = [b"bash".to_vec()].into_iter().chain(options.iter().cloned());
                let operands = [b"--".to_vec(), name.clone()].into_iter().chain(args.iter().cloned());
                // The process is a bash to all who look; its script comes from here.
                drop(process.load(b"/bin/bash", head.chain(operands).collect(), environment)?);
                Box::pin(shell::run_script(process, text.clone()))
            }
        });
        Ok(self.session(outside, &exec.user, exec.remote.as_deref()))
    }

    fn session(&self, outside: Outside, user: &[u8], remote: Option<&str>) -> Session {
        let remote = remote.unwrap_or_default().to_string();
        let session = u64::from(outside.pid());
        self.record(Event::SessionStart {
            user: Text::new(user),
            session,
            remote: Text::from(remote.as_str()),
        });
        Session { kernel: Rc::clone(&self.kernel), outside, user: user.to_vec(), remote }
    }
}

fn shell_of(account: &Account) -> Vec<u8> {
    if account.shell.is_empty() { b"/bin/sh".to_vec() } else { account.shell.clone() }
}

fn path_of(account: &Account) -> &'static [u8] {
    if account.uid == 0 { ROOT_PATH } else { USER_PATH }
}

/// The variables that a login starts with, as those of `login` and `sshd`, and those the client gave. One of
/// SSH is also told its terminal.
fn environment(
    account: &Account,
    term: Option<&[u8]>,
    tty: Option<&[u8]>,
    more: &[(Vec<u8>, Vec<u8>)],
) -> Vec<Vec<u8>> {
    let shell = shell_of(account);
    let mut variables: Vec<(&[u8], &[u8])> = vec![
        (b"HOME", &account.home),
        (b"USER", &account.name),
        (b"LOGNAME", &account.name),
        (b"SHELL", &shell),
        (b"PATH", path_of(account)),
        (b"LANG", b"C.UTF-8"),
    ];
    if let Some(term) = term {
        variables.push((b"TERM", if term.is_empty() { b"dumb" } else { term }));
    }
    if let Some(tty) = tty.filter(|_| more.iter().any(|(name, _)| name == b"SSH_CONNECTION")) {
        variables.push((b"SSH_TTY", tty));
    }
    for (name, value) in more {
        variables.retain(|(known, _)| known != name);
        variables.push((name, value));
    }
    variables.into_iter().map(|(name, value)| [name, b"=", value].concat()).collect()
}

/// A program's path.
fn search(process: &Process, account: &Account, name: &[u8]) -> Result<Vec<u8>> {
    if name.contains(&b'/') {
        return Ok(name.to_vec());
    }
    let candidates = path_of(account).split(|&byte| byte == b':').map(|dir| [dir, b"/", name].concat());
    let mut candidates = candidates.filter(|path| process.stat_now(path).is_ok());
    candidates.next().ok_or(Errno::ENOENT)
}

impl Session {
    /// Gives bytes to standard input, or types them; how many were taken. Fewer than all: it is full, try again
    /// after the machine has run.
    pub fn write(&self, bytes: &[u8]) -> usize {
        self.outside.write(bytes)
    }

    /// Ends standard input. A terminal has no such end: type `^D`.
    pub fn close_stdin(&self) {
        self.outside.close_stdin();
    }

    /// Whether nobody inside will ever read what is written.
    #[must_use]
    pub fn is_stdin_closed(&self) -> bool {
        self.outside.is_stdin_closed()
    }

    /// Whether a program waits for input and there is none: the time to fetch more. At a terminal, always.
    #[must_use]
    pub fn wants_input(&self) -> bool {
        self.outside.wants_input()
    }

    /// Appends at most `max` bytes of output to `buf`; how many. Programs sleep while nobody reads.
    pub fn read(&self, stream: Stream, buf: &mut Vec<u8>, max: usize) -> usize {
        self.outside.read(stream, buf, max)
    }

    /// Whether a stream has ended: all is read and no process holds it.
    #[must_use]
    pub fn is_at_end(&self, stream: Stream) -> bool {
        self.outside.is_at_end(stream)
    }

    /// Nobody will read this stream any more: who writes to it gets SIGPIPE or EPIPE.
    pub fn close_output(&self, stream: Stream) {
        self.outside.close_output(stream);
    }

    /// Sets the terminal's size.
    pub fn resize(&self, window: WindowSize) {
        self.outside.resize(window);
    }

    /// Sends a signal to the foreground group.
    pub fn signal(&self, signal: Signal) {
        self.outside.signal(signal);
    }

    /// Hangs up, as a modem would.
    pub fn hang_up(&self) {
        self.outside.hang_up();
    }

    /// How the session's first process ended, once it has.
    #[must_use]
    pub fn status(&self) -> Option<ExitStatus> {
        self.outside.status()
    }

    /// Whether the first process has ended and its output is read.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.outside.is_finished()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.outside.hang_up();
        let event = Event::SessionEnd {
            user: Text::new(&self.user),
            session: u64::from(self.outside.pid()),
            remote: Text::from(self.remote.as_str()),
        };
        let now = self.kernel.host.now();
        self.kernel.audit.borrow_mut().record(now, 0, 0, event);
    }
}
