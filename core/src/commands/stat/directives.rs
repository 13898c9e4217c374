//! What the directives of `stat` stand for.

use super::format::{Subject, Value};
use crate::abi::{Device, FileType, FsStat, Stat, Time};
use crate::calendar::{Zone, format_time};
use crate::program::path::{MustExist, base_name, dir_name, join, real_path};
use crate::program::{self, Context, kind_name, mode_text, quote};

/// The block size that `%B` and `%b` count in.
const BLOCK_BYTES: u64 = 512;
/// What a file system moves at once, and what its totals are counted in.
const IO_BYTES: u64 = 4096;
/// The longest name of a directory's entry.
const NAME_BYTES: u64 = 255;
/// The types of file systems that have a number, and what GNU calls them where it is another name.
const TYPES: [(&str, u64, &str); 4] = [
    ("proc", 0x9fa0, "proc"),
    ("tmpfs", 0x0102_1994, "tmpfs"),
    ("devtmpfs", 0x0102_1994, "tmpfs"),
    ("devpts", 0x1cd1, "devpts"),
];

/// How names, owners and times are shown.
pub(super) struct Names {
    accounts: program::Names,
    zone: Zone,
    quotes_names: bool,
}

impl Names {
    pub(super) async fn read(cx: &Context, quotes_names: bool) -> Names {
        let accounts = program::Names::read(&cx.process).await;
        Names { accounts, zone: Zone::from_tz(&cx.process.env(b"TZ").unwrap_or_default()), quotes_names }
    }

    fn name(&self, name: &[u8]) -> Vec<u8> {
        if self.quotes_names { quote(name) } else { name.to_vec() }
    }

    fn time(&self, time: Time) -> Value {
        let mut text = Vec::new();
        format_time(b"%Y-%m-%d %H:%M:%S.%N %z", time, &self.zone, &mut text);
        Value::Text(text)
    }
}

/// A file.
pub(super) struct FileSubject<'a> {
    name: &'a [u8],
    stat: Stat,
    names: &'a Names,
    target: Option<Vec<u8>>,
    mount_point: Vec<u8>,
}

impl<'a> FileSubject<'a> {
    pub(super) async fn new(cx: &Context, name: &'a [u8], stat: Stat, names: &'a Names) -> FileSubject<'a> {
        let is_link = stat.file_type == FileType::Symlink;
        let target = if is_link { cx.process.read_link(name).await.ok() } else { None };
        let path = if is_link {
            let dir = real_path(&cx.process, dir_name(name), MustExist::All).await;
            dir.map(|dir| join(&dir, base_name(name)))
        } else {
            real_path(&cx.process, name, MustExist::All).await
        };
        let mount_point = path.map_or_else(|_| b"?".to_vec(), |path| mount_point(cx, &path));
        FileSubject { name, stat, names, target, mount_point }
    }
}

/// Where the file system is mounted that a real path is on.
fn mount_point(cx: &Context, path: &[u8]) -> Vec<u8> {
    let holds = |mount: &Vec<u8>| {
        path.strip_prefix(&mount[..]).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/") || mount == b"/")
    };
    let mounts = cx.process.mounts().into_iter().map(|mount| mount.path);
    mounts.filter(holds).max_by_key(Vec::len).unwrap_or_else(|| b"/".to_vec())
}

