//! What a login shows before its shell, as on Debian: the message of the day and when the user was here last.

use super::Machine;
use crate::abi::{Credentials, Mode, OpenFlags, Time};
use crate::calendar::{Zone, format_time};
use crate::users::Account;

/// Where the last logins are kept: a record for each user id, as glibc's `struct lastlog`.
const LAST_LOGINS: &[u8] = b"/var/log/lastlog";
const LINE_BYTES: usize = 32;
const HOST_BYTES: usize = 256;
const RECORD_BYTES: usize = 4 + LINE_BYTES + HOST_BYTES;

/// One record: seconds since 1970, the terminal without `/dev/`, the client's address.
struct LastLogin {
    secs: i32,
    line: Vec<u8>,
    host: Vec<u8>,
}

impl LastLogin {
    fn parse(record: &[u8]) -> Option<LastLogin> {
        let (secs, names) = record.split_first_chunk()?;
        let (line, host) = names.split_at_checked(LINE_BYTES)?;
        let text = |bytes: &[u8]| bytes.split(|&byte| byte == 0).next().unwrap_or_default().to_vec();
        let secs = i32::from_le_bytes(*secs);
        (secs != 0).then(|| LastLogin { secs, line: text(line), host: text(host) })
    }

    fn to_record(&self) -> Vec<u8> {
        let mut record = self.secs.to_le_bytes().to_vec();
        for (text, size) in [(&self.line, LINE_BYTES), (&self.host, HOST_BYTES)] {
            record.extend(text.iter().copied().chain(std::iter::repeat(0)).take(size));
        }
        record
    }

    /// `Last login: Thu Jan  1 00:00:00 2026 from 192.0.2.1`, or `on` its terminal when it was no client's.
    fn sentence(&self) -> Vec<u8> {
        let mut text = b"Last login: ".to_vec();
        format_time(b"%a %b %e %H:%M:%S %Y", Time::from_secs(i64::from(self.secs)), &Zone::UTC, &mut text);
        match self.host.is_empty() {
            true => text.extend([b" on ", &self.line[..]].concat()),
            false => text.extend([b" from ", &self.host[..]].concat()),
        }
        text.push(b'\n');
        text
    }
}

impl Machine {
    /// Notes a login on a terminal (`pts/N`) and gives what it is to show: nothing in a home with a
    /// `.hushlogin`.
    pub(super) fn greeting(&self, account: &Account, line: &[u8], remote: Option<&str>) -> Vec<u8> {
        let now = i32::try_from(self.kernel.host.now().secs).unwrap_or(i32::MAX);
        let host = remote.unwrap_or_default().as_bytes().to_vec();
        let last = self.swap_last_login(account.uid, &LastLogin { secs: now, line: line.to_vec(), host });
        let hush = [&account.home[..], b"/.hushlogin"].concat();
        let root = Credentials::root();
        let files = &self.kernel.files;
        if files.stat(&self.context(&root), files.root(), &hush, true).is_ok() {
            return Vec::new();
        }
        let mut text = self.read_as(&root, b"/etc/motd").unwrap_or_default();
        text.extend(last.map(|last| last.sentence()).unwrap_or_default());
        text
    }

    /// Replaces a user's record; what it was. Nothing where the log has been removed or has no room.
    fn swap_last_login(&self, uid: u32, new: &LastLogin) -> Option<LastLogin> {
        let root = Credentials::root();
        let (cx, files) = (self.context(&root), &self.kernel.files);
        let flags = OpenFlags::READ_WRITE;
        let node = files.open(&cx, files.root(), LAST_LOGINS, flags, Mode::default()).ok()?;
        let offset = u64::from(uid) * RECORD_BYTES as u64;
        let mut record = [0; RECORD_BYTES];
        let count = node.read(&cx, offset, &mut record).ok()?;
        let _ = node.write(&cx, Some(offset), &new.to_record());
        LastLogin::parse(record.get(..count)?)
    }
}
