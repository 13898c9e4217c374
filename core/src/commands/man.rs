//! `man`: shows the manual of a command; as `apropos` and `whatis`, the lines of the commands that fit.

use super::{COMMANDS, find};
use crate::abi::{ExitStatus, STDOUT};
use crate::program::Takes::Nothing;
use crate::program::{Choice, Category, Command, Context, Example, Takes, boxed, option};
use bstr::ByteSlice;

/// The command.
pub static COMMAND: Command = Command {
    name: "man",
    aliases: &["apropos", "whatis"],
    summary: "show the manual of a command",
    usage: &["[SECTION] PAGE...", "-k WORD...", "-f PAGE..."],
    description: "Print the manual page of each command. As apropos, or with -k: the commands whose name or\n\
                  summary holds the WORD. As whatis, or with -f: the summary of each. The shell's own\n\
                  commands are explained by 'help'.",
    options: &[
        option('k', "apropos", Nothing, "search names and summaries"),
        option('f', "whatis", Nothing, "print summaries"),
    ],
    examples: &[Example { script: "whatis true", output: "true (1)             - do nothing, successfully\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/man.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

/// Columns of a page where no terminal says how many there are, and the most that are used.
const COLUMNS: usize = 80;
const INDENT: usize = 7;
/// Status where nothing was found.
const NOT_FOUND: u8 = 16;

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let search = parsed.has('k') || cx.name == b"apropos";
    let whatis = parsed.has('f') || cx.name == b"whatis";
    let mut pages = parsed.operands;
    if pages.len() > 1 && !search && !whatis {
        // Every page is of section 1 or 8; which one is asked for makes no difference.
        pages.retain(|page| page != b"1" && page != b"8");
    }
    if pages.is_empty() {
        let question = match (search, whatis) {
            (true, _) => "apropos what?\n",
            (_, true) => "whatis what?\n",
            _ => "What manual page do you want?\nFor example, try 'man man'.\n",
        };
        cx.write_error(question.as_bytes()).await;
        cx.status = 1;
        return cx.finish().await;
    }
    let window = cx.process.window_size(STDOUT).ok().map(|window| usize::from(window.cols));
    let columns = window.unwrap_or(COLUMNS).clamp(40, COLUMNS);
    for page in &pages {
        let text = if search || whatis { lines(page, search) } else { find(page).map(|command| render(command, columns)) };
        match text {
            Some(text) => cx.out.put(text.as_bytes()),
            None => {
                let reason = if search || whatis { ": nothing appropriate.\n" } else { "" };
                let message = match reason {
                    "" => [b"No manual entry for ", &page[..], b"\n"].concat(),
                    reason => [&page[..], reason.as_bytes()].concat(),
                };
                cx.write_error(&message).await;
                cx.status = NOT_FOUND;
            }
        }
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.finish().await
}

/// A line for each command that is called so or, in a search, has the word in its name or summary.
fn lines(word: &[u8], search: bool) -> Option<String> {
    let lower = word.to_ascii_lowercase();
    let fits = |name: &str, command: &Command| match search {
        true => name.as_bytes().contains_str(&lower) || command.summary.to_lowercase().as_bytes().contains_str(&lower),
        false => name.as_bytes() == word,
    };
    let mut text = String::new();
    for command in COMMANDS {
        for name in std::iter::once(&command.name).chain(command.aliases).filter(|name| fits(name, command)) {
            text += &format!("{:<20} - {}\n", format!("{name} (1)"), command.summary);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// A manual page.
fn render(command: &Command, columns: usize) -> String {
    let title = format!("{}(1)", command.name.to_uppercase());
    let gap = columns.saturating_sub(2 * title.len() + "User Commands".len());
    let (before, behind) = (gap / 2, gap - gap / 2);
    let heading = format!("{title}{:before$}User Commands{:behind$}{title}\n", "", "");
    let mut page = heading.clone();
    let names: Vec<&str> = std::iter::once(command.name).chain(command.aliases.iter().copied()).collect();
    section(&mut page, "NAME");
    paragraph(&mut page, &format!("{} - {}", names.join(", "), command.summary), INDENT, columns);
    section(&mut page, "SYNOPSIS");
    for form in command.usage {
        paragraph(&mut page, &format!("{} {form}", command.name), INDENT, columns);
    }
    if !command.description.is_empty() {
        section(&mut page, "DESCRIPTION");
        for (at, part) in command.description.split("\n\n").enumerate() {
            if at > 0 {
                page.push('\n');
            }
            paragraph(&mut page, part, INDENT, columns);
        }
    }
    let options: Vec<&Choice> = command.options.iter().filter(|choice| !choice.help.is_empty()).collect();
    if !options.is_empty() {
        section(&mut page, "OPTIONS");
        for choice in options {
            paragraph(&mut page, &form_of(choice), INDENT, columns);
            paragraph(&mut page, choice.help, 2 * INDENT, columns);
            page.push('\n');
        }
        page.pop();
    }
    if !command.examples.is_empty() {
        section(&mut page, "EXAMPLES");
        for (at, example) in command.examples.iter().enumerate() {
            if at > 0 {
                page.push('\n');
            }
            for line in example.script.lines() {
                page += &format!("{:INDENT$}$ {line}\n", "");
            }
            for line in example.output.lines() {
                page += &format!("{:INDENT$}{line}\n", "");
            }
        }
    }
    section(&mut page, "SEE ALSO");
    page += &format!("{:INDENT$}{}\n\n{heading}", "", command.standard);
    page
}

fn section(page: &mut String, name: &str) {
    *page += &format!("\n{name}\n");
}

/// `-n, --lines=N`.
fn form_of(choice: &Choice) -> String {
    let argument = match choice.takes {
        Takes::Nothing => String::new(),
        Takes::Argument(name) => format!("={name}"),
        Takes::MaybeArgument(name) => format!("[={name}]"),
    };
    match (choice.short, choice.long) {
        ('\0', long) => format!("--{long}{argument}"),
        (short, "") => format!("-{short}{}", argument.replace('=', " ")),
        (short, long) => format!("-{short}, --{long}{argument}"),
    }
}

/// Words filled into lines.
fn paragraph(page: &mut String, text: &str, indent: usize, columns: usize) {
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > columns {
            page.push('\n');
            column = 0;
        }
        if column == 0 {
            *page += &format!("{:indent$}", "");
            column = indent;
        } else {
            page.push(' ');
            column += 1;
        }
        *page += word;
        column += width;
    }
    page.push('\n');
}
