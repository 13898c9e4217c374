//! The command line: words to a [`Command`].

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;
use std::time::Duration;

use bivalve_core::abi::limits::PASSWORD_ROUNDS_MAX;
use bivalve_core::image::Format;
use bivalve_core::users::ROUNDS_DEFAULT;

use crate::errors::{Failure, Outcome};

/// What `bivalve help` prints.
pub const HELP: &str = "\
A whole small Unix machine: behind SSH and WebSocket, or for one script.

Usage:
  bivalve serve [OPTION]...                serve a machine over SSH, WebSocket and HTTP
  bivalve sh [OPTION]... [-c SCRIPT | FILE | -] [ARG]...
                                           run a script in a fresh machine; the options are bash's
                                           --image FILE starts from an image of any format,
                                           --save FILE writes the files at the end, as 'image convert' does
  bivalve shell [--hostname NAME]          use a fresh machine from this terminal
  bivalve unlock --state DIR ADDRESS       end the lockout of an address
  bivalve image ls FILE [--json]           list what is in an image; with --json an object a line, times in seconds
  bivalve image diff A B [--json]          tell what was added, removed and changed from A to B
  bivalve image convert IN OUT [--to FORMAT]
                                           write an image in another format: vfsb (ours, the default), vfsb1,
                                           vfsb2, vfsb3, json, tar or tar.gz; without --to, OUT's last part tells it
  bivalve help | --version

Options of serve:
  --ssh ADDR            SSH listens here (default 127.0.0.1:2222); a port alone means loopback,
                        port 0 any free one, 'off' none
  --http ADDR           HTTP and WebSocket listen here (default 127.0.0.1:8080)
  --state DIR           keep the machine and the host key in DIR; without it they live in memory
  --hostname NAME       the machine's name (default bivalve)
  --ssh-ident STRING    the identification that SSH clients see (default SSH-2.0-<hostname>)
  --origin ORIGIN       let pages of this origin open WebSockets, too; may be repeated
  --max-auth-attempts N failures from one address before it is locked out (default 5, or 'unlimited')
  --lockout-seconds N   how long a lockout lasts (default 60)
  --password-rounds N   rounds of PBKDF2 that a new password hash costs (default 600000)
  --max-connections N   connections at a time, for SSH and for HTTP each (default 256)
  --allow-empty-passwords
                        let users who have no password in on addresses other than loopback
";

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// `serve`
    Serve(Serve),
    /// `sh`
    Sh(Sh),
    /// `shell`
    Shell {
        /// The machine's name.
        hostname: String,
    },
    /// `unlock`
    Unlock {
        /// The state directory of the server.
        state: PathBuf,
        /// Whose lockout ends.
        address: IpAddr,
    },
    /// `image`
    Image(Image),
    /// `help`
    Help,
    /// `--version`
    Version,
}

/// The options of `bivalve serve`.
#[derive(Clone, Debug)]
pub struct Serve {
    /// Where SSH listens; `None` is nowhere.
    pub ssh: Option<SocketAddr>,
    /// Where HTTP and WebSocket listen; `None` is nowhere.
    pub http: Option<SocketAddr>,
    /// Where the machine and its host key are kept; `None` is in memory.
    pub state: Option<PathBuf>,
    /// The machine's name.
    pub hostname: String,
    /// The SSH identification string.
    pub ssh_ident: String,
    /// Origins, besides the server's own, whose pages may open WebSockets.
    pub origins: Vec<String>,
    /// Failures from one address before it is locked out; `None` is never.
    pub max_auth_attempts: Option<u32>,
    /// How long a lockout lasts.
    pub lockout: Duration,
    /// Rounds of PBKDF2 that a new password hash costs.
    pub password_rounds: u32,
    /// Connections at a time, for SSH and for HTTP each.
    pub max_connections: usize,
    /// Whether users who have no password may come in on addresses other than loopback.
    pub allow_empty_passwords: bool,
}

/// Where the script of `bivalve sh` is.
#[derive(Debug, PartialEq, Eq)]
pub enum Script {
    /// In the argument of `-c`.
    Text(Vec<u8>),
    /// In a file of the host.
    File(PathBuf),
    /// On standard input.
    Stdin,
}

/// The arguments of `bivalve sh`.
#[derive(Debug, PartialEq, Eq)]
pub struct Sh {
    /// Options for the machine's `bash`, as given.
    pub options: Vec<Vec<u8>>,
    /// The script.
    pub script: Script,
    /// What follows: `$0` and on after `-c`, else `$1` and on.
    pub args: Vec<Vec<u8>>,
    /// The image that the machine starts from; `None` is the base image.
    pub image: Option<PathBuf>,
    /// Where the machine's files are written at the end.
    pub save: Option<PathBuf>,
}

