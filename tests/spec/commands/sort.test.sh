# sort uniq cut

#### sort
printf 'b\na\nc\n' | sort
## STDOUT:
a
b
c
## END

#### sort -r
printf 'b\na\nc\n' | sort -r
## STDOUT:
c
b
a
## END

#### sort -n
printf '10\n9\n-1\n2.5\nx\n\n1e3\n' | sort -n
## STDOUT:
-1

x
1e3
2.5
9
10
## END

#### sort as text
printf '10\n9\n100\n' | sort
## STDOUT:
10
100
9
## END

#### sort bytes
printf 'a\nB\nA\nb\n_\n1\n' | sort
## STDOUT:
1
A
B
_
a
b
## END

#### sort -f
printf 'b\nA\na\nB\n' | sort -f
## STDOUT:
A
a
B
b
## END

#### sort -u
printf 'b\na\nb\na\n' | sort -u; printf '1\n01\n1.0\n' | sort -nu; printf 'A\na\n' | sort -fu
## STDOUT:
a
b
1
A
## END

#### sort -k
printf 'a 3\nb 1\nc 2\n' | sort -k 2; printf 'a 10\nb 9\n' | sort -k2n; printf 'x 1 b\ny 1 a\n' | sort -k2,2 -k3,3
## STDOUT:
b 1
c 2
a 3
b 9
a 10
y 1 a
x 1 b
## END

#### sort -k with reverse
printf 'a 1\nb 2\nc 1\n' | sort -k2,2nr -k1,1r
## STDOUT:
b 2
c 1
a 1
## END

#### sort -t
printf 'a:3\nb:1\n' | sort -t: -k2; printf 'a,b,3\nc,d,1\n' | sort -t , -k 3n
## STDOUT:
b:1
a:3
c,d,1
a,b,3
## END

#### sort -k with characters
printf 'ab3\nac1\nad2\n' | sort -k 1.3; printf 'a x9\nb x1\n' | sort -k 2.2,2.3
## STDOUT:
ac1
ad2
ab3
b x1
a x9
## END

#### sort -b
printf 'a   2\nb 1\n' | sort -k2b; printf '  b\na\n' | sort -b
## STDOUT:
b 1
a   2
a
  b
## END

#### sort -s is stable
printf 'b 1\na 1\nc 0\n' | sort -s -k2,2
## STDOUT:
c 0
b 1
a 1
## END

#### last resort comparison
printf 'b 1\na 1\nc 0\n' | sort -k2,2
## STDOUT:
c 0
a 1
b 1
## END

#### sort -c
printf 'a\nb\n' | sort -c; echo $?; printf 'b\na\n' | sort -c; echo $?; printf 'a\na\n' | sort -cu; echo $?; printf 'b\na\n' | sort -C; echo $?
## STDOUT:
0
1
1
1
## END
## STDERR:
sort: -:2: disorder: a
sort: -:2: disorder: a
## END

#### sort -c names the file
printf 'b\na\n' > f; sort -c f; echo $?
## stdout: 1
## stderr: sort: f:2: disorder: a

#### sort -o
printf 'b\na\n' > f; sort -o f f; cat f; sort f -o g; cat g
## STDOUT:
a
b
a
b
## END

#### sort -m
printf 'a\nc\n' > x; printf 'b\nd\n' > y; sort -m x y
## STDOUT:
a
b
c
d
## END

#### sort several files
echo b > x; echo a > y; sort x y
## STDOUT:
a
b
## END

#### sort -h
printf '2K\n1M\n3\n1G\n500\n' | sort -h
## STDOUT:
3
500
2K
1M
1G
## END

#### sort -V
printf 'v1.10\nv1.9\nv1.2\nv2\n' | sort -V
## STDOUT:
v1.2
v1.9
v1.10
v2
## END

#### sort -M
printf 'mar\nJAN\nfeb\nxxx\ndec\n' | sort -M
## STDOUT:
xxx
JAN
feb
mar
dec
## END

#### sort -g
printf '1e3\n10\n-1e-2\n0x10\nnan\n' | sort -g
## STDOUT:
nan
-1e-2
10
0x10
1e3
## END

#### sort -d and -i
printf 'b-a\nba\n-c\n' | sort -d; printf 'a\001b\naa\n' | sort -i
## stdout-json: "b-a\nba\n-c\naa\na\u0001b\n"

