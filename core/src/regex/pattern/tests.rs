//! Tables of what bash 5.2 answers (C.UTF-8), and patterns against a naive matcher.

use super::*;

#[test]
fn matches_as_case_does() {
    // Whether nocasematch is set, the pattern, the text, whether it matches.
    #[rustfmt::skip]
    let table: &[(bool, &[u8], &[u8], bool)] = &[
        (false, &b"*"[..], &b""[..], true),
        (false, &b"?"[..], &b""[..], false),
        (false, &b"?"[..], "é".as_bytes(), true),
        (false, &b"?"[..], &b"\xff"[..], true),
        (false, &b"??"[..], "é".as_bytes(), false),
        (false, &b"*"[..], &b"\xff"[..], true),
        (false, "[é]".as_bytes(), "é".as_bytes(), true),
        (false, &b"[!a]"[..], "é".as_bytes(), true),
        (false, &b"[!a]"[..], &b"\xff"[..], true),
        (false, &b"[^a]"[..], &b"b"[..], true),
        (false, &b"[]a]"[..], &b"]"[..], true),
        (false, &b"[!]a]"[..], &b"x"[..], true),
        (false, &b"[a"[..], &b"[a"[..], true),
        (false, &b"[a\\]b]"[..], &b"]"[..], true),
        (false, &b"[a\\-c]"[..], &b"b"[..], false),
        (false, &b"[a\\-c]"[..], &b"-"[..], true),
        (false, &b"\\*"[..], &b"*"[..], true),
        (false, &b"\\*"[..], &b"a"[..], false),
        (false, &b"a\\"[..], &b"a\\"[..], true),
        (false, &b"a\\"[..], &b"a"[..], false),
        (false, &b"[[:alpha:]]"[..], "é".as_bytes(), true),
        (false, &b"[[:foo:]]"[..], &b"f"[..], false),
        (false, &b"[[:foo:]x]"[..], &b"x"[..], true),
        (false, &b"[![:foo:]]"[..], &b"q"[..], true),
        (false, &b"[[:alpha:]"[..], &b"a"[..], false),
        (false, &b"[[:alpha"[..], &b"[[:alpha"[..], true),
        (false, &b"[z-a]"[..], &b"z"[..], false),
        (false, &b"[z-a]"[..], &b"m"[..], false),
        (false, &b"[z-ax]"[..], &b"x"[..], true),
        (false, &b"[[.a.]]"[..], &b"a"[..], true),
        (false, &b"[[=a=]b]"[..], &b"a"[..], true),
        (false, &b"[a/b]"[..], &b"/"[..], true),
        (false, &b"[]"[..], &b"[]"[..], true),
        (false, &b"[!]"[..], &b"[!]"[..], true),
        (false, &b"["[..], &b"["[..], true),
        (false, &b"[[]"[..], &b"["[..], true),
        (false, &b"[]-a]"[..], &b"^"[..], true),
        (false, &b"[--0]"[..], &b"."[..], true),
        (false, &b"[a-c-e]"[..], &b"d"[..], false),
        (false, &b"[a-c-e]"[..], &b"-"[..], true),
        (false, &b"[\\a]"[..], &b"a"[..], true),
        (false, &b"[\\\\]"[..], &b"\\"[..], true),
        (false, &b"[a]]"[..], &b"a]"[..], true),
        (false, &b"+(a)"[..], &b"aaa"[..], true),
        (false, &b"+(a)"[..], &b""[..], false),
        (false, &b"*(a|b)c"[..], &b"abac"[..], true),
        (false, &b"?(a)b"[..], &b"b"[..], true),
        (false, &b"@(a|b)"[..], &b"ab"[..], false),
        (false, &b"!(a)"[..], &b"a"[..], false),
        (false, &b"!(a)"[..], &b"b"[..], true),
        (false, &b"!(a)"[..], &b""[..], true),
        (false, &b"a!(b)c"[..], &b"abc"[..], false),
        (false, &b"a!(b)c"[..], &b"abbc"[..], true),
        (false, &b"a!(b)c"[..], &b"ac"[..], true),
        (false, &b"!(*.c)"[..], &b"x.c"[..], false),
        (false, &b"!(*.c)"[..], &b"x.h"[..], true),
        (false, &b"*!(.c)"[..], &b"x.c"[..], true),
        (false, &b"!(a|b)*"[..], &b"a"[..], true),
        (false, &b"!(!(a))"[..], &b"a"[..], true),
        (false, &b"!(!(a))"[..], &b"b"[..], false),
        (false, &b"*(*(a))"[..], &b"aaaa"[..], true),
        (false, &b"+(+(a)|b)c"[..], &b"abac"[..], true),
        (false, &b"@(a|)"[..], &b""[..], true),
        (false, &b"@()"[..], &b""[..], true),
        (false, &b"+()"[..], &b""[..], true),
        (false, &b"*(a"[..], &b"*(a"[..], true),
        (false, &b"*(a"[..], &b"xx(a"[..], false),
        (false, &b"@(a"[..], &b"@(a"[..], true),
        (false, &b"?(a"[..], &b"x(a"[..], false),
        (false, &b"!(a"[..], &b"!(a"[..], true),
        (false, &b"!(a"[..], &b"!a"[..], false),
        (false, &b"a|b"[..], &b"a|b"[..], true),
        (false, &b"(a)"[..], &b"(a)"[..], true),
        (false, &b"@(a\\)b)"[..], &b"a)b"[..], true),
        (false, &b"@(a[)]b)"[..], &b"a)b"[..], true),
        (false, &b"@(a(b)c)"[..], &b"a(b)c"[..], true),
        (false, &b"@([(]a|b)"[..], &b"(a"[..], true),
        (false, &b"@(a|b))"[..], &b"a)"[..], true),
        (false, &b"[@(a)]"[..], &b"("[..], true),
        (false, &b"*(@(a|b)c)"[..], &b"acbc"[..], true),
        (false, &b"!(foo)bar"[..], &b"foobar"[..], false),
        (false, &b"!(foo)bar"[..], &b"bar"[..], true),
        (false, &b"!(foo)*"[..], &b"foo"[..], true),
        (false, &b"+(!(a))"[..], &b"a"[..], false),
        (false, &b"*(!(a))"[..], &b"aa"[..], true),
        (false, &b"!()"[..], &b"a"[..], true),
        (false, &b"!(*)"[..], &b"a"[..], false),
        (false, &b"!(?)"[..], &b"ab"[..], true),
        (false, &b"a*(b|!(c))d"[..], &b"abd"[..], true),
        (false, &b"@(a|b|c*)d"[..], &b"cxxd"[..], true),
        (false, &b"*(a|ab)b"[..], &b"aabb"[..], true),
        (false, &b"?("[..], &b"?("[..], true),
        (false, &b"?("[..], &b"x("[..], false),
        (false, &b"@([a)]|b)"[..], &b")"[..], true),
        (false, &b"@([a|b]|c)"[..], &b"|"[..], true),
        (false, &b"[[:alpha:][:digit:]]"[..], &b"5"[..], true),
        (false, &b"[[:ALPHA:]]"[..], &b"a"[..], false),
        (false, &b"[[:]"[..], &b":"[..], true),
        (false, &b"[[:x]"[..], &b"x"[..], true),
        (false, &b"[a[:]"[..], &b":"[..], true),
        (false, &b"[[a]"[..], &b"["[..], true),
        (false, "é*".as_bytes(), &b"\xc3\xa9\xff"[..], true),
        (false, "[à-ü]".as_bytes(), "é".as_bytes(), true),
        (false, "[a-é]".as_bytes(), &b"z"[..], true),
        (false, &b"**"[..], &b"abc"[..], true),
        (false, &b"*?*"[..], &b""[..], false),
        (false, &b"a*b*c*d"[..], &b"aXbYcZd"[..], true),
        (false, &b"*.tar.gz"[..], &b"x.tar.gz"[..], true),
        (false, &b"[!!]"[..], &b"!"[..], false),
        (false, &b"[!^]"[..], &b"^"[..], false),
        (false, &b"[^!]"[..], &b"!"[..], false),
        (false, &b"[\\!a]"[..], &b"!"[..], true),
        (false, &b"[\\]]"[..], &b"]"[..], true),
        (false, &b"[[:digit:]-z]"[..], &b"m"[..], false),
        (false, &b"[[:digit:]-z]"[..], &b"-"[..], true),
        (false, &b"[a-[:digit:]]"[..], &b"5"[..], false),
        (false, &b"[a-[:digit:]]"[..], &b"a"[..], false),
        (false, &b"[a-\\]]"[..], &b"a"[..], false),
        (false, &b"[\\a-\\c]"[..], &b"b"[..], true),
        (false, &b"[--]"[..], &b"-"[..], true),
        (false, &b"[a-]"[..], &b"-"[..], true),
        (false, &b"[-a]"[..], &b"-"[..], true),
        (false, &b"?(a|b)(c)"[..], &b"a(c)"[..], true),
        (false, &b"+([0-9]).+([0-9])"[..], &b"12.34"[..], true),
        (false, &b"@(+([a-z])|-)*"[..], &b"-x"[..], true),
        (false, &b"a\nb"[..], &b"a\nb"[..], true),
        (false, &b"a?b"[..], &b"a\nb"[..], true),
        (false, &b"[[:space:]]"[..], &b"\n"[..], true),
        (false, &b"*["[..], &b"a["[..], true),
        (false, &b"[*"[..], &b"[x"[..], true),
        (false, &b"[[:alpha:]-]"[..], &b"-"[..], true),
        (true, &b"ABC"[..], &b"abc"[..], true),
        (true, &b"[a-c]"[..], &b"B"[..], true),
        (true, &b"[[:upper:]]"[..], &b"a"[..], false),
        (true, "É".as_bytes(), "é".as_bytes(), true),
        (true, "[é]".as_bytes(), "É".as_bytes(), true),
        (true, &b"[!a]"[..], &b"A"[..], false),
    ];
    for &(ignore_case, pattern, hay, expected) in table {
        let compiled = Pattern::new(pattern, PatternOptions { ignore_case, ..PatternOptions::new() });
        assert_eq!(
            compiled.matches(hay),
            expected,
            "{:?} {:?}",
            bstr::BStr::new(pattern),
            bstr::BStr::new(hay)
        );
    }
}

