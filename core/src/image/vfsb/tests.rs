//! Images of the program that made versions 1 to 3, our own byte by byte, and broken ones.

use super::*;
use crate::abi::{Device, Mode, Time};
use crate::image::gzip::gunzip;
use crate::image::tests::{check_manifest, describe};
use crate::vfs::{Content, NewAttributes, NewNode, ROOT, SetAttributes, Times};

const V1: &[u8] = include_bytes!("../../../../tests/data/interop/tricky-v1.vfsb");
const V1_MANIFEST: &[u8] = include_bytes!("../../../../tests/data/interop/tricky-v1.manifest.json");
const V3: &[u8] = include_bytes!("../../../../tests/data/interop/tricky-v3.vfsb");
const V3_MANIFEST: &[u8] = include_bytes!("../../../../tests/data/interop/tricky-v3.manifest.json");

/// The same image whose compressed contents are not.
fn without_compression(image: &[u8]) -> Vec<u8> {
    let mut out = image.to_vec();
    let mut from = 0;
    while let Some(at) = bstr::ByteSlice::find(&out[from..], b"\x1f\x8b\x08").map(|at| at + from) {
        from = at + 1;
        let len = u32::from_le_bytes(out[at - 4..at].try_into().unwrap()) as usize;
        if out[at - 5] == 1
            && let Some(Ok(content)) = out.get(at..at + len).map(|bytes| gunzip(bytes, usize::MAX))
        {
            let plain = [&[0], &(content.len() as u32).to_le_bytes()[..], &content].concat();
            out.splice(at - 5..at + len, plain);
        }
    }
    out
}

fn check_sample(image: &[u8], manifest: &[u8], version: Version) {
    let tree = read(image).unwrap();
    check_manifest(&tree, manifest);
    let mut image = without_compression(image);
    // One file's mode has its type's bits, which are not permissions and not kept.
    let mode = bstr::ByteSlice::find(&image[..], b"m100644").unwrap() + 7;
    assert_eq!(std::mem::replace(&mut image[mode + 1], 1), 0x81);
    assert!(write_version(&tree, version).unwrap() == image, "writing gives back what was read");
    let current = read(&write(&tree)).unwrap();
    assert_eq!(describe(&current), describe(&tree));
}

#[test]
fn reads_and_writes_the_samples() {
    check_sample(V1, V1_MANIFEST, Version::V1);
    check_sample(V3, V3_MANIFEST, Version::V3);
}

#[test]
fn broken_compression_is_refused() {
    let at = bstr::ByteSlice::find(V1, b"\x1f\x8b\x08").unwrap();
    let check = |at: usize, byte: u8, offset: usize, problem| {
        let mut image = V1.to_vec();
        image[at] = byte;
        assert_eq!(read(&image).map(drop), Err(ImageError { offset: offset as u64, problem }));
    };
    check(at, b'x', at, Problem::Malformed("not gzip data"));
    check(at - 5, 2, at - 5, Problem::Malformed("impossible compression flag"));
    let plain = bstr::ByteSlice::find(V1, b"hello world\n").unwrap();
    check(plain - 5, 1, plain, Problem::Malformed("not gzip data"));
}

