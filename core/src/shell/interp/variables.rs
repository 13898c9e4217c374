//! Shell variables: values, attributes, scopes.
//!
//! A variable is a slot found by its symbol. Dynamic scope is shallow binding: `local` puts the old value on
//! the function's frame and the frame puts it back when it ends, so a look-up costs the same at any depth.

use super::{Shell, Stop};
use crate::program::locale::is_utf8_of;
use crate::shell::code::Symbol;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a variable holds.
#[derive(Clone, Default, Debug)]
pub(crate) enum Value {
    /// Nothing: it is not set.
    #[default]
    Unset,
    /// Text.
    Text(Rc<Vec<u8>>),
    /// A number, whose text is its decimal form: what arithmetic has assigned.
    Number(i64),
    /// An indexed array.
    Indexed(Rc<BTreeMap<u64, Vec<u8>>>),
    /// An associative array.
    Assoc(Rc<Assoc>),
}

/// An associative array. Its order is that of bash's hash table, which scripts' output shows.
#[derive(Clone, Default, Debug)]
pub(crate) struct Assoc {
    entries: BTreeMap<Vec<u8>, (u64, Vec<u8>)>,
    serial: u64,
}

impl Assoc {
    pub(crate) fn get(&self, key: &[u8]) -> Option<&Vec<u8>> {
        self.entries.get(key).map(|(_, value)| value)
    }

    pub(crate) fn set(&mut self, key: &[u8], value: Vec<u8>) {
        match self.entries.get_mut(key) {
            Some(entry) => entry.1 = value,
            None => {
                self.serial += 1;
                self.entries.insert(key.to_vec(), (self.serial, value));
            }
        }
    }

    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.entries.remove(key);
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Keys and values in the order in which bash gives them: by the bucket of the key's FNV-1 hash, in a
    /// bucket the newest first.
    pub(crate) fn sorted(&self) -> Vec<(&[u8], &[u8])> {
        let hash = |key: &[u8]| {
            key.iter().fold(2_166_136_261_u32, |hash, &byte| hash.wrapping_mul(16_777_619) ^ u32::from(byte))
        };
        let mut buckets = 1024_u32;
        while self.entries.len() as u64 > u64::from(buckets) * 2 {
            buckets *= 4;
        }
        let mut all: Vec<_> = self.entries.iter().collect();
        all.sort_by_key(|(key, (serial, _))| (hash(key) & (buckets - 1), u64::MAX - serial));
        all.into_iter().map(|(key, (_, value))| (key.as_slice(), value.as_slice())).collect()
    }
}

/// A variable's attributes, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Attributes(u16);

impl Attributes {
    pub(crate) const EXPORT: Attributes = Attributes(1);
    pub(crate) const READONLY: Attributes = Attributes(2);
    pub(crate) const INTEGER: Attributes = Attributes(4);
    pub(crate) const LOWER: Attributes = Attributes(8);
    pub(crate) const UPPER: Attributes = Attributes(16);
    pub(crate) const NAMEREF: Attributes = Attributes(32);
    pub(crate) const INDEXED: Attributes = Attributes(64);
    pub(crate) const ASSOC: Attributes = Attributes(128);
    /// Its value is made when it is asked for.
    pub(crate) const SPECIAL: Attributes = Attributes(256);
    /// The shell acts when it changes.
    pub(crate) const WATCHED: Attributes = Attributes(512);
    /// `declare -t`.
    pub(crate) const TRACE: Attributes = Attributes(1024);
    /// It was declared, maybe without a value.
    pub(crate) const DECLARED: Attributes = Attributes(2048);
    /// `declare -c`: the first letter is upper case, the others are lower case.
    pub(crate) const CAPITAL: Attributes = Attributes(4096);
    /// Those that change the case of a value; a variable has one of them.
    pub(crate) const CASES: Attributes = Attributes::LOWER.with(Attributes::UPPER).with(Attributes::CAPITAL);

    pub(crate) const fn has(self, any_of: Attributes) -> bool {
        self.0 & any_of.0 != 0
    }

    pub(crate) fn set(&mut self, which: Attributes, on: bool) {
        if on {
            self.0 |= which.0;
        } else {
            self.0 &= !which.0;
        }
    }

    /// How many of these it has.
    pub(crate) const fn count(self, of: Attributes) -> u32 {
        (self.0 & of.0).count_ones()
    }

    /// What a local variable has from the start: what the shell itself needs.
    pub(crate) const fn kept_for_local(self) -> Attributes {
        Attributes(self.0 & Attributes::WATCHED.0)
    }

    pub(crate) const fn with(self, other: Attributes) -> Attributes {
        Attributes(self.0 | other.0)
    }
}

/// A variable.
#[derive(Clone, Default, Debug)]
pub(crate) struct Var {
    pub(crate) value: Value,
    pub(crate) attributes: Attributes,
}

