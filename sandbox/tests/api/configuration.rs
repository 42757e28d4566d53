//! `GET …/configuration`: what the client is told.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{PASSPORT, Service, Session, one_document};

#[tokio::test]
async fn the_client_reads_what_the_business_asked_for() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["sdk_config"] = json!({
        "allowed_capture_methods": "CAMERA", "primary_colour": "#2d9fff", "locale": "ar",
        "preset_issuing_country": "GBR", "success_url": "https://example.com/ok",
    });
    let session = service.create(payload).await;
    let found = service.configuration(&session).await;
    assert_eq!(found["session_id"], session.id);
    assert_eq!(
        found["requested_checks"],
        json!(["ID_DOCUMENT_AUTHENTICITY"])
    );
    assert_eq!(found["capture"]["biometric_consent"], "NOT_REQUIRED");
    assert_eq!(found["sdk_config"]["locale"], "ar");
    assert_eq!(found["sdk_config"]["success_url"], "https://example.com/ok");
    let document = &found["capture"]["required_resources"][0];
    assert_eq!(document["type"], "ID_DOCUMENT");
    assert_eq!(document["state"], "REQUIRED");
    assert_eq!(document["allowed_sources"], json!([{ "type": "END_USER" }]));
    assert_eq!(document["allowed_capture_methods"], "CAMERA");
    assert_eq!(
        document["attempts_remaining"],
        json!({ "GENERIC": 2, "RECLASSIFICATION": 2 })
    );
    assert_eq!(
        document["requested_tasks"],
        json!([{ "type": "ID_DOCUMENT_TEXT_DATA_EXTRACTION", "state": "REQUIRED" }])
    );
}

#[tokio::test]
async fn the_token_opens_its_own_session_only() {
    let service = Service::start().await;
    let (mine, other) = (
        service.create(one_document()).await,
        service.create(one_document()).await,
    );
    service.get(&mine, "/configuration").await.expect(200);
    let with = |token: &str| Session {
        id: mine.id.clone(),
        token: token.to_owned(),
    };
    for token in [other.token.as_str(), "", "nonsense"] {
        service
            .get(&with(token), "/configuration")
            .await
            .refused(401, "BAD_TOKEN");
    }
    let path = format!("/sessions/{}/configuration", mine.id);
    service
        .send(service.request(Method::GET, &path))
        .await
        .refused(401, "BAD_TOKEN");
    let in_query = format!(
        "{path}?sessionToken={}&X-Yoti-Auth-Token={}",
        mine.token, mine.token
    );
    service
        .send(service.request(Method::GET, &in_query))
        .await
        .refused(401, "BAD_TOKEN");
}

#[tokio::test]
async fn an_unknown_session_is_not_found_whatever_the_token_says() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    for id in ["6f1bd1c6-5f5e-4f7a-9c39-0b9c2f1f0000", "nonsense"] {
        let unknown = Session {
            id: id.to_owned(),
            token: session.token.clone(),
        };
        service
            .get(&unknown, "/configuration")
            .await
            .refused(404, "SESSION_NOT_FOUND");
    }
}

#[tokio::test]
async fn time_counts_down_and_ends_the_session() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    service.advance(500);
    let left = service.configuration(&session).await["client_session_token_ttl"]
        .as_u64()
        .unwrap();
    assert!((80..=100).contains(&left), "{left}");
    assert_eq!(service.result(&session).await["state"], "ONGOING");

    service.advance(101);
    service
        .get(&session, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");
    service
        .put_page(&session, &document, "1", &PASSPORT, None)
        .await
        .refused(401, "BAD_TOKEN");
    service
        .hand_over(&session, &document)
        .await
        .refused(401, "BAD_TOKEN");
    service.end(&session).await.refused(401, "BAD_TOKEN");
    assert_eq!(service.result(&session).await["state"], "EXPIRED");
    // The business may still look.
    let path = format!("/sessions/{}/configuration", session.id);
    let found = service
        .signed(Method::GET, &path, Value::Null)
        .await
        .expect(200);
    assert_eq!(found["client_session_token_ttl"], 0);
}

