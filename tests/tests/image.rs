//! `bivalve image`: images listed, converted and compared from the command line.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops here")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bivalve_tests::bridge::{Scratch, program};
use serde_json::Value;

/// A sample of `tests/data/interop`.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/interop").join(name)
}

/// Runs `bivalve image`: status, output, errors.
fn image(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(program()).arg("image").args(args).stdin(Stdio::null()).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The output of a command that works.
#[track_caller]
fn works(args: &[&str]) -> String {
    let (status, out, err) = image(args);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{args:?}");
    out
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[track_caller]
fn check_manifest(name: &str) {
    let file = sample(name);
    let manifest = std::fs::read(file.with_extension("manifest.json")).expect("read");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let nodes = manifest["nodes"].as_array().expect("nodes");
    let out = works(&["ls", "--json", text(&file)]);
    assert_eq!(out.lines().count(), nodes.len());
    for line in out.lines() {
        let found: Value = serde_json::from_str(line).expect("JSON");
        let node = nodes.iter().find(|node| node["path"] == found["path"]).expect(line);
        assert_eq!(found["type"], node["type"], "{line}");
        assert_eq!(found["mode"].as_u64(), node["mode"].as_u64().map(|mode| mode & 0o7777), "{line}");
        for key in ["uid", "gid"] {
            assert_eq!(found[key].as_u64(), Some(node[key].as_u64().unwrap_or(0)), "{line}");
        }
        let millis = found["mtime"].as_f64().expect("a time") * 1000.0;
        assert_eq!(millis.round() as u64, node["updatedAt"].as_u64().expect("a time"), "{line}");
        for key in ["size", "target"] {
            assert_eq!(found[key], node[key], "{line}");
        }
        if node["type"] == "file" {
            assert_eq!(found["sha256"], node["sha256"], "{line}");
        }
    }
}

#[test]
fn lists_what_the_manifests_of_the_samples_say() {
    check_manifest("tricky-v1.vfsb");
    check_manifest("tricky-v3.vfsb");
    check_manifest("legacy-v1.2.7.json");
}

#[test]
fn a_refused_file_is_one_line_with_its_place() {
    let scratch = Scratch::new();
    let bytes = std::fs::read(sample("tricky-v3.vfsb")).expect("read");
    let check = |bytes: &[u8], expected: &str| {
        let file = scratch.join("file");
        std::fs::write(&file, bytes).expect("written");
        let line = format!("bivalve: {}: {expected}\n", file.display());
        assert_eq!(image(&["ls", text(&file)]), (Some(1), String::new(), line));
    };
    check(b"", "byte 0: buffer too short");
    check(b"hello", "byte 0: not an image");
    check(b"VFS!\x07", "byte 4: unknown version: 0x07");
    check(b"{\"root\":1}", "byte 8: a key is missing");
    // The last file's content has 19 bytes.
    let cut = bytes.len() - 1;
    check(&bytes[..cut], &format!("byte {}: buffer too short", cut - 18));
    check(&[&bytes[..], b"x"].concat(), &format!("byte {}: trailing bytes", bytes.len()));
    let (status, out, err) = image(&["ls", text(&scratch.join("missing"))]);
    assert_eq!((status, out.as_str(), err.lines().count()), (Some(1), "", 1));
    assert_eq!(image(&["ls"]).0, Some(2));
}

#[test]
fn what_is_converted_is_the_same_tree() {
    let scratch = Scratch::new();
    let check = |name: &str, formats: &[&str]| {
        let file = sample(name);
        let expected = works(&["ls", "--json", text(&file)]);
        for format in formats {
            let (to, back) = (scratch.join(&format!("to.{format}")), scratch.join("back.vfsb"));
            assert_eq!(works(&["convert", text(&file), text(&to)]), "");
            assert_eq!(works(&["ls", "--json", text(&to)]), expected, "{name} {format}");
            works(&["convert", text(&to), text(&back), "--to", "vfsb"]);
            assert_eq!(works(&["ls", "--json", text(&back)]), expected, "{name} {format}");
        }
    };
    check("tricky-v1.vfsb", &["vfsb", "vfsb1", "vfsb2", "vfsb3", "json"]);
    check("tricky-v3.vfsb", &["vfsb", "vfsb3", "tar", "tar.gz"]);
    check("legacy-v1.2.7.json", &["vfsb", "vfsb1", "vfsb2", "vfsb3", "json"]);
    let to = scratch.join("refused");
    let refused = |format| {
        let (status, out, err) =
            image(&["convert", text(&sample("tricky-v3.vfsb")), text(&to), "--to", format]);
        assert_eq!(
            (status, out.as_str(), err.lines().count(), to.exists()),
            (Some(1), "", 1, false),
            "{err}"
        );
        err.rsplit_once(": ").expect("a reason").1.trim_end().to_owned()
    };
    assert_eq!(refused("vfsb1"), "this format cannot hold owners");
    assert_eq!(refused("vfsb2"), "this format cannot hold devices");
    assert_eq!(refused("json"), "this format cannot hold owners");
    let (status, _, err) = image(&["convert", "a", "b", "--to", "rar"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("vfsb, vfsb1, vfsb2, vfsb3, json, tar, tar.gz"), "{err}");
}

#[test]
fn a_script_starts_from_an_image_and_saves_one() {
    let scratch = Scratch::new();
    let (first, second) = (scratch.join("first"), scratch.join("second"));
    let sh = |args: &[&str]| {
        let output =
            Command::new(program()).arg("sh").args(args).stdin(Stdio::null()).output().expect("runs");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let files = "mkdir d; echo one >d/a; echo two >d/b; ln -s a d/l; exit 3";
    assert_eq!(sh(&["--save", text(&first), "-c", files]), (Some(3), String::new()));
    let changes =
        "cat d/a; touch -r d/b r; echo 1 >d/b; touch -r r d/b; rm r d/a; chmod 700 d/b; touch -d @5 d .";
    let options = ["--image", text(&first), "--save", text(&second), "-ec", changes];
    assert_eq!(sh(&options), (Some(0), "one\n".to_owned()));
    assert_eq!(works(&["diff", text(&first), text(&first)]), "");
    let differences = works(&["diff", text(&first), text(&second)]);
    let expected = [
        "changed /root: mtime",
        "changed /root/d: mtime",
        "removed /root/d/a",
        "changed /root/d/b: content, mode",
    ];
    assert_eq!(differences.lines().collect::<Vec<_>>(), expected);
    let differences = works(&["diff", "--json", text(&first), text(&second)]);
    let last: Value = serde_json::from_str(differences.lines().last().expect("a line")).expect("JSON");
    assert_eq!(
        last,
        serde_json::json!({
            "change": "changed", "path": "/root/d/b", "what": ["content", "mode"]
        })
    );
}

/// The host's `tar` in this directory: status, output and errors.
fn tar(directory: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new("tar").current_dir(directory).args(args).output().expect("tar runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn archives_go_to_and_fro_between_the_hosts_tar_and_us() {
    let scratch = Scratch::new();
    let files = scratch.join("files");
    let long = "long name ".repeat(12);
    let deep = files.join("deep").join(&long).join(&long).join("d");
    std::fs::create_dir_all(&deep).expect("made");
    std::fs::write(deep.join("file"), "deep\n").expect("written");
    std::fs::write(files.join("empty"), "").expect("written");
    std::fs::write(files.join("ü \\ \n"), "text\n".repeat(10_000)).expect("written");
    std::os::unix::fs::symlink(deep.join("file"), files.join("link")).expect("made");
    std::fs::hard_link(files.join("ü \\ \n"), files.join("deep/hard")).expect("made");
    let done = (Some(0), String::new());
    for format in ["gnu", "pax"] {
        let packed = tar(&scratch.join("."), &["-cf", "theirs.tar", "-C", "files", "--format", format, "."]);
        assert_eq!(packed, done);
        for ours in ["ours.tar", "ours.tar.gz"] {
            let to = scratch.join(ours);
            works(&["convert", text(&scratch.join("theirs.tar")), text(&to)]);
            // GNU's format has whole seconds, with which the files do not compare.
            if format == "pax" {
                assert_eq!(tar(&files, &["-df", text(&to)]), done, "{ours}");
            }
            assert_eq!(works(&["diff", text(&scratch.join("theirs.tar")), text(&to)]), "");
        }
    }
    // Names that leave the directory they are unpacked in.
    let escaping = ["-cPf", "bad.tar", "-C", "files", "--transform", "s,empty,../../evil,", "empty"];
    assert_eq!(tar(&scratch.join("."), &escaping), done);
    let (status, out, err) = image(&["ls", text(&scratch.join("bad.tar"))]);
    assert_eq!((status, out.as_str(), err.lines().count()), (Some(1), "", 1));
    assert!(err.ends_with("entry '../../evil': byte 0: name climbs out\n"), "{err}");
}
