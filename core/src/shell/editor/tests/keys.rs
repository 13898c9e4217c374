//! What each key does, as bash 5.2 did it in a terminal: keys, then the line with `|` at the cursor.

use super::check;

#[test]
fn moving() {
    check("hello world\x01X", "X|hello world");
    check("hello world\x01\x05X", "hello worldX|");
    check("hello\x02\x02X", "helX|lo");
    check("hello\x01\x06X", "hX|ello");
    check("hello\x1b[D\x1b[DX", "helX|lo");
    check("hello\x1bOD\x1bODX\x1bOCY", "helXlY|o");
    check("hello\x1b[HX\x1b[FY", "XhelloY|");
    check("hello\x1bOHX\x1bOFY", "XhelloY|");
    check("hello world foo\x1b[1;5DX", "hello world X|foo");
    check("hello world foo\x01\x1b[1;5CX", "helloX| world foo");
    check("hello world foo\x01\x1b[1;3CX", "helloX| world foo");
    check("hello world foo\x1b[1;3DX", "hello world X|foo");
    check("hello world foo\x1bb\x1bbX", "hello X|world foo");
    check("hello world foo\x01\x1bf\x1bfX", "hello worldX| foo");
    check("foo_bar-baz.qux\x1bbX", "foo_bar-baz.X|qux");
    check("foo_bar-baz.qux\x1bb\x1bb\x1bb\x1bbX", "X|foo_bar-baz.qux");
    check("foo_bar baz\x01\x1bfX", "fooX|_bar baz");
    check("  foo\x01\x1bfX", "  fooX|");
    check("a1b2\x01\x1bfX", "a1b2X|");
    check("foo bar\x01\x1d X", "fooX| bar");
    check("aXbXc\x01\x1b2\x1dXY", "aXbY|Xc");
    check("aXbXc\x1b-\x1dXY", "aXbY|Xc");
    check("foo bar\x1b\x1doX", "foX|o bar");
    check("foo bar\x00\x01\x18\x18X", "foo barX|");
    check("foo bar\x02\x02\x02\x00\x05\x18\x18X", "foo X|bar");
    check("héllo\x02\x02\x02\x02X", "hX|éllo");
    check("漢字x\x02\x02X", "漢X|字x");
    check("été là\x1bbX\x01\x1bfY", "étéY| Xlà");
}

/// Keys of other terminals, which readline leaves to a person's inputrc.
#[test]
fn moving_on_other_terminals() {
    check("hello\x1b[1~X\x1b[4~Y", "XhelloY|");
    check("hello\x1b[7~X\x1b[8~Y", "XhelloY|");
    check("one two\x1bO5DX\x1b\x1b[DY", "one YX|two".replace("YX|", "Y|X").as_str());
    check("hello\x1b[24~\x1b[15~X", "helloX|");
}

#[test]
fn deleting() {
    check("hello\x08\x08X", "helX|");
    check("hello\x7fX", "hellX|");
    check("hello\x01\x04X", "X|ello");
    check("hello\x01\x1b[3~X", "X|ello");
    check("hello\x04X", "helloX|");
    check("漢字\x7fX", "漢X|");
    check("foo  \x02 bar\x1b\\X", "foo  barX|");
    check("foo   bar\x02\x02\x02\x02\x1b\\X", "fooX|bar");
}

#[test]
fn killing() {
    check("hello\x02\x02\x0bX", "helX|");
    check("hello\x02\x02\x15X", "X|lo");
    check("hello world foo\x17X", "hello world X|");
    check("hello /usr/local/lib \x17X", "hello X|");
    check("/usr/local/lib\x1b\x7fX", "/usr/local/X|");
    check("/usr/local/lib\x1b\x08X", "/usr/local/X|");
    check("hello world\x01\x1bdX", "X| world");
    check("hello world\x01\x1bd\x1bdX", "X|");
    check("hello world\x1b[3;5~X", "hello worldX|");
    check("hello world\x01\x1b[3;5~X", "X| world");
    check("foo bar\x02\x02\x18\x7fX", "X|ar");
    check("x=(1 2)\x17X", "x=(1 X|");
    check("été là\x17X", "été X|");
    check("été là\x1b\x7fX", "été X|");
    check("hello\x1b-\x02X", "helloX|");
}

