//! The stock OpenSSH client against `bivalve serve`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops here")]

use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

use bivalve_tests::bridge::{Scratch, Server, Terminal, eventually, program, wait};

/// `ssh root@server command` with this input: status, output, errors.
fn exec(server: &Server, command: &str, input: &[u8]) -> (Option<i32>, Vec<u8>, String) {
    let mut child = server.ssh().arg(command).stdin(Stdio::piped()).spawn().expect("ssh runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A command that reads nothing may end first.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("ssh ends");
    writer.join().expect("writer");
    (output.status.code(), output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Bytes that repeat at no short distance.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn a_command_has_its_status_and_its_streams_apart() {
    let server = Server::start(&[]);
    let (status, out, err) = exec(&server, "echo out; echo err >&2; exit 7", b"");
    assert_eq!((status, &out[..], err.as_str()), (Some(7), &b"out\n"[..], "err\n"));
    assert_eq!(exec(&server, "cat; echo end", b"in\n").1, b"in\nend\n");
    assert_eq!(exec(&server, "definitely-not-there", b"").0, Some(127));
    assert_eq!(server.run("whoami; pwd; hostname"), "root\n/root\nbivalve\n");
}

#[test]
fn ten_megabytes_come_back_byte_for_byte() {
    let server = Server::start(&[]);
    let input = noise(10_000_000);
    let (status, output, err) = exec(&server, "cat", &input);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(output == input, "{} bytes came back of {}, or other ones", output.len(), input.len());
}

#[test]
fn a_line_may_be_ten_megabytes_long() {
    let server = Server::start(&[]);
    let input = [&b"x".repeat(10_000_000)[..], b"\nend\n"].concat();
    let (status, output, err) = exec(&server, "sort -r | cut -c 9999999-", &input);
    assert_eq!((status, &output[..], err.as_str()), (Some(0), &b"xx\n\n"[..], ""));
    // A reader that takes a byte at a time and prints nothing until the end.
    let (status, output, err) = exec(&server, "read -r line; echo ${#line}", &input[9_000_000..]);
    assert_eq!((status, &output[..], err.as_str()), (Some(0), &b"1000000\n"[..], ""));
}

#[test]
fn input_that_nobody_reads_stalls_nobody() {
    let server = Server::start(&[]);
    let input = noise(10_000_000);
    assert_eq!(exec(&server, "echo done", &input).1, b"done\n");
    // The reader comes late: what waits until then is bounded, and nothing of it is lost.
    let (status, output, _) = exec(&server, "sleep 1; cat", &input);
    assert!(status == Some(0) && output == input, "{status:?}, {} bytes", output.len());
    // Output flows while input is stuck.
    let (status, output, _) = exec(&server, "for i in {1..30}; do printf %0100000d 0; done", &input);
    assert_eq!((status, output.len()), (Some(0), 3_000_000));
}

#[test]
fn a_signal_that_ends_a_command_is_told() {
    let server = Server::start(&[]);
    let output = server.ssh().arg("-v").arg("kill -TERM $$").output().expect("ssh runs");
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(255), "{log}");
    assert!(log.contains("exit-signal"), "{log}");
}

#[test]
fn variables_may_be_set_but_not_those_that_login_decides() {
    let server = Server::start(&[]);
    let output = server
        .ssh()
        .args(["-o", "SetEnv=LC_TEST=a_b OTHER=c PATH=/evil BASH_ENV=/evil"])
        .arg("echo $LC_TEST $OTHER $PATH $BASH_ENV")
        .output();
    let text = String::from_utf8(output.expect("ssh runs").stdout).expect("text");
    assert!(text.starts_with("a_b c /") && !text.contains("evil"), "{text}");
}

#[test]
fn a_session_is_told_of_its_connection() {
    let server = Server::start(&[]);
    let text = server.run("echo $SSH_CLIENT; echo $SSH_CONNECTION; echo tty=$SSH_TTY");
    let lines: Vec<&str> = text.lines().collect();
    let port = server.ssh.port();
    let client: Vec<&str> = lines[0].split(' ').collect();
    assert_eq!((client[0], client[2]), ("127.0.0.1", port.to_string().as_str()), "{text}");
    assert_eq!(lines[1], format!("127.0.0.1 {} 127.0.0.1 {port}", client[1]));
    assert_eq!(lines[2], "tty=");
    let terminal = server.ssh().args(["-tt", "echo $SSH_TTY"]).output().expect("ssh runs");
    assert!(terminal.stdout.starts_with(b"/dev/pts/"), "{}", String::from_utf8_lossy(&terminal.stdout));
}

#[test]
fn an_interactive_shell_has_a_terminal_that_can_be_resized() {
    let server = Server::start(&[]);
    let mut ssh = server.ssh();
    ssh.arg("-t");
    let mut terminal = Terminal::start(&ssh, 101, 31);
    terminal.expect("# ");
    terminal.type_in("echo $LINES $COLUMNS; tty; echo $TERM\r");
    let shown = terminal.expect("xterm-256color\r\n");
    assert!(shown.contains("31 101") && shown.contains("/dev/pts/"), "{shown}");
    terminal.expect("# ");
    terminal.resize(77, 22);
    eventually("the new size", || {
        // Not what is typed, but what is printed.
        terminal.type_in("echo $LINES $COLUMNS e''nd\r");
        let shown = terminal.expect(" end\r\n");
        terminal.expect("# ");
        shown.contains("22 77 end")
    });
    // What is typed ahead of a command is cut into lines, too, when the line editor gives the terminal back.
    terminal.type_in("cat\rahead\r");
    terminal.expect("\u{1b}[?2004l\rahead\r\n");
    terminal.type_in("hello\r");
    terminal.expect("hello\r\nhello\r\n");
    terminal.type_in("\u{3}");
    terminal.expect("^C");
    terminal.type_in("echo status $?; exit 5\r");
    terminal.expect("status 130");
    assert_eq!(terminal.wait().code(), Some(5));
}

#[test]
fn a_command_may_have_a_terminal() {
    let server = Server::start(&[]);
    let output =
        server.ssh().args(["-tt", "tty; echo $TERM"]).env("TERM", "vt100").output().expect("ssh runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("/dev/pts/") && text.contains("vt100\r\n"), "{text:?}");
    assert_eq!(server.run("tty; true"), "not a tty\n");
}

#[test]
fn several_channels_share_one_connection() {
    let server = Server::start(&[]);
    let socket = server.scratch("control");
    let control = format!("ControlPath={}", socket.display());
    let mut master = server.ssh();
    master
        .args(["-o", &control, "-o", "ControlMaster=yes", "-N"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut master = master.spawn().expect("ssh runs");
    eventually("the control socket", || socket.exists());
    let through = |command: &str| {
        let mut ssh = server.ssh();
        ssh.args(["-o", &control, "-o", "ControlMaster=no"]).arg(command);
        ssh
    };
    // One stands still with its input full while the others go on.
    let mut stuck = through("sleep 60").stdin(Stdio::piped()).spawn().expect("ssh runs");
    let mut pipe = stuck.stdin.take().expect("a pipe");
    let filler = std::thread::spawn(move || {
        let _ = pipe.write_all(&noise(2_000_000));
    });
    let runs: Vec<_> =
        (0..5).map(|n| through(&format!("echo {n}; exit {n}")).spawn().expect("ssh runs")).collect();
    for (n, run) in runs.into_iter().enumerate() {
        let output = run.wait_with_output().expect("ssh ends");
        assert_eq!((output.status.code(), output.stdout), (Some(n as i32), format!("{n}\n").into_bytes()));
    }
    let _ = (stuck.kill(), stuck.wait(), master.kill(), master.wait());
    filler.join().expect("filler");
    eventually("the shared connection's commands are hung up", || !server.runs("sleep"));
}

#[test]
fn what_is_not_served_is_refused_clearly() {
    let server = Server::start(&[]);
    let mut forward = server.ssh();
    let forward = forward.args(["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:9", "true"]).output();
    assert!(!forward.expect("ssh runs").status.success());
    let direct = server.ssh().args(["-W", "127.0.0.1:9"]).output().expect("ssh runs");
    let message = String::from_utf8_lossy(&direct.stderr).into_owned();
    assert!(message.contains("stdio forwarding failed"), "{message}");
    let subsystem = server.ssh().args(["-s", "nothing-of-that-name"]).output().expect("ssh runs");
    let message = String::from_utf8_lossy(&subsystem.stderr).into_owned();
    assert!(message.contains("subsystem request failed"), "{message}");
}

/// What makes hashing cheap: the tests are about who gets in, not about how long it takes.
const CHEAP: [&str; 2] = ["--password-rounds", "1000"];

/// Gives root this password.
fn set_root_password(server: &Server, password: &str) {
    let hash = bivalve_core::users::hash(password.as_bytes(), b"0123456789abcdef", 1000).expect("hashed");
    let hash = String::from_utf8(hash).expect("text");
    let command = format!(
        "{{ echo 'root:{hash}:20000:0:99999:7:::'
           while IFS= read -r line; do case $line in root:*) ;; *) echo \"$line\" ;; esac; done </etc/shadow
        }} >/tmp/new && cat /tmp/new >/etc/shadow"
    );
    assert_eq!(server.run(&command), "");
}

/// The client with a password typed by a program.
fn with_password(server: &Server, user: &str, password: &str, methods: &str) -> Command {
    let ask = server.scratch("askpass");
    let mut file = std::fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o755).open(&ask);
    file.as_mut().expect("opens").write_all(b"#!/bin/sh\nprintf '%s\\n' \"$GIVEN\"\n").expect("written");
    drop(file);
    let methods = format!("PreferredAuthentications={methods}");
    let login =
        ["-o", "LogLevel=INFO", "-o", "IdentityFile=none", "-o", "NumberOfPasswordPrompts=1", "-o", &methods];
    let mut ssh = server.ssh_as(user, &login);
    ssh.env("SSH_ASKPASS", &ask).env("SSH_ASKPASS_REQUIRE", "force").env("GIVEN", password);
    ssh
}

