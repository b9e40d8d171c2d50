//! `#[system]`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Error, Expr, ExprLit, FnArg, Ident, ImplItem, ImplItemFn, ItemImpl, Lit, LitInt, LitStr, Meta, Pat,
    Receiver, ReceiverKind, Result, ReturnType, Token, Type, bracketed, parenthesized,
};

use crate::checks;
use crate::refusal::Words;

/// What the attribute says of the system as a whole.
pub struct About {
    id: LitStr,
    class_name: LitStr,
    title: TokenStream,
    summary: TokenStream,
    family: Ident,
    family_reason: TokenStream,
    group: LitStr,
    signals: Vec<LitStr>,
    patterns: TokenStream,
    uses: Vec<Ident>,
    refusals: Words,
    clock: Option<Ident>,
}

/// The fields of the attribute while it is being read.
#[derive(Default)]
struct Fields {
    words: BTreeMap<String, LitStr>,
    texts: BTreeMap<String, TokenStream>,
    family: Option<Ident>,
    signals: Vec<LitStr>,
    patterns: Option<TokenStream>,
    uses: Vec<Ident>,
    refusals: Words,
    clock: Option<Ident>,
}

impl Parse for About {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut fields = Fields::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            match name.to_string().as_str() {
                word @ ("id" | "class" | "group") => {
                    input.parse::<Token![=]>()?;
                    fields.words.insert(word.to_owned(), input.parse()?);
                }
                text @ ("title" | "summary" | "family_reason") => {
                    fields.texts.insert(text.to_owned(), both_languages(input)?);
                }
                "family" => {
                    input.parse::<Token![=]>()?;
                    fields.family = Some(input.parse()?);
                }
                "clock" => {
                    input.parse::<Token![=]>()?;
                    fields.clock = Some(input.parse()?);
                }
                "signals" => {
                    input.parse::<Token![=]>()?;
                    let list;
                    bracketed!(list in input);
                    fields.signals = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?.into_iter().collect();
                }
                "uses" => {
                    input.parse::<Token![=]>()?;
                    let list;
                    bracketed!(list in input);
                    fields.uses = Punctuated::<Ident, Token![,]>::parse_terminated(&list)?.into_iter().collect();
                }
                "patterns" => fields.patterns = Some(patterns(input)?),
                "refusals" => {
                    let words = named_words(input)?.into_iter();
                    fields.refusals = words.map(|(name, word)| (name, word.value())).collect();
                }
                _ => return Err(Error::new(name.span(), "unknown field of `#[system]`")),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        fields.finish(input)
    }
}

impl Fields {
    fn finish(mut self, input: ParseStream<'_>) -> Result<About> {
        let missing = |name: &str| input.error(format!("`#[system]` needs `{name}`"));
        Ok(About {
            id: self.words.remove("id").ok_or_else(|| missing("id"))?,
            class_name: self.words.remove("class").ok_or_else(|| missing("class"))?,
            title: self.texts.remove("title").ok_or_else(|| missing("title"))?,
            summary: self.texts.remove("summary").ok_or_else(|| missing("summary"))?,
            family: self.family.ok_or_else(|| missing("family"))?,
            family_reason: self.texts.remove("family_reason").ok_or_else(|| missing("family_reason"))?,
            group: self.words.remove("group").ok_or_else(|| missing("group"))?,
            signals: self.signals,
            patterns: self.patterns.ok_or_else(|| missing("patterns"))?,
            uses: self.uses,
            refusals: self.refusals,
            clock: self.clock,
        })
    }
}

/// `(name = "...", name = "...")`.
fn named_words(input: ParseStream<'_>) -> Result<BTreeMap<String, LitStr>> {
    let list;
    parenthesized!(list in input);
    let mut words = BTreeMap::new();
    while !list.is_empty() {
        let name: Ident = list.parse()?;
        list.parse::<Token![=]>()?;
        words.insert(name.to_string(), list.parse()?);
        if !list.is_empty() {
            list.parse::<Token![,]>()?;
        }
    }
    Ok(words)
}

