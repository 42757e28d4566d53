//! Sessions that are completed in a branch.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, PASSPORT, Service, Session};

/// The published example of a session in a branch, as it stands.
const PUBLISHED: &str = include_str!("published-in-branch-session.json");

fn in_branch() -> Value {
    json!({
        "ibv_options": {
            "support": "MANDATORY",
            "guidance_url": "https://example.com/guide",
            "user_price": { "amount": "10.50", "currency": "GBP" },
        },
        "requested_checks": [
            { "type": "IBV_VISUAL_REVIEW_CHECK", "config": { "manual_check": "IBV" } },
            { "type": "DOCUMENT_SCHEME_VALIDITY_CHECK",
              "config": { "manual_check": "IBV", "scheme": "UK_DBS" } },
        ],
        "required_documents": [
            { "type": "ID_DOCUMENT", "filter": { "type": "ORTHOGONAL_RESTRICTIONS",
                "country_restriction": { "inclusion": "WHITELIST", "country_codes": ["GBR"] } } },
            { "type": "SUPPLEMENTARY_DOCUMENT", "objective": { "type": "PROOF_OF_ADDRESS" },
              "document_types": ["UTILITY_BILL"], "country_codes": ["GBR"] },
        ],
    })
}

/// Instructions that a session accepts.
async fn instructions(service: &Service, session: &Session) -> Value {
    let resources = service.configuration(session).await["capture"]["required_resources"].clone();
    let brought = |index: usize, kind: &str, document: &str| {
        json!({
            "requirement_id": resources[index]["id"],
            "document": { "type": kind, "country_code": "GBR", "document_type": document },
        })
    };
    json!({
        "contact_profile":
            { "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com" },
        "documents": [
            brought(0, "ID_DOCUMENT", "PASSPORT"),
            brought(1, "SUPPLEMENTARY_DOCUMENT", "UTILITY_BILL"),
        ],
        "branch": { "type": "UK_POST_OFFICE", "fad_code": "V000137" },
    })
}

async fn put(service: &Service, session: &Session, body: &Value) -> Answer {
    let request = service
        .user(Method::PUT, session, "/instructions")
        .json(body);
    service.send(request).await
}

async fn send_email(service: &Service, session: &Session) -> Answer {
    let request = service.user(Method::POST, session, "/instructions/email");
    service.send(request).await
}

async fn signed(service: &Service, method: Method, session: &Session, path: &str) -> Answer {
    let path = format!("/sessions/{}{path}", session.id);
    service.signed(method, &path, Value::Null).await
}

async fn look_up(service: &Service, session: &Session, text: &str) -> Answer {
    let request = service
        .request(Method::POST, "/lookup/uk-post-office")
        .header("X-Yoti-Auth-Token", &session.token)
        .json(&json!({ "search_string": text }));
    service.send(request).await
}

#[tokio::test]
async fn the_published_session_is_accepted_and_waits_for_the_branch() {
    let service = Service::start().await;
    let session = service
        .create(serde_json::from_str(PUBLISHED).unwrap())
        .await;
    let configuration = service.configuration(&session).await;
    assert_eq!(
        configuration["in_branch"],
        json!({ "instructions": "REQUIRED", "guidance_url": "https://yourDomain" })
    );
    let ttl = configuration["client_session_token_ttl"].as_u64().unwrap();
    assert!((604_790..=604_800).contains(&ttl), "{ttl}");
    let resources = configuration["capture"]["required_resources"]
        .as_array()
        .unwrap();
    let kinds: Vec<_> = resources
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["ID_DOCUMENT", "SUPPLEMENTARY_DOCUMENT", "FACE_CAPTURE"]
    );
    for resource in resources {
        assert_eq!(resource["allowed_sources"], json!([{ "type": "IBV" }]));
    }
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
}

