//! The columns that `ps` can print: names, headings, widths, values.

use super::Machine;
use crate::abi::Time;
use crate::calendar::{Civil, format_time};
use crate::kernel::ProcessInfo;
use crate::program::question_marks;
use std::cmp::Ordering;

/// Width of a column of process ids.
const PID_WIDTH: usize = 7;

/// What a column shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value {
    Pid,
    Parent,
    Group,
    Session,
    Terminal,
    Foreground,
    State,
    StateFlags,
    User,
    RealUser,
    Uid,
    RealUid,
    GroupName,
    Gid,
    Name,
    Args,
    Time,
    BsdTime,
    Seconds,
    Elapsed,
    ElapsedSeconds,
    Start,
    StartDay,
    BsdStart,
    LongStart,
    CpuPercent,
    CpuWhole,
    Nice,
    Priority,
    PriorityFrom80,
    Zero,
    ZeroPercent,
    One,
    Dash,
    AddressSize,
    Class,
}

/// A kind of column.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub heading: &'static str,
    pub width: usize,
    /// Blanks come behind the value, not before it.
    pub left: bool,
    pub value: Value,
}

const fn left(heading: &'static str, width: usize, value: Value) -> Kind {
    Kind { heading, width, left: true, value }
}

const fn right(heading: &'static str, width: usize, value: Value) -> Kind {
    Kind { heading, width, left: false, value }
}

/// The names of `-o` and `--sort`. Those in capitals are of the ready-made formats alone.
const KINDS: &[(&[&str], Kind)] = &[
    (&["pid", "tgid"], right("PID", PID_WIDTH, Value::Pid)),
    (&["lwp", "tid", "spid"], right("LWP", PID_WIDTH, Value::Pid)),
    (&["ppid"], right("PPID", PID_WIDTH, Value::Parent)),
    (&["pgid"], right("PGID", PID_WIDTH, Value::Group)),
    (&["pgrp"], right("PGRP", PID_WIDTH, Value::Group)),
    (&["sid"], right("SID", PID_WIDTH, Value::Session)),
    (&["sess", "session"], right("SESS", PID_WIDTH, Value::Session)),
    (&["tpgid"], right("TPGID", PID_WIDTH, Value::Foreground)),
    (&["tty", "tt"], left("TT", 8, Value::Terminal)),
    (&["tname"], left("TTY", 8, Value::Terminal)),
    (&["stat"], left("STAT", 4, Value::StateFlags)),
    (&["s", "state"], left("S", 1, Value::State)),
    (&["user", "uname"], left("USER", 8, Value::User)),
    (&["euser"], left("EUSER", 8, Value::User)),
    (&["UID"], left("UID", 8, Value::User)),
    (&["ruser"], left("RUSER", 8, Value::RealUser)),
    (&["uid"], right("UID", 5, Value::Uid)),
    (&["euid"], right("EUID", 5, Value::Uid)),
    (&["ruid"], right("RUID", 5, Value::RealUid)),
    (&["group"], left("GROUP", 8, Value::GroupName)),
    (&["egroup"], left("EGROUP", 8, Value::GroupName)),
    (&["rgroup"], left("RGROUP", 8, Value::GroupName)),
    (&["gid"], right("GID", 5, Value::Gid)),
    (&["egid"], right("EGID", 5, Value::Gid)),
    (&["rgid"], right("RGID", 5, Value::Gid)),
    (&["comm", "ucomm"], left("COMMAND", 15, Value::Name)),
    (&["ucmd"], left("CMD", 15, Value::Name)),
    (&["fname"], left("COMMAND", 8, Value::Name)),
    (&["args", "command"], left("COMMAND", 27, Value::Args)),
    (&["cmd"], left("CMD", 27, Value::Args)),
    (&["time", "cputime"], right("TIME", 8, Value::Time)),
    (&["bsdtime"], right("TIME", 6, Value::BsdTime)),
    (&["times", "cputimes"], right("TIME", 8, Value::Seconds)),
    (&["etime"], right("ELAPSED", 11, Value::Elapsed)),
    (&["etimes"], right("ELAPSED", 7, Value::ElapsedSeconds)),
    (&["start"], right("STARTED", 8, Value::Start)),
    (&["stime"], left("STIME", 5, Value::StartDay)),
    (&["start_time"], left("START", 5, Value::StartDay)),
    (&["bsdstart"], right("START", 6, Value::BsdStart)),
    (&["lstart"], right("STARTED", 24, Value::LongStart)),
    (&["pcpu", "%cpu"], right("%CPU", 4, Value::CpuPercent)),
    (&["c"], right("C", 2, Value::CpuWhole)),
    (&["pmem", "%mem"], right("%MEM", 4, Value::ZeroPercent)),
    (&["vsz", "vsize"], right("VSZ", 6, Value::Zero)),
    (&["rss", "rssize", "rsz"], right("RSS", 5, Value::Zero)),
    (&["sz"], right("SZ", 5, Value::Zero)),
    (&["ni", "nice"], right("NI", 3, Value::Nice)),
    (&["pri"], right("PRI", 3, Value::Priority)),
    (&["opri", "PRI"], right("PRI", 3, Value::PriorityFrom80)),
    (&["f", "flag", "flags"], right("F", 1, Value::Zero)),
    (&["wchan"], left("WCHAN", 6, Value::Dash)),
    (&["nlwp"], right("NLWP", 4, Value::One)),
    (&["thcount"], right("THCNT", 5, Value::One)),
    (&["psr"], right("PSR", 3, Value::Zero)),
    (&["cls", "class", "policy"], right("CLS", 3, Value::Class)),
    (&["ADDR_SZ"], right("ADDR SZ", 7, Value::AddressSize)),
];

