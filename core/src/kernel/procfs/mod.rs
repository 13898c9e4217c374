//! `/proc` as a file system: the kernel's own tables as text, made when a file is opened.

mod settings;
mod texts;

use super::Kernel;
use super::process::Proc;
use crate::abi::{Errno, FileType, FsStat, Ino, Mode, Pid, Result, SortedMap, Stat};
use crate::vfs::{Context, DirEntry, FileSystem};
use settings::{SETTINGS, is_directly_in};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

type Row = (&'static str, Kind);

/// What is in `/proc` itself.
const TOP: [Row; 15] = [
    ("cmdline", Kind::File),
    ("cpuinfo", Kind::File),
    ("devices", Kind::File),
    ("filesystems", Kind::File),
    ("hostname", Kind::File),
    ("loadavg", Kind::File),
    ("meminfo", Kind::File),
    ("mounts", Kind::Link),
    ("self", Kind::Link),
    ("stat", Kind::File),
    ("swaps", Kind::File),
    ("sys", Kind::Directory),
    ("thread-self", Kind::Link),
    ("uptime", Kind::File),
    ("version", Kind::File),
];

/// What is in each process's directory. Its one task has the same files, but none of the directories.
const OF_PROCESS: [Row; 16] = [
    ("cmdline", Kind::File),
    ("comm", Kind::File),
    ("cwd", Kind::Link),
    ("environ", Kind::Private),
    ("exe", Kind::Link),
    ("fd", Kind::PrivateDirectory),
    ("fdinfo", Kind::PrivateDirectory),
    ("limits", Kind::File),
    ("maps", Kind::File),
    ("mountinfo", Kind::File),
    ("mounts", Kind::File),
    ("root", Kind::Link),
    ("stat", Kind::File),
    ("statm", Kind::File),
    ("status", Kind::File),
    ("task", Kind::Directory),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    /// A file that only its owner reads.
    Private,
    Link,
    Directory,
    /// A directory that only its owner reads.
    PrivateDirectory,
}

impl Kind {
    fn is_directory(self) -> bool {
        matches!(self, Kind::Directory | Kind::PrivateDirectory)
    }

    fn file_type(self) -> FileType {
        match self {
            Kind::File | Kind::Private => FileType::Regular,
            Kind::Link => FileType::Symlink,
            Kind::Directory | Kind::PrivateDirectory => FileType::Directory,
        }
    }

    fn mode(self) -> u32 {
        match self {
            Kind::File => 0o444,
            Kind::Private => 0o400,
            Kind::Link => 0o777,
            Kind::Directory => 0o555,
            Kind::PrivateDirectory => 0o500,
        }
    }
}

const ROOT: Ino = 1;

/// What an inode number stands for. Places are those in the tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Root,
    Top(usize),
    /// Below `/proc/sys`.
    Setting(usize),
    Process(Pid),
    OfProcess(Pid, usize),
    Fd(Pid, u32),
    FdInfo(Pid, u32),
    /// The one task of a process.
    Task(Pid),
    OfTask(Pid, usize),
}

impl Node {
    /// An inode number is the process's in the upper half, 8 bits of what it is and 24 of which one. The root's
    /// is 1, as everywhere.
    fn of(ino: Ino) -> Result<Node> {
        let (pid, kind, at) = ((ino >> 32) as Pid, (ino >> 24) as u8, (ino & 0xff_ffff) as u32);
        let place = at as usize;
        let node = match (pid, kind) {
            (0, 0) if ino == ROOT => Node::Root,
            (0, 1) if place < TOP.len() => Node::Top(place),
            (0, 2) if place < SETTINGS.len() => Node::Setting(place),
            (1.., 0) => Node::Process(pid),
            (1.., 1) if place < OF_PROCESS.len() => Node::OfProcess(pid, place),
            (1.., 2) => Node::Fd(pid, at),
            (1.., 3) => Node::FdInfo(pid, at),
            (1.., 4) => Node::Task(pid),
            (1.., 5) if place < OF_PROCESS.len() => Node::OfTask(pid, place),
            _ => return Err(Errno::ENOENT),
        };
        Ok(node)
    }

