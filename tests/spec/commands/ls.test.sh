#### names in order
touch c B a A b; ls
## STDOUT:
A
B
a
b
c
## END

#### hidden files
touch .h a; ls; ls -A; ls -a
## STDOUT:
a
.h
a
.
..
.h
a
## END

#### of files and directories
mkdir d; touch d/x f; ls d f; ls d; ls d/x
## STDOUT:
f

d:
x
x
d/x
## END

#### several directories have headers
mkdir a b; touch a/1 b/2; ls a b
## STDOUT:
a:
1

b:
2
## END

#### a missing file
touch a; ls nosuch a; echo $?; ls nosuch; echo $?
## STDOUT:
a
2
2
## END
## STDERR:
ls: cannot access 'nosuch': No such file or directory
ls: cannot access 'nosuch': No such file or directory
## END

#### -1 and columns
touch a b c; ls -1; ls -C; ls -x; ls -m
## STDOUT:
a
b
c
a  b  c
a  b  c
a, b, c
## END

#### -C in columns of a width
touch aaaa bbbb cccc dddd eeee ffff gggg; ls -C -w 20; ls -x -w 20; ls -C -w 0; ls -m -w 12
## STDOUT:
aaaa  dddd  gggg
bbbb  eeee
cccc  ffff
aaaa  bbbb  cccc
dddd  eeee  ffff
gggg
aaaa  bbbb  cccc  dddd  eeee  ffff  gggg
aaaa, bbbb,
cccc, dddd,
eeee, ffff,
gggg
## END

#### -d
mkdir d; touch d/x; ls -d d; ls -d; ls -d */
## STDOUT:
d
.
d/
## END

#### -F and -p
mkdir d; touch f x; chmod +x x; ln -s f l; ls -F; ls -p; ls --file-type
## STDOUT:
d/
f
l@
x*
d/
f
l
x
d/
f
l@
x
## END

#### -l
touch f; echo hello > g; mkdir d; ln -s f l; touch -h -d '2020-01-02 03:04' f g l d; chmod 644 f; ls -l | tail -n +2 | grep -v '^d'; ls -ld d | cut -c 1-23
## stdout-json: "-rw-r--r-- 1 root root    0 Jan  2  2020 f\n-rw-r--r-- 1 root root    6 Jan  2  2020 g\nlrwxrwxrwx 1 root root    1 Jan  2  2020 l -> f\ndrwxr-xr-x 2 root root \n"

#### -l total
> a; > b; ls -l | head -n 1
## stdout: total 0

#### -l of a file
echo hi > f; touch -d 2020-01-01 f; ls -l f
## stdout: -rw-r--r-- 1 root root 3 Jan  1  2020 f

#### -l recent and old dates
touch -d '1999-12-31 23:59' f; ls -l f; touch -d '2100-01-01' g; ls -l g
## STDOUT:
-rw-r--r-- 1 root root 0 Dec 31  1999 f
-rw-r--r-- 1 root root 0 Jan  1  2100 g
## END

#### -l widths
echo 1 > a; head -c 12345 /dev/zero > b; chown 1234:5 b; touch -d 2020-01-01 a b; ls -l a b
## STDOUT:
-rw-r--r-- 1 root root     2 Jan  1  2020 a
-rw-r--r-- 1 1234 tty  12345 Jan  1  2020 b
## END

#### -n
touch f; chown 1:2 f; touch -d 2020-01-01 f; ls -n f; ls -g f; ls -o f; ls -lG f
## STDOUT:
-rw-r--r-- 1 1 2 0 Jan  1  2020 f
-rw-r--r-- 1 bin 0 Jan  1  2020 f
-rw-r--r-- 1 daemon 0 Jan  1  2020 f
-rw-r--r-- 1 daemon 0 Jan  1  2020 f
## END

#### -l modes
for m in 0 777 4755 4644 2755 2644 1777 1776 7000; do touch f$m; chmod $m f$m; touch -d 2020-01-01 f$m; done; ls -l f* | cut -c 1-10
## STDOUT:
----------
-rwxrwxrwT
-rwxrwxrwt
-rw-r-Sr--
-rwxr-sr-x
-rwSr--r--
-rwsr-xr-x
---S--S--T
-rwxrwxrwx
## END

