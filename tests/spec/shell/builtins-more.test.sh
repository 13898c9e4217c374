# Builtins in their corners: umask, ulimit, type, command, hash, getopts, read, printf, declare, shopt, set and more.

#### umask forms
umask 022; umask -S; umask -p; umask -pS; umask -S u=rwx,go=; umask; umask u-x; umask; umask +r; umask; umask a=; umask; umask u=g; echo $?; umask 0; umask; umask 8; echo $?; umask -S 027; umask z; echo $?
## STDOUT:
u=rwx,g=rx,o=rx
umask 0022
umask -S u=rwx,g=rx,o=rx
u=rwx,g=,o=
0077
0177
0133
0777
1
0000
1
u=rwx,g=rx,o=
1
## END
## STDERR:
bash: line 1: umask: `g': invalid symbolic mode character
bash: line 1: umask: 8: octal number out of range
bash: line 1: umask: `z': invalid symbolic mode operator
## END

#### ulimit letters
ulimit -f; ulimit -Sf 100; ulimit -f; ulimit -Hf; ulimit -f unlimited; ulimit -f; ulimit -f hard; ulimit -f; ulimit -S -n 50; ulimit -n; ulimit -n soft
## STDOUT:
unlimited
100
unlimited
unlimited
unlimited
50
## END

#### type
f() { echo x; }; alias ll='ls -l'; type f; type -t f ll if echo ls nosuch; echo $?; type -a echo true; type -p ls f; type -P echo; type -aP ls; type -f f; echo $?; type if; type ''; echo $?
## stdout-json: "f is a function\nf () \n{ \n    echo x\n}\nfunction\nkeyword\nbuiltin\nfile\n1\necho is a shell builtin\necho is /usr/bin/echo\necho is /bin/echo\ntrue is a shell builtin\ntrue is /usr/bin/true\ntrue is /bin/true\n/usr/bin/ls\n/usr/bin/echo\n/usr/bin/ls\n/bin/ls\n1\nif is a shell keyword\n1\n"
## STDERR:
bash: line 1: type: f: not found
bash: line 1: type: : not found
## END

#### type of hashed and changed paths
hash -p /bin/cat kitty; type kitty; type -p kitty; hash -t kitty; hash -lt kitty; hash -t kitty kitty; hash -d kitty; hash -t kitty; echo $?; hash nosuch; echo $?; hash -r; hash
## STDOUT:
kitty is hashed (/bin/cat)
/bin/cat
/bin/cat
builtin hash -p /bin/cat kitty
kitty	/bin/cat
kitty	/bin/cat
1
1
hash: hash table empty
## END
## STDERR:
bash: line 1: hash: kitty: not found
bash: line 1: hash: nosuch: not found
## END

#### command
f() { echo fn; }; alias a1='echo al'; command -v f echo if a1 ls nosuch; echo $?; command -V f echo if ls nosuch; echo $?; command echo hi; command -p echo p; command; echo $?; command -x; echo $?; echo() { builtin echo wrapped; }; command echo plain
## stdout-json: "f\necho\nif\n/usr/bin/ls\n0\nf is a function\nf () \n{ \n    echo fn\n}\necho is a shell builtin\nif is a shell keyword\nls is /usr/bin/ls\n0\nhi\np\n0\n2\nplain\n"
## STDERR:
bash: line 1: command: nosuch: not found
bash: line 1: command: -x: invalid option
command: usage: command [-pVv] command [arg ...]
## END

#### getopts
while getopts ab:c: o -a -bval -c val rest; do echo "$o ${OPTARG-unset} $OPTIND"; done; echo "end $? $OPTIND $o"
## STDOUT:
a unset 2
b val 3
c val 5
end 0 5 ?
## END

