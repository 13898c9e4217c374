//! Compiling words: what their parts append, and what becomes of the whole.

use super::compile::{Compiler, Context};
use super::{Op, SubscriptKind};
use crate::shell::expand::brace::{self, Piece};
use crate::shell::expand::has_glob;
use crate::shell::syntax::ast::{
    CommandSub, CommandSubStyle, HereDoc, List, ParamExpansion, Parameter, ProcessSubDirection, RedirectKind,
    Subscript, Word, WordFlags, WordPart,
};
use crate::shell::syntax::{SyntaxError, is_name};

/// In which surroundings a part stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// Between double quotes.
    pub(super) quoted: bool,
    /// In the operand of an unquoted expansion: literal text is split, too.
    pub(super) operand: bool,
}

impl Place {
    const TOP: Place = Place { quoted: false, operand: false };
    pub(super) const QUOTED: Place = Place { quoted: true, operand: false };
}

/// Where in a word tildes stand for home directories.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tildes {
    /// At its start.
    Start,
    /// At its start; and if it looks like an assignment, as in one.
    Argument,
    /// Such a word: only when the shell is not in POSIX mode.
    ArgumentAssignment,
    /// At the start of the value, and behind each `:`.
    Assignment,
}

impl Tildes {
    fn in_assignment(self) -> bool {
        matches!(self, Tildes::ArgumentAssignment | Tildes::Assignment)
    }
}

/// The length of `name=`, `name+=`, `name[…]=` at the start of a word; 0 when there is none.
fn assignment_head(text: &[u8]) -> usize {
    let Some(equals) = memchr::memchr(b'=', text) else { return 0 };
    let left = &text[..equals];
    let left = left.strip_suffix(b"+").unwrap_or(left);
    let name = match memchr::memchr(b'[', left) {
        Some(open) if left.ends_with(b"]") => &left[..open],
        _ => left,
    };
    if is_name(name) { equals + 1 } else { 0 }
}

impl Compiler {
    /// An element of an array literal: an argument that never looks like an assignment.
    pub(super) fn element(&mut self, word: &Word) {
        if word.flags.has(WordFlags::TILDE) && !word.flags.has(WordFlags::BRACE) {
            return self.whole(word, true, Tildes::Start, Op::WordFields);
        }
        self.argument(word);
    }

    /// A word whose fields become arguments.
    pub(super) fn argument(&mut self, word: &Word) {
        if !word.flags.has(WordFlags::BRACE) {
            return self.argument_as_written(word);
        }
        let Some(words) = brace::expand(&word.parts) else { return self.argument_as_written(word) };
        let unexpanded = self.emit(Op::JumpNoBraces(0));
        for pieces in &words {
            // A word that braces left empty is removed, as an unquoted empty expansion is.
            self.fields(pieces, true);
        }
        let done = self.emit(Op::Jump(0));
        self.land(unexpanded);
        self.argument_as_written(word);
        self.land(done);
    }

    /// The same without brace expansion.
    fn argument_as_written(&mut self, word: &Word) {
        if let Some(op) = self.simple_argument(word) {
            self.emit(op);
            return;
        }
        let pieces: Vec<Piece<'_>> = word.parts.iter().map(Piece::Part).collect();
        self.fields(&pieces, word.flags.has(WordFlags::TILDE));
    }

    /// Words of one instruction: literal text, `$name`, `"$name"`.
    fn simple_argument(&mut self, word: &Word) -> Option<Op> {
        if let Some(text) = fixed_text(word) {
            return Some(Op::ArgText(self.text(&text)));
        }
        match word.parts.as_slice() {
            [WordPart::Param(param)] => self.plain_variable(param).map(Op::ArgVar),
            [WordPart::DoubleQuoted(parts)] => match parts.as_slice() {
                [WordPart::Param(param)] => self.plain_variable(param).map(Op::ArgQuotedVar),
                _ => None,
            },
            _ => None,
        }
    }

