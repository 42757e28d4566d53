//! Continuing on another device.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, PASSPORT, Service, Session, one_document};

/// A handoff as the computer knows it, and the phone once it has a token.
struct Handoff {
    id: String,
    code: String,
}

async fn post(service: &Service, session: &Session, path: &str, body: Value) -> Answer {
    let request = service.user(Method::POST, session, path).json(&body);
    service.send(request).await
}

async fn offer(service: &Service, session: &Session) -> Handoff {
    let offered = post(service, session, "/handoffs", json!({}))
        .await
        .expect(201);
    assert_eq!(offered["code_expires_in_s"], 60);
    let text = |key: &str| offered[key].as_str().unwrap().to_owned();
    Handoff {
        id: text("id"),
        code: text("code"),
    }
}

async fn redeem(service: &Service, code: &str) -> Answer {
    let request = service
        .request(Method::POST, "/handoffs/redeem")
        .json(&json!({ "code": code }));
    service.send(request).await
}

/// The session as the phone opens it, and the number that it shows.
async fn scan(service: &Service, handoff: &Handoff) -> (Session, String) {
    let redeemed = redeem(service, &handoff.code).await.expect(200);
    assert_eq!(redeemed["handoff_id"], handoff.id);
    let text = |key: &str| redeemed[key].as_str().unwrap().to_owned();
    let phone = Session {
        id: text("session_id"),
        token: text("client_session_token"),
    };
    (phone, text("number"))
}

async fn confirm(service: &Service, session: &Session, handoff: &Handoff) -> Answer {
    let path = format!("/handoffs/{}/confirmation", handoff.id);
    service
        .send(service.user(Method::POST, session, &path))
        .await
}

async fn status(service: &Service, session: &Session, handoff: &Handoff) -> Answer {
    service
        .get(session, &format!("/handoffs/{}", handoff.id))
        .await
}

async fn outcome(service: &Service, session: &Session, handoff: &Handoff, word: &str) -> Answer {
    let path = format!("/handoffs/{}/outcome", handoff.id);
    post(service, session, &path, json!({ "outcome": word })).await
}

async fn take_back(service: &Service, session: &Session, handoff: &Handoff) -> Answer {
    let path = format!("/handoffs/{}", handoff.id);
    service
        .send(service.user(Method::DELETE, session, &path))
        .await
}

/// A computer, a phone that may deliver, and what connects them.
async fn active(service: &Service) -> (Session, Session, Handoff) {
    let computer = service.create(one_document()).await;
    let handoff = offer(service, &computer).await;
    let (phone, _) = scan(service, &handoff).await;
    confirm(service, &computer, &handoff).await.expect(204);
    (computer, phone, handoff)
}

#[tokio::test]
async fn the_phone_delivers_and_the_computer_follows_and_ends_the_session() {
    let service = Service::start().await;
    let computer = service.create(one_document()).await;
    let handoff = offer(&service, &computer).await;
    assert_eq!(
        status(&service, &computer, &handoff).await.expect(200),
        json!({ "state": "WAITING", "n_required": 1, "n_complete": 0 })
    );

    let (phone, number) = scan(&service, &handoff).await;
    assert_eq!(phone.id, computer.id);
    assert_ne!(phone.token, computer.token);
    assert!(number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()));
    let scanned = status(&service, &computer, &handoff).await.expect(200);
    assert_eq!(scanned["state"], "SCANNED");
    assert_eq!(scanned["number"], number);
    assert_eq!(
        status(&service, &phone, &handoff).await.expect(200),
        scanned
    );

    confirm(&service, &computer, &handoff).await.expect(204);
    assert_eq!(
        status(&service, &phone, &handoff).await.expect(200)["state"],
        "ACTIVE"
    );
    service.deliver(&phone, "PASSPORT", &[&PASSPORT]).await;
    assert_eq!(
        status(&service, &computer, &handoff).await.expect(200),
        json!({ "state": "ACTIVE", "number": number, "n_required": 1, "n_complete": 1 })
    );

    outcome(&service, &phone, &handoff, "DONE")
        .await
        .expect(204);
    service
        .get(&phone, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");
    assert_eq!(
        status(&service, &computer, &handoff).await.expect(200)["state"],
        "DONE"
    );
    service.end(&computer).await.expect(204);
    assert_eq!(service.result(&computer).await["state"], "COMPLETED");
}

