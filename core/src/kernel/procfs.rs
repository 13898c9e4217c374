//! `/proc` as a file system: the kernel's own tables as text, made when a file is opened.

use super::Kernel;
use super::process::Proc;
use crate::abi::{Errno, FileType, FsStat, Ino, Mode, Pid, Result, SortedMap, Stat};
use crate::vfs::{Context, DirEntry, FileSystem};
use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::rc::{Rc, Weak};

/// Files of `/proc` itself. An entry's inode is its place here and 2.
const TOP: [(&str, Kind); 13] = [
    ("cmdline", Kind::File),
    ("cpuinfo", Kind::File),
    ("filesystems", Kind::File),
    ("loadavg", Kind::File),
    ("meminfo", Kind::File),
    ("mounts", Kind::Link),
    ("self", Kind::Link),
    ("stat", Kind::File),
    ("swaps", Kind::File),
    ("uptime", Kind::File),
    ("version", Kind::File),
    ("devices", Kind::File),
    ("hostname", Kind::File),
];

/// Files of each process's directory; an entry's inode is the process's number, 8 bits for its place here and 1.
const OF_PROCESS: [(&str, Kind); 12] = [
    ("cmdline", Kind::File),
    ("comm", Kind::File),
    ("cwd", Kind::Link),
    ("environ", Kind::Private),
    ("exe", Kind::Link),
    ("fd", Kind::Directory),
    ("limits", Kind::File),
    ("mounts", Kind::File),
    ("root", Kind::Link),
    ("stat", Kind::File),
    ("statm", Kind::File),
    ("status", Kind::File),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    /// A file that only its owner reads.
    Private,
    Link,
    Directory,
}

const ROOT: Ino = 1;
const FD_DIRECTORY: u64 = 6;
const FIRST_FD: u64 = 32;

/// What an inode number stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Root,
    Top(usize),
    Process(Pid),
    OfProcess(Pid, usize),
    Fd(Pid, u32),
}

impl Node {
    fn of(ino: Ino) -> Result<Node> {
        let (pid, low) = ((ino >> 16) as Pid, ino & 0xffff);
        match (pid, low) {
            (0, ROOT) => Ok(Node::Root),
            (0, _) => Ok(Node::Top(index(low, 2, TOP.len())?)),
            (_, 0) => Ok(Node::Process(pid)),
            (_, FIRST_FD..) => Ok(Node::Fd(pid, (low - FIRST_FD) as u32)),
            _ => Ok(Node::OfProcess(pid, index(low, 1, OF_PROCESS.len())?)),
        }
    }

    fn ino(self) -> Ino {
        let of = |pid: Pid, low: u64| (u64::from(pid) << 16) | low;
        match self {
            Node::Root => ROOT,
            Node::Top(at) => at as u64 + 2,
            Node::Process(pid) => of(pid, 0),
            Node::OfProcess(pid, at) => of(pid, at as u64 + 1),
            Node::Fd(pid, fd) => of(pid, FIRST_FD + u64::from(fd)),
        }
    }
}

fn index(low: u64, first: u64, len: usize) -> Result<usize> {
    let at = low.checked_sub(first).map(|at| at as usize);
    at.filter(|&at| at < len).ok_or(Errno::ENOENT)
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
        match node {
            Node::Top(at) => match TOP.get(at).map(|row| row.0) {
                Some("self") => Ok(cx.pid.to_string().into_bytes()),
                Some("mounts") => Ok(b"self/mounts".to_vec()),
                _ => Err(Errno::EINVAL),
            },
            Node::OfProcess(pid, at) => {
                let (kernel, proc) = self.process(pid)?;
                let own = proc.credentials.borrow();
                if !cx.credentials.is_root() && cx.credentials.euid != own.euid {
                    return Err(Errno::EACCES);
                }
                match OF_PROCESS.get(at).map(|row| row.0) {
                    Some("cwd") => Ok(kernel.cwd_shown(&proc)),
                    Some("exe") => Ok(proc.executable.borrow().to_vec()),
                    Some("root") => Ok(b"/".to_vec()),
                    _ => Err(Errno::EINVAL),
                }
            }
            Node::Fd(pid, fd) => {
                let (_, proc) = self.process(pid)?;
                let fds = proc.fds.borrow();
                let file = fds.get(fd).map_err(|_| Errno::ENOENT)?;
                Ok(match &file.path {
                    Some(path) => path.to_vec(),
                    None => format!("pipe:[{}]", file.serial).into_bytes(),
                })
            }
            _ => Err(Errno::EINVAL),
        }
    }

    /// What a file says.
    fn content(&self, node: Node) -> Result<Vec<u8>> {
        match node {
            Node::Top(at) => top_file(&*self.kernel()?, TOP.get(at).map_or("", |row| row.0)),
            Node::OfProcess(pid, at) => {
                let (kernel, proc) = self.process(pid)?;
                process_file(&kernel, &proc, OF_PROCESS.get(at).map_or("", |row| row.0))
            }
            _ => Err(Errno::EISDIR),
        }
    }
}

