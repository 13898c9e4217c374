//! Addresses: which lines a command is for.

use super::super::script::{Address, End};
use super::{Parse, Parser};

impl Parser<'_> {
    pub(super) fn addresses(&mut self) -> Parse<(Option<Address>, Option<End>)> {
        let Some(first) = self.address()? else { return Ok((None, None)) };
        self.skip_blanks();
        if self.peek() != Some(b',') {
            return match first {
                Address::Zero => {
                    self.at += 1;
                    self.wrong("invalid usage of line address 0")
                }
                first => Ok((Some(first), None)),
            };
        }
        self.at += 1;
        self.skip_blanks();
        let sign = self.peek();
        let end = match sign {
            Some(b'+') | Some(b'~') => {
                self.at += 1;
                let number = self.number();
                Some(if sign == Some(b'+') { End::Plus(number) } else { End::Multiple(number) })
            }
            _ => self.address()?.map(|address| match address {
                Address::Line(line) => End::Line(line),
                Address::Step(line, _) => End::Line(line),
                Address::Zero => End::Line(0),
                Address::Last => End::Last,
                Address::Match(pattern) => End::Match(pattern),
            }),
        };
        let Some(end) = end else {
            self.at = (self.at + 1).min(self.piece.len());
            return self.wrong("unexpected `,'");
        };
        if matches!((&first, &end), (Address::Zero, end) if !matches!(end, End::Match(_))) {
            self.at = (self.at + 1).min(self.piece.len());
            return self.wrong("invalid usage of line address 0");
        }
        Ok((Some(first), Some(end)))
    }

    fn address(&mut self) -> Parse<Option<Address>> {
        let delimiter = match self.peek() {
            Some(b'0'..=b'9') => {
                let first = self.number();
                self.skip_blanks();
                if self.peek() == Some(b'~') {
                    self.at += 1;
                    self.skip_blanks();
                    let step = self.number();
                    return Ok(Some(if step == 0 { Address::Line(first) } else { Address::Step(first, step) }));
                }
                return Ok(Some(if first == 0 { Address::Zero } else { Address::Line(first) }));
            }
            Some(b'+' | b'~') => {
                self.at += 1;
                self.number();
                return self.wrong("invalid usage of +N or ~N as first address");
            }
            Some(b'$') => {
                self.at += 1;
                return Ok(Some(Address::Last));
            }
            Some(b'/') => {
                self.at += 1;
                b'/'
            }
            Some(b'\\') => {
                self.at += 1;
                match self.next() {
                    Some(delimiter) => delimiter,
                    None => return self.wrong("unterminated address regex"),
                }
            }
            _ => return Ok(None),
        };
        let Some(text) = self.delimited(delimiter, true) else { return self.wrong("unterminated address regex") };
        let (mut ignore_case, mut lines) = (false, false);
        loop {
            match self.peek() {
                Some(b'I') => ignore_case = true,
                Some(b'M') => lines = true,
                _ => break,
            }
            self.at += 1;
        }
        Ok(Some(Address::Match(self.regex(&text, ignore_case, lines)?)))
    }
}
