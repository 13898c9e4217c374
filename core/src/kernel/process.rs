//! A process: its ids, credentials, descriptors, signals and the future that is its program.

use super::fd_table::FdTable;
use super::signals::Signals;
use super::wait_queue::WaitQueue;
use crate::abi::{Credentials, ExitStatus, Mode, Pid, Signal, Time, WaitStatus};
use crate::vfs::OpenNode;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// A running program: a future of the status with which it exits.
pub type ProgramFuture = Pin<Box<dyn Future<Output = ExitStatus>>>;

/// Whether a process can run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RunState {
    /// It runs or waits for something.
    Alive,
    /// A signal stopped it; SIGCONT lets it go on.
    Stopped,
    /// It has ended and waits to be waited for.
    Zombie,
}

/// Resource limits that a process hands on to its children (`ulimit`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResourceLimits {
    /// Bytes of a file it may make (`-f`).
    pub file_bytes: Limit,
    /// Open descriptors (`-n`).
    pub fds: Limit,
    /// Processes of its user (`-u`).
    pub processes: Limit,
    /// Steps it may take, each counted as ten nanoseconds of processor time (`-t`, in seconds).
    pub cpu_seconds: Limit,
}

impl ResourceLimits {
    /// No limits.
    pub const UNLIMITED: ResourceLimits = ResourceLimits {
        file_bytes: Limit::UNLIMITED,
        fds: Limit::UNLIMITED,
        processes: Limit::UNLIMITED,
        cpu_seconds: Limit::UNLIMITED,
    };
}

/// A soft limit, which holds, and the hard limit up to which it may be raised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// What holds.
    pub soft: u64,
    /// The highest that `soft` may be set to; only root raises it.
    pub hard: u64,
}

impl Limit {
    /// No limit.
    pub const UNLIMITED: Limit = Limit::of(u64::MAX);

    /// Both the same.
    #[must_use]
    pub const fn of(value: u64) -> Limit {
        Limit { soft: value, hard: value }
    }
}

/// A directory that a process is in, kept alive by that.
pub(crate) struct WorkingDirectory {
    pub(crate) node: OpenNode,
    /// Its absolute path when the process came, for when it is removed.
    pub(crate) path: Box<[u8]>,
}

/// The process's record in the kernel. Programs hold a [`Process`](super::Process), which is the door to
/// the system calls.
pub struct Proc {
    pub(crate) pid: Pid,
    pub(crate) parent: Cell<Pid>,
    pub(crate) group: Cell<Pid>,
    pub(crate) session: Cell<Pid>,
    pub(crate) credentials: RefCell<Rc<Credentials>>,
    pub(crate) fds: RefCell<FdTable>,
    /// `None` is the root directory, which is always there.
    pub(crate) cwd: RefCell<Option<Rc<WorkingDirectory>>>,
    pub(crate) umask: Cell<Mode>,
    pub(crate) resource_limits: Cell<ResourceLimits>,
    pub(crate) nice: Cell<i8>,
    /// The command name, as in `/proc/PID/comm`.
    pub(crate) name: RefCell<Rc<[u8]>>,
    /// The path of the program, as in `/proc/PID/exe`.
    pub(crate) executable: RefCell<Rc<[u8]>>,
    pub(crate) args: RefCell<Rc<[Vec<u8>]>>,
    pub(crate) environment: RefCell<Rc<[Vec<u8>]>>,
    pub(crate) signals: Signals,
    pub(crate) started_at: Time,
    pub(crate) started_nanos: u64,
    pub(crate) steps: Cell<u64>,
    /// Steps of the children that were waited for.
    pub(crate) child_steps: Cell<u64>,

    pub(crate) run_state: Cell<RunState>,
    /// It is in the run queue.
    pub(crate) queued: Cell<bool>,
    pub(crate) woken_while_stopped: Cell<bool>,
    /// It is to end at its next turn.
    pub(crate) dying: Cell<Option<ExitStatus>>,
    pub(crate) stopped_by: Cell<Option<Signal>>,
    /// A change of state that its parent has not been told yet.
    pub(crate) news: Cell<Option<WaitStatus>>,
    /// How it ended, for those outside who wait for it.
    pub(crate) ended: Cell<Option<ExitStatus>>,
    /// It has called exec or was never a program of its own: decides whether setpgid by the parent is allowed.
    pub(crate) has_executed: Cell<bool>,
    pub(crate) future: RefCell<Option<ProgramFuture>>,
    /// The program that exec has loaded and that takes over at the next turn.
    pub(crate) successor: RefCell<Option<ProgramFuture>>,
    /// Woken when a child changes its state.
    pub(crate) children_changed: WaitQueue,
    pub(crate) children: RefCell<Vec<Rc<Proc>>>,
}

impl Proc {
    /// One that leads its own group and session, in the root directory and without descriptors.
    pub(crate) fn new(pid: Pid, credentials: Rc<Credentials>, started_at: Time, started_nanos: u64) -> Proc {
        Proc {
            pid,
            parent: Cell::new(0),
            group: Cell::new(pid),
            session: Cell::new(pid),
            credentials: RefCell::new(credentials),
            fds: RefCell::default(),
            cwd: RefCell::default(),
            umask: Cell::new(Mode::new(0o022)),
            resource_limits: Cell::new(ResourceLimits::UNLIMITED),
            nice: Cell::new(0),
            name: RefCell::new(Rc::from(&b""[..])),
            executable: RefCell::new(Rc::from(&b""[..])),
            args: RefCell::new(Rc::from([])),
            environment: RefCell::new(Rc::from([])),
            signals: Signals::default(),
            started_at,
            started_nanos,
            steps: Cell::new(0),
            child_steps: Cell::new(0),
            run_state: Cell::new(RunState::Alive),
            queued: Cell::new(false),
            woken_while_stopped: Cell::new(false),
            dying: Cell::new(None),
            stopped_by: Cell::new(None),
            news: Cell::new(None),
            ended: Cell::new(None),
            has_executed: Cell::new(false),
            future: RefCell::new(None),
            successor: RefCell::new(None),
            children_changed: WaitQueue::default(),
            children: RefCell::default(),
        }
    }

    /// Whether it still exists as something that can run.
    pub(crate) fn is_alive(&self) -> bool {
        self.run_state.get() != RunState::Zombie
    }

    /// A signal waits that this process handles itself, or it is to end: sleeping is over.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.dying.get().is_some() || self.signals.has_deliverable()
    }

    /// The letter of its state, as `ps` and `/proc/PID/stat` show it.
    pub(crate) fn state_letter(&self) -> u8 {
        match self.run_state.get() {
            RunState::Zombie => b'Z',
            RunState::Stopped => b'T',
            RunState::Alive if self.queued.get() || self.future.try_borrow_mut().is_err() => b'R',
            RunState::Alive => b'S',
        }
    }
}
