//! System calls on processes: fork, exec, wait, groups.

use super::Process;
use crate::abi::limits::ARGS_BYTES_MAX;
use crate::abi::{Errno, ExitStatus, Pid, Result, WaitStatus};
use crate::audit::{Classes, Event, Text};
use crate::kernel::process::{Limit, Proc, ProgramFuture, ResourceLimits, RunState};
use crate::kernel::wait_queue::Never;
use std::convert::Infallible;
use std::ops::Deref;
use std::rc::Rc;

/// A child that fork has made and that does not run yet: its descriptors, group and signals can be set up
/// through it. Dropped without being started, it never was.
pub struct Embryo {
    process: Option<Process>,
}

impl Embryo {
    /// Lets it run a program.
    pub fn start(mut self, program: ProgramFuture) -> Pid {
        match self.process.take() {
            Some(child) => {
                if let Some(parent) = child.kernel.find(child.proc.parent.get()) {
                    let pid = child.pid();
                    child.kernel.record(&parent, Classes::PROCESSES, || Event::ProcessSpawn { child: pid });
                }
                child.kernel.start(&child.proc, program);
                child.pid()
            }
            None => 0,
        }
    }

    /// The child's own handle, for the program that it is to run.
    #[must_use]
    pub fn handle(&self) -> Option<Process> {
        self.process.clone()
    }
}

impl Deref for Embryo {
    type Target = Process;

    fn deref(&self) -> &Process {
        match &self.process {
            Some(process) => process,
            // `start` takes the whole value, so nobody holds an Embryo without its process.
            None => unreachable_embryo(),
        }
    }
}

#[allow(clippy::panic, reason = "cannot be reached: `start` consumes the Embryo")]
#[cold]
fn unreachable_embryo() -> ! {
    panic!("an Embryo was used after its start")
}

impl Drop for Embryo {
    fn drop(&mut self) {
        if let Some(child) = self.process.take() {
            let fds = child.proc.fds.take();
            drop(fds);
            child.proc.run_state.set(RunState::Zombie);
            child.kernel.reap(&child.proc);
        }
    }
}

/// Whom to wait for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitFor {
    /// Any child.
    Any,
    /// This one.
    Pid(Pid),
    /// Any of a process group.
    Group(Pid),
}

/// A child's change of state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Waited {
    /// Which child.
    pub pid: Pid,
    /// What became of it.
    pub status: WaitStatus,
}

impl Process {
    /// The process id.
    #[must_use]
    pub fn pid(&self) -> Pid {
        self.proc.pid
    }

    /// The parent's id.
    #[must_use]
    pub fn parent_pid(&self) -> Pid {
        self.proc.parent.get()
    }

    /// The process group.
    #[must_use]
    pub fn group(&self) -> Pid {
        self.proc.group.get()
    }

    /// The session.
    #[must_use]
    pub fn session(&self) -> Pid {
        self.proc.session.get()
    }

    /// The arguments, the name it was called by first.
    #[must_use]
    pub fn args(&self) -> Rc<[Vec<u8>]> {
        Rc::clone(&self.proc.args.borrow())
    }

    /// The environment it was started with: `NAME=value` each.
    #[must_use]
    pub fn environment(&self) -> Rc<[Vec<u8>]> {
        Rc::clone(&self.proc.environment.borrow())
    }

    /// A variable of that environment.
    #[must_use]
    pub fn env(&self, name: &[u8]) -> Option<Vec<u8>> {
        let environment = self.environment();
        let found = environment.iter().find_map(|entry| entry.strip_prefix(name)?.strip_prefix(b"="));
        found.map(<[u8]>::to_vec)
    }

    /// Sets the name that `ps` shows.
    pub fn set_name(&self, name: &[u8]) {
        *self.proc.name.borrow_mut() = Rc::from(name);
    }

    /// A child with a copy of everything that fork copies. EAGAIN when there are too many processes.
    pub fn fork(&self) -> Result<Embryo> {
        let child = self.kernel.fork(&self.proc)?;
        Ok(Embryo { process: Some(Process::new(&self.kernel, &child)) })
    }

    /// Replaces the program of this process by the file at `path`. Returns only when that fails: ENOENT,
    /// EACCES, ENOEXEC, E2BIG, ELOOP, ENOTDIR.
    pub async fn exec(
        &self,
        path: &[u8],
        args: Vec<Vec<u8>>,
        environment: Rc<[Vec<u8>]>,
    ) -> Result<Infallible> {
        let program = self.load(path, args, environment)?;
        *self.proc.successor.borrow_mut() = Some(program);
        self.scheduler().make_runnable(&self.proc);
        Ok(Never.await)
    }