/// Kilobytes of memory that the machine says it has; programs' memory is the host's affair, files are counted.
const MEMORY_KB: u64 = 1024 * 1024;

fn top_file(kernel: &Kernel, name: &str) -> Result<Vec<u8>> {
    let info = kernel.system_info();
    let seconds = info.uptime_nanos as f64 / 1e9;
    let text = match name {
        "cmdline" => "bivalve\n".to_string(),
        "cpuinfo" => "processor\t: 0\nvendor_id\t: Bivalve\nmodel name\t: Bivalve Virtual Processor\n\
                      cpu MHz\t\t: 100.000\nsiblings\t: 1\ncore id\t\t: 0\ncpu cores\t: 1\nbogomips\t: 200.00\n\n"
            .to_string(),
        "devices" => "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n".to_string(),
        "filesystems" => "nodev\tproc\nnodev\tdevtmpfs\nnodev\ttmpfs\nnodev\toverlay\n".to_string(),
        "hostname" => format!("{}\n", String::from_utf8_lossy(&kernel.hostname.borrow())),
        "loadavg" => {
            let [one, five, fifteen] = info.load;
            let (running, all) = (info.runnable + 1, info.processes);
            format!("{one:.2} {five:.2} {fifteen:.2} {running}/{all} {}\n", kernel.last_pid.get())
        }
        "meminfo" => {
            let used: u64 = kernel.files.mounts().iter().map(|mount| mount.stat.bytes_used).sum::<u64>() / 1024;
            let free = MEMORY_KB.saturating_sub(used);
            let mut text = String::new();
            let rows = [
                ("MemTotal", MEMORY_KB),
                ("MemFree", free),
                ("MemAvailable", free),
                ("Buffers", 0),
                ("Cached", used),
                ("SwapCached", 0),
                ("Shmem", used),
                ("SwapTotal", 0),
                ("SwapFree", 0),
            ];
            for (name, kilobytes) in rows {
                let _ = writeln!(text, "{:<16}{kilobytes:>8} kB", format!("{name}:"));
            }
            text
        }
        "stat" => {
            let ticks = info.busy_nanos / 10_000_000;
            let idle = (info.uptime_nanos / 10_000_000).saturating_sub(ticks);
            format!(
                "cpu  {ticks} 0 0 {idle} 0 0 0 0 0 0\ncpu0 {ticks} 0 0 {idle} 0 0 0 0 0 0\nbtime {}\n\
                 processes {}\nprocs_running {}\nprocs_blocked 0\n",
                info.boot_time.secs,
                info.forks_total,
                info.runnable + 1
            )
        }
        "swaps" => "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n".to_string(),
        "uptime" => {
            let idle = seconds - info.busy_nanos as f64 / 1e9;
            format!("{seconds:.2} {:.2}\n", idle.max(0.0))
        }
        "version" => format!("{} version {} ({})\n", super::uname::SYSTEM, super::uname::RELEASE, super::uname::VERSION),
        _ => return Err(Errno::ENOENT),
    };
    Ok(text.into_bytes())
}

