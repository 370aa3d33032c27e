//! Tests of the old encodings: samples of real layouts, every letter, and laws on random text.

use super::*;
use proptest::prelude::*;

const TCVN3_SAMPLES: [(&str, &str); 9] = [
    ("Hä vµ tªn chñ hé", "Họ và tên chủ hộ"),
    ("ñy ban nh©n d©n x· bu«n triÕt", "ủy ban nhân dân xã buôn triết"),
    ("D\u{ad}¬ng Xu©n Dòng", "Dương Xuân Dũng"),
    ("Danh s¸ch hé nghÌo, hé cËn nghÌo n¨m 2022", "Danh sách hộ nghèo, hộ cận nghèo năm 2022"),
    ("Th«n §oµn KÕt", "Thôn Đoàn Kết"),
    ("£ §ª", "Ê Đê"),
    ("M'N«ng", "M'Nông"),
    ("Y Th¬n £ban", "Y Thơn Êban"),
    ("Y Bhĭ Srŭk", "Y Bhĭ Srŭk"),
];

const VNI_SAMPLES: [(&str, &str); 9] = [
    ("Hoï vaø teân chuû hoä", "Họ và tên chủ hộ"),
    ("UÛy ban nhaân daân xaõ buoân trieát", "Ủy ban nhân dân xã buôn triết"),
    ("Döông Bích Phöôïng", "Dương Bích Phượng"),
    ("Danh saùch hoä ngheøo, hoä caän ngheøo", "Danh sách hộ nghèo, hộ cận nghèo"),
    ("Thoân Ñoaøn Keát", "Thôn Đoàn Kết"),
    ("EÂ Ñeâ", "Ê Đê"),
    ("Trieäu Coâng Thuùy", "Triệu Công Thúy"),
    ("Y Suaê Lieâng", "Y Suă Liêng"),
    ("Y Thôn Ƀing", "Y Thơn Ƀing"),
];

const LETTERS: &str = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";

/// VNI as a typist's keyboard program writes it, from a table of its own.
fn to_vni(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let single = match c {
            'ơ' => "ô",
            'ư' => "ö",
            'đ' => "ñ",
            'ì' => "ì",
            'ỉ' => "æ",
            'ĩ' => "ó",
            'í' => "í",
            'ị' => "ò",
            'ỵ' => "î",
            'Đ' => "Ñ",
            _ => "",
        };
        if !single.is_empty() {
            out.push_str(single);
            continue;
        }
        let parts: Vec<char> = std::iter::once(c).nfd().collect();
        let has = |mark: char| parts.contains(&mark);
        let tone = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'].iter().position(|mark| has(*mark));
        let row = if has('\u{302}') {
            "áàåãäâ"
        } else if has('\u{306}') {
            "éèúüëê"
        } else {
            "ùøûõï"
        };
        out.push(match parts[0] {
            'o' if has('\u{31B}') => 'ô',
            'u' if has('\u{31B}') => 'ö',
            letter => letter,
        });
        if parts.len() > 1 && c.is_alphabetic() && !(tone.is_none() && has('\u{31B}')) {
            out.push(row.chars().nth(tone.unwrap_or(5)).unwrap());
        }
    }
    out
}

#[test]
fn samples_of_both_scripts_are_converted() {
    for (old, new) in TCVN3_SAMPLES {
        assert_eq!(convert(old, Script::Tcvn3), new);
    }
    for (old, new) in VNI_SAMPLES {
        assert_eq!(convert(old, Script::Vni), new);
    }
}

#[test]
fn every_vietnamese_letter_comes_out_of_vni() {
    let capital_marks = |c: char| to_vni(&c.to_string()).to_uppercase();
    for c in LETTERS.chars() {
        assert_eq!(convert(&to_vni(&c.to_string()), Script::Vni), c.to_string(), "{c}");
        let upper: String = c.to_uppercase().collect();
        assert_eq!(convert(&capital_marks(c), Script::Vni), upper, "{upper}");
    }
}

