# Builtins: read, printf, echo, getopts, declare, eval, source, cd, type, and the smaller ones.

#### echo
echo; echo a  b; echo "a  b"; echo -n x; echo; echo -n; echo end
## STDOUT:

a b
a  b
x
end
## END

#### echo -e
echo -e 'a\tb\nc\\d\x41\0101\u00e9'; echo -e 'cut\chere'; echo; echo -E 'a\tb'; echo 'a\tb'
## STDOUT:
a	b
c\dAAé
cut
a\tb
a\tb
## END

#### echo options in one word
echo -ne 'a\n'; echo -en 'b\n'; echo -neE 'c\n'; echo; echo -nx; echo -; echo --; echo -e -n x; echo
## STDOUT:
a
b
c\n
-nx
-
--
x
## END

#### echo -e with odd escapes
echo -e '\q \x \0 \' ; echo -e 'a\
b'
## stdout-json: "\\q \\x \u0000 \\\na\\\nb\n"

#### echo -e with bytes
echo -ne '\xff\x00\a\b\e\f\v'
## stdout-json: "\xff\u0000\u0007\u0008\u001b\u000c\u000b"

#### echo with xpg_echo
shopt -s xpg_echo; echo 'a\tb'; echo -E 'a\tb'
## STDOUT:
a	b
a\tb
## END

#### program echo
env echo -e 'a\tb'; env echo -n x; env echo; env echo --; env echo 'a\tb'
## STDOUT:
a	b
x
--
a\tb
## END

#### printf strings
printf '%s\n' a b c; printf '%s-%s\n' 1 2 3; printf 'no newline'; printf '\n'; printf '%s\n'
## STDOUT:
a
b
c
1-2
3-
no newline

## END

#### printf widths
printf '[%5s][%-5s][%05d][%+d][% d]\n' ab ab 42 42 42; printf '[%.2s][%8.3s]\n' abcdef abcdef; printf '[%*s][%-*s]\n' 5 a 5 b
## STDOUT:
[   ab][ab   ][00042][+42][ 42]
[ab][     abc]
[    a][b    ]
## END

#### printf integers
printf '%d %i %u %o %x %X %#o %#x\n' 42 -42 42 42 255 255 8 255; printf '%d %d %d\n' 0x1f 017 "'A"
## STDOUT:
42 -42 42 52 ff FF 010 0xff
31 15 65
## END

#### printf negative unsigned
printf '%u %x %o\n' -1 -1 -1
## stdout: 18446744073709551615 ffffffffffffffff 1777777777777777777777

#### printf floats
printf '%f %.2f %e %g %G\n' 3.14159 2.5 12345.678 0.0001 1e20; printf '%5.1f|%-8.2f|%+.1f\n' 3.14159 2.5 1
## STDOUT:
3.141590 2.50 1.234568e+04 0.0001 1E+20
  3.1|2.50    |+1.0
## END

#### printf float special values
printf '%f %f %g %a\n' inf nan -inf 1; printf '%.0f %.0f %.0f\n' 0.5 1.5 2.5
## STDOUT:
inf nan -inf 0x8p-3
0 2 2
## END

#### printf characters
printf '%c%c%c\n' abc d; printf '[%3c]\n' x; printf '%c|\n' ''
## stdout-json: "ad\u0000\n[  x]\n\u0000|\n"

#### printf %b
printf '%b\n' 'a\tb\x41\0101'; printf '%b' 'x\cy' z; echo; printf '[%5b]\n' 'a'
## STDOUT:
a	bAA
x
[    a]
## END

#### printf %q
printf '%q\n' 'a b' "it's" '' abc $'a\nb' 'a$b' '~' '*' 'é' $'\x01' 'a=b' '{a,b}' '#x' 'a#'
## STDOUT:
a\ b
it\'s
''
abc
$'a\nb'
a\$b
\~
\*
é
$'\001'
a=b
\{a\,b\}
\#x
a#
## END

#### printf %Q
printf '%Q %.3Q\n' 'a b' 'abcdef gh'
## stdout: a\ b abc

#### printf %(fmt)T
printf '%(%Y-%m-%d %H:%M:%S)T\n' 0; printf '%(%s)T\n' 1234567890
## STDOUT:
1970-01-01 00:00:00
1234567890
## END

