//! The manifest of a report: from which bytes, by which settings, which files came about. `verify` reads it back years later.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema_name;

/// What a run wrote.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Manifest {
    /// The settings by which the numbers came about, with the names of the report's list of sources.
    pub options: Vec<Setting>,
    /// What was counted.
    pub counts: Vec<Count>,
    /// The files that were written.
    pub outputs: Vec<Output>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// A number that the run counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// What was counted: households, members, pairs …
    pub name: String,
    /// How many.
    pub count: u64,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Output {
    /// The file, within the folder of the manifest, parted with `/`.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What `verify` needs of a manifest, of `report` or of `ingest`, of this version of the program or a later one.
#[derive(Debug, PartialEq, Eq)]
pub struct Promised {
    /// The version of the program that wrote it.
    pub tool: String,
    /// The files that were read, as the user named them then.
    pub inputs: Vec<Output>,
    /// The files that were written, within the folder of the manifest.
    pub outputs: Vec<Output>,
}

/// Reads a manifest.
///
/// # Errors
/// When the text is no manifest: the schema of what it is instead, where it names one.
pub fn read(text: &str) -> Result<Promised, Option<String>> {
    #[derive(Deserialize)]
    struct Read {
        schema: String,
        tool: String,
        inputs: Vec<ReadInput>,
        result: ReadResult,
    }
    #[derive(Deserialize)]
    struct ReadInput {
        file: String,
        sha256: Option<String>,
    }
    #[derive(Deserialize)]
    struct ReadResult {
        #[serde(default, alias = "tables")]
        outputs: Vec<Output>,
    }
    let read: Read = serde_json::from_str(text).map_err(|_| None)?;
    if ![schema_name("report"), schema_name("ingest")].contains(&read.schema) {
        return Err(Some(read.schema));
    }
    let inputs = read.inputs.into_iter().filter_map(|input| Some(Output { file: input.file, sha256: input.sha256? }));
    let mut outputs = read.result.outputs;
    // `ingest --as xlsx` names its one workbook once for each table.
    outputs.dedup();
    Ok(Promised { tool: read.tool, inputs: inputs.collect(), outputs })
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Input, IssueCounts};
    use super::*;

    #[test]
    fn a_manifest_is_read_back_as_it_was_written() {
        let output = Output { file: "bao-cao-2023.xlsx".into(), sha256: "ab".into() };
        let manifest = Manifest { options: Vec::new(), counts: Vec::new(), outputs: vec![output.clone()] };
        let input = Input { file: "xa.csv".into(), sha256: Some("cd".into()), error: None, sheets: Vec::new() };
        let unread = Input { file: "hong.xls".into(), sha256: None, error: Some("file-unreadable".into()), sheets: Vec::new() };
        let document = Document {
            schema: schema_name("report"),
            tool: env!("CARGO_PKG_VERSION"),
            year: None,
            as_of: None,
            inputs: vec![input, unread],
            issues: IssueCounts::default(),
            corrections: None,
            result: manifest,
        };
        let text = String::from_utf8(super::super::print(&document).unwrap()).unwrap();
        let promised = read(&text).unwrap();
        assert_eq!(promised.outputs, [output]);
        assert_eq!(promised.inputs, [Output { file: "xa.csv".into(), sha256: "cd".into() }]);
    }

    #[test]
    fn another_document_is_no_manifest() {
        let text = r#"{"schema": "thoatngheo/rates/1", "tool": "0", "inputs": [], "result": {}}"#;
        assert_eq!(read(text).unwrap_err().as_deref(), Some("thoatngheo/rates/1"));
        assert!(read("{}").is_err());
    }
}
