//! The page's files, embedded when the program was built, and how they are served.

use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

/// One file of the page.
struct Asset {
    /// Its path in a URL, from `/` on.
    path: &'static str,
    /// Changes with the content.
    etag: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What a program that was built without a page shows.
static FALLBACK: Asset = Asset {
    path: "/index.html",
    etag: "\"no-page\"",
    plain: b"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Bivalve</title>\n\
        <h1>Bivalve</h1>\n<p>The machine is running, and this program was built without its page. \
        Log in with <code>ssh</code>, or run <code>cargo xtask serve</code> to have both.</p>\n",
    brotli: None,
    gzip: None,
};

/// Scripts, styles, fonts and connections of this server only; WebAssembly may be compiled, xterm.js may
/// set styles.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; \
    worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'";

/// Answers a request for a file.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    match find(uri.path()) {
        Some(asset) => asset.answer(&headers),
        None => (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain; charset=utf-8")], "not found\n")
            .into_response(),
    }
}

fn find(path: &str) -> Option<&'static Asset> {
    let index = format!("{path}index.html");
    let path = if path.ends_with('/') { index.as_str() } else { path };
    let known = ASSETS.iter().find(|asset| asset.path == path);
    known.or_else(|| (ASSETS.is_empty() && path == FALLBACK.path).then_some(&FALLBACK))
}

impl Asset {
    fn answer(&self, request: &HeaderMap) -> Response {
        let common = [
            (ETAG, self.etag),
            // Ask each time; an unchanged file costs one small answer.
            (CACHE_CONTROL, "no-cache"),
            (VARY, "accept-encoding"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
        ];
        if lists(request, IF_NONE_MATCH.as_str(), self.etag) {
            return (StatusCode::NOT_MODIFIED, common).into_response();
        }
        let accepts = |coding| lists(request, ACCEPT_ENCODING.as_str(), coding);
        let kind = [(CONTENT_TYPE, content_type(self.path))];
        match (self.brotli, self.gzip) {
            (Some(bytes), _) if accepts("br") => {
                (common, kind, [(CONTENT_ENCODING, "br")], bytes).into_response()
            }
            (_, Some(bytes)) if accepts("gzip") => {
                (common, kind, [(CONTENT_ENCODING, "gzip")], bytes).into_response()
            }
            _ => (common, kind, self.plain).into_response(),
        }
    }
}

/// Whether a header that is a list has this element. `;q=0` refuses it.
fn lists(headers: &HeaderMap, name: &str, element: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named =
            parts.next().is_some_and(|part| part.trim_start_matches("W/").eq_ignore_ascii_case(element));
        named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    static SAMPLE: Asset = Asset {
        path: "/a.wasm",
        etag: "\"1\"",
        plain: b"plain",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzip"),
    };

    fn check(request: &[(&'static str, &'static str)], status: StatusCode, coding: Option<&str>) {
        let mut headers = HeaderMap::new();
        for (name, value) in request {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        let response = SAMPLE.answer(&headers);
        assert_eq!(response.status(), status, "{request:?}");
        let given = response.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
        assert_eq!(given, coding, "{request:?}");
    }

    #[test]
    fn the_smallest_accepted_form_is_served_and_an_unchanged_one_not_again() {
        check(&[], StatusCode::OK, None);
        check(&[("accept-encoding", "gzip, deflate, br, zstd")], StatusCode::OK, Some("br"));
        check(&[("accept-encoding", "gzip;q=1.0, br;q=0")], StatusCode::OK, Some("gzip"));
        check(&[("accept-encoding", "identity")], StatusCode::OK, None);
        check(&[("if-none-match", "\"1\"")], StatusCode::NOT_MODIFIED, None);
        check(&[("if-none-match", "\"0\", W/\"1\"")], StatusCode::NOT_MODIFIED, None);
        check(&[("if-none-match", "\"2\"")], StatusCode::OK, None);
        assert_eq!(content_type(SAMPLE.path), "application/wasm");
    }
}
