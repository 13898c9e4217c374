//! Archives that we write, and hostile ones. The host's `tar` is asked in the tests of the command line.

use super::*;
use crate::abi::{Device, Mode, Time, limits};
use crate::image::tests::describe;
use crate::image::{Problem, gzip};
use crate::vfs::{Content, NewAttributes, NewNode, ROOT, Times, Tree};

/// A tree with one of each that an archive can hold.
fn everything() -> Tree {
    let mut tree = Tree::default();
    let attributes = NewAttributes { mode: Mode::new(0o4751), uid: 3_000_000, gid: 50 };
    let long = [b"long ".repeat(40), b"\xff".to_vec()].concat();
    let device = Device { major: 1, minor: 300 };
    for (name, node) in [
        (b"dir".as_slice(), NewNode::Directory),
        (b"empty", NewNode::File),
        (b"fifo", NewNode::Fifo),
        (b"\xff\xfe not text", NewNode::Symlink(&long)),
        (b"block", NewNode::BlockDevice(device)),
        (b"char", NewNode::CharDevice(device)),
        (b"text", NewNode::File),
        (&long, NewNode::File),
    ] {
        tree.create(ROOT, name, node, attributes, Time::EPOCH).unwrap();
    }
    let text = tree.lookup(ROOT, b"text").unwrap();
    tree.set_content(text, Content::new(&b"some text\n".repeat(100))).unwrap();
    let dir = tree.lookup(ROOT, b"dir").unwrap();
    tree.link(text, dir, b"other name", Time::EPOCH).unwrap();
    let inodes: Vec<_> = tree.inodes().map(|(ino, _)| ino).collect();
    for ino in inodes {
        let at = Time { secs: ino as i64 - 4, nanos: if ino % 2 == 0 { 0 } else { 123_000_000 } };
        tree.set_times(ino, Times { atime: at, mtime: at, ctime: at, birth: at }).unwrap();
    }
    tree
}

#[test]
fn what_is_written_is_read() {
    let tree = everything();
    let archive = write(&tree).unwrap();
    assert!(is_tar(&archive) && archive.len().is_multiple_of(BLOCK));
    let back = read(&archive).unwrap();
    assert_eq!(describe(&back), describe(&tree));
    assert!(write(&back).unwrap() == archive);
}

#[test]
fn every_truncation_and_changed_byte_is_survived() {
    let archive = write(&everything()).unwrap();
    for end in (0..archive.len()).filter(|end| end % 7 == 0 || end % BLOCK < 2) {
        assert!(read(&archive[..end]).is_err(), "{end}");
    }
    for at in (0..archive.len()).step_by(3) {
        for byte in [0, b'7', 0xff] {
            let mut changed = archive.clone();
            changed[at] = byte;
            let _ = read(&changed);
        }
    }
}

/// An archive with empty entries of these types, names and link targets.
fn archive(entries: &[(u8, &[u8], &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, name, link) in entries {
        let mut header = [0; BLOCK];
        header[..name.len()].copy_from_slice(name);
        header[LINK][..link.len()].copy_from_slice(link);
        header[156] = *kind;
        out.extend(sealed(header));
    }
    out.resize(out.len() + 2 * BLOCK, 0);
    out
}

fn sealed(mut header: Header) -> Header {
    let sum = format!("{:06o}\0 ", checksum(&header));
    header[CHECKSUM].copy_from_slice(sum.as_bytes());
    header
}

#[test]
fn hostile_archives_are_refused_by_name() {
    let check = |entries: &[(u8, &[u8], &[u8])], problem| {
        let (_, name, _) = entries.last().unwrap();
        let error = read(&archive(entries)).map(drop).unwrap_err();
        assert_eq!((&error.entry[..], error.error.problem), (*name, problem));
        assert_eq!(error.error.offset as usize, (entries.len() - 1) * BLOCK);
    };
    check(&[(b'0', b"/etc/passwd", b"")], Problem::Malformed("absolute name"));
    check(&[(b'0', b"a/../../b", b"")], Problem::Malformed("name climbs out"));
    check(&[(b'1', b"l", b"../b")], Problem::Malformed("name climbs out"));
    check(&[(b'1', b"l", b"missing")], Problem::Malformed("link to nothing"));
    check(&[(b'0', b"a", b""), (b'0', b"./a", b"")], Problem::DuplicateName);
    check(&[(b'5', b"a/", b""), (b'5', b"a", b"")], Problem::DuplicateName);
    check(&[(b'2', b"a", b"/etc"), (b'0', b"a/b", b"")], Problem::Tree(crate::abi::Errno::ENOTDIR));
    check(&[(b'0', b"a/b", b""), (b'2', b"a", b"/etc")], Problem::DuplicateName);
    check(&[(b'S', b"a", b"")], Problem::UnknownNode(b'S'));
    check(&[(b'0', b".", b"")], Problem::BadName);
    // What is implied may be told later.
    assert!(read(&archive(&[(b'0', b"a/b", b""), (b'5', b"a/", b"")])).is_ok());
}

#[test]
fn bombs_are_refused() {
    let entry = |size: &[u8], name: &[u8]| {
        let mut header = [0; BLOCK];
        header[..name.len()].copy_from_slice(name);
        header[SIZE][..size.len()].copy_from_slice(size);
        header[156] = b'0';
        [&sealed(header)[..], &[0; 2 * BLOCK]].concat()
    };
    let check = |archive: &[u8], problem| {
        let error = read(archive).map(drop).unwrap_err();
        assert_eq!((&error.entry[..], error.error.problem), (&b"big"[..], problem));
    };
    check(&entry(b"77777777777", b"big"), Problem::TooLarge);
    check(&entry(b"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", b"big"), Problem::TooLarge);
    check(&entry(b"00000010000", b"big"), Problem::TooShort);
    let deep = b"d/".repeat(limits::ARCHIVE_DEPTH_MAX + 1);
    let record = [b" path=", &deep[..], b"\n"].concat();
    let record = [(record.len() + 4).to_string().into_bytes(), record].concat();
    let records = parse_one(&record);
    let error = read(&records).map(drop).unwrap_err();
    assert_eq!((error.entry, error.error.problem), (deep, Problem::Malformed("too deep")));
}

/// An archive of one entry with this pax record.
fn parse_one(record: &[u8]) -> Vec<u8> {
    let mut header = [0; BLOCK];
    let size = format!("{:011o}", record.len());
    header[SIZE][..11].copy_from_slice(size.as_bytes());
    header[156] = b'x';
    let mut out = [&sealed(header)[..], record].concat();
    out.resize(out.len().next_multiple_of(BLOCK), 0);
    [out, archive(&[(b'5', b"x", b"")])].concat()
}

#[test]
fn compressed_archives_are_told_by_their_content() {
    let archive = write(&everything()).unwrap();
    let packed = gzip::gzip(&archive);
    assert!(packed.len() < archive.len() / 4, "{} of {}", packed.len(), archive.len());
    let back = crate::image::read(&packed).unwrap();
    assert!(write(&back).unwrap() == archive);
}
