//! Sorting in few bytes: the standard library's sort is fast for a million
//! items and comes as kilobytes of code for each type; here are a few hundred
//! items at most.

/// Steps of Shell's method, as Ciura found them to be good (2001).
const GAPS: [usize; 8] = [701, 301, 132, 57, 23, 10, 4, 1];

/// Sorts so that no item comes before one that is less.
pub(crate) fn sort<T: Copy>(items: &mut [T], is_less: impl Fn(&T, &T) -> bool) {
    for gap in GAPS {
        for end in gap..items.len() {
            let item = items[end];
            let mut place = end;
            while place >= gap && is_less(&item, &items[place - gap]) {
                items[place] = items[place - gap];
                place -= gap;
            }
            items[place] = item;
        }
    }
}

/// Sorts figures, the smallest first.
pub(crate) fn sort_figures(figures: &mut [f32]) {
    sort(figures, |one, other| one < other);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut figures in prop::collection::vec(-9.0_f32..9.0, 0..900)) {
            let mut expected = figures.clone();
            expected.sort_unstable_by(f32::total_cmp);
            sort_figures(&mut figures);
            prop_assert_eq!(figures, expected);
        }
    }
}
