use std::any::Any;
use std::io;

/// What a call did when it failed. The names are those that the FileSystem seam's errors carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Open,
    Stat,
    Read,
    Write,
    Append,
    Allocate,
    Truncate,
    Sync,
    SyncDirectory,
    Close,
}

impl Step {
    pub fn name(self) -> &'static str {
        match self {
            Step::Open => "open",
            Step::Stat => "stat",
            Step::Read => "read",
            Step::Write => "write",
            Step::Append => "append",
            Step::Allocate => "allocate",
            Step::Truncate => "truncate",
            Step::Sync => "sync",
            Step::SyncDirectory => "syncDirectory",
            Step::Close => "close",
        }
    }
}

#[derive(Debug)]
pub enum Cause {
    System(io::Error),
    /// A bug of ours, in the words of the panic.
    Panic(String),
}

/// A call that came to nothing.
#[derive(Debug)]
pub struct Failure {
    pub step: Step,
    pub cause: Cause,
}

impl Failure {
    pub fn system(step: Step, error: io::Error) -> Self {
        Failure { step, cause: Cause::System(error) }
    }

    #[cfg(unix)]
    pub fn code(step: Step, code: i32) -> Self {
        Failure::system(step, io::Error::from_raw_os_error(code))
    }

    pub fn panic(step: Step, payload: Box<dyn Any + Send>) -> Self {
        Failure { step, cause: Cause::Panic(panic_text(payload.as_ref())) }
    }

    /// The system's name of the error, or `PANIC`.
    pub fn errno(&self) -> String {
        match &self.cause {
            Cause::System(error) => errno_name(error),
            Cause::Panic(_) => "PANIC".to_owned(),
        }
    }

    pub fn message(&self) -> String {
        match &self.cause {
            Cause::System(error) => error.to_string(),
            Cause::Panic(text) => text.clone(),
        }
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic without words".to_owned()
    }
}

#[cfg(unix)]
fn errno_name(error: &io::Error) -> String {
    macro_rules! name_of {
        ($code:expr, $($name:ident)+) => {
            match $code {
                $(libc::$name => stringify!($name).to_owned(),)+
                other => format!("E{other}"),
            }
        };
    }
    let Some(code) = error.raw_os_error() else {
        // Made by the standard library: it saw a write that took nothing, or the like.
        return "EIO".to_owned();
    };
    name_of!(code,
        EACCES EAGAIN EBADF EBUSY ECANCELED EDQUOT EEXIST EFAULT EFBIG EINTR EINVAL EIO EISDIR ELOOP EMFILE EMLINK
        ENAMETOOLONG ENFILE ENODEV ENOENT ENOLCK ENOMEM ENOSPC ENOSYS ENOTDIR ENOTSUP ENOTTY ENXIO EOVERFLOW EPERM EPIPE
        EROFS ESPIPE ESTALE ETIMEDOUT ETXTBSY EXDEV)
}

/// Windows has its own codes; the seam speaks errno.
#[cfg(windows)]
fn errno_name(error: &io::Error) -> String {
    use io::ErrorKind::*;
    match error.kind() {
        NotFound => "ENOENT",
        PermissionDenied => "EACCES",
        AlreadyExists => "EEXIST",
        StorageFull => "ENOSPC",
        QuotaExceeded => "EDQUOT",
        FileTooLarge => "EFBIG",
        IsADirectory => "EISDIR",
        NotADirectory => "ENOTDIR",
        InvalidInput => "EINVAL",
        OutOfMemory => "ENOMEM",
        Unsupported => "ENOTSUP",
        ResourceBusy => "EBUSY",
        _ => "EIO",
    }
    .to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn names_what_the_system_said() {
        assert_eq!(Failure::code(Step::Write, libc::ENOSPC).errno(), "ENOSPC");
        assert_eq!(Failure::code(Step::Write, 5_000).errno(), "E5000");
        assert_eq!(Failure::system(Step::Write, io::ErrorKind::WriteZero.into()).errno(), "EIO");
    }

    #[test]
    fn keeps_the_words_of_a_panic() {
        let payload = std::panic::catch_unwind(|| panic!("lost {}", 7)).unwrap_err();
        let failure = Failure::panic(Step::Sync, payload);
        assert_eq!((failure.errno(), failure.message()), ("PANIC".to_owned(), "lost 7".to_owned()));
    }
}
