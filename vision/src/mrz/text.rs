//! From the network's scores to text that obeys the format.
//!
//! Every place takes the likeliest character that may stand there. When check
//! digits disagree, the cheapest one or two changes that make all of them agree
//! are made, if they are cheap and no other changes are nearly as cheap;
//! otherwise nothing is changed.

use super::ALPHABET;
use super::format::{Format, Kind};

/// Natural logarithms of how likely each character of the alphabet is.
pub(super) type Scores = [f32; ALPHABET.len()];

/// The dearest change of one character, in natural logarithms. The composite
/// check digit proves little beyond the field's own: over a passport's number
/// it has the same weights.
const DEAREST: f32 = 2.0;
/// The dearest change of two characters together.
const DEAREST_PAIR: f32 = 1.2;
/// How much dearer the next possible change has to be.
const LEAD: f32 = 1.0;
/// Clarity below which a text is not worth correcting: other print, or a zone
/// upside down.
const LEAST_CLARITY: f32 = 0.7;
/// The most places that are reconsidered.
const MOST_CHANGES: usize = 10;

/// Text and how sure it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Decoded {
    pub(super) lines: Vec<Vec<u8>>,
    pub(super) confidence: Vec<Vec<f32>>,
    /// Mean probability of the characters taken, among all there are: low
    /// where the format had to be forced on what was seen.
    pub(super) clarity: f32,
    pub(super) agrees: bool,
    pub(super) corrected: usize,
}

impl Decoded {
    /// Orders readings: how clearly they were seen, and check digits.
    pub(super) fn worth(&self) -> f32 {
        self.clarity + if self.agrees { 0.3 } else { 0.0 }
    }
}

#[derive(Clone, Copy)]
struct Change {
    line: usize,
    place: usize,
    character: u8,
    cost: f32,
}

/// Decodes the lines of a format.
pub(super) fn decode(format: Format, scores: &[Vec<Scores>]) -> Decoded {
    let mut decoded = Decoded::default();
    let mut changes: Vec<Change> = Vec::new();
    let mut clarity = 0.0;
    for (line, scores) in scores.iter().enumerate() {
        let mut text = Vec::with_capacity(scores.len());
        let mut confidence = Vec::with_capacity(scores.len());
        for (place, scores) in scores.iter().enumerate() {
            let kind = format.kind(line, place);
            let (best, share) = likeliest(kind, scores);
            text.push(ALPHABET[best]);
            confidence.push(share);
            clarity += scores[best].exp();
            if kind == Kind::Name || !is_checked(format, line, place) {
                continue;
            }
            for (index, character) in ALPHABET.iter().enumerate() {
                let cost = scores[best] - scores[index];
                if index != best && kind.allows(*character) && cost < DEAREST + LEAD {
                    changes.push(Change {
                        line,
                        place,
                        character: *character,
                        cost,
                    });
                }
            }
        }
        decoded.lines.push(text);
        decoded.confidence.push(confidence);
    }
    decoded.clarity = clarity / scores.iter().map(Vec::len).sum::<usize>().max(1) as f32;
    decoded.agrees = agrees(format, &decoded.lines);
    if !decoded.agrees && decoded.clarity >= LEAST_CLARITY {
        changes.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        changes.truncate(MOST_CHANGES);
        correct(format, &changes, &mut decoded);
    }
    decoded
}

/// Whether every check digit agrees with what it is over.
pub(super) fn agrees(format: Format, lines: &[Vec<u8>]) -> bool {
    format.checks().iter().all(|it| it.agrees(format, lines))
}

/// The index of the likeliest character that may stand there, and its share
/// among those.
fn likeliest(kind: Kind, scores: &Scores) -> (usize, f32) {
    let mut best = None;
    let mut total = 0.0;
    for (index, (character, score)) in ALPHABET.iter().zip(scores).enumerate() {
        if kind.allows(*character) {
            total += score.exp();
            if best.is_none_or(|best: usize| *score > scores[best]) {
                best = Some(index);
            }
        }
    }
    let best = best.unwrap_or(0);
    (best, scores[best].exp() / total.max(f32::MIN_POSITIVE))
}

fn is_checked(format: Format, line: usize, place: usize) -> bool {
    format.checks().iter().any(|check| {
        (check.line, check.place) == (line, place)
            || check
                .over
                .iter()
                .any(|(over, from, to)| *over == line && (*from..*to).contains(&place))
    })
}

