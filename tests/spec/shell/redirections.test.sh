# Redirections, here-documents, here-strings.

#### output to a file
echo hi > f; cat f
## stdout: hi

#### append
echo a > f; echo b >> f; cat f
## STDOUT:
a
b
## END

#### input
printf 'x\ny\n' > f; wc -l < f
## stdout: 2

#### truncation without a command
echo a > f; > f; wc -c < f
## stdout: 0

#### errors
ls /nosuch 2> f; wc -l < f
## stdout: 1

#### both by &>
{ echo o; echo e >&2; } &> f; cat f
## STDOUT:
o
e
## END

#### both by >&
{ echo o; echo e >&2; } >& f; cat f
## STDOUT:
o
e
## END

#### both appended
{ echo o; echo e >&2; } &> f; { echo o2; echo e2 >&2; } &>> f; cat f
## STDOUT:
o
e
o2
e2
## END

#### order of redirections
{ echo o; echo e >&2; } > f 2>&1; sort f
{ echo o2; echo e2 >&2; } 2>&1 > f | cat; cat f
## STDOUT:
e
o
e2
o2
## END

#### swapping stdout and stderr
{ echo o; echo e >&2; } 3>&1 1>&2 2>&3 3>&- | cat | tr e E
## stdout: E
## stderr: o

#### descriptor duplication
echo a 3>&1 >&3 3>&-
## stdout: a

#### opening a higher descriptor
exec 3> f; echo a >&3; echo b >&3; exec 3>&-; cat f
## STDOUT:
a
b
## END

#### reading a higher descriptor
printf '1\n2\n' > f; exec 4< f; read a <&4; read b <&4; echo $a $b; exec 4<&-
## stdout: 1 2

#### moving a descriptor
exec 3> f; exec 4>&3-; echo x >&4; echo y >&3; exec 4>&-; cat f
## stdout: x
## stderr: bash: line 1: 3: Bad file descriptor

#### closed descriptor is an error
echo a >&9; echo $?
## stdout: 1
## stderr: bash: line 1: 9: Bad file descriptor

#### closing stdout
(echo a >&-); echo $?
## stdout: 1
## stderr: bash: line 1: echo: write error: Bad file descriptor

#### closed stdin
cat <&-; echo $?
## stdout: 1
## STDERR:
cat: -: Bad file descriptor
cat: closing standard input: Bad file descriptor
## END
## differs: no command here closes its standard input a second time when it ends
## our stdout: 1
## our stderr: cat: -: Bad file descriptor

#### read and write
printf abc > f; exec 3<> f; read -n 1 x <&3; printf Z >&3; exec 3>&-; cat f; echo
## stdout: aZc

#### a variable names the descriptor
exec {fd}> f; [ $fd -ge 10 ] && echo big; echo data >&$fd; exec {fd}>&-; cat f
## STDOUT:
big
data
## END

#### redirection before the command
> f echo hi; cat f; < f cat
## STDOUT:
hi
hi
## END

#### redirection in the middle
echo a > f b; cat f
## stdout: a b

#### the last redirection wins
echo x > f1 > f2; wc -c f1 f2
## STDOUT:
0 f1
2 f2
2 total
## END

#### a missing file
cat < nosuch; echo $?
## stdout: 1
## stderr: bash: line 1: nosuch: No such file or directory

#### a missing directory
echo a > no/such; echo $?
## stdout: 1
## stderr: bash: line 1: no/such: No such file or directory

#### output to a directory
mkdir d; echo a > d; echo $?
## stdout: 1
## stderr: bash: line 1: d: Is a directory

#### failed redirection skips the command
echo never < nosuch; echo $?
## stdout: 1
## stderr: bash: line 1: nosuch: No such file or directory

#### failed redirection of a group
{ echo never; } < nosuch; echo $?
## stdout: 1
## stderr: bash: line 1: nosuch: No such file or directory

#### failed redirection of a special builtin
: < nosuch; echo "still here $?"
## stdout: still here 1
## stderr: bash: line 1: nosuch: No such file or directory

#### failed redirection of exec ends the shell
exec < nosuch; echo never
## stdout: never
## stderr: bash: line 1: nosuch: No such file or directory

