# tee readlink realpath mktemp stat

#### tee: to files and on
echo hi | tee a b; cat a b; echo x | tee -a a >/dev/null; cat a
## STDOUT:
hi
hi
hi
hi
x
## END

#### tee: files that cannot be opened
mkdir d; echo x | tee nod/x d y; echo $?; cat y; tee 'a b/c' </dev/null; echo $?
## STDOUT:
x
1
x
1
## END
## STDERR:
tee: nod/x: No such file or directory
tee: d: Is a directory
tee: 'a b/c': No such file or directory
## END

#### tee: a wrong mode and a wrong option
tee --output-error=foo </dev/null; echo $?; tee -q; echo $?
## STDOUT:
1
1
## END
## STDERR:
tee: invalid argument ‘foo’ for ‘--output-error’
Valid arguments are:
  - ‘warn’
  - ‘warn-nopipe’
  - ‘exit’
  - ‘exit-nopipe’
Try 'tee --help' for more information.
tee: invalid option -- 'q'
Try 'tee --help' for more information.
## END

#### tee: - is a file
echo k | tee - >/dev/null; ls
## stdout: -

#### tee: a closed output
echo hi | tee f >&-; echo $?; cat f
## STDOUT:
1
hi
## END
## stderr: tee: 'standard output': Bad file descriptor

#### pwd: what PWD says
mkdir r; ln -s r l; cd l; PWD=/bogus env pwd -L; PWD=$PWD/../r env pwd -L; env POSIXLY_CORRECT=1 pwd
## STDOUT:
/tmp/case/r
/tmp/case/r
/tmp/case/l
## END

#### pwd: a removed directory
mkdir x; cd x; rmdir ../x; env pwd; echo $?; env pwd -L
## status: 1
## stdout: 1
## STDERR:
pwd: couldn't find directory entry in ‘..’ with matching i-node
pwd: couldn't find directory entry in ‘..’ with matching i-node
## END

#### readlink
mkdir d; touch d/f; ln -s d/f l; ln -s nope bad; readlink l; readlink d/f; echo $?; readlink -v d/f; readlink -n l; echo; readlink -n l bad; readlink -z l | tr '\0' '@'; readlink
## status: 1
## stdout-json: "d/f\n1\nd/f\nd/f\nnope\nd/f@"
## STDERR:
readlink: d/f: Invalid argument
readlink: ignoring --no-newline with multiple arguments
readlink: missing operand
Try 'readlink --help' for more information.
## END

#### readlink -f -e -m
mkdir d; touch d/f; ln -s d/f l; ln -s nope bad; ln -s loop loop; readlink -f l bad nope/x; echo $?; readlink -fv nope/x; readlink -e l bad; readlink -ev bad loop; readlink -m nope/x/y l; readlink -f d/f/; readlink -f ''; echo $?
## STDOUT:
/tmp/case/d/f
/tmp/case/nope
1
/tmp/case/d/f
/tmp/case/nope/x/y
/tmp/case/d/f
1
## END
## STDERR:
readlink: nope/x: No such file or directory
readlink: bad: No such file or directory
readlink: loop: Too many levels of symbolic links
## END

#### realpath
mkdir d; touch d/f; ln -s d/f l; ln -s nope bad; realpath l bad nope/x; echo $?; realpath -e bad; realpath -m nope/x/../y; realpath -s l d/../l; realpath -q nope/x; echo $?; realpath ''; realpath; realpath -x; realpath -z l | tr '\0' '@'
## stdout-json: "/tmp/case/d/f\n/tmp/case/nope\n1\n/tmp/case/nope/y\n/tmp/case/l\n/tmp/case/l\n1\n/tmp/case/d/f@"
## STDERR:
realpath: nope/x: No such file or directory
realpath: bad: No such file or directory
realpath: '': No such file or directory
realpath: missing operand
Try 'realpath --help' for more information.
realpath: invalid option -- 'x'
Try 'realpath --help' for more information.
## END