#[tokio::test]
async fn restrictions_decide_which_documents_are_offered() {
    let service = Service::start().await;
    let offered = async |filter: Value| {
        let payload =
            json!({ "required_documents": [{ "type": "ID_DOCUMENT", "filter": filter }] });
        let session = service.create(payload).await;
        service.requirement(&session).await["supported_countries"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|country| {
                let code = country["code"].as_str().unwrap().to_owned();
                country["supported_documents"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(move |it| format!("{code} {}", it["type"].as_str().unwrap()))
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let pairs = json!([{ "country_codes": ["GBR", "USA"], "document_types": ["PASSPORT"] },
                       { "country_codes": ["FRA"], "document_types": ["NATIONAL_ID"] }]);
    for inclusion in ["WHITELIST", "INCLUDE"] {
        let filter =
            json!({ "type": "DOCUMENT_RESTRICTIONS", "inclusion": inclusion, "documents": pairs });
        assert_eq!(
            offered(filter).await,
            ["FRA NATIONAL_ID", "GBR PASSPORT", "USA PASSPORT"]
        );
    }
    let but = offered(
        json!({ "type": "DOCUMENT_RESTRICTIONS", "inclusion": "BLACKLIST",
                              "documents": pairs }),
    )
    .await;
    assert!(!but.contains(&"GBR PASSPORT".to_owned()));
    assert!(but.contains(&"GBR DRIVING_LICENCE".to_owned()));
    assert!(but.contains(&"FRA PASSPORT".to_owned()));

    let orthogonal = |non_latin: bool| {
        json!({ "type": "ORTHOGONAL_RESTRICTIONS", "allow_non_latin_documents": non_latin,
                "country_restriction": { "inclusion": "WHITELIST", "country_codes": ["CHN", "GBR"] },
                "type_restriction": { "inclusion": "BLACKLIST", "document_types": ["PASSPORT"] } })
    };
    let latin = offered(orthogonal(false)).await;
    assert!(
        latin
            .iter()
            .all(|it| it.starts_with("GBR") && it != "GBR PASSPORT"),
        "{latin:?}"
    );
    let all = offered(orthogonal(true)).await;
    assert!(all.contains(&"CHN NATIONAL_ID".to_owned()), "{all:?}");
}

#[tokio::test]
async fn checks_bring_the_resources_that_they_need() {
    let service = Service::start().await;
    let required = async |payload: Value| {
        let session = service.create(payload).await;
        let path = format!("/sessions/{}/configuration", session.id);
        let found = service
            .signed(Method::GET, &path, Value::Null)
            .await
            .expect(200);
        let kinds: Vec<String> = found["capture"]["required_resources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                format!(
                    "{} {}",
                    text(&it["type"]),
                    text(&it["allowed_sources"][0]["type"])
                )
            })
            .collect();
        (
            kinds,
            found["capture"]["biometric_consent"]
                .as_str()
                .unwrap()
                .to_owned(),
        )
    };
    let check = |kind: &str| json!({ "type": kind, "config": { "manual_check": "NEVER" } });
    let liveness = json!({ "type": "LIVENESS",
                           "config": { "liveness_type": "STATIC", "max_retries": 3 } });
    let (kinds, consent) = required(json!({ "requested_checks":
        [check("ID_DOCUMENT_FACE_MATCH"), liveness] }))
    .await;
    assert_eq!(kinds, ["ID_DOCUMENT END_USER", "LIVENESS END_USER"]);
    assert_eq!(consent, "REQUIRED");

    let (kinds, _) =
        required(json!({ "requested_checks": [check("ID_DOCUMENT_FACE_MATCH")] })).await;
    assert_eq!(kinds, ["ID_DOCUMENT END_USER", "FACE_CAPTURE END_USER"]);

    let (kinds, consent) = required(json!({
        "requested_checks": [check("FACE_COMPARISON")], "block_biometric_consent": true,
    }))
    .await;
    assert_eq!(kinds, ["FACE_CAPTURE RELYING_BUSINESS"]);
    assert_eq!(consent, "NOT_REQUIRED");

    let (kinds, _) = required(json!({
        "required_documents": [{ "type": "ID_DOCUMENT" }],
        "ibv_options": { "support": "MANDATORY" },
    }))
    .await;
    assert_eq!(kinds, ["ID_DOCUMENT IBV"]);
}

#[tokio::test]
async fn a_session_is_not_ready_before_the_business_has_supplied_the_face() {
    let service = Service::start().await;
    let session = service
        .create(json!({ "requested_checks":
            [{ "type": "FACE_COMPARISON", "config": { "manual_check": "NEVER" } }] }))
        .await;
    service
        .get(&session, "/configuration")
        .await
        .refused(409, "SESSION_NOT_READY");
    let path = format!("/sessions/{}/configuration", session.id);
    let found = service
        .signed(Method::GET, &path, Value::Null)
        .await
        .expect(200);
    let requirement = found["capture"]["required_resources"][0]["id"].clone();

    let faces = format!("/sessions/{}/resources/face-capture", session.id);
    let refused = service
        .signed(Method::POST, &faces, json!({ "requirement_id": "another" }))
        .await;
    assert_eq!(refused.wrong_fields(), ["requirement_id"]);
    let face = service
        .signed(
            Method::POST,
            &faces,
            json!({ "requirement_id": requirement }),
        )
        .await
        .expect(201);
    let image = format!("{faces}/{}/image", face["id"].as_str().unwrap());
    let put = async |picture: &[u8]| {
        let boundary = "yoti-doc-scan-boundary";
        let mut body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"binary-content\"; \
             filename=\"face-capture-image\"\r\nContent-Type: image/jpg\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(picture);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let target = format!("{image}?{}", service.query());
        let digest = service.signature(&Method::PUT, &target, &body);
        let request = service
            .request(Method::PUT, &target)
            .header("X-Yoti-Auth-Digest", digest)
            .header(
                "Content-Type",
                format!("multipart/form-data; boundary={boundary}"),
            )
            .body(body);
        service.send(request).await
    };
    put(b"not a picture")
        .await
        .refused(415, "UNSUPPORTED_MEDIA");
    service
        .get(&session, "/configuration")
        .await
        .refused(409, "SESSION_NOT_READY");
    put(&PASSPORT).await.expect(200);
    service.get(&session, "/configuration").await.expect(200);
    let result = service.result(&session).await;
    let media = &result["resources"]["face_capture"][0]["image"]["media"]["id"];
    let bytes = service
        .sandbox
        .media_content(&session.id, media.as_str().unwrap())
        .unwrap();
    assert!(
        bytes == PASSPORT.as_slice(),
        "the stored face is not the uploaded one"
    );
}

#[tokio::test]
async fn nothing_of_a_session_may_be_cached() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let answer = service.get(&session, "/configuration").await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn unknown_operations_answer_in_json() {
    let service = Service::start().await;
    let ask = async |method: Method, path: &str| {
        let response = service.request(method, path).send().await.unwrap();
        let status = response.status().as_u16();
        let body: Value = response.json().await.unwrap();
        (status, body["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        ask(Method::GET, "/nothing").await,
        (404, "RESOURCE_NOT_FOUND".to_owned())
    );
    assert_eq!(
        ask(Method::PUT, "/sessions").await,
        (405, "MALFORMED_REQUEST".to_owned())
    );
}
