//! Reads and writes that bypass the page cache (O_DIRECT).
//!
//! The kernel takes whole blocks only, from aligned memory. So what is asked for goes through an aligned buffer, unless
//! it is aligned already, and a block that is written in part is read, changed and written back. That is done only to
//! blocks that lie wholly inside the file: **the block that holds the end of the file goes through the page cache**, as
//! only there is a size anything but whole blocks. Padding it and cutting the padding off again would show other handles,
//! and a power cut, a size that nobody wrote. Page cache and O_DIRECT of one file are kept the same by Linux: it writes
//! dirty pages back before a direct read, and drops pages that a direct write has passed by.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileExt, OpenOptionsExt};

use crate::gate::Gate;
use crate::open_file::write_cached;
use crate::pool::uninterrupted;
use crate::spans::{Span, SpanCursor};

/// Also where a device would take 512: then no page holds both a block of ours and bytes that went through the page cache,
/// and no drive of 4 KiB sectors has to do the read-modify-write that we save ourselves.
const BLOCK_BYTES_MIN: usize = 4096;
/// Of the memory, where the kernel does not say.
const MEMORY_ALIGNMENT: usize = 4096;
/// The aligned buffer of one thread: long enough that the cost of a call does not matter.
const BOUNCE_BYTES: usize = 1 << 20;

pub struct Direct {
    file: File,
    block_bytes: usize,
    memory_alignment: usize,
}

impl Direct {
    /// None where the file system will not have it.
    pub fn open(file: &File, writable: bool) -> Option<Direct> {
        let (block_bytes, memory_alignment) = alignment_of(file)?;
        // By way of the descriptor that is open: the name may mean another file by now.
        let path = format!("/proc/self/fd/{}", file.as_raw_fd());
        let mut options = OpenOptions::new();
        options.read(true).write(writable).custom_flags(libc::O_DIRECT);
        let file = uninterrupted(|| options.open(&path)).ok()?;
        Some(Direct { file, block_bytes, memory_alignment })
    }

    pub fn read_at(&self, target: Span, offset: u64) -> io::Result<u64> {
        let block = self.block_bytes as u64;
        if self.takes(target.start as usize, target.length) && offset.is_multiple_of(block) {
            // See Span: nobody else touches these bytes until this call is over.
            return self.read_blocks(unsafe { std::slice::from_raw_parts_mut(target.start, target.length) }, offset);
        }
        with_bounce(|bounce| {
            let end = offset + target.length as u64;
            let mut at = offset;
            while at < end {
                let start = at - at % block;
                let length =
                    usize::try_from(end.next_multiple_of(block) - start).unwrap_or(BOUNCE_BYTES).min(BOUNCE_BYTES);
                let found = start + self.read_blocks(&mut bounce[..length], start)?;
                let upto = found.min(end);
                if upto <= at {
                    break;
                }
                let (from, count) = ((at - start) as usize, (upto - at) as usize);
                // See Span. The bounce buffer is ours, so the two cannot overlap.
                unsafe {
                    let to = target.start.add((at - offset) as usize);
                    std::ptr::copy_nonoverlapping(bounce[from..].as_ptr(), to, count);
                }
                at = upto;
                if found < start + length as u64 {
                    break;
                }
            }
            Ok(at - offset)
        })
    }

    /// Fills aligned memory from an aligned offset; less only at the end of the file.
    fn read_blocks(&self, target: &mut [u8], offset: u64) -> io::Result<u64> {
        let mut filled = 0;
        while filled < target.len() {
            let count = uninterrupted(|| self.file.read_at(&mut target[filled..], offset + filled as u64))?;
            filled += count;
            // What is not whole blocks ends at the end of the file, and could not be gone on from anyway.
            if count == 0 || count % self.block_bytes != 0 {
                break;
            }
        }
        Ok(filled as u64)
    }

    /// `cached` is the same file through the page cache.
    pub fn write_all(&self, cached: &File, gate: &Gate, mut cursor: SpanCursor, offset: u64) -> io::Result<()> {
        let length = cursor.remaining() as u64;
        if length == 0 {
            return Ok(());
        }
        let block = self.block_bytes as u64;
        let end = offset + length;
        if offset.is_multiple_of(block) && end.is_multiple_of(block) {
            // Whole blocks undo nobody's bytes, and where they end is where the file should.
            let _together = gate.together();
            return self.write_blocks(cached, &mut cursor, offset, end, (offset, end));
        }
        let _alone = gate.alone();
        let size = cached.metadata()?.len();
        let first = offset - offset % block;
        let last = end - end % block;
        // Where direct writing begins and ends: with the block that is written in part, if it lies inside the file.
        let start = if offset.is_multiple_of(block) || first + block <= size { first } else { first + block };
        let stop = if end.is_multiple_of(block) {
            end
        } else if last + block <= size {
            last + block
        } else {
            last
        };
        if start >= stop {
            return write_cached(cached, &mut cursor, offset, length as usize);
        }
        if offset < start {
            write_cached(cached, &mut cursor, offset, (start - offset) as usize)?;
        }
        let (from, upto) = (offset.max(start), end.min(stop));
        self.write_blocks(cached, &mut cursor, from, upto, (start, stop))?;
        if upto < end {
            write_cached(cached, &mut cursor, upto, (end - upto) as usize)?;
        }
        Ok(())
    }

