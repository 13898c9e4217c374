//! Questions that a program asks before it does something: `rm: remove regular file 'x'? `.

use super::{Context, Input};
use crate::abi::{FileType, STDIN, Stat};

/// The answers come from standard input, one line each.
#[derive(Default)]
pub struct Questions {
    input: Option<Input>,
}

impl Questions {
    /// Asks `NAME: text `; true when the answer begins with y.
    pub async fn ask(&mut self, cx: &mut Context, text: &[u8]) -> bool {
        let line = [&cx.name[..], b": ", text, b" "].concat();
        self.ask_as_is(cx, &line).await
    }

    /// Asks with just these words.
    pub async fn ask_as_is(&mut self, cx: &mut Context, text: &[u8]) -> bool {
        cx.write_error(text).await;
        let input = self.input.get_or_insert_with(|| Input::new(&cx.process, STDIN));
        let mut answer = Vec::new();
        let answered = input.read_line(&mut answer).await;
        matches!(answered, Ok(Some(_))) && matches!(answer.first(), Some(b'y' | b'Y'))
    }
}

/// What messages call a file: `regular empty file`, `directory` and so on.
#[must_use]
pub fn kind_name(stat: &Stat) -> &'static str {
    match stat.file_type {
        FileType::Regular if stat.size_bytes == 0 => "regular empty file",
        FileType::Regular => "regular file",
        FileType::Directory => "directory",
        FileType::Symlink => "symbolic link",
        FileType::Fifo => "fifo",
        FileType::CharDevice => "character special file",
        FileType::BlockDevice => "block special file",
        FileType::Socket => "socket",
    }
}
