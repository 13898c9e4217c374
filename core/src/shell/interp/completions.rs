//! Completion specifications: what `complete` keeps for the arguments of commands.
//! <https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html>

use crate::shell::expand::quoting;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What can be completed by `-A NAME`, each with its own letter if it has one, in the order in which candidates come.
pub(crate) const ACTIONS: [(&str, Option<u8>); 24] = [
    ("alias", Some(b'a')),
    ("arrayvar", None),
    ("binding", None),
    ("builtin", Some(b'b')),
    ("disabled", None),
    ("enabled", None),
    ("export", Some(b'e')),
    ("function", None),
    ("helptopic", None),
    ("hostname", None),
    ("job", Some(b'j')),
    ("keyword", Some(b'k')),
    ("running", None),
    ("setopt", None),
    ("shopt", None),
    ("signal", None),
    ("stopped", None),
    ("variable", Some(b'v')),
    ("command", Some(b'c')),
    ("file", Some(b'f')),
    ("user", Some(b'u')),
    ("group", Some(b'g')),
    ("service", Some(b's')),
    ("directory", Some(b'd')),
];

/// The names of `-o`.
pub(crate) const OPTIONS: [&str; 8] =
    ["bashdefault", "default", "dirnames", "filenames", "noquote", "nosort", "nospace", "plusdirs"];

/// A set of names of one of the two tables.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct NameSet(u32);

impl NameSet {
    /// Whether the name at a place of its table is in it.
    pub(crate) fn at(self, index: usize) -> bool {
        self.0 >> index & 1 != 0
    }

    /// Puts it in or takes it out.
    pub(crate) fn set(&mut self, index: usize, on: bool) {
        self.0 = self.0 & !(1 << index) | u32::from(on) << index;
    }

    /// Whether an option of [`OPTIONS`] is in it.
    pub(crate) fn has_option(self, name: &str) -> bool {
        OPTIONS.iter().position(|own| *own == name).is_some_and(|index| self.at(index))
    }
}

/// Whose arguments are completed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Completed {
    /// Those of a command, by its name or path.
    Command(Vec<u8>),
    /// `-D`: those of every command without a specification.
    Default,
    /// `-E`: an empty line.
    Empty,
    /// `-I`: the command's name itself.
    Initial,
}

impl Completed {
    /// The name by which messages call it.
    pub(crate) fn message_name(&self) -> &[u8] {
        match self {
            Completed::Command(name) => name,
            Completed::Default => b"_DefaultCmD_",
            Completed::Empty => b"_EmptycmD_",
            Completed::Initial => b"_InitialWorD_",
        }
    }

    /// How the command line of `complete` names it.
    pub(crate) fn operand(&self) -> Vec<u8> {
        match self {
            Completed::Command(name) => quoting::if_needed(name),
            Completed::Default => b"-D".to_vec(),
            Completed::Empty => b"-E".to_vec(),
            Completed::Initial => b"-I".to_vec(),
        }
    }
}

/// What is generated, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct CompletionSpec {
    pub(crate) options: NameSet,
    pub(crate) actions: NameSet,
    /// `-G`
    pub(crate) pattern: Option<Vec<u8>>,
    /// `-W`
    pub(crate) words: Option<Vec<u8>>,
    /// `-F`
    pub(crate) function: Option<Vec<u8>>,
    /// `-C`
    pub(crate) command: Option<Vec<u8>>,
    /// `-X`
    pub(crate) filter: Option<Vec<u8>>,
    /// `-P`
    pub(crate) prefix: Option<Vec<u8>>,
    /// `-S`
    pub(crate) suffix: Option<Vec<u8>>,
}

impl CompletionSpec {
    /// The command line that makes it.
    pub(crate) fn command_line(&self, of: &Completed) -> Vec<u8> {
        let mut line = b"complete".to_vec();
        let mut add = |parts: &[&[u8]]| line.extend_from_slice(&parts.concat());
        for (index, name) in OPTIONS.iter().enumerate().filter(|(index, _)| self.options.at(*index)) {
            let _ = index;
            add(&[b" -o ", name.as_bytes()]);
        }
        let chosen =
            || ACTIONS.iter().enumerate().filter(|(index, _)| self.actions.at(*index)).map(|row| row.1);
        let mut letters: Vec<u8> = chosen().filter_map(|(_, letter)| *letter).collect();
        letters.sort_unstable();
        letters.iter().for_each(|letter| add(&[b" -", &[*letter]]));
        chosen()
            .filter(|(_, letter)| letter.is_none())
            .for_each(|(name, _)| add(&[b" -A ", name.as_bytes()]));
        let quoted = [
            (b'G', &self.pattern),
            (b'W', &self.words),
            (b'P', &self.prefix),
            (b'S', &self.suffix),
            (b'X', &self.filter),
            (b'C', &self.command),
        ];
        for (letter, value) in quoted {
            if let Some(value) = value {
                add(&[b" -", &[letter], b" ", &quoting::single(value)]);
            }
        }
        if let Some(function) = &self.function {
            add(&[b" -F ", function]);
        }
        add(&[b" ", &of.operand()]);
        line
    }
}

/// All specifications of a shell.
pub(crate) type Completions = BTreeMap<Completed, Rc<CompletionSpec>>;
