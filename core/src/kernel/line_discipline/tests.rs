//! What a real Linux pseudo-terminal did with the same settings and keys; where ours differs on purpose,
//! the case says so.

use super::*;

/// Default settings changed by words as `stty` knows them; `raw` as `cfmakeraw`, `min=5` a character.
fn settings(from: &Termios, words: &str) -> Termios {
    let mut termios = from.clone();
    for word in words.split_whitespace() {
        let on = !word.starts_with('-');
        let (input, output, local) = (&mut termios.input, &mut termios.output, &mut termios.local);
        let flag = match word.trim_start_matches('-') {
            "icrnl" => &mut input.icrnl,
            "inlcr" => &mut input.inlcr,
            "igncr" => &mut input.igncr,
            "istrip" => &mut input.istrip,
            "ixon" => &mut input.ixon,
            "ixany" => &mut input.ixany,
            "imaxbel" => &mut input.imaxbel,
            "iutf8" => &mut input.iutf8,
            "opost" => &mut output.opost,
            "onlcr" => &mut output.onlcr,
            "ocrnl" => &mut output.ocrnl,
            "onocr" => &mut output.onocr,
            "onlret" => &mut output.onlret,
            "isig" => &mut local.isig,
            "icanon" => &mut local.icanon,
            "echo" => &mut local.echo,
            "echoe" => &mut local.echoe,
            "echok" => &mut local.echok,
            "echonl" => &mut local.echonl,
            "echoctl" => &mut local.echoctl,
            "echoke" => &mut local.echoke,
            "noflsh" => &mut local.noflsh,
            "iexten" => &mut local.iexten,
            "raw" => {
                termios = if on { termios.raw() } else { Termios::default() };
                continue;
            }
            char => {
                let (name, value) = char.split_once('=').expect("NAME=VALUE");
                let which = match name {
                    "min" => ControlChar::Min,
                    "time" => ControlChar::Time,
                    "eol" => ControlChar::Eol,
                    "eol2" => ControlChar::Eol2,
                    _ => panic!("{name}"),
                };
                termios.control_chars[which as usize] = value.parse().expect("a byte");
                continue;
            }
        };
        *flag = on;
    }
    termios
}

fn tty(words: &str) -> LineDiscipline {
    LineDiscipline::new(settings(&Termios::default(), words))
}

/// Types keys and gives the echo, as far as the screen may show it, and the signals.
fn typed(tty: &mut LineDiscipline, keys: &[u8]) -> (String, String) {
    let mut effects = Effects::default();
    assert_eq!(tty.input(keys, &mut effects), keys.len(), "all is taken");
    let signals = Signal::all().filter(|&signal| effects.signals.contains(signal));
    let signals = signals.map(|signal| signal.name()).collect::<Vec<_>>().join(" ");
    (effects.echo.escape_ascii().to_string(), signals)
}

/// What reads of these sizes (the last one again and again) give until one would wait: `|` between them,
/// `EOF` for an end of file.
fn reads(tty: &mut LineDiscipline, sizes: &[usize]) -> String {
    let mut seen = Vec::new();
    for index in 0.. {
        let mut buf = vec![0; sizes[index.min(sizes.len() - 1)]];
        match tty.read_now(&mut buf) {
            ReadOutcome::Bytes(len) => seen.push(buf[..len].escape_ascii().to_string()),
            ReadOutcome::Eof => seen.push("EOF".into()),
            ReadOutcome::WouldBlock => break,
        }
    }
    seen.join("|")
}

/// Settings, keys; the echo, the reads, the signals.
#[track_caller]
fn check(words: &str, keys: &str, echo: &str, read: &str, signals: &str) {
    check_bytes(words, keys.as_bytes(), echo, read, signals);
}

