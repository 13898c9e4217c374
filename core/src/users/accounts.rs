//! The three account files read together: look-ups, new users, new passwords.

use super::{Group, GroupEntry, Passwd, PasswdEntry, Shadow, ShadowEntry};
use crate::abi::{Gid, Uid, limits};
use std::cell::RefCell;
use std::rc::Rc;

/// The first id of ordinary users and groups (Debian's `UID_MIN`).
pub const ID_FIRST: u32 = 1000;
/// The last one (`UID_MAX`); 65534 is `nobody`.
pub const ID_LAST: u32 = 60_000;

/// What a login needs to know of a user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Login name.
    pub name: Vec<u8>,
    /// User id.
    pub uid: Uid,
    /// First group.
    pub gid: Gid,
    /// Full name and the like.
    pub gecos: Vec<u8>,
    /// Home directory, never empty.
    pub home: Vec<u8>,
    /// Login shell, never empty.
    pub shell: Vec<u8>,
    /// For [`verify`](super::verify); empty when no password is needed.
    pub password_hash: Vec<u8>,
}

/// A user to add.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Login name; must be a [`valid_name`].
    pub name: Vec<u8>,
    /// Full name and the like.
    pub gecos: Vec<u8>,
    /// Home directory.
    pub home: Vec<u8>,
    /// Login shell.
    pub shell: Vec<u8>,
    /// Hash of the password; empty when none is needed, `!` when none fits.
    pub password_hash: Vec<u8>,
}

/// Why a change of the account files is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccountError {
    /// No [`valid_name`].
    InvalidName,
    /// A user of that name is there.
    UserExists,
    /// A group of that name is there.
    GroupExists,
    /// No such user.
    NoSuchUser,
    /// Root cannot be deleted.
    IsRoot,
    /// Every id is in use.
    NoFreeId,
}

/// `passwd`, `shadow` and `group` of one machine, as values. Read them, change them, write them back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accounts {
    /// `/etc/passwd`.
    pub passwd: Passwd,
    /// `/etc/shadow`.
    pub shadow: Shadow,
    /// `/etc/group`.
    pub group: Group,
}

impl Accounts {
    /// Reads the three files' texts; a missing file is an empty text.
    #[must_use]
    pub fn parse(passwd: &[u8], shadow: &[u8], group: &[u8]) -> Accounts {
        Accounts { passwd: Passwd::parse(passwd), shadow: Shadow::parse(shadow), group: Group::parse(group) }
    }

    /// The same, shared: machines mostly have the same accounts and ask for them at each login, so the last
    /// ones are kept until a text differs.
    #[must_use]
    pub fn shared(texts: [Vec<u8>; 3]) -> Rc<Accounts> {
        thread_local! {
            static LAST: RefCell<Option<([Vec<u8>; 3], Rc<Accounts>)>> = const { RefCell::new(None) };
        }
        LAST.with_borrow_mut(|last| match last {
            Some((of, accounts)) if *of == texts => Rc::clone(accounts),
            _ => {
                let accounts = Rc::new(Accounts::parse(&texts[0], &texts[1], &texts[2]));
                *last = Some((texts, Rc::clone(&accounts)));
                accounts
            }
        })
    }

    /// The user of this name.
    #[must_use]
    pub fn by_name(&self, name: &[u8]) -> Option<Account> {
        self.passwd.get(name).map(|entry| self.account(entry))
    }

    /// The first user of this id.
    #[must_use]
    pub fn by_uid(&self, uid: Uid) -> Option<Account> {
        self.passwd.iter().find(|entry| entry.uid == uid).map(|entry| self.account(entry))
    }

