//! `bivalve sh` and `bivalve shell`, as scripts and people run them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops here")]

use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use bivalve_tests::bridge::{Scratch, Terminal, program, signal, wait};
use rustix::process::Signal;

fn sh() -> Command {
    let mut command = Command::new(program());
    command.arg("sh").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs with these arguments and this input: status, output, errors.
#[track_caller]
fn check(args: &[&str], input: &str, status: i32, out: &str, err: &str) {
    let mut child = sh().args(args).stdin(Stdio::piped()).spawn().expect("runs");
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(
        (output.status.code(), text(&output.stdout).as_str(), text(&output.stderr).as_str()),
        (Some(status), out, err),
        "{args:?}"
    );
}

#[test]
fn streams_status_and_arguments_are_those_of_the_script() {
    check(&["-c", "echo out; echo err >&2; exit 3"], "", 3, "out\n", "err\n");
    check(&["-c", "cat; pwd; whoami"], "in\n", 0, "in\n/root\nroot\n", "");
    check(&["-c", "echo $0 $# $2", "name", "a", "b c"], "", 0, "name 2 b c\n", "");
    check(&["-ec", "false; echo no"], "", 1, "", "");
    check(&["-o", "pipefail", "-c", "false | true"], "", 1, "", "");
    check(&["-uc", "echo $undefined"], "", 127, "", "bash: line 1: undefined: unbound variable\n");
    check(&["-xc", "echo a"], "", 0, "a\n", "+ echo a\n");
    check(&[], "echo from stdin $#\n", 0, "from stdin 0\n", "");
    check(&["-s", "a", "b"], "echo $2\n", 0, "b\n", "");
    check(&["-"], "read x; echo got $x\nthe line\n", 0, "got the line\n", "");
    check(&["-c", "nope"], "", 127, "", "bash: line 1: nope: command not found\n");
}

#[test]
fn a_file_is_the_script_and_its_name() {
    let scratch = Scratch::new();
    let file = scratch.join("script");
    std::fs::write(&file, "echo \"$0\" \"$1\"\nexit 4\n").expect("written");
    let name = file.to_str().expect("UTF-8");
    check(&[name, "arg"], "", 4, &format!("{name} arg\n"), "");
    let missing = scratch.join("missing");
    let output = sh().arg(&missing).output().expect("runs");
    assert_eq!(output.status.code(), Some(127));
    assert!(String::from_utf8_lossy(&output.stderr).contains("missing"));
}

/// The expectations are those of `bash script …` in the same directory.
#[test]
fn a_file_runs_as_bash_runs_it() {
    let scratch = Scratch::new();
    let check = |text: &[u8], args: &[&str], input: &str, status: i32, out: &str, err: &str| {
        std::fs::write(scratch.join("script"), text).expect("written");
        let mut command = sh();
        command.current_dir(scratch.join("")).args(args).stdin(Stdio::piped());
        let mut child = command.spawn().expect("runs");
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(
            (output.status.code(), text(&output.stdout).as_str(), text(&output.stderr).as_str()),
            (Some(status), out, err),
            "{args:?}"
        );
    };
    let own = &["script"][..];
    check(b"echo $-; echo \"$0 $1 $#\"; cat\n", &["script", "x", "y"], "in\n", 0, "hB\nscript x 2\nin\n", "");
    check(b"echo a\nif\n", own, "", 2, "a\n", "script: line 3: syntax error: unexpected end of file\n");
    check(b"echo a\necho ${x!}\necho b\n", own, "", 0, "a\nb\n", "script: line 2: ${x!}: bad substitution\n");
    check(b"set -u\necho $nope\n", own, "", 1, "", "script: line 2: nope: unbound variable\n");
    let errors = "script: line 2: syntax error near unexpected token `)'\nscript: line 2: `)'\n";
    check(b"echo a\n)\n", own, "", 2, "a\n", errors);
    let errors = "script: line 2: nope: command not found\n\
                  script: line 3: unexpected EOF while looking for matching `\"'\n";
    check(b"echo a\nnope\necho \"abc\n", own, "", 2, "a\n", errors);
    let calls = b"f() { echo ${BASH_SOURCE[0]} $BASH_LINENO ${FUNCNAME[*]}; }; f\nexit 4";
    check(calls, &["--", "script"], "", 4, "script 1 f main\n", "");
    check(b"tr '\\0' '|' </proc/$$/cmdline; cat /proc/$$/comm", own, "", 0, "bash|--|script|bash\n", "");
    check(b"a\0b\n", own, "", 126, "", "script: script: cannot execute binary file\n");
    check(b"", own, "", 0, "", "");
    // Larger than what arguments may be.
    let long =
        [&b"echo start\n"[..], &b"# a line that says nothing\n".repeat(200_000), b"echo end $LINENO\n"]
            .concat();
    check(&long, own, "", 0, "start\nend 200002\n", "");
}

#[test]
fn bytes_pass_unchanged_however_many() {
    let input: Vec<u8> = (0..5_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut child = sh().args(["-c", "cat | cat"]).stdin(Stdio::piped()).spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let bytes = input.clone();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes).expect("all is read"));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("joined");
    assert!(output.stdout == input, "{} bytes came back", output.stdout.len());
}

