//! Files as programs see them: what is removed while it is used, and what is told of it.

use super::Rig;

#[track_caller]
fn check(line: &str, expected: &str) {
    assert_eq!(Rig::new(1).run(line).0, expected, "{line}");
}

#[test]
fn a_removed_working_directory_stays_until_it_is_left() {
    let script =
        "mkdir d; cd d; rmdir ../d; exec 2>&1; ls; echo >x; touch x; mkdir y; pwd; readlink /proc/self/cwd
                  cd ..; pwd; ls; echo end";
    let expected = "bash: line 1: x: No such file or directory\n\
                    touch: cannot touch 'x': No such file or directory\n\
                    mkdir: cannot create directory ‘y’: No such file or directory\n\
                    /root/d\n/root/d (deleted)\n/root\nend\n";
    check(script, expected);
}

#[test]
fn an_open_file_outlives_its_name() {
    check("echo one >f; exec 3<f; rm f; echo two >f; cat <&3; cat f", "one\ntwo\n");
    check("exec 3<>f; rm f; echo kept >&3; cat /proc/self/fd/3 2>&1 | head -c 0; ls", "");
}

#[test]
fn the_audit_log_tells_of_new_files() {
    let rig = Rig::new(1);
    assert_eq!(rig.run("umask 27; echo >new; echo >>new; mkfifo p 2>/dev/null; cp new copy").0, "");
    let mut log = Vec::new();
    rig.machine.with_audit(|audit| audit.since(0).for_each(|entry| entry.write_json_line(&mut log)));
    let log = String::from_utf8(log).expect("text");
    let created: Vec<_> = log.lines().filter(|line| line.contains("\"file:create\"")).collect();
    assert!(created[0].contains("/root/new") && created[0].contains("\"mode\":416"), "{created:?}");
    assert!(created.iter().any(|line| line.contains("/root/copy")), "{created:?}");
    assert_eq!(created.iter().filter(|line| line.contains("/root/new")).count(), 1, "{created:?}");
}

#[test]
fn the_time_of_birth_is_kept() {
    let script = "echo >f; sleep 5; echo >>f; chmod 600 f; stat -c '%W %Y %Z' f; stat -c %w f /proc/version";
    check(script, "1767225600 1767225605 1767225605\n2026-01-01 00:00:00.000000000 +0000\n-\n");
}
