//! The TCP stream under SSH: it fails when the client has not logged in after a while.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// A TCP stream that gives no more bytes after its deadline, unless the client has logged in by then.
pub struct LoginStream {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    logged_in: Arc<OnceLock<String>>,
}

impl LoginStream {
    /// Gives the client `grace` to log in: to put the user's name into `logged_in`.
    pub fn new(stream: TcpStream, grace: Duration, logged_in: Arc<OnceLock<String>>) -> LoginStream {
        LoginStream { stream, deadline: Box::pin(tokio::time::sleep(grace)), logged_in }
    }
}

impl AsyncRead for LoginStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.logged_in.get().is_none() && self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for LoginStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
