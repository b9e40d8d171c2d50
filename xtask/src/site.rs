//! Which file an address of the built page names, and of which type it is.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The media type of a file; browsers compile WebAssembly while it loads only under its own.
pub fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A folder whose files have addresses.
#[derive(Debug)]
pub struct Site {
    root: PathBuf,
}

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A file to send.
    File(PathBuf),
    /// A folder asked for without its closing slash, and the address it has.
    Folder(String),
    /// Nothing that may be seen.
    Nothing,
}

impl Site {
    /// Takes a folder, which must be there.
    pub fn new(root: &Path) -> Result<Self> {
        let root = root.canonicalize().with_context(|| format!("{} is not there to be served", root.display()))?;
        Ok(Self { root })
    }

    /// Finds what an address names; nothing outside the folder has one, whatever the address or the links in it.
    pub fn find(&self, url: &str) -> Found {
        let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
        let Some(names) = decode(path).and_then(|path| safe_names(&path)) else { return Found::Nothing };
        let Ok(file) = self.root.join(names).canonicalize() else { return Found::Nothing };
        if !file.starts_with(&self.root) {
            return Found::Nothing;
        }
        if file.is_file() {
            return if path.ends_with('/') { Found::Nothing } else { Found::File(file) };
        }
        let index = file.join("index.html");
        match (index.is_file(), path.ends_with('/')) {
            (true, true) => Found::File(index),
            (true, false) => Found::Folder(query.map_or(format!("{path}/"), |query| format!("{path}/?{query}"))),
            (false, _) => Found::Nothing,
        }
    }
}

/// Undoes percent-encoding; an encoding that is none, or is not UTF-8, names nothing.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The names of a path, if each is a plain one: no way up, no drive, no separator of another system, no hidden file.
fn safe_names(path: &str) -> Option<PathBuf> {
    let plain = |name: &&str| !name.starts_with('.') && !name.contains(['\\', ':', '\0']);
    let names: Vec<_> = path.split('/').filter(|name| !name.is_empty()).collect();
    names.iter().all(plain).then(|| names.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn site() -> (Scratch, Site) {
        let scratch = Scratch::new();
        scratch.write("site/index.html", "start");
        scratch.write("site/assets/a b.js", "code");
        scratch.write("site/notes/index.html", "notes");
        scratch.write("site/.hidden", "hidden");
        scratch.write("site/empty/.keep", "");
        scratch.write("secret.txt", "outside");
        let site = Site::new(&scratch.path().join("site")).unwrap();
        (scratch, site)
    }

    #[test]
    fn addresses_name_files_and_folders() {
        let (_scratch, site) = site();
        let file = |name: &str| Found::File(site.root.join(name));
        for (url, found) in [
            ("/", file("index.html")),
            ("/?lang=zh", file("index.html")),
            ("/index.html", file("index.html")),
            ("/assets/a%20b.js", file("assets/a b.js")),
            ("//assets//a%20b.js", file("assets/a b.js")),
            ("/notes/", file("notes/index.html")),
            ("/notes", Found::Folder("/notes/".to_owned())),
            ("/notes?q=1", Found::Folder("/notes/?q=1".to_owned())),
            ("/index.html/", Found::Nothing),
            ("/empty/", Found::Nothing),
            ("/absent.js", Found::Nothing),
        ] {
            assert_eq!(site.find(url), found, "{url}");
        }
    }

    #[test]
    fn nothing_outside_the_folder_has_an_address() {
        let (scratch, site) = site();
        assert!(scratch.path().join("secret.txt").is_file());
        for url in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/%2E%2E%2Fsecret.txt",
            "/assets/../../secret.txt",
            "/..%2fsecret.txt",
            "/..\\secret.txt",
            "/..%5csecret.txt",
            "/C:/secret.txt",
            "/.hidden",
            "/index.html%00",
            "/%",
            "/%2",
            "/%zz",
            "/%ff",
            "secret.txt",
        ] {
            assert_eq!(site.find(url), Found::Nothing, "{url}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out_of_the_folder() {
        let (scratch, site) = site();
        std::os::unix::fs::symlink(scratch.path().join("secret.txt"), site.root.join("link.txt")).unwrap();
        assert_eq!(site.find("/link.txt"), Found::Nothing);
    }

    #[test]
    fn types_are_the_ones_browsers_insist_on() {
        for (name, kind) in [
            ("specsight_bg-1a.wasm", "application/wasm"),
            ("index-1a.js", "text/javascript; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("font.woff2", "font/woff2"),
            ("no-ending", "application/octet-stream"),
        ] {
            assert_eq!(mime(Path::new(name)), kind);
        }
    }
}
