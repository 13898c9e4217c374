//! The control socket in the state directory: how `bivalve unlock` reaches the server that runs.
//!
//! Whoever may open the socket may use it; the directory is its owner's alone. A request is one line,
//! `unlock ADDRESS`; so is the answer, `ok` or what is wrong.

use std::io::{BufRead, BufReader, Write};
use std::net::IpAddr;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixListener;

use crate::auth::Authenticator;
use crate::errors::{Failure, Outcome};
use crate::state::StateDirectory;
use crate::stopping::Stopping;

const FILE_NAME: &str = "control";
/// Bytes of a request.
const REQUEST_BYTES_MAX: u64 = 256;
/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the socket. One that an earlier server left is replaced: the directory's lock says that it is gone.
pub fn listen(state: &StateDirectory) -> Outcome<UnixListener> {
    let path = state.path().join(FILE_NAME);
    let _ = std::fs::remove_file(&path);
    UnixListener::bind(&path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// Answers requests until the server stops.
pub async fn serve(listener: UnixListener, authenticator: Arc<Authenticator>, mut stopping: Stopping) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopping.wait() => return,
        };
        let Ok((mut stream, _)) = accepted else { continue };
        let answer = async {
            let (read, mut write) = stream.split();
            let mut line = String::new();
            tokio::io::BufReader::new(read.take(REQUEST_BYTES_MAX)).read_line(&mut line).await?;
            let answer = obey(line.trim(), &authenticator);
            write.write_all(format!("{answer}\n").as_bytes()).await
        };
        let _ = tokio::time::timeout(PATIENCE, answer).await;
    }
}

fn obey(request: &str, authenticator: &Authenticator) -> String {
    match request.strip_prefix("unlock ").map(str::parse::<IpAddr>) {
        Some(Ok(address)) => {
            authenticator.unlock(address);
            String::from("ok")
        }
        Some(Err(_)) => String::from("not an address"),
        None => String::from("unknown request"),
    }
}

/// Asks the server of this state directory to end the lockout of an address.
pub fn unlock(state: &Path, address: IpAddr) -> Outcome<()> {
    let path = state.join(FILE_NAME);
    let ask = || {
        let mut stream = UnixStream::connect(&path)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(format!("unlock {address}\n").as_bytes())?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer)?;
        Ok(answer)
    };
    match ask().map_err(|error: std::io::Error| error.to_string()) {
        Ok(answer) if answer == "ok\n" => Ok(()),
        Ok(answer) => Err(Failure::new(format!("{}: {}", path.display(), answer.trim()))),
        Err(error) => Err(Failure::new(format!("{}: no server answers: {error}", path.display()))),
    }
}