#### getopts in a group, silent, and its errors
g() { local OPTIND=1; while getopts "$@"; do echo "$x:${OPTARG-unset}:$OPTIND"; done; echo "-- $x $OPTIND"; }
g ab:c x -abfoo -cz; g :ab: x -a -b; g :a x -z; g a x -z -a; g b: x -b; g a x -a -- -a; g a x - -a; OPTERR=0; g a x -z; getopts; echo $?; getopts a; echo $?; getopts a 1x; echo $?
## STDOUT:
a:unset:1
b:foo:2
c:unset:2
?:unset:3
-- ? 3
a:unset:2
::b:3
-- ? 3
?:z:2
-- ? 2
?:unset:2
a:unset:3
-- ? 3
?:unset:2
-- ? 2
a:unset:2
-- ? 3
-- ? 1
?:unset:2
-- ? 2
2
2
1
## END
## STDERR:
bash: illegal option -- z
bash: illegal option -- z
bash: option requires an argument -- b
getopts: usage: getopts optstring name [arg ...]
getopts: usage: getopts optstring name [arg ...]
bash: line 2: getopts: `1x': not a valid identifier
## END

#### read options
printf 'a b c\nd\\\ne f\n' | { read x y; echo "$x|$y"; read z; echo "$z"; }; printf 'abcdef' | { read -n 2 a; read -N 3 b; read c; echo "$a|$b|$c|$?"; }; printf 'a:b;c' | { read -d ';' x; IFS=: read y; echo "$x $y"; }; printf 'x y z' | { read -a arr; declare -p arr; }; read -r v <<< 'a\tb'; echo "$v"; read v <<< 'a\tb'; echo "$v"; read -t 0 < /dev/null; echo $?; read -u 3 v 3<<< three; echo $v; read -u 9 v; echo $?; read -n x v; echo $?; read -t -1 v; echo $?; read -t x v; echo $?; read -u x v; echo $?; read 1x <<< a; echo $?; read -p prompt v <<< q; echo $v; read <<< '  keep  '; echo "[$REPLY]"; read v < /dev/null; echo "$? [$v]"; read -d '' v < <(printf 'a\nb\0c'); echo "$v"; read -i text v <<< z; echo $v; read -e v <<< z2; echo $v; read -n 0 v <<< abc; echo "$? [$v]"; read a[2] <<< el; declare -p a
## STDOUT:
a|b c
de f
ab|cde|f|1
a:b c
declare -a arr=([0]="x" [1]="y" [2]="z")
a\tb
atb
0
three
1
1
1
1
1
1
q
[  keep  ]
1 []
a
b
z
z2
0 []
declare -a a=([2]="el")
## END
## STDERR:
bash: line 1: read: 9: invalid file descriptor: Bad file descriptor
bash: line 1: read: x: invalid number
bash: line 1: read: -1: invalid timeout specification
bash: line 1: read: x: invalid timeout specification
bash: line 1: read: x: invalid file descriptor specification
bash: line 1: read: `1x': not a valid identifier
## END

#### read splits
IFS=: read a b c <<< 'x::y:z:'; echo "$a|$b|$c"; IFS=', ' read a b <<< 'x , y, z ,'; echo "$a|$b"; IFS= read a <<< '  s  '; echo "[$a]"; read a b <<< 'x\ y z'; echo "$a|$b"; IFS=: read a b <<< 'x:y:'; echo "$a|$b"; IFS=: read a <<< 'x:'; echo $a; IFS=: read -a r <<< ':a::b:'; declare -p r
## STDOUT:
x||y:z:
x|y, z ,
[  s  ]
x y|z
x|y
x
declare -a r=([0]="" [1]="a" [2]="" [3]="b")
## END

