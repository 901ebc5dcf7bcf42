//! The rivals of hexplain's tables that are made at compile time; see `build.rs`.

#![allow(clippy::unreadable_literal, clippy::too_many_lines, clippy::match_same_arms)]

include!(concat!(env!("OUT_DIR"), "/rivals.rs"));
