//! Tests of the parser and the printer. What is expected comes from bash 5.2; see the two tables.

mod arith;
mod words;

use std::fmt::Write;

use bstr::ByteSlice;

use super::ast::{CommandKind, Program};
use super::{Options, Parser, Progress, SyntaxError, SyntaxErrorKind, function_text, program_text};

/// The cases of a table: source, `----`, expectation, and `====` before the next.
fn cases(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let table = table.strip_suffix('\n').unwrap_or(table);
    table.split("\n====\n").map(|case| case.split_once("\n----\n").expect("a case has two halves"))
}

fn parse(text: &str) -> Result<Program, SyntaxError> {
    Parser::new(text.as_bytes(), Options::default()).parse_all()
}

fn parse_partial(text: &str) -> Result<Program, SyntaxError> {
    Parser::new(text.as_bytes(), Options { partial: true, ..Options::default() }).parse_all()
}

/// The body of `f() {…}` as `declare -f f` prints it.
fn print_function(body: &str) -> String {
    let program = parse(&format!("f() {{\n{body}\n}}\n")).unwrap_or_else(|error| panic!("{body}: {error:?}"));
    let CommandKind::Function(function) = &program.body.items[0].and_or.first.commands[0].kind else {
        panic!("no function: {program:?}");
    };
    String::from_utf8_lossy(&function_text(function)).into_owned()
}

#[test]
fn functions_print_as_declare_f_prints_them() {
    for (body, expected) in cases(include_str!("print.txt")) {
        assert_eq!(print_function(body), expected, "{body}");
    }
}

/// What the shell prints about a text, without its name: warnings, then the error.
fn complaints(text: &str) -> String {
    let mut parser = Parser::new(text.as_bytes(), Options::default());
    let result = parser.parse_all();
    let mut out = String::new();
    for warning in parser.take_warnings() {
        writeln!(out, "line {}: {}", warning.line, warning.message.as_bstr()).unwrap();
    }
    if let Err(error) = result {
        for message in &error.messages {
            writeln!(out, "line {}: {}", error.line, message.as_bstr()).unwrap();
        }
    }
    out.trim_end().to_owned()
}

#[test]
fn errors_are_worded_as_bash_words_them() {
    for (text, expected) in cases(include_str!("errors.txt")) {
        assert_eq!(complaints(text), expected, "{text}");
    }
}

#[test]
fn what_is_printed_parses_to_the_same_text() {
    for (body, _) in cases(include_str!("print.txt")) {
        check_fixpoint(body.as_bytes());
    }
}

/// What is printed parses, to the same commands, and from then on is printed the same. (A `;` behind a line with a
/// here-document becomes a newline at first.)
fn check_fixpoint(text: &[u8]) {
    let Ok(program) = Parser::new(text, Options::default()).parse_all() else { return };
    // As in bash, `coproc a` is printed as `coproc COPROC a`, which is another command; `! !` without a command vanishes.
    if text.contains_str("coproc") || text.contains_str("!") {
        return;
    }
    let once = program_text(&program);
    let reprint = |printed: &[u8]| match Parser::new(printed, Options::default()).parse_all() {
        Ok(program) => program_text(&program),
        Err(error) => panic!("{:?} from {:?}: {:?}", printed.as_bstr(), text.as_bstr(), error),
    };
    let twice = reprint(&once);
    let essence =
        |text: &[u8]| text.iter().copied().filter(|byte| !b" \n;".contains(byte)).collect::<Vec<_>>();
    assert_eq!(essence(&once).as_bstr(), essence(&twice).as_bstr(), "from {:?}", text.as_bstr());
    assert_eq!(twice.as_bstr(), reprint(&twice).as_bstr(), "from {:?}", text.as_bstr());
}

