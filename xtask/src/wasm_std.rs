//! Finding a compiler whose standard library knows `wasm32-unknown-unknown`. Four ways, the first that
//! works is taken:
//!
//! 1. the active toolchain has it;
//! 2. rustup adds it, unless `RUSTUP_AUTO_INSTALL=0` says that nothing is to be installed;
//! 3. Debian's packages compile it from source;
//! 4. none: an error that names the ways.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::report::{output, run};
use crate::tools::{self, find};
use crate::{Result, paths};

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler, its sources of the standard library, and the linker for wasm.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// `cargo build` for wasm, into its own target directory.
pub fn cargo_build() -> Result<Command> {
    if active_toolchain_has_it()? {
        return Ok(command("cargo"));
    }
    let forbidden = env::var_os("RUSTUP_AUTO_INSTALL").is_some_and(|value| value == "0");
    if !forbidden && find("rustup").is_some() {
        match run(Command::new("rustup").args(["target", "add", TARGET])) {
            Ok(()) => return Ok(command("cargo")),
            Err(error) => eprintln!("    {error}; trying the next way"),
        }
    }
    if tools::is_debian() {
        let missing = tools::not_installed(DEBIAN_PACKAGES);
        if !missing.is_empty() {
            tools::install(&missing)?;
        }
        let mut cargo = command("/usr/bin/cargo");
        cargo
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/usr/bin/wasm-ld")
            .arg("-Zbuild-std=std,panic_abort");
        return Ok(cargo);
    }
    Err(format!(
        "no standard library for {TARGET}. Either `rustup target add {TARGET}` for the active toolchain, \
         or on Debian `apt-get install {}`",
        DEBIAN_PACKAGES.join(" ")
    ))
}

fn command(cargo: &str) -> Command {
    let mut command = Command::new(cargo);
    command.args(["build", "--target", TARGET]);
    command.current_dir(paths::root()).env("CARGO_TARGET_DIR", paths::wasm_target());
    command
}

fn active_toolchain_has_it() -> Result<bool> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()))?;
    Ok(Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

/// The compiled module of a profile.
pub fn module(profile: &str) -> std::path::PathBuf {
    paths::wasm_target().join(TARGET).join(profile).join("bivalve_wasm.wasm")
}