#### printf escapes in the format
printf 'a\tb\\n\x41\101\u00e9\n'; printf '\0\1' ; echo
## stdout-json: "a\tb\\nAAé\n\u0000\u0001\n"

#### printf percent
printf '%%\n'; printf '100%%\n'
## STDOUT:
%
100%
## END

#### printf reuses the format
printf '%s=%d\n' a 1 b 2 c; printf 'x\n' a b
## STDOUT:
a=1
b=2
c=0
x
## END

#### printf with missing arguments
printf '[%s][%d][%f][%c]\n'
## stdout-json: "[][0][0.000000][\u0000]\n"

#### printf with bad numbers
printf '%d\n' abc; echo $?; printf '%d\n' 12abc; echo $?; printf '%d\n' ''; echo $?
## STDOUT:
0
1
12
1
0
0
## END
## STDERR:
bash: line 1: printf: abc: invalid number
bash: line 1: printf: 12abc: invalid number
## END

#### printf with out of range numbers
printf '%d\n' 99999999999999999999; echo $?
## STDOUT:
9223372036854775807
0
## END
## stderr: bash: line 1: printf: warning: 99999999999999999999: Numerical result out of range

#### printf with a bad format
printf '%z\n'; echo $?; printf '%'; echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: printf: `\': invalid format character
bash: line 1: printf: `%': missing format character
## END

#### printf without format
printf; echo $?; printf -x; echo $?
## STDOUT:
2
2
## END
## STDERR:
printf: usage: printf [-v var] format [arguments]
bash: line 1: printf: -x: invalid option
printf: usage: printf [-v var] format [arguments]
## END

#### printf -v
printf -v x '%03d' 7; echo $x; printf -v 'a[2]' hi; echo "${a[2]}"; printf -v 1x a; echo $?
## STDOUT:
007
hi
2
## END
## stderr: bash: line 1: printf: `1x': not a valid identifier

#### printf -- and a leading dash
printf -- '-a\n'; printf -- '%s\n' --
## STDOUT:
-a
--
## END

#### printf with a NUL
printf 'a\0b'
## stdout-json: "a\u0000b"

#### printf character codes
printf '%d %d\n' "'a" '"b'; printf '%d\n' "'é"
## STDOUT:
97 98
233
## END

#### program printf
env printf '%s|%5d|%x\n' a 42 255; env printf 'a\tb\n'; env printf '%d\n' abc; echo $?
## STDOUT:
a|   42|ff
a	b
0
1
## END
## stderr: printf: ‘abc’: expected a numeric value

#### read a line
read x <<< 'hello world'; echo "$x"
## stdout: hello world

#### read at end of input
read x < /dev/null; echo "$? [$x]"; printf 'no newline' | { read x; echo "$? [$x]"; }
## STDOUT:
1 []
1 [no newline]
## END

#### read backslashes
printf 'a\\tb\\\nc d\n' | { read x; echo "[$x]"; }; printf 'a\\tb\n' | { read -r x; echo "[$x]"; }
## STDOUT:
[atbc d]
[a\tb]
## END

#### read -n and -N
printf 'abcdef\n' | { read -n 3 x; echo $x; read y; echo $y; }; printf 'a\nbc' | { read -N 4 x; echo "[$x]"; }
## STDOUT:
abc
def
[a
bc]
## END

#### read -d
printf 'a:b:c' | { read -d : x; read -d : y; read -d : z; echo "$? $x$y$z"; }; printf 'x\0y\0' | while read -d '' v; do echo "<$v>"; done
## STDOUT:
1 abc
<x>
<y>
## END

#### read -p prints nothing without a terminal
read -p 'prompt> ' x <<< val; echo $x
## stdout: val

#### read -s
read -s x <<< secret; echo $x
## stdout: secret

#### read -t 0
read -t 0 < /dev/null; echo $?; read -t 1 x <<< quick; echo "$? $x"
## STDOUT:
0
0 quick
## END

#### read times out
sleep 3 | { read -t 0.1 x; [ $? -gt 128 ] && echo timeout; } & wait $! ; kill %1 2>/dev/null; true
## stdout: timeout

#### read -u
exec 3<<< 'from three'; read -u 3 x; echo $x; read -u 9 y; echo $?
## STDOUT:
from three
1
## END
## stderr: bash: line 1: read: 9: invalid file descriptor: Bad file descriptor

