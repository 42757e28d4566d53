//! Looking out for a document in the preview: the same for cards, booklets and
//! paper.
//!
//! The shutter works all the while; a lookout that never hears of a look leaves
//! everything to it.

use crate::domain::image::PreparedImage;
use crate::domain::sight::{DocumentHint, DocumentShape, DocumentWatch, Look, Tone};

use super::camera::{CameraStep, CameraTurn, CameraUse};
use super::turn::{Desk, Turn};
use super::{Effect, Event, Ticket};

/// How many pictures that were taken by themselves may turn out bad before the
/// person is shown one: the hand moved, and moves again.
const MOST_BAD: u8 = 2;

/// What is known of the preview, and whether its moment is used.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lookout {
    watch: DocumentWatch,
    /// The person wants to press the shutter themselves; kept from side to side.
    is_by_hand: bool,
    /// The person wants to hear how right it is; kept likewise.
    sounds: bool,
    /// The picture that is being taken was not asked for by the person.
    took_it_itself: bool,
    n_bad: u8,
}

/// What follows from an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LookoutTurn {
    /// There is a picture.
    Taken(PreparedImage),
    /// Anything else.
    Turn(Turn),
}

impl Lookout {
    /// Begins anew, with another preview.
    fn restart(&mut self) {
        *self = Self {
            is_by_hand: self.is_by_hand,
            sounds: self.sounds,
            ..Self::default()
        };
    }

    /// Tells the camera, which is looked through.
    pub(super) fn on(
        &mut self,
        event: Event,
        camera: &mut CameraStep,
        purpose: CameraUse,
        shape: DocumentShape,
        desk: &mut Desk<'_>,
    ) -> LookoutTurn {
        match event {
            Event::DocumentSeen(ticket, look) => {
                return LookoutTurn::Turn(self.look(ticket, &look, camera, desk));
            }
            Event::AutomaticPressed if self.watch.is_looking() => {
                self.is_by_hand = !self.is_by_hand;
                return LookoutTurn::Turn(Turn::Stay);
            }
            Event::SoundsPressed if self.watch.is_looking() => {
                self.sounds = !self.sounds;
                if self.sounds {
                    // Browsers let a page sound that does so when it is pressed.
                    desk.push(Effect::Sound(Tone::Near));
                }
                return LookoutTurn::Turn(Turn::Stay);
            }
            Event::ShutterPressed => self.took_it_itself = false,
            _ => {}
        }
        let was_running = camera.is_running();
        match camera.on(event, purpose, desk) {
            CameraTurn::Stay => {
                // Once per opening, not after a picture that failed.
                if let Some(ticket) = camera.live().filter(|_| !was_running) {
                    self.restart();
                    desk.push(Effect::WatchDocument(ticket, shape));
                }
                LookoutTurn::Turn(Turn::Stay)
            }
            CameraTurn::Taken(image) if self.accepts(&image) => LookoutTurn::Taken(image),
            CameraTurn::Taken(_) => {
                camera.go_on();
                LookoutTurn::Turn(Turn::Stay)
            }
            CameraTurn::End(code) => LookoutTurn::Turn(Turn::End(code)),
            CameraTurn::Unused(other) => LookoutTurn::Turn(Turn::unused(&other)),
        }
    }

    /// Takes in one look.
    fn look(
        &mut self,
        ticket: Ticket,
        look: &Look,
        camera: &mut CameraStep,
        desk: &mut Desk<'_>,
    ) -> Turn {
        if camera.live() != Some(ticket) {
            return Turn::Late;
        }
        let look = &Look {
            // Before a mirror, left is right, and it is the document that is moved.
            aim: look.aim.filter(|_| !camera.is_mirrored()),
            take: look.take && !self.is_by_hand,
            ..*look
        };
        let words = self.watch.look(look);
        if let Some(tone) = self.watch.tone(look).filter(|_| self.sounds) {
            desk.push(Effect::Sound(tone));
        }
        if look.take {
            self.took_it_itself = true;
            camera.shoot(desk);
        } else if let Some(text) = words {
            desk.push(Effect::Announce(text.into()));
        }
        Turn::Stay
    }

    /// Whether a picture is good enough to be shown to the person: one that
    /// they did not ask for has to be.
    fn accepts(&mut self, image: &PreparedImage) -> bool {
        if !image.seen.is_good() && self.took_it_itself && self.n_bad < MOST_BAD {
            self.n_bad += 1;
            return false;
        }
        true
    }

    /// The hint over the preview.
    pub(super) fn hint(&self) -> Option<DocumentHint> {
        self.watch.hint()
    }

    /// Whether tones say how right it is.
    pub(super) fn sounds(&self) -> bool {
        self.sounds
    }

    /// Whether pictures are taken by themselves; nothing while nobody looks.
    pub(super) fn is_automatic(&self) -> Option<bool> {
        self.watch.is_looking().then_some(!self.is_by_hand)
    }
}
