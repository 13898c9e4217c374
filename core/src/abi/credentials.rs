//! Who a process is.

use std::rc::Rc;

/// A user id. 0 is root.
pub type Uid = u32;
/// A group id.
pub type Gid = u32;

/// The ids that permission checks look at (POSIX.1-2024 XBD 3.124, 4.7).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credentials {
    /// Real user id: who started it.
    pub uid: Uid,
    /// Real group id.
    pub gid: Gid,
    /// Effective user id: what it may do.
    pub euid: Uid,
    /// Effective group id.
    pub egid: Gid,
    /// Saved set-user-ID.
    pub suid: Uid,
    /// Saved set-group-ID.
    pub sgid: Gid,
    /// Supplementary groups.
    pub groups: Rc<[Gid]>,
}

impl Credentials {
    /// Root's.
    #[must_use]
    pub fn root() -> Credentials {
        Credentials::of(0, 0, Rc::from([0]))
    }

    /// A user whose real, effective and saved ids are the same.
    #[must_use]
    pub fn of(uid: Uid, gid: Gid, groups: Rc<[Gid]>) -> Credentials {
        Credentials { uid, gid, euid: uid, egid: gid, suid: uid, sgid: gid, groups }
    }

    /// Whether it has root's powers.
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.euid == 0
    }

    /// Whether the effective or a supplementary group is `gid`.
    #[must_use]
    pub fn in_group(&self, gid: Gid) -> bool {
        self.egid == gid || self.groups.contains(&gid)
    }
}
