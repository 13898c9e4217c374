## needs: grep

#### a match
printf 'one\ntwo\nthree\n' | grep t
## STDOUT:
two
three
## END

#### statuses
echo a | grep -q a; echo $?; echo a | grep -q b; echo $?; grep -q a nosuch; echo $?
## STDOUT:
0
1
2
## END
## stderr: grep: nosuch: No such file or directory

#### basic regular expressions
printf 'abc\naXc\nac\na.c\n' | grep 'a.c'; printf 'a+b\naab\n' | grep 'a+b'; printf 'aab\nb\n' | grep 'a\+b'; printf 'ab\nb\n' | grep '^a\?b$'
## STDOUT:
abc
aXc
a.c
a+b
aab
ab
b
## END

#### anchors
printf 'ab\nba\na\n' | grep '^a'; printf 'ab\nba\n' | grep 'a$'; printf 'a\n\nb\n' | grep -c '^$'; echo 'a^b$c' | grep 'a^b$c'
## STDOUT:
ab
a
ba
1
a^b$c
## END

#### sets
printf 'a1\nb2\nc\n' | grep '[0-9]'; printf 'a\nB\n' | grep '[[:upper:]]'; printf 'a]\na-\n' | grep 'a[]-]'; printf 'ab\ncd\n' | grep '[^a-b]'
## STDOUT:
a1
b2
B
a]
a-
cd
## END

#### star
printf 'b\nab\naab\n' | grep 'a*b'; printf '*a\na\n' | grep '*a'; printf '*\n' | grep '^*'
## STDOUT:
b
ab
aab
*a
*
## END

#### intervals
printf 'a\naa\naaa\n' | grep 'a\{2\}'; printf 'a\naa\naaa\n' | grep -E '^a{1,2}$'; printf 'a\naa\n' | grep -E '^a{2,}$'; printf 'aa\n' | grep -E '^a{,2}$'
## STDOUT:
aa
aaa
a
aa
aa
aa
## END

#### groups and back-references
printf 'abab\nabba\n' | grep '\(ab\)\1'; printf 'xyxy\nxyyx\n' | grep -E '(x)(y)\1\2'; printf 'aa\nab\n' | grep '\(.\)\1'
## STDOUT:
abab
xyxy
aa
## END

#### alternation
printf 'a\nb\nc\n' | grep 'a\|b'; printf 'a\nb\nc\n' | grep -E 'a|c'; printf 'ab\nac\nad\n' | grep -E 'a(b|c)'
## STDOUT:
a
b
a
c
ab
ac
## END

