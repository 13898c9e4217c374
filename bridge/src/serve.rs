//! `bivalve serve`: one machine behind SSH, WebSocket and HTTP.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use tokio::task::JoinSet;

use crate::args::Serve;
use crate::auth::Authenticator;
use crate::errors::{Failure, Outcome};
use crate::lockout::Lockout;
use crate::machine_thread::MachineHandle;
use crate::state::StateDirectory;
use crate::{control, http, snapshot, ssh, stopping};
use bivalve_core::machine::Config;

/// How long running tasks may take when the server stops.
const STOP_GRACE: Duration = Duration::from_secs(3);

/// Serves until SIGINT or SIGTERM.
pub fn run(options: &Serve) -> Outcome<()> {
    let ssh_listener = options.ssh.map(|address| listen("--ssh", address)).transpose()?;
    let http_listener = options.http.map(|address| listen("--http", address)).transpose()?;
    let state = options.state.as_deref().map(StateDirectory::open).transpose()?.map(Arc::new);
    let image = match &state {
        Some(state) => snapshot::load(state)?,
        None => None,
    };
    let host_key = ssh::keys::host_key(options.state.as_deref())?;
    let config = Config { hostname: options.hostname.clone(), image, ..Config::default() };
    let machine = MachineHandle::boot(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    let outcome = runtime.block_on(async {
        for listener in [&ssh_listener, &http_listener].into_iter().flatten() {
            check_root(options, listener, &machine).await?;
        }
        let (stop, stopping) = stopping::channel();
        let lockout = Lockout::new(options.max_auth_attempts, options.lockout);
        let authenticator = Arc::new(Authenticator::new(machine.clone(), lockout));
        let mut tasks = JoinSet::new();
        if let Some(listener) = ssh_listener {
            let settings = ssh::Settings {
                ident: options.ssh_ident.clone(),
                host_key: host_key.clone(),
                max_connections: options.max_connections,
                root_without_password: root_without_password(options, &listener),
            };
            announce_ssh(&listener, &ssh::keys::fingerprint(&host_key));
            let listener = from_std(listener)?;
            let authenticator = authenticator.clone();
            tasks.spawn(ssh::serve(listener, settings, machine.clone(), authenticator, stopping.clone()));
        }
        if let Some(listener) = http_listener {
            let site = http::Site {
                machine: machine.clone(),
                authenticator: authenticator.clone(),
                origins: options.origins.clone().into(),
                max_connections: options.max_connections,
                root_without_password: root_without_password(options, &listener),
                stopping: stopping.clone(),
            };
            announce(format_args!("page:     http://{}/", local(&listener)));
            tasks.spawn(http::serve(from_std(listener)?, site));
        }
        if let Some(state) = &state {
            let control = control::listen(state)?;
            tasks.spawn(control::serve(control, authenticator.clone(), stopping.clone()));
            tasks.spawn(snapshot::keep(state.clone(), machine.clone(), stopping.clone()));
        }
        let mut signals = Signals::watch()?;
        announce(format_args!("Ctrl-C stops."));
        signals.wait().await;
        stop.now();
        let _ = machine.stop().await;
        let _ = tokio::time::timeout(STOP_GRACE, async { while tasks.join_next().await.is_some() {} }).await;
        match &state {
            Some(state) => snapshot::save_now(state, &machine)
                .await
                .map_err(|error| Failure::new(format!("{}: cannot save: {error}", state.path().display()))),
            None => Ok(()),
        }
    });
    runtime.shutdown_timeout(STOP_GRACE);
    outcome
}

fn listen(option: &str, address: SocketAddr) -> Outcome<TcpListener> {
    let failed = |error: io::Error| {
        let advice = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!(
                    "another program has that port; give another with {option} PORT, or 0 for any free one"
                )
            }
            io::ErrorKind::PermissionDenied => {
                format!("ports below 1024 need a privilege; give another with {option} PORT")
            }
            io::ErrorKind::AddrNotAvailable => {
                format!("this computer does not have that address; give another with {option} ADDRESS:PORT")
            }
            _ => error.to_string(),
        };
        Failure::new(format!("cannot listen on {address}: {advice}"))
    };
    TcpListener::bind(address).map_err(failed)
}

fn from_std(listener: TcpListener) -> Outcome<tokio::net::TcpListener> {
    let convert = || {
        listener.set_nonblocking(true)?;
        tokio::net::TcpListener::from_std(listener)
    };
    convert().map_err(|error| Failure::new(format!("cannot listen: {error}")))
}

fn local(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().unwrap_or_else(|_| SocketAddr::from(([0, 0, 0, 0], 0)))
}

fn root_without_password(options: &Serve, listener: &TcpListener) -> bool {
    options.allow_root_without_password || local(listener).ip().to_canonical().is_loopback()
}

/// A machine whose root needs no password must not be open to others by accident.
async fn check_root(options: &Serve, listener: &TcpListener, machine: &MachineHandle) -> Outcome<()> {
    if root_without_password(options, listener) {
        return Ok(());
    }
    let open = machine
        .call(|machine| machine.account(b"root").is_some_and(|account| account.password_hash.is_empty()));
    if open.await.unwrap_or(true) {
        return Err(Failure::new(format!(
            "root has no password and {} is not a loopback address: set one first, \
            or allow it with --allow-root-without-password",
            local(listener)
        )));
    }
    Ok(())
}

fn announce_ssh(listener: &TcpListener, fingerprint: &str) {
    let address = local(listener);
    let host =
        if address.ip().is_unspecified() { String::from("localhost") } else { address.ip().to_string() };
    announce(format_args!("ssh:      ssh -p {} root@{host}", address.port()));
    announce(format_args!("          on {address}, host key {fingerprint}"));
}

/// A line on standard output. That nobody reads it is no reason to stop.
fn announce(line: std::fmt::Arguments<'_>) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The signals that stop the server.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn watch() -> Outcome<Signals> {
        let watch =
            |kind| signal(kind).map_err(|error| Failure::new(format!("cannot watch for signals: {error}")));
        Ok(Signals { interrupt: watch(SignalKind::interrupt())?, terminate: watch(SignalKind::terminate())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
