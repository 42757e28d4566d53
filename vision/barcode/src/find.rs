//! Where a picture has dense parallel bars, and which way they run.
//!
//! Works on the structure tensor of cells of a few bars' width: bars have
//! strong gradients that agree in direction, text and textures have not.
//! Not for telling PDF417 from other bar codes; its guard bars do that.

use vestibule_vision::{Point, Quad};

use crate::plane::{Plane, to_f32};

/// Mean squared gradient below which a cell is flat: 5 grey levels per pixel.
const FLAT: f32 = 25.0;
/// A cell counts when it has this share of the strongest cell's energy.
const SHARE_OF_STRONGEST: f32 = 0.08;
/// How far directions agree, 0 to 1. Across a symbol with the shortest rows
/// (3 modules) it is about 0.5, in lines of text mostly below 0.2.
const COHERENCE: f32 = 0.2;
/// Cosine of twice the angle by which neighbours may differ: 15 degrees.
const AGREEMENT: f32 = 0.866;
/// A symbol smaller than so many cells can't be read anyway.
const MIN_CELLS: usize = 8;
/// How many places are worth a try.
const MAX_REGIONS: usize = 4;

/// A place full of bars.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    /// The middle, in pixels.
    pub(crate) middle: Point,
    /// The direction across the bars, of length 1.
    pub(crate) across: Point,
    /// Half its extent across the bars, in pixels.
    pub(crate) half_width: f32,
    /// Half its extent along the bars, in pixels.
    pub(crate) half_height: f32,
}

impl Region {
    /// A whole card by its corners, the top left one first.
    pub(crate) fn card(quad: &Quad) -> Self {
        let [top_left, top_right, bottom_right, bottom_left] = quad.0;
        let (left, right) = (
            top_left.towards(bottom_left, 0.5),
            top_right.towards(bottom_right, 0.5),
        );
        let width = left.distance(right).max(1.0);
        let height = top_left
            .towards(top_right, 0.5)
            .distance(bottom_left.towards(bottom_right, 0.5));
        Self {
            middle: quad.middle(),
            across: Point::new((right.x - left.x) / width, (right.y - left.y) / width),
            half_width: width / 2.0,
            half_height: height / 2.0,
        }
    }

    /// The point `u` pixels across and `v` pixels along the bars from the
    /// middle.
    pub(crate) fn at(&self, u: f32, v: f32) -> Point {
        Point::new(
            self.middle.x + self.across.x * u - self.across.y * v,
            self.middle.y + self.across.y * u + self.across.x * v,
        )
    }

    /// The same place upside down.
    pub(crate) fn turned(&self) -> Self {
        Self {
            across: Point::new(-self.across.x, -self.across.y),
            ..*self
        }
    }
}

/// The structure tensor of a cell as energy and a vector of twice the angle.
#[derive(Clone, Copy, Default)]
struct Tensor {
    energy: f32,
    cos: f32,
    sin: f32,
}

impl Tensor {
    fn add(&mut self, other: Self) {
        self.energy += other.energy;
        self.cos += other.cos;
        self.sin += other.sin;
    }

    fn coherence(self) -> f32 {
        self.cos.hypot(self.sin) / self.energy.max(1e-6)
    }

    fn agrees(self, other: Self) -> bool {
        self.cos * other.cos + self.sin * other.sin
            >= AGREEMENT * self.cos.hypot(self.sin) * other.cos.hypot(other.sin)
    }
}

/// The places with bars, the strongest first.
pub(crate) fn regions(plane: &Plane<'_>) -> Vec<Region> {
    let side = (plane.width_px().max(plane.height_px()) / 80).max(8);
    let (columns, rows) = (plane.width_px() / side, plane.height_px() / side);
    let cells = tensors(plane, side, columns, rows);
    let smooth = smoothed(&cells, columns, rows);
    let strongest = smooth.iter().map(|cell| cell.energy).fold(0.0, f32::max);
    let least = (strongest * SHARE_OF_STRONGEST).max(FLAT);
    let counts: Vec<bool> = smooth
        .iter()
        .map(|cell| cell.energy >= least && cell.coherence() >= COHERENCE)
        .collect();
    let mut seen = vec![false; cells.len()];
    let mut found: Vec<(f32, Region)> = Vec::new();
    for start in 0..cells.len() {
        if !counts[start] || seen[start] {
            continue;
        }
        let members = grown(start, &smooth, &counts, &mut seen, columns);
        if members.len() < MIN_CELLS {
            continue;
        }
        let mut whole = Tensor::default();
        for member in &members {
            whole.add(cells[*member]);
        }
        let strength = whole.cos.hypot(whole.sin);
        found.push((strength, region(&members, whole, side, columns)));
    }
    found.sort_by(|first, second| second.0.total_cmp(&first.0));
    found.truncate(MAX_REGIONS);
    found.into_iter().map(|(_, region)| region).collect()
}

