//! Camera clips: what a live camera shows while a person brings a document.
//!
//! Good ones end with a document that is sharp, whole and still; bad ones never
//! have a frame that should be captured. Frames are computed one by one, so that
//! a clip doesn't fill the memory.

use image::RgbImage;

use crate::canvas::Point;
use crate::chance::Chance;
use crate::document::{self, Document, Kind};
use crate::lens::Light;
use crate::plane::{Plane, Pose};
use crate::scene::{Lamp, Stage, fitted};
use crate::surface::{self, Surface};

/// Frames per second.
pub const RATE_HZ: usize = 15;
/// Frames of a clip: three seconds.
pub const FRAMES: usize = 45;
/// Frames of a good clip until the document lies still.
pub const FRAMES_UNTIL_STEADY: usize = 15;
/// Size of the frames.
pub const SIZE_PX: (usize, usize) = (1280, 720);

/// What happens in a clip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// The document comes in and then lies still: to be captured.
    Good,
    /// Never in focus.
    Blurred,
    /// A reflection covers what is to be read.
    Glare,
    /// A part lies outside of the frame.
    CutOff,
    /// Hardly any light.
    Dark,
    /// Never held still.
    Moving,
}

impl Story {
    /// Its name in labels.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Blurred => "blurred",
            Self::Glare => "glare",
            Self::CutOff => "cut off",
            Self::Dark => "dark",
            Self::Moving => "moving",
        }
    }

    const BAD: [Self; 5] = [
        Self::Blurred,
        Self::Glare,
        Self::CutOff,
        Self::Dark,
        Self::Moving,
    ];
}

/// A clip; the first ten of twenty are good.
#[derive(Debug)]
pub struct Clip {
    /// What happens.
    pub story: Story,
    document: Document,
    rest: Pose,
    start: Point,
    surface: Surface,
    ground: Light,
    lamp: Lamp,
    blur_px: f32,
    noise: f32,
    number: usize,
}

impl Clip {
    /// One of the clips.
    #[must_use]
    pub fn new(number: usize) -> Self {
        let mut chance = Chance::new("clip", number);
        let story = match number % 20 {
            0..10 => Story::Good,
            bad => Story::BAD[bad % Story::BAD.len()],
        };
        let kind = *chance.pick(&[Kind::Card, Kind::Card, Kind::Passport]);
        let size_mm = document::size_mm(kind, &mut chance);
        let angles = [
            chance.between(-0.06, 0.06),
            chance.between(-0.12, 0.12),
            chance.between(-0.12, 0.12),
        ];
        let fill = chance.between(0.72, 0.86);
        let (mut rest, _) = fitted(size_mm, SIZE_PX, fill, angles);
        let (wide, high) = (SIZE_PX.0 as f32, SIZE_PX.1 as f32);
        if story == Story::CutOff {
            rest.middle_px.0 += wide * 0.36 * if chance.happens(0.5) { 1.0 } else { -1.0 };
        }
        let around = chance.between(0.0, std::f32::consts::TAU);
        let document = document::draw(kind, size_mm, rest.px_per_mm * 1.25, &mut chance);
        let surface = Surface::new(*chance.pick(&surface::Kind::ALL), &mut chance);
        let exposure = if story == Story::Dark {
            0.09
        } else {
            chance.between(0.85, 1.02)
        };
        let glare = (story == Story::Glare).then(|| {
            let place = (chance.between(0.35, 0.65), chance.between(0.35, 0.65));
            (place, (0.15, 0.13), 330.0)
        });
        let stage = Stage {
            size_px: SIZE_PX,
            surface: &surface,
            objects: &[],
            ground: Plane::new(&rest),
            document: None,
            fingers: &[],
            lamp: Lamp::EVEN,
        };
        let ground = stage.ground();
        Self {
            story,
            document,
            rest,
            start: (wide * 0.75 * around.cos(), high * 0.9 * around.sin()),
            surface,
            ground,
            lamp: Lamp {
                gain: [exposure; 3],
                slope: (chance.between(-0.1, 0.1), chance.between(-0.1, 0.1)),
                shadow: None,
                glare,
            },
            blur_px: if story == Story::Blurred {
                chance.between(4.5, 7.0)
            } else {
                chance.between(0.5, 0.8)
            },
            noise: chance.between(1.0, 3.0),
            number,
        }
    }

    /// Where the document lies in a frame.
    #[must_use]
    pub fn corners(&self, frame: usize) -> [Point; 4] {
        Plane::new(&self.pose(frame)).corners(self.document.size_mm)
    }

    fn pose(&self, frame: usize) -> Pose {
        let mut pose = self.rest;
        if self.story == Story::Moving {
            // A hand that goes round and round at 180 pixels per second and more.
            let angle = frame as f32 / RATE_HZ as f32 * 3.1;
            pose.middle_px.0 += 85.0 * angle.cos();
            pose.middle_px.1 += 60.0 * angle.sin();
            return pose;
        }
        let share = (frame as f32 / FRAMES_UNTIL_STEADY as f32).min(1.0);
        let left = (1.0 - share) * (1.0 - share);
        // A hand that rests trembles by half a pixel.
        let mut chance = Chance::new("tremble", self.number * 1000 + frame);
        pose.middle_px.0 += left * self.start.0 + 0.5 * chance.normal();
        pose.middle_px.1 += left * self.start.1 + 0.5 * chance.normal();
        pose.turn_rad += 0.5 * left;
        pose
    }

    /// A frame.
    #[must_use]
    pub fn frame(&self, frame: usize) -> RgbImage {
        let mut chance = Chance::new("frame", self.number * 1000 + frame);
        let plane = Plane::new(&self.pose(frame));
        let stage = Stage {
            size_px: SIZE_PX,
            surface: &self.surface,
            objects: &[],
            ground: plane,
            document: Some((&self.document, plane)),
            fingers: &[],
            lamp: self.lamp,
        };
        let mut light = self.ground.clone();
        stage.lit(&mut light);
        // What moves is smeared: the shutter is open for half of a frame.
        let middle = |frame: usize| self.pose(frame).middle_px;
        let (here, next) = (middle(frame), middle(frame + 1));
        let shift = (0.5 * (next.0 - here.0), 0.5 * (next.1 - here.1));
        if shift.0.hypot(shift.1) > 1.5 {
            let longest = 24.0 / shift.0.hypot(shift.1).max(24.0);
            light.smear((shift.0 * longest, shift.1 * longest));
        }
        light.blur(self.blur_px);
        light.exposed(self.noise, &mut chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_clip_ends_still_and_whole_and_a_moving_one_never_rests() {
        let step = |clip: &Clip, frame: usize| {
            let (one, two) = (clip.corners(frame), clip.corners(frame + 1));
            (one[0].0 - two[0].0).hypot(one[0].1 - two[0].1)
        };
        let good = Clip::new(0);
        assert_eq!(good.story, Story::Good);
        for frame in FRAMES_UNTIL_STEADY..FRAMES {
            assert!(step(&good, frame) < 6.0);
            for corner in good.corners(frame) {
                assert!((0.0..1280.0).contains(&corner.0) && (0.0..720.0).contains(&corner.1));
            }
        }
        let moving = (10..20)
            .map(Clip::new)
            .find(|clip| clip.story == Story::Moving)
            .unwrap();
        assert!((0..FRAMES).all(|frame| step(&moving, frame) > 6.0));
    }

    #[test]
    fn twenty_clips_have_every_story() {
        for story in Story::BAD {
            let of_story = (10..20).filter(|number| Story::BAD[number % 5] == story);
            assert_eq!(of_story.count(), 2, "{story:?}");
        }
    }
}
