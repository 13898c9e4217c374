//! What the screen shows, and that drawing what changed gives the same as drawing all.

use super::*;
use crate::shell::editor::screen::Screen;

/// Prompt, columns, rows; keys; the rows of the screen, and row and column of the cursor.
#[track_caller]
fn check(
    prompt: &str,
    (cols, rows): (usize, usize),
    keys: &str,
    text: &[&str],
    cursor: (usize, usize),
) -> Desk {
    let mut desk = Desk::new(prompt, cols, rows);
    desk.press(keys);
    desk.shows(text, cursor);
    desk
}

impl Desk {
    #[track_caller]
    fn shows(&self, text: &[&str], cursor: (usize, usize)) {
        assert_eq!((self.terminal.text(), self.terminal.row, self.terminal.col()), {
            let text: Vec<String> = text.iter().map(|&row| row.into()).collect();
            (text, cursor.0, cursor.1)
        });
    }

    /// Types keys and gives the bytes written for them.
    fn written(&mut self, keys: &str) -> String {
        assert_eq!(self.editor.feed(keys.as_bytes()), (keys.len(), None));
        let output = self.editor.take_output();
        self.terminal.write(&output);
        output.escape_ascii().to_string()
    }

    /// The terminal shows what a new one would.
    #[track_caller]
    fn shows_the_same_as_drawn_anew(&self, trace: &dyn Fn() -> String) {
        let (cols, rows) = (self.terminal.cols, self.terminal.rows);
        let view = self.editor.view();
        let mut screen = Screen::new(cols);
        let mut output = Vec::new();
        screen.draw(&view, &self.editor.prompt, &mut output);
        let mut fresh = Terminal::new(cols, rows);
        fresh.write(&output);
        assert_eq!((fresh.row, fresh.col()), (view.cursor.row, view.cursor.col), "{}", trace());
        assert_eq!(self.terminal.col(), fresh.col(), "{}", trace());
        assert_eq!(self.terminal.colour, fresh.colour, "{}", trace());
        let first = self.terminal.row.checked_sub(fresh.row).unwrap_or_else(|| panic!("{}", trace()));
        let text = self.terminal.text();
        let shown = text.get(first..).unwrap_or_default();
        assert_eq!(shown, fresh.text(), "{}", trace());
    }
}

#[test]
fn short_lines() {
    check("$ ", (20, 5), "", &["$"], (0, 2));
    check("$ ", (20, 5), "hello\x02\x02X", &["$ helXlo"], (0, 6));
    check("$ ", (20, 5), "hello\x15", &["$"], (0, 2));
    check("$ ", (20, 5), "e\u{301}漢x\x02\x02\x7f", &["$ 漢x"], (0, 2));
    check("$ ", (20, 5), "\x16\x03\x16\x1b\x16\tx", &["$ ^C^[  x"], (0, 9));
    check("$ ", (20, 5), "漢字\x02\x14", &["$ 字漢"], (0, 6));
}

#[test]
fn what_is_not_utf8_is_shown_and_kept() {
    let mut desk = Desk::new("$ ", 20, 5);
    desk.press(b"a\xffb\xc2\x9b\xe2\x80").shows(&["$ a\u{fffd}b\u{fffd}"], (0, 6));
    // The last character is not whole yet.
    desk.press("\x02\r").shows(&["$ a\u{fffd}b\u{fffd}\u{fffd}", "$"], (1, 2));
    assert_eq!(desk.events, [Event::Line(b"a\xffb\xc2\x9b\xe2\x80".to_vec())]);
    let mut desk = Desk::new("$ ", 20, 5);
    desk.press("\u{301}a").shows(&["$ \u{fffd}a"], (0, 4));
}

#[test]
fn the_right_margin() {
    check("$ ", (10, 5), "12345678", &["$ 12345678"], (1, 0));
    check("$ ", (10, 5), "123456789", &["$ 12345678", "9"], (1, 1));
    check("$ ", (10, 5), "123456789\x7f", &["$ 12345678"], (1, 0));
    check("$ ", (10, 5), "123456789\x02\x02", &["$ 12345678", "9"], (0, 9));
    check("$ ", (10, 5), "123456789\x01X", &["$ X1234567", "89"], (0, 3));
    check("$ ", (10, 5), "12345678\x01\x05\x02X", &["$ 1234567X", "8"], (1, 0));
    check("$ ", (10, 5), "1234567漢x", &["$ 1234567", "漢x"], (1, 3));
    check("$ ", (10, 5), "123456漢x", &["$ 123456漢", "x"], (1, 1));
    check("$ ", (10, 5), "1234567漢x\x01\x04", &["$ 234567漢", "x"], (0, 2));
    check("$ ", (2, 5), "12漢", &["$", "12", "漢"], (3, 0));
}

