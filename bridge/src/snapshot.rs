//! The machine as it was last saved: read at the start, written after changes and at the end.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bivalve_core::image::vfsb;
use bivalve_core::vfs::Tree;

use crate::errors::{Failure, Outcome};
use crate::machine_thread::MachineHandle;
use crate::state::StateDirectory;
use crate::stopping::Stopping;

const FILE_NAME: &str = "machine.vfsb";
/// The machine is looked at so often for something to save …
const LOOK_INTERVAL: Duration = Duration::from_secs(1);
/// … and saved once nothing changed for so long …
const QUIET: Duration = Duration::from_secs(2);
/// … or when changes never cease for so long.
const UNSAVED_MAX: Duration = Duration::from_secs(30);

/// The machine as it was saved; `None` when it never was. A broken snapshot is an error and stays as it is.
pub fn load(state: &StateDirectory) -> Outcome<Option<Tree>> {
    let path = state.path().join(FILE_NAME);
    match fs::read(&path) {
        Ok(bytes) => vfsb::read(&bytes).map(Some).map_err(|error| {
            Failure::new(format!(
                "{}: broken snapshot: {error}; restore it, or move it away to start afresh",
                path.display()
            ))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(format!("{}: {error}", path.display()))),
    }
}

/// Saves a machine: the whole new file or the whole old one, whatever happens.
fn save(state: &StateDirectory, tree: &Tree) -> io::Result<()> {
    let path = state.path().join(FILE_NAME);
    let beside = path.with_extension("vfsb.new");
    let mut file =
        fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&beside)?;
    file.write_all(&vfsb::write(tree))?;
    file.sync_all()?;
    fs::rename(&beside, &path)?;
    File::open(state.path())?.sync_all()
}

/// Saves the machine now. Only taking the snapshot, which is quick, happens on its thread.
pub async fn save_now(state: &Arc<StateDirectory>, machine: &MachineHandle) -> io::Result<()> {
    let gone = || io::Error::other("the machine is gone");
    let tree = machine.call(|machine| machine.snapshot()).await.map_err(|_| gone())?;
    let state = state.clone();
    tokio::task::spawn_blocking(move || save(&state, &tree)).await.map_err(io::Error::other)?
}

/// Saves the machine after changes, until the server stops; the last time is the caller's.
pub async fn keep(state: Arc<StateDirectory>, machine: MachineHandle, mut stopping: Stopping) {
    let mut interval = tokio::time::interval(LOOK_INTERVAL);
    let (mut saved, mut seen) = (machine.generation(), machine.generation());
    let (mut changed_first, mut changed_last) = (Instant::now(), Instant::now());
    loop {
        tokio::select! {
            _ = interval.tick() => {}
            () = stopping.wait() => return,
        }
        let (now, generation) = (Instant::now(), machine.generation());
        if generation != seen {
            changed_first = if seen == saved { now } else { changed_first };
            (seen, changed_last) = (generation, now);
        }
        let quiet = now.duration_since(changed_last) >= QUIET;
        if seen != saved && (quiet || now.duration_since(changed_first) >= UNSAVED_MAX) {
            saved = seen;
            if let Err(error) = save_now(&state, &machine).await {
                let _ = writeln!(io::stderr(), "{}: cannot save: {error}", state.path().display());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bivalve_core::abi::{Mode, Time};
    use bivalve_core::vfs::NewAttributes;

    #[test]
    fn a_machine_comes_back_and_a_broken_snapshot_is_kept() {
        let path = std::env::temp_dir().join(format!("bivalve-snapshot-{}", std::process::id()));
        let state = StateDirectory::open(&path).expect("opens");
        assert!(load(&state).expect("nothing yet").is_none());
        let tree = Tree::new(NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 }, Time::EPOCH);
        save(&state, &tree).expect("saved");
        let restored = load(&state).expect("whole").expect("there");
        assert_eq!(vfsb::write(&restored), vfsb::write(&tree));

        let file = path.join(FILE_NAME);
        let mut bytes = fs::read(&file).expect("read");
        bytes.truncate(bytes.len() - 3);
        fs::write(&file, &bytes).expect("written");
        let error = load(&state).err().expect("broken").to_string();
        assert!(error.contains("machine.vfsb: broken snapshot") && error.contains(": byte "), "{error}");
        assert_eq!(fs::read(&file).expect("kept"), bytes);
        fs::remove_dir_all(&path).expect("removed");
    }
}
