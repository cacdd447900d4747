use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

#[cfg(target_os = "linux")]
use crate::direct::Direct;
use crate::failure::{Failure, Step};
use crate::gate::Gate;
use crate::pool::uninterrupted;
use crate::spans::{Span, SpanCursor, TRANSFER_BYTES_MAX};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncKind {
    /// fdatasync.
    Data,
    /// fsync.
    All,
}

/// As the seam's OpenMode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Read,
    Write,
    Create,
    CreateNew,
}

/// One open descriptor, or two of the same file when it bypasses the page cache. Every method may block.
pub struct OpenFile {
    /// Through the page cache.
    pub file: File,
    /// Shared by every handle of this file in this process.
    pub gate: Arc<Gate>,
    #[cfg(target_os = "linux")]
    direct: Option<Direct>,
}

/// Of the process and not of one file system: two of them may have the same file open. An entry
/// whose handles are gone is dropped when the map next grows.
static GATES: LazyLock<Mutex<HashMap<Identity, Weak<Gate>>>> = LazyLock::new(Mutex::default);

/// Device and inode.
type Identity = (u64, u64);

fn gate_of(identity: Identity) -> Arc<Gate> {
    let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(gate) = gates.get(&identity).and_then(Weak::upgrade) {
        return gate;
    }
    if gates.len() == gates.capacity() {
        gates.retain(|_, gate| gate.strong_count() > 0);
    }
    let gate = Arc::new(Gate::default());
    gates.insert(identity, Arc::downgrade(&gate));
    gate
}

impl OpenFile {
    pub fn open(path: &str, mode: Mode, wants_direct: bool) -> Result<Self, Failure> {
        let failed = |error| Failure::system(Step::Open, error);
        let mut options = OpenOptions::new();
        options.read(true).write(mode != Mode::Read);
        match mode {
            Mode::Read | Mode::Write => {}
            Mode::Create => {
                options.create(true);
            }
            Mode::CreateNew => {
                options.create_new(true);
            }
        }
        let file = uninterrupted(|| options.open(path)).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        // Linux opens a folder for reading and only complains at the first read.
        if about.is_dir() {
            return Err(failed(is_a_directory()));
        }
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            (about.dev(), about.ino())
        };
        // Windows has no stable call for it in the standard library: handles of one file are then not kept apart.
        #[cfg(not(unix))]
        let identity = {
            static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
            (0, NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        };
        #[cfg(not(target_os = "linux"))]
        let _ = wants_direct;
        Ok(OpenFile {
            gate: gate_of(identity),
            #[cfg(target_os = "linux")]
            direct: if wants_direct { Direct::open(&file, mode != Mode::Read) } else { None },
            file,
        })
    }

    /// Whether this file bypasses the page cache.
    pub fn is_direct(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.direct.is_some();
        #[cfg(not(target_os = "linux"))]
        return false;
    }

    pub fn size(&self, step: Step) -> Result<u64, Failure> {
        Ok(self.file.metadata().map_err(|error| Failure::system(step, error))?.len())
    }

    /// Less than asked for only at the end of the file.
    pub fn read_at(&self, target: Span, offset: u64) -> Result<u64, Failure> {
        #[cfg(target_os = "linux")]
        if let Some(direct) = &self.direct {
            return direct.read_at(target, offset).map_err(|error| Failure::system(Step::Read, error));
        }
        self.read_cached(target, offset).map_err(|error| Failure::system(Step::Read, error))
    }

    fn read_cached(&self, target: Span, offset: u64) -> io::Result<u64> {
        let mut filled = 0;
        // A read may stop early for reasons other than the end of the file: only 0 is the end.
        while filled < target.length {
            let length = (target.length - filled).min(TRANSFER_BYTES_MAX);
            // See Span: nobody else touches these bytes until this call is over.
            let rest = unsafe { std::slice::from_raw_parts_mut(target.start.add(filled), length) };
            let count = uninterrupted(|| read_once(&self.file, rest, offset + filled as u64))?;
            if count == 0 {
                break;
            }
            filled += count;
        }
        Ok(filled as u64)
    }

    pub fn write_at(&self, cursor: SpanCursor, offset: u64, sync: Option<SyncKind>) -> Result<u64, Failure> {
        self.write(cursor, offset).map_err(|error| Failure::system(Step::Write, error))?;
        if let Some(kind) = sync {
            self.sync(kind)?;
        }
        Ok(0)
    }

    /// The end is asked for each time: another handle may have moved it.
    pub fn append(&self, cursor: SpanCursor) -> Result<u64, Failure> {
        let end = self.size(Step::Append)?;
        self.write(cursor, end).map_err(|error| Failure::system(Step::Append, error))?;
        Ok(end)
    }

