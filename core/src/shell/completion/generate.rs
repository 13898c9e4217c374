//! Candidates from a specification: actions, patterns, words, functions, commands; then the filter.

use crate::shell::expand::quoting;
use crate::shell::history_file::with_word;
use crate::shell::interp::{ACTIONS, CompletionSpec, Element, Interp, Stop};

/// The place for which candidates are generated.
#[derive(Clone, Default, Debug)]
pub(crate) struct Generation {
    /// The command, the word that is completed, and the one before it: `$1`, `$2`, `$3`.
    pub(crate) command: Vec<u8>,
    pub(crate) word: Vec<u8>,
    pub(crate) previous: Vec<u8>,
    /// COMP_LINE and COMP_POINT.
    pub(crate) line: Vec<u8>,
    pub(crate) point: usize,
    /// COMP_TYPE and COMP_KEY.
    pub(crate) key: u8,
    /// COMP_WORDS, and COMP_CWORD; `None` outside of the editor.
    pub(crate) words: Vec<Vec<u8>>,
    pub(crate) current: Option<usize>,
}

/// The variables that functions and commands of a completion find.
const VARIABLES: [&[u8]; 6] =
    [b"COMP_LINE", b"COMP_POINT", b"COMP_TYPE", b"COMP_KEY", b"COMP_WORDS", b"COMP_CWORD"];

/// What a completion function returns to have the specification looked up again.
pub(super) const RETRY: u8 = 124;

impl Interp {
    /// The candidates of a specification, in its order. `None`: its function wants it to be looked up again.
    pub(crate) async fn generate(
        &mut self,
        spec: &CompletionSpec,
        at: &Generation,
    ) -> Result<Option<Vec<Vec<u8>>>, Stop> {
        let mut found = Vec::new();
        for (index, (action, _)) in ACTIONS.iter().enumerate() {
            if spec.actions.at(index) {
                found.extend(self.action_candidates(action, &at.word).await);
            }
        }
        if let Some(pattern) = spec.pattern.as_deref().filter(|pattern| !pattern.is_empty()) {
            let named = self.glob(pattern).await;
            let exists = |path: &Vec<u8>| self.process.lstat_now(path).is_ok();
            found.extend(named.into_iter().filter(exists));
        }
        if let Some(words) = &spec.words {
            let ifs = std::rc::Rc::clone(&self.shell.ifs);
            let words = self.expand_words_within(&split_words(words, &ifs)).await?;
            found.extend(words.into_iter().filter(|word| word.starts_with(&at.word)));
        }
        if spec.function.is_some() || spec.command.is_some() {
            self.set_variables(at)?;
            let given = self.called_candidates(spec, at).await;
            for name in VARIABLES {
                let symbol = self.symbol(name);
                let _ = self.shell.unset_var(symbol);
            }
            match given? {
                Some(given) => found.extend(given),
                None => return Ok(None),
            }
        }
        if let Some(filter) = spec.filter.as_deref().filter(|filter| !filter.is_empty()) {
            self.filter(filter, &at.word, &mut found);
        }
        let (prefix, suffix) =
            (spec.prefix.as_deref().unwrap_or_default(), spec.suffix.as_deref().unwrap_or_default());
        if !prefix.is_empty() || !suffix.is_empty() {
            for candidate in &mut found {
                *candidate = [prefix, candidate, suffix].concat();
            }
        }
        let has = |option| spec.options.has_option(option);
        if (has("dirnames") && found.is_empty()) || has("plusdirs") {
            found.extend(self.action_candidates("directory", &at.word).await);
        }
        Ok(Some(found))
    }

