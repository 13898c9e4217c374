//! `find -printf`: its format, and what the directives say of a file; `-ls`.

use super::Find;
use super::primary::{Field, time_of};
use crate::abi::limits::FORMAT_WIDTH_MAX;
use crate::abi::{Errno, FileType, Stat, Time};
use crate::calendar::format_time;
use crate::program::{Follow, QuotingStyle, Visited, mode_text};

/// A format, taken apart.
pub(super) struct Format(Vec<Piece>);

enum Piece {
    Text(Vec<u8>),
    Directive(Directive),
    /// `\c`: nothing more is written.
    Stop,
}

#[derive(Default)]
struct Directive {
    left: bool,
    zeros: bool,
    sign: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
    letter: u8,
    /// What follows `%A`, `%C` or `%T`.
    time: u8,
}

/// Half a year: younger files show the time of day.
const RECENT_SECS: i64 = 31_556_952 / 2;

impl Format {
    /// Reads a format; gives warnings about what it does not know, which is printed as it stands.
    pub(super) fn parse(text: &[u8]) -> Result<(Format, Vec<Vec<u8>>), Vec<u8>> {
        let (mut pieces, mut warnings, mut plain) = (Vec::new(), Vec::new(), Vec::new());
        let mut rest = text;
        while let [byte, after @ ..] = rest {
            rest = after;
            match byte {
                b'\\' => rest = escape(after, &mut plain, &mut pieces, &mut warnings),
                b'%' => match after {
                    [] => return Err(b"error: % at end of format string".to_vec()),
                    [b'%', next @ ..] => {
                        plain.push(b'%');
                        rest = next;
                    }
                    _ => rest = directive(after, &mut plain, &mut pieces, &mut warnings),
                },
                byte => plain.push(*byte),
            }
        }
        pieces.push(Piece::Text(plain));
        Ok((Format(pieces), warnings))
    }
}

fn escape<'a>(
    text: &'a [u8],
    plain: &mut Vec<u8>,
    pieces: &mut Vec<Piece>,
    warnings: &mut Vec<Vec<u8>>,
) -> &'a [u8] {
    let Some((&letter, after)) = text.split_first() else {
        plain.push(b'\\');
        return text;
    };
    let byte = match letter {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' => b'\\',
        b'0'..=b'7' => {
            let count = text.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let (digits, after) = text.split_at(count);
            let value = digits.iter().fold(0_u32, |sum, digit| sum * 8 + u32::from(digit - b'0'));
            plain.push((value & 0xFF) as u8);
            return after;
        }
        b'c' => {
            pieces.push(Piece::Text(std::mem::take(plain)));
            pieces.push(Piece::Stop);
            return after;
        }
        _ => {
            warnings.push([b"unrecognized escape `\\", &[letter][..], b"'"].concat());
            plain.push(b'\\');
            letter
        }
    };
    plain.push(byte);
    after
}

fn directive<'a>(
    text: &'a [u8],
    plain: &mut Vec<u8>,
    pieces: &mut Vec<Piece>,
    warnings: &mut Vec<Vec<u8>>,
) -> &'a [u8] {
    let mut found = Directive::default();
    let mut rest = text;
    while let [flag, after @ ..] = rest {
        match flag {
            b'-' => found.left = true,
            b'0' => found.zeros = true,
            b'+' => found.sign = true,
            b'#' => found.alternate = true,
            b' ' => {}
            _ => break,
        }
        rest = after;
    }
    let (width, after) = digits(rest);
    found.width = width;
    rest = after;
    if let Some(after) = rest.strip_prefix(b".") {
        let (precision, after) = digits(after);
        found.precision = Some(precision);
        rest = after;
    }
    let letter = rest.first().copied().unwrap_or_default();
    let mut after = rest.get(1..).unwrap_or_default();
    let is_time = matches!(letter, b'A' | b'C' | b'T');
    if is_time && after.is_empty() {
        let text = [b"format directive `%", &[letter][..], b"' should be followed by another character"];
        warnings.push(text.concat());
    } else if !is_time && !b"abcdDfFgGhHiklmMnpPsStuUyY".contains(&letter) {
        warnings.push([b"unrecognized format directive `%", &[letter][..], b"'"].concat());
    } else {
        found.letter = letter;
        if let Some((&time, next)) = after.split_first().filter(|_| is_time) {
            found.time = time;
            after = next;
        }
        pieces.push(Piece::Text(std::mem::take(plain)));
        pieces.push(Piece::Directive(found));
        return after;
    }
    let used = text.len() - after.len();
    plain.push(b'%');
    plain.extend_from_slice(text.get(..used).unwrap_or_default());
    after
}

