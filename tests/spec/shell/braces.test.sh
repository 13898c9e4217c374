# Brace expansion.

#### a list
echo {a,b,c}
## stdout: a b c

#### prefix and suffix
echo x{a,b}y
## stdout: xay xby

#### nested
echo a{b,c{d,e}}f
## stdout: abf acdf acef

#### product
echo {a,b}{1,2}
## stdout: a1 a2 b1 b2

#### triple product
echo {0,1}{0,1}{0,1}
## stdout: 000 001 010 011 100 101 110 111

#### empty elements
echo {a,,b} x{,y} {,}a | cat -A
## stdout: a b x xy a a$

#### one element is literal
echo {a} {} {a}b
## stdout: {a} {} {a}b

#### no comma or range is literal
echo {abc} {a.b} {1.2}
## stdout: {abc} {a.b} {1.2}

#### number range
echo {1..5} {5..1} {-2..2}
## stdout: 1 2 3 4 5 5 4 3 2 1 -2 -1 0 1 2

#### range with step
echo {1..10..3} {10..1..3} {1..10..-3} {1..3..0}
## stdout: 1 4 7 10 10 7 4 1 1 4 7 10 1 2 3

#### range with leading zeros
echo {01..10..3} {001..3} {-01..2}
## stdout: 01 04 07 10 001 002 003 -01 000 001 002

#### letter range
echo {a..e} {e..a} {a..i..2}
## stdout: a b c d e e d c b a a c e g i

#### letter range across cases
echo {X..c} | tr ' ' '\n' | grep -c .
## stdout: 11

#### range of one
echo {3..3} {a..a}
## stdout: 3 a

#### mixed range is literal
echo {1..a} {a..1} {1...3} {..3} {1..}
## stdout: {1..a} {a..1} {1...3} {..3} {1..}

#### quoted braces are literal
echo "{a,b}" {a","b} \{a,b\} {a\,b} '{'a,b}
## stdout: {a,b} {a,b} {a,b} {a,b} {a,b}

#### braces with variables
x=1; echo {$x,2} {1..$x}; a=v; echo ${a}{1,2}
## STDOUT:
1 2 {1..1}
v1 v2
## END

#### braces happen before parameters
x='{a,b}'; echo $x
## stdout: {a,b}

#### braces with command substitution
echo {$(echo a b),c}
## stdout: a b c

#### braces with globs
touch a1 b1; echo {a,b,c}*
## stdout: a1 b1 c*

#### no brace expansion in assignments
x={a,b}; echo $x
## stdout: {a,b}

#### braces in array elements
a=({1..3} x{a,b}); echo "${a[@]}" ${#a[@]}
## stdout: 1 2 3 xa xb 5

#### braces in for
for i in {1..3}; do echo $i; done
## STDOUT:
1
2
3
## END

#### braces in a redirection are ambiguous
echo hi > {a,b}; echo $?
## stdout: 1
## stderr: bash: line 1: {a,b}: ambiguous redirect

#### braces in case words are literal
case {a,b} in '{a,b}') echo literal;; esac
## stdout: literal

#### unbalanced braces
echo {a,b a,b} {a,{b,c} {{a,b}
## stdout: {a,b a,b} {a,b {a,c {a {b

#### a dollar brace is not a brace expansion
x=1; echo ${x}{a,b} $x{a,b}
## stdout: 1a 1b

#### deep nesting
echo {a,{b,{c,{d,e}}}}
## stdout: a b c d e

#### ranges inside lists
echo {{1..3},{a..c}}
## stdout: 1 2 3 a b c

#### set +B turns it off
set +B; echo {a,b} {1..3}
## stdout: {a,b} {1..3}

#### braces with quotes inside elements
echo {"a b",c'd'}
## stdout: a b cd

#### backup idiom
echo cp f{,.bak}
## stdout: cp f f.bak

#### with tilde
HOME=/h; echo {~,~/x}
## stdout: /h /h/x

#### special characters in elements
echo {a,b}{-,_}{1,2}
## stdout: a-1 a-2 a_1 a_2 b-1 b-2 b_1 b_2

#### escaped comma
echo {a,b\,c}
## stdout: a b,c

#### ranges count
set -- {1..1000}; echo $#
## stdout: 1000

#### letters with odd characters
echo {A..D}{1..2}
## stdout: A1 A2 B1 B2 C1 C2 D1 D2

#### empty braces in a word
echo a{}b {}{a,b}
## stdout: a{}b {}a {}b

#### braces and arithmetic
echo $((1+1)){a,b}
## stdout: 2a 2b

#### braces in here-strings
cat <<< {a,b}
## stdout: {a,b}

#### braces in double brackets
[[ {a,b} == '{a,b}' ]] && echo literal
## stdout: literal

#### long zero padding
echo {0008..0011} {-5..-3}
## stdout: 0008 0009 0010 0011 -5 -4 -3
