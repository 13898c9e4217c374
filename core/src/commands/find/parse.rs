//! The expression of `find`, read into a program of jumps, so that nothing recurs when it is evaluated.

use super::Find;
use super::primary::{Exec, Primary, number};
use super::printf::Format;
use crate::abi::Time;
use crate::abi::limits::FIND_NESTING_MAX;
use crate::program::{Follow, quote_locale};
use crate::regex::Flavour;

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

const DAY_SECS: i64 = 86_400;
pub(super) type Parse<T> = Result<T, Vec<u8>>;

/// Reads an expression.
pub(super) struct Parser<'a> {
    pub(super) find: &'a mut Find,
    words: Vec<Vec<u8>>,
    pub(super) at: usize,
    program: Vec<Op>,
    /// The operator or parenthesis read last, for messages.
    operator: Option<Vec<u8>>,
    last_test: Option<Vec<u8>>,
    acts: bool,
    prunes: bool,
    deletes: bool,
    depth_given: bool,
    pub(super) flavour: Flavour,
    /// What times are relative to.
    pub(super) moment: Time,
}

pub(super) fn message(parts: &[&[u8]]) -> Vec<u8> {
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

    pub(super) fn peek(&self) -> Option<&[u8]> {
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
                        if levels.len() > FIND_NESTING_MAX {
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

    pub(super) fn argument(&mut self, name: &[u8]) -> Parse<Vec<u8>> {
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
