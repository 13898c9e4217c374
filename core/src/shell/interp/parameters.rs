//! Parameters: their values, and the operations of `${…}`.

use super::variables::{Attributes, known};
use super::{Interp, NumberText, Stop, Value};
use crate::shell::code::{Apply, Operation, Param, ParamName, SubscriptKind, Symbol};
use crate::shell::expand::operations;
use crate::shell::syntax::ast::{ConditionalOperator, ReplacePlace, Side, SpecialParameter};
use std::rc::Rc;

/// What a parameter has.
pub(super) enum Values {
    /// Nothing: it is not set.
    Unset,
    One(Vec<u8>),
    /// Elements, and whether they are joined between quotes (`*`) or stay apart (`@`).
    Many(Vec<Vec<u8>>, bool),
}

impl Interp {
    /// A variable's text; under `set -u` an unset one is an error.
    pub(super) fn var_text(&mut self, name: Symbol) -> Result<Vec<u8>, Stop> {
        match self.scalar(name) {
            Some(text) => Ok(text),
            None => self.missing(name).map(|()| Vec::new()),
        }
    }

    fn missing(&mut self, name: Symbol) -> Result<(), Stop> {
        if self.shell.options.nounset {
            let name = self.name(name);
            return Err(self.unbound(&name));
        }
        Ok(())
    }

    pub(super) fn unbound(&mut self, name: &[u8]) -> Stop {
        let status = self.expansion_error_status();
        self.fatal(&[name, b": unbound variable"].concat(), status)
    }

    /// A variable's value as one text: of an array, of its element 0.
    pub(crate) fn scalar(&mut self, name: Symbol) -> Option<Vec<u8>> {
        let var = self.shell.var(name);
        if var.attributes.has(Attributes::SPECIAL.with(Attributes::NAMEREF)) {
            if var.attributes.has(Attributes::SPECIAL) {
                return self.special_value(name);
            }
            return self.nameref_value(name);
        }
        match &var.value {
            Value::Unset => None,
            Value::Text(text) => Some(text.to_vec()),
            Value::Number(number) => Some(NumberText::default().of(*number).to_vec()),
            Value::Indexed(array) => array.get(&0).cloned(),
            Value::Assoc(array) => array.get(b"0").cloned(),
        }
    }

    fn nameref_value(&mut self, name: Symbol) -> Option<Vec<u8>> {
        let target = self.shell.follow(name);
        if target != name {
            return self.scalar(target);
        }
        // A reference to an element: `declare -n r=a[1]`.
        let text = self.shell.text(name)?;
        let open = memchr::memchr(b'[', &text)?;
        let array = self.symbol(&text[..open]);
        let key = text.get(open + 1..text.len().saturating_sub(1))?.to_vec();
        self.element(array, &key).ok().flatten()
    }

    /// `"$name"` as an argument of its own.
    pub(super) fn append_var_argument(&mut self, name: Symbol) -> Result<(), Stop> {
        let var = self.shell.var(name);
        if !var.attributes.has(Attributes::SPECIAL.with(Attributes::NAMEREF)) {
            match &var.value {
                Value::Text(text) => {
                    self.args.push(text);
                    return Ok(());
                }
                Value::Number(number) => {
                    self.args.push(NumberText::default().of(*number));
                    return Ok(());
                }
                _ => {}
            }
        }
        let text = self.var_text(name)?;
        self.args.push(&text);
        Ok(())
    }

    /// `$name` as an argument of its own. True when it has to be split or matched against files: then it is
    /// the word on top.
    pub(super) fn unquoted_var_argument(&mut self, name: Symbol) -> Result<bool, Stop> {
        let var = self.shell.var(name);
        let simple = match &var.value {
            Value::Number(number) if !self.shell.ifs.iter().any(u8::is_ascii_digit) => {
                self.args.push(NumberText::default().of(*number));
                return Ok(false);
            }
            Value::Text(text) if !var.attributes.has(Attributes::SPECIAL.with(Attributes::NAMEREF)) => {
                let ifs = &self.shell.ifs;
                let plain = !text.is_empty()
                    && text.iter().all(|byte| {
                        !ifs.contains(byte) && !matches!(byte, b'*' | b'?' | b'[' | b'\\' | b'(')
                    });
                plain.then(|| Rc::clone(text))
            }
            _ => None,
        };
        if let Some(text) = simple {
            self.args.push(&text);
            return Ok(false);
        }
        let text = self.var_text(name)?;
        let mut word = self.spare_words.pop().unwrap_or_default();
        word.value(&text, false);
        self.words.push(word);
        Ok(true)
    }