#[test]
fn every_vietnamese_letter_has_one_tcvn3_sign() {
    let signs: Vec<char> = ('\u{A1}'..='\u{FF}').collect();
    for c in LETTERS.chars() {
        assert_eq!(signs.iter().filter(|sign| tables::tcvn3(**sign) == c).count(), 1, "{c}");
    }
    assert_eq!(convert("25 °C, 30 m²", Script::Tcvn3), "25 °C, 30 m²");
}

#[test]
fn fonts_tell_the_script() {
    for (font, script) in [
        (".VnTime", Script::Tcvn3),
        (".VnArial Narrow", Script::Tcvn3),
        (".VnTimeH", Script::Tcvn3Capitals),
        ("VNI-Times", Script::Vni),
        ("Times New Roman", Script::Unicode),
        ("VnTime Sans", Script::Unicode),
        ("", Script::Unicode),
    ] {
        assert_eq!(Script::of_font(font), script, "{font}");
    }
}

#[test]
fn a_capital_font_makes_capitals() {
    assert_eq!(convert("Hä vµ tªn", Script::Tcvn3Capitals), "HỌ VÀ TÊN");
    assert_eq!(convert("Kinh", Script::Tcvn3Capitals), "KINH");
}

#[test]
fn unicode_in_an_old_font_stays() {
    for script in [Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni] {
        for text in ["Hộ nghèo", "Đắk Liêng", "Nguyễn Văn Tâm"] {
            assert_eq!(convert(text, script), text);
        }
    }
    assert_eq!(convert("Lâm", Script::Vni), "Lâm");
}

#[test]
fn whole_sheets_are_told_by_their_words() {
    assert_eq!(guess_script(TCVN3_SAMPLES.map(|(old, _)| old)), Script::Tcvn3);
    assert_eq!(guess_script(VNI_SAMPLES.map(|(old, _)| old)), Script::Vni);
    assert_eq!(guess_script(TCVN3_SAMPLES.map(|(_, new)| new)), Script::Unicode);
    assert_eq!(guess_script(VNI_SAMPLES.map(|(_, new)| new)), Script::Unicode);
}

#[test]
fn other_texts_are_never_taken_for_an_old_script() {
    for samples in [
        &["STT", "Ho va ten", "Kinh"][..],
        &["Y Mlô", "H'Niê Êban", "Y Kbuôr", "Y Knul Niê Kdăm", "Êñuôl", "H Rinê", "Y Thôn Mdrang"],
        &["Café", "Résumé", "für Straße", "José", "Ångström", "naïve"],
        &["25 °C", "m²", "½", "5 µm", "§ 12", "«a»", "± 3"],
        &["Thôn Lâm", "Bà Tâm", "Xã Hà", "thôn ba", "Lê Công Minh"],
        &[],
    ] {
        assert_eq!(guess_script(samples.iter().copied()), Script::Unicode, "{samples:?}");
    }
}

fn windows_1258(text: &str) -> Vec<u8> {
    // Code page 1258 has the shaped vowels whole and the tones as marks behind them.
    let split: String = text
        .nfd()
        .collect::<String>()
        .replace("a\u{302}", "â")
        .replace("o\u{302}", "ô")
        .replace("o\u{323}\u{302}", "ô\u{323}")
        .replace("a\u{323}\u{302}", "â\u{323}")
        .replace("e\u{302}", "ê");
    WINDOWS_1258.encode(&split).0.into_owned()
}

#[test]
fn delimited_text_is_decoded_from_any_encoding() {
    let text = "Họ và tên,Dân tộc,Phân loại hộ\r\nHoàng Thị Hạnh,Kinh,Hộ cận nghèo\r\n";
    let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let tcvn3: Vec<u8> = text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or_else(|| sign_of(c))).collect();
    let vni = WINDOWS_1252.encode(&to_vni(text)).0.into_owned();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(), Encoding::Utf8),
        ([vec![0xFF, 0xFE], utf16(u16::to_le_bytes)].concat(), Encoding::Utf16Le),
        ([vec![0xFE, 0xFF], utf16(u16::to_be_bytes)].concat(), Encoding::Utf16Be),
        (utf16(u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes), Encoding::Utf16Be),
        (windows_1258(text), Encoding::Windows1258),
        (tcvn3, Encoding::Tcvn3),
        (vni, Encoding::Vni),
    ] {
        let decoded = decode_bytes(&bytes);
        assert_eq!((&*decoded.text, decoded.encoding, decoded.lost), (text, encoding, 0), "{encoding:?}");
    }
}

