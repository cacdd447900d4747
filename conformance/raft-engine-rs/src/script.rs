//! A script of operations on one directory, a line each. Changes gather until `write` sends them as one batch.
//!
//! ```text
//! open [OPTION=VALUE]...            opens, or closes and opens again; the first line
//! append REGION FIRST TERM DATA...  entries of consecutive indexes; DATA as in data.rs
//! put REGION KEY VALUE              hex; `-` is no bytes
//! delete REGION KEY
//! compact REGION INDEX              drops the entries below
//! clean REGION
//! write [sync]
//! sync
//! purge                             prints the regions that should compact
//! rewrite-append, rewrite-rewrite   copies a whole queue (0.4 only)
//! crash                             ends the process with nothing closed; the last line
//! ```

use std::io::Write;
use std::path::Path;

use crate::data::{parse as parse_data, parse_hex};
use crate::entry::encode_entry;
use crate::store::{Change, Options, Store};

pub fn run<S: Store>(dir: &Path, script: &str, output: &mut impl Write) -> Result<(), String> {
    let mut runner = Runner::<S> { dir, store: None, changes: vec![] };
    for (number, line) in script.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        runner.step(&words, output).map_err(|error| format!("line {}: {line}: {error}", number + 1))?;
    }
    if runner.changes.is_empty() { Ok(()) } else { Err("changes that no write sent".into()) }
}

struct Runner<'a, S: Store> {
    dir: &'a Path,
    store: Option<S>,
    changes: Vec<Change>,
}

impl<S: Store> Runner<'_, S> {
    fn step(&mut self, words: &[&str], output: &mut impl Write) -> Result<(), String> {
        if let ["open", options @ ..] = words {
            // Closed first: the directory has one owner.
            self.store = None;
            self.store = Some(S::open(self.dir, &parse_options(options)?)?);
            return Ok(());
        }
        let store = self.store.as_ref().ok_or("nothing is open")?;
        match words {
            ["append", region, first, term, data @ ..] => {
                let (region, first, term) = (number(region)?, number(first)?, number(term)?);
                let entries = data
                    .iter()
                    .zip(first..)
                    .map(|(data, index)| Ok(encode_entry(term, index, &parse_data(data)?)))
                    .collect::<Result<_, String>>()?;
                self.changes.push(Change::Append { region, entries });
            }
            ["put", region, key, value] => {
                self.changes.push(Change::Put { region: number(region)?, key: bytes(key)?, value: bytes(value)? });
            }
            ["delete", region, key] => {
                self.changes.push(Change::Delete { region: number(region)?, key: bytes(key)? });
            }
            ["compact", region, index] => {
                self.changes.push(Change::Compact { region: number(region)?, index: number(index)? });
            }
            ["clean", region] => self.changes.push(Change::Clean { region: number(region)? }),
            ["write", sync @ ..] => {
                let written = store.write(std::mem::take(&mut self.changes), sync == ["sync"])?;
                writeln!(output, r#"{{"written":{written}}}"#).map_err(|error| error.to_string())?;
            }
            ["sync"] => store.sync()?,
            ["purge"] => {
                let mut regions = store.purge()?;
                regions.sort_unstable();
                writeln!(output, r#"{{"compact":{regions:?}}}"#).map_err(|error| error.to_string())?;
            }
            ["rewrite-append"] => store.rewrite_append_queue()?,
            ["rewrite-rewrite"] => store.rewrite_rewrite_queue()?,
            ["crash"] => {
                output.flush().map_err(|error| error.to_string())?;
                std::process::exit(0);
            }
            _ => return Err("no such operation".into()),
        }
        Ok(())
    }
}

fn parse_options(words: &[&str]) -> Result<Options, String> {
    let mut options = Options::for_exchange();
    for word in words {
        let (name, value) = word.split_once('=').ok_or_else(|| format!("no OPTION=VALUE: {word}"))?;
        if !options.set(name, value)? {
            return Err(format!("no option {name}"));
        }
    }
    Ok(options)
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("no number: {word}"))
}

fn bytes(word: &str) -> Result<Vec<u8>, String> {
    if word == "-" { Ok(vec![]) } else { parse_hex(word) }
}
