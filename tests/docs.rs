//! What the documents say holds: every issue code is explained, every file that they link to is there.

#![expect(clippy::unwrap_used, reason = "a document that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use thoatngheo::domain::issue::Code;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn every_issue_code_stands_once_in_its_document_with_its_severity_and_a_way_to_mend_it() {
    let text = read("docs/issues.md");
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 6, "{line}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{line}");
        assert!(listed.insert(cells[0].trim_matches('`'), cells[1]).is_none(), "{} stands twice", cells[0]);
    }
    let known: BTreeMap<&str, &str> = Code::ALL.iter().map(|code| (code.word(), code.severity().word())).collect();
    assert_eq!(listed, known);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec!["README.vi.md".to_owned(), "SECURITY.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    documents.extend(docs.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")));
    for document in documents {
        let folder = root.join(&document).parent().unwrap().to_path_buf();
        for part in read(&document).split("](").skip(1) {
            let target = part.split(')').next().unwrap_or_default().split('#').next().unwrap_or_default();
            let outside = target.is_empty() || target.contains("://");
            assert!(outside || folder.join(target).exists(), "{document} links to {target}");
        }
    }
}
