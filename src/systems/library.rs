//! Library: books are lent, fall due and come back by themselves; who waits for one gets it next.

use std::cmp::Reverse;

use crate::engine::Refusal;
use crate::patterns::{DueQueue, Listed, Lists, Queue, Record};
use crate::prelude::*;
use crate::value::{stable_sort_by, stable_sort_by_key};

/// How long the transfer of one book takes.
const TRANSFER_MS: f64 = 10.0;

/// Books by id.
#[derive(Clone, Default, State)]
pub struct Library {
    books: Listed<Str, Book, BookLists>,
    /// The ids of the books of each title, which never change.
    #[state(skip)]
    titles: Dict<Str, List<Str>>,
}

#[derive(Clone, State)]
struct Book {
    title: Str,
    borrowed_by: Option<Str>,
    borrowed_at: Option<Int>,
    expires_at: Option<Int>,
    borrow_count: Int,
    reservations: Queue<Str>,
    history: List<Event>,
}

#[derive(Clone, State)]
struct Event {
    ts: Int,
    action: Action,
    #[state(omit_none)]
    user: Option<Str>,
}

#[derive(Clone, Copy, State)]
enum Action {
    #[state(name = "add")]
    Add,
    #[state(name = "borrow")]
    Borrow,
    #[state(name = "return")]
    Return,
    #[state(name = "reserve")]
    Reserve,
    #[state(name = "transfer")]
    Transfer,
}

impl Book {
    fn record(&mut self, ts: Int, action: Action, user: Option<Str>) {
        self.history.push(Event { ts, action, user });
    }

    fn lend(&mut self, timestamp: Int, user_id: Str, expires_at: Option<Int>) {
        self.borrowed_by = Some(user_id.clone());
        self.borrowed_at = Some(timestamp);
        self.expires_at = expires_at;
        self.borrow_count += 1;
        self.record(timestamp, Action::Borrow, Some(user_id));
    }

    /// Puts the book on the shelf, and gives who had it.
    fn put_back(&mut self) -> Option<Str> {
        self.borrowed_at = None;
        self.expires_at = None;
        self.borrowed_by.take()
    }

    /// Lends the book to the first of the queue, if anybody waits: from now on, and without a due time.
    fn hand_over(&mut self, timestamp: Int) -> Option<Str> {
        let next = self.reservations.serve()?;
        self.lend(timestamp, next.clone(), None);
        Some(next)
    }
}

#[derive(Clone, Default)]
struct BookLists {
    due_back: DueQueue<Str>,
}

impl Lists<Str, Book> for BookLists {
    fn enter(&mut self, book_id: &Str, book: &Book) {
        if let Some(expires_at) = book.expires_at {
            self.due_back.schedule(expires_at, book_id);
        }
    }

    fn leave(&mut self, book_id: &Str, book: &Book) {
        if let Some(expires_at) = book.expires_at {
            self.due_back.cancel(expires_at, book_id);
        }
    }
}

/// When a loan is due; `False` for one that was refused.
#[derive(Clone)]
pub struct DueTime(Option<Int>);

impl Refusal<bool> for DueTime {
    fn refuse(_: bool) -> Self {
        Self(None)
    }
}

impl IntoValue for DueTime {
    fn py_type() -> String {
        "int | False".to_owned()
    }

    fn into_value(self) -> Value {
        self.0.map_or(Value::Bool(false), Value::Int)
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Lends a book.
    Borrow { book_id: Str, user_id: Str },
    /// Takes a book back.
    Return { book_id: Str },
    /// Queues for a book.
    Reserve { book_id: Str, user_id: Str },
    /// Adds a book.
    Add { book_id: Str, title: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other { book_id: Str },
}

/// One book that goes elsewhere.
#[derive(Clone, Item)]
pub struct Transfer {
    book_id: Str,
}

#[system(
    id = "library",
    class = "LibrarySystem",
    title(en = "Library", zh = "圖書館"),
    summary(
        en = "Books are lent and returned; a loan may fall due and return itself; users queue for a lent book and get it in order; every book has a history.",
        zh = "書可以借可以還；有期限嘅到期自動還；書借咗出去可以排隊預約，先到先得；每本書有 history。",
    ),
    family = Flat,
    family_reason(
        en = "One add method with one ID; the queue and the history are lists of a book, not sub-items with IDs.",
        zh = "得一個 add method、一個 ID；queue 同 history 係本書嘅 list，唔係有 ID 嘅 sub-item。",
    ),
    group = "Flat+Lazy",
    signals = [
        "borrow", "return", "due", "overdue fee", "reservation queue", "FIFO", "next in line", "prefix", "history",
    ],
    patterns(
        l3 = "lazy overdue helper that flips state",
        l4 = "FIFO reservations, event history",
        l5 = "single lock",
        l6 = FailFast,
    ),
    uses = [PrefixScan, LazyEffect, StatusFlip, EventHistory, SingleLock, FailFast],
)]
impl Library {
    fn new() -> Self {
        Self::default()
    }