#### realpath: relative
mkdir d; touch d/f; ln -s d/f l; realpath --relative-to=d l d .; realpath --relative-base=d l d . d/f; realpath --relative-to=. --relative-base=d d/f l; realpath --relative-to=nope/x l; echo $?; realpath --relative-to=l .; realpath --relative-to=nope l
## STDOUT:
f
.
..
f
.
/tmp/case
f
/tmp/case/d/f
/tmp/case/d/f
1
../..
../d/f
## END
## stderr: realpath: nope/x: No such file or directory

#### realpath: what is no directory
mkdir d; touch d/f; ln -s d/f l; ln -s loop loop; realpath -L l/..; realpath -P d/..; realpath -e d/f/.; realpath -s nope/../l; realpath -m d/f/x; realpath loop; realpath -m loop
## STDOUT:
/tmp/case
/tmp/case/d/f/x
/tmp/case/loop
## END
## STDERR:
realpath: l/..: Not a directory
realpath: d/f/.: Not a directory
realpath: nope/../l: No such file or directory
realpath: loop: Too many levels of symbolic links
## END

#### mktemp: names
mktemp foo.XXXX.c | wc -c; mktemp --suffix=.c fooXXX | tail -c 3; mktemp --tmpdir=. | wc -c; mktemp -u -p x/y fooXXX | wc -c; TMPDIR= mktemp -u -t fXXX | wc -c; TMPDIR=. mktemp -u | wc -c; TMPDIR=a mktemp -u -p b -t fXXX | cut -c 1-3
## STDOUT:
11
.c
17
11
10
17
a/f
## END

#### mktemp: what it makes
umask 0; d=$(mktemp -d dXXX); f=$(mktemp fXXX); stat -c '%a %F' $d $f; mktemp -u gXXX >/dev/null; ls | wc -l
## STDOUT:
700 directory
600 regular empty file
2
## END

#### mktemp: wrong templates
mktemp foo; echo $?; mktemp fooXX; mktemp --suffix=.c fooXXX.d; mktemp --suffix=a/b fooXXX; mktemp -t a/b.XXX; mktemp -p . /a/b.XXX; mktemp a b; mktemp aXXX/b; mktemp ''; mktemp XXX/
## status: 1
## stdout: 1
## STDERR:
mktemp: too few X's in template ‘foo’
mktemp: too few X's in template ‘fooXX’
mktemp: with --suffix, template ‘fooXXX.d’ must end in X
mktemp: invalid suffix ‘a/b’, contains directory separator
mktemp: invalid template, ‘a/b.XXX’, contains directory separator
mktemp: invalid template, ‘/a/b.XXX’; with --tmpdir, it may not be absolute
mktemp: too many templates
Try 'mktemp --help' for more information.
mktemp: invalid suffix ‘/b’, contains directory separator
mktemp: too few X's in template ‘’
mktemp: invalid suffix ‘/’, contains directory separator
## END

#### mktemp: what cannot be made
mktemp -q nodir/fXXX; echo $?; mktemp nodir/fXXX; mktemp -d nodir/fXXX; mktemp -p nodir fooXXX; echo $?
## STDOUT:
1
1
## END
## STDERR:
mktemp: failed to create file via template ‘nodir/fXXX’: No such file or directory
mktemp: failed to create directory via template ‘nodir/fXXX’: No such file or directory
mktemp: failed to create file via template ‘nodir/fooXXX’: No such file or directory
## END

#### mkdir -m: bits that are not spoken of
umask 022; mkdir -m -w a; mkdir -m +w b; mkdir -m g+w,o-x c; mkdir -m =x d; mkdir -m g=u e; mkdir -pm o+w f/g; mkdir -m u-w,+t i; stat -c '%a %n' a b c d e f/g i
## STDOUT:
577 a
777 b
776 c
111 d
777 e
777 f/g
1555 i
## END

