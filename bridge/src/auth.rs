//! Who may log in: the same rules, lockout and slowness for SSH and WebSocket.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bivalve_core::users;
use tokio::sync::Semaphore;

use crate::lockout::Lockout;
use crate::machine_thread::{Gone, MachineHandle};
use bivalve_core::users::Account;

/// Password hashes computed at a time. Each keeps a core busy for a tenth of a second.
const HASHES_AT_A_TIME: usize = 2;
/// A hash that fits no password, made with the usual rounds: an unknown user costs as much as a known one.
const NOBODYS_HASH: &[u8] = b"$pbkdf2-sha256$i=600000,l=32$\
AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Decides about logins. One for all listeners, since they share accounts and lockouts.
pub struct Authenticator {
    machine: MachineHandle,
    lockout: Lockout,
    hashing: Arc<Semaphore>,
}

/// Where a login comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The client's address.
    pub address: IpAddr,
    /// Whether root may come in without a password: the listener's address is a loopback one, or an
    /// option allows it.
    pub root_without_password: bool,
}

/// How a client proved who it is.
#[derive(Clone, Copy, Debug)]
pub enum Method {
    /// Not at all: none was needed.
    None,
    /// By a password.
    Password,
    /// By a signature.
    PublicKey,
}

impl Method {
    /// As SSH names it (RFC 4252).
    fn name(self) -> &'static str {
        match self {
            Method::None => "none",
            Method::Password => "password",
            Method::PublicKey => "publickey",
        }
    }
}

/// The answer to a login.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Welcome.
    Accepted(Grant),
    /// Wrong user, password or key.
    Refused,
    /// This address failed too often; it may try again after this time.
    LockedOut(Duration),
}

/// What an accepted client may do; by default everything its user may.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Grant {
    /// Run this whatever the client asks for.
    pub command: Option<Vec<u8>>,
    /// Variables to set.
    pub environment: Vec<(Vec<u8>, Vec<u8>)>,
    /// No pseudo-terminal.
    pub no_pty: bool,
}

impl Authenticator {
    /// Asks this machine for accounts.
    pub fn new(machine: MachineHandle, lockout: Lockout) -> Authenticator {
        Authenticator { machine, lockout, hashing: Arc::new(Semaphore::new(HASHES_AT_A_TIME)) }
    }

    /// How long this address is still locked out.
    pub fn locked_for(&self, peer: Peer) -> Option<Duration> {
        self.lockout.locked_for(peer.address, Instant::now())
    }

    /// Without any proof: only users without a password. A refusal does not count as a failure, since
    /// every client asks this first.
    pub async fn none(&self, user: &str, peer: Peer) -> Result<Verdict, Gone> {
        if let Some(left) = self.locked_for(peer) {
            return Ok(Verdict::LockedOut(left));
        }
        if self.account(user).await?.is_some_and(|account| account.needs_no_password(peer)) {
            return Ok(self.welcome(user, peer, Method::None, Grant::default()));
        }
        Ok(Verdict::Refused)
    }

    /// With a password. Users without one are let in with any.
    pub async fn password(&self, user: &str, given: &str, peer: Peer) -> Result<Verdict, Gone> {
        if let Some(left) = self.locked_for(peer) {
            return Ok(Verdict::LockedOut(left));
        }
        let fits = match self.account(user).await? {
            Some(account) if account.hash.is_empty() => account.needs_no_password(peer),
            Some(account) => self.fits(account.hash, user, given).await?,
            None => self.fits(NOBODYS_HASH.to_vec(), user, given).await?,
        };
        if fits {
            return Ok(self.welcome(user, peer, Method::Password, Grant::default()));
        }
        say(format_args!("{user:?} refused from {} (password)", peer.address));
        Ok(match self.lockout.failed(peer.address, Instant::now()) {
            Some(left) => {
                say(format_args!("{} is locked out for {} s", peer.address, left.as_secs()));
                Verdict::LockedOut(left)
            }
            None => Verdict::Refused,
        })
    }

    /// With a public key, by its type and wire form. Whoever calls this verifies the signature. A refusal
    /// does not count as a failure: clients offer all their keys in turn, and none can be guessed.
    pub async fn key(&self, user: &str, key_type: &str, blob: &[u8], peer: Peer) -> Result<Verdict, Gone> {
        if let Some(left) = self.locked_for(peer) {
            return Ok(Verdict::LockedOut(left));
        }
        let name = user.as_bytes().to_vec();
        let text =
            self.machine.call(move |machine| machine.account(&name).map(|_| machine.authorized_keys(&name)));
        let text = text.await?.unwrap_or_default();
        let found = users::find_key(&text, key_type.as_bytes(), blob, Some(peer.address));
        Ok(match found {
            None => Verdict::Refused,
            Some(key) => {
                let split = |pair: &Vec<u8>| {
                    let at = pair.iter().position(|&byte| byte == b'=')?;
                    Some((pair.get(..at)?.to_vec(), pair.get(at + 1..)?.to_vec()))
                };
                Verdict::Accepted(Grant {
                    environment: key.options.environment.iter().filter_map(split).collect(),
                    command: key.options.command,
                    no_pty: key.options.no_pty,
                })
            }
        })
    }

    /// The client at this address has logged in: its failures are forgotten.
    pub fn welcome(&self, user: &str, peer: Peer, method: Method, grant: Grant) -> Verdict {
        say(format_args!("{user:?} logged in from {} ({})", peer.address, method.name()));
        self.lockout.clear(peer.address);
        Verdict::Accepted(grant)
    }

    async fn account(&self, user: &str) -> Result<Option<Secret>, Gone> {
        let name = user.as_bytes().to_vec();
        let secret = |account: Account| Secret { is_root: account.uid == 0, hash: account.password_hash };
        self.machine.call(move |machine| machine.account(&name).map(secret)).await
    }

    /// Verifies off the machine's thread, and replaces a hash of an old kind that fits.
    async fn fits(&self, hash: Vec<u8>, user: &str, given: &str) -> Result<bool, Gone> {
        let _turn = self.hashing.acquire().await.map_err(|_| Gone)?;
        let given = given.as_bytes().to_vec();
        let verified = tokio::task::spawn_blocking(move || {
            if !users::verify(&hash, &given).unwrap_or(false) {
                return (false, None);
            }
            if !users::needs_rehash(&hash, users::ROUNDS_DEFAULT) {
                return (true, None);
            }
            let mut salt = [0; users::SALT_BYTES];
            let salted = getrandom::fill(&mut salt).is_ok();
            let new = users::hash(&given, &salt, users::ROUNDS_DEFAULT).ok();
            (true, new.filter(|_| salted))
        });
        let (fits, replacement) = verified.await.map_err(|_| Gone)?;
        if let Some(hash) = replacement {
            let name = user.as_bytes().to_vec();
            // The old hash still works when this one cannot be stored.
            let _ = self.machine.call(move |machine| machine.set_password_hash(&name, &hash)).await?;
        }
        Ok(fits)
    }
}

/// What a login must know of an account.
struct Secret {
    is_root: bool,
    hash: Vec<u8>,
}

impl Secret {
    fn needs_no_password(&self, peer: Peer) -> bool {
        self.hash.is_empty() && (!self.is_root || peer.root_without_password)
    }
}

/// One line for whoever watches the server.
fn say(line: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}
