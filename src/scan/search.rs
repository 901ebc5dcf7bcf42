//! From marks to matches: looks at each mark in its surroundings and decides whether it is a code.
//!
//! The invariant: a decision about a mark looks at nothing farther than [`REACH`] before it and [`AHEAD`] behind it, but
//! for the [`State`] that is carried along. A stream that keeps so much decides as the whole text does.

use core::ops::Range;

use super::columns::{Columns, W3C_HEADER, first_cell, w3c_columns};
use super::context::{self, Context, Words, Written};
use super::marks::{BLOCK, marks_of};
use super::reading::{Reading, is_failure, readings, resolve};
use super::{Cause, Form, Match, Scanner};
use crate::catalog::{Entry, lookup, lookup_label, symbol_entries};
use crate::code::{Aadsts, Code, NtStatus};
use crate::explain::{begun_aadsts, samba};
use crate::generated::SYMBOLS;
use crate::hash::{fold, fold_last, joint_bit};
use crate::vocabulary::{Confidence, Family};

/// How many bytes before the beginning of a code are looked at, and how many before a mark its code may begin.
const BACK: usize = 192;
/// How many bytes before a mark are looked at.
pub(super) const REACH: usize = 2 * BACK;
/// How many bytes from the beginning or the end of a code on are looked at, and how far from a mark its code may end.
const NEAR: usize = 192;
/// How many bytes from a mark on are looked at.
pub(super) const AHEAD: usize = 2 * NEAR;
/// How long the number of an event holds, in bytes.
const EVENT_REACH: u64 = 4096;
/// How far a code may stand from the one that it repeats, in bytes.
const REPEAT_REACH: u64 = 24;
/// How far a number may stand from the code that it says once more, in bytes: `1077 (0x435)`.
const REPEAT_GAP: u64 = 4;

/// What is remembered from one mark to the next. All places count from the beginning of the text or stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    /// Nothing has been searched yet.
    is_start: bool,
    /// The end of the last match, before which nothing else is found.
    resume: u64,
    /// The last event's number, and where it ceases to hold.
    pub(super) event: Option<(u16, u64)>,
    /// The last match's code and end.
    last: Option<(Code, u64)>,
    columns: Columns,
}

impl State {
    pub(super) const START: Self = Self { is_start: true, resume: 0, event: None, last: None, columns: Columns::NONE };

    /// The same where a text of this length ends, for a text of its own behind it.
    pub(super) fn behind(self, len: u64) -> Self {
        let event = self.event.and_then(|(id, until)| match until {
            u64::MAX => Some((id, until)),
            until => until.checked_sub(len).map(|rest| (id, rest)),
        });
        let mut columns = self.columns;
        columns.cell = columns.cell.saturating_sub(len);
        Self { is_start: self.is_start && len == 0, resume: 0, event, last: None, columns }
    }
}

/// Goes through a part of a text.
#[derive(Clone, Debug)]
pub(super) struct Search<'t> {
    text: &'t [u8],
    /// Where the text begins in the stream.
    base: u64,
    /// Where the part ends.
    end: usize,
    /// Where the current block begins, and which of its bytes are marked and still to be looked at.
    block: usize,
    marks: u64,
    /// Where the last match ends, and up to where a number may say it once more.
    resume: usize,
    repeats: usize,
    unknown: bool,
    /// The text begins with a cell, which no mark tells.
    begins_with_cell: bool,
    pub(super) state: State,
}

