## shell: sh
# POSIX mode: the shell started as sh.

#### dollar zero and error prefix
echo $0; nosuchcmd; echo $?
## STDOUT:
sh
127
## END
## stderr: sh: line 1: nosuchcmd: command not found

#### POSIX mode is on
case $SHELLOPTS in *posix*) echo posix;; esac
## stdout: posix

#### special builtin error ends the shell
. ./nosuch; echo never
## status: 1
## stderr: sh: line 1: ./nosuch: No such file or directory

#### shift error
set -- a; shift 5; echo "status $?"
## stdout: status 1
## stderr: sh: line 1: shift: 5: shift count out of range

#### readonly assignment ends the shell
readonly x=1; x=2; echo never
## status: 127
## stderr: sh: line 1: x: readonly variable

#### assignment before a special builtin stays
x=1; x=2 :; echo $x
## stdout: 2

#### assignment before another builtin does not
x=1; x=2 true; echo $x
## stdout: 1

#### assignment before a function does not stay
f() { echo $x; }; x=1; x=2 f; echo $x
## STDOUT:
2
1
## END

#### aliases are on
alias hi='echo hello'
hi
## stdout: hello

#### a bad redirection of a special builtin ends the shell
: < nosuch; echo never
## status: 1
## stderr: sh: line 1: nosuch: No such file or directory

#### a bad redirection of another command does not
true < nosuch; echo "alive $?"
## stdout: alive 1
## stderr: sh: line 1: nosuch: No such file or directory

#### function names must be names
a-b() { :; }; echo never
## status: 2
## stderr: sh: line 1: `a-b': not a valid identifier

#### special builtins come before functions
eval() { echo fn; }; echo "status $?"
## status: 2
## stderr: sh: line 1: `eval': is a special builtin

#### exec error ends the shell
exec nosuchcmd; echo never
## status: 127
## stderr: sh: line 1: exec: nosuchcmd: not found

#### export and readonly print in POSIX form
export A=1; export -p | grep ' A='; readonly B=2; readonly -p | grep ' B='
## STDOUT:
export A="1"
readonly B="2"
## END

#### trap prints without SIG
trap 'echo x' INT; trap
## stdout: trap -- 'echo x' INT

#### kill -l has no SIG
kill -l 2; kill -l | tr ' \t' '\n\n' | grep -c SIG
## status: 1
## STDOUT:
INT
0
## END

#### set prints no functions
f() { :; }; set | grep -c '^f'
## status: 1
## stdout: 0

#### unset of a function needs -f when there is a variable
f() { echo f; }; unset f; f; echo $?
## stdout: 127
## stderr: sh: line 1: f: command not found

#### tilde only at the start of words
echo a=~ | grep -c '~'
## stdout: 1

#### process substitution works in this sh
cat <(echo a)
## stdout: a

#### arrays work in this sh
a=(1 2); echo ${a[1]}
## stdout: 2

#### double brackets work in this sh
[[ a == a ]] && echo yes
## stdout: yes

#### time is a keyword here
time -p true 2>/dev/null; echo $?
## stdout: 0
## differs: in POSIX mode a reserved word `time` before an option is a command's name, and there is no program `time`
## our stdout: 0
## OUR STDERR:
real 0.00
user 0.00
sys 0.00
## END

#### echo has no escapes
echo 'a\tb'; echo -e 'a\tb'
## STDOUT:
a\tb
a	b
## END

#### loop, case, function in plain POSIX
count() { n=0; for w; do n=$((n+1)); done; echo $n; }
count a b c; case $(count x) in 1) echo one;; esac
## STDOUT:
3
one
## END

#### here-document
cat <<E
a $((1+1))
E
## stdout: a 2

#### parameter expansions
x=a.b.c; echo ${x%.*} ${x##*.} ${#x} ${y:-d} ${x:+set}
## stdout: a.b c 5 d set

#### break in a function does not end the caller's loop
f() { break; }; for i in 1 2; do f 2>/dev/null; echo $i; done
## STDOUT:
1
2
## END

#### getopts
while getopts ab: o -a -b x; do echo $o $OPTARG; done
## STDOUT:
a
b x
## END

#### command -v
command -v if; command -v :; command -p echo p
## STDOUT:
if
:
p
## END

#### syntax error ends with 2
eval 'if'; echo never
## status: 2
## stderr: sh: eval: line 2: syntax error: unexpected end of file

#### unset readonly ends the shell
readonly r=1; unset r; echo "after $?"
## stdout: after 1
## stderr: sh: line 1: unset: r: cannot unset: readonly variable

#### exit trap in sh
trap 'echo bye' EXIT; exit 3
## status: 3
## stdout: bye

#### the old backquotes
x=`echo a`; echo `echo $x`
## stdout: a

#### arithmetic comparison
i=0; while [ $i -lt 3 ]; do i=$((i + 1)); done; echo $i
## stdout: 3

#### cd -P and pwd
mkdir d; cd d && echo ${PWD##*/}
## stdout: d

#### sh -e
sh -ec 'false; echo never'; echo $?
## stdout: 1

#### sh -u
sh -uc 'echo $nope; echo never'; echo $?
## stdout: 127
## stderr: sh: line 1: nope: unbound variable

#### sh -x
sh -xc 'echo a'
## stdout: a
## stderr: + echo a

#### sh -c with arguments
sh -c 'echo $0 $@' a b c
## stdout: a b c

#### sh reads a script from stdin
echo 'echo from stdin' | sh
## stdout: from stdin

#### bash --posix
bash --posix -c 'echo ${SHELLOPTS//[^p]*/}' | grep -c .; bash -c 'set -o posix; shopt -o posix'
## STDOUT:
0
posix          	on
## END

#### newline in IFS and read
printf 'a b\nc\n' | while read x y; do echo "$y$x"; done
## STDOUT:
ba
c
## END

#### printf
printf '%s %d\n' a 1 b 2
## STDOUT:
a 1
b 2
## END

#### nested functions and local
f() { local v=1; echo $v; }; f; echo "[$v]"
## STDOUT:
1
[]
## END

#### brace expansion is on
echo {a,b}
## stdout: a b
