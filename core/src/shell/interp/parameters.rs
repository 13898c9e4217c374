//! Parameters: what they have, and how it comes into a word.

use super::variables::Attributes;
use super::{Interp, NumberText, Stop, Value};
use crate::shell::code::{Param, ParamName, SubscriptKind, Symbol};
use crate::shell::syntax::ast::SpecialParameter;
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

    pub(super) fn ifs_first(&self) -> Vec<u8> {
        self.shell.ifs.first().map(|&byte| vec![byte]).unwrap_or_default()
    }

    pub(super) fn pop_key(&mut self, param: &Param) -> Option<Vec<u8>> {
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
    pub(super) fn append_values(&mut self, values: Values, quoted: bool) {
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

    /// Names of variables that begin with a prefix, in order.
    pub(crate) fn names_with_prefix(&self, prefix: &[u8]) -> Vec<Vec<u8>> {
        let names = self.shell.names.borrow().sorted();
        let known = names
            .into_iter()
            .filter(|(name, symbol)| name.starts_with(prefix) && self.shell.var(*symbol).is_set());
        known.map(|(name, _)| name.to_vec()).collect()
    }
}