#### ambiguous redirect
x='a b'; echo hi > $x; echo $?; echo hi > $unset; echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: $x: ambiguous redirect
bash: line 1: $unset: ambiguous redirect
## END

#### empty file name
echo hi > ""; echo $?
## stdout: 1
## stderr: bash: line 1: : No such file or directory

#### noclobber
set -C; echo a > f; echo b > f; echo $?; echo c >| f; cat f
## STDOUT:
1
c
## END
## stderr: bash: line 1: f: cannot overwrite existing file

#### noclobber lets devices pass
set -C; echo a > /dev/null; echo $?
## stdout: 0

#### to /dev/null
echo gone > /dev/null; echo e 2>/dev/null >&2; ls /nosuch 2>/dev/null; echo $?
## stdout: 2

#### /dev/stdout and /dev/stderr
echo a > /dev/stdout; echo b 2>&1 > /dev/stderr 2>&1 | cat
## STDOUT:
a
b
## END

#### /dev/fd
echo a > /dev/fd/1; cat /dev/fd/0 <<< in; cat /dev/fd/3 3<<< three
## STDOUT:
a
in
three
## END

#### compound redirection of a loop
for i in 1 2; do echo $i; read x; echo "got $x"; done <<< $'a\nb'
## STDOUT:
1
got a
2
got b
## END

#### redirection of a function definition
f() { echo in f; } > out; f; cat out
## stdout: in f

#### redirection of a function call
f() { echo o; echo e >&2; }; f 2>&1 > /dev/null
## stdout: e

#### nested redirections
{ { echo a; echo b >&2; } 2> e; echo c; } > o; cat o e
## STDOUT:
a
c
b
## END

#### subshell redirection
(echo a; echo b) > f; cat f
## STDOUT:
a
b
## END

#### exec redirects the rest
exec > f; echo a; echo b; exec >&2; cat f
## status: 0
## STDERR:
a
b
## END

#### exec 2>&1
exec 2>&1; ls /nosuch
## status: 2
## stdout: ls: cannot access '/nosuch': No such file or directory

#### number is part of the word when blank precedes
echo 2 > f; cat f; echo 2> g; cat g
## STDOUT:
2

## END

#### number glued to a word is not a descriptor
echo a2>f; cat f
## stdout: a2

#### here-document
cat <<END
hello
world
END
## STDOUT:
hello
world
## END

#### here-document expands
x=1; cat <<END
$x ${x}a $((x+1)) $(echo sub) \$x `echo bq`
END
## stdout: 1 1a 2 sub $x bq

#### quoted delimiter
x=1; cat <<'END'
$x $(echo no) \$x
END
cat <<"E F"
$x
E F
cat <<\END
$x
END
## STDOUT:
$x $(echo no) \$x
$x
$x
## END

#### backslashes in a here-document
cat <<END
a\b \\ \$ \` \" one\
line
END
## stdout: a\b \ $ ` \" oneline

#### double quotes in a here-document are plain
x=1; cat <<END
"$x" '$x' "${y:-"q"}"
END
## stdout: "1" '1' "q"

#### here-document with tabs stripped
cat <<-END
	one
		two
	END
## STDOUT:
one
two
## END

#### here-document without tabs keeps blanks
cat <<-END
    four
	tab
	END
## STDOUT:
    four
tab
## END

#### an empty here-document
cat <<END
END
echo $?
## stdout: 0

#### two here-documents
cat <<A; cat <<B
first
A
second
B
## STDOUT:
first
second
## END

#### two here-documents on one command
cat <<A <<B
first
A
second
B
## stdout: second

#### here-document on another descriptor
cat 0<<A /dev/fd/3 3<<B
first
A
second
B
## stdout: second

#### here-document in a pipeline
cat <<END | tr a-z A-Z
shout
END
## stdout: SHOUT

#### here-document in a loop
for i in 1 2; do cat <<END
item $i
END
done
## STDOUT:
item 1
item 2
## END

#### here-document in a function
f() { cat <<END
arg $1
END
}
f x
## stdout: arg x

#### here-document in a command substitution
x=$(cat <<END
in sub
END
); echo "[$x]"
## stdout: [in sub]

