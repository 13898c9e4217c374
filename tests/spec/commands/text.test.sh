# head tail wc tr tee seq yes

#### head: ten lines
seq 20 | head
## STDOUT:
1
2
3
4
5
6
7
8
9
10
## END

#### head -n
seq 5 | head -n 2; seq 5 | head -n2; seq 5 | head -2; seq 5 | head --lines=2; seq 5 | head -n 0
## STDOUT:
1
2
1
2
1
2
1
2
## END

#### head of all but the last
seq 5 | head -n -2; seq 2 | head -n -5
## STDOUT:
1
2
3
## END

#### head -c
printf abcdef | head -c 3; echo; printf abcdef | head -c -2; echo; printf abcdef | head --bytes=2; echo
## STDOUT:
abc
abcd
ab
## END

#### head with suffixes
seq 2000 | head -c 1K | wc -c; seq 1000 | head -n 1b | wc -l; yes | head -c 1kB | wc -c; yes | head -c 1MB | wc -c
## STDOUT:
1024
512
1000
1000000
## END

#### head of several files has headers
seq 3 > a; seq 3 > b; head -n 1 a b
## STDOUT:
==> a <==
1

==> b <==
1
## END

#### head -q and -v
seq 3 > a; seq 3 > b; head -q -n 1 a b; head -v -n 1 a
## STDOUT:
1
1
==> a <==
1
## END

#### head of standard input among files
echo f > f; echo in | head -n 1 f -
## STDOUT:
==> f <==
f

==> standard input <==
in
## END

#### head of a missing file
seq 2 > a; head nosuch a; echo $?
## STDOUT:
==> a <==
1
2
1
## END
## stderr: head: cannot open 'nosuch' for reading: No such file or directory

#### head of a directory
mkdir d; head d; echo $?
## stdout: 1
## stderr: head: error reading 'd': Is a directory

#### head with a bad number
head -n x; echo $?; head -c 1Q; echo $?; head -n ''; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
head: invalid number of lines: ‘x’
head: invalid number of bytes: ‘1Q’
head: invalid number of lines: ‘’
## END

#### head without a final newline
printf 'a\nb' | head -n 2; echo; printf 'a\nb' | head -n 5
## stdout-json: "a\nb\na\nb"

#### head -z
printf 'a\0b\0c\0' | head -z -n 2
## stdout-json: "a\u0000b\u0000"

#### head of an empty file
> f; head f; echo $?
## stdout: 0

#### head unknown option
head -Z; echo $?; head --nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
head: invalid option -- 'Z'
Try 'head --help' for more information.
head: unrecognized option '--nosuch'
Try 'head --help' for more information.
## END

#### head with a file before the options
seq 5 > f; head f -n 1
## stdout: 1

#### head old form with letters
seq 5 | head -2c; echo; seq 5 > f; head -1v f
## STDOUT:
1

==> f <==
1
## END

#### head leaves the rest of a seekable input
seq 5 > f; (head -n 2 > /dev/null; cat) < f
## STDOUT:
3
4
5
## END

#### tail: ten lines
seq 20 | tail
## STDOUT:
11
12
13
14
15
16
17
18
19
20
## END

#### tail -n
seq 5 | tail -n 2; seq 5 | tail -2; seq 5 | tail -n2; seq 5 | tail --lines=1; seq 5 | tail -n 0
## STDOUT:
4
5
4
5
4
5
5
## END

#### tail from a line
seq 5 | tail -n +4; seq 5 | tail -n +1 | wc -l; seq 5 | tail +4; seq 5 | tail -n +0 | wc -l; seq 5 | tail -n +9
## STDOUT:
4
5
5
4
5
5
## END

#### tail -c
printf abcdef | tail -c 2; echo; printf abcdef | tail -c +3; echo; printf ab | tail -c 9; echo
## STDOUT:
ef
cdef
ab
## END

#### tail of several files has headers
seq 3 > a; seq 3 > b; tail -n 1 a b; tail -q -n 1 a b; tail -v -n 1 a
## STDOUT:
==> a <==
3

==> b <==
3
3
3
==> a <==
3
## END

#### tail without a final newline
printf 'a\nb\nc' | tail -n 2; echo
## STDOUT:
b
c
## END

#### tail of files by seeking
seq 10000 > f; tail -n 2 f; tail -c 5 f; tail -n +9999 f
## STDOUT:
9999
10000
0000
9999
10000
## END

#### tail of a missing file
seq 1 > a; tail nosuch a; echo $?
## STDOUT:
==> a <==
1
1
## END
## stderr: tail: cannot open 'nosuch' for reading: No such file or directory

#### tail with a bad number
tail -n x; echo $?; tail -c 1Q2; echo $?
## STDOUT:
1
1
## END
## STDERR:
tail: invalid number of lines: ‘x’
tail: invalid number of bytes: ‘1Q2’
## END

