//! Hiding who a capture is about: tenant, device, user, domain, host, key, certificate, request.
//!
//! A field that the table says identifies somebody is replaced as a whole. In all other texts, titles and names of
//! unknown fields among them, whatever looks like an identity is replaced, and so is every name that such a field gave
//! away. Invariants: equal identities get equal pseudonyms, numbered as they come, so that captures that went through
//! one redactor can be compared; and a diagnosis is made of what was read, so that no pseudonym changes a finding.

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv6Addr;
use core::ops::Range;

use super::{Capture, Field, is_system_account};
use crate::vocabulary::{FieldValue, Identity};

/// Replaces identities by pseudonyms, the same for the same identity in all that goes through it.
///
/// ```
/// use hexplain::dsregcmd::{Redactor, captures};
///
/// let text = "AzureAdJoined : YES\nDomainJoined : NO\nTenantName : Contoso\nUser Identity : jane@contoso.com\n\
///             Server Error Description : AADSTS50034: The user account 'jane@contoso.com' does not exist.";
/// let mut captures = captures(text).unwrap();
/// let mut redactor = Redactor::default();
/// captures[0].redact(&mut redactor);
/// let values: Vec<_> = captures[0].fields()[2..].iter().map(|field| field.value()).collect();
/// assert_eq!(values, [
///     "tenant-1",
///     "user-1@domain-1.example",
///     "AADSTS50034: The user account 'user-1@domain-1.example' does not exist.",
/// ]);
/// assert_eq!(redactor.path("captures/contoso.txt"), "captures/tenant-1.txt");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// From an identity in lower case to its pseudonym.
    pseudonyms: BTreeMap<String, String>,
    /// The pseudonyms that were given, which are no identities.
    given: BTreeSet<String>,
    /// How many pseudonyms of a kind there are.
    counts: BTreeMap<&'static str, u32>,
    /// The names by which texts are searched, in lower case.
    names: BTreeSet<String>,
    /// For the first word of a name, how many words the longest such name has.
    longest: BTreeMap<String, usize>,
}

/// Words that an account or a tenant may be called, and that say nothing about it.
const COMMON: &[&str] = &[
    "account",
    "admin",
    "administrator",
    "default",
    "device",
    "directory",
    "domain",
    "enabled",
    "error",
    "fail",
    "host",
    "local",
    "none",
    "not",
    "password",
    "server",
    "set",
    "system",
    "tenant",
    "test",
    "the",
    "user",
    "windows",
    "workgroup",
    "yes",
];

/// The domains that are Microsoft's alone.
const MICROSOFT: &[&str] = &[
    "microsoft.com",
    "microsoftonline.com",
    "microsoftonline.us",
    "microsoftonline.cn",
    "microsoftonline-p.com",
    "windows.com",
    "live.com",
    "office.com",
    "office365.com",
    "office.net",
    "microsoft.us",
    "msftauth.net",
    "msauth.net",
    "aka.ms",
    "example",
];

/// Hosts and domains under which tenants have names, too, but which are the same for everybody themselves.
const SHARED: &[&str] = &[
    "windows.net",
    "enterpriseregistration.windows.net",
    "login.windows.net",
    "graph.windows.net",
    "sts.windows.net",
    "core.windows.net",
    "azure.com",
    "portal.azure.com",
    "management.azure.com",
    "azure.net",
    "azure.us",
    "azure.cn",
];

/// The last labels of names of the DNS that no other text ends with; two letters are a country's.
const TOP_LEVEL: &[&str] = &[
    "com", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "cloud", "dev", "app", "local", "lan", "corp",
    "internal", "intranet", "intern", "home", "private", "test", "arpa",
];

/// What a name with a dot ends with that is a file.
const FILES: &[&str] = &[
    "aspx", "asmx", "csv", "dat", "dll", "evtx", "exe", "gz", "htm", "html", "json", "log", "md", "pac", "php", "srf",
    "svc", "txt", "xml", "zip", "zst",
];

