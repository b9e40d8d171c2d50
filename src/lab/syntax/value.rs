//! The values of the language.
//!
//! They never change once they are made, so that tasks may share them: what Python would change in place is refused, or
//! replaced by a new value where nobody else can see it.

use super::sentence::{Sentence, say};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::ast::Function;
use super::exception::{Class, Exception};
use crate::value::{Int, Str, Value};

/// A value.
#[derive(Clone, Debug)]
pub enum Val {
    /// `None`.
    None,
    /// A `bool`.
    Bool(bool),
    /// An `int`.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// A `str`.
    Str(Str),
    /// A `list`.
    List(Rc<Items>),
    /// A `tuple`.
    Tuple(Rc<Items>),
    /// A `dict`, in insertion order: keys and values by turns.
    Dict(Rc<Items>),
    /// A row of a table: a `dict` that is made when it is looked into.
    Row(Rc<dyn Table>, u32),
    /// A `range`.
    Range(Rc<Range>),
    /// An exception.
    Exception(Rc<Exception>),
    /// A semaphore, by its position among them.
    Semaphore(usize),
    /// A lock, by its position among them.
    Lock(usize),
    /// A queue, by its position among them.
    Queue(usize),
    /// A `defaultdict(Lock)`, by its position among them.
    Locks(usize),
    /// A `timeout(seconds)`.
    Timeout(f64),
    /// One of the program's functions.
    Function(Rc<Closure>),
    /// What a call of an `async def` makes.
    Coroutine(Rc<Coroutine>),
    /// Something that Python or asyncio has.
    Builtin(Builtin),
}

/// Values in a row, with what an operation on all of them costs.
#[derive(Debug)]
pub struct Items {
    /// The values.
    pub values: Vec<Val>,
    /// How deep containers nest in it, itself included.
    pub depth: usize,
    /// How many values there are, those within included.
    pub weight: usize,
}

/// Rows that are made one at a time, when they are looked into.
pub trait Table: fmt::Debug {
    /// The keys of every row.
    fn keys(&self) -> &[&'static str];
    /// The value of a row under one of the keys.
    fn get(&self, row: u32, key: &str) -> Option<Val>;
}

/// `range(start, stop, by)`.
#[derive(Debug)]
pub struct Range {
    /// The first number.
    pub start: i64,
    /// The first one that is not in it any more.
    pub stop: i64,
    /// From one to the next; never 0.
    pub by: i64,
}

/// A function, and the variables around it.
#[derive(Debug)]
pub struct Closure {
    /// Its text.
    pub function: Rc<Function>,
    /// The frame of the function around it.
    pub outer: Option<usize>,
}

/// Something to be awaited.
#[derive(Debug)]
pub struct Coroutine {
    /// What runs.
    pub work: Work,
    /// Whether it has been awaited: that can be done once.
    pub awaited: Cell<bool>,
}

/// What a coroutine does.
#[derive(Debug)]
pub enum Work {
    /// One of the program's functions with its arguments, which it is given when it runs.
    Call(Rc<Closure>, RefCell<Vec<Val>>),
    /// `asyncio.sleep(seconds)`.
    Sleep(f64),
    /// `queue.put(job)`.
    Put(usize, Val),
    /// `queue.join()`.
    Join(usize),
}

/// What Python and asyncio have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    Abs,
    Bool,
    Dict,
    Enumerate,
    Float,
    Int,
    Len,
    List,
    Max,
    Min,
    Print,
    Range,
    Repr,
    Sorted,
    Str,
    Sum,
    Tuple,
    Zip,
    Exception(Class),
    Asyncio,
    Collections,
    DefaultDict,
    Gather,
    Lock,
    Queue,
    Run,
    Semaphore,
    Sleep,
    Timeout,
}

/// The functions and types that Python has everywhere.
const BUILTINS: [(&str, Builtin); 18] = [
    ("abs", Builtin::Abs),
    ("bool", Builtin::Bool),
    ("dict", Builtin::Dict),
    ("enumerate", Builtin::Enumerate),
    ("float", Builtin::Float),
    ("int", Builtin::Int),
    ("len", Builtin::Len),
    ("list", Builtin::List),
    ("max", Builtin::Max),
    ("min", Builtin::Min),
    ("print", Builtin::Print),
    ("range", Builtin::Range),
    ("repr", Builtin::Repr),
    ("sorted", Builtin::Sorted),
    ("str", Builtin::Str),
    ("sum", Builtin::Sum),
    ("tuple", Builtin::Tuple),
    ("zip", Builtin::Zip),
];

