//! Questions to `assign`, asked as a person asks them, on the sample district.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Runs `assign` in the sample district.
fn assign(args: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(folder)
        .arg("assign")
        .args(args)
        .arg("--quiet")
        .output()
        .unwrap();
    assert!(output.status.code().unwrap() < 2, "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str::<Value>(&assign(&[args, &["--format", "json"]].concat())).unwrap()["result"].clone()
}

#[test]
fn a_written_assignment_reads_back_and_stays_and_a_member_can_be_taken_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("phan-cong.csv");
    let file = file.to_str().unwrap();
    assign(&["-o", file]);
    let again = json(&["--previous", file]);
    let pairs = again["pairs"].as_array().unwrap();
    assert_eq!(again["changes"]["kept"], pairs.len());
    assert_eq!((&again["changes"]["new"], again["changes"]["ended"].as_array().unwrap().len()), (&Value::from(0), 0));

    let (member, household) = (pairs[0]["member"].as_str().unwrap(), pairs[0]["household"].as_str().unwrap());
    let without = json(&["--previous", file, "--without", member]);
    let ended = without["changes"]["ended"].as_array().unwrap();
    assert!(ended.iter().any(|pair| pair["household"] == household));
    assert!(ended.iter().filter(|pair| pair["member"] == member).all(|pair| pair["why"] == "member_out"));
    assert!(without["excluded"].as_array().unwrap().iter().any(|left| left["member"] == member && left["why"] == "taken_out"));

    let story = assign(&["--explain", household, "--format", "csv"]);
    assert!(story.lines().any(|line| line.contains(household) && line.contains(member)), "{story}");
    let helpers = assign(&["--suggest", household, "--format", "csv"]);
    assert!(helpers.lines().count() > 1 && !helpers.contains(member), "who helps already is not suggested: {helpers}");
}

#[test]
fn questions_are_answered_in_json_with_the_runners_up_and_what_they_would_change() {
    let plan = json(&["--households", ONE_COMMUNE]);
    assert!(plan.get("story").is_none() && plan.get("prices").is_none(), "nothing was asked");
    let pair = &plan["pairs"][0];
    let household = pair["household"].as_str().unwrap();
    let story = json(&["--households", ONE_COMMUNE, "--explain", household]);
    let told = story["story"].as_array().unwrap();
    let helpers = plan["pairs"].as_array().unwrap().iter().filter(|other| other["household"] == household).count();
    assert_eq!(told.iter().filter(|one| one["what"] == "in_plan").count(), helpers);
    assert!(told.iter().any(|one| one["member"] == pair["member"] && one["reasons"] == pair["reasons"]), "{told:?}");
    let others: Vec<&Value> = told.iter().filter(|one| one["what"] == "runner_up").collect();
    assert!(!others.is_empty());
    for other in others {
        let change = other["change"].as_array().unwrap();
        assert_eq!(change.len(), plan["communes"][0]["objective"].as_array().unwrap().len());
    }
    let helpers = json(&["--households", ONE_COMMUNE, "--suggest", household]);
    assert!(helpers["suggestions"].as_array().unwrap().iter().all(|one| one["member"] != pair["member"]));
    let posted = json(&["--households", ONE_COMMUNE, "--explain", household, "--audience", "posted"]);
    assert_eq!(posted["story"].as_array().unwrap().len(), 0, "why who helps whom is for the office");
    for audience in ["posted", "public"] {
        let screen = assign(&["--households", ONE_COMMUNE, "--explain", household, "--audience", audience, "--lang", "en"]);
        let name = pair["name"].as_str().unwrap();
        assert!(screen.contains("--audience internal") && !screen.contains(name), "{screen}");
    }
}

#[test]
fn the_price_of_a_level_is_never_a_gain_of_the_level_itself_and_the_screen_says_the_same() {
    let plan = json(&["--households", ONE_COMMUNE, "--prices"]);
    let prices = plan["prices"].as_array().unwrap();
    let level = |name: &str| prices.iter().find(|price| price["level"] == name).unwrap();
    let changed = |price: &Value, name: &str| {
        price["if_last"].as_array().unwrap().iter().find(|one| one[0] == name).unwrap()[1].as_i64().unwrap()
    };
    assert!(changed(level("same_village"), "same_village") <= 0, "more is better there, and it came last");
    assert!(changed(level("sum_sq_load"), "sum_sq_load") >= 0, "less is better there, and it came last");
    // Levels that come before one that is moved to the end stay as they are: they are decided first all the same.
    assert_eq!(changed(level("same_village"), "sum_sq_load"), 0);
    assert!(prices.iter().any(|price| changed(price, price["level"].as_str().unwrap()) != 0), "else nothing was shown");
    let screen = assign(&["--households", ONE_COMMUNE, "--prices", "--lang", "en"]);
    assert!(screen.contains("What each level of the objective costs"), "{screen}");
    let public = json(&["--households", ONE_COMMUNE, "--prices", "--audience", "public"]);
    assert_eq!(public["prices"].as_array().unwrap().len(), 0);
}