impl Subject for FileSubject<'_> {
    fn value(&self, modifier: Option<u8>, letter: u8) -> Option<Value> {
        let stat = &self.stat;
        let accounts = &self.names.accounts;
        Some(match (modifier, letter) {
            (Some(b'H'), b'd') => Value::Decimal(major(stat.dev)),
            (Some(b'L'), b'd') => Value::Decimal(minor(stat.dev)),
            (Some(b'H'), b'r') => Value::Decimal(stat.rdev.major.into()),
            (Some(b'L'), b'r') => Value::Decimal(stat.rdev.minor.into()),
            (_, b'a') => Value::Octal(stat.mode.bits().into()),
            (_, b'A') => Value::Text(mode_text(stat.file_type, stat.mode).into_bytes()),
            (_, b'b') => Value::Decimal(stat.blocks),
            (_, b'B') => Value::Decimal(BLOCK_BYTES),
            (_, b'C') => Value::NoContext,
            (_, b'd') => Value::Decimal(stat.dev),
            (_, b'D') => Value::Hex(stat.dev),
            (_, b'f') => Value::Hex((stat.file_type.bits() | stat.mode.bits()).into()),
            (_, b'F') => Value::Text(kind_name(stat).as_bytes().to_vec()),
            (_, b'g') => Value::Decimal(stat.gid.into()),
            (_, b'G') => Value::Text(accounts.accounts().group_name(stat.gid).unwrap_or(b"UNKNOWN").to_vec()),
            (_, b'h') => Value::Decimal(stat.nlink.into()),
            (_, b'i') => Value::Decimal(stat.ino),
            (_, b'm') => Value::Text(self.mount_point.clone()),
            (_, b'n') => Value::Text(self.name.to_vec()),
            (_, b'N') => {
                let target = self.target.as_ref().map(|target| self.names.name(target));
                Value::Names(self.names.name(self.name), target)
            }
            (_, b'o') => Value::Decimal(IO_BYTES),
            (_, b'r') => Value::Decimal(number_of(stat.rdev)),
            (_, b'R') => Value::Hex(number_of(stat.rdev)),
            (_, b's') => Value::Signed(stat.size_bytes),
            (_, b't') => Value::Hex(stat.rdev.major.into()),
            (_, b'T') => Value::Hex(stat.rdev.minor.into()),
            (_, b'u') => Value::Decimal(stat.uid.into()),
            (_, b'U') => Value::Text(accounts.accounts().user_name(stat.uid).unwrap_or(b"UNKNOWN").to_vec()),
            (_, b'w') => stat.birth.map_or(Value::Text(b"-".to_vec()), |birth| self.names.time(birth)),
            (_, b'W') => Value::Seconds(stat.birth.unwrap_or(Time::EPOCH)),
            (_, b'x') => self.names.time(stat.atime),
            (_, b'X') => Value::Seconds(stat.atime),
            (_, b'y') => self.names.time(stat.mtime),
            (_, b'Y') => Value::Seconds(stat.mtime),
            (_, b'z') => self.names.time(stat.ctime),
            (_, b'Z') => Value::Seconds(stat.ctime),
            _ => return None,
        })
    }
}

/// A file system, known by a file on it.
pub(super) struct FileSystemSubject<'a> {
    pub(super) name: &'a [u8],
    pub(super) total: FsStat,
    pub(super) dev: u64,
}

impl Subject for FileSystemSubject<'_> {
    fn value(&self, modifier: Option<u8>, letter: u8) -> Option<Value> {
        if modifier.is_some() {
            return None;
        }
        let total = &self.total;
        let known = TYPES.iter().find(|(kind, ..)| *kind == total.kind);
        let free = total.bytes_total.saturating_sub(total.bytes_used) / IO_BYTES;
        Some(match letter {
            b'a' | b'f' => Value::Decimal(free),
            b'b' => Value::Decimal(total.bytes_total / IO_BYTES),
            b'c' => Value::Decimal(total.inodes_total),
            b'd' => Value::Decimal(total.inodes_total.saturating_sub(total.inodes_used)),
            b'i' => Value::Hex(self.dev),
            b'l' => Value::Decimal(NAME_BYTES),
            b'n' => Value::Text(self.name.to_vec()),
            b's' | b'S' => Value::Decimal(IO_BYTES),
            b't' => Value::Hex(known.map_or(0, |(_, number, _)| *number)),
            b'T' => Value::Text(known.map_or(total.kind, |(.., name)| name).as_bytes().to_vec()),
            _ => return None,
        })
    }
}

/// The driver of a device number (Linux's encoding).
fn major(dev: u64) -> u64 {
    (dev >> 8) & 0xfff | (dev >> 32) & !0xfff
}

/// Which of the driver's devices.
fn minor(dev: u64) -> u64 {
    dev & 0xff | (dev >> 12) & 0xffff_ff00
}

/// The number of a device.
fn number_of(device: Device) -> u64 {
    let (major, minor) = (u64::from(device.major), u64::from(device.minor));
    (major & 0xfff) << 8 | (major & !0xfff) << 32 | minor & 0xff | (minor & !0xff) << 12
}
