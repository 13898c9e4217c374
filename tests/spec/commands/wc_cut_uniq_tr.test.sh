# wc, cut, uniq and tr: messages and corners

#### wc: words and widths of wide text
printf 'é日本 x\u00a0y\u2003z\u3000w\n' | wc -wmL; printf '\u200b\u0301a\n' | wc -wmL
## STDOUT:
      5      12      14
      1       4       1
## END

#### wc: bytes that are no characters
printf 'a\377b \377 c\303\n' | wc -wmcL; printf '\303' | wc -m
## STDOUT:
      2       6       9       5
0
## END

#### wc: C locale
printf 'é日本 x\n' | LC_ALL=C wc -wmL
## STDOUT:
      1      11       2
## END

#### wc: tabs, returns and form feeds in the line length
printf 'ab\tc\rabcdefghijk\fabc\vd\ba\n' | wc -L
## stdout: 11

#### wc: files0-from of a file
seq 3 > a; seq 5 > b; printf 'a\0b' > l; wc --files0-from=l; wc --files0-from=nosuch; echo $?
## STDOUT:
 3  3  6 a
 5  5 10 b
 8  8 16 total
1
## END
## stderr: wc: cannot open 'nosuch' for reading: No such file or directory

#### wc: files0-from with operands, empty and dash names
seq 3 > a; wc --files0-from=a a; echo $?; printf 'a\0\0a\0' | wc -l --files0-from=-; echo $?; printf -- '-\0' | wc -l --files0-from=-; echo $?
## STDOUT:
1
3 a
3 a
6 total
1
1
## END
## STDERR:
wc: extra operand 'a'
file operands cannot be combined with --files0-from
Try 'wc --help' for more information.
wc: -:2: invalid zero-length file name
wc: when reading file names from stdin, no file name of '-' allowed
## END

#### wc: files and standard input
seq 3 > a; seq 5 | wc a -; wc -c a a; wc -lw < a; wc -c < a
## STDOUT:
      3       3       6 a
      5       5      10 -
      8       8      16 total
 6 a
 6 a
12 total
3 3
6
## END

#### wc: rest of a file
seq 10 > a; { head -n 3 >/dev/null; wc -c; } < a; { head -n 3 >/dev/null; wc -l; } < a
## STDOUT:
15
7
## END

#### wc: /proc and devices
wc -c /dev/null; wc /dev/null
## STDOUT:
0 /dev/null
      0       0       0 /dev/null
## END

#### wc: a long line
head -c 1000000 /dev/zero | tr '\0' x | wc -Lcw
## STDOUT:
      1 1000000 1000000
## END

#### cut: messages
for o in "" "-f" "-f 0" "-f x" "-b 3-1" "-f 1 -b 1" "-c 1 -d x" "-b1 -s" "-d ab -f1" "-f 1-x" "-f ," "-f -" "-f 1,,2" "-f 0-2" "-b 0" "-b 0-1" "-b x" "-f 99999999999999999999999" "-b 99999999999999999999999" "-f 1-2-3"; do cut $o < /dev/null; echo "$o $?"; done
## STDOUT:
 1
-f 1
-f 0 1
-f x 1
-b 3-1 1
-f 1 -b 1 1
-c 1 -d x 1
-b1 -s 1
-d ab -f1 1
-f 1-x 1
-f , 1
-f - 1
-f 1,,2 1
-f 0-2 1
-b 0 1
-b 0-1 1
-b x 1
-f 99999999999999999999999 1
-b 99999999999999999999999 1
-f 1-2-3 1
## END
## STDERR:
cut: you must specify a list of bytes, characters, or fields
Try 'cut --help' for more information.
cut: option requires an argument -- 'f'
Try 'cut --help' for more information.
cut: fields are numbered from 1
Try 'cut --help' for more information.
cut: invalid field value ‘x’
Try 'cut --help' for more information.
cut: invalid decreasing range
Try 'cut --help' for more information.
cut: only one list may be specified
Try 'cut --help' for more information.
cut: an input delimiter may be specified only when operating on fields
Try 'cut --help' for more information.
cut: suppressing non-delimited lines makes sense
	only when operating on fields