#[tokio::test]
async fn a_branch_may_be_one_of_two_sources() {
    let service = Service::start().await;
    let mut payload = in_branch();
    payload["ibv_options"]["support"] = json!("NOT_ALLOWED");
    let session = service.create(payload).await;
    let configuration = service.configuration(&session).await;
    assert!(configuration.get("in_branch").is_none());
    for resource in configuration["capture"]["required_resources"]
        .as_array()
        .unwrap()
    {
        assert_eq!(
            resource["allowed_sources"],
            json!([{ "type": "END_USER" }, { "type": "IBV" }])
        );
    }
    // At home it goes as in any other session.
    let requirement = service.requirement(&session).await;
    let body = json!({
        "requirement_id": requirement["id"], "document_type": "PASSPORT", "issuing_country": "GBR",
    });
    let document = service.post_document(&session, body).await.expect(201);
    let document = document["id"].as_str().unwrap();
    service
        .put_page(&session, document, "1", &PASSPORT, None)
        .await
        .expect(200);
}

#[tokio::test]
async fn assessments_of_the_branch_are_named_where_they_are_published() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let resources = service.configuration(&session).await["capture"]["required_resources"].clone();
    assert_eq!(
        resources[0]["ibv_client_assessments"],
        json!([
            { "type": "IBV_VISUAL_REVIEW_CHECK", "state": "REQUIRED" },
            { "type": "DOCUMENT_SCHEME_VALIDITY_CHECK", "state": "REQUIRED", "scheme": "UK_DBS" },
        ])
    );
    assert_eq!(resources[1]["ibv_client_assessments"], json!([]));
}

#[tokio::test]
async fn instructions_are_supplied_once_more_and_read_by_both_sides() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    for answer in [
        service.get(&session, "/instructions").await,
        signed(
            &service,
            Method::GET,
            &session,
            "/instructions/contact-profile",
        )
        .await,
    ] {
        answer.refused(404, "RESOURCE_NOT_FOUND");
    }
    assert_eq!(service.get(&session, "/instructions/pdf").await.status, 204);
    send_email(&service, &session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");

    let mut body = instructions(&service, &session).await;
    put(&service, &session, &body).await.expect(200);
    assert_eq!(
        service.configuration(&session).await["in_branch"],
        json!({
            "instructions": "COMPLETE", "guidance_url": "https://example.com/guide",
            "user_price": { "amount": "10.50", "currency": "GBP" },
        })
    );

    // The business may do the same, and better.
    body["contact_profile"]["first_name"] = json!("Augusta Ada");
    let path = format!("/sessions/{}/instructions", session.id);
    service
        .signed(Method::PUT, &path, body.clone())
        .await
        .expect(200);
    let supplied = json!({
        "contact_profile_exists": true, "documents": body["documents"], "branch": body["branch"],
    });
    assert_eq!(
        service.get(&session, "/instructions").await.expect(200),
        supplied
    );
    assert_eq!(
        signed(&service, Method::GET, &session, "/instructions")
            .await
            .expect(200),
        supplied
    );
    let profile = signed(
        &service,
        Method::GET,
        &session,
        "/instructions/contact-profile",
    )
    .await;
    assert_eq!(profile.expect(200), body["contact_profile"]);
    // Who it is for is not for the browser.
    service
        .get(&session, "/instructions/contact-profile")
        .await
        .refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn the_visit_counts_as_one_thing_to_do_on_another_device() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let request = service.user(Method::POST, &session, "/handoffs");
    let offered = service.send(request.json(&json!({}))).await.expect(201);
    let path = format!("/handoffs/{}", offered["id"].as_str().unwrap());
    assert_eq!(
        service.get(&session, &path).await.expect(200),
        json!({ "state": "WAITING", "n_required": 1, "n_complete": 0 })
    );
    let body = instructions(&service, &session).await;
    put(&service, &session, &body).await.expect(200);
    assert_eq!(
        service.get(&session, &path).await.expect(200),
        json!({ "state": "WAITING", "n_required": 1, "n_complete": 1 })
    );
}

