# mkdir rmdir rm cp mv ln touch chmod chown pwd stat

#### mkdir
mkdir a b; ls
## STDOUT:
a
b
## END

#### mkdir of an existing directory
mkdir a; mkdir a; echo $?; touch f; mkdir f; echo $?
## STDOUT:
1
1
## END
## STDERR:
mkdir: cannot create directory ‘a’: File exists
mkdir: cannot create directory ‘f’: File exists
## END

#### mkdir -p
mkdir -p a/b/c; mkdir -p a/b; echo $?; ls a; touch f; mkdir -p f; echo $?; mkdir -p f/x; echo $?
## STDOUT:
0
b
1
1
## END
## STDERR:
mkdir: cannot create directory ‘f’: File exists
mkdir: cannot create directory ‘f’: Not a directory
## END

#### mkdir without a parent
mkdir a/b; echo $?
## stdout: 1
## stderr: mkdir: cannot create directory ‘a/b’: No such file or directory

#### mkdir -m
mkdir -m 700 a; mkdir -m u=rwx,go=rx b; mkdir -m a+t c; stat -c '%a %n' a b c; mkdir -m xyz d; echo $?
## STDOUT:
700 a
755 b
1755 c
1
## END
## stderr: mkdir: invalid mode ‘xyz’

#### mkdir -v
mkdir -v a; mkdir -pv b/c/d
## STDOUT:
mkdir: created directory 'a'
mkdir: created directory 'b'
mkdir: created directory 'b/c'
mkdir: created directory 'b/c/d'
## END

#### mkdir -pm sets only the last
umask 022; mkdir -p -m 700 x/y; stat -c %a x x/y
## STDOUT:
755
700
## END

#### mkdir respects umask
umask 077; mkdir a; stat -c %a a
## stdout: 700

#### mkdir without operand
mkdir; echo $?
## stdout: 1
## STDERR:
mkdir: missing operand
Try 'mkdir --help' for more information.
## END

#### mkdir unknown option
mkdir -Z1 x; mkdir -Q x; echo $?
## stdout: 1
## STDERR:
mkdir: invalid option -- '1'
Try 'mkdir --help' for more information.
mkdir: invalid option -- 'Q'
Try 'mkdir --help' for more information.
## END

#### mkdir one of several fails
mkdir a; mkdir a b; echo $?; ls
## STDOUT:
1
a
b
## END
## stderr: mkdir: cannot create directory ‘a’: File exists

#### mkdir with trailing slash and dots
mkdir a/; mkdir ./b/; mkdir .; echo $?; mkdir ..; echo $?; mkdir /; echo $?; ls
## STDOUT:
1
1
1
a
b
## END
## STDERR:
mkdir: cannot create directory ‘.’: File exists
mkdir: cannot create directory ‘..’: File exists
mkdir: cannot create directory ‘/’: File exists
## END

#### rmdir
mkdir a b; rmdir a b; ls; echo $?
## stdout: 0

#### rmdir of a directory with entries
mkdir -p a/b; rmdir a; echo $?; touch f; rmdir f; echo $?; rmdir nosuch; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
rmdir: failed to remove 'a': Directory not empty
rmdir: failed to remove 'f': Not a directory
rmdir: failed to remove 'nosuch': No such file or directory
## END

#### rmdir -p
mkdir -p a/b/c; rmdir -p a/b/c; ls; mkdir -p x/y; touch x/f; rmdir -p x/y; echo $?
## stdout: 1
## stderr: rmdir: failed to remove directory 'x': Directory not empty

#### rmdir --ignore-fail-on-non-empty
mkdir -p a/b; rmdir --ignore-fail-on-non-empty a; echo $?
## stdout: 0

#### rmdir -v
mkdir -p a/b; rmdir -v a/b; rmdir -pv a
## STDOUT:
rmdir: removing directory, 'a/b'
rmdir: removing directory, 'a'
## END

#### rmdir without operand
rmdir; echo $?
## stdout: 1
## STDERR:
rmdir: missing operand
Try 'rmdir --help' for more information.
## END

#### rmdir of dot
rmdir .; echo $?
## stdout: 1
## stderr: rmdir: failed to remove '.': Invalid argument

#### rm
touch a b; rm a b; ls; rm nosuch; echo $?
## stdout: 1
## stderr: rm: cannot remove 'nosuch': No such file or directory

