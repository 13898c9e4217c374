//! How much input an SSH client may send: the channel windows of RFC 4254 section 5.2.
//!
//! The SSH library grants new window as soon as data arrives, whether or not the program read it; all it
//! lets us choose is the size of the next grants, one for all channels of a connection. So while a
//! program does not read, grants shrink to [`TRICKLE_BYTES`] and each is held back for [`TRICKLE_PAUSE`]:
//! what waits stays bounded, and the connection stays alive for output, signals and other channels. (To
//! stop reading from the socket instead would deadlock: the client's own window grants, which let
//! our output go on, come behind its data.)

use std::time::Duration;

use crate::machine_thread::{INPUT_BYTES_MAX, Input};

/// Bytes of input that a client may have on its way, per channel.
pub const WINDOW_BYTES: u32 = INPUT_BYTES_MAX as u32;
/// Bytes granted at a time while a program does not read. The smallest for which the library grants any.
const TRICKLE_BYTES: u32 = 2;
/// How long such a grant is held back, unless the program reads before.
const TRICKLE_PAUSE: Duration = Duration::from_millis(50);
/// Bytes of unread input at which a client is beyond what any of its windows allowed.
const QUEUE_BYTES_MAX: usize = 4 * WINDOW_BYTES as usize;

/// The client sends more than its window allows.
#[derive(Debug)]
pub struct Overrun;

/// The size of the next grants, given the inputs of all channels.
pub fn next_grant<'a>(mut inputs: impl Iterator<Item = &'a Input>) -> u32 {
    if inputs.any(|input| input.queued_bytes() >= INPUT_BYTES_MAX) { TRICKLE_BYTES } else { WINDOW_BYTES }
}

/// To be called after each piece of input: holds the connection back a little when its program does not
/// read.
pub async fn hold_back(input: &Input) -> Result<(), Overrun> {
    let queued = input.queued_bytes();
    if queued > QUEUE_BYTES_MAX {
        return Err(Overrun);
    }
    // Only when what the earlier, full grant allowed has come: until then the pause would be for nothing.
    if queued >= INPUT_BYTES_MAX {
        let _ = tokio::time::timeout(TRICKLE_PAUSE, input.room()).await;
    }
    Ok(())
}