    fn account(&self, entry: &PasswdEntry) -> Account {
        let or =
            |field: &[u8], default: &[u8]| if field.is_empty() { default.to_vec() } else { field.to_vec() };
        // With `x` and no line in shadow, no password fits: a lost file opens nothing.
        let password_hash = match entry.password.as_slice() {
            b"x" => self.shadow.get(&entry.name).map_or(b"!".to_vec(), |shadow| shadow.hash.clone()),
            own => own.to_vec(),
        };
        Account {
            name: entry.name.clone(),
            uid: entry.uid,
            gid: entry.gid,
            gecos: entry.gecos.clone(),
            home: or(&entry.home, b"/"),
            shell: or(&entry.shell, b"/bin/sh"),
            password_hash,
        }
    }

    /// The name of a user id, for `ls -l` and the like.
    #[must_use]
    pub fn user_name(&self, uid: Uid) -> Option<&[u8]> {
        self.passwd.iter().find(|entry| entry.uid == uid).map(|entry| entry.name.as_slice())
    }

    /// The name of a group id.
    #[must_use]
    pub fn group_name(&self, gid: Gid) -> Option<&[u8]> {
        self.group.iter().find(|entry| entry.gid == gid).map(|entry| entry.name.as_slice())
    }

    /// The groups of a user as `initgroups` sets them: the first one, then those that list it, in the
    /// file's order, each once.
    #[must_use]
    pub fn groups_of(&self, user: &[u8], first: Gid) -> Vec<Gid> {
        let mut groups = vec![first];
        for entry in self.group.iter().filter(|entry| entry.has_member(user)) {
            if groups.len() < limits::GROUPS_MAX && !groups.contains(&entry.gid) {
                groups.push(entry.gid);
            }
        }
        groups
    }

    /// The next user id for an ordinary user: one above the highest in use from [`ID_FIRST`] to
    /// [`ID_LAST`], or the lowest free one when the highest is taken.
    #[must_use]
    pub fn next_uid(&self) -> Option<Uid> {
        next_id(self.passwd.iter().map(|entry| entry.uid))
    }

    /// The next group id, chosen in the same way.
    #[must_use]
    pub fn next_gid(&self) -> Option<Gid> {
        next_id(self.group.iter().map(|entry| entry.gid))
    }

    /// Adds a user with a group of its own name, as Debian does. The home directory is the caller's
    /// matter. `today` is the day counted from 1970-01-01.
    ///
    /// # Errors
    /// A bad or taken name, or no free id; nothing is changed then.
    pub fn add(&mut self, user: &NewUser, today: u64) -> Result<Account, AccountError> {
        if !valid_name(&user.name) {
            return Err(AccountError::InvalidName);
        }
        if self.passwd.get(&user.name).is_some() {
            return Err(AccountError::UserExists);
        }
        if self.group.get(&user.name).is_some() {
            return Err(AccountError::GroupExists);
        }
        let uid = self.next_uid().ok_or(AccountError::NoFreeId)?;
        let taken = self.group.iter().any(|entry| entry.gid == uid);
        let gid = if taken { self.next_gid().ok_or(AccountError::NoFreeId)? } else { uid };
        let entry = PasswdEntry {
            name: user.name.clone(),
            password: b"x".to_vec(),
            uid,
            gid,
            gecos: user.gecos.clone(),
            home: user.home.clone(),
            shell: user.shell.clone(),
        };
        self.group.put(GroupEntry {
            name: user.name.clone(),
            password: b"x".to_vec(),
            gid,
            members: Vec::new(),
        });
        self.shadow.put(ShadowEntry {
            name: user.name.clone(),
            hash: user.password_hash.clone(),
            changed_day: Some(today),
            min_days: Some(0),
            max_days: Some(99_999),
            warn_days: Some(7),
            ..ShadowEntry::default()
        });
        let account = self.account(&entry);
        self.passwd.put(entry);
        Ok(account)
    }

