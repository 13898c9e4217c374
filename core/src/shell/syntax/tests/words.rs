//! Tests of how words are taken apart: one compact form per part.

use crate::shell::syntax::ast::{CommandKind, ParamOperation, Word, WordFlags, WordPart};
use crate::shell::syntax::{Options, Parser, ansi_c_decode, word_text};

/// The parts: `l` literal, `e` escaped, `s` single-quoted, `c` `$'…'`, `d[…]` double-quoted, `p` parameter, `b` bad
/// substitution, `$` command substitution, `a` arithmetic, `<` process substitution.
fn shape(parts: &[WordPart]) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let one = |part: &WordPart| match part {
        WordPart::Literal(bytes) => format!("l:{}", text(bytes)),
        WordPart::Escaped(byte) => format!("e:{}", char::from(*byte)),
        WordPart::SingleQuoted(bytes) => format!("s:{}", text(bytes)),
        WordPart::AnsiC(bytes) => format!("c:{}", text(bytes)),
        WordPart::DoubleQuoted(parts) => format!("d[{}]", shape(parts)),
        WordPart::Param(expansion) => match &expansion.operation {
            Some(ParamOperation::Conditional { word, .. }) => format!("p({})", shape(&word.parts)),
            Some(ParamOperation::Replace { pattern, replacement: Some(replacement), .. }) => {
                format!("p({}/{})", shape(&pattern.parts), shape(&replacement.parts))
            }
            Some(ParamOperation::Substring { offset, length }) => {
                let length = length.as_ref().map(|length| shape(&length.parts)).unwrap_or_default();
                format!("p({}:{length})", shape(&offset.parts))
            }
            _ => "p".to_owned(),
        },
        WordPart::Unreadable(unreadable) => format!("u:{}", text(&unreadable.text)),
        WordPart::BadSubstitution(bytes) => format!("b:{}", text(bytes)),
        WordPart::CommandSub(substitution) => format!("$:{}", substitution.program.body.items.len()),
        WordPart::Arith(arith) => format!("a({})", shape(&arith.expression.parts)),
        WordPart::ProcessSub(_) => "<".to_owned(),
    };
    parts.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The arguments of the command in a text.
