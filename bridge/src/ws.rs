//! A shell over a WebSocket.
//!
//! The client's first message is JSON text, `{"user": …, "password": …, "cols": …, "rows": …, "term": …}`;
//! all but `user` may be missing. From then on messages are binary and their first byte says what follows:
//! [`DATA`] bytes of the terminal, either way; [`RESIZE`] columns and rows, big-endian u16, to the server;
//! [`READY`] nothing, to the client, once it is logged in. When the shell ends, the server closes with code
//! 1000 and the reason `exit N` or `signal NAME`; the other reasons are in [`Closing`].

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::stopping::Stopping;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bivalve_core::abi::{ExitStatus, WindowSize};
use bivalve_core::audit::AuthMethod;
use futures_util::{Sink, SinkExt, Stream, StreamExt};

use crate::auth::{Authenticator, Peer, Verdict};
use crate::machine_thread::{Attached, Input, MachineHandle, Output, OutputEnd, Start};
use bivalve_core::machine::Login;

/// Terminal bytes follow.
const DATA: u8 = 0x00;
/// Columns and rows follow, big-endian u16 each.
const RESIZE: u8 = 0x01;
/// The client is logged in.
const READY: u8 = 0x02;

/// Bytes of a message of a client.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// How long a client may take to log in.
const LOGIN_GRACE: Duration = Duration::from_secs(30);
/// A client is asked so often whether it is still there.
const PING_INTERVAL: Duration = Duration::from_secs(30);
/// After so much silence it is not.
const SILENCE_MAX: Duration = Duration::from_secs(90);
/// How long a client may take to take the good-bye.
const CLOSE_GRACE: Duration = Duration::from_secs(1);

/// Why the server closes, with the code of RFC 6455 section 7.4, or from 4000 on its own.
enum Closing {
    Ended(ExitStatus),
    Stopping,
    Malformed(&'static str),
    TooBig,
    Refused,
    LockedOut(Duration),
    LoginTimeout,
    Silent,
    NoShell(String),
    /// The client left: there is nobody to tell.
    Left,
}

impl Closing {
    fn frame(&self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Closing::Ended(ExitStatus::Exited(status)) => (1000, format!("exit {status}")),
            Closing::Ended(ExitStatus::Signaled(signal)) => (1000, format!("signal {}", signal.name())),
            Closing::Stopping => (1001, String::from("the server stops")),
            Closing::Malformed(what) => (1002, String::from(*what)),
            Closing::TooBig => (1009, format!("a message has more than {MESSAGE_BYTES_MAX} bytes")),
            Closing::Refused => (4001, String::from("wrong user or password")),
            Closing::LockedOut(left) => {
                (4002, format!("too many failed logins; try again in {} s", left.as_secs() + 1))
            }
            Closing::LoginTimeout => (4003, String::from("no login came in time")),
            Closing::Silent => (4004, String::from("no answer to pings")),
            Closing::NoShell(why) => (1011, format!("cannot start a shell: {why}")),
            Closing::Left => return None,
        };
        Some(CloseFrame { code, reason: reason.into() })
    }
}

/// Speaks with one client until either side closes.
pub async fn converse(
    socket: WebSocket,
    machine: MachineHandle,
    authenticator: Arc<Authenticator>,
    peer: Peer,
    mut stopping: Stopping,
) {
    let (mut sink, mut stream) = socket.split();
    let closing = tokio::select! {
        closing = shell(&mut sink, &mut stream, &machine, &authenticator, peer) => closing,
        _ = stopping.wait() => Closing::Stopping,
    };
    if let Some(frame) = closing.frame() {
        let farewell = async {
            if sink.send(Message::Close(Some(frame))).await.is_ok() {
                // The client's own close frame ends the stream.
                while let Some(Ok(_)) = stream.next().await {}
            }
        };
        let _ = tokio::time::timeout(CLOSE_GRACE, farewell).await;
    }
}

type Received = Result<Message, axum::Error>;

async fn shell(
    sink: &mut (impl Sink<Message> + Unpin),
    stream: &mut (impl Stream<Item = Received> + Unpin),
    machine: &MachineHandle,
    authenticator: &Authenticator,
    peer: Peer,
) -> Closing {
    let login = match tokio::time::timeout(LOGIN_GRACE, first_message(stream)).await {
        Ok(Ok(credentials)) => match authenticate(authenticator, credentials, peer).await {
            Ok(login) => login,
            Err(closing) => return closing,
        },
        Ok(Err(closing)) => return closing,
        Err(_) => return Closing::LoginTimeout,
    };
    let Attached { input, output } = match machine.start(Start::Login(login)).await {
        Ok(Ok(attached)) => attached,
        Ok(Err(errno)) => return Closing::NoShell(errno.to_string()),
        Err(_) => return Closing::NoShell(String::from("the machine is gone")),
    };
    if sink.send(Message::Binary(Bytes::from_static(&[READY]))).await.is_err() {
        return Closing::Left;
    }
    let heard = Heard::default();
    tokio::select! {
        closing = receive(stream, &input, &heard) => closing,
        closing = transmit(sink, output, &heard) => closing,
    }
}

/// When the client was heard of last.
struct Heard(Mutex<Instant>);

impl Default for Heard {
    fn default() -> Heard {
        Heard(Mutex::new(Instant::now()))
    }
}