#[test]
fn a_password_opens_and_too_many_wrong_ones_lock_out() {
    let server = Server::start(&["--max-auth-attempts", "3", CHEAP[0], CHEAP[1]]);
    set_root_password(&server, "correct horse");
    assert!(!server.ssh().arg("true").status().expect("ssh runs").success(), "no password, no entry");
    for method in ["password", "keyboard-interactive"] {
        let output = with_password(&server, "root", "correct horse", method).arg("echo in").output();
        assert_eq!(output.expect("ssh runs").stdout, b"in\n", "{method}");
        let wrong = with_password(&server, "root", "wrong", method).arg("echo in").output();
        assert_eq!(wrong.expect("ssh runs").status.code(), Some(255), "{method}");
    }
    // The last login has forgotten the first failure: it takes two more.
    with_password(&server, "nobody-at-all", "wrong", "password").arg("true").output().expect("ssh runs");
    with_password(&server, "root", "", "password").arg("true").output().expect("ssh runs");
    server.expect_log("127.0.0.1: locked out for 60 s");
    let locked = with_password(&server, "root", "correct horse", "password").arg("echo in").output();
    let locked = locked.expect("ssh runs");
    let message = String::from_utf8_lossy(&locked.stderr).into_owned();
    assert_eq!(locked.status.code(), Some(255), "{message}");
    assert!(message.contains("Too many failed logins from your address"), "{message}");
}

