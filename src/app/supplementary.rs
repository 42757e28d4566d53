//! Does what the pages of a supplementary document ask for.
//!
//! Part of what [`rest`](super::rest) does, in a file of its own.

use std::rc::Rc;

use web_sys::File;

use crate::domain::flow::{
    Event, PageProblem, SupplementaryContent, SupplementaryEffect, SupplementaryEvent,
};
use crate::domain::image::FileError;
use crate::domain::session::resource::CaptureMethod;
use crate::web::eyes::Eyes;
use crate::web::{pdf, picture};

use super::capture::captures;
use super::pictures::Pictures;
use super::runtime::Runtime;

/// Does an effect.
pub(super) fn perform(runtime: &Runtime, effect: SupplementaryEffect) {
    let pictures = Rc::clone(&runtime.pictures);
    match effect {
        SupplementaryEffect::ReadFile(ticket, file) => {
            let file = pictures.take_file(file);
            let eyes = captures(runtime).eyes.borrow().clone();
            runtime.answer(async move {
                let content = match file {
                    Some(file) => read(&pictures, &file, eyes.as_deref()).await,
                    None => Err(FileError::Unreadable.into()),
                };
                Event::Supplementary(SupplementaryEvent::FileRead(ticket, content))
            });
        }
        SupplementaryEffect::DropFile(file) => drop(pictures.take_file(file)),
        SupplementaryEffect::TurnPicture {
            ticket,
            picture: original,
            quarter_turns,
        } => {
            let blob = pictures.blob(original.id);
            runtime.answer(async move {
                let turned = match blob {
                    Some(blob) => picture::turn(&blob, quarter_turns)
                        .await
                        .map(|picture| pictures.keep(picture, original.capture_method)),
                    None => Err(FileError::Unreadable),
                };
                Event::Supplementary(SupplementaryEvent::PictureTurned(ticket, turned))
            });
        }
    }
}

async fn read(
    pictures: &Pictures,
    file: &File,
    eyes: Option<&Eyes>,
) -> Result<SupplementaryContent, PageProblem> {
    if pdf::is_pdf(file).await {
        let blob = pdf::prepare::<PageProblem>(file).await?;
        return Ok(SupplementaryContent::Pdf(pictures.keep_pdf(blob)));
    }
    let picture = picture::prepare_file(file, eyes).await?;
    let kept = pictures.keep(picture, CaptureMethod::Upload);
    Ok(SupplementaryContent::Picture(kept))
}
