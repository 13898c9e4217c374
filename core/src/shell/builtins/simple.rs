//! `:`, `true`, `false`, `test`, `[`, `let`.

use crate::program::test::evaluate;
use crate::shell::interp::{Args, Interp, Stop};

pub(super) fn colon(_: &mut Interp, _: Args<'_>) -> Result<u8, Stop> {
    Ok(0)
}

pub(super) fn false_(_: &mut Interp, _: Args<'_>) -> Result<u8, Stop> {
    Ok(1)
}

pub(super) fn test(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    conditional(interp, args, args.len())
}

pub(super) fn bracket(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let last = args.len() - 1;
    if last == 0 || args.get(last) != b"]" {
        interp.builtin_error(args, b"missing `]'");
        return Ok(2);
    }
    conditional(interp, args, last)
}

fn conditional(interp: &mut Interp, args: Args<'_>, end: usize) -> Result<u8, Stop> {
    // Most tests have three operands or fewer: no allocation for those.
    let mut few: [&[u8]; 4] = [b""; 4];
    let many: Vec<&[u8]>;
    let operands: &[&[u8]] = if end <= 5 {
        for (slot, index) in few.iter_mut().zip(1..end) {
            *slot = args.get(index);
        }
        few.get(..end - 1).unwrap_or_default()
    } else {
        many = (1..end).map(|index| args.get(index)).collect();
        &many
    };
    // `-v` needs the interpreter itself.
    if let [b"-v", name] = operands {
        return Ok(u8::from(!interp.is_variable_set(name)));
    }
    let (shell, process) = (&interp.shell, &interp.process);
    let mut options = shell.options;
    let on: Vec<&str> = if operands.contains(&&b"-o"[..]) {
        options.table().into_iter().filter(|row| *row.2).map(|row| row.0).collect()
    } else {
        Vec::new()
    };
    let result = evaluate(process, operands, &|name| shell.is_set(name), &|name| {
        on.iter().any(|option| option.as_bytes() == name)
    });
    match result {
        Ok(true) => Ok(0),
        Ok(false) => Ok(1),
        Err(message) => {
            interp.builtin_error(args, &message);
            Ok(2)
        }
    }
}

pub(super) fn let_(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if args.len() < 2 {
        interp.builtin_error(args, b"expression expected");
        return Ok(1);
    }
    let mut value = 0;
    for expression in args.operands() {
        value = match interp.evaluate(expression, b"let") {
            Ok(value) => value,
            Err(Stop::Discard(status)) => return Ok(status),
            Err(stop) => return Err(stop),
        };
    }
    Ok(u8::from(value == 0))
}
