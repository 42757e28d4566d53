//! Capturing one identity document: choose, photograph every side, review, send.

use crate::domain::attempts::Attempts;
use crate::domain::camera::CameraWish;
use crate::domain::error::ErrorCode;
use crate::domain::i18n::{Arg, Message, Text};
use crate::domain::image::{FileError, ImageId, PreparedImage};
use crate::domain::session::config::DocumentType;
use crate::domain::session::plan::{DocumentTask, Suppressed};
use crate::domain::session::resource::{NewIdDocument, TextExtraction};
use crate::domain::session::sides::{Side, sides};
use crate::domain::sight::{Claim, DocumentShape, Doubt};

use super::camera::{CameraStep, CameraUse};
use super::lookout::{Lookout, LookoutTurn};
use super::sending::{Delivery, Part, Sending, SendingTurn, refused_picture};
use super::turn::{Captures, Desk, Retry, Turn, verdict};
use super::{Effect, Event, NewResource, ResourceKind, ResourceRef, Ticket, UploadPart, ending_of};

/// One document being captured.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document {
    pub(super) country: Option<String>,
    pub(super) document_type: Option<DocumentType>,
    /// One per side of the chosen document, in order.
    pub(super) pages: Vec<Page>,
    /// The side being photographed; an index into `pages`.
    pub(super) side: usize,
    /// How the person photographs: kept for the next side and for retakes.
    route: Route,
    pub(super) attempts: Attempts,
    /// Sending was stopped once, perhaps too late.
    was_cancelled: bool,
    pub(super) lookout: Lookout,
    pub(super) step: Step,
}

/// A side's picture, once there is one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) image: Option<PreparedImage>,
    /// What it says of itself is being read.
    reading: Option<Ticket>,
    /// The person looked at it and said "use it".
    is_confirmed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    Camera,
    Upload,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Choose,
    Guidance,
    Camera(CameraStep),
    Upload {
        reading: Option<Ticket>,
        error: Option<FileError>,
    },
    Review,
    Sending(Sending),
    TryAgain(Retry),
}

/// What stays the same while a document is captured.
#[derive(Clone, Copy)]
pub(super) struct DocumentContext<'a> {
    pub(super) task: &'a DocumentTask,
    pub(super) suppressed: Suppressed,
}

impl DocumentContext<'_> {
    fn camera_use(self) -> CameraUse {
        CameraUse {
            wish: CameraWish::Environment,
            has_other_way: self.task.can_upload,
            is_for_liveness: false,
        }
    }

    /// Whether there is nothing to choose, and the business wants no screen to
    /// say so.
    fn skips_choice(self) -> bool {
        self.suppressed.id_document_requirements && self.task.only_document().is_some()
    }
}

impl Captures for Document {
    fn camera(&self) -> Option<&CameraStep> {
        match &self.step {
            Step::Camera(camera) => Some(camera),
            Step::Choose
            | Step::Guidance
            | Step::Upload { .. }
            | Step::Review
            | Step::Sending(_)
            | Step::TryAgain(_) => None,
        }
    }

    fn sending(&self) -> Option<&Sending> {
        match &self.step {
            Step::Sending(sending) => Some(sending),
            Step::Choose
            | Step::Guidance
            | Step::Camera(_)
            | Step::Upload { .. }
            | Step::Review
            | Step::TryAgain(_) => None,
        }
    }

    fn images(&self) -> Vec<ImageId> {
        self.pictures().map(|image| image.id).collect()
    }
}

impl Document {
    pub(super) fn begin(context: DocumentContext<'_>, desk: &mut Desk<'_>) -> Self {
        let task = context.task;
        let mut document = Self {
            country: task.preset_country.clone(),
            document_type: None,
            pages: Vec::new(),
            side: 0,
            route: Route::Camera,
            attempts: task.attempts.clone(),
            was_cancelled: false,
            lookout: Lookout::default(),
            step: Step::Choose,
        };
        if let Some(pending) = &task.pending {
            document.country.clone_from(&pending.issuing_country);
            if let Some(kind) = &pending.document_type {
                document.choose_type(DocumentType::from(kind.as_str()));
            }
            let resource = ResourceRef {
                kind: ResourceKind::IdDocument,
                id: pending.resource_id.clone(),
            };
            document.step = Step::Sending(Sending::resume(resource, desk));
            return document;
        }
        desk.push(Effect::WakeEyes);
        document.preselect_type(task);
        if context.skips_choice() {
            document.show_side(context, desk);
        }
        document
    }