    /// Takes back every book that is due and hands it to who waits for it. The first thing every public method does.
    fn process_overdue(&mut self, timestamp: Int) {
        for book_id in self.books.lists_mut().due_back.take_due(timestamp) {
            self.books.change(&book_id, |book| {
                let due = book.expires_at;
                let from = book.put_back();
                let to = book.hand_over(timestamp);
                note!(expired, what: "loan", id: book_id, due: due, now: timestamp, to: "on the shelf");
                if to.is_some() {
                    note!(moved, what: "book", id: book_id, from: from, to: to);
                }
            });
        }
    }

    fn is_lent(&self, book_id: &Str) -> bool {
        self.books.get(book_id).is_some_and(|book| book.borrowed_by.is_some())
    }

    /// Lists books as `id(title)`.
    fn listed<'a>(books: impl IntoIterator<Item = &'a (Str, &'a Book)>) -> Vec<String> {
        books.into_iter().map(|(id, book)| format!("{id}({})", book.title)).collect()
    }

    /// Adds a book to the shelf.
    #[op(1)]
    fn add_book(&mut self, timestamp: Int, book_id: Str, title: Str) -> bool {
        self.process_overdue(timestamp);
        ensure!(!self.books.contains_key(&book_id), absent("book", book_id), false);
        if let Some(ids) = self.titles.entry(&title, List::new) {
            ids.push(book_id.clone());
        }
        let mut book = Book {
            title,
            borrowed_by: None,
            borrowed_at: None,
            expires_at: None,
            borrow_count: Int::ZERO,
            reservations: Queue::default(),
            history: List::new(),
        };
        book.record(timestamp, Action::Add, None);
        self.books.insert(book_id, book);
        true
    }

