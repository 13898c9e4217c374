//! `declare`, `typeset`, `local`, `export`, `readonly`, `unset`.

use crate::shell::code::Symbol;
use crate::shell::expand::quoting;
use crate::shell::interp::{
    Args, AssignedValue, Assoc, Attributes, Function, Interp, Stop, Value, Var, is_name, value_text,
};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a declaration is asked to do.
#[derive(Default)]
struct Request {
    on: Attributes,
    off: Attributes,
    functions: bool,
    function_names: bool,
    print: bool,
    global: bool,
    local: bool,
    inherit: bool,
}

const LETTERS: [(u8, Attributes); 10] = [
    (b'a', Attributes::INDEXED),
    (b'A', Attributes::ASSOC),
    (b'i', Attributes::INTEGER),
    (b'l', Attributes::LOWER),
    (b'n', Attributes::NAMEREF),
    (b'r', Attributes::READONLY),
    (b't', Attributes::TRACE),
    (b'u', Attributes::UPPER),
    (b'x', Attributes::EXPORT),
    (b'c', Attributes::CAPITAL),
];

impl Request {
    /// Reads `-x` and `+x` words; gives the index of the first operand.
    fn read(interp: &mut Interp, args: Args<'_>) -> Result<(Request, usize), u8> {
        let mut request = Request::default();
        let mut at = 1;
        while at < args.len() {
            let word = args.get(at);
            if word == b"--" {
                at += 1;
                break;
            }
            let (plus, letters) = match word {
                [b'-', letters @ ..] if !letters.is_empty() => (false, letters),
                [b'+', letters @ ..] if !letters.is_empty() => (true, letters),
                _ => break,
            };
            if args.assignment(at).is_some() {
                break;
            }
            for &letter in letters {
                match letter {
                    b'f' => request.functions = true,
                    b'F' => request.function_names = true,
                    b'p' => request.print = true,
                    b'g' => request.global = true,
                    b'I' => request.inherit = true,
                    letter => {
                        let Some((_, attribute)) = LETTERS.iter().find(|(own, _)| *own == letter) else {
                            return Err(interp.invalid_option(args, &[word[0], letter]));
                        };
                        let set = if plus { &mut request.off } else { &mut request.on };
                        set.set(*attribute, true);
                    }
                }
            }
            at += 1;
        }
        Ok((request, at))
    }
}

pub(super) fn declare(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (mut request, at) = match Request::read(interp, args) {
        Ok(read) => read,
        Err(status) => return Ok(status),
    };
    request.local = !request.global && interp.function_frame().is_some();
    run(interp, args, at, &request)
}

pub(super) fn local(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if interp.function_frame().is_none() && interp.inherited_functions == 0 {
        interp.builtin_error(args, b"can only be used in a function");
        return Ok(1);
    }
    let (mut request, at) = match Request::read(interp, args) {
        Ok(read) => read,
        Err(status) => return Ok(status),
    };
    if args.get(at) == b"-" {
        let options = interp.shell.options;
        if let Some(frame) = interp.function_frame()
            && let crate::shell::interp::FrameKind::Function(call) = &mut frame.kind
        {
            call.options.get_or_insert_with(|| Box::new(options));
        }
        return Ok(0);
    }
    request.local = true;
    if at >= args.len() && !request.print {
        let names: Vec<Symbol> = interp
            .function_frame()
            .map(|frame| frame.saved.iter().map(|(name, _)| *name).collect())
            .unwrap_or_default();
        for name in names {
            print_plain(interp, name);
        }
        return Ok(0);
    }
    run(interp, args, at, &request)
}

pub(super) fn export(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    attribute_builtin(interp, args, "fnp", Attributes::EXPORT)
}

pub(super) fn readonly(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    attribute_builtin(interp, args, "aAfp", Attributes::READONLY)
}

