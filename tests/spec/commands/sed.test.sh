# sed: addresses, commands, substitutions, files
## needs: sed

#### substitution
echo 'a/b a.b aab' | sed 's/a/X/; s/b/Y/2; s/\./-/g; s/[/]/|/'
## stdout: X|b a-Y aab

#### other delimiters
echo 'a,b|c' | sed 's,a\,b,x,'; echo 'a|b' | sed 's|a\|b|x|'; echo 'a|b' | sed -E 's|a\|b|x|'; echo 1 | sed 's1\11x1'; echo s | sed 'ss\ssxs'
## STDOUT:
x|c
x
x|b
x
x
## END

#### & and groups
echo 'hello world' | sed 's/\(hello\) \(world\)/\2 [&] \1 \&/'; echo abc | sed -E 's/(.)(.)(.)/\3\2\1\0/'
## STDOUT:
world [hello world] hello &
cbaabc
## END

#### g, numbers and p
echo aaaa | sed 's/a/b/g'; echo aaaa | sed 's/a/b/2'; echo aaaa | sed 's/a/b/3g'; echo aaaa | sed -n 's/a/b/p'; echo aaaa | sed -n 's/x/b/p'; echo aaaa | sed 's/a/b/5'
## STDOUT:
bbbb
abaa
aabb
baaa
aaaa
## END

#### empty matches
echo baaac | sed 's/a*/x/g'; echo abc | sed 's/x*/-/g'; echo abc | sed 's/x*/-/2'; echo | sed 's/^/x/'; echo | sed 's/x*/y/g'; echo 'a b' | sed 's/\b/|/g'
## STDOUT:
xbxcx
-a-b-c-
a-bc
x
y
|a| |b|
## END

#### empty matches beside characters of several bytes
echo aé | sed 's/x*/-/g'
## stdout-json: "-a-\xc3-\xa9-\n"
## differs: a match never lies inside a character; the real one goes on by a byte here and leaves bytes that are none
## our stdout: -a-é-

#### ignoring case
echo 'Hello' | sed 's/hello/x/I'; echo Hello | sed 's/HELLO/x/i'; printf 'A\na\n' | sed -n '/a/Ip'
## STDOUT:
x
x
A
a
## END

#### lines in the pattern space
printf 'a\nb\nc\n' | sed 'N;N;s/^/> /mg'; printf 'a\nb\nc\n' | sed 'N;N;s/^/> /g'; printf 'a\nb\nc\n' | sed 'N;N;s/$/</Mg'; printf 'a\nb\n' | sed 'N;s/\`./X/Mg'; printf 'a\nb\n' | sed "N;s/.\\'/X/Mg"
## STDOUT:
> a
> b
> c
> a
b
c
a<
b<
c<
X
b
a
X
## END

#### case of letters
echo 'hello world' | sed 's/\w\+/\u&/g'; echo 'hello world' | sed 's/.*/\U&/'; echo 'HELLO World' | sed 's/\(.*\) \(.*\)/\L\1\E \U\2/'; echo foo bar | sed -E 's/(\w+) (\w+)/\u\1 \U\2x\Ey \l\2/'; echo école | sed 's/.*/\U&/'; echo ABC | sed 's/.*/\l&/'; echo 'abc def' | sed 's/.*/\u\L&/'; echo 'aBC' | sed 's/\(a\)\(B\)/\u\1\L\2/'
## STDOUT:
Hello World
HELLO WORLD
hello WORLD
Foo BARXy bar
ÉCOLE
aBC
abc def
AbC
## END

#### escapes
printf 'a\tb\n' | sed 's/\t/T/'; echo ab | sed 's/a/\t/'; echo 'a^b.c' | sed 's/\x5e/X/;s/\x2e/Y/'; echo ab | sed 's/a/\x41\o102\d067/'; echo 'a&b' | sed 's/a/[\x26]/'; echo ab | sed 's/a/x\ny/'; echo 'a+b' | sed 's/a\x2bb/x/'; echo 'a]b' | sed 's/\x5d/x/'
## STDOUT:
aTb
	b
