//! Money moves between accounts while others count it: nothing is lost, nothing appears, and every look at a timestamp agrees.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tikv_client::{Error, Key, KvPair, Transaction, TransactionClient, TransactionOptions, Value};

use crate::check::{Checked, Unmet, equal, failed, skipped};
use crate::txn_api::{fill, key, optimistic, scan_area};
use crate::txn_conflicts::{Ending, ending, scan_when_unlocked};

/// Few, so that transfers collide all the time.
const ACCOUNTS: usize = 8;
const TELLERS: u64 = 8;
const TRANSFERS_EACH: u64 = 40;
const OPENING_BALANCE: i64 = 1_000;
const TOTAL: i64 = OPENING_BALANCE * ACCOUNTS as i64;

pub async fn two_phase(client: TransactionClient) -> Checked {
    run(client, "bank-two-phase", optimistic()).await
}

pub async fn async_commit(client: TransactionClient) -> Checked {
    run(client, "bank-async", optimistic().use_async_commit()).await
}

pub async fn one_phase(client: TransactionClient) -> Checked {
    run(client, "bank-one-phase", optimistic().try_one_pc()).await
}

/// What an account holds: the balance, and how many transfers have touched it.
fn encode(balance: i64, touched: u64) -> Value {
    format!("{balance} {touched}").into_bytes()
}

fn decode(value: &[u8]) -> Checked<(i64, u64)> {
    let text = String::from_utf8_lossy(value);
    let parts =
        text.split_once(' ').and_then(|(balance, touched)| Some((balance.parse().ok()?, touched.parse().ok()?)));
    parts.ok_or_else(|| Unmet::Failed(format!("an account holds {text:?}")))
}

/// The sum of all balances, and of all touches.
fn sums(pairs: &[KvPair]) -> Checked<(i64, u64)> {
    equal("accounts", ACCOUNTS, pairs.len())?;
    pairs.iter().try_fold((0, 0), |(balances, touches), pair| {
        let (balance, touched) = decode(pair.value())?;
        Ok((balances + balance, touches + touched))
    })
}

async fn run(client: TransactionClient, area: &'static str, options: TransactionOptions) -> Checked {
    open_accounts(&client, area).await?;
    // One transfer alone tells whether the server takes part at all.
    let mut dice = Dice(1);
    if let Ending::Declined = transfer(&client, area, &options, &mut dice).await? {
        equal("after the refusal", (TOTAL, 0), sums(&scan_when_unlocked(&client, area).await?)?)?;
        return skipped("the server declines this way to commit; nothing was moved");
    }
    let (moved, declined) = (Arc::new(AtomicU64::new(1)), Arc::new(AtomicU64::new(0)));
    let closed = Arc::new(AtomicBool::new(false));
    let auditor = tokio::spawn(audit(client.clone(), area, closed.clone()));
    let tellers: Vec<_> = (0..TELLERS)
        .map(|teller| {
            let (client, options, moved, declined) = (client.clone(), options.clone(), moved.clone(), declined.clone());
            tokio::spawn(async move {
                let mut dice = Dice(teller + 2);
                let mut done = 0;
                while done < TRANSFERS_EACH {
                    match transfer(&client, area, &options, &mut dice).await? {
                        Ending::Committed => {
                            done += 1;
                            moved.fetch_add(1, Ordering::Relaxed);
                        }
                        // A server may take one commit and decline the next. The bank goes on without that transfer.
                        Ending::Declined => {
                            done += 1;
                            declined.fetch_add(1, Ordering::Relaxed);
                        }
                        Ending::Conflict => {}
                    }
                }
                Checked::Ok(())
            })
        })
        .collect();
    let mut outcome = Ok(());
    for teller in tellers {
        outcome = outcome.and(joined(teller).await);
    }
    closed.store(true, Ordering::Relaxed);
    let looks = joined(auditor).await;
    outcome?;
    let (moved, declined) = (moved.load(Ordering::Relaxed), declined.load(Ordering::Relaxed));
    println!("note {area}: {moved} transfers, {declined} declined, {} audits", looks?);
    equal("total and touches", (TOTAL, 2 * moved), sums(&scan_when_unlocked(&client, area).await?)?)
}

async fn joined<T>(task: tokio::task::JoinHandle<Checked<T>>) -> Checked<T> {
    task.await.unwrap_or_else(|panic| failed(panic.to_string()))
}

async fn open_accounts(client: &TransactionClient, area: &str) -> Checked {
    fill(client, area, ACCOUNTS).await?;
    let mut txn = client.begin_with_options(optimistic()).await?;
    for i in 0..ACCOUNTS {
        txn.put(key(area, i), encode(OPENING_BALANCE, 0)).await?;
    }
    txn.commit().await?;
    equal("opening total", (TOTAL, 0), sums(&scan_area(client, area).await?)?)
}

async fn transfer(
    client: &TransactionClient,
    area: &str,
    options: &TransactionOptions,
    dice: &mut Dice,
) -> Checked<Ending> {
    let from = dice.below(ACCOUNTS as u64);
    let to = (from + 1 + dice.below(ACCOUNTS as u64 - 1)) % ACCOUNTS as u64;
    let amount = dice.below(100) as i64;
    let mut txn = client.begin_with_options(options.clone()).await?;
    for (account, change) in [(from, -amount), (to, amount)] {
        match add(&mut txn, key(area, account as usize), change).await? {
            Ending::Conflict => {
                txn.rollback().await?;
                return Ok(Ending::Conflict);
            }
            Ending::Committed | Ending::Declined => {}
        }
    }
    let outcome = txn.commit().await;
    let ending = match outcome {
        Err(Error::ResolveLockError(_)) => Ending::Conflict,
        outcome => ending(outcome)?,
    };
    if !matches!(ending, Ending::Committed) {
        // Leaves nothing for others to wait for; after a reported success there is nothing to take back.
        let _ = txn.rollback().await;
    }
    Ok(ending)
}

/// Adds to an account. A lock in the way that lives longer than this client waits counts as a conflict.
async fn add(txn: &mut Transaction, account: Key, change: i64) -> Checked<Ending> {
    let stored = match txn.get(account.clone()).await {
        Ok(stored) => stored.unwrap_or_default(),
        Err(Error::ResolveLockError(_)) => return Ok(Ending::Conflict),
        Err(error) => return Err(error.into()),
    };
    let (balance, touched) = decode(&stored)?;
    txn.put(account, encode(balance + change, touched + 1)).await?;
    Ok(Ending::Committed)
}

/// Looks again and again until the bank closes; returns how often. Every look sees all the money.
async fn audit(client: TransactionClient, area: &'static str, closed: Arc<AtomicBool>) -> Checked<u64> {
    let mut looks = 0;
    while !closed.load(Ordering::Relaxed) {
        let now = client.current_timestamp().await?;
        let mut snapshot = client.snapshot(now, optimistic());
        let scanned = snapshot.scan(key(area, 0)..key(area, ACCOUNTS), 100).await;
        match scanned {
            Ok(pairs) => {
                looks += 1;
                equal("the money at a timestamp", TOTAL, sums(&pairs.collect::<Vec<_>>())?.0)?;
            }
            Err(Error::ResolveLockError(_)) => {}
            Err(error) => return Err(error.into()),
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(looks)
}

/// A splitmix64 generator: each teller's choices are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}
