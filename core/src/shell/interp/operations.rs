//! The operations of `${…}` on what a parameter has: defaults, cutting, replacing, changing case.

use super::parameters::Values;
use super::{Interp, Stop, Value};
use crate::shell::code::{Apply, Operation, Param, ParamName, SubscriptKind};
use crate::shell::expand::operations;
use crate::shell::syntax::ast::{ConditionalOperator, ReplacePlace, Side};
use std::rc::Rc;

impl Interp {
    pub(super) fn param_test(&mut self, index: u32, quoted: bool, end: usize) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(test) = code.tests.get(index as usize) else { return Ok(()) };
        let key = self.pop_key(&test.param);
        let values = match self.values(&test.param, key.as_deref()) {
            Ok(values) => values,
            Err(stop) if test.param.indirect && test.operator != ConditionalOperator::ErrorIfUnset => {
                // `${!x-word}` of an unset x is the word.
                self.err.clear();
                let _ = stop;
                Values::Unset
            }
            Err(stop) => return Err(stop),
        };
        let empty = match &values {
            Values::Unset => true,
            Values::One(text) => test.colon && text.is_empty(),
            Values::Many(list, joined) => {
                list.is_empty()
                    || (test.colon
                        && list.iter().all(Vec::is_empty)
                        && (list.len() == 1 || (*joined && self.ifs_first().is_empty())))
            }
        };
        match (test.operator, empty) {
            (ConditionalOperator::UseAlternative, true) => {
                if quoted {
                    self.word().value(b"", true);
                }
                self.pc = end;
            }
            (ConditionalOperator::UseAlternative, false) => {}
            (_, false) => {
                self.append_values(values, quoted);
                self.pc = end;
            }
            (_, true) => {
                // Only an assignment needs the key again.
                if test.operator == ConditionalOperator::AssignDefault
                    && let Some(key) = key
                {
                    self.strings.push(key);
                }
            }
        }
        Ok(())
    }

    pub(super) fn param_assign(&mut self, index: u32, quoted: bool) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(test) = code.tests.get(index as usize) else { return Ok(()) };
        let value = self.strings.pop().unwrap_or_default();
        let key = self.pop_key(&test.param);
        let ParamName::Var(mut name) = test.param.what else {
            let text = [b"$", &test.param.text[..], b": cannot assign in this way"].concat();
            return Err(self.discard(&text));
        };
        if test.param.indirect {
            let target = self.scalar(name).unwrap_or_default();
            name = self.symbol(&target);
        }
        match key {
            Some(key) => self.assign_element(name, &key, value, false)?,
            None => self.assign_text(name, value, false)?,
        }
        let text = self.scalar(name).unwrap_or_default();
        self.word().value(&text, quoted);
        Ok(())
    }

    pub(super) fn param_fail(&mut self, index: u32) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(test) = code.tests.get(index as usize) else { return Ok(()) };
        let mut message = self.strings.pop().unwrap_or_default();
        if message.is_empty() {
            message = if test.colon {
                b"parameter null or not set".to_vec()
            } else {
                b"parameter not set".to_vec()
            };
        }
        let status = self.expansion_error_status();
        Err(self.fatal(&[&test.param.text, &b": "[..], &message].concat(), status))
    }

    pub(super) fn param_apply(&mut self, index: u32, quoted: bool) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(apply) = code.applies.get(index as usize) else { return Ok(()) };
        let operands = operand_count(apply.operation);
        let at = self.strings.len().saturating_sub(operands);
        let operands = self.strings.split_off(at);
        let key = self.pop_key(&apply.param);
        match apply.operation {
            Operation::Names { at } => {
                let ParamName::Var(prefix) = apply.param.what else { return Ok(()) };
                let prefix = self.name(prefix);
                let names = self.names_with_prefix(&prefix);
                self.append_values(Values::Many(names, !at), quoted);
                return Ok(());
            }
            Operation::Keys => {
                let ParamName::Var(name) = apply.param.what else { return Ok(()) };
                let keys = self.keys(name);
                self.append_values(Values::Many(keys, apply.param.subscript == SubscriptKind::Star), quoted);
                return Ok(());
            }
            Operation::Length => {
                let length = self.length_of(&apply.param, key.as_deref())?;
                self.word().value(length.to_string().as_bytes(), quoted);
                return Ok(());
            }
            Operation::Transform(letter) => {
                let values = self.transform(&apply.param, key.as_deref(), letter)?;
                self.append_values(values, quoted);
                return Ok(());
            }
            _ => {}
        }
        let values = self.values(&apply.param, key.as_deref())?;
        if let Values::Unset = values
            && self.shell.options.nounset
        {
            return Err(self.unbound(&apply.param.text));
        }
        let values = match (apply.operation, values) {
            (Operation::Substring { length }, values) => self.substring(apply, values, &operands, length)?,
            (_, Values::Unset) => Values::Unset,
            (operation, Values::One(text)) => Values::One(self.apply(operation, &text, &operands)),
            (operation, Values::Many(list, joined)) => {
                let list = list.iter().map(|text| self.apply(operation, text, &operands)).collect();
                Values::Many(list, joined)
            }
        };
        self.append_values(values, quoted);
        Ok(())
    }

    fn length_of(&mut self, param: &Param, key: Option<&[u8]>) -> Result<usize, Stop> {
        Ok(match self.values(param, key)? {
            Values::Unset if self.shell.options.nounset => return Err(self.unbound(&param.text)),
            Values::Unset => 0,
            Values::One(text) => operations::length(&text, self.shell.utf8),
            Values::Many(list, _) => list.len(),
        })
    }

    fn apply(&mut self, operation: Operation, text: &[u8], operands: &[Vec<u8>]) -> Vec<u8> {
        let pattern = operands.first().map(Vec::as_slice).unwrap_or_default();
        match operation {
            Operation::Remove { side, longest } => self.remove(text, pattern, side, longest),
            Operation::Replace { place, .. } => {
                let replacement = operands.get(1).map(Vec::as_slice).unwrap_or_default();
                self.replace(text, pattern, replacement, place)
            }
            Operation::ChangeCase { change, all, pattern: has_pattern } => {
                if !has_pattern || pattern.is_empty() {
                    return operations::change_case(text, change, all, self.shell.utf8, |_| true);
                }
                let pattern = self.pattern(pattern, false);
                operations::change_case(text, change, all, self.shell.utf8, |character| {
                    pattern.matches(character)
                })
            }
            _ => text.to_vec(),
        }
    }

    fn remove(&mut self, text: &[u8], pattern: &[u8], side: Side, longest: bool) -> Vec<u8> {
        let pattern = self.pattern(pattern, false);
        match side {
            Side::Prefix => {
                let end = if longest { pattern.longest_prefix(text) } else { pattern.shortest_prefix(text) };
                text.get(end.unwrap_or(0)..).unwrap_or_default().to_vec()
            }
            Side::Suffix => {
                let start =
                    if longest { pattern.longest_suffix(text) } else { pattern.shortest_suffix(text) };
                text.get(..start.unwrap_or(text.len())).unwrap_or_default().to_vec()
            }
        }
    }

    fn replace(&mut self, text: &[u8], pattern: &[u8], replacement: &[u8], place: ReplacePlace) -> Vec<u8> {
        if pattern.is_empty() && matches!(place, ReplacePlace::First | ReplacePlace::All) {
            return text.to_vec();
        }
        // An anchor may come from an expansion: `p='#a'; ${x/$p/b}`.
        let (place, pattern) = match (place, pattern.split_first()) {
            (ReplacePlace::First, Some((b'#', rest))) => (ReplacePlace::Prefix, rest),
            (ReplacePlace::First, Some((b'%', rest))) => (ReplacePlace::Suffix, rest),
            _ => (place, pattern),
        };
        let nocase = self.shell.shopt.nocasematch;
        let pattern = self.pattern(pattern, nocase);
        let ampersand = self.shell.shopt.patsub_replacement;
        let insert = |out: &mut Vec<u8>, matched: &[u8]| {
            // The replacement was made as a pattern: what is quoted in it is escaped.
            let mut bytes = replacement.iter();
            while let Some(&byte) = bytes.next() {
                match byte {
                    b'\\' => out.extend(bytes.next()),
                    b'&' if ampersand => out.extend_from_slice(matched),
                    byte => out.push(byte),
                }
            }
        };
        let mut out = Vec::with_capacity(text.len());
        match place {
            ReplacePlace::Prefix => match pattern.longest_prefix(text) {
                Some(end) => {
                    insert(&mut out, &text[..end]);
                    out.extend_from_slice(&text[end..]);
                }
                None => out.extend_from_slice(text),
            },
            ReplacePlace::Suffix => match pattern.longest_suffix(text) {
                Some(start) => {
                    out.extend_from_slice(&text[..start]);
                    insert(&mut out, &text[start..]);
                }
                None => out.extend_from_slice(text),
            },
            ReplacePlace::First | ReplacePlace::All => {
                let mut at = 0;
                while let Some((start, end)) = pattern.find_at(text, at) {
                    out.extend_from_slice(&text[at..start]);
                    insert(&mut out, &text[start..end]);
                    at = end;
                    if start == end {
                        // An empty match: the next character stays.
                        let Some(&byte) = text.get(at) else { break };
                        out.push(byte);
                        at += 1;
                    }
                    if place == ReplacePlace::First || at >= text.len() {
                        break;
                    }
                }
                out.extend_from_slice(text.get(at..).unwrap_or_default());
            }
        }
        out
    }

    fn substring(
        &mut self,
        apply: &Apply,
        values: Values,
        operands: &[Vec<u8>],
        has_length: bool,
    ) -> Result<Values, Stop> {
        let offset =
            self.evaluate(operands.first().map(Vec::as_slice).unwrap_or_default(), &apply.param.text)?;
        let length = match operands.get(1).filter(|_| has_length) {
            Some(text) => Some(self.evaluate(text, &apply.param.text)?),
            None => None,
        };
        let bad = |length: i64| format!("{length}: substring expression < 0").into_bytes();
        match values {
            Values::Unset => Ok(Values::Unset),
            Values::One(text) => {
                match operations::range(operations::length(&text, self.shell.utf8), offset, length, false) {
                    Ok(Some((start, end))) => {
                        Ok(Values::One(operations::slice(&text, start, end, self.shell.utf8).to_vec()))
                    }
                    Ok(None) => Ok(Values::One(Vec::new())),
                    Err(length) => Err(self.discard(&bad(length))),
                }
            }
            Values::Many(mut list, joined) => {
                let is_positional = matches!(apply.param.what, ParamName::Special(_));
                if is_positional {
                    // `${@:0}` begins with the shell's name.
                    list.insert(0, self.shell.name.to_vec());
                }
                let range = self.element_range(apply, &list, offset, length, is_positional);
                match range {
                    Ok(Some((start, end))) => {
                        let list = list.get(start..end).unwrap_or_default().to_vec();
                        Ok(Values::Many(list, joined))
                    }
                    Ok(None) => Ok(Values::Many(Vec::new(), joined)),
                    Err(length) => Err(self.discard(&bad(length))),
                }
            }
        }
    }

    /// The range of elements: an offset into an indexed array is an index, not a count.
    fn element_range(
        &self,
        apply: &Apply,
        list: &[Vec<u8>],
        offset: i64,
        length: Option<i64>,
        is_positional: bool,
    ) -> Result<Option<(usize, usize)>, i64> {
        let ParamName::Var(name) = apply.param.what else {
            if is_positional && offset < 0 && offset.unsigned_abs() as usize >= list.len() {
                return operations::range(list.len(), offset, length, true);
            }
            return operations::range(list.len(), offset, length, true);
        };
        if let Value::Indexed(array) = &self.shell.var(self.shell.follow(name)).value {
            if let Some(length) = length.filter(|&length| length < 0) {
                return Err(length);
            }
            let end = array.keys().next_back().map_or(0, |last| last + 1);
            let from = if offset < 0 { end.checked_add_signed(offset) } else { Some(offset as u64) };
            let Some(from) = from else { return Ok(None) };
            let start = array.range(..from).count();
            let count = length.map_or(usize::MAX, |length| length as usize);
            return Ok(Some((start, start.saturating_add(count).min(list.len()))));
        }
        operations::range(list.len(), offset, length, true)
    }
}

fn operand_count(operation: Operation) -> usize {
    match operation {
        Operation::Length | Operation::Names { .. } | Operation::Keys | Operation::Transform(_) => 0,
        Operation::Remove { .. } => 1,
        Operation::Replace { with, .. } => 1 + usize::from(with),
        Operation::ChangeCase { pattern, .. } => usize::from(pattern),
        Operation::Substring { length } => 1 + usize::from(length),
    }
}