    fn special_parameter(&mut self, special: SpecialParameter) -> Values {
        match special {
            SpecialParameter::At => Values::Many(self.shell.positional.to_vec(), false),
            SpecialParameter::Star => Values::Many(self.shell.positional.to_vec(), true),
            SpecialParameter::Count => Values::One(self.shell.positional.len().to_string().into_bytes()),
            SpecialParameter::Status => Values::One(self.shell.status.to_string().into_bytes()),
            SpecialParameter::Options => Values::One(self.shell.options.letters()),
            SpecialParameter::Pid => Values::One(self.shell.main_pid.to_string().into_bytes()),
            SpecialParameter::BackgroundPid => match self.shell.last_background {
                Some(pid) => Values::One(pid.to_string().into_bytes()),
                None => Values::Unset,
            },
        }
    }

    /// What a parameter has; `key` is the text of its subscript.
    pub(super) fn values(&mut self, param: &Param, key: Option<&[u8]>) -> Result<Values, Stop> {
        if param.indirect {
            return self.indirect_values(param, key);
        }
        match param.what {
            ParamName::Positional(0) => Ok(Values::One(self.shell.name.to_vec())),
            ParamName::Positional(number) => Ok(match self.shell.positional.get(number as usize - 1) {
                Some(value) => Values::One(value.clone()),
                None => Values::Unset,
            }),
            ParamName::Special(special) => Ok(self.special_parameter(special)),
            ParamName::Var(name) => self.variable_values(name, param.subscript, key),
        }
    }

    fn variable_values(
        &mut self,
        name: Symbol,
        subscript: SubscriptKind,
        key: Option<&[u8]>,
    ) -> Result<Values, Stop> {
        let one = |text: Option<Vec<u8>>| text.map_or(Values::Unset, Values::One);
        match subscript {
            SubscriptKind::None => Ok(one(self.scalar(name))),
            SubscriptKind::All | SubscriptKind::Star => {
                let elements = self.elements(name);
                Ok(Values::Many(elements, subscript == SubscriptKind::Star))
            }
            SubscriptKind::Index => Ok(one(self.element(name, key.unwrap_or_default())?)),
        }
    }

    /// All elements of an array; a scalar is its own only element.
    pub(crate) fn elements(&mut self, name: Symbol) -> Vec<Vec<u8>> {
        let name = self.shell.follow(name);
        if self.shell.var(name).attributes.has(Attributes::SPECIAL)
            && let Some(list) = self.special_elements(name)
        {
            return list;
        }
        match &self.shell.var(name).value {
            Value::Unset => self.special_value(name).into_iter().collect(),
            Value::Indexed(array) => array.values().cloned().collect(),
            Value::Assoc(array) => array.sorted().into_iter().map(|(_, value)| value.to_vec()).collect(),
            Value::Text(text) => vec![text.to_vec()],
            Value::Number(number) => vec![number.to_string().into_bytes()],
        }
    }

    /// The keys of an array.
    pub(crate) fn keys(&mut self, name: Symbol) -> Vec<Vec<u8>> {
        let name = self.shell.follow(name);
        if self.shell.var(name).attributes.has(Attributes::SPECIAL)
            && let Some(list) = self.special_elements(name)
        {
            return (0..list.len()).map(|index| index.to_string().into_bytes()).collect();
        }
        match &self.shell.var(name).value {
            Value::Unset => Vec::new(),
            Value::Indexed(array) => array.keys().map(|key| key.to_string().into_bytes()).collect(),
            Value::Assoc(array) => array.sorted().into_iter().map(|(key, _)| key.to_vec()).collect(),
            Value::Text(_) | Value::Number(_) => vec![b"0".to_vec()],
        }
    }

