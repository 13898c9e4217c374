//! Changing owners and groups: what `chown` and `chgrp` have in common.

use super::Takes::{Argument, Nothing};
use super::{Choice, Context, Follow, Names, Parsed, Visit, Visited, Walk, option, quote, quote_locale};
use crate::abi::{Errno, ExitStatus, Gid, Stat, Uid};

/// The options of `chown`.
pub const OWNER_OPTIONS: &[Choice] = &[
    option('c', "changes", Nothing, "like verbose but report only when a change is made"),
    option('f', "silent", Nothing, "suppress most error messages"),
    Choice::long('f', "quiet", Nothing, "the same as -f"),
    option('v', "verbose", Nothing, "output a diagnostic for every file processed"),
    Choice::long('D', "dereference", Nothing, "affect the referent of each symbolic link (the default)"),
    option('h', "no-dereference", Nothing, "affect symbolic links instead of any referenced file"),
    Choice::long('n', "no-preserve-root", Nothing, "do not treat '/' specially (the default)"),
    Choice::long('p', "preserve-root", Nothing, "fail to operate recursively on '/'"),
    Choice::long('r', "reference", Argument("RFILE"), "use RFILE's owner and group rather than naming them"),
    option('R', "recursive", Nothing, "operate on files and directories recursively"),
    option('H', "", Nothing, "with -R, traverse a symbolic link to a directory that is an argument"),
    option('L', "", Nothing, "with -R, traverse every symbolic link to a directory encountered"),
    option('P', "", Nothing, "with -R, do not traverse any symbolic links (default)"),
    Choice::long(
        'F',
        "from",
        Argument("CURRENT_OWNER:CURRENT_GROUP"),
        "change only files of this owner and group",
    ),
];

/// Those of `chgrp`: all but `--from`, the last.
pub const GROUP_OPTIONS: &[Choice] = OWNER_OPTIONS.split_at(OWNER_OPTIONS.len() - 1).0;

/// A change of owner and group.
struct OwnerChange {
    /// The new owner.
    uid: Option<Uid>,
    /// The new group.
    gid: Option<Gid>,
    /// Only files of this owner are changed.
    from_uid: Option<Uid>,
    /// Only files of this group are changed.
    from_gid: Option<Gid>,
    /// What messages call the new owner and group; empty for what does not change.
    texts: (Vec<u8>, Vec<u8>),
    /// For messages: the program is about groups only.
    group_only: bool,
}

/// Which files are told about on standard output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Report {
    None,
    Changes,
    All,
}

/// How the operands are walked and told about.
struct Manner {
    report: Report,
    silent: bool,
    /// Symbolic links themselves are changed.
    no_dereference: bool,
}

/// `chown` (`OWNER:GROUP FILE…`), or with `group_only` `chgrp` (`GROUP FILE…`).
pub async fn run_ownership(mut cx: Context, group_only: bool) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let names = Names::read(&cx.process).await;
    let (spec, operands) = match parsed.operands.as_slice() {
        operands if parsed.has('r') => (None, operands),
        [spec, operands @ ..] => (Some(spec), operands),
        [] => (None, &[][..]),
    };
    if operands.is_empty() {
        let message = match spec {
            Some(spec) => [b"missing operand after ", &quote_locale(spec)[..]].concat(),
            None => b"missing operand".to_vec(),
        };
        return cx.usage_error(1, &message).await;
    }
    let mut change = OwnerChange {
        uid: None,
        gid: None,
        from_uid: None,
        from_gid: None,
        texts: (Vec::new(), Vec::new()),
        group_only,
    };
    if let Some(file) = parsed.value('r') {
        match cx.process.stat(file).await {
            Ok(stat) => {
                change.gid = Some(stat.gid);
                change.texts.1 = names.group(stat.gid);
                if !group_only {
                    change.uid = Some(stat.uid);
                    change.texts.0 = names.user(stat.uid);
                }
            }
            Err(errno) => {
                cx.cannot("failed to get attributes of", file, errno).await;
                return cx.finish().await;
            }
        }
    }
    if let Some(from) = parsed.value('F') {
        match names.parse_owner(from) {
            Ok((uid, gid)) => (change.from_uid, change.from_gid) = (uid, gid),
            Err(message) => {
                cx.error(&message).await;
                return cx.finish().await;
            }
        }
    }
    if group_only {
        if let Some(spec) = spec.filter(|spec| !spec.is_empty()) {
            change.gid = names.find_group(spec);
            change.texts.1.clone_from(spec);
            if change.gid.is_none() {
                cx.error(&[b"invalid group: ", &quote_locale(spec)[..]].concat()).await;
                return cx.finish().await;
            }
        }
    } else if let Some(spec) = spec {
        match names.parse_owner(spec) {
            Ok((uid, gid)) => {
                (change.uid, change.gid) = (uid, gid);
                let mut parts = spec.splitn(2, |&byte| byte == b':').map(<[u8]>::to_vec);
                let (user, group) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                let login_group = gid.filter(|_| group.is_empty()).map(|gid| names.group(gid));
                change.texts = (user, login_group.unwrap_or(group));
            }
            Err(message) => {
                cx.error(&message).await;
                return cx.finish().await;
            }
        }
    }
    change_owners(&mut cx, &parsed, operands, &change, &names).await;
    cx.finish().await
}

