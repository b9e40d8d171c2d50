//! Runs the code of a task.

use std::rc::Rc;
use std::vec;

use super::super::event_loop::{EventLoop, ns_from_ms};
use super::super::lock::LockGuard;
use super::super::semaphore::Permit;
use super::super::timeout::{Cancelled, Timeout, cancellable};
use super::super::trace::{Mark, What};
use super::code::{Code, Op};
use super::queue::Queue;

/// What a task has entered and has to leave.
enum Held<R> {
    /// Dropping it gives it back.
    Lock { _guard: LockGuard },
    /// Dropping it gives it back.
    Semaphore { _permit: Permit },
    /// When it expires, the frame goes on where so many of its instructions are left.
    Timeout { timeout: Timeout, frame: usize, left: usize },
    /// The queue has to be told that the job is done.
    Job(Rc<Queue<R>>),
}

/// Code that is being run: the task's own, or that of a job.
struct Frame<R> {
    ops: vec::IntoIter<(Mark, Op<R>)>,
    end: Mark,
    /// The marks of the step that took the job.
    outer: Mark,
    next: Next<R>,
}

/// What comes after a job.
enum Next<R> {
    /// Whatever follows the step that took it.
    Step,
    /// Another job, if there is one.
    Drain(Rc<Queue<R>>),
    /// Another job, for which the task waits.
    Serve(Rc<Queue<R>>),
}

/// Runs the code of one task and gives what it returned.
pub(super) async fn execute<R>(program: Code<R>, event_loop: &EventLoop) -> Option<R> {
    let core = event_loop.core();
    let mut task = Task { event_loop, frames: Vec::with_capacity(1), held: Vec::new() };
    task.frames.push(Frame::new(program, Mark::default(), Next::Step));
    let mut returned = None;
    while let Some(frame) = task.frames.last_mut() {
        let outer = frame.outer;
        let step = match frame.ops.next() {
            None => task.finish_frame().await,
            Some((mark, Op::Return(value))) => {
                returned = Some((mark.within(outer), value));
                break;
            }
            Some((mark, op)) => {
                let mark = mark.within(outer);
                core.set_mark(mark);
                task.run(mark, op).await
            }
        };
        if step == Err(Cancelled) && !task.unwind(true) {
            break;
        }
    }
    task.unwind(false);
    returned.map(|(mark, value)| {
        core.set_mark(mark);
        value
    })
}

impl<R> Frame<R> {
    fn new(code: Code<R>, outer: Mark, next: Next<R>) -> Self {
        Self { ops: code.ops.into_iter(), end: code.end, outer, next }
    }

    /// Goes on where so many instructions are left.
    fn skip_to(&mut self, left: usize) {
        let skipped = self.ops.len().saturating_sub(left);
        self.ops.by_ref().take(skipped).for_each(drop);
    }
}

struct Task<'l, R> {
    event_loop: &'l EventLoop,
    frames: Vec<Frame<R>>,
    held: Vec<(Mark, Held<R>)>,
}

