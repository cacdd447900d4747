//! The crate as of 0.4.2: reads V1 and V2, writes either.

use std::path::Path;
use std::process::ExitCode;

use raft_engine_0_4::{Command, Config, Engine, LogBatch, MessageExt, ReadableSize, Version};
use strata_raft_engine_rs::entry::Payload;
use strata_raft_engine_rs::program;
use strata_raft_engine_rs::store::{Change, Options, Pairs, Store};

fn main() -> ExitCode {
    program::main::<Store04>()
}

struct Entry;

impl MessageExt for Entry {
    type Entry = Payload;

    fn index(entry: &Payload) -> u64 {
        entry.index()
    }
}

struct Store04(Engine);

impl Store for Store04 {
    fn open(dir: &Path, options: &Options) -> Result<Self, String> {
        let mut config = Config { dir: dir.to_str().ok_or("the path is no text")?.into(), ..Config::default() };
        match options.format_version {
            None | Some(2) => {}
            Some(1) => {
                config.format_version = Version::V1;
                config.enable_log_recycle = false;
            }
            Some(other) => return Err(format!("no format version {other}")),
        }
        if let Some(recycle) = options.recycle {
            config.enable_log_recycle = recycle;
        }
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
        Engine::open(config).map(Self).map_err(text)
    }

    fn write(&self, changes: Vec<Change>, sync: bool) -> Result<usize, String> {
        let mut batch = LogBatch::with_capacity(changes.len());
        for change in changes {
            match change {
                Change::Append { region, entries } => {
                    let entries: Vec<Payload> = entries.into_iter().map(Payload::new).collect();
                    batch.add_entries::<Entry>(region, &entries).map_err(text)?;
                }
                Change::Put { region, key, value } => batch.put(region, key, value).map_err(text)?,
                Change::Delete { region, key } => batch.delete(region, key),
                Change::Compact { region, index } => batch.add_command(region, Command::Compact { index }),
                Change::Clean { region } => batch.add_command(region, Command::Clean),
            }
        }
        self.0.write(&mut batch, sync).map_err(text)
    }

    fn sync(&self) -> Result<(), String> {
        self.0.sync().map_err(text)
    }

    fn purge(&self) -> Result<Vec<u64>, String> {
        self.0.purge_expired_files().map_err(text)
    }

    fn rewrite_append_queue(&self) -> Result<(), String> {
        self.0.purge_manager().must_rewrite_append_queue(None, None);
        Ok(())
    }

    fn rewrite_rewrite_queue(&self) -> Result<(), String> {
        self.0.purge_manager().must_rewrite_rewrite_queue();
        Ok(())
    }

    fn regions(&self) -> Vec<u64> {
        self.0.raft_groups()
    }

    fn span(&self, region: u64) -> Option<(u64, u64)> {
        self.0.first_index(region).zip(self.0.last_index(region))
    }

    fn entries(&self, region: u64, from: u64, to: u64) -> Result<Vec<Vec<u8>>, String> {
        let mut entries = vec![];
        self.0.fetch_entries_to::<Entry>(region, from, to + 1, None, &mut entries).map_err(text)?;
        Ok(entries.into_iter().map(|entry| entry.bytes).collect())
    }

    fn pairs(&self, region: u64) -> Result<Pairs, String> {
        let mut pairs = vec![];
        self.0
            .scan_raw_messages(region, None, None, false, |key, value| {
                pairs.push((key.to_vec(), value.to_vec()));
                true
            })
            .map_err(text)?;
        Ok(pairs)
    }
}

fn text(error: raft_engine_0_4::Error) -> String {
    error.to_string()
}