#### sort -R keeps the lines
seq 5 | sort -R | sort
## STDOUT:
1
2
3
4
5
## END

#### sort -z
printf 'b\0a\0' | sort -z
## stdout-json: "a\u0000b\u0000"

#### sort without a final newline
printf 'b\na' | sort
## STDOUT:
a
b
## END

#### sort empty input
sort < /dev/null; printf '\n\na\n' | sort
## STDOUT:


a
## END

#### sort of a missing file
sort nosuch; echo $?
## stdout: 2
## stderr: sort: cannot read: nosuch: No such file or directory

#### sort of a directory
mkdir d; sort d; echo $?
## stdout: 2
## stderr: sort: read failed: d: Is a directory

#### sort unknown option
sort -Z; echo $?
## stdout: 2
## STDERR:
sort: invalid option -- 'Z'
Try 'sort --help' for more information.
## END

#### sort bad key
sort -k 0; echo $?; sort -k x; echo $?; sort -k 1.0; echo $?; sort -k ''; echo $?
## STDOUT:
2
2
2
2
## END
## STDERR:
sort: field number is zero: invalid field specification ‘0’
sort: invalid number at field start: invalid count at start of ‘x’
sort: character offset is zero: invalid field specification ‘1.0’
sort: invalid number at field start: invalid count at start of ‘’
## END

#### sort bad separator
sort -t ab; echo $?; sort -t ''; echo $?
## STDOUT:
2
2
## END
## STDERR:
sort: multi-character tab ‘ab’
sort: empty tab
## END

#### sort incompatible options
sort -nM < /dev/null; echo $?; sort -c a b; echo $?
## STDOUT:
2
2
## END
## STDERR:
sort: options '-Mn' are incompatible
sort: extra operand 'b' not allowed with -c
## END

#### sort -t with a tab
printf 'a\t2\nb\t1\n' | sort -t $'\t' -k2n
## STDOUT:
b	1
a	2
## END

#### sort empty fields
printf ':b\na:\n:a\n' | sort -t: -k2
## STDOUT:
a:
:a
:b
## END

#### sort numbers with blanks and signs
printf ' 5\n+3\n-2\n 1\n' | sort -n
## STDOUT:
-2
+3
 1
 5
## END

#### sort large numbers
printf '99999999999999999999\n100000000000000000000\n-99999999999999999999\n' | sort -n
## STDOUT:
-99999999999999999999
99999999999999999999
100000000000000000000
## END

#### sort decimals
printf '1.5\n1.25\n1.125\n.5\n-.5\n' | sort -n
## STDOUT:
-.5
.5
1.125
1.25
1.5
## END

#### sort thousands
seq 5000 | sort -n -r | head -n 2; seq 5000 | sort | tail -n 1
## STDOUT:
5000
4999
999
## END

#### sort non-ASCII and invalid bytes
printf 'é\nz\n\377\na\n' | sort
## stdout-json: "a\nz\né\n\xff\n"

#### sort -r with equal keys
printf 'a 1\nb 1\n' | sort -r -k2,2; printf 'a 1\nb 1\n' | sort -rs -k2,2
## STDOUT:
b 1
a 1
a 1
b 1
## END

#### sort long options
printf '2\n10\n' | sort --numeric-sort --reverse; printf 'a:2\nb:1\n' | sort --field-separator=: --key=2
## STDOUT:
10
2
b:1
a:2
## END

#### sort -u with a key
printf 'a 1\nb 1\nc 2\n' | sort -u -k2,2
## STDOUT:
a 1
c 2
## END

#### sort merges options into keys
printf 'B 2\na 10\n' | sort -n -k2; printf 'B\na\n' | sort -k1,1f
## STDOUT:
B 2
a 10
a
B
## END

#### sort --debug is accepted
echo a | sort --debug 2>/dev/null | head -n 1
## stdout: a

#### sort reads dash as input
echo b > f; echo a | sort - f
## STDOUT:
a
b
## END

#### sort -S and -T are accepted
printf 'b\na\n' | sort -S 1M -T .
## STDOUT:
a
b
## END

#### sort --parallel
printf 'b\na\n' | sort --parallel=2
## STDOUT:
a
b
## END

