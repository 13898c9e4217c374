## needs: awk
# awk: recorded from mawk 1.3.4, the awk of Debian

#### patterns and actions
seq 5 | awk '/3/'; seq 5 | awk 'NR==2'; seq 5 | awk 'NR==2,NR==4'; seq 5 | awk '{ print $1 * 2 }'; seq 3 | awk 'END { print NR }'; seq 5 | awk '$1 > 3 { print "big", $1 } $1 < 2'; awk 'BEGIN { print "x" }'; seq 5 | awk 'NR % 2'; seq 3 | awk '!/2/'; seq 9 | awk '/2/,/4/ { print "r" $0 } /8/,/nope/'; seq 3 | awk 'NR==2,NR==2'
## STDOUT:
3
2
2
3
4
2
4
6
8
10
3
1
big 4
big 5
x
1
3
5
1
3
r2
r3
r4
8
9
2
## END

#### several BEGIN and END
echo | awk 'BEGIN { print 1 } END { print 3 } BEGIN { print 2 } END { print 4 } { print "m" }'
## STDOUT:
1
2
m
3
4
## END

#### fields
echo 'a b  c' | awk '{ print $1, $3, NF; print $NF; print $(NF-1); print $(1+1) }'; echo ' lead  trail ' | awk '{ print NF, "[" $1 "]" }'; echo 'a b c' | awk '{ $2 = "X"; print; print NF }'; echo 'a b c' | awk '{ $5 = "e"; print; print NF }'; echo 'a b c' | awk '{ NF = 2; print; $0 = "x y"; print $2, NF }'; echo 'a b c' | awk '{ $3 = ""; print; print NF }'; echo 'a b' | awk '{ $1 = $1; print }' OFS=-; echo 'a b c' | awk -v OFS=: '{ $1 = $1 } 1'; echo 'a b' | awk '{ print $7 "x" }'
## stdout-json: "a c 3\nc\nb\nb\n2 [lead]\na X c\n3\na b c  e\n5\na b\ny 2\na b \n3\na-b\na:b:c\nx\n"

#### field separators
echo a:b:c | awk -F: '{ print $2, NF }'; echo 'aXXbXc' | awk -F'X+' '{ print $2, NF }'; echo 'a|b' | awk -F'|' '{ print $2 }'; printf 'a\tb c\n' | awk -F'\t' '{ print $2 }'; printf 'a\tb c\n' | awk -Ft '{ print $2 }'; echo 'a.b' | awk -F. '{ print $2 }'; echo ' a  b ' | awk -F' ' '{ print NF }'; echo ' a  b ' | awk -F'[ ]' '{ print NF }'; echo a,b | awk 'BEGIN { FS = "," } { print $2 }'; printf 'a:b\nc:d\n' | awk '{ FS = ":"; print $1 }'; echo abc | awk -F '' '{ print $1, NF }'; echo 'a  b' | awk -F'[[:space:]]+' '{ print $2 }'; echo :a: | awk -F: '{ print NF }'; echo 'a, b;c' | awk -F'[,;] *' '{ print $1 $2 $3 }'
## STDOUT:
b 3
b 3
b
b c

b
2
5
b
a:b
c
a 3
b
3
abc
## END

#### record separators
printf 'a;b;c' | awk -v RS=';' '{ print NR ": " $0 }'; printf 'a b\nc\n\n\nd\ne\n' | awk -v RS= '{ print NR ": " $1 "-" $NF, NF }'; printf 'a12b345c' | awk -v RS='[0-9]+' '{ print }'; printf 'a\nb' | awk -v ORS='|' 1; echo; printf 'aXXb\nXXc\n' | awk -v RS=XX '{ print NR, $1 }'
## STDOUT:
1: a
2: b
3: c
1: a-c 3
2: d-e 2
a
b
c
a|b|
1 a
2 b
3 c
## END

