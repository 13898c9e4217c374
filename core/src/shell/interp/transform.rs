//! `${parameter@operator}`.

use super::parameters::Values;
use super::variables::Attributes;
use super::{Interp, Stop, Value};
use crate::shell::code::{Param, ParamName, SubscriptKind};
use crate::shell::expand::{operations, quoting};
use crate::shell::syntax::ast::CaseChange;

impl Interp {
    pub(super) fn transform(
        &mut self,
        param: &Param,
        key: Option<&[u8]>,
        letter: u8,
    ) -> Result<Values, Stop> {
        let name = match param.what {
            ParamName::Var(name) => Some(self.shell.follow(name)),
            _ => None,
        };
        if letter == b'a' {
            let text = name.map(|name| self.attribute_letters(name)).unwrap_or_default();
            let count = match (param.subscript, name) {
                (SubscriptKind::All | SubscriptKind::Star, Some(name)) => self.elements(name).len(),
                _ => 1,
            };
            return Ok(match param.subscript {
                SubscriptKind::All | SubscriptKind::Star => {
                    Values::Many(vec![text; count], param.subscript == SubscriptKind::Star)
                }
                _ => Values::One(text),
            });
        }
        let whole = matches!(param.subscript, SubscriptKind::All | SubscriptKind::Star);
        if let Some(name) = name
            && whole
            && matches!(letter, b'A' | b'K' | b'k')
        {
            return Ok(self.transform_array(name, letter));
        }
        let values = self.values(param, key)?;
        if letter == b'A' {
            return Ok(match (name, values) {
                (Some(name), Values::One(text)) => {
                    let letters = self.attribute_letters(name);
                    let own = self.name(name);
                    let assignment = [&own[..], b"=", &quoting::reusable(&text)].concat();
                    Values::One(if letters.is_empty() {
                        assignment
                    } else {
                        [b"declare -", &letters[..], b" ", &assignment].concat()
                    })
                }
                (None, Values::Many(list, _)) => {
                    let words: Vec<Vec<u8>> = list.iter().map(|text| quoting::reusable(text)).collect();
                    Values::One([&b"set -- "[..], &words.join(&b' ')].concat())
                }
                (_, values) => values,
            });
        }
        Ok(match values {
            Values::Unset => Values::Unset,
            Values::One(text) => Values::One(self.transform_one(&text, letter)),
            Values::Many(list, joined) => {
                Values::Many(list.iter().map(|text| self.transform_one(text, letter)).collect(), joined)
            }
        })
    }

    fn transform_one(&mut self, text: &[u8], letter: u8) -> Vec<u8> {
        match letter {
            b'U' => operations::change_case(text, CaseChange::Upper, true, self.shell.utf8, |_| true),
            b'u' => operations::change_case(text, CaseChange::Upper, false, self.shell.utf8, |_| true),
            b'L' => operations::change_case(text, CaseChange::Lower, true, self.shell.utf8, |_| true),
            b'Q' | b'K' | b'k' => quoting::reusable(text),
            b'E' => crate::shell::syntax::ansi_c_decode(text),
            b'P' => self.prompt_text(text),
            _ => text.to_vec(),
        }
    }

    /// `${a[@]@A}`, `@K`, `@k`.
    fn transform_array(&mut self, name: super::Symbol, letter: u8) -> Values {
        let keys = self.keys(name);
        let elements = self.elements(name);
        match letter {
            b'A' => {
                let letters = self.attribute_letters(name);
                let value = value_text(&self.shell.var(name).value, true).unwrap_or_default();
                let own = self.name(name);
                Values::One([b"declare -", &letters[..], b" ", &own, b"=", &value].concat())
            }
            b'k' => Values::Many(
                keys.into_iter().zip(elements).flat_map(|(key, value)| [key, value]).collect(),
                false,
            ),
            _ => {
                let pairs: Vec<Vec<u8>> = keys
                    .into_iter()
                    .zip(elements)
                    .map(|(key, value)| [&quoting::key(&key)[..], b" ", &quoting::double(&value)].concat())
                    .collect();
                let mut text = pairs.join(&b' ');
                if self.shell.var(name).is_assoc() && !text.is_empty() {
                    text.push(b' ');
                }
                Values::One(text)
            }
        }
    }

    /// The letters of a variable's attributes.
    fn attribute_letters(&self, name: super::Symbol) -> Vec<u8> {
        let var = self.shell.var(name);
        let (attributes, is_assoc) = (var.attributes, var.is_assoc());
        let order: [(u8, bool); 8] = [
            (b'a', var.is_array() && !is_assoc),
            (b'A', is_assoc),
            (b'i', attributes.has(Attributes::INTEGER)),
            (b'n', attributes.has(Attributes::NAMEREF)),
            (b'r', attributes.has(Attributes::READONLY)),
            (b'x', attributes.has(Attributes::EXPORT)),
            (b'l', attributes.has(Attributes::LOWER)),
            (b'u', attributes.has(Attributes::UPPER)),
        ];
        order.iter().filter(|(_, on)| *on).map(|(letter, _)| *letter).collect()
    }
}

/// A value as `declare -p` (`double`) or `set` shows it.
pub(crate) fn value_text(value: &Value, double: bool) -> Option<Vec<u8>> {
    let scalar = |text: &[u8]| {
        if double {
            quoting::double(text)
        } else if text.is_empty() {
            Vec::new()
        } else {
            quoting::if_needed(text)
        }
    };
    match value {
        Value::Unset => None,
        Value::Text(text) => Some(scalar(text)),
        Value::Number(number) => Some(scalar(number.to_string().as_bytes())),
        Value::Indexed(array) => {
            let items: Vec<Vec<u8>> = array
                .iter()
                .map(|(index, value)| [format!("[{index}]=").as_bytes(), &quoting::double(value)].concat())
                .collect();
            Some([&b"("[..], &items.join(&b' '), b")"].concat())
        }
        Value::Assoc(array) => {
            let items: Vec<Vec<u8>> = array
                .sorted()
                .into_iter()
                .map(|(key, value)| [b"[", &quoting::key(key)[..], b"]=", &quoting::double(value)].concat())
                .collect();
            let end: &[u8] = if items.is_empty() { b")" } else { b" )" };
            Some([&b"("[..], &items.join(&b' '), end].concat())
        }
    }
}
