//! `/etc/group`: groups and their members (group(5)).

use super::table::{Record, Table, join_fields, parse_id};
use crate::abi::Gid;

/// `/etc/group`.
pub type Group = Table<GroupEntry>;

/// A line of it: four fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupEntry {
    /// The group's name.
    pub name: Vec<u8>,
    /// Group password; `x` or empty, never used.
    pub password: Vec<u8>,
    /// Group id.
    pub gid: Gid,
    /// Names of the users that have it as a supplementary group.
    pub members: Vec<Vec<u8>>,
}

impl GroupEntry {
    /// Whether this user is in the list of members.
    #[must_use]
    pub fn has_member(&self, user: &[u8]) -> bool {
        self.members.iter().any(|member| member == user)
    }
}

impl Record for GroupEntry {
    fn parse(line: &[u8]) -> Option<GroupEntry> {
        let mut fields = line.split(|&byte| byte == b':');
        let name = fields.next()?.to_vec();
        let password = fields.next()?.to_vec();
        let gid = parse_id(fields.next()?)?;
        let members = fields.next().unwrap_or_default();
        let members = members.split(|&byte| byte == b',').filter(|member| !member.is_empty());
        let entry = GroupEntry { name, password, gid, members: members.map(<[u8]>::to_vec).collect() };
        let is_record = fields.next().is_none() && !entry.name.is_empty() && !entry.name.starts_with(b"#");
        is_record.then_some(entry)
    }

    fn to_line(&self) -> Vec<u8> {
        let members = self.members.join(&b","[..]);
        join_fields(&[&self.name, &self.password, self.gid.to_string().as_bytes(), &members])
    }

    fn name(&self) -> &[u8] {
        &self.name
    }
}
