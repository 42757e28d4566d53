//! The name of every text.
//!
//! Words live in `locales/<tag>.json` under these keys; `tests/locales.rs`
//! holds the two together.
//! A text is early when the first module of a release build needs it; the words
//! and keys of all others are in the second (`early.rs` says which are which).

use super::early::is_early;

macro_rules! texts {
    ($($variant:ident = $key:literal,)+) => {
        /// A text of the client, by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the English file says what each one says")]
        pub enum Text {
            $($variant,)+
        }

        impl Text {
            /// Every text.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The keys of all texts in the locale files, in the same order.
            pub const KEYS: &'static [&'static str] = &[$($key,)+];
        }
    };
}

texts! {
    AppName = "app.name",
    OpeningTitle = "opening.title",
    ProgressStep = "progress.step",
    LanguageLabel = "language.label",
    PrivacyLink = "privacy.link",

    ActionStart = "action.start",
    ActionContinue = "action.continue",
    ActionBack = "action.back",
    ActionRetry = "action.retry",
    ActionCancel = "action.cancel",
    ActionLeave = "action.leave",
    ActionUseCamera = "action.use_camera",
    ActionUploadInstead = "action.upload_instead",
    ActionGiveUp = "action.give_up",

    StartTitle = "start.title",
    StartIntro = "start.intro",
    StartIntroOther = "start.intro_other",
    StartSteps = "start.steps",
    StartMinutes = "start.minutes",
    StartPrivacy = "start.privacy",
    StepChoose = "step.choose",
    StepPhotograph = "step.photograph",
    StepCheck = "step.check",
    StepDocument = "step.document",
    StepOtherDocument = "step.other_document",
    StepFace = "step.face",
    StartMinutesLeft = "start.minutes_left",
    ExpiryWarning = "expiry.warning",
    ExpiryDismiss = "expiry.dismiss",

    ChooseTitle = "choose.title",
    ChooseCountry = "choose.country",
    ChooseCountryHint = "choose.country_hint",
    ChooseCountrySearch = "choose.country_search",
    ChooseCountryNone = "choose.country_none",
    ChooseCountryResults = "choose.country_results",
    ChooseCountryChange = "choose.country_change",
    ChooseType = "choose.type",
    ChooseTypeFrom = "choose.type_from",
    ChooseNone = "choose.none",

    DocumentPassport = "document.passport",
    DocumentDrivingLicence = "document.driving_licence",
    DocumentNationalId = "document.national_id",
    DocumentResidencePermit = "document.residence_permit",
    DocumentTravelDocument = "document.travel_document",
    DocumentStateId = "document.state_id",
    DocumentOther = "document.other",

    SideDataPage = "side.data_page",
    SideFront = "side.front",
    SideBack = "side.back",

    GuidanceDataPageTitle = "guidance.data_page_title",
    GuidanceFrontTitle = "guidance.front_title",
    GuidanceBackTitle = "guidance.back_title",
    GuidanceDataPage = "guidance.data_page",
    GuidanceFront = "guidance.front",
    GuidanceBack = "guidance.back",
    GuidanceTipLight = "guidance.tip_light",
    GuidanceTipFlat = "guidance.tip_flat",
    GuidanceTipWhole = "guidance.tip_whole",
    GuidanceCameraNext = "guidance.camera_next",

    CameraTitle = "camera.title",
    CameraTitlePage = "camera.title_page",
    CameraFrameDataPage = "camera.frame_data_page",
    CameraFrameFront = "camera.frame_front",
    CameraFrameBack = "camera.frame_back",
    CameraFramePage = "camera.frame_page",
    CameraStarting = "camera.starting",
    CameraAllow = "camera.allow",
    CameraReady = "camera.ready",
    CameraShutter = "camera.shutter",
    CameraTaking = "camera.taking",
    CameraStillFailed = "camera.still_failed",
    CameraTorchOn = "camera.torch_on",
    CameraTorchOff = "camera.torch_off",
    CameraSwitch = "camera.switch",
    CameraClose = "camera.close",
    CameraDeniedTitle = "camera.denied_title",
    CameraDeniedBody = "camera.denied_body",
    CameraNotDelegatedTitle = "camera.not_delegated_title",
    CameraNotDelegatedBody = "camera.not_delegated_body",
    CameraNotFoundTitle = "camera.not_found_title",
    CameraNotFoundBody = "camera.not_found_body",
    CameraBusyTitle = "camera.busy_title",
    CameraBusyBody = "camera.busy_body",
    CameraUnsupportedTitle = "camera.unsupported_title",
    CameraUnsupportedBody = "camera.unsupported_body",
    CameraNotSafariTitle = "camera.not_safari_title",
    CameraNotSafariBody = "camera.not_safari_body",
    CameraTooCoarseTitle = "camera.too_coarse_title",
    CameraTooCoarseBody = "camera.too_coarse_body",

    ConsentTitle = "consent.title",
    ConsentIntro = "consent.intro",
    ConsentUse = "consent.use",
    ConsentKeep = "consent.keep",
    ConsentFree = "consent.free",
    ConsentAgree = "consent.agree",
    ConsentRefuse = "consent.refuse",
    ConsentRefusingTitle = "consent.refusing_title",
    ConsentRefusingBody = "consent.refusing_body",
    ConsentRefuseAnyway = "consent.refuse_anyway",
    ConsentRecording = "consent.recording",

    FaceName = "face.name",
    FaceGuidanceTitle = "face.guidance_title",
    FaceGuidanceCapture = "face.guidance_capture",
    FaceGuidanceLiveness = "face.guidance_liveness",
    FaceTipLight = "face.tip_light",
    FaceTipLevel = "face.tip_level",
    FaceTipBare = "face.tip_bare",
    FaceTipAutomatic = "face.tip_automatic",
    FaceCameraTitle = "face.camera_title",
    FaceFrame = "face.frame",
    FaceReady = "face.ready",
    FaceReviewTitle = "face.review_title",
    FaceReviewHint = "face.review_hint",
    FaceReviewAlt = "face.review_alt",
    FaceHintNone = "face.hint_none",
    FaceHintSeveral = "face.hint_several",
    FaceHintCloser = "face.hint_closer",
    FaceHintFarther = "face.hint_farther",
    FaceHintCentre = "face.hint_centre",
    FaceHintHold = "face.hint_hold",
    FaceReasonBlurredAdvice = "face.reason_blurred_advice",
    FaceReasonDarkAdvice = "face.reason_dark_advice",
    FaceReasonBrightAdvice = "face.reason_bright_advice",
    FaceReasonNoneTitle = "face.reason_none_title",
    FaceReasonNoneAdvice = "face.reason_none_advice",
    FaceReasonCoveredTitle = "face.reason_covered_title",
    FaceReasonCoveredAdvice = "face.reason_covered_advice",
    FaceReasonUnknownTitle = "face.reason_unknown_title",
    FaceReasonUnknownAdvice = "face.reason_unknown_advice",
    ZoomTitle = "zoom.title",
    StepAddress = "step.address",
    StepSupplementary = "step.supplementary",
    StepOtherSupplementary = "step.other_supplementary",
    ObjectiveAddress = "objective.address",
    ObjectiveDbs = "objective.dbs",
    ObjectiveUnknown = "objective.unknown",
    DocumentUtilityBill = "document.utility_bill",
    DocumentCouncilTaxBill = "document.council_tax_bill",
    DocumentPhoneBill = "document.phone_bill",
    DocumentBankStatement = "document.bank_statement",
    DocumentMilitaryCard = "document.military_card",
    DocumentPassCard = "document.pass_card",
    DocumentFirearmsLicence = "document.firearms_licence",
    DocumentEarlyBirthCertificate = "document.early_birth_certificate",
    DocumentBirthCertificate = "document.birth_certificate",
    DocumentAdoptionCertificate = "document.adoption_certificate",
    DocumentPaperDrivingLicence = "document.paper_driving_licence",
    DocumentMarriageCertificate = "document.marriage_certificate",
    DocumentAccountOpeningLetter = "document.account_opening_letter",
    DocumentBenefitStatement = "document.benefit_statement",
    DocumentMortgageStatement = "document.mortgage_statement",
    DocumentFinancialStatement = "document.financial_statement",
    DocumentEmployeeTaxForm = "document.employee_tax_form",
    DocumentSponsorshipLetter = "document.sponsorship_letter",
    DocumentImmigrationDocument = "document.immigration_document",
    DocumentEducationLetter = "document.education_letter",
    DocumentDvlaForm = "document.dvla_form",
    PaperGuidanceTitle = "paper.guidance_title",
    PaperGuidanceHow = "paper.guidance_how",
    PaperGuidancePhotos = "paper.guidance_photos",
    PaperTipWhole = "paper.tip_whole",
    PaperTipAddress = "paper.tip_address",
    PaperTipRecent = "paper.tip_recent",
    PaperTipReadable = "paper.tip_readable",
    PaperTipAll = "paper.tip_all",
    PagesTitle = "pages.title",
    PagesHint = "pages.hint",
    PagesHintPhotos = "pages.hint_photos",
    PagesCount = "pages.count",
    PagesPage = "pages.page",
    PagesPicture = "pages.picture",
    PagesMarked = "pages.marked",
    PagesTurn = "pages.turn",
    PagesEarlier = "pages.earlier",
    PagesLater = "pages.later",
    PagesRetake = "pages.retake",
    PagesRemove = "pages.remove",
    PagesTakePhoto = "pages.take_photo",
    PagesPick = "pages.pick",
    PagesDrop = "pages.drop",
    PagesReading = "pages.reading",
    PagesFull = "pages.full",
    PagesSend = "pages.send",
    PagesPdf = "pages.pdf",
    PagesPdfSize = "pages.pdf_size",
    PagesPdfRemove = "pages.pdf_remove",
    PagesAdded = "pages.added",
    PagesReplaced = "pages.replaced",
    PagesTurned = "pages.turned",
    PagesMoved = "pages.moved",
    PagesRemoved = "pages.removed",
    PagesPdfAdded = "pages.pdf_added",
    PagesPdfRemoved = "pages.pdf_removed",
    PagesProblemFile = "pages.problem_file",
    PagesProblemPage = "pages.problem_page",
    PagesNotAccepted = "pages.not_accepted",
    PagesPdfEncrypted = "pages.pdf_encrypted",
    PagesPdfUnreadable = "pages.pdf_unreadable",
    PagesPdfTooLarge = "pages.pdf_too_large",
    PagesPdfAlone = "pages.pdf_alone",
    PagesTooMany = "pages.too_many",
    PagesRefused = "pages.refused",

    UploadDataPageTitle = "upload.data_page_title",
    UploadFrontTitle = "upload.front_title",
    UploadBackTitle = "upload.back_title",
    UploadHint = "upload.hint",
    UploadDrop = "upload.drop",
    UploadPick = "upload.pick",
    UploadReading = "upload.reading",
    UploadNotAnImage = "upload.not_an_image",
    UploadPdf = "upload.pdf",
    UploadHeic = "upload.heic",
    UploadDamaged = "upload.damaged",
    UploadTooLarge = "upload.too_large",
    UploadTooSmall = "upload.too_small",
    UploadEmpty = "upload.empty",
    UploadUnreadable = "upload.unreadable",

    ReviewTitle = "review.title",
    ReviewHint = "review.hint",
    ReviewImage = "review.image",
    ReviewPage = "review.page",
    ReviewZoomIn = "review.zoom_in",
    ReviewZoomOut = "review.zoom_out",
    ReviewUse = "review.use",
    ReviewRetake = "review.retake",
    ReviewChooseAnother = "review.choose_another",

    SendingTitle = "sending.title",
    SendingPercent = "sending.percent",
    SendingChecking = "sending.checking",
    SendingCheckingHint = "sending.checking_hint",
    SendingFinishing = "sending.finishing",
    SendingKeepOpen = "sending.keep_open",
    SendingCancelled = "sending.cancelled",

    TryAgainSide = "try_again.side",
    TryAgainImage = "try_again.image",
    TryAgainKeep = "try_again.keep",
    TryAgainRetake = "try_again.retake",
    TryAgainChange = "try_again.change",
    TryAgainConfirm = "try_again.confirm",
    AttemptsLeft = "attempts.left",
    ReasonUnknownTitle = "reason.unknown_title",
    ReasonUnknownAdvice = "reason.unknown_advice",
    ReasonBlurredTitle = "reason.blurred_title",
    ReasonBlurredAdvice = "reason.blurred_advice",
    ReasonDarkTitle = "reason.dark_title",
    ReasonDarkAdvice = "reason.dark_advice",
    ReasonBrightTitle = "reason.bright_title",
    ReasonBrightAdvice = "reason.bright_advice",
    ReasonGlareTitle = "reason.glare_title",
    ReasonGlareAdvice = "reason.glare_advice",
    ReasonCoveredTitle = "reason.covered_title",
    ReasonCoveredAdvice = "reason.covered_advice",
    ReasonNoDocumentTitle = "reason.no_document_title",
    ReasonNoDocumentAdvice = "reason.no_document_advice",
    ReasonPartialTitle = "reason.partial_title",
    ReasonPartialAdvice = "reason.partial_advice",
    ReasonSmallTitle = "reason.small_title",
    ReasonSmallAdvice = "reason.small_advice",
    ReasonDamagedTitle = "reason.damaged_title",
    ReasonDamagedAdvice = "reason.damaged_advice",
    ReasonMissingSideTitle = "reason.missing_side_title",
    ReasonMissingSideAdvice = "reason.missing_side_advice",
    ReasonCopyTitle = "reason.copy_title",
    ReasonCopyAdvice = "reason.copy_advice",
    ReasonExpiredTitle = "reason.expired_title",
    ReasonExpiredAdvice = "reason.expired_advice",
    ReasonWrongTypeTitle = "reason.wrong_type_title",
    ReasonWrongTypeAdvice = "reason.wrong_type_advice",
    ReasonDetectedTitle = "reason.detected_title",
    ReasonDetectedCountryTitle = "reason.detected_country_title",
    ReasonUnsupportedTitle = "reason.unsupported_title",
    ReasonUnsupportedAdvice = "reason.unsupported_advice",

    DoneTitle = "done.title",
    DoneBody = "done.body",
    DoneClose = "done.close",

    ProblemNetworkTitle = "problem.network_title",
    ProblemNetworkBody = "problem.network_body",
    ProblemServiceTitle = "problem.service_title",
    ProblemServiceBody = "problem.service_body",
    NetworkOffline = "network.offline",
    NetworkOnline = "network.online",

    EndedCode = "ended.code",
    EndedClose = "ended.close",
    ErrorLinkTitle = "error.link_title",
    ErrorLinkBody = "error.link_body",
    ErrorExpiredTitle = "error.expired_title",
    ErrorExpiredBody = "error.expired_body",
    ErrorIncompleteLinkTitle = "error.incomplete_link_title",
    ErrorIncompleteLinkBody = "error.incomplete_link_body",
    ErrorServiceTitle = "error.service_title",
    ErrorServiceBody = "error.service_body",
    ErrorNetworkTitle = "error.network_title",
    ErrorNetworkBody = "error.network_body",
    ErrorCameraDeniedTitle = "error.camera_denied_title",
    ErrorCameraDeniedBody = "error.camera_denied_body",
    ErrorAttemptsTitle = "error.attempts_title",
    ErrorAttemptsBody = "error.attempts_body",
    ErrorNoCameraTitle = "error.no_camera_title",
    ErrorNoCameraBody = "error.no_camera_body",
    ErrorCancelledTitle = "error.cancelled_title",
    ErrorCancelledBody = "error.cancelled_body",
    ErrorLivenessUnsupportedTitle = "error.liveness_unsupported_title",
    ErrorLivenessUnsupportedBody = "error.liveness_unsupported_body",
    ErrorLivenessAttemptsTitle = "error.liveness_attempts_title",
    ErrorLivenessAttemptsBody = "error.liveness_attempts_body",
    ErrorLivenessFailedTitle = "error.liveness_failed_title",
    ErrorLivenessFailedBody = "error.liveness_failed_body",
    ErrorNotSafariTitle = "error.not_safari_title",
    ErrorNotSafariBody = "error.not_safari_body",
    ErrorCameraTooCoarseTitle = "error.camera_too_coarse_title",
    ErrorCameraTooCoarseBody = "error.camera_too_coarse_body",
    ErrorProfileUpdatesTitle = "error.profile_updates_title",
    ErrorProfileUpdatesBody = "error.profile_updates_body",
    ErrorInternalTitle = "error.internal_title",
    ErrorInternalBody = "error.internal_body",
    ErrorUnsupportedTitle = "error.unsupported_title",
    ErrorUnsupportedBody = "error.unsupported_body",
    ErrorCameraFailedTitle = "error.camera_failed_title",
    ErrorCameraFailedBody = "error.camera_failed_body",
    ErrorNoDocumentTitle = "error.no_document_title",
    ErrorNoDocumentBody = "error.no_document_body",
}

impl Text {
    /// The key in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        Self::KEYS[self as usize]
    }
}

const fn count_early() -> usize {
    let (mut index, mut n_early) = (0, 0);
    while index < Text::KEYS.len() {
        if is_early(Text::KEYS[index]) {
            n_early += 1;
        }
        index += 1;
    }
    n_early
}

/// The early texts and their keys.
///
/// Worked out by the compiler, so that no other key is in the first module.
pub const EARLY_KEYS: [(Text, &str); count_early()] = {
    let mut early = [(Text::AppName, ""); count_early()];
    let (mut index, mut n_early) = (0, 0);
    while index < Text::KEYS.len() {
        if is_early(Text::KEYS[index]) {
            early[n_early] = (Text::ALL[index], Text::KEYS[index]);
            n_early += 1;
        }
        index += 1;
    }
    early
};
