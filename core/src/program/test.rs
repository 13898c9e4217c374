//! Conditions: `test` and `[` (POSIX.1-2024 XCU test), as bash and GNU evaluate them.
//!
//! Up to four arguments are decided by their number, more by a grammar of `-o`, `-a`, `!` and parentheses.
//! Nothing is allocated unless there is something to complain about.

use crate::abi::{Access, FileType, Mode, Stat};
use crate::kernel::Process;

/// Parentheses within parentheses.
const NESTING_MAX: u32 = 200;

/// Evaluates the arguments of `test` (those of `[` without the last `]`). The error is bash's message
/// without its prefix; the caller's status is 2 then.
pub fn evaluate(
    process: &Process,
    args: &[&[u8]],
    is_variable_set: &dyn Fn(&[u8]) -> bool,
    is_option_on: &dyn Fn(&[u8]) -> bool,
) -> Result<bool, Vec<u8>> {
    let shell = Some(Shell { is_variable_set, is_option_on });
    Evaluation { process, args, at: 0, depth: 0, shell }.all().map_err(|problem| problem.bash_words(args))
}

/// As [`evaluate`], in GNU's words and without the operators that only a shell has.
pub(crate) fn evaluate_gnu(process: &Process, args: &[&[u8]]) -> Result<bool, Vec<u8>> {
    Evaluation { process, args, at: 0, depth: 0, shell: None }
        .all()
        .map_err(|problem| problem.gnu_words(args))
}

/// What only the shell can answer.
#[derive(Clone, Copy)]
struct Shell<'a> {
    is_variable_set: &'a dyn Fn(&[u8]) -> bool,
    is_option_on: &'a dyn Fn(&[u8]) -> bool,
}

/// What is wrong; the numbers are places of arguments.
#[derive(Clone, Copy)]
enum Problem {
    UnaryExpected(usize),
    /// Two arguments of which the first is no operator at all.
    NoOperator(usize),
    BinaryExpected(usize),
    IntegerExpected(usize),
    /// The arguments end too early.
    Beyond,
    /// Not all arguments are used.
    Extra(usize),
    ClosingExpected(Option<usize>),
    TooDeep,
}

impl Problem {
    fn bash_words(self, args: &[&[u8]]) -> Vec<u8> {
        let arg = |at: usize| args.get(at).copied().unwrap_or_default();
        let of = |at: usize, what: &str| [arg(at), b": ", what.as_bytes()].concat();
        match self {
            Problem::UnaryExpected(at) | Problem::NoOperator(at) => of(at, "unary operator expected"),
            Problem::BinaryExpected(at) => of(at, "binary operator expected"),
            Problem::IntegerExpected(at) => of(at, "integer expression expected"),
            Problem::Beyond => b"argument expected".to_vec(),
            Problem::Extra(at) if arg(at).starts_with(b"-") => {
                [b"syntax error: `", arg(at), b"' unexpected"].concat()
            }
            Problem::Extra(_) => b"too many arguments".to_vec(),
            Problem::ClosingExpected(None) => b"`)' expected".to_vec(),
            Problem::ClosingExpected(Some(at)) => [b"`)' expected, found ", arg(at)].concat(),
            Problem::TooDeep => b"expression nested too deeply".to_vec(),
        }
    }

    fn gnu_words(self, args: &[&[u8]]) -> Vec<u8> {
        let quoted = |at: usize| super::quote_locale(args.get(at).copied().unwrap_or_default());
        match self {
            Problem::UnaryExpected(at) => [&quoted(at)[..], b": unary operator expected"].concat(),
            Problem::BinaryExpected(at) => [&quoted(at)[..], b": binary operator expected"].concat(),
            Problem::IntegerExpected(at) => [b"invalid integer ", &quoted(at)[..]].concat(),
            Problem::Beyond | Problem::NoOperator(_) => {
                [b"missing argument after ", &quoted(args.len().saturating_sub(1))[..]].concat()
            }
            Problem::Extra(at) => [b"extra argument ", &quoted(at)[..]].concat(),
            Problem::ClosingExpected(None) => "‘)’ expected".as_bytes().to_vec(),
            Problem::ClosingExpected(Some(at)) => ["‘)’ expected, found ".as_bytes(), &quoted(at)].concat(),
            Problem::TooDeep => b"expression nested too deeply".to_vec(),
        }
    }
}

/// One evaluation: where it stands in the arguments.
struct Evaluation<'a> {
    process: &'a Process,
    args: &'a [&'a [u8]],
    at: usize,
    depth: u32,
    shell: Option<Shell<'a>>,
}

/// A binary operator.
#[derive(Clone, Copy)]
enum Binary {
    Same,
    Different,
    Before,
    After,
    Integers(fn(std::cmp::Ordering) -> bool),
    Newer,
    Older,
    SameFile,
}

