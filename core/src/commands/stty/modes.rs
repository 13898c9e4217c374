//! The settings that `stty` names: switches by group, special characters, line speeds, and their bits on Linux.

use crate::abi::{ControlChar, Termios};

/// Where a switch lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    Control,
    Input,
    Output,
    Local,
}

/// All groups, in the order in which they are printed.
pub const GROUPS: [Group; 4] = [Group::Control, Group::Input, Group::Output, Group::Local];

/// What `sane` makes of a switch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sane {
    On,
    Off,
    Either,
}

/// How a switch is kept.
#[derive(Clone, Copy)]
pub enum Kept {
    /// In the terminal's settings.
    In(fn(&mut Termios) -> &mut bool),
    /// Nowhere: a pseudo-terminal has it always so.
    Always(bool),
}

/// A switch.
pub struct Mode {
    pub group: Group,
    pub name: &'static str,
    /// Its bit in Linux's `termios`.
    pub bit: u32,
    pub kept: Kept,
    pub sane: Sane,
}

impl Mode {
    /// Whether it is on.
    pub fn is_on(&self, termios: &Termios) -> bool {
        match self.kept {
            Kept::In(field) => *field(&mut termios.clone()),
            Kept::Always(on) => on,
        }
    }

    /// Whether it is one of several values, so that it has no `-` form.
    pub fn is_value(&self) -> bool {
        self.name.ends_with(|last: char| last.is_ascii_digit())
    }
}

macro_rules! modes {
    ($($group:ident { $($name:ident $bit:literal $sane:ident $kept:tt,)* })*) => {
        /// All switches, in the order in which they are printed.
        pub static MODES: &[Mode] = &[$($(Mode {
            group: Group::$group,
            name: stringify!($name),
            bit: $bit,
            kept: modes!(@kept $group $name $kept),
            sane: Sane::$sane,
        },)*)*];
    };
    (@kept Input $name:ident kept) => { Kept::In(|termios| &mut termios.input.$name) };
    (@kept Output $name:ident kept) => { Kept::In(|termios| &mut termios.output.$name) };
    (@kept Local $name:ident kept) => { Kept::In(|termios| &mut termios.local.$name) };
    (@kept $group:ident $name:ident on) => { Kept::Always(true) };
    (@kept $group:ident $name:ident off) => { Kept::Always(false) };
}

modes! {
    Control {
        parenb 0o400 Either off,
        parodd 0o1000 Either off,
        cmspar 0o10_000_000_000 Either off,
        cs8 0o60 Either on,
        hupcl 0o2000 Either off,
        cstopb 0o100 Either off,
        cread 0o200 On on,
        clocal 0o4000 Either off,
        crtscts 0o20_000_000_000 Either off,
    }
    Input {
        ignbrk 0x1 Off kept,
        brkint 0x2 On kept,
        ignpar 0x4 Either off,
        parmrk 0x8 Either off,
        inpck 0x10 Either off,
        istrip 0x20 Either kept,
        inlcr 0x40 Off kept,
        igncr 0x80 Off kept,
        icrnl 0x100 On kept,
        ixon 0x400 Either kept,
        ixoff 0x1000 Off kept,
        iuclc 0x200 Off off,
        ixany 0x800 Off kept,
        imaxbel 0x2000 On kept,
        iutf8 0x4000 Off kept,
    }
    Output {
        opost 0x1 On kept,
        olcuc 0x2 Off off,
        ocrnl 0x8 Off kept,
        onlcr 0x4 On kept,
        onocr 0x10 Off kept,
        onlret 0x20 Off kept,
        ofill 0x40 Off off,
        ofdel 0x80 Off off,
        nl0 0 On on,
        cr0 0 On on,
        tab0 0 On on,
        bs0 0 On on,
        vt0 0 On on,
        ff0 0 On on,
    }
    Local {
        isig 0x1 On kept,
        icanon 0x2 On kept,
        iexten 0x8000 On kept,
        echo 0x8 On kept,
        echoe 0x10 On kept,
        echok 0x20 On kept,
        echonl 0x40 Off kept,
        noflsh 0x80 Off kept,
        xcase 0x4 Off off,
        tostop 0x100 Off kept,
        echoprt 0x400 Off off,
        echoctl 0x200 On kept,
        echoke 0x800 On kept,
        flusho 0x1000 Off off,
        extproc 0x10000 Off off,
    }
}

/// Other names of switches.
const ALIASES: &[(&str, &str)] = &[
    ("hup", "hupcl"),
    ("tandem", "ixoff"),
    ("crterase", "echoe"),
    ("crtkill", "echoke"),
    ("ctlecho", "echoctl"),
    ("prterase", "echoprt"),
    ("decctlq", "-ixany"),
];

/// The switch of a name without its `-`, and whether the name means it turned around.
pub fn mode(name: &str) -> Option<(&'static Mode, bool)> {
    let plain = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, plain)| plain);
    let (plain, turned) = plain.strip_prefix('-').map_or((plain, false), |plain| (plain, true));
    MODES.iter().find(|mode| mode.name == plain).map(|mode| (mode, turned))
}