/// `${x/p/<>}`, or with `//` when `all`.
fn replaced(pattern: &Pattern, hay: &[u8], all: bool) -> Vec<u8> {
    let (mut result, mut at) = (Vec::new(), 0);
    while let Some((from, to)) = pattern.find_at(hay, at) {
        result.extend_from_slice(&hay[at..from]);
        if at > 0 && from == hay.len() {
            break;
        }
        result.extend_from_slice(b"<>");
        at = to;
        if from == to {
            result.extend(hay.get(at));
            at = (at + 1).min(hay.len());
        }
        if !all || at == hay.len() {
            break;
        }
    }
    result.extend_from_slice(&hay[at..]);
    result
}

#[test]
fn cuts_and_replaces_as_parameter_expansions_do() {
    // p, x, and ${x#p} ${x##p} ${x%p} ${x%%p} ${x/p/<>} ${x//p/<>}.
    #[rustfmt::skip]
    let table = [
        ("*/", "/usr/local/bin/x", "usr/local/bin/x", "x", "/usr/local/bin/x", "/usr/local/bin/x", "<>x", "<>x"),
        ("/*", "/usr/local/bin/x", "usr/local/bin/x", "", "/usr/local/bin", "", "<>", "<>"),
        (".*", "a.tar.gz", "a.tar.gz", "a.tar.gz", "a.tar", "a", "a<>", "a<>"),
        ("*.", "a.tar.gz", "tar.gz", "gz", "a.tar.gz", "a.tar.gz", "<>gz", "<>gz"),
        ("[0-9]", "abc123def456", "abc123def456", "abc123def456", "abc123def45", "abc123def45", "abc<>23def456", "abc<><><>def<><><>"),
        ("[!0-9]", "12a34", "12a34", "12a34", "12a34", "12a34", "12<>34", "12<>34"),
        ("a", "banana", "banana", "banana", "banan", "banan", "b<>nana", "b<>n<>n<>"),
        ("an", "banana", "banana", "banana", "banana", "banana", "b<>ana", "b<><>a"),
        ("a*n", "banana", "banana", "banana", "banana", "banana", "b<>a", "b<>a"),
        ("?", "héé", "éé", "éé", "hé", "hé", "<>éé", "<><><>"),
        ("*", "abc", "abc", "", "abc", "", "<>", "<>"),
        ("n*", "banana", "banana", "banana", "bana", "ba", "ba<>", "ba<>"),
        ("*n", "banana", "ana", "a", "banana", "banana", "<>a", "<>a"),
        ("*a*", "banana", "nana", "", "banan", "", "<>", "<>"),
        ("x", "banana", "banana", "banana", "banana", "banana", "banana", "banana"),
        ("??", "abcde", "cde", "cde", "abc", "abc", "<>cde", "<><>e"),
        ("[[:space:]]", "a b  c", "a b  c", "a b  c", "a b  c", "a b  c", "a<>b  c", "a<>b<><>c"),
        ("+([0-9])", "abc123def456", "abc123def456", "abc123def456", "abc123def45", "abc123def", "abc<>def456", "abc<>def<>"),
        ("+( )", "  x  y  ", " x  y  ", "x  y  ", "  x  y ", "  x  y", "<>x  y  ", "<>x<>y<>"),
        ("*([[:space:]])", "  x ", "  x ", "x ", "  x ", "  x", "<>x ", "<><>x<>"),
        ("@(foo|foobar)", "xfoobarfoo", "xfoobarfoo", "xfoobarfoo", "xfoobar", "xfoobar", "x<>foo", "x<><>"),
        ("!(*a*)", "bcaxb", "bcaxb", "axb", "bcaxb", "bca", "<>axb", "<><>a<>"),
        ("?(b)a", "banana", "nana", "nana", "banan", "banan", "<>nana", "<>n<>n<>"),
        ("é", "héllo é", "héllo é", "héllo é", "héllo ", "héllo ", "h<>llo é", "h<>llo <>"),
        ("\\*", "a*b*", "a*b*", "a*b*", "a*b", "a*b", "a<>b*", "a<>b<>"),
        ("a?", "aéab", "ab", "ab", "aé", "aé", "<>ab", "<><>"),
        ("*[ab]*", "xxaxxbxx", "xxbxx", "", "xxaxx", "", "<>", "<>"),
        ("b*a*", "banana", "nana", "", "", "", "<>", "<>"),
        ("+(an)", "banana", "banana", "banana", "banana", "banana", "b<>a", "b<>a"),
        ("*(an)a", "banana", "banana", "banana", "banan", "b", "b<>", "b<>"),
        ("/+([^/])", "/usr/local/bin", "sr/local/bin", "/local/bin", "/usr/local", "/usr/local", "<>/local/bin", "<><><>"),
        ("@(*.tar|*).gz", "x.tar.gz", "", "", "x.tar", "", "<>", "<>"),
        ("n?", "banana", "banana", "banana", "bana", "bana", "ba<>na", "ba<><>"),
        ("[[:upper:]]*", "helloWorldFoo", "helloWorldFoo", "helloWorldFoo", "helloWorld", "hello", "hello<>", "hello<>"),
        ("*[[:upper:]]", "helloWorldFoo", "orldFoo", "oo", "helloWorldFoo", "helloWorldFoo", "<>oo", "<>oo"),
        ("-", "a-b-c", "a-b-c", "a-b-c", "a-b-c", "a-b-c", "a<>b-c", "a<>b<>c"),
        ("a**b", "aXbYb", "Yb", "", "", "", "<>", "<>"),
        ("*?", "abc", "bc", "", "ab", "", "<>", "<>"),
        ("?*", "abc", "bc", "", "ab", "", "<>", "<>"),
    ];
    for (text, x, short_prefix, long_prefix, short_suffix, long_suffix, one, all) in table {
        let pattern = Pattern::new(text.as_bytes(), PatternOptions::new());
        let hay = x.as_bytes();
        let after = |end: Option<usize>| &x[end.unwrap_or(0)..];
        let before = |start: Option<usize>| &x[..start.unwrap_or(x.len())];
        assert_eq!(after(pattern.shortest_prefix(hay)), short_prefix, "${{x#{text}}} {x}");
        assert_eq!(after(pattern.longest_prefix(hay)), long_prefix, "${{x##{text}}} {x}");
        assert_eq!(before(pattern.shortest_suffix(hay)), short_suffix, "${{x%{text}}} {x}");
        assert_eq!(before(pattern.longest_suffix(hay)), long_suffix, "${{x%%{text}}} {x}");
        assert_eq!(replaced(&pattern, hay, false), one.as_bytes(), "${{x/{text}}} {x}");
        assert_eq!(replaced(&pattern, hay, true), all.as_bytes(), "${{x//{text}}} {x}");
    }
}

