//! Which web pages may open a WebSocket: those of this server, and those that an option names.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// Whether a request may open a WebSocket. Only browsers send an origin, and for others it would prove
/// nothing, so without one it may. A page of this server has the origin that the request itself names as
/// host; that host must be an address or `localhost`, since any other name could be a foreign page's that
/// was made to point here.
pub fn allowed(headers: &HeaderMap, named: &[String]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let Ok(origin) = origin.to_str().map(str::to_ascii_lowercase) else { return false };
    if named.contains(&origin) {
        return true;
    }
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return false };
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host) && cannot_be_rebound(authority))
}

fn cannot_be_rebound(authority: &str) -> bool {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next().is_some_and(|address| address.parse::<IpAddr>().is_ok());
    }
    let name = authority.split(':').next().unwrap_or(authority);
    name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn own_and_named_origins_only() {
        let check = |origin: Option<&'static str>, host: &'static str, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_static(origin));
            }
            let named = [String::from("https://docs.example.org")];
            assert_eq!(allowed(&headers, &named), expected, "{origin:?} on {host}");
        };
        check(None, "127.0.0.1:8080", true);
        check(Some("http://127.0.0.1:8080"), "127.0.0.1:8080", true);
        check(Some("http://localhost:8080"), "localhost:8080", true);
        check(Some("http://[::1]:8080"), "[::1]:8080", true);
        check(Some("https://docs.example.org"), "127.0.0.1:8080", true);
        check(Some("http://127.0.0.1:8081"), "127.0.0.1:8080", false);
        check(Some("http://evil.example"), "127.0.0.1:8080", false);
        check(Some("http://evil.example:8080"), "evil.example:8080", false);
        check(Some("null"), "127.0.0.1:8080", false);
        check(Some("file://"), "127.0.0.1:8080", false);
    }
}
