//! What Linux answers, beside what we answer: every line of `linux.table`, run on a namespace.

use super::*;
use crate::abi::{Access, Credentials, Device, FileType, Gid, Mode, OpenFlags, Time, Uid};
use crate::vfs::{MemoryFs, MemoryLimits, NewNode, Tree, permits};

/// A process that runs the table's operations.
struct Caller {
    namespace: Namespace,
    credentials: Credentials,
    umask: Mode,
    cwd: OpenNode,
}

fn memory() -> Rc<dyn FileSystem> {
    Rc::new(MemoryFs::from_tree("tmpfs", Tree::default(), MemoryLimits::default()))
}

/// `''` is the empty word, `@n` a run of n letters `n`.
fn word(text: &str) -> Vec<u8> {
    if text == "''" {
        return Vec::new();
    }
    let mut parts = text.split('@');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        out += &"n".repeat(part[..digits].parse().unwrap());
        out += &part[digits..];
    }
    out.into_bytes()
}

fn show(stat: &Stat) -> String {
    let kind = match stat.file_type {
        FileType::Regular => "file",
        FileType::Directory => "dir",
        FileType::Symlink => "link",
        FileType::Fifo => "fifo",
        FileType::CharDevice => "char",
        FileType::BlockDevice => "block",
        FileType::Socket => "socket",
    };
    let size = if kind == "dir" { 0 } else { stat.size_bytes };
    format!("{kind} {:?} {} {}:{} {size}", stat.mode, stat.nlink, stat.uid, stat.gid)
}

fn flags(text: &str) -> OpenFlags {
    text.split(',').fold(OpenFlags::NON_BLOCK, |flags, name| {
        flags
            | match name {
                "r" => OpenFlags::READ,
                "w" => OpenFlags::WRITE,
                "rw" => OpenFlags::READ_WRITE,
                "creat" => OpenFlags::CREATE,
                "excl" => OpenFlags::EXCLUSIVE,
                "trunc" => OpenFlags::TRUNCATE,
                "append" => OpenFlags::APPEND,
                "dir" => OpenFlags::DIRECTORY,
                "nofollow" => OpenFlags::NO_FOLLOW,
                _ => panic!("{name}"),
            }
    })
}

fn octal(text: Option<&&str>, default: u32) -> Mode {
    Mode::new(text.map_or(default, |text| u32::from_str_radix(text, 8).unwrap()))
}

fn owner(text: &str) -> (Option<Uid>, Option<Gid>) {
    let (uid, gid) = text.split_once(':').unwrap();
    (uid.parse().ok(), gid.parse().ok())
}

impl Caller {
    fn new() -> Caller {
        let namespace = Namespace::new(memory(), MountOptions::default());
        let credentials = Credentials::root();
        let cx = context(&credentials, Mode::new(0));
        let cwd = namespace.hold(&cx, namespace.root()).unwrap();
        Caller { namespace, credentials, umask: Mode::new(0o022), cwd }
    }

