//! Hiding who a capture is about: tenant, device, user, domain, host, key, certificate, request.
//!
//! A field that the table says identifies somebody is replaced as a whole. In all other values whatever looks like an
//! identity is replaced (GUIDs, UPNs, accounts, security identifiers, thumbprints, names and addresses of hosts that
//! are not Microsoft's), and so is every name that such a field gave away. Invariant: equal values get equal
//! pseudonyms, in the order in which they come, so that captures that went through one redactor can be compared.

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Field;
use crate::vocabulary::Identity;

/// Replaces identities by pseudonyms, the same for the same identity in all that goes through it.
///
/// ```
/// use hexplain::dsregcmd::{Redactor, captures};
///
/// let text = "AzureAdJoined : YES\nDomainJoined : NO\nTenantName : Contoso\nUser Identity : jane@contoso.com\n\
///             Server Error Description : AADSTS50034: The user account jane@contoso.com does not exist.";
/// let mut captures = captures(text).unwrap();
/// let mut redactor = Redactor::default();
/// captures[0].redact(&mut redactor);
/// let values: Vec<_> = captures[0].fields()[2..].iter().map(|field| field.value()).collect();
/// assert_eq!(values, [
///     "tenant-1",
///     "user-1@domain-1.example",
///     "AADSTS50034: The user account user-1@domain-1.example does not exist.",
/// ]);
/// assert_eq!(redactor.path("captures/contoso.txt"), "captures/tenant-1.txt");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    /// From an identity in lower case to its pseudonym.
    pseudonyms: BTreeMap<String, String>,
    /// How many pseudonyms of a kind there are.
    counts: BTreeMap<&'static str, u32>,
    /// The identities that are words on which a text may be searched.
    words: BTreeSet<String>,
    /// Those that are several words.
    phrases: Vec<String>,
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

/// The domains under which every tenant finds the same hosts.
const PUBLIC: &[&str] = &[
    "microsoft.com",
    "microsoftonline.com",
    "microsoftonline.us",
    "microsoftonline.cn",
    "microsoftonline-p.com",
    "windows.net",
    "windows.com",
    "live.com",
    "azure.com",
    "azure.net",
    "azure.us",
    "azure.cn",
    "office.com",
    "office365.com",
    "office.net",
    "microsoft.us",
    "msftauth.net",
    "msauth.net",
    "aka.ms",
    "example",
];

/// What a name with a dot ends with that is a file.
const FILES: &[&str] =
    &["aspx", "asmx", "dat", "dll", "exe", "htm", "html", "json", "log", "pac", "php", "svc", "txt", "xml"];

/// Letters and what joins them: a name has no more such parts.
const MOST_PARTS: usize = 24;

impl Redactor {
    /// Hides the identities in the values of a capture.
    pub(super) fn capture(&mut self, fields: &mut [Field]) {
        let identity = |field: &Field| {
            let is_said = !field.value.is_empty() && !["-", "NO", "NONE"].contains(&&*field.value);
            field.id.and_then(|id| id.row().identifies).filter(|_| is_said)
        };
        // A message may name what a later field gives away.
        for field in fields.iter() {
            if let Some(kind) = identity(field) {
                self.whole(kind, &field.value);
            }
        }
        for field in fields {
            field.value = Cow::Owned(match identity(field) {
                Some(kind) => self.whole(kind, &field.value),
                None => self.within(&field.value, false),
            });
        }
    }

    /// The path of a capture without the identities that were seen so far, and without any GUID or UPN.
    pub fn path(&mut self, path: &str) -> String {
        self.within(path, true)
    }

    /// A value that is nothing but an identity.
    fn whole(&mut self, kind: Identity, value: &str) -> String {
        match kind {
            Identity::User => {
                let accounts: Vec<String> = value.split(',').map(|account| self.account(account.trim())).collect();
                accounts.join(", ")
            }
            Identity::Domain => self.host("domain", value),
            Identity::Host => {
                // Its short name stands for it, too.
                let short = value.split('.').next().unwrap_or_default();
                let pseudonym = self.pseudonym("host", short);
                self.learn(short);
                if short == value {
                    return pseudonym;
                }
                self.learn(value);
                self.pseudonyms.entry(value.to_lowercase()).or_insert_with(|| format!("{pseudonym}.example")).clone()
            }
            // An address or a list of them, each of which may be anybody's.
            Identity::Proxy => self.within(value, false),
            _ if is_guid(value.trim_matches(['{', '}'])) => {
                let guid = value.trim_matches(['{', '}']);
                value.replace(guid, &self.guid(guid))
            }
            Identity::TenantName => {
                self.learn(value);
                self.pseudonym("tenant", value)
            }
            Identity::Tenant => self.pseudonym("tenant", value),
            Identity::Device => self.pseudonym("device", value),
            Identity::Key => self.pseudonym("key", value),
            Identity::Thumbprint => self.pseudonym("thumbprint", value),
            Identity::Request => self.pseudonym("request", value),
        }
    }

