//! The shape of a program.

use std::rc::Rc;

use super::error::Place;
use super::names::{Names, Symbol};
use super::value::{Builtin, Val};

/// A source that has been read.
#[derive(Debug)]
pub struct Module {
    /// What stands at its outermost level.
    pub body: Block,
    /// All names that occur.
    pub names: Names,
}

/// Statements one after another.
pub type Block = Vec<Stmt>;

/// A statement.
#[derive(Debug)]
pub struct Stmt {
    /// Where it begins.
    pub at: Place,
    /// What it does.
    pub kind: StmtKind,
}

/// What a statement does.
#[derive(Debug)]
pub enum StmtKind {
    /// `pass`.
    Pass,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// An expression for its effect.
    Expr(Expr),
    /// `target = value`, or with an annotation.
    Assign { target: Target, value: Expr },
    /// `name += value` and the like.
    Augment { name: Variable, op: BinaryOp, value: Expr },
    /// `return`, with or without a value.
    Return(Option<Expr>),
    /// `raise`, with or without an exception.
    Raise(Option<Expr>),
    /// `if`, each `elif` with it.
    If { arms: Vec<(Expr, Block)>, otherwise: Block },
    /// `for target in iterable`.
    For { target: Target, iterable: Expr, body: Block },
    /// `while test`.
    While { test: Expr, body: Block },
    /// `while not queue.empty(): job = queue.get_nowait()`, or `while True: job = await queue.get()`, and what is done with the job.
    Drain(Rc<Drain>),
    /// `async with`.
    With { items: Vec<Expr>, body: Block },
    /// `try`.
    Try(Box<Try>),
    /// `async def`, or `def`.
    Function(Rc<Function>),
    /// `import` and `from .. import`.
    Import(Vec<(Variable, Builtin)>),
}

/// A loop that takes jobs.
#[derive(Debug)]
pub struct Drain {
    /// The queue.
    pub queue: Expr,
    /// Whether it waits for the next job where there is none, instead of ending.
    pub waits: bool,
    /// Where a job is taken.
    pub taken: Place,
    /// The variable of the job.
    pub target: Target,
    /// What is done with it.
    pub body: Block,
    /// Local variables that the loop assigns: what they hold depends on which jobs came before.
    pub assigned: Vec<Symbol>,
    /// Variables that are read in the loop, but not assigned there.
    pub free: Vec<Variable>,
}

/// `try` with all its parts.
#[derive(Debug)]
pub struct Try {
    /// What may raise.
    pub body: Block,
    /// Each `except`.
    pub handlers: Vec<Handler>,
    /// What follows when nothing was raised.
    pub otherwise: Block,
    /// What is done in any case.
    pub finally: Block,
    /// Variables that its body changes.
    pub tried: Vec<Symbol>,
    /// Variables that it changes on any way to its `finally`.
    pub assigned: Vec<Symbol>,
}

/// An `except`.
#[derive(Debug)]
pub struct Handler {
    /// Where it begins.
    pub at: Place,
    /// The classes; none catches everything.
    pub classes: Option<Expr>,
    /// `as name`.
    pub name: Option<Variable>,
    /// What is done.
    pub body: Block,
}

/// `async def` or `def`.
#[derive(Debug)]
pub struct Function {
    /// Where it begins.
    pub at: Place,
    /// Its name, as a variable of the scope around it.
    pub name: Variable,
    /// Its parameters.
    pub params: Vec<Variable>,
    /// Annotations, which are only checked.
    pub annotations: Vec<Expr>,
    /// What it does.
    pub body: Block,
    /// Whether it makes a coroutine.
    pub is_async: bool,
    /// Whether functions are defined in it, which keep its variables.
    pub is_captured: bool,
    /// Where it waits: each `await` and `async with`.
    pub waits: Vec<Place>,
}

/// What is assigned to.
#[derive(Debug)]
pub enum Target {
    /// A variable.
    Name(Variable),
    /// As many as there are values.
    Tuple(Vec<Target>, Place),
}

/// A name, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Where it stands.
    pub at: Place,
    /// The name.
    pub name: Symbol,
    /// Where it is looked up.
    pub scope: Scope,
}

/// Where a name is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Among the variables of the function itself.
    Local,
    /// Among those of a function around it, so many levels further out.
    Outer(u32),
    /// Among those of the module, then among those that Python has.
    Global,
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// Where it begins.
    pub at: Place,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug)]
pub enum ExprKind {
    /// A literal.
    Constant(Val),
    /// A name.
    Name(Variable),
    /// An f-string.
    Format(Vec<Format>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `a, b`.
    Tuple(Vec<Expr>),
    /// `{key: value}`.
    Dict(Vec<(Expr, Expr)>),
    /// `[element for target in iterable if ..]`, or without brackets, in a call.
    Comprehension(Box<Comprehension>),
    /// `value[index]`.
    Subscript(Box<(Expr, Expr)>),
    /// `value[from:to:step]`.
    Slice(Box<(Expr, [Option<Expr>; 3])>),
    /// `value.name`.
    Attribute(Box<Expr>, Symbol),
    /// `callee(arguments)`.
    Call(Box<Call>),
    /// `*iterable`, as an argument.
    Star(Box<Expr>),
    /// `await awaitable`.
    Await(Box<Expr>),
    /// `not value`, `-value`, `+value`.
    Unary(UnaryOp, Box<Expr>),
    /// Arithmetic of one rank, from left to right: flat, so that a long sum is not deep.
    Binary(Box<Expr>, Vec<(BinaryOp, Expr)>),
    /// `a < b <= c`.
    Compare(Box<Expr>, Vec<(CompareOp, Expr)>),
    /// `a and b`; `true` stops at the first that is false, `false` (`or`) at the first that is true.
    Logical(bool, Vec<Expr>),
    /// `value if test else other`, as test, value, other.
    Conditional(Box<[Expr; 3]>),
}

/// A piece of an f-string.
#[derive(Debug)]
pub enum Format {
    /// Text as it is.
    Text(crate::value::Str),
    /// A value; `true` shows it as `repr` does.
    Field(Expr, bool),
}

/// A call.
#[derive(Debug)]
pub struct Call {
    /// What is called.
    pub callee: Expr,
    /// The arguments in order.
    pub arguments: Vec<Expr>,
    /// `reverse=True`.
    pub keywords: Vec<(Symbol, Expr)>,
}

/// `element for target in iterable if condition`.
#[derive(Debug)]
pub struct Comprehension {
    /// What becomes of each.
    pub element: Expr,
    /// Each `for` with its `if`s, from the outside in.
    pub loops: Vec<(Target, Expr, Vec<Expr>)>,
    /// Without brackets: it stands for its elements where they are iterated at once.
    pub is_generator: bool,
}

/// An operator before a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `not`.
    Not,
    /// `-`.
    Minus,
    /// `+`.
    Plus,
}

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `*`.
    Mul,
    /// `/`.
    Div,
    /// `//`.
    FloorDiv,
    /// `%`.
    Mod,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `==`.
    Eq,
    /// `!=`.
    Ne,
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
    /// `in`.
    In,
    /// `not in`.
    NotIn,
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
}
