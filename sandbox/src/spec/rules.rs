//! What single fields of a session specification must look like.

/// Where a browser may be sent: `https`, or `http` on this very machine.
pub(super) fn return_url(text: &str) -> Option<&'static str> {
    const MESSAGE: &str = "must be an https address, or http on loopback";
    let rest = match text.split_once("://") {
        Some(("https", rest)) => return (!plausible_host(authority(rest))).then_some(MESSAGE),
        Some(("http", rest)) => rest,
        _ => return Some(MESSAGE),
    };
    let authority = authority(rest);
    if !plausible_host(authority) {
        return Some(MESSAGE);
    }
    let host = match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let loopback = host == "localhost" || host == "::1" || is_loopback_v4(host);
    (!loopback).then_some(MESSAGE)
}

/// Where notifications go: `https`, or `http` on this very machine.
///
/// Read by the parser that also sends them, so that the two can't disagree
/// about what the host is.
pub(super) fn endpoint(text: &str) -> Option<&'static str> {
    let right = reqwest::Url::parse(text).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        let loopback = host == "localhost" || host == "[::1]" || is_loopback_v4(host);
        let secure = url.scheme() == "https" && !host.is_empty();
        (secure || (url.scheme() == "http" && loopback))
            && url.username().is_empty()
            && url.password().is_none()
    });
    (!right).then_some("must be an https address, or http on loopback")
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn plausible_host(authority: &str) -> bool {
    !authority.is_empty()
        && !authority.contains('@')
        && !authority.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_loopback_v4(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>()
        .is_ok_and(|address| address.is_loopback())
}

/// `#RGB` or `#RRGGBB`, the published pattern.
pub(super) fn colour(text: &str) -> Option<&'static str> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    let right = matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    (!right).then_some("must match ^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$")
}

/// The form of ISO 3166-1 alpha-3.
pub(crate) fn country(text: &str) -> Option<&'static str> {
    let right = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    (!right).then_some("must be an ISO 3166-1 alpha-3 code")
}

/// The form of every vocabulary of the service: it grows, so the words
/// themselves are not listed here.
pub(super) fn constant(text: &str) -> Option<&'static str> {
    let starts = text.starts_with(|c: char| c.is_ascii_uppercase());
    let right = text
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    (!(starts && right)).then_some("must be an upper-case constant such as PASSPORT")
}

/// The form of a language tag: `en-GB`, `es-419`, `ar`.
pub(super) fn locale(text: &str) -> Option<&'static str> {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let right = matches!(language.len(), 2 | 3)
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|p| matches!(p.len(), 2..=8) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (!right).then_some("must be a language tag such as en-GB")
}

/// A calendar date.
pub(super) fn date(text: &str) -> Option<&'static str> {
    text.parse::<jiff::civil::Date>()
        .is_err()
        .then_some("must be a date, YYYY-MM-DD")
}

/// An amount of money.
pub(super) fn amount(text: &str) -> Option<&'static str> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (!(digits(whole) && digits(cents) && cents.len() == 2))
        .then_some("must be an amount such as 5.00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_sent_to_https_or_to_this_machine() {
        for good in [
            "https://example.com/done?x=1",
            "http://localhost:3000/ok",
            "http://127.0.0.1/",
            "http://[::1]:8080/x",
        ] {
            assert_eq!(return_url(good), None, "{good}");
        }
        for bad in [
            "http://example.com/",
            "http://127.0.0.1@evil.example/",
            "http://localhost:80@evil.example/",
            "http://127.0.0.1.evil.example/",
            "https://user:pass@example.com/",
            "https:///path",
            "javascript:alert(1)",
            "//example.com",
            "",
        ] {
            assert!(return_url(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn notifications_go_to_https_or_to_this_machine() {
        for good in [
            "https://example.com/hook",
            "https://yourDomain",
            "http://localhost:3000/hook",
            "http://127.0.0.1:80/",
            "http://[::1]:8080/x",
        ] {
            assert_eq!(endpoint(good), None, "{good}");
        }
        for bad in [
            "http://example.com/",
            "http://127.0.0.1.evil.example/",
            "http://localhost:80@evil.example/",
            "http://evil.example\\@localhost/",
            "https://user:pass@example.com/",
            "ftp://example.com/",
            "example.com",
            "",
        ] {
            assert!(endpoint(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn colours_and_locales_keep_their_form() {
        assert!(colour("#2d9fff").is_none() && colour("#FFF").is_none());
        assert!(
            colour("2d9fff").is_some() && colour("#2d9ff").is_some() && colour("#ggg").is_some()
        );
        assert!(locale("en-GB").is_none() && locale("es-419").is_none() && locale("ar").is_none());
        assert!(locale("english").is_some() && locale("EN").is_some() && locale("").is_some());
    }

    #[test]
    fn amounts_have_two_decimals_or_none() {
        assert!(amount("5").is_none() && amount("5.00").is_none());
        assert!(amount("5.0").is_some() && amount("-5").is_some() && amount("").is_some());
    }
}
