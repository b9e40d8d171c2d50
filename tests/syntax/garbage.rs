//! Whatever the text: a sentence with a place inside it, and soon.

use proptest::collection::vec;
use proptest::prelude::*;
use specsight::lab::strategies::STRATEGIES;
use specsight::lab::syntax::{MAX_NESTING, MAX_SOURCE, Sentence, SyntaxError, Val, parse};
use specsight::lab::workload::{PREDEFINED, Workload};
use specsight::value::Value;

use crate::golden;

fn globals() -> [(&'static str, Val); 2] {
    let workload = r#"{ "items": 3, "sleep": { "fixed": 10 }, "maxConcurrent": 2, "fails": [1] }"#;
    let workload: Value = serde_json::from_str(workload).expect("JSON");
    Workload::read(&workload).expect("a workload").globals().expect("few items")
}

fn outcome(source: &str) -> Option<SyntaxError> {
    parse(source, &PREDEFINED).and_then(|module| module.expand(&globals())).err()
}

/// The place of an error is one that an editor can put its cursor to.
fn is_inside(error: &SyntaxError, source: &str) -> bool {
    let text = source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n");
    let line = text.split('\n').nth(error.line as usize - 1);
    line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&(error.column as usize)))
}

fn check(source: &str) -> Result<(), TestCaseError> {
    if let Some(error) = outcome(source) {
        prop_assert!(is_inside(&error, source), "{} in {:?}", error, source);
        let Sentence { en, zh } = &error.message;
        prop_assert!(en.ends_with(['.', '?']) && en.len() < 400, "{}", en);
        prop_assert!(zh.ends_with(['。', '？']) && zh.len() < 600 && zh != en, "{}", zh);
    }
    Ok(())
}

/// Texts that are right, to be spoilt.
fn source() -> impl Strategy<Value = String> {
    let mut texts: Vec<String> = STRATEGIES.iter().map(|strategy| strategy.python.to_owned()).collect();
    texts.extend(golden::texts().into_iter().map(|(_, text)| text));
    prop::sample::select(texts)
}

/// Pieces that come up in programs, and some that should not.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "\n",
        "\n    ",
        "\n        ",
        "\t",
        " ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ".",
        "=",
        "==",
        "+=",
        "*",
        "**",
        "-",
        "%",
        "//",
        "\\",
        "\"",
        "'",
        "\"\"\"",
        "f\"{",
        "}\"",
        "#",
        "async def f():",
        "async with sem:",
        "await ",
        "gather",
        "sleep",
        "items",
        "item[\"sleep\"]",
        "for x in items:",
        "while True:",
        "while not queue.empty():",
        "if",
        "else:",
        "try:",
        "except Exception as e:",
        "finally:",
        "raise ValueError(1)",
        "return",
        "break",
        "continue",
        "lambda",
        "None",
        "1",
        "0.5",
        "1e999",
        "99999999999999999999",
        "x",
        "main()",
        "Semaphore(0)",
        "Lock()",
        "Queue()",
        "range(10**9)",
        "sorted",
        "not",
        "and",
        "in",
        "is",
        "；",
        "“",
        "é",
        "\u{0}",
        "\u{3000}",
        "\r",
        "import",
        "from",
        "class",
        "...",
    ];
    prop::sample::select(pieces.map(str::to_owned).to_vec())
}

