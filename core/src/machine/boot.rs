//! Boot: from a configuration to a machine with mounted files and a running init.

use super::base::{self, BaseNode};
use super::programs::{MachinePrograms, SHELLS};
use super::{BootError, Config, Machine};
use crate::abi::{Credentials, Errno, ExitStatus, Ino, Mode, Result, Time};
use crate::commands::COMMANDS;
use crate::host::Host;
use crate::kernel::{DevFs, Kernel, ProcFs, Process, WaitFor};
use crate::vfs::{
    Content, FileSystem, MemoryFs, MemoryLimits, MountOptions, Namespace, NewAttributes, NewNode, ROOT, Tree,
};
use std::rc::Rc;
use std::sync::OnceLock;

/// The time stamp of the base image: the same everywhere, so that images are.
const BASE_TIME: Time = Time::from_secs(1_767_225_600);

pub(super) fn boot(config: Config, host: Rc<dyn Host>) -> Result<Machine, BootError> {
    let at = |step: &'static str| move |errno: Errno| BootError { step, errno };
    let own_image = config.image.is_some();
    let tree = match config.image {
        Some(tree) => tree,
        None => base_tree().map_err(at("making the base image"))?,
    };
    let limits = MemoryLimits { bytes_max: config.file_bytes_max, inodes_max: config.inodes_max };
    let root = Rc::new(MemoryFs::from_tree("overlay", tree, limits));
    let root_fs: Rc<dyn FileSystem> = Rc::<MemoryFs>::clone(&root);
    let options = |source: &str| MountOptions { source: source.as_bytes().to_vec(), read_only: false };
    let files = Rc::new(Namespace::new(root_fs, options("overlay")));
    let programs = Rc::new(MachinePrograms);
    let kernel = Kernel::new(host, files, programs, config.hostname.as_bytes(), config.limits);
    if let Some(seed) = config.shuffle_seed {
        kernel.shuffle_by(seed);
    }
    let machine = Machine { kernel, root };
    let kernel = &machine.kernel;
    let credentials = Credentials::root();
    let cx = machine.context(&credentials);
    let mount = |path: &[u8], fs: Rc<dyn FileSystem>, source: &str| {
        kernel.files.mount(&cx, kernel.files.root(), path, fs, options(source))
    };
    mount(b"/proc", Rc::new(ProcFs::new(kernel)), "proc").map_err(at("mounting /proc"))?;
    mount(b"/dev", Rc::new(DevFs::new(kernel)), "udev").map_err(at("mounting /dev"))?;
    if !own_image && config.hostname != base::HOSTNAME {
        for (path, text) in base::host_files(&config.hostname) {
            machine
                .write_as(&credentials, path.as_bytes(), text.as_bytes())
                .map_err(at("naming the machine"))?;
        }
    }
    kernel.start_init(init).map_err(at("starting init"))?;
    machine.record(crate::audit::Event::Initialized);
    Ok(machine)
}

/// The first process: adopts orphans and waits for them.
async fn init(process: Process) -> ExitStatus {
    loop {
        if process.wait(WaitFor::Any, false, false).await.is_err() {
            process.wait_for_child().await;
        }
    }
}

/// The base image, made once and shared by every machine of this program.
fn base_tree() -> Result<Tree> {
    static TREE: OnceLock<Result<Tree>> = OnceLock::new();
    TREE.get_or_init(make_base_tree).clone()
}

fn make_base_tree() -> Result<Tree> {
    let root_attributes = NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 };
    let mut tree = Tree::new(root_attributes, BASE_TIME);
    for entry in base::entries() {
        let (dir, name) = parent_of(&tree, entry.path)?;
        let attributes = NewAttributes { mode: Mode::new(entry.mode), uid: entry.uid, gid: entry.gid };
        let node = match entry.node {
            BaseNode::Directory => NewNode::Directory,
            BaseNode::File(_) => NewNode::File,
            BaseNode::Symlink(target) => NewNode::Symlink(target.as_bytes()),
        };
        let ino = tree.create(dir, name.as_bytes(), node, attributes, BASE_TIME)?;
        if let BaseNode::File(text) = entry.node {
            tree.set_content(ino, Content::new(text.as_bytes()))?;
        }
    }
    let programs = COMMANDS.iter().flat_map(|c| std::iter::once(c.name).chain(c.aliases.iter().copied()));
    for name in SHELLS.into_iter().chain(programs) {
        let (dir, name) = parent_of(&tree, &format!("/usr/bin/{name}")).map(|(dir, _)| (dir, name))?;
        let attributes = NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 };
        let ino = tree.create(dir, name.as_bytes(), NewNode::File, attributes, BASE_TIME)?;
        tree.set_content(ino, Content::new(&Kernel::executable(name)))?;
    }
    Ok(tree)
}

/// The directory of an absolute path without symbolic links, and its last component.
fn parent_of<'a>(tree: &Tree, path: &'a str) -> Result<(Ino, &'a str)> {
    let (above, name) = path.rsplit_once('/').ok_or(Errno::EINVAL)?;
    let mut dir = ROOT;
    for part in above.split('/').filter(|part| !part.is_empty()) {
        dir = tree.lookup(dir, part.as_bytes())?;
    }
    Ok((dir, name))
}