#### read -a
IFS=, read -ra f <<< 'a,b,,c'; echo ${#f[@]} "${f[3]}"
## stdout: 4 c

#### read into several variables from lines
while IFS=: read -r u p i; do echo "$u $i"; done <<< $'root:x:0\nme:y:5'
## STDOUT:
root 0
me 5
## END

#### read of a bad name
read 1x <<< a; echo $?
## stdout: 1
## stderr: bash: line 1: read: `1x': not a valid identifier

#### read with bad options
read -n abc x <<< a; echo $?; read -Z; echo $?
## STDOUT:
1
2
## END
## STDERR:
bash: line 1: read: abc: invalid number
bash: line 1: read: -Z: invalid option
read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]
## END

#### read -e -i is quiet on a pipe
read -e x <<< v; echo $x
## stdout: v

#### getopts
f() { local OPTIND o; while getopts 'ab:c' o "$@"; do echo "$o=${OPTARG-}"; done; shift $((OPTIND-1)); echo "rest: $*"; }
f -a -b val -c x y; f -ab val; f -bval; f -- -a; f x -a
## stdout-json: "a=\nb=val\nc=\nrest: x y\na=\nb=val\nrest: \nb=val\nrest: \nrest: -a\nrest: x -a\n"

#### getopts errors
while getopts 'ab:' o -x -b; do echo "[$o] [${OPTARG-unset}]"; done; echo $?
## STDOUT:
[?] [unset]
[?] [unset]
0
## END
## STDERR:
bash: illegal option -- x
bash: option requires an argument -- b
## END

#### getopts silent errors
while getopts ':ab:' o -x -b; do echo "[$o] [${OPTARG-unset}]"; done
## STDOUT:
[?] [x]
[:] [b]
## END

#### getopts OPTIND
set -- -a -bc d; while getopts ab:c o; do echo "$o $OPTIND"; done; echo $OPTIND
## STDOUT:
a 2
b 3
3
## END

#### getopts again after OPTIND=1
set -- -a; getopts a o; echo $o; getopts a o; echo $?; OPTIND=1; getopts a o; echo $o
## STDOUT:
a
1
a
## END

#### getopts without arguments
getopts; echo $?; getopts a; echo $?
## STDOUT:
2
2
## END
## STDERR:
getopts: usage: getopts optstring name [arg ...]
getopts: usage: getopts optstring name [arg ...]
## END

#### OPTERR=0
OPTERR=0; getopts a o -z; echo "$o $?"
## stdout: ? 0

#### eval
eval echo a b; eval 'x=1; echo $x'; eval "echo \$x"; eval; echo $?; eval ''; echo $?
## STDOUT:
a b
1
1
0
0
## END

#### eval twice expands
a=b; b=c; eval echo \$$a; eval 'y=$'$a; echo $y
## STDOUT:
c
c
## END

#### eval status and errors
eval 'exit 3' & wait $!; echo $?; eval 'false'; echo $?; eval 'if'; echo $?; eval ')'; echo $?
## STDOUT:
3
1
2
2
## END
## STDERR:
bash: eval: line 2: syntax error: unexpected end of file
bash: eval: line 1: syntax error near unexpected token `)'
bash: eval: line 1: `)'
## END

#### eval with several lines
eval 'for i in 1 2
do echo $i
done'
## STDOUT:
1
2
## END

#### source
echo 'x=5; echo "sourced $1"' > s; . ./s arg; echo $x; source ./s; echo $?
## stdout-json: "sourced arg\n5\nsourced \n0\n"

#### source keeps the parameters without arguments
echo 'echo $1 $#' > s; set -- p q; . ./s; . ./s new; echo $1
## STDOUT:
p 2
new 1
p
## END

#### source searches PATH and the current directory
mkdir b; echo 'echo from b' > b/lib; PATH=$PWD/b:$PATH; . lib; echo 'echo cwd' > lib2; . lib2
## STDOUT:
from b
cwd
## END

#### source of a missing file
. ./nosuch; echo $?; source; echo $?
## STDOUT:
1
2
## END
## STDERR:
bash: line 1: ./nosuch: No such file or directory
bash: line 1: source: filename argument required
source: usage: source filename [arguments]
## END

