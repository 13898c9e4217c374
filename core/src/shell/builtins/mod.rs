//! The builtins: commands that run inside the shell's process.
//!
//! Each file holds builtins of one kind. A builtin puts what it prints into the interpreter's `out` and `err`;
//! the interpreter writes them when the builtin ends.

mod completion;
mod control;
mod declare;
mod directories;
mod execute;
mod history;
mod input;
mod jobs;
mod names;
mod options;
mod output;
mod simple;
mod state;
mod traps;

pub(crate) use options::{set_letter, set_option};

use super::interp::{Args, Builtin, Interp, Run};

const fn builtin(name: &'static str, usage: &'static str, summary: &'static str, run: Run) -> Builtin {
    Builtin { name, usage, summary, special: false, run }
}

const fn special(name: &'static str, usage: &'static str, summary: &'static str, run: Run) -> Builtin {
    Builtin { name, usage, summary, special: true, run }
}

/// All builtins in order of name.
pub(crate) static BUILTINS: &[Builtin] = &[
    special(
        ".",
        "filename [arguments]",
        "run commands from a file in this shell",
        Run::Async(|i, a| Box::pin(execute::source(i, a))),
    ),
    special(":", "", "do nothing, successfully", Run::Sync(simple::colon)),
    builtin("[", "arg... ]", "evaluate a conditional expression", Run::Sync(simple::bracket)),
    builtin("alias", "[-p] [name[=value] ... ]", "define or show aliases", Run::Sync(names::alias)),
    builtin(
        "bg",
        "[job_spec ...]",
        "go on with jobs in the background",
        Run::Async(|i, a| Box::pin(jobs::bg(i, a))),
    ),
    special("break", "[n]", "leave loops", Run::Sync(control::break_loop)),
    builtin(
        "builtin",
        "[shell-builtin [arg ...]]",
        "run a builtin, past functions",
        Run::Async(|i, a| Box::pin(execute::builtin(i, a))),
    ),
    builtin("caller", "[expr]", "show where the current function was called", Run::Sync(control::caller)),
    builtin("cd", "[-L|[-P [-e]] [-@]] [dir]", "change the working directory", Run::Sync(directories::cd)),
    builtin(
        "command",
        "[-pVv] command [arg ...]",
        "run a command, past functions, or say what it is",
        Run::Async(|i, a| Box::pin(execute::command(i, a))),
    ),
    builtin(
        "compgen",
        "[-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]",
        "show what a word could be completed to",
        Run::Async(|i, a| Box::pin(completion::compgen(i, a))),
    ),
    builtin(
        "complete",
        "[-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]",
        "say how the arguments of commands are completed",
        Run::Sync(completion::complete),
    ),
    builtin(
        "compopt",
        "[-o|+o option] [-DEI] [name ...]",
        "change how candidates are used",
        Run::Sync(completion::compopt),
    ),
    special("continue", "[n]", "go on with the next round of a loop", Run::Sync(control::continue_loop)),
    builtin(
        "declare",
        "[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]",
        "set variables and their attributes",
        Run::Sync(declare::declare),
    ),
    builtin("dirs", "[-clpv] [+N] [-N]", "show the directory stack", Run::Sync(directories::dirs)),
    builtin("disown", "[-h] [-ar] [jobspec ... | pid ...]", "forget jobs", Run::Sync(jobs::disown)),
    builtin("echo", "[-neE] [arg ...]", "print the arguments", Run::Sync(output::echo)),
    builtin(
        "enable",
        "[-a] [-dnps] [-f filename] [name ...]",
        "turn builtins on and off",
        Run::Sync(state::enable),
    ),
    special("eval", "[arg ...]", "run the arguments as a command", Run::Sync(execute::eval)),
    special(
        "exec",
        "[-cl] [-a name] [command [argument ...]] [redirection ...]",
        "become a program, or keep redirections",
        Run::Async(|i, a| Box::pin(execute::exec(i, a))),
    ),
    special("exit", "[n]", "end the shell", Run::Sync(control::exit)),
    special(
        "export",
        "[-fn] [name[=value] ...] or export -p",
        "give variables to commands",
        Run::Sync(declare::export),
    ),
    builtin("false", "", "do nothing, unsuccessfully", Run::Sync(simple::false_)),
    builtin(
        "fc",
        "[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]",
        "list, edit and repeat lines that were typed",
        Run::Async(|i, a| Box::pin(history::fc(i, a))),
    ),
    builtin(
        "fg",
        "[job_spec]",
        "go on with a job in the foreground",
        Run::Async(|i, a| Box::pin(jobs::fg(i, a))),
    ),
    builtin("getopts", "optstring name [arg ...]", "read options", Run::Sync(input::getopts)),
    builtin(
        "hash",
        "[-lr] [-p pathname] [-dt] [name ...]",
        "remember where programs are",
        Run::Sync(names::hash),
    ),
    builtin("help", "[-dms] [pattern ...]", "show what the builtins do", Run::Sync(state::help)),
    builtin(
        "history",
        "[-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]",
        "list and change the lines that were typed",
        Run::Async(|i, a| Box::pin(history::history(i, a))),
    ),
    builtin(
        "jobs",
        "[-lnprs] [jobspec ...] or jobs -x command [args]",
        "list jobs",
        Run::Async(|i, a| Box::pin(jobs::jobs(i, a))),
    ),
    builtin(
        "kill",
        "[-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]",
        "send signals",
        Run::Async(|i, a| Box::pin(jobs::kill(i, a))),
    ),
    builtin("let", "arg [arg ...]", "evaluate arithmetic", Run::Sync(simple::let_)),
    builtin("local", "[option] name[=value] ...", "make variables of a function", Run::Sync(declare::local)),
    builtin("logout", "[n]", "leave a login shell", Run::Sync(control::logout)),
    builtin(
        "mapfile",
        "[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]",
        "read lines into an array",
        Run::Async(|i, a| Box::pin(input::mapfile(i, a))),
    ),
    builtin("popd", "[-n] [+N | -N]", "leave the top directory of the stack", Run::Sync(directories::popd)),
    builtin("printf", "[-v var] format [arguments]", "print formatted", Run::Sync(output::printf)),
    builtin("pushd", "[-n] [+N | -N | dir]", "put a directory on the stack", Run::Sync(directories::pushd)),
    builtin("pwd", "[-LP]", "print the working directory", Run::Sync(directories::pwd)),
    builtin(
        "read",
        "[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]",
        "read a line",
        Run::Async(|i, a| Box::pin(input::read(i, a))),
    ),
    builtin(
        "readarray",
        "[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]",
        "read lines into an array",
        Run::Async(|i, a| Box::pin(input::mapfile(i, a))),
    ),
    special(
        "readonly",
        "[-aAf] [name[=value] ...] or readonly -p",
        "make variables constant",
        Run::Sync(declare::readonly),
    ),
    special("return", "[n]", "end a function", Run::Sync(control::return_)),
    special(
        "set",
        "[-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]",
        "set options and parameters",
        Run::Sync(options::set),
    ),
    special("shift", "[n]", "drop parameters", Run::Sync(control::shift)),
    builtin("shopt", "[-pqsu] [-o] [optname ...]", "set further options", Run::Sync(options::shopt)),
    special(
        "source",
        "filename [arguments]",
        "run commands from a file in this shell",
        Run::Async(|i, a| Box::pin(execute::source(i, a))),
    ),
    builtin("suspend", "[-f]", "stop the shell", Run::Async(|i, a| Box::pin(jobs::suspend(i, a)))),
    builtin("test", "[expr]", "evaluate a conditional expression", Run::Sync(simple::test)),
    special("times", "", "show processor times", Run::Sync(state::times)),
    special("trap", "[-lp] [[arg] signal_spec ...]", "act on signals", Run::Sync(traps::trap)),
    builtin("true", "", "do nothing, successfully", Run::Sync(simple::colon)),
    builtin("type", "[-afptP] name [name ...]", "say what a name is as a command", Run::Sync(names::type_)),
    builtin(
        "typeset",
        "[-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]",
        "set variables and their attributes",
        Run::Sync(declare::declare),
    ),
    builtin("ulimit", "[-SHabcdefiklmnpqrstuvxPRT] [limit]", "set resource limits", Run::Sync(state::ulimit)),
    builtin("umask", "[-p] [-S] [mode]", "set the file creation mask", Run::Sync(state::umask)),
    builtin("unalias", "[-a] name [name ...]", "remove aliases", Run::Sync(names::unalias)),
    special(
        "unset",
        "[-f] [-v] [-n] [name ...]",
        "remove variables and functions",
        Run::Sync(declare::unset),
    ),
    builtin(
        "wait",
        "[-fn] [-p var] [id ...]",
        "wait for processes",
        Run::Async(|i, a| Box::pin(jobs::wait(i, a))),
    ),
];

