# Programmable completion: compgen, complete, compopt.

#### words are split by IFS and expanded
HOME=/home/x; x='p q'; compgen -W 'apple $x "$x" c\ d ~ $(echo s1 s2) $((1+1)) {a,b} *'; IFS=:; compgen -W 'a b:c:"d:e"'
## STDOUT:
apple
p
q
p q
c d
/home/x
s1
s2
2
a
b
*
a b
c
d:e
## END

#### words with operators in them
compgen -W 'a;b (c) <d #x y|z `echo hi` }'
## STDOUT:
a;b
(c)
<d
#x
y|z
hi
}
## END

#### a word filters
compgen -W 'apple banana avocado' a; echo $?; compgen -W 'a b' x; echo $?; compgen -W '-x -y' -- -x; compgen -W 'b a b'
## STDOUT:
apple
avocado
0
1
-x
b
a
b
## END

#### nothing to do
compgen; echo $?; compgen x; echo $?
## STDOUT:
0
0
## END

#### prefix, suffix and filter
compgen -P 'p-' -S '-s' -W 'a b c'; compgen -X '!a*' -W 'ab ac b'; compgen -X '&*' -W 'ab ac b' a; compgen -X 'a*' -W 'ab b' ; compgen -X '' -W 'ab b'; compgen -X '*' -W 'ab b'; echo $?
## STDOUT:
p-a-s
p-b-s
p-c-s
ab
ac
b
ab
b
1
## END

