//! The load of `bench raft-engine`, as `bench/src/raft-engine/load.ts` puts it on our engines: threads here, callers there.

use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use crate::data::{Splitmix32, of_kind};
use crate::entry::encode_entry;
use crate::store::{Change, Options, Store};

/// As in a node: 20 bytes below one key.
const STATE_KEY: &[u8] = b"R";
const STATE_BYTES: usize = 20;
/// Different data that entries take in turns: more than any batch or block of a peer holds.
const POOL_COUNT: usize = 4096;

struct Load {
    regions: u64,
    writers: u64,
    entry_bytes: usize,
    kind: String,
    entries_max: u32,
    seed: u32,
    warmup: Duration,
    duration: Duration,
    /// Operations a second that are offered; none: each writer goes on at once.
    rate: Option<f64>,
    keep: u64,
    compact_every: Duration,
    purge_every: Duration,
    options: Options,
}

impl Load {
    fn parse(settings: &[&str]) -> Result<Self, String> {
        let mut load = Self {
            regions: 1000,
            writers: 32,
            entry_bytes: 256,
            kind: "incompressible".into(),
            entries_max: 4,
            seed: 1,
            warmup: Duration::ZERO,
            duration: Duration::from_secs(1),
            rate: None,
            keep: 50,
            compact_every: Duration::from_secs(3),
            purge_every: Duration::from_secs(1),
            options: Options::default(),
        };
        for setting in settings {
            let (name, value) = setting.split_once('=').ok_or_else(|| format!("no NAME=VALUE: {setting}"))?;
            let number = || value.parse::<u64>().map_err(|_| format!("{name} takes a whole number, got {value}"));
            match name {
                "regions" => load.regions = number()?,
                "writers" => load.writers = number()?,
                "entry-bytes" => load.entry_bytes = number()? as usize,
                "kind" => load.kind = value.into(),
                "entries-max" => load.entries_max = number()? as u32,
                "seed" => load.seed = number()? as u32,
                "warmup-ms" => load.warmup = Duration::from_millis(number()?),
                "duration-ms" => load.duration = Duration::from_millis(number()?),
                "rate" => load.rate = Some(value.parse().map_err(|_| format!("no rate: {value}"))?),
                "keep" => load.keep = number()?,
                "compact-ms" => load.compact_every = Duration::from_millis(number()?),
                "purge-ms" => load.purge_every = Duration::from_millis(number()?),
                _ => {
                    if !load.options.set(name, value)? {
                        return Err(format!("no setting {name}"));
                    }
                }
            }
        }
        Ok(load)
    }
}

/// One write that was waited for: when it should have begun, and how long it took from then on.
struct Sample {
    intended: Instant,
    elapsed: Duration,
}

#[derive(Default)]
struct WriterResult {
    samples: Vec<Sample>,
    user_bytes: u64,
}

pub fn run<S: Store>(mode: &str, dir: &Path, settings: &[&str], output: &mut impl Write) -> Result<(), String> {
    let load = Load::parse(settings)?;
    let line = match mode {
        "load" => drive::<S>(dir, &load)?,
        "recover" => recover::<S>(dir, &load.options)?,
        _ => return Err(format!("no such mode: {mode}")),
    };
    writeln!(output, "{line}").map_err(|error| error.to_string())
}

fn drive<S: Store>(dir: &Path, load: &Load) -> Result<String, String> {
    let pool: Vec<Vec<u8>> = (0..POOL_COUNT as u32)
        .map(|at| of_kind(&load.kind, load.seed.wrapping_add(at), load.entry_bytes))
        .collect::<Result<_, _>>()?;
    let store = S::open(dir, &load.options)?;
    let lasts: Vec<AtomicU64> = (0..load.regions).map(|_| AtomicU64::new(0)).collect();
    let stopped = AtomicBool::new(false);
    let purges = Mutex::new(Vec::<(Instant, Instant)>::new());

    let begin = Instant::now();
    let counted_from = begin + load.warmup;
    let end = counted_from + load.duration;
    let mut usage_before = Usage::default();
    let mut results = vec![];
    scope(|threads| -> Result<(), String> {
        let (store, pool, lasts, stopped, purges) = (&store, &pool, &lasts, &stopped, &purges);
        let writers: Vec<_> = (0..load.writers)
            .map(|writer| {
                threads.spawn(move || write_until(store, load, pool, lasts, writer, begin, counted_from, end))
            })
            .collect();
        let compactor = threads
            .spawn(move || every(load.compact_every, stopped, || compact(store, lasts, 0..load.regions, load.keep)));
        let purger = threads.spawn(move || {
            every(load.purge_every, stopped, || {
                let from = Instant::now();
                let regions = store.purge()?;
                purges.lock().unwrap().push((from, Instant::now()));
                compact(store, lasts, regions.into_iter().map(|id| id - 1), load.keep)
            })
        });
        sleep(counted_from.saturating_duration_since(Instant::now()));
        usage_before = Usage::now()?;
        for writer in writers {
            results.push(writer.join().map_err(|_| "a writer panicked")??);
        }
        stopped.store(true, Ordering::Relaxed);
        compactor.join().map_err(|_| "the compactor panicked")??;
        purger.join().map_err(|_| "the purger panicked")?
    })?;
    let usage_loaded = Usage::now()?;
    drop(store);
    let usage_closed = Usage::now()?;

    let purges: Vec<_> = purges.into_inner().unwrap().into_iter().filter(|&(_, done)| done > counted_from).collect();
    let mut latencies: Vec<Duration> = vec![];
    let mut pause = Duration::ZERO;
    for sample in results.iter().flat_map(|result| &result.samples) {
        latencies.push(sample.elapsed);
        let finished = sample.intended + sample.elapsed;
        if purges.iter().any(|&(from, done)| sample.intended < done && finished > from) {
            pause = pause.max(sample.elapsed);
        }
    }
    latencies.sort_unstable();
    let at = |share: f64| {
        let rank = ((latencies.len() as f64 * share).ceil() as usize).clamp(1, latencies.len().max(1));
        latencies.get(rank - 1).map_or(0.0, |latency| latency.as_secs_f64() * 1e3)
    };
    Ok(format!(
        r#"{{"operations":{},"seconds":{},"userBytes":{},"writtenBytes":{},"cpuSeconds":{},"p50Ms":{},"p99Ms":{},"maxMs":{},"purges":{},"purgePauseMs":{}}}"#,
        latencies.len(),
        load.duration.as_secs_f64(),
        results.iter().map(|result| result.user_bytes).sum::<u64>(),
        usage_closed.written_bytes - usage_before.written_bytes,
        usage_loaded.cpu_seconds - usage_before.cpu_seconds,
        at(0.5),
        at(0.99),
        at(1.0),
        purges.len(),
        pause.as_secs_f64() * 1e3,
    ))
}