#[test]
fn accepted_lines_are_left_behind() {
    let desk =
        check("$ ", (10, 8), "123456789abc\x01\rx\r\r", &["$ 12345678", "9abc", "$ x", "$", "$"], (4, 2));
    let lines = ["123456789abc", "x", ""].map(|line| Event::Line(line.into()));
    assert_eq!(desk.events, lines);
    let desk = check("$ ", (10, 5), "123456789a\x01\x03y", &["$ ^C345678", "9a", "$ y"], (2, 3));
    assert_eq!(desk.events, [Event::Interrupt]);
    let desk = check("$ ", (20, 5), "a\x7f\x04b", &["$", "$ b"], (1, 3));
    assert_eq!(desk.events, [Event::Eof]);
}

#[test]
fn nothing_is_taken_after_the_line() {
    let mut editor = Editor::new(&Config::default());
    assert_eq!(editor.feed(b"x"), (0, None));
    editor.start(b"$ ", WindowSize::default());
    assert_eq!(editor.feed(b"cat\nfor cat\n"), (4, Some(Event::Line(b"cat".to_vec()))));
    assert_eq!(editor.feed(b"for cat\n"), (0, None));
    assert_eq!(editor.take_output(), b"\x1b[?2004h$ cat\r\n\x1b[?2004l\r");
}

#[test]
fn several_rows() {
    let paste = "\x1b[200~for i\rdo\r  x\rdone\x1b[201~";
    let rows = ["$ for i", "do", "  x", "done"];
    check("$ ", (20, 9), paste, &rows, (3, 4));
    let desk = check("$ ", (20, 9), &format!("{paste}\x02"), &rows, (3, 3));
    assert_eq!(desk.events, []);
    let mut desk =
        check("$ ", (20, 9), &format!("{paste}\r"), &["$ for i", "do", "  x", "done", "$"], (4, 2));
    assert_eq!(desk.events, [Event::Line(b"for i\ndo\n  x\ndone".to_vec())]);
    desk.press("\x10").terminal.row = 7;
    let again = Desk { terminal: Terminal::new(20, 9), ..desk };
    assert_eq!(again.line_with_cursor(), "for i\ndo\n  x\ndone|");
    // Up and down again, which erases the rows that are too many.
    check("$ ", (20, 9), &format!("{paste}\x10"), &["$ echo three"], (0, 12));
    check("$ ", (20, 9), &format!("{paste}\x10\x0e\x01"), &rows, (0, 2));
}

#[test]
fn prompts_with_colours_and_rows() {
    let desk = check("top\n\x01\x1b[31m\x02a\x01\x1b[0m\x02$ ", (20, 5), "xy", &["top", "a$ xy"], (1, 5));
    assert_eq!(desk.terminal.colour, "");
    let desk = check("\x1b[32m> ", (20, 5), "xy", &["> xy"], (0, 4));
    assert_eq!(desk.terminal.colour, "32");
    let mut desk = check(
        "top\n\x1b[31ma\x1b[0m$ ",
        (40, 5),
        "\x12ls",
        &["top", "(reverse-i-search)`ls': ls -l /tmp"],
        (1, 24),
    );
    desk.press("\x05").shows(&["top", "a$ ls -l /tmp"], (1, 13));
    // A prompt that fills a row makes no empty one.
    check("0123456789\n$ ", (10, 5), "x", &["0123456789", "$ x"], (1, 3));
    check("0123456789", (10, 5), "x", &["0123456789", "x"], (1, 1));
}

#[test]
fn searching() {
    let seen = |keys, text: &str, col| drop(check("$ ", (60, 5), keys, &[text], (0, col)));
    seen("abc\x12", "(reverse-i-search)`': abc", 25);
    seen("\x12e", "(reverse-i-search)`e': echo three", 32);
    seen("\x12ec", "(reverse-i-search)`ec': echo three", 24);
    seen("\x12ecq", "(failed reverse-i-search)`ecq': echo three", 32);
    seen("\x12ecq\x7f", "(reverse-i-search)`ec': echo three", 24);
    seen("\x12ecq\x07", "$", 2);
    seen("\x13e", "(failed i-search)`e':", 22);
    seen("\x12ls\x05", "$ ls -l /tmp", 12);
    let mut desk = Desk::new("$ ", 60, 5);
    let written = desk.written("\x12ec");
    assert!(written.contains(r"\x1b[7mec\x1b[27m"), "{written}");
    desk.press("\r").shows(&["$ echo three", "$"], (1, 2));
}

