## needs: ps
## needs: hostname
# sleep date env id whoami who uname hostname ps kill stty tty true false, and options that all share

#### true and false as programs
env true; echo $?; env false; echo $?; env true --nosuch; echo $?; env false x; echo $?
## STDOUT:
0
1
0
1
## END

#### sleep
sleep 0; echo $?; sleep 0.01 0.01; echo $?; sleep .01s; echo $?; sleep 0m 0h 0d; echo $?
## STDOUT:
0
0
0
0
## END

#### sleep errors
sleep; echo $?; sleep abc; echo $?; sleep 1x; echo $?; sleep -1; echo $?; sleep 0 x y; echo $?; sleep ''; echo $?
## STDOUT:
1
1
1
1
1
1
## END
## STDERR:
sleep: missing operand
Try 'sleep --help' for more information.
sleep: invalid time interval ‘abc’
Try 'sleep --help' for more information.
sleep: invalid time interval ‘1x’
Try 'sleep --help' for more information.
sleep: invalid option -- '1'
Try 'sleep --help' for more information.
sleep: invalid time interval ‘x’
sleep: invalid time interval ‘y’
Try 'sleep --help' for more information.
sleep: invalid time interval ‘’
Try 'sleep --help' for more information.
## END

#### sleep unknown option
sleep -Z; echo $?; sleep --nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
sleep: invalid option -- 'Z'
Try 'sleep --help' for more information.
sleep: unrecognized option '--nosuch'
Try 'sleep --help' for more information.
## END

#### date of a given time
date -d @0; date -u -d @0; date -d '2020-01-02 03:04:05'; date -d 2020-01-02
## STDOUT:
Thu Jan  1 00:00:00 UTC 1970
Thu Jan  1 00:00:00 UTC 1970
Thu Jan  2 03:04:05 UTC 2020
Thu Jan  2 00:00:00 UTC 2020
## END

#### date formats
date -d '2020-01-02 03:04:05.678901' '+%Y-%m-%d %H:%M:%S %j %a %A %b %B %d %e %y %C %p %I %l %k %M %S %N %3N %s %u %w %U %V %W %G %g %Z %z %:z %::z %% %n%t| %D %F %T %R %r %c %x %X %h %P %q'
## stdout-json: "2020-01-02 03:04:05 002 Thu Thursday Jan January 02  2 20 20 AM 03  3  3 04 05 678901000 678 1577934245 4 4 00 01 00 2020 20 UTC +0000 +00:00 +00:00:00 % \n\t| 01/02/20 2020-01-02 03:04:05 03:04 03:04:05 AM Thu Jan  2 03:04:05 2020 01/02/20 03:04:05 Jan am 1\n"

#### date padding flags
date -d '2020-01-02 03:04:05' '+%-d %_d %05d %-m %_H %^a %#Z %^B %10Y %+5Y %-S %_5d'
## stdout: 2  2 00002 1  3 THU utc JANUARY 0000002020 +2020 5     2

#### date unknown directives stay
date -d @0 '+%Q %! %'
## stdout: %Q %! %

#### date literal text
date -d @0 '+a b'; date -d @0 +; date -d @0 '+%%Y'
## STDOUT:
a b

%Y
## END

#### date -I and --rfc
date -d '2020-01-02 03:04:05' -I; date -d '2020-01-02 03:04:05' -Iseconds; date -d '2020-01-02 03:04:05' -Ihours; date -d '2020-01-02 03:04:05.5' -Ins; date -d @0 -R; date -d @0 --rfc-3339=seconds; date -d @0 --rfc-3339=date; date -d @0 -Iminutes
## STDOUT:
2020-01-02
2020-01-02T03:04:05+00:00
2020-01-02T03+00:00
2020-01-02T03:04:05,500000000+00:00
Thu, 01 Jan 1970 00:00:00 +0000
1970-01-01 00:00:00+00:00
1970-01-01
1970-01-01T00:00+00:00
## END

