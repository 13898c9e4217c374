//! The SSH listener. A channel only moves bytes: `shell` is a login on a pty, `exec` a command on pipes.

mod channel;
mod connection;
pub mod keys;
mod server;
mod stream;
mod window;

pub use server::{Settings, serve};
