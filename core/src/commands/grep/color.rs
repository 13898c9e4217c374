//! The colours of `grep --color`: `GREP_COLORS`.

/// The parts of the output that have a colour, as SGR numbers; empty for none.
pub struct Colors {
    /// Matches in selected lines, and in context lines.
    pub selected_match: Vec<u8>,
    pub context_match: Vec<u8>,
    pub selected_line: Vec<u8>,
    pub context_line: Vec<u8>,
    pub file_name: Vec<u8>,
    pub line_number: Vec<u8>,
    pub byte_offset: Vec<u8>,
    pub separator: Vec<u8>,
    /// The two kinds of line change places with `-v`.
    reverse: bool,
    /// No erasing to the end of the line.
    no_erase: bool,
}

impl Colors {
    /// GNU's defaults, changed by the variable's value.
    pub fn new(variable: &[u8], invert: bool) -> Colors {
        let mut colors = Colors {
            selected_match: b"01;31".to_vec(),
            context_match: b"01;31".to_vec(),
            selected_line: Vec::new(),
            context_line: Vec::new(),
            file_name: b"35".to_vec(),
            line_number: b"32".to_vec(),
            byte_offset: b"32".to_vec(),
            separator: b"36".to_vec(),
            reverse: false,
            no_erase: false,
        };
        for item in variable.split(|&byte| byte == b':') {
            let (name, value) = match memchr::memchr(b'=', item) {
                Some(at) => (item.get(..at).unwrap_or_default(), item.get(at + 1..)),
                None => (item, None),
            };
            let value_or_none = value.unwrap_or_default();
            if !value_or_none.iter().all(|byte| byte.is_ascii_digit() || *byte == b';') {
                break;
            }
            let value = value_or_none.to_vec();
            match name {
                b"mt" => {
                    colors.selected_match.clone_from(&value);
                    colors.context_match = value;
                }
                b"ms" => colors.selected_match = value,
                b"mc" => colors.context_match = value,
                b"sl" => colors.selected_line = value,
                b"cx" => colors.context_line = value,
                b"fn" => colors.file_name = value,
                b"ln" => colors.line_number = value,
                b"bn" => colors.byte_offset = value,
                b"se" => colors.separator = value,
                b"rv" => colors.reverse = true,
                b"ne" => colors.no_erase = true,
                _ => {}
            }
        }
        if colors.reverse && invert {
            std::mem::swap(&mut colors.selected_line, &mut colors.context_line);
        }
        colors
    }

    /// Appends text in a colour.
    pub fn put(&self, color: &[u8], text: &[u8], out: &mut Vec<u8>) {
        if color.is_empty() {
            out.extend_from_slice(text);
            return;
        }
        self.start(color, out);
        out.extend_from_slice(text);
        out.extend_from_slice(b"\x1b[m");
        out.extend_from_slice(self.erase());
    }

    /// Begins a colour.
    pub fn start(&self, color: &[u8], out: &mut Vec<u8>) {
        if !color.is_empty() {
            for part in [b"\x1b[", color, b"m", self.erase()] {
                out.extend_from_slice(part);
            }
        }
    }

    fn erase(&self) -> &'static [u8] {
        if self.no_erase { b"" } else { b"\x1b[K" }
    }
}
