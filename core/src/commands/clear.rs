//! `clear`: clears the screen.

use crate::abi::ExitStatus;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "clear",
    aliases: &[],
    summary: "clear the terminal screen",
    usage: &["[OPTION]..."],
    description: "Clear the screen and what has scrolled off it.",
    options: &[
        option('T', "", Argument("TERM"), "use this instead of $TERM"),
        option('V', "", Nothing, "print version"),
        option('x', "", Nothing, "do not try to clear scrollback"),
    ],
    examples: &[],
    standard: "https://invisible-island.net/ncurses/man/clear.1.html",
    category: Category::Screen,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.has('V') {
        cx.out.put(b"clear (bivalve)\n");
        return cx.finish().await;
    }
    let term = parsed.value('T').map(<[u8]>::to_vec).or_else(|| cx.process.env(b"TERM"));
    match term.as_deref() {
        None => {
            cx.write_error(b"TERM environment variable not set.\n").await;
            cx.status = 1;
        }
        // A terminal that cannot clear.
        Some(b"dumb") => cx.status = 1,
        Some(_) => cx.out.put(if parsed.has('x') { b"\x1b[H\x1b[2J" } else { b"\x1b[H\x1b[2J\x1b[3J" }),
    }
    cx.finish().await
}
