//! From text to captures: boxes with their titles, and lines of a name, a colon and a value.
//!
//! Every line that may be a field is kept, known or not, in order, with its number. What a known one means depends on
//! its box and on the block it stands in, since names repeat. Nothing is refused but a text without any capture.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Block, Capture, CaptureError, Field, FieldId, Title};
use crate::generated::{DSREGCMD, field, part};
use crate::vocabulary::FieldValue;

/// A console of 80 columns breaks a longer line.
const CONSOLE: usize = 79;
/// The longest name that a field may have, known or not, in letters and digits.
const LONGEST_NAME: usize = 48;
/// So many different known fields make a capture where no title does.
const FEWEST_FIELDS: usize = 3;
/// So many of them must be no mere texts.
const FEWEST_TELLING: usize = 2;
/// More blocks of a kind are none; a device has a handful.
const MOST_BLOCKS: usize = 256;

/// Reads all captures of a text.
pub(super) fn read(text: &str) -> Result<Vec<Capture<'_>>, CaptureError> {
    if text.trim().is_empty() {
        return Err(CaptureError::EMPTY);
    }
    let mut parser = Parser::default();
    // A lone carriage return ended lines once.
    let returns = text.bytes().filter(|&b| b == b'\r').count();
    let end = if returns > text.bytes().filter(|&b| b == b'\n').count() { '\r' } else { '\n' };
    for (number, line) in (1..).zip(text.split(end)) {
        parser.line(number, line.trim_end_matches('\r'));
    }
    let is_half_a_name = parser.is_half_a_name;
    if let Some(last) = parser.captures.last_mut() {
        last.is_cut |= is_half_a_name;
    }
    parser.drop_what_is_none();
    let mut captures = parser.captures;
    if captures.is_empty() {
        return Err(CaptureError::NO_CAPTURE);
    }
    for (number, capture) in (1..).zip(&mut captures) {
        capture.number = number;
    }
    Ok(captures)
}

/// Whether what looks like a capture holds enough to be one: a field under a title, or several fields of which some are
/// no mere texts, such as anything may have.
fn is_capture(capture: &Capture) -> bool {
    let known = || capture.fields.iter().filter_map(|field| field.id);
    let has_title = capture.titles.iter().any(|title| title.is_known && !title.name.is_empty());
    let mut seen = [false; 256];
    known().for_each(|FieldId(id)| seen[usize::from(id)] = true);
    let telling = |&at: &usize| DSREGCMD.fields.get(at).is_some_and(|row| row.value != FieldValue::Text);
    let different = || (0..seen.len()).filter(|&at| seen[at]);
    let telling = different().filter(telling).count();
    telling > 0 && (has_title || different().count() >= FEWEST_FIELDS && telling >= FEWEST_TELLING)
}

/// The letters and digits of a name, in lower case, as the table has its spellings.
struct Folded {
    bytes: [u8; LONGEST_NAME],
    len: usize,
}

