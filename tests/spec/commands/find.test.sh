## needs: find
## needs: xargs
# find and xargs

#### everything below
mkdir -p a/b; touch a/x a/b/y; find . | sort; find a | sort; find | sort
## STDOUT:
.
./a
./a/b
./a/b/y
./a/x
a
a/b
a/b/y
a/x
.
./a
./a/b
./a/b/y
./a/x
## END

#### several starting points
mkdir a b; touch a/1 b/2; find a b | sort; find a nosuch; echo $?
## STDOUT:
a
a/1
b
b/2
a
a/1
1
## END
## stderr: find: ‘nosuch’: No such file or directory

#### a file as starting point
touch f; find f; find ./f
## STDOUT:
f
./f
## END

#### -name
mkdir d; touch a.c d/b.c c.h .hid; find . -name '*.c' | sort; find . -name '.*' | sort; find . -name '[ab].?' | sort; find . -name nosuch
## STDOUT:
./a.c
./d/b.c
.
./.hid
./a.c
./d/b.c
## END

#### -iname
touch A.TXT b.txt; find . -iname '*.txt' | sort
## STDOUT:
./A.TXT
./b.txt
## END

#### -path and -wholename
mkdir -p a/b/c; find . -path './a/*' | sort; find . -path '*b*' | sort; find . -ipath '*/B'
## STDOUT:
./a/b
./a/b/c
./a/b
./a/b/c
./a/b
## END

#### -regex
touch ab1 cd2; find . -regex '.*b[0-9]'; find . -regextype posix-extended -regex '.*(ab|cd)[12]' | sort; find . -iregex '.*AB.'
## STDOUT:
./ab1
./ab1
./cd2
./ab1
## END

#### -type
mkdir d; touch f; ln -s f l; find . -type d | sort; find . -type f; find . -type l; find . -type f,l | sort; find . -type x; echo $?
## STDOUT:
.
./d
./f
./l
./f
./l
1
## END
## stderr: find: Unknown argument to -type: x

#### -maxdepth and -mindepth
mkdir -p a/b/c; find . -maxdepth 1 | sort; find . -mindepth 3; find . -maxdepth 0; find . -mindepth 1 -maxdepth 2 | sort
## STDOUT:
.
./a
./a/b/c
.
./a
./a/b
## END

#### -depth
mkdir -p a/b; find a -depth
## STDOUT:
a/b
a
## END

#### -prune
mkdir -p a/skip/x b; touch a/f; find . -name skip -prune -o -print | sort
## STDOUT:
.
./a
./a/f
./b
## END

#### operators
touch a.c b.h c.o; find . -name '*.c' -o -name '*.h' | sort; find . -type f ! -name '*.c' | sort; find . -type f -not -name '*.c' -a -name 'b*'; find . \( -name a.c -or -name b.h \) -and -type f | sort
## STDOUT:
./a.c
./b.h
./b.h
./c.o
./b.h
./a.c
./b.h
## END

#### comma
touch a; find . -name a -print , -type f -print
## STDOUT:
./a
./a
## END

#### -print with -o
touch a b; find . -name a -print -o -name b; find . -name a -o -name b -print
## STDOUT:
./a
./b
## END

#### -true and -false
touch a; find . -name a -true; find . -false; find . -name a -false -o -name a
## STDOUT:
./a
./a
## END

#### -size
printf abc > a; head -c 1024 /dev/zero > k; head -c 2000 /dev/zero > z; > e; find . -type f -size 3c; find . -type f -size +1k; find . -type f -size 1k | sort; find . -type f -size -1; find . -type f -size +1000c | sort; find . -type f -size 4b
## STDOUT:
./a
./z
./a
./k
./e
./k
./z
./z
## END

#### -empty
> e; echo a > f; mkdir d d2; touch d2/x; find . -empty | sort
## STDOUT:
./d
./d2/x
./e
## END

#### -perm
touch a b c; chmod 644 a; chmod 755 b; chmod 600 c; find . -type f -perm 644; find . -type f -perm -u+x; find . -type f -perm /022; find . -type f -perm -044 | sort; find . -type f -perm u=rw,g=,o=; find . -perm xyz; echo $?
## STDOUT:
./a
./b
./a
./b
./c
1
## END
## stderr: find: invalid mode ‘xyz’