fn digits(text: &[u8]) -> (usize, &[u8]) {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(count);
    let value = std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok()).unwrap_or_default();
    (std::cmp::min(value, FORMAT_WIDTH_MAX), rest)
}

impl Directive {
    fn put(&self, text: &[u8], is_number: bool, out: &mut Vec<u8>) {
        let text = match self.precision {
            Some(precision) if !is_number => text.get(..precision).unwrap_or(text),
            _ => text,
        };
        let padding = self.width.saturating_sub(text.len());
        let filler = if self.zeros && is_number && !self.left { b'0' } else { b' ' };
        if !self.left {
            out.resize(out.len() + padding, filler);
        }
        out.extend_from_slice(text);
        if self.left {
            out.resize(out.len() + padding, b' ');
        }
    }
}

impl Find {
    /// What a format makes of a file.
    pub(super) async fn formatted(&self, format: &Format, found: &Visited, stat: &Stat) -> Vec<u8> {
        let mut out = Vec::new();
        for piece in &format.0 {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text),
                Piece::Stop => break,
                Piece::Directive(directive) => {
                    let (text, is_number) = self.directive(directive, found, stat).await;
                    directive.put(&text, is_number, &mut out);
                }
            }
        }
        out
    }

    async fn directive(&self, directive: &Directive, found: &Visited, stat: &Stat) -> (Vec<u8>, bool) {
        let number = |value: u64| {
            let sign = if directive.sign { "+" } else { "" };
            (format!("{sign}{value}").into_bytes(), true)
        };
        let path = &found.path;
        let text = match directive.letter {
            b'p' => path.clone(),
            b'P' => found.below().to_vec(),
            b'H' => path.get(..found.operand_len).unwrap_or_default().to_vec(),
            b'f' => {
                let end = path.iter().rposition(|&byte| byte != b'/').unwrap_or(0);
                let slash = path.get(..end).unwrap_or_default().iter().rposition(|&byte| byte == b'/');
                path.get(slash.map_or(0, |at| at + 1)..).unwrap_or_default().to_vec()
            }
            b'h' => match path.iter().rposition(|&byte| byte == b'/') {
                Some(at) => path.get(..at).unwrap_or_default().to_vec(),
                None => b".".to_vec(),
            },
            b'd' => return number(found.depth as u64),
            b's' => return number(stat.size_bytes),
            b'b' => return number(stat.blocks),
            b'k' => return number(stat.blocks.div_ceil(2)),
            b'i' => return number(stat.ino),
            b'n' => return number(u64::from(stat.nlink)),
            b'D' => return number(stat.dev),
            b'U' => return number(u64::from(stat.uid)),
            b'G' => return number(u64::from(stat.gid)),
            b'u' => self.names.user(stat.uid),
            b'g' => self.names.group(stat.gid),
            b'm' => {
                let zero = if directive.alternate { "0" } else { "" };
                return (format!("{zero}{:o}", stat.mode.bits()).into_bytes(), true);
            }
            b'M' => mode_text(stat.file_type, stat.mode).into_bytes(),
            b'y' => vec![type_letter(stat.file_type)],
            b'Y' => match self.cx.process.stat(path).await {
                Ok(target) => vec![type_letter(target.file_type)],
                Err(Errno::ENOENT | Errno::ENOTDIR) => b"N".to_vec(),
                Err(Errno::ELOOP) => b"L".to_vec(),
                Err(_) => b"?".to_vec(),
            },
            b'l' if stat.file_type == FileType::Symlink => {
                self.cx.process.read_link(path).await.unwrap_or_default()
            }
            b'F' => {
                let fs = self.cx.process.statfs(path).await;
                fs.map_or_else(|_| b"unknown".to_vec(), |fs| fs.kind.as_bytes().to_vec())
            }
            b'S' if stat.size_bytes == 0 => b"1".to_vec(),
            b'S' => ratio(stat.blocks as f64 * 512.0 / stat.size_bytes as f64),
            b'a' => self.moment(b"%a %b %e %H:%M:%S.%N0 %Y", stat.atime),
            b'c' => self.moment(b"%a %b %e %H:%M:%S.%N0 %Y", stat.ctime),
            b't' => self.moment(b"%a %b %e %H:%M:%S.%N0 %Y", stat.mtime),
            letter @ (b'A' | b'C' | b'T') => {
                let field = match letter {
                    b'A' => Field::Access,
                    b'C' => Field::Change,
                    _ => Field::Modification,
                };
                let format: &[u8] = match directive.time {
                    b'@' => b"%s.%N0",
                    b'+' => b"%Y-%m-%d+%H:%M:%S.%N0",
                    b'S' => b"%S.%N0",
                    b'T' | b'X' => b"%H:%M:%S.%N0",
                    other => &[b'%', other],
                };
                self.moment(format, time_of(stat, field))
            }
            _ => Vec::new(),
        };
        (text, false)
    }

    fn moment(&self, format: &[u8], time: Time) -> Vec<u8> {
        let mut text = Vec::new();
        format_time(format, time, &self.zone, &mut text);
        text
    }

    /// The line of `-ls`.
    pub(super) async fn listed(&self, found: &Visited, stat: &Stat) -> Vec<u8> {
        let age = self.now.secs - stat.mtime.secs;
        let is_recent = (0..RECENT_SECS).contains(&age);
        let time = self.moment(if is_recent { b"%b %e %H:%M" } else { b"%b %e  %Y" }, stat.mtime);
        let padded = |name: Vec<u8>| format!("{:<8}", String::from_utf8_lossy(&name));
        let size = match stat.file_type {
            FileType::CharDevice | FileType::BlockDevice => {
                format!("{:>3}, {:>3}", stat.rdev.major, stat.rdev.minor)
            }
            _ => format!("{:>8}", stat.size_bytes),
        };
        let mut line = format!(
            "{:>9} {:>6} {} {:>3} {} {} {size} ",
            stat.ino,
            stat.blocks.div_ceil(2),
            mode_text(stat.file_type, stat.mode),
            stat.nlink,
            padded(self.names.user(stat.uid)),
            padded(self.names.group(stat.gid)),
        )
        .into_bytes();
        line.extend_from_slice(&time);
        line.push(b' ');
        line.extend_from_slice(&QuotingStyle::Escape.quote(&found.path));
        if stat.file_type == FileType::Symlink
            && let Ok(target) = self.cx.process.read_link(&found.path).await
        {
            line.extend_from_slice(b" -> ");
            line.extend_from_slice(&QuotingStyle::Escape.quote(&target));
        }
        line.push(b'\n');
        line
    }

    /// What `-xtype` looks at: the target where links are not followed, and the link where they are.
    pub(super) async fn other_type(&self, found: &Visited, stat: &Stat) -> FileType {
        let follows = self.follow == Follow::Always || (self.follow == Follow::Operands && found.depth == 0);
        let other = crate::program::stat_of(&self.cx.process, &found.path, !follows).await;
        other.map_or(stat.file_type, |other| other.file_type)
    }
}

fn type_letter(file_type: FileType) -> u8 {
    if file_type == FileType::Regular { b'f' } else { file_type.letter() }
}

/// Six digits, without zeros at the end.
fn ratio(value: f64) -> Vec<u8> {
    let whole = format!("{value:.0}").len();
    let text = format!("{value:.*}", 6_usize.saturating_sub(whole));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.as_bytes().to_vec()
}
