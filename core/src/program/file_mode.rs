//! File modes as text: the changes that `chmod` and `mkdir -m` take (POSIX `chmod`, with GNU's additions),
//! and the ten letters of `ls -l`.

use crate::abi::{FileType, Mode};

const SET_IDS: u32 = Mode::SET_UID | Mode::SET_GID;

/// A change of permission bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModeChange {
    clauses: Vec<Clause>,
}

/// One operation of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Clause {
    /// `+`, `-` or `=`.
    operator: u8,
    /// The bits that it is about: those of `ugoa`. `None` is all but those of the creation mask.
    who: Option<u32>,
    what: What,
    /// The bits that it names even of a directory, whose set-id bits stay otherwise.
    mentioned: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    /// These bits.
    Bits(u32),
    /// These, and execution if it is a directory or somebody may already execute it.
    BitsAndX(u32),
    /// The three bits of this class.
    Copy(u8),
}

impl ModeChange {
    /// Reads an octal or symbolic mode. `None` when it is none.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<ModeChange> {
        if text.first()?.is_ascii_digit() {
            let (bits, mentioned) = octal(text)?;
            let clause = Clause { operator: b'=', who: Some(0o7777), what: What::Bits(bits), mentioned };
            return Some(ModeChange { clauses: vec![clause] });
        }
        let mut clauses = Vec::new();
        for part in text.split(|&byte| byte == b',') {
            parse_part(part, &mut clauses)?;
        }
        Some(ModeChange { clauses })
    }

    /// The mode that sets exactly these bits.
    #[must_use]
    pub fn exactly(mode: Mode) -> ModeChange {
        let what = What::Bits(mode.bits());
        ModeChange { clauses: vec![Clause { operator: b'=', who: Some(0o7777), what, mentioned: 0o7777 }] }
    }

    /// What it makes of a file's mode.
    #[must_use]
    pub fn apply(&self, mode: Mode, is_directory: bool, umask: Mode) -> Mode {
        let mut bits = mode.bits();
        for clause in &self.clauses {
            let named = match clause.what {
                What::Bits(bits) => bits,
                What::BitsAndX(more) if is_directory || bits & 0o111 != 0 => more | 0o111,
                What::BitsAndX(more) => more,
                What::Copy(class) => {
                    let three = match class {
                        b'u' => bits >> 6,
                        b'g' => bits >> 3,
                        _ => bits,
                    } & 7;
                    three * 0o111
                }
            };
            let named = named & clause.who.unwrap_or(!umask.bits() & 0o7777);
            let kept = if is_directory { SET_IDS & !clause.mentioned } else { 0 };
            let named = named & !kept;
            bits = match clause.operator {
                b'+' => bits | named,
                b'-' => bits & !named,
                _ => bits & (!clause.who.unwrap_or(0o7777) | kept) | named,
            };
        }
        Mode::new(bits)
    }
}

/// An octal number up to 7777, and which bits it says something of about a directory: all of them when it
/// has five digits or more, else not set-id bits that it leaves at zero.
fn octal(text: &[u8]) -> Option<(u32, u32)> {
    let mut bits = 0;
    for byte in text {
        bits = bits * 8 + u32::from(byte.checked_sub(b'0').filter(|digit| *digit < 8)?);
        if bits > 0o7777 {
            return None;
        }
    }
    let mentioned = if text.len() < 5 { bits & SET_IDS | 0o1777 } else { 0o7777 };
    Some((bits, mentioned))
}

/// One part between commas: classes, then operations.
fn parse_part(part: &[u8], clauses: &mut Vec<Clause>) -> Option<()> {
    let mut who = 0;
    let mut rest = part;
    while let [letter, after @ ..] = rest {
        who |= match letter {
            b'u' => Mode::SET_UID | 0o700,
            b'g' => Mode::SET_GID | 0o070,
            b'o' => Mode::STICKY | 0o007,
            b'a' => 0o7777,
            _ => break,
        };
        rest = after;
    }
    let who = (who != 0).then_some(who);
    if rest.is_empty() {
        return None;
    }
    while let [operator, after @ ..] = rest {
        if !b"+-=".contains(operator) {
            return None;
        }
        let end = after.iter().position(|byte| b"+-=".contains(byte)).unwrap_or(after.len());
        let (operand, next) = after.split_at(end);
        rest = next;
        let clause = if operand.first().is_some_and(u8::is_ascii_digit) {
            if who.is_some() || !rest.is_empty() {
                return None;
            }
            let (bits, _) = octal(operand)?;
            Clause { operator: *operator, who: Some(0o7777), what: What::Bits(bits), mentioned: 0o7777 }
        } else {
            let what = parse_letters(operand)?;
            let named = match what {
                What::Bits(bits) | What::BitsAndX(bits) => bits,
                What::Copy(_) => 0,
            };
            Clause { operator: *operator, who, what, mentioned: named & who.unwrap_or(0o7777) }
        };
        clauses.push(clause);
    }
    Some(())
}

