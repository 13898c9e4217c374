//! The long listing: mode, links, owner, group, size, time, name.

use super::entry::{Entry, written};
use super::order::time_of;
use super::{Ls, indicator};
use crate::abi::width::text_width;
use crate::abi::{FileType, Stat};
use crate::calendar::format_time;
use crate::program::{Context, mode_text};

/// Half of an average year of the Gregorian calendar: younger files show the time of day.
const RECENT_SECS: i64 = 31_556_952 / 2;

/// The texts of a row that are aligned.
struct Row {
    mode: Vec<u8>,
    links: Vec<u8>,
    owner: Vec<u8>,
    group: Vec<u8>,
    author: Vec<u8>,
    size: Size,
    time: Vec<u8>,
}

/// Bytes, or the numbers of a device.
enum Size {
    Bytes(String),
    Device(String, String),
}

/// The widths of the columns.
#[derive(Default)]
struct Widths {
    links: usize,
    owner: usize,
    group: usize,
    author: usize,
    size: usize,
    major: usize,
    minor: usize,
    time: usize,
}

impl Ls {
    pub(super) async fn print_long(&mut self, cx: &mut Context, entries: &[Entry]) {
        let fronts = self.fronts(entries);
        let rows: Vec<Row> = entries.iter().map(|entry| self.row(entry)).collect();
        let mut widths = Widths::default();
        let widen = |width: &mut usize, text: &[u8]| *width = (*width).max(text_width(text));
        for row in &rows {
            widen(&mut widths.links, &row.links);
            widen(&mut widths.owner, &row.owner);
            widen(&mut widths.group, &row.group);
            widen(&mut widths.author, &row.author);
            widen(&mut widths.time, &row.time);
            match &row.size {
                Size::Bytes(text) => widen(&mut widths.size, text.as_bytes()),
                Size::Device(major, minor) => {
                    widen(&mut widths.major, major.as_bytes());
                    widen(&mut widths.minor, minor.as_bytes());
                }
            }
        }
        if widths.major > 0 {
            widths.size = widths.size.max(widths.major + 2 + widths.minor);
        }
        for (entry, row) in entries.iter().zip(&rows) {
            let mut line = Vec::new();
            self.put_fronts(&mut line, entry, fronts);
            line.extend_from_slice(&row.mode);
            line.push(b' ');
            put_right(&mut line, &row.links, widths.links);
            line.push(b' ');
            for (wanted, text, width) in [
                (self.wish.owner, &row.owner, widths.owner),
                (self.wish.group, &row.group, widths.group),
                (self.wish.author, &row.author, widths.author),
            ] {
                if wanted {
                    if self.wish.numeric {
                        put_right(&mut line, text, width);
                    } else {
                        put_left(&mut line, text, width);
                    }
                    line.push(b' ');
                }
            }
            match &row.size {
                Size::Bytes(text) => put_right(&mut line, text.as_bytes(), widths.size),
                Size::Device(major, minor) => {
                    let width = widths.size.saturating_sub(widths.minor + 2);
                    put_right(&mut line, major.as_bytes(), width);
                    line.extend_from_slice(b", ");
                    put_right(&mut line, minor.as_bytes(), widths.minor);
                }
            }
            line.push(b' ');
            if entry.stat.is_none() {
                put_right(&mut line, &row.time, widths.time);
            } else {
                line.extend_from_slice(&row.time);
            }
            line.push(b' ');
            self.put_long_name(&mut line, entry);
            line.push(self.wish.end);
            cx.out.put(&line);
            if cx.out.ready().await.is_err() {
                return;
            }
        }
    }

    fn row(&self, entry: &Entry) -> Row {
        let Some(stat) = &entry.stat else {
            let unknown = || b"?".to_vec();
            return Row {
                mode: b"??????????".to_vec(),
                links: unknown(),
                owner: unknown(),
                group: unknown(),
                author: unknown(),
                size: Size::Bytes("?".to_owned()),
                time: unknown(),
            };
        };
        let (owner, group) = if self.wish.numeric {
            (stat.uid.to_string().into_bytes(), stat.gid.to_string().into_bytes())
        } else {
            (self.names.user(stat.uid), self.names.group(stat.gid))
        };
        Row {
            mode: mode_text(stat.file_type, stat.mode).into_bytes(),
            links: stat.nlink.to_string().into_bytes(),
            author: owner.clone(),
            owner,
            group,
            size: self.size(stat),
            time: self.time(entry),
        }
    }

    fn size(&self, stat: &Stat) -> Size {
        match stat.file_type {
            FileType::CharDevice | FileType::BlockDevice => {
                Size::Device(stat.rdev.major.to_string(), stat.rdev.minor.to_string())
            }
            _ => Size::Bytes(self.wish.size_style.format(stat.size_bytes)),
        }
    }

    fn time(&self, entry: &Entry) -> Vec<u8> {
        let mut text = Vec::new();
        if let Some(time) = time_of(entry, &self.wish) {
            let now = self.wish.now;
            let is_recent = time <= now && now.secs.saturating_sub(time.secs) < RECENT_SECS;
            let [old, recent] = &self.wish.time_formats;
            format_time(if is_recent { recent } else { old }, time, &self.wish.zone, &mut text);
        }
        text
    }

    fn put_long_name(&mut self, line: &mut Vec<u8>, entry: &Entry) {
        if entry.is_shifted {
            line.push(b' ');
        }
        self.put_colored(line, entry, &entry.shown);
        let mark = |ls: &Ls, stat: &Stat| indicator(&ls.wish, stat.file_type, stat.mode.bits() & 0o111 != 0);
        if let Some(link) = &entry.link {
            line.extend_from_slice(b" -> ");
            let shown = written(link, &self.wish);
            self.put_in_color_of(line, link, entry.target.as_ref(), None, &shown);
            line.extend(entry.target.as_ref().and_then(|target| mark(self, target)));
        } else if let Some(stat) = &entry.stat {
            line.extend(mark(self, stat));
        }
    }
}

fn put_left(line: &mut Vec<u8>, text: &[u8], width: usize) {
    line.extend_from_slice(text);
    line.resize(line.len() + width.saturating_sub(text_width(text)), b' ');
}

fn put_right(line: &mut Vec<u8>, text: &[u8], width: usize) {
    line.resize(line.len() + width.saturating_sub(text_width(text)), b' ');
    line.extend_from_slice(text);
}
