# sort: key definitions, messages, orders, checks, merges

#### messages about keys
for k in x 0 1.0 1,0 1.x 1x 1,x 1,2x -1 1, 1.1.1 1,1V,2 ''; do echo a | sort -k "$k"; echo "$k $?"; done
## STDOUT:
x 2
0 2
1.0 2
1,0 2
1.x 2
1x 2
1,x 2
1,2x 2
-1 2
1, 2
1.1.1 2
1,1V,2 2
 2
## END
## STDERR:
sort: invalid number at field start: invalid count at start of ‘x’
sort: field number is zero: invalid field specification ‘0’
sort: character offset is zero: invalid field specification ‘1.0’
sort: field number is zero: invalid field specification ‘1,0’
sort: invalid number after '.': invalid count at start of ‘x’
sort: stray character in field spec: invalid field specification ‘1x’
sort: invalid number after ',': invalid count at start of ‘x’
sort: stray character in field spec: invalid field specification ‘1,2x’
sort: invalid number at field start: invalid count at start of ‘-1’
sort: invalid number after ',': invalid count at start of ‘’
sort: stray character in field spec: invalid field specification ‘1.1.1’
sort: stray character in field spec: invalid field specification ‘1,1V,2’
sort: invalid number at field start: invalid count at start of ‘’
## END

#### messages about orders
for o in -gn -nh -Mn -nd -ni -nR -Rg -fdn -Mg -hV -gnV "-k1n -k2,2gn" "-k1i,1n"; do echo a | sort $o; echo "$o $?"; done; echo a | sort -dV; echo a | sort -RV; echo a | sort -di
## STDOUT:
-gn 2
-nh 2
-Mn 2
-nd 2
-ni 2
-nR 2
-Rg 2
-fdn 2
-Mg 2
-hV 2
-gnV 2
-k1n -k2,2gn 2
-k1i,1n 2
a
a
a
## END
## STDERR:
sort: options '-gn' are incompatible
sort: options '-hn' are incompatible
sort: options '-Mn' are incompatible
sort: options '-dn' are incompatible
sort: options '-in' are incompatible
sort: options '-nR' are incompatible
sort: options '-gR' are incompatible
sort: options '-dfn' are incompatible
sort: options '-gM' are incompatible
sort: options '-hV' are incompatible
sort: options '-gnV' are incompatible
sort: options '-gn' are incompatible
sort: options '-in' are incompatible
## END

#### messages about options
echo a > f; for o in "-t ab" "-t a -t b" "-S x" "-S 10X" "-S 10%" "-o nosuch/x" "-c f f" "-C f f" "-cC" "-co x" "-o x -o y" "--batch-size=1" "--batch-size=x" "--parallel=0" "--check=x" "--files0-from=nosuch" "--files0-from=f f"; do sort $o < f; echo "$o $?"; done; sort -t '' f
## status: 2
## STDOUT:
-t ab 2
-t a -t b 2
-S x 2
-S 10X 2
a
-S 10% 0
-o nosuch/x 2
-c f f 2
-C f f 2
-cC 2
-co x 2
-o x -o y 2
--batch-size=1 2
--batch-size=x 2
--parallel=0 2
--check=x 1
--files0-from=nosuch 2
--files0-from=f f 2
## END
## STDERR:
sort: multi-character tab ‘ab’
sort: incompatible tabs
sort: invalid -S argument 'x'
sort: invalid suffix in -S argument '10X'
sort: open failed: nosuch/x: No such file or directory
sort: extra operand 'f' not allowed with -c
sort: extra operand 'f' not allowed with -C
sort: options '-cC' are incompatible
sort: options '-co' are incompatible
sort: multiple output files specified
sort: invalid --batch-size argument ‘1’
sort: minimum --batch-size argument is ‘2’
sort: invalid --batch-size argument 'x'
sort: number in parallel must be nonzero
sort: invalid argument ‘x’ for ‘--check’
Valid arguments are:
  - ‘quiet’, ‘silent’
  - ‘diagnose-first’
Try 'sort --help' for more information.
sort: open failed: nosuch: No such file or directory
sort: extra operand 'f'
file operands cannot be combined with --files0-from
Try 'sort --help' for more information.
sort: empty tab
## END

#### missing files and directories
echo a > f; sort f nosuch; echo $?; sort /; echo $?; sort -m f nosuch; echo $?; sort -c nosuch; echo $?
## STDOUT:
2
2
2
2
## END
## STDERR:
sort: cannot read: nosuch: No such file or directory
sort: read failed: /: Is a directory
sort: cannot read: nosuch: No such file or directory
sort: open failed: nosuch: No such file or directory
## END