#[test]
fn every_beginning_of_a_command_is_incomplete() {
    let texts = [
        "if a\nthen b\nelif c\nthen d\nelse e\nfi\n",
        "while a\ndo b\ndone\n",
        "until a; do\nb; done >x\n",
        "for x\nin a b\ndo c\ndone\n",
        "for ((i=0;\ni<3;\ni++))\ndo a\ndone\n",
        "select x in a\ndo b\ndone\n",
        "case x\nin\na) b\n;;\nc) d\nesac\n",
        "{\na\n}\n",
        "(\na\n)\n",
        "((\n1\n))\n",
        "f()\n{\na\n}\n",
        "function f\n{\na\n}\n",
        "a &&\nb\n",
        "a ||\n\nb\n",
        "a |\nb\n",
        "a |&\nb\n",
        "echo \"a\nb\"\n",
        "echo 'a\nb'\n",
        "echo $'a\nb'\n",
        "echo `a\nb`\n",
        "echo $(a\nb\n)\n",
        "echo ${a:-b\nc}\n",
        "echo $((1 +\n2))\n",
        "echo $[1 +\n2]\n",
        "cat <(a\nb)\n",
        "cat <<E\na\nb\nE\n",
        "cat <<E; (\na\nE\nb\n)\n",
        "cat <<-'E' <<F\n\ta\n\tE\nb\nF\n",
        "echo a\\\nb\\\nc\n",
        "\\\na\n",
        "a=(b\nc\n)\n",
        "declare a=(b\nc\n)\n",
        "[[ a == b\n]]\n",
        "[[ a &&\nb ]]\n",
        "[[\na ]]\n",
        "[[ (\na == b\n) ]]\n",
        "[[ a =~ (b\nc) ]]\n",
        "coproc {\na\n}\n",
        "time {\na\n}\n",
        "! {\na\n}\n",
    ];
    for text in texts {
        assert!(parse_partial(text).is_ok(), "{text}: {:?}", parse_partial(text));
        let newlines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let beginnings = newlines.iter().take(newlines.len() - 1).map(|end| &text[..*end]);
        for beginning in beginnings {
            let error = parse_partial(beginning).expect_err(beginning);
            assert_eq!(error.kind, SyntaxErrorKind::Incomplete, "{beginning}: {error:?}");
        }
    }
}

#[test]
fn mistakes_are_wrong_however_much_follows() {
    let texts = [
        "fi\n",
        "a )\n",
        "( )\n",
        "a && ;\n",
        "if a; fi\n",
        "for\n",
        "for x y\n",
        "case a b\n",
        "f() a\n",
        "a > \n",
        "((1;)\n(\n",
        "[[ a b ]]\n",
        "[[ a\n",
        "for ((;)); do\n",
        "a=(1 (\n",
        "echo a(b\n",
        "coproc\n",
        "echo $(a;;\n",
        "{ a; )\n",
        "( a; }\n",
    ];
    for text in texts {
        match parse_partial(text) {
            Err(error) if text.starts_with("((1;)") => assert_eq!(error.kind, SyntaxErrorKind::Incomplete),
            Err(error) => assert_ne!(error.kind, SyntaxErrorKind::Incomplete, "{text}: {error:?}"),
            Ok(program) => panic!("{text}: {program:?}"),
        }
    }
}

#[test]
fn commands_come_one_line_at_a_time() {
    let text = b"\n# nothing\na; b &\n\ncat <<E; c\nbody\nE\nif d\nthen e\nfi\n)";
    let mut parser = Parser::new(text, Options { first_line: 10, ..Options::default() });
    let mut found = Vec::new();
    while let Ok(Some(program)) = parser.next_command() {
        let line = program.body.items[0].and_or.first.commands[0].line;
        found.push((
            line,
            program_text(&program).to_str_lossy().into_owned(),
            parser.offset(),
            parser.line(),
        ));
    }
    let expected = [
        (12, "a; b &".to_owned(), 18, 13),
        (14, "cat <<E\nbody\nE\n c".to_owned(), 37, 17),
        (17, "if d; then\n    e;\nfi".to_owned(), 52, 20),
    ];
    assert_eq!(found, expected);
}

#[test]
fn lines_are_those_of_the_text() {
    let program = parse("a\n\nb \\\n c; $(\nd); e 'f\ng'; h\n").unwrap();
    let lines: Vec<u32> = program.body.items.iter().map(|item| item.and_or.first.commands[0].line).collect();
    // A command whose second word ends on a later line is at that line, as in bash.
    assert_eq!(lines, [1, 4, 5, 6, 6]);
}

