//! The columns of a CSV file or of a W3C log: which of them have names that say what their numbers are.
//!
//! The names come from the header, which is read cell by cell as the marks come; what a name says is a matter of the
//! table of contexts.

use super::context::{self, Words};

/// A byte that delimits nothing, since lines end with it anyway.
const NOTHING: u8 = b'\n';

/// How many columns of a table are looked at.
const WATCHED: usize = 8;

/// The columns of a CSV file or of a W3C log whose names say what their numbers are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// What stands between cells; `NOTHING` where there are no columns.
    pub(super) delimiter: u8,
    /// The character around a cell that may hold delimiters, if there is one.
    pub(super) quote: u8,
    /// The line is the header.
    pub(super) in_header: bool,
    /// A quote is open.
    pub(super) is_quoted: bool,
    /// The number of the cell that has begun.
    pub(super) column: u16,
    /// Where it begins.
    pub(super) cell: u64,
    /// What its column says of it.
    pub(super) words: Option<Words>,
    watched: [(u16, Option<Words>); WATCHED],
    /// The numbers of the watched columns, modulo 64, as bits.
    likely: u64,
}

impl Columns {
    pub(super) const NONE: Self = Self {
        delimiter: NOTHING,
        quote: NOTHING,
        in_header: false,
        is_quoted: false,
        column: 0,
        cell: 0,
        words: None,
        watched: [(0, None); WATCHED],
        likely: 0,
    };

    /// The columns of a text that begins so: those of a table whose first line is a header, and those of a W3C log.
    pub(super) fn at_start(text: &[u8]) -> Self {
        if text.starts_with(W3C_HEADER) {
            return w3c_columns();
        }
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let line = text.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or(text);
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || b" _-\"()#./,;\t".contains(b) || *b >= 0x80;
        let begins = line.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'"');
        let parts = |delimiter: &u8| line.split(|b| b == delimiter).count() >= 3;
        match [b',', b';', b'\t'].into_iter().find(parts).filter(|_| begins && line.iter().all(is_name)) {
            Some(delimiter) => {
                let mut columns = Self::header(delimiter, b'"');
                columns.name(first_cell(line, delimiter));
                columns
            }
            None => Self::NONE,
        }
    }

    /// Whether the header has named nothing that is known.
    pub(super) fn are_none_watched(&self) -> bool {
        self.watched[0].1.is_none()
    }

    pub(super) fn header(delimiter: u8, quote: u8) -> Self {
        Self { delimiter, quote, in_header: true, ..Self::NONE }
    }

    pub(super) fn are_there(&self) -> bool {
        self.delimiter != NOTHING
    }

    /// The delimiter and the quote, if there are columns.
    pub(super) fn delimiters(&self) -> Option<(u8, u8)> {
        self.are_there().then_some((self.delimiter, self.quote))
    }

    /// Notes what a cell of the header names.
    pub(super) fn name(&mut self, name: &[u8]) {
        let words = context::of_name(name);
        if let (Some(_), Some(free)) = (words, self.watched.iter_mut().find(|(_, words)| words.is_none())) {
            *free = (self.column, words);
            self.likely |= 1 << (self.column % 64);
        }
    }

    /// Begins a cell.
    pub(super) fn begin(&mut self, column: u16, cell: u64) {
        self.column = column;
        self.cell = cell;
        self.words = None;
        if self.likely >> (column % 64) & 1 != 0 && !self.in_header {
            let watched = self.watched.iter().find(|(watched, _)| *watched == column);
            self.words = watched.and_then(|(_, words)| *words);
        }
    }
}

/// What the header of a W3C log begins with.
pub(super) const W3C_HEADER: &[u8] = b"#Fields:";

/// The columns that a W3C header is about to name, the first behind the blank that follows `#Fields:`.
pub(super) fn w3c_columns() -> Columns {
    Columns { column: u16::MAX, ..Columns::header(b' ', NOTHING) }
}

/// The first cell of a line.
pub(super) fn first_cell(text: &[u8], delimiter: u8) -> &[u8] {
    let end = text.iter().position(|&b| b == delimiter || b == b'\r' || b == b'\n').unwrap_or(text.len());
    &text[..end]
}