Ya^b.c
ABCb
[&]&b
x
yb
x
axb
## END

#### a newline in the replacement
echo ab | sed 's/a/1\
2/'
## STDOUT:
1
2b
## END

#### newline in brackets
printf 'a\nb\n' | sed 'N;s/[\n]/,/'; printf 'a\tb\n' | sed 's/[\t]/,/'; echo 'a\b' | sed 's/[\]/x/'; echo 'anb' | sed 's/[\n]/x/'; echo 'a]b' | sed 's/[]]/x/'; echo 'a]b' | sed 's/[^]]/x/g'; echo a:b | sed 's/[[:punct:]]/x/'
## STDOUT:
a,b
a,b
axb
anb
axb
x]x
axb
## END

#### s with w
echo a | sed 's/a/b/w out'; cat out; echo a | sed -n 's/a/b/w /dev/stdout'
## STDOUT:
b
b
b
## END

#### flags together
printf 'abab\n' | sed -n 's/A/x/2Ipw out'; cat out
## STDOUT:
abxb
abxb
## END

#### back-references
echo abab | sed 's/\(ab\)\1/x/'; echo aa bb ab | sed -E 's/(.)\1/<\1>/g'
## STDOUT:
x
<a> <b> ab
## END

#### the empty expression is the last one
printf 'ab\ncd\n' | sed '/b/s//X/'; printf 'ab\n' | sed 's/a/x/;s//y/'; printf 'aXb\n' | sed '/X/{s//-/;s/b/&&/}'
## STDOUT:
aX
cd
xb
a-bb
## END

#### line addresses
seq 5 | sed -n '2p;$p'; seq 5 | sed -n 2,4p; seq 5 | sed -n '4,2p'; seq 5 | sed -n '3,$p'; seq 5 | sed 2d; seq 5 | sed '$!d'; seq 5 | sed '2,3!d'
## STDOUT:
2
5
2
3
4
4
3
4
5
1
3
4
5
5
2
3
## END

#### steps
seq 10 | sed -n '0~3p'; seq 10 | sed -n '2~4p'; seq 10 | sed -n '2~0p'; seq 10 | sed -n '5~2!p'; seq 10 | sed -n '2,~4p'; seq 10 | sed -n '4,~4p'; seq 10 | sed -n '3,+2p'; seq 10 | sed -n '3,+0p'; seq 10 | sed -n '2,~0p'
## STDOUT:
3
6
9
2
6
10
2
1
2
3
4
6
8
10
2
3
4
4
5
6
7
8
3
4
5
3
2
## END

#### expressions as addresses
seq 12 | sed -n '/1/p'; seq 12 | sed -n '/3/,/5/p'; seq 12 | sed -n '/3/,+1p'; seq 12 | sed -n '/1/,3p'; seq 12 | sed -n '3,/1/p'; seq 12 | sed -n '\,2,p'; seq 12 | sed -n '\x1xp'; seq 5 | sed -n '/2/,/2/p'; seq 5 | sed -n '/4/,1p'; seq 12 | sed -n '/2/,$p'
## STDOUT:
1
10
11
12
3
4
5
3
4
1
2
3
10
11
12
3
4
5
6
7
8
9
10
2
12
1
10
11
12
2
3
4
5
4
2
3
4
5
6
7
8
9
10
11
12
## END

#### 0,/re/
seq 5 | sed -n '0,/1/p'; echo; seq 5 | sed -n '1,/1/p'; echo; seq 5 | sed '0,/3/d'; printf 'a\na\n' | sed '0,/a/s//b/'
## STDOUT:
1

1
2
3
4
5

4
5
b
a
## END

#### ranges begin again
printf '%s\n' a x b c a y b d | sed -n '/a/,/b/p'; printf '%s\n' a x b c a y b d | sed '/a/,/b/d'
## STDOUT:
a
x
b
a
y
b
c
d
## END

#### ranges and N
seq 10 | sed -n '2,4{N;N;N;p}'; seq 10 | sed -n '2{N;N;N;N};2,4p'; seq 10 | sed -n '2,4!{N;p}'
## STDOUT:
2
3
4
5
1
2
5
6
7
8
9
10
## END

