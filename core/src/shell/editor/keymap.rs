//! Which key does what: tables, so that there can be others than Emacs's.

use super::keys::{Key, Named, Stroke};

/// What a key does; readline's names for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "readline's manual, `Bindable Readline Commands`, describes each")]
pub enum Action {
    // Moving
    BeginningOfLine,
    EndOfLine,
    ForwardChar,
    BackwardChar,
    ForwardWord,
    BackwardWord,
    CharacterSearch,
    CharacterSearchBackward,
    SetMark,
    ExchangePointAndMark,
    ClearScreen,
    // History
    AcceptLine,
    OperateAndGetNext,
    PreviousHistory,
    NextHistory,
    BeginningOfHistory,
    EndOfHistory,
    ReverseSearchHistory,
    ForwardSearchHistory,
    HistorySearchBackward,
    HistorySearchForward,
    YankNthArg,
    YankLastArg,
    RevertLine,
    InsertComment,
    // Changing text
    SelfInsert,
    QuotedInsert,
    DeleteChar,
    DeleteCharOrEof,
    BackwardDeleteChar,
    TransposeChars,
    TransposeWords,
    UpcaseWord,
    DowncaseWord,
    CapitalizeWord,
    DeleteHorizontalSpace,
    Undo,
    // Killing and yanking
    KillLine,
    BackwardKillLine,
    UnixLineDiscard,
    KillWord,
    BackwardKillWord,
    UnixWordRubout,
    Yank,
    YankPop,
    // Completion
    Complete,
    PossibleCompletions,
    InsertCompletions,
    // The rest
    DigitArgument,
    ControlXPrefix,
    Interrupt,
    Abort,
}

/// Readline's names of what keys do, in order.
pub const ACTION_NAMES: &[(&str, Action)] = &[
    ("abort", Action::Abort),
    ("accept-line", Action::AcceptLine),
    ("backward-char", Action::BackwardChar),
    ("backward-delete-char", Action::BackwardDeleteChar),
    ("backward-kill-line", Action::BackwardKillLine),
    ("backward-kill-word", Action::BackwardKillWord),
    ("backward-word", Action::BackwardWord),
    ("beginning-of-history", Action::BeginningOfHistory),
    ("beginning-of-line", Action::BeginningOfLine),
    ("capitalize-word", Action::CapitalizeWord),
    ("character-search", Action::CharacterSearch),
    ("character-search-backward", Action::CharacterSearchBackward),
    ("clear-screen", Action::ClearScreen),
    ("complete", Action::Complete),
    ("delete-char", Action::DeleteChar),
    ("delete-horizontal-space", Action::DeleteHorizontalSpace),
    ("digit-argument", Action::DigitArgument),
    ("downcase-word", Action::DowncaseWord),
    ("end-of-history", Action::EndOfHistory),
    ("end-of-line", Action::EndOfLine),
    ("exchange-point-and-mark", Action::ExchangePointAndMark),
    ("forward-char", Action::ForwardChar),
    ("forward-search-history", Action::ForwardSearchHistory),
    ("forward-word", Action::ForwardWord),
    ("history-search-backward", Action::HistorySearchBackward),
    ("history-search-forward", Action::HistorySearchForward),
    ("insert-comment", Action::InsertComment),
    ("insert-completions", Action::InsertCompletions),
    ("kill-line", Action::KillLine),
    ("kill-word", Action::KillWord),
    ("next-history", Action::NextHistory),
    ("operate-and-get-next", Action::OperateAndGetNext),
    ("possible-completions", Action::PossibleCompletions),
    ("previous-history", Action::PreviousHistory),
    ("quoted-insert", Action::QuotedInsert),
    ("reverse-search-history", Action::ReverseSearchHistory),
    ("revert-line", Action::RevertLine),
    ("self-insert", Action::SelfInsert),
    ("set-mark", Action::SetMark),
    ("transpose-chars", Action::TransposeChars),
    ("transpose-words", Action::TransposeWords),
    ("undo", Action::Undo),
    ("unix-line-discard", Action::UnixLineDiscard),
    ("unix-word-rubout", Action::UnixWordRubout),
    ("upcase-word", Action::UpcaseWord),
    ("yank", Action::Yank),
    ("yank-last-arg", Action::YankLastArg),
    ("yank-nth-arg", Action::YankNthArg),
    ("yank-pop", Action::YankPop),
];

/// Keys and what they do.
pub type Keymap = &'static [(Stroke, Action)];

/// What a key does in a map. Characters without Alt insert themselves.
#[must_use]
pub fn lookup(map: Keymap, stroke: Stroke) -> Option<Action> {
    let bound = map.iter().find(|(bound, _)| *bound == stroke).map(|&(_, action)| action);
    bound.or(match stroke {
        Stroke { key: Key::Char(_) | Key::Byte(_), meta: false, .. } => Some(Action::SelfInsert),
        _ => None,
    })
}

const fn ctrl(letter: u8) -> Stroke {
    Stroke { key: Key::Control(letter ^ 0x40), meta: false, ctrl: false }
}

const fn meta(char: char) -> Stroke {
    Stroke { key: Key::Char(char), meta: true, ctrl: false }
}

const fn meta_ctrl(letter: u8) -> Stroke {
    Stroke { key: Key::Control(letter ^ 0x40), meta: true, ctrl: false }
}

