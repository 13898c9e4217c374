# Command substitution and process substitution.

#### output becomes words
echo $(echo a b) "$(echo c  d)"
## stdout: a b c d

#### trailing newlines are removed
x=$(printf 'a\n\n\n'); echo "[$x]"; x=$(printf '\n\na'); echo "[$x]"
## STDOUT:
[a]
[

a]
## END

#### inner newlines stay in quotes
x=$(printf 'a\nb\n'); echo "$x"; echo $x
## STDOUT:
a
b
a b
## END

#### empty output
x=$(true); echo "[$x]" $(true) end
## stdout: [] end

#### status of an assignment
x=$(false); echo $?; x=$(exit 9) y=1; echo $?; x=1 y=$(exit 2); echo $?
## STDOUT:
1
9
2
## END

#### status is lost in arguments
echo $(false) $?; echo "$(exit 3)" ; echo $?
## STDOUT:
1

0
## END

#### runs in a subshell
x=1; y=$(x=2; echo $x); echo $x $y
## stdout: 1 2

#### cd inside does not matter
mkdir d; x=$(cd d; echo ${PWD##*/}); echo $x ${PWD##*/}
## stdout: d case

#### exit inside
x=$(echo a; exit 4; echo b); echo "$x $?"
## stdout: a 4

#### nested
echo $(echo $(echo $(echo deep)))
## stdout: deep

#### nested backquotes
echo `echo \`echo \\\`echo deep\\\`\``
## stdout: deep

#### quotes inside parentheses are independent
echo "$(echo "a  b" 'c  d')"
## stdout: a  b c  d

#### parenthesis inside quotes
echo $(echo ")") $(echo ')') $(echo \))
## stdout: ) ) )

#### case inside
echo $(case a in a) echo 1;; (b) echo 2;; esac)
## stdout: 1

#### comment inside
echo $(echo a # ) comment
)
## stdout: a

#### here-document inside
echo $(cat <<X
in ) side
X
)
## stdout: in ) side

#### several lines
x=$(
  echo a
  echo b
)
echo $x
## stdout: a b

#### subshell inside needs a blank
echo $( (echo sub) )
## stdout: sub

#### reading a file
printf 'line1\nline2\n' > f; x=$(< f); echo "$x"; echo $(<f)
## STDOUT:
line1
line2
line1 line2
## END

#### reading a missing file
x=$(< nosuch); echo "$? [$x]"
## stdout: 1 []
## stderr: bash: line 1: nosuch: No such file or directory

#### NUL bytes are dropped with a warning
x=$(printf 'a\0b'); echo ${#x} $x
## stdout: 2 ab
## stderr: bash: line 1: warning: command substitution: ignored null byte in input

#### NUL bytes in backquotes
x=`printf 'a\0b'`; echo $x
## stdout: ab
## stderr: bash: line 1: warning: command substitution: ignored null byte in input

#### stderr is not captured
x=$(echo e >&2); echo "[$x]"; x=$(echo e 2>&1 >&2); echo "[$x]"
## STDOUT:
[]
[e]
## END
## stderr: e

#### capturing stderr
x=$( { echo e >&2; } 2>&1 ); echo "[$x]"
## stdout: [e]

#### substitution as a command name
$(echo echo) hi; $(echo 'echo a b')
## STDOUT:
hi
a b
## END

#### substitution in a redirection
echo x > $(echo f); cat f
## stdout: x

#### substitution in a here-document
cat <<X
$(echo one
echo two)
X
## STDOUT:
one
two
## END

#### substitution in a pattern
x=abc; echo ${x#$(echo a)} ${x%`echo c`}
## stdout: bc ab

#### functions are visible
f() { echo "f $1"; }; echo $(f 1) $(f 2)
## stdout: f 1 f 2

#### positional parameters are visible
set -- a b; echo $(echo $2 $#)
## stdout: b 2

#### assignment inside does not leak
: $(y=1); echo "[$y]"
## stdout: []

#### dollar question inside
false; echo $(echo $?)
## stdout: 1

#### background inside is waited for through its output
x=$(echo a & wait); echo $x
## stdout: a

#### a large output
x=$(seq 20000); echo ${#x}
## stdout: 108893

#### invalid UTF-8
x=$(printf '\377\376'); printf %s "$x"; LC_ALL=C; echo " ${#x}"
## stdout-json: "\xff\xfe 2\n"

#### many in one word
echo a$(echo b)c`echo d`e$((1+1))f
## stdout: abcde2f

#### alternation of quotes
echo "a"$(echo 'b c')"d"
## stdout: ab cd

#### set -e inside
set -e; x=$(false; echo inner); echo "[$x]"
## stdout: [inner]

#### substitution with only an assignment
x=$(y=2); echo "$? [$x]"
## stdout: 0 []

#### substitution with a redirection only
x=$(> f); echo "$? [$x]"; [ -f f ] && echo made
## STDOUT:
0 []
made
## END

#### a pipeline inside
echo $(printf '3\n1\n2\n' | sort | head -n 2)
## stdout: 1 2

#### a loop inside
echo $(for i in 1 2 3; do echo $i; done)
## stdout: 1 2 3

#### an and-or list inside
echo $(false || echo b) $(true && echo c)
## stdout: b c

#### a function definition inside
echo $(g() { echo in g; }; g); type g 2>/dev/null; echo $?
## STDOUT:
in g
1
## END

#### trap inside
echo $(trap 'echo bye' EXIT; echo hi)
## stdout: hi bye

#### exec inside
echo $(exec echo replaced; echo no)
## stdout: replaced

#### recursion through substitution
f() { [ $1 = 0 ] && echo 0 || echo $(( $1 + $(f $(($1-1))) )); }; f 12
## stdout: 78

#### unclosed parenthesis in quotes inside
x="$(echo "(")"; echo "$x"
## stdout: (

#### process substitution names a path
case <(:) in /dev/fd/*) echo fd;; esac
## stdout: fd

#### process substitution with a failing command
cat <(false); echo $?
## stdout: 0

#### nested process substitution
cat <(cat <(echo inner))
## stdout: inner

#### process substitution in for
for f in <(echo a) <(echo b); do cat $f; done
## status: 1
## stdout: a
## stderr: cat: /dev/fd/62: No such file or directory

#### process substitution inside quotes is literal
echo "<(echo a)"
## stdout: <(echo a)

#### process substitution as an argument of a function
f() { cat "$1" "$2"; }; f <(echo 1) <(echo 2)
## STDOUT:
1
2
## END

#### sort from two sources
sort <(printf '3\n1\n') <(printf '2\n')
## STDOUT:
1
2
3
## END

#### tee into process substitutions
echo data | tee >(cat > f1) > f2; while [ ! -s f1 ]; do :; done; cat f1 f2
## STDOUT:
data
data
## END

#### dollar with a space
echo $ x a$ b
## stdout: $ x a$ b

#### dollar paren with an arithmetic look
echo $((echo a);(echo b))
## stdout: a b

#### value with backslashes
x=$(echo 'a\b\\c'); echo "$x"
## stdout: a\b\\c

#### value with globs is expanded unquoted
touch f1 f2; echo $(echo 'f*') "$(echo 'f*')"
## stdout: f1 f2 f*
