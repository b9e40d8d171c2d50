//! What a run of an operation has around its state.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::ExternalRequest;
use super::host::Host;
use crate::asyncio::{EventLoop, Limits, Recording, Stamp};

/// The event loop of a run, its calls to the outside, and who watches its state.
pub struct RunContext {
    /// Where the tasks run.
    pub event_loop: EventLoop,
    /// The calls that wait to be made outside.
    pub outbox: RefCell<VecDeque<ExternalRequest>>,
    watch: Option<Watch>,
}

/// Is shown a state after every piece of work on it, changed or not.
pub type Watcher = Box<dyn FnMut(Stamp, &dyn Host)>;

struct Watch {
    host: Rc<dyn Host>,
    watcher: RefCell<Watcher>,
}

impl RunContext {
    /// A context whose state nobody watches.
    pub fn new(recording: Recording) -> Rc<Self> {
        Rc::new(Self::with_watch(recording, None))
    }

    /// A context in which `watcher` is shown the state of `host`.
    pub fn watched(host: &Rc<dyn Host>, watcher: Watcher) -> Rc<Self> {
        let watch = Watch { host: Rc::clone(host), watcher: RefCell::new(watcher) };
        Rc::new(Self::with_watch(Recording::On, Some(watch)))
    }

    fn with_watch(recording: Recording, watch: Option<Watch>) -> Self {
        Self { event_loop: EventLoop::new(Limits::default(), recording), outbox: RefCell::default(), watch }
    }

    /// Is called after every piece of work on the state; costs a look when nobody watches.
    pub fn worked(&self) {
        if let Some(watch) = &self.watch {
            (watch.watcher.borrow_mut())(self.event_loop.stamp(), &*watch.host);
        }
    }
}