impl<'a> Evaluation<'a> {
    fn all(mut self) -> Result<bool, Problem> {
        let value = match self.args.len() {
            0 => return Ok(false),
            1 => return Ok(self.is_text(0)),
            2 => return self.two(0),
            3 => return self.three(0),
            4 if self.is(0, b"!") => return Ok(!self.three(1)?),
            4 if self.is(0, b"(") && self.is(3, b")") => return self.two(1),
            _ => self.either()?,
        };
        if self.at < self.args.len() { Err(Problem::Extra(self.at)) } else { Ok(value) }
    }

    fn arg(&self, at: usize) -> &'a [u8] {
        self.args.get(at).copied().unwrap_or_default()
    }

    fn is(&self, at: usize, word: &[u8]) -> bool {
        self.args.get(at).is_some_and(|arg| *arg == word)
    }

    fn is_text(&self, at: usize) -> bool {
        !self.arg(at).is_empty()
    }

    fn two(&self, at: usize) -> Result<bool, Problem> {
        if self.is(at, b"!") {
            return Ok(!self.is_text(at + 1));
        }
        match self.arg(at) {
            [b'-', letter] if self.is_unary(*letter) => self.unary(*letter, at + 1),
            [b'-', _] => Err(Problem::UnaryExpected(at)),
            _ => Err(Problem::NoOperator(at)),
        }
    }

    fn three(&self, at: usize) -> Result<bool, Problem> {
        if let Some(operator) = self.binary_at(at + 1) {
            return self.binary(operator, at);
        }
        match self.arg(at + 1) {
            b"-a" => return Ok(self.is_text(at) && self.is_text(at + 2)),
            b"-o" => return Ok(self.is_text(at) || self.is_text(at + 2)),
            _ => {}
        }
        if self.is(at, b"!") {
            return Ok(!self.two(at + 1)?);
        }
        if self.is(at, b"(") && self.is(at + 2, b")") {
            return Ok(self.is_text(at + 1));
        }
        Err(Problem::BinaryExpected(at + 1))
    }

    /// `a -o b …`: all are evaluated, so that a mistake in any is found.
    fn either(&mut self) -> Result<bool, Problem> {
        let mut value = self.both()?;
        while self.is(self.at, b"-o") {
            self.at += 1;
            value |= self.both()?;
        }
        Ok(value)
    }

    /// `a -a b …`.
    fn both(&mut self) -> Result<bool, Problem> {
        let mut value = self.term()?;
        while self.is(self.at, b"-a") {
            self.at += 1;
            value &= self.term()?;
        }
        Ok(value)
    }

    fn term(&mut self) -> Result<bool, Problem> {
        let mut negated = false;
        while self.is(self.at, b"!") {
            negated = !negated;
            self.at += 1;
        }
        Ok(self.primary()? != negated)
    }

    fn primary(&mut self) -> Result<bool, Problem> {
        let at = self.at;
        if at >= self.args.len() {
            return Err(Problem::Beyond);
        }
        if self.is(at, b"(") {
            return self.parenthesised();
        }
        if at + 2 < self.args.len()
            && let Some(operator) = self.binary_at(at + 1)
        {
            self.at += 3;
            return self.binary(operator, at);
        }
        match self.arg(at) {
            [b'-', letter] if self.is_unary(*letter) => {
                if at + 1 >= self.args.len() {
                    return Err(Problem::Beyond);
                }
                self.at += 2;
                self.unary(*letter, at + 1)
            }
            _ => {
                self.at += 1;
                Ok(self.is_text(at))
            }
        }
    }

    fn parenthesised(&mut self) -> Result<bool, Problem> {
        if self.depth >= NESTING_MAX {
            return Err(Problem::TooDeep);
        }
        self.depth += 1;
        self.at += 1;
        let value = self.either()?;
        self.depth -= 1;
        if !self.is(self.at, b")") {
            return Err(Problem::ClosingExpected((self.at < self.args.len()).then_some(self.at)));
        }
        self.at += 1;
        Ok(value)
    }

    fn is_unary(&self, letter: u8) -> bool {
        b"abcdefghkLNOGprsStuwxzn".contains(&letter) || (self.shell.is_some() && b"voR".contains(&letter))
    }

    fn unary(&self, letter: u8, at: usize) -> Result<bool, Problem> {
        let arg = self.arg(at);
        let is_type = |file_type| self.stat(arg).is_some_and(|stat| stat.file_type == file_type);
        let has_mode = |bits| self.stat(arg).is_some_and(|stat| stat.mode.has(bits));
        let may = |access| self.process.access_now(arg, access).is_ok();
        Ok(match letter {
            b'z' => arg.is_empty(),
            b'n' => !arg.is_empty(),
            b'a' | b'e' => self.stat(arg).is_some(),
            b'b' => is_type(FileType::BlockDevice),
            b'c' => is_type(FileType::CharDevice),
            b'd' => is_type(FileType::Directory),
            b'f' => is_type(FileType::Regular),
            b'p' => is_type(FileType::Fifo),
            b'S' => is_type(FileType::Socket),
            b'h' | b'L' => self.process.lstat_now(arg).is_ok_and(|stat| stat.file_type == FileType::Symlink),
            b'g' => has_mode(Mode::SET_GID),
            b'k' => has_mode(Mode::STICKY),
            b'u' => has_mode(Mode::SET_UID),
            b's' => self.stat(arg).is_some_and(|stat| stat.size_bytes > 0),
            b'N' => self.stat(arg).is_some_and(|stat| stat.mtime > stat.atime),
            b'O' => self.stat(arg).is_some_and(|stat| stat.uid == self.process.credentials().euid),
            b'G' => self.stat(arg).is_some_and(|stat| stat.gid == self.process.credentials().egid),
            b'r' => may(Access::READ),
            b'w' => may(Access::WRITE),
            b'x' => may(Access::EXECUTE),
            b't' if self.shell.is_none() && Digits::of(arg).is_none() => {
                return Err(Problem::IntegerExpected(at));
            }
            b't' => integer(arg)
                .and_then(|fd| u32::try_from(fd).ok())
                .is_some_and(|fd| self.process.is_terminal(fd)),
            b'v' => self.shell.is_some_and(|shell| (shell.is_variable_set)(arg)),
            b'o' => self.shell.is_some_and(|shell| (shell.is_option_on)(arg)),
            _ => false,
        })
    }

    fn stat(&self, path: &[u8]) -> Option<Stat> {
        self.process.stat_now(path).ok()
    }

    fn binary_at(&self, at: usize) -> Option<Binary> {
        use std::cmp::Ordering;
        Some(match self.arg(at) {
            b"=" | b"==" => Binary::Same,
            b"!=" => Binary::Different,
            b"<" if self.shell.is_some() => Binary::Before,
            b">" if self.shell.is_some() => Binary::After,
            b"-eq" => Binary::Integers(Ordering::is_eq),
            b"-ne" => Binary::Integers(Ordering::is_ne),
            b"-lt" => Binary::Integers(Ordering::is_lt),
            b"-le" => Binary::Integers(Ordering::is_le),
            b"-gt" => Binary::Integers(Ordering::is_gt),
            b"-ge" => Binary::Integers(Ordering::is_ge),
            b"-nt" => Binary::Newer,
            b"-ot" => Binary::Older,
            b"-ef" => Binary::SameFile,
            _ => return None,
        })
    }

    fn binary(&self, operator: Binary, at: usize) -> Result<bool, Problem> {
        let (left, right) = (self.arg(at), self.arg(at + 2));
        let modified = |path| self.stat(path).map(|stat| stat.mtime);
        Ok(match operator {
            Binary::Same => left == right,
            Binary::Different => left != right,
            Binary::Before => left < right,
            Binary::After => left > right,
            Binary::Newer => modified(left) > modified(right),
            Binary::Older => modified(left) < modified(right),
            Binary::SameFile => match (self.stat(left), self.stat(right)) {
                (Some(left), Some(right)) => (left.dev, left.ino) == (right.dev, right.ino),
                _ => false,
            },
            Binary::Integers(holds) if self.shell.is_some() => {
                let left = integer(left).ok_or(Problem::IntegerExpected(at))?;
                let right = integer(right).ok_or(Problem::IntegerExpected(at + 2))?;
                holds(left.cmp(&right))
            }
            Binary::Integers(holds) => {
                let left = Digits::of(left).ok_or(Problem::IntegerExpected(at))?;
                let right = Digits::of(right).ok_or(Problem::IntegerExpected(at + 2))?;
                holds(left.cmp(&right))
            }
        })
    }
}

