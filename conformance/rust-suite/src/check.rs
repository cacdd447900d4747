//! Runs named checks and prints one line each, in the form that the TypeScript runner reads:
//! `pass NAME`, `fail NAME: reason`, `skip NAME: reason`.

use std::fmt::Debug;
use std::future::Future;
use std::process::ExitCode;
use std::time::Duration;

/// Bounds one check. Far above what any of them needs: it only turns a hang into a failure.
const CHECK_TIME_MAX: Duration = Duration::from_secs(90);

/// Why a check did not pass.
#[derive(Debug)]
pub enum Unmet {
    Failed(String),
    /// The server may decline the subject of the check, and does. What it must do instead has been checked by then.
    Skipped(String),
}

pub type Checked<T = ()> = Result<T, Unmet>;

impl From<tikv_client::Error> for Unmet {
    fn from(error: tikv_client::Error) -> Self {
        Unmet::Failed(format!("{error} ({error:?})"))
    }
}

pub fn failed<T>(reason: impl Into<String>) -> Checked<T> {
    Err(Unmet::Failed(reason.into()))
}

pub fn skipped<T>(reason: impl Into<String>) -> Checked<T> {
    Err(Unmet::Skipped(reason.into()))
}

/// Compares two values of one kind.
pub fn equal<T: PartialEq + Debug>(what: &str, want: T, got: T) -> Checked {
    if want == got {
        return Ok(());
    }
    failed(format!("{what}: want {}, got {}", shortened(&want), shortened(&got)))
}

pub fn holds(what: &str, condition: bool) -> Checked {
    if condition { Ok(()) } else { failed(what) }
}

fn shortened(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    match text.char_indices().nth(200) {
        Some((at, _)) => format!("{}... ({} characters)", &text[..at], text.len()),
        None => text,
    }
}

/// Counts the outcomes of one program.
#[derive(Default)]
pub struct List {
    failed: u32,
    passed: u32,
}

impl List {
    /// Runs a check in a task of its own: a panic is a failure, not the end of the program.
    pub async fn run<F>(&mut self, name: &str, body: F)
    where
        F: Future<Output = Checked> + Send + 'static,
    {
        let outcome = match tokio::time::timeout(CHECK_TIME_MAX, tokio::spawn(body)).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(panic)) => failed(format!("{panic}")),
            Err(_) => failed(format!("no end within {} s", CHECK_TIME_MAX.as_secs())),
        };
        match outcome {
            Ok(()) => {
                self.passed += 1;
                println!("pass {name}");
            }
            Err(Unmet::Skipped(reason)) => println!("skip {name}: {}", one_line(&reason)),
            Err(Unmet::Failed(reason)) => {
                self.failed += 1;
                println!("fail {name}: {}", one_line(&reason));
            }
        }
    }

    /// Success when at least one check passed and none failed.
    pub fn exit_code(&self) -> ExitCode {
        if self.failed == 0 && self.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn one_line(reason: &str) -> String {
    reason.replace('\n', " | ")
}
