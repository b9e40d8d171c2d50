//! Package manager: registering, installing, deprecation by time, dependencies without cycles, downloads.

use std::collections::{BTreeSet, VecDeque};

use crate::patterns::{Groups, Order};
use crate::prelude::*;
use crate::value::{DictKey, stable_sort_by, stable_sort_by_key};

/// Packages with what is known of each, in dicts side by side.
#[derive(Clone, Default, State)]
pub struct PackageManager {
    /// The version of each package.
    packages: Dict<Str, Str>,
    installed: Dict<Str, bool>,
    deprecation_times: Dict<Str, Num>,
    deprecated: Dict<Str, bool>,
    /// Made on first access, as Python's `defaultdict` does: looking is enough.
    dependencies: Dict<Str, List<Str>>,
    dep_history: Dict<Str, List<Str>>,
    #[state(skip)]
    clock: Num,
    /// Packages by the time at which they will be deprecated, rounded down.
    #[state(skip)]
    deprecations: Order,
    #[state(skip)]
    installed_ids: Set<Str>,
    /// Which packages list a package as a dependency.
    #[state(skip)]
    dependants: Groups,
}

/// One operation of a batch.
#[derive(Clone, Item)]
#[item(tag = "action")]
pub enum BatchOp {
    /// Installs a package.
    Install { pkg_id: Str },
    /// Uninstalls a package.
    Uninstall { pkg_id: Str },
    /// Any other word is unknown.
    #[item(other)]
    Other { pkg_id: Str },
}

#[system(
    id = "package_manager",
    class = "PackageManager",
    title(en = "Package manager", zh = "Package manager"),
    summary(
        en = "A catalogue of packages: install and uninstall, deprecation after a TTL, dependencies without cycles, rate-limited downloads.",
        zh = "Package 目錄：install / uninstall、TTL 到咗就 deprecated、dependency 唔准有 cycle、限速 download。",
    ),
    family = TwoCollections,
    family_reason(
        en = "To register and to install are two acts: the package, and the record of its installation.",
        zh = "register 同 install 係兩回事：一個係 package，一個係 install record。",
    ),
    group = "Multi-Collection",
    signals = [
        "register", "install", "version", "deprecated", "circular", "conflict", "missing dependency", "search_by_prefix",
        "download", "external_call",
    ],
    patterns(l3 = "lazy status flip", l4 = "dependency graph, event history", l5 = "single lock per package", l6 = FailFast),
    uses = [PrefixScan, StatusFlip, DependencyGraph, EventHistory, SingleLock, FailFast, Lifecycle],
    clock = clock,
)]
impl PackageManager {
    fn new() -> Self {
        // The reference's clock, which is handed in, begins there.
        Self { clock: Num::from(1000), ..Self::default() }
    }

    /// Marks every package whose time has come as deprecated, for good; the first registered is marked first.
    fn process_deprecations(&mut self) {
        let now = self.clock;
        let close = self.deprecations.iter().take_while(|(time, _)| *time <= now.floor());
        let mut due: Vec<(Str, Num)> = close
            .filter_map(|(_, key)| Str::from_key(key))
            .filter_map(|pkg_id| self.deprecation_times.get(&pkg_id).copied().map(|time| (pkg_id, time)))
            .filter(|(_, time)| now >= *time)
            .collect();
        stable_sort_by_key(&mut due, |(pkg_id, _)| self.packages.place(pkg_id));
        for (pkg_id, time) in due {
            note!(expired, what: "package", id: pkg_id, due: time, now: now, to: "DEPRECATED");
            self.deprecations.remove(time.floor(), pkg_id.to_key());
            self.deprecated.insert(pkg_id, true);
        }
    }

    fn is_installed(&self, pkg_id: &Str) -> bool {
        self.installed_ids.contains(pkg_id)
    }

    fn set_installed(&mut self, pkg_id: &Str, installed: bool) {
        self.installed.insert(pkg_id.clone(), installed);
        if installed {
            self.installed_ids.insert(pkg_id);
        } else {
            self.installed_ids.remove(pkg_id);
        }
    }

    /// `self.dependencies[pkg_id]`.
    fn dependencies_of(&mut self, pkg_id: &Str) -> List<Str> {
        self.dependencies.entry(pkg_id, List::new).cloned().unwrap_or_default()
    }

