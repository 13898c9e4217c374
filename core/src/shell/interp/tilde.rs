//! Tilde expansion: the home directories of users.

use super::Interp;
use super::variables::known;

impl Interp {
    /// The home directory of a user; of the empty name, the own one.
    pub(super) fn tilde(&mut self, user: u32, argument: bool) {
        let user = self.text(user);
        let home = match &user[..] {
            _ if argument && self.shell.options.posix => None,
            b"" => self.scalar(known::HOME).or_else(|| self.home_of(None)),
            b"+" => self.scalar(known::PWD),
            b"-" => self.scalar(known::OLDPWD),
            name => self.home_of(Some(name)),
        };
        match home {
            Some(home) => self.word().quoted(&home),
            None => {
                let text = [b"~", &user[..]].concat();
                self.word().literal(&text);
            }
        }
    }

    /// A user's home directory by `/etc/passwd`.
    pub(crate) fn home_of(&mut self, user: Option<&[u8]>) -> Option<Vec<u8>> {
        let accounts = self.accounts();
        let account = match user {
            Some(name) => accounts.by_name(name),
            None => accounts.by_uid(self.process.credentials().uid),
        };
        account.map(|account| account.home)
    }
}
