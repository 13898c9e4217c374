# Arithmetic expansion, (( )), let.

#### the four operations
echo $((1+2)) $((5-7)) $((3*4)) $((7/2)) $((7%3))
## stdout: 3 -2 12 3 1

#### negative division and remainder
echo $((-7/2)) $((-7%3)) $((7/-2)) $((7%-3))
## stdout: -3 -1 -3 1

#### precedence
echo $((2+3*4)) $(((2+3)*4)) $((2*3%4)) $((10-3-2)) $((1+2<<3))
## stdout: 14 20 2 5 24

#### power
echo $((2**10)) $((2**3**2)) $((-2**2)) $((0**0))
## stdout: 1024 512 4 1

#### power with a negative exponent
echo $((2**-1)); echo "status $?"
## status: 1
## stderr: bash: line 1: 2**-1: exponent less than 0 (error token is "1")

#### shifts
echo $((1<<4)) $((256>>3)) $((-1>>1)) $((1<<63)) $((1<<64))
## stdout: 16 32 -1 -9223372036854775808 1

#### comparison
echo $((1<2)) $((2<=1)) $((3>2)) $((2>=3)) $((1==1)) $((1!=1))
## stdout: 1 0 1 0 1 0

#### bitwise
echo $((5&3)) $((5|3)) $((5^3)) $((~5))
## stdout: 1 7 6 -6

#### logical
echo $((1&&0)) $((1||0)) $((!1)) $((!0)) $((2&&3))
## stdout: 0 1 0 1 1

#### logical operators stop early
x=0; echo $((0 && (x=1))) $((1 || (x=2))) $x
## stdout: 0 1 0

#### ternary
echo $((1?2:3)) $((0?2:3)) $((0?1:0?2:3))
## stdout: 2 3 3

#### ternary evaluates one side
x=0 y=0; : $((1 ? (x=1) : (y=1))); echo $x $y
## stdout: 1 0

#### comma
echo $((1,2,3)) $((x=1,x+1))
## stdout: 3 2

#### assignment operators
x=10; echo $((x+=5)) $((x-=3)) $((x*=2)) $((x/=5)) $((x%=3)) $((x<<=4)) $((x>>=2)) $((x|=3)) $((x&=6)) $((x^=1)); echo $x
## STDOUT:
15 12 24 4 1 16 4 7 6 7
7
## END

#### increment and decrement
x=5; echo $((x++)) $x $((++x)) $x $((x--)) $((--x)) $x
## stdout: 5 6 7 7 7 5 5

#### plus plus on a number
echo $((++5)) $((--5)) $((- -5)) $((+ +5)) $((5 - -3))
## stdout: 5 5 5 5 8

#### postfix on a number is an error
echo $((5++)); echo no
## status: 1
## stderr: bash: line 1: 5++: syntax error: operand expected (error token is "+")

#### variables without dollar
a=3 b=4; echo $((a*b)) $(($a*b)) $((${a}*$b))
## stdout: 12 12 12

#### unset variable is zero
unset u; echo $((u)) $((u+1))
## stdout: 0 1

#### a variable holding an expression
e='1+2' ; echo $((e*2)) $(($e*2)); f=e; echo $((f))
## STDOUT:
6 5
3
## END

#### recursive variables
a=b b=c c=7; echo $((a))
## stdout: 7

#### endless recursion is an error
a=a; echo $((a)); echo no
## status: 1
## stderr: bash: line 1: a: expression recursion level exceeded (error token is "a")

#### hexadecimal and octal
echo $((0xff)) $((0XFF)) $((010)) $((0))
## stdout: 255 255 8 0