impl<'t> Search<'t> {
    pub(super) fn new(scanner: Scanner, text: &'t [u8], base: u64, part: Range<usize>) -> Self {
        let Scanner { unknown, state } = scanner;
        let (block, end) = (part.start, part.end);
        let begins_with_cell =
            part.start == 0 && !state.is_start && state.columns.words.is_some() && state.columns.cell == base;
        let mut search =
            Self { text, base, end, block, marks: 0, resume: 0, repeats: 0, unknown, begins_with_cell, state };
        search.recall();
        if !part.is_empty() {
            if part.start == 0 && search.state.is_start {
                search.state.columns = Columns::at_start(search.ahead(0));
            }
            search.state.is_start = false;
            search.mark_from(part.start);
        }
        search
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Match> {
        if core::mem::take(&mut self.begins_with_cell) {
            if let Some(found) = self.cell_number(0) {
                return Some(self.noted(found));
            }
        }
        while let Some(at) = self.candidate() {
            if let Some(found) = self.check(at) {
                return Some(self.noted(found));
            }
        }
        None
    }

    /// Remembers a match.
    #[inline]
    fn noted(&mut self, found: Match) -> Match {
        self.state.resume = found.end;
        self.state.last = Some((found.code, found.end));
        self.recall();
        found
    }

    /// Notes where the text goes on behind the last match.
    fn recall(&mut self) {
        let here = |place: u64| place.saturating_sub(self.base) as usize;
        self.resume = here(self.state.resume);
        self.repeats = self.state.last.map_or(0, |(_, end)| here(end + REPEAT_GAP + 1));
    }

    /// The next mark that is worth a closer look. Most are not, and nothing but the text around them tells: this loop
    /// changes no state, so that it runs in registers.
    #[inline]
    fn candidate(&mut self) -> Option<usize> {
        let (text, end, delimiters) = (self.text, self.end, self.state.columns.delimiters());
        let (resume, repeats) = (self.resume, self.repeats);
        let (mut block, mut marks) = (self.block, self.marks);
        loop {
            while marks != 0 {
                let at = block + marks.trailing_zeros() as usize;
                marks &= marks - 1;
                if at >= resume && is_worth_a_look(text, at, at < repeats) {
                    (self.block, self.marks) = (block, marks);
                    return Some(at);
                }
            }
            block += BLOCK;
            if block >= end {
                (self.block, self.marks) = (end, 0);
                return None;
            }
            marks = marks_of(text, block, end, delimiters);
        }
    }

    /// Marks what begins at a place anew, since what delimits cells has changed.
    fn mark_from(&mut self, start: usize) {
        self.block = start;
        self.marks =
            if start < self.end { marks_of(self.text, start, self.end, self.state.columns.delimiters()) } else { 0 };
    }

    /// A byte of the text; a line feed beyond its edges.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(b'\n')
    }