#### rm -f
rm -f nosuch; echo $?; rm -f; echo $?
## STDOUT:
0
0
## END

#### rm of a directory
mkdir d; rm d; echo $?; rm -d d; ls; mkdir -p e/f; rm -d e; echo $?
## STDOUT:
1
1
## END
## STDERR:
rm: cannot remove 'd': Is a directory
rm: cannot remove 'e': Directory not empty
## END

#### rm -r
mkdir -p a/b/c; touch a/x a/b/y; rm -r a; ls; rm -R nosuch; echo $?
## stdout: 1
## stderr: rm: cannot remove 'nosuch': No such file or directory

#### rm -rf
mkdir -p a/b; chmod 0 a/b; rm -rf a nosuch; echo $?; ls
## stdout: 0

#### rm -v
touch a; mkdir -p d/e; touch d/e/f; rm -v a; rm -rv d
## STDOUT:
removed 'a'
removed 'd/e/f'
removed directory 'd/e'
removed directory 'd'
## END

#### rm -i reads the answer
touch a b; rm -i a b; echo; ls
## STDIN:
y
n
## END
## STDOUT:

b
## END
## stderr-json: "rm: remove regular empty file 'a'? rm: remove regular empty file 'b'? "

#### rm -i of a directory tree
mkdir d; touch d/x; rm -ri d; echo; ls
## STDIN:
y
y
y
## END
## STDOUT:

## END
## stderr-json: "rm: descend into directory 'd'? rm: remove regular empty file 'd/x'? rm: remove directory 'd'? "

#### rm -I asks once
touch a b c d; rm -I a b c d; echo; ls
## stdin: n
## STDOUT:

a
b
c
d
## END
## stderr-json: "rm: remove 4 arguments? "

#### rm of dot and dot-dot
rm -r .; echo $?; rm -r ..; echo $?
## STDOUT:
1
1
## END
## STDERR:
rm: refusing to remove '.' or '..' directory: skipping '.'
rm: refusing to remove '.' or '..' directory: skipping '..'
## END

#### rm of the root is refused
rm -r /; echo $?
## stdout: 1
## STDERR:
rm: it is dangerous to operate recursively on '/'
rm: use --no-preserve-root to override this failsafe
## END

#### rm of symlinks removes the link
mkdir d; touch d/f; ln -s d l; rm l; ls; ln -s d l; rm -r l; ls d
## STDOUT:
d
f
## END

#### rm of a link with a trailing slash
mkdir d; ln -s d l; rm -r l/; echo $?
## stdout: 1
## stderr: rm: cannot remove 'l/': Not a directory

#### rm without operand
rm; echo $?
## stdout: 1
## STDERR:
rm: missing operand
Try 'rm --help' for more information.
## END

#### rm unknown option
rm -Z; echo $?; touch -- -x; rm -x; echo $?; rm -- -x; ls
## STDOUT:
1
1
## END
## STDERR:
rm: invalid option -- 'Z'
Try 'rm --help' for more information.
rm: invalid option -- 'x'
Try 'rm ./-x' to remove the file '-x'.
Try 'rm --help' for more information.
## END

#### rm goes on after a failure
touch a; rm nosuch a; echo $?; ls
## stdout: 1
## stderr: rm: cannot remove 'nosuch': No such file or directory

#### rm of names with blanks
touch 'a b' $'c\nd'; rm 'a b' $'c\nd'; ls; rm 'x y' "it's"; echo $?
## stdout: 1
## STDERR:
rm: cannot remove 'x y': No such file or directory
rm: cannot remove "it's": No such file or directory
## END

#### rm of a file without write permission as root
touch a; chmod 0 a; rm a < /dev/null; echo $?; ls
## stdout: 0

#### cp
echo data > a; cp a b; cat b
## stdout: data

#### cp into a directory
echo 1 > a; echo 2 > b; mkdir d; cp a b d; cat d/a d/b; cp a d/; ls d
## STDOUT:
1
2
a
b
## END

#### cp -t
echo 1 > a; mkdir d; cp -t d a; ls d; cp -t nosuch a; echo $?
## STDOUT:
a
1
## END
## stderr: cp: target directory 'nosuch': No such file or directory

#### cp of a missing file
cp nosuch x; echo $?; mkdir d; echo a > a; cp nosuch a d; echo $?; ls d
## STDOUT:
1
1
a
## END
## STDERR:
cp: cannot stat 'nosuch': No such file or directory
cp: cannot stat 'nosuch': No such file or directory
## END

