//! `asyncio.sleep`.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::event_loop::EventLoop;
use super::signal::Signal;
use super::timers::{Alarm, TimerKey};
use super::trace::What;

/// The future of [`EventLoop::sleep`].
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    event_loop: EventLoop,
    /// Without a delay the task only yields.
    delay_ns: Option<u64>,
    stage: Stage,
}

enum Stage {
    New,
    Yielded,
    Timed(TimerKey, Rc<Signal>),
    Over,
}

impl Sleep {
    pub(super) fn new(event_loop: EventLoop, delay_ns: Option<u64>) -> Self {
        Self { event_loop, delay_ns, stage: Stage::New }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let core = this.event_loop.core();
        match &this.stage {
            Stage::New => {
                core.log(What::Sleep, None, None);
                if let Some(delay_ns) = this.delay_ns {
                    let signal = Signal::new();
                    let key = core.set_timer(delay_ns, Alarm::Complete(Rc::clone(&signal)));
                    let pending = core.wait_on(&signal);
                    this.stage = Stage::Timed(key, signal);
                    return pending;
                }
                core.yield_now();
                this.stage = Stage::Yielded;
                return Poll::Pending;
            }
            Stage::Timed(_, signal) if core.wait_on(signal).is_pending() => {
                return Poll::Pending;
            }
            Stage::Timed(..) | Stage::Yielded => core.log(What::Wake, None, None),
            Stage::Over => {}
        }
        this.stage = Stage::Over;
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Stage::Timed(key, signal) = &self.stage {
            let _ = signal.cancel();
            self.event_loop.core().cancel_timer(*key);
        }
    }
}
