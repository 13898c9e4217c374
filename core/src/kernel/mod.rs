//! Layer 4: the kernel. Processes, descriptors, pipes, signals, terminals, and the system calls.
//!
//! A program is a future over a [`Process`], the handle through which it makes system calls with that
//! process's credentials. The kernel polls runnable programs one after another on the owner's thread;
//! nothing here is shared between threads and nothing reads a clock but through the host.

mod devfs;
mod device;
mod exec;
mod fd_table;
mod file_lock;
mod lifecycle;
mod line_discipline;
mod open_file;
mod pipe;
mod process;
mod procfs;
mod scheduler;
mod signals;
mod sys;
mod terminal;
mod tty;
pub mod uname;
mod wait_queue;

pub use devfs::DevFs;
pub use device::numbers as device_numbers;
pub use exec::{EXECUTABLE_MAGIC, Programs};
pub use file_lock::LockKind;
pub use line_discipline::{Effects, LineDiscipline, ReadOutcome};
pub use process::{Limit, ProgramFuture, ResourceLimits};
pub use procfs::ProcFs;
pub use scheduler::Progress;
pub use signals::Disposition;
pub use sys::{Embryo, PollFd, Process, ProcessInfo, SystemInfo, WaitFor, Waited, Whence};
pub use terminal::{Outside, Stream};

use crate::abi::{Credentials, Pid, SortedMap, Time};
use crate::audit;
use crate::host::Host;
use crate::vfs::{Context, Location, Namespace};
use file_lock::FileLock;
use pipe::Pipe;
use process::Proc;
use scheduler::Scheduler;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use tty::TtyTable;

/// What a machine may use, set by its owner; the defaults are those of `abi::limits`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KernelLimits {
    /// Processes, zombies included.
    pub processes: usize,
    /// Processes of one user other than root.
    pub user_processes: usize,
    /// Descriptors of a process.
    pub fds: u32,
    /// Bytes of one file.
    pub file_bytes: u64,
}

impl Default for KernelLimits {
    fn default() -> KernelLimits {
        use crate::abi::limits;
        KernelLimits {
            processes: limits::PROCESSES_MAX,
            user_processes: limits::USER_PROCESSES_MAX,
            fds: limits::FDS_MAX,
            file_bytes: limits::FILE_BYTES_MAX,
        }
    }
}

/// The state of one machine below its programs.
pub struct Kernel {
    pub(crate) host: Rc<dyn Host>,
    pub(crate) scheduler: Rc<Scheduler>,
    pub(crate) files: Rc<Namespace>,
    pub(crate) audit: RefCell<audit::Log>,
    pub(crate) programs: Rc<dyn Programs>,
    pub(crate) limits: KernelLimits,
    pub(crate) hostname: RefCell<Rc<[u8]>>,
    pub(crate) boot_nanos: u64,
    pub(crate) boot_time: Time,
    procs: RefCell<SortedMap<Pid, Rc<Proc>>>,
    last_pid: Cell<Pid>,
    pub(crate) forks_total: Cell<u64>,
    pub(crate) ttys: RefCell<TtyTable>,
    /// The queue behind each open fifo, by file system and inode; it lives while an end is open.
    fifos: RefCell<SortedMap<(u64, u64), Weak<Pipe>>>,
    /// The lock of each file that has one, by file system and inode.
    locks: RefCell<SortedMap<(u64, u64), Weak<FileLock>>>,
    serial: Cell<u64>,
    load: load::LoadAverage,
}

impl Kernel {
    /// A kernel without processes over a namespace of files.
    #[must_use]
    pub fn new(
        host: Rc<dyn Host>,
        files: Rc<Namespace>,
        programs: Rc<dyn Programs>,
        hostname: &[u8],
        limits: KernelLimits,
    ) -> Rc<Kernel> {
        let (boot_nanos, boot_time) = (host.monotonic_nanos(), host.now());
        Rc::new(Kernel {
            host,
            scheduler: Rc::default(),
            files,
            audit: RefCell::default(),
            programs,
            limits,
            hostname: RefCell::new(Rc::from(hostname)),
            boot_nanos,
            boot_time,
            procs: RefCell::default(),
            last_pid: Cell::new(0),
            forks_total: Cell::new(0),
            ttys: RefCell::default(),
            fifos: RefCell::default(),
            locks: RefCell::default(),
            serial: Cell::new(0),
            load: load::LoadAverage::default(),
        })
    }

    /// Picks runnable processes by this seed instead of in turn.
    pub fn shuffle_by(&self, seed: u64) {
        self.scheduler.shuffle_by(seed);
    }

    /// Runs what is runnable until nothing is or `steps` are spent.
    pub fn run(self: &Rc<Kernel>, steps: u64) -> Progress {
        let mut left = steps;
        loop {
            let next_timer = self.scheduler.run_timers(self.host.monotonic_nanos());
            // Timers need no look between turns that are short beside a tick.
            let mut until_timers = u64::from(crate::abi::limits::SLICE_STEPS) * 4;
            while until_timers > 0 {
                if left == 0 {
                    return if self.scheduler.has_runnable() {
                        Progress::Ready
                    } else {
                        self.at_rest(next_timer)
                    };
                }
                let Some(proc) = self.scheduler.next() else {
                    match self.at_rest(next_timer) {
                        Progress::Ready => break,
                        rest => return rest,
                    }
                };
                let used = u64::from(self.turn(&proc));
                left = left.saturating_sub(used);
                until_timers = until_timers.saturating_sub(used);
            }
        }
    }