#### numbers and texts
awk 'BEGIN { print 1e3, 0.1, 1/3, 10000 * 10000, 1e6, 123456789, 0.000001, -0, 3.0, 1e300, 2^10, 17 % 5, -7 % 3, 7.5 % 2 }'; awk 'BEGIN { print 1 + "3x", "a" + 1, "" + 0, " 12 " + 0, "1e2" + 0, ".5" + 0, "+5" + 0 }'; awk 'BEGIN { x = 3.14159265; print x; OFMT = "%.2f"; print x, x ""; CONVFMT = "%.3f"; print x "", 17 "" }'; awk 'BEGIN { print 1 " " 2, 1 2, -1 " " -2 }'
## STDOUT:
1000 0.1 0.333333 100000000 1000000 123456789 1e-06 0 3 1e+300 1024 2 -1 1.5
4 1 0 12 100 0.5 5
3.14159
3.14 3.14159
3.142 17
1 2 12 -1-2
## END

#### uninitialised
awk 'BEGIN { print x + 0, "[" x "]", length(x), (x == 0), (x == ""), !x }'
## stdout: 0 [] 0 1 1 1

#### comparisons
printf '10 9\nabc abd\n10 9x\n1.0 1\n' | awk '{ print ($1 < $2), ($1 == $2), ($1 "" < $2 "") }'; awk 'BEGIN { print (10 < 9), ("10" < "9"), ("a" < "b"), (2 < "10"), ("" < "a") }'; echo ' 5 ' | awk -F, '{ print ($1 == 5) }'; echo '0 0.0 00 a ""' | awk '{ for (i = 1; i <= NF; i++) printf "%s ", ($i ? "t" : "f"); print "" }'; awk 'BEGIN { if ("0") print "text is true"; if (0) print "no"; if ("") print "no" }'; awk -v x=10 'BEGIN { print (x < 9) }'
## stdout-json: "0 0 1\n1 0 1\n1 0 1\n0 1 0\n0 1 1 0 1\n1\nf f f t t \ntext is true\n0\n"

#### operators
awk 'BEGIN { print 1+2*3, (1+2)*3, 2^3^2, -2^2, !1, !0, 1-1-1, 8/4/2, 2*3%4 }'; awk 'BEGIN { x = 5; print x++ + ++x, x, x--, --x, -x, +x }'; awk 'BEGIN { x = 1; x += 2; x *= 3; x -= 1; x /= 2; x ^= 2; x %= 7; print x }'; awk 'BEGIN { a = b = 3; print a b; print 1 == 1 ? "y" : "n"; print (1 ? 2 ? "a" : "b" : "c") }'; awk 'BEGIN { print 1 && 0, 1 || 0, !1 || 1, 1 && 2 }'; awk 'BEGIN { print (1 > 2) ? "x" : "y" }'; awk 'BEGIN { print "a" "b" == "ab", 1 " " 2 + 3 }'; awk 'BEGIN { $0 = "3 4"; print $1^2, -$2, !$1, $1++ $2, $1 }'; awk 'BEGIN { i = 1; $0 = "a b c"; print $i++, i; print $++i }'
## STDOUT:
7 9 512 -4 0 1 -1 1 2
12 7 7 5 -5 5
2
33
y
a
0 1 1 1
y
1 1 5
9 -4 0 34 4
0 1
b
## END

#### matching
echo 'foo bar' | awk '$1 ~ /^f/ { print "yes" } $2 !~ "^b" { print "no" }'; echo 'a.b' | awk '$0 ~ "a\\.b" { print 1 } $0 ~ /a\.b/ { print 2 }'; echo 'a/b' | awk '/a\/b/ { print "slash" } /[/]/ { print "in brackets" }'; echo 'x+y' | awk '/x\+y/ { print "plus" }'; echo tab | awk '{ r = "t.b"; if ($0 ~ r) print "dynamic"; if (/a/ && /b/) print "both"; print /a/ + /z/ }'; printf 'a\tb\n' | awk '/a\tb/ { print "tab" }'; echo 'A' | awk '/[[:upper:]]/'
## STDOUT:
yes
1
2
slash
in brackets
plus
dynamic
both
1
tab
A
## END

