//! The command line of `ps`: Unix options (`-ef`), BSD's (`aux`) and long ones, mixed.

use super::columns::{self, Kind, Value};
use crate::abi::{Gid, Pid, Uid};
use crate::program::Names;

/// A column to be printed.
#[derive(Clone, Debug)]
pub struct Column {
    pub kind: Kind,
    pub heading: Vec<u8>,
    pub width: usize,
}

/// Which processes, apart from lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Selection {
    /// Own ones of this terminal.
    Default,
    /// All.
    All,
    /// All that lead no session; with a terminal only, if set.
    NoLeaders { with_terminal: bool },
    /// BSD's: of all users, without a terminal too.
    Bsd { every_user: bool, every_terminal: bool },
}

/// What the command line asks for.
pub struct Request {
    pub selection: Selection,
    /// Whether any list was given; then the lists and `selection`, if not the default, add up.
    pub listed: bool,
    pub pids: Vec<Pid>,
    pub parents: Vec<Pid>,
    pub sessions: Vec<Pid>,
    pub names: Vec<Vec<u8>>,
    pub euids: Vec<Uid>,
    pub uids: Vec<Uid>,
    pub gids: Vec<Gid>,
    /// `Some(None)` is none.
    pub terminals: Vec<Option<u32>>,
    pub negate: bool,
    pub running_only: bool,
    pub columns: Vec<Column>,
    pub headings: bool,
    pub sort: Vec<(Value, bool)>,
    /// How often `w` was given.
    pub wide: usize,
    pub columns_max: Option<usize>,
}

const DEFAULT: &str = "pid,tname,time,ucmd";
const FULL: &str = "UID,pid,ppid,c,stime,tname,time,cmd";
const LONG: &str = "f,s,uid,pid,ppid,c,PRI,ni,ADDR_SZ,wchan,tname,time,ucmd";
const JOBS: &str = "pid,pgid,sid,tname,time,ucmd";
const BSD: &str = "pid,tname,stat,bsdtime,args";
const BSD_USER: &str = "user,pid,%cpu,%mem,vsz,rss,tname,stat,start_time,bsdtime,args";
const BSD_LONG: &str = "f,uid,pid,ppid,pri,ni,vsz,rss,wchan,stat,tname,bsdtime,args";
const BSD_JOBS: &str = "ppid,pid,pgid,sid,tname,tpgid,stat,uid,bsdtime,args";

/// How one option of a letter or word is read.
struct Reader<'a> {
    request: Request,
    names: &'a Names,
    own: Own,
    format: Option<&'static str>,
}

/// Who asks.
#[derive(Clone, Copy)]
pub struct Own {
    pub euid: Uid,
    pub terminal: Option<u32>,
}

/// Reads the words behind the name. The error is the message behind `error: `.
pub fn read(words: &[Vec<u8>], names: &Names, own: Own) -> Result<Request, Vec<u8>> {
    let request = Request {
        selection: Selection::Default,
        listed: false,
        pids: Vec::new(),
        parents: Vec::new(),
        sessions: Vec::new(),
        names: Vec::new(),
        euids: Vec::new(),
        uids: Vec::new(),
        gids: Vec::new(),
        terminals: Vec::new(),
        negate: false,
        running_only: false,
        columns: Vec::new(),
        headings: true,
        sort: Vec::new(),
        wide: 0,
        columns_max: None,
    };
    let mut reader = Reader { request, names, own, format: None };
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if let Some(long) = word.strip_prefix(b"--") {
            reader.long(long, &mut rest)?;
        } else if let Some(letters) = word.strip_prefix(b"-") {
            reader.letters(letters, &mut rest, Reader::unix)?;
        } else if word.first().is_some_and(u8::is_ascii_digit) {
            reader.list(b'p', word)?;
        } else {
            if reader.request.selection == Selection::Default {
                reader.request.selection = Selection::Bsd { every_user: false, every_terminal: false };
            }
            reader.format = reader.format.or(Some(BSD));
            reader.letters(word, &mut rest, Reader::bsd)?;
        }
    }
    let Reader { mut request, format, .. } = reader;
    if request.columns.is_empty() {
        request.columns = parse_format(format.unwrap_or(DEFAULT).as_bytes())?;
    }
    Ok(request)
}