#### blocks
seq 3 | sed -n '2{p;p}'; seq 3 | sed '2{s/2/x/;s/x/y/};3d'; seq 5 | sed -n '2,4{/3/!{p;=}}'; seq 3 | sed '{};{;}'; seq 3 | sed -n '/2/{
p
}'
## STDOUT:
2
2
1
y
2
2
4
4
1
2
3
2
## END

#### a, i and c in one line
seq 3 | sed '2a hello'; seq 3 | sed '2i hello'; seq 3 | sed '2c hello'; seq 2 | sed '$a\   x'; seq 2 | sed '1i\  two  blanks'; seq 1 | sed 'a a\tb'; seq 1 | sed 'a\ta'; seq 1 | sed 'a  x\
  y'; seq 1 | sed 'a x\\y'
## STDOUT:
1
2
hello
3
1
hello
2
3
1
hello
3
1
2
   x
  two  blanks
1
2
1
a	b
1
ta
1
x
  y
1
x\y
## END

#### a, i and c in the standard's form
seq 2 | sed '1a\
first\
second
2i\
before'; seq 2 | sed '1c\
  indented\
\
x'
## STDOUT:
1
first
second
before
2
  indented

x
2
## END

#### a over pieces
seq 1 | sed -e 'a\' -e '  foo'; seq 1 | sed -e 'a\' -e 'foo\' -e 'bar'; seq 1 | sed -e 'i\' -e 'x' -e 'p'; seq 1 | sed 'a\'; seq 1 | sed '$!{a foo
}'; seq 2 | sed '{a foo }
p}'
## STDOUT:
1
  foo
1
foo
bar
x
1
1
1
1
1
1
foo }
2
2
foo }
## END

#### c with ranges
seq 5 | sed '2,4c X'; seq 5 | sed '2,4!c X'; seq 5 | sed '$!N;2,4c X'; seq 5 | sed '/2/,/3/c X'; seq 3 | sed '2,9c X'; seq 3 | sed '$c X'; seq 3 | sed '2,3{c X
}'
## STDOUT:
1
X
5
X
2
3
4
X
X
5
1
X
4
5
1
1
2
X
1
X
X
## END

#### several a, i and r
seq 2 | sed -e '1a A' -e '1a B' -e '1i I' -e '1i J' -e '1r nope'; echo file > f; seq 2 | sed '1r f
1a after'
## STDOUT:
I
J
1
A
B
2
1
file
after
2
## END

#### n and N
seq 5 | sed -n 'n;p'; seq 5 | sed 'n;d'; seq 5 | sed 'N;s/\n/-/'; seq 5 | sed '$!N;s/\n/-/'; seq 4 | sed -n '$!{n;p}'; seq 3 | sed 'N;N;N;s/\n/,/g'; seq 3 | POSIXLY_CORRECT=1 sed N; seq 3 | sed -n 'N;N;N;p'; seq 3 | sed 'a x
n'
## STDOUT:
2
4
1
3
5
1-2
3-4
5
1-2
3-4
5
2
4
1
2
3
1
2
1
x
2
3
x
## END

#### D, P and G
seq 5 | sed '$!N;P;D'; printf 'a\na\nb\nb\nc\n' | sed '$!N;/^\(.*\)\n\1$/!P;D'; seq 4 | sed -n '2{p;q}'; seq 3 | sed G; seq 3 | sed -n '1!G;h;$p'; seq 4 | sed 'N;N;D'
## STDOUT:
1
2
3
4
5
a
b
c
2
1

2

3

3
2
1
2
3
4
## END

#### h, H, g and x
seq 3 | sed x; seq 3 | sed 'H;$!d;x;s/\n/,/g'; seq 3 | sed '1h;2g;3G'; seq 2 | sed 'g'; seq 2 | sed 'x;G'
## STDOUT:

1
2
,1,2,3
1
1
3
1



1
1
2
## END