#### if, while, do, for
awk 'BEGIN { if (1) print "a"; else print "b"; if (0) { print "c" } else if (1) { print "d" } else print "e" }'; awk 'BEGIN { while (i < 3) print i++; do { print "d" i; i-- } while (i > 1) }'; awk 'BEGIN { for (i = 0; i < 5; i++) { if (i == 1) continue; if (i == 4) break; print i } }'; awk 'BEGIN { for (;;) { if (++n > 3) break }; print n }'; awk 'BEGIN { for (i = 1; i <= 2; i++) for (j = 1; j <= 2; j++) print i, j }'; awk 'BEGIN {
  if (1)
    print "newline"
  else
    print "no"
  while (k < 2)
    k++
  print k
  for (i = 0;
       i < 2;
       i++)
    ;
  print i
}'; awk 'BEGIN { if (1) ; else print "x"; print "end" }'
## STDOUT:
a
d
0
1
2
d3
d2
0
2
3
4
1 1
1 2
2 1
2 2
newline
2
2
end
## END

#### arrays
awk 'BEGIN { a["x"] = 1; a[2] = "two"; print a["x"], a[2], a["2"], (3 in a), ("x" in a), length(a); delete a["x"]; print ("x" in a), length(a); delete a; print length(a) }'; awk 'BEGIN { a[1,2] = 3; print a[1,2], ((1,2) in a), (1 SUBSEP 2 in a); for (k in a) { split(k, p, SUBSEP); print p[1], p[2] } }'; awk 'BEGIN { a[0.1 + 0.2] = 1; for (k in a) print k; b[01] = 1; for (k in b) print k }'; awk 'BEGIN { if (a["q"] == "") print length(a) }'; printf 'b\na\nb\n' | awk '{ c[$1]++ } END { for (k in c) print k, c[k] }' | sort; awk 'BEGIN { n = split("c a b", a); for (i = 1; i <= n; i++) print i, a[i]; for (i in a) s = s a[i]; print length(s) }'; awk 'BEGIN { for (i = 0; i < 1000; i++) a[i] = i; for (i = 0; i < 900; i++) delete a[i]; print length(a); for (k in a) s += k; print s }'
## STDOUT:
1 two two 0 1 2
0 1
0
3 1 1
1 2
0.3
1
1
a 1
b 2
1 c
2 a
3 b
3
100
94950
## END

#### functions of texts
awk 'BEGIN { print length("hello"), length(12345), substr("hello", 2, 3), substr("hello", 0), substr("hello", 4, 10), index("hello", "l"), index("hello", "z"), index("a", "") }'; awk 'BEGIN { print toupper("aBc1"), tolower("AbC") }'; echo 'some text' | awk '{ print length, length() , length + 1 }'; awk 'BEGIN { print substr("hello", 2), substr("hello", 7) "x", substr("", 1) "y", substr("hello", 2, 0) "z", substr("hello", 2, -1) "w" }'
## STDOUT:
5 5 ell hello lo 3 0 1
ABC1 abc
9 9 10
ello x y z w
## END

#### match
awk 'BEGIN { print match("foobar", /o+/), RSTART, RLENGTH; print match("x", /y/), RSTART, RLENGTH; print match("abc", "b."), RSTART, RLENGTH; print match("abc", ""), RLENGTH; s = "key=val"; if (match(s, /=/)) print substr(s, 1, RSTART - 1), substr(s, RSTART + 1) }'
## STDOUT:
2 2 2
0 0 -1
2 2 2
1 0
key val
## END

#### split
awk 'BEGIN { n = split("a:b:c", p, ":"); print n, p[1], p[3]; n = split("", p); print n, length(p); n = split("  x  y ", p); print n, p[1]; n = split("a1b22c", p, /[0-9]+/); print n, p[3]; n = split("abc", p, ""); print n, p[2]; n = split("a b", p, " "); print n; n = split("axb", p, "x"); print p[2]; n = split("a.b", p, "."); print n; n = split(":a", p, ":"); print n, "[" p[1] "]" }'
## STDOUT:
3 a c
0 0
2 x
3 c
3 b
2
b
2
2 []
## END

