//! The expression of `find`, read into a program of jumps, so that nothing recurs when it is evaluated.

use super::Find;
use super::printf::Format;
use crate::abi::{Access, FileType, Mode, Time};
use crate::calendar::parse_date;
use crate::program::{Follow, ModeChange, quote_locale, stat_of};
use crate::regex::pattern::{Pattern, PatternOptions};
use crate::regex::{Flavour, Regex, Syntax};

/// What global options set.
#[derive(Clone, Default, Debug)]
pub(super) struct Settings {
    pub(super) max_depth: Option<usize>,
    pub(super) min_depth: usize,
    pub(super) depth_first: bool,
    pub(super) one_file_system: bool,
    pub(super) warn: bool,
}

/// An instruction. Each test and action leaves a truth value, which the others look at.
pub(super) enum Op {
    Do(Primary),
    Not,
    /// Goes on at this instruction if the value is false.
    IfFalse(usize),
    /// Goes on at this instruction if the value is true.
    IfTrue(usize),
}

/// How a number is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Compare {
    More,
    Less,
    Equal,
}

impl Compare {
    pub(super) fn holds(self, value: u64, than: u64) -> bool {
        match self {
            Compare::More => value > than,
            Compare::Less => value < than,
            Compare::Equal => value == than,
        }
    }
}

/// One of a file's times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Access,
    Change,
    Modification,
}

/// What `-perm` asks of the bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bits {
    Exactly,
    All,
    Any,
}

/// A command of `-exec` and its kin.
pub(super) struct Exec {
    pub(super) argv: Vec<Vec<u8>>,
    pub(super) in_directory: bool,
    pub(super) ask: bool,
    /// With `+`: the paths so far, and the directory they are in.
    pub(super) collected: Option<(Vec<Vec<u8>>, Vec<u8>)>,
}

/// A test or an action. Those that write have the number of their file, or `None` for standard output.
pub(super) enum Primary {
    Truth(bool),
    Name(Pattern),
    Path(Pattern),
    LinkName(Pattern),
    Regex(Box<Regex>),
    Type(Vec<FileType>),
    TargetType(Vec<FileType>),
    Size(Compare, u64, u64),
    /// Compared with a moment; for `Equal`, a span of so many nanoseconds from there.
    Time(Field, Compare, i128, i128),
    Newer(Field, Time),
    Empty,
    Perm(Bits, Mode, Mode),
    Uid(Compare, u64),
    Gid(Compare, u64),
    NoUser,
    NoGroup,
    Links(Compare, u64),
    Inode(Compare, u64),
    Same(u64, u64),
    May(Access),
    FileSystem(Vec<u8>),
    Print(Option<usize>, u8),
    Printf(Option<usize>, Format),
    List(Option<usize>),
    Delete,
    Exec(Exec),
    Prune,
    Quit,
}

/// How deep parentheses may be inside each other.
const NESTING_MAX: usize = 100;

const DAY_SECS: i64 = 86_400;
const NANOS: i128 = 1_000_000_000;

type Parse<T> = Result<T, Vec<u8>>;

/// Reads an expression.
pub(super) struct Parser<'a> {
    find: &'a mut Find,
    words: Vec<Vec<u8>>,
    at: usize,
    program: Vec<Op>,
    /// The operator or parenthesis read last, for messages.
    operator: Option<Vec<u8>>,
    last_test: Option<Vec<u8>>,
    acts: bool,
    prunes: bool,
    deletes: bool,
    depth_given: bool,
    flavour: Flavour,
    /// What times are relative to.
    moment: Time,
}

