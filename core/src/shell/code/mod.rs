//! The shell's code: what the tree is compiled to, once, and what the interpreter runs.
//!
//! Code is a flat list of instructions for a machine with explicit stacks, so the interpreter never recurses
//! over a script and can stop at any instruction. The stacks:
//!
//! | stack | holds |
//! |---|---|
//! | arguments | the fields of the command that is being put together, as one run of bytes and their ends |
//! | words | text under construction, with what of it is quoted and what is to be split |
//! | strings | finished operands: assignment values, patterns, redirection targets, subscripts |
//! | numbers | arithmetic |
//! | scopes | loops and redirections that are open in a frame |
//! | frames | functions, sourced files, evals, traps |
//!
//! Whether `set -e` looks at a command's status is known when the command is compiled ([`Op::Check`]); a
//! function called from a condition inherits that from its caller's frame.

mod arith;
mod commands;
mod compile;
mod cond;
mod names;
mod params;
mod redirects;
mod simple;
mod words;

pub(super) use arith::{ArithCode, compile_arith};
pub(super) use compile::{compile_function, compile_program, compile_string, compile_words};
pub(super) use names::{FirstNames, Names, Symbol};

use super::syntax::ast::{
    CaseChange, Command, CondOperator, ConditionalOperator, FunctionDefinition, Program, ReplacePlace, Side,
    SpecialParameter, TimeFormat,
};
use std::rc::Rc;