fn words(text: &str, extglob: bool) -> Vec<Word> {
    let options = Options { extglob, ..Options::default() };
    let mut program =
        Parser::new(text.as_bytes(), options).parse_all().unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let mut commands = program.body.items.swap_remove(0).and_or.first.commands;
    match commands.swap_remove(0).kind {
        CommandKind::Simple(simple) => simple.words,
        other => panic!("{text}: {other:?}"),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = words(text, false).iter().skip(1).map(|word| shape(&word.parts)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn words_have_parts() {
    check("x a'b'\"c\"\\d", &["l:a s:b d[l:c] e:d"]);
    check("x '' \"\" $''", &["s:", "d[]", "c:"]);
    check("x \"a\\b\\\"\\$\\`\\\\\"", &["d[l:a\\b e:\" e:$ e:` e:\\]"]);
    check("x a\\\nb \"a\\\nb\" 'a\\\nb'", &["l:ab", "d[l:ab]", "s:a\\\nb"]);
    check("x $a$b c${d}e", &["p p", "l:c p l:e"]);
    check("x $ a$ \"$\" $% $'a' \"$'a'\"", &["l:$", "l:a$", "d[l:$]", "l:$%", "c:a", "d[l:$'a']"]);
    check("x ${a:-b c} \"${a:-'b'}\" ${a:-'b c'}", &["p(l:b c)", "d[p(l:'b')]", "p(s:b c)"]);
    check("x \"${a:-\"b c\"}\" ${a:-{b}}", &["d[p(d[l:b c])]", "p(l:{b) l:}"]);
    check("x \"${a:-\\}}\" ${a:-\\}}", &["d[p(e:})]", "p(e:})"]);
    check("x ${a/b\\/c/d/e} \"${a/'/'/'b'}\"", &["p(l:b e:/ l:c/l:d/e)", "d[p(s://s:b)]"]);
    check("x ${a:1} ${a:b?c:d:e} ${a: -1:(2)}", &["p(l:1:)", "p(l:b?c:d:l:e)", "p(l: -1:l:(2))"]);
    check("x ${a!b} ${} \"${a b}\" ${a@Z}", &["b:${a!b}", "b:${}", "d[b:${a b}]", "b:${a@Z}"]);
    check("x $(a; b) $() \"$(a)\" $(case a in b) c;; esac)", &["$:2", "$:0", "d[$:1]", "$:1"]);
    check("x $(a # )\n) $(a \")\") $(cat <<E\n)\nE\n)", &["$:1", "$:1", "$:1"]);
    check("x `a` \"`echo \\\"b\\\"`\" `a \\`b\\``", &["$:1", "d[$:1]", "$:1"]);
    check("x $((1+2)) $(( (1) )) $((a) ) $( (a) ) $[1]", &["a(l:1+2)", "a(l: (1) )", "$:1", "$:1", "a(l:1)"]);
    check("x $((\"1\" + $b)) \"$((1))\"", &["a(d[l:1] l: +  p)", "d[a(l:1)]"]);
    check("x <(a) >(b) c<(d)", &["<", "<", "l:c <"]);
    check("x a#b #c", &["l:a#b"]);
    check("x \\", &["e:\\"]);
    check("x a{b,c}~*", &["l:a{b,c}~*"]);
}

#[test]
fn flags_say_what_there_is_to_do() {
    let plain = WordFlags::NONE;
    let (glob, tilde, brace) = (WordFlags::GLOB, WordFlags::TILDE, WordFlags::BRACE);
    let (expansion, quoted) = (WordFlags::EXPANSION, WordFlags::QUOTED);
    let cases = [
        ("a", plain),
        ("a=b", plain),
        ("'a*'", quoted),
        ("\\*", quoted),
        ("a*", glob),
        ("[a]", glob),
        ("~", tilde),
        ("~/a", tilde),
        ("a~", plain),
        ("a=~", tilde),
        ("a:~b", tilde),
        ("'a'~", quoted),
        ("\\~", quoted),
        ("{a,b}", brace),
        ("{1..2}", brace),
        ("{a}", plain),
        ("{}", plain),
        ("a}{,", plain),
        ("{\"a\",b}", brace | quoted),
        ("{a\\,b}", quoted),
        ("\"$a\"", expansion | quoted),
        ("$a", expansion),
        ("{$a,b}", expansion | brace),
        ("<(a)", expansion),
    ];
    for (text, expected) in cases {
        let word = words(&format!("x {text}"), false).swap_remove(1);
        assert_eq!(word.flags, expected, "{text}");
        let work = expansion | glob | tilde | brace;
        assert_eq!(word.is_plain(), !expected.has(work), "{text}");
    }
}

#[test]
fn plain_words_have_their_bytes() {
    for (text, expected) in
        [("a'b'\"c\"\\d$'\\n'", Some("abcd\n")), ("''", Some("")), ("a$b", None), ("\"$(c)\"", None)]
    {
        let word = words(&format!("x {text}"), false).swap_remove(1);
        assert_eq!(word.literal().as_deref(), expected.map(str::as_bytes), "{text}");
    }
}

#[test]
fn extended_patterns_are_words_when_they_are_on() {
    let text = "x @(a|b c|$(d)) !(e) a*(?(f)|\"g)\") +( )";
    let found: Vec<String> = words(text, true).iter().map(|word| shape(&word.parts)).collect();
    assert_eq!(found, ["l:x", "l:@(a|b c| $:1 l:)", "l:!(e)", "l:a*(?(f)| d[l:g)] l:)", "l:+( )"]);
    assert!(Parser::new(text.as_bytes(), Options::default()).parse_all().is_err());
}

#[test]
fn spans_are_the_words_text() {
    let text = "foo  'a b'$(c)\"d\" ${e:-f}g";
    for (word, expected) in words(text, false).iter().zip(["foo", "'a b'$(c)\"d\"", "${e:-f}g"]) {
        assert_eq!(&text[word.span.start as usize..word.span.end as usize], expected);
        assert_eq!(word_text(word), expected.as_bytes());
    }
}

#[test]
fn ansi_c_escapes_are_decoded() {
    let cases: [(&str, &[u8]); 16] = [
        ("a\\nb\\t", b"a\nb\t"),
        ("\\a\\b\\e\\E\\f\\r\\v", b"\x07\x08\x1b\x1b\x0c\r\x0b"),
        ("\\\\\\'\\\"\\?", b"\\'\"?"),
        ("\\1234", b"S4"),
        ("\\7", b"\x07"),
        ("\\x414", b"A4"),
        ("\\xq\\x", b"\\xq\\x"),
        ("\\u20ac", b"\xe2\x82\xac"),
        ("\\u41g", b"Ag"),
        ("\\U1F600", b"\xf0\x9f\x98\x80"),
        ("\\U7fffffff", b"\xfd\xbf\xbf\xbf\xbf\xbf"),
        ("\\ca\\cA\\c?\\c\\\\z", b"\x01\x01\x7f\x1cz"),
        ("\\q\\u", b"\\q\\u"),
        ("a\\0b", b"a"),
        ("a\\x00b", b"a"),
        ("\\400", b""),
    ];
    for (text, expected) in cases {
        assert_eq!(ansi_c_decode(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn brackets_behind_a_name_hold_blanks_where_an_assignment_can_stand() {
    for (text, count) in [("a[1 2]b c", 2), ("x a[1 2]", 3), ("[ a ]", 3)] {
        assert_eq!(words(text, false).len(), count, "{text}");
    }
    let kinds = |text: &str| {
        let program = Parser::new(text.as_bytes(), Options::default()).parse_all().unwrap();
        match &program.body.items[0].and_or.first.commands[0].kind {
            CommandKind::Simple(simple) => (simple.assignments.len(), simple.words.len()),
            CommandKind::Declaration(declaration) => (declaration.arguments.len(), 0),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(kinds("a[1 2]=3"), (1, 0));
    assert_eq!(kinds("a=([ b] c)"), (1, 0));
    assert_eq!(kinds("declare a[1 2]=3"), (2, 0));
    assert_eq!(kinds("declare a[\"1 2\"]=3"), (1, 0));
}
