//! Every limit of the machine, named, with its unit, on this one page.
//!
//! Reaching one gives the errno that Unix gives for it. Those that an embedder may set are the defaults
//! of `machine::Config`; the others hold for every machine.

/// Bytes of a file name (NAME_MAX); longer: ENAMETOOLONG.
pub const NAME_BYTES_MAX: usize = 255;
/// Bytes of a path with its final NUL (PATH_MAX); longer: ENAMETOOLONG.
pub const PATH_BYTES_MAX: usize = 4096;
/// Symbolic links followed in one path walk (as Linux); more: ELOOP.
pub const SYMLINKS_FOLLOWED_MAX: u32 = 40;
/// Hard links to one inode; more: EMLINK.
pub const LINKS_MAX: u32 = 65_000;
/// Bytes that a pipe or fifo holds; a writer sleeps when it is full.
pub const PIPE_BYTES_MAX: usize = 65_536;
/// Bytes of a write to a pipe that are never mixed with another writer's (PIPE_BUF).
pub const PIPE_BUF_BYTES: usize = 4096;
/// Processes of a machine, zombies included; more: EAGAIN.
pub const PROCESSES_MAX: usize = 1024;
/// Processes of one user (`ulimit -u`), root excepted; more: EAGAIN.
pub const USER_PROCESSES_MAX: usize = 512;
/// Open descriptors of a process (`ulimit -n`); more: EMFILE.
pub const FDS_MAX: u32 = 1024;
/// Highest process id before numbers are reused.
pub const PID_MAX: u32 = 4_194_304;
/// Bytes of arguments and environment together (ARG_MAX); more: E2BIG.
pub const ARGS_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Bytes of a file (`ulimit -f` lowers it); more: EFBIG.
pub const FILE_BYTES_MAX: u64 = 1 << 40;
/// Bytes that all files of a machine's memory file systems take; more: ENOSPC.
pub const MACHINE_FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Inodes of a memory file system; more: ENOSPC.
pub const INODES_MAX: u64 = 262_144;
/// Bytes that wait in a terminal for its reader in canonical mode (MAX_CANON).
pub const TTY_INPUT_BYTES_MAX: usize = 4096;
/// Bytes that wait in a terminal for its screen; a writer sleeps when it is full.
pub const TTY_OUTPUT_BYTES_MAX: usize = 16_384;
/// Pseudo-terminals of a machine; more: ENOSPC.
pub const PTYS_MAX: u32 = 256;
/// Steps that a process runs before others get a turn. A step is about one instruction of the shell, or
/// 64 bytes moved by a system call.
pub const SLICE_STEPS: u32 = 10_000;
/// `#!` lines that exec follows one after another; more: ELOOP.
pub const SCRIPT_NESTING_MAX: u32 = 4;
/// Bytes of a `#!` line.
pub const SCRIPT_LINE_BYTES_MAX: usize = 255;
/// Nesting of constructs in a shell program; deeper is a syntax error. A substitution of a command counts as two.
pub const SHELL_NESTING_MAX: usize = 200;
/// Nesting of parentheses, subscripts and operators in an arithmetic expression; deeper is an error.
pub const ARITH_NESTING_MAX: usize = 100;
/// Active function calls, sourced files and evals of a shell; more is an error that names it.
pub const SHELL_FRAMES_MAX: usize = 150_000;
/// Runs of the interpreter within each other (completion functions, `mapfile` callbacks): each takes native stack.
pub const SHELL_NESTED_RUNS_MAX: usize = 8;
/// Bytes of one shell word or variable value; more: the command fails with ENOMEM's words.
pub const SHELL_VALUE_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Bytes of a line that the line editor holds.
pub const EDITOR_LINE_BYTES_MAX: usize = 1024 * 1024;
/// Lines of history that a shell keeps by default (HISTSIZE).
pub const HISTORY_LINES_DEFAULT: usize = 1000;
/// Bytes of all lines of a shell's history; older ones make room.
pub const HISTORY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Entries that the audit log keeps; older ones make room.
pub const AUDIT_ENTRIES_MAX: usize = 10_000;
/// Bytes of one text in an audit entry; the rest is cut off. A path always fits.
pub const AUDIT_TEXT_BYTES_MAX: usize = 4096;
/// Bytes that the texts of all audit entries take together; older entries make room.
pub const AUDIT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes of a password; a longer one fits no hash.
pub const PASSWORD_BYTES_MAX: usize = 1024;
/// Rounds that a password hash may ask for; more makes it an unknown hash. About a second of work.
pub const PASSWORD_ROUNDS_MAX: u32 = 2_000_000;
/// Groups of a process (NGROUPS_MAX is 65,536 on Linux; a group file can name no more than this here).
pub const GROUPS_MAX: usize = 1024;
/// Width of one conversion of a time format; a larger one counts as this.
pub const TIME_FORMAT_WIDTH_MAX: usize = 4096;
/// Width or precision of one conversion of `printf`; a larger one counts as this.
pub const FORMAT_WIDTH_MAX: usize = 16 * 1024 * 1024;
/// Bytes of a date that `date -d` and `touch -d` read; a longer one is no date.
pub const DATE_TEXT_BYTES_MAX: usize = 4096;
/// Instructions of a compiled regular expression; more: "Regular expression too big".
pub const REGEX_PROGRAM_MAX: usize = 100_000;
/// Nesting of groups in a regular expression, and of extended patterns in a shell pattern.
pub const REGEX_NESTING_MAX: u32 = 200;
/// Steps (a thread over a character) of one search; more is an error of the search.
pub const REGEX_SEARCH_STEPS_MAX: u64 = 500_000_000;
/// Entries of a regular expression's transition table, and instructions in its states, before it is
/// thrown away and begun anew: 4 and 8 bytes each.
pub const REGEX_AUTOMATON_ENTRIES_MAX: usize = 262_144;
/// Bits that finding sub-matches may take: the program's length times the match's length.
pub const REGEX_CAPTURE_BITS_MAX: usize = 1 << 30;
/// Bytes of an image in a format that does not know holes; a tree that gives more is refused. So many may its
/// compressed contents give together, too.
pub const FLAT_IMAGE_BYTES_MAX: usize = 1 << 30;
/// Entries of an archive that is read, the directories counted that only stand in names.
pub const ARCHIVE_ENTRIES_MAX: usize = 262_144;
/// Names of a path in an archive.
pub const ARCHIVE_DEPTH_MAX: usize = 2048;
/// Bytes of one header of an archive that tells names and numbers of the next entry.
pub const ARCHIVE_HEADER_BYTES_MAX: u64 = 1024 * 1024;
/// Words that one brace expansion gives; the rest is not made.
pub const BRACE_WORDS_MAX: usize = 1_000_000;
/// Levels of variables that name expressions in arithmetic; more is bash's "expression recursion level exceeded".
pub const ARITHMETIC_NESTING_MAX: usize = 256;
/// Places that a shell pattern with `!(…)` remembers in one match; past that it computes them again.
pub const PATTERN_MEMO_MAX: usize = 1_000_000;
/// Bytes of its input that a program holds at once (a line; all that `sort` or `tac` reads); more: ENOMEM.
pub const INPUT_BYTES_HELD_MAX: usize = 512 * 1024 * 1024;
/// Nesting of parentheses in an expression of `find`; deeper is an error.
pub const FIND_NESTING_MAX: usize = 100;
/// Bytes of a command that `xargs` makes unless it is told otherwise (`-s`).
pub const XARGS_COMMAND_BYTES_DEFAULT: usize = 128 * 1024;
/// Nesting of blocks in a script of `sed`; deeper is an error.
pub const SED_BLOCKS_MAX: usize = 1000;
/// Nesting of statements and expressions in a program of `awk`; deeper is an error.
pub const AWK_NESTING_MAX: usize = 100;
/// Active calls of functions in `awk`; more is an error.
pub const AWK_FRAMES_MAX: usize = 100_000;
/// Fields of a record of `awk`; more is an error.
pub const AWK_FIELDS_MAX: usize = 1_000_000;
/// Expressions made from texts that `awk` keeps compiled; then it begins anew.
pub const AWK_REGEXES_MAX: usize = 500;
