//! Places characters: exactly as many as a line has, evenly spaced.
//!
//! The network says for every column whether a character's centre is there.
//! Dynamic programming finds the best so many places with steps near the
//! pitch; how well the next places to both ends do counts against them, which
//! tells 30 from 36 from 44.
//! Not for which characters they are.

use super::network::{Column, STRIDE};
use super::strip::PITCH;

/// Steps between neighbours, in columns: 12 to 24 pixels around 16.
const STEPS: [usize; 4] = [3, 4, 5, 6];
/// What each step costs where the pitch is only guessed, and where it is known.
pub(super) const GUESSED: [f32; 4] = [0.1, 0.0, 0.1, 0.3];
pub(super) const KNOWN: [f32; 4] = [1.0, 0.0, 1.0, 5.0];
/// Evidence of one column is cut at this, in natural logarithms.
const MOST_EVIDENCE: f32 = 3.0;
/// Lengths of lines there are.
pub(super) const LENGTHS: [usize; 3] = [30, 36, 44];
const LONGEST: usize = 44;

/// A fitted row of characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// How many characters.
    pub(super) length: usize,
    /// Mean evidence per character, at most [`MOST_EVIDENCE`].
    pub(super) score: f32,
    /// Abscissa in the strip over the index: constant, pitch, bend.
    pub(super) places: [f32; 3],
}

impl Row {
    /// Where character `index` is in the strip, in pixels.
    pub(super) fn x(&self, index: f32) -> f32 {
        let [start, pitch, bend] = self.places;
        start + index * (pitch + index * bend)
    }

    /// The local pitch in pixels of the strip.
    pub(super) fn pitch(&self, index: f32) -> f32 {
        self.places[1] + 2.0 * self.places[2] * index
    }
}

/// The buffers of the search.
#[derive(Default)]
pub(super) struct Placer {
    evidence: Vec<f32>,
    best: Vec<f32>,
    came: Vec<u8>,
    /// The columns of the last row that was found.
    columns: Vec<usize>,
}

impl Placer {
    /// The best row of one of these lengths; nothing in strips that are too
    /// short. `wanted` limits the search to one length;
    /// `costs` are [`GUESSED`] or [`KNOWN`].
    pub(super) fn place(
        &mut self,
        columns: &[Column],
        wanted: Option<usize>,
        costs: [f32; 4],
    ) -> Option<Row> {
        self.evidence.clear();
        self.evidence.extend(
            columns
                .iter()
                .map(|it| it.presence.clamp(-MOST_EVIDENCE, MOST_EVIDENCE)),
        );
        self.sum_up(costs);
        self.columns.clear();
        let mut found: Option<(f32, Row, usize)> = None;
        for length in LENGTHS {
            if wanted.is_some_and(|wanted| wanted != length) {
                continue;
            }
            let Some((total, row, end)) = self.trace(length) else {
                continue;
            };
            if found.as_ref().is_none_or(|(best, _, _)| total > *best) {
                found = Some((total, row, end));
            }
        }
        let (_, row, end) = found?;
        let mut columns = std::mem::take(&mut self.columns);
        let path = self.path(row.length, end);
        columns.extend(path[..row.length].iter().map(|column| {
            let centre = crate::geometry::floor(self.centre(*column) + 0.5);
            centre.min(self.evidence.len() - 1)
        }));
        self.columns = columns;
        Some(row)
    }

    /// The column of each character of the row that was placed last.
    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The columns of the best places that end at a column.
    fn path(&self, length: usize, end: usize) -> [usize; LONGEST] {
        let width = self.evidence.len();
        let mut path = [0; LONGEST];
        let mut column = end;
        for index in (0..length).rev() {
            path[index] = column;
            if index > 0 {
                let step = STEPS[usize::from(self.came[index * width + column])];
                column = column.saturating_sub(step);
            }
        }
        path
    }

    /// `best[i * width + column]`: the most evidence of `i + 1` places of which
    /// the last is `column`.
    fn sum_up(&mut self, costs: [f32; 4]) {
        let width = self.evidence.len();
        self.best.clear();
        self.best.resize(width * LONGEST, f32::MIN);
        self.came.clear();
        self.came.resize(width * LONGEST, 0);
        if width == 0 {
            return;
        }
        self.best[..width].copy_from_slice(&self.evidence);
        for index in 1..LONGEST {
            let (before, here) = self.best.split_at_mut(index * width);
            let before = &before[(index - 1) * width..];
            let came = &mut self.came[index * width..(index + 1) * width];
            for column in STEPS[0]..width {
                let mut most = f32::MIN;
                for ((choice, step), cost) in (0_u8..).zip(STEPS).zip(costs) {
                    let Some(from) = column.checked_sub(step) else {
                        break;
                    };
                    if before[from] > f32::MIN && before[from] - cost > most {
                        most = before[from] - cost;
                        came[column] = choice;
                    }
                }
                if most > f32::MIN {
                    here[column] = most + self.evidence[column];
                }
            }
        }
    }

