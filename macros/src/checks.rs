//! The checklist of an operation: its `ensure!` lines, in the order in which they stand.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Error, Expr, ExprCall, ExprLit, ExprMethodCall, ExprPath, ImplItemFn, Lit, Macro, Result, Stmt, Token};

use crate::refusal::{Words, python, spell};

/// One `ensure!` line.
pub struct Check {
    rule: String,
    noun: String,
    subject: String,
    refusal: String,
}

impl ToTokens for Check {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { rule, noun, subject, refusal } = self;
        tokens.extend(quote!(crate::engine::Check { rule: #rule, noun: #noun, subject: #subject, refusal: #refusal }));
    }
}

/// The checks of `operation`, those of the private helpers it calls included where it calls them.
pub fn of(operation: &ImplItemFn, helpers: &BTreeMap<String, &ImplItemFn>, words: &Words) -> Result<Vec<Check>> {
    let inside = vec![operation.sig.ident.to_string()];
    let mut collector = Collector { helpers, words, inside, checks: Vec::new(), error: None };
    collector.visit_block(&operation.block);
    collector.error.map_or(Ok(collector.checks), Err)
}

struct Collector<'a> {
    helpers: &'a BTreeMap<String, &'a ImplItemFn>,
    words: &'a Words,
    inside: Vec<String>,
    checks: Vec<Check>,
    error: Option<Error>,
}

impl Collector<'_> {
    fn enter(&mut self, name: &str) {
        if let Some(helper) = self.helpers.get(name)
            && !self.inside.iter().any(|outer| outer == name)
        {
            self.inside.push(name.to_owned());
            self.visit_block(&helper.block);
            self.inside.pop();
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_macro(&mut self, node: &'ast Macro) {
        if node.path.is_ident("ensure") {
            match parse(node, self.words) {
                Ok(check) => self.checks.push(check),
                Err(error) => self.error = Some(error),
            }
        }
    }

    fn visit_expr_method_call(&mut self, node: &'ast ExprMethodCall) {
        visit::visit_expr_method_call(self, node);
        // A method of an attribute is none of the helpers, whatever its name.
        if matches!(&*node.receiver, Expr::Path(_)) {
            self.enter(&node.method.to_string());
        }
    }

    /// A helper whose answer is dropped refuses nothing of the operation's.
    fn visit_stmt(&mut self, node: &'ast Stmt) {
        match node {
            Stmt::Expr(Expr::MethodCall(call), Some(_)) => visit::visit_expr_method_call(self, call),
            other => visit::visit_stmt(self, other),
        }
    }

    fn visit_expr_path(&mut self, node: &'ast ExprPath) {
        let segments: Vec<_> = node.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [owner, name] = segments.as_slice()
            && owner == "Self"
        {
            self.enter(name);
        }
    }
}

fn parse(node: &Macro, words: &Words) -> Result<Check> {
    let usage = || Error::new_spanned(&node.tokens, "expected `ensure!(holds, rule(\"noun\", subject), refusal)`");
    let parts = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(node.tokens.clone())?;
    let mut parts = parts.iter();
    let (Some(_), Some(Expr::Call(ExprCall { func, args, .. })), Some(refusal)) =
        (parts.next(), parts.next(), parts.next())
    else {
        return Err(usage());
    };
    let mut args = args.iter();
    let Some(Expr::Lit(ExprLit { lit: Lit::Str(noun), .. })) = args.next() else { return Err(usage()) };
    Ok(Check {
        rule: func.to_token_stream().to_string(),
        noun: noun.value(),
        subject: args.next().map(|subject| spell(&subject.to_token_stream())).unwrap_or_default(),
        refusal: python(refusal, words)?,
    })
}
