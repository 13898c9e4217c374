//! `/etc/passwd`: who there is (passwd(5)).

use super::table::{Record, Table, join_fields, parse_id};
use crate::abi::{Gid, Uid};

/// `/etc/passwd`.
pub type Passwd = Table<PasswdEntry>;

/// A line of it: seven fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PasswdEntry {
    /// Login name.
    pub name: Vec<u8>,
    /// `x` where the hash is in `/etc/shadow`; else the hash, empty when no password is needed.
    pub password: Vec<u8>,
    /// User id.
    pub uid: Uid,
    /// Its first group.
    pub gid: Gid,
    /// Full name and the like, between commas.
    pub gecos: Vec<u8>,
    /// Home directory.
    pub home: Vec<u8>,
    /// Login shell; empty means `/bin/sh`.
    pub shell: Vec<u8>,
}

impl Record for PasswdEntry {
    fn parse(line: &[u8]) -> Option<PasswdEntry> {
        let mut fields = line.split(|&byte| byte == b':');
        let entry = PasswdEntry {
            name: fields.next()?.to_vec(),
            password: fields.next()?.to_vec(),
            uid: parse_id(fields.next()?)?,
            gid: parse_id(fields.next()?)?,
            gecos: fields.next()?.to_vec(),
            home: fields.next()?.to_vec(),
            shell: fields.next()?.to_vec(),
        };
        let is_record = fields.next().is_none() && !entry.name.is_empty() && !entry.name.starts_with(b"#");
        is_record.then_some(entry)
    }

    fn to_line(&self) -> Vec<u8> {
        join_fields(&[
            &self.name,
            &self.password,
            self.uid.to_string().as_bytes(),
            self.gid.to_string().as_bytes(),
            &self.gecos,
            &self.home,
            &self.shell,
        ])
    }

    fn name(&self) -> &[u8] {
        &self.name
    }
}
