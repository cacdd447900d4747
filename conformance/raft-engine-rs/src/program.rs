//! The command line of both programs.

use std::io::{Read, Write, stdout};
use std::path::Path;
use std::process::ExitCode;

use crate::store::{Options, Store};
use crate::{bench, dump, script};

const USAGE: &str = "dump DIR | run DIR SCRIPT | bench load|recover DIR [NAME=VALUE]...
  dump   opens DIR (which may change it: give a copy) and prints a JSON line a region
  run    executes the lines of SCRIPT, `-` for standard input, on DIR";

pub fn main<S: Store>() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut output = stdout().lock();
    let outcome = match words.as_slice() {
        ["dump", dir] => dump_dir::<S>(Path::new(dir), &mut output),
        ["run", dir, path] => read_script(path).and_then(|text| script::run::<S>(Path::new(dir), &text, &mut output)),
        ["bench", mode, dir, settings @ ..] => bench::run::<S>(mode, Path::new(dir), settings, &mut output),
        _ => Err(USAGE.into()),
    };
    match outcome.and_then(|()| output.flush().map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn dump_dir<S: Store>(dir: &Path, output: &mut impl Write) -> Result<(), String> {
    // The crate would make it, and what is not there would look empty.
    if !dir.is_dir() {
        return Err(format!("no directory {}", dir.display()));
    }
    dump::dump(&S::open(dir, &Options::for_exchange())?, output)
}

fn read_script(path: &str) -> Result<String, String> {
    if path != "-" {
        return std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}
