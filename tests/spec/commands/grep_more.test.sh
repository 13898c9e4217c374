## needs: grep
# grep: messages, context, binary files, recursion, colours, words

#### messages about patterns
for p in '(' 'a)' '[' '[a' 'a\' '\(' 'a\{1' '[[:foo:]]' '[:alpha:]' '[[.foo.]]' '[b-a]' 'a\{2,1\}' '\1'; do echo a | grep "$p"; echo "$p $?"; done
## STDOUT:
( 1
a) 1
[ 2
[a 2
a\ 2
\( 2
a\{1 2
[[:foo:]] 2
[:alpha:] 2
[[.foo.]] 2
[b-a] 2
a\{2,1\} 2
\1 2
## END
## STDERR:
grep: Invalid regular expression
grep: Unmatched [, [^, [:, [., or [=
grep: Trailing backslash
grep: Unmatched ( or \(
grep: Unmatched \{
grep: Invalid character class name
grep: character class syntax is [[:space:]], not [:space:]
grep: Invalid collation character
grep: Invalid range end
grep: Invalid content of \{\}
grep: Invalid back reference
## END

#### messages about extended patterns
for p in '(' 'a)' '[' 'a{1' 'a{2,1}' '*a' 'a|*b' '(+a)' '?a' 'a**' '()' 'a||b' '\1'; do echo a | grep -E "$p"; echo "$p $?"; done
## STDOUT:
( 2
a) 1
[ 2
a{1 1
a{2,1} 2
a
*a 0
a
a|*b 0
a
(+a) 0
a
?a 0
a
a** 0
a
() 0
a
a||b 0
\1 2
## END
## STDERR:
grep: Unmatched ( or \(
grep: Invalid regular expression
grep: Invalid content of \{\}
grep: warning: * at start of expression
grep: warning: * at start of expression
grep: warning: + at start of expression
grep: warning: ? at start of expression
grep: Invalid back reference
## END

#### messages about options
for o in "" "-e" "-x" "-A x a" "-A -1 a" "-m x a" "-X foo a" "-EF a" "-d x a" "-D x a" "--binary-files=x a" "-f nosuch" "--nosuch" "-Z9" "-u a"; do grep $o < /dev/null; echo "$o $?"; done 2>&1 | head -n 60
## STDOUT:
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
 2
grep: option requires an argument -- 'e'
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
-e 2
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
-x 2
grep: x: invalid context length argument
-A x a 2
grep: -1: invalid context length argument
-A -1 a 2
grep: invalid max count
-m x a 2
grep: invalid matcher foo
-X foo a 2
grep: conflicting matchers specified
-EF a 2
grep: invalid argument ‘x’ for ‘--directories’
Valid arguments are:
  - ‘read’
  - ‘recurse’
  - ‘skip’
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
-d x a 1
grep: unknown devices method
-D x a 2
grep: unknown binary-files type
--binary-files=x a 2
grep: nosuch: No such file or directory
-f nosuch 2
grep: unrecognized option '--nosuch'
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
--nosuch 2
Usage: grep [OPTION]... PATTERNS [FILE]...
Try 'grep --help' for more information.
-Z9 2
grep: warning: --unix-byte-offsets (-u) is obsolete
-u a 1
## END

#### directories and missing files
mkdir d; echo a > f; grep a d; echo $?; grep a d f; echo $?; grep -s a nosuch f; echo $?; grep -q a nosuch f; echo $?; grep -q a f nosuch; echo $?; grep -d skip a d; echo $?; grep a nosuch; echo $?
## STDOUT:
2
f:a
2
f:a
2
0
0
1
2
## END
## STDERR:
grep: d: Is a directory
grep: d: Is a directory
grep: nosuch: No such file or directory
grep: nosuch: No such file or directory
## END

#### context
seq 20 > f; grep -A1 5 f; echo; grep -B2 -n 7 f; echo; grep -C1 '[59]' f; echo; grep -2 10 f; echo; grep -A3 -B1 -c 1 f; echo; grep -A1 -B1 '^[1-3]$' f
## STDOUT:
5
6
--
15
16

5-5
6-6
7:7
--
15-15
16-16
17:17

4
5
6
--
8
9
10
--
14
15
16
--
18
19
20

8
9
10
11
12

11

1
2
3
4
## END

#### context of several files
seq 5 > a; seq 5 > b; grep -A1 2 a b; echo; grep -c -A1 2 a b; echo; grep -hB1 5 a b; echo; grep -A1 --group-separator=XX '[15]' a; echo; grep -A1 --no-group-separator '[15]' a b; echo; grep -A0 '[15]' a
## STDOUT:
a:2
a-3
--
b:2
b-3

a:1
b:1

4
5
--
4
5

1
2
XX
5

a:1
a-2
a:5
b:1
b-2
b:5

1
--
5
## END

#### context with inverted matches, offsets and a maximum
seq 9 > f; grep -vA1 '[2-8]' f; echo; grep -bB1 5 f; echo; grep -m2 -A2 '[13579]' f; echo; grep -m1 -A5 3 f; echo; grep -om1 '[0-9]' f; echo; grep -nTB1 5 f; echo; grep -nvC1 '[0-4689]' f
## STDOUT:
1
2
--
9

6-4
8:5

1
2
3
4
5

3
4
5
6
7
8

1

 4-	4
 5:	5

4-4
5:5
6-6
7:7
8-8
## END

#### context over a long input
seq 100000 | grep -B2 -n 77777; seq 100000 | grep -A1 -b '^9999.$' | tail -n 3; seq 100000 | grep -vc 7; seq 100000 | grep -C1 -c 5
## STDOUT:
77775-77775
77776-77776
77777:77777
588876:99998
588882:99999
588888-100000
59049
40951
## END

#### a maximum
seq 9 > f; grep -m2 . f; grep -c -m2 . f; grep -m0 . f; echo $?; grep -vm2 '[1-3]' f; grep -m1 . f f; { grep -m2 .; echo rest; cat; } < f
## STDOUT:
1
2
2
1
4
5
f:1
f:1
1
2
rest
3
4
5
6
7
8
9
## END

#### counts and lists
printf 'a\nb\n' > f; printf 'c\n' > g; : > e; grep -c a f g e; grep -l a f g e; grep -L a f g e; echo $?; grep -L x f; echo $?; grep -Lc a f g; grep -lc a f g; grep -lv a f g; grep -cv a f g; grep -lZ a f g | tr '\0' '!'; grep -cZ a f g | tr '\0' '!'; grep -qc a f
## STDOUT:
f:1
g:0
e:0
f
g
e
0
f
1
g
f
f
g
f:1
g:1
f!f!1
g!0
## END

#### binary files
printf 'foo\0bar\n' > bin; printf 'ok foo\nfo\377o foo\nfoo\n' > enc; for o in foo "-c foo" "-v x" "-o foo" "-n bar" "-l foo" "-q foo" "-I foo" "-A1 foo"; do grep $o bin enc; echo "$o $?"; done; grep -a foo bin enc | tr '\0\377' '!?'; grep --binary-files=without-match foo bin; echo $?; LC_ALL=C grep foo enc | tr '\377' '?'
## STDOUT:
enc:ok foo
enc:foo
foo 0
bin:1
enc:3
-c foo 0
enc:ok foo
enc:foo
-v x 0
enc:foo
enc:foo
enc:foo
-o foo 0
-n bar 0
bin
enc
-l foo 0
-q foo 0
enc:ok foo
enc:foo
-I foo 0
--
enc:ok foo
--
enc:foo
-A1 foo 0
bin:foo!bar
enc:ok foo
enc:fo?o foo
enc:foo
1
ok foo
fo?o foo
foo
## END
## STDERR:
grep: bin: binary file matches
grep: enc: binary file matches
grep: bin: binary file matches
grep: enc: binary file matches
grep: bin: binary file matches
grep: bin: binary file matches
grep: bin: binary file matches
grep: enc: binary file matches
## END

#### NUL far behind
{ seq 30000; printf '\0\n30000\n'; } > f; grep 30000 f; grep -c 30000 f; grep '^1$' f
## STDOUT:
2
1
## END
## stderr: grep: f: binary file matches

#### zero-terminated
printf 'a\nb\0c\nd\0' > f; grep -z b f | tr '\0' '!'; grep -zn '^d' f | tr '\0' '!'; grep -zc . f; grep -zv a f | tr '\0' '!'; grep -zx 'c.d' f | tr '\0' '!'; grep -zo '[bd]' f | tr '\0' '!'
## stdout-json: "a\nb!2\nc\nd!c\nd!b!d!"

#### words
printf 'foo\nfoobar\nfoo-bar\n_foo\nxfoo foo\nbarfoo\nfoo1\n' > f; grep -w foo f; echo; grep -now 'foo' f; echo; grep -wv foo f; echo; echo 'ab abc' | grep -ow 'ab*c*'; echo 'foo foo foo' | grep -ow foo; echo 'fooéfoo' | grep -w foo; echo 'a b' | grep -w ''; echo; printf '\nab\n' | grep -nw ''; echo 'x' | grep -xw x; echo 'foofoo foo' | grep -bow foo
## STDOUT:
foo
foo-bar
xfoo foo

1:foo
3:foo
5:foo

foobar
_foo
barfoo
foo1

ab
abc
foo
foo
foo

1:
x
7:foo
## END

#### whole lines
printf 'foo\nfoobar\nbar\n' > f; grep -x foo f; grep -x 'foo\|bar' f; grep -xE 'foo|bar' f; grep -xF -e foo -e ba f; grep -xv foo f; grep -x '' f; echo $?; printf 'a\n\nb\n' | grep -nx ''; printf 'abab\nabba\n' | grep -x '\(ab\)\1'; printf 'abab x\n ababx\n' | grep -w '\(ab\)\1'
## STDOUT:
foo
foo
bar
foo
bar
foo
foobar
bar
1
2:
abab
abab x
## END

#### only the matches
echo 'aXbXXc' | grep -o X; echo 'aXbXXc' | grep -bo 'X*'; echo abc | grep -o ''; echo $?; printf 'ab\ncab\n' | grep -no 'a\|b'; printf 'ab\n' | grep -ov x; echo $?; echo 'foobar' | grep -oE 'foo|foobar'; echo 'aaa' | grep -o '^a'; printf 'ab12cd3\n' | grep -oE '[0-9]+'; echo 'one two' | grep -o '\w*'; seq 3 > f; grep -oH . f; grep -on -A1 2 f
## STDOUT:
X
X
X
1:X
3:XX
0
1:a
1:b
2:a
2:b
0
foobar
a
12
3
one
two
f:1
f:2
f:3
2:2
## END

#### several patterns
printf 'a\nb\nc\n' > f; grep -e a -e c f; grep 'a
c' f; printf 'a\nb\n' > p; grep -f p f; printf '' > p; grep -f p f; echo $?; printf '\n' > p; grep -c -f p f; grep -f p -e zzz -c f; echo b | grep -f - f; grep -F -e a -e . f; grep -E -e 'a|b' -e c f; printf 'aa\nab\nbb\n' | grep -e '\(a\)\1' -e bb
## STDOUT:
a
c
a
c
a
b
1
3
3
b
a
a
b
c
aa
bb
## END

#### fixed strings
printf 'a.b\naxb\na*b\n[x]\n' > f; grep -F a.b f; grep -F '*' f; grep -F '[x]' f; grep -Fi A. f; grep -Fc '' f; grep -F '\' f; echo $?; grep -Fo . f; grep -Fw a f
## STDOUT:
a.b
a*b
[x]
a.b
4
1
.
a.b
a*b
## END

#### ignoring case
printf 'Foo\nfoo\nFÖO\nföo\n' > f; grep -i FOO f; grep -i föo f; grep -y foo f; grep -i --no-ignore-case foo f; grep -i '[F]oo' f; grep -ix 'f\(o\)\1' f; grep -io O f | sort | uniq -c
## STDOUT:
Foo
foo
FÖO
föo
Foo
foo
foo
Foo
foo
Foo
foo
      1 O
      5 o
## END

#### recursion
mkdir -p d/e; echo foo > d/a; echo foo > d/e/b; ln -s a d/l; ln -s d dl; grep -r foo d | sort; echo; grep -R foo d | sort; echo; cd d; grep -r foo | sort; echo; grep -r foo . | sort; cd ..; grep -r foo d/a; grep -rh foo d; grep -rc foo d | sort; grep -r foo dl | sort; grep -rl foo d/ | sort; grep -r foo nosuch d/a; echo $?
## STDOUT:
d/a:foo
d/e/b:foo

d/a:foo
d/e/b:foo
d/l:foo

a:foo
e/b:foo

./a:foo
./e/b:foo
foo
foo
foo
d/a:1
d/e/b:1
dl/a:foo
dl/e/b:foo
d/a
d/e/b
d/a:foo
2
## END
## stderr: grep: nosuch: No such file or directory

#### which files
mkdir -p d/e d/f.d; for i in d/a.c d/b.h d/e/c.c d/f.d/d.c; do echo foo > $i; done; grep -r --include='*.c' foo d | sort; echo; grep -r --exclude='*.c' foo d | sort; echo; grep -r --exclude-dir=e foo d | sort; echo; grep -r --exclude-dir='*.d' --include='*.c' foo d | sort; echo; grep --include='*.h' foo d/a.c d/b.h; grep --exclude='*.h' foo d/a.c d/b.h; grep -r --include='*.c' --exclude='c.*' foo d | sort; printf '*.h\nc.c\n' > x; grep -r --exclude-from=x foo d | sort
## STDOUT:
d/a.c:foo
d/e/c.c:foo
d/f.d/d.c:foo

d/b.h:foo

d/a.c:foo
d/b.h:foo
d/f.d/d.c:foo

d/a.c:foo
d/e/c.c:foo

d/b.h:foo
d/a.c:foo
d/a.c:foo
d/f.d/d.c:foo
d/a.c:foo
d/f.d/d.c:foo
## END

#### labels and names
echo a | grep -H a; echo a | grep --label=x -H a; echo a | grep --label=x -c a - -; echo a > f; grep -H a f; grep -h a f f; grep a f -; grep -HZ a f | tr '\0' '!'; grep -T a f f; grep -TnH a f; grep -Tb a f; grep -bnH a f; echo a | grep -l a; echo a | grep -l --label=L a
## STDOUT:
(standard input):a
x:a
x:1
x:0
f:a
a
a
f:a
f!a
f:	a
f:	a
f:1:	a
0:	a
f:1:0:a
(standard input)
L
## END

#### colours
printf 'foo bar foo\nx\n' > f; c='grep --color=always'; { $c foo f; $c -n foo f; $c -H -n -b foo f; $c -v foo f; $c -A1 foo f; $c -o foo f; $c -c foo f f; $c -l foo f; $c -i FOO f; $c '' f; $c '^' f; $c -w bar f; $c -nA1 bar f f; } | tr '\033' E; GREP_COLORS='mt=32:fn=1:ln=2:se=3:sl=4:cx=5' $c -nHA1 foo f | tr '\033' E; GREP_COLORS='ms=1:mc=2:rv:ne' $c -v x f | tr '\033' E; GREP_COLORS='rv:sl=1:cx=2' $c -A1 -v x f f | tr '\033' E; grep --color=never foo f; grep --color foo f; grep --colour=auto foo f
## STDOUT:
E[01;31mE[KfooE[mE[K bar E[01;31mE[KfooE[mE[K
E[32mE[K1E[mE[KE[36mE[K:E[mE[KE[01;31mE[KfooE[mE[K bar E[01;31mE[KfooE[mE[K
E[35mE[KfE[mE[KE[36mE[K:E[mE[KE[32mE[K1E[mE[KE[36mE[K:E[mE[KE[32mE[K0E[mE[KE[36mE[K:E[mE[KE[01;31mE[KfooE[mE[K bar E[01;31mE[KfooE[mE[K
x
E[01;31mE[KfooE[mE[K bar E[01;31mE[KfooE[mE[K
x
E[01;31mE[KfooE[mE[K
E[01;31mE[KfooE[mE[K
E[35mE[KfE[mE[KE[36mE[K:E[mE[K1
E[35mE[KfE[mE[KE[36mE[K:E[mE[K1
E[35mE[KfE[mE[K
E[01;31mE[KfooE[mE[K bar E[01;31mE[KfooE[mE[K
foo bar foo
x
foo bar foo
x
foo E[01;31mE[KbarE[mE[K foo
E[35mE[KfE[mE[KE[36mE[K:E[mE[KE[32mE[K1E[mE[KE[36mE[K:E[mE[Kfoo E[01;31mE[KbarE[mE[K foo
E[35mE[KfE[mE[KE[36mE[K-E[mE[KE[32mE[K2E[mE[KE[36mE[K-E[mE[Kx
E[36mE[K--E[mE[K
E[35mE[KfE[mE[KE[36mE[K:E[mE[KE[32mE[K1E[mE[KE[36mE[K:E[mE[Kfoo E[01;31mE[KbarE[mE[K foo
E[35mE[KfE[mE[KE[36mE[K-E[mE[KE[32mE[K2E[mE[KE[36mE[K-E[mE[Kx
E[1mE[KfE[mE[KE[3mE[K:E[mE[KE[2mE[K1E[mE[KE[3mE[K:E[mE[KE[4mE[KE[32mE[KfooE[mE[KE[4mE[K bar E[32mE[KfooE[mE[K
E[1mE[KfE[mE[KE[3mE[K-E[mE[KE[2mE[K2E[mE[KE[3mE[K-E[mE[KE[5mE[KxE[mE[K
foo bar foo
E[35mE[KfE[mE[KE[36mE[K:E[mE[KE[2mE[Kfoo bar fooE[mE[K
E[35mE[KfE[mE[KE[36mE[K-E[mE[KE[1mE[KE[01;31mE[KxE[mE[K
E[36mE[K--E[mE[K
E[35mE[KfE[mE[KE[36mE[K:E[mE[KE[2mE[Kfoo bar fooE[mE[K
E[35mE[KfE[mE[KE[36mE[K-E[mE[KE[1mE[KE[01;31mE[KxE[mE[K
foo bar foo
foo bar foo
foo bar foo
## END

#### input is output
echo a > f; grep a f >> f; echo $?; cat f; grep a < f >> f; echo $?; grep -q a f >> f; echo $?
## STDOUT:
2
a
2
0
## END
## STDERR:
grep: f: input file is also the output
grep: (standard input): input file is also the output
## END

#### no final newline
printf 'a' | grep a; printf 'b\na' | grep -c ''; printf 'a\n\n' | grep -c '^$'; printf '' | grep -c ''; printf '\n' | grep -n '^'; printf 'a' | grep -v b; printf 'a\nb' | grep -A1 a; printf 'x\na' | grep -B1 a
## STDOUT:
a
2
1
0
1:
a
a
b
x
a
## END

#### long lines
head -c 300000 /dev/zero | tr '\0' x > f; echo y >> f; grep -c y f; grep -o y f; grep -bo y f; grep -c 'xy$' f; grep -q '^x*y$' f; echo $?; grep -c z f
## status: 1
## STDOUT:
1
y
300000:y
1
0
0
## END

#### egrep and fgrep
echo 'a+b' | egrep 'a\+b|x'; echo 'a+b' | fgrep a+; echo $?
## STDOUT:
a+b
a+b
0
## END

#### anchors and classes
printf 'abc\n  x\n1a\nAb_\n' > f; for p in '^a' 'c$' '^[[:space:]]' '[[:digit:]]' '\bx\b' '\<A' '_\>' '\Bb' '\w_' '\W' '\s' '\S\S\S' "\\\`a" "c\\'" 'a\?b' 'b\+' '\(a\|A\)b' 'a*' '.\{3\}'; do echo "$p: $(grep "$p" f | tr '\n' ',')"; done
## STDOUT:
^a: abc,
c$: abc,
^[[:space:]]:   x,
[[:digit:]]: 1a,
\bx\b:   x,
\<A: Ab_,
_\>: Ab_,
\Bb: abc,Ab_,
\w_: Ab_,
\W:   x,
\s:   x,
\S\S\S: abc,Ab_,
\`a: abc,
c\': abc,
a\?b: abc,Ab_,
b\+: abc,Ab_,
\(a\|A\)b: abc,Ab_,
a*: abc,  x,1a,Ab_,
.\{3\}: abc,  x,Ab_,
## END