#### branches
echo aaa | sed ':a;s/a/b/;ta'; echo 'a,b,c' | sed ':x s/,/;/;tx'; seq 3 | sed -n '/2/b
p'; seq 3 | sed -n '2bend;p;:end'; echo abc | sed -e ':a' -e 's/^\(.\{1,5\}\)$/ \1/;ta'; printf 'a\nb\n' | sed ':a;N;$!ba;s/\n/ /'; echo a | sed 's/x/y/;T;s/a/b/'; echo a | sed 's/a/y/;T;s/y/b/'; seq 2 | sed 's/1/x/;t;s/$/!/'; echo 1 | sed '{b};p'
## STDOUT:
bbb
a;b;c
1
3
1
3
   abc
a b
a
b
x
2!
1
## END

#### t forgets at the next line
printf 'a\nb\n' | sed 's/a/x/;n;t;s/$/!/'; printf 'a\nb\n' | sed 's/a/x/;ta;s/$/!/;:a'
## STDOUT:
x
b!
x
b!
## END

#### y
echo hello | sed 'y/elo/ipa/'; echo 'a/b' | sed 'y/\//-/'; echo 'a,b' | sed 'y,\,,;,'; printf 'a\tb\n' | sed 'y/\t/ /'; echo 'a\b' | sed 'y/\\/x/'; echo abc | sed 'y/abc/\n\t\\/'; echo éa | sed 'y/éa/aé/'
## STDOUT:
hippa
a-b
a;b
a b
axb

	\
aé
## END

#### = l F z
seq 2 | sed =; seq 2 | sed -n '$='; printf 'a\\\t\001\303\251\n' | sed -n l; seq 1 | sed -n 'F'; seq 2 | sed z; printf '%s\n' 0123456789012345678901234567890123456789012345678901234567890123456789012345 | sed -n l; echo 0123456789 | sed -n 'l 5'; echo 0123456789 | sed -n 'l 1'; echo 0123456789 | sed -n -l 4 l; printf 'a\nb\n' | sed -n 'N;l'; printf '\a\b\f\r\v\n' | sed -n l; echo '012\\' | sed -n 'l 5'
## STDOUT:
1
1
2
2
2
a\\\t\001\303\251$
-


012345678901234567890123456789012345678901234567890123456789012345678\
9012345$
0123\
4567\
89$
\
0\
1\
2\
3\
4\
5\
6\
7\
8\
9$
012\
345\
678\
9$
a\nb$
\a\b\f\r\v$
012\
\\\\$
## END

#### q and Q
seq 3 | sed 2q; seq 3 | sed 2Q; seq 3 | sed '2q5'; echo $?; seq 3 | sed '2Q 7'; echo $?; seq 3 | sed '1a x
1q'; seq 3 | sed -n '$q3'; echo $?
## STDOUT:
1
2
1
1
2
5
1
7
1
x
3
## END

#### q leaves the rest
seq 4 > f; (sed 1q; cat) < f; (sed -n 2p; cat) < f
## STDOUT:
1
2
3
4
2
## END

#### r and R
printf '1\n2\n' > f; seq 3 | sed '2r f'; seq 3 | sed 'R f'; seq 2 | sed 'r nope'; echo typed | sed '1r /dev/stdin' f; printf x > g; seq 2 | sed 'r g'; seq 2 | sed 'R g'; seq 2 | sed '$r f
$d'
## STDOUT:
1
2
1
2
3
1
1
2
2
3
1
2
1
typed
2
1
x2
x1
x2
1
1
2
## END

#### w and W
seq 4 | sed -n '/[13]/w odd
/[24]/w even'; cat odd even; seq 2 | sed -n 'N;W first'; cat first; seq 2 | sed 'w /dev/stdout'; seq 1 | sed -n 'w /dev/stderr'; seq 2 | sed 'w both
r both'; sed -n 'w empty' < /dev/null; wc -c < empty
## STDOUT:
1
3
2
4
1
1
1
2
2
1
2
0
## END
## stderr: 1

#### no newline at the end
printf a | sed p; echo; printf 'a\nb' | sed -n '$p'; echo; printf a | sed 'a x'; printf a | sed 'i x'; echo; printf a > f; printf b > g; sed '' f g; echo; printf a | sed G; echo; printf a | sed -n '$='; printf 'a\nb' | sed '$!d'; echo; printf 'a\nb' | sed N; echo; printf a | sed 'r f'; echo
## STDOUT:
a
a
b
a
x
x
a
a
b
a


