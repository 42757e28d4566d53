//! Which languages there are and which one is spoken.

macro_rules! locales {
    ($($(#[$about:meta])* $variant:ident = $tag:literal, $own_name:literal,)+) => {
        /// A language that the client can speak.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Locale {
            $($(#[$about])* $variant,)+
        }

        impl Locale {
            /// Every language, in the order of the language menu; of those with
            /// several variants the one for everybody else first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
        }

        /// Tag and own name of each.
        const NAMES: &[(&str, &str)] = &[$(($tag, $own_name),)+];
    };
}

locales! {
    /// British English; embedded, so that it is always there.
    EnGb = "en-GB", "English (UK)",
    /// English of the United States.
    EnUs = "en-US", "English (US)",
    /// Canadian English.
    EnCa = "en-CA", "English (Canada)",
    /// Bosnian, in Latin letters.
    Bs = "bs", "Bosanski",
    /// Czech.
    Cs = "cs", "Čeština",
    /// Danish.
    Da = "da", "Dansk",
    /// German.
    De = "de", "Deutsch",
    /// Spanish of Spain.
    Es = "es", "Español",
    /// Spanish of Latin America.
    Es419 = "es-419", "Español (Latinoamérica)",
    /// French.
    Fr = "fr", "Français",
    /// Italian.
    It = "it", "Italiano",
    /// Dutch.
    Nl = "nl", "Nederlands",
    /// Norwegian bokmål.
    Nb = "nb", "Norsk bokmål",
    /// Polish.
    Pl = "pl", "Polski",
    /// Portuguese of Brazil.
    Pt = "pt", "Português (Brasil)",
    /// Romanian.
    Ro = "ro", "Română",
    /// Finnish.
    Fi = "fi", "Suomi",
    /// Swedish.
    Sv = "sv", "Svenska",
    /// Vietnamese.
    Vi = "vi", "Tiếng Việt",
    /// Turkish.
    Tr = "tr", "Türkçe",
    /// Greek.
    ElGr = "el-GR", "Ελληνικά",
    /// Russian.
    Ru = "ru", "Русский",
    /// Serbian, in Cyrillic letters.
    Sr = "sr", "Српски",
    /// Arabic, written from right to left.
    Ar = "ar", "العربية",
    /// Hindi.
    Hi = "hi", "हिन्दी",
    /// Thai.
    Th = "th", "ไทย",
    /// Japanese.
    Ja = "ja", "日本語",
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
    /// The BCP 47 tag, which is the file's name too.
    #[must_use]
    pub fn tag(self) -> &'static str {
        NAMES[self as usize].0
    }

    /// The language's own name.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// Which way it is written.
    #[must_use]
    pub fn direction(self) -> Direction {
        match self {
            Self::Ar => Direction::Rtl,
            _ => Direction::Ltr,
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

    /// The best language for a tag: itself, else one that its speakers read.
    ///
    /// This is the "lookup" scheme of RFC 4647 §3.4, with the regional variants
    /// of one language standing in for each other. As in CLDR's parent locales,
    /// Spanish of anywhere but Spain, Equatorial Guinea and the Philippines is
    /// that of Latin America, and both ways of writing Norwegian are one here.
    #[must_use]
    pub fn matching(tag: &str) -> Option<Self> {
        let tag = tag.trim().replace('_', "-");
        let is = |other: &&str| tag.eq_ignore_ascii_case(other);
        Self::from_tag(&tag).or_else(|| {
            let language = match language_of(&tag) {
                it if ["no", "nn"].iter().any(|no| it.eq_ignore_ascii_case(no)) => "nb",
                it => it,
            };
            if language.eq_ignore_ascii_case("es") && !["es-ES", "es-GQ", "es-PH"].iter().any(is) {
                return Some(Self::Es419);
            }
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
        for (tag, locale) in [
            ("EN_gb", Locale::EnGb),
            ("en-us", Locale::EnUs),
            ("en-AU", Locale::EnGb),
            ("en", Locale::EnGb),
            ("el", Locale::ElGr),
            ("pt-PT", Locale::Pt),
            ("es", Locale::Es),
            ("es-ES", Locale::Es),
            ("es-MX", Locale::Es419),
            ("nn-NO", Locale::Nb),
            ("no", Locale::Nb),
            ("sr-Latn-RS", Locale::Sr),
        ] {
            assert_eq!(Locale::matching(tag), Some(locale), "{tag}");
        }
        assert_eq!(Locale::matching("tlh"), None);
        assert_eq!(Locale::matching(""), None);
    }

    /// `contract.md` §6.3.
    #[test]
    fn all_published_locales_are_there() {
        let published = "ar, bs, pt, en-CA, cs, da, nl, en-GB, fi, fr, de, el-GR, hi, it, ja, nb, \
                         pl, ro, ru, sr, es, es-419, sv, th, en-US, tr, vi";
        for tag in published.split(", ") {
            let locale = Locale::from_tag(tag);
            assert_eq!(locale.map(Locale::tag), Some(tag));
        }
        assert_eq!(Locale::ALL.len(), published.split(", ").count());
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
