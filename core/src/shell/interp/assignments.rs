//! Assignments: scalars, elements, array literals, attributes that change values, and their traces.

use super::variables::{Assoc, Attributes};
use super::{ArgumentAssignment, AssignedValue, Element, Interp, Stop, Value};
use crate::abi::limits::SHELL_VALUE_BYTES_MAX;
use crate::shell::code::{Symbol, Target};
use crate::shell::expand::quoting;
use std::collections::BTreeMap;
use std::rc::Rc;

/// An array literal that is being read: its elements are arguments from `base` on, or kept with their keys.
pub(super) struct ArrayUnderConstruction {
    base: usize,
    elements: Vec<Element>,
}

impl Interp {
    /// Assigns text, with all that the variable's attributes do to it.
    pub(crate) fn assign_text(&mut self, name: Symbol, text: Vec<u8>, append: bool) -> Result<(), Stop> {
        let Some(target) = self.shell.referred(name) else {
            let name = self.name(name);
            return Err(self.discard(&[b"warning: ", &name[..], b": circular name reference"].concat()));
        };
        if target == name
            && self.shell.var(name).attributes.has(Attributes::NAMEREF)
            && let Some(reference) = self.shell.text(name).filter(|text| text.ends_with(b"]"))
            && let Some(open) = memchr::memchr(b'[', &reference)
        {
            let array = self.symbol(&reference[..open]);
            let key = reference.get(open + 1..reference.len() - 1).unwrap_or_default().to_vec();
            return self.assign_element(array, &key, text, append);
        }
        let name = target;
        let attributes = self.shell.var(name).attributes;
        if attributes == Attributes::default()
            || attributes == Attributes::EXPORT
            || attributes == Attributes::WATCHED
        {
            return self.assign_plain(name, text, append, attributes);
        }
        if attributes.has(Attributes::READONLY) {
            let name = self.name(name);
            return Err(self.refuse(&name));
        }
        if attributes.has(Attributes::SPECIAL) && !self.assign_special(name, &text) {
            return Ok(());
        }
        if self.shell.var(name).is_array() {
            return self.assign_element(name, b"0", text, append);
        }
        if attributes.has(Attributes::INTEGER) {
            let mut number = self.evaluate(&text, b"")?;
            if append {
                let before = self.scalar(name).unwrap_or_default();
                number = self.evaluate(&before, b"")?.wrapping_add(number);
            }
            self.shell.var_mut(name).value = Value::Number(number);
            self.shell.changed(name, attributes);
            return Ok(());
        }
        let text = if append { [self.scalar(name).unwrap_or_default(), text].concat() } else { text };
        let text = in_case(text, attributes, self.shell.utf8);
        self.shell.var_mut(name).value = Value::Text(Rc::new(text));
        self.shell.changed(name, attributes);
        Ok(())
    }

    /// An assignment to a variable that has no attribute that matters.
    fn assign_plain(
        &mut self,
        name: Symbol,
        text: Vec<u8>,
        append: bool,
        attributes: Attributes,
    ) -> Result<(), Stop> {
        if matches!(self.shell.var(name).value, Value::Indexed(_) | Value::Assoc(_)) {
            return self.assign_element(name, b"0", text, append);
        }
        let allexport = self.shell.options.allexport;
        let var = self.shell.var_mut(name);
        match &mut var.value {
            Value::Text(old) if append => {
                if old.len() + text.len() > SHELL_VALUE_BYTES_MAX {
                    return Err(self.discard(b"cannot allocate memory"));
                }
                Rc::make_mut(old).extend_from_slice(&text);
            }
            Value::Number(number) if append => {
                let mut old = number.to_string().into_bytes();
                old.extend_from_slice(&text);
                var.value = Value::Text(Rc::new(old));
            }
            value => *value = Value::Text(Rc::new(text)),
        }
        if allexport {
            var.attributes.set(Attributes::EXPORT, true);
            self.shell.environment = None;
        }
        self.shell.changed(name, attributes);
        Ok(())
    }

    /// Assigns one element of an array; a scalar becomes an indexed array.
    pub(crate) fn assign_element(
        &mut self,
        name: Symbol,
        key: &[u8],
        text: Vec<u8>,
        append: bool,
    ) -> Result<(), Stop> {
        let written = [&self.name(name)[..], b"[", key, b"]"].concat();
        self.assign_element_written(name, key, text, append, &written)
    }

