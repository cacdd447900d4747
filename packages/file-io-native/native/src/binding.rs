//! The face to Node. Everything here runs on the JavaScript thread, but for the wake-up call.
//!
//! JavaScript keeps a table of promises; a call names the place in it (its slot) and returns at once. When calls are over
//! the event loop is woken once for all of them, and JavaScript asks for the outcomes with [`NativeDisk::drain`].

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Arc;

use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Env, Error, Result, Status, check_status, sys};
use napi_derive::napi;

use crate::completions::{Answer, Completion, Completions};
use crate::failure::{Failure, Step};
use crate::open_file::{HAS_DIRECT, Mode, OpenFile, SyncKind, sync_directory};
use crate::pool::Pool;
use crate::spans::{Span, SpanCursor};
#[cfg(target_os = "linux")]
use crate::uring::{Request, Ring};

/// Counted up, here and in native-binding.ts, with every change of this face.
#[napi]
pub const INTERFACE_VERSION: u32 = 1;

/// Calls that may run at once; JavaScript refuses those beyond. It bounds every queue in here.
const PENDING_COUNT_MAX: u32 = 16_384;

/// A write up to this long is copied when it is called: that costs what keeping its buffers in place would, and its bytes
/// are then nobody's but ours. A longer one is written from where it is.
const COPIED_BYTES_MAX: usize = 16 * 1024;

/// Numbers that one outcome takes in the array given to `drain`: slot, 0 or 1 for a failure, and the answer.
const OUTCOME_NUMBERS: usize = 3;

#[napi(object)]
pub struct FailureReport {
    /// What the call was doing, by the seam's name for it.
    pub operation: String,
    /// The system's name of the error, or `PANIC`.
    pub errno: String,
    pub message: String,
}

#[napi(object)]
pub struct NativeDiskOptions {
    pub thread_count: u32,
    /// Asks for a ring with that many entries; what refused it is in `ringRefusal` then.
    pub ring_entry_count: Option<u32>,
    /// Bypass the page cache where a file allows it.
    pub direct: bool,
}

/// Threads, perhaps a ring, and open files by number. Ends with `stop`, or with its Node environment.
#[napi]
pub struct NativeDisk {
    engine: Arc<Engine>,
    direct: bool,
    ring_refusal: Option<String>,
    files: RefCell<HashMap<u32, Arc<OpenFile>>>,
    next_file: Cell<u32>,
    /// By slot: what keeps the call's buffers alive and in place.
    pinned: RefCell<HashMap<u32, sys::napi_ref>>,
    failures: RefCell<HashMap<u32, Failure>>,
    /// Taken from the completions, and too many for the array of the last `drain`.
    undelivered: RefCell<VecDeque<Completion>>,
    wake: Wake,
    stopped: Cell<bool>,
    hook: *mut c_void,
}

/// What threads and the ring work on.
struct Engine {
    pool: Pool,
    #[cfg(target_os = "linux")]
    ring: Option<Arc<Ring>>,
    completions: Arc<Completions>,
}

impl Engine {
    /// Waits for what runs. Afterwards no thread of ours is there, and no kernel is at JavaScript's memory.
    fn stop(&self) {
        self.pool.stop();
        #[cfg(target_os = "linux")]
        if let Some(ring) = &self.ring {
            ring.stop();
        }
    }
}

/// Node's way to be called from another thread.
#[derive(Clone, Copy)]
struct Wake(sys::napi_threadsafe_function);

// Made to be called from any thread.
unsafe impl Send for Wake {}
unsafe impl Sync for Wake {}

impl Wake {
    fn call(&self) {
        // Refused only when Node is going down: nobody waits any more.
        unsafe {
            sys::napi_call_threadsafe_function(self.0, ptr::null_mut(), sys::ThreadsafeFunctionCallMode::nonblocking)
        };
    }
}

