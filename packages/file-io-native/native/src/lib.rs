//! File I/O for `@stratakv/file-io-native`: a few threads of its own, O_DIRECT and io_uring, behind one class for Node.
//!
//! A call comes in on the JavaScript thread (`binding`), runs on a thread of the pool (`pool`, `open_file`, `direct`) or
//! in the kernel's ring (`uring`), and its outcome is handed back in batches (`completions`).

mod binding;
mod completions;
#[cfg(target_os = "linux")]
mod direct;
mod failure;
mod gate;
mod open_file;
mod pool;
mod spans;
#[cfg(target_os = "linux")]
mod uring;
