//! The tree of a shell program: what the parser makes, the compiler reads and the printer prints.
//!
//! Nothing is lost that `declare -f` shows, and long inputs give wide nodes, not deep ones: lists,
//! pipelines, `&&` chains and `elif` chains are vectors, so depth is bounded by the nesting in the text
//! (`abi::limits::SHELL_NESTING_MAX`). Bytes need not be UTF-8.

mod word;

pub use word::{
    ArithExpansion, CaseChange, CommandSub, CommandSubStyle, ConditionalOperator, ParamExpansion,
    ParamOperation, Parameter, ProcessSub, ProcessSubDirection, ReplacePlace, Side, SpecialParameter,
    Unreadable, Word, WordFlags, WordPart,
};

use std::cell::OnceCell;
use std::rc::Rc;

use super::SyntaxError;

/// A name of a variable, a function or a coprocess. Shared, since code and tables keep it.
pub type Name = Rc<[u8]>;

/// Where something stands in the text that the parser was given: byte offsets, the end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

/// A parsed piece of text: one line of a script, a whole file, or the inside of a substitution.
#[derive(Debug, Default)]
pub struct Program {
    /// What to run; empty for a blank line or a comment.
    pub body: List,
    /// Only in a backquoted substitution, whose errors show when it runs: what is wrong behind `body`.
    pub error: Option<Box<SyntaxError>>,
}

/// Commands one after another (POSIX: *list* and *compound list*).
#[derive(Debug, Default)]
pub struct List {
    /// The commands in order. Only the body of a `case` arm, of `$( )` and of a whole program may be empty.
    pub items: Vec<ListItem>,
}

/// An and-or list and what ends it.
#[derive(Debug)]
pub struct ListItem {
    /// The commands.
    pub and_or: AndOr,
    /// What stands behind them.
    pub terminator: Terminator,
}

/// What ends an and-or list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Terminator {
    /// `;`, or nothing at the end of a list.
    Semicolon,
    /// A newline. Runs as `;` does; only the printer tells them apart.
    Newline,
    /// `&`: run in the background.
    Background,
}

/// Pipelines joined by `&&` and `||`, which have one precedence and associate to the left.
#[derive(Debug)]
pub struct AndOr {
    /// The pipeline that always runs.
    pub first: Pipeline,
    /// The others, each with the operator before it.
    pub rest: Vec<(AndOrOperator, Pipeline)>,
}

/// `&&` or `||`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AndOrOperator {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands joined by `|`. `a |& b` is kept as `a 2>&1 | b`, as bash does.
#[derive(Debug, Default)]
pub struct Pipeline {
    /// An odd number of `!` stands before it.
    pub negated: bool,
    /// `time` or `time -p` stands before it.
    pub timed: Option<TimeFormat>,
    /// The commands; none for a bare `!` or `time`, which are a success (negated: a failure).
    pub commands: Vec<Command>,
}

/// How the reserved word `time` reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeFormat {
    /// As `TIMEFORMAT` says.
    Default,
    /// `time -p`: POSIX's three lines.
    Posix,
}

/// One command with its redirections.
#[derive(Debug)]
pub struct Command {
    /// What it is.
    pub kind: CommandKind,
    /// Its redirections in source order, those between the words of a simple command too.
    pub redirects: Vec<Redirect>,
    /// Line of its first token, from 1: the value of `LINENO` in it.
    pub line: u32,
    /// Its text.
    pub span: Span,
}

/// The kinds of command.
#[derive(Debug)]
pub enum CommandKind {
    /// Words and assignments; with neither, only redirections.
    Simple(Box<SimpleCommand>),
    /// `declare`, `typeset`, `local`, `export`, `readonly` or `alias` written out: its arguments may be assignments,
    /// array literals included.
    Declaration(Box<DeclarationCommand>),
    /// `{ list; }`
    BraceGroup(Box<List>),
    /// `( list )`
    Subshell(Box<List>),
    /// `if … fi`
    If(Box<IfCommand>),
    /// `while … done` and `until … done`
    Loop(Box<LoopCommand>),
    /// `for name in words; do … done`
    For(Box<ForCommand>),
    /// `for (( … )); do … done`
    ArithFor(Box<ArithForCommand>),
    /// `select name in words; do … done`
    Select(Box<ForCommand>),
    /// `case word in … esac`
    Case(Box<CaseCommand>),
    /// `name () compound`, `function name compound`
    Function(Box<FunctionDefinition>),
    /// `[[ expression ]]`
    Cond(Box<CondExpr>),
    /// `(( expression ))`
    Arith(Box<Word>),
    /// `coproc [name] command`
    Coproc(Box<CoprocCommand>),
}