#### -E operators
printf 'ac\nabc\nabbc\n' | grep -E 'ab?c'; printf 'ac\nabc\nabbc\n' | grep -E 'ab+c'; printf 'a+b\n' | grep -E 'a\+b'; printf 'a{1\n' | grep -E 'a{1'
## STDOUT:
ac
abc
abc
abbc
a+b
a{1
## END

#### GNU escapes
printf 'foo bar\nfoobar\n' | grep '\bbar\b'; printf 'foo bar\nfoobar\n' | grep '\<bar\>'; printf 'a_1\n-\n' | grep '\w'; printf 'a b\nab\n' | grep '\s'; printf 'ab\n' | grep 'a\Bb'; printf 'a!\naa\n' | grep '\W'; printf ' a\naa\n' | grep -c '\S'
## STDOUT:
foo bar
foo bar
a_1
a b
ab
a!
2
## END

#### -F
printf 'a.c\nabc\n' | grep -F a.c; printf 'a*b\n' | grep -F 'a*b'; printf 'a\nb\nc\n' | grep -F 'a
c'
## STDOUT:
a.c
a*b
a
c
## END

#### -P
printf 'a1\nab\n' | grep -P '\d'; printf 'foobar\nfoobaz\n' | grep -P 'foo(?!bar)'
## STDOUT:
a1
foobaz
## END
## differs: there are no Perl expressions
## our status: 2
## our stdout-json: ""
## OUR STDERR:
grep: Perl matching not supported in a --disable-perl-regexp build
grep: Perl matching not supported in a --disable-perl-regexp build
## END

#### -i
printf 'ABC\nabd\n' | grep -i abc; printf 'É\né\n' | grep -i é; printf 'a\n' | grep -i '[A-C]'
## STDOUT:
ABC
É
é
a
## END

#### -v
printf 'a\nb\nc\n' | grep -v b; printf 'a\n' | grep -v a; echo $?
## STDOUT:
a
c
1
## END

#### -c
printf 'a\nb\na\n' | grep -c a; printf 'a\n' | grep -c z; printf 'a\nb\n' | grep -vc a
## STDOUT:
2
0
1
## END

#### -n
printf 'a\nb\na\n' | grep -n a
## STDOUT:
1:a
3:a
## END

#### -b
printf 'ab\ncd\n' | grep -b d; printf 'abcb\n' | grep -bo b
## STDOUT:
3:cd
1:b
3:b
## END

#### -o
echo 'a1b22c333' | grep -o '[0-9]*'; printf 'foo bar foo\n' | grep -o foo; printf 'ab\n' | grep -no .
## STDOUT:
1
22
333
foo
foo
1:a
1:b
## END

#### -w
printf 'foo\nfoobar\nfoo-bar\n_foo\n' | grep -w foo; echo 'xfoo foo' | grep -wo foo; printf 'ab abc\n' | grep -w 'ab\|abc' -o
## STDOUT:
foo
foo-bar
foo
ab
abc
## END

#### -x
printf 'ab\nabc\n' | grep -x ab; printf 'ab\nabc\n' | grep -x 'ab\|abc'; printf 'a.b\n' | grep -Fx a.b
## STDOUT:
ab
ab
abc
a.b
## END

#### -l and -L
echo a > x; echo b > y; grep -l a x y; grep -L a x y; grep -l z x y; echo $?; grep -L z x; echo $?
## STDOUT:
x
y
1
x
1
## END

#### -h and -H
echo a > x; echo a > y; grep a x y; grep -h a x y; grep -H a x; grep -nH a x; echo a | grep -H a; echo a | grep --label=in -H a
## STDOUT:
x:a
y:a
a
a
x:a
x:1:a
(standard input):a
in:a
## END

#### -m
seq 10 | grep -m 2 1; seq 20 | grep -c -m 3 1; seq 3 | grep -m 0 1; echo $?
## STDOUT:
1
10
3
1
## END

#### -m leaves the rest of the input
printf 'a\nb\na\nc\n' > f; (grep -m 1 a; cat) < f
## STDOUT:
a
b
a
c
## END

#### -A -B -C
seq 9 | grep -A 1 5; seq 9 | grep -B 1 5; seq 9 | grep -C 1 5; seq 9 | grep -1 5
## STDOUT:
5
6
4
5
4
5
6
4
5
6
## END

#### context groups
seq 9 | grep -A 1 '[37]'; seq 9 | grep -A 1 '[34]'; seq 9 | grep -n -A 1 '[37]'; seq 9 | grep --no-group-separator -A 1 '[37]'; seq 9 | grep --group-separator='##' -A 1 '[37]'
## STDOUT:
3
4
--
7
8
3
4
5
3:3
4-4
--
7:7
8-8
3
4
7
8
3
4
##
7
8
## END

#### context with file names
seq 3 > x; seq 3 > y; grep -C 1 2 x y
## STDOUT:
x-1
x:2
x-3
--
y-1
y:2
y-3
## END

#### context and -v, -c, -o
seq 5 | grep -v -A 1 3; seq 5 | grep -c -A 1 3; seq 5 | grep -o -A 1 3
## STDOUT:
1
2
3
4
5
1
3
## END

#### -e and several patterns
printf 'a\nb\nc\n' | grep -e a -e c; printf -- '-x\n' | grep -e -x; printf 'a\nb\n' | grep 'a
b'
## STDOUT:
a
c
-x
a
b
## END

#### -f
printf 'a\nc\n' > p; printf 'a\nb\nc\n' | grep -f p; : > e; printf 'a\n' | grep -f e; echo $?; printf 'x\n' | grep -f nosuch; echo $?
## STDOUT:
a
c
1
2
## END
## stderr: grep: nosuch: No such file or directory

#### -s and -q
grep a nosuch; echo $?; grep -s a nosuch; echo $?; echo a > f; grep -q a f nosuch; echo $?; grep -q z f nosuch; echo $?
## STDOUT:
2
2
0
2
## END
## STDERR:
grep: nosuch: No such file or directory
grep: nosuch: No such file or directory
## END

#### -r
mkdir -p d/e; echo hit > d/a; echo hit > d/e/b; echo no > d/c; grep -r hit d | sort; grep -rl hit d | sort; grep -r hit | sort; grep -rh hit d
## STDOUT:
d/a:hit
d/e/b:hit
d/a
d/e/b
d/a:hit
d/e/b:hit
hit
hit
## END

#### -r with --include and --exclude
mkdir -p d/sub; echo x > d/a.c; echo x > d/b.h; echo x > d/sub/c.c; grep -r --include='*.c' x d | sort; grep -r --exclude='*.c' x d; grep -r --exclude-dir=sub x d | sort
## STDOUT:
d/a.c:x
d/sub/c.c:x
d/b.h:x
d/a.c:x
d/b.h:x
## END

#### a directory without -r
mkdir d; grep a d; echo $?; echo a > f; grep a d f; grep -s a d; grep -d skip a d; echo $?
## STDOUT:
2
f:a
1
## END
## STDERR:
grep: d: Is a directory
grep: d: Is a directory
## END

#### binary files
printf 'a\0b\n' > f; grep a f; echo $?; grep -a a f; grep -c a f; grep -I a f; echo $?; grep -o a f
## stdout-json: "0\na\u0000b\n1\n1\n"
## STDERR:
grep: f: binary file matches
grep: f: binary file matches
## END

#### invalid UTF-8 is binary
printf 'a\377b\n' > f; grep a f; grep -a a f; LC_ALL=C grep a f
## stdout-json: "a\xffb\na\xffb\n"
## stderr: grep: f: binary file matches

#### -z
printf 'a\0b\0' | grep -z b; printf 'a\nb\0' | grep -zc b
## stdout-json: "b\u00001\n"

#### empty pattern matches all
printf 'a\n\nb\n' | grep ''; printf '' | grep ''; echo $?; printf 'a\n' | grep -w ''; echo $?
## STDOUT:
a

b
1
1
## END

#### no final newline
printf 'a\nb' | grep b; printf 'ab' | grep -o b
## STDOUT:
b
b
## END

#### --color
echo abc | grep --color=always b | cat -v; echo abc > f; grep --color=always -nH b f | cat -v; echo abc | grep --color=auto b
## STDOUT:
a^[[01;31m^[[Kb^[[m^[[Kc
^[[35m^[[Kf^[[m^[[K^[[36m^[[K:^[[m^[[K^[[32m^[[K1^[[m^[[K^[[36m^[[K:^[[m^[[Ka^[[01;31m^[[Kb^[[m^[[Kc
abc
## END

#### -T
printf 'a\n' > f; grep -T -nH a f
## stdout: f:1:	a

#### -Z
echo a > f; grep -lZ a f
## stdout-json: "f\u0000"

#### bad regular expressions
grep '\(' /dev/null; echo $?; grep '[' /dev/null; echo $?; grep -E '(' /dev/null; echo $?; grep -E ')' /dev/null; echo $?; grep 'a\{1' /dev/null; echo $?; grep '\' /dev/null; echo $?; grep '[[:foo:]]' /dev/null; echo $?; grep '\(a\)\2' /dev/null; echo $?
## STDOUT:
2
2
2
1
2
2
2
2
## END
## STDERR:
grep: Unmatched ( or \(
grep: Invalid regular expression
grep: Unmatched ( or \(
grep: Unmatched \{
grep: Trailing backslash
grep: Invalid character class name
grep: Invalid back reference
## END

#### odd but accepted regular expressions
echo '{1}' | grep -E '{1}'; echo 'a|b' | grep 'a|b'; echo a | grep -E 'a||b'; echo ')' | grep ')'; echo x | grep -E '()x'
## STDOUT:
{1}
a|b
a
)
x
## END
## stderr: grep: warning: {...} at start of expression

#### [:space:] outside of brackets is an error
echo a | grep '[:space:]'; echo $?
## stdout: 2
## stderr: grep: character class syntax is [[:space:]], not [:space:]

#### without a pattern
grep; echo $?; grep -E; echo $?
## STDOUT:
2
2
## END
## STDERR:
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
## END

#### unknown option
grep -@ a; echo $?; grep --nosuch a; echo $?
## STDOUT:
2
2
## END
## STDERR:
grep: invalid option -- '@'
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
grep: unrecognized option '--nosuch'
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
## END

#### bad numbers
grep -m x a; echo $?; grep -A x a; echo $?; grep -C -1 a; echo $?
## STDOUT:
2
2
2
## END
## STDERR:
grep: invalid max count
grep: x: invalid context length argument
grep: -1: invalid context length argument
## END

#### conflicting matchers
echo a | grep -E -F a; echo $?; echo a | grep -F -P a; echo $?
## STDOUT:
2
2
## END
## STDERR:
grep: conflicting matchers specified
grep: conflicting matchers specified
## END

#### egrep and fgrep by -E and -F with files
echo 'a+b' > f; grep -E 'a\+b' f; grep -F 'a+b' f
## STDOUT:
a+b
a+b
## END

#### long lines
printf '%0100000d\n' 1 | grep -c 1$; printf '%0100000d\n' 1 | grep -o '01$'
## STDOUT:
1
01
## END

#### many lines
seq 100000 | grep -c 7; seq 100000 | grep 99999; seq 100000 | grep -E '^(12|34)5{3}$'
## STDOUT:
40951
99999
12555
34555
## END

#### leftmost longest
echo abcd | grep -oE 'ab|abcd|abc'; echo xabcabc | grep -oE '(abc)+'; echo aaa | grep -o 'a*'
## STDOUT:
abcd
abcabc
aaa
## END

#### dot does not match a newline
printf 'a\nb\n' | grep -c 'a.b'; echo $?
## STDOUT:
0
1
## END

#### UTF-8
echo grüße | grep -o 'gr.ße'; echo 日本語 | grep -o '本'; printf 'é\n' | grep -c '^.$'; printf 'é\n' | LC_ALL=C grep -c '^..$'
## STDOUT:
grüße
本
1
1
## END

#### case folding of UTF-8 sets
echo ÄB | grep -io 'ä[a-z]'; echo straße | grep -i STRAßE
## STDOUT:
ÄB
straße
## END

#### words with dashes
printf 'a-b\nab\n' | grep 'a-b'; printf '%s\n' --x | grep -- --x
## STDOUT:
a-b
--x
## END

#### -y is -i
echo ABC | grep -y abc 2>/dev/null
## stdout: ABC

#### -u and -U
printf 'a\r\n' | grep -U 'a' | cat -A
## stdout: a^M$

#### input from dash
echo a | grep a -; echo a | grep -H a -; echo b > f; echo a | grep -c . - f
## STDOUT:
a
(standard input):a
(standard input):1
f:1
## END

#### the file is also the output
echo a > f; grep a f >> f; echo $?
## stdout: 2
## stderr: grep: f: input file is also the output

#### -L status and -v
printf 'a\nb\n' > f; grep -v a f; grep -vl a f; grep -vx 'a\|b' f; echo $?
## STDOUT:
b
f
1
## END

#### equivalent intervals of groups
echo ababab | grep -oE '(ab){2}'; echo aXbXc | grep -oE '(.X){2}'
## STDOUT:
abab
aXbX
## END

#### back-reference in -E with alternation
printf 'aa\nbb\nab\n' | grep -E '^(a|b)\1$'
## STDOUT:
aa
bb
## END

#### empty alternation
printf 'a\n\n' | grep -cE '(|a)'; printf 'ab\n' | grep -oE 'a(b|)'
## STDOUT:
2
ab
## END

#### start and end of words
echo 'the other then' | grep -o '\<the\>'; echo 'the other then' | grep -o '\<the'; echo 'the other then' | grep -oE 'the\b'
## STDOUT:
the
the
the
the
## END

#### buffer anchors
echo abc | grep '\`abc'"\\'"; printf 'a*\n' | grep '^a\*$'
## STDOUT:
abc
a*
## END

#### newline in pattern with -e
printf 'x\ny\nz\n' | grep -e $'x\nz'
## STDOUT:
x
z
## END

#### line-buffered is accepted
echo a | grep --line-buffered a
## stdout: a

#### ps idiom with a bracket
printf 'grep foo\nfoo daemon\n' | grep '[f]oo d'
## stdout: foo daemon