impl Folded {
    /// `None` for a name that is too long to be one.
    fn new(name: &str) -> Option<Self> {
        let mut folded = Self { bytes: [0; LONGEST_NAME], len: 0 };
        for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
            *folded.bytes.get_mut(folded.len)? = byte.to_ascii_lowercase();
            folded.len += 1;
        }
        Some(folded)
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// The fields that have a spelling, which stand in several boxes or blocks.
pub(super) fn fields_called(name: &str) -> impl Iterator<Item = FieldId> {
    let spellings = DSREGCMD.spellings;
    let text = |&(text, _): &(u16, u8)| DSREGCMD.texts.text(text).as_bytes();
    let found = Folded::new(name).map_or(&[][..], |name| {
        let start = spellings.partition_point(|spelling| text(spelling) < name.as_bytes());
        let len = spellings[start..].iter().take_while(|spelling| text(spelling) == name.as_bytes()).count();
        &spellings[start..start + len]
    });
    found.iter().map(|&(_, id)| FieldId(id))
}

/// The part of the table that a title is of, such as `Work Account 1`, and what the title says beyond the part's name.
fn part_and_rest(title: &str) -> Option<(u8, usize)> {
    let title = Folded::new(title)?;
    // The blocks have no box of their own.
    (0..part::PREVIOUS_REGISTRATION).zip(DSREGCMD.parts).find_map(|(part, &name)| {
        let name = Folded::new(DSREGCMD.texts.text(name))?;
        title.as_bytes().starts_with(name.as_bytes()).then(|| (part, title.len - name.len))
    })
}

fn part_of(title: &str) -> Option<u8> {
    part_and_rest(title).map(|(part, _)| part)
}

/// Whether a line without a box is a title: nothing but the name, or a number behind it.
fn is_bare_title(text: &str) -> bool {
    part_and_rest(text).is_some_and(|(_, rest)| rest == 0 || rest == 1 && text.ends_with(|c: char| c.is_ascii_digit()))
}

/// A line without what people put around it when they quote it: `> `, `- `, backticks, asterisks.
fn bare(line: &str) -> &str {
    let is_blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let text = line.trim_matches(is_blank).trim_start_matches(['>', ' ']);
    let text = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")).unwrap_or(text);
    match text.trim_start_matches(['`', '*', '"']) {
        inner if inner.len() < text.len() => inner.trim_matches(is_blank).trim_end_matches(['`', '*', '"']),
        _ => text,
    }
}

/// The edge of a box.
fn is_edge(text: &str) -> bool {
    text.starts_with('+') && text.chars().all(|c| "+-=\u{2013}\u{2014}".contains(c))
}

/// What stands before and behind the first colon, if the one may be a name. The value of `KeySignTest: : MUST Run`
/// begins behind the second.
fn name_and_value(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim().trim_end_matches(['`', '*', '"']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "-_./()".contains(c);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() <= 64 && name.chars().all(is_part);
    let value = value.trim();
    let behind = value.strip_prefix(':').filter(|rest| rest.starts_with(char::is_whitespace));
    is_name.then(|| (name, behind.map_or(value, str::trim_start)))
}

/// Whether a text is the beginning of a field's name, as it stands at the end of a capture that is cut.
fn begins_name(text: &str) -> bool {
    let begins = |text: Folded| {
        let spelling = |&(spelling, _): &(u16, u8)| DSREGCMD.texts.text(spelling).as_bytes();
        text.len >= 4 && DSREGCMD.spellings.iter().any(|s| spelling(s).starts_with(text.as_bytes()))
    };
    !text.contains(':') && Folded::new(text).is_some_and(begins)
}

/// How the value of the field before may go on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Rest {
    /// It does not.
    #[default]
    None,
    /// The line was as long as a console is wide, which breaks it anywhere.
    Broken,
    /// It is what a server said, whose lines may have been broken between words.
    Said,
}

/// What came before the line that is read.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own.
struct Parser<'t> {
    captures: Vec<Capture<'t>>,
    rest: Rest,
    /// The line before was the edge of a box.
    behind_edge: bool,
    /// The line before was a field.
    behind_field: bool,
    /// The part that the box is of.
    part: Option<u8>,
    /// The part of the last field that stands in a block; it tells which of two fields of a name is meant.
    block: Option<u8>,
    /// A box of an account has begun.
    is_new_account: bool,
    /// The tokens that are spoken of are those of the premises.
    is_enterprise: bool,
    /// The fields are indented, as `dsregcmd` prints them.
    is_indented: bool,
    /// Text that is no field has come, so that names nobody knows are no fields either.
    is_outside: bool,
    /// The last line is the beginning of a field's name.
    is_half_a_name: bool,
}

impl<'t> Parser<'t> {
    fn line(&mut self, number: u32, line: &'t str) {
        let text = bare(line);
        let rest = core::mem::take(&mut self.rest);
        let behind_field = core::mem::take(&mut self.behind_field);
        if text.is_empty() {
            return;
        }
        self.is_half_a_name = false;
        let behind_edge = core::mem::replace(&mut self.behind_edge, is_edge(text));
        if self.behind_edge {
            return;
        }
        let is_indented = line.starts_with(char::is_whitespace);
        let is_boxed = text.starts_with('|');
        let inner = if is_boxed { text.trim_matches('|').trim() } else { text };
        let field = name_and_value(inner);
        // What a server said may hold lines of its own, such as `Correlation ID: ...`.
        let is_of_message = rest == Rest::Said && self.is_indented && !is_indented;
        let known = field.and_then(|(name, _)| self.known(name)).filter(|_| !is_of_message);
        if let Some((id, (name, value))) = known.zip(field) {
            self.is_indented = is_indented;
            self.behind_field = true;
            self.rest = if is_indented && line.chars().count() >= CONSOLE {
                Rest::Broken
            } else if id.row().value == FieldValue::Message {
                Rest::Said
            } else {
                Rest::None
            };
            self.field(number, Some(id), name, value);
        } else if is_boxed && (behind_edge || part_of(inner).is_some()) && !inner.is_empty() || is_bare_title(inner) {
            self.title(number, inner);
        } else if rest != Rest::None && (field.is_none() || !is_indented) {
            self.go_on(rest, line, text);
        } else {
            let is_inside = !self.captures.is_empty() && !self.is_outside && is_indented == self.is_indented;
            // An address or a prompt is no field.
            if let Some((name, value)) = field.filter(|(_, value)| is_inside && !value.starts_with(['/', '\\'])) {
                self.field(number, None, name, value);
            } else {
                (self.is_outside, self.is_half_a_name) = (true, behind_field && begins_name(inner));
                if let Some(capture) = self.captures.last_mut().filter(|_| !self.is_half_a_name) {
                    capture.is_cut = false;
                }
            }
        }
    }

