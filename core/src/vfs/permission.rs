//! Who may do what to a file, from its attributes alone.

use super::Context;
use crate::abi::{Access, FileType, Mode, Stat};

/// Whether a file with these attributes lets the caller's effective ids do all of `access` (POSIX.1-2024 XBD
/// 4.7). The first class that fits decides: owner, group, others. Root may do everything, but executes
/// only what has an x bit.
#[must_use]
pub fn permits(cx: &Context<'_>, stat: &Stat, access: Access) -> bool {
    let wanted = access.bits();
    let bits = stat.mode.bits();
    if cx.credentials.is_root() {
        return wanted & Access::EXECUTE.bits() == 0
            || stat.file_type == FileType::Directory
            || bits & 0o111 != 0;
    }
    let granted = if cx.credentials.euid == stat.uid {
        bits >> 6
    } else if cx.credentials.in_group(stat.gid) {
        bits >> 3
    } else {
        bits
    };
    granted & wanted == wanted
}

/// Whether the caller owns the file or is root.
pub(crate) fn owns(cx: &Context<'_>, stat: &Stat) -> bool {
    cx.credentials.is_root() || cx.credentials.euid == stat.uid
}

/// The mode that a change of owner, group or content leaves, when it is another one: without set-user-ID, and
/// without set-group-ID where it means execution or the caller is not of the group. Directories keep both.
pub(crate) fn mode_without_set_ids(cx: &Context<'_>, stat: &Stat) -> Option<Mode> {
    let mut bits = stat.mode.bits() & !Mode::SET_UID;
    if bits & 0o010 != 0 || !(cx.credentials.is_root() || cx.credentials.in_group(stat.gid)) {
        bits &= !Mode::SET_GID;
    }
    (stat.file_type != FileType::Directory && bits != stat.mode.bits()).then_some(Mode::new(bits))
}