impl Heard {
    fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn ago(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// What a client sends first.
struct Credentials {
    user: String,
    password: Option<String>,
    window: WindowSize,
    term: String,
}

async fn first_message(stream: &mut (impl Stream<Item = Received> + Unpin)) -> Result<Credentials, Closing> {
    loop {
        match next(stream).await? {
            Message::Text(text) => {
                return Credentials::parse(text.as_str())
                    .ok_or(Closing::Malformed("the first message must be JSON with user and password"));
            }
            Message::Binary(_) => return Err(Closing::Malformed("the first message must be JSON text")),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return Err(Closing::Left),
        }
    }
}

impl Credentials {
    fn parse(text: &str) -> Option<Credentials> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let default = WindowSize::default();
        let number = |name: &str, default: u16| match value.get(name) {
            None => Some(default),
            Some(number) => number.as_u64().and_then(|number| u16::try_from(number).ok()).filter(|n| *n > 0),
        };
        let password = match value.get("password") {
            None | Some(serde_json::Value::Null) => None,
            Some(password) => Some(String::from(password.as_str()?)),
        };
        let term = value.get("term").map_or(Some("xterm-256color"), |term| term.as_str());
        Some(Credentials {
            user: String::from(value.get("user")?.as_str()?),
            password,
            window: WindowSize { cols: number("cols", default.cols)?, rows: number("rows", default.rows)? },
            term: String::from(term?),
        })
    }
}

async fn authenticate(
    authenticator: &Authenticator,
    given: Credentials,
    peer: Peer,
) -> Result<Login, Closing> {
    let verdict = match &given.password {
        Some(password) => authenticator.password(&given.user, password, peer, AuthMethod::Password).await,
        None => authenticator.none(&given.user, peer).await,
    };
    match verdict {
        Ok(Verdict::Accepted(_)) => Ok(Login {
            user: given.user.into_bytes(),
            window: given.window,
            term: given.term.into_bytes(),
            env: Vec::new(),
            remote: Some(peer.remote()),
        }),
        Ok(Verdict::Refused) => Err(Closing::Refused),
        Ok(Verdict::LockedOut(left)) => Err(Closing::LockedOut(left)),
        Err(_) => Err(Closing::NoShell(String::from("the machine is gone"))),
    }
}

/// From the client to the session, as fast as its program reads.
async fn receive(
    stream: &mut (impl Stream<Item = Received> + Unpin),
    input: &Input,
    heard: &Heard,
) -> Closing {
    loop {
        input.room().await;
        let message = match next(stream).await {
            Ok(message) => message,
            Err(closing) => return closing,
        };
        heard.now();
        match message {
            Message::Binary(bytes) => match bytes.split_first() {
                Some((&DATA, rest)) => input.write(rest.to_vec()),
                Some((&RESIZE, &[c1, c2, r1, r2])) => {
                    let (cols, rows) = (u16::from_be_bytes([c1, c2]), u16::from_be_bytes([r1, r2]));
                    if cols == 0 || rows == 0 {
                        return Closing::Malformed("a window has at least one column and one row");
                    }
                    input.resize(WindowSize { cols, rows });
                }
                Some((&RESIZE, _)) => return Closing::Malformed("a resize message has five bytes"),
                Some(_) => return Closing::Malformed("unknown kind of message"),
                None => return Closing::Malformed("empty message"),
            },
            Message::Text(_) => return Closing::Malformed("messages after the first must be binary"),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return Closing::Left,
        }
    }
}

/// From the session to the client, as fast as it takes it.
async fn transmit(sink: &mut (impl Sink<Message> + Unpin), mut output: OutputEnd, heard: &Heard) -> Closing {
    let mut ping = tokio::time::interval(PING_INTERVAL);
    ping.reset();
    loop {
        let message = tokio::select! {
            piece = output.next() => match piece {
                Some(Output::Stdout(bytes) | Output::Stderr(bytes)) => {
                    let mut message = Vec::with_capacity(bytes.len() + 1);
                    message.push(DATA);
                    message.extend_from_slice(&bytes);
                    Message::Binary(message.into())
                }
                Some(Output::Ended(status)) => return Closing::Ended(status),
                None => return Closing::Stopping,
            },
            _ = ping.tick() => {
                if heard.ago() > SILENCE_MAX {
                    return Closing::Silent;
                }
                Message::Ping(Bytes::new())
            }
        };
        if sink.send(message).await.is_err() {
            return Closing::Left;
        }
    }
}

/// The next message, or why there is none.
async fn next(stream: &mut (impl Stream<Item = Received> + Unpin)) -> Result<Message, Closing> {
    match stream.next().await {
        Some(Ok(message)) => Ok(message),
        Some(Err(error)) => Err(why(error)),
        None => Err(Closing::Left),
    }
}

fn why(error: axum::Error) -> Closing {
    let text = error.into_inner().to_string();
    if text.starts_with("Space limit exceeded") {
        return Closing::TooBig;
    }
    match text.strip_prefix("WebSocket protocol error: ") {
        Some("Connection reset without closing handshake") | None => Closing::Left,
        Some(_) => Closing::Malformed("not a WebSocket frame of a client"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials() {
        let check = |text: &str, expected: Option<(&str, Option<&str>, u16, u16)>| {
            let parsed = Credentials::parse(text);
            let parsed = parsed.as_ref().map(|given| {
                (given.user.as_str(), given.password.as_deref(), given.window.cols, given.window.rows)
            });
            assert_eq!(parsed, expected, "{text}");
        };
        check(r#"{"user":"root"}"#, Some(("root", None, 80, 24)));
        check(r#"{"user":"root","password":null}"#, Some(("root", None, 80, 24)));
        check(r#"{"user":"a","password":"","cols":132,"rows":50}"#, Some(("a", Some(""), 132, 50)));
        check(r#"{"user":"a","cols":0}"#, None);
        check(r#"{"user":"a","cols":65536}"#, None);
        check(r#"{"user":"a","password":1}"#, None);
        check(r#"{"password":"x"}"#, None);
        check(r#"["root"]"#, None);
        check("root", None);
        check("", None);
    }
}
