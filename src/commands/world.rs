//! What a command may know of the world, handed in from `main`: streams, width, folder, locale, the program's own path.

use std::cell::Cell;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::options::{AudienceArg, ColorArg, LangArg};
use crate::report::audience::Audience;
use crate::report::wording::{Lang, Words};

/// The world around a command.
pub struct World<'a> {
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error.
    pub err: &'a mut dyn Write,
    /// Width of the terminal in columns.
    pub width: u16,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether progress may be drawn on standard error: it is a terminal, and nobody asks for quiet.
    pub shows_progress: bool,
    /// Whether the environment asks for no colours (`NO_COLOR`).
    pub no_color: bool,
    /// The locale of the environment (`LC_ALL`, `LC_MESSAGES` or `LANG`).
    pub locale: Option<String>,
    /// The present folder.
    pub folder: PathBuf,
    /// This program, by which workbooks that could hurt are read in a child process; `None` reads them here.
    pub program: Option<PathBuf>,
    /// The language that was chosen last, in which errors are told; `None` where no flag asks for one and no command has
    /// looked for another yet.
    pub chosen: Cell<Option<Lang>>,
}

impl World<'_> {
    /// The language: the flag, then the programme file, then the locale, then Vietnamese. Errors keep to it from then on.
    #[must_use]
    pub fn language(&self, flag: Option<LangArg>, programme: Option<Lang>) -> Lang {
        let lang = match flag {
            Some(LangArg::Vi) => Lang::Vi,
            Some(LangArg::En) => Lang::En,
            None => programme.unwrap_or_else(|| match self.locale.as_deref() {
                Some(locale) if locale.to_ascii_lowercase().starts_with("en") => Lang::En,
                _ => Lang::Vi,
            }),
        };
        self.chosen.set(Some(lang));
        lang
    }

    /// The language in which an error is told.
    #[must_use]
    pub fn spoken(&self) -> Lang {
        self.chosen.get().unwrap_or_else(|| self.language(None, None))
    }

    /// Whether standard output shows colours.
    #[must_use]
    pub fn colour(&self, flag: ColorArg) -> bool {
        match flag {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => self.out_is_terminal && !self.no_color,
        }
    }

    /// A line on standard error; a standard error that is gone is nobody's loss.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }
}

/// How long work may take before a bar shows how far it is.
const PATIENCE: Duration = Duration::from_millis(400);

/// A bar of progress on standard error, only when the work takes a while.
pub struct Progress {
    bar: Option<indicatif::ProgressBar>,
    since: Instant,
}

impl Progress {
    /// A bar, where it may be shown.
    #[must_use]
    pub fn new(shown: bool) -> Self {
        Self { bar: shown.then(|| indicatif::ProgressBar::new(0)), since: Instant::now() }
    }

    /// So many are done, of so many.
    pub fn at(&self, done: usize, of: usize) {
        let Some(bar) = self.bar.as_ref().filter(|bar| bar.position() > 0 || self.since.elapsed() >= PATIENCE) else { return };
        bar.set_length(of as u64);
        bar.set_position(done as u64);
        if done == of {
            bar.finish_and_clear();
        }
    }
}

/// The audience of a flag.
#[must_use]
pub fn audience(flag: AudienceArg) -> Audience {
    match flag {
        AudienceArg::Internal => Audience::Internal,
        AudienceArg::Posted => Audience::Posted,
        AudienceArg::Public => Audience::Public,
    }
}

/// Times the steps of a command, for `--verbose`.
pub struct Steps {
    shown: bool,
    since: Instant,
}

impl Steps {
    /// Starts the clock.
    #[must_use]
    pub fn start(shown: bool) -> Self {
        Self { shown, since: Instant::now() }
    }

    /// Says how long the step took that now ends.
    pub fn end(&mut self, step: &str, words: &Words, world: &mut World<'_>) {
        if self.shown {
            let millis = self.since.elapsed().as_millis();
            world.say(&format!("{}: {millis} ms", words.say("step", step)));
        }
        self.since = Instant::now();
    }
}