    /// The same for an element that messages name as it was written.
    fn assign_element_written(
        &mut self,
        name: Symbol,
        key: &[u8],
        text: Vec<u8>,
        append: bool,
        written: &[u8],
    ) -> Result<(), Stop> {
        let name = self.shell.follow(name);
        let attributes = self.shell.var(name).attributes;
        if attributes.has(Attributes::READONLY) {
            let name = self.name(name);
            return Err(self.refuse(&name));
        }
        let is_assoc = self.shell.var(name).is_assoc();
        if key.is_empty() || (!is_assoc && (key == b"@" || key == b"*")) {
            return Err(self.bad_subscript(written));
        }
        let mut text = text;
        if attributes.has(Attributes::INTEGER) {
            let mut number = self.evaluate(&text, b"")?;
            if append {
                let before = self.element(name, key)?.unwrap_or_default();
                number = self.evaluate(&before, b"")?.wrapping_add(number);
            }
            text = number.to_string().into_bytes();
        } else if append {
            text = [self.element(name, key)?.unwrap_or_default(), text].concat();
        }
        let text = in_case(text, attributes, self.shell.utf8);
        if is_assoc {
            let var = self.shell.var_mut(name);
            if let Value::Assoc(array) = &mut var.value {
                Rc::make_mut(array).set(key, text);
            } else {
                let mut array = Assoc::default();
                array.set(key, text);
                var.value = Value::Assoc(Rc::new(array));
            }
        } else {
            let Some(index) = self.find_index(name, key)? else { return Err(self.bad_subscript(written)) };
            let first = self.shell.text(name);
            let var = self.shell.var_mut(name);
            if let Value::Indexed(array) = &mut var.value {
                Rc::make_mut(array).insert(index, text);
            } else {
                let mut array = BTreeMap::new();
                if let Some(first) = first {
                    array.insert(0, first);
                }
                array.insert(index, text);
                var.value = Value::Indexed(Rc::new(array));
            }
        }
        self.shell.changed(name, attributes);
        Ok(())
    }

    /// Assigns an array literal.
    pub(crate) fn assign_array(
        &mut self,
        name: Symbol,
        elements: Vec<Element>,
        append: bool,
    ) -> Result<(), Stop> {
        let name = self.shell.follow(name);
        let attributes = self.shell.var(name).attributes;
        if attributes.has(Attributes::READONLY) {
            let name = self.name(name);
            return Err(self.refuse(&name));
        }
        if self.shell.var(name).is_assoc() {
            return self.assign_assoc(name, elements, append);
        }
        let mut next = 0;
        if append {
            match &self.shell.var(name).value {
                Value::Indexed(array) => next = array.keys().next_back().map_or(0, |last| last + 1),
                Value::Unset => {}
                _ => next = 1,
            }
        }
        let mut array = match (append, &mut self.shell.var_mut(name).value) {
            // Taken out so that appending to a large array copies nothing.
            (true, Value::Indexed(array)) => std::mem::take(array),
            _ => Rc::default(),
        };
        if append
            && array.is_empty()
            && let Some(first) = self.shell.text(name)
        {
            Rc::make_mut(&mut array).insert(0, first);
        }
        self.shell.var_mut(name).value = Value::Indexed(Rc::default());
        let integer = attributes.has(Attributes::INTEGER);
        let mut result = Ok(());
        for element in elements {
            let index = match &element.key {
                None => next,
                Some(key) => match self.evaluate(key, b"") {
                    Ok(index) if index >= 0 => index as u64,
                    Ok(index) => match next.checked_add_signed(index) {
                        Some(index) => index,
                        None => {
                            let text =
                                [b"[", &key[..], b"]=", &element.value, b": bad array subscript"].concat();
                            self.complain(&text);
                            result = Err(Stop::Failed(1));
                            continue;
                        }
                    },
                    Err(stop) => {
                        result = Err(stop);
                        break;
                    }
                },
            };
            let mut value = element.value;
            if integer {
                value = match self.evaluate(&value, b"") {
                    Ok(number) => number.to_string().into_bytes(),
                    Err(stop) => {
                        result = Err(stop);
                        break;
                    }
                };
            }
            let slots = Rc::make_mut(&mut array);
            if element.append {
                let mut before = slots.get(&index).cloned().unwrap_or_default();
                before.extend_from_slice(&value);
                value = before;
            }
            slots.insert(index, in_case(value, attributes, self.shell.utf8));
            next = index + 1;
        }
        self.shell.var_mut(name).value = Value::Indexed(array);
        self.shell.changed(name, attributes);
        result
    }