#### sub and gsub
awk 'BEGIN { s = "hello"; print gsub(/l/, "L", s), s; print sub(/h/, "[&]", s), s; print gsub(/x/, "y", s), s; t = "aaa"; print gsub(/a/, "\\&", t), t; u = "abc"; gsub(//, "-", u); print u; v = "abc"; gsub(/b*/, "X", v); print v; w = "a.b.c"; gsub(".", "x", w); print w; x = "a.b.c"; gsub("\\.", "x", x); print x; y = "path/to"; gsub("/", "\\", y); print y }'; echo 'foo foo' | awk '{ sub(/foo/, "bar") } 1'; echo 'foo foo' | awk '{ gsub(/foo/, "bar"); print; print $1 }'; echo 'a b' | awk '{ gsub(/a/, "x y", $1); print; print NF }'; awk 'BEGIN { a["k"] = "xx"; gsub(/x/, "y", a["k"]); print a["k"]; s = "aXbXc"; n = sub(/X/, "\\\\&", s); print s }'; awk 'BEGIN { s = "hello world"; gsub(/^h|d$/, "_", s); print s; gsub(/o/, "&&", s); print s }'
## STDOUT:
2 heLLo
1 [h]eLLo
0 [h]eLLo
3 &&&
-a-b-c-
XaXcX
xxxxx
axbxc
path\to
bar foo
bar bar
bar
x y b
2
yy
a\XbXc
_ello worl_
_elloo woorl_
## END

#### sprintf and printf
awk 'BEGIN { printf "%d %i %5d|%-5d|%05d %+d %x %X %o %c %c %s|%10s|%-10s|%.2s %e %.2f %g %%\n", 42.9, -3, 42, 42, 42, 42, 255, 255, 8, 65, "hello", "str", "right", "left", "trunc", 12345.678, 3.14159, 0.0001 }'; awk 'BEGIN { printf "%*d|%-*d|%.*f\n", 5, 42, 5, 42, 2, 3.14159; printf "%s %s\n", "one", "two"; printf("%s-%s\n", "a", "b"); x = sprintf("%03d", 7); print x; printf "%5.1f|%-8.3e|\n", 3.14159, 31415.9; printf "%s\n", 1e6; printf "%d\n", "12abc"; printf "no newline"; print ""; printf "%#x %#o\n", 255, 8; printf "%c%c\n", 97, "bcd" }'; echo 65 | awk '{ printf "%c\n", $1 }'; awk 'BEGIN { printf "%s %d\n", 3.0, 3.99; printf "a\tb\\n\n" }'
## STDOUT:
42 -3    42|42   |00042 +42 ff FF 10 A h str|     right|left      |tr 1.234568e+04 3.14 0.0001 %
   42|42   |3.14
one two
a-b
007
  3.1|3.142e+04|
1000000
12
no newline
0xff 010
ab
A
3 3
a	b\n
## END

#### numeric functions
awk 'BEGIN { print int(3.9), int(-3.9), int("4x"), sqrt(16), exp(0), log(1), sin(0), cos(0), atan2(0, -1), exp(1) }'
## stdout: 3 -3 4 4 1 0 0 1 3.14159 2.71828

#### rand and srand
awk 'BEGIN { srand(1); a = rand(); srand(1); b = rand(); print (a == b), (a >= 0 && a < 1); print srand(5); print srand(); for (i = 0; i < 100; i++) { r = rand(); if (r < 0 || r >= 1) print "bad" } }'
## STDOUT:
1 1
1
5
## END

#### user functions
awk 'function f(x) { return x * 2 } BEGIN { print f(3), f(f(2)) }'; awk 'function fact(n) { return n <= 1 ? 1 : n * fact(n - 1) } BEGIN { print fact(10) }'; awk 'function fill(a, n,   i) { for (i = 1; i <= n; i++) a[i] = i * i } BEGIN { fill(sq, 4); print sq[1], sq[4], length(sq), i "" }'; awk 'function g() { x = 5 } BEGIN { g(); print x, g() "" }'; awk 'function change(v) { v = 9 } BEGIN { v = 1; change(v); print v }'; awk 'function nested(a) { inner(a) } function inner(b) { b["k"] = "v" } BEGIN { nested(arr); print arr["k"] }'; awk 'function early(n) { for (i in n) return i; return "none" } BEGIN { a["only"]; print early(a), early(b) }'; awk 'function fib(n) { if (n < 2) return n; return fib(n-1) + fib(n-2) } BEGIN { print fib(15) }'; awk '
function max(a, b)
{
  return a > b ? a : b
}
{ m = max(m, $1) }
END { print m }' <<< '3
7
5'
## stdout-json: "6 8\n3628800\n1 16 4 \n5 \n1\nv\nonly none\n610\n7\n"

