//! Hashes made by `openssl passwd`, crypt(3) and Python's hashlib, and what must be refused.

use super::*;

/// Passwords and their hashes.
const VECTORS: &[(&[u8], &str)] = &[
    (b"password", "$pbkdf2-sha256$i=80000,l=32$TmFDbA$oYSV485hZ1xN0Spqt/kZ8uxOTr8ZeDUes9L7hIOcpW4"),
    (b"", "$pbkdf2-sha256$i=1,l=32$MDEyMzQ1Njc4OWFiY2RlZg$moqAVuINiBoWSAWnx8lm5dC4MOzq9bszXOTTyglip60"),
    (
        b"pass\xff\x00word",
        "$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$a2MUHgpPgHY/0lczm0t/nLSqZjv5zv1fvKmz+bpC1qI",
    ),
    (
        b"p\xc3\xa4ssw\xc3\xb6rd",
        "$pbkdf2-sha256$i=4096,l=32$MDEyMzQ1Njc4OWFiY2RlZg$Y2TtZxrfU2JTUCaBZgAaLZeK1hx19fGsxbgt5wbpyJo",
    ),
    (
        &[b'x'; 200],
        "$pbkdf2-sha256$i=10,l=32$c2FsdHNhbHRzYWx0c2FsdA$VQr3V8Te4PRXsBuXXP92q6xXe0q+yr7C/kMt+d3ugjo",
    ),
    (b"Hello world!", "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5"),
    (b"", "$5$abc$bBHLwRRW2Li0XKaX13kz/g2fkDil4Jx46aNvd.48MS8"),
    (b"a", "$5$0123456789abcdef$ayU.IUrWVARjs3nYpgeybIXMNdiIBTFNCdxEEQ7j/x8"),
    (&[b'x'; 130], "$5$s$sONEqo4LxIh.iuv.qMxIUAJTida1XxRrVEdKIwB9uD4"),
    (b"p\xc3\xa4ssw\xc3\xb6rd", "$5$./aZ09$yygq0KvL/t.caaeYh6BcMwZu9VcI2AN3i8.eiUCr8LC"),
    (b"Hello world!", "$5$rounds=10000$saltstring$zY4WhW6dya5uGVNotd0y2Lk.E4rItnX94Q0R1OCQl40"),
    (
        b"long password that goes beyond sixty-four bytes, so that blocks repeat",
        "$5$rounds=1400$anotherlongsalt$3KEKww7yPmASCebjL3/zhxjRIUO/W4F2SQUFRO0GSh5",
    ),
    (
        b"we have a short salt string but not a short password",
        "$5$rounds=77777$short$JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/",
    ),
    (
        b"Hello world!",
        "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
    ),
    (b"", "$6$abc$mJP3a6FyA8uCnzRtlnNypPwjnvpi5TP9qOrInzrfDmwxUQG38PkpCPdqfTb8JQfAngapMxeim4AZ..hSdRRzD."),
    (
        b"a",
        "$6$0123456789abcdef$qn2kMgR/Cs9pZI2hZfok3cbi0oHyRjH7NUyfGhPKp6EBvlZWbL3JMmASYlyEBxhP4jB3zti0119AKDkHdAVHI0",
    ),
    (
        &[b'x'; 130],
        "$6$s$tOjJl6auzoYvteWh4UtQUwRJ0mLdkkfQw7rafNmZfBn7gCbYTKPb.p2qr7/Fx6dkdkrPHxLfiGSaurjH/7eeF/",
    ),
    (
        b"p\xc3\xa4ssw\xc3\xb6rd",
        "$6$./aZ09$67Wq174cw6Lh935.OTVEM615P6.X3FmJkE/gzJ2xhraS6/wCj2J717Rp8Cxyeo6tzxq5NQXiPwjYZwwQXKzIH/",
    ),
    (
        b"Hello world!",
        "$6$rounds=10000$saltstring$buk9gc9MDdd3Z11.ZzxK8sKnFNbxNdTnCf.XHjjiTHcgFuFgkKvBQPLIaUn4Ixl3TLN8ZgCk52MPgbWjATwhH0",
    ),
    (
        b"long password that goes beyond sixty-four bytes, so that blocks repeat",
        "$6$rounds=1400$anotherlongsalt$nrGXHZIfDW9ackeU7HAnWPC7283hwaGZu58ONL5hFVafUzmRnqWNWFSMnPZ7wOEeLJITJWhaadgBokA20Z10T/",
    ),
    (
        b"we have a short salt string but not a short password",
        "$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0",
    ),
    (b"secret", "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"),
    (b"secret", "00859bedb598088f50d70fa5b6a14685ef89ad587e0c840782ed5aac4675238f"),
    (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (b"", "2c804bf5d0ccb28051f20fb0b99bf7e9a45a67496650536018dd8839d9370748"),
];

#[test]
fn hashes_of_other_programs_fit_their_password_only() {
    for (password, hash) in VECTORS {
        assert_eq!(verify(hash.as_bytes(), password), Ok(true), "{hash}");
        let mut other = password.to_vec();
        other.push(b'x');
        assert_eq!(verify(hash.as_bytes(), &other), Ok(false), "{hash}");
    }
}

#[test]
fn one_changed_digit_fits_no_more() {
    for (password, hash) in VECTORS {
        let mut hash = hash.as_bytes().to_vec();
        let at = hash.len() - 10;
        hash[at] = if hash[at] == b'1' { b'2' } else { b'1' };
        assert_eq!(verify(&hash, password), Ok(false));
    }
}

#[test]
fn new_hashes_are_phc_strings_that_fit() {
    let made = hash(b"password", b"NaCl", 80_000).unwrap();
    assert_eq!(made, VECTORS[0].1.as_bytes());
    assert_eq!(hash(&[b'x'; PASSWORD_BYTES_MAX + 1], b"salt", 1), Err(PasswordTooLong));
    assert_eq!(verify(&made, &[b'x'; PASSWORD_BYTES_MAX + 1]), Ok(false));
}

#[test]
fn none_needed_and_none_fits() {
    assert_eq!(verify(b"", b"anything"), Ok(true));
    for locked in ["!", "*", "!!", "!$6$saltstring$abc"] {
        assert_eq!(verify(locked.as_bytes(), b""), Ok(false));
    }
}

#[test]
fn unknown_and_costly_hashes_are_refused() {
    let short = "A".repeat(42);
    let right = "A".repeat(43);
    for unknown in [
        "x",
        "plain text",
        "$1$salt$hash",
        "$y$j9T$salt$hash",
        "$pbkdf2-sha256$",
        "$pbkdf2-sha256$i=1000,l=32$c2FsdA",
        "$pbkdf2-sha256$i=0,l=16$c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha256$i=1000,l=15$c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha256$i=1000,l=16$c2Fsd!$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha256$i=99999999999,l=16$c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha256$i=2000001$c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
        "$pbkdf2-sha256$i=1000$c2FsdA$AAAA",
        "$pbkdf2-sha256$i=1000$c2FsdA$AAAAAAAAAAAAAAAAAAAAAA$",
        &format!("$5$salt${short}"),
        &format!("$5$rounds=999999999$salt${right}"),
        &format!("$5$rounds=x$salt${right}"),
        &format!("$5$salt${right}$more"),
        &"g".repeat(64),
        &"0".repeat(63),
    ] {
        assert_eq!(verify(unknown.as_bytes(), b""), Err(UnknownHash), "{unknown}");
        assert!(!needs_rehash(unknown.as_bytes(), ROUNDS_DEFAULT));
    }
}

#[test]
fn old_schemes_and_cheap_hashes_are_replaced() {
    let good = hash(b"p", &[7; SALT_BYTES], 1000).unwrap();
    assert!(!needs_rehash(&good, 1000));
    assert!(!needs_rehash(&good, 10));
    assert!(needs_rehash(&good, 1001));
    assert!(needs_rehash(&hash(b"p", b"short", 1000).unwrap(), 1000));
    for (_, old) in VECTORS.iter().filter(|(_, hash)| !hash.starts_with("$pbkdf2")) {
        assert!(needs_rehash(old.as_bytes(), 1), "{old}");
    }
    for none in ["", "!", "*"] {
        assert!(!needs_rehash(none.as_bytes(), 1));
    }
}

#[test]
fn comparison() {
    assert!(constant_time_eq(b"", b""));
    assert!(constant_time_eq(b"abc", b"abc"));
    for (left, right) in [("abc", "abd"), ("abc", "ab"), ("", "a"), ("xbc", "abc")] {
        assert!(!constant_time_eq(left.as_bytes(), right.as_bytes()));
    }
}