/// A simple command (POSIX XCU 2.9.1).
#[derive(Debug, Default)]
pub struct SimpleCommand {
    /// The assignments before the command word.
    pub assignments: Vec<Assignment>,
    /// The command word and its arguments.
    pub words: Vec<Word>,
}

/// A simple command whose command word is literally a declaration builtin.
#[derive(Debug)]
pub struct DeclarationCommand {
    /// The assignments before the command word.
    pub assignments: Vec<Assignment>,
    /// The command word: plain.
    pub name: Word,
    /// Options, names and assignments.
    pub arguments: Vec<Argument>,
}

/// An argument of a declaration builtin.
#[derive(Debug)]
pub enum Argument {
    /// An ordinary word, expanded as in any command.
    Word(Word),
    /// It looks like an assignment: no splitting, no pathname expansion, tildes as in assignments.
    Assignment(Assignment),
}

/// `name=value`, `name[subscript]+=value`, `name=(elements)`.
#[derive(Debug)]
pub struct Assignment {
    /// The variable.
    pub name: Name,
    /// Between `[` and `]`.
    pub subscript: Option<Subscript>,
    /// `+=` instead of `=`.
    pub append: bool,
    /// The right side.
    pub value: AssignmentValue,
    /// Its text, the name included.
    pub span: Span,
}

/// The right side of an assignment.
#[derive(Debug)]
pub enum AssignmentValue {
    /// One word, maybe empty.
    Scalar(Word),
    /// `( … )`
    Array(Vec<ArrayElement>),
}

/// One element of an array literal.
#[derive(Debug)]
pub struct ArrayElement {
    /// `[subscript]=` before it; without it, the word may expand to several elements.
    pub subscript: Option<Subscript>,
    /// `[subscript]+=`
    pub append: bool,
    /// The value.
    pub value: Word,
}

/// What stands between `[` and `]` behind a variable's name.
#[derive(Debug)]
pub enum Subscript {
    /// `[@]`
    All,
    /// `[*]`
    Star,
    /// A key of an associative array, or an arithmetic expression for an indexed one: the parser cannot know.
    Index(Box<Word>),
}

/// `if`: each `elif` is one more clause.
#[derive(Debug)]
pub struct IfCommand {
    /// Conditions and what to run when they succeed; at least one.
    pub clauses: Vec<IfClause>,
    /// `else`
    pub otherwise: Option<List>,
}

/// One `if` or `elif` with its `then`.
#[derive(Debug, Default)]
pub struct IfClause {
    /// The condition.
    pub condition: List,
    /// What runs when it succeeds.
    pub body: List,
}

/// `while` and `until`.
#[derive(Debug)]
pub struct LoopCommand {
    /// `until`: run while the condition fails.
    pub until: bool,
    /// The condition.
    pub condition: List,
    /// The body.
    pub body: List,
}

/// `for` over words, and `select`.
#[derive(Debug)]
pub struct ForCommand {
    /// The variable. The parser takes any word, as bash does; running it complains about a bad name.
    pub variable: Name,
    /// The words behind `in`; without `in`, the positional parameters.
    pub words: Option<Vec<Word>>,
    /// The body.
    pub body: List,
}

/// `for (( init; condition; update ))`.
#[derive(Debug)]
pub struct ArithForCommand {
    /// Evaluated once; may be empty, as may the others.
    pub init: Word,
    /// Evaluated before each round; empty is true.
    pub condition: Word,
    /// Evaluated after each round.
    pub update: Word,
    /// The body.
    pub body: List,
}

/// `case`.
#[derive(Debug)]
pub struct CaseCommand {
    /// The word that is matched.
    pub word: Word,
    /// The arms in order.
    pub arms: Vec<CaseArm>,
}

/// One arm of a `case`.
#[derive(Debug)]
pub struct CaseArm {
    /// The patterns; at least one.
    pub patterns: Vec<Word>,
    /// What runs when one matches; may be empty.
    pub body: List,
    /// How the arm ends.
    pub end: CaseEnd,
}

/// How an arm of a `case` ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseEnd {
    /// `;;`, or nothing before `esac`.
    Break,
    /// `;&`: run the next arm's body.
    FallThrough,
    /// `;;&`: test the next arms' patterns.
    TestNext,
}

/// A function definition. Its redirections are those of its body, and are performed at each call.
#[derive(Debug)]
pub struct FunctionDefinition {
    /// The name as it is written; the parser takes any word, as bash does, and running it complains about one with
    /// quotes or expansions.
    pub name: Name,
    /// A compound command.
    pub body: Rc<Command>,
}

/// `coproc`.
#[derive(Debug)]
pub struct CoprocCommand {
    /// The array that gets the descriptors: `COPROC` when none is written.
    pub name: Name,
    /// What runs.
    pub body: Command,
}

