//! Data by a rule instead of by value: `conformance/src/raft-engine/data.ts` and the benchmark compute the same bytes.

/// Splitmix with 32 bits: a counter in steps of the golden ratio, mixed by multiply and shift.
pub struct Splitmix32(u32);

impl Splitmix32 {
    pub fn new(seed: u32) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x21f0_aaad);
        mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x735a_2d97);
        mixed ^ (mixed >> 15)
    }
}

/// Words of the JSON kind: its index is the two low bits of a draw.
const WORDS: [&str; 4] = ["pending", "active", "suspended", "closed"];

/// Each draw as four bytes, least significant first, cut to `length`.
pub fn incompressible(seed: u32, length: usize) -> Vec<u8> {
    let mut random = Splitmix32::new(seed);
    let mut bytes = Vec::with_capacity(length + 3);
    while bytes.len() < length {
        bytes.extend_from_slice(&random.draw().to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// Records `{"id":DRAW,"state":"WORD","balance":DRAW mod 100000},` until there is enough, cut to `length`.
/// One draw each for the identifier, the word and the balance.
pub fn json(seed: u32, length: usize) -> Vec<u8> {
    let mut random = Splitmix32::new(seed);
    let mut text = String::with_capacity(length + 80);
    while text.len() < length {
        let (id, word, balance) = (random.draw(), random.draw(), random.draw());
        text += &format!(r#"{{"id":{id},"state":"{}","balance":{}}},"#, WORDS[word as usize & 3], balance % 100_000);
    }
    text.truncate(length);
    text.into_bytes()
}

/// `x:HEX`, `incompressible:SEED:LENGTH` or `json:SEED:LENGTH`.
pub fn parse(spec: &str) -> Result<Vec<u8>, String> {
    let parts: Vec<&str> = spec.split(':').collect();
    match parts.as_slice() {
        ["x", hex] => parse_hex(hex),
        [kind, seed, length] => of_kind(
            kind,
            seed.parse().map_err(|_| format!("no seed: {seed}"))?,
            length.parse().map_err(|_| format!("no length: {length}"))?,
        ),
        _ => Err(format!("no data: {spec}")),
    }
}

pub fn of_kind(kind: &str, seed: u32, length: usize) -> Result<Vec<u8>, String> {
    match kind {
        "incompressible" => Ok(incompressible(seed, length)),
        "json" => Ok(json(seed, length)),
        _ => Err(format!("no kind of data: {kind}")),
    }
}

pub fn parse_hex(hex: &str) -> Result<Vec<u8>, String> {
    if !hex.len().is_multiple_of(2) || !hex.is_ascii() {
        return Err(format!("no whole bytes: {hex}"));
    }
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).map_err(|_| format!("no hex: {hex}")))
        .collect()
}

pub fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_gives_what_the_other_side_computes() {
        assert_eq!(to_hex(&incompressible(1, 11)), "72172d5ef098e414fda10e");
        assert_eq!(to_hex(&incompressible(u32::MAX, 5)), "8a1c72eb34");
        let text = r#"{"id":1580013426,"state":"pending","balance":74333},{"id":3011703609,"state":"pending","ba"#;
        assert_eq!(String::from_utf8(json(1, 90)).unwrap(), text);
    }

    #[test]
    fn data_is_hex_or_a_rule() {
        assert_eq!(parse("x:00ff").unwrap(), [0, 255]);
        assert_eq!(parse("json:7:3").unwrap(), b"{\"i");
        assert!(parse("x:0").is_err() && parse("noise:1:1").is_err());
    }
}
