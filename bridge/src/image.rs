//! `bivalve image`: what is in an image, without a machine.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use bivalve_core::image::{self, list};
use bivalve_core::vfs::Tree;

use crate::args::Image;
use crate::errors::{Failure, Outcome};

/// Does what the arguments say.
pub fn run(command: Image) -> Outcome<()> {
    match command {
        Image::Ls { file, json } => {
            let tree = read(&file)?;
            if json { print(list::json(&tree)) } else { print(list::text(&tree)) }
        }
    }
}

/// Reads an image of any format.
fn read(path: &Path) -> Outcome<Tree> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    image::read(&bytes).map_err(|error| failed(&error))
}

/// Prints lines. Who reads no further, has read enough.
fn print(lines: impl Iterator<Item = String>) -> Outcome<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = lines.map(|line| out.write_all(line.as_bytes())).collect::<io::Result<()>>();
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}