#### keys with blanks
printf 'a  2\nb 10\nc    1\n' > f; for k in 2 2b 2,2 2n 2.2 2.2b 2b,2 2.1b,2.1b 2nr; do echo "$k"; sort -k $k f; done
## STDOUT:
2
c    1
a  2
b 10
2b
c    1
b 10
a  2
2,2
c    1
a  2
b 10
2n
c    1
a  2
b 10
2.2
c    1
a  2
b 10
2.2b
a  2
c    1
b 10
2b,2
c    1
b 10
a  2
2.1b,2.1b
b 10
c    1
a  2
2nr
b 10
a  2
c    1
## END

#### keys with a separator
printf 'x:3:b\ny::a\nz:1:c\n:2:\n' > f; for k in 2 2,2 2n 3 3,3r 2.1,2.1 1.2 4 2,3; do echo "$k"; sort -t: -k $k f; done
## STDOUT:
2
z:1:c
:2:
x:3:b
y::a
2,2
y::a
z:1:c
:2:
x:3:b
2n
y::a
z:1:c
:2:
x:3:b
3
:2:
y::a
x:3:b
z:1:c
3,3r
z:1:c
x:3:b
y::a
:2:
2.1,2.1
z:1:c
:2:
x:3:b
y::a
1.2
:2:
z:1:c
x:3:b
y::a
4
:2:
x:3:b
y::a
z:1:c
2,3
z:1:c
:2:
x:3:b
y::a
## END

#### several keys
printf 'a 2 x\nb 1 x\na 1 y\nb 2 y\n' > f; sort -k3,3 -k2,2nr f; sort -k1,1r -k2n f; sort -rk1,1 f; sort -s -k3,3r f
## STDOUT:
a 2 x
b 1 x
b 2 y
a 1 y
b 1 x
b 2 y
a 1 y
a 2 x
b 2 y
b 1 x
a 2 x
a 1 y
a 1 y
b 2 y
a 2 x
b 1 x
## END

#### key options override the global ones
printf 'b 10\na 9\nB 9\n' > f; sort -f -k1,1 f; sort -r -k2,2n f; sort -n -k2,2 f; sort -r -k2,2 f; sort -b -k2,2 f; sort -rn -k2b,2 f
## STDOUT:
a 9
B 9
b 10
a 9
B 9
b 10
B 9
a 9
b 10
a 9
B 9
b 10
b 10
B 9
a 9
b 10
a 9
B 9
## END

#### numbers
printf '%s\n' 10 9 -1 -10 0 -0 '' x 1.5 1.50 1.25 01 ' 3' +4 1e3 .5 -.5 99999999999999999999999 100000000000000000000000 '- 1' 0.0001 > f; sort -n f; echo; sort -nr f; echo; sort -ns f; echo; sort -nu f
## STDOUT:
-10
-1
-.5

+4
- 1
-0
0
x
0.0001
.5
01
1e3
1.25
1.5
1.50
 3
9
10
99999999999999999999999
100000000000000000000000

100000000000000000000000
99999999999999999999999
10
9
 3
1.50
1.5
1.25
1e3
01
.5
0.0001
x
0
-0
- 1
+4

-.5
-1
-10

-10
-1
-.5
0
-0

x
+4
- 1
0.0001
.5
01
1e3
1.25
1.5
1.50
 3
9
10
99999999999999999999999
100000000000000000000000

-10
-1
-.5
0
0.0001
.5
01
1.25
1.5
 3
9
10
99999999999999999999999
100000000000000000000000
## END

#### general numbers
printf '%s\n' 1e3 1E-2 0x10 inf -inf nan x '' -5 1.5e1 ' 7' +8 100000000000000000000 > f; sort -g f; echo; sort -gu f
## STDOUT:

x
nan
-inf
-5
1E-2
 7
+8
1.5e1
0x10
1e3
100000000000000000000
inf

x
nan
-inf
-5
1E-2
 7
+8
1.5e1
0x10
1e3
100000000000000000000
inf
## END

#### human numbers
printf '%s\n' 1K 1M 2k 1000 1023 -1M -1K 0G 0 1.5K 3 10T x 1Ki > f; sort -h f; sort -hr f
## STDOUT:
-1M
-1K
0
0G
x
3
1000
1023
1K
1Ki
1.5K
2k
1M
10T
10T
1M
2k
1.5K
1Ki
1K
1023
1000
3
x
0G
0
-1K
-1M
## END

#### months
printf '%s\n' mar JAN Feb xyz '' 'dec 1' ' apr' Ju JUL SEPT > f; sort -M f
## STDOUT:

Ju
xyz
JAN
Feb
mar
 apr
JUL
SEPT
dec 1
## END

#### versions
printf '%s\n' a10 a2 a1.10 a1.9 a1.tar.gz a-1 a~ a .b b.c 1.0~rc1 1.0 1.0-1 1.0+b '' a02 a002 > f; sort -V f; sort -Vr f
## STDOUT:

.b
1.0~rc1
1.0
1.0+b
1.0-1
a~
a
a1.tar.gz
a1.9
a1.10
a002
a02
a2
a10
a-1
b.c
b.c
a-1
a10
a2
a02
a002
a1.10
a1.9
a1.tar.gz
a
a~
1.0-1
1.0+b
1.0
1.0~rc1
.b