    fn record(&mut self, pkg_id: &Str, event: String) {
        if let Some(history) = self.dep_history.entry(pkg_id, List::new) {
            history.push(event.into());
        }
    }

    /// Whether `pkg_id` can be reached from `start` along dependencies.
    fn reaches(&mut self, start: &Str, pkg_id: &Str) -> bool {
        let mut seen = BTreeSet::new();
        let mut queue = VecDeque::from([start.clone()]);
        while let Some(current) = queue.pop_front() {
            if current == *pkg_id {
                return true;
            }
            if seen.insert(current.clone()) {
                queue.extend(self.dependencies_of(&current).iter().cloned());
            }
        }
        false
    }

    /// Registers a package; with a TTL above 0 it is deprecated from `now + ttl_ms` on.
    #[op(1)]
    fn register(&mut self, pkg_id: Str, version: Str, #[default(Num::from(0))] ttl_ms: Num) -> &'static str {
        self.process_deprecations();
        ensure!(!self.packages.contains_key(&pkg_id), absent("package", pkg_id), "exists");
        self.packages.insert(pkg_id.clone(), version);
        self.set_installed(&pkg_id, false);
        if ttl_ms > Num::from(0) {
            let time = self.clock + ttl_ms;
            if time > Num::from(0) {
                self.deprecations.insert(time.floor(), pkg_id.to_key());
            }
            self.deprecation_times.insert(pkg_id, time);
        }
        "registered"
    }