    /// Makes this process one that runs the file at `path` (names, arguments, descriptors, signals: all that
    /// exec does) and gives the program that is to run in it. For a child before it starts.
    pub fn load(&self, path: &[u8], args: Vec<Vec<u8>>, environment: Rc<[Vec<u8>]>) -> Result<ProgramFuture> {
        let bytes = |list: &[Vec<u8>]| list.iter().map(|item| item.len() + 1).sum::<usize>();
        if bytes(&args) + bytes(&environment) > ARGS_BYTES_MAX {
            return Err(Errno::E2BIG);
        }
        let loaded = self.find_program(path, args)?;
        *self.proc.name.borrow_mut() = loaded.name;
        self.kernel.record(&self.proc, Classes::PROCESSES, || Event::ProcessExec {
            path: Text::new(path),
            command: Text::joined(&loaded.args),
        });
        *self.proc.args.borrow_mut() = loaded.args;
        *self.proc.executable.borrow_mut() = loaded.path;
        *self.proc.environment.borrow_mut() = environment;
        self.proc.signals.reset_for_exec();
        self.proc.has_executed.set(true);
        let closed = self.proc.fds.borrow_mut().take_close_on_exec();
        drop(closed);
        if let Some(credentials) = loaded.credentials {
            *self.proc.credentials.borrow_mut() = Rc::new(credentials);
        }
        Ok((loaded.main)(self.clone()))
    }

    /// Ends the process at once (`_exit`), from however deep.
    pub async fn exit(&self, status: u8) -> Infallible {
        self.proc.dying.set(Some(ExitStatus::Exited(status)));
        self.scheduler().make_runnable(&self.proc);
        Never.await
    }

    /// Waits for a child to end (or, with `untraced`, to stop; with `continued`, to go on). ECHILD, EINTR.
    pub async fn wait(&self, whom: WaitFor, untraced: bool, continued: bool) -> Result<Waited> {
        loop {
            match self.wait_now(whom, untraced, continued)? {
                Some(waited) => {
                    self.step(1).await;
                    return Ok(waited);
                }
                None => self.sleep_in(&[&self.proc.children_changed]).await?,
            }
        }
    }

    /// As `wait` with WNOHANG: `None` when there is no news.
    pub fn wait_now(&self, whom: WaitFor, untraced: bool, continued: bool) -> Result<Option<Waited>> {
        let mut found = None;
        let mut any = false;
        for child in self.proc.children.borrow().iter() {
            let wanted = match whom {
                WaitFor::Any => true,
                WaitFor::Pid(pid) => child.pid == pid,
                WaitFor::Group(group) => child.group.get() == group,
            };
            if !wanted {
                continue;
            }
            any = true;
            let news = child.news.get().filter(|news| match news {
                WaitStatus::Ended(_) => true,
                WaitStatus::Stopped(_) => untraced,
                WaitStatus::Continued => continued,
            });
            if let Some(status) = news {
                found = Some((Rc::clone(child), status));
                break;
            }
        }
        match found {
            Some((child, status)) => {
                child.news.set(None);
                if let WaitStatus::Ended(_) = status {
                    self.kernel.reap(&child);
                }
                Ok(Some(Waited { pid: child.pid, status }))
            }
            None if any => Ok(None),
            None => Err(Errno::ECHILD),
        }
    }

    /// Sleeps until something changes about the children; for a process that has none yet.
    pub async fn wait_for_child(&self) {
        // Interrupted or not, the caller looks at its children again.
        let _ = self.sleep_in(&[&self.proc.children_changed]).await;
    }

    /// Whether there are children, zombies included.
    #[must_use]
    pub fn has_children(&self) -> bool {
        !self.proc.children.borrow().is_empty()
    }

    /// Puts a process (0: this one; else this one or a child that has not executed a program) into a group
    /// (0: its own). ESRCH, EACCES, EPERM.
    pub fn set_group(&self, pid: Pid, group: Pid) -> Result<()> {
        let target: Rc<Proc> = match pid {
            0 => Rc::clone(&self.proc),
            pid if pid == self.proc.pid => Rc::clone(&self.proc),
            pid => {
                let child = self.kernel.find(pid).filter(|child| child.parent.get() == self.proc.pid);
                let child = child.ok_or(Errno::ESRCH)?;
                if child.has_executed.get() {
                    return Err(Errno::EACCES);
                }
                child
            }
        };
        let session = self.proc.session.get();
        if target.session.get() != session || target.session.get() == target.pid {
            return Err(Errno::EPERM);
        }
        let group = if group == 0 { target.pid } else { group };
        let joins = group == target.pid
            || self
                .kernel
                .all_processes()
                .iter()
                .any(|p| p.group.get() == group && p.session.get() == session);
        if !joins {
            return Err(Errno::EPERM);
        }
        target.group.set(group);
        Ok(())
    }

    /// The resource limits.
    #[must_use]
    pub fn resource_limits(&self) -> ResourceLimits {
        self.proc.resource_limits.get()
    }

    /// Sets them. A soft limit above its hard one is EINVAL; raising a hard one without being root EPERM.
    pub fn set_resource_limits(&self, new: ResourceLimits) -> Result<()> {
        let old = self.proc.resource_limits.get();
        let pairs = [
            (old.file_bytes, new.file_bytes),
            (old.fds, new.fds),
            (old.processes, new.processes),
            (old.cpu_seconds, new.cpu_seconds),
        ];
        if pairs.iter().any(|(_, new): &(Limit, Limit)| new.soft > new.hard) {
            return Err(Errno::EINVAL);
        }
        if pairs.iter().any(|(old, new)| new.hard > old.hard) && !self.credentials().is_root() {
            return Err(Errno::EPERM);
        }
        self.proc.resource_limits.set(new);
        Ok(())
    }
}
