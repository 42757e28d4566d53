//! The reader: from a picture to lines of text.
//!
//! Not for what the lines say: that is in [`zone`](super::zone).

use super::bands::{Band, Finder};
use super::candidate::{Candidate, corners, enlarged, turned, widened};
use super::format::Format;
use super::network::{Column, Network, STRIDE};
use super::pitch::{GUESSED, KNOWN, LENGTHS, Placer, smooth};
use super::reading::{Line, Reading, better};
use super::refine::refine;
use super::strip::{PITCH, Pyramid, Station, Strip, View};
use super::text::{self, Decoded, Scores};
use crate::geometry::{Point, Quad};
use crate::luma::Luma;

/// Lines are looked for in a picture whose longer side is at most this.
const WORKING_SIDE: usize = 1400;
/// Capitals of at least this height are sampled from, in pixels.
const FINEST_CAPITAL: f32 = 13.0;
/// Pixels of the first strip per height of a capital, so that the pitch comes
/// out near [`ROUGH_PITCH`] for OCR-B.
const PER_CAPITAL: f32 = 18.0;
/// Height of a capital in pitches, as OCR-B is printed.
const PER_CAPITAL_OF_PITCH: f32 = 1.03;
/// Pitch that the first strip aims at, in pixels: the middle of what can be
/// followed, because perspective widens and narrows it.
const ROUGH_PITCH: f32 = 17.5;
/// Pitches of a first strip that need no second attempt, in pixels.
const GOOD_PITCH: std::ops::Range<f32> = 15.5..20.0;
/// Room at both ends of the first strip, in heights of a capital.
const MARGIN: f32 = 3.5;
/// Longest strip in pixels: 44 characters, margins and errors of the height.
const LONGEST: usize = 1200;
/// Characters' worth of room at both ends of the second strip.
const ROOM: usize = 2;
/// Rows that are read before it is tried to make a zone of them.
const BATCH: usize = 4;
/// Mean evidence per character of a row that is worth a second look.
const LEAST_SCORE: f32 = 0.9;
/// Mean evidence of rows that are only looked for beside another.
const LEAST_BESIDE: f32 = 0.4;
/// Mean evidence per character of a row that is placed well.
const SURE_SCORE: f32 = 2.9;
/// Ratio of the pitches at both ends that one strip can follow.
const EVEN: std::ops::Range<f32> = 0.94..1.06;
/// Confidence of a character that needs no other look.
const CLEAR: f32 = 0.6;
/// Clarity of text that further looks do not help: other print, or a zone
/// upside down.
const HOPELESS: f32 = 0.45;
/// Other looks at a line: the height of its capitals, and how much lower.
const LOOKS: [(f32, f32); 4] = [(0.92, 0.0), (1.08, 0.0), (1.0, -0.14), (1.0, 0.14)];
/// How much the clearness of a look weighs, per natural logarithm.
const CLEARNESS: f32 = 8.0;
/// Distance of neighbouring lines in pitches: 2.5 by ICAO 9303-3 §4.2.
const SPACING: f32 = 2.5;
const SPACING_RANGE: std::ops::Range<f32> = 1.6..3.4;

