//! `seq`: prints a sequence of numbers.

use crate::abi::ExitStatus;
use crate::abi::limits::FORMAT_WIDTH_MAX;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Command, Context, Example, Extended, Layout, Magnitude, Options, Parsed, boxed, format_float,
    option, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "seq",
    aliases: &[],
    summary: "print a sequence of numbers",
    usage: &["[OPTION]... LAST", "[OPTION]... FIRST LAST", "[OPTION]... FIRST INCREMENT LAST"],
    description: "Print numbers from FIRST to LAST, in steps of INCREMENT. An omitted FIRST or INCREMENT is 1.",
    options: &[
        option('f', "format", Argument("FORMAT"), "use printf style floating-point FORMAT"),
        option('s', "separator", Argument("STRING"), "use STRING to separate numbers (default: \\n)"),
        option('w', "equal-width", Nothing, "equalize width by padding with leading zeroes"),
    ],
    examples: &[
        Example { script: "seq 3", output: "1\n2\n3\n" },
        Example { script: "seq -s, -w 8 10", output: "08,09,10\n" },
    ],
    standard: "https://www.gnu.org/software/coreutils/manual/html_node/seq-invocation.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

/// A number as it was written.
#[derive(Clone, Copy)]
struct Operand {
    value: Extended,
    /// Bytes that its integer part takes.
    width: usize,
    /// Digits behind the point; `None` where that has no meaning, as in a hexadecimal number.
    precision: Option<usize>,
}

impl Operand {
    const ONE: Operand = Operand {
        value: Extended { negative: false, magnitude: Magnitude::Finite { mantissa: 1 << 63, exponent: -63 } },
        width: 1,
        precision: Some(0),
    };

    fn read(text: &[u8]) -> Option<Operand> {
        let parsed = Extended::parse(text);
        if parsed.length == 0 || parsed.length != text.len() {
            return None;
        }
        let text = text.trim_ascii_start();
        let text = text.strip_prefix(b"+").unwrap_or(text);
        let mut operand = Operand { value: parsed.value, width: 0, precision: None };
        if !parsed.value.is_finite() || text.iter().any(|byte| byte.eq_ignore_ascii_case(&b'x')) {
            return Some(operand);
        }
        let e = text.iter().position(|byte| byte.eq_ignore_ascii_case(&b'e')).unwrap_or(text.len());
        let (mantissa, power) = text.split_at(e);
        let point = mantissa.iter().position(|&byte| byte == b'.');
        let fraction = point.map_or(0, |at| mantissa.len() - at - 1);
        let power = std::str::from_utf8(power.get(1..).unwrap_or_default()).ok()?;
        let power = if power.is_empty() { 0 } else { power.parse::<i64>().unwrap_or(0) };
        let precision = (fraction as i64 - power).max(0);
        let mut width = mantissa.len() as i64;
        // `5.` is as wide as `5`, `.5` as `0.5`.
        match point {
            Some(_) if fraction == 0 => width -= 1,
            Some(at) if !at.checked_sub(1).and_then(|at| mantissa.get(at)).is_some_and(u8::is_ascii_digit) => {
                width += 1;
            }
            _ => {}
        }
        // Without the fraction and its point, with what the exponent moves across it.
        width -= if fraction > 0 { fraction as i64 + 1 } else { 0 };
        width += power.max(-width.min(0)).min(FORMAT_WIDTH_MAX as i64).max(0);
        operand.width = usize::try_from(width).unwrap_or(0);
        operand.precision = usize::try_from(precision).ok().filter(|&digits| digits <= FORMAT_WIDTH_MAX);
        Some(operand)
    }
}

/// How a number is printed: what stands before and after it, and the conversion.
struct Style {
    before: Vec<u8>,
    layout: Layout,
    conversion: u8,
    after: Vec<u8>,
}

