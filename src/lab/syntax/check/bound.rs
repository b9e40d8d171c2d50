//! The names that a block binds.

use std::collections::BTreeSet;

use crate::lab::syntax::ast::{Block, ExprKind, Stmt, StmtKind, Target, Try};
use crate::lab::syntax::names::Symbol;

/// Names that are bound in a block, those of functions within left out.
#[derive(Default)]
pub(super) struct Bound {
    /// Given a value.
    pub(super) assigned: BTreeSet<Symbol>,
    /// Changed in place: `count += 1`.
    pub(super) augmented: BTreeSet<Symbol>,
    /// Changed by a method: `results.append(..)`.
    pub(super) grown: BTreeSet<Symbol>,
}

impl Bound {
    pub(super) fn of(block: &Block) -> Self {
        let mut bound = Self::default();
        bound.block(block);
        bound
    }

    /// All names that hold something else, or more, afterwards.
    pub(super) fn changed(self) -> Vec<Symbol> {
        let Self { mut assigned, augmented, grown } = self;
        assigned.extend(augmented);
        assigned.extend(grown);
        assigned.into_iter().collect()
    }

    /// Adds what a loop over `target` binds.
    pub(super) fn target(&mut self, target: &Target) {
        match target {
            Target::Name(variable) => {
                self.assigned.insert(variable.name);
            }
            Target::Tuple(targets, _) => targets.iter().for_each(|target| self.target(target)),
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        for stmt in block {
            self.statement(stmt);
        }
    }

    /// Adds what a `try` binds before its `finally`.
    pub(super) fn ways(&mut self, parts: &Try) {
        self.block(&parts.body);
        for handler in &parts.handlers {
            self.assigned.extend(handler.name.map(|variable| variable.name));
            self.block(&handler.body);
        }
        self.block(&parts.otherwise);
    }

    fn statement(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign { target, .. } => self.target(target),
            StmtKind::Augment { name, .. } => {
                self.augmented.insert(name.name);
            }
            StmtKind::Import(bindings) => self.assigned.extend(bindings.iter().map(|(variable, _)| variable.name)),
            StmtKind::Function(function) => {
                self.assigned.insert(function.name.name);
            }
            StmtKind::If { arms, otherwise } => {
                for (_, block) in arms {
                    self.block(block);
                }
                self.block(otherwise);
            }
            StmtKind::For { target, body, .. } => {
                self.target(target);
                self.block(body);
            }
            StmtKind::Drain(drain) => {
                self.target(&drain.target);
                self.block(&drain.body);
            }
            StmtKind::While { body, .. } | StmtKind::With { body, .. } => self.block(body),
            StmtKind::Try(parts) => {
                self.ways(parts);
                self.block(&parts.finally);
            }
            StmtKind::Expr(expr) => {
                if let ExprKind::Call(call) = &expr.kind
                    && let ExprKind::Attribute(object, _) = &call.callee.kind
                    && let ExprKind::Name(variable) = object.kind
                {
                    self.grown.insert(variable.name);
                }
            }
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue | StmtKind::Return(_) | StmtKind::Raise(_) => {}
        }
    }
}
