//! Streams, not strings: programs pass bytes on as they come, and sleep or end when nobody takes them.

use super::{Rig, output};
use crate::abi::{ExitStatus, Signal};
use crate::machine::{Progress, Stream};

const SECOND: u64 = 1_000_000_000;

#[test]
fn a_program_reads_and_writes_pipes() {
    let rig = Rig::new(1);
    let session = rig.program(&["cat", "-n"]);
    assert_eq!(session.write(b"one\ntwo\n"), 8);
    session.close_stdin();
    assert_eq!(rig.machine.run(1_000_000), Progress::Idle);
    assert_eq!(output(&session), "     1\tone\n     2\ttwo\n");
    assert_eq!(session.status(), Some(ExitStatus::SUCCESS));
}

#[test]
fn a_writer_that_nobody_reads_sleeps() {
    let rig = Rig::new(1);
    let session = rig.program(&["yes"]);
    assert_eq!(rig.machine.run(1_000_000), Progress::Idle);
    let mut out = Vec::new();
    while session.read(Stream::Stdout, &mut out, usize::MAX) > 0 {}
    assert_eq!(out.len(), crate::abi::limits::PIPE_BYTES_MAX);
    drop(session);
    rig.machine.run(1_000_000);
    assert_eq!(rig.machine.process_count(), 1, "only init is left");
}

#[test]
fn an_endless_writer_ends_with_its_reader() {
    let rig = Rig::new(1);
    assert_eq!(
        rig.run("yes | head -1; echo ${PIPESTATUS[*]}"),
        ("y\n141 0\n".into(), Some(ExitStatus::SUCCESS))
    );
    assert_eq!(rig.machine.process_count(), 1, "only init is left");
}

#[test]
fn a_terminal_gives_a_line_when_it_is_typed() {
    let rig = Rig::new(1);
    let session = rig.login("root");
    session.write(b"exec cat\r");
    rig.settle();
    output(&session);
    for line in ["one", "two"] {
        session.write(line.as_bytes());
        rig.settle();
        assert_eq!(output(&session), line, "typed, but not yet given to the program");
        session.write(b"\r");
        rig.settle();
        assert_eq!(output(&session), format!("\r\n{line}\r\n"));
    }
    session.write(b"\x04");
    rig.settle();
    assert_eq!(session.status(), Some(ExitStatus::SUCCESS));
}

#[test]
fn the_interrupt_key_ends_a_sleep() {
    let rig = Rig::new(1);
    let session = rig.login("root");
    session.write(b"sleep 100\r");
    assert_eq!(rig.machine.run(10_000_000), Progress::Until(100 * SECOND));
    output(&session);
    session.write(b"\x03");
    assert_eq!(rig.machine.run(10_000_000), Progress::Idle, "and its timer is gone");
    session.write(b"echo status $?\r");
    rig.settle();
    let shown = output(&session);
    assert!(shown.starts_with("^C\r\n") && shown.contains("\rstatus 130\r\n"), "{shown:?}");
}

#[test]
fn a_job_in_the_background_is_waited_for() {
    let rig = Rig::new(1);
    let session = rig.script("(sleep 1; echo late) & echo early; wait; echo end");
    assert_eq!(rig.machine.run(10_000_000), Progress::Until(SECOND));
    assert_eq!(output(&session), "early\n");
    assert_eq!(rig.settle(), SECOND);
    assert_eq!(output(&session), "late\nend\n");
}

#[test]
fn a_killed_program_tells_its_signal() {
    let rig = Rig::new(1);
    let session = rig.program(&["sleep", "100"]);
    rig.machine.run(1_000_000);
    session.signal(Signal::TERM);
    rig.machine.run(1_000_000);
    assert_eq!(session.status(), Some(ExitStatus::Signaled(Signal::TERM)));
}
