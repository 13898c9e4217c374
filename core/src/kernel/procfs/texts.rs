//! What the files of `/proc` say.

use crate::abi::{Errno, OpenFlags, Result};
use crate::kernel::fd_table::FdEntry;
use crate::kernel::process::{Limit, Proc};
use crate::kernel::{Kernel, uname};
use crate::vfs::MountInfo;
use std::fmt::Write as _;
use std::rc::Rc;

/// Kilobytes of memory that the machine says it has; programs' memory is the host's affair, files are counted.
const MEMORY_KB: u64 = 1024 * 1024;

/// A file of `/proc` itself.
pub(super) fn of_machine(kernel: &Kernel, name: &str) -> Result<Vec<u8>> {
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
        "version" => format!("{} version {} ({})\n", uname::SYSTEM, uname::RELEASE, uname::VERSION),
        _ => return Err(Errno::ENOENT),
    };
    Ok(text.into_bytes())
}

/// A file of a process.
pub(super) fn of_process(kernel: &Kernel, proc: &Proc, name: &str) -> Result<Vec<u8>> {
    let info = kernel.process_info(proc);
    let shown = String::from_utf8_lossy(&info.name).into_owned();
    let state = char::from(info.state);
    let text = match name {
        "cmdline" => return Ok(zero_ended(&info.args)),
        "environ" => return Ok(zero_ended(&proc.environment.borrow())),
        "comm" => format!("{shown}\n"),
        "mounts" => return Ok(mounts_text(kernel)),
        "limits" => limits_text(proc),
        // The memory of programs is the host's affair.
        "maps" => String::new(),
        "mountinfo" => return Ok(mountinfo_text(kernel)),
        "stat" => {
            let terminal = info.terminal.map_or(0, |number| (136 << 8) | number);
            let foreground = if info.terminal.is_some() { i64::from(info.foreground) } else { -1 };
            let ticks = info.cpu_nanos / 10_000_000;
            format!(
                "{} ({shown}) {state} {} {} {} {terminal} {foreground} 0 0 0 0 0 {ticks} 0 0 0 {} {} 1 0 {} 0 0 \
                 18446744073709551615 0 0 0 0 0 {} {} {} 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
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
                 NStgid:\t{pid}\nNSpid:\t{pid}\nNSpgid:\t{}\nNSsid:\t{}\nKthread:\t0\nThreads:\t1\n\
                 SigPnd:\t{:016x}\nShdPnd:\t{:016x}\nSigBlk:\t{:016x}\nSigIgn:\t{:016x}\nSigCgt:\t{:016x}\n\
                 NoNewPrivs:\t0\nSeccomp:\t0\nCpus_allowed:\t1\nCpus_allowed_list:\t0\n",
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
                info.group,
                info.session,
                0,
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

/// Rows as `getrlimit` names them; what is not counted here has no limit.
fn limits_text(proc: &Proc) -> String {
    let limits = proc.resource_limits.get();
    let none = Limit::UNLIMITED;
    let rows = [
        ("Max cpu time", limits.cpu_seconds, "seconds"),
        ("Max file size", limits.file_bytes, "bytes"),
        ("Max data size", none, "bytes"),
        ("Max stack size", none, "bytes"),
        ("Max core file size", Limit::of(0), "bytes"),
        ("Max resident set", none, "bytes"),
        ("Max processes", limits.processes, "processes"),
        ("Max open files", limits.fds, "files"),
        ("Max locked memory", none, "bytes"),
        ("Max address space", none, "bytes"),
        ("Max file locks", none, "locks"),
        ("Max pending signals", none, "signals"),
        ("Max msgqueue size", none, "bytes"),
        ("Max nice priority", Limit::of(0), ""),
        ("Max realtime priority", Limit::of(0), ""),
        ("Max realtime timeout", none, "us"),
    ];
    let show = |value: u64| if value == u64::MAX { "unlimited".to_string() } else { value.to_string() };
    let mut text = format!("{:<25} {:<20} {:<20} {:<10}\n", "Limit", "Soft Limit", "Hard Limit", "Units");
    for (name, limit, unit) in rows {
        let _ = writeln!(text, "{name:<25} {:<20} {:<20} {unit:<10}", show(limit.soft), show(limit.hard));
    }
    text
}

/// One descriptor's `fdinfo`. The numbers of flags are those of Linux on x86-64.
pub(super) fn of_descriptor(entry: &FdEntry) -> Result<Vec<u8>> {
    let file = &entry.file;
    let flags = file.flags.get();
    let mut bits = match (file.can_read(), file.can_write()) {
        (_, false) => 0,
        (false, true) => 1,
        (true, true) => 2,
    };
    for (flag, bit) in [
        (OpenFlags::APPEND, 0o2000),
        (OpenFlags::NON_BLOCK, 0o4000),
        (OpenFlags::DIRECTORY, 0o200_000),
        (OpenFlags::NO_FOLLOW, 0o400_000),
    ] {
        bits |= if flags.has(flag) { bit } else { 0 };
    }
    bits |=
        if file.node.is_some() { 0o100_000 } else { 0 } | if entry.close_on_exec { 0o2_000_000 } else { 0 };
    let (mount, ino) = match &file.node {
        Some(node) => (node.location.mount.number(), node.ino),
        None => (0, file.serial),
    };
    Ok(format!("pos:\t{}\nflags:\t0{bits:o}\nmnt_id:\t{mount}\nino:\t{ino}\n", file.offset.get())
        .into_bytes())
}

/// `/proc/mounts` (fstab(5)).
fn mounts_text(kernel: &Kernel) -> Vec<u8> {
    let mut text = Vec::new();
    for mount in kernel.files.mounts() {
        escape(&mount.options.source, &mut text);
        text.push(b' ');
        escape(&mount.path, &mut text);
        text.extend_from_slice(format!(" {} {},relatime 0 0\n", mount.stat.kind, access(&mount)).as_bytes());
    }
    text
}

/// `/proc/PID/mountinfo` (proc_pid_mountinfo(5)).
fn mountinfo_text(kernel: &Kernel) -> Vec<u8> {
    let mut text = Vec::new();
    for mount in kernel.files.mounts() {
        let (id, parent) = (mount.id.number(), mount.parent.unwrap_or(mount.id).number());
        text.extend_from_slice(format!("{id} {parent} 0:{} / ", mount.dev).as_bytes());
        escape(&mount.path, &mut text);
        let access = access(&mount);
        text.extend_from_slice(format!(" {access},relatime - {} ", mount.stat.kind).as_bytes());
        escape(&mount.options.source, &mut text);
        text.extend_from_slice(format!(" {access}\n").as_bytes());
    }
    text
}

fn access(mount: &MountInfo) -> &'static str {
    if mount.options.read_only { "ro" } else { "rw" }
}

/// What would end a field is written in octal.
fn escape(field: &[u8], text: &mut Vec<u8>) {
    for &byte in field {
        match byte {
            b' ' | b'\t' | b'\n' | b'\\' | b'#' => text.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
            _ => text.push(byte),
        }
    }
}
