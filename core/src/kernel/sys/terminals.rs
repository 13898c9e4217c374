//! System calls on terminals: settings, size, foreground group, controlling terminal.

use super::Process;
use crate::abi::{Errno, Fd, Pid, Result, Signal, Termios, WindowSize};
use crate::kernel::open_file::Object;
use crate::kernel::signals::Disposition;
use crate::kernel::tty::Tty;
use std::rc::Rc;

impl Process {
    fn tty(&self, fd: Fd) -> Result<Rc<Tty>> {
        match &self.file(fd)?.object {
            Object::Tty(end) => Ok(Rc::clone(&end.0)),
            Object::Master(end) => Ok(Rc::clone(&end.0)),
            _ => Err(Errno::ENOTTY),
        }
    }

    /// Whether a descriptor is a terminal.
    #[must_use]
    pub fn is_terminal(&self, fd: Fd) -> bool {
        self.tty(fd).is_ok()
    }

    /// The path of a descriptor's terminal. ENOTTY.
    pub fn terminal_name(&self, fd: Fd) -> Result<Vec<u8>> {
        Ok(format!("/dev/pts/{}", self.tty(fd)?.number).into_bytes())
    }

    /// The settings. ENOTTY.
    pub fn termios(&self, fd: Fd) -> Result<Termios> {
        Ok(self.tty(fd)?.termios())
    }

    /// Sets them (TCSADRAIN; with `flush_input`, TCSAFLUSH). A background process is stopped by SIGTTOU.
    pub async fn set_termios(&self, fd: Fd, termios: Termios, flush_input: bool) -> Result<()> {
        let tty = self.tty(fd)?;
        self.check_terminal_turn(&tty, Signal::TTOU).await?;
        tty.set_termios(termios, flush_input);
        Ok(())
    }

    /// The window's size. ENOTTY.
    pub fn window_size(&self, fd: Fd) -> Result<WindowSize> {
        Ok(self.tty(fd)?.window())
    }

    /// Sets it.
    pub fn set_window_size(&self, fd: Fd, window: WindowSize) -> Result<()> {
        self.tty(fd)?.resize(window);
        Ok(())
    }

    /// The foreground process group of the controlling terminal. ENOTTY.
    pub fn terminal_group(&self, fd: Fd) -> Result<Pid> {
        let tty = self.tty(fd)?;
        if tty.session.get() != self.proc.session.get() {
            return Err(Errno::ENOTTY);
        }
        Ok(tty.foreground.get())
    }

    /// Makes a group of this session the foreground one (`tcsetpgrp`). A background caller is stopped by
    /// SIGTTOU unless it ignores or blocks that.
    pub async fn set_terminal_group(&self, fd: Fd, group: Pid) -> Result<()> {
        let tty = self.tty(fd)?;
        if tty.session.get() != self.proc.session.get() {
            return Err(Errno::ENOTTY);
        }
        self.check_terminal_turn(&tty, Signal::TTOU).await?;
        let session = self.proc.session.get();
        let known =
            self.kernel.all_processes().iter().any(|p| p.group.get() == group && p.session.get() == session);
        if !known {
            return Err(Errno::EPERM);
        }
        tty.foreground.set(group);
        Ok(())
    }

    /// A new session without a terminal, led by this process. EPERM when it leads a group already.
    pub fn setsid(&self) -> Result<Pid> {
        if self.proc.group.get() == self.proc.pid && self.proc.has_executed.get() {
            return Err(Errno::EPERM);
        }
        self.proc.session.set(self.proc.pid);
        self.proc.group.set(self.proc.pid);
        Ok(self.proc.pid)
    }

    /// A session leader without a terminal gets this one, when it is nobody's.
    pub(crate) fn adopt_terminal(&self, tty: &Tty) {
        let session = self.proc.session.get();
        let leads = session == self.proc.pid;
        if leads && tty.session.get() == 0 && self.kernel.tty_of_session(session).is_none() {
            tty.session.set(session);
            tty.foreground.set(self.proc.group.get());
        }
    }

    /// The controlling terminal's number (N of `/dev/pts/N`).
    #[must_use]
    pub fn controlling_terminal(&self) -> Option<u32> {
        self.kernel.tty_of_session(self.proc.session.get()).map(|tty| tty.number)
    }

    /// POSIX XBD 11.1.4: a background process that reads from (or controls) its terminal is stopped by a
    /// signal, or gets EIO where it cannot be.
    pub(crate) async fn check_terminal_turn(&self, tty: &Rc<Tty>, signal: Signal) -> Result<()> {
        loop {
            let group = self.proc.group.get();
            let mine = tty.session.get() == self.proc.session.get();
            if !mine || tty.foreground.get() == group || tty.foreground.get() == 0 {
                return Ok(());
            }
            let set_aside = self.proc.signals.disposition(signal) == Disposition::Ignore
                || self.proc.signals.blocked().contains(signal);
            if set_aside {
                return if signal == Signal::TTOU { Ok(()) } else { Err(Errno::EIO) };
            }
            if self.kernel.is_orphaned(group) {
                return Err(Errno::EIO);
            }
            self.kernel.signal_group(group, signal);
            self.settle().await;
            if self.proc.is_interrupted() {
                return Err(Errno::EINTR);
            }
        }
    }
}
