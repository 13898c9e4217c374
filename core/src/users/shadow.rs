//! `/etc/shadow`: password hashes and their age (shadow(5)).

use super::table::{Record, Table, join_fields, parse_number};

/// `/etc/shadow`.
pub type Shadow = Table<ShadowEntry>;

/// A line of it: nine fields. Missing ones at the end count as empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ShadowEntry {
    /// Login name.
    pub name: Vec<u8>,
    /// Password hash; empty when no password is needed, with `!` or `*` in front when none fits.
    pub hash: Vec<u8>,
    /// Day of the last change, counted from 1970-01-01.
    pub changed_day: Option<u64>,
    /// Days before it may be changed again.
    pub min_days: Option<u64>,
    /// Days before it must be changed.
    pub max_days: Option<u64>,
    /// Days of warning before that.
    pub warn_days: Option<u64>,
    /// Days after that in which the account still works.
    pub inactive_days: Option<u64>,
    /// Day on which the account ends.
    pub expire_day: Option<u64>,
    /// Unused.
    pub reserved: Vec<u8>,
}

impl Record for ShadowEntry {
    fn parse(line: &[u8]) -> Option<ShadowEntry> {
        let mut fields = line.split(|&byte| byte == b':');
        let name = fields.next()?.to_vec();
        let hash = fields.next()?.to_vec();
        let mut days = || match fields.next() {
            None | Some(b"") => Some(None),
            Some(field) => parse_number(field).map(Some),
        };
        let entry = ShadowEntry {
            name,
            hash,
            changed_day: days()?,
            min_days: days()?,
            max_days: days()?,
            warn_days: days()?,
            inactive_days: days()?,
            expire_day: days()?,
            reserved: fields.next().unwrap_or_default().to_vec(),
        };
        let is_record = fields.next().is_none() && !entry.name.is_empty() && !entry.name.starts_with(b"#");
        is_record.then_some(entry)
    }

    fn to_line(&self) -> Vec<u8> {
        let text = |days: Option<u64>| days.map_or(String::new(), |days| days.to_string());
        join_fields(&[
            &self.name,
            &self.hash,
            text(self.changed_day).as_bytes(),
            text(self.min_days).as_bytes(),
            text(self.max_days).as_bytes(),
            text(self.warn_days).as_bytes(),
            text(self.inactive_days).as_bytes(),
            text(self.expire_day).as_bytes(),
            &self.reserved,
        ])
    }

    fn name(&self) -> &[u8] {
        &self.name
    }
}
