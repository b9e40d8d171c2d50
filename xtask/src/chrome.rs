//! Finds the browser the tests run in and its driver, and installs both where the system makes that easy.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::shell::{Run, find_program, note};
use crate::version::Version;

const BROWSERS: [&str; 5] = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];

/// Where systems that leave the `PATH` alone put it.
const USUAL_PLACES: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

const WHAT_TO_INSTALL: &str = "Install Google Chrome (https://www.google.com/chrome) or Chromium, and ChromeDriver of \
    the same major version (https://googlechromelabs.github.io/chrome-for-testing); on Debian: `apt-get install \
    chromium chromium-driver`; on macOS: `brew install --cask google-chrome chromedriver`. Programs that are not on \
    the PATH can be named in the variables CHROME and CHROMEDRIVER";

/// The browser and its driver.
#[derive(Debug)]
pub struct Chrome {
    /// The browser itself.
    pub browser: PathBuf,
    /// What `wasm-pack test` steers it with.
    pub driver: PathBuf,
}

/// Finds the browser and its driver, or installs both on Debian and Ubuntu when that is allowed.
pub fn ensure() -> Result<Chrome> {
    if let Some(found) = find_both() {
        return check(found);
    }
    let missing = match (browser(), driver()) {
        (None, None) => "There is no Chrome or Chromium and no ChromeDriver",
        (None, Some(_)) => "There is a ChromeDriver but no Chrome or Chromium",
        _ => "There is no ChromeDriver for the browser",
    };
    let Some(packages) = debian_packages() else { bail!("{missing}. {WHAT_TO_INSTALL}") };
    if !is_root() {
        bail!("{missing}. Run `sudo apt-get install {}`", packages.join(" "));
    }
    note(&format!("{missing}: installing {}", packages.join(" and ")));
    let quietly = |run: Run| run.env("DEBIAN_FRONTEND", "noninteractive");
    quietly(Run::new("apt-get").args(["update", "-qq"])).run()?;
    quietly(Run::new("apt-get").args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages)).run()?;
    match find_both() {
        Some(found) => check(found),
        None => bail!("The packages were installed, yet there is no browser with a driver. {WHAT_TO_INSTALL}"),
    }
}

/// Finds the browser.
pub fn browser() -> Option<PathBuf> {
    named_in("CHROME")
        .or_else(|| BROWSERS.iter().find_map(|name| find_program(name, &[])))
        .or_else(|| USUAL_PLACES.iter().map(PathBuf::from).find(|path| path.is_file()))
}

/// Gives the version of a browser or driver.
pub fn version(program: &PathBuf) -> Option<Version> {
    Run::new(program).args(["--version"]).read().ok().and_then(|printed| Version::find(&printed))
}

fn driver() -> Option<PathBuf> {
    named_in("CHROMEDRIVER").or_else(|| find_program("chromedriver", &[]))
}

fn find_both() -> Option<Chrome> {
    Some(Chrome { browser: browser()?, driver: driver()? })
}

fn named_in(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

/// A driver only understands the browser of its own major version.
fn check(chrome: Chrome) -> Result<Chrome> {
    // A browser for Windows opens a window instead of printing its version: what is not printed is not compared.
    if let (Some(browser), Some(driver)) = (version(&chrome.browser), version(&chrome.driver))
        && browser.0 != driver.0
    {
        bail!(
            "{} is of version {} and {} of version {}: their first numbers must be the same. {WHAT_TO_INSTALL}",
            chrome.browser.display(),
            browser.0,
            chrome.driver.display(),
            driver.0,
        );
    }
    Ok(chrome)
}

/// The packages of Debian and of what is made from it, where there is an apt.
fn debian_packages() -> Option<[&'static str; 2]> {
    find_program("apt-get", &[])?;
    Some(packages_for(&fs::read_to_string("/etc/os-release").unwrap_or_default()))
}

fn packages_for(os_release: &str) -> [&'static str; 2] {
    if os_release.lines().any(|line| line == "ID=ubuntu") {
        ["chromium-browser", "chromium-chromedriver"]
    } else {
        ["chromium", "chromium-driver"]
    }
}

fn is_root() -> bool {
    Run::new("id").args(["-u"]).read().context("id").is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ubuntu_has_names_of_its_own() {
        assert_eq!(
            packages_for("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"),
            ["chromium-browser", "chromium-chromedriver"]
        );
        assert_eq!(packages_for("ID=debian\n"), ["chromium", "chromium-driver"]);
        assert_eq!(packages_for(""), ["chromium", "chromium-driver"]);
    }
}
