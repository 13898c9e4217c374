//! Layer 3: users. The account files, `sudoers` and `authorized_keys` as values, and password hashing.
//! Pure: texts come in and go out; who may read or write them is decided by the files' permissions.

mod accounts;
mod authorized_keys;
mod group;
mod passwd;
mod password;
mod shadow;
mod sudoers;
mod table;

pub use accounts::{Account, AccountError, Accounts, ID_FIRST, ID_LAST, NewUser, valid_name};
pub use authorized_keys::{AuthorizedKey, KeyOptions, find_key};
pub use group::{Group, GroupEntry};
pub use passwd::{Passwd, PasswdEntry};
pub use password::{
    PasswordTooLong, ROUNDS_DEFAULT, SALT_BYTES, UnknownHash, constant_time_eq, hash, needs_rehash, verify,
};
pub use shadow::{Shadow, ShadowEntry};
pub use sudoers::{SudoGrant, SudoRequest, Sudoers};
pub use table::{Record, Table};
