# Error messages: syntax errors, expansion errors, bad commands.

#### a lone then
then
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `then'
bash: -c: line 1: `then'
## END

#### if without then
if true; fi
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `if true; fi'
## END

#### if without fi
if true; then echo a
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### unexpected fi
echo a; fi; echo b
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `echo a; fi; echo b'
## END

#### done without do
for i in a; done
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `done'
bash: -c: line 1: `for i in a; done'
## END

#### while without done
while true; do echo a
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### unexpected parenthesis
echo )
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `)'
bash: -c: line 1: `echo )'
## END

#### unclosed parenthesis
(echo a
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### unclosed brace
{ echo a
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### unexpected semicolon
; echo a
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `;'
bash: -c: line 1: `; echo a'
## END

#### two semicolons
echo a;; echo b
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `;;'
bash: -c: line 1: `echo a;; echo b'
## END

#### unexpected ampersand
& echo a
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `&'
bash: -c: line 1: `& echo a'
## END

#### pipe at the start
| cat
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `|'
bash: -c: line 1: `| cat'
## END

#### two pipes in a row
echo a | | cat
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `|'
bash: -c: line 1: `echo a | | cat'
## END

#### pipe at the end
echo a |
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### and at the end
true &&
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### case without esac
case a in a) echo x;;
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### case without in
case a b
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `b'
bash: -c: line 1: `case a b'
## END

#### function without body
f()
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### redirection without a word
echo >
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `echo >'
## END

#### redirection to a newline
echo a >
echo b
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `echo a >'
## END

#### here-document operator without a word
cat <<
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `newline'
bash: -c: line 1: `cat <<'
## END

#### bad for
for ((i=0; i<1)); do echo; done
## status: 2
## STDERR:
bash: -c: line 1: syntax error: arithmetic expression required
bash: -c: line 1: syntax error: `((i=0; i<1))'
## END

#### bad for name
for i-j in a; do echo; done
## status: 1
## stderr: bash: line 1: `i-j': not a valid identifier

#### else twice
if a; then b; else c; else d; fi
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `else'
bash: -c: line 1: `if a; then b; else c; else d; fi'
## END

#### unclosed double quote on line 2
echo a
echo "b
## status: 2
## stdout: a
## stderr: bash: -c: line 2: unexpected EOF while looking for matching `"'

#### unclosed single quote after good lines
echo a
echo 'b
## status: 2
## stdout: a
## stderr: bash: -c: line 2: unexpected EOF while looking for matching `''

#### unclosed substitution
echo a
echo $(b
## status: 2
## stdout: a
## stderr: bash: -c: line 3: unexpected EOF while looking for matching `)'

#### unclosed backquote
echo `b
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching ``'

#### unclosed brace expansion of a parameter
echo ${a
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `}'

#### unclosed arithmetic
echo $((1+
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `)'

#### lines before the syntax error run
echo one
echo two
fi
echo three
## status: 2
## STDOUT:
one
two
## END
## STDERR:
bash: -c: line 3: syntax error near unexpected token `fi'
bash: -c: line 3: `fi'
## END

#### a syntax error on the same line hides it all
echo one; fi
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `echo one; fi'
## END

#### syntax error in a function body
f() { if; }
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `;'
bash: -c: line 1: `f() { if; }'
## END

#### syntax error in a substitution
echo $(if)
## status: 127
## STDERR:
bash: -c: line 1: syntax error near unexpected token `)'
bash: -c: line 1: `echo $(if)'
## END

#### syntax error in a here-document's substitution
cat <<X
$(if)
X
## status: 1
## STDERR:
bash: command substitution: line 2: syntax error near unexpected token `)'
bash: command substitution: line 2: `if)'
## END

#### syntax error status of bash -c
bash -c 'if'; echo $?
## stdout: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### syntax error in a script file
printf 'echo a\nif then\n' > s; bash s; echo $?
## STDOUT:
a
2
## END
## STDERR:
s: line 2: syntax error near unexpected token `then'
s: line 2: `if then'
## END

#### syntax error in an unclosed file
printf 'echo a\nif true\n' > s; bash s; echo $?
## STDOUT:
a
2
## END
## stderr: s: line 3: syntax error: unexpected end of file

#### message of a missing command in a file
printf 'echo a\nnosuchcmd\n' > s; bash s; echo $?
## STDOUT:
a
127
## END
## stderr: s: line 2: nosuchcmd: command not found

#### message in a sourced file
printf ':\nnosuchcmd\n' > s; . ./s; echo $?
## stdout: 127
## stderr: ./s: line 2: nosuchcmd: command not found

#### message in eval
eval 'nosuchcmd'; eval '
nosuchcmd2'
## status: 127
## STDERR:
bash: line 1: nosuchcmd: command not found
bash: line 3: nosuchcmd2: command not found
## END

#### message in a function
f() {
  nosuchcmd
}
f
## status: 127
## stderr: environment: line 2: nosuchcmd: command not found

#### message in a substitution
echo $(nosuchcmd)
## STDOUT:

## END
## stderr: bash: line 1: nosuchcmd: command not found

#### message in a subshell on line 2
:
(nosuchcmd)
## status: 127
## stderr: bash: line 2: nosuchcmd: command not found

#### message of a command with a slash
./x; ./x/y; echo $?
## stdout: 127
## STDERR:
bash: line 1: ./x: No such file or directory
bash: line 1: ./x/y: No such file or directory
## END

#### message of permission denied
touch f; ./f; echo $?; mkdir d; d/; echo $?
## STDOUT:
126
126
## END
## STDERR:
bash: line 1: ./f: Permission denied
bash: line 1: d/: Is a directory
## END

#### a path through a file
touch f; ./f/x; echo $?; cat f/x
## status: 1
## stdout: 126
## STDERR:
bash: line 1: ./f/x: Not a directory
cat: f/x: Not a directory
## END

#### command name from a variable
c='no such'; "$c"; echo $?; $c
## status: 127
## stdout: 127
## STDERR:
bash: line 1: no such: command not found
bash: line 1: no: command not found
## END

#### names with odd characters in messages
'a b'; $'a\nb'; $'\x01'; 'é'
## status: 127
## STDERR:
bash: line 1: a b: command not found
bash: line 1: $'a\nb': command not found
bash: line 1: $'\001': command not found
bash: line 1: é: command not found
## END

#### argument list is fine at 1000 words
/bin/true $(seq 1000); echo $?
## stdout: 0

#### assignment errors do not run the command
readonly r=1; r=2 echo never; echo "status $?"
## STDOUT:
never
status 0
## END
## stderr: bash: line 1: r: readonly variable

#### readonly assignment alone ends the list
readonly r=1
r=2; echo never
echo next line
## stdout: next line
## stderr: bash: line 2: r: readonly variable

#### expansion error ends the line only in an interactive shell
echo ${x?}; echo never
echo never too
## status: 127
## stderr: bash: line 1: x: parameter not set

#### bad array subscript
a=(1); echo ${a[]}
## status: 1
## stderr: bash: line 1: ${a[]}: bad substitution

#### bad substitution stops the command
echo "${x.}" ; echo never
## status: 1
## stderr: bash: line 1: ${x.}: bad substitution

#### redirection error messages
cat < no/such; echo > /; echo > no/such
## status: 1
## STDERR:
bash: line 1: no/such: No such file or directory
bash: line 1: /: Is a directory
bash: line 1: no/such: No such file or directory
## END

#### bad descriptor
echo a >&7; cat <&8; echo a >&x
## status: 0
## STDERR:
bash: line 1: 7: Bad file descriptor
bash: line 1: 8: Bad file descriptor
## END

#### division by zero message position
:
echo $((1 / 0))
## status: 1
## stderr: bash: line 2: 1 / 0: division by 0 (error token is "0")

#### too many levels of eval
f() { eval "$1"; }; f 'echo deep'
## stdout: deep

#### an invalid option message of a builtin
cd -q; export -q; read -q; printf -q; set -q
## status: 2
## STDERR:
bash: line 1: cd: -q: invalid option
cd: usage: cd [-L|[-P [-e]] [-@]] [dir]
bash: line 1: export: -q: invalid option
export: usage: export [-fn] [name[=value] ...] or export -p
bash: line 1: read: -q: invalid option
read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]
bash: line 1: printf: -q: invalid option
printf: usage: printf [-v var] format [arguments]
bash: line 1: set: -q: invalid option
set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]
## END

