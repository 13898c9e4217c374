//! Environment variables of an SSH session: which a client may set and how many, and those that tell of the
//! connection.

use std::net::SocketAddr;

/// Variables that a client may set.
const VARIABLES_MAX: usize = 64;
/// Bytes of a name or a value.
const BYTES_MAX: usize = 4096;

/// Those that login decides about, and those that change what a shell does before it reads its script.
const RESERVED: [&str; 11] =
    ["HOME", "USER", "LOGNAME", "SHELL", "PATH", "MAIL", "BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "IFS"];

/// Adds a client's variable to those it has set before. False when it is refused. Where the account allows
/// only one command, only the language and the terminal can be set.
pub fn accept(
    variables: &mut Vec<(Vec<u8>, Vec<u8>)>,
    name: &str,
    value: &str,
    forced_command: bool,
) -> bool {
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().next().is_some_and(|byte| !byte.is_ascii_digit());
    let harmless =
        matches!(name, "LANG" | "LANGUAGE" | "TERM" | "COLORTERM" | "TZ") || name.starts_with("LC_");
    let reserved = RESERVED.contains(&name) || name.starts_with("SSH_") || name.starts_with("LD_");
    let fits = name.len() <= BYTES_MAX && value.len() <= BYTES_MAX && !value.contains('\0');
    if !is_name || !fits || reserved || (forced_command && !harmless) {
        return false;
    }
    if let Some(known) = variables.iter_mut().find(|known| known.0 == name.as_bytes()) {
        known.1 = value.as_bytes().to_vec();
        return true;
    }
    if variables.len() >= VARIABLES_MAX {
        return false;
    }
    variables.push((name.as_bytes().to_vec(), value.as_bytes().to_vec()));
    true
}

/// What OpenSSH tells a session of its connection (ssh(1), "Environment"). `SSH_TTY` is the machine's to add.
pub fn of_connection(client: SocketAddr, server: SocketAddr) -> [(Vec<u8>, Vec<u8>); 2] {
    let (from, to) = (client.ip().to_canonical(), server.ip().to_canonical());
    let (from_port, to_port) = (client.port(), server.port());
    [
        (b"SSH_CLIENT".to_vec(), format!("{from} {from_port} {to_port}").into_bytes()),
        (b"SSH_CONNECTION".to_vec(), format!("{from} {from_port} {to} {to_port}").into_bytes()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_values_and_numbers_are_bounded() {
        let check = |name: &str, value: &str, forced: bool, expected: bool| {
            assert_eq!(accept(&mut Vec::new(), name, value, forced), expected, "{name}");
        };
        check("LANG", "C.UTF-8", false, true);
        check("LC_ALL", "C", true, true);
        check("EDITOR", "vi", false, true);
        check("EDITOR", "vi", true, false);
        check("PATH", "/tmp", false, false);
        check("BASH_ENV", "/tmp/x", false, false);
        check("BASH_FUNC_ls%%", "() { :; }", false, false);
        check("LD_PRELOAD", "x", false, false);
        check("1A", "", false, false);
        check("", "", false, false);
        check("A", &"x".repeat(BYTES_MAX + 1), false, false);

        let mut variables = Vec::new();
        let accepted = (0..100).filter(|n| accept(&mut variables, &format!("V{n}"), "", false)).count();
        assert_eq!((accepted, variables.len()), (VARIABLES_MAX, VARIABLES_MAX));
        assert!(accept(&mut variables, "V0", "again", false), "one that is set can be set again");
    }
}
