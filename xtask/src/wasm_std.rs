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

/// Where std is compiled along with the module, it is compiled for size: no messages of panics, which end the
/// instance anyway.
const SMALL_STD: &[&str] = &[
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
    "-Zpanic-immediate-abort",
    "--config=profile.web.panic='immediate-abort'",
];
/// No places of panics and no `{:?}`: the machine uses it in tests only.
const SMALL_RUSTFLAGS: &str = "-Zlocation-detail=none -Zfmt-debug=none";

/// A way to compile for wasm.
pub struct Way {
    /// `cargo build`, into its own target directory.
    pub cargo: Command,
    /// Whether std is compiled for size, which the download's budget is made for.
    pub is_small: bool,
}

/// Debian's compiler, its sources of the standard library, and the linker for wasm.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// Finds the way, and installs what it takes.
pub fn find_way() -> Result<Way> {
    if active_toolchain_has_it()? {
        return Ok(Way { cargo: command("cargo"), is_small: false });
    }
    let forbidden = env::var_os("RUSTUP_AUTO_INSTALL").is_some_and(|value| value == "0");
    if !forbidden && find("rustup").is_some() {
        match run(Command::new("rustup").args(["target", "add", TARGET])) {
            Ok(()) => return Ok(Way { cargo: command("cargo"), is_small: false }),
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
            .env("RUSTFLAGS", SMALL_RUSTFLAGS)
            .args(SMALL_STD);
        return Ok(Way { cargo, is_small: true });
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
