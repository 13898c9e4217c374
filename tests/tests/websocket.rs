//! The HTTP port of `bivalve serve`: the page's files and the shell over a WebSocket.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops here")]

use std::io::{Read, Write};
use std::net::TcpStream;

use bivalve_tests::bridge::{Server, eventually};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::StatusCode;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Error, Message, WebSocket};

type Socket = WebSocket<TcpStream>;

/// Opens a WebSocket; as a page of `origin`, if any.
fn open(server: &Server, origin: Option<&str>) -> Result<Socket, StatusCode> {
    let url = format!("ws://{}/ws", server.http);
    let mut request = url.into_client_request().expect("a request");
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().expect("a header"));
    }
    match tungstenite::client(request, server.connect(server.http)) {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::HandshakeError::Failure(Error::Http(response))) => Err(response.status()),
        Err(error) => panic!("{error}"),
    }
}

/// Opens a WebSocket and logs in.
fn log_in(server: &Server, login: &str) -> Socket {
    let mut socket = open(server, None).expect("upgraded");
    socket.send(Message::text(login)).expect("sent");
    assert_eq!(socket.read().expect("an answer"), Message::binary(vec![2]), "ready");
    socket
}

fn type_in(socket: &mut Socket, text: &str) {
    socket.send(Message::binary([b"\0", text.as_bytes()].concat())).expect("sent");
}