    fn pseudonym(&mut self, label: &'static str, value: &str) -> String {
        let key = value.to_lowercase();
        if let Some(known) = self.pseudonyms.get(&key) {
            return known.clone();
        }
        let count = self.counts.entry(label).or_default();
        *count += 1;
        let pseudonym = match label {
            "guid" => format!("00000000-0000-0000-0000-{count:012}"),
            _ => format!("{label}-{count}"),
        };
        self.pseudonyms.insert(key, pseudonym.clone());
        pseudonym
    }

    /// Remembers a name by which texts are searched.
    fn learn(&mut self, name: &str) {
        let name = name.to_lowercase();
        if name.chars().count() < 3 || COMMON.contains(&&*name) {
            return;
        }
        if name.contains(|c: char| c.is_whitespace()) {
            if !self.phrases.contains(&name) {
                self.phrases.push(name);
            }
        } else {
            self.words.insert(name);
        }
    }

    fn guid(&mut self, guid: &str) -> String {
        self.pseudonym("guid", guid)
    }

    /// The name of a host or a domain, with or without dots.
    fn host(&mut self, label: &'static str, name: &str) -> String {
        self.learn(name);
        let pseudonym = self.pseudonym(label, name);
        if name.contains('.') && !pseudonym.contains('.') {
            // So that it still looks like a name of the DNS.
            let pseudonym = format!("{pseudonym}.example");
            self.pseudonyms.insert(name.to_lowercase(), pseudonym.clone());
            return pseudonym;
        }
        pseudonym
    }

    /// `jane@contoso.com`, `CONTOSO\jane`, `S-1-5-21-...` or a bare name.
    fn account(&mut self, account: &str) -> String {
        if let Some((user, domain)) = account.split_once('@') {
            return format!("{}@{}", self.user(user), self.host("domain", domain));
        }
        if let Some((domain, user)) = account.split_once('\\') {
            let is_public =
                ["AzureAD", "NT AUTHORITY", "BUILTIN"].iter().any(|known| domain.eq_ignore_ascii_case(known));
            let domain = if is_public { domain.to_owned() } else { self.host("domain", domain) };
            return format!("{domain}\\{}", self.user(user));
        }
        self.user(account)
    }

    fn user(&mut self, name: &str) -> String {
        if name.is_empty() || name.eq_ignore_ascii_case("SYSTEM") {
            return name.to_owned();
        }
        // The account of a computer is its name with a `$`, by which it is known to be one.
        if let Some(host) = name.strip_suffix('$') {
            self.learn(host);
            return format!("{}$", self.pseudonym("host", host));
        }
        self.learn(name);
        self.pseudonym("user", name)
    }

    /// A text in which identities may stand.
    fn within(&mut self, text: &str, is_path: bool) -> String {
        let (mut out, mut plain) = (String::with_capacity(text.len()), String::new());
        // What stands before a token: its separator, and the token before that.
        let (mut rest, mut last) = (text, "");
        while !rest.is_empty() {
            let start = rest.find(is_of_token).unwrap_or(rest.len());
            let (between, from_token) = rest.split_at(start);
            let end = from_token.find(|c| !is_of_token(c)).unwrap_or(from_token.len());
            let (token, behind) = from_token.split_at(end);
            plain.push_str(between);
            // A full stop may end the sentence.
            let inner = token.trim_matches('.');
            let is_tenant = between == "/" && last.starts_with("login.");
            match self.token(inner, is_tenant, between.ends_with("//"), is_path) {
                Some(pseudonym) => {
                    let at = token.find(inner).unwrap_or(0);
                    plain.push_str(&token[..at]);
                    out.push_str(&self.plain(&core::mem::take(&mut plain)));
                    out.push_str(&pseudonym);
                    plain.push_str(&token[at + inner.len()..]);
                }
                None => plain.push_str(token),
            }
            (rest, last) = (behind, token);
        }
        out.push_str(&self.plain(&plain));
        out
    }

