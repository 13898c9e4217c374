//! `bivalve image`: images listed, compared and converted, without a machine.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use bivalve_core::image::diff::{Difference, diff};
use bivalve_core::image::{self, Format, list};
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
        Image::Diff { before, after, json } => {
            let (before, after) = (read(&before)?, read(&after)?);
            let line = |difference: Difference| if json { difference.json() } else { difference.text() };
            print(diff(&before, &after).map(line))
        }
        Image::Convert { input, output, to } => write(&read(&input)?, &output, to),
    }
}

/// Reads an image of any format.
pub fn read(path: &Path) -> Outcome<Tree> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let bytes = fs::read(path).map_err(|error| failed(&error))?;
    image::read(&bytes).map_err(|error| failed(&error))
}

/// Writes an image in this format, or as its name says: the whole new file or the whole old one.
pub fn write(tree: &Tree, path: &Path, format: Option<Format>) -> Outcome<()> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let format = format.unwrap_or_else(|| Format::of_file(path.as_os_str().as_bytes()));
    let bytes = image::write(tree, format).map_err(|error| failed(&error))?;
    replace(path, &bytes).map_err(|error| failed(&error))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let is_plain = fs::symlink_metadata(path).map_or(true, |metadata| metadata.is_file());
    let Some(name) = path.file_name().filter(|_| is_plain) else {
        // A device, a pipe or a link is written through.
        return fs::write(path, bytes);
    };
    let mut new_name = name.to_owned();
    new_name.push(format!(".new-{}", std::process::id()));
    let beside = path.with_file_name(new_name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Prints lines. Who reads no further, has read enough.
fn print(mut lines: impl Iterator<Item = String>) -> Outcome<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = lines.try_for_each(|line| out.write_all(line.as_bytes()));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}