    fn assign_assoc(&mut self, name: Symbol, elements: Vec<Element>, append: bool) -> Result<(), Stop> {
        let attributes = self.shell.var(name).attributes;
        let mut array = match (append, &self.shell.var(name).value) {
            (true, Value::Assoc(array)) => Assoc::clone(array),
            _ => Assoc::default(),
        };
        // Without keys, the words are keys and values in turn.
        let mut words = elements.into_iter();
        while let Some(element) = words.next() {
            let (key, mut value) = match element.key {
                Some(key) => (key, element.value),
                None => (element.value, words.next().map(|next| next.value).unwrap_or_default()),
            };
            if element.append {
                value = [array.get(&key).cloned().unwrap_or_default(), value].concat();
            }
            if key.is_empty() {
                let text = [b"[]=", &value[..], b": bad array subscript"].concat();
                self.complain(&text);
                continue;
            }
            array.set(&key, in_case(value, attributes, self.shell.utf8));
        }
        self.shell.var_mut(name).value = Value::Assoc(Rc::new(array));
        self.shell.changed(name, attributes);
        Ok(())
    }

    /// The elements of an array literal that is a value: `declare -a 'x=(1 2)'`.
    pub(crate) fn literal_elements(&self, text: &[u8]) -> Vec<Element> {
        let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        let mut elements = Vec::new();
        let mut bytes = inner.iter().copied().peekable();
        loop {
            while bytes.next_if(u8::is_ascii_whitespace).is_some() {}
            if bytes.peek().is_none() {
                return elements;
            }
            let mut word = Vec::new();
            let mut key = None;
            let mut quote = None;
            while let Some(byte) = bytes.next_if(|byte| quote.is_some() || !byte.is_ascii_whitespace()) {
                match (quote, byte) {
                    (None, b'\'' | b'"') => quote = Some(byte),
                    (Some(open), byte) if byte == open => quote = None,
                    (None | Some(b'"'), b'\\') => word.extend(bytes.next()),
                    (None, b'=') if key.is_none() && word.starts_with(b"[") && word.ends_with(b"]") => {
                        key = Some(word.get(1..word.len() - 1).unwrap_or_default().to_vec());
                        word.clear();
                    }
                    (_, byte) => word.push(byte),
                }
            }
            elements.push(Element { key, append: false, value: word });
        }
    }

    fn target(&self, index: u32) -> Option<Target> {
        self.code.targets.get(index as usize).copied()
    }

    pub(super) fn assign(&mut self, index: u32) -> Result<(), Stop> {
        let Some(target) = self.target(index) else { return Ok(()) };
        let value = self.strings.pop().unwrap_or_default();
        let key = target.subscript.then(|| self.strings.pop().unwrap_or_default());
        if self.shell.options.xtrace {
            let mut name = self.name(target.name).to_vec();
            if let Some(key) = &key {
                name = [&name[..], b"[", key, b"]"].concat();
            }
            self.trace_assignment(&name, target.append, &value);
        }
        match key {
            None => self.assign_text(target.name, value, target.append),
            Some(key) => {
                let written = self.text(target.written);
                self.assign_element_written(target.name, &key, value, target.append, &written)
            }
        }
    }

    pub(super) fn prefix_assign(&mut self, index: u32) -> Result<(), Stop> {
        let Some(target) = self.target(index) else { return Ok(()) };
        let mut value = self.strings.pop().unwrap_or_default();
        if target.subscript {
            // An element cannot be in the environment.
            self.strings.pop();
            return Ok(());
        }
        if self.shell.options.xtrace {
            let name = self.name(target.name);
            self.trace_assignment(&name, target.append, &value);
        }
        if target.append {
            value = [self.scalar(target.name).unwrap_or_default(), value].concat();
        }
        self.prefix.push((target.name, target.append, value));
        Ok(())
    }

