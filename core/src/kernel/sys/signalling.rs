//! System calls on signals: kill, dispositions, masks, taking a caught one.

use super::Process;
use crate::abi::{Errno, Pid, Result, SigSet, Signal};
use crate::kernel::process::Proc;
use crate::kernel::signals::Disposition;
use std::rc::Rc;

impl Process {
    /// Sends a signal (`None` only checks) to a process (`pid` > 0), to the own group (0), to all (-1) or to
    /// group `-pid`. ESRCH, EPERM. Sent to oneself it has its effect before the call returns.
    pub async fn kill(&self, pid: i64, signal: Option<Signal>) -> Result<()> {
        let targets: Vec<Rc<Proc>> = match pid {
            1.. => Pid::try_from(pid).ok().and_then(|pid| self.kernel.find(pid)).into_iter().collect(),
            -1 => {
                let all = self.kernel.all_processes().into_iter();
                all.filter(|proc| proc.pid != 1 && proc.pid != self.proc.pid).collect()
            }
            _ => {
                let group = if pid == 0 { i64::from(self.proc.group.get()) } else { -pid };
                let all = self.kernel.all_processes().into_iter();
                all.filter(|proc| i64::from(proc.group.get()) == group).collect()
            }
        };
        if targets.is_empty() {
            return Err(Errno::ESRCH);
        }
        let mut permitted = false;
        for target in targets {
            if self.may_signal(&target, signal) {
                permitted = true;
                if let Some(signal) = signal {
                    self.kernel.send_signal(&target, signal);
                }
            }
        }
        self.settle().await;
        if permitted { Ok(()) } else { Err(Errno::EPERM) }
    }

    /// POSIX `kill`: root may; others when a real or effective id is the target's real or saved one; SIGCONT
    /// within the session.
    fn may_signal(&self, target: &Proc, signal: Option<Signal>) -> bool {
        let own = self.credentials();
        let other = target.credentials.borrow();
        own.is_root()
            || [own.uid, own.euid].iter().any(|id| *id == other.uid || *id == other.suid)
            || (signal == Some(Signal::CONT) && target.session.get() == self.proc.session.get())
    }

    /// What the process does about a signal.
    #[must_use]
    pub fn disposition(&self, signal: Signal) -> Disposition {
        self.proc.signals.disposition(signal)
    }

    /// Sets what the process does about a signal. EINVAL for SIGKILL and SIGSTOP.
    pub fn set_disposition(&self, signal: Signal, disposition: Disposition) -> Result<()> {
        if signal == Signal::KILL || signal == Signal::STOP {
            return Err(Errno::EINVAL);
        }
        self.proc.signals.set_disposition(signal, disposition);
        Ok(())
    }

    /// Blocks exactly these signals; gives the mask before. What becomes unblocked is delivered.
    pub async fn set_signal_mask(&self, mask: SigSet) -> SigSet {
        let before = self.proc.signals.set_blocked(mask);
        for signal in Signal::all() {
            let released = before.contains(signal) && !mask.contains(signal);
            if released && self.proc.signals.pending().contains(signal) {
                self.proc.signals.discard(signal);
                self.kernel.send_signal(&self.proc, signal);
            }
        }
        self.settle().await;
        before
    }

    /// The signals that are blocked.
    #[must_use]
    pub fn signal_mask(&self) -> SigSet {
        self.proc.signals.blocked()
    }

    /// Whether a caught signal waits to be taken.
    #[must_use]
    pub fn has_signal(&self) -> bool {
        self.proc.signals.has_deliverable()
    }

    /// Takes the next caught signal.
    #[must_use]
    pub fn take_signal(&self) -> Option<Signal> {
        self.proc.signals.take()
    }

    /// Sleeps until a caught signal is there (`pause`).
    pub async fn pause(&self) {
        while self.sleep_in(&[]).await.is_ok() {}
        self.settle().await;
    }
}