#[track_caller]
fn check_bytes(words: &str, keys: &[u8], echo: &str, read: &str, signals: &str) {
    let mut tty = tty(words);
    let (echoed, signalled) = typed(&mut tty, keys);
    let plain = |text: &str| text.as_bytes().escape_ascii().to_string();
    assert_eq!(
        (echoed, reads(&mut tty, &[9999]), signalled),
        (plain(echo), plain(read).replace(r"\\", r"\"), signals.into())
    );
}

#[test]
fn canonical_lines() {
    check("", "abc\n", "abc\r\n", r"abc\n", "");
    check("", "ab\rc\n", "ab\r\nc\r\n", r"ab\n|c\n", "");
    check("", "a\nb\x04c\n", "a\r\nbc\r\n", r"a\n|b|c\n", "");
    check("", "abc\x04", "abc", "abc", "");
    check("", "abc\x04\x04", "abc", "abc|EOF", "");
    check("", "\x04", "", "EOF", "");
    check("", "abc", "abc", "", "");
    check("", "\x1b[A\n", "^[[A\r\n", r"\x1b[A\n", "");
    check("", "a\0b\n", "a^@b\r\n", r"a\x00b\n", "");
}

#[test]
fn erasing() {
    const BACK: &str = "\x08 \x08";
    check("", "a\x7f\x7fb\n", &format!("a{BACK}b\r\n"), r"b\n", "");
    check("", "\x01\x7fa\n", &format!("^A{BACK}{BACK}a\r\n"), r"a\n", "");
    check("", "\x01\x02\x15z\n", &format!("^A^B{}z\r\n", BACK.repeat(4)), r"z\n", "");
    check("", "foo bar  \x17x\n", &format!("foo bar  {}x\r\n", BACK.repeat(5)), r"foo x\n", "");
    check("", "foo-bar_1\x17\x17x\n", &format!("foo-bar_1{}x\r\n", BACK.repeat(9)), r"x\n", "");
    check("", "é\x7fx\n", &format!("é{BACK}x\r\n"), r"x\n", "");
    check("-iutf8", "é\x7fx\n", &format!("é{BACK}x\r\n"), r"\xc3x\n", "");
    // Linux goes back one column for a wide character, and takes é, à for no part of a word.
    check("", "é漢x\x7f\x7f\x7f\n", &format!("é漢x{}\r\n", BACK.repeat(4)), r"\n", "");
    check("", "漢\x15\n", &format!("漢{BACK}{BACK}\r\n"), r"\n", "");
    check("", "ae\u{301}\x7fx\n", &format!("ae\u{301}{BACK}x\r\n"), r"ax\n", "");
    check("", "été là\x17x\n", &format!("été là{BACK}{BACK}x\r\n"), r"\xc3\xa9t\xc3\xa9 x\n", "");
}

#[test]
fn erasing_tabs() {
    let back = |columns| "\x08".repeat(columns);
    const BACK: &str = "\x08 \x08";
    check("", "a\tb\x7f\x7f\x7f\n", &format!("a\tb{BACK}{}{BACK}\r\n", back(7)), r"\n", "");
    check("", "\t\t\x7f\x7f\x7f\n", &format!("\t\t{}\r\n", back(16)), r"\n", "");
    let after = |prompt: &str, keys: &str, echo: &str| {
        let mut tty = tty("");
        tty.output(prompt.as_bytes(), usize::MAX, &mut Vec::new());
        let expected = echo.as_bytes().escape_ascii().to_string();
        assert_eq!(typed(&mut tty, keys.as_bytes()).0, expected, "{prompt:?}");
    };
    after("abc> ", "\tx\x7f\x7f\x7f", &format!("\tx{BACK}{}", back(3)));
    after("abcdefghij> ", "a\tx\x7f\x7f\x7f", &format!("a\tx{BACK}{}{BACK}", back(3)));
    after("éé> ", "\t\x7f", &format!("\t{}", back(4)));
    after("12345678\x08> ", "\t\x7f", &format!("\t{}", back(7)));
    after("\t", "\t\x7f", &format!("\t{}", back(8)));
    after("ab", "\x01\té\t\x7f\x7f\x7f\x7f", &format!("^A\té\t{}{BACK}{}{BACK}{BACK}", back(7), back(4)));
    after("left\nab", "\t\x7f", &format!("\t{}", back(6)));
}

#[test]
fn literal_next_and_reprint() {
    check("", "a\x16\x03b\n", "a^\x08^Cb\r\n", r"a\x03b\n", "");
    check("", "a\x16\x7f\x7fb\n", "a^\x08^?\x08 \x08\x08 \x08b\r\n", r"ab\n", "");
    check("", "a\x16\nb\n", "a^\x08^Jb\r\n", r"a\nb\n", "");
    check("", "a\x16\x04b\n", "a^\x08^Db\r\n", r"a\x04b\n", "");
    check("", "a\x16\x13b\n", "a^\x08^Sb\r\n", r"a\x13b\n", "");
    check("-echoctl", "a\x16\x03b\n", "a\x03b\r\n", r"a\x03b\n", "");
    check("-echo", "a\x16\x03b\n", "", r"a\x03b\n", "");
    check("", "abc\x12d\n", "abc^R\r\nabcd\r\n", r"abcd\n", "");
    check("-echoctl", "ab\x12\n", "ab\x12\r\nab\r\n", r"ab\n", "");
    check("-echo", "ab\x12\n", "", r"ab\x12\n", "");
    check("-iexten", "ab c\x17\x16\x12d\n", "ab c^W^V^Rd\r\n", r"ab c\x17\x16\x12d\n", "");
}

#[test]
fn signals() {
    check("", "ab\x03c\n", "^Cc\r\n", r"c\n", "INT");
    check("", "ab\x1cc\n", "^\\c\r\n", r"c\n", "QUIT");
    check("", "ab\x1ac\n", "^Zc\r\n", r"c\n", "TSTP");
    check("-echo", "a\x03b\n", "", r"b\n", "INT");
    check("noflsh", "ab\x03c\n", "ab^Cc\r\n", r"abc\n", "INT");
    check("-isig", "a\x03\x1a\x1c\n", "a^C^Z^\\\r\n", r"a\x03\x1a\x1c\n", "");
    check("-icanon", "\x16\x03b\x12\x17", "^Cb^R^W", r"b\x12\x17", "INT");
    check("-echoctl", "a\x01\x7f\x7f\x03b\n", "\x03b\r\n", r"b\n", "INT");
    let mut effects = Effects::default();
    assert_eq!((tty("").input(b"\x03", &mut effects), effects.flush_output), (1, true));
    let mut effects = Effects::default();
    assert_eq!((tty("noflsh").input(b"\x03", &mut effects), effects.flush_output), (1, false));
}

#[test]
fn echo_flags() {
    check("-echo", "ab\x7fc\n", "", r"ac\n", "");
    check("-echo echonl", "ab\x7fc\n\n\x04", "\r\n\r\n", r"ac\n|\n|EOF", "");
    check("-echoe", "ab\x7f\x17\n", "ab^?\x08 \x08\r\n", r"\n", "");
    check("-echok", "ab\x15c\n", "ab^Uc\r\n", r"c\n", "");
    check("-echoke", "ab\x15c\n", "ab^U\r\nc\r\n", r"c\n", "");
    check("-echoe", "ab\x15c\n", "ab^U\r\nc\r\n", r"c\n", "");
    check("-echok -echoke", "ab\x15c\n", "ab^Uc\r\n", r"c\n", "");
    check("-icanon echonl -echo", "a\nb", "", r"a\nb", "");
}

#[test]
fn ends_of_line() {
    check("eol=59", "a;b\n", "a;b\r\n", r"a;|b\n", "");
    check("eol2=59", "a;b\n", "a;b\r\n", r"a;|b\n", "");
    check("-iexten eol2=59", "a;b\n", "a;b\r\n", r"a;b\n", "");
    check("eol=59 -echo", "a;b\n", "", r"a;|b\n", "");
    check("-icanon eol=59", "a;b", "a;b", "a;b", "");
}

#[test]
fn input_flags() {
    check("-icrnl", "a\rb\n", "a^Mb\r\n", r"a\rb\n", "");
    check("inlcr", "a\rb\nc\n", "a\r\nb^Mc^M", r"a\n", "");
    check("inlcr -icrnl", "a\nb\rc\x04", "a^Mb^Mc", r"a\rb\rc", "");
    check("igncr", "a\rb\n", "ab\r\n", r"ab\n", "");
    check_bytes("istrip", b"\xe1b\xff\n", "ab\x08 \x08\r\n", r"a\n", "");
    check_bytes("istrip", b"a\x8a", "a\r\n", r"a\n", "");
    check("-ixon", "a\x13\x11b\n", "a^S^Qb\r\n", r"a\x13\x11b\n", "");
}

#[test]
fn raw_input() {
    check("raw", "a\r\n\x03\x7f\x04", "", r"a\r\n\x03\x7f\x04", "");
    check("raw echo", "a\r\n\x03\x7f\t\x04\x1b", "a^M^J^C^?\t^D^[", r"a\r\n\x03\x7f\t\x04\x1b", "");
    check("raw echo opost", "a\r\n\tb", "a^M^J\tb", r"a\r\n\tb", "");
    check("-icanon", "a\r\nb\x7f\x15\x04\x03c", "^Cc", "c", "INT");
}

#[test]
fn stopping_output() {
    let stops = |words, keys: &[&str]| {
        let mut tty = tty(words);
        let mut seen = Vec::new();
        for key in keys {
            typed(&mut tty, key.as_bytes());
            seen.push(tty.is_output_stopped());
        }
        seen
    };
    assert_eq!(stops("", &["a\x13b\n", "c", "\x11", "\x11"]), [true, true, false, false]);
    assert_eq!(stops("", &["\x13", "\x13", "\x03"]), [true, true, false]);
    assert_eq!(stops("ixany", &["\x13", "c"]), [true, false]);
    assert_eq!(stops("-ixon", &["\x13"]), [false]);
    let mut tty = tty("");
    typed(&mut tty, b"\x13");
    tty.set_termios(settings(tty.termios(), "-ixon"));
    assert!(!tty.is_output_stopped());
}

#[test]
fn reads_of_all_sizes() {
    let sized = |keys: &str, sizes: &[usize]| {
        let mut tty = tty("");
        typed(&mut tty, keys.as_bytes());
        reads(&mut tty, sizes)
    };
    assert_eq!(sized("abc\x04", &[3]), "abc");
    assert_eq!(sized("abc\x04\x04", &[3]), "abc|EOF");
    assert_eq!(sized("abcdef\ngh\n", &[4, 100]), r"abcd|ef\n|gh\n");
    assert_eq!(sized("abc\n", &[3]), r"abc|\n");
    assert_eq!(sized("abc\x04", &[2]), "ab|c");
    assert_eq!(sized("abc\x04de\n", &[3, 100]), r"abc|de\n");
    assert_eq!(sized("abc\x04\n", &[3]), r"abc|\n");
}

#[test]
fn min_and_time() {
    use ReadOutcome::{Bytes, WouldBlock};
    let after = |words, keys: &str, size| {
        let mut tty = tty(words);
        typed(&mut tty, keys.as_bytes());
        let timeout = tty.read_timeout_nanos();
        (tty.is_readable(), timeout, tty.read(&mut vec![0; size]), tty.read_now(&mut [0; 9]))
    };
    assert_eq!(after("raw", "", 9), (false, None, WouldBlock, WouldBlock));
    assert_eq!(after("raw", "ab", 1), (true, None, Bytes(1), Bytes(1)));
    assert_eq!(after("raw min=3", "ab", 9), (false, None, WouldBlock, Bytes(2)));
    assert_eq!(after("raw min=3", "ab", 2), (false, None, Bytes(2), WouldBlock));
    assert_eq!(after("raw min=3", "abc", 9), (true, None, Bytes(3), WouldBlock));
    assert_eq!(after("raw min=3 time=2", "", 9), (false, None, WouldBlock, WouldBlock));
    assert_eq!(after("raw min=3 time=2", "a", 9), (true, Some(200_000_000), WouldBlock, Bytes(1)));
    assert_eq!(after("raw min=0 time=5", "", 9), (false, Some(500_000_000), WouldBlock, Bytes(0)));
    assert_eq!(after("raw min=0 time=5", "a", 9), (true, Some(500_000_000), Bytes(1), Bytes(0)));
    assert_eq!(after("raw min=0", "", 9), (false, None, Bytes(0), Bytes(0)));
}

#[test]
fn changing_settings() {
    let changed = |from, keys: &str, to, more: &str| {
        let mut tty = tty(from);
        typed(&mut tty, keys.as_bytes());
        tty.set_termios(settings(tty.termios(), to));
        let echo = typed(&mut tty, more.as_bytes()).0;
        (echo, reads(&mut tty, &[99]))
    };
    let pair = |echo: &str, read: &str| (echo.into(), read.into());
    assert_eq!(changed("", "abc", "-icanon", ""), pair("", "abc"));
    assert_eq!(changed("", "abc\ndef", "-icanon", "g"), pair("g", r"abc\ndefg"));
    assert_eq!(changed("-icanon", "abc\nd", "icanon", "e\n"), pair(r"e\r\n", r"abc\n|de\n"));
    assert_eq!(changed("raw", "abc\rd\x7fe\x03\x13\rf", "-raw", ""), pair("", r"abc\n|e\x03\x13\n"));
    assert_eq!(changed("raw", "abc\r\x04", "-raw", ""), pair("", r"abc\n|EOF"));
    assert_eq!(changed("-icanon", "abc", "icanon", "\x7f\x7f\n"), pair(r"\x08 \x08\x08 \x08\r\n", r"a\n"));
    assert_eq!(changed("", "abc", "-echo", "d\n"), pair("", r"abcd\n"));
    assert_eq!(changed("", "abc", "-icanon icanon", "d\n"), pair(r"d\r\n", r"abcd\n"));
    // Linux gives a NUL where the end of file was.
    assert_eq!(changed("", "ab\x04c", "-icanon", ""), pair("", "abc"));
    let mut tty = tty("");
    typed(&mut tty, b"abc\nde\x16");
    tty.flush_input();
    typed(&mut tty, b"\x7fx\n");
    assert_eq!(reads(&mut tty, &[99]), r"x\n");
}

#[test]
fn an_overlong_line_loses_its_middle() {
    for typed_len in [4094, 4095, 4096, 5000] {
        let mut tty = tty("-echo");
        typed(&mut tty, &vec![b'a'; typed_len]);
        typed(&mut tty, b"\n");
        let mut buf = [0; 9999];
        assert_eq!(tty.read(&mut buf), ReadOutcome::Bytes(typed_len.min(4095) + 1));
        assert_eq!(buf[typed_len.min(4095)], b'\n');
    }
    // Linux rings no bell, and shows what it drops.
    let mut full = tty("-echo imaxbel");
    typed(&mut full, &[b'a'; 4095]);
    assert_eq!(typed(&mut full, b"bc").0, r"\x07\x07");
    assert_eq!(typed(&mut full, b"\x03d\n"), ("".into(), "INT".into()));
    assert_eq!(reads(&mut full, &[9999]), r"d\n");
}

#[test]
fn full_input_waits() {
    let mut effects = Effects::default();
    let mut raw = tty("raw");
    assert_eq!(raw.input(&[b'a'; 5000], &mut effects), 4095);
    assert_eq!(raw.read(&mut [0; 5]), ReadOutcome::Bytes(5));
    assert_eq!(raw.input(&[b'a'; 5000], &mut effects), 5);
    let mut lines = tty("-echo");
    assert_eq!(lines.input(&b"0123456789\n".repeat(500), &mut effects), 4095);
    assert_eq!(lines.input(b"x", &mut effects), 0);
    // An interrupt gets through, and throws all of it away.
    assert_eq!(lines.input(b"\x03x", &mut effects), 2);
    let mut ends = tty("");
    assert_eq!(ends.input(&[4; 5000], &mut effects), 4095);
}

#[test]
fn echo_makes_a_pause() {
    let mut effects = Effects::default();
    let mut tty = tty("");
    typed(&mut tty, &[b'a'; 1000]);
    assert_eq!(tty.input(&[0x12; 100], &mut effects), 5);
    assert!(effects.echo.len() < 6000);
}

/// Settings, a program's writes; the screen.
#[track_caller]
fn check_output(words: &str, written: &[&str], screen: &str) {
    let mut tty = tty(words);
    let mut shown = Vec::new();
    for bytes in written {
        assert_eq!(tty.output(bytes.as_bytes(), usize::MAX, &mut shown), bytes.len());
    }
    assert_eq!(shown.escape_ascii().to_string(), screen.as_bytes().escape_ascii().to_string());
}

#[test]
fn output_flags() {
    check_output("", &["a\nb\r\nc\n"], "a\r\nb\r\r\nc\r\n");
    check_output("-opost", &["a\nb\r"], "a\nb\r");
    check_output("-onlcr", &["a\nb\r\n"], "a\nb\r\n");
    check_output("ocrnl", &["a\rb\n"], "a\nb\r\n");
    check_output("ocrnl -onlcr", &["a\rb\n"], "a\nb\n");
    check_output("onocr", &["\ra\r\r\n\rb\n\r"], "a\r\r\nb\r\n");
    check_output("onocr -onlcr", &["a\n\r"], "a\n\r");
    check_output("onocr -onlcr onlret", &["a\n\r"], "a\n");
    check_output("onocr ocrnl", &["\ra\r\r"], "a\n\n");
    check_output("onocr", &["a\x08\rb"], "a\x08b");
    check_output("onocr", &["\x1b\r\x01\rx\r"], "\x1b\x01x\r");
    check_output("onocr", &["a\x1b[0m", "\r"], "a\x1b[0m\r");
    check_output("ocrnl onlret -onlcr onocr", &["a\r\rb\n\r"], "a\nb\n");
}

#[test]
fn output_stops_when_there_is_no_room() {
    let mut tty = tty("");
    let mut screen = b"old".to_vec();
    assert_eq!(tty.output(b"ab\ncd", 3, &mut screen), 2);
    assert_eq!(tty.output(b"\ncd", 3, &mut screen), 2);
    assert_eq!(tty.output(b"d", 0, &mut screen), 0);
    assert_eq!(screen, b"oldab\r\nc");
}
