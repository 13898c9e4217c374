//! `id`: prints who a process or a user is.

use crate::abi::{ExitStatus, Gid, Uid};
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, Names, Parsed, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "id",
    aliases: &[],
    summary: "print real and effective user and group IDs",
    usage: &["[OPTION]... [USER]..."],
    description: "Print user and group information for each specified USER, or (when USER omitted) for the\n\
                  current process.",
    options: &[
        option('a', "", Nothing, "ignore, for compatibility with other versions"),
        option('Z', "context", Nothing, "print only the security context of the process"),
        option('g', "group", Nothing, "print only the effective group ID"),
        option('G', "groups", Nothing, "print all group IDs"),
        option('n', "name", Nothing, "print a name instead of a number, for -ugG"),
        option('r', "real", Nothing, "print the real ID instead of the effective ID, with -ugG"),
        option('u', "user", Nothing, "print only the effective user ID"),
        option('z', "zero", Nothing, "delimit entries with NUL characters, not whitespace"),
    ],
    examples: &[Example { script: "id -un", output: "root\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/id.html",
    category: Category::Users,
    run: |cx| boxed(run(cx)),
};

/// Whose ids are printed.
struct Person {
    uid: Uid,
    gid: Gid,
    euid: Uid,
    egid: Gid,
    groups: Vec<Gid>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if let Err(message) = check(&parsed) {
        cx.error(message.as_bytes()).await;
        return cx.finish().await;
    }
    let names = Names::read(&cx.process).await;
    if parsed.operands.is_empty() {
        let own = cx.process.credentials();
        let mut groups = vec![own.egid];
        groups.extend(own.groups.iter().filter(|&&gid| gid != own.egid));
        let person = Person { uid: own.uid, gid: own.gid, euid: own.euid, egid: own.egid, groups };
        show(&mut cx, &parsed, &names, &person).await;
    }
    for operand in &parsed.operands {
        let accounts = names.accounts();
        let account = (!operand.is_empty())
            .then(|| names.find_user(operand))
            .flatten()
            .and_then(|uid| accounts.by_name(operand).or_else(|| accounts.by_uid(uid)));
        let Some(account) = account else {
            let reason: &[u8] =
                if operand.is_empty() { b": no such user: No such file or directory" } else { b": no such user" };
            cx.error(&[&quote_locale(operand)[..], reason].concat()).await;
            continue;
        };
        let groups = accounts.groups_of(&account.name, account.gid);
        let (uid, gid) = (account.uid, account.gid);
        show(&mut cx, &parsed, &names, &Person { uid, gid, euid: uid, egid: gid, groups }).await;
    }
    cx.finish().await
}

/// Refuses options that exclude each other.
fn check(parsed: &Parsed) -> Result<(), &'static str> {
    let only = ['u', 'g', 'G', 'Z'].into_iter().filter(|&id| parsed.has(id)).count();
    if parsed.has('Z') {
        return Err("--context (-Z) works only on an SELinux-enabled kernel");
    }
    if only > 1 {
        return Err("cannot print \"only\" of more than one choice");
    }
    if only == 0 && (parsed.has('n') || parsed.has('r')) {
        return Err("cannot print only names or real IDs in default format");
    }
    if only == 0 && parsed.has('z') {
        return Err("option --zero not permitted in default format");
    }
    Ok(())
}

async fn show(cx: &mut Context, parsed: &Parsed, names: &Names, person: &Person) {
    let end = if parsed.has('z') { b'\0' } else { b'\n' };
    let real = parsed.has('r');
    let mut unnamed = Vec::new();
    if parsed.has('u') {
        let uid = if real { person.uid } else { person.euid };
        let name = names.accounts().user_name(uid).filter(|_| parsed.has('n'));
        if parsed.has('n') && name.is_none() {
            unnamed.push(format!("cannot find name for user ID {uid}"));
        }
        cx.out.put(&name.map_or_else(|| uid.to_string().into_bytes(), <[u8]>::to_vec));
    } else if parsed.has('g') || parsed.has('G') {
        let first = if real { person.gid } else { person.egid };
        let mut groups = vec![first];
        if parsed.has('G') {
            groups.extend(person.groups.iter().filter(|&&gid| gid != first));
        }
        for (at, gid) in groups.iter().enumerate() {
            if at > 0 {
                cx.out.push(if parsed.has('z') { b'\0' } else { b' ' });
            }
            let name = names.accounts().group_name(*gid).filter(|_| parsed.has('n'));
            if parsed.has('n') && name.is_none() {
                unnamed.push(format!("cannot find name for group ID {gid}"));
            }
            cx.out.put(&name.map_or_else(|| gid.to_string().into_bytes(), <[u8]>::to_vec));
        }
        if parsed.has('G') && parsed.has('z') && parsed.operands.len() > 1 {
            cx.out.push(b'\0');
        }
    } else {
        let text = all(names, person);
        cx.out.put(&text);
    }
    cx.out.push(end);
    for message in unnamed {
        cx.error(message.as_bytes()).await;
    }
}

/// `uid=0(root) gid=0(root) groups=0(root)`, and the effective ids where they differ.
fn all(names: &Names, person: &Person) -> Vec<u8> {
    let with_name = |label: &str, id: u32, name: Option<&[u8]>| {
        let name = name.map(|name| [b"(", name, b")"].concat()).unwrap_or_default();
        [format!("{label}{id}").as_bytes(), &name].concat()
    };
    let accounts = names.accounts();
    let user = |label: &str, id| with_name(label, id, accounts.user_name(id));
    let group = |label: &str, id| with_name(label, id, accounts.group_name(id));
    let mut parts = vec![user("uid=", person.uid), group("gid=", person.gid)];
    if person.euid != person.uid {
        parts.push(user("euid=", person.euid));
    }
    if person.egid != person.gid {
        parts.push(group("egid=", person.egid));
    }
    let groups: Vec<Vec<u8>> = person.groups.iter().map(|&gid| group("", gid)).collect();
    parts.push([b"groups=", &groups.join(&b',')[..]].concat());
    parts.join(&b' ')
}