#### next, exit, nextfile
seq 5 | awk '$1 == 2 { next } { print } $1 == 4 { exit }  END { print "end" }'; seq 3 | awk '{ exit 3 } END { print "e" }'; echo $?; awk 'BEGIN { exit 4 }'; echo $?; awk 'BEGIN { exit } END { print "end" }'; echo $?; seq 3 | awk 'END { exit 5 }'; echo $?; awk 'BEGIN { exit 2 } END { exit }'; echo $?; seq 2 > a; seq 3 4 > b; awk 'FNR == 2 { nextfile } { print FILENAME, $1 }' a b
## STDOUT:
1
3
4
end
e
3
4
end
0
5
2
a 1
b 3
## END

#### getline
seq 4 | awk 'NR == 1 { getline; print "got", $0, NR } NR == 3 { getline x; print "x", x, $0, NR }'; seq 3 > f; awk 'BEGIN { while ((getline line < "f") > 0) print "l", line; close("f"); getline < "f"; print $0, NR; print (getline y < "nope") }'; awk 'BEGIN { "echo hi there" | getline; print $2; "echo one; echo two" | getline v; print v; "echo one; echo two" | getline v; print v }'; awk 'BEGIN { while (("seq 3" | getline n) > 0) s += n; print s; close("seq 3"); "seq 3" | getline n; print n }'; awk 'BEGIN { cmd = "date +%Y >/dev/null; echo ok"; cmd | getline r; close(cmd); print r }'; seq 3 | awk '{ while ((getline z) > 0) last = z } END { print last, NR }'; echo in | awk 'BEGIN { getline; print "b:" $0 } { print "m" } END { print NR }'
## STDOUT:
got 2 2
x 4 3 4
l 1
l 2
l 3
1 0
-1
there
one
two
6
1
ok
3 3
b:in
1
## END

#### output to files and commands
awk 'BEGIN { print "a" > "out"; print "b" > "out"; print "c" >> "log"; close("out"); while ((getline l < "out") > 0) print l }'; cat log; awk 'BEGIN { print "z\ny\nx" | "sort"; close("sort"); print "after" }'; awk 'BEGIN { print "2" | "sort"; print "1" | "sort" }'; awk 'BEGIN { printf "%s\n", "err" > "/dev/stderr"; print "o" > "/dev/stdout" }'; awk 'BEGIN { print "x" > ("f" 1); close("f1"); getline l < "f1"; print l; print "p", "q" > "g"; print("r", "s") > "g"; close("g"); system("cat g") }'; seq 4 | awk '{ print > ("part" $1 % 2) } END { close("part0"); while ((getline l < "part0") > 0) print l }'
## STDOUT:
a
b
c
x
y
z
after
1
2
o
x
p q
r s
2
4
## END
## stderr: err

#### system and close
awk 'BEGIN { print "first"; r = system("echo second; exit 3"); print r; print close("nothing"); print system("true") }'; awk 'BEGIN { print "x" | "cat; exit 2"; print close("cat; exit 2") }'; awk 'BEGIN { printf "a"; system(""); print "b"; fflush() }'
## STDOUT:
first
second
3
-1
0
x
2
ab
## END

#### ARGV, ENVIRON, -v and assignments
awk 'BEGIN { for (i = 1; i < ARGC; i++) print i, ARGV[i] }' x y=1 z; V=val awk 'BEGIN { print ENVIRON["V"] }'; awk -v 'a=x\ty' -v n=010 'BEGIN { print a, n + 1, n }'; echo l > f; awk '{ print v, FILENAME }' v=1 f v=2 f; awk 'END { print v }' f v=3; awk 'BEGIN { ARGV[1] = "f"; ARGC = 2 } { print "read", $0 }' nope; awk 'BEGIN { ARGV[1] = "" } { print }' nope f; echo in | awk '{ print }' v=1
## STDOUT:
1 x
2 y=1
3 z
val
x	y 11 010
1 f
2 f
3
read l
l
in
## END