#[test]
fn nul_bytes_are_dropped_and_other_bytes_kept() {
    let mut parser = Parser::new(b"ec\0ho \xff\x80 \"\xe9\"", Options::default());
    let program = parser.parse_all().unwrap();
    assert_eq!(program_text(&program), b"echo \xff\x80 \"\xe9\"");
}

#[test]
fn aliases_stand_in_for_words() {
    let look_up = |name: &[u8]| {
        let text: &[u8] = match name {
            b"ll" => b"ls -l",
            b"ls" => b"ls --color",
            b"sudo" => b"sudo ",
            b"nothing" => b"",
            b"two" => b"a; b",
            b"open" => b"if true; then ",
            b"x" => b"y",
            b"y" => b"x",
            b"quote" => b"echo \"",
            b"lines" => b"a\nb",
            _ => return None,
        };
        Some(text.to_vec())
    };
    let cases = [
        ("ll foo", "ls --color -l foo"),
        ("ls ll", "ls --color ll"),
        ("sudo ll", "sudo ls --color -l"),
        ("sudo sudo ll ll", "sudo sudo ls --color -l ll"),
        ("'ll'; \\ll; l\"l\"", "'ll'; \\ll; l\"l\""),
        ("nothing ll", "ls --color -l"),
        ("two c", "a; b c"),
        ("open ll; fi", "if true; then\n    ls --color -l;\nfi"),
        ("x; y", "x; y"),
        ("a=1 ll", "a=1 ls --color -l"),
        ("a | ll && ll", "a | ls --color -l && ls --color -l"),
        ("echo $(ll)", "echo $(ls --color -l)"),
        ("quote b\"", "echo \" b\""),
        ("lines", "a\nb"),
    ];
    for (text, expected) in cases {
        let options = Options { aliases: Some(&look_up), ..Options::default() };
        let program = Parser::new(text.as_bytes(), options).parse_all().unwrap();
        assert_eq!(program_text(&program).as_bstr(), expected, "{text}");
        let program = parse(text).map(|program| program_text(&program).to_str_lossy().into_owned());
        assert_ne!(program.as_deref().ok(), Some(expected).filter(|expected| *expected != text), "{text}");
    }
}

#[test]
fn backquotes_keep_their_errors_until_they_run() {
    let program = parse("echo `a; b\nif`").unwrap();
    let CommandKind::Simple(simple) = &program.body.items[0].and_or.first.commands[0].kind else { panic!() };
    let super::ast::WordPart::CommandSub(substitution) = &simple.words[1].parts[0] else { panic!() };
    assert_eq!(substitution.program.body.items.len(), 2);
    let error = substitution.program.error.as_ref().unwrap();
    assert_eq!(error.messages[0].as_bstr(), "syntax error: unexpected end of file");
}

/// Constructs that nest: what opens, what is innermost, what closes.
const NESTS: [(&str, &str, &str); 22] = [
    ("$(", "a", ")"),
    ("\"$(", "a", ")\""),
    ("( ", "a", ")"),
    ("{ ", "a", "; }"),
    ("if ", "a", "; then b; fi"),
    ("if a; then ", "a", "; fi"),
    ("while a; do ", "a", "; done"),
    ("for x in a; do ", "a", "; done"),
    ("for((;;)); do ", "a", "; done"),
    ("case a in b) ", "a", ";; esac"),
    ("${a:-", "a", "}"),
    ("\"${a:-", "a", "}\""),
    ("${a[", "1", "]}"),
    ("a <(", "a", ")"),
    ("$((", "1", "))"),
    ("$[", "1", "]"),
    ("f() { ", "a", "; }"),
    ("coproc { ", "a", "; }"),
    ("a=($(", "a", "))"),
    ("declare a=(\"$(", "a", ")\")"),
    ("$(case a in b) ", "a", ";; esac)"),
    ("${a/$(", "a", ")/b}"),
];

