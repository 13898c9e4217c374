//! The outside end of a login or a command.

use bivalve_core::abi::{Errno, ExitStatus, Signal, WindowSize};
use bivalve_core::machine;
use wasm_bindgen::prelude::*;

use crate::error::thrown;

#[wasm_bindgen]
extern "C" {
    /// Which output is read.
    #[wasm_bindgen(typescript_type = "Stream")]
    pub type StreamName;
}

/// The outside end of a terminal, or of the three pipes of a command. Nothing here waits; what is written
/// is looked at, and output appears, in `Machine.run`. Freeing it hangs up.
#[wasm_bindgen]
pub struct Session(machine::Session);

impl Session {
    pub(crate) fn new(session: machine::Session) -> Session {
        Session(session)
    }
}

#[wasm_bindgen]
impl Session {
    /// Offers input; gives how many bytes were taken. When it is fewer, try the rest after `Machine.run`.
    pub fn write(&self, bytes: &[u8]) -> usize {
        self.0.write(bytes)
    }

    /// Tells the programs that no more input comes (a terminal is told with `^D` instead).
    #[wasm_bindgen(js_name = closeStdin)]
    pub fn close_stdin(&self) {
        self.0.close_stdin();
    }

    /// Takes at most this many bytes of output; none when there is nothing now. All output of a terminal
    /// is `stdout`. What is not taken makes the programs wait.
    pub fn read(
        &self,
        #[wasm_bindgen(js_name = bytesMax)] bytes_max: usize,
        stream: Option<StreamName>,
    ) -> Vec<u8> {
        let errors =
            stream.and_then(|stream| JsValue::from(stream).as_string()).is_some_and(|s| s == "stderr");
        let stream = if errors { machine::Stream::Stderr } else { machine::Stream::Stdout };
        let mut bytes = Vec::new();
        self.0.read(stream, &mut bytes, bytes_max);
        bytes
    }

    /// Sets the terminal's size in character cells.
    pub fn resize(&self, cols: u16, rows: u16) {
        self.0.resize(window(cols, rows));
    }

    /// Sends a signal, as `INT` or `TERM`, to the foreground process group.
    pub fn signal(&self, name: &str) -> Result<(), JsError> {
        let signal = Signal::from_name(name.as_bytes()).ok_or_else(|| thrown(Errno::EINVAL))?;
        self.0.signal(signal);
        Ok(())
    }

    /// Closes the terminal: its programs get `SIGHUP`.
    #[wasm_bindgen(js_name = hangUp)]
    pub fn hang_up(&self) {
        self.0.hang_up();
    }

    /// The exit status as `$?` has it (128 and the signal's number after a signal), once there is one.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> Option<u8> {
        self.0.status().map(ExitStatus::code)
    }

    /// Whether it has ended and all its output is read.
    #[wasm_bindgen(getter)]
    pub fn finished(&self) -> bool {
        self.0.is_finished()
    }
}

/// A terminal's size.
pub fn window(cols: u16, rows: u16) -> WindowSize {
    WindowSize { cols, rows }
}