    fn pictures(&self) -> impl Iterator<Item = &PreparedImage> {
        self.pages.iter().filter_map(|page| page.image.as_ref())
    }

    pub(super) fn current_side(&self) -> Side {
        let document_sides = self.document_type.as_ref().map_or(&[][..], sides);
        document_sides
            .get(self.side)
            .copied()
            .unwrap_or(Side::DataPage)
    }

    /// What the service believes it saw, where the person may take it over.
    pub(super) fn detected(&self, task: &DocumentTask) -> Option<(String, DocumentType)> {
        let Step::TryAgain(Retry { recommendation, .. }) = &self.step else {
            return None;
        };
        if recommendation.detected_country.is_none()
            && recommendation.detected_document_type.is_none()
        {
            return None;
        }
        let country = recommendation
            .detected_country
            .clone()
            .or_else(|| self.country.clone())?;
        let kind = recommendation
            .detected_document_type
            .clone()
            .or_else(|| self.document_type.clone())?;
        let is_news =
            self.country.as_ref() != Some(&country) || self.document_type.as_ref() != Some(&kind);
        (is_news && task.allows(&country, &kind)).then_some((country, kind))
    }

    fn has_image(&self, index: usize) -> bool {
        self.pages
            .get(index)
            .is_some_and(|page| page.image.is_some())
    }

    fn set_image(&mut self, image: PreparedImage, desk: &mut Desk<'_>) {
        let is_front = self.current_side() == Side::Front;
        let chosen = self.document_type.clone().zip(self.country.clone());
        let reading = chosen.map(|(document_type, country)| {
            let claim = Claim {
                image: image.id,
                document_type,
                is_front,
                country,
            };
            desk.ask(|ticket| Effect::ReadDocument(ticket, claim))
        });
        if let Some(page) = self.pages.get_mut(self.side) {
            *page = Page {
                image: Some(image),
                reading,
                is_confirmed: false,
            };
        }
        self.step = Step::Review;
    }

    /// Takes in what does not fit, of whichever picture it is.
    fn doubt(&mut self, ticket: Ticket, doubt: Doubt) -> Turn {
        let mut pages = self.pages.iter_mut();
        let Some(page) = pages.find(|page| page.reading == Some(ticket)) else {
            return Turn::Late;
        };
        page.reading = None;
        if let Some(image) = &mut page.image {
            image.seen.doubt = Some(doubt);
        }
        Turn::Stay
    }

    /// The first side that still needs a picture or a look.
    fn next_open_side(&self) -> Option<usize> {
        self.pages.iter().position(|page| !page.is_confirmed)
    }

    /// Throws away the pictures that were not good enough.
    fn clear_pages(&mut self, page: Option<u32>) {
        let concerned = page.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
        match concerned.filter(|index| *index < self.pages.len()) {
            Some(index) => {
                self.side = index;
                if let Some(page) = self.pages.get_mut(index) {
                    *page = Page::default();
                }
            }
            None => {
                self.side = 0;
                self.pages
                    .iter_mut()
                    .for_each(|page| *page = Page::default());
            }
        }
    }

    fn choose_type(&mut self, document_type: DocumentType) {
        self.pages = vec![Page::default(); sides(&document_type).len()];
        self.side = 0;
        self.document_type = Some(document_type);
    }

    /// Chooses the document type where there is only one.
    fn preselect_type(&mut self, task: &DocumentTask) {
        let only = self
            .country
            .as_deref()
            .and_then(|code| match task.documents(code) {
                [only] => Some(only.kind.clone()),
                _ => None,
            });
        if let Some(only) = only {
            self.choose_type(only);
        }
    }

