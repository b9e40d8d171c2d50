//! The order of things within one instant: what wakes whom, and in which round.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Context, Waker};

use specsight::asyncio::{Child, Event, EventLoop, Limits, Progress, ROOT, Recording, TaskId, What};

use crate::programs::recording_loop;

/// Gives the tasks of the events of one kind, in order.
fn tasks(log: &[Event], what: What) -> Vec<TaskId> {
    log.iter().filter(|event| event.what == what).map(|event| event.task).collect()
}

/// Gathers tasks that each sleep for the given numbers of nanoseconds one after another.
fn sleepers(event_loop: &EventLoop, naps: &[&[i64]]) -> Vec<Event> {
    let children = naps
        .iter()
        .map(|naps| {
            let (event_loop, naps) = (event_loop.clone(), naps.to_vec());
            Child::new(async move {
                for ns in naps {
                    event_loop.sleep(ns).await;
                }
                Ok::<_, ()>(())
            })
        })
        .collect();
    event_loop.run(event_loop.gather(children)).unwrap().unwrap();
    event_loop.take_events()
}

#[test]
fn timers_due_at_the_same_time_fire_in_the_order_of_setting() {
    let log = sleepers(&recording_loop(), &[&[4, 6], &[10], &[9, 1], &[10]]);
    // Both tasks 1 and 3 set their timers at 0, task 0 at 4, task 2 at 9.
    assert_eq!(tasks(&log, What::Done), [1, 3, 0, 2]);
}

#[test]
fn at_the_same_time_fewer_wake_ups_go_before_the_order_of_setting() {
    let log = sleepers(&recording_loop(), &[&[1, 10, 10], &[20, 1], &[5, 6, 10]]);
    // Due at 21: task 0 set its timer at 11 after two wake-ups, as did task 2, and task 1 at 20 after one.
    assert_eq!(tasks(&log, What::Done), [1, 0, 2]);
}

#[test]
fn a_yield_takes_one_round_and_a_timer_one_more() {
    let log = sleepers(&recording_loop(), &[&[5, 0], &[5], &[-1, 5, 0]]);
    // The timers fire in one round, the tasks wake in the next, those that only yield wake in the one after.
    assert_eq!(tasks(&log, What::Done), [1, 0, 2]);
    assert_eq!(log.last().map(|event| event.at_ns), Some(5));
}

#[test]
fn a_delay_shorter_than_a_nanosecond_still_sets_a_timer() {
    let event_loop = recording_loop();
    let children = [1e-9, 0.0]
        .map(|ms| {
            let event_loop = event_loop.clone();
            Child::new(async move {
                event_loop.sleep_ms(ms).await;
                Ok::<_, ()>(())
            })
        })
        .into();
    event_loop.run(event_loop.gather(children)).unwrap().unwrap();
    assert_eq!(tasks(&event_loop.take_events(), What::Wake), [1, 0]);
    assert_eq!(event_loop.now_ns(), 0);
}

#[test]
fn milliseconds_round_to_nanoseconds() {
    let event_loop = recording_loop();
    let slept = event_loop.clone();
    event_loop.run(async move { slept.sleep_ms(0.000_001_6).await }).unwrap();
    assert_eq!(event_loop.now_ns(), 2);
}

#[test]
fn the_clock_saturates() {
    let event_loop = recording_loop();
    let slept = event_loop.clone();
    let forever = async move {
        for _ in 0..3 {
            slept.sleep(i64::MAX).await;
        }
        slept.sleep_ms(f64::MAX).await;
        slept.sleep_ms(f64::NAN).await;
    };
    event_loop.run(forever).unwrap();
    assert_eq!(event_loop.now_ns(), u64::MAX);
}

#[test]
fn a_newcomer_stands_behind_a_task_that_was_woken() {
    let event_loop = recording_loop();
    let lock = event_loop.lock("l");
    let holder = {
        let (event_loop, lock) = (event_loop.clone(), lock.clone());
        async move {
            let guard = lock.acquire().await;
            event_loop.sleep(0).await;
            drop(guard);
            // Released, and task 1 has been woken but has not run: the lock is free, yet not to be had.
            assert!(!lock.locked());
            drop(lock.acquire().await);
            Ok::<_, ()>(())
        }
    };
    let waiter = {
        let lock = lock.clone();
        async move {
            drop(lock.acquire().await);
            Ok(())
        }
    };
    event_loop.run(event_loop.gather(vec![Child::new(holder), Child::new(waiter)])).unwrap().unwrap();
    assert_eq!(tasks(&event_loop.take_events(), What::Acquired), [0, 1, 0]);
}

