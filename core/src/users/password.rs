//! Passwords: making hashes, and verifying every kind that an account file may hold.
//!
//! All of it is pure and slow on purpose: never call it on a machine's thread. One PBKDF2 round is two
//! SHA-256 blocks, so [`ROUNDS_DEFAULT`] takes some 0.1 s natively and 0.5 s in a browser; a crypt round
//! is two to eight blocks; scrypt takes about 0.1 s and 32 MiB for its time. `limits::PASSWORD_ROUNDS_MAX`
//! bounds what a hostile hash can cost.

use pbkdf2::pbkdf2_hmac;
use sha2::{Digest, Sha256};

use super::table::parse_number;
use crate::abi::limits::{PASSWORD_BYTES_MAX, PASSWORD_ROUNDS_MAX};
use crate::base64;

/// Rounds of a new hash: what OWASP's Password Storage Cheat Sheet names for PBKDF2-HMAC-SHA256.
pub const ROUNDS_DEFAULT: u32 = 600_000;
/// Bytes of salt that a new hash should have.
pub const SALT_BYTES: usize = 16;

const HASH_BYTES: usize = 32;

/// No known scheme, a broken string, or one that would cost more than the limits allow. It fits no
/// password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownHash;

/// A password of more than `limits::PASSWORD_BYTES_MAX` bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PasswordTooLong;

/// Hashes a password to a PHC string, `$pbkdf2-sha256$i=ROUNDS,l=32$SALT$HASH`. The salt is
/// [`SALT_BYTES`] random ones; rounds are kept between 1 and `limits::PASSWORD_ROUNDS_MAX`.
///
/// # Errors
/// The password is too long.
pub fn hash(password: &[u8], salt: &[u8], rounds: u32) -> Result<Vec<u8>, PasswordTooLong> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordTooLong);
    }
    let rounds = rounds.clamp(1, PASSWORD_ROUNDS_MAX);
    let mut derived = [0; HASH_BYTES];
    pbkdf2_hmac::<Sha256>(password, salt, rounds, &mut derived);
    let (salt, derived) = (base64::encode_unpadded(salt), base64::encode_unpadded(&derived));
    Ok(format!("$pbkdf2-sha256$i={rounds},l={HASH_BYTES}${salt}${derived}").into_bytes())
}

/// Whether a password fits a hash of an account file: PHC `$pbkdf2-sha256$`, crypt's `$5$` and `$6$`,
/// and the bare hex of typescript-virtual-container's snapshots (SHA-256, or scrypt with N = 32768,
/// r = 8, p = 1, both without salt).
///
/// An empty hash fits every password, since none is needed; one that starts with `!` or `*` fits none.
///
/// # Errors
/// The hash is of no known kind.
pub fn verify(hash: &[u8], password: &[u8]) -> Result<bool, UnknownHash> {
    if hash.is_empty() {
        return Ok(true);
    }
    if matches!(hash.first(), Some(b'!' | b'*')) {
        return Ok(false);
    }
    let kind = Kind::of(hash).ok_or(UnknownHash)?;
    Ok(password.len() <= PASSWORD_BYTES_MAX && kind.fits(password))
}

/// Whether a hash that has just fitted should be replaced by a new one: another scheme, fewer rounds or
/// less salt than a new one gets. An empty or locked one has nothing to replace.
#[must_use]
pub fn needs_rehash(hash: &[u8], rounds: u32) -> bool {
    match Kind::of(hash) {
        Some(Kind::Pbkdf2 { rounds: old, salt, derived }) => {
            old < rounds.min(PASSWORD_ROUNDS_MAX) || salt.len() < SALT_BYTES || derived.len() < HASH_BYTES
        }
        Some(_) => true,
        None => false,
    }
}

/// Whether two byte strings are equal, in a time that depends only on their lengths.
#[must_use]
pub fn constant_time_eq(left: &[u8], right: &[u8]) -> bool {
    let differing = left.iter().zip(right).fold(0u8, |bits, (l, r)| core::hint::black_box(bits | (l ^ r)));
    left.len() == right.len() && differing == 0
}

/// A hash string, taken apart.
enum Kind<'a> {
    Pbkdf2 { rounds: u32, salt: Vec<u8>, derived: Vec<u8> },
    Sha256Crypt { rounds: sha_crypt::Params, salt: &'a [u8], encoded: &'a [u8] },
    Sha512Crypt { rounds: sha_crypt::Params, salt: &'a [u8], encoded: &'a [u8] },
    BareHex([u8; HASH_BYTES]),
}