const fn plain(char: char) -> Stroke {
    Stroke { key: Key::Char(char), meta: false, ctrl: false }
}

const fn named(named: Named) -> Stroke {
    Stroke { key: Key::Named(named), meta: false, ctrl: false }
}

const fn ctrl_named(named: Named) -> Stroke {
    Stroke { key: Key::Named(named), meta: false, ctrl: true }
}

const fn meta_named(named: Named) -> Stroke {
    Stroke { key: Key::Named(named), meta: true, ctrl: false }
}

/// Readline's default keys.
pub const EMACS: Keymap = &[
    (ctrl(b'@'), Action::SetMark),
    (ctrl(b'A'), Action::BeginningOfLine),
    (ctrl(b'B'), Action::BackwardChar),
    (ctrl(b'C'), Action::Interrupt),
    (ctrl(b'D'), Action::DeleteCharOrEof),
    (ctrl(b'E'), Action::EndOfLine),
    (ctrl(b'F'), Action::ForwardChar),
    (ctrl(b'G'), Action::Abort),
    (ctrl(b'H'), Action::BackwardDeleteChar),
    (ctrl(b'I'), Action::Complete),
    (ctrl(b'J'), Action::AcceptLine),
    (ctrl(b'K'), Action::KillLine),
    (ctrl(b'L'), Action::ClearScreen),
    (ctrl(b'M'), Action::AcceptLine),
    (ctrl(b'N'), Action::NextHistory),
    (ctrl(b'O'), Action::OperateAndGetNext),
    (ctrl(b'P'), Action::PreviousHistory),
    (ctrl(b'Q'), Action::QuotedInsert),
    (ctrl(b'R'), Action::ReverseSearchHistory),
    (ctrl(b'S'), Action::ForwardSearchHistory),
    (ctrl(b'T'), Action::TransposeChars),
    (ctrl(b'U'), Action::UnixLineDiscard),
    (ctrl(b'V'), Action::QuotedInsert),
    (ctrl(b'W'), Action::UnixWordRubout),
    (ctrl(b'X'), Action::ControlXPrefix),
    (ctrl(b'Y'), Action::Yank),
    (ctrl(b']'), Action::CharacterSearch),
    (ctrl(b'_'), Action::Undo),
    (ctrl(b'?'), Action::BackwardDeleteChar),
    (meta('#'), Action::InsertComment),
    (meta(' '), Action::SetMark),
    (meta('*'), Action::InsertCompletions),
    (meta('-'), Action::DigitArgument),
    (meta('0'), Action::DigitArgument),
    (meta('1'), Action::DigitArgument),
    (meta('2'), Action::DigitArgument),
    (meta('3'), Action::DigitArgument),
    (meta('4'), Action::DigitArgument),
    (meta('5'), Action::DigitArgument),
    (meta('6'), Action::DigitArgument),
    (meta('7'), Action::DigitArgument),
    (meta('8'), Action::DigitArgument),
    (meta('9'), Action::DigitArgument),
    (meta('.'), Action::YankLastArg),
    (meta('_'), Action::YankLastArg),
    (meta('<'), Action::BeginningOfHistory),
    (meta('>'), Action::EndOfHistory),
    (meta('='), Action::PossibleCompletions),
    (meta('?'), Action::PossibleCompletions),
    (meta('\\'), Action::DeleteHorizontalSpace),
    (meta('b'), Action::BackwardWord),
    (meta('c'), Action::CapitalizeWord),
    (meta('d'), Action::KillWord),
    (meta('f'), Action::ForwardWord),
    (meta('l'), Action::DowncaseWord),
    (meta('r'), Action::RevertLine),
    (meta('t'), Action::TransposeWords),
    (meta('u'), Action::UpcaseWord),
    (meta('y'), Action::YankPop),
    (meta_ctrl(b'?'), Action::BackwardKillWord),
    (meta_ctrl(b'G'), Action::Abort),
    (meta_ctrl(b'H'), Action::BackwardKillWord),
    (meta_ctrl(b'J'), Action::AcceptLine),
    (meta_ctrl(b'M'), Action::AcceptLine),
    (meta_ctrl(b'Y'), Action::YankNthArg),
    (meta_ctrl(b']'), Action::CharacterSearchBackward),
    (named(Named::Up), Action::PreviousHistory),
    (named(Named::Down), Action::NextHistory),
    (named(Named::Right), Action::ForwardChar),
    (named(Named::Left), Action::BackwardChar),
    (named(Named::Home), Action::BeginningOfLine),
    (named(Named::End), Action::EndOfLine),
    (named(Named::Delete), Action::DeleteChar),
    (named(Named::PageUp), Action::HistorySearchBackward),
    (named(Named::PageDown), Action::HistorySearchForward),
    (ctrl_named(Named::Right), Action::ForwardWord),
    (ctrl_named(Named::Left), Action::BackwardWord),
    (ctrl_named(Named::Delete), Action::KillWord),
    (meta_named(Named::Right), Action::ForwardWord),
    (meta_named(Named::Left), Action::BackwardWord),
];

/// Readline's default keys after `^X`.
pub const EMACS_CONTROL_X: Keymap = &[
    (ctrl(b'G'), Action::Abort),
    (ctrl(b'U'), Action::Undo),
    (ctrl(b'X'), Action::ExchangePointAndMark),
    (ctrl(b'?'), Action::BackwardKillLine),
    (plain('*'), Action::InsertCompletions),
];