    /// Nothing is runnable: until when.
    fn at_rest(&self, next_timer: Option<u64>) -> Progress {
        let now = self.host.monotonic_nanos();
        self.load.sample(now, self.scheduler.runnable_count());
        // A timer may have been added since the last look.
        match self.scheduler.run_timers(now) {
            _ if self.scheduler.has_runnable() => Progress::Ready,
            Some(at) => Progress::Until(at),
            None => {
                debug_assert!(next_timer.is_none() || !self.scheduler.has_runnable());
                Progress::Idle
            }
        }
    }

    /// One turn of one process; the steps it took.
    fn turn(self: &Rc<Kernel>, proc: &Rc<Proc>) -> u32 {
        self.scheduler.begin_slice();
        if let Some(status) = proc.dying.get() {
            self.finish(proc, status);
            return self.scheduler.end_slice(proc);
        }
        if proc.run_state.get() == process::RunState::Stopped {
            proc.woken_while_stopped.set(true);
            return self.scheduler.end_slice(proc);
        }
        let Some(mut future) = proc.future.borrow_mut().take() else {
            return self.scheduler.end_slice(proc);
        };
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        let polled = future.as_mut().poll(&mut cx);
        let used = self.scheduler.end_slice(proc);
        match polled {
            std::task::Poll::Ready(status) => {
                drop(future);
                self.finish(proc, proc.dying.get().unwrap_or(status));
            }
            std::task::Poll::Pending => {
                if let Some(status) = proc.dying.get() {
                    drop(future);
                    self.finish(proc, status);
                } else if let Some(successor) = proc.successor.take() {
                    drop(future);
                    *proc.future.borrow_mut() = Some(successor);
                    self.scheduler.make_runnable(proc);
                } else {
                    *proc.future.borrow_mut() = Some(future);
                }
            }
        }
        used
    }

    /// The process of a number, zombies included.
    pub(crate) fn find(&self, pid: Pid) -> Option<Rc<Proc>> {
        self.procs.borrow().get(&pid).cloned()
    }

    /// All processes in order of their numbers.
    pub(crate) fn all_processes(&self) -> Vec<Rc<Proc>> {
        self.procs.borrow().values().cloned().collect()
    }

    /// How many processes there are, zombies included.
    #[must_use]
    pub fn process_count(&self) -> usize {
        self.procs.borrow().len()
    }

    /// A number that no pipe and no description has had.
    pub(crate) fn next_serial(&self) -> u64 {
        self.serial.set(self.serial.get() + 1);
        self.serial.get()
    }

    /// The working directory of a process.
    pub(crate) fn cwd_of(&self, proc: &Proc) -> Location {
        proc.cwd.borrow().as_ref().map_or_else(|| self.files.root(), |cwd| cwd.node.location)
    }

    /// The path of a process's working directory, as `/proc/PID/cwd` shows it: marked when it is removed.
    pub(crate) fn cwd_shown(&self, proc: &Proc) -> Vec<u8> {
        let path = self.files.path_of(self.cwd_of(proc));
        path.unwrap_or_else(|_| match proc.cwd.borrow().as_ref() {
            Some(cwd) => [&cwd.path[..], b" (deleted)"].concat(),
            None => b"/".to_vec(),
        })
    }

    /// The files' context of a process.
    pub(crate) fn file_context<'a>(&self, proc: &Proc, credentials: &'a Credentials) -> Context<'a> {
        Context {
            credentials,
            pid: proc.pid,
            umask: proc.umask.get(),
            file_bytes_max: proc.resource_limits.get().file_bytes.soft.min(self.limits.file_bytes),
            now: self.host.now(),
        }
    }

    /// Ends everything, so that nothing keeps the kernel alive that the kernel keeps.
    pub fn shut_down(&self) {
        self.scheduler.clear();
        for proc in self.all_processes() {
            let future = proc.future.borrow_mut().take();
            drop(future);
            drop(proc.successor.take());
            let (fds, cwd) = (proc.fds.take(), proc.cwd.take());
            drop((fds, cwd));
            proc.children.take();
        }
        self.scheduler.clear();
        self.procs.take();
    }
}

/// The load average of `/proc/loadavg`.
mod load {
    use std::cell::Cell;

    /// Exponentially damped numbers of runnable processes over 1, 5 and 15 minutes.
    #[derive(Default)]
    pub(crate) struct LoadAverage {
        at_nanos: Cell<u64>,
        averages: Cell<[f64; 3]>,
    }

    impl LoadAverage {
        /// Takes the number of runnable processes since the last sample into account.
        pub(crate) fn sample(&self, now_nanos: u64, runnable: usize) {
            let seconds = now_nanos.saturating_sub(self.at_nanos.replace(now_nanos)) as f64 / 1e9;
            let mut averages = self.averages.get();
            for (average, window) in averages.iter_mut().zip([60.0, 300.0, 900.0]) {
                // First-order decay; exact enough for two decimals without an exponential function.
                let keep = (1.0 - seconds / window).max(0.0);
                *average = *average * keep + runnable as f64 * (1.0 - keep);
            }
            self.averages.set(averages);
        }

        /// Over 1, 5 and 15 minutes.
        pub(crate) fn get(&self) -> [f64; 3] {
            self.averages.get()
        }
    }
}
