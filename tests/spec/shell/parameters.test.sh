# Parameters and parameter expansion.

#### positional parameters
set -- a b c; echo $1 $2 $3 $# "$*"
## stdout: a b c 3 a b c

#### positional parameters beyond nine
set -- 1 2 3 4 5 6 7 8 9 10 11; echo $10 ${10} ${11}
## stdout: 10 10 11

#### shift
set -- a b c; shift; echo $1 $#; shift 2; echo $#; shift; echo $?
## STDOUT:
b 2
0
1
## END

#### shift by too many
set -- a b; shift 3; echo $? $#
## stdout: 1 2

#### dollar zero
echo $0
## stdout: bash

#### set -- clears
set -- a b; set --; echo $#
## stdout: 0

#### set with a dash argument
set - a b; echo $1; set -- -x; echo $1
## STDOUT:
a
-x
## END

#### default value
unset x; echo ${x-d} ${x:-d}; x=; echo "[${x-d}] [${x:-d}]"; x=v; echo ${x-d} ${x:-d}
## STDOUT:
d d
[] [d]
v v
## END

#### assigned default
unset x; echo ${x:=a}; echo $x; : ${x:=b}; echo $x
## STDOUT:
a
a
a
## END

#### assigned default keeps null with =
x=; echo "[${x=a}]"; echo "[${x:=b}]"
## STDOUT:
[]
[b]
## END

#### alternative value
unset x; echo "[${x+a}] [${x:+a}]"; x=; echo "[${x+a}] [${x:+a}]"; x=1; echo "[${x+a}] [${x:+a}]"
## STDOUT:
[] []
[a] []
[a] [a]
## END

#### error if unset
unset x; (echo ${x?}; echo no); echo $?
## stdout: 1
## stderr: bash: line 1: x: parameter not set

#### error if null with a message
x=; (echo ${x:?is empty}; echo no); echo $?
## stdout: 1
## stderr: bash: line 1: x: is empty

#### error message is expanded
unset x; y=why; (: ${x?because $y}); echo $?
## stdout: 1
## stderr: bash: line 1: x: because why

#### error ends a non-interactive shell
echo ${nope:?gone}
echo not reached
## status: 127
## stderr: bash: line 1: nope: gone

#### default is expanded only when used
x=1; : ${x:-$(echo run >&2)}; unset x; : ${x:-$(echo run >&2)}
## status: 0
## stderr: run

#### nested defaults
unset a b; echo ${a:-${b:-c}}
## stdout: c

#### assigning to a positional parameter fails
(: ${1:=x}); echo $?
## stdout: 1
## stderr: bash: line 1: $1: cannot assign in this way

