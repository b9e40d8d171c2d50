import type { Lang } from "../i18n/index.js";
import type { Operation, SystemInfo } from "../kit/index.js";

/** What the methods do, in Cantonese; the English stands in the engines beside each method. */
const zh: Record<string, Record<string, string>> = {
  bank: {
    create_account: "開一個 balance 0 嘅戶口。",
    deposit: "存錢入戶口，答新 balance。",
    transfer: "兩個戶口之間轉帳，答 source 嘅新 balance。",
    top_spenders: "列出使得最多嘅戶口，寫法係 `id(outgoing)`。",
    pay: "由戶口畀錢，2% 一日後返嚟。答 payment id。",
    get_payment_status: "話你知一個 payment 嘅 cashback 到咗未。",
    get_balance: "答某一刻嘅 balance：搵唔遲過嗰刻嘅最新 history entry。",
    merge_accounts: "將第二個戶口併入第一個，balance 同使過嘅錢都由第一個接收。",
    process_batch: "一齊行晒啲 operation，各自攞住自己戶口嘅 lock。答案次序同 operation 一樣。",
    process_external_transfers: "匯錢去其他銀行，同一時間最多咁多個。先喺戶口 lock 入面扣錢：畀唔起嘅唔使攞 permit。",
  },
  in_mem_db: {
    set: "寫一個永遠唔到期嘅 cell。",
    get: "讀一個 cell，死嘅生嘅都讀；冇就係空 string。",
    delete: "刪一個 cell，死嘅生嘅都刪。",
    scan: "列出一行，寫法係 `field(value)`，跟 field 排，死咗嘅 cell 都列。",
    scan_by_prefix: "列出一行入面有呢個 prefix 嘅 field，死咗嘅 cell 都列。",
    set_at: "寫一個永遠唔到期嘅 cell；timestamp 冇影響。",
    set_at_with_ttl: "寫一個 cell，`timestamp + ttl` 之前（strict）先算生。",
    get_at: "讀一個仲生嘅 cell。",
    delete_at: "刪一個仲生嘅 cell；死咗嘅留返喺度。",
    scan_at: "列出一行入面仲生嘅 cell。",
    scan_by_prefix_at: "列出一行入面仲生、又有呢個 prefix 嘅 cell。",
    backup: "將仲生嘅 cell 連剩返嘅 TTL 影低，答有幾多個 key。",
    restore: "返去唔遲過 `backup_timestamp` 嘅最新 snapshot；TTL 由 `timestamp` 計起。答 key 數目嘅 string，冇呢張 snapshot 就答空 string。",
    batch_operations: "一齊行晒啲 operation，各自攞住自己 key 嘅 lock。死嘅生嘅 cell 都照做。",
    batch_scan: "scan 啲 key，同一時間最多咁多個；冇嘅 key 一樣要 permit、一樣要時間。",
    batch_scan_fail_fast: "scan 啲 key，同一時間最多咁多個；冇嘅 key 即刻答，唔使 permit。",
  },
  task_queue: {
    add_task: "加一個 task 入 queue；priority 越大越急。",
    get_next_task: "攞最急而又 ready 嘅 task，同分先到先得；冇就係空 string。",
    get_task_status: "答一個 task 嘅 status。",
    start_task: "指名攞一個 task；唔睇佢嘅 dependencies。",
    complete_task: "完成一個做緊嘅 task。",
    fail_task: "放低一個做緊嘅 task：仲有機會就遲啲 retry，冇就永遠失敗。",
    get_queue_length: "數 QUEUED 嘅 task，blocked 嘅都計。",
    get_tasks_by_status: "列出某個 status 嘅 task，跟 id 排。",
    configure_retry: "設定可以 retry 幾多次、第一次等幾耐；之後每次等多一倍。",
    process_retries: "將到鐘嘅 retry 放返入 queue，答有幾多個。",
    get_dead_letter: "列出永遠失敗嘅 task，跟 id 排。",
    add_task_with_deps: "加一個 task，要等晒所有 dependencies COMPLETED 先 ready。dependencies 唔使已經存在。",
    get_ready_tasks: "列出 ready 嘅 task：最急行先，同分跟 id 排。",
    get_blocked_tasks: "列出 QUEUED 但等緊 dependency 嘅 task，跟 id 排。",
    run_workers: "畀 worker 攞 task 做，做到冇 ready 為止；搵唔到嘢做嘅 worker 就收工唔返。答完成次序嘅 id。",
    dispatch_external: "將 COMPLETED 嘅 task 交去另一個系統，同一時間最多咁多個。未 COMPLETED 嘅唔使攞 permit。",
  },
};

/** What a method does, in the language if there is a text in it, else in English. */
export function docOf(lang: Lang, system: SystemInfo, operation: Operation): { words: string; lang: Lang } {
  const own = lang === "zh-HK" ? zh[system.id]?.[operation.name] : undefined;
  return own === undefined ? { words: operation.doc, lang: "en" } : { words: own, lang };
}
