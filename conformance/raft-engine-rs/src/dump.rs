//! All that an engine holds, in a form that can be compared: a JSON line a region, in the order of their numbers.

use std::io::Write;

use crate::data::to_hex;
use crate::store::Store;

pub fn dump(store: &impl Store, output: &mut impl Write) -> Result<(), String> {
    let mut regions = store.regions();
    regions.sort_unstable();
    for region in regions {
        let line = dump_region(store, region)?;
        writeln!(output, "{line}").map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn dump_region(store: &impl Store, region: u64) -> Result<String, String> {
    let (first, last, entries) = match store.span(region) {
        None => ("null".to_string(), "null".to_string(), vec![]),
        Some((first, last)) => {
            let payloads = store.entries(region, first, last)?;
            if payloads.len() as u64 != last - first + 1 {
                return Err(format!("region {region}: {} entries from {first} to {last}", payloads.len()));
            }
            let entries = (first..=last)
                .zip(payloads)
                .map(|(index, payload)| format!(r#"[{index},"{}"]"#, to_hex(&payload)))
                .collect();
            (first.to_string(), last.to_string(), entries)
        }
    };
    let pairs: Vec<String> =
        store.pairs(region)?.iter().map(|(key, value)| format!(r#"["{}","{}"]"#, to_hex(key), to_hex(value))).collect();
    Ok(format!(
        r#"{{"region":{region},"first":{first},"last":{last},"entries":[{}],"pairs":[{}]}}"#,
        entries.join(","),
        pairs.join(",")
    ))
}