#### -l of symlinks
ln -s target l; touch -h -d 2020-01-01 l; ls -l l; mkdir d; ln -s d m; touch -h -d 2020-01-01 m d; ls -l m; ls -ld m; ls -L -d m
## STDOUT:
lrwxrwxrwx 1 root root 6 Jan  1  2020 l -> target
lrwxrwxrwx 1 root root 1 Jan  1  2020 m -> d
lrwxrwxrwx 1 root root 1 Jan  1  2020 m -> d
m
## END

#### -l of devices
ls -l /dev/null | cut -d ' ' -f 1-6; ls -l /dev/null | cut -c 1
## STDOUT:
crw-rw-rw- 1 root root 1, 3
c
## END

#### -h
head -c 500 /dev/zero > a; head -c 1500 /dev/zero > b; head -c 2000000 /dev/zero > c; touch -d 2020-01-01 a b c; ls -lh a b c; ls -l --si c
## STDOUT:
-rw-r--r-- 1 root root  500 Jan  1  2020 a
-rw-r--r-- 1 root root 1.5K Jan  1  2020 b
-rw-r--r-- 1 root root 2.0M Jan  1  2020 c
-rw-r--r-- 1 root root 2.0M Jan  1  2020 c
## END

#### -s and -i are columns
> f; ls -s f; touch g; ln g h; [ "$(ls -i g | cut -d ' ' -f 1)" = "$(ls -i h | cut -d ' ' -f 1)" ] && echo same inode
## STDOUT:
0 f
same inode
## END

#### -t and -r
touch -d 2020-01-01 a; touch -d 2021-01-01 b; touch -d 2019-01-01 c; ls -t; ls -tr; ls -r
## STDOUT:
b
a
c
c
a
b
c
b
a
## END

#### -S
printf 1 > a; printf 333 > b; printf 22 > c; ls -S; ls -Sr
## STDOUT:
b
c
a
a
c
b
## END

#### -X
touch b.a a.b c a.a; ls -X
## STDOUT:
c
a.a
b.a
a.b
## END

#### -v
touch f10 f9 f1 f2; ls -v; ls
## STDOUT:
f1
f2
f9
f10
f1
f10
f2
f9
## END

#### -U and -f list everything
touch b a; ls -U | sort; ls -f | sort
## STDOUT:
a
b
.
..
a
b
## END

#### -R
mkdir -p a/b c; touch a/1 a/b/2 f; ls -R
## STDOUT:
.:
a
c
f

./a:
1
b

./a/b:
2

./c:
## END

#### -R of an operand
mkdir -p a/b; touch a/b/x; ls -R a
## STDOUT:
a:
b

a/b:
x
## END

#### -a -R
mkdir d; touch d/.h; ls -aR
## STDOUT:
.:
.
..
d

./d:
.
..
.h
## END

#### --group-directories-first
mkdir z; touch a; ls --group-directories-first
## STDOUT:
z
a
## END

#### -I, --hide and -B
touch a.o b.c c~; ls -I '*.o'; ls --hide='*.c'; ls -B
## STDOUT:
b.c
c~
a.o
c~
a.o
b.c
## END

#### quoting of names to a pipe
touch 'a b' "it's" $'n\nl' 'q"'; ls; ls -b; ls -Q; ls -N; ls -q
## STDOUT:
a b
it's
n
l
q"
a\ b
it's
n\nl
q"
"a b"
"it's"
"n\nl"
"q\""
a b
it's
n
l
q"
a b
it's
n?l
q"
## END

#### --quoting-style
touch 'a b' "it's" $'t\tb'; ls --quoting-style=shell; ls --quoting-style=shell-always; ls --quoting-style=shell-escape; ls --quoting-style=c; ls --quoting-style=literal; ls --quoting-style=escape
## STDOUT:
'a b'
"it's"
't	b'
'a b'
"it's"
't	b'
'a b'
"it's"
't'$'\t''b'
"a b"
"it's"
"t\tb"
a b
it's
t	b
a\ b
it's
t\tb
## END

#### --color
mkdir d; touch f; chmod +x f; ln -s d l; ls --color=never; ls --color=always | cat -v
## STDOUT:
d
f
l
d
f
l
## END

#### --time-style
touch -d '2020-01-02 03:04:05.678' f; ls -l --time-style=full-iso f; ls -l --time-style=long-iso f; ls -l --time-style=iso f; ls -l --time-style=+%Y f; ls --full-time f
## STDOUT:
-rw-r--r-- 1 root root 0 2020-01-02 03:04:05.678000000 +0000 f
-rw-r--r-- 1 root root 0 2020-01-02 03:04 f
-rw-r--r-- 1 root root 0 2020-01-02  f
-rw-r--r-- 1 root root 0 2020 f
-rw-r--r-- 1 root root 0 2020-01-02 03:04:05.678000000 +0000 f
## END

