//! `dirname`: strips the last component from names.

use crate::abi::ExitStatus;
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "dirname",
    aliases: &[],
    summary: "strip last component from file name",
    usage: &["[OPTION] NAME..."],
    description: "Output each NAME with its last non-slash component and trailing slashes removed;\n\
                  if NAME contains no /'s, output '.' (meaning the current directory).",
    options: &[option('z', "zero", Nothing, "end each output line with NUL, not newline")],
    examples: &[
        Example { script: "dirname /usr/bin/", output: "/usr\n" },
        Example { script: "dirname dir1/str dir2/str stdio.h", output: "dir1\ndir2\n.\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/dirname.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    for name in &parsed.operands {
        cx.out.put(directory(name));
        cx.out.push(if parsed.has('z') { b'\0' } else { b'\n' });
    }
    cx.finish().await
}

/// The directory part of a name.
fn directory(name: &[u8]) -> &[u8] {
    let without_end = |text: &[u8]| text.iter().rposition(|&byte| byte != b'/').map_or(0, |last| last + 1);
    let end = without_end(name);
    let Some(slash) = name[..end].iter().rposition(|&byte| byte == b'/') else {
        return if end == 0 && !name.is_empty() { b"/" } else { b"." };
    };
    match without_end(&name[..slash]) {
        0 => b"/",
        end => &name[..end],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories() {
        for (name, expected) in [
            ("/usr/bin/", "/usr"),
            ("a", "."),
            ("", "."),
            ("/", "/"),
            ("//", "/"),
            ("//a", "/"),
            ("a//b//", "a"),
            ("a/b/c", "a/b"),
            ("../x", ".."),
        ] {
            assert_eq!(directory(name.as_bytes()), expected.as_bytes(), "{name}");
        }
    }
}
