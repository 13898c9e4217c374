//! Backups of files that are about to be replaced: `-b`, `--backup`, `--suffix`.

use super::path::{base_name, dir_name, join};
use super::{Context, Parsed, match_word};

/// How backups are named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BackupKind {
    /// There are none.
    None,
    /// The suffix behind the name.
    Simple,
    /// Numbered ones where there are some already, else simple ones.
    Existing,
    /// `.~1~` and so on.
    Numbered,
}

/// Whether and how backups are made.
#[derive(Clone, Debug)]
pub struct Backup {
    /// How they are named.
    pub kind: BackupKind,
    suffix: Vec<u8>,
}

const WORDS: [(&str, BackupKind); 8] = [
    ("none", BackupKind::None),
    ("off", BackupKind::None),
    ("simple", BackupKind::Simple),
    ("never", BackupKind::Simple),
    ("existing", BackupKind::Existing),
    ("nil", BackupKind::Existing),
    ("numbered", BackupKind::Numbered),
    ("t", BackupKind::Numbered),
];

impl Backup {
    /// None are made.
    #[must_use]
    pub fn none() -> Backup {
        Backup { kind: BackupKind::None, suffix: Vec::new() }
    }

    /// From the options `b` (`-b`, `--backup[=CONTROL]`) and `S` (`--suffix`) and the environment. The error
    /// is the message about a wrong word.
    pub fn of(cx: &Context, parsed: &Parsed) -> Result<Backup, Vec<u8>> {
        let suffix = parsed
            .value('S')
            .map(<[u8]>::to_vec)
            .or_else(|| cx.process.env(b"SIMPLE_BACKUP_SUFFIX"))
            .filter(|suffix| !suffix.is_empty() && !suffix.contains(&b'/'))
            .unwrap_or_else(|| b"~".to_vec());
        let (word, context) = match (parsed.has('b') || parsed.has('S'), parsed.value('b')) {
            (false, _) => return Ok(Backup { kind: BackupKind::None, suffix }),
            (true, Some(word)) => (word.to_vec(), "backup type"),
            (true, None) => (cx.process.env(b"VERSION_CONTROL").unwrap_or_default(), "$VERSION_CONTROL"),
        };
        if word.is_empty() {
            return Ok(Backup { kind: BackupKind::Existing, suffix });
        }
        Ok(Backup { kind: match_word(&word, context, &WORDS)?, suffix })
    }

    /// Where the backup of a file goes; `None` when there is to be none.
    pub async fn path_for(&self, cx: &Context, path: &[u8]) -> Option<Vec<u8>> {
        let simple = || [path, &self.suffix[..]].concat();
        let numbered = |number: u64| [path, format!(".~{number}~").as_bytes()].concat();
        match self.kind {
            BackupKind::None => None,
            BackupKind::Simple => Some(simple()),
            BackupKind::Numbered => Some(numbered(highest(cx, path).await + 1)),
            BackupKind::Existing => Some(match highest(cx, path).await {
                0 => simple(),
                number => numbered(number + 1),
            }),
        }
    }
}

/// The highest number of a file's numbered backups; 0 when there are none.
async fn highest(cx: &Context, path: &[u8]) -> u64 {
    let prefix = join(b"", &[base_name(path), b".~"].concat());
    let entries = cx.process.list_dir(dir_name(path)).await.unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| {
            let digits = entry.name.strip_prefix(&prefix[..])?.strip_suffix(b"~")?;
            std::str::from_utf8(digits).ok()?.parse::<u64>().ok()
        })
        .max()
        .unwrap_or(0)
}
