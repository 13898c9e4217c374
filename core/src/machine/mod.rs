//! Layer 7: the machine as its owner sees it: boot, login, exec, run, snapshot. What wasm and bridge use.

pub mod base;
mod boot;
mod config;
mod greeting;
mod programs;
mod session;
#[cfg(test)]
mod tests;

pub use crate::kernel::{Progress, Stream};
pub use config::{BootError, Config};
pub use session::{Exec, ExecCommand, Login, Session};

use crate::abi::{Credentials, Errno, Mode, OpenFlags, Result};
use crate::host::Host;
use crate::kernel::Kernel;
use crate::users::{Account, Accounts};
use crate::vfs::{Context, MemoryFs, Tree};
use std::rc::Rc;

/// One booted machine. It lives on one thread and does something only while its owner calls it.
pub struct Machine {
    kernel: Rc<Kernel>,
    root: Rc<MemoryFs>,
}

impl Machine {
    /// Boots a machine: mounts its files and starts init.
    pub fn boot(config: Config, host: Rc<dyn Host>) -> Result<Machine, BootError> {
        boot::boot(config, host)
    }

    /// Runs programs until all wait or about `steps` steps of work are done; tells when to call again. Call
    /// it after each input.
    pub fn run(&self, steps: u64) -> Progress {
        self.kernel.run(steps)
    }

    /// How many processes there are, init and zombies included.
    #[must_use]
    pub fn process_count(&self) -> usize {
        self.kernel.process_count()
    }

    /// A snapshot of the files on the root file system. It takes constant time and shares everything with
    /// the running machine until either changes something.
    #[must_use]
    pub fn snapshot(&self) -> Tree {
        self.root.snapshot()
    }

    /// A number that grows with every change of a file: whether a snapshot is worth taking.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.kernel.files.generation()
    }

    /// The machine's name.
    #[must_use]
    pub fn hostname(&self) -> Vec<u8> {
        self.kernel.hostname.borrow().to_vec()
    }

    /// The audit log: what happened, newest entries kept.
    pub fn with_audit<R>(&self, read: impl FnOnce(&mut crate::audit::Log) -> R) -> R {
        read(&mut self.kernel.audit.borrow_mut())
    }

    /// Records an event that happened outside, such as a failed login.
    pub fn record(&self, event: crate::audit::Event) {
        self.kernel.audit.borrow_mut().record(self.kernel.host.now(), 0, 0, event);
    }

    /// The users and groups as `/etc/passwd`, `shadow` and `group` have them now.
    #[must_use]
    pub fn accounts(&self) -> Rc<Accounts> {
        let read = |path: &[u8]| self.read_as(&Credentials::root(), path).unwrap_or_default();
        Accounts::shared([read(b"/etc/passwd"), read(b"/etc/shadow"), read(b"/etc/group")])
    }

    /// A user's account.
    #[must_use]
    pub fn account(&self, user: &[u8]) -> Option<Account> {
        self.accounts().by_name(user)
    }

    /// The text of a user's `~/.ssh/authorized_keys`; empty when there is none.
    #[must_use]
    pub fn authorized_keys(&self, user: &[u8]) -> Vec<u8> {
        let Some(account) = self.account(user) else { return Vec::new() };
        let path = [&account.home[..], b"/.ssh/authorized_keys"].concat();
        self.read_as(&Credentials::root(), &path).unwrap_or_default()
    }

    /// Sets a user's password hash in `/etc/shadow`.
    pub fn set_password_hash(&self, user: &[u8], hash: &[u8]) -> Result<()> {
        let mut accounts = Accounts::clone(&self.accounts());
        let today = u64::try_from(self.kernel.host.now().secs / 86_400).unwrap_or(0);
        accounts.set_password_hash(user, hash, today).map_err(|_| Errno::ENOENT)?;
        self.write_as(&Credentials::root(), b"/etc/shadow", &accounts.shadow.to_text())
    }

    /// A file's content, read with a user's permissions; relative paths are from the user's home.
    pub fn read_file(&self, user: &[u8], path: &[u8]) -> Result<Vec<u8>> {
        let (credentials, path) = self.as_user(user, path)?;
        self.read_as(&credentials, &path)
    }

    /// Writes a file with a user's permissions, over what was there; relative paths are from the user's home.
    pub fn write_file(&self, user: &[u8], path: &[u8], bytes: &[u8]) -> Result<()> {
        let (credentials, path) = self.as_user(user, path)?;
        self.write_as(&credentials, &path, bytes)
    }

    fn as_user(&self, user: &[u8], path: &[u8]) -> Result<(Credentials, Vec<u8>)> {
        let accounts = self.accounts();
        let account = accounts.by_name(user).ok_or(Errno::ENOENT)?;
        let credentials = session::credentials_of(&accounts, &account);
        let path =
            if path.starts_with(b"/") { path.to_vec() } else { [&account.home[..], b"/", path].concat() };
        Ok((credentials, path))
    }

    fn context<'a>(&self, credentials: &'a Credentials) -> Context<'a> {
        Context {
            credentials,
            pid: 0,
            umask: Mode::new(0o022),
            file_bytes_max: self.kernel.limits.file_bytes,
            now: self.kernel.host.now(),
        }
    }

    fn read_as(&self, credentials: &Credentials, path: &[u8]) -> Result<Vec<u8>> {
        let cx = self.context(credentials);
        let files = &self.kernel.files;
        let node = files.open(&cx, files.root(), path, OpenFlags::READ, Mode::default())?;
        let (mut bytes, mut len) = (vec![0; 1024], 0);
        loop {
            match node.read(&cx, len as u64, &mut bytes[len..])? {
                0 => {
                    bytes.truncate(len);
                    return Ok(bytes);
                }
                count => len += count,
            }
            if len == bytes.len() {
                bytes.resize(len * 2, 0);
            }
        }
    }

    fn write_as(&self, credentials: &Credentials, path: &[u8], bytes: &[u8]) -> Result<()> {
        let cx = self.context(credentials);
        let files = &self.kernel.files;
        let node = files.open(&cx, files.root(), path, OpenFlags::OUTPUT, Mode::new(0o644))?;
        let mut offset = 0;
        while (offset as usize) < bytes.len() {
            offset = node.write(&cx, Some(offset), &bytes[offset as usize..])?;
        }
        Ok(())
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.kernel.shut_down();
    }
}