/// What a letter needs.
type Letter<'a> = fn(&mut Reader<'a>, u8) -> Result<Need, Vec<u8>>;

enum Need {
    Nothing,
    Argument(&'static str),
}

impl<'a> Reader<'a> {
    fn letters<'w>(
        &mut self,
        letters: &'w [u8],
        rest: &mut impl Iterator<Item = &'w Vec<u8>>,
        read: Letter<'a>,
    ) -> Result<(), Vec<u8>> {
        let mut left = letters;
        while let Some((&letter, after)) = left.split_first() {
            left = after;
            if let Need::Argument(missing) = read(self, letter)? {
                let value = if after.is_empty() { rest.next().map(Vec::as_slice) } else { Some(after) };
                return self.list(letter, value.ok_or(missing)?);
            }
        }
        Ok(())
    }

    fn unix(&mut self, letter: u8) -> Result<Need, Vec<u8>> {
        let request = &mut self.request;
        match letter {
            b'A' | b'e' => request.selection = Selection::All,
            b'a' => request.selection = Selection::NoLeaders { with_terminal: true },
            b'd' => request.selection = Selection::NoLeaders { with_terminal: false },
            b'N' => request.negate = true,
            b'f' | b'F' => self.format = Some(FULL),
            b'l' => self.format = Some(LONG),
            b'j' => self.format = Some(JOBS),
            b'w' => request.wide += 1,
            b'p' | b'q' => return Ok(Need::Argument("list of process IDs must follow -p")),
            b'C' => return Ok(Need::Argument("list of command names must follow -C")),
            b'u' => return Ok(Need::Argument("list of users must follow -u")),
            b'U' => return Ok(Need::Argument("list of real users must follow -U")),
            b'G' => return Ok(Need::Argument("list of real groups must follow -G")),
            b'g' | b's' => return Ok(Need::Argument("list of session IDs must follow -s")),
            b't' => return Ok(Need::Argument("list of terminals (pty, tty...) must follow -t")),
            b'o' => return Ok(Need::Argument("format specification must follow -o")),
            _ => return Err(b"unsupported SysV option".to_vec()),
        }
        Ok(Need::Nothing)
    }

    fn bsd(&mut self, letter: u8) -> Result<Need, Vec<u8>> {
        let request = &mut self.request;
        match letter {
            b'a' | b'x' => {
                let (user, terminal) = match request.selection {
                    Selection::Bsd { every_user, every_terminal } => (every_user, every_terminal),
                    _ => (false, false),
                };
                let (every_user, every_terminal) = (user || letter == b'a', terminal || letter == b'x');
                request.selection = Selection::Bsd { every_user, every_terminal };
            }
            b'g' => {}
            b'r' => request.running_only = true,
            b'T' => {
                request.terminals.push(self.own.terminal);
                request.listed = true;
            }
            b'u' => self.format = Some(BSD_USER),
            b'l' => self.format = Some(BSD_LONG),
            b'j' => self.format = Some(BSD_JOBS),
            b'w' => request.wide += 1,
            b'h' => request.headings = false,
            b'p' => return Ok(Need::Argument("list of process IDs must follow p")),
            b'U' => return Ok(Need::Argument("list of users must follow U")),
            b't' => return Ok(Need::Argument("list of terminals (pty, tty...) must follow t")),
            b'o' => return Ok(Need::Argument("format specification must follow o")),
            b'k' => return Ok(Need::Argument("long sort specification must follow 'k'")),
            _ => return Err(b"unsupported option (BSD syntax)".to_vec()),
        }
        Ok(Need::Nothing)
    }

