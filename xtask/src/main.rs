//! The project's chores, as `cargo xtask <command>`.

mod args;
mod bench;
mod chrome;
mod npm;
mod page;
mod project;
mod python;
#[cfg(test)]
mod scratch;
mod serve;
mod shell;
mod site;
mod sizes;
mod stamp;
mod test;
mod tools;
mod version;
mod wasm;

use std::env;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::args::Args;
use crate::bench::Form;
use crate::project::Project;
use crate::shell::print;

/// A command, as the help shows it.
struct Command {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&Project, Args) -> Result<()>,
}

const COMMANDS: [Command; 4] = [
    Command {
        name: "serve",
        usage: "[--open] [--port N]",
        about: "Builds what is not up to date and serves the page on this machine.",
        run: serve,
    },
    Command {
        name: "build",
        usage: "",
        about: "Builds the static folder, www/dist, and prints its sizes.",
        run: build,
    },
    Command {
        name: "test",
        usage: "[--only lint|native|wasm|page|long] [--long]",
        about: "Runs all checks, or one kind of them; --long draws more cases and runs them on this machine's CPython.",
        run: test,
    },
    Command {
        name: "bench",
        usage: "[--json] [--systems [--markdown]]",
        about: "Measures speed, natively and in WebAssembly, and sizes; --systems how calls get dearer with more entities, \
                --markdown as docs/systems-bench.md has it.",
        run: bench,
    },
];

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let name = args.next();
    match dispatch(name.as_deref(), Args::new(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(name: Option<&str>, args: Args) -> Result<()> {
    let Some(name) = name.filter(|name| !["help", "--help", "-h"].contains(name)) else {
        print(&help());
        return Ok(());
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(&Project::find(), args),
        None => bail!("there is no command `{name}`\n\n{}", help()),
    }
}

fn help() -> String {
    let lines = COMMANDS.iter().map(|command| {
        let call = format!("cargo xtask {} {}", command.name, command.usage);
        format!("  {}\n      {}", call.trim_end(), command.about)
    });
    format!("The project's chores:\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn serve(project: &Project, mut args: Args) -> Result<()> {
    let open = args.flag("--open");
    let port = args.value("--port")?;
    let port = port.map(|port| port.parse().with_context(|| format!("`--port {port}`: a port is 1 to 65535")));
    args.finish()?;
    let port = port.transpose()?;
    page::build(project)?;
    serve::run(&project.dist(), port, open)
}

fn build(project: &Project, args: Args) -> Result<()> {
    args.finish()?;
    page::build(project)?;
    page::print_sizes(project)
}

fn test(project: &Project, mut args: Args) -> Result<()> {
    let only = args.value("--only")?;
    let long = args.flag("--long");
    args.finish()?;
    test::run(project, only.as_deref(), long)
}

fn bench(project: &Project, mut args: Args) -> Result<()> {
    let as_json = args.flag("--json");
    let systems = args.flag("--systems");
    let as_markdown = systems && args.flag("--markdown");
    args.finish()?;
    match (systems, as_markdown, as_json) {
        (true, true, true) => bail!("`--json` and `--markdown` are two forms of one report: choose one"),
        (true, true, false) => bench::run_systems(project, Form::Markdown),
        (true, false, true) => bench::run_systems(project, Form::Json),
        (true, false, false) => bench::run_systems(project, Form::Table),
        (false, ..) => bench::run(project, as_json),
    }
}
