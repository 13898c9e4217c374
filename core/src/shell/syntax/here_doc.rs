//! Here-documents: their delimiters, and their bodies behind the line.

use std::cell::OnceCell;
use std::rc::Rc;

use super::ast::{HereDoc, Span, Unreadable, Word, WordFlags, WordPart};
use super::parser::{Parse, Parser, Warning};
use super::print;
use super::progress::HereDocLines;

impl Parser<'_> {
    /// A here-document whose body comes behind the next newline.
    pub(super) fn here_doc(&mut self, delimiter: &Word, strip_tabs: bool) -> Rc<HereDoc> {
        let mut text = Vec::new();
        delimiter_text(&delimiter.parts, &mut text);
        let quoted = delimiter.flags.has(WordFlags::QUOTED);
        let line = self.token_line;
        let here_doc = HereDoc { delimiter: text.into(), quoted, strip_tabs, line, body: OnceCell::new() };
        let here_doc = Rc::new(here_doc);
        self.pending.push(here_doc.clone());
        here_doc
    }

    /// Reads the bodies that begin here.
    pub(super) fn read_here_docs(&mut self) -> Parse<()> {
        for here_doc in std::mem::take(&mut self.pending) {
            self.read_here_doc(&here_doc)?;
        }
        Ok(())
    }

    fn read_here_doc(&mut self, here_doc: &HereDoc) -> Parse<()> {
        let start = self.input.offset();
        let first_line = self.input.line();
        let HereDocLines { mut text, mut continues, mut blank_so_far } = self.resume_here_doc(start);
        loop {
            self.count_step();
            if self.input.raw_peek().is_none() || self.input.at_added_newline() {
                self.input.raw_bump();
                if self.options.partial {
                    self.keep_here_doc(start, HereDocLines { text, continues, blank_so_far });
                    return self.incomplete_here_doc(here_doc);
                }
                self.unfinished(here_doc);
                break;
            }
            let line_start = text.len();
            let ended = self.input.raw_take_until(b'\n', &mut text) && !self.input.at_added_newline();
            // A line that goes on behind a backslash is one line: only the tabs at its very start are removed.
            if !continues {
                blank_so_far = true;
            }
            if here_doc.strip_tabs && blank_so_far {
                let tabs = text.iter().skip(line_start).take_while(|byte| **byte == b'\t').count();
                text.drain(line_start..line_start + tabs);
            }
            let line = text.get(line_start..).unwrap_or_default();
            if !continues && *line == *here_doc.delimiter {
                text.truncate(line_start);
                self.input.raw_bump();
                break;
            }
            let backslashes = line.iter().rev().take_while(|byte| **byte == b'\\').count();
            continues = !here_doc.quoted && backslashes % 2 == 1;
            blank_so_far &= continues && line.len() == 1;
            // The last line is one, whether or not its newline is there.
            if ended || !text.ends_with(b"\n") {
                text.push(b'\n');
            }
            if ended {
                self.input.raw_bump();
            }
        }
        let end = self.input.offset();
        let mut body = if here_doc.quoted {
            let literal = (!text.is_empty()).then(|| WordPart::Literal(text.into()));
            Word { parts: literal.into_iter().collect(), ..Word::EMPTY }
        } else {
            self.enter()?;
            let mut inner = self.inner(&text, first_line);
            let body = inner.here_doc_body(&text);
            let mut warnings = std::mem::take(&mut inner.warnings);
            self.warnings.append(&mut warnings);
            self.leave();
            body
        };
        body.span = Span { start, end };
        // Each here-document is read once, so the cell is empty.
        let _ = here_doc.body.set(body);
        Ok(())
    }

    /// Reads all of this parser's text as the body of a here-document. What is wrong in it shows when it is expanded,
    /// as in bash, which reads it only then.
    fn here_doc_body(&mut self, text: &[u8]) -> Word {
        let part = match self.here_doc_word() {
            Ok(body) if !body.parts.iter().any(|part| matches!(part, WordPart::BadSubstitution(_))) => {
                return body;
            }
            Err(mut error) if self.substitutions > 0 => {
                if let Some(shown) = error.messages.get_mut(1) {
                    *shown = [b"`", self.input.line_from(self.token_offset, self.substitution_start), b"'"]
                        .concat();
                }
                WordPart::Unreadable(Box::new(Unreadable { text: text.into(), error: *error }))
            }
            _ => WordPart::BadSubstitution(text.into()),
        };
        Word { parts: vec![part], flags: WordFlags::EXPANSION, ..Word::EMPTY }
    }

    /// The text may go on before the delimiter.
    fn incomplete_here_doc(&self, here_doc: &HereDoc) -> Parse<()> {
        self.unexpected_end().map_err(|mut error| {
            error.wanted = here_doc.delimiter.to_vec();
            error
        })
    }

    /// The text ended before the delimiter.
    fn unfinished(&mut self, here_doc: &HereDoc) {
        let start =
            format!("warning: here-document at line {} delimited by end-of-file (wanted `", here_doc.line);
        let message = [start.as_bytes(), &here_doc.delimiter, b"')"].concat();
        // bash names the last line that it has read.
        let line = self.input.line().saturating_sub(1).max(here_doc.line);
        self.warnings.push(Warning { line, message });
    }
}

/// The delimiter without its quotes; what looks like an expansion stays as it is written.
fn delimiter_text(parts: &[WordPart], text: &mut Vec<u8>) {
    for part in parts {
        match part {
            WordPart::Literal(bytes) | WordPart::SingleQuoted(bytes) | WordPart::AnsiC(bytes) => {
                text.extend_from_slice(bytes)
            }
            WordPart::Escaped(byte) => text.push(*byte),
            WordPart::DoubleQuoted(parts) => delimiter_text(parts, text),
            part => print::part_text(part, text),
        }
    }
}