#[test]
fn each_village_says_how_many_pairs_come_from_elsewhere_and_the_pairs_say_the_same() {
    let plan = json(&["--households", ONE_COMMUNE]);
    let pairs = plan["pairs"].as_array().unwrap();
    let own = |pair: &&Value| pair["reasons"].as_array().unwrap().iter().any(|reason| reason == "same_village");
    let villages = plan["communes"][0]["villages"].as_array().unwrap();
    assert!(villages.len() > 1);
    let mut elsewhere = 0;
    for village in villages {
        let here = pairs.iter().filter(|pair| pair["village"] == village["village"]);
        let counted = here.clone().filter(|pair| !own(pair)).count() as u64;
        assert_eq!(village["from_elsewhere"], counted, "{village}");
        let heads: std::collections::BTreeSet<&str> = here.map(|pair| pair["household"].as_str().unwrap()).collect();
        assert_eq!(village["households"], heads.len(), "every household of the sample has a helper: {village}");
        elsewhere += counted;
    }
    assert!(elsewhere > 0, "else nothing was shown");
    let screen = assign(&["--households", ONE_COMMUNE, "--lang", "en"]);
    assert!(screen.contains("Villages helped by members from elsewhere"), "{screen}");
    let public = json(&["--households", ONE_COMMUNE, "--audience", "public"]);
    assert!(public["communes"][0]["villages"].as_array().unwrap().is_empty(), "counts so small are not for the public");
}

/// Runs `assign` for one commune with a programme of these pins and exclusions, and gives what it refuses to do.
fn refused(lang: &str, pins: &[(&str, &str)], exclusions: &[(&str, &str)], args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let part = |name: &str, pairs: &[(&str, &str)]| -> String {
        let one = |(member, household): &(&str, &str)| {
            format!("[[assignment.{name}]]\nmember = \"{member}\"\nhousehold = \"{household}\"\n")
        };
        pairs.iter().map(one).collect()
    };
    let programme = folder.path().join("thoatngheo.toml");
    std::fs::write(&programme, part("pins", pins) + &part("exclusions", exclusions)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"))
        .args(["assign", "--households", ONE_COMMUNE, "--members", "dang-vien-2023.xlsx", "--year", "2023", "--lang", lang])
        .args(["--programme", programme.to_str().unwrap(), "--quiet"])
        .args(args)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "no plan, not even a part of one");
    said
}

const ONE_COMMUNE: &str = "ho-dan-2023/thi-tran-lien-son.xlsx";

#[test]
fn settings_that_clash_are_refused_with_the_rules_that_clash_in_words() {
    let plan = json(&["--households", ONE_COMMUNE]);
    let pairs = plan["pairs"].as_array().unwrap();
    let text = |pair: &Value, key: &str| pair[key].as_str().unwrap().to_owned();
    let (member, first) = (text(&pairs[0], "member"), text(&pairs[0], "household"));
    // Households of the commune that others help, so that the first has four pins.
    let others: Vec<String> = pairs.iter().map(|pair| text(pair, "household")).filter(|household| *household != first).collect();

    let both = refused("en", &[(&member, &first)], &[(&member, &first)], &[]);
    assert!(both.contains(&text(&pairs[0], "name")) && both.contains(&text(&pairs[0], "head")), "{both}");
    assert!(both.contains("the pair is excluded"), "{both}");
    assert!(both.contains("the rules that clash: the exclusion") && both.contains("; the pin "), "{both}");
    let both = refused("vi", &[(&member, &first)], &[(&member, &first)], &[]);
    assert!(both.contains("cặp này đã bị loại trừ"), "{both}");

    let pins = [(&*member, &*first), (&*member, &*others[1]), (&*member, &*others[3]), (&*member, &*others[5])];
    let said = refused("en", &pins, &[], &["--cap", "3"]);
    assert!(said.contains("4 pinned households and a cap of 3"), "{said}");
    assert_eq!(said.matches("the pin ").count(), 4, "all four pins clash with the cap: {said}");
    assert!(said.contains("at most 3 households of a member (cap)"), "{said}");
    let said = refused("en", &pins, &[], &["--cap", "1"]);
    assert!(said.contains("the rule behind it: at most 1 households") && !said.contains("the pin "), "the smallest only: {said}");

    let said = refused("en", &[], &[], &["--cap", "1"]);
    let members = plan["communes"][0]["members"].as_u64().unwrap();
    let households = plan["communes"][0]["households"].as_u64().unwrap();
    assert!(households > members, "else a cap of one is no clash");
    assert!(said.contains("are missing"), "{said}");
    let said = refused("vi", &[], &[], &["--cap", "1"]);
    assert!(said.contains("Hãy nâng mức tối đa"), "{said}");

    for (args, word) in [(["--cap", "0"], "the cap per member is 0"), (["--min-helpers", "0"], "the least number of helpers")] {
        let said = refused("en", &[], &[], &args);
        assert!(said.lines().count() == 1 && said.contains(word), "said once, without a commune: {said}");
    }
}