#### -newer
touch -d 2020-01-01 a; touch -d 2021-01-01 b; touch -d 2022-01-01 c; find . -type f -newer b; find . -type f ! -newer b | sort; find . -type f -newermt 2021-06-01; find . -newer nosuch; echo $?
## STDOUT:
./c
./a
./b
./c
1
## END
## stderr: find: ‘nosuch’: No such file or directory

#### -mtime
touch -d '3 days ago' old; touch new; find . -type f -mtime +1; find . -type f -mtime -1; find . -type f -mtime 3; find . -type f -mmin -5
## STDOUT:
./old
./new
./old
./new
## END

#### -user and -group
touch a b; chown 1 b; find . -type f -user root; find . -type f -uid 1; find . -type f ! -user root; find . -user nosuchuser; echo $?; find . -type f -gid 0 | sort; find . -nouser
## STDOUT:
./a
./b
./b
1
./a
./b
## END
## stderr: find: ‘nosuchuser’ is not the name of a known user

#### -links and -samefile
touch a; ln a b; touch c; find . -type f -links 2 | sort; find . -samefile a | sort; find . -type f -links +1 | sort
## STDOUT:
./a
./b
./a
./b
./a
./b
## END

#### -inum finds the file
touch a; find . -inum $(stat -c %i a)
## stdout: ./a

#### -exec
touch a b; find . -type f -exec echo got {} \; | sort
## STDOUT:
got ./a
got ./b
## END

#### -exec plus
touch a b c; find . -type f -exec echo {} + | tr ' ' '\n' | sort
## STDOUT:
./a
./b
./c
## END

#### -exec as a test
touch a b; echo x > c; find . -type f -exec grep -q x {} \; -print
## stdout: ./c

#### -exec with the name inside a word
touch a; find a -exec echo 'pre-{}-post {}' \;
## stdout: pre-a-post a

#### -exec of a missing command
touch a; find a -exec nosuchcmd {} \; ; echo $?
## stdout: 0
## stderr: find: ‘nosuchcmd’: No such file or directory

#### -exec status
touch a; find a -exec false \; ; echo $?; find a -exec false {} + ; echo $?
## STDOUT:
0
1
## END

#### -exec without an end
find . -exec echo {}; echo $?
## stdout: 1
## stderr: find: missing argument to `-exec'

#### -execdir
mkdir d; touch d/f; find d -name f -execdir echo {} \;
## stdout: ./f

#### -ok asks
touch a; find a -ok echo yes {} \;
## stdin: y
## stdout: yes a
## stderr-json: "< echo ... a > ? "

#### -delete
mkdir -p d/e; touch d/f d/e/g; find d -delete; ls; touch a b; find . -name a -delete; ls
## stdout: b

#### -delete of a directory with entries
mkdir d; touch d/f; find . -name d -delete; echo $?
## stdout: 1
## stderr: find: cannot delete ‘./d’: Directory not empty

#### -print0
touch 'a b'; find . -name 'a*' -print0 | tr '\0' '|'; echo
## stdout: ./a b|

#### -printf
printf abc > f; chmod 640 f; touch -d '2020-01-02 03:04:05' f; mkdir d; find f -printf '%p %f %h %s %m %M %y %u %g %n\n'; find f -printf '%TY-%Tm-%Td %TH:%TM\n'; find d/ f -printf '%P|%d|%H\n'; find f -printf 'a\tb%%\n'; find f -printf '%l|\n'
## STDOUT:
f f . 3 640 -rw-r----- f root root 1
2020-01-02 03:04
|0|d/
|0|f
a	b%
|
## END

#### -printf of links
ln -s tgt l; find l -printf '%p -> %l %y\n'; find l -printf '%Y\n'
## STDOUT:
l -> tgt l
N
## END

#### -fprint
touch a; find a -fprint out; cat out; find a -fprintf out2 '%f\n'; cat out2
## STDOUT:
a
a
## END

#### -ls
touch a; find a -ls | grep -c ' ./\{0,1\}a$'
## status: 1
## stdout: 0

#### -quit
touch a b c; find . -type f -quit; find . -type f -print -quit | wc -l
## stdout: 1

#### -L and -H and -P
mkdir d; touch d/f; ln -s d l; find l; find -L l | sort; find -H l | sort; find -P l; find -L . -type d | sort
## STDOUT:
l
l
l/f
l
l/f
l
.
./d
./l
## END