#### stat: number directives
echo abc > f; chmod 644 f; stat -c '%5a|%-5a|%05a|%#a|%5A|%.2A|%+s|% s|%#s|%+h|%.5s|%08.5s|%5.3s|%#f|%10F|%.4F' f
## STDOUT:
  644|644  |00644|0644|-rw-r--r--|-r|+4| 4|4|1|00004|   00004|  004|0x81a4|regular file|regu
## END

#### stat: times
echo abc > f; touch -d '2020-01-02 03:04:05.123456789' f; stat -c '%.X|%.9Y|%.12Y|%20.2Y|%-20.2Y|%020.2Y|%15.3Y|%+Y|%.0Y|%10.3y|%-40y|%.25y|' f
## stdout: 1577934245.123456789|1577934245.123456789|1577934245.123456789000|       1577934245.12|1577934245.12       |00000001577934245.12| 1577934245.123|+1577934245|1577934245|       202|2020-01-02 03:04:05.123456789 +0000     |2020-01-02 03:04:05.12345|

#### stat: times before the epoch
> f; touch -d '1969-12-31 23:59:58.25' f; stat -c '%Y %.1Y %.2Y %y' f
## stdout: -2 -1.7 -1.75 1969-12-31 23:59:58.250000000 +0000

#### stat: unknown directives
> f; stat -c '%q|%5q|%Hx|%H|%L|%' f; stat -c '%I' f; echo $?; stat -c 'a%10%' f; stat --printf '%5' f; echo $?
## STDOUT:
?|?|?x|?|?|%
1
a1
## END
## STDERR:
stat: ‘%I’: invalid directive
stat: ‘%10%’: invalid directive
stat: ‘%5’: invalid directive
## END

#### stat: escapes
> f; stat --printf 'a\q\x4g\x\101\u0041\e\a\0\"\\' f | cat -A; stat --printf='a\' f; echo; stat -c '%n\n' f
## STDOUT:
aq^DgxAu0041^[^G^@"\a\
f\n
## END
## STDERR:
stat: warning: unrecognized escape '\q'
stat: warning: unrecognized escape '\x'
stat: warning: unrecognized escape '\u'
stat: warning: backslash at end of format
## END

#### stat: names are quoted where %N stands
touch 'a b' "it's"; ln -s 'a b' l; stat -c '%N' 'a b' "it's" l; stat -c '%10N|' l; stat 'a b' "it's" l | head -n 1
## STDOUT:
'a b'
"it's"
'l' -> 'a b'
         l ->        a b|
  File: a b
## END

#### stat: the default layout
echo hello > f; chmod 640 f; touch -d '2020-01-02 03:04:05' f; stat f | grep -v -e Blocks -e Inode -e Change -e Birth; stat f | grep -o 'Links: 1.*'
## STDOUT:
  File: f
Access: (0640/-rw-r-----)  Uid: (    0/    root)   Gid: (    0/    root)
Access: 2020-01-02 03:04:05.000000000 +0000
Modify: 2020-01-02 03:04:05.000000000 +0000
Links: 1
## END

#### stat: wrong calls
stat --cached=foo f; echo $?; stat -f; stat -c; stat -f nofile; stat -f - < /dev/null; echo $?; stat ''
## status: 1
## STDOUT:
1
1
## END
## STDERR:
stat: invalid argument ‘foo’ for ‘--cached’
Valid arguments are:
  - ‘default’
  - ‘never’
  - ‘always’
Try 'stat --help' for more information.
stat: missing operand
Try 'stat --help' for more information.
stat: option requires an argument -- 'c'
Try 'stat --help' for more information.
stat: cannot read file system information for 'nofile': No such file or directory
stat: using '-' to denote standard input does not work in file system mode
stat: cannot statx '': No such file or directory
## END

#### stat: the last format counts
> f; stat --format=%n f --printf=x; echo; stat --printf=x f -c %n; ln -s loop loop; stat -L loop
## status: 1
## STDOUT:
x
f
## END
## stderr: stat: cannot statx 'loop': Too many levels of symbolic links