#### date relative
date -d '2020-01-31 +1 day' +%F; date -d '2020-01-31 1 month' +%F; date -d '2020-03-01 -1 day' +%F; date -d '2020-01-01 12:00 2 hours ago' '+%F %T'; date -d '2020-01-01 next week' +%F; date -d '2020-01-01 last year' +%F; date -d '2020-01-01 + 3 weeks 2 days' +%F; date -d '2020-02-29 +1 year' +%F
## STDOUT:
2020-02-01
2020-03-02
2020-02-29
2020-01-01 10:00:00
2020-01-08
2019-01-01
2020-01-24
2021-03-01
## END

#### date weekdays
date -d '2020-01-01 monday' +%F; date -d '2020-01-01 next friday' +%F; date -d '2020-01-01 last sunday' +%F; date -d 'Thu Jan 2 2020' +%F
## STDOUT:
2020-01-01
2020-01-01
2020-01-01
2020-01-02
## END

#### date input forms
for d in '2020-01-02T03:04:05Z' '2020-01-02T03:04:05+02:00' 'Jan 2, 2020 3:04pm' '2 January 2020' '1/2/2020' '1/2/20' '20200102 0304' '2020-01-02 3pm' '@1577934245.5' '2020-01-02 03:04 UTC' '2020-01-02 03:04 EST' '12:30 2020-05-06' '02-Jan-2020'; do date -d "$d" '+%F %T.%N'; done
## STDOUT:
2020-01-02 03:04:05.000000000
2020-01-02 01:04:05.000000000
2020-01-02 15:04:00.000000000
2020-01-02 00:00:00.000000000
2020-01-02 00:00:00.000000000
2020-01-02 00:00:00.000000000
2020-01-02 03:04:00.000000000
2020-01-02 15:00:00.000000000
2020-01-02 03:04:05.500000000
2020-01-02 03:04:00.000000000
2020-01-02 08:04:00.000000000
2020-05-06 12:30:00.000000000
2020-01-02 00:00:00.000000000
## END

#### date invalid
date -d nonsense; echo $?; date -d 2020-13-01; echo $?; date -d 2020-02-30; echo $?; date -d '25:00'; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
date: invalid date ‘nonsense’
date: invalid date ‘2020-13-01’
date: invalid date ‘2020-02-30’
date: invalid date ‘25:00’
## END

#### date with time zones
TZ=UTC date -d @0 '+%H %Z'; TZ=EST5 date -d @0 '+%H %Z %z'; TZ=CET-1CEST date -d '2020-07-01 12:00 UTC' '+%H %Z %z'; TZ=XXX-5:30 date -d @0 '+%H:%M %z'
## STDOUT:
00 UTC
19 EST -0500
14 CEST +0200
05:30 +0530
## END

#### date TZ in the string
date -d 'TZ="EST5" 2020-01-01 00:00' '+%F %T'
## stdout: 2020-01-01 05:00:00

#### date -r
touch -d 2020-01-02 f; date -r f +%F; date -r nosuch; echo $?
## STDOUT:
2020-01-02
1
## END
## stderr: date: nosuch: No such file or directory

#### date -f
printf '2020-01-01\n@86400\n' > f; date -f f +%F; echo 2020-05-05 | date -f - +%F
## STDOUT:
2020-01-01
1970-01-02
2020-05-05
## END

#### date before 1970 and far away
date -d @-1 '+%F %T'; date -d 1900-01-01 +%s; date -d 9999-12-31 +%s; date -d @253402300800 +%Y; date -d 0001-01-01 '+%Y %s'
## STDOUT:
1969-12-31 23:59:59
-2208988800
253402214400
10000
0001 -62135596800
## END

#### date two formats
date +%Y +%m; echo $?; date abc; echo $?; date 2020 x; echo $?
## STDOUT:
1
1
1
## END
## STDERR:
date: extra operand ‘+%m’
Try 'date --help' for more information.
date: invalid date ‘abc’
date: extra operand ‘x’
Try 'date --help' for more information.
## END

#### date unknown option
date -Z; echo $?; date --nosuch; echo $?
## STDOUT:
1
1
## END
## STDERR:
date: invalid option -- 'Z'
Try 'date --help' for more information.
date: unrecognized option '--nosuch'
Try 'date --help' for more information.
## END