#### return from a sourced file
echo 'echo a; return 4; echo b' > s; . ./s; echo $?
## STDOUT:
a
4
## END

#### source with a syntax error
echo 'if' > s; . ./s; echo "after $?"
## stdout: after 2
## stderr: ./s: line 2: syntax error: unexpected end of file

#### source from a process substitution
. <(echo 'echo from pipe')
## stdout: from pipe

#### source of an empty file
> s; false; . ./s; echo $?
## stdout: 0

#### command
command echo a; command -v echo; command -v nosuch; echo $?; command -V echo; command; echo $?
## STDOUT:
a
echo
1
echo is a shell builtin
0
## END

#### command bypasses functions
echo() { builtin echo fn; }; command echo real; echo x
## STDOUT:
real
fn
## END

#### command keeps special builtins from ending the shell
command . ./nosuch; echo alive
## stdout: alive
## stderr: bash: line 1: ./nosuch: No such file or directory

#### command -v for keywords, functions and aliases
f() { :; }; command -v if f; alias z='a b'; shopt -s expand_aliases; command -v z
## STDOUT:
if
f
alias z='a b'
## END

#### builtin
builtin echo a; builtin nosuch; echo $?; builtin ls; echo $?
## STDOUT:
a
1
1
## END
## STDERR:
bash: line 1: builtin: nosuch: not a shell builtin
bash: line 1: builtin: ls: not a shell builtin
## END

#### type
type echo; type if; type nosuch; echo $?; type -t echo if ls nosuch; f() { :; }; type -t f
## STDOUT:
echo is a shell builtin
if is a shell keyword
1
builtin
keyword
file
function
## END
## stderr: bash: line 1: type: nosuch: not found

#### type -a has the builtin first
type -a echo | head -n 1
## stdout: echo is a shell builtin

#### type of several with one missing
type -t true nosuch false; echo $?
## STDOUT:
builtin
builtin
1
## END

#### hash
hash -r; hash; echo $?; hash nosuch; echo $?; hash -t nosuch; echo $?
## STDOUT:
hash: hash table empty
0
1
1
## END
## STDERR:
bash: line 1: hash: nosuch: not found
bash: line 1: hash: nosuch: not found
## END

#### enable
enable -n echo; type -t echo; enable echo; type -t echo; enable nosuch; echo $?
## STDOUT:
file
builtin
1
## END
## stderr: bash: line 1: enable: nosuch: not a shell builtin

