//! Transactions as an application sees them.

use std::process::ExitCode;

use tikv_client::{CheckLevel, Key, KvPair, TimestampExt, Transaction, TransactionClient, TransactionOptions, Value};

use crate::check::{Checked, List, equal, holds};
use crate::{bank, config, dead_clients, txn_conflicts};

pub async fn run(pd: &str) -> ExitCode {
    let mut list = List::default();
    // Without a keyspace: API V1, and no question to the placement driver about keyspaces.
    let client = match TransactionClient::new_with_config(vec![pd], config()).await {
        Ok(client) => client,
        Err(error) => {
            list.run("connect", async move { Err(error.into()) }).await;
            return list.exit_code();
        }
    };
    list.run("connect", async { Ok(()) }).await;
    macro_rules! checks {
        ($($name:literal => $body:path,)*) => { $(list.run($name, $body(client.clone())).await;)* };
    }
    checks! {
        "timestamps-grow" => timestamps_grow,
        "put-get" => put_get,
        "missing-key" => missing_key,
        "read-own-writes" => read_own_writes,
        "batch-get" => batch_get,
        "batch-mutate" => batch_mutate,
        "delete" => delete,
        "rollback" => rollback,
        "value-sizes" => value_sizes,
        "binary-keys" => binary_keys,
        "scan" => scan,
        "scan-merges-own-writes" => scan_own_writes,
        "reverse-scan" => reverse_scan,
        "large-transaction" => large_transaction,
        "snapshot-at-old-timestamp" => old_snapshot,
        "insert-if-absent" => txn_conflicts::insert_if_absent,
        "write-conflict-and-retry" => txn_conflicts::write_conflict,
        "async-commit" => txn_conflicts::async_commit,
        "one-phase-commit" => txn_conflicts::one_phase,
        "pessimistic" => txn_conflicts::pessimistic,
        "dead-before-commit-is-rolled-back" => dead_clients::before_commit,
        "dead-with-many-locks-scan" => dead_clients::many_locks,
        "dead-async-commit-is-committed" => dead_clients::async_commit,
        "locks-are-cleaned-up" => dead_clients::cleaned_up,
        "bank-two-phase" => bank::two_phase,
        "bank-async-commit" => bank::async_commit,
        "bank-one-phase" => bank::one_phase,
        "unsafe-destroy-range" => unsafe_destroy_range,
        // The last one: from here on nothing older than the safe point may be read.
        "gc" => gc,
    }
    list.exit_code()
}

/// Keeps each check in a range of its own.
pub fn key(area: &str, i: usize) -> Key {
    format!("txn/{area}/{i:06}").into_bytes().into()
}

pub fn value(i: usize) -> Value {
    format!("value of {i}").into_bytes()
}

/// Optimistic, and without a panic when a failed check drops it: the failure is what should be reported.
pub fn optimistic() -> TransactionOptions {
    TransactionOptions::new_optimistic().drop_check(CheckLevel::None)
}

pub async fn begin(client: &TransactionClient) -> Checked<Transaction> {
    Ok(client.begin_with_options(optimistic()).await?)
}

/// Commits one value in a transaction of its own.
pub async fn set(client: &TransactionClient, key: &Key, value: Value) -> Checked {
    let mut txn = begin(client).await?;
    txn.put(key.clone(), value).await?;
    txn.commit().await?;
    Ok(())
}

/// Commits `count` keys in one transaction and returns the pairs in order.
pub async fn fill(client: &TransactionClient, area: &str, count: usize) -> Checked<Vec<KvPair>> {
    let pairs: Vec<_> = (0..count).map(|i| KvPair::new(key(area, i), value(i))).collect();
    let mut txn = begin(client).await?;
    for pair in &pairs {
        txn.put(pair.key().clone(), pair.value().clone()).await?;
    }
    txn.commit().await?;
    Ok(pairs)
}

/// Reads in a transaction of its own.
pub async fn reads_as(client: &TransactionClient, key: &Key, want: Option<Value>) -> Checked {
    let mut txn = begin(client).await?;
    let got = txn.get(key.clone()).await?;
    txn.rollback().await?;
    equal(&format!("get {key:?}"), want, got)
}

/// A scan of the whole area in a transaction of its own.
pub async fn scan_area(client: &TransactionClient, area: &str) -> Checked<Vec<KvPair>> {
    let mut txn = begin(client).await?;
    let pairs = txn.scan(key(area, 0)..key(area, 999_999), 100_000).await?.collect();
    txn.rollback().await?;
    Ok(pairs)
}

