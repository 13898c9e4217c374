//! The base image: directories and text files that a person expects on a small Debian. Programs are not
//! here; they come from the list of commands.

/// Something that is there when a machine first boots.
#[derive(Clone, Copy, Debug)]
pub struct BaseEntry {
    /// Absolute path. Its directory comes before it.
    pub path: &'static str,
    /// Permission bits; a symbolic link's have no meaning.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Owning group.
    pub gid: u32,
    /// What it is.
    pub node: BaseNode,
}

/// What an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BaseNode {
    /// A directory.
    Directory,
    /// A file with this text.
    File(&'static str),
    /// A symbolic link to this path.
    Symlink(&'static str),
}

/// The name of a machine that was given none.
pub const HOSTNAME: &str = "bivalve";

/// All entries, directories before what is in them.
pub fn entries() -> impl Iterator<Item = BaseEntry> {
    DIRECTORIES.iter().chain(LINKS).chain(ETC).chain(HOMES).copied()
}

/// The files that carry the machine's name, to be written over those of [`entries`] when it has another.
#[must_use]
pub fn host_files(hostname: &str) -> [(&'static str, String); 2] {
    let hosts =
        format!("127.0.0.1\tlocalhost\n127.0.1.1\t{hostname}\n\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    [("/etc/hostname", format!("{hostname}\n")), ("/etc/hosts", hosts)]
}

const ROOT: u32 = 0;
const MAIL: u32 = 8;
const SHADOW: u32 = 42;
const UTMP: u32 = 43;
const STAFF: u32 = 50;
const USER: u32 = 1000;

const fn owned(path: &'static str, mode: u32, uid: u32, gid: u32, node: BaseNode) -> BaseEntry {
    BaseEntry { path, mode, uid, gid, node }
}

const fn dir(path: &'static str) -> BaseEntry {
    owned(path, 0o755, ROOT, ROOT, BaseNode::Directory)
}

const fn dir_mode(path: &'static str, mode: u32, gid: u32) -> BaseEntry {
    owned(path, mode, ROOT, gid, BaseNode::Directory)
}

const fn link(path: &'static str, target: &'static str) -> BaseEntry {
    owned(path, 0o777, ROOT, ROOT, BaseNode::Symlink(target))
}

const fn file(path: &'static str, text: &'static str) -> BaseEntry {
    owned(path, 0o644, ROOT, ROOT, BaseNode::File(text))
}

const DIRECTORIES: &[BaseEntry] = &[
    dir("/boot"),
    dir("/dev"),
    dir("/etc"),
    dir("/etc/profile.d"),
    dir("/etc/skel"),
    dir_mode("/etc/sudoers.d", 0o750, ROOT),
    dir("/home"),
    dir("/media"),
    dir("/mnt"),
    dir("/opt"),
    dir_mode("/proc", 0o555, ROOT),
    dir_mode("/root", 0o700, ROOT),
    dir("/run"),
    dir_mode("/run/lock", 0o1777, ROOT),
    dir("/srv"),
    dir_mode("/sys", 0o555, ROOT),
    dir_mode("/tmp", 0o1777, ROOT),
    dir("/usr"),
    dir("/usr/bin"),
    dir("/usr/games"),
    dir("/usr/include"),
    dir("/usr/lib"),
    dir("/usr/local"),
    dir("/usr/local/bin"),
    dir("/usr/local/etc"),
    dir("/usr/local/games"),
    dir("/usr/local/include"),
    dir("/usr/local/lib"),
    dir("/usr/local/sbin"),
    dir("/usr/local/share"),
    dir("/usr/local/share/man"),
    dir("/usr/local/src"),
    dir("/usr/sbin"),
    dir("/usr/share"),
    dir("/usr/share/doc"),
    dir("/usr/share/man"),
    dir("/usr/share/man/man1"),
    dir("/usr/share/zoneinfo"),
    dir("/usr/share/zoneinfo/Etc"),
    dir("/usr/src"),
    dir("/var"),
    dir("/var/backups"),
    dir("/var/cache"),
    dir("/var/cache/man"),
    dir("/var/lib"),
    dir_mode("/var/local", 0o2775, STAFF),
    dir("/var/log"),
    dir_mode("/var/mail", 0o2775, MAIL),
    dir("/var/opt"),
    dir("/var/spool"),
    dir_mode("/var/tmp", 0o1777, ROOT),
    dir("/var/www"),
];

const LINKS: &[BaseEntry] = &[
    link("/bin", "usr/bin"),
    link("/sbin", "usr/sbin"),
    link("/lib", "usr/lib"),
    link("/home/root", "/root"),
    link("/usr/local/man", "share/man"),
    link("/var/lock", "/run/lock"),
    link("/var/run", "/run"),
    link("/usr/share/zoneinfo/UTC", "Etc/UTC"),
    link("/var/spool/mail", "../mail"),
    link("/etc/localtime", "/usr/share/zoneinfo/Etc/UTC"),
    link("/etc/mtab", "/proc/mounts"),
    link("/etc/os-release", "../usr/lib/os-release"),
];

const OS_RELEASE: &str = concat!(
    "NAME=\"Bivalve\"\nPRETTY_NAME=\"Bivalve ",
    env!("CARGO_PKG_VERSION"),
    "\"\nID=bivalve\nID_LIKE=debian\nVERSION_ID=\"",
    env!("CARGO_PKG_VERSION"),
    "\"\nVERSION=\"",
    env!("CARGO_PKG_VERSION"),
    "\"\n"
);

/// Universal time as a zone file (RFC 8536): one type of local time, no transition, once with times of 32 bits
/// and once of 64, and the same as a value of `TZ`.
const ZONE_UTC: &str = concat!(
    "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x04",
    "\0\0\0\0\0\0UTC\0",
    "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x04",
    "\0\0\0\0\0\0UTC\0",
    "\nUTC0\n"
);

const ETC: &[BaseEntry] = &[
    file("/etc/bash.bashrc", include_str!("files/bash.bashrc")),
    file("/etc/debian_version", "12.0\n"),
    file("/etc/environment", ""),
    file("/etc/fstab", include_str!("files/fstab")),
    file("/etc/group", include_str!("files/group")),
    file("/etc/host.conf", "multi on\n"),
    file("/etc/hostname", "bivalve\n"),
    file(
        "/etc/hosts",
        "127.0.0.1\tlocalhost\n127.0.1.1\tbivalve\n\n::1\tlocalhost ip6-localhost ip6-loopback\n",
    ),
    file("/etc/inputrc", include_str!("files/inputrc")),
    file("/etc/issue", "Bivalve \\n \\l\n\n"),
    file("/etc/issue.net", "Bivalve\n"),
    file("/etc/ld.so.conf", "/usr/local/lib\n"),
    file("/etc/login.defs", include_str!("files/login.defs")),
    file("/etc/motd", include_str!("files/motd")),
    file("/etc/nsswitch.conf", include_str!("files/nsswitch.conf")),
    file("/etc/passwd", include_str!("files/passwd")),
    file("/etc/profile", include_str!("files/profile")),
    file("/etc/protocols", include_str!("files/protocols")),
    file("/etc/resolv.conf", "# No name server: only the names in /etc/hosts are known.\n"),
    file("/etc/services", include_str!("files/services")),
    owned("/etc/shadow", 0o640, ROOT, SHADOW, BaseNode::File(include_str!("files/shadow"))),
    file("/etc/shells", include_str!("files/shells")),
    file("/etc/skel/.bash_logout", BASH_LOGOUT),
    file("/etc/skel/.bashrc", BASHRC),
    file("/etc/skel/.profile", PROFILE),
    owned("/etc/sudoers", 0o440, ROOT, ROOT, BaseNode::File(include_str!("files/sudoers"))),
    file("/etc/timezone", "Etc/UTC\n"),
    file("/usr/lib/os-release", OS_RELEASE),
    file("/usr/share/zoneinfo/Etc/UTC", ZONE_UTC),
    owned("/var/log/lastlog", 0o664, ROOT, UTMP, BaseNode::File("")),
    owned("/var/log/wtmp", 0o664, ROOT, UTMP, BaseNode::File("")),
];

const BASH_LOGOUT: &str = include_str!("files/bash_logout");
const BASHRC: &str = include_str!("files/bashrc");
const PROFILE: &str = include_str!("files/dot-profile");

const fn of_user(path: &'static str, mode: u32, text: &'static str) -> BaseEntry {
    owned(path, mode, USER, USER, BaseNode::File(text))
}

const HOMES: &[BaseEntry] = &[
    file("/root/.bashrc", BASHRC),
    file("/root/.profile", PROFILE),
    owned("/home/user", 0o755, USER, USER, BaseNode::Directory),
    of_user("/home/user/.bash_logout", 0o644, BASH_LOGOUT),
    of_user("/home/user/.bashrc", 0o644, BASHRC),
    of_user("/home/user/.profile", 0o644, PROFILE),
    of_user("/home/user/README.txt", 0o644, include_str!("files/README.txt")),
    of_user("/home/user/fruit.txt", 0o644, include_str!("files/fruit.txt")),
    of_user("/home/user/hello.sh", 0o755, include_str!("files/hello.sh")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::users::{Accounts, ID_FIRST, SudoRequest, Sudoers};

    fn text(path: &str) -> &'static [u8] {
        match entries().find(|entry| entry.path == path).map(|entry| entry.node) {
            Some(BaseNode::File(text)) => text.as_bytes(),
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn parents_come_first_and_nothing_twice() {
        let mut seen = BTreeMap::from([("/", BaseNode::Directory)]);
        for entry in entries() {
            let (parent, name) = entry.path.rsplit_once('/').unwrap();
            let parent = if parent.is_empty() { "/" } else { parent };
            assert_eq!(seen.get(parent), Some(&BaseNode::Directory), "{}", entry.path);
            assert!(!name.is_empty());
            assert!(entry.mode <= 0o7777);
            assert_eq!(seen.insert(entry.path, entry.node), None, "{}", entry.path);
        }
    }

    #[test]
    fn files_are_small_texts() {
        let mut bytes = 0;
        for entry in entries() {
            if let BaseNode::File(text) = entry.node {
                bytes += text.len();
                assert!(text.is_empty() || text.ends_with('\n'), "{}", entry.path);
                assert!(text.is_ascii() && !text.contains('\r'), "{}", entry.path);
            }
        }
        assert!(bytes < 12_000, "{bytes}");
    }

    #[test]
    fn accounts_agree() {
        let accounts = Accounts::parse(text("/etc/passwd"), text("/etc/shadow"), text("/etc/group"));
        assert_eq!(accounts.passwd.to_text(), text("/etc/passwd"));
        assert_eq!(accounts.shadow.to_text(), text("/etc/shadow"));
        assert_eq!(accounts.group.to_text(), text("/etc/group"));
        let names: Vec<&[u8]> = accounts.passwd.iter().map(|entry| entry.name.as_slice()).collect();
        let shadows: Vec<&[u8]> = accounts.shadow.iter().map(|entry| entry.name.as_slice()).collect();
        assert_eq!(names, shadows);
        for entry in accounts.passwd.iter() {
            assert!(accounts.group_name(entry.gid).is_some(), "{entry:?}");
            let can_log_in = accounts.by_name(&entry.name).unwrap().password_hash.is_empty();
            assert_eq!(can_log_in, entry.uid == 0 || entry.uid >= ID_FIRST && entry.uid < 60_000);
        }
        assert_eq!(accounts.next_uid(), Some(1001));
        for entry in entries() {
            assert!(accounts.user_name(entry.uid).is_some() && accounts.group_name(entry.gid).is_some());
        }
    }

    #[test]
    fn sudo_is_for_its_group() {
        let sudoers = Sudoers::parse(text("/etc/sudoers"));
        let request = |user: &'static [u8], groups: &'static [&'static [u8]]| SudoRequest {
            user,
            groups,
            host: b"bivalve",
            target: b"root",
            command: b"/usr/bin/id",
            arguments: b"",
        };
        assert!(sudoers.permits(&request(b"root", &[b"root"])).is_some());
        assert!(
            sudoers.permits(&request(b"user", &[b"user", b"sudo"])).is_some_and(|grant| grant.needs_password)
        );
        assert!(sudoers.permits(&request(b"user", &[b"user"])).is_none());
    }

    #[test]
    fn the_default_name_is_the_one_in_the_files() {
        for (path, expected) in host_files(HOSTNAME) {
            assert_eq!(text(path), expected.as_bytes(), "{path}");
        }
    }
}
