//! The letter that the person takes to the branch, as a PDF.
//!
//! Set in Helvetica, which every reader has, so no font is embedded; that
//! limits it to the letters of Western Europe, and any other one is a `?`.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use qrcodegen::{QrCode, QrCodeEcc};
use vestibule::domain::session::branch::{Branch, Instructions};

use super::offices;
use crate::store::Session;

const PAGE_WIDTH_PT: f32 = 595.0;
const PAGE_HEIGHT_PT: f32 = 842.0;
const MARGIN_PT: f32 = 64.0;
const QR_PT: f32 = 130.0;
const TEXT_WIDTH_PT: f32 = PAGE_WIDTH_PT - 2.0 * MARGIN_PT;
const LEADING: f32 = 1.4;

/// A paragraph: its size in points, whether it is bold, the space above it.
#[derive(Debug, Clone, Copy)]
struct Style {
    size_pt: f32,
    is_bold: bool,
    above_pt: f32,
}

const TITLE: Style = Style {
    size_pt: 22.0,
    is_bold: true,
    above_pt: 0.0,
};
const HEADING: Style = Style {
    size_pt: 12.0,
    is_bold: true,
    above_pt: 16.0,
};
const BODY: Style = Style {
    size_pt: 11.0,
    is_bold: false,
    above_pt: 2.0,
};
const SMALL: Style = Style {
    size_pt: 8.5,
    is_bold: false,
    above_pt: 24.0,
};

/// The letter of a session, once there are instructions.
pub(crate) fn letter(session: &Session) -> Option<Vec<u8>> {
    let instructions = session.branch.instructions.as_ref()?;
    let mut pages = Pages::new();
    pages.qr(&session.id);
    for (style, text) in paragraphs(session, instructions) {
        pages.paragraph(style, &text);
    }
    Some(pages.finish())
}

fn paragraphs(session: &Session, instructions: &Instructions) -> Vec<(Style, String)> {
    let contact = &instructions.contact_profile;
    let branch = described(&instructions.branch);
    let mut found = vec![
        (TITLE, "Your visit to the branch".to_owned()),
        (
            HEADING,
            format!("{} {}", contact.first_name, contact.last_name),
        ),
        (
            BODY,
            "Take this letter with you, on paper or on your phone. The code on it is \
             scanned at the counter."
                .to_owned(),
        ),
        (HEADING, "Bring these documents".to_owned()),
    ];
    for brought in &instructions.documents {
        let document = &brought.document;
        found.push((
            BODY,
            format!(
                "- {} ({})",
                words(&document.document_type),
                document.country_code
            ),
        ));
    }
    found.push((HEADING, "Where".to_owned()));
    let lines = [&branch.name, &branch.address, &branch.post_code];
    for line in lines.into_iter().flatten() {
        found.push((BODY, line.clone()));
    }
    found.push((BODY, format!("Branch code {}", branch.fad_code)));
    found.push((HEADING, "Until when".to_owned()));
    let last_day = session.spec.token_expires.strftime("%-d %B %Y");
    found.push((BODY, format!("Go there by {last_day}.")));
    let price = session
        .spec
        .ibv
        .as_ref()
        .and_then(|it| it.user_price.as_ref());
    if let Some(price) = price {
        found.push((HEADING, "What it costs".to_owned()));
        found.push((
            BODY,
            format!(
                "You pay {} {} at the counter.",
                price.amount, price.currency
            ),
        ));
    }
    found.push((
        SMALL,
        format!(
            "Reference {}. This letter was made by a local test service; no branch accepts it.",
            session.id
        ),
    ));
    found
}

/// Only the code of a branch has to be supplied; ours we can describe.
fn described(branch: &Branch) -> Branch {
    let known = offices::by_code(&branch.fad_code);
    let mut branch = branch.clone();
    if let Some(known) = known {
        branch.name = branch.name.or(known.name);
        branch.address = branch.address.or(known.address);
        branch.post_code = branch.post_code.or(known.post_code);
    }
    branch
}

fn words(constant: &str) -> String {
    let lower = constant.replace('_', " ").to_lowercase();
    let mut letters = lower.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => lower,
    }
}

/// The pages so far: one, unless many documents have to be brought.
struct Pages {
    full: Vec<Content>,
    /// The page under the pen.
    content: Content,
    /// Where the next line's top is, from the bottom of the page.
    top_pt: f32,
}

impl Pages {
    fn new() -> Self {
        Self {
            full: Vec::new(),
            content: Content::new(),
            top_pt: PAGE_HEIGHT_PT - MARGIN_PT,
        }
    }

