# Compound commands: if, while, until, for, case, select, (( )), functions' bodies.

#### if true
if true; then echo yes; fi
## stdout: yes

#### if false has status 0
if false; then echo yes; fi
echo $?
## stdout: 0

#### if else
if false; then echo a; else echo b; fi
## stdout: b

#### elif chain
for i in 1 2 3 4; do
  if [ $i = 1 ]; then echo one
  elif [ $i = 2 ]; then echo two
  elif [ $i = 3 ]; then echo three
  else echo many; fi
done
## STDOUT:
one
two
three
many
## END

#### status of if is that of the body
if true; then false; fi; echo $?
if false; then :; else (exit 4); fi; echo $?
## STDOUT:
1
4
## END

#### a list as condition
if false; true; then echo last counts; fi
## stdout: last counts

#### condition is a pipeline
if echo abc | grep -q b; then echo found; fi
## stdout: found

#### if with redirection
if true; then echo a; echo b; fi > f
cat f
## STDOUT:
a
b
## END

#### while loop
i=0
while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done
## STDOUT:
0
1
2
## END

#### until loop
i=0
until [ $i -ge 3 ]; do echo $i; i=$((i+1)); done
## STDOUT:
0
1
2
## END

#### status of a loop that never ran
while false; do :; done; echo $?
## stdout: 0

#### status of a loop is that of the last body
i=0; while [ $i -lt 1 ]; do i=1; (exit 7); done; echo $?
## stdout: 7

#### break
for i in 1 2 3; do [ $i = 2 ] && break; echo $i; done; echo "end $?"
## STDOUT:
1
end 0
## END

#### continue
for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done
## STDOUT:
1
3
## END

#### break 2
for i in 1 2; do for j in a b; do echo $i$j; break 2; done; done; echo out
## STDOUT:
1a
out
## END

#### continue 2
for i in 1 2; do for j in a b; do echo $i$j; continue 2; done; echo never; done
## STDOUT:
1a
2a
## END

#### break with a count too large
for i in 1 2; do for j in a b; do break 9; done; echo never; done; echo out
## stdout: out

#### break 0 is an error
for i in 1 2; do break 0; echo never; done; echo "status $?"
## stdout: status 1
## stderr: bash: line 1: break: 0: loop count out of range

#### break with a bad number
for i in 1 2; do break x; echo "after $i"; done; echo "status $?"
## status: 128
## stderr: bash: line 1: break: x: numeric argument required

#### break outside of a loop
break
echo "status $?"
continue
echo "status $?"
## STDOUT:
status 0
status 0
## END
## STDERR:
bash: line 1: break: only meaningful in a `for', `while', or `until' loop
bash: line 3: continue: only meaningful in a `for', `while', or `until' loop
## END

#### break in a function called from a loop
f() { break; }
for i in 1 2; do echo $i; f; done
## STDOUT:
1
2
## END
## STDERR:
environment: line 1: break: only meaningful in a `for', `while', or `until' loop
environment: line 1: break: only meaningful in a `for', `while', or `until' loop
## END

#### loop reads its own redirection
printf 'a\nb\n' > f
while read x; do echo "<$x>"; done < f
## STDOUT:
<a>
<b>
## END

#### for without in uses the positional parameters
set -- x 'y z'
for i; do echo "<$i>"; done
for i
do echo "[$i]"; done
## STDOUT:
<x>
<y z>
[x]
[y z]
## END

#### for with an empty list
for i in; do echo never; done; echo $?
## stdout: 0

#### for keeps the last value
for i in a b c; do :; done; echo $i
## stdout: c

#### for over an expansion
x='1 2 3'
for i in $x "$x"; do echo "<$i>"; done
## STDOUT:
<1>
<2>
<3>
<1 2 3>
## END

#### for with braces instead of do
for i in 1 2; { echo $i; }
## STDOUT:
1
2
## END

#### for over a glob
touch a1 a2 b1
for f in a*; do echo $f; done
for f in z*; do echo $f; done
## STDOUT:
a1
a2
z*
## END

#### for with a bad name
for 1x in a b; do echo $1x; done
echo "status $?"
## stdout: status 1
## stderr: bash: line 1: `1x': not a valid identifier

#### C-style for
for ((i = 0; i < 3; i++)); do echo $i; done
## STDOUT:
0
1
2
## END

