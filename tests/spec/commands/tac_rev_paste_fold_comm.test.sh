## needs: rev
# tac, rev, paste, fold, comm

#### tac
seq 3 | tac; printf 'a\nb' | tac; echo; printf '' | tac; printf '\n\na\n' | tac; seq 3 > f; seq 5 6 > g; tac f g
## STDOUT:
3
2
1
ba

a


3
2
1
6
5
## END

#### tac: separators
printf 'axbxc' | tac -s x; echo; printf 'axbxc' | tac -bs x; echo; printf 'axxbxxc\n' | tac -s xx; printf 'a1b22c\n' | tac -rs '[0-9]'; printf 'x1y2z' | tac -b -r -s '[0-9]'; echo
## STDOUT:
cbxax
xcxba
c
bxxaxxc
2b2a12z1yx
## END

#### tac: long input
seq 100000 | tac | head -n 2; seq 100000 | tac | tac | tail -n 1
## STDOUT:
100000
99999
100000
## END

#### tac: messages
tac nosuch; echo $?; tac --nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
tac: failed to open 'nosuch' for reading: No such file or directory
tac: unrecognized option '--nosuch'
Try 'tac --help' for more information.
## END

#### rev
printf 'abc\n\nxy\n' | rev; printf 'aé日\n' | rev; printf 'ab' | rev; echo; seq 9 11 > f; rev f f; rev nosuch; echo $?
## STDOUT:
cba

yx
日éa
ba
9
01
11
9
01
11
1
## END
## stderr: rev: cannot open nosuch: No such file or directory

#### paste
seq 3 > a; seq 4 5 > b; paste a b; paste -d, a b a; paste -d ',;' a b a; paste -s a b; paste -sd '+-' a b; seq 6 | paste - - -; paste -d '\0' a b; paste -d '\n\t' a b a; paste -d '' a b
## stdout-json: "1\t4\n2\t5\n3\t\n1,4,1\n2,5,2\n3,,3\n1,4;1\n2,5;2\n3,;3\n1\t2\t3\n4\t5\n1+2-3\n4+5\n1\t2\t3\n4\t5\t6\n14\n25\n3\n1\n4\t1\n2\n5\t2\n3\n\t3\n14\n25\n3\n"

#### paste: ends and corners
printf 'a\nb' > x; printf 'c' > y; paste x y; paste -s x y; : > e; paste e x; paste -s e x; paste e e; paste -s e; printf 'a\0b\0' | paste -z - - | tr '\0' '!'; seq 2 | paste - nosuch; echo $?; paste -s nosuch x; echo $?
## stdout-json: "a\tc\nb\t\na\tb\nc\n\ta\n\tb\n\na\tb\n\na\tb!1\na\tb\n1\n"
## STDERR:
paste: nosuch: No such file or directory
paste: nosuch: No such file or directory
## END

#### paste: messages
echo a | paste -d '\'; echo $?; echo a | paste -d 'a\'; paste --nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
paste: delimiter list ends with an unescaped backslash: \
paste: delimiter list ends with an unescaped backslash: a\
paste: unrecognized option '--nosuch'
Try 'paste --help' for more information.
## END

#### fold
printf 'abcdefghij\nklm\n' | fold -w 4; printf 'abcdefghij' | fold -w 4; echo; echo 'the quick brown fox jumps' | fold -s -w 10; echo 'abcdefghijkl mn' | fold -s -w 5; printf 'a\tb\tc\n' | fold -w 10; printf 'a\tb\tc\n' | fold -b -w 2; printf 'abc\bd\rxyz12345\n' | fold -w 4 | tr '\b\r' 'BR'; seq 100 | tr '\n' ' ' | fold
## stdout-json: "abcd\nefgh\nij\nklm\nabcd\nefgh\nij\nthe quick \nbrown fox \njumps\nabcde\nfghij\nkl mn\na\tb\n\tc\na\t\nb\t\nc\nabcBdRxyz1\n2345\n1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30\n 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 5\n7 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 \n84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 100 "

#### fold: messages and old form
for o in "-w 0" "-w x" "-w -1" "-w" "nosuch"; do echo abc | fold $o; echo "$o $?"; done; echo abcdef | fold -3; echo abcdef | fold -b2; echo abcdef | fold -2 -w 3
## STDOUT:
-w 0 1
-w x 1
-w -1 1
-w 1
nosuch 1
abc
def
ab
cd
ef
abc
def
## END
## STDERR:
fold: invalid number of columns: ‘0’: Numerical result out of range
fold: invalid number of columns: ‘x’
fold: invalid number of columns: ‘-1’
fold: option requires an argument -- 'w'
Try 'fold --help' for more information.
fold: nosuch: No such file or directory
## END

#### fold: wide characters are bytes
echo 'éééé' | fold -w 4
## STDOUT:
éé
éé
## END

#### fold: a line of blanks, spaces at the edge
printf '          x\n' | fold -s -w 4; printf 'abcd efgh\n' | fold -s -w 5; printf 'abcd efgh\n' | fold -s -w 4; printf 'a\tb c\td\n' | fold -s -w 9; printf '\t\t\n' | fold -w 4
## stdout-json: "    \n    \n  x\nabcd \nefgh\nabcd\n \nefgh\na\t\nb c\td\n\t\n\t\n"

#### comm
printf 'a\nb\nd\n' > x; printf 'b\nc\nd\ne\n' > y; comm x y; comm -12 x y; comm -3 x y; comm -13 x y; comm -123 x y; comm --total x y; comm --output-delimiter=: x y; comm --output-delimiter= x y | tr '\0' '!'; comm --total -1 x y; comm x - < y; printf 'a\0b\0' | comm -z - /dev/null | tr '\0' '!'
## stdout-json: "a\n\t\tb\n\tc\n\t\td\n\te\nb\nd\na\n\tc\n\te\nc\ne\na\n\t\tb\n\tc\n\t\td\n\te\n1\t2\t2\ttotal\na\n::b\n:c\n::d\n:e\na\n!!b\n!c\n!!d\n!e\n\tb\nc\n\td\ne\n1\t2\t2\ttotal\na\n\t\tb\n\tc\n\t\td\n\te\na!b!"

#### comm: order
printf 'b\na\n' > x; printf 'a\nb\n' > y; comm x y; echo $?; comm --nocheck-order x y; echo $?; comm --check-order x y; echo $?; comm x x; echo $?; comm --check-order x x; echo $?
## STDOUT:
	a
		b
a
1
	a
		b
a
0
	a
		b
1
		b
		a
0
		b
1
## END
## STDERR:
comm: file 1 is not in sorted order
comm: input is not in sorted order
comm: file 1 is not in sorted order
comm: file 1 is not in sorted order
## END

#### comm: messages
echo a > a; comm; echo $?; comm a; echo $?; comm a b c; echo $?; comm nosuch a; echo $?; comm --output-delimiter=a --output-delimiter=b a a; echo $?; comm a /; echo $?
## STDOUT:
1
1
1
1
1
1
## END
## STDERR:
comm: missing operand
Try 'comm --help' for more information.
comm: missing operand after ‘a’
Try 'comm --help' for more information.
comm: extra operand ‘c’
Try 'comm --help' for more information.
comm: nosuch: No such file or directory
comm: multiple output delimiters specified
comm: /: Is a directory
## END
