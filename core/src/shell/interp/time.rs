//! `time`: how long a pipeline takes, in the form of TIMEFORMAT.

use super::Interp;
use super::variables::known;
use crate::abi::STDERR;
use crate::shell::syntax::ast::TimeFormat;

impl Interp {
    pub(super) fn time_start(&mut self) {
        let (own, children) = self.process.cpu_nanos();
        self.timers.push((self.process.uptime_nanos(), own, children));
    }

    pub(super) async fn time_end(&mut self, format: TimeFormat) {
        let Some((start, own_start, children_start)) = self.timers.pop() else { return };
        let (own, children) = self.process.cpu_nanos();
        let real = self.process.uptime_nanos().saturating_sub(start);
        let user = (own + children).saturating_sub(own_start + children_start);
        let text = match format {
            TimeFormat::Posix => {
                let seconds =
                    |nanos: u64| format!("{}.{:02}", nanos / 1_000_000_000, nanos / 10_000_000 % 100);
                format!("real {}\nuser {}\nsys 0.00\n", seconds(real), seconds(user)).into_bytes()
            }
            TimeFormat::Default => match self.shell.text(known::TIMEFORMAT) {
                Some(format) if format.is_empty() => Vec::new(),
                Some(format) => time_format(&format, real, user),
                None => time_format(b"\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS", real, user),
            },
        };
        let _ = self.process.write_all(STDERR, &text).await;
    }
}

/// TIMEFORMAT: `%[p][l]R`, `U`, `S`, `%P`, `%%`.
fn time_format(format: &[u8], real: u64, user: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = format.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut precision = 3;
        if let Some(digit) = bytes.next_if(u8::is_ascii_digit) {
            precision = usize::from(digit - b'0').min(3);
        }
        let long = bytes.next_if_eq(&b'l').is_some();
        let nanos = match bytes.next() {
            Some(b'%') => {
                out.push(b'%');
                continue;
            }
            Some(b'P') => {
                let percent = if real == 0 { 0.0 } else { user as f64 * 100.0 / real as f64 };
                out.extend_from_slice(format!("{percent:.precision$}").as_bytes());
                continue;
            }
            Some(b'R') => real,
            Some(b'U') => user,
            Some(b'S') => 0,
            Some(other) => {
                out.extend_from_slice(&[b'%', other]);
                continue;
            }
            None => {
                out.push(b'%');
                continue;
            }
        };
        let millis = nanos / 1_000_000;
        let (seconds, fraction) = (millis / 1000, millis % 1000);
        let fraction = &format!("{fraction:03}")[..precision];
        let point = if precision > 0 { "." } else { "" };
        let text = if long {
            format!("{}m{}{point}{fraction}s", seconds / 60, seconds % 60)
        } else {
            format!("{seconds}{point}{fraction}")
        };
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b'\n');
    out
}
