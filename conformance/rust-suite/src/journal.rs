//! Writes until it is told to stop, through kills and restarts of the server, and keeps a journal of what was acknowledged.
//! The Go programs' `journal-check` reads it and asks the server for every line: names of keys, contents of values and lines of
//! the journal are those of `go-suite/journal`.

use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tikv_client::{RawClient, TransactionClient};
use tokio::signal::unix::{SignalKind, signal};

use crate::bank::Dice;
use crate::check::{Checked, Unmet, failed};
use crate::config;
use crate::txn_api::set;

const CALLERS: usize = 16;
/// How often a caller writes its own key again instead of a new one.
const OVERWRITE_EVERY: u64 = 4;

/// As `contentOf` of `go-suite/journal`.
fn content_of(key: &str, number: u64) -> Vec<u8> {
    let seed = format!("{key} {number}")
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mut dice = Dice(seed);
    let mut content = format!("{number} ").into_bytes();
    let filler_bytes = 16 + dice.next() % 1000;
    content.extend((0..filler_bytes).map(|_| (dice.next() >> 56) as u8));
    content
}

#[derive(Clone)]
enum Target {
    Raw(RawClient),
    Txn(TransactionClient),
}

impl Target {
    async fn open(pd: &str, mode: &str) -> Checked<Target> {
        match mode {
            "raw" => Ok(Target::Raw(RawClient::new_with_config(vec![pd], config()).await?)),
            "txn" => Ok(Target::Txn(TransactionClient::new_with_config(vec![pd], config()).await?)),
            _ => failed(format!("no mode {mode}: raw, txn")),
        }
    }

    async fn put(&self, key: &str, value: Vec<u8>) -> Checked {
        match self {
            Target::Raw(client) => Ok(client.put(key.to_owned(), value).await?),
            Target::Txn(client) => set(client, &key.to_owned().into(), value).await,
        }
    }
}

pub async fn write(pd: &str, mode: &str, path: &str) -> Checked {
    let target = Target::open(pd, mode).await?;
    // Not synced: only the server is killed, not the machine.
    let journal = Arc::new(Mutex::new(File::create(path).map_err(broken)?));
    let stopped = Arc::new(AtomicBool::new(false));
    let (acknowledged, refused) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (target, journal, stopped) = (target.clone(), journal.clone(), stopped.clone());
            let (acknowledged, refused) = (acknowledged.clone(), refused.clone());
            tokio::spawn(async move {
                // After a failure the fate of that write is unknown: it may even arrive late. So its key is left alone.
                let mut latest = 0;
                for number in 1.. {
                    if stopped.load(Ordering::Relaxed) {
                        break;
                    }
                    let overwrites = number % OVERWRITE_EVERY == 0;
                    let key = if overwrites {
                        format!("journal/latest/{caller:03}/{latest:04}")
                    } else {
                        format!("journal/unique/{caller:03}/{number:08}")
                    };
                    if target.put(&key, content_of(&key, number)).await.is_ok() {
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                        let mut file = journal.lock().expect("no caller panics with the journal in hand");
                        writeln!(file, "{key} {number}").map_err(broken)?;
                    } else {
                        refused.fetch_add(1, Ordering::Relaxed);
                        latest += u32::from(overwrites);
                    }
                }
                Checked::Ok(())
            })
        })
        .collect();
    signal(SignalKind::terminate()).map_err(broken)?.recv().await;
    stopped.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap_or_else(|panic| failed(panic.to_string()))?;
    }
    let (acknowledged, refused) = (acknowledged.load(Ordering::Relaxed), refused.load(Ordering::Relaxed));
    println!("note writer: {acknowledged} writes acknowledged, {refused} failed");
    Ok(())
}

fn broken(cause: std::io::Error) -> Unmet {
    Unmet::Failed(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::content_of;

    /// The bytes that the Go programs' checker computes, see `go-suite/journal`.
    #[test]
    fn contents_are_those_of_the_checker() {
        let content = content_of("journal/unique/003/00000017", 17);
        let head: String = content[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((content.len(), head.as_str()), (87, "313720a99ee51680a269b8ea7ec8b3d9"));
    }
}