/// Reads zones; keeps its buffers from picture to picture.
pub struct Reader {
    network: Network,
    pyramid: Pyramid,
    finder: Finder,
    placer: Placer,
    strip: Strip,
    stations: Vec<Station>,
    columns: Vec<Column>,
    bands: Vec<Band>,
    candidates: Vec<Candidate>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader with the trained weights.
    #[must_use]
    pub fn new() -> Self {
        Self {
            network: Network::new(),
            pyramid: Pyramid::default(),
            finder: Finder::default(),
            placer: Placer::default(),
            strip: Strip::default(),
            stations: Vec::new(),
            columns: Vec::new(),
            bands: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// Reads the zone of the document in a picture; `quad`, when it is known,
    /// says where the document is, and need not be exact.
    ///
    /// Lines may be tilted by up to 12 degrees, and upside down. Nothing comes
    /// back when there is no zone; a reading whose check digits disagree is
    /// the best that there was.
    pub fn read(&mut self, luma: &Luma<'_>, quad: Option<&Quad>) -> Option<Reading> {
        self.pyramid.fill(luma, WORKING_SIDE);
        let depth = self.pyramid.depth();
        let mut bands = std::mem::take(&mut self.bands);
        let scale = (0..depth).fold(1.0, |scale, _| scale * 2.0);
        let area = quad.map(|quad| widened(quad).scaled(1.0 / scale, 1.0 / scale));
        let level = self.pyramid.level(luma, depth);
        self.finder.find(&level, area.as_ref(), &mut bands);
        bands.retain_mut(|band| {
            *band = enlarged(band, scale);
            let characters = (band.right - band.left) / band.capital;
            (16.0..75.0).contains(&characters)
        });
        // The zone is the longest print on most documents.
        bands.sort_by(|a, b| (b.right - b.left).total_cmp(&(a.right - a.left)));
        for band in &mut bands {
            let (view, depth) = self.view(luma, band.capital);
            *band = refine(&view, depth, band);
        }
        let mut best: Option<Reading> = None;
        for upside_down in [false, true] {
            let reading = self.read_bands(luma, &bands, upside_down);
            best = better(best, reading);
            if best.as_ref().is_some_and(|best| best.is_proven()) {
                break;
            }
        }
        self.bands = bands;
        best
    }

    /// The coarsest level on which capitals are still fine enough.
    fn view<'a>(&'a self, luma: &Luma<'a>, capital: f32) -> (View<'a>, usize) {
        let mut depth = 0;
        let mut size = capital / 2.0;
        while depth < self.pyramid.depth() && size >= FINEST_CAPITAL {
            depth += 1;
            size /= 2.0;
        }
        (self.pyramid.level(luma, depth), depth)
    }

    fn read_bands(
        &mut self,
        luma: &Luma<'_>,
        bands: &[Band],
        upside_down: bool,
    ) -> Option<Reading> {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let mut best = None;
        for batch in bands.chunks(BATCH) {
            let before = candidates.len();
            for band in batch {
                candidates.extend(
                    self.locate(luma, band, upside_down, None)
                        .filter(|it| it.row.score >= LEAST_SCORE),
                );
            }
            if candidates.len() == before {
                continue;
            }
            candidates.sort_by(|a, b| b.row.score.total_cmp(&a.row.score));
            for index in 0..candidates.len().min(3) {
                let reading = self.zone(luma, &candidates, index);
                best = better(best, reading);
                if best.as_ref().is_some_and(|best: &Reading| best.is_proven()) {
                    break;
                }
            }
            if best.as_ref().is_some_and(|best: &Reading| best.is_proven()) {
                break;
            }
        }
        self.candidates = candidates;
        best
    }

    /// Reads a band roughly and places characters on it.
    fn locate(
        &mut self,
        luma: &Luma<'_>,
        band: &Band,
        upside_down: bool,
        length: Option<usize>,
    ) -> Option<Candidate> {
        let found = self.locate_at(luma, band, upside_down, length, PER_CAPITAL)?;
        let pitch = found.row.pitch(found.middle());
        if found.row.score < LEAST_BESIDE || GOOD_PITCH.contains(&pitch) {
            return Some(found);
        }
        let finer = PER_CAPITAL * (ROUGH_PITCH / pitch).clamp(0.7, 1.4);
        self.locate_at(luma, band, upside_down, length, finer)
            .filter(|again| again.row.score > found.row.score)
            .or(Some(found))
    }

    /// The same at a given number of pixels per height of a capital.
    fn locate_at(
        &mut self,
        luma: &Luma<'_>,
        band: &Band,
        upside_down: bool,
        length: Option<usize>,
        per_capital: f32,
    ) -> Option<Candidate> {
        let slope = band.curve.slope(band.curve.origin);
        let step = band.capital / per_capital / slope.hypot(1.0);
        let left = band.left - MARGIN * band.capital;
        let right = band.right + MARGIN * band.capital;
        let count = crate::geometry::floor((right - left) / step).min(LONGEST);
        let (begin, step) = if upside_down {
            (left + step * count as f32, -step)
        } else {
            (left, step)
        };
        self.stations.clear();
        self.stations.extend((0..count).map(|index| {
            let x = begin + step * index as f32;
            turned(Station::on(&band.curve, x, band.capital), upside_down)
        }));
        self.read_strip(luma, band.capital);
        let row = self.placer.place(&self.columns, length, GUESSED)?;
        Some(Candidate {
            band: *band,
            row,
            begin,
            step,
        })
    }

    /// Samples `self.stations` and reads them into `self.columns`.
    fn read_strip(&mut self, luma: &Luma<'_>, capital: f32) {
        let mut strip = std::mem::take(&mut self.strip);
        let (view, depth) = self.view(luma, capital);
        strip.sample(&view, depth, &self.stations);
        self.network.read(&strip, &mut self.columns);
        self.strip = strip;
    }

    /// Puts the lines around a candidate together and reads them finely.
    fn zone(&mut self, luma: &Luma<'_>, all: &[Candidate], index: usize) -> Option<Reading> {
        let anchor = all[index];
        let lines = if anchor.row.length == 30 { 3 } else { 2 };
        let mut zone = vec![anchor];
        for _ in 1..lines {
            let above = self.beside(luma, all, zone.first()?, -1.0);
            let below = self.beside(luma, all, zone.last()?, 1.0);
            match (above, below) {
                (Some(above), Some(below)) if above.row.score > below.row.score => {
                    zone.insert(0, above);
                }
                (Some(above), None) => zone.insert(0, above),
                (_, Some(below)) => zone.push(below),
                (None, None) => return None,
            }
        }
        for line in &mut zone {
            self.place_again(luma, line);
        }
        self.measure_again(luma, &mut zone);
        self.read_zone(luma, &zone)
    }

    /// Places the characters of a line anew while that moves them: under strong
    /// perspective the first strip's pitch leaves what can be followed.
    fn place_again(&mut self, luma: &Luma<'_>, line: &mut Candidate) {
        let (length, last) = (line.row.length, line.row.length as f32 - 1.0);
        let taper = line.row.pitch(0.0) / line.row.pitch(last);
        if line.row.score > SURE_SCORE && EVEN.contains(&taper) {
            return;
        }
        let mut best = (f32::MIN, line.row);
        for _ in 0..3 {
            let rough = line.row;
            self.straighten(luma, line, 1.0);
            let Some(found) = self.placer.place(&self.columns, Some(length), KNOWN) else {
                break;
            };
            // How well a row was placed shows only on its own strip.
            if found.score > best.0 {
                best = (found.score, rough);
            }
            let mut places = [0.0; LENGTHS[LENGTHS.len() - 1]];
            let mut farthest = 0.0_f32;
            for (index, (place, column)) in places.iter_mut().zip(self.placer.columns()).enumerate()
            {
                let character = (column * STRIDE) as f32 / PITCH - ROOM as f32;
                *place = rough.x(character);
                farthest = farthest.max((character - index as f32).abs());
            }
            if farthest < 0.4 {
                break;
            }
            line.row = smooth(&places[..length], found.score);
        }
        line.row = best.1;
    }

    /// Measures the lines of a zone once more, now that it is known where they
    /// begin and end: what lies beyond must not bend them.
    fn measure_again(&self, luma: &Luma<'_>, zone: &mut [Candidate]) {
        for line in zone.iter_mut() {
            let ends = [line.x(-0.3), line.x(line.row.length as f32 - 0.7)];
            let exact = Band {
                left: ends[0].min(ends[1]),
                right: ends[0].max(ends[1]),
                ..line.band
            };
            let (view, depth) = self.view(luma, exact.capital);
            line.band = refine(&view, depth, &exact);
        }
        // All lines are printed in one size; fillers only look lower.
        let capital = zone.iter().map(|it| it.band.capital).fold(0.0, f32::max);
        for line in zone {
            // The pitch is known better than the height.
            let expected = line.pitch() * PER_CAPITAL_OF_PITCH;
            line.band.capital = capital.clamp(0.9 * expected, 1.08 * expected);
        }
    }

    /// The neighbouring line above (-1) or below (1): one that was found, or
    /// one that is where it would have to be.
    fn beside(
        &mut self,
        luma: &Luma<'_>,
        all: &[Candidate],
        anchor: &Candidate,
        direction: f32,
    ) -> Option<Candidate> {
        let found = all
            .iter()
            .filter(|it| SPACING_RANGE.contains(&(anchor.distance_to(it) * direction)))
            .filter(|it| {
                // Some row of characters at about the same place.
                (it.x(it.middle()) - anchor.x(anchor.middle())).abs() < 6.0 * anchor.pitch()
            })
            .max_by(|a, b| a.row.score.total_cmp(&b.row.score));
        if let Some(found) = found {
            if found.row.length == anchor.row.length {
                return Some(*found);
            }
            let again = self.locate(
                luma,
                &found.band,
                anchor.step < 0.0,
                Some(anchor.row.length),
            );
            if let Some(again) = again.filter(|it| it.row.score >= LEAST_BESIDE) {
                return Some(again);
            }
        }
        let last = anchor.row.length as f32 - 1.0;
        let (from, to) = (anchor.x(0.0), anchor.x(last));
        let moved = direction * anchor.step.signum() * SPACING * anchor.pitch();
        let guess = Band {
            curve: anchor.band.curve.shifted(moved),
            left: from.min(to),
            right: from.max(to),
            ..anchor.band
        };
        let (view, depth) = self.view(luma, guess.capital);
        let measured = refine(&view, depth, &guess);
        let measured = Band {
            // A neighbour is printed in the same size.
            capital: anchor.band.capital,
            ..measured
        };
        self.locate(luma, &measured, anchor.step < 0.0, Some(anchor.row.length))
            .filter(|it| it.row.score >= LEAST_BESIDE)
    }

    /// Reads lines at their own pitch.
    fn read_zone(&mut self, luma: &Luma<'_>, zone: &[Candidate]) -> Option<Reading> {
        let scores: Vec<Vec<Scores>> = zone
            .iter()
            .map(|line| self.scores(luma, line, 1.0, 0.0))
            .collect();
        let mut read = decoded(&scores)?;
        if read.1.clarity > HOPELESS && !is_clear(&read.1) {
            let scores: Vec<Vec<Scores>> = zone
                .iter()
                .zip(scores)
                .map(|(line, scores)| self.look_again(luma, line, scores))
                .collect();
            let again = decoded(&scores)?;
            if again.1.worth() > read.1.worth() {
                read = again;
            }
        }
        let (format, read) = read;
        let lines = read
            .lines
            .iter()
            .zip(read.confidence)
            .map(|(text, confidence)| Line {
                text: text.iter().copied().map(char::from).collect(),
                confidence,
            })
            .collect();
        Some(Reading {
            format,
            lines,
            checks_agree: read.agrees,
            clarity: read.clarity,
            corrected: read.corrected,
            corners: corners(zone.first()?, zone.last()?),
        })
    }

    /// Reads a line into `self.columns` at its own pitch.
    fn straighten(&mut self, luma: &Luma<'_>, line: &Candidate, size: f32) {
        let count = (line.row.length + 2 * ROOM - 1) * (4 * STRIDE) + 1;
        self.stations.clear();
        self.stations.extend((0..count).map(|index| {
            let character = index as f32 / PITCH - ROOM as f32;
            let station = line.station(character);
            Station {
                middle: station.middle,
                down: Point::new(station.down.x * size, station.down.y * size),
            }
        }));
        self.read_strip(luma, line.band.capital);
    }

    /// Scores from several looks at a line in doubt, a little larger, smaller,
    /// higher and lower; those that see clearer characters count for more.
    fn look_again(
        &mut self,
        luma: &Luma<'_>,
        line: &Candidate,
        scores: Vec<Scores>,
    ) -> Vec<Scores> {
        let looks = LOOKS.map(|(size, lower)| self.scores(luma, line, size, lower));
        let clearness = |scores: &[Scores]| {
            let sum: f32 = scores
                .iter()
                .map(|it| it.iter().copied().fold(f32::MIN, f32::max))
                .sum();
            sum / scores.len().max(1) as f32
        };
        let best = looks
            .iter()
            .map(|look| clearness(look))
            .fold(clearness(&scores), f32::max);
        let weight = |scores: &[Scores]| (CLEARNESS * (clearness(scores) - best)).exp();
        let total: f32 = looks.iter().map(|look| weight(look)).sum::<f32>() + weight(&scores);
        let mut sum = scores;
        let share = weight(&sum) / total;
        for score in sum.iter_mut().flatten() {
            *score *= share;
        }
        for look in &looks {
            let share = weight(look) / total;
            for (sum, score) in sum.iter_mut().flatten().zip(look.iter().flatten()) {
                *sum += share * score;
            }
        }
        sum
    }

    /// The network's scores for every character of a line, with capitals
    /// taken to be `size` times as high and lower by a share of their height.
    fn scores(&mut self, luma: &Luma<'_>, line: &Candidate, size: f32, lower: f32) -> Vec<Scores> {
        let length = line.row.length;
        let mut moved = *line;
        moved.band.curve = line.band.curve.shifted(lower * line.band.capital);
        self.straighten(luma, &moved, size);
        // Placed anew: a parabola is not all of what perspective and paper do.
        let placed = self
            .placer
            .place(&self.columns, Some(length), KNOWN)
            .is_some();
        (0..length)
            .map(|index| {
                let expected = 4 * (index + ROOM);
                let place = self.placer.columns().get(index).filter(|_| placed);
                self.columns[place.copied().unwrap_or(expected)].characters
            })
            .collect()
    }
}

/// Whether nothing in a text asks for another look.
fn is_clear(read: &Decoded) -> bool {
    let sure = |line: &Vec<f32>| line.iter().all(|it| *it > CLEAR);
    read.agrees && read.corrected == 0 && read.confidence.iter().all(sure)
}

/// The format that the first character decides, and the text in it.
fn decoded(scores: &[Vec<Scores>]) -> Option<(Format, Decoded)> {
    let length = scores.first()?.len();
    let mut best: Option<(Format, Decoded)> = None;
    for first in [b'P', b'V'] {
        let format = Format::of(scores.len(), length, first)?;
        if format.is_visa() && best.as_ref().is_some_and(|best| best.0 == format) {
            continue;
        }
        let read = text::decode(format, scores);
        let begins = read.lines.first().and_then(|line| line.first());
        if format.lines() == 2 && (begins == Some(&b'V')) != format.is_visa() {
            continue;
        }
        best = Some((format, read));
    }
    best
}
