# Functions and scopes.

#### define and call
f() { echo "in f: $1"; }; f x
## stdout: in f: x

#### function keyword
function f { echo a; }; function g() { echo b; }; f; g
## STDOUT:
a
b
## END

#### arguments replace the positional parameters
set -- outer; f() { echo $# $1 $2; }; f a b; echo $1
## STDOUT:
2 a b
outer
## END

#### return status
f() { return 3; }; f; echo $?; g() { false; }; g; echo $?; h() { return; }; false; h; echo $?
## STDOUT:
3
1
1
## END

#### return takes the status of the last command
f() { (exit 5); return; }; f; echo $?
## stdout: 5

#### return with a bad number
f() { return abc; }; f 2>/dev/null; echo $?
## stdout: 2

#### return modulo 256
f() { return 256; }; f; echo $?; f() { return -1; }; f; echo $?
## STDOUT:
0
255
## END

#### return outside of a function
return 3; echo "status $?"
## stdout: status 2
## stderr: bash: line 1: return: can only `return' from a function or sourced script

#### variables are global by default
f() { x=2; }; x=1; f; echo $x
## stdout: 2

#### local
f() { local x=2; echo $x; }; x=1; f; echo $x
## STDOUT:
2
1
## END

#### local without value is unset
f() { local x; echo "[${x-unset}]"; x=3; }; x=1; f; echo $x
## STDOUT:
[unset]
1
## END

#### dynamic scope
f() { local x=local; g; }; g() { echo $x; x=changed; }; x=global; f; echo $x
## STDOUT:
local
global
## END

#### local in nested functions
f() { local x=1; g; echo $x; }; g() { local x=2; echo $x; }; f
## STDOUT:
2
1
## END

#### local outside of a function
local x=1; echo "status $?"
## stdout: status 1
## stderr: bash: line 1: local: can only be used in a function

#### local keeps the status of the substitution hidden
f() { local x=$(false); echo $?; local y; y=$(false); echo $?; }; f
## STDOUT:
0
1
## END

#### local -x, -i, -r, -a
f() { local -i n=2+3; local -a a=(1 2); local -r r=1; echo $n ${a[1]} $r; }; f; echo "${n-}${a-}${r-}"
## STDOUT:
5 2 1

## END

#### local - restores options
f() { local -; set -f; echo *; }; touch a; f; echo *
## STDOUT:
*
a
## END

#### local with several names
f() { local a=1 b=2 c; echo $a $b; }; f; echo "[$a$b]"
## STDOUT:
1 2
[]
## END

#### local takes earlier values of the same line
f() { local a=1 b=$a; echo "[$b]"; }; a=0; f
## stdout: [0]

#### unset of a local reveals it as unset
f() { local x=1; unset x; echo "[${x-unset}]"; }; x=0; f; echo $x
## STDOUT:
[unset]
0
## END

#### unset in a called function reveals the outer one
f() { local x=1; g; echo "[${x-unset}]"; }; g() { unset x; }; x=0; f; echo $x
## STDOUT:
[0]
0
## END

#### assignment before a function call
f() { echo $x; }; x=1; x=2 f; echo $x
## STDOUT:
2
1
## END

#### assignment before a function is exported inside
f() { bash -c 'echo "[$v]"'; }; v=1 f; f
## STDOUT:
[1]
[]
## END

#### recursion
f() { [ $1 -gt 0 ] && { echo $1; f $(($1-1)); }; }; f 3
## status: 1
## STDOUT:
3
2
1
## END

#### mutual recursion
even() { [ $1 = 0 ] && echo yes || odd $(($1-1)); }; odd() { [ $1 = 0 ] && echo no || even $(($1-1)); }; even 11
## stdout: no

#### redefinition
f() { echo 1; }; f; f() { echo 2; }; f
## STDOUT:
1
2
## END

#### a function that redefines itself
f() { echo first; f() { echo second; }; }; f; f
## STDOUT:
first
second
## END

#### function hides a command
ls() { echo my ls; }; ls; command ls -d .; unset -f ls; ls -d .
## STDOUT:
my ls
.
.
## END

#### function hides a builtin
echo() { builtin echo "<$@>"; }; echo a; unset -f echo; echo a
## STDOUT:
<a>
a
## END

#### body is any compound command
f() (x=2; echo sub $x); x=1; f; echo $x
g() if [ $1 = 1 ]; then echo one; else echo other; fi; g 1; g 2
h() for i; do echo $i; done; h a b
k() [[ $1 == a* ]]; k abc; echo $?
m() ((x=$1*2)); m 4; echo $x
## STDOUT:
sub 2
1
one
other
a
b
0
8
## END

#### function with redirection
f() { cat; echo out; } < in > res; echo data > in; f; cat res
## STDOUT:
data
out
## END

#### function names with odd characters
a-b() { echo dash; }; a.b() { echo dot; }; a:b() { echo colon; }; a-b; a.b; a:b
## STDOUT:
dash
dot
colon
## END

#### a function in a pipeline
f() { while read x; do echo "<$x>"; done; }; printf '1\n2\n' | f | cat
## STDOUT:
<1>
<2>
## END

#### a function in the background
f() { echo bg; }; f & wait
## stdout: bg

#### a function in a subshell does not leak
(f() { echo in; }; f); f; echo $?
## STDOUT:
in
127
## END
## stderr: bash: line 1: f: command not found

#### FUNCNAME
f() { g; }; g() { echo "${FUNCNAME[@]:0:2} ${#FUNCNAME[@]}"; }; f
## stdout: g f 2

#### caller
f() { caller 0 >/dev/null; echo $?; caller 5; echo $?; }; f
## STDOUT:
1
1
## END

#### dollar zero in a function
f() { echo $0; }; f
## stdout: bash

#### shift in a function
f() { shift; echo $1 $#; }; f a b c
## stdout: b 2

#### set in a function changes its own parameters
f() { set -- x y; echo $@; }; set -- a; f; echo $@
## STDOUT:
x y
a
## END

#### function status in conditions
f() { return $1; }; if f 0; then echo yes; fi; f 1 || echo no
## STDOUT:
yes
no
## END

#### declare in a function is local
f() { declare x=2; declare -g y=3; }; x=1; f; echo $x $y
## stdout: 1 3

#### declare -f prints a function
f() { echo a; if true; then echo b; fi; }; declare -f f
## stdout-json: "f () \n{ \n    echo a;\n    if true; then\n        echo b;\n    fi\n}\n"

#### declare -f of several constructs
f() { for i in 1 2; do echo $i; done; while :; do break; done; case $1 in a|b) echo x;; *) echo y;; esac; x=$(echo a) && [[ -n $x ]] || { echo z; }; }
declare -f f
## stdout-json: "f () \n{ \n    for i in 1 2;\n    do\n        echo $i;\n    done;\n    while :; do\n        break;\n    done;\n    case $1 in \n        a | b)\n            echo x\n        ;;\n        *)\n            echo y\n        ;;\n    esac;\n    x=$(echo a) && [[ -n $x ]] || { \n        echo z\n    }\n}\n"

