//! The state directory: one server's at a time.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use crate::errors::{Failure, Outcome};

/// A state directory, locked for this process until it is dropped.
pub struct StateDirectory {
    path: PathBuf,
    _lock: File,
}

impl StateDirectory {
    /// Makes the directory when it is missing, and locks it.
    pub fn open(path: &Path) -> Outcome<StateDirectory> {
        let failed = |error: io::Error| Failure::new(format!("{}: {error}", path.display()));
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
        let lock = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(path.join("lock"))
            .map_err(failed)?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(StateDirectory { path: path.to_path_buf(), _lock: lock }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(Failure::new(format!(
                "{}: another server is using this state directory; stop it or give another --state",
                path.display()
            ))),
            Err(error) => Err(failed(error.into())),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_at_a_time() {
        let path = std::env::temp_dir().join(format!("bivalve-state-{}", std::process::id()));
        let state = StateDirectory::open(&path).expect("opens");
        assert!(StateDirectory::open(&path).is_err(), "locked");
        drop(state);
        StateDirectory::open(&path).expect("free again");
        fs::remove_dir_all(&path).expect("removed");
    }
}
