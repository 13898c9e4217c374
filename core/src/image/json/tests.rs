//! Snapshots of the program that made them, and broken ones.

use super::*;
use crate::abi::Device;
use crate::image::tests::{check_manifest, describe};

const SAMPLE: &[u8] = include_bytes!("../../../../tests/data/interop/legacy-v1.2.7.json");

#[test]
fn reads_the_sample() {
    let manifest = include_bytes!("../../../../tests/data/interop/legacy-v1.2.7.manifest.json");
    check_manifest(&read(SAMPLE).unwrap(), manifest);
}

#[test]
fn refuses_what_is_broken() {
    let sample = SAMPLE;
    for end in 0..sample.len() {
        let error = read(&sample[..end]).map(drop).unwrap_err();
        assert!(error.offset <= end as u64, "{end}: {error}");
    }
    for at in 0..sample.len() {
        for byte in [0, b'"', b'}', b'x', b'1', 0xff] {
            let mut changed = sample.to_vec();
            changed[at] = byte;
            // It may still be one, of another tree; what counts is that this returns.
            let _ = read(&changed);
        }
    }
}

#[test]
fn refuses_impossible_nodes() {
    let check = |from: &str, to: &str, problem| {
        let text = String::from_utf8(SAMPLE.to_vec()).unwrap();
        assert!(text.contains(from));
        let error = read(text.replacen(from, to, 1).as_bytes()).map(drop).unwrap_err();
        assert_eq!(error.problem, problem, "{from} {to}");
    };
    check("\"empty-dir\"", "\"..\"", Problem::BadName);
    check("\"empty-dir\"", "\"a/b\"", Problem::BadName);
    check("\"empty-dir\"", "\"a\\u0000\"", Problem::BadName);
    check("\"empty-file\"", "\"empty-dir\"", Problem::DuplicateName);
    check("\"directory\"", "\"file\"", Problem::RootNotDirectory);
    check("\"type\":\"file\"", "\"type\":\"socket\"", Problem::Malformed("unknown node type"));
    check("\"mode\":493", "\"mode\":-1", Problem::Malformed("impossible mode"));
    check("aGVsbG8", "aGVsb*8", Problem::Malformed("not base64"));
    check(
        "\"compressed\":false,\"contentBase64\":\"aGV",
        "\"compressed\":true,\"contentBase64\":\"aGV",
        Problem::Malformed("not gzip data"),
    );
    check("\"compressed\":true", "\"compressed\":1", Problem::Malformed("not a truth value"));
    check("\"root\"", "\"toor\"", Problem::Malformed("a key is missing"));
}

#[test]
fn deep_trees_cost_no_stack() {
    const NODE: &str = r#"{"type":"directory","name":"d","mode":493,"createdAt":"2026-11-20T22:10:19.011Z","updatedAt":"2026-11-20T22:10:19.011Z","children":["#;
    let text = format!("{{\"root\":{}{}}}", NODE.repeat(50_000), "]}".repeat(50_000));
    assert_eq!(read(text.as_bytes()).unwrap().inode_count(), 50_000);
}

#[test]
fn times() {
    // Values from node's `Date.parse`.
    let check = |text: &str, millis: Option<i64>| {
        let expected = millis.map(|millis| Time::from_nanos(i128::from(millis) * 1_000_000));
        assert_eq!(parse_time(text.as_bytes()), expected, "{text}");
    };
    check("1970-01-01T00:00:00.000Z", Some(0));
    check("2026-11-20T22:10:19.011Z", Some(1_795_212_619_011));
    check("1969-12-31T00:00:00.000Z", Some(-86_400_000));
    check("+275760-09-13T00:00:00.000Z", Some(8_640_000_000_000_000));
    check("-271821-04-20T00:00:00.000Z", Some(-8_640_000_000_000_000));
    check("2026-13-01T00:00:00.000Z", None);
    check("2026-00-01T00:00:00.000Z", None);
    check("2026-01-01T24:00:00.000Z", None);
    check("2026-01-01T00:00:00Z", None);
    check("2026-01-01T00:00:00.0+0Z", None);
    check("", None);
}

#[test]
fn writes_what_it_reads() {
    let tree = read(SAMPLE).unwrap();
    let written = write(&tree).unwrap();
    assert_eq!(describe(&read(&written).unwrap()), describe(&tree));
    let text = String::from_utf8(written).unwrap();
    // All of it stands in the sample so, up to the content that was compressed.
    let same = text.bytes().zip(SAMPLE).take_while(|(one, other)| one == *other).count();
    assert!(SAMPLE[same..].starts_with(b"true"), "{}", &text[same..]);
}

#[test]
fn names_what_it_cannot_hold() {
    let check = |name: &[u8], node, uid, at, what| {
        let mut tree = Tree::default();
        let attributes = NewAttributes { mode: Mode::new(0o644), uid, gid: 0 };
        tree.create(ROOT, name, node, attributes, at).unwrap();
        let root = Times { atime: at, mtime: Time::EPOCH, ctime: at, birth: Time::EPOCH };
        tree.set_times(ROOT, root).unwrap();
        let error = write(&tree).unwrap_err();
        assert_eq!((&error.path[1..], error.what), (name, what));
    };
    let at = Time::EPOCH;
    check(b"n", NewNode::CharDevice(Device { major: 1, minor: 3 }), 0, at, "devices");
    check(b"p", NewNode::Fifo, 0, at, "fifos");
    check(b"s", NewNode::Socket, 0, at, "sockets");
    check(b"f", NewNode::File, 7, at, "owners");
    check(b"\xff", NewNode::File, 0, at, "names that are not UTF-8");
    let far = Time::from_secs(1 << 40);
    check(b"f", NewNode::File, 0, far, "times outside of the years 0 to 9999");
}
