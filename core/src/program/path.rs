//! Paths as text, and the real path of a file.

use crate::abi::{Errno, FileType, Result, limits::SYMLINKS_FOLLOWED_MAX};
use crate::kernel::Process;
use std::collections::VecDeque;

/// The path without the slashes at its end; `/` stays.
#[must_use]
pub fn without_trailing_slashes(path: &[u8]) -> &[u8] {
    match path.iter().rposition(|&byte| byte != b'/') {
        Some(last) => &path[..=last],
        None => &path[..path.len().min(1)],
    }
}

/// The last component, without slashes; `/` for the root (POSIX `basename`).
#[must_use]
pub fn base_name(path: &[u8]) -> &[u8] {
    let path = without_trailing_slashes(path);
    match path.iter().rposition(|&byte| byte == b'/') {
        Some(_) if path == b"/" => path,
        Some(slash) => &path[slash + 1..],
        None => path,
    }
}

/// All but the last component; `.` when there is no more than one (POSIX `dirname`).
#[must_use]
pub fn dir_name(path: &[u8]) -> &[u8] {
    let trimmed = without_trailing_slashes(path);
    match trimmed.iter().rposition(|&byte| byte == b'/') {
        Some(slash) => {
            let front = without_trailing_slashes(&trimmed[..=slash]);
            if front.is_empty() { b"/" } else { front }
        }
        None => b".",
    }
}

/// A name in a directory.
#[must_use]
pub fn join(dir: &[u8], name: &[u8]) -> Vec<u8> {
    let slash: &[u8] = if dir.ends_with(b"/") || dir.is_empty() { b"" } else { b"/" };
    [dir, slash, name].concat()
}

/// What of a path must exist for it to have a real path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MustExist {
    /// Every component (`realpath -e`).
    All,
    /// All but the last (`realpath`, `readlink -f`).
    AllButLast,
    /// Nothing (`realpath -m`).
    Nothing,
}

/// The absolute path without symbolic links, `.` and `..`.
pub async fn real_path(process: &Process, path: &[u8], must: MustExist) -> Result<Vec<u8>> {
    resolve(process, path, must, true).await
}

/// As [`real_path`], with symbolic links left as they are.
pub async fn absolute_path(process: &Process, path: &[u8], must: MustExist) -> Result<Vec<u8>> {
    resolve(process, path, must, false).await
}

async fn resolve(process: &Process, path: &[u8], must: MustExist, follow: bool) -> Result<Vec<u8>> {
    if path.is_empty() {
        return Err(Errno::ENOENT);
    }
    let mut real = if path.starts_with(b"/") { b"/".to_vec() } else { process.getcwd()? };
    let mut links_left = SYMLINKS_FOLLOWED_MAX;
    let mut is_missing = false;
    let ends_in_slash = path.ends_with(b"/");
    let mut rest: VecDeque<Vec<u8>> =
        path.split(|&byte| byte == b'/').filter(|part| !part.is_empty()).map(<[u8]>::to_vec).collect();
    while let Some(part) = rest.pop_front() {
        if part == b"." || part == b".." {
            if !is_missing && must != MustExist::Nothing {
                require_directory(process, &real).await?;
            }
            if part == b".." {
                let parent = dir_name(&real).to_vec();
                real = parent;
            }
            continue;
        }
        let next = join(&real, &part);
        match process.lstat(&next).await {
            Ok(stat) if stat.file_type == FileType::Symlink && follow => {
                if links_left == 0 {
                    if must == MustExist::Nothing {
                        real = next;
                        continue;
                    }
                    return Err(Errno::ELOOP);
                }
                links_left -= 1;
                let target = process.read_link(&next).await?;
                if target.starts_with(b"/") {
                    real = b"/".to_vec();
                }
                let parts = target.split(|&byte| byte == b'/').filter(|part| !part.is_empty());
                for part in parts.rev() {
                    rest.push_front(part.to_vec());
                }
                continue;
            }
            Ok(stat) => {
                let is_directory = stat.file_type == FileType::Directory
                    || (stat.file_type == FileType::Symlink && !rest.is_empty());
                if must != MustExist::Nothing && !is_directory && (!rest.is_empty() || ends_in_slash) {
                    return Err(Errno::ENOTDIR);
                }
            }
            Err(Errno::ENOENT) if must == MustExist::AllButLast && rest.is_empty() => is_missing = true,
            Err(_) if must == MustExist::Nothing => is_missing = true,
            Err(errno) => return Err(errno),
        }
        real = next;
    }
    Ok(real)
}

async fn require_directory(process: &Process, path: &[u8]) -> Result<()> {
    match process.stat(path).await?.file_type {
        FileType::Directory => Ok(()),
        _ => Err(Errno::ENOTDIR),
    }
}

/// The way from directory `base` to `path`, both real paths: `../x`.
#[must_use]
pub fn relative_to(path: &[u8], base: &[u8]) -> Vec<u8> {
    let split = |path: &[u8]| -> Vec<Vec<u8>> {
        path.split(|&byte| byte == b'/').filter(|part| !part.is_empty()).map(<[u8]>::to_vec).collect()
    };
    let (path, base) = (split(path), split(base));
    let common = path.iter().zip(&base).take_while(|(one, other)| one == other).count();
    let up = base.iter().skip(common).map(|_| b"..".to_vec());
    let parts: Vec<Vec<u8>> = up.chain(path.iter().skip(common).cloned()).collect();
    if parts.is_empty() { b".".to_vec() } else { parts.join(&b'/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_paths() {
        for (path, base, dir) in [
            ("a/b", "b", "a"),
            ("a/b/", "b", "a"),
            ("a//b//", "b", "a"),
            ("/", "/", "/"),
            ("//", "/", "/"),
            ("/a", "a", "/"),
            ("a", "a", "."),
            ("a/", "a", "."),
            ("", "", "."),
            (".", ".", "."),
            ("/a/..", "..", "/a"),
        ] {
            assert_eq!(base_name(path.as_bytes()), base.as_bytes(), "{path}");
            assert_eq!(dir_name(path.as_bytes()), dir.as_bytes(), "{path}");
        }
    }

    #[test]
    fn ways_between_paths() {
        for (path, base, way) in [
            ("/a/b", "/a", "b"),
            ("/a/b", "/a/c", "../b"),
            ("/a", "/a", "."),
            ("/", "/a/b", "../.."),
            ("/a/b", "/", "a/b"),
        ] {
            assert_eq!(relative_to(path.as_bytes(), base.as_bytes()), way.as_bytes(), "{path} {base}");
        }
    }
}
