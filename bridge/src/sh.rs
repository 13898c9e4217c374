//! `bivalve sh`: a script in a fresh machine, with this process's streams and exit status.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::rc::Rc;

use bivalve_core::abi::ExitStatus;

use crate::args::{Script, Sh};
use crate::errors::{Failure, Outcome};
use crate::foreground::Foreground;
use crate::host::NativeHost;
use crate::image;
use bivalve_core::machine::{Config, Exec, ExecCommand, Machine};

/// What a shell exits with when it cannot find or read its script.
const EXIT_NO_SCRIPT: u8 = 127;

/// Runs the script and gives how it ended.
pub fn run(mut sh: Sh) -> Outcome<ExitStatus> {
    let save = sh.save.take();
    let image = sh.image.take().map(|path| image::read(&path)).transpose()?;
    let argv = argv(sh)?;
    let host = Rc::new(NativeHost::new()?);
    let config = Config { image, ..Config::default() };
    let machine = Machine::boot(config, host.clone()).map_err(|error| Failure::new(error.to_string()))?;
    let exec = Exec {
        user: b"root".to_vec(),
        command: ExecCommand::Argv(argv),
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

/// The machine's command line for bash.
fn argv(sh: Sh) -> Outcome<Vec<Vec<u8>>> {
    let mut argv = vec![b"bash".to_vec()];
    argv.extend(sh.options);
    match sh.script {
        Script::Text(text) => argv.extend([b"-c".to_vec(), b"--".to_vec(), text]),
        Script::File(path) => {
            let text = fs::read(&path).map_err(|error| {
                let mut failure = Failure::new(format!("{}: {error}", path.display()));
                failure.code = EXIT_NO_SCRIPT;
                failure
            })?;
            argv.extend([b"-c".to_vec(), b"--".to_vec(), text, path.as_os_str().as_bytes().to_vec()]);
        }
        Script::Stdin => argv.push(b"-s".to_vec()),
    }
    argv.extend(sh.args);
    Ok(argv)
}