Try 'cut --help' for more information.
cut: the delimiter must be a single character
Try 'cut --help' for more information.
cut: invalid field value ‘x’
Try 'cut --help' for more information.
cut: fields are numbered from 1
Try 'cut --help' for more information.
cut: invalid range with no endpoint: -
Try 'cut --help' for more information.
cut: fields are numbered from 1
Try 'cut --help' for more information.
cut: fields are numbered from 1
Try 'cut --help' for more information.
cut: byte/character positions are numbered from 1
Try 'cut --help' for more information.
cut: byte/character positions are numbered from 1
Try 'cut --help' for more information.
cut: invalid byte/character position ‘x’
Try 'cut --help' for more information.
cut: field number ‘99999999999999999999999’ is too large
Try 'cut --help' for more information.
cut: byte/character offset ‘99999999999999999999999’ is too large
Try 'cut --help' for more information.
cut: invalid field range
Try 'cut --help' for more information.
## END

#### cut: ranges
for l in 1 2- -2 2-3 1,3 3,1 1-2,2-3 1-2,3-4 5 1,4- 2-,1; do echo "$l"; echo abcde | cut -b $l; echo a:b:c:d | cut -d: -f $l; done
## STDOUT:
1
a
a
2-
bcde
b:c:d
-2
ab
a:b
2-3
bc
b:c
1,3
ac
a:c
3,1
ac
a:c
1-2,2-3
abc
a:b:c
1-2,3-4
abcd
a:b:c:d
5
e

1,4-
ade
a:d
2-,1
abcde
a:b:c:d
## END

#### cut: complement
echo abcde | cut --complement -c 2,4; echo a:b:c | cut -d: --complement -f 1; echo a:b:c | cut -d: --complement -f 1-; echo abc | cut --complement -b 1-
## STDOUT:
ace
b:c


## END

#### cut: output delimiter
echo abcde | cut -b 1-2,3,5 --output-delimiter=:; echo a:b:c | cut -d: -f 1,3 --output-delimiter=' - '; echo a:b:c | cut -d: -f 1,3 --output-delimiter= | tr '\0' '!'
## STDOUT:
ab:c:e
a - c
a!c
## END

#### cut: only delimited lines
printf 'a:b\nc\n\n:d\n' | cut -d: -f 1 -s; printf 'a:b\nc\n\n:d\n' | cut -d: -f 2
## STDOUT:
a

b
c

d
## END

#### cut: no final newline
printf 'a:b' | cut -d: -f 2; printf 'ab' | cut -c 1; printf 'a' | cut -f 1
## STDOUT:
b
a
a
## END

#### cut: characters are bytes
echo é日 | cut -c 1-2; echo é日 | cut -b 3-
## STDOUT:
é
日
## END

#### cut: lines as fields
printf 'a\nb\nc\n' | cut -d '
' -f 1,3
## STDOUT:
a
c
## END

#### cut: zero-terminated
printf 'a:b\0c:d\0' | cut -z -d: -f 2 | tr '\0' '\n'
## STDOUT:
b
d
## END

#### cut: blanks separate a list
echo abcde | cut -c '1 3'
## stdout: ac

#### cut: missing file and directory
echo a > a; cut -c1 nosuch a /; echo $?
## STDOUT:
a
1
## END
## STDERR:
cut: nosuch: No such file or directory
cut: /: Is a directory
## END

#### uniq: messages
for o in "-c -D" "--group -c" "--group=x" "-D --all-repeated=x" "-f x" "-w x" "-s -1" "a b c" "nosuch" "/" "--group -u"; do uniq $o < /dev/null; echo "$o $?"; done
## STDOUT:
-c -D 1
--group -c 1
--group=x 1
-D --all-repeated=x 1
-f x 1
-w x 1
-s -1 1
a b c 1
nosuch 1
/ 1
--group -u 1
## END
## STDERR:
uniq: printing all duplicated lines and repeat counts is meaningless
Try 'uniq --help' for more information.
uniq: --group is mutually exclusive with -c/-d/-D/-u
Try 'uniq --help' for more information.
uniq: invalid argument ‘x’ for ‘--group’
Valid arguments are:
  - ‘prepend’
  - ‘append’
  - ‘separate’
  - ‘both’
Try 'uniq --help' for more information.
uniq: invalid argument ‘x’ for ‘--all-repeated’
Valid arguments are:
  - ‘none’
  - ‘prepend’
  - ‘separate’
