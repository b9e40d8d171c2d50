//! Serves the built page on this machine, for this machine only.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::{Context as _, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::shell::{Run, find_program, heading, note};
use crate::site::{Found, Site, mime};

/// The port that is tried when none is asked for.
const USUAL_PORT: u16 = 8000;

/// A browser opens six connections to a host at the most; none of them should wait for another.
const WORKERS: usize = 6;

/// Serves a folder until the program is stopped; opens the browser at it if asked to.
pub fn run(folder: &Path, port: Option<u16>, open: bool) -> Result<()> {
    let site = Arc::new(Site::new(folder)?);
    let (server, port) = bind(port)?;
    let address = format!("http://127.0.0.1:{port}/");
    heading(&format!("Serving at {address}"));
    note("Ctrl-C stops it.");
    if open {
        // Beside the server: some openers last as long as the browser, which waits for the server's answer.
        thread::spawn(move || open_browser(&address));
    }
    let server = Arc::new(server);
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            thread::spawn(move || {
                for request in server.incoming_requests() {
                    answer(&site, request);
                }
            })
        })
        .collect();
    for worker in workers {
        worker.join().map_err(|_| anyhow!("the server stopped on its own"))?;
    }
    Ok(())
}

fn bind(port: Option<u16>) -> Result<(Server, u16)> {
    let listen = |port: u16| Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("{error}"));
    let server = match port {
        Some(port) => listen(port).with_context(|| {
            format!("port {port} cannot be used: choose another, or leave out --port for a free one")
        })?,
        None => listen(USUAL_PORT).or_else(|_| listen(0)).context("no port on 127.0.0.1 can be used")?,
    };
    let port = server.server_addr().to_ip().context("the server has no address")?.port();
    Ok((server, port))
}

fn open_browser(address: &str) {
    let opener: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["cmd", "/c", "start"]
    } else {
        &["xdg-open"]
    };
    let shown = opener
        .split_first()
        .filter(|(program, _)| cfg!(windows) || find_program(program, &[]).is_some())
        .is_some_and(|(program, args)| Run::new(program).args(args).args([address]).run().is_ok());
    if !shown {
        note(&format!("No browser could be opened from here: open {address} yourself."));
    }
}

fn answer(site: &Site, request: Request) {
    let answered = match request.method() {
        Method::Get | Method::Head => match site.find(request.url()) {
            Found::File(path) => send_file(&path, request),
            Found::Folder(address) => {
                request.respond(with(text(301, "A folder's address ends in /."), "Location", &address))
            }
            Found::Nothing => request.respond(text(404, "There is nothing at this address.")),
        },
        _ => request.respond(with(text(405, "Files can only be read."), "Allow", "GET, HEAD")),
    };
    // An error means the other side hung up, which browsers do whenever they have seen enough.
    drop(answered);
}

fn send_file(path: &Path, request: Request) -> io::Result<()> {
    let Ok(file) = File::open(path) else {
        return request.respond(text(500, "The file is there but cannot be read."));
    };
    let response = with(Response::from_file(file), "Content-Type", mime(path));
    // The next build must be seen at the next reload.
    let response = with(response, "Cache-Control", "no-cache");
    request.respond(with(response, "X-Content-Type-Options", "nosniff"))
}

fn text(status: u16, sentence: &str) -> Response<io::Cursor<Vec<u8>>> {
    Response::from_string(sentence).with_status_code(status)
}

fn with<R: io::Read>(mut response: Response<R>, name: &str, value: &str) -> Response<R> {
    // Only an address that no browser sends, one with raw bytes beyond ASCII, makes a value that cannot be sent.
    if let Ok(header) = Header::from_bytes(name, value) {
        response.add_header(header);
    }
    response
}