async fn timestamps_grow(client: TransactionClient) -> Checked {
    let mut last = 0;
    for _ in 0..100 {
        let many = futures::future::try_join_all((0..20).map(|_| client.current_timestamp())).await?;
        let mut versions: Vec<_> = many.iter().map(|timestamp| timestamp.version()).collect();
        versions.sort_unstable();
        versions.dedup();
        equal("different timestamps", 20, versions.len())?;
        holds("a timestamp went back", versions[0] > last)?;
        last = versions[19];
    }
    Ok(())
}

async fn put_get(client: TransactionClient) -> Checked {
    set(&client, &key("put", 1), value(1)).await?;
    reads_as(&client, &key("put", 1), Some(value(1))).await
}

async fn missing_key(client: TransactionClient) -> Checked {
    reads_as(&client, &key("missing", 1), None).await?;
    let mut txn = begin(&client).await?;
    let exists = txn.key_exists(key("missing", 1)).await?;
    txn.rollback().await?;
    holds("a missing key exists", !exists)
}

async fn read_own_writes(client: TransactionClient) -> Checked {
    let pairs = fill(&client, "own", 3).await?;
    let mut txn = begin(&client).await?;
    txn.put(key("own", 0), value(10)).await?;
    txn.delete(key("own", 1)).await?;
    equal("own write", Some(value(10)), txn.get(key("own", 0)).await?)?;
    equal("own delete", None, txn.get(key("own", 1)).await?)?;
    equal("untouched", Some(value(2)), txn.get(key("own", 2)).await?)?;
    txn.rollback().await?;
    equal("after the rollback", pairs, scan_area(&client, "own").await?)
}

async fn batch_get(client: TransactionClient) -> Checked {
    let pairs = fill(&client, "batch", 500).await?;
    let mut keys = vec![key("batch", 900)];
    keys.extend(pairs.iter().map(|pair| pair.key().clone()));
    let mut txn = begin(&client).await?;
    let mut got: Vec<_> = txn.batch_get(keys).await?.collect();
    txn.rollback().await?;
    // The client cuts a batch into pieces and does not promise their order. A missing key is left out.
    got.sort_by(|a, b| a.key().cmp(b.key()));
    equal("batch get", pairs, got)
}

async fn batch_mutate(client: TransactionClient) -> Checked {
    use tikv_client::transaction::Mutation::{Delete, Put};
    fill(&client, "mutate", 2).await?;
    let mut txn = begin(&client).await?;
    txn.batch_mutate([Delete(key("mutate", 0)), Put(key("mutate", 2), value(2))]).await?;
    txn.commit().await?;
    let want = [1, 2].map(|i| KvPair::new(key("mutate", i), value(i))).to_vec();
    equal("left", want, scan_area(&client, "mutate").await?)
}

async fn delete(client: TransactionClient) -> Checked {
    fill(&client, "delete", 2).await?;
    let mut txn = begin(&client).await?;
    txn.delete(key("delete", 0)).await?;
    // Deleting what is not there is no error.
    txn.delete(key("delete", 9)).await?;
    txn.commit().await?;
    reads_as(&client, &key("delete", 0), None).await?;
    reads_as(&client, &key("delete", 1), Some(value(1))).await
}

async fn rollback(client: TransactionClient) -> Checked {
    let mut txn = begin(&client).await?;
    txn.put(key("rollback", 1), value(1)).await?;
    txn.rollback().await?;
    holds("commit after a rollback", txn.commit().await.is_err())?;
    reads_as(&client, &key("rollback", 1), None).await
}

async fn value_sizes(client: TransactionClient) -> Checked {
    // Round the border of 255 bytes, where values change their place on disk, and up to what one Raft entry takes.
    for (i, size) in [1, 254, 255, 256, 4096, 1 << 16, 1 << 20, 4 << 20].into_iter().enumerate() {
        let big = vec![b'a' + i as u8; size];
        set(&client, &key("sizes", i), big.clone()).await?;
        reads_as(&client, &key("sizes", i), Some(big)).await?;
    }
    Ok(())
}

async fn binary_keys(client: TransactionClient) -> Checked {
    let mut keys: Vec<Vec<u8>> =
        [&[0][..], &[0, 0], &[0, 0xff], &[0x80], &[0xff], &[0xff, 0], &[0xff, 0xff]].map(Vec::from).to_vec();
    keys.extend((7..=17).map(|length| vec![0xf7; length]));
    for (i, key) in keys.iter().enumerate() {
        set(&client, &key.clone().into(), value(i)).await?;
    }
    for (i, key) in keys.iter().enumerate() {
        reads_as(&client, &key.clone().into(), Some(value(i))).await?;
    }
    let mut txn = begin(&client).await?;
    for key in keys {
        txn.delete(key).await?;
    }
    txn.commit().await?;
    Ok(())
}