    #[inline]
    fn byte_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b'\n', |before| self.byte(before))
    }

    /// What stands before a place, as far as one may look.
    #[inline]
    fn back(&self, at: usize) -> &'t [u8] {
        &self.text[at.saturating_sub(BACK)..at]
    }

    /// What stands from a place on, as far as one may look.
    #[inline]
    fn ahead(&self, at: usize) -> &'t [u8] {
        &self.text[at..self.text.len().min(at + NEAR)]
    }

    /// Looks at a mark. Where there are columns, most marks end a cell.
    #[inline]
    fn check(&mut self, at: usize) -> Option<Match> {
        let byte = self.text[at];
        let columns = &self.state.columns;
        if columns.are_there() && (byte == b'\n' || byte == columns.delimiter || byte == columns.quote) {
            return self.cell(at, byte);
        }
        self.code(at, byte)
    }

    /// Reads the code that may be at a mark.
    #[inline(never)]
    fn code(&mut self, at: usize, byte: u8) -> Option<Match> {
        match byte {
            b'x' | b'X' => self.hexadecimal(at),
            b'_' => self.symbol(at),
            b'S' => self.winsock(at - 1),
            b'#' => self.header(at),
            _ => self.digit(at),
        }
    }

    /// The first digit of a number.
    #[inline]
    fn digit(&mut self, at: usize) -> Option<Match> {
        let before = self.byte_before(at);
        match before {
            b'S' => self.aadsts(at),
            // c0000005
            b'c' | b'C' if is_apart(self.byte_before(at - 1)) => self.unexplained(at - 1),
            b'-' if is_apart(self.byte_before(at - 1)) => match self.signed(at - 1) {
                None => self.unexplained(at),
                found => found,
            },
            _ if is_apart(before) => self.unexplained(at),
            _ => None,
        }
    }

    /// A number of which only its surroundings may tell that it is a code. Most are none of ours, which has to be told
    /// fast.
    #[inline(never)]
    fn unexplained(&mut self, at: usize) -> Option<Match> {
        if self.byte_before(at) == b'/' && self.back(at).ends_with(b"HTTP/") {
            return self.http_status(at);
        }
        let words = context::before(self.back(at));
        let may_repeat = self.state.last.is_some_and(|(_, end)| self.is_near(end, at, REPEAT_GAP));
        if words.is_none() && self.byte(at + 8) != b':' && !may_repeat {
            return None;
        }
        self.number(at, words)
    }

    /// The header of a W3C log.
    #[inline(never)]
    fn header(&mut self, at: usize) -> Option<Match> {
        if self.byte_before(at) == b'\n' && self.ahead(at).starts_with(W3C_HEADER) {
            self.state.columns = w3c_columns();
            self.mark_from(at + 1);
        }
        None
    }

    /// The end of a cell or of a line, or a quote.
    #[inline(never)]
    fn cell(&mut self, at: usize, byte: u8) -> Option<Match> {
        let behind = self.ahead(at + 1);
        let columns = &mut self.state.columns;
        if byte == b'\n' {
            if columns.are_none_watched() {
                // The header names nothing that is known.
                *columns = Columns::NONE;
                self.mark_from(at + 1);
                return None;
            }
            (columns.in_header, columns.is_quoted) = (false, false);
            // The other lines of a W3C header have no columns.
            columns.column = if behind.first() == Some(&b'#') { u16::MAX / 2 } else { u16::MAX };
        } else if byte == columns.quote {
            columns.is_quoted ^= true;
            return None;
        } else if columns.is_quoted {
            return None;
        }
        columns.begin(columns.column.wrapping_add(1), self.base + at as u64 + 1);
        if columns.in_header {
            columns.name(first_cell(behind, columns.delimiter));
            return None;
        }
        self.cell_number(at + 1)
    }

    /// The decimal number that a cell may hold; the other forms have marks of their own.
    fn cell_number(&mut self, start: usize) -> Option<Match> {
        self.state.columns.words?;
        let is_quoted = self.byte(start) == self.state.columns.quote;
        let start = start + usize::from(is_quoted);
        let found = if self.byte(start).is_ascii_digit() { self.number(start, None)? } else { return None };
        // What stands before the end of a match is passed over, and with it the mark of the quote.
        self.state.columns.is_quoted |= is_quoted;
        Some(found)
    }

    /// What the words that stand before a number, or else its column or the words behind it, say that it is; and why.
    fn context(&self, span: Range<usize>, words: Option<Words>, written: Written) -> Option<(Context, Cause)> {
        let place = self.base + span.start as u64;
        let event = self.state.event.filter(|&(_, until)| place <= until).map(|(id, _)| id);
        let columns = &self.state.columns;
        if let Some(words) = columns.words {
            if place == columns.cell || place == columns.cell + 1 && self.byte_before(span.start) == columns.quote {
                let context = words.row(written, event)?;
                return Some((context, Cause::Column));
            }
        }
        let before = words.and_then(|words| words.row(written, event));
        // Words behind a number are looked for where it might be taken for a code otherwise.
        let may_be_code = words.is_some() || written.digits == 8 && !written.prefixed;
        if may_be_code && !before.is_some_and(Context::names_event) {
            if let Some(context) = context::behind(self.ahead(span.end), written) {
                return Some((context, Cause::Behind));
            }
        }
        let context = before?;
        let cause = match event {
            Some(event) if context.is_of_event() => Cause::InEvent(event),
            _ => Cause::Before,
        };
        Some((context, cause))
    }

    /// Whether a number says the last match once more.
    fn repeats(&self, start: usize, value: u32) -> Option<Code> {
        let (code, end) = self.state.last?;
        (code.value() == value && self.is_near(end, start, REPEAT_GAP)).then_some(code)
    }

    /// `0x` and digits.
    #[inline(never)]
    fn hexadecimal(&self, at: usize) -> Option<Match> {
        let start = at - 1;
        // A pointer, an offset behind a symbol, or the end of a longer word.
        let before = self.byte_before(start);
        if before.is_ascii_alphanumeric() || matches!(before, b'@' | b'+' | b'`') {
            return None;
        }
        let digits = self.ahead(at + 1);
        let (len, value) = hexadecimal(digits);
        let mut end = at + 1 + len;
        // The suffixes of C.
        while end < at + 4 + len && matches!(self.byte(end), b'u' | b'U' | b'l' | b'L') {
            end += 1;
        }
        if !self.number_ends(end) || is_guid(self.ahead(end)) {
            return None;
        }
        if !(1..=16).contains(&len) {
            return None;
        }
        let written = Written { prefixed: true, decimal: false, digits: len };
        let extended = len == 16 && value >> 31 == 0x1_FFFF_FFFF;
        let context = self.context(start..end, context::before(self.back(start)), written);
        // A debugger prints a status so.
        let status =
            len == 16 && u32::try_from(value).is_ok_and(|low| low >= 0xC000_0000 && NtStatus(low).entry().is_some());
        let form = if extended { Form::SignExtended } else { Form::Hexadecimal };
        let narrow = u32::try_from(value).ok().or_else(|| extended.then_some(value as u32))?;
        if let Some(code) = self.repeats(start, narrow) {
            return Some(self.found(start..end, &Reading::of(code)?, form, Cause::Repeats, None));
        }
        if context.is_some_and(|(context, _)| context.denies()) {
            return None;
        }
        // A short number, or a long one with nothing in its upper half, is a code where somebody says so.
        let shows_itself = (len == 8 || extended || status) && narrow > 0xFFFF && !is_round(narrow);
        if !shows_itself && context.is_none() {
            return None;
        }
        let (context, cause) = context.map_or((None, Cause::Form), |(context, cause)| (Some(context), cause));
        // A status that reports success looks like any small number.
        let is_meant = |code: Code| context.is_some() || narrow >= 1 << 30 || code.family() == Family::Hresult;
        match &resolve(narrow, context) {
            Some(reading) if is_meant(reading.code) => {
                return Some(self.found(start..end, reading, form, cause, context));
            }
            _ => {}
        }
        if !self.unknown || len != 8 || narrow == 0 {
            return None;
        }
        let code = readings(narrow, None).next()?;
        let reading = Reading { code, entry: None, confidence: Confidence::Guess };
        Some(self.found(start..end, &reading, form, Cause::Unknown, None))
    }

    /// A minus sign and digits.
    #[inline(never)]
    fn signed(&self, at: usize) -> Option<Match> {
        let digits = &self.ahead(at + 1);
        let len = digits.iter().take(11).take_while(|b| b.is_ascii_digit()).count();
        let end = at + 1 + len;
        if len > 10 || !self.number_ends(end) || self.byte(end) == b'-' || matches!(self.byte_before(at), b'-' | b'.') {
            return None;
        }
        let magnitude = decimal(&digits[..len]).filter(|&magnitude| magnitude > 0)?;
        let value = u32::try_from(magnitude).ok().filter(|&magnitude| magnitude <= 1 << 31)?.wrapping_neg();
        let written = Written { prefixed: false, decimal: true, digits: len };
        let context = self.context(at..end, context::before(self.back(at)), written);
        if context.is_some_and(|(context, _)| context.denies()) {
            return None;
        }
        if let Some(code) = self.repeats(at, value) {
            return Some(self.found(at..end, &Reading::of(code)?, Form::SignedDecimal, Cause::Repeats, None));
        }
        // -1018 is a code of the Extensible Storage Engine where somebody says so.
        if magnitude < 1_000_000 {
            let (context, cause) = context?;
            let family = context.families().find(|family| matches!(family, Family::Ese | Family::MsiDatabase))?;
            let reading = Reading::of(Code::new(family, value)).filter(|reading| reading.entry.is_some())?;
            return Some(self.found(at..end, &reading, Form::SignedDecimal, cause, Some(context)));
        }
        self.read(at..end, value, Form::SignedDecimal, context)
    }

    /// Digits without a prefix, which the words before them, or behind them, or a column must explain.
    #[inline(never)]
    fn number(&mut self, start: usize, words: Option<Words>) -> Option<Match> {
        let digits = self.ahead(start);
        let (len, value) = hexadecimal(digits);
        let end = start + len;
        let digits = &digits[..len];
        let all_decimal = digits.iter().all(u8::is_ascii_digit);
        if !self.number_ends(end) || len > 10 || self.byte(end) == b'%' || !all_decimal && len > 8 {
            return None;
        }
        let in_cell = self.base + start as u64 <= self.state.columns.cell + 1 && self.state.columns.words.is_some();
        if matches!(self.byte(end), b'-' | b'/') && self.byte(end + 1).is_ascii_alphanumeric() && !in_cell {
            return None;
        }
        let written = Written { prefixed: false, decimal: all_decimal, digits: len };
        let context = self.context(start..end, words, written);
        let hexadecimal = u32::try_from(value).ok();
        let decimal = if all_decimal { decimal(digits).and_then(|value| u32::try_from(value).ok()) } else { None };
        let Some((context, cause)) = context else {
            // `0x435 (1077)` and `SYSTEM_THREAD_EXCEPTION_NOT_HANDLED (7e)`.
            let said = |value: Option<u32>, form| self.repeats(start, value?).map(|code| (code, form));
            let (code, form) = said(decimal, Form::Decimal).or_else(|| said(hexadecimal, Form::BareHexadecimal))?;
            return Some(self.found(start..end, &Reading::of(code)?, form, Cause::Repeats, None));
        };
        if context.denies() {
            return None;
        }
        if context.names_event() {
            let place = self.base + end as u64;
            self.state.event = decimal.and_then(|id| u16::try_from(id).ok()).map(|id| (id, place + EVENT_REACH));
            return None;
        }
        let eight = len == 8;
        let is_decimal = context.is_decimal();
        let as_hexadecimal = context.is_hexadecimal() || eight && digits[0] == b'0' && !is_decimal;
        let context = Some((context, cause));
        let read_decimal = || self.read(start..end, decimal?, Form::Decimal, context);
        let read_hexadecimal = || self.read(start..end, hexadecimal?, Form::BareHexadecimal, context);
        if as_hexadecimal {
            read_hexadecimal()
        } else if eight && !is_decimal {
            read_decimal().or_else(read_hexadecimal)
        } else {
            read_decimal()
        }
    }

    /// The status behind the version of the protocol: `HTTP/1.1 404`.
    fn http_status(&mut self, version: usize) -> Option<Match> {
        let ahead = self.ahead(version);
        let len = ahead.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        let status = version + len + 1;
        let follows = len <= 3 && ahead.get(len) == Some(&b' ') && self.byte(status).is_ascii_digit();
        if follows { self.number(status, context::of_name(b"HTTP")) } else { None }
    }

    /// `AADSTS` and five to seven digits, the first of which is marked.
    #[inline(never)]
    fn aadsts(&self, at: usize) -> Option<Match> {
        let start = at.checked_sub(b"AADSTS".len())?;
        if !self.text[start..at].eq(b"AADSTS") || self.byte_before(start).is_ascii_alphanumeric() {
            return None;
        }
        let digits = self.ahead(at);
        let len = digits.iter().take(8).take_while(|b| b.is_ascii_digit()).count();
        let end = at + len;
        if !(5..=7).contains(&len) || self.byte(end).is_ascii_alphanumeric() {
            return None;
        }
        let number = decimal(&digits[..len])? as u32;
        let code = Aadsts(number).code();
        // An unknown number may extend a known one.
        let entry = begun_aadsts(number);
        let (code, confidence, cause) = match entry.map(Entry::code) {
            Some(known) if known == code => (code, Confidence::Exact, Cause::Form),
            Some(parent) => (parent, Confidence::Guess, Cause::ParentAadsts),
            None if self.unknown => (code, Confidence::Guess, Cause::Unknown),
            None => return None,
        };
        Some(self.found(start..end, &Reading { code, entry, confidence }, Form::Aadsts, cause, None))
    }

    /// A word with an underscore, the first of which is marked.
    fn symbol(&self, at: usize) -> Option<Match> {
        let first = self.back(at).iter().rev().take_while(|&&b| fold(b) != 0).count();
        let start = at - first;
        if first == 0 || matches!(self.byte_before(start), b'_' | b'$' | b'%') { None } else { self.word(start) }
    }

    /// A Winsock error, which has no underscore.
    fn winsock(&self, at: usize) -> Option<Match> {
        let before = self.byte_before(at);
        let begins = !before.is_ascii_alphanumeric() && before != b'_';
        if begins && self.ahead(at).starts_with(b"WSA") { self.word(at) } else { None }
    }

    /// The symbol that a word is, or the label that the words before it say it is.
    #[inline(never)]
    fn word(&self, start: usize) -> Option<Match> {
        let word = self.ahead(start);
        let len = word.iter().take_while(|&&b| fold(b) != 0 || b == b'_').count();
        let (word, span) = (&word[..len], start..start + len);
        let is_one = |entry: &Entry| is_error(entry.family()) && is_failure(*entry) && is_spelt(*entry, word);
        let exact = |entry: Entry| Reading { code: entry.code(), entry: Some(entry), confidence: Confidence::Exact };
        let words = || self.context(span.clone(), context::before(self.back(start)), Written::NAME);
        if let Some(entry) = symbol_entries(word).find(is_one) {
            // Some bug checks have the names of ordinary things.
            if entry.family() == Family::BugCheck && words().is_some_and(|(context, _)| context.denies()) {
                return None;
            }
            return Some(self.found(span, &exact(entry), Form::Symbol, Cause::Form, None));
        }
        let text = core::str::from_utf8(word).ok()?;
        if let Some(entry) = samba(text).filter(|&entry| is_failure(entry)) {
            return Some(self.found(span, &exact(entry), Form::Symbol, Cause::SambaSymbol, None));
        }
        let entry = lookup_label(text).next()?;
        let (context, cause) = words().filter(|(context, _)| context.families().any(|f| f == Family::Condition))?;
        Some(self.found(span, &exact(entry), Form::Label, cause, Some(context)))
    }

    /// Whether a number ends at a place: what follows belongs neither to it nor to a version, a time or an address.
    fn number_ends(&self, end: usize) -> bool {
        let (next, second) = (self.byte(end), self.byte(end + 1));
        !(next.is_ascii_alphanumeric()
            || matches!(next, b'`' | b'@')
            || matches!(next, b'.' | b':') && second.is_ascii_digit())
    }

    /// A number as its context, or the bits of it, say.
    fn read(&self, span: Range<usize>, value: u32, form: Form, context: Option<(Context, Cause)>) -> Option<Match> {
        let (context, cause) = context.map_or((None, Cause::Form), |(context, cause)| (Some(context), cause));
        let reading = resolve(value, context)?;
        Some(self.found(span, &reading, form, cause, context))
    }

    /// Whether a match that ended at a place stands shortly before another place, on the same line.
    fn is_near(&self, end: u64, start: usize, reach: u64) -> bool {
        let gap = (self.base + start as u64).checked_sub(end).filter(|&gap| gap <= reach);
        gap.is_some_and(|gap| !self.back(start).iter().rev().take(gap as usize).any(|&byte| byte == b'\n'))
    }

    fn found(
        &self,
        span: Range<usize>,
        reading: &Reading,
        form: Form,
        cause: Cause,
        context: Option<Context>,
    ) -> Match {
        let &Reading { code, entry, confidence } = reading;
        let start = self.base + span.start as u64;
        let repeats =
            self.state.last.is_some_and(|(last, end)| last == code && self.is_near(end, span.start, REPEAT_REACH));
        let end = self.base + span.end as u64;
        Match { start, end, code, entry, confidence, form, cause, context, repeats }
    }
}

