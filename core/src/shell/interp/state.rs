//! The shell's state: what a subshell inherits, and the options.

use super::builtin::Builtin;
use super::traps::Traps;
use super::variables::{Attributes, KNOWN, Value, Var, known};
use crate::abi::{Fd, SortedMap};
use crate::shell::code::{Code, FirstNames, Names, Symbol};
use crate::shell::syntax::ast::FunctionDefinition;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// A function.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) definition: Rc<FunctionDefinition>,
    pub(crate) code: Rc<Code>,
    /// Where it was defined.
    pub(crate) source: Rc<[u8]>,
    pub(crate) exported: bool,
    pub(crate) readonly: bool,
}

/// The options of `set`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names are those of `set -o`")]
pub(crate) struct Options {
    pub(crate) allexport: bool,
    pub(crate) braceexpand: bool,
    pub(crate) errexit: bool,
    pub(crate) errtrace: bool,
    pub(crate) functrace: bool,
    pub(crate) hashall: bool,
    pub(crate) histexpand: bool,
    pub(crate) history: bool,
    pub(crate) ignoreeof: bool,
    pub(crate) interactive_comments: bool,
    pub(crate) keyword: bool,
    pub(crate) monitor: bool,
    pub(crate) noclobber: bool,
    pub(crate) noexec: bool,
    pub(crate) noglob: bool,
    pub(crate) nolog: bool,
    pub(crate) notify: bool,
    pub(crate) nounset: bool,
    pub(crate) onecmd: bool,
    pub(crate) physical: bool,
    pub(crate) pipefail: bool,
    pub(crate) posix: bool,
    pub(crate) privileged: bool,
    pub(crate) verbose: bool,
    pub(crate) vi: bool,
    pub(crate) emacs: bool,
    pub(crate) xtrace: bool,
    /// Not an option of `set`: `-i`.
    pub(crate) interactive: bool,
    /// `-c`
    pub(crate) command_string: bool,
    /// `-s`
    pub(crate) stdin: bool,
    /// A login shell.
    pub(crate) login: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            allexport: false,
            braceexpand: true,
            errexit: false,
            errtrace: false,
            functrace: false,
            hashall: true,
            histexpand: false,
            history: false,
            ignoreeof: false,
            interactive_comments: true,
            keyword: false,
            monitor: false,
            noclobber: false,
            noexec: false,
            noglob: false,
            nolog: false,
            notify: false,
            nounset: false,
            onecmd: false,
            physical: false,
            pipefail: false,
            posix: false,
            privileged: false,
            verbose: false,
            vi: false,
            emacs: false,
            xtrace: false,
            interactive: false,
            command_string: false,
            stdin: false,
            login: false,
        }
    }
}

