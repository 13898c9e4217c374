//! The programs of this system that the build and the tests need: finding them, and installing Debian's
//! packages when that is allowed.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::paths;
use crate::report::{output, run};

/// A program and the Debian package that brings it.
pub struct Tool {
    program: &'static str,
    package: &'static str,
}

/// What building the page takes.
pub const FOR_PAGE: &[Tool] = &[tool("node", "nodejs"), tool("npm", "npm")];

/// What the tests take: real clients, and the real programs whose behaviour is the specification.
pub const FOR_TESTS: &[Tool] = &[
    tool("bash", "bash"),
    tool("busybox", "busybox"),
    tool("chromium", "chromium"),
    tool("dash", "dash"),
    tool("find", "findutils"),
    tool("grep", "grep"),
    tool("jq", "jq"),
    tool("ps", "procps"),
    tool("script", "bsdutils"),
    tool("sed", "sed"),
    tool("ssh", "openssh-client"),
    tool("ssh-keygen", "openssh-client"),
    tool("stty", "coreutils"),
];

/// Node's oldest major version that the packages of `web/` run on.
const NODE_VERSION_MIN: u32 = 20;

const fn tool(program: &'static str, package: &'static str) -> Tool {
    Tool { program, package }
}

/// Makes sure that every tool is there, installing packages if need be; else an error that names what is missing.
pub fn ensure(tools: &[Tool]) -> Result {
    let missing = |tool: &&Tool| find(tool.program).is_none();
    let mut packages: Vec<&str> = tools.iter().filter(missing).map(|tool| tool.package).collect();
    packages.dedup();
    if !packages.is_empty() {
        install(&packages)?;
    }
    match tools.iter().find(missing) {
        Some(tool) => Err(format!("{} is still missing after installing {}", tool.program, tool.package)),
        None => Ok(()),
    }
}

/// Installs Debian packages; an error that names them where that is not possible.
pub fn install(packages: &[&str]) -> Result {
    let names = packages.join(" ");
    if !is_debian() {
        return Err(format!("missing, please install what Debian calls: {names}"));
    }
    if output(Command::new("id").arg("-u"))? != "0" {
        return Err(format!("missing packages; as root: apt-get install --no-install-recommends {names}"));
    }
    eprintln!("    installing {names}");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=400"]);
        run(command.args(arguments))
    };
    apt(&["update"])?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

/// Whether Debian's package manager is at hand.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && find("apt-get").is_some()
}

/// Those of `packages` that dpkg does not know as installed.
pub fn not_installed<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    let installed = |package: &str| {
        let query = Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]).output();
        query.is_ok_and(|query| query.stdout == b"installed")
    };
    packages.iter().copied().filter(|package| !installed(package)).collect()
}

/// The first program of this name in `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// An error unless node is new enough.
pub fn check_node() -> Result {
    let version = output(Command::new("node").arg("--version"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    match major {
        Some(NODE_VERSION_MIN..) => Ok(()),
        _ => Err(format!("node {NODE_VERSION_MIN} or newer is needed, this is {version}")),
    }
}

/// `cargo SUBCOMMAND` for this system, building into the cache.
pub fn cargo(subcommand: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg(subcommand)
        .current_dir(paths::root())
        .env("CARGO_TARGET_DIR", paths::native_target())
        .env("BIVALVE_WEB_DIST", paths::page());
    command
}
