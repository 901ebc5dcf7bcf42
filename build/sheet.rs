//! Tables and cells with their meaning: known columns, lists, code spans, links, words.
//!
//! Every reader here takes a cell and either gives its value or records a fault and goes on.

use std::fmt::Display;
use std::str::FromStr;

use super::faults::{Faults, Place};
use super::markdown::{Row, Section, Table};

/// A table whose columns have been checked.
pub struct Sheet<'a> {
    table: &'a Table,
}

impl<'a> Sheet<'a> {
    /// Checks that the columns are known, stand once, and include the required ones.
    pub fn new(table: &'a Table, required: &[&str], optional: &[&str], faults: &mut Faults) -> Option<Self> {
        let mut sound = true;
        for (at, column) in table.columns.iter().enumerate() {
            if !required.contains(&column.as_str()) && !optional.contains(&column.as_str()) {
                let known = [required, optional].concat().join(", ");
                let what = format!("There is no column `{column}` in this kind of table.");
                faults.add(&table.place, what, format!("Use one of {known}."));
                sound = false;
            }
            if table.columns[..at].contains(column) {
                faults.add(&table.place, format!("The column `{column}` stands twice."), "Keep one.");
                sound = false;
            }
        }
        for column in required {
            if !table.columns.iter().any(|c| c == column) {
                faults.add(&table.place, format!("The column `{column}` is missing."), "Add it.");
                sound = false;
            }
        }
        sound.then_some(Self { table })
    }

    /// The rows, each with access to its cells by column.
    pub fn records(&self) -> impl Iterator<Item = Record<'a>> + use<'a> {
        let columns = &self.table.columns;
        self.table.rows.iter().map(move |row| Record { columns, row })
    }
}

/// A row of a sheet.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    columns: &'a [String],
    row: &'a Row,
}

impl<'a> Record<'a> {
    pub fn place(&self) -> &'a Place {
        &self.row.place
    }

    /// The text of a cell; empty where the table has no such column.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.columns.iter().position(|c| c == column);
        at.map_or("", |at| &self.row.cells[at])
    }
}

/// The settings under a heading, checked against the keys it may have.
pub struct Settings<'a> {
    section: &'a Section,
}

impl<'a> Settings<'a> {
    pub fn new(section: &'a Section, known: &[&str], faults: &mut Faults) -> Self {
        for (at, (key, value)) in section.settings.iter().enumerate() {
            if !known.contains(&key.as_str()) {
                let remedy = if known.is_empty() {
                    "Take it out.".to_owned()
                } else {
                    format!("Use one of {}.", known.join(", "))
                };
                faults.add(&value.place, format!("There is no setting `{key}` under this heading."), remedy);
            }
            if section.settings[..at].iter().any(|(k, _)| k == key) {
                faults.add(&value.place, format!("The setting `{key}` stands twice."), "Keep one.");
            }
        }
        Self { section }
    }

    /// The text of a setting and its place; empty, and the heading's place, where there is no such setting.
    pub fn get(&self, key: &str) -> (&'a str, &'a Place) {
        let found = self.section.settings.iter().find(|(k, _)| k == key);
        found.map_or(("", &self.section.heading.place), |(_, v)| (v.text.as_str(), &v.place))
    }

    /// Whether the file is one of the large catalogue.
    pub fn is_only_sdk(&self, faults: &mut Faults) -> bool {
        match self.get("Feature") {
            ("", _) => false,
            ("`sdk`", _) => true,
            (other, place) => {
                faults.add(place, format!("There is no feature {other}."), "Write `sdk`, or leave the line out.");
                false
            }
        }
    }
}

/// The parts of a cell between `<br>`.
pub fn list(cell: &str) -> Vec<&str> {
    cell.split("<br>").map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The parts of a setting or cell between commas, those inside backticks not counted.
pub fn comma_list(text: &str) -> Vec<&str> {
    let mut literal = false;
    let parts = text.split(|c: char| {
        literal ^= c == '`';
        c == ',' && !literal
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The text inside backticks, which is all there may be.
pub fn code_span<'a>(text: &'a str, place: &Place, faults: &mut Faults) -> Option<&'a str> {
    let inner = text.strip_prefix('`').and_then(|t| t.strip_suffix('`')).filter(|t| !t.contains('`'));
    if inner.is_none() {
        faults.add(place, format!("`{text}` is not in backticks."), "Put the literal in backticks, alone.");
    }
    inner
}

/// A word of the vocabulary, in backticks or bare.
pub fn word<T>(text: &str, place: &Place, faults: &mut Faults) -> Option<T>
where
    T: FromStr,
    T::Err: Display,
{
    match text.trim_matches('`').parse() {
        Ok(word) => Some(word),
        Err(error) => {
            faults.add(place, format!("`{text}` is unknown."), error.to_string());
            None
        }
    }
}

/// A link, `[title](https://address)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub title: String,
    pub url: String,
}

/// Links that follow one another, with commas, blanks or `<br>` between them.
pub fn links(text: &str, place: &Place, faults: &mut Faults) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([',', ' ']);
        rest = rest.strip_prefix("<br>").unwrap_or(rest).trim_start();
        if rest.is_empty() {
            return links;
        }
        let parts = rest.strip_prefix('[').and_then(|r| r.split_once("](")).and_then(|(title, r)| {
            let (url, r) = r.split_once(')')?;
            Some((title, url, r))
        });
        let Some((title, url, after)) = parts else {
            faults.add(place, format!("`{rest}` is no link."), "Write `[Title](https://address)`.");
            return links;
        };
        if !is_url(url) {
            faults.add(place, format!("`{url}` is no address."), "Write an absolute one that begins with `https://`.");
        }
        links.push(Link { title: title.to_owned(), url: url.to_owned() });
        rest = after;
    }
}

/// Whether a text is an absolute address.
pub fn is_url(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
        && !text.contains([' ', '<', '>', '|'])
}