impl Var {
    /// Whether it has a value (of an array: any element).
    pub(crate) fn is_set(&self) -> bool {
        match &self.value {
            Value::Unset => self.attributes.has(Attributes::SPECIAL),
            Value::Indexed(array) => !array.is_empty(),
            Value::Assoc(array) => array.len() > 0,
            Value::Text(_) | Value::Number(_) => true,
        }
    }

    /// Whether `declare -p` knows it.
    pub(crate) fn exists(&self) -> bool {
        !matches!(self.value, Value::Unset) || self.attributes != Attributes::default()
    }

    pub(crate) fn is_array(&self) -> bool {
        matches!(self.value, Value::Indexed(_) | Value::Assoc(_))
            || self.attributes.has(Attributes::INDEXED.with(Attributes::ASSOC))
    }

    pub(crate) fn is_assoc(&self) -> bool {
        matches!(self.value, Value::Assoc(_)) || self.attributes.has(Attributes::ASSOC)
    }
}

/// Symbols that the shell itself knows. They are interned first, in this order.
macro_rules! known {
    ($($constant:ident = $name:literal),* $(,)?) => {
        /// Their names in order of their symbols.
        pub(crate) const KNOWN: &[&str] = &[$($name),*];

        /// Their symbols.
        #[allow(dead_code, reason = "the names are known even where only the numbering needs them")]
        pub(crate) mod known {
            use crate::shell::code::Symbol;
            known!(@constants 0u32; $($constant,)*);
        }
    };
    (@constants $at:expr; $first:ident, $($rest:ident,)*) => {
        pub(crate) const $first: Symbol = Symbol::fixed($at);
        known!(@constants $at + 1; $($rest,)*);
    };
    (@constants $at:expr;) => {};
}

known! {
    IFS = "IFS",
    PATH = "PATH",
    HOME = "HOME",
    PWD = "PWD",
    OLDPWD = "OLDPWD",
    PS4 = "PS4",
    REPLY = "REPLY",
    OPTIND = "OPTIND",
    OPTARG = "OPTARG",
    OPTERR = "OPTERR",
    RANDOM = "RANDOM",
    SRANDOM = "SRANDOM",
    SECONDS = "SECONDS",
    LINENO = "LINENO",
    EPOCHSECONDS = "EPOCHSECONDS",
    EPOCHREALTIME = "EPOCHREALTIME",
    BASHPID = "BASHPID",
    BASH_SUBSHELL = "BASH_SUBSHELL",
    BASH_COMMAND = "BASH_COMMAND",
    FUNCNAME = "FUNCNAME",
    BASH_SOURCE = "BASH_SOURCE",
    BASH_LINENO = "BASH_LINENO",
    PIPESTATUS = "PIPESTATUS",
    DIRSTACK = "DIRSTACK",
    GROUPS = "GROUPS",
    UNDERSCORE = "_",
    BASH_REMATCH = "BASH_REMATCH",
    COLUMNS = "COLUMNS",
    LINES = "LINES",
    PS1 = "PS1",
    PS2 = "PS2",
    PS3 = "PS3",
    PROMPT_COMMAND = "PROMPT_COMMAND",
    CDPATH = "CDPATH",
    GLOBIGNORE = "GLOBIGNORE",
    TIMEFORMAT = "TIMEFORMAT",
    SHLVL = "SHLVL",
    HISTCMD = "HISTCMD",
    MAPFILE = "MAPFILE",
    BASH_ARGV0 = "BASH_ARGV0",
    POSIXLY_CORRECT = "POSIXLY_CORRECT",
    BASHOPTS = "BASHOPTS",
    SHELLOPTS = "SHELLOPTS",
    COPROC = "COPROC",
    INSIDE_EMACS = "INSIDE_EMACS",
    FUNCNEST = "FUNCNEST",
    LC_ALL = "LC_ALL",
    LC_CTYPE = "LC_CTYPE",
    LANG = "LANG",
    BASH_XTRACEFD = "BASH_XTRACEFD",
}

/// How many namerefs are followed, one after another.
const NAMEREFS_MAX: usize = 8;

impl Shell {
    pub(crate) fn var(&self, name: Symbol) -> &Var {
        const NONE: &Var = &Var { value: Value::Unset, attributes: Attributes(0) };
        self.vars.get(name.index()).unwrap_or(NONE)
    }

    pub(crate) fn var_mut(&mut self, name: Symbol) -> &mut Var {
        let vars = Rc::make_mut(&mut self.vars);
        if vars.len() <= name.index() {
            vars.resize_with(name.index() + 1, Var::default);
        }
        &mut vars[name.index()]
    }

    /// The variable that a name means, over namerefs.
    pub(crate) fn follow(&self, name: Symbol) -> Symbol {
        self.referred(name).unwrap_or(name)
    }

