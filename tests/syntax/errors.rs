//! What is wrong with a text, and where: each case of the golden file gives the very sentence.
//!
//! A case is a name, a text, and a line `=> line:column sentence`, under which the sentence stands in Cantonese. With `SPECSIGHT_BLESS` set, the sentences are written anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use specsight::lab::syntax::{Sentence, SyntaxError, parse};

/// What a text comes to, as it stands in the file.
fn told(source: &str) -> String {
    match parse(source, &["items"]).and_then(|module| module.expand(&[])) {
        Ok(program) => format!("=> {} tasks", program.tasks.len()),
        Err(SyntaxError { line, column, message: Sentence { en, zh } }) => {
            assert!(zh.matches('`').count() % 2 == 0 && en.matches('`').count() % 2 == 0, "{en} {zh}");
            assert!(!zh.contains("{0}") && zh.chars().any(|c| ('一'..='鿿').contains(&c)), "{zh}");
            format!("=> {line}:{column} {en}\n{zh}")
        }
    }
}

#[test]
fn every_mistake_is_told_where_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/syntax_errors.txt");
    let recorded = fs::read_to_string(&path).expect("the cases");
    let (mut actual, mut names, mut sentences) = (String::new(), BTreeSet::new(), BTreeSet::new());
    for case in recorded.split("--- ").skip(1) {
        let (name, rest) = case.split_once('\n').expect("a name");
        let source = rest.rsplit_once("=> ").map_or(rest, |(source, _)| source);
        assert!(names.insert(name), "{name} is there twice");
        let told = told(source);
        sentences.insert(told.split_once(' ').map(|(_, sentence)| sentence.to_owned()));
        write!(actual, "--- {name}\n{source}{told}\n\n").expect("texts take everything");
    }
    let actual = actual.trim_end().to_owned() + "\n";
    if std::env::var_os("SPECSIGHT_BLESS").is_some() {
        fs::write(&path, &actual).expect("the file can be written");
        return;
    }
    for (actual, recorded) in actual.split("--- ").zip(recorded.split("--- ")) {
        assert_eq!(actual.trim_end(), recorded.trim_end());
    }
    assert!(sentences.len() > 80, "{} different sentences", sentences.len());
}
