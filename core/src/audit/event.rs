//! The closed list of what a machine records, by class, with the fields of each event.
//!
//! Names are those that typescript-virtual-container's listeners know, wherever it has the event. No
//! event has a field for a secret: passwords, their hashes and key material never reach this module.

use super::json::Object;
use crate::abi::limits::AUDIT_TEXT_BYTES_MAX;
use crate::abi::{Errno, ExitStatus, Gid, Mode, Pid, Signal, Time, Uid};

/// Text from inside the machine or from a client: any bytes, cut to `limits::AUDIT_TEXT_BYTES_MAX`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text(Box<[u8]>);

impl Text {
    /// Copies at most the first `limits::AUDIT_TEXT_BYTES_MAX` bytes.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Text {
        Text(bytes.get(..AUDIT_TEXT_BYTES_MAX).unwrap_or(bytes).into())
    }

    /// The words of a command line with blanks between them.
    #[must_use]
    pub fn joined<T: AsRef<[u8]>>(words: &[T]) -> Text {
        let mut bytes = Vec::new();
        for word in words {
            if bytes.len() >= AUDIT_TEXT_BYTES_MAX {
                break;
            }
            if !bytes.is_empty() {
                bytes.push(b' ');
            }
            let room = AUDIT_TEXT_BYTES_MAX.saturating_sub(bytes.len());
            bytes.extend(word.as_ref().iter().take(room));
        }
        Text(bytes.into())
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for Text {
    fn from(bytes: &[u8]) -> Text {
        Text::new(bytes)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::new(text.as_bytes())
    }
}

/// A set of kinds of events, which an embedder turns on and off. Combine with `|`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Classes(u16);

#[allow(missing_docs, reason = "the names say it")]
impl Classes {
    pub const NONE: Classes = Classes(0);
    pub const PROCESSES: Classes = Classes(1);
    pub const COMMANDS: Classes = Classes(2);
    pub const FILE_CHANGES: Classes = Classes(4);
    /// Off by default: there are more of them than of all the others together.
    pub const FILE_READS: Classes = Classes(8);
    pub const SESSIONS: Classes = Classes(16);
    pub const AUTH: Classes = Classes(32);
    pub const USERS: Classes = Classes(64);
    pub const LIMITS: Classes = Classes(128);
    pub const NET: Classes = Classes(256);
    pub const SERVER: Classes = Classes(512);
    pub const ALL: Classes = Classes(1023);

    /// Whether any of `other` is in it.
    #[must_use]
    pub const fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Without those of `other`.
    #[must_use]
    pub const fn without(self, other: Classes) -> Classes {
        Classes(self.0 & !other.0)
    }
}

impl core::ops::BitOr for Classes {
    type Output = Classes;
    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

impl Default for Classes {
    /// Everything but reads of files.
    fn default() -> Classes {
        Classes::ALL.without(Classes::FILE_READS)
    }
}

/// Through which door a client came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Face {
    Ssh,
    Sftp,
    WebSocket,
    Local,
}

impl Face {
    const fn source(self) -> &'static str {
        match self {
            Face::Ssh => "SshMimic",
            Face::Sftp => "SftpMimic",
            Face::WebSocket => "WebSocket",
            Face::Local => "Local",
        }
    }
}

/// How a client proved who it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names of RFC 4252")]
pub enum AuthMethod {
    None,
    Password,
    PublicKey,
    KeyboardInteractive,
}

impl AuthMethod {
    const fn name(self) -> &'static str {
        match self {
            AuthMethod::None => "none",
            AuthMethod::Password => "password",
            AuthMethod::PublicKey => "publickey",
            AuthMethod::KeyboardInteractive => "keyboard-interactive",
        }
    }
}

/// Why it failed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum AuthReason {
    WrongPassword,
    UnknownUser,
    UnknownKey,
    Lockout,
    NotAllowed,
}

