# set -e, -u, -x, pipefail and the other options, shopt.

#### -e ends at a failure
set -e; echo a; false; echo never
## status: 1
## stdout: a

#### -e status
set -e; (exit 7)
## status: 7

#### -e and conditions
set -e; if false; then :; fi; false || true; false && true; ! true; while false; do :; done; echo alive
## stdout: alive

#### -e and an and-list that fails at the end
set -e; true && false; echo never
## status: 1

#### -e and an and-list that fails before the end
set -e; false && true; echo alive
## stdout: alive

#### -e in a function called in a condition
set -e; f() { false; echo still; }; if f; then echo ok; fi; f || echo no
## STDOUT:
still
ok
still
## END

#### -e in a function
set -e; f() { false; echo never; }; f; echo never
## status: 1

#### -e in a subshell
set -e; (false; echo never); echo never
## status: 1

#### -e in a subshell in a condition
set -e; (false; echo still) && echo ok
## STDOUT:
still
ok
## END

#### -e and command substitution in an assignment
set -e; x=$(false); echo never
## status: 1

#### -e and command substitution in an argument
set -e; echo "a$(false)b"; echo alive
## STDOUT:
ab
alive
## END

#### -e and local
set -e; f() { local x=$(false); echo alive; }; f
## stdout: alive

#### -e and pipelines
set -e; false | true; echo alive; true | false; echo never
## status: 1
## stdout: alive

#### -e and pipefail
set -eo pipefail; false | true; echo never
## status: 1

#### -e and a group
set -e; { false; echo never; }; echo never
## status: 1

#### -e and negation
set -e; ! false; ! true; echo alive
## stdout: alive

#### -e in a loop
set -e; for i in 1 2 3; do [ $i = 2 ] && echo two; done; echo never
## STDOUT:
two
never
## END

#### -e with an arithmetic command of value zero
set -e; ((0)); echo never
## status: 1

#### -e with i++ from zero
set -e; i=0; ((i++)); echo never
## status: 1

#### -e and eval
set -e; eval 'false; echo never'; echo never
## status: 1

#### -e and source
set -e; echo 'false; echo never' > f; . ./f; echo never
## status: 1

#### -e and a missing command
set -e; nosuchcmd; echo never
## status: 127
## stderr: bash: line 1: nosuchcmd: command not found

#### -e and an ERR trap
set -e; trap 'echo trapped $?' ERR; false; echo never
## status: 1
## stdout: trapped 1

#### -e and an EXIT trap
set -e; trap 'echo bye $?' EXIT; false; echo never
## status: 1
## stdout: bye 1

#### +e turns it off
set -e; set +e; false; echo alive
## stdout: alive

#### -e and a background failure
set -e; false & wait; echo alive
## stdout: alive

#### -e and wait for a failed job
set -e; false & wait $!; echo never
## status: 1

#### -e and a failed redirection
set -e; echo a > no/such; echo never
## status: 1
## stderr: bash: line 1: no/such: No such file or directory

#### -e inherited by command substitution only with inherit_errexit
set -e; echo "$(false; echo inner)"; shopt -s inherit_errexit; echo "$(false; echo inner)"; echo alive
## STDOUT:
inner

alive
## END

#### -e by bash -e
bash -ec 'false; echo never'; echo $?
## stdout: 1

#### -u names the variable
set -u; echo "${nope}"
## status: 127
## stderr: bash: line 1: nope: unbound variable

#### -u and positional parameters
set -u; set --; echo "$@" "$*" "$#"; echo $1
## status: 127
## STDOUT:
 0
## END
## stderr: bash: line 1: $1: unbound variable

#### -u with a default
set -u; echo ${x:-d}; : ${x:=5}; echo $x
## STDOUT:
d
5
## END

#### -u and length of unset
set -u; echo ${#nope}
## status: 127
## stderr: bash: line 1: nope: unbound variable

#### -u in arithmetic and tests
set -u; [[ -n ${x-} ]] || echo empty; [ -z "${x+y}" ] && echo unset
## STDOUT:
empty
unset
## END

#### -x prints commands
set -x; echo a b; x=1; : "$x y"
## stdout: a b
## STDERR:
+ echo a b
+ x=1
+ : '1 y'
## END

#### -x quotes what needs it
set -x; echo 'a b' "" $'c\nd' "it's" '*' 'x;y' '~' a=b
## STDOUT:
a b  c
d it's * x;y ~ a=b
## END
## STDERR:
+ echo 'a b' '' 'c
d' 'it'\''s' '*' 'x;y' '~' a=b
## END

#### -x in compound commands
set -x; for i in 1 2; do echo $i; done; if [ a = a ]; then :; fi; case a in a) : ;; esac
## STDOUT:
1
2
## END
## STDERR:
+ for i in 1 2
+ echo 1
+ for i in 1 2
+ echo 2
+ '[' a = a ']'
+ :
+ case a in
+ :
## END

