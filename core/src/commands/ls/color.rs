//! Colours of names: `LS_COLORS`, and what `ls` takes without it.

use super::Ls;
use super::entry::Entry;
use crate::abi::{FileType, Mode, SortedMap, Stat};
use crate::program::Context;
use crate::regex::pattern::{Pattern, PatternOptions};

/// Which kind of name has which colour.
pub(super) struct Colors {
    kinds: SortedMap<[u8; 2], Vec<u8>>,
    /// By the end of the name, the last first.
    suffixes: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The built-in ones.
const DEFAULTS: [(&[u8; 2], &str); 18] = [
    (b"lc", "\x1b["),
    (b"rc", "m"),
    (b"rs", "0"),
    (b"di", "01;34"),
    (b"ln", "01;36"),
    (b"pi", "33"),
    (b"so", "01;35"),
    (b"bd", "01;33"),
    (b"cd", "01;33"),
    (b"or", ""),
    (b"ex", "01;32"),
    (b"do", "01;35"),
    (b"su", "37;41"),
    (b"sg", "30;43"),
    (b"st", "37;44"),
    (b"ow", "34;42"),
    (b"tw", "30;42"),
    (b"no", ""),
];

/// Terminals that know colours.
const TERMINALS: [&str; 30] = [
    "Eterm", "ansi", "*color*", "con[0-9]*x[0-9]*", "cons25", "console", "cygwin", "*direct*", "dtterm", "gnome",
    "hurd", "jfbterm", "konsole", "kterm", "linux", "linux-c", "mach-color", "mach-gnu-color", "mlterm", "putty",
    "rxvt*", "screen*", "st", "terminator", "tmux*", "vt100", "vt220", "xterm*", "foot", "alacritty*",
];

impl Colors {
    /// Of the environment; `None` when it knows none.
    pub(super) fn of(cx: &Context) -> Option<Colors> {
        let mut kinds: SortedMap<[u8; 2], Vec<u8>> =
            DEFAULTS.iter().map(|(kind, code)| (**kind, code.as_bytes().to_vec())).collect();
        let mut suffixes = Vec::new();
        let text = cx.process.env(b"LS_COLORS").filter(|text| !text.is_empty());
        let Some(text) = text else {
            let is_known = cx.process.env(b"COLORTERM").is_some_and(|value| !value.is_empty())
                || cx.process.env(b"TERM").is_some_and(|term| {
                    let matches = |name: &str| Pattern::new(name.as_bytes(), PatternOptions::new()).matches(&term);
                    TERMINALS.iter().any(|name| matches(name))
                });
            return is_known.then_some(Colors { kinds, suffixes });
        };
        for item in text.split(|&byte| byte == b':').filter(|item| !item.is_empty()) {
            let Some(equals) = item.iter().position(|&byte| byte == b'=') else { continue };
            let (name, code) = (&item[..equals], unescape(&item[equals + 1..]));
            match name {
                [b'*', suffix @ ..] => suffixes.insert(0, (unescape(suffix), code)),
                [one, two] => {
                    kinds.insert([*one, *two], code);
                }
                _ => {}
            }
        }
        Some(Colors { kinds, suffixes })
    }

    fn kind(&self, kind: &[u8; 2]) -> &[u8] {
        self.kinds.get(kind).map_or(b"", Vec::as_slice)
    }

    fn has(&self, kind: &[u8; 2]) -> bool {
        !matches!(self.kind(kind), b"" | b"0" | b"00")
    }

    /// The colour of a file; empty for none.
    fn code(&self, name: &[u8], stat: &Stat, target: Option<&Stat>) -> &[u8] {
        let mode = stat.mode;
        let kind = match stat.file_type {
            FileType::Regular if mode.has(Mode::SET_UID) && self.has(b"su") => b"su",
            FileType::Regular if mode.has(Mode::SET_GID) && self.has(b"sg") => b"sg",
            FileType::Regular if mode.bits() & 0o111 != 0 && self.has(b"ex") => b"ex",
            FileType::Regular if stat.nlink > 1 && self.has(b"mh") => b"mh",
            FileType::Regular => {
                let by_suffix = self.suffixes.iter().find(|(suffix, _)| ends_with(name, suffix));
                return by_suffix.map_or_else(|| self.kind(b"fi"), |(_, code)| code.as_slice());
            }
            FileType::Directory => match (mode.has(Mode::STICKY), mode.bits() & 0o002 != 0) {
                (true, true) if self.has(b"tw") => b"tw",
                (false, true) | (true, true) if self.has(b"ow") => b"ow",
                (true, false) if self.has(b"st") => b"st",
                _ => b"di",
            },
            FileType::Symlink if target.is_none() && self.has(b"or") => b"or",
            FileType::Symlink => match (self.kind(b"ln"), target) {
                (b"target", Some(target)) => return self.code(name, target, None),
                (b"target", None) => b"or",
                _ => b"ln",
            },
            FileType::Fifo => b"pi",
            FileType::Socket => b"so",
            FileType::BlockDevice => b"bd",
            FileType::CharDevice => b"cd",
        };
        if self.has(kind) { self.kind(kind) } else { b"" }
    }
}

/// Whether a name ends so, capitals or not.
fn ends_with(name: &[u8], suffix: &[u8]) -> bool {
    let start = name.len().checked_sub(suffix.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// `\e`, `\033`, `^[` and their like.
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'\\', [b'0'..=b'7', ..]) => {
                let digits = after.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                let (octal, behind) = after.split_at(digits);
                bytes.push(octal.iter().fold(0_u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit - b'0')));
                rest = behind;
            }
            (b'\\', [letter, behind @ ..]) => {
                bytes.push(match letter {
                    b'a' => 7,
                    b'b' => 8,
                    b'e' => 27,
                    b'f' => 12,
                    b'n' => 10,
                    b'r' => 13,
                    b't' => 9,
                    b'v' => 11,
                    b'?' => 127,
                    b'_' => b' ',
                    other => *other,
                });
                rest = behind;
            }
            (b'^', [letter @ b'@'..=b'~', behind @ ..]) => {
                bytes.push(letter & 0x1f);
                rest = behind;
            }
            (other, _) => bytes.push(*other),
        }
    }
    bytes
}

impl Ls {
    /// Appends a name in its colour.
    pub(super) fn put_colored(&mut self, line: &mut Vec<u8>, entry: &Entry, shown: &[u8]) {
        self.put_in_color_of(line, &entry.name, entry.stat.as_ref(), entry.target.as_ref(), shown);
    }

    /// Appends text in the colour of a file.
    pub(super) fn put_in_color_of(
        &mut self,
        line: &mut Vec<u8>,
        name: &[u8],
        stat: Option<&Stat>,
        target: Option<&Stat>,
        shown: &[u8],
    ) {
        let code = match (&self.wish.colors, stat) {
            (Some(colors), Some(stat)) => colors.code(name, stat, target).to_vec(),
            _ => Vec::new(),
        };
        let Some(colors) = self.wish.colors.as_ref().filter(|_| !code.is_empty()) else {
            return line.extend_from_slice(shown);
        };
        let (left, right, reset) = (colors.kind(b"lc"), colors.kind(b"rc"), colors.kind(b"rs"));
        if !std::mem::replace(&mut self.color_begun, true) {
            line.extend_from_slice(&[left, reset, right].concat());
        }
        line.extend_from_slice(&[left, &code, right, shown, left, reset, right].concat());
    }
}
