//! Scans and ranges of the raw API.
//!
//! A limit above the number of keys in the range is left out here on purpose: in the last region of a cluster, whose end is
//! open, this client takes the open end for the next key to ask for and begins again at the first key of all, with any
//! server. `batch_scan` goes another way and has no such flaw.

use tikv_client::{KvPair, RawClient};

use crate::check::{Checked, equal, holds};
use crate::raw_api::{MANY_KEYS, fill, key, value};

pub async fn scan(client: RawClient) -> Checked {
    let pairs = fill(&client, "scan", MANY_KEYS).await?;
    let got = client.scan(key("scan", 10)..key("scan", 1100), 1090).await?;
    equal("scan", pairs[10..1100].to_vec(), got)?;
    for limit in [0, 1, 7, 500] {
        let got = client.scan(key("scan", 0)..key("scan", MANY_KEYS), limit as u32).await?;
        equal(&format!("limit {limit}"), pairs[..limit].to_vec(), got)?;
    }
    equal("open end", pairs[1190..].to_vec(), client.scan(key("scan", 1190).., 10).await?)?;
    equal("end included", pairs[..3].to_vec(), client.scan(key("scan", 0)..=key("scan", 2), 3).await?)?;
    let refused = client.scan(key("scan", 0).., 10_241).await;
    holds("the client's own limit on a scan has moved", refused.is_err())
}

pub async fn scan_key_only(client: RawClient) -> Checked {
    let pairs = fill(&client, "key-only", 20).await?;
    let keys: Vec<_> = pairs.into_iter().map(KvPair::into_key).collect();
    equal("forwards", keys.clone(), client.scan_keys(key("key-only", 0)..key("key-only", 20), 20).await?)?;
    let backwards = client.scan_keys_reverse(key("key-only", 0)..key("key-only", 20), 20).await?;
    equal("backwards", keys.into_iter().rev().collect(), backwards)
}

pub async fn reverse_scan(client: RawClient) -> Checked {
    let mut pairs = fill(&client, "reverse", 300).await?;
    pairs.reverse();
    let got = client.scan_reverse(key("reverse", 10)..key("reverse", 290), 280).await?;
    equal("reverse scan", pairs[10..290].to_vec(), got)?;
    let got = client.scan_reverse(key("reverse", 10)..key("reverse", 290), 3).await?;
    equal("limit 3", pairs[10..13].to_vec(), got)
}

/// Ranges that hold more, fewer and none of the keys that are asked for.
pub async fn batch_scan(client: RawClient) -> Checked {
    let pairs = fill(&client, "batch-scan", 100).await?;
    let range = |from, to| key("batch-scan", from)..key("batch-scan", to);
    let got = client.batch_scan(vec![range(0, 50), range(60, 63), range(200, 300)], 10).await?;
    equal("batch scan", [&pairs[..10], &pairs[60..63]].concat(), got)?;
    let keys = client.batch_scan_keys(vec![range(90, 100), range(0, 2)], 3).await?;
    equal("keys", [90, 91, 92, 0, 1].map(|i| key("batch-scan", i)).to_vec(), keys)
}

/// What a scan reads, page by page, has the digest of what was written: nothing missing, twice, out of order or damaged.
pub async fn scanned_contents(client: RawClient) -> Checked {
    const PAGE: usize = 1_000;
    const COUNT: usize = 20 * PAGE;
    let pairs = fill(&client, "contents", COUNT).await?;
    let mut scanned = Digest::default();
    for page in 0..COUNT / PAGE {
        let start = key("contents", page * PAGE);
        for pair in client.scan(start..key("contents", COUNT), PAGE as u32).await? {
            scanned.add(&pair);
        }
    }
    let mut written = Digest::default();
    pairs.iter().for_each(|pair| written.add(pair));
    equal("digest", written, scanned)
}

/// FNV-1a over the pairs in order, with their count.
#[derive(Debug, PartialEq)]
struct Digest {
    hash: u64,
    pair_count: usize,
}

impl Default for Digest {
    fn default() -> Self {
        Digest { hash: 0xcbf2_9ce4_8422_2325, pair_count: 0 }
    }
}

impl Digest {
    fn add(&mut self, pair: &KvPair) {
        self.pair_count += 1;
        let key: &[u8] = pair.key().into();
        for byte in key.iter().chain([&0]).chain(pair.value()) {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

pub async fn delete_range(client: RawClient) -> Checked {
    let pairs = fill(&client, "range", 20).await?;
    client.delete_range(key("range", 5)..key("range", 15)).await?;
    let left = client.scan(key("range", 0)..key("range", 20), 10).await?;
    equal("left", [&pairs[..5], &pairs[15..]].concat(), left)?;
    // A range may be written again at once.
    client.put(key("range", 7), value(7)).await?;
    equal("written again", Some(value(7)), client.get(key("range", 7)).await?)
}