#### a function gives all of COMPREPLY
f() { echo "$#:$1:$2:$3:" >&2; COMPREPLY=(xa xb ya 'a b'); }
compgen -F f x; echo $?; compgen -F nosuch; echo $?
## STDOUT:
xa
xb
ya
a b
0
1
## END
## STDERR:
bash: line 2: compgen: warning: -F option may not work as you expect
3:compgen:x::
bash: line 2: compgen: warning: -F option may not work as you expect
bash: line 2: completion: function `nosuch' not found
## END

#### a function's variables outside of the editor
f() { echo "[$COMP_LINE][$COMP_POINT][$COMP_TYPE][$COMP_KEY][${#COMP_WORDS[@]}][$COMP_CWORD]"; }
compgen -F f 2>/dev/null; echo "[$COMP_LINE][$COMP_POINT][${COMPREPLY-unset}]"
## STDOUT:
[][0][0][0][0][-1]
[][][unset]
## END

#### status 124 of a function
f() { COMPREPLY=(a); return 124; }
compgen -F f 2>/dev/null; echo $?
## stdout: 1

#### a function may exit, return, run substitutions and loops
f() { for x in a b c; do COMPREPLY+=("$x$(echo "$x")"); [ $x = b ] && return 3; done; }
compgen -F f 2>/dev/null; echo $?
g() { exit 7; }
compgen -F g 2>/dev/null; echo never
## STDOUT:
aa
bb
0
## END
## differs: `exit` in a completion function gives the shell its status, as `exit` does elsewhere
## our status: 7
## OUR STDOUT:
aa
bb
0
## END

#### a function with an error in its expansion
f() { COMPREPLY=(a); : ${nosuch?gone}; COMPREPLY=(b); }
(compgen -F f 2>/dev/null; echo $?); echo after
## stdout: after

#### a completion within a completion
f() { COMPREPLY=($(compgen -W 'one two' -- "$2")); }
compgen -F f t 2>/dev/null
g() { compgen -F f o; COMPREPLY=(done); }
compgen -F g x 2>/dev/null
## STDOUT:
two
one
done
## END

#### a command prints candidates
compgen -C 'echo one; echo two\
three; echo "$COMP_LINE,$COMP_POINT"; echo' x 2>/dev/null; echo $?
## stdout-json: "one\ntwothree\n,0\ncompgen x \n0\n"

#### actions of the shell
f() { :; }; g() { :; }; alias ll=ls; declare -a arr=(1); compgen -A function; compgen -a; compgen -A alias l; compgen -A arrayvar arr; compgen -A setopt no; compgen -A shopt glob; compgen -A signal SIGU; compgen -A signal D; compgen -k e; compgen -b ec; compgen -A helptopic exp; compgen -v BASH_VERSI; export QQ1=1; compgen -e QQ; compgen -A binding beginning
## STDOUT:
f
g
ll
ll
arr
noclobber
noexec
noglob
nolog
notify
nounset
globasciiranges
globskipdots
globstar
SIGUSR1
SIGUSR2
SIGURG
DEBUG
else
elif
esac
echo
export
BASH_VERSINFO
BASH_VERSION
QQ1
beginning-of-history
beginning-of-line
## END

#### keywords in their order
compgen -k
## STDOUT:
if
then
else
elif
fi
case
esac
for
select
while
until
do
done
in
function
time
{
}
!
[[
]]
coproc
## END

#### disabled and enabled builtins
enable -n echo; compgen -A disabled; compgen -A enabled ec; compgen -A enabled ev; compgen -b ec
## STDOUT:
echo
eval
echo
## END

#### jobs
set -m; sleep 5 & compgen -j; compgen -A running; compgen -A stopped; kill %1; wait 2>/dev/null
## STDOUT:
sleep
sleep
## END

#### files and directories
mkdir -p d/e; touch d/f .h x; compgen -f d/ | sort; compgen -d d/; compgen -f x; compgen -d; compgen -f .h; compgen -o dirnames d; compgen -o plusdirs -W 'dx y' d; compgen -o default x; compgen -o bashdefault x; cd d; compgen -f ../d/e
## STDOUT:
d/e
d/f
d/e
x
d
.h
d
dx
d
x
../d/e
## END

#### a pattern
touch a.c b.c c.h; compgen -G '*.c' | sort; compgen -G '*.none'; echo $?
## STDOUT:
a.c
b.c
1
## END

#### users and groups
compgen -u roo; compgen -g roo
## STDOUT:
root
root
## END

#### commands
f1x() { :; }; compgen -c f1; compgen -c compg; compgen -c elif
## STDOUT:
f1x
compgen
elif
## END

#### order of the kinds
f() { COMPREPLY=(z b); }; touch gg; compgen -F f -W 'w a' -G 'g*' -A setopt -k -b '' 2>/dev/null | grep -xE 'z|b|w|a|gg|if|alias|allexport'
## STDOUT:
alias
if
allexport
gg
w
a
z
b
## END

#### complete keeps and prints
complete -W 'a b' x; complete -F f -o nospace -o filenames -P p -S "it's" -X '*.c' -G 'g' -C 'c d' -A signal -A function -abcdefgjksuv y; complete -p x; complete -p y; complete -p x y
## STDOUT:
complete -W 'a b' x
complete -o filenames -o nospace -a -b -c -d -e -f -g -j -k -s -u -v -A function -A signal -G 'g' -P 'p' -S 'it'\''s' -X '*.c' -C 'c d' -F f y
complete -W 'a b' x
complete -o filenames -o nospace -a -b -c -d -e -f -g -j -k -s -u -v -A function -A signal -G 'g' -P 'p' -S 'it'\''s' -X '*.c' -C 'c d' -F f y
## END

#### the special specifications
complete -D -W d; complete -E -W e; complete -I -W i; complete -p -D; complete -p -E; complete -p -I; complete -r -D; complete -p -D; echo $?; complete -rE; complete -rI; complete -p
## STDOUT:
complete -W 'd' -D
complete -W 'e' -E
complete -W 'i' -I
1
## END
## stderr: bash: line 1: complete: _DefaultCmD_: no completion specification

#### removing
complete -W a x; complete -r nosuch; echo $?; complete -r x; complete -p x; echo $?; complete -W a x y; complete -r; complete -p; complete
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: complete: nosuch: no completion specification
bash: line 1: complete: x: no completion specification
## END

#### a specification without anything
complete x; echo $?; complete -p x; complete -o nospace; echo $?
## STDOUT:
0
complete x
2
## END
## stderr: complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]

#### names that need quotes
complete -W a 'a b' 'c$d'; complete -p | sort
## STDOUT:
complete -W 'a' 'a b'
complete -W 'a' 'c$d'
## END

#### errors of complete
complete -Z; complete -A zzz x; echo $?; complete -o zzz x; echo $?; complete -A; echo $?; complete -F 'a b' x; echo $?; complete -p nosuch; echo $?
## STDOUT:
2
2
2
2
1
## END
## STDERR:
bash: line 1: complete: -Z: invalid option
complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]
bash: line 1: complete: zzz: invalid action name
bash: line 1: complete: zzz: invalid option name
bash: line 1: complete: -A: option requires an argument
complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]
bash: line 1: complete: `a b': not a valid identifier
bash: line 1: complete: nosuch: no completion specification
## END

