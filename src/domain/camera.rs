//! Cameras as the flow knows them: what is wished for, what there is, what
//! went wrong, and which of several cameras is tried first.

/// What kind of camera is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraWish {
    /// The one that looks away from the person: for documents.
    Environment,
    /// The one that looks at the person: for faces.
    User,
    /// The next one after the camera that runs now.
    Next,
}

/// What the running camera can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CameraFacts {
    /// Width of the preview.
    pub width_px: u32,
    /// Height of the preview.
    pub height_px: u32,
    /// Whether it has a light that can be switched.
    pub has_torch: bool,
    /// How many cameras the device has.
    pub n_cameras: u32,
    /// Whether the preview is to be shown mirrored (a camera that faces the
    /// person); the still never is.
    pub is_mirrored: bool,
}

/// The fewest pixels along the shorter side of the preview.
///
/// VGA, which every camera of the last twenty years has; the contract has a
/// code for a camera below a minimum and does not say which (§6.5).
const MIN_SHORTER_SIDE_PX: u32 = 480;

impl CameraFacts {
    /// Whether its pictures can show what they must.
    #[must_use]
    pub fn is_sharp_enough(self) -> bool {
        self.width_px.min(self.height_px) >= MIN_SHORTER_SIDE_PX
    }
}

/// Why the camera can't be opened, by what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CameraError {
    /// The person or a policy said no.
    #[error("the camera was refused")]
    Denied,
    /// The embedding page does not pass the camera on (`allow="camera"`).
    #[error("the embedding page does not allow the camera")]
    NotDelegated,
    /// There is none.
    #[error("there is no camera")]
    NotFound,
    /// Another program uses it, or the device failed.
    #[error("the camera is busy")]
    Busy,
    /// The page is not served securely.
    #[error("the page is not secure")]
    Insecure,
    /// The browser has no camera interface.
    #[error("the browser has no camera interface")]
    Unsupported,
    /// The browser has no camera interface, and on this system only Safari has.
    #[error("only Safari has a camera interface on this system")]
    NotSafari,
    /// Its pictures are too small to read anything in them.
    #[error("the camera has too few pixels")]
    LowResolution,
    /// It was opened but shows nothing.
    #[error("the camera shows no picture")]
    NoPicture,
}

impl CameraError {
    /// Whether asking again can help without another device or browser.
    #[must_use]
    pub fn can_retry(self) -> bool {
        match self {
            Self::Denied | Self::Busy | Self::NoPicture => true,
            Self::NotDelegated
            | Self::NotFound
            | Self::Insecure
            | Self::Unsupported
            | Self::NotSafari
            | Self::LowResolution => false,
        }
    }

    /// Why a secure page finds no camera interface, in the browser that calls
    /// itself this (`navigator.userAgent`).
    ///
    /// Before iOS 14.3 only Safari had the camera there; the names are those
    /// that the makers of other browsers document for their iOS versions.
    #[must_use]
    pub fn without_interface(agent: &str) -> Self {
        let has = |word: &str| agent.contains(word);
        let is_ios = has("iPhone") || has("iPad");
        let is_other = ["CriOS", "FxiOS", "EdgiOS", "OPiOS", "OPT/", "DuckDuckGo"]
            .into_iter()
            .any(has);
        if is_ios && is_other {
            Self::NotSafari
        } else {
            Self::Unsupported
        }
    }

    /// The error that a `DOMException` of `getUserMedia` stands for.
    ///
    /// Names: Media Capture and Streams, §10.2 "getUserMedia".
    /// Without any camera `WebKitGTK` rejects with `OverconstrainedError`; the
    /// adapter has dropped all mandatory constraints by then, so it means the
    /// same as `NotFoundError`.
    #[must_use]
    pub fn from_dom_exception(name: &str) -> Self {
        match name {
            "NotAllowedError" | "PermissionDeniedError" => Self::Denied,
            "NotFoundError" | "DevicesNotFoundError" | "OverconstrainedError" => Self::NotFound,
            "SecurityError" => Self::Insecure,
            "TypeError" => Self::Unsupported,
            // NotReadableError, AbortError, TrackStartError, InvalidStateError
            // and whatever comes: the device is there but does not deliver.
            _ => Self::Busy,
        }
    }
}

/// Why a running camera stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CameraLoss {
    /// The track ended: unplugged, or permission taken back.
    Ended,
    /// The system muted it for long: another program, a lock screen.
    Muted,
}

/// Why no picture could be taken from a running camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum StillError {
    /// The preview has no frame yet, or encoding failed.
    #[error("no picture could be taken")]
    Failed,
}

/// A camera as the browser lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraDevice {
    /// The browser's id.
    pub id: String,
    /// Its name; empty until the person has allowed the camera.
    pub label: String,
}

