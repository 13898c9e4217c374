//! The log's bounds, counts, lines and anomalies.

use super::*;
use crate::abi::limits::{AUDIT_BYTES_MAX, AUDIT_TEXT_BYTES_MAX};
use crate::abi::{Errno, ExitStatus, Mode, Signal, Time};

fn line(event: Event) -> String {
    let mut out = Vec::new();
    let entry =
        Entry { seq: 7, time: Time { secs: 1_795_212_619, nanos: 11_000_000 }, pid: 2, uid: 1000, event };
    entry.write_json_line(&mut out);
    String::from_utf8(out).unwrap()
}

fn details(event: Event) -> String {
    let line = line(event);
    let at = line.find("\"details\":").unwrap() + 10;
    line[at..line.len() - 2].to_owned()
}

fn write(path: &[u8]) -> Event {
    Event::FileWrite { path: path.into(), size_bytes: 3 }
}

fn failure() -> Event {
    Event::AuthFailure {
        face: Face::Ssh,
        user: "root".into(),
        remote: "10.0.0.1".into(),
        method: AuthMethod::Password,
        reason: AuthReason::WrongPassword,
    }
}

fn success() -> Event {
    Event::AuthSuccess {
        face: Face::Sftp,
        user: "root".into(),
        remote: "10.0.0.1".into(),
        method: AuthMethod::PublicKey,
    }
}

fn command() -> Event {
    Event::Command { user: "root".into(), command: "ls".into(), cwd: "/".into() }
}

#[test]
fn an_entry_is_one_line_of_json() {
    assert_eq!(
        line(write(b"/tmp/a")),
        "{\"seq\":7,\"timestamp\":\"2026-11-20T22:10:19.011Z\",\"type\":\"file:write\",\
         \"source\":\"VirtualFileSystem\",\"pid\":2,\"uid\":1000,\"details\":{\"path\":\"/tmp/a\",\"size\":3}}\n"
    );
    assert_eq!(details(Event::SnapshotImport), "{}");
    assert_eq!(
        details(failure()),
        "{\"username\":\"root\",\"remoteAddress\":\"10.0.0.1\",\"method\":\"password\",\"reason\":\"wrong password\"}"
    );
    assert_eq!(
        details(Event::ProcessExit { status: ExitStatus::Signaled(Signal::KILL) }),
        "{\"exitCode\":137,\"signal\":\"KILL\"}"
    );
    assert_eq!(
        details(Event::LimitReached { limit: "PROCESSES_MAX", errno: Errno::EAGAIN }),
        "{\"limit\":\"PROCESSES_MAX\",\"errno\":\"EAGAIN\"}"
    );
    assert_eq!(
        details(Event::DirCreate { path: "/d".into(), mode: Mode::new(0o755) }),
        "{\"path\":\"/d\",\"mode\":493}"
    );
    assert_eq!(
        details(Event::SudoChallenge { user: "a".into(), target: "b".into(), success: false }),
        "{\"username\":\"a\",\"targetUser\":\"b\",\"success\":false}"
    );
}

#[test]
fn any_bytes_make_valid_json() {
    assert_eq!(
        details(Event::NodeRemove { path: "\"\\\n\r\t\u{1}\u{7f}é€".into() }),
        "{\"path\":\"\\\"\\\\\\n\\r\\t\\u0001\\u007fé€\"}"
    );
    assert_eq!(
        details(Event::NodeRemove { path: b"a\xff\xc3".as_slice().into() }),
        "{\"path\":\"a\u{fffd}\u{fffd}\",\"pathBase64\":\"Yf/D\"}"
    );
}

#[test]
fn a_class_that_is_off_leaves_no_trace() {
    let mut log = Log::new(Classes::AUTH | Classes::COMMANDS, 10);
    assert!(log.wants(Classes::AUTH) && !log.wants(Classes::FILE_CHANGES));
    log.record(Time::EPOCH, 1, 0, write(b"/a"));
    assert_eq!((log.next_seq(), log.stats()), (0, Stats::default()));
    log.record(Time::EPOCH, 1, 0, success());
    assert_eq!(log.since(0).map(|entry| entry.event.source()).collect::<Vec<_>>(), ["SftpMimic"]);
    assert!(!Log::default().wants(Classes::FILE_READS));
}

