//! The program `bash`: its arguments, what it reads at the start, and what it runs.

use super::builtins::{BUILTINS, set_letter, set_option};
use super::interactive;
use super::interp::{Attributes, Feeder, FeederKind, Interp, Shell, is_name, known};
use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, STDERR, STDIN, Signal};
use crate::kernel::{Disposition, Process};
use std::rc::Rc;

/// What the command line asks for.
#[derive(Default)]
struct Invocation {
    command: Option<Vec<u8>>,
    stdin: bool,
    interactive: bool,
    login: bool,
    no_profile: bool,
    no_rc: bool,
    no_editing: bool,
    rc_file: Option<Vec<u8>>,
    /// Options to set: name or letter, and whether on.
    letters: Vec<(u8, bool)>,
    names: Vec<(Vec<u8>, bool)>,
    shopts: Vec<(Vec<u8>, bool)>,
    operands: Vec<Vec<u8>>,
}

/// Runs a shell in a process.
pub async fn main(process: Process) -> ExitStatus {
    start(process, None).await
}

/// Runs a shell whose script is no file: the operand that would be its path is only its name.
pub async fn run_script(process: Process, text: Vec<u8>) -> ExitStatus {
    start(process, Some(text)).await
}

async fn start(process: Process, script: Option<Vec<u8>>) -> ExitStatus {
    let args = process.args();
    let first = args.first().cloned().unwrap_or_default();
    let base = first.rsplit(|&byte| byte == b'/').next().unwrap_or(&first).to_vec();
    let is_login = base.starts_with(b"-");
    let posix = base.strip_prefix(b"-").unwrap_or(&base) == b"sh";
    let mut shell = Shell::new(process.pid(), BUILTINS);
    shell.name = Rc::from(first.clone());
    let mut interp = Interp::new(process, shell);
    let invocation = match parse(&args, is_login) {
        Ok(Some(invocation)) => invocation,
        Ok(None) => {
            let text =
                b"GNU bash compatible shell of Bivalve, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n";
            let _ = interp.process.write_all(crate::abi::STDOUT, text).await;
            return ExitStatus::SUCCESS;
        }
        Err(message) => {
            let line = [&first[..], b": ", &message, b"\n"].concat();
            let _ = interp.process.write_all(STDERR, &line).await;
            return ExitStatus::Exited(2);
        }
    };
    interp.shell.options.posix = posix;
    if let Err(message) = set_up(&mut interp, &invocation) {
        let line = [&first[..], b": line 0: ", &message, b"\n"].concat();
        let _ = interp.process.write_all(STDERR, &line).await;
        return ExitStatus::Exited(2);
    }
    ExitStatus::Exited(run(&mut interp, invocation, script).await)
}

fn parse(args: &[Vec<u8>], is_login: bool) -> Result<Option<Invocation>, Vec<u8>> {
    let mut invocation = Invocation { login: is_login, ..Invocation::default() };
    let mut rest = args.iter().skip(1).peekable();
    let mut wants_command = false;
    while let Some(word) =
        rest.next_if(|word| word.len() > 1 && (word.starts_with(b"-") || word.starts_with(b"+")))
    {
        match word.as_slice() {
            b"--" => break,
            b"--login" => invocation.login = true,
            b"--noprofile" => invocation.no_profile = true,
            b"--norc" => invocation.no_rc = true,
            b"--noediting" => invocation.no_editing = true,
            b"--posix" => invocation.names.push((b"posix".to_vec(), true)),
            b"--verbose" => invocation.letters.push((b'v', true)),
            b"--version" => return Ok(None),
            b"--rcfile" | b"--init-file" => invocation.rc_file = rest.next().cloned(),
            long if long.starts_with(b"--") => return Err([long, b": invalid option"].concat()),
            letters => {
                let on = letters[0] == b'-';
                for &letter in &letters[1..] {
                    match letter {
                        b'c' if on => wants_command = true,
                        b's' if on => invocation.stdin = true,
                        b'i' if on => invocation.interactive = true,
                        b'l' if on => invocation.login = true,
                        b'o' | b'O' => {
                            let Some(name) = rest.next() else { continue };
                            let list =
                                if letter == b'o' { &mut invocation.names } else { &mut invocation.shopts };
                            list.push((name.clone(), on));
                        }
                        b'D' | b'r' => return Err([b"-", &[letter][..], b": not supported"].concat()),
                        letter if b"abefhkmnptuvxBCEHPT".contains(&letter) => {
                            invocation.letters.push((letter, on))
                        }
                        letter => return Err([&letters[..1], &[letter], b": invalid option"].concat()),
                    }
                }
            }
        }
    }
    if rest.peek().is_some_and(|word| word.as_slice() == b"-") {
        rest.next();
    }
    invocation.operands = rest.cloned().collect();
    if wants_command {
        if invocation.operands.is_empty() {
            return Err(b"-c: option requires an argument".to_vec());
        }
        invocation.command = Some(invocation.operands.remove(0));
    }
    Ok(Some(invocation))
}

