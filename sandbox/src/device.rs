//! What a browser says of itself, as far as tracked devices show it.
//!
//! Only the well-known forms are read; what is not recognised is left out.

use axum::http::HeaderMap;
use serde::Serialize;

/// More than any browser sends for these; a header is not a store.
const LONGEST: usize = 64;

/// The published facts of a device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Device {
    /// The sandbox listens on this machine only.
    pub(crate) ip_address: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) manufacture_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) model_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) os_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) os_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) browser_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) browser_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_version: Option<String>,
}

/// Where a system's version stands; the first that is found decides, because
/// later ones are also part of the earlier ones' strings.
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows NT ", "Windows"),
    ("Android ", "Android"),
    ("iPhone OS ", "iOS"),
    ("CPU OS ", "iOS"),
    ("Mac OS X ", "macOS"),
    ("CrOS ", "ChromeOS"),
    ("Linux", "Linux"),
];

/// Where a browser's version stands; the same rule.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

impl Device {
    /// The device that sent these headers.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let agent = header("user-agent").unwrap_or_default();
        let (os_name, os_version) = found(agent, &SYSTEMS);
        let (browser_name, browser_version) = found(agent, &BROWSERS);
        let (manufacture_name, model_name) = model(agent);
        Self {
            ip_address: "127.0.0.1",
            manufacture_name,
            model_name,
            os_name,
            os_version,
            browser_name,
            browser_version,
            locale: header("accept-language")
                .and_then(|list| list.split([',', ';']).next())
                .and_then(short),
            client_version: header("x-client-version").and_then(short),
        }
    }
}

/// The name that a mark stands for, and the version behind the mark.
fn found(agent: &str, marks: &[(&str, &str)]) -> (Option<String>, Option<String>) {
    for (mark, name) in marks {
        let Some((_, rest)) = agent.split_once(mark) else {
            continue;
        };
        // ChromeOS puts the architecture first; Apple writes `17_5`.
        let version = rest
            .split([' ', ';', ')'])
            .find(|part| part.starts_with(|c: char| c.is_ascii_digit()))
            .filter(|_| *mark != "Linux")
            .map(|part| part.replace('_', "."));
        return (Some((*name).to_owned()), version.as_deref().and_then(short));
    }
    (None, None)
}

/// The maker and the model, where the agent names them.
fn model(agent: &str) -> (Option<String>, Option<String>) {
    for (mark, name) in [
        ("(iPhone", "iPhone"),
        ("(iPad", "iPad"),
        ("(Macintosh", "Macintosh"),
    ] {
        if agent.contains(mark) {
            return (Some("Apple".to_owned()), Some(name.to_owned()));
        }
    }
    let android = agent
        .split_once("Android ")
        .and_then(|(_, rest)| rest.split_once(')'))
        .and_then(|(inside, _)| inside.split_once(';'))
        .and_then(|(_, model)| model.split(" Build/").next())
        .map(str::trim)
        // Chrome says `K` for every model.
        .filter(|model| *model != "K");
    (None, android.and_then(short))
}

fn short(text: &str) -> Option<String> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(agent: &str) -> [Option<String>; 6] {
        let mut headers = HeaderMap::new();
        headers.insert("user-agent", HeaderValue::from_str(agent).unwrap());
        let it = Device::of(&headers);
        [
            it.os_name,
            it.os_version,
            it.browser_name,
            it.browser_version,
            it.manufacture_name,
            it.model_name,
        ]
    }

    fn expected(parts: [&str; 6]) -> [Option<String>; 6] {
        parts.map(|part| (part != "-").then(|| part.to_owned()))
    }

    #[test]
    fn the_well_known_agents_are_read() {
        const KIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (agent, parts) in [
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.56"),
                ["Windows", "10.0", "Edge", "126.0.2592.56", "-", "-"],
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UD1A) {KIT} Chrome/126.0.0.0 Mobile Safari/537.36"),
                ["Android", "14", "Chrome", "126.0.0.0", "-", "Pixel 8"],
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {KIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36"),
                ["Android", "10", "Samsung Internet", "25.0", "-", "-"],
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1".to_owned(),
                ["iOS", "17.5.1", "Safari", "17.5", "Apple", "iPhone"],
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0".to_owned(),
                ["macOS", "10.15", "Firefox", "127.0", "Apple", "Macintosh"],
            ),
            (
                format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {KIT} Chrome/126.0.0.0 Safari/537.36"),
                ["ChromeOS", "14541.0.0", "Chrome", "126.0.0.0", "-", "-"],
            ),
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {KIT} HeadlessChrome/126.0.0.0 Safari/537.36"),
                ["Linux", "-", "Chrome", "126.0.0.0", "-", "-"],
            ),
            ("curl/8.5.0".to_owned(), ["-", "-", "-", "-", "-", "-"]),
        ] {
            assert_eq!(of(&agent), expected(parts), "{agent}");
        }
    }

    #[test]
    fn the_first_language_and_the_version_of_the_client_are_kept_short() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "accept-language",
            HeaderValue::from_static("pt-BR,pt;q=0.9,en;q=0.8"),
        );
        let long = "9".repeat(500);
        headers.insert("x-client-version", HeaderValue::from_str(&long).unwrap());
        let found = Device::of(&headers);
        assert_eq!(found.locale.as_deref(), Some("pt-BR"));
        assert_eq!(found.client_version, Some("9".repeat(LONGEST)));
    }
}
