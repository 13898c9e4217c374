#!/usr/bin/env python3
"""Runs the path operations of a table on this machine's Linux and writes its results into the table.

    paths.py core/src/vfs/linux.table           fill in the results
    paths.py --check core/src/vfs/linux.table   fail when a recorded result differs

Needs root: every group of lines runs in a chroot with a fresh fixture, and some as other users.
The table's own first lines describe its language.
"""
import ctypes, difflib, errno, itertools, os, shutil, stat, sys, tempfile

libc = ctypes.CDLL(None, use_errno=True)
TYPES = {stat.S_IFREG: "file", stat.S_IFDIR: "dir", stat.S_IFLNK: "link", stat.S_IFIFO: "fifo",
         stat.S_IFCHR: "char", stat.S_IFBLK: "block", stat.S_IFSOCK: "socket"}
FLAGS = {"r": os.O_RDONLY, "w": os.O_WRONLY, "rw": os.O_RDWR, "creat": os.O_CREAT, "excl": os.O_EXCL,
         "trunc": os.O_TRUNC, "append": os.O_APPEND, "dir": os.O_DIRECTORY, "nofollow": os.O_NOFOLLOW}


def word(text):
    """`''` is the empty word, `@n` a run of n letters `n`."""
    if text == "''":
        return b""
    out = text
    while "@" in out:
        before, _, after = out.partition("@")
        digits = "".join(itertools.takewhile(str.isdigit, after))
        out = before + "n" * int(digits) + after[len(digits):]
    return out.encode()


def show(s):
    return "%s %04o %d %d:%d %d" % (TYPES[stat.S_IFMT(s.st_mode)], stat.S_IMODE(s.st_mode), s.st_nlink,
                                    s.st_uid, s.st_gid, 0 if stat.S_ISDIR(s.st_mode) else s.st_size)


def mount(args):
    source, flags = b"tmpfs", 0
    if args[1:] == ["ro"]:
        flags = 1 | 32  # MS_RDONLY | MS_REMOUNT
    if libc.mount(source, word(args[0]), b"tmpfs", flags, b"mode=755") != 0:
        number = ctypes.get_errno()
        raise OSError(number, "")


def umount(args):
    if libc.umount2(word(args[0]), 0) != 0:
        raise OSError(ctypes.get_errno(), "")


def become(args):
    uid, _, groups = args[0].partition(":")
    groups = [int(g) for g in groups.split(",")]
    os.seteuid(0)
    os.setgroups(groups[1:])
    os.setegid(groups[0])
    os.seteuid(int(uid))


def times(args, follow):
    if args[1] == "now":
        os.utime(word(args[0]), follow_symlinks=follow)
    else:
        os.utime(word(args[0]), (int(args[1]), int(args[2])), follow_symlinks=follow)


def opened(args):
    flags = os.O_NONBLOCK
    for name in args[1].split(","):
        flags |= FLAGS[name]
    fd = os.open(word(args[0]), flags, int(args[2], 8) if len(args) > 2 else 0o666)
    s = os.fstat(fd)
    os.close(fd)
    return show(s)


def write(args):
    fd = os.open(word(args[0]), os.O_WRONLY)
    try:
        os.write(fd, args[1].encode())
    finally:
        os.close(fd)


def cat(args):
    fd = os.open(word(args[0]), os.O_RDONLY)
    try:
        return os.read(fd, 1000).decode()
    finally:
        os.close(fd)


def access(args, effective):
    mode = sum({"r": 4, "w": 2, "x": 1, "-": 0}[c] for c in args[1])
    if libc.faccessat(-100, word(args[0]), mode, 0x200 if effective else 0) != 0:
        raise OSError(ctypes.get_errno(), "")


def mtime(args):
    s = os.stat(word(args[0]))
    return "%d %d" % (int(s.st_atime), int(s.st_mtime))


def owner(args, follow):
    uid, gid = (-1 if part == "-" else int(part) for part in args[1].split(":"))
    os.chown(word(args[0]), uid, gid, follow_symlinks=follow)


