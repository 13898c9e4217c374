//! Functions: their definition, their calls, and the variables that are local to a call.

use super::frames::Call;
use super::variables::{Attributes, Value, Var, known};
use super::{FeederKind, FrameKind, Function, Interp, Stop};
use crate::shell::code::{Symbol, compile_function};
use std::rc::Rc;

impl Interp {
    pub(super) fn define_function(&mut self, index: u32) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some((symbol, definition)) = code.functions.get(index as usize) else { return Ok(()) };
        if self.shell.options.posix {
            let name = self.name(*symbol);
            if !super::is_name(&name) {
                return Err(self.fatal(&[b"`", &name[..], b"': not a valid identifier"].concat(), 2));
            }
            if self.shell.builtin(*symbol).is_some_and(|builtin| builtin.special) {
                return Err(self.fatal(&[b"`", &name[..], b"': is a special builtin"].concat(), 2));
            }
        }
        if let Some(Some(old)) = self.shell.functions.get(symbol.index())
            && old.readonly
        {
            let name = self.name(*symbol);
            self.complain(&[&name[..], b": readonly function"].concat());
            return Err(Stop::Failed(1));
        }
        let function = Function {
            definition: Rc::clone(definition),
            code: compile_function(definition, &self.shell.names),
            source: self.source_name(),
            exported: false,
            readonly: false,
        };
        self.shell.set_function(*symbol, Some(Rc::new(function)));
        self.shell.status = 0;
        Ok(())
    }

    /// The file that is being read, for BASH_SOURCE.
    fn source_name(&self) -> Rc<[u8]> {
        for frame in self.frames().iter().rev() {
            if let FrameKind::Feeder(feeder) = &frame.kind
                && feeder.kind == FeederKind::Source
            {
                return Rc::clone(&feeder.name);
            }
        }
        let is_script = !self.shell.options.command_string && !self.shell.options.interactive;
        if is_script { Rc::clone(&self.shell.name) } else { Rc::from(&b"environment"[..]) }
    }

    /// Begins a function's frame.
    pub(super) fn call(&mut self, function: Rc<Function>, base: usize) -> Result<(), Stop> {
        let name = Rc::from(self.args.get(base));
        if !matches!(self.shell.var(known::FUNCNEST).value, Value::Unset) {
            self.limit_nesting(&name)?;
        }
        let positional = self.args.to_vec(base + 1);
        self.args.truncate(base);
        let ignored = !self.is_checked();
        let call = Call {
            name,
            source: Rc::clone(&function.source),
            positional: std::mem::replace(&mut self.shell.positional, Rc::new(positional)),
            line: self.line(),
            options: None,
            hidden_traps: self.hide_traps(),
        };
        let prefix = std::mem::take(&mut self.prefix);
        self.shell.depth += 1;
        self.push_frame(FrameKind::Function(Box::new(call)), Rc::clone(&function.code), ignored)?;
        // Assignments before the call are the function's variables while it runs.
        for (name, _, value) in prefix {
            if self.is_refused(name) {
                continue;
            }
            self.localize(name);
            self.shell.var_mut(name).attributes.set(Attributes::EXPORT, true);
            self.assign_text(name, value, false)?;
        }
        Ok(())
    }

    /// FUNCNEST limits how deep functions call each other.
    fn limit_nesting(&mut self, name: &[u8]) -> Result<(), Stop> {
        let limit = self.shell.text(known::FUNCNEST).unwrap_or_default();
        match std::str::from_utf8(&limit).ok().and_then(|text| text.parse::<u64>().ok()) {
            Some(limit) if limit > 0 && self.shell.depth as u64 >= limit => Err(self.too_deep(name, limit)),
            _ => Ok(()),
        }
    }

    /// Puts a variable aside until the innermost function ends.
    pub(crate) fn localize(&mut self, name: Symbol) {
        let fresh = Var { value: Value::Unset, attributes: self.shell.var(name).attributes.kept_for_local() };
        let old = std::mem::replace(self.shell.var_mut(name), fresh);
        let attributes = old.attributes;
        if let Some(frame) = self.function_frame() {
            frame.saved.push((name, old));
        }
        self.shell.changed(name, attributes);
    }

    /// Whether a variable is local to the innermost function.
    pub(crate) fn is_local(&mut self, name: Symbol) -> bool {
        self.function_frame().is_some_and(|frame| frame.saved.iter().any(|(saved, _)| *saved == name))
    }
}
