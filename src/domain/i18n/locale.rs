//! Which languages there are and which one is spoken.

/// A language that the client can speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Locale {
    /// British English; embedded, so that it is always there.
    EnGb,
    /// Arabic, written from right to left.
    Ar,
}

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Locale {
    /// Every language, in the order of the language menu.
    pub const ALL: &'static [Self] = &[Self::EnGb, Self::Ar];

    /// The BCP 47 tag, which is the file's name too.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::EnGb => "en-GB",
            Self::Ar => "ar",
        }
    }

    /// The language's own name.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::EnGb => "English",
            Self::Ar => "العربية",
        }
    }

    /// Which way it is written.
    #[must_use]
    pub fn direction(self) -> Direction {
        match self {
            Self::EnGb => Direction::Ltr,
            Self::Ar => Direction::Rtl,
        }
    }

    /// The language with exactly this tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|locale| locale.tag().eq_ignore_ascii_case(tag))
    }

    /// The best language for a tag: itself, else one of the same language.
    ///
    /// This is the "lookup" scheme of RFC 4647 §3.4, with the regional variants
    /// of one language standing in for each other.
    #[must_use]
    pub fn matching(tag: &str) -> Option<Self> {
        let tag = tag.trim().replace('_', "-");
        Self::from_tag(&tag).or_else(|| {
            let language = language_of(&tag);
            Self::ALL
                .iter()
                .copied()
                .find(|locale| language_of(locale.tag()).eq_ignore_ascii_case(language))
        })
    }

    /// The language to speak.
    ///
    /// The person's own choice wins, then the configuration's `locale`, then
    /// the link's, then the browser's list, then British English.
    #[must_use]
    pub fn negotiate(
        chosen: Option<Self>,
        configured: Option<&str>,
        link: Option<&str>,
        browser: &[String],
    ) -> Self {
        chosen
            .or_else(|| configured.and_then(Self::matching))
            .or_else(|| link.and_then(Self::matching))
            .or_else(|| browser.iter().find_map(|tag| Self::matching(tag)))
            .unwrap_or(Self::EnGb)
    }
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

fn language_of(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regional_variant_finds_its_language() {
        assert_eq!(Locale::matching("ar-EG"), Some(Locale::Ar));
        assert_eq!(Locale::matching("en-US"), Some(Locale::EnGb));
        assert_eq!(Locale::matching("EN_gb"), Some(Locale::EnGb));
        assert_eq!(Locale::matching("tlh"), None);
        assert_eq!(Locale::matching(""), None);
    }

    #[test]
    fn the_persons_choice_wins_then_the_configuration_then_the_link() {
        let browser = ["ar-SA".to_owned(), "en".to_owned()];
        let negotiate = Locale::negotiate;
        assert_eq!(
            negotiate(Some(Locale::EnGb), Some("ar"), Some("ar"), &browser),
            Locale::EnGb
        );
        assert_eq!(negotiate(None, Some("ar"), Some("en-GB"), &[]), Locale::Ar);
        assert_eq!(negotiate(None, None, Some("ar"), &[]), Locale::Ar);
        assert_eq!(negotiate(None, None, None, &browser), Locale::Ar);
        assert_eq!(
            negotiate(None, Some("xx"), Some("yy"), &["zz".to_owned()]),
            Locale::EnGb
        );
    }
}