    /// The best row of `length`: its total evidence with the ends counted
    /// against it, the smooth curve through its places, and its last column.
    fn trace(&self, length: usize) -> Option<(f32, Row, usize)> {
        let width = self.evidence.len();
        let last = self.best.get((length - 1) * width..length * width)?;
        let mut found: Option<(f32, Row, usize)> = None;
        // Only the best few ends are worth following.
        let mut floor = f32::MAX;
        for _ in 0..4 {
            let mut end = None;
            let mut most = f32::MIN;
            for (column, total) in last.iter().enumerate() {
                if *total > most && *total < floor {
                    most = *total;
                    end = Some(column);
                }
            }
            let Some(end) = end else {
                break;
            };
            floor = most;
            let places = self
                .path(length, end)
                .map(|it| self.centre(it) * STRIDE as f32);
            let row = smooth(&places[..length], most / length as f32);
            let beyond = [self.at(row.x(-1.0)), self.at(row.x(length as f32))];
            let total: f32 = most - beyond.iter().map(|it| it.max(-1.0)).sum::<f32>();
            if found.as_ref().is_none_or(|(best, _, _)| total > *best) {
                found = Some((total, row, end));
            }
        }
        found
    }

    /// The middle of the columns around one that all hold a character's centre.
    fn centre(&self, column: usize) -> f32 {
        let holds = |column: &usize| self.evidence.get(*column).is_some_and(|it| *it > 0.0);
        let left = (column.saturating_sub(2)..column)
            .rev()
            .take_while(holds)
            .count();
        let right = (column + 1..column + 3).take_while(holds).count();
        if holds(&column) {
            column as f32 + (right as f32 - left as f32) / 2.0
        } else {
            column as f32
        }
    }

    /// The evidence at an abscissa of the strip.
    fn at(&self, x: f32) -> f32 {
        if x < 0.0 {
            return -MOST_EVIDENCE;
        }
        let column = crate::geometry::floor(x / STRIDE as f32 + 0.5);
        self.evidence.get(column).copied().unwrap_or(-MOST_EVIDENCE)
    }
}

/// The parabola through places, by least squares over orthogonal polynomials.
pub(super) fn smooth(places: &[f32], score: f32) -> Row {
    let count = places.len() as f32;
    let middle = (count - 1.0) / 2.0;
    let mean = places.iter().sum::<f32>() / count;
    let second = (count * count - 1.0) / 12.0;
    let (mut up, mut down, mut bend_up, mut bend_down) = (0.0, 0.0, 0.0, 0.0);
    for (index, place) in places.iter().enumerate() {
        let t = index as f32 - middle;
        up += t * place;
        down += t * t;
        let base = t * t - second;
        bend_up += base * place;
        bend_down += base * base;
    }
    let (pitch, bend) = if down > 0.0 && bend_down > 0.0 {
        (up / down, bend_up / bend_down)
    } else {
        (PITCH, 0.0)
    };
    // Around the middle: mean + pitch t + bend (t^2 - second), t = i - middle.
    Row {
        length: places.len(),
        score,
        places: [
            mean - pitch * middle + bend * (middle * middle - second),
            pitch - 2.0 * bend * middle,
            bend,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::super::ALPHABET;
    use super::*;

    /// What the network would say of `count` characters at these places.
    fn columns(count: usize, x: impl Fn(f32) -> f32) -> Vec<Column> {
        (0..200)
            .map(|column| {
                let here = (column * STRIDE) as f32;
                let near = (0..count).any(|index| (x(index as f32) - here).abs() < 4.5);
                Column {
                    characters: [0.0; ALPHABET.len()],
                    presence: if near { 4.0 } else { -4.0 },
                }
            })
            .collect()
    }

    #[test]
    fn lines_get_exactly_as_many_characters_as_they_have() {
        for length in LENGTHS {
            for (start, pitch) in [(20.0, 16.0), (61.0, 15.2), (9.0, 16.7)] {
                let x = |index: f32| start + pitch * index;
                let mut placer = Placer::default();
                let row = placer.place(&columns(length, x), None, GUESSED).unwrap();
                assert_eq!(row.length, length);
                assert!(row.score > 2.5);
                for index in [0.0, length as f32 / 2.0, length as f32 - 1.0] {
                    assert!((row.x(index) - x(index)).abs() < 2.5, "{row:?} at {index}");
                }
            }
        }
    }

    #[test]
    fn perspective_bends_the_row() {
        let x = |index: f32| 30.0 + 13.5 * index + 0.06 * index * index;
        let row = Placer::default()
            .place(&columns(44, x), None, GUESSED)
            .unwrap();
        assert_eq!(row.length, 44);
        assert!(row.pitch(43.0) > row.pitch(0.0) + 3.0);
        assert!((row.x(43.0) - x(43.0)).abs() < 3.0);
    }

    #[test]
    fn nothing_is_placed_where_there_is_no_room() {
        assert!(Placer::default().place(&[], None, GUESSED).is_none());
        let few = columns(3, |index| 16.0 * index);
        let row = Placer::default().place(&few[..40], Some(44), KNOWN);
        assert!(row.is_none());
        let empty = Placer::default().place(&columns(0, |_| 0.0), None, GUESSED);
        assert!(empty.is_none_or(|row| row.score < 0.0));
    }
}
