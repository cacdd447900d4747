use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

use crate::completions::{Answer, Completions};
use crate::failure::{Failure, Step};

pub type Work = Box<dyn FnOnce() -> Result<Answer, Failure> + Send>;

struct Job {
    slot: u32,
    /// What to call it if it panics.
    step: Step,
    work: Work,
}

/// Threads of our own, begun when first needed. Jobs wait in the order in which they came; how many there can be is
/// bounded by `binding`, which knows how many calls run.
pub struct Pool {
    shared: Arc<Shared>,
    thread_count_max: usize,
}

struct Shared {
    state: Mutex<State>,
    work_came: Condvar,
    completions: Arc<Completions>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Job>,
    idle_count: usize,
    threads: Vec<JoinHandle<()>>,
    stopping: bool,
}

impl Pool {
    pub fn new(thread_count_max: usize, completions: Arc<Completions>) -> Self {
        let shared = Shared { state: Mutex::default(), work_came: Condvar::new(), completions };
        Pool { shared: Arc::new(shared), thread_count_max }
    }

    /// Reports to `slot` when it is done, panics included.
    pub fn submit(&self, slot: u32, step: Step, work: Work) {
        let mut state = self.shared.lock();
        state.queue.push_back(Job { slot, step, work });
        if state.idle_count >= state.queue.len() || state.threads.len() >= self.thread_count_max {
            drop(state);
            self.shared.work_came.notify_one();
            return;
        }
        let shared = self.shared.clone();
        match Builder::new().name("stratakv-io".to_owned()).spawn(move || shared.work()) {
            Ok(thread) => state.threads.push(thread),
            // Those that are there will come to it. Without any, nobody would.
            Err(error) if state.threads.is_empty() => {
                let job = state.queue.pop_back().expect("it was pushed above");
                drop(state);
                self.shared.completions.push(job.slot, Err(Failure::system(job.step, error)));
            }
            Err(_) => {}
        }
    }

    /// Waits for the jobs that run; those that have not begun are forgotten. Threads are gone on return.
    pub fn stop(&self) {
        let threads = {
            let mut state = self.shared.lock();
            state.stopping = true;
            state.queue.clear();
            std::mem::take(&mut state.threads)
        };
        self.shared.work_came.notify_all();
        for thread in threads {
            // A job's panic is caught; this would be one of the loop itself, and there is nobody left to tell.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn work(&self) {
        loop {
            let job = {
                let mut state = self.lock();
                loop {
                    if state.stopping {
                        return;
                    }
                    if let Some(job) = state.queue.pop_front() {
                        break job;
                    }
                    state.idle_count += 1;
                    state = self.work_came.wait(state).unwrap_or_else(PoisonError::into_inner);
                    state.idle_count -= 1;
                }
            };
            let Job { slot, step, work } = job;
            let outcome =
                catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| Err(Failure::panic(step, payload)));
            self.completions.push(slot, outcome);
        }
    }

    /// No job runs under this lock, so none can leave the state half changed.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs a system call again when a signal cut it off before it did anything.
pub fn uninterrupted<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            outcome => return outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::completions::Completion;
    use std::sync::mpsc;

    fn pool_of(thread_count_max: usize) -> (Pool, Arc<Completions>, mpsc::Receiver<()>) {
        let (woke, wakes) = mpsc::channel();
        let completions = Arc::new(Completions::new(Box::new(move || {
            let _ = woke.send(());
        })));
        (Pool::new(thread_count_max, completions.clone()), completions, wakes)
    }

    fn take(count: usize, completions: &Completions, wakes: &mpsc::Receiver<()>) -> Vec<Completion> {
        let mut found = Vec::new();
        while found.len() < count {
            wakes.recv().unwrap();
            found.extend(completions.take());
        }
        found
    }

    #[test]
    fn a_panic_is_an_outcome_and_its_thread_goes_on() {
        let (pool, completions, wakes) = pool_of(1);
        pool.submit(1, Step::Write, Box::new(|| panic!("on purpose")));
        pool.submit(2, Step::Stat, Box::new(|| Ok(Answer::Number(7))));
        let found = take(2, &completions, &wakes);
        let failure = found[0].outcome.as_ref().err().expect("the first one failed");
        assert_eq!((found[0].slot, failure.errno().as_str()), (1, "PANIC"));
        assert!(matches!(found[1].outcome, Ok(Answer::Number(7))));
        pool.stop();
    }

    #[test]
    fn as_many_run_at_once_as_there_are_threads() {
        let (pool, completions, wakes) = pool_of(3);
        let barrier = Arc::new(std::sync::Barrier::new(3));
        for slot in 0..3 {
            let barrier = barrier.clone();
            // Each waits for the two others: with fewer threads this would never end.
            pool.submit(
                slot,
                Step::Read,
                Box::new(move || {
                    barrier.wait();
                    Ok(Answer::Number(0))
                }),
            );
        }
        assert_eq!(take(3, &completions, &wakes).len(), 3);
        pool.stop();
    }

    #[test]
    fn stopping_waits_for_what_runs() {
        let (pool, completions, _wakes) = pool_of(1);
        let (begun, has_begun) = mpsc::channel();
        let (go, may_go) = mpsc::channel();
        pool.submit(
            1,
            Step::Sync,
            Box::new(move || {
                begun.send(()).unwrap();
                may_go.recv().unwrap();
                Ok(Answer::Number(0))
            }),
        );
        has_begun.recv().unwrap();
        let stopping = std::thread::spawn(move || pool.stop());
        go.send(()).unwrap();
        stopping.join().unwrap();
        let slots: Vec<u32> = completions.take().iter().map(|each| each.slot).collect();
        assert_eq!(slots, [1]);
    }
}