#### -L with a loop
mkdir d; ln -s .. d/up; find -L d; echo $?
## STDOUT:
d
d/up
1
## END
## stderr: find: File system loop detected; ‘d/up/d’ is part of the same file system loop as ‘d’.

#### -follow
mkdir d; touch d/f; ln -s d l; find l -follow -name f
## stdout: l/f

#### -lname
ln -s target l; ln -s other m; find . -lname 'tar*'
## stdout: ./l

#### -xdev
touch a; find . -xdev -name a; find . -mount -name a
## STDOUT:
./a
./a
## END

#### -readable, -writable, -executable
touch a; chmod 644 a; find . -type f -executable; chmod +x a; find . -type f -executable; find . -type f -readable -writable
## STDOUT:
./a
./a
## END

#### a trailing slash
mkdir -p d/e; find d/; find d/ -name e
## STDOUT:
d/
d/e
d/e
## END

#### names with newlines to a pipe
touch $'a\nb'; find . -type f
## STDOUT:
./a
b
## END

#### unknown predicate
find . -nosuch; echo $?
## stdout: 1
## stderr: find: unknown predicate `-nosuch'

#### missing argument
find . -name; echo $?; find . -type; echo $?; find . -maxdepth; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
find: missing argument to `-name'
find: missing argument to `-type'
find: missing argument to `-maxdepth'
## END

#### bad arguments
find . -maxdepth x; echo $?; find . -size x; echo $?; find . -mtime x; echo $?; find . -size 1x; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
find: Expected a positive decimal integer argument to -maxdepth, but got ‘x’
find: invalid -size type `x'
find: invalid argument `x' to `-mtime'
find: invalid -size type `x'
## END

#### unbalanced parentheses
find . \( -name a; echo $?; find . -name a \); echo $?; find . \( \); echo $?
## STDOUT:
1
1
1
## END
## STDERR:
find: invalid expression; I was expecting to find a ')' somewhere but did not see one.
find: you have too many ')'
find: invalid expression; empty parentheses are not allowed.
## END

#### operators without operands
find . -o -name a; echo $?; find . -name a -o; echo $?; find . !; echo $?; find . -a; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
find: invalid expression; you have used a binary operator '-o' with nothing before it.
find: expected an expression after '-o'
find: expected an expression after '!'
find: invalid expression; you have used a binary operator '-a' with nothing before it.
## END

#### paths after predicates
mkdir a; find -name a a; echo $?
## stdout: 1
## STDERR:
find: paths must precede expression: `a'
find: possible unquoted pattern after predicate `-name'?
## END

#### -name with a slash warns
find . -name a/b; echo $?
## stdout: 0

#### options after tests warn
touch a; find . -name a -maxdepth 1; echo $?
## STDOUT:
./a
0
## END

#### -daystart and -amin are accepted
touch a; find . -name a -daystart -amin -100000
## stdout: ./a

#### -regex matches the whole path
touch foobar; find . -regex foobar; find . -regex './foo'; find . -regex '.*bar'
## stdout: ./foobar

#### the order of -name and -exec matters
touch a; find a -exec echo first \; -name b -exec echo second \;
## stdout: first

#### xargs
printf 'a b\nc\n' | xargs; printf 'a b\nc\n' | xargs echo x
## STDOUT:
a b c
x a b c
## END

#### xargs -n
seq 5 | xargs -n 2; seq 5 | xargs -n 2 echo -
## STDOUT:
1 2
3 4
5
- 1 2
- 3 4
- 5
## END

#### xargs -L
printf 'a b\nc d\ne\n' | xargs -L 1; printf 'a b\nc d\ne\n' | xargs -L 2; printf 'a \nb\nc\n' | xargs -L 1
## STDOUT:
a b
c d
e
a b c d
e
a b
c
## END

#### xargs -I
printf 'a\nb c\n' | xargs -I {} echo '<{}>' {}; printf ' a\n' | xargs -I % echo x%y
## STDOUT:
<a> a
<b c> b c
xay
## END

#### xargs -0
printf 'a b\0c\nd\0' | xargs -0 -n 1 echo x
## STDOUT:
x a b
x c
d
## END

#### xargs -d
printf 'a,b,c' | xargs -d , -n 1; printf 'a b\nc\n' | xargs -d '\n' -n 1 echo =
## STDOUT:
a
b
c
= a b
= c
## END

#### xargs quotes
printf "'a b' \"c d\" e\\\\ f\n" | xargs -n 1
## STDOUT:
a b
c d
e f
## END

#### xargs unmatched quote
echo "it's" | xargs; echo $?
## stdout: 1
## stderr: xargs: unmatched single quote; by default quotes are special to xargs unless you use the -0 option

#### xargs of empty input
xargs < /dev/null; echo "[$(printf '' | xargs echo x)]"; printf '' | xargs -r echo never; printf ' \n' | xargs echo y
## STDOUT:

[x]
y
## END

#### xargs -t
echo a b | xargs -t echo x
## stdout: x a b
## stderr: echo x a b

#### xargs -p asks
echo a | xargs -p echo x 2>&1 < /dev/null | head -n 1
## stdout: echo xxargs: failed to open /dev/tty for reading: No such device or address

#### xargs -P
seq 4 | xargs -n 1 -P 2 echo | sort
## STDOUT:
1
2
3
4
## END

#### xargs statuses
echo a | xargs false; echo $?; echo a | xargs sh -c 'exit 255'; echo $?; echo a | xargs nosuchcmd; echo $?; touch f; echo a | xargs ./f; echo $?
## STDOUT:
123
124
127
126
## END
## STDERR:
xargs: sh: exited with status 255; aborting
xargs: nosuchcmd: No such file or directory
xargs: ./f: Permission denied
## END

#### xargs stops at 255
printf '1\n2\n' | xargs -n 1 sh -c 'echo $0; exit 255'; echo $?
## STDOUT:
1
124
## END
## stderr: xargs: sh: exited with status 255; aborting

#### xargs continues after other failures
printf '1\n2\n' | xargs -n 1 sh -c 'echo $0; exit 1'; echo $?
## STDOUT:
1
2
123
## END

#### xargs killed command
echo a | xargs sh -c 'kill -9 $$'; echo $?
## stdout: 125
## stderr: xargs: sh: terminated by signal 9

#### xargs -s
seq 10 | xargs -s 12 echo
## STDOUT:
1 2 3
4 5 6
7 8 9
10
## END

#### xargs -x
echo aaaaaaaaaaaaaaaaaaaaaa | xargs -s 12 echo; echo $?
## stdout: 1
## stderr: xargs: argument line too long

#### xargs -E
printf 'a\nEND\nb\n' | xargs -E END
## stdout: a

#### xargs -a
printf '1 2\n' > f; xargs -a f echo got
## stdout: got 1 2

#### xargs with options of its command
echo . | xargs ls -d; echo x | xargs -- echo -n; echo
## STDOUT:
.
x
## END

#### xargs unknown option
xargs -Z < /dev/null; echo $?
## stdout: 1
## STDERR:
xargs: invalid option -- 'Z'
Try 'xargs --help' for more information.
## END

#### xargs bad numbers
echo a | xargs -n 0; echo $?; echo a | xargs -n x; echo $?
## STDOUT:
1
1
## END
## STDERR:
xargs: value 0 for -n option should be >= 1
Try 'xargs --help' for more information.
xargs: invalid number "x" for -n option
Try 'xargs --help' for more information.
## END

#### xargs sh -c with arguments
printf 'a b\nc\n' | xargs sh -c 'echo $# $0 $1' zero
## stdout: 3 zero a

#### xargs many arguments
seq 10000 | xargs | wc -w; seq 10000 | xargs -n 1000 | wc -l
## STDOUT:
10000
10
## END

#### xargs stdin of the command is empty
printf 'a\n' | xargs sh -c 'cat; echo done'
## stdout: done

#### find with xargs
mkdir d; echo x > d/a; echo y > 'd/b c'; find d -type f -print0 | xargs -0 grep -l x; find d -type f -print0 | sort -z | xargs -0 -n 1 echo
## STDOUT:
d/a
d/a
d/b c
## END

#### xargs --max-args and --replace
echo 'a b' | xargs --max-args=1; echo a | xargs --replace=@ echo @@
## STDOUT:
a
b
aa
## END

#### xargs blank lines
printf '\n\na\n\n  b  \n' | xargs; printf 'a\n\nb\n' | xargs -I {} echo '[{}]'
## STDOUT:
a b
[a]
[b]
## END
