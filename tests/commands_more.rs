//! Quotas, coverage and the scorecard, run as a person runs them on the sample district.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use thoatngheo::report::json;

/// Runs the program in the folder of the sample district.
fn run(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let output = command.current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The JSON of a command, held against its schema.
fn json_of(args: &[&str]) -> Value {
    let (code, out, err) = run(&[args, &["--format", "json", "--quiet"]].concat());
    assert!(code < 2, "{args:?}: {err}");
    let document: Value = serde_json::from_str(&out).unwrap();
    let validator = jsonschema::validator_for(&json::schema(args[0]).unwrap()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{args:?}: {faults:?}");
    document["result"].clone()
}

fn rows(result: &Value) -> &[Value] {
    result["rows"].as_array().unwrap()
}

fn sum(result: &Value, key: &str) -> u64 {
    rows(result).iter().filter_map(|row| row[key].as_u64()).sum()
}

#[test]
fn the_quotas_of_the_sample_district_add_up_and_follow_who_can_work() {
    let result = json_of(&["quotas"]);
    assert_eq!(result["reduction"], 800, "the programme file sets it");
    assert_eq!((sum(&result, "quota"), result["unplaced"].as_u64()), (800, Some(0)));
    assert!(rows(&result).iter().all(|row| row["quota"].as_u64() <= row["able"].as_u64()));
    let goal = &json_of(&["rates"])["goals"][0];
    let to_goal = json_of(&["quotas", "--to-goal", &goal["year"].to_string()]);
    assert_eq!(to_goal["reduction"], goal["gap_households"]);
    assert_eq!(sum(&to_goal, "poor"), sum(&result, "poor"));
    let (code, _, err) = run(&["quotas", "--to-goal", "1999"]);
    assert!(code == 2 && err.contains("2025"), "{err}");
}

#[test]
fn who_is_left_out_of_support_is_counted_and_listed_alike() {
    let result = json_of(&["coverage"]);
    let listed = result["left_out"].as_array().unwrap();
    assert!(!listed.is_empty());
    assert_eq!(listed.len() as u64, sum(&result, "left_out"));
    assert!(rows(&result).iter().all(|row| row["received"].as_u64() <= row["needed"].as_u64()));
    let public = json_of(&["coverage", "--audience", "public"]);
    assert!(public["left_out"].as_array().unwrap().is_empty());
    let counts = rows(&public).iter().flat_map(|row| ["needed", "received", "left_out"].map(|key| row[key].as_u64()));
    assert!(counts.flatten().all(|count| count == 0 || count >= 5));
    let posted = json_of(&["coverage", "--audience", "posted"]);
    assert!(posted["left_out"].as_array().unwrap().iter().all(|row| row["household"].is_null()));
}

#[test]
fn a_mark_that_is_not_set_leaves_out_a_poor_household_and_says_nothing_of_one_above_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Xã,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ,Hỗ trợ vay vốn\n\
                Xã Nam Ka,Thôn 1,Y Bang Niê,3,Hộ nghèo,x\n\
                Xã Nam Ka,Thôn 1,Y Blơk Cil,4,Hộ nghèo,\n\
                Xã Nam Ka,Thôn 1,H'Lan Niê,2,Hộ cận nghèo,\n\
                Xã Nam Ka,Thôn 1,Lê Văn Tâm,2,Hộ không nghèo,x\n\
                Xã Nam Ka,Thôn 1,Trần Thị Mai,5,Hộ không nghèo,\n";
    std::fs::write(folder.path().join("ho.csv"), text).unwrap();
    // In a folder without a programme file, whose own register of support would come in too.
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(&folder)
        .args(["coverage", "--households", "ho.csv", "--year", "2023", "--format", "json", "--quiet"])
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = &document["result"];
    let found: Vec<_> = rows(result)
        .iter()
        .map(|row| (row["class"].as_str(), ["needed", "received", "left_out"].map(|key| row[key].as_u64())))
        .collect();
    let counts = |needed, received, left_out| [Some(needed), Some(received), Some(left_out)];
    let wanted = [(Some("poor"), counts(2, 1, 1)), (Some("near_poor"), counts(1, 0, 1)), (Some("other"), counts(1, 1, 0))];
    assert_eq!(found, wanted);
    assert_eq!(result["left_out"].as_array().unwrap().len(), 2);
}

#[test]
fn what_poor_and_near_poor_households_lack_is_counted_where_lists_mark_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Xã,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ,CS1,CS2,CS3,CS4,CS5,CS6,CS7,CS8,CS9,CS10,CS11,CS12\n\
                Xã Nam Ka,Thôn 1,Y Bang Niê,3,Hộ nghèo,x,,,,,,,,x,,,\n\
                Xã Nam Ka,Thôn 1,Y Blơk Cil,4,Hộ nghèo,,,,,,,,,x,,,\n\
                Xã Nam Ka,Thôn 1,H'Lan Niê,2,Hộ cận nghèo,x,,,,,,,,,,,\n\
                Xã Nam Ka,Thôn 1,Lê Văn Tâm,2,Hộ không nghèo,x,x,,,,,,,x,,,\n";
    std::fs::write(folder.path().join("ho.csv"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(&folder)
        .args(["coverage", "--households", "ho.csv", "--year", "2023", "--format", "table", "--lang", "en"])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let row = |name: &str| -> Vec<String> {
        let line = printed.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {printed}"));
        line.split(')').next_back().unwrap().split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(row("CS1 (employment)"), ["1", "50.00%", "1", "100.00%"]);
    assert_eq!(row("CS2 (dependants)"), ["0", "0.00%", "0", "0.00%"]);
    assert_eq!(row("CS9 (water)"), ["2", "100.00%", "0", "0.00%"]);
    let marked = printed.lines().find(|line| line.starts_with("Households with marks")).unwrap();
    assert_eq!(marked.split_whitespace().skip(3).collect::<Vec<_>>(), ["2", "1"], "{printed}");
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(&folder)
        .args(["coverage", "--households", "ho.csv", "--year", "2023", "--format", "json", "--quiet"])
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lacks = document["result"]["deprivations"].as_array().unwrap();
    let of = |by: &str, class: &str| {
        let row = lacks.iter().find(|row| row["by"] == by && row["class"] == class).unwrap();
        let first = &row["indicators"][0];
        (row["commune"].as_str(), row["households"].as_u64(), first["households"].as_u64(), first["percent"].as_str())
    };
    assert_eq!(of("district", "poor"), (None, Some(2), Some(1), Some("50.00")));
    assert_eq!(of("commune", "near_poor"), (Some("Xã Nam Ka"), Some(1), Some(1), Some("100.00")));
}

#[test]
fn what_communes_lack_adds_up_to_the_district() {
    let counts = |row: &Value| -> Vec<Option<u64>> {
        let indicators = row["indicators"].as_array().unwrap();
        indicators.iter().map(|of| &of["households"]).chain([&row["households"]]).map(Value::as_u64).collect()
    };
    let whole = json_of(&["coverage"])["deprivations"].as_array().unwrap().clone();
    for class in ["poor", "near_poor"] {
        let of = |by: &str| -> Vec<Vec<Option<u64>>> {
            whole.iter().filter(|row| row["class"] == class && row["by"] == by).map(counts).collect()
        };
        let (district, communes) = (of("district"), of("commune"));
        for (at, all) in district[0].iter().enumerate() {
            assert_eq!(communes.iter().filter_map(|commune| commune[at]).sum::<u64>(), all.unwrap(), "{class} {at}");
        }
    }
}

#[test]
fn what_few_households_of_a_commune_lack_is_kept_from_the_public_with_a_partner() {
    let folder = tempfile::tempdir().unwrap();
    let mut text =
        "Xã,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ,CS1,CS2,CS3,CS4,CS5,CS6,CS7,CS8,CS9,CS10,CS11,CS12\n".to_owned();
    for (commune, lacking) in [("Xã Nam Ka", 3), ("Xã Yang Tao", 8), ("Xã Krông Nô", 12)] {
        for household in 0..20 {
            let mark = if household < lacking { "x" } else { "" };
            text += &format!("{commune},Thôn 1,Y Thử {household},3,Hộ nghèo,{mark},,,,,,,,x,,,\n");
        }
    }
    std::fs::write(folder.path().join("ho.csv"), text).unwrap();
    let lacking = |audience: &str| -> Vec<Option<u64>> {
        let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
            .current_dir(&folder)
            .args(["coverage", "--households", "ho.csv", "--year", "2023", "--format", "json", "--quiet"])
            .args(["--audience", audience])
            .output()
            .unwrap();
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let rows = document["result"]["deprivations"].as_array().unwrap().clone();
        rows.iter().filter(|row| row["class"] == "poor").map(|row| row["indicators"][0]["households"].as_u64()).collect()
    };
    assert_eq!(lacking("internal"), [Some(23), Some(8), Some(12), Some(3)], "by the code of the commune");
    assert_eq!(lacking("public"), [Some(23), None, Some(12), None], "3 = 23 − 12 − 8 unless a second is hidden");
}

#[test]
fn training_is_counted_in_persons_and_loans_are_followed() {
    let result = json_of(&["coverage"]);
    let of = |support: &str, class: &str| {
        rows(&result).iter().find(|row| row["support"] == support && row["class"] == class).unwrap().clone()
    };
    let training = of("Đào tạo nghề", "poor");
    let (needed, received) = (training["persons_needed"].as_u64().unwrap(), training["persons_received"].as_u64().unwrap());
    assert!(needed >= training["needed"].as_u64().unwrap() && received >= training["received"].as_u64().unwrap());
    let percent = format!("{}.{:02}", received * 100 / needed, (received * 100_000 / needed % 1000 + 5) / 10);
    assert_eq!(training["persons_percent"], percent.as_str());
    assert!(training["use_checked"].is_null(), "nobody checks the use of a course");
    let loans = of("Vay vốn tín dụng", "near_poor");
    assert!(loans["persons_needed"].is_null());
    let checked = loans["use_checked"].as_u64().unwrap();
    assert!(checked > 0 && checked < loans["received"].as_u64().unwrap(), "{loans}");
}

#[test]
fn gifts_that_are_delivered_unasked_or_by_strangers_are_in_the_sums_and_who_is_outside_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "dv.csv",
        "Họ và tên,Số CCCD,Tổ chức cơ sở đảng,Tình trạng,Ngày thay đổi trạng thái\n\
         Y Bang Niê,066080000001,Chi bộ Y tế,Chính thức,\n\
         H'Lan Niê,066180000002,Chi bộ Y tế,Miễn sinh hoạt,01/03/2022\n\
         Lê Văn Tâm,066080000003,Chi bộ Y tế,Chuyển đi,05/05/2024\n",
    );
    write(
        "so.csv",
        "Họ và tên,Số CCCD,Số cây giống đăng ký,Loại cây đăng ký,Số cây giống đã thực hiện\n\
         Y Bang Niê,066080000001,10,Bơ,\n\
         Lê Văn Tâm,066080000003,,Mít,7\n\
         Trần Thị Lạ,066180000009,4,Bơ,4\n",
    );
    let printed = |format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
            .current_dir(&folder)
            .args(["pledges", "--members", "dv.csv", "--pledges", "so.csv", "--year", "2023", "--quiet", "--lang", "en"])
            .args(["--format", format])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let document: Value = serde_json::from_str(&printed("json")).unwrap();
    let result = &document["result"];
    assert_eq!((result["members"].as_u64(), result["eligible"].as_u64()), (Some(3), Some(2)), "who leaves next year is a member");
    assert_eq!(
        (&result["pledged"]["seedlings"], &result["delivered"]["seedlings"]),
        (&Value::from(14), &Value::from(11)),
        "{result}"
    );
    assert_eq!(result["delivered_by_species"], serde_json::json!({"Bơ": 4, "Mít": 7}));
    let strangers = rows(result).iter().find(|row| row["name"] == "not_on_roster" && row["by"] == "organisation").unwrap();
    assert_eq!((&strangers["pledged"]["seedlings"], &strangers["members"]), (&Value::from(4), &Value::from(0)));
    let outside = &result["outside"];
    assert_eq!((outside.as_array().unwrap().len(), &outside[0]["why"]), (1, &Value::from("exempt")));
    let table = printed("table");
    let jackfruit = table.lines().find(|line| line.starts_with("Mít")).unwrap_or_else(|| panic!("{table}"));
    assert_eq!(jackfruit.split_whitespace().collect::<Vec<_>>(), ["Mít", "0", "7"]);
}

#[test]
fn the_scorecard_tells_who_left_poverty_once_last_years_assignment_is_there() {
    let without = json_of(&["scorecard"]);
    let members = |result: &Value| rows(result).iter().filter(|row| row["by"] == "member").count();
    let none = |row: &&Value| row["by"] == "member" && !row["left_poverty"].is_null();
    assert_eq!(rows(&without).iter().filter(none).count(), 0, "nobody can tell who helped whom");
    let changed = json_of(&["changes"]);
    let cells: Vec<&Value> = rows(&without).iter().filter(|row| row["by"] == "cell").collect();
    let organisations: Vec<&Value> = rows(&without).iter().filter(|row| row["by"] == "organisation").collect();
    for key in ["eligible", "taking_part", "meeting_minimum", "kept"] {
        let sum = |rows: &[&Value]| rows.iter().filter_map(|row| row[key].as_u64()).sum::<u64>();
        assert!(cells.len() > organisations.len() && sum(&cells) == sum(&organisations), "{key}");
        assert!(sum(&cells) > 0, "{key}");
    }
    let by_place = |result: &Value, name: &str| {
        rows(result).iter().find(|row| row["name"] == name).map(|row| row["left_poverty"].as_u64()).unwrap()
    };
    let commune = rows(&changed).iter().find(|row| row["commune"] == "Xã Yang Tao").unwrap();
    let poor = &commune["matrix"]["poor"];
    let left = poor["near_poor"].as_u64().unwrap() + poor["other"].as_u64().unwrap();
    assert_eq!(by_place(&without, "Đảng bộ xã Yang Tao"), Some(left), "a committee has its commune in its charge");
    let public = json_of(&["scorecard", "--audience", "public"]);
    assert_eq!(by_place(&public, "Đảng bộ xã Yang Tao"), None, "the movement tables say it, with what they must hide");
    assert!(members(&without) > 1000);
    assert!(sum(&without, "assigned") > 1000);
    assert_eq!(members(&json_of(&["scorecard", "--audience", "public"])), 0);

    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("phan-cong-2022.csv");
    let list = list.to_str().unwrap();
    let of_2022 = ["--year", "2022", "--members", "dang-vien-2023.xlsx", "--twinning", "ket-nghia.xlsx"];
    let (code, _, err) = run(&[&["assign"][..], &of_2022, &["--quiet", "-o", list]].concat());
    assert!(code < 2, "{err}");
    let with = json_of(&["scorecard", "--previous", list]);
    let organisations: Vec<&Value> = rows(&with).iter().filter(|row| row["by"] == "organisation").collect();
    let left: u64 = organisations.iter().filter_map(|row| row["left_poverty"].as_u64()).sum();
    assert!(left > 0);
    assert!(organisations.iter().all(|row| row["left_poverty"].as_u64() <= row["households"].as_u64()));
}

/// The rows of a sheet as texts.
fn sheet(book: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(book).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn the_last_rows_of_the_scorecard_the_loads_and_the_flows_are_their_sums() {
    let (_, out, _) = run(&["scorecard", "--format", "csv", "--quiet"]);
    let mut lines = out.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let keys = lines.next().unwrap();
    let total = lines.take_while(|line| line.len() > 1).last().unwrap();
    let of = |key: &str| total[keys.iter().position(|known| *known == key).unwrap()].to_owned();
    let pledges = json_of(&["pledges"]);
    for key in ["eligible", "taking_part", "meeting_minimum"] {
        assert_eq!(of(key), pledges[key].to_string(), "{key}");
    }
    for (key, side, kind) in [
        ("pledged_salary_days", "pledged", "salary_days"),
        ("delivered_labour_days", "delivered", "labour_days"),
        ("delivered_seedlings", "delivered", "seedlings"),
    ] {
        assert_eq!(of(key), pledges[side][kind].to_string().trim_matches('"'), "{key}");
    }
    assert_eq!(of("helped"), "", "a household may be helped by two organisations");

    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    run(&["assign", "--quiet", "-o", file("assign.xlsx").to_str().unwrap()]);
    let loads = sheet(&file("assign.xlsx"), "Số hộ mỗi đảng viên giúp đỡ");
    let all = loads.iter().find(|row| row[0] == "Tổng cộng").unwrap();
    assert_eq!(all[1], of("assigned"), "whoever helps has a number of households");

    run(&["changes", "--quiet", "-o", file("changes.xlsx").to_str().unwrap()]);
    let flows = sheet(&file("changes.xlsx"), "Dòng chuyển đổi");
    let count = |row: &&Vec<String>| row[2].parse::<u64>().ok();
    let (totals, parts): (Vec<_>, Vec<_>) =
        flows.iter().filter(|row| count(row).is_some()).partition(|row| row[0] == "Tổng cộng");
    let matrix = &json_of(&["changes"])["matrix"];
    let out = ["near_poor", "other", "gone"].iter().filter_map(|to| matrix["poor"][to].as_u64()).sum::<u64>();
    assert!(out > 500 && totals.len() == 1);
    assert_eq!(parts.iter().filter_map(count).sum::<u64>(), count(&totals[0]).unwrap());
    let poor = parts.iter().filter(|row| row[0] == "Hộ nghèo" && row[1] != "Hộ nghèo");
    assert_eq!(poor.filter_map(count).sum::<u64>(), out);
}