/// `(en = "...", zh = "...")`.
fn both_languages(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut texts = named_words(input)?;
    match (texts.remove("en"), texts.remove("zh")) {
        (Some(en), Some(zh)) if texts.is_empty() => Ok(quote!(crate::engine::Text { en: #en, zh: #zh })),
        _ => Err(input.error("a text is given as `(en = \"...\", zh = \"...\")`")),
    }
}

/// `(l3 = "...", l4 = "...", l5 = "...", l6 = FailFast)`.
fn patterns(input: ParseStream<'_>) -> Result<TokenStream> {
    let list;
    parenthesized!(list in input);
    let mut tokens = Vec::new();
    while !list.is_empty() {
        let level: Ident = list.parse()?;
        list.parse::<Token![=]>()?;
        tokens.push(if level == "l6" {
            let kind: Ident = list.parse()?;
            quote!(#level: crate::engine::L6Kind::#kind)
        } else {
            let words: LitStr = list.parse()?;
            quote!(#level: #words)
        });
        if !list.is_empty() {
            list.parse::<Token![,]>()?;
        }
    }
    Ok(quote!(crate::engine::Patterns { #(#tokens),* }))
}

/// A parameter that callers give.
struct Given {
    name: Ident,
    ty: Type,
    default: Option<Expr>,
    /// For a constructor: a value to show a fresh state with.
    example: Option<Expr>,
}

impl Given {
    fn param(&self) -> TokenStream {
        let (ty, name, optional) = (&self.ty, self.name.to_string(), self.default.is_some());
        quote!(crate::engine::ParamSpec::of::<#ty>(#name, #optional))
    }

    fn read(&self) -> TokenStream {
        let (ty, ident) = (&self.ty, &self.name);
        match &self.default {
            None => quote!(let #ident: #ty = args.take()?;),
            Some(default) => quote!(let #ident: #ty = args.take_or(|| #default)?;),
        }
    }
}

/// The statements that read all parameters out of `args`.
fn read_all(given: &[Given]) -> TokenStream {
    let reads = given.iter().map(Given::read);
    if given.is_empty() { quote!(let _ = args;) } else { quote!(let mut args = args; #(#reads)*) }
}

fn given(function: &mut ImplItemFn, skip: usize) -> Result<Vec<Given>> {
    let mut given = Vec::new();
    for input in function.sig.inputs.iter_mut().skip(skip) {
        let FnArg::Typed(typed) = input else { return Err(Error::new_spanned(input, "unexpected receiver")) };
        let Pat::Ident(name) = &*typed.pat else { return Err(Error::new_spanned(&typed.pat, "expected a plain name")) };
        let default =
            typed.attrs.iter().find(|a| a.path().is_ident("default")).map(Attribute::parse_args).transpose()?;
        let example =
            typed.attrs.iter().find(|a| a.path().is_ident("example")).map(Attribute::parse_args).transpose()?;
        given.push(Given { name: unused_is_named(&name.ident), ty: (*typed.ty).clone(), default, example });
        typed.attrs.retain(|a| !a.path().is_ident("default") && !a.path().is_ident("example"));
    }
    Ok(given)
}

/// A parameter that the method does not use has a leading underscore in Rust only.
fn unused_is_named(ident: &Ident) -> Ident {
    let name = ident.to_string();
    format_ident!("{}", name.trim_start_matches('_'), span = ident.span())
}

/// Whether a method takes `&mut self`.
fn mutable(receiver: &Receiver) -> bool {
    matches!(receiver.kind, ReceiverKind::Reference(_, _, Some(_)))
}

/// The level of `#[op(level)]`, which is taken off.
fn level(function: &mut ImplItemFn) -> Result<Option<LitInt>> {
    let level = function.attrs.iter().find(|a| a.path().is_ident("op")).map(Attribute::parse_args).transpose()?;
    function.attrs.retain(|a| !a.path().is_ident("op"));
    Ok(level)
}

fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|a| a.path().is_ident("doc")).filter_map(|a| match &a.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) => Some(line.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What an operation answers with: the type, and whether it may raise instead.
fn answer(function: &ImplItemFn) -> (TokenStream, bool) {
    let ReturnType::Type(_, ty) = &function.sig.output else { return (quote!(()), false) };
    if let Type::Path(path) = &**ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Py"
        && let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
    {
        return (arguments.args.to_token_stream(), true);
    }
    (ty.to_token_stream(), false)
}

pub fn expand(about: About, mut block: ItemImpl) -> Result<TokenStream> {
    let system = block.self_ty.clone();
    let originals: Vec<ImplItemFn> = block
        .items
        .iter()
        .filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function.clone()),
            _ => None,
        })
        .collect();
    let helpers: BTreeMap<String, &ImplItemFn> = originals
        .iter()
        .filter(|function| !function.attrs.iter().any(|a| a.path().is_ident("op")))
        .map(|function| (function.sig.ident.to_string(), function))
        .collect();

    let (mut operations, mut config, mut create) = (Vec::new(), quote!(&[]), None);
    for item in &mut block.items {
        let ImplItem::Fn(function) = item else { continue };
        if function.sig.ident == "new" {
            let given = given(function, 0)?;
            let (names, params, reads) =
                (given.iter().map(|g| &g.name), given.iter().map(Given::param), read_all(&given));
            let examples = given.iter().filter_map(|g| g.example.as_ref());
            config = quote!(&[#(#params),*]);
            create = Some(quote! {
                fn example() -> Vec<crate::value::Value> {
                    vec![#(crate::engine::IntoValue::into_value(#examples)),*]
                }

                fn create(values: &[crate::value::Value]) -> Result<Self, crate::engine::Mismatch> {
                    let args = crate::engine::Args::new(values, Self::META.config)?;
                    #reads
                    Ok(#system::new(#(#names),*))
                }
            });
        } else if let Some(level) = level(function)? {
            operations
                .push((level.base10_parse::<u8>()?, operation(&system, &level, function, &helpers, &about.refusals)?));
        }
    }
    let create = create.ok_or_else(|| Error::new_spanned(&system, "a system needs `fn new`"))?;
    operations.sort_by_key(|(level, _)| *level);
    let (operations, runs): (Vec<_>, Vec<_>) = operations.into_iter().map(|(_, operation)| operation).unzip();
    let About { id, class_name, title, summary, family, family_reason, group, signals, patterns, uses, clock, .. } =
        about;
    let clock = clock.map(|field| quote!(fn set_clock(&mut self, now_ms: crate::value::Num) { self.#field = now_ms; }));
    Ok(quote! {
        #block

        impl crate::engine::System for #system {
            const META: &'static crate::engine::Meta = &crate::engine::Meta {
                id: #id,
                class_name: #class_name,
                title: #title,
                summary: #summary,
                family: crate::engine::Family::#family,
                family_reason: #family_reason,
                group: #group,
                signals: &[#(#signals),*],
                patterns: #patterns,
                uses: &[#(crate::patterns::Pattern::#uses),*],
                config: #config,
                operations: &[#(#operations),*],
            };

            #create

            const RUNS: &'static [crate::engine::Run<Self>] = &[#(#runs),*];

            #clock
        }
    })
}

/// What is said about an operation, and how it is run.
fn operation(
    system: &Type,
    level: &LitInt,
    function: &mut ImplItemFn,
    helpers: &BTreeMap<String, &ImplItemFn>,
    words: &Words,
) -> Result<(TokenStream, TokenStream)> {
    let checks = checks::of(function, helpers, words)?;
    let given = given(function, 1)?;
    let (ident, text) = (&function.sig.ident, doc(&function.attrs));
    if text.is_empty() {
        return Err(Error::new_spanned(ident, "an operation needs a line of doc"));
    }
    let name = ident.to_string();
    let (ty, may_raise) = answer(function);
    let (params, names, reads) = (given.iter().map(Given::param), given.iter().map(|g| &g.name), read_all(&given));
    let (kind, run) = match function.sig.inputs.first() {
        Some(FnArg::Receiver(receiver)) => {
            let (kind, state) =
                if mutable(receiver) { ("Method", quote!(&mut #system)) } else { ("Query", quote!(&#system)) };
            let kind = format_ident!("{kind}");
            let raised = may_raise.then(|| quote!(?));
            let run = quote!(crate::engine::Run::#kind(|state: #state, args| {
                #reads
                Ok(crate::engine::IntoValue::into_value(#system::#ident(state, #(#names),*)#raised))
            }));
            (kind, run)
        }
        _ if function.sig.asyncness.is_some() && may_raise => {
            let run = quote!(crate::engine::Run::Coroutine(|live, args| {
                #reads
                Ok(crate::engine::answering(Box::pin(#system::#ident(live, #(#names),*))))
            }));
            (format_ident!("Coroutine"), run)
        }
        _ => {
            let usage =
                "an operation takes `&self`, `&mut self`, or is `async fn name(live: Live<Self>, ...) -> Py<...>`";
            return Err(Error::new_spanned(&function.sig, usage));
        }
    };
    let about = quote! {
        crate::engine::Operation {
            name: #name,
            level: #level,
            kind: crate::engine::Kind::#kind,
            doc: #text,
            params: &[#(#params),*],
            returns: <#ty as crate::engine::IntoValue>::py_type,
            checks: &[#(#checks),*],
        }
    };
    Ok((about, run))
}
