//! User and group names of a running machine, as programs look them up.

use super::quoting::quote_locale;
use crate::abi::{Gid, Mode, OpenFlags, Result, Uid};
use crate::kernel::Process;
use crate::users::Accounts;

/// The account files, read once.
pub struct Names {
    accounts: Accounts,
}

impl Names {
    /// Reads them. A file that cannot be read counts as empty.
    pub async fn read(process: &Process) -> Names {
        let passwd = read_file(process, b"/etc/passwd").await.unwrap_or_default();
        let group = read_file(process, b"/etc/group").await.unwrap_or_default();
        Names { accounts: Accounts::parse(&passwd, b"", &group) }
    }

    /// The accounts.
    #[must_use]
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// A user's name, or its number where it has none.
    #[must_use]
    pub fn user(&self, uid: Uid) -> Vec<u8> {
        self.accounts.user_name(uid).map_or_else(|| uid.to_string().into_bytes(), <[u8]>::to_vec)
    }

    /// A group's name, or its number where it has none.
    #[must_use]
    pub fn group(&self, gid: Gid) -> Vec<u8> {
        self.accounts.group_name(gid).map_or_else(|| gid.to_string().into_bytes(), <[u8]>::to_vec)
    }

    /// The user of a name or number.
    #[must_use]
    pub fn find_user(&self, text: &[u8]) -> Option<Uid> {
        self.accounts.by_name(text).map(|account| account.uid).or_else(|| number(text))
    }

    /// The group of a name or number.
    #[must_use]
    pub fn find_group(&self, text: &[u8]) -> Option<Gid> {
        let named = self.accounts.group.iter().find(|entry| entry.name == text);
        named.map(|entry| entry.gid).or_else(|| number(text))
    }

    /// Reads `USER`, `USER:GROUP`, `USER:` (the user's first group) or `:GROUP`. The error is GNU's message.
    pub fn parse_owner(&self, text: &[u8]) -> Result<(Option<Uid>, Option<Gid>), Vec<u8>> {
        let invalid = |what: &str| [what.as_bytes(), b": ", &quote_locale(text)].concat();
        let Some(colon) = text.iter().position(|&byte| byte == b':') else {
            if text.is_empty() {
                return Ok((None, None));
            }
            return match self.find_user(text) {
                Some(uid) => Ok((Some(uid), None)),
                None => Err(invalid("invalid user")),
            };
        };
        let (user, group) = (&text[..colon], &text[colon + 1..]);
        let uid = match user {
            [] => None,
            _ => Some(self.find_user(user).ok_or_else(|| invalid("invalid user"))?),
        };
        let gid = match (uid, group) {
            (None, []) => None,
            (Some(_), []) => {
                let login = self.accounts.by_name(user).map(|account| account.gid);
                Some(login.ok_or_else(|| invalid("invalid spec"))?)
            }
            _ => Some(self.find_group(group).ok_or_else(|| invalid("invalid group"))?),
        };
        Ok((uid, gid))
    }
}

fn number(text: &[u8]) -> Option<u32> {
    let text = text.strip_prefix(b"+").unwrap_or(text);
    let digits = text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text).ok().filter(|_| digits)?.parse().ok().filter(|&number| number != u32::MAX)
}

/// A whole file's bytes.
pub async fn read_file(process: &Process, path: &[u8]) -> Result<Vec<u8>> {
    let fd = process.open(path, OpenFlags::READ, Mode::default()).await?;
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 16 * 1024];
    let result = loop {
        match process.read(fd, &mut buffer).await {
            Ok(0) => break Ok(()),
            Ok(count) => bytes.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(errno) => break Err(errno),
        }
    };
    process.close(fd)?;
    result.map(|()| bytes)
}
