//! Reads, writes and syncs through io_uring: the JavaScript thread puts them into the kernel's queue itself, so no thread
//! of ours has to wake up to begin one, and a write and its sync are two linked entries of one submission.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

use io_uring::{IoUring, Probe, opcode, squeue, types};

use crate::completions::{Answer, Completions};
use crate::failure::{Failure, Step};
use crate::open_file::{OpenFile, SyncKind};
use crate::spans::{Span, SpanCursor, TRANSFER_BYTES_MAX};

/// Marks the entry that tells the reaper to end. Others are the call's place twice, plus one for the sync of a write.
const STOP: u64 = u64::MAX;
/// How long the reaper waits before it looks whether entries were left unsubmitted, as the kernel may ask when it is short of memory.
const PATIENCE_SECONDS: u64 = 1;

pub struct Ring {
    ring: IoUring,
    ledger: Mutex<Ledger>,
    completions: Arc<Completions>,
    reaper: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Ledger {
    calls: Vec<Option<Call>>,
    free: Vec<u32>,
    /// Calls that found the queues full. Bounded by the calls that may run at once.
    backlog: VecDeque<u32>,
    /// Entries whose completions have not been seen: at most as many as the completion queue holds.
    in_flight: usize,
    stopping: bool,
}

pub enum Request {
    Read(Span),
    Write(SpanCursor, Option<SyncKind>),
    Sync(SyncKind),
}

struct Call {
    slot: u32,
    file: Arc<OpenFile>,
    offset: u64,
    request: Request,
    /// Of a copy that came with the call.
    _held: Option<Vec<u8>>,
    /// The kernel may read these until the entry is complete.
    vectors: Vec<libc::iovec>,
    read_count: usize,
    /// Entries of the step under way that are not complete yet.
    awaited: u8,
    main: i32,
    linked: Option<i32>,
}

// The vectors point to where the spans do, and are used by the kernel alone: see Span.
unsafe impl Send for Call {}

enum Next {
    Step,
    Done(Result<Answer, Failure>),
}

impl Ring {
    /// @errors in the kernel's own words when it grants none: too old, forbidden, out of memory, more entries than it allows.
    pub fn open(entry_count: u32, completions: Arc<Completions>) -> io::Result<Arc<Ring>> {
        let ring = IoUring::new(entry_count)?;
        let mut probe = Probe::new();
        ring.submitter().register_probe(&mut probe)?;
        let needed = [opcode::Readv::CODE, opcode::Writev::CODE, opcode::Fsync::CODE, opcode::Nop::CODE];
        if !needed.iter().all(|&code| probe.is_supported(code)) || !ring.params().is_feature_ext_arg() {
            return Err(io::Error::from_raw_os_error(libc::ENOSYS));
        }
        let ring = Arc::new(Ring { ring, ledger: Mutex::default(), completions, reaper: Mutex::default() });
        let reaped = ring.clone();
        let reaper = Builder::new().name("stratakv-uring".to_owned()).spawn(move || reaped.reap())?;
        *ring.reaper.lock().unwrap_or_else(PoisonError::into_inner) = Some(reaper);
        Ok(ring)
    }

    /// A write holds the file's gate, entered by the caller, and leaves it when it is over.
    pub fn submit(&self, slot: u32, file: Arc<OpenFile>, offset: u64, request: Request, held: Option<Vec<u8>>) {
        let call = Call {
            slot,
            file,
            offset,
            request,
            _held: held,
            vectors: Vec::new(),
            read_count: 0,
            awaited: 0,
            main: 0,
            linked: None,
        };
        let mut ledger = self.lock();
        let place = ledger.keep(call);
        self.begin(&mut ledger, place);
        self.flush();
    }

    /// Waits until no entry is in flight. The reaper is gone on return.
    pub fn stop(&self) {
        {
            let mut ledger = self.lock();
            ledger.stopping = true;
            // What has not begun never will; the kernel does not know of it.
            ledger.backlog.clear();
            let nop = opcode::Nop::new().build().user_data(STOP);
            while !self.push(std::slice::from_ref(&nop)) {
                self.flush();
            }
            self.flush();
        }
        let reaper = self.reaper.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(reaper) = reaper {
            let _ = reaper.join();
        }
    }