#[tokio::test]
async fn the_computer_keeps_working_while_the_phone_delivers() {
    let service = Service::start().await;
    let (computer, phone, handoff) = active(&service).await;
    service.configuration(&computer).await;
    service.configuration(&phone).await;
    outcome(&service, &phone, &handoff, "GIVEN_UP")
        .await
        .expect(204);
    let given_up = status(&service, &computer, &handoff).await.expect(200);
    assert_eq!(given_up["state"], "GIVEN_UP");
    assert!(given_up["number"].is_string());
    service.deliver(&computer, "PASSPORT", &[&PASSPORT]).await;
}

#[tokio::test]
async fn a_phone_whose_number_nobody_compared_opens_nothing_but_the_state() {
    let service = Service::start().await;
    let computer = service.create(one_document()).await;
    let handoff = offer(&service, &computer).await;
    confirm(&service, &computer, &handoff)
        .await
        .refused(409, "HANDOFF_NOT_CONFIRMED");
    let (phone, _) = scan(&service, &handoff).await;

    let refused = |answer: Answer| answer.refused(409, "HANDOFF_NOT_CONFIRMED");
    refused(service.get(&phone, "/configuration").await);
    refused(service.post_document(&phone, json!({})).await);
    refused(confirm(&service, &phone, &handoff).await);
    refused(outcome(&service, &phone, &handoff, "DONE").await);
    refused(take_back(&service, &phone, &handoff).await);
    refused(post(&service, &phone, "/handoffs", json!({})).await);
    refused(service.end(&phone).await);
    refused(service.get(&phone, "/handoffs/of-somebody-else").await);
    assert_eq!(
        status(&service, &phone, &handoff).await.expect(200)["state"],
        "SCANNED"
    );
}

#[tokio::test]
async fn what_is_up_to_the_computer_is_refused_to_the_phone_and_the_other_way_round() {
    let service = Service::start().await;
    let (computer, phone, handoff) = active(&service).await;
    service.deliver(&phone, "PASSPORT", &[&PASSPORT]).await;
    let refused = |answer: Answer| answer.refused(401, "BAD_TOKEN");
    refused(service.end(&phone).await);
    refused(post(&service, &phone, "/handoffs", json!({})).await);
    refused(confirm(&service, &phone, &handoff).await);
    refused(take_back(&service, &phone, &handoff).await);
    let code = format!("/handoffs/{}/code", handoff.id);
    refused(post(&service, &phone, &code, json!({})).await);
    refused(outcome(&service, &computer, &handoff, "DONE").await);
    // Nothing of this has done anything.
    assert_eq!(
        status(&service, &phone, &handoff).await.expect(200)["state"],
        "ACTIVE"
    );
}

#[tokio::test]
async fn a_code_works_once_and_for_sixty_seconds() {
    let service = Service::start().await;
    let computer = service.create(one_document()).await;
    let handoff = offer(&service, &computer).await;
    service.advance(61);
    redeem(&service, &handoff.code)
        .await
        .refused(410, "HANDOFF_CODE_SPENT");
    // Late is not scanned.
    assert_eq!(
        status(&service, &computer, &handoff).await.expect(200)["state"],
        "WAITING"
    );

    let path = format!("/handoffs/{}/code", handoff.id);
    let renewed = post(&service, &computer, &path, json!({}))
        .await
        .expect(200);
    assert_eq!(renewed["code_expires_in_s"], 60);
    let code = renewed["code"].as_str().unwrap();
    service.advance(50);
    redeem(&service, code).await.expect(200);
    redeem(&service, code)
        .await
        .refused(410, "HANDOFF_CODE_SPENT");
    post(&service, &computer, &path, json!({}))
        .await
        .refused(409, "RESOURCE_LOCKED");
}

