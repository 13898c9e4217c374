# du: what does not depend on how the file system counts its blocks

#### bytes of a file
printf abc > f; du -b f; du --apparent-size --block-size=1 f; du -A f 2>/dev/null; echo $?
## STDOUT:
3	f
3	f
1
## END

#### bytes of several files
printf abc > f; printf abcde > g; du -b f g
## STDOUT:
3	f
5	g
## END

#### a file named twice is counted once
printf abc > f; du -b f f
## stdout: 3	f

#### a file named twice with -l
printf abc > f; du -bl f f
## STDOUT:
3	f
3	f
## END

#### a hard link is counted once
printf abc > f; ln f g; du -b f g; du -bc f g; du -bcl f g
## STDOUT:
3	f
3	f
3	total
3	f
3	g
6	total
## END

#### the order of a tree, with all files
mkdir -p a/b/c; printf 1 > a/x; printf 22 > a/b/y; printf 333 > a/b/c/z
du -a a | cut -f2 | sort
## STDOUT:
a
a/b
a/b/c
a/b/c/z
a/b/y
a/x
## END

#### a directory comes after what it holds
mkdir -p a/b/c; du a | cut -f2
## STDOUT:
a/b/c
a/b
a
## END

#### depths
mkdir -p a/b/c/d; du -d0 a | cut -f2; echo; du -d 1 a | cut -f2; echo; du --max-depth=2 a | cut -f2; echo; du -s a | cut -f2
## STDOUT:
a

a/b
a

a/b/c
a/b
a

a
## END

#### the current directory
mkdir a; du | cut -f2
## STDOUT:
./a
.
## END

#### -a with a depth
mkdir -p a/b; : > a/x; : > a/b/y; du -a -d1 a | cut -f2 | sort
## STDOUT:
a
a/b
a/x
## END

#### a total
: > f; du -c f; du -c nope; echo $?
## STDOUT:
0	f
0	total
0	total
1
## END
## stderr: du: cannot access 'nope': No such file or directory

#### an empty file takes nothing
: > f; du f; du -k f; du -m f; du -h f; du --si f; du -B 1 f
## STDOUT:
0	f
0	f
0	f
0	f
0	f
0	f
## END

#### sizes for humans
truncate -s 1023 a; truncate -s 1024 b; truncate -s 1025 c; truncate -s 10239 d; truncate -s 1048576 e; truncate -s 5000000 g
du -h --apparent-size a b c d e g; du --si --apparent-size a b c d e g
## STDOUT:
1023	a
1.0K	b
1.1K	c
10K	d
1.0M	e
4.8M	g
1.1k	a
1.1k	b
1.1k	c
11k	d
1.1M	e
5.0M	g
## END

#### block sizes round up
truncate -s 1500000 f; for size in 1 10 512 K KB 1K 2K M MB kB KiB G 1000; do du --apparent-size -B $size f; done
## STDOUT:
1500000	f
150000	f
2930	f
1465K	f
1500kB	f
1465	f
733	f
2M	f
2MB	f
1500kB	f
1465KiB	f
1G	f
1500	f
## END

#### -k and -m with apparent sizes
truncate -s 1500000 f; du --apparent-size -k f; du --apparent-size -m f; du --apparent-size f
## STDOUT:
1465	f
2	f
1465	f
## END

#### the last size option counts
truncate -s 1500000 f; du --apparent-size -k -m f; du --apparent-size -m -k f; du -b -h f; du -h -b f
## STDOUT:
2	f
1465	f
1.5M	f
1500000	f
## END

#### a wrong block size
du -B x .; echo $?; du --block-size=0 .; echo $?; du -B '' .; echo $?; du -B 1x .; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
du: invalid -B argument 'x'
du: invalid --block-size argument '0'
du: invalid -B argument ''
du: invalid suffix in -B argument '1x'
## END

#### a wrong depth
du -d x .; echo $?; du -d -1 .; echo $?; du -d '' .; echo $?; du --max-depth=1k .; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
du: invalid maximum depth ‘x’
Try 'du --help' for more information.
du: invalid maximum depth ‘-1’
Try 'du --help' for more information.
du: invalid maximum depth ‘’
Try 'du --help' for more information.
du: invalid maximum depth ‘1k’
Try 'du --help' for more information.
## END

