//! Accepts SSH connections, as many at a time as allowed, until told to stop.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bivalve_core::audit::{Event, Face, Text};
use russh::keys::PrivateKey;
use russh::{Disconnect, MethodKind, MethodSet, Preferred, SshId};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::stopping::Stopping;

use super::connection::Connection;
use super::stream::LoginStream;
use super::window;
use crate::auth::{Authenticator, Peer};
use crate::machine_thread::MachineHandle;

/// How long a client may take from connecting to being logged in.
const LOGIN_GRACE: Duration = Duration::from_secs(60);
/// How long it may take to identify itself.
const IDENTIFICATION_GRACE: Duration = Duration::from_secs(10);
/// After so much silence the client is asked whether it is still there …
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(30);
/// … and after so many questions without an answer it is not.
const KEEPALIVES_MAX: usize = 3;
/// A refused login takes at least this long.
const REFUSAL_TIME: Duration = Duration::from_millis(300);
/// Logins refused on one connection before it is closed.
const REFUSALS_MAX: usize = 6;
/// How long a connection may take to say good-bye.
const CLOSE_GRACE: Duration = Duration::from_secs(1);
/// How long to wait when the system has no descriptor for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What an SSH listener needs.
pub struct Settings {
    /// The identification string.
    pub ident: String,
    /// The host's key.
    pub host_key: PrivateKey,
    /// Connections at a time.
    pub max_connections: usize,
    /// Whether users who have no password may come in.
    pub empty_passwords: bool,
}

/// Serves the machine on this listener until `stopping` turns true and all connections have ended.
pub async fn serve(
    listener: TcpListener,
    settings: Settings,
    machine: MachineHandle,
    authenticator: Arc<Authenticator>,
    mut stopping: Stopping,
) {
    let config = Arc::new(config(&settings));
    let port = listener.local_addr().map_or(0, |address| address.port());
    let _ = authenticator.record(Event::ServerStart { face: Face::Ssh, port }).await;
    let room = Arc::new(Semaphore::new(settings.max_connections));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait() => break,
        };
        let Ok((stream, address)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        // One too many is closed at once, as a full sshd does; the client sees why in its own words.
        let Ok(place) = room.clone().try_acquire_owned() else { continue };
        let Ok(server) = stream.local_addr() else { continue };
        let empty_passwords = settings.empty_passwords;
        let peer = Peer { face: Face::Ssh, client: address, server, empty_passwords };
        let connection = Connection::new(machine.clone(), authenticator.clone(), peer);
        let (config, stopping, authenticator) = (config.clone(), stopping.clone(), authenticator.clone());
        tokio::spawn(async move {
            let (face, remote, user) = (Face::Ssh, Text::from(peer.remote().as_str()), connection.user());
            let _ = authenticator.record(Event::ClientConnect { face, remote: remote.clone() }).await;
            converse(config, stream, connection, stopping).await;
            let user = Text::from(user.get().map_or("", String::as_str));
            let _ = authenticator.record(Event::ClientDisconnect { face, user, remote }).await;
            drop(place);
        });
    }
    drop(listener);
    // Every connection holds a place: when all are free again, all have ended.
    let all = u32::try_from(settings.max_connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(CLOSE_GRACE * 2, room.acquire_many(all)).await;
    let _ = authenticator.record(Event::ServerStop { face: Face::Ssh }).await;
}

fn config(settings: &Settings) -> russh::server::Config {
    let methods = [MethodKind::PublicKey, MethodKind::Password, MethodKind::KeyboardInteractive];
    russh::server::Config {
        server_id: SshId::Standard(Cow::Owned(settings.ident.clone())),
        methods: MethodSet::from(&methods[..]),
        auth_rejection_time: REFUSAL_TIME,
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![settings.host_key.clone()],
        window_size: window::WINDOW_BYTES,
        max_auth_attempts: REFUSALS_MAX,
        inactivity_timeout: None,
        keepalive_interval: Some(KEEPALIVE_INTERVAL),
        keepalive_max: KEEPALIVES_MAX,
        nodelay: true,
        preferred: Preferred::default(),
        ..russh::server::Config::default()
    }
}

/// One connection from greeting to good-bye. Whatever is wrong with it ends it and nothing else.
async fn converse(
    config: Arc<russh::server::Config>,
    stream: TcpStream,
    connection: Connection,
    mut stopping: Stopping,
) {
    let _ = stream.set_nodelay(true);
    let stream = LoginStream::new(stream, LOGIN_GRACE, connection.user());
    let greeting = russh::server::run_stream(config, stream, connection);
    let Ok(Ok(mut session)) = tokio::time::timeout(IDENTIFICATION_GRACE, greeting).await else { return };
    tokio::select! {
        _ = &mut session => {}
        _ = stopping.wait() => {
            let good_bye = String::from("the server stops");
            let handle = session.handle();
            let farewell = async {
                let _ = handle.disconnect(Disconnect::ByApplication, good_bye, String::from("en")).await;
                let _ = session.await;
            };
            let _ = tokio::time::timeout(CLOSE_GRACE, farewell).await;
        }
    }
}