#[test]
fn dots_and_slashes_are_matched_by_themselves() {
    let check = |hidden, path, pattern: &str, hay: &str, expected: bool| {
        let options = PatternOptions { hidden, path, ..PatternOptions::new() };
        let matched = Pattern::new(pattern.as_bytes(), options).matches(hay.as_bytes());
        assert_eq!(matched, expected, "{pattern} {hay}");
    };
    for (pattern, hay, all, hidden) in [
        ("*", ".a", true, false),
        ("?a", ".a", true, false),
        ("[.]a", ".a", true, false),
        ("*a", ".a", true, false),
        ("*.a", ".a", true, false),
        (".*", ".a", true, true),
        ("a*", "a.b", true, true),
        ("@(.a|b)", ".a", true, true),
        ("@(*|b)", ".a", true, false),
        ("!(b)", ".a", true, false),
        ("!(b)", "a", true, true),
    ] {
        check(false, false, pattern, hay, all);
        check(true, false, pattern, hay, hidden);
    }
    for (pattern, hay, all, path) in [
        ("*", "a/b", true, false),
        ("*/*", "a/b", true, true),
        ("a?b", "a/b", true, false),
        ("a[/]b", "a/b", true, false),
        ("a[!x]b", "a/b", true, false),
        ("!(x)", "a/b", true, false),
        ("a/@(b|c)", "a/b", true, true),
        ("*/*", "a/.b", true, false),
        ("*/.*", "a/.b", true, true),
    ] {
        check(false, false, pattern, hay, all);
        check(true, true, pattern, hay, path);
    }
}

