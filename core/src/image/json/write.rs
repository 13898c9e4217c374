//! Writes the JSON snapshots of old versions, as compactly as they did.

use super::super::WriteError;
use super::super::list::push_json;
use super::super::walk::{Found, Walk};
use super::SYMLINK_MODE;
use crate::abi::{Time, limits};
use crate::base64;
use crate::calendar::{Civil, write_iso_millis};
use crate::vfs::{Node, Tree};

/// Writes a snapshot. Times are cut to milliseconds and entries stand in the order in which they were made. An
/// error names what the format cannot hold.
pub fn write(tree: &Tree) -> Result<Vec<u8>, WriteError> {
    let mut out = String::from("{\"root\":");
    let mut open = 0;
    for found in Walk::in_order(tree) {
        while open > found.depth {
            out += "]}";
            open -= 1;
        }
        if found.depth > 0 && !out.ends_with('[') {
            out.push(',');
        }
        let is_directory = matches!(found.inode.node, Node::Directory(_));
        let room = limits::FLAT_IMAGE_BYTES_MAX.saturating_sub(out.len());
        push_node(&found, room, &mut out).map_err(|what| WriteError { path: found.path, what })?;
        open += usize::from(is_directory);
    }
    out += &"]}".repeat(open);
    out.push('}');
    Ok(out.into_bytes())
}

/// Appends a node; of a directory all but its entries and its end.
fn push_node(found: &Found<'_>, room: usize, out: &mut String) -> Result<(), &'static str> {
    let inode = found.inode;
    let (kind, mode) = match &inode.node {
        Node::Directory(_) => ("directory", inode.mode.bits()),
        Node::File(_) => ("file", inode.mode.bits()),
        Node::Symlink(_) => ("file", SYMLINK_MODE),
        Node::CharDevice(_) | Node::BlockDevice(_) => return Err("devices"),
        Node::Fifo => return Err("fifos"),
        Node::Socket => return Err("sockets"),
    };
    if kind == "file" && inode.nlink > 1 {
        return Err("hard links");
    }
    if (inode.uid, inode.gid) != (0, 0) {
        return Err("owners");
    }
    if std::str::from_utf8(found.name()).is_err() {
        return Err("names that are not UTF-8");
    }
    *out += &format!("{{\"type\":\"{kind}\",\"name\":");
    push_json(found.name(), out);
    *out += &format!(",\"mode\":{mode},\"createdAt\":\"");
    push_time(inode.birth, out)?;
    *out += "\",\"updatedAt\":\"";
    push_time(inode.mtime, out)?;
    *out += match inode.node {
        Node::Directory(_) => "\",\"children\":[",
        _ => "\",\"compressed\":false,\"contentBase64\":\"",
    };
    match &inode.node {
        Node::File(content) => {
            let bytes = content.to_vec(room / 4 * 3).ok_or("so many bytes")?;
            *out += &base64::encode(&bytes);
        }
        Node::Symlink(target) => *out += &base64::encode(target),
        _ => return Ok(()),
    }
    *out += "\"}";
    Ok(())
}

fn push_time(time: Time, out: &mut String) -> Result<(), &'static str> {
    if !(0..=9999).contains(&Civil::from_time(time, 0).year) {
        return Err("times outside of the years 0 to 9999");
    }
    let mut text = Vec::new();
    write_iso_millis(time, &mut text);
    *out += &String::from_utf8_lossy(&text);
    Ok(())
}
