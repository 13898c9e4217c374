# Background jobs, wait, subshell isolation, exec.

#### wait for all
(echo a) & wait; echo b
## STDOUT:
a
b
## END

#### wait for one returns its status
(exit 3) & wait $!; echo $?
## stdout: 3

#### wait without jobs
wait; echo $?
## stdout: 0

#### wait for an unknown process
wait 999999; echo $?
## stdout: 127
## stderr: bash: line 1: wait: pid 999999 is not a child of this shell

#### wait for a bad argument
wait abc; echo $?; wait %5; echo $?
## STDOUT:
1
127
## END
## STDERR:
bash: line 1: wait: `abc': not a pid or valid job spec
bash: line 1: wait: %5: no such job
## END

#### wait by job number
(exit 4) & wait %1; echo $?
## stdout: 4

#### wait for several returns the last status
(exit 1) & a=$!; (exit 2) & b=$!; wait $a $b; echo $?
## stdout: 2

#### wait twice for the same process
(exit 5) & p=$!; wait $p; echo $?; wait $p; echo $?
## STDOUT:
5
5
## END

#### wait -n
(exit 7) & wait -n; echo $?; wait -n; echo $?
## STDOUT:
7
127
## END

#### wait -n -p
(exit 2) & q=$!; wait -n -p who $q; echo $?; [ "$who" = "$q" ] && echo same
## STDOUT:
2
same
## END

#### jobs shows running jobs
sleep 5 & jobs; kill $!; wait $! 2>/dev/null; echo $?
## STDOUT:
[1]+  Running                 sleep 5 &
143
## END

#### jobs -p is the process id
sleep 5 & [ "$(jobs -p)" = $! ] && echo same; kill $!
## stdout: same

#### jobs -r and -s
sleep 5 & jobs -r; jobs -s; kill $!
## stdout: [1]+  Running                 sleep 5 &

#### jobs in a pipeline
sleep 5 | cat & jobs; kill %1
## stdout: [1]+  Running                 sleep 5 | cat &

#### the current and the previous job
sleep 5 & sleep 6 & jobs; kill %1 %2
## STDOUT:
[1]-  Running                 sleep 5 &
[2]+  Running                 sleep 6 &
## END

#### jobs %n and a missing job
sleep 5 & jobs %1; jobs %3; echo $?; kill %1
## STDOUT:
[1]+  Running                 sleep 5 &
1
## END
## stderr: bash: line 1: jobs: %3: no such job

#### job by prefix and by text
sleep 5 & jobs %sl; jobs %?ee; kill %sle
## STDOUT:
[1]+  Running                 sleep 5 &
[1]+  Running                 sleep 5 &
## END

#### fg without job control
sleep 0 & fg; echo $?; bg; echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: fg: no job control
bash: line 1: bg: no job control
## END

#### disown
sleep 5 & p=$!; disown; jobs; kill $p; disown nosuch; echo $?
## stdout: 1
## stderr: bash: line 1: disown: nosuch: no such job

#### background commands read from /dev/null
cat & wait; echo done
## stdin: data
## stdout: done

#### background keeps explicit input
cat <<< here & wait
## stdout: here

#### order by wait
(sleep 0.05; echo late) & echo early; wait; echo end
## STDOUT:
early
late
end
## END

#### late child and wait
(sleep 0.1; echo late) & (echo soon) & wait; echo all
## STDOUT:
soon
late
all
## END

#### background assignment does not reach the shell
x=1; x=2 & wait; echo $x
## stdout: 1

#### background function
f() { echo "f $1"; return 3; }; f a & wait $!; echo $?
## STDOUT:
f a
3
## END

#### background and-list
true && echo a & wait
## stdout: a

#### background pipeline status
(exit 1) | (exit 6) & wait $!; echo $?
## stdout: 6

#### many background jobs
for i in 1 2 3 4 5 6 7 8 9 10; do (exit $i) & done; wait; echo $?
## stdout: 0

#### dollar bang changes
: & a=$!; : & b=$!; [ $a != $b ] && echo differ; wait
## stdout: differ

#### dollar bang is empty at first
echo "[$!]"
## stdout: []

#### a subshell has its own BASHPID and BASH_SUBSHELL
echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL)); [ $BASHPID = $$ ] && echo same; (echo $(( BASHPID == $$ )))
## STDOUT:
0
1
2
same
0
## END

#### subshell isolation of variables, options and functions
x=1; f() { echo f; }; (x=2; set -f; f() { echo g; }; shopt -s nullglob; alias a=b; trap 'echo t' USR1; umask 077; cd /)
echo $x; f; echo $- | grep -c f; shopt nullglob; umask; [ "$PWD" = "$HOME" ] && echo home
## STDOUT:
1
f
0
nullglob       	off
0022
home
## END

#### subshell isolation of descriptors
exec 3> f; (exec 3>&-); echo ok >&3; exec 3>&-; cat f
## stdout: ok

#### subshell inherits unexported variables
x=1; a=(1 2); (echo $x ${a[1]})
## stdout: 1 2

#### positional parameters in a subshell
set -- a b; (shift; echo $1); echo $1
## STDOUT:
b
a
## END

#### unset in a subshell
x=1; (unset x); echo $x
## stdout: 1

#### exec replaces the shell
exec echo replaced
echo never
## stdout: replaced

#### exec of a missing command ends the shell
exec nosuchcmd; echo never
## status: 127
## stderr: bash: line 1: exec: nosuchcmd: not found

#### exec of a missing command in a subshell
(exec nosuchcmd; echo never); echo $?
## stdout: 127
## stderr: bash: line 1: exec: nosuchcmd: not found

#### exec with execfail
shopt -s execfail; exec nosuchcmd; echo "alive $?"
## stdout: alive 127
## stderr: bash: line 1: exec: nosuchcmd: not found

#### exec -a sets the name
exec -a myname bash -c 'echo $0'
## stdout: myname

#### exec -c empties the environment
export X=1; (exec -c bash -c 'echo "[$X]"')
## stdout: []

#### exec without a command
exec; echo "still $?"
## stdout: still 0

#### exec keeps redirections
exec 3>&1 >f; echo hidden; exec >&3; cat f
## stdout: hidden

#### exec of a directory
(exec /); echo $?
## stdout: 126
## STDERR:
bash: line 1: /: Is a directory
bash: line 1: exec: /: cannot execute: Is a directory
## END

#### exec tells of a relative path by the whole one
cd /tmp; mkdir ed.$$ && cd ed.$$; touch f; mkdir d
for way in ./d d/ ./f d/../f ./none; do (exec $way) 2>&1 | sed "s/ed.$$/DIR/"; done; (PATH=.:$PATH; exec f) 2>&1 | sed "s/ed.$$/DIR/"
printf '#!/bin/bash\necho "$0"\n' >s; chmod +x s; (exec ./s) | sed "s/ed.$$/DIR/"; rm -r /tmp/ed.$$
## STDOUT:
bash: line 2: /tmp/DIR/d: Is a directory
bash: line 2: exec: /tmp/DIR/d: cannot execute: Is a directory
bash: line 2: /tmp/DIR/d/: Is a directory
bash: line 2: exec: /tmp/DIR/d/: cannot execute: Is a directory
bash: line 2: /tmp/DIR/f: Permission denied
bash: line 2: exec: /tmp/DIR/f: cannot execute: Permission denied
bash: line 2: /tmp/DIR/d/../f: Permission denied
bash: line 2: exec: /tmp/DIR/d/../f: cannot execute: Permission denied
bash: line 2: /tmp/DIR/none: No such file or directory
bash: line 2: /tmp/DIR/f: Permission denied
bash: line 2: exec: /tmp/DIR/f: cannot execute: Permission denied
/tmp/DIR/s
## END

#### nested subshell status
( (exit 3) ); echo $?; (true; (exit 4)); echo $?
## STDOUT:
3
4
## END

#### exit in a pipeline stage
echo a | exit 5; echo "$? ${PIPESTATUS[@]}" | cut -d ' ' -f 1
## stdout: 5

#### output of a background job in a substitution is complete
x=$(for i in 1 2 3; do echo $i & done; wait); echo "$x" | sort
## STDOUT:
1
2
3
## END

#### parallel writers to a pipe
for i in 1 2 3; do (for j in 1 2; do echo "$i$j"; done) & done | sort; wait
## STDOUT:
11
12
21
22
31
32
## END

#### wait in a subshell does not see the jobs of the shell
sleep 0 & p=$!; (wait $p 2>/dev/null; echo $?) ; wait
## stdout: 127

#### kill a group of a subshell's children
(sleep 100 & echo started; kill $!; wait $! 2>/dev/null; echo $?)
## STDOUT:
started
143
## END

#### coproc with a name
coproc C { read x; echo "got $x"; }
echo hi >&${C[1]}; read y <&${C[0]}; echo "$y"; wait
## stdout: got hi

#### time prints to the shell's stderr
TIMEFORMAT='time'; time true
## status: 0
## stderr: time

#### time -p has three lines
{ time -p true; } 2>&1 | cut -d ' ' -f 1
## STDOUT:
real
user
sys
## END

#### sleep with parts of a second
sleep 0.01 && echo ok; sleep 0 0; echo $?
## STDOUT:
ok
0
## END

#### fork in a loop
for i in $(seq 50); do (exit 0); done; echo $?
## stdout: 0

#### yes is ended by head
yes abc | head -n 3
## STDOUT:
abc
abc
abc
## END

#### set -m gives background jobs their own group
set -m; sleep 5 & kill %1; wait %1; echo $?
## stdout: 143
## stderr: [1]+  Terminated              sleep 5

#### fg in monitor mode
set -m; (sleep 0.2; exit 3) & fg; echo $?
## STDOUT:
( sleep 0.2; exit 3 )
3
## END

#### stopped job in monitor mode
set -m; sleep 5 & kill -STOP %1; sleep 0.2; jobs; kill -KILL %1
## stdout: [1]+  Stopped                 sleep 5
## STDERR:

[1]+  Stopped                 sleep 5
## END