/// How much of a text is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Shapes that are nobody's word: GUIDs, UPNs, security identifiers.
    Shapes,
    /// A path: those, and names that were given away.
    Path,
    /// Everything.
    All,
}

impl Redactor {
    /// Remembers the identities of a capture, so that they are found in texts before and behind it, and in other
    /// captures.
    pub fn learn(&mut self, capture: &Capture) {
        for field in &capture.fields {
            if let Some(kind) = identity(field) {
                self.whole(kind, &field.value);
            }
        }
    }

    /// Hides the identities in captures; what one gives away is found in the others, those before it too.
    pub fn redact(&mut self, captures: &mut [Capture]) {
        for capture in captures.iter() {
            self.learn(capture);
        }
        for capture in captures {
            self.capture(capture);
        }
    }

    /// Hides the identities in a capture.
    pub(super) fn capture(&mut self, capture: &mut Capture) {
        self.learn(capture);
        for title in &mut capture.titles {
            if !title.is_known {
                title.name = Cow::Owned(self.within(&title.name, Reach::All));
            }
        }
        for field in &mut capture.fields {
            let row = field.id.map(|id| id.row());
            let reach = match row.map(|row| row.value) {
                None | Some(FieldValue::Text | FieldValue::Message) => Reach::All,
                // One of a few words, a number or a time.
                Some(_) => Reach::Shapes,
            };
            field.shown = Some(match identity(field) {
                Some(kind) => self.whole(kind, &field.value),
                None => self.within(&field.value, reach),
            });
            if row.is_none() {
                field.name = Cow::Owned(self.within(&field.name, Reach::All));
            }
        }
        capture.name_sections();
    }

    /// The path of a capture without the identities that were seen so far, and without any GUID or UPN.
    pub fn path(&mut self, path: &str) -> String {
        self.within(path, Reach::Path)
    }

    /// A value that is nothing but an identity.
    fn whole(&mut self, kind: Identity, value: &str) -> String {
        if self.given.contains(value) {
            return value.to_owned();
        }
        let guid = value.trim_matches(['{', '}', ' ']);
        match kind {
            _ if is_guid(guid) => {
                let pseudonym = self.guid(guid);
                value.replace(guid, &pseudonym)
            }
            Identity::User => {
                let accounts: Vec<String> = value.split(',').map(|account| self.account(account.trim())).collect();
                accounts.join(", ")
            }
            Identity::Domain => self.host("domain", value),
            Identity::Host => {
                // Its short name stands for it, too.
                let short = value.split('.').next().unwrap_or_default();
                let pseudonym = self.named("host", short);
                if short == value {
                    return pseudonym;
                }
                self.learn_name(value);
                self.give(value, format!("{pseudonym}.example"))
            }
            Identity::Proxy => self.proxies(value),
            Identity::TenantName => self.named("tenant", value),
            Identity::Tenant => self.pseudonym("tenant", value),
            Identity::Device => self.pseudonym("device", value),
            Identity::Key => self.pseudonym("key", value),
            Identity::Thumbprint => self.pseudonym("thumbprint", value),
            Identity::Request => self.pseudonym("request", value),
        }
    }

    fn pseudonym(&mut self, label: &'static str, value: &str) -> String {
        if self.given.contains(value) {
            return value.to_owned();
        }
        if let Some(known) = self.pseudonyms.get(&value.to_lowercase()) {
            return known.clone();
        }
        let count = self.counts.entry(label).or_default();
        *count += 1;
        let pseudonym = match label {
            "guid" => format!("00000000-0000-0000-0000-{count:012}"),
            _ => format!("{label}-{count}"),
        };
        self.give(value, pseudonym)
    }