/// The arguments of `bivalve image`.
#[derive(Debug, PartialEq, Eq)]
pub enum Image {
    /// `ls`
    Ls {
        /// The image.
        file: PathBuf,
        /// Whether it is for programs.
        json: bool,
    },
    /// `diff`
    Diff {
        /// The image that was first.
        before: PathBuf,
        /// The image that came of it.
        after: PathBuf,
        /// Whether it is for programs.
        json: bool,
    },
    /// `convert`
    Convert {
        /// What is read.
        input: PathBuf,
        /// What is written.
        output: PathBuf,
        /// In which format; `None` is as the output's name says.
        to: Option<Format>,
    },
}

/// Reads the command line, without the program's name.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Outcome<Command> {
    let mut words = words.into_iter();
    let Some(command) = words.next() else { return Ok(Command::Help) };
    match command.to_str() {
        Some("serve") => parse_serve(words),
        Some("sh") => parse_sh(words).map(Command::Sh),
        Some("shell") => parse_shell(words),
        Some("unlock") => parse_unlock(words),
        Some("image") => parse_image(words),
        Some("help" | "--help" | "-h") => Ok(Command::Help),
        Some("--version" | "-V" | "version") => Ok(Command::Version),
        _ => {
            Err(Failure::usage(format!("{}: no such command; try 'bivalve help'", command.to_string_lossy())))
        }
    }
}

fn wrong(error: lexopt::Error) -> Failure {
    Failure::usage(format!("{error}; try 'bivalve help'"))
}

fn parse_serve(words: impl Iterator<Item = OsString>) -> Outcome<Command> {
    use lexopt::prelude::*;

    let loopback = |port| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let mut serve = Serve {
        ssh: loopback(2222),
        http: loopback(8080),
        state: None,
        hostname: String::from("bivalve"),
        ssh_ident: String::new(),
        origins: Vec::new(),
        max_auth_attempts: Some(5),
        lockout: Duration::from_secs(60),
        password_rounds: ROUNDS_DEFAULT,
        max_connections: 256,
        allow_empty_passwords: false,
    };
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(arg) = parser.next().map_err(wrong)? {
        match arg {
            Long("ssh") => serve.ssh = listen_address("--ssh", &text(&mut parser)?)?,
            Long("http") => serve.http = listen_address("--http", &text(&mut parser)?)?,
            Long("state") => serve.state = Some(PathBuf::from(parser.value().map_err(wrong)?)),
            Long("hostname") => serve.hostname = hostname(&text(&mut parser)?)?,
            Long("ssh-ident") => serve.ssh_ident = ssh_ident(&text(&mut parser)?)?,
            Long("origin") => {
                serve.origins.push(text(&mut parser)?.trim_end_matches('/').to_ascii_lowercase())
            }
            Long("max-auth-attempts") => {
                let value = text(&mut parser)?;
                serve.max_auth_attempts = match value.as_str() {
                    "unlimited" | "Infinity" => None,
                    _ => Some(number("--max-auth-attempts", &value)? as u32),
                };
            }
            Long("lockout-seconds") => {
                serve.lockout = Duration::from_secs(number("--lockout-seconds", &text(&mut parser)?)?);
            }
            Long("password-rounds") => {
                let rounds = number("--password-rounds", &text(&mut parser)?)?;
                if rounds > u64::from(PASSWORD_ROUNDS_MAX) {
                    return Err(Failure::usage(format!("--password-rounds: at most {PASSWORD_ROUNDS_MAX}")));
                }
                serve.password_rounds = rounds as u32;
            }
            Long("max-connections") => {
                serve.max_connections = number("--max-connections", &text(&mut parser)?)? as usize;
            }
            Long("allow-empty-passwords") => serve.allow_empty_passwords = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(wrong(other.unexpected())),
        }
    }
    if serve.ssh_ident.is_empty() {
        // RFC 4253 section 4.2: the software version has no minus sign and no white space.
        serve.ssh_ident = format!("SSH-2.0-{}", serve.hostname.replace('-', "_"));
    }
    if serve.ssh.is_none() && serve.http.is_none() {
        return Err(Failure::usage("with --ssh off and --http off nothing is left to serve"));
    }
    Ok(Command::Serve(serve))
}

fn parse_shell(words: impl Iterator<Item = OsString>) -> Outcome<Command> {
    use lexopt::prelude::*;

    let mut name = String::from("bivalve");
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(arg) = parser.next().map_err(wrong)? {
        match arg {
            Long("hostname") => name = hostname(&text(&mut parser)?)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(wrong(other.unexpected())),
        }
    }
    Ok(Command::Shell { hostname: name })
}

