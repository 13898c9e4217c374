//! The machine for JavaScript.
//!
//! A page (or a worker, or node) makes a [`Machine`], logs in, and drives it: it calls `run` again and
//! again for a bounded number of steps, passes what is typed to `Session.write`, and shows what
//! `Session.read` gives. Nothing here blocks and nothing runs by itself. The types of objects that go in and
//! out are in `types.d.ts`, which becomes a part of the generated declarations.

mod error;
mod host;
mod session;

use std::rc::Rc;

use bivalve_core::image::vfsb;
use bivalve_core::machine;
use wasm_bindgen::prelude::*;

use crate::error::{failure, thrown};
use crate::host::BrowserHost;
pub use crate::session::Session;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen]
extern "C" {
    /// What a machine may be made with.
    #[wasm_bindgen(typescript_type = "MachineOptions")]
    pub type MachineOptions;
    #[wasm_bindgen(method, getter, structural)]
    fn hostname(this: &MachineOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn image(this: &MachineOptions) -> Option<Vec<u8>>;

    /// Who logs in, on what terminal.
    #[wasm_bindgen(typescript_type = "LoginOptions")]
    pub type LoginOptions;
    #[wasm_bindgen(method, getter, structural)]
    fn user(this: &LoginOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn term(this: &LoginOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn cols(this: &LoginOptions) -> Option<u16>;
    #[wasm_bindgen(method, getter, structural)]
    fn rows(this: &LoginOptions) -> Option<u16>;
}

/// A whole small Unix machine.
///
/// A method throws either an error whose message begins with an errno's name (`ENOENT: …`), or says what was
/// wrong with its arguments. Whatever else comes out of it (a panic's message, the engine's word that the
/// stack is full) means that this instance is dead: boot another one, from the last snapshot.
#[wasm_bindgen]
pub struct Machine(machine::Machine);

#[wasm_bindgen]
impl Machine {
    /// Boots a machine: from the bytes of an image if there is one, else from the base image. Throws when
    /// the image cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Option<MachineOptions>) -> Result<Machine, JsError> {
        host::throw_panics();
        let mut config = machine::Config::default();
        if let Some(options) = options {
            if let Some(hostname) = options.hostname() {
                config.hostname = hostname;
            }
            if let Some(image) = options.image() {
                config.image = Some(vfsb::read(&image).map_err(failure)?);
            }
        }
        machine::Machine::boot(config, Rc::new(BrowserHost)).map(Machine).map_err(failure)
    }

    /// Runs the machine's programs for at most this many steps. Gives the number of milliseconds after
    /// which it wants to be called again (0: at once, the steps are spent), or `undefined` when it waits for
    /// the outside only.
    pub fn run(&self, steps: f64) -> Option<f64> {
        match self.0.run(steps as u64) {
            machine::Progress::Idle => None,
            machine::Progress::Ready => Some(0.0),
            machine::Progress::Until(nanos) => Some(host::millis_until(nanos)),
        }
    }

    /// Starts an interactive login shell on a new terminal.
    pub fn login(&self, options: Option<LoginOptions>) -> Result<Session, JsError> {
        let options = options.as_ref();
        let text =
            |value: Option<String>, default: &str| value.unwrap_or_else(|| default.into()).into_bytes();
        let login = machine::Login {
            user: text(options.and_then(LoginOptions::user), "root"),
            window: session::window(
                options.and_then(LoginOptions::cols).unwrap_or(80),
                options.and_then(LoginOptions::rows).unwrap_or(24),
            ),
            term: text(options.and_then(LoginOptions::term), "xterm-256color"),
            env: Vec::new(),
            remote: None,
        };
        self.0.login(&login).map(Session::new).map_err(thrown)
    }

    /// Starts a shell command of a user, with pipes for its input, output and errors.
    pub fn exec(&self, user: &str, command: &str) -> Result<Session, JsError> {
        let exec = machine::Exec {
            user: user.as_bytes().to_vec(),
            command: machine::ExecCommand::Shell(command.as_bytes().to_vec()),
            env: Vec::new(),
            cwd: None,
            pty: None,
            remote: None,
        };
        self.0.exec(&exec).map(Session::new).map_err(thrown)
    }

    /// Reads a file as a user; a relative path begins at the user's home. Throws an error whose message begins with the errno's name.
    #[wasm_bindgen(js_name = readFile)]
    pub fn read_file(&self, user: &str, path: &str) -> Result<Vec<u8>, JsError> {
        self.0.read_file(user.as_bytes(), path.as_bytes()).map_err(thrown)
    }

    /// Writes a whole file as a user; a relative path begins at the user's home. Throws an error whose message begins with the errno's name.
    #[wasm_bindgen(js_name = writeFile)]
    pub fn write_file(&self, user: &str, path: &str, bytes: &[u8]) -> Result<(), JsError> {
        self.0.write_file(user.as_bytes(), path.as_bytes(), bytes).map_err(thrown)
    }

    /// A number that grows with every change of a file: whether a snapshot is worth taking.
    #[wasm_bindgen(getter)]
    pub fn generation(&self) -> f64 {
        self.0.generation() as f64
    }

    /// All files of the machine as bytes, from which `new Machine({ image })` boots.
    pub fn snapshot(&self) -> Vec<u8> {
        vfsb::write(&self.0.snapshot())
    }
}
