//! The options of `grep`, and what they mean together.

use super::color::Colors;
use super::matcher::{Kind, MatchOptions, Matcher, warnings};
use super::search::{Binary, Print, Settings};
use super::{Choosing, Directories, Glob, Run, STDIN_NAME, is_recursion_over_directory, strip_slashes};
use crate::abi::{Errno, Result, STDOUT};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{Choice, Context, CountError, Parsed, is_utf8, match_word, option, parse_count};

/// The table.
pub(super) const OPTIONS: &[Choice] = &[
    option('E', "extended-regexp", Nothing, "PATTERNS are extended regular expressions"),
    option('F', "fixed-strings", Nothing, "PATTERNS are strings"),
    option('G', "basic-regexp", Nothing, "PATTERNS are basic regular expressions"),
    option('P', "perl-regexp", Nothing, "PATTERNS are Perl regular expressions (not supported)"),
    option('X', "", Argument("MATCHER"), ""),
    option('e', "regexp", Argument("PATTERNS"), "use PATTERNS for matching"),
    option('f', "file", Argument("FILE"), "take PATTERNS from FILE"),
    option('i', "ignore-case", Nothing, "ignore case distinctions in patterns and data"),
    option('y', "", Nothing, ""),
    Choice::long('!', "no-ignore-case", Nothing, "do not ignore case distinctions (default)"),
    option('w', "word-regexp", Nothing, "match only whole words"),
    option('x', "line-regexp", Nothing, "match only whole lines"),
    option('z', "null-data", Nothing, "a data line ends in 0 byte, not newline"),
    option('s', "no-messages", Nothing, "suppress error messages"),
    option('v', "invert-match", Nothing, "select non-matching lines"),
    option('V', "", Nothing, ""),
    option('m', "max-count", Argument("NUM"), "stop after NUM selected lines"),
    option('b', "byte-offset", Nothing, "print the byte offset with output lines"),
    option('n', "line-number", Nothing, "print line number with output lines"),
    Choice::long('\u{1}', "line-buffered", Nothing, "flush output on every line"),
    option('H', "with-filename", Nothing, "print file name with output lines"),
    option('h', "no-filename", Nothing, "suppress the file name prefix on output"),
    Choice::long('\u{2}', "label", Argument("LABEL"), "use LABEL as the standard input file name prefix"),
    option('o', "only-matching", Nothing, "show only nonempty parts of lines that match"),
    option('q', "quiet", Nothing, "suppress all normal output"),
    Choice::long('q', "silent", Nothing, ""),
    Choice::long('\u{3}', "binary-files", Argument("TYPE"), "assume that binary files are TYPE; TYPE is 'binary', 'text', or 'without-match'"),
    option('a', "text", Nothing, "equivalent to --binary-files=text"),
    option('I', "", Nothing, "equivalent to --binary-files=without-match"),
    option('d', "directories", Argument("ACTION"), "how to handle directories; ACTION is 'read', 'recurse', or 'skip'"),
    option('D', "devices", Argument("ACTION"), "how to handle devices, FIFOs and sockets; ACTION is 'read' or 'skip'"),
    option('r', "recursive", Nothing, "like --directories=recurse"),
    option('R', "dereference-recursive", Nothing, "likewise, but follow all symlinks"),
    Choice::long('\u{4}', "include", Argument("GLOB"), "search only files that match GLOB (a file pattern)"),
    Choice::long('\u{5}', "exclude", Argument("GLOB"), "skip files that match GLOB"),
    Choice::long('\u{6}', "exclude-from", Argument("FILE"), "skip files that match any file pattern from FILE"),
    Choice::long('\u{7}', "exclude-dir", Argument("GLOB"), "skip directories that match GLOB"),
    option('L', "files-without-match", Nothing, "print only names of FILEs with no selected lines"),
    option('l', "files-with-matches", Nothing, "print only names of FILEs with selected lines"),
    option('c', "count", Nothing, "print only a count of selected lines per FILE"),
    option('T', "initial-tab", Nothing, "make tabs line up (if needed)"),
    option('Z', "null", Nothing, "print 0 byte after FILE name"),
    option('B', "before-context", Argument("NUM"), "print NUM lines of leading context"),
    option('A', "after-context", Argument("NUM"), "print NUM lines of trailing context"),
    option('C', "context", Argument("NUM"), "print NUM lines of output context"),
    // -NUM is the same as -C NUM.
    Choice::DIGITS,
    Choice::long('\u{8}', "group-separator", Argument("SEP"), "print SEP on line between matches with context"),
    Choice::long('\u{e}', "no-group-separator", Nothing, "do not print separator for matches with context"),
    Choice::long('\u{f}', "color", MaybeArgument("WHEN"), "use markers to highlight the matching strings; WHEN is 'always', 'never', or 'auto'"),
    Choice::long('\u{f}', "colour", MaybeArgument("WHEN"), ""),
    option('U', "binary", Nothing, "do not strip CR characters at EOL (there is no other way here)"),
    option('u', "unix-byte-offsets", Nothing, ""),
];