fn attribute_builtin(
    interp: &mut Interp,
    args: Args<'_>,
    known: &str,
    attribute: Attributes,
) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, known) {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let mut request = Request { on: attribute, ..Request::default() };
    for (letter, _) in options {
        match letter {
            b'n' => (request.on, request.off) = (Attributes::default(), attribute),
            b'f' => request.functions = true,
            b'p' => request.print = at >= args.len(),
            b'a' => request.on.set(Attributes::INDEXED, true),
            b'A' => request.on.set(Attributes::ASSOC, true),
            _ => {}
        }
    }
    if at >= args.len() {
        request.print = true;
    }
    if request.functions && !request.print {
        let mut status = 0;
        for index in at..args.len() {
            let name = args.get(index);
            let Some(function) = interp.shell.function(name).cloned() else {
                interp.builtin_error(args, &[name, b": not a function"].concat());
                status = 1;
                continue;
            };
            let on = request.off == Attributes::default();
            let mut changed = Function::clone(&function);
            if attribute == Attributes::EXPORT {
                changed.exported = on;
            } else {
                changed.readonly = true;
            }
            let symbol = interp.symbol(name);
            interp.shell.set_function(symbol, Some(Rc::new(changed)));
        }
        return Ok(status);
    }
    run(interp, args, at, &request)
}

fn run(interp: &mut Interp, args: Args<'_>, at: usize, request: &Request) -> Result<u8, Stop> {
    if request.functions || request.function_names {
        return Ok(functions(interp, args, at, request));
    }
    if at >= args.len() {
        list(interp, args, request);
        return Ok(0);
    }
    let mut status = 0;
    for index in at..args.len() {
        let result = if request.print {
            print_one(interp, args, args.get(index))
        } else {
            declare_one(interp, args, index, request)
        };
        match result {
            Ok(()) => {}
            Err(Stop::Failed(failed) | Stop::Discard(failed)) => status = failed,
            Err(Stop::Refused) => status = 1,
            Err(stop) => return Err(stop),
        }
    }
    Ok(status)
}

fn functions(interp: &mut Interp, args: Args<'_>, at: usize, request: &Request) -> u8 {
    let names: Vec<Vec<u8>> = if at < args.len() {
        (at..args.len()).map(|index| args.get(index).to_vec()).collect()
    } else {
        let sorted = interp.shell.names.borrow().sorted();
        sorted
            .into_iter()
            .filter(|(name, _)| interp.shell.function(name).is_some())
            .map(|(name, _)| name.to_vec())
            .collect()
    };
    let mut status = 0;
    for name in names {
        let Some(function) = interp.shell.function(&name).cloned() else {
            status = 1;
            continue;
        };
        let attributes = [(function.readonly, b"r"), (function.exported, b"x")];
        let letters: Vec<u8> =
            attributes.iter().filter(|(on, _)| *on).flat_map(|(_, letter)| **letter).collect();
        let line = [b"declare -f", &letters[..], b" ", &name[..], b"\n"].concat();
        // `declare -ft name`: the attribute is taken, nothing is shown.
        if request.on.has(Attributes::TRACE) && !request.print && at < args.len() {
            continue;
        }
        if !request.function_names {
            interp.out.extend_from_slice(&crate::shell::syntax::function_text(&function.definition));
            interp.out.push(b'\n');
            if !letters.is_empty() && (request.print || at >= args.len()) {
                interp.out.extend_from_slice(&line);
            }
        } else if at < args.len() {
            interp.out.extend_from_slice(&[&name[..], b"\n"].concat());
        } else {
            interp.out.extend_from_slice(&line);
        }
    }
    status
}

/// Lists the variables with the attributes that are asked for. `export` and `readonly` in POSIX mode call them by
/// their own name.
fn list(interp: &mut Interp, args: Args<'_>, request: &Request) {
    let posix = interp.shell.options.posix && matches!(args.get(0), b"export" | b"readonly");
    let names = interp.shell.names.borrow().sorted();
    for (_, symbol) in names {
        let var = interp.shell.var(symbol);
        if !var.exists() || (request.on != Attributes::default() && !var.attributes.has(request.on)) {
            continue;
        }
        if request.print || request.on != Attributes::default() {
            let start = interp.out.len();
            print_declaration(interp, symbol);
            if posix {
                let line = interp.out.split_off(start);
                let line = posix_declaration(args.get(0), &line);
                interp.out.extend_from_slice(&line);
            }
        } else {
            print_plain(interp, symbol);
        }
    }
}