    fn ino(self) -> Ino {
        let of = |pid: Pid, kind: u64, at: u64| (u64::from(pid) << 32) | (kind << 24) | at;
        match self {
            Node::Root => ROOT,
            Node::Top(at) => of(0, 1, at as u64),
            Node::Setting(at) => of(0, 2, at as u64),
            Node::Process(pid) => of(pid, 0, 0),
            Node::OfProcess(pid, at) => of(pid, 1, at as u64),
            Node::Fd(pid, fd) => of(pid, 2, u64::from(fd)),
            Node::FdInfo(pid, fd) => of(pid, 3, u64::from(fd)),
            Node::Task(pid) => of(pid, 4, 0),
            Node::OfTask(pid, at) => of(pid, 5, at as u64),
        }
    }

    /// Its name in a table, and what it is.
    fn row(self) -> Row {
        let missing = ("", Kind::File);
        match self {
            Node::Root | Node::Process(_) | Node::Task(_) => ("", Kind::Directory),
            Node::Top(at) => TOP.get(at).copied().unwrap_or(missing),
            Node::Setting(at) => SETTINGS.get(at).map_or(missing, |row| (row.path, row.kind())),
            Node::OfProcess(_, at) | Node::OfTask(_, at) => OF_PROCESS.get(at).copied().unwrap_or(missing),
            Node::Fd(..) => ("", Kind::Link),
            Node::FdInfo(..) => ("", Kind::Private),
        }
    }

    /// Whose it is.
    fn pid(self) -> Option<Pid> {
        match self {
            Node::Root | Node::Top(_) | Node::Setting(_) => None,
            Node::Process(pid)
            | Node::OfProcess(pid, _)
            | Node::Fd(pid, _)
            | Node::FdInfo(pid, _)
            | Node::Task(pid)
            | Node::OfTask(pid, _) => Some(pid),
        }
    }
}

/// The place of a name in a table.
fn place(rows: &[Row], name: &[u8]) -> Result<usize> {
    rows.iter().position(|row| row.0.as_bytes() == name).ok_or(Errno::ENOENT)
}

/// The file system of `/proc`.
pub struct ProcFs {
    kernel: Weak<Kernel>,
    /// The text of each open file.
    open: RefCell<SortedMap<u64, Vec<u8>>>,
    last_handle: Cell<u64>,
}

impl ProcFs {
    /// That shows this kernel.
    #[must_use]
    pub fn new(kernel: &Rc<Kernel>) -> ProcFs {
        ProcFs { kernel: Rc::downgrade(kernel), open: RefCell::default(), last_handle: Cell::new(0) }
    }

    fn kernel(&self) -> Result<Rc<Kernel>> {
        self.kernel.upgrade().ok_or(Errno::ENOENT)
    }

    fn process(&self, pid: Pid) -> Result<(Rc<Kernel>, Rc<Proc>)> {
        let kernel = self.kernel()?;
        let proc = kernel.find(pid).ok_or(Errno::ENOENT)?;
        Ok((kernel, proc))
    }

    /// What a link's text is.
    fn target(&self, cx: &Context<'_>, node: Node) -> Result<Vec<u8>> {
        let (name, _) = node.row();
        match node {
            Node::Top(_) => match name {
                "self" => Ok(cx.pid.to_string().into_bytes()),
                "thread-self" => Ok(format!("{0}/task/{0}", cx.pid).into_bytes()),
                "mounts" => Ok(b"self/mounts".to_vec()),
                _ => Err(Errno::EINVAL),
            },
            Node::OfProcess(pid, _) | Node::OfTask(pid, _) => {
                let (kernel, proc) = self.process(pid)?;
                let own = proc.credentials.borrow();
                if !cx.credentials.is_root() && cx.credentials.euid != own.euid {
                    return Err(Errno::EACCES);
                }
                match name {
                    "cwd" => Ok(kernel.cwd_shown(&proc)),
                    "exe" => Ok(proc.executable.borrow().to_vec()),
                    "root" => Ok(b"/".to_vec()),
                    _ => Err(Errno::EINVAL),
                }
            }
            Node::Fd(pid, fd) => {
                let (kernel, proc) = self.process(pid)?;
                let file = Rc::clone(proc.fds.borrow().get(fd).map_err(|_| Errno::ENOENT)?);
                let Some(path) = &file.path else {
                    return Ok(format!("pipe:[{}]", file.serial).into_bytes());
                };
                let stat = file.node.as_ref().map(|node| kernel.files.stat_at(node.location));
                let is_deleted = stat.is_some_and(|stat| stat.is_ok_and(|stat| stat.nlink == 0));
                Ok([&path[..], if is_deleted { &b" (deleted)"[..] } else { b"" }].concat())
            }
            _ => Err(Errno::EINVAL),
        }
    }

