//! A model of Python 3.11's asyncio on virtual time: the same mechanism, step for step, without a wall clock.
//!
//! # Mechanism
//!
//! [`EventLoop`] keeps a FIFO queue of ready handles. One round, [`Run::advance_once`], is Python's
//! `BaseEventLoop._run_once`: timers that are due join the queue, then exactly the handles that stood in the queue at that
//! moment run; what they schedule waits for the next round. The rest follows from who schedules what:
//!
//! * [`EventLoop::sleep`] of zero or less is a bare yield: the task's next step is queued at once.
//! * A longer sleep sets a timer. Its handle completes a future, whose done callback queues the task: one round more.
//! * [`Lock`] and [`Semaphore`] do not suspend when they are free. Otherwise tasks queue in FIFO order, and one that was
//!   woken but has not run yet still stands in the queue, so newcomers line up behind it.
//! * [`EventLoop::gather`] queues the first step of one task per child. A finished child queues its done callback, the last
//!   of them (or the first that failed) completes the outer future, and that queues the parent. A failure does not stop the
//!   other children.
//! * When the root coroutine returns, the round ends and one more is run (that of the callback which stops the loop). Tasks
//!   that have not finished by then are dropped.
//! * A task that runs out of time is cancelled where it is suspended: the future it waits for is, which queues the task, and
//!   its next step raises there. A future that was done already stays so, and the step raises all the same: a lock or a permit
//!   that was promised to the task goes on to the next one.
//!
//! # Time
//!
//! The clock counts integer nanoseconds from 0 and saturates. [`EventLoop::run`] moves it to the next timer whenever nothing
//! is ready; a driver of real time moves it with [`Run::tick`].
//!
//! **Tie rule.** Timers fire in order of due time. A real clock wakes the loop a hair late each time, so among timers due in
//! the same nanosecond those go first whose setting was reached by fewer timer wake-ups one after another: `sleep(20)` and
//! then `sleep(1)` ends before `sleep(1)` and twice `sleep(10)`. Timers that are equal in this too fire in the order in which
//! they were set. (With a clock that is read exactly, Python would leave all of these to the order of its heap.)
//!
//! # What is left out
//!
//! Tasks are only gathered: there is no `create_task`. Only `asyncio.timeout` cancels, and only steps of a [`program`] know it
//! and `asyncio.Queue`; operations of engines do not. There is no `wait_for` (in 3.11 it runs what it waits for in a task of
//! its own), no `Event`, `Condition` and `Barrier`. Callbacks take no time. `cargo xtask test --long` holds what there is
//! against CPython.
//!
//! # Futures
//!
//! The futures of this module wake their task directly and ignore the `Waker`: they are for plain `.await`, not for
//! combinators which poll several of them by turns.

mod acquire;
mod core;
mod event_loop;
mod external;
mod gather;
mod lock;
pub mod program;
mod run;
mod semaphore;
mod signal;
mod sleep;
mod stopped;
mod timeout;
mod timers;
mod trace;
mod waiters;

pub use event_loop::{EventLoop, Limits, ROOT, TaskId};
pub use external::{External, ExternalHandle};
pub use gather::{Child, Gather};
pub use lock::{Lock, LockGuard};
pub use run::{Progress, Run};
pub use semaphore::{NegativePermits, Permit, Semaphore};
pub use sleep::Sleep;
pub use stopped::{Capped, Stopped};
pub use trace::{Event, Mark, Recording, Stamp, What};