#### cp to a missing directory
echo a > a; cp a no/such; echo $?; cp a b c; echo $?; cp a nodir/; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
cp: cannot create regular file 'no/such': No such file or directory
cp: target 'c': No such file or directory
cp: cannot create regular file 'nodir/': Not a directory
## END

#### cp onto itself
echo a > a; cp a a; echo $?; cp a ./a; echo $?; ln a b; cp a b; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
cp: 'a' and 'a' are the same file
cp: 'a' and './a' are the same file
cp: 'a' and 'b' are the same file
## END

#### cp of a directory without -r
mkdir d; cp d e; echo $?; ls
## STDOUT:
1
d
## END
## stderr: cp: -r not specified; omitting directory 'd'

#### cp -r
mkdir -p d/sub; echo 1 > d/f; echo 2 > d/sub/g; cp -r d e; find e | sort; cat e/sub/g; mkdir x; cp -r d x; find x | sort
## STDOUT:
e
e/f
e/sub
e/sub/g
2
x
x/d
x/d/f
x/d/sub
x/d/sub/g
## END

#### cp -r into itself
mkdir d; cp -r d d/e; echo $?
## stdout: 1
## stderr: cp: cannot copy a directory, 'd', into itself, 'd/e'

#### cp -a keeps modes, times and links
mkdir d; echo 1 > d/f; chmod 640 d/f; touch -d '2020-01-02 03:04:05' d/f; ln -s f d/l; cp -a d e; stat -c '%a %Y %n' e/f; stat -c '%N' e/l
## STDOUT:
640 1577934245 e/f
'e/l' -> 'f'
## END

#### cp -p
echo a > a; chmod 600 a; touch -d @1000000000 a; cp -p a b; stat -c '%a %Y' b; cp a c; stat -c '%a' c
## STDOUT:
600 1000000000
600
## END

#### cp keeps the mode within the umask
umask 022; echo a > a; chmod 777 a; cp a b; stat -c %a b; umask 077; cp a c; stat -c %a c
## STDOUT:
755
700
## END

#### cp -i, -n, -f, -u
echo 1 > a; echo 2 > b; cp -n a b; cat b; echo n | cp -i a b; echo; cat b; cp -f a b; cat b; touch -d 2030-01-01 b; echo 3 > a; cp -u a b; cat b
## STDOUT:
2

2
1
1
## END
## stderr-json: "cp: overwrite 'b'? "

#### cp -v
echo a > a; mkdir d; cp -v a b; cp -v a d; cp -rv d e
## STDOUT:
'a' -> 'b'
'a' -> 'd/a'
'd' -> 'e'
'd/a' -> 'e/a'
## END

#### cp follows and keeps symlinks
echo a > a; ln -s a l; cp l m; stat -c %F m; cp -P l n; stat -c %F n; cp -d l o; stat -c %N o; mkdir d; ln -s ../a d/l; cp -r d e; stat -c %F e/l; cp -rL d g; stat -c %F g/l
## STDOUT:
regular file
symbolic link
'o' -> 'a'
symbolic link
regular file
## END

#### cp -l and -s
echo a > a; cp -l a b; stat -c %h a; cp -s a c; stat -c %N c
## STDOUT:
2
'c' -> 'a'
## END

#### cp -b makes backups
echo 1 > a; echo 2 > b; cp -b a b; ls; cat b~; cp --backup=numbered a b; ls; cp -S .bak a b; ls
## STDOUT:
a
b
b~
2
a
b
b.~1~
b~
a
b
b.~1~
b.~2~
b~
## END

#### cp --parents
mkdir -p a/b d; echo 1 > a/b/f; cp --parents a/b/f d; find d | sort
## STDOUT:
d
d/a
d/a/b
d/a/b/f
## END

#### cp -T
mkdir d; echo a > a; cp -T a d; echo $?; mkdir e; touch e/x; cp -rT e d; ls d
## STDOUT:
1
x
## END
## stderr: cp: cannot overwrite directory 'd' with non-directory

#### cp of special files
cp /dev/null a; stat -c '%F %s' a
## stdout: regular empty file 0

#### cp without operand
cp; echo $?; cp a; echo $?
## STDOUT:
1
1
## END
## STDERR:
cp: missing file operand
Try 'cp --help' for more information.
cp: missing destination file operand after 'a'
Try 'cp --help' for more information.
## END

