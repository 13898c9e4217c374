//! Tree to text, in the form of bash's `declare -f` and `type`.

mod cond;
mod word;

pub use word::{part_text, word_text};

use super::ast::{
    AndOr, AndOrOperator, Argument, Assignment, CaseCommand, CaseEnd, Command, CommandKind, ForCommand,
    FunctionDefinition, HereDoc, IfClause, List, Pipeline, Program, Redirect, RedirectFd, RedirectKind,
    SimpleCommand, Terminator, TimeFormat, Word,
};
use super::token::{Token, bare, is_reserved};
use crate::abi::limits::SHELL_NESTING_MAX;
use word::{assignment_text, parts_text, single_quoted};

/// Spaces that each level of a compound command is moved to the right.
const INDENT: usize = 4;

/// A function definition as `declare -f` shows it, without a final newline.
pub fn function_text(function: &FunctionDefinition) -> Vec<u8> {
    let mut printer = Printer::default();
    printer.function(function);
    printer.out
}

/// A command on its own, as `jobs` and error messages show it.
pub fn command_text(command: &Command) -> Vec<u8> {
    let mut printer = Printer::default();
    printer.command(command);
    printer.flush_here_docs();
    printer.out
}

/// A program: the inside of a substitution, or a line of a script.
pub fn program_text(program: &Program) -> Vec<u8> {
    let mut printer = Printer::default();
    printer.list(&program.body);
    printer.out
}

/// A token as error messages show it.
pub(super) fn token_text(token: &Token) -> Vec<u8> {
    match token {
        Token::Word(word) => word_text(word),
        Token::Assignment(assignment) => {
            let mut out = Vec::new();
            assignment_text(assignment, &mut out);
            out
        }
        Token::IoNumber(number) => number.to_string().into_bytes(),
        Token::IoVariable(name) => [b"{", &**name, b"}"].concat(),
        Token::Operator(operator) => operator.text().into(),
        Token::Newline => b"newline".to_vec(),
        Token::End => b"EOF".to_vec(),
    }
}

/// What has been printed, and what the next thing depends on.
#[derive(Default)]
struct Printer<'a> {
    out: Vec<u8>,
    indent: usize,
    /// Inside a function's body each command stands on its own line.
    in_function: bool,
    /// Here-documents whose bodies come at the end of the line.
    here_docs: Vec<&'a HereDoc>,
    /// A body was printed since the last separator, which needs no `;` then.
    after_here_doc: bool,
}

impl<'a> Printer<'a> {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn word(&mut self, word: &Word) {
        parts_text(&word.parts, &mut self.out);
    }

    /// Starts a line.
    fn newline(&mut self) {
        self.out.push(b'\n');
        // A chain of `elif` may be longer than anything else is deep.
        let indent = self.indent.min(INDENT * SHELL_NESTING_MAX);
        self.out.resize(self.out.len() + indent, b' ');
    }

    /// A `;` where one is needed between a list and the word behind it.
    fn semicolon(&mut self) {
        if !matches!(self.out.last(), Some(b'&' | b'\n')) {
            self.out.push(b';');
        }
    }

    /// The bodies that wait for the end of the line; whether there were any.
    fn flush_here_docs(&mut self) -> bool {
        let here_docs = std::mem::take(&mut self.here_docs);
        if here_docs.is_empty() {
            return false;
        }
        self.out.push(b'\n');
        for here_doc in here_docs {
            let start = self.out.len();
            self.word(here_doc.body());
            if self.out.len() > start && self.out.last() != Some(&b'\n') {
                self.out.push(b'\n');
            }
            self.out.extend_from_slice(&here_doc.delimiter);
            self.out.push(b'\n');
        }
        self.after_here_doc = true;
        true
    }

