//! The preview of a business's colours, as a browser asks for it.

use std::fs;

use vestibule::domain::i18n::Locale;

use super::support::Service;

/// A service with a gallery of one page.
async fn with_gallery() -> (tempfile::TempDir, Service) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("outside"), "secret").unwrap();
    let gallery = folder.path().join("gallery");
    fs::create_dir(&gallery).unwrap();
    fs::write(gallery.join("screen.html"), "<p>a screen</p>").unwrap();
    let service = Service::start_with_gallery(gallery).await;
    (folder, service)
}

/// What stands in the read-only field.
fn shown_config(page: &str) -> serde_json::Value {
    let (_, after) = page.split_once("<textarea").unwrap();
    let (_, after) = after.split_once('>').unwrap();
    let (text, _) = after.split_once("</textarea>").unwrap();
    serde_json::from_str(&text.replace("&quot;", "\"")).unwrap()
}

#[tokio::test]
async fn every_screen_is_framed_as_the_address_says() {
    let (_folder, service) = with_gallery().await;
    let page = service
        .page("/theme?primary_colour=%23fa0&locale=ar&scheme=dark")
        .await;
    assert_eq!(page.status, 200);
    let page = page.text();
    for (name, _) in vestibule_gallery::entries() {
        let source = format!(
            "src=\"/gallery/screen.html#screen={name}&amp;scheme=dark\
             &amp;primary_colour=%23fa0&amp;locale=ar\""
        );
        assert!(page.contains(&source), "{source}");
    }
    let n_hidden = |page: &str| page.matches("<figure class=\"screen\" hidden").count();
    assert_eq!(n_hidden(&page), vestibule_gallery::entries().len() - 25);
    let every = service.page("/theme?every=1").await.text();
    assert_eq!(n_hidden(&every), 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_what_is_to_be_set_is_shown() {
    let (_folder, service) = with_gallery().await;
    let page = service
        .page("/theme?primary_colour=%23ffcc00&font_colour=%23ffffff&secondary_colour=teal&dark_mode=OFF")
        .await
        .text();
    assert!(page.contains("Your font colour #ffffff can’t be read on the primary colour #ffcc00"));
    assert!(page.contains("“teal” is not #RRGGBB or #RGB, so it counts as not set."));
    assert_eq!(
        shown_config(&page),
        serde_json::json!({ "sdk_config": {
            "primary_colour": "#ffcc00", "font_colour": "#ffffff", "dark_mode": "OFF",
        }})
    );
    assert!(page.contains("href=\"/?primary=%23ffcc00&amp;font=%23ffffff&amp;dark=OFF\""));
}

#[tokio::test]
async fn the_session_form_can_be_filled_in_by_its_address() {
    let service = Service::start().await;
    let page = service
        .page("/?primary=%23ffcc00&dark=OFF&locale=ar&name=Anna")
        .await
        .text();
    for text in [
        "<details open>",
        "value=\"#ffcc00\"",
        "<option value=\"OFF\" selected>",
        "<option value=\"ar\" lang=\"ar\" selected>",
        "value=\"Anna\"",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let page = service.page("/").await.text();
    assert!(page.contains("<details>") && page.contains("href=\"/theme\""));
}

#[tokio::test]
async fn every_language_can_be_chosen_in_both_forms() {
    let service = Service::start().await;
    for path in ["/", "/theme"] {
        let page = service.page(path).await.text();
        for locale in Locale::ALL {
            let (tag, name) = (locale.tag(), locale.own_name());
            let option = format!("<option value=\"{tag}\" lang=\"{tag}\">{name} · {tag}</option>");
            assert!(page.contains(&option), "{path}: {option}");
        }
    }
}

#[tokio::test]
async fn without_a_gallery_the_page_says_what_makes_it() {
    let service = Service::start().await;
    let page = service.page("/theme").await;
    assert_eq!(page.status, 200);
    let page = page.text();
    assert!(page.contains("cargo xtask gallery") && page.contains("cargo xtask demo"));
    assert!(!page.contains("<iframe"));
    assert_eq!(service.page("/gallery/screen.html").await.status, 404);
}

#[tokio::test]
async fn the_gallery_is_served_to_our_own_pages_alone() {
    let (_folder, service) = with_gallery().await;
    let screen = service.page("/gallery/screen.html").await;
    assert_eq!(
        (screen.status, screen.text().as_str()),
        (200, "<p>a screen</p>")
    );
    assert_eq!(screen.headers["content-type"], "text/html");
    assert_eq!(screen.headers["cache-control"], "no-cache");
    let policy = screen.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let policy = &service.page("/theme").await.headers["content-security-policy"];
    assert!(policy.to_str().unwrap().contains("frame-src 'self'"));
    assert_eq!(service.page("/gallery/../outside").await.status, 404);
    assert_eq!(service.page("/gallery/..%2foutside").await.status, 404);
    for path in ["theme", "gallery/screen.html"] {
        let foreign_name = service
            .http
            .get(format!("{}{path}", service.sandbox.portal_url()))
            .header("Host", "evil.example")
            .send()
            .await
            .unwrap();
        assert_eq!(foreign_name.status().as_u16(), 403, "{path}");
    }
}