#### date weeks around new year
for d in 2018-12-31 2020-12-31 2021-01-03 2016-01-01; do date -d $d '+%G-W%V-%u %U %W %j'; done
## STDOUT:
2019-W01-1 52 53 365
2020-W53-4 52 52 366
2020-W53-7 01 00 003
2015-W53-5 00 00 001
## END

#### date of now is plausible
[ $(date +%s) -gt 1500000000 ] && echo ok; date +%Y | grep -c '^2[0-9]*$'
## STDOUT:
ok
1
## END

#### env prints the environment
env -i A=1 B='2 3' env
## STDOUT:
A=1
B=2 3
## END

#### env sets variables
env A=1 bash -c 'echo $A'; A=5 env bash -c 'echo $A'; env A=1 A=2 env | grep '^A='
## STDOUT:
1
5
A=2
## END

#### env -i and -u
A=1 env -i bash -c 'echo "[$A]"'; A=1 env -u A bash -c 'echo "[$A]"'; A=1 B=2 env -u A -u B env | grep -c '^[AB]='; env - A=3 env
## STDOUT:
[]
[]
0
A=3
## END

#### env with options of the command
env echo -n a; echo; env -- echo b; env A=1 -- echo c; echo $?
## STDOUT:
a
b
127
## END
## stderr: env: ‘--’: No such file or directory

#### env of a missing command
env nosuchcmd; echo $?; touch f; env ./f; echo $?; env ''; echo $?
## STDOUT:
127
126
127
## END
## STDERR:
env: ‘nosuchcmd’: No such file or directory
env: ‘./f’: Permission denied
env: ‘’: No such file or directory
## END

#### env -C
mkdir d; env -C d pwd; env -C nosuch pwd; echo $?; env -C d; echo $?
## STDOUT:
/tmp/case/d
125
125
## END
## STDERR:
env: cannot change directory to 'nosuch': No such file or directory
env: must specify command with --chdir (-C)
Try 'env --help' for more information.
## END

#### env -0
env -i A=1 B=2 env -0 | tr '\0' '|'; echo
## stdout: A=1|B=2|

#### env -S
env -S 'echo a b'; env -S 'A=1 bash -c "echo \$A"'
## STDOUT:
a b
1
## END

#### env unknown option
env -Z; echo $?; env -u; echo $?; env -u A=B true; echo $?
## STDOUT:
125
125
125
## END
## STDERR:
env: invalid option -- 'Z'
Try 'env --help' for more information.
env: option requires an argument -- 'u'
Try 'env --help' for more information.
env: cannot unset ‘A=B’: Invalid argument
## END

#### env status of its command
env false; echo $?; env bash -c 'exit 7'; echo $?
## STDOUT:
1
7
## END

#### env keeps odd names
env 'a b=c' 1=2 env | grep -E '^(a b|1)='; env =x true; echo $?
## STDOUT:
a b=c
1=2
0
## END

#### env -v
env -v A=1 true 2>&1 | head -n 2
## STDOUT:
setenv:   A=1
executing: true
## END

#### printenv is not env
env -i X=1 env | wc -l
## stdout: 1

#### id
id; id -u; id -g; id -un; id -gn; id -G; id -Gn; id -ru
## STDOUT:
uid=0(root) gid=0(root) groups=0(root)
0
0
root
root
0
root
0
## END

#### id of a user
id root; id -u root; id nosuchuser; echo $?
## STDOUT:
uid=0(root) gid=0(root) groups=0(root)
0
1
## END
## stderr: id: ‘nosuchuser’: no such user

#### id errors
id -n; echo $?; id -ug; echo $?; id -r; echo $?; id -Q; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
id: cannot print only names or real IDs in default format
id: cannot print "only" of more than one choice
id: cannot print only names or real IDs in default format
id: invalid option -- 'Q'
Try 'id --help' for more information.
## END

#### id -z
id -zu | tr '\0' '|'; echo; id -zG | tr '\0' '|'; echo
## STDOUT:
0|
0|
## END

