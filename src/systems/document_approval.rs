//! Document approval: client cases, and documents that go from DRAFT over REVIEW to APPROVED or REJECTED. Expiry deletes.

use crate::patterns::{Dated, DueQueue, Groups, Listed, Lists, Mortal, Snapshots, TtlSnapshot};
use crate::prelude::*;
use crate::value::stable_sort_by;

/// How long it takes to notify a reviewer.
const NOTIFY_MS: f64 = 10.0;

/// Cases and documents.
#[derive(Clone, Default, State)]
pub struct DocumentApproval {
    cases: Dict<Str, Case>,
    docs: Listed<Str, Doc, DocLists>,
    backups: Snapshots<Snapshot>,
    /// How many documents were ever added; a restore does not turn it back.
    #[state(skip)]
    added: Int,
}

#[derive(Clone, State)]
struct Case {
    client_name: Str,
    history: List<Str>,
}

#[derive(Clone, State)]
struct Doc {
    case_id: Str,
    title: Str,
    reviewer_id: Option<Str>,
    status: Status,
    expiry: Option<Int>,
    /// Its place in insertion order.
    #[state(skip)]
    place: Int,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, State)]
enum Status {
    Draft,
    Review,
    Approved,
    Rejected,
}

impl Status {
    const ALL: [Self; 4] = [Self::Draft, Self::Review, Self::Approved, Self::Rejected];
}

impl Mortal for Doc {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// The documents by what they have.
#[derive(Clone, Default)]
struct DocLists {
    expiries: DueQueue<Str>,
    /// Those of a case in a status, in insertion order.
    by_case_and_status: Groups,
    in_review_by_reviewer: Groups,
}

/// A document among others of its case and status.
fn in_order(id: &Str, doc: &Doc) -> (Int, Str) {
    (doc.place, id.clone())
}

fn case_and_status(case_id: &Str, status: Status) -> (Str, Str) {
    (case_id.clone(), Str::from(status.as_str()))
}

impl Lists<Str, Doc> for DocLists {
    fn enter(&mut self, id: &Str, doc: &Doc) {
        self.by_case_and_status.join(&case_and_status(&doc.case_id, doc.status), &in_order(id, doc));
        if let (Status::Review, Some(reviewer_id)) = (doc.status, &doc.reviewer_id) {
            self.in_review_by_reviewer.join(reviewer_id, id);
        }
        if let Some(expiry) = doc.expiry {
            self.expiries.schedule(expiry, id);
        }
    }

