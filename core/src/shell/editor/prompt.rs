//! A prompt, taken apart into what shows and what does not.

/// Marks the beginning of bytes that take no room on the screen (bash's `\[`).
pub const INVISIBLE_START: u8 = 1;
/// Marks their end (bash's `\]`).
pub const INVISIBLE_END: u8 = 2;

/// Visible text and, between its bytes, sequences for the terminal: colours, titles.
#[derive(Default, Debug)]
pub struct Prompt {
    visible: Vec<u8>,
    /// A sequence, and how many visible bytes stand before it. In order.
    sequences: Vec<(usize, Vec<u8>)>,
}

impl Prompt {
    /// From bytes with marks around what is invisible. Escape sequences and control characters count as
    /// invisible without marks too.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Prompt {
        let mut prompt = Prompt::default();
        let mut marked = false;
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            let len = match byte {
                0x1b => sequence_len(rest),
                _ => 1,
            };
            let (piece, after) = rest.split_at_checked(len).unwrap_or((rest, after));
            rest = after;
            match byte {
                INVISIBLE_START => marked = true,
                INVISIBLE_END => marked = false,
                b'\n' | b'\t' if !marked => prompt.visible.push(byte),
                _ if marked || byte.is_ascii_control() => prompt.push_sequence(piece),
                _ => prompt.visible.push(byte),
            }
        }
        prompt
    }

    fn push_sequence(&mut self, bytes: &[u8]) {
        let is_full = self.sequences.len() >= usize::from(u16::MAX);
        match self.sequences.last_mut() {
            Some((at, sequence)) if *at == self.visible.len() => sequence.extend(bytes),
            _ if is_full => {}
            _ => self.sequences.push((self.visible.len(), bytes.to_vec())),
        }
    }

    /// What shows.
    #[must_use]
    pub fn visible(&self) -> &[u8] {
        &self.visible
    }

    /// How many sequences stand before the visible byte at `at`.
    #[must_use]
    pub fn sequences_before(&self, at: usize) -> usize {
        self.sequences.partition_point(|&(place, _)| place <= at)
    }

    /// How many sequences there are.
    #[must_use]
    pub fn sequences_len(&self) -> usize {
        self.sequences.len()
    }

    /// The sequences from one number to another.
    pub fn sequences(&self, from: usize, to: usize) -> impl Iterator<Item = &[u8]> {
        self.sequences.iter().take(to).skip(from).map(|(_, sequence)| sequence.as_slice())
    }
}

/// Bytes of the escape sequence at the start of `bytes` (ECMA-48 5.4, and strings as titles use them).
fn sequence_len(bytes: &[u8]) -> usize {
    let after = |start: usize, is_end: &dyn Fn(u8) -> bool| {
        let body = bytes.get(start..).unwrap_or_default();
        body.iter().position(|&byte| is_end(byte)).map_or(bytes.len(), |end| start + end + 1)
    };
    match bytes.get(1) {
        Some(b'[') => after(2, &|byte| (0x40..0x7f).contains(&byte)),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => {
            let end = after(2, &|byte| matches!(byte, 0x07 | 0x1b));
            let is_two_bytes = bytes.get(end - 1) == Some(&0x1b) && bytes.get(end) == Some(&b'\\');
            end + usize::from(is_two_bytes)
        }
        Some(0x20..0x30) => after(2, &|byte| (0x30..0x7f).contains(&byte)),
        Some(_) => 2,
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The visible text with `{…}` where sequences are.
    #[track_caller]
    fn check(prompt: &[u8], expected: &str) {
        let prompt = Prompt::parse(prompt);
        let mut shown = String::new();
        for at in 0..=prompt.visible.len() {
            for (_, sequence) in prompt.sequences.iter().filter(|(place, _)| *place == at) {
                shown += &format!("{{{}}}", sequence.escape_ascii());
            }
            shown.extend(prompt.visible.get(at).map(|&byte| char::from(byte)));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn prompts() {
        check(b"$ ", "$ ");
        check(b"\x01\x1b[31m\x02user\x01\x1b[0m\x02$ ", r"{\x1b[31m}user{\x1b[0m}$ ");
        check(b"\x01\x1b]0;t\x07\x02\x01\x1b[1m\x02a", r"{\x1b]0;t\x07\x1b[1m}a");
        check(b"\x1b[1;31mred\x1b[0m", r"{\x1b[1;31m}red{\x1b[0m}");
        check(
            b"\x1b]0;title\x07a\x1b]0;title\x1b\\b\x1b(Bc",
            r"{\x1b]0;title\x07}a{\x1b]0;title\x1b\\}b{\x1b(B}c",
        );
        check(b"a\nb\r\x07", "a\nb{\\r\\x07}");
        check(b"a\x01never ends", "a{never ends}");
        check(b"\x1b[never", r"{\x1b[n}ever");
        check(b"a\x1b", r"a{\x1b}");
        check(b"\x1b]", r"{\x1b]}");
    }
}