#### C-style for without parts
n=0
for ((;;)); do ((++n > 3)) && break; echo $n; done
## STDOUT:
1
2
3
## END

#### C-style for with two variables
for ((i = 0, j = 10; i < j; i += 3, j -= 2)); do echo $i $j; done
## STDOUT:
0 10
3 8
## END

#### C-style for with braces
for ((i = 0; i < 2; i++)) { echo $i; }
## STDOUT:
0
1
## END

#### C-style for with a semicolon and a newline
for ((i = 3; i; i--));
do echo $i; done
## STDOUT:
3
2
1
## END

#### continue in C-style for runs the step
for ((i = 0; i < 4; i++)); do ((i % 2)) && continue; echo $i; done
## STDOUT:
0
2
## END

#### case
case hello in
  h*) echo starts with h;;
  *) echo other;;
esac
## stdout: starts with h

#### case takes the first match
case a in a) echo 1;; a) echo 2;; esac
## stdout: 1

#### case without match has status 0
false
case x in y) echo no;; esac
echo $?
## stdout: 0

#### case with alternatives
for x in a b c; do case $x in a|b) echo ab;; c) echo c;; esac; done
## STDOUT:
ab
ab
c
## END

#### case with a leading parenthesis
case x in (x) echo yes;; esac
## stdout: yes

#### case patterns are expanded
p='a*'
case abc in $p) echo glob;; esac
case abc in "$p") echo no;; *) echo quoted is literal;; esac
## STDOUT:
glob
quoted is literal
## END

#### case word is not split
x='a b'
case $x in 'a b') echo whole;; esac
## stdout: whole

#### case with quoted specials
case '*' in '*') echo star;; esac
case 'a' in \*) echo no;; [a-z]) echo letter;; esac
## STDOUT:
star
letter
## END

#### case fallthrough with ;&
case a in a) echo one;& b) echo two;& c) echo three;; d) echo four;; esac
## STDOUT:
one
two
three
## END

#### case resumes matching with ;;&
case abc in a*) echo 1;;& *b*) echo 2;;& x) echo 3;;& *c) echo 4;; *) echo 5;; esac
## STDOUT:
1
2
4
## END

#### case last clause without ;;
case x in y) echo no;; x) echo yes
esac
## stdout: yes

#### case with an empty body
case x in x) ;; esac; echo $?
case x in x)
esac; echo $?
## STDOUT:
0
0
## END

#### case with no clause
case x in esac; echo $?
## stdout: 0

#### case status is that of the body
case x in x) (exit 6);; esac; echo $?
## stdout: 6

#### case of an empty word
case '' in '') echo empty;; ?) echo one;; esac
case "$unset" in '') echo empty;; esac
## STDOUT:
empty
empty
## END

#### case with classes
for c in a Z 5 _ ' '; do
  case $c in [[:lower:]]) echo lower;; [[:upper:]]) echo upper;; [[:digit:]]) echo digit;; [[:space:]]) echo space;; *) echo other;; esac
done
## STDOUT:
lower
upper
digit
other
space
## END

#### case with negated set
case b in [!a]) echo not a;; esac
case a in [^a]) echo no;; *) echo a;; esac
## STDOUT:
not a
a
## END

#### case with tilde
case $HOME in ~) echo home;; esac
## stdout: home

#### case with reserved words as patterns
case if in if) echo if;; esac
case done in while|done) echo done;; esac
## STDOUT:
if
done
## END

#### case in command substitution
echo $(case x in x) echo inner;; esac)
## stdout: inner

#### case with nocasematch
shopt -s nocasematch
case ABC in abc) echo same;; esac
## stdout: same

#### nested case
case a in a) case b in b) echo ab;; esac;; esac
## stdout: ab

#### case matches a newline
x='a
b'
case $x in a*b) echo yes;; esac
## stdout: yes

#### select prints a menu and reads a number
select x in apple pear; do echo "got $x ($REPLY)"; break; done
## stdin: 2
## stdout: got pear (2)
## stderr-json: "1) apple\n2) pear\n#? "

#### select with an invalid choice
select x in a b; do echo "[$x] $REPLY"; [ "$REPLY" = 1 ] && break; done
## STDIN:
9
foo
1
## END
## STDOUT:
[] 9
[] foo
[a] 1
## END
## stderr-json: "1) a\n2) b\n#? #? #? "

