//! Ways to run a batch, each as a short Python program. A new one is its file and one entry here.

use crate::engine::Text;

/// A strategy.
#[derive(Clone, Copy, Debug)]
pub struct Strategy {
    /// The stable name, and that of its file.
    pub id: &'static str,
    /// What people call it.
    pub title: Text,
    /// What it does, in a sentence.
    pub about: Text,
    /// What it teaches, or the mistake it is.
    pub lesson: Text,
    /// Whether it is a mistake.
    pub mistake: bool,
    /// The program.
    pub python: &'static str,
}

/// What a strategy needs of asyncio, or of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uses {
    /// A semaphore.
    Semaphore,
    /// Locks.
    Lock,
    /// A queue.
    Queue,
    /// A call that may fail.
    External,
}

impl Uses {
    /// All of them, each with its name and the piece of a program that tells it.
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Semaphore, "semaphore", "async with sem:"),
        (Self::Lock, "lock", "async with locks["),
        (Self::Queue, "queue", "queue.get_nowait()"),
        (Self::External, "external", "await call("),
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(known, ..)| *known == self).map_or("", |(_, name, _)| name)
    }
}

impl Strategy {
    /// The strategy of that name.
    pub fn named(id: &str) -> Option<&'static Self> {
        STRATEGIES.iter().find(|strategy| strategy.id == id)
    }

    /// What it uses: its program says so.
    pub fn uses(&self) -> impl Iterator<Item = Uses> {
        Uses::ALL.into_iter().filter(|(.., sign)| self.python.contains(sign)).map(|(uses, ..)| uses)
    }
}

/// Declares a strategy: its file, whether it is a mistake, and title, about and lesson in English and Cantonese.
macro_rules! strategy {
    ($id:literal, $kind:ident, $title:expr, $about:expr, $lesson:expr) => {
        Strategy {
            id: $id,
            title: text($title),
            about: text($about),
            lesson: text($lesson),
            mistake: $kind,
            python: include_str!(concat!("strategies/", $id, ".py")),
        }
    };
}