#[test]
fn a_dropped_wait_passes_the_permit_on() {
    let event_loop = recording_loop();
    let semaphore = event_loop.semaphore("s", 1).unwrap();
    let root = async move {
        let permit = semaphore.acquire().await;
        let mut asleep = Box::pin(semaphore.acquire());
        let mut woken = Box::pin(semaphore.acquire());
        let mut next = Box::pin(semaphore.acquire());
        let mut cx = Context::from_waker(Waker::noop());
        for waiting in [&mut asleep, &mut woken, &mut next] {
            assert!(waiting.as_mut().poll(&mut cx).is_pending());
        }
        drop(asleep);
        drop(permit);
        drop(woken);
        drop(next.await);
        assert!(!semaphore.locked());
    };
    event_loop.run(root).unwrap();
}

#[test]
fn gather_gives_results_in_the_order_of_children() {
    let event_loop = recording_loop();
    let children = [30, 10, 20]
        .map(|ns| {
            let event_loop = event_loop.clone();
            let nap = async move {
                event_loop.sleep(ns).await;
                Ok::<_, ()>(ns)
            };
            Child::new(nap).labelled(format!("nap {ns}"))
        })
        .into();
    let gathered = event_loop.gather(children).label_done(|slept| slept.ok().map(|ns| ns.to_string().into()));
    assert_eq!(event_loop.run(gathered).unwrap(), Ok(vec![30, 10, 20]));
    let labels: Vec<String> =
        event_loop.take_events().iter().filter_map(|event| event.label.as_deref().map(str::to_owned)).collect();
    assert_eq!(labels, ["nap 30", "nap 10", "nap 20", "10", "20", "30"]);
}

#[test]
fn gathering_nothing_does_not_suspend() {
    let event_loop = recording_loop();
    let inner = event_loop.clone();
    let mut run = event_loop.start(async move { inner.gather(Vec::<Child<(), ()>>::new()).await });
    // One round for the root's only step, one for the callback that stops the loop.
    assert_eq!(run.advance_once(), None);
    assert_eq!(run.advance_once(), Some(Progress::Finished(Ok(Vec::new()))));
}

#[test]
fn the_first_error_wakes_the_parent_and_the_others_go_on() {
    let event_loop = recording_loop();
    let inner = event_loop.clone();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let root = {
        let seen = Rc::clone(&seen);
        async move {
            let children = [(20, Ok(())), (10, Err("late")), (5, Err("first")), (30, Ok(()))]
                .map(|(ns, result)| {
                    let (event_loop, seen) = (inner.clone(), Rc::clone(&seen));
                    Child::new(async move {
                        event_loop.sleep(ns).await;
                        seen.borrow_mut().push((event_loop.now_ns(), event_loop.current_task()));
                        result
                    })
                })
                .into();
            let gathered = inner.gather(children).await;
            seen.borrow_mut().push((inner.now_ns(), inner.current_task()));
            inner.sleep(17).await;
            gathered
        }
    };
    assert_eq!(event_loop.run(root).unwrap(), Err("first"));
    // The last child would have finished at 30; the root returned at 22.
    assert_eq!(*seen.borrow(), [(5, 2), (5, ROOT), (10, 1), (20, 0)]);
    assert_eq!(event_loop.now_ns(), 22);
}

#[test]
fn the_round_that_stops_the_loop_still_runs_what_is_ready() {
    let event_loop = recording_loop();
    let inner = event_loop.clone();
    let root = async move {
        let yielding = inner.clone();
        let child = Child::new(async move {
            for _ in 0..9 {
                yielding.sleep(0).await;
            }
            Ok::<_, ()>(())
        });
        // Not awaited: the child gets its steps only while the root is there.
        drop(inner.gather(vec![child]));
        inner.sleep(0).await;
    };
    event_loop.run(root).unwrap();
    let log = event_loop.take_events();
    let child: Vec<What> = log.iter().filter(|event| event.task == 0).map(|event| event.what).collect();
    assert_eq!(child, [What::Start, What::Sleep, What::Wake, What::Sleep]);
}

#[test]
fn without_recording_nothing_is_stored_or_counted() {
    let event_loop = EventLoop::new(Limits { tasks: 9, events: 0 }, Recording::Off);
    assert!(sleepers(&event_loop, &[&[1], &[0, 2]]).is_empty());
}

#[test]
fn locks_are_known_by_name_and_semaphores_are_new() {
    let event_loop = recording_loop();
    let inner = event_loop.clone();
    let root = async move {
        let _guard = inner.lock("l").acquire().await;
        let _permit = inner.semaphore("s", 1).unwrap().acquire().await;
        (inner.lock("l").locked(), inner.lock("m").locked(), inner.semaphore("s", 1).unwrap().locked())
    };
    assert_eq!(event_loop.run(root).unwrap(), (true, false, false));
}