impl<R> Task<'_, R> {
    async fn run(&mut self, mark: Mark, op: Op<R>) -> Result<(), Cancelled> {
        let core = self.event_loop.core();
        match op {
            Op::Sleep(ms) => {
                let slept = cancellable(core, self.event_loop.sleep_ms(ms)).await;
                slept.inspect_err(|_| core.log(What::Cancelled, None, None))?;
            }
            Op::Lock(lock) => {
                let guard = cancellable(core, lock.acquire()).await;
                let cancelled = |_: &Cancelled| core.log(What::Cancelled, Some(lock.resource()), None);
                self.held.push((mark, Held::Lock { _guard: guard.inspect_err(cancelled)? }));
            }
            Op::Semaphore(semaphore) => {
                let permit = cancellable(core, semaphore.acquire()).await;
                let cancelled = |_: &Cancelled| core.log(What::Cancelled, Some(semaphore.resource()), None);
                self.held.push((mark, Held::Semaphore { _permit: permit.inspect_err(cancelled)? }));
            }
            Op::Timeout { ms, body } => {
                let frame = self.frames.len().saturating_sub(1);
                let left = self.frames.last().map_or(0, |frame| frame.ops.len()).saturating_sub(body);
                let timeout = Timeout::enter(self.event_loop.clone(), if ms > 0.0 { ns_from_ms(ms) } else { 0 });
                self.held.push((mark, Held::Timeout { timeout, frame, left }));
            }
            Op::InTime { otherwise } => {
                self.leave();
                if let Some(frame) = self.frames.last_mut() {
                    frame.skip_to(frame.ops.len().saturating_sub(otherwise));
                }
            }
            Op::Release => self.leave(),
            Op::Put(queue, job) => queue.put(*job, core).await?,
            Op::Get(queue) => self.get(queue, mark, |_| Next::Step).await?,
            Op::Serve(queue) => self.get(queue, mark, Next::Serve).await?,
            Op::Drain(queue) => self.drain(queue, mark),
            Op::Join(queue) => queue.join(core).await?,
            // Ends the loop that calls this.
            Op::Return(_) => {}
        }
        Ok(())
    }

    /// Waits for a job and begins it.
    async fn get(
        &mut self,
        queue: Rc<Queue<R>>,
        outer: Mark,
        next: fn(Rc<Queue<R>>) -> Next<R>,
    ) -> Result<(), Cancelled> {
        if let Some(job) = queue.get(self.event_loop.core()).await? {
            self.begin_job(job, outer, &queue, next(Rc::clone(&queue)));
        }
        Ok(())
    }

    /// Begins the next job if there is one.
    fn drain(&mut self, queue: Rc<Queue<R>>, outer: Mark) {
        if let Some(job) = queue.get_nowait(self.event_loop.core()) {
            self.begin_job(job, outer, &queue, Next::Drain(Rc::clone(&queue)));
        }
    }

    fn begin_job(&mut self, job: Code<R>, outer: Mark, queue: &Rc<Queue<R>>, next: Next<R>) {
        let core = self.event_loop.core();
        core.set_mark(job.begin.within(outer));
        queue.log_got(core);
        self.held.push((outer, Held::Job(Rc::clone(queue))));
        self.frames.push(Frame::new(job, outer, next));
    }

    /// Ends the task's code or a job, and takes the next one if it is a loop that took it.
    async fn finish_frame(&mut self) -> Result<(), Cancelled> {
        let Some(Frame { end, outer, next, .. }) = self.frames.pop() else { return Ok(()) };
        let core = self.event_loop.core();
        if self.frames.is_empty() {
            core.set_mark(end.within(outer));
            return Ok(());
        }
        self.leave();
        core.set_mark(outer);
        match next {
            Next::Step => {}
            Next::Drain(queue) => self.drain(queue, outer),
            Next::Serve(queue) => self.get(queue, outer, Next::Serve).await?,
        }
        Ok(())
    }

    /// Leaves what was entered last.
    fn leave(&mut self) {
        self.leave_cancelled(false);
    }

    /// Leaves everything from the inside out. A task that was cancelled goes on after the timeout that did it, if there is one.
    fn unwind(&mut self, cancelled: bool) -> bool {
        while !self.held.is_empty() {
            if self.leave_cancelled(cancelled) {
                return true;
            }
        }
        false
    }

    /// Leaves what was entered last, and tells whether that was the timeout that cancelled the task.
    fn leave_cancelled(&mut self, cancelled: bool) -> bool {
        let Some((mark, inner)) = self.held.pop() else { return false };
        let core = self.event_loop.core();
        match inner {
            Held::Lock { .. } | Held::Semaphore { .. } => {
                core.set_mark(mark);
                drop(inner);
                false
            }
            Held::Job(queue) => {
                queue.task_done(core);
                false
            }
            Held::Timeout { timeout, frame, left } => {
                let timed_out = timeout.exit(cancelled);
                if timed_out {
                    self.frames.truncate(frame + 1);
                    if let Some(frame) = self.frames.last_mut() {
                        frame.skip_to(left);
                    }
                }
                timed_out
            }
        }
    }
}