fn parse_letters(operand: &[u8]) -> Option<What> {
    if let [class @ (b'u' | b'g' | b'o')] = operand {
        return Some(What::Copy(*class));
    }
    let (mut bits, mut conditional) = (0, false);
    for letter in operand {
        match letter {
            b'r' => bits |= 0o444,
            b'w' => bits |= 0o222,
            b'x' => bits |= 0o111,
            b'X' => conditional = true,
            b's' => bits |= SET_IDS,
            b't' => bits |= Mode::STICKY,
            _ => return None,
        }
    }
    Some(if conditional { What::BitsAndX(bits) } else { What::Bits(bits) })
}

/// Type and permissions as `ls -l` shows them: `drwxr-xr-x`.
#[must_use]
pub fn mode_text(file_type: FileType, mode: Mode) -> String {
    let mut text = String::from(char::from(file_type.letter()));
    for (shift, special, letter) in [(6, Mode::SET_UID, 's'), (3, Mode::SET_GID, 's'), (0, Mode::STICKY, 't')]
    {
        let bits = mode.bits() >> shift;
        text.push(if bits & 4 == 0 { '-' } else { 'r' });
        text.push(if bits & 2 == 0 { '-' } else { 'w' });
        text.push(match (mode.has(special), bits & 1 != 0) {
            (true, true) => letter,
            (true, false) => letter.to_ascii_uppercase(),
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: &str, before: u32, is_directory: bool, expected: Option<u32>) {
        let after = ModeChange::parse(change.as_bytes())
            .map(|change| change.apply(Mode::new(before), is_directory, Mode::new(0o022)).bits());
        assert_eq!(after, expected, "{change}");
    }

    /// What chmod does to a file of mode 644.
    #[track_caller]
    fn check_file(change: &str, expected: u32) {
        check(change, 0o644, false, Some(expected));
    }

    /// What chmod does to a directory of mode 6755.
    #[track_caller]
    fn check_directory(change: &str, expected: u32) {
        check(change, 0o6755, true, Some(expected));
    }

    #[test]
    fn files() {
        check_file("755", 0o755);
        check_file("4755", 0o4755);
        check_file("u=rX-w", 0o444);
        check_file("a+st", 0o7644);
        check_file("=u", 0o644);
        check_file("u=g-w", 0o444);
        check_file("g+u", 0o664);
        check_file("g+u,-w", 0o464);
        check_file("u+t", 0o644);
        check_file("o+t", 0o1644);
        check_file("+t", 0o1644);
        check_file("g=u=o", 0o644);
        check_file("u+rw-x", 0o644);
        check_file("a+X", 0o644);
        check_file("u+x,a+X", 0o755);
        check_file("+x", 0o755);
        check_file("a=", 0);
        check_file("=", 0);
        check_file("+111", 0o755);
    }

    #[test]
    fn directories_keep_their_set_id_bits() {
        check_directory("u=rwx", 0o6755);
        check_directory("g=rx", 0o6755);
        check_directory("u=", 0o6055);
        check_directory("u=s", 0o6055);
        check_directory("g=s,u=", 0o6005);
        check_directory("a=rx", 0o6555);
        check_directory("=755", 0o755);
        check_directory("+111", 0o6755);
        check_directory("0755", 0o6755);
        check_directory("00755", 0o755);
        check_directory("755", 0o6755);
        check_directory("g-s", 0o4755);
        check_directory("-7777", 0);
        check_directory("ug=rwx,o=t", 0o7770);
        check_directory("a+X", 0o6755);
    }

    #[test]
    fn what_is_no_mode() {
        for text in ["", "888", "u+q", "u,g+r", "+r,", "77777", "9", "+8", "u+gr", "u", "u+8"] {
            check(text, 0, false, None);
        }
    }

    #[test]
    fn letters() {
        assert_eq!(mode_text(FileType::Directory, Mode::new(0o1755)), "drwxr-xr-t");
        assert_eq!(mode_text(FileType::Regular, Mode::new(0o6644)), "-rwSr-Sr--");
        assert_eq!(mode_text(FileType::Regular, Mode::new(0o7111)), "---s--s--t");
    }
}