#### -x of [[ and ((
x=5; set -x; [[ $x == 5 && -n a ]]; ((x > 3)); [[ a =~ b ]]
## status: 1
## STDERR:
+ [[ 5 == 5 ]]
+ [[ -n a ]]
+ (( x > 3 ))
+ [[ a =~ b ]]
## END

#### -x and functions
f() { echo "$1"; }; set -x; f 'a b'
## stdout: a b
## STDERR:
+ f 'a b'
+ echo 'a b'
## END

#### -x and substitutions
set -x; echo $(echo in) ; y=$(echo z)
## stdout: in
## STDERR:
++ echo in
+ echo in
++ echo z
+ y=z
## END

#### -x with PS4
PS4='[$LINENO] '; set -x; echo a
echo b
## STDOUT:
a
b
## END
## STDERR:
[1] echo a
[2] echo b
## END

#### -x with all expansions in PS4
f() { echo hi; }; g() { f; }
PS4='+${FUNCNAME[0]}:$LINENO:$(echo sub)$((1+2))`echo b` \$x> '; x=1
set -x
f
g
x=2
for i in 1 2; do :; done
[[ $x -eq 2 && -n $x ]]
((x == 2))
case $x in 2) :;; esac
y=$(exit 3); echo $?
a=(1 2)
x=5 f
## STDOUT:
hi
hi
3
hi
## END
## STDERR:
+:4:sub3b #x> f
+f:1:sub3b #x> echo hi
+:5:sub3b #x> g
+g:1:sub3b #x> f
+f:1:sub3b #x> echo hi
+:6:sub3b #x> x=2
+:7:sub3b #x> for i in 1 2
+:7:sub3b #x> :
+:7:sub3b #x> for i in 1 2
+:7:sub3b #x> :
+:8:sub3b #x> [[ 2 -eq 2 ]]
+:8:sub3b #x> [[ -n 2 ]]
+:9:sub3b #x> (( x == 2 ))
+:10:sub3b #x> case $x in
+:10:sub3b #x> :
++:11:sub3b #x> exit 3
+:11:sub3b #x> y=
+:11:sub3b #x> echo 3
+:12:sub3b #x> a=(1 2)
+:13:sub3b #x> x=5
+:13:sub3b #x> f
+f:1:sub3b #x> echo hi
## END

#### -x with the value before an assignment in PS4
x=old; PS4='${x:-none}> '; set -x; x=new; for x in a b; do :; done; : end
## status: 0
## STDERR:
old> x=new
new> for x in a b
a> :
a> for x in a b
b> :
b> : end
## END

#### -x with an error in PS4
set -x; PS4='$(false)+ '; (exit 3); echo $?
## stdout: 3
## STDERR:
+ PS4='$(false)+ '
+ exit 3
+ echo 3
## END

#### -x and assignments before commands
set -x; A=1 B='2 3' true; a=(1 2); a+=(3)
## status: 0
## STDERR:
+ A=1
+ B='2 3'
+ true
+ a=(1 2)
+ a+=(3)
## END

#### -x and redirections
set -x; echo a > f; cat < f
## stdout: a
## STDERR:
+ echo a
+ cat
## END

#### +x prints itself
set -x; set +x; echo quiet
## stdout: quiet
## stderr: + set +x

#### BASH_XTRACEFD
exec 5> log; BASH_XTRACEFD=5; set -x; echo a; set +x; cat log
## STDOUT:
a
+ echo a
+ set +x
## END

#### -v prints input lines
bash -vc 'echo a
echo b'
## STDOUT:
a
b
## END
## STDERR:
echo a
echo b
## END

#### -n reads without running
bash -nc 'echo never'; echo $?; bash -nc 'if'; echo $?
## STDOUT:
0
2
## END
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### -f
touch a; set -f; echo *; set +f; echo *
## STDOUT:
*
a
## END

#### -a exports
set -a; x=1; set +a; y=2; bash -c 'echo "$x-$y"'
## stdout: 1-

