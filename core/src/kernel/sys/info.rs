//! What the machine tells of itself: uname, totals, the list of processes.

use super::Process;
use crate::abi::{Errno, Gid, Pid, Result, Time, Uid};
use crate::kernel::Kernel;
use crate::kernel::process::Proc;
use std::rc::Rc;

/// Totals of the machine (`sysinfo`, `/proc/stat`, `/proc/loadavg`).
#[derive(Clone, PartialEq, Debug)]
pub struct SystemInfo {
    /// When it booted.
    pub boot_time: Time,
    /// Nanoseconds since then.
    pub uptime_nanos: u64,
    /// Runnable processes over 1, 5 and 15 minutes.
    pub load: [f64; 3],
    /// Processes that are runnable now.
    pub runnable: usize,
    /// Processes, zombies included.
    pub processes: usize,
    /// Processes that were ever started.
    pub forks_total: u64,
    /// Processor time of all processes in nanoseconds.
    pub busy_nanos: u64,
}

/// One row of the process table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProcessInfo {
    /// Its id.
    pub pid: Pid,
    /// Its parent's.
    pub parent: Pid,
    /// Its process group.
    pub group: Pid,
    /// Its session.
    pub session: Pid,
    /// Its controlling terminal, N of `/dev/pts/N`.
    pub terminal: Option<u32>,
    /// The foreground group of that terminal.
    pub foreground: Pid,
    /// Real user id.
    pub uid: Uid,
    /// Effective user id.
    pub euid: Uid,
    /// Real group id.
    pub gid: Gid,
    /// `R S T Z`.
    pub state: u8,
    /// The command name.
    pub name: Rc<[u8]>,
    /// The arguments.
    pub args: Rc<[Vec<u8>]>,
    /// When it started.
    pub started_at: Time,
    /// When, in nanoseconds since boot.
    pub started_nanos: u64,
    /// Its processor time in nanoseconds.
    pub cpu_nanos: u64,
    /// Its nice value.
    pub nice: i8,
    /// How many descriptors it has open.
    pub fds: usize,
}

impl Kernel {
    /// A row of the process table.
    pub(crate) fn process_info(&self, proc: &Proc) -> ProcessInfo {
        let tty = self.tty_of_session(proc.session.get());
        let credentials = Rc::clone(&proc.credentials.borrow());
        ProcessInfo {
            pid: proc.pid,
            parent: proc.parent.get(),
            group: proc.group.get(),
            session: proc.session.get(),
            terminal: tty.as_ref().map(|tty| tty.number),
            foreground: tty.map_or(0, |tty| tty.foreground.get()),
            uid: credentials.uid,
            euid: credentials.euid,
            gid: credentials.gid,
            state: proc.state_letter(),
            name: Rc::clone(&proc.name.borrow()),
            args: Rc::clone(&proc.args.borrow()),
            started_at: proc.started_at,
            started_nanos: proc.started_nanos.saturating_sub(self.boot_nanos),
            cpu_nanos: proc.steps.get() * 10,
            nice: proc.nice.get(),
            fds: proc.fds.borrow().iter().count(),
        }
    }

    /// The machine's totals.
    pub(crate) fn system_info(&self) -> SystemInfo {
        SystemInfo {
            boot_time: self.boot_time,
            uptime_nanos: self.host.monotonic_nanos().saturating_sub(self.boot_nanos),
            load: self.load.get(),
            runnable: self.scheduler.runnable_count(),
            processes: self.process_count(),
            forks_total: self.forks_total.get(),
            busy_nanos: self.scheduler.steps_total() * 10,
        }
    }
}

impl Process {
    /// The process table, in order of ids.
    #[must_use]
    pub fn processes(&self) -> Vec<ProcessInfo> {
        self.kernel.all_processes().iter().map(|proc| self.kernel.process_info(proc)).collect()
    }

    /// The machine's totals.
    #[must_use]
    pub fn system_info(&self) -> SystemInfo {
        self.kernel.system_info()
    }

    /// The machine's name.
    #[must_use]
    pub fn hostname(&self) -> Rc<[u8]> {
        Rc::clone(&self.kernel.hostname.borrow())
    }

    /// Sets it. Root only: EPERM. At most 64 bytes: EINVAL.
    pub fn set_hostname(&self, name: &[u8]) -> Result<()> {
        if !self.credentials().is_root() {
            return Err(Errno::EPERM);
        }
        if name.len() > 64 {
            return Err(Errno::EINVAL);
        }
        *self.kernel.hostname.borrow_mut() = Rc::from(name);
        Ok(())
    }
}
