//! `stty`: prints and changes the settings of a terminal.

mod modes;

use crate::abi::{ControlChar, Errno, ExitStatus, Fd, Mode as FileMode, OpenFlags, STDIN, STDOUT, Termios, WindowSize};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, Example, QuotingStyle, boxed, option, quote_locale};
use modes::{GROUPS, Kept, MODES, Mode, SPECIALS, SPEEDS, Sane, Special, set_char};

/// The command.
pub static COMMAND: Command = Command {
    name: "stty",
    aliases: &[],
    summary: "print or change terminal characteristics",
    usage: &["[-F DEVICE | --file=DEVICE] [SETTING]...", "[-F DEVICE | --file=DEVICE] [-a|--all]", "[-F DEVICE | --file=DEVICE] [-g|--save]"],
    description: "SETTING is a switch as echo, icanon, isig, ixon, icrnl, opost, onlcr (-echo turns it off);\n\
                  a special character and its value, as intr ^C (undef or ^- for none); rows N, cols N, size,\n\
                  speed, ispeed N, ospeed N, min N, time N; what -g has printed; or one of sane, raw, cooked,\n\
                  cbreak, nl, ek, crt, dec.",
    options: &[
        option('a', "all", Nothing, "print all current settings in human-readable form"),
        option('g', "save", Nothing, "print all current settings in a stty-readable form"),
        option('F', "file", Argument("DEVICE"), "open and use the specified DEVICE instead of stdin"),
    ],
    examples: &[Example {
        script: "stty size 2>&1",
        output: "stty: 'standard input': Inappropriate ioctl for device\n",
    }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/stty.html",
    category: Category::Screen,
    run: |cx| boxed(run(cx)),
};

/// Columns of the output where nothing says how many there are.
const COLUMNS: usize = 80;

/// One deed that the words ask for.
enum Deed {
    Switch(&'static Mode, bool),
    Char(&'static Special, u8),
    Min(u8),
    Time(u8),
    Rows(u16),
    Cols(u16),
    Speed(u32),
    Combination(&'static str, bool),
    Restore(Box<str>),
    PrintSize,
    PrintSpeed,
    /// `line N`: there is one line discipline.
    Nothing,
}

/// What the words ask for in all.
#[derive(Default)]
struct Request {
    all: bool,
    save: bool,
    device: Option<Vec<u8>>,
    deeds: Vec<Deed>,
}

/// Why words are refused: with the hint at the help, or without.
enum Refusal {
    Usage(Vec<u8>),
    Plain(Vec<u8>),
}

async fn run(mut cx: Context) -> ExitStatus {
    match cx.words.first().map(Vec::as_slice) {
        Some(b"--help") => return cx.help().await,
        Some(b"--version") => return cx.version().await,
        _ => {}
    }
    let request = match read(&cx.words) {
        Ok(request) => request,
        Err(Refusal::Usage(message)) => return cx.usage_error(1, &message).await,
        Err(Refusal::Plain(message)) => {
            cx.error(&message).await;
            return cx.finish().await;
        }
    };
    let (fd, name) = match &request.device {
        None => (STDIN, b"'standard input'".to_vec()),
        Some(device) => {
            let name = QuotingStyle::ShellEscape.quote(device);
            match cx.process.open(device, OpenFlags::READ, FileMode::default()).await {
                Ok(fd) => (fd, name),
                Err(errno) => {
                    cx.failed(&name, errno).await;
                    return cx.finish().await;
                }
            }
        }
    };
    if let Err(errno) = serve(&mut cx, &request, fd, &name).await {
        cx.failed(&name, errno).await;
    }
    cx.finish().await
}

/// Reads the words behind the name.
fn read(words: &[Vec<u8>]) -> Result<Request, Refusal> {
    let invalid = |word: &[u8]| Refusal::Usage([b"invalid argument ", &quote_locale(word)[..]].concat());
    let missing = |word: &[u8]| Refusal::Usage([b"missing argument to ", &quote_locale(word)[..]].concat());
    let mut request = Request::default();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match word.as_slice() {
            b"-a" | b"--all" => request.all = true,
            b"-g" | b"--save" => request.save = true,
            b"-F" | b"--file" => request.device = Some(rest.next().ok_or_else(|| invalid(word))?.clone()),
            other => {
                if let Some(device) = other.strip_prefix(b"--file=").or_else(|| other.strip_prefix(b"-F")) {
                    request.device = Some(device.to_vec());
                    continue;
                }
                let text = std::str::from_utf8(other).map_err(|_| invalid(word))?;
                let deed = match takes_argument(text) {
                    Some(make) => {
                        let value = rest.next().ok_or_else(|| missing(word))?;
                        make(text, value).map_err(|refusal| match refusal {
                            Refusal::Usage(_) => invalid(value),
                            plain @ Refusal::Plain(_) => plain,
                        })?
                    }
                    None => plain_deed(text).ok_or_else(|| invalid(word))?,
                };
                request.deeds.push(deed);
            }
        }
    }
    if request.all && request.save {
        let message = "the options for verbose and stty-readable output styles are\nmutually exclusive";
        return Err(Refusal::Plain(message.into()));
    }
    if (request.all || request.save) && !request.deeds.is_empty() {
        return Err(Refusal::Plain(b"when specifying an output style, modes may not be set".to_vec()));
    }
    Ok(request)
}

/// Makes a deed of its name and argument.
type Make = fn(&str, &[u8]) -> Result<Deed, Refusal>;

fn takes_argument(name: &str) -> Option<Make> {
    let make: Make = match name {
        "min" => |_, value| Ok(Deed::Min(byte(value)?)),
        "time" => |_, value| Ok(Deed::Time(byte(value)?)),
        "rows" => |_, value| Ok(Deed::Rows(number(value, u64::from(u32::MAX))? as u16)),
        "cols" | "columns" => |_, value| Ok(Deed::Cols(number(value, u64::from(u32::MAX))? as u16)),
        "line" => |_, value| number(value, u64::from(u32::MAX)).map(|_| Deed::Nothing),
        "ispeed" | "ospeed" => |_, value| {
            let text = std::str::from_utf8(value).ok();
            text.and_then(speed).map(Deed::Speed).ok_or(Refusal::Usage(Vec::new()))
        },
        _ if find_special(name).is_some() => |name, value| {
            let special = find_special(name).ok_or(Refusal::Usage(Vec::new()))?;
            Ok(Deed::Char(special, character(value)?))
        },
        _ => return None,
    };
    Some(make)
}

fn find_special(name: &str) -> Option<&'static Special> {
    let name = if name == "flush" { "discard" } else { name };
    SPECIALS.iter().find(|special| special.name == name)
}

/// A special character: `^C`, `x`, `undef`, or its number.
fn character(value: &[u8]) -> Result<u8, Refusal> {
    match value {
        b"" | b"^-" | b"undef" => Ok(0),
        [one] => Ok(*one),
        b"^?" => Ok(127),
        [b'^', letter, ..] => Ok(letter & !0o140),
        _ => byte(value),
    }
}

fn byte(value: &[u8]) -> Result<u8, Refusal> {
    Ok(number(value, 255)? as u8)
}

/// A decimal, octal (`0…`) or hexadecimal (`0x…`) number.
fn number(value: &[u8], max: u64) -> Result<u64, Refusal> {
    let invalid = [b"invalid integer argument: ", &quote_locale(value)[..]].concat();
    let text = std::str::from_utf8(value).unwrap_or_default();
    let parsed = match (text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")), text.strip_prefix('0')) {
        (Some(hexadecimal), _) => u64::from_str_radix(hexadecimal, 16),
        (None, Some(octal)) if !octal.is_empty() => u64::from_str_radix(octal, 8),
        _ => text.parse(),
    };
    let number = parsed.map_err(|_| Refusal::Plain(invalid.clone()))?;
    if number > max {
        let reason = format!(": {}", Errno::ERANGE.message());
        return Err(Refusal::Plain([&invalid[..], reason.as_bytes()].concat()));
    }
    Ok(number)
}

fn speed(text: &str) -> Option<u32> {
    let number = text.parse().ok()?;
    SPEEDS.iter().map(|(speed, _)| *speed).find(|&speed| speed == number)
}

/// The deed of a word that takes no argument.
fn plain_deed(text: &str) -> Option<Deed> {
    match text {
        "size" => return Some(Deed::PrintSize),
        "speed" => return Some(Deed::PrintSpeed),
        _ => {}
    }
    let (name, on) = text.strip_prefix('-').map_or((text, true), |name| (name, false));
    if let Some((mode, turned)) = modes::mode(name) {
        return (on || !mode.is_value()).then_some(Deed::Switch(mode, on != turned));
    }
    const COMBINATIONS: [(&str, bool); 8] = [
        ("sane", false),
        ("raw", true),
        ("cooked", true),
        ("cbreak", true),
        ("nl", true),
        ("ek", false),
        ("crt", false),
        ("dec", false),
    ];
    if let Some((known, reversible)) = COMBINATIONS.iter().find(|(known, _)| *known == name) {
        return (on || *reversible).then_some(Deed::Combination(known, on));
    }
    if let Some(speed) = speed(text) {
        return Some(Deed::Speed(speed));
    }
    text.contains(':').then(|| modes::restore(text, &Termios::default()))?.map(|_| Deed::Restore(text.into()))
}

async fn serve(cx: &mut Context, request: &Request, fd: Fd, name: &[u8]) -> Result<(), Errno> {
    let mut termios = cx.process.termios(fd)?;
    let window = cx.process.window_size(fd)?;
    let mut lines = Lines::new(line_columns(cx));
    if request.save {
        cx.out.put(format!("{}\n", modes::save(&termios)).as_bytes());
        return Ok(());
    }
    if request.deeds.is_empty() {
        describe(&termios, window, request.all, &mut lines);
        cx.out.put(lines.text.as_bytes());
        return Ok(());
    }
    let before = termios.clone();
    let mut fulfilled = true;
    for deed in &request.deeds {
        match deed {
            Deed::PrintSize => {
                let window = cx.process.window_size(fd)?;
                cx.out.put(format!("{} {}\n", window.rows, window.cols).as_bytes());
            }
            Deed::PrintSpeed => cx.out.put(format!("{}\n", termios.speed_baud).as_bytes()),
            Deed::Rows(rows) => {
                let window = cx.process.window_size(fd)?;
                cx.process.set_window_size(fd, WindowSize { rows: *rows, ..window })?;
            }
            Deed::Cols(cols) => {
                let window = cx.process.window_size(fd)?;
                cx.process.set_window_size(fd, WindowSize { cols: *cols, ..window })?;
            }
            other => fulfilled &= change(&mut termios, other),
        }
    }
    if termios != before {
        cx.process.set_termios(fd, termios, false).await?;
    }
    if !fulfilled {
        cx.error(&[name, b": unable to perform all requested operations"].concat()).await;
    }
    Ok(())
}

/// Does a deed to the settings; false when the terminal cannot have it so.
fn change(termios: &mut Termios, deed: &Deed) -> bool {
    match deed {
        Deed::Switch(mode, on) => return set(termios, mode, *on),
        Deed::Char(special, value) => match special.kept {
            Some(which) => set_char(termios, which, *value),
            None => return *value == special.sane,
        },
        Deed::Min(value) => set_char(termios, ControlChar::Min, *value),
        Deed::Time(value) => set_char(termios, ControlChar::Time, *value),
        Deed::Speed(speed) => termios.speed_baud = *speed,
        Deed::Combination(name, on) => combine(termios, name, *on),
        Deed::Restore(text) => {
            if let Some(restored) = modes::restore(text, termios) {
                *termios = restored;
            }
        }
        Deed::Rows(_) | Deed::Cols(_) | Deed::PrintSize | Deed::PrintSpeed | Deed::Nothing => {}
    }
    true
}

fn set(termios: &mut Termios, mode: &Mode, on: bool) -> bool {
    match mode.kept {
        Kept::In(field) => {
            *field(termios) = on;
            true
        }
        Kept::Always(always) => always == on,
    }
}

/// Sets what a combination stands for.
fn combine(termios: &mut Termios, name: &str, on: bool) {
    let switch = |termios: &mut Termios, names: &[&str]| {
        for name in names {
            let (plain, on) = name.strip_prefix('-').map_or((*name, true), |plain| (plain, false));
            if let Some((mode, _)) = modes::mode(plain) {
                set(termios, mode, on);
            }
        }
    };
    let restore_chars = |termios: &mut Termios, names: &[&str]| {
        for special in SPECIALS.iter().filter(|special| names.is_empty() || names.contains(&special.name)) {
            if let Some(which) = special.kept {
                set_char(termios, which, special.sane);
            }
        }
    };
    match (name, on) {
        ("sane", _) => {
            for mode in MODES.iter().filter(|mode| mode.sane != Sane::Either) {
                set(termios, mode, mode.sane == Sane::On);
            }
            restore_chars(termios, &[]);
        }
        ("raw", true) | ("cooked", false) => {
            for mode in MODES.iter().filter(|mode| mode.group == modes::Group::Input) {
                set(termios, mode, false);
            }
            switch(termios, &["-opost", "-isig", "-icanon"]);
            set_char(termios, ControlChar::Min, 1);
            set_char(termios, ControlChar::Time, 0);
        }
        ("raw" | "cooked", _) => {
            switch(termios, &["brkint", "istrip", "icrnl", "ixon", "opost", "isig", "icanon"]);
            restore_chars(termios, &["eof", "eol"]);
        }
        ("cbreak", true) => switch(termios, &["-icanon"]),
        ("cbreak", false) => switch(termios, &["icanon"]),
        ("nl", true) => switch(termios, &["-icrnl", "-onlcr"]),
        ("nl", false) => switch(termios, &["icrnl", "-inlcr", "-igncr", "onlcr", "-ocrnl", "-onlret"]),
        ("ek", _) => restore_chars(termios, &["erase", "kill"]),
        ("crt", _) => switch(termios, &["echoe", "echoctl", "echoke"]),
        _ => {
            switch(termios, &["echoe", "echoctl", "echoke", "-ixany"]);
            restore_chars(termios, &["intr", "erase", "kill"]);
        }
    }
}

/// Columns that a line of the output may have.
fn line_columns(cx: &Context) -> usize {
    let window = cx.process.window_size(STDOUT).ok().map(|window| usize::from(window.cols));
    let variable = || {
        let value = cx.process.env(b"COLUMNS")?;
        std::str::from_utf8(&value).ok()?.parse().ok()
    };
    window.filter(|&cols| cols > 0).or_else(variable).filter(|&cols| cols > 0).unwrap_or(COLUMNS)
}

/// Text whose items are wrapped into lines.
struct Lines {
    text: String,
    column: usize,
    columns_max: usize,
}

impl Lines {
    fn new(columns_max: usize) -> Lines {
        Lines { text: String::new(), column: 0, columns_max }
    }

    fn item(&mut self, item: &str) {
        if self.column > 0 {
            if self.column + 1 + item.len() > self.columns_max {
                self.end();
            } else {
                self.text.push(' ');
                self.column += 1;
            }
        }
        self.text += item;
        self.column += item.len();
    }

    /// Ends the line, if there is one.
    fn end(&mut self) {
        if self.column > 0 {
            self.text.push('\n');
            self.column = 0;
        }
    }
}

/// Prints all settings, or those that `sane` would change.
fn describe(termios: &Termios, window: WindowSize, all: bool, lines: &mut Lines) {
    lines.item(&format!("speed {} baud;", termios.speed_baud));
    if all {
        lines.item(&format!("rows {}; columns {};", window.rows, window.cols));
    }
    lines.item("line = 0;");
    lines.end();
    for special in &SPECIALS {
        let value = special.kept.map_or(special.sane, |which| termios.char(which));
        if all || value != special.sane {
            lines.item(&format!("{} = {};", special.name, shown(value)));
        }
    }
    if all || !termios.local.icanon {
        let (min, time) = (termios.char(ControlChar::Min), termios.char(ControlChar::Time));
        lines.item(&format!("min = {min}; time = {time};"));
    }
    lines.end();
    for group in GROUPS {
        for mode in MODES.iter().filter(|mode| mode.group == group) {
            let on = mode.is_on(termios);
            let is_sane = mode.sane == Sane::Either || on == (mode.sane == Sane::On);
            if all || !is_sane {
                lines.item(&format!("{}{}", if on { "" } else { "-" }, mode.name));
            }
        }
        lines.end();
    }
}

/// A special character as it is shown: `^C`, `<undef>`, `M-a`.
fn shown(value: u8) -> String {
    let seven = |value: u8| match value {
        127 => "^?".to_owned(),
        ..32 => format!("^{}", char::from(value + 64)),
        _ => char::from(value).to_string(),
    };
    match value {
        0 => "<undef>".to_owned(),
        128.. => format!("M-{}", seven(value - 128)),
        _ => seven(value),
    }
}