    /// The document is what the service saw: the same pictures, under that name.
    fn take_over(&mut self, country: String, kind: DocumentType) {
        let pages = std::mem::take(&mut self.pages);
        self.country = Some(country);
        self.choose_type(kind);
        for (page, kept) in self.pages.iter_mut().zip(pages) {
            *page = kept;
        }
    }

    /// Shows what comes before the picture of the current side.
    fn show_side(&mut self, context: DocumentContext<'_>, desk: &mut Desk<'_>) {
        if self.has_image(self.side) {
            self.step = Step::Review;
        } else if context.suppressed.id_document_education {
            match self.route {
                Route::Camera => self.open_camera(context, desk),
                Route::Upload => self.open_upload(),
            }
        } else {
            self.step = Step::Guidance;
        }
    }

    fn open_camera(&mut self, context: DocumentContext<'_>, desk: &mut Desk<'_>) {
        self.route = Route::Camera;
        self.step = Step::Camera(CameraStep::open(context.camera_use().wish, desk));
    }

    fn open_upload(&mut self) {
        self.route = Route::Upload;
        self.step = Step::Upload {
            reading: None,
            error: None,
        };
    }

    /// One screen back from the picture of a side.
    fn back_from_picture(&mut self, context: DocumentContext<'_>) -> Turn {
        if context.suppressed.id_document_education {
            return self.back_from_guidance(context);
        }
        self.step = Step::Guidance;
        Turn::Stay
    }

    fn back_from_guidance(&mut self, context: DocumentContext<'_>) -> Turn {
        match self.side.checked_sub(1) {
            Some(previous) => {
                self.side = previous;
                self.step = if self.has_image(previous) {
                    Step::Review
                } else {
                    Step::Guidance
                };
            }
            None if context.skips_choice() => return Turn::Leave,
            None => self.step = Step::Choose,
        }
        Turn::Stay
    }

    pub(super) fn on(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        if let Event::DocumentRead(ticket, doubt) = event {
            return self.doubt(ticket, doubt);
        }
        match &self.step {
            Step::Choose => self.on_choose(event, context, desk),
            Step::Guidance => self.on_guidance(event, context, desk),
            Step::Camera(_) => self.on_camera(event, context, desk),
            Step::Upload { .. } => self.on_upload(event, context, desk),
            Step::Review => self.on_review(event, context, desk),
            Step::Sending(_) => self.on_sending(event, desk),
            Step::TryAgain(_) => self.on_try_again(event, context, desk),
        }
    }

