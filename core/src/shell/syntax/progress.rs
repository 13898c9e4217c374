//! What an attempt to read an unfinished command has read for good.
//!
//! A script on standard input comes line by line, and only the parser can tell where a command ends. It begins anew with
//! each line, but does not read again the commands of open lists, the arms of an open `case` and the lines of an open
//! here-document: their end is not in doubt, whatever follows. So a long function costs what it costs when it is all
//! there at once.

use super::ast::{CaseArm, List};
use super::parser::Parser;

/// What has been read; of one text, which only grows, with the same options.
#[derive(Default)]
pub struct Progress {
    lists: Vec<Kept<List>>,
    arms: Vec<Kept<Vec<CaseArm>>>,
    here_doc: Option<Kept<HereDocLines>>,
}

/// A piece that begins at an offset and goes on at a place.
struct Kept<T> {
    start: u32,
    value: T,
    place: Place,
}

/// Where reading goes on.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) offset: u32,
    pub(super) line: u32,
}

/// The lines of a here-document so far.
#[derive(Default)]
pub(super) struct HereDocLines {
    pub(super) text: Vec<u8>,
    /// The last line goes on behind a backslash.
    pub(super) continues: bool,
    /// Nothing but backslashes has come since the line began.
    pub(super) blank_so_far: bool,
}

impl<T> Kept<T> {
    fn take(all: &mut Vec<Kept<T>>, start: u32) -> Option<(T, Place)> {
        let at = all.iter().position(|kept| kept.start == start)?;
        let kept = all.swap_remove(at);
        Some((kept.value, kept.place))
    }
}

impl Parser<'_> {
    /// Whether what is read here can be kept: the text may go on, nothing is looked at and no alias stands for it.
    fn may_keep(&self) -> bool {
        self.options.partial && self.token.is_none() && self.pending.is_empty() && !self.input.in_alias()
    }

    /// This place, when reading can go on at it without what stands before.
    #[inline(never)]
    pub(super) fn place(&self) -> Option<Place> {
        self.may_keep().then(|| Place { offset: self.input.offset(), line: self.input.line() })
    }

    /// The commands of the list that starts here, as far as they have been read before.
    #[inline(never)]
    pub(super) fn resume_list(&mut self, start: Option<Place>) -> List {
        let kept = start.and_then(|start| Kept::take(&mut self.progress.lists, start.offset));
        let Some((list, place)) = kept else { return List::default() };
        self.input.go_to(place);
        list
    }

    /// Keeps the commands of a list that is not at its end.
    #[inline(never)]
    pub(super) fn keep_list(&mut self, start: Option<Place>, list: List, place: Option<Place>) {
        if let (Some(start), Some(place), false) = (start, place, list.items.is_empty()) {
            self.progress.lists.push(Kept { start: start.offset, value: list, place });
        }
    }

    /// The arms of the `case` whose arms start here, as far as they have been read before.
    pub(super) fn resume_arms(&mut self, start: Option<Place>) -> Vec<CaseArm> {
        let kept = start.and_then(|start| Kept::take(&mut self.progress.arms, start.offset));
        let Some((arms, place)) = kept else { return Vec::new() };
        self.input.go_to(place);
        arms
    }

    /// Keeps the arms of a `case` that is not at its end.
    pub(super) fn keep_arms(&mut self, start: Option<Place>, arms: Vec<CaseArm>, place: Option<Place>) {
        if let (Some(start), Some(place), false) = (start, place, arms.is_empty()) {
            self.progress.arms.push(Kept { start: start.offset, value: arms, place });
        }
    }

    /// The lines of the here-document that starts here, as far as they have been read before.
    pub(super) fn resume_here_doc(&mut self, start: u32) -> HereDocLines {
        match self.progress.here_doc.take().filter(|kept| kept.start == start) {
            Some(kept) => {
                self.input.go_to(kept.place);
                kept.value
            }
            None => HereDocLines { blank_so_far: true, ..HereDocLines::default() },
        }
    }

    /// Keeps the lines of a here-document whose delimiter has not come.
    pub(super) fn keep_here_doc(&mut self, start: u32, lines: HereDocLines) {
        if !self.input.in_alias() {
            let place = Place { offset: self.input.offset(), line: self.input.line() };
            self.progress.here_doc = Some(Kept { start, value: lines, place });
        }
    }
}