#### printf
printf -v v '%s-%d' a 3; echo $v; printf -v 'arr[2]' x; declare -p arr; printf '%q ' 'a b' "it's" '' $'\n' '$x' '~' a~ '#' 'ü'; echo; printf '%b|' 'a\tb' '\x41' '\0101' 'a\cb' never; echo; printf '%(%Y-%m-%d %H:%M:%S)T\n' 0; printf '%(%s)T\n' 86400; printf '%d %i %o %x %X %u %c %e %g\n' 10 -3 8 255 255 7 xyz 1.5 0.0001; printf '%5s|%-5s|%05d|%+d|%.2f|%.3s\n' a b 42 5 3.14159 abcdef; printf '%*s|%-*s|%.*f\n' 5 a 5 b 1 2.25; printf '%s %s\n' a b c; printf '%d\n' "'A" 0x1f 010 abc; echo $?; printf '%z\n'; echo $?; printf; echo $?; printf '%%\n'; printf '%s'; echo; printf '\u00e9\n'; printf -v 1x a; echo $?; printf '%Q|%.3Q\n' 'a b' 'abc d'
## stdout-json: "a-3\ndeclare -a arr=([2]=\"x\")\na\\ b it\\'s '' $'\\n' \\$x \\~ a~ \\# ü \na\tb|A|A|a\n1970-01-01 00:00:00\n86400\n10 -3 10 ff FF 7 x 1.500000e+00 0.0001\n    a|b    |00042|+5|3.14|abc\n    a|b    |2.2\na b\nc \n65\n31\n8\n0\n1\n1\n2\n%\n\né\n2\na\\ b|abc\n"
## STDERR:
bash: line 1: printf: abc: invalid number
bash: line 1: printf: `\': invalid format character
printf: usage: printf [-v var] format [arguments]
bash: line 1: printf: `1x': not a valid identifier
## END

#### declare
declare -i i=1+2; i+=4; echo $i; declare -u u=abc; declare -l l=ABC; declare -c c=hello; echo $u $l $c; declare -p i u l c; declare -n ref=i; ref=9; echo $i; declare -p ref; declare -a a=(1 [5]=x); declare -A m=([k]=v [a b]=c); declare -p a; declare -p m; f() { declare -g g=1; declare x=2; local -r y=3; declare -p x y; }; f; echo "$g ${x-unset}"; declare -f f; declare -F f; declare -F nosuch; echo $?; declare +i i; i=1+1; echo $i; declare -x e=1; declare +x e; declare -p e; declare -t t; declare -p t; declare -ir k=5; k=6; echo $?; declare -a s=str; declare -p s; declare -p nosuch; echo $?
## status: 1
## stdout-json: "7\nABC abc Hello\ndeclare -i i=\"7\"\ndeclare -u u=\"ABC\"\ndeclare -l l=\"abc\"\ndeclare -c c=\"Hello\"\n9\ndeclare -n ref=\"i\"\ndeclare -a a=([0]=\"1\" [5]=\"x\")\ndeclare -A m=([k]=\"v\" [\"a b\"]=\"c\" )\ndeclare -- x=\"2\"\ndeclare -r y=\"3\"\n1 unset\nf () \n{ \n    declare -g g=1;\n    declare x=2;\n    local -r y=3;\n    declare -p x y\n}\nf\n1\n1+1\ndeclare -- e=\"1\"\ndeclare -t t\n"
## stderr: bash: line 1: k: readonly variable

#### declare of functions and its lists
f() { echo "a b" | cat > /dev/null && [[ x == y* ]] || { true; }; }; declare -f f nosuch; echo $?; readonly -f f; f() { :; }; echo $?; unset -f f; echo $?; g() { :; }; export -f g; declare -F; declare -pf g; typeset -ft g; declare -F g
## stdout-json: "f () \n{ \n    echo \"a b\" | cat > /dev/null && [[ x == y* ]] || { \n        true\n    }\n}\n1\n1\n1\ndeclare -fr f\ndeclare -fx g\ng () \n{ \n    :\n}\ndeclare -fx g\ng\n"
## STDERR:
bash: line 1: f: readonly function
bash: line 1: unset: f: cannot unset: readonly function
## END

