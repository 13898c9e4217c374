//! Terminal settings and window size.

/// A terminal's size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WindowSize {
    /// Columns of characters.
    pub cols: u16,
    /// Rows of characters.
    pub rows: u16,
}

impl Default for WindowSize {
    fn default() -> WindowSize {
        WindowSize { cols: 80, rows: 24 }
    }
}

/// Input flags (`c_iflag`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "POSIX's names, in lower case")]
pub struct InputFlags {
    pub icrnl: bool,
    pub inlcr: bool,
    pub igncr: bool,
    pub istrip: bool,
    pub ixon: bool,
    pub ixany: bool,
    pub ixoff: bool,
    pub imaxbel: bool,
    pub iutf8: bool,
    pub brkint: bool,
    pub ignbrk: bool,
}

/// Output flags (`c_oflag`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "POSIX's names, in lower case")]
pub struct OutputFlags {
    pub opost: bool,
    pub onlcr: bool,
    pub ocrnl: bool,
    pub onocr: bool,
    pub onlret: bool,
}

/// Local flags (`c_lflag`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "POSIX's names, in lower case")]
pub struct LocalFlags {
    pub isig: bool,
    pub icanon: bool,
    pub echo: bool,
    pub echoe: bool,
    pub echok: bool,
    pub echonl: bool,
    pub echoctl: bool,
    pub echoke: bool,
    pub noflsh: bool,
    pub tostop: bool,
    pub iexten: bool,
}

/// Index into [`Termios::control_chars`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[allow(missing_docs, reason = "POSIX's names")]
pub enum ControlChar {
    Intr,
    Quit,
    Erase,
    Kill,
    Eof,
    Time,
    Min,
    Start,
    Stop,
    Susp,
    Eol,
    Reprint,
    WordErase,
    LiteralNext,
    Eol2,
}

/// A terminal's settings (POSIX.1-2024 XBD 11).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Termios {
    /// What is done to input.
    pub input: InputFlags,
    /// What is done to output.
    pub output: OutputFlags,
    /// Echo, signals, canonical mode.
    pub local: LocalFlags,
    /// The special characters by [`ControlChar`]; 0 is none.
    pub control_chars: [u8; 15],
    /// Line speed in bits a second, for `stty`; nothing depends on it.
    pub speed_baud: u32,
}

impl Default for Termios {
    /// As Linux sets up a new pseudo-terminal.
    fn default() -> Termios {
        Termios {
            input: InputFlags {
                icrnl: true,
                inlcr: false,
                igncr: false,
                istrip: false,
                ixon: true,
                ixany: false,
                ixoff: false,
                imaxbel: false,
                iutf8: true,
                brkint: false,
                ignbrk: false,
            },
            output: OutputFlags { opost: true, onlcr: true, ocrnl: false, onocr: false, onlret: false },
            local: LocalFlags {
                isig: true,
                icanon: true,
                echo: true,
                echoe: true,
                echok: true,
                echonl: false,
                echoctl: true,
                echoke: true,
                noflsh: false,
                tostop: false,
                iexten: true,
            },
            control_chars: [3, 28, 127, 21, 4, 0, 1, 17, 19, 26, 0, 18, 23, 22, 0],
            speed_baud: 38_400,
        }
    }
}

impl Termios {
    /// One special character; 0 is none.
    #[must_use]
    pub const fn char(&self, which: ControlChar) -> u8 {
        self.control_chars[which as usize]
    }

    /// As `cfmakeraw` leaves it: no editing, no echo, no signals, bytes as they come.
    #[must_use]
    pub fn raw(&self) -> Termios {
        let mut raw = self.clone();
        raw.input.icrnl = false;
        raw.input.inlcr = false;
        raw.input.igncr = false;
        raw.input.istrip = false;
        raw.input.ixon = false;
        raw.input.brkint = false;
        raw.input.ignbrk = false;
        raw.output.opost = false;
        raw.local.isig = false;
        raw.local.icanon = false;
        raw.local.echo = false;
        raw.local.echonl = false;
        raw.local.iexten = false;
        raw.control_chars[ControlChar::Min as usize] = 1;
        raw.control_chars[ControlChar::Time as usize] = 0;
        raw
    }
}
