//! Birth, end and signals of processes: fork, exit, zombies, orphans, delivery.

use super::Kernel;
use super::fd_table::FdTable;
use super::process::{Limit, Proc, ProgramFuture, ResourceLimits, RunState};
use super::signals::Disposition;
use super::sys::Process;
use crate::abi::limits::PID_MAX;
use crate::abi::{Credentials, DefaultAction, Errno, ExitStatus, Pid, Result, Signal, WaitStatus};
use crate::audit::{Classes, Event};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The process that adopts orphans.
pub(crate) const INIT: Pid = 1;

impl Kernel {
    /// The first process, or one that a login starts: a child of init with its own session, no descriptors.
    pub(crate) fn new_process(&self, credentials: Credentials, parent: Pid) -> Result<Rc<Proc>> {
        self.check_process_limits(&credentials, self.limits.user_processes as u64)?;
        let fds = u64::from(self.limits.fds);
        let limits = ResourceLimits {
            file_bytes: Limit::UNLIMITED,
            fds: Limit::of(fds),
            processes: Limit::of(self.limits.user_processes as u64),
            cpu_seconds: Limit::UNLIMITED,
        };
        let credentials = Rc::new(credentials);
        let proc = Rc::new(Proc {
            parent: Cell::new(parent),
            resource_limits: Cell::new(limits),
            ..Proc::new(self.next_pid()?, credentials, self.host.now(), self.host.monotonic_nanos())
        });
        self.list(&proc);
        Ok(proc)
    }

    /// Starts the first process, which runs for as long as the machine.
    pub fn start_init<F>(self: &Rc<Kernel>, init: impl FnOnce(Process) -> F) -> Result<()>
    where
        F: Future<Output = ExitStatus> + 'static,
    {
        let proc = self.new_process(Credentials::root(), 0)?;
        *proc.name.borrow_mut() = Rc::from(&b"init"[..]);
        *proc.args.borrow_mut() = Rc::from([b"/sbin/init".to_vec()]);
        self.start(&proc, Box::pin(init(Process::new(self, &proc))));
        Ok(())
    }

    /// A child that shares what fork shares. It does not run before it is started.
    pub(crate) fn fork(&self, parent: &Rc<Proc>) -> Result<Rc<Proc>> {
        let credentials = Rc::clone(&parent.credentials.borrow());
        self.check_process_limits(&credentials, parent.resource_limits.get().processes.soft)?;
        let fds: FdTable = parent.fds.borrow().clone();
        let child = Rc::new(Proc {
            parent: Cell::new(parent.pid),
            group: parent.group.clone(),
            session: parent.session.clone(),
            fds: RefCell::new(fds),
            cwd: parent.cwd.clone(),
            umask: parent.umask.clone(),
            resource_limits: parent.resource_limits.clone(),
            nice: parent.nice.clone(),
            name: parent.name.clone(),
            executable: parent.executable.clone(),
            args: parent.args.clone(),
            environment: parent.environment.clone(),
            signals: parent.signals.for_child(),
            ..Proc::new(self.next_pid()?, credentials, self.host.now(), self.host.monotonic_nanos())
        });
        self.list(&child);
        Ok(child)
    }

    fn list(&self, proc: &Rc<Proc>) {
        if let Some(parent) = self.find(proc.parent.get()) {
            parent.children.borrow_mut().push(Rc::clone(proc));
        }
        self.procs.borrow_mut().insert(proc.pid, Rc::clone(proc));
        self.forks_total.set(self.forks_total.get() + 1);
    }

    /// Gives a process its program and makes it runnable.
    pub(crate) fn start(&self, proc: &Rc<Proc>, program: ProgramFuture) {
        *proc.future.borrow_mut() = Some(program);
        self.scheduler.make_runnable(proc);
    }

    fn check_process_limits(&self, credentials: &Credentials, user_max: u64) -> Result<()> {
        let procs = self.procs.borrow();
        if procs.len() >= self.limits.processes {
            return Err(Errno::EAGAIN);
        }
        // Counting is only needed where the user's own limit could be reached.
        if !credentials.is_root() && procs.len() as u64 >= user_max {
            let own = procs.values().filter(|proc| proc.credentials.borrow().uid == credentials.uid).count();
            if own as u64 >= user_max {
                return Err(Errno::EAGAIN);
            }
        }
        Ok(())
    }

