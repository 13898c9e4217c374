//! The case of letters, as the C library changes it: a character becomes one character.

/// Adds text with its letters in upper case. Bytes that are no character stay.
pub fn put_uppercase(text: &[u8], utf8: bool, out: &mut Vec<u8>) {
    put(text, utf8, out, u8::to_ascii_uppercase, uppercase);
}

/// Adds text with its letters in lower case.
pub fn put_lowercase(text: &[u8], utf8: bool, out: &mut Vec<u8>) {
    put(text, utf8, out, u8::to_ascii_lowercase, lowercase);
}

/// A letter's upper case; the letter itself where that is several characters.
#[must_use]
pub fn uppercase(letter: char) -> char {
    single(letter.to_uppercase()).unwrap_or(letter)
}

/// A letter's lower case; the letter itself where that is several characters.
#[must_use]
pub fn lowercase(letter: char) -> char {
    single(letter.to_lowercase()).unwrap_or(letter)
}

fn put(text: &[u8], utf8: bool, out: &mut Vec<u8>, of_byte: fn(&u8) -> u8, of_character: fn(char) -> char) {
    if !utf8 || text.is_ascii() {
        out.extend(text.iter().map(of_byte));
        return;
    }
    for chunk in text.utf8_chunks() {
        for letter in chunk.valid().chars() {
            let mut bytes = [0; 4];
            out.extend_from_slice(of_character(letter).encode_utf8(&mut bytes).as_bytes());
        }
        out.extend_from_slice(chunk.invalid());
    }
}

/// The only one of some characters.
fn single(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next();
    first.filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], upper: &[u8], lower: &[u8]) {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        put_uppercase(text, true, &mut one);
        put_lowercase(text, true, &mut other);
        assert_eq!((one.as_slice(), other.as_slice()), (upper, lower));
    }

    #[test]
    fn letters_change_one_for_one() {
        check(b"aB1", b"AB1", b"ab1");
        check("éßÀ".as_bytes(), "ÉßÀ".as_bytes(), "éßà".as_bytes());
        check(b"\xffa", b"\xffA", b"\xffa");
    }
}
