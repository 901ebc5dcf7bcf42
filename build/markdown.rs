//! Reads the Markdown of `data/`: headings, `- Key: value` lines under them, labelled lists and tables.
//!
//! It is a small, strict subset on purpose. Paragraphs are for people and are skipped; everything else either means
//! something to the table compiler or is a fault, so that no row is lost because of a slip of formatting.

use super::faults::{Faults, Place};

/// A piece of text with the line it stands on.
#[derive(Clone, Debug)]
pub struct Located {
    pub place: Place,
    pub text: String,
}

/// A heading with all that stands under it, up to the next heading.
#[derive(Debug)]
pub struct Section {
    pub heading: Located,
    /// 1 for the title of the file.
    pub level: usize,
    /// The `- Key: value` lines directly under the heading.
    pub settings: Vec<(String, Located)>,
    /// Lists with the word before their colon, such as `Reasons:`.
    pub lists: Vec<(Located, Vec<Located>)>,
    pub tables: Vec<Table>,
}

#[derive(Debug)]
pub struct Table {
    pub place: Place,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub struct Row {
    pub place: Place,
    pub cells: Vec<String>,
}

/// What a bullet or numbered line belongs to.
enum Open {
    Settings,
    List,
    Nothing,
}

/// Splits a file into its sections.
pub fn parse(path: &str, text: &str, faults: &mut Faults) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open = Open::Nothing;
    let mut label: Option<Located> = None;
    let mut in_table = false;
    for (index, raw) in text.lines().enumerate() {
        let place = Place { path: path.to_owned(), line: index + 1 };
        let line = raw.trim();
        if raw.contains('\t') {
            faults.add(&place, "The line holds a tab.", "Write blanks.");
        }
        if raw.ends_with(' ') {
            faults.add(&place, "The line ends in a blank.", "Take it out.");
        }
        if !line.starts_with('|') {
            in_table = false;
        }
        if line.is_empty() {
            continue;
        }
        let level = line.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&level) && line[level..].starts_with(' ') {
            let heading = Located { place, text: line[level..].trim().to_owned() };
            sections.push(Section { heading, level, settings: vec![], lists: vec![], tables: vec![] });
            open = Open::Settings;
            label = None;
            continue;
        }
        let Some(section) = sections.last_mut() else {
            faults.add(&place, "The file does not begin with a heading.", "Begin it with `# Title`.");
            return sections;
        };
        if line.starts_with('|') {
            open = Open::Nothing;
            read_table_line(line, place, section, &mut in_table, faults);
        } else if let Some(item) = item(line) {
            match open {
                Open::Settings => match item.split_once(": ") {
                    Some((key, value)) => {
                        let value = Located { place, text: value.trim().to_owned() };
                        section.settings.push((key.to_owned(), value));
                    }
                    None => faults.add(
                        &place,
                        format!("`{line}` under a heading is no setting."),
                        "Write `- Key: value`, or put `Reasons:` or `Steps:` before the list.",
                    ),
                },
                Open::List => {
                    if let Some(label) = label.take() {
                        section.lists.push((label, Vec::new()));
                    }
                    let item = Located { place, text: item.to_owned() };
                    section.lists.last_mut().expect("a list is open").1.push(item);
                }
                Open::Nothing => faults.add(
                    &place,
                    "This list has no label.",
                    "Put `Reasons:` or `Steps:` on a line of its own before it.",
                ),
            }
        } else if let Some(word) = line.strip_suffix(':').filter(|word| !word.contains(' ')) {
            label = Some(Located { place, text: word.to_owned() });
            open = Open::List;
        } else {
            if matches!(open, Open::List) && label.is_none() {
                faults.add(
                    &place,
                    "A list item runs on over a second line.",
                    "Write each item on one line, and paragraphs before the first list.",
                );
            }
            open = Open::Nothing;
        }
    }
    sections
}

/// The text of a bullet (`- `) or of a numbered item (`1. `).
fn item(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some(rest.trim());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| line[digits..].strip_prefix(". ")).flatten().map(str::trim)
}

