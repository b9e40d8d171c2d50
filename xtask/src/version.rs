//! Versions of tools: read from what they print, compared, looked up in `Cargo.lock`.

use std::fmt;

/// A version `major.minor.patch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    /// Reads the first version in a text such as `wasm-bindgen 0.2.126` or `v20.19.0-rc.1`.
    pub fn find(text: &str) -> Option<Self> {
        text.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(Self::parse)
    }

    fn parse(word: &str) -> Option<Self> {
        let mut numbers = word.split('.').map(str::parse::<u32>);
        let version = Self(numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
        Some(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(major, minor, patch) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// Gives the version of a package in the text of a `Cargo.lock`.
pub fn locked(lock: &str, package: &str) -> Option<Version> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1).filter(|line| line.starts_with("version = ")).and_then(Version::find)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_tools_print() {
        for (text, version) in [
            ("v20.19.0\n", Some(Version(20, 19, 0))),
            ("wasm-bindgen 0.2.126", Some(Version(0, 2, 126))),
            ("cargo 1.95.0 (f2d3ce0bd 2026-03-21)", Some(Version(1, 95, 0))),
            ("Chromium 156.0.8078.79 built on Debian", Some(Version(156, 0, 8078))),
            ("v22.12.0-rc.1", Some(Version(22, 12, 0))),
            ("command not found", None),
            ("1.2", None),
            ("99999999999.0.0", None),
        ] {
            assert_eq!(Version::find(text), version, "{text}");
        }
    }

    #[test]
    fn versions_order_by_number_not_by_letter() {
        assert!(Version(20, 9, 0) < Version(20, 19, 0));
        assert!(Version(22, 0, 0) > Version(20, 19, 5));
        assert!(Version(0, 2, 99) < Version(0, 2, 126));
    }

    #[test]
    fn a_locked_package_is_the_one_of_that_very_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"0.2.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\nsource = \"registry\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some(Version(0, 2, 126)));
        assert_eq!(locked(lock, "wasm"), None);
        assert_eq!(locked("", "wasm-bindgen"), None);
    }
}
