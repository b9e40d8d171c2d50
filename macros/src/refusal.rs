//! How the answer of a refusal reads in Python.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Error, Expr, ExprLit, ExprPath, Lit, Macro, Result, Token};

/// What a file calls by a name of its own, as Python; `{}` stands for the arguments.
pub type Words = BTreeMap<String, String>;

/// A refusal as Python writes it. One that is not known here is an error: the catalogue shows no Rust.
pub fn python(refusal: &Expr, words: &Words) -> Result<String> {
    let unknown = || Err(Error::new_spanned(refusal, "say how this reads in Python: `refusals(name = \"...\")`"));
    match refusal {
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Ok(if value.value { "True" } else { "False" }.to_owned()),
        Expr::Lit(literal) => Ok(literal.to_token_stream().to_string()),
        Expr::Reference(reference) => python(&reference.expr, words),
        Expr::Path(path) => match name(path).as_str() {
            "None" => Ok("None".to_owned()),
            "Int::ZERO" => Ok("0".to_owned()),
            own => words.get(own).cloned().map_or_else(unknown, Ok),
        },
        Expr::Macro(made) if made.mac.path.is_ident("format") => {
            let args = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(made.mac.tokens.clone())?;
            Ok(text(args.iter().collect::<Vec<_>>().as_slice()).map_or_else(unknown, Ok)?)
        }
        Expr::Macro(made) if is_empty_list(&made.mac) => Ok("[]".to_owned()),
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else { return unknown() };
            let args: Vec<&Expr> = call.args.iter().collect();
            match (name(function).as_str(), args.as_slice()) {
                ("Ok" | "Some" | "Err" | "Int", [inner]) => python(inner, words),
                ("Str::default" | "String::new", []) => Ok("\"\"".to_owned()),
                ("Vec::new" | "List::new", []) => Ok("[]".to_owned()),
                (name, args) => {
                    let said = || text(args).map_or_else(|| listed(args, words), Ok);
                    if let Some(exception) = name.strip_prefix("Raise::") {
                        return Ok(format!("raise {}({})", capitalised(exception), said()?));
                    }
                    words.get(name).map_or_else(unknown, |word| Ok(word.replace("{}", &said()?)))
                }
            }
        }
        _ => unknown(),
    }
}

fn name(path: &ExprPath) -> String {
    let segments: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    segments.join("::")
}

fn is_empty_list(made: &Macro) -> bool {
    made.path.is_ident("vec") && made.tokens.is_empty()
}

fn listed(args: &[&Expr], words: &Words) -> Result<String> {
    let args: Vec<String> = args.iter().map(|arg| python(arg, words)).collect::<Result<_>>()?;
    Ok(args.join(", "))
}

/// A text with places for values as an f-string; `None` for what does not begin with a text.
fn text(args: &[&Expr]) -> Option<String> {
    let (Expr::Lit(ExprLit { lit: Lit::Str(pattern), .. }), values) = args.split_first()? else { return None };
    let mut filled = pattern.value();
    for value in values {
        filled = filled.replacen("{}", &format!("{{{}}}", spell(&value.to_token_stream())), 1);
    }
    let prefix = if filled.contains('{') { "f" } else { "" };
    Some(format!("{prefix}{filled:?}"))
}

/// `value_error` as `ValueError`.
fn capitalised(name: &str) -> String {
    let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
    words.collect()
}

/// An expression without the blanks that tokens are printed with.
pub fn spell(tokens: &TokenStream) -> String {
    tokens.to_string().replace(" . ", ".").replace("& ", "").replace(" (", "(").replace("( ", "(").replace(" )", ")")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(refusal: &str) -> Result<String> {
        let words = [("NO_SIZE", "-1"), ("error", "{\"error\": {}}")];
        let words = words.map(|(name, word)| (name.to_owned(), word.to_owned())).into();
        python(&syn::parse_str(refusal)?, &words)
    }

    #[test]
    fn refusals_read_as_python() {
        for (rust, python) in [
            ("false", "False"),
            ("Ok(Some(false))", "False"),
            ("None", "None"),
            ("\"not found\"", "\"not found\""),
            ("String::new()", "\"\""),
            ("Vec::new()", "[]"),
            ("vec![]", "[]"),
            ("Int(0)", "0"),
            ("Int::ZERO", "0"),
            ("NO_SIZE", "-1"),
            ("error(\"Node {} not found\", &node_id)", "{\"error\": f\"Node {node_id} not found\"}"),
            ("Err(error(format!(\"{id} is gone\")))", "{\"error\": f\"{id} is gone\"}"),
            ("Err(Raise::value_error(format!(\"{id} is gone\")))", "raise ValueError(f\"{id} is gone\")"),
            ("Err(Raise::value_error(\"empty\"))", "raise ValueError(\"empty\")"),
        ] {
            assert_eq!(read(rust).unwrap(), python, "{rust}");
        }
    }

    #[test]
    fn what_python_does_not_know_is_an_error() {
        for rust in ["value_error", "self.nothing()", "unknown(\"word\")", "vec![1]"] {
            let error = read(rust).unwrap_err();
            assert!(error.to_string().contains("in Python"), "{rust}: {error}");
        }
    }
}