    fn turn(&mut self) {
        let full = std::mem::replace(&mut self.content, Content::new());
        self.full.push(full);
        self.top_pt = PAGE_HEIGHT_PT - MARGIN_PT;
    }

    /// The code for the branch, in the upper right corner.
    fn qr(&mut self, text: &str) {
        // An id always fits; without a code the letter still says it.
        let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
            return;
        };
        let left_pt = PAGE_WIDTH_PT - MARGIN_PT - QR_PT;
        let module_pt = QR_PT / f32_of(code.size());
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|&x| code.get_module(x, y)) {
                self.content.rect(
                    left_pt + f32_of(x) * module_pt,
                    self.top_pt - f32_of(y + 1) * module_pt,
                    module_pt,
                    module_pt,
                );
            }
        }
        self.content.fill_nonzero();
    }

    fn paragraph(&mut self, style: Style, text: &str) {
        self.top_pt -= style.above_pt;
        let text = win_ansi(text);
        let font: &[u8] = if style.is_bold { b"Bold" } else { b"Text" };
        let qr_bottom_pt = PAGE_HEIGHT_PT - MARGIN_PT - QR_PT;
        let mut rest = text.as_slice();
        while !rest.is_empty() {
            if self.top_pt - style.size_pt * LEADING < MARGIN_PT {
                self.turn();
            }
            let beside_qr = self.full.is_empty() && self.top_pt > qr_bottom_pt - BODY.size_pt;
            let width_pt = if beside_qr {
                TEXT_WIDTH_PT - QR_PT - 16.0
            } else {
                TEXT_WIDTH_PT
            };
            let (line, next) = split_line(rest, style, width_pt);
            self.top_pt -= style.size_pt * LEADING;
            self.content.begin_text();
            self.content.set_font(Name(font), style.size_pt);
            self.content.next_line(MARGIN_PT, self.top_pt);
            self.content.show(Str(line));
            self.content.end_text();
            rest = next;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.turn();
        let [catalogue, tree, information, text_font, bold_font] = [1, 2, 3, 4, 5].map(Ref::new);
        // After the ids above: a page, its content, the next page.
        let page_ids = (6..).step_by(2).map(Ref::new);
        let pages: Vec<(Ref, Content)> = page_ids.zip(self.full).collect();
        let mut pdf = Pdf::new();
        let mut root = pdf.catalog(catalogue);
        root.pages(tree);
        root.lang(TextStr("en-GB"));
        root.viewer_preferences().display_doc_title(true);
        root.finish();
        pdf.document_info(information)
            .title(TextStr("Your visit to the branch"));
        pdf.pages(tree)
            .kids(pages.iter().map(|(id, _)| *id))
            .count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
        for (page_id, content) in pages {
            let content_id = Ref::new(page_id.get() + 1);
            let mut page = pdf.page(page_id);
            page.media_box(Rect::new(0.0, 0.0, PAGE_WIDTH_PT, PAGE_HEIGHT_PT));
            page.parent(tree);
            page.contents(content_id);
            let mut resources = page.resources();
            let mut fonts = resources.fonts();
            fonts.pair(Name(b"Text"), text_font);
            fonts.pair(Name(b"Bold"), bold_font);
            fonts.finish();
            resources.finish();
            page.finish();
            pdf.stream(content_id, &content.finish());
        }
        let faces: [(Ref, &[u8]); 2] = [(text_font, b"Helvetica"), (bold_font, b"Helvetica-Bold")];
        for (id, name) in faces {
            pdf.type1_font(id)
                .base_font(Name(name))
                .encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        pdf.finish()
    }
}

fn f32_of(modules: i32) -> f32 {
    // A QR code has at most 177 modules.
    f32::from(i16::try_from(modules).unwrap_or(0))
}

/// The text as bytes of the fonts' encoding; breaks become spaces.
fn win_ansi(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
            '\u{20ac}' => 0x80,
            '\u{2018}' => 0x91,
            '\u{2019}' => 0x92,
            '\u{201c}' => 0x93,
            '\u{201d}' => 0x94,
            '\u{2013}' => 0x96,
            '\u{2014}' => 0x97,
            _ if c.is_control() => b' ',
            _ => b'?',
        })
        .collect()
}

/// As many words as fit, at least a letter, and what is left.
fn split_line(text: &[u8], style: Style, width_pt: f32) -> (&[u8], &[u8]) {
    let mut used_pt = 0.0;
    let mut last_space = None;
    for (index, &letter) in text.iter().enumerate() {
        used_pt += letter_width(letter) * style.size_pt * if style.is_bold { 1.1 } else { 1.0 };
        if letter == b' ' {
            last_space = Some(index);
        } else if used_pt > width_pt && index > 0 {
            return match last_space {
                Some(space) => (&text[..space], &text[space + 1..]),
                None => text.split_at(index),
            };
        }
    }
    (text, &[])
}