#### -C and +C
set -C; > f; (> f); echo $?; set +C; > f; echo $?
## STDOUT:
1
0
## END
## stderr: bash: line 1: f: cannot overwrite existing file

#### -o prints the options
set -o | grep -E '^(errexit|noglob|pipefail)'
## STDOUT:
errexit        	off
noglob         	off
pipefail       	off
## END

#### +o prints commands
set +o | grep -E 'errexit|pipefail'
## STDOUT:
set +o errexit
set +o pipefail
## END

#### -o by name
set -o noglob; echo *; set +o noglob; set -o nosuch; echo $?
## STDOUT:
*
2
## END
## stderr: bash: line 1: set: nosuch: invalid option name

#### unknown option
set -Z; echo $?
## stdout: 2
## STDERR:
bash: line 1: set: -Z: invalid option
set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]
## END

#### dollar dash
set -f; case $- in *f*) echo has f;; esac; set +f; case $- in *f*) ;; *) echo no f;; esac; echo $- | grep -c h
## STDOUT:
has f
no f
1
## END

#### set without arguments lists variables
x='a b'; set | grep '^x='
## stdout: x='a b'

#### set -k is accepted
set -k; echo $?
## stdout: 0

#### shopt -s and -u
shopt -s nullglob; echo *; shopt -u nullglob; echo *.x; shopt -q nullglob; echo $?
## STDOUT:

*.x
1
## END

#### shopt prints a state
shopt nullglob; shopt -s nullglob; shopt nullglob; shopt -p nullglob
## STDOUT:
nullglob       	off
nullglob       	on
shopt -s nullglob
## END

#### shopt of an unknown name
shopt -s nosuch; echo $?; shopt nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: shopt: nosuch: invalid shell option name
bash: line 1: shopt: nosuch: invalid shell option name
## END

#### shopt -o
shopt -o -s errexit; shopt -o errexit; false; echo never
## status: 1
## stdout: errexit        	on

#### SHELLOPTS has the options
set -f; case :$SHELLOPTS: in *:noglob:*) echo yes;; esac; SHELLOPTS=x; echo "status $?"
## status: 1
## stdout: yes
## stderr: bash: line 1: SHELLOPTS: readonly variable

#### set -- with options mixed
set -f -- a b; echo $1 $2; set +f x; echo $1
## STDOUT:
a b
x
## END

#### set -e -u together in one word
set -eu; echo $-| grep -o '[eu]' | sort
## STDOUT:
e
u
## END

#### -t ends after one command
bash -tc 'echo a
echo b'
## STDOUT:
a
b
## END

#### POSIXLY_CORRECT turns posix mode on
POSIXLY_CORRECT=1; shopt -qo posix; echo $?
## stdout: 0

#### set -h and hash
set +h; hash ls; echo $?
## stdout: 1
## stderr: bash: line 1: hash: hashing disabled

#### -m monitor mode is off in scripts
case $- in *m*) echo on;; *) echo off;; esac
## stdout: off

#### -T and functrace
set -T; trap 'echo ret' RETURN; f() { echo f; }; f
## STDOUT:
f
ret
## END

#### bash -o and -O
bash -o noglob -O nullglob -c 'echo *; shopt -q nullglob; echo $?'
## STDOUT:
*
0
## END

#### -c with arguments
bash -c 'echo $0 $1 $#' name a b
## stdout: name a 2

#### -s reads standard input
echo 'echo $1 $#' | bash -s x y
## stdout: x 2

#### script from standard input
printf 'echo a\nread x\nthe rest\necho "[$x]"\n' | bash
## STDOUT:
a
[the rest]
## END

#### script from a file
printf 'echo "$0 $1"\n' > s; bash s arg; bash ./s arg
## STDOUT:
s arg
./s arg
## END

#### missing script
bash nosuch; echo $?
## stdout: 127
## stderr: bash: nosuch: No such file or directory

#### bad option of bash
bash --nosuchoption 2>/dev/null; echo $?; bash -Z 2>/dev/null; echo $?
## STDOUT:
2
2
## END

#### -c without argument
bash -c; echo $?
## stdout: 2
## stderr: bash: -c: option requires an argument

#### --version is 5.2
bash --version | head -n 1 | cut -d ' ' -f 1-3
## stdout: GNU bash, version
## differs: the shell is not GNU bash, and says so
## our stdout: GNU bash compatible

#### login shell reads the profile
echo 'echo profile' > ~/.bash_profile; bash -lc 'echo cmd' 2>/dev/null | tail -n 2
## STDOUT:
profile
cmd
## END

