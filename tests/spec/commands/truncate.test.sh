# truncate

#### sizes
truncate -s 10 f; stat -c %s f; truncate -s 3 f; stat -c %s f; truncate --size=1K f; stat -c %s f; truncate -s 1KB f; stat -c %s f; truncate -s 0 f; stat -c %s f
## STDOUT:
10
3
1024
1000
0
## END

#### what is cut is gone, what is added is zeros
printf abcdef > f; truncate -s 3 f; truncate -s 5 f; cat -v f; echo
## stdout: abc^@^@

#### relative sizes
truncate -s 10 f; for s in +5 -3 '<20' '<8' '>4' '>16' /5 %4 +0 -100 '/7' '%7'; do truncate -s "$s" f; stat -c "$s %s" f; done
## STDOUT:
+5 15
-3 12
<20 12
<8 8
>4 8
>16 16
/5 15
?16
+0 16
-100 0
/7 0
?0
## END

#### a reference
truncate -s 7 r; truncate -r r f; stat -c %s f; truncate -r r -s +2 f g; stat -c %s f g; truncate -r nope f; echo $?
## STDOUT:
7
9
9
1
## END
## stderr: truncate: cannot stat 'nope': No such file or directory

#### wrong numbers
truncate -s x f; truncate -s '' f; truncate -s +x f; truncate -s 1k1 f; truncate -s 99999999999999999999 f; truncate -s /0 f; truncate -s %0 f; ls
## status: 0
## STDERR:
truncate: Invalid number: ‘x’
truncate: Invalid number: ‘’
truncate: Invalid number: ‘+x’
truncate: Invalid number: ‘1k1’
truncate: Invalid number: ‘99999999999999999999’: Value too large for defined data type
truncate: division by zero
truncate: division by zero
## END

#### wrong usage
truncate; truncate f; truncate -s 1; truncate -s 1 -r f f; truncate -o -r f f; truncate -s; truncate -Z
## status: 1
## STDERR:
truncate: you must specify either ‘--size’ or ‘--reference’
Try 'truncate --help' for more information.
truncate: you must specify either ‘--size’ or ‘--reference’
Try 'truncate --help' for more information.
truncate: missing file operand
Try 'truncate --help' for more information.
truncate: you must specify a relative ‘--size’ with ‘--reference’
Try 'truncate --help' for more information.
truncate: ‘--io-blocks’ was specified but ‘--size’ was not
Try 'truncate --help' for more information.
truncate: option requires an argument -- 's'
Try 'truncate --help' for more information.
truncate: invalid option -- 'Z'
Try 'truncate --help' for more information.
## END

#### files that cannot be made
truncate -s 1 nodir/f; echo $?; truncate -c -s 1 nope; echo $?; mkdir d; truncate -s 1 d; echo $?; truncate -s 1 '' ; echo $?; ls
## STDOUT:
1
0
1
1
d
## END
## STDERR:
truncate: cannot open 'nodir/f' for writing: No such file or directory
truncate: cannot open 'd' for writing: Is a directory
truncate: cannot open '' for writing: No such file or directory
## END

#### io blocks
truncate -o -s 2 f; stat -c %s f
## stdout: 8192

#### several files
: > b; truncate -s 2 a b c; stat -c '%n %s' a b c
## STDOUT:
a 2
b 2
c 2
## END