#### select ends at end of input
select x in a b; do echo never; done
echo "status $?"
## STDOUT:

status 1
## END
## stderr-json: "1) a\n2) b\n#? "

#### select shows the menu again after an empty line
select x in a b; do echo $x; break; done
## STDIN:

1
## END
## stdout: a
## stderr-json: "1) a\n2) b\n#? 1) a\n2) b\n#? "

#### select uses PS3
PS3='choose> '
select x in one; do echo $x; break; done
## stdin: 1
## stdout: one
## stderr-json: "1) one\nchoose> "

#### select without in
set -- p q
select x; do echo $x; break; done
## stdin: 2
## stdout: q
## stderr-json: "1) p\n2) q\n#? "

#### select arranges long menus in columns
select x in a b c d e f g h i j k l m n o p q r s t u v w x y z; do echo $x; break; done
## stdin: 26
## stdout: z
## stderr-json: "1) a    4) d   7) g  10) j  13) m  16) p  19) s\t 22) v\t25) y\n2) b    5) e   8) h  11) k  14) n  17) q  20) t\t 23) w\t26) z\n3) c    6) f   9) i  12) l  15) o  18) r  21) u\t 24) x\n#? "

#### arithmetic command status
((5)); echo $?
((0)); echo $?
((1 == 1)) && echo equal
## STDOUT:
0
1
equal
## END

#### arithmetic command assigns
((x = 3, y = x * 2))
echo $x $y
## stdout: 3 6

#### arithmetic command with an error
((1 / 0)); echo $?
## stdout: 1
## stderr: bash: line 1: ((: 1 / 0: division by 0 (error token is "0")

#### arithmetic command across lines
((x = 1 +
2)); echo $x
## stdout: 3

#### double bracket joins lines
[[ a == a &&
b == b ]] && echo ok
## stdout: ok

#### while with a complex condition
i=0
while ((i++)); [ $i -lt 4 ]; do echo $i; done
## STDOUT:
1
2
3
## END

#### until with break
until false; do echo once; break; done
## stdout: once

#### while read with two variables
printf 'a 1\nb 2\n' | while read -r k v; do echo "$v$k"; done
## STDOUT:
1a
2b
## END

#### nested loops
for i in 1 2; do for j in a b; do echo -n "$i$j "; done; done; echo
## stdout-json: "1a 1b 2a 2b \n"

#### loop in background
for i in 1 2; do echo $i; done &
wait
## STDOUT:
1
2
## END

#### loop with output redirection
for i in 1 2 3; do echo $i; done > f
wc -l < f
## stdout: 3

#### loop piped to sort
for i in 3 1 2; do echo $i; done | sort
## STDOUT:
1
2
3
## END

#### if inside while inside case
case go in go) n=0; while [ $n -lt 3 ]; do n=$((n+1)); if [ $n = 2 ]; then continue; fi; echo $n; done;; esac
## STDOUT:
1
3
## END

#### compound commands with several redirections
{ echo out; echo err >&2; } >o 2>e
cat o e
## STDOUT:
out
err
## END

#### if with a negated condition
if ! false; then echo yes; fi
if ! grep -q x /dev/null; then echo none; fi
## STDOUT:
yes
none
## END

#### deep nesting of ifs
if true; then if true; then if true; then if false; then :; else echo deep; fi; fi; fi; fi
## stdout: deep

#### one thousand iterations
i=0; while [ $i -lt 1000 ]; do i=$((i+1)); done; echo $i
## stdout: 1000

#### loop variable in a function is global
f() { for v in 1 2; do :; done; }
f; echo $v
## stdout: 2

#### return in a loop in a function
f() { for i in 1 2 3; do [ $i = 2 ] && return 5; echo $i; done; }
f; echo $?
## STDOUT:
1
5
## END

#### time of a group
TIMEFORMAT=; time { echo a; echo b; }
## STDOUT:
a
b
## END

#### coproc echoes
coproc cat
echo hello >&"${COPROC[1]}"
read -r line <&"${COPROC[0]}"
echo "$line"
## stdout: hello

#### arithmetic for with a break and a status
for ((i = 0; i < 9; i++)); do if ((i == 4)); then break; fi; done; echo $i $?
## stdout: 4 0