#[tokio::test]
async fn every_wrong_field_of_the_instructions_is_named() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let right = instructions(&service, &session).await;
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut body = right.clone();
        change(&mut body);
        body
    };
    let cases: Vec<(&str, Value)> = vec![
        ("branch", wrong(&|it| it["branch"] = Value::Null)),
        (
            "branch.type",
            wrong(&|it| it["branch"]["type"] = json!("BAKERY")),
        ),
        (
            "branch.fad_code",
            wrong(&|it| it["branch"]["fad_code"] = json!("00400371")),
        ),
        (
            "branch.fad_code",
            wrong(&|it| it["branch"]["fad_code"] = json!("004-037")),
        ),
        (
            "branch.name",
            wrong(&|it| it["branch"]["name"] = json!("x".repeat(301))),
        ),
        (
            "branch.location.latitude",
            wrong(&|it| it["branch"]["location"] = json!({ "latitude": 91, "longitude": 0 })),
        ),
        (
            "contact_profile.email",
            wrong(&|it| it["contact_profile"]["email"] = json!("ada@example")),
        ),
        (
            "contact_profile.first_name",
            wrong(&|it| it["contact_profile"]["first_name"] = json!(" ")),
        ),
        (
            "contact_profile.last_name",
            wrong(&|it| it["contact_profile"]["last_name"] = json!("Love\nlace")),
        ),
        (
            "documents",
            wrong(&|it| it["documents"] = json!([it["documents"][0]])),
        ),
        (
            "documents[1].requirement_id",
            wrong(&|it| it["documents"][1] = it["documents"][0].clone()),
        ),
        (
            "documents[1].requirement_id",
            wrong(&|it| it["documents"][1]["requirement_id"] = json!("of-another-session")),
        ),
        (
            "documents[0].document",
            wrong(&|it| it["documents"][0]["document"]["country_code"] = json!("FRA")),
        ),
        (
            "documents[1].document",
            wrong(&|it| it["documents"][1]["document"]["document_type"] = json!("FISHING_LICENCE")),
        ),
        (
            "documents[1].document",
            wrong(&|it| it["documents"][1]["document"]["type"] = json!("ID_DOCUMENT")),
        ),
    ];
    for (field, body) in cases {
        let fields = put(&service, &session, &body).await.wrong_fields();
        assert!(fields.iter().any(|it| it == field), "{field}: {fields:?}");
    }
    let fields = put(&service, &session, &json!({})).await.wrong_fields();
    assert_eq!(fields, ["branch", "contact_profile", "documents"]);
    service
        .get(&session, "/instructions")
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn instructions_belong_to_sessions_with_a_branch_and_end_with_them() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let body = instructions(&service, &session).await;
    let at_home = service.create(json!({})).await;
    let mut foreign = body.clone();
    foreign["documents"] = json!([]);
    let fields = put(&service, &at_home, &foreign).await.wrong_fields();
    assert_eq!(fields, ["branch"]);

    service.advance(601);
    put(&service, &session, &body)
        .await
        .refused(401, "BAD_TOKEN");
    let path = format!("/sessions/{}/instructions", session.id);
    service
        .signed(Method::PUT, &path, body)
        .await
        .refused(409, "SESSION_EXPIRED");
}