#### cd
mkdir -p a/b; cd a/b; echo ${PWD##*/}; cd ..; echo ${PWD##*/}; cd -; cd; [ "$PWD" = "$HOME" ] && echo home
## STDOUT:
b
a
/tmp/case/a/b
home
## END

#### cd errors
cd nosuch; echo $?; touch f; cd f; echo $?; cd a b; echo $?; cd -Z; echo $?
## STDOUT:
1
1
1
2
## END
## STDERR:
bash: line 1: cd: nosuch: No such file or directory
bash: line 1: cd: f: Not a directory
bash: line 1: cd: too many arguments
bash: line 1: cd: -Z: invalid option
cd: usage: cd [-L|[-P [-e]] [-@]] [dir]
## END

#### cd with an empty argument
cd ''; echo $?; [ "$PWD" = "$HOME" ] && echo home
## STDOUT:
0
home
## END

#### cd to OLDPWD unset
unset OLDPWD; cd -; echo $?
## stdout: 1
## stderr: bash: line 1: cd: OLDPWD not set

#### cd with HOME unset
unset HOME; cd; echo $?
## stdout: 1
## stderr: bash: line 1: cd: HOME not set

#### cd through symlinks
mkdir -p real/sub; ln -s real/sub l; cd l; echo ${PWD##*/}; cd ..; echo ${PWD##*/}; cd -P l; echo ${PWD##*/}; cd -P ..; echo ${PWD##*/}
## STDOUT:
l
case
sub
real
## END

#### pwd -L and -P
mkdir real; ln -s real l; cd l; basename() { echo "${1##*/}"; }; basename "$(pwd)"; basename "$(pwd -P)"; basename "$(pwd -L)"
## STDOUT:
l
real
l
## END

#### CDPATH
mkdir -p p/q; CDPATH=$PWD/p; cd q; [ "$PWD" = "$HOME/p/q" ] && echo ok
## STDOUT:
/tmp/case/p/q
ok
## END

#### cd with dots
mkdir -p a/b; cd ./a/../a/./b//; echo ${PWD#$HOME}; cd ../../..//; echo ok
## STDOUT:
/a/b
ok
## END

#### cd above the root
cd /; cd ..; pwd; cd /..; pwd; cd //; pwd
## STDOUT:
/
/
//
## END

#### cd into a removed directory
mkdir d; cd d; rmdir ../d; cd . 2>/dev/null; echo $?; cd ..; echo $?
## STDOUT:
0
0
## END

#### pushd and popd
mkdir a b; pushd a > /dev/null; echo ${PWD##*/}; pushd ../b >/dev/null; echo ${PWD##*/}; popd > /dev/null; echo ${PWD##*/}; popd >/dev/null; popd; echo $?
## STDOUT:
a
b
a
1
## END
## stderr: bash: line 1: popd: directory stack empty

#### dirs
cd /; pushd /etc; dirs; dirs -v; dirs -p; dirs +1; pushd; dirs -c; dirs
## STDOUT:
/etc /
/etc /
 0  /etc
 1  /
/etc
/
/
/ /etc
/
## END

#### umask
umask; umask 077; umask; umask -S; umask u=rwx,g=rx,o=; umask; umask -p; umask 9; echo $?
## STDOUT:
0022
0077
u=rwx,g=,o=
0027
umask 0027
1
## END
## stderr: bash: line 1: umask: 9: octal number out of range

#### umask symbolic changes
umask 022; umask g-r; umask; umask a+rwx; umask; umask o=r; umask
## STDOUT:
0062
0000
0003
## END

#### declare -p
x=1; declare -i n=2; declare -r r=3; export e='4 5'; declare -p x n r e; declare -p nosuch; echo $?
## STDOUT:
declare -- x="1"
declare -i n="2"
declare -r r="3"
declare -x e="4 5"
1
## END
## stderr: bash: line 1: declare: nosuch: not found

#### declare attributes
declare -rx c=1; declare -p c; declare +x c; declare -p c; declare +r c; echo $?
## STDOUT:
declare -rx c="1"
declare -r c="1"
1
## END
## stderr: bash: line 1: declare: c: readonly variable

#### declare -i, -l, -u together
declare -il n=5; declare -p n; declare -lu z=aB; declare -p z
## STDOUT:
declare -il n="5"
declare -- z="aB"
## END

#### declare without value
declare x; declare -p x; echo "[${x-unset}]"
## STDOUT:
declare -- x
[unset]
## END

#### declare with bad options
declare -Z; echo $?; declare 1a=2; echo $?
## STDOUT:
2
1
## END
## STDERR:
bash: line 1: declare: -Z: invalid option
declare: usage: declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]
bash: line 1: declare: `1a=2': not a valid identifier
## END

#### declare quotes values
x=$'a\nb\'c"d$e`f'; declare -p x
## stdout: declare -- x=$'a\nb\'c"d$e`f'

#### declare -x and export agree
declare -x A=1; bash -c 'echo $A'
## stdout: 1

#### typeset is declare
typeset -i n=1+1; echo $n
## stdout: 2

#### readonly
readonly a=1; readonly b; readonly -p | grep -E ' (a|b)'; a=2; echo never
## status: 1
## STDOUT:
declare -r a="1"
declare -r b
## END
## stderr: bash: line 1: a: readonly variable

#### readonly in the way of for and read
readonly r=1; for r in a; do :; done; echo $?; read r <<< x; echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: r: readonly variable
bash: line 1: r: readonly variable
## END

#### unset options
x=1; unset -v x; echo ${x-gone}; unset -z; echo $?; unset 1a; echo $?
## STDOUT:
gone
2
0
## END
## STDERR:
bash: line 1: unset: -z: invalid option
unset: usage: unset [-f] [-v] [-n] [name ...]
## END

#### export errors
export -Z; echo $?; export a-b; echo $?
## STDOUT:
2
1
## END
## STDERR:
bash: line 1: export: -Z: invalid option
export: usage: export [-fn] [name[=value] ...] or export -p
bash: line 1: export: `a-b': not a valid identifier
## END

#### times prints two lines
times | grep -c m
## stdout: 2

#### ulimit
ulimit -n > /dev/null && echo ok; ulimit -Z; echo $?; ulimit -n abc; echo $?
## STDOUT:
ok
2
1
## END
## STDERR:
bash: line 1: ulimit: -Z: invalid option
ulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]
bash: line 1: ulimit: abc: invalid number
## END

#### true, false, colon
true; echo $?; false; echo $?; : x; echo $?
## STDOUT:
0
1
0
## END

#### let, shift, and their errors
shift 5; echo $?; shift abc; echo $?; set -- a b c; shift 0; echo $#; shift -1; echo $?
## STDOUT:
1
1
3
1
## END
## STDERR:
bash: line 1: shift: abc: numeric argument required
bash: line 1: shift: -1: shift count out of range
## END

#### exit with a bad argument ends the shell
exit abc
echo never
## status: 2
## stderr: bash: line 1: exit: abc: numeric argument required

#### logout outside of a login shell
logout; echo $?
## stdout: 1
## stderr: bash: line 1: logout: not login shell: use `exit'

#### help of a builtin
help true | head -n 1; help nosuch; echo $?
## STDOUT:
true: true
1
## END
## stderr: bash: line 1: help: no help topics match `nosuch'.  Try `help help' or `man -k nosuch' or `info nosuch'.

#### history is off in scripts
history; echo $?
## stdout: 0

#### compgen
compgen -W 'apple banana avocado' a; compgen -A function; f() { :; }; compgen -A function; compgen -b | grep -c '^echo$'
## STDOUT:
apple
avocado
f
1
## END

#### complete prints nothing at first
complete; complete -W 'a b' cmd; complete -p cmd
## stdout: complete -W 'a b' cmd

#### mapfile with a callback
seq 4 | mapfile -c 2 -C 'echo cb' -t; seq 3 | { mapfile -t; echo "${MAPFILE[2]}"; }
## STDOUT:
cb 1 2
cb 3 4
3
## END

#### caller outside of a function
caller; echo $?
## stdout: 1

#### suspend without job control
suspend 2>/dev/null; echo $?
## stdout: 1

#### bind without line editing
bind -l 2>/dev/null | grep -c '^beginning-of-line$'
## stdout: 1
## differs: not yet: what is printed differs
## our status: 1
## our stdout: 0

#### wait and jobs with bad options
wait -Z; echo $?; jobs -Z; echo $?
## STDOUT:
2
2
## END
## STDERR:
bash: line 1: wait: -Z: invalid option
wait: usage: wait [-fn] [-p var] [id ...]
bash: line 1: jobs: -Z: invalid option
jobs: usage: jobs [-lnprs] [jobspec ...] or jobs -x command [args]
## END

#### test builtin with a closed stdin
test -t 0 <&-; echo $?
## stdout: 1

#### options end at --
cd -- .; echo $?; unset -- x; echo $?; echo -- a; printf -- 'b\n'; eval -- echo c; . -- /dev/null; echo $?
## STDOUT:
0
0
-- a
b
c
0
## END

#### builtin usage errors have status 2
read -x; echo $?; cd -x; echo $?; export -x; echo $?; unset -x; echo $?; type -x; echo $?; alias -x; echo $?; hash -x; echo $?; umask -x; echo $?
## STDOUT:
2
2
2
2
2
2
2
2
## END
## STDERR:
bash: line 1: read: -x: invalid option
read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]
bash: line 1: cd: -x: invalid option
cd: usage: cd [-L|[-P [-e]] [-@]] [dir]
bash: line 1: export: -x: invalid option
export: usage: export [-fn] [name[=value] ...] or export -p
bash: line 1: unset: -x: invalid option
unset: usage: unset [-f] [-v] [-n] [name ...]
bash: line 1: type: -x: invalid option
type: usage: type [-afptP] name [name ...]
bash: line 1: alias: -x: invalid option
alias: usage: alias [-p] [name[=value] ... ]
bash: line 1: hash: -x: invalid option
hash: usage: hash [-lr] [-p pathname] [-dt] [name ...]
bash: line 1: umask: -x: invalid option
umask: usage: umask [-p] [-S] [mode]
## END
