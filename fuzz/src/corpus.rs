//! Between libFuzzer's folders, where a text is a file, and the files of kept cases, where it is a line:
//! `corpus pack FOLDER FILE`, `corpus unpack FILE FOLDER`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["pack", folder, file] => pack(folder, file),
        ["unpack", file, folder] => unpack(file, folder),
        _ => Err("usage: corpus pack FOLDER FILE | corpus unpack FILE FOLDER".into()),
    }
}

fn pack(folder: &str, file: &str) -> Result<(), Box<dyn Error>> {
    let mut lines = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        lines.push(std::fs::read(entry?.path())?.escape_ascii().to_string());
    }
    lines.sort_by_key(|line| (line.len(), line.clone()));
    lines.dedup();
    std::fs::write(file, lines.join("\n") + "\n")?;
    Ok(())
}

fn unpack(file: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let file = std::fs::read_to_string(file)?;
    for (number, text) in bivalve_core::shell::probe::texts(&file).enumerate() {
        std::fs::write(Path::new(folder).join(format!("{number:05}")), text)?;
    }
    Ok(())
}
