//! What the options of `ls` ask for.

use super::color::Colors;
use super::screen_width;
use crate::abi::{STDOUT, Time};
use crate::calendar::Zone;
use crate::program::{Context, Parsed, QuotingStyle, SizeStyle, match_word, quote, quote_locale};
use crate::regex::pattern::{Pattern, PatternOptions};

/// How entries are placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Long,
    Columns,
    Across,
    Commas,
    Single,
}

/// How entries are ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    None,
    Name,
    Time,
    Size,
    Extension,
    Version,
    Width,
}

/// Which time counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TimeKind {
    Access,
    Change,
    Modification,
}

/// What is put behind names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Indicators {
    None,
    Slash,
    FileType,
    Classify,
}

/// Which links are followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dereference {
    Never,
    /// Operands that lead to directories.
    OperandsToDirectories,
    Operands,
    Always,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum When {
    Always,
    Never,
    Auto,
}

/// Why the options cannot be followed; the message.
pub(super) enum Wrong {
    /// A wrong word: status 1.
    Usage(Vec<u8>),
    /// A wrong word: status 2.
    UsageTrouble(Vec<u8>),
    /// A wrong number: status 2, without a hint.
    Trouble(Vec<u8>),
}

/// What is asked for.
pub(super) struct Wish {
    pub(super) format: Format,
    pub(super) sort: Sort,
    pub(super) time: TimeKind,
    pub(super) reverse: bool,
    pub(super) directories_first: bool,
    pub(super) all: bool,
    almost_all: bool,
    ignore_backups: bool,
    ignored: Vec<Pattern>,
    hidden: Vec<Pattern>,
    pub(super) immediate: bool,
    pub(super) recursive: bool,
    pub(super) inode: bool,
    pub(super) blocks: bool,
    pub(super) block_style: SizeStyle,
    pub(super) size_style: SizeStyle,
    pub(super) owner: bool,
    pub(super) group: bool,
    pub(super) author: bool,
    pub(super) numeric: bool,
    pub(super) indicators: Indicators,
    pub(super) dereference: Dereference,
    pub(super) quoting: QuotingStyle,
    pub(super) question_marks: bool,
    pub(super) colors: Option<Colors>,
    pub(super) width: usize,
    pub(super) tab_size: usize,
    /// Formats of the times of old and of recent files.
    pub(super) time_formats: [Vec<u8>; 2],
    pub(super) zone: Zone,
    pub(super) now: Time,
    /// What ends a line.
    pub(super) end: u8,
    /// Names that are not quoted get a blank when others are.
    pub(super) align_quotes: bool,
}

const WHEN: [(&str, When); 9] = [
    ("always", When::Always),
    ("yes", When::Always),
    ("force", When::Always),
    ("never", When::Never),
    ("no", When::Never),
    ("none", When::Never),
    ("auto", When::Auto),
    ("tty", When::Auto),
    ("if-tty", When::Auto),
];
const SORTS: [(&str, Sort); 6] = [
    ("none", Sort::None),
    ("time", Sort::Time),
    ("size", Sort::Size),
    ("extension", Sort::Extension),
    ("version", Sort::Version),
    ("width", Sort::Width),
];
const TIMES: [(&str, TimeKind); 5] = [
    ("atime", TimeKind::Access),
    ("access", TimeKind::Access),
    ("use", TimeKind::Access),
    ("ctime", TimeKind::Change),
    ("status", TimeKind::Change),
];
const FORMATS: [(&str, Format); 7] = [
    ("verbose", Format::Long),
    ("long", Format::Long),
    ("commas", Format::Commas),
    ("horizontal", Format::Across),
    ("across", Format::Across),
    ("vertical", Format::Columns),
    ("single-column", Format::Single),
];
const INDICATORS: [(&str, Indicators); 4] = [
    ("none", Indicators::None),
    ("slash", Indicators::Slash),
    ("file-type", Indicators::FileType),
    ("classify", Indicators::Classify),
];

