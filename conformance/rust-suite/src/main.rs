//! Drives a cluster through client-rust, unmodified, as an application would. The command line is that of the Go programs.

mod bank;
mod check;
mod dead_clients;
mod journal;
mod raw_api;
mod raw_scans;
mod txn_api;
mod txn_conflicts;

use std::process::ExitCode;
use std::time::Duration;

use tikv_client::Config;

const USAGE: &str = "usage: strata-rust-suite COMMAND --pd HOST:PORT [--mode raw|txn] [--journal FILE]
  raw            every method of the raw API
  txn            optimistic transactions, what dead clients leave behind, a bank
  journal-write  write until SIGTERM, and keep a journal of what was acknowledged";

/// Twice the largest value that is written, and time for a machine that does other things as well.
fn config() -> Config {
    Config::default().with_grpc_max_decoding_message_size(16 << 20).with_timeout(Duration::from_secs(20))
}

struct Arguments {
    command: String,
    pd: String,
    mode: String,
    journal: String,
}

fn parse(mut words: impl Iterator<Item = String>) -> Option<Arguments> {
    let mut arguments = Arguments {
        command: words.next()?,
        pd: "127.0.0.1:2379".to_owned(),
        mode: "raw".to_owned(),
        journal: String::new(),
    };
    while let Some(flag) = words.next() {
        let value = words.next()?;
        match flag.as_str() {
            "--pd" => arguments.pd = value,
            "--mode" => arguments.mode = value,
            "--journal" => arguments.journal = value,
            _ => return None,
        }
    }
    Some(arguments)
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(arguments) = parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match arguments.command.as_str() {
        "raw" => raw_api::run(&arguments.pd).await,
        "txn" => txn_api::run(&arguments.pd).await,
        "journal-write" => match journal::write(&arguments.pd, &arguments.mode, &arguments.journal).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => {
                eprintln!("{reason:?}");
                ExitCode::FAILURE
            }
        },
        other => {
            eprintln!("no command {other}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}