/// Ranks cameras for documents, best first.
///
/// Labels are the only thing a browser tells before a camera is opened.
/// Back cameras come first, ultra-wide, telephoto, infrared and virtual ones
/// last; among equals Android's lowest number is the main camera, so the order
/// of the list is kept.
#[must_use]
pub fn rank_for_documents(devices: &[CameraDevice]) -> Vec<CameraDevice> {
    let mut ranked: Vec<(i32, CameraDevice)> = Vec::new();
    for device in devices {
        let score = score(&device.label);
        let place = ranked
            .iter()
            .position(|(other, _)| *other < score)
            .unwrap_or(ranked.len());
        ranked.insert(place, (score, device.clone()));
    }
    ranked.into_iter().map(|(_, device)| device).collect()
}

fn score(label: &str) -> i32 {
    // Words of other scripts stand without their first letter, which may be a
    // capital: folding all of Unicode would cost more bytes than this table.
    let label = label.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let mut score = 0;
    if has(&[
        "back",
        "rear",
        "environment",
        "rück",
        "arrière",
        "trasera",
        "traseira",
        "posteriore",
        "arka",
        "خلفية",
        "背面",
        "адн",
        "tylny",
        "achter",
    ]) {
        score += 10;
    }
    if has(&[
        "front",
        "user",
        "facetime",
        "vorder",
        "avant",
        "frontal",
        "anteriore",
        "أمامية",
        "前面",
        "ередн",
    ]) {
        score -= 4;
    }
    // An iPhone's combined lens switches to its macro lens by itself.
    if has(&["dual wide", "triple"]) {
        score += 2;
    }
    if has(&[
        "ultra",
        "tele",
        "depth",
        "infrared",
        " ir ",
        "ir camera",
        "monochrome",
    ]) {
        score -= 8;
    }
    if has(&["virtual", "obs", "manycam", "snap camera", "droidcam"]) {
        score -= 20;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(labels: &[&str]) -> Vec<String> {
        let devices: Vec<_> = labels
            .iter()
            .map(|label| CameraDevice {
                id: (*label).to_owned(),
                label: (*label).to_owned(),
            })
            .collect();
        rank_for_documents(&devices)
            .into_iter()
            .map(|device| device.label)
            .collect()
    }

    #[test]
    fn other_browsers_on_an_old_ios_are_sent_to_safari() {
        let ios = |name: &str| {
            format!("Mozilla/5.0 (iPhone; CPU iPhone OS 14_2 like Mac OS X) {name} Mobile/15E148")
        };
        for name in ["CriOS/87.0.4280.77", "FxiOS/29.0", "EdgiOS/45.11.1"] {
            let error = CameraError::without_interface(&ios(name));
            assert_eq!(error, CameraError::NotSafari, "{name}");
        }
        for agent in [
            ios("Version/14.0").as_str(),
            "Mozilla/5.0 (X11; Linux x86_64) Chrome/30",
            "",
        ] {
            let error = CameraError::without_interface(agent);
            assert_eq!(error, CameraError::Unsupported, "{agent}");
        }
    }

    #[test]
    fn the_main_back_camera_of_an_android_phone_comes_first() {
        let order = ranked(&[
            "camera 1, facing front",
            "camera 2, facing back",
            "camera 0, facing back",
        ]);
        assert_eq!(
            order,
            [
                "camera 2, facing back",
                "camera 0, facing back",
                "camera 1, facing front"
            ]
        );
    }

    #[test]
    fn an_iphone_prefers_the_lens_that_focuses_closely() {
        let order = ranked(&[
            "Front Camera",
            "Back Ultra Wide Camera",
            "Back Camera",
            "Back Dual Wide Camera",
        ]);
        assert_eq!(order[0], "Back Dual Wide Camera");
        assert_eq!(order[1], "Back Camera");
    }

    #[test]
    fn infrared_and_virtual_cameras_come_last() {
        let order = ranked(&[
            "OBS Virtual Camera",
            "Integrated IR Camera",
            "Integrated Camera",
        ]);
        assert_eq!(
            order,
            [
                "Integrated Camera",
                "Integrated IR Camera",
                "OBS Virtual Camera"
            ]
        );
    }

    #[test]
    fn unnamed_cameras_keep_their_order() {
        let devices = [("a", ""), ("b", "")].map(|(id, label)| CameraDevice {
            id: id.into(),
            label: label.into(),
        });
        assert_eq!(rank_for_documents(&devices), devices);
    }

    #[test]
    fn dom_exceptions_become_what_can_be_done() {
        let cases = [
            ("NotAllowedError", CameraError::Denied),
            ("NotFoundError", CameraError::NotFound),
            ("OverconstrainedError", CameraError::NotFound),
            ("NotReadableError", CameraError::Busy),
            ("AbortError", CameraError::Busy),
            ("SecurityError", CameraError::Insecure),
            ("TypeError", CameraError::Unsupported),
            ("SomethingNew", CameraError::Busy),
        ];
        for (name, error) in cases {
            assert_eq!(CameraError::from_dom_exception(name), error, "{name}");
        }
    }
}