#### shopt
shopt -s nullglob; shopt nullglob; shopt -p nullglob extglob; shopt -q nullglob; echo $?; shopt -u nullglob; shopt -q nullglob; echo $?; shopt nosuch; echo $?; shopt -s nosuch; echo $?; shopt -su a; echo $?; shopt -o pipefail; echo $?; shopt -so pipefail; shopt -po pipefail errexit; set -o | grep pipefail; shopt -Z; echo $?; shopt | wc -l; shopt -s | head -3; shopt -o | wc -l
## STDOUT:
nullglob       	on
shopt -s nullglob
shopt -u extglob
0
1
1
1
1
pipefail       	off
1
set -o pipefail
set +o errexit
pipefail       	on
2
57
checkwinsize   	on
cmdhist        	on
complete_fullquote	on
27
## END
## STDERR:
bash: line 1: shopt: nosuch: invalid shell option name
bash: line 1: shopt: nosuch: invalid shell option name
bash: line 1: shopt: cannot set and unset shell options simultaneously
bash: line 1: shopt: -Z: invalid option
shopt: usage: shopt [-pqsu] [-o] [optname ...]
## END

#### set
set -o | head -4; set +o | head -4; set -o nosuch; echo $?; set -Z; echo $?; set -- -a b; echo "$#"; set - x; echo $1; set -euo pipefail; echo $-; set +eu; set -f; echo *; set +f; set -o noglob; echo $-; set -a; v=1; set +a; declare -p v; set -k 2>/dev/null; echo $?
## STDOUT:
allexport      	off
braceexpand    	on
emacs          	off
errexit        	off
set +o allexport
set -o braceexpand
set +o emacs
set +o errexit
2
2
2
x
ehuBc
*
fhBc
declare -x v="1"
0
## END
## STDERR:
bash: line 1: set: nosuch: invalid option name
bash: line 1: set: -Z: invalid option
set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]
## END

#### enable
enable -n echo; type -t echo; enable -n; enable echo; type -t echo; enable -p | head -2; enable -s | head -2; enable nosuch; echo $?; enable -n nosuch; echo $?; enable -a | tail -n 1
## STDOUT:
file
enable -n echo
builtin
enable .
enable :
enable .
enable :
1
1
enable wait
## END
## STDERR:
bash: line 1: enable: nosuch: not a shell builtin
bash: line 1: enable: nosuch: not a shell builtin
## END

#### caller
f() { caller; caller 0; caller 1; echo $?; }
g() { f; }
g; caller 0; echo $?; caller x; echo $?
## STDOUT:
2 environment
2 g environment
1
1
1
## END

#### times and let
times | wc -l; let 'x=1+2' y=x*2; echo $x $y; let 0; echo $?; let; echo $?; let 'a=' ; echo $?; let x++ x--; echo $?; times x > /dev/null; echo $?
## STDOUT:
2
3 6
1
1
1
0
0
## END
## STDERR:
bash: line 1: let: expression expected
bash: line 1: let: a=: syntax error: operand expected (error token is "=")
## END