    /// One element of an array.
    pub(crate) fn element(&mut self, name: Symbol, key: &[u8]) -> Result<Option<Vec<u8>>, Stop> {
        let name = self.shell.follow(name);
        if self.shell.var(name).is_assoc() {
            return Ok(match &self.shell.var(name).value {
                Value::Assoc(array) => array.get(key).cloned(),
                _ => None,
            });
        }
        if key == b"@" || key == b"*" {
            let ifs = self.ifs_first();
            return Ok(Some(self.elements(name).join(&ifs[..])));
        }
        let index = self.index_of(name, key)?;
        if self.shell.var(name).attributes.has(Attributes::SPECIAL)
            && let Some(list) = self.special_elements(name)
        {
            return Ok(index.and_then(|index| list.get(index as usize).cloned()));
        }
        let Some(index) = index else { return Ok(None) };
        Ok(match &self.shell.var(name).value {
            Value::Indexed(array) => array.get(&index).cloned(),
            Value::Unset | Value::Assoc(_) => None,
            Value::Text(_) | Value::Number(_) if index == 0 => self.shell.text(name),
            Value::Text(_) | Value::Number(_) => None,
        })
    }

    /// The index that the text of a subscript means; negative ones count from behind the last. `None` when it
    /// is before the first, which is said.
    pub(crate) fn index_of(&mut self, name: Symbol, key: &[u8]) -> Result<Option<u64>, Stop> {
        let index = self.find_index(name, key)?;
        if index.is_none() {
            let name = self.name(name);
            self.complain(&[&name[..], b": bad array subscript"].concat());
        }
        Ok(index)
    }

    /// Says that no element can have a subscript.
    pub(super) fn bad_subscript(&mut self, written: &[u8]) -> Stop {
        self.discard(&[written, b": bad array subscript"].concat())
    }

    /// The index that the text of a subscript means; `None` when it is before the first.
    pub(super) fn find_index(&mut self, name: Symbol, key: &[u8]) -> Result<Option<u64>, Stop> {
        let index = self.evaluate(key, b"")?;
        if index >= 0 {
            return Ok(Some(index as u64));
        }
        let end = match &self.shell.var(name).value {
            Value::Indexed(array) => array.keys().next_back().map_or(0, |last| last + 1),
            Value::Text(_) | Value::Number(_) => 1,
            _ => self.special_elements(name).map_or(0, |list| list.len() as u64),
        };
        Ok(end.checked_add_signed(index))
    }

    /// `${!name}`: the value is the name of the parameter.
    fn indirect_values(&mut self, param: &Param, key: Option<&[u8]>) -> Result<Values, Stop> {
        let direct = Param { indirect: false, ..param.clone() };
        if let ParamName::Var(name) = param.what
            && self.shell.var(name).attributes.has(Attributes::NAMEREF)
        {
            let target = self.shell.follow(name);
            if self.shell.var(target).attributes.has(Attributes::NAMEREF) {
                return Ok(self.shell.text(target).map_or(Values::Unset, Values::One));
            }
            return Ok(Values::One(self.name(target).to_vec()));
        }
        let target = match self.values(&direct, key)? {
            Values::One(target) => target,
            Values::Many(list, _) => list.join(&b' '),
            Values::Unset => {
                return Err(self.discard(&[&param.text, &b": invalid indirect expansion"[..]].concat()));
            }
        };
        self.named_values(&target)
    }

    /// What the parameter that a text names has: `x`, `x[1]`, `x[@]`, `1`, `@` …
    pub(super) fn named_values(&mut self, target: &[u8]) -> Result<Values, Stop> {
        if let Ok(number) = std::str::from_utf8(target).unwrap_or_default().parse::<usize>() {
            return Ok(match number {
                0 => Values::One(self.shell.name.to_vec()),
                number => {
                    self.shell.positional.get(number - 1).map_or(Values::Unset, |v| Values::One(v.clone()))
                }
            });
        }
        let special = match target {
            b"@" => Some(SpecialParameter::At),
            b"*" => Some(SpecialParameter::Star),
            b"#" => Some(SpecialParameter::Count),
            b"?" => Some(SpecialParameter::Status),
            b"-" => Some(SpecialParameter::Options),
            b"$" => Some(SpecialParameter::Pid),
            b"!" => Some(SpecialParameter::BackgroundPid),
            _ => None,
        };
        if let Some(special) = special {
            return Ok(self.special_parameter(special));
        }
        let (name, subscript) = match memchr::memchr(b'[', target) {
            Some(open) if target.ends_with(b"]") => (&target[..open], target.get(open + 1..target.len() - 1)),
            _ => (target, None),
        };
        if !super::is_name(name) {
            return Err(self.discard(&[target, b": invalid variable name"].concat()));
        }
        let name = self.symbol(name);
        match subscript {
            None => self.variable_values(name, SubscriptKind::None, None),
            Some(b"@") => self.variable_values(name, SubscriptKind::All, None),
            Some(b"*") => self.variable_values(name, SubscriptKind::Star, None),
            Some(key) => {
                let key = key.to_vec();
                self.variable_values(name, SubscriptKind::Index, Some(&key))
            }
        }
    }