/// A decimal integer between blanks that fits 64 bits.
fn integer(text: &[u8]) -> Option<i64> {
    let digits = Digits::of(text)?;
    digits.digits.iter().try_fold(0_i64, |value, digit| {
        let digit = i64::from(digit - b'0');
        let digit = if digits.negative { -digit } else { digit };
        value.checked_mul(10)?.checked_add(digit)
    })
}

/// A decimal integer of any length.
#[derive(PartialEq, Eq)]
struct Digits<'a> {
    negative: bool,
    /// Without leading zeros.
    digits: &'a [u8],
}

impl Digits<'_> {
    fn of(text: &[u8]) -> Option<Digits<'_>> {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 11;
        let start = text.iter().position(|byte| !blank(byte))?;
        let end = text.iter().rposition(|byte| !blank(byte))? + 1;
        let (negative, digits) = match text.get(start..end)? {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            digits => (false, digits),
        };
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
        let digits = digits.get(zeros..)?;
        Some(Digits { negative: negative && !digits.is_empty(), digits })
    }

    fn cmp(&self, other: &Digits<'_>) -> std::cmp::Ordering {
        let magnitudes = (self.digits.len(), self.digits).cmp(&(other.digits.len(), other.digits));
        match (self.negative, other.negative) {
            (false, false) => magnitudes,
            (true, true) => magnitudes.reverse(),
            (negative, _) => {
                if negative {
                    std::cmp::Ordering::Less
                } else {
                    std::cmp::Ordering::Greater
                }
            }
        }
    }
}
