//! Tests of all commands: their examples, and that each answers `--help`.

use super::COMMANDS;
use crate::abi::ExitStatus;
use crate::host::{Host as _, SimHost};
use crate::machine::{Config, Exec, ExecCommand, Machine, Progress, Stream};
use std::rc::Rc;

/// Commands that, as GNU's, take `--help` for an operand or are reached only past a builtin of that name.
const WITHOUT_HELP: [&str; 3] = ["false", "test", "true"];

/// What a script prints and its status, on a fresh machine.
fn shell(script: &str) -> (String, String, Option<ExitStatus>) {
    let host = Rc::new(SimHost::new(1));
    let machine = Machine::boot(Config::default(), Rc::clone(&host) as Rc<_>).expect("boots");
    let exec = Exec {
        user: b"root".to_vec(),
        command: ExecCommand::Argv([&b"bash"[..], b"-c", script.as_bytes()].map(<[u8]>::to_vec).to_vec()),
        env: vec![(b"LC_ALL".to_vec(), b"C.UTF-8".to_vec()), (b"TZ".to_vec(), b"UTC".to_vec())],
        cwd: Some(b"/tmp".to_vec()),
        pty: None,
        remote: None,
    };
    let session = machine.exec(&exec).expect("starts");
    session.close_stdin();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    for _ in 0..10_000 {
        let progress = machine.run(1_000_000);
        let read = session.read(Stream::Stdout, &mut out, usize::MAX)
            + session.read(Stream::Stderr, &mut err, usize::MAX);
        match progress {
            Progress::Until(at) if read == 0 => host.advance(at.saturating_sub(host.monotonic_nanos())),
            Progress::Idle if read == 0 => break,
            _ => {}
        }
        if session.is_finished() {
            break;
        }
    }
    let status = session.status();
    (String::from_utf8_lossy(&out).into_owned(), String::from_utf8_lossy(&err).into_owned(), status)
}

#[test]
fn examples_print_what_they_say() {
    let mut wrong = Vec::new();
    for command in COMMANDS {
        for example in command.examples {
            let (out, err, _) = shell(example.script);
            if out != example.output {
                wrong.push(format!(
                    "{}: {}\nexpected {:?}\n     got {out:?}\n  errors {err:?}",
                    command.name, example.script, example.output
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_command_has_a_summary_and_answers_help() {
    let mut wrong = Vec::new();
    for command in COMMANDS {
        if command.summary.is_empty() || command.summary.ends_with('.') {
            wrong.push(format!("{}: its summary is {:?}", command.name, command.summary));
        }
        if WITHOUT_HELP.contains(&command.name) {
            continue;
        }
        let (out, err, status) = shell(&format!("/usr/bin/{} --help", command.name));
        if status != Some(ExitStatus::SUCCESS) || !out.starts_with("Usage:") {
            wrong.push(format!("{}: status {status:?}, {out:.80?} {err:?}", command.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