impl Style {
    fn put(&self, value: Extended, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.before);
        format_float(value, self.conversion, &self.layout, out);
        out.extend_from_slice(&self.after);
    }

    /// Reads a format with exactly one conversion of a floating-point number.
    fn parse(format: &[u8]) -> Result<Style, Vec<u8>> {
        let problem = |what: &[u8]| [b"format ", &quote_locale(format)[..], what].concat();
        let (before, at) = literal(format, 0);
        if at >= format.len() {
            return Err(problem(b" has no % directive"));
        }
        let mut layout = Layout::default();
        let mut at = at + 1;
        while let Some(flag @ (b'-' | b'+' | b'#' | b'0' | b' ' | b'\'')) = format.get(at) {
            match flag {
                b'-' => layout.left = true,
                b'+' => layout.plus = true,
                b'#' => layout.alternate = true,
                b'0' => layout.zero = true,
                b' ' => layout.blank = true,
                _ => {}
            }
            at += 1;
        }
        let number = |at: &mut usize| {
            let digits = format.get(*at..).unwrap_or_default().iter().map_while(|byte| match byte {
                b'0'..=b'9' => Some(usize::from(byte - b'0')),
                _ => None,
            });
            let (value, count) =
                digits.fold((0, 0), |(value, count), digit| ((value * 10 + digit).min(FORMAT_WIDTH_MAX), count + 1));
            *at += count;
            value
        };
        layout.width = number(&mut at);
        if format.get(at) == Some(&b'.') {
            at += 1;
            layout.precision = Some(number(&mut at));
        }
        if format.get(at) == Some(&b'L') {
            at += 1;
        }
        let conversion = match format.get(at) {
            None => return Err(problem(b" ends in %")),
            Some(letter) if b"efgaEFGA".contains(letter) => *letter,
            Some(letter) => return Err(problem(&[b" has unknown %", &[*letter][..], b" directive"].concat())),
        };
        let (after, end) = literal(format, at + 1);
        if end < format.len() {
            return Err(problem(b" has too many % directives"));
        }
        Ok(Style { before, layout, conversion, after })
    }
}

/// The text from `at` to the next conversion, `%%` read as `%`, and where it ends.
fn literal(format: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let mut text = Vec::new();
    while let Some(&byte) = format.get(at) {
        if byte == b'%' {
            if format.get(at + 1) != Some(&b'%') {
                break;
            }
            at += 1;
        }
        text.push(byte);
        at += 1;
    }
    (text, at)
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match parse(&mut cx).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let operands = &parsed.operands;
    match operands.get(3) {
        Some(extra) => return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await,
        None if operands.is_empty() => return cx.usage_error(1, b"missing operand").await,
        None => {}
    }
    let given_style = match parsed.value('f').map(Style::parse) {
        None => None,
        Some(Ok(style)) => Some(style),
        Some(Err(message)) => {
            cx.error(&message).await;
            return cx.finish().await;
        }
    };
    if given_style.is_some() && parsed.has('w') {
        let message = b"format string may not be specified when printing equal width strings";
        return cx.usage_error(1, message).await;
    }
    let mut numbers = Vec::new();
    for operand in operands {
        match Operand::read(operand) {
            Some(number) if number.value.magnitude == Magnitude::Nan => {
                let quoted = [quote_locale(b"not-a-number"), b" argument: ".to_vec(), quote_locale(operand)];
                return cx.usage_error(1, &[b"invalid ", &quoted.concat()[..]].concat()).await;
            }
            Some(number) => numbers.push(number),
            None => {
                let message = [b"invalid floating point argument: ", &quote_locale(operand)[..]].concat();
                return cx.usage_error(1, &message).await;
            }
        }
    }
    let (first, step, last) = match numbers[..] {
        [last] => (Operand::ONE, Operand::ONE, last),
        [first, last] => (first, Operand::ONE, last),
        [first, step, last] => (first, step, last),
        _ => return cx.finish().await,
    };
    if step.value.is_zero() {
        let text = operands.get(1).map_or(&b""[..], Vec::as_slice);
        return cx.usage_error(1, &[b"invalid Zero increment value: ", &quote_locale(text)[..]].concat()).await;
    }
    let separator = parsed.value('s').unwrap_or(b"\n").to_vec();
    let integers: Vec<i128> = operands.iter().map_while(|operand| integer(operand)).collect();
    if given_style.is_none() && integers.len() == operands.len() {
        let width = if parsed.has('w') { first.width.max(last.width) } else { 0 };
        return print_integers(cx, &integers, width, &separator).await;
    }
    let style = given_style.unwrap_or_else(|| default_style(first, step, last, parsed.has('w')));
    print(cx, &style, (first.value, step.value, last.value), &separator).await
}

/// Negative numbers are operands, not options.
async fn parse(cx: &mut Context) -> Result<Parsed, ExitStatus> {
    let is_number = |word: &[u8]| matches!(word, [b'-', b'0'..=b'9' | b'.', ..]);
    let mut takes_value = false;
    let mut first = cx.words.len();
    for (at, word) in cx.words.iter().enumerate() {
        if !takes_value && (is_number(word) || word == b"--" || !word.starts_with(b"-")) {
            first = at;
            break;
        }
        takes_value = !takes_value
            && matches!(&word[..], b"-f" | b"-s" | b"-ws" | b"-wf" | b"--format" | b"--separator");
    }
    // As getopt is asked to: the first operand ends the options.
    let operands = cx.words.split_off(first);
    if operands.is_empty() || operands.first().is_some_and(|word| word == b"--") {
        cx.words.extend(operands);
        return cx.parse_as(1, true).await;
    }
    let choices = cx.command.options;
    if (Options { choices, stop_at_operand: true }).parse(&cx.words).is_err() {
        return cx.parse_as(1, true).await;
    }
    let mut parsed = cx.parse_as(1, true).await?;
    parsed.operands.extend(operands);
    Ok(parsed)
}