    /// Deletes a user, its memberships, and the group of its own name when nobody else has it.
    ///
    /// # Errors
    /// There is no such user, or it is root.
    pub fn remove(&mut self, name: &[u8]) -> Result<(), AccountError> {
        let uid = self.passwd.get(name).ok_or(AccountError::NoSuchUser)?.uid;
        if uid == 0 {
            return Err(AccountError::IsRoot);
        }
        self.passwd.remove(name);
        self.shadow.remove(name);
        for entry in self.group.iter_mut() {
            entry.members.retain(|member| member != name);
        }
        let unused = self.group.get(name).is_some_and(|own| {
            own.members.is_empty() && !self.passwd.iter().any(|entry| entry.gid == own.gid)
        });
        if unused {
            self.group.remove(name);
        }
        Ok(())
    }

    /// Gives a user another password hash, in `shadow` (and `x` in `passwd`). An empty one means that no
    /// password is needed.
    ///
    /// # Errors
    /// There is no such user.
    pub fn set_password_hash(&mut self, name: &[u8], hash: &[u8], today: u64) -> Result<(), AccountError> {
        let entry = self.passwd.get_mut(name).ok_or(AccountError::NoSuchUser)?;
        entry.password = b"x".to_vec();
        match self.shadow.get_mut(name) {
            Some(shadow) => {
                shadow.hash = hash.to_vec();
                shadow.changed_day = Some(today);
            }
            None => self.shadow.put(ShadowEntry {
                name: name.to_vec(),
                hash: hash.to_vec(),
                changed_day: Some(today),
                ..ShadowEntry::default()
            }),
        }
        Ok(())
    }
}

/// Whether a new user or group may have this name: a lower-case letter or `_`, then those, digits and
/// `-`, at most 32 bytes (Debian's `NAME_REGEX`).
#[must_use]
pub fn valid_name(name: &[u8]) -> bool {
    let Some((first, rest)) = name.split_first() else { return false };
    let starts = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
    name.len() <= 32
        && starts(first)
        && rest.iter().all(|byte| starts(byte) || byte.is_ascii_digit() || *byte == b'-')
}