    /// Gives an identity its pseudonym, unless it has one.
    fn give(&mut self, value: &str, pseudonym: String) -> String {
        let pseudonym = self.pseudonyms.entry(value.to_lowercase()).or_insert(pseudonym).clone();
        self.given.insert(pseudonym.clone());
        pseudonym
    }

    /// The pseudonym of a name, by which texts are searched from now on.
    fn named(&mut self, label: &'static str, name: &str) -> String {
        self.learn_name(name);
        self.pseudonym(label, name)
    }

    fn learn_name(&mut self, name: &str) {
        let name = name.to_lowercase();
        if name.chars().count() < 3 || COMMON.contains(&&*name) || self.given.contains(&name) {
            return;
        }
        let words = words(&name);
        // A name without a letter would be found in numbers.
        let Some(first) = words.first().filter(|_| name.chars().any(char::is_alphabetic)) else { return };
        let longest = self.longest.entry(name[first.clone()].to_owned()).or_default();
        *longest = words.len().max(*longest);
        // Punctuation around it may be missing in a text.
        let trimmed = name[first.start..words.last().map_or(name.len(), |last| last.end)].to_owned();
        if trimmed != name {
            let pseudonym = self.pseudonyms.get(&name).cloned();
            if let Some(pseudonym) = pseudonym {
                self.give(&trimmed, pseudonym);
            }
        }
        self.names.insert(trimmed);
    }

    fn guid(&mut self, guid: &str) -> String {
        self.pseudonym("guid", guid)
    }

    /// The name of a host or a domain, with or without dots.
    fn host(&mut self, label: &'static str, name: &str) -> String {
        let known = self.pseudonyms.get(&name.to_lowercase()).cloned();
        self.learn_name(name);
        match known {
            Some(known) => known,
            None if self.given.contains(name) => name.to_owned(),
            // So that it still looks like a name of the DNS.
            None if name.contains('.') => {
                let count = self.counts.entry(label).or_default();
                *count += 1;
                let pseudonym = format!("{label}-{count}.example");
                self.give(name, pseudonym)
            }
            None => self.pseudonym(label, name),
        }
    }

    /// `jane@contoso.com`, `CONTOSO\jane`, `S-1-5-21-...` or a bare name.
    fn account(&mut self, account: &str) -> String {
        if is_system_account(account) && !account.ends_with('$') || self.given.contains(account) {
            return account.to_owned();
        }
        if let Some((user, domain)) = account.split_once('@') {
            return format!("{}@{}", self.user(user), self.domain(domain));
        }
        if let Some((domain, user)) = account.split_once('\\') {
            return format!("{}\\{}", self.domain(domain), self.user(user));
        }
        self.user(account)
    }

    fn domain(&mut self, domain: &str) -> String {
        let is_public =
            ["AzureAD", "MicrosoftAccount", "BUILTIN"].iter().any(|known| domain.eq_ignore_ascii_case(known));
        if is_public || is_microsoft(domain) { domain.to_owned() } else { self.host("domain", domain) }
    }

    fn user(&mut self, name: &str) -> String {
        if name.is_empty() || is_system_account(name) && !name.ends_with('$') {
            return name.to_owned();
        }
        if is_security_identifier(name) {
            return self.pseudonym("sid", name);
        }
        // The account of a computer is its name with a `$`, by which it is known to be one.
        match name.strip_suffix('$') {
            Some(host) => format!("{}$", self.named("host", host)),
            None => self.named("user", name),
        }
    }

    /// Proxies, or what is reached without one: every word is a host, unless it is a scheme or a port.
    fn proxies(&mut self, value: &str) -> String {
        let mut out = String::new();
        let mut end = 0;
        for word in words(value) {
            out.push_str(&value[end..word.start]);
            let text = &value[word.clone()];
            let is_scheme = ["http", "https", "ftp", "socks", "local"].contains(&&*text.to_lowercase());
            let is_host = !is_scheme && !text.bytes().all(|b| b.is_ascii_digit()) && file_extension(text).is_none();
            out.push_str(&if is_host && !is_microsoft(text) { self.host("host", text) } else { text.to_owned() });
            end = word.end;
        }
        out.push_str(&value[end..]);
        out
    }