#[test]
fn escaped_text_is_literal() {
    let text: Vec<u8> = (1..=255).collect();
    let pattern = Pattern::new(&escape(&text), PatternOptions::new());
    assert_eq!(pattern.is_literal(), Some(&text[..]));
    assert!(pattern.matches(&text));
    assert_eq!(Pattern::new(b"a*", PatternOptions::new()).is_literal(), None);
    assert_eq!(Pattern::new(b"@(a)", PatternOptions::new()).is_literal(), None);
    let inside = Pattern::new(&[b"[", &escape(b"!-^")[..], b"]"].concat(), PatternOptions::new());
    assert!(inside.matches(b"!") && inside.matches(b"-") && !inside.matches(b"."));
}

/// The places where `pattern` can end that starts at `at`, by trying everything.
fn naive(pattern: &[parse::Item], hay: &[u8], at: usize) -> Vec<usize> {
    let Some((item, rest)) = pattern.split_first() else { return vec![at] };
    let ends: Vec<usize> = match item {
        parse::Item::Literal(text) if hay[at..].starts_with(text) => vec![at + text.len()],
        parse::Item::Literal(_) => vec![],
        parse::Item::One(set) => set.match_len(&hay[at..]).map(|len| at + len).into_iter().collect(),
        parse::Item::Star => (at..=hay.len()).collect(),
        parse::Item::Group(sign, alternatives) => {
            let once = |at| alternatives.iter().flat_map(move |items| naive(items, hay, at));
            let mut ends: Vec<usize> = if matches!(sign, b'?' | b'*') { vec![at] } else { vec![] };
            ends.extend(once(at));
            if *sign == b'!' {
                ends = (at..=hay.len()).filter(|end| !ends.contains(end)).collect();
            }
            let mut next = 0;
            while matches!(sign, b'*' | b'+') && next < ends.len() {
                let more: Vec<usize> = once(ends[next]).filter(|end| !ends.contains(end)).collect();
                ends.extend(more);
                next += 1;
            }
            ends
        }
    };
    let mut all: Vec<usize> = ends.into_iter().flat_map(|at| naive(rest, hay, at)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn agrees_with_the_naive_matcher() {
    let mut seed = 1u64;
    let mut pick = |choices: &'static str| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        choices.as_bytes()[(seed >> 33) as usize % choices.len()]
    };
    for _ in 0..20_000 {
        let text: Vec<u8> = (0..pick("123456789abc") % 16).map(|_| pick("aabb*?@!+()(|)[]ab")).collect();
        let hay: Vec<u8> = (0..pick("01234567") - b'0').map(|_| pick("aab(|)")).collect();
        let options = PatternOptions::new();
        let items = parse::parse(&text, options);
        let pattern = Pattern::new(&text, options);
        let ends = naive(&items, &hay, 0);
        let case = format!("{:?} {:?}", bstr::BStr::new(&text), bstr::BStr::new(&hay));
        assert_eq!(pattern.matches(&hay), ends.last() == Some(&hay.len()), "{case}");
        assert_eq!(pattern.longest_prefix(&hay), ends.last().copied(), "{case}");
        assert_eq!(pattern.shortest_prefix(&hay), ends.first().copied(), "{case}");
        let starts = |at: &usize| naive(&items, &hay, *at).last() == Some(&hay.len());
        assert_eq!(pattern.longest_suffix(&hay), (0..=hay.len()).find(starts), "{case}");
        assert_eq!(pattern.shortest_suffix(&hay), (0..=hay.len()).rev().find(starts), "{case}");
        let found = (0..=hay.len()).find_map(|at| Some((at, *naive(&items, &hay, at).last()?)));
        assert_eq!(pattern.find_at(&hay, 0), found, "{case}");
    }
}

/// These take other matchers ages or all of the stack.
#[test]
fn stays_bounded() {
    let options = PatternOptions::new();
    let hay = [&b"a".repeat(2000)[..], b"b"].concat();
    for pattern in ["*(*(*(*(*(a)))))c", "+(+(a|aa)|aaa)c", "*a*a*a*a*a*a*a*a*c", "!(!(!(b)c)c)c"] {
        assert!(!Pattern::new(pattern.as_bytes(), options).matches(&hay), "{pattern}");
    }
    let deep = [b"@(".repeat(10_000), b")".repeat(10_000)].concat();
    Pattern::new(&deep, options).matches(b"a");
    Pattern::new(&b"*(".repeat(10_000), options).matches(b"a");
    Pattern::new(&b"[[:".repeat(10_000), options).matches(b"a");
    let long = b"x".repeat(10_000_000);
    assert!(!Pattern::new(b"*a*b", options).matches(&long));
    assert_eq!(Pattern::new(b"*[ab]", options).shortest_suffix(&long), None);
    assert_eq!(Pattern::new(b"x*x", options).longest_prefix(&long), Some(long.len()));
}