    fn write(&self, mut cursor: SpanCursor, offset: u64) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(direct) = &self.direct {
            return direct.write_all(&self.file, &self.gate, cursor, offset);
        }
        let _together = self.gate.together();
        let length = cursor.remaining();
        write_cached(&self.file, &mut cursor, offset, length)
    }

    /// Blocks for everything below the end, and the file at least that long.
    pub fn allocate(&self, offset: u64, length: u64) -> Result<u64, Failure> {
        if length > 0 {
            self.reserve(offset, length).map_err(|error| Failure::system(Step::Allocate, error))?;
        }
        // fallocate has made it long enough, in one step with reserving. Where there is none, nobody may write beyond the
        // new end between the look and the change: it would be cut off.
        let end = offset + length;
        if self.size(Step::Allocate)? >= end {
            return Ok(0);
        }
        let _alone = self.gate.alone();
        if self.size(Step::Allocate)? < end {
            self.file.set_len(end).map_err(|error| Failure::system(Step::Allocate, error))?;
        }
        Ok(0)
    }

    #[cfg(target_os = "linux")]
    fn reserve(&self, offset: u64, length: u64) -> io::Result<()> {
        use std::os::fd::AsRawFd;
        let too_large = || io::Error::from_raw_os_error(libc::EFBIG);
        let start = libc::off_t::try_from(offset).map_err(|_| too_large())?;
        let length = libc::off_t::try_from(length).map_err(|_| too_large())?;
        let outcome = uninterrupted(|| {
            if unsafe { libc::fallocate(self.file.as_raw_fd(), 0, start, length) } == 0 {
                Ok(())
            } else {
                Err(io::Error::last_os_error())
            }
        });
        match outcome {
            // A file system that cannot: extended only, by our caller.
            Err(error) if matches!(error.raw_os_error(), Some(libc::EOPNOTSUPP | libc::ENOSYS)) => Ok(()),
            other => other,
        }
    }

    /// Elsewhere the file is extended only, by our caller.
    #[cfg(not(target_os = "linux"))]
    fn reserve(&self, _offset: u64, _length: u64) -> io::Result<()> {
        Ok(())
    }

    pub fn truncate(&self, size: u64) -> Result<u64, Failure> {
        let _alone = self.gate.alone();
        self.file.set_len(size).map_err(|error| Failure::system(Step::Truncate, error))?;
        Ok(0)
    }

    /// The standard library asks again after a signal, and takes F_FULLFSYNC on macOS, where fsync stops at the drive's cache.
    pub fn sync(&self, kind: SyncKind) -> Result<u64, Failure> {
        match kind {
            SyncKind::Data => self.file.sync_data(),
            SyncKind::All => self.file.sync_all(),
        }
        .map_err(|error| Failure::system(Step::Sync, error))?;
        Ok(0)
    }

    /// Says what the system says, unlike a drop. No call may run on this file any more.
    pub fn close(self) -> Result<u64, Failure> {
        #[cfg(unix)]
        {
            use std::os::fd::IntoRawFd;
            let descriptor = self.file.into_raw_fd();
            // Linux has given the descriptor back also where it reports EINTR: asking again could close somebody else's.
            if unsafe { libc::close(descriptor) } != 0 {
                let error = io::Error::last_os_error();
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(Failure::system(Step::Close, error));
                }
            }
        }
        Ok(0)
    }
}

#[cfg(unix)]
pub fn sync_directory(path: &str) -> Result<u64, Failure> {
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |error| Failure::system(Step::SyncDirectory, error);
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(libc::O_DIRECTORY);
    uninterrupted(|| options.open(path)).map_err(failed)?.sync_all().map_err(failed)?;
    Ok(0)
}

/// Windows has no such call: NTFS writes names through its own journal.
#[cfg(windows)]
pub fn sync_directory(_path: &str) -> Result<u64, Failure> {
    Ok(0)
}

/// The next `length` bytes of the cursor, all of them.
pub fn write_cached(file: &File, cursor: &mut SpanCursor, offset: u64, length: usize) -> io::Result<()> {
    let mut written = 0;
    while written < length {
        let count = uninterrupted(|| write_once(file, cursor, offset + written as u64, length - written))?;
        // The system took nothing and named no error: going on would never end.
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        cursor.advance(count);
        written += count;
    }
    Ok(())
}

#[cfg(unix)]
fn write_once(file: &File, cursor: &SpanCursor, offset: u64, bytes_max: usize) -> io::Result<usize> {
    use std::os::fd::AsRawFd;
    let vectors = cursor.vectors(bytes_max);
    let start = libc::off_t::try_from(offset).map_err(|_| io::Error::from_raw_os_error(libc::EFBIG))?;
    // Positioned and vectored in one call: no lock on the file's position, and no copy into one buffer.
    let count = unsafe { libc::pwritev(file.as_raw_fd(), vectors.as_ptr(), vectors.len() as libc::c_int, start) };
    if count < 0 { Err(io::Error::last_os_error()) } else { Ok(count as usize) }
}

#[cfg(windows)]
fn write_once(file: &File, cursor: &SpanCursor, offset: u64, bytes_max: usize) -> io::Result<usize> {
    use std::os::windows::fs::FileExt;
    let Some(span) = cursor.first() else { return Ok(0) };
    let length = span.length.min(bytes_max).min(TRANSFER_BYTES_MAX);
    // See Span: the bytes stay where they are until this call is over.
    file.seek_write(unsafe { std::slice::from_raw_parts(span.start, length) }, offset)
}

#[cfg(unix)]
fn read_once(file: &File, target: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, target, offset)
}

#[cfg(windows)]
fn read_once(file: &File, target: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, target, offset)
}

#[cfg(unix)]
fn is_a_directory() -> io::Error {
    io::Error::from_raw_os_error(libc::EISDIR)
}

#[cfg(windows)]
fn is_a_directory() -> io::Error {
    io::ErrorKind::IsADirectory.into()
}

/// Shown so that a caller can tell what it got.
#[cfg(target_os = "linux")]
pub const HAS_DIRECT: bool = true;
#[cfg(not(target_os = "linux"))]
pub const HAS_DIRECT: bool = false;
