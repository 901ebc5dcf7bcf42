//! The command line from outside, against its contract: what it takes, what it prints, and how it ends.
//!
//! Every test runs the binary. What the library's own tests prove of single codes is not proved again here.

#[path = "cli/calls.rs"]
mod calls;
#[path = "cli/dsregcmd.rs"]
mod dsregcmd;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/golden.rs"]
mod golden;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/json.rs"]
mod json;
#[path = "cli/run.rs"]
mod run;
#[path = "cli/scan.rs"]
mod scan;
