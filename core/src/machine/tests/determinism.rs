//! The same seed and input give the same bytes: output, audit log, files.

use super::{Rig, output};
use crate::image::vfsb;
use crate::machine::Config;

/// Programs that show what could differ: random numbers, process ids, names, times, the order of turns.
const SCRIPT: &str = r#"
echo $RANDOM $SRANDOM $$ $BASHPID
mktemp; mktemp -d; mktemp -u
head -c 8 /dev/urandom >noise; ls -li --full-time /tmp
for i in 1 2 3 4 5; do { sleep 0.$i; echo $i $BASHPID $RANDOM; } & done; wait
for i in 1 2 3; do yes $i | head -500 & done | sort | uniq -c
date +%s.%N; cat /proc/loadavg /proc/uptime; ps -ef; echo $SECONDS $EPOCHREALTIME
sort -R /etc/passwd | head -n 1
"#;

/// What a seed gives: what is shown, the audit log, the files.
fn transcript(seed: u64, shuffle_seed: Option<u64>) -> (String, String, Vec<u8>) {
    let rig = Rig::with(Config { shuffle_seed, ..Config::default() }, seed);
    let mut shown = rig.run(SCRIPT).0;
    let session = rig.login("user");
    session.write(b"echo $RANDOM; cat /etc/shadow; mkdir -p a/b; cd a\rsleep 5 &\rexit\r");
    rig.settle();
    shown.push_str(&output(&session));
    drop(session);
    rig.settle();
    let mut log = Vec::new();
    rig.machine.with_audit(|audit| audit.since(0).for_each(|entry| entry.write_json_line(&mut log)));
    (shown, String::from_utf8(log).expect("text"), vfsb::write(&rig.machine.snapshot()))
}

#[test]
fn a_seed_replays_a_run() {
    for shuffle_seed in [None, Some(5)] {
        let (shown, log, files) = transcript(7, shuffle_seed);
        let again = transcript(7, shuffle_seed);
        assert_eq!(again.0, shown);
        assert_eq!(again.1, log);
        assert!(again.2 == files, "the files differ");
        assert!(shown.lines().count() > 30 && log.lines().count() > 30, "{shown}{log}");
    }
}

#[test]
fn another_seed_gives_another_run() {
    let (one, other) = (transcript(7, None), transcript(8, None));
    assert_ne!(one.0, other.0);
    assert_ne!(one.1, other.1, "random names are in the log");
    assert!(one.2 != other.2, "random names and bytes are in the files");
}