    /// Lends a book that is on the shelf, without a due time. The queue is not asked.
    #[op(1)]
    fn borrow_book(&mut self, timestamp: Int, book_id: Str, user_id: Str) -> bool {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), false);
        ensure!(!self.is_lent(&book_id), free("book", book_id), false);
        self.books.change(&book_id, |book| book.lend(timestamp, user_id, None));
        true
    }

    /// Takes a book back from whoever has it, and hands it to the first of its queue.
    #[op(1)]
    fn return_book(&mut self, timestamp: Int, book_id: Str) -> bool {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), false);
        ensure!(self.is_lent(&book_id), status("lent", book_id), false);
        self.books.change(&book_id, |book| {
            let from = book.put_back();
            book.record(timestamp, Action::Return, from.clone());
            if let Some(to) = book.hand_over(timestamp) {
                note!(moved, what: "book", id: book_id, from: from, to: to);
            }
        });
        true
    }

    /// Gives a book as it is now.
    #[op(1)]
    fn get_book(&mut self, timestamp: Int, book_id: Str) -> Option<Record> {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), None);
        self.books.get(&book_id).map(Record::of)
    }

    /// Lists all books as `id(title)`: by `"title"`, by `"borrows"` the most lent first and then by title, by anything else
    /// in the order in which they were added.
    #[op(2)]
    fn list_books(&mut self, timestamp: Int, sort_by: Str) -> Vec<String> {
        self.process_overdue(timestamp);
        let mut books: Vec<(Str, &Book)> = self.books.iter().collect();
        // Stable: what is equal stays in the order of adding.
        match &*sort_by {
            "title" => stable_sort_by(&mut books, |(_, a), (_, b)| a.title.cmp(&b.title)),
            "borrows" => stable_sort_by_key(&mut books, |(_, book)| (Reverse(book.borrow_count), book.title.clone())),
            _ => {}
        }
        Self::listed(&books)
    }

    /// Lists the books whose title starts with a prefix as `id(title)`, in the order in which they were added.
    #[op(2)]
    fn search_books(&mut self, timestamp: Int, prefix: Str) -> Vec<String> {
        self.process_overdue(timestamp);
        let mut found: Vec<Str> = self.titles.with_prefix(&prefix).flat_map(|(_, ids)| ids.iter().cloned()).collect();
        self.books.sort_by_place(&mut found);
        let books: Vec<(Str, &Book)> =
            found.into_iter().filter_map(|id| Some((id.clone(), self.books.get(&id)?))).collect();
        Self::listed(&books)
    }

    /// Lends a book that comes back by itself at `timestamp + due_ms`; gives that time, or False.
    #[op(3)]
    fn borrow_with_due(&mut self, timestamp: Int, book_id: Str, user_id: Str, due_ms: Int) -> DueTime {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), false);
        ensure!(!self.is_lent(&book_id), free("book", book_id), false);
        let expires_at = timestamp + due_ms;
        note!(scheduled, what: "return", id: book_id, target: user_id, amount: due_ms, due: expires_at);
        self.books.change(&book_id, |book| book.lend(timestamp, user_id, Some(expires_at)));
        DueTime(Some(expires_at))
    }

    /// Gives the fee of a late loan, 1 per millisecond. It is always 0: what is late came back at the start of this call.
    #[op(3)]
    fn get_overdue_fee(&mut self, timestamp: Int, book_id: Str) -> Int {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), Int(0));
        ensure!(self.is_lent(&book_id), status("lent", book_id), Int(0));
        let due = self.books.get(&book_id).and_then(|book| book.expires_at);
        due.map_or(Int::ZERO, |due| (timestamp - due).max(Int::ZERO))
    }

    /// Puts a user at the end of the queue for a lent book; who has the book may queue for it too.
    #[op(4)]
    fn reserve_book(&mut self, timestamp: Int, book_id: Str, user_id: Str) -> bool {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), false);
        ensure!(self.is_lent(&book_id), status("lent", book_id), false);
        let queued = self.books.get(&book_id).is_some_and(|book| book.reservations.contains(&user_id));
        ensure!(!queued, absent("reservation", user_id), false);
        self.books.change(&book_id, |book| {
            book.reservations.join(user_id.clone());
            book.record(timestamp, Action::Reserve, Some(user_id));
        });
        true
    }

    /// Lists what happened to a book, oldest first.
    #[op(4)]
    fn get_history(&mut self, timestamp: Int, book_id: Str) -> Vec<Record> {
        self.process_overdue(timestamp);
        ensure!(self.books.contains_key(&book_id), exists("book", book_id), Vec::new());
        self.books.get(&book_id).map(|book| book.history.iter().map(Record::of).collect()).unwrap_or_default()
    }

    /// Runs the operations together, each under the lock of its book. The answers keep the order of the operations.
    #[op(5)]
    async fn batch_operations(library: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Option<bool>>> {
        library.with(|library| library.process_overdue(timestamp));
        library
            .gather(ops, move |library, op| async move {
                let (BatchOp::Borrow { book_id, .. }
                | BatchOp::Return { book_id }
                | BatchOp::Reserve { book_id, .. }
                | BatchOp::Add { book_id, .. }
                | BatchOp::Other { book_id }) = &op;
                let _lock = library.lock(book_id).await;
                Ok(library.with(|library| match op {
                    BatchOp::Borrow { book_id, user_id } => Some(library.borrow_book(timestamp, book_id, user_id)),
                    BatchOp::Return { book_id } => Some(library.return_book(timestamp, book_id)),
                    BatchOp::Reserve { book_id, user_id } => Some(library.reserve_book(timestamp, book_id, user_id)),
                    BatchOp::Add { book_id, title } => Some(library.add_book(timestamp, book_id, title)),
                    BatchOp::Other { .. } => None,
                }))
            })
            .await
    }

    /// Sends lent books elsewhere, so many at a time. A book leaves its borrower under its lock, before the semaphore: what
    /// is not lent takes no permit. The queue is not served.
    #[op(6)]
    async fn sync_library(
        library: Live<Self>,
        timestamp: Int,
        transfers: Vec<Transfer>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        library.with(|library| library.process_overdue(timestamp));
        let semaphore = library.semaphore(max_concurrent)?;
        library
            .gather(transfers, move |library, Transfer { book_id }| {
                let semaphore = semaphore.clone();
                async move {
                    {
                        let _lock = library.lock(&book_id).await;
                        if !library.with(|library| library.take_out(timestamp, &book_id)) {
                            return Ok(false);
                        }
                    }
                    let _permit = semaphore.acquire().await;
                    library.sleep_ms(TRANSFER_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    /// The local half of a transfer.
    fn take_out(&mut self, timestamp: Int, book_id: &Str) -> bool {
        ensure!(self.books.contains_key(book_id), exists("book", book_id), false);
        ensure!(self.is_lent(book_id), status("lent", book_id), false);
        self.books.change(book_id, |book| {
            let from = book.put_back();
            book.record(timestamp, Action::Transfer, None);
            note!(moved, what: "book", id: book_id, from: from, to: "on the shelf");
        });
        true
    }
}