/// Index into [`Code::texts`].
pub(super) type TextId = u32;
/// Index of an instruction.
pub(super) type Pc = u32;

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    // ---- words ----
    /// Begins a word.
    WordStart,
    /// Appends unquoted text: its glob characters count, it is not split.
    Literal(TextId),
    /// Appends unquoted text that came out of an expansion's operand: it is split, too.
    Splittable(TextId),
    /// Appends quoted text, maybe empty.
    Quoted(TextId),
    /// Appends the home directory of a user (an empty name is the own one), or the text itself.
    Tilde {
        user: TextId,
        /// It stands in an argument that looks like an assignment: not in POSIX mode.
        argument: bool,
    },
    /// Appends a parameter's value.
    Param {
        param: u32,
        quoted: bool,
    },
    /// Appends what an operation makes of a parameter's value; its operands are on the strings stack.
    ParamApply {
        apply: u32,
        quoted: bool,
    },
    /// `${p-w}` and its like: appends the value and jumps behind the operand, or goes on with the operand.
    ParamTest {
        test: u32,
        quoted: bool,
        end: Pc,
    },
    /// Behind the operand of `${p=w}`: assigns it (on the strings stack) and appends it.
    ParamAssign {
        test: u32,
        quoted: bool,
    },
    /// Behind the operand of `${p?w}`: fails with it.
    ParamFail {
        test: u32,
    },
    /// A `${…}` that means nothing.
    BadSubstitution(TextId),
    /// A text that does not parse: says what is wrong and fails with this status.
    SyntaxError {
        text: TextId,
        status: u8,
    },
    /// Appends the output of a command substitution.
    CommandSub {
        code: u32,
        quoted: bool,
        pure: bool,
    },
    /// Appends the contents of a file (`$(<file)`); its name is on the strings stack.
    FileSub {
        quoted: bool,
    },
    /// Appends the name of a pipe to or from a program.
    ProcessSub {
        code: u32,
        read: bool,
    },
    /// Appends the number on top of the numbers stack.
    ArithText {
        quoted: bool,
    },
    /// Ends the word: its fields become arguments, after splitting and pathname expansion.
    WordFields,
    /// Ends the word: one string.
    WordString,
    /// Ends the word: one string in which quoted characters are escaped for a pattern.
    WordPattern,
    /// Ends the word: one string in which quoted characters are escaped for a regular expression.
    WordRegex,
    /// A whole word of literal text becomes an argument.
    ArgText(TextId),
    /// A whole word `"$name"`.
    ArgQuotedVar(Symbol),
    /// A whole word `$name`.
    ArgVar(Symbol),
    /// Pushes a text on the strings stack.
    StringText(TextId),
    /// Pushes a variable's value on the strings stack (`x=$y`).
    StringVar(Symbol),

    // ---- simple commands ----
    /// The first argument of a command, whose name is known.
    CommandName {
        text: TextId,
        name: Symbol,
    },
    /// Begins the arguments of a command.
    CommandStart,
    /// A literal assignment argument of a declaration builtin: pops the value; the argument is `name=value`.
    ArgAssign(u32),
    /// Begins the elements of an array literal; they become arguments of their own list.
    ArrayStart,
    /// An element `[key]=value`: pops both.
    ArrayElement {
        append: bool,
    },
    /// Ends an array literal: assigns it.
    ArrayAssign {
        target: u32,
    },
    /// Ends an array literal that is an argument of a declaration builtin.
    ArrayArg {
        target: u32,
    },
    /// Assigns the string on top (and, below it, the subscript) to a variable.
    Assign {
        target: u32,
    },
    /// Assigns the number on top of the numbers stack (`x=$((…))`).
    AssignNumber(Symbol),
    /// Keeps an assignment for the command that follows it.
    PrefixAssign {
        target: u32,
    },
    /// Ends a command of assignments and redirections only: the status is that of the last substitution.
    AssignEnd,
    /// Begins a command of assignments only: no substitution has run yet.
    AssignBegin,
    /// Runs the command that the arguments make.
    Exec {
        tail: bool,
    },
    /// Behind the arguments of a command that has redirections: `set -x` shows it before they are made.
    TraceCommand,
    /// Begins redirections; on failure the status is 1 and execution goes on at `fail`.
    RedirectStart {
        fail: Pc,
    },
    /// Performs one; its operand is on the strings stack, or for a name, is the last arguments.
    Redirect(u32),
    /// Takes back the redirections.
    RedirectEnd,
    /// `set -e` and the ERR trap look at the status here.
    Check,
    /// Sets the status.
    Status(u8),
    /// What `set -x` shows of a compound command.
    Trace(TextId),

    // ---- control ----
    Jump(Pc),
    /// A jump backwards: other processes and signals get their turn.
    Repeat(Pc),
    /// Jumps when braces are not expanded (`set +B`).
    JumpNoBraces(Pc),
    JumpSuccess(Pc),
    JumpFailure(Pc),
    /// `!`
    Negate,
    /// A loop begins: where `break` and `continue` go.
    LoopStart {
        end: Pc,
        next: Pc,
    },
    LoopEnd,
    /// Keeps the status of a loop's body as the loop's.
    LoopStatus,
    /// Puts the kept status back.
    LoopResult,
    /// The arguments since `CommandStart` become the list of a `for`.
    ForStart,
    /// The positional parameters do.
    ForPositional,
    /// Assigns the next item, or jumps behind the loop.
    ForNext {
        name: Symbol,
        end: Pc,
    },
    ForEnd,
    /// Prints the menu of `select`, reads an answer, assigns.
    SelectNext {
        name: Symbol,
        end: Pc,
    },
    /// Compares the string on top with a pattern (popped), below it the word; jumps when it matches.
    CaseJump {
        to: Pc,
    },
    /// The same with a literal pattern.
    CaseTextJump {
        text: TextId,
        to: Pc,
    },
    /// Drops the word of a `case`.
    CaseEnd,
    DefineFunction(u32),
    Subshell {
        code: u32,
    },
    Pipeline {
        pipeline: u32,
    },
    Background {
        code: u32,
    },
    Coproc {
        code: u32,
        name: TextId,
    },
    TimeStart,
    TimeEnd(TimeFormat),
    /// Ends the frame.
    End,

    // ---- [[ ]] ----
    /// `-f x`: pops; sets the status.
    CondUnary(u8),
    /// `-v x`, `-R x`, `-o x` and a lone word are here too: pops; sets the status.
    CondWord,
    /// Pops right and left.
    CondBinary(CondOperator),
    /// Traces and ends a conditional command.
    CondEnd,

    // ---- arithmetic ----
    Number(i32),
    /// A number that does not fit: index into the numbers.
    BigNumber(u32),
    Load(Symbol),
    Store(Symbol),
    /// `++x`, `x--` …: the variable, what to add, and whether the value before is the result.
    Step {
        name: Symbol,
        add: i8,
        post: bool,
    },
    /// `a[i]`: pops the subscript string.
    LoadElement(Symbol),
    /// Pops the value and the subscript string.
    StoreElement(Symbol),
    /// Pushes an element's value again and keeps the subscript string.
    PeekElement(Symbol),
    /// Pushes a parameter's value, which must be a plain number, else the expression is evaluated as text.
    LoadParam {
        param: u32,
        text: Pc,
    },
    /// The same with a string from the strings stack.
    LoadString {
        text: Pc,
    },
    /// Pushes one of the numbers that were loaded since `ArithStart`.
    Pick(u32),
    /// Drops those; the result stays.
    ArithFinish,
    Unary(UnaryOp),
    Binary(BinaryOp),
    /// Pops; jumps when it is zero.
    JumpZero(Pc),
    JumpNonZero(Pc),
    /// Makes the top 0 or 1.
    Truth,
    Drop,
    Duplicate,
    /// Marks where an expression begins, for errors and for the way back from `LoadParam`.
    ArithStart,
    /// The text of the expression is on the strings stack: evaluates it.
    ArithEval,
    /// Begins an expression that is a command: when it means nothing, the status is 1 and execution goes on
    /// at `end`.
    ArithCommand {
        end: Pc,
    },
    /// Ends such an expression.
    ArithEnd,
    /// `(( ))`: pops; the status is 0 when it is not zero.
    ArithStatus,
}

