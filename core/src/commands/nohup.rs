//! `nohup`: runs a command that does not end when its terminal goes away.

use crate::abi::{Errno, ExitStatus, Fd, Mode, OpenFlags, STDERR, STDIN, STDOUT, Signal};
use crate::kernel::Disposition;
use crate::program::{Category, Command, Context, Example, boxed, exec_by_name, quote};

/// The command.
pub static COMMAND: Command = Command {
    name: "nohup",
    aliases: &[],
    summary: "run a command immune to hangups, with output to a non-tty",
    usage: &["COMMAND [ARG]...", "OPTION"],
    description: "Run COMMAND, ignoring hangup signals. Where standard input is a terminal, it is redirected\n\
                  from an unreadable file; where standard output is one, the output is appended to\n\
                  'nohup.out'; where standard error is one, it goes where standard output goes.",
    options: &[],
    examples: &[Example { script: "nohup echo on", output: "on\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/nohup.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

/// Status of a failure of its own.
const FAILED: u8 = 125;

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse_as(FAILED, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.operands.is_empty() {
        return cx.usage_error(FAILED, b"missing operand").await;
    }
    if let Err(message) = redirect(&mut cx).await {
        cx.error(&message).await;
        cx.status = FAILED;
        return cx.finish().await;
    }
    let _ = cx.process.set_disposition(Signal::HUP, Disposition::Ignore);
    let program = quote(parsed.operands.first().map_or(&b""[..], Vec::as_slice));
    let errno = exec_by_name(&cx.process, parsed.operands, cx.process.environment()).await;
    let message = [b"failed to run command ", &program[..], b": ", errno.message().as_bytes()];
    cx.error(&message.concat()).await;
    cx.status = if errno == Errno::ENOENT { 127 } else { 126 };
    cx.finish().await
}

/// Puts files in the place of a terminal, and tells so.
async fn redirect(cx: &mut Context) -> Result<(), Vec<u8>> {
    let [input, output, error] = [STDIN, STDOUT, STDERR].map(|fd| cx.process.is_terminal(fd));
    let said = |errno: Errno| errno.message().as_bytes().to_vec();
    if input {
        replace(cx, b"/dev/null", OpenFlags::WRITE, STDIN).await.map_err(said)?;
    }
    if output {
        let home = cx.process.env(b"HOME").unwrap_or_default();
        let names = [b"nohup.out".to_vec(), [&home[..], b"/nohup.out"].concat()];
        let flags = OpenFlags::OUTPUT_APPEND;
        let mut opened = None;
        for name in &names {
            match replace(cx, name, flags, STDOUT).await {
                Ok(()) => {
                    opened = Some(name.clone());
                    break;
                }
                Err(errno) => cx.error(&[b"failed to open ", &quote(name)[..], b": ", &said(errno)].concat()).await,
            }
        }
        let Some(name) = opened else { return Err(b"cannot append the output to a file".to_vec()) };
        let lead = if input { &b"ignoring input and "[..] } else { b"" };
        cx.error(&[lead, b"appending output to ", &quote(&name)].concat()).await;
    } else if input {
        let also = if error { &b" and redirecting stderr to stdout"[..] } else { b"" };
        cx.error(&[b"ignoring input", also].concat()).await;
    } else if error {
        cx.error(b"redirecting stderr to stdout").await;
    }
    if error {
        cx.process.dup2(STDOUT, STDERR).map_err(said)?;
    }
    Ok(())
}

/// Opens a file as this descriptor.
async fn replace(cx: &Context, name: &[u8], flags: OpenFlags, place: Fd) -> Result<(), Errno> {
    let fd = cx.process.open(name, flags, Mode::new(0o600)).await?;
    cx.process.dup2(fd, place)?;
    cx.process.close(fd)
}