/// Runs on a thread with this much stack.
fn with_stack(kilobytes: usize, run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(kilobytes * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn the_deepest_nesting_fits_a_small_stack() {
    with_stack(512, || {
        for (open, inside, close) in NESTS {
            // The deepest that is accepted: some constructs count twice in each round.
            let deepest = (1..=200).rev().find_map(|depth| {
                let text = [&open.repeat(depth), inside, &close.repeat(depth)].concat();
                parse(&text).ok()
            });
            let text = program_text(&deepest.unwrap_or_else(|| panic!("{open}")));
            assert!(text.len() > 50 * open.len(), "{open}");
        }
        let negations = format!("[[ {} a ]]", "! ".repeat(190));
        assert!(parse(&negations).is_ok());
        let groups = format!("[[ {} a {} ]]", "( ".repeat(190), ") ".repeat(190));
        assert!(parse(&groups).is_ok());
    });
}

#[test]
fn too_deep_nesting_is_an_error() {
    with_stack(512, || {
        for (open, inside, close) in NESTS {
            for text in [[&open.repeat(10_000), inside, &close.repeat(10_000)].concat(), open.repeat(10_000)]
            {
                let error = parse(&text).expect_err(open);
                let message = error.messages[0].as_bstr();
                let unclosed = message.starts_with(b"unexpected EOF");
                assert!(unclosed || message.starts_with(b"syntax error: more than 200"), "{open}: {message}");
            }
        }
    });
}

#[test]
fn long_inputs_take_linear_time() {
    let n = 20_000;
    let texts = [
        "a".repeat(n * 4),
        "a ".repeat(n),
        "a;".repeat(n),
        "a|".repeat(n) + "a",
        "a&&".repeat(n) + "a",
        "a\n".repeat(n),
        "$a".repeat(n),
        "\"a\"".repeat(n),
        "\\a".repeat(n),
        "'a\n'".repeat(n),
        "$(a)".repeat(n),
        "`a`".repeat(n / 4),
        "$((1))".repeat(n),
        "((1));".repeat(n),
        "( (a) );".repeat(n / 2),
        format!("a=({})", "b ".repeat(n)),
        "a[1]=2 ".repeat(n),
        format!("if a; then b; {} fi", "elif c; then d; ".repeat(n / 10)),
        format!("case a in {} esac", "b) c;; ".repeat(n)),
        "cat <<E\na\nE\n".repeat(n / 4),
        format!("cat <<E\n{}E\n", "a $b\\\n".repeat(n)),
        format!("[[ {} a ]]", "a || ".repeat(n)),
        "\\\n".repeat(n),
        "{".repeat(n),
        "a{b,".repeat(n),
        "x$".repeat(n),
        "[".repeat(n),
        "a[;".repeat(n) + &"]".repeat(n),
        format!("a=({} {})", "[ ".repeat(n), "]".repeat(n)),
        format!("a=({})", "[ ".repeat(n)),
        format!("declare {}", "a[ ".repeat(n)),
        "echo a[ ".repeat(n),
        "$((x) ".repeat(n),
        "((".repeat(n),
        "!".repeat(n),
        "! ".repeat(n),
        "# a\n".repeat(n),
        "echo @(".repeat(10),
    ];
    for text in texts {
        if let Ok(program) = parse(&text) {
            program_text(&program);
        }
    }
}

/// Reads a text line by line, as from a pipe: the commands as they are printed, and the parser's work.
fn read_by_lines(text: &str) -> (String, u64) {
    let (mut printed, mut steps) = (String::new(), 0);
    let (mut from, mut to) = (0, 0);
    let mut progress = Progress::default();
    while from < text.len() {
        to += text[to..].find('\n').map_or(text.len() - to, |newline| newline + 1);
        let partial = to < text.len();
        let mut parser = Parser::new(&text.as_bytes()[from..to], Options { partial, ..Options::default() });
        parser.resume(std::mem::take(&mut progress));
        let result = parser.next_command();
        steps += parser.steps();
        match result {
            Ok(program) => {
                printed += &program
                    .map_or_else(String::new, |program| format!("{}\n", program_text(&program).as_bstr()));
                from += parser.offset();
                assert_eq!(from, to, "{printed}");
            }
            Err(error) if error.kind == SyntaxErrorKind::Incomplete && partial => {
                progress = parser.take_progress();
            }
            Err(error) => return (format!("{printed}{error:?}"), steps),
        }
    }
    (printed, steps)
}

#[test]
fn commands_that_come_line_by_line_are_the_same_and_take_linear_work() {
    let n = 500;
    let texts = [
        format!("f() {{\n{}}}\ng\n", "echo $x ${y} `z` $(w\n)\n".repeat(n)),
        format!("cat <<E\n{}E\ng\n", "a $b\\\n}\n".repeat(n)),
        format!("cat <<-'E' |\n{}\tE\ntr a b\n", "\tE a\n".repeat(n)),
        format!("if a\nthen\n{}fi\n", "c d; e\n\n# f\n".repeat(n)),
        format!("case a in\n{}esac\n", "b|c) d\n e;;\nf) ;&\n".repeat(n)),
        format!("while a; do\n{}done < f\n", "for i in a; do b; done\nif c\nthen d\nfi\n".repeat(n)),
        format!("echo \"$(\n{})\"\n", "a 'b\nc'\ncat <<E\nx\nE\n".repeat(n)),
        format!("( {{ until a; do\n{}done; }} )\n", "b && c ||\nd\n".repeat(n)),
    ];
    for text in texts {
        let mut whole = Parser::new(text.as_bytes(), Options::default());
        let mut printed = String::new();
        while let Some(program) = whole.next_command().unwrap() {
            printed += &format!("{}\n", program_text(&program).as_bstr());
        }
        let (by_lines, steps) = read_by_lines(&text);
        let from = by_lines.bytes().zip(printed.bytes()).position(|(a, b)| a != b).unwrap_or(by_lines.len());
        let excerpt = |text: &str| text.bytes().skip(from.saturating_sub(60)).take(160).collect::<Vec<_>>();
        assert!(
            by_lines == printed,
            "{:?} instead of {:?}, steps {steps} and {}",
            excerpt(&by_lines).as_bstr(),
            excerpt(&printed).as_bstr(),
            whole.steps()
        );
        assert!(steps < 8 * whole.steps(), "{steps} and {} of {}", whole.steps(), &text[..60]);
    }
}

/// A small generator of pseudo-random numbers (xorshift), the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Pieces that mutations put in.
const PIECES: [&str; 64] = [
    "(",
    ")",
    "{",
    "}",
    "{ ",
    "; }",
    "$(",
    "$((",
    "))",
    "((",
    "${",
    "}",
    "[[ ",
    " ]]",
    "[",
    "]",
    "\"",
    "'",
    "`",
    "\\",
    "\\\n",
    "\n",
    ";",
    ";;",
    ";&",
    "&",
    "&&",
    "|",
    "||",
    "|&",
    "<",
    ">",
    ">>",
    "<<E\n",
    "\nE\n",
    "<<<",
    "<(",
    ">&",
    "&>",
    "2>",
    "{x}<",
    "$",
    "$'",
    "$\"",
    "!",
    "time ",
    "if ",
    "then ",
    "fi",
    "while ",
    "do ",
    "done",
    "case ",
    " in ",
    "esac",
    "function ",
    "coproc ",
    "a=(",
    "a[",
    "=",
    " ",
    "#",
    "~",
    "*",
];

#[test]
fn mutated_scripts_do_no_harm() {
    let scripts: Vec<&str> = cases(include_str!("print.txt"))
        .chain(cases(include_str!("errors.txt")))
        .map(|(text, _)| text)
        .collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..6_000 {
        let mut text = scripts[random.next(scripts.len())].as_bytes().to_vec();
        for _ in 0..1 + random.next(4) {
            let at = random.next(text.len() + 1);
            match random.next(4) {
                0 => {
                    text.truncate(at);
                }
                1 => {
                    let piece = PIECES[random.next(PIECES.len())].as_bytes();
                    text.splice(at..at, piece.iter().copied());
                }
                2 if at < text.len() => {
                    text.remove(at);
                }
                _ => {
                    let other = scripts[random.next(scripts.len())].as_bytes();
                    let from = random.next(other.len());
                    text.splice(at..at, other[from..].iter().copied());
                }
            }
        }
        check_fixpoint(&text);
        let partial = Options { partial: true, extglob: true, ..Options::default() };
        let _ = Parser::new(&text, partial).parse_all();
    }
}
