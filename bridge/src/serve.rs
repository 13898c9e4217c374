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
            check_passwords(options, listener, &machine).await?;
        }
        let (stop, stopping) = stopping::channel();
        let lockout = Lockout::new(options.max_auth_attempts, options.lockout);
        let authenticator = Arc::new(Authenticator::new(machine.clone(), lockout, options.password_rounds));
        let mut tasks = JoinSet::new();
        if let Some(listener) = ssh_listener {
            let settings = ssh::Settings {
                ident: options.ssh_ident.clone(),
                host_key: host_key.clone(),
                max_connections: options.max_connections,
                empty_passwords: empty_passwords(options, &listener),
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
                empty_passwords: empty_passwords(options, &listener),
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

fn empty_passwords(options: &Serve, listener: &TcpListener) -> bool {
    options.allow_empty_passwords || local(listener).ip().to_canonical().is_loopback()
}

/// A machine that lets people in without a password must not be open to others by accident.
async fn check_passwords(options: &Serve, listener: &TcpListener, machine: &MachineHandle) -> Outcome<()> {
    if empty_passwords(options, listener) {
        return Ok(());
    }
    let open = machine.call(|machine| {
        let accounts = machine.accounts();
        let names = accounts.passwd.iter().map(|entry| &entry.name);
        let open =
            names.filter(|name| accounts.by_name(name).is_none_or(|user| user.password_hash.is_empty()));
        open.map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>()
    });
    let open = open.await.map_err(|_| Failure::new("the machine is gone"))?;
    if open.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} is not a loopback address, and there are users without a password: {}; \
        set one for each, or allow it with --allow-empty-passwords",
        local(listener),
        open.join(", ")
    )))
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