#### -u and --time
touch -d 2020-01-01 f; touch -a -d 2021-02-03 f; ls -lu f; ls -l --time=atime f; ls -l f
## STDOUT:
-rw-r--r-- 1 root root 0 Feb  3  2021 f
-rw-r--r-- 1 root root 0 Feb  3  2021 f
-rw-r--r-- 1 root root 0 Jan  1  2020 f
## END

#### --zero
touch a b; ls --zero
## stdout-json: "a\u0000b\u0000"

#### -L of a dangling link
ln -s nowhere l; ls -L l; echo $?; ls l; ls -l l | cut -c 1; ls -H l; echo $?
## STDOUT:
2
l
l
2
## END
## STDERR:
ls: cannot access 'l': No such file or directory
ls: cannot access 'l': No such file or directory
## END

#### a link to a directory
mkdir d; touch d/x; ln -s d l; ls l; ls -d l; ls l/; ls -l l | tail -n 1 | cut -d ' ' -f 1
## STDOUT:
x
l
x
lrwxrwxrwx
## END

#### an empty directory
ls; echo $?; mkdir d; ls d
## stdout: 0

#### unknown option
ls -E; echo $?; ls --nosuch; echo $?
## STDOUT:
2
2
## END
## STDERR:
ls: invalid option -- 'E'
Try 'ls --help' for more information.
ls: unrecognized option '--nosuch'
Try 'ls --help' for more information.
## END

#### bad arguments of options
ls --color=x; echo $?; ls -w x; echo $?; ls --sort=x; echo $?
## STDOUT:
1
2
1
## END
## STDERR:
ls: invalid argument ‘x’ for ‘--color’
Valid arguments are:
  - ‘always’, ‘yes’, ‘force’
  - ‘never’, ‘no’, ‘none’
  - ‘auto’, ‘tty’, ‘if-tty’
Try 'ls --help' for more information.
ls: invalid line width: ‘x’
ls: invalid argument ‘x’ for ‘--sort’
Valid arguments are:
  - ‘none’
  - ‘time’
  - ‘size’
  - ‘extension’
  - ‘version’
  - ‘width’
Try 'ls --help' for more information.
## END

#### names with a leading dash
touch -- -l; ls -- -l; ls ./-l
## STDOUT:
-l
./-l
## END

#### operands in order: files first
mkdir b d; touch a c b/x; ls d c b a
## STDOUT:
a
c

b:
x

d:
## END

#### trailing slash on a file
touch f; ls f/; echo $?
## stdout: 2
## stderr: ls: cannot access 'f/': Not a directory

#### --sort
touch -d 2020-01-01 b; touch a; ls --sort=time; ls --sort=none | sort; ls --sort=name; printf 1 > b; ls --sort=size
## STDOUT:
a
b
a
b
b
a
## END
## STDERR:
ls: invalid argument ‘name’ for ‘--sort’
Valid arguments are:
  - ‘none’
  - ‘time’
  - ‘size’
  - ‘extension’
  - ‘version’
  - ‘width’
Try 'ls --help' for more information.
## END

#### -k and --block-size
> f; ls -sk f; head -c 3000 /dev/zero > g; touch -d 2020-01-01 g; ls -l --block-size=K g; ls -l --block-size=1000 g
## STDOUT:
0 f
-rw-r--r-- 1 root root 3K Jan  1  2020 g
-rw-r--r-- 1 root root 3 Jan  1  2020 g
## END

#### --author and -Z do not break
touch -d 2020-01-01 f; ls -l --author f
## stdout: -rw-r--r-- 1 root root root 0 Jan  1  2020 f

#### -l with numbers of links
mkdir -p d/a d/b; touch f; ln f g; ls -l | tail -n +2 | cut -d ' ' -f 2; ls -ld d | cut -d ' ' -f 2
## STDOUT:
4
2
2
4
## END

#### wide characters in columns
touch 日本 é a; ls -C -w 20; ls
## STDOUT:
a  é  日本
a
é
日本
## END

#### control characters to a pipe
touch $'a\001b'; ls; ls -q; ls -b
## stdout-json: "a\u0001b\na?b\na\\001b\n"

#### ls of a deep path
mkdir -p a/b/c/d; ls a/b/c; ls a//b/./c/../c
## STDOUT:
d
d
## END