    /// A text in which identities may stand.
    fn within(&mut self, text: &str, reach: Reach) -> String {
        let words = words(text);
        let mut out = String::with_capacity(text.len());
        let (mut end, mut at) = (0, 0);
        while let Some(word) = words.get(at) {
            out.push_str(&text[end..word.start]);
            let known = self.known_name(text, &words[at..]).filter(|_| reach != Reach::Shapes);
            let found = known.map(|(count, pseudonym)| (words[at + count - 1].end, pseudonym));
            let (word_end, replaced) = found.or_else(|| self.word(text, &words, at, reach)).unwrap_or_else(|| {
                let plain = &text[word.clone()];
                (word.end, if reach == Reach::Shapes { plain.to_owned() } else { self.parts(plain) })
            });
            out.push_str(&replaced);
            end = word_end;
            at += words[at..].partition_point(|word| word.start < end);
        }
        out.push_str(&text[end..]);
        out
    }

    /// The longest name that was given away and begins with the first of some words: how many words, and its pseudonym.
    fn known_name(&self, text: &str, words: &[Range<usize>]) -> Option<(usize, String)> {
        let first = words.first()?;
        let most = *self.longest.get(&text[first.clone()].to_lowercase())?;
        (1..=most.min(words.len())).rev().find_map(|count| {
            let name = text[first.start..words[count - 1].end].to_lowercase();
            Some((count, self.pseudonym_of_name(&name)?.clone()))
        })
    }

    /// The pseudonym of a name, in lower case, that was given away.
    fn pseudonym_of_name(&self, name: &str) -> Option<&String> {
        self.names.get(name).and_then(|name| self.pseudonyms.get(name))
    }

