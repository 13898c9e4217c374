//! One SSH connection: who it is, and its channels.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use bivalve_core::abi::Signal;
use bivalve_core::audit::AuthMethod;
use russh::server::{
    Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Response, Session, VerifiedPublicKey,
};
use russh::{Channel as SshChannel, ChannelId, ChannelOpenFailure, MethodKind, MethodSet, Pty, Sig};

use russh::keys::Algorithm;

use super::channel::{Channel, Request};
use super::window::{self, Overrun};
use crate::auth::{Authenticator, Grant, Peer, Verdict};
use crate::machine_thread::{Gone, MachineHandle};

/// Session channels of a connection at a time (sshd's MaxSessions).
const CHANNELS_MAX: usize = 10;

/// Why a connection ends.
#[derive(Debug)]
pub enum ConnectionError {
    /// The client broke the protocol, or the stream ended.
    Ssh,
    /// The machine is gone.
    Gone,
    /// The client sent more than its window allows.
    Overrun,
}

impl From<russh::Error> for ConnectionError {
    fn from(_: russh::Error) -> ConnectionError {
        ConnectionError::Ssh
    }
}

impl From<Gone> for ConnectionError {
    fn from(_: Gone) -> ConnectionError {
        ConnectionError::Gone
    }
}

impl From<Overrun> for ConnectionError {
    fn from(_: Overrun) -> ConnectionError {
        ConnectionError::Overrun
    }
}

/// One connection. Dropping it hangs up what runs on its channels.
pub struct Connection {
    machine: MachineHandle,
    authenticator: Arc<Authenticator>,
    peer: Peer,
    user: Arc<OnceLock<String>>,
    grant: Grant,
    channels: BTreeMap<ChannelId, Channel>,
}

impl Connection {
    /// A client that has not logged in yet.
    pub fn new(machine: MachineHandle, authenticator: Arc<Authenticator>, peer: Peer) -> Connection {
        Connection {
            machine,
            authenticator,
            peer,
            user: Arc::default(),
            grant: Grant::default(),
            channels: BTreeMap::new(),
        }
    }

    /// Where the user's name appears when the client has logged in.
    pub fn user(&self) -> Arc<OnceLock<String>> {
        self.user.clone()
    }

    /// Tells the SSH library, and remembers who logged in.
    fn conclude(&mut self, user: &str, verdict: Verdict) -> Auth {
        let Verdict::Accepted(grant) = verdict else { return refusal() };
        self.user.get_or_init(|| String::from(user));
        self.grant = grant;
        Auth::Accept
    }

    /// Starts what the client asks for on a channel, and answers the request.
    async fn start(
        &mut self,
        id: ChannelId,
        request: Request,
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        let (Some(channel), Some(user)) = (self.channels.get_mut(&id), self.user.get()) else {
            return Ok(());
        };
        let handle = session.handle();
        match channel.start(request, &self.machine, user, &self.grant, self.peer, handle).await? {
            Some(pump) => {
                session.channel_success(id)?;
                pump.spawn();
            }
            None => session.channel_failure(id)?,
        }
        Ok(())
    }
}

/// Answers a request, if the client wants an answer.
fn answer(session: &mut Session, id: ChannelId, done: bool) -> Result<(), ConnectionError> {
    if done {
        session.channel_success(id)?
    } else {
        session.channel_failure(id)?
    }
    Ok(())
}

/// Anything may be tried again, until there were too many failures.
fn refusal() -> Auth {
    let methods = [MethodKind::PublicKey, MethodKind::Password, MethodKind::KeyboardInteractive];
    Auth::Reject { proceed_with_methods: Some(MethodSet::from(&methods[..])), partial_success: false }
}

impl Handler for Connection {
    type Error = ConnectionError;

    async fn authentication_banner(&mut self) -> Result<Option<String>, ConnectionError> {
        Ok(self.authenticator.locked_for(self.peer).map(|left| {
            format!("Too many failed logins from your address; try again in {} s.\r\n", left.as_secs() + 1)
        }))
    }