    /// Puts the next step of a call into the queue, or the call into the backlog.
    fn begin(&self, ledger: &mut Ledger, place: u32) {
        let room = (self.ring.params().cq_entries() as usize).saturating_sub(ledger.in_flight);
        let call = ledger.calls[place as usize].as_mut().expect("a call is kept until it is done");
        let entries = call.entries(place);
        let count = entries.len();
        if count > room || !(self.push(&entries) || (self.flush() && self.push(&entries))) {
            ledger.backlog.push_back(place);
            return;
        }
        call.awaited = count as u8;
        ledger.in_flight += count;
    }

    /// All of them or none: linked entries must be neighbours. Under the ledger's lock.
    fn push(&self, entries: &[squeue::Entry]) -> bool {
        // The lock makes us the only one who pushes; what the entries point to is kept by their call until it is complete.
        unsafe { self.ring.submission_shared().push_multiple(entries) }.is_ok()
    }

    /// False when the kernel would not take them now. They stay in the queue, and the reaper tries again.
    fn flush(&self) -> bool {
        loop {
            match self.ring.submit() {
                Ok(_) => return true,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return false,
            }
        }
    }

    fn reap(&self) {
        let patience = types::Timespec::new().sec(PATIENCE_SECONDS);
        let arguments = types::SubmitArgs::new().timespec(&patience);
        let mut stop_seen = false;
        loop {
            // Its errors are a signal, the patience at its end, or a kernel short of memory: in each case, look and go on.
            let _ = self.ring.submitter().submit_with_args(1, &arguments);
            let mut ledger = self.lock();
            // The reaper alone takes completions.
            let found: Vec<(u64, i32)> =
                unsafe { self.ring.completion_shared() }.map(|entry| (entry.user_data(), entry.result())).collect();
            for (mark, result) in found {
                if mark == STOP {
                    stop_seen = true;
                } else {
                    self.complete(&mut ledger, mark, result);
                }
            }
            if !ledger.stopping {
                for _ in 0..ledger.backlog.len() {
                    let place = ledger.backlog.pop_front().expect("counted just now");
                    self.begin(&mut ledger, place);
                }
                self.flush();
            }
            if stop_seen && ledger.in_flight == 0 {
                return;
            }
        }
    }