Try 'uniq --help' for more information.
uniq: x: invalid number of fields to skip
uniq: x: invalid number of bytes to compare
uniq: -1: invalid number of bytes to skip
uniq: extra operand ‘c’
Try 'uniq --help' for more information.
uniq: nosuch: No such file or directory
uniq: error reading '/'
uniq: --group is mutually exclusive with -c/-d/-D/-u
Try 'uniq --help' for more information.
## END

#### uniq: -c -d -u
printf 'a\na\nb\nc\nc\nc\n' > f; uniq f; uniq -c f; uniq -d f; uniq -u f; uniq -cd f; uniq -cu f; uniq -du f
## STDOUT:
a
b
c
      2 a
      1 b
      3 c
a
c
b
      2 a
      3 c
      1 b
## END

#### uniq: all repeated
printf 'a\na\nb\nc\nc\nc\n' > f; uniq -D f; uniq --all-repeated=prepend f; uniq --all-repeated=separate f; uniq -D -u f; echo; uniq -d -D f
## STDOUT:
a
a
c
c
c

a
a

c
c
c
a
a

c
c
c
a
c
c

a
a
c
c
c
## END

#### uniq: groups
printf 'a\na\nb\nc\nc\nc\n' > f; for m in separate prepend append both; do echo "[$m"; uniq --group=$m f; echo "]"; done; uniq --group < /dev/null
## STDOUT:
[separate
a
a

b

c
c
c
]
[prepend

a
a

b

c
c
c
]
[append
a
a

b

c
c
c

]
[both

a
a

b

c
c
c

]
## END

#### uniq: skipping and comparing
printf 'a b x\nc b x\nc  b x\n' | uniq -f 1; printf 'xab\nyab\nyac\n' | uniq -s 1; printf 'abc\nabd\n' | uniq -w 2; printf 'A\na\nB\n' | uniq -i; printf 'a bc\nd be\n' | uniq -f 1 -s 1 -w 1
## STDOUT:
a b x
c  b x
xab
yac
abc
A
B
a bc
## END

#### uniq: old forms
printf 'a b\nc b\n' | uniq -1; printf 'ab\ncb\n' | uniq +1
## STDOUT:
a b
ab
## END

#### uniq: into a file
printf 'a\na\n' > f; uniq f g; cat g; uniq f nosuch/g; echo $?
## STDOUT:
a
1
## END
## stderr: uniq: nosuch/g: No such file or directory

#### uniq: no final newline, zero-terminated
printf 'a\na' | uniq -c; printf 'a\0a\0b' | uniq -z | tr '\0' '\n'
## STDOUT:
      2 a
a
b
## END

#### uniq: a long input
seq 100000 | uniq | wc -l; yes | head -n 100000 | uniq -c
## STDOUT:
100000
 100000 y
## END

#### tr: messages
for o in "" "a" "a b c" "-d" "-d a b" "-ds a" "-s" "-s a b c" "z-a b" "[=ab=] x" "a [=b=]" "a [x*y]" "a [b*09]" "-d a [b*]"; do set -f; echo x | tr $o; echo "$o $?"; done
## STDOUT:
 1
a 1
a b c 1
-d 1
-d a b 1
-ds a 1
-s 1
-s a b c 1
z-a b 1
[=ab=] x 1
a [=b=] 1
a [x*y] 1
a [b*09] 1
-d a [b*] 1
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
tr: missing operand after ‘a’
Two strings must be given when both deleting and squeezing repeats.
Try 'tr --help' for more information.
tr: missing operand
Try 'tr --help' for more information.
tr: extra operand ‘c’
Try 'tr --help' for more information.
tr: range-endpoints of 'z-a' are in reverse collating sequence order
tr: ab: equivalence class operand must be a single character
tr: [=c=] expressions may not appear in string2 when translating
tr: invalid repeat count ‘y’ in [c*n] construct
tr: invalid repeat count ‘09’ in [c*n] construct
tr: extra operand ‘[b*]’
Only one string may be given when deleting without squeezing repeats.
Try 'tr --help' for more information.
## END