1
b
a
b
a
a
## END

#### -n and #n
seq 2 | sed '#n
1p'; seq 2 | sed '#no
1p'; seq 2 | sed -n -e '#n' -e 2p; seq 2 | sed -e p -e '#n'; seq 2 | sed '#n'
## STDOUT:
1
1
2
1
1
2
2
## END

#### comments and blanks
seq 2 | sed '# comment
  1 p # more
 ; ; 2 ! p ; s/1/x/ # end'; seq 2 | sed 'p;p#c'; seq 3 | sed '1,2 { p ; } ; d'; seq 2 | sed '
'
## STDOUT:
1
1
x
2
1
1
1
2
2
2
1
2
1
2
## END

#### -e and -f
echo 's/1/x/' > script; printf 's/2/y/\ns/3/z/' > other; seq 3 | sed -f script -f other -e 's/z/Z/'; seq 3 | sed --expression=1d --file=script; echo 2d | sed -f - script; printf '1a\\\nhello\\\nworld' > third; seq 1 | sed -f third
## STDOUT:
x
y
Z
2
3
s/1/x/
1
hello
world
## END

#### several files
seq 2 > a; seq 3 4 > b; sed -n '$p' a b; sed -n '3p' a b; sed -n '$=' a b; sed -s -n '$p' a b; sed -s -n '1p' a b; sed -s 'F' a b; sed -s 'H;x;1!d' a b; sed -n '/2/,/3/p' a b; sed -s -n '/2/,/3/p' a b; sed N a b; seq 3 > c; sed -s N c a
## STDOUT:
4
3
4
2
4
1
3
a
1
a
2
b
3
b
4

1

3
2
3
2
1
2
3
4
1
2
3
1
2
## END

#### last lines before empty files
seq 2 > a; : > b; sed -n '$p' a b; sed -n '$p' b a b; sed -s -n '$p' a b; sed -n '$p' a nope; echo $?
## STDOUT:
2
2
2
2
2
## END
## stderr: sed: can't read nope: No such file or directory

#### standard input among files
seq 2 > a; echo in | sed '' a -; echo in | sed -n 'F;p' - a
## STDOUT:
1
2
in
-
in
a
1
a
2
## END

#### -i
seq 3 > f; sed -i 2d f; cat f; sed -i.bak 's/1/x/' f; cat f f.bak; sed -i'old_*' d f; cat old_f; wc -c < f; ls; chmod 640 f; sed -i p f; stat -c %a f
## STDOUT:
1
3
x
3
1
3
x
3
0
f
f.bak
old_f
640
## END

#### -i of several files
seq 2 > a; seq 2 > b; sed -i '$d;1i\
first' a b; cat a b; sed -i -n '$=;p' a b; cat a b; sed -n -i 'p;w out' a; cat out; sed -i 's/f/g/w /dev/stdout' a; cat a
## STDOUT:
first
1
first
1
first
2
1
first
2
1
first
2
1
girst
girst
2
1
## END

#### -i and q
seq 3 > a; seq 3 > b; sed -i 2q a b; cat a b
## STDOUT:
1
2
1
2
3
## END

#### -i of what is no file
sed -i p nope; echo $?; mkdir d; sed -i p d; echo $?; seq 1 > f; ln -s f l; sed -i 's/1/x/' l; cat f l; ls -l l | cut -c1; echo 1 > g; ln -s g m; sed --follow-symlinks -i s/1/y/ m; ls -l m | cut -c1; cat g
## STDOUT:
2
4
1
x
-
l
y
## END
## STDERR:
sed: can't read nope: No such file or directory
sed: couldn't edit d: not a regular file
## END