impl Kind<'_> {
    fn of(hash: &[u8]) -> Option<Kind<'_>> {
        if let Some(rest) = hash.strip_prefix(b"$pbkdf2-sha256$") {
            return phc(rest);
        }
        if let Some(rest) = hash.strip_prefix(b"$5$") {
            let (rounds, salt, encoded) = crypt(rest, 43)?;
            return Some(Kind::Sha256Crypt { rounds, salt, encoded });
        }
        if let Some(rest) = hash.strip_prefix(b"$6$") {
            let (rounds, salt, encoded) = crypt(rest, 86)?;
            return Some(Kind::Sha512Crypt { rounds, salt, encoded });
        }
        bare_hex(hash).map(Kind::BareHex)
    }

    fn fits(&self, password: &[u8]) -> bool {
        match self {
            Kind::Pbkdf2 { rounds, salt, derived } => {
                let mut own = vec![0; derived.len()];
                pbkdf2_hmac::<Sha256>(password, salt, *rounds, &mut own);
                constant_time_eq(&own, derived)
            }
            Kind::Sha256Crypt { rounds, salt, encoded } => {
                let own = sha_crypt::sha256_crypt(password, salt, *rounds);
                constant_time_eq(
                    &crypt_base64(&own, [0, 10, 20], [2, 0, 1], [None, Some(31), Some(30)]),
                    encoded,
                )
            }
            Kind::Sha512Crypt { rounds, salt, encoded } => {
                let own = sha_crypt::sha512_crypt(password, salt, *rounds);
                constant_time_eq(&crypt_base64(&own, [0, 21, 42], [1, 2, 0], [None, None, Some(63)]), encoded)
            }
            Kind::BareHex(expected) => {
                constant_time_eq(&Sha256::digest(password), expected)
                    || unsalted_scrypt(password).is_some_and(|own| constant_time_eq(&own, expected))
            }
        }
    }
}

/// `i=ROUNDS[,l=LENGTH]$SALT$HASH`.
fn phc(rest: &[u8]) -> Option<Kind<'_>> {
    let mut parts = rest.split(|&byte| byte == b'$');
    let (params, salt, derived) = (parts.next()?, parts.next()?, parts.next()?);
    let (salt, derived) = (base64::decode_unpadded(salt)?, base64::decode_unpadded(derived)?);
    let mut params = params.split(|&byte| byte == b',');
    let rounds = params.next()?.strip_prefix(b"i=").and_then(parse_number)?;
    let rounds = u32::try_from(rounds).ok().filter(|rounds| (1..=PASSWORD_ROUNDS_MAX).contains(rounds))?;
    let length_agrees = match params.next() {
        None => true,
        Some(param) => param.strip_prefix(b"l=").and_then(parse_number) == Some(derived.len() as u64),
    };
    let is_whole = parts.next().is_none() && params.next().is_none() && length_agrees;
    // The PHC format's bounds of an output are 10 and 64 bytes.
    (is_whole && (10..=64).contains(&derived.len())).then_some(Kind::Pbkdf2 { rounds, salt, derived })
}

/// `[rounds=N$]SALT$HASH` (Drepper, Unix crypt using SHA-256 and SHA-512). Fewer rounds than 1000 count
/// as 1000, and of the salt 16 bytes.
fn crypt(rest: &[u8], encoded_length: usize) -> Option<(sha_crypt::Params, &[u8], &[u8])> {
    let mut parts = rest.split(|&byte| byte == b'$');
    let mut salt = parts.next()?;
    let mut rounds = sha_crypt::Params::RECOMMENDED_ROUNDS;
    if let Some(number) = salt.strip_prefix(b"rounds=") {
        rounds = u32::try_from(parse_number(number)?).ok()?.max(sha_crypt::Params::ROUNDS_MIN);
        salt = parts.next()?;
    }
    let encoded = parts.next()?;
    let is_whole = parts.next().is_none() && encoded.len() == encoded_length && rounds <= PASSWORD_ROUNDS_MAX;
    is_whole.then(|| sha_crypt::Params::new(rounds).ok().map(|rounds| (rounds, salt, encoded)))?
}

/// Crypt's own base64 of a digest whose bytes it takes in an order of its own: three positions that all
/// go up by one and change places after each group, then what is left over.
fn crypt_base64(digest: &[u8], first: [usize; 3], swap: [usize; 3], last: [Option<usize>; 3]) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let byte = |at: Option<usize>| at.and_then(|at| digest.get(at)).copied().map_or(0, u32::from);
    let mut text = Vec::new();
    let mut push = |group: [Option<usize>; 3], digits: usize| {
        let bits = byte(group[0]) << 16 | byte(group[1]) << 8 | byte(group[2]);
        text.extend((0..digits).map(|at| ALPHABET[(bits >> (6 * at)) as usize & 63]));
    };
    let mut group = first;
    for _ in 0..digest.len() / 3 {
        push(group.map(Some), 4);
        group = swap.map(|at| group[at] + 1);
    }
    push(last, last.iter().flatten().count() + 1);
    text
}

fn bare_hex(hash: &[u8]) -> Option<[u8; HASH_BYTES]> {
    if hash.len() != 2 * HASH_BYTES {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|value| value as u8);
    let mut bytes = [0; HASH_BYTES];
    for (byte, pair) in bytes.iter_mut().zip(hash.chunks(2)) {
        let &[high, low] = pair else { return None };
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

fn unsalted_scrypt(password: &[u8]) -> Option<[u8; HASH_BYTES]> {
    let params = scrypt::Params::new(15, 8, 1).ok()?;
    let mut derived = [0; HASH_BYTES];
    scrypt::scrypt(password, b"", &params, &mut derived).ok()?;
    Some(derived)
}

#[cfg(test)]
mod tests;
