//! Gives the shared library its name on Linux, by which a program finds again what it has loaded by its path, and warns
//! of a build whose panics would end the caller's process.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libhexplain_ffi.so");
    }
    if std::env::var("CARGO_CFG_PANIC").is_ok_and(|panic| panic == "abort") {
        println!("cargo::warning=A panic would end the caller's process in this build; use `--profile ffi`.");
    }
}
