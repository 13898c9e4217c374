//! `~/.ssh/authorized_keys`: which public keys log a user in (sshd(8), AUTHORIZED_KEYS FILE FORMAT).

use core::net::IpAddr;

use crate::base64;

/// One usable line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuthorizedKey {
    /// What the line allows and forbids.
    pub options: KeyOptions,
    /// The key's type, as `ssh-ed25519`. (A signature's algorithm may differ: `rsa-sha2-256` is made
    /// with an `ssh-rsa` key.)
    pub key_type: Vec<u8>,
    /// The key in SSH's wire form (RFC 4253 section 6.6).
    pub blob: Vec<u8>,
    /// What follows it.
    pub comment: Vec<u8>,
}

/// The options of a line. Those that only forbid forwarding need no field: a machine forwards nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeyOptions {
    /// Run this instead of what the client asks for.
    pub command: Option<Vec<u8>>,
    /// Addresses that may use the key: patterns and networks between commas.
    pub from: Option<Vec<u8>>,
    /// Variables to set, as `NAME=value`.
    pub environment: Vec<Vec<u8>>,
    /// No pseudo-terminal (`no-pty` or `restrict` without `pty`).
    pub no_pty: bool,
}

impl AuthorizedKey {
    /// Reads a line. `None` for an empty line, a comment, a broken key, and a line with an option that is
    /// not known here: what cannot be obeyed must not let anyone in.
    #[must_use]
    pub fn parse(line: &[u8]) -> Option<AuthorizedKey> {
        let line = line.trim_ascii();
        if line.starts_with(b"#") {
            return None;
        }
        if let Some((key_type, blob, comment)) = parse_key(line) {
            return Some(AuthorizedKey { options: KeyOptions::default(), key_type, blob, comment });
        }
        let (options, rest) = parse_options(line)?;
        let (key_type, blob, comment) = parse_key(rest)?;
        Some(AuthorizedKey { options, key_type, blob, comment })
    }

    /// Whether a client at this address may use the key. Without a `from` option everyone may; with one,
    /// a client of unknown address may not.
    #[must_use]
    pub fn allows_address(&self, address: Option<IpAddr>) -> bool {
        let Some(list) = &self.options.from else { return true };
        let Some(address) = address.map(|address| address.to_canonical()) else { return false };
        let text = address.to_string();
        let mut allowed = false;
        for pattern in list.split(|&byte| byte == b',') {
            let (negated, pattern) = match pattern.strip_prefix(b"!") {
                Some(rest) => (true, rest),
                None => (false, pattern),
            };
            if wildcard_match(pattern, text.as_bytes()) || network_contains(pattern, address) {
                if negated {
                    return false;
                }
                allowed = true;
            }
        }
        allowed
    }
}

/// The first line of the file that has exactly this key and allows this address. The caller still
/// verifies the client's signature.
#[must_use]
pub fn find_key(text: &[u8], key_type: &[u8], blob: &[u8], address: Option<IpAddr>) -> Option<AuthorizedKey> {
    text.split(|&byte| byte == b'\n')
        .filter_map(AuthorizedKey::parse)
        .find(|key| key.key_type == key_type && key.blob == blob && key.allows_address(address))
}

type KeyParts = (Vec<u8>, Vec<u8>, Vec<u8>);

/// `type base64 [comment]`.
fn parse_key(text: &[u8]) -> Option<KeyParts> {
    let (key_type, rest) = split_blank(text);
    let (encoded, comment) = split_blank(rest);
    let blob = base64::decode(encoded)?;
    // The wire form starts with the type once more; a line that contradicts itself is broken.
    let length = u32::from_be_bytes(*blob.first_chunk()?) as usize;
    let is_same = blob.get(4..)?.get(..length)? == key_type;
    (is_same && !key_type.is_empty()).then(|| (key_type.to_vec(), blob, comment.to_vec()))
}