    fn leave(&mut self, id: &Str, doc: &Doc) {
        self.by_case_and_status.leave(&case_and_status(&doc.case_id, doc.status), &in_order(id, doc));
        if let (Status::Review, Some(reviewer_id)) = (doc.status, &doc.reviewer_id) {
            self.in_review_by_reviewer.leave(reviewer_id, id);
        }
        if let Some(expiry) = doc.expiry {
            self.expiries.cancel(expiry, id);
        }
    }
}

#[derive(Clone, State)]
struct Snapshot {
    timestamp: Int,
    cases: Dict<Str, Case>,
    docs: TtlSnapshot<Str, Doc>,
}

impl Dated for Snapshot {
    fn timestamp(&self) -> Int {
        self.timestamp
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Adds a document.
    Add {
        /// The case it belongs to.
        case_id: Str,
        /// The new document.
        doc_id: Str,
        /// Its title.
        title: Str,
        /// Milliseconds until it is deleted; None for never.
        #[item(default)]
        ttl_ms: Option<Int>,
    },
    /// Submits a document for review.
    Submit {
        /// The document.
        doc_id: Str,
    },
    /// Approves a document.
    Approve {
        /// The document.
        doc_id: Str,
    },
    /// Rejects a document.
    Reject {
        /// The document.
        doc_id: Str,
    },
    /// Any other word does nothing.
    #[item(other)]
    Other {
        /// Whose lock is taken first of all.
        #[item(default)]
        doc_id: Str,
        /// Whose lock is taken without a document.
        #[item(default)]
        case_id: Str,
    },
}

impl BatchOp {
    /// `op.get("doc_id") or op.get("case_id") or "global"`.
    fn lock_key(&self) -> &str {
        let (doc_id, case_id) = match self {
            Self::Add { doc_id, case_id, .. } | Self::Other { doc_id, case_id } => (&**doc_id, &**case_id),
            Self::Submit { doc_id } | Self::Approve { doc_id } | Self::Reject { doc_id } => (&**doc_id, ""),
        };
        [doc_id, case_id].into_iter().find(|key| !key.is_empty()).unwrap_or("global")
    }
}

#[system(
    id = "document_approval",
    class = "DocumentApprovalWorkflow",
    title(en = "Document approval", zh = "文件審批"),
    summary(
        en = "Documents of client cases go from draft over review to approved or rejected; a rejection sends the approved ones of its case back to draft, expiry deletes.",
        zh = "客戶 case 入面嘅文件由 draft、review 去到 approved 或者 rejected；reject 一份，同 case 已批嘅全部打返 draft，過期真係刪。",
    ),
    family = TwoCollections,
    family_reason(
        en = "Two creators; submit, approve and reject take the document's ID alone, so documents are a flat dict of their own.",
        zh = "兩個 creator；submit、approve、reject 淨係收 doc_id，所以 docs 自己一個平排 dict。",
    ),
    group = "StateMachine",
    signals = [
        "case", "add_document", "submit_for_review(doc_id)", "approve", "reject", "rollback", "DRAFT", "REVIEW",
        "reviewer", "history", "raise ValueError",
    ],
    patterns(
        l3 = "TTL as a parameter, lazy purge deletes",
        l4 = "backup at an exact time, event history, status rollback",
        l5 = "sequential loop, single lock",
        l6 = FailFast,
    ),
    uses = [StatusMachine, LazyPurge, Undo, RemainingTtlBackup, EventHistory, SingleLock, FailFast],
)]
impl DocumentApproval {
    fn new() -> Self {
        Self::default()
    }

    /// Deletes every document whose time has come, whatever its status. The history of its case does not tell.
    fn purge(&mut self, timestamp: Int) {
        for id in self.docs.lists_mut().expiries.take_due(timestamp) {
            if let Some(doc) = self.docs.remove(&id) {
                note!(purged, what: "document", id: id, due: doc.expiry, now: timestamp);
            }
        }
    }

    fn is(&self, doc_id: &Str, status: Status) -> bool {
        self.docs.get(doc_id).is_some_and(|doc| doc.status == status)
    }

    fn log(&mut self, case_id: &Str, line: String) {
        if let Some(case) = self.cases.get_mut(case_id) {
            case.history.push(line.into());
        }
    }

    /// Changes the status of a document, and writes it into the history of its case.
    fn set_status(&mut self, doc_id: &Str, new_status: Status, timestamp: Int) {
        let Some((case_id, old)) = self.docs.get(doc_id).map(|doc| (doc.case_id.clone(), doc.status)) else { return };
        self.docs.change(doc_id, |doc| doc.status = new_status);
        self.log(&case_id, format!("{timestamp}: {doc_id} {}->{}", old.as_str(), new_status.as_str()));
        if new_status == Status::Draft {
            note!(undone, what: "document", id: doc_id, to: new_status.as_str());
        } else {
            note!(moved, what: "document", id: doc_id, from: old.as_str(), to: new_status.as_str());
        }
    }

    /// Opens a case for a client.
    #[op(1)]
    fn create_case(&mut self, timestamp: Int, case_id: Str, client_name: Str) -> bool {
        self.purge(timestamp);
        ensure!(!self.cases.contains_key(&case_id), absent("case", case_id), false);
        self.cases.insert(case_id, Case { client_name, history: List::new() });
        true
    }

