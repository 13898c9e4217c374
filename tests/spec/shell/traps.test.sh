# Traps and signals.

#### EXIT
trap 'echo bye' EXIT; echo hi
## STDOUT:
hi
bye
## END

#### EXIT keeps the status
trap 'echo bye' EXIT; exit 3
## status: 3
## stdout: bye

#### EXIT sees the status
trap 'echo status $?' EXIT; exit 4
## status: 4
## stdout: status 4

#### exit in an EXIT trap changes the status
trap 'exit 9' EXIT; exit 1
## status: 9

#### EXIT by number 0
trap 'echo bye' 0
## stdout: bye

#### EXIT of a subshell
trap 'echo outer' EXIT; (echo in); (trap 'echo inner' EXIT; echo in2)
## STDOUT:
in
in2
inner
outer
## END

#### EXIT after an error of expansion
trap 'echo bye' EXIT; : ${x:?no}
## status: 127
## stdout: bye
## stderr: bash: line 1: x: no

#### EXIT after set -e
set -e; trap 'echo bye $?' EXIT; (exit 5)
## status: 5
## stdout: bye 5

#### EXIT after a syntax error in eval
trap 'echo bye' EXIT; eval 'if'; echo after
## STDOUT:
after
bye
## END
## stderr: bash: eval: line 2: syntax error: unexpected end of file

#### reset of a trap
trap 'echo no' EXIT; trap - EXIT; echo done
## stdout: done

#### signal to itself
trap 'echo got TERM' TERM; kill -TERM $$; echo after
## STDOUT:
got TERM
after
## END

#### signal names with SIG and lower case
trap 'echo usr' SIGUSR1; kill -s USR1 $$; trap 'echo usr2' usr2; kill -SIGUSR2 $$; kill -usr2 $$
## STDOUT:
usr
usr2
usr2
## END

#### by number
trap 'echo hup' 1; kill -1 $$
## stdout: hup

#### ignored signal
trap '' TERM; kill -TERM $$; echo survived
## stdout: survived

#### ignored signals are inherited
trap '' TERM; bash -c 'kill -TERM $$; echo survived'
## stdout: survived

#### caught signals are reset in children
trap 'echo no' TERM; bash -c 'kill -TERM $$; echo never'; echo $?
## stdout: 143
## stderr: Terminated

#### default action kills
bash -c 'kill -TERM $$; echo never'; echo $?
bash -c 'kill -KILL $$'; echo $?
bash -c 'kill -HUP $$'; echo $?
bash -c 'kill -INT $$'; echo $?
## STDOUT:
143
137
129
130
## END
## STDERR:
Terminated
bash: line 2: PID Killed                  bash -c 'kill -KILL $$'
bash: line 3: PID Hangup                  bash -c 'kill -HUP $$'
## END

#### death by a signal of a foreground command is told
sh -c 'kill -KILL $$'; echo $?
## stdout: 137
## stderr: bash: line 1: PID Killed                  sh -c 'kill -KILL $$'

#### status of the script that kills itself
kill -TERM $$
## status: 143

#### trap runs between commands
trap 'echo trapped' USR1; (kill -USR1 $$; :); echo after
## STDOUT:
trapped
after
## END

#### trap during wait
trap 'echo trapped' USR1; (sleep 0.2; kill -USR1 $$; sleep 0.1) & wait; echo "wait $?"; wait
## STDOUT:
trapped
wait 138
## END

#### trap keeps the status of the last command
trap 'false' USR1; true; kill -USR1 $$; echo $?
## stdout: 0

#### trap can change variables
trap 'x=2' USR1; x=1; kill -USR1 $$; echo $x
## stdout: 2

#### trap can exit
trap 'echo out; exit 6' TERM; kill -TERM $$; echo never
## status: 6
## stdout: out

#### traps are listed
trap 'echo "a b"' INT; trap '' TERM; trap "echo it's" EXIT; trap; trap -p INT; trap - EXIT
## STDOUT:
trap -- 'echo it'\''s' EXIT
trap -- 'echo "a b"' SIGINT
trap -- '' SIGTERM
trap -- 'echo "a b"' SIGINT
## END

#### trap -l lists names
trap -l | head -n 1; kill -l | tail -n 1
## stdout-json: " 1) SIGHUP\t 2) SIGINT\t 3) SIGQUIT\t 4) SIGILL\t 5) SIGTRAP\n63) SIGRTMAX-1\t64) SIGRTMAX\t\n"

#### kill -l translates
kill -l 9; kill -l TERM; kill -l 137; kill -l SIGHUP; kill -l 999; echo $?
## STDOUT:
KILL
15
KILL
1
1
## END
## stderr: bash: line 1: kill: 999: invalid signal specification

#### unknown signal
trap 'x' NOSUCH; echo $?; kill -NOSUCH $$; echo $?; kill -s 99 $$; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
bash: line 1: trap: NOSUCH: invalid signal specification
bash: line 1: kill: NOSUCH: invalid signal specification
bash: line 1: kill: 99: invalid signal specification
## END

#### kill without arguments
kill; echo $?
## stdout: 2
## stderr: kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]

