# /etc/bash.bashrc: read by every interactive bash, before the user's own ~/.bashrc.

[ -z "${PS1-}" ] && return

shopt -s checkwinsize

case $TERM in
*color* | xterm* | screen* | tmux* | linux)
    if [ "$EUID" -eq 0 ]; then
        PS1='\[\e[1;31m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]\$ '
    else
        PS1='\[\e[1;32m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]\$ '
    fi
    ;;
*)
    PS1='\u@\h:\w\$ '
    ;;
esac

alias ls='ls --color=auto'
alias grep='grep --color=auto'
alias ll='ls -alF'
alias la='ls -A'
