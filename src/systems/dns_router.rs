//! DNS router: the records of domains, each with its own TTL. Dead records are skipped, not removed.

use crate::patterns::{Backups, LivingRows, LivingSnapshot, Mortal};
use crate::prelude::*;

/// How long the propagation of one domain takes.
const PROPAGATION_MS: f64 = 10.0;

/// Domains, each with one record per type.
#[derive(Clone, Default, State)]
pub struct DnsRouter {
    records: LivingRows<DnsRecord>,
    backups: Backups<LivingSnapshot<DnsRecord>>,
}

#[derive(Clone, State)]
struct DnsRecord {
    ip: Str,
    expiry: Option<Int>,
}

impl Mortal for DnsRecord {
    fn expiry(&self) -> Option<Int> {
        self.expiry
    }

    fn with_expiry(&self, expiry: Option<Int>) -> Self {
        Self { expiry, ..self.clone() }
    }
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "type")]
pub enum BatchOp {
    /// Writes a record that never expires.
    Add { domain: Str, record_type: Str, ip: Str },
    /// Asks for an IP.
    Resolve { domain: Str, record_type: Str },
    /// Removes a record.
    Delete { domain: Str, record_type: Str },
    /// Any other word does nothing.
    #[item(other)]
    Other {
        #[item(default)]
        domain: Str,
    },
}

#[system(
    id = "dns_router",
    class = "DNSRouter",
    title(en = "DNS router", zh = "DNS router"),
    summary(
        en = "Domains with one IP per record type, each record with its own TTL: resolve, scan, list what is alive, backup with remaining TTL, propagation.",
        zh = "每個 domain 每種 record type 一個 IP，每個 record 有自己嘅 TTL：resolve、scan、列出仲生嘅、backup 記 remaining TTL、propagate。",
    ),
    family = Nested,
    family_reason(
        en = "Domain plus record type: one outer dict whose entries hold sub-items, and the domain is created by its first record.",
        zh = "domain 加 record type：一個外層 dict，入面再裝 sub-item；加第一個 record 就有咗個 domain。",
    ),
    group = "Nested+TTL",
    signals = [
        "domain", "record", "resolve", "scan", "ttl", "strictly less than", "remaining lifetime", "backup", "restore",
        "propagate",
    ],
    patterns(l3 = "inline TTL", l4 = "backup with remaining TTL", l5 = "single lock per domain", l6 = FailFast),
    uses = [InlineTtl, RemainingTtlBackup, SingleLock, FailFast],
)]
impl DnsRouter {
    fn new() -> Self {
        Self::default()
    }

    fn has_domain(&self, domain: &Str) -> bool {
        self.records.row(domain).is_some()
    }

    fn has_record(&self, domain: &Str, record_type: &Str) -> bool {
        self.records.cell(domain, record_type).is_some()
    }

    /// Writes a record that never expires, over whatever stands there.
    #[op(1)]
    fn add_record(&mut self, _timestamp: Int, domain: Str, record_type: Str, ip: Str) {
        self.records.put(&domain, record_type, DnsRecord { ip, expiry: None });
    }

    /// Gives the IP of a record that is alive.
    #[op(1)]
    fn resolve(&self, timestamp: Int, domain: Str, record_type: Str) -> Str {
        ensure!(self.has_domain(&domain), exists("domain", domain), "");
        ensure!(self.has_record(&domain, &record_type), exists("record", record_type), "");
        ensure!(self.records.is_alive(&domain, &record_type, timestamp), alive("record", record_type), "");
        self.records.cell(&domain, &record_type).map(|record| record.ip.clone()).unwrap_or_default()
    }

    /// Removes a record that is alive; a dead one stays, and keeps its domain.
    #[op(1)]
    fn delete_record(&mut self, timestamp: Int, domain: Str, record_type: Str) -> bool {
        ensure!(self.has_domain(&domain), exists("domain", domain), false);
        ensure!(self.has_record(&domain, &record_type), exists("record", record_type), false);
        ensure!(self.records.is_alive(&domain, &record_type, timestamp), alive("record", record_type), false);
        self.records.remove(&domain, &record_type, "domain");
        true
    }

