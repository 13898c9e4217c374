# Quotes, backslashes, and $'…'.

#### single quotes keep everything
echo 'a $x `b` \n "c"'
## stdout: a $x `b` \n "c"

#### double quotes keep blanks
echo "a   b"
## stdout: a   b

#### double quotes expand
x=1; echo "$x ${x}2 $((x+1)) $(echo s) `echo b`"
## stdout: 1 12 2 s b

#### backslash in double quotes
echo "\$x \` \" \\ \a \'"
## stdout: $x ` " \ \a \'

#### backslash outside of quotes
echo \$x \a \\ \" \' a\ \ b
## stdout: $x a \ " ' a  b

#### backslash newline in double quotes
echo "one\
two"
## stdout: onetwo

#### backslash newline in single quotes stays
echo 'one\
two'
## STDOUT:
one\
two
## END

#### newline in quotes
echo "one
two"
## STDOUT:
one
two
## END

#### adjacent quotes join
echo a'b'"c"\d$'e'
## stdout: abcde

#### single quote inside double quotes
echo "it's"
## stdout: it's

#### double quote inside single quotes
echo 'say "hi"'
## stdout: say "hi"

#### a quote in a single-quoted string by closing it
echo 'it'\''s'
## stdout: it's

#### empty quotes are a word
set -- '' "" $''; echo $#
## stdout: 3

#### empty quotes next to text vanish
set -- ''a b"" ; echo "$1|$2|$#"
## stdout: a|b|2

#### ANSI-C newline and tab
echo $'a\nb\tc'
## STDOUT:
a
b	c
## END

#### ANSI-C quotes and backslash
echo $'it\'s \"q\" \\'
## stdout: it's "q" \

#### ANSI-C octal and hex
echo $'\101\x42\103' $'\x4' $'\7'
## stdout-json: "ABC \u0004 \u0007\n"

#### ANSI-C unicode
echo $'\u00e9 \u20ac \U0001F600'
## stdout: é € 😀

#### ANSI-C control characters
printf %s $'\a\b\e\E\f\r\v\cA\c?'
## stdout-json: "\u0007\u0008\u001b\u001b\u000c\r\u000b\u0001\u007f"

#### ANSI-C unknown escape stays
echo $'\q\z'
## stdout: \q\z

#### ANSI-C NUL ends the string
x=$'ab\0cd'; echo "$x" ${#x}
## stdout: ab 2

#### ANSI-C is not special in double quotes
echo "$'a'"
## stdout: $'a'

#### dollar double quote
echo $"hello world"
## stdout: hello world

#### dollar at the end
echo a$ $ "$" "a$"
## stdout: a$ $ $ a$

#### dollar before odd characters
echo $% $/ "$," $^
## stdout: $% $/ $, $^

#### escaped dollar brace
echo \${x} "\${x}"
## stdout: ${x} ${x}

#### quotes inside parameter default
unset x
echo "${x:-"a  b"}" ${x:-"a  b"} "${x:-'q'}" ${x:-'q  r'}
## stdout: a  b a  b 'q' q  r

#### quotes from expansion are literal
x='"a b"'; set -- $x; echo $# $1
## stdout: 2 "a

#### backslash from expansion is literal
x='a\nb'; echo $x "$x"
## stdout: a\nb a\nb

#### quote in command substitution in quotes
echo "$(echo "in ner")"
echo "$(echo 'a"b')"
## STDOUT:
in ner
a"b
## END

#### nested quotes three deep
echo "a $(echo "b $(echo "c  d")")"
## stdout: a b c  d

#### backquotes with escaped backquotes
echo `echo a \`echo b\``
## stdout: a b

#### backquotes with backslashes
echo `echo \\$x '\\n' \\\\`
## stdout: $x \n \

#### backquotes in double quotes
echo "`echo "x  y"`"
## stdout: x  y

#### hash inside a word is no comment
echo a#b '#' \# "#"
## stdout: a#b # # #

#### tilde in quotes is literal
echo "~" '~' \~
## stdout: ~ ~ ~

#### glob in quotes is literal
touch f1; echo "f*" 'f*' f\*
## stdout: f* f* f*

#### brace in quotes is literal
echo "{a,b}" '{a,b}' \{a,b} {a\,b,c}
## stdout: {a,b} {a,b} {a,b} a,b c

#### reserved word in quotes is a command
'if' true; echo $?
## stdout: 127
## stderr: bash: line 1: if: command not found

#### quoted assignment is a command
"x=1"; echo $?
## stdout: 127
## stderr: bash: line 1: x=1: command not found

#### partly quoted assignment is an assignment
x="a b"c'd e'; echo "$x"
## stdout: a bcd e

#### assignment does not split
y='a   b'; x=$y; echo "$x"
## stdout: a   b

#### exclamation mark is plain
echo "a!b" 'c!d' e!f
## stdout: a!b c!d e!f

#### quoted newline inside a function body
f() { echo "line 1
line 2"; }
f
## STDOUT:
line 1
line 2
## END

#### carriage return is a plain character
printf 'echo a\r\n' > s; bash s
## stdout-json: "a\r\n"

#### unterminated single quote
echo 'abc
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `''

#### unterminated double quote
echo "abc
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `"'

#### unterminated substitution
echo $(echo a
## status: 2
## stderr: bash: -c: line 2: unexpected EOF while looking for matching `)'

#### non-ASCII bytes go through
echo 'grüße 日本 🐚'
## stdout: grüße 日本 🐚

#### invalid UTF-8 goes through
printf 'echo "\377\376"\n' > s; bash s
## stdout-json: "\xff\xfe\n"

#### quote removal in case patterns and assignments
x=\a'b'"c"; echo $x
## stdout: abc

#### at sign in quotes with text around
set -- a b c; printf '<%s>' "x$@y"; echo
## stdout: <xa><b><cy>

#### star in quotes with IFS
set -- a b c; IFS=-; echo "$*" $*
## stdout: a-b-c a b c

#### star with empty IFS
set -- a b c; IFS=; echo "$*"; printf '<%s>' $*; echo
## STDOUT:
abc
<a><b><c>
## END

#### star with unset IFS
set -- a b c; unset IFS; echo "$*"
## stdout: a b c

#### quoted at without parameters is nothing
set --; printf '<%s>' "$@"; echo; set -- "$@" x; echo $#
## STDOUT:
<>
1
## END

#### quoted at without parameters next to text
set --; printf '<%s>' "a$@"; echo
## stdout: <a>

#### empty quotes with an empty at
set --; printf '<%s>' ""$@; echo; printf '<%s>' "$@"""; echo
## STDOUT:
<>
<>
## END