#### cp unknown option
cp -Q a b; echo $?
## stdout: 1
## STDERR:
cp: invalid option -- 'Q'
Try 'cp --help' for more information.
## END

#### cp overwrites a shorter file
echo long long > a; echo s > b; cp b a; cat a
## stdout: s

#### cp over a directory
mkdir d; echo a > a; mkdir d/a; cp a d; echo $?; mkdir x; echo f > f; mkdir -p y/f; cp -r x f; echo $?
## STDOUT:
1
1
## END
## STDERR:
cp: cannot overwrite directory 'd/a' with non-directory
cp: cannot overwrite non-directory 'f' with directory 'x'
## END

#### cp same name twice
mkdir a d; echo 1 > f; echo 2 > a/f; cp f a/f d; echo $?; cat d/f
## STDOUT:
1
1
## END
## stderr: cp: will not overwrite just-created 'd/f' with 'a/f'

#### cp over a dangling link
echo a > a; ln -s nowhere l; cp a l; echo $?
## stdout: 1
## stderr: cp: not writing through dangling symlink 'l'

#### cp preserves hard links with -a
mkdir d; echo 1 > d/a; ln d/a d/b; cp -a d e; stat -c %h e/a; cp -r d g; stat -c %h g/a
## STDOUT:
2
1
## END

#### mv
echo a > a; mv a b; ls; cat b
## STDOUT:
b
a
## END

#### mv into a directory
touch a b; mkdir d; mv a b d; ls; ls d
## STDOUT:
d
a
b
## END

#### mv of directories
mkdir -p a/x b; mv a c; ls; mv c b; find . | sort
## STDOUT:
b
c
.
./b
./b/c
./b/c/x
## END

#### mv of a missing file
mv nosuch x; echo $?; touch a; mkdir d; mv nosuch a d; echo $?; ls d
## STDOUT:
1
1
a
## END
## STDERR:
mv: cannot stat 'nosuch': No such file or directory
mv: cannot stat 'nosuch': No such file or directory
## END

#### mv several to a file
touch a b c; mv a b c; echo $?; mv a b nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
mv: target 'c': Not a directory
mv: target 'nosuch': No such file or directory
## END

#### mv onto itself
touch a; mv a a; echo $?; mkdir d; mv d d; echo $?; mv d d/e; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
mv: 'a' and 'a' are the same file
mv: cannot move 'd' to a subdirectory of itself, 'd/d'
mv: cannot move 'd' to a subdirectory of itself, 'd/e'
## END

#### mv -n, -i, -f, -u
echo 1 > a; echo 2 > b; mv -n a b; ls; cat b; echo n | mv -i a b; echo; ls; echo y | mv -i a b; echo; ls; cat b
## STDOUT:
a
b
2

a
b

b
1
## END
## stderr-json: "mv: overwrite 'b'? mv: overwrite 'b'? "

#### mv -v
touch a; mkdir d; mv -v a b; mv -v b d
## STDOUT:
renamed 'a' -> 'b'
renamed 'b' -> 'd/b'
## END

#### mv a file over a directory and back
touch f; mkdir d; mv -T f d; echo $?; mv d f; echo $?; mkdir -p x/y z/y; touch z/y/f; mv x/y z; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
mv: cannot overwrite directory 'd' with non-directory
mv: cannot overwrite non-directory 'f' with directory 'd'
mv: cannot move 'x/y' to 'z/y': Directory not empty
## END

#### mv a directory over an empty one
mkdir -p a d/a; touch a/f; mv a d; echo $?; find d | sort
## STDOUT:
0
d
d/a
d/a/f
## END

#### mv -t and --backup
touch a; mkdir d; mv -t d a; ls d; echo 1 > x; echo 2 > y; mv -b x y; ls
## STDOUT:
a
d
y
y~
## END

#### mv a symlink moves the link
touch f; ln -s f l; mv l m; stat -c %N m
## stdout: 'm' -> 'f'

#### mv hard links of the same file
touch a; ln a b; mv a b; echo $?; ls
## STDOUT:
1
a
b
## END
## stderr: mv: 'a' and 'b' are the same file

#### mv without operand
mv; echo $?; mv a; echo $?
## STDOUT:
1
1
## END
## STDERR:
mv: missing file operand
Try 'mv --help' for more information.
mv: missing destination file operand after 'a'
Try 'mv --help' for more information.
## END