/// `declare -ax name=…` as `export -a name=…`.
fn posix_declaration(command: &[u8], line: &[u8]) -> Vec<u8> {
    let mut parts = line.splitn(3, |&byte| byte == b' ');
    let [_, attributes, rest] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let kind: &[u8] = match attributes {
        [b'-', b'a', ..] => b" -a ",
        [b'-', b'A', ..] => b" -A ",
        _ => b" ",
    };
    [command, kind, rest].concat()
}

fn print_one(interp: &mut Interp, args: Args<'_>, name: &[u8]) -> Result<(), Stop> {
    let symbol = interp.symbol(name);
    if !interp.shell.var(symbol).exists() {
        interp.builtin_error(args, &[name, b": not found"].concat());
        return Err(Stop::Failed(1));
    }
    print_declaration(interp, symbol);
    Ok(())
}

/// `declare -x name="value"`
fn print_declaration(interp: &mut Interp, name: Symbol) {
    let attributes = interp.shell.var(name).attributes;
    let is_assoc = interp.shell.var(name).is_assoc();
    let is_indexed = interp.shell.var(name).is_array() && !is_assoc;
    let mut line = b"declare -".to_vec();
    let start = line.len();
    let order: [(u8, bool); 10] = [
        (b'a', is_indexed),
        (b'A', is_assoc),
        (b'i', attributes.has(Attributes::INTEGER)),
        (b'n', attributes.has(Attributes::NAMEREF)),
        (b'r', attributes.has(Attributes::READONLY)),
        (b't', attributes.has(Attributes::TRACE)),
        (b'x', attributes.has(Attributes::EXPORT)),
        (b'c', attributes.has(Attributes::CAPITAL)),
        (b'l', attributes.has(Attributes::LOWER)),
        (b'u', attributes.has(Attributes::UPPER)),
    ];
    line.extend(order.iter().filter(|(_, on)| *on).map(|(letter, _)| *letter));
    if line.len() == start {
        line.push(b'-');
    }
    line.push(b' ');
    line.extend_from_slice(&interp.name(name));
    match value_text(&interp.shell.var(name).value, true) {
        Some(text) => {
            line.push(b'=');
            line.extend_from_slice(&text);
        }
        None if interp.shell.var(name).attributes.has(Attributes::SPECIAL) => {
            if let Some(text) = interp.scalar(name) {
                line.push(b'=');
                line.extend_from_slice(&quoting::double(&text));
            }
        }
        None => {}
    }
    line.push(b'\n');
    interp.out.extend_from_slice(&line);
}

/// `name=value`, as `set` lists it.
pub(super) fn print_plain(interp: &mut Interp, name: Symbol) {
    if let Some(text) = value_text(&interp.shell.var(name).value, false) {
        let line = [&interp.name(name)[..], b"=", &text, b"\n"].concat();
        interp.out.extend_from_slice(&line);
    }
}