#### not a valid identifier
export 1=2; read 1; unset a-b; declare 'a b=c'; local x; for a.b in c; do :; done
## status: 1
## STDERR:
bash: line 1: export: `1=2': not a valid identifier
bash: line 1: read: `1': not a valid identifier
bash: line 1: declare: `a b=c': not a valid identifier
bash: line 1: local: can only be used in a function
bash: line 1: `a.b': not a valid identifier
## END

#### cannot execute: bad interpreter line
printf '#!nosuch\n' > f; chmod +x f; ./f; echo $?
## stdout: 127
## stderr: bash: line 1: ./f: cannot execute: required file not found

#### binary file is not executed
printf '\177ELF\0\0' > f; chmod +x f; ./f; echo $?
## stdout: 126
## stderr: bash: line 1: ./f: cannot execute binary file: Exec format error

#### binary file by bash
printf 'a\0b\n' > f; bash f; echo $?
## stdout: 126
## stderr: f: f: cannot execute binary file

#### directory by bash
mkdir d; bash d; echo $?; . ./d; echo $?
## STDOUT:
126
1
## END
## STDERR:
d: d: Is a directory
bash: line 1: .: ./d: is a directory
## END

#### ambiguous redirect names the word
f='a b'; echo > $f; echo > *; echo > $none
## status: 1
## STDERR:
bash: line 1: $f: ambiguous redirect
bash: line 1: $none: ambiguous redirect
## END

