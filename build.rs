//! Compiles the Markdown tables of `data/` into the tables that the library includes; see `build/mod.rs`.

#[path = "build/mod.rs"]
mod table_compiler;

use std::path::Path;
use std::{env, fs, io};

use table_compiler::{Input, compile};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    if let Err(error) = run() {
        println!("cargo::error={error}");
    }
}

fn run() -> io::Result<()> {
    let mut inputs = Vec::new();
    read_folder(Path::new("data"), &mut inputs)?;
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let sdk = env::var_os("CARGO_FEATURE_SDK").is_some();
    match compile(&inputs, sdk) {
        Ok(files) => {
            let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
            for (name, text) in files {
                fs::write(Path::new(&folder).join(name), text)?;
            }
        }
        Err(faults) => faults.iter().for_each(|fault| println!("cargo::error={fault}")),
    }
    Ok(())
}

/// Reads every file below a folder, with its path written with `/`.
fn read_folder(folder: &Path, inputs: &mut Vec<Input>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            read_folder(&path, inputs)?;
        } else {
            let text = fs::read_to_string(&path).map_err(|error| {
                io::Error::new(error.kind(), format!("{} cannot be read: {error}.", path.display()))
            })?;
            inputs.push(Input { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
    Ok(())
}
