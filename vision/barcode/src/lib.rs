//! Reads the PDF417 on the back of a driving licence.
//!
//! [`read`] finds the symbol at any angle, by the card's corners or by itself,
//! and gives its text; [`aamva`] tells what the text says.
//! Not for other bar codes, not for decoding pictures, and not for deciding:
//! what is read is for questions to the person, never a verdict.
//!
//! How a symbol is read:
//!
//! 1. `find` looks for dense parallel bars and their direction.
//! 2. `guard` finds the start and stop bars in bands across them, which gives
//!    both edges and the width of a module.
//! 3. `symbol` reads the row indicators, which number the rows, and thereby
//!    knows where every codeword is, under perspective too.
//! 4. `codebook` compares every codeword with all looks of its cluster.
//! 5. The library corrects errors; `compaction` turns codewords into text.
//!
//! Work is limited by the number of tries, so that it is the same everywhere.

pub mod aamva;
mod codebook;
mod compaction;
mod find;
mod guard;
mod plane;
mod symbol;

use vestibule_vision::{Luma, Quad};

use codebook::Codebook;
use find::Region;
use guard::Side;
use plane::Plane;
use symbol::Symbol;

/// Blurs that are tried, as passes over half modules.
const BLURS: [usize; 3] = [2, 5, 1];

/// The text of the PDF417 symbol in a picture.
///
/// The corners of the card, where they are known, are one more place to look.
/// Bytes are UTF-8 where they can be, otherwise Latin-1.
#[must_use]
pub fn read(luma: &Luma<'_>, card: Option<&Quad>) -> Option<String> {
    let plane = Plane::new(luma);
    let mut regions = find::regions(&plane);
    regions.extend(card.map(Region::card));
    let mut books: [Option<Codebook>; BLURS.len()] = [const { None }; BLURS.len()];
    for region in &regions {
        if let Some(text) = read_region(&plane, region, &mut books) {
            return Some(text);
        }
    }
    None
}

fn read_region(
    plane: &Plane<'_>,
    region: &Region,
    books: &mut [Option<Codebook>; BLURS.len()],
) -> Option<String> {
    let turned = region.turned();
    let mut starts: Vec<_> = [region, &turned]
        .into_iter()
        .filter_map(|region| Some((*region, guard::edge(plane, region, Side::Start, None)?)))
        .collect();
    starts.sort_by(|first, second| second.1.score.total_cmp(&first.1.score));
    for (region, start) in starts {
        let Some(stop) = guard::edge(plane, &region, Side::Stop, Some(start.module)) else {
            continue;
        };
        let symbol = Symbol::new(plane, region, start, stop);
        for (book, blurs) in books.iter_mut().zip(BLURS) {
            let book = book.get_or_insert_with(|| Codebook::new(blurs));
            if let Some(text) = symbol.read(book) {
                return Some(text);
            }
        }
    }
    None
}
