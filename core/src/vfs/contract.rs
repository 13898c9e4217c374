//! What every writable file system must do, as functions over anything that makes an empty one. A file system
//! joins by one call of [`check`] in its tests.

use super::{Context, DirEntry, FileSystem, NewAttributes, NewNode, SetAttributes};
use crate::abi::{Credentials, Device, Errno, FileType, Ino, Mode, Result, Time};
use std::rc::Rc;

/// The file system under test with a clock that moves by a second at each call.
struct Subject {
    fs: Rc<dyn FileSystem>,
    credentials: Credentials,
    clock: std::cell::Cell<i64>,
}

impl Subject {
    fn cx(&self) -> Context<'_> {
        self.clock.set(self.clock.get() + 1);
        Context {
            credentials: &self.credentials,
            pid: 1,
            umask: Mode::new(0),
            file_bytes_max: 1 << 30,
            now: Time::from_secs(self.clock.get()),
        }
    }

    fn make(&self, dir: Ino, name: &str, node: NewNode<'_>) -> Result<Ino> {
        let attributes = NewAttributes { mode: Mode::new(0o640), uid: 7, gid: 8 };
        self.fs.create(&self.cx(), dir, name.as_bytes(), node, attributes)
    }

    fn file(&self, dir: Ino, name: &str) -> Ino {
        self.make(dir, name, NewNode::File).unwrap()
    }

    fn dir(&self, dir: Ino, name: &str) -> Ino {
        self.make(dir, name, NewNode::Directory).unwrap()
    }

    fn lookup(&self, dir: Ino, name: &str) -> Result<Ino> {
        self.fs.lookup(&self.cx(), dir, name.as_bytes())
    }

    fn rename(&self, from: Ino, from_name: &str, to: Ino, to_name: &str) -> Result<()> {
        self.fs.rename(&self.cx(), from, from_name.as_bytes(), to, to_name.as_bytes())
    }

    fn unlink(&self, dir: Ino, name: &str) -> Result<()> {
        self.fs.unlink(&self.cx(), dir, name.as_bytes())
    }

    fn rmdir(&self, dir: Ino, name: &str) -> Result<()> {
        self.fs.rmdir(&self.cx(), dir, name.as_bytes())
    }

    fn link(&self, ino: Ino, dir: Ino, name: &str) -> Result<()> {
        self.fs.link(&self.cx(), ino, dir, name.as_bytes())
    }

    fn nlink(&self, ino: Ino) -> u32 {
        self.fs.stat(ino).unwrap().nlink
    }

    /// Opens, writes, closes.
    fn write(&self, ino: Ino, offset: Option<u64>, bytes: &[u8]) -> Result<u64> {
        let handle = self.fs.open(&self.cx(), ino)?;
        let end = self.fs.write(&self.cx(), ino, handle, offset, bytes);
        self.fs.close(ino, handle);
        end
    }

    fn content(&self, ino: Ino) -> Vec<u8> {
        let handle = self.fs.open(&self.cx(), ino).unwrap();
        let mut buf = vec![0; 100_000];
        let count = self.fs.read(ino, handle, 0, &mut buf).unwrap();
        self.fs.close(ino, handle);
        buf.truncate(count);
        buf
    }

    fn resize(&self, ino: Ino, size: u64) -> Result<()> {
        let change = SetAttributes { size_bytes: Some(size), ..SetAttributes::default() };
        self.fs.set_attributes(&self.cx(), ino, &change)
    }

    fn read_dir(&self, dir: Ino, from: u64, max: usize) -> Vec<DirEntry> {
        let mut out = Vec::new();
        self.fs.read_dir(&self.cx(), dir, from, max, &mut out).unwrap();
        assert!(out.len() <= max);
        out
    }

    fn names(&self, dir: Ino) -> Vec<String> {
        let mut names: Vec<String> = self
            .read_dir(dir, 0, usize::MAX)
            .into_iter()
            .map(|entry| String::from_utf8(entry.name).unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Runs the whole contract, each part on a new file system.
pub(crate) fn check(make: impl Fn() -> Rc<dyn FileSystem>) {
    let parts = [
        kinds,
        names,
        content,
        links,
        open_without_name,
        directories,
        renames,
        directory_reading,
        times,
        attributes,
        generations,
    ];
    for part in parts {
        part(&Subject { fs: make(), credentials: Credentials::root(), clock: 1_000_000.into() });
    }
}

fn kinds(s: &Subject) {
    let device = Device { major: 5, minor: 6 };
    let kinds = [
        (NewNode::File, FileType::Regular),
        (NewNode::Directory, FileType::Directory),
        (NewNode::Symlink(b"to/there"), FileType::Symlink),
        (NewNode::Fifo, FileType::Fifo),
        (NewNode::CharDevice(device), FileType::CharDevice),
        (NewNode::BlockDevice(device), FileType::BlockDevice),
        (NewNode::Socket, FileType::Socket),
    ];
    for (node, file_type) in kinds {
        let name = format!("{file_type:?}");
        let ino = s.make(s.fs.root(), &name, node.clone()).unwrap();
        assert_eq!(s.lookup(s.fs.root(), &name), Ok(ino));
        let stat = s.fs.stat(ino).unwrap();
        assert_eq!(
            (stat.ino, stat.file_type, stat.mode, stat.uid, stat.gid),
            (ino, file_type, Mode::new(0o640), 7, 8)
        );
        let is_device = matches!(node, NewNode::CharDevice(_) | NewNode::BlockDevice(_));
        assert_eq!(stat.rdev, if is_device { device } else { Device::default() });
        assert_eq!(stat.nlink, if file_type == FileType::Directory { 2 } else { 1 });
        assert_eq!(s.make(s.fs.root(), &name, NewNode::File), Err(Errno::EEXIST));
        let target = s.fs.read_link(&s.cx(), ino);
        match file_type {
            FileType::Symlink => assert_eq!((target, stat.size_bytes), (Ok(b"to/there".to_vec()), 8)),
            _ => assert_eq!(target, Err(Errno::EINVAL)),
        }
    }
    assert_eq!(s.nlink(s.fs.root()), 3);
}

fn names(s: &Subject) {
    let root = s.fs.root();
    let all = [b"a".as_slice(), b"\xff\xfe", b" ", b"a\nb", "ü".as_bytes(), &[b'n'; 255], b"-", b"..."];
    for name in all {
        let attributes = NewAttributes { mode: Mode::new(0o600), uid: 0, gid: 0 };
        let ino = s.fs.create(&s.cx(), root, name, NewNode::File, attributes).unwrap();
        assert_eq!(s.fs.lookup(&s.cx(), root, name), Ok(ino));
    }
    let mut told: Vec<Vec<u8>> = s.read_dir(root, 0, 100).into_iter().map(|entry| entry.name).collect();
    told.sort();
    let mut expected = all.map(<[u8]>::to_vec).to_vec();
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!(s.lookup(root, "A"), Err(Errno::ENOENT));
    let file = s.lookup(root, "a").unwrap();
    assert_eq!(s.lookup(file, "x"), Err(Errno::ENOTDIR));
    assert_eq!(s.make(file, "x", NewNode::File), Err(Errno::ENOTDIR));
}

fn content(s: &Subject) {
    let file = s.file(s.fs.root(), "f");
    assert_eq!(s.write(file, Some(0), b"hello"), Ok(5));
    assert_eq!(s.write(file, None, b" world"), Ok(11));
    assert_eq!(s.write(file, Some(0), b"J"), Ok(1));
    assert_eq!(s.content(file), b"Jello world");
    assert_eq!(s.write(file, Some(10_000), b"end"), Ok(10_003));
    let content = s.content(file);
    assert_eq!(
        (content.len(), &content[11..20], &content[10_000..]),
        (10_003, [0; 9].as_slice(), b"end".as_slice())
    );
    let mut buf = [1; 10];
    let handle = s.fs.open(&s.cx(), file).unwrap();
    assert_eq!(s.fs.read(file, handle, 10_001, &mut buf), Ok(2));
    assert_eq!(s.fs.read(file, handle, 10_003, &mut buf), Ok(0));
    assert_eq!(s.fs.read(file, handle, u64::MAX, &mut buf), Ok(0));
    s.fs.close(file, handle);
    assert_eq!(s.resize(file, 3), Ok(()));
    assert_eq!(s.resize(file, 5), Ok(()));
    assert_eq!(s.content(file), b"Jel\0\0");
    assert_eq!(s.write(file, Some(100), b""), Ok(100));
    assert_eq!(s.fs.stat(file).unwrap().size_bytes, 5, "an empty write changes nothing");
    assert_eq!(s.resize(file, u64::MAX), Err(Errno::EFBIG));
    assert_eq!(s.write(file, Some(1 << 30), b"x"), Err(Errno::EFBIG));
    assert_eq!(s.write(file, Some((1 << 30) - 1), b"xy"), Ok(1 << 30));
    assert!(s.fs.stat(file).unwrap().blocks <= 16, "holes take no blocks");
    let dir = s.dir(s.fs.root(), "d");
    assert_eq!(s.fs.read(dir, 0, 0, &mut buf), Err(Errno::EISDIR));
    assert_eq!(s.resize(dir, 0), Err(Errno::EISDIR));
}

fn links(s: &Subject) {
    let root = s.fs.root();
    let (file, dir) = (s.file(root, "f"), s.dir(root, "d"));
    s.write(file, None, b"x").unwrap();
    assert_eq!(s.link(file, dir, "g"), Ok(()));
    assert_eq!((s.nlink(file), s.lookup(dir, "g")), (2, Ok(file)));
    assert_eq!(s.link(file, dir, "g"), Err(Errno::EEXIST));
    assert_eq!(s.link(dir, root, "e"), Err(Errno::EPERM));
    assert_eq!(s.unlink(root, "f"), Ok(()));
    assert_eq!((s.nlink(file), s.lookup(root, "f")), (1, Err(Errno::ENOENT)));
    assert_eq!(s.content(file), b"x");
    assert_eq!(s.unlink(dir, "g"), Ok(()));
    assert_eq!(s.fs.stat(file), Err(Errno::ENOENT));
    assert_eq!(s.unlink(dir, "g"), Err(Errno::ENOENT));
    assert_eq!(s.unlink(root, "d"), Err(Errno::EISDIR));
}

fn open_without_name(s: &Subject) {
    let root = s.fs.root();
    let file = s.file(root, "f");
    s.write(file, None, b"still here").unwrap();
    let used = s.fs.statfs().inodes_used;
    let first = s.fs.open(&s.cx(), file).unwrap();
    let second = s.fs.open(&s.cx(), file).unwrap();
    s.unlink(root, "f").unwrap();
    assert_eq!(s.nlink(file), 0);
    assert_eq!(s.fs.write(&s.cx(), file, first, None, b"!"), Ok(11));
    assert_eq!(s.link(file, root, "again"), Err(Errno::ENOENT));
    s.fs.close(file, first);
    let mut buf = [0; 20];
    assert_eq!(s.fs.read(file, second, 0, &mut buf), Ok(11));
    s.fs.close(file, second);
    assert_eq!(s.fs.stat(file), Err(Errno::ENOENT));
    assert_eq!(s.fs.statfs().inodes_used, used - 1);
    // One that a rename took the name of.
    let (old, _) = (s.file(root, "old"), s.file(root, "new"));
    let handle = s.fs.open(&s.cx(), old).unwrap();
    s.rename(root, "new", root, "old").unwrap();
    assert_eq!(s.nlink(old), 0);
    s.fs.close(old, handle);
    assert_eq!(s.fs.stat(old), Err(Errno::ENOENT));
}

fn directories(s: &Subject) {
    let root = s.fs.root();
    assert_eq!(s.fs.parent(root), Ok(root));
    let a = s.dir(root, "a");
    let b = s.dir(a, "b");
    assert_eq!((s.fs.parent(b), s.fs.name_of(b)), (Ok(a), Ok(b"b".to_vec())));
    assert_eq!((s.nlink(root), s.nlink(a), s.nlink(b)), (3, 3, 2));
    assert_eq!(s.rmdir(root, "a"), Err(Errno::ENOTEMPTY));
    s.file(root, "f");
    assert_eq!(s.rmdir(root, "f"), Err(Errno::ENOTDIR));
    assert_eq!(s.rmdir(root, "none"), Err(Errno::ENOENT));
    let handle = s.fs.open(&s.cx(), b).unwrap();
    assert_eq!(s.rmdir(a, "b"), Ok(()));
    assert_eq!((s.nlink(a), s.nlink(b)), (2, 0));
    assert_eq!(s.fs.name_of(b), Err(Errno::ENOENT));
    assert_eq!(s.fs.parent(b), Ok(a));
    assert_eq!(s.make(b, "x", NewNode::File), Err(Errno::ENOENT));
    assert_eq!(s.names(b), [""; 0]);
    s.fs.close(b, handle);
    assert_eq!(s.fs.stat(b), Err(Errno::ENOENT));
}

fn renames(s: &Subject) {
    let root = s.fs.root();
    let (a, b) = (s.dir(root, "a"), s.dir(root, "b"));
    let (f, g) = (s.file(a, "f"), s.file(a, "g"));
    assert_eq!(s.rename(a, "f", b, "f2"), Ok(()));
    assert_eq!((s.lookup(a, "f"), s.lookup(b, "f2")), (Err(Errno::ENOENT), Ok(f)));
    assert_eq!(s.rename(b, "f2", a, "g"), Ok(()));
    assert_eq!((s.lookup(a, "g"), s.fs.stat(g)), (Ok(f), Err(Errno::ENOENT)));
    assert_eq!(s.names(a), ["g"]);
    s.link(f, b, "same").unwrap();
    assert_eq!(s.rename(b, "same", a, "g"), Ok(()));
    assert_eq!((s.names(b), s.nlink(f)), (vec!["same".to_owned()], 2));
    let c = s.dir(a, "c");
    assert_eq!(s.rename(root, "a", c, "x"), Err(Errno::EINVAL));
    assert_eq!(s.rename(root, "a", a, "x"), Err(Errno::EINVAL));
    assert_eq!(s.rename(a, "c", b, "same"), Err(Errno::ENOTDIR));
    assert_eq!(s.rename(b, "same", a, "c"), Err(Errno::EISDIR));
    assert_eq!(s.rename(a, "none", b, "x"), Err(Errno::ENOENT));
    assert_eq!(s.rename(root, "b", a, "c"), Ok(()));
    assert_eq!(
        (s.fs.parent(b), s.fs.name_of(b), s.fs.stat(c)),
        (Ok(a), Ok(b"c".to_vec()), Err(Errno::ENOENT))
    );
    assert_eq!((s.nlink(root), s.nlink(a), s.nlink(b)), (3, 3, 2));
    let d = s.dir(root, "d");
    assert_eq!(s.rename(root, "d", a, "c"), Err(Errno::ENOTEMPTY));
    assert_eq!(s.rename(a, "c", root, "c"), Ok(()));
    assert_eq!((s.nlink(root), s.nlink(a), s.nlink(d)), (5, 2, 2));
    assert_eq!(s.names(root), ["a", "c", "d"]);
}

/// An entry that is there from the first to the last call is told exactly once, whatever else changes.
fn directory_reading(s: &Subject) {
    let dir = s.dir(s.fs.root(), "d");
    for i in 0..50 {
        s.file(dir, &format!("stays{i}"));
        s.file(dir, &format!("goes{i}"));
    }
    let mut told = Vec::new();
    let mut from = 0;
    for step in 0.. {
        let batch = s.read_dir(dir, from, 3);
        let Some(last) = batch.last() else { break };
        from = last.next;
        told.extend(batch);
        if step < 50 {
            let _ = s.unlink(dir, &format!("goes{step}"));
            let _ = s.unlink(dir, &format!("goes{}", 49 - step));
            s.file(dir, &format!("new{step}"));
            s.rename(dir, &format!("new{step}"), dir, &format!("newer{step}")).unwrap();
        }
        assert!(step < 1000, "reading never ends");
    }
    for i in 0..50 {
        let name = format!("stays{i}").into_bytes();
        let entries: Vec<_> = told.iter().filter(|entry| entry.name == name).collect();
        assert_eq!(entries.len(), 1, "stays{i}");
        assert_eq!(Ok(entries[0].ino), s.fs.lookup(&s.cx(), dir, &name));
        assert_eq!(entries[0].file_type, FileType::Regular);
    }
    assert_eq!(s.read_dir(dir, 0, 0), []);
    let file = s.file(dir, "f");
    assert_eq!(s.fs.read_dir(&s.cx(), file, 0, 1, &mut Vec::new()), Err(Errno::ENOTDIR));
}

fn ignore<T>(_: T) {}

/// Which of atime, mtime and ctime a call moves.
fn moved(s: &Subject, ino: Ino, call: impl FnOnce()) -> (bool, bool, bool) {
    let before = s.fs.stat(ino).unwrap();
    call();
    let after = s.fs.stat(ino).unwrap();
    (before.atime != after.atime, before.mtime != after.mtime, before.ctime != after.ctime)
}

fn times(s: &Subject) {
    let root = s.fs.root();
    let (dir, file) = (s.dir(root, "d"), s.file(root, "f"));
    assert_eq!(moved(s, dir, || ignore(s.file(dir, "x"))), (false, true, true));
    assert_eq!(moved(s, dir, || s.link(file, dir, "y").unwrap()), (false, true, true));
    assert_eq!(moved(s, dir, || s.rename(dir, "y", dir, "z").unwrap()), (false, true, true));
    assert_eq!(moved(s, dir, || s.rename(dir, "z", dir, "x").unwrap()), (false, true, true));
    assert_eq!(moved(s, file, || s.link(file, dir, "y").unwrap()), (false, false, true));
    assert_eq!(moved(s, file, || s.rename(dir, "y", root, "y").unwrap()), (false, false, true));
    assert_eq!(moved(s, file, || s.unlink(root, "y").unwrap()), (false, false, true));
    assert_eq!(moved(s, dir, || s.unlink(dir, "x").unwrap()), (false, true, true));
    assert_eq!(moved(s, file, || ignore(s.write(file, None, b"x").unwrap())), (false, true, true));
    assert_eq!(moved(s, file, || ignore(s.write(file, None, b"").unwrap())), (false, false, false));
    assert_eq!(moved(s, file, || s.resize(file, 10).unwrap()), (false, true, true));
    assert_eq!(moved(s, file, || drop(s.content(file))), (false, false, false));
    let accessed = || s.fs.accessed(&s.cx(), file);
    assert_eq!(moved(s, file, accessed), (true, false, false), "the first read after a change");
    assert_eq!(moved(s, file, accessed), (false, false, false), "and no other within a day");
    s.clock.set(s.clock.get() + 24 * 60 * 60);
    assert_eq!(moved(s, file, accessed), (true, false, false));
}

fn attributes(s: &Subject) {
    let file = s.file(s.fs.root(), "f");
    let at = |secs, nanos| Time { secs, nanos };
    let change = SetAttributes {
        mode: Some(Mode::new(0o4711)),
        uid: Some(1),
        gid: Some(2),
        atime: Some(at(-5, 999_999_999)),
        mtime: Some(at(1 << 40, 1)),
        size_bytes: None,
    };
    assert_eq!(moved(s, file, || s.fs.set_attributes(&s.cx(), file, &change).unwrap()), (true, true, true));
    let stat = s.fs.stat(file).unwrap();
    assert_eq!((stat.mode, stat.uid, stat.gid), (Mode::new(0o4711), 1, 2));
    assert_eq!((stat.atime, stat.mtime), (at(-5, 999_999_999), at(1 << 40, 1)));
    let nothing = SetAttributes::default();
    assert_eq!(
        moved(s, file, || s.fs.set_attributes(&s.cx(), file, &nothing).unwrap()),
        (false, false, true)
    );
    assert_eq!(s.fs.stat(file).unwrap().mode, Mode::new(0o4711));
}

/// Every change is counted, and nothing else.
fn generations(s: &Subject) {
    let root = s.fs.root();
    let counted = |call: &dyn Fn()| {
        let before = s.fs.generation();
        call();
        s.fs.generation() > before
    };
    assert!(counted(&|| ignore(s.file(root, "f"))));
    let file = s.lookup(root, "f").unwrap();
    assert!(counted(&|| ignore(s.write(file, None, b"x"))));
    assert!(counted(&|| s.resize(file, 0).unwrap()));
    assert!(counted(&|| s.link(file, root, "g").unwrap()));
    assert!(counted(&|| s.rename(root, "g", root, "h").unwrap()));
    assert!(counted(&|| s.unlink(root, "h").unwrap()));
    assert!(counted(&|| ignore(s.dir(root, "d"))));
    assert!(counted(&|| s.rmdir(root, "d").unwrap()));
    assert!(!counted(&|| drop((s.content(file), s.names(root), s.lookup(root, "x")))));
    assert!(!counted(&|| ignore(s.unlink(root, "x"))));
}