    fn on_choose(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let task = context.task;
        match event {
            Event::CountryChosen(code) if !task.documents(&code).is_empty() => {
                self.choose_country(code, task);
            }
            Event::DocumentTypeChosen(kind)
                if self
                    .country
                    .as_deref()
                    .is_some_and(|code| task.allows(code, &kind)) =>
            {
                // Choosing the same again keeps the pictures already taken.
                if self.document_type.as_ref() != Some(&kind) {
                    self.choose_type(kind);
                }
            }
            Event::ContinuePressed if self.country.is_some() && self.document_type.is_some() => {
                self.side = 0;
                // What was photographed before stands behind the guidance.
                if context.suppressed.id_document_education {
                    self.show_side(context, desk);
                } else {
                    self.step = Step::Guidance;
                }
            }
            Event::NoDocumentPressed => return Turn::End(ErrorCode::NoDocument),
            Event::BackPressed => return Turn::Leave,
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn choose_country(&mut self, code: String, task: &DocumentTask) {
        if self.country.as_deref() == Some(&code) {
            return;
        }
        let is_still_offered = self
            .document_type
            .as_ref()
            .is_some_and(|kind| task.allows(&code, kind));
        self.country = Some(code);
        if !is_still_offered {
            self.document_type = None;
            self.pages = Vec::new();
            self.preselect_type(task);
        }
    }

    fn on_guidance(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match event {
            Event::CameraChosen => self.open_camera(context, desk),
            Event::UploadChosen if context.task.can_upload => self.open_upload(),
            Event::BackPressed => return self.back_from_guidance(context),
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn on_camera(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let shape = shape_of(self.current_side());
        let Step::Camera(camera) = &mut self.step else {
            return Turn::Ignored;
        };
        match event {
            Event::BackPressed => return self.back_from_picture(context),
            Event::UploadChosen if context.task.can_upload => self.open_upload(),
            event => match self
                .lookout
                .on(event, camera, context.camera_use(), shape, desk)
            {
                LookoutTurn::Turn(turn) => return turn,
                LookoutTurn::Taken(image) => self.set_image(image, desk),
            },
        }
        Turn::Stay
    }

    fn on_upload(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let shape = shape_of(self.current_side());
        let Step::Upload { reading, error } = &mut self.step else {
            return Turn::Ignored;
        };
        match event {
            // A second file while the first is being read replaces it.
            Event::FileChosen(file) => {
                *reading = Some(desk.ask(|ticket| Effect::PrepareFile(ticket, file, shape)));
                *error = None;
            }
            Event::FilePrepared(ticket, result) if *reading == Some(ticket) => match result {
                Ok(image) => self.set_image(image, desk),
                Err(why) => {
                    *reading = None;
                    *error = Some(why);
                }
            },
            Event::CameraChosen => self.open_camera(context, desk),
            Event::BackPressed => return self.back_from_picture(context),
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    fn on_review(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        match event {
            Event::UsePressed => {
                if let Some(page) = self.pages.get_mut(self.side) {
                    page.is_confirmed = true;
                }
                self.go_on(context, desk);
            }
            Event::RetakePressed => match self.route {
                Route::Camera => self.open_camera(context, desk),
                Route::Upload => self.open_upload(),
            },
            Event::BackPressed => return self.back_from_picture(context),
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }

    /// To the next side without a picture, or off with all of them.
    fn go_on(&mut self, context: DocumentContext<'_>, desk: &mut Desk<'_>) {
        match self.next_open_side() {
            Some(next) => {
                self.side = next;
                self.show_side(context, desk);
            }
            None => self.send(context.task, desk),
        }
    }

    fn send(&mut self, task: &DocumentTask, desk: &mut Desk<'_>) {
        let (Some(kind), Some(country)) = (&self.document_type, &self.country) else {
            return;
        };
        let part = |(number, image)| Part::of(UploadPart::Page(number), image);
        let delivery = Delivery {
            resource: NewResource::IdDocument(NewIdDocument {
                requirement_id: task.requirement_id.clone(),
                document_type: kind.clone(),
                issuing_country: country.clone(),
            }),
            parts: (1..).zip(self.pictures()).map(part).collect(),
        };
        self.step = Step::Sending(Sending::start(delivery, self.was_cancelled, desk));
    }

    fn on_sending(&mut self, event: Event, desk: &mut Desk<'_>) -> Turn {
        let Step::Sending(sending) = &mut self.step else {
            return Turn::Ignored;
        };
        match sending.on(event, desk) {
            SendingTurn::Stay => Turn::Stay,
            SendingTurn::Judged(judgement) => self.judged(&judgement),
            SendingTurn::Delivered => Turn::Done,
            SendingTurn::Reread => Turn::Reread,
            SendingTurn::Cancelled => {
                self.was_cancelled = true;
                self.side = self.pages.len().saturating_sub(1);
                self.step = Step::Review;
                Turn::Stay
            }
            SendingTurn::Refused(index, _) => {
                self.step = Step::TryAgain(Retry {
                    recommendation: refused_picture(index),
                    can_keep: false,
                });
                Turn::Stay
            }
            SendingTurn::Failed(error) => Turn::End(ending_of(&error)),
            SendingTurn::Unused(other) => Turn::unused(&other),
        }
    }

    fn judged(&mut self, judgement: &TextExtraction) -> Turn {
        match verdict(&mut self.attempts, judgement, ErrorCode::AttemptsExhausted) {
            Ok(retry) => {
                self.step = Step::TryAgain(retry);
                Turn::Stay
            }
            Err(turn) => turn,
        }
    }

    fn on_try_again(
        &mut self,
        event: Event,
        context: DocumentContext<'_>,
        desk: &mut Desk<'_>,
    ) -> Turn {
        let Step::TryAgain(Retry {
            recommendation,
            can_keep,
        }) = &self.step
        else {
            return Turn::Ignored;
        };
        match event {
            // After a reload it is not known what was photographed.
            Event::RetakePressed if self.pages.is_empty() => self.step = Step::Choose,
            Event::RetakePressed => {
                let page = recommendation.page;
                self.clear_pages(page);
                self.step = Step::Guidance;
            }
            Event::DetectedConfirmed => match self.detected(context.task) {
                Some((country, kind)) => {
                    self.take_over(country, kind);
                    self.go_on(context, desk);
                }
                None => return Turn::Ignored,
            },
            Event::ChangeDocumentPressed => {
                self.clear_pages(None);
                self.document_type = None;
                self.pages = Vec::new();
                self.preselect_type(context.task);
                self.step = Step::Choose;
            }
            Event::KeepPressed if *can_keep => return Turn::Done,
            other => return Turn::unused(&other),
        }
        Turn::Stay
    }
}

/// What a side looks like from the front.
fn shape_of(side: Side) -> DocumentShape {
    match side {
        Side::DataPage => DocumentShape::DataPage,
        Side::Front | Side::Back => DocumentShape::Card,
    }
}

/// The name of a document, as a phrase in the middle of a sentence.
pub(super) fn document_name(kind: &DocumentType) -> Message {
    let text = match kind {
        DocumentType::Passport => Text::DocumentPassport,
        DocumentType::DrivingLicence => Text::DocumentDrivingLicence,
        DocumentType::NationalId => Text::DocumentNationalId,
        DocumentType::ResidencePermit => Text::DocumentResidencePermit,
        DocumentType::TravelDocument => Text::DocumentTravelDocument,
        DocumentType::StateId => Text::DocumentStateId,
        DocumentType::Other(name) => {
            if let Some(text) = paper_name(name) {
                return text.into();
            }
            let words = name.to_ascii_lowercase().replace('_', " ");
            return Message::from(Text::DocumentOther).with("name", Arg::Verbatim(words));
        }
    };
    text.into()
}

/// The name of a supplementary document (contract §3), where we know one.
fn paper_name(name: &str) -> Option<Text> {
    Some(match name {
        "UTILITY_BILL" => Text::DocumentUtilityBill,
        "COUNCIL_TAX_BILL" => Text::DocumentCouncilTaxBill,
        "PHONE_BILL" => Text::DocumentPhoneBill,
        "BANK_STATEMENT" => Text::DocumentBankStatement,
        "MILITARY_CARD" => Text::DocumentMilitaryCard,
        "SUPPLEMENTARY_PASS_CARD" => Text::DocumentPassCard,
        "FIREARMS_LICENCE" => Text::DocumentFirearmsLicence,
        "BIRTH_CERTIFICATE_ISSUED_WITHIN_12_MONTHS_OF_BIRTH" => Text::DocumentEarlyBirthCertificate,
        "BIRTH_CERTIFICATE" => Text::DocumentBirthCertificate,
        "ADOPTION_CERTIFICATE" => Text::DocumentAdoptionCertificate,
        "PAPER_DRIVING_LICENCE" => Text::DocumentPaperDrivingLicence,
        "MARRIAGE_CERTIFICATE" => Text::DocumentMarriageCertificate,
        "ACCOUNT_OPENING_LETTER" => Text::DocumentAccountOpeningLetter,
        "BENEFIT_STATEMENT" => Text::DocumentBenefitStatement,
        "MORTGAGE_STATEMENT" => Text::DocumentMortgageStatement,
        "FINANCIAL_STATEMENT" => Text::DocumentFinancialStatement,
        "EMPLOYEE_TAX_FORM" => Text::DocumentEmployeeTaxForm,
        "EMPLOYMENT_SPONSORSHIP_LETTER" => Text::DocumentSponsorshipLetter,
        "IMMIGRATION_DOCUMENT" => Text::DocumentImmigrationDocument,
        "EDUCATION_LETTER" => Text::DocumentEducationLetter,
        "DVLA_FORM" => Text::DocumentDvlaForm,
        _ => return None,
    })
}
