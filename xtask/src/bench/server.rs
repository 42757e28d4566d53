//! Serves the page of the bench, and hears what it says.
//!
//! A few folders and four messages over HTTP/1.1 on the loopback, one request
//! per connection. Not a web server: nobody but our own browser talks to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use crate::console;
use crate::failure::Failure;

/// How often the server looks whether the browser is still there.
const GLANCE: Duration = Duration::from_millis(2);
/// A browser opens connections ahead of time and may never use them.
const PATIENCE: Duration = Duration::from_secs(20);

/// Listens, and knows what it serves.
pub(super) struct Server {
    listener: TcpListener,
    roots: Vec<(&'static str, PathBuf)>,
    plan: String,
}

/// What the page said.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The figures.
    pub(super) result: Value,
    /// Files by the contestant that had them fetched.
    pub(super) downloads: BTreeMap<String, BTreeSet<PathBuf>>,
}

#[derive(Default)]
struct Talk {
    heard: Heard,
    contestant: String,
    is_over: bool,
}

impl Server {
    /// Listens on a free port; each folder is served below its prefix.
    ///
    /// # Errors
    ///
    /// There is no port.
    pub(super) fn start(
        roots: Vec<(&'static str, PathBuf)>,
        plan: String,
    ) -> Result<Self, Failure> {
        let listen = || {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            listener.set_nonblocking(true)?;
            Ok(listener)
        };
        let listener = listen().map_err(|error| no_port(&error))?;
        Ok(Self {
            listener,
            roots,
            plan,
        })
    }

    /// Where it can be reached.
    pub(super) fn address(&self) -> String {
        let port = self
            .listener
            .local_addr()
            .map_or(0, |address| address.port());
        format!("http://127.0.0.1:{port}")
    }

    /// Serves until the page has sent its figures.
    ///
    /// # Errors
    ///
    /// The browser ends before that, or the figures are no JSON.
    pub(super) fn serve(&self, mut is_running: impl FnMut() -> bool) -> Result<Heard, Failure> {
        let talk = Mutex::new(Talk::default());
        let done = std::thread::scope(|scope| {
            loop {
                if held(&talk).is_over {
                    return Ok(());
                }
                match self.listener.accept() {
                    Ok((stream, _)) => {
                        let talk = &talk;
                        scope.spawn(move || {
                            // A connection that breaks is the browser's affair.
                            drop(self.answer(&stream, talk));
                        });
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        if !is_running() {
                            return Err(Failure::Refused(
                                "the browser ended before it had measured everything".to_owned(),
                            ));
                        }
                        std::thread::sleep(GLANCE);
                    }
                    Err(error) => return Err(no_port(&error)),
                }
            }
        });
        done?;
        let talk = talk.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(talk.heard)
    }

    fn answer(&self, stream: &TcpStream, talk: &Mutex<Talk>) -> io::Result<()> {
        stream.set_nonblocking(false)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Ok(());
        };
        let (method, target) = (method.to_owned(), target.to_owned());
        let body = body(&mut reader)?;
        let path = target.split('?').next().unwrap_or_default();
        if method == "POST" {
            hear(path, &body, talk);
            return write(stream, "204 No Content", "text/plain", &[]);
        }
        if path == "/plan.json" {
            return write(stream, "200 OK", "application/json", self.plan.as_bytes());
        }
        let file = self.file(path);
        match file.as_ref().map(fs::read) {
            Some(Ok(bytes)) => {
                if let Some(file) = file
                    && is_code(path)
                {
                    let mut talk = held(talk);
                    let contestant = talk.contestant.clone();
                    talk.heard
                        .downloads
                        .entry(contestant)
                        .or_default()
                        .insert(file);
                }
                write(stream, "200 OK", kind(path), &bytes)
            }
            Some(Err(_)) | None => write(stream, "404 Not Found", "text/plain", b"not found"),
        }
    }

    /// The file that an address names; none outside of the folders.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let path = path.replace("%20", " ");
        if path.split('/').any(|part| part == "..") {
            return None;
        }
        self.roots
            .iter()
            .find_map(|(prefix, root)| Some(root.join(path.strip_prefix(prefix)?)))
    }
}

fn hear(path: &str, body: &[u8], talk: &Mutex<Talk>) {
    let text = String::from_utf8_lossy(body);
    match path {
        "/say" => console::progress(&text),
        "/mark" => held(talk).contestant = text.into_owned(),
        "/result" => {
            let mut talk = held(talk);
            talk.heard.result = serde_json::from_str(&text).unwrap_or_default();
            talk.is_over = true;
        }
        _ => {}
    }
}

/// Pictures are not part of anybody's download, nor is the page itself.
fn is_code(path: &str) -> bool {
    !path.starts_with("/pictures/")
        && !path.starts_with("/external/")
        && !path.starts_with("/bench/")
}

fn held(talk: &Mutex<Talk>) -> std::sync::MutexGuard<'_, Talk> {
    talk.lock().unwrap_or_else(PoisonError::into_inner)
}

fn body(reader: &mut BufReader<&TcpStream>) -> io::Result<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

fn write(mut stream: &TcpStream, status: &str, kind: &str, bytes: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(bytes)
}

fn kind(path: &str) -> &'static str {
    let ending = Path::new(path).extension().and_then(|it| it.to_str());
    match ending.unwrap_or_default() {
        "html" => "text/html",
        "js" | "mjs" => "text/javascript",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "jpg" => "image/jpeg",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

fn no_port(error: &io::Error) -> Failure {
    Failure::Refused(format!("there is no port to serve the page on: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> Server {
        Server::start(
            vec![("/bench/", PathBuf::from("/page"))],
            r#"{"sets":[]}"#.to_owned(),
        )
        .unwrap()
    }

    fn ask(address: &str, request: &str) -> String {
        let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn files_outside_of_the_folders_have_no_name() {
        let server = server();
        assert_eq!(
            server.file("/bench/main.js"),
            Some(PathBuf::from("/page/main.js"))
        );
        assert_eq!(server.file("/bench/../secret"), None);
        assert_eq!(server.file("/other/main.js"), None);
    }

    #[test]
    fn the_page_gets_its_plan_and_ends_the_talk_with_its_result() {
        let server = server();
        let address = server.address();
        let heard = std::thread::scope(|scope| {
            let heard = scope.spawn(|| server.serve(|| true));
            let plan = ask(&address, "GET /plan.json HTTP/1.1\r\n\r\n");
            assert!(plan.ends_with(r#"{"sets":[]}"#), "{plan}");
            let missing = ask(&address, "GET /bench/none.js HTTP/1.1\r\n\r\n");
            assert!(missing.starts_with("HTTP/1.1 404"), "{missing}");
            ask(
                &address,
                "POST /result HTTP/1.1\r\nContent-Length: 9\r\n\r\n{\"ms\":12}",
            );
            heard.join().unwrap()
        });
        assert_eq!(heard.unwrap().result["ms"], 12);
    }

    #[test]
    fn a_browser_that_ends_early_ends_the_talk() {
        assert!(server().serve(|| false).is_err());
    }
}
