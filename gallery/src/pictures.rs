//! What stands for photographs and previews; the drawings are in
//! `page/pictures`.

use vestibule::domain::image::ImageId;

/// The card.
pub const CARD: ImageId = ImageId(1);
/// The face.
pub const FACE: ImageId = ImageId(2);

/// Pages of letters have the ids from here on.
const FIRST_PAGE: u32 = 100;

/// A page of a letter.
#[must_use]
pub fn page(number: u32) -> ImageId {
    ImageId(FIRST_PAGE + number)
}

/// The address of a photograph.
#[must_use]
pub fn photograph(image: ImageId) -> &'static str {
    match image {
        FACE => "pictures/face.svg",
        ImageId(FIRST_PAGE..) => "pictures/letter.svg",
        _ => "pictures/card.svg",
    }
}

/// The address of what a camera sees, on a screen that is upright or not.
#[must_use]
pub fn preview(is_face: bool, is_upright: bool) -> &'static str {
    match (is_face, is_upright) {
        (true, true) => "pictures/face-portrait.svg",
        (true, false) => "pictures/face-landscape.svg",
        (false, true) => "pictures/desk-portrait.svg",
        (false, false) => "pictures/desk-landscape.svg",
    }
}
