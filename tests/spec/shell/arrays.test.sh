# Indexed and associative arrays.

#### literal and elements
a=(x y z); echo ${a[0]} ${a[2]} ${#a[@]} "${a[@]}"
## stdout: x z 3 x y z

#### whole array without an index is element 0
a=(x y); echo $a ${a}; a=new; echo "${a[@]}"
## STDOUT:
x x
new y
## END

#### sparse
a[5]=five; a[2]=two; echo ${#a[@]} "${a[@]}" "${!a[@]}"
## stdout: 2 two five 2 5

#### literal with indices
a=([3]=c [1]=a b); echo "${a[@]}" / "${!a[@]}"
## stdout: a b c / 1 2 3

#### negative index
a=(1 2 3); echo ${a[-1]} ${a[-3]}; a[-1]=z; echo "${a[@]}"
## STDOUT:
3 1
1 2 z
## END

#### negative index out of range
a=(1 2); echo "${a[-5]}"; echo "status $?"
## STDOUT:

status 0
## END
## stderr: bash: line 1: a: bad array subscript

#### assigning to a negative index out of range
a=(1); a[-5]=x; echo "status $?"
## status: 1
## stderr: bash: line 1: a[-5]: bad array subscript

#### append
a=(1); a+=(2 3); a[0]+=x; echo "${a[@]}"; a+=y; echo "${a[@]}"
## STDOUT:
1x 2 3
1xy 2 3
## END

#### copy
a=(1 'b c' ''); b=("${a[@]}"); echo ${#b[@]} "${b[1]}"
## stdout: 3 b c

#### quoted at keeps elements
a=('a b' '' c); printf '<%s>' "${a[@]}"; echo; printf '<%s>' ${a[@]}; echo; printf '<%s>' "${a[*]}"; echo
## STDOUT:
<a b><><c>
<a><b><c>
<a b  c>
## END

#### empty array
a=(); echo ${#a[@]} "${a[@]}"; set -- "${a[@]}"; echo $#
## STDOUT:
0
0
## END

#### unset an element
a=(1 2 3); unset 'a[1]'; echo ${#a[@]} "${!a[@]}"; unset a; echo ${#a[@]}
## STDOUT:
2 0 2
0
## END

#### unset the last element by -1
a=(1 2 3); unset 'a[-1]'; echo "${a[@]}"
## stdout: 1 2

#### slices
a=(a b c d e); echo "${a[@]:1:2}" / "${a[@]:3}" / "${a[@]: -2}" / "${a[@]:0:0}"
## stdout: b c / d e / d e /

#### slices of a sparse array
a=([1]=b [5]=f [9]=j); echo "${a[@]:2}" / "${a[@]:0:2}"
## stdout: f j / b f

#### length of an element
a=(hello wo); echo ${#a[0]} ${#a[1]} ${#a} ${#a[7]}
## stdout: 5 2 5 0

#### operators on every element
a=(one.c two.c); echo "${a[@]%.c}" "${a[@]/o/0}" "${a[@]^}" "${a[@]#*e}" "${a[@]/%/.x}"
## stdout: one two 0ne.c tw0.c One.c Two.c .c two.c one.c.x two.c.x

#### default for an array
a=(); echo "${a[@]:-none}" ${a[0]-unset}; a=(''); echo "[${a[@]-unset}]" "[${a[0]:-null}]"
## STDOUT:
none unset
[] [null]
## END

#### element defaults and assignment
: ${a[3]:=x}; echo "${!a[@]}" "${a[3]}"
## stdout: 3 x

#### loop over indices
a=([2]=x [4]=y); for i in "${!a[@]}"; do echo "$i=${a[i]}"; done
## STDOUT:
2=x
4=y
## END

#### arithmetic in an index
a=(1 2 3); i=0; echo ${a[i+1]} ${a[i++]} ${a[i++]} $i ${a[${#a[@]}-1]}
## stdout: 2 1 2 2 3

#### index with variable and dollar
a=(x y z); n=1; echo ${a[n]} ${a[$n]} ${a["n"]}
## stdout: y y y

#### elements from command substitution
a=($(echo 1 2 3)); echo ${#a[@]}
## stdout: 3

#### elements from a glob
touch f1 f2; a=(f*); echo "${a[@]}"
## stdout: f1 f2

#### elements over several lines
a=(
  one   # comment
  two
)
echo "${a[@]}"
## stdout: one two

#### mixed quotes in elements
x='p q'; a=($x "$x" 'r s'); echo ${#a[@]}
## stdout: 4

#### assignment of a scalar to an index with expansion
i=2; a[$i]=v; a[i+1]=w; echo "${!a[@]}"
## stdout: 2 3

#### declare -a
declare -a a; echo ${#a[@]}; declare -a b=(1 2); echo ${b[1]}
## STDOUT:
0
2
## END

#### declare -p of arrays
a=(1 'b c' "d'e" $'f\ng'); declare -p a; unset a; declare -a a; declare -p a; a=(); declare -p a
## STDOUT:
declare -a a=([0]="1" [1]="b c" [2]="d'e" [3]=$'f\ng')
declare -a a
declare -a a=()
## END

#### local arrays
f() { local a=(1 2); a+=(3); echo "${a[@]}"; }; a=(x); f; echo "${a[@]}"
## STDOUT:
1 2 3
x
## END

#### readonly arrays
readonly -a a=(1 2); (a[0]=x); echo $? ${a[0]}
## stdout: 1 1
## stderr: bash: line 1: a: readonly variable

#### exported array is not in the environment
a=(1 2); export a; bash -c 'echo "[$a]"'
## stdout: []

#### read -a
read -a w <<< 'one two  three'; echo ${#w[@]} ${w[2]}
## stdout: 3 three

#### mapfile
mapfile -t l <<< $'a\nb c\nd'; echo ${#l[@]} "${l[1]}"
## stdout: 3 b c

#### mapfile keeps newlines without -t
printf 'a\nb' | { mapfile l; printf '<%s>' "${l[@]}"; echo; }
## STDOUT:
<a
><b>
## END

#### mapfile with options
seq 10 | { mapfile -t -n 3 -s 2 -O 5 l; echo "${!l[@]} / ${l[@]}"; }
## stdout: 5 6 7 / 3 4 5

#### mapfile with a delimiter
printf 'a:b:c' | { mapfile -d : -t l; echo ${#l[@]} "${l[@]}"; }
## stdout: 3 a b c

#### readarray is mapfile
readarray -t x < <(seq 3); echo "${x[@]}"
## stdout: 1 2 3

#### array in arithmetic
a=(3 4); echo $((a[0]*a[1])); ((a[2]=a[0]+a[1])); echo ${a[2]}
## STDOUT:
12
7
## END

#### array element as a loop counter
for ((a[0]=0; a[0]<3; a[0]++)); do echo ${a[0]}; done
## STDOUT:
0
1
2
## END

#### array of PIPESTATUS copied
true | false; s=("${PIPESTATUS[@]}"); echo "${s[@]}"
## stdout: 0 1

#### stack
s=(); s+=(a); s+=(b); echo "${s[-1]}"; unset 's[-1]'; echo "${s[@]}"
## STDOUT:
b
a
## END

#### queue
q=(a b c); echo "${q[0]}"; q=("${q[@]:1}"); echo "${q[@]}"
## STDOUT:
a
b c
## END

#### join by IFS
a=(x y z); (IFS=,; echo "${a[*]}")
## stdout: x,y,z

#### sort an array
a=(c a b); mapfile -t s < <(printf '%s\n' "${a[@]}" | sort); echo "${s[@]}"
## stdout: a b c

#### membership
a=(x y); [[ " ${a[*]} " == *" y "* ]] && echo in
## stdout: in

#### bad index
a=(1); echo "${a[1+]}"; echo "status $?"
## status: 1
## stderr: bash: line 1: 1+: syntax error: operand expected (error token is "+")

#### empty index
a=(1); a[]=x; echo "status $?"
## status: 1
## stderr: bash: line 1: a[]: bad array subscript

#### assoc declare and use
declare -A m; m[one]=1; m[two]=2; echo ${m[one]} ${m[two]} ${#m[@]}
## stdout: 1 2 2

#### assoc literal
declare -A m=([a]=1 ['b c']=2 ["d"]=3); echo ${m[a]} "${m[b c]}" ${m[d]}
## stdout: 1 2 3

#### assoc literal by pairs
declare -A m=(a 1 b 2); echo ${m[a]} ${m[b]}
## stdout: 1 2

#### assoc keys
declare -A m=([x]=1); echo ${!m[@]} ${m[@]}
## stdout: x 1

#### assoc keys sorted
declare -A m=([b]=2 [a]=1 [c]=3); for k in $(printf '%s\n' "${!m[@]}" | sort); do echo $k=${m[$k]}; done
## STDOUT:
a=1
b=2
c=3
## END

#### assoc keys with special characters
declare -A m; k='a b]c$d'; m[$k]=v; echo "${m[$k]}"; m["x y"]=1; echo "${m[x y]}"; m['*']=s; echo "${m[*]}" | wc -w
## STDOUT:
v
1
3
## END

#### assoc missing key
declare -A m=([a]=); echo "[${m[b]}]" ${m[b]-unset} ${m[a]-unset} ${m[a]+set} ${m[a]:-null}
## stdout: [] unset set null

#### assoc unset
declare -A m=([a]=1 [b]=2); unset 'm[a]'; echo ${!m[@]}; unset m; echo ${#m[@]}
## STDOUT:
b
0
## END

#### assoc append
declare -A m=([a]=1); m+=([b]=2); m[a]+=x; echo ${m[a]} ${m[b]}
## stdout: 1x 2

#### assoc element counting
declare -A c; for w in a b a c a; do ((c[$w]++)); done; echo ${c[a]} ${c[b]} ${c[c]}
## stdout: 3 1 1

#### assoc with an empty key
declare -A m; m['']=x; echo "status $?"
## status: 1
## stderr: bash: line 1: m['']: bad array subscript

#### assoc -v test
declare -A m=([k]=); [[ -v m[k] ]] && echo yes; [[ -v m[z] ]] || echo no; [[ -v m ]] || echo no m; [[ -v m[@] ]] && echo some
## status: 1
## STDOUT:
yes
no
no m
## END

#### array -v test
a=(1 '' 3); [[ -v a[1] ]] && echo yes; [[ -v a[9] ]] || echo no; [[ -v a ]] && echo a
## STDOUT:
yes
no
a
## END

#### indexed array with a word as index is variable
k=2; a=(x y z); echo ${a[k]} ${a[nosuch]}
## stdout: z x

#### assoc index is text
declare -A m; k=2; m[k]=text; m[$k]=num; echo ${m[k]} ${m[2]}
## stdout: text num

#### declare -p of an assoc
declare -A m=([k]='v w'); declare -p m
## stdout: declare -A m=([k]="v w" )

#### converting fails
a=(1); declare -A a; echo "status $?"
## stdout: status 1
## stderr: bash: line 1: declare: a: cannot convert indexed to associative array

#### indirect to an array element
a=(x y); r='a[1]'; echo ${!r}; r='a[@]'; echo "${!r}"
## STDOUT:
y
x y
## END

#### nameref to an array
a=(1 2); declare -n r=a; r+=(3); echo "${a[@]}" ${r[0]} ${#r[@]}
## stdout: 1 2 3 1 3

#### function that fills an array by nameref
fill() { local -n out=$1; out=(p q); }; fill res; echo "${res[@]}"
## stdout: p q

#### pass an array to a function
f() { echo $# "$2"; }; a=(1 '2 3'); f "${a[@]}"
## stdout: 2 2 3

#### array of arguments as a command
c=(printf '<%s>' 'a b' c); "${c[@]}"; echo
## stdout: <a b><c>

#### quoted keys in an index
declare -A m; m["a"]=1; m['b']=2; m[a b]=3; echo ${m["a"]} ${m['b']} "${m[a b]}"
## stdout: 1 2 3

#### array assignment does not split quotes
a=("a b" c\ d $'e\tf'); printf '<%s>' "${a[@]}"; echo
## stdout: <a b><c d><e	f>

#### brace expansion within
a=({a..c}{1,2}); echo ${#a[@]} ${a[5]}
## stdout: 6 c2

#### nested use
a=(0 1 2); b=(2 0 1); echo ${a[b[0]]} ${a[${b[1]}]}
## stdout: 2 0

#### out of the ordinary: index 0 and negative zero
a=(1 2); echo ${a[-0]} ${a[00]}
## stdout: 1 1

#### large index
a[1000000]=x; echo ${#a[@]} ${!a[@]}
## stdout: 1 1000000

#### replace in an element
a=(foo bar); a[0]=${a[0]/o/0}; echo ${a[0]}
## stdout: f0o

#### transform keys and values by @Q
a=('x y' "z'"); echo "${a[@]@Q}"; echo ${a[@]@A}
## STDOUT:
'x y' 'z'\'''
declare -a a=([0]="x y" [1]="z'")
## END

#### array in here-string
a=(1 2 3); cat <<< "${a[@]}"; cat <<< "${a[*]}"
## STDOUT:
1 2 3
1 2 3
## END

#### assigning an array to a scalar element
a[0]=(1 2); echo "status $?"
## status: 1
## stderr: bash: line 1: a[0]: cannot assign list to array member
