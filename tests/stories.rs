//! Checks the stories as a reader would: every system has one, it walks all levels, and every call does what it should.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use specsight::engine::{Engine, SystemInfo, systems};
use specsight::value::Value;

#[derive(Deserialize)]
struct Story {
    system: String,
    title: Words,
    config: Vec<Value>,
    steps: Vec<Step>,
    variants: Vec<Variant>,
}

#[derive(Deserialize)]
struct Words {
    en: String,
    zh: String,
}

#[derive(Deserialize)]
struct Variant {
    level: String,
    text: Words,
}

#[derive(Deserialize)]
struct Step {
    call: Option<String>,
    #[serde(default)]
    args: Vec<Value>,
    watch: Option<Words>,
    clock: Option<Value>,
    /// The code of the error that the call is meant to throw.
    raises: Option<String>,
}

/// Everything that is wrong with a story, in words for its author.
fn problems(story: &Story, info: &SystemInfo) -> Vec<String> {
    let mut problems = Vec::new();
    let mut texts = vec![("title".to_owned(), &story.title)];
    texts.extend(story.variants.iter().map(|v| (format!("variant of {}", v.level), &v.text)));
    for (at, step) in story.steps.iter().enumerate() {
        match (&step.call, &step.watch) {
            (_, Some(watch)) => texts.push((format!("step {at}"), watch)),
            (Some(call), None) => problems.push(format!("step {at} ({call}): say what to watch")),
            (None, None) => {}
        }
    }
    for (place, text) in texts {
        if text.en.trim().is_empty() || text.zh.trim().is_empty() {
            problems.push(format!("{place}: both languages need words"));
        }
    }
    let calls = story.steps.iter().filter(|step| step.call.is_some()).count();
    if !(15..=30).contains(&calls) {
        problems.push(format!("{calls} calls; a story has 15 to 30"));
    }
    let called: BTreeSet<&str> = story.steps.iter().filter_map(|step| step.call.as_deref()).collect();
    for level in 1..=6 {
        let mut names = info.operations.iter().filter(|o| o.level == level).map(|o| o.name).peekable();
        if names.peek().is_some() && !names.any(|name| called.contains(name)) {
            problems.push(format!("no call of L{level}"));
        }
    }
    problems.extend(replay(story));
    problems
}

fn replay(story: &Story) -> Vec<String> {
    let mut engine = match Engine::new(&story.system, &story.config) {
        Ok(engine) => engine,
        Err(error) => return vec![format!("config: {error}")],
    };
    let mut problems = Vec::new();
    for (at, step) in story.steps.iter().enumerate() {
        match step.clock.as_ref().map(Value::as_num) {
            Some(Some(now)) => engine.set_clock(now),
            Some(None) => problems.push(format!("step {at}: a clock is set to a number")),
            None => {}
        }
        let Some(call) = &step.call else { continue };
        let code = engine.call(call, &step.args).err().map(|error| (error.code(), error.to_string()));
        match (code, &step.raises) {
            (None, None) => {}
            (Some((code, _)), Some(meant)) if code == meant => {}
            (Some((_, sentence)), _) => problems.push(format!("step {at} ({call}): {sentence}")),
            (None, Some(meant)) => problems.push(format!("step {at} ({call}): should throw {meant}")),
        }
    }
    problems
}

#[test]
fn every_system_has_a_story_that_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let mut wrong = Vec::new();
    for entry in systems() {
        let info = (entry.info)();
        let path = folder.join(format!("{}.json", entry.id));
        let read = fs::read_to_string(&path).map_err(|e| e.to_string());
        match read.and_then(|text| serde_json::from_str::<Story>(&text).map_err(|e| e.to_string())) {
            Ok(story) if story.system != entry.id => {
                wrong.push(format!("{}: is a story of {}", entry.id, story.system));
            }
            Ok(story) => wrong.extend(problems(&story, &info).into_iter().map(|p| format!("{}: {p}", entry.id))),
            Err(error) => wrong.push(format!("{}: {error}", entry.id)),
        }
    }
    let known: BTreeSet<String> = systems().iter().map(|entry| format!("{}.json", entry.id)).collect();
    for file in fs::read_dir(folder).expect("the folder of stories") {
        let name = file.expect("a file").file_name().to_string_lossy().into_owned();
        if !known.contains(&name) {
            wrong.push(format!("{name}: there is no such system"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
