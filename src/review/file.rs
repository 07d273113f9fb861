//! A small file that several people write, on a disk that is not ours alone: how it is read, locked
//! and put in place of the old one, and what is not touched.
//!
//! `a.html.review.toml` that is a link to `/dev/sda`, a FIFO that nobody writes to, or a file of
//! 1 GB costs its own report an [`Obstacle`], and nothing is followed, waited for, read or
//! replaced. What a file is, is asked of the file that was opened and not of its name, so that
//! nobody can change it in between.

use std::borrow::Cow;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest file that is read, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// How long a lock may be held by somebody else before we say so. A write takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a file is not read, or not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// A symbolic link, wherever it leads.
    Link,
    /// A FIFO, a device, a socket or a folder.
    NotAFile,
    /// Larger than [`LARGEST`].
    TooLarge,
    /// Nobody may write it: whoever made it so means it.
    ReadOnly,
    /// A new file could not be given the old one's owner, group or mode.
    Owner,
    /// Another program put another file there while we wrote.
    Changed,
}

/// What went wrong with a file.
#[derive(Debug)]
pub enum Trouble {
    /// The system says no.
    Io(io::Error),
    /// We do.
    Obstacle(Obstacle),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Obstacle> for Trouble {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(obstacle)
    }
}

/// A file's name for messages and the sidecar's head, without its folder.
pub fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// Which file was read, and what a new one in its place must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old(Option<About>);

#[cfg(unix)]
#[derive(Debug, Clone, PartialEq, Eq)]
struct About {
    device: u64,
    number: u64,
    mode: u32,
    owner: u32,
    group: u32,
}

#[cfg(not(unix))]
#[derive(Debug, Clone, PartialEq, Eq)]
struct About {
    read_only: bool,
}

impl About {
    #[cfg(unix)]
    fn of(about: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: about.dev(),
            number: about.ino(),
            mode: about.mode() & 0o7777,
            owner: about.uid(),
            group: about.gid(),
        }
    }

    #[cfg(not(unix))]
    fn of(about: &Metadata) -> Self {
        Self {
            read_only: about.permissions().readonly(),
        }
    }

    /// Told by the mode, not by trying: root may write everything.
    #[cfg(unix)]
    fn is_read_only(&self) -> bool {
        self.mode & 0o222 == 0
    }

    #[cfg(not(unix))]
    fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The same file under the same name.
    #[cfg(unix)]
    fn is_same_file(&self, other: &Self) -> bool {
        (self.device, self.number) == (other.device, other.number)
    }

    #[cfg(not(unix))]
    fn is_same_file(&self, _: &Self) -> bool {
        true
    }

    /// Gives a new file what this one has.
    #[cfg(unix)]
    fn lend(&self, file: &File) -> Result<(), Trouble> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        let new = file.metadata()?;
        let owner = (new.uid() != self.owner).then_some(self.owner);
        let group = (new.gid() != self.group).then_some(self.group);
        if (owner.is_some() || group.is_some()) && fchown(file, owner, group).is_err() {
            return Err(Obstacle::Owner.into());
        }
        // After the owner: giving a file away may take bits of its mode.
        file.set_permissions(std::fs::Permissions::from_mode(self.mode))?;
        let new = Self::of(&file.metadata()?);
        if (new.owner, new.group, new.mode) == (self.owner, self.group, self.mode) {
            Ok(())
        } else {
            Err(Obstacle::Owner.into())
        }
    }

    #[cfg(not(unix))]
    fn lend(&self, _: &File) -> Result<(), Trouble> {
        Ok(())
    }
}

/// What stands under a name, the link itself where it is one; `None` where there is nothing.
fn look(path: &Path) -> Result<Option<Metadata>, Trouble> {
    match std::fs::symlink_metadata(path) {
        Ok(about) => plain(&about).map(|()| Some(about)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e.into()),
    }
}

fn plain(about: &Metadata) -> Result<(), Trouble> {
    if about.is_symlink() {
        Err(Obstacle::Link.into())
    } else if about.is_file() {
        Ok(())
    } else {
        Err(Obstacle::NotAFile.into())
    }
}

/// Opens a plain file; nothing is followed, nothing waited for. A device is not even opened,
/// unless it is put there at that very moment, and then it is neither read nor written.
fn open(path: &Path, options: &mut OpenOptions) -> Result<(File, Metadata), Trouble> {
    look(path)?;
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path).map_err(|error| match look(path) {
        // In the words of what stands there now, where that is the reason.
        Err(Trouble::Obstacle(obstacle)) => obstacle.into(),
        _ => Trouble::Io(error),
    })?;
    let about = file.metadata()?;
    plain(&about)?;
    Ok((file, about))
}

/// The bytes of a file, and which file it was; `None` where there is none.
///
/// # Errors
/// When it cannot be read, or is not to be.
pub fn read(path: &Path) -> Result<(Option<Vec<u8>>, Old), Trouble> {
    let (file, about) = match open(path, OpenOptions::new().read(true)) {
        Ok(opened) => opened,
        Err(Trouble::Io(e)) if e.kind() == io::ErrorKind::NotFound => return Ok((None, Old(None))),
        Err(trouble) => return Err(trouble),
    };
    if about.len() > LARGEST {
        return Err(Obstacle::TooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    // It may grow while it is read.
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Obstacle::TooLarge.into());
    }
    Ok((Some(bytes), Old(Some(About::of(&about)))))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    path.with_file_name(name)
}