#### errors of compgen
compgen -Z; echo $?; compgen -A zzz; echo $?; compgen -r x; echo $?; compgen -o zzz; echo $?; compgen -F; echo $?
## STDOUT:
2
2
2
2
2
## END
## STDERR:
bash: line 1: compgen: -Z: invalid option
compgen: usage: compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]
bash: line 1: compgen: zzz: invalid action name
bash: line 1: compgen: -r: invalid option
compgen: usage: compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]
bash: line 1: compgen: zzz: invalid option name
bash: line 1: compgen: -F: option requires an argument
compgen: usage: compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]
## END

#### compopt
compopt -o nospace; echo $?; compopt nosuch; echo $?; complete -W x foo; compopt -o nospace foo; compopt foo; compopt +o nospace -o default foo; complete -p foo; compopt -D; echo $?; complete -D -W y; compopt -o nosort -D; complete -p -D
## STDOUT:
1
1
compopt +o bashdefault +o default +o dirnames +o filenames +o noquote +o nosort -o nospace +o plusdirs foo
complete -o default -W 'x' foo
1
complete -o nosort -W 'y' -D
## END
## STDERR:
bash: line 1: compopt: not currently executing completion function
bash: line 1: compopt: nosuch: no completion specification
bash: line 1: compopt: _DefaultCmD_: no completion specification
## END

#### errors of compopt
compopt -Z; echo $?; compopt -o zzz x; echo $?; compopt -o; echo $?
## STDOUT:
2
2
2
## END
## STDERR:
bash: line 1: compopt: -Z: invalid option
compopt: usage: compopt [-o|+o option] [-DEI] [name ...]
bash: line 1: compopt: zzz: invalid option name
bash: line 1: compopt: -o: option requires an argument
compopt: usage: compopt [-o|+o option] [-DEI] [name ...]
## END

#### in a subshell and a function
f() { complete -W "$1" $2; }; f 'a b' cmd; (complete -r cmd; complete -p cmd 2>/dev/null || echo gone); complete -p cmd
## STDOUT:
gone
complete -W 'a b' cmd
## END

#### mapfile callbacks
seq 7 > f; cb() { echo "cb $1 ${2%$'\n'} ${#a[@]}"; }; mapfile -c 3 -C cb a < f; echo "${#a[@]} ${a[6]}"; mapfile -t -c 2 -C 'echo x' -O 5 -s 1 -n 4 b < f; declare -p b; mapfile -c 0 -C cb z < f; echo $?; mapfile -C 'exit 3;' -c 1 z < f; echo never
## status: 3
## STDOUT:
cb 2 3 2
cb 5 6 5
7 7

x 6 3
x 8 5
declare -a b=([5]="2" [6]="3" [7]="4" [8]="5")
1
## END
## stderr: bash: line 1: mapfile: 0: invalid callback quantum