    fn set_variables(&mut self, at: &Generation) -> Result<(), Stop> {
        let current = at.current.map_or(-1, |current| current as i64);
        let texts = [
            at.line.clone(),
            at.point.to_string().into_bytes(),
            at.key.to_string().into_bytes(),
            at.key.to_string().into_bytes(),
        ];
        for (name, text) in VARIABLES.into_iter().zip(texts) {
            let symbol = self.symbol(name);
            self.assign_text(symbol, text, false)?;
        }
        let words = at.words.iter().map(|word| Element { key: None, append: false, value: word.clone() });
        let symbol = self.symbol(b"COMP_WORDS");
        self.assign_array(symbol, words.collect(), false)?;
        let symbol = self.symbol(b"COMP_CWORD");
        self.assign_text(symbol, current.to_string().into_bytes(), false)
    }

    /// What the function and the command of a specification give.
    async fn called_candidates(
        &mut self,
        spec: &CompletionSpec,
        at: &Generation,
    ) -> Result<Option<Vec<Vec<u8>>>, Stop> {
        let mut found = Vec::new();
        if let Some(function) = &spec.function {
            let reply = self.symbol(b"COMPREPLY");
            let _ = self.shell.unset_var(reply);
            match self.call_within(function, &[&at.command, &at.word, &at.previous]).await? {
                None => {
                    self.complain(&[b"completion: function `", &function[..], b"' not found"].concat());
                }
                Some(RETRY) => return Ok(None),
                Some(_) => found = self.elements(reply),
            }
            let _ = self.shell.unset_var(reply);
        }
        if let Some(command) = &spec.command {
            let mut call = [b"$(", &command[..]].concat();
            for name in [&b"COMP_LINE"[..], b"COMP_POINT", b"COMP_TYPE", b"COMP_KEY"] {
                let symbol = self.symbol(name);
                self.shell.var_mut(symbol).attributes.set(crate::shell::interp::Attributes::EXPORT, true);
            }
            self.shell.environment = None;
            for arg in [&at.command, &at.word, &at.previous] {
                call.push(b' ');
                call.extend_from_slice(&quoting::single(arg));
            }
            call.push(b')');
            let printed = self.expand_string_within(&call).await?;
            self.shell.environment = None;
            found.extend(lines(&printed));
        }
        Ok(Some(found))
    }

    /// Takes out what a pattern matches, or with `!` what it does not. `&` in it is the word.
    fn filter(&mut self, filter: &[u8], word: &[u8], found: &mut Vec<Vec<u8>>) {
        let (keeps, filter) = match filter.strip_prefix(b"!") {
            Some(rest) => (true, rest),
            None => (false, filter),
        };
        let text = with_word(filter, word);
        let pattern = self.pattern(&text, self.shell.shopt.nocasematch);
        found.retain(|candidate| pattern.matches(candidate) == keeps);
    }
}

/// The words of a list: between bytes of IFS that are not quoted, nor in `$( )` or `${ }`.
fn split_words<'a>(list: &'a [u8], ifs: &[u8]) -> Vec<&'a [u8]> {
    let mut words = Vec::new();
    let (mut start, mut depth, mut quote, mut previous) = (0, 0_usize, None, 0);
    let mut bytes = list.iter().enumerate();
    while let Some((at, &byte)) = bytes.next() {
        match (byte, quote) {
            (b'\\', None | Some(b'"' | b'`')) => {
                bytes.next();
            }
            (_, Some(end)) => quote = (byte != end).then_some(end),
            (b'\'' | b'"' | b'`', None) => quote = Some(byte),
            (b'(' | b'{', None) if depth > 0 || previous == b'$' => depth += 1,
            (b')' | b'}', None) if depth > 0 => depth -= 1,
            _ if depth == 0 && ifs.contains(&byte) => {
                words.extend(list.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
        previous = byte;
    }
    words.extend(list.get(start..));
    words.retain(|word| !word.is_empty());
    words
}

/// The lines that a command has printed; a newline behind a backslash belongs to its line.
fn lines(printed: &[u8]) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut bytes = printed.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\n' => lines.push(std::mem::take(&mut line)),
            b'\\' => line.extend(bytes.next()),
            byte => line.push(byte),
        }
    }
    lines.push(line);
    lines.retain(|line| !line.is_empty());
    lines
}