fn process_file(kernel: &Kernel, proc: &Proc, name: &str) -> Result<Vec<u8>> {
    let info = kernel.process_info(proc);
    let shown = String::from_utf8_lossy(&info.name).into_owned();
    let state = char::from(info.state);
    let text = match name {
        "cmdline" => return Ok(zero_ended(&info.args)),
        "environ" => return Ok(zero_ended(&proc.environment.borrow())),
        "comm" => format!("{shown}\n"),
        "mounts" => return Ok(mounts_text(kernel)),
        "limits" => {
            let limits = proc.resource_limits.get();
            let mut text = format!("{:<26}{:<21}{:<21}Units\n", "Limit", "Soft Limit", "Hard Limit");
            let show =
                |value: u64| if value == u64::MAX { "unlimited".to_string() } else { value.to_string() };
            for (name, limit, unit) in [
                ("Max cpu time", limits.cpu_seconds, "seconds"),
                ("Max file size", limits.file_bytes, "bytes"),
                ("Max processes", limits.processes, "processes"),
                ("Max open files", limits.fds, "files"),
            ] {
                let _ = writeln!(text, "{name:<26}{:<21}{:<21}{unit}", show(limit.soft), show(limit.hard));
            }
            text
        }
        "stat" => {
            let terminal = info.terminal.map_or(0, |number| (136 << 8) | number);
            let foreground = if info.terminal.is_some() { i64::from(info.foreground) } else { -1 };
            let ticks = info.cpu_nanos / 10_000_000;
            format!(
                "{} ({shown}) {state} {} {} {} {terminal} {foreground} 0 0 0 0 0 {ticks} 0 0 0 {} {} 1 0 {} 0 0 \
                 18446744073709551615 0 0 0 0 0 {} {} {} 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
                info.pid,
                info.parent,
                info.group,
                info.session,
                20 + i32::from(info.nice),
                info.nice,
                info.started_nanos / 10_000_000,
                proc.signals.pending().to_proc_mask(),
                proc.signals.blocked().to_proc_mask(),
                proc.signals.ignored().to_proc_mask(),
            )
        }
        "statm" => "0 0 0 0 0 0 0\n".to_string(),
        "status" => {
            let word = match info.state {
                b'R' => "running",
                b'S' => "sleeping",
                b'T' => "stopped",
                _ => "zombie",
            };
            let own = Rc::clone(&proc.credentials.borrow());
            let groups: Vec<String> = own.groups.iter().map(ToString::to_string).collect();
            format!(
                "Name:\t{shown}\nUmask:\t{:04o}\nState:\t{state} ({word})\nTgid:\t{pid}\nPid:\t{pid}\nPPid:\t{}\n\
                 TracerPid:\t0\nUid:\t{}\t{}\t{}\t{}\nGid:\t{}\t{}\t{}\t{}\nFDSize:\t{}\nGroups:\t{} \n\
                 Threads:\t1\nSigPnd:\t{:016x}\nSigBlk:\t{:016x}\nSigIgn:\t{:016x}\nSigCgt:\t{:016x}\n",
                proc.umask.get().bits(),
                info.parent,
                own.uid,
                own.euid,
                own.suid,
                own.euid,
                own.gid,
                own.egid,
                own.sgid,
                own.egid,
                info.fds.next_power_of_two().max(64),
                groups.join(" "),
                proc.signals.pending().to_proc_mask(),
                proc.signals.blocked().to_proc_mask(),
                proc.signals.ignored().to_proc_mask(),
                proc.signals.caught().to_proc_mask(),
                pid = info.pid,
            )
        }
        _ => return Err(Errno::ENOENT),
    };
    Ok(text.into_bytes())
}

fn zero_ended(list: &[Vec<u8>]) -> Vec<u8> {
    list.iter().flat_map(|item| item.iter().copied().chain([0])).collect()
}

fn mounts_text(kernel: &Kernel) -> Vec<u8> {
    let mut text = Vec::new();
    for mount in kernel.files.mounts() {
        let mode = if mount.options.read_only { "ro" } else { "rw" };
        text.extend_from_slice(&mount.options.source);
        text.push(b' ');
        text.extend_from_slice(&mount.path);
        text.extend_from_slice(format!(" {} {mode},relatime 0 0\n", mount.stat.kind).as_bytes());
    }
    text
}

impl FileSystem for ProcFs {
    fn root(&self) -> Ino {
        ROOT
    }

    fn statfs(&self) -> FsStat {
        FsStat { kind: "proc", bytes_total: 0, bytes_used: 0, inodes_total: 0, inodes_used: 0 }
    }