#### kill of no process
kill -0 999999; echo $?; kill abc; echo $?
## STDOUT:
1
1
## END
## STDERR:
bash: line 1: kill: (999999) - No such process
bash: line 1: kill: abc: arguments must be process or job IDs
## END

#### kill -0 of itself
kill -0 $$; echo $?
## stdout: 0

#### ERR trap
trap 'echo err $?' ERR; false; (exit 3); true; echo end
## STDOUT:
err 1
err 3
end
## END

#### ERR is not run in conditions
trap 'echo err' ERR; if false; then :; fi; false || true; ! true; while false; do :; done; echo end
## stdout: end

#### ERR is not inherited by functions
trap 'echo err' ERR; f() { false; true; }; f; echo end
## stdout: end

#### ERR with errtrace
set -E; trap 'echo err $LINENO' ERR; f() { false; true; }; f; echo end
## STDOUT:
err 1
end
## END

#### ERR after a failing function
trap 'echo err' ERR; f() { return 2; }; f; echo end
## STDOUT:
err
end
## END

#### DEBUG trap
trap 'echo "+ $BASH_COMMAND"' DEBUG; x=1; echo $x; trap - DEBUG; echo off
## STDOUT:
+ x=1
+ echo $x
1
+ trap - DEBUG
off
## END

#### RETURN trap
f() { trap 'echo ret' RETURN; echo in; }; f; echo after; g() { :; }; g
## STDOUT:
in
ret
after
## END

#### RETURN after source
echo 'echo sourced' > s; trap 'echo ret' RETURN; . ./s; echo end
## STDOUT:
sourced
ret
end
## END

#### subshell resets traps
trap 'echo outer' USR1; (trap -p; kill -USR1 $BASHPID; echo never); echo $?
## STDOUT:
trap -- 'echo outer' SIGUSR1
138
## END
## stderr: User defined signal 1

#### command substitution shows the traps of the shell
trap 'echo x' USR1; echo "$(trap -p)"
## stdout: trap -- 'echo x' SIGUSR1

#### kill a background job
sleep 100 & kill $!; wait $!; echo $?
## stdout: 143

#### kill by job number
sleep 100 & kill %1; wait; echo $?
## stdout: 0

#### kill with signal 9
sleep 100 & kill -9 $!; wait $!; echo $?
## stdout: 137
## stderr: bash: line 1: PID Killed                  sleep 100

#### SIGPIPE status
bash -c 'yes; echo $? >&2' 2>&1 | head -n 1; (yes; echo $? >&2) 2>&1 >/dev/full | head -n 1 >/dev/null; echo ok
## STDOUT:
y
ok
## END

#### trap on PIPE
trap 'echo pipe >&2' PIPE; for i in 1 2 3; do echo $i; done | true; echo end
## stdout: end

#### INT ignored in background jobs
(kill -INT $BASHPID; echo alive) & wait
## stdout: alive

#### nested traps
trap 'kill -USR2 $$; echo one' USR1; trap 'echo two' USR2; kill -USR1 $$; echo end
## STDOUT:
two
one
end
## END

#### trap with a function
cleanup() { echo "clean $1"; }; trap 'cleanup x' EXIT; echo work
## STDOUT:
work
clean x
## END

#### trap body sees the positional parameters
set -- p; trap 'echo $1' EXIT; set -- q
## stdout: q

#### trap with a syntax error
trap 'if' USR1; kill -USR1 $$; echo "after $?"
## stdout: after 0
## stderr: bash: trap: line 2: syntax error: unexpected end of file

#### last of several traps wins
trap 'echo 1' EXIT; trap 'echo 2' EXIT
## stdout: 2

#### one action for several signals
trap 'echo sig' USR1 USR2; kill -USR1 $$; kill -USR2 $$
## STDOUT:
sig
sig
## END

#### trap without action and with one argument
trap 'echo x' USR1; trap USR1; trap -p USR1; echo $?
## stdout: 0

#### trap on KILL is allowed and does nothing
trap 'echo x' KILL; echo $?
## stdout: 0

#### EXIT in a function is of the shell
f() { trap 'echo bye' EXIT; }; f; echo after
## STDOUT:
after
bye
## END

#### exec skips the EXIT trap
trap 'echo never' EXIT; exec echo replaced
## stdout: replaced

#### exit status inside a signal trap
trap 'echo in trap $?' USR1; (exit 3); kill -USR1 $$; echo $?
## STDOUT:
in trap 0
0
## END

#### suspended by STOP and continued
sleep 0.2 & p=$!; kill -STOP $p; kill -CONT $p; wait $p; echo $?
## stdout: 0

#### terminated message for killed subshell
(kill -TERM $BASHPID); echo $?
## stdout: 143
## stderr: Terminated

#### aborted
(kill -ABRT $BASHPID); echo $?
## stdout: 134
## stderr: bash: line 1: PID Aborted                 ( kill -ABRT $BASHPID )

#### segmentation fault text
(kill -SEGV $BASHPID); echo $?
## stdout: 139
## stderr: bash: line 1: PID Segmentation fault      ( kill -SEGV $BASHPID )

#### signal from a pipeline stage
true | (kill -9 $BASHPID) | true; echo "${PIPESTATUS[@]}"
## stdout: 0 137 0