/// A programme of one pin and one exclusion in the sample district; the plan and what was said of it.
fn decided(pin: (&str, &str), exclusion: (&str, &str)) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let programme = folder.path().join("thoatngheo.toml");
    let pair = |name, (member, household)| format!("[[assignment.{name}]]\nmember = \"{member}\"\nhousehold = \"{household}\"\n");
    std::fs::write(&programme, pair("pins", pin) + &pair("exclusions", exclusion)).unwrap();
    json(&[
        "--households",
        ONE_COMMUNE,
        "--members",
        "dang-vien-2023.xlsx",
        "--year",
        "2023",
        "--programme",
        programme.to_str().unwrap(),
    ])
}

#[test]
fn a_pin_that_cannot_hold_is_refused_or_said_and_never_forgotten() {
    let plan = json(&["--households", ONE_COMMUNE]);
    let pair = &plan["pairs"][0];
    let (member, household) = (pair["member"].as_str().unwrap(), pair["household"].as_str().unwrap());
    // One digit is wrong.
    let typed = format!("{}{}", &member[..11], if member.ends_with('7') { '8' } else { '7' });
    let said = refused("en", &[(&typed, household)], &[], &[]);
    assert!(said.contains("no member of the roster has this key") && said.contains("Is it 066"), "{said}");
    assert!(!said.contains(&member[3..9]), "a number is masked on a screen: {said}");
    let said = refused("vi", &[], &[(&typed, household)], &[]);
    assert!(said.contains("Không loại trừ được cặp"), "{said}");
    // A member of another commune's committee.
    let other = plan["excluded"].as_array().unwrap();
    let elsewhere = json(&[])["pairs"].as_array().unwrap().iter().find(|pair| pair["commune"] == "Xã Yang Tao").unwrap().clone();
    let said = refused("en", &[(elsewhere["member"].as_str().unwrap(), household)], &[], &[]);
    assert!(said.contains("does not help in the household's commune"), "{said}");
    // A number in groups is the number; a household that is in no list at hand and an exempt member are said.
    let grouped = format!("{} {} {} {}", &member[..3], &member[3..6], &member[6..9], &member[9..]);
    let exempt = other.iter().find(|left| left["why"] == "exempt").unwrap()["member"].as_str().unwrap().to_owned();
    let held = decided((&grouped, household), (&exempt, "khong-co-ho-nay"));
    let pairs = held["pairs"].as_array().unwrap();
    assert!(pairs.iter().any(|pair| pair["member"] == member
        && pair["household"] == household
        && pair["reasons"].as_array().unwrap().contains(&"pinned".into())));
    assert_eq!(held["without_effect"][0]["why"], "no_household");
    let idle = decided((&exempt, household), (member, household));
    assert_eq!((&idle["without_effect"][0]["why"], &idle["without_effect"][0]["pin"]), (&"exempt".into(), &true.into()));
}

#[test]
fn a_limit_of_changes_says_nothing_where_there_is_no_year_before() {
    let plan = json(&["--households", ONE_COMMUNE, "--max-changes", "0"]);
    assert!(!plan["pairs"].as_array().unwrap().is_empty() && plan["changes"].is_null());
    let member = plan["pairs"][0]["member"].as_str().unwrap();
    let theirs = plan["pairs"].as_array().unwrap().iter().filter(|pair| pair["member"] == member).count();
    let without = json(&["--households", ONE_COMMUNE, "--without", member, "--max-changes", &theirs.to_string()]);
    assert_eq!(without["changes"]["ended"].as_array().unwrap().len(), theirs);
}