#[test]
fn arguments_show() {
    check("$ ", (60, 5), "\x1b3", &["(arg: 3)"], (0, 9));
    check("$ ", (60, 5), "a\x1b-", &["(arg: -1) a"], (0, 11));
    check("$ ", (60, 5), "\x1b35", &["(arg: 35)"], (0, 10));
    check("$ ", (60, 5), "\x1b3x", &["$ xxx"], (0, 5));
}

#[test]
fn clearing_and_resizing() {
    check("$ ", (20, 5), "a\rb\rabc\x02\x0c", &["$ abc"], (0, 4));
    let mut desk = check(
        "$ ",
        (20, 6),
        "a\r0123456789012345678901234",
        &["$ a", "$ 012345678901234567", "8901234"],
        (2, 7),
    );
    desk.terminal.resize(30);
    desk.editor.resize(WindowSize { cols: 30, rows: 6 });
    desk.press("x").shows(&["$ a", "$ 0123456789012345678901234x"], (1, 28));
    desk.terminal.resize(10);
    desk.editor.resize(WindowSize { cols: 10, rows: 6 });
    desk.press("\x01").shows(&["$ a", "$ 01234567", "8901234567", "8901234x"], (1, 2));
}

#[test]
fn longer_than_the_screen() {
    let keys = "0123456789".repeat(4);
    let mut desk = check("$ ", (10, 3), &keys, &["8901234567", "8901234567", "89"], (2, 2));
    desk.press("\x01").shows(&["$ 01234567", "8901234567", "8901234567"], (0, 2));
    desk.press("\x1b19\x06").shows(&["$ 01234567", "8901234567", "8901234567"], (2, 1));
    desk.press("\x1b9\x06").shows(&["8901234567", "8901234567", "8901234567"], (2, 0));
    desk.press("X\x01\r").shows(&["X890123456", "789", "$"], (2, 2));
}

#[test]
fn few_bytes_are_written() {
    let mut desk = Desk::new("$ ", 80, 24);
    assert_eq!(desk.written("a"), "a");
    assert_eq!(desk.written("bcd"), "bcd");
    assert_eq!(desk.written("\x02\x02"), r"\x08\x08");
    assert_eq!(desk.written("X"), r"Xcd\x08\x08");
    assert_eq!(desk.written("\x7f"), r"\x08cd\x1b[K\x08\x08");
    assert_eq!(desk.written("\x05"), r"\x1b[2C");
    assert_eq!(desk.written("\x01"), r"\x08\x08\x08\x08");
    assert_eq!(desk.written("\x02"), r"\x07");
    desk.written(&"y".repeat(76));
    assert_eq!(desk.written("\x05"), r"\r\n\x1b[2C");
}

/// Answers a request as a shell would that knows these files.
fn complete(desk: &mut Desk, files: &[&str]) {
    let Some(Event::Complete(request)) = desk.events.pop() else { panic!("Tab asks") };
    let start = request.line[..request.cursor].iter().rposition(|&byte| byte == b' ').map_or(0, |at| at + 1);
    let word = request.line[start..request.cursor].to_vec();
    let found = files.iter().filter(|file| file.as_bytes().starts_with(&word));
    let candidates = found.map(|file| Candidate {
        text: file.as_bytes().to_vec(),
        suffix: b" ".to_vec(),
        shown: file.as_bytes().to_vec(),
    });
    let completion = Completion { start, candidates: candidates.collect() };
    desk.editor.complete(request.id, &completion);
    desk.show();
}

#[test]
fn completing() {
    const FILES: [&str; 5] = ["alpha1", "alpha2", "alphabet", "beta", "über"];
    let mut desk = Desk::new("$ ", 80, 24);
    let mut tab = |keys: &str, bells, text: &[&str], cursor| {
        desk.press(keys);
        desk.terminal.bells = 0;
        complete(&mut desk, &FILES);
        desk.shows(text, cursor);
        assert_eq!(desk.terminal.bells, bells);
    };
    let listed = "alpha1    alpha2    alphabet";
    tab("ls al\t", 1, &["$ ls alpha"], (0, 10));
    tab("\t", 1, &["$ ls alpha"], (0, 10));
    tab("\t", 0, &["$ ls alpha", listed, "$ ls alpha"], (2, 10));
    tab("b\t", 0, &["$ ls alpha", listed, "$ ls alphabet"], (2, 14));
    tab("q\t", 1, &["$ ls alpha", listed, "$ ls alphabet q"], (2, 15));
    tab("\x15b\x1b?", 0, &["$ ls alpha", listed, "$ b", "beta", "$ b"], (4, 3));
    tab("\x15al\x1b*", 0, &["$ ls alpha", listed, "$ b", "beta", "$ alpha1 alpha2 alphabet"], (4, 25));
    // A void answer.
    desk.press("\x15b\tx");
    complete(&mut desk, &FILES);
    assert_eq!(desk.line_with_cursor(), "bx|");
}

