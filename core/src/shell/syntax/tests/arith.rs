//! Tests of the arithmetic parser: values and messages are those of bash 5.2, with `a=3 b=2`.

use std::collections::BTreeMap;

use crate::shell::syntax::arith::{ArithBinary, ArithError, ArithExpr, ArithUnary, parse, parse_word};
use crate::shell::syntax::ast::{CommandKind, WordPart};
use crate::shell::syntax::{Options, Parser};

/// The variables: `a` and `a[0]` are one.
type Variables = BTreeMap<(Vec<u8>, i64), i64>;

/// A small evaluator, to test trees by their values.
struct Evaluator<'a> {
    variables: Variables,
    text: &'a [u8],
}

impl Evaluator<'_> {
    fn error(&self, message: &str, at: usize) -> ArithError {
        ArithError { text: self.text.to_vec(), message: message.into(), token: self.text[at..].to_vec() }
    }

    fn place(&mut self, target: &ArithExpr) -> Result<(Vec<u8>, i64), ArithError> {
        match target {
            ArithExpr::Variable(name) => Ok((name.to_vec(), 0)),
            ArithExpr::Element(element) => {
                let index = match &element.index {
                    Some(index) => self.value(index)?,
                    None => parse(&element.key).map(|_| 0)?,
                };
                Ok((element.name.to_vec(), index))
            }
            other => panic!("no place: {other:?}"),
        }
    }

    fn apply(
        &self,
        operator: ArithBinary,
        left: i64,
        right: i64,
        at: usize,
        last: usize,
    ) -> Result<i64, ArithError> {
        use ArithBinary::*;
        Ok(match operator {
            Or => left | right,
            Xor => left ^ right,
            And => left & right,
            Equal => (left == right).into(),
            NotEqual => (left != right).into(),
            Less => (left < right).into(),
            LessEqual => (left <= right).into(),
            Greater => (left > right).into(),
            GreaterEqual => (left >= right).into(),
            ShiftLeft => left.wrapping_shl(right as u32),
            ShiftRight => left.wrapping_shr(right as u32),
            Add => left.wrapping_add(right),
            Subtract => left.wrapping_sub(right),
            Multiply => left.wrapping_mul(right),
            Divide | Remainder if right == 0 => return Err(self.error("division by 0", at)),
            Divide => left.wrapping_div(right),
            Remainder => left.wrapping_rem(right),
            Power if right < 0 => return Err(self.error("exponent less than 0", last)),
            Power => left.wrapping_pow(right as u32),
        })
    }

    fn value(&mut self, expression: &ArithExpr) -> Result<i64, ArithError> {
        Ok(match expression {
            ArithExpr::Number(number) => *number,
            ArithExpr::Variable(_) | ArithExpr::Element(_) => {
                let place = self.place(expression)?;
                self.variables.get(&place).copied().unwrap_or(0)
            }
            ArithExpr::Expansion(part) => panic!("expansion of part {part}"),
            ArithExpr::Unary(operator, operand) => {
                let value = self.value(operand)?;
                match operator {
                    ArithUnary::Negate => value.wrapping_neg(),
                    ArithUnary::Plus => value,
                    ArithUnary::Not => (value == 0).into(),
                    ArithUnary::Complement => !value,
                }
            }
            ArithExpr::Step(step) => {
                let place = self.place(&step.target)?;
                let old = self.variables.get(&place).copied().unwrap_or(0);
                let new = if step.decrement { old - 1 } else { old + 1 };
                self.variables.insert(place, new);
                if step.prefix { new } else { old }
            }
            ArithExpr::Binary(chain) => {
                let mut left = self.value(&chain.first)?;
                for operand in &chain.rest {
                    let right = self.value(&operand.value)?;
                    left = self.apply(operand.operator, left, right, operand.at, operand.last_at)?;
                }
                left
            }
            ArithExpr::And(values) => {
                for value in values {
                    if self.value(value)? == 0 {
                        return Ok(0);
                    }
                }
                1
            }
            ArithExpr::Or(values) => {
                for value in values {
                    if self.value(value)? != 0 {
                        return Ok(1);
                    }
                }
                0
            }
            ArithExpr::Conditional(conditional) => match self.value(&conditional.condition)? {
                0 => self.value(&conditional.no)?,
                _ => self.value(&conditional.yes)?,
            },
            ArithExpr::Assign(assign) => {
                let place = self.place(&assign.target)?;
                let right = self.value(&assign.value)?;
                let old = self.variables.get(&place).copied().unwrap_or(0);
                let new = match assign.operator {
                    None => right,
                    Some(operator) => self.apply(operator, old, right, assign.at, assign.at)?,
                };
                self.variables.insert(place, new);
                new
            }
            ArithExpr::Comma(values) => {
                let mut last = 0;
                for value in values {
                    last = self.value(value)?;
                }
                last
            }
        })
    }
}

