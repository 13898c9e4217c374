//! `truncate`: sets the sizes of files.

use crate::abi::{Errno, ExitStatus, FileType, Mode, OpenFlags};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    ALL_UNITS, Category, Command, Context, CountError, Example, boxed, option, parse_count, quote, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "truncate",
    aliases: &[],
    summary: "shrink or extend the size of a file to the specified size",
    usage: &["OPTION... FILE..."],
    description: "Shrink or extend the size of each FILE to the specified size. A FILE that does not exist is created.\n\n\
                  SIZE may have a unit (K, M, G, ..., or KB, MB, ...) and be prefixed by: '+' extend by, '-' reduce \
                  by, '<' at most, '>' at least, '/' round down to multiple of, '%' round up to multiple of.",
    options: &[
        option('c', "no-create", Nothing, "do not create any files"),
        option('o', "io-blocks", Nothing, "treat SIZE as number of IO blocks instead of bytes"),
        option('r', "reference", Argument("RFILE"), "base size on RFILE"),
        option('s', "size", Argument("SIZE"), "set or adjust the file size by SIZE bytes"),
    ],
    examples: &[Example { script: "truncate -s 1K f; stat -c %s f", output: "1024\n" }],
    standard: "https://www.gnu.org/software/coreutils/manual/html_node/truncate-invocation.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// Bytes of an IO block.
const BLOCK_BYTES: u64 = 4096;

/// What is done to a size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Set,
    Extend,
    Reduce,
    AtMost,
    AtLeast,
    RoundDown,
    RoundUp,
}

impl Deed {
    /// The new size; `None` when it is too large.
    fn apply(self, old: u64, size: u64) -> Option<u64> {
        match self {
            Deed::Set => Some(size),
            Deed::Extend => old.checked_add(size),
            Deed::Reduce => Some(old.saturating_sub(size)),
            Deed::AtMost => Some(old.min(size)),
            Deed::AtLeast => Some(old.max(size)),
            Deed::RoundDown => old.checked_div(size)?.checked_mul(size),
            Deed::RoundUp => old.checked_next_multiple_of(size),
        }
    }
}

/// Reads a SIZE. The error is GNU's message.
fn parse_size(text: &[u8]) -> Result<(Deed, u64), Vec<u8>> {
    let text = text.trim_ascii_start();
    let (deed, number) = match text.split_first() {
        Some((b'+', rest)) => (Deed::Extend, rest),
        Some((b'-', rest)) => (Deed::Reduce, rest),
        Some((b'<', rest)) => (Deed::AtMost, rest),
        Some((b'>', rest)) => (Deed::AtLeast, rest),
        Some((b'/', rest)) => (Deed::RoundDown, rest),
        Some((b'%', rest)) => (Deed::RoundUp, rest),
        _ => (Deed::Set, text),
    };
    let size = parse_count(number, ALL_UNITS).map_err(|error| {
        let reason: &[u8] = match error {
            CountError::Invalid => b"",
            CountError::TooLarge => b": Value too large for defined data type",
        };
        let shown = if matches!(deed, Deed::Extend | Deed::Reduce) { text } else { number };
        [b"Invalid number: ", &quote_locale(shown)[..], reason].concat()
    })?;
    if size == 0 && matches!(deed, Deed::RoundDown | Deed::RoundUp) {
        return Err(b"division by zero".to_vec());
    }
    Ok((deed, size))
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut change = (Deed::Set, 0);
    for text in parsed.values('s') {
        match parse_size(text) {
            Ok(size) => change = size,
            Err(message) => {
                cx.error(&message).await;
                return cx.finish().await;
            }
        }
    }
    let (sized, referred) = (parsed.has('s'), parsed.has('r'));
    let wrong = if !sized && !referred {
        Some([b"you must specify either ".to_vec(), quote_locale(b"--size"), b" or ".to_vec(), quote_locale(b"--reference")])
    } else if referred && sized && change.0 == Deed::Set {
        Some([b"you must specify a relative ".to_vec(), quote_locale(b"--size"), b" with ".to_vec(), quote_locale(b"--reference")])
    } else if parsed.has('o') && !sized {
        Some([quote_locale(b"--io-blocks"), b" was specified but ".to_vec(), quote_locale(b"--size"), b" was not".to_vec()])
    } else {
        None
    };
    if let Some(parts) = wrong {
        return cx.usage_error(1, &parts.concat()).await;
    }
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing file operand").await;
    }
    let mut base = None;
    if let Some(file) = parsed.value('r') {
        match cx.process.stat(file).await {
            Ok(stat) => base = Some(stat.size_bytes),
            Err(errno) => {
                cx.cannot("cannot stat", file, errno).await;
                return cx.finish().await;
            }
        }
    }
    for operand in &parsed.operands {
        resize(&mut cx, operand, change, base, parsed.has('c'), parsed.has('o')).await;
    }
    cx.finish().await
}

/// Gives one file its size.
async fn resize(
    cx: &mut Context,
    path: &[u8],
    (deed, size): (Deed, u64),
    base: Option<u64>,
    no_create: bool,
    in_blocks: bool,
) {
    let flags = if no_create { OpenFlags::WRITE } else { OpenFlags::WRITE | OpenFlags::CREATE };
    let fd = match cx.process.open(path, flags, Mode::new(0o666)).await {
        Ok(fd) => fd,
        Err(Errno::ENOENT) if no_create => return,
        Err(errno) => {
            let reason = errno.message().as_bytes();
            return cx.error(&[b"cannot open ", &quote(path)[..], b" for writing: ", reason].concat()).await;
        }
    };
    match cx.process.fstat(fd) {
        Err(errno) => cx.cannot("cannot fstat", path, errno).await,
        Ok(stat) => {
            let unit = if in_blocks { BLOCK_BYTES } else { 1 };
            let old = base.unwrap_or(if stat.file_type == FileType::Regular { stat.size_bytes } else { 0 });
            let new = size.checked_mul(unit).and_then(|size| deed.apply(old, if base.is_some() && deed == Deed::Set { old } else { size }));
            match new {
                None => {
                    cx.error(&[b"overflow extending size of file ", &quote(path)[..]].concat()).await;
                }
                Some(new) => {
                    if let Err(errno) = cx.process.ftruncate(fd, new) {
                        let bytes = format!(" at {new} bytes: {}", errno.message());
                        cx.error(&[b"failed to truncate ", &quote(path)[..], bytes.as_bytes()].concat()).await;
                    }
                }
            }
        }
    }
    let _ = cx.process.close(fd);
}