## END

#### dictionary order, folding, printable
printf '%s\n' a-b ab 'a b' A-c aB é ab. > f; sort -d f; echo; sort -f f; echo; sort -df f; echo; sort -i f; echo; sort -fu f; echo; sort -fs f
## STDOUT:
é
A-c
a b
aB
a-b
ab
ab.

a b
a-b
A-c
aB
ab
ab.
é

é
a b
a-b
aB
ab
ab.
A-c

é
A-c
a b
a-b
aB
ab
ab.

a b
a-b
A-c
ab
ab.
é

a b
a-b
A-c
ab
aB
ab.
é
## END

#### unique
printf '1 a\n1 b\n2 a\n1 a\n' > f; sort -u f; sort -u -k1,1 f; sort -un f; sort -ru -k1,1 f; sort -u -k2 f
## STDOUT:
1 a
1 b
2 a
1 a
2 a
1 a
2 a
2 a
1 a
1 a
1 b
## END

#### checks
printf 'a\nb\nb\na\n' > f; sort -c f; echo $?; sort -C f; echo $?; sort -cu f; echo $?; sort -cr f; echo $?; sort -c < f; echo $?; head -n 3 f | sort -c; echo $?; sort --check=quiet f; echo $?; printf '1\n02\n3' | sort -cn; echo $?
## STDOUT:
1
1
1
1
1
0
1
0
## END
## STDERR:
sort: f:4: disorder: a
sort: f:3: disorder: b
sort: f:2: disorder: b
sort: -:4: disorder: a
## END

#### merges
printf 'a\nc\ne\n' > a; printf 'b\nc\nf' > b; sort -m a b; sort -mu a b; sort -m a b - < a; printf 'z\na\n' | sort -m - b; sort -mr a b
## STDOUT:
a
b
c
c
e
f
a
b
c
e
f
a
a
b
c
c
c
e
e
f
b
c
f
z
a
b
c
f
a
c
e
## END

#### output into an input
printf 'b\na\n' > f; sort f -o f; cat f; sort -r -o f f f; cat f; sort -o f f; printf 'a\n' > g; sort -m -o f g f; cat f
## STDOUT:
a
b
b
b
a
a
a
a
a
b
b
## END

#### no final newline, empty lines, zero-terminated
printf 'b\n\na' | sort; printf 'b\0a\0\0' | sort -z | tr '\0' '\n'; printf 'b\na\0a\nb' | sort -z | tr '\0' ';'; printf '' | sort
## stdout-json: "\na\nb\n\na\nb\na\nb;b\na;"

#### old keys
printf 'a 2 x\nb 1 y\nc 3 w\n' > f; sort +1 f; sort +1 -2 f; sort +2 f; sort +1n f; sort +0.1 f; sort -r +1n -2 f
## STDOUT:
b 1 y
a 2 x
c 3 w
b 1 y
a 2 x
c 3 w
c 3 w
a 2 x
b 1 y
b 1 y
a 2 x
c 3 w
b 1 y
a 2 x
c 3 w
b 1 y
a 2 x
c 3 w
## END

#### long options
printf 'b 1\na 2\n' > f; sort --key=2 --reverse f; sort --sort=numeric -k2 f; sort --field-separator=' ' --key 2nr f; sort --output=g f; cat g
## STDOUT:
a 2
b 1
b 1
a 2
a 2
b 1
a 2
b 1
## END

#### many lines
seq 20000 | sort -r | head -n 3; seq 20000 | sort -rn | tail -n 2; seq 20000 | sort -R | sort -n | tail -n 1; seq 30000 | sort -k1.3,1.4 -s | head -n 3; seq 30000 | sort -k1.3n | tail -n 3
## STDOUT:
9999
9998
9997
2
1
20000
1
2
3
27999
28999
29999
## END

#### random order keeps equal keys together
printf 'a\nb\na\nb\na\n' | sort -R | uniq -c | sort
## STDOUT:
      2 b
      3 a
## END

#### names from a file
printf 'b\n' > x; printf 'a\n' > y; printf 'x\0y\0' > l; sort --files0-from=l; printf 'x\0\0' | sort --files0-from=-; echo $?; sort --files0-from=/dev/null; echo $?
## STDOUT:
a
b
2
2
## END
## STDERR:
sort: -:2: invalid zero-length file name
sort: no input from '/dev/null'
## END

#### bytes above ASCII
printf 'é\nz\n\377\n日\na\n' | sort | wc -c; printf 'é\nz\n日\na\n' | sort
## STDOUT:
13
a
z
é
日
## END

#### -R takes a source
printf 'a\nb\n' | sort -R --random-source=nosuch; echo $?
## stdout: 2
## stderr: sort: open failed: nosuch: No such file or directory
