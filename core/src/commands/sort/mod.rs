//! `sort`: sorts lines, merges sorted files, checks an order.

mod compare;
mod key;
mod lines;

use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, Result, STDOUT};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, CountError, Example, Input, Parsed, boxed, match_word, option, parse_count,
    quote, quote_locale,
};
use compare::Order;
use key::{Key, Ordering};
use lines::{Lines, disorder, merge};

/// The command.
pub static COMMAND: Command = Command {
    name: "sort",
    aliases: &[],
    summary: "sort lines of text files",
    usage: &["[OPTION]... [FILE]...", "[OPTION]... --files0-from=F"],
    description: "Write sorted concatenation of all FILE(s) to standard output.\n\n\
                  With no FILE, or when FILE is -, read standard input.\n\n\
                  KEYDEF is F[.C][OPTS][,F[.C][OPTS]] for start and stop position, where F is a field number and C a \
                  character position in the field; both are origin 1, and the stop position defaults to the line's \
                  end. If neither -t nor -b is in effect, characters in a field are counted from the beginning of \
                  the preceding whitespace. OPTS is one or more single-letter ordering options [bdfgiMhnRrV], which \
                  override global ordering options for that key. If no key is given, use the entire line as the key. \
                  Lines are compared byte by byte.",
    options: &[
        option('b', "ignore-leading-blanks", Nothing, "ignore leading blanks"),
        option('d', "dictionary-order", Nothing, "consider only blanks and alphanumeric characters"),
        option('f', "ignore-case", Nothing, "fold lower case to upper case characters"),
        option('g', "general-numeric-sort", Nothing, "compare according to general numerical value"),
        option('i', "ignore-nonprinting", Nothing, "consider only printable characters"),
        option('M', "month-sort", Nothing, "compare (unknown) < 'JAN' < ... < 'DEC'"),
        option('h', "human-numeric-sort", Nothing, "compare human readable numbers (e.g., 2K 1G)"),
        option('n', "numeric-sort", Nothing, "compare according to string numerical value"),
        option('R', "random-sort", Nothing, "shuffle, but group identical keys"),
        Choice::long('D', "random-source", Argument("FILE"), "get random bytes from FILE"),
        option('r', "reverse", Nothing, "reverse the result of comparisons"),
        Choice::long('W', "sort", Argument("WORD"), "sort according to WORD: general-numeric -g, human-numeric -h, month -M, numeric -n, random -R, version -V"),
        option('V', "version-sort", Nothing, "natural sort of (version) numbers within text"),
        Choice::long('B', "batch-size", Argument("NMERGE"), "accepted; all inputs are merged at once"),
        option('c', "", Nothing, "check for sorted input; do not sort"),
        Choice::long('K', "check", MaybeArgument("diagnose-first"), ""),
        option('C', "", Nothing, "like -c, but do not report first bad line"),
        Choice::long('P', "compress-program", Argument("PROG"), "accepted; there are no temporary files"),
        Choice::long('E', "debug", Nothing, "accepted; the keys are not marked"),
        Choice::long('F', "files0-from", Argument("F"), "read input from the files specified by NUL-terminated names in file F; if F is - then read names from standard input"),
        option('k', "key", Argument("KEYDEF"), "sort via a key; KEYDEF gives location and type"),
        option('m', "merge", Nothing, "merge already sorted files; do not sort"),
        option('o', "output", Argument("FILE"), "write result to FILE instead of standard output"),
        option('s', "stable", Nothing, "stabilize sort by disabling last-resort comparison"),
        option('S', "buffer-size", Argument("SIZE"), "accepted; all is sorted in memory"),
        option('t', "field-separator", Argument("SEP"), "use SEP instead of non-blank to blank transition"),
        option('T', "temporary-directory", Argument("DIR"), "accepted; there are no temporary files"),
        Choice::long('p', "parallel", Argument("N"), "accepted; one sort runs at a time"),
        option('u', "unique", Nothing, "with -c, check for strict ordering; without -c, output only the first of an equal run"),
        option('y', "", Argument("SIZE"), ""),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
    ],
    examples: &[
        Example { script: "printf '10\\n9\\n1\\n' | sort -n", output: "1\n9\n10\n" },
        Example { script: "printf 'b 1\\na 2\\n' | sort -k 2,2nr", output: "a 2\nb 1\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sort.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What GNU sort ends with when it cannot do its work.
const TROUBLE: u8 = 2;

/// Why it ends early: a message, and whether the hint about `--help` follows and with which status.
enum Refusal {
    Message(Vec<u8>),
    Usage(Vec<u8>),
    /// A value that is none of the words.
    Word(Vec<u8>),
}

/// What the options say.
struct Settings {
    order: Order,
    line_end: u8,
    unique: bool,
    merge: bool,
    check: Option<char>,
    output: Option<Vec<u8>>,
    files: Vec<Vec<u8>>,
    names_from: Option<Vec<u8>>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let old_keys = old_form(&mut cx);
    let parsed = match cx.parse(TROUBLE).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut settings = match Settings::of(&parsed, old_keys) {
        Ok(settings) => settings,
        Err(Refusal::Usage(message)) => return cx.usage_error(TROUBLE, &message).await,
        Err(Refusal::Word(message)) => return cx.usage_error(1, &message).await,
        Err(Refusal::Message(message)) => return trouble(&mut cx, &message).await,
    };
    let mut salt = [0; 8];
    cx.process.random(&mut salt);
    if let Some(source) = parsed.value('D')
        && let Err(message) = read_salt(&cx, source, &mut salt).await
    {
        return trouble(&mut cx, &message).await;
    }
    settings.order.salt = u64::from_le_bytes(salt);
    if let Err(message) = settings.read_names(&cx).await {
        return match message {
            Refusal::Message(message) => trouble(&mut cx, &message).await,
            Refusal::Usage(message) | Refusal::Word(message) => cx.usage_error(TROUBLE, &message).await,
        };
    }
    let done = if settings.check.is_some() { settings.check(&mut cx).await } else { settings.sort(&mut cx).await };
    match done {
        Err(message) => trouble(&mut cx, &message).await,
        Ok(()) => {
            if let Err(errno) = cx.out.flush().await {
                let message = [b"write failed: 'standard output': ", errno.message().as_bytes()].concat();
                return trouble(&mut cx, &message).await;
            }
            cx.finish().await
        }
    }
}

async fn trouble(cx: &mut Context, message: &[u8]) -> ExitStatus {
    cx.error(message).await;
    cx.status = TROUBLE;
    cx.finish().await
}

async fn read_salt(cx: &Context, source: &[u8], salt: &mut [u8; 8]) -> Result<(), Vec<u8>> {
    let failed = |errno: Errno| [b"open failed: ", source, b": ", errno.message().as_bytes()].concat();
    let mut input = cx.open_input(source).await.map_err(failed)?;
    let bytes = input.fill().await.map_err(failed)?;
    for (slot, byte) in salt.iter_mut().zip(bytes) {
        *slot = *byte;
    }
    cx.close(&input);
    Ok(())
}

/// Takes the old keys `+POS1 [-POS2]` out of the words.
fn old_form(cx: &mut Context) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut at = 0;
    while let Some(word) = cx.words.get(at) {
        if word == b"--" {
            break;
        }
        let Some(start) = word.strip_prefix(b"+").filter(|start| start.first().is_some_and(u8::is_ascii_digit)) else {
            at += 1;
            continue;
        };
        let end = cx.words.get(at + 1).and_then(|next| next.strip_prefix(b"-"));
        let end = end.filter(|end| end.first().is_some_and(u8::is_ascii_digit));
        let Some(key) = Key::parse_old(start, end) else {
            at += 1;
            continue;
        };
        let taken = 1 + usize::from(end.is_some());
        keys.push(key);
        cx.words.drain(at..at + taken);
    }
    keys
}

impl Settings {
    fn of(parsed: &Parsed, mut keys: Vec<Key>) -> Result<Settings, Refusal> {
        let mut global = Ordering::default();
        let mut separator = None;
        let mut check = None;
        let mut output: Option<Vec<u8>> = None;
        for (id, value) in &parsed.options {
            let text = value.as_deref().unwrap_or_default();
            match id {
                'k' => keys.push(Key::parse(text).map_err(Refusal::Message)?),
                't' => {
                    let byte = match text {
                        [] => return Err(Refusal::Message(b"empty tab".to_vec())),
                        [byte] => *byte,
                        b"\\0" => 0,
                        _ => return Err(Refusal::Message([b"multi-character tab ", &quote_locale(text)[..]].concat())),
                    };
                    if separator.is_some_and(|before| before != byte) {
                        return Err(Refusal::Message(b"incompatible tabs".to_vec()));
                    }
                    separator = Some(byte);
                }
                'o' => {
                    if output.as_ref().is_some_and(|before| before != text) {
                        return Err(Refusal::Message(b"multiple output files specified".to_vec()));
                    }
                    output = Some(text.to_vec());
                }
                'c' | 'C' | 'K' => {
                    let table = [("quiet", 'C'), ("silent", 'C'), ("diagnose-first", 'c')];
                    let kind = match (id, value) {
                        ('K', Some(word)) => match_word(word, "--check", &table).map_err(Refusal::Word)?,
                        ('K', None) => 'c',
                        (kind, _) => *kind,
                    };
                    if check.is_some_and(|before| before != kind) {
                        return Err(Refusal::Message(b"options '-cC' are incompatible".to_vec()));
                    }
                    check = Some(kind);
                }
                'W' => {
                    let table = [
                        ("general-numeric", b'g'),
                        ("human-numeric", b'h'),
                        ("month", b'M'),
                        ("numeric", b'n'),
                        ("random", b'R'),
                        ("version", b'V'),
                    ];
                    global.set(match_word(text, "--sort", &table).map_err(Refusal::Word)?, true, true);
                }
                'S' => check_size(text)?,
                'B' => check_batch(text)?,
                'p' => match parse_count(text, b"") {
                    Ok(1..) | Err(CountError::TooLarge) => {}
                    Ok(0) => return Err(Refusal::Message(b"number in parallel must be nonzero".to_vec())),
                    Err(_) => {
                        let message = [b"invalid --parallel argument ", &quote(text)[..]].concat();
                        return Err(Refusal::Message(message));
                    }
                },
                letter => {
                    if let Ok(letter) = u8::try_from(*letter) {
                        global.set(letter, true, true);
                    }
                }
            }
        }
        for key in &mut keys {
            if key.ordering.is_default() && !key.ordering.reverse {
                key.ordering = global;
            }
        }
        if keys.is_empty() && !global.is_default() {
            keys.push(Key { ordering: global, ..Key::default() });
        }
        for ordering in keys.iter().map(|key| key.ordering).chain([global]) {
            ordering.check().map_err(Refusal::Message)?;
        }
        let operands = &parsed.operands;
        if let Some(kind) = check {
            if let Some(extra) = operands.get(1) {
                let with = format!(" not allowed with -{kind}");
                let message = [b"extra operand ", &quote(extra)[..], with.as_bytes()].concat();
                return Err(Refusal::Message(message));
            }
            if output.is_some() {
                return Err(Refusal::Message(format!("options '-{kind}o' are incompatible").into_bytes()));
            }
        }
        let names_from = parsed.value('F').map(<[u8]>::to_vec);
        if let (Some(_), Some(extra)) = (&names_from, operands.first()) {
            let what = b"\nfile operands cannot be combined with --files0-from";
            return Err(Refusal::Usage([b"extra operand ", &quote(extra)[..], what].concat()));
        }
        let unique = parsed.has('u');
        let keys_only = unique || parsed.has('s');
        Ok(Settings {
            order: Order { keys, separator, reverse: global.reverse, keys_only, salt: 0 },
            line_end: if parsed.has('z') { 0 } else { b'\n' },
            unique,
            merge: parsed.has('m'),
            check,
            output,
            files: if operands.is_empty() { vec![b"-".to_vec()] } else { operands.clone() },
            names_from,
        })
    }

    /// Reads the names of `--files0-from`.
    async fn read_names(&mut self, cx: &Context) -> Result<(), Refusal> {
        let Some(list) = &self.names_from else { return Ok(()) };
        let failed = |errno: Errno| {
            Refusal::Message([b"open failed: ", &list[..], b": ", errno.message().as_bytes()].concat())
        };
        let mut input = cx.open_input(list).await.map_err(failed)?;
        let mut all = Vec::new();
        input.read_to_end(&mut all).await.map_err(failed)?;
        cx.close(&input);
        let names: Vec<Vec<u8>> =
            all.strip_suffix(b"\0").unwrap_or(&all).split(|&byte| byte == 0).map(<[u8]>::to_vec).collect();
        if all.is_empty() {
            return Err(Refusal::Message([b"no input from ", &quote(list)[..]].concat()));
        }
        if let Some(at) = names.iter().position(Vec::is_empty) {
            let place = format!(":{}: invalid zero-length file name", at + 1);
            return Err(Refusal::Message([&list[..], place.as_bytes()].concat()));
        }
        self.files = names;
        Ok(())
    }

    async fn check(&self, cx: &mut Context) -> Result<(), Vec<u8>> {
        let name = self.files.first().map_or(&b"-"[..], Vec::as_slice);
        let opened = cx.open_input(name).await;
        let mut input = opened.map_err(|errno| [b"open failed: ", name, b": ", errno.message().as_bytes()].concat())?;
        let found = disorder(&cx.process, &mut input, &self.order, self.line_end, self.unique).await;
        if let Some((number, line)) = found.map_err(|errno| read_failed(name, errno))? {
            if self.check == Some('c') {
                let place = format!(":{number}: disorder: ");
                cx.error(&[name, place.as_bytes(), &line].concat()).await;
            }
            cx.status = 1;
        }
        Ok(())
    }

    async fn sort(&self, cx: &mut Context) -> Result<(), Vec<u8>> {
        let mut inputs = Vec::new();
        for name in &self.files {
            inputs.push(open(cx, name).await?);
        }
        // Who merges into one of the inputs must have read it before.
        let is_overwriting = self.output.as_ref().is_some_and(|output| self.files.contains(output));
        if self.merge && !is_overwriting {
            self.redirect(cx).await?;
            let merged = merge(cx, inputs, &self.order, self.line_end, self.unique).await;
            return merged.map_err(|(at, errno)| read_failed(self.files.get(at).map_or(b"-", Vec::as_slice), errno));
        }
        let mut lines = Lines::new(self.line_end);
        for (input, name) in inputs.iter_mut().zip(&self.files) {
            lines.read(input).await.map_err(|errno| read_failed(name, errno))?;
            cx.close(input);
        }
        self.redirect(cx).await?;
        // A closed output is noticed at the end.
        let _ = lines.print(cx, &self.order, self.unique).await;
        Ok(())
    }

    /// Makes the file of `-o` the standard output.
    async fn redirect(&self, cx: &Context) -> Result<(), Vec<u8>> {
        let Some(output) = &self.output else { return Ok(()) };
        let opened = cx.process.open(output, OpenFlags::OUTPUT, Mode::new(0o666)).await;
        let redirected = opened.and_then(|fd| cx.process.dup2(fd, STDOUT));
        redirected.map_err(|errno| [b"open failed: ", &output[..], b": ", errno.message().as_bytes()].concat())
    }
}

async fn open(cx: &Context, name: &[u8]) -> Result<Input, Vec<u8>> {
    let opened = cx.open_input(name).await;
    opened.map_err(|errno| [b"cannot read: ", name, b": ", errno.message().as_bytes()].concat())
}

fn read_failed(name: &[u8], errno: Errno) -> Vec<u8> {
    if errno == Errno::ENOMEM {
        return b"memory exhausted".to_vec();
    }
    [b"read failed: ", name, b": ", errno.message().as_bytes()].concat()
}

/// `-S`: a size, or a share of the memory.
fn check_size(text: &[u8]) -> Result<(), Refusal> {
    let number = text.strip_suffix(b"%").unwrap_or(text);
    let fault = match parse_count(number, b"bKMGTPEZYkm") {
        Ok(_) | Err(CountError::TooLarge) => return Ok(()),
        Err(_) if text.first().is_some_and(u8::is_ascii_digit) => "invalid suffix in -S argument ",
        Err(_) => "invalid -S argument ",
    };
    Err(Refusal::Message([fault.as_bytes(), &quote(text)].concat()))
}

fn check_batch(text: &[u8]) -> Result<(), Refusal> {
    match parse_count(text, b"") {
        Ok(2..) | Err(CountError::TooLarge) => Ok(()),
        Ok(_) => {
            let invalid = [b"invalid --batch-size argument ", &quote_locale(text)[..]].concat();
            let least = [&b"\nsort: minimum --batch-size argument is "[..], &quote_locale(b"2")].concat();
            Err(Refusal::Message([invalid, least].concat()))
        }
        Err(_) => Err(Refusal::Message([b"invalid --batch-size argument ", &quote(text)[..]].concat())),
    }
}