#### whoami
whoami; whoami x; echo $?; whoami -Z; echo $?
## STDOUT:
root
1
1
## END
## STDERR:
whoami: extra operand ‘x’
Try 'whoami --help' for more information.
whoami: invalid option -- 'Z'
Try 'whoami --help' for more information.
## END

#### who
who > /dev/null; echo $?; who -Z; echo $?
## STDOUT:
0
1
## END
## STDERR:
who: invalid option -- 'Z'
Try 'who --help' for more information.
## END

#### uname
uname; uname -s; uname -o; [ -n "$(uname -n)" ] && [ -n "$(uname -r)" ] && [ -n "$(uname -m)" ] && echo ok
## STDOUT:
Linux
Linux
GNU/Linux
ok
## END

#### uname -a begins with the system
uname -a | cut -d ' ' -f 1; uname -sn | wc -w; uname -srm | wc -w
## STDOUT:
Linux
2
3
## END

#### uname errors
uname x; echo $?; uname -Z; echo $?
## STDOUT:
1
1
## END
## STDERR:
uname: extra operand ‘x’
Try 'uname --help' for more information.
uname: invalid option -- 'Z'
Try 'uname --help' for more information.
## END

#### hostname agrees with uname
[ "$(hostname)" = "$(uname -n)" ] && echo same
## stdout: same

#### ps shows itself
ps -p $$ -o pid= | grep -c "^ *$$\$"; ps -o comm= -p $$; ps -p 999999 > /dev/null; echo $?
## STDOUT:
1
bash
1
## END

#### ps formats
ps -p $$ -o pid,comm | head -n 1 | tr -s ' '; ps -p $$ -o ppid= | grep -c '[0-9]'; ps -o user= -p $$; ps -o args= -p $$ | cut -d ' ' -f 1
## STDOUT:
 PID COMMAND
1
root
bash
## END

#### ps headers
for o in '' -f aux -ef -l; do ps $o | head -n 1 | tr -s ' '; done
## STDOUT:
 PID TTY TIME CMD
UID PID PPID C STIME TTY TIME CMD
USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND
UID PID PPID C STIME TTY TIME CMD
F S UID PID PPID C PRI NI ADDR SZ WCHAN TTY TIME CMD
## END

#### ps custom headers
ps -p $$ -o pid=NUM -o comm=NAME | head -n 1 | tr -s ' '; ps -p $$ -o pid= -o comm= | wc -l
## STDOUT:
 NUM NAME
1
## END

#### ps -e shows more than one process
[ $(ps -e | wc -l) -gt 1 ] && echo ok
## stdout: ok

#### ps finds background jobs
sleep 5 & sleep 0.2; ps -o comm= -p $!; kill $!; wait 2>/dev/null; ps -p $! > /dev/null; echo $?
## STDOUT:
sleep
1
## END

#### ps --ppid
sleep 5 & sleep 0.2; ps -o comm= --ppid $$ | grep sleep; kill $!
## stdout: sleep

#### ps state
sleep 5 & sleep 0.1; ps -o stat= -p $! | cut -c 1; kill -STOP $!; sleep 0.1; ps -o stat= -p $! | cut -c 1; kill -9 $!
## STDOUT:
S
T
## END

#### ps unknown format
ps -o nosuch; echo $?
## stdout: 1
## STDERR:
error: unknown user-defined format specifier "nosuch"

Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
## END

#### kill as a program
{ sleep 5 & env kill $!; wait $!; echo $?; sleep 5 & env kill -9 $!; wait $!; echo $?; } 2>/dev/null
## STDOUT:
143
137
## END

#### kill program -l
env kill -l 9; env kill -l TERM
## STDOUT:
KILL
15
## END

#### kill program errors
env kill 999999; echo $?; env kill -0 $$; echo $?
## STDOUT:
1
0
## END
## stderr: kill: (999999): No such process

#### tty
tty; echo $?; tty -s; echo $?; tty -Z; echo $?; tty x; echo $?
## STDOUT:
not a tty
1
1
2
2
## END
## STDERR:
tty: invalid option -- 'Z'
Try 'tty --help' for more information.
tty: extra operand ‘x’
Try 'tty --help' for more information.
## END

