//! The outside ends of a session: what an SSH channel, a browser tab or a test holds.
//!
//! Nothing here ever sleeps: a full input takes fewer bytes, an empty output gives none.

use super::Kernel;
use super::open_file::{Object, OpenFile};
use super::pipe::{Pipe, PipeEnd, PipeRead, PipeWrite};
use super::process::Proc;
use super::sys::Process;
use super::tty::MasterEnd;
use crate::abi::{Credentials, ExitStatus, Fd, OpenFlags, Result, Signal, WindowSize};
use crate::vfs::OpenNode;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Which of a session's outputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    /// Standard output; with a terminal, everything.
    Stdout,
    /// Standard error.
    Stderr,
}

/// The outside ends and the first process of a session.
pub struct Outside {
    kernel: Rc<Kernel>,
    proc: Rc<Proc>,
    ends: Ends,
    status: Cell<Option<ExitStatus>>,
}

enum Ends {
    Terminal(RefCell<Option<MasterEnd>>),
    Pipes {
        stdin: RefCell<Option<PipeEnd>>,
        stdout: RefCell<Option<PipeEnd>>,
        stderr: RefCell<Option<PipeEnd>>,
    },
}

impl Kernel {
    fn session_process(self: &Rc<Kernel>, credentials: Credentials) -> Result<Process> {
        let proc = self.new_process(credentials, super::lifecycle::INIT)?;
        Ok(Process::new(self, &proc))
    }

    /// A process with a new terminal as its descriptors 0 to 2 and as its controlling terminal. It does not
    /// run before the caller starts it with [`Outside::start`].
    pub fn new_terminal_session(
        self: &Rc<Kernel>,
        credentials: Credentials,
        window: WindowSize,
        termios: Option<crate::abi::Termios>,
    ) -> Result<(Process, Outside)> {
        let master = self.new_tty(window)?;
        let process = self.session_process(credentials)?;
        if let Some(termios) = termios {
            master.0.set_termios(termios, false);
        }
        let tty = Rc::clone(&master.0);
        process.adopt_terminal(&tty);
        let end = self.open_tty(&tty)?;
        let path = format!("/dev/pts/{}", tty.number).into_bytes();
        let node: Option<OpenNode> = process.with_files(|cx| {
            self.files
                .open(cx, self.files.root(), &path, OpenFlags::READ_WRITE, crate::abi::Mode::default())
                .ok()
        });
        let opened = node.map(|node| (node, path));
        let file = OpenFile::new(Object::Tty(end), opened, OpenFlags::READ_WRITE, self.next_serial());
        let stdin = process.install(file, 0, false)?;
        process.dup(stdin, 1, false)?;
        process.dup(stdin, 2, false)?;
        let outside = Outside {
            kernel: Rc::clone(self),
            proc: Rc::clone(&process.proc),
            ends: Ends::Terminal(RefCell::new(Some(master))),
            status: Cell::new(None),
        };
        Ok((process, outside))
    }

    /// A process with three pipes as its descriptors 0 to 2.
    pub fn new_pipe_session(self: &Rc<Kernel>, credentials: Credentials) -> Result<(Process, Outside)> {
        let process = self.session_process(credentials)?;
        let pipes = [(); 3].map(|()| Pipe::new(&self.scheduler));
        let inside = |pipe: &Rc<Pipe>, reads: bool| -> Result<Fd> {
            let flags = if reads { OpenFlags::READ } else { OpenFlags::WRITE };
            let file = OpenFile::new(Object::Pipe(pipe.open(reads, !reads)), None, flags, self.next_serial());
            process.install(file, 0, false)
        };
        inside(&pipes[0], true)?;
        inside(&pipes[1], false)?;
        inside(&pipes[2], false)?;
        let outside = Outside {
            kernel: Rc::clone(self),
            proc: Rc::clone(&process.proc),
            ends: Ends::Pipes {
                stdin: RefCell::new(Some(pipes[0].open(false, true))),
                stdout: RefCell::new(Some(pipes[1].open(true, false))),
                stderr: RefCell::new(Some(pipes[2].open(true, false))),
            },
            status: Cell::new(None),
        };
        Ok((process, outside))
    }
}

impl Outside {
    /// Lets the session's process run a program.
    pub fn start(&self, program: super::ProgramFuture) {
        self.kernel.start(&self.proc, program);
    }

    /// The number of the session's first process.
    #[must_use]
    pub fn pid(&self) -> crate::abi::Pid {
        self.proc.pid
    }

    /// Gives bytes to standard input or types them at the terminal; how many were taken.
    pub fn write(&self, bytes: &[u8]) -> usize {
        match &self.ends {
            Ends::Terminal(master) => {
                master.borrow().as_ref().map_or(bytes.len(), |master| master.0.type_in(bytes))
            }
            Ends::Pipes { stdin, .. } => {
                match stdin.borrow().as_ref().map(|end| end.pipe.write_some(bytes)) {
                    Some(PipeWrite::Bytes(count)) => count,
                    Some(PipeWrite::Full) => 0,
                    // Nobody will ever read it: it is taken and forgotten.
                    Some(PipeWrite::NoReader) | None => bytes.len(),
                }
            }
        }
    }

    /// The end of standard input. A terminal has none: type `^D`.
    pub fn close_stdin(&self) {
        if let Ends::Pipes { stdin, .. } = &self.ends {
            let end = stdin.borrow_mut().take();
            drop(end);
        }
    }

    /// Whether nobody will ever read what is written.
    #[must_use]
    pub fn is_stdin_closed(&self) -> bool {
        match &self.ends {
            Ends::Terminal(master) => master.borrow().is_none(),
            Ends::Pipes { stdin, .. } => stdin.borrow().as_ref().is_none_or(|end| !end.pipe.has_reader()),
        }
    }

