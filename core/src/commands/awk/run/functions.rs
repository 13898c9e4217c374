//! The functions of the language.

use super::super::code::{RLENGTH, RSTART};
use super::super::format::sprintf;
use super::super::streams::{shell, status_number};
use super::super::text::{self, substr};
use super::super::value::Value;
use super::{Fault, Machine, fault};
use crate::program::{Context, put_lowercase, put_uppercase, spawn};
use crate::regex::Regex;
use std::rc::Rc;

impl Machine {
    /// `match`: the text is on the stack.
    pub(super) fn find(&mut self, regex: &Regex) -> Result<(), Fault> {
        let text = self.pop_text();
        let found = regex.find_at(&text, 0)?;
        let (start, length) = match found {
            Some((from, to)) => {
                let matched = text.get(from..to).unwrap_or_default();
                (text::character_at(&text, from, self.utf8) as f64, text::length(matched, self.utf8) as f64)
            }
            None => (0.0, -1.0),
        };
        self.set_global(RSTART, Value::Number(start));
        self.set_global(RLENGTH, Value::Number(length));
        self.push_number(start);
        Ok(())
    }

    pub(super) async fn builtin(&mut self, cx: &mut Context, name: &str, count: usize) -> Result<(), Fault> {
        let value = match name {
            "length" => {
                let text = if count == 0 { self.field(0.0)?.to_text(b"") } else { self.pop_text() };
                Value::Number(text::length(&text, self.utf8) as f64)
            }
            "substr" => {
                let take = if count == 3 { Some(self.pop().number()) } else { None };
                let from = self.pop().number();
                let text = self.pop_text();
                Value::text(substr(&text, from, take, self.utf8))
            }
            "index" => {
                let needle = self.pop_text();
                let text = self.pop_text();
                let found = memchr::memmem::find(&text, &needle);
                Value::Number(found.map_or(0, |at| text::character_at(&text, at, self.utf8)) as f64)
            }
            "match" => {
                let source = self.pop_text();
                let regex = self.regex(&source)?;
                return self.find(&regex);
            }
            "sprintf" => {
                let values = self.pop_many(count);
                let mut out = Vec::new();
                if let Some((format, values)) = values.split_first() {
                    sprintf(&format.to_text(&self.convfmt), values, &self.convfmt, self.utf8, &mut out);
                }
                Value::text(&out)
            }
            "tolower" | "toupper" => {
                let text = self.pop_text();
                let mut out = Vec::new();
                let put = if name == "tolower" { put_lowercase } else { put_uppercase };
                put(&text, self.utf8, &mut out);
                Value::text(&out)
            }
            "int" => Value::Number(self.pop().number().trunc()),
            "sqrt" => Value::Number(self.pop().number().sqrt()),
            "exp" => Value::Number(self.pop().number().exp()),
            "log" => Value::Number(self.pop().number().ln()),
            "sin" => Value::Number(self.pop().number().sin()),
            "cos" => Value::Number(self.pop().number().cos()),
            "atan2" => {
                let x = self.pop().number();
                let y = self.pop().number();
                Value::Number(y.atan2(x))
            }
            "rand" => Value::Number(self.next_random()),
            "srand" => {
                let seed = if count == 1 { self.pop().number() } else { cx.process.now().secs as f64 };
                let before = std::mem::replace(&mut self.seed, seed);
                self.seed_random(seed);
                Value::Number(before)
            }
            "system" => {
                let command = self.pop_text();
                self.streams.flush(cx).await;
                let status = spawn::run(&cx.process, &shell(&command), cx.process.environment()).await;
                Value::Number(status.map_or(-1.0, status_number))
            }
            "close" => {
                let name = self.pop_text();
                Value::Number(self.streams.close(cx, &name).await)
            }
            "fflush" => {
                let name = if count == 1 { self.pop_text() } else { Rc::from(&b""[..]) };
                if name.is_empty() {
                    self.streams.flush(cx).await;
                    Value::Number(0.0)
                } else if &*name == b"/dev/stdout" {
                    Value::Number(if cx.out.flush().await.is_ok() { 0.0 } else { -1.0 })
                } else {
                    Value::Number(if self.streams.flush_one(&name).await { 0.0 } else { -1.0 })
                }
            }
            other => return fault(&format!("function {other} is not known")),
        };
        self.stack.push(value);
        Ok(())
    }

    pub(super) fn seed_random(&mut self, seed: f64) {
        self.random = seed.to_bits() ^ 0x9e37_79b9_7f4a_7c15;
        for _ in 0..4 {
            self.next_random();
        }
    }

    /// From 0 to less than 1 (SplitMix64).
    pub(super) fn next_random(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
