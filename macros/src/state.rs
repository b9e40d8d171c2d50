//! `#[derive(State)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Error, Field, Fields, Ident, LitStr, Result};

use crate::case::{screaming, snake};

#[derive(Default)]
struct Options {
    skip: bool,
    omit_none: bool,
    name: Option<String>,
    tag: Option<String>,
}

fn options(attributes: &[syn::Attribute]) -> Result<Options> {
    let mut options = Options::default();
    for attribute in attributes.iter().filter(|a| a.path().is_ident("state")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("skip") {
                options.skip = true;
            } else if meta.path.is_ident("omit_none") {
                options.omit_none = true;
            } else if meta.path.is_ident("name") {
                options.name = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("tag") {
                options.tag = Some(meta.value()?.parse::<LitStr>()?.value());
            } else {
                return Err(meta.error("expected `skip`, `omit_none`, `name` or `tag`"));
            }
            Ok(())
        })?;
    }
    Ok(options)
}

pub fn derive(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    match &input.data {
        Data::Struct(data) => derive_struct(name, data),
        Data::Enum(data) if data.variants.iter().all(|v| matches!(v.fields, Fields::Unit)) => derive_words(name, data),
        Data::Enum(data) => derive_records(name, data, options(&input.attrs)?.tag.as_deref()),
        Data::Union(_) => Err(Error::new_spanned(name, "a union cannot be a state")),
    }
}

/// The fields that are seen, with the names they are seen under.
fn seen(fields: &Fields) -> Result<Vec<(&Field, &Ident, String, Options)>> {
    let mut seen = Vec::new();
    for field in fields {
        let ident = field.ident.as_ref().ok_or_else(|| Error::new_spanned(field, "a state needs named fields"))?;
        let options = options(&field.attrs)?;
        if !options.skip {
            let name = options.name.clone().unwrap_or_else(|| ident.to_string());
            seen.push((field, ident, name, options));
        }
    }
    Ok(seen)
}

fn derive_struct(name: &Ident, data: &DataStruct) -> Result<TokenStream> {
    let seen = seen(&data.fields)?;
    if seen.iter().any(|(_, _, _, options)| options.omit_none) {
        // The keys depend on the values: seen and compared as a whole dict.
        let fields = seen.iter().map(|(_, ident, name, options)| {
            if options.omit_none {
                quote!(if let Some(value) = &self.#ident { fields.push((#name, crate::value::State::view(value))); })
            } else {
                quote!(fields.push((#name, crate::value::State::view(&self.#ident)));)
            }
        });
        return Ok(whole(
            name,
            &quote! {
                let mut fields = ::std::vec::Vec::new();
                #(#fields)*
                crate::value::Value::record(fields)
            },
        ));
    }
    let entries = seen.iter().map(|(_, ident, name, _)| quote!((#name, &self.#ident as &dyn crate::value::State)));
    let count = seen.len();
    Ok(quote! {
        impl #name {
            fn state_fields(&self) -> [(&'static str, &dyn crate::value::State); #count] {
                [#(#entries),*]
            }
        }

        impl crate::value::State for #name {
            fn view(&self) -> crate::value::Value {
                crate::value::view_fields(&self.state_fields())
            }

            fn diff(
                &self,
                before: &dyn crate::value::State,
                path: &mut crate::value::Path,
                out: &mut ::std::vec::Vec<crate::value::Change>,
            ) {
                match before.downcast_ref::<Self>() {
                    Some(before) => {
                        crate::value::diff_fields(&self.state_fields(), &before.state_fields(), path, out);
                    }
                    None => out.push(crate::value::Change::changed(path, before.view(), self.view())),
                }
            }

            fn clone_rc(&self) -> ::std::rc::Rc<dyn crate::value::State> {
                ::std::rc::Rc::new(self.clone())
            }
        }
    })
}

fn derive_words(name: &Ident, data: &DataEnum) -> Result<TokenStream> {
    let mut arms = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        let word = options(&variant.attrs)?.name.unwrap_or_else(|| screaming(&ident.to_string()));
        arms.push(quote!(Self::#ident => #word));
    }
    let state = whole(name, &quote!(crate::value::Value::Str(self.as_str().into())));
    Ok(quote! {
        impl #name {
            /// The word that Python's class keeps.
            pub fn as_str(&self) -> &'static str {
                match self {
                    #(#arms),*
                }
            }
        }

        #state
    })
}

fn derive_records(name: &Ident, data: &DataEnum, tag: Option<&str>) -> Result<TokenStream> {
    let mut arms = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        let word = options(&variant.attrs)?.name.unwrap_or_else(|| snake(&ident.to_string()));
        let seen = seen(&variant.fields)?;
        let idents = seen.iter().map(|(_, ident, ..)| ident);
        let entries = seen.iter().map(|(_, ident, name, _)| quote!((#name, crate::value::State::view(#ident))));
        let tag = tag.map(|tag| quote!((#tag, crate::value::Value::Str(#word.into())),));
        arms.push(quote!(Self::#ident { #(#idents,)* .. } => crate::value::Value::record([#tag #(#entries),*])));
    }
    Ok(whole(name, &quote!(match self { #(#arms),* })))
}

/// A state that is seen by an expression and compared by what is seen.
fn whole(name: &Ident, view: &TokenStream) -> TokenStream {
    quote! {
        impl crate::value::State for #name {
            fn view(&self) -> crate::value::Value {
                #view
            }

            fn diff(
                &self,
                before: &dyn crate::value::State,
                path: &mut crate::value::Path,
                out: &mut ::std::vec::Vec<crate::value::Change>,
            ) {
                let (before, after) = (before.view(), self.view());
                if before != after {
                    out.push(crate::value::Change::changed(path, before, after));
                }
            }

            fn clone_rc(&self) -> ::std::rc::Rc<dyn crate::value::State> {
                ::std::rc::Rc::new(self.clone())
            }
        }
    }
}
