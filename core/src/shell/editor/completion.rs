//! Completion: the shell knows what could stand at the cursor, the editor puts it there.

use super::keymap::Action;
use super::{Editor, Event};

/// The question for completions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompleteRequest {
    /// To be given back with the answer.
    pub id: u64,
    /// The line.
    pub line: Vec<u8>,
    /// Byte offset of the cursor; what stands before it is to be completed.
    pub cursor: usize,
}

/// One thing that could stand there.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Candidate {
    /// What to put into the line, quoted as the line needs it.
    pub text: Vec<u8>,
    /// What to put behind it if it is the only one: a closing quote, a space.
    pub suffix: Vec<u8>,
    /// What to show in a list.
    pub shown: Vec<u8>,
}

/// The answer.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Completion {
    /// Byte offset in the line where the candidates begin; they replace what is there up to the cursor.
    pub start: usize,
    /// In the order in which they are listed.
    pub candidates: Vec<Candidate>,
}

/// A question that was asked.
pub struct Waiting {
    id: u64,
    action: Action,
    /// Whether Tab was pressed before, and changed nothing.
    is_second: bool,
}

impl Editor {
    pub(super) fn request_completion(&mut self, action: Action, last: Option<Action>) -> Event {
        self.requests += 1;
        let is_second = action == Action::Complete && last == Some(Action::Complete);
        self.waiting = Some(Waiting { id: self.requests, action, is_second });
        let (line, cursor) = self.line();
        Event::Complete(CompleteRequest { id: self.requests, line: line.to_vec(), cursor })
    }

    /// Answers [`Event::Complete`]. The part that all candidates share is put in, and the suffix if there is
    /// one candidate; a second Tab lists them. A void answer is ignored.
    pub fn complete(&mut self, id: u64, completion: &Completion) {
        let Some(waiting) = self.waiting.take_if(|waiting| waiting.id == id) else { return };
        self.is_changed = true;
        let range = completion.start..self.line.cursor();
        let candidates = completion.candidates.as_slice();
        let names = || candidates.iter().map(|candidate| candidate.shown.as_slice()).collect::<Vec<_>>();
        match (waiting.action, candidates) {
            (_, []) => self.bell(),
            (Action::PossibleCompletions, _) => self.list(&names()),
            (Action::InsertCompletions, _) => {
                let mut all = Vec::new();
                for candidate in candidates {
                    all.extend(&candidate.text);
                    all.push(b' ');
                }
                self.change_by_completion(range, &all);
            }
            (_, [only]) => {
                let text = [only.text.as_slice(), &only.suffix].concat();
                self.change_by_completion(range, &text);
            }
            _ if waiting.is_second => self.list(&names()),
            _ => {
                let common = common_start(candidates);
                let is_more =
                    common.len() > range.len() || self.line.slice(range.clone()).len() < common.len();
                if is_more {
                    self.change_by_completion(range, common);
                }
                self.bell();
            }
        }
    }

    /// Gives the line up, as `^C` does: its completion was interrupted.
    pub fn interrupt(&mut self) {
        self.waiting = None;
        self.end_line(b"^C");
    }

    fn change_by_completion(&mut self, range: std::ops::Range<usize>, text: &[u8]) {
        // Tab pressed again begins anew.
        self.last = None;
        if !self.line.replace(range, text) {
            self.bell();
        }
    }
}

/// What all texts begin with: whole characters, and no backslash whose character differs.
fn common_start(candidates: &[Candidate]) -> &[u8] {
    let Some((first, others)) = candidates.split_first() else { return b"" };
    let mut common = first.text.as_slice();
    for other in others {
        let len = common.iter().zip(&other.text).take_while(|(a, b)| a == b).count();
        common = common.get(..len).unwrap_or_default();
    }
    if common.len() == first.text.len() {
        return common;
    }
    let is_in_character = |byte: Option<&u8>| byte.is_some_and(|byte| byte & 0xc0 == 0x80);
    while is_in_character(first.text.get(common.len())) {
        common = common.split_last().map_or(b"", |(_, rest)| rest);
    }
    let backslashes = common.iter().rev().take_while(|&&byte| byte == b'\\').count();
    common.get(..common.len() - backslashes % 2).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], common: &str) {
        let candidate = |text: &&str| Candidate { text: text.as_bytes().to_vec(), ..Candidate::default() };
        let candidates: Vec<Candidate> = texts.iter().map(candidate).collect();
        assert_eq!(common_start(&candidates), common.as_bytes());
    }

    #[test]
    fn common_starts() {
        check(&["alpha1", "alpha2", "alphabet"], "alpha");
        check(&["a", "b"], "");
        check(&["a", "ab"], "a");
        check(&["é", "è"], "");
        check(&["aé", "a"], "a");
        check(&[r"with\ a", r"with\(b"], "with");
        check(&[r"with\\a", r"with\\b"], r"with\\");
    }
}