    /// Adds a DRAFT to a case; it is deleted from `timestamp + ttl_ms` on, without a TTL never.
    #[op(1)]
    fn add_document(
        &mut self,
        timestamp: Int,
        case_id: Str,
        doc_id: Str,
        title: Str,
        #[default(None)] ttl_ms: Option<Int>,
    ) -> bool {
        self.purge(timestamp);
        ensure!(self.cases.contains_key(&case_id), exists("case", case_id), false);
        ensure!(!self.docs.contains_key(&doc_id), absent("document", doc_id), false);
        self.log(&case_id, format!("{timestamp}: {doc_id} added"));
        self.added += 1;
        let (expiry, place) = (ttl_ms.map(|ttl| timestamp + ttl), self.added);
        self.docs.insert(doc_id, Doc { case_id, title, reviewer_id: None, status: Status::Draft, expiry, place });
        true
    }

    /// Gives a document of any status a reviewer. None for a document that is missing.
    #[op(1)]
    fn assign_reviewer(&mut self, timestamp: Int, doc_id: Str, reviewer_id: Str) -> Option<bool> {
        self.purge(timestamp);
        ensure!(self.docs.contains_key(&doc_id), exists("document", doc_id), None);
        self.docs.change(&doc_id, |doc| doc.reviewer_id = Some(reviewer_id));
        Some(true)
    }

    /// Takes a DRAFT to REVIEW. None for a document that is missing.
    #[op(1)]
    fn submit_for_review(&mut self, timestamp: Int, doc_id: Str) -> Option<bool> {
        self.purge(timestamp);
        ensure!(self.docs.contains_key(&doc_id), exists("document", doc_id), None);
        ensure!(self.is(&doc_id, Status::Draft), status("DRAFT", doc_id), Some(false));
        self.set_status(&doc_id, Status::Review, timestamp);
        Some(true)
    }

    /// Takes a document from REVIEW to APPROVED. None for a document that is missing.
    #[op(1)]
    fn approve(&mut self, timestamp: Int, doc_id: Str) -> Option<bool> {
        self.purge(timestamp);
        ensure!(self.docs.contains_key(&doc_id), exists("document", doc_id), None);
        ensure!(self.is(&doc_id, Status::Review), status("REVIEW", doc_id), Some(false));
        self.set_status(&doc_id, Status::Approved, timestamp);
        Some(true)
    }

    /// Takes a document from REVIEW to REJECTED, and every APPROVED one of its case back to DRAFT.
    #[op(1)]
    fn reject(&mut self, timestamp: Int, doc_id: Str) -> Option<bool> {
        self.purge(timestamp);
        ensure!(self.docs.contains_key(&doc_id), exists("document", doc_id), None);
        ensure!(self.is(&doc_id, Status::Review), status("REVIEW", doc_id), Some(false));
        self.set_status(&doc_id, Status::Rejected, timestamp);
        let case_id = self.docs.get(&doc_id).map(|doc| doc.case_id.clone()).unwrap_or_default();
        let approved = case_and_status(&case_id, Status::Approved);
        let approved: Vec<(Int, Str)> = self.docs.lists().by_case_and_status.ids(&approved).collect();
        for (_, doc_id) in approved {
            self.set_status(&doc_id, Status::Draft, timestamp);
        }
        Some(true)
    }

    /// Counts the documents of a case by status, in order of the first document in it; statuses without any are left out.
    #[op(2)]
    fn get_case_status(&mut self, timestamp: Int, case_id: Str) -> Option<Dict<Str, Int>> {
        self.purge(timestamp);
        ensure!(self.cases.contains_key(&case_id), exists("case", case_id), None);
        let by_status = &self.docs.lists().by_case_and_status;
        let mut found: Vec<((Int, Str), Status)> = Status::ALL
            .into_iter()
            .filter_map(|status| Some((by_status.ids(&case_and_status(&case_id, status)).next()?, status)))
            .collect();
        stable_sort_by(&mut found, Ord::cmp);
        let count = |status: Status| (status.as_str().into(), by_status.count(&case_and_status(&case_id, status)));
        Some(found.into_iter().map(|(_, status)| count(status)).collect())
    }

    /// Counts the documents in REVIEW that a reviewer has.
    #[op(2)]
    fn get_reviewer_workload(&mut self, timestamp: Int, reviewer_id: Str) -> Int {
        self.purge(timestamp);
        self.docs.lists().in_review_by_reviewer.count(&reviewer_id)
    }