#### -E
echo 'aab+' | sed -E 's/a+|b/x/g'; echo 'a{2}' | sed -E 's/a\{2\}/x/'; echo aab | sed -r 's/a{2}/x/'; echo 'ab' | sed -E 's/(a)?(x)?(b)/[\1\2\3]/'; echo 'a(b)' | sed -E 's/\(b\)/x/'; echo 'a(b)' | sed 's/(b)/x/'; echo 'a?b' | sed 's/a?b/x/'; echo 'ab' | sed 's/xa\?b/y/;s/a\?b/z/'
## STDOUT:
xx+
x
xb
[ab]
ax
ax
x
z
## END

#### -z
printf 'a\nb\0c\n' | sed -z 's/\n/,/g' | tr '\0' '!'; echo; printf 'a\0b\0' | sed -z '$d' | tr '\0' '!'; echo; printf 'a\nb\0' | sed -z 's/^b/X/;s/^b/Y/m' | tr '\0' '!'; echo; printf 'a\0b\0' | sed -z 'N;P;D' | tr '\0' '!'; echo; printf 'a\0' | sed -z 'G;i x' | tr '\0' '!'; echo; seq 2 | sed -z 'N'; printf 'a\0' | sed -z = | tr '\0' '!'
## stdout-json: "a,b!c,\na!\na\nb!\na!b!\nx!a!!\n1\n2\n1!a!"

#### -u and --posix
seq 3 | sed -u 2q; seq 3 | sed --posix -n 2p; seq 3 | sed --unbuffered --quiet '$p'
## STDOUT:
1
2
2
3
## END

#### anchors inside
echo 'a^b$c' | sed 's/a^b/x/'; echo 'a^b$c' | sed 's/b$c/x/'; echo '*a' | sed 's/*a/x/'; echo '^a' | sed 's/\^a/x/'; echo ab | sed 's/\(^a\)/x/'; echo 'ab' | sed 's/a\|^b/x/g'; echo '*' | sed 's/^*/x/'
## STDOUT:
x$c
a^x
x
x
xb
xb
x
## END

#### classes
echo 'a1 _b' | sed 's/\w/x/g'; echo 'a1 _b' | sed 's/\W/x/g'; echo 'a b' | sed 's/\s/x/'; echo 'a b' | sed 's/\S/x/g'; echo 'ab cd' | sed 's/\<./X/g'; echo 'ab cd' | sed 's/.\>/X/g'; echo 'ab cd' | sed 's/\B/-/g'; echo éa | sed 's/./x/g'; printf '\377a\n' | sed 's/./x/g' | cat -v
## STDOUT:
xx xx
a1x_b
axb
x x
Xb Xd
aX cX
a-b c-d
xx
M-^?x
## END

#### wrong commands
for script in k '1' '1!' p\ x n5 d5 '}' 'p}' '{' '{p' '1}' '1,' '1,p' ',p' '1!!p' 2{p}p 'y/a/b/g' 'D x' 'qx' 'l x'; do sed "$script" < /dev/null; echo $?; done
## STDOUT:
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
## END
## STDERR:
sed: -e expression #1, char 1: unknown command: `k'
sed: -e expression #1, char 1: missing command
sed: -e expression #1, char 2: missing command
sed: -e expression #1, char 3: extra characters after command
sed: -e expression #1, char 2: extra characters after command
sed: -e expression #1, char 2: extra characters after command
sed: -e expression #1, char 1: unexpected `}'
sed: -e expression #1, char 2: unexpected `}'
sed: -e expression #1, char 0: unmatched `{'
sed: -e expression #1, char 0: unmatched `{'
sed: -e expression #1, char 2: unexpected `}'
sed: -e expression #1, char 2: unexpected `,'
sed: -e expression #1, char 3: unexpected `,'
sed: -e expression #1, char 1: unknown command: `,'
sed: -e expression #1, char 3: multiple `!'s
sed: -e expression #1, char 5: extra characters after command
sed: -e expression #1, char 7: extra characters after command
sed: -e expression #1, char 3: extra characters after command
sed: -e expression #1, char 2: extra characters after command
sed: -e expression #1, char 3: extra characters after command
## END