    /// A word that looks like an identity: where it ends, and its pseudonym.
    fn word(&mut self, text: &str, words: &[Range<usize>], at: usize, reach: Reach) -> Option<(usize, String)> {
        let range = words[at].clone();
        let (word, before, behind) = (&text[range.clone()], &text[..range.start], &text[range.end..]);
        if self.given.contains(word) {
            return Some((range.end, word.to_owned()));
        }
        if let Some(guid) = find_guid(word) {
            let pseudonym = self.guid(&word[guid.clone()]);
            return Some((range.start + guid.end, format!("{}{pseudonym}", &word[..guid.start])));
        }
        let next = words.get(at + 1);
        // `jane@contoso.com`, and as a part of an address `jane%40contoso.com`.
        for sign in ["@", "%40"] {
            if behind.starts_with(sign) && next.is_some_and(|next| next.start == range.end + sign.len()) {
                return Some((range.end, self.user(word)));
            }
            let is_domain =
                before.ends_with(sign) && !before[..before.len() - sign.len()].ends_with(char::is_whitespace);
            if is_domain && before.len() > sign.len() {
                let name = file_extension(word).map_or(word, |at| &word[..at]);
                return Some((range.start + name.len(), self.domain(name)));
            }
        }
        if is_security_identifier(word) {
            return Some((range.end, self.user(word)));
        }
        if reach == Reach::Shapes {
            return None;
        }
        // What follows `Users\` in a path is one.
        let is_of_folder = |folder: &str| before.len() > folder.len() && before[..before.len() - 1].ends_with(folder);
        if before.ends_with(['\\', '/']) && (is_of_folder("Users") || is_of_folder("home")) {
            return Some((range.end, self.user(word)));
        }
        if reach == Reach::Path {
            return None;
        }
        // `CONTOSO\jane`, but not a folder.
        let is_in_path = before.ends_with(['\\', '/', ':']);
        let user = next.filter(|next| behind.starts_with('\\') && next.start == range.end + 1 && !is_in_path);
        let is_of_user =
            |user: &&Range<usize>| !is_system_account(&text[(*user).clone()]) || text[(*user).clone()].ends_with('$');
        if let Some(user) = user.filter(is_of_user) {
            let domain = self.domain(word);
            let rest = words.get(at + 1..).unwrap_or_default();
            let (end, user) = match self.known_name(text, rest) {
                Some((count, pseudonym)) => (rest[count - 1].end, pseudonym),
                None => (user.end, self.user(&text[user.clone()])),
            };
            return Some((end, format!("{domain}\\{user}")));
        }
        if before.ends_with("\\\\") {
            return Some((range.end, self.host("host", word)));
        }
        if [40, 64].contains(&word.len()) && word.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Some((range.end, self.pseudonym("thumbprint", word)));
        }
        let address: usize = behind.find(|c: char| !(c.is_ascii_hexdigit() || c == ':')).unwrap_or(behind.len());
        let address = text[range.start..range.end + address].trim_end_matches(':');
        let is_long = address.contains("::") || address.matches(':').count() == 7;
        if is_long && address.parse::<Ipv6Addr>().is_ok() {
            return Some((range.start + address.len(), self.pseudonym("address", address)));
        }
        let last = at.checked_sub(1).map_or("", |last| &text[words[last].clone()]);
        let is_tenant = before.ends_with('/') && last.starts_with("login.") && before.ends_with(&format!("{last}/"));
        if is_tenant {
            let is_any =
                ["common", "organizations", "consumers", "oauth2"].contains(&word) || file_extension(word).is_some();
            return (!is_any).then(|| (range.end, self.host("domain", word)));
        }
        let is_of_name = before.ends_with("DC=") || before.ends_with("dc=") || before.ends_with("CN=");
        let has_port = behind.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()));
        let is_placed = before.ends_with("//") || has_port && word.contains('.');
        (is_foreign_host(word, is_placed) || is_of_name && !is_top_level(word))
            .then(|| (range.end, self.host("host", word)))
    }

    /// A word with the names in it replaced: `PC7` and `contoso` in `PC7.contoso.txt`.
    fn parts(&self, word: &str) -> String {
        let is_end = |at: &usize| {
            let joins = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            joins(word[..*at].chars().next_back()) || joins(word[*at..].chars().next())
        };
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).filter(is_end).collect();
        let mut out = String::with_capacity(word.len());
        let mut start = 0;
        while start < word.len() {
            let next = &ends[ends.partition_point(|&end| end <= start)..];
            // The longest name that begins here.
            let known = next[..next.len().min(MOST_PARTS)]
                .iter()
                .rev()
                .find_map(|&end| Some((end, self.pseudonym_of_name(&word[start..end].to_lowercase())?)));
            let plain = next.first().copied().unwrap_or(word.len());
            let (end, text) = known.map_or((plain, &word[start..plain]), |(end, pseudonym)| (end, pseudonym));
            out.push_str(text);
            start = end;
        }
        out
    }
}

/// Letters and what joins them: a name inside a word has no more such parts.
const MOST_PARTS: usize = 24;

/// Whose identity a field gives away: what the table says, or what the name of an unknown field says.
fn identity(field: &Field) -> Option<Identity> {
    let value = &*field.value;
    let is_said = value.chars().any(char::is_alphanumeric)
        && !["YES", "NO", "NONE", "UNKNOWN", "NOT SET"].iter().any(|word| value.eq_ignore_ascii_case(word));
    let name = || field.name.to_ascii_lowercase();
    let by_name = || {
        let kinds = [
            (&["user", "account", "upn", "owner"][..], Identity::User),
            (&["tenant"], Identity::TenantName),
            (&["domain"], Identity::Domain),
            (&["host", "computer", "device name"], Identity::Host),
            (&["proxy"], Identity::Proxy),
        ];
        kinds.into_iter().find(|(words, _)| words.iter().any(|word| name().contains(word))).map(|(_, kind)| kind)
    };
    field.id.map_or_else(by_name, |id| id.row().identifies).filter(|_| is_said)
}

