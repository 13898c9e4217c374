//! The host key: made once and kept in the state directory, or for this run alone.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use russh::keys::ssh_key::LineEnding;
use russh::keys::ssh_key::private::Ed25519Keypair;
use russh::keys::{HashAlg, PrivateKey};

use crate::errors::{Failure, Outcome};

const FILE_NAME: &str = "ssh_host_ed25519_key";

/// The key kept in `state`, made when there is none; without `state` a new one each time.
pub fn host_key(state: Option<&Path>) -> Outcome<PrivateKey> {
    let Some(state) = state else { return new_key() };
    let path = state.join(FILE_NAME);
    match fs::read(&path) {
        Ok(text) => read_key(&path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = new_key()?;
            store(&path, &key).map_err(|error| {
                Failure::new(format!("{}: cannot store the host key: {error}", path.display()))
            })?;
            Ok(key)
        }
        Err(error) => Err(Failure::new(format!("{}: {error}", path.display()))),
    }
}

/// As `ssh-keygen -l` shows it.
pub fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

fn new_key() -> Outcome<PrivateKey> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")))?;
    Ok(PrivateKey::from(Ed25519Keypair::from_seed(&seed)))
}

fn read_key(path: &Path, text: &[u8]) -> Outcome<PrivateKey> {
    let broken = |why: &dyn std::fmt::Display| {
        Failure::new(format!(
            "{}: not a usable host key ({why}); restore it, or move it away to get a new one",
            path.display()
        ))
    };
    let key = PrivateKey::from_openssh(text).map_err(|error| broken(&error))?;
    if key.is_encrypted() {
        return Err(broken(&"it is encrypted"));
    }
    let mode = fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    if mode & 0o077 != 0 {
        return Err(broken(&format!("mode {:04o} lets others read it, it must be 0600", mode & 0o7777)));
    }
    Ok(key)
}

/// The whole file or none: written beside its place, made durable, and given its name last.
fn store(path: &Path, key: &PrivateKey) -> io::Result<()> {
    let text = key.to_openssh(LineEnding::LF).map_err(io::Error::other)?;
    let beside = path.with_extension("new");
    let _ = fs::remove_file(&beside);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_key_is_made_once_and_guarded() {
        let dir = std::env::temp_dir().join(format!("bivalve-keys-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("directory");
        let path = dir.join(FILE_NAME);
        let first = fingerprint(&host_key(Some(&dir)).expect("made"));
        assert_eq!(fs::metadata(&path).expect("file").permissions().mode() & 0o777, 0o600);
        assert_eq!(fingerprint(&host_key(Some(&dir)).expect("read")), first);
        assert_ne!(fingerprint(&host_key(None).expect("made")), first);

        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("mode");
        assert!(host_key(Some(&dir)).expect_err("open to others").to_string().contains("mode 0644"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("mode");
        fs::write(&path, "broken").expect("written");
        assert!(host_key(Some(&dir)).expect_err("broken").to_string().contains("not a usable host key"));
        assert_eq!(fs::read(&path).expect("kept"), b"broken", "a broken key is never overwritten");
        fs::remove_dir_all(&dir).expect("removed");
    }
}
