//! Runs of the interpreter within a run: what a builtin or the line editor calls and has to wait for, such as a
//! completion's function. Everything else begins a frame and lets the one loop go on.

use super::feeder::{Feeder, FeederKind};
use super::{FrameKind, Interp, Stop};
use crate::abi::limits::SHELL_NESTED_RUNS_MAX;
use crate::shell::code::{Code, compile_string, compile_words};
use crate::shell::syntax::ast::Word;
use crate::shell::syntax::{Options as ParseOptions, Parser};
use std::cell::RefCell;
use std::rc::Rc;

impl Interp {
    /// Calls a function and waits for its end; gives its status. `None` when there is no such function.
    pub(crate) async fn call_within(&mut self, name: &[u8], args: &[&[u8]]) -> Result<Option<u8>, Stop> {
        let Some(function) = self.shell.function(name).cloned() else { return Ok(None) };
        let (frames, base) = (self.frames.len(), self.args.len());
        self.args.push(name);
        for arg in args {
            self.args.push(arg);
        }
        self.call(function, base)?;
        self.run_within(frames).await.map(Some)
    }

    /// Runs a text as `eval` does and waits for its end; gives its status.
    pub(crate) async fn eval_within(&mut self, text: Vec<u8>) -> Result<u8, Stop> {
        let frames = self.frames.len();
        let feeder = Feeder::new(FeederKind::Eval, text, Rc::from(&b"eval"[..]), self.line().max(1));
        self.push_frame(FrameKind::Feeder(Box::new(feeder)), Rc::default(), true)?;
        self.run_within(frames).await
    }

    /// Expands words; gives their fields. Paths are not expanded.
    pub(crate) async fn expand_words_within(&mut self, words: &[&[u8]]) -> Result<Vec<Vec<u8>>, Stop> {
        let words: Result<Vec<Word>, _> = words.iter().map(|text| self.parser(text).whole_word()).collect();
        match words {
            Ok(words) => self.expand_within(compile_words(&words, &self.shell.names)).await,
            Err(error) => Err(self.discard(&error.messages.join(&b'\n'))),
        }
    }

    /// Expands a text as if it stood between double quotes.
    pub(crate) async fn expand_string_within(&mut self, text: &[u8]) -> Result<Vec<u8>, Stop> {
        match self.parser(text).string_word() {
            Ok(word) => {
                let fields = self.expand_within(compile_string(&word, &self.shell.names)).await?;
                Ok(fields.concat())
            }
            Err(error) => Err(self.discard(&error.messages.join(&b'\n'))),
        }
    }

    fn parser<'a>(&self, text: &'a [u8]) -> Parser<'a> {
        Parser::new(text, ParseOptions { first_line: self.line().max(1), ..ParseOptions::default() })
    }

    async fn expand_within(&mut self, code: Rc<Code>) -> Result<Vec<Vec<u8>>, Stop> {
        let fields = Rc::new(RefCell::new(Vec::new()));
        let frames = self.frames.len();
        self.push_frame(FrameKind::Expansion(Rc::clone(&fields)), code, true)?;
        self.run_within(frames).await?;
        Ok(fields.take())
    }

    /// Runs until the frames above so many have ended. What ends more than them is given on.
    async fn run_within(&mut self, frames: usize) -> Result<u8, Stop> {
        if self.nested.len() >= SHELL_NESTED_RUNS_MAX {
            while self.frames.len() > frames {
                Box::pin(self.pop_frame()).await;
            }
            return Err(self.discard(b"maximum nesting level of completion and callbacks exceeded"));
        }
        self.nested.push(frames);
        // A run has the size of all that it may wait for: it goes to the heap, where it may hold another one.
        let run: std::pin::Pin<Box<dyn Future<Output = u8> + '_>> = Box::pin(self.run_to(frames));
        let status = run.await;
        self.nested.pop();
        match self.nested_stop.take() {
            Some(stop) => Err(stop),
            None => Ok(status),
        }
    }

    /// Whether what runs is the expansion of a text.
    pub(super) fn is_expanding_text(&self) -> bool {
        matches!(self.frames.last().map(|frame| &frame.kind), Some(FrameKind::Expansion(_)))
    }

    /// How many frames are not the innermost run's.
    pub(super) fn nested_base(&self) -> usize {
        self.nested.last().copied().unwrap_or(0)
    }

    /// Whether the frames of a run within another one have all been left, for a reason that is its caller's too.
    pub(super) fn leaves_nested(&mut self, stop: Stop) -> bool {
        let is_left = !self.nested.is_empty() && self.frames.len() <= self.nested_base();
        if is_left {
            self.nested_stop = Some(stop);
        }
        is_left
    }
}
