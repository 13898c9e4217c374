# The [[ ]] command, test and [.

#### string equality
[[ a == a ]]; echo $?; [[ a = b ]]; echo $?; [[ a != b ]]; echo $?
## STDOUT:
0
1
0
## END

#### right side is a pattern
[[ abc == a* ]] && echo 1; [[ abc == "a*" ]] || echo 2; x='a*'; [[ abc == $x ]] && echo 3; [[ abc == "$x" ]] || echo 4
## STDOUT:
1
2
3
4
## END

#### string order
[[ a < b ]] && echo lt; [[ b > a ]] && echo gt; [[ a < B ]]; echo $?
## STDOUT:
lt
gt
1
## END

#### no splitting
x='a b'; [[ $x == 'a b' ]] && echo ok; [[ -n $x ]] && echo n; e=; [[ -z $e ]] && echo z; [[ $e ]]; echo $?
## STDOUT:
ok
n
z
1
## END

#### a lone word is true if not empty
[[ x ]]; echo $?; [[ '' ]]; echo $?; [[ '-f' ]]; echo $?; [[ ! x ]]; echo $?
## STDOUT:
0
1
0
1
## END

#### a lone unary operator is a syntax error
echo a
[[ -f ]]; echo never
## stdout: a
## stderr: bash: -c: line 2: unexpected argument `]]' to conditional unary operator

#### logic
[[ a == a && b == b ]] && echo and; [[ a == b || b == b ]] && echo or; [[ ! a == b ]] && echo not
## STDOUT:
and
or
not
## END

#### grouping
[[ ( a == b || b == b ) && c == c ]] && echo ok
## stdout: ok

#### precedence
[[ a == a || b == c && c == d ]] && echo ok
## stdout: ok

#### short circuit
[[ a == b && $(echo run >&2) ]]; echo $?
## stdout: 1

#### numbers
[[ 5 -eq 5 && 5 -ne 4 && 4 -lt 5 && 5 -le 5 && 5 -gt 4 && 5 -ge 5 ]] && echo all
## stdout: all

#### numbers are arithmetic
x=3; [[ x+1 -eq 4 ]] && echo ok; [[ 0x10 -eq 16 ]] && echo hex; [[ '' -eq 0 ]] && echo empty
## STDOUT:
ok
hex
empty
## END

#### bad arithmetic
[[ 1+ -eq 1 ]]; echo $?
## stdout: 1
## stderr: bash: line 1: [[: 1+: syntax error: operand expected (error token is "+")

#### regular expression
[[ abc123 =~ ^[a-z]+([0-9]+)$ ]] && echo ${BASH_REMATCH[0]} ${BASH_REMATCH[1]}
## stdout: abc123 123

#### regular expression without match clears
[[ a =~ (a) ]]; [[ b =~ x ]]; echo "$? [${BASH_REMATCH[0]}]"
## stdout: 1 []

#### quoted parts of a regular expression are literal
[[ a.c =~ a"."c ]] && echo 1; [[ abc =~ a"."c ]] || echo 2; [[ abc =~ a.c ]] && echo 3
## STDOUT:
1
2
3
## END

#### regular expression from a variable
re='^(.)(.*)$'; [[ hello =~ $re ]] && echo "${BASH_REMATCH[1]}|${BASH_REMATCH[2]}"; [[ 'a b' =~ a\ b ]] && echo blank
## STDOUT:
h|ello
blank
## END

#### alternation and groups
[[ foobar =~ (foo|bar)(bar|baz)? ]] && echo "${BASH_REMATCH[@]}"; [[ ab =~ (x)?b ]] && echo "[${BASH_REMATCH[1]}]"
## STDOUT:
foobar foo bar
[]
## END

#### leftmost longest
[[ xabcabcd =~ (abc|abcabc|abcabcd) ]] && echo ${BASH_REMATCH[0]}
## stdout: abcabcd

#### bracket expressions
[[ 'a]b' =~ []] ]] && echo 1; [[ a-b =~ [a-]- ]] && echo 2; [[ $'\t' =~ [[:space:]] ]] && echo 3
## STDOUT:
1
2
3
## END

#### intervals
[[ aaa =~ ^a{2,3}$ ]] && echo 1; [[ aaaa =~ ^a{2,3}$ ]] || echo 2
## STDOUT:
1
2
## END

#### bad regular expression
[[ a =~ '(' ]]; echo $?; re='('; [[ a =~ $re ]]; echo $?
## STDOUT:
1
2
## END

#### nocasematch
shopt -s nocasematch; [[ ABC == abc ]] && echo 1; [[ ABC =~ ^a ]] && echo 2
## STDOUT:
1
2
## END