/// Whether the text around a mark leaves open that it is a code, or that a number repeats one.
#[inline]
fn is_worth_a_look(text: &[u8], at: usize, may_repeat: bool) -> bool {
    match text[at] {
        b'_' => is_joint(text, at),
        b'0'..=b'9' => may_repeat || is_worth_a_digit(text, at),
        _ => true,
    }
}

/// The same of the first digit of a number.
#[inline(never)]
fn is_worth_a_digit(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(BACK)..at];
    let followed = |ahead: usize, by: u8| text.get(at + ahead).is_some_and(|&byte| byte == by);
    match before.last() {
        // A minus sign, AADSTS, c0000005 and HTTP/1.1.
        Some(b'-' | b'S' | b'c' | b'C' | b'/') => true,
        // The `0` of `0x`, whose `x` is marked too.
        _ if followed(1, b'x') => false,
        Some(&byte) => is_apart(byte) && (context::may_precede(before) || followed(8, b':')),
        None => followed(8, b':'),
    }
}

/// Whether a `_` may be the first one of a symbol, as far as the letters around it tell.
#[inline]
fn is_joint(text: &[u8], at: usize) -> bool {
    let around = at.checked_sub(4).and_then(|from| text.get(from..)?.first_chunk()).copied();
    let [d, c, b, a, _, first, second] = around.unwrap_or_else(|| around_at_edge(text, at));
    let bit = joint_bit(fold_last([d, c, b, a]), [first, second]);
    SYMBOLS.joints[bit / 64] >> (bit % 64) & 1 != 0
}

