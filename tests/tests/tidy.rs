//! The source tree keeps its rules.

use bivalve_tests::tidy;
use std::io;
use std::path::Path;

/// Folders with files that are written by hand.
const FOLDERS: &[&str] = &["core", "wasm", "bridge", "web", "tests", "xtask"];
const ENDINGS: &[&str] = &[".rs", ".toml", ".md", ".ts", ".mjs", ".js", ".html", ".css", ".json", ".sh"];

fn collect(top: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "dist"].contains(&name.as_str()) {
                collect(top, &path, files)?;
            }
        } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            let inner = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().into_owned();
            files.push((inner, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

#[test]
fn the_source_tree_keeps_its_rules() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(top, &top.join(folder), &mut files).unwrap();
    }
    assert!(files.iter().any(|(path, _)| path == "core/src/lib.rs"));
    let findings: Vec<String> = tidy::check(&files).iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