fn declare_one(interp: &mut Interp, args: Args<'_>, index: usize, request: &Request) -> Result<(), Stop> {
    let word = args.get(index);
    // An assignment that the parser knew, or one that an expansion has made.
    let (name, subscript, append, value) = match args.assignment(index) {
        Some(assignment) => (
            interp.name(assignment.name).to_vec(),
            assignment.subscript.clone(),
            assignment.append,
            Some(assignment.value.clone()),
        ),
        None => match memchr::memchr(b'=', word) {
            Some(at) => {
                let (left, append) = match word[..at].strip_suffix(b"+") {
                    Some(left) => (left, true),
                    None => (&word[..at], false),
                };
                let (name, key) = split_subscript(left);
                (
                    name.to_vec(),
                    key.map(<[u8]>::to_vec),
                    append,
                    Some(AssignedValue::Text(word[at + 1..].to_vec())),
                )
            }
            None => {
                let (name, key) = split_subscript(word);
                (name.to_vec(), key.map(<[u8]>::to_vec), false, None)
            }
        },
    };
    if !is_name(&name) {
        interp.builtin_error(args, &[b"`", word, b"': not a valid identifier"].concat());
        return Err(Stop::Failed(1));
    }
    let mut symbol = interp.symbol(&name);
    if !request.on.has(Attributes::NAMEREF) && !request.off.has(Attributes::NAMEREF) {
        symbol = interp.shell.follow(symbol);
    }
    if request.local && !interp.is_local(symbol) && interp.function_frame().is_some() {
        if interp.shell.var(symbol).attributes.has(Attributes::READONLY) {
            interp.builtin_error(args, &[&name[..], b": readonly variable"].concat());
            return Err(Stop::Failed(1));
        }
        let inherited = (request.inherit || interp.shell.shopt.localvar_inherit)
            .then(|| interp.shell.var(symbol).clone());
        interp.localize(symbol);
        if let Some(var) = inherited {
            *interp.shell.var_mut(symbol) = var;
        }
    }
    if request.global
        && let Some(saved) = interp.outermost_saved(symbol)
    {
        return declare_global(interp, saved, request, value);
    }
    let attributes = interp.shell.var(symbol).attributes;
    if attributes.has(Attributes::READONLY) && (value.is_some() || request.off.has(Attributes::READONLY)) {
        interp.builtin_error(args, &[&name[..], b": readonly variable"].concat());
        return Err(Stop::Failed(1));
    }
    set_attributes(interp, args, symbol, request, &name)?;
    if let Some(value) = value {
        assign(interp, args, symbol, subscript, append, value, request)?;
    }
    if request.on.has(Attributes::READONLY) {
        interp.shell.var_mut(symbol).attributes.set(Attributes::READONLY, true);
    }
    interp.shell.changed(symbol, Attributes::EXPORT);
    Ok(())
}

fn split_subscript(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match memchr::memchr(b'[', text) {
        Some(open) if text.ends_with(b"]") => (&text[..open], text.get(open + 1..text.len() - 1)),
        _ => (text, None),
    }
}

fn set_attributes(
    interp: &mut Interp,
    args: Args<'_>,
    symbol: Symbol,
    request: &Request,
    name: &[u8],
) -> Result<(), Stop> {
    let (is_assoc, is_array) = (interp.shell.var(symbol).is_assoc(), interp.shell.var(symbol).is_array());
    if request.on.has(Attributes::ASSOC) && is_array && !is_assoc {
        interp.builtin_error(args, &[name, b": cannot convert indexed to associative array"].concat());
        return Err(Stop::Failed(1));
    }
    if request.on.has(Attributes::INDEXED) && is_assoc {
        interp.builtin_error(args, &[name, b": cannot convert associative to indexed array"].concat());
        return Err(Stop::Failed(1));
    }
    let first = interp.shell.text(symbol);
    let var = interp.shell.var_mut(symbol);
    for (_, attribute) in LETTERS {
        if attribute == Attributes::READONLY {
            continue;
        }
        if request.on.has(attribute) {
            if Attributes::CASES.has(attribute) {
                var.attributes.set(Attributes::CASES, false);
            }
            var.attributes.set(attribute, true);
        }
        if request.off.has(attribute) {
            var.attributes.set(attribute, false);
        }
    }
    if request.on.count(Attributes::CASES) > 1 {
        // They contradict each other.
        var.attributes.set(Attributes::CASES, false);
    }
    var.attributes.set(Attributes::DECLARED, true);
    if request.on.has(Attributes::INDEXED)
        && !is_array
        && let Some(first) = &first
    {
        var.value = Value::Indexed(Rc::new(BTreeMap::from([(0, first.clone())])));
    }
    if request.on.has(Attributes::ASSOC)
        && !is_array
        && let Some(first) = first
    {
        let mut array = Assoc::default();
        array.set(b"0", first);
        var.value = Value::Assoc(Rc::new(array));
    }
    Ok(())
}

fn assign(
    interp: &mut Interp,
    args: Args<'_>,
    symbol: Symbol,
    subscript: Option<Vec<u8>>,
    append: bool,
    value: AssignedValue,
    request: &Request,
) -> Result<(), Stop> {
    match value {
        AssignedValue::Elements(elements) => interp.assign_array(symbol, elements, append),
        AssignedValue::Text(text) => {
            if request.on.has(Attributes::NAMEREF) {
                let target = split_subscript(&text).0;
                if !is_name(target) {
                    interp.builtin_error(
                        args,
                        &[b"`", &text[..], b"': invalid variable name for name reference"].concat(),
                    );
                    return Err(Stop::Failed(1));
                }
                interp.shell.var_mut(symbol).value = Value::Text(Rc::new(text));
                return Ok(());
            }
            match subscript {
                Some(key) => interp.assign_element(symbol, &key, text, append),
                // `declare -a x='(1 2)'` reads the text as an array literal.
                None if interp.shell.var(symbol).is_array()
                    && text.starts_with(b"(")
                    && text.ends_with(b")") =>
                {
                    let elements = interp.literal_elements(&text);
                    interp.assign_array(symbol, elements, append)
                }
                None => interp.assign_text(symbol, text, append),
            }
        }
    }
}