OPS = {
    "as": become,
    "umask": lambda a: os.umask(int(a[0], 8)) and None,
    "cd": lambda a: os.chdir(word(a[0])),
    "cwd": lambda a: os.getcwd(),
    "stat": lambda a: show(os.stat(word(a[0]))),
    "lstat": lambda a: show(os.lstat(word(a[0]))),
    "times": mtime,
    "ls": lambda a: " ".join(sorted(os.listdir(word(a[0]).decode()))) or "(empty)",
    "open": opened,
    "write": write,
    "cat": cat,
    "mkdir": lambda a: os.mkdir(word(a[0]), int(a[1], 8) if len(a) > 1 else 0o777),
    "rmdir": lambda a: os.rmdir(word(a[0])),
    "unlink": lambda a: os.unlink(word(a[0])),
    "symlink": lambda a: os.symlink(word(a[0]), word(a[1])),
    "readlink": lambda a: os.readlink(word(a[0])).decode(),
    "link": lambda a: os.link(word(a[0]), word(a[1]), follow_symlinks=False),
    "linkf": lambda a: link_follow(a),
    "rename": lambda a: os.rename(word(a[0]), word(a[1])),
    "chmod": lambda a: os.chmod(word(a[0]), int(a[1], 8)),
    "chown": lambda a: owner(a, True),
    "lchown": lambda a: owner(a, False),
    "truncate": lambda a: os.truncate(word(a[0]), int(a[1])),
    "utime": lambda a: times(a, True),
    "lutime": lambda a: times(a, False),
    "access": lambda a: access(a, False),
    "eaccess": lambda a: access(a, True),
    "mkfifo": lambda a: os.mkfifo(word(a[0])),
    "mknod": lambda a: os.mknod(word(a[0]), 0o666 | {"c": stat.S_IFCHR, "p": stat.S_IFIFO, "s": stat.S_IFSOCK, "f": stat.S_IFREG, "d": stat.S_IFDIR}[a[1]], os.makedev(1, 3)),
    "mount": mount,
    "umount": umount,
}


def link_follow(args):
    if libc.linkat(-100, word(args[0]), -100, word(args[1]), 0x400) != 0:
        raise OSError(ctypes.get_errno(), "")


def run(op):
    name, *args = op.split()
    try:
        result = OPS[name](args)
        return "ok" if result is None else str(result)
    except OSError as error:
        return errno.errorcode[error.errno]


def fixture(lines):
    os.umask(0o022)
    for line in lines:
        result = run(line)
        if result in errno.errorcode.values():
            raise SystemExit("fixture: %s: %s" % (line, result))


def group(fixture_lines, ops):
    """Runs one group in a child with its own root; gives the results."""
    root = tempfile.mkdtemp()
    os.chmod(root, 0o755)
    end, start = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(end)
        libc.unshare(0x20000)
        libc.mount(None, b"/", None, 0x44000, None)
        os.chroot(root)
        os.chdir("/")
        fixture(fixture_lines)
        os.write(start, "\n".join(run(op) for op in ops).encode())
        os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as pipe:
        results = pipe.read().decode().split("\n")
    os.waitpid(pid, 0)
    shutil.rmtree(root)
    return results


def filled(text):
    out, fixture_lines, ops = [], [], []

    def flush():
        if ops:
            results = group(fixture_lines, ops)
            assert len(results) == len(ops), (ops, results)
            out.extend("%s = %s" % pair for pair in zip(ops, results))
            ops.clear()

    for line in text.split("\n"):
        if line.startswith("fixture: "):
            fixture_lines.append(line[9:])
            out.append(line)
        elif line == "" or line.startswith("#"):
            flush()
            out.append(line)
        else:
            ops.append(line.split(" = ")[0])
    flush()
    return "\n".join(out)


def main():
    path = sys.argv[-1]
    with open(path) as table:
        old = table.read()
    new = filled(old)
    if "--check" in sys.argv:
        sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), "table", "linux"))
        sys.exit(old != new)
    with open(path, "w") as table:
        table.write(new)


main()
