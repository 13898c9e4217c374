//! Variables whose values are made when they are asked for.

use super::variables::{Attributes, known};
use super::{FrameKind, Interp, Value};
use crate::shell::code::Symbol;
use crate::shell::syntax::is_name;
use crate::users::Accounts;

/// Those variables.
pub(super) const SPECIAL: &[Symbol] = &[
    known::RANDOM,
    known::SRANDOM,
    known::SECONDS,
    known::LINENO,
    known::EPOCHSECONDS,
    known::EPOCHREALTIME,
    known::BASHPID,
    known::BASH_SUBSHELL,
    known::FUNCNAME,
    known::BASH_SOURCE,
    known::BASH_LINENO,
    known::PIPESTATUS,
    known::DIRSTACK,
    known::GROUPS,
    known::BASH_ARGV0,
    known::BASHOPTS,
    known::SHELLOPTS,
    known::BASH_COMMAND,
    known::HISTCMD,
];

impl Interp {
    /// A special variable's value.
    pub(super) fn special_value(&mut self, name: Symbol) -> Option<Vec<u8>> {
        let now = self.process.now();
        let number = match name {
            known::RANDOM => i64::from(self.next_random()),
            known::SRANDOM => {
                let mut bytes = [0; 4];
                self.process.random(&mut bytes);
                i64::from(u32::from_le_bytes(bytes))
            }
            known::SECONDS => {
                (self.process.uptime_nanos() as i64 - self.shell.seconds_start).div_euclid(1_000_000_000)
            }
            known::LINENO => i64::from(self.line()),
            known::EPOCHSECONDS => now.secs,
            known::EPOCHREALTIME => {
                return Some(format!("{}.{:06}", now.secs, now.nanos / 1000).into_bytes());
            }
            known::BASHPID => i64::from(self.process.pid()),
            known::BASH_SUBSHELL => i64::from(self.shell.subshell_level),
            known::BASH_ARGV0 => return Some(self.shell.name.to_vec()),
            known::BASHOPTS => return Some(self.shopt_list()),
            known::BASH_COMMAND => return Some(self.command_text()),
            known::HISTCMD => self.history_number() as i64,
            known::SHELLOPTS => return Some(self.option_list()),
            known::FUNCNAME
            | known::BASH_SOURCE
            | known::BASH_LINENO
            | known::PIPESTATUS
            | known::DIRSTACK
            | known::GROUPS => {
                return self.special_elements(name)?.into_iter().next();
            }
            _ => return None,
        };
        Some(number.to_string().into_bytes())
    }

    /// A special array's elements.
    pub(super) fn special_elements(&mut self, name: Symbol) -> Option<Vec<Vec<u8>>> {
        match name {
            known::PIPESTATUS => {
                Some(self.shell.pipe_status.statuses().iter().map(|s| s.to_string().into_bytes()).collect())
            }
            known::GROUPS => Some(
                self.process.credentials().groups.iter().map(|gid| gid.to_string().into_bytes()).collect(),
            ),
            known::DIRSTACK => {
                let mut list = vec![self.shell.cwd.to_vec()];
                list.extend(self.shell.directory_stack.iter().cloned());
                Some(list)
            }
            known::FUNCNAME | known::BASH_SOURCE | known::BASH_LINENO => Some(self.call_stack(name)),
            _ => None,
        }
    }

    /// The calls that are active, innermost first.
    fn call_stack(&self, which: Symbol) -> Vec<Vec<u8>> {
        let mut list = Vec::new();
        let mut in_function = false;
        for frame in self.frames().iter().rev() {
            let (name, source, line): (&[u8], &[u8], u32) = match &frame.kind {
                FrameKind::Function(call) => {
                    in_function = true;
                    (&call.name, &call.source, call.line)
                }
                FrameKind::Feeder(feeder) if feeder.kind == super::FeederKind::Source => {
                    (b"source", &feeder.name, frame.call_line())
                }
                _ => continue,
            };
            list.push(match which {
                known::FUNCNAME => name.to_vec(),
                known::BASH_SOURCE => source.to_vec(),
                _ => line.to_string().into_bytes(),
            });
        }
        if which == known::FUNCNAME && !in_function && list.is_empty() {
            return list;
        }
        if !self.shell.options.command_string || !list.is_empty() {
            let is_script = !self.shell.options.command_string && !self.shell.options.interactive;
            match which {
                known::FUNCNAME if is_script && !list.is_empty() => list.push(b"main".to_vec()),
                known::BASH_SOURCE if is_script => list.push(self.shell.name.to_vec()),
                known::BASH_LINENO if is_script => list.push(b"0".to_vec()),
                _ => {}
            }
        }
        list
    }

