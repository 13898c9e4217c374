//! A machine from the outside: real programs, real pipes.

use super::{Config, Exec, ExecCommand, Machine, Progress, Session, Stream};
use crate::abi::ExitStatus;
use crate::host::SimHost;
use std::rc::Rc;

fn machine() -> Machine {
    Machine::boot(Config::default(), Rc::new(SimHost::new(1))).expect("boots")
}

fn exec(machine: &Machine, args: &[&str]) -> Session {
    let args = args.iter().map(|arg| arg.as_bytes().to_vec()).collect();
    let exec = Exec {
        user: b"root".to_vec(),
        command: ExecCommand::Argv(args),
        env: Vec::new(),
        cwd: None,
        pty: None,
        remote: None,
    };
    machine.exec(&exec).expect("starts")
}

#[test]
fn a_program_reads_and_writes_pipes() {
    let machine = machine();
    let session = exec(&machine, &["cat", "-n"]);
    assert_eq!(session.write(b"one\ntwo\n"), 8);
    session.close_stdin();
    assert_eq!(machine.run(1_000_000), Progress::Idle);
    let mut out = Vec::new();
    session.read(Stream::Stdout, &mut out, 1000);
    assert_eq!(out, b"     1\tone\n     2\ttwo\n");
    assert_eq!(session.status(), Some(ExitStatus::SUCCESS));
}

#[test]
fn a_writer_that_nobody_reads_sleeps() {
    let machine = machine();
    let session = exec(&machine, &["yes"]);
    assert_eq!(machine.run(1_000_000), Progress::Idle);
    let mut out = Vec::new();
    while session.read(Stream::Stdout, &mut out, usize::MAX) > 0 {}
    assert_eq!(out.len(), crate::abi::limits::PIPE_BYTES_MAX);
    drop(session);
    machine.run(1_000_000);
    assert_eq!(machine.process_count(), 1, "only init is left");
}
