//! The words of a history line, for putting one of them in again: as the shell cuts them, roughly.

/// The words, quotes and all; operators are words.
#[must_use]
pub fn split(line: &[u8]) -> Vec<&[u8]> {
    let mut words = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            return words;
        }
        let (word, after) = rest.split_at_checked(word_len(rest)).unwrap_or((rest, b""));
        words.push(word);
        rest = after;
    }
}

/// Bytes of the word at the start.
fn word_len(text: &[u8]) -> usize {
    let digits = digits_len(text, 0);
    match text.get(digits..).unwrap_or_default() {
        // A redirection with its descriptors is one word.
        [b'<' | b'>', b'&', ..] if digits > 0 => return digits + 2 + digits_len(text, digits + 2),
        [b'<' | b'>', b'(', ..] if digits == 0 => {}
        [b'<' | b'>', ..] if digits > 0 => return digits + 1,
        [b'<', b'<' | b'&' | b'>', ..] | [b'>', b'>' | b'&' | b'|', ..] => return 2,
        [b'&', b'&' | b'>', ..] | [b'|', b'|', ..] | [b';', b';', ..] => return 2,
        [first, ..] if digits == 0 && is_operator(*first) => return 1,
        _ => {}
    }
    let mut quote = None;
    let mut depth = 0_usize;
    let mut previous = 0;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match (byte, quote) {
            (b'\\', None | Some(b'"' | b'`')) => at += 1,
            (_, Some(end)) if byte != end => {}
            (_, Some(_)) => quote = None,
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (b'(', None) if depth > 0 || b"$<>".contains(&previous) => depth += 1,
            (b')', None) if depth > 0 => depth -= 1,
            _ if depth == 0 && at > 0 && (byte.is_ascii_whitespace() || is_operator(byte)) => return at,
            _ => {}
        }
        previous = byte;
        at += 1;
    }
    text.len()
}

fn digits_len(text: &[u8], at: usize) -> usize {
    text.iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count()
}

fn is_operator(byte: u8) -> bool {
    b"<>;&|()".contains(&byte)
}

#[cfg(test)]
mod tests {
    use bstr::ByteSlice;

    #[track_caller]
    fn check(line: &str, words: &str) {
        let found: Vec<_> =
            super::split(line.as_bytes()).iter().map(|word| word.to_str_lossy().into_owned()).collect();
        assert_eq!(found.join("|"), words.replace('~', "|"), "{line}");
    }

    #[test]
    fn words() {
        check("", "");
        check("  ls  -l ", "ls|-l");
        check(r#"git commit -m "x y" 'a b'c\ d"#, r#"git|commit|-m|"x y"|'a b'c\ d"#);
        check("ls a;b&&c>f", "ls|a|;|b|&&|c|>|f");
        check(r#"ls "a b" $(c d) > "$(f g)""#, r#"ls|"a b"|$(c d)|>|"$(f g)""#);
        check("a 2>&1 >>b <(c d) | e", "a|2>&1|>>|b|<(c d)|~|e");
        check("echo 'open", "echo|'open");
        check("a\\", "a\\");
        check("é漢 x", "é漢|x");
    }
}