/// What stands before the first blank, and what after the blanks.
fn split_blank(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|&byte| is_blank(byte)).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim_ascii_start())
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Options between commas up to the first blank outside quotes, and the rest of the line.
fn parse_options(mut text: &[u8]) -> Option<(KeyOptions, &[u8])> {
    let mut options = KeyOptions::default();
    loop {
        let end = text.iter().position(|&byte| is_blank(byte) || matches!(byte, b',' | b'='))?;
        let (name, rest) = text.split_at(end);
        let (value, rest) = match rest.strip_prefix(b"=\"") {
            Some(quoted) => quoted_value(quoted).map(|(value, rest)| (Some(value), rest))?,
            None => (None, rest),
        };
        match (name.to_ascii_lowercase().as_slice(), value) {
            (b"command", Some(value)) if options.command.is_none() => options.command = Some(value),
            (b"from", Some(value)) if options.from.is_none() => options.from = Some(value),
            (b"environment", Some(value)) => options.environment.push(value),
            (b"no-pty" | b"restrict", None) => options.no_pty = true,
            (b"pty", None) => options.no_pty = false,
            (b"permitlisten" | b"permitopen" | b"tunnel", Some(_)) => {}
            (name, None) if is_about_forwarding(name) => {}
            _ => return None,
        }
        match rest.first() {
            Some(b',') => text = rest.get(1..)?,
            Some(&byte) if is_blank(byte) => return Some((options, rest.trim_ascii_start())),
            _ => return None,
        }
    }
}

fn is_about_forwarding(name: &[u8]) -> bool {
    matches!(
        name.strip_prefix(b"no-").unwrap_or(name),
        b"agent-forwarding" | b"port-forwarding" | b"x11-forwarding" | b"user-rc" | b"touch-required"
    )
}

/// The text up to a quote that no backslash stands before, and what follows that quote.
fn quoted_value(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut value = Vec::new();
    let mut at = 0;
    loop {
        match *text.get(at)? {
            b'"' => return Some((value, text.get(at + 1..)?)),
            b'\\' if text.get(at + 1) == Some(&b'"') => {
                value.push(b'"');
                at += 2;
            }
            byte => {
                value.push(byte);
                at += 1;
            }
        }
    }
}

/// Whether a pattern of `*` and `?` fits the whole text. Linear in both for each `*`, never exponential.
fn wildcard_match(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match (pattern.get(p), retry) {
            (Some(b'*'), _) => {
                retry = Some((p, t));
                p += 1;
            }
            (Some(&byte), _) if byte == b'?' || Some(&byte) == text.get(t) => {
                p += 1;
                t += 1;
            }
            (_, Some((star, from))) => {
                retry = Some((star, from + 1));
                (p, t) = (star + 1, from + 1);
            }
            _ => return false,
        }
    }
    pattern.iter().skip(p).all(|&byte| byte == b'*')
}

