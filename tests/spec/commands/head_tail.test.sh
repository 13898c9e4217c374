# head and tail: numbers, old forms, all but the last, long lines, following

#### head: bad and large numbers
for n in 99999999999999999999 -99999999999999999999 --5 0x2 2b3 "1 " K; do seq 3 | head -n "$n"; echo "$n $?"; done
## STDOUT:
99999999999999999999 1
-99999999999999999999 1
--5 1
0x2 1
2b3 1
1  1
1
2
3
K 0
## END
## STDERR:
head: invalid number of lines: ‘99999999999999999999’: Value too large for defined data type
head: invalid number of lines: ‘99999999999999999999’: Value too large for defined data type
head: invalid number of lines: ‘-5’
head: invalid number of lines: ‘0x2’
head: invalid number of lines: ‘2b3’
head: invalid number of lines: ‘1 ’
## END

#### head: units
for n in 1 b k 1b 1kB 1K 1KiB 1m; do head -c "$n" /dev/zero | wc -c; done
## STDOUT:
1
512
1024
512
1000
1024
1024
1048576
## END

#### head: old forms
seq 9 > f
for o in -5x -3q -3cv -2v -1b -1k -1l -3z; do head $o f | head -n 4; done
## STDOUT:
1
2
3
==> f <==
1
2==> f <==
1
2
1
2
3
4
1
2
3
4
1
1
2
3
4
## END
## STDERR:
head: invalid trailing option -- x
Try 'head --help' for more information.
## END

#### head: a digit among the options
seq 3 > f; head -n1 -2 f; echo $?; head f -2; echo $?; head -2 -n1 f
## STDOUT:
1
1
1
## END
## STDERR:
head: invalid trailing option -- 2
Try 'head --help' for more information.
head: invalid trailing option -- 2
Try 'head --help' for more information.
## END

#### head: minus five as an argument
seq 7 | head -n -5; seq 7 | head -c -5; seq 7 | head --lines -6
## STDOUT:
1
2
1
2
3
4
51
## END

#### head: all but the last of a long input
seq 100000 | head -n -99998; seq 100000 | head -c -588885; seq 100000 | head -n -50000 | wc -c
## STDOUT:
1
2
1
2
3
4
5
288894
## END

#### head: all but the last without a final newline
printf 'a\nb\nc' | head -n -1; echo; printf 'a\nb\nc' | head -n -2; echo; printf 'a\nb\nc' | head -n -0; echo
## STDOUT:
a
b

a

a
b
c
## END

#### head: all but none
seq 3 | head -n -0; seq 3 | head -c -0
## STDOUT:
1
2
3
1
2
3
## END

#### head: nothing at all
seq 3 | head -n 0; seq 3 | head -c 0; head -n 0 nosuch; echo $?
## stdout: 1
## stderr: head: cannot open 'nosuch' for reading: No such file or directory

#### head: leaves the rest of a file to the next program
seq 100000 > f; { head -n 1; head -c 4; head -n 1; } < f
## STDOUT:
1
2
3
4
## END

#### head: of both missing and directory with headers
echo a > a; head -n 1 nosuch a nosuch2 a; echo $?
## STDOUT:
==> a <==
a

==> a <==
a
1
## END
## STDERR:
head: cannot open 'nosuch' for reading: No such file or directory
head: cannot open 'nosuch2' for reading: No such file or directory
## END

#### head: of a closed output
seq 100000 | head -n 50000 | head -n 1
## stdout: 1

#### tail: bad and large numbers
for n in 99999999999999999999 +99999999999999999999 --5 ++5 1KB2 x; do seq 3 | tail -n "$n"; echo "$n $?"; done
## STDOUT:
99999999999999999999 1
+99999999999999999999 1
--5 1
++5 1
1KB2 1
x 1
## END
## STDERR:
tail: invalid number of lines: ‘99999999999999999999’: Value too large for defined data type
tail: invalid number of lines: ‘+99999999999999999999’: Value too large for defined data type
tail: invalid number of lines: ‘-5’
tail: invalid number of lines: ‘++5’
tail: invalid number of lines: ‘1KB2’
tail: invalid number of lines: ‘x’
## END

#### tail: old forms
seq 20 > f
for o in -2 -2c -2l +19 +19l +48c -1b; do tail $o f; done
## STDOUT:
19
20
0
19
20
19
20
19
20

20
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

#### tail: old forms in the wrong place
seq 3 > f; tail -2 f f; echo $?; tail -n 1 -2 f; echo $?; tail +2 f f; echo $?
## STDOUT:
1
1
==> f <==
1
2
3

==> f <==
1
2
3
1
## END
## STDERR:
tail: option used in invalid context -- 2
tail: option used in invalid context -- 2
tail: cannot open '+2' for reading: No such file or directory
## END