    /// What a file says.
    fn content(&self, node: Node) -> Result<Vec<u8>> {
        let (name, _) = node.row();
        match node {
            Node::Top(_) => texts::of_machine(&*self.kernel()?, name),
            Node::Setting(at) => SETTINGS.get(at).ok_or(Errno::ENOENT)?.text(&*self.kernel()?),
            Node::OfProcess(pid, _) | Node::OfTask(pid, _) => {
                let (kernel, proc) = self.process(pid)?;
                texts::of_process(&kernel, &proc, name)
            }
            Node::FdInfo(pid, fd) => {
                let (_, proc) = self.process(pid)?;
                texts::of_descriptor(proc.fds.borrow().entry(fd).map_err(|_| Errno::ENOENT)?)
            }
            _ => Err(Errno::EISDIR),
        }
    }

    /// What is in a directory: names, nodes, and the position of each, which grows.
    fn entries(&self, dir: Node) -> Result<Vec<(u64, Vec<u8>, Node)>> {
        let rows = |rows: &[Row], node: &dyn Fn(usize) -> Node| {
            let row = |(at, row): (usize, &Row)| (at as u64, row.0.as_bytes().to_vec(), node(at));
            rows.iter().enumerate().map(row).collect::<Vec<_>>()
        };
        let named = |number: u32, node: Node| (u64::from(number), number.to_string().into_bytes(), node);
        let (name, _) = dir.row();
        let fds = |pid: Pid| -> Result<Vec<u32>> {
            Ok(self.process(pid)?.1.fds.borrow().iter().map(|(fd, _)| fd).collect())
        };
        Ok(match dir {
            Node::Root => {
                let mut entries = rows(&TOP, &Node::Top);
                for proc in self.kernel()?.all_processes() {
                    let (position, name, node) = named(proc.pid, Node::Process(proc.pid));
                    entries.push((TOP.len() as u64 + position, name, node));
                }
                entries
            }
            Node::Top(_) | Node::Setting(_) if dir.row().1 == Kind::Directory => {
                let above = if matches!(dir, Node::Top(_)) { "" } else { name };
                let inside = SETTINGS.iter().enumerate().filter(|(_, row)| is_directly_in(row.path, above));
                let entry = |(at, row): (usize, &settings::Setting)| {
                    (at as u64, row.name().as_bytes().to_vec(), Node::Setting(at))
                };
                inside.map(entry).collect()
            }
            Node::Process(pid) => {
                self.process(pid)?;
                rows(&OF_PROCESS, &|at| Node::OfProcess(pid, at))
            }
            Node::Task(pid) => {
                self.process(pid)?;
                let mut entries = rows(&OF_PROCESS, &|at| Node::OfTask(pid, at));
                entries.retain(|(_, _, node)| !node.row().1.is_directory());
                entries
            }
            Node::OfProcess(pid, _) if name == "fd" => {
                fds(pid)?.into_iter().map(|fd| named(fd, Node::Fd(pid, fd))).collect()
            }
            Node::OfProcess(pid, _) if name == "fdinfo" => {
                fds(pid)?.into_iter().map(|fd| named(fd, Node::FdInfo(pid, fd))).collect()
            }
            Node::OfProcess(pid, _) if name == "task" => {
                self.process(pid)?;
                vec![named(pid, Node::Task(pid))]
            }
            _ => return Err(Errno::ENOTDIR),
        })
    }
}

impl FileSystem for ProcFs {
    fn root(&self) -> Ino {
        ROOT
    }

    fn statfs(&self) -> FsStat {
        FsStat { kind: "proc", bytes_total: 0, bytes_used: 0, inodes_total: 0, inodes_used: 0 }
    }