#[tokio::test]
async fn a_new_code_ends_the_one_before_and_a_new_handoff_the_earlier_one() {
    let service = Service::start().await;
    let computer = service.create(one_document()).await;
    let first = offer(&service, &computer).await;
    let path = format!("/handoffs/{}/code", first.id);
    post(&service, &computer, &path, json!({}))
        .await
        .expect(200);
    redeem(&service, &first.code)
        .await
        .refused(410, "HANDOFF_CODE_SPENT");

    let second = offer(&service, &computer).await;
    let (phone, _) = scan(&service, &second).await;
    confirm(&service, &computer, &second).await.expect(204);
    let third = offer(&service, &computer).await;
    service
        .get(&phone, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");
    for earlier in [&first, &second] {
        assert_eq!(
            status(&service, &computer, earlier).await.expect(200)["state"],
            "ENDED"
        );
        confirm(&service, &computer, earlier)
            .await
            .refused(409, "RESOURCE_LOCKED");
    }
    scan(&service, &third).await;
}

#[tokio::test]
async fn taking_the_session_back_ends_the_code_and_the_token_of_the_phone() {
    let service = Service::start().await;
    let (computer, phone, handoff) = active(&service).await;
    take_back(&service, &computer, &handoff).await.expect(204);
    status(&service, &phone, &handoff)
        .await
        .refused(401, "BAD_TOKEN");
    assert_eq!(
        status(&service, &computer, &handoff).await.expect(200)["state"],
        "ENDED"
    );

    let unredeemed = offer(&service, &computer).await;
    take_back(&service, &computer, &unredeemed)
        .await
        .expect(204);
    redeem(&service, &unredeemed.code)
        .await
        .refused(410, "HANDOFF_CODE_SPENT");

    // What has been delivered or given up stays so.
    let again = offer(&service, &computer).await;
    let (phone, _) = scan(&service, &again).await;
    confirm(&service, &computer, &again).await.expect(204);
    outcome(&service, &phone, &again, "DONE").await.expect(204);
    take_back(&service, &computer, &again).await.expect(204);
    assert_eq!(
        status(&service, &computer, &again).await.expect(200)["state"],
        "DONE"
    );
}

#[tokio::test]
async fn the_token_of_the_phone_ends_with_the_session() {
    let service = Service::start().await;
    let (computer, phone, _) = active(&service).await;
    service.deliver(&phone, "PASSPORT", &[&PASSPORT]).await;
    let waiting = service.create(one_document()).await;
    let unredeemed = offer(&service, &waiting).await;
    service.end(&computer).await.expect(204);
    service
        .get(&phone, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");

    let (_, late, _) = active(&service).await;
    service.advance(601);
    service
        .get(&late, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");
    redeem(&service, &unredeemed.code)
        .await
        .refused(410, "HANDOFF_CODE_SPENT");
}

#[tokio::test]
async fn a_session_that_forbids_handoff_and_wrong_requests_are_refused() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["sdk_config"] = json!({ "allow_handoff": false });
    let closed = service.create(payload).await;
    let fields = post(&service, &closed, "/handoffs", json!({}))
        .await
        .wrong_fields();
    assert_eq!(fields, ["sdk_config.allow_handoff"]);

    let (computer, phone, handoff) = active(&service).await;
    let fields = outcome(&service, &phone, &handoff, "PERHAPS")
        .await
        .wrong_fields();
    assert_eq!(fields, ["outcome"]);
    redeem(&service, "a-guess")
        .await
        .refused(410, "HANDOFF_CODE_SPENT");
    let empty = service
        .request(Method::POST, "/handoffs/redeem")
        .json(&json!({}));
    assert_eq!(service.send(empty).await.wrong_fields(), ["code"]);
    let unknown = Handoff {
        id: "00000000-0000-0000-0000-000000000000".to_owned(),
        code: String::new(),
    };
    status(&service, &computer, &unknown)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    take_back(&service, &computer, &unknown)
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
    outcome(&service, &phone, &unknown, "DONE")
        .await
        .refused(404, "RESOURCE_NOT_FOUND");
}
