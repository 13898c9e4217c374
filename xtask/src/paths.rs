//! Where things lie. Built artefacts that are worth keeping lie under the user's cache directory, so that a
//! fresh clone does not compile the world again; what is cheap lies in the clone's `target/`.

use std::env;
use std::path::{Path, PathBuf};

/// The clone's top directory.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// `${XDG_CACHE_HOME:-~/.cache}/bivalve`, or the clone's `target/cache` for a user without a home.
fn cache() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    base.map_or_else(|| root().join("target/cache"), |base| base.join("bivalve"))
}

/// Cargo's target directory for this system's own programs.
pub fn native_target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty()) {
        Some(directory) => root().join(directory),
        None => cache().join("native"),
    }
}

/// Cargo's target directory for wasm: apart from the native one, because the compilers may differ.
pub fn wasm_target() -> PathBuf {
    cache().join("wasm")
}

/// Where npm's packages for this lock file (its digest) are installed.
pub fn node_packages(digest: &str) -> PathBuf {
    cache().join("node").join(digest)
}

/// The JavaScript package that wasm-bindgen makes. `web/tsconfig.json` names this place too.
pub fn javascript_package() -> PathBuf {
    root().join("target/web/pkg")
}

/// The finished page: static files for any web server.
pub fn page() -> PathBuf {
    root().join("target/web/dist")
}

/// The `bivalve` program of a release build.
pub fn bivalve() -> PathBuf {
    native_target().join("release/bivalve")
}