#[test]
fn yanking() {
    check("hello world\x17\x19\x19", "hello worldworld|");
    check("a b c\x17\x17\x17\x19", "a b c|");
    check("a b c\x17\x17\x02X\x05\x17\x19", "aX |");
    check("one two three\x17\x02\x17\x19\x1by", "one three| ");
    check("one two\x15three\x15\x19\x1by", "one two|");
    check("one two\x15three\x15\x19\x1by\x1by", "three|");
    check("one two\x15three\x15\x19x\x1by", "threex|");
    check("one two\x01\x1bd\x06\x1bd\x19", " two|");
    check("one two\x01\x1bd\x1bd\x19", "one two|");
    check("one two\x0b\x17\x15\x19", "one two|");
}

#[test]
fn transposing() {
    check("ab\x14X", "baX|");
    check("abc\x02\x14X", "acbX|");
    check("abc\x01\x14X", "X|abc");
    check("a\x14X", "aX|");
    check("ab\x02\x02\x14X", "X|ab");
    check("abcd\x01\x06\x1b2\x14X", "bcaX|d");
    check("foo bar\x1bt", "bar foo|");
    check("foo bar baz\x1bb\x1btX", "foo baz barX|");
    check("foo bar baz\x01\x1btX", "X|foo bar baz");
    check("foo  --  bar\x1btX", "bar  --  fooX|");
    check("a漢\x14X", "漢aX|");
}

#[test]
fn changing_case() {
    check("hello world\x01\x1buX", "HELLOX| world");
    check("hello world\x01\x1bcX", "HelloX| world");
    check("HELLO WORLD\x01\x1blX", "helloX| WORLD");
    check("foo bar\x1bb\x1bc", "foo Bar|");
    check("foo bar baz\x1b-\x1bu", "foo bar BAZ|");
    check("foo bar baz\x1b-\x1bcX", "foo bar BazX|");
    check("ÀB\x01\x1blX", "àbX|");
    check("\x01été\x01\x1bcX", "ÉtéX|");
    check("straße\x01\x1bu", "STRAßE|");
    check("  foo bar\x01\x1b2\x1bcX", "  Foo BarX|");
}

#[test]
fn undoing() {
    check("hello\x1f", "|");
    check("hello world\x1f\x1fX", "X|");
    check("hello\x18\x15X", "X|");
    check("abc\x01\x0b\x1f", "abc|");
    check("hello world\x17\x17\x1f\x1f", "hello world|");
    check("abc\x02\x02x\x05y\x1f\x1f", "a|bc");
    check("foo bar\x1br", "|");
    check("\x10X\x1br", "echo three|");
    check("hello world\x01\x1bu\x1f", "hello| world");
    check("hello\x14\x1f", "hell|o");
}

#[test]
fn numeric_arguments() {
    check("\x1b3aX", "aaaX|");
    check("\x1b1\x1b2ab", "aaaaaaaaaaaab|");
    check("\x1b12ab", "aaaaaaaaaaaab|");
    check(
        "\x1b10\x1b2ab",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab|",
    );
    check("hello\x1b3\x02X", "heX|llo");
    check("hello\x1b2\x7fX", "helX|");
    check("hello\x1b2\x7f\x19", "hello|");
    check("hello world foo bar\x1b2\x17X", "hello world X|");
    check("hello world foo bar\x1b2\x1bbX", "hello world X|foo bar");
    check("hello\x01\x1b-\x02X", "hX|ello");
    check("hello\x1b-2\x06X", "helX|lo");
    check("hello\x02\x02\x1b-\x0bX", "X|lo");
    check("hello\x02\x02\x1b3\x04X", "helX|");
    check("abc\x01\x1b2\x04\x19", "ab|c");
    check("a b c\x1b-\x1bdX", "a b X|");
    check("foo bar\x1b0\x0bX", "foo barX|");
    check("abc\x1b5\x02X", "X|abc");
    check("ab\x1b3\x07X", "abX|");
}

#[test]
fn quoted_insert() {
    check("\x11\x01X", "\x01X|");
    check("\x16\x1bX", "\x1bX|");
    check("\x163X", "3X|");
    check("\x16\x09X", "\x09X|");
    check("\x1b2\x16aX", "aaX|");
    check("\x16\x0dX", "\x0dX|");
    check("ab\x07X", "abX|");
    check("ab\x1b\x07X", "abX|");
}

