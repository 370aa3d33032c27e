//! Columns that say less beside others than alone: the old card beside the citizen number, the day beside the mark.

use super::asked::Asked;
use super::columns::Fit;
use super::fields::Field;
use super::instalments::is_sum;
use super::kind::Kind;

/// Sets aside what the columns of a kind of table mean alone and not beside the others.
pub(super) fn set_aside(kind: Kind, headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    set_old_cards_aside(headings, fits);
    match kind {
        Kind::Support => set_days_aside(Field::Received, headings, fits),
        Kind::Members | Kind::Pledges => {
            set_members_aside(headings, fits);
            set_days_aside(Field::DeliveredText, headings, fits);
            set_dues_aside(headings, fits);
            set_monthly_aside(headings, fits);
        }
        Kind::Households | Kind::Totals | Kind::Twinning | Kind::Assignment | Kind::Corrections => {}
    }
}

/// Beside a column of citizen numbers that of the cards before them is no other one: "Số CMND", "Số CCCD".
fn set_old_cards_aside(headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    let says = |asked: &Asked<'_>, words: &[&str]| words.iter().any(|word| asked.folded.contains(word));
    let is_old = |asked: &Asked<'_>| {
        says(asked, &["cmnd", "cmtnd", "cmt", "chung minh"]) && !says(asked, &["cccd", "can cuoc", "dinh danh", "ddcn"])
    };
    let of_persons = || headings.iter().zip(&*fits).filter(|(_, fit)| fit.is_some_and(|(field, _)| field == Field::Citizen));
    if of_persons().all(|(asked, _)| is_old(asked)) {
        return;
    }
    for (asked, fit) in headings.iter().zip(fits) {
        if let Some((field @ Field::Citizen, _)) = fit
            && is_old(asked)
        {
            *field = Field::OldCard;
        }
    }
}

/// Beside a column of whether something was received or delivered that of the day says no more, and of two days the first says
/// enough.
fn set_days_aside(of: Field, headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    let is_told = |fit: &Option<(Field, Fit)>| fit.is_some_and(|(field, fit)| field == of && fit != Fit::Told);
    let is_day = |asked: &Asked<'_>| asked.folded.contains("ngay ");
    let told = headings.iter().zip(&*fits).any(|(asked, fit)| is_told(fit) && !is_day(asked));
    let days = headings.iter().zip(fits).filter(|(asked, fit)| is_told(fit) && is_day(asked));
    days.skip(usize::from(!told)).for_each(|(_, fit)| *fit = Some((Field::Unused, Fit::Whole)));
}

/// Where no amount is promised or delivered, "Đã thu" is of dues: it does not say of what, as "Kết quả giúp đỡ" does.
fn set_dues_aside(headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    let is_amount = |field: Field| Field::AMOUNTS.contains(&field) && field != Field::DeliveredText;
    if fits.iter().flatten().any(|(field, _)| is_amount(*field)) {
        return;
    }
    for (asked, fit) in headings.iter().zip(fits) {
        let says_of_what = ["noi dung", "ket qua"].iter().any(|words| asked.folded.contains(words));
        *fit = fit.filter(|(field, fit)| *field != Field::DeliveredText || *fit == Fit::Told || says_of_what);
    }
}

/// What somebody gives each month is no sum of the year. That may stand beside it: "Mức đóng góp/tháng", "Số tháng", "Tổng cộng".
fn set_monthly_aside(headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    const MONTHLY: [&str; 6] = ["/thang", "/ thang", "moi thang", "hang thang", "1 thang", "mot thang"];
    let is_monthly = |asked: &Asked<'_>| MONTHLY.iter().any(|words| asked.folded.contains(words));
    for field in [Field::PledgedMoney, Field::DeliveredMoney] {
        let is_of = |fit: &Option<(Field, Fit)>| fit.is_some_and(|(of, fit)| of == field && fit != Fit::Told);
        let Some(at) = headings.iter().zip(&*fits).position(|(asked, fit)| is_of(fit) && is_monthly(asked)) else { continue };
        let own = headings.iter().zip(&*fits).any(|(asked, fit)| is_of(fit) && !is_monthly(asked));
        let sum = (at + 1..headings.len()).find(|at| {
            let free = fits.get(*at).is_some_and(Option::is_none);
            free && headings.get(*at).is_some_and(|asked| is_sum(asked.heading))
        });
        if let Some(fit) = sum.filter(|_| !own).and_then(|sum| fits.get_mut(sum)) {
            *fit = Some((field, Fit::Words));
        }
        headings.iter().zip(&mut *fits).filter(|(asked, fit)| is_of(fit) && is_monthly(asked)).for_each(|(_, fit)| *fit = None);
    }
}

/// Beside a column of names that of the members has no names: it marks who is one.
fn set_members_aside(headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    let is_name = |fit: &Option<(Field, Fit)>| fit.is_some_and(|(field, fit)| field == Field::Name && fit != Fit::Told);
    let named = headings.iter().zip(&*fits).any(|(asked, fit)| is_name(fit) && asked.folded != "dang vien");
    let marks = headings.iter().zip(fits).filter(|(asked, fit)| named && is_name(fit) && asked.folded == "dang vien");
    marks.for_each(|(_, fit)| *fit = Some((Field::Membership, Fit::Whole)));
}
