//! Sectors behind the signature of an old binary workbook: every chain ends, whatever the table of followers says.
#![no_main]

use libfuzzer_sys::fuzz_target;

const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

fuzz_target!(|data: &[u8]| {
    // The numbers of the header: sectors of 512 or 4096 bytes, where the table and the directory begin.
    let Some((numbers, sectors)) = data.split_first_chunk::<8>() else { return };
    let mut file = SIGNATURE.to_vec();
    file.resize(512, 0);
    file[30] = if numbers[0] % 2 == 0 { 9 } else { 12 };
    file[48..52].copy_from_slice(&u32::from(numbers[1]).to_le_bytes());
    file[60..64].copy_from_slice(&(u32::from(numbers[2]) | 0xFFFF_FF00).to_le_bytes());
    file[68..72].copy_from_slice(&(if numbers[3] > 16 { 0xFFFF_FFFE } else { u32::from(numbers[3]) }).to_le_bytes());
    for (index, place) in file[76..512].chunks_exact_mut(4).enumerate() {
        place.copy_from_slice(&(if index == 0 { u32::from(numbers[4]) } else { 0xFFFF_FFFF }).to_le_bytes());
    }
    if file[30] == 12 {
        file.resize(4096, 0);
    }
    file.extend_from_slice(sectors);
    let _ = thoatngheo_fuzz::read(&thoatngheo_fuzz::scratch("xa-thu.xls", &file));
});