impl Op {
    /// Whether `set -x` may show something at this instruction, besides the commands that `Exec` runs.
    pub(super) fn is_traced(self) -> bool {
        matches!(
            self,
            Op::Trace(_)
                | Op::TraceCommand
                | Op::Assign { .. }
                | Op::AssignNumber(_)
                | Op::PrefixAssign { .. }
                | Op::ArrayAssign { .. }
                | Op::ForNext { .. }
                | Op::CondUnary(_)
                | Op::CondBinary(_)
        )
    }
}

/// Arithmetic on one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UnaryOp {
    Negate,
    Not,
    Complement,
}

/// Arithmetic on two numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum BinaryOp {
    Power,
    Multiply,
    Divide,
    Remainder,
    Add,
    Subtract,
    ShiftLeft,
    ShiftRight,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    BitAnd,
    BitXor,
    BitOr,
}

/// A parameter as code names it.
#[derive(Clone, Debug)]
pub(super) struct Param {
    pub(super) what: ParamName,
    pub(super) subscript: SubscriptKind,
    /// `${!name}`.
    pub(super) indirect: bool,
    /// As it was written, for messages.
    pub(super) text: Box<[u8]>,
}

/// What a parameter is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ParamName {
    Var(Symbol),
    Positional(u32),
    Special(SpecialParameter),
}

/// What stands in the brackets behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SubscriptKind {
    None,
    All,
    Star,
    /// Its text is on the strings stack.
    Index,
}

/// `${p op operands}`: operands are on the strings stack in order.
#[derive(Clone, Debug)]
pub(super) struct Apply {
    pub(super) param: Param,
    pub(super) operation: Operation,
}

/// What is done with a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    Length,
    /// Names of variables with this prefix (the parameter's own name).
    Names {
        at: bool,
    },
    Keys,
    Remove {
        side: Side,
        longest: bool,
    },
    Replace {
        place: ReplacePlace,
        with: bool,
    },
    ChangeCase {
        change: CaseChange,
        all: bool,
        pattern: bool,
    },
    Substring {
        length: bool,
    },
    Transform(u8),
}

