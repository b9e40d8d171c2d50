//! `#[derive(Item)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DataEnum, DeriveInput, Error, Fields, Ident, LitStr, Result, Type};

use crate::case::snake;

#[derive(Default)]
struct Options {
    tag: Option<String>,
    name: Option<String>,
    other: bool,
    default: bool,
}

fn options(attributes: &[Attribute]) -> Result<Options> {
    let mut options = Options::default();
    for attribute in attributes.iter().filter(|a| a.path().is_ident("item")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("other") {
                options.other = true;
            } else if meta.path.is_ident("default") {
                options.default = true;
            } else if meta.path.is_ident("tag") {
                options.tag = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("name") {
                options.name = Some(meta.value()?.parse::<LitStr>()?.value());
            } else {
                return Err(meta.error("expected `tag`, `name`, `other` or `default`"));
            }
            Ok(())
        })?;
    }
    Ok(options)
}

/// The parts of one form of an item.
struct Form {
    idents: Vec<Ident>,
    reads: Vec<TokenStream>,
    params: Vec<TokenStream>,
    labels: Vec<TokenStream>,
}

fn form(fields: &Fields) -> Result<Form> {
    let mut form = Form { idents: Vec::new(), reads: Vec::new(), params: Vec::new(), labels: Vec::new() };
    for field in fields {
        let ident = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "an item needs named fields"))?;
        let options = options(&field.attrs)?;
        let name = options.name.unwrap_or_else(|| ident.to_string());
        let ty = &field.ty;
        let optional = options.default;
        let default = if optional { quote!(Some(Default::default)) } else { quote!(None) };
        form.reads.push(quote!(let #ident = crate::engine::read_field::<#ty>(value, #name, #default)?;));
        form.params.push(quote!(crate::engine::ParamSpec::of::<#ty>(#name, #optional)));
        if is_text(ty) {
            form.labels.push(quote!(&**#ident));
        }
        form.idents.push(ident);
    }
    Ok(form)
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("Str"))
}

pub fn derive(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    match &input.data {
        Data::Struct(data) => {
            let Form { idents, reads, params, labels } = form(&data.fields)?;
            Ok(implement(
                name,
                &quote! {
                    if !matches!(value, crate::value::Value::Dict(_)) {
                        return Err(crate::engine::Mismatch::expected("dict", value));
                    }
                    #(#reads)*
                    Ok(Self { #(#idents),* })
                },
                &quote!(
                    vec![crate::engine::ItemShape { tag: None, fields: crate::engine::ParamSpec::describe(const { &[#(#params),*] }) }]
                ),
                &quote! {
                    let Self { #(#idents),* } = self;
                    #(let _ = &#idents;)*
                    crate::engine::label(&[#(#labels),*])
                },
            ))
        }
        Data::Enum(data) => {
            let tag = options(&input.attrs)?
                .tag
                .ok_or_else(|| Error::new_spanned(name, "an enum item needs `#[item(tag = \"...\")]`"))?;
            derive_enum(name, data, &tag)
        }
        Data::Union(_) => Err(Error::new_spanned(name, "a union cannot be an item")),
    }
}

fn derive_enum(name: &Ident, data: &DataEnum, tag: &str) -> Result<TokenStream> {
    let (mut reads, mut shapes, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    let mut other =
        quote!(word => return Err(crate::engine::Mismatch::problem(format!("is unknown: {word}")).at_field(#tag)));
    for variant in &data.variants {
        let ident = &variant.ident;
        let options = options(&variant.attrs)?;
        let word = options.name.unwrap_or_else(|| snake(&ident.to_string()));
        let Form { idents, reads: fields, params, labels: parts } = form(&variant.fields)?;
        let read = quote!({ #(#fields)* Self::#ident { #(#idents),* } });
        let value = if options.other {
            other = quote!(_ => #read);
            quote!(None)
        } else {
            reads.push(quote!(#word => #read));
            quote!(Some(#word))
        };
        shapes.push(quote! {
            crate::engine::ItemShape {
                tag: Some(crate::engine::Tag { key: #tag, value: #value }),
                fields: crate::engine::ParamSpec::describe(const { &[#(#params),*] }),
            }
        });
        let head = (!options.other).then(|| quote!(#word,));
        labels.push(quote!(Self::#ident { #(#idents),* } => {
            #(let _ = &#idents;)*
            crate::engine::label(&[#head #(#parts),*])
        }));
    }
    Ok(implement(
        name,
        &quote! {
            let word = crate::engine::read_tag(value, #tag)?;
            Ok(match &*word { #(#reads,)* #other })
        },
        &quote!(vec![#(#shapes),*]),
        &quote!(match self { #(#labels)* }),
    ))
}

fn implement(name: &Ident, read: &TokenStream, shapes: &TokenStream, label: &TokenStream) -> TokenStream {
    quote! {
        impl crate::engine::FromValue for #name {
            fn py_type() -> String {
                "dict".to_owned()
            }

            fn from_value(value: &crate::value::Value) -> Result<Self, crate::engine::Mismatch> {
                #read
            }

            fn item_shapes() -> Vec<crate::engine::ItemShape> {
                #shapes
            }
        }

        impl crate::engine::Item for #name {
            fn label(&self) -> String {
                #label
            }
        }
    }
}