    fn next_pid(&self) -> Result<Pid> {
        let procs = self.procs.borrow();
        let mut pid = self.last_pid.get();
        for _ in 0..=self.limits.processes {
            pid = if pid >= PID_MAX { 2 } else { pid + 1 };
            if !procs.contains_key(&pid) {
                self.last_pid.set(pid);
                return Ok(pid);
            }
        }
        Err(Errno::EAGAIN)
    }

    /// The end of a process: descriptors close, children are orphans, the parent hears of it.
    pub(crate) fn finish(&self, proc: &Rc<Proc>, status: ExitStatus) {
        if !proc.is_alive() {
            return;
        }
        proc.run_state.set(RunState::Zombie);
        // Dropped outside of the borrow: closing may wake others and run their bookkeeping.
        let future = proc.future.borrow_mut().take();
        drop(future);
        drop(proc.successor.take());
        let (fds, cwd) = (proc.fds.take(), proc.cwd.take());
        drop((fds, cwd));
        self.orphan_children(proc);
        if proc.session.get() == proc.pid {
            self.end_session(proc.pid);
        }
        self.record(proc, Classes::PROCESSES, || Event::ProcessExit { status });
        proc.ended.set(Some(status));
        proc.news.set(Some(WaitStatus::Ended(status)));
        self.hang_up_orphaned_groups(proc);
        match self.find(proc.parent.get()).filter(|parent| parent.is_alive()) {
            Some(parent) => {
                if parent.signals.disposition(Signal::CHLD) == Disposition::Ignore {
                    self.reap(proc);
                }
                self.send_signal(&parent, Signal::CHLD);
                parent.children_changed.wake(&self.scheduler);
            }
            None => self.reap(proc),
        }
    }

    fn orphan_children(&self, proc: &Proc) {
        let children = proc.children.take();
        if children.is_empty() {
            return;
        }
        let init = self.find(INIT).filter(|init| init.is_alive() && init.pid != proc.pid);
        for child in children {
            child.parent.set(if init.is_some() { INIT } else { 0 });
            match &init {
                Some(init) => init.children.borrow_mut().push(Rc::clone(&child)),
                None if !child.is_alive() => self.reap(&child),
                None => {}
            }
        }
        if let Some(init) = init {
            init.children_changed.wake(&self.scheduler);
        }
    }

    /// Takes a zombie off the table.
    pub(crate) fn reap(&self, proc: &Rc<Proc>) {
        if let Some(parent) = self.find(proc.parent.get()) {
            parent.children.borrow_mut().retain(|child| !Rc::ptr_eq(child, proc));
            parent.child_steps.set(parent.child_steps.get() + proc.steps.get() + proc.child_steps.get());
        }
        let gone = self.procs.borrow_mut().remove(&proc.pid);
        drop(gone);
    }

    /// The end of a session leader: its terminal is free again and the foreground group hangs up.
    fn end_session(&self, session: Pid) {
        if let Some(tty) = self.tty_of_session(session) {
            tty.session.set(0);
            let group = tty.foreground.replace(0);
            if group != 0 {
                self.signal_group(group, Signal::HUP);
            }
        }
    }

    /// POSIX: when the end of a process leaves a group without a parent in its session and a member is
    /// stopped, the group gets SIGHUP and SIGCONT (XSH 3, `_Exit`).
    fn hang_up_orphaned_groups(&self, gone: &Rc<Proc>) {
        let group = gone.group.get();
        // Only where its parent was the tie to the session; a group that was an orphan before stays as it is.
        let tied = self
            .find(gone.parent.get())
            .is_some_and(|parent| parent.group.get() != group && parent.session.get() == gone.session.get());
        if !tied {
            return;
        }
        let members: Vec<Rc<Proc>> = self
            .procs
            .borrow()
            .values()
            .filter(|p| p.group.get() == group && p.is_alive())
            .cloned()
            .collect();
        if members.iter().any(|p| p.run_state.get() == RunState::Stopped) && self.is_orphaned(group) {
            for member in members {
                self.send_signal(&member, Signal::HUP);
                self.send_signal(&member, Signal::CONT);
            }
        }
    }