    /// Lists the records of a domain that are alive as `TYPE(ip)`, by type.
    #[op(2)]
    fn scan_records(&self, timestamp: Int, domain: Str) -> String {
        ensure!(self.has_domain(&domain), exists("domain", domain), String::new());
        let alive = self.records.alive_cells(&domain, timestamp);
        let listed: Vec<String> = alive.map(|(record_type, record)| format!("{record_type}({})", record.ip)).collect();
        listed.join(", ")
    }

    /// Lists the domains that have a record alive, by name.
    #[op(2)]
    fn list_domains(&self, timestamp: Int) -> Vec<Str> {
        self.records.alive_rows(timestamp)
    }

    /// Writes a record that is alive strictly before `timestamp + ttl_ms`, over whatever stands there.
    #[op(3)]
    fn add_record_with_ttl(&mut self, timestamp: Int, domain: Str, record_type: Str, ip: Str, ttl_ms: Int) {
        self.records.put(&domain, record_type, DnsRecord { ip, expiry: Some(timestamp + ttl_ms) });
    }

    /// Keeps a snapshot of the records that are alive with their remaining TTL, and counts its domains.
    #[op(4)]
    fn backup(&mut self, timestamp: Int) -> Int {
        let domains = self.records.count_alive(timestamp);
        note!(snapshot, at: timestamp, kept: domains, of: self.records.count());
        self.backups.keep(timestamp, self.records.snapshot(timestamp));
        domains
    }

    /// Goes back to the newest snapshot that is not later than `backup_timestamp`; its TTLs run on from `timestamp`. Gives
    /// the number of domains as a string, empty when there is no such snapshot.
    #[op(4)]
    fn restore(&mut self, timestamp: Int, backup_timestamp: Int) -> String {
        let found = self.backups.first_of_latest(backup_timestamp);
        ensure!(found.is_some(), exists("backup", backup_timestamp), String::new());
        if let Some(found) = found {
            self.records.go_back_to(&found.1, timestamp);
        }
        self.records.count().to_string()
    }

    /// Runs the operations together, each under the lock of its domain.
    #[op(5)]
    async fn batch_operations(router: Live<Self>, timestamp: Int, ops: Vec<BatchOp>) -> Py<Vec<Value>> {
        router
            .gather(ops, move |router, op| async move {
                let (BatchOp::Add { domain, .. }
                | BatchOp::Resolve { domain, .. }
                | BatchOp::Delete { domain, .. }
                | BatchOp::Other { domain }) = &op;
                let _lock = router.lock(domain).await;
                Ok(router.with(|router| match op {
                    BatchOp::Add { domain, record_type, ip } => {
                        router.add_record(timestamp, domain, record_type, ip);
                        Value::None
                    }
                    BatchOp::Resolve { domain, record_type } => {
                        router.resolve(timestamp, domain, record_type).into_value()
                    }
                    BatchOp::Delete { domain, record_type } => {
                        router.delete_record(timestamp, domain, record_type).into_value()
                    }
                    BatchOp::Other { .. } => Value::None,
                }))
            })
            .await
    }

    /// Sends domains to other servers, so many at a time. A domain without a record alive takes no permit.
    #[op(6)]
    async fn propagate_records(
        router: Live<Self>,
        timestamp: Int,
        domains: Vec<Str>,
        max_concurrent: Int,
    ) -> Py<Vec<bool>> {
        let semaphore = router.semaphore(max_concurrent)?;
        router
            .gather(domains, move |router, domain| {
                let semaphore = semaphore.clone();
                async move {
                    if !router.with(|router| router.may_propagate(timestamp, &domain)) {
                        return Ok(false);
                    }
                    let _permit = semaphore.acquire().await;
                    router.sleep_ms(PROPAGATION_MS).await;
                    Ok(true)
                }
            })
            .await
    }

    fn may_propagate(&self, timestamp: Int, domain: &Str) -> bool {
        ensure!(self.has_domain(domain), exists("domain", domain), false);
        ensure!(self.records.has_alive(domain, timestamp), alive("domain", domain), false);
        true
    }
}