/// The width of a letter of Helvetica in its own size, not too small.
fn letter_width(letter: u8) -> f32 {
    let thousandths: u16 = match letter {
        b'i' | b'j' | b'l' | b'\'' | b'|' => 260,
        b' ' | b'!' | b',' | b'.' | b'/' | b':' | b';' | b'I' | b'[' | b'\\' | b']' | b'f'
        | b't' => 278,
        b'(' | b')' | b'-' | b'`' | b'r' | b'{' | b'}' => 334,
        b'"' | b'*' | b'^' => 469,
        b'c' | b'k' | b's' | b'v' | b'x' | b'y' | b'z' | b'J' => 500,
        b'0'..=b'9' | b'#' | b'$' | b'?' | b'_' | b'a'..=b'h' | b'n'..=b'q' | b'u' | b'L' => 556,
        b'+' | b'<' | b'=' | b'>' | b'~' | b'F' | b'T' | b'Z' => 611,
        b'&' | b'A' | b'B' | b'E' | b'K' | b'P' | b'S' | b'V' | b'X' | b'Y' => 667,
        b'w' | b'C' | b'D' | b'H' | b'N' | b'R' | b'U' => 722,
        b'm' | b'M' => 833,
        b'%' | b'W' => 944,
        b'@' => 1015,
        // G, O and Q; of the accented letters, most are narrower.
        _ => 778,
    };
    f32::from(thousandths) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_long_words_anywhere() {
        let text = win_ansi("one two three");
        let (line, rest) = split_line(&text, BODY, 45.0);
        assert_eq!((line, rest), (&b"one two"[..], &b"three"[..]));
        let text = win_ansi("WWWWWWWWWW");
        let (line, rest) = split_line(&text, BODY, 45.0);
        assert_eq!((line.len(), rest.len()), (4, 6));
        assert_eq!(split_line(b"W", BODY, 1.0), (&b"W"[..], &b""[..]));
    }

    #[test]
    fn the_code_is_drawn_upright() {
        let id = "3f0c2b7e-5f0e-4b60-9d57-6a1f2f4f9a01";
        let mut pages = Pages::new();
        pages.qr(id);
        let drawn = String::from_utf8(pages.content.finish().to_vec()).unwrap();
        let squares: Vec<(f32, f32)> = drawn
            .lines()
            .filter_map(|line| line.strip_suffix(" re"))
            .map(|line| {
                let numbers: Vec<f32> = line.split(' ').map(|it| it.parse().unwrap()).collect();
                (numbers[0], numbers[1])
            })
            .collect();
        let code = QrCode::encode_text(id, QrCodeEcc::Medium).unwrap();
        let module_pt = QR_PT / f32_of(code.size());
        let (left, top) = (
            PAGE_WIDTH_PT - MARGIN_PT - QR_PT,
            PAGE_HEIGHT_PT - MARGIN_PT,
        );
        let mut n_dark = 0;
        for y in 0..code.size() {
            for x in 0..code.size() {
                let corner = (
                    left + f32_of(x) * module_pt,
                    top - f32_of(y + 1) * module_pt,
                );
                let is_drawn = squares
                    .iter()
                    .any(|it| (it.0 - corner.0).abs() < 0.1 && (it.1 - corner.1).abs() < 0.1);
                assert_eq!(is_drawn, code.get_module(x, y), "{x}, {y}");
                n_dark += usize::from(is_drawn);
            }
        }
        assert_eq!(squares.len(), n_dark);
    }

    #[test]
    fn what_does_not_fit_on_a_page_goes_on_the_next() {
        let n_pages = |n_lines: usize| {
            let mut pages = Pages::new();
            for _ in 0..n_lines {
                pages.paragraph(BODY, "- Passport (GBR)");
            }
            let pdf = String::from_utf8_lossy(&pages.finish()).into_owned();
            assert!(pdf.contains("/Type /Pages"));
            pdf.matches("/Type /Page\n").count()
        };
        assert_eq!((n_pages(20), n_pages(60)), (1, 2));
    }

    #[test]
    fn letters_of_western_europe_are_kept() {
        assert_eq!(win_ansi("Zoë \u{2019}n"), b"Zo\xeb \x92n");
        assert_eq!(win_ansi("Łódź"), b"?\xf3d?");
    }
}
