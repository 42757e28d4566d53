//! The pages of a document as they are gathered: read, turned, moved, removed.
//!
//! Either pages or one PDF.
//! Files are read one after the other: ten photos decoded at once are more than
//! the memory of a phone.

use crate::domain::flow::sending::Part;
use crate::domain::flow::turn::{Desk, Turn};
use crate::domain::flow::{Effect, Ticket, UploadPart};
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::image::{FileError, ImageId, PreparedImage};
use crate::domain::pdf::PdfError;
use crate::domain::service::ServiceError;
use crate::domain::session::resource::CaptureMethod;

use super::{ChosenFile, PageProblem, PreparedPdf, SupplementaryContent, SupplementaryEffect};

/// How many pages the service takes (docs/client-api.md).
pub(in crate::domain::flow) const MOST_PAGES: usize = 10;

/// What there is to send so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::domain::flow) struct Pages {
    pages: Vec<Page>,
    pdf: Option<Pdf>,
    waiting: Vec<ChosenFile>,
    reading: Option<(Ticket, ChosenFile)>,
    problems: Vec<Problem>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) struct Page {
    /// As it was taken or read: every turn starts from here, so that turning it
    /// again and again does not wear it out.
    original: PreparedImage,
    /// What is shown and sent instead, and how far it is turned.
    turned: Option<(u8, PreparedImage)>,
    /// How far it is just being turned.
    turning: Option<(Ticket, u8)>,
    /// It was not good enough.
    pub(in crate::domain::flow) is_marked: bool,
}

impl Page {
    fn new(original: PreparedImage) -> Self {
        Self {
            original,
            turned: None,
            turning: None,
            is_marked: false,
        }
    }

    /// The picture as it will be sent.
    pub(in crate::domain::flow) fn shown(&self) -> &PreparedImage {
        match &self.turned {
            Some((_, image)) => image,
            None => &self.original,
        }
    }

    pub(in crate::domain::flow) fn is_turning(&self) -> bool {
        self.turning.is_some()
    }
}

/// The one file that is sent instead of pages.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) struct Pdf {
    pub(in crate::domain::flow) content: PreparedPdf,
    pub(in crate::domain::flow) name: String,
    /// The service did not take it, and would not take it again.
    pub(in crate::domain::flow) is_refused: bool,
}

/// Something wrong, and what with.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) struct Problem {
    pub(in crate::domain::flow) with: ProblemWith,
    pub(in crate::domain::flow) what: PageProblem,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::domain::flow) enum ProblemWith {
    File(String),
    /// The number of a page, from 1.
    Page(u32),
    /// All that was chosen beyond what there is room for.
    Rest,
}

/// The number of the page at a place.
pub(in crate::domain::flow) fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

fn announce(text: Text, page: u32, desk: &mut Desk<'_>) {
    desk.push(Effect::Announce(Message::from(text).with_count(page)));
}

impl Pages {
    pub(in crate::domain::flow) fn list(&self) -> &[Page] {
        &self.pages
    }

    pub(in crate::domain::flow) fn pdf(&self) -> Option<&Pdf> {
        self.pdf.as_ref()
    }

