//! Work on many items by some threads, results in the order of the items, and never more of them
//! waiting than a small window: ten thousand reports must not be in memory at once. Of the files
//! `a`, `b`, `c` the result of `a` comes first, even if `c` was ready long before, and if `b`
//! panics, that is the result of `b` and `c` follows.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::guard::guarded;

/// Room for the recursion of tree-shaped input; it is reserved, not used.
const STACK: usize = 16 << 20;

struct State<R> {
    next: usize,
    done: usize,
    stop: bool,
    ready: BTreeMap<usize, Result<R, String>>,
}

/// Runs `work` over `items` on `jobs` threads and hands each item and its result to `each` in
/// order, until that breaks. Results that are ready before their turn wait, at most four a
/// thread. Work that panics gives the panic's message and place for a result.
pub fn map_in_order<T, R, B>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(&T, Result<R, String>) -> ControlFlow<B>,
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
        // However this ends, a panic in `each` included, nobody waits for his turn for ever.
        let _end = End(&state, &turn);
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
                let result = guarded(|| work(item));
                lock(&state).ready.insert(at, result);
                arrived.notify_one();
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
                guarded(|| work(item))
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
            let flow = each(item, result);
            if flow.is_break() {
                return flow;
            }
        }
        ControlFlow::Continue(())
    })
}

/// Tells the workers to stop when the results are no longer taken.
struct End<'a, R>(&'a Mutex<State<R>>, &'a Condvar);

impl<R> Drop for End<'_, R> {
    fn drop(&mut self) {
        lock(self.0).stop = true;
        self.1.notify_all();
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
            |_, r| {
                taken.fetch_add(1, Ordering::SeqCst);
                seen.push(r.unwrap());
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
            |item, i| {
                assert_eq!(i, Ok(*item));
                if *item == 10 {
                    ControlFlow::Break(*item)
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
        let flow = map_in_order(&none, 3, |_| (), |_, _| ControlFlow::<()>::Break(()));
        assert!(flow.is_continue());
    }

    /// More panics than there are threads: each is the result of its item.
    #[test]
    fn a_panic_is_the_result_of_its_item() {
        let items: Vec<usize> = (0..40).collect();
        for jobs in [1, 3] {
            let mut seen = Vec::new();
            let flow = map_in_order(
                &items,
                jobs,
                |i| {
                    assert!(i % 3 != 0, "item {i} is odd");
                    *i
                },
                |item, result| {
                    match result {
                        Ok(i) => assert_eq!(i, *item),
                        Err(message) => {
                            let said = format!("item {item} is odd (parallel.rs:");
                            assert!(message.starts_with(&said), "{message}");
                        }
                    }
                    seen.push(*item);
                    ControlFlow::<()>::Continue(())
                },
            );
            assert!(flow.is_continue());
            assert_eq!(seen, items);
        }
    }

    /// The workers are let go when whoever takes the results panics; this test ends.
    #[test]
    fn a_panic_of_the_taker_ends_it() {
        let items: Vec<usize> = (0..100).collect();
        let ended = guarded(|| {
            map_in_order(
                &items,
                2,
                |i| *i,
                |item, _| {
                    assert!(*item < 5, "enough");
                    ControlFlow::<()>::Continue(())
                },
            )
        });
        assert!(ended.unwrap_err().starts_with("enough"));
    }
}