fn next_id(used: impl Iterator<Item = u32>) -> Option<u32> {
    let mut used: Vec<u32> = used.filter(|id| (ID_FIRST..=ID_LAST).contains(id)).collect();
    used.sort_unstable();
    match used.last() {
        None => Some(ID_FIRST),
        Some(&last) if last < ID_LAST => Some(last + 1),
        Some(_) => (ID_FIRST..=ID_LAST).find(|id| used.binary_search(id).is_err()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &[u8] = b"root:x:0:0:root:/root:/bin/bash\n# a comment\nbroken line\n\
        daemon:x:1:1::/usr/sbin:/usr/sbin/nologin\nann:x:1000:1000:Ann,,,:/home/ann:/bin/bash\n\
        toor:x:0:0::/root:\nfree::1001:100::/home/free:/bin/sh\nlost:x:1002:100:::\nbad:x:-1:0:::\n";
    const SHADOW: &[u8] =
        b"root::19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\nann:$6$s$h:19001::::::\nold:hash\n";
    const GROUP: &[u8] =
        b"root:x:0:\nadm:x:4:ann,root\nsudo:x:27:ann\nusers:x:100:\nadm2:x:4:ann\nann:x:1000:\n";

    fn accounts() -> Accounts {
        Accounts::parse(PASSWD, SHADOW, GROUP)
    }

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn files_are_written_as_they_were_read() {
        let read = accounts();
        assert_eq!(text(read.passwd.to_text()), text(PASSWD.to_vec()));
        assert_eq!(text(read.group.to_text()), text(GROUP.to_vec()));
        // Only the line of two fields gets its missing ones.
        let shadow = text(SHADOW.to_vec()).replace("old:hash", "old:hash:::::::");
        assert_eq!(text(read.shadow.to_text()), shadow);
        assert_eq!(Passwd::parse(b"").to_text(), b"");
        assert_eq!(Passwd::parse(b"\n\nx").to_text(), b"\n\nx\n");
    }

    #[test]
    fn look_ups() {
        let read = accounts();
        let root = read.by_uid(0).unwrap();
        assert_eq!((root.name.as_slice(), root.password_hash.as_slice()), (&b"root"[..], &b""[..]));
        let ann = read.by_name(b"ann").unwrap();
        assert_eq!((ann.uid, ann.gid, ann.home.as_slice()), (1000, 1000, &b"/home/ann"[..]));
        assert_eq!(ann.password_hash, b"$6$s$h");
        assert_eq!(read.by_name(b"toor").unwrap().shell, b"/bin/sh");
        assert_eq!(read.by_name(b"free").unwrap().password_hash, b"");
        assert_eq!(read.by_name(b"lost").unwrap().password_hash, b"!");
        assert_eq!(read.by_name(b"lost").unwrap().home, b"/");
        for name in [&b"bad"[..], b"", b"#", b"broken line", b"old"] {
            assert_eq!(read.by_name(name), None, "{}", text(name.to_vec()));
        }
        assert_eq!(read.groups_of(b"ann", 1000), [1000, 4, 27]);
        assert_eq!(read.groups_of(b"nobody", 7), [7]);
        assert_eq!(read.group_name(4), Some(&b"adm"[..]));
        assert_eq!(read.user_name(1), Some(&b"daemon"[..]));
        assert_eq!((read.next_uid(), read.next_gid()), (Some(1003), Some(1001)));
    }

    #[test]
    fn the_highest_id_taken_leaves_the_gaps() {
        let full = Passwd::parse(b"a:x:1000:1:::\nb:x:60000:1:::\nnobody:x:65534:1:::\n");
        assert_eq!(Accounts { passwd: full, ..accounts() }.next_uid(), Some(1001));
    }

    #[test]
    fn users_come_and_go() {
        let mut users = accounts();
        let bob = NewUser {
            name: b"bob".to_vec(),
            gecos: b"Bob:0\nroot2::0:0:::".to_vec(),
            home: b"/home/bob".to_vec(),
            shell: b"/bin/bash".to_vec(),
            password_hash: b"!".to_vec(),
        };
        assert_eq!(users.add(&bob, 20_000).unwrap().uid, 1003);
        assert_eq!(users.add(&bob, 20_000), Err(AccountError::UserExists));
        let upper = NewUser { name: b"Bob".to_vec(), ..bob.clone() };
        assert_eq!(users.add(&upper, 20_000), Err(AccountError::InvalidName));
        let line = text(users.passwd.to_text()).lines().last().unwrap().to_owned();
        assert_eq!(line, "bob:x:1003:1003:Bob0root200:/home/bob:/bin/bash");
        assert!(text(users.shadow.to_text()).ends_with("\nbob:!:20000:0:99999:7:::\n"));
        assert!(text(users.group.to_text()).ends_with("\nbob:x:1003:\n"));

        users.set_password_hash(b"bob", b"$x", 20_001).unwrap();
        assert_eq!(users.by_name(b"bob").unwrap().password_hash, b"$x");
        users.set_password_hash(b"free", b"", 20_001).unwrap();
        assert_eq!(users.by_name(b"free").unwrap().password_hash, b"");

        assert_eq!(users.remove(b"root"), Err(AccountError::IsRoot));
        assert_eq!(users.remove(b"nobody"), Err(AccountError::NoSuchUser));
        users.remove(b"bob").unwrap();
        users.remove(b"ann").unwrap();
        assert_eq!(users.by_name(b"ann"), None);
        assert_eq!(
            text(users.group.to_text()),
            "root:x:0:\nadm:x:4:root\nsudo:x:27:\nusers:x:100:\nadm2:x:4:\n"
        );
    }

    #[test]
    fn names() {
        for good in ["a", "_apt", "systemd-network", "user1", "abcdefghijklmnopqrstuvwxyz012345"] {
            assert!(valid_name(good.as_bytes()), "{good}");
        }
        for bad in ["", "-a", "1a", "A", "a b", "a:b", "a\n", "ä", "a.b", "abcdefghijklmnopqrstuvwxyz0123456"]
        {
            assert!(!valid_name(bad.as_bytes()), "{bad}");
        }
    }
}