    /// Whether a program waits for input and there is none: the time to fetch more. At a terminal, always.
    #[must_use]
    pub fn wants_input(&self) -> bool {
        match &self.ends {
            Ends::Terminal(master) => master.borrow().is_some(),
            Ends::Pipes { stdin, .. } => stdin
                .borrow()
                .as_ref()
                .is_some_and(|end| end.pipe.len() == 0 && end.pipe.readable.has_sleepers()),
        }
    }

    /// Appends at most `max` bytes of output to `buf`; how many.
    pub fn read(&self, stream: Stream, buf: &mut Vec<u8>, max: usize) -> usize {
        match (&self.ends, stream) {
            (Ends::Terminal(master), Stream::Stdout) => {
                master.borrow().as_ref().map_or(0, |master| master.0.take_output(buf, max))
            }
            (Ends::Terminal(_), Stream::Stderr) => 0,
            (Ends::Pipes { stdout, .. }, Stream::Stdout) => read_end(stdout, buf, max),
            (Ends::Pipes { stderr, .. }, Stream::Stderr) => read_end(stderr, buf, max),
        }
    }

    /// Whether a stream has ended: everything was read and nobody can write more.
    #[must_use]
    pub fn is_at_end(&self, stream: Stream) -> bool {
        match (&self.ends, stream) {
            (Ends::Terminal(master), Stream::Stdout) => {
                let master = master.borrow();
                master.as_ref().is_none_or(|master| !master.0.has_output() && master.is_abandoned())
            }
            (Ends::Terminal(_), Stream::Stderr) => true,
            (Ends::Pipes { stdout, .. }, Stream::Stdout) => end_is_at_end(stdout),
            (Ends::Pipes { stderr, .. }, Stream::Stderr) => end_is_at_end(stderr),
        }
    }

    /// Whether a stream has bytes now.
    #[must_use]
    pub fn has_output(&self, stream: Stream) -> bool {
        match (&self.ends, stream) {
            (Ends::Terminal(master), Stream::Stdout) => {
                master.borrow().as_ref().is_some_and(|m| m.0.has_output())
            }
            (Ends::Terminal(_), Stream::Stderr) => false,
            (Ends::Pipes { stdout, .. }, Stream::Stdout) => end_has_output(stdout),
            (Ends::Pipes { stderr, .. }, Stream::Stderr) => end_has_output(stderr),
        }
    }

    /// Nobody will read this stream any more: who writes to it gets SIGPIPE or EPIPE. At a terminal it is as
    /// if it were hung up.
    pub fn close_output(&self, stream: Stream) {
        match (&self.ends, stream) {
            (Ends::Terminal(_), _) => self.hang_up(),
            (Ends::Pipes { stdout: end, .. }, Stream::Stdout)
            | (Ends::Pipes { stderr: end, .. }, Stream::Stderr) => {
                let end = end.borrow_mut().take();
                drop(end);
            }
        }
    }

    /// Sets the terminal's size.
    pub fn resize(&self, window: WindowSize) {
        if let Ends::Terminal(master) = &self.ends
            && let Some(master) = master.borrow().as_ref()
        {
            master.0.resize(window);
        }
    }

    /// Sends a signal to the terminal's foreground group, or to the session's first group.
    pub fn signal(&self, signal: Signal) {
        match &self.ends {
            Ends::Terminal(master) => {
                if let Some(master) = master.borrow().as_ref() {
                    master.0.signal_foreground(signal);
                }
            }
            Ends::Pipes { .. } => {
                self.kernel.signal_group(self.proc.pid, signal);
            }
        }
    }

    /// The outside goes: the terminal hangs up; without one the first group gets SIGHUP.
    pub fn hang_up(&self) {
        match &self.ends {
            Ends::Terminal(master) => {
                let master = master.borrow_mut().take();
                drop(master);
            }
            Ends::Pipes { .. } => {
                self.close_stdin();
                if self.status().is_none() {
                    self.kernel.signal_group(self.proc.pid, Signal::HUP);
                }
            }
        }
    }

    /// How the session's first process ended, once it has.
    pub fn status(&self) -> Option<ExitStatus> {
        self.status.get().or_else(|| {
            if self.proc.is_alive() {
                return None;
            }
            // Init has reaped it or will; what it told is still in its record.
            let status = self.proc.ended.get();
            self.status.set(status);
            status
        })
    }

    /// Whether the first process has ended and all output has been read. Background processes that still
    /// hold the streams do not count, as with a login shell's.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.status().is_some() && !self.has_output(Stream::Stdout) && !self.has_output(Stream::Stderr)
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        self.hang_up();
    }
}

type End = RefCell<Option<PipeEnd>>;

fn end_is_at_end(end: &End) -> bool {
    end.borrow().as_ref().is_none_or(|end| end.pipe.len() == 0 && !end.pipe.has_writer())
}

fn end_has_output(end: &End) -> bool {
    end.borrow().as_ref().is_some_and(|end| end.pipe.len() > 0)
}

fn read_end(end: &End, buf: &mut Vec<u8>, max: usize) -> usize {
    let end = end.borrow();
    let Some(end) = end.as_ref() else { return 0 };
    let start = buf.len();
    let count = end.pipe.len().min(max);
    buf.resize(start + count, 0);
    let read = match end.pipe.read(&mut buf[start..]) {
        PipeRead::Bytes(read) => read,
        PipeRead::End | PipeRead::Empty => 0,
    };
    buf.truncate(start + read);
    read
}