#### BASH_ENV is read by scripts
echo 'echo env' > e; BASH_ENV=./e bash -c 'echo cmd'
## STDOUT:
env
cmd
## END

#### expand_aliases is off in scripts
alias hi='echo hello'
hi; echo $?
## stdout: 127
## stderr: bash: line 2: hi: command not found

#### aliases
shopt -s expand_aliases
alias hi='echo hello'
hi there
## stdout: hello there

#### alias with a trailing blank
shopt -s expand_aliases
alias e='echo ' w=word
e w w
## stdout: word w

#### alias takes effect on the next line
shopt -s expand_aliases
alias x='echo aliased'; x 2>/dev/null || echo not yet
x
## STDOUT:
not yet
aliased
## END

#### alias listing
alias b='x y' a="it's"; alias; alias a; alias nosuch; echo $?
## STDOUT:
alias a='it'\''s'
alias b='x y'
alias a='it'\''s'
1
## END
## stderr: bash: line 1: alias: nosuch: not found

#### unalias
shopt -s expand_aliases
alias a='echo a'
a
unalias a
a 2>/dev/null || echo gone
unalias nosuch; echo $?
## STDOUT:
a
gone
1
## END
## stderr: bash: line 6: unalias: nosuch: not found

#### quoted words are no aliases
shopt -s expand_aliases
alias hi='echo hello'
\hi 2>/dev/null || echo quoted
## stdout: quoted

#### aliases do not recurse
shopt -s expand_aliases
alias echo='echo pre'
echo x
## stdout: pre x

#### alias of a reserved construct
shopt -s expand_aliases
alias loop='for i in 1 2; do'
loop echo $i; done
## STDOUT:
1
2
## END

#### alias after a pipe and in a substitution
shopt -s expand_aliases
alias up='tr a-z A-Z'
echo x | up
echo $(echo y | up)
## STDOUT:
X
Y
## END

#### alias in a function is expanded at definition
shopt -s expand_aliases
alias a='echo old'
f() { a; }
alias a='echo new'
f
## stdout: old

#### -x is written before redirections
set -x; echo a 2> f; x=1 nosuch 2> g; echo a >&9; x=$(echo 1) cat < f > h; cat g; : ${z:=4} < nosuch; { echo x; } 2> k; for i in 1; do :; done 2> l; [[ a == a ]] 2>m; (( 1 )) 2>n; q=2 2>o; cat k l m n o
## STDOUT:
a
bash: line 1: nosuch: command not found
x
+ echo x
+ for i in 1
+ :
+ [[ a == a ]]
+ ((  1  ))
## END
## STDERR:
+ echo a
+ x=1
+ nosuch
+ echo a
bash: line 1: 9: Bad file descriptor
++ echo 1
+ x=1
+ cat
+ cat g
+ : 4
bash: line 1: nosuch: No such file or directory
+ q=2
+ cat k l m n o
## END

#### unset BASH_XTRACEFD closes it
exec 5> log; BASH_XTRACEFD=5; set -x; echo a; unset BASH_XTRACEFD; echo b >&5; cat log
## STDOUT:
a
+ echo a
+ unset BASH_XTRACEFD
## END
## STDERR:
+ echo b
bash: line 1: 5: Bad file descriptor
+ cat log
## END

#### BASH_XTRACEFD that is not open
BASH_XTRACEFD=9; set -x; echo a; echo $BASH_XTRACEFD
## STDOUT:
a
9
## END
## STDERR:
bash: line 1: BASH_XTRACEFD: 9: invalid value for trace file descriptor
+ echo a
+ echo 9
## END

#### BASH_XTRACEFD that is no number
BASH_XTRACEFD=x; set -x; echo a; BASH_XTRACEFD=; echo b
## STDOUT:
a
b
## END
## STDERR:
bash: line 1: BASH_XTRACEFD: x: invalid value for trace file descriptor
+ echo a
+ BASH_XTRACEFD=
+ echo b
## END

#### BASH_XTRACEFD in subshells and functions
exec 5> log; BASH_XTRACEFD=5; set -x; (echo sub); f() { echo x; }; f; BASH_XTRACEFD=2; echo c; exec 5>&-; cat log
## STDOUT:
sub
x
c
+ echo sub
+ f
+ echo x
+ BASH_XTRACEFD=2
## END
## STDERR:
+ echo c
+ exec
+ cat log
## END