#### wrong substitutions
for script in s s/a s/a/b s/a/b/k s/a/b/0 s/a/b/pp s/a/b/gg 's/a/b/2 3' s/a/b/w 's/a/\1/' 's/\(1\)/\2/' 's/\(a/b/' 's/a\)/b/' 's/[/x/' 's/a\{1/b/' 's/1**/b/' sé1éxé 's/a/x
y/' 's/a
b/x/'; do sed "$script" < /dev/null; echo $?; done
## STDOUT:
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
1
## END
## STDERR:
sed: -e expression #1, char 1: unterminated `s' command
sed: -e expression #1, char 3: unterminated `s' command
sed: -e expression #1, char 5: unterminated `s' command
sed: -e expression #1, char 7: unknown option to `s'
sed: -e expression #1, char 7: number option to `s' command may not be zero
sed: -e expression #1, char 8: multiple `p' options to `s' command
sed: -e expression #1, char 8: multiple `g' options to `s' command
sed: -e expression #1, char 9: multiple number options to `s' command
sed: -e expression #1, char 7: missing filename in r/R/w/W commands
sed: -e expression #1, char 7: invalid reference \1 on `s' command's RHS
sed: -e expression #1, char 11: invalid reference \2 on `s' command's RHS
sed: -e expression #1, char 8: Unmatched ( or \(
sed: -e expression #1, char 8: Unmatched ) or \)
sed: -e expression #1, char 6: unterminated `s' command
sed: -e expression #1, char 9: Unmatched \{
sed: -e expression #1, char 8: Invalid preceding regular expression
sed: -e expression #1, char 2: delimiter character is not a single-byte character
sed: -e expression #1, char 5: unterminated `s' command
sed: -e expression #1, char 3: unterminated `s' command
## END

#### wrong extended expressions
for script in 's/(/x/' 's/)/x/' 's/*1/x/' 's/1{2/x/' 's/a{2,1}/x/' 's/[b-a]/x/' 's/[[:foo:]]/x/'; do sed -E "$script" < /dev/null; echo $?; done
## STDOUT:
1
1
1
1
1
1
1
## END
## STDERR:
sed: -e expression #1, char 6: Unmatched ( or \(
sed: -e expression #1, char 6: Unmatched ) or \)
sed: -e expression #1, char 7: Invalid preceding regular expression
sed: -e expression #1, char 8: Unmatched \{
sed: -e expression #1, char 11: Invalid content of \{\}
sed: -e expression #1, char 10: Invalid range end
sed: -e expression #1, char 14: Invalid character class name
## END

#### wrong addresses
for script in /a '/a\' '\' 0p 0,2p +1p '1:a' '1#x' '1,2q' '1,2Q' '1,2,3p' '$$p' '1$p'; do sed "$script" < /dev/null; echo $?; done
## STDOUT:
1
1
1
1
1
1
1
1
1
1
1
1
1
## END
## STDERR:
sed: -e expression #1, char 2: unterminated address regex
sed: -e expression #1, char 3: unterminated address regex
sed: -e expression #1, char 1: unterminated address regex
sed: -e expression #1, char 2: invalid usage of line address 0
sed: -e expression #1, char 4: invalid usage of line address 0
sed: -e expression #1, char 2: invalid usage of +N or ~N as first address
sed: -e expression #1, char 2: : doesn't want any addresses
sed: -e expression #1, char 2: comments don't accept any addresses
sed: -e expression #1, char 4: command only uses one address
sed: -e expression #1, char 4: command only uses one address
sed: -e expression #1, char 4: unknown command: `,'
sed: -e expression #1, char 2: unknown command: `$'
sed: -e expression #1, char 2: unknown command: `$'
## END