#### sort -k 2 with leading blanks
printf 'a  b\na c\n' | sort -k2; printf 'a  b\na c\n' | sort -k2 -b
## STDOUT:
a  b
a c
a  b
a c
## END

#### uniq
printf 'a\na\nb\na\n' | uniq
## STDOUT:
a
b
a
## END

#### uniq -c
printf 'a\na\nb\n' | uniq -c
## STDOUT:
      2 a
      1 b
## END

#### uniq -d and -u
printf 'a\na\nb\nc\nc\nc\n' | uniq -d; printf 'a\na\nb\n' | uniq -u; printf 'a\na\nb\n' | uniq -D
## STDOUT:
a
c
b
a
a
## END

#### uniq -i
printf 'a\nA\nb\n' | uniq -i
## STDOUT:
a
b
## END

#### uniq -f and -s and -w
printf '1 a\n2 a\n3 b\n' | uniq -f 1; printf 'xa\nya\nzb\n' | uniq -s 1; printf 'abc\nabd\nb\n' | uniq -w 2
## STDOUT:
1 a
3 b
xa
zb
abc
b
## END

#### uniq input and output
printf 'a\na\n' > f; uniq f g; cat g
## stdout: a

#### uniq --group
printf 'a\na\nb\n' | uniq --group; printf 'a\nb\n' | uniq --group=both
## STDOUT:
a
a

b

a

b

## END

#### uniq -z
printf 'a\0a\0b\0' | uniq -z
## stdout-json: "a\u0000b\u0000"

#### uniq without a final newline
printf 'a\na' | uniq -c
## STDOUT:
      2 a
## END

#### uniq of a missing file
uniq nosuch; echo $?
## stdout: 1
## stderr: uniq: nosuch: No such file or directory

#### uniq too many operands
uniq a b c; echo $?
## stdout: 1
## STDERR:
uniq: extra operand ‘c’
Try 'uniq --help' for more information.
## END

#### uniq bad numbers
uniq -f x; echo $?; uniq -w ''; echo $?
## STDOUT:
1
1
## END
## STDERR:
uniq: x: invalid number of fields to skip
uniq: : invalid number of bytes to compare
## END

#### uniq unknown option
uniq -Z; echo $?
## stdout: 1
## STDERR:
uniq: invalid option -- 'Z'
Try 'uniq --help' for more information.
## END

#### uniq empty input
uniq < /dev/null; printf '\n\n' | uniq -c
## stdout-json: "      2 \n"

#### uniq -cd
printf 'a\na\nb\n' | uniq -cd; printf 'a\na\nb\n' | uniq -cu; printf 'a\na\n' | uniq -cD; echo $?
## STDOUT:
      2 a
      1 b
1
## END
## STDERR:
uniq: printing all duplicated lines and repeat counts is meaningless
Try 'uniq --help' for more information.
## END

#### uniq --all-repeated
printf 'a\na\nb\nc\nc\n' | uniq --all-repeated=separate; printf 'a\na\n' | uniq --all-repeated=prepend; uniq --all-repeated=x; echo $?
## STDOUT:
a
a

c
c

a
a
1
## END
## STDERR:
uniq: invalid argument ‘x’ for ‘--all-repeated’
Valid arguments are:
  - ‘none’
  - ‘prepend’
  - ‘separate’
Try 'uniq --help' for more information.
## END

#### word count idiom
printf 'the cat the dog the end\n' | tr ' ' '\n' | sort | uniq -c | sort -k1,1nr -k2
## STDOUT:
      3 the
      1 cat
      1 dog
      1 end
## END

#### cut -f
printf 'a\tb\tc\n' | cut -f 2; printf 'a\tb\tc\n' | cut -f 1,3; printf 'a\tb\tc\n' | cut -f 2-; printf 'a\tb\tc\n' | cut -f -2
## STDOUT:
b
a	c
b	c
a	b
## END

#### cut -d
echo a:b:c | cut -d: -f 2; echo a:b:c | cut -d : -f 1,3; echo 'a b' | cut -d ' ' -f 2
## STDOUT:
b
a:c
b
## END

#### cut keeps lines without delimiter
printf 'nodelim\na:b\n' | cut -d: -f 2; printf 'nodelim\na:b\n' | cut -d: -f 2 -s
## STDOUT:
nodelim
b
b
## END

