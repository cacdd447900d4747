//! Transactions that meet, and the protocols that a server may decline.

use std::time::Duration;

use tikv_client::{CheckLevel, Error, KvPair, Timestamp, TimestampExt, TransactionClient, TransactionOptions};

use crate::check::{Checked, equal, failed, holds, skipped};
use crate::txn_api::{begin, fill, key, optimistic, reads_as, scan_area, set, value};

/// Whether a write conflict is somewhere in an error, which this client wraps according to the number of its requests.
pub fn is_conflict(error: &Error) -> bool {
    match error {
        Error::KeyError(error) => error.conflict.is_some(),
        Error::ExtractedErrors(errors) | Error::MultipleKeyErrors(errors) => errors.iter().any(is_conflict),
        _ => false,
    }
}

fn already_exists(error: &Error) -> bool {
    match error {
        Error::KeyError(error) => error.already_exist.is_some(),
        Error::DuplicateKeyInsertion => true,
        Error::ExtractedErrors(errors) | Error::MultipleKeyErrors(errors) => errors.iter().any(already_exists),
        _ => false,
    }
}

pub async fn insert_if_absent(client: TransactionClient) -> Checked {
    let mut txn = begin(&client).await?;
    txn.insert(key("insert", 1), value(1)).await?;
    txn.commit().await?;
    let mut txn = begin(&client).await?;
    txn.insert(key("insert", 1), value(2)).await?;
    match txn.commit().await {
        Err(error) if already_exists(&error) => {}
        other => return failed(format!("a second insertion: want already exists, got {other:?}")),
    }
    txn.rollback().await?;
    reads_as(&client, &key("insert", 1), Some(value(1))).await
}

pub async fn write_conflict(client: TransactionClient) -> Checked {
    set(&client, &key("conflict", 1), value(0)).await?;
    let (mut first, mut second) = (begin(&client).await?, begin(&client).await?);
    for (txn, i) in [(&mut first, 1), (&mut second, 2)] {
        equal("both read", Some(value(0)), txn.get(key("conflict", 1)).await?)?;
        txn.put(key("conflict", 1), value(i)).await?;
    }
    first.commit().await?;
    match second.commit().await {
        Err(error) if is_conflict(&error) => {}
        other => return failed(format!("the second commit: want a conflict, got {other:?}")),
    }
    second.rollback().await?;
    reads_as(&client, &key("conflict", 1), Some(value(1))).await?;
    let mut again = begin(&client).await?;
    again.put(key("conflict", 1), value(3)).await?;
    again.commit().await?;
    reads_as(&client, &key("conflict", 1), Some(value(3))).await
}

/// How a commit ended that asked for a protocol which the server may decline.
pub enum Ending {
    Committed,
    Declined,
    Conflict,
}

/// A declined protocol looks odd in this client, which cannot fall back to two phases: a refused one-phase commit is an error
/// of its own, and a refused async commit is "committed" at timestamp zero, which no server takes. Both leave plain locks.
pub fn ending(outcome: Result<Option<Timestamp>, Error>) -> Checked<Ending> {
    match outcome {
        Ok(Some(at)) if at.version() == 0 => Ok(Ending::Declined),
        Ok(_) => Ok(Ending::Committed),
        Err(Error::OnePcFailure) => Ok(Ending::Declined),
        Err(error) if is_conflict(&error) => Ok(Ending::Conflict),
        Err(error) => Err(error.into()),
    }
}

pub async fn async_commit(client: TransactionClient) -> Checked {
    committed_or_declined(client, "async", optimistic().use_async_commit(), "async commit").await
}

pub async fn one_phase(client: TransactionClient) -> Checked {
    committed_or_declined(client.clone(), "one-phase", optimistic().try_one_pc(), "one-phase commit").await?;
    let both = optimistic().use_async_commit().try_one_pc();
    committed_or_declined(client, "both", both, "one-phase commit").await
}

async fn committed_or_declined(
    client: TransactionClient,
    area: &str,
    options: TransactionOptions,
    protocol: &str,
) -> Checked {
    let old = fill(&client, area, 3).await?;
    let mut txn = client.begin_with_options(options).await?;
    let start = txn.start_timestamp().version();
    let new: Vec<_> = (0..3).map(|i| KvPair::new(key(area, i), value(100 + i))).collect();
    for pair in &new {
        txn.put(pair.key().clone(), pair.value().clone()).await?;
    }
    let outcome = txn.commit().await;
    let at = outcome.as_ref().ok().and_then(|at| at.as_ref().map(|at| at.version()));
    match ending(outcome)? {
        Ending::Committed => {
            holds("committed before it began", at.is_some_and(|at| at > start))?;
            equal("after the commit", new, scan_area(&client, area).await?)
        }
        Ending::Declined => {
            // A refused one-phase commit may still be taken back; the other has been reported, and its locks are left to die.
            let _ = txn.rollback().await;
            drop(txn);
            equal("after the refusal", old, scan_when_unlocked(&client, area).await?)?;
            skipped(format!("the server declines {protocol}; what it left was rolled back"))
        }
        Ending::Conflict => failed("a conflict with nobody"),
    }
}

/// Scans as soon as locks of dead transactions may be rolled back: this client waits for a living lock for a second and a half only.
pub async fn scan_when_unlocked(client: &TransactionClient, area: &str) -> Checked<Vec<KvPair>> {
    /// The client's locks live for three seconds.
    const ATTEMPTS_MAX: u32 = 20;
    for _ in 0..ATTEMPTS_MAX {
        let mut txn = begin(client).await?;
        let scanned = txn.scan(key(area, 0)..key(area, 999_999), 100_000).await;
        let pairs = match scanned {
            Ok(pairs) => Some(pairs.collect()),
            Err(Error::ResolveLockError(_)) => None,
            Err(error) => return Err(error.into()),
        };
        txn.rollback().await?;
        if let Some(pairs) = pairs {
            return Ok(pairs);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    failed(format!("the locks of {area} outlive their lifetime"))
}

/// Either works from lock to commit, or is refused in so many words.
pub async fn pessimistic(client: TransactionClient) -> Checked {
    const UNIMPLEMENTED: i32 = 12;
    set(&client, &key("pessimistic", 1), value(1)).await?;
    let options = TransactionOptions::new_pessimistic().drop_check(CheckLevel::None);
    let mut txn = client.begin_with_options(options).await?;
    match txn.get_for_update(key("pessimistic", 1)).await {
        Ok(got) => {
            equal("locked read", Some(value(1)), got)?;
            txn.put(key("pessimistic", 1), value(2)).await?;
            txn.commit().await?;
            reads_as(&client, &key("pessimistic", 1), Some(value(2))).await
        }
        Err(Error::PessimisticLockError { inner, .. }) => {
            let Error::GrpcAPI(status) = *inner else { return Err((*inner).into()) };
            equal("status of the refusal", UNIMPLEMENTED, status.code() as i32)?;
            txn.rollback().await?;
            reads_as(&client, &key("pessimistic", 1), Some(value(1))).await?;
            skipped(format!("the server has no pessimistic locks: {}", status.message()))
        }
        Err(error) => Err(error.into()),
    }
}