#### declare -f with redirections and here-documents
f() { cat <<X > out 2>&1
body $1
X
echo done | tr a b; }
declare -f f
## stdout-json: "f () \n{ \n    cat <<X > out 2>&1\nbody $1\nX\n\n    echo done | tr a b\n}\n"

#### declare -F
f() { :; }; g() { :; }; declare -F; declare -F f; declare -F nosuch; echo $?
## STDOUT:
declare -f f
declare -f g
f
1
## END

#### type of a function
f() { echo a; }; type f; type -t f
## stdout-json: "f is a function\nf () \n{ \n    echo a\n}\nfunction\n"

#### export -f
f() { echo "exported $1"; }; export -f f; bash -c 'f x'
## stdout: exported x

#### unset -f
f() { :; }; unset -f f; f; echo $?
## stdout: 127
## stderr: bash: line 1: f: command not found

#### readonly function
f() { echo 1; }; readonly -f f; f() { echo 2; }; echo $?; f
## STDOUT:
1
1
## END
## stderr: bash: line 1: f: readonly function

#### function definition status
f() { false; }; echo $?
## stdout: 0

#### definition inside a conditional
if true; then f() { echo yes; }; fi; f
## stdout: yes

#### a function with an empty argument
f() { echo $# "[$1]"; }; f ''; f "" ""
## STDOUT:
1 []
2 []
## END

#### passing arguments on
f() { g "$@"; }; g() { printf '<%s>' "$@"; echo; }; f 'a b' '' c
## stdout: <a b><><c>

#### return value by name
f() { printf -v "$1" %s value; }; f x; echo $x
## stdout: value

#### nameref
f() { local -n ref=$1; ref=new; }; x=old; f x; echo $x
## stdout: new

#### nameref to a nameref
declare -n a=b; declare -n b=c; c=5; echo $a; a=6; echo $c; echo ${!a}
## STDOUT:
5
6
c
## END

#### nameref unset
x=1; declare -n r=x; unset r; echo "[${x-unset}]"; declare -n r=x; unset -n r; echo "[${r-gone}]"
## STDOUT:
[unset]
[gone]
## END

#### nameref in for
a=1 b=2; declare -n r; for r in a b; do r=x; done; echo $a $b
## stdout: x x

#### circular nameref
declare -n a=b b=a; a=1; echo "status $?"
## status: 1
## stderr: bash: line 1: warning: a: circular name reference

#### return in a trap-free subshell of a function
f() { (return 4); echo $?; }; f
## stdout: 4

#### exit in a function
f() { exit 4; }; f; echo never
## status: 4

#### return in a pipeline
f() { echo a | return 3; echo $?; }; f
## stdout: 3

#### local array by reference
f() { local -a l=("$@"); echo ${#l[@]} "${l[-1]}"; }; f a 'b c'
## stdout: 2 b c

#### function with 12 arguments
f() { echo ${12} ${#}; }; f 1 2 3 4 5 6 7 8 9 10 11 12
## stdout: 12 12

#### deep recursion
f() { if [ $1 -gt 0 ]; then f $(($1-1)); else echo bottom; fi; }; f 500
## stdout: bottom

#### FUNCNEST limits recursion
FUNCNEST=10; f() { f; }; f; echo never
## status: 1
## stderr: environment: line 1: f: maximum function nesting level exceeded (10)

#### variables set in a function are visible in a subshell of it
f() { local v=1; (echo $v); echo $(echo $v); }; f
## STDOUT:
1
1
## END

#### call with a redirected builtin inside
f() { echo a; echo b >&2; }; f 2>&1 >/dev/null | cat
## stdout: b

#### a function may be named like a reserved word in another place
function then_ { echo ok; }; then_
## stdout: ok

#### function name with a slash is not a path
function a/b { echo slash; }; a/b
## stdout: slash

#### syntax error: empty body
f() { }; echo no
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `}'
bash: -c: line 1: `f() { }; echo no'
## END

#### nested definition is global
f() { g() { echo g; }; }; f; g
## stdout: g

#### BASH_ARGV0 and BASH_SOURCE
f() { echo "${#BASH_SOURCE[@]}"; }; f
## stdout: 1

#### local of a readonly global
readonly x=1; f() { local x=2; echo $x; }; f; echo "status $?"
## STDOUT:
1
status 0
## END
## stderr: environment: line 1: local: x: readonly variable

#### integer local with expression
f() { local -i i='2 * 3' j; j=i+1; echo $i $j; }; f
## stdout: 6 7

#### lower and upper attributes
declare -l l=ABC; declare -u u=abc; echo $l $u; l=XyZ; echo $l; declare -c c=hello; echo $c
## STDOUT:
abc ABC
xyz
Hello
## END
