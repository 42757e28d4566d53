//! The shapes that documents have.
//!
//! Sizes only; which shape a document of some country and type has is known
//! by who asks.

/// The size of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A card, 85.60 mm by 53.98 mm (ISO/IEC 7810 ID-1).
    Id1,
    /// A larger card, 105 mm by 74 mm (ISO/IEC 7810 ID-2).
    Id2,
    /// A page of a passport, 125 mm by 88 mm (ISO/IEC 7810 ID-3). A passport
    /// that is open at two pages, 125 mm by 176 mm, has nearly the same ratio.
    Id3,
    /// A sheet, 297 mm by 210 mm (ISO 216).
    A4,
}

impl Shape {
    /// The longer side in millimetres.
    #[must_use]
    pub const fn long_mm(self) -> f32 {
        match self {
            Self::Id1 => 85.6,
            Self::Id2 => 105.0,
            Self::Id3 => 125.0,
            Self::A4 => 297.0,
        }
    }

    /// The longer side over the shorter one.
    #[must_use]
    pub const fn aspect(self) -> f32 {
        match self {
            Self::Id1 => 85.6 / 53.98,
            Self::Id2 => 105.0 / 74.0,
            Self::Id3 => 125.0 / 88.0,
            Self::A4 => 297.0 / 210.0,
        }
    }
}