/// `${p-w}` and its like.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub(super) param: Param,
    pub(super) operator: ConditionalOperator,
    pub(super) colon: bool,
}

/// What an assignment assigns to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Target {
    pub(super) name: Symbol,
    pub(super) append: bool,
    /// A subscript is on the strings stack below the value.
    pub(super) subscript: bool,
    /// The name and the subscript as they were written, for messages.
    pub(super) written: TextId,
}

/// One redirection.
#[derive(Clone, Debug)]
pub(super) struct RedirectCode {
    pub(super) fd: RedirectTarget,
    pub(super) kind: RedirectOp,
    /// The operand as written, for `ambiguous redirect`.
    pub(super) text: Box<[u8]>,
    /// It is the command's last one.
    pub(super) last: bool,
}

/// The descriptor that a redirection changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RedirectTarget {
    Default,
    Number(u32),
    Variable(Symbol),
}

/// What a redirection does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RedirectOp {
    Input,
    Output,
    Clobber,
    Append,
    ReadWrite,
    DuplicateInput,
    DuplicateOutput,
    OutputBoth,
    AppendBoth,
    /// The text is the input (here-document and here-string).
    Text,
}

/// A pipeline of two and more commands.
#[derive(Debug)]
pub(super) struct PipelineCode {
    pub(super) stages: Vec<Rc<Code>>,
    /// Its text, for `jobs`.
    pub(super) text: Box<[u8]>,
}

/// Compiled code with its constants.
#[derive(Default, Debug)]
pub(super) struct Code {
    pub(super) ops: Vec<Op>,
    /// The line of each instruction.
    pub(super) lines: Vec<u32>,
    pub(super) texts: Vec<Rc<[u8]>>,
    pub(super) params: Vec<Param>,
    pub(super) applies: Vec<Apply>,
    pub(super) tests: Vec<Test>,
    pub(super) targets: Vec<Target>,
    pub(super) redirects: Vec<RedirectCode>,
    pub(super) codes: Vec<Rc<Code>>,
    pub(super) pipelines: Vec<PipelineCode>,
    pub(super) functions: Vec<(Symbol, Rc<FunctionDefinition>)>,
    pub(super) big_numbers: Vec<i64>,
    /// For instructions that can fail: the expression's text, and where in it the operand stands.
    pub(super) arith_notes: Vec<(Pc, TextId, u32)>,
    /// Its text, for `jobs`; filled for what can be a job.
    pub(super) text: Box<[u8]>,
    /// The texts of the simple commands and where each begins, in order: for BASH_COMMAND and messages.
    pub(super) command_texts: Vec<(Pc, Box<[u8]>)>,
    /// Keeps the tree alive that `declare -f` prints; functions refer to it.
    pub(super) source: Option<Rc<Program>>,
    /// The one command in it is simple: a child that runs it may become the program itself.
    pub(super) is_single_command: bool,
}

impl Code {
    /// Whether it holds nothing but its end.
    pub(in crate::shell) fn is_empty(&self) -> bool {
        self.ops.len() <= 1
    }

    /// The line of an instruction.
    pub(super) fn line(&self, pc: Pc) -> u32 {
        self.lines.get(pc as usize).or(self.lines.last()).copied().unwrap_or(1)
    }

    /// The text of the simple command to which an instruction belongs.
    pub(super) fn command_text(&self, pc: Pc) -> &[u8] {
        let behind = self.command_texts.partition_point(|(start, _)| *start <= pc);
        behind.checked_sub(1).and_then(|at| self.command_texts.get(at)).map_or(b"", |(_, text)| text)
    }
}

/// Where a command's text comes from.
pub(super) fn text_of(command: &Command) -> Box<[u8]> {
    super::syntax::command_text(command).into_boxed_slice()
}