impl Wish {
    pub(super) fn of(cx: &Context, parsed: &Parsed) -> Result<Wish, Wrong> {
        let on_screen = cx.process.is_terminal(STDOUT);
        let word = |id: char, value: &[u8]| -> Result<(), Wrong> {
            let checked = match id {
                '4' => match_word(value, "--sort", &SORTS).map(drop),
                '5' => match_word(value, "--time", &TIMES).map(drop),
                'j' => match_word(value, "--format", &FORMATS).map(drop),
                'Y' => match_word(value, "--indicator-style", &INDICATORS).map(drop),
                'O' => match_word(value, "--color", &WHEN).map(drop),
                'F' => match_word(value, "--classify", &WHEN).map(drop),
                '3' => match_word(value, "--quoting-style", &QuotingStyle::WORDS).map(drop),
                _ => Ok(()),
            };
            checked.map_err(Wrong::Usage)
        };
        for (id, value) in &parsed.options {
            if let Some(value) = value {
                word(*id, value)?;
            }
        }
        let is_on = |id: char, value: Option<&[u8]>, option: &str| match value {
            _ if !parsed.has(id) => false,
            None => true,
            Some(value) => match match_word(value, option, &WHEN) {
                Ok(When::Always) => true,
                Ok(When::Auto) => on_screen,
                _ => false,
            },
        };
        let dir_default = match &cx.name[..] {
            b"dir" => Format::Columns,
            b"vdir" => Format::Long,
            _ if on_screen => Format::Columns,
            _ => Format::Single,
        };
        let mut wish = Wish {
            format: dir_default,
            sort: Sort::Name,
            time: TimeKind::Modification,
            reverse: parsed.has('r'),
            directories_first: parsed.has('D'),
            all: false,
            almost_all: false,
            ignore_backups: parsed.has('B'),
            ignored: patterns(parsed, 'I'),
            hidden: patterns(parsed, 'P'),
            immediate: parsed.has('d'),
            recursive: parsed.has('R') && !parsed.has('d'),
            inode: parsed.has('i'),
            blocks: parsed.has('s'),
            block_style: SizeStyle::Blocks(1024, None),
            size_style: SizeStyle::Blocks(1, None),
            owner: !parsed.has('g'),
            group: !(parsed.has('o') || parsed.has('G')),
            author: parsed.has('W'),
            numeric: parsed.has('n'),
            indicators: Indicators::None,
            dereference: Dereference::Never,
            quoting: QuotingStyle::Literal,
            question_marks: false,
            colors: None,
            width: 0,
            tab_size: 8,
            time_formats: [b"%b %e  %Y".to_vec(), b"%b %e %H:%M".to_vec()],
            zone: Zone::from_tz(&cx.process.env(b"TZ").unwrap_or_default()),
            now: cx.process.now(),
            end: b'\n',
            align_quotes: false,
        };
        wish.read_format(parsed);
        wish.read_sort(parsed);
        wish.read_sizes(cx, parsed)?;
        wish.read_quoting(cx, parsed, on_screen);
        wish.read_indicators(parsed, is_on('F', parsed.value('F'), "--classify"));
        if is_on('O', parsed.value('O'), "--color") && parsed.last_of(&['O', 'f', '0']) == Some('O') {
            wish.colors = Colors::of(cx);
        }
        wish.width = match parsed.value('w') {
            Some(text) => number(text, "invalid line width: ")?,
            None => screen_width(cx),
        };
        if wish.width == 0 {
            wish.width = usize::MAX;
        }
        if let Some(text) = parsed.value('T') {
            wish.tab_size = number(text, "invalid tab size: ")?;
        }
        if wish.colors.is_some() {
            wish.tab_size = 0;
        }
        if wish.format == Format::Long {
            wish.read_time_style(cx, parsed)?;
        }
        wish.dereference = match parsed.last_of(&['L', 'H', 'E']) {
            Some('L') => Dereference::Always,
            Some('H') => Dereference::Operands,
            Some(_) => Dereference::OperandsToDirectories,
            None if wish.immediate || wish.format == Format::Long || wish.indicators == Indicators::Classify => {
                Dereference::Never
            }
            None => Dereference::OperandsToDirectories,
        };
        let is_placed = wish.width != usize::MAX && matches!(wish.format, Format::Columns | Format::Across);
        wish.align_quotes = (wish.format == Format::Long || is_placed)
            && matches!(wish.quoting, QuotingStyle::Shell | QuotingStyle::ShellEscape);
        Ok(wish)
    }