#### mv unknown option
mv -Q a b; echo $?
## stdout: 1
## STDERR:
mv: invalid option -- 'Q'
Try 'mv --help' for more information.
## END

#### mv to a missing directory
touch a; mv a no/such; echo $?; mv a no/; echo $?
## STDOUT:
1
1
## END
## STDERR:
mv: cannot move 'a' to 'no/such': No such file or directory
mv: cannot move 'a' to 'no/': Not a directory
## END

#### mv keeps times and modes
echo a > a; chmod 640 a; touch -d @1000000000 a; mv a b; stat -c '%a %Y' b
## stdout: 640 1000000000

#### ln
echo a > a; ln a b; stat -c '%h %n' a b; cat b
## STDOUT:
2 a
2 b
a
## END

#### ln -s
ln -s target l; stat -c '%N %F' l; mkdir d; ln -s ../x d; ls d
## STDOUT:
'l' -> 'target' symbolic link
x
## END

#### ln of a directory
mkdir d; ln d e; echo $?
## stdout: 1
## stderr: ln: d: hard link not allowed for directory

#### ln of a missing file
ln nosuch x; echo $?
## stdout: 1
## stderr: ln: failed to access 'nosuch': No such file or directory

#### ln over an existing file
touch a b; ln a b; echo $?; ln -s a b; echo $?; ln -f a b; echo $?; ln -sf a b; stat -c %N b
## STDOUT:
1
1
0
'b' -> 'a'
## END
## STDERR:
ln: failed to create hard link 'b': File exists
ln: failed to create symbolic link 'b': File exists
## END

#### ln -n
mkdir d; ln -s d l; ln -sfn x l; stat -c %N l; ln -s d m; ln -sf x m; ls d
## STDOUT:
'l' -> 'x'
x
## END

#### ln into a directory
touch a b; mkdir d; ln a b d; ls d; ln -t d -s a2; ls d
## STDOUT:
a
b
a
a2
b
## END

#### ln one operand links here
mkdir d; touch d/f; ln d/f; ls; ln -s /etc/passwd; stat -c %N passwd
## STDOUT:
d
f
'passwd' -> '/etc/passwd'
## END

#### ln -v
touch a; ln -v a b; ln -sv a c
## STDOUT:
'b' => 'a'
'c' -> 'a'
## END

#### ln -r
mkdir -p x/y; touch x/f; ln -sr x/f x/y/l; stat -c %N x/y/l
## stdout: 'x/y/l' -> '../f'

#### ln -T and -b
mkdir d; ln -sT x d; echo $?; touch a b; ln -sb a b; ls; stat -c %N b
## STDOUT:
1
a
b
b~
d
'b' -> 'a'
## END
## stderr: ln: failed to create symbolic link 'd': File exists

#### ln without operand
ln; echo $?; ln -s; echo $?
## STDOUT:
1
1
## END
## STDERR:
ln: missing file operand
Try 'ln --help' for more information.
ln: missing file operand
Try 'ln --help' for more information.
## END

#### ln same file
touch a; ln a a; echo $?; ln -f a a; echo $?; ln -s a a; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
ln: failed to create hard link 'a': File exists
ln: 'a' and 'a' are the same file
ln: failed to create symbolic link 'a': File exists
## END

#### ln of a symlink
touch f; ln -s f l; ln l m; stat -c %F m; ln -L l n; stat -c %F n
## STDOUT:
symbolic link
regular empty file
## END

#### touch
touch a b; ls; stat -c %s a
## STDOUT:
a
b
0
## END

#### touch keeps content
echo a > a; touch a; cat a
## stdout: a

#### touch -c
touch -c nosuch; echo $?; ls
## stdout: 0

#### touch -d
touch -d '2021-03-04 05:06:07' a; stat -c %y a; touch -d @86400 a; stat -c %Y a; touch -d 2020-02-30 a; echo $?
## STDOUT:
2021-03-04 05:06:07.000000000 +0000
86400
1
## END
## stderr: touch: invalid date format ‘2020-02-30’

