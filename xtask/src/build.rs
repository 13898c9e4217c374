//! `cargo xtask build`: the wasm module, its JavaScript package, and the page.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::Path;
use std::process::Command;

use crate::report::{self, step};
use crate::tools::{self, cargo};
use crate::{Result, paths, wasm_std};

/// Cargo's profile for the bundle: see `Cargo.toml`.
const PROFILE: &str = "web";

/// Does all of it; what is up to date is not done again.
pub fn run() -> Result {
    step("find what the page is built with", || {
        tools::ensure(tools::FOR_PAGE)?;
        tools::check_node()?;
        node_packages()
    })?;
    let is_small = step("compile the machine to wasm", || {
        let mut way = wasm_std::find_way()?;
        report::run(way.cargo.args(["--package", "bivalve-wasm", "--profile", PROFILE]))?;
        Ok(way.is_small)
    })?;
    step("make its JavaScript package", javascript_package)?;
    step("bundle the page", || {
        for part in ["web", "web/src/worker"] {
            report::run(npm_program("tsc").args(["--project", part]))?;
        }
        let mut bundle = Command::new("node");
        bundle.arg("web/build.mjs").arg(paths::page()).current_dir(paths::root());
        report::run(if is_small { bundle.arg("--in-budget") } else { &mut bundle })
    })
}

/// Installs npm's packages as the lock file has them, once per lock file, into the cache, and links them
/// into the clone as `node_modules`.
fn node_packages() -> Result {
    let web = paths::root().join("web");
    let lock = read(&web.join("package-lock.json"))?;
    let installed = paths::node_packages(&digest(&lock));
    if !installed.exists() {
        eprintln!("    installing npm's packages into {}", installed.display());
        // Under another name until it is whole: an interrupted install must not look like a finished one.
        let partial = installed.with_extension(std::process::id().to_string());
        fs::create_dir_all(&partial).map_err(|error| format!("{}: {error}", partial.display()))?;
        for name in ["package.json", "package-lock.json", ".npmrc"] {
            copy(&web.join(name), &partial.join(name))?;
        }
        report::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&partial))?;
        if fs::rename(&partial, &installed).is_err() && !installed.exists() {
            return Err(format!("cannot rename {} to {}", partial.display(), installed.display()));
        }
    }
    let link = paths::root().join("node_modules");
    let target = installed.join("node_modules");
    if fs::read_link(&link).is_ok_and(|current| current == target) {
        return Ok(());
    }
    let _ = fs::remove_file(&link);
    symlink(&target, &link).map_err(|error| format!("{}: {error}", link.display()))
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

/// From the compiled module: JavaScript, TypeScript's declarations, and the module without its names.
fn javascript_package() -> Result {
    let module = wasm_std::module(PROFILE);
    let package = paths::javascript_package();
    let stamp = package.join("made-of");
    let made_of = digest(&read(&module)?);
    if fs::read_to_string(&stamp).is_ok_and(|before| before == made_of) {
        eprintln!("    up to date");
        return Ok(());
    }
    let _ = fs::remove_dir_all(&package);
    let mut bindgen = cargo("run");
    bindgen.args([
        "--package",
        "xtask",
        "--features",
        "bindgen",
        "--bin",
        "bindgen",
        "--profile",
        "tools",
        "--",
    ]);
    report::run(bindgen.arg(module).arg(&package))?;
    fs::write(&stamp, made_of).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// A program of npm's packages, run in the clone's top directory.
pub fn npm_program(name: &str) -> Command {
    let mut command = Command::new(paths::root().join("node_modules/.bin").join(name));
    command.current_dir(paths::root());
    command
}

/// Names content; not for security.
fn digest(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}
