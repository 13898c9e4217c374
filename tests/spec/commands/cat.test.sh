#### a file
printf 'a\nb\n' > f; cat f
## STDOUT:
a
b
## END

#### several files
echo 1 > a; echo 2 > b; cat a b a
## STDOUT:
1
2
1
## END

#### standard input
cat
## stdin: typed
## stdout: typed

#### dash is standard input
echo a > f; echo in | cat f - f
## STDOUT:
a
in
a
## END

#### no final newline
printf 'no newline' > f; cat f f
## stdout-json: "no newlineno newline"

#### an empty file
> f; cat f; echo $?
## stdout: 0

#### a missing file among others
echo a > a; cat nosuch a; echo $?
## STDOUT:
a
1
## END
## stderr: cat: nosuch: No such file or directory

#### a directory
mkdir d; cat d; echo $?
## stdout: 1
## stderr: cat: d: Is a directory

#### binary data goes through
printf '\0\1\377\200x' > f; cat f
## stdout-json: "\u0000\u0001\xff\x80x"

#### -n numbers lines
printf 'a\n\nb\n' | cat -n
## stdout-json: "     1\ta\n     2\t\n     3\tb\n"

#### -b numbers lines with text
printf 'a\n\nb\n' | cat -b
## STDOUT:
     1	a

     2	b
## END

#### -n goes on over files
echo a > a; echo b > b; cat -n a b
## STDOUT:
     1	a
     2	b
## END

#### -b wins over -n
printf 'a\n\nb\n' | cat -nb; printf 'a\n\nb\n' | cat -bn
## STDOUT:
     1	a

     2	b
     1	a

     2	b
## END

#### -s squeezes blank lines
printf 'a\n\n\n\nb\n\n\n' | cat -s
## STDOUT:
a

b

## END

#### -sn
printf '\n\na\n\n\nb' | cat -sn
## stdout-json: "     1\t\n     2\ta\n     3\t\n     4\tb"

#### -E shows ends
printf 'a\n\nb' | cat -E
## stdout-json: "a$\n$\nb"

#### -E shows carriage returns before newlines
printf 'a\r\nb\rc\n' | cat -E
## stdout-json: "a^M$\nb\rc$\n"

#### -T shows tabs
printf 'a\tb\n' | cat -T
## stdout: a^Ib

#### -v shows control characters
printf 'a\001\033\177\200\377\r\tb\n' | cat -v
## stdout: a^A^[^?M-^@M-^?^M	b

#### -A is -vET
printf 'a\tb\001\n\n' | cat -A
## STDOUT:
a^Ib^A$
$
## END

#### -e and -t
printf 'a\tb\001\n' | cat -e; printf 'a\tb\001\n' | cat -t
## STDOUT:
a	b^A$
a^Ib^A
## END

#### -u is accepted
echo a | cat -u
## stdout: a

#### -n across a file without a final newline
printf 'a\nb' > x; printf 'c\nd\n' > y; cat -n x y
## STDOUT:
     1	a
     2	bc
     3	d
## END

#### long options
printf 'a\n\n\nb\tc\n' | cat --number --squeeze-blank --show-tabs --show-ends
## STDOUT:
     1	a$
     2	$
     3	b^Ic$
## END

#### unknown option
cat -Z; echo $?
## stdout: 1
## STDERR:
cat: invalid option -- 'Z'
Try 'cat --help' for more information.
## END

#### unknown long option
cat --nosuch; echo $?
## stdout: 1
## STDERR:
cat: unrecognized option '--nosuch'
Try 'cat --help' for more information.
## END

#### ambiguous long option
cat --show; echo $?
## stdout: 1
## STDERR:
cat: option '--show' is ambiguous; possibilities: '--show-nonprinting' '--show-ends' '--show-tabs' '--show-all'
Try 'cat --help' for more information.
## END

#### abbreviated long option
printf 'a\n' | cat --numb
## status: 1
## STDERR:
cat: option '--numb' is ambiguous; possibilities: '--number-nonblank' '--number'
Try 'cat --help' for more information.
## END

#### -- ends the options
echo a > -n; cat -- -n
## stdout: a

#### a file that is its own output
echo a > f; cat f >> f; echo $?; cat f
## STDOUT:
1
a
## END
## stderr: cat: f: input file is output file

#### through a symlink
echo a > f; ln -s f l; cat l; ln -s nowhere m; cat m; echo $?
## STDOUT:
a
1
## END
## stderr: cat: m: No such file or directory

#### a loop of symlinks
ln -s a b; ln -s b a; cat a; echo $?
## stdout: 1
## stderr: cat: a: Too many levels of symbolic links

#### a name with blanks and quotes
cat 'a b' "it's" 'a"b' $'a\nb'; echo $?
## stdout: 1
## STDERR:
cat: 'a b': No such file or directory
cat: "it's": No such file or directory
cat: 'a"b': No such file or directory
cat: 'a'$'\n''b': No such file or directory
## END

#### a name that is too long
cat $(printf '%0300d' 0); echo $?
## stdout: 1
## stderr: cat: 000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000: File name too long

#### an empty name
cat ''; echo $?
## stdout: 1
## stderr: cat: '': No such file or directory

#### a path through a file
echo > f; cat f/x; echo $?
## stdout: 1
## stderr: cat: f/x: Not a directory

#### many lines are numbered in six columns
seq 100000 | cat -n | tail -n 2
## STDOUT:
 99999	99999
100000	100000
## END

#### large input
seq 100000 | cat | tail -n 1
## stdout: 100000

#### dash twice reads once
echo a | cat - -
## stdout: a

#### closed standard output
cat /dev/null >&-; echo $?; echo a | cat >&-; echo $?
## STDOUT:
1
1
## END
## STDERR:
cat: standard output: Bad file descriptor
cat: standard output: Bad file descriptor
## END

#### full device
echo a | cat > /dev/full; echo $?
## stdout: 1
## stderr: cat: write error: No space left on device
