//! Reads a `sed` script. Pieces (`-e`, `-f`) are read one after another; only blocks and the text of `a`, `c`
//! and `i` go on from one to the next.

mod address;
mod substitute;

use super::script::{Command, Op, Script};
use super::text::{self, Escape};
use crate::abi::limits::SED_BLOCKS_MAX;
use bstr::ByteSlice;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The message of an error, with its place.
type Parse<T> = Result<T, Vec<u8>>;

/// How scripts are read.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) extended: bool,
    pub(super) sandbox: bool,
    pub(super) utf8: bool,
    /// Lines end in NUL.
    pub(super) zero: bool,
}

/// Where a piece comes from.
pub(super) enum Source<'a> {
    /// The how-manieth `-e`, from 1.
    Expression(usize),
    File(&'a [u8]),
}

/// Reads pieces into a script.
pub(super) struct Parser<'a> {
    manner: Manner,
    script: Script,
    /// The open blocks.
    blocks: Vec<usize>,
    labels: BTreeMap<Vec<u8>, usize>,
    /// Branches whose label is to be found: the command and its label.
    jumps: Vec<(usize, Vec<u8>)>,
    /// A text that a backslash at the end of a piece continues in the next.
    pending: Option<(Command, Vec<u8>)>,
    is_first: bool,
    source: Source<'a>,
    piece: &'a [u8],
    at: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(manner: Manner) -> Parser<'a> {
        Parser {
            manner,
            script: Script { outputs: vec![Vec::new(), Vec::new()], ..Script::default() },
            blocks: Vec::new(),
            labels: BTreeMap::new(),
            jumps: Vec::new(),
            pending: None,
            is_first: true,
            source: Source::Expression(1),
            piece: b"",
            at: 0,
        }
    }

    /// Reads one piece.
    pub(super) fn read(&mut self, source: Source<'a>, piece: &'a [u8]) -> Parse<()> {
        (self.source, self.piece, self.at) = (source, piece, 0);
        if std::mem::take(&mut self.is_first) && (piece.starts_with(b"#n")) {
            self.script.quiet = true;
        }
        if let Some((command, text)) = self.pending.take() {
            self.text(command, text);
        }
        while self.command()? {}
        Ok(())
    }

    /// The script, when all pieces are read.
    pub(super) fn finish(mut self) -> Parse<Script> {
        if !self.blocks.is_empty() {
            return Err(b"-e expression #1, char 0: unmatched `{'".to_vec());
        }
        if let Some((command, _)) = self.pending.take() {
            self.script.commands.push(command);
        }
        let end = self.script.commands.len();
        for (at, label) in &self.jumps {
            let place = match self.labels.get(label) {
                Some(place) => *place,
                None if label.is_empty() => end,
                None => return Err([b"can't find label for jump to `", &label[..], b"'"].concat()),
            };
            let op = self.script.commands.get_mut(*at).map(|command| &mut command.op);
            if let Some(Op::Branch(to) | Op::Test(_, to)) = op {
                *to = place;
            }
        }
        Ok(self.script)
    }

    fn wrong<T>(&self, message: &str) -> Parse<T> {
        let place = match &self.source {
            Source::Expression(number) => format!("-e expression #{number}, char {}: ", self.at).into_bytes(),
            Source::File(name) => {
                let read = self.piece.get(..self.at).unwrap_or_default();
                let ended = usize::from(!read.ends_with(b"\n") || self.at == 0);
                let line = memchr::memchr_iter(b'\n', read).count() + ended;
                [b"file ", *name, format!(" line {line}: ").as_bytes()].concat()
            }
        };
        Err([&place, message.as_bytes()].concat())
    }

    fn peek(&self) -> Option<u8> {
        self.piece.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip(&mut self, fits: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
    }

    fn skip_blanks(&mut self) {
        self.skip(|byte| byte != b'\n' && byte.is_ascii_whitespace());
    }

    fn number(&mut self) -> u64 {
        let mut number = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        number
    }

    /// Reads a command; false at the end of the piece.
    fn command(&mut self) -> Parse<bool> {
        self.skip(|byte| byte == b';' || byte.is_ascii_whitespace());
        if self.peek().is_none() {
            return Ok(false);
        }
        let (first, end) = self.addresses()?;
        self.skip_blanks();
        let mut negated = false;
        while self.peek() == Some(b'!') {
            self.at += 1;
            if negated {
                return self.wrong("multiple `!'s");
            }
            negated = true;
            self.skip_blanks();
        }
        let Some(letter) = self.next() else { return self.wrong("missing command") };
        let addresses = usize::from(first.is_some()) + usize::from(end.is_some());
        match letter {
            b'#' if addresses > 0 => return self.wrong("comments don't accept any addresses"),
            b'#' => {
                self.skip(|byte| byte != b'\n');
                return Ok(true);
            }
            b':' => {
                if addresses > 0 {
                    return self.wrong(": doesn't want any addresses");
                }
                self.skip_blanks();
                let label = self.word(|byte| byte.is_ascii_whitespace() || byte == b';');
                if label.is_empty() {
                    return self.wrong("\":\" lacks a label");
                }
                self.labels.insert(label, self.script.commands.len());
                return Ok(true);
            }
            b'}' => {
                let Some(open) = self.blocks.pop() else { return self.wrong("unexpected `}'") };
                if addresses > 0 {
                    return self.wrong("} doesn't want any addresses");
                }
                let end = self.script.commands.len();
                if let Some(Op::Block(to)) = self.script.commands.get_mut(open).map(|command| &mut command.op) {
                    *to = end;
                }
                return self.ended().map(|()| true);
            }
            b'q' | b'Q' if addresses > 1 => return self.wrong("command only uses one address"),
            _ => {}
        }
        let op = self.op(letter)?;
        let is_text = matches!(op, Op::Append(_) | Op::Insert(_) | Op::Change(_));
        let command = Command { first, end, negated, op };
        if is_text {
            return self.text_command(command).map(|()| true);
        }
        self.script.commands.push(command);
        Ok(true)
    }

    /// What a letter stands for, with its arguments; the text of `a`, `c`, `i` is read elsewhere.
    fn op(&mut self, letter: u8) -> Parse<Op> {
        let op = match letter {
            b'{' => {
                if self.blocks.len() >= SED_BLOCKS_MAX {
                    return self.wrong("blocks are nested too deeply");
                }
                self.blocks.push(self.script.commands.len());
                return Ok(Op::Block(0));
            }
            b'a' => return Ok(Op::Append(Rc::from(&b""[..]))),
            b'i' => return Ok(Op::Insert(Rc::from(&b""[..]))),
            b'c' => return Ok(Op::Change(Rc::from(&b""[..]))),
            b'b' | b't' | b'T' => {
                self.skip_blanks();
                let label = self.word(|byte| byte.is_ascii_whitespace() || byte == b';' || byte == b'}');
                self.jumps.push((self.script.commands.len(), label));
                match letter {
                    b'b' => Op::Branch(0),
                    b't' => Op::Test(true, 0),
                    _ => Op::Test(false, 0),
                }
            }
            b'r' => return Ok(Op::ReadFile(self.file_name()?.into())),
            b'R' => {
                let name = self.file_name()?;
                return Ok(Op::ReadLine(self.script.input(&name)));
            }
            b'w' | b'W' => {
                let name = self.file_name()?;
                let output = self.script.output(&name);
                return Ok(if letter == b'w' { Op::Write(output) } else { Op::WriteFirst(output) });
            }
            b'e' if self.manner.sandbox => return self.wrong("e/r/w commands disabled in sandbox mode"),
            b'e' => return self.wrong("the command `e' is not supported here"),
            b'v' => {
                self.skip_blanks();
                let version = self.word(|byte| byte.is_ascii_whitespace() || byte == b';');
                if is_newer(&version) {
                    return self.wrong("expected newer version of sed");
                }
                Op::Nothing
            }
            b'l' | b'L' | b'q' | b'Q' if letter != b'L' => {
                self.skip_blanks();
                let number =
                    if self.peek().is_some_and(|byte| byte.is_ascii_digit()) { Some(self.number()) } else { None };
                match letter {
                    b'l' => Op::List(number.map(|number| usize::try_from(number).unwrap_or(usize::MAX))),
                    b'q' => Op::Quit(number.unwrap_or(0) as u8),
                    _ => Op::QuitSilently(number.unwrap_or(0) as u8),
                }
            }
            b's' => return self.substitution(),
            b'y' => self.translation()?,
            b'=' => Op::LineNumber,
            b'd' => Op::Delete,
            b'D' => Op::DeleteFirst,
            b'F' => Op::FileName,
            b'g' => Op::Get,
            b'G' => Op::GetAppend,
            b'h' => Op::Hold,
            b'H' => Op::HoldAppend,
            b'n' => Op::Next,
            b'N' => Op::NextAppend,
            b'p' => Op::Print,
            b'P' => Op::PrintFirst,
            b'x' => Op::Exchange,
            b'z' => Op::Zap,
            other => {
                let shown = [b"unknown command: `", &[other][..], b"'"].concat();
                return self.wrong(&shown.to_str_lossy());
            }
        };
        self.ended()?;
        Ok(op)
    }

    /// The end of a command: a newline, `;`, or what is left for others, `}` and `#`.
    fn ended(&mut self) -> Parse<()> {
        self.skip_blanks();
        match self.peek() {
            None | Some(b'}' | b'#') => Ok(()),
            Some(b'\n' | b';') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => {
                self.at += 1;
                self.wrong("extra characters after command")
            }
        }
    }

    fn word(&mut self, ends: impl Fn(u8) -> bool) -> Vec<u8> {
        let from = self.at;
        self.skip(|byte| !ends(byte));
        self.piece.get(from..self.at).unwrap_or_default().to_vec()
    }

    fn file_name(&mut self) -> Parse<Vec<u8>> {
        if self.manner.sandbox {
            return self.wrong("e/r/w commands disabled in sandbox mode");
        }
        self.skip_blanks();
        let name = self.word(|byte| byte == b'\n');
        if name.is_empty() { self.wrong("missing filename in r/R/w/W commands") } else { Ok(name) }
    }

    /// Reads the text of `a`, `c` or `i`, in either form.
    fn text_command(&mut self, command: Command) -> Parse<()> {
        self.skip_blanks();
        match self.peek() {
            None => return self.wrong("expected \\ after `a', `c' or `i'"),
            Some(b'\\') => {
                self.at += 1;
                let before = self.at;
                self.skip_blanks();
                match self.peek() {
                    Some(b'\n') => self.at += 1,
                    None => {
                        self.pending = Some((command, Vec::new()));
                        return Ok(());
                    }
                    // Blanks behind the backslash belong to the text.
                    Some(_) => self.at = before,
                }
            }
            Some(b'\n') => return self.wrong("expected \\ after `a', `c' or `i'"),
            Some(_) => {}
        }
        self.text(command, Vec::new());
        Ok(())
    }

    /// The lines up to the first that no backslash continues, with a newline at the end, behind what was
    /// read of the text before.
    fn text(&mut self, mut command: Command, mut text: Vec<u8>) {
        // A backslash before the very first character keeps only that.
        let mut is_first = text.is_empty();
        while let Some(byte) = self.next() {
            match byte {
                b'\n' => break,
                b'\\' => {
                    let rest = self.piece.get(self.at..).unwrap_or_default();
                    if rest.is_empty() {
                        text.push(b'\n');
                        self.pending = Some((command, text));
                        return;
                    }
                    match text::escape(rest).filter(|_| !is_first && rest.first() != Some(&b'n')) {
                        Some(Escape { byte, length }) => {
                            text.push(byte);
                            self.at += length;
                        }
                        None => text.extend(self.next()),
                    }
                }
                byte => text.push(byte),
            }
            is_first = false;
        }
        text.push(b'\n');
        command.op = match command.op {
            Op::Append(_) => Op::Append(text.into()),
            Op::Insert(_) => Op::Insert(text.into()),
            _ => Op::Change(text.into()),
        };
        self.script.commands.push(command);
    }
}

/// Whether a version that `v` asks for is above the one that is followed here, 4.9.
fn is_newer(version: &[u8]) -> bool {
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let text = version.to_str_lossy();
    let mut parts = text.split('.');
    (number(parts.next()), number(parts.next())) > (4, 9)
}
