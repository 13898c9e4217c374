# Simple commands, lists, pipelines and their exit statuses.

#### a command after a semicolon runs
echo a; echo b
## STDOUT:
a
b
## END

#### an empty script succeeds
:
## status: 0

#### and-list runs the second on success
true && echo yes
## stdout: yes

#### and-list stops at a failure
false && echo no
echo "status $?"
## stdout: status 1

#### or-list runs the second on failure
false || echo saved
## stdout: saved

#### or-list stops at success
true || echo no
## status: 0

#### and and or have the same precedence
true || echo a && echo b
false && echo a || echo b
## STDOUT:
b
b
## END

#### a newline after && continues the list
true &&

echo after
## stdout: after

#### a newline after a pipe continues the pipeline
echo a |
cat
## stdout: a

#### negation of a pipeline
! true; echo $?
! false; echo $?
## STDOUT:
1
0
## END

#### double negation
! ! true; echo $?
! ! false; echo $?
## STDOUT:
0
1
## END

#### negation applies to the whole pipeline
! false | true; echo $?
! true | false; echo $?
## STDOUT:
1
0
## END

#### a lone exclamation mark
!
echo $?
## stdout: 1

#### pipeline status is that of its last command
false | true; echo $?
true | false; echo $?
## STDOUT:
0
1
## END

#### pipefail takes the rightmost failure
set -o pipefail
(exit 3) | (exit 4) | true; echo $?
true | (exit 5) | true; echo $?
true | true; echo $?
## STDOUT:
4
5
0
## END

#### PIPESTATUS
(exit 1) | (exit 2) | (exit 3)
echo "${PIPESTATUS[@]}"
## stdout: 1 2 3

#### PIPESTATUS of a simple command
false
echo "${PIPESTATUS[@]}" "${#PIPESTATUS[@]}"
## stdout: 1 1

#### PIPESTATUS after negation
! (exit 7) | true
echo "$? ${PIPESTATUS[@]}"
## stdout: 1 7 0

#### pipe of both streams
{ echo out; echo err >&2; } |& sort
## STDOUT:
err
out
## END

#### |& comes after redirections of the command
{ echo out; echo err >&2; } 2>/dev/null |& cat
## STDOUT:
out
err
## END

#### stages of a pipeline are subshells
x=1
echo a | x=2
echo $x
## stdout: 1

#### lastpipe keeps the last stage in the shell
shopt -s lastpipe
echo value | read x
echo "got $x"
## stdout: got value

#### a long pipeline
echo a | cat | cat | cat | cat | cat | cat | cat | cat | cat
## stdout: a

#### status of a command that is not found
nosuchcommand
echo $?
## stdout: 127
## stderr: bash: line 1: nosuchcommand: command not found

#### command not found on line 3

:
nosuchcommand arg
## status: 127
## stderr: bash: line 3: nosuchcommand: command not found

#### status of a directory as a command
mkdir d
./d
echo $?
## stdout: 126
## stderr: bash: line 2: ./d: Is a directory

#### status of a file without execute permission
echo echo hi > f
./f
echo $?
## stdout: 126
## stderr: bash: line 2: ./f: Permission denied

#### a missing file with a slash
./nosuch
echo $?
/nosuch/file
echo $?
## STDOUT:
127
127
## END
## STDERR:
bash: line 1: ./nosuch: No such file or directory
bash: line 3: /nosuch/file: No such file or directory
## END

#### a script without #! runs in the shell
echo 'echo ran $1' > f; chmod +x f
./f one
## stdout: ran one

#### a script with #!
printf '#!/bin/sh\necho "$0 $#"\n' > f; chmod +x f
./f a b
## stdout: ./f 2

#### a script with a missing interpreter
printf '#!/no/such\necho hi\n' > f; chmod +x f
./f
echo $?
## stdout: 127
## stderr: bash: line 2: ./f: cannot execute: required file not found

#### a comment ends at the newline
echo a # b ; c
echo a#b
## STDOUT:
a
a#b
## END

#### a comment after a semicolon
echo a;# comment
echo b
## STDOUT:
a
b
## END

#### line continuation
echo one \
two
ec\
ho joined
## STDOUT:
one two
joined
## END

#### no word after expansion: the status is that of the substitution
$(exit 3); echo $?
x=$(exit 4); echo $?
x=1; echo $?
## STDOUT:
3
4
0
## END

