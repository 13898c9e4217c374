//! `history`: the lines that were typed.

use crate::shell::interp::{Args, Interp, Stop};

pub(super) fn history(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "cd:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    for (letter, value) in &options {
        if *letter == b'c' {
            interp.change_history(|history| history.clear());
        } else if !delete(interp, value) {
            interp.builtin_error(args, &[value, &b": history position out of range"[..]].concat());
            return Ok(1);
        }
    }
    if !options.is_empty() {
        return Ok(0);
    }
    let count = match args.operands().nth(at - 1) {
        None => usize::MAX,
        Some(word) => match std::str::from_utf8(word).ok().and_then(|text| text.parse().ok()) {
            Some(count) => count,
            None => {
                interp.builtin_error(args, &[word, b": numeric argument required"].concat());
                return Ok(1);
            }
        },
    };
    if at + 1 < args.len() {
        interp.builtin_error(args, b"too many arguments");
        return Ok(1);
    }
    let Some(history) = interp.history() else { return Ok(0) };
    for (number, line) in history.iter().skip(history.len().saturating_sub(count)) {
        interp.out.extend_from_slice(format!("{number:5}  ").as_bytes());
        interp.out.extend_from_slice(line);
        interp.out.push(b'\n');
    }
    Ok(0)
}

/// Takes one line out: by its number, or counted from the end when negative.
fn delete(interp: &mut Interp, offset: &[u8]) -> bool {
    let Some(offset) = std::str::from_utf8(offset).ok().and_then(|text| text.parse::<i64>().ok()) else {
        return false;
    };
    let mut found = false;
    interp.change_history(|history| {
        let number = if offset < 0 {
            history.next_number().checked_sub(offset.unsigned_abs())
        } else {
            Some(offset.unsigned_abs())
        };
        found = number.and_then(|number| history.remove(number)).is_some();
    });
    found
}