fn evaluate(text: &str) -> Result<i64, ArithError> {
    let arith = parse(text.as_bytes())?;
    let variables = Variables::from([((b"a".to_vec(), 0), 3), ((b"b".to_vec(), 0), 2)]);
    Evaluator { variables, text: &arith.text }.value(&arith.expression)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = match evaluate(text) {
        Ok(value) => value.to_string(),
        Err(error) => String::from_utf8_lossy(&error.to_bytes()).into_owned(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn values_and_messages_are_those_of_bash() {
    let cases = [
        ("1+2", "3"),
        ("1 +", r#"1 +: syntax error: operand expected (error token is "+")"#),
        ("+", r#"+: syntax error: operand expected (error token is "+")"#),
        ("*2", r#"*2: syntax error: operand expected (error token is "*2")"#),
        ("1 2", r#"1 2: syntax error in expression (error token is "2")"#),
        ("(1", r#"(1: missing `)' (error token is "1")"#),
        ("(1+2", r#"(1+2: missing `)' (error token is "2")"#),
        ("1)", r#"1): syntax error in expression (error token is ")")"#),
        ("()", r#"(): syntax error: operand expected (error token is ")")"#),
        ("1,", r#"1,: syntax error: operand expected (error token is ",")"#),
        (",1", r#",1: syntax error: operand expected (error token is ",1")"#),
        ("1=2", r#"1=2: attempted assignment to non-variable (error token is "=2")"#),
        ("a=", r#"a=: syntax error: operand expected (error token is "=")"#),
        ("a=3", "3"),
        ("a+=2", "5"),
        ("1+a=2", r#"1+a=2: attempted assignment to non-variable (error token is "=2")"#),
        ("a ? 1", r#"a ? 1: `:' expected for conditional expression (error token is "1")"#),
        ("a ? 1 :", r#"a ? 1 :: expression expected (error token is ":")"#),
        ("a ? : 2", r#"a ? : 2: expression expected (error token is ": 2")"#),
        ("a ? 1 : a=2", r#"a ? 1 : a=2: attempted assignment to non-variable (error token is "=2")"#),
        ("1 ? 2 : 3 ? 4 : 5", "2"),
        ("0 ? 2 : 0 ? 4 : 5", "5"),
        ("1 ? 2, 3 : 4", "3"),
        ("-2**2", "4"),
        ("2**3**2", "512"),
        ("2**-1", r#"2**-1: exponent less than 0 (error token is "1")"#),
        ("!0", "1"),
        ("!!5", "1"),
        ("~5", "-6"),
        ("- -5", "5"),
        ("--5", "5"),
        ("---5", "-5"),
        ("++5", "5"),
        ("2--3", "5"),
        ("2++3", "5"),
        ("a++", "3"),
        ("++a", "4"),
        ("--a", "2"),
        ("a--", "3"),
        ("a++ + ++a", "8"),
        ("a+++b", "5"),
        ("a---b", "1"),
        ("a++b", r#"a++b: syntax error in expression (error token is "b")"#),
        ("a --b", r#"a --b: syntax error in expression (error token is "b")"#),
        ("++ a", "4"),
        ("a ++", "3"),
        ("5++", r#"5++: syntax error: operand expected (error token is "+")"#),
        ("(a)++", r#"(a)++: syntax error: operand expected (error token is "+")"#),
        ("++(a)", "3"),
        ("a++++", r#"a++++: syntax error: operand expected (error token is "+")"#),
        ("08", r#"08: value too great for base (error token is "08")"#),
        ("010", "8"),
        ("0x1F", "31"),
        ("0X1f", "31"),
        ("0xg", r#"0xg: value too great for base (error token is "0xg")"#),
        ("0x", "0"),
        ("16#ff", "255"),
        ("16#FG", r#"16#FG: value too great for base (error token is "16#FG")"#),
        ("2#2", r#"2#2: value too great for base (error token is "2#2")"#),
        ("1#1", r#"1#1: invalid arithmetic base (error token is "1#1")"#),
        ("65#1", r#"65#1: invalid arithmetic base (error token is "65#1")"#),
        ("64#@_", "4031"),
        ("36#zZ", "1295"),
        ("64#zZ", "2301"),
        ("62#Z", "61"),
        ("10#08", "8"),
        ("2#", r#"2#: invalid integer constant (error token is "2#")"#),
        ("0#1", r#"0#1: invalid number (error token is "0#1")"#),
        ("16#", r#"16#: invalid integer constant (error token is "16#")"#),
        ("99999999999999999999", "7766279631452241919"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "-9223372036854775808"),
        ("0xffffffffffffffff", "-1"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("1<<64", "1"),
        ("1<<-1", "-9223372036854775808"),
        ("1>>1", "0"),
        ("-1>>1", "-1"),
        ("5/0", r#"5/0: division by 0 (error token is "0")"#),
        ("5%0", r#"5%0: division by 0 (error token is "0")"#),
        ("1/0+2", r#"1/0+2: division by 0 (error token is "0+2")"#),
        ("1+2/(3-3)*4", r#"1+2/(3-3)*4: division by 0 (error token is "(3-3)*4")"#),
        ("5/2", "2"),
        ("-5/2", "-2"),
        ("-5%3", "-2"),
        ("1<2", "1"),
        ("1<=1", "1"),
        ("2>1", "1"),
        ("2>=3", "0"),
        ("1==1", "1"),
        ("1!=1", "0"),
        ("1&3", "1"),
        ("1|2", "3"),
        ("5^1", "4"),
        ("1&&0", "0"),
        ("0||0", "0"),
        ("1||x++", "1"),
        ("a=b=3", "3"),
        ("a[1]=5", "5"),
        ("a[1]+a[2]", "0"),
        ("a[", r#"a[: bad array subscript (error token is "a[")"#),
        ("a[1", r#"a[1: bad array subscript (error token is "a[1")"#),
        ("a[1]++", "0"),
        ("++a[1]", "1"),
        ("a[1+1]", "0"),
        ("x.y", r#"x.y: syntax error: invalid arithmetic operator (error token is ".y")"#),
        ("1.5", r#"1.5: syntax error: invalid arithmetic operator (error token is ".5")"#),
        (r#""1""#, r#""1": syntax error: operand expected (error token is ""1"")"#),
        ("'1'", r#"'1': syntax error: operand expected (error token is "'1'")"#),
        ("$x", r#"$x: syntax error: operand expected (error token is "$x")"#),
        ("@", r#"@: syntax error: operand expected (error token is "@")"#),
        ("#", r##"#: syntax error: operand expected (error token is "#")"##),
        ("1@2", r#"1@2: value too great for base (error token is "1@2")"#),
        ("a b", r#"a b: syntax error in expression (error token is "b")"#),
        ("a=1 b", r#"a=1 b: syntax error in expression (error token is "b")"#),
        ("1 ? ", r#"1 ? : expression expected (error token is "? ")"#),
        ("a ? b c", r#"a ? b c: `:' expected for conditional expression (error token is "c")"#),
        ("a!=b", "1"),
        ("a=!b", "0"),
        ("!a=b", r#"!a=b: attempted assignment to non-variable (error token is "=b")"#),
        ("a|=1", "3"),
        ("a^=1", "2"),
        ("a&=3", "3"),
        ("a<<=2", "12"),
        ("a>>=1", "1"),
        ("a*=2", "6"),
        ("a/=2", "1"),
        ("a%=2", "1"),
        ("a-=2", "1"),
        ("a**=2", r#"a**=2: syntax error: operand expected (error token is "=2")"#),
        ("a&&=1", r#"a&&=1: syntax error: operand expected (error token is "=1")"#),
        ("a==", r#"a==: syntax error: operand expected (error token is "==")"#),
        ("a<", r#"a<: syntax error: operand expected (error token is "<")"#),
        ("1<<", r#"1<<: syntax error: operand expected (error token is "<<")"#),
        ("`", r#"`: syntax error: operand expected (error token is "`")"#),
        (r#"\1"#, r#"\1: syntax error: operand expected (error token is "\1")"#),
        ("{1}", r#"{1}: syntax error: operand expected (error token is "{1}")"#),
        ("1;2", r#"1;2: syntax error: invalid arithmetic operator (error token is ";2")"#),
        ("1:2", r#"1:2: syntax error in expression (error token is ":2")"#),
        ("?", r#"?: syntax error: operand expected (error token is "?")"#),
        ("a?b?1:2:3", "1"),
        ("1,2,3", "3"),
        ("a=(1,2)", "2"),
        ("((3))", "3"),
        ("2*(3+4)", "14"),
        ("2+3*4-1", "13"),
        ("10-2-3", "5"),
        ("100/5/2", "10"),
        ("2*3%4", "2"),
        ("1<2==1", "1"),
        ("1|2^3&4", "3"),
        ("a,b", "2"),
        ("~-1", "0"),
        ("!-1", "0"),
        ("-!1", "0"),
        ("+ +1", "1"),
        ("1 + + 1", "2"),
        ("1 - - 1", "2"),
        ("1+++1", "2"),
        ("a+ +b", "5"),
        ("0b1", r#"0b1: value too great for base (error token is "0b1")"#),
        ("1e3", r#"1e3: value too great for base (error token is "1e3")"#),
        ("1_000", r#"1_000: value too great for base (error token is "1_000")"#),
        ("1a", r#"1a: value too great for base (error token is "1a")"#),
        ("1#", r#"1#: invalid arithmetic base (error token is "1#")"#),
        ("a#", r##"a#: syntax error: invalid arithmetic operator (error token is "#")"##),
        ("1 /* c */", r#"1 /* c */: syntax error: operand expected (error token is "* c */")"#),
        ("a->b", r#"a->b: syntax error: operand expected (error token is ">b")"#),
        ("1?2", r#"1?2: `:' expected for conditional expression (error token is "2")"#),
        ("1?2:", r#"1?2:: expression expected (error token is ":")"#),
        ("(,)", r#"(,): syntax error: operand expected (error token is ",)")"#),
        ("[1]", r#"[1]: syntax error: operand expected (error token is "[1]")"#),
        ("1 <> 2", r#"1 <> 2: syntax error: operand expected (error token is "> 2")"#),
        ("1 === 2", r#"1 === 2: syntax error: operand expected (error token is "= 2")"#),
        ("1 => 2", r#"1 => 2: attempted assignment to non-variable (error token is "=> 2")"#),
        ("a = 5", "5"),
        ("a =5", "5"),
        ("a+ =5", r#"a+ =5: syntax error: operand expected (error token is "=5")"#),
        (" 1 +  2  x", r#"1 +  2  x: syntax error in expression (error token is "x")"#),
        ("7 & & 3", r#"7 & & 3: syntax error: operand expected (error token is "& 3")"#),
        ("7 && && 3", r#"7 && && 3: syntax error: operand expected (error token is "&& 3")"#),
        ("2++a", r#"2++a: syntax error in expression (error token is "++a")"#),
        ("2--a", r#"2--a: syntax error in expression (error token is "--a")"#),
        ("1 ++a", r#"1 ++a: syntax error in expression (error token is "++a")"#),
        ("a=b+=2", "4"),
        ("a[0]+=2", "5"),
        ("a[b-2]", "3"),
        ("1?a=5:2", "5"),
        ("a,b=7,a+b", "10"),
        ("(a=5)+a", "10"),
        ("(a)=3", r#"(a)=3: attempted assignment to non-variable (error token is "=3")"#),
        ("0x1F+010", "39"),
        ("2 ** 3 ** 0", "2"),
        ("-2 ** 2 * 3", "12"),
        ("1 - 2 - 3 - 4", "-8"),
        ("1 << 2 << 3", "32"),
        ("16 / 4 * 2 % 3", "2"),
        ("1 || 0 && 0", "1"),
        ("0 && 1 || 1", "1"),
        ("1 < 2 < 3", "1"),
        ("3 > 2 > 1", "0"),
        ("!a + 1", "1"),
        ("- a ** 2", "9"),
        ("a ? b : 0 , 9", "9"),
        ("b ? a ? 1 : 2 : 3", "1"),
        ("~a & 7", "4"),
        ("a & 1 == 1", "1"),
        ("1 | 2 == 2", "1"),
        ("a << 1 + 1", "12"),
        ("1 {", r#"1 {: syntax error: invalid arithmetic operator (error token is "{")"#),
        ("1 $", r#"1 $: syntax error: invalid arithmetic operator (error token is "$")"#),
        ("08+1", r#"08: value too great for base (error token is "08")"#),
        ("a[1]]", r#"a[1]]: syntax error: invalid arithmetic operator (error token is "]")"#),
        ("a[b]c", r#"a[b]c: syntax error in expression (error token is "c")"#),
        ("a ==b", "0"),
        ("a= =b", r#"a= =b: syntax error: operand expected (error token is "=b")"#),
        ("2**-1+3", r#"2**-1+3: exponent less than 0 (error token is "+3")"#),
        (r#"""#, r#"": syntax error: operand expected (error token is """)"#),
        ("2 ** ", r#"2 ** : syntax error: operand expected (error token is "** ")"#),
        ("a[0]=", r#"a[0]=: syntax error: operand expected (error token is "=")"#),
        ("1 +x y", r#"1 +x y: syntax error in expression (error token is "y")"#),
    ];
    for (text, expected) in cases {
        check(text, expected);
    }
}

#[test]
fn a_long_sum_is_wide_not_deep() {
    let text = format!("0{}", "+1".repeat(20_000));
    check(&text, "20000");
    let text = format!("1{}", "&&1".repeat(20_000));
    check(&text, "1");
}

#[test]
fn nesting_is_limited() {
    for (open, inside, close) in [
        ("(", "1", ")"),
        ("-", "1", ""),
        ("1?", "1", ":1"),
        ("a=", "1", ""),
        ("2**", "0", ""),
        ("a[", "1", "]"),
    ] {
        let text = format!("{}{inside}{}", open.repeat(90), close.repeat(90));
        assert!(parse(text.as_bytes()).is_ok(), "{open}");
        let text = format!("{}{inside}{}", open.repeat(5_000), close.repeat(5_000));
        match parse(text.as_bytes()) {
            Err(error) => assert_eq!(error.message, "expression recursion level exceeded"),
            // The key of an associative array may be anything.
            Ok(_) => assert_eq!(open, "a["),
        }
    }
}

/// Whether the expression in `((…))` can be parsed before it is expanded.
fn parses_as_word(text: &str) -> bool {
    let text = format!("(({text}))");
    let program = Parser::new(text.as_bytes(), Options::default()).parse_all().unwrap();
    match &program.body.items[0].and_or.first.commands[0].kind {
        CommandKind::Arith(word) => parse_word(word).is_some(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_whose_expansions_are_operands_parse_once() {
    for text in [
        "$x",
        "$x+1",
        "1 + ${x}",
        "-$x",
        "\"$x\" * 2",
        "$(c) % $((1+2))",
        "a[$x]=$y",
        "$x ? $y : $z",
        "$x == 1",
        "\"1\"+2",
    ] {
        assert!(parses_as_word(text), "{text}");
    }
    for text in [
        "$x$y", "1$x", "$x 1", "a$x", "$x[1]", "++$x", "$x++", "$x--$y", "1 $x 2", "$x = 1", "1 +", "16#$x",
        "${x}0",
    ] {
        assert!(!parses_as_word(text), "{text}");
    }
}

#[test]
fn expansions_carry_the_index_of_their_part() {
    let program = Parser::new(b"((1 + $x * $y))", Options::default()).parse_all().unwrap();
    let CommandKind::Arith(word) = &program.body.items[0].and_or.first.commands[0].kind else { panic!() };
    let arith = parse_word(word).unwrap();
    let ArithExpr::Binary(sum) = arith.expression else { panic!() };
    let ArithExpr::Binary(product) = &sum.rest[0].value else { panic!() };
    assert_eq!(product.first, ArithExpr::Expansion(1));
    assert_eq!(product.rest[0].value, ArithExpr::Expansion(3));
    assert!(matches!(word.parts[3], WordPart::Param(_)));
}
