//! The order of entries.

use super::entry::Entry;
use super::wish::{Sort, TimeKind, Wish};
use crate::abi::Time;
use crate::program::version_order;
use std::cmp::Ordering;

/// The time that the options ask for.
pub(super) fn time_of(entry: &Entry, wish: &Wish) -> Option<Time> {
    let stat = entry.stat.as_ref()?;
    Some(match wish.time {
        TimeKind::Access => stat.atime,
        TimeKind::Change => stat.ctime,
        TimeKind::Modification => stat.mtime,
    })
}

/// Orders entries; those that are alike go by name.
pub(super) fn sort(entries: &mut [Entry], wish: &Wish) {
    if wish.sort != Sort::None {
        entries.sort_by(|one, other| {
            let order = compare(one, other, wish).then_with(|| one.name.cmp(&other.name));
            if wish.reverse { order.reverse() } else { order }
        });
    }
    if wish.directories_first && wish.sort != Sort::None {
        entries.sort_by_key(|entry| !entry.leads_to_directory());
    }
}

fn compare(one: &Entry, other: &Entry, wish: &Wish) -> Ordering {
    let size = |entry: &Entry| entry.stat.as_ref().map_or(0, |stat| stat.size_bytes);
    let extension = |entry: &Entry| {
        let dot = entry.name.iter().rposition(|&byte| byte == b'.');
        dot.and_then(|dot| entry.name.get(dot..)).unwrap_or_default().to_vec()
    };
    match wish.sort {
        Sort::None | Sort::Name => Ordering::Equal,
        Sort::Time => time_of(other, wish).cmp(&time_of(one, wish)),
        Sort::Size => size(other).cmp(&size(one)),
        Sort::Extension => extension(one).cmp(&extension(other)),
        Sort::Version => version_order::compare(&one.name, &other.name),
        Sort::Width => {
            let width = |entry: &Entry| crate::abi::width::text_width(&super::entry::written(&entry.name, wish));
            width(one).cmp(&width(other))
        }
    }
}