fn read_table_line(line: &str, place: Place, section: &mut Section, in_table: &mut bool, faults: &mut Faults) {
    let Some(cells) = cells(line) else {
        faults.add(&place, "The table row does not end with `|`.", "End it with `|`.");
        return;
    };
    if !*in_table {
        *in_table = true;
        section.tables.push(Table { place, columns: cells, rows: vec![] });
        return;
    }
    let table = section.tables.last_mut().expect("the header pushed it");
    if table.rows.is_empty() && place.line == table.place.line + 1 {
        if cells.len() != table.columns.len() || !cells.iter().all(|c| c.trim_matches(':').bytes().all(|b| b == b'-')) {
            faults.add(
                &place,
                "The line under the header row is no rule.",
                format!("Write `{}|`.", "| --- ".repeat(table.columns.len())),
            );
        }
        return;
    }
    if cells.len() != table.columns.len() {
        let (found, wanted) = (cells.len(), table.columns.len());
        faults.add(
            &place,
            format!("The row has {found} cells and its table {wanted} columns."),
            "Give each column a cell, and write a literal `|` as `\\|`.",
        );
        return;
    }
    table.rows.push(Row { place, cells });
}

/// The cells between unescaped bars.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        let cell = cells.last_mut()?;
        match c {
            '|' if escaped => {
                cell.pop();
                cell.push('|');
            }
            '|' => cells.push(String::new()),
            _ => cell.push(c),
        }
        escaped = c == '\\';
    }
    Some(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(text: &str) -> Vec<String> {
        let mut faults = Faults::default();
        parse("f.md", text, &mut faults);
        faults.into_sorted().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn reads_settings_lists_and_tables_with_their_lines() {
        let text = "# Title\n\n- Family: `win32`\n\nProse.\n\n## Part\n\nSteps:\n\n1. One.\n2. Two.\n\n| A | B |\n| --- | --- |\n| a \\| b | c |\n";
        let mut faults = Faults::default();
        let sections = parse("f.md", text, &mut faults);
        assert!(faults.into_sorted().is_empty());
        assert_eq!(sections[0].settings[0].0, "Family");
        assert_eq!(sections[0].settings[0].1.text, "`win32`");
        assert_eq!(sections[1].lists[0].1[1].text, "Two.");
        assert_eq!(sections[1].tables[0].rows[0].cells, ["a | b", "c"]);
        assert_eq!(sections[1].tables[0].rows[0].place.line, 16);
    }

    #[test]
    fn tells_slips_of_formatting() {
        assert_eq!(faults_of("Text\n"), ["f.md:1: The file does not begin with a heading. Begin it with `# Title`."]);
        assert_eq!(
            faults_of("# T\n\nText.\n\n- a\n"),
            ["f.md:5: This list has no label. Put `Reasons:` or `Steps:` on a line of its own before it."]
        );
        assert_eq!(
            faults_of("# T\n- a\n"),
            [
                "f.md:2: `- a` under a heading is no setting. Write `- Key: value`, or put `Reasons:` or `Steps:` before the list."
            ]
        );
        assert_eq!(
            faults_of("# T\nSteps:\n- a\nb\n"),
            [
                "f.md:4: A list item runs on over a second line. Write each item on one line, and paragraphs before the first list."
            ]
        );
        assert_eq!(
            faults_of("# T\n| a | b |\n| --- | --- |\n| c |\n"),
            [
                "f.md:4: The row has 1 cells and its table 2 columns. Give each column a cell, and write a literal `|` as `\\|`."
            ]
        );
        assert_eq!(
            faults_of("# T\n| a | b |\n| c | d |\n"),
            ["f.md:3: The line under the header row is no rule. Write `| --- | --- |`."]
        );
        assert_eq!(faults_of("# T\n| a\n"), ["f.md:2: The table row does not end with `|`. End it with `|`."]);
        assert_eq!(faults_of("# T\n\ta\n"), ["f.md:2: The line holds a tab. Write blanks."]);
    }
}
