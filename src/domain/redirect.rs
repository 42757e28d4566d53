//! Addresses that the person may be sent to, and the error code on them.
//!
//! Only `https:`, or `http:` on the loopback interface for development.
//! Anything else that a configuration brings (`javascript:`, `data:`,
//! credentials in the address) is an unsupported configuration.

/// An address that passed the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUrl(String);

/// Why an address is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RedirectError {
    /// Not `https:`, nor `http:` on the loopback interface.
    #[error("only https addresses are followed (http on loopback)")]
    Scheme,
    /// No host, credentials before the host, or characters that browsers
    /// disagree about.
    #[error("the address is malformed")]
    Malformed,
}

impl ReturnUrl {
    /// Checks an address of the session configuration.
    ///
    /// # Errors
    ///
    /// When it is not an address that the person may be sent to.
    pub fn parse(address: &str) -> Result<Self, RedirectError> {
        // Browsers strip or turn these into something else (WHATWG URL §4.4),
        // so what we check would not be what they open.
        if address
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '\\')
        {
            return Err(RedirectError::Malformed);
        }
        let (scheme, rest) = address.split_once("://").ok_or(RedirectError::Scheme)?;
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return Err(RedirectError::Scheme);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(RedirectError::Malformed);
        }
        let host = host_of(authority).ok_or(RedirectError::Malformed)?;
        if !is_https && !is_loopback(host) {
            return Err(RedirectError::Scheme);
        }
        Ok(Self(address.to_owned()))
    }

    /// The same address with `yotiErrorCode` added to its query.
    ///
    /// Its own query and fragment stay as they are; an earlier `yotiErrorCode`
    /// (a link that was used before) is replaced.
    #[must_use]
    pub fn with_error_code(&self, code: u16) -> Self {
        let (before, fragment) = match self.0.split_once('#') {
            Some((before, fragment)) => (before, Some(fragment)),
            None => (self.0.as_str(), None),
        };
        let (path, query) = match before.split_once('?') {
            Some((path, query)) => (path, query),
            None => (before, ""),
        };
        let kept = query.split('&').filter(|pair| {
            !pair.is_empty() && pair.split('=').next() != Some(ERROR_CODE_PARAMETER)
        });
        let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
        pairs.push(format!("{ERROR_CODE_PARAMETER}={code}"));
        let mut address = format!("{path}?{}", pairs.join("&"));
        if let Some(fragment) = fragment {
            address.push('#');
            address.push_str(fragment);
        }
        Self(address)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The parameter that carries the error code (contract §5.4).
pub const ERROR_CODE_PARAMETER: &str = "yotiErrorCode";

/// The host in an authority, without its port; nothing when either is odd.
fn host_of(authority: &str) -> Option<&str> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (inner, after) = rest.split_once(']')?;
        if !inner
            .chars()
            .all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.')
        {
            return None;
        }
        (
            inner,
            after.strip_prefix(':').or(after.is_empty().then_some(""))?,
        )
    } else {
        match authority.split_once(':') {
            Some((host, port)) => (host, port),
            None => (authority, ""),
        }
    };
    // Characters that a host can't have (WHATWG URL, "forbidden domain code point").
    let is_odd = host.is_empty() || host.contains(['%', '<', '>', '^', '|', '"', '`', '{', '}']);
    let port_is_odd = !port.chars().all(|c| c.is_ascii_digit())
        || port.parse::<u32>().is_ok_and(|p| p > 65_535)
        || port.len() > 5;
    (!is_odd && !port_is_odd).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host == "::1"
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn https_is_followed_and_http_only_on_loopback() {
        for address in [
            "https://shop.example/done",
            "HTTPS://shop.example",
            "https://shop.example:8443/a?b=c#d",
            "http://127.0.0.1:8700/done",
            "http://localhost/done",
            "http://[::1]:3000/",
            "https://xn--bcher-kva.example/ü",
        ] {
            assert!(ReturnUrl::parse(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for address in [
            "",
            "shop.example",
            "/relative",
            "//shop.example",
            "http://shop.example/",
            "http://127.0.0.1.shop.example/",
            "javascript:alert(1)",
            "javascript://shop.example/%0aalert(1)",
            "data:text/html,x",
            "https://",
            "https:///path",
            "https://user@shop.example/",
            "https://localhost@evil.example/",
            "https:\\\\shop.example",
            "https://shop.example\\@evil.example",
            " https://shop.example",
            "https://shop.exa\nmple",
            "https://shop.example:port/",
            "https://shop.example:99999/",
            "https://a%00b/",
            "http://[::1",
        ] {
            assert!(ReturnUrl::parse(address).is_err(), "{address:?}");
        }
    }

    #[test]
    fn the_error_code_joins_the_addresss_own_query() {
        let with = |address: &str| {
            ReturnUrl::parse(address)
                .unwrap()
                .with_error_code(4001)
                .as_str()
                .to_owned()
        };
        assert_eq!(
            with("https://a.example"),
            "https://a.example?yotiErrorCode=4001"
        );
        assert_eq!(
            with("https://a.example/e?x=1"),
            "https://a.example/e?x=1&yotiErrorCode=4001"
        );
        assert_eq!(
            with("https://a.example/e?x=1#f"),
            "https://a.example/e?x=1&yotiErrorCode=4001#f"
        );
        assert_eq!(
            with("https://a.example/#f?g"),
            "https://a.example/?yotiErrorCode=4001#f?g"
        );
        assert_eq!(
            with("https://a.example/?yotiErrorCode=2000&x=1"),
            "https://a.example/?x=1&yotiErrorCode=4001"
        );
    }

    proptest! {
        /// Whatever passes our checks is, to an independent parser, an https
        /// address (or loopback http) with a host and without credentials.
        #[test]
        fn what_passes_is_what_a_browser_would_open(
            address in r"(https|http|HTTPS|ftp|javascript)(://|:/|:)[a-z0-9@:\[\]\.\-%/?#\\ ]{0,30}"
        ) {
            if let Ok(accepted) = ReturnUrl::parse(&address) {
                // Some hosts that we let pass (`https://a..b`) no parser opens; that is safe.
                if let Ok(url) = url::Url::parse(accepted.as_str()) {
                    prop_assert!(url.username().is_empty() && url.password().is_none());
                    let host = url.host_str().unwrap_or_default();
                    let is_loopback = host == "localhost" || host == "[::1]" || host.starts_with("127.");
                    prop_assert!(url.scheme() == "https" || (url.scheme() == "http" && is_loopback), "{}", url);
                }
            }
        }

        /// The code arrives, and nothing else of the query is touched.
        #[test]
        fn a_business_reads_the_code_and_its_own_query(
            query in proptest::collection::vec(("[a-z]{1,5}", "[a-z0-9]{0,5}"), 0..4),
            code in 1000u16..8000,
        ) {
            let pairs: Vec<String> = query.iter().map(|(key, value)| format!("{key}={value}")).collect();
            let address = format!("https://shop.example/e?{}", pairs.join("&"));
            let built = ReturnUrl::parse(&address).unwrap().with_error_code(code);
            let read: Vec<(String, String)> =
                url::Url::parse(built.as_str()).unwrap().query_pairs().into_owned().collect();
            let mut expected = query;
            expected.push((ERROR_CODE_PARAMETER.to_owned(), code.to_string()));
            prop_assert_eq!(read, expected);
        }
    }
}