#### several files
seq 2 > a; seq 3 4 > b; awk '{ print FILENAME, NR, FNR, $0 }' a b; awk 'NR == FNR { n[$1]; next } !($1 in n)' a b; echo i | awk '{ print FILENAME, $0 }' a -; awk 'END { print $0, NF }' a
## STDOUT:
a 1 1 1
a 2 2 2
b 3 1 3
b 4 2 4
3
4
a 1
a 2
- i
2 1
## END

#### -f
echo '{ print "f:" $0 }' > p; echo 'END { print NR }' > q; seq 2 | awk -f p -f q; seq 1 | awk -f p -- -; echo '# comment
BEGIN { print "c" } # more

' > c; awk -f c
## STDOUT:
f:1
f:2
2
f:1
c
## END

#### syntax
awk 'BEGIN { print "a" ; ; print "b"; } ; BEGIN { print "c" }'; awk 'BEGIN{print "x"}END{}' < /dev/null; awk 'BEGIN { x["a"]; for (k in x) { print k }; if ("a" in x) print "in"; if (!("b" in x)) print "not in" }'; awk 'BEGIN { print length "x"; print -1 " " 1; print 1,
 2; s = "con\
tinued"; print s; a = 1 +\
 2; print a }'; awk 'BEGIN { print(1)(2); print (1)(2) ; print "a" > "/dev/stdout" }'; awk 'BEGIN { $3 = "c"; print NF, $0; print $1 == "" }'; awk '
BEGIN {
	x = 1 &&
	    0
	print x ||
	    1
}
'
## STDOUT:
a
b
c
x
a
in
not in
0x
-1 1
1 2
continued
3
12
12
a
3   c
1
1
## END

#### escapes
awk 'BEGIN { print "a\tb\\c\"d\101x" }' 2>/dev/null | head -c 20; awk 'BEGIN { printf "%s", "x\ny\n" }'; awk -v 's=a\nb' 'BEGIN { print s }'
## STDOUT:
a	b\c"dAx
x
y
a
b
## END

#### pieces of programs people write
printf 'b 2\na 1\nb 3\n' | awk '{ s[$1] += $2; c[$1]++ } END { for (k in s) printf "%s %d %.1f\n", k, s[k], s[k] / c[k] }' | sort; seq 10 | awk '{ s += $1; q += $1 * $1 } END { print s / NR, sqrt(q / NR - (s / NR) ^ 2) }'; printf 'a\nb\na\n' | awk '!seen[$0]++'; printf '1 2 3\n4 5 6\n' | awk '{ for (i = 1; i <= NF; i++) m[NR, i] = $i } END { for (i = 1; i <= NF; i++) { l = ""; for (j = 1; j <= NR; j++) l = l (j > 1 ? " " : "") m[j, i]; print l } }'; seq 6 | awk 'ORS = NR % 3 ? "," : "\n"'; echo 'a b c' | awk '{ for (i = NF; i > 0; i--) printf "%s%s", $i, (i > 1 ? OFS : ORS) }'; printf 'x=1\ny=2\n' | awk -F= '{ print $2 "=" $1 }'; seq 5 | awk 'NR > 1 { print prev } { prev = $0 }'; printf 'aa\nb\nccc\n' | awk 'length > m { m = length; l = $0 } END { print l }'; seq 3 | awk '{ a[NR] = $0 } END { for (i = NR; i; i--) print a[i] }'; echo '10.5 abc' | awk '{ printf "%-10s|%8.3f|\n", $2, $1 }'; awk 'BEGIN { while (i++ < 3) print i }'
## STDOUT:
a 1 1.0
b 5 2.5
5.5 2.87228
a
b
1 4
2 5
3 6
1,2,3
4,5,6
c b a
1=x
2=y
1
2
3
4
ccc
3
2
1
abc       |  10.500|
1
2
3
## END