#### tail: a minus in the argument
seq 5 | tail -n -2; seq 5 | tail -c -2
## STDOUT:
4
5
5
## END

#### tail: option values
tail --pid=x < /dev/null; tail -s x < /dev/null; tail -s -1 < /dev/null; tail --max-unchanged-stats=x < /dev/null; echo $?
## stdout: 1
## STDERR:
tail: invalid PID: ‘x’
tail: invalid number of seconds: ‘x’
tail: invalid number of seconds: ‘-1’
tail: invalid maximum number of unchanged stats between opens: ‘x’
## END

#### tail: follow how
tail --follow=x < /dev/null; echo $?
## stdout: 1
## STDERR:
tail: invalid argument ‘x’ for ‘--follow’
Valid arguments are:
  - ‘descriptor’
  - ‘name’
Try 'tail --help' for more information.
## END

#### tail: retry without follow
seq 3 | tail --retry -n 1
## stdout: 3
## stderr: tail: warning: --retry ignored; --retry is useful only when following

#### tail: pid without follow
seq 3 | tail --pid=1 -n 1
## stdout: 3
## stderr: tail: warning: PID ignored; --pid=PID is useful only when following

#### tail: several, one missing
seq 3 > a; tail -n 1 a nosuch a; echo $?
## STDOUT:
==> a <==
3

==> a <==
3
1
## END
## stderr: tail: cannot open 'nosuch' for reading: No such file or directory

#### tail: dash among files
seq 3 > a; seq 5 | tail -n 1 a -
## STDOUT:
==> a <==
3

==> standard input <==
5
## END

#### tail: a long input
seq 200000 | tail -n 3; seq 200000 | tail -c 10; seq 200000 | tail -n +199999; seq 200000 | tail -n 100000 | head -n 1
## STDOUT:
199998
199999
200000
99
200000
199999
200000
100001
## END

#### tail: a long file
seq 200000 > f; tail -n 3 f; tail -c 10 f; tail -n +199999 f; tail -n 100000 f | head -n 1; tail -n 300000 f | wc -l
## STDOUT:
199998
199999
200000
99
200000
199999
200000
100001
200000
## END

#### tail: from the offset of standard input
seq 10 > f; { head -n 8 > /dev/null; tail -n 5; } < f; { head -n 8 > /dev/null; tail -n +2; } < f
## STDOUT:
9
10
10
## END

#### tail: zero lines
seq 3 | tail -n 0; seq 3 > f; tail -n 0 f; tail -c 0 f; tail -n +0 f
## STDOUT:
1
2
3
## END

#### tail: lines without a last newline in a file
printf 'a\nb\nc' > f; tail -n 1 f; echo; tail -n 2 f; echo; tail -z -n 1 f; echo
## STDOUT:
c
b
c
a
b
c
## END

#### tail: -f of a pipe ends with it
seq 3 | tail -n 1 -f
## stdout: 3

#### tail: -f tells of a truncated file
seq 3 > f; tail -n 1 -f -s 0.05 f > out 2>&1 & p=$!; sleep 0.3; echo new > f; sleep 0.5; kill $p; wait 2>/dev/null; cat out
## STDOUT:
3
tail: f: file truncated
new
## END

#### tail: -F waits for a file
tail -n 1 -F -s 0.05 f > out 2>&1 & p=$!; sleep 0.3; echo new > f; sleep 0.5; kill $p; wait 2>/dev/null; cat out
## STDOUT:
tail: cannot open 'f' for reading: No such file or directory
tail: 'f' has appeared;  following new file
new
## END

#### tail: -f with two files
seq 2 > a; seq 3 > b; tail -n 1 -f -s 0.05 a b > out 2>&1 & p=$!; sleep 0.3; echo A >> a; sleep 0.3; echo B >> b; sleep 0.3; echo B2 >> b; sleep 0.3; kill $p; wait 2>/dev/null; cat out
## STDOUT:
==> a <==
2

==> b <==
3

==> a <==
A

==> b <==
B
B2
## END

#### tail: -F notices another file
seq 2 > a; tail -n 1 -F -s 0.05 a > out 2>&1 & p=$!; sleep 0.3; mv a b; sleep 0.3; echo A > a; sleep 0.3; kill $p; wait 2>/dev/null; cat out
## STDOUT:
2
tail: 'a' has become inaccessible: No such file or directory
tail: 'a' has appeared;  following new file
A
## END

#### tail: -f of a missing file
tail -f nosuch; echo $?
## stdout: 1
## STDERR:
tail: cannot open 'nosuch' for reading: No such file or directory
tail: no files remaining
## END