impl Options {
    /// The options of `set -o` in its order: name, letter (0: none), value.
    pub(crate) fn table(&mut self) -> [(&'static str, u8, &mut bool); 27] {
        [
            ("allexport", b'a', &mut self.allexport),
            ("braceexpand", b'B', &mut self.braceexpand),
            ("emacs", 0, &mut self.emacs),
            ("errexit", b'e', &mut self.errexit),
            ("errtrace", b'E', &mut self.errtrace),
            ("functrace", b'T', &mut self.functrace),
            ("hashall", b'h', &mut self.hashall),
            ("histexpand", b'H', &mut self.histexpand),
            ("history", 0, &mut self.history),
            ("ignoreeof", 0, &mut self.ignoreeof),
            ("interactive-comments", 0, &mut self.interactive_comments),
            ("keyword", b'k', &mut self.keyword),
            ("monitor", b'm', &mut self.monitor),
            ("noclobber", b'C', &mut self.noclobber),
            ("noexec", b'n', &mut self.noexec),
            ("noglob", b'f', &mut self.noglob),
            ("nolog", 0, &mut self.nolog),
            ("notify", b'b', &mut self.notify),
            ("nounset", b'u', &mut self.nounset),
            ("onecmd", b't', &mut self.onecmd),
            ("physical", b'P', &mut self.physical),
            ("pipefail", 0, &mut self.pipefail),
            ("posix", 0, &mut self.posix),
            ("privileged", b'p', &mut self.privileged),
            ("verbose", b'v', &mut self.verbose),
            ("vi", 0, &mut self.vi),
            ("xtrace", b'x', &mut self.xtrace),
        ]
    }

    /// `$-`
    pub(crate) fn letters(mut self) -> Vec<u8> {
        let (interactive, command_string, stdin) = (self.interactive, self.command_string, self.stdin);
        let mut letters: Vec<u8> = self
            .table()
            .into_iter()
            .filter(|(_, letter, on)| *letter != 0 && **on)
            .map(|row| row.1)
            .collect();
        letters.sort_unstable_by_key(|letter| (letter.is_ascii_uppercase(), *letter));
        if interactive {
            let at = letters.iter().position(|&letter| letter > b'i' || letter.is_ascii_uppercase());
            letters.insert(at.unwrap_or(letters.len()), b'i');
        }
        if command_string {
            letters.push(b'c');
        }
        if stdin {
            letters.push(b's');
        }
        letters
    }
}

/// The options of `shopt` that change something here. The others are in [`SHOPT_WITHOUT_EFFECT`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names are those of `shopt`")]
pub(crate) struct ShoptOptions {
    pub(crate) autocd: bool,
    pub(crate) cdable_vars: bool,
    pub(crate) checkjobs: bool,
    pub(crate) cmdhist: bool,
    pub(crate) dotglob: bool,
    pub(crate) execfail: bool,
    pub(crate) expand_aliases: bool,
    pub(crate) extglob: bool,
    pub(crate) failglob: bool,
    pub(crate) globasciiranges: bool,
    pub(crate) globskipdots: bool,
    pub(crate) globstar: bool,
    pub(crate) histappend: bool,
    pub(crate) huponexit: bool,
    pub(crate) inherit_errexit: bool,
    pub(crate) lastpipe: bool,
    pub(crate) localvar_inherit: bool,
    pub(crate) nocaseglob: bool,
    pub(crate) nocasematch: bool,
    pub(crate) nullglob: bool,
    pub(crate) patsub_replacement: bool,
    pub(crate) promptvars: bool,
    pub(crate) shift_verbose: bool,
    pub(crate) sourcepath: bool,
    pub(crate) xpg_echo: bool,
}

impl Default for ShoptOptions {
    fn default() -> ShoptOptions {
        ShoptOptions {
            autocd: false,
            cdable_vars: false,
            checkjobs: false,
            cmdhist: true,
            dotglob: false,
            execfail: false,
            expand_aliases: false,
            extglob: false,
            failglob: false,
            globasciiranges: true,
            globskipdots: true,
            globstar: false,
            histappend: false,
            huponexit: false,
            inherit_errexit: false,
            lastpipe: false,
            localvar_inherit: false,
            nocaseglob: false,
            nocasematch: false,
            nullglob: false,
            patsub_replacement: true,
            promptvars: true,
            shift_verbose: false,
            sourcepath: true,
            xpg_echo: false,
        }
    }
}

impl ShoptOptions {
    /// Name and value in order of name.
    pub(crate) fn table(&mut self) -> [(&'static str, &mut bool); 25] {
        [
            ("autocd", &mut self.autocd),
            ("cdable_vars", &mut self.cdable_vars),
            ("checkjobs", &mut self.checkjobs),
            ("cmdhist", &mut self.cmdhist),
            ("dotglob", &mut self.dotglob),
            ("execfail", &mut self.execfail),
            ("expand_aliases", &mut self.expand_aliases),
            ("extglob", &mut self.extglob),
            ("failglob", &mut self.failglob),
            ("globasciiranges", &mut self.globasciiranges),
            ("globskipdots", &mut self.globskipdots),
            ("globstar", &mut self.globstar),
            ("histappend", &mut self.histappend),
            ("huponexit", &mut self.huponexit),
            ("inherit_errexit", &mut self.inherit_errexit),
            ("lastpipe", &mut self.lastpipe),
            ("localvar_inherit", &mut self.localvar_inherit),
            ("nocaseglob", &mut self.nocaseglob),
            ("nocasematch", &mut self.nocasematch),
            ("nullglob", &mut self.nullglob),
            ("patsub_replacement", &mut self.patsub_replacement),
            ("promptvars", &mut self.promptvars),
            ("shift_verbose", &mut self.shift_verbose),
            ("sourcepath", &mut self.sourcepath),
            ("xpg_echo", &mut self.xpg_echo),
        ]
    }
}

/// Options of bash's `shopt` that have no effect here; they may be set all the same.
const SHOPT_WITHOUT_EFFECT: [(&str, bool); 31] = [
    ("assoc_expand_once", false),
    ("cdspell", false),
    ("checkhash", false),
    ("checkwinsize", true),
    ("compat31", false),
    ("compat32", false),
    ("compat40", false),
    ("compat41", false),
    ("compat42", false),
    ("compat43", false),
    ("compat44", false),
    ("complete_fullquote", true),
    ("direxpand", false),
    ("dirspell", false),
    ("extdebug", false),
    ("extquote", true),
    ("force_fignore", true),
    ("gnu_errfmt", false),
    ("histreedit", false),
    ("histverify", false),
    ("hostcomplete", true),
    ("interactive_comments", true),
    ("lithist", false),
    ("progcomp", true),
    ("progcomp_alias", false),
    ("localvar_unset", false),
    ("mailwarn", false),
    ("no_empty_cmd_completion", false),
    ("noexpand_translation", false),
    ("restricted_shell", false),
    ("varredir_close", false),
];

/// PIPESTATUS.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PipeStatus {
    /// Of one command.
    Simple(u8),
    /// Of the commands of a pipeline.
    Pipeline(Rc<[u8]>),
}

impl PipeStatus {
    pub(crate) fn statuses(&self) -> &[u8] {
        match self {
            PipeStatus::Simple(status) => std::slice::from_ref(status),
            PipeStatus::Pipeline(statuses) => statuses,
        }
    }
}

/// Variables that the shell acts on when they change.
const WATCHED: [Symbol; 8] = [
    known::IFS,
    known::PATH,
    known::OPTIND,
    known::POSIXLY_CORRECT,
    known::LC_ALL,
    known::LC_CTYPE,
    known::LANG,
    known::BASH_XTRACEFD,
];

/// What a subshell inherits.
#[derive(Clone)]
pub(crate) struct Shell {
    pub(crate) builtins: &'static [Builtin],
    pub(crate) names: Rc<RefCell<Names>>,
    pub(crate) vars: Rc<Vec<Var>>,
    pub(crate) functions: Rc<Vec<Option<Rc<Function>>>>,
    pub(crate) aliases: Rc<SortedMap<Vec<u8>, Vec<u8>>>,
    pub(crate) options: Options,
    pub(crate) shopt: ShoptOptions,
    /// `$0`
    pub(crate) name: Rc<[u8]>,
    /// `$1` …
    pub(crate) positional: Rc<Vec<Vec<u8>>>,
    pub(crate) traps: Rc<Traps>,
    /// `$?`
    pub(crate) status: u8,
    pub(crate) pipe_status: PipeStatus,
    /// `$!`
    pub(crate) last_background: Option<u32>,
    /// `$$`
    pub(crate) main_pid: u32,
    pub(crate) subshell_level: u32,
    /// Characters are those of UTF-8; else each byte is one.
    pub(crate) utf8: bool,
    /// Where `set -x` writes, when it is not standard error (BASH_XTRACEFD).
    pub(crate) trace_fd: Option<Fd>,
    /// BASH_XTRACEFD has changed since it was looked at.
    pub(crate) trace_fd_is_new: bool,
    /// IFS as it is used.
    pub(crate) ifs: Rc<[u8]>,
    /// The environment that commands get, until a variable changes it.
    pub(crate) environment: Option<Rc<[Vec<u8>]>>,
    /// Paths of commands that were found, and how often they were used.
    pub(crate) command_paths: Rc<SortedMap<Vec<u8>, (Vec<u8>, u32)>>,
    pub(crate) getopts_position: usize,
    /// `pushd`'s stack below the working directory.
    pub(crate) directory_stack: Rc<Vec<Vec<u8>>>,
    /// The working directory as `cd` keeps it, with its symbolic links.
    pub(crate) cwd: Rc<[u8]>,
    pub(crate) random_state: u32,
    /// What RANDOM of the next subshell is made of.
    pub(crate) subshell_seed: u64,
    /// When SECONDS was 0, in nanoseconds since boot.
    pub(crate) seconds_start: i64,
    /// Builtins that `enable -n` has turned off.
    pub(crate) disabled_builtins: Rc<Vec<&'static str>>,
    /// What `complete` has been told.
    pub(crate) completions: Rc<super::Completions>,
    /// How many times PS4's first character is printed, less the one in PS4 itself.
    pub(crate) trace_level: u32,
    /// Function calls within each other.
    pub(crate) depth: usize,
}

impl Shell {
    /// A new shell with nothing but the variables that every shell has.
    pub(crate) fn new(main_pid: u32, builtins: &'static [Builtin]) -> Shell {
        thread_local! {
            static FIRST: OnceCell<Rc<FirstNames>> = const { OnceCell::new() };
        }
        // The builtins come right behind, so that a command's symbol tells its builtin.
        let all = KNOWN.iter().copied().chain(builtins.iter().map(|builtin| builtin.name));
        let first = FIRST.with(|first| Rc::clone(first.get_or_init(|| Rc::new(FirstNames::new(all)))));
        let names = Names::behind(first);
        let mut shell = Shell {
            builtins,
            names: Rc::new(RefCell::new(names)),
            vars: Rc::default(),
            functions: Rc::default(),
            aliases: Rc::default(),
            options: Options::default(),
            shopt: ShoptOptions::default(),
            name: Rc::from(&b"bash"[..]),
            positional: Rc::default(),
            traps: Rc::default(),
            status: 0,
            pipe_status: PipeStatus::Simple(0),
            last_background: None,
            main_pid,
            subshell_level: 0,
            utf8: false,
            trace_fd: None,
            trace_fd_is_new: false,
            ifs: Rc::from(&b" \t\n"[..]),
            environment: None,
            command_paths: Rc::default(),
            getopts_position: 0,
            directory_stack: Rc::default(),
            cwd: Rc::from(&b"/"[..]),
            random_state: 1,
            subshell_seed: 1,
            seconds_start: 0,
            disabled_builtins: Rc::default(),
            completions: Rc::default(),
            trace_level: 0,
            depth: 0,
        };
        for special in super::special::SPECIAL {
            shell.var_mut(*special).attributes.set(Attributes::SPECIAL, true);
        }
        for watched in WATCHED {
            shell.var_mut(watched).attributes.set(Attributes::WATCHED, true);
        }
        for readonly in [known::SHELLOPTS, known::BASHOPTS] {
            shell.var_mut(readonly).attributes.set(Attributes::READONLY, true);
        }
        shell.set_text(known::IFS, b" \t\n");
        shell.set_text(known::OPTIND, b"1");
        shell.set_text(known::PS4, b"+ ");
        shell
    }

