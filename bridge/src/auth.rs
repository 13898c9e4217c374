//! Who may log in: the same rules, lockout, slowness and audit for SSH and WebSocket.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bivalve_core::audit::{AuthMethod, AuthReason, Event, Face, Text};
use bivalve_core::users;
use tokio::sync::Semaphore;

use crate::host;
use crate::lockout::Lockout;
use crate::machine_thread::{Gone, MachineHandle};

/// Password hashes computed at a time. Each keeps a core busy for a tenth of a second.
const HASHES_AT_A_TIME: usize = 2;

/// Decides about logins. One for all listeners, since they share accounts and lockouts.
pub struct Authenticator {
    machine: MachineHandle,
    lockout: Lockout,
    password_rounds: u32,
    hashing: Arc<Semaphore>,
}

/// Where a login comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Through which door.
    pub face: Face,
    /// The client's end of the connection.
    pub client: SocketAddr,
    /// The server's end.
    pub server: SocketAddr,
    /// Whether users who have no password may come in: the listener's address is a loopback one, or an
    /// option allows it.
    pub empty_passwords: bool,
}

impl Peer {
    /// The address as the machine and its log show it.
    pub fn remote(self) -> String {
        self.address().to_string()
    }

    /// The client's address.
    pub fn address(self) -> IpAddr {
        self.client.ip().to_canonical()
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
    pub fn new(machine: MachineHandle, lockout: Lockout, password_rounds: u32) -> Authenticator {
        let hashing = Arc::new(Semaphore::new(HASHES_AT_A_TIME));
        Authenticator { machine, lockout, password_rounds, hashing }
    }

    /// How long this address is still locked out.
    pub fn locked_for(&self, peer: Peer) -> Option<Duration> {
        self.lockout.locked_for(peer.address(), Instant::now())
    }

    /// Ends the lockout of an address.
    pub fn unlock(&self, address: IpAddr) {
        self.lockout.clear(address);
    }

    /// Without any proof: only users without a password. A refusal does not count as a failure, since
    /// every client asks this first.
    pub async fn none(&self, user: &str, peer: Peer) -> Result<Verdict, Gone> {
        if let Some(left) = self.locked_for(peer) {
            return Ok(Verdict::LockedOut(left));
        }
        match self.hash_of(user).await? {
            Some(hash) if hash.is_empty() && peer.empty_passwords => {
                self.accept(user, peer, AuthMethod::None, Grant::default()).await
            }
            _ => Ok(Verdict::Refused),
        }
    }

    /// With a password, by one of the two methods that have one. Users without one are let in with any.
    pub async fn password(
        &self,
        user: &str,
        given: &str,
        peer: Peer,
        method: AuthMethod,
    ) -> Result<Verdict, Gone> {
        if let Some(left) = self.locked_for(peer) {
            self.note_failure(user, peer, method, AuthReason::Lockout).await?;
            return Ok(Verdict::LockedOut(left));
        }
        let reason = match self.hash_of(user).await? {
            Some(hash) if hash.is_empty() && peer.empty_passwords => None,
            Some(hash) if hash.is_empty() => Some(AuthReason::NotAllowed),
            Some(hash) if self.fits(hash.clone(), user, given).await? => None,
            Some(_) => Some(AuthReason::WrongPassword),
            None => {
                self.fits(self.nobodys_hash(), user, given).await?;
                Some(AuthReason::UnknownUser)
            }
        };
        match reason {
            None => self.accept(user, peer, method, Grant::default()).await,
            Some(reason) => {
                self.note_failure(user, peer, method, reason).await?;
                self.count_failure(peer).await
            }
        }
    }

    /// With a public key, by its type and wire form. Whoever calls this verifies the signature, before or
    /// after. A refusal does not count as a failure: clients offer all their keys in turn, and none can be
    /// guessed.
    pub async fn key(&self, user: &str, key_type: &str, blob: &[u8], peer: Peer) -> Result<Verdict, Gone> {
        if let Some(left) = self.locked_for(peer) {
            return Ok(Verdict::LockedOut(left));
        }
        let name = user.as_bytes().to_vec();
        let text = self.machine.call(move |machine| machine.authorized_keys(&name)).await?;
        let found = users::find_key(&text, key_type.as_bytes(), blob, Some(peer.address()));
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

    /// The client has logged in: the failures of its address are forgotten.
    pub async fn accept(
        &self,
        user: &str,
        peer: Peer,
        method: AuthMethod,
        grant: Grant,
    ) -> Result<Verdict, Gone> {
        self.lockout.clear(peer.address());
        say(format_args!("{}: {user:?} logged in by {method:?}", peer.remote()));
        let (face, user, remote) = (peer.face, Text::from(user), Text::from(peer.remote().as_str()));
        self.record(Event::AuthSuccess { face, user, remote, method }).await?;
        Ok(Verdict::Accepted(grant))
    }

    /// Adds an event to the machine's audit log.
    pub async fn record(&self, event: Event) -> Result<(), Gone> {
        self.machine.call(move |machine| machine.record(event)).await
    }

    async fn note_failure(
        &self,
        user: &str,
        peer: Peer,
        method: AuthMethod,
        reason: AuthReason,
    ) -> Result<(), Gone> {
        say(format_args!("{}: {user:?} refused by {method:?}: {reason:?}", peer.remote()));
        let (face, user, remote) = (peer.face, Text::from(user), Text::from(peer.remote().as_str()));
        self.record(Event::AuthFailure { face, user, remote, method, reason }).await
    }

    async fn count_failure(&self, peer: Peer) -> Result<Verdict, Gone> {
        let Some(left) = self.lockout.failed(peer.address(), Instant::now()) else {
            return Ok(Verdict::Refused);
        };
        say(format_args!("{}: locked out for {} s", peer.remote(), left.as_secs()));
        let until = host::now().plus_nanos(left.as_nanos() as u64);
        let ip = Text::from(peer.remote().as_str());
        self.record(Event::AuthLockout { face: peer.face, ip, until }).await?;
        Ok(Verdict::LockedOut(left))
    }

    async fn hash_of(&self, user: &str) -> Result<Option<Vec<u8>>, Gone> {
        let name = user.as_bytes().to_vec();
        self.machine.call(move |machine| machine.account(&name).map(|account| account.password_hash)).await
    }

    /// A hash that fits no password and costs as much as a new one: an unknown user takes as long as a
    /// known one.
    fn nobodys_hash(&self) -> Vec<u8> {
        let (salt, derived) = ("A".repeat(22), "A".repeat(43));
        format!("$pbkdf2-sha256$i={},l=32${salt}${derived}", self.password_rounds).into_bytes()
    }

    /// Verifies off the machine's thread, and replaces a hash of an old kind that fits.
    async fn fits(&self, hash: Vec<u8>, user: &str, given: &str) -> Result<bool, Gone> {
        let _turn = self.hashing.acquire().await.map_err(|_| Gone)?;
        let (given, rounds) = (given.as_bytes().to_vec(), self.password_rounds);
        let verified = tokio::task::spawn_blocking(move || {
            if !users::verify(&hash, &given).unwrap_or(false) {
                return (false, None);
            }
            if !users::needs_rehash(&hash, rounds) {
                return (true, None);
            }
            let mut salt = [0; users::SALT_BYTES];
            let salted = getrandom::fill(&mut salt).is_ok();
            let new = users::hash(&given, &salt, rounds).ok();
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

/// One line for whoever watches the server. What comes from clients is quoted.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