#### numeric argument required
exit x
## status: 2
## stderr: bash: line 1: exit: x: numeric argument required

#### return too many arguments
f() { return 1 2; }; f; echo $?
## status: 1
## stderr: environment: line 1: return: too many arguments

#### unexpected end in quotes inside a function
f() { echo "a
}
f
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `"'

#### unmatched closing brace
echo a
}
## status: 2
## stdout: a
## STDERR:
bash: -c: line 2: syntax error near unexpected token `}'
bash: -c: line 2: `}'
## END

#### extra esac
esac
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `esac'
bash: -c: line 1: `esac'
## END

#### in the middle of an and-list
true && && false
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `&&'
bash: -c: line 1: `true && && false'
## END

#### semicolon after do
for i in a; do; echo; done
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `;'
bash: -c: line 1: `for i in a; do; echo; done'
## END

#### empty subshell
()
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `)'
bash: -c: line 1: `()'
## END

#### empty group
{ }
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `}'
bash: -c: line 1: `{ }'
## END

#### empty then
if true; then fi
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `if true; then fi'
## END

#### empty loop body
while false; do done
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `done'
bash: -c: line 1: `while false; do done'
## END

#### word after a subshell
(echo a) b
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `b'
bash: -c: line 1: `(echo a) b'
## END