    /// The variable of a bare `$name` or `${name}`.
    pub(super) fn plain_variable(&self, param: &ParamExpansion) -> Option<super::Symbol> {
        match &param.parameter {
            Parameter::Variable(name)
                if param.operation.is_none() && param.subscript.is_none() && !param.indirect =>
            {
                Some(self.symbol(name))
            }
            _ => None,
        }
    }

    fn fields(&mut self, pieces: &[Piece<'_>], tilde: bool) {
        self.emit(Op::WordStart);
        self.pieces(pieces, tilde, Tildes::Argument);
        self.emit(Op::WordFields);
    }

    /// A word that gives one string: neither split nor matched against files. Tildes count at its start.
    pub(super) fn string_word(&mut self, word: &Word) {
        if word.is_plain()
            && let Some(text) = word.literal()
        {
            let text = self.text(&text);
            self.emit(Op::StringText(text));
            return;
        }
        self.whole(word, word.flags.has(WordFlags::TILDE), Tildes::Start, Op::WordString);
    }

    /// The right side of an assignment: tildes count behind `:` too.
    pub(super) fn assignment_word(&mut self, word: &Word) {
        if let Some(text) = word.literal().filter(|_| !word.flags.has(WordFlags::TILDE)) {
            let text = self.text(&text);
            self.emit(Op::StringText(text));
            return;
        }
        if let [WordPart::Param(param)] = word.parts.as_slice()
            && let Some(name) = self.plain_variable(param)
        {
            self.emit(Op::StringVar(name));
            return;
        }
        self.whole(word, word.flags.has(WordFlags::TILDE), Tildes::Assignment, Op::WordString);
    }

    /// A word as if between double quotes: subscripts, arithmetic text.
    pub(super) fn quoted_string_word(&mut self, word: &Word) {
        if let Some(text) = word.literal() {
            let text = self.text(&text);
            self.emit(Op::StringText(text));
            return;
        }
        self.emit(Op::WordStart);
        self.parts(&word.parts, Place::QUOTED);
        self.emit(Op::WordString);
    }

    pub(super) fn pattern_word(&mut self, word: &Word) {
        self.whole(word, word.flags.has(WordFlags::TILDE), Tildes::Start, Op::WordPattern);
    }

    pub(super) fn regex_word(&mut self, word: &Word) {
        self.whole(word, word.flags.has(WordFlags::TILDE), Tildes::Start, Op::WordRegex);
    }

    fn whole(&mut self, word: &Word, tilde: bool, tildes: Tildes, end: Op) {
        self.emit(Op::WordStart);
        let pieces: Vec<Piece<'_>> = word.parts.iter().map(Piece::Part).collect();
        self.pieces(&pieces, tilde, tildes);
        self.emit(end);
    }

    pub(super) fn here_document(&mut self, document: &HereDoc) {
        let body = document.body();
        if document.quoted {
            let text = body.literal().unwrap_or_default();
            let text = self.text(&text);
            self.emit(Op::StringText(text));
        } else {
            self.quoted_string_word(body);
        }
    }

    /// The word and a newline.
    pub(super) fn here_string(&mut self, word: &Word) {
        self.emit(Op::WordStart);
        let pieces: Vec<Piece<'_>> = word.parts.iter().map(Piece::Part).collect();
        self.pieces(&pieces, word.flags.has(WordFlags::TILDE), Tildes::Start);
        let newline = self.text(b"\n");
        self.emit(Op::Quoted(newline));
        self.emit(Op::WordString);
    }

    fn pieces(&mut self, pieces: &[Piece<'_>], tilde: bool, tildes: Tildes) {
        // Whether a tilde may stand here: at the start, and in assignments behind a colon.
        let mut at_start = true;
        let mut tildes = tildes;
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            let text: &[u8] = match piece {
                Piece::Part(WordPart::Literal(text)) => text,
                Piece::Text(text) => text,
                Piece::Part(part) => {
                    self.part(part, Place::TOP);
                    at_start = false;
                    continue;
                }
                Piece::Empty => {
                    self.literal(b"", Place::QUOTED);
                    at_start = false;
                    continue;
                }
                Piece::Variable(name) => {
                    self.variable(name);
                    at_start = false;
                    continue;
                }
            };
            if !tilde {
                self.literal(text, Place::TOP);
                continue;
            }
            let head = match tildes {
                Tildes::Argument if index == 0 => assignment_head(text),
                _ => 0,
            };
            let (head, text) = text.split_at(head);
            if !head.is_empty() {
                self.literal(head, Place::TOP);
                tildes = Tildes::ArgumentAssignment;
            }
            self.literal_with_tildes(text, at_start, last, tildes);
            at_start = tildes.in_assignment() && (text.ends_with(b":") || text.is_empty());
        }
    }

    /// `$name` whose name braces have made longer.
    fn variable(&mut self, name: &[u8]) {
        let what = super::ParamName::Var(self.symbol(name));
        let text = name.into();
        self.code.params.push(super::Param { what, subscript: SubscriptKind::None, indirect: false, text });
        let param = self.code.params.len() as u32 - 1;
        self.emit(Op::Param { param, quoted: false });
    }

    fn literal(&mut self, text: &[u8], place: Place) {
        let id = self.text(text);
        self.emit(match place {
            Place { quoted: true, .. } => Op::Quoted(id),
            Place { operand: true, .. } => Op::Splittable(id),
            _ => Op::Literal(id),
        });
    }

    /// Text in which `~`, `~user` (and behind `:` in assignments again) stand for home directories. `last` is
    /// whether nothing stands behind it: `~"x"` is no tilde prefix.
    fn literal_with_tildes(&mut self, text: &[u8], at_start: bool, last: bool, tildes: Tildes) {
        let mut rest = text;
        let mut may = at_start;
        while !rest.is_empty() {
            if may && rest.starts_with(b"~") {
                let stop = memchr::memchr2(b'/', b':', rest);
                let end = stop.unwrap_or(rest.len());
                if stop.is_some() || last {
                    let user = self.text(&rest[1..end]);
                    self.emit(Op::Tilde { user, argument: tildes == Tildes::ArgumentAssignment });
                    rest = &rest[end..];
                    may = false;
                    continue;
                }
            }
            let next = match tildes.in_assignment() {
                true => memchr::memchr(b':', rest).map(|at| at + 1),
                false => None,
            };
            let (now, later) = rest.split_at(next.unwrap_or(rest.len()));
            self.literal(now, Place::TOP);
            rest = later;
            may = tildes.in_assignment();
        }
    }

    pub(super) fn parts(&mut self, parts: &[WordPart], place: Place) {
        for part in parts {
            self.part(part, place);
        }
    }

    fn part(&mut self, part: &WordPart, place: Place) {
        let quoted = place.quoted;
        match part {
            WordPart::Literal(text) => self.literal(text, place),
            WordPart::Escaped(byte) => self.literal(&[*byte], Place::QUOTED),
            WordPart::SingleQuoted(text) | WordPart::AnsiC(text) => self.literal(text, Place::QUOTED),
            WordPart::DoubleQuoted(parts) => {
                // `""` is a field, though an empty one; `"$@"` without parameters is none.
                let only_fields = parts.iter().all(is_all_fields);
                if parts.is_empty() || !only_fields {
                    self.literal(b"", Place::QUOTED);
                }
                self.parts(parts, Place { quoted: true, operand: place.operand });
            }
            WordPart::Param(param) if has_empty_subscript(param) => {
                let mut text = Vec::new();
                crate::shell::syntax::part_text(part, &mut text);
                let text = self.text(&text);
                self.emit(Op::BadSubstitution(text));
            }
            WordPart::Param(param) => self.param(param, place),
            WordPart::Unreadable(unreadable) => self.syntax_error(&unreadable.error, 1),
            WordPart::BadSubstitution(text) => {
                let text = self.text(text);
                self.emit(Op::BadSubstitution(text));
            }
            WordPart::CommandSub(sub) => self.command_sub(sub, quoted),
            WordPart::Arith(arith) => {
                self.arith_word(&arith.expression);
                self.emit(Op::ArithText { quoted });
            }
            WordPart::ProcessSub(sub) => {
                let mut code = self.substitution(first_line(&sub.program.body));
                code.list(&sub.program.body, Context { checked: true, tail: true });
                code.code.source = Some(std::rc::Rc::clone(&sub.program));
                let code = self.sub_code(code.finish());
                self.emit(Op::ProcessSub { code, read: sub.direction == ProcessSubDirection::Read });
            }
        }
    }

    fn command_sub(&mut self, sub: &CommandSub, quoted: bool) {
        if sub.style == CommandSubStyle::Parentheses
            && let Some(file) = lone_input(&sub.program.body)
        {
            self.string_word(file);
            self.emit(Op::FileSub { quoted });
            return;
        }
        let first = match sub.style {
            CommandSubStyle::Parentheses => first_line(&sub.program.body),
            CommandSubStyle::Backquotes(_) => 1,
        };
        let mut inner = self.substitution(first);
        inner.list(&sub.program.body, Context { checked: true, tail: sub.program.error.is_none() });
        if let Some(error) = &sub.program.error {
            inner.syntax_error(error, 2);
        }
        inner.code.source = Some(std::rc::Rc::clone(&sub.program));
        let pure = sub.program.error.is_none() && is_pure(&inner.code);
        let code = self.sub_code(inner.finish());
        self.emit(Op::CommandSub { code, quoted, pure });
    }

    /// What is wrong with a text shows where it would run; the status is then this one.
    pub(super) fn syntax_error(&mut self, error: &SyntaxError, status: u8) {
        let start = format!("command substitution: line {}: ", self.shifted(error.line));
        let lines: Vec<_> = error.messages.iter().map(|line| [start.as_bytes(), line].concat()).collect();
        let text = self.text(&lines.join(&b'\n'));
        self.emit(Op::SyntaxError { text, status });
    }

    /// A parameter's fixed part for the code's table.
    pub(super) fn param_value(&mut self, param: &ParamExpansion) -> super::Param {
        use super::ParamName;
        let what = match &param.parameter {
            Parameter::Variable(name) => ParamName::Var(self.symbol(name)),
            Parameter::Positional(number) => ParamName::Positional(*number),
            Parameter::Special(special) => ParamName::Special(*special),
        };
        let subscript = match &param.subscript {
            None => SubscriptKind::None,
            Some(Subscript::All) => SubscriptKind::All,
            Some(Subscript::Star) => SubscriptKind::Star,
            Some(Subscript::Index(word)) => {
                self.quoted_string_word(word);
                SubscriptKind::Index
            }
        };
        let text = param_text(param).into_boxed_slice();
        super::Param { what, subscript, indirect: param.indirect, text }
    }
}

/// The text of a word that always expands to just that.
pub(super) fn fixed_text(word: &Word) -> Option<Vec<u8>> {
    let expands = word.flags.has(WordFlags::EXPANSION | WordFlags::TILDE | WordFlags::BRACE);
    word.literal().filter(|text| !expands && (!word.flags.has(WordFlags::GLOB) || !has_glob(text)))
}

/// The parameter without its operation, as messages name it.
fn param_text(param: &ParamExpansion) -> Vec<u8> {
    let mut text = match &param.parameter {
        Parameter::Variable(name) => name.to_vec(),
        Parameter::Positional(number) => number.to_string().into_bytes(),
        Parameter::Special(special) => vec![super::params::special_letter(*special)],
    };
    if let Some(subscript) = &param.subscript {
        text.extend_from_slice(&subscript_text(subscript));
    }
    text
}

/// `${x[]}`, which means nothing.
fn has_empty_subscript(param: &ParamExpansion) -> bool {
    matches!(&param.subscript, Some(Subscript::Index(word)) if word.parts.is_empty())
}

/// A subscript as it was written.
pub(super) fn subscript_text(subscript: &Subscript) -> Vec<u8> {
    match subscript {
        Subscript::All => b"[@]".to_vec(),
        Subscript::Star => b"[*]".to_vec(),
        Subscript::Index(word) => [b"[", &crate::shell::syntax::word_text(word)[..], b"]"].concat(),
    }
}

/// The line of a list's first command.
fn first_line(list: &List) -> u32 {
    let command = list.items.first().and_then(|item| item.and_or.first.commands.first());
    command.map_or(1, |command| command.line)
}

/// Whether a part between double quotes gives as many fields as there are elements, maybe none.
fn is_all_fields(part: &WordPart) -> bool {
    use crate::shell::syntax::ast::{ParamOperation, SpecialParameter, Subscript};
    match part {
        WordPart::Param(param) => {
            matches!(param.parameter, Parameter::Special(SpecialParameter::At))
                || matches!(param.subscript, Some(Subscript::All))
                || matches!(param.operation, Some(ParamOperation::Names { at: true }))
        }
        _ => false,
    }
}

/// `<file` and nothing else.
fn lone_input(list: &List) -> Option<&Word> {
    use crate::shell::syntax::ast::{CommandKind, RedirectFd};
    let [item] = list.items.as_slice() else { return None };
    let [command] = item.and_or.first.commands.as_slice() else { return None };
    let CommandKind::Simple(simple) = &command.kind else { return None };
    let [redirect] = command.redirects.as_slice() else { return None };
    let bare = simple.words.is_empty() && simple.assignments.is_empty() && item.and_or.rest.is_empty();
    match &redirect.kind {
        RedirectKind::Input(word) if bare && redirect.fd == RedirectFd::Default => Some(word),
        _ => None,
    }
}

/// Builtins that change nothing but what they print: a substitution of only these needs no process.
const PURE: [&[u8]; 6] = [b"echo", b"true", b"false", b":", b"pwd", b"printf"];

/// Whether code only prints.
fn is_pure(code: &super::Code) -> bool {
    let mut expects_name = false;
    let mut after_printf = false;
    code.ops.iter().all(|op| {
        let name = std::mem::take(&mut expects_name);
        let first_of_printf = std::mem::take(&mut after_printf);
        match op {
            Op::CommandStart => {
                expects_name = true;
                !name
            }
            Op::CommandName { text, .. } => {
                let Some(text) = code.texts.get(*text as usize) else { return false };
                after_printf = **text == *b"printf";
                PURE.contains(&&**text)
            }
            Op::ArgText(text) => {
                let Some(text) = code.texts.get(*text as usize) else { return false };
                !name && !(first_of_printf && text.starts_with(b"-"))
            }
            Op::ArgQuotedVar(_) | Op::ArgVar(_) | Op::WordStart => !name && !first_of_printf,
            Op::Literal(_)
            | Op::Splittable(_)
            | Op::Quoted(_)
            | Op::Param { .. }
            | Op::ParamApply { .. }
            | Op::WordFields
            | Op::WordString
            | Op::WordPattern
            | Op::StringText(_)
            | Op::StringVar(_)
            | Op::Number(_)
            | Op::BigNumber(_)
            | Op::Load(_)
            | Op::Unary(_)
            | Op::Binary(_)
            | Op::ArithStart
            | Op::ArithText { .. }
            | Op::Exec { .. }
            | Op::Check
            | Op::Jump(_)
            | Op::JumpNoBraces(_)
            | Op::End => !name,
            _ => false,
        }
    })
}