    /// Keeps a snapshot of cases, and of documents with their remaining TTL.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> bool {
        self.purge(timestamp);
        let docs = TtlSnapshot::of(&self.docs, timestamp);
        self.backups.keep(Snapshot { timestamp, cases: self.cases.clone(), docs });
        note!(snapshot, at: timestamp, kept: self.docs.count(), of: self.docs.count());
        true
    }

    /// Goes back to the first snapshot that was taken at exactly `target_ts`; TTLs run on from `timestamp`.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, target_ts: Int) -> bool {
        let found = self.backups.first_at(target_ts);
        ensure!(found.is_some(), exists("backup", target_ts), false);
        let Some(snapshot) = found else { return false };
        self.cases = snapshot.cases.clone();
        self.docs.replace(snapshot.docs.rebased(timestamp));
        note!(restored, from: snapshot.timestamp, now: timestamp, kept: self.docs.count());
        true
    }

    /// Lists what happened in a case, as `time: document event`.
    #[op(4)]
    fn get_case_history(&mut self, timestamp: Int, case_id: Str) -> Option<List<Str>> {
        self.purge(timestamp);
        ensure!(self.cases.contains_key(&case_id), exists("case", case_id), None);
        self.cases.get(&case_id).map(|case| case.history.clone())
    }

    /// Runs the operations one after another, each under the lock of its document.
    #[op(5)]
    async fn batch_ops(workflow: Live<Self>, timestamp: Int, operations: Vec<BatchOp>) -> Py<Vec<Option<bool>>> {
        let mut results = Vec::with_capacity(operations.len());
        for op in operations {
            let _lock = workflow.lock(op.lock_key()).await;
            results.push(workflow.with(|workflow| match op {
                BatchOp::Add { case_id, doc_id, title, ttl_ms } => {
                    Some(workflow.add_document(timestamp, case_id, doc_id, title, ttl_ms))
                }
                BatchOp::Submit { doc_id } => workflow.submit_for_review(timestamp, doc_id),
                BatchOp::Approve { doc_id } => workflow.approve(timestamp, doc_id),
                BatchOp::Reject { doc_id } => workflow.reject(timestamp, doc_id),
                BatchOp::Other { .. } => None,
            }));
        }
        Ok(results)
    }

    /// Notifies the reviewers of the documents that are in REVIEW, so many at a time, and lists these documents. One that is
    /// missing or still a DRAFT raises before anybody is notified.
    #[op(6)]
    async fn notify_reviewers(
        workflow: Live<Self>,
        timestamp: Int,
        doc_ids: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<Str>> {
        workflow.with(|workflow| {
            workflow.purge(timestamp);
            doc_ids.iter().try_for_each(|doc_id| workflow.check_notice(doc_id))
        })?;
        let semaphore = workflow.semaphore(max_concurrent)?;
        let in_review = doc_ids.into_iter().filter(|id| workflow.with(|workflow| workflow.is(id, Status::Review)));
        let notified = workflow.shared(Vec::new());
        let order = notified.clone();
        workflow
            .gather(in_review.collect(), move |workflow, doc_id| {
                let (semaphore, notified) = (semaphore.clone(), notified.clone());
                async move {
                    let _permit = semaphore.acquire().await;
                    workflow.sleep_ms(NOTIFY_MS).await;
                    notified.borrow_mut().push(doc_id);
                    Ok(())
                }
            })
            .await?;
        Ok(order.take())
    }

    fn check_notice(&self, doc_id: &Str) -> Py<()> {
        ensure!(
            self.docs.contains_key(doc_id),
            exists("document", doc_id),
            Err(Raise::value_error(format!("doc_id={doc_id} not found")))
        );
        ensure!(
            !self.is(doc_id, Status::Draft),
            status("not DRAFT", doc_id),
            Err(Raise::value_error(format!("doc_id={doc_id} is DRAFT, cannot notify")))
        );
        Ok(())
    }
}