    fn complete(&self, ledger: &mut Ledger, mark: u64, result: i32) {
        ledger.in_flight -= 1;
        let place = (mark >> 1) as u32;
        let Some(call) = ledger.calls[place as usize].as_mut() else { return };
        if mark & 1 == 0 {
            call.main = result;
        } else {
            call.linked = Some(result);
        }
        call.awaited -= 1;
        if call.awaited > 0 {
            return;
        }
        let step = call.step();
        let next = catch_unwind(AssertUnwindSafe(|| call.next()))
            .unwrap_or_else(|payload| Next::Done(Err(Failure::panic(step, payload))));
        match next {
            Next::Step if !ledger.stopping => self.begin(ledger, place),
            Next::Step => {}
            Next::Done(outcome) => {
                let call = ledger.calls[place as usize].take().expect("it was there just now");
                ledger.free.push(place);
                if matches!(call.request, Request::Write(..)) {
                    call.file.gate.leave_together();
                }
                let slot = call.slot;
                // Before the caller hears of it: it may close the file next, and nobody may hold it then.
                drop(call);
                self.completions.push(slot, outcome);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ledger {
    fn keep(&mut self, call: Call) -> u32 {
        if let Some(place) = self.free.pop() {
            self.calls[place as usize] = Some(call);
            return place;
        }
        self.calls.push(Some(call));
        (self.calls.len() - 1) as u32
    }
}

impl Call {
    fn step(&self) -> Step {
        match self.request {
            Request::Read(_) => Step::Read,
            Request::Write(..) => Step::Write,
            Request::Sync(_) => Step::Sync,
        }
    }

    /// What to ask of the kernel next: one entry, or a write with its sync linked to it.
    fn entries(&mut self, place: u32) -> Vec<squeue::Entry> {
        use std::os::fd::AsRawFd;
        let descriptor = types::Fd(self.file.file.as_raw_fd());
        let mark = u64::from(place) << 1;
        self.linked = None;
        match &self.request {
            Request::Read(target) => {
                let length = (target.length - self.read_count).min(TRANSFER_BYTES_MAX);
                // Within the target, see Span.
                let start = unsafe { target.start.add(self.read_count) };
                self.vectors = vec![libc::iovec { iov_base: start.cast(), iov_len: length }];
                let entry = opcode::Readv::new(descriptor, self.vectors.as_ptr(), 1);
                vec![entry.offset(self.offset + self.read_count as u64).build().user_data(mark)]
            }
            Request::Write(cursor, sync) if cursor.remaining() > 0 => {
                self.vectors = cursor.vectors(TRANSFER_BYTES_MAX);
                let entry = opcode::Writev::new(descriptor, self.vectors.as_ptr(), self.vectors.len() as u32)
                    .offset(self.offset)
                    .build()
                    .user_data(mark);
                let asked_for: usize = self.vectors.iter().map(|vector| vector.iov_len).sum();
                match sync {
                    // Linked: begun when all of the write is there, cancelled when it failed or was cut short.
                    Some(kind) if asked_for == cursor.remaining() => {
                        vec![entry.flags(squeue::Flags::IO_LINK), sync_entry(descriptor, *kind).user_data(mark | 1)]
                    }
                    _ => vec![entry],
                }
            }
            Request::Write(_, sync) => {
                let kind = sync.expect("without a sync it would be over");
                vec![sync_entry(descriptor, kind).user_data(mark | 1)]
            }
            Request::Sync(kind) => vec![sync_entry(descriptor, *kind).user_data(mark)],
        }
    }

    /// Looks at the results of a step that is over.
    fn next(&mut self) -> Next {
        let result = self.main;
        let again = |code: i32| code == -libc::EINTR || code == -libc::EAGAIN;
        match &mut self.request {
            Request::Read(target) => {
                if again(result) {
                    return Next::Step;
                }
                if result < 0 {
                    return Next::Done(Err(Failure::code(Step::Read, -result)));
                }
                self.read_count += result as usize;
                // Only 0 is the end of the file.
                if result == 0 || self.read_count == target.length {
                    return Next::Done(Ok(Answer::Number(self.read_count as u64)));
                }
                Next::Step
            }
            Request::Write(cursor, sync) => {
                if cursor.remaining() > 0 {
                    if again(result) {
                        return Next::Step;
                    }
                    // The system took nothing and named no error: going on would never end.
                    let code = if result == 0 { libc::EIO } else { -result };
                    if result <= 0 {
                        return Next::Done(Err(Failure::code(Step::Write, code)));
                    }
                    cursor.advance(result as usize);
                    self.offset += result as u64;
                    if cursor.remaining() > 0 {
                        return Next::Step;
                    }
                }
                match (sync, self.linked) {
                    (None, _) | (Some(_), Some(0)) => Next::Done(Ok(Answer::Number(0))),
                    // The write had to be finished in a later step.
                    (Some(_), None) => Next::Step,
                    (Some(_), Some(code)) if again(code) || code == -libc::ECANCELED => Next::Step,
                    (Some(_), Some(code)) => Next::Done(Err(Failure::code(Step::Sync, -code))),
                }
            }
            Request::Sync(_) if again(result) => Next::Step,
            Request::Sync(_) if result < 0 => Next::Done(Err(Failure::code(Step::Sync, -result))),
            Request::Sync(_) => Next::Done(Ok(Answer::Number(0))),
        }
    }
}

fn sync_entry(descriptor: types::Fd, kind: SyncKind) -> squeue::Entry {
    let entry = opcode::Fsync::new(descriptor);
    match kind {
        SyncKind::Data => entry.flags(types::FsyncFlags::DATASYNC).build(),
        SyncKind::All => entry.build(),
    }
}