/// A lock on a file: another file beside it, which goes when the write is done. The file itself
/// cannot be it, for a rename puts another one in its place; the folder cannot either, for network
/// file systems lock only files that are open for writing.
#[derive(Debug)]
pub struct Lock {
    guarded: PathBuf,
    path: PathBuf,
    /// Nobody else writes meanwhile. Not so where the file system has no locks.
    alone: bool,
    _file: File,
}

/// Why a lock was not had.
#[derive(Debug)]
pub enum NotLocked {
    /// Somebody else has held it for too long.
    Held,
    /// It cannot be made.
    Trouble(Trouble),
}

impl Lock {
    /// Where the lock of a file lies.
    pub fn path_for(guarded: &Path) -> PathBuf {
        beside(guarded, ".lock")
    }

    /// Takes the lock of a file; waits while somebody else has it.
    ///
    /// # Errors
    /// When it is held for too long, or cannot be made, or what has its name is no lock.
    pub fn take(guarded: &Path) -> Result<Self, NotLocked> {
        let path = Self::path_for(guarded);
        let start = Instant::now();
        let mut pause = Duration::from_micros(300);
        loop {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            let (file, about) = open(&path, &mut options).map_err(NotLocked::Trouble)?;
            let alone = match file.try_lock() {
                Ok(()) => is_still(&about, &path).then_some(true),
                Err(TryLockError::WouldBlock) => None,
                // No locks there: better to write unlocked than to lose the decision.
                Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {
                    Some(false)
                }
                Err(TryLockError::Error(e)) => return Err(NotLocked::Trouble(e.into())),
            };
            if let Some(alone) = alone {
                return Ok(Self {
                    guarded: guarded.to_owned(),
                    path,
                    alone,
                    _file: file,
                });
            }
            if start.elapsed() > PATIENCE {
                return Err(NotLocked::Held);
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(8));
        }
    }

    /// Where the new text is written before it takes the file's name. One name for all who hold
    /// the lock, so that what a killed writer left goes with the next write. Without locks two may
    /// write at once, and neither may put the other's half text in place: each has a name of its
    /// own, and what a killed one leaves lies there unread.
    fn temporary(&self) -> PathBuf {
        let own = || format!(".{}.tmp", std::process::id());
        let ending = if self.alone { ".tmp".into() } else { own() };
        beside(&self.guarded, &ending)
    }

    /// Puts a text in the place of the file that was read under this lock: writes beside, flushes,
    /// renames, flushes the folder. The new file has the old one's mode, owner and group.
    ///
    /// # Errors
    /// When that cannot be, or is not to be; the old file is as it was then.
    pub fn replace(&self, old: &Old, text: &str) -> Result<(), Trouble> {
        if old.0.as_ref().is_some_and(About::is_read_only) {
            return Err(Obstacle::ReadOnly.into());
        }
        if text.len() as u64 > LARGEST {
            // Nobody could read it again.
            return Err(Obstacle::TooLarge.into());
        }
        let temporary = self.temporary();
        let written = self.written(&temporary, old, text);
        if written.is_err() {
            let _ = std::fs::remove_file(&temporary);
        }
        written?;
        sync_folder(&self.guarded);
        Ok(())
    }

    fn written(&self, temporary: &Path, old: &Old, text: &str) -> Result<(), Trouble> {
        // What a killed writer left of it goes here.
        match std::fs::remove_file(temporary) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if old.0.is_some() {
            // Nobody reads it before it is as open, or as closed, as the old one.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut file = options.open(temporary)?;
        file.write_all(text.as_bytes())?;
        if let Some(about) = &old.0 {
            about.lend(&file)?;
        }
        file.sync_all()?;
        drop(file);
        let there = look(&self.guarded)?.map(|about| About::of(&about));
        let same = match (&old.0, &there) {
            (Some(old), Some(there)) => old.is_same_file(there),
            (None, None) => true,
            _ => false,
        };
        if !same {
            return Err(Obstacle::Changed.into());
        }
        Ok(std::fs::rename(temporary, &self.guarded)?)
    }
}

impl Drop for Lock {
    /// Removed while held; whoever waits on it notices that it is no longer the file of that
    /// name, and tries again.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Whether the file of that name is still the one that we locked. Where files have no numbers one
/// that is open keeps its name.
fn is_still(locked: &Metadata, path: &Path) -> bool {
    let there = std::fs::symlink_metadata(path);
    there.is_ok_and(|there| About::of(locked).is_same_file(&About::of(&there)))
}

/// The rename itself is on the disk only once the folder is. Best effort: the new text stands
/// under the file's name by now, and whoever was told that it was not written would write it
/// once more. Some folders cannot be opened or flushed at all.
#[cfg(unix)]
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or_else(|| Path::new("."))) {
        let _ = folder.sync_all();
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}
