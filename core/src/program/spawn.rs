//! Running a program from a program: the path look-up, fork, exec and wait of `env`, `find -exec`, `xargs`.

use super::search::find_by_name;
use crate::abi::{Errno, ExitStatus, Fd, Mode, OpenFlags, Pid, Result, STDIN, STDOUT, WaitStatus};
use crate::kernel::{Process, WaitFor};
use std::rc::Rc;

/// What a child is given beyond a copy of everything.
#[derive(Clone, Copy, Default, Debug)]
pub struct Spawn<'a> {
    /// Its working directory.
    pub directory: Option<&'a [u8]>,
    /// Its standard input.
    pub stdin: Option<ChildInput>,
    /// Its standard output: this descriptor of the caller.
    pub stdout: Option<Fd>,
}

/// A child's standard input.
#[derive(Clone, Copy, Debug)]
pub enum ChildInput {
    /// Nothing: `/dev/null`.
    Null,
    /// This descriptor of the caller.
    Descriptor(Fd),
    /// The terminal.
    Terminal,
}

/// Starts a program; gives the child's id. A file that is executable but no program is a script for `sh`.
pub async fn start(
    process: &Process,
    argv: &[Vec<u8>],
    environment: Rc<[Vec<u8>]>,
    spawn: Spawn<'_>,
) -> Result<Pid> {
    let name = argv.first().ok_or(Errno::ENOENT)?;
    let path = find_by_name(process, name, &environment)?;
    let child = process.fork()?;
    let handle = child.handle().ok_or(Errno::EAGAIN)?;
    if let Some(directory) = spawn.directory {
        handle.chdir(directory)?;
    }
    match spawn.stdin {
        None => {}
        Some(ChildInput::Descriptor(fd)) => handle.dup2(fd, STDIN)?,
        Some(ChildInput::Null) => open_input(process, &handle, b"/dev/null").await?,
        Some(ChildInput::Terminal) => open_input(process, &handle, b"/dev/tty").await?,
    }
    if let Some(fd) = spawn.stdout {
        handle.dup2(fd, STDOUT)?;
    }
    let program = match handle.load(&path, argv.to_vec(), Rc::clone(&environment)) {
        Err(Errno::ENOEXEC) => {
            let mut script = vec![b"sh".to_vec(), path];
            script.extend(argv.iter().skip(1).cloned());
            handle.load(b"/bin/sh", script, environment)?
        }
        result => result?,
    };
    drop(handle);
    Ok(child.start(program))
}

async fn open_input(process: &Process, child: &Process, path: &[u8]) -> Result<()> {
    let fd = process.open(path, OpenFlags::READ, Mode::default()).await?;
    let given = process.give(fd, child, STDIN);
    process.close(fd)?;
    given
}

/// Waits for a child to end.
pub async fn wait(process: &Process, pid: Pid) -> Result<ExitStatus> {
    loop {
        match process.wait(WaitFor::Pid(pid), false, false).await {
            Ok(waited) => {
                if let WaitStatus::Ended(status) = waited.status {
                    return Ok(status);
                }
            }
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
}

/// Runs a program to its end.
pub async fn run(process: &Process, argv: &[Vec<u8>], environment: Rc<[Vec<u8>]>) -> Result<ExitStatus> {
    let pid = start(process, argv, environment, Spawn::default()).await?;
    wait(process, pid).await
}
