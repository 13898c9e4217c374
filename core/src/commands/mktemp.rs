//! `mktemp`: makes a file or directory with a new name.

use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, Result};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::path::join;
use crate::program::{Category, Choice, Command, Context, Example, Parsed, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "mktemp",
    aliases: &[],
    summary: "create a temporary file or directory",
    usage: &["[OPTION]... [TEMPLATE]"],
    description: "Create a temporary file or directory, safely, and print its name.\n\
                  TEMPLATE must contain at least 3 consecutive 'X's in last component.\n\
                  If TEMPLATE is not specified, use tmp.XXXXXXXXXX, and --tmpdir is implied.\n\
                  Files are created u+rw, and directories u+rwx, minus umask restrictions.",
    options: &[
        option('d', "directory", Nothing, "create a directory, not a file"),
        option('u', "dry-run", Nothing, "do not create anything; merely print a name (unsafe)"),
        option('q', "quiet", Nothing, "suppress diagnostics about file/dir-creation failure"),
        Choice::long('S', "suffix", Argument("SUFF"), "append SUFF to TEMPLATE, which must end in X"),
        option('p', "", Argument("DIR"), "interpret TEMPLATE relative to DIR"),
        Choice::long('T', "tmpdir", MaybeArgument("DIR"), "the same; without DIR use $TMPDIR if set, else /tmp"),
        option('t', "", Nothing, "interpret TEMPLATE as a single file name component below a directory"),
    ],
    examples: &[Example { script: "mktemp -u /tmp/x.XXXXXX | cut -c 1-7", output: "/tmp/x.\n" }],
    standard: "",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// What the Xs become.
const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// How many names are tried before the command gives up.
const TRIES_MAX: usize = 10_000;

/// A path with Xs that stand for something new.
struct Template {
    path: Vec<u8>,
    /// Where the Xs begin, and how many they are.
    at: usize,
    count: usize,
}

impl Template {
    /// The error is GNU's message.
    fn of(cx: &Context, parsed: &Parsed) -> Result<Template, Vec<u8>> {
        let given = parsed.operands.first();
        let name: &[u8] = given.map_or(b"tmp.XXXXXXXXXX", Vec::as_slice);
        let quoted = quote_locale(name);
        let (front, suffix) = match parsed.value('S') {
            Some(_) if !name.ends_with(b"X") => {
                return Err([b"with --suffix, template ", &quoted[..], b" must end in X"].concat());
            }
            Some(suffix) => (name, suffix),
            None => name.split_at(name.iter().rposition(|&byte| byte == b'X').map_or(0, |at| at + 1)),
        };
        // Without any X, all of the template counts as its front.
        let (front, suffix) = if front.is_empty() { (name, &b""[..]) } else { (front, suffix) };
        if suffix.contains(&b'/') {
            return Err([b"invalid suffix ", &quote_locale(suffix)[..], b", contains directory separator"].concat());
        }
        let count = front.iter().rev().take_while(|&&byte| byte == b'X').count();
        if count < 3 {
            return Err([b"too few X's in template ", &quoted[..]].concat());
        }
        let mut front = front.to_vec();
        if given.is_none() || parsed.last_of(&['p', 'T', 't']).is_some() {
            if parsed.has('t') && front.contains(&b'/') {
                return Err([b"invalid template, ", &quoted[..], b", contains directory separator"].concat());
            }
            if front.starts_with(b"/") {
                return Err([b"invalid template, ", &quoted[..], b"; with --tmpdir, it may not be absolute"].concat());
            }
            front = join(&directory(cx, parsed), &front);
        }
        let at = front.len() - count;
        Ok(Template { path: [&front, suffix].concat(), at, count })
    }

    /// A path with letters for the Xs.
    fn fill(&self, cx: &Context) -> Vec<u8> {
        let mut path = self.path.clone();
        for place in path.iter_mut().skip(self.at).take(self.count) {
            let mut random = [0; 8];
            cx.process.random(&mut random);
            let choice = u64::from_le_bytes(random) % LETTERS.len() as u64;
            *place = LETTERS.get(choice as usize).copied().unwrap_or(b'X');
        }
        path
    }
}

/// Where the file goes: with -t `TMPDIR` has the last word, else the option has.
fn directory(cx: &Context, parsed: &Parsed) -> Vec<u8> {
    let option = parsed.options.iter().rev().find(|(id, _)| matches!(id, 'p' | 'T'));
    let option = option.and_then(|(_, value)| value.clone()).filter(|dir| !dir.is_empty());
    let variable = cx.process.env(b"TMPDIR").filter(|dir| !dir.is_empty());
    let dir = if parsed.has('t') { variable.or(option) } else { option.or(variable) };
    dir.unwrap_or_else(|| b"/tmp".to_vec())
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.operands.len() > 1 {
        return cx.usage_error(1, b"too many templates").await;
    }
    let template = match Template::of(&cx, &parsed) {
        Ok(template) => template,
        Err(message) => {
            cx.error(&message).await;
            return cx.finish().await;
        }
    };
    match make(&cx, &template, parsed.has('d'), parsed.has('u')).await {
        Ok(path) => {
            cx.out.put(&path);
            cx.out.push(b'\n');
        }
        Err(_) if parsed.has('q') => cx.status = 1,
        Err(errno) => {
            let kind: &[u8] = if parsed.has('d') { b"directory" } else { b"file" };
            let what = [b"failed to create ", kind, b" via template ", &quote_locale(&template.path)].concat();
            cx.failed(&what, errno).await;
        }
    }
    cx.finish().await
}

async fn make(cx: &Context, template: &Template, directory: bool, dry_run: bool) -> Result<Vec<u8>> {
    for _ in 0..TRIES_MAX {
        let path = template.fill(cx);
        let made = if dry_run {
            match cx.process.lstat(&path).await {
                Ok(_) => Err(Errno::EEXIST),
                Err(Errno::ENOENT) => Ok(()),
                Err(errno) => Err(errno),
            }
        } else if directory {
            cx.process.mkdir(&path, Mode::new(0o700)).await
        } else {
            let flags = OpenFlags::READ_WRITE | OpenFlags::CREATE | OpenFlags::EXCLUSIVE;
            cx.process.open(&path, flags, Mode::new(0o600)).await.and_then(|fd| cx.process.close(fd))
        };
        match made {
            Ok(()) => return Ok(path),
            Err(Errno::EEXIST) => {}
            Err(errno) => return Err(errno),
        }
    }
    Err(Errno::EEXIST)
}