    /// A run of letters, digits and what joins them, if it looks like an identity.
    fn token(&mut self, token: &str, is_tenant: bool, is_host: bool, is_path: bool) -> Option<String> {
        if is_guid(token) {
            return Some(self.guid(token));
        }
        if token.contains('@') {
            return (!token.ends_with(".example")).then(|| self.account(token));
        }
        if is_path {
            return None;
        }
        if is_tenant {
            let is_any = ["common", "organizations", "consumers", "oauth2"].contains(&token);
            return (!is_any && !token.is_empty()).then(|| self.host("domain", token));
        }
        if token.contains('\\') {
            let is_account = token.matches('\\').count() == 1 && !token.starts_with('\\') && !token.ends_with('\\');
            return is_account.then(|| self.account(token));
        }
        if is_security_identifier(token) {
            return Some(self.pseudonym("sid", token));
        }
        if [40, 64].contains(&token.len()) && token.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Some(self.pseudonym("thumbprint", token));
        }
        (is_foreign_host(token) || is_host && !token.is_empty() && !token.contains('.'))
            .then(|| self.host("host", token))
    }

    /// A text without identities by shape: the names that were given away are replaced.
    fn plain(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for phrase in &self.phrases {
            let Some(pseudonym) = self.pseudonyms.get(phrase) else { continue };
            // A letter whose lower case has another length cannot be placed.
            while let Some(at) =
                Some(text.to_lowercase()).filter(|l| l.len() == text.len()).and_then(|l| l.find(phrase))
            {
                if text.get(at..at + phrase.len()).is_none() {
                    break;
                }
                text.replace_range(at..at + phrase.len(), pseudonym);
            }
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = &*text;
        while !rest.is_empty() {
            let start = rest.find(is_of_word).unwrap_or(rest.len());
            let end = rest[start..].find(|c| !is_of_word(c)).map_or(rest.len(), |len| start + len);
            out.push_str(&rest[..start]);
            self.word(&rest[start..end], &mut out);
            rest = &rest[end..];
        }
        out
    }

    /// A word that is a known name, or that holds some: `PC7` and `contoso` in `PC7.contoso.txt`.
    fn word(&self, word: &str, out: &mut String) {
        let is_end = |at: &usize| {
            let (before, behind) = (&word[..*at], &word[*at..]);
            let joins = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            joins(before.chars().next_back()) || joins(behind.chars().next())
        };
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).filter(is_end).collect();
        let mut start = 0;
        while start < word.len() {
            // The longest name that begins here; names of more parts than this are none.
            let next = &ends[ends.partition_point(|&end| end <= start)..];
            let longest = &next[..next.len().min(MOST_PARTS)];
            let known = longest.iter().rev().find_map(|&end| Some((end, self.known(&word[start..end])?)));
            if let Some((end, pseudonym)) = known {
                out.push_str(pseudonym);
                start = end;
            } else {
                let end = next.first().copied().unwrap_or(word.len());
                out.push_str(&word[start..end]);
                start = end;
            }
        }
    }

    /// The pseudonym of a name by which texts are searched.
    fn known(&self, name: &str) -> Option<&String> {
        let name = name.to_lowercase();
        self.words.contains(&name).then(|| self.pseudonyms.get(&name)).flatten()
    }
}

fn is_of_token(c: char) -> bool {
    c.is_alphanumeric() || "-_.@\\+%$'".contains(c)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || "-_.$".contains(c)
}

/// 8-4-4-4-12 digits, of which documents print some as `x`.
fn is_guid(text: &str) -> bool {
    let groups = || text.split('-');
    let is_digit = |b: u8| b.is_ascii_hexdigit() || b.eq_ignore_ascii_case(&b'x');
    groups().map(str::len).eq([8, 4, 4, 4, 12]) && groups().all(|group| group.bytes().all(is_digit))
}

fn is_security_identifier(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|s| s.eq_ignore_ascii_case("s"))
        && text.matches('-').count() >= 3
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A name of the DNS, or an address, that is not the same for everybody.
fn is_foreign_host(text: &str) -> bool {
    let labels = || text.split('.');
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let last = labels().next_back().unwrap_or_default();
    let is_name = last.len() > 1
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !FILES.contains(&&*last.to_ascii_lowercase());
    let is_address = labels().count() == 4 && labels().all(|label| label.parse::<u8>().is_ok());
    let lower = text.to_ascii_lowercase();
    let is_public = PUBLIC
        .iter()
        .any(|public| lower.strip_suffix(public).is_some_and(|front| front.is_empty() || front.ends_with('.')));
    labels().count() > 1 && labels().all(is_label) && (is_address || is_name && !is_public)
}
