//! The raw API as an application sees it.

use std::process::ExitCode;

use futures::future::try_join_all;
use tikv_client::{ColumnFamily, Key, KvPair, RawClient, Value};

use crate::check::{Checked, List, equal, failed, holds};
use crate::{config, raw_scans};

/// `storage.max-key-size`, which a raw key may reach but not pass.
const KEY_BYTES_MAX: usize = 8192;
/// More than one of the client's batches, which end at 16 KiB.
pub const MANY_KEYS: usize = 1200;

pub async fn run(pd: &str) -> ExitCode {
    let mut list = List::default();
    let client = match RawClient::new_with_config(vec![pd], config()).await {
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
        "put-get" => put_get,
        "missing-key" => missing_key,
        "overwrite" => overwrite,
        "delete" => delete,
        "binary-keys" => binary_keys,
        "big-values" => big_values,
        "empty-value" => empty_value,
        "longest-key" => longest_key,
        "batch-put-get" => batch_put_get,
        "large-batches" => large_batches,
        "batch-delete" => batch_delete,
        "scan" => raw_scans::scan,
        "scan-key-only" => raw_scans::scan_key_only,
        "reverse-scan" => raw_scans::reverse_scan,
        "batch-scan" => raw_scans::batch_scan,
        "scanned-contents" => raw_scans::scanned_contents,
        "delete-range" => raw_scans::delete_range,
        "column-family" => column_family,
        "ttl-is-refused" => ttl_is_refused,
        "compare-and-swap" => compare_and_swap,
        "compare-and-swap-contended" => compare_and_swap_contended,
        "many-callers" => many_callers,
    }
    list.exit_code()
}

/// Keeps each check in a range of its own.
pub fn key(area: &str, i: usize) -> Key {
    format!("raw/{area}/{i:06}").into_bytes().into()
}

pub fn value(i: usize) -> Value {
    format!("value of {i}").into_bytes()
}

/// Writes `count` keys and returns the pairs in order.
pub async fn fill(client: &RawClient, area: &str, count: usize) -> Checked<Vec<KvPair>> {
    let pairs: Vec<_> = (0..count).map(|i| KvPair::new(key(area, i), value(i))).collect();
    client.batch_put(pairs.clone()).await?;
    Ok(pairs)
}

async fn reads_as(client: &RawClient, key: &Key, want: Option<Value>) -> Checked {
    equal(&format!("get {key:?}"), want, client.get(key.clone()).await?)
}

async fn put_get(client: RawClient) -> Checked {
    client.put(key("put", 1), value(1)).await?;
    reads_as(&client, &key("put", 1), Some(value(1))).await
}

async fn missing_key(client: RawClient) -> Checked {
    reads_as(&client, &key("missing", 1), None).await
}

async fn overwrite(client: RawClient) -> Checked {
    for i in 0..3 {
        client.put(key("overwrite", 1), value(i)).await?;
        reads_as(&client, &key("overwrite", 1), Some(value(i))).await?;
    }
    Ok(())
}

async fn delete(client: RawClient) -> Checked {
    client.put(key("delete", 1), value(1)).await?;
    client.delete(key("delete", 1)).await?;
    reads_as(&client, &key("delete", 1), None).await?;
    // Deleting what is not there is no error.
    Ok(client.delete(key("delete", 1)).await?)
}

async fn binary_keys(client: RawClient) -> Checked {
    let mut keys: Vec<Vec<u8>> =
        [&[0][..], &[0, 0], &[0, 0xff], &[0x7a], &[0x80], &[0xff], &[0xff, 0], &[0xff, 0xff, 0xff]]
            .map(Vec::from)
            .to_vec();
    keys.extend((7..=17).map(|length| vec![0xf7; length]));
    for (i, key) in keys.iter().enumerate() {
        client.put(key.clone(), value(i)).await?;
    }
    for (i, key) in keys.iter().enumerate() {
        reads_as(&client, &key.clone().into(), Some(value(i))).await?;
    }
    Ok(client.batch_delete(keys).await?)
}

async fn big_values(client: RawClient) -> Checked {
    for (i, size) in [255, 256, 4096, 1 << 16, 1 << 20, 4 << 20].into_iter().enumerate() {
        let big = vec![b'a' + i as u8; size];
        client.put(key("big", i), big.clone()).await?;
        reads_as(&client, &key("big", i), Some(big)).await?;
    }
    Ok(client.delete_range(key("big", 0)..key("big", 10)).await?)
}

async fn empty_value(client: RawClient) -> Checked {
    client.put(key("empty", 1), Vec::new()).await?;
    reads_as(&client, &key("empty", 1), Some(Vec::new())).await?;
    let pairs = client.scan(key("empty", 0)..key("empty", 9), 1).await?;
    equal("scan", vec![KvPair::new(key("empty", 1), Vec::new())], pairs)
}

async fn longest_key(client: RawClient) -> Checked {
    let mut longest = b"raw/long/".to_vec();
    longest.resize(KEY_BYTES_MAX, b'k');
    client.put(longest.clone(), value(1)).await?;
    reads_as(&client, &longest.clone().into(), Some(value(1))).await?;
    longest.push(b'k');
    holds("a key that is too long was taken", client.put(longest, value(1)).await.is_err())
}