#### directory stack
mkdir -p a/b c; cd a; pushd b >/dev/null; pushd ../../c > /dev/null; dirs -l | wc -w; dirs +0; dirs -0 | sed "s,$OLDPWD,,"; pushd +1 >/dev/null; echo ${PWD##*/}; pushd -0 > /dev/null; echo ${PWD##*/}; popd -n >/dev/null; dirs -p | wc -l; popd +9; echo $?; pushd nosuch; echo $?; pushd -n /tmp; dirs -v | wc -l; dirs -c; popd; echo $?; dirs -x; echo $?; pushd; echo $?; pushd +x; echo $?
## STDOUT:
3
~/c
~/a
b
c
2
1
1
~/c /tmp ~/a
3
1
2
1
2
## END
## STDERR:
bash: line 1: popd: +9: directory stack index out of range
bash: line 1: pushd: nosuch: No such file or directory
bash: line 1: popd: directory stack empty
bash: line 1: dirs: -x: invalid number
dirs: usage: dirs [-clpv] [+N] [-N]
bash: line 1: pushd: no other directory
bash: line 1: pushd: +x: invalid number
pushd: usage: pushd [-n] [+N | -N | dir]
## END

#### local -
f() { local -; set -f; echo $-; }; f; echo $-; g() { local - x=1; set -u; }; g; echo $-; local y; echo $?
## STDOUT:
fhBc
hBc
hBc
1
## END
## stderr: bash: line 1: local: can only be used in a function

#### exec with a name
(exec -a other bash -c 'echo $0'); (exec -l bash -c 'echo $0'); (export Q=1; exec -c bash -c 'echo [$Q]'); (exec -x); echo $?; (exec -a); echo $?
## STDOUT:
other
-bash
[]
2
2
## END
## STDERR:
bash: line 1: exec: -x: invalid option
exec: usage: exec [-cl] [-a name] [command [argument ...]] [redirection ...]
bash: line 1: exec: -a: option requires an argument
exec: usage: exec [-cl] [-a name] [command [argument ...]] [redirection ...]
## END

#### wait
sleep 0 & wait -n; echo $?; (exit 3) & p=$!; wait -n -p v $p; echo "$? $((v == p))"; wait 99999; echo $?; wait %9; echo $?; wait -n; echo $?; (exit 4) & wait $!; echo $?; wait x; echo $?; sleep 0 & wait -f $!; echo $?; wait -p 1x; echo $?
## STDOUT:
0
3 1
127
127
127
4
1
0
1
## END
## STDERR:
bash: line 1: wait: pid 99999 is not a child of this shell
bash: line 1: wait: %9: no such job
bash: line 1: wait: `x': not a pid or valid job spec
bash: line 1: wait: `1x': not a valid identifier
## END

#### disown and jobs
sleep 5 & disown; jobs; kill $!; disown; echo $?; disown %1; echo $?; sleep 5 & disown -h %1; disown -a; jobs; kill $!; disown -x; echo $?; jobs -x echo hi; jobs %3; echo $?; fg; echo $?; bg; echo $?
## STDOUT:
1
1
2
hi
1
1
1
## END
## STDERR:
bash: line 1: disown: current: no such job
bash: line 1: disown: %1: no such job
bash: line 1: disown: -x: invalid option
disown: usage: disown [-h] [-ar] [jobspec ... | pid ...]
bash: line 1: jobs: %3: no such job
bash: line 1: fg: no job control
bash: line 1: bg: no job control
## END

#### help
help -s echo; help -d cd | head -1 | cut -d- -f1; help nosuch; echo $?; help -z; echo $?; help -s : .
## stdout-json: "echo: echo [-neE] [arg ...]\ncd \n1\n2\n:: :\n.: . filename [arguments]\n"
## STDERR:
bash: line 1: help: no help topics match `nosuch'.  Try `help help' or `man -k nosuch' or `info nosuch'.
bash: line 1: help: -z: invalid option
help: usage: help [-dms] [pattern ...]
## END

#### unset, shift, return, break at wrong places
return 2>&1; echo $?; break; echo $?; continue; echo $?; f() { return x; }; f; echo $?; for i in 1; do break 0; echo no; done; echo $?; for i in 1; do break x; done; echo $?; unset -fv x; echo $?; unset 'a[1]'; echo $?; unset -n nosuch; echo $?; shift 1 2; echo $?
## status: 128
## STDOUT:
bash: line 1: return: can only `return' from a function or sourced script
2
0
0
2
1
## END
## STDERR:
bash: line 1: break: only meaningful in a `for', `while', or `until' loop
bash: line 1: continue: only meaningful in a `for', `while', or `until' loop
environment: line 1: return: x: numeric argument required
bash: line 1: break: 0: loop count out of range
bash: line 1: break: x: numeric argument required
## END

#### alias
alias a='echo x' b="it's"; alias; alias a; alias nosuch; echo $?; alias -p | wc -l; unalias a; unalias nosuch; echo $?; unalias -a; alias; unalias; echo $?; alias 'x y=1'; echo $?; alias =; echo $?
## STDOUT:
alias a='echo x'
alias b='it'\''s'
alias a='echo x'
1
2
1
2
1
1
## END
## STDERR:
bash: line 1: alias: nosuch: not found
bash: line 1: unalias: nosuch: not found
unalias: usage: unalias [-a] name [name ...]
bash: line 1: alias: `x y': invalid alias name
bash: line 1: alias: =: not found
## END

#### echo and test corners
echo -e 'a\x41\0101\u00e9\tb\c' z; echo; echo -n -e -E 'a\n'; echo; echo -nx; echo --; test; echo $?; test ! ; echo $?; [ a = a -a b = b ]; echo $?; [ 1 -lt x ]; echo $?; [ a; echo $?; test a b; echo $?; test -v HOME; echo $?; test \( a \) ; echo $?; [ 'a' '<' b ]; echo $?
## STDOUT:
aAAé	b
a\n
-nx
--
1
0
0
2
2
2
0
0
0
## END
## STDERR:
bash: line 1: [: x: integer expression expected
bash: line 1: [: missing `]'
bash: line 1: test: a: unary operator expected
## END

