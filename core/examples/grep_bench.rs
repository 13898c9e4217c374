//! Counts matching lines as `grep -c` does: `grep_bench FILE [-i] PATTERN`, extended syntax. For comparing speeds.

use bivalve_core::regex::{Dialect, Newline, Regex, Syntax};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, options @ .., pattern] = args.as_slice() else {
        return Err("usage: grep_bench FILE [-i] PATTERN".into());
    };
    let syntax = Syntax {
        dialect: Dialect::Grep,
        newline: Newline::Separator,
        ignore_case: options.contains(&"-i".to_string()),
        ..Syntax::extended()
    };
    let regex = Regex::new(pattern.as_bytes(), syntax)?;
    let text = std::fs::read(file)?;
    let start = std::time::Instant::now();
    let (mut at, mut count) = (0, 0);
    while let Some(end) = regex.earliest_end_at(&text, at)? {
        count += 1;
        let rest = text.get(end..).unwrap_or_default();
        at = rest.iter().position(|&byte| byte == b'\n').map_or(text.len() + 1, |n| end + n + 1);
        if at >= text.len() {
            break;
        }
    }
    println!("{count} {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    Ok(())
}