    fn read_format(&mut self, parsed: &Parsed) {
        for (id, value) in &parsed.options {
            match id {
                'l' | 'g' | 'n' | 'o' | 'J' => self.format = Format::Long,
                'C' => self.format = Format::Columns,
                'x' => self.format = Format::Across,
                'm' => self.format = Format::Commas,
                '1' if self.format != Format::Long => self.format = Format::Single,
                'f' if self.format == Format::Long => self.format = Format::Single,
                '0' if self.format != Format::Long => self.format = Format::Single,
                'j' => {
                    let word = value.as_deref().unwrap_or_default();
                    self.format = match_word(word, "--format", &FORMATS).unwrap_or(self.format);
                }
                'a' => (self.all, self.almost_all) = (true, false),
                'f' => self.all = true,
                'A' => (self.all, self.almost_all) = (false, true),
                _ => {}
            }
            self.all |= *id == 'f';
        }
        if parsed.has('0') {
            self.end = 0;
        }
    }

    fn read_sort(&mut self, parsed: &Parsed) {
        let mut chosen = None;
        for (id, value) in &parsed.options {
            let word = value.as_deref().unwrap_or_default();
            match id {
                'c' => self.time = TimeKind::Change,
                'u' => self.time = TimeKind::Access,
                '5' => self.time = match_word(word, "--time", &TIMES).unwrap_or(self.time),
                't' => chosen = Some(Sort::Time),
                'S' => chosen = Some(Sort::Size),
                'X' => chosen = Some(Sort::Extension),
                'v' => chosen = Some(Sort::Version),
                'U' | 'f' => chosen = Some(Sort::None),
                '4' => chosen = match_word(word, "--sort", &SORTS).ok(),
                _ => {}
            }
        }
        let by_time = self.time != TimeKind::Modification && self.format != Format::Long;
        self.sort = chosen.unwrap_or(if by_time { Sort::Time } else { Sort::Name });
    }

    fn read_sizes(&mut self, cx: &Context, parsed: &Parsed) -> Result<(), Wrong> {
        let from_environment = [&b"LS_BLOCK_SIZE"[..], b"BLOCK_SIZE"]
            .iter()
            .find_map(|name| SizeStyle::parse(&cx.process.env(name)?));
        if let Some(style) = from_environment {
            (self.block_style, self.size_style) = (style, style);
        }
        for (id, value) in &parsed.options {
            let style = match id {
                'h' => SizeStyle::Human,
                'y' => SizeStyle::Si,
                'k' => {
                    self.block_style = SizeStyle::Blocks(1024, None);
                    continue;
                }
                'K' => {
                    let text = value.as_deref().unwrap_or_default();
                    SizeStyle::parse(text).ok_or_else(|| {
                        Wrong::Trouble([b"invalid --block-size argument ", &quote(text)[..]].concat())
                    })?
                }
                _ => continue,
            };
            (self.block_style, self.size_style) = (style, style);
        }
        Ok(())
    }

    fn read_quoting(&mut self, cx: &Context, parsed: &Parsed, on_screen: bool) {
        let word = |text: &[u8]| match_word(text, "--quoting-style", &QuotingStyle::WORDS).ok();
        let default = match &cx.name[..] {
            b"dir" | b"vdir" => QuotingStyle::Escape,
            _ if on_screen => QuotingStyle::ShellEscape,
            _ => QuotingStyle::Literal,
        };
        self.quoting = cx.process.env(b"QUOTING_STYLE").and_then(|text| word(&text)).unwrap_or(default);
        self.question_marks = on_screen && cx.name == b"ls";
        for (id, value) in &parsed.options {
            match id {
                'b' => self.quoting = QuotingStyle::Escape,
                'Q' => self.quoting = QuotingStyle::C,
                'N' | '0' => self.quoting = QuotingStyle::Literal,
                '3' => self.quoting = word(value.as_deref().unwrap_or_default()).unwrap_or(self.quoting),
                'q' => self.question_marks = true,
                'V' => self.question_marks = false,
                _ => {}
            }
        }
        if parsed.has('0') && !parsed.has('q') {
            self.question_marks = false;
        }
    }