/// Changes the operands. Reads the options `c`, `f`, `v` (what is told), `h`, `D` (`--dereference`), `R`, `H`,
/// `L`, `P` (which files) and `p` (`--preserve-root`), `n` (not so).
async fn change_owners(
    cx: &mut Context,
    parsed: &Parsed,
    operands: &[Vec<u8>],
    change: &OwnerChange,
    names: &Names,
) {
    let recursive = parsed.has('R');
    let follow = match parsed.last_of(&['H', 'L', 'P']) {
        Some('H') => Follow::Operands,
        Some('L') => Follow::Always,
        _ => Follow::Never,
    };
    let dereference = match parsed.last_of(&['h', 'D']) {
        Some('h') => false,
        Some(_) => true,
        None => !recursive || follow == Follow::Always,
    };
    let manner = Manner {
        report: match parsed.last_of(&['c', 'v']) {
            Some('c') => Report::Changes,
            Some(_) => Report::All,
            None => Report::None,
        },
        silent: parsed.has('f'),
        no_dereference: !dereference,
    };
    for operand in operands {
        if !recursive {
            let stat = cx.process.lstat(operand).await;
            let (visit, stat) = match stat {
                Ok(stat) => (Visit::File, Some(stat)),
                Err(errno) => (Visit::Missing(errno), None),
            };
            let file = Visited { path: operand.clone(), operand_len: operand.len(), depth: 0, visit, stat };
            change_file(cx, &file, change, &manner, names).await;
        } else if parsed.last_of(&['n', 'p']) == Some('p') && operand.iter().all(|&byte| byte == b'/') {
            cx.error(b"it is dangerous to operate recursively on '/'").await;
            cx.error(b"use --no-preserve-root to override this failsafe").await;
        } else {
            let mut walk = Walk::new(operand, follow);
            while let Some(file) = walk.next(&cx.process).await {
                change_file(cx, &file, change, &manner, names).await;
            }
        }
    }
}