#### empty expansion is no command
empty=
$empty
echo $?
$empty echo hi
## STDOUT:
0
hi
## END

#### an empty quoted word is a command
""
echo $?
## stdout: 127
## stderr: bash: line 1: : command not found

#### assignment before a command is temporary
x=1
x=2 eval 'echo $x'
echo $x
## STDOUT:
2
1
## END

#### assignment reaches the environment of the command
x=5 sh -c 'echo $x'
x=6; sh -c 'echo "[$x]"'
export x; sh -c 'echo "[$x]"'
## STDOUT:
5
[]
[6]
## END

#### expansion happens before the temporary assignment
x=1
x=2 echo $x
## stdout: 1

#### assignments see the ones before them
a=1 b=$a; echo $b
a=2 b=$a c=$b; echo $a $b $c
## STDOUT:
1
2 2 2
## END

#### several commands in one group
{ echo a; echo b; } | cat
## STDOUT:
a
b
## END

#### group runs in the shell
{ x=5; }
echo $x
## stdout: 5

#### subshell does not change the shell
x=1; (x=2; echo $x); echo $x
## STDOUT:
2
1
## END

#### cd in a subshell
mkdir d; (cd d; echo "${PWD##*/}"); echo "${PWD##*/}"
## STDOUT:
d
case
## END

#### exit in a subshell ends only the subshell
(exit 3; echo no); echo $?
## stdout: 3

#### exit in a group ends the shell
{ exit 3; }; echo no
## status: 3

#### exit status is taken modulo 256
(exit 256); echo $?
(exit 257); echo $?
(exit -1); echo $?
## STDOUT:
0
1
255
## END

#### exit without argument gives the last status
(false; exit); echo $?
## stdout: 1

#### exit with a word
(exit abc); echo $?
## stdout: 2
## stderr: bash: line 1: exit: abc: numeric argument required

#### exit with too many arguments
(exit 1 2; echo on); echo $?
## stdout: 1
## stderr: bash: line 1: exit: too many arguments

#### status of a background command
true & echo $?
wait
## stdout: 0

#### time keyword keeps the status
TIMEFORMAT=
time false
echo $?
## stdout: 1

#### brace must be a word of its own
{ echo a;}
## stdout: a

#### a closing brace is a word as an argument
echo } {
## stdout: } {

#### reserved words as arguments
echo if then else fi do done case esac while until for in
## stdout: if then else fi do done case esac while until for in

#### semicolon after ampersand
: & wait; echo ok
## stdout: ok

#### colon ignores its arguments
: a b $(echo run >&2)
## status: 0
## stderr: run

#### true and false ignore arguments
true --help x; echo $?
false --version; echo $?
## STDOUT:
0
1
## END

#### nested groups and subshells
( ( { ( echo deep ) } ) )
## stdout: deep

#### subshell right after another parenthesis
((echo a); (echo b))
## STDOUT:
a
b
## END

#### group with redirection
{ echo a; echo b; } > f
cat f
## STDOUT:
a
b
## END

#### a pipeline into a while loop
printf '1\n2\n3\n' | while read n; do echo "n=$n"; done
## STDOUT:
n=1
n=2
n=3
## END

#### a pipeline into a group
echo data | { read x; echo "[$x]"; }
## stdout: [data]

#### background group and wait
{ echo bg; } &
wait
echo fg
## STDOUT:
bg
fg
## END

#### semicolons at newlines in for lists
for i in 1 2 3
do
echo $i
done
## STDOUT:
1
2
3
## END

#### dollar underscore is the last argument
echo a b c
echo $_
## STDOUT:
a b c
c
## END

#### several assignments on one line
a=1 b=2 c=3
echo $a$b$c
## stdout: 123

#### SECONDS and LINENO
echo $LINENO

echo $LINENO
## STDOUT:
1
3
## END

#### BASH_VERSINFO is five
echo ${BASH_VERSINFO[0]} ${#BASH_VERSINFO[@]}
## stdout: 5 6

#### a very long pipeline of groups
{ echo x; } | { cat; } | { tr x y; } | { cat; echo z; }
## STDOUT:
y
z
## END

#### a pipeline with a function
f() { tr a-z A-Z; }
echo hello | f
## stdout: HELLO

#### yes into head ends
yes | head -n 2
## STDOUT:
y
y
## END

#### writer killed by SIGPIPE
set -o pipefail
yes | head -n 1
echo $?
## STDOUT:
y
141
## END
