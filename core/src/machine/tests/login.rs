//! What a login shows and sets up before its shell.

use super::{Rig, output};
use crate::abi::WindowSize;
use crate::machine::{Login, Session};

fn login(rig: &Rig, user: &str, remote: Option<&str>, env: &[(&str, &str)]) -> Session {
    let bytes = |(name, value): &(&str, &str)| (name.as_bytes().to_vec(), value.as_bytes().to_vec());
    let login = Login {
        user: user.as_bytes().to_vec(),
        window: WindowSize { cols: 80, rows: 24 },
        term: b"dumb".to_vec(),
        env: env.iter().map(bytes).collect(),
        remote: remote.map(String::from),
    };
    rig.settle();
    let session = rig.machine.login(&login).expect("logs in");
    rig.settle();
    session
}

#[test]
fn the_message_of_the_day_and_the_last_login() {
    let rig = Rig::new(1);
    let shown = output(&login(&rig, "user", Some("192.0.2.1"), &[]));
    assert!(shown.starts_with("\r\nWelcome to Bivalve") && !shown.contains("Last login"), "{shown}");
    rig.host.advance(5_000_000_000);
    let shown = output(&login(&rig, "user", None, &[]));
    assert!(shown.contains("\r\nLast login: Thu Jan  1 00:00:00 2026 from 192.0.2.1\r\n"), "{shown}");
    let shown = output(&login(&rig, "user", None, &[]));
    assert!(shown.contains("\r\nLast login: Thu Jan  1 00:00:05 2026 on pts/0\r\n"), "{shown}");
    let shown = output(&login(&rig, "root", None, &[]));
    assert!(!shown.contains("Last login"), "it is kept by user: {shown}");
    rig.machine.write_file(b"user", b".hushlogin", b"").expect("written");
    let shown = output(&login(&rig, "user", None, &[]));
    assert!(!shown.contains("Welcome") && !shown.contains("Last login"), "{shown}");
    assert_eq!(rig.run("stat -c '%s %b' /var/log/lastlog").0, "292292 16\n", "a block for each of the two");
}

#[test]
fn a_client_of_ssh_is_told_its_terminal() {
    let rig = Rig::new(1);
    let shown = |env: &[(&str, &str)]| {
        let session = login(&rig, "root", None, env);
        output(&session);
        session.write(b"echo $SSH_CONNECTION=$SSH_TTY\r");
        rig.settle();
        output(&session)
    };
    let connection = ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
    assert!(shown(&[connection]).contains("192.0.2.1 1 192.0.2.2 22=/dev/pts/0\r\n"));
    assert!(shown(&[]).contains("\r=\r\n"));
}

#[test]
fn what_cannot_start_leaves_no_process() {
    let rig = Rig::new(1);
    for command in ["none", "/etc/passwd", "/"] {
        let args = vec![command.as_bytes().to_vec()];
        let exec = super::Exec {
            user: b"root".to_vec(),
            command: super::ExecCommand::Argv(args),
            env: Vec::new(),
            cwd: None,
            pty: Some((WindowSize::default(), Vec::new())),
            remote: None,
        };
        assert!(rig.machine.exec(&exec).is_err(), "{command}");
    }
    rig.settle();
    assert_eq!(rig.machine.process_count(), 1, "only init is there");
}