#[napi]
impl NativeDisk {
    /// `wake` is called when there is something to drain.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, options: NativeDiskOptions, wake: Unknown<'_>) -> Result<Self> {
        let wake = threadsafe_wake(env.raw(), wake.raw())?;
        let completions = Arc::new(Completions::new(Box::new(move || wake.call())));
        let pool = Pool::new(options.thread_count as usize, completions.clone());
        #[cfg(target_os = "linux")]
        let (ring, ring_refusal) = match options.ring_entry_count {
            None => (None, None),
            Some(count) => match Ring::open(count, completions.clone()) {
                Ok(ring) => (Some(ring), None),
                Err(error) => {
                    let failure = Failure::system(Step::Open, error);
                    (None, Some(format!("{} ({})", failure.errno(), failure.message())))
                }
            },
        };
        #[cfg(not(target_os = "linux"))]
        let ring_refusal = options.ring_entry_count.map(|_| "io_uring is Linux's alone".to_owned());
        let engine = Arc::new(Engine {
            pool,
            #[cfg(target_os = "linux")]
            ring,
            completions,
        });
        // Hooks run in the reverse order of their making, so ours comes before that of the wake-up call, made above: the
        // threads are gone before what they call is.
        let hook = Arc::into_raw(engine.clone()).cast_mut().cast::<c_void>();
        check_status!(unsafe { sys::napi_add_env_cleanup_hook(env.raw(), Some(end_with_environment), hook) })?;
        Ok(NativeDisk {
            engine,
            direct: options.direct,
            ring_refusal,
            files: RefCell::default(),
            next_file: Cell::new(0),
            pinned: RefCell::default(),
            failures: RefCell::default(),
            undelivered: RefCell::default(),
            wake,
            stopped: Cell::new(false),
            hook,
        })
    }

    #[napi(getter)]
    pub fn has_ring(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.engine.ring.is_some();
        #[cfg(not(target_os = "linux"))]
        return false;
    }

    /// Why there is no ring though one was asked for.
    #[napi(getter)]
    pub fn ring_refusal(&self) -> Option<String> {
        self.ring_refusal.clone()
    }

    #[napi(getter)]
    pub fn has_direct(&self) -> bool {
        HAS_DIRECT
    }

    #[napi(getter)]
    pub fn pending_count_max(&self) -> u32 {
        PENDING_COUNT_MAX
    }

    /// Keeps Node's event loop alive while calls run, and no longer.
    #[napi(catch_unwind)]
    pub fn keep_alive(&self, env: Env, alive: bool) -> Result<()> {
        check_status!(unsafe {
            if alive {
                sys::napi_ref_threadsafe_function(env.raw(), self.wake.0)
            } else {
                sys::napi_unref_threadsafe_function(env.raw(), self.wake.0)
            }
        })
    }

    /// Answers with the number of the open file. `mode` is read, write, create or create-new, from 0.
    #[napi(catch_unwind)]
    pub fn open(&self, slot: u32, path: String, mode: u32) -> Result<()> {
        let mode = match mode {
            0 => Mode::Read,
            1 => Mode::Write,
            2 => Mode::Create,
            3 => Mode::CreateNew,
            _ => return Err(invalid("no such mode")),
        };
        let direct = self.direct;
        self.engine.pool.submit(
            slot,
            Step::Open,
            Box::new(move || Ok(Answer::Opened(Arc::new(OpenFile::open(&path, mode, direct)?)))),
        );
        Ok(())
    }

    #[napi(catch_unwind)]
    pub fn is_direct(&self, file: u32) -> Result<bool> {
        Ok(self.file(file)?.is_direct())
    }

    #[napi(catch_unwind)]
    pub fn size(&self, slot: u32, file: u32) -> Result<()> {
        let file = self.file(file)?;
        let work = move || Ok(Answer::Number(file.size(Step::Stat)?));
        self.engine.pool.submit(slot, Step::Stat, Box::new(work));
        Ok(())
    }

    /// Answers with the count of bytes read into `target`, a Uint8Array.
    #[napi(catch_unwind)]
    pub fn read(&self, env: Env, slot: u32, file: u32, target: Unknown<'_>, offset: i64) -> Result<()> {
        let file = self.file(file)?;
        let offset = unsigned(offset)?;
        let span = span_of(env.raw(), target.raw())?;
        self.pin(env, slot, target.raw())?;
        #[cfg(target_os = "linux")]
        if let Some(ring) = &self.engine.ring {
            ring.submit(slot, file, offset, Request::Read(span), None);
            return Ok(());
        }
        let work = move || Ok(Answer::Number(file.read_at(span, offset)?));
        self.engine.pool.submit(slot, Step::Read, Box::new(work));
        Ok(())
    }

    /// `chunks` is an array of Uint8Array that nobody else holds; `sync` is none, data or all, from 0.
    #[napi(catch_unwind)]
    pub fn write(&self, env: Env, slot: u32, file: u32, chunks: Unknown<'_>, offset: i64, sync: u32) -> Result<()> {
        let file = self.file(file)?;
        let offset = unsigned(offset)?;
        let sync = match sync {
            0 => None,
            other => Some(sync_kind(other)?),
        };
        let (cursor, held) = self.take_chunks(env, slot, chunks.raw())?;
        #[cfg(target_os = "linux")]
        if let Some(ring) = &self.engine.ring
            && (cursor.remaining() > 0 || sync.is_some())
            // Somebody has the file for himself: a thread can wait for him, we cannot.
            && file.gate.try_enter_together()
        {
            ring.submit(slot, file, offset, Request::Write(cursor, sync), held);
            return Ok(());
        }
        let work = move || {
            let outcome = file.write_at(cursor, offset, sync);
            drop(held);
            Ok(Answer::Number(outcome?))
        };
        self.engine.pool.submit(slot, Step::Write, Box::new(work));
        Ok(())
    }

    /// Answers with the offset at which the first byte landed.
    #[napi(catch_unwind)]
    pub fn append(&self, env: Env, slot: u32, file: u32, chunks: Unknown<'_>) -> Result<()> {
        let file = self.file(file)?;
        let (cursor, held) = self.take_chunks(env, slot, chunks.raw())?;
        let work = move || {
            let outcome = file.append(cursor);
            drop(held);
            Ok(Answer::Number(outcome?))
        };
        self.engine.pool.submit(slot, Step::Append, Box::new(work));
        Ok(())
    }

    #[napi(catch_unwind)]
    pub fn allocate(&self, slot: u32, file: u32, offset: i64, length: i64) -> Result<()> {
        let file = self.file(file)?;
        let (offset, length) = (unsigned(offset)?, unsigned(length)?);
        let work = move || Ok(Answer::Number(file.allocate(offset, length)?));
        self.engine.pool.submit(slot, Step::Allocate, Box::new(work));
        Ok(())
    }

    #[napi(catch_unwind)]
    pub fn truncate(&self, slot: u32, file: u32, size: i64) -> Result<()> {
        let file = self.file(file)?;
        let size = unsigned(size)?;
        let work = move || Ok(Answer::Number(file.truncate(size)?));
        self.engine.pool.submit(slot, Step::Truncate, Box::new(work));
        Ok(())
    }

    /// `kind` is 1 for data, 2 for all.
    #[napi(catch_unwind)]
    pub fn sync(&self, slot: u32, file: u32, kind: u32) -> Result<()> {
        let file = self.file(file)?;
        let kind = sync_kind(kind)?;
        #[cfg(target_os = "linux")]
        if let Some(ring) = &self.engine.ring {
            ring.submit(slot, file, 0, Request::Sync(kind), None);
            return Ok(());
        }
        let work = move || Ok(Answer::Number(file.sync(kind)?));
        self.engine.pool.submit(slot, Step::Sync, Box::new(work));
        Ok(())
    }

    /// Makes the names in a folder durable.
    #[napi(catch_unwind)]
    pub fn sync_directory(&self, slot: u32, path: String) -> Result<()> {
        let work = move || Ok(Answer::Number(sync_directory(&path)?));
        self.engine.pool.submit(slot, Step::SyncDirectory, Box::new(work));
        Ok(())
    }

    /// No call may run on the file; its number means nothing from here on.
    #[napi(catch_unwind)]
    pub fn close(&self, slot: u32, file: u32) -> Result<()> {
        let file = self.files.borrow_mut().remove(&file).ok_or_else(|| invalid("no such file"))?;
        let work = move || {
            let file = Arc::into_inner(file).expect("a file is closed when its calls are over");
            Ok(Answer::Number(file.close()?))
        };
        self.engine.pool.submit(slot, Step::Close, Box::new(work));
        Ok(())
    }

    /// Fills `outcomes`, a Float64Array, with slot, failed (0 or 1) and answer of calls that are over. Returns how many;
    /// as many as there is room for means that there may be more.
    #[napi(catch_unwind)]
    pub fn drain(&self, env: Env, outcomes: Unknown<'_>) -> Result<u32> {
        let (start, length) = numbers_of(env.raw(), outcomes.raw())?;
        let room = length / OUTCOME_NUMBERS;
        let mut undelivered = self.undelivered.borrow_mut();
        undelivered.extend(self.engine.completions.take());
        let count = room.min(undelivered.len());
        for (index, Completion { slot, outcome }) in undelivered.drain(..count).enumerate() {
            self.unpin(env, slot)?;
            let (failed, answer) = match outcome {
                Ok(Answer::Number(number)) => (0.0, number as f64),
                Ok(Answer::Opened(file)) => (0.0, f64::from(self.number(file))),
                Err(failure) => {
                    self.failures.borrow_mut().insert(slot, failure);
                    (1.0, 0.0)
                }
            };
            // Within the array: `count` outcomes fit.
            unsafe {
                let place = start.add(index * OUTCOME_NUMBERS);
                place.write(f64::from(slot));
                place.add(1).write(failed);
                place.add(2).write(answer);
            }
        }
        Ok(count as u32)
    }

    /// Of a call that `drain` has reported as failed. Once.
    #[napi(catch_unwind)]
    pub fn failure(&self, slot: u32) -> Result<FailureReport> {
        let failure = self.failures.borrow_mut().remove(&slot).ok_or_else(|| invalid("no such failure"))?;
        Ok(FailureReport {
            operation: failure.step.name().to_owned(),
            errno: failure.errno(),
            message: failure.message(),
        })
    }

    /// Ends the threads and the ring; files that are open are closed. No call may run. Stopping again does nothing.
    #[napi(catch_unwind)]
    pub fn stop(&self, env: Env) -> Result<()> {
        if self.stopped.replace(true) {
            return Ok(());
        }
        self.engine.stop();
        self.files.borrow_mut().clear();
        unsafe {
            check_status!(sys::napi_remove_env_cleanup_hook(env.raw(), Some(end_with_environment), self.hook))?;
            drop(Arc::from_raw(self.hook.cast::<Engine>().cast_const()));
            check_status!(sys::napi_release_threadsafe_function(
                self.wake.0,
                sys::ThreadsafeFunctionReleaseMode::release
            ))
        }
    }

    /// Panics on purpose, on a thread of the pool or, without a slot, in the call itself: so that a test can see across the
    /// real border that a panic becomes an error.
    #[napi(catch_unwind)]
    pub fn provoke_panic(&self, slot: Option<u32>) -> Result<()> {
        match slot {
            Some(slot) => self.engine.pool.submit(slot, Step::Write, Box::new(|| panic!("provoked on a thread"))),
            None => panic!("provoked in a call"),
        }
        Ok(())
    }

    fn file(&self, number: u32) -> Result<Arc<OpenFile>> {
        self.files.borrow().get(&number).cloned().ok_or_else(|| invalid("no such file"))
    }

    /// A number that no open file has.
    fn number(&self, file: Arc<OpenFile>) -> u32 {
        let mut files = self.files.borrow_mut();
        loop {
            let number = self.next_file.get();
            self.next_file.set(number.wrapping_add(1));
            if let std::collections::hash_map::Entry::Vacant(entry) = files.entry(number) {
                entry.insert(file);
                return number;
            }
        }
    }

    /// The chunks, copied into one when they are short, else kept where they are until the call is over.
    fn take_chunks(&self, env: Env, slot: u32, chunks: sys::napi_value) -> Result<(SpanCursor, Option<Vec<u8>>)> {
        let spans = spans_of(env.raw(), chunks)?;
        let length: usize = spans.iter().map(|span| span.length).sum();
        if length > COPIED_BYTES_MAX {
            self.pin(env, slot, chunks)?;
            return Ok((SpanCursor::new(spans), None));
        }
        let mut copy = Vec::with_capacity(length);
        for span in spans.iter().filter(|span| span.length > 0) {
            // JavaScript stands still meanwhile.
            copy.extend_from_slice(unsafe { std::slice::from_raw_parts(span.start, span.length) });
        }
        // Moving a vector does not move its bytes.
        let span = Span { start: copy.as_mut_ptr(), length: copy.len() };
        Ok((SpanCursor::new([span]), Some(copy)))
    }

    /// A reference to a view, or to an array of them, keeps their ArrayBuffers, and so the bytes, where they are.
    fn pin(&self, env: Env, slot: u32, value: sys::napi_value) -> Result<()> {
        let mut reference = ptr::null_mut();
        check_status!(unsafe { sys::napi_create_reference(env.raw(), value, 1, &mut reference) })?;
        self.pinned.borrow_mut().insert(slot, reference);
        Ok(())
    }

    fn unpin(&self, env: Env, slot: u32) -> Result<()> {
        match self.pinned.borrow_mut().remove(&slot) {
            Some(reference) => check_status!(unsafe { sys::napi_delete_reference(env.raw(), reference) }),
            None => Ok(()),
        }
    }
}