#### tail -z
printf 'a\0b\0c\0' | tail -z -n 1
## stdout-json: "c\u0000"

#### tail of a directory
mkdir d; tail d; echo $?
## stdout: 1
## stderr: tail: error reading 'd': Is a directory

#### tail of an empty input
tail < /dev/null; echo $?
## stdout: 0

#### tail unknown option
tail -Z; echo $?
## stdout: 1
## STDERR:
tail: invalid option -- 'Z'
Try 'tail --help' for more information.
## END

#### tail -f ends with --pid of a dead process
seq 3 > f; sleep 0 & p=$!; wait; tail -n 1 -f -s 0.05 --pid=$p f
## stdout: 3

#### tail -f follows growth
seq 2 > f; tail -n 1 -f -s 0.05 f > out & p=$!; sleep 0.3; echo new >> f; sleep 0.5; kill $p; wait 2>/dev/null; cat out
## STDOUT:
2
new
## END

#### wc
printf 'a b\nc\n' > f; wc f; wc -l f; wc -w f; wc -c f; wc -m f; wc -L f
## STDOUT:
2 3 6 f
2 f
3 f
6 f
6 f
3 f
## END

#### wc of standard input
printf 'a b\nc\n' | wc; printf 'a b\nc\n' | wc -l; printf 'a' | wc -l
## STDOUT:
      2       3       6
2
0
## END

#### wc of several files
printf 'a\n' > a; printf 'b c\nd\n' > b; wc a b; wc -l a b; wc -lc a b
## STDOUT:
1 1 2 a
2 3 6 b
3 4 8 total
1 a
2 b
3 total
1 2 a
2 6 b
3 8 total
## END

#### wc widths
seq 1000 > a; > b; wc a b; wc -w b a; wc -l b
## STDOUT:
1000 1000 3893 a
   0    0    0 b
1000 1000 3893 total
   0 b
1000 a
1000 total
0 b
## END

#### wc of a missing file
echo a > a; wc a nosuch; echo $?
## STDOUT:
1 1 2 a
1 1 2 total
1
## END
## stderr: wc: nosuch: No such file or directory

#### wc of a directory
mkdir d; wc d; echo $?
## STDOUT:
      0       0       0 d
1
## END
## stderr: wc: d: Is a directory

#### wc characters and bytes
printf 'é日x\n' | wc -mc; printf 'é\377\n' | wc -m; printf 'é\377\n' | LC_ALL=C wc -m
## STDOUT:
      4       7
2
4
## END

#### wc longest line
printf 'a\nabc\nab\n' | wc -L; printf 'a\tb\n' | wc -L; printf '日本\n' | wc -L; printf 'ab' | wc -L
## STDOUT:
3
9
4
2
## END

#### wc words with odd blanks
printf 'a\tb\vc\fd\re\n  f  ' | wc -w; printf '\0\1 \2' | wc -w
## STDOUT:
6
0
## END

#### wc with all counts
printf 'one two\nthree\n' | wc -lwmcL
## STDOUT:
      2       3      14      14       7
## END

#### wc dash
echo a | wc -; echo a | wc -l -
## STDOUT:
      1       1       2 -
1 -
## END

#### wc --total
echo a > a; echo b > b; wc --total=never a b 2>&1 | head -n 1
## stdout: wc: unrecognized option '--total=never'

#### wc --files0-from
echo a > a; printf 'a\0a\0' | wc -l --files0-from=-
## STDOUT:
1 a
1 a
2 total
## END

#### wc unknown option
wc -Z; echo $?
## stdout: 1
## STDERR:
wc: invalid option -- 'Z'
Try 'wc --help' for more information.
## END

#### wc of an empty input
wc < /dev/null; > f; wc f
## STDOUT:
      0       0       0
0 0 0 f
## END

#### wc -- and names with newlines
echo a > $'x\ny'; wc -l $'x\ny'; echo b > -l; wc -- -l
## STDOUT:
1 'x'$'\n''y'
1 1 2 -l
## END

#### tr ranges
echo Hello | tr a-z A-Z; echo hello | tr 'el' 'ip'; echo abc | tr abc xyz
## STDOUT:
HELLO
hippo
xyz
## END

#### tr classes
echo 'Hello 123' | tr '[:lower:]' '[:upper:]'; echo 'a1b2' | tr -d '[:digit:]'; echo 'a b	c' | tr '[:space:]' '\n'; echo a1-b | tr -cd '[:alnum:]\n'
## STDOUT:
HELLO 123
ab
a
b
c
a1b
## END

#### tr pads the second set
echo abcd | tr abcd xy; echo abc | tr a-z '*'
## STDOUT:
xyyy
***
## END

#### tr -d
echo hello | tr -d l; echo hello | tr -d 'l-o'
## STDOUT:
heo
he
## END

