//! Loops over the bytes of pictures.

use vestibule_kernels::pixels::{
    RGBA, add_scaled, brightness, brightness_of, halve, lower, raise, weighed,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn bytes(n: usize) -> Vec<u8> {
    (0..n)
        .map(|index| (index * 97 + index / 7 * 31).to_le_bytes()[0])
        .collect()
}

#[test]
fn brightness_of_many_is_that_of_each() {
    for n_pixels in [0, 1, 15, 16, 17, 64, 77] {
        let rgba = bytes(n_pixels * RGBA);
        let mut luma = vec![9; n_pixels];
        brightness_of(&rgba, &mut luma);
        for (luma, pixel) in luma.iter().zip(rgba.as_chunks::<RGBA>().0) {
            assert_eq!(*luma, brightness(pixel[0], pixel[1], pixel[2]));
        }
    }
    let mut short = [0; 3];
    brightness_of(&[255; 80], &mut short);
    assert_eq!(short, [255; 3]);
    let mut long = [7; 20];
    brightness_of(&[0; 64], &mut long);
    assert_eq!((long[15], long[16]), (0, 7));
}

#[test]
fn grey_keeps_its_level_and_the_weights_are_those_of_the_standard() {
    for value in 0..=255 {
        assert_eq!(brightness(value, value, value), value);
    }
    let primaries = [
        brightness(255, 0, 0),
        brightness(0, 255, 0),
        brightness(0, 0, 255),
    ];
    assert_eq!(primaries, [77, 149, 29]);
}

#[test]
fn a_half_is_the_mean_of_four_at_any_width() {
    for width in [0, 1, 2, 7, 8, 9, 16, 33] {
        let (upper, lower) = (bytes(width * RGBA), bytes(width * RGBA + 5));
        let lower = &lower[5..];
        let mut half = vec![0; width / 2 * RGBA];
        halve(&upper, lower, &mut half);
        for (index, figure) in half.iter().enumerate() {
            let at = index / RGBA * 2 * RGBA + index % RGBA;
            let four = [upper[at], upper[at + RGBA], lower[at], lower[at + RGBA]];
            let sum: u32 = four.into_iter().map(u32::from).sum();
            assert_eq!(u32::from(*figure), (sum + 2) / 4);
        }
    }
}

#[test]
fn rows_are_added_and_compared_byte_by_byte() {
    let row = bytes(40);
    let mut sums = vec![1_u16; 40];
    add_scaled(&mut sums, &row, 250);
    add_scaled(&mut sums, &row, 7);
    let (mut most, mut least) = (vec![100; 40], vec![100; 40]);
    raise(&mut most, &row);
    lower(&mut least, &row);
    for (index, byte) in row.into_iter().enumerate() {
        assert_eq!(sums[index], (257 * u16::from(byte)).wrapping_add(1));
        assert_eq!((least[index], most[index]), (byte.min(100), byte.max(100)));
    }
}

#[test]
fn pixels_are_added_by_their_weights() {
    let pixels = [[1, 2, 3, 4], [10, 65_535, 30, 40], [7, 7, 7, 7]];
    assert_eq!(weighed(&pixels, &[0.5, 2.0]), [20.5, 131_071.0, 61.5, 82.0]);
    assert_eq!(weighed(&pixels[..1], &[1.0, 9.0]), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(weighed(&[], &[1.0]), [0.0; RGBA]);
}