    fn long<'w>(&mut self, text: &'w [u8], rest: &mut impl Iterator<Item = &'w Vec<u8>>) -> Result<(), Vec<u8>> {
        let (name, value) = match memchr::memchr(b'=', text) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let letter = match name {
            b"no-headers" | b"no-headings" | b"no-heading" | b"noheader" | b"noheaders" | b"noheading"
            | b"noheadings" => {
                self.request.headings = false;
                return Ok(());
            }
            b"headers" | b"headings" | b"heading" => return Ok(()),
            b"deselect" => {
                self.request.negate = true;
                return Ok(());
            }
            b"pid" => b'p',
            b"ppid" => b'P',
            b"sid" => b's',
            b"user" => b'u',
            b"User" => b'U',
            b"Group" | b"group" => b'G',
            b"tty" => b't',
            b"format" => b'o',
            b"sort" => b'k',
            b"cols" | b"columns" | b"width" => b'c',
            _ => return Err(b"unknown gnu long option".to_vec()),
        };
        let value = value.or_else(|| rest.next().map(Vec::as_slice));
        let missing = || [b"argument missing for --", name].concat();
        self.list(letter, value.ok_or_else(missing)?)
    }

    /// Reads the argument of an option.
    fn list(&mut self, letter: u8, value: &[u8]) -> Result<(), Vec<u8>> {
        let request = &mut self.request;
        match letter {
            b'o' => {
                request.columns.extend(parse_format(value)?);
                return Ok(());
            }
            b'k' => {
                for key in words(value) {
                    let (name, down) = match key.split_first() {
                        Some((b'-', name)) => (name, true),
                        Some((b'+', name)) => (name, false),
                        _ => (key, false),
                    };
                    let kind = columns::kind(name).ok_or("unknown sort specifier")?;
                    request.sort.push((kind.value, down));
                }
                return Ok(());
            }
            b'c' => {
                let width = number(value).ok_or("number of columns must follow --cols, --width, or --columns")?;
                request.columns_max = Some(width as usize);
                return Ok(());
            }
            _ => {}
        }
        request.listed = true;
        for item in words(value) {
            match letter {
                b'p' | b'q' => request.pids.push(number(item).ok_or("process ID list syntax error")?),
                b'P' => request.parents.push(number(item).ok_or("process ID list syntax error")?),
                b's' | b'g' => request.sessions.push(number(item).ok_or("session or group list syntax error")?),
                b'C' => request.names.push(item.to_vec()),
                b'u' => request.euids.push(self.names.find_user(item).ok_or("user name does not exist")?),
                b'U' => request.uids.push(self.names.find_user(item).ok_or("user name does not exist")?),
                b'G' => request.gids.push(self.names.find_group(item).ok_or("group name does not exist")?),
                _ => request.terminals.push(terminal(item).ok_or("TTY could not be found")?),
            }
        }
        Ok(())
    }
}

/// The items of a list: apart by commas or blanks.
fn words(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| matches!(byte, b',' | b' ' | b'\t')).filter(|item| !item.is_empty())
}

fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// `pts/3`, `/dev/pts/3`, or `-` and `?` for none.
fn terminal(text: &[u8]) -> Option<Option<u32>> {
    if text == b"-" || text == b"?" {
        return Some(None);
    }
    let text = text.strip_prefix(b"/dev/").unwrap_or(text);
    number(text.strip_prefix(b"pts/").unwrap_or(text)).map(Some)
}

/// Reads `pid,user:12,comm=NAME`. A heading reaches up to the next comma.
fn parse_format(text: &[u8]) -> Result<Vec<Column>, Vec<u8>> {
    let mut columns = Vec::new();
    for item in words_of_format(text) {
        let (name, heading) = match memchr::memchr(b'=', item) {
            Some(at) => (&item[..at], Some(item[at + 1..].to_vec())),
            None => (item, None),
        };
        let (name, width) = match memchr::memchr(b':', name) {
            Some(at) => (&name[..at], Some(number(&name[at + 1..]).ok_or("bad column width")?)),
            None => (name, None),
        };
        let unknown = || [b"unknown user-defined format specifier \"", name, b"\""].concat();
        let kind = columns::kind(name).ok_or_else(unknown)?;
        let heading = heading.unwrap_or_else(|| kind.heading.as_bytes().to_vec());
        let width = width.map_or(kind.width, |width| width.min(1000) as usize).max(heading.len());
        columns.push(Column { kind, heading, width });
    }
    Ok(columns)
}

/// As `words`, but a heading may hold blanks.
fn words_of_format(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| byte == b',').flat_map(|item| match memchr::memchr(b'=', item) {
        Some(_) => vec![item],
        None => words(item).collect(),
    })
}