#### touch -d in several forms
for d in 2020-01-02 '2020-01-02 03:04' 2020-01-02T03:04:05Z '2020-01-02 03:04:05.5' '2020-01-02 03:04 +0200' 'Jan 2 2020' '2 Jan 2020 10:00' '20200102'; do touch -d "$d" a; stat -c %y a; done
## STDOUT:
2020-01-02 00:00:00.000000000 +0000
2020-01-02 03:04:00.000000000 +0000
2020-01-02 03:04:05.000000000 +0000
2020-01-02 03:04:05.500000000 +0000
2020-01-02 01:04:00.000000000 +0000
2020-01-02 00:00:00.000000000 +0000
2020-01-02 10:00:00.000000000 +0000
2020-01-02 00:00:00.000000000 +0000
## END

#### touch -t
touch -t 202001020304 a; stat -c %y a; touch -t 202001020304.05 a; stat -c %y a; touch -t 9901020304 a; stat -c %y a; touch -t 13 a; echo $?
## STDOUT:
2020-01-02 03:04:00.000000000 +0000
2020-01-02 03:04:05.000000000 +0000
1999-01-02 03:04:00.000000000 +0000
1
## END
## stderr: touch: invalid date format ‘13’

#### touch -r
touch -d 2020-01-01 a; touch -r a b; stat -c %y b; touch -r nosuch c; echo $?
## STDOUT:
2020-01-01 00:00:00.000000000 +0000
1
## END
## stderr: touch: failed to get attributes of 'nosuch': No such file or directory

#### touch -a and -m
touch -d 2020-01-01 a; touch -a -d 2021-01-01 a; touch -m -d 2022-01-01 a; stat -c '%x %y' a
## stdout: 2021-01-01 00:00:00.000000000 +0000 2022-01-01 00:00:00.000000000 +0000

#### touch relative to -r
touch -d 2020-01-01 a; touch -r a -d '+1 day' b; stat -c %y b
## stdout: 2020-01-02 00:00:00.000000000 +0000

#### touch in a missing directory
touch no/such; echo $?; touch ''; echo $?
## STDOUT:
1
1
## END
## STDERR:
touch: cannot touch 'no/such': No such file or directory
touch: cannot touch '': No such file or directory
## END

#### touch of a directory
mkdir d; touch -d 2020-01-01 d; stat -c %y d
## stdout: 2020-01-01 00:00:00.000000000 +0000

#### touch -h
ln -s nowhere l; touch -h -d 2020-01-01 l; stat -c %y l; touch -d 2020-01-01 x; ls
## STDOUT:
2020-01-01 00:00:00.000000000 +0000
l
x
## END

#### touch without operand
touch; echo $?
## stdout: 1
## STDERR:
touch: missing file operand
Try 'touch --help' for more information.
## END

#### touch unknown option
touch -Q a; echo $?
## stdout: 1
## STDERR:
touch: invalid option -- 'Q'
Try 'touch --help' for more information.
## END

#### touch one of several fails
touch no/x a; echo $?; ls
## STDOUT:
1
a
## END
## stderr: touch: cannot touch 'no/x': No such file or directory

#### chmod octal
touch a; for m in 644 0755 7 000 4755 2755 1777; do chmod $m a; stat -c '%a %A' a; done
## STDOUT:
644 -rw-r--r--
755 -rwxr-xr-x
7 -------rwx
0 ----------
4755 -rwsr-xr-x
2755 -rwxr-sr-x
1777 -rwxrwxrwt
## END

#### chmod symbolic
touch a; chmod 644 a; for m in u+x g+w o= a+r u-w,g+x +x -w =r ug=rw,o=r a=; do chmod $m a; stat -c "$m %a" a; done
## STDOUT:
u+x 744
g+w 764
o= 760
a+r 764
u-w,g+x 574
+x 575
-w 575
=r 444
ug=rw,o=r 664
a= 0
## END
## stderr: chmod: a: new permissions are r-xrwxr-x, not r-xr-xr-x

#### chmod copies permissions
touch a; chmod 640 a; chmod o=g a; stat -c %a a; chmod g=u a; stat -c %a a; chmod o+u a; stat -c %a a
## STDOUT:
644
664
666
## END

#### chmod X
touch a; mkdir d; chmod 644 a; chmod 644 d; chmod +X a d; stat -c %a a d; chmod u+x a; chmod a+X a; stat -c %a a
## STDOUT:
644
755
755
## END

