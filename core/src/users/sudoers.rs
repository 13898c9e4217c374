//! `/etc/sudoers`: who may run what as whom. The part of sudoers(5) that people write by hand: user
//! rules with `ALL`, names, `%groups`, run-as users, `NOPASSWD:` and whole commands; no aliases.

/// The rules of the file in their order; lines that are none are ignored.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sudoers {
    rules: Vec<Rule>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Rule {
    /// Name, `%group` or `ALL`.
    who: Vec<u8>,
    /// Machines, lists between commas.
    hosts: Vec<u8>,
    /// Target users; empty means root.
    run_as: Vec<u8>,
    no_password: bool,
    /// `ALL` or a command with or without arguments.
    command: Vec<u8>,
    negated: bool,
}

/// What is asked of `sudo`.
#[derive(Clone, Copy, Debug)]
pub struct SudoRequest<'a> {
    /// Who asks.
    pub user: &'a [u8],
    /// The names of all groups of that user.
    pub groups: &'a [&'a [u8]],
    /// This machine's name.
    pub host: &'a [u8],
    /// As whom to run.
    pub target: &'a [u8],
    /// The command's absolute path.
    pub command: &'a [u8],
    /// Its arguments, joined by blanks.
    pub arguments: &'a [u8],
}

/// A command that may be run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SudoGrant {
    /// Whether the user's own password must be given first.
    pub needs_password: bool,
}

impl Sudoers {
    /// Reads the file's text.
    #[must_use]
    pub fn parse(text: &[u8]) -> Sudoers {
        let mut rules = Vec::new();
        let mut logical: Vec<u8> = Vec::new();
        for line in text.split(|&byte| byte == b'\n') {
            if let Some(start) = line.strip_suffix(b"\\") {
                logical.extend(start);
                continue;
            }
            logical.extend(line);
            parse_rule(&logical, &mut rules);
            logical.clear();
        }
        Sudoers { rules }
    }

    /// What the last rule that fits says; `None` when it forbids or there is none.
    #[must_use]
    pub fn permits(&self, request: &SudoRequest<'_>) -> Option<SudoGrant> {
        let rule = self.rules.iter().rev().find(|rule| rule.fits(request))?;
        let needs_password = !rule.no_password && request.user != b"root" && request.user != request.target;
        (!rule.negated).then_some(SudoGrant { needs_password })
    }
}

impl Rule {
    fn fits(&self, request: &SudoRequest<'_>) -> bool {
        let who = match self.who.strip_prefix(b"%") {
            Some(group) => request.groups.contains(&group),
            None => in_list(&self.who, request.user),
        };
        let run_as = if self.run_as.is_empty() { &b"root"[..] } else { &self.run_as };
        let command = self.command == b"ALL"
            || match split_word(&self.command) {
                (path, b"") => path == request.command,
                (path, b"\"\"") => path == request.command && request.arguments.is_empty(),
                (path, arguments) => path == request.command && arguments == request.arguments,
            };
        who && command && in_list(&self.hosts, request.host) && in_list(run_as, request.target)
    }
}

/// `who hosts = [(users[:groups])] [NOPASSWD:] command, …`; several rules when there are several commands.
fn parse_rule(line: &[u8], rules: &mut Vec<Rule>) {
    let line = line.trim_ascii();
    let (who, rest) = split_word(line);
    if who.starts_with(b"#") || who.starts_with(b"@") || who.starts_with(b"Defaults") {
        return;
    }
    let Some(equals) = rest.iter().position(|&byte| byte == b'=') else { return };
    let (hosts, commands) = (&rest[..equals], &rest[equals + 1..]);
    let (mut run_as, mut no_password) = (Vec::new(), false);
    for item in commands.split(|&byte| byte == b',') {
        let mut item = item.trim_ascii();
        if let Some(rest) = item.strip_prefix(b"(") {
            let Some(close) = rest.iter().position(|&byte| byte == b')') else { return };
            let users = rest[..close].split(|&byte| byte == b':').next().unwrap_or_default();
            run_as = users.trim_ascii().to_vec();
            item = rest[close + 1..].trim_ascii_start();
        }
        while let Some(colon) = item.iter().position(|&byte| byte == b':') {
            match item[..colon].trim_ascii() {
                b"NOPASSWD" => no_password = true,
                b"PASSWD" => no_password = false,
                tag if tag.iter().all(u8::is_ascii_uppercase) => {}
                _ => break,
            }
            item = item[colon + 1..].trim_ascii_start();
        }
        let (negated, command) = match item.strip_prefix(b"!") {
            Some(command) => (true, command.trim_ascii_start()),
            None => (false, item),
        };
        if command != b"ALL" && !command.starts_with(b"/") {
            continue;
        }
        rules.push(Rule {
            who: who.to_vec(),
            hosts: hosts.trim_ascii().to_vec(),
            run_as: run_as.clone(),
            no_password,
            command: command.to_vec(),
            negated,
        });
    }
}

/// The first word and what follows it.
fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim_ascii())
}

/// Whether a list between commas names this one or `ALL`.
fn in_list(list: &[u8], name: &[u8]) -> bool {
    list.split(|&byte| byte == b',').map(<[u8]>::trim_ascii).any(|item| item == b"ALL" || item == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"# comment\nDefaults env_reset\n@includedir /etc/sudoers.d\n\
        root ALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\nann ALL = NOPASSWD: /bin/ls, PASSWD: /bin/cat /etc/hosts, \\\n\
        /bin/date \"\"\nbob ALL=(www-data) NOPASSWD: ALL, !/bin/sh\ncarl other=(ALL) ALL\nbroken\nodd ALL=(ALL ALL\nnocmd ALL=ls\n";

    fn check(user: &str, target: &str, command: &str) -> Option<bool> {
        let (path, arguments) = command.split_once(' ').unwrap_or((command, ""));
        let groups: &[&[u8]] = if user == "dora" { &[b"dora", b"sudo"] } else { &[b"users"] };
        let request = SudoRequest {
            user: user.as_bytes(),
            groups,
            host: b"bivalve",
            target: target.as_bytes(),
            command: path.as_bytes(),
            arguments: arguments.as_bytes(),
        };
        Sudoers::parse(TEXT).permits(&request).map(|grant| grant.needs_password)
    }

    #[test]
    fn rules() {
        assert_eq!(check("root", "ann", "/bin/sh"), Some(false));
        assert_eq!(check("dora", "root", "/bin/sh -c x"), Some(true));
        assert_eq!(check("dora", "dora", "/bin/sh"), Some(false));
        assert_eq!(check("ann", "root", "/bin/ls -l"), Some(false));
        assert_eq!(check("ann", "bob", "/bin/ls -l"), None);
        assert_eq!(check("ann", "root", "/bin/cat /etc/hosts"), Some(true));
        assert_eq!(check("ann", "root", "/bin/cat /etc/shadow"), None);
        assert_eq!(check("ann", "root", "/bin/date"), Some(true));
        assert_eq!(check("ann", "root", "/bin/date -s 0"), None);
        assert_eq!(check("bob", "www-data", "/bin/ls"), Some(false));
        assert_eq!(check("bob", "www-data", "/bin/sh"), None);
        assert_eq!(check("bob", "root", "/bin/ls"), None);
        for nobody in ["carl", "eve", "broken", "odd", "nocmd", "%sudo", "Defaults"] {
            assert_eq!(check(nobody, "root", "/bin/ls"), None, "{nobody}");
        }
    }
}