/// An expression of `[[ ]]`.
#[derive(Debug)]
pub enum CondExpr {
    /// `! expr`
    Not(Box<CondExpr>),
    /// `a && b && …`: at least two.
    And(Vec<CondExpr>),
    /// `a || b || …`: at least two.
    Or(Vec<CondExpr>),
    /// `( expr )`
    Group(Box<CondExpr>),
    /// A word alone: it is not empty.
    Word(Word),
    /// `-f word`: the operator's letter.
    Unary(u8, Word),
    /// `left op right`
    Binary(Box<CondBinary>),
}

/// A binary test of `[[ ]]`.
#[derive(Debug)]
pub struct CondBinary {
    /// Left operand.
    pub left: Word,
    /// Operator.
    pub operator: CondOperator,
    /// Right operand: a pattern, a regular expression, an arithmetic expression or a word, as the operator says.
    /// In a pattern or regular expression, quoted parts stand for themselves.
    pub right: Word,
}

/// The binary operators of `[[ ]]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CondOperator {
    /// `==`: matches a pattern.
    Matches,
    /// `=`: the same.
    MatchesPosix,
    /// `!=`: does not match a pattern.
    Differs,
    /// `=~`: matches a regular expression.
    Regex,
    /// `<`: sorts before.
    Before,
    /// `>`: sorts after.
    After,
    /// `-eq`
    Equal,
    /// `-ne`
    NotEqual,
    /// `-lt`
    Less,
    /// `-le`
    LessEqual,
    /// `-gt`
    Greater,
    /// `-ge`
    GreaterEqual,
    /// `-nt`: newer file.
    Newer,
    /// `-ot`: older file.
    Older,
    /// `-ef`: same file.
    SameFile,
}

impl CondOperator {
    /// How it is written.
    pub fn text(self) -> &'static str {
        match self {
            CondOperator::Matches => "==",
            CondOperator::MatchesPosix => "=",
            CondOperator::Differs => "!=",
            CondOperator::Regex => "=~",
            CondOperator::Before => "<",
            CondOperator::After => ">",
            CondOperator::Equal => "-eq",
            CondOperator::NotEqual => "-ne",
            CondOperator::Less => "-lt",
            CondOperator::LessEqual => "-le",
            CondOperator::Greater => "-gt",
            CondOperator::GreaterEqual => "-ge",
            CondOperator::Newer => "-nt",
            CondOperator::Older => "-ot",
            CondOperator::SameFile => "-ef",
        }
    }
}

/// A redirection (POSIX XCU 2.7).
#[derive(Debug)]
pub struct Redirect {
    /// The descriptor that changes.
    pub fd: RedirectFd,
    /// What becomes of it.
    pub kind: RedirectKind,
    /// Line of the operator, from 1.
    pub line: u32,
}

/// The descriptor that a redirection changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RedirectFd {
    /// 0 or 1, as the operator says; 1 and 2 for `&>` and `&>>`.
    Default,
    /// Written as digits.
    Number(u32),
    /// `{name}`: a new descriptor from 10 on, its number assigned to the variable.
    Variable(Name),
}

/// The kinds of redirection, each with its operand.
#[derive(Debug)]
pub enum RedirectKind {
    /// `<`
    Input(Word),
    /// `>`
    Output(Word),
    /// `>|`: overwrite even under `noclobber`.
    Clobber(Word),
    /// `>>`
    Append(Word),
    /// `<>`
    ReadWrite(Word),
    /// `<&`: the word expands to digits, digits with `-` (move), or `-` (close).
    DuplicateInput(Word),
    /// `>&`: the same; with any other word and no descriptor it is `&>`.
    DuplicateOutput(Word),
    /// `&>`: standard output and error.
    OutputBoth(Word),
    /// `&>>`
    AppendBoth(Word),
    /// `<<` and `<<-`
    HereDoc(Rc<HereDoc>),
    /// `<<<`
    HereString(Word),
}

/// A here-document. It is shared because its body is read after the line it stands in.
#[derive(Debug)]
pub struct HereDoc {
    /// The delimiter, quotes removed.
    pub delimiter: Box<[u8]>,
    /// The delimiter was quoted: the body is literal.
    pub quoted: bool,
    /// `<<-`: tabs at the starts of lines are removed (they are gone from the body).
    pub strip_tabs: bool,
    /// Line of the operator, from 1.
    pub line: u32,
    /// Filled once the body has been read; parts as in double quotes. See [`HereDoc::body`].
    pub(super) body: OnceCell<Word>,
}

impl HereDoc {
    /// The text, with its final newline.
    pub fn body(&self) -> &Word {
        const EMPTY: &Word = &Word::EMPTY;
        self.body.get().unwrap_or(EMPTY)
    }
}
