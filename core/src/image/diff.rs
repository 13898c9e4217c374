//! What differs between two trees: names added, removed and changed.

use super::list::{escape_for_people, push_json};
use super::walk::{Found, Walk};
use crate::vfs::{Content, Inode, Node, Tree};
use std::cmp::Ordering;
use std::iter::Peekable;

/// How a name differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Only the second tree has it.
    Added,
    /// Only the first tree has it.
    Removed,
    /// Both have it, and these of its attributes differ: `type`, `mode`, `owner`, `group`, `links`, `mtime`,
    /// `content`, `target`, `device`.
    Changed(Vec<&'static str>),
}

/// A name that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// From the root.
    pub path: Vec<u8>,
    /// How.
    pub change: Change,
}

impl Change {
    /// The word for it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed(_) => "changed",
        }
    }

    fn attributes(&self) -> &[&'static str] {
        match self {
            Change::Changed(attributes) => attributes,
            _ => &[],
        }
    }
}

impl Difference {
    /// A line for people, with its line feed: `changed /path: mode, content`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut line = format!("{} ", self.change.name());
        escape_for_people(&self.path, &mut line);
        if let Change::Changed(attributes) = &self.change {
            line += ": ";
            line += &attributes.join(", ");
        }
        line.push('\n');
        line
    }

    /// A JSON object with its line feed: `change`, `path` as [`super::list::json`] writes it, and the list
    /// `what` of attributes that changed.
    #[must_use]
    pub fn json(&self) -> String {
        let mut line = format!("{{\"change\":\"{}\",\"path\":", self.change.name());
        push_json(&self.path, &mut line);
        line += ",\"what\":[";
        for (index, attribute) in self.change.attributes().iter().enumerate() {
            line += if index > 0 { ",\"" } else { "\"" };
            line += attribute;
            line.push('"');
        }
        line += "]}\n";
        line
    }
}

/// All differences, a directory's before those in it, entries in ascending order. Times of reading, of the last
/// change of an inode and of its birth are not compared, neither is the order in which entries were made.
pub fn diff<'a>(before: &'a Tree, after: &'a Tree) -> impl Iterator<Item = Difference> + 'a {
    Diff { before: Walk::new(before).peekable(), after: Walk::new(after).peekable() }
}

struct Diff<'a> {
    before: Peekable<Walk<'a>>,
    after: Peekable<Walk<'a>>,
}

impl Iterator for Diff<'_> {
    type Item = Difference;

    fn next(&mut self) -> Option<Difference> {
        loop {
            let order = match (self.before.peek(), self.after.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => components(&one.path).cmp(components(&other.path)),
            };
            let of = |found: Found<'_>, change| Some(Difference { path: found.path, change });
            match order {
                Ordering::Less => return of(self.before.next()?, Change::Removed),
                Ordering::Greater => return of(self.after.next()?, Change::Added),
                Ordering::Equal => {
                    let (one, other) = (self.before.next()?, self.after.next()?);
                    let attributes = changed_attributes(one.inode, other.inode);
                    if !attributes.is_empty() {
                        return of(other, Change::Changed(attributes));
                    }
                }
            }
        }
    }
}

fn components(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/').filter(|name| !name.is_empty())
}

fn changed_attributes(one: &Inode, other: &Inode) -> Vec<&'static str> {
    let is_directory = [one, other].iter().any(|inode| inode.directory().is_ok());
    let of_node = match (&one.node, &other.node) {
        (Node::File(one), Node::File(other)) => ("content", !is_same_content(one, other)),
        (Node::Symlink(one), Node::Symlink(other)) => ("target", one != other),
        (Node::CharDevice(one), Node::CharDevice(other))
        | (Node::BlockDevice(one), Node::BlockDevice(other)) => ("device", one != other),
        (one, other) => ("type", one.file_type() != other.file_type()),
    };
    let all = [
        of_node,
        ("mode", one.mode != other.mode),
        ("owner", one.uid != other.uid),
        ("group", one.gid != other.gid),
        // A directory's links are told by what is in it.
        ("links", !is_directory && one.nlink != other.nlink),
        ("mtime", one.mtime != other.mtime),
    ];
    all.into_iter().filter(|(_, is_changed)| *is_changed).map(|(name, _)| name).collect()
}

/// Whether readers see the same bytes. Shared pages cost nothing, holes neither.
fn is_same_content(one: &Content, other: &Content) -> bool {
    fn pages(content: &Content) -> impl Iterator<Item = (u64, &[u8])> {
        let trimmed = |bytes: &[u8]| bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        content
            .extents()
            .map(move |(offset, bytes)| (offset, bytes.get(..trimmed(bytes)).unwrap_or_default()))
            .filter(|(_, bytes)| !bytes.is_empty())
    }
    one.size_bytes() == other.size_bytes() && pages(one).eq(pages(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::{Mode, Time};
    use crate::vfs::{NewAttributes, NewNode, ROOT, SetAttributes};

    #[test]
    fn tells_what_differs() {
        let attributes = NewAttributes { mode: Mode::new(0o644), uid: 0, gid: 0 };
        let at = Time::EPOCH;
        let mut before = Tree::default();
        for name in ["a", "a b", "file", "hole", "link"] {
            let node = if name == "link" { NewNode::Symlink(b"x") } else { NewNode::File };
            before.create(ROOT, name.as_bytes(), node, attributes, at).unwrap();
        }
        let dir = before.create(ROOT, b"dir", NewNode::Directory, attributes, at).unwrap();
        before.create(dir, b"gone", NewNode::Fifo, attributes, at).unwrap();
        let hole = before.lookup(ROOT, b"hole").unwrap();
        before.set_content(hole, Content::new(&[0; 5000])).unwrap();
        assert_eq!(diff(&before, &before.clone()).next(), None);

        let mut after = before.clone();
        let mut content = Content::default();
        content.truncate(5000);
        after.set_content(hole, content).unwrap();
        let file = after.lookup(ROOT, b"file").unwrap();
        after.set_content(file, Content::new(b"x")).unwrap();
        let change = SetAttributes { mode: Some(Mode::new(0o600)), uid: Some(7), ..SetAttributes::default() };
        after.set_attributes(file, &change, at).unwrap();
        after.unlink(dir, b"gone", at).unwrap();
        after.unlink(ROOT, b"link", at).unwrap();
        after.create(ROOT, b"link", NewNode::Directory, attributes, at).unwrap();
        let a = after.lookup(ROOT, b"a").unwrap();
        after.unlink(ROOT, b"a", at).unwrap();
        after.forget(a);
        let a = after.create(ROOT, b"a", NewNode::Directory, attributes, at).unwrap();
        after.create(a, b"new\n", NewNode::File, attributes, Time::from_secs(1)).unwrap();
        let lines: Vec<String> = diff(&before, &after).map(|difference| difference.text()).collect();
        let expected = [
            "changed /a: type, mtime\n",
            "added /a/new\\n\n",
            "removed /dir/gone\n",
            "changed /file: content, mode, owner\n",
            "changed /link: type\n",
        ];
        assert_eq!(lines, expected);
        let lines: Vec<String> = diff(&before, &after).map(|difference| difference.json()).skip(1).collect();
        assert_eq!(lines[0], "{\"change\":\"added\",\"path\":\"/a/new\\n\",\"what\":[]}\n");
        assert_eq!(
            lines[2],
            "{\"change\":\"changed\",\"path\":\"/file\",\"what\":[\"content\",\"mode\",\"owner\"]}\n"
        );
    }
}
