use std::sync::{Arc, Mutex, PoisonError};

use crate::failure::Failure;
use crate::open_file::OpenFile;

/// What a call gives.
pub enum Answer {
    /// Bytes read, an offset, a size, or 0 where there is nothing to say.
    Number(u64),
    Opened(Arc<OpenFile>),
}

pub struct Completion {
    /// The place at which JavaScript keeps the promise.
    pub slot: u32,
    pub outcome: Result<Answer, Failure>,
}

/// Calls that are over and not reported yet. Only the first one into an empty list wakes the event loop; those that end
/// before the loop comes travel with it. Bounded by the calls that may run at once.
pub struct Completions {
    list: Mutex<Vec<Completion>>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Completions {
    pub fn new(wake: Box<dyn Fn() + Send + Sync>) -> Self {
        Completions { list: Mutex::new(Vec::new()), wake }
    }

    pub fn push(&self, slot: u32, outcome: Result<Answer, Failure>) {
        let is_first = {
            let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
            list.push(Completion { slot, outcome });
            list.len() == 1
        };
        if is_first {
            (self.wake)();
        }
    }

    pub fn take(&self) -> Vec<Completion> {
        std::mem::take(&mut *self.list.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn wake_once_for_all_that_end_before_the_loop_comes() {
        let wakes = Arc::new(AtomicUsize::new(0));
        let counted = wakes.clone();
        let completions = Completions::new(Box::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        }));
        for slot in 0..3 {
            completions.push(slot, Ok(Answer::Number(0)));
        }
        assert_eq!(completions.take().iter().map(|each| each.slot).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(completions.take().is_empty());
        completions.push(3, Ok(Answer::Number(0)));
        assert_eq!(wakes.load(Ordering::SeqCst), 2);
    }
}
