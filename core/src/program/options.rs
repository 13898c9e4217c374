//! Option parsing as GNU's `getopt_long` does it, from a command's table.
//!
//! Options and operands may be mixed (unless `POSIXLY_CORRECT` or the command says otherwise); `--` ends the
//! options; long names may be abbreviated; messages are glibc's words.

/// Whether an option has an argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// None.
    Nothing,
    /// One, in the same word or the next; the name it has in the help.
    Argument(&'static str),
    /// One in the same word, or none.
    MaybeArgument(&'static str),
}

/// One option of a command. Several rows may share an `id`.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// What the command asks for: its letter, or any other character where it has none.
    pub id: char,
    /// Its letter; `\0` for none.
    pub short: char,
    /// Its long name; empty for none.
    pub long: &'static str,
    /// Its argument.
    pub takes: Takes,
    /// A few words for the help; empty hides it there.
    pub help: &'static str,
}

/// A row of a command's option table; its letter is also its id. For one without a letter, see [`Choice::long`].
#[must_use]
pub const fn option(short: char, long: &'static str, takes: Takes, help: &'static str) -> Choice {
    Choice { id: short, short, long, takes, help }
}

impl Choice {
    /// `-NUM`: each digit is an option whose id is the digit. Not shown in the help.
    pub const DIGITS: Choice = option('#', "", Takes::Nothing, "");

    /// An option with only a long name.
    #[must_use]
    pub const fn long(id: char, long: &'static str, takes: Takes, help: &'static str) -> Choice {
        Choice { id, short: '\0', long, takes, help }
    }
}

/// How a command's words are read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The table.
    pub choices: &'static [Choice],
    /// The first operand ends the options, as POSIX wants and `env`, `xargs`, `timeout` need.
    pub stop_at_operand: bool,
}

/// What the words say.
#[derive(Clone, Default, Debug)]
pub struct Parsed {
    /// The options in order: id and argument.
    pub options: Vec<(char, Option<Vec<u8>>)>,
    /// The operands in order.
    pub operands: Vec<Vec<u8>>,
}

impl Parsed {
    /// Whether an option was given.
    #[must_use]
    pub fn has(&self, id: char) -> bool {
        self.options.iter().any(|(given, _)| *given == id)
    }

    /// How often it was given.
    #[must_use]
    pub fn count(&self, id: char) -> usize {
        self.options.iter().filter(|(given, _)| *given == id).count()
    }

    /// The last argument that it was given.
    #[must_use]
    pub fn value(&self, id: char) -> Option<&[u8]> {
        self.options.iter().rev().find(|(given, _)| *given == id)?.1.as_deref()
    }

    /// All arguments that it was given.
    pub fn values(&self, id: char) -> impl Iterator<Item = &[u8]> {
        self.options.iter().filter(move |(given, _)| *given == id).filter_map(|(_, value)| value.as_deref())
    }

    /// Of several options that exclude each other, the one that came last.
    #[must_use]
    pub fn last_of(&self, ids: &[char]) -> Option<char> {
        self.options.iter().rev().map(|(given, _)| *given).find(|given| ids.contains(given))
    }
}