#[test]
fn the_oldest_make_room() {
    let mut log = Log::new(Classes::ALL, 3);
    for number in 0..5u8 {
        log.record(Time::EPOCH, 1, 0, write(&[number]));
    }
    let seqs = |from| log.since(from).map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(seqs(0), [2, 3, 4]);
    assert_eq!(seqs(3), [3, 4]);
    assert_eq!(seqs(5), [0u64; 0]);
    assert_eq!(seqs(u64::MAX), [0u64; 0]);
    assert_eq!(log.recent(2).map(|entry| entry.seq).collect::<Vec<_>>(), [4, 3]);
    assert_eq!(log.stats().file_writes, 5);
    log.reset();
    assert_eq!((log.since(0).len(), log.next_seq(), log.stats().file_writes), (0, 5, 0));
    log.record(Time::EPOCH, 1, 0, write(b"x"));
    assert_eq!(log.since(0).map(|entry| entry.seq).collect::<Vec<_>>(), [5]);
    let mut none = Log::new(Classes::ALL, 0);
    none.record(Time::EPOCH, 1, 0, write(b"x"));
    assert_eq!((none.since(0).len(), none.next_seq()), (0, 1));
}

#[test]
fn bytes_are_bounded_too() {
    let huge = vec![b'x'; 10 * AUDIT_TEXT_BYTES_MAX];
    assert_eq!(Text::new(&huge).as_bytes().len(), AUDIT_TEXT_BYTES_MAX);
    assert_eq!(Text::joined(&[&huge, &huge]).as_bytes().len(), AUDIT_TEXT_BYTES_MAX);
    assert_eq!(Text::joined(&["echo", "a b", ""]).as_bytes(), b"echo a b ");
    let mut log = Log::default();
    for _ in 0..5000 {
        log.record(Time::EPOCH, 1, 0, write(&huge));
    }
    let bytes: usize = log.since(0).map(|entry| entry.event.text_bytes()).sum();
    assert_eq!(bytes, AUDIT_BYTES_MAX / AUDIT_TEXT_BYTES_MAX * AUDIT_TEXT_BYTES_MAX);
}

#[test]
fn the_twelve_counters() {
    let mut log = Log::new(Classes::ALL, 100);
    let user = || Text::from("ann");
    let session = |start| {
        let (user, session, remote) = (user(), 1, Text::from("-"));
        if start {
            Event::SessionStart { user, session, remote }
        } else {
            Event::SessionEnd { user, session, remote }
        }
    };
    for (times, event) in [
        (1, success()),
        (2, failure()),
        (3, command()),
        (4, write(b"/a")),
        (5, Event::FileRead { path: "/a".into(), size_bytes: 1 }),
        (6, session(true)),
        (7, session(false)),
        (8, Event::UserAdd { user: user() }),
        (9, Event::UserDelete { user: user() }),
        (10, Event::ClientConnect { face: Face::Ssh, remote: "-".into() }),
        (11, Event::ClientDisconnect { face: Face::Ssh, user: user(), remote: "-".into() }),
        (12, Event::NodeRemove { path: "/a".into() }),
    ] {
        for _ in 0..times {
            log.record(Time::EPOCH, 0, 0, event.clone());
        }
    }
    let mut json = Vec::new();
    log.stats().write_json(&mut json);
    assert_eq!(
        String::from_utf8(json).unwrap(),
        "{\"authAttempts\":3,\"authSuccesses\":1,\"authFailures\":2,\"commands\":3,\"fileWrites\":4,\
         \"fileReads\":5,\"sessionStarts\":6,\"sessionEnds\":7,\"userCreated\":8,\"userDeleted\":9,\
         \"clientConnects\":10,\"clientDisconnects\":11}"
    );
}

#[test]
fn anomalies_begin_above_their_thresholds() {
    let kinds = |stats: Stats| {
        let found = anomalies(&stats, &Thresholds::default());
        found.into_iter().map(|anomaly| (anomaly.kind, anomaly.severity.name())).collect::<Vec<_>>()
    };
    assert_eq!(kinds(Stats::default()), []);
    let calm =
        Stats { auth_attempts: 20, auth_failures: 10, commands: 1000, file_writes: 500, ..Stats::default() };
    assert_eq!(kinds(calm), []);
    let rate = Stats { auth_attempts: 3, auth_failures: 2, ..Stats::default() };
    assert_eq!(kinds(rate), [("high_auth_failure_rate", "medium")]);
    let all =
        Stats { auth_attempts: 11, auth_failures: 11, commands: 1001, file_writes: 501, ..Stats::default() };
    assert_eq!(
        kinds(all),
        [
            ("high_auth_failure_rate", "medium"),
            ("excessive_auth_failures", "high"),
            ("high_command_volume", "low"),
            ("high_write_volume", "medium"),
        ]
    );
}