const fn text([en, zh]: [&'static str; 2]) -> Text {
    Text { en, zh }
}

/// The strategy is one to use.
const SOUND: bool = false;
/// The strategy is one to recognise.
const MISTAKE: bool = true;

/// All strategies, in teaching order.
pub const STRATEGIES: &[Strategy] = &[
    strategy!(
        "fail_fast",
        SOUND,
        ["Fail-fast", "Fail-fast（即走）"],
        [
            "All checks stand before the semaphore: an invalid item returns at once.",
            "所有 check 都喺 semaphore 之前：無效 item 即刻 return。"
        ],
        [
            "Only valid items count: the total is ceil(valid / permits) times the sleep.",
            "只計有效 item：總時間係 ceil(有效 / permit) 乘 sleep。"
        ]
    ),
    strategy!(
        "all_sleep",
        SOUND,
        ["All-sleep", "All-sleep（失敗都要瞓）"],
        [
            "Every item takes a permit and sleeps, valid or not; the checks come after.",
            "有效無效都要攞 permit 去 sleep，瞓完先 check。"
        ],
        [
            "All items count: the total is ceil(all / permits) times the sleep.",
            "個個 item 都計：總時間係 ceil(全部 / permit) 乘 sleep。"
        ]
    ),
    strategy!(
        "check_inside",
        SOUND,
        ["Check inside the semaphore", "Semaphore 入面先 check"],
        [
            "Every item waits for a permit; with it in hand, an invalid one gives it back without a sleep.",
            "個個 item 都排隊攞 permit；無效嗰啲攞到之後即刻還，唔 sleep。"
        ],
        [
            "The total is that of fail-fast, but an invalid item hears of it only when its turn has come.",
            "總時間同 fail-fast 一樣，但無效 item 要排到佢先知道結果。"
        ]
    ),
    strategy!(
        "lock_then_semaphore",
        SOUND,
        ["Lock, then semaphore", "Lock 先，semaphore 後"],
        [
            "The lock covers the check and the change of state, and is given back before the sleep.",
            "Lock 只包住 check 同改 state，sleep 之前就還返。"
        ],
        [
            "A lock that is never held across an await that waits costs nothing: even when all share it, only the permits limit.",
            "Lock 入面冇嘢要等，就唔使時間：就算個個共用同一個 lock，都只係受 permit 限制。"
        ]
    ),
    strategy!(
        "lock_across_sleep",
        MISTAKE,
        ["Lock held across the sleep", "攞住 lock 去 sleep"],
        ["The sleep stands inside the lock of the key.", "Sleep 寫咗喺嗰個 key 嘅 lock 入面。"],
        [
            "The classic mistake: everybody who shares the lock runs one after another, and the sleeps add up.",
            "經典錯：共用個 lock 嘅人要逐個嚟，啲 sleep 全部加埋。"
        ]
    ),
    strategy!(
        "semaphore_inside_lock",
        MISTAKE,
        ["Semaphore inside the lock", "Lock 入面攞 semaphore"],
        [
            "The lock is taken first, then a permit, and the sleep holds both.",
            "先攞 lock 再攞 permit，sleep 嗰陣兩樣都攞住。"
        ],
        [
            "With a shared lock only one item ever asks for a permit: the others lie idle, whatever max_concurrent is.",
            "共用 lock 嘅話，得一個 item 會去攞 permit：max_concurrent 幾大都冇用，其他 permit 閒置。"
        ]
    ),
    strategy!(
        "lock_inside_semaphore",
        MISTAKE,
        ["Lock inside the semaphore", "Semaphore 入面攞 lock"],
        [
            "A permit is taken first, then the lock, and the sleep holds both.",
            "先攞 permit 再攞 lock，sleep 嗰陣兩樣都攞住。"
        ],
        [
            "Whoever waits for the lock sits on a permit: all are taken, and one item works.",
            "等 lock 嗰啲人霸住 permit：permit 冇晒，但得一個 item 做緊嘢。"
        ]
    ),
    strategy!(
        "sequential",
        SOUND,
        ["One after another", "逐個做"],
        ["One loop awaits each item before it begins the next.", "一個 loop，await 完一個先做下一個。"],
        [
            "The baseline: the total is the sum of all sleeps, and max_concurrent means nothing.",
            "做對比用：總時間係所有 sleep 加埋，max_concurrent 冇作用。"
        ]
    ),
    strategy!(
        "gather_all",
        MISTAKE,
        ["Gather without a limit", "Gather，冇上限"],
        [
            "All items are gathered, and nothing limits how many sleep at the same time.",
            "全部 item 一齊 gather，冇嘢限制同時有幾多個 sleep。"
        ],
        [
            "The total is the longest sleep. Fast, but it breaks the limit that the task asks for.",
            "總時間係最長嗰個 sleep。快就快，但違反咗題目要求嘅上限。"
        ]
    ),
    strategy!(
        "worker_pool",
        SOUND,
        ["Worker pool", "Worker pool"],
        [
            "max_concurrent workers take items from one queue until it is empty.",
            "max_concurrent 個 worker 喺同一條 queue 攞 item，攞到清為止。"
        ],
        [
            "A worker takes the next item as soon as it is free, so the total is that of a semaphore; an empty queue ends it.",
            "Worker 一得閒就攞下一個，所以總時間同用 semaphore 一樣；queue 空咗就收工。"
        ]
    ),
    strategy!(
        "lifecycle",
        SOUND,
        ["Lifecycle with an external call", "Lifecycle（external call）"],
        [
            "Check, call the outside with a permit, then note how it went: a call that fails is caught.",
            "Check 咗先攞 permit 打 external call，再記低結果；call 失敗就 catch 住。"
        ],
        [
            "A failure takes as long as a success, and is one answer among others: gather never sees the exception.",
            "失敗同成功用一樣嘅時間，亦只係其中一個答案：gather 唔會見到個 exception。"
        ]
    ),
    strategy!(
        "pair_lock_sorted",
        SOUND,
        ["Two locks in sorted order", "Pair lock（sorted 防 deadlock）"],
        [
            "A transfer takes the locks of both accounts, always in sorted order.",
            "Transfer 要攞兩個 account 嘅 lock，次次都照 sorted 次序。"
        ],
        [
            "Where all take locks in one order, somebody can always go on: no deadlock.",
            "個個都照同一個次序攞 lock，實有人行得郁：冇 deadlock。"
        ]
    ),
    strategy!(
        "pair_lock_unsorted",
        MISTAKE,
        ["Two locks, source first", "Pair lock（冇 sort）"],
        [
            "A transfer takes the lock of its source, then that of its target.",
            "Transfer 先攞 source 個 lock，再攞 target 個 lock。"
        ],
        [
            "Two transfers in opposite directions each hold what the other wants: both wait for ever.",
            "兩個方向相反嘅 transfer，各自攞住對方要嘅 lock：兩個永遠等落去。"
        ]
    ),
];