/// Reads until this text has come.
fn expect(socket: &mut Socket, text: &str) -> String {
    let mut so_far = Vec::new();
    loop {
        match socket.read() {
            Ok(Message::Binary(bytes)) => {
                assert_eq!(bytes.first(), Some(&0), "only data comes");
                so_far.extend_from_slice(&bytes[1..]);
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            other => panic!("expected {text:?}, but {other:?} after {:?}", String::from_utf8_lossy(&so_far)),
        }
        let shown = String::from_utf8_lossy(&so_far).into_owned();
        if shown.contains(text) {
            return shown;
        }
    }
}

/// Reads until the server closes: code and reason.
fn closing(socket: &mut Socket) -> (u16, String) {
    loop {
        match socket.read() {
            Ok(Message::Close(Some(frame))) => {
                let _ = socket.flush();
                return (u16::from(frame.code), frame.reason.to_string());
            }
            Ok(Message::Close(None)) => panic!("closed without a reason"),
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_shell_over_a_websocket() {
    let server = Server::start(&[]);
    let mut socket = log_in(&server, r#"{"user":"root","cols":101,"rows":31}"#);
    expect(&mut socket, "# ");
    type_in(&mut socket, "echo $LINES $COLUMNS\r");
    expect(&mut socket, "31 101\r\n");
    socket.send(Message::binary(vec![1, 0, 77, 0, 22])).expect("sent");
    loop {
        type_in(&mut socket, "echo $LINES $COLUMNS =\r");
        if expect(&mut socket, "=\r\n").contains("22 77 =\r\n") {
            break;
        }
    }
    socket.send(Message::Ping(vec![1, 2].into())).expect("sent");
    type_in(&mut socket, "exit 3\r");
    assert_eq!(closing(&mut socket), (1000, String::from("exit 3")));
}

#[test]
fn a_client_that_vanishes_takes_its_programs_along() {
    let server = Server::start(&[]);
    let mut socket = log_in(&server, r#"{"user":"root"}"#);
    expect(&mut socket, "# ");
    type_in(&mut socket, "yes\r");
    expect(&mut socket, "y\r\ny\r\ny\r\n");
    drop(socket);
    eventually("yes is gone", || !server.runs("yes"));
}

#[test]
fn logins_are_decided_as_for_ssh() {
    let server = Server::start(&["--max-auth-attempts", "2", "--password-rounds", "1000"]);
    let refused = |login: &str| {
        let mut socket = open(&server, None).expect("upgraded");
        socket.send(Message::text(login)).expect("sent");
        closing(&mut socket)
    };
    assert_eq!(refused(r#"{"user":"nobody-at-all"}"#).0, 4001);
    assert_eq!(refused(r#"{"user":"nobody-at-all","password":"x"}"#).0, 4001);
    assert_eq!(refused(r#"{"user":"nobody-at-all","password":"x"}"#).0, 4002, "the second failure");
    let (code, reason) = refused(r#"{"user":"root"}"#);
    assert_eq!(code, 4002);
    assert!(reason.starts_with("too many failed logins; try again in "), "{reason}");
    let ssh = server.ssh().arg("true").output().expect("ssh runs");
    assert!(!ssh.status.success(), "locked out of SSH, too");
}

#[test]
fn pages_of_other_origins_are_refused() {
    let server = Server::start(&["--origin", "https://docs.example.org"]);
    let own = format!("http://{}", server.http);
    assert!(open(&server, Some(&own)).is_ok());
    assert!(open(&server, Some("https://docs.example.org")).is_ok());
    for origin in ["https://evil.example", "http://127.0.0.1:1", "null"] {
        assert_eq!(open(&server, Some(origin)).err(), Some(StatusCode::FORBIDDEN), "{origin}");
    }
}

#[test]
fn broken_messages_are_answered_with_a_reason() {
    let server = Server::start(&[]);
    let first = |message: Message| {
        let mut socket = open(&server, None).expect("upgraded");
        socket.send(message).expect("sent");
        closing(&mut socket)
    };
    let login = (1002, String::from("the first message must be JSON with user and password"));
    assert_eq!(first(Message::text("root")), login);
    assert_eq!(first(Message::text("")), login);
    assert_eq!(first(Message::text(r#"{"user":1}"#)), login);
    assert_eq!(first(Message::text("[".repeat(60_000))), login);
    assert_eq!(first(Message::binary(vec![0, 1])).1, "the first message must be JSON text");

    let later = |message: Message| {
        let mut socket = log_in(&server, r#"{"user":"root"}"#);
        socket.send(message).expect("sent");
        closing(&mut socket)
    };
    assert_eq!(later(Message::text("hello")).1, "messages after the first must be binary");
    assert_eq!(later(Message::binary(Vec::new())).1, "empty message");
    assert_eq!(later(Message::binary(vec![9])).1, "unknown kind of message");
    assert_eq!(later(Message::binary(vec![1, 0, 80, 0])).1, "a resize message has five bytes");
    assert_eq!(later(Message::binary(vec![1, 0, 0, 0, 24])).0, 1002);
    assert_eq!(later(Message::binary(vec![0; 100_000])).0, 1009, "too big");
}

#[test]
fn broken_frames_are_answered_with_a_reason() {
    let server = Server::start(&[]);
    let long_ping = [&[0x89, 0xfe, 1, 0, 0, 0, 0, 0][..], &[0; 256]].concat();
    // Reserved bits, an unknown kind, a ping of more than 125 bytes, a frame that is not masked.
    for frame in [&[0xf2, 0x80, 0, 0, 0, 0][..], &[0x83, 0x80, 0, 0, 0, 0], &long_ping, &[0x82, 1, 0]] {
        let mut socket = open(&server, None).expect("upgraded");
        socket.get_mut().write_all(frame).expect("sent");
        let (code, reason) = closing(&mut socket);
        assert_eq!(CloseCode::from(code), CloseCode::Protocol, "{frame:x?}: {reason}");
    }
    // A frame that is cut off, and a client that goes without a word.
    let mut socket = open(&server, None).expect("upgraded");
    socket.get_mut().write_all(&[0x82, 0xff, 0, 0]).expect("sent");
    drop(socket);
    assert_eq!(server.run("echo well"), "well\n");
}

#[test]
fn stopping_closes_websockets_with_a_reason() {
    let server = Server::start(&[]);
    let mut socket = log_in(&server, r#"{"user":"root"}"#);
    let stopped = std::thread::spawn(move || server.stop());
    assert_eq!(closing(&mut socket), (1001, String::from("the server stops")));
    assert_eq!(stopped.join().expect("joined").code(), Some(0));
}

/// One HTTP request: the head and the body of the answer.
fn http(server: &Server, request: &str) -> (String, Vec<u8>) {
    let mut stream = server.connect(server.http);
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let at = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    (String::from_utf8_lossy(&answer[..at]).to_ascii_lowercase(), answer[at + 4..].to_vec())
}

#[test]
fn the_page_and_the_health_are_served() {
    let server = Server::start(&[]);
    let get = |what: &str| http(&server, &format!("{what} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    let (head, body) = get("GET /");
    assert!(head.starts_with("http/1.1 200") && head.contains("content-type: text/html"), "{head}");
    assert!(head.contains("content-security-policy: default-src 'self'"), "{head}");
    assert!(String::from_utf8_lossy(&body).to_ascii_lowercase().starts_with("<!doctype html>"));
    let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("an etag").to_string();
    let again = format!("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: {etag}\r\n\r\n");
    assert!(http(&server, &again).0.starts_with("http/1.1 304"));
    let (head, body) = get("HEAD /");
    assert!(head.starts_with("http/1.1 200") && body.is_empty(), "{head}");
    assert_eq!(get("GET /healthz").1, b"ok\n");
    assert!(get("GET /../../etc/passwd").0.starts_with("http/1.1 404"));
    assert!(get("GET /missing.js").0.starts_with("http/1.1 404"));
    assert!(get("POST /").0.starts_with("http/1.1 405"));
    assert!(get("GET /ws").0.starts_with("http/1.1 400") || get("GET /ws").0.starts_with("http/1.1 426"));
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(100_000));
    assert!(http(&server, &long).0.starts_with("http/1.1 4"));
}