impl AuthReason {
    const fn name(self) -> &'static str {
        match self {
            AuthReason::WrongPassword => "wrong password",
            AuthReason::UnknownUser => "unknown user",
            AuthReason::UnknownKey => "unknown key",
            AuthReason::Lockout => "lockout",
            AuthReason::NotAllowed => "not allowed",
        }
    }
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields' names say it; units are in them")]
pub enum Event {
    /// A process made another one.
    ProcessSpawn { child: Pid },
    /// A process became a program; `command` is its command line.
    ProcessExec { path: Text, command: Text },
    /// A process ended.
    ProcessExit { status: ExitStatus },
    /// A signal was sent by a process.
    ProcessSignal { target: Pid, signal: Signal },
    /// A line was given to a shell, by a person or by the outside.
    Command { user: Text, command: Text, cwd: Text },
    /// Such a line has ended.
    CommandEnd { command: Text, exit_code: u8, duration_ms: u64 },
    /// A file was made by an open.
    FileCreate { path: Text, mode: Mode },
    /// A file was written to for the first time since it was opened.
    FileWrite { path: Text, size_bytes: u64 },
    /// A file was opened for reading.
    FileRead { path: Text, size_bytes: u64 },
    /// A directory was made.
    DirCreate { path: Text, mode: Mode },
    /// A name was removed, of a file or a directory.
    NodeRemove { path: Text },
    /// A name was changed.
    NodeRename { from: Text, to: Text },
    /// A file got another name.
    NodeLink { target: Text, link: Text },
    /// A symbolic link was made.
    SymlinkCreate { link: Text, target: Text },
    /// Permission bits were changed.
    NodeChmod { path: Text, mode: Mode },
    /// The owner was changed.
    NodeChown { path: Text, uid: Uid, gid: Gid },
    /// The files were replaced by those of a snapshot.
    SnapshotImport,
    /// They were read back from where they are kept.
    SnapshotRestore { path: Text },
    /// They were written there.
    MirrorFlush { path: Text },
    /// The machine is ready.
    Initialized,
    /// A shell or an exec began for a user.
    SessionStart { user: Text, session: u64, remote: Text },
    /// It ended.
    SessionEnd { user: Text, session: u64, remote: Text },
    /// A client proved who it is.
    AuthSuccess { face: Face, user: Text, remote: Text, method: AuthMethod },
    /// It did not.
    AuthFailure { face: Face, user: Text, remote: Text, method: AuthMethod, reason: AuthReason },
    /// An address may not try again for a while.
    AuthLockout { face: Face, ip: Text, until: Time },
    /// A user asked for another user's rights.
    SudoChallenge { user: Text, target: Text, success: bool },
    /// A client connected.
    ClientConnect { face: Face, remote: Text },
    /// It went.
    ClientDisconnect { face: Face, user: Text, remote: Text },
    /// A listener is ready.
    ServerStart { face: Face, port: u16 },
    /// It stopped.
    ServerStop { face: Face },
    /// A user was added.
    UserAdd { user: Text },
    /// A user was deleted.
    UserDelete { user: Text },
    /// A user's password was set or taken away.
    UserPassword { user: Text },
    /// A public key was added.
    KeyAdd { user: Text, algo: Text },
    /// A user's public keys were removed.
    KeyRemove { user: Text },
    /// A limit was reached: its name in `abi::limits`, and what the process was told.
    LimitReached { limit: &'static str, errno: Errno },
    /// A connection to the outside was made.
    NetConnect { host: Text, port: u16 },
    /// A connection was refused by the policy.
    NetDenied { host: Text, port: u16 },
}

/// Who reports an event: the part of typescript-virtual-container that has it there.
const FILES: &str = "VirtualFileSystem";
const SHELL: &str = "VirtualShell";
const USERS: &str = "VirtualUserManager";

impl Event {
    /// Its class, name and source.
    const fn kind(&self) -> (Classes, &'static str, &'static str) {
        match self {
            Event::ProcessSpawn { .. } => (Classes::PROCESSES, "process:spawn", SHELL),
            Event::ProcessExec { .. } => (Classes::PROCESSES, "process:exec", SHELL),
            Event::ProcessExit { .. } => (Classes::PROCESSES, "process:exit", SHELL),
            Event::ProcessSignal { .. } => (Classes::PROCESSES, "process:signal", SHELL),
            Event::Command { .. } => (Classes::COMMANDS, "command", SHELL),
            Event::CommandEnd { .. } => (Classes::COMMANDS, "command:end", SHELL),
            Event::FileCreate { .. } => (Classes::FILE_CHANGES, "file:create", FILES),
            Event::FileWrite { .. } => (Classes::FILE_CHANGES, "file:write", FILES),
            Event::FileRead { .. } => (Classes::FILE_READS, "file:read", FILES),
            Event::DirCreate { .. } => (Classes::FILE_CHANGES, "dir:create", FILES),
            Event::NodeRemove { .. } => (Classes::FILE_CHANGES, "node:remove", FILES),
            Event::NodeRename { .. } => (Classes::FILE_CHANGES, "node:rename", FILES),
            Event::NodeLink { .. } => (Classes::FILE_CHANGES, "node:link", FILES),
            Event::SymlinkCreate { .. } => (Classes::FILE_CHANGES, "symlink:create", FILES),
            Event::NodeChmod { .. } => (Classes::FILE_CHANGES, "node:chmod", FILES),
            Event::NodeChown { .. } => (Classes::FILE_CHANGES, "node:chown", FILES),
            Event::SnapshotImport => (Classes::FILE_CHANGES, "snapshot:import", FILES),
            Event::SnapshotRestore { .. } => (Classes::FILE_CHANGES, "snapshot:restore", FILES),
            Event::MirrorFlush { .. } => (Classes::FILE_CHANGES, "mirror:flush", FILES),
            Event::Initialized => (Classes::SERVER, "initialized", SHELL),
            Event::SessionStart { .. } => (Classes::SESSIONS, "session:start", SHELL),
            Event::SessionEnd { .. } => (Classes::SESSIONS, "session:end", SHELL),
            Event::AuthSuccess { face, .. } => (Classes::AUTH, "auth:success", face.source()),
            Event::AuthFailure { face, .. } => (Classes::AUTH, "auth:failure", face.source()),
            Event::AuthLockout { face, .. } => (Classes::AUTH, "auth:lockout", face.source()),
            Event::SudoChallenge { .. } => (Classes::AUTH, "sudo:challenge", USERS),
            Event::ClientConnect { face, .. } => (Classes::SERVER, "client:connect", face.source()),
            Event::ClientDisconnect { face, .. } => (Classes::SERVER, "client:disconnect", face.source()),
            Event::ServerStart { face, .. } => (Classes::SERVER, "start", face.source()),
            Event::ServerStop { face } => (Classes::SERVER, "stop", face.source()),
            Event::UserAdd { .. } => (Classes::USERS, "user:add", USERS),
            Event::UserDelete { .. } => (Classes::USERS, "user:delete", USERS),
            Event::UserPassword { .. } => (Classes::USERS, "user:password", USERS),
            Event::KeyAdd { .. } => (Classes::USERS, "key:add", USERS),
            Event::KeyRemove { .. } => (Classes::USERS, "key:remove", USERS),
            Event::LimitReached { .. } => (Classes::LIMITS, "limit:reached", SHELL),
            Event::NetConnect { .. } => (Classes::NET, "net:connect", SHELL),
            Event::NetDenied { .. } => (Classes::NET, "net:denied", SHELL),
        }
    }