#[test]
fn listing_many() {
    let files: Vec<String> = (1..=130).map(|number| format!("f{number}")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let asked = || {
        let mut desk = Desk::new("$ ", 80, 5);
        desk.press("f\t");
        complete(&mut desk, &files);
        desk.press("\t");
        complete(&mut desk, &files);
        desk.shows(&["$ f", "Display all 130 possibilities? (y or n)"], (1, 39));
        desk
    };
    asked().press("n").shows(&["$ f", "Display all 130 possibilities? (y or n)", "$ f"], (2, 3));
    let mut desk = asked();
    desk.press("xy");
    assert_eq!(desk.terminal.text().last().map(String::as_str), Some("--More--"));
    assert!(desk.terminal.text()[0].starts_with("f1    f11"), "{:?}", desk.terminal.text());
    let first = desk.terminal.text()[1].clone();
    desk.press("\r");
    assert_eq!(desk.terminal.text()[0], first);
    desk.press("qz");
    assert_eq!(desk.terminal.text()[4], "$ fz");
    asked().press("y    z").shows_the_same_as_drawn_anew(&String::new);
    let mut desk = asked();
    desk.press("\x03");
    assert_eq!(desk.events, [Event::Interrupt]);
    assert_eq!(desk.terminal.text()[2], "$");
}

#[test]
fn long_lines_stay_quick() {
    let mut desk = Desk::new("$ ", 80, 24);
    desk.press(
        [b"\x1b[200~".as_slice(), &"0123456789漢字abc ".repeat(5000).into_bytes(), b"\x1b[201~"].concat(),
    );
    desk.press("\x01\x1b5000\x06");
    let written = desk.written("x");
    assert!(written.len() < 80 * 24 * 4, "{} {written}", written.len());
    let too_long = vec![b'y'; crate::abi::limits::EDITOR_LINE_BYTES_MAX];
    desk.terminal.bells = 0;
    desk.press([b"\x1b[200~".as_slice(), &too_long, b"\x1b[201~"].concat());
    assert_eq!(desk.terminal.bells, 1);
}

/// A small generator of pseudo-random numbers (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

#[test]
fn random_keys() {
    const TEXT: [&str; 12] = [
        "a",
        "foo bar ",
        "漢",
        "字x",
        "e\u{301}",
        "\u{301}",
        "😀",
        "\x16\x01",
        "\x16\t",
        "x123456789",
        "echo",
        " ",
    ];
    const PROMPTS: [&str; 4] = ["$ ", "top\n\x1b[31muser\x1b[0m$ ", "漢漢\n", "0123456789"];
    for seed in 0..200 {
        let mut random = Random(seed);
        let (cols, rows) = (2 + random.below(30), 1 + random.below(12));
        let mut desk = Desk::new(PROMPTS[random.below(PROMPTS.len())], cols, rows);
        let mut trace = Vec::new();
        for _ in 0..60 {
            let keys: Vec<u8> = match random.below(10) {
                0..4 => TEXT[random.below(TEXT.len())].into(),
                // Not the digits: with large counts the lines get long, and the test slow.
                4 => vec![0x1b, [random.below(48), 58 + random.below(70)][random.below(2)] as u8],
                5 => ["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[3~", "\x1b[H", "\x1b[200~p\rq\x1b[201~"]
                    [random.below(7)]
                .into(),
                6 => vec![random.below(256) as u8],
                _ => vec![random.below(32) as u8],
            };
            trace.push(keys.escape_ascii().to_string());
            desk.press(&keys);
            if random.below(40) == 0 {
                let cols = 2 + random.below(30);
                trace.push(format!("<{cols}>"));
                desk.terminal.resize(cols);
                desk.editor.resize(desk.window());
                desk.show();
            }
            desk.shows_the_same_as_drawn_anew(&|| format!("seed {seed}, {cols}x{rows}: {}", trace.join(" ")));
        }
    }
}