    fn list(&mut self, list: &'a List) {
        let last = list.items.len().saturating_sub(1);
        for (index, item) in list.items.iter().enumerate() {
            self.and_or(&item.and_or);
            match item.terminator {
                Terminator::Background => {
                    self.text(" &");
                    if index < last {
                        let space = if self.flush_here_docs() { "  " } else { " " };
                        self.text(space);
                    }
                }
                terminator if index < last => self.separator(terminator),
                _ => {}
            }
        }
        self.flush_here_docs();
    }

    fn separator(&mut self, terminator: Terminator) {
        self.flush_here_docs();
        let ended = std::mem::take(&mut self.after_here_doc);
        if self.in_function {
            if !ended {
                self.out.push(b';');
            }
            self.newline();
        } else if terminator == Terminator::Newline {
            self.out.push(b'\n');
        } else {
            let separated = self.out.last() == Some(&b'\n');
            self.text(if separated { " " } else { "; " });
        }
    }

    fn and_or(&mut self, and_or: &'a AndOr) {
        self.pipeline(&and_or.first);
        for (operator, pipeline) in &and_or.rest {
            self.text(match operator {
                AndOrOperator::And => " && ",
                AndOrOperator::Or => " || ",
            });
            if self.flush_here_docs() {
                self.out.push(b' ');
            }
            self.pipeline(pipeline);
        }
    }

    fn pipeline(&mut self, pipeline: &'a Pipeline) {
        match pipeline.timed {
            Some(TimeFormat::Default) => self.text("time "),
            Some(TimeFormat::Posix) => self.text("time -p "),
            None => {}
        }
        if pipeline.negated {
            self.text("! ");
        }
        for (index, command) in pipeline.commands.iter().enumerate() {
            if index > 0 {
                self.text(" |");
                let space = if self.flush_here_docs() { "  " } else { " " };
                self.text(space);
            }
            self.command(command);
        }
    }

    fn command(&mut self, command: &'a Command) {
        match &command.kind {
            CommandKind::Simple(simple) if begins_reserved(simple) => {
                for redirect in &command.redirects {
                    self.redirect(redirect);
                    self.out.push(b' ');
                }
                return self.simple(simple);
            }
            CommandKind::Simple(simple) => self.simple(simple),
            CommandKind::Declaration(declaration) => {
                self.assignments(&declaration.assignments);
                self.word(&declaration.name);
                for argument in &declaration.arguments {
                    self.out.push(b' ');
                    match argument {
                        Argument::Word(word) => self.word(word),
                        Argument::Assignment(assignment) => assignment_text(assignment, &mut self.out),
                    }
                }
            }
            CommandKind::BraceGroup(list) => self.brace_group(list),
            CommandKind::Subshell(list) => {
                self.text("( ");
                self.list(list);
                self.text(" )");
            }
            CommandKind::If(command) => self.clauses(&command.clauses, command.otherwise.as_ref()),
            CommandKind::Loop(command) => {
                self.text(if command.until { "until " } else { "while " });
                self.list(&command.condition);
                self.semicolon();
                self.text(" do");
                self.body(&command.body);
                self.text("done");
            }
            CommandKind::For(command) => self.for_words("for ", command),
            CommandKind::Select(command) => self.for_words("select ", command),
            CommandKind::ArithFor(command) => {
                self.text("for ((");
                for (index, section) in
                    [&command.init, &command.condition, &command.update].into_iter().enumerate()
                {
                    if index > 0 {
                        self.text("; ");
                    }
                    let text = word_text(section);
                    let blanks = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                    match text.get(blanks..) {
                        Some(text) if !text.is_empty() => self.out.extend_from_slice(text),
                        _ => self.out.push(b'1'),
                    }
                }
                self.text("))");
                self.do_group(&command.body);
            }
            CommandKind::Case(command) => self.case(command),
            CommandKind::Function(function) => {
                self.text("function ");
                self.function(function);
            }
            CommandKind::Cond(expression) => {
                self.text("[[ ");
                self.cond(expression);
                self.text(" ]]");
            }
            CommandKind::Arith(expression) => {
                self.text("((");
                self.word(expression);
                self.text("))");
            }
            CommandKind::Coproc(coproc) => {
                self.text("coproc ");
                self.out.extend_from_slice(&coproc.name);
                self.out.push(b' ');
                self.command(&coproc.body);
            }
        }
        self.redirects(command);
    }