async fn batch_put_get(client: RawClient) -> Checked {
    let pairs = fill(&client, "batch", MANY_KEYS).await?;
    let mut keys = vec![key("batch", MANY_KEYS + 1)];
    keys.extend(pairs.iter().map(|pair| pair.key().clone()));
    let mut got = client.batch_get(keys).await?;
    // The client cuts a batch into pieces and does not promise their order. A missing key is left out.
    got.sort_by(|a, b| a.key().cmp(b.key()));
    equal("batch get", pairs, got)
}

async fn large_batches(client: RawClient) -> Checked {
    let pairs: Vec<_> = (0..8_000).map(|i| KvPair::new(key("large", i), vec![b'a' + (i % 26) as u8; 1024])).collect();
    client.batch_put(pairs.clone()).await?;
    let mut got = Vec::new();
    // An answer must stay below the client's own limit on a message.
    for part in pairs.chunks(2_000) {
        got.extend(client.batch_get(part.iter().map(|pair| pair.key().clone())).await?);
    }
    got.sort_by(|a, b| a.key().cmp(b.key()));
    holds("8,000 values of 1 KiB read back as written", got == pairs)?;
    client.batch_delete(pairs.iter().map(|pair| pair.key().clone())).await?;
    equal("left", Vec::new(), client.batch_scan(vec![key("large", 0)..key("large", 9_999)], 10).await?)
}

async fn batch_delete(client: RawClient) -> Checked {
    let pairs = fill(&client, "batch-delete", MANY_KEYS).await?;
    client.batch_delete(pairs[1..].iter().map(|pair| pair.key().clone())).await?;
    let left = client.batch_scan(vec![key("batch-delete", 0)..key("batch-delete", MANY_KEYS)], 10).await?;
    equal("left", pairs[..1].to_vec(), left)
}

async fn column_family(client: RawClient) -> Checked {
    let in_write = client.with_cf(ColumnFamily::Write);
    client.put(key("cf", 1), value(1)).await?;
    in_write.put(key("cf", 1), value(2)).await?;
    reads_as(&client, &key("cf", 1), Some(value(1))).await?;
    reads_as(&in_write, &key("cf", 1), Some(value(2))).await?;
    Ok(in_write.delete(key("cf", 1)).await?)
}

async fn ttl_is_refused(client: RawClient) -> Checked {
    if client.put_with_ttl(key("ttl", 1), value(1), 100).await.is_ok() {
        return failed("API V1 without ttl took a value that should expire");
    }
    reads_as(&client, &key("ttl", 1), None).await
}

async fn compare_and_swap(client: RawClient) -> Checked {
    let atomic = client.with_atomic_for_cas();
    let name = key("cas", 1);
    let text = |text: &str| Some(Value::from(text));
    for (previous, next, want) in [
        (text("a"), "b", (None, false)),
        (None, "a", (None, true)),
        (None, "b", (text("a"), false)),
        (text("x"), "b", (text("a"), false)),
        (text("a"), "b", (text("a"), true)),
    ] {
        let got = atomic.compare_and_swap(name.clone(), previous.clone(), next.to_owned()).await?;
        equal(&format!("swap {previous:?} for {next}"), want, got)?;
    }
    reads_as(&client, &name, text("b")).await?;
    Ok(atomic.delete(name).await?)
}

/// Callers race for every step of one number: each step is won exactly once.
async fn compare_and_swap_contended(client: RawClient) -> Checked {
    const CALLERS: usize = 16;
    const STEPS: usize = 20;
    let atomic = client.with_atomic_for_cas();
    let name = key("cas-contended", 1);
    atomic.put(name.clone(), "0").await?;
    let callers = (0..CALLERS).map(|_| {
        let (atomic, name) = (atomic.clone(), name.clone());
        async move {
            let mut wins = Vec::new();
            for step in 0..STEPS {
                let previous = Value::from(step.to_string());
                let (_, swapped) = atomic.compare_and_swap(name.clone(), previous, (step + 1).to_string()).await?;
                if swapped {
                    wins.push(step);
                }
            }
            Checked::Ok(wins)
        }
    });
    let mut wins = try_join_all(callers).await?.concat();
    wins.sort_unstable();
    equal("steps won", (0..STEPS).collect::<Vec<_>>(), wins)?;
    reads_as(&client, &name, Some(STEPS.to_string().into_bytes())).await
}

async fn many_callers(client: RawClient) -> Checked {
    const CALLERS: usize = 64;
    const EACH: usize = 50;
    let callers = (0..CALLERS).map(|caller| {
        let client = client.clone();
        tokio::spawn(async move {
            for i in caller * EACH..(caller + 1) * EACH {
                client.put(key("callers", i), value(i)).await?;
                reads_as(&client, &key("callers", i), Some(value(i))).await?;
            }
            Checked::Ok(())
        })
    });
    for outcome in try_join_all(callers).await.map_err(|panic| crate::check::Unmet::Failed(panic.to_string()))? {
        outcome?;
    }
    let count = CALLERS * EACH;
    let keys = client.scan_keys(key("callers", 0)..key("callers", count), count as u32).await?;
    equal("keys", (0..count).map(|i| key("callers", i)).collect::<Vec<_>>(), keys)
}
