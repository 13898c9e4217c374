//! Random operations on a namespace beside a map of paths, with the structure checked after each step.

use super::tree::{Node, ROOT, Tree};
use super::{Context, MemoryFs, MemoryLimits, MountOptions, Namespace, OpenNode};
use crate::abi::{Credentials, Errno, Ino, Mode, OpenFlags, Result, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Link counts, totals, parents and names agree, and every inode has a name unless it is in `open`.
pub(super) fn check_structure(tree: &Tree, open: &BTreeSet<Ino>) {
    let mut names = BTreeMap::<Ino, u32>::from([(ROOT, 1)]);
    let mut pages = 0;
    for (ino, inode) in tree.inodes() {
        match &inode.node {
            Node::File(content) => pages += content.page_count(),
            Node::Symlink(target) => pages += u64::from(target.len() >= 60),
            Node::Directory(directory) => {
                let mut subdirectories = 0;
                for entry in directory.iter() {
                    let child = tree.inode(entry.ino).expect("an entry names an inode");
                    assert_eq!(entry.file_type, child.node.file_type());
                    assert_eq!(tree.lookup(ino, &entry.name), Ok(entry.ino));
                    *names.entry(entry.ino).or_default() += 1;
                    if let Node::Directory(child) = &child.node {
                        subdirectories += 1;
                        assert_eq!(child.parent, ino);
                        assert_eq!(tree.name_of(entry.ino), Ok(&*entry.name));
                    }
                }
                if inode.nlink == 0 {
                    assert!(directory.is_empty());
                } else {
                    assert_eq!(inode.nlink, 2 + subdirectories);
                }
            }
            _ => {}
        }
    }
    assert_eq!(tree.page_count(), pages);
    assert_eq!(tree.name_count(), u64::from(names.values().sum::<u32>()));
    for (ino, inode) in tree.inodes() {
        let count = names.get(&ino).copied().unwrap_or(0);
        match inode.node {
            Node::Directory(_) => assert_eq!(count, u32::from(inode.nlink > 0)),
            _ => assert_eq!(count, inode.nlink),
        }
        assert!(count > 0 || open.contains(&ino), "inode {ino} has no name and is not open");
    }
}

/// What a path names in the model: a directory, or a file by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Is {
    Directory,
    File(usize),
}

#[derive(Clone, Default)]
struct Model {
    paths: BTreeMap<String, Is>,
    files: Vec<Vec<u8>>,
}

/// Directory and name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

impl Model {
    fn get(&self, path: &str) -> Result<Is> {
        if path.is_empty() {
            return Ok(Is::Directory);
        }
        self.parent(path)?;
        self.paths.get(path).copied().ok_or(Errno::ENOENT)
    }

    fn parent(&self, path: &str) -> Result<()> {
        match self.get(split(path).0)? {
            Is::Directory => Ok(()),
            Is::File(_) => Err(Errno::ENOTDIR),
        }
    }

    fn absent(&self, path: &str) -> Result<()> {
        self.parent(path)?;
        if self.paths.contains_key(path) { Err(Errno::EEXIST) } else { Ok(()) }
    }

    fn is_empty(&self, path: &str) -> bool {
        let below = format!("{path}/");
        !self.paths.keys().any(|path| path.starts_with(&below))
    }

    fn create(&mut self, path: &str) -> Result<()> {
        match self.get(path) {
            Err(Errno::ENOENT) => {
                self.parent(path)?;
                self.files.push(Vec::new());
                self.paths.insert(path.to_owned(), Is::File(self.files.len() - 1));
                Ok(())
            }
            Err(error) => Err(error),
            Ok(Is::Directory) => Err(Errno::EISDIR),
            Ok(Is::File(_)) => Ok(()),
        }
    }

    fn mkdir(&mut self, path: &str) -> Result<()> {
        self.absent(path)?;
        self.paths.insert(path.to_owned(), Is::Directory);
        Ok(())
    }

    fn link(&mut self, from: &str, to: &str) -> Result<()> {
        let source = self.get(from)?;
        self.absent(to)?;
        if source == Is::Directory {
            return Err(Errno::EPERM);
        }
        self.paths.insert(to.to_owned(), source);
        Ok(())
    }