    /// Gives the status of a package; deprecated beats installed.
    #[op(1)]
    fn get_status(&mut self, pkg_id: Str) -> &'static str {
        self.process_deprecations();
        ensure!(self.packages.contains_key(&pkg_id), exists("package", pkg_id), "not found");
        if self.deprecated.contains_key(&pkg_id) {
            "DEPRECATED"
        } else if self.is_installed(&pkg_id) {
            "INSTALLED"
        } else {
            "REGISTERED"
        }
    }

    /// Installs a package whose dependencies are all installed.
    #[op(1)]
    fn install(&mut self, pkg_id: Str) -> Str {
        self.process_deprecations();
        ensure!(self.packages.contains_key(&pkg_id), exists("package", pkg_id), "not registered");
        ensure!(!self.deprecated.contains_key(&pkg_id), alive("package", pkg_id), "deprecated");
        ensure!(!self.is_installed(&pkg_id), absent("installation", pkg_id), "already installed");
        let missing = self.dependencies_of(&pkg_id).iter().find(|dependency| !self.is_installed(dependency)).cloned();
        if let Some(missing) = missing {
            note!(dependency, what: "package", id: pkg_id, on: missing, to: "missing");
            self.record(&pkg_id, format!("install blocked: missing {missing}"));
            return Str::from(format!("missing dependency:{missing}"));
        }
        self.set_installed(&pkg_id, true);
        "installed".into()
    }

    /// Uninstalls a package that no other installed one depends on.
    #[op(1)]
    fn uninstall(&mut self, pkg_id: Str) -> Str {
        self.process_deprecations();
        ensure!(self.packages.contains_key(&pkg_id), exists("package", pkg_id), "not registered");
        ensure!(self.is_installed(&pkg_id), exists("installation", pkg_id), "not installed");
        let others = self.dependants.ids::<Str>(&pkg_id).filter(|other| *other != pkg_id && self.is_installed(other));
        if let Some(other) = others.min_by_key(|other| self.packages.place(other)) {
            note!(dependency, what: "package", id: other, on: pkg_id, to: "needed");
            return Str::from(format!("dependency conflict:{other}"));
        }
        self.set_installed(&pkg_id, false);
        "uninstalled".into()
    }

    fn listing(rows: impl Iterator<Item = (Str, Str)>) -> Str {
        let words: Vec<String> = rows.map(|(id, version)| format!("{id}({version})")).collect();
        words.join(", ").into()
    }

    /// Lists the installed packages as `id(version)`: by `id`, by `version` as text, or in order of registration.
    #[op(2)]
    fn list_installed(&self, #[default(Str::from("id"))] sort_by: Str) -> Str {
        let version = |id: Str| self.packages.get(&id).cloned().map(|version| (id, version));
        let mut rows: Vec<(Str, Str)> = self.installed_ids.iter().filter_map(version).collect();
        match &*sort_by {
            "id" => {}
            "version" => stable_sort_by(&mut rows, |a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0))),
            _ => stable_sort_by_key(&mut rows, |(id, _)| self.packages.place(id)),
        }
        Self::listing(rows.into_iter())
    }

    /// Lists the packages whose ID starts with a prefix, installed or not.
    #[op(2)]
    fn search_by_prefix(&self, prefix: Str) -> Str {
        Self::listing(self.packages.with_prefix(&prefix).map(|(id, version)| (id, version.clone())))
    }

    /// Makes a package depend on another, unless that closes a cycle.
    #[op(4)]
    fn add_dependency(&mut self, pkg_id: Str, depends_on: Str) -> &'static str {
        self.process_deprecations();
        ensure!(self.packages.contains_key(&pkg_id), exists("package", pkg_id), "not registered");
        ensure!(self.packages.contains_key(&depends_on), exists("package", depends_on), "not registered");
        ensure!(!self.reaches(&depends_on, &pkg_id), acyclic("dependency", depends_on), "circular dependency");
        if let Some(dependencies) = self.dependencies.entry(&pkg_id, List::new) {
            dependencies.push(depends_on.clone());
        }
        self.dependants.join(&depends_on, &pkg_id);
        self.record(&pkg_id, format!("added dep: {depends_on}"));
        "dependency added"
    }

    /// Lists what happened to the dependencies of a package, oldest first.
    #[op(4)]
    fn get_dependency_history(&mut self, pkg_id: Str) -> Vec<Str> {
        self.process_deprecations();
        ensure!(self.packages.contains_key(&pkg_id), exists("package", pkg_id), Vec::new());
        let history = self.dep_history.entry(&pkg_id, List::new);
        history.map(|events| events.iter().cloned().collect()).unwrap_or_default()
    }

    /// Runs the operations together, each under the lock of its package.
    #[op(5)]
    async fn batch_operations(manager: Live<Self>, ops: Vec<BatchOp>) -> Py<Vec<Str>> {
        manager
            .gather(ops, |manager, op| async move {
                let (BatchOp::Install { pkg_id } | BatchOp::Uninstall { pkg_id } | BatchOp::Other { pkg_id }) = &op;
                let _lock = manager.lock(pkg_id).await;
                Ok(manager.with(|manager| match op {
                    BatchOp::Install { pkg_id } => manager.install(pkg_id),
                    BatchOp::Uninstall { pkg_id } => manager.uninstall(pkg_id),
                    BatchOp::Other { .. } => "unknown action".into(),
                }))
            })
            .await
    }

    /// Downloads and installs the packages, so many at a time. What is unknown, installed or deprecated takes no permit.
    #[op(6)]
    async fn download_packages(
        manager: Live<Self>,
        pkg_ids: Vec<Str>,
        external_call: ExternalCall,
        max_concurrent: Int,
    ) -> Py<Vec<Str>> {
        let semaphore = manager.semaphore(max_concurrent)?;
        manager
            .gather(pkg_ids, move |manager, pkg_id| {
                let (semaphore, external_call) = (semaphore.clone(), external_call.clone());
                async move {
                    if !manager.with(|manager| manager.may_download(&pkg_id)) {
                        return Ok(Str::from(format!("skipped:{pkg_id}")));
                    }
                    let _permit = semaphore.acquire().await;
                    let args = vec![pkg_id.clone().into_value()];
                    if let Err(message) = manager.external(&external_call, &pkg_id, args).await {
                        return Ok(Str::from(format!("error:{pkg_id}:{message}")));
                    }
                    let _lock = manager.lock(&pkg_id).await;
                    let word = manager.with(|manager| manager.install(pkg_id.clone()));
                    Ok(Str::from(if word == "installed" {
                        format!("downloaded:{pkg_id}")
                    } else {
                        format!("error:{pkg_id}:{word}")
                    }))
                }
            })
            .await
    }

    /// The gate of a download: it looks at what is marked, and marks nothing itself.
    fn may_download(&self, pkg_id: &Str) -> bool {
        ensure!(self.packages.contains_key(pkg_id), exists("package", pkg_id), false);
        ensure!(!self.is_installed(pkg_id), absent("installation", pkg_id), false);
        ensure!(!self.deprecated.contains_key(pkg_id), alive("package", pkg_id), false);
        true
    }
}