#### file tests
touch f; mkdir d; ln -s f l; [[ -e f && -f f && -d d && -L l && -h l && -r f && -w f && ! -x f && ! -s f ]] && echo ok
## stdout: ok

#### file tests on missing files
for t in -e -f -d -s -r -w -x -L -p -S -b -c; do [[ $t == x ]] || eval "[[ $t nosuch ]]" || echo -n "$t "; done; echo
## stdout-json: "-e -f -d -s -r -w -x -L -p -S -b -c \n"

#### special files
[[ -c /dev/null ]] && echo c; [[ -p /dev/stdin ]] && echo p; [[ -d /dev ]] && echo d
## STDOUT:
c
p
d
## END

#### newer and older
touch -d 2020-01-01 a; touch -d 2021-01-01 b; [[ b -nt a ]] && echo nt; [[ a -ot b ]] && echo ot; [[ a -nt nosuch ]] && echo nt2; [[ nosuch -ot a ]] && echo ot2; [[ a -nt b ]]; echo $?
## STDOUT:
nt
ot
nt2
ot2
1
## END

#### same file
touch a; ln a b; ln -s a c; [[ a -ef b && a -ef c ]] && echo same; touch d; [[ a -ef d ]]; echo $?
## STDOUT:
same
1
## END

#### variable set
x=; [[ -v x ]] && echo set; [[ -v nope ]] || echo unset
## STDOUT:
set
unset
## END

#### option set
set -f; [[ -o noglob ]] && echo on; [[ -o errexit ]] || echo off
## STDOUT:
on
off
## END

#### terminal
[[ -t 0 ]]; echo $?; [ -t 1 ]; echo $?
## STDOUT:
1
1
## END

#### suid and sticky bits
touch f; chmod 4755 f; [[ -u f ]] && echo u; chmod 2755 f; [[ -g f ]] && echo g; chmod 1755 f; [[ -k f ]] && echo k; [[ -O f && -G f ]] && echo own
## STDOUT:
u
g
k
own
## END

#### newline inside
[[ a == a
&& b == b ]] && echo ok
## stdout: ok

#### keyword arguments are expanded
a=x b=x; [[ $a == $b ]] && echo same; [[ $(echo x) == x ]] && echo sub; [[ ~ == "$HOME" ]] && echo tilde
## STDOUT:
same
sub
tilde
## END

#### braces and globs are not expanded
touch a; [[ * == '*' ]] && echo star
## stdout: star

#### test strings
[ a = a ]; echo $?; [ a != a ]; echo $?; [ -n '' ]; echo $?; [ -z '' ]; echo $?; [ '' ]; echo $?; [ ]; echo $?
## STDOUT:
0
1
1
0
1
1
## END

#### test with ==
[ a == a ] && echo ok
## stdout: ok

#### test string order
[ a \< b ]; echo $?; [ a \> b ]; echo $?
## STDOUT:
0
1
## END

#### test numbers
[ 5 -gt 3 ] && [ 3 -lt 5 ] && [ 5 -ge 5 ] && [ 5 -le 5 ] && [ 5 -eq 05 ] && [ 5 -ne 6 ] && echo ok; [ ' 5 ' -eq 5 ] && echo blanks; [ -1 -lt 0 ] && echo neg
## STDOUT:
ok
blanks
neg
## END

