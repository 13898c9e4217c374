//! System calls on credentials: who the process is and may become.

use super::Process;
use crate::abi::{Credentials, Errno, Gid, Result, Uid};
use std::rc::Rc;

impl Process {
    /// Sets user ids as `setuid`: root sets all three, others only their effective one to the real or saved. EPERM.
    pub fn setuid(&self, uid: Uid) -> Result<()> {
        self.change_credentials(|own| {
            if own.is_root() {
                (own.uid, own.euid, own.suid) = (uid, uid, uid);
            } else if uid == own.uid || uid == own.suid {
                own.euid = uid;
            } else {
                return Err(Errno::EPERM);
            }
            Ok(())
        })
    }

    /// Sets group ids as `setgid`. EPERM.
    pub fn setgid(&self, gid: Gid) -> Result<()> {
        self.change_credentials(|own| {
            if own.is_root() {
                (own.gid, own.egid, own.sgid) = (gid, gid, gid);
            } else if gid == own.gid || gid == own.sgid {
                own.egid = gid;
            } else {
                return Err(Errno::EPERM);
            }
            Ok(())
        })
    }

    /// Sets the supplementary groups. Root only: EPERM.
    pub fn setgroups(&self, groups: &[Gid]) -> Result<()> {
        self.change_credentials(|own| {
            if !own.is_root() {
                return Err(Errno::EPERM);
            }
            own.groups = Rc::from(groups);
            Ok(())
        })
    }

    fn change_credentials(&self, change: impl FnOnce(&mut Credentials) -> Result<()>) -> Result<()> {
        let mut credentials = self.credentials();
        change(Rc::make_mut(&mut credentials))?;
        *self.proc.credentials.borrow_mut() = credentials;
        Ok(())
    }
}
