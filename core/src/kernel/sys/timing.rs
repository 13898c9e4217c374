//! System calls on time: clocks, sleeping, processor time.

use super::Process;
use crate::abi::{Errno, Result, Time};
use crate::kernel::scheduler::Timer;

/// What a step of work counts as processor time.
const NANOS_PER_STEP: u64 = 10;

impl Process {
    /// The time of day.
    #[must_use]
    pub fn now(&self) -> Time {
        self.kernel.host.now()
    }

    /// Nanoseconds since the machine booted.
    #[must_use]
    pub fn uptime_nanos(&self) -> u64 {
        self.kernel.host.monotonic_nanos().saturating_sub(self.kernel.boot_nanos)
    }

    /// Sleeps so many nanoseconds. EINTR when a caught signal came; see [`Process::uptime_nanos`] for what is left.
    pub async fn sleep(&self, nanos: u64) -> Result<()> {
        let at = self.kernel.host.monotonic_nanos().saturating_add(nanos);
        loop {
            {
                let _timer = Timer::at(self.scheduler(), at, &self.proc);
                self.sleep_in(&[]).await?;
            }
            if self.kernel.host.monotonic_nanos() >= at {
                self.step(1).await;
                return Ok(());
            }
        }
    }

    /// Processor time of this process and of its children that were waited for, in nanoseconds. It is counted
    /// in steps of work, each as ten nanoseconds, so that a replay gives the same.
    #[must_use]
    pub fn cpu_nanos(&self) -> (u64, u64) {
        (self.proc.steps.get() * NANOS_PER_STEP, self.proc.child_steps.get() * NANOS_PER_STEP)
    }

    /// Fills `bytes` with random ones (`getrandom`).
    pub fn random(&self, bytes: &mut [u8]) {
        self.kernel.host.random(bytes);
    }

    /// The scheduling nice value.
    #[must_use]
    pub fn nice(&self) -> i8 {
        self.proc.nice.get()
    }

    /// Sets the nice value, -20 to 19; only root lowers it: EACCES.
    pub fn set_nice(&self, nice: i8) -> Result<()> {
        if nice < self.proc.nice.get() && !self.credentials().is_root() {
            return Err(Errno::EACCES);
        }
        self.proc.nice.set(nice.clamp(-20, 19));
        Ok(())
    }
}