    fn run(&mut self, line: &str) -> Result<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let (operation, args) = words.split_first().unwrap();
        let path = &args.first().map_or_else(Vec::new, |arg| word(arg));
        let second = &args.get(1).map_or_else(Vec::new, |arg| word(arg));
        let namespace = &self.namespace;
        let credentials = self.credentials.clone();
        let cx = &context(&credentials, self.umask);
        let cwd = self.cwd.location;
        let done = |()| "ok".to_owned();
        let times = |args: &[&str]| match args[1] {
            "now" => (SetTime::Now, SetTime::Now),
            atime => {
                let at = |text: &str| SetTime::At(Time::from_secs(text.parse().unwrap()));
                (at(atime), at(args[2]))
            }
        };
        match *operation {
            "as" => {
                let (uid, groups) = args[0].split_once(':').unwrap();
                let groups: Vec<Gid> = groups.split(',').map(|gid| gid.parse().unwrap()).collect();
                self.credentials.euid = uid.parse().unwrap();
                self.credentials.egid = groups[0];
                self.credentials.groups = Rc::from(&groups[1..]);
                Ok(done(()))
            }
            "umask" => {
                self.umask = octal(args.first(), 0);
                Ok(done(()))
            }
            "cd" => {
                let location = namespace.resolve(cx, cwd, path, true)?;
                let stat = namespace.stat_at(location)?;
                if stat.file_type != FileType::Directory {
                    return Err(Errno::ENOTDIR);
                }
                if !permits(cx, &stat, Access::EXECUTE) {
                    return Err(Errno::EACCES);
                }
                self.cwd = namespace.hold(cx, location)?;
                Ok(done(()))
            }
            "cwd" => namespace.path_of(cwd).map(|path| String::from_utf8(path).unwrap()),
            "stat" => namespace.stat(cx, cwd, path, true).map(|stat| show(&stat)),
            "lstat" => namespace.stat(cx, cwd, path, false).map(|stat| show(&stat)),
            "times" => namespace
                .stat(cx, cwd, path, true)
                .map(|stat| format!("{} {}", stat.atime.secs, stat.mtime.secs)),
            "ls" => {
                let node =
                    namespace.open(cx, cwd, path, OpenFlags::READ | OpenFlags::DIRECTORY, Mode::new(0))?;
                let mut entries = Vec::new();
                namespace.read_dir(cx, &node, 0, usize::MAX / 2, &mut entries)?;
                let mut names: Vec<String> =
                    entries.into_iter().skip(2).map(|entry| String::from_utf8(entry.name).unwrap()).collect();
                names.sort();
                Ok(if names.is_empty() { "(empty)".to_owned() } else { names.join(" ") })
            }
            "open" => {
                let flags = flags(args[1]);
                let node = namespace.open(cx, cwd, path, flags, octal(args.get(2), 0o666))?;
                if node.stat.file_type == FileType::Fifo && !flags.has(OpenFlags::READ) {
                    // No reader: the kernel's answer, not the file system's.
                    return Err(Errno::ENXIO);
                }
                Ok(show(&node.stat))
            }
            "write" => {
                let node = namespace.open(cx, cwd, path, OpenFlags::WRITE, Mode::new(0))?;
                node.write(cx, Some(0), args[1].as_bytes()).map(|_| done(()))
            }
            "cat" => {
                let node = namespace.open(cx, cwd, path, OpenFlags::READ, Mode::new(0))?;
                let mut buf = vec![0; 1000];
                let count = node.read(cx, 0, &mut buf)?;
                Ok(String::from_utf8(buf[..count].to_vec()).unwrap())
            }
            "mkdir" => namespace.mkdir(cx, cwd, path, octal(args.get(1), 0o777)).map(done),
            "rmdir" => namespace.rmdir(cx, cwd, path).map(done),
            "unlink" => namespace.unlink(cx, cwd, path).map(done),
            "symlink" => namespace.symlink(cx, path, cwd, second).map(done),
            "readlink" => namespace.read_link(cx, cwd, path).map(|target| String::from_utf8(target).unwrap()),
            "link" => namespace.link(cx, cwd, path, cwd, second, false).map(done),
            "linkf" => namespace.link(cx, cwd, path, cwd, second, true).map(done),
            "rename" => namespace.rename(cx, cwd, path, cwd, second).map(done),
            "chmod" => namespace.chmod(cx, cwd, path, octal(args.get(1), 0), true).map(done),
            "chown" | "lchown" => {
                let (uid, gid) = owner(args[1]);
                namespace.chown(cx, cwd, path, uid, gid, *operation == "chown").map(done)
            }
            "truncate" => match args[1].parse() {
                Ok(size) => namespace.truncate(cx, cwd, path, size).map(done),
                // A negative length cannot be said to us.
                Err(_) => Err(Errno::EINVAL),
            },
            "utime" | "lutime" => {
                let (atime, mtime) = times(args);
                namespace.utimes(cx, cwd, path, atime, mtime, *operation == "utime").map(done)
            }
            "access" | "eaccess" => {
                let access = args[1].chars().fold(Access::EXISTS, |access, letter| {
                    access
                        | match letter {
                            'r' => Access::READ,
                            'w' => Access::WRITE,
                            'x' => Access::EXECUTE,
                            _ => Access::EXISTS,
                        }
                });
                namespace.access(cx, cwd, path, access, *operation == "eaccess").map(done)
            }
            "mkfifo" => namespace.mknod(cx, cwd, path, NewNode::Fifo, Mode::new(0o666)).map(done),
            "mknod" => {
                let node = match args[1] {
                    "c" => NewNode::CharDevice(Device { major: 1, minor: 3 }),
                    "p" => NewNode::Fifo,
                    "s" => NewNode::Socket,
                    "f" => NewNode::File,
                    "d" => NewNode::Directory,
                    other => panic!("{other}"),
                };
                namespace.mknod(cx, cwd, path, node, Mode::new(0o666)).map(done)
            }
            "mount" if args.get(1) == Some(&"ro") => namespace.remount(cx, cwd, path, true).map(done),
            "mount" => namespace.mount(cx, cwd, path, memory(), MountOptions::default()).map(|_| done(())),
            "umount" => namespace.umount(cx, cwd, path).map(done),
            other => panic!("{other}"),
        }
    }
}

fn context(credentials: &Credentials, umask: Mode) -> Context<'_> {
    Context { credentials, pid: 1, umask, file_bytes_max: u64::MAX, now: Time::from_secs(1_700_000_000) }
}

#[test]
fn answers_as_linux_does() {
    let table = include_str!("../linux.table");
    let mut fixture = Vec::new();
    let mut caller: Option<Caller> = None;
    let mut failures = Vec::new();
    let mut count = 0;
    for (index, line) in table.lines().enumerate() {
        if let Some(operation) = line.strip_prefix("fixture: ") {
            fixture.push(operation);
            continue;
        }
        let Some((operation, expected)) = line.split_once(" = ") else {
            caller = None;
            continue;
        };
        let caller = caller.get_or_insert_with(|| {
            let mut caller = Caller::new();
            for operation in &fixture {
                caller.run(operation).unwrap_or_else(|error| panic!("fixture: {operation}: {error:?}"));
            }
            caller
        });
        let got = caller.run(operation).unwrap_or_else(|error| format!("{error:?}"));
        count += 1;
        if got != expected {
            failures
                .push(format!("line {}: {operation}\n    Linux: {expected}\n    ours:  {got}", index + 1));
        }
    }
    assert!(failures.is_empty(), "{} of {count} differ\n{}", failures.len(), failures.join("\n"));
    assert!(count > 800, "only {count} lines");
}
