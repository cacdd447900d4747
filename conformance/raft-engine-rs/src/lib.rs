//! The raft-engine crate as a peer: it reads directories that we wrote, writes directories that we read, and is
//! measured beside us. `conformance/README.md` says how it is run.

pub mod bench;
pub mod data;
pub mod dump;
pub mod entry;
pub mod program;
pub mod script;
pub mod store;