/// The words of a text: letters and digits, with what joins them inside. `%20` parts words, as a blank does.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let escape = text.as_bytes().get(at + 1..at + 3).filter(|_| c == '%');
        if escape.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            chars.next();
            chars.next();
            last = None;
            continue;
        }
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // `O'Brien` and `jane+news` are words; quotes around one are none of it.
        let joins = "-_.+'".contains(c)
            && is_letter(last)
            && (is_letter(next) || "-_".contains(c) && next.is_some_and(|n| "-_".contains(n)));
        let ends_account = c == '$' && is_letter(last) && !is_letter(next);
        if c.is_alphanumeric() || joins || ends_account {
            match words.last_mut().filter(|word| word.end == at && last.is_some()) {
                Some(word) => word.end = at + c.len_utf8(),
                None => words.push(at..at + c.len_utf8()),
            }
            last = Some(c);
        } else {
            last = None;
        }
    }
    words
}

/// Where the extension of a file begins.
fn file_extension(word: &str) -> Option<usize> {
    let (front, last) = word.rsplit_once('.')?;
    FILES.contains(&&*last.to_ascii_lowercase()).then_some(front.len())
}

/// 8-4-4-4-12 digits, of which documents print some as `x`.
fn is_guid(text: &str) -> bool {
    let groups = || text.split('-');
    groups().map(str::len).eq([8, 4, 4, 4, 12]) && groups().all(is_hexadecimal)
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit() || b.eq_ignore_ascii_case(&b'x'))
}

/// A GUID inside a word: whole, without its dashes, or the beginning of one where a line was broken.
fn find_guid(word: &str) -> Option<Range<usize>> {
    const LEN: usize = 36;
    let slices = (0..=word.len().saturating_sub(LEN)).filter_map(|at| Some((at, word.get(at..at + LEN)?)));
    let whole = { slices }.find(|(_, slice)| is_guid(slice)).map(|(at, _)| at..at + LEN);
    let is_bare = word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut groups = word.trim_end_matches('-').split('-');
    let is_broken = word.len() >= 13
        && groups.next().is_some_and(|group| group.len() == 8 && is_hexadecimal(group))
        && groups.next().is_some_and(|group| group.len() == 4 && is_hexadecimal(group))
        && groups.all(|group| group.len() <= 12 && is_hexadecimal(group));
    whole.or_else(|| (is_bare || is_broken).then_some(0..word.len()))
}

fn is_security_identifier(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|s| s.eq_ignore_ascii_case("s"))
        && text.matches('-').count() >= 3
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A name of the DNS that is the same for everybody.
fn is_microsoft(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_under =
        |domain: &&&str| name.strip_suffix(**domain).is_some_and(|front| front.is_empty() || front.ends_with('.'));
    SHARED.contains(&&*name) || MICROSOFT.iter().any(|domain| is_under(&domain))
}

fn is_top_level(label: &str) -> bool {
    let lower = label.to_lowercase();
    // `exist.It` ends a sentence.
    let is_even = label == lower || label == label.to_uppercase();
    is_even && label.chars().all(char::is_alphabetic) && (label.chars().count() == 2 || TOP_LEVEL.contains(&&*lower))
}

/// A name or an address of a host that is not the same for everybody. In its place in an address anything is one.
fn is_foreign_host(text: &str, is_placed: bool) -> bool {
    let labels = || text.split('.');
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is_address = labels().count() == 4 && labels().all(|label| label.parse::<u8>().is_ok());
    let is_name =
        labels().count() > 1 && labels().next_back().is_some_and(is_top_level) && file_extension(text).is_none();
    labels().all(is_label) && (is_address || (is_name || is_placed) && !is_microsoft(text))
}