#### tr: class messages
echo x | tr '[:foo:]' b; echo x | tr '[::]' b; echo x | tr '[==]' b; echo x | tr '[:alpha:]' '[:upper:]'; echo x | tr a '[:alpha:]'; echo x | tr abc '[:lower:]'; echo x | tr a-z '[:upper:]'
## status: 1
## STDERR:
tr: invalid character class ‘foo’
tr: missing character class name '[::]'
tr: missing equivalence class character '[==]'
tr: misaligned [:upper:] and/or [:lower:] construct
tr: when translating, the only character classes that may appear in
string2 are 'upper' and 'lower'
tr: misaligned [:upper:] and/or [:lower:] construct
tr: misaligned [:upper:] and/or [:lower:] construct
## END

#### tr: complement messages
echo xY | tr -c '[:upper:]' ab; echo xY | tr -c '[:upper:]' '[:lower:]'; echo xY | tr -c '[:upper:]' x; echo; echo x | tr a ''; echo x | tr -t x ''; echo x | tr '[a*]' b; echo x | tr a '[b*][c*]'; echo $?
## STDOUT:
xYx
x
1
## END
## STDERR:
tr: when translating with complemented character classes,
string2 must map all characters in the domain to one
tr: when translating with string1 longer than string2,
the latter string must not end with a character class
tr: when not truncating set1, string2 must be non-empty
tr: the [c*] repeat construct may not appear in string1
tr: only one [c*] repeat construct may appear in string2
## END

#### tr: backslashes
printf 'a\\b\tc\n' | tr '\\\t' '/_'; echo abc | tr a '\'; echo 'a b0' | tr '\400' xy; printf 'a[b-c\n' | tr '\[\-' 'xy'; echo 'a-z' | tr 'a\-z' 123
## STDOUT:
a/b_c
\bc
axby
axbyc
123
## END
## STDERR:
tr: warning: an unescaped backslash at end of string is not portable
tr: warning: the ambiguous octal escape \400 is being
	interpreted as the 2-byte sequence \040, 0
## END

#### tr: repeats
echo abcdef | tr a-f 'x[y*3]z[w*]'; echo abcdef | tr a-f '[x*2]y'; echo abc | tr abc '[x*010]'; echo 'a*]' | tr '[a*]' x; echo 'a[b' | tr '[' x
## STDOUT:
xyyyzw
xxyyyy
xxx
axb
## END
## stderr: tr: the [c*] repeat construct may not appear in string1

#### tr: brackets that are no class
echo 'a:[]b' | tr '[:]' xyz; echo '[:x' | tr '[:' 'ab'; echo 'a]b' | tr ']' x; echo 'q-r' | tr 'a-' 'xy'; echo 'q-r' | tr -- '-q' 'xy'
## STDOUT:
ayxzb
abx
axb
qyr
yxr
## END

#### tr: case
echo 'Hello é' | tr '[:lower:]' '[:upper:]'; echo 'Hello' | tr '[:upper:][:lower:]' '[:lower:][:upper:]'; echo Hello | tr a-z A-Z; echo Hello | tr '[:lower:]' '[:lower:]'; echo aBc | tr -s '[:upper:]' '[:lower:]'
## STDOUT:
HELLO é
hELLO
HELLO
Hello
abc
## END

#### tr: -d -s -c together
echo 'aabbccdd' | tr -s a-c; echo 'aabbccdd' | tr -s ab xx; echo 'a1b22c' | tr -ds 0-9 a-z; echo 'aab  b' | tr -cs '[:alnum:]' '\n'; echo 'a1b2' | tr -cd '[:digit:]\n'; echo aabb1122 | tr -dcs 'a-z\n' a
## STDOUT:
abcdd
xccdd
abc
aab
b
12
abb
## END

#### tr: all classes
for c in alnum alpha blank cntrl digit graph lower print punct space upper xdigit; do printf '%s ' $c; seq 0 255 | while read -r n; do printf "\\$(printf %o $n)"; done | tr -cd "[:$c:]" | cat -v; echo; done
## stdout-json: "alnum 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\nalpha ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\nblank \t \ncntrl ^@^A^B^C^D^E^F^G^H\t\n^K^L^M^N^O^P^Q^R^S^T^U^V^W^X^Y^Z^[^\\^]^^^_^?\ndigit 0123456789\ngraph !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\nlower abcdefghijklmnopqrstuvwxyz\nprint  !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\npunct !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\nspace \t\n^K^L^M \nupper ABCDEFGHIJKLMNOPQRSTUVWXYZ\nxdigit 0123456789ABCDEFabcdef\n"