fn tensors(plane: &Plane<'_>, side: usize, columns: usize, rows: usize) -> Vec<Tensor> {
    let mut cells = vec![Tensor::default(); columns * rows];
    let area = to_f32(side * side);
    for y in 1..(rows * side).min(plane.height_px() - 1) {
        let (above, here, below) = (plane.row(y - 1), plane.row(y), plane.row(y + 1));
        let cells = &mut cells[y / side * columns..][..columns];
        for (column, cell) in cells.iter_mut().enumerate() {
            let start = (column * side).max(1);
            let end = ((column + 1) * side).min(plane.width_px() - 1);
            let (mut energy, mut cos, mut sin) = (0, 0, 0);
            for x in start..end {
                let gx = i32::from(here[x + 1]) - i32::from(here[x - 1]);
                let gy = i32::from(below[x]) - i32::from(above[x]);
                energy += gx * gx + gy * gy;
                cos += gx * gx - gy * gy;
                sin += 2 * gx * gy;
            }
            cell.add(Tensor {
                energy: small(energy) / area,
                cos: small(cos) / area,
                sin: small(sin) / area,
            });
        }
    }
    cells
}

#[expect(clippy::cast_precision_loss, reason = "a rounded sum is good enough")]
fn small(sum: i32) -> f32 {
    sum as f32
}

/// Every cell with its neighbours, so that one odd cell is no gap.
fn smoothed(cells: &[Tensor], columns: usize, rows: usize) -> Vec<Tensor> {
    let mut smooth = Vec::with_capacity(cells.len());
    for y in 0..rows {
        for x in 0..columns {
            let (mut sum, mut n) = (Tensor::default(), 0);
            for ny in y.saturating_sub(1)..(y + 2).min(rows) {
                for nx in x.saturating_sub(1)..(x + 2).min(columns) {
                    sum.add(cells[ny * columns + nx]);
                    n += 1;
                }
            }
            let n = to_f32(n);
            smooth.push(Tensor {
                energy: sum.energy / n,
                cos: sum.cos / n,
                sin: sum.sin / n,
            });
        }
    }
    smooth
}

/// All cells that hang together with one and agree with their neighbours.
fn grown(
    start: usize,
    cells: &[Tensor],
    counts: &[bool],
    seen: &mut [bool],
    columns: usize,
) -> Vec<usize> {
    seen[start] = true;
    let mut members = vec![start];
    let mut next = 0;
    while let Some(&cell) = members.get(next) {
        next += 1;
        let column = cell % columns;
        let neighbours = [
            (column > 0).then(|| cell - 1),
            (column + 1 < columns).then_some(cell + 1),
            cell.checked_sub(columns),
            Some(cell + columns).filter(|below| *below < cells.len()),
        ];
        for neighbour in neighbours.into_iter().flatten() {
            if counts[neighbour] && !seen[neighbour] && cells[cell].agrees(cells[neighbour]) {
                seen[neighbour] = true;
                members.push(neighbour);
            }
        }
    }
    members
}

fn region(members: &[usize], whole: Tensor, side: usize, columns: usize) -> Region {
    let angle = whole.sin.atan2(whole.cos) / 2.0;
    let across = Point::new(angle.cos(), angle.sin());
    let side = to_f32(side);
    let centre = |cell: usize| {
        Point::new(
            (to_f32(cell % columns) + 0.5) * side,
            (to_f32(cell / columns) + 0.5) * side,
        )
    };
    let (mut u, mut v) = ((f32::MAX, f32::MIN), (f32::MAX, f32::MIN));
    for &member in members {
        let at = centre(member);
        let (mu, mv) = (
            at.x * across.x + at.y * across.y,
            at.y * across.x - at.x * across.y,
        );
        u = (u.0.min(mu), u.1.max(mu));
        v = (v.0.min(mv), v.1.max(mv));
    }
    let (mu, mv) = ((u.0 + u.1) / 2.0, (v.0 + v.1) / 2.0);
    Region {
        middle: Point::new(mu * across.x - mv * across.y, mu * across.y + mv * across.x),
        across,
        half_width: (u.1 - u.0 + side) / 2.0,
        half_height: (v.1 - v.0 + side) / 2.0,
    }
}