fn sign_of(letter: char) -> u8 {
    (0xA1..=0xFF).find(|byte| tables::tcvn3(char::from(*byte)) == letter).unwrap()
}

#[test]
fn old_script_saved_as_utf_8_is_converted_and_said() {
    let decoded = decode_bytes("Hä vµ tªn;D©n téc\nTrÇn V¨n Tµi;Tµy\nY Nguyễn;Ê Đê\n".as_bytes());
    assert_eq!(decoded.text, "Họ và tên;Dân tộc\nTrần Văn Tài;Tày\nY Nguyễn;Ê Đê\n");
    assert_eq!((decoded.encoding, decoded.script), (Encoding::Utf8, Script::Tcvn3));
    assert_eq!(decoded.name(), "UTF-8, TCVN3");
}

#[test]
fn a_single_broken_byte_does_not_turn_utf_8_into_something_else() {
    let mut bytes = "Hộ cận nghèo, hộ nghèo, thôn Đoàn Kết; ".repeat(5).into_bytes();
    bytes.push(0xE1);
    let decoded = decode_bytes(&bytes);
    assert_eq!((decoded.encoding, decoded.lost), (Encoding::Utf8, 1));
}

#[test]
fn question_marks_for_lost_letters_are_counted_and_questions_are_not() {
    assert_eq!(lost_letters("Y Bh? ?ing,Sr?k"), 3);
    assert_eq!(lost_letters("Có KNLĐ? Vì sao? (không?) ? ??"), 0);
    assert_eq!(lost_letters("Hộ nghèo"), 0);
    assert_eq!(decode_bytes(b"X\xE3 Kr\xF4ng N\xF4,Y Bh? Pang\n").lost, 1);
}

proptest! {
    #[test]
    fn converting_ascii_changes_nothing(text in "[ -~]{0,40}") {
        prop_assert_eq!(convert(&text, Script::Tcvn3), text.as_str());
        prop_assert_eq!(convert(&text, Script::Vni), text.as_str());
        prop_assert_eq!(guess_script([text.as_str()]), Script::Unicode);
        prop_assert_eq!(&*decode_bytes(text.as_bytes()).text, text.as_str());
    }

    #[test]
    fn names_of_ede_and_mnong_are_unicode(
        names in prop::collection::vec("(Y|H|H')( [BKMNSTRHLPÊ][bhlrĭŭ]?[aeioăêôơŭĭ][bgkmnpr]?){1,3}", 1..30)
    ) {
        let unicode = names.iter().filter(|name| name.chars().any(is_only_unicode)).count();
        prop_assume!(unicode * 4 >= names.len());
        prop_assert_eq!(guess_script(names.iter().map(String::as_str)), Script::Unicode);
    }

    #[test]
    fn no_text_and_no_bytes_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for script in [Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni] {
            let _ = convert(&text, script);
        }
        let _ = (guess_script([text.as_str()]), decode_bytes(&bytes), decode_bytes(text.as_bytes()));
    }

    #[test]
    fn tcvn3_reads_back(words in prop::collection::vec("[bcdghklmnpqrstvxà-ầậèéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ]{1,5}", 1..4)) {
        let text: String = words.join(" ").chars().filter(|c| c.is_ascii() || LETTERS.contains(*c)).collect();
        let tcvn3: String = text.chars().map(|c| if c.is_ascii() { c } else { char::from(sign_of(c)) }).collect();
        prop_assert_eq!(convert(&tcvn3, Script::Tcvn3), text.as_str());
    }
}
