//! Country codes: from the three letters of documents to the two of browsers.
//!
//! Documents and the service name countries by ISO 3166-1 alpha-3 (ICAO 9303-3
//! §5 for the codes on documents), while `Intl.DisplayNames` wants alpha-2.
//! Names are the browser's business; so is the order in which they are sorted.

/// ISO 3166-1 as published in 2024: each alpha-3 code with its alpha-2 code.
const PAIRS: &str = "\
    ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU \
    AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ \
    BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI \
    CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE \
    DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK \
    FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR \
    GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN \
    IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH \
    KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV \
    MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN \
    MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI \
    NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL \
    PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG \
    SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI \
    SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT \
    TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG \
    VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";

/// Codes on documents that ISO 3166-1 does not assign to a country but that
/// browsers have a name for: ICAO 9303-3 §5 parts C and D, and the codes that
/// Kosovo's documents and the World Bank use.
///
/// The other codes of ICAO (British statuses `GBD` to `GBS`, `XOM`, `UTO` of
/// specimens …) have no two letters; they are shown as they are.
const SPECIAL_PAIRS: &str = "EUEEU RKSXK UNOUN XKXXK";

/// The alpha-2 code for an alpha-3 code.
#[must_use]
pub fn alpha2(alpha3: &str) -> Option<&'static str> {
    let is_code = alpha3.len() == 3 && alpha3.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code {
        return None;
    }
    let mut pairs = PAIRS.split(' ').chain(SPECIAL_PAIRS.split(' '));
    pairs.find_map(|pair| pair.strip_prefix(alpha3))
}

/// The alpha-3 codes of all countries of ISO 3166-1.
pub fn all() -> impl Iterator<Item = &'static str> {
    PAIRS.split(' ').filter_map(|pair| pair.get(..3))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_country_has_its_own_codes() {
        let pairs: Vec<&str> = PAIRS.split(' ').collect();
        assert_eq!(pairs.len(), 249, "ISO 3166-1 has 249 entries");
        assert!(
            pairs.is_sorted(),
            "sorted, so that a missing one is easily seen"
        );
        for pair in &pairs {
            assert!(
                pair.len() == 5 && pair.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{pair}"
            );
        }
        let three: HashSet<&str> = pairs.iter().map(|pair| &pair[..3]).collect();
        let two: HashSet<&str> = pairs.iter().map(|pair| &pair[3..]).collect();
        assert_eq!((three.len(), two.len()), (249, 249), "no code stands twice");
    }

    #[test]
    fn all_countries_have_three_letters_and_a_name() {
        assert_eq!(all().count(), 249);
        assert!(all().all(|code| alpha2(code).is_some()));
    }

    #[test]
    fn codes_that_do_not_look_alike_are_told_apart() {
        let cases = [
            ("GBR", "GB"),
            ("IRL", "IE"),
            ("DEU", "DE"),
            ("CHE", "CH"),
            ("UKR", "UA"),
            ("AUT", "AT"),
            ("AUS", "AU"),
            ("SVK", "SK"),
            ("SVN", "SI"),
            ("PRK", "KP"),
            ("KOR", "KR"),
            ("TUR", "TR"),
        ];
        for (three, two) in cases {
            assert_eq!(alpha2(three), Some(two), "{three}");
        }
    }

    #[test]
    fn documents_of_organisations_and_kosovo_have_a_name_too() {
        for (three, two) in [("EUE", "EU"), ("UNO", "UN"), ("RKS", "XK"), ("XKX", "XK")] {
            assert_eq!(alpha2(three), Some(two), "{three}");
        }
    }

    #[test]
    fn anything_else_has_no_two_letters() {
        for code in [
            "", "GB", "UTO", "GBD", "gbr", "ABW AFG", "ABWAW", "AW ", "É",
        ] {
            assert_eq!(alpha2(code), None, "{code:?}");
        }
    }
}
