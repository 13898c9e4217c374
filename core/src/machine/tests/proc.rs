//! `/proc` as the tools read it that look into it.

use super::{Rig, output};
use crate::machine::ExecCommand;

#[track_caller]
fn check(line: &str, expected: &str) {
    assert_eq!(Rig::new(1).run(line).0, expected, "{line}");
}

#[test]
fn everything_in_it_can_be_found_and_read() {
    let read = "exec 2>&1; find /proc -maxdepth 1 -type f -exec cat {} + >/dev/null
                find /proc/1 /proc/sys -type f -exec cat {} + >/dev/null; find /proc/1 -type l | wc -l";
    let (shown, _) = Rig::new(1).run(read);
    assert!(shown.trim().parse::<u32>().is_ok_and(|links| links > 3), "no error, and links: {shown}");
    let walk =
        "cd /proc/self/task; cd *; cd /proc/sys/kernel/random; pwd -P; cd ..; pwd -P; cd ../..; pwd -P";
    let (shown, _) = Rig::new(1).run(walk);
    assert_eq!(shown, "/proc/sys/kernel/random\n/proc/sys/kernel\n/proc\n");
}

#[test]
fn the_shapes_that_tools_parse() {
    check(
        "wc -w </proc/1/stat; wc -w </proc/1/statm; cut -d' ' -f1-5 /proc/1/stat",
        "52\n7\n1 (init) S 0 1\n",
    );
    check(
        "head -n 1 /proc/self/limits; grep -c . /proc/self/limits",
        "Limit                     Soft Limit           Hard Limit           Units     \n17\n",
    );
    check(
        "ulimit -n 99; grep 'open files' /proc/$$/limits",
        "Max open files            99                   99                   files     \n",
    );
    check(
        "cut -d' ' -f1-6 /proc/self/mountinfo",
        "0 0 0:1 / / rw,relatime\n1 0 0:2 / /proc rw,relatime\n2 0 0:3 / /dev rw,relatime\n",
    );
    check(
        "cat /proc/sys/kernel/hostname /proc/sys/kernel/ostype; ls /proc/sys/kernel/random",
        "bivalve\nLinux\nuuid\n",
    );
    check(
        "grep -E '^(Name|State|PPid|NSsid|ShdPnd)' /proc/1/status",
        "Name:\tinit\nState:\tS (sleeping)\nPPid:\t0\nNSsid:\t1\nShdPnd:\t0000000000000000\n",
    );
    check(
        "echo abc >f; exec 5>>f; echo more >&5; cat /proc/$$/fdinfo/5 | head -n 2",
        "pos:\t9\nflags:\t0102001\n",
    );
    check("exec 5>f; rm f; readlink /proc/$$/fd/5; ls /proc/$$/task | grep -c .", "/root/f (deleted)\n1\n");
}

#[test]
fn others_do_not_see_what_is_private() {
    let rig = Rig::new(1);
    let line = b"cat /proc/1/environ; ls /proc/1/fd; readlink /proc/1/cwd; head -c 4 /proc/1/comm".to_vec();
    let session = rig.exec("user", ExecCommand::Shell([b"exec 2>&1; ", &line[..]].concat()));
    rig.settle();
    let shown = output(&session);
    assert_eq!(shown.matches("Permission denied").count(), 2, "{shown}");
    assert!(shown.ends_with("init"), "{shown}");
}