    fn lookup(&self, _cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<Ino> {
        let dir = Node::of(dir)?;
        // The common ways without a list of all that is there.
        let node = match dir {
            Node::Root => match place(&TOP, name) {
                Ok(at) => Node::Top(at),
                Err(errno) => {
                    let pid = std::str::from_utf8(name).ok().and_then(|name| name.parse().ok());
                    let (_, proc) = self.process(pid.ok_or(errno)?)?;
                    Node::Process(proc.pid)
                }
            },
            Node::Process(pid) => {
                self.process(pid)?;
                Node::OfProcess(pid, place(&OF_PROCESS, name)?)
            }
            _ => {
                let found = self.entries(dir)?.into_iter().find(|entry| entry.1 == name);
                found.ok_or(Errno::ENOENT)?.2
            }
        };
        Ok(node.ino())
    }

    fn parent(&self, dir: Ino) -> Result<Ino> {
        let node = match Node::of(dir)? {
            Node::OfProcess(pid, _) => Node::Process(pid),
            Node::Task(pid) => Node::OfProcess(pid, place(&OF_PROCESS, b"task")?),
            Node::Setting(at) => {
                let above = SETTINGS.get(at).and_then(|row| row.path.rsplit_once('/'));
                match above.and_then(|above| SETTINGS.iter().position(|row| row.path == above.0)) {
                    Some(above) => Node::Setting(above),
                    None => Node::Top(place(&TOP, b"sys")?),
                }
            }
            _ => Node::Root,
        };
        Ok(node.ino())
    }

    fn name_of(&self, dir: Ino) -> Result<Vec<u8>> {
        match Node::of(dir)? {
            Node::Process(pid) | Node::Task(pid) => Ok(pid.to_string().into_bytes()),
            node if node.row().1.is_directory() => {
                let (path, _) = node.row();
                Ok(path.rsplit('/').next().unwrap_or(path).as_bytes().to_vec())
            }
            _ => Err(Errno::ENOENT),
        }
    }

    fn stat(&self, ino: Ino) -> Result<Stat> {
        let kernel = self.kernel()?;
        let node = Node::of(ino)?;
        let (_, kind) = node.row();
        let file_type = kind.file_type();
        let (owner, time) = match node.pid() {
            Some(pid) => {
                let (_, proc) = self.process(pid)?;
                let own = Rc::clone(&proc.credentials.borrow());
                ((own.euid, own.egid), proc.started_at)
            }
            None => ((0, 0), kernel.boot_time),
        };
        Ok(Stat {
            dev: 0,
            ino,
            file_type,
            mode: Mode::new(kind.mode()),
            nlink: if file_type == FileType::Directory { 2 } else { 1 },
            uid: owner.0,
            gid: owner.1,
            rdev: crate::abi::Device::default(),
            size_bytes: 0,
            blocks: 0,
            atime: time,
            mtime: time,
            ctime: time,
            birth: None,
        })
    }

    fn read_link(&self, cx: &Context<'_>, ino: Ino) -> Result<Vec<u8>> {
        self.target(cx, Node::of(ino)?)
    }

    fn read_dir(
        &self,
        _cx: &Context<'_>,
        dir: Ino,
        from: u64,
        max: usize,
        out: &mut Vec<DirEntry>,
    ) -> Result<()> {
        let rest = self.entries(Node::of(dir)?)?.into_iter().filter(|entry| entry.0 >= from).take(max);
        out.extend(rest.map(|(position, name, node)| DirEntry {
            name,
            ino: node.ino(),
            file_type: node.row().1.file_type(),
            next: position + 1,
        }));
        Ok(())
    }

    fn open(&self, _cx: &Context<'_>, ino: Ino) -> Result<u64> {
        let node = Node::of(ino)?;
        let text = match self.stat(ino)?.file_type {
            FileType::Regular => self.content(node)?,
            _ => Vec::new(),
        };
        let handle = self.last_handle.get() + 1;
        self.last_handle.set(handle);
        self.open.borrow_mut().insert(handle, text);
        Ok(handle)
    }

    fn close(&self, _ino: Ino, handle: u64) {
        self.open.borrow_mut().remove(&handle);
    }

    fn read(&self, _ino: Ino, handle: u64, offset: u64, buf: &mut [u8]) -> Result<usize> {
        let open = self.open.borrow();
        let text = open.get(&handle).ok_or(Errno::EBADF)?;
        let rest = usize::try_from(offset).ok().and_then(|offset| text.get(offset..)).unwrap_or_default();
        let count = rest.len().min(buf.len());
        buf[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}