/// The members of `asyncio`.
const ASYNCIO: [(&str, Builtin); 7] = [
    ("Lock", Builtin::Lock),
    ("Queue", Builtin::Queue),
    ("Semaphore", Builtin::Semaphore),
    ("gather", Builtin::Gather),
    ("run", Builtin::Run),
    ("sleep", Builtin::Sleep),
    ("timeout", Builtin::Timeout),
];

impl Builtin {
    /// What a name means that the program does not define: as if all of `asyncio` had been imported, and `defaultdict`.
    pub fn named(name: &str) -> Option<Self> {
        let module = match name {
            "asyncio" => Some(Self::Asyncio),
            "collections" => Some(Self::Collections),
            _ => None,
        };
        let here = BUILTINS.iter().find(|(known, _)| *known == name).map(|(_, builtin)| *builtin);
        here.or(module)
            .or_else(|| Self::Asyncio.member(name).filter(|found| *found != Self::Run))
            .or_else(|| Self::Collections.member(name))
            .or_else(|| Class::named(name).map(Self::Exception))
    }

    /// `module.name`.
    pub fn member(self, name: &str) -> Option<Self> {
        match self {
            Self::Asyncio => {
                let found = ASYNCIO.iter().find(|(known, _)| *known == name).map(|(_, builtin)| *builtin);
                found.or_else(|| Class::named(name).filter(|class| class.is_asyncio()).map(Self::Exception))
            }
            Self::Collections if name == "defaultdict" => Some(Self::DefaultDict),
            _ => None,
        }
    }

    /// The sentence for a member of a module that is not known here.
    pub fn unknown_member(self, name: &str) -> Sentence {
        match name {
            "create_task" | "ensure_future" | "TaskGroup" => {
                say!(
                    "`{0}` is not known here: `gather(...)` starts the tasks.",
                    "呢度唔識 `{0}`：開 task 用 `gather(...)`。",
                    name
                )
            }
            "wait_for" | "timeout_at" => {
                say!(
                    "`{0}` is not known here: write `async with timeout(seconds):` around what may take too long.",
                    "呢度唔識 `{0}`：用 `async with timeout(seconds):` 包住可能太耐嘅嘢。",
                    name
                )
            }
            "wait" | "as_completed" | "shield" => {
                say!(
                    "`{0}` is not known here: the laboratory leaves cancelling out, but for `timeout(seconds)`.",
                    "呢度唔識 `{0}`：除咗 `timeout(seconds)`，實驗室唔做 cancel。",
                    name
                )
            }
            "BoundedSemaphore" => say!(
                "Write `Semaphore`: with `async with` the two do the same.",
                "寫 `Semaphore`：用 `async with` 嘅話，兩個做嘅嘢一樣。"
            ),
            "Event" | "Condition" | "Barrier" | "PriorityQueue" | "LifoQueue" => {
                say!(
                    "`{0}` is not known here: there are `Lock`, `Semaphore` and `Queue`.",
                    "呢度唔識 `{0}`：有 `Lock`、`Semaphore` 同 `Queue`。",
                    name
                )
            }
            _ => say!("`{0}.{1}` is not known here.", "呢度唔識 `{0}.{1}`。", self.name(), name),
        }
    }

    /// All names that mean something without being defined.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let modules = ["asyncio", "collections", "defaultdict"].into_iter();
        BUILTINS.iter().chain(&ASYNCIO).map(|(name, _)| *name).chain(modules).chain(Class::names())
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asyncio => "asyncio",
            Self::Collections => "collections",
            Self::DefaultDict => "defaultdict",
            Self::Exception(class) => class.name(),
            _ => BUILTINS.iter().chain(&ASYNCIO).find(|(_, known)| *known == self).map_or("", |(name, _)| name),
        }
    }
}

