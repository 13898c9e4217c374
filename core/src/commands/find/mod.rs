//! `find`: looks for files in trees of directories.

mod eval;
mod parse;
mod primary;
mod printf;

use crate::abi::{ExitStatus, OpenFlags, Mode, STDIN, STDOUT, Time};
use crate::calendar::Zone;
use crate::program::{
    Category, Command, Context, Example, Follow, Names, Output, Visit, Walk, boxed, quote_locale,
};
use eval::Outcome;
use parse::{Op, Parser, Settings};

/// The command.
pub static COMMAND: Command = Command {
    name: "find",
    aliases: &[],
    summary: "search for files in a directory hierarchy",
    usage: &["[-H] [-L] [-P] [PATH]... [EXPRESSION]"],
    description: "The default PATH is the current directory; the default EXPRESSION is -print.\n\n\
                  Operators: ( EXPR )  ! EXPR  -not EXPR  EXPR1 [-a] EXPR2  EXPR1 -o EXPR2  EXPR1 , EXPR2\n\n\
                  Options: -depth -maxdepth N -mindepth N -mount -xdev -daystart -follow -regextype TYPE\n\n\
                  Tests (N can be +N or -N or N): -amin N -atime N -cmin N -ctime N -mmin N -mtime N\n\
                  -newer FILE -newerXY REFERENCE -empty -true -false -fstype TYPE -gid N -group NAME\n\
                  -uid N -user NAME -nouser -nogroup -inum N -links N -samefile FILE\n\
                  -name PATTERN -iname PATTERN -path PATTERN -ipath PATTERN -lname PATTERN -ilname PATTERN\n\
                  -regex PATTERN -iregex PATTERN -perm [-/]MODE -readable -writable -executable\n\
                  -size N[bcwkMG] -type [bcdpfls] -xtype [bcdpfls]\n\n\
                  Actions: -delete -print -print0 -printf FORMAT -ls -fprint FILE -fprint0 FILE\n\
                  -fprintf FILE FORMAT -fls FILE -prune -quit -exec COMMAND ; -exec COMMAND {} +\n\
                  -execdir COMMAND ; -execdir COMMAND {} + -ok COMMAND ; -okdir COMMAND ;",
    options: &[],
    examples: &[
        Example { script: "mkdir d; touch d/a.c d/b.h; find d -name '*.c'", output: "d/a.c\n" },
        Example { script: "touch a; find a -printf '%f %y\\n'", output: "a f\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/find.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// A running search.
struct Find {
    cx: Context,
    settings: Settings,
    follow: Follow,
    names: Names,
    zone: Zone,
    now: Time,
    /// Files that actions write to.
    files: Vec<Output>,
    /// Standard output is a terminal: what does not print is shown as `?`.
    to_terminal: bool,
}

async fn run(mut cx: Context) -> ExitStatus {
    for (short, long) in [(&b"-help"[..], &b"--help"[..]), (b"-version", b"--version")] {
        if cx.words.iter().any(|word| word == short || word == long) {
            cx.words = vec![long.to_vec()];
            return cx.parse(1).await.err().unwrap_or(ExitStatus::SUCCESS);
        }
    }
    let mut words = std::mem::take(&mut cx.words).into_iter().peekable();
    let mut follow = Follow::Never;
    while let Some(word) = words.peek() {
        match word.as_slice() {
            b"-P" => follow = Follow::Never,
            b"-H" => follow = Follow::Operands,
            b"-L" => follow = Follow::Always,
            b"-D" => {
                words.next();
            }
            b"--" => {
                words.next();
                break;
            }
            option if option.starts_with(b"-O") && option.len() > 2 => {}
            _ => break,
        }
        words.next();
    }
    let mut paths: Vec<Vec<u8>> = Vec::new();
    while let Some(word) = words.next_if(|word| !begins_expression(word, paths.is_empty())) {
        paths.push(word);
    }
    if paths.is_empty() {
        paths.push(b".".to_vec());
    }
    let names = Names::read(&cx.process).await;
    let zone = Zone::from_tz(&cx.process.env(b"TZ").unwrap_or_default());
    let (now, to_terminal) = (cx.process.now(), cx.process.is_terminal(STDOUT));
    let warn = cx.process.is_terminal(STDIN);
    let settings = Settings { warn, ..Settings::default() };
    let mut find = Find { cx, settings, follow, names, zone, now, files: Vec::new(), to_terminal };
    let program = match Parser::new(&mut find, words.collect()).parse().await {
        Ok(program) => program,
        Err(message) => {
            find.cx.error(&message).await;
            return find.cx.finish().await;
        }
    };
    find.search_all(&paths, program).await
}

/// Whether a word is no path. A lone `)` or `,` in front of all is one.
fn begins_expression(word: &[u8], is_first: bool) -> bool {
    match word {
        b"(" | b"!" => true,
        b")" | b"," => !is_first,
        _ => word.len() > 1 && word.starts_with(b"-"),
    }
}

impl Find {
    async fn search_all(mut self, paths: &[Vec<u8>], mut program: Vec<Op>) -> ExitStatus {
        for path in paths {
            if self.search(path, &mut program).await == Outcome::Quit {
                break;
            }
        }
        self.run_collected(&mut program).await;
        for file in &mut self.files {
            if let Err(errno) = file.flush().await {
                self.cx.failed(b"write error", errno).await;
            }
        }
        self.cx.finish().await
    }

    async fn search(&mut self, path: &[u8], program: &mut [Op]) -> Outcome {
        let mut walk = Walk::new(path, self.follow).one_file_system(self.settings.one_file_system);
        let mut own_dev = None;
        while let Some(found) = walk.next(&self.cx.process).await {
            let due = match (found.visit, &found.stat) {
                (Visit::Missing(errno) | Visit::Unreadable(errno), _) => {
                    self.cx.failed(&quote_locale(&found.path), errno).await;
                    false
                }
                (Visit::Loop, stat) => {
                    let first = stat.as_ref().and_then(|stat| walk.ancestor(stat)).unwrap_or_default();
                    let text = [
                        b"File system loop detected; ",
                        &quote_locale(&found.path)[..],
                        b" is part of the same file system loop as ",
                        &quote_locale(first),
                        b".",
                    ];
                    self.cx.error(&text.concat()).await;
                    false
                }
                (Visit::File, _) => true,
                (Visit::After, _) => self.settings.depth_first,
                (Visit::Before, stat) => {
                    let dev = stat.as_ref().map(|stat| stat.dev);
                    let is_deepest = self.settings.max_depth.is_some_and(|max| found.depth >= max);
                    if is_deepest {
                        walk.skip();
                    }
                    let foreign = self.settings.one_file_system && *own_dev.get_or_insert(dev) != dev;
                    !self.settings.depth_first || is_deepest || foreign
                }
            };
            let Some(stat) = found.stat.as_ref().filter(|_| due && found.depth >= self.settings.min_depth) else {
                continue;
            };
            match self.evaluate(program, &found, stat).await {
                Outcome::Quit => return Outcome::Quit,
                Outcome::Prune if !self.settings.depth_first => walk.skip(),
                Outcome::Prune | Outcome::Go => {}
            }
            self.cx.process.step(1).await;
        }
        Outcome::Go
    }

    /// A file that an action writes to, opened anew.
    async fn open_output(&mut self, path: &[u8]) -> Result<usize, Vec<u8>> {
        let flags = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::TRUNCATE | OpenFlags::CLOSE_ON_EXEC;
        match self.cx.process.open(path, flags, Mode::new(0o666)).await {
            Ok(fd) => self.files.push(Output::new(&self.cx.process, fd)),
            Err(errno) => return Err([&quote_locale(path)[..], b": ", errno.message().as_bytes()].concat()),
        }
        Ok(self.files.len() - 1)
    }
}
