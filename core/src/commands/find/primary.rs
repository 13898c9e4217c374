//! The tests and actions of `find`'s expression, and how tests are read from words.

use super::parse::{Parse, Parser, message};
use super::printf::Format;
use crate::abi::{Access, FileType, Mode, Time};
use crate::calendar::parse_date;
use crate::program::{Follow, ModeChange, quote_locale, stat_of};
use crate::regex::pattern::{Pattern, PatternOptions};
use crate::regex::{Regex, Syntax};

const DAY_SECS: i64 = 86_400;
const NANOS: i128 = 1_000_000_000;

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

impl Parser<'_> {
    /// Reads a test and its argument; its name is read already.
    pub(super) async fn test(&mut self, name: &[u8]) -> Parse<Primary> {
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

/// Tests that have an argument.
const TESTS: &[&str] = &[
    "-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname", "-ilname", "-regex", "-iregex",
    "-type", "-xtype", "-size", "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-anewer",
    "-cnewer", "-perm", "-uid", "-gid", "-user", "-group", "-links", "-inum", "-samefile", "-fstype",
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

pub(super) fn number(text: &[u8]) -> Option<u64> {
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
