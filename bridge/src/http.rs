//! The HTTP listener: the page, the WebSocket, and whether the server is well.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, http::header::CACHE_CONTROL};
use bivalve_core::audit::{Event, Face};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::stopping::Stopping;

use crate::auth::{Authenticator, Peer};
use crate::machine_thread::MachineHandle;
use crate::{assets, origin, ws};

/// How long a client may take to send a request's head.
const HEAD_GRACE: Duration = Duration::from_secs(10);
/// Bytes of a request's head.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// How long connections may take to finish when the server stops.
const CLOSE_GRACE: Duration = Duration::from_secs(1);
/// How long to wait when the system has no descriptor for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What the HTTP listener needs.
#[derive(Clone)]
pub struct Site {
    /// The machine whose shells WebSockets open.
    pub machine: MachineHandle,
    /// Who may log in.
    pub authenticator: Arc<Authenticator>,
    /// Origins that may open WebSockets besides the server's own.
    pub origins: Arc<[String]>,
    /// Connections at a time.
    pub max_connections: usize,
    /// Whether users who have no password may come in.
    pub empty_passwords: bool,
    /// Turns true when the server stops.
    pub stopping: Stopping,
}

/// One of the connections that may be open at a time. Held by a WebSocket, too, after HTTP has ended.
#[derive(Clone)]
struct Place(#[expect(dead_code, reason = "held, never looked at")] Arc<OwnedSemaphorePermit>);

/// Serves on this listener until the server stops.
pub async fn serve(listener: TcpListener, site: Site) {
    let port = listener.local_addr().map_or(0, |address| address.port());
    let _ = site.authenticator.record(Event::ServerStart { face: Face::WebSocket, port }).await;
    let room = Arc::new(Semaphore::new(site.max_connections));
    let mut stopping = site.stopping.clone();
    let router = Router::new()
        .route("/healthz", get(healthz))
        .route("/ws", get(open_websocket))
        .fallback(assets::serve)
        .with_state(site.clone());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait() => break,
        };
        let Ok((stream, address)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let Ok(place) = room.clone().try_acquire_owned() else { continue };
        let Ok(server) = stream.local_addr() else { continue };
        let empty_passwords = site.empty_passwords;
        let peer = Peer { face: Face::WebSocket, client: address, server, empty_passwords };
        let _ = stream.set_nodelay(true);
        let router = router.clone().layer(Extension(peer)).layer(Extension(Place(Arc::new(place))));
        let mut stopping = site.stopping.clone();
        tokio::spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_GRACE)
                .max_buf_size(HEAD_BYTES_MAX)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
                .with_upgrades();
            let mut connection = pin!(connection);
            tokio::select! {
                _ = connection.as_mut() => {}
                _ = stopping.wait() => {
                    connection.as_mut().graceful_shutdown();
                    let _ = tokio::time::timeout(CLOSE_GRACE, connection).await;
                }
            }
        });
    }
    drop((listener, router));
    let all = u32::try_from(site.max_connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(CLOSE_GRACE * 2, room.acquire_many(all)).await;
    let _ = site.authenticator.record(Event::ServerStop { face: Face::WebSocket }).await;
}

/// 200 while the machine answers.
async fn healthz(State(site): State<Site>) -> Response {
    let (status, text) = match site.machine.call(|_| ()).await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the machine is gone\n"),
    };
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}

async fn open_websocket(
    State(site): State<Site>,
    Extension(peer): Extension<Peer>,
    Extension(place): Extension<Place>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !origin::allowed(&headers, &site.origins) {
        return (StatusCode::FORBIDDEN, "pages of this origin may not open a shell here\n").into_response();
    }
    let upgrade = upgrade.max_message_size(ws::MESSAGE_BYTES_MAX).max_frame_size(ws::MESSAGE_BYTES_MAX);
    upgrade.on_upgrade(move |socket| async move {
        ws::converse(socket, site.machine, site.authenticator, peer, site.stopping).await;
        drop(place);
    })
}