#### -s with -a
du -s -a .; echo $?
## stdout: 1
## STDERR:
du: cannot both summarize and show all entries
Try 'du --help' for more information.
## END

#### -s with a depth
mkdir -p a/b; du -s -d0 a | cut -f2; du -s -d1 a; echo $?
## STDOUT:
a
1
## END
## STDERR:
du: warning: summarizing is the same as using --max-depth=0
du: warning: summarizing conflicts with --max-depth=1
Try 'du --help' for more information.
## END

#### what is missing
du nope; echo $?; : > f; du nope f; echo $?
## STDOUT:
1
0	f
1
## END
## STDERR:
du: cannot access 'nope': No such file or directory
du: cannot access 'nope': No such file or directory
## END

#### a directory that cannot be read
mkdir -p a/b; chmod 0 a/b; du a | cut -f2; chmod 700 a/b
## STDOUT:
a/b
a
## END

#### a symbolic link
printf abcdefgh > f; ln -s f l; du -b l; du -bD l; du -bH l; du -bL l; du -bP l
## STDOUT:
1	l
8	l
8	l
8	l
1	l
## END

#### a symbolic link in a directory
mkdir a; printf abcdefgh > f; ln -s ../f a/l; du -aL --apparent-size -B1 a | cut -f2; du -a --apparent-size -B1 a/l
## STDOUT:
a/l
a
4	a/l
## END

#### a link to a directory
mkdir -p a/b; ln -s a l; du l | cut -f2; du -D l | cut -f2; du -L l | cut -f2; du l/ | cut -f2
## STDOUT:
l
l/b
l
l/b
l
l/b
l/
## END

#### a dangling link
ln -s nope l; du -b l; du -L l; echo $?; du -D l; echo $?
## STDOUT:
4	l
1
1
## END
## STDERR:
du: cannot access 'l'
du: cannot access 'l'
## END

#### NUL
: > f; : > g; du -0 f g | tr '\0' '!'; echo
## stdout: 0	f!0	g!

#### separate directories
mkdir -p a/b; truncate -s 4000 a/b/f; test "$(du -S -b a | tail -1 | cut -f1)" -lt "$(du -b a | tail -1 | cut -f1)"; echo $?
## stdout: 0

#### a directory and a file in it
mkdir a; printf abc > a/f; du -b a/f a | tail -1 | cut -f2; du -a a/f a | cut -f2
## STDOUT:
a
a/f
a
## END

#### a directory and then its directory
mkdir -p a/b; du a a/b | cut -f2; du a/b a | cut -f2
## STDOUT:
a/b
a
a/b
a
## END

#### options behind operands, and --
: > f; du f -k; du -- f; : > ./-k; du -- -k
## STDOUT:
0	f
0	f
0	-k
## END

#### unknown options
du -Z; echo $?; du --nope; echo $?
## STDOUT:
1
1
## END
## STDERR:
du: invalid option -- 'Z'
Try 'du --help' for more information.
du: unrecognized option '--nope'
Try 'du --help' for more information.
## END

#### --exclude
mkdir -p a/b a/c; : > a/b/x.o; : > a/b/y.c; du -a --exclude='*.o' a | cut -f2 | sort; du --exclude=b a | cut -f2
## STDOUT:
a
a/b
a/b/y.c
a/c
a/c
a
## END

#### --exclude-from
mkdir -p a/b a/c; printf 'b\nc\n' > list; du -X list a | cut -f2
## stdout: a

#### --files0-from
: > f; : > g; printf 'f\0g\0' > list; du --files0-from=list; printf 'f\0' | du --files0-from=-
## STDOUT:
0	f
0	g
0	f
## END

#### --threshold
truncate -s 100 f; truncate -s 200 g; du -b -t 150 f g; du -b -t -150 f g
## STDOUT:
200	g
100	f
## END

#### --inodes
mkdir a; : > a/f; : > a/g; ln a/g a/h; du --inodes a; du --inodes -s a; du --inodes a/f
## STDOUT:
3	a
3	a
1	a/f
## END

#### --time
touch -d '2020-01-02 03:04:05' f; TZ=UTC du --time f; TZ=UTC du --time --time-style=iso f; TZ=UTC du --time --time-style=+%Y f
## STDOUT:
0	2020-01-02 03:04	f
0	2020-01-02	f
0	2020	f
## END