/// Node is taking the environment down: a worker ends, say. Its memory goes next, so nobody may be at it.
unsafe extern "C" fn end_with_environment(engine: *mut c_void) {
    let engine = unsafe { Arc::from_raw(engine.cast::<Engine>().cast_const()) };
    let _ = catch_unwind(AssertUnwindSafe(|| engine.stop()));
}

fn threadsafe_wake(env: sys::napi_env, callback: sys::napi_value) -> Result<Wake> {
    let mut name = ptr::null_mut();
    let mut function = ptr::null_mut();
    let label = "stratakv-file-io";
    unsafe {
        check_status!(sys::napi_create_string_utf8(env, label.as_ptr().cast(), label.len() as isize, &mut name))?;
        check_status!(sys::napi_create_threadsafe_function(
            env,
            callback,
            ptr::null_mut(),
            name,
            0,
            1,
            ptr::null_mut(),
            None,
            ptr::null_mut(),
            Some(on_wake),
            &mut function,
        ))?;
        // Idle until the first call.
        check_status!(sys::napi_unref_threadsafe_function(env, function))?;
    }
    Ok(Wake(function))
}

/// On the JavaScript thread, whenever a thread has called. What the callback throws is an uncaught exception, as it is
/// after a timer.
unsafe extern "C" fn on_wake(env: sys::napi_env, callback: sys::napi_value, _: *mut c_void, _: *mut c_void) {
    // Both are null when Node is going down.
    if env.is_null() || callback.is_null() {
        return;
    }
    unsafe {
        let mut receiver = ptr::null_mut();
        if sys::napi_get_undefined(env, &mut receiver) != sys::Status::napi_ok {
            return;
        }
        let mut result = ptr::null_mut();
        let status = sys::napi_call_function(env, receiver, callback, 0, ptr::null(), &mut result);
        if status == sys::Status::napi_pending_exception {
            let mut thrown = ptr::null_mut();
            if sys::napi_get_and_clear_last_exception(env, &mut thrown) == sys::Status::napi_ok {
                sys::napi_fatal_exception(env, thrown);
            }
        }
    }
}

