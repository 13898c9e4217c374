//! `bivalve sh`: a script in a fresh machine, with this process's streams and exit status.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::rc::Rc;

use bivalve_core::abi::ExitStatus;

use crate::args::{Script, Sh};
use crate::errors::{Failure, Outcome};
use crate::foreground::Foreground;
use crate::host::NativeHost;
use crate::image;
use bivalve_core::machine::{Config, Exec, ExecCommand, Machine};

/// What a shell exits with when its script is not there.
const EXIT_NO_SCRIPT: u8 = 127;
/// What a shell exits with when its script cannot be read.
const EXIT_UNREADABLE_SCRIPT: u8 = 126;

/// Runs the script and gives how it ended.
pub fn run(mut sh: Sh) -> Outcome<ExitStatus> {
    let save = sh.save.take();
    let image = sh.image.take().map(|path| image::read(&path)).transpose()?;
    let command = command(sh)?;
    let host = Rc::new(NativeHost::new()?);
    let config = Config { image, ..Config::default() };
    let machine = Machine::boot(config, host.clone()).map_err(|error| Failure::new(error.to_string()))?;
    let exec = Exec {
        user: b"root".to_vec(),
        command,
        env: Vec::new(),
        cwd: Some(b"/root".to_vec()),
        pty: None,
        remote: None,
    };
    let session = machine.exec(&exec).map_err(|errno| Failure::new(format!("cannot start bash: {errno}")))?;
    let mut foreground = Foreground::new(machine, host, session, false)?;
    let status = foreground.run();
    if let Some(path) = save {
        image::write(&foreground.snapshot(), &path, None)?;
    }
    Ok(status)
}

/// What the machine's bash is to run.
fn command(sh: Sh) -> Outcome<ExecCommand> {
    let mut argv = vec![b"bash".to_vec()];
    match sh.script {
        Script::File(path) => {
            let text = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let name = path.as_os_str().as_bytes().to_vec();
            return Ok(ExecCommand::Script { options: sh.options, name, text, args: sh.args });
        }
        Script::Text(text) => {
            argv.extend(sh.options);
            argv.extend([b"-c".to_vec(), b"--".to_vec(), text]);
        }
        Script::Stdin => {
            argv.extend(sh.options);
            argv.push(b"-s".to_vec());
        }
    }
    argv.extend(sh.args);
    Ok(ExecCommand::Argv(argv))
}

/// Why there is no script, with the status that bash has for it.
fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let mut failure = Failure::new(format!("{}: {error}", path.display()));
    let is_missing = error.kind() == ErrorKind::NotFound;
    failure.code = if is_missing { EXIT_NO_SCRIPT } else { EXIT_UNREADABLE_SCRIPT };
    failure
}
