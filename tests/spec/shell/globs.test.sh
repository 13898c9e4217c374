# Pathname expansion and patterns.

#### star
touch b a c; echo *
## stdout: a b c

#### star does not match a leading dot
touch .h v; echo *; echo .*
## STDOUT:
v
.h
## END

#### question mark
touch a ab abc; echo ? ?? ???
## stdout: a ab abc

#### sets and ranges
touch a b c d; echo [ac] [a-c] [!a] [^ab]
## stdout: a c a b c b c d c d

#### a set with a bracket and a dash
touch 'a]' 'a-' 'ab'; echo a[]] a[-] a[]-]
## stdout: a] a- a- a]

#### classes
touch a B 1 _; echo [[:alpha:]] [[:digit:]] [[:upper:]] [![:alnum:]]
## stdout: B a 1 B _

#### no match stays literal
echo nomatch*
## stdout: nomatch*

#### nullglob
shopt -s nullglob; echo [ x nomatch* y; set -- *.zip; echo $#
## STDOUT:
[ x y
0
## END

#### failglob
shopt -s failglob; echo nomatch*; echo "status $?"
## status: 1
## stderr: bash: line 1: no match: nomatch*

#### dotglob
touch .h v; shopt -s dotglob; echo *
## stdout: .h v

#### nocaseglob
touch Abc aBC; shopt -s nocaseglob; echo a*c
## stdout: Abc aBC

#### in subdirectories
mkdir -p d1 d2; touch d1/x d2/x d2/y; echo */x d?/* */
## stdout: d1/x d2/x d1/x d2/x d2/y d1/ d2/

#### trailing slash matches directories
mkdir d; touch f; echo */
## stdout: d/

#### a slash is never matched by a star
mkdir d; touch d/f; echo *f d*f
## stdout: *f d*f

#### dot files in subdirectories
mkdir d; touch d/.x d/y; echo d/* d/.*
## stdout: d/y d/.x

#### globstar
mkdir -p a/b/c; touch a/1 a/b/2 a/b/c/3; shopt -s globstar; echo **; echo **/; echo a/**/3
## STDOUT:
a a/1 a/b a/b/2 a/b/c a/b/c/3
a/ a/b/ a/b/c/
a/b/c/3
## END

#### without globstar two stars are one
mkdir -p a/b; touch a/1; echo **
## stdout: a

#### quoted parts are literal
touch 'a*' ab; echo a"*" 'a'* a\*
## stdout: a* a* ab a*

#### pattern from a variable
touch x.txt y.txt; p='*.txt'; echo $p "$p"
## stdout: x.txt y.txt *.txt

#### escaped in a variable
touch 'a*' ab; p='a\*'; echo $p
## stdout: a\*

#### set -f
touch a; set -f; echo *
## stdout: *

#### results are sorted
touch c B a A b C; echo *
## stdout: A B C a b c

#### sorted as bytes
touch a-b ab a_b 'a b' aé; printf '%s\n' *
## STDOUT:
a b
a-b
a_b
ab
aé
## END

#### names with newlines and blanks
touch $'a\nb' 'c  d'; for f in *; do printf '<%s>' "$f"; done; echo
## STDOUT:
<a
b><c  d>
## END

#### no glob in assignments
touch a b; x=*; echo "$x"; echo $x
## STDOUT:
*
a b
## END

#### glob in a for list and array
touch a b; a=(*); echo ${#a[@]} ${a[1]}
## stdout: 2 b

#### glob in a redirection with one match
touch only; echo hi > on*; cat only
## stdout: hi

#### glob in a redirection with two matches
touch m1 m2; echo hi > m*; echo $?
## stdout: 1
## stderr: bash: line 1: m*: ambiguous redirect

#### bad bracket is literal
touch '[a'; echo [a
echo []; echo [!]
## STDOUT:
[a
[]
[!]
## END

#### bracket with a slash is literal
mkdir a; touch a/b; echo a[/]b
## stdout: a[/]b

#### extglob star group
shopt -s extglob
touch a ab abab b; echo *(ab) +(ab) ?(ab)
## stdout: ab abab ab abab ab

#### extglob alternatives
shopt -s extglob
touch x.c x.h x.o; echo *.@(c|h) !(*.o) *.!(c)
## stdout: x.c x.h x.c x.h x.h x.o

#### extglob in case
shopt -s extglob
for x in '' 1 12 a1; do case $x in +([0-9])) echo num;; '') echo empty;; *) echo other;; esac; done
## STDOUT:
empty
num
num
other
## END

#### extglob in parameter expansion
shopt -s extglob
x=aaabbb; echo ${x##+(a)} ${x%%*(b)} ${x//@(a|b)/-}; y='  trim  '; y=${y##*( )}; y=${y%%*( )}; echo "[$y]"
## STDOUT:
bbb aaa ------
[trim]
## END

#### nested extglob
shopt -s extglob
[[ abcabc == +(a?(b)c|abc) ]] && echo yes; [[ foobar == !(foo) ]] && echo yes2
## STDOUT:
yes
yes2
## END

#### extglob is on in double brackets
[[ aab == +(a)b ]] && echo yes
## stdout: yes

#### pattern with escapes in double brackets
[[ 'a*b' == a\*b ]] && echo 1; [[ axb == a\*b ]] || echo 2
## STDOUT:
1
2
## END

#### equivalence and collating sets
[[ a == [[=a=]] ]] && echo eq; [[ - == [[.-.]] ]] && echo coll; [[ a == [[.a.]] ]] && echo a
## STDOUT:
eq
coll
a
## END

#### range with bytes outside of ASCII
[[ é == ? ]] && echo one; [[ é == [à-ü] ]] && echo in; [[ é == [a-z] ]] || echo out
## STDOUT:
one
in
out
## END

#### in C locale characters are bytes
LC_ALL=C; [[ é == ?? ]] && echo two
## stdout: two

#### GLOBIGNORE
touch a.o b.c .d; GLOBIGNORE='*.o'; echo *
## stdout: .d b.c

#### glob through a symlink
mkdir d; touch d/f; ln -s d l; echo l/*
## stdout: l/f

#### glob finds dangling links
ln -s nowhere l; echo l*
## stdout: l

#### absolute pattern
echo /et[c] /etc/pass[w]d
## stdout: /etc /etc/passwd

#### dot and dot-dot
echo .[.] ./. | cat
## stdout: .[.] ./.

#### a pattern without special characters is itself
echo abc./d
## stdout: abc./d

#### slash twice
mkdir d; touch d/f; echo d//* .//d/f*
## stdout: d//f .//d/f

#### many stars
touch aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab; echo *a*a*a*a*a*a*a*a*c; echo *a*a*a*a*b
## STDOUT:
*a*a*a*a*a*a*a*a*c
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab
## END

#### no search permission gives no match but for root
mkdir d; touch d/x; chmod 700 d; echo d/*
## stdout: d/x

#### pattern that ends in a backslash
x='a\'; echo $x; [[ 'a\' == $x ]] && echo same
## STDOUT:
a\
same
## END

#### hidden file by explicit dot
touch .profile .bashrc; echo .b* .p*
## stdout: .bashrc .profile

#### glob with a leading dash name
touch -- -n; echo *
## status: 0

#### negated class in a glob
touch a1 b2 c; echo *[![:digit:]]
## stdout: c

#### case-sensitive ranges
touch a B c D; echo [a-c] [A-D]
## stdout: a c B D