fn parse_unlock(words: impl Iterator<Item = OsString>) -> Outcome<Command> {
    use lexopt::prelude::*;

    let (mut state, mut address) = (None, None);
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(arg) = parser.next().map_err(wrong)? {
        match arg {
            Long("state") => state = Some(PathBuf::from(parser.value().map_err(wrong)?)),
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(word) if address.is_none() => {
                let parsed = word.to_str().and_then(|word| word.parse().ok());
                let word = word.to_string_lossy();
                address = Some(
                    parsed.ok_or_else(|| Failure::usage(format!("unlock: '{word}' is not an IP address")))?,
                );
            }
            other => return Err(wrong(other.unexpected())),
        }
    }
    match (state, address) {
        (Some(state), Some(address)) => Ok(Command::Unlock { state, address }),
        _ => Err(Failure::usage("unlock: give --state DIR and an address")),
    }
}

fn parse_image(words: impl Iterator<Item = OsString>) -> Outcome<Command> {
    use lexopt::prelude::*;

    let (mut operands, mut json, mut to) = (Vec::new(), false, None);
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(arg) = parser.next().map_err(wrong)? {
        match arg {
            Long("json") => json = true,
            Long("to") => to = Some(format(&text(&mut parser)?)?),
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(word) => operands.push(word),
            other => return Err(wrong(other.unexpected())),
        }
    }
    let mut operands = operands.into_iter();
    let verb = operands.next().unwrap_or_default();
    let files: Vec<PathBuf> = operands.map(PathBuf::from).collect();
    match (verb.to_str(), files.as_slice()) {
        (Some("ls"), [file]) => Ok(Command::Image(Image::Ls { file: file.clone(), json })),
        (Some("convert"), [input, output]) => {
            Ok(Command::Image(Image::Convert { input: input.clone(), output: output.clone(), to }))
        }
        (Some("diff"), [before, after]) => {
            Ok(Command::Image(Image::Diff { before: before.clone(), after: after.clone(), json }))
        }
        (Some("diff"), _) => Err(Failure::usage("image diff: give two FILEs")),
        (Some("ls"), _) => Err(Failure::usage("image ls: give one FILE")),
        (Some("convert"), _) => Err(Failure::usage("image convert: give IN and OUT")),
        _ => Err(Failure::usage("image: give ls, diff or convert; try 'bivalve help'")),
    }
}

/// bash's own command line (bash manual, "Invoking Bash"): options up to the first operand, `-o` and `-O`
/// take a word each, `-c` says that the first operand is the script, `-s` that it is on standard input.
fn parse_sh(words: impl Iterator<Item = OsString>) -> Outcome<Sh> {
    let mut words = words.map(OsString::into_vec).peekable();
    let mut options = Vec::new();
    let (mut from_text, mut from_stdin) = (false, false);
    let (mut image, mut save) = (None, None);
    while let Some(word) = words.next_if(|word| matches!(word.first(), Some(b'-' | b'+'))) {
        if word == b"-" || word == b"--" {
            break;
        }
        if let Some(name) = word.strip_prefix(b"--") {
            let file = match name {
                b"image" => &mut image,
                b"save" => &mut save,
                _ => {
                    options.push(word);
                    continue;
                }
            };
            let value = words.next().map(|value| PathBuf::from(OsString::from_vec(value)));
            let missing = || Failure::usage(format!("sh: {}: give a FILE", word.escape_ascii()));
            *file = Some(value.ok_or_else(missing)?);
            continue;
        }
        let plus = word.first() == Some(&b'+');
        let mut kept = vec![if plus { b'+' } else { b'-' }];
        let mut values = 0;
        for &letter in word.iter().skip(1) {
            match letter {
                b'c' if !plus => from_text = true,
                b's' if !plus => from_stdin = true,
                _ => {
                    values += usize::from(matches!(letter, b'o' | b'O'));
                    kept.push(letter);
                }
            }
        }
        if kept.len() > 1 {
            options.push(kept);
        }
        options.extend(words.by_ref().take(values));
    }
    let script = if from_text {
        Script::Text(words.next().ok_or_else(|| Failure::usage("sh: -c: option requires an argument"))?)
    } else if from_stdin {
        Script::Stdin
    } else {
        match words.next() {
            None => Script::Stdin,
            Some(word) if word == b"-" => Script::Stdin,
            Some(word) => Script::File(PathBuf::from(OsString::from_vec(word))),
        }
    };
    Ok(Sh { options, script, args: words.collect(), image, save })
}

fn format(name: &str) -> Outcome<Format> {
    Format::named(name).ok_or_else(|| {
        let names = Format::names().collect::<Vec<_>>().join(", ");
        Failure::usage(format!("--to: '{name}' is not a format; give one of {names}"))
    })
}

fn text(parser: &mut lexopt::Parser) -> Outcome<String> {
    let value = parser.value().map_err(wrong)?;
    value.into_string().map_err(|value| Failure::usage(format!("'{}': not UTF-8", value.to_string_lossy())))
}

