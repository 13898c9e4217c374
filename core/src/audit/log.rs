//! The bounded log: the newest entries, numbered, and what was counted since the start.

use std::collections::VecDeque;

use super::json::Object;
use super::{Classes, Event};
use crate::abi::limits::{AUDIT_BYTES_MAX, AUDIT_ENTRIES_MAX};
use crate::abi::{Pid, Time, Uid};

/// An event with when and who.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its number: 0 for the first, no gaps.
    pub seq: u64,
    /// When it was recorded.
    pub time: Time,
    /// The process that did it; 0 when it came from outside.
    pub pid: Pid,
    /// That process's effective user.
    pub uid: Uid,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Appends the entry as one line of JSON:
    /// `{"seq":…,"timestamp":"…Z","type":"…","source":"…","pid":…,"uid":…,"details":{…}}`.
    pub fn write_json_line(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        object.number("seq", self.seq);
        object.time("timestamp", self.time);
        object.text("type", self.event.name().as_bytes());
        object.text("source", self.event.source().as_bytes());
        object.number("pid", u64::from(self.pid));
        object.number("uid", u64::from(self.uid));
        object.object("details", |details| self.event.describe(details));
        object.close();
        out.push(b'\n');
    }
}

/// Counts since the log was made or reset, whatever it still holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Stats {
    pub auth_attempts: u64,
    pub auth_successes: u64,
    pub auth_failures: u64,
    pub commands: u64,
    pub file_writes: u64,
    pub file_reads: u64,
    pub session_starts: u64,
    pub session_ends: u64,
    pub users_created: u64,
    pub users_deleted: u64,
    pub client_connects: u64,
    pub client_disconnects: u64,
}

impl Stats {
    fn count(&mut self, event: &Event) {
        let counter = match event {
            Event::AuthSuccess { .. } => {
                self.auth_attempts += 1;
                &mut self.auth_successes
            }
            Event::AuthFailure { .. } => {
                self.auth_attempts += 1;
                &mut self.auth_failures
            }
            Event::Command { .. } => &mut self.commands,
            Event::FileWrite { .. } => &mut self.file_writes,
            Event::FileRead { .. } => &mut self.file_reads,
            Event::SessionStart { .. } => &mut self.session_starts,
            Event::SessionEnd { .. } => &mut self.session_ends,
            Event::UserAdd { .. } => &mut self.users_created,
            Event::UserDelete { .. } => &mut self.users_deleted,
            Event::ClientConnect { .. } => &mut self.client_connects,
            Event::ClientDisconnect { .. } => &mut self.client_disconnects,
            _ => return,
        };
        *counter += 1;
    }

    /// Appends the twelve counters as one JSON object.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        for (name, count) in [
            ("authAttempts", self.auth_attempts),
            ("authSuccesses", self.auth_successes),
            ("authFailures", self.auth_failures),
            ("commands", self.commands),
            ("fileWrites", self.file_writes),
            ("fileReads", self.file_reads),
            ("sessionStarts", self.session_starts),
            ("sessionEnds", self.session_ends),
            ("userCreated", self.users_created),
            ("userDeleted", self.users_deleted),
            ("clientConnects", self.client_connects),
            ("clientDisconnects", self.client_disconnects),
        ] {
            object.number(name, count);
        }
        object.close();
    }
}

/// The log of one machine. The oldest entries make room when there are too many or they take too many
/// bytes. A subscriber keeps the number of the entry that it wants next and asks [`Log::since`] when it
/// has time; nothing calls back.
#[derive(Debug)]
pub struct Log {
    classes: Classes,
    entries: VecDeque<Entry>,
    entries_max: usize,
    text_bytes: usize,
    seq_next: u64,
    stats: Stats,
}

impl Default for Log {
    fn default() -> Log {
        Log::new(Classes::default(), AUDIT_ENTRIES_MAX)
    }
}

impl Log {
    /// An empty log for these classes. It takes no memory before its first entry.
    #[must_use]
    pub const fn new(classes: Classes, entries_max: usize) -> Log {
        Log {
            classes,
            entries: VecDeque::new(),
            entries_max,
            text_bytes: 0,
            seq_next: 0,
            stats: Stats {
                auth_attempts: 0,
                auth_successes: 0,
                auth_failures: 0,
                commands: 0,
                file_writes: 0,
                file_reads: 0,
                session_starts: 0,
                session_ends: 0,
                users_created: 0,
                users_deleted: 0,
                client_connects: 0,
                client_disconnects: 0,
            },
        }
    }

    /// Whether events of this class are recorded. Ask before building one: a class that is off then
    /// costs one test of a bit.
    #[must_use]
    pub const fn wants(&self, class: Classes) -> bool {
        self.classes.has(class)
    }

    /// The classes that are recorded.
    #[must_use]
    pub const fn classes(&self) -> Classes {
        self.classes
    }

    /// Turns classes on and off from now on.
    pub fn set_classes(&mut self, classes: Classes) {
        self.classes = classes;
    }

    /// Counts an event and keeps it, unless its class is off. Nothing is allocated beyond the event's
    /// own bytes but, now and then, a longer ring.
    pub fn record(&mut self, time: Time, pid: Pid, uid: Uid, event: Event) {
        if !self.wants(event.class()) {
            return;
        }
        self.stats.count(&event);
        self.text_bytes += event.text_bytes();
        self.entries.push_back(Entry { seq: self.seq_next, time, pid, uid, event });
        self.seq_next += 1;
        while self.entries.len() > self.entries_max || self.text_bytes > AUDIT_BYTES_MAX {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.text_bytes -= oldest.event.text_bytes();
        }
    }

    /// The entries from this number on that are still there, oldest first. When the first one's number is
    /// higher than asked for, those between were lost to newer ones.
    pub fn since(&self, seq: u64) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        let first = self.entries.front().map_or(self.seq_next, |entry| entry.seq);
        let skip = usize::try_from(seq.saturating_sub(first)).unwrap_or(usize::MAX).min(self.entries.len());
        self.entries.range(skip..)
    }

    /// The number that the next entry gets: where a new subscriber starts.
    #[must_use]
    pub const fn next_seq(&self) -> u64 {
        self.seq_next
    }

    /// The newest entries, newest first.
    pub fn recent(&self, limit: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().rev().take(limit)
    }

    /// What was counted.
    #[must_use]
    pub const fn stats(&self) -> Stats {
        self.stats
    }

    /// Forgets all entries and counts. Numbers go on.
    pub fn reset(&mut self) {
        self.entries.clear();
        self.text_bytes = 0;
        self.stats = Stats::default();
    }
}
