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
    /// Every shape.
    pub const ALL: [Self; 4] = [Self::Id1, Self::Id2, Self::Id3, Self::A4];

    /// The shape whose aspect, the longer side over the shorter one, is
    /// nearest to a given one and within 5 % of it.
    #[must_use]
    pub fn of_aspect(aspect: f32) -> Option<Self> {
        let away = |shape: &Self| (shape.aspect() / aspect - 1.0).abs();
        Self::ALL
            .into_iter()
            .min_by(|one, other| away(one).total_cmp(&away(other)))
            .filter(|shape| away(shape) <= 0.05)
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_known_by_its_aspect() {
        for shape in Shape::ALL {
            assert_eq!(Shape::of_aspect(shape.aspect()), Some(shape));
        }
        assert_eq!(Shape::of_aspect(1.57), Some(Shape::Id1));
        for aspect in [0.0, -1.0, 1.0, 2.0, f32::NAN] {
            assert_eq!(Shape::of_aspect(aspect), None);
        }
    }
}
