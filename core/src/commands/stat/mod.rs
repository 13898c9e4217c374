//! `stat`: shows the attributes of files and file systems.

mod directives;
mod format;

use crate::abi::{ExitStatus, FileType, STDIN};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, boxed, match_word, option, quote};
use directives::{FileSystemSubject, FileSubject, Names};
use format::{Format, Problem, Subject};

/// The command.
pub static COMMAND: Command = Command {
    name: "stat",
    aliases: &[],
    summary: "display file or file system status",
    usage: &["[OPTION]... FILE..."],
    description: "Display file or file system status.\n\n\
        In a FORMAT for files:\n  \
          %a  permission bits in octal       %A  permission bits and file type as ls shows them\n  \
          %b  number of blocks allocated     %B  the size in bytes of each block\n  \
          %d  device number in decimal       %D  device number in hex (%Hd major, %Ld minor)\n  \
          %f  raw mode in hex                %F  file type\n  \
          %g  group ID of owner              %G  group name of owner\n  \
          %h  number of hard links           %i  inode number\n  \
          %m  mount point                    %n  file name\n  \
          %N  quoted file name with the target of a symbolic link\n  \
          %o  optimal I/O transfer size      %s  total size, in bytes\n  \
          %r  device type in decimal         %R  device type in hex (%Hr major, %Lr minor)\n  \
          %t  major device type in hex       %T  minor device type in hex\n  \
          %u  user ID of owner               %U  user name of owner\n  \
          %w %x %y %z  time of birth, last access, modification, change\n  \
          %W %X %Y %Z  the same as seconds since the Epoch\n\n\
        In a FORMAT for file systems:\n  \
          %a  free blocks for everyone       %b  total data blocks\n  \
          %c  total file nodes               %d  free file nodes\n  \
          %f  free blocks                    %i  file system ID in hex\n  \
          %l  maximum length of file names   %n  file name\n  \
          %s  block size                     %S  fundamental block size\n  \
          %t  file system type in hex        %T  file system type",
    options: &[
        option('L', "dereference", Nothing, "follow links"),
        option('f', "file-system", Nothing, "display file system status instead of file status"),
        Choice::long('C', "cached", Argument("MODE"), "always, never or default; there is nothing to choose here"),
        option('c', "format", Argument("FORMAT"), "use FORMAT, with a newline after each use"),
        Choice::long('P', "printf", Argument("FORMAT"), "use FORMAT with backslash escapes and no further newline"),
        option('t', "terse", Nothing, "print the information in terse form"),
    ],
    examples: &[Example { script: "stat -c '%A %F' /tmp", output: "drwxrwxrwt directory\n" }],
    standard: "",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

const FILE: &[u8] = b"  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n\
    Device: %Hd,%Ld\tInode: %-10i  Links: %h\n";
const DEVICE_FILE: &[u8] = b"  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n\
    Device: %Hd,%Ld\tInode: %-10i  Links: %-5h Device type: %Hr,%Lr\n";
const FILE_END: &[u8] = b"Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\n\
    Access: %x\nModify: %y\nChange: %z\n Birth: %w\n";
const FILE_TERSE: &[u8] = b"%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o\n";
const FILE_SYSTEM: &[u8] = b"  File: \"%n\"\n    ID: %-8i Namelen: %-7l Type: %T\n\
    Block size: %-10s Fundamental block size: %S\n\
    Blocks: Total: %-10b Free: %-10f Available: %a\nInodes: Total: %-10c Free: %d\n";
const FILE_SYSTEM_TERSE: &[u8] = b"%n %i %l %t %s %S %b %f %a %c %d\n";

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    for word in parsed.values('C') {
        let modes = [("default", 0), ("never", 1), ("always", 2)];
        if let Err(message) = match_word(word, "--cached", &modes) {
            return cx.usage_error(1, &message).await;
        }
    }
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    let given = parsed.last_of(&['c', 'P']).and_then(|id| Some((id, parsed.value(id)?)));
    let format = given.map(|(id, text)| Format {
        text: if id == 'c' { [text, b"\n"].concat() } else { text.to_vec() },
        has_escapes: id == 'P',
        last_is_newline: id == 'c',
    });
    let quotes_names = format.as_ref().is_some_and(|format| memchr::memmem::find(&format.text, b"%N").is_some());
    let names = Names::read(&cx, quotes_names).await;
    for operand in &parsed.operands {
        let going_on = if parsed.has('f') {
            show_file_system(&mut cx, operand, format.as_ref(), parsed.has('t')).await
        } else {
            let style = Style { format: format.as_ref(), terse: parsed.has('t'), follow: parsed.has('L') };
            show_file(&mut cx, operand, &style, &names).await
        };
        if !going_on || cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.finish().await
}

/// How files are shown.
struct Style<'a> {
    format: Option<&'a Format>,
    terse: bool,
    follow: bool,
}

/// False when the format is wrong and nothing more can be shown.
async fn show_file(cx: &mut Context, operand: &[u8], style: &Style<'_>, names: &Names) -> bool {
    let stat = match (operand, style.follow) {
        (b"-", _) => cx.process.fstat(STDIN),
        (path, true) => cx.process.stat(path).await,
        (path, false) => cx.process.lstat(path).await,
    };
    let stat = match stat {
        Ok(stat) => stat,
        Err(errno) if operand == b"-" => {
            cx.error(&[b"cannot stat standard input: ", errno.message().as_bytes()].concat()).await;
            return true;
        }
        Err(errno) => {
            cx.cannot("cannot statx", operand, errno).await;
            return true;
        }
    };
    let is_device = matches!(stat.file_type, FileType::CharDevice | FileType::BlockDevice);
    let own = match (style.terse, is_device) {
        (true, _) => Format::plain(FILE_TERSE.to_vec()),
        (false, false) => Format::plain([FILE, FILE_END].concat()),
        (false, true) => Format::plain([DEVICE_FILE, FILE_END].concat()),
    };
    let subject = FileSubject::new(cx, operand, stat, names).await;
    show(cx, operand, style.format.unwrap_or(&own), &subject).await
}

async fn show_file_system(cx: &mut Context, operand: &[u8], format: Option<&Format>, terse: bool) -> bool {
    if operand == b"-" {
        cx.error(b"using '-' to denote standard input does not work in file system mode").await;
        return true;
    }
    let (total, dev) = match (cx.process.statfs(operand).await, cx.process.stat(operand).await) {
        (Ok(total), Ok(stat)) => (total, stat.dev),
        (Err(errno), _) | (_, Err(errno)) => {
            cx.cannot("cannot read file system information for", operand, errno).await;
            return true;
        }
    };
    let own = Format::plain(if terse { FILE_SYSTEM_TERSE } else { FILE_SYSTEM }.to_vec());
    show(cx, operand, format.unwrap_or(&own), &FileSystemSubject { name: operand, total, dev }).await
}

/// Puts out the format of one operand and tells what is wrong with it.
async fn show(cx: &mut Context, operand: &[u8], format: &Format, subject: &dyn Subject) -> bool {
    let mut problems = Vec::new();
    format.put(subject, cx.out.buffer(), &mut problems);
    for problem in problems {
        match problem {
            Problem::Warning(text) => {
                let line = [&cx.name[..], b": warning: ", &text, b"\n"].concat();
                cx.write_error(&line).await;
            }
            Problem::NoContext => {
                let message = [b"failed to get security context of ", &quote(operand)[..], b": No data available"];
                cx.error(&message.concat()).await;
            }
            Problem::Invalid(text) => {
                cx.error(&[&text[..], b": invalid directive"].concat()).await;
                return false;
            }
        }
    }
    true
}
