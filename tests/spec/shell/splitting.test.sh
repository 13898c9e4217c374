# Word splitting and IFS.

#### default splitting at blanks
x='  a  b
c	d '
set -- $x; echo $#; printf '<%s>' "$@"; echo
## STDOUT:
4
<a><b><c><d>
## END

#### no splitting in quotes
x='a b'; set -- "$x"; echo $#
## stdout: 1

#### empty expansion vanishes
x=; set -- $x a $x; echo $#
## stdout: 1

#### custom IFS
IFS=:; x=a:b:c; set -- $x; echo $#; printf '<%s>' "$@"; echo
## STDOUT:
3
<a><b><c>
## END

#### custom IFS keeps empty fields
IFS=:; x=a::b; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a><><b>

#### leading separator gives an empty field
IFS=:; x=:a; set -- $x; printf '<%s>' "$@"; echo
## stdout: <><a>

#### trailing separator gives none
IFS=:; x=a:; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a>

#### only separators
IFS=:; x=:::; set -- $x; printf '<%s>' "$@"; echo; echo $#
## STDOUT:
<><><>
3
## END

#### mixed blank and other separators
IFS=' :'; x='a : b:c  d : '; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a><b><c><d>

#### blanks around a separator belong to it
IFS=', '; x='a , b,c ,,d'; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a><b><c><><d>

#### IFS of blanks only
IFS=' '; x='a	b c'; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a	b><c>

#### empty IFS does not split
IFS=; x='a b c'; set -- $x; echo $#
## stdout: 1

#### unset IFS splits by default
unset IFS; x='a b	c'; set -- $x; echo $#
## stdout: 3

#### literal text is not split
IFS=x; set -- axb; echo $#
## stdout: 1

#### literal next to an expansion
x='a b'; set -- 1${x}2; printf '<%s>' "$@"; echo
## stdout: <1a><b2>

#### several expansions in a word
a='1 2' b='3 4'; set -- $a$b; printf '<%s>' "$@"; echo
## stdout: <1><23><4>

#### quotes protect a part
a='1 2'; set -- "$a"$a; printf '<%s>' "$@"; echo
## stdout: <1 21><2>

#### command substitution is split
set -- $(echo a b; echo c); echo $#
## stdout: 3

#### arithmetic expansion is split too
IFS=1; set -- $((212)); printf '<%s>' "$@"; echo
## stdout: <2><2>

#### split then glob
touch x1 x2; p='x*'; echo $p; set -f; echo $p
## STDOUT:
x1 x2
x*
## END

#### IFS of a letter in the middle of UTF-8
IFS=é; x=aébéc; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a><b><c>

#### a newline in IFS
IFS='
'; x='a b
c d'; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a b><c d>

#### backslash in a split value is literal
x='a\ b'; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a\><b>

#### read splits with IFS
IFS=: read a b c <<< 1:2:3:4; echo "$a|$b|$c"
## stdout: 1|2|3:4

#### read with too few fields
IFS=: read a b c <<< 1; echo "$a|$b|$c"
## stdout: 1||

#### read keeps inner blanks in the last variable
read a b <<< '  x   y   z  '; echo "[$a][$b]"
## stdout: [x][y   z]

#### read with one variable trims blanks
read a <<< '   x y   '; echo "[$a]"
## stdout: [x y]

#### read without variable does not trim
read <<< '   x y   '; echo "[$REPLY]"
## stdout: [   x y   ]

#### read with empty IFS keeps all
IFS= read -r a <<< '  x\y  '; echo "[$a]"
## stdout: [  x\y  ]

#### read with trailing separators
IFS=: read a b <<< 'x:y:'; echo "[$a][$b]"
IFS=: read a b <<< 'x:y::'; echo "[$a][$b]"
IFS=: read a b <<< 'x:'; echo "[$a][$b]"
## STDOUT:
[x][y]
[x][y::]
[x][]
## END

#### IFS in for
IFS=,; x=a,b,c; for i in $x; do echo $i; done
## STDOUT:
a
b
c
## END

#### dollar star unquoted in an assignment
set -- a 'b c'; IFS=:; x=$*; echo "$x"
## stdout: a:b c

#### dollar at in an assignment
set -- a 'b c'; IFS=:; x=$@; echo "$x"; x="$@"; echo "$x"
## STDOUT:
a b c
a b c
## END

#### joining array with IFS
a=(1 2 3); IFS=+; echo "${a[*]}"
## stdout: 1+2+3

#### IFS change is local to a command for read only
x=a:b; IFS=: eval 'set -- $x'; echo $#
## stdout: 2

#### splitting of positional parameters unquoted
set -- 'a b' c; for i in $@; do echo "<$i>"; done
for i in $*; do echo "<$i>"; done
## STDOUT:
<a>
<b>
<c>
<a>
<b>
<c>
## END

#### empty positional parameters unquoted
set -- '' a ''; for i in $@; do echo "<$i>"; done
for i in "$@"; do echo "<$i>"; done
## STDOUT:
<a>
<>
<a>
<>
## END

#### default value with blanks is split
set -- ${x:-a b c}; echo $#
set -- "${x:-a b c}"; echo $#
set -- ${x:-'a b' c}; echo $#
## STDOUT:
3
1
2
## END

#### here-string is not split
x='a   b'; cat <<< $x
## stdout: a   b

#### redirection target with blanks
x='a b'; echo hi > $x; echo $?
## stdout: 1
## stderr: bash: line 1: $x: ambiguous redirect

#### IFS with a NUL-free control character
IFS=$'\001'; x=$'a\001b'; set -- $x; echo $#
## stdout: 2

#### trailing blanks before a colon with mixed IFS
IFS=': '; x='a :: b'; set -- $x; printf '<%s>' "$@"; echo
## stdout: <a><><b>

#### empty fields and quotes
IFS=:; x=:; set -- $x"q"; printf '<%s>' "$@"; echo
set -- "q"$x; printf '<%s>' "$@"; echo
## STDOUT:
<><q>
<q>
## END
