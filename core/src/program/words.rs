//! Arguments that are one of a few words, which may be abbreviated: `--color=auto`.

use super::quoting::quote_locale;

/// The value of a word of `table`, or of the only one that it begins. Several words may have one value;
/// they stand one behind the other. `option` is what messages call the option: `--sort`. The error is GNU's
/// message with the valid words.
pub fn match_word<T: Copy + PartialEq>(word: &[u8], option: &str, table: &[(&str, T)]) -> Result<T, Vec<u8>> {
    if let Some((_, value)) = table.iter().find(|(name, _)| name.as_bytes() == word) {
        return Ok(*value);
    }
    let mut begun =
        table.iter().filter(|(name, _)| name.as_bytes().starts_with(word)).map(|(_, value)| *value);
    let first = begun.next();
    match first {
        Some(value) if begun.all(|other| other == value) => return Ok(value),
        _ => {}
    }
    let fault = if first.is_some() { "ambiguous" } else { "invalid" };
    let (word, option) = (quote_locale(word), quote_locale(option.as_bytes()));
    let mut message =
        [fault.as_bytes(), b" argument ", &word, b" for ", &option, b"\nValid arguments are:"].concat();
    let mut before = None;
    for (name, value) in table {
        let lead = if before == Some(*value) { ", " } else { "\n  - " };
        message.extend_from_slice(format!("{lead}‘{name}’").as_bytes());
        before = Some(*value);
    }
    Err(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [(&str, u8); 5] = [("always", 1), ("yes", 1), ("never", 2), ("no", 2), ("nil", 3)];

    #[track_caller]
    fn check(word: &str, expected: Result<u8, &str>) {
        let found = match_word(word.as_bytes(), "--when", &TABLE);
        let found = found.map_err(|message| String::from_utf8_lossy(&message).into_owned());
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn words_may_be_abbreviated() {
        check("always", Ok(1));
        check("a", Ok(1));
        check("ne", Ok(2));
        check("no", Ok(2));
        let words = "\nValid arguments are:\n  - ‘always’, ‘yes’\n  - ‘never’, ‘no’\n  - ‘nil’";
        check("n", Err(&format!("ambiguous argument ‘n’ for ‘--when’{words}")));
        check("x", Err(&format!("invalid argument ‘x’ for ‘--when’{words}")));
    }
}