#### stty without a terminal
stty; echo $?; stty -a; echo $?; stty size; echo $?; stty -echo; echo $?
## STDOUT:
1
1
1
1
## END
## STDERR:
stty: 'standard input': Inappropriate ioctl for device
stty: 'standard input': Inappropriate ioctl for device
stty: 'standard input': Inappropriate ioctl for device
stty: 'standard input': Inappropriate ioctl for device
## END

#### stty invalid argument
stty nosuch; echo $?
## stdout: 1
## STDERR:
stty: invalid argument ‘nosuch’
Try 'stty --help' for more information.
## END

#### --help goes to standard output
for c in cat ls cp mkdir head sort wc; do $c --help > /dev/null; echo $c $?; done
## STDOUT:
cat 0
ls 0
cp 0
mkdir 0
head 0
sort 0
wc 0
## END

#### --help begins with the usage
cat --help | head -n 1; ls --help | head -n 1; mkdir --help | head -n 1; head --help | head -n 1
## STDOUT:
Usage: cat [OPTION]... [FILE]...
Usage: ls [OPTION]... [FILE]...
Usage: mkdir [OPTION]... DIRECTORY...
Usage: head [OPTION]... [FILE]...
## END

#### options may follow operands
echo b > x; echo a >> x; sort x -r; wc x -l; cat x -n
## STDOUT:
b
a
2 x
     1	b
     2	a
## END

#### options after -- are operands
mkdir -- -d; rmdir -- -d; echo $?; ls -- -x; echo $?
## STDOUT:
0
2
## END
## stderr: ls: cannot access '-x': No such file or directory

#### POSIXLY_CORRECT stops at the first operand
echo a > x; POSIXLY_CORRECT=1 cat x -n; echo $?
## STDOUT:
a
1
## END
## stderr: cat: -n: No such file or directory

#### option with a missing argument
head -n; echo $?; cut -d; echo $?; sort -k; echo $?; head --lines; echo $?; env mkdir -m; echo $?
## STDOUT:
1
1
2
1
1
## END
## STDERR:
head: option requires an argument -- 'n'
Try 'head --help' for more information.
cut: option requires an argument -- 'd'
Try 'cut --help' for more information.
sort: option requires an argument -- 'k'
Try 'sort --help' for more information.
head: option '--lines' requires an argument
Try 'head --help' for more information.
mkdir: option requires an argument -- 'm'
Try 'mkdir --help' for more information.
## END

#### a long option that takes no argument
cat --number=3; echo $?; ls --all=x; echo $?
## STDOUT:
1
2
## END
## STDERR:
cat: option '--number' doesn't allow an argument
Try 'cat --help' for more information.
ls: option '--all' doesn't allow an argument
Try 'ls --help' for more information.
## END

#### abbreviated long options
seq 3 | head --lin=1; ls --al -d . ; seq 3 | tail --line 1
## STDOUT:
1
3
## END
## STDERR:
ls: option '--al' is ambiguous; possibilities: '--all' '--almost-all'
Try 'ls --help' for more information.
## END

#### combined short options
printf 'b\na\n' > f; sort -ru f; wc -lw f; head -qn1 f
## STDOUT:
b
a
2 2 f
b
## END

#### a lone dash among options
echo a | cat -- -; echo a | cat - -n
## STDOUT:
a
     1	a
## END

#### write errors
seq 5 > /dev/full; echo $?; echo a > /dev/full; echo $?; printf a > /dev/full; echo $?; ls / > /dev/full; echo $?
## STDOUT:
1
1
1
2
## END
## STDERR:
seq: write error: No space left on device
bash: line 1: echo: write error: No space left on device
bash: line 1: printf: write error: No space left on device
ls: write error: No space left on device
## END