#[test]
fn a_key_counts_for_its_user_only() {
    let server = Server::start(&CHEAP);
    let keygen = |name: &str, kind: &str| {
        let path = server.scratch(name);
        let status = Command::new("ssh-keygen").args(["-q", "-t", kind, "-N", "", "-f"]).arg(&path).status();
        assert!(status.expect("ssh-keygen runs").success());
        let public = std::fs::read_to_string(path.with_extension("pub")).expect("public key");
        (path, public)
    };
    let keys: Vec<_> = ["ed25519", "ecdsa", "rsa"].into_iter().map(|kind| keygen(kind, kind)).collect();
    let (stranger, _) = keygen("stranger", "ed25519");
    let (forced, forced_public) = keygen("forced", "ed25519");
    let mut lines: String = keys.iter().map(|(_, public)| public.as_str()).collect();
    lines.push_str(&format!("command=\"echo forced $SSH_ORIGINAL_COMMAND\" {forced_public}"));
    let (status, _, err) = exec(&server, "mkdir -m 700 .ssh && cat > .ssh/authorized_keys", lines.as_bytes());
    assert_eq!((status, err.as_str()), (Some(0), ""));
    set_root_password(&server, "secret");

    let login = |user: &str, key: &Path| {
        let key = key.to_str().expect("UTF-8");
        server.ssh_as(user, &["-o", "BatchMode=yes", "-i", key]).arg("echo in").output().expect("ssh runs")
    };
    for (path, _) in &keys {
        let output = login("root", path);
        assert_eq!(output.stdout, b"in\n", "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(login("root", &stranger).status.code(), Some(255), "a key that is not listed");
    assert_eq!(login("nobody-at-all", &keys[0].0).status.code(), Some(255), "a user that is not there");
    assert_eq!(login("daemon", &keys[0].0).status.code(), Some(255), "another user");
    assert_eq!(login("root", &forced).stdout, b"forced echo in\n");
}

#[test]
fn a_client_that_vanishes_takes_its_programs_along() {
    let server = Server::start(&[]);
    let mut client = server.ssh().arg("yes").spawn().expect("ssh runs");
    let mut some = [0; 100_000];
    client.stdout.as_mut().expect("a pipe").read_exact(&mut some).expect("output flows");
    client.kill().expect("killed");
    client.wait().expect("ended");
    eventually("yes is gone", || !server.runs("yes"));
}

#[test]
fn noise_and_broken_packets_end_only_their_connection() {
    let server = Server::start(&[]);
    let greeting = b"SSH-2.0-test\r\n".to_vec();
    let mut long_packet = greeting.clone();
    long_packet.extend([0xff, 0xff, 0xff, 0xff, 4, 20]);
    let mut truncated = greeting.clone();
    truncated.extend([0, 0, 1, 0, 4, 20, 1, 2, 3]);
    let mut random = greeting.clone();
    random.extend(noise(5000));
    let inputs: [&[u8]; 7] = [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        &noise(5000),
        &[b'A'; 5000],
        b"SSH-1.5-old\r\n",
        &long_packet,
        &truncated,
        &random,
    ];
    for input in inputs {
        let mut stream = server.connect(server.ssh);
        let _ = stream.write_all(input);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        // The server closes; a reset is as good.
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(answer.starts_with(b"SSH-2.0-bivalve\r\n"), "{:?}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(server.run("echo well"), "well\n");
}

#[test]
fn connections_are_limited() {
    let server = Server::start(&["--max-connections", "2"]);
    let mut held: Vec<_> = (0..2).map(|_| server.connect(server.ssh)).collect();
    for stream in &mut held {
        stream.read_exact(&mut [0; 4]).expect("greeted");
    }
    assert_eq!(server.connect(server.ssh).read(&mut [0; 4]).unwrap_or(0), 0, "one too many");
    drop(held);
    eventually("there is room again", || server.ssh().arg("true").status().expect("ssh runs").success());
}

#[test]
fn the_machine_and_its_host_key_are_kept() {
    let state = Scratch::new();
    let directory = state.join("state");
    let options =
        ["--state", directory.to_str().expect("UTF-8"), "--ssh-ident", "SSH-2.0-OpenSSH_9.2p1 Debian-2"];
    let first = Server::start(&options);
    let fingerprint = first.fingerprint.clone();
    let mut greeting = [0; 30];
    first.connect(first.ssh).read_exact(&mut greeting).expect("greeted");
    assert_eq!(&greeting, b"SSH-2.0-OpenSSH_9.2p1 Debian-2");
    let taken = Command::new(program()).args(["serve", "--ssh", "0", "--http", "0"]).args(options).output();
    let message = String::from_utf8_lossy(&taken.expect("runs").stderr).into_owned();
    assert!(message.contains("another server is using this state directory"), "{message}");
    assert_eq!(first.run("echo kept >file"), "");
    assert_eq!(first.stop().code(), Some(0));

    let key = directory.join("ssh_host_ed25519_key");
    assert_eq!(std::fs::metadata(&key).expect("key").permissions().mode() & 0o777, 0o600);
    let second = Server::start(&options);
    assert_eq!(second.fingerprint, fingerprint);
    assert_eq!(second.run("cat file"), "kept\n", "and so is the machine");
    assert_eq!(second.stop().code(), Some(0));
    assert_ne!(Server::start(&[]).fingerprint, fingerprint, "without a state directory it is new each time");
}

#[test]
fn a_broken_snapshot_is_refused_and_kept() {
    let state = Scratch::new();
    let directory = state.join("state");
    let options = ["--state", directory.to_str().expect("UTF-8")];
    let server = Server::start(&options);
    assert_eq!(server.run("echo precious >file"), "");
    assert_eq!(server.stop().code(), Some(0));
    let snapshot = directory.join("machine.vfsb");
    let whole = std::fs::read(&snapshot).expect("saved");
    let mut changed = whole.clone();
    *changed.last_mut().expect("not empty") ^= 1;
    for broken in [&whole[..whole.len() / 2], &changed[..], b"not an image", b""] {
        std::fs::write(&snapshot, broken).expect("written");
        let (status, message) = refused(&[&["--ssh", "0", "--http", "0"], &options[..]].concat());
        assert_eq!((status, message.lines().count()), (Some(1), 1), "{message}");
        assert!(message.contains("machine.vfsb: broken snapshot: byte "), "{message}");
        assert!(
            std::fs::read(&snapshot).expect("kept") == broken,
            "the broken one stays for whoever repairs it"
        );
    }
    std::fs::write(&snapshot, &whole).expect("restored");
    assert_eq!(Server::start(&options).run("cat file"), "precious\n");
}

#[test]
fn a_lockout_can_be_ended() {
    let scratch = Scratch::new();
    let state = scratch.join("state");
    let state = state.to_str().expect("UTF-8");
    let server = Server::start(&["--state", state, "--max-auth-attempts", "1", CHEAP[0], CHEAP[1]]);
    with_password(&server, "nobody-at-all", "wrong", "password").arg("true").output().expect("ssh runs");
    assert!(!server.ssh().arg("true").status().expect("ssh runs").success(), "locked out");
    let unlock = || Command::new(program()).args(["unlock", "--state", state, "127.0.0.1"]).output();
    assert!(unlock().expect("bivalve runs").status.success());
    assert_eq!(server.run("echo in"), "in\n");
    assert_eq!(server.stop().code(), Some(0));
    let message = String::from_utf8(unlock().expect("bivalve runs").stderr).expect("text");
    assert!(message.contains("no server answers"), "{message}");
}

/// `bivalve serve` with options that it must refuse: status and message.
fn refused(options: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(program()).arg("serve").args(options).output().expect("bivalve runs");
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn what_cannot_be_served_is_told_in_one_line() {
    let server = Server::start(&[]);
    let (status, message) = refused(&["--http", "off", "--ssh", &server.ssh.to_string()]);
    assert_eq!(status, Some(1), "{message}");
    assert!(message.contains("another program has that port; give another with --ssh PORT"), "{message}");
    assert_eq!(message.lines().count(), 1);
    let (status, message) = refused(&["--http", "off", "--ssh", "0.0.0.0:0"]);
    assert_eq!(status, Some(1), "{message}");
    assert!(message.contains("without a password: root, user;"), "{message}");
    assert!(message.contains("--allow-empty-passwords"), "{message}");
    let (status, message) = refused(&["--ssh", "example.org:22"]);
    assert_eq!((status, message.lines().count()), (Some(2), 1), "{message}");
}

#[test]
fn stopping_hangs_up_and_exits_with_success() {
    let server = Server::start(&[]);
    let mut client = server.ssh().arg("echo up; sleep 100").spawn().expect("ssh runs");
    client.stdout.as_mut().expect("a pipe").read_exact(&mut [0; 3]).expect("it runs");
    assert_eq!(server.stop().code(), Some(0));
    assert!(!wait(&mut client).success());
}