#### length
x=hello; echo ${#x}; x=; echo ${#x}; unset x; echo ${#x}
## STDOUT:
5
0
0
## END

#### length counts characters
x=héllo; echo ${#x}; LC_ALL=C; echo ${#x}
## STDOUT:
5
6
## END

#### length of positional parameters
set -- a bcd; echo ${#} ${#2} ${#@} ${#*}
## stdout: 2 3 2 2

#### remove smallest prefix
x=a.b.c; echo ${x#*.} ${x##*.}
## stdout: b.c c

#### remove smallest suffix
x=a.b.c; echo ${x%.*} ${x%%.*}
## stdout: a.b a

#### remove does nothing without match
x=abc; echo ${x#z} ${x%z} ${x##z*} ${x%%z*}
## stdout: abc abc abc abc

#### remove with classes and quotes
x=12abc*; echo ${x#[0-9]} ${x##[0-9]*[0-9]} ${x%"*"} ${x%'*'} ${x%\*}
## stdout: 2abc* abc* 12abc 12abc 12abc

#### remove everything
x=abc; echo "[${x##*}]" "[${x%%*}]" "[${x#*}]"
## stdout: [] [] [abc]

#### pattern from a variable
x=file.tar.gz p='.*'; echo ${x%$p} ${x%%$p} ${x%"$p"}
## stdout: file.tar file file.tar.gz

#### basename and dirname by expansion
p=/usr/lib/x.so; echo ${p##*/} ${p%/*}
## stdout: x.so /usr/lib

#### removal from a path with slashes in the pattern
p=/a/b/c; echo ${p#/a/} ${p%/b/*}
## stdout: b/c /a

#### substring
x=abcdef; echo ${x:2} ${x:2:2} ${x:0:1} ${x:5:10} "[${x:6}]" "[${x:7}]"
## stdout: cdef cd a f [] []

#### substring with negative offset
x=abcdef; echo ${x: -2} ${x:(-3):2} ${x: -7}
## stdout: ef de

#### substring with negative length
x=abcdef; echo ${x:1:-1} ${x: -4:-2}
## stdout: bcde cd

#### substring with too negative length
x=abc; echo ${x:2:-2}; echo "after $?"
## status: 1
## stderr: bash: line 1: -2: substring expression < 0

#### substring with arithmetic
x=abcdef n=1; echo ${x:n+1:n*2} ${x:$((n+2))} ${x:n}
## stdout: cd def bcdef

#### substring counts characters
x=äöüß; echo ${x:1:2}
## stdout: öü

#### substring of positional parameters
set -- a b c d; echo ${@:2} / ${@:2:2} / ${*:3} / ${@: -1} / ${@:0:1}
## stdout: b c d / b c / c d / d / bash

#### substring quoted keeps words
set -- 'a b' 'c d' e; printf '<%s>' "${@:2}"; echo
## stdout: <c d><e>

#### replace first
x=aXbXc; echo ${x/X/-} ${x/Y/-}
## stdout: a-bXc aXbXc

#### replace all
x=aXbXc; echo ${x//X/-} ${x//[a-c]/.}
## stdout: a-b-c .X.X.

#### replace with nothing
x=aXbXc; echo ${x/X} ${x//X} ${x//X/}
## stdout: abXc abc abc

#### replace at the start and the end
x=abcabc; echo ${x/#a/Z} ${x/%c/Z} ${x/#b/Z} ${x/%b/Z}
## stdout: Zbcabc abcabZ abcabc abcabc

#### prepend and append by replacement
x=abc; echo ${x/#/pre-} ${x/%/-post}
## stdout: pre-abc abc-post

#### replace takes the longest match
x=aaabbb; echo ${x/a*b/X} ${x/a*/X}
## stdout: X X

#### replace with a slash
x=a/b/c; echo ${x//\//-} ${x////:} ${x/'/'/+}
## stdout: a-b-c a:b:c a+b/c

#### replacement with ampersand
x=abc; echo ${x/b/[&]} "${x/b/[&]}" ${x/b/\&} ${x/b/'&'}
## stdout: a[b]c a[b]c a&c a&c

#### replacement from a variable with ampersand
x=abc r='<&>'; echo ${x/b/$r} "${x/b/$r}" ${x/b/"$r"}
## stdout: a<b>c a<b>c a<&>c

#### without patsub_replacement
shopt -u patsub_replacement; x=abc; echo ${x/b/[&]}
## stdout: a[&]c

#### replace in every parameter
set -- aa ba ca; echo ${@/a/X} "${@//a/Y}"
## stdout: Xa bX cX YY bY cY

#### replace with an empty pattern
x=abc; echo ${x//} ${x///z}
## stdout: abc abc

#### case modification
x='hello World'; echo ${x^} "${x^^}" ${x,} "${x,,}"
x=HELLO; echo ${x,} ${x,,}
## STDOUT:
Hello World HELLO WORLD hello World hello world
hELLO hello
## END

#### case modification with a pattern
x=hello; echo ${x^^[el]} ${x^[a-g]} ${x^h}
## stdout: hELLo hello Hello

#### toggle case
x='Hello World'; echo "${x~}" "${x~~}"
## stdout: hello World hELLO wORLD

#### case modification beyond ASCII
x=éàü; echo ${x^} ${x^^}
## stdout: Éàü ÉÀÜ

#### indirect expansion
a=b b=value; echo ${!a} ${!a:-d}; unset b; echo "[${!a}]" ${!a:-d}
## STDOUT:
value value
[] d
## END

#### indirect positional
set -- x y z; i=2; echo ${!i} ${!#}
## stdout: y z

#### indirect with an operator
name=v v=file.txt; echo ${!name%.txt} ${#name}
## stdout: file 1

#### indirect of unset
unset x; echo "${!x}"; echo "status $?"
## status: 1
## stderr: bash: line 1: x: invalid indirect expansion

#### names by prefix
ab1=1 ab2=2 abc=3; echo ${!ab*}; echo "${!ab@}"
## STDOUT:
ab1 ab2 abc
ab1 ab2 abc
## END

#### operator Q quotes
x="it's a \"test\""; echo ${x@Q}; x=$'a\nb'; echo ${x@Q}; x=; echo ${x@Q}; x='plain'; echo ${x@Q}
## STDOUT:
'it'\''s a "test"'
$'a\nb'
''
'plain'
## END

#### operators U u L
x='hello World'; echo "${x@U}" "${x@u}" "${x@L}"
## stdout: HELLO WORLD Hello World hello world

#### operator E
x='a\tb\x41'; echo "${x@E}"
## stdout: a	bA

#### operator A
x='a b'; echo ${x@A}; declare -i n=5; echo ${n@A}; declare -rx r=1; echo ${r@A}
## STDOUT:
x='a b'
declare -i n='5'
declare -rx r='1'
## END

#### operator a
declare -rix v=1; echo ${v@a}; declare -a l; echo ${l@a}; declare -A m=([k]=v); echo ${m@a}
## STDOUT:
irx
a
A
## END

#### operator P
x='a\$b \\ \w'; cd /; echo "${x@P}"
## stdout: a#b \ /

#### operator K of an assoc array
declare -A m=([one]='1 x'); echo "${m[@]@K}"
a=(x 'y z'); echo "${a[@]@K}"
## stdout-json: "one \"1 x\" \n0 \"x\" 1 \"y z\"\n"

#### operator k of an array
a=(x 'y z'); printf '<%s>' "${a[@]@k}"; echo
## stdout: <0><x><1><y z>

#### operator Q on all parameters
set -- a 'b c'; echo "${@@Q}"
## stdout: 'a' 'b c'

#### unset variable expands to nothing
echo "[$nothing]" [${nothing}]
## stdout: [] []

#### name ends at the first other character
x=1; echo $x.y $x-y $x/y ${x}y "$x"y
## stdout: 1.y 1-y 1/y 1y 1y

#### unknown operator is an error
echo ${x!y}
echo not reached
## stdout: not reached
## stderr: bash: line 1: ${x!y}: bad substitution

#### bad substitution message
(echo ${x.y}); echo $?
(echo ${}); echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: ${x.y}: bad substitution
bash: line 2: ${}: bad substitution
## END

#### special parameters
set -- a b; echo "$#" "$?" "${-//[^B]/}"; true & echo $(( $! > 0 )) $(( $$ > 0 )); wait
## STDOUT:
2 0 B
1 1
## END

#### last background process id
: & p=$!; wait $p; echo $?
## stdout: 0

#### question mark in braces
(exit 3); echo ${?} ${#?}
## stdout: 3 1

#### dollar dollar is the same in a subshell
a=$$; (test $a = $$ && echo same); (test $a = $BASHPID || echo other)
## STDOUT:
same
other
## END

#### PPID is a number
test $PPID -ge 0 && echo ok
## stdout: ok

#### RANDOM differs and is small
a=$RANDOM b=$RANDOM c=$RANDOM; [ "$a$b" != "$b$c" ] && [ $a -lt 32768 ] && echo ok
## stdout: ok

#### RANDOM with a seed repeats
RANDOM=42; a=$RANDOM; RANDOM=42; [ $a = $RANDOM ] && echo same
## stdout: same

#### RANDOM in a subshell is another one
RANDOM=42; a=$RANDOM; b=$RANDOM
differs() { [ "$1" != "$2" ] && echo other || echo same; }
RANDOM=42; differs $a $(echo $RANDOM); differs $(echo $RANDOM) $(echo $RANDOM)
differs $( (echo $RANDOM) ) $(echo $RANDOM | cat); differs $a $(echo $(echo $RANDOM))
(echo $RANDOM) >/dev/null; differs $a $RANDOM; differs $b $RANDOM; differs $a $(RANDOM=42; echo $RANDOM)
## STDOUT:
other
other
other
other
same
same
same
## END

#### SECONDS can be set
SECONDS=100; [ $SECONDS -ge 100 ] && [ $SECONDS -lt 105 ] && echo ok
## stdout: ok

#### HOME and PWD are set
[ "$HOME" = "$PWD" ] && echo same
## stdout: same

#### OLDPWD after cd
mkdir a; cd a; echo ${OLDPWD##*/}
## stdout: case

#### readonly variable
readonly x=1; (x=2; echo no); echo $? $x
## stdout: 1 1
## stderr: bash: line 1: x: readonly variable

#### readonly cannot be unset
readonly x=1; unset x; echo $? $x
## stdout: 1 1
## stderr: bash: line 1: unset: x: cannot unset: readonly variable

#### unset
x=1; unset x; echo ${x-unset}; unset nosuch; echo $?
## STDOUT:
unset
0
## END

#### unset a function and a variable
f() { echo f; }; f=1; unset f; echo ${f-none}; f; unset f; f
## status: 127
## STDOUT:
none
f
## END
## stderr: bash: line 1: f: command not found

#### unset -f and -v
f() { echo f; }; f=1; unset -f f; echo $f; f=2; unset -v f; echo ${f-none}
## STDOUT:
1
none
## END

#### append to a variable
x=a; x+=b; x+=c; echo $x
## stdout: abc

#### append to an integer variable
declare -i n=5; n+=3; echo $n; n=2+3; echo $n
## STDOUT:
8
5
## END

#### export and env
export A=1; B=2; env | grep -E '^(A|B)='
## stdout: A=1

#### export -n
export A=1; export -n A; env | grep -c '^A='; echo $A
## STDOUT:
0
1
## END

#### export -p shows the form
export ZED='a b'; export -p | grep ZED
## stdout: declare -x ZED="a b"

#### export of a bad name
export 1x=2; echo $?
## stdout: 1
## stderr: bash: line 1: export: `1x=2': not a valid identifier

#### assignment to a bad name is a command
1x=2; echo $?
## stdout: 127
## stderr: bash: line 1: 1x=2: command not found

#### tilde expansion
echo ~ | grep -c "^$HOME$"; x=~/a; [ "$x" = "$HOME/a" ] && echo ok
## STDOUT:
1
ok
## END

#### tilde in assignments after colons
x=a:~:~/b; [ "$x" = "a:$HOME:$HOME/b" ] && echo ok
## stdout: ok

#### tilde not after an equals sign in arguments
echo a=~ | grep -c '~'
## status: 1
## stdout: 0

#### tilde root
echo ~root ~root/x
## stdout: /root /root/x

#### tilde of an unknown user stays
echo ~nosuchuser/x
## stdout: ~nosuchuser/x

#### tilde plus and minus
mkdir d; cd d; [ ~+ = "$PWD" ] && [ ~- = "$OLDPWD" ] && echo ok
## stdout: ok

#### tilde with HOME changed
HOME=/x; echo ~ ~/y; HOME=; echo "[$(echo ~)]"
## STDOUT:
/x /x/y
[]
## END

#### tilde with HOME unset gives the home of the user
unset HOME; echo ~
## stdout: /root

#### brace needed for arrays
a=(1 2); echo $a[1] ${a[1]}
## stdout: 1[1] 2

#### expansion of a name with digits and underscores
_a1=x; echo $_a1 ${_a1}
## stdout: x x

#### default with a closing brace in quotes
unset x; echo ${x:-"}"} ${x:-\}} "${x:-a\}b}"
## stdout: } } a}b

#### default with nested command substitution
unset x; echo ${x:-$(echo "a } b")}
## stdout: a } b

#### parameter expansion inside arithmetic
x=5; echo $(( ${x} + ${y:-3} + ${#x} ))
## stdout: 9

#### multi-line default
unset x; echo "${x:-one
two}"
## STDOUT:
one
two
## END

#### set -u and defaults
set -u; echo ${x-ok} ${x:-ok} ${x+no}; echo $#; echo "$@"
## STDOUT:
ok ok
0

## END

#### set -u ends the shell
set -u; echo $nope; echo not reached
## status: 127
## stderr: bash: line 1: nope: unbound variable

#### set -u in a subshell
set -u; (echo $nope; echo no); echo $?
## stdout: 1
## stderr: bash: line 1: nope: unbound variable

#### set -u with arrays
set -u; a=(); echo "${a[@]}" "${#a[@]}"; echo ${a[0]}
## status: 127
## stdout: 0
## stderr: bash: line 1: a[0]: unbound variable

#### slashes in replacements
x=a////b; echo ${x///:} ${x////:} ${x/\//:} ${x//\//:} ${x//} ${x///} ${x////} "${x/}" ${x/#/y} ${x/#/} ${x/%/z} ${x/#\/a/b} ${x/%b/c} ${x/#a/b} ${x//"/"/c}; p=/; echo ${x/$p/c} ${x//$p/c} ${x/#$p/c} ${x/%$p/c}; p='#a'; echo ${x/$p/c}; p='%b'; echo "${x/$p/c}"
## STDOUT:
a////b a::::b a:///b a::::b a////b ab ab a////b ya////b a////b a////bz a////b a////c b////b accccb
ac///b accccb a////b a////b
c////b
a////c
## END

#### tilde in arguments in POSIX mode
set -o posix; echo a=~ b=x:~; export a=~:~; echo $a
## STDOUT:
a=~ b=x:~
/tmp/case:/tmp/case
## END

#### tildes in words of all kinds
x=~:~; echo $x; echo ${x:+a=~} ${y:-~} ${y:-a:~} "${y:-~}" ; for i in a=~ ~:~; do echo $i; done; a[0]=~; echo $a; a=(~ b=~ c:~); echo "${a[@]}"; case a=~ in a=~) echo y;; esac; [[ a=~ == a=* ]]; cat <<< a=~; cat <<< ~; echo x > a=~ ; ls
## STDOUT:
/tmp/case:/tmp/case
a=~ /tmp/case a:~ ~
a=/tmp/case
/tmp/case:~
/tmp/case
/tmp/case b=~ c:~
y
a=~
/tmp/case
## END
## stderr: bash: line 1: a=/tmp/case: No such file or directory

#### tildes before and in arguments of builtins
y=x:~ env | grep ^y; y=~ env | grep ^y; declare z=~:~; echo $z; export "w=~"; echo $w; set -- ~; echo $1; alias a=~; alias a
## STDOUT:
y=x:/tmp/case
y=/tmp/case
/tmp/case:/tmp/case
~
/tmp/case
alias a='/tmp/case'
## END

#### characters are bytes in the C locale
x=é; LC_ALL=C; echo ${#x} "${x:0:1}" "${x#?}" ${x^^}; case $x in ??) echo two;; ?) echo one;; esac; touch é; echo ??; LC_ALL=C.UTF-8; echo ${#x}; echo ?
## stdout-json: "2 \xc3 \xa9 é\ntwo\né\n1\né\n"

#### which locale variable decides
unset LC_ALL; x=é; LC_CTYPE=C; echo ${#x}; unset LC_CTYPE; echo ${#x};  LANG=C; echo ${#x}; LANG=C.UTF-8; echo ${#x}; LC_CTYPE=; echo ${#x}; LC_CTYPE=C; LC_ALL=C.UTF-8; echo ${#x}
## STDOUT:
2
1
2
1
1
1
## END
