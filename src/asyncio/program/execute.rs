//! Runs the code of a task.

use std::rc::Rc;
use std::vec;

use super::super::event_loop::EventLoop;
use super::super::lock::LockGuard;
use super::super::semaphore::Permit;
use super::super::trace::{Mark, What};
use super::code::{Code, Op, Queue};

/// What a task holds; dropping it gives it back.
enum Held {
    Lock { _guard: LockGuard },
    Semaphore { _permit: Permit },
}

/// Code that is being run: the task's own, or that of a job.
struct Frame<R> {
    ops: vec::IntoIter<(Mark, Op<R>)>,
    end: Mark,
    /// The marks of the loop that took the job.
    outer: Mark,
    /// Where the next job comes from when this one is done.
    queue: Option<Rc<Queue<R>>>,
}

/// Runs the code of one task and gives what it returned.
pub(super) async fn execute<R>(program: Code<R>, event_loop: &EventLoop) -> Option<R> {
    let core = event_loop.core();
    let mut frames = vec![Frame::new(program, Mark::default(), None)];
    let mut held: Vec<(Mark, Held)> = Vec::new();
    let mut returned = None;
    while let Some(frame) = frames.last_mut() {
        let outer = frame.outer;
        let Some((mark, op)) = frame.ops.next() else {
            core.set_mark(frame.end.within(outer));
            if let Some(Frame { queue: Some(queue), .. }) = frames.pop() {
                frames.extend(take_job(queue, outer, event_loop));
            }
            continue;
        };
        let mark = mark.within(outer);
        core.set_mark(mark);
        match op {
            Op::Sleep(ms) => event_loop.sleep_ms(ms).await,
            Op::Lock(lock) => held.push((mark, Held::Lock { _guard: lock.acquire().await })),
            Op::Semaphore(semaphore) => held.push((mark, Held::Semaphore { _permit: semaphore.acquire().await })),
            Op::Release => drop(held.pop()),
            Op::Drain(queue) => frames.extend(take_job(queue, mark, event_loop)),
            Op::Return(value) => {
                returned = Some((mark, value));
                break;
            }
        }
    }
    // A Vec drops its first element first, but blocks are left from the inside out.
    while let Some((mark, inner)) = held.pop() {
        core.set_mark(mark);
        drop(inner);
    }
    returned.map(|(mark, value)| {
        core.set_mark(mark);
        value
    })
}

impl<R> Frame<R> {
    fn new(code: Code<R>, outer: Mark, queue: Option<Rc<Queue<R>>>) -> Self {
        Self { ops: code.ops.into_iter(), end: code.end, outer, queue }
    }
}

/// Takes the next job of a queue, if there is one; `outer` are the marks of the loop that takes it.
fn take_job<R>(queue: Rc<Queue<R>>, outer: Mark, event_loop: &EventLoop) -> Option<Frame<R>> {
    let core = event_loop.core();
    let job = queue.jobs.borrow_mut().pop_front();
    let Some(job) = job else {
        core.set_mark(outer);
        return None;
    };
    core.set_mark(job.begin.within(outer));
    core.log(What::Got, Some(&queue.resource), None);
    Some(Frame::new(job, outer, Some(queue)))
}
