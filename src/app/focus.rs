//! Moves the focus to the new screen's heading, and nothing else does.
//!
//! WCAG 2.2, 2.4.3 and 4.1.3: who does not see the screen change hears where
//! they are now.

use leptos::prelude::*;

use crate::domain::flow::{Screen, ScreenKind};
use crate::domain::i18n::Text;
use crate::ui::context::Speaker;
use crate::web::page;

/// Follows the screen: focus, scroll position and the page's title.
pub(super) fn follow(screen: Memo<Screen>, speaker: ReadSignal<Speaker, LocalStorage>) {
    let kind = Memo::new(move |_| screen.with(Screen::kind));
    Effect::new(move |before: Option<ScreenKind>| {
        let now = kind.get();
        // The page opens with the focus where the browser puts it.
        if before.is_some_and(|before| before != now) {
            // The new heading is there once this round of effects has run.
            request_animation_frame(page::focus_heading);
        }
        now
    });
    Effect::new(move |_| {
        let name = speaker.with(|speaker| speaker.say(&Text::AppName.into()));
        page::set_title(&name);
    });
}
