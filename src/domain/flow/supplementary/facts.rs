//! What the pages of a supplementary document say and hear: events, effects
//! and facts of their screens.

use crate::domain::flow::{Progress, Ticket};
use crate::domain::i18n::Message;
use crate::domain::image::{FileError, FileId, ImageId, PreparedImage};
use crate::domain::pdf::PdfError;
use crate::domain::session::plan::SupplementaryObjective;

/// Something happened to the pages of a supplementary document.
///
/// Pages are named by their place in the list, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupplementaryEvent {
    /// Files were picked, dropped or pasted.
    FilesChosen(Vec<ChosenFile>),
    /// A page is to be turned by a quarter, clockwise.
    TurnPressed(usize),
    /// A page is to change places with the one before it.
    MoveEarlierPressed(usize),
    /// A page is to change places with the one after it.
    MoveLaterPressed(usize),
    /// A page is to be photographed again.
    RetakePressed(usize),
    /// A page is to be taken out.
    RemovePressed(usize),
    /// The PDF is to be taken out.
    RemovePdfPressed,
    /// Answer to [`ReadFile`](SupplementaryEffect::ReadFile).
    FileRead(Ticket, Result<SupplementaryContent, PageProblem>),
    /// Answer to [`TurnPicture`](SupplementaryEffect::TurnPicture).
    PictureTurned(Ticket, Result<PreparedImage, FileError>),
}

impl SupplementaryEvent {
    pub(in crate::domain::flow) fn is_answer(&self) -> bool {
        matches!(self, Self::FileRead(..) | Self::PictureTurned(..))
    }

    /// What the runtime now keeps because of it.
    pub(in crate::domain::flow) fn arrived(&self) -> Option<ImageId> {
        match self {
            Self::FileRead(_, Ok(SupplementaryContent::Picture(image)))
            | Self::PictureTurned(_, Ok(image)) => Some(image.id),
            Self::FileRead(_, Ok(SupplementaryContent::Pdf(pdf))) => Some(pdf.id),
            _ => None,
        }
    }
}

/// A file that the person chose for a supplementary document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenFile {
    /// The file.
    pub id: FileId,
    /// Its name, by which the person knows it.
    pub name: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupplementaryContent {
    /// A picture of a page.
    Picture(PreparedImage),
    /// The whole document.
    Pdf(PreparedPdf),
}

/// A PDF that is ready to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreparedPdf {
    /// Where its bytes are kept.
    pub id: ImageId,
    /// Its size.
    pub n_bytes: u64,
}

/// Why a file is not among the pages, by what the person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PageProblem {
    /// The picture can't be used.
    #[error(transparent)]
    Picture(#[from] FileError),
    /// The PDF can't be used.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// There is no room for another page.
    #[error("there are too many pages")]
    TooMany,
    /// Pages and a PDF, or two PDFs, can't be sent together.
    #[error("a PDF is sent alone")]
    PdfIsAlone,
    /// The service did not take the picture.
    #[error("the picture was refused")]
    Refused,
}

/// Something to be done for the pages of a supplementary document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupplementaryEffect {
    /// Read and check a file: a picture is re-encoded without its metadata, a
    /// PDF is kept as it is.
    ReadFile(Ticket, FileId),
    /// Forget a file that is not needed after all.
    DropFile(FileId),
    /// Make a new picture by turning this one, clockwise.
    TurnPicture {
        /// Names this request.
        ticket: Ticket,
        /// What is turned; it stays as it is.
        picture: PreparedImage,
        /// How often by a quarter, 1 to 3.
        quarter_turns: u8,
    },
}

/// Which pages a supplementary document must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplementaryGuidanceScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// The document's name.
    pub document_name: Message,
    /// What the document is for.
    pub objective: SupplementaryObjective,
    /// How many pages there may be.
    pub most_pages: u32,
    /// Whether files may be uploaded.
    pub can_upload: bool,
}

/// The pages of a supplementary document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagesScreen {
    /// How far the journey is.
    pub progress: Progress,
    /// The document's name.
    pub document_name: Message,
    /// Whether files may be uploaded.
    pub can_upload: bool,
    /// The pages, in order.
    pub pages: Vec<PageFact>,
    /// The one file that is sent instead of pages.
    pub pdf: Option<PdfFact>,
    /// How many pages there may be.
    pub most_pages: u32,
    /// Whether there is room for another page or file.
    pub has_room: bool,
    /// Whether a file is being read.
    pub is_reading: bool,
    /// What is wrong with the files that were chosen or sent last.
    pub problems: Vec<Message>,
    /// Whether there is something to send and nothing to wait for.
    pub can_continue: bool,
}

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageFact {
    /// Its picture, as it will be sent.
    pub image: ImageId,
    /// Whether it is just being turned.
    pub is_turning: bool,
    /// Whether it is the one that was not good enough.
    pub is_marked: bool,
}

/// The one file that is sent instead of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfFact {
    /// The name by which the person knows it.
    pub name: String,
    /// Its size, in words.
    pub size: Message,
    /// Whether the service would not take it.
    pub is_refused: bool,
}