    /// An assignment to a special variable; false when it is done or ignored.
    pub(super) fn assign_special(&mut self, name: Symbol, text: &[u8]) -> bool {
        let number = super::arithmetic::plain_number(text).unwrap_or(0);
        match name {
            known::RANDOM => self.shell.random_state = number as u32,
            known::SECONDS => {
                self.shell.seconds_start =
                    self.process.uptime_nanos() as i64 - number.saturating_mul(1_000_000_000)
            }
            known::BASH_ARGV0 => self.shell.name = std::rc::Rc::from(text),
            known::BASH_SUBSHELL | known::GROUPS | known::FUNCNAME | known::PIPESTATUS | known::DIRSTACK => {}
            _ => {
                // The others become ordinary variables.
                let var = self.shell.var_mut(name);
                var.attributes.set(Attributes::SPECIAL, false);
                var.value = Value::Unset;
                return true;
            }
        }
        false
    }

    /// bash's generator of 15-bit numbers: Park and Miller's minimal standard, high and low half together.
    fn next_random(&mut self) -> u16 {
        let seed = if self.shell.random_state == 0 { 123_459_876 } else { self.shell.random_state };
        let (high, low) = (i64::from(seed / 127_773), i64::from(seed % 127_773));
        let next = 16_807 * low - 2_836 * high;
        let next = if next < 0 { next + 0x7fff_ffff } else { next };
        self.shell.random_state = next as u32;
        let mixed = (next as u32 >> 16) ^ (next as u32 & 0xffff);
        (mixed & 0x7fff) as u16
    }

    fn option_list(&self) -> Vec<u8> {
        let mut options = self.shell.options;
        let on: Vec<&str> = options.table().into_iter().filter(|row| *row.2).map(|row| row.0).collect();
        on.join(":").into_bytes()
    }

    fn shopt_list(&self) -> Vec<u8> {
        let mut shopt = self.shell.shopt;
        let on: Vec<&str> = shopt.table().into_iter().filter(|row| *row.1).map(|row| row.0).collect();
        on.join(":").into_bytes()
    }

    /// The accounts as the files have them now.
    pub(crate) fn accounts(&self) -> Accounts {
        let read = |path: &[u8]| self.process.read_small_file(path).unwrap_or_default();
        Accounts::parse(&read(b"/etc/passwd"), b"", &read(b"/etc/group"))
    }

    /// Expands `$name`, `${name}` and nothing else: what PS4 most often holds.
    pub(crate) fn expand_simply(&mut self, text: &[u8]) -> Vec<u8> {
        if !text.contains(&b'$') {
            return text.to_vec();
        }
        let mut out = Vec::new();
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'$', rest) {
            out.extend_from_slice(&rest[..at]);
            rest = &rest[at + 1..];
            let (name, after) = if let Some(inner) = rest.strip_prefix(b"{") {
                let end = memchr::memchr(b'}', inner).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or_default())
            } else {
                let end =
                    rest.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'_').unwrap_or(rest.len());
                (&rest[..end], &rest[end..])
            };
            if is_name(name) {
                let symbol = self.symbol(name);
                out.extend_from_slice(&self.scalar(symbol).unwrap_or_default());
            } else {
                out.push(b'$');
                if name.is_empty() {
                    continue;
                }
            }
            rest = after;
        }
        out.extend_from_slice(rest);
        out
    }
}