    pub(super) fn arg_assign(&mut self, index: u32) {
        let Some(target) = self.target(index) else { return };
        let value = self.strings.pop().unwrap_or_default();
        let subscript = target.subscript.then(|| self.strings.pop().unwrap_or_default());
        let mut text = self.name(target.name).to_vec();
        if let Some(key) = &subscript {
            text = [&text[..], b"[", key, b"]"].concat();
        }
        text.extend_from_slice(if target.append { b"+=" } else { b"=" });
        text.extend_from_slice(&value);
        self.args.push(&text);
        self.args.assignments.push(ArgumentAssignment {
            index: self.args.len() - 1,
            name: target.name,
            append: target.append,
            subscript,
            value: AssignedValue::Text(value),
        });
    }

    pub(super) fn array_start(&mut self) {
        self.arrays.push(ArrayUnderConstruction { base: self.args.len(), elements: Vec::new() });
    }

    /// Moves the elements without keys, which are arguments so far, to their array.
    fn collect_elements(&mut self) {
        let Some(base) = self.arrays.last().map(|array| array.base) else { return };
        let values = self.args.to_vec(base);
        self.args.truncate(base);
        if let Some(array) = self.arrays.last_mut() {
            array.elements.extend(values.into_iter().map(|value| Element {
                key: None,
                append: false,
                value,
            }));
        }
    }

    pub(super) fn array_element(&mut self, append: bool) {
        self.collect_elements();
        let value = self.strings.pop().unwrap_or_default();
        let key = self.strings.pop();
        if let Some(array) = self.arrays.last_mut() {
            array.elements.push(Element { key, append, value });
        }
    }

    fn finish_array(&mut self) -> Vec<Element> {
        self.collect_elements();
        self.arrays.pop().map(|array| array.elements).unwrap_or_default()
    }

    pub(super) fn array_assign(&mut self, index: u32) -> Result<(), Stop> {
        let elements = self.finish_array();
        let Some(target) = self.target(index) else { return Ok(()) };
        if self.shell.options.xtrace {
            let name = self.name(target.name);
            let mut text = Vec::new();
            for element in &elements {
                if !text.is_empty() {
                    text.push(b' ');
                }
                if let Some(key) = &element.key {
                    text.extend_from_slice(&[b"[", &key[..], b"]="].concat());
                }
                text.extend_from_slice(&quoting::traced(&element.value));
            }
            let operator: &[u8] = if target.append { b"+=(" } else { b"=(" };
            self.trace_line(&[&name[..], operator, &text, b")"].concat());
        }
        if target.subscript {
            let written = self.text(target.written);
            return Err(self.discard(&[&written[..], b": cannot assign list to array member"].concat()));
        }
        self.assign_array(target.name, elements, target.append)
    }

    pub(super) fn array_arg(&mut self, index: u32) {
        let elements = self.finish_array();
        let Some(target) = self.target(index) else { return };
        let subscript = target.subscript.then(|| self.strings.pop().unwrap_or_default());
        let name = self.name(target.name);
        self.args.push(&name);
        self.args.assignments.push(ArgumentAssignment {
            index: self.args.len() - 1,
            name: target.name,
            append: target.append,
            subscript,
            value: AssignedValue::Elements(elements),
        });
    }

    // ---- set -x ----
}

/// What `declare -l` and `-u` make of a value.
fn in_case(text: Vec<u8>, attributes: Attributes, utf8: bool) -> Vec<u8> {
    use crate::shell::expand::operations::change_case;
    use crate::shell::syntax::ast::CaseChange;
    if attributes.has(Attributes::LOWER) {
        change_case(&text, CaseChange::Lower, true, utf8, |_| true)
    } else if attributes.has(Attributes::UPPER) {
        change_case(&text, CaseChange::Upper, true, utf8, |_| true)
    } else if attributes.has(Attributes::CAPITAL) {
        let lower = change_case(&text, CaseChange::Lower, true, utf8, |_| true);
        change_case(&lower, CaseChange::Upper, false, utf8, |_| true)
    } else {
        text
    }
}