    fn redirects(&mut self, command: &'a Command) {
        let bare = matches!(&command.kind, CommandKind::Simple(simple)
            if simple.words.is_empty() && simple.assignments.is_empty());
        for (index, redirect) in command.redirects.iter().enumerate() {
            if index > 0 || !bare {
                self.out.push(b' ');
            }
            self.redirect(redirect);
        }
    }

    fn simple(&mut self, simple: &SimpleCommand) {
        self.assignments(&simple.assignments);
        if simple.words.is_empty() && !simple.assignments.is_empty() {
            self.out.pop();
        }
        for (index, word) in simple.words.iter().enumerate() {
            if index > 0 {
                self.out.push(b' ');
            }
            self.word(word);
        }
    }

    /// Each assignment with a blank behind it.
    fn assignments(&mut self, assignments: &[Assignment]) {
        for assignment in assignments {
            assignment_text(assignment, &mut self.out);
            self.out.push(b' ');
        }
    }

    fn brace_group(&mut self, list: &'a List) {
        self.text("{ ");
        if self.in_function {
            self.indented(list);
            self.newline();
        } else {
            self.list(list);
            self.semicolon();
            self.out.push(b' ');
        }
        self.out.push(b'}');
    }

    /// A list on lines of its own, one level to the right.
    fn indented(&mut self, list: &'a List) {
        self.indent += INDENT;
        self.newline();
        self.list(list);
        self.indent -= INDENT;
    }

    /// The same with what a reserved word behind it needs.
    fn body(&mut self, list: &'a List) {
        self.indented(list);
        self.semicolon();
        self.newline();
    }

    fn do_group(&mut self, body: &'a List) {
        self.newline();
        self.text("do");
        self.body(body);
        self.text("done");
    }

    /// `if`; an `elif` is shown as an `if` in the `else`. This is a loop, for there may be many.
    fn clauses(&mut self, clauses: &'a [IfClause], otherwise: Option<&'a List>) {
        for (index, clause) in clauses.iter().enumerate() {
            if index > 0 {
                self.text("else");
                self.indent += INDENT;
                self.newline();
            }
            self.text("if ");
            self.list(&clause.condition);
            self.semicolon();
            self.text(" then");
            self.body(&clause.body);
        }
        if let Some(list) = otherwise {
            self.text("else");
            self.body(list);
        }
        self.text("fi");
        for _ in 1..clauses.len() {
            self.semicolon();
            self.indent -= INDENT;
            self.newline();
            self.text("fi");
        }
    }

    fn for_words(&mut self, keyword: &str, command: &'a ForCommand) {
        self.text(keyword);
        self.out.extend_from_slice(&command.variable);
        self.text(" in");
        match &command.words {
            None => self.text(" \"$@\""),
            Some(words) if words.is_empty() => self.out.push(b' '),
            Some(words) => {
                for word in words {
                    self.out.push(b' ');
                    self.word(word);
                }
            }
        }
        self.out.push(b';');
        self.do_group(&command.body);
    }

    fn case(&mut self, command: &'a CaseCommand) {
        self.text("case ");
        self.word(&command.word);
        self.text(" in ");
        self.indent += INDENT;
        for arm in &command.arms {
            self.newline();
            // An unprotected `esac` would end the command.
            if arm.patterns.first().is_some_and(|pattern| word_text(pattern) == b"esac") {
                self.out.push(b'(');
            }
            for (index, pattern) in arm.patterns.iter().enumerate() {
                if index > 0 {
                    self.text(" | ");
                }
                self.word(pattern);
            }
            self.out.push(b')');
            if arm.body.items.is_empty() {
                self.out.push(b'\n');
            } else {
                self.indented(&arm.body);
            }
            self.newline();
            self.text(match arm.end {
                CaseEnd::Break => ";;",
                CaseEnd::FallThrough => ";&",
                CaseEnd::TestNext => ";;&",
            });
        }
        self.indent -= INDENT;
        self.newline();
        self.text("esac");
    }