    /// The bytes `[from, upto)` of the cursor, by writing the whole blocks `[start, stop)` around them.
    fn write_blocks(
        &self,
        cached: &File,
        cursor: &mut SpanCursor,
        from: u64,
        upto: u64,
        (start, stop): (u64, u64),
    ) -> io::Result<()> {
        let block = self.block_bytes as u64;
        if let Some(span) = cursor.first()
            && (from, upto) == (start, stop)
            && cursor.is_last()
            && self.takes(span.start as usize, span.length)
        {
            // See Span: the bytes stay where they are until this call is over.
            let bytes = unsafe { std::slice::from_raw_parts(span.start, span.length) };
            self.write_aligned(cached, bytes, start)?;
            cursor.advance(span.length);
            return Ok(());
        }
        with_bounce(|bounce| {
            let mut at = start;
            while at < stop {
                let length = (stop - at).min(BOUNCE_BYTES as u64) as usize;
                let piece = &mut bounce[..length];
                let piece_end = at + length as u64;
                if at < from {
                    self.read_whole_block(&mut piece[..self.block_bytes], at)?;
                }
                if piece_end > upto && (at >= from || length > self.block_bytes) {
                    self.read_whole_block(&mut piece[length - self.block_bytes..], piece_end - block)?;
                }
                let inner = (from.max(at) - at) as usize..(upto.min(piece_end) - at) as usize;
                cursor.copy_to(&mut piece[inner]);
                self.write_aligned(cached, piece, at)?;
                at = piece_end;
            }
            Ok(())
        })
    }

    /// A block inside the file. What another process has cut off meanwhile reads as zeros, as it would afterwards.
    fn read_whole_block(&self, target: &mut [u8], offset: u64) -> io::Result<()> {
        let count = self.read_blocks(target, offset)? as usize;
        target[count..].fill(0);
        Ok(())
    }

    fn write_aligned(&self, cached: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut written = 0;
        while written < bytes.len() {
            let count = match uninterrupted(|| self.file.write_at(&bytes[written..], offset + written as u64)) {
                // It took O_DIRECT at open and finds something wrong with the alignment now: slower is better than not at all.
                Err(error) if error.raw_os_error() == Some(libc::EINVAL) => {
                    return cached.write_all_at(&bytes[written..], offset + written as u64);
                }
                other => other?,
            };
            let whole = count - count % self.block_bytes;
            if whole == 0 {
                // A part of one block: a disk that is full says so when asked for the rest.
                return cached.write_all_at(&bytes[written..], offset + written as u64);
            }
            written += whole;
        }
        Ok(())
    }

    fn takes(&self, address: usize, length: usize) -> bool {
        length > 0 && address.is_multiple_of(self.memory_alignment) && length.is_multiple_of(self.block_bytes)
    }
}

/// Block and memory alignment, from statx where the kernel (6.1) and the file system tell. None: no O_DIRECT here.
fn alignment_of(file: &File) -> Option<(usize, usize)> {
    let mut about: libc::statx = unsafe { std::mem::zeroed() };
    let failed =
        unsafe { libc::statx(file.as_raw_fd(), c"".as_ptr(), libc::AT_EMPTY_PATH, libc::STATX_DIOALIGN, &mut about) }
            != 0;
    if failed || about.stx_mask & libc::STATX_DIOALIGN == 0 {
        return Some((BLOCK_BYTES_MIN, MEMORY_ALIGNMENT));
    }
    let (block, memory) = (about.stx_dio_offset_align as usize, about.stx_dio_mem_align as usize);
    let fits =
        block > 0 && memory > 0 && block.is_power_of_two() && memory <= MEMORY_ALIGNMENT && block <= BOUNCE_BYTES;
    fits.then(|| (block.max(BLOCK_BYTES_MIN), memory))
}

struct Bounce {
    start: *mut u8,
}

impl Bounce {
    const LAYOUT: Layout = match Layout::from_size_align(BOUNCE_BYTES, MEMORY_ALIGNMENT) {
        Ok(layout) => layout,
        Err(_) => panic!("a power of two"),
    };

    fn new() -> Bounce {
        let start = unsafe { alloc(Self::LAYOUT) };
        if start.is_null() {
            handle_alloc_error(Self::LAYOUT);
        }
        // The allocator's bytes are anybody's: what we do not fill must not reach a disk.
        unsafe { start.write_bytes(0, BOUNCE_BYTES) };
        Bounce { start }
    }
}

impl Drop for Bounce {
    fn drop(&mut self) {
        unsafe { dealloc(self.start, Self::LAYOUT) };
    }
}

/// Runs `body` with this thread's aligned buffer, made on first use. `body` must not come back here.
fn with_bounce<T>(body: impl FnOnce(&mut [u8]) -> T) -> T {
    thread_local! {
        static BOUNCE: RefCell<Option<Bounce>> = const { RefCell::new(None) };
    }
    BOUNCE.with_borrow_mut(|bounce| {
        let bounce = bounce.get_or_insert_with(Bounce::new);
        body(unsafe { std::slice::from_raw_parts_mut(bounce.start, BOUNCE_BYTES) })
    })
}