#### errors
awk 'BEGIN { print 1' 2>/dev/null; echo $?; awk 'BEGIN { f(1) }' 2>/dev/null; echo $?; awk '{ print }' nope 2>/dev/null; echo $?; awk 'BEGIN { x[1] = 1; x = 2 }' 2>/dev/null; echo $?; awk -f nope 2>/dev/null; echo $?; awk 'BEGIN { print substr("x") }' 2>/dev/null; echo $?
## STDOUT:
2
2
2
2
2
2
## END

#### yes into head of awk
yes | awk '{ print NR } NR == 3 { exit }'; yes | awk '{ print NR }' | head -n 2
## STDOUT:
1
2
3
1
2
## END

#### many records
seq 50000 | awk '{ s += $1 } END { print s }'; seq 20000 | awk '{ a[$1 % 100] += $1 } END { print length(a), a[7] }'
## STDOUT:
1250025000
100 1991400
## END

#### large whole numbers
awk 'BEGIN { print 2147483648, 9007199254740992, 100000 * 1000000, 1e15; printf "%d %d\n", 1e18, -1e10; for (i = 0; i < 200000; i++) s += i; print s }'
## STDOUT:
2.14748e+09 9.0072e+15 1e+11 1e+15
2147483647 -2147483647
1.99999e+10
## END
## differs: whole numbers are printed whole, as POSIX wants; mawk 1.3.4 stops at 31 bits
## OUR STDOUT:
2147483648 9007199254740992 100000000000 1000000000000000
1000000000000000000 -10000000000
19999900000
## END

#### intervals in expressions
echo aab | awk '/^a{2}b$/'
## status: 0
## differs: mawk 1.3.4 does not know intervals, which POSIX has
## our stdout: aab

#### newlines part the fields of paragraphs
printf '\n\na\nb\n\nc\n' | awk 'BEGIN { RS = ""; FS = ":" } { print NF, $1 }'
## STDOUT:
1 a
b
1 c
## END
## differs: in paragraphs a newline parts fields whatever FS is, as POSIX wants
## OUR STDOUT:
2 a
1 c
## END

#### substr from before the start and from fractions
awk 'BEGIN { print substr("hello", -1, 3), substr("hello", 1.5, 1) }'
## stdout: hell h
## differs: places are rounded and counted from before the start, as gawk does
## our stdout: h e

#### deep recursion
awk 'function d(n) { return n == 0 ? 0 : 1 + d(n - 1) } BEGIN { print d(5000) }'
## status: 2
## stderr: awk: program limit exceeded: eval stack size=1024
## differs: mawk has room for 1024 values
## our status: 0
## our stdout: 5000
## our stderr-json: ""

#### next in a function
seq 3 | awk 'function f() { next } NR == 2 { f() } 1'
## status: 2
## stderr: awk: line 1: improper use of next
## differs: mawk refuses it; POSIX leaves it open and gawk does it
## our status: 0
## OUR STDOUT:
1
3
## END
## our stderr-json: ""

#### a command that is read counts records
awk 'BEGIN { "echo hi" | getline; print NR; "echo " "x" | getline q; print q, NR }'
## STDOUT:
0
 0
## END
## stderr: /bin/sh: 1: x: not found
## differs: a record from a command is counted, and a concatenation is the command, as POSIX and gawk have it
## OUR STDOUT:
1
x 2
## END
## our stderr-json: ""

#### a slash in a text
awk 'BEGIN { print "a\/b"; print 2**3 }'
## status: 2
## stderr: awk: line 1: syntax error at or near *
## differs: an escaped slash is a slash, as POSIX wants, and ** is ^ as in gawk
## our status: 0
## OUR STDOUT:
a/b
8
## END
## our stderr-json: ""

#### characters of several bytes
awk 'BEGIN { s = "héé"; print length(s), substr(s, 2, 1), index(s, "é"), toupper(s), match(s, /.$/); printf "%3s|%c\n", "é", 233 }'
## stdout-json: "5 \xc3 2 Héé 5\n é|\xe9\n"
## differs: texts are of characters, as POSIX wants; mawk knows bytes only
## OUR STDOUT:
3 é 2 HÉÉ 3
  é|é
## END

#### division by zero
awk 'BEGIN { print 1 / 0 }'
## stdout: inf