    fn lookup(&self, _cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<Ino> {
        let number = || std::str::from_utf8(name).ok().and_then(|n| n.parse::<u32>().ok());
        let node = match Node::of(dir)? {
            Node::Root => match TOP.iter().position(|row| row.0.as_bytes() == name) {
                Some(at) => Node::Top(at),
                None => {
                    let pid = number().ok_or(Errno::ENOENT)?;
                    self.process(pid)?;
                    Node::Process(pid)
                }
            },
            Node::Process(pid) => {
                self.process(pid)?;
                let at = OF_PROCESS.iter().position(|row| row.0.as_bytes() == name);
                Node::OfProcess(pid, at.ok_or(Errno::ENOENT)?)
            }
            Node::OfProcess(pid, at) if at as u64 + 1 == FD_DIRECTORY => {
                let fd = number().ok_or(Errno::ENOENT)?;
                self.process(pid)?.1.fds.borrow().get(fd).map_err(|_| Errno::ENOENT)?;
                Node::Fd(pid, fd)
            }
            _ => return Err(Errno::ENOTDIR),
        };
        Ok(node.ino())
    }

    fn parent(&self, dir: Ino) -> Result<Ino> {
        Ok(match Node::of(dir)? {
            Node::OfProcess(pid, _) => Node::Process(pid).ino(),
            _ => ROOT,
        })
    }

    fn name_of(&self, dir: Ino) -> Result<Vec<u8>> {
        match Node::of(dir)? {
            Node::Process(pid) => Ok(pid.to_string().into_bytes()),
            Node::OfProcess(..) => Ok(b"fd".to_vec()),
            _ => Err(Errno::ENOENT),
        }
    }

    fn stat(&self, ino: Ino) -> Result<Stat> {
        let kernel = self.kernel()?;
        let node = Node::of(ino)?;
        let kind = match node {
            Node::Root | Node::Process(_) => Kind::Directory,
            Node::Top(at) => TOP.get(at).map_or(Kind::File, |row| row.1),
            Node::OfProcess(_, at) => OF_PROCESS.get(at).map_or(Kind::File, |row| row.1),
            Node::Fd(..) => Kind::Link,
        };
        let (file_type, mode) = match kind {
            Kind::File => (FileType::Regular, 0o444),
            Kind::Private => (FileType::Regular, 0o400),
            Kind::Link => (FileType::Symlink, 0o777),
            Kind::Directory => (FileType::Directory, 0o555),
        };
        let (owner, time) = match node {
            Node::Process(pid) | Node::OfProcess(pid, _) | Node::Fd(pid, _) => {
                let (_, proc) = self.process(pid)?;
                let own = Rc::clone(&proc.credentials.borrow());
                ((own.euid, own.egid), proc.started_at)
            }
            _ => ((0, 0), kernel.boot_time),
        };
        Ok(Stat {
            dev: 0,
            ino,
            file_type,
            mode: Mode::new(mode),
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
        let kind_type = |kind: Kind| match kind {
            Kind::File | Kind::Private => FileType::Regular,
            Kind::Link => FileType::Symlink,
            Kind::Directory => FileType::Directory,
        };
        let full = out.len().saturating_add(max);
        let mut push = |position: u64, name: Vec<u8>, node: Node, file_type: FileType| {
            if position >= from && out.len() < full {
                out.push(DirEntry { name, ino: node.ino(), file_type, next: position + 1 });
            }
        };
        match Node::of(dir)? {
            Node::Root => {
                for (at, (name, kind)) in TOP.iter().enumerate() {
                    push(at as u64, name.as_bytes().to_vec(), Node::Top(at), kind_type(*kind));
                }
                for proc in self.kernel()?.all_processes() {
                    let name = proc.pid.to_string().into_bytes();
                    let position = TOP.len() as u64 + u64::from(proc.pid);
                    push(position, name, Node::Process(proc.pid), FileType::Directory);
                }
            }
            Node::Process(pid) => {
                self.process(pid)?;
                for (at, (name, kind)) in OF_PROCESS.iter().enumerate() {
                    push(at as u64, name.as_bytes().to_vec(), Node::OfProcess(pid, at), kind_type(*kind));
                }
            }
            Node::OfProcess(pid, at) if at as u64 + 1 == FD_DIRECTORY => {
                let (_, proc) = self.process(pid)?;
                for (fd, _) in proc.fds.borrow().iter() {
                    push(u64::from(fd), fd.to_string().into_bytes(), Node::Fd(pid, fd), FileType::Symlink);
                }
            }
            _ => return Err(Errno::ENOTDIR),
        }
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