#[test]
fn version_2_has_owners_and_no_devices() {
    let tree = everything();
    let mut plain = Tree::default();
    let attributes = NewAttributes { mode: Mode::new(0o600), uid: 1000, gid: 100 };
    plain.create(ROOT, b"f", NewNode::File, attributes, Time::from_secs(5)).unwrap();
    let image = write_version(&plain, Version::V2).unwrap();
    assert_eq!(write_version(&read(&image).unwrap(), Version::V2).unwrap(), image);
    let refused = |tree: &Tree, version| {
        let error = write_version(tree, version).unwrap_err();
        (String::from_utf8(error.path).unwrap(), error.what)
    };
    assert_eq!(refused(&plain, Version::V1), ("/f".to_owned(), "owners"));
    assert_eq!(refused(&tree, Version::V1), ("/".to_owned(), "times so far from 1970"));
    let one = |node| {
        let mut tree = Tree::default();
        let attributes = NewAttributes { uid: 0, gid: 0, ..attributes };
        let dir = tree.create(ROOT, b"d", NewNode::Directory, attributes, Time::EPOCH).unwrap();
        tree.create(dir, b"x", node, attributes, Time::EPOCH).unwrap();
        refused(&tree, Version::V2)
    };
    let null = Device { major: 1, minor: 3 };
    let at = |what| ("/d/x".to_owned(), what);
    assert_eq!(one(NewNode::CharDevice(null)), at("devices"));
    assert_eq!(one(NewNode::BlockDevice(null)), at("devices"));
    assert_eq!(one(NewNode::Fifo), at("fifos"));
    assert_eq!(one(NewNode::Socket), at("sockets"));
    let file = plain.lookup(ROOT, b"f").unwrap();
    plain.link(file, ROOT, b"g", Time::EPOCH).unwrap();
    assert_eq!(refused(&plain, Version::V3), ("/f".to_owned(), "hard links"));
    let sparse = SetAttributes { size_bytes: Some(1 << 40), ..SetAttributes::default() };
    plain.unlink(ROOT, b"g", Time::EPOCH).unwrap();
    plain.set_attributes(file, &sparse, Time::EPOCH).unwrap();
    assert_eq!(refused(&plain, Version::V3), ("/f".to_owned(), "so many bytes"));
}

/// A tree with one of each, whose names are made in this order or in the other one.
fn build(backwards: bool) -> Tree {
    let at = |secs, nanos| Time { secs, nanos };
    let attributes = |mode| NewAttributes { mode: Mode::new(mode), uid: 1000, gid: 50 };
    let mut tree = Tree::default();
    let device = Device { major: 4_000_000_000, minor: 7 };
    let mut nodes = vec![
        (b"dir".as_slice(), NewNode::Directory),
        (b"empty", NewNode::File),
        (b"fifo", NewNode::Fifo),
        (b"\xff\xfe not text", NewNode::Symlink(b"\xfd")),
        (b"block", NewNode::BlockDevice(device)),
        (b"char", NewNode::CharDevice(device)),
        (b"socket", NewNode::Socket),
        (b"sparse", NewNode::File),
        (b"copy", NewNode::File),
        (b"text", NewNode::File),
    ];
    if backwards {
        nodes.reverse();
    }
    for (name, node) in nodes {
        tree.create(ROOT, name, node, attributes(0o4751), at(1, 2)).unwrap();
    }
    let find = |tree: &Tree, name: &str| tree.lookup(ROOT, name.as_bytes()).unwrap();
    let (dir, text) = (find(&tree, "dir"), find(&tree, "text"));
    tree.link(text, dir, b"other name", at(3, 4)).unwrap();
    tree.set_content(text, Content::new(b"some text\n")).unwrap();
    tree.set_content(find(&tree, "copy"), Content::new(b"some text\n")).unwrap();
    let mut sparse = Content::default();
    sparse.write(1 << 30, b"far", u64::MAX);
    sparse.write(4096, b"near", u64::MAX);
    if backwards {
        // A block of zeros is the same as a hole, and zeros at a block's end the same as none.
        sparse.write(40_960, &[0; 5000], u64::MAX);
        sparse.write(5000, &[0; 100], u64::MAX);
    }
    tree.set_content(find(&tree, "sparse"), sparse).unwrap();
    for (ino, second) in [(ROOT, 0), (dir, 1), (text, 2)] {
        let times = Times {
            atime: at(-5, 999_999_999),
            mtime: at(second, 1),
            ctime: at(i64::MAX, 0),
            birth: at(i64::MIN, 0),
        };
        tree.set_times(ino, times).unwrap();
    }
    tree
}

fn everything() -> Tree {
    build(false)
}

#[test]
fn our_own_version_keeps_everything() {
    let tree = everything();
    let image = write(&tree);
    let back = read(&image).unwrap();
    assert_eq!(describe(&back), describe(&tree));
    assert!(write(&back) == image);
    assert!(image.len() < 6000, "holes and copies take no bytes");
    let page_of =
        |name: &str| back.inode(back.lookup(ROOT, name.as_bytes()).unwrap()).unwrap().stat(0).blocks;
    assert_eq!(page_of("sparse"), 2 * 8);
}

