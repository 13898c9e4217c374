//! What holds of every text, however wrong: what the targets of `fuzz/` look for the contrary of, and the kept cases
//! replay. `corpus.txt` has the texts that a long search has found to differ in what they reach, `found.txt` those that
//! once did harm; a text is one line in them, escaped as [`u8::escape_ascii`] does.

#[cfg(test)]
mod tests;

use super::code::{Names, compile_program};
use super::syntax::ast::Program;
use super::syntax::{Options, Parser, SyntaxError, arith, program_text};
use crate::regex::pattern::{Pattern, PatternOptions};
use crate::regex::{Captures, Flavour, Regex, Syntax};
use bstr::{ByteSlice, ByteVec};
use std::cell::RefCell;
use std::rc::Rc;

/// Reads, compiles and prints a text as a script. What is printed parses, to the same commands, and from then on is
/// printed the same, from the same tree. (A `;` behind a line with a here-document becomes a newline at first.)
///
/// # Errors
/// What does not hold, in words.
pub fn script(text: &[u8]) -> Result<(), String> {
    // A beginning of it, as at a terminal; and command by command.
    let partial = Options { partial: true, extglob: true, ..Options::default() };
    let _ = Parser::new(text, partial).parse_all();
    let _ = arith::parse(text);
    let text = &text.replace(b"\0", b"");
    let mut parser = Parser::new(text, Options::default());
    let Ok(program) = parser.parse_all() else { return Ok(()) };
    // A here-document that the text's end ended has a last line that its delimiter cannot be printed behind.
    let is_finished = parser.take_warnings().is_empty();
    compile_program(&Rc::new(parse(text).unwrap_or_default()), &Rc::new(RefCell::new(Names::default())));
    // As in bash, `coproc a` is printed as `coproc COPROC a`, which is another command; `! !` without a command
    // vanishes.
    if !is_finished || text.contains_str("coproc") || text.contains_str("!") {
        return Ok(());
    }
    let once = program_text(&program);
    let reprint = |printed: &[u8]| match parse(printed) {
        Ok(program) => Ok((program_text(&program), shape(&program))),
        Err(error) => Err(format!("{:?} from {:?}: {error:?}", printed.as_bstr(), text.as_bstr())),
    };
    let (twice, shape) = reprint(&once)?;
    let essence =
        |text: &[u8]| -> Vec<u8> { text.iter().copied().filter(|byte| !b" \n;".contains(byte)).collect() };
    let (thrice, shape_again) = reprint(&twice)?;
    let same = |what: &str, left: &[u8], right: &[u8]| match left == right {
        true => Ok(()),
        false => {
            Err(format!("{what}: {:?} and {:?} from {:?}", left.as_bstr(), right.as_bstr(), text.as_bstr()))
        }
    };
    same("printed twice", &essence(&once), &essence(&twice))?;
    same("printed again", &twice, &thrice)?;
    same("tree", shape.as_bytes(), shape_again.as_bytes())
}

fn parse(text: &[u8]) -> Result<Program, SyntaxError> {
    Parser::new(text, Options::default()).parse_all()
}

/// A tree's text without its places.
fn shape(program: &Program) -> String {
    let text = format!("{program:?}");
    let mut shape = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = ["start: ", "end: ", "line: "].iter().filter_map(|place| rest.find(place)).min() {
        let (before, after) = rest.split_at(at);
        shape.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == ':' || c == ' ');
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    shape + rest
}

/// Compiles and searches with an expression of each flavour and with a shell pattern: the first line of the text, in
/// the others.
pub fn expression(text: &[u8]) {
    let (first, hay) = text.split_once_str("\n").unwrap_or((text, b""));
    for flavour in [Flavour::Basic, Flavour::Extended, Flavour::Emacs] {
        for utf8 in [false, true] {
            let Ok(regex) = Regex::new(first, Syntax { flavour, utf8, ..Syntax::basic() }) else { continue };
            let mut captures = Captures::new();
            let _ = regex.is_match(hay);
            let _ = regex.captures_at(hay, 0, &mut captures);
        }
    }
    for utf8 in [false, true] {
        let pattern = Pattern::new(first, PatternOptions { utf8, ..PatternOptions::default() });
        let _ = (pattern.matches(hay), pattern.find_at(hay, 0));
        let _ = (pattern.longest_prefix(hay), pattern.shortest_prefix(hay));
        let _ = (pattern.longest_suffix(hay), pattern.shortest_suffix(hay));
    }
}

/// The texts of a file of kept cases.
pub fn texts(file: &str) -> impl Iterator<Item = Vec<u8>> {
    file.lines().map(Vec::unescape_bytes)
}
