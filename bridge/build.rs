//! Embeds the page: a table of the files under `BIVALVE_WEB_DIST`, or an empty one without it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=BIVALVE_WEB_DIST");
    let mut files = BTreeMap::new();
    if let Some(dist) = env::var_os("BIVALVE_WEB_DIST").map(PathBuf::from) {
        println!("cargo::rerun-if-changed={}", dist.display());
        if dist.is_dir() {
            collect(&dist, "", &mut files)?;
        } else {
            println!("cargo::warning=BIVALVE_WEB_DIST={} is no directory: no page", dist.display());
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?);
    fs::write(out.join("assets.rs"), table(&files)?)
}

/// Adds the files of a directory by their path below the top one.
fn collect(directory: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}/{name}");
        println!("cargo::rerun-if-changed={}", entry.path().display());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else {
            files.insert(path, entry.path());
        }
    }
    Ok(())
}

/// The Rust text of the table. `x.br` and `x.gz` beside `x` are its compressed forms.
fn table(files: &BTreeMap<String, PathBuf>) -> io::Result<String> {
    let mut text = String::from("&[\n");
    let compressed = |path: &str| {
        let plain = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
        plain.is_some_and(|plain| files.contains_key(plain))
    };
    for (path, file) in files.iter().filter(|(path, _)| !compressed(path)) {
        let include = |file: Option<&PathBuf>| {
            file.map_or(String::from("None"), |file| format!("Some(include_bytes!({file:?}))"))
        };
        let mut hasher = DefaultHasher::new();
        hasher.write(&fs::read(file)?);
        writeln!(
            text,
            "Asset {{ path: {path:?}, etag: \"\\\"{:016x}\\\"\", plain: include_bytes!({file:?}), brotli: {}, gzip: {} }},",
            hasher.finish(),
            include(files.get(&format!("{path}.br"))),
            include(files.get(&format!("{path}.gz"))),
        )
        .map_err(io::Error::other)?;
    }
    text.push(']');
    Ok(text)
}
