//! An entry as the crate sees one: bytes that it must not look into, and an index that they carry.

use std::any::Any;
use std::sync::OnceLock;

use protobuf::reflect::MessageDescriptor;
use protobuf::{Clear, CodedInputStream, CodedOutputStream, Message, ProtobufResult, UnknownFields};

/// The bytes of a message, as they are stored. No message is ever decoded, so what is read back is what was written,
/// byte for byte. `index` is field 3 of `eraftpb.Entry`, which the crate compares with its own after each read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payload {
    pub bytes: Vec<u8>,
    index: Option<u64>,
    unknown: UnknownFields,
}

impl Payload {
    pub fn new(bytes: Vec<u8>) -> Self {
        let index = index_of(&bytes);
        Self { bytes, index, ..Self::default() }
    }

    /// What the bytes name; an index that no entry has when they are no `eraftpb.Entry`.
    pub fn index(&self) -> u64 {
        self.index.unwrap_or(u64::MAX)
    }
}

/// `eraftpb.Entry` with the fields that a node writes: zero values are left out.
pub fn encode_entry(term: u64, index: u64, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len() + 32);
    for (tag, value) in [(0x10, term), (0x18, index)] {
        if value != 0 {
            bytes.push(tag);
            push_varint(&mut bytes, value);
        }
    }
    if !data.is_empty() {
        bytes.push(0x22);
        push_varint(&mut bytes, data.len() as u64);
        bytes.extend_from_slice(data);
    }
    bytes
}

fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Takes a varint from the front of `bytes`.
pub fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Field 3, zero when the message has none; `None` when the bytes are no message.
fn index_of(mut bytes: &[u8]) -> Option<u64> {
    let mut index = 0;
    while !bytes.is_empty() {
        let tag = take_varint(&mut bytes)?;
        match tag & 7 {
            0 => {
                let value = take_varint(&mut bytes)?;
                if tag >> 3 == 3 {
                    index = value;
                }
            }
            2 => {
                let length = usize::try_from(take_varint(&mut bytes)?).ok()?;
                bytes = bytes.get(length..)?;
            }
            _ => return None,
        }
    }
    Some(index)
}

impl Clear for Payload {
    fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Message for Payload {
    fn descriptor(&self) -> &'static MessageDescriptor {
        unimplemented!("opaque bytes have no descriptor")
    }

    fn is_initialized(&self) -> bool {
        true
    }

    fn merge_from(&mut self, input: &mut CodedInputStream) -> ProtobufResult<()> {
        let mut bytes = std::mem::take(&mut self.bytes);
        while !input.eof()? {
            bytes.push(input.read_raw_byte()?);
        }
        *self = Self::new(bytes);
        Ok(())
    }

    fn write_to_with_cached_sizes(&self, output: &mut CodedOutputStream) -> ProtobufResult<()> {
        output.write_raw_bytes(&self.bytes)
    }

    fn compute_size(&self) -> u32 {
        self.bytes.len() as u32
    }

    fn get_cached_size(&self) -> u32 {
        self.compute_size()
    }

    fn get_unknown_fields(&self) -> &UnknownFields {
        &self.unknown
    }

    fn mut_unknown_fields(&mut self) -> &mut UnknownFields {
        &mut self.unknown
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn new() -> Self {
        Self::default()
    }

    fn default_instance() -> &'static Self {
        static INSTANCE: OnceLock<Payload> = OnceLock::new();
        INSTANCE.get_or_init(Self::default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_written_as_a_node_writes_it() {
        assert_eq!(encode_entry(5, 7, b"a"), [0x10, 5, 0x18, 7, 0x22, 1, 0x61]);
        assert_eq!(encode_entry(0, 0, b""), []);
        assert_eq!(Payload::new(encode_entry(5, 300, b"abc")).index(), 300);
    }

    #[test]
    fn bytes_that_are_no_entry_have_no_index() {
        assert_eq!(Payload::new(vec![0xff; 11]).index(), u64::MAX);
        assert_eq!(Payload::new(vec![0x22, 9, 1]).index(), u64::MAX);
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let bytes = vec![0xff, 0, 1, 2];
        let read = Payload::parse_from_bytes(&bytes).unwrap();
        assert_eq!(read.write_to_bytes().unwrap(), bytes);
    }
}