    fn read_indicators(&mut self, parsed: &Parsed, classify: bool) {
        for (id, value) in &parsed.options {
            let word = value.as_deref().unwrap_or_default();
            self.indicators = match id {
                'F' if classify => Indicators::Classify,
                'e' => Indicators::FileType,
                'p' => Indicators::Slash,
                'Y' => match_word(word, "--indicator-style", &INDICATORS).unwrap_or(self.indicators),
                _ => continue,
            };
        }
    }

    fn read_time_style(&mut self, cx: &Context, parsed: &Parsed) -> Result<(), Wrong> {
        let given = match parsed.last_of(&['6', 'J']) {
            Some('6') => parsed.value('6').map(<[u8]>::to_vec),
            Some(_) => Some(b"full-iso".to_vec()),
            None => cx.process.env(b"TIME_STYLE"),
        };
        let Some(style) = given else { return Ok(()) };
        let style = style.strip_prefix(b"posix-").unwrap_or(&style);
        let both = |format: &[u8]| [format.to_vec(), format.to_vec()];
        self.time_formats = match style {
            b"full-iso" => both(b"%Y-%m-%d %H:%M:%S.%N %z"),
            b"long-iso" => both(b"%Y-%m-%d %H:%M"),
            b"iso" => [b"%Y-%m-%d ".to_vec(), b"%m-%d %H:%M".to_vec()],
            b"locale" => return Ok(()),
            [b'+', format @ ..] => match format.split_once_str(b'\n') {
                Some((old, recent)) => [old.to_vec(), recent.to_vec()],
                None => both(format),
            },
            wrong => {
                let mut message = [b"invalid argument ", &quote_locale(wrong)[..]].concat();
                message.extend_from_slice(" for ‘time style’\nValid arguments are:\n".as_bytes());
                message.extend_from_slice(b"  - [posix-]full-iso\n  - [posix-]long-iso\n  - [posix-]iso\n");
                message.extend_from_slice(b"  - [posix-]locale\n  - +FORMAT (e.g., +%H:%M) for a 'date'-style format");
                return Err(Wrong::UsageTrouble(message));
            }
        };
        Ok(())
    }

    /// Whether a directory's entry of this name is listed.
    pub(super) fn shows(&self, name: &[u8]) -> bool {
        let is_hidden = name.starts_with(b".") && !self.all && !self.almost_all;
        let hides = !self.all && !self.almost_all && self.hidden.iter().any(|pattern| pattern.matches(name));
        let is_backup = self.ignore_backups && name.ends_with(b"~");
        !(is_hidden || hides || is_backup || self.ignored.iter().any(|pattern| pattern.matches(name)))
    }

    /// Whether a directory's listing begins with the blocks of all its entries.
    pub(super) fn shows_total(&self) -> bool {
        self.format == Format::Long || self.blocks
    }

    /// How the names of directories are written above their listings.
    pub(super) fn heading_style(&self) -> QuotingStyle {
        self.quoting
    }
}

fn patterns(parsed: &Parsed, id: char) -> Vec<Pattern> {
    let options = PatternOptions::default();
    parsed.values(id).map(|text| Pattern::new(text, options)).collect()
}

fn number(text: &[u8], message: &str) -> Result<usize, Wrong> {
    let digits = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    digits.ok_or_else(|| Wrong::Trouble([message.as_bytes(), &quote_locale(text)].concat()))
}

/// `split_once` for bytes.
trait SplitOnce {
    fn split_once_str(&self, at: u8) -> Option<(&[u8], &[u8])>;
}

impl SplitOnce for [u8] {
    fn split_once_str(&self, at: u8) -> Option<(&[u8], &[u8])> {
        let position = self.iter().position(|&byte| byte == at)?;
        Some((self.get(..position)?, self.get(position + 1..)?))
    }
}
