# The history of commands: history, fc, and their variables.

#### lines that are stored
history -s 'echo one'; history -s echo two; history -s 'echo three'; history; history 2; history 0; history -1; history -- 1
## STDOUT:
    1  echo one
    2  echo two
    3  echo three
    2  echo two
    3  echo three
    3  echo three
## END
## STDERR:
bash: line 1: history: -1: invalid option
history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]
## END

#### bad counts
history -s a; history x; echo $?; history -Z; echo $?; history -aw; echo $?
## STDOUT:
1
2
1
## END
## STDERR:
bash: line 1: history: x: numeric argument required
bash: line 1: history: -Z: invalid option
history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]
bash: line 1: history: cannot use more than one of -anrw
## END

#### lines that are deleted
for i in a b c d e f; do history -s $i; done; history -d 1; history; history -d 2-3; history -d -1; history; history -d 99; echo $?; history -d 0; echo $?; history -d x; echo $?; history -d; echo $?; history -c; history
## STDOUT:
    1  b
    2  c
    3  d
    4  e
    5  f
    1  b
    2  e
1
1
1
2
## END
## STDERR:
bash: line 1: history: 99: history position out of range
bash: line 1: history: 0: history position out of range
bash: line 1: history: x: history position out of range
bash: line 1: history: -d: option requires an argument
history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]
## END

#### files
for i in a b c; do history -s $i; done; history -w h; cat h; history -c; history -r h; history; history -a h2; cat h2; history -s new; history -a h2; cat h2; history -w /nonex/x; echo $?; history -r /nonex/x; echo $?
## STDOUT:
a
b
c
    1  a
    2  b
    3  c
new
1
1
## END
## stderr: cat: h2: No such file or directory

#### times in files
printf '#86400\na\n#172800\nb\n' > f; history -r f; HISTTIMEFORMAT='%F %T '; TZ=UTC history
## STDOUT:
    1  1970-01-02 00:00:00 a
    2  1970-01-03 00:00:00 b
## END

#### expansion without remembering
history -s 'echo one two'; history -p 'a b' '!!' '!$'; history -p '!echo:s/o/0/'; history -p '!nosuch'; echo $?; history -p; echo $?; history
## STDOUT:
a b
echo one two
two
ech0 one two
1
0
    1  echo one two
## END
## stderr: bash: line 1: history: !nosuch: history expansion failed

#### HISTCONTROL and HISTIGNORE
HISTCONTROL=ignoredups; history -s a; history -s a; history -s b; history; HISTCONTROL=erasedups; history -s a; history; HISTCONTROL=ignorespace; history -s ' x'; HISTCONTROL=ignoreboth; history -s ' x'; history -s a; HISTIGNORE='z*:&'; history -s zz; history -s a; history -s b; history
## STDOUT:
    1  a
    2  b
    1  b
    2  a
    1  b
    2  a
    3  b
## END

#### HISTSIZE
HISTSIZE=2; for i in a b c d; do history -s $i; done; history
## STDOUT:
    3  c
    4  d
## END

#### fc lists
for i in one two three; do history -s "echo $i"; done; fc -l; fc -ln; fc -lr; fc -l 2 3; fc -l -2; fc -l -1; fc -l echo; fc -l 'echo t' 3; fc -lnr 1 2; fc -l 99; fc -l nosuch; echo $?
## STDOUT:
1	 echo one
2	 echo two
3	 echo three
	 echo one
	 echo two
	 echo three
3	 echo three
2	 echo two
1	 echo one
2	 echo two
3	 echo three
2	 echo two
3	 echo three
3	 echo three
3	 echo three
3	 echo three
	 echo two
	 echo one
1	 echo one
2	 echo two
3	 echo three
1
## END
## stderr: bash: line 1: fc: no command found

#### fc without a history
fc -l; echo $?; fc -s; echo $?
## STDOUT:
0
1
## END
## stderr: bash: line 1: fc: no command found

#### fc repeats
history -s 'echo one'; history -s 'echo two'; history -s last; fc -s one=1 'echo o'; history; fc -e - 'echo t'; fc -s nosuch; echo $?
## STDOUT:
1
    1  echo one
    2  echo two
    3  echo 1
two
1
## END
## STDERR:
echo 1
echo two
bash: line 1: fc: no command found
## END

#### fc edits
history -s 'echo one'; history -s 'echo two'; history -s last; e() { cat "$1"; echo 'echo ONE' > "$1"; }; FCEDIT=e fc 1; history; fc -e false 1; echo $?; history
## STDOUT:
echo one
ONE
    1  echo one
    2  echo two
    3  echo ONE
1
    1  echo one
    2  echo two
## END
## stderr: echo ONE

#### errors of fc
fc -Z; echo $?; fc -e; echo $?
## STDOUT:
2
2
## END
## STDERR:
bash: line 1: fc: -Z: invalid option
fc: usage: fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]
bash: line 1: fc: -e: option requires an argument
fc: usage: fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]
## END

#### a subshell has a copy
history -s a; (history -s b; history); history
## STDOUT:
    1  a
    2  b
    1  a
## END
