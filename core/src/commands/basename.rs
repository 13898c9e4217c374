//! `basename`: strips directories, and a suffix, from names.

use crate::abi::ExitStatus;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, Example, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "basename",
    aliases: &[],
    summary: "strip directory and suffix from filenames",
    usage: &["NAME [SUFFIX]", "OPTION... NAME..."],
    description: "Print NAME with any leading directory components removed. If specified, also remove a\n\
                  trailing SUFFIX.",
    options: &[
        option('a', "multiple", Nothing, "support multiple arguments and treat each as a NAME"),
        option('s', "suffix", Argument("SUFFIX"), "remove a trailing SUFFIX; implies -a"),
        option('z', "zero", Nothing, "end each output line with NUL, not newline"),
    ],
    examples: &[
        Example { script: "basename include/stdio.h .h", output: "stdio\n" },
        Example { script: "basename -a any/str1 any/str2", output: "str1\nstr2\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/basename.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    // As in GNU's, the first operand ends the options: a suffix may begin with a dash.
    let parsed = match cx.parse_as(1, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let several = parsed.has('a') || parsed.has('s');
    let suffix = parsed.value('s').or_else(|| parsed.operands.get(1).filter(|_| !several).map(Vec::as_slice));
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    if let Some(extra) = parsed.operands.get(2).filter(|_| !several) {
        return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    let count = if several { parsed.operands.len() } else { 1 };
    for name in parsed.operands.iter().take(count) {
        cx.out.put(base(name, suffix.unwrap_or_default()));
        cx.out.push(if parsed.has('z') { b'\0' } else { b'\n' });
    }
    cx.finish().await
}

/// The last component without the suffix, unless it is nothing else.
fn base<'a>(name: &'a [u8], suffix: &[u8]) -> &'a [u8] {
    let Some(last) = name.iter().rposition(|&byte| byte != b'/') else {
        return if name.is_empty() { b"" } else { b"/" };
    };
    let name = &name[..=last];
    let start = name.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    let name = &name[start..];
    name.strip_suffix(suffix).filter(|left| !left.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases() {
        for (name, suffix, expected) in [
            ("/usr/bin/sort", "", "sort"),
            ("a/b.c", ".c", "b"),
            (".c", ".c", ".c"),
            ("/", "", "/"),
            ("//", "x", "/"),
            ("", "", ""),
            ("a//", "", "a"),
            ("abc", "bcd", "abc"),
        ] {
            assert_eq!(base(name.as_bytes(), suffix.as_bytes()), expected.as_bytes(), "{name}");
        }
    }
}