#### here-document with a command after it
cat <<END && echo after
body
END
## STDOUT:
body
after
## END

#### here-document with while read
while read -r l; do echo "<$l>"; done <<END
a  b
 c
END
## STDOUT:
<a  b>
<c>
## END

#### here-document delimiter needs the whole line
cat <<END
END not
 END
END
## STDOUT:
END not
 END
## END

#### here-document at end of input
cat <<END
no delimiter
## stdout: no delimiter
## stderr: bash: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `END')

#### here-document with a delimiter from odd characters
cat <<!@#
x
!@#
## stdout: x

#### here-document in if
if true; then cat <<END
yes
END
fi
## stdout: yes

#### here-document to read
read a b <<END
one two three
END
echo "$a|$b"
## stdout: one|two three

#### here-document with a large body
x=$(printf '%0100000d' 0); cat <<END | wc -c
$x
END
## stdout: 100001

#### here-string
cat <<< hello
## stdout: hello

#### here-string expands and joins
x='a  b'; cat <<< "$x"; cat <<< $x; cat <<< pre$x; cat <<< 'q $x'
## STDOUT:
a  b
a  b
prea  b
q $x
## END

#### here-string adds a newline
printf x; cat <<< x; cat <<< ''
## STDOUT:
xx

## END

#### here-string with several lines
cat <<< $'a\nb'
## STDOUT:
a
b
## END

#### here-string to a builtin
read a b <<< '1 2'; echo $b $a
## stdout: 2 1

#### process substitution as input
cat <(echo a) <(echo b)
## STDOUT:
a
b
## END

#### process substitution as output
echo data > >(tr a-z A-Z > f); wait $!; cat f
## stdout: DATA

#### process substitution in while
while read x; do echo "<$x>"; done < <(printf '1\n2\n'); echo done $x
## STDOUT:
<1>
<2>
done
## END

#### process substitution keeps variables
n=0; while read x; do n=$((n+1)); done < <(seq 5); echo $n
## stdout: 5

#### tee to a process substitution
exec 3>&1; echo x | tee >(cat >/dev/null) | cat
## stdout: x

#### input and output at once
echo abc > in; cat < in > out; cat out
## stdout: abc

#### redirect stdin of a pipeline stage
echo no | cat < /dev/null | wc -c
## stdout: 0

#### printf to many descriptors
exec 3> a 4> b; printf x >&3; printf y >&4; exec 3>&- 4>&-; cat a b; echo
## stdout: xy

#### descriptors are inherited
exec 3< <(echo inherited); bash -c 'cat <&3'
## stdout: inherited

#### restoring stdout
exec 3>&1; exec > f; echo to file; exec 1>&3 3>&-; echo to stdout; cat f
## STDOUT:
to stdout
to file
## END

#### descriptor above the limit in a redirection
echo a 200> f >&200; cat f
## stdout: a

#### redirecting a failing command
false > f; echo $?; [ -e f ] && echo made
## STDOUT:
1
made
## END

#### a file opened twice
echo abc > f; exec 3<f 4<f; read a <&3; read b <&4; echo $a $b
## stdout: abc abc

#### shared offset of duplicated descriptors
printf '1\n2\n3\n' > f; exec 3<f 4<&3; read a <&3; read b <&4; echo $a $b
## stdout: 1 2

#### appends from two writers
(echo a; echo b) >> f & wait; echo c >> f; cat f
## STDOUT:
a
b
c
## END

#### umask and new files
umask 077; > f; stat -c %a f; umask 022; > g; stat -c %a g
## STDOUT:
600
644
## END

#### redirect with tilde and variable
x=out; echo hi > ~/$x; cat out
## stdout: hi

#### assignments before a redirection that fails
x=1 > /nonexist/f; echo $x; y=$(echo hi) >/dev/null; echo $y
## STDOUT:
1
hi
## END
## stderr: bash: line 1: /nonexist/f: No such file or directory

#### order of assignments and redirections
x=$(echo A >&2) echo b > $(echo f; echo B >&2) $(echo C >&2)
## status: 0
## STDERR:
C
A
B
## END
