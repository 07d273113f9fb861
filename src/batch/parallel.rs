//! Work on many items by some threads, results in the order of the items, and never more of them
//! waiting than a small window: ten thousand reports must not be in memory at once.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Room for the recursion of tree-shaped input; it is reserved, not used.
const STACK: usize = 16 << 20;

struct State<R> {
    next: usize,
    done: usize,
    stop: bool,
    ready: BTreeMap<usize, Option<R>>,
}

/// Runs `work` over `items` on `jobs` threads and hands the results to `each` in order, until
/// that breaks. Results that are ready before their turn wait, at most four a thread.
pub fn map_in_order<T, R, B>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(R) -> ControlFlow<B>,
) -> ControlFlow<B>
where
    T: Sync,
    R: Send,
{
    let jobs = jobs.clamp(1, items.len().max(1));
    let window = jobs * 4;
    let state = Mutex::new(State {
        next: 0,
        done: 0,
        stop: false,
        ready: BTreeMap::new(),
    });
    let (turn, arrived) = (Condvar::new(), Condvar::new());
    std::thread::scope(|scope| {
        let worker = || {
            loop {
                let mut s = lock(&state);
                while !s.stop && s.next < items.len() && s.next >= s.done + window {
                    s = wait(&turn, s);
                }
                let at = s.next;
                let Some(item) = items.get(at).filter(|_| !s.stop) else {
                    return;
                };
                s.next += 1;
                drop(s);
                // `work` guards against panics itself; what still gets here must not leave the
                // consumer waiting for a result that never comes.
                let mut arrival = Arrival {
                    state: &state,
                    arrived: &arrived,
                    at,
                    result: None,
                };
                arrival.result = Some(work(item));
            }
        };
        let mut started = 0;
        for _ in 0..jobs {
            let builder = std::thread::Builder::new().stack_size(STACK);
            started += usize::from(builder.spawn_scoped(scope, worker).is_ok());
        }
        for (at, item) in items.iter().enumerate() {
            let result = if started == 0 {
                // Not one thread to be had: slowly is better than not at all.
                Some(work(item))
            } else {
                let mut s = lock(&state);
                loop {
                    if let Some(result) = s.ready.remove(&at) {
                        s.done = at + 1;
                        turn.notify_all();
                        break result;
                    }
                    s = wait(&arrived, s);
                }
            };
            if let Some(result) = result {
                let flow = each(result);
                if flow.is_break() {
                    lock(&state).stop = true;
                    turn.notify_all();
                    return flow;
                }
            }
        }
        ControlFlow::Continue(())
    })
}

struct Arrival<'a, R> {
    state: &'a Mutex<State<R>>,
    arrived: &'a Condvar,
    at: usize,
    result: Option<R>,
}

impl<R> Drop for Arrival<'_, R> {
    fn drop(&mut self) {
        lock(self.state).ready.insert(self.at, self.result.take());
        self.arrived.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wait<'a, T>(condition: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    condition
        .wait(guard)
        .unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn order_is_kept_and_few_wait() {
        let items: Vec<usize> = (0..1000).collect();
        let (made, taken, most) = (
            AtomicUsize::new(0),
            AtomicUsize::new(0),
            AtomicUsize::new(0),
        );
        let mut seen = Vec::new();
        let flow = map_in_order(
            &items,
            4,
            |i| {
                if i % 7 == 0 {
                    std::thread::yield_now();
                }
                let waiting = made.fetch_add(1, Ordering::SeqCst) + 1;
                let waiting = waiting.saturating_sub(taken.load(Ordering::SeqCst));
                most.fetch_max(waiting, Ordering::SeqCst);
                i * 2
            },
            |r| {
                taken.fetch_add(1, Ordering::SeqCst);
                seen.push(r);
                ControlFlow::<()>::Continue(())
            },
        );
        assert!(flow.is_continue());
        assert_eq!(seen, items.iter().map(|i| i * 2).collect::<Vec<_>>());
        assert!(most.into_inner() <= 4 * 4 + 1);
    }

    #[test]
    fn it_stops_when_told() {
        let items: Vec<usize> = (0..100_000).collect();
        let made = AtomicUsize::new(0);
        let flow = map_in_order(
            &items,
            2,
            |i| {
                made.fetch_add(1, Ordering::SeqCst);
                *i
            },
            |i| {
                if i == 10 {
                    ControlFlow::Break(i)
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert_eq!(flow, ControlFlow::Break(10));
        assert!(made.into_inner() < 100);
    }

    #[test]
    fn nothing_to_do() {
        let none: [u8; 0] = [];
        let flow = map_in_order(&none, 3, |_| (), |()| ControlFlow::<()>::Break(()));
        assert!(flow.is_continue());
    }
}
