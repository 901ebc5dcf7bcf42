//! Gives the shared library its name on Linux, by which a program finds again what it has loaded by its path.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libhexplain_ffi.so");
    }
}
