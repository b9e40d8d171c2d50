//! The steps of tasks, as they come out.

use crate::lab::syntax::sentence::say;
use std::rc::Rc;

use super::Stop;
use crate::asyncio::program::{MAX_DEPTH, MAX_STEPS, Step};
use crate::lab::syntax::error::Place;
use crate::value::Value;

/// A block that is being written, and the marks that hold where it ends so far.
#[derive(Default)]
struct Block {
    steps: Vec<Step<Value>>,
    line: u32,
    item: Option<Rc<str>>,
}

/// Finished tasks, and the blocks that are open.
#[derive(Default)]
pub(super) struct Output {
    pub(super) tasks: Vec<Vec<Step<Value>>>,
    pub(super) names: Vec<String>,
    open: Vec<Block>,
    /// Where the blocks of the task or the job begin.
    base: usize,
    steps: usize,
    /// Steps but for marks.
    acts: usize,
}

impl Output {
    /// Begins a task or a job on a line, and gives what is wanted to end it; others that are open wait.
    pub(super) fn begin(&mut self, line: u32, at: Place) -> Result<usize, Stop> {
        let outer = std::mem::replace(&mut self.base, self.open.len());
        self.open.push(Block { steps: Vec::with_capacity(6), ..Block::default() });
        self.line(line, at)?;
        Ok(outer)
    }

    /// Ends a task or a job, and gives its steps.
    pub(super) fn end(&mut self, outer: usize) -> Vec<Step<Value>> {
        self.base = outer;
        self.close()
    }

    /// Marks what follows with a line.
    pub(super) fn line(&mut self, line: u32, at: Place) -> Result<(), Stop> {
        let Some(block) = self.open.last_mut().filter(|block| block.line != line) else { return Ok(()) };
        block.line = line;
        self.push(Step::Line(line), at)
    }

    /// Marks what follows with an item.
    pub(super) fn item(&mut self, item: Option<&Rc<str>>, at: Place) -> Result<(), Stop> {
        let Some(block) = self.open.last_mut().filter(|block| block.item.as_ref() != item) else { return Ok(()) };
        block.item = item.cloned();
        self.push(Step::Item(item.map(ToString::to_string).unwrap_or_default()), at)
    }

    pub(super) fn push(&mut self, step: Step<Value>, at: Place) -> Result<(), Stop> {
        self.steps += 1;
        self.acts += usize::from(!matches!(step, Step::Line(_) | Step::Item(_)));
        if self.steps > MAX_STEPS {
            return Err(Stop::refuse(
                at,
                say!("The tasks have more than {0} steps, which is the cap.", "啲 task 多過上限 {0} 步。", MAX_STEPS),
            ));
        }
        if let Some(block) = self.open.last_mut() {
            block.steps.push(step);
        }
        Ok(())
    }

    /// How many steps there are so far, but for marks.
    pub(super) fn acts(&self) -> usize {
        self.acts
    }

    /// Opens the body of a step.
    pub(super) fn open(&mut self, at: Place) -> Result<(), Stop> {
        // A step in the innermost body still has to fit.
        if self.open.len() - self.base + 1 >= MAX_DEPTH {
            return Err(Stop::refuse(
                at,
                say!(
                    "Locks and permits are held deeper than {0}, which is the cap.",
                    "揸住嘅 lock 同 permit 嵌得深過上限 {0} 層。",
                    MAX_DEPTH
                ),
            ));
        }
        let (line, item) = self.open.last().map(|block| (block.line, block.item.clone())).unwrap_or_default();
        self.open.push(Block { steps: Vec::new(), line, item });
        Ok(())
    }

    /// Closes the body of a step and gives it.
    pub(super) fn close(&mut self) -> Vec<Step<Value>> {
        self.open.pop().map(|block| block.steps).unwrap_or_default()
    }
}
