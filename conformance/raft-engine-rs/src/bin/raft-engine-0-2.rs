//! The crate as of 0.2.0, which is what TiKV 6.1 ran: V1 only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use raft_engine_0_2::{Command, Config, Engine, LogBatch, MessageExt, ReadableSize};
use strata_raft_engine_rs::entry::{Payload, take_varint};
use strata_raft_engine_rs::program;
use strata_raft_engine_rs::store::{Change, Options, Pairs, Store};

fn main() -> ExitCode {
    program::main::<Store02>()
}

struct Entry;

impl MessageExt for Entry {
    type Entry = Payload;

    fn index(entry: &Payload) -> u64 {
        entry.index()
    }
}

struct Store02 {
    engine: Engine,
    dir: PathBuf,
}

impl Store for Store02 {
    fn open(dir: &Path, options: &Options) -> Result<Self, String> {
        if options.format_version.is_some_and(|version| version != 1) || options.recycle == Some(true) {
            return Err("0.2.0 writes V1 and recycles nothing".into());
        }
        let mut config = Config { dir: dir.to_str().ok_or("the path is no text")?.into(), ..Config::default() };
        for (option, setting) in [
            (options.target_file_size, &mut config.target_file_size),
            (options.purge_threshold, &mut config.purge_threshold),
            (options.compression_threshold, &mut config.batch_compression_threshold),
        ] {
            if let Some(bytes) = option {
                *setting = ReadableSize(bytes);
            }
        }
        config.purge_rewrite_threshold = options.purge_rewrite_threshold.map(ReadableSize);
        if let Some(threads) = options.recovery_threads {
            config.recovery_threads = threads as usize;
        }
        Ok(Self { engine: Engine::open(config).map_err(text)?, dir: dir.into() })
    }

    fn write(&self, changes: Vec<Change>, sync: bool) -> Result<usize, String> {
        let mut batch = LogBatch::with_capacity(changes.len());
        for change in changes {
            match change {
                Change::Append { region, entries } => {
                    let entries: Vec<Payload> = entries.into_iter().map(Payload::new).collect();
                    batch.add_entries::<Entry>(region, &entries).map_err(text)?;
                }
                Change::Put { region, key, value } => batch.put(region, key, value),
                Change::Delete { region, key } => batch.delete(region, key),
                Change::Compact { region, index } => batch.add_command(region, Command::Compact { index }),
                Change::Clean { region } => batch.add_command(region, Command::Clean),
            }
        }
        self.engine.write(&mut batch, sync).map_err(text)
    }

    fn sync(&self) -> Result<(), String> {
        self.engine.sync().map_err(text)
    }

    fn purge(&self) -> Result<Vec<u64>, String> {
        self.engine.purge_expired_files().map_err(text)
    }

    fn rewrite_append_queue(&self) -> Result<(), String> {
        Err("0.2.0 rewrites only as it purges".into())
    }

    fn rewrite_rewrite_queue(&self) -> Result<(), String> {
        Err("0.2.0 rewrites only as it purges".into())
    }

    fn regions(&self) -> Vec<u64> {
        self.engine.raft_groups()
    }

    fn span(&self, region: u64) -> Option<(u64, u64)> {
        self.engine.first_index(region).zip(self.engine.last_index(region))
    }

    fn entries(&self, region: u64, from: u64, to: u64) -> Result<Vec<Vec<u8>>, String> {
        let mut entries = vec![];
        self.engine.fetch_entries_to::<Entry>(region, from, to + 1, None, &mut entries).map_err(text)?;
        Ok(entries.into_iter().map(|entry| entry.bytes).collect())
    }

    /// This version can look a key up but not list them, so the keys are those that its files name.
    fn pairs(&self, region: u64) -> Result<Pairs, String> {
        let keys = keys_in_files(&self.dir)?;
        let mut pairs = vec![];
        for key in keys.get(&region).into_iter().flatten() {
            if let Some(value) = self.engine.get_message::<Payload>(region, key).map_err(text)? {
                pairs.push((key.clone(), value.bytes));
            }
        }
        Ok(pairs)
    }
}

fn keys_in_files(dir: &Path) -> Result<BTreeMap<u64, BTreeSet<Vec<u8>>>, String> {
    let mut keys = BTreeMap::<u64, BTreeSet<Vec<u8>>>::new();
    for item in Engine::dump(dir).map_err(text)? {
        let item = item.map_err(text)?;
        let mut encoded = vec![];
        item.encode(&mut encoded).map_err(text)?;
        if let Some(key) = key_of_item(&encoded) {
            keys.entry(item.raft_group_id).or_default().insert(key);
        }
    }
    Ok(keys)
}

/// The crate keeps the content of an item to itself but encodes it: region, type 3, operation, key length, key.
fn key_of_item(mut encoded: &[u8]) -> Option<Vec<u8>> {
    take_varint(&mut encoded)?;
    let [3, _operation, rest @ ..] = encoded else { return None };
    encoded = rest;
    let length = take_varint(&mut encoded)? as usize;
    encoded.get(..length).map(<[u8]>::to_vec)
}

fn text(error: raft_engine_0_2::Error) -> String {
    error.to_string()
}
