//! The markup of web pages, read as tolerantly as browsers do: tags, characters, white space.

/// Text as a browser shows it: white space is one space, breaks are breaks.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    gap: Option<char>,
}

impl Line {
    pub(super) fn push(&mut self, c: char) {
        if c.is_whitespace() || c == '\u{a0}' {
            self.gap = self.gap.or(Some(' '));
            return;
        }
        if let Some(gap) = self.gap.take()
            && !self.text.is_empty()
        {
            self.text.push(gap);
        }
        self.text.push(c);
    }

    pub(super) fn line_break(&mut self) {
        self.gap = Some('\n');
    }
}

/// A tag: what stands between `<` and `>`.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) closes: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag at the beginning of a text after its `<`, and the length up to and with its `>`. `None` where none begins.
    pub(super) fn at(text: &'a str) -> Option<(Self, usize)> {
        let closes = text.starts_with('/');
        let start = usize::from(closes);
        let body = text.get(start..)?;
        let end = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
        let name = body.get(..end).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let rest = body.get(end..)?;
        // A quotation mark begins a value only after an equals sign, so that `title=it's` ends where it should.
        let (mut quote, mut after_equals) = (None, false);
        for (at, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (Some(mark), _) if byte == mark => quote = None,
                (Some(_), _) => {}
                (None, b'>') => {
                    let attributes = rest.get(..at).unwrap_or_default();
                    return Some((Self { name, closes, attributes }, start + end + at + 1));
                }
                (None, b'"' | b'\'') if after_equals => quote = Some(byte),
                (None, _) => {}
            }
            after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
        }
        Some((Self { name, closes, attributes: rest }, text.len()))
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// A whole number of an attribute; 1 where there is none.
    pub(super) fn number(&self, wanted: &str) -> u32 {
        let lower = self.attributes.to_ascii_lowercase();
        let value = lower.match_indices(wanted).find_map(|(at, _)| {
            let alone = lower
                .get(..at)
                .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\''));
            let value = lower.get(at + wanted.len()..)?.trim_start().strip_prefix('=')?;
            alone.then(|| value.trim_start().trim_start_matches(['"', '\'']).to_owned())
        });
        let digits = value.map(|value| value.chars().take_while(char::is_ascii_digit).take(9).collect::<String>());
        digits.and_then(|digits| digits.parse().ok()).unwrap_or(1)
    }
}

/// What follows a mark; nothing where it is missing.
pub(super) fn after_mark<'a>(text: &'a str, mark: &str) -> &'a str {
    memchr::memmem::find(text.as_bytes(), mark.as_bytes()).and_then(|at| text.get(at + mark.len()..)).unwrap_or_default()
}

/// What follows the content of an element that is not shown, from its end tag on.
pub(super) fn after_content<'a>(text: &'a str, name: &str) -> &'a str {
    let closing = |at: &usize| {
        let tail = text.as_bytes().get(at + 1..at + 2 + name.len()).unwrap_or_default();
        tail.first() == Some(&b'/') && tail.get(1..).is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(closing).and_then(|at| text.get(at..)).unwrap_or_default()
}

/// Takes characters, with references (`&#7897;`, `&acirc;`) resolved once.
pub(super) fn characters(text: &str, line: &mut Line) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        before.chars().for_each(|c| line.push(c));
        let name: &str = after.get(1..).unwrap_or_default();
        let end =
            name.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#').unwrap_or(name.len().min(12));
        let word = name.get(..end).unwrap_or_default();
        match character(word) {
            Some(c) => {
                line.push(c);
                let tail = name.get(end..).unwrap_or_default();
                rest = tail.strip_prefix(';').unwrap_or(tail);
            }
            None => {
                line.push('&');
                rest = name;
            }
        }
    }
    rest.chars().for_each(|c| line.push(c));
}

/// The character of a reference.
fn character(word: &str) -> Option<char> {
    if let Some(number) = word.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).filter(|c| *c != '\0');
    }
    let plain = match word {
        "amp" | "AMP" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "middot" => '·',
        "times" => '×',
        _ => return letter(word),
    };
    Some(plain)
}

/// A letter with a mark: those of Latin-1 that Vietnamese has. Older programs write them so.
fn letter(word: &str) -> Option<char> {
    const MARKS: [(&str, char); 4] = [("grave", '\u{300}'), ("acute", '\u{301}'), ("circ", '\u{302}'), ("tilde", '\u{303}')];
    let (base, mark) = word.split_at_checked(1)?;
    let base = base.chars().next().filter(|base| "AEIOUYaeiouy".contains(*base))?;
    let (_, mark) = MARKS.into_iter().find(|(name, _)| *name == mark)?;
    unicode_normalization::char::compose(base, mark)
}