#### input is a directory
for c in cat head 'wc -l' 'sort' 'grep x' 'cut -f 1' 'tail'; do $c . 2>&1 > /dev/null; done
## status: 1
## STDOUT:
cat: .: Is a directory
head: error reading '.': Is a directory
wc: .: Is a directory
sort: read failed: .: Is a directory
grep: .: Is a directory
cut: .: Is a directory
tail: error reading '.': Is a directory
## END

#### names are quoted in messages
cat 'a b' "a'b" 'a"b' 'a\b' $'a\tb' $'a\x01b' 'é' $'\xff' ''; mkdir "x'y/z"; rm 'p q'
## status: 1
## STDERR:
cat: 'a b': No such file or directory
cat: "a'b": No such file or directory
cat: 'a"b': No such file or directory
cat: 'a\b': No such file or directory
cat: 'a'$'\t''b': No such file or directory
cat: 'a'$'\001''b': No such file or directory
cat: é: No such file or directory
cat: ''$'\377': No such file or directory
cat: '': No such file or directory
mkdir: cannot create directory ‘x'y/z’: No such file or directory
rm: cannot remove 'p q': No such file or directory
## END

#### clear and reset without a terminal type
TERM=xterm clear | cat -v
## stdout-json: "^[[H^[[2J^[[3J"

#### help lists builtins
help | grep -c ' cd '; help cd | head -n 1
## STDOUT:
1
cd: cd [-L|[-P [-e]] [-@]] [dir]
## END

#### processes of /proc
[ -d /proc/$$ ] && echo dir; cat /proc/self/comm; tr '\0' ' ' < /proc/self/cmdline; echo; cat /proc/$$/comm; :
## stdout-json: "dir\ncat\ntr \\0   \nbash\n"
## differs: a file of /proc tells of the process that opened it as it was then; here a redirection is opened before the command is loaded
## our stdout-json: "dir\ncat\nbash -c [ -d /proc/$$ ] && echo dir; cat /proc/self/comm; tr '\\0' ' ' < /proc/self/cmdline; echo; cat /proc/$$/comm; : \nbash\n"

#### /proc/self/fd
exec 7< /dev/null; [ -e /proc/self/fd/7 ] && echo open; ls /proc/$$/fd | grep -c '^[012]$'
## STDOUT:
open
3
## END

#### /proc/self/status
grep -c '^Pid:' /proc/self/status; grep '^Name:' /proc/self/status; grep '^State' /proc/$$/status | cut -c 1-6
## STDOUT:
1
Name:	grep
State:
## END

#### /proc/uptime, loadavg, version, meminfo, mounts
wc -w < /proc/uptime; wc -w < /proc/loadavg; cut -d ' ' -f 1 /proc/version; grep -c MemTotal /proc/meminfo; grep -c ' / ' /proc/mounts; grep -c processor /proc/cpuinfo | grep -c '[1-9]'
## STDOUT:
2
5
Linux
1
1
1
## END

#### /dev
echo a > /dev/null; cat /dev/null | wc -c; head -c 3 /dev/zero; head -c 5 /dev/urandom | wc -c; echo b > /dev/stderr; cat /dev/stdin <<< c; ls -l /dev/stdin /dev/fd | cut -c 1
## stdout-json: "0\n\u0000\u0000\u00005\nc\nl\nl\n"
## stderr: b

#### /dev/urandom differs
[ "$(head -c 16 /dev/urandom | cat -v)" != "$(head -c 16 /dev/urandom | cat -v)" ] && echo differs
## stdout: differs

#### /etc files
grep -c '^root:' /etc/passwd /etc/group; grep '^root:' /etc/passwd | cut -d : -f 1,3,4,6; [ -r /etc/shadow ] && echo root reads
## STDOUT:
/etc/passwd:1
/etc/group:1
root:0:0:/root
root reads
## END

#### standard directories
for d in / /bin /dev /etc /home /proc /root /tmp /usr /usr/bin /var /var/log /opt; do [ -d $d ] && echo $d; done
## STDOUT:
/
/bin
/dev
/etc
/home
/proc
/root
/tmp
/usr
/usr/bin
/var
/var/log
/opt
## END

#### /tmp is sticky
stat -c '%A' /tmp
## stdout: drwxrwxrwt
