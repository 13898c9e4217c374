//! Sub-matches, flavours, searches and bounds, by tables; beside them the C library's and a naive matcher's results.

mod c_library;
mod naive;

use super::*;

/// Options as letters: `E` extended (else basic), `i` any case, `n` lines have anchors.
fn syntax(options: &str) -> Syntax {
    Syntax {
        flavour: if options.contains('E') { Flavour::Extended } else { Flavour::Basic },
        ignore_case: options.contains('i'),
        newline: if options.contains('n') { Newline::Anchor } else { Newline::Ordinary },
        ..Syntax::basic()
    }
}

/// The spans as `0,3 1,2 ?` (`?`: took no part), `-` for no match, `!` and words for an error.
fn result(options: &str, pattern: &str, hay: &[u8]) -> String {
    let regex = match Regex::new(pattern.as_bytes(), syntax(options)) {
        Ok(regex) => regex,
        Err(error) => return format!("!{error}"),
    };
    let mut captures = Captures::new();
    let matched = regex.captures_at(hay, 0, &mut captures).unwrap();
    assert_eq!(regex.is_match(hay), Ok(matched), "{pattern}");
    assert_eq!(regex.find_at(hay, 0), Ok(captures.get(0)), "{pattern}");
    if !matched {
        return "-".to_string();
    }
    let span = |i| captures.get(i).map_or("?".to_string(), |(from, to)| format!("{from},{to}"));
    (0..captures.len()).map(span).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(options: &str, pattern: &str, hay: &str, expected: &str) {
    assert_eq!(result(options, pattern, hay.as_bytes()), expected, "{options} {pattern:?} {hay:?}");
}

/// Where the C library (the last column) differs from the standard, the standard holds: XBD 9.1 for the
/// longest sub-matches from left to right, `regexec` for groups inside a group.
#[test]
fn sub_matches_follow_the_standard() {
    #[rustfmt::skip]
    let table = [
        ("(a|ab)(c|bcd)(d*)", "abcd", "0,4 0,2 2,3 3,4", "0,4 0,1 1,4 4,4"),
        ("((a)|b)*", "ab", "0,2 1,2 ?", "0,2 1,2 0,1"),
        ("(a|ab|ba)*", "aba", "0,3 2,3", "0,3 1,3"),
        ("((a)|(b))*", "ab", "0,2 1,2 ? 1,2", "0,2 1,2 0,1 1,2"),
        ("(a*){2,3}", "aa", "0,2 2,2", "0,2 0,2"),
        ("(a|ab)(bcd|c)(d|.*)", "abcd", "0,4 0,2 2,3 3,4", "0,4 0,1 1,4 4,4"),
        ("((a|b)*c|(d))*", "acd", "0,3 2,3 ? 2,3", "0,3 2,3 0,1 2,3"),
        ("(a|(b))+", "ba", "0,2 1,2 ?", "0,2 1,2 0,1"),
        ("((..)|(.))*", "abcde", "0,5 4,5 ? 4,5", "0,5 4,5 2,4 4,5"),
        ("((..)|(.)){2}", "abc", "0,3 2,3 ? 2,3", "0,3 2,3 0,2 2,3"),
        ("((.)|(..)){2}", "abc", "0,3 2,3 2,3 ?", "0,3 1,3 0,1 1,3"),
        ("(a(b)?)+", "aba", "0,3 2,3 ?", "0,3 2,3 1,2"),
        ("(a(b)*)*", "abba", "0,4 3,4 ?", "0,4 3,4 2,3"),
        ("(b|()|a)*", "ab", "0,2 1,2 ?", "0,2 1,2 0,0"),
        ("(a()|b)*", "ab", "0,2 1,2 ?", "0,2 1,2 1,1"),
        ("(^)*", "a", "0,0 0,0", "0,0 ?"),
    ];
    for (pattern, hay, expected, c_library) in table {
        check("E", pattern, hay, expected);
        assert_ne!(expected, c_library);
    }
}

/// glibc's C.UTF-8 has no collation beyond ASCII and refuses these; elsewhere they go by code point.
#[test]
fn ranges_go_by_code_point() {
    check("E", "[[=é=]]", "é", "0,2");
    check("E", "[日-語]+", "本a日本", "0,3");
    check("Ei", "[à-ü]+", "aÉé", "1,5");
}

/// A buffer of lines gives what its lines give one by one.
#[test]
fn lines_apart_match_as_one_by_one() {
    let lines: &[&[u8]] = &[
        b"",
        b"hello world",
        b"a.b",
        b"foo",
        b"x\xffy",
        "é foo".as_bytes(),
        b"",
        b"bar foo",
        b"fo",
        b"aa aa",
    ];
    let buffer = lines.join(&b'\n');
    for pattern in [
        "o$", "^", "$", "^$", "foo", "\\bfoo", "[^a]", ".*", "^.{2}$", "\\s", "\\W", "(a+) \\1", "\\`f",
        "o\\'",
    ] {
        let separate = Syntax { newline: Newline::Separator, ..Syntax::extended() };
        let regex = Regex::new(pattern.as_bytes(), separate).unwrap();
        let (mut at, mut start) = (0, 0);
        for line in lines {
            let expected = regex.find_at(line, 0).unwrap();
            if expected.is_some() {
                let end = regex.earliest_end_at(&buffer, at).unwrap().expect(pattern);
                assert!((start..=start + line.len()).contains(&end), "{pattern} {at} {end}");
                let found = regex.find_at(&buffer, at).unwrap();
                assert_eq!(found, expected.map(|(a, b)| (start + a, start + b)), "{pattern}");
                at = start + line.len() + 1;
            }
            start += line.len() + 1;
        }
        assert_eq!(regex.earliest_end_at(&buffer, at), Ok(None), "{pattern} {at}");
    }
}

#[test]
fn grep_reads_over_operators_without_operand() {
    let check = |flavour, pattern: &str, hay: &str, expected| {
        let syntax = Syntax { flavour, dialect: Dialect::Grep, ..Syntax::basic() };
        let result = Regex::new(pattern.as_bytes(), syntax)
            .map(|regex| regex.find_at(hay.as_bytes(), 0).unwrap())
            .map_err(|error| error.message());
        assert_eq!(result, expected, "{pattern} {hay}");
    };
    use Flavour::{Basic, Extended};
    check(Extended, "*a", "*a", Ok(Some((1, 2))));
    check(Extended, "b|+a", "ca", Ok(Some((1, 2))));
    check(Extended, "a{1", "a{1", Ok(Some((0, 3))));
    check(Extended, "a{x", "a{x", Ok(Some((0, 3))));
    check(Extended, "{1}a", "{1}a", Ok(Some((1, 4))));
    check(Extended, "a)", "a)", Ok(Some((0, 2))));
    check(Extended, "a{2,1}", "", Err("Invalid content of \\{\\}"));
    check(Extended, "(a", "", Err("Unmatched ( or \\("));
    check(Basic, "\\{1\\}a", "{1}a", Ok(Some((0, 4))));
    check(Basic, "a**", "aa", Ok(Some((0, 2))));
    check(Basic, "a\\)", "", Err("Unmatched ) or \\)"));
}

#[test]
fn other_flavours_and_bytes() {
    let emacs = Syntax { flavour: Flavour::Emacs, ..Syntax::basic() };
    let regex = Regex::new(b".*/\\(a+\\|b?\\){1}", emacs).unwrap();
    assert_eq!(regex.find_at(b"x/aa{1}", 0), Ok(Some((0, 7))));
    let sed = Syntax { dialect: Dialect::Sed, ..Syntax::extended() };
    assert_eq!(Regex::new(b"a)", sed).err().map(|e| e.kind), Some(ErrorKind::UnmatchedClose));
    let bytes = Syntax { utf8: false, ..Syntax::extended() };
    let regex = Regex::new(b"^.[^a]$", bytes).unwrap();
    assert_eq!(regex.is_match("é".as_bytes()), Ok(true));
    assert_eq!(regex.is_match(b"\xffa"), Ok(false));
}

#[test]
fn searches_go_on_behind_a_match() {
    let regex = Regex::new(b"^a|\\<b|x*", Syntax::extended()).unwrap();
    assert_eq!(regex.find_at(b"aab", 1), Ok(Some((1, 1))));
    assert_eq!(regex.find_at("é".as_bytes(), 1), Ok(Some((2, 2))));
    assert_eq!(regex.find_at(b"aab", 4), Ok(None));
}

/// These take other matchers ages, much memory or all of the stack.
#[test]
fn stays_bounded() {
    let long = b"a".repeat(10_000_000);
    let is_match =
        |pattern: &str, hay: &[u8]| Regex::new(pattern.as_bytes(), Syntax::extended()).unwrap().is_match(hay);
    assert_eq!(is_match("b", &long), Ok(false));
    assert_eq!(is_match("(a*)*b", &long[..100_000]), Ok(false));
    assert_eq!(is_match("(a|aa)+$", &long[..100_000]), Ok(true));
    assert_eq!(is_match("((a{0,30}){0,30}){0,30}b", &long[..10]), Ok(false));
    assert_eq!(is_match("(x+x+)+y", &b"x".repeat(10_000)), Ok(false));
    assert_eq!(is_match("a{32767}", &long[..1000]), Ok(false));
    assert_eq!(is_match("a{1000}", &long[..1000]), Ok(true));
    // Starting anew at each place would take the square of the length.
    let regex = Regex::new(b"a*b|c", Syntax::extended()).unwrap();
    let hay = [&long[..200_000], b"c"].concat();
    assert_eq!(regex.find_at(&hay, 0), Ok(Some((200_000, 200_001))));
    assert!(regex.take_steps() < 4_000_000);
    let regex = Regex::new(b"((a)|(b))*", Syntax::extended()).unwrap();
    let mut captures = Captures::new();
    assert_eq!(regex.captures_at(&long[..20_000], 0, &mut captures), Ok(true));
    assert_eq!(captures.get(2), Some((19_999, 20_000)));

    let too_big = |pattern: &[u8]| Regex::new(pattern, Syntax::extended()).err().map(|error| error.kind);
    assert_eq!(too_big(b"((a{1000}){1000}){1000}"), Some(ErrorKind::TooBig));
    assert_eq!(too_big(&b"(".repeat(100_000)), Some(ErrorKind::TooBig));
    assert_eq!(too_big(&b"a".repeat(200_000)), Some(ErrorKind::TooBig));
    assert_eq!(too_big(&[&b"a"[..], &b"{2}".repeat(1000)].concat()), Some(ErrorKind::TooBig));
    assert_eq!(too_big(&[&b"a"[..], &b"?".repeat(10_000)].concat()), Some(ErrorKind::TooBig));

    let regex = Regex::new(b"^(a+)*\\1(a+)*\\2b", Syntax::extended()).unwrap();
    let result = regex.is_match(&long[..40]);
    assert!(matches!(result, Ok(false) | Err(RegexError { kind: ErrorKind::Exhausted, .. })));
}
