//! `[[ ]]`, and patterns as the shell uses them.

use super::variables::known;
use super::{Interp, Stop, Value};
use crate::regex::pattern::{Pattern, PatternOptions};
use crate::regex::{Captures, Regex, Syntax};
use crate::shell::syntax::ast::CondOperator;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Compiled patterns and regular expressions by their texts; emptied when full.
#[derive(Default)]
pub(super) struct PatternCache {
    patterns: HashMap<Key, Rc<Pattern>>,
    regexes: HashMap<Key, Rc<Regex>>,
}

/// A text, whether letters match their other case, and whether it is UTF-8.
type Key = (Vec<u8>, bool, bool);

/// Patterns that are kept compiled.
const CACHE_MAX: usize = 256;

impl Interp {
    /// A compiled pattern.
    pub(crate) fn pattern(&mut self, text: &[u8], nocase: bool) -> Rc<Pattern> {
        let utf8 = self.shell.utf8;
        let key = (text.to_vec(), nocase, utf8);
        if let Some(pattern) = self.patterns.patterns.get(&key) {
            return Rc::clone(pattern);
        }
        let options =
            PatternOptions { extended: true, ignore_case: nocase, utf8, ..PatternOptions::default() };
        let pattern = Rc::new(Pattern::new(text, options));
        if self.patterns.patterns.len() >= CACHE_MAX {
            self.patterns.patterns.clear();
        }
        self.patterns.patterns.insert(key, Rc::clone(&pattern));
        pattern
    }

    /// Whether a pattern matches a whole text, as `case` and `[[ == ]]` ask.
    pub(super) fn matches(&mut self, pattern: &[u8], text: &[u8]) -> bool {
        let nocase = self.shell.shopt.nocasematch;
        self.pattern(pattern, nocase).matches(text)
    }

    pub(super) fn cond_word(&mut self) {
        let text = self.strings.pop().unwrap_or_default();
        self.shell.status = u8::from(text.is_empty());
    }

    pub(super) fn cond_unary(&mut self, letter: u8) -> Result<(), Stop> {
        let text = self.strings.pop().unwrap_or_default();
        let result = match letter {
            b'v' => self.is_variable_set(&text),
            b'o' => self.is_option_on(&text),
            _ => {
                let operator = [b'-', letter];
                let args: [&[u8]; 2] = [&operator, &text];
                crate::program::test::evaluate(&self.process, &args, &|_| false, &|_| false).unwrap_or(false)
            }
        };
        if self.shell.options.xtrace {
            let shown = crate::shell::expand::quoting::if_needed(&text);
            self.trace_line(&[b"[[ -", &[letter][..], b" ", &shown, b" ]]"].concat());
        }
        self.shell.status = u8::from(!result);
        Ok(())
    }

    /// `-v`: a variable, an element, a positional parameter.
    pub(crate) fn is_variable_set(&mut self, text: &[u8]) -> bool {
        if let Ok(number) = std::str::from_utf8(text).unwrap_or_default().parse::<usize>() {
            return number == 0 || number <= self.shell.positional.len();
        }
        let (name, key) = match memchr::memchr(b'[', text) {
            Some(open) if text.ends_with(b"]") => (&text[..open], text.get(open + 1..text.len() - 1)),
            _ => (text, None),
        };
        if !super::is_name(name) {
            return false;
        }
        let name = self.symbol(name);
        let is_assoc = self.shell.var(self.shell.follow(name)).is_assoc();
        match key {
            None => self.scalar(name).is_some(),
            Some(b"@" | b"*") if !is_assoc => !self.elements(name).is_empty(),
            Some(key) => {
                let key = key.to_vec();
                matches!(self.element(name, &key), Ok(Some(_)))
            }
        }
    }

    /// `-o`: an option of `set`.
    pub(crate) fn is_option_on(&self, name: &[u8]) -> bool {
        let mut options = self.shell.options;
        options.table().into_iter().any(|row| row.0.as_bytes() == name && *row.2)
    }

    pub(super) fn cond_binary(&mut self, operator: CondOperator) -> Result<(), Stop> {
        let right = self.strings.pop().unwrap_or_default();
        let left = self.strings.pop().unwrap_or_default();
        if self.shell.options.xtrace {
            let name = operator.text();
            let quote = crate::shell::expand::quoting::if_needed;
            self.trace_line(
                &[b"[[ ", &quote(&left)[..], b" ", name.as_bytes(), b" ", &right, b" ]]"].concat(),
            );
        }
        let result = match operator {
            CondOperator::Matches | CondOperator::MatchesPosix => self.matches(&right, &left),
            CondOperator::Differs => !self.matches(&right, &left),
            CondOperator::Regex => return self.cond_regex(&left, &right),
            CondOperator::Before => left < right,
            CondOperator::After => left > right,
            CondOperator::Newer | CondOperator::Older | CondOperator::SameFile => {
                let name = operator.text();
                let args: [&[u8]; 3] = [&left, name.as_bytes(), &right];
                crate::program::test::evaluate(&self.process, &args, &|_| false, &|_| false).unwrap_or(false)
            }
            _ => {
                let numbers = self.cond_number(&left).and_then(|l| Ok((l, self.cond_number(&right)?)));
                let (left, right) = match numbers {
                    Ok(numbers) => numbers,
                    // Said; what means nothing is not so.
                    Err(Stop::Refused) => {
                        self.shell.status = 1;
                        return Ok(());
                    }
                    Err(stop) => return Err(stop),
                };
                match operator {
                    CondOperator::Equal => left == right,
                    CondOperator::NotEqual => left != right,
                    CondOperator::Less => left < right,
                    CondOperator::LessEqual => left <= right,
                    CondOperator::Greater => left > right,
                    _ => left >= right,
                }
            }
        };
        self.shell.status = u8::from(!result);
        Ok(())
    }

    fn cond_number(&mut self, text: &[u8]) -> Result<i64, Stop> {
        self.evaluate(text, b"[[")
    }

    fn cond_regex(&mut self, text: &[u8], pattern: &[u8]) -> Result<(), Stop> {
        let nocase = self.shell.shopt.nocasematch;
        let utf8 = self.shell.utf8;
        let key = (pattern.to_vec(), nocase, utf8);
        let regex = match self.patterns.regexes.get(&key) {
            Some(regex) => Rc::clone(regex),
            None => {
                let syntax = Syntax { ignore_case: nocase, utf8, ..Syntax::extended() };
                let Ok(regex) = Regex::new(pattern, syntax) else {
                    self.shell.status = 2;
                    return Ok(());
                };
                let regex = Rc::new(regex);
                if self.patterns.regexes.len() >= CACHE_MAX {
                    self.patterns.regexes.clear();
                }
                self.patterns.regexes.insert(key, Rc::clone(&regex));
                regex
            }
        };
        let mut captures = Captures::new();
        let matched = regex.captures_at(text, 0, &mut captures).unwrap_or(false);
        let mut array = BTreeMap::new();
        if matched {
            for group in 0..=regex.groups() {
                let piece =
                    captures.get(group).and_then(|(start, end)| text.get(start..end)).unwrap_or_default();
                array.insert(group as u64, piece.to_vec());
            }
        }
        self.shell.var_mut(known::BASH_REMATCH).value = Value::Indexed(Rc::new(array));
        self.shell.status = u8::from(!matched);
        Ok(())
    }
}