impl Options {
    /// Reads the words behind the command's name. The error is the message behind `NAME: `.
    pub fn parse(&self, words: &[Vec<u8>]) -> Result<Parsed, Vec<u8>> {
        let mut parsed = Parsed::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            if word == b"--" {
                parsed.operands.extend(rest.cloned());
                break;
            }
            if let Some(long) = word.strip_prefix(b"--") {
                self.parse_long(long, &mut rest, &mut parsed)?;
            } else if word.len() > 1 && word.starts_with(b"-") {
                self.parse_short(&word[1..], &mut rest, &mut parsed)?;
            } else {
                parsed.operands.push(word.clone());
                if self.stop_at_operand {
                    parsed.operands.extend(rest.cloned());
                    break;
                }
            }
        }
        Ok(parsed)
    }

    fn parse_short<'a>(
        &self,
        letters: &[u8],
        rest: &mut impl Iterator<Item = &'a Vec<u8>>,
        parsed: &mut Parsed,
    ) -> Result<(), Vec<u8>> {
        let mut left = letters;
        while let Some((&letter, after)) = left.split_first() {
            let called = |letter: u8| {
                let fits =
                    |choice: &&Choice| choice.short != '\0' && choice.short as u32 == u32::from(letter);
                self.choices.iter().find(fits)
            };
            let digit = if letter.is_ascii_digit() { called(b'#') } else { None };
            let Some(choice) = digit.or_else(|| called(letter).filter(|_| letter != b'#')) else {
                return Err([b"invalid option -- '", &[letter][..], b"'"].concat());
            };
            let argument = match choice.takes {
                Takes::Nothing => {
                    let id = if digit.is_some() { char::from(letter) } else { choice.id };
                    parsed.options.push((id, None));
                    left = after;
                    continue;
                }
                Takes::MaybeArgument(_) => (!after.is_empty()).then(|| after.to_vec()),
                Takes::Argument(_) if !after.is_empty() => Some(after.to_vec()),
                Takes::Argument(_) => match rest.next() {
                    Some(word) => Some(word.clone()),
                    None => return Err([b"option requires an argument -- '", &[letter][..], b"'"].concat()),
                },
            };
            parsed.options.push((choice.id, argument));
            break;
        }
        Ok(())
    }

    fn parse_long<'a>(
        &self,
        text: &[u8],
        rest: &mut impl Iterator<Item = &'a Vec<u8>>,
        parsed: &mut Parsed,
    ) -> Result<(), Vec<u8>> {
        let (name, value) = match memchr::memchr(b'=', text) {
            Some(at) => (&text[..at], Some(text[at + 1..].to_vec())),
            None => (text, None),
        };
        let fits = |choice: &&Choice| !choice.long.is_empty() && choice.long.as_bytes().starts_with(name);
        let candidates: Vec<&Choice> = self.choices.iter().filter(fits).collect();
        let exact = candidates.iter().find(|choice| choice.long.as_bytes() == name);
        let choice = match (exact, candidates.as_slice()) {
            (Some(choice), _) => *choice,
            (None, []) => return Err([b"unrecognized option '--", text, b"'"].concat()),
            (None, [first, others @ ..]) if others.iter().all(|other| other.id == first.id) => *first,
            (None, several) => {
                let mut message = [b"option '--", text, b"' is ambiguous; possibilities:"].concat();
                for choice in several {
                    message.extend_from_slice(format!(" '--{}'", choice.long).as_bytes());
                }
                return Err(message);
            }
        };
        let long = choice.long;
        let value = match (choice.takes, value) {
            (Takes::Nothing, Some(_)) => {
                return Err(format!("option '--{long}' doesn't allow an argument").into_bytes());
            }
            (Takes::Argument(_), None) => match rest.next() {
                Some(word) => Some(word.clone()),
                None => return Err(format!("option '--{long}' requires an argument").into_bytes()),
            },
            (_, value) => value,
        };
        parsed.options.push((choice.id, value));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: &[Choice] = &[
        option('a', "all", Takes::Nothing, ""),
        option('n', "lines", Takes::Argument("N"), ""),
        option('i', "", Takes::MaybeArgument("SUFFIX"), ""),
        Choice::long('C', "color", Takes::MaybeArgument("WHEN"), ""),
        Choice::long('U', "count", Takes::Nothing, ""),
    ];

    /// Words apart by blanks; the result as `id[=value]` and operands, or the message.
    fn check(line: &str, stop_at_operand: bool, expected: &str) {
        let words: Vec<Vec<u8>> = line.split_whitespace().map(|word| word.as_bytes().to_vec()).collect();
        let shown = match (Options { choices: CHOICES, stop_at_operand }).parse(&words) {
            Err(message) => String::from_utf8_lossy(&message).into_owned(),
            Ok(parsed) => {
                let options = parsed.options.iter().map(|(id, value)| match value {
                    Some(value) => format!("{id}={}", String::from_utf8_lossy(value)),
                    None => id.to_string(),
                });
                let operands =
                    parsed.operands.iter().map(|word| format!("'{}'", String::from_utf8_lossy(word)));
                options.chain(operands).collect::<Vec<_>>().join(" ")
            }
        };
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn words_are_read_as_getopt_long_reads_them() {
        check("-an3 x -- -a", false, "a n=3 'x' '-a'");
        check("-n 3 x -a", false, "n=3 a 'x'");
        check("x -a", true, "'x' '-a'");
        check("-i -ix", false, "i i=x");
        check("--lines=4 --lin 5", false, "n=4 n=5");
        check("--color --color=always -", false, "C C=always '-'");
        check("-z", false, "invalid option -- 'z'");
        check("-n", false, "option requires an argument -- 'n'");
        check("--lines", false, "option '--lines' requires an argument");
        check("--co", false, "option '--co' is ambiguous; possibilities: '--color' '--count'");
        check("--all=x", false, "option '--all' doesn't allow an argument");
        check("--nope=1", false, "unrecognized option '--nope=1'");
    }
}
