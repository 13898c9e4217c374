//! Jobs of an interactive shell, as a person at the terminal sees them. What bash shows was taken from it.

use super::{Rig, output};
use crate::machine::Session;

/// Types a line and gives what the commands show: without the line itself, the prompt and colours.
fn shown(rig: &Rig, session: &Session, line: &str) -> String {
    session.write(line.as_bytes());
    session.write(b"\r");
    rig.settle();
    let screen = output(session);
    let (_, shown) = screen.split_once("\x1b[?2004l\r").expect("the line has ended");
    let (shown, _) = shown.split_once("\x1b[?2004h").expect("a prompt");
    shown.replace("\r\n", "\n")
}

#[test]
fn jobs_are_waited_for() {
    let rig = Rig::new(1);
    let session = rig.login("root");
    rig.settle();
    output(&session);
    let check = |line: &str, expected: &str| {
        let all = shown(&rig, &session, line);
        let (number, rest) = all.split_once('\n').expect("the job's number and process");
        assert!(number.starts_with("[1] "), "{all}");
        assert_eq!(rest, expected, "{line}");
    };
    check(
        "sleep 100 & kill %1; wait %1; echo status $?",
        "[1]+  Terminated              sleep 100\nstatus 143\n",
    );
    check("sleep 1 & wait; echo status $?; jobs", "[1]+  Done                    sleep 1\nstatus 0\n");
    check(
        "trap 'echo trapped' USR1; (sleep 1; kill -USR1 $$; sleep 9) & wait; echo status $?",
        "trapped\nstatus 138\n",
    );
}

#[test]
fn an_interrupt_ends_a_completion() {
    let rig = Rig::new(1);
    let session = rig.login("root");
    rig.settle();
    shown(&rig, &session, "loops() { while :; do :; done; }; waits() { sleep 1000; }");
    shown(&rig, &session, "complete -F loops one; complete -F waits two");
    for word in ["one", "two"] {
        session.write(format!("{word} a\t").as_bytes());
        for _ in 0..20 {
            rig.machine.run(1_000);
        }
        session.write(b"\x03");
        rig.settle();
        let screen = output(&session);
        assert!(screen.contains("^C"), "{word}: {screen:?}");
        assert_eq!(shown(&rig, &session, "echo status $?"), "status 130\n", "{word}");
    }
}