/// A special character: name, value after `sane`, where it is kept. `swtch` and `discard` are not kept.
pub struct Special {
    pub name: &'static str,
    pub sane: u8,
    pub kept: Option<ControlChar>,
}

const fn special(name: &'static str, sane: u8, kept: ControlChar) -> Special {
    Special { name, sane, kept: Some(kept) }
}

/// All special characters, in the order in which they are printed.
pub static SPECIALS: [Special; 15] = [
    special("intr", 3, ControlChar::Intr),
    special("quit", 28, ControlChar::Quit),
    special("erase", 127, ControlChar::Erase),
    special("kill", 21, ControlChar::Kill),
    special("eof", 4, ControlChar::Eof),
    special("eol", 0, ControlChar::Eol),
    special("eol2", 0, ControlChar::Eol2),
    Special { name: "swtch", sane: 0, kept: None },
    special("start", 17, ControlChar::Start),
    special("stop", 19, ControlChar::Stop),
    special("susp", 26, ControlChar::Susp),
    special("rprnt", 18, ControlChar::Reprint),
    special("werase", 23, ControlChar::WordErase),
    special("lnext", 22, ControlChar::LiteralNext),
    Special { name: "discard", sane: 15, kept: None },
];

/// The special characters as Linux numbers them, for `-g`: `None` is `swtch`, then `discard`.
pub const NUMBERED: [Option<ControlChar>; 17] = [
    Some(ControlChar::Intr),
    Some(ControlChar::Quit),
    Some(ControlChar::Erase),
    Some(ControlChar::Kill),
    Some(ControlChar::Eof),
    Some(ControlChar::Time),
    Some(ControlChar::Min),
    None,
    Some(ControlChar::Start),
    Some(ControlChar::Stop),
    Some(ControlChar::Susp),
    Some(ControlChar::Eol),
    Some(ControlChar::Reprint),
    None,
    Some(ControlChar::WordErase),
    Some(ControlChar::LiteralNext),
    Some(ControlChar::Eol2),
];

/// Line speeds in bits a second with Linux's codes.
pub const SPEEDS: &[(u32, u32)] = &[
    (0, 0),
    (50, 1),
    (75, 2),
    (110, 3),
    (134, 4),
    (150, 5),
    (200, 6),
    (300, 7),
    (600, 8),
    (1200, 9),
    (1800, 10),
    (2400, 11),
    (4800, 12),
    (9600, 13),
    (19_200, 14),
    (38_400, 15),
    (57_600, 0x1001),
    (115_200, 0x1002),
    (230_400, 0x1003),
    (460_800, 0x1004),
    (500_000, 0x1005),
    (576_000, 0x1006),
    (921_600, 0x1007),
    (1_000_000, 0x1008),
    (1_152_000, 0x1009),
    (1_500_000, 0x100a),
    (2_000_000, 0x100b),
    (2_500_000, 0x100c),
    (3_000_000, 0x100d),
    (3_500_000, 0x100e),
    (4_000_000, 0x100f),
];

/// `CS8`, `CREAD`: what a pseudo-terminal's control flags are besides the speed.
const CONTROL_BITS: u32 = 0o60 | 0o200;

/// The settings as `-g` prints them.
pub fn save(termios: &Termios) -> String {
    let bits = |group| {
        MODES.iter().filter(|mode| mode.group == group && mode.is_on(termios)).fold(0, |bits, mode| bits | mode.bit)
    };
    let code = SPEEDS.iter().find(|(speed, _)| *speed == termios.speed_baud).map_or(15, |(_, code)| *code);
    let mut text =
        format!("{:x}:{:x}:{:x}:{:x}", bits(Group::Input), bits(Group::Output), CONTROL_BITS | code, bits(Group::Local));
    for (at, kept) in NUMBERED.iter().enumerate() {
        let value = kept.map_or(if at == 13 { 15 } else { 0 }, |kept| termios.char(kept));
        text += &format!(":{value:x}");
    }
    text + &":0".repeat(32 - NUMBERED.len())
}

/// Reads what `-g` printed.
pub fn restore(text: &str, termios: &Termios) -> Option<Termios> {
    let numbers: Option<Vec<u32>> = text.split(':').map(|part| u32::from_str_radix(part, 16).ok()).collect();
    let numbers = numbers?;
    let (&[input, output, control, local], specials) = numbers.split_first_chunk::<4>()? ;
    if specials.len() != 32 {
        return None;
    }
    let mut termios = termios.clone();
    for mode in MODES {
        let bits = match mode.group {
            Group::Control => continue,
            Group::Input => input,
            Group::Output => output,
            Group::Local => local,
        };
        if let Kept::In(field) = mode.kept {
            *field(&mut termios) = bits & mode.bit != 0;
        }
    }
    let code = control & 0o10_017;
    termios.speed_baud = SPEEDS.iter().find(|(_, known)| *known == code)?.0;
    for (kept, &value) in NUMBERED.iter().zip(specials) {
        if let Some(kept) = kept {
            set_char(&mut termios, *kept, u8::try_from(value).ok()?);
        }
    }
    Some(termios)
}

/// Sets a special character.
pub fn set_char(termios: &mut Termios, which: ControlChar, value: u8) {
    if let Some(place) = termios.control_chars.get_mut(which as usize) {
        *place = value;
    }
}