fn cut(text: &str, at: usize) -> usize {
    let at = at % (text.len() + 1);
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

proptest! {
    #[test]
    fn a_spoilt_program_gets_a_place_inside_it(
        source in source(), spoils in vec((any::<usize>(), 0..12_usize, piece()), 1..5)
    ) {
        let mut text = source;
        for (at, gone, piece) in spoils {
            let from = cut(&text, at);
            let to = cut(&text, (from + gone).min(text.len())).max(from);
            text.replace_range(from..to, &piece);
        }
        check(&text)?;
    }

    #[test]
    fn pieces_in_any_order_get_a_place_inside_them(pieces in vec(piece(), 0..40)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn a_program_with_two_lines_swapped_gets_a_place_inside_it(source in source(), a in any::<usize>(), b in any::<usize>()) {
        let mut lines: Vec<&str> = source.split('\n').collect();
        let (a, b) = (a % lines.len(), b % lines.len());
        lines.swap(a, b);
        check(&lines.join("\n"))?;
    }
}

/// Everything that could go on for ever, or too deep.
#[test]
fn caps_end_everything_with_a_sentence() {
    let in_task = |body: &str| {
        let body = body.replace('\n', "\n    ");
        format!("async def f(n):\n    {body}\n\nasync def main():\n    await gather(f(0))\n")
    };
    let nested = |open: &str, close: &str, n: usize| format!("x = {}1{}\n", open.repeat(n), close.repeat(n));
    let blocks: String = (0..200).map(|depth| " ".repeat(depth) + "if True:\n").collect();
    let strings = "x = \"a\"\n".to_owned() + &"x = x + x\n".repeat(40);
    let lists = "x = [1]\n".to_owned() + &"x = [x, x]\n".repeat(40) + "y = x == [x]\n";
    let texts = [
        in_task("while True: pass"),
        in_task("return await f(n + 1)"),
        in_task("for x in range(1000000000):\n    await sleep(1)"),
        in_task("x = [y for y in range(1000000000)]"),
        in_task("x = [0] * 1000000000"),
        in_task("x = [[0] * 1000] * 100000\nwhile x == x: pass"),
        in_task("x = sum([[n] for n in range(100000)], [])"),
        in_task("x = []\nwhile True: x.append(x)"),
        in_task("x = []\nwhile True: x = [x]"),
        in_task("x = \"a\" * 1000000000"),
        in_task("x = \"a\" * 16000\nwhile True:\n    async with locks[x]: pass")
            .replace("async def f", "locks = defaultdict(Lock)\nasync def f"),
        in_task("x = \"a\" * 16000\nreturn f\"{x}{x}\""),
        in_task("try:\n    await f(n)\nfinally:\n    await f(n)"),
        "def f(n):\n    return [[[f(n + 1)] for _ in [1]] for _ in [(1)]][0][0][0]\n\nx = f(0)\n".to_owned(),
        "def f(n):\n    return f\"{[{1: (f(n + 1), -f(n))}]}\"\n\nx = f(0)\n".to_owned(),
        "def f(n):\n    for x in [1]:\n        while True:\n            if f(n) or 1: pass\n\nx = f(0)\n".to_owned(),
        in_task("x = sorted(range(1000000000))"),
        in_task("async with Lock(): pass"),
        in_task(&format!("x = {}", "not ".repeat(10_000) + "1")),
        in_task(&format!("x = {}", "-".repeat(20_000) + "1")),
        in_task(&format!("x = f{}", "[0]".repeat(10_000))),
        in_task(&format!("x = f{}", "()".repeat(10_000))),
        in_task(&format!("x = {}", "1 if n else ".repeat(4_000) + "1")),
        nested("(", ")", 5_000),
        nested("[", "]", 5_000),
        nested("{1: ", "}", 5_000),
        nested("f(", ")", 5_000),
        nested("x[", "]", 5_000),
        blocks,
        strings,
        lists,
        "(".repeat(60_000),
        "x".repeat(MAX_SOURCE + 1),
        "async def f():\n    pass\n".repeat(2_000) + "f(",
        "def f(n):\n    return f(n + 1)\n\nx = f(0)\n".to_owned(),
        "def f(n):\n    return [f(n + 1) for _ in range(2)]\n\nx = f(0)\n".to_owned(),
        "queue = Queue()\nfor n in range(1000000000):\n    queue.put_nowait(n)\n".to_owned(),
    ];
    for text in texts {
        let error = outcome(&text).unwrap_or_else(|| panic!("{}", text.chars().take(100).collect::<String>()));
        assert!(is_inside(&error, &text), "{error}");
    }
}

#[test]
fn what_is_allowed_is_allowed_to_its_end() {
    let deep = MAX_NESTING - 2;
    let brackets = format!("x = {}1{}\n", "(".repeat(deep), ")".repeat(deep));
    let blocks: String = (0..deep).map(|depth| "  ".repeat(depth) + "if True:\n").collect();
    let body = format!("{}x = 1\n", "  ".repeat(deep));
    let sum = format!("y = {}1\n", "1+".repeat(10_000));
    let main = "async def f():\n    pass\n\nasync def main():\n    await gather(f())\n";
    let recursion = "async def g(n):\n    if n > 0:\n        return 1 + await g(n - 1)\n    return 0\n\n\
                     async def f():\n    return await g(40)\n\nasync def main():\n    await gather(f())\n";
    for text in [brackets + main, blocks + &body + main, sum + main, recursion.to_owned()] {
        assert_eq!(outcome(&text), None);
    }
}