    async fn auth_none(&mut self, user: &str) -> Result<Auth, ConnectionError> {
        let verdict = self.authenticator.none(user, self.peer).await?;
        Ok(self.conclude(user, verdict))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, ConnectionError> {
        let verdict = self.authenticator.password(user, password, self.peer, AuthMethod::Password).await?;
        Ok(self.conclude(user, verdict))
    }

    /// One question, the password: what some clients ask for instead of the method `password`.
    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _submethods: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, ConnectionError> {
        let Some(mut answers) = response else {
            return Ok(Auth::Partial {
                name: Cow::Borrowed(""),
                instructions: Cow::Borrowed(""),
                prompts: Cow::Borrowed(&[(Cow::Borrowed("Password: "), false)]),
            });
        };
        let password = answers.next().unwrap_or_default();
        let password = String::from_utf8_lossy(&password).into_owned();
        let verdict =
            self.authenticator.password(user, &password, self.peer, AuthMethod::KeyboardInteractive).await?;
        Ok(self.conclude(user, verdict))
    }

    /// Whether it is worth the client's while to sign with this key.
    async fn auth_publickey_offered(
        &mut self,
        user: &str,
        offer: PublicKeyOffer<'_>,
    ) -> Result<Auth, ConnectionError> {
        let verdict = self.key_verdict(user, offer.public_key).await?;
        Ok(if matches!(verdict, Verdict::Accepted(_)) { Auth::Accept } else { refusal() })
    }

    /// The SSH library has verified the signature.
    async fn auth_publickey(
        &mut self,
        user: &str,
        key: VerifiedPublicKey<'_>,
    ) -> Result<Auth, ConnectionError> {
        let verdict = match self.key_verdict(user, key.public_key).await? {
            Verdict::Accepted(grant) => {
                self.authenticator.accept(user, self.peer, AuthMethod::PublicKey, grant).await?
            }
            refused => refused,
        };
        Ok(self.conclude(user, verdict))
    }

    async fn channel_open_session(
        &mut self,
        channel: SshChannel<Msg>,
        reply: ChannelOpenHandle,
        _session: &mut Session,
    ) -> Result<(), ConnectionError> {
        if self.channels.len() >= CHANNELS_MAX {
            reply.reject(ChannelOpenFailure::ResourceShortage).await;
            return Ok(());
        }
        // What comes in arrives by the callbacks below; the reading half would only fill up.
        let id = channel.id();
        let (_, write_half) = channel.split();
        self.channels.insert(id, Channel::new(write_half));
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        id: ChannelId,
        term: &str,
        cols: u32,
        rows: u32,
        _width_pixels: u32,
        _height_pixels: u32,
        _modes: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        let allowed = !self.grant.no_pty;
        let channel = self.channels.get_mut(&id).filter(|_| allowed);
        let done = channel.is_some_and(|channel| channel.set_pty(term, cols, rows));
        answer(session, id, done)
    }

    async fn env_request(
        &mut self,
        id: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        let forced = self.grant.command.is_some();
        let channel = self.channels.get_mut(&id);
        let done = channel.is_some_and(|channel| channel.set_variable(name, value, forced));
        answer(session, id, done)
    }

    async fn shell_request(&mut self, id: ChannelId, session: &mut Session) -> Result<(), ConnectionError> {
        self.start(id, Request::Shell, session).await
    }

    async fn exec_request(
        &mut self,
        id: ChannelId,
        command: &[u8],
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        self.start(id, Request::Exec(command.to_vec()), session).await
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        _name: &str,
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        Ok(session.channel_failure(id)?)
    }

    async fn x11_request(
        &mut self,
        id: ChannelId,
        _single_connection: bool,
        _protocol: &str,
        _cookie: &str,
        _screen: u32,
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        Ok(session.channel_failure(id)?)
    }

    async fn window_change_request(
        &mut self,
        id: ChannelId,
        cols: u32,
        rows: u32,
        _width_pixels: u32,
        _height_pixels: u32,
        session: &mut Session,
    ) -> Result<(), ConnectionError> {
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.resize(cols, rows);
        }
        Ok(session.channel_success(id)?)
    }

    async fn signal(
        &mut self,
        id: ChannelId,
        signal: Sig,
        _session: &mut Session,
    ) -> Result<(), ConnectionError> {
        let input = self.channels.get(&id).and_then(Channel::input);
        if let (Some(input), Some(signal)) = (input, signal_of(&signal)) {
            input.signal(signal);
        }
        Ok(())
    }

    async fn data(
        &mut self,
        id: ChannelId,
        bytes: &[u8],
        _session: &mut Session,
    ) -> Result<(), ConnectionError> {
        if let Some(input) = self.channels.get(&id).and_then(Channel::input) {
            input.write(bytes.to_vec());
            window::hold_back(input).await?;
        }
        Ok(())
    }

    fn adjust_window(&mut self, _id: ChannelId, _current: u32) -> u32 {
        window::next_grant(self.channels.values().filter_map(Channel::input))
    }

    async fn channel_eof(&mut self, id: ChannelId, _session: &mut Session) -> Result<(), ConnectionError> {
        if let Some(input) = self.channels.get(&id).and_then(Channel::input) {
            input.close();
        }
        Ok(())
    }

    async fn channel_close(&mut self, id: ChannelId, _session: &mut Session) -> Result<(), ConnectionError> {
        self.channels.remove(&id);
        Ok(())
    }
}

impl Connection {
    async fn key_verdict(
        &self,
        user: &str,
        key: &russh::keys::PublicKey,
    ) -> Result<Verdict, ConnectionError> {
        let Ok(blob) = key.to_bytes() else { return Ok(Verdict::Refused) };
        // The key's type, not the signature's algorithm, which differs for RSA.
        let algorithm = key.algorithm();
        let key_type = match &algorithm {
            Algorithm::Rsa { .. } => "ssh-rsa",
            other => other.as_str(),
        };
        Ok(self.authenticator.key(user, key_type, &blob, self.peer).await?)
    }
}

/// The machine's signal of a name in RFC 4254 section 6.10.
fn signal_of(signal: &Sig) -> Option<Signal> {
    Some(match signal {
        Sig::ABRT => Signal::ABRT,
        Sig::ALRM => Signal::ALRM,
        Sig::FPE => Signal::FPE,
        Sig::HUP => Signal::HUP,
        Sig::ILL => Signal::ILL,
        Sig::INT => Signal::INT,
        Sig::KILL => Signal::KILL,
        Sig::PIPE => Signal::PIPE,
        Sig::QUIT => Signal::QUIT,
        Sig::SEGV => Signal::SEGV,
        Sig::TERM => Signal::TERM,
        Sig::USR1 => Signal::USR1,
        Sig::Custom(name) => return Signal::from_name(name.split('@').next()?.as_bytes()),
    })
}