    fn remove(&mut self, path: &str, as_directory: bool) -> Result<()> {
        match (self.get(path)?, as_directory) {
            (Is::Directory, false) => return Err(Errno::EISDIR),
            (Is::File(_), true) => return Err(Errno::ENOTDIR),
            (Is::Directory, true) if !self.is_empty(path) => return Err(Errno::ENOTEMPTY),
            _ => {}
        }
        self.paths.remove(path);
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<()> {
        self.parent(from)?;
        self.parent(to)?;
        let source = self.get(from)?;
        if source == Is::Directory && to.starts_with(&format!("{from}/")) {
            return Err(Errno::EINVAL);
        }
        if from.starts_with(&format!("{to}/")) {
            return Err(Errno::ENOTEMPTY);
        }
        match self.get(to) {
            _ if from == to => return Ok(()),
            Ok(target) if target == source && source != Is::Directory => return Ok(()),
            Ok(target) => {
                match (source, target) {
                    (Is::Directory, Is::File(_)) => return Err(Errno::ENOTDIR),
                    (Is::File(_), Is::Directory) => return Err(Errno::EISDIR),
                    (Is::Directory, Is::Directory) if !self.is_empty(to) => return Err(Errno::ENOTEMPTY),
                    _ => {}
                }
                self.paths.remove(to);
            }
            Err(_) => {}
        }
        let below = format!("{from}/");
        let moved: Vec<String> =
            self.paths.keys().filter(|path| *path == from || path.starts_with(&below)).cloned().collect();
        for path in moved {
            if let Some(is) = self.paths.remove(&path) {
                self.paths.insert(format!("{to}{}", &path[from.len()..]), is);
            }
        }
        Ok(())
    }

    /// Compares every path and every content.
    fn check(&self, cx: &Context<'_>, namespace: &Namespace) {
        let root = namespace.root();
        let mut seen = BTreeMap::new();
        let mut left = vec![String::new()];
        while let Some(dir) = left.pop() {
            let path = format!("/{dir}");
            let node = namespace.open(cx, root, path.as_bytes(), OpenFlags::READ, Mode::new(0)).unwrap();
            let mut entries = Vec::new();
            namespace.read_dir(cx, &node, 0, usize::MAX / 2, &mut entries).unwrap();
            assert_eq!((&*entries[0].name, &*entries[1].name), (b".".as_slice(), b"..".as_slice()));
            for entry in &entries[2..] {
                let name = String::from_utf8(entry.name.clone()).unwrap();
                let path = if dir.is_empty() { name } else { format!("{dir}/{name}") };
                if entry.file_type == crate::abi::FileType::Directory {
                    left.push(path.clone());
                }
                seen.insert(path, entry.ino);
            }
        }
        assert!(seen.keys().eq(self.paths.keys()), "{:?} {:?}", seen.keys(), self.paths);
        let mut inodes = BTreeMap::new();
        for (path, is) in &self.paths {
            let Is::File(file) = is else { continue };
            assert_eq!(*inodes.entry(*file).or_insert(seen[path]), seen[path], "names of one file");
            let node = namespace.open(cx, root, path.as_bytes(), OpenFlags::READ, Mode::new(0)).unwrap();
            let mut buf = vec![0; self.files[*file].len() + 1];
            let count = node.read(cx, 0, &mut buf).unwrap();
            assert_eq!(&buf[..count], &self.files[*file], "{path}");
        }
    }
}

/// Holds what an embedder holds of an open file, and which of the model's it is.
struct Open {
    node: OpenNode,
    file: usize,
}

fn simulate(seed: u64) {
    let mut state = seed;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let fs = Rc::new(MemoryFs::from_tree("tmpfs", Tree::default(), MemoryLimits::default()));
    let namespace = Namespace::new(fs.clone(), MountOptions::default());
    let credentials = Credentials::root();
    let root = namespace.root();
    let mut model = Model::default();
    let mut open: Vec<Open> = Vec::new();
    let mut snapshots = Vec::new();
    for step in 0..400 {
        let now = Time::from_secs(1_000_000 + step);
        let cx =
            &Context { credentials: &credentials, pid: 1, umask: Mode::new(0), file_bytes_max: 1 << 30, now };
        let mut path = || {
            let depth = 1 + random(3);
            let names: Vec<_> = (0..depth).map(|_| ["a", "b", "c"][random(3) as usize]).collect();
            names.join("/")
        };
        let (one, two) = (path(), path());
        let (one_path, two_path) = (one.as_bytes(), two.as_bytes());
        let flags = OpenFlags::READ_WRITE | OpenFlags::CREATE;
        let label = format!("seed {seed} step {step} {one} {two}");
        match random(12) {
            0 | 1 => {
                let opened = namespace.open(cx, root, one_path, flags, Mode::new(0o600));
                assert_eq!(
                    opened.as_ref().map(drop).map_err(|error| *error),
                    model.create(&one),
                    "create {label}"
                );
                if let (Ok(node), Ok(Is::File(file))) = (opened, model.get(&one)) {
                    let offset = random(6000);
                    let bytes = vec![step as u8; random(5000) as usize];
                    let end = offset as usize + bytes.len();
                    assert_eq!(node.write(cx, Some(offset), &bytes), Ok(end as u64));
                    if !bytes.is_empty() {
                        let content = &mut model.files[file];
                        content.resize(content.len().max(end), 0);
                        content[offset as usize..end].copy_from_slice(&bytes);
                    }
                    if random(3) == 0 {
                        open.push(Open { node, file });
                    }
                }
            }
            2 | 3 => {
                let made = namespace.mkdir(cx, root, one_path, Mode::new(0o700));
                assert_eq!(made, model.mkdir(&one), "mkdir {label}");
            }
            4 => {
                let linked = namespace.link(cx, root, one_path, root, two_path, false);
                assert_eq!(linked, model.link(&one, &two), "link {label}");
            }
            5 => {
                assert_eq!(namespace.unlink(cx, root, one_path), model.remove(&one, false), "unlink {label}")
            }
            6 => assert_eq!(namespace.rmdir(cx, root, one_path), model.remove(&one, true), "rmdir {label}"),
            7 | 8 => {
                let renamed = namespace.rename(cx, root, one_path, root, two_path);
                assert_eq!(renamed, model.rename(&one, &two), "rename {label}");
            }
            9 => {
                let size = random(9000);
                let truncated = namespace.truncate(cx, root, one_path, size);
                let expected = model.get(&one).and_then(|is| match is {
                    Is::Directory => Err(Errno::EISDIR),
                    Is::File(file) => {
                        model.files[file].resize(size as usize, 0);
                        Ok(())
                    }
                });
                assert_eq!(truncated, expected, "truncate {label}");
            }
            10 if !open.is_empty() => {
                let held = open.swap_remove(random(open.len() as u64) as usize);
                let at = held.node.write(cx, None, b"tail").unwrap();
                model.files[held.file].extend_from_slice(b"tail");
                assert_eq!(at, model.files[held.file].len() as u64);
            }
            _ => snapshots.push((fs.snapshot(), model.clone())),
        }
        let held = open.iter().map(|open| open.node.ino).collect();
        check_structure(&fs.snapshot_with_open(), &held);
        model.check(cx, &namespace);
    }
    drop(open);
    check_structure(&fs.snapshot_with_open(), &BTreeSet::new());
    let cx = &Context {
        credentials: &credentials,
        pid: 1,
        umask: Mode::new(0),
        file_bytes_max: 0,
        now: Time::EPOCH,
    };
    for (tree, model) in snapshots {
        check_structure(&tree, &BTreeSet::new());
        let fs = Rc::new(MemoryFs::from_tree("tmpfs", tree, MemoryLimits::default()));
        model.check(cx, &Namespace::new(fs, MountOptions::default()));
    }
}

#[test]
fn agrees_with_a_map_of_paths() {
    (0..10).for_each(simulate);
}
