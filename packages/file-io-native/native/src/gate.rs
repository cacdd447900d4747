use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Keeps apart, within this process, what must not overlap on one file: many may be in it together, or one alone. A
/// read-modify-write of a block is alone, as a write to other bytes of that block would be undone by it; so is a change
/// of the size. One who waits to be alone lets nobody else in before him.
#[derive(Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    together_count: usize,
    alone: bool,
    waiting_alone_count: usize,
}

impl Gate {
    /// Waits. Never on the JavaScript thread.
    pub fn together(&self) -> Together<'_> {
        let mut state = self.lock();
        while state.alone || state.waiting_alone_count > 0 {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.together_count += 1;
        Together(self)
    }

    /// Waits. Never on the JavaScript thread.
    pub fn alone(&self) -> Alone<'_> {
        let mut state = self.lock();
        state.waiting_alone_count += 1;
        while state.alone || state.together_count > 0 {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting_alone_count -= 1;
        state.alone = true;
        Alone(self)
    }

    /// For a call that ends on another thread: whoever is told `true` calls [`Gate::leave_together`] when it is over.
    #[cfg(target_os = "linux")]
    pub fn try_enter_together(&self) -> bool {
        let mut state = self.lock();
        let free = !state.alone && state.waiting_alone_count == 0;
        if free {
            state.together_count += 1;
        }
        free
    }

    pub fn leave_together(&self) {
        self.lock().together_count -= 1;
        self.changed.notify_all();
    }

    /// Nothing here can be left half done by a panic: the counts are changed in one step each.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub struct Together<'a>(&'a Gate);

impl Drop for Together<'_> {
    fn drop(&mut self) {
        self.0.leave_together();
    }
}

pub struct Alone<'a>(&'a Gate);

impl Drop for Alone<'_> {
    fn drop(&mut self) {
        self.0.lock().alone = false;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn lets_one_alone_or_many_together() {
        let gate = Arc::new(Gate::default());
        let inside = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..8)
            .map(|index| {
                let (gate, inside) = (gate.clone(), inside.clone());
                thread::spawn(move || {
                    for _ in 0..2_000 {
                        if index % 4 == 0 {
                            let _alone = gate.alone();
                            assert_eq!(inside.fetch_add(1_000, Ordering::SeqCst), 0);
                            inside.fetch_sub(1_000, Ordering::SeqCst);
                        } else {
                            let _together = gate.together();
                            assert!(inside.fetch_add(1, Ordering::SeqCst) < 1_000);
                            inside.fetch_sub(1, Ordering::SeqCst);
                        }
                    }
                })
            })
            .collect();
        for each in threads {
            each.join().unwrap();
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn refuses_instead_of_waiting_where_it_must_not_wait() {
        let gate = Gate::default();
        assert!(gate.try_enter_together());
        assert!(gate.try_enter_together());
        gate.leave_together();
        gate.leave_together();
        let alone = gate.alone();
        assert!(!gate.try_enter_together());
        drop(alone);
        assert!(gate.try_enter_together());
    }
}