/// Makes the cheapest changes after which all check digits agree.
fn correct(format: Format, changes: &[Change], decoded: &mut Decoded) {
    let mut best: Option<(f32, [Option<Change>; 2])> = None;
    let mut next = f32::MAX;
    let mut consider = |pair: [Option<Change>; 2]| {
        let cost = pair.iter().flatten().map(|it| it.cost).sum::<f32>();
        let mut before = [0; 2];
        for (slot, change) in before.iter_mut().zip(pair.iter().flatten()) {
            let place = &mut decoded.lines[change.line][change.place];
            *slot = std::mem::replace(place, change.character);
        }
        let right = agrees(format, &decoded.lines);
        for (slot, change) in before.iter().zip(pair.iter().flatten()) {
            decoded.lines[change.line][change.place] = *slot;
        }
        if right {
            match best {
                Some((cheapest, _)) if cheapest <= cost => next = next.min(cost),
                _ => {
                    next = best.map_or(next, |(cheapest, _)| cheapest);
                    best = Some((cost, pair));
                }
            }
        }
    };
    for (index, change) in changes.iter().enumerate() {
        consider([Some(*change), None]);
        for other in &changes[index + 1..] {
            if (change.line, change.place) != (other.line, other.place) {
                consider([Some(*change), Some(*other)]);
            }
        }
    }
    let Some((cost, pair)) = best else {
        return;
    };
    let dearest = match pair {
        [_, Some(_)] => DEAREST_PAIR,
        [_, None] => DEAREST,
    };
    if cost > dearest || next - cost < LEAD {
        return;
    }
    for change in pair.iter().flatten() {
        decoded.lines[change.line][change.place] = change.character;
        decoded.confidence[change.line][change.place] = (-change.cost).exp() / 2.0;
        decoded.corrected += 1;
    }
    decoded.agrees = true;
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
    const SECOND: &str = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

    /// Scores that are sure of a line.
    fn scores(line: &str) -> Vec<Scores> {
        line.bytes()
            .map(|seen| ALPHABET.map(|it| if it == seen { -0.01 } else { -9.0 }))
            .collect()
    }

    /// Makes a place doubt: `wrong` is `lead` likelier than what stands there.
    fn doubt(scores: &mut Scores, wrong: u8, lead: f32) {
        for (score, character) in scores.iter_mut().zip(ALPHABET) {
            if character == wrong {
                *score = -0.01 + lead;
            }
        }
    }

    fn text(decoded: &Decoded) -> Vec<String> {
        decoded
            .lines
            .iter()
            .map(|line| line.iter().copied().map(char::from).collect())
            .collect()
    }

    #[test]
    fn what_is_clear_is_taken_as_it_is() {
        let decoded = decode(Format::Td3, &[scores(FIRST), scores(SECOND)]);
        assert_eq!(text(&decoded), [FIRST, SECOND]);
        assert!(decoded.agrees && decoded.corrected == 0);
        assert!(decoded.confidence.iter().flatten().all(|it| *it > 0.9));
    }

    #[test]
    fn a_place_for_digits_takes_no_letter_and_the_reverse() {
        let (mut first, mut second) = (scores(FIRST), scores(SECOND));
        doubt(&mut first[10], b'5', 2.0);
        doubt(&mut second[16], b'B', 2.0);
        let decoded = decode(Format::Td3, &[first, second]);
        assert_eq!(text(&decoded), [FIRST, SECOND]);
        assert_eq!(decoded.corrected, 0);
    }

    #[test]
    fn check_digits_prove_a_cheap_change() {
        let mut second = scores(SECOND);
        // The number's 0 looks like an O.
        doubt(&mut second[5], b'O', 1.0);
        let decoded = decode(Format::Td3, &[scores(FIRST), second]);
        assert_eq!(text(&decoded), [FIRST, SECOND]);
        assert!(decoded.agrees && decoded.corrected == 1);
        assert!(decoded.confidence[1][5] < 0.5);
    }

    #[test]
    fn a_dear_change_is_not_made() {
        let mut second = scores(SECOND);
        doubt(&mut second[5], b'O', 6.0);
        let decoded = decode(Format::Td3, &[scores(FIRST), second]);
        assert!(!decoded.agrees && decoded.corrected == 0);
        assert_eq!(decoded.lines[1][5], b'O');
    }

    #[test]
    fn two_ways_to_agree_prove_neither() {
        let mut second = scores(SECOND);
        // Seen as O at the sixth place; 0 and K would both agree.
        doubt(&mut second[5], b'O', 1.0);
        doubt(&mut second[5], b'K', 0.1);
        let decoded = decode(Format::Td3, &[scores(FIRST), second]);
        assert!(!decoded.agrees && decoded.corrected == 0);
    }
}