#### test with a bad number
[ a -eq 1 ]; echo $?; [ 1 -eq '' ]; echo $?; [ 1.5 -gt 1 ]; echo $?
## STDOUT:
2
2
2
## END
## STDERR:
bash: line 1: [: a: integer expression expected
bash: line 1: [: : integer expression expected
bash: line 1: [: 1.5: integer expression expected
## END

#### test with -a and -o
[ a = a -a b = b ]; echo $?; [ a = b -o b = b ]; echo $?; [ ! a = b ]; echo $?; [ \( a = b \) ]; echo $?
## STDOUT:
0
0
0
1
## END

#### test with one argument
[ -n ]; echo $?; [ ! ]; echo $?; [ -f ]; echo $?; test; echo $?; test -e; echo $?
## STDOUT:
0
0
0
1
0
## END

#### test with two arguments
[ ! x ]; echo $?; [ ! '' ]; echo $?; [ -z x ]; echo $?
## STDOUT:
1
0
1
## END

#### test with three arguments
[ ! = x ]; echo $?; [ -n = -n ]; echo $?; [ ! -n x ]; echo $?; [ '(' x ')' ]; echo $?
## STDOUT:
1
0
1
0
## END

#### test with four arguments
[ ! a = b ]; echo $?; [ ! a = a ]; echo $?
## STDOUT:
0
1
## END

#### too many arguments
[ a b c d e ]; echo $?; [ a b ]; echo $?; [ a b c ]; echo $?
## STDOUT:
2
2
2
## END
## STDERR:
bash: line 1: [: too many arguments
bash: line 1: [: a: unary operator expected
bash: line 1: [: b: binary operator expected
## END

#### missing bracket
[ a = a; echo $?
## stdout: 2
## stderr: bash: line 1: [: missing `]'

#### unquoted empty variable breaks test
x=; [ $x = a ]; echo $?; [ "$x" = a ]; echo $?; y='a b'; [ $y = a ]; echo $?
## STDOUT:
2
1
2
## END
## STDERR:
bash: line 1: [: =: unary operator expected
bash: line 1: [: too many arguments
## END

#### unary operator without operand
[ -z ]; echo $?; [ -x -y ]; echo $?
## STDOUT:
0
1
## END

#### test files
touch f; mkdir d; [ -f f ] && [ -d d ] && [ -e f ] && [ ! -e g ] && [ -s f ]; echo $?
## stdout: 1

#### test is a builtin and a file
type -t test [; [ -x "$(type -P test)" ] && echo file
## STDOUT:
builtin
builtin
file
## END

#### program test agrees with the builtin
env test a = a; echo $?; env test a = b; echo $?; env [ a ]; echo $?; env [ 3 -gt 2 ]; echo $?
## STDOUT:
0
1
0
0
## END

#### program test errors
env test a b; echo $?; env [ a; echo $?; env test 1 -eq x; echo $?
## STDOUT:
2
2
2
## END
## STDERR:
test: missing argument after ‘b’
[: missing ‘]’
test: invalid integer ‘x’
## END

#### test -v and -o
x=1; test -v x && echo v; test -o errexit || echo o
## STDOUT:
v
o
## END

#### test -ef -nt -ot
touch -d 2020-01-01 a; touch -d 2021-01-01 b; [ b -nt a ] && [ a -ot b ] && [ a -ef a ] && echo ok
## stdout: ok

#### dangling link
ln -s nowhere l; [ -e l ] || echo not there; [ -L l ] && echo but a link
## STDOUT:
not there
but a link
## END

#### syntax error in double brackets
[[ a == ]]; echo no
## status: 0
## stderr: bash: -c: line 1: unexpected argument `]]' to conditional binary operator

#### unknown unary operator in double brackets
[[ -Q x ]]; echo no
## status: 0
## stderr: bash: -c: line 1: conditional binary operator expected

#### unclosed double bracket
[[ a == a
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for `]]'

#### double bracket as an argument
echo [[ a ]]
## stdout: [[ a ]]

#### regular expression with spaces in a group
[[ 'x y' =~ (x y) ]]; echo $?
## stdout: 0

#### match against empty
[[ '' =~ ^$ ]] && echo empty; [[ abc =~ '' ]] && echo "any [${BASH_REMATCH[0]}]"
## STDOUT:
empty
any []
## END

#### back-reference in a regular expression
[[ abab =~ ^(ab)\1$ ]]; echo $?
## stdout: 1

#### word boundary of GNU
re='\bfoo\b'; [[ 'a foo b' =~ $re ]]; echo $?; re='\w+'; [[ '--abc--' =~ $re ]] && echo $BASH_REMATCH
## STDOUT:
0
abc
## END

#### UTF-8 in a regular expression
[[ grüße =~ ^gr.ße$ ]] && echo ok; [[ é =~ [à-ü] ]] && echo range
## status: 2
## stdout: ok
## differs: the C library's regcomp refuses a range beyond ASCII in C.UTF-8; here, as in patterns, it goes by code points
## our status: 0
## OUR STDOUT:
ok
range
## END

#### nested quotes and escapes on the right
[[ 'a"b' == a\"b ]] && echo 1; [[ 'a\b' == 'a\b' ]] && echo 2; [[ 'a$b' == a\$b ]] && echo 3
## STDOUT:
1
2
3
## END

#### standard input is a pipe
echo x | { [[ -p /dev/stdin ]] && echo p; }; [[ -p /dev/stdin ]] && echo p2; [[ -p /dev/fd/0 ]] && echo p3; test -p /dev/stdin && echo p4; : | test -p /dev/stdin && echo p5; [[ -p /proc/self/fd/0 ]] && echo p6; ls -l /dev/stdin | grep -c proc
## STDOUT:
p
p2
p3
p4
p5
p6
1
## END

#### operators in a trace are as they were written
set -x; [[ a = b ]]; [[ a == b ]]; [[ a != b ]]; [[ 1 -lt 2 ]]; [[ a < b ]]
## status: 0
## STDERR:
+ [[ a = b ]]
+ [[ a == b ]]
+ [[ a != b ]]
+ [[ 1 -lt 2 ]]
+ [[ a < b ]]
## END