#[test]
fn browsing_history() {
    check("\x10", "echo three|");
    check("\x10\x10", "git commit -m \"x y\"|");
    check("\x10\x10\x0e", "echo three|");
    check("\x10\x10\x10\x10\x10\x10", "echo one two|");
    check("abc\x10\x0e", "abc|");
    check("abc\x10X\x0e\x10", "echo threeX|");
    check("\x10X\x10Y\x0e", "echo threeX|");
    check("\x10\x01\x10", "git commit -m \"x y\"|");
    check("\x1b<", "echo one two|");
    check("\x10\x10\x1b>", "|");
    check("abc\x1b<\x1b>", "abc|");
    check("\x1b[A", "echo three|");
    check("\x1bOA\x1bOB", "|");
    check("\x1b2\x10", "git commit -m \"x y\"|");
    check("\x10\x10\x0f", "echo three|");
    check("\x12ls\x0f", "git commit -m \"x y\"|");
}

#[test]
fn searching_by_beginning() {
    check("ec\x1b[5~", "ec|ho three");
    check("ec\x1b[5~\x1b[5~", "ec|ho one two");
    check("ec\x1b[5~\x1b[5~\x1b[6~", "ec|ho three");
    check("\x1b[5~", "echo three|");
    check("zz\x1b[5~", "zz|");
}

#[test]
fn yanking_arguments() {
    check("\x1b.", "three|");
    check("\x1b.\x1b.", "\"x y\"|");
    check("\x1b.\x1b.\x1b.", "/tmp|");
    check("\x1b_", "three|");
    check("x \x1b.y\x1b.", "x threeythree|");
    check("\x1b2\x1b.", "|");
    check("\x1b1\x1b.", "three|");
    check("\x1b0\x1b.", "echo|");
    check("\x1b0\x1b.\x1b.", "git|");
    check("\x1b1\x1b.\x1b.", "commit|");
    check("\x1b-\x1b.", "echo|");
    check("\x1b\x19", "three|");
    check("\x1b2\x1b\x19", "|");
    check("\x1b.\x1f", "|");
    check("x\x1b.\x1b.\x1f", "x|");
    check("\x10\x1b.", "echo three\"x y\"|");
}

#[test]
fn incremental_search() {
    check("\x12ls\x1b[CX", "lX|s -l /tmp");
    check("\x12echo\x1b[C", "e|cho three");
    check("\x12echo\x12\x1b[C", "e|cho one two");
    check("\x12echo\x12\x12\x1b[C", "e|cho one two");
    check("\x12zzz\x1b[C", "|");
    check("abc\x12zzz\x07", "abc|");
    check("abc\x12ls\x07", "abc|");
    check("\x12lsq\x07X", "X|");
    check("\x12ls\x01X", "X|ls -l /tmp");
    check("\x12ls\x05X", "ls -l /tmpX|");
    check("\x12e\x7f\x05", "echo three|");
    check("\x12ec\x7fc\x05", "echo three|");
    check("\x12ls\x1bbX", "X|ls -l /tmp");
    check("\x12com\x0bX", "git X|");
    check("\x12three\x12\x05", "echo three|");
    check("\x12echo\x12\x13\x06", "e|cho one two");
    check("\x1b<\x13echo\x06", "e|cho three");
    check("\x1b<\x13git\x05X", "git commit -m \"x y\"X|");
    check("\x12ls\x05\x12\x12\x06", "l|s -l /tmp");
    check("\x12o\x17\x05", "echo three|");
    check("\x12m\x17\x05", "git commit -m \"x y\"|");
    check("\x12\x10", "echo three|");
    check("\x12echo\x10", "git commit -m \"x y\"|");
    check("abc\x12b\x06", "ab|c");
    check("a b a\x12a\x06", "a b a|");
    check("a b a\x12a\x12\x06", "a| b a");
    check("\x12ls\nX", "X|ls -l /tmp");
    check("\x12i\x12\x06", "gi|t commit -m \"x y\"");
    check("\x12e\x12\x12\x12\x06", "echo one| two");
}

#[test]
fn pasting() {
    check("\x1b[200~ab\ncd\x1b[201~X", "ab\ncdX|");
    check("\x1b[200~ab\x0dcd\x1b[201~X", "ab\ncdX|");
    check("\x1b[200~a\x1b[31mb\x1b[201~X", "a\x1b[31mbX|");
    // Readline takes the X and the paste back in one.
    check("abc\x01\x1b[200~xy\x1b[201~X\x1f", "xy|abc");
}
