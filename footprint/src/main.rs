//! A program that does nothing, or asks hexplain, by feature: the difference of the binaries is what hexplain costs.
//! `.ci/footprint` builds and compares them.

fn main() {
    let input = std::env::args().nth(1).unwrap_or_default();
    println!("{input:?} {:?}", Some("name"));
    #[cfg(feature = "typed")]
    println!("{:?}", hexplain::Aadsts(input.len() as u32).entry().and_then(hexplain::Entry::name));
    #[cfg(feature = "catalog")]
    {
        let by_number = input.parse().ok().map(|hexplain::Hresult(value)| value).unwrap_or_default();
        let by_number =
            hexplain::Family::ALL.iter().flat_map(|&f| hexplain::lookup_all(hexplain::Code::new(f, by_number)));
        for entry in by_number.chain(hexplain::lookup_symbol(&input)).chain(hexplain::lookup_label(&input)) {
            println!("{:?} {:?}", entry.name(), entry.summary());
            for advice in entry.advice() {
                println!("{:?} {:?} {:?}", advice.reasons(), advice.resolutions(), advice.sources());
            }
        }
    }
    #[cfg(feature = "scan")]
    for found in hexplain::scan::scan(input.as_bytes()) {
        println!("{} {:?} {}", found.id(), found.entry().and_then(hexplain::Entry::name), found.reason());
    }
    #[cfg(feature = "dsregcmd")]
    for capture in hexplain::dsregcmd::captures(&input).into_iter().flatten() {
        for finding in capture.diagnose(None).findings() {
            println!("{} {:?} {:?}", finding.title(), finding.reasons(), finding.resolutions());
        }
    }
    #[cfg(feature = "everything")]
    {
        for candidate in hexplain::explain(&input).candidates() {
            println!("{}", candidate.why());
        }
        for guide in hexplain::Guide::all() {
            println!("{:?}", guide.sections().map(|section| section.title()).collect::<Vec<_>>());
        }
    }
}
