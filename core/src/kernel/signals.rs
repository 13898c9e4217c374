//! A process's signal state: dispositions, mask, what is pending.

use crate::abi::{SigSet, Signal};
use std::cell::Cell;

/// What a process does about a signal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disposition {
    /// The signal's default action.
    Default,
    /// Nothing; kept over exec.
    Ignore,
    /// The program takes it itself with `take_signal`; default again after exec.
    Catch,
}

/// Dispositions as sets, so that all of it is a few words that fork copies.
#[derive(Clone, Default)]
pub struct Signals {
    ignored: Cell<SigSet>,
    caught: Cell<SigSet>,
    blocked: Cell<SigSet>,
    pending: Cell<SigSet>,
}

impl Signals {
    /// For a child: the same dispositions and mask, nothing pending.
    pub(crate) fn for_child(&self) -> Signals {
        let child = self.clone();
        child.pending.set(SigSet::EMPTY);
        child
    }

    /// What exec leaves: caught ones are default again.
    pub(crate) fn reset_for_exec(&self) {
        self.caught.set(SigSet::EMPTY);
    }

    pub(crate) fn disposition(&self, signal: Signal) -> Disposition {
        if self.caught.get().contains(signal) {
            Disposition::Catch
        } else if self.ignored.get().contains(signal) {
            Disposition::Ignore
        } else {
            Disposition::Default
        }
    }

    pub(crate) fn set_disposition(&self, signal: Signal, disposition: Disposition) {
        let (mut ignored, mut caught) = (self.ignored.get(), self.caught.get());
        ignored.remove(signal);
        caught.remove(signal);
        match disposition {
            Disposition::Default => {}
            Disposition::Ignore => ignored.insert(signal),
            Disposition::Catch => caught.insert(signal),
        }
        if disposition == Disposition::Ignore {
            self.discard(signal);
        }
        self.ignored.set(ignored);
        self.caught.set(caught);
    }

    pub(crate) fn blocked(&self) -> SigSet {
        self.blocked.get()
    }

    pub(crate) fn set_blocked(&self, mut mask: SigSet) -> SigSet {
        mask.remove(Signal::KILL);
        mask.remove(Signal::STOP);
        self.blocked.replace(mask)
    }

    pub(crate) fn pending(&self) -> SigSet {
        self.pending.get()
    }

    pub(crate) fn ignored(&self) -> SigSet {
        self.ignored.get()
    }

    pub(crate) fn caught(&self) -> SigSet {
        self.caught.get()
    }

    pub(crate) fn post(&self, signal: Signal) {
        let mut pending = self.pending.get();
        pending.insert(signal);
        self.pending.set(pending);
    }

    pub(crate) fn discard(&self, signal: Signal) {
        let mut pending = self.pending.get();
        pending.remove(signal);
        self.pending.set(pending);
    }

    /// Whether a pending signal is not blocked.
    pub(crate) fn has_deliverable(&self) -> bool {
        !self.pending.get().without(self.blocked.get()).is_empty()
    }

    /// Takes the lowest-numbered pending signal that is not blocked.
    pub(crate) fn take(&self) -> Option<Signal> {
        let signal = self.pending.get().without(self.blocked.get()).first()?;
        self.discard(signal);
        Some(signal)
    }
}
