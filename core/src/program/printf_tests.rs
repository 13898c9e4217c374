//! `printf` beside bash 5.2's: words, output, status, messages.

use super::format;
use crate::abi::Time;
use bstr::ByteSlice;

fn check(words: &[&str], output: &str, status: u8, messages: &str) {
    let words: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    let (mut out, quote) = (Vec::new(), |text: &[u8]| text.to_vec());
    let printed = words
        .split_first()
        .map(|(first, args)| format(first, args, Time::EPOCH, &quote, &mut out))
        .unwrap_or_default();
    let said = printed.messages.join(&b'|');
    assert_eq!(out.as_bstr(), output, "output of {words:?}");
    assert_eq!(said.as_bstr(), messages, "messages of {words:?}");
    assert_eq!(printed.status, status, "status of {words:?}");
}

#[test]
fn all_is_as_in_bash() {
    type Case = (&'static [&'static str], &'static str, u8, &'static str);
    let cases: &[Case] = &[
        (&[r#"%d\n"#, "x"], "0\n", 1, "printf: x: invalid number"),
        (&["%d", "12x"], "12", 1, "printf: 12x: invalid number"),
        (&["%d", "0x1g"], "1", 1, "printf: 0x1g: invalid hex number"),
        (&["%d", "08"], "0", 1, "printf: 08: invalid octal number"),
        (&["%d", ""], "0", 0, ""),
        (&["%d", " 5"], "5", 0, ""),
        (&["%d", "5 "], "5", 1, "printf: 5 : invalid number"),
        (&["%d", "'a"], "97", 0, ""),
        (&["%d", "'"], "0", 0, ""),
        (&["%d", r#""é"#], "233", 0, ""),
        (
            &["%d", "9223372036854775808"],
            "9223372036854775807",
            0,
            "printf: warning: 9223372036854775808: Numerical result out of range",
        ),
        (&["%u", "-1"], "18446744073709551615", 0, ""),
        (
            &["%u", "18446744073709551616"],
            "18446744073709551615",
            0,
            "printf: warning: 18446744073709551616: Numerical result out of range",
        ),
        (
            &["%u", "-18446744073709551616"],
            "18446744073709551615",
            0,
            "printf: warning: -18446744073709551616: Numerical result out of range",
        ),
        (
            &["%d", "-9223372036854775809"],
            "-9223372036854775808",
            0,
            "printf: warning: -9223372036854775809: Numerical result out of range",
        ),
        (&["%x", "-1"], "ffffffffffffffff", 0, ""),
        (
            &["%u", "99999999999999999999x"],
            "18446744073709551615",
            1,
            "printf: 99999999999999999999x: invalid number",
        ),
        (&["%d", "0x"], "0", 1, "printf: 0x: invalid hex number"),
        (&["%d", "+"], "0", 1, "printf: +: invalid number"),
        (&["%d", "0x-1"], "0", 1, "printf: 0x-1: invalid hex number"),
        (&["%d", "-0x10"], "-16", 0, ""),
        (&["%d", "010"], "8", 0, ""),
        (&["%d", "0b1"], "0", 1, "printf: 0b1: invalid number"),
        (&["%*d", "5", "3"], "    3", 0, ""),
        (&["%*d|", "-5", "3"], "3    |", 0, ""),
        (&["%.*d", "3", "5"], "005", 0, ""),
        (&["%.*d", "-3", "5"], "5", 0, ""),
        (&["%*.*f", "8", "2", "3.14159"], "    3.14", 0, ""),
        (&["%*d", "x", "3"], "3", 1, "printf: x: invalid number"),
        (&["%+d % d %05d %-5d|", "1", "2", "3", "4"], "+1  2 00003 4    |", 0, ""),
        (&["%#x %#o %#X", "255", "8", "255"], "0xff 010 0XFF", 0, ""),
        (&["%'d", "1234567"], "1234567", 0, ""),
        (&["%08.3d|", "5"], "     005|", 0, ""),
        (&["%-08d|", "5"], "5       |", 0, ""),
        (&["%+.3i", "4"], "+004", 0, ""),
        (&["%#o %#x", "0", "0"], "0 0", 0, ""),
        (&["%.0d|", "0"], "|", 0, ""),
        (&["%+05d", "3"], "+0003", 0, ""),
        (&["%s"], "", 0, ""),
        (&["%.3s|", "hello"], "hel|", 0, ""),
        (&["%5s|", "é"], "   é|", 0, ""),
        (&["%-5s|", "a"], "a    |", 0, ""),
        (&["%05s|", "a"], "    a|", 0, ""),
        (&["%b", r#"a\tb"#], "a\tb", 0, ""),
        (&["%5b|", r#"a\t"#], "   a\t|", 0, ""),
        (&["%.1b|", "abc"], "a|", 0, ""),
        (&["%b|", r#"a\cb"#, "c"], "a", 0, ""),
        (&["%c%c|", "ab", "cd"], "ac|", 0, ""),
        (&["%5c|", "a"], "    a|", 0, ""),
        (&[r#"%s %s\n"#, "a", "b", "c"], "a b\nc \n", 0, ""),
        (&[r#"x\n"#, "a", "b"], "x\n", 0, ""),
        (&["%d %s|", "1"], "1 |", 0, ""),
        (&[r#"a\cb"#], "a\\cb", 0, ""),
        (&[r#"\0101\101\x414\"\?\q"#], "\u{8}1AA4\"?\\q", 0, ""),
        (&[r#"\x"#], "\\x", 0, "printf: missing hex digit for \\x"),
        (&["%b", r#"\x"#], "\\x", 0, "printf: missing hex digit for \\x"),
        (&["%"], "", 1, "printf: `%': missing format character"),
        (&["a%"], "a", 1, "printf: `%': missing format character"),
        (&["%y", "1"], "", 1, "printf: `y': invalid format character"),
        (&["abc%ydef", "1"], "abc", 1, "printf: `y': invalid format character"),
        (&["%5%"], "", 1, "printf: `%': invalid format character"),
        (&["%l"], "", 1, "printf: `%l': missing format character"),
        (&["%."], "", 1, "printf: `%.': missing format character"),
        (&["%f", "x"], "0.000000", 1, "printf: x: invalid number"),
        (&["%f", "1.5x"], "1.500000", 1, "printf: 1.5x: invalid number"),
        (&["%f", "inf"], "inf", 0, ""),
        (&["%F", "-nan"], "-NAN", 0, ""),
        (&["%e", "12345.678"], "1.234568e+04", 0, ""),
        (&["%E", "0"], "0.000000E+00", 0, ""),
        (&["%g", "1e10"], "1e+10", 0, ""),
        (&["%G", "1e-10"], "1E-10", 0, ""),
        (&["%g", "100000"], "100000", 0, ""),
        (&["%g", "1000000"], "1e+06", 0, ""),
        (&["%#g", "1"], "1.00000", 0, ""),
        (&["%.0f %.0f %.0f", "0.5", "1.5", "2.5"], "0 2 2", 0, ""),
        (&["%#.0f", "1"], "1.", 0, ""),
        (&["%a", "1"], "0x8p-3", 0, ""),
        (&["%a", "0.1"], "0xc.ccccccccccccccdp-7", 0, ""),
        (&["%A", "255.5"], "0XF.F8P+4", 0, ""),
        (&["%.2a", "1.999"], "0xf.fep-3", 0, ""),
        (&["%.0a", "15.99"], "0x1p+4", 0, ""),
        (&["%a", "0"], "0x0p+0", 0, ""),
        (&["%.20a", "1"], "0x8.00000000000000000000p-3", 0, ""),
        (&["%#.0a", "1"], "0x8.p-3", 0, ""),
        (&["%f", "0x1p3"], "8.000000", 0, ""),
        (&["%f", "'a"], "97.000000", 0, ""),
        (&["%f", ".5"], "0.500000", 0, ""),
        (&["%f", "5."], "5.000000", 0, ""),
        (&["%f", "1e"], "1.000000", 1, "printf: 1e: invalid number"),
        (&["%010.3f|", "-3.14159"], "-00003.142|", 0, ""),
        (&["%+.1e", "1"], "+1.0e+00", 0, ""),
        (&["% f", "1"], " 1.000000", 0, ""),
        (&["%-10.2f|", "1"], "1.00      |", 0, ""),
        (&["%.3g", "0.00001234"], "1.23e-05", 0, ""),
        (&["%010f", "inf"], "       inf", 0, ""),
        (&["%.20f", "0.1"], "0.10000000000000000000", 0, ""),
        (&["%.50g", "0.1"], "0.10000000000000000000135525271560688054250931600109", 0, ""),
        (&["%.2f %.2f %.1f", "2.675", "1.005", "0.25"], "2.67 1.00 0.2", 0, ""),
        (&["%g %g %g", "0.1", "123456789", "1e100"], "0.1 1.23457e+08 1e+100", 0, ""),
        (&["%.0e", "9.5"], "1e+01", 0, ""),
        (&["%.3f", "999.9996"], "1000.000", 0, ""),
        (&["%g", "999999.5"], "1e+06", 0, ""),
        (&["%e", "1e-400"], "1.000000e-400", 0, ""),
        (&["%f", "1e5000"], "inf", 0, "printf: warning: 1e5000: Numerical result out of range"),
        (&["%f", "1e-5000"], "0.000000", 0, "printf: warning: 1e-5000: Numerical result out of range"),
        (
            &["%e", "3.6e-4951"],
            "3.645200e-4951",
            0,
            "printf: warning: 3.6e-4951: Numerical result out of range",
        ),
        (&["%e", "1.18973149535723176502e4932"], "1.189731e+4932", 0, ""),
        (&["%g", "0"], "0", 0, ""),
        (&["%.3g|%g", "0.0001", "0.00001"], "0.0001|1e-05", 0, ""),
        (&["%.0f", "0.4"], "0", 0, ""),
        (&["%.1f", "0.05"], "0.1", 0, ""),
        (&["%5.1f|%-8g|", "9.96", "2"], " 10.0|2       |", 0, ""),
        (&["%G", "nan"], "NAN", 0, ""),
        (&["%.30e", "1"], "1.000000000000000000000000000000e+00", 0, ""),
        (&["%e", "-0"], "-0.000000e+00", 0, ""),
        (&["%.17g", "0.3"], "0.3", 0, ""),
        (&["%.25g", "123456789012345678901234567890"], "1.234567890123456788999218e+29", 0, ""),
        (&["%g", "0x.8p1"], "1", 0, ""),
        (&["%f", "0x"], "0.000000", 1, "printf: 0x: invalid hex number"),
        (&["%f", "nan(abc)"], "nan", 0, ""),
        (&["%(%Y-%m-%d)T", "0"], "1970-01-01", 0, ""),
        (&["%(%F)T", "x"], "1970-01-01", 1, "printf: x: invalid number"),
        (&["%5(%Y)T|", "0"], " 1970|", 0, ""),
        (&["%-6(%Y)T|", "0"], "1970  |", 0, ""),
        (&["%()T", "0"], "00:00:00", 0, ""),
        (
            &["%(%Y)d", "0"],
            "%(",
            1,
            "printf: warning: `d': invalid time format specification|printf: `Y': invalid format character",
        ),
        (&["%.2(%Y)T|", "0"], "19|", 0, ""),
        (&["%(a(b)c)T", "0"], "a(b)c", 0, ""),
    ];
    for (words, output, status, messages) in cases {
        check(words, output, *status, messages);
    }
}

#[test]
fn a_huge_width_is_bounded() {
    let mut out = Vec::new();
    format(b"%99999999999999999999s", &[b"x"], Time::EPOCH, &|text| text.to_vec(), &mut out);
    assert_eq!(out.len(), crate::abi::limits::FORMAT_WIDTH_MAX);
}