fn number(option: &str, value: &str) -> Outcome<u64> {
    match value.parse::<u32>() {
        Ok(number) if number > 0 => Ok(u64::from(number)),
        _ => Err(Failure::usage(format!("{option}: '{value}' is not a number from 1 to 4294967295"))),
    }
}

/// `off`, `PORT`, `HOST:PORT` or `[V6]:PORT`; a host is an address or `localhost`.
fn listen_address(option: &str, value: &str) -> Outcome<Option<SocketAddr>> {
    if value == "off" {
        return Ok(None);
    }
    let v4 = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let address = match value.strip_prefix("localhost:").unwrap_or(value).parse::<u16>() {
        Ok(port) => Some(SocketAddr::new(v4, port)),
        Err(_) => value.parse().ok(),
    };
    match address {
        Some(address) => Ok(Some(address)),
        None => Err(Failure::usage(format!(
            "{option}: '{value}' is not an address; give PORT, IP:PORT, [IP]:PORT or off"
        ))),
    }
}

/// A host name as `hostname(7)` wants it: letters, digits, hyphens and dots, at most 64 bytes.
fn hostname(value: &str) -> Outcome<String> {
    let well_formed = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if value.len() <= 64 && value.split('.').all(well_formed) {
        Ok(String::from(value))
    } else {
        Err(Failure::usage(format!("--hostname: '{value}' is not a host name")))
    }
}

/// An identification string of RFC 4253 section 4.2, without its line end.
fn ssh_ident(value: &str) -> Outcome<String> {
    let printable = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let well_formed = value.strip_prefix("SSH-2.0-").is_some_and(|rest| !rest.trim().is_empty());
    if printable && well_formed && value.len() <= 253 {
        Ok(String::from(value))
    } else {
        Err(Failure::usage(format!(
            "--ssh-ident: '{value}' is not SSH-2.0- and at most 245 printable characters"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_sh(words: &[&str], options: &[&str], script: Script, args: &[&str]) {
        let bytes = |words: &[&str]| words.iter().map(|word| word.as_bytes().to_vec()).collect::<Vec<_>>();
        let sh = parse_sh(words.iter().map(OsString::from)).expect("parses");
        let expected = Sh { options: bytes(options), script, args: bytes(args), image: None, save: None };
        assert_eq!(sh, expected, "{words:?}");
    }

    #[test]
    fn the_arguments_of_sh_are_those_of_bash() {
        let text = |text: &str| Script::Text(text.as_bytes().to_vec());
        let file = |file: &str| Script::File(PathBuf::from(file));
        check_sh(&[], &[], Script::Stdin, &[]);
        check_sh(&["-"], &[], Script::Stdin, &[]);
        check_sh(&["-", "file", "a"], &[], file("file"), &["a"]);
        check_sh(&["-s", "a", "b"], &[], Script::Stdin, &["a", "b"]);
        check_sh(&["-c", "true"], &[], text("true"), &[]);
        check_sh(&["-c", "echo $0", "name", "-x"], &[], text("echo $0"), &["name", "-x"]);
        check_sh(&["-euc", "false"], &["-eu"], text("false"), &[]);
        check_sh(&["-ec", "--", "false"], &["-e"], text("false"), &[]);
        check_sh(&["-o", "pipefail", "-c", "x"], &["-o", "pipefail"], text("x"), &[]);
        check_sh(&["-euo", "pipefail", "f"], &["-euo", "pipefail"], file("f"), &[]);
        check_sh(&["+B", "--norc", "f", "-c"], &["+B", "--norc"], file("f"), &["-c"]);
    }

    #[test]
    fn addresses() {
        let check = |value: &str, expected: Option<&str>| {
            let address = listen_address("--ssh", value).ok().flatten().map(|address| address.to_string());
            assert_eq!(address.as_deref(), expected, "{value}");
        };
        check("2222", Some("127.0.0.1:2222"));
        check("0", Some("127.0.0.1:0"));
        check("localhost:22", Some("127.0.0.1:22"));
        check("0.0.0.0:22", Some("0.0.0.0:22"));
        check("[::]:22", Some("[::]:22"));
        check("off", None);
        check("65536", None);
        check("example.org:22", None);
        check("", None);
    }

    #[test]
    fn host_names_and_identifications() {
        assert!(hostname("a-b.c1").is_ok());
        for bad in ["", "-a", "a-", "a..b", "a b", "ä", &"a".repeat(65)] {
            assert!(hostname(bad).is_err(), "{bad}");
        }
        assert!(ssh_ident("SSH-2.0-OpenSSH_9.2p1 Debian-2").is_ok());
        for bad in ["", "OpenSSH", "SSH-2.0-", "SSH-2.0-a\r\n", &format!("SSH-2.0-{}", "a".repeat(300))] {
            assert!(ssh_ident(bad).is_err(), "{bad}");
        }
    }
}