    /// A function definition, without the word `function`.
    fn function(&mut self, function: &'a FunctionDefinition) {
        let outer = std::mem::replace(&mut self.in_function, true);
        self.out.extend_from_slice(&function.name);
        self.text(" () ");
        self.newline();
        self.text("{ ");
        if let CommandKind::BraceGroup(list) = &function.body.kind {
            self.indented(list);
            self.newline();
            self.out.push(b'}');
            self.redirects(&function.body);
        } else {
            self.indent += INDENT;
            self.newline();
            self.command(&function.body);
            self.flush_here_docs();
            self.indent -= INDENT;
            self.newline();
            self.out.push(b'}');
        }
        self.in_function = outer;
    }

    fn redirect(&mut self, redirect: &'a Redirect) {
        let (default, operator, word) = match &redirect.kind {
            RedirectKind::Input(word) => (0, "< ", word),
            RedirectKind::Output(word) => (1, "> ", word),
            RedirectKind::Clobber(word) => (1, ">| ", word),
            RedirectKind::Append(word) => (1, ">> ", word),
            RedirectKind::ReadWrite(word) => (0, "<> ", word),
            RedirectKind::OutputBoth(word) => (1, "&> ", word),
            RedirectKind::AppendBoth(word) => (1, "&>> ", word),
            RedirectKind::HereString(word) => (0, "<<< ", word),
            RedirectKind::DuplicateInput(word) => return self.duplicate(&redirect.fd, 0, word),
            RedirectKind::DuplicateOutput(word) => return self.duplicate(&redirect.fd, 1, word),
            RedirectKind::HereDoc(here_doc) => {
                self.fd(&redirect.fd, 0);
                self.text(if here_doc.strip_tabs { "<<-" } else { "<<" });
                if here_doc.quoted {
                    single_quoted(&here_doc.delimiter, &mut self.out);
                } else {
                    if here_doc.delimiter.starts_with(b"-") {
                        self.out.push(b' ');
                    }
                    self.out.extend_from_slice(&here_doc.delimiter);
                }
                self.here_docs.push(here_doc);
                return;
            }
        };
        self.fd(&redirect.fd, default);
        self.text(operator);
        self.word(word);
    }

    /// The descriptor, unless it is the one that the operator means anyway.
    fn fd(&mut self, fd: &RedirectFd, default: u32) {
        match fd {
            RedirectFd::Number(number) if *number != default => self.text(&number.to_string()),
            RedirectFd::Number(_) | RedirectFd::Default => {}
            RedirectFd::Variable(name) => self.out.extend_from_slice(&[b"{", &**name, b"}"].concat()),
        }
    }

    /// `<&` and `>&`: with digits the descriptor is always shown, and closing is always `>&-`.
    fn duplicate(&mut self, fd: &RedirectFd, default: u32, word: &Word) {
        let text = word_text(word);
        let digits = text.strip_suffix(b"-").unwrap_or(&text);
        let fixed = digits.iter().all(u8::is_ascii_digit);
        match fd {
            RedirectFd::Default if fixed => self.text(&default.to_string()),
            fd => self.fd(fd, u32::MAX),
        }
        self.text(if default == 0 && text != b"-" { "<&" } else { ">&" });
        self.out.extend_from_slice(&text);
    }
}

/// Whether a command's first word would be a reserved word without the redirections before it.
fn begins_reserved(simple: &SimpleCommand) -> bool {
    simple.assignments.is_empty() && simple.words.first().and_then(bare).is_some_and(is_reserved)
}