#### group closing without a separator
{ echo a }; echo b
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### coproc with a syntax error
coproc (
## status: 2
## stderr: bash: -c: line 2: syntax error: unexpected end of file

#### function with a reserved name
if() { echo; }
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `)'
bash: -c: line 1: `if() { echo; }'
## END

#### unexpected newline in a for list of parentheses
for (i=0); do :; done
## status: 2
## STDERR:
bash: -c: line 1: syntax error near unexpected token `('
bash: -c: line 1: `for (i=0); do :; done'
## END

#### double bracket errors
[[ a b ]]
## status: 0
## stderr: bash: -c: line 1: conditional binary operator expected

#### double bracket with a stray operator
[[ && a ]]
## status: 0
## stderr: bash: -c: line 1: unexpected token `&&' in conditional command

#### here-document warning at the end of input
cat <<A
body
## stdout: body
## stderr: bash: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `A')

#### bad fd in exec
exec 3>&9; echo "after $?"
## stdout: after 1
## stderr: bash: line 1: 9: Bad file descriptor

#### unknown shell option is an error
bash -o nosuch -c 'echo a'; echo $?
## stdout: 2
## stderr: bash: line 0: bash: nosuch: invalid option name

#### end inside of arithmetic
echo $(( (1 )); echo no
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `)'

#### end inside of a substitution over lines
echo $(
(1 ); echo no
## status: 2
## stderr: bash: -c: line 3: unexpected EOF while looking for matching `)'

#### end inside of arithmetic over lines
echo $(( (1 ))
echo no
x
## status: 2
## stderr: bash: -c: line 1: unexpected EOF while looking for matching `)'

#### syntax error in a substitution ends the script
echo a
echo $(if)
echo next
## status: 127
## stdout: a
## STDERR:
bash: -c: line 2: syntax error near unexpected token `)'
bash: -c: line 2: `echo $(if)'
## END

#### syntax error in a substitution of a script file
printf 'echo a\necho $(if)\necho next\n' > s; bash s; echo "[$?]"; bash < s; echo "[$?]"; . ./s; echo "[$?]"
## status: 127
## STDOUT:
a
[2]
a
[2]
a
## END
## STDERR:
s: line 2: syntax error near unexpected token `)'
s: line 2: `echo $(if)'
bash: line 2: syntax error near unexpected token `)'
bash: line 2: `echo $(if)'
./s: line 2: syntax error near unexpected token `)'
./s: line 2: `echo $(if)'
## END

#### syntax error in a substitution of a sourced file
printf 'echo a\necho $(if)\necho next\n' > s; eval '. ./s; echo [$?]'
## status: 127
## stdout: a
## STDERR:
./s: line 2: syntax error near unexpected token `)'
./s: line 2: `echo $(if)'
## END

#### syntax error in a substitution of eval
eval 'echo $(if)'; echo $?
## status: 127
## STDERR:
bash: eval: line 1: syntax error near unexpected token `)'
bash: eval: line 1: `echo $(if)'
## END

#### syntax error in a substitution of a function
f() { echo $(fi); }; echo after
## status: 127
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `f() { echo $(fi); }; echo after'
## END

#### syntax error in a process substitution
echo <(fi); echo after
## status: 127
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `echo <(fi); echo after'
## END

#### syntax error in a quoted substitution
echo "$(fi)"; echo after
## status: 127
## STDERR:
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `echo "$(fi)"; echo after'
## END

#### status of a syntax error in a substitution
bash -c 'echo $(if true'; echo $?; bash -c 'echo $(fi'; echo $?
## STDOUT:
2
127
## END
## STDERR:
bash: -c: line 2: unexpected EOF while looking for matching `)'
bash: -c: line 1: syntax error near unexpected token `fi'
bash: -c: line 1: `echo $(fi'
## END

#### here-document with a wrong substitution fails its command
cat <<X
a $(if)
X
echo after $?
## stdout: after 1
## STDERR:
bash: command substitution: line 2: syntax error near unexpected token `)'
bash: command substitution: line 2: `if)'
## END

#### here-document with an unfinished substitution
cat <<X
a $(echo hi
b
X
echo after $?
## stdout: after 1
## stderr: bash: command substitution: line 4: unexpected EOF while looking for matching `)'

#### here-document with a bad substitution
cat <<X; echo same $?
a ${x!y} b
X
echo after $?
## STDOUT:
same 1
after 0
## END
## STDERR:
bash: line 1: a ${x!y} b
: bad substitution
## END

#### here-document with an unfinished parameter
cat <<X; echo same $?
a ${x b
X
echo after $?
## STDOUT:
same 1
after 0
## END
## STDERR:
bash: line 1: a ${x b
: bad substitution
## END

#### here-document with wrong backquotes
cat <<X; echo same $?
a `if` b
X
echo after $?
## STDOUT:
a  b
same 0
after 0
## END
## stderr: bash: command substitution: line 2: syntax error: unexpected end of file

#### here-document with a wrong substitution shows its rest
cat <<X; echo same $?
a $(echo ok; fi; echo b) c
X
echo after $?
## STDOUT:
same 1
after 0
## END
## STDERR:
bash: command substitution: line 2: syntax error near unexpected token `fi'
bash: command substitution: line 2: `echo ok; fi; echo b) c'
## END

#### wrong here-document that never runs
false && cat <<X
$(if)
X
echo after $?
## stdout: after 1

#### wrong here-document in a function
f() { cat <<X
$(fi)
X
}
echo defined; f; echo after $?
## STDOUT:
defined
after 1
## END
## STDERR:
environment: command substitution: line 2: syntax error near unexpected token `fi'
environment: command substitution: line 2: `fi)'
## END

#### line of a command is that of its second word
foo a \
b
foo "

"
foo
## status: 127
## STDERR:
bash: line 1: foo: command not found
bash: line 5: foo: command not found
bash: line 6: foo: command not found
## END

#### lines in eval go on from its own
eval 'foo
foo'
## status: 127
## STDERR:
bash: line 2: foo: command not found
bash: line 3: foo: command not found
## END

#### line of a command whose argument has lines
foo '
'
## status: 127
## stderr: bash: line 2: foo: command not found

#### line of a command in braces whose argument has lines
{
foo '
'
}
bar
## status: 127
## STDERR:
bash: line 3: foo: command not found
bash: line 5: bar: command not found
## END

#### line of a command in a function whose argument has lines
f() {
foo '
' $LINENO
}
f
bar
## status: 127
## STDERR:
environment: line 3: foo: command not found
bash: line 6: bar: command not found
## END

#### line of a command that is continued
foo a \
  b \
  c
foo 2>/dev/null a '
' ; foo a '
'
## status: 127
## STDERR:
bash: line 1: foo: command not found
bash: line 5: foo: command not found
## END

#### line of a command with substitutions over lines
foo $(echo a
echo b) x
foo `
`
foo <<X
a
X
foo "$(
)"
## status: 127
## STDERR:
bash: line 2: foo: command not found
bash: line 4: foo: command not found
bash: line 5: foo: command not found
bash: line 9: foo: command not found
## END

#### line of a command behind assignments
x=1 foo '
'
y='
' foo
## status: 127
## STDERR:
bash: line 1: foo: command not found
bash: line 4: foo: command not found
## END

#### lines in case and for
case '
' in x) ;; *) foo
foo ;; esac
for i in '
' 2; do
foo '
'
done
## status: 127
## STDERR:
bash: line 2: foo: command not found
bash: line 3: foo: command not found
bash: line 7: foo: command not found
bash: line 7: foo: command not found
## END

#### syntax error in a substitution of eval ends each shell
printf 'echo a\neval "echo \\$(if)"\necho next\n' > s; bash s; echo "[$?]"; (eval 'echo $(if)'; echo x); echo "[$?]"; x=$(eval 'echo $(fi)'; echo y); echo "[$?]"; f() { eval 'echo $(fi)'; echo z; }; (f; echo w); echo [$?]; f; echo never
## status: 127
## STDOUT:
a
[1]
[1]
[1]
[1]
## END
## STDERR:
s: eval: line 2: syntax error near unexpected token `)'
s: eval: line 2: `echo $(if)'
bash: eval: line 1: syntax error near unexpected token `)'
bash: eval: line 1: `echo $(if)'
bash: eval: line 1: syntax error near unexpected token `fi'
bash: eval: line 1: `echo $(fi)'
environment: eval: line 1: syntax error near unexpected token `fi'
environment: eval: line 1: `echo $(fi)'
environment: eval: line 1: syntax error near unexpected token `fi'
environment: eval: line 1: `echo $(fi)'
## END

#### syntax error in a substitution in subshells
printf 'echo $(fi)\n' > s; (. ./s || echo failed; echo x); echo [$?]; bash -c '. ./s; echo x'; echo $?; printf '. ./s; echo no\n' > t; bash t; echo $?; x=$(. ./s); echo $?; . ./s | cat; echo $?
## STDOUT:
[1]
127
1
1
0
## END
## STDERR:
./s: line 1: syntax error near unexpected token `fi'
./s: line 1: `echo $(fi)'
./s: line 1: syntax error near unexpected token `fi'
./s: line 1: `echo $(fi)'
./s: line 1: syntax error near unexpected token `fi'
./s: line 1: `echo $(fi)'
./s: line 1: syntax error near unexpected token `fi'
./s: line 1: `echo $(fi)'
./s: line 1: syntax error near unexpected token `fi'
./s: line 1: `echo $(fi)'
## END

#### lines of wrong here-documents
:
:
cat <<X
a $(if)
X
echo after $?
cat <<X
$(fi

X
echo after $?
cat <<X
`fi`
X
cat <<X

`
fi`
X
## STDOUT:
after 1
after 1



## END
## STDERR:
bash: command substitution: line 4: syntax error near unexpected token `)'
bash: command substitution: line 4: `if)'
bash: command substitution: line 8: syntax error near unexpected token `fi'
bash: command substitution: line 8: `fi'
bash: command substitution: line 12: syntax error near unexpected token `fi'
bash: command substitution: line 12: `fi'
bash: command substitution: line 16: syntax error near unexpected token `fi'
bash: command substitution: line 16: `fi'
## END

#### error of a parameter in a here-document
:
:
cat <<X; echo $?
${x?err}
X
echo after $?
## STDOUT:
127
after 0
## END
## stderr: bash: line 3: x: err

#### unset variable in a here-document
set -u
(cat <<X; echo same $?
$y
X
echo after $?)
echo $?
## STDOUT:
same 1
after 0
0
## END
## stderr: bash: line 2: y: unbound variable

#### bad substitution in a here-string
cat <<< ${x!y}; echo same $?
echo after $?
## STDOUT:
same 1
after 0
## END
## stderr: bash: line 1: ${x!y}: bad substitution

#### wrong arithmetic in a here-string
cat <<< $((1+)); echo same $?
echo after $?
## STDOUT:
same 1
after 0
## END
## stderr: bash: line 1: 1+: syntax error: operand expected (error token is "+")

#### bad substitution in a redirection
cat > ${x!y}; echo same $?
echo after $?
## STDOUT:
same 1
after 0
## END
## stderr: bash: line 1: ${x!y}: bad substitution

#### readonly variable in a here-document
x=1
readonly x
cat <<X; echo same $?
${y:=3} ${x:=4} $((x=5)) 
X
echo after $?
## STDOUT:
same 1
after 0
## END
## stderr: bash: line 3: x: readonly variable

#### set -e and a wrong here-document
set -e
cat <<X || echo failed
${x!y}
X
cat <<X
${x!y}
X
echo never
## status: 1
## stdout: failed
## STDERR:
bash: line 2: ${x!y}
: bad substitution
bash: line 5: ${x!y}
: bad substitution
## END

#### syntax errors in backquotes
echo `if`; echo `
fi`; echo `echo 'a`; echo `echo a; echo )`
echo after
:
echo `
echo )`
## STDOUT:




after

## END
## STDERR:
bash: command substitution: line 2: syntax error: unexpected end of file
bash: command substitution: line 3: syntax error near unexpected token `fi'
bash: command substitution: line 3: `fi'
bash: command substitution: line 2: unexpected EOF while looking for matching `''
bash: command substitution: line 2: syntax error near unexpected token `)'
bash: command substitution: line 2: `echo a; echo )'
bash: command substitution: line 7: syntax error near unexpected token `)'
bash: command substitution: line 7: `echo )'
## END
