//! The name of every text.
//!
//! Words live in `locales/<tag>.json` under these keys; `tests/locales.rs`
//! holds the two together.

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

            /// The key in the locale files.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }
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
    StartSteps = "start.steps",
    StartMinutes = "start.minutes",
    StartPrivacy = "start.privacy",
    StepChoose = "step.choose",
    StepPhotograph = "step.photograph",
    StepCheck = "step.check",

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
    CameraFrameDataPage = "camera.frame_data_page",
    CameraFrameFront = "camera.frame_front",
    CameraFrameBack = "camera.frame_back",
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
    ErrorInternalTitle = "error.internal_title",
    ErrorInternalBody = "error.internal_body",
    ErrorUnsupportedTitle = "error.unsupported_title",
    ErrorUnsupportedBody = "error.unsupported_body",
    ErrorCameraFailedTitle = "error.camera_failed_title",
    ErrorCameraFailedBody = "error.camera_failed_body",
    ErrorNoDocumentTitle = "error.no_document_title",
    ErrorNoDocumentBody = "error.no_document_body",
}