#[tokio::test]
async fn the_letter_says_who_goes_where_with_what_for_how_much_until_when() {
    let service = Service::start().await;
    let mut payload = in_branch();
    payload["session_deadline"] = json!("2999-12-24T22:00:00Z");
    let session = service.create(payload).await;
    let body = instructions(&service, &session).await;
    put(&service, &session, &body).await.expect(200);
    let letter = service.get(&session, "/instructions/pdf").await;
    assert_eq!(letter.status, 200);
    assert_eq!(letter.headers["content-type"], "application/pdf");
    assert_eq!(letter.headers["cache-control"], "no-store");
    assert!(letter.body.starts_with(b"%PDF-") && letter.body.trim_ascii_end().ends_with(b"%%EOF"));
    let text = letter.text();
    for part in [
        "(Ada Lovelace)",
        "Passport",
        "Utility bill",
        "(Lantern Row)",
        "(12 Lantern Row, London)",
        "(EC3A 1VO)",
        "V000137",
        "10.50 GBP",
        "24 December 2999",
        session.id.as_str(),
    ] {
        assert!(text.contains(part), "{part}");
    }
    // The business gets the same letter.
    let same = signed(&service, Method::GET, &session, "/instructions/pdf").await;
    assert_eq!(same.body, letter.body);
}

#[tokio::test]
async fn the_letter_is_e_mailed_and_the_portal_shows_it() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let body = instructions(&service, &session).await;
    put(&service, &session, &body).await.expect(200);
    let size = service.get(&session, "/instructions/pdf").await.body.len();
    let portal = format!("/sessions/{}", session.id);
    assert!(!service.page(&portal).await.text().contains("E-mails"));
    send_email(&service, &session).await.expect(204);
    let page = service.page(&portal).await.text();
    for part in [
        "E-mails",
        "ada@example.com",
        "Your visit to the branch",
        &format!("{size} bytes"),
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_ten_nearest_branches_are_found_by_post_code() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let found = look_up(&service, &session, "EC3A 4AF").await.expect(200);
    let branches = found["branches"].as_array().unwrap();
    assert_eq!(branches.len(), 10);
    assert_eq!(branches[0]["type"], "UK_POST_OFFICE");
    assert_eq!(branches[0]["name"], "Lantern Row");
    assert!(branches[0]["location"]["latitude"].is_number());
    let spelled = look_up(&service, &session, " ec3a4af ").await.expect(200);
    assert_eq!(spelled, found);
    for wrong in ["", "London", "QQ1 1AA", "EC3A"] {
        let fields = look_up(&service, &session, wrong).await.wrong_fields();
        assert_eq!(fields, ["search_string"], "{wrong}");
    }

    let body = json!({ "search_string": "EC3A 4AF" });
    let by_business = service
        .signed(Method::POST, "/lookup/uk-post-office", body.clone())
        .await;
    assert_eq!(by_business.expect(200), found);
    let stranger = service
        .request(Method::POST, "/lookup/uk-post-office")
        .header("X-Yoti-Auth-Token", "00000000-0000-4000-8000-000000000000")
        .json(&body);
    service.send(stranger).await.refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn the_visit_completes_the_session() {
    let service = Service::start().await;
    let session = service.create(in_branch()).await;
    let body = instructions(&service, &session).await;
    put(&service, &session, &body).await.expect(200);
    assert_eq!(service.result(&session).await["state"], "ONGOING");
    assert!(service.sandbox.complete_branch_visit(&session.id));
    let result = service.result(&session).await;
    assert_eq!(result["state"], "COMPLETED");
    let document = &result["resources"]["id_documents"][0];
    assert_eq!(document["source"], json!({ "type": "IBV" }));
    assert_eq!(document["document_type"], "PASSPORT");
    assert_eq!(
        result["resources"]["supplementary_documents"][0]["document_type"],
        "UTILITY_BILL"
    );
    let checks = result["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 2);
    for check in checks {
        assert_eq!(check["resources_used"], json!([document["id"]]));
    }
    let page = service.page(&format!("/sessions/{}", session.id)).await;
    assert!(page.text().contains("Thank you for your visit"));
    // A session is visited once, and one at home never.
    assert!(!service.sandbox.complete_branch_visit(&session.id));
    let at_home = service.create(json!({})).await;
    assert!(!service.sandbox.complete_branch_visit(&at_home.id));
    assert!(!service.sandbox.complete_branch_visit("no-such-session"));
}