/// As many digits behind the point as the most precise of the first two operands; with `-w`, as wide as
/// the widest.
fn default_style(first: Operand, step: Operand, last: Operand, equal_width: bool) -> Style {
    let mut style =
        Style { before: Vec::new(), layout: Layout::default(), conversion: b'g', after: Vec::new() };
    let (Some(a), Some(b)) = (first.precision, step.precision) else { return style };
    let precision = a.max(b);
    if last.precision.is_none() && last.value.is_finite() && equal_width {
        return style;
    }
    style.conversion = b'f';
    style.layout.precision = Some(precision);
    if equal_width && last.precision.is_some() {
        let places = if precision > 0 { precision + 1 } else { 0 };
        style.layout.width = first.width.max(last.width) + places;
        style.layout.zero = true;
    }
    style
}

/// An integer that is written as one, and that 128 bits hold with room to spare.
fn integer(text: &[u8]) -> Option<i128> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let is_plain = digits.len() <= 36 && digits.iter().all(u8::is_ascii_digit) && text != b"-0";
    std::str::from_utf8(text).ok().filter(|_| is_plain)?.parse().ok()
}

/// A number that counts up in its decimal digits.
struct Counter(Vec<u8>);

impl Counter {
    /// Adds to it and gives its digits: most times only the last one changes.
    fn add(&mut self, step: u64) -> &[u8] {
        let mut carry = step;
        for digit in self.0.iter_mut().rev() {
            let sum = u64::from(*digit - b'0') + carry % 10;
            *digit = b'0' + (sum % 10) as u8;
            carry = carry / 10 + sum / 10;
            if carry == 0 {
                return &self.0;
            }
        }
        while carry > 0 {
            self.0.insert(0, b'0' + (carry % 10) as u8);
            carry /= 10;
        }
        &self.0
    }
}

/// The same for integers: exact, and quick.
async fn print_integers(mut cx: Context, numbers: &[i128], width: usize, separator: &[u8]) -> ExitStatus {
    let (first, step, last) = match *numbers {
        [last] => (1, 1, last),
        [first, last] => (first, 1, last),
        [first, step, last] => (first, step, last),
        _ => return cx.finish().await,
    };
    let is_within = |value: i128| if step < 0 { value >= last } else { value <= last };
    let mut value = first;
    let mut counter = None;
    while is_within(value) {
        if value != first {
            cx.out.put(separator);
        }
        match (&mut counter, u64::try_from(step)) {
            (Some(counter), Ok(step)) => cx.out.put(Counter::add(counter, step)),
            (_, Ok(_)) if value >= 0 => {
                cx.out.put(&counter.insert(Counter(format!("{value:0width$}").into_bytes())).0);
            }
            _ => cx.out.write_fmt(format_args!("{value:0width$}")),
        }
        if cx.out.ready().await.is_err() {
            return cx.finish().await;
        }
        cx.process.step(1).await;
        value += step;
    }
    if is_within(first) {
        cx.out.push(b'\n');
    }
    cx.finish().await
}

async fn print(
    mut cx: Context,
    style: &Style,
    (first, step, last): (Extended, Extended, Extended),
    separator: &[u8],
) -> ExitStatus {
    let is_beyond = |value: Extended| match value.compare(last) {
        Some(order) => if step.negative { order.is_lt() } else { order.is_gt() },
        None => true,
    };
    let mut value = first;
    let mut count: i128 = 0;
    while !is_beyond(value) {
        if count > 0 {
            cx.out.put(separator);
        }
        style.put(value, cx.out.buffer());
        if cx.out.ready().await.is_err() {
            return cx.finish().await;
        }
        cx.process.step(1).await;
        count += 1;
        value = first.plus(step.times(Extended::from_integer(count)));
        // What is only by its rounding beyond the last number, and prints as that, belongs to it.
        if is_beyond(value) && is_printed_as(style, value, last) {
            let (mut before, mut shown) = (Vec::new(), Vec::new());
            style.put(first.plus(step.times(Extended::from_integer(count - 1))), &mut before);
            style.put(value, &mut shown);
            if shown != before {
                cx.out.put(separator);
                cx.out.put(&shown);
            }
            break;
        }
    }
    if count > 0 {
        cx.out.push(b'\n');
    }
    cx.finish().await
}

/// Whether the text of `value` reads as `last`.
fn is_printed_as(style: &Style, value: Extended, last: Extended) -> bool {
    let mut text = Vec::new();
    format_float(value, style.conversion, &style.layout, &mut text);
    let parsed = Extended::parse(&text);
    parsed.length > 0 && parsed.value.compare(last) == Some(std::cmp::Ordering::Equal)
}