/// The kind of a name.
pub fn kind(name: &[u8]) -> Option<Kind> {
    KINDS.iter().find(|(names, _)| names.iter().any(|known| known.as_bytes() == name)).map(|(_, kind)| *kind)
}

/// A column's text for a process.
pub fn show(value: Value, process: &ProcessInfo, machine: &Machine) -> Vec<u8> {
    let secs = process.cpu_nanos / 1_000_000_000;
    let elapsed = machine.uptime_nanos.saturating_sub(process.started_nanos);
    let elapsed_secs = elapsed / 1_000_000_000;
    let per_mille = process.cpu_nanos.saturating_mul(1000).checked_div(elapsed.max(1)).unwrap_or(0).min(999);
    let text = match value {
        Value::Pid => process.pid.to_string(),
        Value::Parent => process.parent.to_string(),
        Value::Group => process.group.to_string(),
        Value::Session => process.session.to_string(),
        Value::Foreground if process.terminal.is_some() => process.foreground.to_string(),
        Value::Foreground => "-1".to_owned(),
        Value::Terminal => process.terminal.map_or_else(|| "?".to_owned(), |number| format!("pts/{number}")),
        Value::State => char::from(process.state).to_string(),
        Value::StateFlags => state_flags(process),
        Value::User => return machine.names.user(process.euid),
        Value::RealUser => return machine.names.user(process.uid),
        Value::Uid => process.euid.to_string(),
        Value::RealUid => process.uid.to_string(),
        Value::GroupName => return machine.names.group(process.gid),
        Value::Gid => process.gid.to_string(),
        Value::Name => return defunct(process, question_marks(&process.name)),
        Value::Args if process.args.is_empty() || process.state == b'Z' => {
            return defunct(process, [b"[", &question_marks(&process.name)[..], b"]"].concat());
        }
        Value::Args => return question_marks(&process.args.join(&b' ')),
        Value::Time => clock(secs),
        Value::BsdTime => format!("{}:{:02}", secs / 60, secs % 60),
        Value::Seconds => secs.to_string(),
        Value::Elapsed if elapsed_secs < 3600 => {
            format!("{:02}:{:02}", elapsed_secs / 60, elapsed_secs % 60)
        }
        Value::Elapsed => clock(elapsed_secs),
        Value::ElapsedSeconds => elapsed_secs.to_string(),
        Value::Start => start(process, machine, b"%H:%M:%S", b"%b %d"),
        Value::BsdStart => start(process, machine, b"%H:%M", b"%b %d"),
        Value::LongStart => stamp(process.started_at, machine, b"%a %b %e %H:%M:%S %Y"),
        Value::StartDay => {
            let day = |time| Civil::from_time(time, machine.zone.offset_secs);
            let (now, then) = (day(machine.now), day(process.started_at));
            let format: &[u8] = match (now.year == then.year, now.days() == then.days()) {
                (true, true) => b"%H:%M",
                (true, false) => b"%b%d",
                _ => b"%Y",
            };
            stamp(process.started_at, machine, format)
        }
        Value::CpuPercent => format!("{}.{}", per_mille / 10, per_mille % 10),
        Value::CpuWhole => (per_mille / 10).to_string(),
        Value::Nice => process.nice.to_string(),
        Value::Priority => (19 - i32::from(process.nice)).to_string(),
        Value::PriorityFrom80 => (80 + i32::from(process.nice)).to_string(),
        Value::Zero => "0".to_owned(),
        Value::ZeroPercent => "0.0".to_owned(),
        Value::One => "1".to_owned(),
        Value::Dash => "-".to_owned(),
        Value::AddressSize => "-     0".to_owned(),
        Value::Class => "TS".to_owned(),
    };
    text.into_bytes()
}