/// Variables from the environment, and those that every shell sets.
fn set_up(interp: &mut Interp, invocation: &Invocation) -> Result<(), Vec<u8>> {
    let environment = interp.process.environment();
    for entry in environment.iter() {
        let Some(at) = memchr::memchr(b'=', entry) else { continue };
        let (name, value) = (&entry[..at], &entry[at + 1..]);
        if let Some(function) = name.strip_prefix(b"BASH_FUNC_").and_then(|name| name.strip_suffix(b"%%")) {
            interp.import_function(function, value);
            continue;
        }
        if !is_name(name) || matches!(name, b"IFS" | b"SHELLOPTS" | b"BASHOPTS" | b"PPID" | b"UID" | b"EUID")
        {
            continue;
        }
        let symbol = interp.symbol(name);
        let var = interp.shell.var_mut(symbol);
        var.attributes.set(Attributes::SPECIAL, false);
        var.attributes.set(Attributes::EXPORT, true);
        interp.shell.set_text(symbol, value);
    }
    let pid = interp.process.pid();
    let credentials = interp.process.credentials();
    let mut random = [0; 8];
    interp.process.random(&mut random);
    interp.shell.subshell_seed = u64::from_le_bytes(random);
    interp.shell.random_state = interp.shell.subshell_seed as u32;
    interp.shell.seconds_start = interp.process.uptime_nanos() as i64;
    let level =
        interp.shell.text(known::SHLVL).and_then(|text| std::str::from_utf8(&text).ok()?.parse::<i64>().ok());
    let texts: [(&[u8], String); 14] = [
        (b"SHLVL", (level.unwrap_or(0) + 1).to_string()),
        (b"BASH", "/usr/bin/bash".into()),
        (b"BASH_VERSION", "5.2.15(1)-release".into()),
        (b"HOSTNAME", String::from_utf8_lossy(&interp.process.hostname()).into_owned()),
        (b"HOSTTYPE", "x86_64".into()),
        (b"MACHTYPE", "x86_64-pc-linux-gnu".into()),
        (b"OSTYPE", "linux-gnu".into()),
        (b"PPID", interp.process.parent_pid().to_string()),
        (b"UID", credentials.uid.to_string()),
        (b"EUID", credentials.euid.to_string()),
        (b"OPTERR", "1".into()),
        (b"OPTIND", "1".into()),
        (b"BASH_SUBSHELL", String::new()),
        (b"_", "/usr/bin/bash".into()),
    ];
    for (name, text) in texts {
        let symbol = interp.symbol(name);
        if interp.shell.var(symbol).attributes.has(Attributes::SPECIAL) {
            continue;
        }
        interp.shell.set_text(symbol, text.as_bytes());
        let readonly = matches!(name, b"PPID" | b"UID" | b"EUID");
        interp.shell.var_mut(symbol).attributes.set(Attributes::READONLY, readonly);
        if name == b"SHLVL" {
            interp.shell.var_mut(symbol).attributes.set(Attributes::EXPORT, true);
        }
    }
    let info = interp.symbol(b"BASH_VERSINFO");
    let parts = ["5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"];
    for (index, part) in parts.iter().enumerate() {
        let _ = interp.assign_element(info, index.to_string().as_bytes(), part.as_bytes().to_vec(), false);
    }
    interp.shell.var_mut(info).attributes.set(Attributes::READONLY, true);
    if interp.shell.text(known::PATH).is_none() {
        interp.shell.set_text(known::PATH, b"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }
    // PWD is believed when it names the working directory.
    let cwd = interp.process.getcwd().unwrap_or_else(|_| b"/".to_vec());
    let claimed = interp.shell.text(known::PWD).filter(|path| path.starts_with(b"/")).filter(|path| {
        let ino = |path: &[u8]| interp.process.stat_now(path).ok().map(|stat| (stat.dev, stat.ino));
        ino(path).is_some() && ino(path) == ino(b".")
    });
    let cwd = claimed.unwrap_or(cwd);
    interp.shell.set_text(known::PWD, &cwd);
    interp.shell.var_mut(known::PWD).attributes.set(Attributes::EXPORT, true);
    interp.shell.var_mut(known::OLDPWD).attributes.set(Attributes::EXPORT, true);
    interp.shell.cwd = Rc::from(cwd);
    interp.shell.main_pid = pid;
    interp.shell.environment = None;
    let ignored =
        Signal::all().filter(|signal| interp.process.disposition(*signal) == Disposition::Ignore).collect();
    Rc::make_mut(&mut interp.shell.traps).ignored_at_start = ignored;
    for (letter, on) in &invocation.letters {
        set_letter(interp, *letter, *on);
    }
    for (name, on) in &invocation.names {
        if !set_option(interp, name, *on) {
            return Err([&interp.shell.name[..], b": ", name, b": invalid option name"].concat());
        }
    }
    let mut shopt = interp.shell.shopt;
    for (name, on) in &invocation.shopts {
        match shopt.table().into_iter().find(|row| row.0.as_bytes() == name.as_slice()) {
            Some(row) => *row.1 = *on,
            None => return Err([name, &b": invalid shell option name"[..]].concat()),
        }
    }
    interp.shell.shopt = shopt;
    if interp.shell.options.posix {
        interp.shell.shopt.expand_aliases = true;
    }
    Ok(())
}

async fn run(interp: &mut Interp, invocation: Invocation, script: Option<Vec<u8>>) -> u8 {
    let mut operands = invocation.operands.into_iter();
    let is_terminal = interp.process.is_terminal(STDIN) && interp.process.is_terminal(STDERR);
    let from_stdin = invocation.command.is_none() && (invocation.stdin || operands.len() == 0);
    interp.shell.options.interactive = invocation.interactive || (from_stdin && is_terminal);
    interp.shell.options.login = invocation.login;
    let feeder = if let Some(command) = invocation.command {
        interp.shell.options.command_string = true;
        if let Some(name) = operands.next() {
            interp.shell.name = Rc::from(name);
        }
        Feeder::new(FeederKind::Script, command, Rc::clone(&interp.shell.name), 1)
    } else if from_stdin {
        interp.shell.options.stdin = true;
        let kind = if interp.shell.options.interactive { FeederKind::Interactive } else { FeederKind::Stdin };
        let mut feeder = Feeder::new(kind, Vec::new(), Rc::clone(&interp.shell.name), 1);
        feeder.at_end = false;
        feeder
    } else {
        let path = operands.next().unwrap_or_default();
        interp.shell.name = Rc::from(path.as_slice());
        let opened = match script {
            Some(text) if is_binary(&text) => Err(not_a_script(&path, BINARY)),
            Some(text) => Ok(Feeder::new(FeederKind::Script, text, Rc::clone(&interp.shell.name), 1)),
            None => open_script(interp, &path).await,
        };
        match opened {
            Ok(feeder) => feeder,
            Err((message, status)) => {
                let _ = interp.process.write_all(STDERR, &message).await;
                return status;
            }
        }
    };
    interp.shell.positional = Rc::new(operands.collect());
    let mut files: Vec<Vec<u8>> = Vec::new();
    let home = interp.scalar(known::HOME).unwrap_or_default();
    let in_home = |name: &str| [&home[..], b"/", name.as_bytes()].concat();
    if invocation.login && !invocation.no_profile {
        files.push(b"/etc/profile".to_vec());
        let own = [".bash_profile", ".bash_login", ".profile"].map(in_home);
        files.extend(own.into_iter().find(|path| interp.process.stat_now(path).is_ok()));
    } else if interp.shell.options.interactive && !invocation.no_rc && !interp.shell.options.posix {
        files.push(b"/etc/bash.bashrc".to_vec());
        files.push(invocation.rc_file.unwrap_or_else(|| in_home(".bashrc")));
    } else if !interp.shell.options.interactive
        && let Some(path) = interp.shell.text_of(b"BASH_ENV").filter(|path| !path.is_empty())
    {
        files.push(path);
    }
    let is_interactive = feeder.kind == FeederKind::Interactive;
    if interp.shell.options.interactive {
        interactive::set_up(interp, is_interactive && !invocation.no_editing).await;
    }
    let mut feeders = vec![feeder];
    // The frame on top runs first.
    for path in files.into_iter().rev() {
        if let Ok(text) = interp.read_script(&path).await {
            feeders.push(Feeder::new(FeederKind::Source, text, Rc::from(path), 1));
        }
    }
    for feeder in feeders {
        let _ = interp.run_text(feeder, false);
    }
    let status = interp.run().await;
    if interp.shell.options.interactive {
        interactive::leave(interp).await;
    }
    status
}

/// How many bytes of a script are looked at to see whether it is one.
const HEAD_BYTES: usize = 80;
const BINARY: &str = "cannot execute binary file";

/// The script that an operand names: a file, else one in PATH; or what to say, and the status.
async fn open_script(interp: &mut Interp, path: &[u8]) -> Result<Feeder, (Vec<u8>, u8)> {
    let flags = OpenFlags::READ | OpenFlags::CLOSE_ON_EXEC;
    let mut opened = interp.process.open(path, flags, Mode::default()).await;
    if opened == Err(Errno::ENOENT)
        && !path.contains(&b'/')
        && let Some(found) = interp.search_path(path, false).into_iter().next()
    {
        opened = interp.process.open(&found, flags, Mode::default()).await;
    }
    let is_dir =
        interp.process.stat_now(path).is_ok_and(|stat| stat.file_type == crate::abi::FileType::Directory);
    let fd = opened.map_err(|errno| {
        let status = if errno == Errno::ENOENT { 127 } else { 126 };
        ([b"bash: ", path, b": ", errno.message().as_bytes(), b"\n"].concat(), status)
    })?;
    if is_dir {
        let _ = interp.process.close(fd);
        return Err(not_a_script(path, "Is a directory"));
    }
    // Out of the way of the script's own descriptors.
    let kept = interp.process.dup(fd, 255, true).unwrap_or(fd);
    if kept != fd {
        let _ = interp.process.close(fd);
    }
    let mut head = [0; HEAD_BYTES];
    let count = interp.process.read_at(kept, &mut head, 0).await.unwrap_or(0);
    if is_binary(head.get(..count).unwrap_or_default()) {
        return Err(not_a_script(path, BINARY));
    }
    let mut feeder = Feeder::new(FeederKind::Script, Vec::new(), Rc::from(path), 1);
    feeder.fd = Some(kept);
    feeder.at_end = false;
    Ok(feeder)
}

/// What is there and is no script is told of in the script's name.
fn not_a_script(path: &[u8], reason: &str) -> (Vec<u8>, u8) {
    ([path, b": ", path, b": ", reason.as_bytes(), b"\n"].concat(), 126)
}

/// Whether the first line of a script holds a NUL near its beginning.
fn is_binary(text: &[u8]) -> bool {
    let head = text.get(..HEAD_BYTES).unwrap_or(text);
    head.split(|&byte| byte == b'\n').next().is_some_and(|line| line.contains(&0))
}
