//! `reset`: brings a terminal back to a sane state.

use crate::abi::{ExitStatus, STDERR, STDIN, STDOUT, Termios};
use crate::program::{Category, Command, Context, boxed};

/// The command.
pub static COMMAND: Command = Command {
    name: "reset",
    aliases: &[],
    summary: "reset the terminal to a sane state",
    usage: &["[OPTION]..."],
    description: "Set the terminal's modes to sane values, leave its alternate screen and character sets, and\n\
                  clear it. Useful after a program died and left the terminal in an abnormal state.",
    options: &[],
    examples: &[],
    standard: "https://invisible-island.net/ncurses/man/tset.1.html",
    category: Category::Screen,
    run: |cx| boxed(run(cx)),
};

/// To the main screen, all modes off, all attributes off, ASCII, clear.
const RESET: &[u8] = b"\x1bc\x1b[!p\x1b[?1049l\x1b[?3;4l\x1b[4l\x1b>\x1b(B\x1b[m\x1b[?25h\x1b[H\x1b[2J\x1b[3J";

async fn run(mut cx: Context) -> ExitStatus {
    if let Err(status) = cx.parse(1).await {
        return status;
    }
    let Some(fd) = [STDERR, STDOUT, STDIN].into_iter().find(|&fd| cx.process.is_terminal(fd)) else {
        cx.error(b"terminal attributes: No such device or address").await;
        return cx.finish().await;
    };
    if let Err(errno) = cx.process.set_termios(fd, Termios::default(), false).await {
        cx.failed(b"terminal attributes", errno).await;
    }
    // It goes to the terminal, wherever the output goes.
    if let Err(errno) = cx.process.write_all(fd, RESET).await {
        cx.failed(b"write error", errno).await;
    }
    cx.finish().await
}
