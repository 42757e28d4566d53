//! How many sides of a document are photographed.
//!
//! The service does not say (contract §3, "Sides"), so this is the one place
//! where the client decides.
//! The reasoning, per type:
//!
//! | type | sides | why |
//! |---|---|---|
//! | `PASSPORT` | 1 | ICAO 9303-4: one data page holds portrait, data and MRZ |
//! | `TRAVEL_DOCUMENT` | 1 | ICAO 9303-4 too: a booklet with one data page |
//! | `DRIVING_LICENCE` | 2 | ISO/IEC 18013-1 puts categories or the barcode on the back |
//! | `NATIONAL_ID` | 2 | ICAO 9303-5 puts the MRZ of a TD1 card on the back |
//! | `RESIDENCE_PERMIT` | 2 | a TD1 card as well (EU format: Regulation 1030/2002) |
//! | `STATE_ID` | 2 | AAMVA cards carry the PDF417 barcode on the back |
//! | anything else | 2 | nearly every other identity document is a card, and a needless picture of a back costs seconds, while a missing one costs an attempt (`MISSING_DOCUMENT_SIDE`) |

use super::config::DocumentType;

/// A side of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The only side that matters: a booklet's data page.
    DataPage,
    /// The side with the portrait.
    Front,
    /// The other side of a card.
    Back,
}

/// The sides to photograph, in order; the page number is the index plus one.
#[must_use]
pub fn sides(kind: &DocumentType) -> &'static [Side] {
    match kind {
        DocumentType::Passport | DocumentType::TravelDocument => &[Side::DataPage],
        DocumentType::DrivingLicence
        | DocumentType::NationalId
        | DocumentType::ResidencePermit
        | DocumentType::StateId
        | DocumentType::Other(_) => &[Side::Front, Side::Back],
    }
}