/// The bytes around a `_` near the edges of the text.
#[cold]
fn around_at_edge(text: &[u8], at: usize) -> [u8; 7] {
    let byte = |place: usize| place.checked_sub(4).and_then(|place| text.get(place)).copied().unwrap_or(b'\n');
    core::array::from_fn(|place| byte(at + place))
}

/// Whether a number may begin behind a byte. At the beginning of a line the first digit is not marked, since most lines
/// begin with a time.
#[inline]
fn is_apart(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'/' | b':'..=b'>' | b'[' | b'S' | b'{' | b'|')
}

/// Whether symbols of a family are failures, which phases and states are not.
fn is_error(family: Family) -> bool {
    !matches!(family, Family::SetupPhase | Family::SetupOperation | Family::IntuneApp)
}

/// Whether a word is a symbol as it is spelt: in the headers' case, or in lower case if no ordinary identifier looks
/// like it.
fn is_spelt(entry: Entry, word: &[u8]) -> bool {
    let exact = || entry.name_bytes() == word || entry.aliases().any(|alias| alias.as_bytes() == word);
    let distinct = || {
        let parts = word.split(|&b| b == b'_').count();
        entry.family() != Family::BugCheck
            && (parts >= 3 || word.starts_with(b"e_") && lookup(entry.code()) == Some(entry))
    };
    exact() || distinct() && !word.iter().any(u8::is_ascii_uppercase)
}

/// Whether a number has bits in its upper half alone and no failure's: flags, sizes and addresses look so.
fn is_round(value: u32) -> bool {
    value.trailing_zeros() >= 16 && value < 0x8000_0000
}

/// Whether a GUID's second group follows.
fn is_guid(text: &[u8]) -> bool {
    matches!(text, [b'-', group @ .., ] if group.len() > 4 && group[4] == b'-' && group[..4].iter().all(u8::is_ascii_hexdigit))
}

/// How many hexadecimal digits a text begins with, up to 17, and the value of the last 16 of them.
fn hexadecimal(text: &[u8]) -> (usize, u64) {
    let (mut len, mut value) = (0, 0);
    for &byte in text.iter().take(17) {
        let Some(digit) = char::from(byte).to_digit(16) else { break };
        value = value << 4 | u64::from(digit);
        len += 1;
    }
    (len, value)
}

/// The value of decimal digits; `None` for none, and for more than 18 of them.
fn decimal(digits: &[u8]) -> Option<u64> {
    (1..=18).contains(&digits.len()).then(|| digits.iter().fold(0, |all, byte| all * 10 + u64::from(byte - b'0')))
}