    fn ifs_first(&self) -> Vec<u8> {
        self.shell.ifs.first().map(|&byte| vec![byte]).unwrap_or_default()
    }

    fn pop_key(&mut self, param: &Param) -> Option<Vec<u8>> {
        (param.subscript == SubscriptKind::Index).then(|| self.strings.pop().unwrap_or_default())
    }

    pub(super) fn param(&mut self, index: u32, quoted: bool) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(param) = code.params.get(index as usize) else { return Ok(()) };
        // The most common ones without a copy.
        if let (ParamName::Var(name), SubscriptKind::None, false) =
            (param.what, param.subscript, param.indirect)
        {
            let var = self.shell.var(name);
            if !var.attributes.has(Attributes::SPECIAL.with(Attributes::NAMEREF)) {
                match &var.value {
                    Value::Text(text) => {
                        let text = Rc::clone(text);
                        self.word().value(&text, quoted);
                        return Ok(());
                    }
                    Value::Number(number) => {
                        let mut buffer = NumberText::default();
                        let text = buffer.of(*number);
                        self.word().value(text, quoted);
                        return Ok(());
                    }
                    _ => {}
                }
            }
        }
        let key = self.pop_key(param);
        let values = self.values(param, key.as_deref())?;
        if let Values::Unset = values
            && self.shell.options.nounset
        {
            let sigil: &[u8] = if matches!(param.what, ParamName::Var(_)) { b"" } else { b"$" };
            return Err(self.unbound(&[sigil, &param.text].concat()));
        }
        self.append_values(values, quoted);
        Ok(())
    }

    /// Appends values to the word: one field each, or joined.
    fn append_values(&mut self, values: Values, quoted: bool) {
        match values {
            // `"$unset"` is a field, though an empty one.
            Values::Unset => self.word().value(b"", quoted),
            Values::One(text) => self.word().value(&text, quoted),
            Values::Many(list, true) if quoted => {
                let separator = self.ifs_first();
                let joined = list.join(&separator[..]);
                self.word().value(&joined, true);
            }
            Values::Many(list, joined) => {
                let separator = if joined { self.ifs_first() } else { b" ".to_vec() };
                for (at, text) in list.iter().enumerate() {
                    if at > 0 {
                        self.word().field_break(&separator);
                    }
                    self.word().value(text, quoted);
                }
            }
        }
    }

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

    /// Names of variables that begin with a prefix, in order.
    pub(crate) fn names_with_prefix(&self, prefix: &[u8]) -> Vec<Vec<u8>> {
        let names = self.shell.names.borrow().sorted();
        let known = names
            .into_iter()
            .filter(|(name, symbol)| name.starts_with(prefix) && self.shell.var(*symbol).is_set());
        known.map(|(name, _)| name.to_vec()).collect()
    }

    /// The home directory of a user; of the empty name, the own one.
    pub(super) fn tilde(&mut self, user: u32, argument: bool) {
        let user = self.text(user);
        let home = match &user[..] {
            _ if argument && self.shell.options.posix => None,
            b"" => self.scalar(known::HOME).or_else(|| self.home_of(None)),
            b"+" => self.scalar(known::PWD),
            b"-" => self.scalar(known::OLDPWD),
            name => self.home_of(Some(name)),
        };
        match home {
            Some(home) => self.word().quoted(&home),
            None => {
                let text = [b"~", &user[..]].concat();
                self.word().literal(&text);
            }
        }
    }

    /// A user's home directory by `/etc/passwd`.
    pub(crate) fn home_of(&mut self, user: Option<&[u8]>) -> Option<Vec<u8>> {
        let accounts = self.accounts();
        let account = match user {
            Some(name) => accounts.by_name(name),
            None => accounts.by_uid(self.process.credentials().uid),
        };
        account.map(|account| account.home)
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