impl Range {
    /// `len(range)`.
    pub fn len(&self) -> usize {
        let (start, stop, by) = (i128::from(self.start), i128::from(self.stop), i128::from(self.by));
        let span = if by > 0 { stop - start } else { start - stop };
        usize::try_from((span + by.abs() - 1) / by.abs()).unwrap_or_default()
    }

    /// The number at a position below its length.
    pub fn at(&self, position: usize) -> Val {
        let position = i64::try_from(position).unwrap_or_default();
        Val::Int(self.start.wrapping_add(self.by.wrapping_mul(position)))
    }
}

impl Val {
    /// The name of its Python type.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Dict(_) | Self::Row(..) => "dict",
            Self::Range(_) => "range",
            Self::Exception(error) => error.class.name(),
            Self::Semaphore(_) => "Semaphore",
            Self::Lock(_) => "Lock",
            Self::Queue(_) => "Queue",
            Self::Locks(_) => "defaultdict",
            Self::Timeout(_) => "Timeout",
            Self::Function(_) => "function",
            Self::Coroutine(_) => "coroutine",
            Self::Builtin(Builtin::Asyncio | Builtin::Collections) => "module",
            Self::Builtin(_) => "builtin_function_or_method",
        }
    }

    /// The name of its type with its article: `a list`, `an int`.
    pub fn a_type(&self) -> Sentence {
        let name = self.type_name();
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
        say!("{0} {1}", "`{1}`", article, name)
    }

    /// How deep containers nest in it.
    pub fn depth(&self) -> usize {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Dict(items) => items.depth,
            Self::Row(..) | Self::Exception(_) => 1,
            _ => 0,
        }
    }

    /// How long it is: what copying it costs.
    pub fn size(&self) -> usize {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Dict(items) => items.values.len(),
            Self::Str(text) => text.len() / 8,
            _ => 0,
        }
    }

    /// How many values there are in it, itself included: what looking at all of it costs.
    pub fn weight(&self) -> usize {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Dict(items) => items.weight,
            Self::Row(table, _) => 1 + 2 * table.keys().len(),
            Self::Str(text) => 1 + text.len() / 64,
            Self::Exception(error) => 1 + error.arguments.iter().map(Self::weight).sum::<usize>(),
            _ => 1,
        }
    }

    /// The number that it is; a `bool` is 0 or 1.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(*n),
            Self::Bool(b) => Some(i64::from(*b)),
            _ => None,
        }
    }

    /// `bool(self)`.
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(b) => *b,
            Self::Int(n) => *n != 0,
            Self::Float(x) => *x != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::List(items) | Self::Tuple(items) | Self::Dict(items) => !items.values.is_empty(),
            Self::Row(table, _) => !table.keys().is_empty(),
            Self::Range(range) => range.len() > 0,
            _ => true,
        }
    }

    /// The entries of a row, as those of a dict: keys and values by turns.
    pub fn row_values(table: &dyn Table, row: u32) -> Vec<Self> {
        let entry = |key: &&'static str| [Self::Str((*key).into()), table.get(row, key).unwrap_or(Self::None)];
        table.keys().iter().flat_map(entry).collect()
    }

    /// The plain value; nothing where there is something in it that is none.
    pub fn to_value(&self) -> Option<Value> {
        let all = |items: &[Self]| items.iter().map(Self::to_value).collect::<Option<Vec<_>>>();
        Some(match self {
            Self::None => Value::None,
            Self::Bool(b) => Value::Bool(*b),
            Self::Int(n) => Value::Int(Int(*n)),
            Self::Float(x) => Value::Float(*x),
            Self::Str(text) => Value::Str(text.clone()),
            Self::List(items) => Value::List(all(&items.values)?),
            Self::Tuple(items) => Value::Tuple(all(&items.values)?),
            Self::Dict(items) => Value::Dict(entries(&items.values)?),
            Self::Row(table, row) => Value::Dict(entries(&Self::row_values(&**table, *row))?),
            _ => return None,
        })
    }
}

fn entries(values: &[Val]) -> Option<Vec<(Value, Value)>> {
    values.chunks_exact(2).map(|entry| Some((entry.first()?.to_value()?, entry.last()?.to_value()?))).collect()
}