#### cut -c
echo abcdef | cut -c 2; echo abcdef | cut -c 2-4; echo abcdef | cut -c -2,5-; echo abcdef | cut -c 1,1,3
## STDOUT:
b
bcd
abef
ac
## END

#### cut -b
echo abcdef | cut -b 2-3; printf 'é\n' | cut -b 1
## stdout-json: "bc\n\xc3\n"

#### cut fields beyond the end
echo a:b | cut -d: -f 5; echo ab | cut -c 5; echo a:b | cut -d: -f 2-9
## STDOUT:


b
## END

#### cut --complement
echo abcdef | cut -c 2-4 --complement; echo a:b:c | cut -d: -f 2 --complement
## STDOUT:
aef
a:c
## END

#### cut --output-delimiter
echo a:b:c | cut -d: -f 1,3 --output-delimiter=-; echo a:b:c | cut -d: -f 1- --output-delimiter=' | '; echo abcdef | cut -c 1-2,4-5 --output-delimiter=_
## STDOUT:
a-c
a | b | c
ab_de
## END

#### cut order does not matter
echo a:b:c | cut -d: -f 3,1
## stdout: a:c

#### cut without a list
cut; echo $?; cut -d:; echo $?
## STDOUT:
1
1
## END
## STDERR:
cut: you must specify a list of bytes, characters, or fields
Try 'cut --help' for more information.
cut: you must specify a list of bytes, characters, or fields
Try 'cut --help' for more information.
## END

#### cut bad lists
cut -f 0; echo $?; cut -f a; echo $?; cut -f 3-2; echo $?; cut -f -; echo $?; cut -c ''; echo $?; cut -f 1,,2; echo $?
## STDOUT:
1
1
1
1
1
1
## END
## STDERR:
cut: fields are numbered from 1
Try 'cut --help' for more information.
cut: invalid field value ‘a’
Try 'cut --help' for more information.
cut: invalid decreasing range
Try 'cut --help' for more information.
cut: invalid range with no endpoint: -
Try 'cut --help' for more information.
cut: byte/character positions are numbered from 1
Try 'cut --help' for more information.
cut: fields are numbered from 1
Try 'cut --help' for more information.
## END

#### cut two kinds
cut -f 1 -c 1; echo $?
## stdout: 1
## STDERR:
cut: only one list may be specified
Try 'cut --help' for more information.
## END

#### cut delimiter only with fields
cut -d: -c 1; echo $?; cut -s -c 1; echo $?
## STDOUT:
1
1
## END
## STDERR:
cut: an input delimiter may be specified only when operating on fields
Try 'cut --help' for more information.
cut: suppressing non-delimited lines makes sense
	only when operating on fields
Try 'cut --help' for more information.
## END

#### cut delimiter of two characters
cut -d ab -f 1; echo $?
## stdout: 1
## STDERR:
cut: the delimiter must be a single character
Try 'cut --help' for more information.
## END

#### cut empty delimiter
printf 'a\0b\n' | cut -d '' -f 2
## stdout: b

#### cut of files
echo a:1 > x; echo b:2 > y; cut -d: -f 2 x y; cut -f 1 nosuch x; echo $?
## STDOUT:
1
2
a:1
1
## END
## stderr: cut: nosuch: No such file or directory

#### cut without a final newline
printf 'a:b' | cut -d: -f 2
## stdout: b

#### cut -z
printf 'a:b\0c:d\0' | cut -z -d: -f 1
## stdout-json: "a\u0000c\u0000"

#### cut empty lines
printf '\na\tb\n\n' | cut -f 1; printf '\n\n' | cut -f 1 -s
## STDOUT:

a

## END

#### cut unknown option
cut -Z; echo $?
## stdout: 1
## STDERR:
cut: invalid option -- 'Z'
Try 'cut --help' for more information.
## END

#### cut -n is accepted
echo abc | cut -n -b 1-2
## stdout: ab

#### cut a directory
mkdir d; cut -f 1 d; echo $?
## stdout: 1
## stderr: cut: d: Is a directory

#### cut with a newline as delimiter
printf 'a\nb\nc\n' | cut -d $'\n' -f 2
## stdout: b

#### passwd idiom
printf 'root:x:0:0\nme:x:1:1\n' | cut -d: -f1,3
## STDOUT:
root:0
me:1
## END