#[test]
fn contents_keep_their_bytes_and_holes() {
    let mut tree = Tree::default();
    let attributes = NewAttributes { mode: Mode::new(0o600), uid: 0, gid: 0 };
    let mut contents = vec![Content::new(&[5; 3 * 4096 + 7])];
    for offset in [0, 1, 4095, 4096, 8191, 12_288] {
        let mut content = Content::default();
        content.truncate(1 << 40);
        content.write(offset, &[9; 4097], u64::MAX);
        content.write(20_480, b"x", u64::MAX);
        contents.push(content);
    }
    for (number, content) in contents.iter().enumerate() {
        let name = number.to_string();
        let ino = tree.create(ROOT, name.as_bytes(), NewNode::File, attributes, Time::EPOCH).unwrap();
        tree.set_content(ino, content.clone()).unwrap();
    }
    let image = write(&tree);
    let back = read(&image).unwrap();
    assert_eq!(describe(&back), describe(&tree));
    assert!(write(&back) == image);
}

#[test]
fn the_same_tree_gives_the_same_bytes() {
    assert!(write(&everything()) == write(&build(true)));
}

/// The format as its description says, written out by hand.
#[test]
fn our_own_version_byte_by_byte() {
    let mut tree = Tree::default();
    let attributes = NewAttributes { mode: Mode::new(0o4755), uid: 1, gid: 0x0203 };
    let at = Time { secs: -1, nanos: 5 };
    let file = tree.create(ROOT, b"b", NewNode::File, attributes, at).unwrap();
    tree.set_content(file, Content::new(b"hi")).unwrap();
    tree.link(file, ROOT, b"c", at).unwrap();
    tree.create(ROOT, b"a", NewNode::Symlink(b"b"), attributes, at).unwrap();
    tree.set_times(ROOT, Times { atime: at, mtime: at, ctime: at, birth: at }).unwrap();
    let time = "ffffffffffffffff 05000000";
    let times = [time; 4].join(" ");
    let expected = [
        "56465321 10 3501000000000000",
        // The content table: one of two bytes, as it is, with one run.
        "01000000 0200000000000000 00 01000000 0000000000000000 0200000000000000 ac2a93d8",
        // The root with three entries.
        "00000000 02 ed01 00000000 00000000",
        &times,
        "00000000 03000000",
        "01000000 61 03 ed09 01000000 03020000",
        &times,
        "00000000 01000000 62",
        "01000000 62 01 ed09 01000000 03020000",
        &times,
        "00000000 00000000",
        "01000000 63 08 02000000",
    ]
    .join(" ");
    let digits: Vec<u8> = expected.bytes().filter(|byte| *byte != b' ').collect();
    let mut bytes: Vec<u8> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let metadata = (bytes.len() - 13) as u64;
    bytes[5..13].copy_from_slice(&metadata.to_le_bytes());
    bytes.extend(crate::image::crc32::Crc32::of(&bytes).to_le_bytes());
    bytes.extend(b"hi");
    assert_eq!(write(&tree), bytes);
}

#[test]
fn every_truncation_is_refused() {
    let check = |image: &[u8], step: usize| {
        for end in (0..image.len()).filter(|end| *end < 1000 || end % step == 0 || *end > image.len() - 200) {
            let error = read(&image[..end]).map(drop).expect_err("it is cut");
            assert!(error.offset <= end as u64, "{end}: {error}");
            assert_eq!(error.problem, Problem::TooShort, "{end}");
        }
        let longer = [image, b"\0"].concat();
        let error = read(&longer).map(drop).unwrap_err();
        assert_eq!(error, ImageError { offset: image.len() as u64, problem: Problem::TrailingBytes });
    };
    check(&write(&everything()), 101);
    check(&write_version(&small(), Version::V3).unwrap(), 1);
    check(V1, 100_003);
}