fn invalid(what: &str) -> Error {
    Error::new(Status::InvalidArg, what)
}

fn unsigned(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| invalid("an offset or size is not negative"))
}

fn sync_kind(kind: u32) -> Result<SyncKind> {
    match kind {
        1 => Ok(SyncKind::Data),
        2 => Ok(SyncKind::All),
        _ => Err(invalid("no such sync")),
    }
}

fn spans_of(env: sys::napi_env, chunks: sys::napi_value) -> Result<Vec<Span>> {
    let mut length = 0;
    check_status!(unsafe { sys::napi_get_array_length(env, chunks, &mut length) })?;
    let mut spans = Vec::with_capacity(length as usize);
    for index in 0..length {
        let mut chunk = ptr::null_mut();
        check_status!(unsafe { sys::napi_get_element(env, chunks, index, &mut chunk) })?;
        spans.push(span_of(env, chunk)?);
    }
    Ok(spans)
}

fn span_of(env: sys::napi_env, value: sys::napi_value) -> Result<Span> {
    let (kind, length, data) = typed_array(env, value)?;
    if kind != sys::TypedarrayType::uint8_array && kind != sys::TypedarrayType::uint8_clamped_array {
        return Err(invalid("bytes are a Uint8Array"));
    }
    Ok(Span { start: data.cast(), length })
}

fn numbers_of(env: sys::napi_env, value: sys::napi_value) -> Result<(*mut f64, usize)> {
    let (kind, length, data) = typed_array(env, value)?;
    if kind != sys::TypedarrayType::float64_array {
        return Err(invalid("outcomes are a Float64Array"));
    }
    Ok((data.cast(), length))
}

fn typed_array(env: sys::napi_env, value: sys::napi_value) -> Result<(sys::napi_typedarray_type, usize, *mut c_void)> {
    let mut kind = 0;
    let mut length = 0;
    let mut data = ptr::null_mut();
    check_status!(unsafe {
        sys::napi_get_typedarray_info(env, value, &mut kind, &mut length, &mut data, ptr::null_mut(), ptr::null_mut())
    })?;
    Ok((kind, length, data))
}