    /// A subshell's copy. Its RANDOM is another one, while this shell's goes on as if there had been none.
    pub(crate) fn for_subshell(&mut self) -> Shell {
        // splitmix64 (Steele, Lea and Flood 2014)
        self.subshell_seed = self.subshell_seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let seed = (self.subshell_seed ^ (self.subshell_seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let seed = seed ^ (seed >> 31);
        Shell {
            random_state: (seed >> 33) as u32,
            subshell_seed: seed,
            subshell_level: self.subshell_level + 1,
            ..self.clone()
        }
    }

    /// All options of `shopt` with their values in order of name.
    pub(crate) fn all_shopt(&self) -> Vec<(&'static str, bool)> {
        let mut shopt = self.shopt;
        let mut list: Vec<(&'static str, bool)> =
            shopt.table().into_iter().map(|row| (row.0, *row.1)).collect();
        list.extend(SHOPT_WITHOUT_EFFECT);
        list.push(("login_shell", self.options.login));
        list.sort_unstable();
        list
    }

    /// A function by name.
    pub(crate) fn function(&self, name: &[u8]) -> Option<&Rc<Function>> {
        let symbol = self.names.borrow().find(name)?;
        self.functions.get(symbol.index())?.as_ref()
    }

    /// Defines or, with `None`, removes a function.
    pub(crate) fn set_function(
        &mut self,
        symbol: crate::shell::code::Symbol,
        function: Option<Rc<Function>>,
    ) {
        let functions = Rc::make_mut(&mut self.functions);
        if functions.len() <= symbol.index() {
            functions.resize_with(symbol.index() + 1, || None);
        }
        if function.as_ref().is_some_and(|function| function.exported)
            || functions[symbol.index()].as_ref().is_some_and(|f| f.exported)
        {
            self.environment = None;
        }
        functions[symbol.index()] = function;
    }

    /// A value for tests of what is set: nothing.
    pub(crate) fn is_set(&self, name: &[u8]) -> bool {
        let Some(symbol) = self.names.borrow().find(name) else { return false };
        !matches!(self.var(self.follow(symbol)).value, Value::Unset)
    }
}
