//! Movement between classes as bands from left to right, each as thick as its count.

use maud::{Markup, html};

use super::{Drawing, Frame, TEXT, body, measure, scaled, short, size};
use crate::report::table::Table;
use crate::report::wording::Words;

const HIGH: i64 = 2600;
const TOP: i64 = 330;
const GAP: i64 = 190;
const POST: i64 = 130;

/// A place where bands begin or end.
struct Post {
    name: String,
    sum: i64,
    top: i64,
    height: i64,
    /// How far down the bands have got.
    used: i64,
}

struct Band {
    from: usize,
    to: usize,
    size: i64,
}

pub(super) fn draw(table: &Table, from: usize, to: usize, value: usize, (frame, words): (Frame, &Words)) -> Drawing {
    let side = frame.names[1];
    let most = usize::try_from((side - 80) / 62).unwrap_or(24);
    let mut left: Vec<Post> = Vec::new();
    let mut right: Vec<Post> = Vec::new();
    let mut bands = Vec::new();
    for row in body(table) {
        let Some(size) = size(row, value).filter(|&size| size > 0) else { continue };
        let name = |column: usize| row.cells.get(column).map_or_else(String::new, |datum| words.datum(datum));
        bands.push(Band { from: post(&mut left, name(from), size), to: post(&mut right, name(to), size), size });
    }
    let total = left.iter().map(|post| post.sum).sum::<i64>().max(1);
    let height = stack(&mut left, total).max(stack(&mut right, total));
    let drawn: Vec<(usize, String)> =
        bands.iter().map(|band| (band.from % 4, path(band, (&mut left, &mut right), total, frame))).collect();
    let marks = html! {
        text .soft x=(side + POST) y="140" text-anchor="end" { (short(&measure(table, from), 24)) }
        text .soft x=(frame.width - side - POST) y="140" { (short(&measure(table, to), 24)) }
        @for (colour, path) in drawn { path .band .(format!("f{colour}")) d=(path) {} }
        (posts(&left, [side, side - 80], ("end", most), words))
        (posts(&right, [frame.width - side - POST, frame.width - side + 80], ("start", most), words))
    };
    Drawing { height: height + TEXT, marks }
}

fn post(posts: &mut Vec<Post>, name: String, size: i64) -> usize {
    let index = posts.iter().position(|post| post.name == name).unwrap_or_else(|| {
        posts.push(Post { name, sum: 0, top: 0, height: 0, used: 0 });
        posts.len() - 1
    });
    posts[index].sum += size;
    index
}

/// Puts posts one below the other and gives the end of the last.
fn stack(posts: &mut [Post], total: i64) -> i64 {
    let mut y = TOP;
    for post in posts {
        post.top = y;
        post.height = scaled(post.sum, total, HIGH).max(20);
        y += post.height.max(TEXT) + GAP;
    }
    y
}

fn path(band: &Band, (left, right): (&mut [Post], &mut [Post]), total: i64, frame: Frame) -> String {
    let thick = scaled(band.size, total, HIGH).max(6);
    let start = |post: &mut Post| {
        let y = post.top + post.used;
        post.used += thick;
        y
    };
    let (a, b) = (start(&mut left[band.from]), start(&mut right[band.to]));
    let side = frame.names[1] + POST;
    let (x1, x2) = (side, frame.width - side);
    let middle = (x1 + x2) / 2;
    format!(
        "M{x1} {a} C{middle} {a} {middle} {b} {x2} {b} L{x2} {} C{middle} {} {middle} {} {x1} {} Z",
        b + thick,
        b + thick,
        a + thick,
        a + thick
    )
}

fn posts(posts: &[Post], [x, text]: [i64; 2], (anchor, most): (&str, usize), words: &Words) -> Markup {
    html! {
        @for (index, post) in posts.iter().enumerate() {
            rect .(format!("f{}", index % 4)) x=(x) y=(post.top) width=(POST) height=(post.height) {}
            text x=(text) y=(post.top + 120) text-anchor=(anchor) { (short(&post.name, most)) }
            text .soft x=(text) y=(post.top + 120 + 160) text-anchor=(anchor) { (words.count(post.sum / 100)) }
        }
    }
}