/// Whether `ADDRESS/BITS` holds this address.
fn network_contains(pattern: &[u8], address: IpAddr) -> bool {
    let Some((network, bits)) = core::str::from_utf8(pattern).ok().and_then(|text| text.split_once('/'))
    else {
        return false;
    };
    let (Ok(network), Ok(bits)) = (network.parse::<IpAddr>(), bits.parse::<u32>()) else { return false };
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) if bits <= 32 => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        (IpAddr::V6(network), IpAddr::V6(address)) if bits <= 128 => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made by `ssh-keygen -t ed25519`.
    const KEY: &str = "AAAAC3NzaC1lZDI1NTE5AAAAIMe5hfTnoUmtEuJe+8eP8i3clQIJxWadJZZa72AUcxRN";

    fn blob() -> Vec<u8> {
        base64::decode(KEY.as_bytes()).unwrap()
    }

    fn options(prefix: &str) -> Option<KeyOptions> {
        AuthorizedKey::parse(format!("{prefix} ssh-ed25519 {KEY} ann@home").as_bytes()).map(|key| key.options)
    }

    #[test]
    fn plain_lines() {
        let key = AuthorizedKey::parse(format!("  ssh-ed25519\t{KEY}  ann at home \r").as_bytes()).unwrap();
        assert_eq!(
            (key.key_type.as_slice(), key.comment.as_slice()),
            (&b"ssh-ed25519"[..], &b"ann at home"[..])
        );
        assert_eq!(key.blob, blob());
        assert!(AuthorizedKey::parse(format!("ssh-ed25519 {KEY}").as_bytes()).is_some());
        let cut = &KEY[..KEY.len() - 4];
        assert!(find_key(format!("ssh-ed25519 {cut}").as_bytes(), b"ssh-ed25519", &blob(), None).is_none());
        for bad in [
            String::new(),
            "# a comment".to_owned(),
            format!("#ssh-ed25519 {KEY}"),
            format!("ssh-rsa {KEY}"),
            "ssh-ed25519".to_owned(),
            "ssh-ed25519 AAAA".to_owned(),
            "ssh-ed25519 not,base64".to_owned(),
            KEY.to_owned(),
        ] {
            assert_eq!(AuthorizedKey::parse(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn options_are_read_or_refused() {
        assert_eq!(options("no-pty").unwrap(), KeyOptions { no_pty: true, ..KeyOptions::default() });
        assert!(!options("restrict,PTY").unwrap().no_pty);
        assert!(options("no-port-forwarding,no-X11-forwarding,no-agent-forwarding").is_some());
        let full =
            options(r#"command="echo \"a, b\" c\d",from="10.0.0.0/8",environment="A=1",environment="B=2""#);
        let full = full.unwrap();
        assert_eq!(full.command.unwrap(), br#"echo "a, b" c\d"#);
        assert_eq!(full.from.unwrap(), b"10.0.0.0/8");
        assert_eq!(full.environment, [b"A=1", b"B=2"]);
        for refused in [
            "cert-authority",
            "expiry-time=\"20300101\"",
            "no-such-option",
            "command",
            "command=\"x",
            "command=x",
            "no-pty=\"x\"",
            "no-pty,",
            ",no-pty",
            "from=\"a\",from=\"b\"",
            "no-pty no-pty",
        ] {
            assert_eq!(options(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_key_is_found_exactly() {
        let text = format!("# keys\n\nssh-rsa AAAA\nno-pty ssh-ed25519 {KEY} one\nssh-ed25519 {KEY} two\n");
        let found = find_key(text.as_bytes(), b"ssh-ed25519", &blob(), None).unwrap();
        assert_eq!(found.comment, b"one");
        assert_eq!(find_key(text.as_bytes(), b"ssh-rsa", &blob(), None), None);
        let mut other = blob();
        other[40] ^= 1;
        assert_eq!(find_key(text.as_bytes(), b"ssh-ed25519", &other, None), None);
        assert_eq!(find_key(b"", b"ssh-ed25519", &blob(), None), None);
        // A line that the client's address rules out does not hide a later one.
        let text = format!("from=\"10.*\" ssh-ed25519 {KEY} near\nno-pty ssh-ed25519 {KEY} far\n");
        let comment = |address: &str| {
            find_key(text.as_bytes(), b"ssh-ed25519", &blob(), address.parse().ok()).map(|key| key.comment)
        };
        assert_eq!(comment("10.0.0.1"), Some(b"near".to_vec()));
        assert_eq!(comment("11.0.0.1"), Some(b"far".to_vec()));
    }

    #[test]
    fn addresses() {
        let check = |from: &str, address: &str| {
            let line = format!("from=\"{from}\" ssh-ed25519 {KEY}");
            let key = AuthorizedKey::parse(line.as_bytes()).unwrap();
            key.allows_address(address.parse().ok())
        };
        for (from, address) in [
            ("10.1.2.3", "10.1.2.3"),
            ("10.1.2.3", "::ffff:10.1.2.3"),
            ("10.*", "10.1.2.3"),
            ("1?.1.*.3", "10.1.2.3"),
            ("192.168.0.0/16,10.0.0.0/8", "10.1.2.3"),
            ("0.0.0.0/0", "10.1.2.3"),
            ("fe80::/10", "fe80::1"),
            ("!10.9.*,10.*", "10.1.2.3"),
        ] {
            assert!(check(from, address), "{from} {address}");
        }
        for (from, address) in [
            ("10.1.2.3", "10.1.2.30"),
            ("10.*", "unknown"),
            ("", "10.1.2.3"),
            ("10.0.0.0/8", "11.0.0.1"),
            ("10.0.0.0/33", "10.0.0.0"),
            ("::/0", "10.0.0.0"),
            ("!10.1.*,10.*", "10.1.2.3"),
            ("!10.9.*", "10.1.2.3"),
            ("*x*y*z*a*b*c*", "10.1.2.3"),
        ] {
            assert!(!check(from, address), "{from} {address}");
        }
    }
}