    /// The same; `None` when namerefs refer to each other in a circle.
    pub(crate) fn referred(&self, name: Symbol) -> Option<Symbol> {
        let mut name = name;
        for _ in 0..NAMEREFS_MAX {
            let var = self.var(name);
            if !var.attributes.has(Attributes::NAMEREF) {
                return Some(name);
            }
            match &var.value {
                Value::Text(target) if !target.is_empty() && !target.contains(&b'[') => {
                    name = self.names.borrow_mut().intern(target);
                }
                _ => return Some(name),
            }
        }
        None
    }

    /// Assigns text as it is: no attribute is looked at but that the environment changes.
    pub(crate) fn set_text(&mut self, name: Symbol, text: &[u8]) {
        let var = self.var_mut(name);
        var.value = Value::Text(Rc::new(text.to_vec()));
        let attributes = var.attributes;
        self.changed(name, attributes);
    }

    /// What has to happen when a variable was changed.
    pub(crate) fn changed(&mut self, name: Symbol, attributes: Attributes) {
        if attributes.has(Attributes::EXPORT) {
            self.environment = None;
        }
        if attributes.has(Attributes::WATCHED) {
            self.watched_changed(name);
        }
    }

    fn watched_changed(&mut self, name: Symbol) {
        match name {
            known::IFS => {
                self.ifs = match &self.var(name).value {
                    Value::Unset => Rc::from(&b" \t\n"[..]),
                    _ => Rc::from(self.text(name).unwrap_or_default()),
                };
            }
            known::PATH => self.command_paths = Rc::default(),
            known::POSIXLY_CORRECT => self.options.posix = !matches!(self.var(name).value, Value::Unset),
            known::OPTIND => self.getopts_position = 0,
            known::LC_ALL | known::LC_CTYPE | known::LANG => {
                let values = [known::LC_ALL, known::LC_CTYPE, known::LANG];
                self.utf8 = is_utf8_of(values.into_iter().filter_map(|name| self.text(name)));
            }
            known::BASH_XTRACEFD => self.trace_fd_is_new = true,
            _ => {}
        }
    }

    /// A variable's text; of an array, of element 0. Special variables are the interpreter's.
    pub(crate) fn text(&self, name: Symbol) -> Option<Vec<u8>> {
        match &self.var(name).value {
            Value::Unset => None,
            Value::Text(text) => Some(text.to_vec()),
            Value::Number(number) => Some(number.to_string().into_bytes()),
            Value::Indexed(array) => array.get(&0).cloned(),
            Value::Assoc(array) => array.get(b"0").cloned(),
        }
    }

    /// A variable's text by name, as the environment of the shell has it.
    pub(crate) fn text_of(&self, name: &[u8]) -> Option<Vec<u8>> {
        let symbol = self.names.borrow().find(name)?;
        self.text(self.follow(symbol))
    }

    /// Unsets a variable. Readonly ones stay.
    pub(crate) fn unset_var(&mut self, name: Symbol) -> Result<(), Stop> {
        if self.var(name).attributes.has(Attributes::READONLY) {
            return Err(Stop::Failed(1));
        }
        let var = self.var_mut(name);
        let attributes = var.attributes;
        var.value = Value::Unset;
        // IFS and its like stay watched; special ones lose what made them so.
        var.attributes =
            if attributes.has(Attributes::WATCHED) { Attributes::WATCHED } else { Attributes::default() };
        self.changed(name, attributes);
        Ok(())
    }

    /// The environment that commands get.
    pub(crate) fn exported(&mut self) -> Rc<[Vec<u8>]> {
        if let Some(environment) = &self.environment {
            return Rc::clone(environment);
        }
        let mut list = Vec::new();
        for (at, var) in self.vars.iter().enumerate() {
            if !var.attributes.has(Attributes::EXPORT) || var.is_array() || matches!(var.value, Value::Unset)
            {
                continue;
            }
            let symbol = Symbol::fixed(at as u32);
            let mut entry = self.names.borrow().name(symbol).to_vec();
            entry.push(b'=');
            entry.extend_from_slice(&self.text(symbol).unwrap_or_default());
            list.push(entry);
        }
        for (at, function) in self.functions.iter().enumerate() {
            if let Some(function) = function.as_ref().filter(|function| function.exported) {
                let name = self.names.borrow().name(Symbol::fixed(at as u32));
                let text = crate::shell::syntax::function_text(&function.definition);
                let body = text
                    .iter()
                    .position(|&byte| byte == b'(')
                    .and_then(|at| text.get(at..))
                    .unwrap_or_default();
                list.push([b"BASH_FUNC_", &name[..], b"%%=", body].concat());
            }
        }
        let environment: Rc<[Vec<u8>]> = Rc::from(list);
        self.environment = Some(Rc::clone(&environment));
        environment
    }
}

/// A number's decimal text without an allocation.
#[derive(Default)]
pub(crate) struct NumberText([u8; 20]);

impl NumberText {
    pub(crate) fn of(&mut self, number: i64) -> &[u8] {
        let mut at = self.0.len();
        let mut rest = number.unsigned_abs();
        loop {
            at -= 1;
            self.0[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            at -= 1;
            self.0[at] = b'-';
        }
        &self.0[at..]
    }
}
