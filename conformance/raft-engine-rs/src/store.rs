//! One engine as the commands use it. Each version of the crate has an implementation of its own.

use std::path::Path;

/// What one write changes, in order.
pub enum Change {
    Append { region: u64, entries: Vec<Vec<u8>> },
    Put { region: u64, key: Vec<u8>, value: Vec<u8> },
    Delete { region: u64, key: Vec<u8> },
    Compact { region: u64, index: u64 },
    Clean { region: u64 },
}

/// Settings that differ from the crate's defaults. Sizes are bytes.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub format_version: Option<u64>,
    pub recycle: Option<bool>,
    pub target_file_size: Option<u64>,
    pub purge_threshold: Option<u64>,
    pub purge_rewrite_threshold: Option<u64>,
    pub compression_threshold: Option<u64>,
    pub recovery_threads: Option<u64>,
}

impl Options {
    /// To compare what is found, entry for entry: files are replayed in one thread, one after the other.
    ///
    /// With more, 0.2.0 panics over files that it wrote itself: files that begin in the middle of a log and then replace
    /// entries from before look to it like a write into what was compacted (fixed in 0.3). And 0.4.2 finds other remains of
    /// what was compacted, depending on where its threads divide the files: a hole between two rewritten runs says that all
    /// before it is gone, and a thread does not tell the one that has the files before.
    pub fn for_exchange() -> Self {
        Self { recovery_threads: Some(1), ..Self::default() }
    }

    /// Takes `NAME=VALUE`. False when the name is none of an option.
    pub fn set(&mut self, name: &str, value: &str) -> Result<bool, String> {
        let number = || value.parse::<u64>().map_err(|_| format!("{name} takes a whole number, got {value}"));
        match name {
            "format-version" => self.format_version = Some(number()?),
            "recycle" => self.recycle = Some(value == "true"),
            "target-file-size" => self.target_file_size = Some(number()?),
            "purge-threshold" => self.purge_threshold = Some(number()?),
            "purge-rewrite-threshold" => self.purge_rewrite_threshold = Some(number()?),
            "compression-threshold" => self.compression_threshold = Some(number()?),
            "recovery-threads" => self.recovery_threads = Some(number()?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

pub type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

pub trait Store: Send + Sync + Sized {
    fn open(dir: &Path, options: &Options) -> Result<Self, String>;
    /// Returns the bytes that the log took.
    fn write(&self, changes: Vec<Change>, sync: bool) -> Result<usize, String>;
    fn sync(&self) -> Result<(), String>;
    /// Returns the regions that should compact.
    fn purge(&self) -> Result<Vec<u64>, String>;
    /// Copies all that lives in the append queue into the rewrite queue.
    fn rewrite_append_queue(&self) -> Result<(), String>;
    /// Copies all that lives in the rewrite queue within it: what passes a batch becomes an atomic group.
    fn rewrite_rewrite_queue(&self) -> Result<(), String>;
    fn regions(&self) -> Vec<u64>;
    /// First and last index.
    fn span(&self, region: u64) -> Option<(u64, u64)>;
    /// Of the indexes from `from` to `to` inclusive, in order.
    fn entries(&self, region: u64, from: u64, to: u64) -> Result<Vec<Vec<u8>>, String>;
    /// In the order of the keys.
    fn pairs(&self, region: u64) -> Result<Pairs, String>;
}