    /// The class that must be on for it to be recorded.
    #[must_use]
    pub const fn class(&self) -> Classes {
        self.kind().0
    }

    /// Its name, as `file:write`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.kind().1
    }

    /// Which part reports it, as `VirtualFileSystem`.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.kind().2
    }

    /// Its texts, to count the memory that it takes.
    pub(super) fn text_bytes(&self) -> usize {
        let mut length = 0;
        self.describe(&mut Object::measure(&mut length));
        length
    }

    /// Its fields under their names.
    pub(super) fn describe(&self, object: &mut Object<'_>) {
        match self {
            Event::ProcessSpawn { child } => object.number("child", u64::from(*child)),
            Event::ProcessExec { path, command } => {
                object.text("path", path.as_bytes());
                object.text("command", command.as_bytes());
            }
            Event::ProcessExit { status } => {
                object.number("exitCode", u64::from(status.code()));
                if let ExitStatus::Signaled(signal) = status {
                    object.text("signal", signal.name().as_bytes());
                }
            }
            Event::ProcessSignal { target, signal } => {
                object.number("target", u64::from(*target));
                object.text("signal", signal.name().as_bytes());
            }
            Event::Command { user, command, cwd } => {
                object.text("command", command.as_bytes());
                object.text("user", user.as_bytes());
                object.text("cwd", cwd.as_bytes());
            }
            Event::CommandEnd { command, exit_code, duration_ms } => {
                object.text("command", command.as_bytes());
                object.number("exitCode", u64::from(*exit_code));
                object.number("durationMs", *duration_ms);
            }
            Event::FileWrite { path, size_bytes } | Event::FileRead { path, size_bytes } => {
                object.text("path", path.as_bytes());
                object.number("size", *size_bytes);
            }
            Event::FileCreate { path, mode }
            | Event::DirCreate { path, mode }
            | Event::NodeChmod { path, mode } => {
                object.text("path", path.as_bytes());
                object.number("mode", u64::from(mode.bits()));
            }
            Event::NodeRemove { path } | Event::SnapshotRestore { path } | Event::MirrorFlush { path } => {
                object.text("path", path.as_bytes());
            }
            Event::NodeRename { from, to } => {
                object.text("from", from.as_bytes());
                object.text("to", to.as_bytes());
            }
            Event::NodeLink { link, target } | Event::SymlinkCreate { link, target } => {
                object.text("link", link.as_bytes());
                object.text("target", target.as_bytes());
            }
            Event::NodeChown { path, uid, gid } => {
                object.text("path", path.as_bytes());
                object.number("uid", u64::from(*uid));
                object.number("gid", u64::from(*gid));
            }
            Event::SnapshotImport | Event::Initialized | Event::ServerStop { .. } => {}
            Event::SessionStart { user, session, remote } | Event::SessionEnd { user, session, remote } => {
                object.text("user", user.as_bytes());
                object.number("sessionId", *session);
                object.text("remoteAddress", remote.as_bytes());
            }
            Event::AuthSuccess { face: _, user, remote, method } => {
                object.text("username", user.as_bytes());
                object.text("remoteAddress", remote.as_bytes());
                object.text("method", method.name().as_bytes());
            }
            Event::AuthFailure { face: _, user, remote, method, reason } => {
                object.text("username", user.as_bytes());
                object.text("remoteAddress", remote.as_bytes());
                object.text("method", method.name().as_bytes());
                object.text("reason", reason.name().as_bytes());
            }
            Event::AuthLockout { face: _, ip, until } => {
                object.text("ip", ip.as_bytes());
                object.time("until", *until);
            }
            Event::SudoChallenge { user, target, success } => {
                object.text("username", user.as_bytes());
                object.text("targetUser", target.as_bytes());
                object.boolean("success", *success);
            }
            Event::ClientConnect { face: _, remote } => object.text("remoteAddress", remote.as_bytes()),
            Event::ClientDisconnect { face: _, user, remote } => {
                object.text("user", user.as_bytes());
                object.text("remoteAddress", remote.as_bytes());
            }
            Event::ServerStart { face: _, port } => object.number("port", u64::from(*port)),
            Event::UserAdd { user }
            | Event::UserDelete { user }
            | Event::UserPassword { user }
            | Event::KeyRemove { user } => object.text("username", user.as_bytes()),
            Event::KeyAdd { user, algo } => {
                object.text("username", user.as_bytes());
                object.text("algo", algo.as_bytes());
            }
            Event::LimitReached { limit, errno } => {
                object.text("limit", limit.as_bytes());
                object.text("errno", errno.name().as_bytes());
            }
            Event::NetConnect { host, port } | Event::NetDenied { host, port } => {
                object.text("host", host.as_bytes());
                object.number("port", u64::from(*port));
            }
        }
    }
}