#[allow(clippy::too_many_arguments)]
fn write_until<S: Store>(
    store: &S,
    load: &Load,
    pool: &[Vec<u8>],
    lasts: &[AtomicU64],
    writer: u64,
    begin: Instant,
    counted_from: Instant,
    end: Instant,
) -> Result<WriterResult, String> {
    let mut random = Splitmix32::new(load.seed.wrapping_add(writer as u32));
    // Each writer has regions of its own: one region's writes have an order.
    let own_count = (load.regions - writer).div_ceil(load.writers);
    let mut result = WriterResult::default();
    for turn in 0.. {
        let intended = match load.rate {
            None => Instant::now(),
            Some(rate) => begin + Duration::from_secs_f64((turn * load.writers + writer) as f64 / rate),
        };
        sleep(intended.saturating_duration_since(Instant::now()));
        if Instant::now() >= end {
            return Ok(result);
        }
        let region = writer + load.writers * (u64::from(random.draw()) % own_count);
        let count = 1 + u64::from(random.draw() % load.entries_max);
        let first = lasts[region as usize].load(Ordering::Relaxed) + 1;
        let entries: Vec<Vec<u8>> = (first..first + count)
            .map(|index| encode_entry(6, index, &pool[random.draw() as usize % POOL_COUNT]))
            .collect();
        let mut state = vec![0; STATE_BYTES];
        state[..8].copy_from_slice(&(first + count - 1).to_le_bytes());
        let user_bytes = entries.iter().map(Vec::len).sum::<usize>() + STATE_KEY.len() + STATE_BYTES;
        let changes = vec![
            Change::Append { region: region + 1, entries },
            Change::Put { region: region + 1, key: STATE_KEY.to_vec(), value: state },
        ];
        store.write(changes, true)?;
        lasts[region as usize].store(first + count - 1, Ordering::Relaxed);
        let finished = Instant::now();
        if finished >= counted_from && finished < end {
            result.samples.push(Sample { intended, elapsed: finished.saturating_duration_since(intended) });
            result.user_bytes += user_bytes as u64;
        }
    }
    Ok(result)
}

/// As a node: one batch for all regions, which nothing waits for on the disk.
fn compact<S: Store>(
    store: &S,
    lasts: &[AtomicU64],
    regions: impl IntoIterator<Item = u64>,
    keep: u64,
) -> Result<(), String> {
    let changes: Vec<Change> = regions
        .into_iter()
        .filter_map(|region| {
            let last = lasts.get(region as usize)?.load(Ordering::Relaxed);
            (last > keep).then_some(Change::Compact { region: region + 1, index: last - keep + 1 })
        })
        .collect();
    if changes.is_empty() { Ok(()) } else { store.write(changes, false).map(|_| ()) }
}

fn every(interval: Duration, stopped: &AtomicBool, mut body: impl FnMut() -> Result<(), String>) -> Result<(), String> {
    let mut next = Instant::now() + interval;
    while !stopped.load(Ordering::Relaxed) {
        let now = Instant::now();
        if now < next {
            sleep((next - now).min(Duration::from_millis(20)));
            continue;
        }
        body()?;
        next = Instant::now() + interval;
    }
    Ok(())
}

fn recover<S: Store>(dir: &Path, options: &Options) -> Result<String, String> {
    let begin = Instant::now();
    let store = S::open(dir, options)?;
    let elapsed = begin.elapsed();
    let regions = store.regions();
    let entries: u64 =
        regions.iter().filter_map(|&region| store.span(region)).map(|(first, last)| last - first + 1).sum();
    Ok(format!(r#"{{"openMs":{},"regions":{},"entries":{entries}}}"#, elapsed.as_secs_f64() * 1e3, regions.len()))
}

/// The kernel's books about this process.
#[derive(Default)]
struct Usage {
    /// User and system time of all threads.
    cpu_seconds: f64,
    /// What this process made the kernel send to storage.
    written_bytes: u64,
}

impl Usage {
    fn now() -> Result<Self, String> {
        let io = std::fs::read_to_string("/proc/self/io").map_err(|error| error.to_string())?;
        let written = io.lines().find_map(|line| line.strip_prefix("write_bytes: ")).ok_or("no write_bytes")?;
        // SAFETY: the kernel fills the whole structure, which holds nothing but numbers.
        let usage = unsafe {
            let mut usage = std::mem::zeroed::<libc::rusage>();
            libc::getrusage(libc::RUSAGE_SELF, &mut usage);
            usage
        };
        let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
        Ok(Self {
            cpu_seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            written_bytes: written.parse().map_err(|_| "write_bytes is no number")?,
        })
    }
}
