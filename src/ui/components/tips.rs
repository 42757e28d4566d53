//! A list of short advice, each line with a picture before its words.

use crate::domain::i18n::Text;
use crate::ui::context::Ui;
use crate::ui::dom::{El, el};

use super::example::{Example, example};
use super::icon::{Icon, icon};

/// The whole list, in the order in which people do it.
#[must_use]
pub fn tips(ui: Ui, tips: &[(Icon, Text)]) -> El {
    let lines = tips.iter().map(|(picture, text)| tip(ui, *picture, *text));
    el("ul", "vst-tips").children(lines)
}

/// A list of what makes a good photograph, each line beside a small one.
#[must_use]
pub fn examples(ui: Ui, tips: &[(Example, Text)]) -> El {
    let lines = tips
        .iter()
        .map(|(picture, text)| line(ui, example(*picture), *text));
    el("ul", "vst-tips").children(lines)
}

/// One line of advice, for a list whose lines come and go.
#[must_use]
pub fn tip(ui: Ui, picture: Icon, text: Text) -> El {
    line(ui, el("span", "vst-tips__icon").child(icon(picture)), text)
}

fn line(ui: Ui, picture: El, text: Text) -> El {
    el("li", "vst-tips__tip")
        .child(picture)
        .child(el("span", "").words(move || ui.say(text)))
}
