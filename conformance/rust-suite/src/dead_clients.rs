//! What a client leaves behind that dies between its prewrite and its commit.

use std::time::Duration;

use futures::poll;
use tikv_client::transaction::ResolveLocksOptions;
use tikv_client::{KvPair, ProtoLockInfo, TransactionClient, TransactionOptions};

use crate::check::{Checked, equal, failed, holds, skipped};
use crate::txn_api::{begin, fill, key, optimistic, scan_area, set, value};
use crate::txn_conflicts::scan_when_unlocked;

/// Leaves `count` keys of `area` prewritten and returns their locks.
///
/// The prewrite runs in tasks of its own that outlive a commit which is dropped: what remains is what a killed process leaves.
async fn abandon(
    client: &TransactionClient,
    area: &str,
    count: usize,
    options: TransactionOptions,
) -> Checked<Vec<ProtoLockInfo>> {
    const ATTEMPTS_MAX: u32 = 100;
    let mut txn = client.begin_with_options(options).await?;
    for i in 0..count {
        txn.put(key(area, i), value(100 + i)).await?;
    }
    {
        // With the region in the cache, the first poll reaches the point at which the requests are on their way.
        let commit = txn.commit();
        tokio::pin!(commit);
        holds("the commit ended at once", poll!(&mut commit).is_pending())?;
    }
    drop(txn);
    for _ in 0..ATTEMPTS_MAX {
        let locks = locks_of(client, area).await?;
        if locks.len() == count {
            return Ok(locks);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    failed(format!("{area}: {count} keys were never locked"))
}

async fn locks_of(client: &TransactionClient, area: &str) -> Checked<Vec<ProtoLockInfo>> {
    let now = client.current_timestamp().await?;
    Ok(client.scan_locks(&now, key(area, 0)..key(area, 999_999), 10_000).await?)
}

/// The keys of `area` can be written again.
async fn takes_writes(client: &TransactionClient, area: &str) -> Checked {
    set(client, &key(area, 0), value(7)).await?;
    equal("written again", value(7), scan_area(client, area).await?[0].value().clone())
}

pub async fn before_commit(client: TransactionClient) -> Checked {
    let old = fill(&client, "dead", 3).await?;
    abandon(&client, "dead", 3, optimistic()).await?;
    equal("after its death", old, scan_when_unlocked(&client, "dead").await?)?;
    equal("locks left", 0, locks_of(&client, "dead").await?.len())?;
    takes_writes(&client, "dead").await
}

pub async fn many_locks(client: TransactionClient) -> Checked {
    let old = fill(&client, "dead-many", 1_000).await?;
    abandon(&client, "dead-many", 1_000, optimistic()).await?;
    holds("a scan over 1,000 dead locks", old == scan_when_unlocked(&client, "dead-many").await?)?;
    equal("locks left", 0, locks_of(&client, "dead-many").await?.len())
}

/// With every key prewritten the transaction counts as committed, although nobody said so. Readers of this client do not look
/// at the secondaries of such a lock; cleaning up does.
pub async fn async_commit(client: TransactionClient) -> Checked {
    let old = fill(&client, "dead-async", 4).await?;
    let locks = abandon(&client, "dead-async", 4, optimistic().use_async_commit()).await?;
    let accepted = locks.iter().all(|lock| lock.use_async_commit);
    clean_up(&client, "dead-async").await?;
    let got = scan_area(&client, "dead-async").await?;
    if accepted {
        let new: Vec<_> = (0..4).map(|i| KvPair::new(key("dead-async", i), value(100 + i))).collect();
        return equal("after its death", new, got);
    }
    equal("after its death", old, got)?;
    skipped("the server declines async commit; its plain locks were rolled back")
}

/// Cleaning up, which precedes a garbage collection, does not wait for the end of a lock's lifetime.
pub async fn cleaned_up(client: TransactionClient) -> Checked {
    let old = fill(&client, "clean-a", 300).await?;
    abandon(&client, "clean-a", 300, optimistic()).await?;
    // A lock younger than the timestamp is none of its business.
    let earlier = begin(&client).await?.start_timestamp();
    abandon(&client, "clean-b", 1, optimistic()).await?;
    let range = key("clean-a", 0)..key("clean-b", 999_999);
    client.cleanup_locks(range, &earlier, ResolveLocksOptions::default()).await?;
    equal("old locks", 0, locks_of(&client, "clean-a").await?.len())?;
    equal("younger locks", 1, locks_of(&client, "clean-b").await?.len())?;
    holds("300 keys as before", old == scan_area(&client, "clean-a").await?)?;
    clean_up(&client, "clean-b").await
}

async fn clean_up(client: &TransactionClient, area: &str) -> Checked {
    let now = client.current_timestamp().await?;
    client.cleanup_locks(key(area, 0)..key(area, 999_999), &now, ResolveLocksOptions::default()).await?;
    equal("locks left", 0, locks_of(client, area).await?.len())
}