async fn change_file(cx: &mut Context, file: &Visited, change: &OwnerChange, manner: &Manner, names: &Names) {
    let path = &file.path;
    let own = match (file.visit, &file.stat) {
        (Visit::File | Visit::After, Some(stat)) => stat,
        (Visit::Unreadable(errno), _) => {
            return complain(cx, manner, "cannot read directory", path, errno).await;
        }
        (Visit::Missing(errno), _) => {
            complain(cx, manner, "cannot access", path, errno).await;
            return report(cx, path, None, change, manner, names, false).await;
        }
        _ => return,
    };
    let target;
    let stat = if manner.no_dereference {
        own
    } else {
        match cx.process.stat(path).await {
            Ok(stat) => {
                target = stat;
                &target
            }
            Err(errno) => {
                complain(cx, manner, "cannot dereference", path, errno).await;
                return report(cx, path, Some(own), change, manner, names, false).await;
            }
        }
    };
    let is_meant = change.from_uid.is_none_or(|uid| uid == stat.uid)
        && change.from_gid.is_none_or(|gid| gid == stat.gid);
    if is_meant {
        let changed = cx.process.chown(path, change.uid, change.gid, !manner.no_dereference).await;
        if let Err(errno) = changed {
            let deed = if change.uid.is_some() { "changing ownership of" } else { "changing group of" };
            complain(cx, manner, deed, path, errno).await;
            return report(cx, path, Some(stat), change, manner, names, false).await;
        }
        return report(cx, path, Some(stat), change, manner, names, true).await;
    }
    let nothing = OwnerChange {
        uid: change.uid.map(|_| stat.uid),
        gid: change.gid.map(|_| stat.gid),
        from_uid: None,
        from_gid: None,
        texts: (names.user(stat.uid), names.group(stat.gid)),
        group_only: change.group_only,
    };
    report(cx, path, Some(stat), &nothing, manner, names, true).await;
}

async fn complain(cx: &mut Context, manner: &Manner, deed: &str, path: &[u8], errno: Errno) {
    cx.status = 1;
    if !manner.silent {
        cx.cannot(deed, path, errno).await;
    }
}

/// `USER`, `USER:GROUP` or `:GROUP`, of what the change is about.
fn show(user: Option<Vec<u8>>, group: Option<Vec<u8>>, change: &OwnerChange) -> Vec<u8> {
    let mut text = user.unwrap_or_default();
    if let Some(group) = group {
        if !change.group_only {
            text.push(b':');
        }
        text.extend(group);
    }
    text
}

async fn report(
    cx: &mut Context,
    path: &[u8],
    before: Option<&Stat>,
    change: &OwnerChange,
    manner: &Manner,
    names: &Names,
    done: bool,
) {
    let changes = before.is_some_and(|stat| {
        change.uid.is_some_and(|uid| uid != stat.uid) || change.gid.is_some_and(|gid| gid != stat.gid)
    });
    if manner.report == Report::None || (manner.report == Report::Changes && !(changes && done)) {
        return;
    }
    let what: &[u8] =
        if change.uid.is_none() && change.gid.is_some() { b"group of " } else { b"ownership of " };
    let (user, group) = change.texts.clone();
    let after = show(change.uid.map(|_| user), change.gid.map(|_| group), change);
    let current = |stat: &Stat, tells_user: bool| {
        let user = tells_user.then(|| names.user(stat.uid));
        show(user, change.gid.map(|_| names.group(stat.gid)), change)
    };
    let old = before.map(|stat| {
        // Of a change of the group alone, chown tells the owner too.
        current(stat, !change.group_only && (change.uid.is_some() || change.gid.is_some()))
    });
    let kept = before.map(|stat| current(stat, change.uid.is_some())).unwrap_or_default();
    let mut text = Vec::new();
    match (done, changes) {
        (false, _) => {
            text.extend_from_slice(b"failed to change ");
            text.extend_from_slice(what);
            text.extend(quote(path));
            if let Some(old) = &old {
                text.extend_from_slice(b" from ");
                text.extend_from_slice(old);
            }
            text.extend_from_slice(b" to ");
            text.extend(after);
        }
        (true, true) => {
            text.extend_from_slice(b"changed ");
            text.extend_from_slice(what);
            text.extend(quote(path));
            text.extend_from_slice(b" from ");
            text.extend(old.unwrap_or_default());
            text.extend_from_slice(b" to ");
            text.extend(after);
        }
        (true, false) => {
            text.extend_from_slice(what);
            text.extend(quote(path));
            text.extend_from_slice(b" retained");
            if !kept.is_empty() {
                text.extend_from_slice(b" as ");
                text.extend(kept);
            }
        }
    }
    text.push(b'\n');
    cx.out.put(&text);
    // A failing write is told at the end.
    let _ = cx.out.ready().await;
}
