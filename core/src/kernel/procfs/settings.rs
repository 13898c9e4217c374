//! `/proc/sys`: what the kernel is set to, one value a file.

use super::Kind;
use crate::abi::limits::{FDS_MAX, GROUPS_MAX, PID_MAX, PIPE_BYTES_MAX};
use crate::abi::{Errno, Result};
use crate::kernel::{Kernel, uname};

/// One file or directory below `/proc/sys`.
pub(super) struct Setting {
    /// Its path there.
    pub(super) path: &'static str,
    /// What it says, without the newline; none of a directory.
    text: Option<fn(&Kernel) -> Vec<u8>>,
}

const fn directory(path: &'static str) -> Setting {
    Setting { path, text: None }
}

const fn setting(path: &'static str, text: fn(&Kernel) -> Vec<u8>) -> Setting {
    Setting { path, text: Some(text) }
}

/// In order of path; a directory comes before what is in it.
pub(super) const SETTINGS: [Setting; 17] = [
    directory("fs"),
    setting("fs/nr_open", |_| number(FDS_MAX)),
    setting("fs/pipe-max-size", |_| number(PIPE_BYTES_MAX)),
    setting("fs/protected_hardlinks", |_| number(1)),
    directory("kernel"),
    setting("kernel/hostname", |kernel| kernel.hostname.borrow().to_vec()),
    setting("kernel/ngroups_max", |_| number(GROUPS_MAX)),
    setting("kernel/osrelease", |_| uname::RELEASE.into()),
    setting("kernel/ostype", |_| uname::SYSTEM.into()),
    setting("kernel/pid_max", |_| number(PID_MAX)),
    directory("kernel/pty"),
    setting("kernel/pty/max", |_| number(crate::abi::limits::PTYS_MAX)),
    setting("kernel/pty/nr", |kernel| number(kernel.ttys.borrow().iter().count())),
    directory("kernel/random"),
    setting("kernel/random/uuid", random_uuid),
    setting("kernel/threads-max", |kernel| number(kernel.limits.processes)),
    setting("kernel/version", |_| uname::VERSION.into()),
];

impl Setting {
    pub(super) fn kind(&self) -> Kind {
        if self.text.is_some() { Kind::File } else { Kind::Directory }
    }

    pub(super) fn name(&self) -> &'static str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// EISDIR of a directory.
    pub(super) fn text(&self, kernel: &Kernel) -> Result<Vec<u8>> {
        let mut text = self.text.ok_or(Errno::EISDIR)?(kernel);
        text.push(b'\n');
        Ok(text)
    }
}

/// Whether a path names something in a directory, not below another one there. The directory at the top has
/// the empty path.
pub(super) fn is_directly_in(path: &str, directory: &str) -> bool {
    match path.rsplit_once('/') {
        Some((above, _)) => above == directory,
        None => directory.is_empty(),
    }
}

fn number(value: impl ToString) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// A version 4 UUID (RFC 9562), another one at each look.
fn random_uuid(kernel: &Kernel) -> Vec<u8> {
    let mut bytes = [0; 16];
    kernel.host.random(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        let dash = if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
        text.push_str(&format!("{dash}{byte:02x}"));
    }
    text.into_bytes()
}
