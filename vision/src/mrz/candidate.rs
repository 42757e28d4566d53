//! Candidates: rows of print with characters placed on them, and the geometry
//! between them.
//!
//! Not for pixels: [`reader`](super::reader) reads those.

use super::bands::Band;
use super::pitch::Row;
use super::strip::{CAPITAL, Curve, Station};
use crate::geometry::{Point, Quad};

/// A row that holds a line's worth of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) band: Band,
    pub(super) row: Row,
    /// Abscissa of the strip's first pixel and step to the next, in pixels of
    /// the picture; the step is negative when the picture is upside down.
    pub(super) begin: f32,
    pub(super) step: f32,
}

impl Candidate {
    /// Where character `index` is along the picture.
    pub(super) fn x(&self, index: f32) -> f32 {
        self.begin + self.step * self.row.x(index)
    }

    pub(super) fn middle(&self) -> f32 {
        (self.row.length as f32 - 1.0) / 2.0
    }

    /// Mean distance of characters in the picture, in pixels.
    pub(super) fn pitch(&self) -> f32 {
        let slope = self.band.curve.slope(self.x(self.middle()));
        self.row.pitch(self.middle()) * self.step.abs() * slope.hypot(1.0)
    }

    pub(super) fn station(&self, index: f32) -> Station {
        let ratio = self.row.pitch(index) / self.row.pitch(self.middle());
        let ratio = if ratio.is_finite() {
            ratio.clamp(0.6, 1.6)
        } else {
            1.0
        };
        let station = Station::on(&self.band.curve, self.x(index), self.band.capital * ratio);
        turned(station, self.step < 0.0)
    }

    /// How far another row lies below, read in this one's direction, across
    /// the line, in pitches.
    pub(super) fn distance_to(&self, other: &Self) -> f32 {
        let x = self.x(self.middle());
        let apart = other.band.curve.y(x) - self.band.curve.y(x);
        let across = apart / self.band.curve.slope(x).hypot(1.0);
        across / self.pitch() * self.step.signum()
    }
}

/// The station as it is met upside down, if so.
pub(super) fn turned(station: Station, upside_down: bool) -> Station {
    if upside_down {
        Station {
            middle: station.middle,
            down: Point::new(-station.down.x, -station.down.y),
        }
    } else {
        station
    }
}

/// The band in a picture that is larger by `scale`.
pub(super) fn enlarged(band: &Band, scale: f32) -> Band {
    let [constant, slope, bend] = band.curve.middle;
    Band {
        curve: Curve {
            origin: band.curve.origin * scale,
            middle: [constant * scale, slope, bend / scale],
        },
        left: band.left * scale,
        right: band.right * scale,
        capital: band.capital * scale,
    }
}

/// A quadrilateral a tenth larger around its middle, clockwise.
pub(super) fn widened(quad: &Quad) -> Quad {
    let middle = quad.middle();
    Quad(quad.ordered().0.map(|corner| middle.towards(corner, 1.1)))
}

/// Whether a point lies within a clockwise convex quadrilateral.
pub(super) fn is_within(at: Point, quad: &Quad) -> bool {
    (0..4).all(|index| {
        let (from, to) = (quad.0[index], quad.0[(index + 1) % 4]);
        (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x) >= 0.0
    })
}

/// The corners of the zone, half a pitch and a capital's height around.
pub(super) fn corners(first: &Candidate, last: &Candidate) -> Quad {
    let corner = |line: &Candidate, end: bool, side: f32| {
        let index = if end { line.row.length as f32 } else { -1.0 };
        let station = line.station(index);
        Point::new(
            station.middle.x + side * station.down.x,
            station.middle.y + side * station.down.y,
        )
    };
    let reach = CAPITAL;
    Quad([
        corner(first, false, -reach),
        corner(first, true, -reach),
        corner(last, true, reach),
        corner(last, false, reach),
    ])
}