#### wrong y, labels and texts
for script in y y/a y/a/b y/ab/c/ : bx 'b x;' 'Tx' '{bx}' a i c r 'r ' w R W 'v 9.9' '//p' 's//x/'; do echo | sed "$script"; echo $?; done
## STDOUT:
1
1
1
1
1
4
4
4
4
1
1
1
1
1
1
1
1
1
1
1
## END
## STDERR:
sed: -e expression #1, char 1: unterminated `y' command
sed: -e expression #1, char 3: unterminated `y' command
sed: -e expression #1, char 5: unterminated `y' command
sed: -e expression #1, char 7: strings for `y' command are different lengths
sed: -e expression #1, char 1: ":" lacks a label
sed: can't find label for jump to `x'
sed: can't find label for jump to `x'
sed: can't find label for jump to `x'
sed: can't find label for jump to `x'
sed: -e expression #1, char 1: expected \ after `a', `c' or `i'
sed: -e expression #1, char 1: expected \ after `a', `c' or `i'
sed: -e expression #1, char 1: expected \ after `a', `c' or `i'
sed: -e expression #1, char 1: missing filename in r/R/w/W commands
sed: -e expression #1, char 2: missing filename in r/R/w/W commands
sed: -e expression #1, char 1: missing filename in r/R/w/W commands
sed: -e expression #1, char 1: missing filename in r/R/w/W commands
sed: -e expression #1, char 1: missing filename in r/R/w/W commands
sed: -e expression #1, char 5: expected newer version of sed
sed: -e expression #1, char 0: no previous regular expression
sed: -e expression #1, char 0: no previous regular expression
## END

#### where it is wrong
sed -e p -e k /dev/null; printf 'p\np\ns/a\n' > f; sed -f f /dev/null; sed -f nope; echo k > f; sed -f f < /dev/null; echo p | sed -e p -f f; echo $?
## stdout: 1
## STDERR:
sed: -e expression #2, char 1: unknown command: `k'
sed: file f line 3: unterminated `s' command
sed: couldn't open file nope: No such file or directory
sed: file f line 1: unknown command: `k'
sed: file f line 1: unknown command: `k'
## END

#### files that cannot be read
seq 1 > f; sed p nope f; echo $?; mkdir d; sed p d f; echo $?; sed 'w d/x/y' f; echo $?; sed -n 'p' f nope; echo $?
## STDOUT:
1
1
2
4
4
1
2
## END
## STDERR:
sed: can't read nope: No such file or directory
sed: read error on d: Is a directory
sed: couldn't open file d/x/y: No such file or directory
sed: can't read nope: No such file or directory
## END

#### --sandbox
sed --sandbox p /dev/null; for c in 'w x' 'r x' 'e ls' 's/a/b/w x'; do sed --sandbox "$c" /dev/null; echo $?; done
## STDOUT:
1
1
1
1
## END
## STDERR:
sed: -e expression #1, char 1: e/r/w commands disabled in sandbox mode
sed: -e expression #1, char 1: e/r/w commands disabled in sandbox mode
sed: -e expression #1, char 1: e/r/w commands disabled in sandbox mode
sed: -e expression #1, char 7: e/r/w commands disabled in sandbox mode
## END

#### full device
seq 3 | sed p > /dev/full; echo $?
## stdout: 4
## stderr: sed: couldn't flush stdout: No space left on device

#### a closed pipe ends it
yes | sed p | head -n 3
## STDOUT:
y
y
y
## END

#### long lines and many lines
seq 100000 | sed -n '$p;50000p'; head -c 300000 /dev/zero | tr '\0' a | sed 's/a/b/g' | tr -d b | wc -c; seq 20000 | sed 's/\([0-9]\)\([0-9]*\)/\2\1/' | tail -n 1
## STDOUT:
50000
100000
0
00002
## END

#### tr-like, tac-like and others
printf 'a b\nc d\n' | sed -E 's/(\S+) (\S+)/\2 \1/'; seq 3 | sed '1!G;h;$!d'; seq 10 | sed -n '$!{h;d};H;x;p'; echo '  trim me  ' | sed 's/^[ \t]*//;s/[ \t]*$//'; echo 1234567 | sed -e :a -e 's/\(.*[0-9]\)\([0-9]\{3\}\)/\1,\2/;ta'; printf 'k=v # c\n\n#x\n' | sed 's/#.*//;s/[ ]*$//;/^$/d'; echo /usr/local/bin | sed 's#.*/##'; seq 6 | sed 'N;N;s/\n/+/g'
## STDOUT:
b a
d c
3
2
1
9
10
trim me
1,234,567
k=v
bin
1+2+3
4+5+6
## END