#### source and eval corners
echo 'echo $# $1; return 3' > s; . ./s a b; echo $?; . ./nosuch; echo $?; .; echo $?; eval; echo $?; eval 'echo a;' 'echo b'; eval -x; echo $?; source -- ./s; source ./s; PATH=.:$PATH; . s; shopt -u sourcepath; mkdir q; . q; echo $?
## STDOUT:
2 a
3
1
2
0
a
b
2
0
0
0
1
## END
## STDERR:
bash: line 1: ./nosuch: No such file or directory
bash: line 1: .: filename argument required
.: usage: . filename [arguments]
bash: line 1: eval: -x: invalid option
eval: usage: eval [arg ...]
bash: line 1: .: q: is a directory
## END

#### trap corners
trap 'echo e' EXIT; trap -p EXIT; trap - EXIT; trap; trap 'x' 99; echo $?; trap -x; echo $?; trap x; echo $?; trap -p nosuch; echo $?; trap '' RTMIN+2 USR1; trap; trap 2; trap -l | wc -l; kill -l RTMIN RTMAX 34 64 RTMIN+3; kill -s; echo $?; kill; echo $?; kill -l EXIT 0; kill x; echo $?; kill -n 0 $$; echo $?; kill -RTMIN+40 $$; echo $?
## STDOUT:
trap -- 'echo e' EXIT
1
2
2
1
trap -- '' SIGUSR1
trap -- '' SIGRTMIN+2
13
34
64
RTMIN
RTMAX
37
1
2
0
EXIT
1
0
1
## END
## STDERR:
bash: line 1: trap: 99: invalid signal specification
bash: line 1: trap: -x: invalid option
trap: usage: trap [-lp] [[arg] signal_spec ...]
trap: usage: trap [-lp] [[arg] signal_spec ...]
bash: line 1: trap: nosuch: invalid signal specification
bash: line 1: kill: -s: option requires an argument
kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]
bash: line 1: kill: x: arguments must be process or job IDs
bash: line 1: kill: RTMIN+40: invalid signal specification
## END

#### real-time signals
trap 'echo rt' RTMIN+1; kill -RTMIN+1 $$; kill -35 $$; (kill -RTMAX $BASHPID); echo $?; kill -l 192
## STDOUT:
rt
rt
192
RTMAX
## END
## stderr: bash: line 1: PID Real-time signal 30     ( kill -RTMAX $BASHPID )
