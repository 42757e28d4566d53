//! The end of a session, its result, and forgetting it.

use std::sync::mpsc;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::runtime;
use tokio::task;

use super::support::{PASSPORT, Service, one_document, with_attempts};

#[tokio::test]
async fn a_session_ends_once_everything_is_delivered_and_its_checks_are_made() {
    let service = Service::start().await;
    let mut payload = one_document();
    payload["user_tracking_id"] = json!("tracking-1");
    let session = service.create(payload).await;
    service
        .end(&session)
        .await
        .refused(409, "REQUIREMENTS_NOT_MET");
    let before = service.result(&session).await;
    assert_eq!(before["state"], "ONGOING");
    assert_eq!(before["client_session_token"], session.token);
    assert_eq!(before["checks"], json!([]));

    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
    let result = service.result(&session).await;
    assert_eq!(result["session_id"], session.id);
    assert_eq!(result["state"], "COMPLETED");
    assert_eq!(result["user_tracking_id"], "tracking-1");
    assert!(result.get("client_session_token").is_none());
    let document = &result["resources"]["id_documents"][0];
    assert_eq!(document["document_type"], "PASSPORT");
    assert_eq!(document["issuing_country"], "UTO");
    assert_eq!(document["source"], json!({ "type": "END_USER" }));
    assert_eq!(
        document["tasks"][0]["type"],
        "ID_DOCUMENT_TEXT_DATA_EXTRACTION"
    );
    assert_eq!(document["tasks"][0]["state"], "DONE");
    assert_eq!(
        document["tasks"][0]["recommendation"],
        json!({ "value": "PROGRESS" })
    );
    let check = &result["checks"][0];
    assert_eq!(check["type"], "ID_DOCUMENT_AUTHENTICITY");
    assert_eq!(check["state"], "DONE");
    assert_eq!(check["resources_used"], json!([document["id"]]));
    assert_eq!(check["report"]["recommendation"]["value"], "APPROVE");
}

#[tokio::test]
async fn the_token_is_dead_after_the_end() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let document = service.new_document(&session, "PASSPORT").await;
    service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
    service.end(&session).await.expect(204);
    service
        .get(&session, "/configuration")
        .await
        .refused(401, "BAD_TOKEN");
    service.end(&session).await.refused(401, "BAD_TOKEN");
    service
        .put_page(&session, &document, "1", &PASSPORT, None)
        .await
        .refused(401, "BAD_TOKEN");
    // Time does not undo the end.
    service.advance(100_000);
    assert_eq!(service.result(&session).await["state"], "COMPLETED");
}

#[test]
fn a_session_does_not_end_while_something_is_being_judged() {
    // Pictures are judged on blocking threads; the only one is kept busy, so
    // that the judge can't be quicker than the person.
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    runtime.block_on(async {
        let service = Service::start().await;
        let session = service.create(with_attempts(3, 3)).await;
        let usable = json!({ "task_results": { "ID_DOCUMENT_TEXT_DATA_EXTRACTION": [
            { "result": { "recommendation": { "value": "SHOULD_TRY_AGAIN",
                "reason": { "value": "QUALITY", "detail": "GLARE_OBSTRUCTION" } } } },
        ] } });
        service
            .sandbox
            .script_session(&session.id, &usable)
            .unwrap();
        service.deliver(&session, "PASSPORT", &[&PASSPORT]).await;
        assert_eq!(service.requirement(&session).await["state"], "COMPLETE");
        let better = service.new_document(&session, "PASSPORT").await;
        service
            .put_page(&session, &better, "1", &PASSPORT, None)
            .await
            .expect(200);

        let (release, released) = mpsc::channel::<()>();
        let busy = task::spawn_blocking(move || released.recv());
        service.hand_over(&session, &better).await.expect(202);
        service
            .end(&session)
            .await
            .refused(409, "REQUIREMENTS_NOT_MET");
        drop(release);
        assert!(busy.await.unwrap().is_err(), "nothing was ever sent");
        service.recommendation(&session, &better).await;
        service.end(&session).await.expect(204);
    });
}

#[tokio::test]
async fn a_session_is_forgotten_only_once_it_is_over() {
    let service = Service::start().await;
    let session = service.create(one_document()).await;
    let path = format!("/sessions/{}", session.id);
    let forget = || service.signed(Method::DELETE, &path, Value::Null);
    forget().await.refused(409, "SESSION_ONGOING");
    service.advance(601);
    forget().await.expect(204);
    forget().await.refused(404, "SESSION_NOT_FOUND");
    service
        .get(&session, "/configuration")
        .await
        .refused(404, "SESSION_NOT_FOUND");
}

#[tokio::test]
async fn what_the_business_supplied_about_the_person_is_in_configuration_and_result() {
    let service = Service::start().await;
    let mut payload = one_document();
    let profile = json!({ "full_name": "Anna Maria Eriksson", "date_of_birth": "1974-08-12" });
    payload["resources"] = json!({ "applicant_profile": profile });
    let session = service.create(payload).await;
    let media = service.configuration(&session).await["applicant_profile"]["media"].clone();
    assert_eq!(media["type"], "JSON");
    let result = service.result(&session).await;
    assert_eq!(result["resources"]["applicant_profiles"][0]["media"], media);
    let bytes = service
        .sandbox
        .media_content(&session.id, media["id"].as_str().unwrap())
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), profile);
}