    pub(in crate::domain::flow) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    pub(in crate::domain::flow) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    pub(in crate::domain::flow) fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.pdf.is_none()
    }

    /// Everything that must be kept for it.
    pub(in crate::domain::flow) fn images(&self) -> impl Iterator<Item = ImageId> {
        let pages = self.pages.iter().flat_map(|page| {
            let turned = page.turned.as_ref().map(|(_, image)| image.id);
            [Some(page.original.id), turned].into_iter().flatten()
        });
        pages.chain(self.pdf.iter().map(|pdf| pdf.content.id))
    }

    /// Whether another page may be added.
    pub(in crate::domain::flow) fn has_room(&self) -> bool {
        self.why_full().is_none()
    }

    /// Whether there is something to send, and nothing to wait for.
    pub(in crate::domain::flow) fn is_ready(&self) -> bool {
        let is_busy = self.is_reading() || self.pages.iter().any(Page::is_turning);
        let is_refused = self.pdf.as_ref().is_some_and(|pdf| pdf.is_refused);
        !self.is_empty() && !is_busy && !is_refused
    }

    fn why_full(&self) -> Option<PageProblem> {
        if self.pdf.is_some() {
            return Some(PageProblem::PdfIsAlone);
        }
        (self.pages.len() >= MOST_PAGES).then_some(PageProblem::TooMany)
    }

    fn complain(&mut self, with: ProblemWith, what: PageProblem) {
        let problem = match what {
            // Said once, however many files there were.
            PageProblem::TooMany => Problem {
                with: ProblemWith::Rest,
                what,
            },
            what => Problem { with, what },
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Takes files to be read in their order.
    pub(super) fn choose(&mut self, files: Vec<ChosenFile>, desk: &mut Desk<'_>) {
        self.problems.clear();
        self.waiting.extend(files);
        self.read_next(desk);
    }

    fn read_next(&mut self, desk: &mut Desk<'_>) {
        while self.reading.is_none() && !self.waiting.is_empty() {
            let file = self.waiting.remove(0);
            if let Some(problem) = self.why_full() {
                self.drop_file(&file, desk);
                self.complain(ProblemWith::File(file.name), problem);
                continue;
            }
            let ticket = desk.ask(|ticket| {
                Effect::Supplementary(SupplementaryEffect::ReadFile(ticket, file.id))
            });
            self.reading = Some((ticket, file));
        }
    }

    fn drop_file(&self, file: &ChosenFile, desk: &mut Desk<'_>) {
        // The same file twice in a row: the one that is being read is gone.
        if !self.waiting.iter().any(|other| other.id == file.id) {
            desk.push(Effect::Supplementary(SupplementaryEffect::DropFile(
                file.id,
            )));
        }
    }

    /// Lets go of the files that have not been read.
    pub(super) fn forget_files(&mut self, desk: &mut Desk<'_>) {
        for file in std::mem::take(&mut self.waiting) {
            self.drop_file(&file, desk);
        }
    }

    pub(super) fn file_read(
        &mut self,
        ticket: Ticket,
        result: Result<SupplementaryContent, PageProblem>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let Some((_, file)) = self.reading.take_if(|(awaited, _)| *awaited == ticket) else {
            return Turn::Late;
        };
        match result {
            Ok(SupplementaryContent::Picture(image)) => self.add(image, desk),
            Ok(SupplementaryContent::Pdf(_)) if !self.is_empty() => {
                self.complain(ProblemWith::File(file.name), PageProblem::PdfIsAlone);
            }
            Ok(SupplementaryContent::Pdf(content)) => {
                self.pdf = Some(Pdf {
                    content,
                    name: file.name,
                    is_refused: false,
                });
                desk.push(Effect::Announce(Text::PagesPdfAdded.into()));
            }
            Err(problem) => self.complain(ProblemWith::File(file.name), problem),
        }
        self.read_next(desk);
        Turn::Stay
    }

    /// Adds a page at the end.
    pub(super) fn add(&mut self, image: PreparedImage, desk: &mut Desk<'_>) {
        self.pages.push(Page::new(image));
        announce(Text::PagesAdded, number(self.pages.len() - 1), desk);
    }

    /// Puts another picture in the place of a page.
    pub(super) fn replace(&mut self, index: usize, image: PreparedImage, desk: &mut Desk<'_>) {
        if let Some(page) = self.pages.get_mut(index) {
            *page = Page::new(image);
            self.problems.clear();
            announce(Text::PagesReplaced, number(index), desk);
        }
    }

    /// Turns a page by a quarter, clockwise.
    pub(super) fn turn(&mut self, index: usize, desk: &mut Desk<'_>) -> Turn {
        let Some(page) = self.pages.get_mut(index) else {
            return Turn::Ignored;
        };
        let turned = || page.turned.as_ref().map(|(turns, _)| *turns);
        let now = page.turning.map(|(_, turns)| turns).or_else(turned);
        let wanted = (now.unwrap_or(0) + 1) % 4;
        if wanted == 0 {
            page.turning = None;
            page.turned = None;
            announce(Text::PagesTurned, number(index), desk);
            return Turn::Stay;
        }
        let picture = page.original.clone();
        let ticket = desk.ask(|ticket| {
            Effect::Supplementary(SupplementaryEffect::TurnPicture {
                ticket,
                picture,
                quarter_turns: wanted,
            })
        });
        page.turning = Some((ticket, wanted));
        Turn::Stay
    }

    pub(super) fn picture_turned(
        &mut self,
        ticket: Ticket,
        result: Result<PreparedImage, FileError>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let is_awaited = |page: &Page| page.turning.is_some_and(|(awaited, _)| awaited == ticket);
        let Some(index) = self.pages.iter().position(is_awaited) else {
            return Turn::Late;
        };
        let Some(page) = self.pages.get_mut(index) else {
            return Turn::Late;
        };
        let turns = page.turning.take().map_or(0, |(_, turns)| turns);
        match result {
            Ok(image) => {
                page.turned = Some((turns, image));
                announce(Text::PagesTurned, number(index), desk);
            }
            Err(error) => self.complain(ProblemWith::Page(number(index)), error.into()),
        }
        Turn::Stay
    }

    /// Changes places with the page behind.
    pub(super) fn swap(&mut self, first: usize, moved: usize, desk: &mut Desk<'_>) -> Turn {
        if first + 1 >= self.pages.len() {
            return Turn::Ignored;
        }
        self.pages.swap(first, first + 1);
        self.problems.clear();
        let other = if moved == first { first + 1 } else { first };
        let moved = Message::from(Text::PagesMoved)
            .with_count(number(moved))
            .with("place", Arg::Count(number(other)));
        desk.push(Effect::Announce(moved));
        Turn::Stay
    }

    pub(super) fn remove(&mut self, index: usize, desk: &mut Desk<'_>) -> Turn {
        if index >= self.pages.len() {
            return Turn::Ignored;
        }
        self.pages.remove(index);
        self.problems.clear();
        announce(Text::PagesRemoved, number(index), desk);
        Turn::Stay
    }

    pub(super) fn remove_pdf(&mut self, desk: &mut Desk<'_>) -> Turn {
        if self.pdf.take().is_none() {
            return Turn::Ignored;
        }
        self.problems.clear();
        desk.push(Effect::Announce(Text::PagesPdfRemoved.into()));
        Turn::Stay
    }

    /// What is sent, in order; what was said of it before no longer counts.
    pub(super) fn parts(&mut self) -> Vec<Part> {
        self.problems.clear();
        self.pages
            .iter_mut()
            .for_each(|page| page.is_marked = false);
        if let Some(pdf) = &self.pdf {
            return vec![Part {
                part: UploadPart::File,
                content: pdf.content.id,
                n_bytes: pdf.content.n_bytes,
                capture_method: CaptureMethod::Upload,
                corners: None,
            }];
        }
        let part =
            |(index, page): (usize, &Page)| Part::of(UploadPart::Page(number(index)), page.shown());
        self.pages.iter().enumerate().map(part).collect()
    }

    /// The service did not take the part with this index.
    pub(super) fn refused(&mut self, index: usize, error: &ServiceError) {
        if let Some(pdf) = &mut self.pdf {
            pdf.is_refused = true;
            let what = match error {
                ServiceError::FileEncrypted => PdfError::Encrypted,
                _ => PdfError::Unreadable,
            };
            let with = ProblemWith::File(pdf.name.clone());
            self.complain(with, what.into());
        } else {
            self.mark(index);
            self.complain(ProblemWith::Page(number(index)), PageProblem::Refused);
        }
    }

    /// Marks a page as the one that was not good enough.
    pub(super) fn mark(&mut self, index: usize) {
        if let Some(page) = self.pages.get_mut(index) {
            page.is_marked = true;
        }
    }
}