/// How two processes stand in the order of a column.
pub fn compare(value: Value, one: &ProcessInfo, other: &ProcessInfo, machine: &Machine) -> Ordering {
    let number = |process: &ProcessInfo| -> Option<i128> {
        Some(match value {
            Value::Pid => process.pid.into(),
            Value::Parent => process.parent.into(),
            Value::Group => process.group.into(),
            Value::Session => process.session.into(),
            Value::Foreground => process.foreground.into(),
            Value::Uid => process.euid.into(),
            Value::RealUid => process.uid.into(),
            Value::Gid => process.gid.into(),
            Value::Time | Value::BsdTime | Value::Seconds => process.cpu_nanos.into(),
            Value::CpuPercent | Value::CpuWhole => {
                let elapsed = machine.uptime_nanos.saturating_sub(process.started_nanos).max(1);
                i128::from(process.cpu_nanos) * 1_000_000 / i128::from(elapsed)
            }
            Value::Elapsed | Value::ElapsedSeconds => -i128::from(process.started_nanos),
            Value::Start | Value::StartDay | Value::BsdStart | Value::LongStart => process.started_nanos.into(),
            Value::Nice | Value::PriorityFrom80 => process.nice.into(),
            Value::Priority => -i128::from(process.nice),
            Value::Terminal => process.terminal.map_or(-1, i128::from),
            _ => return None,
        })
    };
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => show(value, one, machine).cmp(&show(value, other, machine)),
    }
}

fn state_flags(process: &ProcessInfo) -> String {
    let mut text = char::from(process.state).to_string();
    match process.nice {
        ..0 => text.push('<'),
        1.. => text.push('N'),
        0 => {}
    }
    if process.session == process.pid {
        text.push('s');
    }
    if process.terminal.is_some() && process.foreground == process.group {
        text.push('+');
    }
    text
}

fn defunct(process: &ProcessInfo, mut name: Vec<u8>) -> Vec<u8> {
    if process.state == b'Z' {
        name.extend_from_slice(b" <defunct>");
    }
    name
}

/// `[DD-]hh:mm:ss`.
fn clock(secs: u64) -> String {
    let days = secs / 86_400;
    let lead = if days > 0 { format!("{days:02}-") } else { String::new() };
    format!("{lead}{:02}:{:02}:{:02}", secs / 3600 % 24, secs / 60 % 60, secs % 60)
}

/// By one format within a day, by the other after it.
fn start(process: &ProcessInfo, machine: &Machine, recent: &[u8], old: &[u8]) -> String {
    let is_recent = machine.now.secs.saturating_sub(process.started_at.secs) < crate::calendar::DAY_SECS;
    stamp(process.started_at, machine, if is_recent { recent } else { old })
}

fn stamp(time: Time, machine: &Machine, format: &[u8]) -> String {
    let mut text = Vec::new();
    format_time(format, time, &machine.zone, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