impl Interp {
    /// Says what is wrong with how a builtin was used: `bash: line 1: NAME: message`.
    pub(crate) fn builtin_error(&mut self, args: Args<'_>, message: &[u8]) {
        self.complain(&[args.get(0), b": ", message].concat());
    }

    /// Says how a builtin is used; the status is 2.
    pub(crate) fn usage(&mut self, args: Args<'_>) -> u8 {
        let usage = self.shell.find_builtin(args.get(0)).map_or("", |builtin| builtin.usage);
        let line = [args.get(0), b": usage: ", args.get(0), b" ", usage.as_bytes(), b"\n"].concat();
        self.err.extend_from_slice(&line);
        2
    }

    /// Says that an option is unknown; the status is 2.
    pub(crate) fn invalid_option(&mut self, args: Args<'_>, option: &[u8]) -> u8 {
        self.builtin_error(args, &[option, b": invalid option"].concat());
        self.usage(args)
    }

    /// Reads the options in front: letters, those with an argument followed by `:`. Gives them and the index
    /// of the first operand.
    pub(crate) fn options<'a>(
        &mut self,
        args: Args<'a>,
        known: &str,
    ) -> Result<(Vec<(u8, &'a [u8])>, usize), u8> {
        let mut found = Vec::new();
        let mut at = 1;
        while at < args.len() {
            let word = args.get(at);
            if word == b"--" {
                return Ok((found, at + 1));
            }
            let Some(letters) = word.strip_prefix(b"-").filter(|letters| !letters.is_empty()) else { break };
            let mut place = 0;
            while let Some(&letter) = letters.get(place) {
                place += 1;
                let Some(position) = known.bytes().position(|own| own == letter && letter != b':') else {
                    return Err(self.invalid_option(args, &[b'-', letter]));
                };
                if known.as_bytes().get(position + 1) != Some(&b':') {
                    found.push((letter, &b""[..]));
                    continue;
                }
                let rest = letters.get(place..).unwrap_or_default();
                if !rest.is_empty() {
                    found.push((letter, rest));
                } else if at + 1 < args.len() {
                    at += 1;
                    found.push((letter, args.get(at)));
                } else {
                    self.builtin_error(
                        args,
                        &[b"-", &[letter][..], b": option requires an argument"].concat(),
                    );
                    return Err(self.usage(args));
                }
                break;
            }
            at += 1;
        }
        Ok((found, at))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::BUILTINS.is_sorted_by_key(|builtin| builtin.name));
    }
}