fn message(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

impl<'a> Parser<'a> {
    pub(super) fn new(find: &'a mut Find, words: Vec<Vec<u8>>) -> Parser<'a> {
        let moment = find.now;
        Parser {
            find,
            words,
            at: 0,
            program: Vec::new(),
            operator: None,
            last_test: None,
            acts: false,
            prunes: false,
            deletes: false,
            depth_given: false,
            flavour: Flavour::Emacs,
            moment,
        }
    }

    pub(super) async fn parse(mut self) -> Parse<Vec<Op>> {
        if !self.words.is_empty() {
            self.expression().await?;
        }
        if self.deletes && self.prunes && !self.depth_given {
            return Err(b"The -delete action automatically turns on -depth, but -prune does nothing when -depth \
                         is in effect.  If you want to carry on anyway, just explicitly use the -depth option."
                .to_vec());
        }
        if !self.acts {
            let end = self.program.len() + 2;
            if !self.program.is_empty() {
                self.program.push(Op::IfFalse(end));
            }
            self.program.push(Op::Do(Primary::Print(None, b'\n')));
        }
        Ok(self.program)
    }

    fn peek(&self) -> Option<&[u8]> {
        self.words.get(self.at).map(Vec::as_slice)
    }

    /// Reads it all with a stack of open parentheses: for each, where jumps that are not yet known are.
    async fn expression(&mut self) -> Parse<()> {
        let mut levels = vec![Level::default()];
        loop {
            // An operand, behind any number of `!` and `(`.
            let mut negated = false;
            loop {
                let Some(word) = self.peek().map(<[u8]>::to_vec) else { return Err(self.lacking()) };
                match word.as_slice() {
                    b"!" | b"-not" => negated = !negated,
                    b"(" => {
                        if levels.len() > NESTING_MAX {
                            return Err(b"parentheses are nested too deeply".to_vec());
                        }
                        levels.push(Level { negated: std::mem::take(&mut negated), ..Level::default() });
                    }
                    b")" => {
                        return Err(match self.operator.as_deref() {
                            _ if levels.len() == 1 => b"you have too many ')'".to_vec(),
                            Some(b"(") | None => {
                                b"invalid expression; empty parentheses are not allowed.".to_vec()
                            }
                            Some(operator) => {
                                message(&[b"expected an expression between '", operator, b"' and ')'"])
                            }
                        });
                    }
                    b"-o" | b"-or" | b"-a" | b"-and" | b"," => {
                        return Err(message(&[
                            b"invalid expression; you have used a binary operator '",
                            &word,
                            b"' with nothing before it.",
                        ]));
                    }
                    _ => break,
                }
                self.operator = Some(word);
                self.at += 1;
            }
            let primary = self.primary().await?;
            self.program.push(Op::Do(primary));
            if negated {
                self.program.push(Op::Not);
            }
            self.operator = None;
            // What follows an operand.
            while self.peek() == Some(b")") {
                self.at += 1;
                let level = if levels.len() > 1 { levels.pop() } else { None };
                let Some(level) = level else { return Err(b"you have too many ')'".to_vec()) };
                if level.close(&mut self.program) {
                    self.program.push(Op::Not);
                }
            }
            let Some(word) = self.peek().map(<[u8]>::to_vec) else { break };
            let Some(level) = levels.last_mut() else { break };
            match word.as_slice() {
                b"-o" | b"-or" => {
                    level.close_and(&mut self.program);
                    level.or_jumps.push(self.program.len());
                    self.program.push(Op::IfTrue(0));
                }
                b"," => level.close_all(&mut self.program),
                _ => {
                    level.and_jumps.push(self.program.len());
                    self.program.push(Op::IfFalse(0));
                }
            }
            if matches!(word.as_slice(), b"-o" | b"-or" | b"," | b"-a" | b"-and") {
                self.at += 1;
                self.operator = Some(word);
            }
        }
        if levels.len() > 1 {
            return Err(
                b"invalid expression; I was expecting to find a ')' somewhere but did not see one.".to_vec()
            );
        }
        if let Some(level) = levels.pop() {
            level.close(&mut self.program);
        }
        Ok(())
    }

    fn lacking(&self) -> Vec<u8> {
        let operator = self.operator.as_deref().unwrap_or_default();
        message(&[b"expected an expression after '", operator, b"'"])
    }

    async fn primary(&mut self) -> Parse<Primary> {
        let name = self.peek().unwrap_or_default().to_vec();
        if !name.starts_with(b"-") {
            let text = message(&[b"paths must precede expression: `", &name, b"'"]);
            let Some(last) = &self.last_test else { return Err(text) };
            self.find.cx.error(&text).await;
            return Err(message(&[b"possible unquoted pattern after predicate `", last, b"'?"]));
        }
        self.at += 1;
        let primary = match self.option(&name).await? {
            true => Primary::Truth(true),
            false => match self.action(&name).await? {
                Some(action) => {
                    self.acts |= !matches!(action, Primary::Prune);
                    action
                }
                None => self.test(&name).await?,
            },
        };
        self.last_test = Some(name);
        Ok(primary)
    }

    fn argument(&mut self, name: &[u8]) -> Parse<Vec<u8>> {
        let word = self.peek().map(<[u8]>::to_vec);
        self.at += 1;
        word.ok_or_else(|| message(&[b"missing argument to `", name, b"'"]))
    }

    /// Sets what a global option says; false when it is none.
    async fn option(&mut self, name: &[u8]) -> Parse<bool> {
        match name {
            b"-maxdepth" | b"-mindepth" => {
                let text = self.argument(name)?;
                let Some(depth) = number(&text) else {
                    return Err(message(&[
                        b"Expected a positive decimal integer argument to ",
                        name,
                        b", but got ",
                        &quote_locale(&text),
                    ]));
                };
                let depth = usize::try_from(depth).unwrap_or(usize::MAX);
                if name == b"-maxdepth" {
                    self.find.settings.max_depth = Some(depth);
                } else {
                    self.find.settings.min_depth = depth;
                }
            }
            b"-depth" | b"-d" => {
                self.find.settings.depth_first = true;
                self.depth_given = true;
            }
            b"-xdev" | b"-mount" => self.find.settings.one_file_system = true,
            b"-noleaf" | b"-ignore_readdir_race" | b"-noignore_readdir_race" => {}
            b"-warn" | b"-nowarn" => {
                self.find.settings.warn = name == b"-warn";
                return Ok(true);
            }
            b"-follow" => {
                self.find.follow = Follow::Always;
                return Ok(true);
            }
            b"-daystart" => {
                let Time { secs, .. } = self.moment;
                let offset = i64::from(self.find.zone.offset_secs);
                let start = secs - (secs + offset).rem_euclid(DAY_SECS);
                self.moment = Time { secs: start + DAY_SECS, nanos: 0 };
                return Ok(true);
            }
            b"-regextype" => {
                let text = self.argument(name)?;
                let known = REGEX_TYPES.iter().find(|(name, _)| name.as_bytes() == text);
                let Some((_, flavour)) = known else {
                    let names: Vec<String> = REGEX_TYPES.iter().map(|(name, _)| format!("‘{name}’")).collect();
                    return Err(message(&[
                        b"Unknown regular expression type ",
                        &quote_locale(&text),
                        b"; valid types are ",
                        names.join(", ").as_bytes(),
                        b".",
                    ]));
                };
                self.flavour = *flavour;
                return Ok(true);
            }
            _ => return Ok(false),
        }
        if let Some(last) = self.last_test.as_ref().filter(|_| self.find.settings.warn) {
            let text = message(&[
                &self.find.cx.name,
                b": warning: you have specified the global option ",
                name,
                b" after the argument ",
                last,
                b", but global options are not positional, i.e., ",
                name,
                b" affects tests specified before it as well as those specified after it.  \
                  Please specify global options before other arguments.\n",
            ]);
            self.find.cx.write_error(&text).await;
        }
        Ok(true)
    }

    async fn action(&mut self, name: &[u8]) -> Parse<Option<Primary>> {
        Ok(Some(match name {
            b"-print" => Primary::Print(None, b'\n'),
            b"-print0" => Primary::Print(None, 0),
            b"-ls" => Primary::List(None),
            b"-prune" => {
                self.prunes = true;
                Primary::Prune
            }
            b"-quit" => Primary::Quit,
            b"-delete" => {
                self.deletes = true;
                self.find.settings.depth_first = true;
                Primary::Delete
            }
            b"-printf" => Primary::Printf(None, self.format(name).await?),
            b"-fprint" | b"-fprint0" | b"-fls" | b"-fprintf" => {
                let path = self.argument(name)?;
                let format = if name == b"-fprintf" { Some(self.format(name).await?) } else { None };
                let file = Some(self.find.open_output(&path).await?);
                match (format, name) {
                    (Some(format), _) => Primary::Printf(file, format),
                    (None, b"-fprint") => Primary::Print(file, b'\n'),
                    (None, b"-fprint0") => Primary::Print(file, 0),
                    (None, _) => Primary::List(file),
                }
            }
            b"-exec" | b"-execdir" | b"-ok" | b"-okdir" => Primary::Exec(self.exec(name)?),
            _ => return Ok(None),
        }))
    }

    async fn format(&mut self, name: &[u8]) -> Parse<Format> {
        let text = self.argument(name)?;
        let (format, warnings) = Format::parse(&text)?;
        for warning in warnings {
            let line = message(&[&self.find.cx.name, b": warning: ", &warning, b"\n"]);
            self.find.cx.write_error(&line).await;
        }
        Ok(format)
    }

    fn exec(&mut self, name: &[u8]) -> Parse<Exec> {
        let ask = name.starts_with(b"-ok");
        let mut argv: Vec<Vec<u8>> = Vec::new();
        let mut collected = None;
        loop {
            let word = self.argument(name)?;
            if word == b";" {
                break;
            }
            if word == b"+" && !ask && argv.last().is_some_and(|last| last == b"{}") {
                argv.pop();
                if argv.iter().any(|word| word == b"{}") {
                    return Err(message(&[b"Only one instance of {} is supported with ", name, b" ... +"]));
                }
                collected = Some((Vec::new(), Vec::new()));
                break;
            }
            argv.push(word);
        }
        if argv.is_empty() {
            return Err(message(&[b"invalid argument `;' to `", name, b"'"]));
        }
        Ok(Exec { argv, in_directory: name.ends_with(b"dir"), ask, collected })
    }

    async fn test(&mut self, name: &[u8]) -> Parse<Primary> {
        match name {
            b"-true" => return Ok(Primary::Truth(true)),
            b"-false" => return Ok(Primary::Truth(false)),
            b"-empty" => return Ok(Primary::Empty),
            b"-nouser" => return Ok(Primary::NoUser),
            b"-nogroup" => return Ok(Primary::NoGroup),
            b"-readable" => return Ok(Primary::May(Access::READ)),
            b"-writable" => return Ok(Primary::May(Access::WRITE)),
            b"-executable" => return Ok(Primary::May(Access::EXECUTE)),
            _ => {}
        }
        if !TESTS.iter().any(|test| test.as_bytes() == name) && !name.starts_with(b"-newer") {
            return Err(message(&[b"unknown predicate `", name, b"'"]));
        }
        if let Some(two) = name.strip_prefix(b"-newer").filter(|two| !two.is_empty()) {
            return self.newer(name, two).await;
        }
        let text = self.argument(name)?;
        let invalid = || message(&[b"invalid argument `", &text, b"' to `", name, b"'"]);
        let counted = || compared(&text).ok_or_else(invalid);
        let pattern = || {
            let ignore_case = name.starts_with(b"-i");
            Pattern::new(&text, PatternOptions { extended: false, ignore_case, ..PatternOptions::new() })
        };
        Ok(match name {
            b"-name" | b"-iname" => Primary::Name(pattern()),
            b"-path" | b"-ipath" | b"-wholename" | b"-iwholename" => Primary::Path(pattern()),
            b"-lname" | b"-ilname" => Primary::LinkName(pattern()),
            b"-regex" | b"-iregex" => {
                let ignore_case = name == b"-iregex";
                let syntax = Syntax { flavour: self.flavour, ignore_case, ..Syntax::basic() };
                Primary::Regex(Box::new(Regex::new(&text, syntax).map_err(|error| {
                    let reason = error.message().as_bytes();
                    message(&[b"failed to compile regular expression '", &text, b"': ", reason])
                })?))
            }
            b"-type" => Primary::Type(types(name, &text)?),
            b"-xtype" => Primary::TargetType(types(name, &text)?),
            b"-size" => size(&text)?,
            b"-mtime" | b"-atime" | b"-ctime" | b"-mmin" | b"-amin" | b"-cmin" => {
                let (compare, count) = counted()?;
                self.time(field(name.get(1)).unwrap_or(Field::Modification), name.ends_with(b"time"), compare, count)
            }
            b"-newer" | b"-anewer" | b"-cnewer" => {
                let field = field(name.get(1)).unwrap_or(Field::Modification);
                Primary::Newer(field, self.stat(&text).await?.mtime)
            }
            b"-perm" => perm(&text)?,
            b"-uid" => counted().map(|(compare, id)| Primary::Uid(compare, id))?,
            b"-gid" => counted().map(|(compare, id)| Primary::Gid(compare, id))?,
            b"-links" => counted().map(|(compare, count)| Primary::Links(compare, count))?,
            b"-inum" => counted().map(|(compare, ino)| Primary::Inode(compare, ino))?,
            b"-user" => {
                let id = (!text.starts_with(b"+")).then(|| self.find.names.find_user(&text)).flatten();
                let id = id.ok_or_else(|| message(&[&quote_locale(&text), b" is not the name of a known user"]))?;
                Primary::Uid(Compare::Equal, u64::from(id))
            }
            b"-group" => {
                let id = (!text.starts_with(b"+")).then(|| self.find.names.find_group(&text)).flatten();
                let unknown = || message(&[&quote_locale(&text), b" is not the name of an existing group"]);
                Primary::Gid(Compare::Equal, u64::from(id.ok_or_else(unknown)?))
            }
            b"-samefile" => {
                let stat = self.stat(&text).await?;
                Primary::Same(stat.dev, stat.ino)
            }
            _ => Primary::FileSystem(text),
        })
    }

    async fn stat(&self, path: &[u8]) -> Parse<crate::abi::Stat> {
        let found = stat_of(&self.find.cx.process, path, self.find.follow != Follow::Never).await;
        found.map_err(|errno| message(&[&quote_locale(path), b": ", errno.message().as_bytes()]))
    }

    /// `-newerXY`: a file's time X against the time Y of another, or a date.
    async fn newer(&mut self, name: &[u8], two: &[u8]) -> Parse<Primary> {
        let &[own, reference] = two else { return Err(message(&[b"invalid predicate `", name, b"'"])) };
        if own == b'B' || reference == b'B' {
            return Err(b"This system does not provide a way to find the birth time of a file.".to_vec());
        }
        let (Some(own), true) = (field(Some(&own)), b"acmt".contains(&reference)) else {
            return Err(message(&[b"invalid predicate `", name, b"'"]));
        };
        let Some(text) = self.peek().map(<[u8]>::to_vec) else {
            return Err(message(&[b"The ", &quote_locale(name), b" test needs an argument"]));
        };
        self.at += 1;
        let time = match field(Some(&reference)) {
            Some(field) => time_of(&self.stat(&text).await?, field),
            None => parse_date(&text, self.find.now, &self.find.zone).ok_or_else(|| {
                message(&[b"I cannot figure out how to interpret ", &quote_locale(&text), b" as a date or time"])
            })?,
        };
        Ok(Primary::Newer(own, time))
    }

    /// A test of age. Days are counted whole: one and a half is one.
    fn time(&self, field: Field, days: bool, compare: Compare, count: u64) -> Primary {
        let unit = if days { i128::from(DAY_SECS) * NANOS } else { 60 * NANOS };
        let whole = days && compare != Compare::Less;
        let count = i128::from(count) + i128::from(whole);
        Primary::Time(field, compare, nanos(self.moment) - count * unit, unit)
    }
}

/// A parenthesis that is open: the jumps in it that are to go behind what is not read yet.
#[derive(Default)]
struct Level {
    negated: bool,
    and_jumps: Vec<usize>,
    or_jumps: Vec<usize>,
}

impl Level {
    fn close_and(&mut self, program: &mut [Op]) {
        let here = program.len();
        for at in self.and_jumps.drain(..) {
            if let Some(op) = program.get_mut(at) {
                *op = Op::IfFalse(here);
            }
        }
    }

    fn close_all(&mut self, program: &mut [Op]) {
        self.close_and(program);
        let here = program.len();
        for at in self.or_jumps.drain(..) {
            if let Some(op) = program.get_mut(at) {
                *op = Op::IfTrue(here);
            }
        }
    }

    fn close(mut self, program: &mut [Op]) -> bool {
        self.close_all(program);
        self.negated
    }
}

/// Tests that have an argument.
const TESTS: &[&str] = &[
    "-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname", "-ilname", "-regex", "-iregex",
    "-type", "-xtype", "-size", "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-anewer",
    "-cnewer", "-perm", "-uid", "-gid", "-user", "-group", "-links", "-inum", "-samefile", "-fstype",
];

const REGEX_TYPES: &[(&str, Flavour)] = &[
    ("findutils-default", Flavour::Emacs),
    ("ed", Flavour::Basic),
    ("emacs", Flavour::Emacs),
    ("gnu-awk", Flavour::Extended),
    ("grep", Flavour::Basic),
    ("posix-awk", Flavour::Extended),
    ("awk", Flavour::Extended),
    ("posix-basic", Flavour::Basic),
    ("posix-egrep", Flavour::Extended),
    ("egrep", Flavour::Extended),
    ("posix-extended", Flavour::Extended),
    ("posix-minimal-basic", Flavour::Basic),
    ("sed", Flavour::Basic),
];

fn field(letter: Option<&u8>) -> Option<Field> {
    Some(match letter? {
        b'a' => Field::Access,
        b'c' => Field::Change,
        b'm' => Field::Modification,
        _ => return None,
    })
}

pub(super) fn time_of(stat: &crate::abi::Stat, field: Field) -> Time {
    match field {
        Field::Access => stat.atime,
        Field::Change => stat.ctime,
        Field::Modification => stat.mtime,
    }
}

pub(super) fn nanos(time: Time) -> i128 {
    i128::from(time.secs) * NANOS + i128::from(time.nanos)
}

fn number(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// `+N`, `-N` or `N`.
fn compared(text: &[u8]) -> Option<(Compare, u64)> {
    let (compare, digits) = sign(text);
    Some((compare, number(digits)?))
}

fn sign(text: &[u8]) -> (Compare, &[u8]) {
    match text {
        [b'+', rest @ ..] => (Compare::More, rest),
        [b'-', rest @ ..] => (Compare::Less, rest),
        _ => (Compare::Equal, text),
    }
}

fn size(text: &[u8]) -> Parse<Primary> {
    let last = text.last().copied().unwrap_or(b' ');
    let (unit, number) = match last {
        b'0'..=b'9' => (512, text),
        letter => {
            let unit = match letter {
                b'b' => 512,
                b'c' => 1,
                b'w' => 2,
                b'k' => 1 << 10,
                b'M' => 1 << 20,
                b'G' => 1 << 30,
                _ => return Err(message(&[b"invalid -size type `", &[last], b"'"])),
            };
            (unit, text.get(..text.len() - 1).unwrap_or_default())
        }
    };
    let (compare, count) = compared(number)
        .filter(|_| !sign(number).1.is_empty())
        .ok_or_else(|| message(&[b"Invalid argument `", text, b"' to -size"]))?;
    Ok(Primary::Size(compare, count, unit))
}

fn types(name: &[u8], text: &[u8]) -> Parse<Vec<FileType>> {
    if text.is_empty() {
        return Err(message(&[b"Arguments to ", name, b" should contain at least one letter"]));
    }
    let mut types = Vec::new();
    let mut rest = text;
    while let [letter, after @ ..] = rest {
        types.push(match letter {
            b'f' => FileType::Regular,
            b'd' => FileType::Directory,
            b'l' => FileType::Symlink,
            b'p' => FileType::Fifo,
            b'c' => FileType::CharDevice,
            b'b' => FileType::BlockDevice,
            b's' => FileType::Socket,
            _ => return Err(message(&[b"Unknown argument to ", name, b": ", &[*letter]])),
        });
        rest = match after {
            [] => break,
            [b','] => {
                return Err(message(&[
                    b"Last file type in list argument to ",
                    name,
                    b" is missing, i.e., list is ending on: ','",
                ]));
            }
            [b',', next @ ..] => next,
            _ => return Err(message(&[b"Must separate multiple arguments to ", name, b" using: ','"])),
        };
    }
    Ok(types)
}

fn perm(text: &[u8]) -> Parse<Primary> {
    let (bits, mode) = match text {
        [b'-', rest @ ..] => (Bits::All, rest),
        [b'/', rest @ ..] => (Bits::Any, rest),
        _ => (Bits::Exactly, text),
    };
    let change = ModeChange::parse(mode).filter(|_| !mode.starts_with(b"+"));
    let change = change.ok_or_else(|| message(&[b"invalid mode ", &quote_locale(text)]))?;
    let of = |is_directory| change.apply(Mode::default(), is_directory, Mode::default());
    let (of_file, of_directory) = (of(false), of(true));
    // With no bit asked for, any file will do.
    let bits = if bits == Bits::Any && of_file.bits() == 0 { Bits::All } else { bits };
    Ok(Primary::Perm(bits, of_file, of_directory))
}
