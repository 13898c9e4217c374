# Whole small scripts, as people write them.

#### fizzbuzz
for i in $(seq 1 15); do if ((i % 15 == 0)); then echo FizzBuzz; elif ((i % 5 == 0)); then echo Buzz; elif ((i % 3 == 0)); then echo Fizz; else echo $i; fi; done
## STDOUT:
1
2
Fizz
4
Buzz
Fizz
7
8
Fizz
Buzz
11
Fizz
13
14
FizzBuzz
## END

#### primes
for ((n=2;n<40;n++)); do p=1; for ((d=2;d*d<=n;d++)); do ((n%d==0)) && { p=0; break; }; done; ((p)) && printf '%d ' $n; done; echo
## stdout-json: "2 3 5 7 11 13 17 19 23 29 31 37 \n"

#### towers of Hanoi
hanoi() { local n=$1 a=$2 b=$3 c=$4; ((n==0)) && return; hanoi $((n-1)) $a $c $b; echo "$a->$c"; hanoi $((n-1)) $b $a $c; }
hanoi 3 A B C
## STDOUT:
A->C
A->B
C->B
A->C
B->A
B->C
A->C
## END

#### bubble sort
a=(5 2 9 1 7); n=${#a[@]}
for ((i=0;i<n;i++)); do for ((j=0;j<n-i-1;j++)); do if ((a[j]>a[j+1])); then t=${a[j]}; a[j]=${a[j+1]}; a[j+1]=$t; fi; done; done
echo "${a[@]}"
## stdout: 1 2 5 7 9

#### word frequencies
declare -A count
while read -r w; do [ -n "$w" ] && ((count[$w]++)); done < <(tr -cs 'a-z' '\n' <<< 'the quick the lazy the dog quick')
for w in "${!count[@]}"; do echo "${count[$w]} $w"; done | sort -k1,1nr -k2
## STDOUT:
3 the
2 quick
1 dog
1 lazy
## END

#### reading a configuration file
cat > conf <<'END'
# comment
name = demo
port=80

path = /a b/c
END
while IFS='=' read -r k v; do
  k=${k//[[:space:]]/}
  [[ -z $k || $k == \#* ]] && continue
  v=${v#"${v%%[![:space:]]*}"}
  echo "$k -> [$v]"
done < conf
## STDOUT:
name -> [demo]
port -> [80]
path -> [/a b/c]
## END

#### option parsing by hand
parse() { while [ $# -gt 0 ]; do case $1 in -v|--verbose) echo verbose;; -o) echo "out=$2"; shift;; --out=*) echo "out=${1#*=}";; --) shift; break;; -*) echo "unknown $1" >&2; return 1;; *) break;; esac; shift; done; echo "rest: $*"; }
parse -v -o f a b; parse --out=x -- -y; parse -q; echo $?
## STDOUT:
verbose
out=f
rest: a b
out=x
rest: -y
1
## END
## stderr: unknown -q

#### a retry loop
n=0; try() { ((++n >= 3)); }; until try; do echo "attempt $n failed"; done; echo "ok after $n"
## STDOUT:
attempt 1 failed
attempt 2 failed
ok after 3
## END

#### a lock by mkdir
lock() { mkdir lock 2>/dev/null; }; lock && echo got; lock || echo busy; rmdir lock; lock && echo again
## STDOUT:
got
busy
again
## END

#### cleanup by trap
f() { local t=tmp.$1; > $t; trap "rm -f $t; echo cleaned" EXIT; ls; }; (f 1); ls
## STDOUT:
tmp.1
cleaned
## END

#### a menu with case
menu() { while read -r c; do case $c in [lL]) echo list;; q) echo bye; return;; '') ;; *) echo "what is $c?";; esac; done; }
printf 'l\nx\n\nL\nq\nl\n' | menu
## STDOUT:
list
what is x?
list
bye
## END

#### rename files
touch a.txt b.txt; for f in *.txt; do mv "$f" "${f%.txt}.md"; done; ls
## STDOUT:
a.md
b.md
## END

#### sum of a column
printf 'a 1\nb 2\nc 3\n' > t; s=0; while read -r _ n; do ((s+=n)); done < t; echo $s
## stdout: 6

#### reverse lines
printf '1\n2\n3\n' | { l=(); while read -r x; do l=("$x" "${l[@]}"); done; printf '%s\n' "${l[@]}"; }
## STDOUT:
3
2
1
## END

#### reverse a string
s=hello r=; for ((i=${#s}-1;i>=0;i--)); do r+=${s:i:1}; done; echo $r
## stdout: olleh

#### hexadecimal dump by printf
s='Az 9'; for ((i=0;i<${#s};i++)); do printf '%02x ' "'${s:i:1}"; done; echo
## stdout-json: "41 7a 20 39 \n"

#### caesar cipher
rot() { tr "$(printf %s {a..z} {A..Z})" "$(printf %s {n..z} {a..m} {N..Z} {A..M})"; }; echo Hello | rot | tee /dev/stderr 2>/dev/null | rot
## stdout: Hello

#### a stack machine
st=(); for t in 3 4 + 2 '*'; do case $t in [0-9]*) st+=($t);; *) b=${st[-1]}; a=${st[-2]}; unset 'st[-1]' 'st[-1]'; st+=($((a $t b)));; esac; done; echo ${st[0]}
## stdout: 14

#### tree printing
tree() { local d=$1 p=$2 f; for f in "$d"/*; do [ -e "$f" ] || continue; echo "$p${f##*/}"; [ -d "$f" ] && tree "$f" "$p  "; done; }
mkdir -p a/b c; touch a/1 a/b/2 c/3; tree .
## status: 1
## STDOUT:
a
  1
  b
    2
c
  3
## END

#### logging with levels
log() { local l=$1; shift; printf '[%-5s] %s\n' "$l" "$*"; }; log INFO started 'a b'; log ERROR "code $((40+2))"
## STDOUT:
[INFO ] started a b
[ERROR] code 42
## END

#### semicolon-separated records
data='x;1;red y;2;blue'; for r in $data; do IFS=';' read -r n v c <<< "$r"; echo "$c $n$v"; done
## STDOUT:
red x1
blue y2
## END

#### producer and consumer
prod() { for i in 1 2 3; do echo "item $i"; done; }; cons() { while read -r k n; do echo "consumed $n"; done; }; prod | cons
## STDOUT:
consumed 1
consumed 2
consumed 3
## END

#### parallel jobs and their statuses
p=(); for i in 3 1 2; do (exit $i) & p+=($!); done; for j in "${p[@]}"; do wait $j; echo $?; done
## STDOUT:
3
1
2
## END

#### a here-document template
name=World items=(a b); cat <<END
Hello ${name^^},
${items[*]/#/- }
Total: ${#items[@]}
END
## STDOUT:
Hello WORLD,
- a - b
Total: 2
## END

#### string functions
trim() { local s=$1; s=${s##+([[:space:]])}; echo "${s%%+([[:space:]])}"; }; shopt -s extglob; echo "[$(trim '  a b  ')]"
join() { local IFS=$1; shift; echo "$*"; }; join , a b c
repeat() { printf "%.0s$1" $(seq $2); echo; }; repeat ab 3
## STDOUT:
[a b]
a,b,c
ababab
## END

#### default arguments and validation
greet() { local who=${1:-world}; [[ $who =~ ^[a-z]+$ ]] || { echo "bad name: $who" >&2; return 1; }; echo "hello $who"; }; greet; greet bob; greet B0b; echo $?
## STDOUT:
hello world
hello bob
1
## END
## stderr: bad name: B0b

#### counting files by extension
touch a.c b.c d.h e; declare -A n; for f in *; do [[ $f == *.* ]] && x=${f##*.} || x=none; ((n[$x]++)); done; for k in c h none; do echo $k ${n[$k]}; done
## STDOUT:
c 2
h 1
none 1
## END

#### matrix
rows=2 cols=3; declare -A m; for ((r=0;r<rows;r++)); do for ((c=0;c<cols;c++)); do m[$r,$c]=$((r*c)); done; done; for ((r=0;r<rows;r++)); do for ((c=0;c<cols;c++)); do printf '%s ' ${m[$r,$c]}; done; echo; done
## stdout-json: "0 0 0 \n0 1 2 \n"

#### self-test of a library
assert() { [ "$1" = "$2" ] && echo ok || echo "not ok: $1 != $2"; }; add() { echo $(($1+$2)); }; assert $(add 2 3) 5; assert $(add 2 2) 5
## STDOUT:
ok
not ok: 4 != 5
## END

#### set -euo pipefail script
set -euo pipefail; main() { local x=${1:-none}; echo "arg $x"; printf '1\n2\n' | grep -c 2; }; main; main a; grep nothing <<< something || echo handled; echo end
## STDOUT:
arg none
1
arg a
1
handled
end
## END

#### pipelines over files
printf '%s\n' 'GET /a 200' 'GET /b 404' 'POST /a 200' 'GET /a 500' > log; cut -d ' ' -f 2 log | sort | uniq -c | sort -rn | head -n 1; grep -v ' 200$' log | wc -l; while read -r m p s; do [ $s -ge 400 ] && echo "$m $p"; done < log
## STDOUT:
      3 /a
2
GET /b
GET /a
## END

#### backup with a date
touch -d 2020-01-02 f; cp f f.$(date -r f +%Y%m%d); ls
## STDOUT:
f
f.20200102
## END

#### find and act
mkdir -p s/t; echo TODO > s/a; echo done > s/t/b; find s -type f -exec grep -l TODO {} +; find s -type f | while read -r f; do echo "${f##*/}: $(wc -c < "$f")"; done | sort
## STDOUT:
s/a
a: 5
b: 5
## END

#### recursive fibonacci by substitution
fib() { (($1 < 2)) && echo $1 || echo $(($(fib $(($1-1))) + $(fib $(($1-2))))); }; fib 9
## stdout: 34

#### recursive fibonacci by a global
fib() { if (($1 < 2)); then R=$1; else fib $(($1-1)); local a=$R; fib $(($1-2)); ((R+=a)); fi; }; fib 15; echo $R
## stdout: 610

#### collatz
n=27 c=0; while ((n != 1)); do ((n = n % 2 ? 3 * n + 1 : n / 2, c++)); done; echo $c
## stdout: 111

#### greatest and least
max() { local m=$1 x; for x; do ((x > m)) && m=$x; done; echo $m; }; max 3 17 5; max -1 -5
## STDOUT:
17
-1
## END

#### binary conversion
bin() { local n=$1 b=; while ((n)); do b=$((n%2))$b; ((n/=2)); done; echo ${b:-0}; }; bin 10; bin 255; bin 0; echo $((2#1010))
## STDOUT:
1010
11111111
0
10
## END

#### roman numerals
roman() { local n=$1 o= i; local v=(1000 900 500 400 100 90 50 40 10 9 5 4 1) s=(M CM D CD C XC L XL X IX V IV I); for i in ${!v[@]}; do while ((n >= v[i])); do o+=${s[i]}; ((n-=v[i])); done; done; echo $o; }; roman 1994; roman 2026
## STDOUT:
MCMXCIV
MMXXVI
## END

#### palindromes
for w in level hello noon; do r=; for ((i=0;i<${#w};i++)); do r=${w:i:1}$r; done; [ $w = $r ] && echo $w; done
## STDOUT:
level
noon
## END

#### split a path
IFS=: ; for d in $(printf '/bin:/usr/bin:/x y'); do echo "<$d>"; done
## STDOUT:
</bin>
</usr/bin>
</x y>
## END

#### guess the type
t() { case $1 in ''|*[!0-9]*) [[ $1 == -* ]] && echo neg || echo text;; *) echo num;; esac; }; t 12; t a1; t -3; t ''
## STDOUT:
num
text
neg
text
## END

#### an iterator over letters
for c in {a..e}; do printf '%s%s ' $c $(printf '%d' "'$c"); done; echo
## stdout-json: "a97 b98 c99 d100 e101 \n"

#### process substitution comparison
comm2() { while read -r l; do grep -qxF "$l" "$2" && echo "$l"; done < "$1"; }; printf 'a\nb\nc\n' > x; printf 'b\nc\nd\n' > y; comm2 x y
## STDOUT:
b
c
## END

#### CSV with quotes by read
while IFS=, read -r a b c; do printf '%s|%s|%s\n' "$a" "$b" "$c"; done <<< $'1,2,3\nx,,z\n,,'
## STDOUT:
1|2|3
x||z
||
## END

#### while with a counter and a file descriptor
printf 'a\nb\nc\n' > f; n=0; while read -r l <&3; do read -r i; echo "$((++n)) $l $i"; done 3< f <<< $'1\n2\n3'
## STDOUT:
1 a 1
2 b 2
3 c 3
## END

#### an event loop
queue=(start); while ((${#queue[@]})); do e=${queue[0]}; queue=("${queue[@]:1}"); echo $e; case $e in start) queue+=(work work);; work) ((${#queue[@]})) || queue+=(stop);; esac; done
## STDOUT:
start
work
work
stop
## END

#### a script with arguments from a file
cat > s.sh <<'END'
#!/bin/bash
set -u
echo "$# args"
for a in "$@"; do echo "- $a"; done
exit ${#1}
END
chmod +x s.sh; ./s.sh one 'two three'; echo $?
## STDOUT:
2 args
- one
- two three
3
## END

#### a script that sources a library
echo 'lib_fn() { echo "lib: $1"; }' > lib.sh; printf '. ./lib.sh\nlib_fn x\n' > main.sh; bash main.sh
## stdout: lib: x

#### LINENO in eval
:
eval 'echo $LINENO
echo $LINENO'
## STDOUT:
3
4
## END

#### LINENO in and behind eval
:
eval 'echo $LINENO
echo $LINENO
echo $LINENO'
echo $LINENO
eval 'echo $LINENO
echo $LINENO
echo $LINENO'
## STDOUT:
4
5
6
5
8
9
10
## END

#### LINENO in eval behind a long argument
: '

'; eval 'echo $LINENO
echo $LINENO
echo $LINENO'; echo $LINENO
## STDOUT:
5
6
7
5
## END

#### LINENO in commands over lines
foo a '
'; bar
echo '
' $LINENO; echo $LINENO '
' $LINENO; [[ $LINENO == '
' ]] ; ((LINENO == 9)) && echo 9; x='
'$LINENO; echo $x
## stdout-json: "\n 4\n4 \n 4\n7\n"
## STDERR:
bash: line 1: foo: command not found
bash: line 2: bar: command not found
## END

#### LINENO at the end of a list
if true; then
echo a '
' $LINENO; fi; echo $LINENO
## stdout-json: "a \n 2\n3\n"

#### lines in backquotes
:
echo a `echo $LINENO

echo $LINENO`
echo `nosuch

nosuch2`
## STDOUT:
a 2 4

## END
## STDERR:
bash: line 7: nosuch: command not found
bash: line 9: nosuch2: command not found
## END

#### lines in substitutions in a function
f() {
echo $LINENO `echo $LINENO
echo $LINENO` $(echo $LINENO
echo $LINENO)
}
f
## stdout: 2 2 3 2 3

#### lines in substitutions of an assignment and a here-document
x=`echo $LINENO

echo $LINENO`
echo $x
cat <<X
$LINENO
`echo $LINENO
echo $LINENO`
$(echo $LINENO
echo $LINENO)
$LINENO
X
## STDOUT:
3 5
5
5
6
5
6
5
## END

#### functions, cases and here-documents of a script on standard input
cat > s <<'END'
f() {
  case $1 in
  a) echo "one
two"
    ;;
  b|c) cat <<X
$1 <$(echo
echo in)>
X
    ;;
  esac
  read line; echo "read $line"
}
f a
for the function
f b
for the other
x=(1
2
3); echo ${#x[@]}
END
bash < s; cat s | bash
## STDOUT:
one
two
read for the function
b <
in>
read for the other
3
one
two
read for the function
b <
in>
read for the other
3
## END