#### bases
echo $((2#1010)) $((8#17)) $((16#fF)) $((36#z)) $((36#Z)) $((62#Z)) $((64#@)) $((64#_))
## stdout: 10 15 255 35 35 61 62 63

#### base too large
echo $((65#1)); echo no
## status: 1
## stderr: bash: line 1: 65#1: invalid arithmetic base (error token is "65#1")

#### digit too large for the base
echo $((2#12)); echo no
## status: 1
## stderr: bash: line 1: 2#12: value too great for base (error token is "2#12")

#### bad octal
echo $((08)); echo no
## status: 1
## stderr: bash: line 1: 08: value too great for base (error token is "08")

#### a variable with a leading zero
x=010; echo $((x)) $((10#$x))
## stdout: 8 10

#### largest numbers
echo $((9223372036854775807)) $((9223372036854775807+1)) $((-9223372036854775808))
## stdout: 9223372036854775807 -9223372036854775808 -9223372036854775808

#### smallest divided by minus one
echo $((-9223372036854775808/-1)) $((-9223372036854775808%-1))
## stdout: -9223372036854775808 0

#### number out of range wraps
echo $((9223372036854775808)) $((18446744073709551615)) $((0xffffffffffffffff))
## stdout: -9223372036854775808 -1 -1

#### multiplication wraps
echo $((4611686018427387904*4)) $((3037000500*3037000500))
## stdout: 0 -9223372036709301616

#### division by zero
echo $((1/0)); echo no
## status: 1
## stderr: bash: line 1: 1/0: division by 0 (error token is "0")

#### remainder by zero
echo $((1%0)); echo no
## status: 1
## stderr: bash: line 1: 1%0: division by 0 (error token is "0")

#### error in a subshell
(echo $((1/0))); echo $?
## stdout: 1
## stderr: bash: line 1: 1/0: division by 0 (error token is "0")

#### syntax error: missing operand
echo $((1+)); echo no
## status: 1
## stderr: bash: line 1: 1+: syntax error: operand expected (error token is "+")

#### syntax error: two numbers
echo $((1 2)); echo no
## status: 1
## stderr: bash: line 1: 1 2: syntax error in expression (error token is "2")

#### syntax error: missing parenthesis
echo $(( (1 )); echo no
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `)'

#### assignment to a number
echo $((1=2)); echo no
## status: 1
## stderr: bash: line 1: 1=2: attempted assignment to non-variable (error token is "=2")

#### a dot is an error
echo $((1.5)); echo no
## status: 1
## stderr: bash: line 1: 1.5: syntax error: invalid arithmetic operator (error token is ".5")

#### blanks and newlines
echo $((  1
+ 2 ))
## stdout: 3

#### empty expression is zero
echo $(()) $(( ))
## stdout: 0 0

#### quotes inside
x=2; echo $(("$x" + "3"))
## stdout: 5

#### command substitution inside
echo $(( $(echo 2) * `echo 3` ))
## stdout: 6

#### nested arithmetic
echo $(( 1 + $(( 2 * 3 )) ))
## stdout: 7

#### array elements
a=(10 20 30); echo $((a[1])) $((a[1]+a[2])) $((a)) $((a[0]++)) ${a[0]} $((a[3]=5)) ${a[3]}
## stdout: 20 50 10 10 11 5 5

#### array index is arithmetic
a=(1 2 3); i=1; echo ${a[i+1]} ${a[$i]} ${a[i*2-1]} $((a[i+1]))
## stdout: 3 2 2 3

#### assoc elements
declare -A m=([k]=5); echo $((m[k]*2)) $((m[k]+=1)) ${m[k]}
## stdout: 10 6 6

#### positional parameters
set -- 4 5; echo $(($1*$2)) $(($#))
## stdout: 20 2

#### arithmetic command
((x=5)); echo $? $x; ((x-5)); echo $?
## STDOUT:
0 5
1
## END

#### arithmetic command with comparison
x=3; ((x>2&&x<5)) && echo in
## stdout: in

#### let
let x=5 y=x*2; echo $x $y; let 'z = 1 + 2'; echo $z; let 0; echo $?
## STDOUT:
5 10
3
1
## END

#### let without argument
let; echo $?
## stdout: 1
## stderr: bash: line 1: let: expression expected

#### let with blanks
let x = 5; echo $?
## stdout: 1
## stderr: bash: line 1: let: =: syntax error: operand expected (error token is "=")

#### integer attribute
declare -i n; n=3*4; echo $n; n+=1; echo $n; n=abc; echo $n
## STDOUT:
12
13
0
## END

#### integer attribute with a bad value
declare -i n; n=1+; echo "status $?"
## status: 1
## stderr: bash: line 1: 1+: syntax error: operand expected (error token is "+")

#### plus sign before a number
echo $((+3)) $((-3)) $((- 3))
## stdout: 3 -3 -3

#### spaces in the operator
echo $((1 < < 2)); echo no
## status: 1
## stderr: bash: line 1: 1 < < 2: syntax error: operand expected (error token is "< 2")

#### old bracket form
echo $[1+2]
## stdout: 3

#### arithmetic in a substring and an index
x=abcdef; echo ${x:1+1:2*1}
## stdout: cd

#### arithmetic in redirection words
echo a > f$((1+1)); cat f2
## stdout: a

#### arithmetic in double quotes
echo "sum: $((1+1))"
## stdout: sum: 2

#### arithmetic in a here-document
cat <<X
$((6*7))
X
## stdout: 42

#### arithmetic with a function's result
f() { echo 5; }; echo $(( $(f) + 1 ))
## stdout: 6

#### nested parentheses
echo $((((1+2))*((3))))
## stdout: 9

#### a double parenthesis that is two subshells
((echo a); echo b)
## STDOUT:
a
b
## END

#### gcd
gcd() { local a=$1 b=$2; while ((b)); do ((t=a%b, a=b, b=t)); done; echo $a; }; gcd 48 36
## stdout: 12

#### fibonacci in a loop
a=0 b=1; for ((i=0;i<20;i++)); do ((t=a+b,a=b,b=t)); done; echo $a
## stdout: 6765

#### factorial by recursion
fact() { (($1<2)) && echo 1 || echo $(($1*$(fact $(($1-1))))); }; fact 10
## stdout: 3628800

#### random walk of operators
x=7; echo $((x<<1|1)) $((x&~2)) $((!x+1)) $((x==7?10:20)) $((x&1&&x>3))
## stdout: 15 5 1 10 1

#### unary minus of a variable
x=5; echo $((-x)) $((- -x)) $((-x*-x)) $((!-x)) $((~-x))
## stdout: -5 5 25 0 4

#### assignment in a condition
if ((n = 5, n > 3)); then echo $n; fi
## stdout: 5

#### set -u in arithmetic
set -u; echo $((nope)); echo no
## status: 127
## stderr: bash: line 1: nope: unbound variable

#### a value with blanks around
x=' 5 '; echo $((x+1))
## stdout: 6

#### an empty value
x=; echo $((x+1)) $((x))
## stdout: 1 0

#### value that is no number
x='a b'; echo $((x)); echo no
## status: 1
## stderr: bash: line 1: a b: syntax error in expression (error token is "b")

#### a hex value in a variable
x=0x1F; echo $((x)) $((x+1))
## stdout: 31 32

#### readonly in arithmetic
readonly r=1; ((r=2)); echo "status $?"
## stdout: status 1
## stderr: bash: line 1: r: readonly variable

#### octal in printf and test
printf '%d\n' 010; [ 010 -eq 10 ] && echo test is decimal; [[ 010 -eq 8 ]] && echo bracket is octal
## STDOUT:
8
test is decimal
bracket is octal
## END

#### character comparison is not arithmetic
echo $(( "a" == "b" ))
## stdout: 1

#### exit status inside an expansion
x=$((0)); echo $?
## stdout: 0

#### C comment style is an error
echo $((1 /* c */ + 1)); echo no
## status: 1
## stderr: bash: line 1: 1 /* c */ + 1: syntax error: operand expected (error token is "* c */ + 1")