    /// The rest of a value that stands on a line of its own.
    fn go_on(&mut self, rest: Rest, line: &str, text: &str) {
        let Some(field) = self.captures.last_mut().and_then(|capture| capture.fields.last_mut()) else { return };
        let is_said = field.id.is_some_and(|id| id.row().value == FieldValue::Message);
        let value = field.value.to_mut();
        if rest == Rest::Broken {
            value.push_str(line.trim_end());
        } else {
            value.push(' ');
            value.push_str(text);
        }
        self.rest = match () {
            () if line.chars().count() >= CONSOLE => Rest::Broken,
            () if is_said => Rest::Said,
            () => Rest::None,
        };
    }

    fn title(&mut self, number: u32, name: &'t str) {
        let part = part_of(name);
        // A title that nobody knows begins no capture.
        if part.is_none() && self.captures.is_empty() {
            return;
        }
        let follows = part == Some(part::DEVICE_STATE) && self.captures.last().is_some_and(|c| !c.titles.is_empty());
        if follows || self.captures.is_empty() {
            self.begin(number);
        }
        (self.part, self.block, self.is_outside) = (part, None, false);
        self.is_new_account = part == Some(part::WORK_ACCOUNT);
        if let Some(capture) = self.captures.last_mut() {
            let (name, first) = (Cow::Borrowed(name), capture.fields.len());
            capture.titles.push(Title { name, is_known: part.is_some(), line: number, first });
            capture.is_cut = true;
        }
    }

    /// Drops the last capture if it is none, so that a text full of beginnings is not kept.
    fn drop_what_is_none(&mut self) {
        if self.captures.last().is_some_and(|capture| !is_capture(capture)) {
            self.captures.pop();
        }
    }

    fn begin(&mut self, number: u32) {
        self.drop_what_is_none();
        self.captures.push(Capture::new(number));
        (self.part, self.block, self.is_enterprise) = (None, None, false);
    }

    /// The field that a name means here.
    fn known(&self, name: &str) -> Option<FieldId> {
        let of = |part: Option<u8>| fields_called(name).find(|id| part == Some(id.row().part));
        let first = || fields_called(name).next();
        of(self.block).or_else(|| of(self.part)).or_else(first)
    }

    fn field(&mut self, number: u32, id: Option<FieldId>, name: &'t str, value: &'t str) {
        // Captures may follow each other without their boxes.
        let repeats = |capture: &Capture| {
            id == Some(FieldId(field::AZUREADJOINED))
                && capture.titles.iter().all(|s| s.name.is_empty())
                && capture.get(FieldId(field::AZUREADJOINED), 0).is_some()
        };
        if self.captures.last().is_none_or(repeats) {
            self.begin(number);
        }
        let Some(capture) = self.captures.last_mut() else { return };
        if capture.titles.is_empty() {
            capture.titles.push(Title { name: Cow::Borrowed(""), is_known: true, line: number, first: 0 });
        }
        if let Some(id) = id {
            match id.0 {
                field::AZUREADPRT => self.is_enterprise = false,
                field::ENTERPRISEPRT => self.is_enterprise = true,
                _ => {}
            }
            self.is_outside = false;
            if let Some(kind) = id.block() {
                let blocks = &mut capture.blocks[kind];
                let (is_account, is_attempt) = (id.is_of(part::WORK_ACCOUNT), id.is_of(part::PRT_ATTEMPT));
                let goes_on = blocks.last().is_some_and(|last| {
                    last.position(id).is_none()
                        && id.row().value != FieldValue::Opens
                        && !(is_account && self.is_new_account)
                        && !(is_attempt && last.is_enterprise != self.is_enterprise)
                });
                if !goes_on && blocks.len() < MOST_BLOCKS {
                    blocks.push(Block { is_enterprise: self.is_enterprise, ..Block::default() });
                }
                self.is_new_account &= !is_account;
                self.block = Some(id.row().part);
            }
        }
        capture.is_cut = false;
        let section = capture.titles.last().map_or(Cow::Borrowed(""), |title| title.name.clone());
        let (name, value) = (Cow::Borrowed(name), Cow::Borrowed(value));
        capture.push(Field { id, name, value, shown: None, line: number, section });
    }
}