    /// Whether no member of a group has a parent in the same session but another group.
    pub(crate) fn is_orphaned(&self, group: Pid) -> bool {
        let procs = self.procs.borrow();
        !procs.values().filter(|p| p.group.get() == group && p.is_alive()).any(|p| {
            procs
                .get(&p.parent.get())
                .is_some_and(|parent| parent.session.get() == p.session.get() && parent.group.get() != group)
        })
    }

    /// Delivers a signal by the receiver's disposition. Permission is the caller's affair.
    pub(crate) fn send_signal(&self, proc: &Rc<Proc>, signal: Signal) {
        if !proc.is_alive() || proc.dying.get().is_some() {
            return;
        }
        let action = signal.default_action();
        if action == DefaultAction::Continue || signal == Signal::KILL {
            self.go_on(proc, signal);
        }
        if action == DefaultAction::Stop {
            proc.signals.discard(Signal::CONT);
        }
        let disposition = match signal {
            Signal::KILL | Signal::STOP => Disposition::Default,
            _ => proc.signals.disposition(signal),
        };
        let blocked = proc.signals.blocked().contains(signal);
        match disposition {
            Disposition::Ignore => {}
            Disposition::Default if action == DefaultAction::Ignore || action == DefaultAction::Continue => {}
            // Init survives what it does not handle.
            Disposition::Default if proc.pid == INIT => {}
            _ if blocked => proc.signals.post(signal),
            Disposition::Catch => {
                proc.signals.post(signal);
                self.scheduler.make_runnable(proc);
            }
            Disposition::Default => self.default_action(proc, signal, action),
        }
    }

    fn default_action(&self, proc: &Rc<Proc>, signal: Signal, action: DefaultAction) {
        match action {
            DefaultAction::Terminate | DefaultAction::Core => {
                proc.dying.set(Some(ExitStatus::Signaled(signal)));
                self.scheduler.make_runnable(proc);
            }
            // Keyboard stops do nothing to a group that nobody could continue.
            DefaultAction::Stop if signal != Signal::STOP && self.is_orphaned(proc.group.get()) => {}
            DefaultAction::Stop => {
                if proc.run_state.get() == RunState::Alive {
                    proc.run_state.set(RunState::Stopped);
                    proc.stopped_by.set(Some(signal));
                    self.tell_parent(proc, WaitStatus::Stopped(signal));
                }
            }
            DefaultAction::Ignore | DefaultAction::Continue => {}
        }
    }

    /// SIGCONT's effect, which no disposition prevents.
    fn go_on(&self, proc: &Rc<Proc>, signal: Signal) {
        for stop in [Signal::STOP, Signal::TSTP, Signal::TTIN, Signal::TTOU] {
            proc.signals.discard(stop);
        }
        if proc.run_state.get() == RunState::Stopped {
            proc.run_state.set(RunState::Alive);
            proc.stopped_by.set(None);
            if signal == Signal::CONT {
                self.tell_parent(proc, WaitStatus::Continued);
            }
            // It may have been stopped in the middle of its turn: let it look again.
            proc.woken_while_stopped.set(false);
            self.scheduler.make_runnable(proc);
        }
    }

    fn tell_parent(&self, proc: &Proc, news: WaitStatus) {
        proc.news.set(Some(news));
        if let Some(parent) = self.find(proc.parent.get()) {
            self.send_signal(&parent, Signal::CHLD);
            parent.children_changed.wake(&self.scheduler);
        }
    }

    /// Sends a signal to every member of a process group; how many there are.
    pub(crate) fn signal_group(&self, group: Pid, signal: Signal) -> usize {
        let members: Vec<Rc<Proc>> =
            self.procs.borrow().values().filter(|p| p.group.get() == group).cloned().collect();
        for member in &members {
            self.send_signal(member, signal);
        }
        members.len()
    }

    /// Writes an event of a process into the audit log, if its class is on.
    pub(crate) fn record(&self, proc: &Proc, class: Classes, event: impl FnOnce() -> Event) {
        let mut audit = self.audit.borrow_mut();
        if audit.wants(class) {
            let uid = proc.credentials.borrow().euid;
            audit.record(self.host.now(), proc.pid, uid, event());
        }
    }
}