/// `declare -g` in a function: the variable that lies under the locals.
fn declare_global(
    interp: &mut Interp,
    (frame, at): (usize, usize),
    request: &Request,
    value: Option<AssignedValue>,
) -> Result<(), Stop> {
    if let Some(var) = interp.saved_mut(frame, at) {
        let mut new = Var { value: var.value.clone(), attributes: var.attributes.with(request.on) };
        match value {
            Some(AssignedValue::Text(text)) => new.value = Value::Text(Rc::new(text)),
            Some(AssignedValue::Elements(elements)) => {
                let array =
                    elements.into_iter().enumerate().map(|(index, e)| (index as u64, e.value)).collect();
                new.value = Value::Indexed(Rc::new(array));
            }
            None => {}
        }
        *var = new;
    }
    Ok(())
}

pub(super) fn unset(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "fvn") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    if has(b'f') && has(b'v') {
        interp.builtin_error(args, b"cannot simultaneously unset a function and a variable");
        return Ok(1);
    }
    let mut status = 0;
    for index in at..args.len() {
        let word = args.get(index);
        let (name, key) = split_subscript(word);
        if has(b'f') {
            if let Some(function) = interp.shell.function(word) {
                if function.readonly {
                    interp.builtin_error(args, &[word, b": cannot unset: readonly function"].concat());
                    status = 1;
                    continue;
                }
                let symbol = interp.symbol(word);
                interp.shell.set_function(symbol, None);
            }
            continue;
        }
        if !is_name(name) {
            if !has(b'v') {
                // It can only be a function's.
                let symbol = interp.symbol(word);
                interp.shell.set_function(symbol, None);
                continue;
            }
            interp.builtin_error(args, &[b"`", word, b"': not a valid identifier"].concat());
            status = 1;
            continue;
        }
        let mut symbol = interp.symbol(name);
        if !has(b'n') {
            symbol = interp.shell.follow(symbol);
        }
        if interp.shell.var(symbol).attributes.has(Attributes::READONLY) {
            interp.builtin_error(args, &[name, b": cannot unset: readonly variable"].concat());
            status = 1;
            continue;
        }
        match key {
            Some(key) => {
                let key = key.to_vec();
                unset_element(interp, symbol, &key)?;
            }
            None if interp.shell.var(symbol).exists() => {
                if interp.unset_local(symbol) {
                    continue;
                }
                interp.shell.unset_var(symbol)?;
            }
            None if !has(b'v') && interp.shell.function(word).is_some() => {
                let symbol = interp.symbol(word);
                interp.shell.set_function(symbol, None);
            }
            None => {}
        }
    }
    Ok(status)
}

fn unset_element(interp: &mut Interp, symbol: Symbol, key: &[u8]) -> Result<(), Stop> {
    if interp.shell.var(symbol).is_assoc() {
        if let Value::Assoc(array) = &mut interp.shell.var_mut(symbol).value {
            Rc::make_mut(array).remove(key);
        }
        return Ok(());
    }
    if key == b"@" || key == b"*" {
        if let Value::Indexed(array) = &mut interp.shell.var_mut(symbol).value {
            *array = Rc::default();
        }
        return Ok(());
    }
    let Some(index) = interp.index_of(symbol, key)? else { return Err(Stop::Failed(1)) };
    match &mut interp.shell.var_mut(symbol).value {
        Value::Indexed(array) => {
            Rc::make_mut(array).remove(&index);
        }
        Value::Text(_) | Value::Number(_) if index == 0 => interp.shell.unset_var(symbol)?,
        _ => {}
    }
    Ok(())
}