#### tr -s
echo aabbcc | tr -s a; echo 'a   b' | tr -s ' '; echo aabbcc | tr -s 'a-z'; echo 'xx  yy' | tr -s ' ' '\n'
## STDOUT:
abbcc
a b
abc
xx
yy
## END

#### tr -ds
echo aabbccdd | tr -ds a b
## stdout: bccdd

#### tr -c
echo abc123 | tr -c '0-9\n' x; echo 'a b' | tr -cs 'a-z' '\n'; echo abc | tr -C 'a\n' x
## STDOUT:
xxx123
a
b
axx
## END

#### tr -t
echo abcd | tr -t abcd xy
## stdout: xycd

#### tr escapes
printf 'a\tb' | tr '\t' ':'; echo; echo 'a\b' | tr '\\' /; echo abc | tr '\141' X; printf 'a\0b' | tr '\0' Z; echo; printf 'a\n' | tr '\n' '\r'
## stdout-json: "a:b\na/b\nXbc\naZb\na\r"

#### tr repeat
echo abc | tr abc '[x*2]y'; echo abcd | tr a-d '[x*]'; echo 12345 | tr 1-5 '[a*3]b'
## STDOUT:
xxy
xxxx
aaabb
## END

#### tr equivalence class and literal dash
echo a-b | tr -- - _; echo a-b | tr 'a-' 'x_'; echo 'a]b[' | tr '[]' '()'; echo abc | tr -d '[=a=]'
## STDOUT:
a_b
x_b
a)b(
bc
## END

#### tr case pairs
echo 'Hello' | tr '[:upper:][:lower:]' '[:lower:][:upper:]'
## stdout: hELLO

#### tr without operand
tr; echo $?; tr a; echo $?; tr a b c; echo $?; tr -d; echo $?; tr -d a b; echo $?; tr -s; echo $?
## STDOUT:
1
1
1
1
1
1
## END
## STDERR:
tr: missing operand
Try 'tr --help' for more information.
tr: missing operand after ‘a’
Two strings must be given when translating.
Try 'tr --help' for more information.
tr: extra operand ‘c’
Try 'tr --help' for more information.
tr: missing operand
Try 'tr --help' for more information.
tr: extra operand ‘b’
Only one string may be given when deleting without squeezing repeats.
Try 'tr --help' for more information.
tr: missing operand
Try 'tr --help' for more information.
## END

#### tr bad range
tr z-a x; echo $?; tr '[:foo:]' x; echo $?; tr a '[b*x]'; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
tr: range-endpoints of 'z-a' are in reverse collating sequence order
tr: invalid character class ‘foo’
tr: invalid repeat count ‘x’ in [c*n] construct
## END

#### tr empty second set
tr a ''; echo $?
## stdout: 1
## stderr: tr: when not truncating set1, string2 must be non-empty

#### tr works on bytes
printf 'é' | tr '\303' X; echo; printf '\377' | tr '\377' Y; echo
## stdout-json: "X\xa9\nY\n"

#### tr unknown option
tr -Z a b; echo $?
## stdout: 1
## STDERR:
tr: invalid option -- 'Z'
Try 'tr --help' for more information.
## END

#### rot13
echo 'Hello, World' | tr A-Za-z N-ZA-Mn-za-m
## stdout: Uryyb, Jbeyq

#### tr long input
seq 10000 | tr -d '\n' | wc -c; printf '%0100000d' 0 | tr 0 1 | tr -s 1
## stdout-json: "38894\n1"

#### tee
echo a | tee f g; cat f g
## STDOUT:
a
a
a
## END

#### tee -a
echo a > f; echo b | tee -a f; cat f
## STDOUT:
b
a
b
## END

#### tee to a directory goes on
mkdir d; echo a | tee d f; echo $?; cat f
## STDOUT:
a
1
a
## END
## stderr: tee: d: Is a directory

#### tee without files
echo a | tee
## stdout: a

#### tee to a missing directory
echo a | tee no/such; echo $?
## STDOUT:
a
1
## END
## stderr: tee: no/such: No such file or directory

#### tee dash is a file name
echo a | tee -; ls
## STDOUT:
a
-
## END

#### tee unknown option
tee -Z; echo $?
## stdout: 1
## STDERR:
tee: invalid option -- 'Z'
Try 'tee --help' for more information.
## END

#### tee binary
printf '\0\377' | tee f; cat f
## stdout-json: "\u0000\xff\u0000\xff"

#### tee into a closed pipe with -p
seq 100000 | tee -p f | head -n 1; tail -n 1 f
## STDOUT:
1
100000
## END

#### seq
seq 3; seq 2 4; seq 1 2 7; seq 5 -2 0
## STDOUT:
1
2
3
2
3
4
1
3
5
7
5
3
1
## END

#### seq empty
seq 0; seq 5 1; seq -1; seq 1 -1 5; echo $?
## stdout: 0

#### seq fractions
seq 0.5 2; seq 1 .5 2; seq 1 0.25 2; seq 0.1 0.1 0.5
## STDOUT:
0.5
1.5
1.0
1.5
2.0
1.00
1.25
1.50
1.75
2.00
0.1
0.2
0.3
0.4
0.5
## END

#### seq -s
seq -s , 5; seq -s '' 3; seq -s ', ' 2
## STDOUT:
1,2,3,4,5
123
1, 2
## END

#### seq -w
seq -w 8 11; seq -w -5 5 5; seq -w 0.5 10
## STDOUT:
08
09
10
11
-5
00
05
00.5
01.5
02.5
03.5
04.5
05.5
06.5
07.5
08.5
09.5
## END

#### seq -f
seq -f '%03g' 3; seq -f 'x%.2fy' 1 2; seq -f %e 1; seq -f '%%%g' 1
## STDOUT:
001
002
003
x1.00y
x2.00y
1.000000e+00
%1
## END

#### seq bad format
seq -f %d 1; echo $?; seq -f abc 1; echo $?; seq -f '%g%g' 1; echo $?; seq -f '' 1; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
seq: format ‘%d’ has unknown %d directive
seq: format ‘abc’ has no % directive
seq: format ‘%g%g’ has too many % directives
seq: format ‘’ has no % directive
## END

#### seq without operand
seq; echo $?; seq 1 2 3 4; echo $?
## STDOUT:
1
1
## END
## STDERR:
seq: missing operand
Try 'seq --help' for more information.
seq: extra operand ‘4’
Try 'seq --help' for more information.
## END

#### seq with bad numbers
seq a; echo $?; seq 1 0 5; echo $?; seq ''; echo $?; seq nan; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
seq: invalid floating point argument: ‘a’
Try 'seq --help' for more information.
seq: invalid Zero increment value: ‘0’
Try 'seq --help' for more information.
seq: invalid floating point argument: ‘’
Try 'seq --help' for more information.
seq: invalid ‘not-a-number’ argument: ‘nan’
Try 'seq --help' for more information.
## END

#### seq negative
seq -3 -1; seq -- -2 0; seq -3 -5
## STDOUT:
-3
-2
-1
-2
-1
0
## END

#### seq large
seq 1000000 | tail -n 1; seq 9999999999 10000000001; seq 1e3 1001; seq 0x10 0x12
## STDOUT:
1000000
9999999999
10000000000
10000000001
1000
1001
16
17
18
## END

#### seq beyond 64 bits
seq 99999999999999999999 100000000000000000001
## STDOUT:
99999999999999999999
100000000000000000000
100000000000000000001
## END

#### seq unknown option
seq -Z 1; echo $?
## stdout: 1
## STDERR:
seq: invalid option -- 'Z'
Try 'seq --help' for more information.
## END

#### seq -f and -w exclude each other
seq -w -f %g 3; echo $?
## stdout: 1
## STDERR:
seq: format string may not be specified when printing equal width strings
Try 'seq --help' for more information.
## END

#### seq with exponents and trailing zeros
seq 1.0 3; seq 1 1.00 2; seq 1e1 12
## STDOUT:
1.0
2.0
3.0
1.00
2.00
10
11
12
## END

#### yes
yes | head -n 2; yes a b | head -n 2; yes -- -x | head -n 1; yes '' | head -n 2
## STDOUT:
y
y
a b
a b
-x


## END

#### yes unknown option
yes -Z; echo $?; yes --nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
yes: invalid option -- 'Z'
Try 'yes --help' for more information.
yes: unrecognized option '--nosuch'
Try 'yes --help' for more information.
## END

#### yes writes fast
yes 0123456789 | head -c 10000000 | wc -c
## stdout: 10000000

#### head of an endless zero stream
head -c 1000000 /dev/zero | wc -c
## stdout: 1000000

#### seq: counting through carries, with widths and large steps
seq 8 11; seq 98 101; seq 9997 3 10004; seq -3 2 3; seq -w 8 11; seq -w -2 3 11; seq 0 99999999999 300000000000
seq 999999999999999999999 1 1000000000000000000001; seq 1 4294967295 12884901886
seq 3 -2 -3; seq 100000 | tail -n 1; seq -s, 95 7 130
## STDOUT:
8
9
10
11
98
99
100
101
9997
10000
10003
-3
-1
1
3
08
09
10
11
-2
01
04
07
10
0
99999999999
199999999998
299999999997
999999999999999999999
1000000000000000000000
1000000000000000000001
1
4294967296
8589934591
12884901886
3
1
-1
-3
100000
95,102,109,116,123,130
## END

#### seq: nothing to count
seq 5 4; seq -w 5 4; seq 0; seq 1 -1 2; echo end
## stdout: end