async fn scan(client: TransactionClient) -> Checked {
    let pairs = fill(&client, "scan", 1_200).await?;
    let mut txn = begin(&client).await?;
    let got: Vec<_> = txn.scan(key("scan", 10)..key("scan", 1_100), 2_000).await?.collect();
    equal("scan", pairs[10..1_100].to_vec(), got)?;
    let got: Vec<_> = txn.scan(key("scan", 0)..key("scan", 1_100), 7).await?.collect();
    equal("limit 7", pairs[..7].to_vec(), got)?;
    let got: Vec<_> = txn.scan_keys(key("scan", 5)..=key("scan", 6), 10).await?.collect();
    equal("keys", vec![key("scan", 5), key("scan", 6)], got)?;
    Ok(txn.rollback().await?)
}

async fn scan_own_writes(client: TransactionClient) -> Checked {
    fill(&client, "merge", 5).await?;
    let mut txn = begin(&client).await?;
    txn.put(key("merge", 1), value(11)).await?;
    txn.delete(key("merge", 2)).await?;
    txn.put(key("merge", 7), value(7)).await?;
    let want = [(0, 0), (1, 11), (3, 3), (4, 4), (7, 7)].map(|(i, v)| KvPair::new(key("merge", i), value(v)));
    let got: Vec<_> = txn.scan(key("merge", 0)..key("merge", 9), 100).await?.collect();
    equal("before the commit", want.to_vec(), got)?;
    txn.commit().await?;
    equal("after the commit", want.to_vec(), scan_area(&client, "merge").await?)
}

async fn reverse_scan(client: TransactionClient) -> Checked {
    let mut pairs = fill(&client, "reverse", 300).await?;
    pairs.reverse();
    let mut txn = begin(&client).await?;
    let got: Vec<_> = txn.scan_reverse(key("reverse", 10)..key("reverse", 290), 1_000).await?.collect();
    equal("reverse scan", pairs[10..290].to_vec(), got)?;
    let got: Vec<_> = txn.scan_keys_reverse(key("reverse", 10)..key("reverse", 290), 2).await?.collect();
    equal("limit 2", vec![key("reverse", 289), key("reverse", 288)], got)?;
    Ok(txn.rollback().await?)
}

/// Many prewrite and commit batches, which end at 16 KiB.
async fn large_transaction(client: TransactionClient) -> Checked {
    let pairs = fill(&client, "large", 5_000).await?;
    holds("5,000 keys read back as committed", pairs == scan_area(&client, "large").await?)
}

async fn old_snapshot(client: TransactionClient) -> Checked {
    let name = key("snapshot", 1);
    let mut before = Vec::new();
    for i in 0..5 {
        before.push(client.current_timestamp().await?);
        set(&client, &name, value(i)).await?;
    }
    for (i, timestamp) in before.into_iter().enumerate() {
        let mut snapshot = client.snapshot(timestamp, optimistic());
        let want = i.checked_sub(1).map(value);
        equal(&format!("before write {i}"), want.clone(), snapshot.get(name.clone()).await?)?;
        let scanned: Vec<_> =
            snapshot.scan(key("snapshot", 0)..key("snapshot", 9), 10).await?.map(KvPair::into_value).collect();
        equal(&format!("scan before write {i}"), want.into_iter().collect(), scanned)?;
    }
    Ok(())
}

async fn unsafe_destroy_range(client: TransactionClient) -> Checked {
    let pairs = fill(&client, "destroy", 20).await?;
    client.unsafe_destroy_range(key("destroy", 5)..key("destroy", 15)).await?;
    equal("left", [&pairs[..5], &pairs[15..]].concat(), scan_area(&client, "destroy").await?)
}

/// The client resolves every older lock and moves the safe point, which never goes back.
async fn gc(client: TransactionClient) -> Checked {
    let pairs = fill(&client, "gc", 20).await?;
    let earlier = client.current_timestamp().await?;
    set(&client, &key("gc", 0), value(100)).await?;
    let safe_point = client.current_timestamp().await?;
    holds("the safe point was not taken", client.gc(safe_point).await?)?;
    holds("the safe point went back", !client.gc(earlier).await?)?;
    let mut want = pairs;
    want[0].set_value(value(100));
    equal("after the collection", want, scan_area(&client, "gc").await?)
}
