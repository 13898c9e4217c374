//! Programs that take all they can get: refused by errno, and the machine goes on.

use super::{Rig, output};
use crate::abi::limits::{PROCESSES_MAX, USER_PROCESSES_MAX};
use crate::kernel::KernelLimits;
use crate::machine::Config;

const FORK_BOMB: &[u8] = b"bomb() { bomb | bomb & }; bomb\r";

#[test]
fn a_users_fork_bomb_leaves_room_for_others() {
    let rig = Rig::new(1);
    let session = rig.login("user");
    session.write(FORK_BOMB);
    let mut shown = String::new();
    let mut most = 0;
    for _ in 0..200 {
        rig.machine.run(100_000);
        shown.push_str(&output(&session));
        most = most.max(rig.machine.process_count());
    }
    assert!(shown.contains("fork: Resource temporarily unavailable"), "{shown}");
    assert!(most > USER_PROCESSES_MAX / 2 && most <= USER_PROCESSES_MAX + 2, "{most} processes");
    let other = rig.script("echo alive; kill -KILL -- -1");
    for _ in 0..20 {
        rig.machine.run(1_000_000);
    }
    assert_eq!(output(&other), "alive\n");
    drop((session, other));
    rig.settle();
    assert_eq!(rig.machine.process_count(), 1, "only init is left");
    assert_eq!(rig.run("echo well").0, "well\n");
}

#[test]
fn a_full_process_table_refuses_one_more() {
    let rig = Rig::new(1);
    let session = rig.login("root");
    session.write(b"while :; do sleep 1000 & done 2>/tmp/log\r");
    for _ in 0..100 {
        rig.machine.run(100_000);
        output(&session);
    }
    assert_eq!(rig.machine.process_count(), PROCESSES_MAX);
    session.write(b"echo well; tail -n 1 /tmp/log\r");
    rig.machine.run(1_000_000);
    let shown = output(&session);
    assert!(shown.contains("well\r\n"), "{shown}");
    assert!(shown.contains("fork: Resource temporarily unavailable"), "{shown}");
    drop(session);
    rig.machine.run(1_000_000);
    assert_eq!(rig.run("echo well").0, "well\n");
}

#[test]
fn an_owner_may_allow_less() {
    let limits = KernelLimits { processes: 4, ..KernelLimits::default() };
    let rig = Rig::with(Config { limits, ..Config::default() }, 1);
    let (shown, _) = rig.run("cat </dev/null | cat | cat | cat; echo well");
    assert_eq!(shown, "bash: line 1: fork: Resource temporarily unavailable\n");
    assert_eq!(rig.run("cat </dev/null | cat; echo well").0, "well\n");
}