#### chmod s and t
touch a; chmod 755 a; chmod u+s a; stat -c '%a %A' a; chmod g+s,+t a; stat -c '%a %A' a; chmod a-x a; stat -c '%A' a; chmod 755 a; stat -c %a a
## STDOUT:
4755 -rwsr-xr-x
7755 -rwsr-sr-t
-rwSr-Sr-T
755
## END

#### chmod keeps set-id bits of directories
mkdir d; chmod 2755 d; chmod 755 d; stat -c %a d; chmod 00755 d; stat -c %a d; chmod g+s d; chmod u=rwx,go=rx d; stat -c %a d
## STDOUT:
2755
755
2755
## END

#### chmod with umask when no who is given
umask 027; touch a; chmod 000 a; chmod +rwx a; stat -c %a a; chmod -rwx a; stat -c %a a; chmod =w a; echo $?; stat -c %a a
## STDOUT:
750
0
0
200
## END

#### chmod minus that umask does not allow
umask 022; touch a; chmod 777 a; chmod -w a; echo $?; stat -c %a a
## STDOUT:
1
577
## END
## stderr: chmod: a: new permissions are r-xrwxrwx, not r-xr-xr-x

#### chmod -R
mkdir -p d/e; touch d/f d/e/g; chmod -R 700 d; find d -perm 700 | sort; chmod -R go+rX d; stat -c '%a %n' d/e d/f
## STDOUT:
d
d/e
d/e/g
d/f
755 d/e
755 d/f
## END

#### chmod -v and -c
touch a; chmod 644 a; chmod -v 600 a; chmod -v 600 a; chmod -c 600 a; chmod -c 644 a
## STDOUT:
mode of 'a' changed from 0644 (rw-r--r--) to 0600 (rw-------)
mode of 'a' retained as 0600 (rw-------)
mode of 'a' changed from 0600 (rw-------) to 0644 (rw-r--r--)
## END

#### chmod --reference
touch a b; chmod 751 a; chmod --reference=a b; stat -c %a b
## stdout: 751

#### chmod errors
chmod 644 nosuch; echo $?; touch a; chmod 888 a; echo $?; chmod u+z a; echo $?; chmod; echo $?; chmod 644; echo $?; chmod 10000 a; echo $?
## STDOUT:
1
1
1
1
1
1
## END
## STDERR:
chmod: cannot access 'nosuch': No such file or directory
chmod: invalid mode: ‘888’
Try 'chmod --help' for more information.
chmod: invalid mode: ‘u+z’
Try 'chmod --help' for more information.
chmod: missing operand
Try 'chmod --help' for more information.
chmod: missing operand after ‘644’
Try 'chmod --help' for more information.
chmod: invalid mode: ‘10000’
Try 'chmod --help' for more information.
## END

#### chmod -f
chmod -f 644 nosuch; echo $?
## stdout: 1

#### chmod follows links
touch f; ln -s f l; chmod 600 l; stat -c %a f; ln -s nowhere m; chmod 600 m; echo $?
## STDOUT:
600
1
## END
## stderr: chmod: cannot operate on dangling symlink 'm'

#### chmod unknown option
touch a; chmod -Q a; echo $?; chmod -rw a; echo $?
## STDOUT:
1
0
## END
## STDERR:
chmod: invalid option -- 'Q'
Try 'chmod --help' for more information.
## END

#### chmod with a comma list and spaces
touch a; chmod u=rwx,g=rx,o=x a; stat -c %A a; chmod 'u=r, g=r' a; echo $?
## STDOUT:
-rwxr-x--x
1
## END
## STDERR:
chmod: invalid mode: ‘u=r, g=r’
Try 'chmod --help' for more information.
## END

#### chown
touch a; chown 1:2 a; stat -c '%u %g' a; chown 3 a; stat -c '%u %g' a; chown :4 a; stat -c '%u %g' a; chown root:root a; stat -c '%U %G' a
## STDOUT:
1 2
3 2
3 4
root root
## END

#### chown by name with a login group
touch a; chown 5:5 a; chown root: a; stat -c '%u %g' a
## stdout: 0 0

#### chown errors
chown root nosuch; echo $?; touch a; chown nosuchuser a; echo $?; chown :nosuchgroup a; echo $?; chown; echo $?; chown root; echo $?
## STDOUT:
1
1
1
1
1
## END
## STDERR:
chown: cannot access 'nosuch': No such file or directory
chown: invalid user: ‘nosuchuser’
chown: invalid group: ‘:nosuchgroup’
chown: missing operand
Try 'chown --help' for more information.
chown: missing operand after ‘root’
Try 'chown --help' for more information.
## END

