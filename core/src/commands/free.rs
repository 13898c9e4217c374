//! `free`: shows the machine's memory.

use crate::abi::ExitStatus;
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, boxed, kilobytes, option, read_file};

/// The command.
pub static COMMAND: Command = Command {
    name: "free",
    aliases: &[],
    summary: "display amount of free and used memory in the system",
    usage: &["[options]"],
    description: "",
    options: &[
        option('b', "bytes", Nothing, "show output in bytes"),
        option('k', "kibi", Nothing, "show output in kibibytes"),
        option('m', "mebi", Nothing, "show output in mebibytes"),
        option('g', "gibi", Nothing, "show output in gibibytes"),
        option('h', "human", Nothing, "show human-readable output"),
        option('t', "total", Nothing, "show total for RAM + swap"),
    ],
    examples: &[Example { script: "free -g | tail -n 1", output: "Swap:              0           0           0\n" }],
    standard: "https://manpages.debian.org/bookworm/procps/free.1.en.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let unit = parsed.last_of(&['b', 'k', 'm', 'g', 'h']).unwrap_or('k');
    let text = read_file(&cx.process, b"/proc/meminfo").await.unwrap_or_default();
    let of = |name: &str| kilobytes(&text, name);
    let (total, free, cached) = (of("MemTotal"), of("MemFree"), of("Cached") + of("Buffers"));
    let used = total.saturating_sub(free + cached);
    let swap = [of("SwapTotal"), of("SwapTotal").saturating_sub(of("SwapFree")), of("SwapFree")];
    cx.out.put(b"               total        used        free      shared  buff/cache   available\n");
    row(&mut cx, "Mem:", &[total, used, free, of("Shmem"), cached, of("MemAvailable")], unit);
    row(&mut cx, "Swap:", &swap, unit);
    if parsed.has('t') {
        let [swap_total, swap_used, swap_free] = swap;
        row(&mut cx, "Total:", &[total + swap_total, used + swap_used, free + swap_free], unit);
    }
    cx.finish().await
}

fn row(cx: &mut Context, name: &str, kilobytes: &[u64], unit: char) {
    let mut line = format!("{name:<8}");
    for (at, &number) in kilobytes.iter().enumerate() {
        let gap = if at == 0 { "" } else { " " };
        line += &format!("{gap}{:>width$}", scaled(number, unit), width = if at == 0 { 12 } else { 11 });
    }
    line.push('\n');
    cx.out.put(line.as_bytes());
}

/// A number of kilobytes in a unit; `h` takes the one in which it has one to three digits.
fn scaled(kilobytes: u64, unit: char) -> String {
    match unit {
        'b' => (kilobytes * 1024).to_string(),
        'k' => kilobytes.to_string(),
        'm' => (kilobytes >> 10).to_string(),
        'g' => (kilobytes >> 20).to_string(),
        _ if kilobytes == 0 => "0B".to_owned(),
        _ => {
            let mut number = kilobytes as f64;
            let mut letter = 'K';
            for larger in "MGTPE".chars() {
                if number < 1024.0 {
                    break;
                }
                number /= 1024.0;
                letter = larger;
            }
            if number < 10.0 { format!("{number:.1}{letter}i") } else { format!("{:.0}{letter}i", number.trunc()) }
        }
    }
}