/// What version 3 can hold.
fn small() -> Tree {
    let mut tree = Tree::default();
    let attributes = NewAttributes { mode: Mode::new(0o644), uid: 3, gid: 4 };
    let mut make =
        |dir, name: &[u8], node| tree.create(dir, name, node, attributes, Time::from_secs(1)).unwrap();
    let dir = make(ROOT, b"dir", NewNode::Directory);
    make(dir, b"null", NewNode::CharDevice(Device { major: 1, minor: 3 }));
    make(dir, b"link", NewNode::Symlink(b"../f"));
    make(ROOT, b"f", NewNode::File);
    tree
}

/// Ours has checksums: no change of a byte goes unseen. The others may then be images of another tree.
#[test]
fn every_changed_byte_is_survived() {
    let image = write(&everything());
    for at in (0..image.len()).filter(|at| *at < 1500 || at % 101 == 0) {
        for change in [1, 0xff] {
            let mut changed = image.clone();
            changed[at] ^= change;
            assert!(read(&changed).is_err(), "byte {at} ^ {change}");
        }
    }
    let image = write_version(&small(), Version::V3).unwrap();
    for at in 0..image.len() {
        for byte in (0..=255).step_by(5) {
            let mut changed = image.clone();
            changed[at] = byte;
            if let Ok(tree) = read(&changed) {
                assert!(describe(&tree).len() >= 2);
            }
        }
    }
}

/// Changed metadata under a right checksum: what a hostile writer can do.
#[test]
fn hostile_metadata_is_survived() {
    let image = write(&everything());
    let metadata = u64::from_le_bytes(image[5..13].try_into().unwrap()) as usize + 13;
    for at in 13..metadata {
        for byte in [0, 1, 8, 0x2e, 0x2f, 0xff] {
            let mut changed = image.clone();
            changed[at] = byte;
            let checksum = crate::image::crc32::Crc32::of(&changed[..metadata]);
            changed[metadata..metadata + 4].copy_from_slice(&checksum.to_le_bytes());
            if let Ok(tree) = read(&changed) {
                // Whatever is read is whole, and written again it is read again.
                let again = write(&tree);
                assert!(write(&read(&again).unwrap()) == again, "byte {at} = {byte}");
            }
        }
    }
}

#[test]
fn impossible_images_are_refused() {
    let check = |image: &[u8], offset, problem| {
        assert_eq!(read(image).map(drop), Err(ImageError { offset, problem }));
    };
    check(b"", 0, Problem::TooShort);
    check(b"VFS?\x01", 0, Problem::BadMagic);
    check(b"VFS!\x04", 4, Problem::UnknownVersion(4));
    check(b"VFS!\x01\x01", 5, Problem::RootNotDirectory);
    let image = write_version(&small(), Version::V3).unwrap();
    let place = |needle: &[u8]| bstr::ByteSlice::find(&image[..], needle).unwrap();
    let dir = place(b"dir");
    let changed = |at: usize, bytes: &[u8]| {
        let mut image = image.clone();
        image[at..at + bytes.len()].copy_from_slice(bytes);
        image
    };
    check(&changed(dir, b"d/r"), dir as u64, Problem::BadName);
    check(&changed(dir, b"d\0r"), dir as u64, Problem::BadName);
    check(&changed(dir - 3, &[9]), dir as u64 - 3, Problem::UnknownNode(9));
    check(&changed(place(b"link"), b"null"), place(b"link") as u64 - 2, Problem::DuplicateName);
    check(&changed(4, &[2]), place(b"null") as u64 - 3, Problem::UnknownNode(3));
    // A count that nothing follows.
    let mut bomb = b"VFS!\x01\x02\0\0\xed\x01\0\0".to_vec();
    bomb.extend([0; 16]);
    bomb.extend([0xff; 4]);
    check(&bomb, 32, Problem::TooShort);
}

#[test]
fn deep_trees_cost_no_stack() {
    let mut tree = Tree::default();
    let attributes = NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 };
    let mut dir = ROOT;
    for _ in 0..50_000 {
        dir = tree.create(dir, b"d", NewNode::Directory, attributes, Time::EPOCH).unwrap();
    }
    for version in [Version::V1, Version::V3, Version::Current] {
        let image = write_version(&tree, version).unwrap();
        assert_eq!(read(&image).unwrap().inode_count(), 50_001);
    }
}
