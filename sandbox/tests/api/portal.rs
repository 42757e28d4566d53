//! The portal, as a browser asks for it.

use serde_json::json;

use super::support::{Answer, PASSPORT, Service, Session, answer, described, one_document};

impl Service {
    /// Sends the portal's form as a page of `origin`.
    async fn submit(&self, origin: Option<&str>, fields: &[(&str, &str)]) -> Answer {
        let address = format!("{}sessions", self.sandbox.portal_url());
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect::<Vec<_>>()
            .join("&");
        let mut request = self
            .http
            .post(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body);
        if let Some(origin) = origin {
            request = request.header("Origin", origin);
        }
        answer(request.send().await.unwrap()).await
    }

    fn own_origin(&self) -> String {
        self.sandbox.portal_url().trim_end_matches('/').to_owned()
    }

    /// Creates a session by the form and returns the path of its page.
    async fn submitted(&self, fields: &[(&str, &str)]) -> String {
        let answer = self.submit(Some(&self.own_origin()), fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.headers["location"].to_str().unwrap().to_owned()
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The session that a page of the portal links to.
fn linked_session(page: &str) -> Session {
    let after = |text: &str, mark: &str| {
        let start = text.find(mark).unwrap() + mark.len();
        text[start..start + 36].to_owned()
    };
    Session {
        id: after(page, "sessionID="),
        token: after(page, "sessionToken="),
    }
}

#[tokio::test]
async fn a_session_made_with_name_and_e_mail_is_found_again_and_its_link_works() {
    let service = Service::start().await;
    let place = service
        .submitted(&[("name", "Anna Eriksson"), ("email", "anna@example.com")])
        .await;
    service
        .submitted(&[("name", "Ben Carter"), ("email", "ben@example.org")])
        .await;
    let page = service.page(&place).await.text();
    assert!(page.contains("Copy session link"));
    let session = linked_session(&page);
    assert!(place.ends_with(&session.id));
    let found = service.configuration(&session).await;
    let outcome = format!("{}/outcome/success", service.own_origin());
    assert_eq!(found["sdk_config"]["success_url"], outcome);

    for (query, hit) in [
        ("anna", true),
        ("ERIKSSON", true),
        ("example.com", true),
        (session.id.as_str(), true),
        ("example.org", false),
        ("nobody", false),
    ] {
        let list = service.page(&format!("/?q={query}")).await.text();
        assert_eq!(list.contains("Anna Eriksson"), hit, "{query}");
    }
}

#[tokio::test]
async fn the_options_reach_the_configuration() {
    let service = Service::start().await;
    let place = service
        .submitted(&[
            ("name", "A"),
            ("email", "a@b"),
            ("capture", "CAMERA"),
            ("country", "GBR"),
            ("generic", "4"),
            ("reclassification", "1"),
            ("locale", "ar"),
            ("dark", "ON"),
            ("primary", "#123456"),
            ("return", "no"),
            ("ttl", "1800"),
            ("privacy", "https://example.com/privacy"),
        ])
        .await;
    let session = linked_session(&service.page(&place).await.text());
    let found = service.configuration(&session).await;
    let sdk = &found["sdk_config"];
    assert_eq!(sdk["allowed_capture_methods"], "CAMERA");
    assert_eq!(sdk["preset_issuing_country"], "GBR");
    assert_eq!(sdk["locale"], "ar");
    assert_eq!(sdk["dark_mode"], "ON");
    assert_eq!(sdk["primary_colour"], "#123456");
    assert_eq!(sdk["privacy_policy_url"], "https://example.com/privacy");
    assert!(sdk.get("success_url").is_none() && sdk.get("error_url").is_none());
    let ttl = found["client_session_token_ttl"].as_u64().unwrap();
    assert!((1790..=1800).contains(&ttl));
    let attempts = &found["capture"]["required_resources"][0]["attempts_remaining"];
    assert_eq!(
        attempts,
        &serde_json::json!({ "GENERIC": 4, "RECLASSIFICATION": 1 })
    );
}

#[tokio::test]
async fn mistakes_are_shown_at_their_fields_and_what_was_typed_is_kept() {
    let service = Service::start().await;
    let own = service.own_origin();
    let fields = [
        ("name", "Anna"),
        ("email", "anna@example.com"),
        ("primary", "blue"),
    ];
    let answer = service.submit(Some(&own), &fields).await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("id=\"primary-error\"") && page.contains("value=\"anna@example.com\""));
    let answer = service
        .submit(Some(&own), &[("name", " "), ("email", "nowhere")])
        .await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("id=\"name-error\"") && page.contains("id=\"email-error\""));
    assert!(service.page("/").await.text().contains("No sessions yet"));
}

#[tokio::test]
async fn what_people_type_is_text_and_never_markup() {
    let service = Service::start().await;
    let evil = "<script>alert(1)</script>\"'&";
    let place = service
        .submitted(&[("name", evil), ("email", "<b>@x")])
        .await;
    for path in [place.as_str(), "/", &format!("/?q={}", escaped(evil))] {
        let page = service.page(path).await.text();
        assert!(
            !page.contains("<script>alert") && !page.contains("<b>@x"),
            "{path}"
        );
        assert!(page.contains("&lt;script&gt;"), "{path}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let service = Service::start().await;
    let fields = [("name", "A"), ("email", "a@b")];
    for origin in [
        None,
        Some("https://evil.example"),
        Some("null"),
        Some("http://127.0.0.1:1"),
    ] {
        assert_eq!(
            service.submit(origin, &fields).await.status,
            403,
            "{origin:?}"
        );
    }
    let foreign_name = service
        .http
        .get(service.sandbox.portal_url())
        .header("Host", "evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(foreign_name.status().as_u16(), 403);
}

#[tokio::test]
async fn a_session_shows_its_state_resources_pictures_and_checks() {
    let service = Service::start().await;
    let place = service
        .submitted(&[("name", "Anna"), ("email", "a@b")])
        .await;
    let session = linked_session(&service.page(&place).await.text());
    service
        .deliver(&session, "PASSPORT", &[&super::support::BLURRED])
        .await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    let page = service.page(&place).await.text();
    for text in ["Ongoing", "Must try again", "photo too blurry", "Delivered"] {
        assert!(page.contains(text), "{text}");
    }
    let picture = page
        .split("<img src=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let picture = service.page(picture).await;
    assert_eq!(picture.headers["content-type"], "image/jpeg");
    assert!(picture.body == *PASSPORT, "another picture than uploaded");

    service.end(&session).await.expect(204);
    let page = service.page(&place).await.text();
    for text in ["Completed", "ID document authenticity", "Approve"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(
        !page.contains(&session.token),
        "a dead token is still shown"
    );
}

#[tokio::test]
async fn pages_run_no_script_but_their_own_and_are_not_embedded() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    for path in [
        "/",
        "/theme",
        &format!("/sessions/{}", session.id),
        &format!("/host?session={}", session.id),
    ] {
        let page = service.page(path).await;
        assert_eq!(page.status, 200, "{path}");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("script-src 'self';") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(page.headers["cache-control"], "no-store");
        for script in page.text().split("<script").skip(1) {
            assert!(
                script.starts_with(" src=\"/assets/"),
                "an inline script in {path}"
            );
        }
    }
}

#[tokio::test]
async fn the_host_page_embeds_the_client_with_the_camera() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let page = service
        .page(&format!("/host?session={}", session.id))
        .await
        .text();
    assert!(page.contains("allow=\"camera; clipboard-write\"") && page.contains("sessionToken="));
    assert!(!page.contains("data-token"));
    let page = service
        .page(&format!("/host?session={}&launch=message", session.id))
        .await
        .text();
    assert!(!page.contains("sessionToken="));
    assert!(page.contains(&format!("data-token=\"{}\"", session.token)));
    assert_eq!(service.page("/host?session=unknown").await.status, 404);
}

#[tokio::test]
async fn the_pages_at_the_end_say_what_happened() {
    let service = Service::start().await;
    assert!(
        service
            .page("/outcome/success")
            .await
            .text()
            .contains("success page")
    );
    let page = service
        .page("/outcome/error?yotiErrorCode=4001%3Cb%3E")
        .await;
    assert!(page.text().contains("4001&lt;b&gt;"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors *"));
}

#[tokio::test]
async fn specimens_are_offered_and_are_what_they_are_called() {
    let service = Service::start().await;
    let page = service.page("/").await.text();
    for name in [
        "passport.jpg",
        "licence-front.jpg",
        "licence-back.jpg",
        "passport-blurred.jpg",
    ] {
        assert!(page.contains(&format!("/specimens/{name}")), "{name}");
    }
    let blurred = service.page("/specimens/passport-blurred.jpg").await;
    assert_eq!(blurred.headers["content-type"], "image/jpeg");
    let session = service.create(one_document()).await;
    let found = service
        .deliver(&session, "PASSPORT", &[&blurred.body])
        .await;
    assert_eq!(
        found["recommendation"]["reason"]["detail"],
        "PHOTO_TOO_BLURRY"
    );
    assert_eq!(service.page("/specimens/other.jpg").await.status, 404);
    assert_eq!(service.page("/nowhere").await.status, 404);
}

#[tokio::test]
async fn a_picture_shows_where_the_client_saw_the_document() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    let at = |x: u32, y: u32| json!({ "x": x, "y": y });
    let corners = json!({
        "top_left": at(10, 20), "top_right": at(300, 21),
        "bottom_right": at(301, 200), "bottom_left": at(11, 201),
    });
    let whole = json!([{ "type": "FULL_DOCUMENT", "coordinates": corners }]);
    let other = json!([{ "type": "CHIP", "coordinates": corners }]);
    for (regions, outline) in [
        (whole, Some("10,20 300,21 301,200 11,201")),
        // A help: what nobody knows is left out, and the picture is taken.
        (other, None),
        (json!("everywhere"), None),
    ] {
        let descriptor = json!({ "capture_method": "CAMERA", "regions": regions });
        let form = described(&descriptor, &PASSPORT);
        service
            .put_form(&session, &document, "1", form, None)
            .await
            .expect(200);
        let page = service
            .page(&format!("/sessions/{}", session.id))
            .await
            .text();
        match outline {
            Some(points) => assert!(page.contains(&format!("points=\"{points}\"")), "{page}"),
            None => assert!(!page.contains("<polygon"), "{page}"),
        }
    }
}