/// The options that ask for context.
const CONTEXT_OPTIONS: [char; 13] = ['A', 'B', 'C', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
/// Why it ends before it searches.
pub(super) enum Refusal {
    Message(Vec<u8>),
    /// It has no patterns.
    Usage,
    /// A value that is none of the words.
    Word(Vec<u8>),
}

/// Reads the options and compiles the patterns.
pub(super) async fn prepare(cx: &mut Context, parsed: Parsed) -> Result<(Run, Vec<Vec<u8>>), Refusal> {
    let kind = kind(cx, &parsed)?;
    let mut operands = parsed.operands.clone();
    let mut patterns = Vec::new();
    let mut given = false;
    for (id, value) in &parsed.options {
        let value = value.as_deref().unwrap_or_default();
        match id {
            'e' => {
                given = true;
                patterns.extend(value.split(|&byte| byte == b'\n').map(<[u8]>::to_vec));
            }
            'f' => {
                given = true;
                patterns.extend(read_lines(cx, value).await?);
            }
            _ => {}
        }
    }
    if !given {
        if operands.is_empty() {
            return Err(Refusal::Usage);
        }
        let operand = operands.remove(0);
        patterns.extend(operand.split(|&byte| byte == b'\n').map(<[u8]>::to_vec));
    }
    if kind == Kind::Extended {
        for pattern in &patterns {
            for warning in warnings(pattern) {
                let line = [&cx.name[..], b": warning: ", warning.as_bytes(), b"\n"].concat();
                cx.write_error(&line).await;
            }
        }
    }
    for pattern in patterns.iter().filter(|_| kind != Kind::Fixed) {
        if is_class_without_brackets(pattern) {
            return Err(Refusal::Message(b"character class syntax is [[:space:]], not [:space:]".to_vec()));
        }
    }
    let utf8 = is_utf8(&cx.process);
    let matcher = Matcher::new(
        &patterns,
        MatchOptions {
            kind,
            ignore_case: parsed.last_of(&['i', 'y', '!']).is_some_and(|id| id != '!'),
            words: parsed.has('w') && !parsed.has('x'),
            lines: parsed.has('x'),
            zero: parsed.has('z'),
            utf8,
        },
    )
    .map_err(Refusal::Message)?;
    let choosing = choosing(cx, &parsed).await?;
    let (before, after) = context(&parsed)?;
    let lines_max = match parsed.value('m') {
        None => u64::MAX,
        Some(text) => match parse_count(text.strip_prefix(b"-").unwrap_or(text), b"") {
            Ok(_) if text.starts_with(b"-") => u64::MAX,
            Ok(count) => count,
            Err(CountError::TooLarge) => u64::MAX,
            Err(_) => return Err(Refusal::Message(b"invalid max count".to_vec())),
        },
    };
    let binary = match parsed.options.iter().rev().find(|(id, _)| matches!(id, 'a' | 'I' | '\u{3}')) {
        Some(('a', _)) => Binary::Text,
        Some(('I', _)) => Binary::Skip,
        Some((_, value)) => match value.as_deref().unwrap_or_default() {
            b"text" => Binary::Text,
            b"binary" => Binary::Tell,
            b"without-match" => Binary::Skip,
            _ => return Err(Refusal::Message(b"unknown binary-files type".to_vec())),
        },
        None => Binary::Tell,
    };
    let print = match parsed.last_of(&['l', 'L']) {
        _ if parsed.has('q') => Print::Nothing,
        Some('l') => Print::NamesWith,
        Some(_) => Print::NamesWithout,
        None if parsed.has('c') => Print::Count,
        None if parsed.has('o') => Print::Matches,
        None => Print::Lines,
    };
    if parsed.has('u') {
        let line = [&cx.name[..], b": warning: --unix-byte-offsets (-u) is obsolete\n"].concat();
        cx.write_error(&line).await;
    }
    if parsed.has('\u{1}') {
        cx.out.set_line_buffered(true);
    }
    let names = match parsed.last_of(&['H', 'h']) {
        Some(id) => id == 'H',
        None => operands.len() > 1 || is_recursion_over_directory(cx, &choosing, &operands).await,
    };
    let settings = Settings {
        matcher,
        invert: parsed.has('v'),
        print,
        lines_max,
        context: parsed.last_of(&CONTEXT_OPTIONS).is_some(),
        before,
        after,
        group_separator: match parsed.last_of(&['\u{8}', '\u{e}']) {
            Some('\u{8}') => parsed.value('\u{8}').map(<[u8]>::to_vec),
            Some(_) => None,
            None => Some(b"--".to_vec()),
        },
        names,
        line_numbers: parsed.has('n'),
        byte_offsets: parsed.has('b'),
        tab: parsed.has('T'),
        null: parsed.has('Z'),
        line_end: if parsed.has('z') { 0 } else { b'\n' },
        binary,
        utf8,
        colors: colors(cx, &parsed)?,
    };
    if operands.is_empty() {
        // The current directory, whose name is not put before the others.
        let is_recursive = choosing.directories == Directories::Recurse;
        operands.push(if is_recursive { Vec::new() } else { b"-".to_vec() });
    }
    let run = Run { settings, choosing, any: false, failed: false, separated: false, done: false };
    Ok((run, operands))
}

fn kind(cx: &Context, parsed: &Parsed) -> Result<Kind, Refusal> {
    let mut kind = None;
    for (id, value) in &parsed.options {
        let next = match (id, value.as_deref()) {
            ('E', _) | ('X', Some(b"egrep" | b"awk" | b"gawk" | b"posixawk")) => Kind::Extended,
            ('F', _) | ('X', Some(b"fgrep")) => Kind::Fixed,
            ('G', _) | ('X', Some(b"grep")) => Kind::Basic,
            ('P', _) | ('X', Some(b"perl")) => {
                if kind.is_some() {
                    return Err(Refusal::Message(b"conflicting matchers specified".to_vec()));
                }
                return Err(Refusal::Message(b"Perl matching not supported in a --disable-perl-regexp build".to_vec()));
            }
            ('X', Some(other)) => return Err(Refusal::Message([b"invalid matcher ", other].concat())),
            _ => continue,
        };
        if kind.is_some_and(|before| before != next) {
            return Err(Refusal::Message(b"conflicting matchers specified".to_vec()));
        }
        kind = Some(next);
    }
    Ok(kind.unwrap_or(match cx.name.as_slice() {
        b"egrep" => Kind::Extended,
        b"fgrep" => Kind::Fixed,
        _ => Kind::Basic,
    }))
}

/// The patterns of a file, one a line; an empty file has none.
async fn read_lines(cx: &Context, name: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
    let failed = |errno: Errno| Refusal::Message([name, b": ", errno.message().as_bytes()].concat());
    let mut input = cx.open_input(name).await.map_err(failed)?;
    let mut text = Vec::new();
    input.read_to_end(&mut text).await.map_err(failed)?;
    cx.close(&input);
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let text = text.strip_suffix(b"\n").unwrap_or(&text);
    Ok(text.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect())
}

/// Whether there is a bracket expression like `[:space:]`.
fn is_class_without_brackets(pattern: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&byte) = pattern.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' => {
                let first = at + 1 + usize::from(pattern.get(at + 1) == Some(&b'^'));
                let mut end = first + 1;
                loop {
                    match (pattern.get(end), pattern.get(end + 1)) {
                        (None, _) => return false,
                        (Some(b']'), _) => break,
                        (Some(b'['), Some(&kind @ (b':' | b'.' | b'='))) => {
                            let rest = pattern.get(end + 2..).unwrap_or_default();
                            let Some(close) = rest.windows(2).position(|pair| pair == [kind, b']']) else {
                                return false;
                            };
                            end += close + 4;
                        }
                        _ => end += 1,
                    }
                }
                let inside = pattern.get(at + 1..end).unwrap_or_default();
                if inside.len() > 2 && inside.starts_with(b":") && inside.ends_with(b":") {
                    return true;
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    false
}

async fn choosing(cx: &Context, parsed: &Parsed) -> Result<Choosing, Refusal> {
    let mut choosing = Choosing {
        directories: Directories::Read,
        follow: false,
        skip_devices: None,
        files: Vec::new(),
        excluded_directories: Vec::new(),
        no_messages: parsed.has('s'),
        label: parsed.value('\u{2}').unwrap_or(STDIN_NAME).to_vec(),
    };
    for (id, value) in &parsed.options {
        let text = value.as_deref().unwrap_or_default();
        match id {
            'd' => {
                let table =
                    [("read", Directories::Read), ("recurse", Directories::Recurse), ("skip", Directories::Skip)];
                choosing.directories = match_word(text, "--directories", &table).map_err(Refusal::Word)?;
            }
            'r' | 'R' => {
                choosing.directories = Directories::Recurse;
                choosing.follow = *id == 'R';
            }
            'D' => {
                choosing.skip_devices = Some(match text {
                    b"read" => false,
                    b"skip" => true,
                    _ => return Err(Refusal::Message(b"unknown devices method".to_vec())),
                });
            }
            '\u{4}' => choosing.files.push((true, Glob::new(text))),
            '\u{5}' => choosing.files.push((false, Glob::new(text))),
            '\u{6}' => {
                for line in read_lines(cx, text).await? {
                    choosing.files.push((false, Glob::new(&line)));
                }
            }
            '\u{7}' => choosing.excluded_directories.push(Glob::new(strip_slashes(text))),
            _ => {}
        }
    }
    Ok(choosing)
}

/// Lines of context before and behind.
fn context(parsed: &Parsed) -> Result<(usize, usize), Refusal> {
    let (mut before, mut after, mut both) = (None, None, None);
    let mut digits: Option<usize> = None;
    for (id, value) in &parsed.options {
        let text = value.as_deref().unwrap_or_default();
        match id {
            'A' | 'B' | 'C' => {
                let count = match parse_count(text, b"") {
                    Ok(count) => usize::try_from(count).unwrap_or(usize::MAX),
                    Err(CountError::TooLarge) => usize::MAX,
                    Err(_) => return Err(Refusal::Message([text, b": invalid context length argument"].concat())),
                };
                match id {
                    'A' => after = Some(count),
                    'B' => before = Some(count),
                    _ => both = Some(count),
                }
            }
            digit => {
                if let Some(digit) = digit.to_digit(10) {
                    digits = Some(digits.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize));
                    both = digits;
                }
            }
        }
    }
    let both = both.unwrap_or(0);
    Ok((before.unwrap_or(both), after.unwrap_or(both)))
}

fn colors(cx: &Context, parsed: &Parsed) -> Result<Option<Colors>, Refusal> {
    let is_on = match parsed.options.iter().rev().find(|(id, _)| *id == '\u{f}') {
        None => false,
        Some((_, value)) => match value.as_deref() {
            Some(b"always" | b"yes" | b"force") => true,
            Some(b"never" | b"no" | b"none") => false,
            None | Some(b"auto" | b"tty" | b"if-tty") => {
                let is_dumb = cx.process.env(b"TERM").is_none_or(|term| term == b"dumb");
                cx.process.is_terminal(STDOUT) && !is_dumb
            }
            Some(other) => return Err(Refusal::Message([b"invalid argument for --color: ", other].concat())),
        },
    };
    let variable = cx.process.env(b"GREP_COLORS").unwrap_or_default();
    Ok(is_on.then(|| Colors::new(&variable, parsed.has('v'))))
}