/// Runs `assign` for one commune with this file as last year's assignment; it must find nothing amiss.
fn after(previous: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"))
        .args(["assign", "--households", ONE_COMMUNE, "--previous", previous, "--format", "json", "--quiet"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{previous}: {}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["result"]["changes"].clone()
}

#[test]
fn whatever_assign_writes_reads_back_as_last_years_assignment_without_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    for extension in ["xlsx", "csv", "json", "html"] {
        for lang in ["vi", "en"] {
            let file = folder.path().join(format!("phan-cong-{lang}.{extension}"));
            let file = file.to_str().unwrap();
            assign(&["--households", ONE_COMMUNE, "--lang", lang, "-o", file]);
            let changes = after(file);
            assert!(changes["kept"].as_u64().unwrap() > 0, "{file}");
            assert_eq!((&changes["new"], changes["ended"].as_array().unwrap().len()), (&Value::from(0), 0), "{file}");
        }
    }
}

/// The whole document of a plan after last year's assignment of one commune.
fn document_after(previous: &str) -> Value {
    serde_json::from_str(&assign(&["--households", ONE_COMMUNE, "--previous", previous, "--format", "json"])).unwrap()
}

#[test]
fn annexes_that_are_signed_and_sent_back_are_last_years_assignment() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let report = ["report", "--households", ONE_COMMUNE, "--per-commune", "--quiet", "-o", out];
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    Command::new(env!("CARGO_BIN_EXE_thoatngheo")).current_dir(sample).args(report).assert().success();
    let document = document_after(folder.path().join("xa").to_str().unwrap());
    let (result, issues) = (&document["result"], &document["issues"]);
    let pairs = result["pairs"].as_array().unwrap().len() as u64;
    let number = |value: &Value| value.as_u64().unwrap();
    // Namesakes of one cell cannot be told apart in an annex; each of their rows is an error and none is guessed.
    assert_eq!(number(&result["changes"]["kept"]) + number(&issues["errors"]), pairs);
    assert!(number(&issues["errors"]) * 20 < pairs, "{issues}");
    assert_eq!(result["changes"]["ended"], Value::Array(Vec::new()));
}

#[test]
fn a_row_of_last_year_whose_number_and_name_are_of_two_members_is_an_error_and_one_without_number_is_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    assign(&["--households", ONE_COMMUNE, "-o", &at("goc.csv")]);
    let written = std::fs::read_to_string(at("goc.csv")).unwrap();
    let rows: Vec<Vec<&str>> = written.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|heading| heading.trim_start_matches('\u{feff}') == name).unwrap();
    let (name, member) = (column("name"), column("member"));
    // Two members whose names nobody else bears.
    let alone = |row: &&Vec<&str>| rows.iter().filter(|other| other[name] == row[name]).all(|other| other[member] == row[member]);
    let mut named = rows[1..].iter().filter(alone);
    let first = named.next().unwrap();
    let other = named.find(|row| row[member] != first[member] && row[column("cell")] == first[column("cell")]).unwrap();
    let changed = |name_of: &str, number: &str| {
        let line = first.join(",");
        let edited: Vec<String> = first
            .iter()
            .enumerate()
            .map(|(at, text)| {
                if at == name {
                    name_of
                } else if at == member {
                    number
                } else {
                    text
                }
                .to_owned()
            })
            .collect();
        std::fs::write(at("sua.csv"), written.replacen(&line, &edited.join(","), 1)).unwrap();
        document_after(&at("sua.csv"))
    };
    let contradicts = changed(other[name], first[member]);
    assert_eq!((&contradicts["issues"]["errors"], &contradicts["result"]["changes"]["new"]), (&Value::from(1), &Value::from(1)));
    let looked_up = changed(first[name], "");
    assert_eq!((&looked_up["issues"]["errors"], &looked_up["result"]["changes"]["new"]), (&Value::from(0), &Value::from(0)));
    let taken = changed(other[name], "");
    let ended = taken["result"]["changes"]["ended"].as_array().unwrap();
    let is_other = |pair: &Value| pair["member"] == other[member];
    let now = taken["result"]["pairs"].as_array().unwrap();
    let kept = now.iter().any(|pair| is_other(pair) && pair["household"] == first[column("household")]);
    assert!(kept || ended.iter().any(is_other), "the name alone tells who helped: {ended:?}");
}

#[test]
fn a_json_document_of_last_year_is_an_input_with_a_hash() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nam-truoc.json");
    std::fs::write(&file, assign(&["--households", ONE_COMMUNE, "--format", "json"])).unwrap();
    let document = document_after(file.to_str().unwrap());
    let inputs = document["inputs"].as_array().unwrap();
    let input = inputs.iter().find(|input| input["file"] == file.to_str().unwrap().replace('\\', "/")).unwrap();
    assert_eq!(input["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(document["result"]["changes"]["new"], 0);
}