/// Gives these bytes on standard input: status, output, errors.
fn fed(args: &[&str], input: Vec<u8>) -> (Option<i32>, Vec<u8>, Vec<u8>) {
    let mut child = sh().args(args).stdin(Stdio::piped()).spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A script that ends early leaves the rest unread.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("joined");
    (output.status.code(), output.stdout, output.stderr)
}

#[test]
fn a_line_may_be_ten_megabytes_long() {
    let long = "x".repeat(10_000_000);
    let data = fed(&["-c", "sort -r | cut -c 9999999-"], format!("{long}\nend\n").into());
    assert_eq!(data, (Some(0), b"xx\n\n".to_vec(), Vec::new()));
    let code = "line=$(head -c 10000000 /dev/zero | tr '\\0' x); eval \"word=$line; echo $line | wc -c\"; echo ${#word}";
    check(&["-c", code], "", 0, "10000001\n10000000\n", "");
}

#[test]
fn noise_as_a_script_is_refused_with_words() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for length in [1, 10, 100, 1000, 100_000] {
        let byte = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        };
        // Not a command by chance, and a word that cannot be ended.
        let noise: Vec<u8> =
            b"\xff".iter().copied().chain(std::iter::repeat_with(byte).take(length)).collect();
        let (status, _, errors) = fed(&[], noise);
        let errors = String::from_utf8_lossy(&errors);
        assert!(status.is_some_and(|status| status != 0), "{length}: {status:?} {errors}");
        assert!(errors.starts_with("bash: line 1: "), "{length}: {errors}");
    }
}

#[test]
fn a_closed_output_ends_the_script_as_a_pipe_does() {
    let mut child = sh().args(["-c", "yes"]).spawn().expect("runs");
    let mut some = [0; 1000];
    child.stdout.take().expect("a pipe").read_exact(&mut some).expect("output");
    // The pipe is closed by now.
    let status = wait(&mut child);
    assert!(status.signal() == Some(13) || status.code() == Some(141), "{status}");
    check(&["-c", "yes | { read word; echo $word; }"], "", 0, "y\n", "");
}

#[test]
fn input_is_left_alone_until_a_program_wants_it() {
    let scratch = Scratch::new();
    let path = scratch.join("input");
    std::fs::write(&path, "for whoever reads\n").expect("written");
    let mut file = std::fs::File::open(&path).expect("opens");
    let status = sh().args(["-c", "echo hello"]).stdin(file.try_clone().expect("shared")).status();
    assert!(status.expect("runs").success());
    assert_eq!(file.stream_position().expect("a position"), 0, "nothing was read");
    file.seek(SeekFrom::Start(0)).expect("seeks");
    let output = sh().args(["-c", "cat"]).stdin(file).output().expect("runs");
    assert_eq!(output.stdout, b"for whoever reads\n");
}

#[test]
fn signals_reach_the_script() {
    let mut child = sh().args(["-c", "trap 'echo caught; exit 9' INT; echo up; sleep 100"]).spawn();
    let child = child.as_mut().expect("runs");
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut [0; 3]).expect("up");
    signal(child, Signal::INT);
    assert_eq!(wait(child).code(), Some(9));
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "caught\n");

    let mut child = sh().args(["-c", "echo up; sleep 100"]).spawn().expect("runs");
    child.stdout.as_mut().expect("a pipe").read_exact(&mut [0; 3]).expect("up");
    signal(&child, Signal::TERM);
    assert_eq!(wait(&mut child).signal(), Some(15), "ended by the same signal");
}

#[test]
fn a_shell_on_this_terminal_and_the_terminal_as_it_was() {
    let mut shell = Command::new(program());
    shell.args(["shell", "--hostname", "clam"]);
    let mut line = Command::new("sh");
    let path = program().to_str().expect("UTF-8");
    line.args(["-c", &format!("stty -g; '{path}' shell --hostname clam; echo status $?; stty -g")]);
    let mut terminal = Terminal::start(&line, 90, 30);
    let before = terminal.expect("\n");
    terminal.expect("# ");
    terminal.type_in("hostname; echo $LINES $COLUMNS\r");
    terminal.expect("clam\r\n30 90\r\n");
    terminal.resize(60, 20);
    bivalve_tests::bridge::eventually("the new size", || {
        terminal.type_in("echo $LINES $COLUMNS e''nd\r");
        let shown = terminal.expect(" end\r\n");
        terminal.expect("# ");
        shown.contains("20 60 end")
    });
    terminal.type_in("exit 6\r");
    terminal.expect("status 6\r\n");
    assert_eq!(terminal.expect("\n").trim(), before.trim(), "the terminal's settings are back");

    let output = Command::new(program()).arg("shell").stdin(Stdio::null()).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a terminal"));
}