#### chown -R and -v
mkdir -p d; touch d/f; chown -R 7:7 d; stat -c %u d d/f; chown -v 7 d; chown -c 8 d
## STDOUT:
7
7
ownership of 'd' retained as lp
changed ownership of 'd' from lp to 8
## END

#### chown -h
touch f; ln -s f l; chown -h 9 l; stat -c %u f l; chown 10 l; stat -c %u f
## STDOUT:
0
9
10
## END

#### chown --reference and --from
touch a b; chown 3:4 a; chown --reference=a b; stat -c '%u %g' b; chown --from=9 1 b; stat -c %u b; chown --from=3:4 1 b; stat -c %u b
## STDOUT:
3 4
3
1
## END

#### chown clears set-id bits
touch a; chmod 4755 a; chown 1 a; stat -c %a a
## stdout: 755

#### pwd
mkdir -p a/b; cd a/b; pwd; env pwd
## STDOUT:
/tmp/case/a/b
/tmp/case/a/b
## END

#### pwd -L and -P by the program
mkdir r; ln -s r l; cd l; env pwd; env pwd -L; env pwd -P; env pwd -Z; echo $?
## STDOUT:
/tmp/case/r
/tmp/case/l
/tmp/case/r
1
## END
## STDERR:
pwd: invalid option -- 'Z'
Try 'pwd --help' for more information.
## END

#### pwd ignores operands
pwd a b; env pwd a; echo $?
## STDOUT:
/tmp/case
/tmp/case
0
## END
## stderr: pwd: ignoring non-option arguments

#### stat -c
echo hello > f; chmod 640 f; touch -d '2020-01-02 03:04:05' f; stat -c '%n %s %a %A %f %F %h %u %g %U %G %Y' f; stat -c '%y' f; stat -c '%x %X' f
## STDOUT:
f 6 640 -rw-r----- 81a0 regular file 1 0 0 root root 1577934245
2020-01-02 03:04:05.000000000 +0000
2020-01-02 03:04:05.000000000 +0000 1577934245
## END

#### stat file types
mkdir d; ln -s d l; touch e; stat -c '%F' d l e /dev/null; stat -L -c %F l
## STDOUT:
directory
symbolic link
regular empty file
character special file
directory
## END

#### stat %N
touch f 'a b' "it's"; ln -s 'x y' l; stat -c %N f 'a b' "it's" l
## STDOUT:
'f'
'a b'
"it's"
'l' -> 'x y'
## END

#### stat --printf
touch f; stat --printf '%n\t%s\n' f; stat --printf '%n' f; echo; stat -c 'a%%b\n' f
## STDOUT:
f	0
f
a%b\n
## END

#### stat widths
echo abc > f; stat -c '[%5s] [%-5s] [%05s] [%8n] [%.2n]' f
## stdout: [    4] [4    ] [00004] [       f] [f]

#### stat of a missing file
stat nosuch; echo $?; touch a; stat -c %n nosuch a; echo $?
## STDOUT:
1
a
1
## END
## STDERR:
stat: cannot statx 'nosuch': No such file or directory
stat: cannot statx 'nosuch': No such file or directory
## END

#### stat without operand
stat; echo $?
## stdout: 1
## STDERR:
stat: missing operand
Try 'stat --help' for more information.
## END

#### stat unknown option
stat -Q f; echo $?
## stdout: 1
## STDERR:
stat: invalid option -- 'Q'
Try 'stat --help' for more information.
## END

#### stat unknown directive
touch f; stat -c '%z' f >/dev/null; stat -c '%!' f; echo $?
## STDOUT:
?
0
## END

#### stat of devices
stat -c '%t %T' /dev/null /dev/zero; stat -c '%a %F' /dev/null
## STDOUT:
1 3
1 5
666 character special file
## END

#### stat -f has a format
stat -f -c '%n' /; echo $?
## STDOUT:
/
0
## END

#### stat blocks of an empty file
> f; stat -c '%b %B' f
## stdout: 0 512

#### stat default output
echo hello > f; touch -d '2020-01-02 03:04:05' f; stat f | head -n 2 | cut -c 1-20; stat f | grep -c Modify
## STDOUT:
  File: f
  Size: 6         	B
1
## END
